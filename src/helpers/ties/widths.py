"""How well are the items of many partitions placed? Mean silhouette widths, of all of them at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..clustering.fit import SAME
from ..clustering.tied import places

MOST_CELLS = 20_000_000  # of one batch of partitions
FITS_A_NUMBER = 63  # items; the groups of more do not fit 64 bits


def mean_silhouettes(square: np.ndarray, partitions: Sequence[frozenset[int]]) -> np.ndarray:
    """The mean silhouette width of many partitions at once.

    Parameters
    ----------
    square : array of float, shape (items, items)
    partitions : sequence of frozenset of int
        Groups of places, as the bits of whole numbers; at least two in each.

    Returns
    -------
    array of float, shape (partitions,)
        With the conventions of `helpers.clustering.silhouettes`.
    """
    if len(square) >= FITS_A_NUMBER:
        return np.array([_mean_silhouette(square, partition) for partition in partitions])
    most = max(map(len, partitions))
    step = max(1, MOST_CELLS // (len(square) * most))
    batches = (partitions[start : start + step] for start in range(0, len(partitions), step))
    return np.concatenate([_mean_silhouettes(square, batch, most) for batch in batches])


def _mean_silhouettes(square: np.ndarray, partitions: Sequence[frozenset[int]], most: int) -> np.ndarray:
    n = len(square)
    groups = np.zeros((len(partitions), most), dtype=np.int64)
    for row, partition in zip(groups, partitions, strict=True):
        row[: len(partition)] = sorted(partition)
    inside = (groups[:, None, :] >> np.arange(n)[None, :, None] & 1).astype(bool)  # partitions, items, groups
    sizes = inside.sum(axis=1, keepdims=True)
    sums = square @ inside.astype(float)
    own_size = (inside * sizes).sum(axis=2)
    own = (inside * sums).sum(axis=2) / np.maximum(own_size - 1, 1)
    other = np.where(inside | (sizes == 0), np.inf, sums / np.maximum(sizes, 1)).min(axis=2)
    larger = np.maximum(own, other)
    widths = np.where((own_size == 1) | (larger < SAME), 0, (other - own) / np.where(larger < SAME, 1, larger))
    return widths.mean(axis=1)


def _mean_silhouette(square: np.ndarray, partition: frozenset[int]) -> float:
    """Of one partition of many items: sums over each group's neighbouring columns."""
    members = [list(places(group)) for group in sorted(partition)]
    sizes = np.array(list(map(len, members)))
    sums = np.add.reduceat(square[:, np.concatenate(members)], np.cumsum(sizes) - sizes, axis=1)
    group = np.empty(len(square), dtype=int)
    group[np.concatenate(members)] = np.repeat(np.arange(len(members)), sizes)
    rows = np.arange(len(square))
    own = sums[rows, group] / np.maximum(sizes[group] - 1, 1)
    means = sums / sizes
    means[rows, group] = np.inf
    other = means.min(axis=1)
    larger = np.maximum(own, other)
    return float(np.where((sizes[group] == 1) | (larger < SAME), 0, (other - own) / np.where(larger < SAME, 1, larger)).mean())
