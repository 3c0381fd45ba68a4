"""While the smallest distance stays the same, which groups can come of the joins it allows, and how likely is each outcome?

The groups at the smallest distance from each other are the points of a graph, joined by lines. In average, complete and weighted linkage two
groups stay at that distance as long as all their parts are, so what is joined at one height is always a set of points of which every two are
joined by a line (a clique). The outcomes are the ways to share out the points among cliques of which no two make one clique together. In
single linkage everything that hangs together becomes one group.

A set of points is kept as the bits of a whole number; `near` holds, for each point, its neighbours.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from itertools import combinations

MOST_OUTCOMES, MOST_TRIED = 20_000, 400_000
MOST_STEPS = 400_000
MANY_POINTS = 12  # of which it is worth asking how many blocks they need, before blocks are tried in vain
MOST_LINKED = 3_000  # sets of points that hang together
Near = tuple[int, ...]
Outcome = tuple[int, ...]


class TooManyError(Exception):
    """More ways than can be followed in a few seconds."""


@lru_cache(maxsize=1 << 16)
def places(points: int) -> tuple[int, ...]:
    """The points of a set, lowest first."""
    return tuple(place for place in range(points.bit_length()) if points >> place & 1)


def components(near: Near) -> list[int]:
    """The sets of points that hang together."""
    left, found = (1 << len(near)) - 1, []
    while left:
        found.append(_grown(near, left & -left, left))
        left &= ~found[-1]
    return found


def within(near: Near, points: int) -> Near:
    """The part of a graph on some of its points, numbered from 0."""
    kept = places(points)
    return tuple(sum(1 << new for new, old in enumerate(kept) if near[point] >> old & 1) for point in kept)


def hierarchies(n: int) -> int:
    """How many rooted binary trees there are on n named leaves: (2n - 3)!!, that is 1, 1, 3, 15, 105 ...

    >>> [hierarchies(n) for n in (1, 2, 3, 4, 5)]
    [1, 1, 3, 15, 105]
    """
    product = 1
    for factor in range(3, 2 * n - 2, 2):
        product *= factor
    return product


def hierarchies_with(n: int, inside: int) -> int:
    """How many of them hold a given group of some of the leaves."""
    return hierarchies(inside) * hierarchies(n - inside + 1)


@lru_cache(maxsize=50_000)
def outcomes(near: Near, most_tried: int = MOST_TRIED) -> tuple[Outcome, ...]:
    """Every way to share out the points of a graph among cliques of which no two could still be joined.

    TooManyError is raised for more than MOST_OUTCOMES, or if more than `most_tried` cliques would have to be tried.

    >>> outcomes((0b010, 0b101, 0b010))  # a line of three points: the middle one goes with one neighbour or the other
    ((1, 6), (3, 4))
    """
    everything = (1 << len(near)) - 1
    if _is_clique(near, everything):
        return ((everything,),)
    found: list[Outcome] = []
    for outcome in _shared_out(near, everything, (), iter(range(most_tried))):
        found.append(outcome)
        if len(found) > MOST_OUTCOMES:
            raise TooManyError
    return tuple(sorted(found))


@lru_cache(maxsize=50_000)
def chances(near: Near) -> dict[Outcome, Fraction]:
    """How likely each outcome is if at every step one of the joins that are open is chosen, each with the same chance."""
    everything = (1 << len(near)) - 1
    if _is_clique(near, everything):
        return {(everything,): Fraction(1)}
    ways: dict[frozenset[int], Fraction] = {frozenset(1 << point for point in range(len(near))): Fraction(1)}
    ended: dict[Outcome, Fraction] = {}
    work = 0
    while ways:
        after: dict[frozenset[int], Fraction] = {}
        for blocks, chance in ways.items():
            pairs = [(a, b) for a, b in combinations(sorted(blocks), 2) if is_joined(near, a, b)]
            work += 1 + len(pairs)
            if work > MOST_STEPS:
                raise TooManyError
            if not pairs:
                ended[tuple(sorted(blocks))] = ended.get(tuple(sorted(blocks)), Fraction(0)) + chance
            for a, b in pairs:
                joined = blocks - {a, b} | {a | b}
                after[joined] = after.get(joined, Fraction(0)) + chance / len(pairs)
        ways = after
    return ended


@lru_cache(maxsize=5_000)
def linked_hierarchies(near: Near) -> int:
    """How many binary trees come of joining points that hang together, two linked groups at a time (single linkage)."""
    return _linked_trees(near, (1 << len(near)) - 1, {})


def shared_out_among(near: Near, k: int, linked: bool) -> Iterator[Outcome]:
    """Every way to share out the points among k cliques (or among k sets that hang together)."""
    yield from _among(near, (1 << len(near)) - 1, k, linked)


@lru_cache(maxsize=50_000)
def ways_to_share_out(near: Near) -> tuple[int, ...]:
    """For each k, how many ways there are to share out the points among k cliques; of no k any, where some points that hang together are no clique.

    >>> ways_to_share_out((0b110, 0b101, 0b011))  # three points, all joined
    (0, 1, 3, 1)
    """
    ways = [1]
    for part in components(near):
        if not _is_clique(near, part):
            return ()
        row = [1]  # Stirling numbers of the second kind
        for _ in range(part.bit_count()):
            row = [0] + [k * (row[k] if k < len(row) else 0) + row[k - 1] for k in range(1, len(row) + 1)]
        ways = [sum(ways[i] * row[k - i] for i in range(len(ways)) if 0 <= k - i < len(row)) for k in range(len(ways) + len(row) - 1)]
    return tuple(ways)


def _among(near: Near, left: int, k: int, linked: bool) -> Iterator[Outcome]:
    if k == left.bit_count():
        yield tuple(1 << point for point in places(left))
        return
    if not 0 < k < left.bit_count():
        return
    first, most = left & -left, left.bit_count() - k + 1  # so that every other block can hold a point
    blocks = _linked_sets(near, first, left, most) if linked else _cliques(near, first, left, most)
    if left.bit_count() > MANY_POINTS:
        fewest, together = _fewest(near, left, linked), _grown(near, first, left)
        if k < fewest:
            return
        if k == fewest and (linked or _is_clique(near, together)):  # else more blocks would be needed than are left
            blocks = iter([together])
    for block in blocks:
        for rest in _among(near, left & ~block, k - 1, linked):
            yield (block, *rest)


def _fewest(near: Near, left: int, linked: bool) -> int:
    """No fewer blocks can hold these points: no two of the points counted can be in one."""
    fewest = 0
    while left:
        first = left & -left
        left &= ~(_grown(near, first, left) if linked else near[first.bit_length() - 1] | first)
        fewest += 1
    return fewest


def _grown(near: Near, grown: int, left: int) -> int:
    """These points and all that hang together with them among the points left."""
    while (more := (_neighbours(near, grown) & left) | grown) != grown:
        grown = more
    return grown


def _shared_out(near: Near, left: int, done: Outcome, tries: Iterator[int]) -> Iterator[Outcome]:
    if not left:
        yield done
        return
    for clique in _cliques(near, left & -left, left):
        if next(tries, None) is None:
            raise TooManyError
        if not any(is_joined(near, clique, other) for other in done):
            yield from _shared_out(near, left & ~clique, (*done, clique), tries)


def _cliques(near: Near, clique: int, left: int, most: int | None = None) -> Iterator[int]:
    """Every clique among the points left that begins with these, of at most so many points."""
    yield clique
    if clique.bit_count() == most:
        return
    for point in places(_common(near, clique) & left):
        if 1 << point > clique:
            yield from _cliques(near, clique | 1 << point, left, most)


def _linked_sets(near: Near, start: int, left: int, most: int | None = None) -> Iterator[int]:
    """Every set of at most so many points left that hangs together and holds these; each once, since a point passed over is never taken again."""
    yield start
    if start.bit_count() == most:
        return
    beside = _neighbours(near, start) & left & ~start
    for point in places(beside):
        yield from _linked_sets(near, start | 1 << point, left, most)
        left &= ~(1 << point)


def _linked_trees(near: Near, points: int, known: dict[int, int]) -> int:
    if _is_clique(near, points):
        return hierarchies(points.bit_count())
    if points not in known:
        if len(known) > MOST_LINKED:
            raise TooManyError
        first, total = points & -points, 0
        for part in _linked_sets(near, first, points):
            other = points & ~part
            if other and _hangs_together(near, other):
                total += _linked_trees(near, part, known) * _linked_trees(near, other, known)
        known[points] = total
    return known[points]


def _neighbours(near: Near, points: int) -> int:
    found = 0
    for point in places(points):
        found |= near[point]
    return found


def _common(near: Near, points: int) -> int:
    """The points that are neighbours of all of these."""
    found = -1
    for point in places(points):
        found &= near[point]
    return found


def is_joined(near: Near, a: int, b: int) -> bool:
    return _common(near, a) & b == b


def _is_clique(near: Near, points: int) -> bool:
    return all((near[point] | 1 << point) & points == points for point in places(points))


def _hangs_together(near: Near, points: int) -> bool:
    return _grown(near, points & -points, points) == points
