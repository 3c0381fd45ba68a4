"""In which order does a coefficient put the pairs of items, and how far do two orders agree?"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from .coefficients import COEFFICIENTS, Empty
from .matrices import exact_similarity


def pair_ranks(incidence: pd.DataFrame, coefficients: Sequence[str] = tuple(COEFFICIENTS), empty: Empty = "identical") -> pd.DataFrame:
    """The rank of every pair under each coefficient: 1 for the most alike.

    Parameters
    ----------
    incidence : DataFrame of bool, shape (items, features)
    coefficients : sequence of str
    empty
        As in `distance_matrix`.

    Returns
    -------
    DataFrame with columns `first`, `second` and one for each coefficient
        Tied pairs share the mean of their places (mid-ranks); similarities are compared as fractions.

    Examples
    --------
    >>> table = pd.DataFrame([[True, True], [True, False], [False, True]], index=["p", "q", "r"])
    >>> pair_ranks(table, ["jaccard"])
      first second  jaccard
    0     p      q      1.5
    1     p      r      1.5
    2     q      r      3.0
    """
    above = np.triu_indices(len(incidence), k=1)
    names = np.array(incidence.index, dtype=object)
    frame = pd.DataFrame({"first": names[above[0]], "second": names[above[1]]})
    for name in coefficients:
        values = exact_similarity(incidence, name, empty, squared=True).to_numpy()[above]
        places = {value: place for place, value in enumerate(sorted(set(values), reverse=True))}
        frame[name] = pd.Series([places[value] for value in values], dtype=float).rank()
    return frame


def rank_agreement(ranks: pd.DataFrame) -> pd.DataFrame:
    """How far every two coefficients agree about the order of the pairs: Kendall's tau-b.

    Parameters
    ----------
    ranks : DataFrame
        As from `pair_ranks`.

    Returns
    -------
    DataFrame of float, shape (coefficients, coefficients)
        1 is the same order, 0 no agreement, -1 the reverse. Corrected for ties; NaN where a coefficient calls all pairs equally
        alike, as with a single pair.

    References
    ----------
    Kendall (1945) Biometrika 33:239-251.

    Examples
    --------
    >>> table = pd.DataFrame([[True, True], [True, False], [False, True]], index=["p", "q", "r"])
    >>> rank_agreement(pair_ranks(table, ["jaccard", "dice"])).round(6)
             jaccard  dice
    jaccard      1.0   1.0
    dice         1.0   1.0
    """
    names = [name for name in ranks if name not in ("first", "second")]
    values = [[_tau(ranks[one], ranks[other]) for other in names] for one in names]
    return pd.DataFrame(values, index=names, columns=names)


def _tau(one: pd.Series, other: pd.Series) -> float:
    from scipy.stats import kendalltau  # here, since it takes longer to load than all else together

    return float(kendalltau(one, other).statistic) if one.nunique() > 1 and other.nunique() > 1 else float("nan")
