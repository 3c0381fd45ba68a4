"""Do two tables call the same items alike, and which column does that agreement hang on?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import permutations
from math import sqrt

import numpy as np
import pandas as pd

from ..similarity import distance_matrix
from ..similarity.coefficients import Empty
from .relabellings import DRAWS, Relabellings, arrangements, same_items
from .triangles import TOLERANCE, constant, lower_triangle, pairs_below, square_matrix, standardised, twins, whole_numbers

MOST_ITEMS = 10  # 10! is 3,628,800
NAN = float("nan")


@dataclass(frozen=True, eq=False)
class MantelResult:
    """The correlation of two distance matrices, and how many relabellings of the items do as well.

    Attributes
    ----------
    r : float
        Pearson's correlation of the two lower triangles, -1 to 1. NaN where it does not exist; `undefined` then says why.
    p_upper : float
        The share of relabellings, the observed one included, with a correlation at least as large. NaN where r is.
    n : int
        How many relabellings were counted: all n!, or the random ones and the observed one. 0 where r does not exist.
    smallest_p : float
        The least that `p_upper` could be with these two matrices: the share of relabellings with the largest correlation. 1/n where sampled.
    exact : bool
        Whether all relabellings were counted.
    values : Series of int
        How many relabellings (random ones, where sampled) have each correlation; the index holds the correlations, ascending.
    error : float
        The Monte Carlo standard error of `p_upper`; 0 where exact.
    tolerance : float
        0 where relabellings were compared as whole numbers. Otherwise correlations that differ by no more than this counted as equal.
    undefined : str
        Why there is no correlation; empty where there is one.
    """

    r: float
    p_upper: float
    n: int
    smallest_p: float
    exact: bool
    values: pd.Series
    error: float = 0.0
    tolerance: float = 0.0
    undefined: str = ""


def exact_mantel(distances_a: pd.DataFrame, distances_b: pd.DataFrame, draws: int = DRAWS, seed: int = 2014) -> MantelResult:
    """Mantel's test: do items that are alike in one matrix tend to be alike in the other?

    Pearson's r of the two lower triangles, compared with its values under every relabelling of the items of one matrix. One-sided:
    only relabellings that agree as well or better count. Distances of a yes/no table
    are fractions with small denominators: they are recovered as such, and the sums of products, which alone decide r, compared as whole
    numbers. Where that is not possible (roots, as with Ochiai, or whole numbers above 2^63) correlations within 1e-12 count as equal.

    Up to ten items every relabelling is counted; of more items `draws` random ones, with p = (1 + hits) / (1 + draws).
    Items that were chosen on purpose are no sample: p is a benchmark against this null, not evidence about other items.

    Parameters
    ----------
    distances_a, distances_b : DataFrame of float, shape (items, items)
        Symmetric, the same items in any order. The diagonal is not looked at.
    draws, seed : int
        Used above ten items only.

    Returns
    -------
    MantelResult
        Without r for fewer than three items, or if all distances in a matrix are equal.

    Raises
    ------
    SynopsisError
        If the items differ, or a matrix is not symmetric or lacks a number.

    References
    ----------
    Mantel (1967) Cancer Res 27:209-220; Phipson and Smyth (2010) Stat Appl Genet Mol Biol 9:39. In R, `vegan::mantel`, which draws at random.

    Examples
    --------
    >>> near = pd.DataFrame([[0, 1, 2], [1, 0, 3], [2, 3, 0]], index=list("pqr"), columns=list("pqr"))
    >>> result = exact_mantel(near, near)
    >>> result.r, result.n, round(result.p_upper, 4)
    (1.0, 6, 0.1667)
    """
    labels = same_items(distances_a.index, distances_b.index)
    a, b = (lower_triangle(distances, labels) for distances in (distances_a, distances_b))
    undefined = _undefined(len(labels), a, b)
    if undefined:
        return MantelResult(NAN, NAN, 0, NAN, True, pd.Series(dtype=int), undefined=undefined)
    exactly = whole_numbers(a, b)
    a, b = exactly or (standardised(a), standardised(b))
    a, b = sorted((a, b), key=lambda lower: arrangements(twins(lower, len(labels))))  # relabel the matrix with more twins
    return _counted(a, b, Relabellings.of(twins(a, len(labels)), len(labels) <= MOST_ITEMS, draws, seed), 0 if exactly else TOLERANCE)


def column_contributions(
    incidence_a: pd.DataFrame, incidence_b: pd.DataFrame, coefficient: str = "jaccard", empty: Empty = "identical"
) -> pd.DataFrame:
    """Which columns the agreement of two tables hangs on: Mantel's r without each column in turn.

    Parameters
    ----------
    incidence_a, incidence_b : DataFrame of bool, shape (items, features)
        The same items in any order.
    coefficient, empty
        As in `helpers.similarity.distance_matrix`.

    Returns
    -------
    DataFrame with columns `column`, `table`, `r_without`, `change`
        `table` is "a" or "b"; `change` is `r_without` less r with all columns: below 0 for a column that brings the tables together. A column that
        every item has changes Jaccard distances too. NaN where r does not exist. In alphabetical order within each table.

    Raises
    ------
    SynopsisError
        If the items differ, or a table is not yes/no.

    Examples
    --------
    >>> one = pd.DataFrame({"x": [1, 1, 0], "y": [0, 1, 1]}, index=list("pqr")).astype(bool)
    >>> column_contributions(one, one.rename(columns={"x": "v", "y": "w"})).round(3).to_dict("records")[0]
    {'column': 'x', 'table': 'a', 'r_without': 0.5, 'change': -0.5}
    """
    tables = {"a": incidence_a, "b": incidence_b}
    labels = same_items(incidence_a.index, incidence_b.index)
    lower = {name: _distances(table, labels, coefficient, empty) for name, table in tables.items()}
    whole = _correlation(lower["a"], lower["b"])
    rows = []
    for name, other in (("a", "b"), ("b", "a")):
        for column in sorted(tables[name], key=str):
            r = _correlation(_distances(tables[name].drop(columns=column), labels, coefficient, empty), lower[other])
            rows.append((column, name, r, r - whole))
    return pd.DataFrame(rows, columns=["column", "table", "r_without", "change"])


def _counted(a: np.ndarray, b: np.ndarray, relabellings: Relabellings, slack: float) -> MantelResult:
    values, counts = relabellings.tally(_cross_products(a, b, np.array(relabellings.kinds), rounded=slack > 0))
    observed, as_r = (a @ b).item(), _scale(a, b)
    p, best = (relabellings.share(int(counts[values >= least - slack].sum())) for least in (observed, values[-1]))
    return MantelResult(
        r=as_r(observed),
        p_upper=p,
        n=relabellings.n,
        smallest_p=best if relabellings.exact else 1 / relabellings.n,
        exact=relabellings.exact,
        values=pd.Series(counts * relabellings.weight, index=pd.Index([as_r(value) for value in values.tolist()], name="r")),
        error=relabellings.error(p),
        tolerance=slack,
    )


def _cross_products(a: np.ndarray, b: np.ndarray, kinds: np.ndarray, rounded: bool) -> Callable[[np.ndarray], np.ndarray]:
    """For a block of arrangements the sum of products of b and a relabelled; rounded far below the tolerance, so that equal ones can be tallied."""
    square = square_matrix(a, len(kinds))
    distances = np.zeros((kinds.max() + 1,) * 2, dtype=a.dtype)
    for i, j in permutations(range(len(kinds)), 2):
        distances[kinds[i], kinds[j]] = square[i, j]

    def score(block: np.ndarray) -> np.ndarray:
        columns = np.ascontiguousarray(block.T)
        starts = columns * len(distances)
        total = np.zeros(len(block), dtype=a.dtype)
        for (i, j), weight in zip(pairs_below(len(kinds)), b, strict=True):
            if weight:
                total += weight * distances.ravel().take(starts[i] + columns[j])
        return np.round(total, 14) if rounded else total

    return score


def _distances(incidence: pd.DataFrame, labels: list, coefficient: str, empty: Empty) -> np.ndarray:
    ordered = incidence.loc[labels]
    return lower_triangle(distance_matrix(ordered, coefficient, empty), labels) if ordered.shape[1] else np.zeros(len(pairs_below(len(labels))))


def _correlation(a: np.ndarray, b: np.ndarray) -> float:
    return NAN if len(a) < 3 or constant(a) or constant(b) else float(standardised(a) @ standardised(b))


def _undefined(items: int, a: np.ndarray, b: np.ndarray) -> str:
    if items < 3:
        return "With fewer than three items there is no correlation of distances."
    return "All distances in one of the matrices are equal, so there is no correlation." if constant(a) or constant(b) else ""


def _scale(a: np.ndarray, b: np.ndarray) -> Callable[[float], float]:
    """From a sum of products to r; of whole numbers computed as such, so that a perfect correlation is 1.0."""
    if a.dtype == float:
        return float
    (n, s, ss), (_, t, tt) = ((len(lower), sum(lower.tolist()), sum(value * value for value in lower.tolist())) for lower in (a, b))
    spread = sqrt((n * ss - s * s) * (n * tt - t * t))
    return lambda product: (n * product - s * t) / spread
