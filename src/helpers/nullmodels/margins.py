"""How many yes/no tables have these row and column totals, and how is one of them drawn at random, each as likely as the other?

The rows are filled one after another. What is still to come depends only on how many columns still need how many Yes, so tables are counted
once for each such state. A state is kept as one whole number: `size` bits for each remaining total, holding the number of columns that have it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from math import comb

import numpy as np
import pandas as pd

from ..incidence import yes_no_array
from ..problems import SynopsisError, whole_number

MOST_STEPS = 1_500_000  # some five seconds


class TooManyStates(SynopsisError):
    """Counting the tables would take too long."""


def count_fixed_margin(incidence: pd.DataFrame) -> int:
    """How many yes/no tables have the row and column totals of this one, itself included.

    Parameters
    ----------
    incidence : DataFrame of bool, shape (rows, columns)

    Returns
    -------
    int
        Exact, 1 or more; with large tables far beyond what a floating-point number can hold.

    Raises
    ------
    SynopsisError
        For a table that is empty or not yes/no, or where more than MOST_STEPS steps are needed.

    References
    ----------
    Miller and Harrison (2013) Ann Stat 41:1569-1592.

    Examples
    --------
    Three rows and three columns with one Yes each: a permutation of three, of which there are six.

    >>> count_fixed_margin(pd.DataFrame([[1, 0, 0], [0, 1, 0], [0, 0, 1]]).astype(bool))
    6
    """
    return _needed(yes_no_array(incidence)).count


def draw_tables(incidence: pd.DataFrame, n: int, seed: int = 0) -> np.ndarray:
    """Random tables with the row and column totals of this one, independent and each as likely as the other.

    Parameters
    ----------
    incidence : DataFrame of bool, shape (rows, columns)
    n : int
        How many tables.
    seed : int

    Returns
    -------
    array of bool, shape (n, rows, columns)
        Rows and columns in the order of the table.

    Raises
    ------
    SynopsisError
        As `count_fixed_margin`; use `curveball` where there are too many states.

    Examples
    --------
    >>> drawn = draw_tables(pd.DataFrame([[1, 0], [0, 1], [1, 1]]).astype(bool), n=4)
    >>> drawn.sum(axis=2).tolist() == [[1, 1, 2]] * 4
    True
    """
    cells, n, seed = yes_no_array(incidence), whole_number("n", n, 1), whole_number("seed", seed, 0)
    rows, columns = sorted_margin(cells)
    return in_order(_needed(cells).draw(n, np.random.default_rng(seed)), rows, columns)


def sorted_margin(cells: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The places of the rows, and of the columns, from the largest total to the smallest; equal ones as they stand."""
    return np.argsort(-cells.sum(axis=1), kind="stable"), np.argsort(-cells.sum(axis=0), kind="stable")


