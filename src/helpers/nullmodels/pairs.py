"""What do every two rows share, in many tables at once?"""

from __future__ import annotations

from math import gcd

import numpy as np


class Pairs:
    """What every two rows share, in many tables.

    Attributes
    ----------
    shared, first, second, union : array of int, shape (pairs, n)
        Columns that both have; the two totals; columns that at least one has.
    totals : array of int, shape (rows, n)
    width : int
        The number of columns.
    """

    def __init__(self, tables: np.ndarray):
        self.width = tables.shape[2]
        one, other = np.triu_indices(tables.shape[1], k=1)
        words = _words(tables)
        self.totals = tables.sum(axis=2).T
        self.shared = sum(np.bitwise_count(word[one] & word[other]).astype(np.int64) for word in words)
        self.first, self.second = self.totals[one], self.totals[other]
        self.union = self.first + self.second - self.shared

    def unions(self) -> np.ndarray:
        """Every size above 0 that the union of two rows with these totals can have."""
        totals = sorted(int(total) for total in self.totals[:, 0])
        sizes = set()
        for place, larger in enumerate(totals):
            for smaller in set(totals[:place]):
                sizes |= set(range(larger, min(self.width, smaller + larger) + 1))
        return np.array(sorted(sizes - {0}), dtype=np.int64)


def similarity_names(width: int) -> np.ndarray:
    """A whole number for each similarity shared / union, the same for equal fractions, such as 1/2 and 2/4. Two empty rows are alike, 1/1."""
    known: dict[tuple[int, int], int] = {(1, 1): 0}
    names = np.zeros((width + 1, width + 1), dtype=np.int64)
    for shared, union in np.ndindex(names.shape):
        divisor = gcd(shared, union)
        if union and shared <= union:
            names[shared, union] = known.setdefault((shared // divisor, union // divisor), len(known))
    return names


def _words(tables: np.ndarray) -> np.ndarray:
    """The rows in whole numbers of 64 bits, shape (words, rows, n)."""
    missing = -tables.shape[2] % 64
    padded = np.pad(tables, ((0, 0), (0, 0), (0, missing)))
    bits = np.ascontiguousarray(np.packbits(padded, axis=2))
    return np.ascontiguousarray(bits.view(np.uint64).transpose(2, 1, 0))
