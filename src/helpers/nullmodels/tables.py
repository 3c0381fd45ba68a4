"""Which yes/no tables have given row and column totals? A list of all, or one of each class of tables that differ only by an exchange.

A row is kept as a whole number: column j is the bit 2 ** j. Rows that every table has in common (all Yes or all No, once the columns that
are all Yes or all No are set aside) are no matter of choice and are filled first.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from math import comb, factorial

import numpy as np
import pandas as pd

from ..incidence import yes_no_array
from ..problems import SynopsisError
from .bits import free_part, packed, patterns, unpacked
from .margins import in_order, sorted_margin

MOST_TABLES = 500_000  # tables or classes; about ten seconds and one GB
BLOCK = 2_000_000  # beginnings times rows that might follow, looked at together


class TooManyTables(SynopsisError):
    """There are more tables, or classes of tables, than can be listed."""


@dataclass(frozen=True, eq=False)
class Tables:
    """Tables, and how many tables each stands for.

    Attributes
    ----------
    cells : array of bool, shape (n, rows, columns)
    multiplicity : array of int (of Python's int where the numbers are too large), shape (n,)
        1 where every table is listed.
    """

    cells: np.ndarray
    multiplicity: np.ndarray

    def where(self, kept: np.ndarray) -> Tables:
        """Only those marked."""
        return Tables(self.cells[kept], self.multiplicity[kept])


def all_tables(incidence: pd.DataFrame, most: int = MOST_TABLES) -> Tables:
    """Every table with the row and column totals of this one.

    Parameters
    ----------
    incidence : DataFrame of bool, shape (rows, columns)
    most : int
        The largest number of tables listed.

    Returns
    -------
    Tables
        Rows and columns in the order of the table.

    Raises
    ------
    SynopsisError
        For a table that is empty or not yes/no, or where there are more tables than `most`.

    Examples
    --------
    >>> all_tables(pd.DataFrame([[1, 0], [0, 1]]).astype(bool)).cells.astype(int).tolist()
    [[[1, 0], [0, 1]], [[0, 1], [1, 0]]]
    """
    cells = yes_no_array(incidence)
    rows, columns = sorted_margin(cells)
    found = Lister(cells[rows][:, columns], most=most, rows_alike=False).listed()
    return Tables(in_order(found.cells, rows, columns), found.multiplicity)


def table_classes(incidence: pd.DataFrame, most: int = MOST_TABLES, columns_alike: bool = False, distinct_rows: bool = False) -> Tables:
    """One table of each class that differ only by an exchange of rows with equal totals, and the number of tables in the class.

    Parameters
    ----------
    incidence : DataFrame of bool, shape (rows, columns)
    most : int
        The largest number of classes listed.
    columns_alike : bool
        Whether tables that differ by an exchange of columns with equal totals may be taken as one class too. Not all of these need be found:
        the multiplicities are right, but two classes of the result may differ by an exchange.
    distinct_rows : bool
        Only tables without two equal rows.

    Returns
    -------
    Tables
        Rows from large totals to small, whatever their order in the table, so that this order cannot matter. Columns in the order of the table.
        The multiplicities add up to the number of tables.

    Raises
    ------
    SynopsisError
        As in `all_tables`.

    Examples
    --------
    Three rows with one Yes each, in three columns: six tables, one class.

    >>> found = table_classes(pd.DataFrame([[1, 0, 0], [0, 1, 0], [0, 0, 1]]).astype(bool))
    >>> found.multiplicity.tolist(), found.cells.astype(int).tolist()
    ([6], [[[1, 0, 0], [0, 1, 0], [0, 0, 1]]])
    """
    cells = yes_no_array(incidence)
    rows, columns = sorted_margin(cells)
    lister = Lister(cells[rows][:, columns], most, columns_alike=columns_alike, distinct_rows=distinct_rows)
    found = lister.listed()
    return Tables(in_order(found.cells, np.arange(len(rows)), columns), found.multiplicity)


class Lister:
    """Lists tables row by row. `cells` has its rows and columns sorted from large totals to small."""

    def __init__(self, cells, most=MOST_TABLES, rows_alike=True, columns_alike=False, distinct_rows=False):
        self.cells, self.most = cells, most
        self.rows_alike, self.columns_alike, self.distinct_rows = rows_alike, columns_alike, distinct_rows
        self.rows, self.columns = free_part(cells)
        free = cells[np.ix_(self.rows, self.columns)]
        self.row_totals, self.column_totals = free.sum(axis=1), free.sum(axis=0)
        width = len(self.columns)
        if width > 63 or any(comb(width, int(total)) > self.most for total in self.row_totals):
            raise self.too_many()

    def too_many(self) -> TooManyTables:
        return TooManyTables(f"There are more than {self.most:,} tables to list with these totals. Use sampled_null.")

    def listed(self) -> Tables:
        """All of them, in the order of the rows read as numbers."""
        if self.distinct_rows and self._fixed_rows_equal():
            return Tables(np.zeros((0, *self.cells.shape), dtype=bool), np.zeros(0, dtype=object))
        found = np.zeros((1, 0), dtype=np.int64)
        largest = factorial(len(self.rows)) * factorial(len(self.columns)) * max(1, len(self.rows))  # more than any number below
        weights = np.ones(1, dtype=np.int64 if largest < 2**63 else object)
        level = 0
        for total, group in groupby(self.row_totals.tolist()):
            size = len(list(group))
            choices = patterns(len(self.columns), total)
            for place in range(size):
                found, weights = self._with_one_row_more(found, weights, level, place, choices)
                level += 1
            if self.columns_alike:
                found, weights = self._merged(found, weights)
        return Tables(self._as_cells(found), weights)

    def _fixed_rows_equal(self) -> bool:
        """Rows that are the same in every table, and equal to one another."""
        fixed = np.delete(self.cells, self.rows, axis=0)
        return len(np.unique(fixed, axis=0)) < len(fixed)

    def _with_one_row_more(self, found, weights, level, place, choices):
        """Every listed beginning with every row that can follow it."""
        block = max(1, BLOCK // max(1, len(choices)))
        parts, n = [], 0
        for start in range(0, len(found), block):
            which, row = self._possible(found[start : start + block], level, place, choices)
            parts.append((which + start, row))
            n += len(which)
            if n > self.most:
                raise self.too_many()
        which, row = (np.concatenate(part) for part in zip(*parts, strict=True)) if parts else (np.zeros(0, dtype=np.int64),) * 2
        found, weights = np.column_stack([found[which], row]), weights[which]
        if self.rows_alike and place:  # g rows in which equal ones stand l1, l2, ... times can be arranged in g! / (l1! l2! ...) ways
            run = (np.cumprod(found[:, level - place :][:, ::-1] == row[:, None], axis=1)).sum(axis=1)
            weights = weights * (place + 1) // run
        return found, weights

    def _possible(self, found, level, place, choices):
        """Which beginning goes on with which row: no column overfilled, none left short, equal rows in ascending order."""
        needs = self.column_totals - unpacked(found, len(self.columns)).sum(axis=1)
        left = len(self.row_totals) - level
        full, short = (packed(needs == bound) for bound in (0, left))
        fits = ((choices & full[:, None]) == 0) & ((choices & short[:, None]) == short[:, None])
        if self.rows_alike and place:
            last = found[:, -1][:, None]
            fits &= (choices > last) if self.distinct_rows else (choices >= last)
        which, chosen = np.nonzero(fits)
        needs = needs[which] - unpacked(choices, len(self.columns))[chosen]
        good = self._can_be_filled(needs, level + 1)
        return which[good], choices[chosen[good]]

    def _can_be_filled(self, needs, level) -> np.ndarray:
        """Gale and Ryser: the k columns that need most find enough rows, for every k."""
        totals = self.row_totals[level:]
        room = np.minimum.outer(totals, np.arange(1, len(self.columns) + 1)).sum(axis=0)
        return (np.cumsum(-np.sort(-needs, axis=1), axis=1) <= room).all(axis=1)

    def _merged(self, found, weights):
        """Exchange columns with equal totals until they are in order, put equal rows in order, and take as one what is the same now."""
        if not len(found) or found.shape[1] > 50:  # a column as a number would not fit
            return found, weights
        columns = packed(unpacked(found, len(self.columns)).transpose(0, 2, 1))  # a column as a number, its rows being the bits
        columns = np.sort(columns - (self.column_totals << found.shape[1]), axis=1) & ((1 << found.shape[1]) - 1)
        found = packed(unpacked(columns, found.shape[1]).transpose(0, 2, 1))
        totals = self.row_totals[: found.shape[1]]
        for total in np.unique(totals):
            found[:, totals == total] = np.sort(found[:, totals == total], axis=1)
        found, where = np.unique(found, axis=0, return_inverse=True)
        summed = np.zeros(len(found), dtype=weights.dtype)
        np.add.at(summed, where.ravel(), weights)
        return found, summed

    def _as_cells(self, found) -> np.ndarray:
        cells = np.repeat(self.cells[None], len(found), axis=0)
        cells[:, self.rows[:, None], self.columns] = unpacked(found, len(self.columns))
        return cells
