"""What is a tree of groups, and what comes of cutting it?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..problems import SynopsisError


@dataclass(frozen=True)
class Join:
    """Two groups that become one.

    Attributes
    ----------
    left, right : frozenset of str
        The names of the items in each group; `left` holds the name that is first in the alphabet.
    height : float
        The distance at which they join.
    """

    left: frozenset[str]
    right: frozenset[str]
    height: float

    @property
    def members(self) -> frozenset[str]:
        return self.left | self.right


def same_items(one: Iterable[object], other: Iterable[object]) -> None:
    """Refuse in words two sets of items that differ."""
    if sorted(map(str, one)) != sorted(map(str, other)):
        raise SynopsisError("The tree, the groups and the table or distances are not of the same items.")


@dataclass(frozen=True)
class Tree:
    """A tree of groups, from single items to one group of all.

    Attributes
    ----------
    items : tuple of str
        In the order of the table.
    joins : tuple of Join
        In the order they happen, heights never falling; one less than the items.
    """

    items: tuple[str, ...]
    joins: tuple[Join, ...]

    def to_frame(self) -> pd.DataFrame:
        """One row a join: `left`, `right` (lists of items in the table's order), `height`, `groups_left`."""
        rows = [(self._ordered(j.left), self._ordered(j.right), j.height, len(self.items) - n) for n, j in enumerate(self.joins, start=1)]
        return pd.DataFrame(rows, columns=["left", "right", "height", "groups_left"])

    def groups(self, k: int) -> list[list[str]]:
        """The k groups that are left after n - k joins.

        Parameters
        ----------
        k : int
            1 to the number of items.

        Returns
        -------
        list of list of str
            Groups and their items in the table's order.

        Raises
        ------
        SynopsisError
            If k is out of range.
        """
        if not 1 <= k <= len(self.items):
            raise SynopsisError(f"{len(self.items)} items can be cut into 1 to {len(self.items)} groups, not into {k}.")
        groups = {frozenset([item]) for item in self.items}
        for join in self.joins[: len(self.items) - k]:
            groups = groups - {join.left, join.right} | {join.members}
        return sorted((self._ordered(group) for group in groups), key=lambda group: self.items.index(group[0]))

    def cuts(self) -> pd.DataFrame:
        """Between which heights a cut leaves k groups.

        Returns
        -------
        DataFrame, index `k`
            `from_height` (included) and `to_height` (not included; infinite for one group). Where both are equal, no height leaves exactly
            k groups: several joins happen at once.
        """
        heights = [0.0, *(join.height for join in self.joins), np.inf]
        n = len(self.items)
        rows = [(k, heights[n - k], heights[n - k + 1]) for k in range(1, n + 1)]
        return pd.DataFrame(rows, columns=["k", "from_height", "to_height"]).set_index("k")

    def cophenetic(self) -> pd.DataFrame:
        """The height at which each two items come into one group: the distance the tree shows.

        Returns
        -------
        DataFrame of float, shape (items, items)
        """
        place = {item: position for position, item in enumerate(self.items)}
        heights = np.zeros((len(self.items), len(self.items)))
        for join in self.joins:
            left, right = ([place[item] for item in side] for side in (join.left, join.right))
            heights[np.ix_(left, right)] = heights[np.ix_(right, left)] = join.height
        return pd.DataFrame(heights, index=list(self.items), columns=list(self.items))

    def balls(self) -> dict[frozenset[str], float]:
        """Every group that a cut at some height shows, with the height at which it is complete; joins at one height are one group."""
        return {
            join.members: join.height
            for position, join in enumerate(self.joins)
            if not any(later.height == join.height and join.members < later.members for later in self.joins[position + 1 :])
        }

    def _ordered(self, group: frozenset[str]) -> list[str]:
        return [item for item in self.items if item in group]
