"""How small does the smallest p-value of a whole family become by chance?

The family's p-values hang together, since they are computed from the same items. Min-P takes that into account: under each relabelling
it notes the smallest of the exact p-values. A p-value is adjusted to the share of relabellings in which the smallest is as small or smaller.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import comb

import numpy as np

from ..problems import SynopsisError
from .fisher import attainable, ways
from .relabellings import MOST, Relabellings, arrangements, row_kinds

MOST_TESTS = 500_000_000  # p-values looked up, over all arrangements: about ten seconds
MOST_ITEMS = 1000  # the ways of a table of more do not fit a floating point number
Score = Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True, eq=False)
class MinP:
    """How often each p-value is the smallest of the family.

    Attributes
    ----------
    relabellings : Relabellings
    scale : list of Fraction
        Every p-value that a test of the family can have, ascending.
    places, counts : array of int
        Places on the scale, and in how many arrangements the smallest p-value stands there.
    """

    relabellings: Relabellings
    scale: list[Fraction]
    places: np.ndarray
    counts: np.ndarray

    def adjusted(self, p: Fraction) -> float:
        """The share of relabellings in which the smallest p-value is no larger than this one."""
        return self.relabellings.share(int(self.counts[self.places < bisect_right(self.scale, p)].sum()))


def min_p_of_pairs(a: np.ndarray, b: np.ndarray, draws: int, seed: int) -> MinP:
    """For every pair of a column of `a` and one of `b`, the rows of one relabelled against the other.

    Parameters
    ----------
    a, b : array of bool, shape (items, features)
        Rows belong together; no constant column.
    draws, seed : int
        Used where there are too many relabellings, or too many tests in each, to list them all.

    References
    ----------
    Westfall and Young (1993) Resampling-based multiple testing.
    """
    fixed, moved = sorted((_distinct(a), _distinct(b)), key=lambda cells: -arrangements(row_kinds(cells).tolist()))
    kinds, (scale, places) = row_kinds(moved), _places_of_pairs(fixed, moved)
    rows = moved[np.unique(kinds, return_index=True)[1]].astype(np.float32)
    starts, fixed = np.arange(fixed.shape[1]) * (len(fixed) + 1), fixed.astype(np.float32)

    def score(block: np.ndarray) -> np.ndarray:
        smallest = np.full(len(block), len(scale), dtype=np.intp)
        for column, lookup in zip(rows.T, places, strict=True):
            both = (column.take(block) @ fixed).astype(np.intp)
            np.minimum(smallest, lookup.ravel().take(both + starts).min(axis=1), out=smallest)
        return smallest

    return _counted(kinds, fixed.shape[1] * moved.shape[1], scale, score, draws, seed)


def min_p_of_codes(cells: np.ndarray, codes: np.ndarray, draws: int, seed: int) -> MinP:
    """For every column against a code, the codes relabelled against the rows.

    Parameters
    ----------
    cells : array of bool, shape (items, features)
        No constant column.
    codes : array of int, shape (items,)
        From 0, each number up to the largest at least once.
    draws, seed : int
        As in `min_p_of_pairs`.

    Notes
    -----
    p is looked up by the ways of a table as a floating point number: exact up to 54 items, beyond these to 15 digits.
    """
    if len(cells) > MOST_ITEMS:
        raise SynopsisError(f"The table has {len(cells)} items. Min-P against a code can be computed for at most {MOST_ITEMS}.")
    cells, sizes = _distinct(cells), np.bincount(codes).tolist()
    known = [attainable([m, len(cells) - m], sizes) for m in cells.sum(axis=0).tolist()]
    scale = sorted({p for lookup in known for p in lookup.values()})
    middles = [np.array([(one + other) / 2 for one, other in pairwise(lookup)]) for lookup in known]
    places = [np.array([_place(scale, p) for p in lookup.values()], dtype=np.intp) for lookup in known]
    choices = [np.array([comb(size, some) for some in range(size + 1)], dtype=float) for size in sizes]
    columns = cells.astype(np.float32)

    def score(block: np.ndarray) -> np.ndarray:
        found = np.ones((len(block), columns.shape[1]))
        for level, choice in enumerate(choices):
            found *= choice.take(((block == level).astype(np.float32) @ columns).astype(np.intp))
        each = zip(places, middles, found.T, strict=True)
        return np.min([place[np.searchsorted(middle, number)] for place, middle, number in each], axis=0)

    return _counted(codes, columns.shape[1], scale, score, draws, seed)


def _counted(kinds: np.ndarray, tests: int, scale: list[Fraction], score: Score, draws: int, seed: int) -> MinP:
    few = arrangements(kinds.tolist()) <= min(MOST, MOST_TESTS // tests)
    relabellings = Relabellings.of(kinds.tolist(), few, draws, seed)
    return MinP(relabellings, scale, *relabellings.tally(score))


def _places_of_pairs(fixed: np.ndarray, moved: np.ndarray) -> tuple[list[Fraction], np.ndarray]:
    """The scale, and the place on it by moved column, fixed column and how many items have both."""
    items, (margins, moved_margins) = len(fixed), (cells.sum(axis=0).tolist() for cells in (fixed, moved))
    lookups = [[_p_of_pair(items, m, k) for m in margins] for k in moved_margins]
    scale = sorted({p for row in lookups for lookup in row for p in lookup.values()})
    places = [[[_place(scale, lookup.get(both)) for both in range(items + 1)] for lookup in row] for row in lookups]
    return scale, np.array(places, dtype=np.intp)


def _distinct(cells: np.ndarray) -> np.ndarray:
    """Each column once, in a fixed order: a column and its complement have the same p-values."""
    return np.unique(cells ^ cells[0], axis=1)


def _p_of_pair(items: int, m: int, k: int) -> dict[int, Fraction]:
    """Fisher's p by how many of the items have both features, if m have one and k the other."""
    known = attainable([m, items - m], [k, items - k])
    return {both: known[ways([[both, m - both], [k - both, items - m - k + both]])] for both in range(max(0, m + k - items), min(m, k) + 1)}


def _place(scale: Sequence[Fraction], p: Fraction | None) -> int:
    return len(scale) if p is None else bisect_right(scale, p) - 1
