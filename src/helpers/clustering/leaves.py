"""In which order do the items of a tree stand, so that near items are side by side?

SciPy's own optimal_leaf_ordering does not always find the best order (its issue 11227), so the search stands here.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..similarity import distance_matrix
from ..similarity.coefficients import Empty
from .tree import Tree, same_items


@dataclass(frozen=True)
class _Group:
    """A group of the tree with the least length of an order of its leaves, for every leaf it can begin and end with."""

    leaves: list[int]
    length: np.ndarray  # (leaves, leaves); infinite where no order of the group begins and ends so
    parts: tuple[_Group, _Group] | None = None


def leaf_order(tree: Tree, incidence: pd.DataFrame, coefficient: str = "jaccard", empty: Empty = "identical") -> list[str]:
    """The items in an order that fits the tree and sets near items side by side.

    A tree leaves open which of two joined groups stands first; of all orders this is one with the smallest sum of distances between
    neighbours.

    Parameters
    ----------
    tree : Tree
    incidence, coefficient, empty
        As given to `group_tree`.

    Returns
    -------
    list of str
        The same for any order of the rows.

    References
    ----------
    Bar-Joseph, Gifford and Jaakkola (2001) Bioinformatics 17:S22-29. In R, package seriation, method "OLO".

    Examples
    --------
    >>> from helpers.clustering import group_tree
    >>> table = pd.DataFrame([[1, 0, 0], [1, 1, 0], [0, 1, 1], [0, 0, 1]], index=["q", "p", "s", "r"]).astype(bool)
    >>> leaf_order(group_tree(table), table)
    ['q', 'p', 's', 'r']
    """
    same_items(tree.items, incidence.index)
    names = sorted(tree.items, key=str)
    near = distance_matrix(incidence, coefficient, empty).loc[names, names].to_numpy()
    groups = {frozenset([name]): _Group([place], np.zeros((1, 1))) for place, name in enumerate(names)}
    for join in tree.joins:
        groups[join.members] = _joined(groups[join.left], groups[join.right], near)
    whole = groups[frozenset(names)]
    first, last = np.unravel_index(int(np.argmin(whole.length)), whole.length.shape)
    ordered = [names[leaf] for leaf in _order(whole, whole.leaves[first], whole.leaves[last], near)]
    return ordered if str(ordered[0]) <= str(ordered[-1]) else ordered[::-1]


def _joined(left: _Group, right: _Group, near: np.ndarray) -> _Group:
    across = _shortest(_shortest(left.length, near[np.ix_(left.leaves, right.leaves)]), right.length)
    n = len(left.leaves)
    length = np.full((n + len(right.leaves),) * 2, np.inf)
    length[:n, n:], length[n:, :n] = across, across.T
    return _Group(left.leaves + right.leaves, length, (left, right))


def _shortest(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """The least sum by way of any middle: a matrix product with + for times and the minimum for the sum."""
    return np.stack([(row[:, None] + other).min(axis=0) for row in one])


def _order(group: _Group, first: int, last: int, near: np.ndarray) -> list[int]:
    """The shortest order of a group that begins and ends with two given leaves."""
    if group.parts is None:
        return [first]
    left, right = group.parts if first in group.parts[0].leaves else group.parts[::-1]
    before = left.length[left.leaves.index(first)]
    after = right.length[:, right.leaves.index(last)]
    sums = before[:, None] + near[np.ix_(left.leaves, right.leaves)] + after[None, :]
    end, start = np.unravel_index(int(np.argmin(sums)), sums.shape)
    return [*_order(left, first, left.leaves[end], near), *_order(right, right.leaves[start], last, near)]
