"""Where equal distances make several trees right, which are they?"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import pandas as pd

from .clustering import Tree, group_tree
from .clustering.linkage import built_tree, exact_keys, updated
from .problems import SynopsisError
from .similarity.coefficients import Empty

MOST_WORK = 2_000_000  # a few seconds
Groups = tuple[int, ...]  # each group of places as the bits of a whole number
Ball = tuple[int, Fraction]  # a group, and the height below which all its items are together
Balls = frozenset[Ball]
Steps = tuple[tuple[int, int, Fraction], ...]  # two groups and the height at which they join


def equally_right_trees(
    incidence: pd.DataFrame, coefficient: str = "jaccard", linkage: str = "average", empty: Empty = "identical"
) -> list[Tree] | None:
    """Every tree that some way to break ties leads to.

    Two trees are the same if every two items come together at the same height in both. All ways to break a tie are followed, step by step;
    similarities are compared as fractions. Single linkage has one tree, however ties are broken: its heights are those of every shortest
    network that joins all items.

    Parameters
    ----------
    incidence, coefficient, linkage, empty
        As in `helpers.clustering.group_tree`.

    Returns
    -------
    list of Tree, or None
        Always in the same order, whatever the order of the rows; the tree of `group_tree` is among them. None if they are too many to follow.

    Examples
    --------
    >>> table = pd.DataFrame([[1, 1, 0], [0, 1, 1], [1, 0, 1]], index=["p", "q", "r"]).astype(bool)
    >>> len(equally_right_trees(table))
    1
    >>> table = pd.DataFrame([[1, 1, 0, 0], [0, 1, 1, 0], [0, 0, 1, 1]], index=["p", "q", "r"]).astype(bool)
    >>> [tree.groups(2) for tree in equally_right_trees(table)]
    [[['p', 'q'], ['r']], [['p'], ['q', 'r']]]
    """
    if linkage == "single":
        return [group_tree(incidence, coefficient, linkage, empty)]
    names, keys = exact_keys(incidence, coefficient, linkage, empty)
    start = {(1 << i, 1 << j): key for (i, j), key in keys.items()}
    twins, groups, distance = _twins_joined(tuple(1 << i for i in range(len(names))), start)
    try:
        found = _Followed(linkage).trees(groups, distance)
    except _TooManyError:
        return None
    every = sorted(_steps(twins | rest, len(names)) for rest in found)
    return [built_tree(incidence, names, [(_places(a), _places(b), key) for a, b, key in steps], coefficient) for steps in every]


def groups_in_all(trees: Sequence[Tree] | None) -> set[frozenset[str]]:
    """The groups that every one of the trees shows; the rest were decided by how a tie was broken.

    A group here is all items that come together at or below some height, so that joins at one height count as one; the group of all items is
    one, an item alone is none.

    Parameters
    ----------
    trees : sequence of Tree
        As from `equally_right_trees`.

    Raises
    ------
    SynopsisError
        For None, the answer of `equally_right_trees` where they are too many: which groups all of them show is then not known.

    Examples
    --------
    >>> table = pd.DataFrame([[1, 1, 0, 0], [0, 1, 1, 0], [0, 0, 1, 1]], index=["p", "q", "r"]).astype(bool)
    >>> [sorted(group) for group in groups_in_all(equally_right_trees(table))]
    [['p', 'q', 'r']]
    """
    if trees is None:
        raise SynopsisError("The trees are too many to follow, so it is not known which groups all of them show.")
    return set.intersection(*(set(tree.balls()) for tree in trees)) if trees else set()


class _TooManyError(Exception):
    pass


class _Followed:
    """Follows every tie; a state that was met before is not followed again."""

    def __init__(self, linkage: str):
        self.linkage = linkage
        self.known: dict[object, set[Balls]] = {}
        self.work = 0

    def trees(self, groups: Groups, distance: dict[tuple[int, int], Fraction]) -> set[Balls]:
        """What comes above these groups, in every tree: the balls that are yet to be made."""
        if len(groups) == 1:
            return {frozenset()}
        nearest = min(distance.values())
        if nearest == max(distance.values()):  # all equally far from each other: every order of joins is the same tree
            return {frozenset({(sum(groups), nearest)})}
        # Weighted linkage remembers how its groups came about, the others only their members.
        state = frozenset(distance.items()) if self.linkage == "weighted" else frozenset(groups)
        if state not in self.known:
            self.known[state] = {
                _with_join(rest, a | b, nearest)
                for (a, b), key in distance.items()
                if key == nearest
                for rest in self.trees(*self._after(groups, distance, a, b))
            }
            self._spend(sum(len(balls) for balls in self.known[state]))
        return self.known[state]

    def _after(self, groups: Groups, distance: dict[tuple[int, int], Fraction], a: int, b: int) -> tuple[Groups, dict[tuple[int, int], Fraction]]:
        """The groups and distances once two groups are joined."""
        self._spend(len(distance))
        left = [group for group in groups if group not in (a, b)]
        after = {pair: key for pair, key in distance.items() if a not in pair and b not in pair}
        for other in left:
            to_a, to_b = (distance[min(other, group), max(other, group)] for group in (a, b))
            after[min(other, a | b), max(other, a | b)] = updated(self.linkage, (a.bit_count(), b.bit_count()), to_a, to_b)
        return (*left, a | b), after

    def _spend(self, work: int) -> None:
        self.work += work
        if self.work > MOST_WORK:
            raise _TooManyError


def _with_join(above: Balls, group: int, height: Fraction) -> Balls:
    """One join more; joined further at the same height, it is no group of its own in the eyes of the heights."""
    inner = any(height == other_height and group | other == other for other, other_height in above)
    return above if inner else above | {(group, height)}


def _twins_joined(groups: Groups, distance: dict[tuple[int, int], Fraction]) -> tuple[Balls, Groups, dict[tuple[int, int], Fraction]]:
    """Items at distance 0 that are equally far from all others come together first, in any order with the same result.

    Only where nothing else is at distance 0 from them: the overlap calls items equal that differ, and there the order matters.
    """

    def profile(one: int) -> tuple[Fraction, ...]:
        return tuple(Fraction(0) if one == other else distance[min(one, other), max(one, other)] for other in groups)

    alike: dict[tuple[Fraction, ...], list[int]] = {}
    for group in groups:
        alike.setdefault(profile(group), []).append(group)  # equal profiles have a 0 at each other's place
    joined: dict[int, int] = {}
    for place, twins in alike.items():
        together = place.count(Fraction(0)) == len(twins)
        joined |= {twins[0]: sum(twins)} if together else {twin: twin for twin in twins}
    balls = frozenset((group, Fraction(0)) for group in joined.values() if group.bit_count() > 1)
    kept = {(joined[a], joined[b]): key for (a, b), key in distance.items() if a in joined and b in joined}
    return balls, tuple(joined.values()), {(min(pair), max(pair)): key for pair, key in kept.items()}


def _steps(balls: Balls, n: int) -> Steps:
    """A tree as joins of two, from low to high; where several groups come together at one height, in the order of their first items."""
    groups = [1 << place for place in range(n)]
    steps: list[tuple[int, int, Fraction]] = []
    for ball, height in sorted(balls, key=lambda found: (found[1], found[0].bit_count(), found[0])):
        parts = sorted((group for group in groups if group & ball), key=lambda group: group & -group)
        groups = [group for group in groups if not group & ball] + [ball]
        grown = parts[0]
        for part in parts[1:]:
            steps.append((grown, part, height))
            grown |= part
    return tuple(steps)


def _places(group: int) -> list[int]:
    return [place for place in range(group.bit_length()) if group >> place & 1]
