"""What does one tree show that joins everything tied at once, so that no tie has to be broken?"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

import numpy as np
import pandas as pd

from ..clustering.linkage import exact_keys, key_height
from ..similarity.coefficients import Empty


@dataclass(frozen=True)
class TiedJoin:
    """Two or more groups that become one at once.

    Attributes
    ----------
    parts : tuple of frozenset of str
        The groups joined, in the order of the alphabet.
    height, top : float
        The smallest distance at which the parts hang together, and the largest distance between two of them: the band of the join.
    """

    parts: tuple[frozenset[str], ...]
    height: float
    top: float

    @property
    def members(self) -> frozenset[str]:
        return frozenset().union(*self.parts)


@dataclass(frozen=True)
class Multidendrogram:
    """The one tree of a table in which all groups at the smallest distance join at once.

    Attributes
    ----------
    items : tuple of str
        In the order of the table.
    joins : tuple of TiedJoin
        From low to high.
    """

    items: tuple[str, ...]
    joins: tuple[TiedJoin, ...]

    def to_frame(self) -> pd.DataFrame:
        """One row a join: `parts` (lists of items in the table's order), `height`, `top`."""
        rows = [([[item for item in self.items if item in part] for part in join.parts], join.height, join.top) for join in self.joins]
        return pd.DataFrame(rows, columns=["parts", "height", "top"])


def multidendrogram(incidence: pd.DataFrame, coefficient: str = "jaccard", linkage: str = "average", empty: Empty = "identical") -> Multidendrogram:
    """The multidendrogram: one tree whatever the ties.

    Groups that hang together by smallest distances join at once. The join has a band: from that distance to the largest between two of its
    parts. The new group's distance to another is the mean of all pairs of items across (average), the mean of its parts' (weighted), the
    largest or the smallest (complete, single).

    Parameters
    ----------
    incidence, coefficient, linkage, empty
        As in `helpers.clustering.group_tree`.

    Returns
    -------
    Multidendrogram
        The same for any order of the rows.

    References
    ----------
    Fernandez and Gomez (2008) J Classif 25:43-65. In R, package mdendro.

    Examples
    --------
    >>> table = pd.DataFrame([[1, 1, 0, 0], [0, 1, 1, 0], [0, 0, 1, 1]], index=["p", "q", "r"]).astype(bool)
    >>> multidendrogram(table).to_frame().round(3).iloc[0].map(str).to_list()
    ["[['p'], ['q'], ['r']]", '0.667', '1.0']
    """
    names, keys = exact_keys(incidence, coefficient, linkage, empty)
    n, joins = len(names), []
    groups, distances = [[place] for place in range(n)], np.zeros((n, n), dtype=object)
    for (i, j), key in keys.items():
        distances[i, j] = distances[j, i] = key
    while len(groups) > 1:
        least, sets = _hanging_together(distances)
        for parts in (parts for parts in sets if len(parts) > 1):
            top = max(distances[a, b] for a, b in combinations(parts, 2))
            named = tuple(frozenset(names[place] for place in groups[part]) for part in parts)
            joins.append(TiedJoin(named, key_height(least, coefficient), key_height(top, coefficient)))
        distances = _after(distances, sets, list(map(len, groups)), linkage)
        groups = [sorted(place for part in parts for place in groups[part]) for parts in sets]
    return Multidendrogram(tuple(incidence.index), tuple(joins))


def _hanging_together(distances: np.ndarray) -> tuple[Fraction, list[list[int]]]:
    """The smallest distance, and the groups in sets that are linked by it; sets and groups stay in order."""
    near = distances.astype(float)  # decimals find the candidates; fractions decide which of them are equal
    np.fill_diagonal(near, np.inf)
    pairs = np.argwhere(near <= near.min() * (1 + 1e-9)).tolist()
    least = min(distances[i, j] for i, j in pairs)
    beside: dict[int, list[int]] = {}
    for i, j in pairs:
        if distances[i, j] == least:
            beside.setdefault(i, []).append(j)
    left, sets = dict.fromkeys(range(len(near))), []
    while left:
        linked = [next(iter(left))]
        del left[linked[0]]
        for one in linked:  # grows while it is gone through
            for other in (other for other in beside.get(one, []) if other in left):
                linked.append(other)
                del left[other]
        sets.append(sorted(linked))
    return least, sets


def _after(distances: np.ndarray, sets: list[list[int]], sizes: list[int], linkage: str) -> np.ndarray:
    """The distances once each set is one group."""
    first = [parts[0] for parts in sets]
    after = distances[np.ix_(first, first)]
    for place, parts in enumerate(sets):
        if len(parts) > 1:
            for other, parts_there in enumerate(sets):
                if other != place:
                    after[place, other] = after[other, place] = _between(parts, parts_there, distances, sizes, linkage)
    return after


def _between(one: list[int], other: list[int], distances: np.ndarray, sizes: list[int], linkage: str) -> Fraction:
    pairs = [(distances[a, b], sizes[a] * sizes[b] if linkage == "average" else 1) for a in one for b in other]
    if linkage in ("single", "complete"):
        return (min if linkage == "single" else max)(key for key, _ in pairs)
    return sum((key * weight for key, weight in pairs), Fraction(0)) / sum(weight for _, weight in pairs)
