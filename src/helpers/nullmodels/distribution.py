"""Which values does a statistic take on many tables, and how do they compare with that of one table?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import fsum

import numpy as np
import pandas as pd

from ..problems import SynopsisError, did_you_mean
from .statistics import STATISTICS, UNDEFINED, numerators
from .tables import Tables

SAME = 1e-9  # decimal values that differ by less, in relation to the greatest, count as equal
NAN = float("nan")
Statistic = str | Callable[[np.ndarray], float]


class Measure:
    """A statistic, and which order of rows and columns it is to see.

    Attributes
    ----------
    named : bool
        One of the four: no order matters.
    row_exchangeable : bool
        A callable to which the order of the rows does not matter.
    labelled : bool
        A callable that is to see rows and columns in their own order.
    """

    def __init__(self, statistic: Statistic, row_exchangeable: bool = False):
        self.named = isinstance(statistic, str)
        if self.named and statistic not in STATISTICS:
            raise SynopsisError(f'There is no statistic "{statistic}". {did_you_mean(statistic, STATISTICS)}')
        if not self.named and not callable(statistic):
            raise SynopsisError(f"A statistic is a name ({', '.join(STATISTICS)}) or a function of a table, not {statistic!r}.")
        self.statistic = statistic
        self.row_exchangeable = row_exchangeable and not self.named
        self.labelled = not self.named and not row_exchangeable

    def values(self, tables: np.ndarray) -> tuple[np.ndarray, int]:
        """The values times a denominator, and the denominator; 0 where the statistic does not exist."""
        if self.named:
            found = numerators(self.statistic, tables)
            return found.values, found.denominator
        values = np.array([float(self.statistic(table)) for table in tables], dtype=float)
        return values, int(np.isfinite(values).all())

    def own_order(self, cells: np.ndarray) -> np.ndarray:
        """The rows of a table as the statistic is to see them: from large totals to small and equal totals in a fixed order, unless labelled."""
        if self.labelled:
            return cells
        return cells[np.lexsort([*cells.T, -cells.sum(axis=1)])]

    @property
    def undefined(self) -> str:
        """Why it may not exist."""
        return UNDEFINED[self.statistic] if self.named else "The statistic has no finite value for at least one of the tables."


@dataclass(frozen=True, eq=False)
class Distribution:
    """The values of a statistic on many tables.

    Attributes
    ----------
    n : int
        How many tables.
    values : array of float
        Those that occur, ascending.
    counts : list of int
        How many tables have each.
    observed, mean : float
    lower, upper : int
        How many tables have a value as low, or as high, as the observed one.
    undefined : str
        Why there are no values; empty if there are some.
    """

    n: int
    values: np.ndarray
    counts: list[int]
    observed: float = NAN
    mean: float = NAN
    lower: int = 0
    upper: int = 0
    undefined: str = ""

    @classmethod
    def of(cls, measure: Measure, tables: Tables, observed: np.ndarray) -> Distribution:
        """From tables with their multiplicities, and the table they are compared with."""
        values, unit = measure.values(np.concatenate([tables.cells, measure.own_order(observed)[None]]))
        multiplicity = tables.multiplicity.astype(object)
        n = int(multiplicity.sum())
        if not unit:
            return cls(n, np.zeros(0), [], undefined=measure.undefined)
        exact = values.dtype.kind == "i"
        slack = 0 if exact else SAME * max(1.0, float(np.abs(values).max()))
        mine, theirs = values[-1], values[:-1]
        distinct, counts = _tallied(theirs, multiplicity, slack)
        return cls(
            n, distinct / unit, counts, float(mine / unit), _mean(distinct, counts, n, unit, exact),
            int(multiplicity[theirs <= mine + slack].sum()), int(multiplicity[theirs >= mine - slack].sum()),
        )  # fmt: skip

    def frame(self) -> pd.DataFrame:
        """Columns `value` and `tables`."""
        return pd.DataFrame({"value": self.values, "tables": pd.Series(self.counts, dtype=np.int64 if self.n < 2**63 else object)})


def _tallied(values: np.ndarray, multiplicity: np.ndarray, slack: float) -> tuple[np.ndarray, list[int]]:
    """The distinct values and how many tables have each; neighbours no further apart than the slack are one value, the smallest of them."""
    order = np.argsort(values, kind="stable")
    values, multiplicity = values[order], multiplicity[order]
    starts = np.flatnonzero(np.diff(values, prepend=values[0] - slack - 1) > slack)
    return values[starts], [int(count) for count in np.add.reduceat(multiplicity, starts)]


def _mean(values: np.ndarray, counts: list[int], n: int, unit: int, exact: bool) -> float:
    if exact:
        return float(Fraction(sum(int(value) * count for value, count in zip(values, counts, strict=True)), n * unit))
    return fsum(float(value) * (count / n) for value, count in zip(values, counts, strict=True)) / unit
