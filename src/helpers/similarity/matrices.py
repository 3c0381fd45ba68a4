"""How alike are all pairs of items?"""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pandas as pd

from ..incidence import yes_no_array
from ..problems import SynopsisError
from .coefficients import COEFFICIENTS, Empty, settled_parts


def distance_matrix(incidence: pd.DataFrame, coefficient: str = "jaccard", empty: Empty = "identical") -> pd.DataFrame:
    """The distance of every two items: 1 less their similarity.

    Use Jaccard, the default, where a No says only that something was not written: it leaves out what neither item has. Simple matching and
    Rogers-Tanimoto call two items alike for what both lack; Russell-Rao calls them less alike for it, even two with the same features.

    Parameters
    ----------
    incidence : DataFrame of bool, shape (items, features)
        At least one row and one column.
    coefficient : str
        One of COEFFICIENTS: jaccard, dice, ochiai, sokal_sneath, kulczynski, overlap, simple_matching, rogers_tanimoto, russell_rao.
    empty : {"identical", "different"}
        Whether two items without any feature have distance 0 or 1, in the first six.

    Returns
    -------
    DataFrame of float, shape (items, items)
        0 (alike) to 1; symmetric; 0 on the diagonal, by convention also where the formula says otherwise (Russell-Rao).

    Raises
    ------
    SynopsisError
        For a table that is empty or not yes/no, or an unknown coefficient.

    References
    ----------
    Gower and Legendre (1986) J Classif 3:5-48. In R, `1 - proxy::simil(x, method = "Jaccard")`.

    Examples
    --------
    >>> table = pd.DataFrame([[True, True, False], [True, False, False], [False, False, True]], index=["p", "q", "r"])
    >>> distance_matrix(table)
         p    q    r
    p  0.0  0.5  1.0
    q  0.5  0.0  1.0
    r  1.0  1.0  0.0
    """
    above, below = _parts(incidence, coefficient, empty)
    if COEFFICIENTS[coefficient].rooted:
        return _square(1 - np.sqrt(above / below), incidence)
    return _square((below - above) / below, incidence)


def similarity_matrix(incidence: pd.DataFrame, coefficient: str = "jaccard", empty: Empty = "identical") -> pd.DataFrame:
    """The similarity of every two items, 0 to 1 with 1 on the diagonal; see `distance_matrix`.

    Examples
    --------
    >>> table = pd.DataFrame([[True, True], [True, False]], index=["p", "q"])
    >>> similarity_matrix(table)
         p    q
    p  1.0  0.5
    q  0.5  1.0
    """
    above, below = _parts(incidence, coefficient, empty)
    similarity = above / below
    return _square(np.sqrt(similarity) if COEFFICIENTS[coefficient].rooted else similarity, incidence)


def exact_similarity(incidence: pd.DataFrame, coefficient: str = "jaccard", empty: Empty = "identical", squared: bool = False) -> pd.DataFrame:
    """The similarity of every two items as fractions, so that equal is equal.

    Parameters
    ----------
    incidence, coefficient, empty
        As in `distance_matrix`.
    squared : bool
        The square of the similarity instead, which puts pairs in the same order and is a fraction for every coefficient.

    Returns
    -------
    DataFrame of Fraction, shape (items, items)

    Raises
    ------
    SynopsisError
        For Ochiai unless `squared`, because a root is no fraction.

    Examples
    --------
    >>> table = pd.DataFrame([[True, True, True], [True, False, False]], index=["p", "q"])
    >>> exact_similarity(table).loc["p", "q"]
    Fraction(1, 3)
    """
    return _square(exact_cells(incidence, coefficient, empty, squared), incidence)


def exact_cells(incidence: pd.DataFrame, coefficient: str = "jaccard", empty: Empty = "identical", squared: bool = False) -> np.ndarray:
    """The cells of `exact_similarity`."""
    above, below = _parts(incidence, coefficient, empty)
    rooted = COEFFICIENTS[coefficient].rooted
    if rooted and not squared:
        raise SynopsisError(f"The coefficient {coefficient} holds a root, so its values are no fractions. Ask for squared=True.")
    known: dict[tuple[int, int], Fraction] = {}
    cells = np.empty(above.shape, dtype=object)
    for place, key in enumerate(zip(above.ravel().tolist(), below.ravel().tolist(), strict=True)):
        if key not in known:
            known[key] = Fraction(*key) ** (2 if squared and not rooted else 1)
        cells.flat[place] = known[key]
    return cells


def _parts(incidence: pd.DataFrame, coefficient: str, empty: Empty) -> tuple[np.ndarray, np.ndarray]:
    """Numerators and denominators for all pairs; 1 on the diagonal."""
    yes = yes_no_array(incidence).astype(float)  # whole numbers in floating point: exact, and multiplied fast
    a = np.rint(yes @ yes.T).astype(np.int64)
    total = np.diag(a)
    b, c = total[:, None] - a, total[None, :] - a
    above, below = settled_parts(coefficient, a, b, c, yes.shape[1] - a - b - c, empty)
    np.fill_diagonal(above, 1)
    np.fill_diagonal(below, 1)
    return above, below


def _square(cells: np.ndarray, incidence: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(cells, index=list(incidence.index), columns=list(incidence.index))
