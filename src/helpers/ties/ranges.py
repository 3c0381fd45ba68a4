"""How much do judgements of a tree depend on how ties are broken?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..clustering import Tree
from ..clustering.fit import SAME
from ..problems import SynopsisError
from ..similarity import distance_matrix
from .census import TieCensus, tie_census

MOST_CELLS = 20_000_000  # of one batch of partitions
NO_RANGE = (float("nan"), float("nan"))


@dataclass(frozen=True)
class Range:
    """The smallest and the largest value over all trees (or partitions) that ties allow; NaN where undefined.

    `n` says over how many, `exact` whether these are all there are; otherwise they were drawn by lot, and the true range can be wider.
    """

    least: float
    most: float
    n: int
    exact: bool


def cophenetic_range(census: TieCensus) -> Range:
    """Between which values the cophenetic correlation lies.

    Returns
    -------
    Range
        -1 to 1. NaN (undefined) where all distances or all heights are equal.

    Examples
    --------
    >>> table = pd.DataFrame([[1, 1, 0, 0], [0, 1, 1, 0], [0, 0, 1, 1]], index=["p", "q", "r"]).astype(bool)
    >>> cophenetic_range(tie_census(table))
    Range(least=0.5, most=0.5, n=2, exact=True)
    """
    trees = census.some_trees()
    real = _distances(census)[np.tril_indices(len(census.names), k=-1)]
    shown = np.array([_heights(tree, census.names) for tree in trees])
    if len(real) < 2 or np.ptp(real) < SAME or (np.ptp(shown, axis=1) < SAME).all():
        return Range(*NO_RANGE, len(trees), census.listed)
    shown = shown[np.ptp(shown, axis=1) >= SAME]
    shown, real = shown - shown.mean(axis=1, keepdims=True), real - real.mean()
    r = (shown @ real) / np.sqrt((shown**2).sum(axis=1) * (real @ real))
    return Range(_rounded(r.min()), _rounded(r.max()), len(trees), census.listed)


def silhouette_ranges(census: TieCensus) -> pd.DataFrame:
    """For each number of groups k, between which values the mean silhouette width lies.

    Returns
    -------
    DataFrame, index `k`
        From 2 to one less than the items. `partitions`: how many partitions into k groups ties allow. `least`, `most`: the mean width, -1 to 1.
        `exact`: "yes" where these are all partitions, else those met in trees drawn by lot.

    References
    ----------
    Rousseeuw (1987) J Comput Appl Math 20:53-65.

    Examples
    --------
    >>> table = pd.DataFrame([[1, 1, 0, 0], [0, 1, 1, 0], [0, 0, 1, 1]], index=["p", "q", "r"]).astype(bool)
    >>> silhouette_ranges(tie_census(table)).round(3).loc[2].map(str).to_list()
    ['2', '0.111', '0.111', 'yes']
    """
    square, place = _distances(census), {name: number for number, name in enumerate(census.names)}
    rows = {}
    for k in range(2, len(census.names)):
        partitions, exact = _partitions(census, k)
        labels = np.zeros((len(partitions), len(place)), dtype=int)
        for row, partition in enumerate(partitions):
            for label, group in enumerate(partition):
                labels[row, [place[name] for name in group]] = label
        widths = mean_silhouettes(square, labels, k)
        rows[k] = (len(partitions), _rounded(widths.min()), _rounded(widths.max()), "yes" if exact else "")
    return pd.DataFrame.from_dict(rows, orient="index", columns=["partitions", "least", "most", "exact"]).rename_axis("k")


def mean_silhouettes(square: np.ndarray, labels: np.ndarray, k: int) -> np.ndarray:
    """The mean silhouette width of many partitions at once.

    Parameters
    ----------
    square : array of float, shape (items, items)
    labels : array of int, shape (partitions, items)
        The group of each item, 0 to k - 1, none empty.
    k : int

    Returns
    -------
    array of float, shape (partitions,)
        With the conventions of `helpers.clustering.silhouettes`.
    """
    step = max(1, MOST_CELLS // (labels.shape[1] * k))
    return np.concatenate([_mean_silhouettes(square, labels[start : start + step], k) for start in range(0, len(labels), step)])


def _mean_silhouettes(square: np.ndarray, labels: np.ndarray, k: int) -> np.ndarray:
    inside = labels[:, :, None] == np.arange(k)
    sizes = inside.sum(axis=1, keepdims=True)
    sums = square @ inside.astype(float)
    own_size = (inside * sizes).sum(axis=2)
    own = (inside * sums).sum(axis=2) / np.maximum(own_size - 1, 1)
    other = np.where(inside, np.inf, sums / sizes).min(axis=2)
    most = np.maximum(own, other)
    widths = np.where((own_size == 1) | (most < SAME), 0, (other - own) / np.where(most < SAME, 1, most))
    return widths.mean(axis=1)


def best_cophenetic(incidence: pd.DataFrame | np.ndarray) -> float:
    """The largest cophenetic correlation of average linkage over all tie-breaks: a statistic for `helpers.nullmodels` that ignores labels."""
    return cophenetic_range(tie_census(_labelled(incidence))).most


def best_silhouette(incidence: pd.DataFrame | np.ndarray) -> float:
    """The largest mean silhouette width over all numbers of groups and all tie-breaks of average linkage: a statistic that ignores labels."""
    most = silhouette_ranges(tie_census(_labelled(incidence)))["most"]
    return float(most.max()) if len(most) else float("nan")


def _labelled(incidence: pd.DataFrame | np.ndarray) -> pd.DataFrame:
    return incidence if isinstance(incidence, pd.DataFrame) else pd.DataFrame(incidence, index=[f"{row:06d}" for row in range(len(incidence))])


def _partitions(census: TieCensus, k: int) -> tuple[list[frozenset[frozenset[str]]], bool]:
    try:
        return _ordered(census.partitions(k)), census.exact
    except SynopsisError:  # too many to list
        drawn = {frozenset(frozenset(group) for group in tree.groups(k)) for tree in census.some_trees()}
        return _ordered(drawn), False


def _ordered(partitions: set[frozenset[frozenset[str]]]) -> list[frozenset[frozenset[str]]]:
    return sorted(partitions, key=lambda partition: sorted(sorted(map(str, group)) for group in partition))


def _distances(census: TieCensus) -> np.ndarray:
    names = list(census.names)
    return distance_matrix(census.incidence, census.coefficient, census.empty).loc[names, names].to_numpy(dtype=float)


def _heights(tree: Tree, names: tuple[str, ...]) -> np.ndarray:
    return tree.cophenetic().loc[list(names), list(names)].to_numpy()[np.tril_indices(len(names), k=-1)]


def _rounded(value: float) -> float:
    """Sums in another order differ in the last digits; a range must not."""
    return round(float(value), 12)
