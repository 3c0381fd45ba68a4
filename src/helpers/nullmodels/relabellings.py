"""In how many ways can the items of one table be matched with those of another, and which of these ways differ?

The null model of a Mantel test, and of min-P over features: both tables stay as they are, and only which row of one belongs to which row
of the other is drawn. Items that are exchangeable within a table (twins, such as two items with the same row) are of one kind. Exchanging
twins changes nothing, so it is enough to count every arrangement of kinds once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from math import factorial, prod, sqrt

import numpy as np
import pandas as pd

from ..problems import SynopsisError, whole_number

MOST = factorial(10)  # arrangements that are listed: all relabellings of ten items
DRAWS = 99_999  # with the observed one a round number of relabellings
BLOCK = factorial(7)  # arrangements handled at a time, few enough to stay in a processor's cache


@dataclass(frozen=True)
class Relabellings:
    """Every relabelling, or random ones.

    Attributes
    ----------
    kinds : tuple of int
        The kind of each item, counted from 0.
    draws : int
        How many are drawn at random; 0 where all are counted.
    seed : int
    """

    kinds: tuple[int, ...]
    draws: int = 0
    seed: int = 0

    @classmethod
    def of(cls, kinds: Sequence[int], exact: bool, draws: int, seed: int) -> Relabellings:
        """All of them if `exact`; otherwise `draws` at random.

        Raises
        ------
        SynopsisError
            If there is nothing to draw.
        """
        draws, seed = whole_number("draws", draws, 1), whole_number("seed", seed, 0)
        return cls(tuple(int(kind) for kind in kinds), 0 if exact else draws, seed)

    @property
    def exact(self) -> bool:
        return not self.draws

    @property
    def n(self) -> int:
        """How many relabellings are counted: all n!, or the draws and the observed one."""
        return self.draws + 1 if self.draws else factorial(len(self.kinds))

    @property
    def weight(self) -> int:
        """How many relabellings each arrangement of kinds stands for."""
        return 1 if self.draws else prod(map(factorial, Counter(self.kinds).values()))

    def blocks(self) -> Iterator[np.ndarray]:
        """The arrangements, some at a time: arrays of int, shape (arrangements, items)."""
        if self.exact:
            yield from _listed(tuple(Counter(self.kinds)[kind] for kind in range(max(self.kinds, default=-1) + 1)), ())
        draw = np.random.default_rng(self.seed)
        for start in range(0, self.draws, BLOCK):
            yield draw.permuted(np.tile(np.array(self.kinds, dtype=np.intp), (min(BLOCK, self.draws - start), 1)), axis=1)

    def share(self, hits: int) -> float:
        """The p-value where so many arrangements are as extreme as the observed one.

        Hits among all arrangements, of which the observed is one; of random ones (1 + hits) / (1 + draws), so that p is never 0.

        References
        ----------
        Phipson and Smyth (2010) Stat Appl Genet Mol Biol 9:39.
        """
        return hits * self.weight / self.n if self.exact else (1 + hits) / self.n

    def error(self, p: float) -> float:
        """The Monte Carlo standard error of a p-value; 0 where all are counted."""
        return 0.0 if self.exact else sqrt(p * (1 - p) / self.draws)

    def tally(self, score: Callable[[np.ndarray], np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
        """How many arrangements have each value of a statistic.

        Parameters
        ----------
        score : callable
            From a block of arrangements to an array with a number for each.

        Returns
        -------
        tuple of two arrays
            The values, ascending, and how many arrangements have each.
        """
        parts = [np.unique(score(block), return_counts=True) for block in self.blocks()]
        values, where = np.unique(np.concatenate([part[0] for part in parts]), return_inverse=True)
        counts = np.zeros(len(values), dtype=np.int64)
        np.add.at(counts, where, np.concatenate([part[1] for part in parts]))
        return values, counts


def arrangements(kinds: Sequence[int]) -> int:
    """How many orders of kinds differ.

    Examples
    --------
    >>> arrangements([0, 0, 1])
    3
    """
    return factorial(len(kinds)) // prod(map(factorial, Counter(kinds).values()))


def row_kinds(cells: np.ndarray) -> np.ndarray:
    """The kind of each row: the same number for the same row.

    Examples
    --------
    >>> row_kinds(np.array([[True, False], [False, False], [True, False]])).tolist()
    [1, 0, 1]
    """
    return np.unique(cells, axis=0, return_inverse=True)[1].reshape(-1)


def in_order(labels: pd.Index) -> list:
    """Labels in alphabetical order, so that nothing depends on the order of a table."""
    return sorted(labels, key=str)


def same_items(first: pd.Index, second: pd.Index, names: tuple[str, str] = ("first table", "second table")) -> list:
    """The items of two tables, in alphabetical order.

    Raises
    ------
    SynopsisError
        If an item stands in one of them only, or twice.
    """
    for labels in (first, second):
        if not labels.is_unique:
            raise SynopsisError(f"The row {labels[labels.duplicated()][0]} stands twice. Give each row a name of its own.")
    for labels, others, place in ((first, second, names[1]), (second, first, names[0])):
        for label in in_order(labels.difference(others, sort=False))[:1]:
            raise SynopsisError(f"{label} is missing from the {place}. Both must have the same items.")
    return in_order(first)


def _listed(left: tuple[int, ...], head: tuple[int, ...]) -> Iterator[np.ndarray]:
    """All arrangements with a given beginning; `left` says how often each kind is still to be placed."""
    if factorial(sum(left)) // prod(map(factorial, left)) > BLOCK:
        for kind in np.flatnonzero(left):
            yield from _listed(_less(left, int(kind)), (*head, int(kind)))
    else:
        tail = np.flatnonzero(left)[_all(tuple(count for count in left if count))]
        yield np.hstack([np.tile(np.array(head, dtype=np.intp), (len(tail), 1)), tail])


@cache
def _all(left: tuple[int, ...]) -> np.ndarray:
    if not any(left):
        return np.zeros((1, 0), dtype=np.intp)
    rests = [(kind, _all(_less(left, kind))) for kind, count in enumerate(left) if count]
    return np.vstack([np.hstack([np.full((len(rest), 1), kind), rest]) for kind, rest in rests])


def _less(left: tuple[int, ...], kind: int) -> tuple[int, ...]:
    return (*left[:kind], left[kind] - 1, *left[kind + 1 :])
