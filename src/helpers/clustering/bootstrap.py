"""Would a group still be there if the features had been drawn anew from those at hand?

Every way to draw as many features as there are, with replacement, is gone through, and in each every way to break ties.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from math import comb, factorial, prod

import numpy as np
import pandas as pd

from ..incidence import yes_no_array
from ..problems import SynopsisError, did_you_mean
from . import paths
from .by_lot import balls, drawn_trees, how_many
from .fractions import jaccard_fractions, pair_keys
from .linkage import LINKAGES
from .states import TieStates
from .tied import TooManyError, places

MOST_DISTANCES = 1_000_000  # resamples times pairs of items, for all to be gone through: some five seconds; else DRAWS of them are drawn
DRAWS, FEWEST_DRAWS, SEED = 1_000, 100, 2014
MOST_FOLLOWED = 30  # items; of more, one tree is drawn by lot in each resample, and fewer resamples are drawn
MOST_WORK = 100_000  # for one resample; beyond it, trees are drawn by lot
TREES_BY_LOT = 20


@dataclass(frozen=True)
class Resamples:
    """The ways to draw as many features as a table has, with replacement.

    Attributes
    ----------
    n : int
        How many there are, those alike in all items taken as one: a number of copies of each kind of feature.
    exact : bool
        Whether `column_bootstrap` goes through all of them.
    empty_rows : float
        The chance that a resample leaves some item without any Yes that has one in the table, 0 to 1.
    drawn : int
        How many are drawn where they are too many to go through; 0 where all are gone through.
    """

    n: int
    exact: bool
    empty_rows: float
    drawn: int = 0


def column_bootstrap(incidence: pd.DataFrame, linkage: str = "average") -> pd.DataFrame:
    """How often each group comes back when the features are drawn anew: the bootstrap support of clades, on Jaccard distance.

    A resample is as many features as the table has, drawn with replacement. Its trees are all that ties allow; a clade counts with the share of
    them that show it. All resamples are gone through, each with its chance (multinomial weight), so that there is no error of simulation. In a
    table too large for that, 1,000 are drawn, or fewer of more than 40 items, and 100 at least (`resamples` tells).

    Two items that a resample leaves with nothing count as the same.

    The features of a review were chosen, not drawn: the support says how much a group depends on which of them were written down, not how
    likely it is to be true.

    Parameters
    ----------
    incidence : DataFrame of bool, shape (items, features)
    linkage : {"average", "complete", "single", "weighted"}

    Returns
    -------
    DataFrame, index clades (frozenset of item names)
        Every clade that some resample shows; best supported first. `support`: 0 to 1. `error`: its standard error where resamples were drawn,
        else 0 (where ties within a resample are too many to follow, trees are drawn in it; that error is not counted).

    Raises
    ------
    SynopsisError
        For an unknown linkage, unclear cells, or a table without rows or columns.

    References
    ----------
    Felsenstein (1985) Evolution 39:783-791; exact enumeration as in Fisher and Hall (1991) J Stat Plan Inference 27:157-169. In R, the column BP
    of `pvclust::pvclust` with r = 1, which breaks ties by the order of the rows and counts the groups of joins of two, also those that a tie takes
    further at the same height.

    Examples
    --------
    >>> table = pd.DataFrame([[1, 0], [1, 0], [0, 1]], index=["p", "q", "r"]).astype(bool)
    >>> for clade, row in column_bootstrap(table).iterrows():
    ...     print(sorted(clade), row["support"])
    ['p', 'q', 'r'] 1.0
    ['p', 'q'] 1.0
    """
    if linkage not in LINKAGES:
        raise SynopsisError(f'There is no linkage "{linkage}". {did_you_mean(linkage, LINKAGES)}')
    names = sorted(incidence.index, key=str)
    support = _support(tuple(map(tuple, yes_no_array(incidence.loc[names]).tolist())), linkage)
    rows = [(frozenset(names[place] for place in places(group)), share, error) for group, (share, error) in support.items()]
    rows.sort(key=lambda row: (-row[1], -len(row[0]), sorted(map(str, row[0]))))
    return pd.DataFrame(rows, columns=["clade", "support", "error"]).set_index("clade")


@lru_cache(maxsize=16)  # a notebook and its figures ask the same several times
def _support(cells: tuple[tuple[bool, ...], ...], linkage: str) -> dict[int, tuple[float, float]]:
    """Each group, as the bits of a whole number, with its support and standard error."""
    kinds, copies = _kinds(np.array(cells))
    exact = _is_exact(kinds, copies)
    counts, chances = _all(copies) if exact else _drawn(copies, len(kinds))
    # Resamples with the same distances have the same trees, which are followed once.
    distances, same = np.unique(jaccard_fractions(kinds, counts), axis=0, return_inverse=True)
    held: dict[int, list[float]] = {}
    for number, (weight, row) in enumerate(zip(np.bincount(same.ravel(), weights=chances).tolist(), distances.tolist(), strict=True)):
        seed = SEED if len(cells) <= MOST_FOLLOWED else SEED + number
        for group, share in _shares(len(cells), row, linkage, seed).items():
            sums = held.setdefault(group, [0.0, 0.0])
            sums[0] += weight * share
            sums[1] += weight * share**2
    return {group: (round(share, 12), 0.0 if exact else _error(share, square, len(counts))) for group, (share, square) in held.items()}


def forget() -> None:
    """Drop what is kept of earlier calls, so that a benchmark measures the work."""
    _support.cache_clear()


def resamples(incidence: pd.DataFrame) -> Resamples:
    """How many resamples there are, and how many of them leave an item with nothing.

    Examples
    --------
    >>> resamples(pd.DataFrame([[1, 0], [0, 1]], index=["p", "q"]).astype(bool))
    Resamples(n=3, exact=True, empty_rows=0.5, drawn=0)
    """
    kinds, copies = _kinds(yes_no_array(incidence))
    n = _n_resamples(copies)
    exact = _is_exact(kinds, copies)
    counts, chances = _all(copies) if exact else _drawn(copies, len(kinds))
    empty = ((counts @ kinds[kinds.any(axis=1)].T) == 0).any(axis=1)
    return Resamples(n, exact, round(float(chances[empty].sum()), 12), 0 if exact else len(counts))


def _kinds(cells: np.ndarray) -> tuple[np.ndarray, list[int]]:
    """The different features as columns, and how many of each there are; in an order of their own."""
    counts = Counter(map(tuple, cells.T.astype(int).tolist()))
    return np.array(sorted(counts)).T, [counts[kind] for kind in sorted(counts)]


def _n_resamples(copies: list[int]) -> int:
    return comb(sum(copies) + len(copies) - 1, len(copies) - 1)


def _is_exact(kinds: np.ndarray, copies: list[int]) -> bool:
    return _n_resamples(copies) * comb(len(kinds), 2) <= MOST_DISTANCES


def _all(copies: list[int]) -> tuple[np.ndarray, np.ndarray]:
    """Every resample as the copies of each kind, with its chance."""
    n, kinds = sum(copies), len(copies)
    bars = np.array(list(combinations(range(n + kinds - 1), kinds - 1)), dtype=int).reshape(comb(n + kinds - 1, kinds - 1), kinds - 1)
    counts = np.diff(bars, axis=1, prepend=-1, append=n + kinds - 1) - 1
    draws = [
        prod(copy**count for copy, count in zip(copies, row, strict=True)) * factorial(n) // prod(map(factorial, row)) for row in counts.tolist()
    ]
    return counts, np.array([ways / n**n for ways in draws])


def _drawn(copies: list[int], items: int) -> tuple[np.ndarray, np.ndarray]:
    n, draws = sum(copies), DRAWS if items <= MOST_FOLLOWED else max(FEWEST_DRAWS, min(DRAWS, how_many(items)))
    return np.random.default_rng(SEED).multinomial(n, np.array(copies) / n, size=draws), np.full(draws, 1 / draws)


def _shares(n: int, distances: list[int], linkage: str, seed: int) -> dict[int, float]:
    keys, trees = pair_keys(n, distances), TREES_BY_LOT if n <= MOST_FOLLOWED else 1
    try:
        if n > MOST_FOLLOWED:
            raise TooManyError
        return {group: float(share) for group, share in paths.by_tree(TieStates(n, keys, linkage, MOST_WORK)).items()}
    except TooManyError:
        counts = Counter(group for steps in drawn_trees(n, keys, linkage, trees, seed) for group, _ in balls(steps))
        return {group: count / trees for group, count in counts.items()}


def _error(share: float, square: float, draws: int) -> float:
    return float(np.sqrt(max(square - share**2, 0) / draws))
