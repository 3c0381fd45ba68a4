"""Jaccard distances of many tables at once, as fractions, so that equal is equal."""

from __future__ import annotations

from collections.abc import Sequence
from math import lcm

import numpy as np


def jaccard_fractions(cells: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """The distances of all pairs of items, with every column taken as often as `counts` says.

    Parameters
    ----------
    cells : array of int or bool, shape (items, columns)
    counts : array of int, shape (tables, columns)

    Returns
    -------
    array of int, shape (tables, 2 x pairs)
        Numerators in lowest terms, then denominators; pairs as in `numpy.tril_indices`. Two items without any feature are the same.

    Examples
    --------
    >>> jaccard_fractions(np.array([[1, 1, 0], [1, 0, 1]]), np.array([[1, 1, 1], [2, 1, 1]])).tolist()
    [[2, 3], [1, 2]]
    """
    cells = cells.astype(np.int64)
    low, high = np.tril_indices(len(cells), k=-1)
    either = np.maximum(counts @ (cells[low] | cells[high]).T, 1)
    differ = counts @ (cells[low] ^ cells[high]).T
    shared = np.gcd(differ, either)
    return np.concatenate([differ // shared, either // shared], axis=1)


def pair_keys(n: int, fractions: Sequence[int]) -> dict[tuple[int, int], int]:
    """One row of `jaccard_fractions` as whole numbers of one unit, the smaller place of a pair first."""
    half = len(fractions) // 2
    unit = lcm(*fractions[half:])
    whole = (above * (unit // below) for above, below in zip(fractions[:half], fractions[half:], strict=True))
    return dict(zip(((j, i) for i in range(n) for j in range(i)), whole, strict=True))
