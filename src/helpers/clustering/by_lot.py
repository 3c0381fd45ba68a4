"""Where ties are too many to follow, which trees come of breaking each by lot?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np

MOST_DRAWN = 1_000
FEW_ITEMS = 24  # up to which plain lists are quicker than arrays
Step = tuple[int, int, Fraction]  # two groups (as the bits of a whole number) and the height at which they join


def how_many(n: int) -> int:
    """How many trees of n items are drawn in some ten seconds: 1,000, or fewer of more than thirty items, and ten at least."""
    return max(10, min(MOST_DRAWN, 1_000_000 // n**2))


def drawn_trees(n: int, keys: Mapping[tuple[int, int], Fraction | int], linkage: str, draws: int, seed: int) -> list[tuple[Step, ...]]:
    """Trees whose ties were broken by lot, all open joins with the same chance. Items are known by their place, so seed and names decide all."""
    generator = np.random.default_rng(seed)
    denominator = lcm(*(key.denominator for key in keys.values()))
    scale = denominator << n if linkage == "weighted" else denominator
    square = np.zeros((n, n), dtype=object)
    for (i, j), key in keys.items():
        square[i, j] = square[j, i] = int(key * scale)
    drawn = _drawn if n <= FEW_ITEMS else _drawn_of_many
    return [tuple(drawn(square, linkage, scale, generator)) for _ in range(draws)]


def _drawn(square: np.ndarray, linkage: str, scale: int, generator: np.random.Generator) -> list[Step]:
    groups, distances, steps = [1 << i for i in range(len(square))], square.tolist(), []
    while len(groups) > 1:
        sizes = [group.bit_count() if linkage == "average" else 1 for group in groups]
        # Means as floats find the candidates; whole numbers decide which of them are equal.
        means = [(row[j] / (sizes[i] * sizes[j]), i, j) for i, row in enumerate(distances) for j in range(i)]
        limit = min(means)[0] * (1 + 1e-9)
        near = [(Fraction(distances[i][j], sizes[i] * sizes[j]), i, j) for mean, i, j in means if mean <= limit]
        height = min(near)[0]
        tied = [(i, j) for key, i, j in near if key == height]
        i, j = tied[int(generator.integers(len(tied)))]
        steps.append((groups[i], groups[j], height / scale))
        kept = [place for place in range(len(distances)) if place not in (i, j)]
        last = [_joined(linkage, distances[i][place], distances[j][place]) for place in kept]
        distances = [[*(distances[row][place] for place in kept), new] for row, new in zip(kept, last, strict=True)] + [[*last, 0]]
        groups = [group for place, group in enumerate(groups) if place not in (i, j)] + [groups[i] | groups[j]]
    return steps


def _drawn_of_many(square: np.ndarray, linkage: str, scale: int, generator: np.random.Generator) -> list[Step]:
    """As `_drawn`, to the same tree, but quick for many items: a group keeps the row of one of its parts, and rows are gone through at once."""
    n = len(square)
    square, groups, steps = square.copy(), [1 << i for i in range(n)], []
    age, sizes, means = np.arange(n), np.ones(n, dtype=int), (square / scale).astype(float)
    np.fill_diagonal(means, np.inf)
    for step in range(n - 1):
        height, i, j = _one_tied(np.nonzero(means <= means.min() * (1 + 1e-9)), square, sizes, age, generator)
        steps.append((groups[i], groups[j], height / scale))
        groups[i], groups[j], age[i] = groups[i] | groups[j], 0, n + step
        sizes[i] += sizes[j] if linkage == "average" else 0
        means[j], means[:, j] = np.inf, np.inf
        others = np.array([place for place, group in enumerate(groups) if group and place != i], dtype=int)
        square[i, others] = square[others, i] = _joined(linkage, square[i, others], square[j, others])
        means[i, others] = means[others, i] = (square[i, others] / ((sizes[others] * sizes[i]).astype(object) * scale)).astype(float)
        if len(others) < 0.7 * len(groups):  # the rows of groups that are gone cost time
            kept = sorted([*others, i])
            square, means = square[np.ix_(kept, kept)], means[np.ix_(kept, kept)]
            groups, age, sizes = [groups[place] for place in kept], age[kept], sizes[kept]
    return steps


def _one_tied(
    near: tuple[np.ndarray, ...], square: np.ndarray, sizes: np.ndarray, age: np.ndarray, generator: np.random.Generator
) -> tuple[Fraction, int, int]:
    """The smallest distance, and a pair of groups at it by lot; of a pair the one made later stands first."""
    later = age[near[0]] > age[near[1]]
    one, other = near[0][later], near[1][later]
    exact = list(zip(square[one, other].tolist(), (sizes[one] * sizes[other]).tolist(), strict=True))
    known = {key: Fraction(*key) for key in set(exact)}
    height = min(known.values())
    if any(key != height for key in known.values()):
        kept = [place for place, key in enumerate(exact) if known[key] == height]
        one, other = one[kept], other[kept]
    place = np.lexsort((age[other], age[one]))[int(generator.integers(len(one)))]
    return height, int(one[place]), int(other[place])


def _joined(linkage: str, one: Any, other: Any) -> Any:
    """The distances of a group made of two, from those of both: sums over all pairs for average linkage."""
    if linkage == "average":
        return one + other
    if linkage == "weighted":
        return (one + other) >> 1
    if isinstance(one, np.ndarray):
        return (np.minimum if linkage == "single" else np.maximum)(one, other)
    return (min if linkage == "single" else max)(one, other)


def balls(steps: Iterable[Step]) -> list[tuple[int, Fraction]]:
    """The groups of a tree with their heights; one that is joined further at the same height is none."""
    balls: dict[int, Fraction] = {}
    for a, b, height in steps:
        for part in (a, b):
            if balls.get(part) == height:
                del balls[part]
        balls[a | b] = height
    return sorted(balls.items(), key=lambda found: (found[1], found[0]))


def partition_after(steps: tuple[Step, ...], n: int, k: int) -> frozenset[int]:
    """The k groups that are left after n - k joins."""
    groups = {1 << place for place in range(n)}
    for a, b, _ in steps[: n - k]:
        groups -= {a, b}
        groups.add(a | b)
    return frozenset(groups)


def joins_of(balls: dict[int, Fraction], n: int) -> tuple[Step, ...]:
    """A tree as joins of two, from low to high; where several groups come together at one height, in the order of their first items."""
    groups = [1 << place for place in range(n)]
    steps: list[Step] = []
    for ball, height in sorted(balls.items(), key=lambda found: (found[1], found[0].bit_count(), found[0])):
        parts = sorted((group for group in groups if group & ball), key=lambda group: group & -group)
        groups = [group for group in groups if not group & ball] + [ball]
        grown = parts[0]
        for part in parts[1:]:
            steps.append((grown, part, height))
            grown |= part
    return tuple(steps)
