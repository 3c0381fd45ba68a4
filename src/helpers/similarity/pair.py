"""What do two items share, and what does only one of them have?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import pandas as pd

from ..incidence import yes_no_array
from ..problems import SynopsisError
from .coefficients import Empty, similarity_of


@dataclass(frozen=True)
class Pair:
    """Two items with their features in four boxes.

    Attributes
    ----------
    first, second : str
    both, only_first, only_second, neither : tuple of str
        Features, in the order of the columns.
    """

    first: str
    second: str
    both: tuple[str, ...]
    only_first: tuple[str, ...]
    only_second: tuple[str, ...]
    neither: tuple[str, ...]

    @property
    def counts(self) -> dict[str, int]:
        """The numbers a, b, c and d."""
        return {"a": len(self.both), "b": len(self.only_first), "c": len(self.only_second), "d": len(self.neither)}

    def similarity(self, coefficient: str = "jaccard", empty: Empty = "identical") -> Fraction | float:
        """The similarity of the two, 0 to 1; see `similarity_of`."""
        return similarity_of(coefficient, **self.counts, empty=empty)


def compare(incidence: pd.DataFrame, first: str, second: str) -> Pair:
    """Sort the features of two items into four boxes.

    Parameters
    ----------
    incidence : DataFrame of bool, shape (items, features)
    first, second : str
        Two different rows.

    Raises
    ------
    SynopsisError
        If a row is not there, or both are the same.

    Examples
    --------
    >>> table = pd.DataFrame([[True, True, False], [True, False, False]], index=["p", "q"], columns=["x", "y", "z"])
    >>> compare(table, "p", "q").counts
    {'a': 1, 'b': 1, 'c': 0, 'd': 1}
    """
    yes_no_array(incidence)
    missing = [name for name in (first, second) if name not in incidence.index]
    if missing:
        raise SynopsisError(f"There is no row {missing[0]}. The rows are: {', '.join(map(str, incidence.index))}.")
    if first == second:
        raise SynopsisError(f"Two different rows are needed to compare; {first} is named twice.")
    one, other = incidence.loc[first].astype(bool), incidence.loc[second].astype(bool)
    boxes = [_named(incidence.columns[mask]) for mask in (one & other, one & ~other, ~one & other, ~one & ~other)]
    return Pair(first, second, *boxes)


def telling_pair(incidence: pd.DataFrame) -> Pair:
    """A pair that shows as much as possible of all four boxes, to explain with.

    Of all pairs, the one whose least filled box is the fullest; among equals the one with the most boxes filled, then the one that shares most,
    then the first by name. The order of the rows does not matter.

    Raises
    ------
    SynopsisError
        If there are fewer than two rows.
    """
    cells = yes_no_array(incidence)
    if len(cells) < 2:
        raise SynopsisError("A pair needs at least two rows, and this table has one.")

    by_name = sorted(range(len(cells)), key=lambda row: str(incidence.index[row]))
    has = cells[by_name].astype(int)
    one, other = np.triu_indices(len(has), k=1)
    boxes = np.column_stack([(x @ y.T)[one, other] for x in (has, 1 - has) for y in (has, 1 - has)])
    best = np.lexsort((-boxes[:, 0], -(boxes > 0).sum(axis=1), -boxes.min(axis=1)))[0]  # keeps the order of the names among equals
    first, second = by_name[one[best]], by_name[other[best]]
    return compare(incidence, incidence.index[first], incidence.index[second])


def _named(features: Iterable[object]) -> tuple[str, ...]:
    return tuple(str(feature) for feature in features)
