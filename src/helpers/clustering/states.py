"""Which states can ties lead through, from single items to one group?

A state is what stands once all joins at one height are made; an arc, which stands for all joins at one height, leads to another state.

Groups of items are the bits of a whole number; distances are whole numbers too, fractions brought to one denominator.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import product
from math import lcm, prod
from operator import add, mul

from . import shapes, tied
from .tied import TooManyError, places

MOST_WORK, TRY = 4_000_000, 10  # distances looked at: a few seconds; so many while one clique is tried
JOINED = {"average": add, "weighted": lambda one, other: (one >> 1) + (other >> 1), "single": min, "complete": max}  # to two groups that become one
Groups = tuple[int, ...]
Distances = tuple[tuple[int, ...], ...]  # square: sums over all pairs for average linkage, else the distance of two groups


@dataclass(frozen=True)
class Block:
    """Several groups that become one at one height."""

    whole: int
    parts: Groups
    shape: shapes.Shape | None = None  # weighted linkage, where it matters

    def topologies(self) -> int:
        """In how many orders of joins the parts can become one."""
        return tied.hierarchies(len(self.parts)) if self.shape is None else self._shaped((1 << len(self.parts)) - 1)

    def topologies_with(self, group: int) -> int:
        """In how many of them a group of some of the parts comes first; 0 where it cuts across the parts."""
        inside = [part for part in self.parts if part & group]
        if sum(inside) != group or not 1 < len(inside) < len(self.parts):
            return 0
        if self.shape is None:
            return tied.hierarchies_with(len(self.parts), len(inside))
        return self._shaped(sum(1 << place for place, part in enumerate(self.parts) if part & group))

    def _shaped(self, parts: int) -> int:
        return shapes.shapes(len(self.parts))[self.shape or ()].get(parts, 0)


@dataclass(frozen=True)
class Arc:
    """All joins at one height, chosen in one of the ways that ties allow.

    `topologies` orders of joins come to the same; 0 where they are too many to count.
    """

    height: int
    blocks: tuple[Block, ...]
    topologies: int
    to: int


class TieStates:
    """All states and arcs, of one table and linkage.

    Parameters
    ----------
    n : int
        Number of items.
    keys : mapping of (int, int) to Fraction
        The distance of each two, the smaller place first (`linkage.exact_keys`).
    linkage : str
    most_work : int
        How many distances of groups to look at before giving up.

    Attributes
    ----------
    states : list of (groups, distances)
    arcs : list of list of Arc, from each state
    order : list of int
        The states, from single items to one group.
    unit : Fraction
        What a height of 1 stands for.

    Raises
    ------
    TooManyError
        If there is more to follow.
    """

    def __init__(self, n: int, keys: Mapping[tuple[int, int], Fraction | int], linkage: str, most_work: int = MOST_WORK):
        self.n, self.linkage, self._left, self._most_tried = n, linkage, most_work, most_work // TRY
        # Any mean that linkage can ask for is a whole number of these units: a mean over a x b pairs, or one halved n times.
        multiple = lcm(*range(1, n)) if linkage == "average" else 1
        spare = 1 << n if linkage == "weighted" else multiple**2
        denominator = lcm(*(key.denominator for key in keys.values()))
        self.unit = Fraction(1, denominator * spare)
        self._per_item = [multiple // size if linkage == "average" and size else 1 for size in range(n + 1)]
        scale = denominator * (spare if linkage == "weighted" else 1)
        rows = [[0] * n for _ in range(n)]
        for (i, j), key in keys.items():
            rows[i][j] = rows[j][i] = int(key * scale)
        self.states: list[tuple[Groups, Distances]] = []
        self.arcs: list[list[Arc]] = []
        self._known: dict[object, int] = {}
        self._near: dict[int, tied.Near] = {}
        self._state(tuple(1 << i for i in range(n)), tuple(map(tuple, rows)))
        for state, _ in enumerate(self.states):  # grows while it is gone through
            self.arcs.append(list(self._arcs_from(state)))
        self.order = sorted(range(len(self.states)), key=lambda state: (-len(self.states[state][0]), state))

    def tied(self, state: int) -> tuple[int, list[tuple[int, int]]]:
        """The smallest distance in a state, and the pairs of groups that are at it."""
        groups, rows = self.states[state]
        weights = [self._per_item[group.bit_count()] for group in groups]
        least = [weights[i] * min(map(mul, row[:i], weights)) for i, row in enumerate(rows[1:], start=1)]
        height = min(least)
        tied_rows = [i for i, value in enumerate(least, start=1) if value == height]
        return height, [(i, j) for i in tied_rows for j in range(i) if rows[i][j] * weights[i] * weights[j] == height]

    def near(self, state: int) -> tied.Near:
        """For each group of a state, the groups at the smallest distance from it."""
        if state not in self._near:
            self._near[state] = self._found_near(state)
        return self._near[state]

    def _found_near(self, state: int) -> tied.Near:
        found = [0] * len(self.states[state][0])
        for i, j in self.tied(state)[1]:
            found[i] |= 1 << j
            found[j] |= 1 << i
        return tuple(found)

    def partitions(self, k: int) -> Iterator[frozenset[int]]:
        """Every partition into k groups that some way to break ties comes through; some of them more than once."""
        for state, (groups, _) in enumerate(self.states):
            least = min((len(self.states[arc.to][0]) for arc in self.arcs[state]), default=1)
            if k == len(groups):
                yield frozenset(groups)
            elif least <= k < len(groups):
                for blocks in tied.shared_out_among(self.near(state), k, self.linkage == "single"):
                    yield frozenset(_union(groups, block) for block in blocks)

    @cached_property
    def kinds(self) -> int:
        """How many kinds of items there are; items of one kind have no distance from each other, and the same distances from all others.

        As many as items where a distance of 0 does not make two items of one kind, as with the overlap coefficient.
        """
        counts = Counter(self.states[0][1])
        return len(counts) if all(row.count(0) == count for row, count in counts.items()) else self.n

    def at_least(self, k: int) -> int:
        """No fewer partitions into k groups than this come of some way to break ties; found without a list of them."""
        ways = (tied.ways_to_share_out(self.near(state)) for state, (groups, _) in enumerate(self.states) if len(groups) > k)
        return max((counts[k] for counts in ways if k < len(counts)), default=0)

    def _state(self, groups: Groups, distances: Distances) -> int:
        key = (groups, distances) if self.linkage == "weighted" else groups
        self._left -= len(groups) ** 2
        if self._left < 0:
            raise TooManyError
        if key not in self._known:
            self._known[key] = len(self.states)
            self.states.append((groups, distances))
        return self._known[key]

    def _arcs_from(self, state: int) -> Iterator[Arc]:
        groups, _ = self.states[state]
        if len(groups) == 1:
            return
        height, pairs = self.tied(state)
        if len(pairs) == 1:  # no tie
            (i, j) = pairs[0]
            yield Arc(height, (Block(groups[i] | groups[j], (groups[j], groups[i])),), 1, self._state(*self._after_two(state, j, i)))
            return
        near = self.near(state)
        parts = [part for part in tied.components(near) if part.bit_count() > 1]
        linked = self._linked(near, parts) if self.linkage == "single" else None
        for choice in product(*(self._outcomes(near, part) for part in parts)):
            joined = [block for blocks in choice for block in blocks if block.bit_count() > 1]
            for blocks in product(*(self._blocks(state, points) for points in joined)):
                topologies = prod(block.topologies() for block in blocks) if linked is None else linked
                yield Arc(height, blocks, topologies, self._state(*self._after(state, blocks)))

    @staticmethod
    def _linked(near: tied.Near, parts: list[int]) -> int:
        try:
            return prod(tied.linked_hierarchies(tied.within(near, part)) for part in parts)
        except TooManyError:
            return 0

    def _outcomes(self, near: tied.Near, part: int) -> list[list[int]]:
        if self.linkage == "single":
            return [[part]]
        here = places(part)
        found = tied.outcomes(tied.within(near, part), self._most_tried)
        return [[sum(1 << here[point] for point in places(block)) for block in blocks] for blocks in found]

    def _blocks(self, state: int, points: int) -> list[Block]:
        """The block of these groups; in weighted linkage one for each shape, where the shape matters to what lies outside."""
        groups, distances = self.states[state]
        inside = places(points)
        parts, whole = tuple(groups[point] for point in inside), _union(groups, points)
        if self.linkage != "weighted" or len(inside) == 2:
            return [Block(whole, parts)]
        outside = [[distances[point][other] for other in range(len(groups)) if not points >> other & 1] for point in inside]
        alike = all(row == outside[0] for row in outside)
        return [Block(whole, parts)] if alike else [Block(whole, parts, shape) for shape in shapes.shapes(len(parts))]

    def _after_two(self, state: int, i: int, j: int) -> tuple[Groups, Distances]:
        """As `_after` for two groups only, which is the most frequent case."""
        groups, distances = self.states[state]
        kept = [place for place in range(len(groups)) if place not in (i, j)]
        whole = groups[i] | groups[j]
        at = sum(groups[place] < whole for place in kept)
        new = [JOINED[self.linkage](distances[i][place], distances[j][place]) for place in kept]
        rows = [[distances[one][other] for other in kept] for one in kept]
        for row, value in zip(rows, new, strict=True):
            row.insert(at, value)
        rows.insert(at, [*new[:at], 0, *new[at:]])
        after = [groups[place] for place in kept]
        after.insert(at, whole)
        return tuple(after), tuple(map(tuple, rows))

    def _after(self, state: int, blocks: tuple[Block, ...]) -> tuple[Groups, Distances]:
        groups, distances = self.states[state]
        place = {group: number for number, group in enumerate(groups)}
        made = {block.whole: [place[part] for part in block.parts] for block in blocks}
        gone = {part for block in blocks for part in block.parts}
        made |= {group: [number] for group, number in place.items() if group not in gone}
        depth = [0] * len(groups)
        for block in blocks:
            for part, joins in zip(block.parts, block.shape or shapes.any_shape(len(block.parts)), strict=True):
                depth[place[part]] = joins
        combined = _combined(self.linkage, distances, depth)
        after = tuple(sorted(made))
        rows = [[0] * len(after) for _ in after]
        for i, one in enumerate(after):
            for j in range(i):
                rows[i][j] = rows[j][i] = combined(made[one], made[after[j]])
        return after, tuple(map(tuple, rows))


def _union(groups: Groups, points: int) -> int:
    return sum(groups[point] for point in places(points))


def _combined(linkage: str, distances: Distances, depth: list[int]) -> Callable[[list[int], list[int]], int]:
    """The distance of two groups that are made of the old ones at these places."""
    if linkage == "average":
        return lambda one, other: sum(distances[i][j] for i in one for j in other)
    if linkage == "weighted":
        return lambda one, other: sum(distances[i][j] >> (depth[i] + depth[j]) for i in one for j in other)
    best = min if linkage == "single" else max
    return lambda one, other: best(distances[i][j] for i in one for j in other)
