"""What came of comparing a table with those that have the same totals?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from .distribution import Distribution

NAN = float("nan")


@dataclass(frozen=True, eq=False)
class NullResult:
    """A statistic of a table, and of the tables with the same row and column totals.

    Attributes
    ----------
    n : int
        How many tables were compared: all of them, or the random ones.
    observed, mean : float
        The statistic of the table itself, and its mean over the n.
    p_lower, p_upper : float
        The share of tables with a value as low, or as high, as the observed one, the observed one included; (1 + hits) / (1 + n) for random
        tables.
    p_two : float
        Twice the smaller of the two, 1 at most.
    smallest_p : float
        The least that `p_lower` or `p_upper` could be: the share of the rarer of the two most extreme values. For random tables 1 / (1 + n), the
        least that so many draws can give, whatever the totals. 1 where all tables have the same value, so that nothing can be told. The
        least `p_two` is twice as much, 1 at most.
    values : DataFrame with columns `value` and `tables`
        The distribution: each value that occurs, ascending, and how many of the n have it.
    exact : bool
        Whether all tables were compared.
    error : float
        Monte Carlo standard error of the smaller of `p_lower` and `p_upper`, as if draws were independent; 0 where exact. Double it for `p_two`.
    method : {"all tables", "independent draws", "curveball"}
        The draws of "curveball" depend on one another, so that `error` is somewhat too small.
    possible : int or None
        How many tables have these totals, whether or not rows are distinct; None where they cannot be counted.
    drawn : int
        How many random tables were made, before those with two equal rows were thrown away; 0 where exact.
    burn_in, thin : int
        Of "curveball", in trades of two rows; else 0.
    undefined : str
        Why the statistic does not exist; empty where it does. All numbers but n are then NaN.
    """

    n: int
    observed: float
    mean: float
    p_lower: float
    p_upper: float
    p_two: float
    smallest_p: float
    values: pd.DataFrame
    exact: bool
    error: float = 0.0
    method: str = "all tables"
    possible: int | None = None
    drawn: int = 0
    burn_in: int = 0
    thin: int = 0
    undefined: str = ""

    def to_frame(self) -> pd.DataFrame:
        """One row: everything but the distribution."""
        return pd.DataFrame([{name: value for name, value in vars(self).items() if name != "values"}])


def exact_result(found: Distribution, possible: int | None) -> NullResult:
    """From all tables."""
    if found.undefined:
        return _undefined(found, True, possible)
    lower, upper = found.lower / found.n, found.upper / found.n
    smallest = min(found.counts[0], found.counts[-1]) / found.n
    return NullResult(
        found.n, found.observed, found.mean, lower, upper, min(1.0, 2 * min(lower, upper)), smallest, found.frame(), True, possible=possible
    )


def sampled_result(found: Distribution, possible: int | None) -> NullResult:
    """From random tables."""
    if found.undefined:
        return _undefined(found, False, possible)
    lower, upper = ((1 + hits) / (1 + found.n) for hits in (found.lower, found.upper))
    p = min(lower, upper)
    return NullResult(
        found.n, found.observed, found.mean, lower, upper, min(1.0, 2 * p), 1 / (1 + found.n) if len(found.counts) > 1 else 1.0, found.frame(), False,
        error=float(np.sqrt(p * (1 - p) / found.n)), possible=possible,
    )  # fmt: skip


def _undefined(found: Distribution, exact: bool, possible: int | None) -> NullResult:
    return NullResult(found.n, *[NAN] * 6, found.frame(), exact, possible=possible, undefined=found.undefined)
