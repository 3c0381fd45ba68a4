"""Small tools for tables of yes and no: rows as whole numbers, equal rows, and what the totals leave free.

As a number, the first column of a row is its lowest bit.
"""

from __future__ import annotations

import numpy as np


def free_part(cells: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The places of the rows and columns that are neither all Yes nor all No, once those that are so have been set aside, and so on.

    Examples
    --------
    >>> [places.tolist() for places in free_part(np.array([[1, 1, 1], [1, 1, 0], [1, 0, 1]], dtype=bool))]
    [[1, 2], [1, 2]]
    """
    rows, columns = (np.arange(size) for size in cells.shape)
    while True:
        kept = cells[np.ix_(rows, columns)]
        free_rows, free_columns = (kept.any(axis=axis) & ~kept.all(axis=axis) for axis in (1, 0))
        if free_rows.all() and free_columns.all():
            return rows, columns
        rows, columns = rows[free_rows], columns[free_columns]


def rows_distinct(tables: np.ndarray) -> np.ndarray:
    """Which tables have no two equal rows: bool, shape (n,).

    >>> rows_distinct(np.array([[[1, 0], [1, 0]], [[1, 0], [0, 1]]], dtype=bool)).tolist()
    [False, True]
    """
    first, second = np.triu_indices(tables.shape[1], k=1)
    bits = np.packbits(tables, axis=2)
    return np.array([bool((rows[first] != rows[second]).any(axis=1).all()) for rows in bits], dtype=bool)


def patterns(width: int, total: int) -> np.ndarray:
    """All rows of a width with a total, as whole numbers in ascending order.

    >>> patterns(3, 2).tolist()
    [3, 5, 6]
    """
    numbers = np.zeros(1, dtype=np.int64)
    highest = np.full(1, -1)
    for _ in range(total):
        bits = np.arange(width)
        which, bit = np.nonzero(bits > highest[:, None])
        numbers, highest = numbers[which] | (1 << bit), bit
    return np.sort(numbers)


def packed(cells: np.ndarray) -> np.ndarray:
    """Rows of bool, along the last axis, as whole numbers."""
    numbers = np.zeros(cells.shape[:-1], dtype=np.int64)
    for bit in range(cells.shape[-1]):
        numbers += cells[..., bit].astype(np.int64) << bit
    return numbers


def unpacked(numbers: np.ndarray, width: int) -> np.ndarray:
    """The opposite of `packed`."""
    cells = np.empty((*numbers.shape, width), dtype=bool)
    for bit in range(width):
        cells[..., bit] = numbers >> bit & 1
    return cells