def in_order(tables: np.ndarray, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """Tables whose rows and columns stand sorted, brought back to the places that `sorted_margin` gave."""
    return tables[:, np.argsort(rows)][:, :, np.argsort(columns)]


def filling_of(cells: np.ndarray) -> Filling | None:
    """The ways to fill a table with the totals of this one; None where that takes too many steps."""
    return _filling(*(tuple(sorted(map(int, cells.sum(axis=axis)), reverse=True)) for axis in (1, 0)))


@lru_cache(maxsize=4)
def _filling(rows: tuple[int, ...], columns: tuple[int, ...]) -> Filling | None:
    try:
        return Filling(rows, columns)
    except TooManyStates:
        return None


def _needed(cells: np.ndarray) -> Filling:
    filling = filling_of(cells)
    if filling is None:
        raise TooManyStates(f"Counting the tables with these totals takes more than {MOST_STEPS:,} steps. Use null or curveball.")
    return filling


class Filling:
    """The ways to fill a table row by row. `rows` and `columns`: totals of some table, from large to small. `count`: how many tables there are."""

    def __init__(self, rows: Sequence[int], columns: Sequence[int]):
        self.turned = len(columns) < len(rows)  # fewer rows to fill means fewer states
        self.rows, self.columns = (columns, rows) if self.turned else (rows, columns)
        self.size = len(self.columns).bit_length()
        self.mask = (1 << self.size) - 1
        self.start = sum(1 << self.size * total for total in self.columns)
        self.ways = self._count(self._reached())  # one dict per number of rows still to fill: state to number of tables
        self.count = self.ways[-1][self.start]

    def _counts(self, state: int) -> list[int]:
        """How many columns still need 0, 1, 2, ... Yes."""
        counts = []
        while state:
            counts.append(state & self.mask)
            state >>= self.size
        return counts

    def _choices(self, state: int, total: int) -> list[tuple[int, int]]:
        """What one row can take: how many columns of each remaining total, written as a state is, and in how many ways."""
        counts = self._counts(state)
        behind = list(accumulate(counts[1:], initial=0))  # columns that later turns of the loop can still offer
        choices = [(total, 0, 1)]
        for need in range(len(counts) - 1, 0, -1):
            n, later, unit = counts[need], behind[need - 1], 1 << self.size * need
            if n:
                of = [comb(n, k) for k in range(n + 1)]
                choices = [
                    (left - k, taken + k * unit, ways * of[k]) for left, taken, ways in choices for k in range(max(0, left - later), min(n, left) + 1)
                ]
        return [(taken, ways) for left, taken, ways in choices if not left]

    def _n_choices(self, state: int, total: int) -> int:
        """How many `_choices` there are, found without a list of them."""
        found = [1] + [0] * total  # with the columns so far, by how many are taken
        for n in filter(None, self._counts(state)[1:]):
            sums = list(accumulate(found, initial=0))
            found = [sums[taken + 1] - sums[max(0, taken - n)] for taken in range(total + 1)]
        return found[total]

    def _after(self, state: int, taken: int) -> int:
        return state - taken + (taken >> self.size)  # a column that needed t and was taken needs t - 1

    def _reached(self) -> list[set[int]]:
        """The states that filling leads to and from which a table can be completed, for each number of rows still to fill."""
        levels, steps = [{self.start}], self._n_choices(self.start, self.rows[-1])
        for left in range(len(self.rows) - 1, -1, -1):
            if steps > MOST_STEPS:
                raise TooManyStates
            seen: set[int] = set()
            levels.append(set())
            for before in levels[-2]:
                new = {self._after(before, taken) for taken, _ in self._choices(before, self.rows[left])} - seen
                seen |= new
                for state in new:
                    if self._possible(state, left):
                        levels[-1].add(state)
                        steps += self._n_choices(state, self.rows[left - 1]) if left else 0  # to come: too many are known before they are taken
                        if steps > MOST_STEPS:
                            raise TooManyStates
        return levels[::-1]

    def _possible(self, state: int, left: int) -> bool:
        """Whether the first `left` rows can fill what the columns need: no k rows hold more than the columns can take from k rows."""
        counts = self._counts(state)
        needing = list(accumulate(reversed(counts[1:])))[::-1]  # columns that need at least 1, 2, ...
        room = wanted = 0
        for k in range(left):
            room += needing[k] if k < len(needing) else 0
            wanted += self.rows[k]
            if wanted > room:
                return False
        return wanted == room and len(needing) <= left

    def _count(self, levels: list[set[int]]) -> list[dict[int, int]]:
        counted = [dict.fromkeys(levels[0], 1)]
        for left, states in enumerate(levels[1:]):
            below = counted[-1]
            counted.append({state: sum(self._weights(state, self._choices(state, self.rows[left]), below)) for state in states})
        return counted

    def _weights(self, state: int, choices: list[tuple[int, int]], below: dict[int, int]) -> list[int]:
        """How many tables each choice leaves."""
        return [ways * below.get(self._after(state, taken), 0) for taken, ways in choices]

    def draw(self, n: int, rng: np.random.Generator) -> np.ndarray:
        """Independent uniform tables of bool, shape (n, rows, columns), with rows and columns from large totals to small."""
        tables = np.zeros((n, len(self.rows), len(self.columns)), dtype=bool)
        needs = np.tile(np.array(self.columns), (n, 1))
        groups = {self.start: np.arange(n)}
        for left in range(len(self.rows) - 1, -1, -1):
            groups = self._fill(tables[:, left], needs, groups, left, rng)
        return tables.transpose(0, 2, 1) if self.turned else tables

    def _fill(self, row, needs, groups, left, rng) -> dict[int, np.ndarray]:
        """Fill one row of every table. Tables in the same state are one group, since they have the same choices."""
        following: dict[int, list[np.ndarray]] = {}
        for state, places in sorted(groups.items()):
            choices = self._choices(state, self.rows[left])
            chosen = _pick(self._weights(state, choices, self.ways[left]), len(places), rng)
            row[places] = self._columns(needs[places], [choices[k][0] for k in range(len(choices))], chosen, rng)
            for k in np.unique(chosen):
                following.setdefault(self._after(state, choices[k][0]), []).append(places[chosen == k])
        needs -= row
        return {state: np.concatenate(parts) for state, parts in following.items()}

    def _columns(self, needs, taken, chosen, rng) -> np.ndarray:
        """Which columns are taken: among those with equal needs, as many as was chosen, all alike likely."""
        order = np.argsort(needs + rng.random(needs.shape), axis=1)
        sorted_needs = np.sort(needs[0])  # the same in every table of a group
        rank = np.arange(len(sorted_needs)) - np.searchsorted(sorted_needs, sorted_needs)
        wanted = np.array([[parts >> self.size * int(need) & self.mask for need in sorted_needs] for parts in taken])
        row = np.zeros(needs.shape, dtype=bool)
        np.put_along_axis(row, order, rank < wanted[chosen], axis=1)
        return row


def _pick(weights: list[int], n: int, rng: np.random.Generator) -> np.ndarray:
    """Which of several choices, n times, with odds that are whole numbers of any size."""
    bounds = list(accumulate(weights))
    if bounds[-1] < 2**63:
        return np.searchsorted(np.array(bounds), rng.integers(bounds[-1], size=n), side="right")
    drawn = [_below(bounds[-1], rng) for _ in range(n)]
    return np.searchsorted(np.array(bounds, dtype=object), np.array(drawn, dtype=object), side="right")


def _below(bound: int, rng: np.random.Generator) -> int:
    """A whole number from 0 to less than the bound, each as likely as the other: of random bits, those too large are thrown away."""
    bits = bound.bit_length()
    while True:
        number = int.from_bytes(rng.bytes((bits + 7) // 8), "little") >> (-bits % 8)
        if number < bound:
            return number
