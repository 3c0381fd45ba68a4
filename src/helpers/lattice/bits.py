"""A yes/no table as whole numbers: each row the features it has, each column the items that have it, one bit for each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from operator import and_

import numpy as np
import pandas as pd

from ..incidence import yes_no_array


@dataclass(frozen=True)
class Bits:
    """A table of n items and m features.

    Attributes
    ----------
    items, features : tuple of str
    rows : tuple of int
        Bit j of row i says whether item i has feature j.
    columns : tuple of int
        Bit i of column j says the same.
    """

    items: tuple
    features: tuple
    rows: tuple[int, ...]
    columns: tuple[int, ...]

    @classmethod
    def of(cls, incidence: pd.DataFrame) -> Bits:
        cells = yes_no_array(incidence)
        return cls(tuple(incidence.index), tuple(incidence.columns), packed(cells), packed(cells.T))

    @property
    def all_items(self) -> int:
        return (1 << len(self.items)) - 1

    @property
    def all_features(self) -> int:
        return (1 << len(self.features)) - 1

    def extent(self, features: int) -> int:
        """The items that have all these features."""
        return reduce(and_, (self.columns[j] for j in places(features)), self.all_items)

    def intent(self, items: int) -> int:
        """The features that all these items have."""
        return reduce(and_, (self.rows[i] for i in places(items)), self.all_features)

    def named_items(self, items: int) -> frozenset:
        return frozenset(self.items[i] for i in places(items))

    def named_features(self, features: int) -> frozenset:
        return frozenset(self.features[j] for j in places(features))


def packed(cells: np.ndarray) -> tuple[int, ...]:
    """Each row of an array of bool as a whole number, bit j from column j.

    >>> packed(np.array([[True, False], [True, True]]))
    (1, 3)
    """
    return tuple(sum(1 << int(j) for j in np.flatnonzero(row)) for row in cells)


def places(bits: int) -> Iterator[int]:
    """The places of the ones, ascending.

    >>> list(places(0b1101))
    [0, 2, 3]
    """
    while bits:
        low = bits & -bits
        yield low.bit_length() - 1
        bits ^= low


def in_order(sets: Iterable[int]) -> list[int]:
    """Sets of places: the largest first, then as a list of places would be sorted."""
    return sorted(sets, key=lambda bits: (-bits.bit_count(), list(places(bits))))
