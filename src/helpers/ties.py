"""Where equal distances make several trees right, which are they?"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations

import pandas as pd

from .clustering import Tree, group_tree
from .clustering.linkage import built_tree, exact_keys, updated
from .problems import SynopsisError
from .similarity.coefficients import Empty

MOST_WORK = 2_000_000  # a few seconds
Groups = tuple[int, ...]  # each group of places as the bits of a whole number
Ball = tuple[int, Fraction]  # a group, and the height below which all its items are together
Steps = tuple[tuple[int, int, Fraction], ...]


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
    distinct: dict[frozenset[Ball], Steps] = {}
    for rest in found:
        steps = twins + rest
        balls = _balls(steps)
        distinct[balls] = min(distinct.get(balls, steps), steps)
    return [built_tree(incidence, names, [(_places(a), _places(b), key) for a, b, key in steps], coefficient) for steps in sorted(distinct.values())]


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
        self.known: dict[object, set[Steps]] = {}
        self.work = 0

    def trees(self, groups: Groups, distance: dict[tuple[int, int], Fraction]) -> set[Steps]:
        if len(set(distance.values())) <= 1:  # one group, or all equally far from each other: every order of joins is the same tree
            return {_chain(groups, next(iter(distance.values()), Fraction(0)))}
        # Weighted linkage remembers how its groups came about, the others only their members.
        state = frozenset(distance.items()) if self.linkage == "weighted" else frozenset(groups)
        if state not in self.known:
            nearest = min(distance.values())
            self.known[state] = {
                ((a, b, nearest), *rest)
                for (a, b), key in distance.items()
                if key == nearest
                for rest in self.trees(*self._after(groups, distance, a, b))
            }
            self._spend(sum(len(steps) for steps in self.known[state]))
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


def _twins_joined(groups: Groups, distance: dict[tuple[int, int], Fraction]) -> tuple[Steps, Groups, dict[tuple[int, int], Fraction]]:
    """Items at distance 0 that are equally far from all others come together first, in any order with the same result.

    Only where nothing else is at distance 0 from them: the overlap calls items equal that differ, and there the order matters.
    """

    def profile(one: int) -> tuple[Fraction, ...]:
        return tuple(Fraction(0) if one == other else distance[min(one, other), max(one, other)] for other in groups)

    alike: dict[tuple[Fraction, ...], list[int]] = {}
    for group in groups:
        alike.setdefault(profile(group), []).append(group)  # equal profiles have a 0 at each other's place
    joined, steps = {}, ()
    for zeros, twins in ((place.count(Fraction(0)), twins) for place, twins in alike.items()):
        together = zeros == len(twins)
        joined |= {twins[0]: sum(twins)} if together else {twin: twin for twin in twins}
        steps += _chain(tuple(twins), Fraction(0)) if together else ()
    kept = {(joined[a], joined[b]): key for (a, b), key in distance.items() if a in joined and b in joined}
    return steps, tuple(joined.values()), {(min(pair), max(pair)): key for pair, key in kept.items()}


def _chain(groups: Groups, height: Fraction) -> Steps:
    steps, grown = [], groups[0]
    for group in groups[1:]:
        steps.append((grown, group, height))
        grown |= group
    return tuple(steps)


def _balls(steps: Steps) -> frozenset[Ball]:
    """The tree as its heights see it: joins at one height, one inside the other, are one."""
    joined = [(a | b, height) for a, b, height in steps]
    inner = {one for one, other in combinations(joined, 2) if one[1] == other[1] and one[0] | other[0] == other[0]}
    return frozenset(ball for ball in joined if ball not in inner)


def _places(group: int) -> list[int]:
    return [place for place in range(group.bit_length()) if group >> place & 1]
