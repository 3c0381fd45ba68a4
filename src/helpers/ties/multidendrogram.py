"""What does one tree show that joins everything tied at once, so that no tie has to be broken?"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

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
    groups, joins = [frozenset([place]) for place in range(len(names))], []
    distance = {frozenset([groups[i], groups[j]]): key for (i, j), key in keys.items()}
    while len(groups) > 1:
        least = min(distance.values())
        sets = _hanging_together(groups, distance, least)
        for parts in (parts for parts in sets if len(parts) > 1):
            top = max(distance[frozenset([a, b])] for a in parts for b in parts if a != b)
            named = tuple(frozenset(names[place] for place in part) for part in parts)
            joins.append(TiedJoin(named, key_height(least, coefficient), key_height(top, coefficient)))
        distance = {
            frozenset([frozenset().union(*one), frozenset().union(*other)]): _between(one, other, distance, linkage)
            for i, one in enumerate(sets)
            for other in sets[:i]
        }
        groups = [frozenset().union(*parts) for parts in sets]
    return Multidendrogram(tuple(incidence.index), tuple(joins))


def _hanging_together(
    groups: list[frozenset[int]], distance: dict[frozenset[frozenset[int]], Fraction], least: Fraction
) -> list[list[frozenset[int]]]:
    """The groups in sets that are linked by the smallest distance; sets and groups by their first items."""
    left, sets = sorted(groups, key=min), []
    while left:
        linked = [left.pop(0)]
        for one in linked:  # grows while it is gone through
            more = [other for other in left if distance[frozenset([one, other])] == least]
            linked += more
            left = [other for other in left if other not in more]
        sets.append(sorted(linked, key=min))
    return sets


def _between(one: list[frozenset[int]], other: list[frozenset[int]], distance: dict[frozenset[frozenset[int]], Fraction], linkage: str) -> Fraction:
    pairs = [(distance[frozenset([a, b])], len(a) * len(b) if linkage == "average" else 1) for a in one for b in other]
    if linkage in ("single", "complete"):
        return (min if linkage == "single" else max)(key for key, _ in pairs)
    return sum((key * weight for key, weight in pairs), Fraction(0)) / sum(weight for _, weight in pairs)
