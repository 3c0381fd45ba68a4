"""Which features go together, and which go with a code? Exact tests of a whole family of pairs, and what p-values mean when there are many."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, product
from math import sqrt

import numpy as np
import pandas as pd

from ..incidence import yes_no_array
from ..problems import SynopsisError
from ..quadrants import cramers_v
from ..review import Review
from .fisher import attainable, holm, ways
from .min_p import MinP, min_p_of_codes, min_p_of_pairs
from .relabellings import DRAWS, in_order, same_items

NAN = float("nan")
P_VALUES = ["p", "smallest_p", "holm", "min_p"]


@dataclass(frozen=True, eq=False)
class Associations:
    """A family of exact tests.

    Attributes
    ----------
    tests : DataFrame
        One row a test, the smallest p first, then in alphabetical order; see the function that made it. The last columns are `p`; `smallest_p`, the
        least that p could be with these totals; `holm` and `min_p`, p adjusted for the whole family.
    family : int
        How many tests there are. A constant column allows none: it is listed last, with NaN, and not counted.
    exact : bool
        Whether `min_p` counts all relabellings. p, `smallest_p` and `holm` are always exact.
    draws : int
        How many random relabellings `min_p` rests on; 0 where exact, or without `min_p`.
    error : float
        The largest Monte Carlo standard error in `min_p`; 0 where exact.
    left_out : tuple of str
        The items without a stated code.
    """

    tests: pd.DataFrame
    family: int
    exact: bool = True
    draws: int = 0
    error: float = 0.0
    left_out: tuple[str, ...] = ()

    def to_frame(self) -> pd.DataFrame:
        """A copy of the tests."""
        return self.tests.copy()


def feature_pairs(incidence_a: pd.DataFrame, incidence_b: pd.DataFrame | None = None, draws: int = DRAWS, seed: int = 2014) -> Associations:
    """Every pair of features, within one table or between two: how closely they go together, and Fisher's exact test.

    Parameters
    ----------
    incidence_a : DataFrame of bool, shape (items, features)
    incidence_b : DataFrame of bool, shape (items, features), optional
        The same items in any order. Each pair then has its first feature from the first table and its second from this one.
    draws, seed : int
        For `min_p`, where there are too many relabellings to count them all.

    Returns
    -------
    Associations
        Columns `first`, `second`; `a`, `b`, `c`, `d`, the items with both, only the first, only the second, neither; `phi`, Pearson's r of the
        two, -1 to 1; `jaccard`, a/(a+b+c), NaN where no item has either; then the p-values. `holm` is Holm's adjustment. `min_p` is the share of
        relabellings of one table's rows, as a block, in which any pair has a p as small: it keeps what goes together within each table. Within
        one table it is NaN: relabelling the rows of a table moves both features of a pair alike and changes nothing.

    Raises
    ------
    SynopsisError
        If the tables have different items, or one is not yes/no.

    References
    ----------
    Fisher (1935) J R Stat Soc 98:39-82; Holm (1979) Scand J Stat 6:65-70; Westfall and Young (1993) Resampling-based multiple testing
    (single-step min-P). In R, `fisher.test` and `p.adjust`.

    Examples
    --------
    >>> one = pd.DataFrame({"x": [1, 1, 0, 0]}, index=list("pqrs")).astype(bool)
    >>> other = pd.DataFrame({"y": [1, 1, 0, 0], "z": [1, 0, 0, 0]}, index=list("pqrs")).astype(bool)
    >>> feature_pairs(one, other).to_frame()[["first", "second", "phi", "p", "smallest_p", "holm"]].round(4)
      first second     phi       p  smallest_p    holm
    0     x      y  1.0000  0.3333      0.3333  0.6667
    1     x      z  0.5774  1.0000      1.0000  1.0000
    """
    labels = in_order(incidence_a.index) if incidence_b is None else same_items(incidence_a.index, incidence_b.index)
    a = _sorted(incidence_a, labels)
    b = a if incidence_b is None else _sorted(incidence_b, labels)
    names = combinations(a, 2) if incidence_b is None else product(a, b)
    rows = [(first, second, *_pair(a[first].to_numpy(), b[second].to_numpy())) for first, second in names]
    columns = ["first", "second", "a", "b", "c", "d", "phi", "jaccard"]
    if incidence_b is None:
        return _family(rows, columns, None)
    return _family(rows, columns, lambda: min_p_of_pairs(_varying(a), _varying(b), draws, seed))


def feature_by_code(incidence: pd.DataFrame, codes: pd.Series, not_stated: str = "not stated", draws: int = DRAWS, seed: int = 2014) -> Associations:
    """Every feature against a rating, its levels taken as mere names: the Fisher-Freeman-Halton test.

    Parameters
    ----------
    incidence : DataFrame of bool, shape (items, features)
    codes : Series of str, index the items
        The level of each item, in any order.
    not_stated : str
        Items with this level are left out; the result names them.
    draws, seed : int
        For `min_p`, where there are too many relabellings to count them all.

    Returns
    -------
    Associations
        Columns `feature`; `cramers_v`, 0 to 1; then the p-values. `min_p` is the share of relabellings of the codes in which any feature has a p
        as small. All NaN where fewer than two levels are stated.

    Raises
    ------
    SynopsisError
        If table and codes have different items, an item has no code, the table is not yes/no, or there are too many items to count (over 1000, or
        hundreds in many uneven levels).

    References
    ----------
    Freeman and Halton (1951) Biometrika 38:141-149; Westfall and Young (1993) Resampling-based multiple testing (single-step min-P).

    Examples
    --------
    >>> table = pd.DataFrame({"x": [1, 1, 0, 0, 1], "y": [1, 1, 1, 1, 1]}, index=list("pqrst")).astype(bool)
    >>> result = feature_by_code(table, pd.Series(["one", "one", "two", "two", "not stated"], index=list("pqrst")))
    >>> result.to_frame().round(4).to_dict("records")[0]
    {'feature': 'x', 'cramers_v': 1.0, 'p': 0.3333, 'smallest_p': 0.3333, 'holm': 0.3333, 'min_p': 0.3333}
    >>> result.family, result.left_out
    (1, ('t',))
    """
    labels = same_items(incidence.index, codes.index, ("table", "codes"))
    table, codes = _sorted(incidence, labels), codes.loc[labels]
    for item in codes.index[codes.isna()][:1]:
        raise SynopsisError(f'{item} has no code. Write a level, or "{not_stated}".')
    stated = (codes != not_stated).to_numpy()
    levels = np.unique(codes[stated].astype(str).to_numpy(dtype=str), return_inverse=True)[1]
    rows = [(name, *_by_level(table.loc[stated, name].to_numpy(), levels)) for name in table]
    left_out = tuple(str(item) for item in codes.index[~stated])
    return _family(rows, ["feature", "cramers_v"], lambda: min_p_of_codes(_varying(table[stated]), levels, draws, seed), left_out)


def feature_families(review: Review) -> dict[str, Associations]:
    """The exact tests of all pairs of features, by family: the pairs within each table, and those between each two tables."""
    tables = {name: review.incidence(name, unclear="no") for name in review.table_names}
    found = {f"within {review.spoken(name)}": feature_pairs(table) for name, table in tables.items()}
    for one, other in combinations(tables, 2):
        found[f"{review.spoken(one)} with {review.spoken(other)}"] = feature_pairs(tables[one], tables[other])
    return found


Tested = tuple[Fraction, Fraction] | None  # p and the smallest attainable p; None where there is no test


def _family(rows: Sequence[tuple], columns: list[str], min_p: Callable[[], MinP] | None, left_out: tuple[str, ...] = ()) -> Associations:
    """Rows of names, measures and, last, the exact p-values."""
    rows = sorted(rows, key=lambda row: (row[-1] is None, row[-1][0] if row[-1] else 0))  # rows come in alphabetical order
    tested = [row[-1] for row in rows if row[-1]]
    chance = min_p() if min_p and tested else None
    adjusted = iter(holm([p for p, _ in tested]))
    values = [(*row[:-1], *(_decimals(row[-1], next(adjusted), chance) if row[-1] else [NAN] * 4)) for row in rows]
    tests = pd.DataFrame(values, columns=[*columns, *P_VALUES])
    if not chance:
        return Associations(tests, len(tested), left_out=left_out)
    error = max(map(chance.relabellings.error, tests["min_p"].dropna()))
    return Associations(tests, len(tested), chance.relabellings.exact, chance.relabellings.draws, error, left_out)


def _decimals(tested: tuple[Fraction, Fraction], adjusted: Fraction, chance: MinP | None) -> Iterator[float]:
    yield from map(float, (*tested, adjusted))
    yield chance.adjusted(tested[0]) if chance else NAN


def _pair(one: np.ndarray, other: np.ndarray) -> tuple[int, int, int, int, float, float, Tested]:
    a, b, c, d = (int((x & y).sum()) for x, y in ((one, other), (one, ~other), (~one, other), (~one, ~other)))
    spread = (a + b) * (c + d) * (a + c) * (b + d)
    phi = (a * d - b * c) / sqrt(spread) if spread else NAN
    return a, b, c, d, phi, a / (a + b + c) if a + b + c else NAN, _exact(np.array([[a, b], [c, d]]))


def _by_level(column: np.ndarray, levels: np.ndarray) -> tuple[float, Tested]:
    counts = np.array([np.bincount(levels[cells], minlength=levels.max(initial=0) + 1) for cells in (column, ~column)])
    return cramers_v(pd.DataFrame(counts)), _exact(counts)


def _exact(counts: np.ndarray) -> Tested:
    rows, columns = (counts.sum(axis=axis).tolist() for axis in (1, 0))
    if min(sum(map(bool, rows)), sum(map(bool, columns))) < 2:
        return None
    known = attainable(rows, columns)
    return known[ways(counts.tolist())], next(iter(known.values()))


def _sorted(incidence: pd.DataFrame, labels: list) -> pd.DataFrame:
    table = pd.DataFrame(yes_no_array(incidence), index=incidence.index, columns=incidence.columns)
    return table.loc[labels, in_order(table.columns)]


def _varying(table: pd.DataFrame) -> np.ndarray:
    return table.loc[:, table.nunique() > 1].to_numpy()
