"""How is a tree of groups built from a table, so that the order of the rows does not matter?

Every step joins the two nearest groups. Distances are compared as fractions, so that equal is equal. Where several pairs of groups are equally
near, several trees are right; the one built here joins the pair whose names come first in the alphabet. Module `ties` follows the others.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping
from fractions import Fraction
from itertools import combinations

import numpy as np
import pandas as pd

from ..problems import SynopsisError, did_you_mean
from ..similarity import find_coefficient
from ..similarity.coefficients import Empty
from ..similarity.matrices import exact_cells
from .tree import Join, Tree

LINKAGES = ("average", "complete", "single", "weighted")
ORDER_ONLY = ("complete", "single")  # need no arithmetic on distances, only their order


def group_tree(incidence: pd.DataFrame, coefficient: str = "jaccard", linkage: str = "average", empty: Empty = "identical") -> Tree:
    """The tree of groups of a table; where ties make several right, the one that the alphabet chooses.

    Average linkage, the default, takes the mean distance of all pairs across two groups. Complete takes their greatest, single their
    smallest; weighted is like average but counts the two parts of a group equally, however many items each has.

    Parameters
    ----------
    incidence : DataFrame of bool, shape (items, features)
    coefficient : str
        One of `helpers.similarity.COEFFICIENTS`.
    linkage : {"average", "complete", "single", "weighted"}
    empty
        As in `helpers.similarity.distance_matrix`.

    Returns
    -------
    Tree
        The same for any order of the rows and columns.

    Raises
    ------
    SynopsisError
        For an unknown linkage; for Ochiai with average or weighted linkage, whose means of roots cannot be compared exactly.

    References
    ----------
    Sokal and Michener (1958) Univ Kansas Sci Bull 38:1409-38 (average, weighted). In R, `hclust(d, "average")`; weighted is "mcquitty".

    Examples
    --------
    >>> table = pd.DataFrame([[1, 1, 0, 0], [1, 1, 1, 0], [0, 0, 0, 1]], index=["p", "q", "r"]).astype(bool)
    >>> group_tree(table).to_frame()
         left right    height  groups_left
    0     [p]   [q]  0.333333            2
    1  [p, q]   [r]  1.000000            1
    """
    names, keys = exact_keys(incidence, coefficient, linkage, empty)
    steps = _joined(len(names), keys, linkage)
    return built_tree(incidence, names, [(a, b, key) for a, b, key in steps], coefficient)


def exact_keys(
    incidence: pd.DataFrame, coefficient: str, linkage: str, empty: Empty = "identical"
) -> tuple[list[str], dict[tuple[int, int], Fraction]]:
    """The items' names in the order of the alphabet, and for each pair of places what linkage compares.

    The distance as a fraction; for Ochiai 1 less the squared similarity, which is in the same order.
    """
    if linkage not in LINKAGES:
        raise SynopsisError(f'There is no linkage "{linkage}". {did_you_mean(linkage, LINKAGES)}')
    rooted = find_coefficient(coefficient).rooted
    if rooted and linkage not in ORDER_ONLY:
        raise SynopsisError(
            f"The coefficient {coefficient} holds a root, so that means of its distances cannot be compared exactly and ties would be "
            f"overlooked. Use complete or single linkage with it, or another coefficient."
        )
    similarity, labels = exact_cells(incidence, coefficient, empty, squared=rooted), list(incidence.index)
    order = sorted(range(len(labels)), key=lambda place: str(labels[place]))
    names, cells = [labels[place] for place in order], similarity[np.ix_(order, order)]
    return names, {(i, j): 1 - cells[i, j] for i, j in combinations(range(len(names)), 2)}


def updated(linkage: str, sizes: tuple[int, int], to_left: Fraction, to_right: Fraction) -> Fraction:
    """The distance of a group to two groups that were joined, from its distances to each and their sizes."""
    if linkage == "average":
        return (sizes[0] * to_left + sizes[1] * to_right) / (sizes[0] + sizes[1])
    if linkage == "weighted":
        return (to_left + to_right) / 2
    return min(to_left, to_right) if linkage == "single" else max(to_left, to_right)


def built_tree(incidence: pd.DataFrame, names: list[str], steps: list[tuple[list[int], list[int], Fraction]], coefficient: str) -> Tree:
    """The tree of a list of joins, each two lists of places and what linkage compared."""
    joins = []
    for one, other, key in steps:
        left, right = sorted((one, other), key=min)
        joins.append(Join(frozenset(names[i] for i in left), frozenset(names[i] for i in right), key_height(key, coefficient)))
    return Tree(tuple(incidence.index), tuple(joins))


def key_height(key: Fraction, coefficient: str) -> float:
    """The distance that stands behind what linkage compares."""
    return 1 - float(np.sqrt(float(1 - key))) if find_coefficient(coefficient).rooted else float(key)


def _joined(n: int, keys: Mapping[tuple[int, int], Fraction], linkage: str) -> list[tuple[list[int], list[int], Fraction]]:
    """Join the nearest two groups until one is left. A group is known by its first member; a heap holds the distances, old ones too."""
    members = {i: [i] for i in range(n)}
    distance = dict(keys)
    heap = [(float(key), key, i, j) for (i, j), key in keys.items()]  # decimals first: they are in the same order, and quicker to compare
    heapq.heapify(heap)
    steps = []
    while len(members) > 1:
        _, key, i, j = heapq.heappop(heap)
        if distance.get((i, j)) != key or i not in members or j not in members:
            continue
        sizes = len(members[i]), len(members[j])
        steps.append((members[i], members[j], key))
        for other in members:
            if other in (i, j):
                continue
            to_left, to_right = (distance.pop((min(other, group), max(other, group))) for group in (i, j))
            pair = min(other, i), max(other, i)
            distance[pair] = updated(linkage, sizes, to_left, to_right)
            heapq.heappush(heap, (float(distance[pair]), distance[pair], *pair))
        members[i] = members[i] + members.pop(j)
        del distance[i, j]
    return steps
