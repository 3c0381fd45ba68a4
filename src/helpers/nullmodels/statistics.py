"""What number says how alike, how segregated, how nested or how tied the rows of a table are?

mean_jaccard   mean Jaccard distance of the pairs of rows
c_score        how much the pairs of columns avoid each other
nodf           how far the smaller rows and columns are contained in the larger ones
tied_pairs     how many pairs of distances are equal

Each takes many tables at once, array of bool of shape (n, rows, columns), all with the same row and column totals, and ignores the order of rows
and of columns. All four are fractions with a denominator that the totals alone determine; `numerators` gives them as whole numbers, so that
equal is equal.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import lcm

import numpy as np

from ..problems import SynopsisError, did_you_mean
from .pairs import Pairs, similarity_names

LARGEST = 2**62
PAIRS = 1_000_000  # how many pairs are looked at together


@dataclass(frozen=True)
class Numerators:
    """The values of a statistic, times their common denominator.

    Attributes
    ----------
    values : array, shape (n,)
        int64. float64 if the denominator would be too large for whole numbers of 64 bits; it is then 1.
    denominator : int
        0 where the statistic does not exist; the values are then 0.
    """

    values: np.ndarray
    denominator: int

    def decimal(self) -> np.ndarray:
        """The values of the statistic themselves; NaN where it does not exist."""
        return self.values / self.denominator if self.denominator else np.full(len(self.values), np.nan)


def mean_jaccard(tables: np.ndarray) -> np.ndarray:
    """The mean Jaccard distance of all pairs of rows; two rows without any Yes have distance 0.

    Parameters
    ----------
    tables : array of bool, shape (n, rows, columns)

    Returns
    -------
    array of float, shape (n,)
        0 (all rows alike) to 1 (no two rows share a Yes). NaN where there is only one row.

    References
    ----------
    Jaccard (1901) Bull Soc Vaud Sci Nat 37:547-579. In R, `mean(vegan::vegdist(x, "jaccard", binary = TRUE))`, for tables without empty rows.

    Examples
    --------
    Distances 1/2, 1 and 1:

    >>> mean_jaccard(np.array([[[1, 1, 0], [1, 0, 0], [0, 0, 1]]], dtype=bool)).round(4).tolist()
    [0.8333]
    """
    return numerators("mean_jaccard", tables).decimal()


def c_score(tables: np.ndarray) -> np.ndarray:
    """The mean over all pairs of columns of (r_j - S)(r_k - S): r the columns' totals, S the rows that have both.

    Returns
    -------
    array of float, shape (n,)
        0 or more; large where columns avoid each other. NaN where there is only one column.

    References
    ----------
    Stone and Roberts (1990) Oecologia 85:74-79. In R, `mean(vegan::designdist(t(x), "(A-J)*(B-J)", terms = "binary"))`.

    Examples
    --------
    The columns have 2, 1 and 1 Yes. The first pair shares one: (2-1)(1-1) = 0. The others share none: 2 x 1 and 1 x 1.

    >>> c_score(np.array([[[1, 1, 0], [1, 0, 0], [0, 0, 1]]], dtype=bool)).tolist()
    [1.0]
    """
    return numerators("c_score", tables).decimal()


def nodf(tables: np.ndarray) -> np.ndarray:
    """Nestedness by overlap and decreasing fill, without constant columns.

    A pair of rows with totals r_i > r_j > 0 counts 100 x shared / r_j, any other pair 0; columns alike. The sum is divided by the number of all
    pairs, those of rows and those of columns.

    Returns
    -------
    array of float, shape (n,)
        0 to 100 (each smaller row and column lies within each larger one, and no two have equal totals). NaN where every column is constant.

    References
    ----------
    Almeida-Neto et al. (2008) Oikos 117:1227-1239. In R, `vegan::nestednodf(x)$statistic["NODF"]`, which keeps constant columns.

    Examples
    --------
    The pairs of rows count 100 x 1/1, 0 and 0; those of columns 100, 0 and 0.

    >>> nodf(np.array([[[1, 1, 0], [1, 0, 0], [0, 0, 1]]], dtype=bool)).round(3).tolist()
    [33.333]
    """
    return numerators("nodf", tables).decimal()


def tied_pairs(tables: np.ndarray) -> np.ndarray:
    """How many pairs of Jaccard distances are equal. Of four equal distances there are six pairs.

    Returns
    -------
    array of float, shape (n,)
        Whole numbers; 0 where all distances differ, or there are fewer than two.

    Examples
    --------
    Of the distances 1/2, 1 and 1 one pair is equal:

    >>> tied_pairs(np.array([[[1, 1, 0], [1, 0, 0], [0, 0, 1]]], dtype=bool)).tolist()
    [1.0]
    """
    return numerators("tied_pairs", tables).decimal()


def numerators(name: str, tables: np.ndarray) -> Numerators:
    """A statistic by its name, as whole numbers over one denominator.

    Parameters
    ----------
    name : {"mean_jaccard", "c_score", "nodf", "tied_pairs"}
    tables : array of bool, shape (n, rows, columns)
        One or more, with the same row and column totals up to order.

    Raises
    ------
    SynopsisError
        For an unknown name.
    """
    if name not in STATISTICS:
        raise SynopsisError(f'There is no statistic "{name}". {did_you_mean(name, STATISTICS)}')
    if not isinstance(tables, np.ndarray) or tables.ndim != 3 or tables.dtype != bool or not all(tables.shape):
        raise SynopsisError(
            f"{name} takes many tables at once, as an array of bool of shape (tables, rows, columns). For one table use table.to_numpy()[None]."
        )
    measure = STATISTICS[name]
    block = max(1, PAIRS // (max(tables.shape[1:]) ** 2 // 2 + 1))
    parts = [measure(tables[start : start + block]) for start in range(0, len(tables), block)]
    return Numerators(np.concatenate([part.values for part in parts]), parts[0].denominator)


def _mean_jaccard(tables: np.ndarray) -> Numerators:
    pairs = Pairs(tables)
    unions = pairs.unions()
    unit = _unit(unions, len(pairs.shared))
    union = np.maximum(np.arange(pairs.width + 1), 1)
    shared = np.arange(pairs.width + 1)[:, None]
    if unit:
        share = np.where(np.isin(union, unions), unit // union, 0)  # other unions do not occur
        return Numerators(_summed(pairs, (union - shared) * share), unit * len(pairs.shared))
    return Numerators(_summed(pairs, (union - shared) / union) / len(pairs.shared), 1)


def _summed(pairs: Pairs, of: np.ndarray) -> np.ndarray:
    """The sum over pairs of rows of a number that depends on what they share and on their union; 0 for two empty rows."""
    of = of.copy()
    of[0, 0] = 0
    return _sum(of[pairs.shared, pairs.union])


def _c_score(tables: np.ndarray) -> Numerators:
    pairs = Pairs(tables.transpose(0, 2, 1))
    return Numerators(((pairs.first - pairs.shared) * (pairs.second - pairs.shared)).sum(axis=0), len(pairs.shared))


def _nodf(tables: np.ndarray) -> Numerators:
    told = tables.any(axis=1) & ~tables.all(axis=1)
    kept = np.argsort(~told, axis=1, kind="stable")[:, None, : told[0].sum()]
    tables = np.take_along_axis(tables, kept, axis=2)
    if not tables.shape[2]:
        return Numerators(np.zeros(len(tables), dtype=np.int64), 0)
    sides = [Pairs(tables), Pairs(tables.transpose(0, 2, 1))]
    n = sum(len(side.shared) for side in sides)
    totals = np.unique(np.concatenate([side.totals.ravel() for side in sides]))
    unit = _unit(totals[totals > 0], 100 * n)
    nested = sum(_nested(side, unit) for side in sides)
    return Numerators(nested, unit * n) if unit else Numerators(nested / n, 1)


def _nested(pairs: Pairs, unit: int) -> np.ndarray:
    """The sum of 100 x shared / smaller total over pairs with different totals; times the unit, unless that is 0."""
    smaller = np.maximum(np.minimum(pairs.first, pairs.second), 1)
    share = 100 * pairs.shared * (unit // smaller) if unit else 100 * pairs.shared / smaller
    return _sum(np.where(pairs.first == pairs.second, 0, share))


def _tied_pairs(tables: np.ndarray) -> Numerators:
    pairs = Pairs(tables)
    n = len(tables)
    if not len(pairs.shared):
        return Numerators(np.zeros(n, dtype=np.int64), 1)
    names = similarity_names(pairs.width)
    number = int(names.max()) + 1
    counts = np.bincount((names[pairs.shared, pairs.union] + number * np.arange(n)).ravel(), minlength=number * n).reshape(n, number)
    return Numerators((counts * (counts - 1) // 2).sum(axis=1), 1)


def _unit(denominators: np.ndarray, terms: int) -> int:
    """The least common denominator; 0 where a sum of so many terms would not fit into 64 bits."""
    unit = lcm(*(int(denominator) for denominator in denominators))
    return unit if unit * max(1, terms) < LARGEST else 0


def _sum(terms: np.ndarray) -> np.ndarray:
    """The sum over pairs. Decimal numbers are added from the smallest on, so that the order of the rows cannot change the last digit."""
    return terms.sum(axis=0) if terms.dtype.kind == "i" else np.sort(terms, axis=0).sum(axis=0)


STATISTICS: dict[str, Callable[[np.ndarray], Numerators]] = {
    "mean_jaccard": _mean_jaccard,
    "c_score": _c_score,
    "nodf": _nodf,
    "tied_pairs": _tied_pairs,
}
UNDEFINED = {
    "mean_jaccard": "A single row makes no pair.",
    "c_score": "A single column makes no pair.",
    "nodf": "Every column is constant.",
    "tied_pairs": "",
}
