"""How probable is a table of counts, given its totals, and what becomes of the p-values of many such tables?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import accumulate
from math import comb, factorial, prod

import numpy as np
import pandas as pd

from ..problems import SynopsisError

MOST_STEPS = 500_000  # about a second
MOST_COUNTED = 2_000  # beyond it the whole numbers that probabilities are compared as take long


def fisher_freeman_halton(counts: pd.DataFrame | np.ndarray | Sequence[Sequence[int]]) -> float:
    """The exact test of a table of counts: are its rows and columns independent?

    Given both margins, a table x has probability (product of r_i! times product of c_j!) / (N! times product of x_ij!). p is the summed probability
    of all tables with these margins that are not more probable than the observed one. Probabilities are compared as whole numbers, so equal is
    equal; R allows for rounding instead. For 2 x 2 it is Fisher's two-sided test.

    Parameters
    ----------
    counts : DataFrame or array of int, shape (rows, columns)
        0 or more. Empty rows and columns change nothing.

    Returns
    -------
    float
        Above 0, up to 1. 1 where a single table has these margins, as with one row or one column.

    Raises
    ------
    SynopsisError
        If a count is no whole number, or below 0, or all are 0, or if there are too many tables to list (millions of steps).

    References
    ----------
    Freeman and Halton (1951) Biometrika 38:141-149. In R, `fisher.test`.

    Examples
    --------
    Fisher's lady tasting tea: 3 of 4 cups right. 34/70, since the tables with 4, 3, 2, 1, 0 right have 1, 16, 36, 16, 1 of 70 ways.

    >>> round(fisher_freeman_halton([[3, 1], [1, 3]]), 4)
    0.4857
    """
    cells = np.asarray(counts)
    whole = (
        cells.ndim == 2 and cells.size and all(isinstance(count, (int, np.integer)) or float(count).is_integer() for count in cells.ravel().tolist())
    )
    if not whole or min(cells.ravel().tolist()) < 0 or not cells.any():
        raise SynopsisError("A table of counts holds whole numbers, 0 or more, and not all of them 0.")
    cells = cells.astype(int)
    if cells.sum() > MOST_COUNTED:
        raise SynopsisError(f"The counts add up to {cells.sum():,}. The exact test is made for {MOST_COUNTED:,} at most.")
    cells = cells if cells.shape[0] <= cells.shape[1] else cells.T  # the fewer rows, the fewer remainders
    return float(attainable(cells.sum(axis=1).tolist(), cells.sum(axis=0).tolist())[ways(cells.tolist())])


def attainable(rows: Sequence[int], columns: Sequence[int]) -> dict[int, Fraction]:
    """Every p-value that the exact test can give with these margins.

    Returns
    -------
    dict of int to Fraction
        From the ways of a table (see `ways`), ascending, to its p-value. The first is the smallest attainable p.

    Raises
    ------
    SynopsisError
        If there are too many tables.

    Examples
    --------
    >>> {ways: str(p) for ways, p in attainable([2, 2], [2, 2]).items()}
    {1: '1/3', 4: '1'}
    """
    return _attainable(tuple(sorted(filter(None, rows))), tuple(sorted(filter(None, columns))))


def ways(counts: Sequence[Sequence[int]]) -> int:
    """In how many ways the items of each column can be dealt to the rows as the table has them; its share of all ways is its probability.

    Examples
    --------
    >>> ways([[3, 1], [1, 3]])
    16
    """
    return prod(_deal(column) for column in zip(*counts, strict=True))


def holm(values: Sequence[Fraction]) -> list[Fraction]:
    """Holm's adjustment: p-values that allow for there being several, whatever they have to do with each other.

    The smallest of m is multiplied by m, the next by m - 1, and so on; none may come out below an earlier one, or above 1.

    References
    ----------
    Holm (1979) Scand J Stat 6:65-70. In R, `p.adjust(p, method = "holm")`.

    Examples
    --------
    >>> [str(p) for p in holm([Fraction(1, 10), Fraction(1, 100), Fraction(1, 20)])]
    ['1/10', '3/100', '1/10']
    """
    order = sorted(range(len(values)), key=lambda place: values[place])
    steps = accumulate((values[place] * (len(values) - done) for done, place in enumerate(order)), max)
    adjusted = {place: min(Fraction(1), value) for place, value in zip(order, steps, strict=True)}
    return [adjusted[place] for place in range(len(values))]


@lru_cache(maxsize=4096)
def _attainable(rows: tuple[int, ...], columns: tuple[int, ...]) -> dict[int, Fraction]:
    tables = _tables(rows, columns)
    whole = factorial(sum(rows)) // prod(map(factorial, rows))
    return {number: Fraction(sums, whole) for (number, _), sums in zip(tables, accumulate(n * times for n, times in tables), strict=True)}


def _tables(rows: tuple[int, ...], columns: tuple[int, ...]) -> list[tuple[int, int]]:
    """The ways of every table with these margins, ascending, and how many tables have so many.

    Column by column. What is still to come depends only on what is left of the row totals, whichever row has it, so equal remainders are
    counted together.
    """
    found, steps = {rows: Counter({1: 1})}, 0
    for total in columns:
        after: dict[tuple[int, ...], Counter[int]] = {}
        for left, numbers in found.items():
            for column in _columns(total, left):
                rest = tuple(sorted(room - count for room, count in zip(left, column, strict=True)))
                dealt, known = _deal(column), after.setdefault(rest, Counter())
                steps += len(numbers) + 5  # finding a column takes as long as five products
                if steps > MOST_STEPS:
                    raise SynopsisError(f"Too many tables have row totals {list(rows)} and column totals {list(columns)} to list them all.")
                for number, times in numbers.items():
                    known[number * dealt] += times
        found = after
    return sorted(next(iter(found.values())).items())


def _columns(total: int, room: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """Every way to split a column's total among rows that have room for so many."""
    if not room:
        yield ()
        return
    for count in range(max(0, total - sum(room[1:])), min(total, room[0]) + 1):
        for rest in _columns(total - count, room[1:]):
            yield (count, *rest)


def _deal(column: Sequence[int]) -> int:
    number, left = 1, sum(column)
    for count in column:
        number, left = number * comb(left, count), left - count
    return number
