"""How much do judgements of a tree depend on how ties are broken?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

import numpy as np
import pandas as pd

from ..clustering import paths
from ..clustering.by_lot import balls, drawn_trees, partition_after
from ..clustering.fit import SAME
from ..clustering.fractions import jaccard_fractions, pair_keys
from ..clustering.states import TieStates
from ..clustering.tied import TooManyError, places
from ..incidence import yes_no_array
from ..similarity import distance_matrix
from .census import FEW_ITEMS, TieCensus
from .widths import MOST_CELLS, mean_silhouettes

NO_RANGE = (float("nan"), float("nan"))
QUICK_WORK, QUICK_DRAWS, MOST_FOLLOWED = 100_000, 20, 30  # for statistics that are computed of hundreds of tables; of more items by lot only


@dataclass(frozen=True)
class Range:
    """The smallest and the largest value over all trees (or partitions) that ties allow; NaN where undefined.

    `n` says over how many, `exact` whether these are all there are; otherwise they were drawn by lot, and the true range can be wider.
    """

    least: float
    most: float
    n: int
    exact: bool


def cophenetic_range(census: TieCensus) -> Range:
    """Between which values the cophenetic correlation lies.

    Returns
    -------
    Range
        -1 to 1. NaN (undefined) where all distances or all heights are equal.

    Examples
    --------
    >>> table = pd.DataFrame([[1, 1, 0, 0], [0, 1, 1, 0], [0, 0, 1, 1]], index=["p", "q", "r"]).astype(bool)
    >>> from helpers.ties import tie_census
    >>> cophenetic_range(tie_census(table))
    Range(least=0.5, most=0.5, n=2, exact=True)
    """
    trees = census.some_trees()
    found = cophenetic_correlations(_distances(census), trees)
    return Range(*_least_most(found), len(trees), census.listed)


def silhouette_ranges(census: TieCensus) -> pd.DataFrame:
    """For each number of groups k, between which values the mean silhouette width lies.

    Returns
    -------
    DataFrame, index `k`
        From 2 to one less than the items. `partitions`: how many partitions into k groups ties allow. `least`, `most`: the mean width, -1 to 1.
        `exact`: "yes" where these are all partitions, else those met in trees drawn by lot.

    References
    ----------
    Rousseeuw (1987) J Comput Appl Math 20:53-65.

    Examples
    --------
    >>> table = pd.DataFrame([[1, 1, 0, 0], [0, 1, 1, 0], [0, 0, 1, 1]], index=["p", "q", "r"]).astype(bool)
    >>> from helpers.ties import tie_census
    >>> silhouette_ranges(tie_census(table)).round(3).loc[2].map(str).to_list()
    ['2', '0.111', '0.111', 'yes']
    """
    square, rows = _distances(census), {}
    for k in range(2, len(census.names)):
        partitions, exact = census.some_partitions(k)
        rows[k] = (len(partitions), *_least_most(mean_silhouettes(square, partitions)), "yes" if exact else "")
    return pd.DataFrame.from_dict(rows, orient="index", columns=["partitions", "least", "most", "exact"]).rename_axis("k")


def _first(census: TieCensus, k: int, most: int) -> Iterable[frozenset[int]]:
    """The first partitions into k groups; of many items with too many, those met in trees drawn by lot."""
    n = len(census.names)
    if n > FEW_ITEMS and census.ties.at_least(k) > most:
        return {partition_after(steps, n, k) for steps in census.by_lot}
    return islice(census.ties.partitions(k), most)


def largest_silhouette(census: TieCensus) -> tuple[float, frozenset[int]]:
    """The largest mean silhouette width over all partitions, and the numbers of groups that reach it.

    As in `silhouette_ranges`, but quick enough for hundreds of tables: of more partitions into k groups than `quick_trees` says (2,000 of ten
    items), the first are looked at; and of several equal items none are parted, since the width is larger where all are together
    (`numbers_to_try`).

    >>> table = pd.DataFrame([[1, 1, 0, 0], [0, 1, 1, 0], [0, 0, 1, 1]], index=["p", "q", "r"]).astype(bool)
    >>> from helpers.ties import tie_census
    >>> largest_silhouette(tie_census(table))
    (0.111111111111, frozenset({2}))
    """
    n = len(census.names)
    if census.ties and census.ties.kinds == 1:  # all items are equal, and so are all numbers of groups
        return (0.0, frozenset(range(2, n))) if n > 2 else (float("nan"), frozenset())
    if census.ties:
        partitions = list({partition for k in numbers_to_try(census.ties) for partition in _first(census, k, quick_trees(n))})
    else:
        partitions = [partition for k in range(2, n) for partition in census.some_partitions(k)[0]]
    if not partitions:
        return float("nan"), frozenset()
    widths = mean_silhouettes(_distances(census), partitions)
    most = widths.max()
    return round(float(most), 12), frozenset(len(p) for p, width in zip(partitions, widths, strict=True) if width > most - SAME)


def numbers_to_try(states: TieStates) -> range:
    """The numbers of groups with which the mean silhouette width can be largest, of 2 to one less than the items.

    With as many groups as kinds of items (`TieStates.kinds`), each of several equal items has the width 1. With more groups some of them are parted
    from their equals and have 0, as a single item has with any number: the mean is less. Where all items are equal it is always 0, and one number
    stands for all.
    """
    return range(2, min(states.n - 1, max(2, states.kinds)) + 1)


def cophenetic_correlations(square: np.ndarray, trees: Sequence[Sequence[tuple[int, float]]]) -> np.ndarray:
    """The cophenetic correlation of many trees at once.

    Parameters
    ----------
    square : array of float, shape (items, items)
        The distances.
    trees : sequence of trees
        Each a sequence of clades, lowest first: places of items as the bits of a whole number, and the height.

    Returns
    -------
    array of float, shape (trees,)
        NaN where all distances, or all heights of the tree, are equal.
    """
    step = max(1, MOST_CELLS // len(square) ** 2)
    batches = [_correlations(square, trees[start : start + step]) for start in range(0, len(trees), step)]
    return np.concatenate(batches) if batches else np.empty(0)


def _correlations(square: np.ndarray, trees: Sequence[Sequence[tuple[int, float]]]) -> np.ndarray:
    below = np.tril_indices(len(square), k=-1)
    shown = np.zeros((len(trees), *square.shape))
    for sheet, tree in zip(shown, trees, strict=True):
        for clade, height in reversed(tree):
            members = _members(clade)
            sheet[members[:, None], members] = height
    shown, real = shown[:, below[0], below[1]], square[below]
    if len(real) < 2:
        return np.full(len(trees), np.nan)
    flat = (np.ptp(shown, axis=1) < SAME) | (np.ptp(real) < SAME)
    shown, real = shown - shown.mean(axis=1, keepdims=True), real - real.mean()
    size = np.sqrt((shown**2).sum(axis=1) * (real @ real))
    return np.where(flat, np.nan, (shown @ real) / np.where(flat, 1, size))


def best_cophenetic(incidence: pd.DataFrame | np.ndarray) -> float:
    """The largest cophenetic correlation of average linkage on Jaccard distance, over all tie-breaks.

    A statistic for `helpers.nullmodels`: it ignores the names and the order of rows and columns. NaN where it is undefined. Where there are more
    trees (or partitions into k groups) than `quick_trees` says, 2,000 of ten items, the largest over the first of them; where ties are too many
    to follow quickly, and for more than 30 items, over some trees drawn by lot: twenty, or fewer of more than thirty items, and one of a hundred and
    fifty.
    """
    return _best(*_cells(incidence))[0]


def best_silhouette(incidence: pd.DataFrame | np.ndarray) -> float:
    """The largest mean silhouette width, over all numbers of groups and all tie-breaks of average linkage; else as `best_cophenetic`."""
    return _best(*_cells(incidence))[1]


@lru_cache(maxsize=20_000)  # both statistics, and figures after a notebook's text, ask for the same tables
def _best(content: bytes, shape: tuple[int, ...]) -> tuple[float, float]:
    cells = np.frombuffer(content, dtype=bool).reshape(shape)
    n = len(cells)
    if n < 3:
        return NO_RANGE
    fractions = jaccard_fractions(cells, np.ones((1, shape[1]), dtype=np.int64))[0]
    square = np.zeros((n, n))
    square[np.tril_indices(n, k=-1)] = fractions[: len(fractions) // 2] / fractions[len(fractions) // 2 :]
    square += square.T
    trees, partitions = _followed(n, pair_keys(n, fractions.tolist()))
    return _least_most(cophenetic_correlations(square, trees))[1], _least_most(mean_silhouettes(square, partitions))[1]


def _followed(n: int, keys: Mapping[tuple[int, int], int]) -> tuple[list[tuple[tuple[int, float], ...]], list[frozenset[int]]]:
    """The trees and the partitions into 2 to n - 1 groups; heights in any unit, which a correlation does not see."""
    try:
        if n > MOST_FOLLOWED:
            raise TooManyError
        states, most = TieStates(n, keys, "average", QUICK_WORK), quick_trees(n)
        trees = [tuple((ball, float(height)) for ball, height in tree) for tree in islice(paths.trees(states), most)]
        return trees, list({partition for k in numbers_to_try(states) for partition in islice(states.partitions(k), most)})
    except TooManyError:
        drawn = drawn_trees(n, keys, "average", max(1, min(QUICK_DRAWS, 20_000 // n**2)), 1)
        return [tuple((ball, float(height)) for ball, height in balls(steps)) for steps in drawn], list(
            {partition_after(steps, n, k) for steps in drawn for k in range(2, n)}
        )


def quick_trees(n: int) -> int:
    """How many trees of n items are looked at: 2,000 of ten, fewer of more."""
    return 2_000_000 // n**3 + 20


def _cells(incidence: pd.DataFrame | np.ndarray) -> tuple[bytes, tuple[int, ...]]:
    """A table in one order of rows and columns, so that any other order gives the same to the last digit."""
    cells = yes_no_array(incidence) if isinstance(incidence, pd.DataFrame) else np.asarray(incidence, dtype=bool)
    cells = cells[:, np.lexsort(cells[np.lexsort(cells.T)])]
    cells = cells[np.lexsort(cells.T)]
    return np.ascontiguousarray(cells).tobytes(), cells.shape


@lru_cache(maxsize=1 << 16)
def _members(clade: int) -> np.ndarray:
    return np.array(places(clade))


def _distances(census: TieCensus) -> np.ndarray:
    place = {name: number for number, name in enumerate(census.incidence.index)}
    order = [place[name] for name in census.names]
    return distance_matrix(census.incidence, census.coefficient, census.empty).to_numpy(dtype=float)[np.ix_(order, order)]


def _least_most(values: np.ndarray) -> tuple[float, float]:
    """Rounded, since sums in another order differ in the last digits."""
    known = values[~np.isnan(values)]
    return (round(float(known.min()), 12), round(float(known.max()), 12)) if len(known) else NO_RANGE
