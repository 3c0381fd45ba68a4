"""Where ties are too many to follow, which trees come of breaking each by lot?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import lcm

import numpy as np

Step = tuple[int, int, Fraction]  # two groups (as the bits of a whole number) and the height at which they join


def how_many(n: int) -> int:
    """How many trees of n items are drawn in some ten seconds: 1,000, or fewer of more than thirty items."""
    return max(20, min(1_000, 30_000_000 // n**3))


def drawn_trees(n: int, keys: Mapping[tuple[int, int], Fraction | int], linkage: str, draws: int, seed: int) -> list[tuple[Step, ...]]:
    """Trees whose ties were broken by lot, all open joins with the same chance. Items are known by their place, so seed and names decide all."""
    generator = np.random.default_rng(seed)
    denominator = lcm(*(key.denominator for key in keys.values()))
    scale = denominator << n if linkage == "weighted" else denominator
    square = np.zeros((n, n), dtype=object)
    for (i, j), key in keys.items():
        square[i, j] = square[j, i] = int(key * scale)
    return [tuple(_drawn(square, linkage, scale, generator)) for _ in range(draws)]


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
        distances = _without(distances, i, j, linkage)
        groups = [group for place, group in enumerate(groups) if place not in (i, j)] + [groups[i] | groups[j]]
    return steps


def _without(distances: list[list[int]], i: int, j: int, linkage: str) -> list[list[int]]:
    """The distances once two groups are one, which stands last. Average linkage keeps sums over all pairs."""
    kept = [place for place in range(len(distances)) if place not in (i, j)]
    to_both = [(distances[i][place], distances[j][place]) for place in kept]
    if linkage == "average":
        last = [a + b for a, b in to_both]
    elif linkage == "weighted":
        last = [(a + b) >> 1 for a, b in to_both]
    else:
        last = [(min if linkage == "single" else max)(a, b) for a, b in to_both]
    return [[*(distances[row][place] for place in kept), new] for row, new in zip(kept, last, strict=True)] + [[*last, 0]]


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
        groups = groups - {a, b} | {a | b}
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
