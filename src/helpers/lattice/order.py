"""Which items have all the features of another, and what does that order look like?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import pandas as pd

from .bits import Bits
from .concepts import Cover, covers


@dataclass(frozen=True)
class Containment:
    """The items ordered by what they have: one stands above another if it has all of the other's features, and more.

    Attributes
    ----------
    nodes : tuple of tuple of str
        Items with equal rows stand at one place. The places with most features first, then in the order of the rows.
    features : tuple of frozenset of str
        What the items of each node have.
    covers : tuple of Cover
        The neighbours: the upper has all that the lower has, and no node lies between. Places in `nodes`.
    """

    nodes: tuple[tuple[str, ...], ...]
    features: tuple[frozenset[str], ...]
    covers: tuple[Cover, ...]

    def pairs(self) -> list[tuple[str, str]]:
        """All pairs of items (less, more) in which the second has all that the first has, and more."""
        found = []
        for lower, inner in enumerate(self.features):
            for upper, outer in enumerate(self.features):
                if inner < outer:
                    found += [(less, more) for less in self.nodes[lower] for more in self.nodes[upper]]
        return found

    def ladders(self, most: int = 100) -> list[tuple[int, ...]]:
        """The longest ladders, at most so many: places of nodes, each containing the one before."""
        rungs = [1] * len(self.nodes)
        below = [[lower for lower, upper in self.covers if upper == node] for node in range(len(self.nodes))]
        for node in reversed(range(len(self.nodes))):  # fewest features first
            rungs[node] = 1 + max((rungs[lower] for lower in below[node]), default=0)

        def down_from(node: int) -> Iterator[tuple[int, ...]]:
            if rungs[node] == 1:
                yield (node,)
            for lower in below[node]:
                if rungs[lower] == rungs[node] - 1:
                    yield from ((*ladder, node) for ladder in down_from(lower))

        longest = (ladder for node in range(len(self.nodes)) if rungs[node] == max(rungs) for ladder in down_from(node))
        return list(islice(longest, most))

    def apart(self) -> list[str]:
        """The items that neither contain another nor are contained in one, and equal none."""
        joined = {place for cover in self.covers for place in cover}
        return [node[0] for place, node in enumerate(self.nodes) if place not in joined and len(node) == 1]


def containment(incidence: pd.DataFrame) -> Containment:
    """Order the items by which has all the features of which.

    Parameters
    ----------
    incidence : DataFrame of bool, shape (items, features)

    Returns
    -------
    Containment

    Raises
    ------
    SynopsisError
        For a table that is empty or not yes/no.

    Examples
    --------
    >>> table = pd.DataFrame({"x": [1, 1, 0], "y": [0, 1, 1]}, index=["p", "q", "r"]).astype(bool)
    >>> order = containment(table)
    >>> order.nodes, order.pairs()
    ((('q',), ('p',), ('r',)), [('p', 'q'), ('r', 'q')])
    """
    table = Bits.of(incidence)
    groups: dict[int, list[int]] = {}
    for place, row in enumerate(table.rows):
        groups.setdefault(row, []).append(place)
    rows = sorted(groups, key=lambda row: (-row.bit_count(), groups[row]))
    nodes = tuple(tuple(table.items[place] for place in groups[row]) for row in rows)
    features = tuple(table.named_features(row) for row in rows)
    return Containment(nodes, features, tuple(covers(list(features))))
