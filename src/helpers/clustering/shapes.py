"""Weighted linkage remembers in which order the parts of a group were joined: which orders are there, and how likely is each?

In a tree of the parts, a part that was joined d times weighs 1/2 to the power of d. The depths of all parts are the shape of the join.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from itertools import combinations

from .tied import Near, Outcome, TooManyError, is_joined, places

MOST_PARTS = 7  # 10,395 orders
MOST_SHAPED_STEPS = 100_000
Shape = tuple[int, ...]  # how often each part of a join was joined: its depth in the tree of the parts


@lru_cache(maxsize=16)
def shapes(n: int) -> dict[Shape, dict[int, int]]:
    """For n parts that become one by joins of two: the depths each part can have, and how many trees give them.

    For each shape, the number of trees that hold each group of parts; the whole counts all trees.

    >>> shapes(3)[1, 2, 2]
    {6: 1, 7: 1}
    """
    if n > MOST_PARTS:
        raise TooManyError
    found: dict[Shape, dict[int, int]] = {}
    for groups in _binary_trees((1 << n) - 1):
        shape = tuple(sum(group >> part & 1 for group in groups) for part in range(n))
        counts = found.setdefault(shape, {})
        for group in groups:
            counts[group] = counts.get(group, 0) + 1
    return {shape: dict(sorted(found[shape].items())) for shape in sorted(found)}


Blocks = tuple[tuple[int, Shape], ...]


@lru_cache(maxsize=500)
def shaped_chances(near: Near) -> dict[Outcome, list[tuple[Blocks, Fraction]]]:
    """As `tied.chances`: for each outcome the shapes that its cliques can have, and how likely each is."""
    start = tuple((1 << point, (0,)) for point in range(len(near)))
    ways: dict[Blocks, Fraction] = {start: Fraction(1)}
    ended: dict[Outcome, dict[Blocks, Fraction]] = {}
    work = 0
    while ways:
        after: dict[Blocks, Fraction] = {}
        for blocks, chance in ways.items():
            pairs = [(a, b) for a, b in combinations(blocks, 2) if is_joined(near, a[0], b[0])]
            work += 1 + len(pairs)
            if work > MOST_SHAPED_STEPS:
                raise TooManyError
            if not pairs:
                found = ended.setdefault(tuple(sorted(points for points, _ in blocks)), {})
                found[blocks] = found.get(blocks, Fraction(0)) + chance
            for a, b in pairs:
                joined = tuple(sorted([*(block for block in blocks if block not in (a, b)), _deeper(a, b)]))
                after[joined] = after.get(joined, Fraction(0)) + chance / len(pairs)
        ways = after
    return {outcome: list(found.items()) for outcome, found in ended.items()}


def _binary_trees(points: int) -> Iterator[tuple[int, ...]]:
    """Every rooted binary tree on these points, as its groups of two or more."""
    if points.bit_count() == 1:
        yield ()
        return
    first = points & -points
    rest = points & ~first
    other = rest
    while other:  # every part of the rest but nothing
        for left in _binary_trees(points & ~other):
            for right in _binary_trees(other):
                yield (points, *left, *right)
        other = (other - 1) & rest


def _deeper(a: tuple[int, Shape], b: tuple[int, Shape]) -> tuple[int, Shape]:
    depths = {**dict(zip(places(a[0]), a[1], strict=True)), **dict(zip(places(b[0]), b[1], strict=True))}
    return a[0] | b[0], tuple(depths[point] + 1 for point in sorted(depths))


def any_shape(n: int) -> Shape:
    """The shape of joining one part after the other, for where every shape gives the same."""
    return (n - 1, *range(n - 1, 0, -1))
