"""How far do several coders agree, beyond what chance alone would give?

Percent agreement, Cohen's kappa (two coders), Gwet's AC1 and Krippendorff's alpha for nominal codes, each with an interval.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations_with_replacement
from math import comb, factorial

import numpy as np
import pandas as pd

from .problems import SynopsisError

CATEGORIES = ("yes", "no", "unclear")
MOST_ENUMERATED = 100_000
DRAWS = 10_000
LEVEL = 0.95


@dataclass(frozen=True)
class Coefficient:
    """One coefficient of agreement.

    Attributes
    ----------
    value : float
        1 is perfect agreement, 0 (except for `percent`) what chance alone would give; NaN where it is undefined.
    low, high : float
        Interval that holds 95 % of the resamples in which the coefficient is defined; NaN if there is none.
    undefined : float
        Share of the resamples in which it is undefined, 0 to 1.
    """

    value: float
    low: float
    high: float
    undefined: float


@dataclass(frozen=True)
class Agreement:
    """Agreement of several coders on the same table; see `agreement`."""

    percent: Coefficient
    kappa: Coefficient | None
    ac1: Coefficient
    alpha: Coefficient
    coders: int
    items: int
    cells: int
    exact: bool

    def to_frame(self) -> pd.DataFrame:
        """One row a coefficient; columns value, low, high, undefined."""
        names = {"percent": "percent agreement", "kappa": "Cohen's kappa", "ac1": "Gwet's AC1", "alpha": "Krippendorff's alpha"}
        rows = {label: getattr(self, name) for name, label in names.items()}
        return pd.DataFrame({label: vars(row) for label, row in rows.items() if row is not None}).T


def agreement(coders: Sequence[pd.DataFrame], categories: Sequence[str] = CATEGORIES, seed: int = 2014) -> Agreement:
    """Agreement of two or more coders.

    Each cell is a unit. Percent agreement is the mean share of agreeing pairs of coders. kappa is (p - e) / (1 - e) with
    chance agreement e from each coder's own shares of the codes; AC1 takes e = sum of s (1 - s) over the codes, divided by their number
    less one, with s the share of a code over all coders; alpha is 1 - observed / expected disagreement, corrected for small samples.

    The intervals come from resampling the items (rows), all cells of an item together: a whole enumeration of the resamples, weighted
    by how often each would be drawn, up to 100,000 of them, beyond that 10,000 seeded draws. They say how much the
    coefficient hangs on single items, not how it would be in other reviews.

    Parameters
    ----------
    coders : sequence of DataFrame
        One table a coder, with the same rows and columns in any order.
    categories : sequence of str
        The codes the codebook allows, whether or not they occur (AC1's chance term needs their number).
    seed : int
        For the draws beyond the enumeration.

    Returns
    -------
    Agreement
        With `percent`, `kappa` (None for more than two coders), `ac1`, `alpha`; `exact` is True if the resamples were enumerated. kappa
        and alpha are undefined (NaN) where every coder gave the same code everywhere.

    Raises
    ------
    SynopsisError
        For fewer than two coders, different rows or columns, or a code that is not among the categories.

    References
    ----------
    Cohen (1960) Educ Psychol Meas 20:37-46. Gwet (2008) Br J Math Stat Psychol 61:29-48. Krippendorff (2011) Computing
    Krippendorff's alpha-reliability.

    Examples
    --------
    >>> one = pd.DataFrame({"x": ["yes", "yes", "no", "no"]})
    >>> two = pd.DataFrame({"x": ["yes", "no", "no", "no"]})
    >>> result = agreement([one, two], categories=("yes", "no"))
    >>> result.percent.value, result.kappa.value
    (0.75, 0.5)
    """
    counts, pairs = _unit_counts(coders, categories)
    n_items, n_cells, _ = counts.shape
    weights, chances, exact = _resamples(n_items, seed)
    every = np.ones((1, n_items))
    values = _coefficients(counts, pairs, every)
    resampled = _coefficients(counts, pairs, weights)
    summary = {name: _summary(float(values[name][0]), resampled[name], chances) for name in values}
    return Agreement(
        percent=summary["percent"],
        kappa=summary.get("kappa"),
        ac1=summary["ac1"],
        alpha=summary["alpha"],
        coders=len(coders),
        items=n_items,
        cells=n_items * n_cells,
        exact=exact,
    )


def disagreements(coders: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """The cells that not all coders code alike.

    Parameters
    ----------
    coders : dict of str to DataFrame
        A table for each coder's name, the same rows and columns.

    Returns
    -------
    DataFrame
        Columns `model`, `feature` and one for each coder, one row a cell.
    """
    first = next(iter(coders.values()))
    rows = [
        (item, feature, *(table.at[item, feature] for table in coders.values()))
        for item in first.index
        for feature in first.columns
        if len({table.at[item, feature] for table in coders.values()}) > 1
    ]
    return pd.DataFrame(rows, columns=["model", "feature", *coders])


def _unit_counts(coders: Sequence[pd.DataFrame], categories: Sequence[str]) -> tuple[np.ndarray, np.ndarray | None]:
    """How many coders gave each code to each cell (items, cells, codes); for two coders also each one's own codes."""
    if len(coders) < 2:
        raise SynopsisError("Agreement needs the tables of at least two coders.")
    if len(categories) < 2:
        raise SynopsisError("Agreement needs at least two categories that the codebook allows.")
    first = coders[0]
    if not all(table.index.is_unique and table.columns.is_unique for table in coders):
        raise SynopsisError("A row or a column stands twice in a coder's table.")
    if not all(set(table.index) == set(first.index) and set(table.columns) == set(first.columns) for table in coders):
        raise SynopsisError("The coders' tables do not have the same rows and columns.")
    if first.empty:
        raise SynopsisError("The coders' tables are empty.")
    given = np.stack([table.loc[first.index, first.columns].to_numpy(dtype=object) for table in coders])
    foreign = sorted({str(code) for code in given.ravel()} - set(categories))
    if foreign:
        raise SynopsisError(f"The code {foreign[0]} is not one of the categories {', '.join(categories)}.")
    indicator = np.stack([given == category for category in categories], axis=-1)
    return indicator.sum(axis=0), indicator if len(coders) == 2 else None


def _coefficients(counts: np.ndarray, by_coder: np.ndarray | None, weights: np.ndarray) -> dict[str, np.ndarray]:
    """Every coefficient for every row of item weights, shape (resamples, items)."""
    coders = int(counts[0, 0].sum())
    cells = counts.shape[1] * weights.sum(axis=1)
    agreeing = (counts * (counts - 1)).sum(axis=(1, 2)) / (coders * (coders - 1))  # agreeing pairs, summed over an item's cells
    percent = weights @ agreeing / cells
    shares = weights @ counts.sum(axis=1) / (cells * coders)[:, None]
    chance = (shares * (1 - shares)).sum(axis=1) / (counts.shape[2] - 1)
    values = cells * coders
    expected = (shares * values[:, None] * (values[:, None] * (1 - shares))).sum(axis=1) / (values * (values - 1))
    with np.errstate(divide="ignore", invalid="ignore"):
        result = {"percent": percent, "ac1": (percent - chance) / (1 - chance), "alpha": np.where(expected > 0, 1 - (1 - percent) / expected, np.nan)}
        if by_coder is not None:
            own = np.einsum("ri,cik->rck", weights, by_coder.sum(axis=2)) / cells[:, None, None]
            by_chance = own.prod(axis=1).sum(axis=1)
            result["kappa"] = np.where(by_chance < 1 - 1e-12, (percent - by_chance) / (1 - by_chance), np.nan)
    return result


@lru_cache(maxsize=4)  # the same for every column of a table
def _resamples(n: int, seed: int) -> tuple[np.ndarray, np.ndarray, bool]:
    """How often each of n items is drawn (resamples, items), each resample's probability, and whether these are all resamples."""
    if comb(2 * n - 1, n) > MOST_ENUMERATED:
        draws = np.random.default_rng(seed).multinomial(n, np.full(n, 1 / n), size=DRAWS)
        return draws.astype(float), np.full(DRAWS, 1 / DRAWS), False
    chosen = np.array(list(combinations_with_replacement(range(n), n)))
    counts = np.stack([(chosen == item).sum(axis=1) for item in range(n)], axis=1)
    factorials = np.array([factorial(k) for k in range(n + 1)], dtype=float)
    return counts.astype(float), factorial(n) / factorials[counts].prod(axis=1) / float(n) ** n, True


def _summary(value: float, resampled: np.ndarray, chances: np.ndarray) -> Coefficient:
    defined = np.isfinite(resampled)
    undefined = float(chances[~defined].sum())
    if not defined.any():
        return Coefficient(value, np.nan, np.nan, undefined)
    order = np.argsort(resampled[defined], kind="stable")
    ordered, cumulated = resampled[defined][order], np.cumsum(chances[defined][order])
    cumulated /= cumulated[-1]
    tail = (1 - LEVEL) / 2
    low = ordered[np.searchsorted(cumulated, tail - 1e-12)]
    high = ordered[min(np.searchsorted(cumulated, 1 - tail - 1e-12), len(ordered) - 1)]
    return Coefficient(value, float(low), float(high), undefined)
