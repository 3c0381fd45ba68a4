"""Where do the nodes of an order stand, so that lines go up, cross seldom and never pass behind a node?

Nodes stand in layers. A line that spans several layers is led through a narrow place of its own in each layer between (Sugiyama, Tagawa and Toda
1981, IEEE Trans Syst Man Cybern 11:109-125).
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

SWEEPS = 40
SETTLE = 60
PASSAGE = 2.0  # the width of a place a line is led through, in millimetres


@dataclass(frozen=True)
class Layout:
    """Places on the page.

    Attributes
    ----------
    x : list of float
        The middle of each node, in millimetres from the left edge of the drawing.
    layers : list of list of int
        The nodes of each layer from left to right, the lowest layer first.
    routes : list of list of (int, float)
        For each line the layers it passes, the two ends included, and its x in each.
    width : float
        Of the widest layer, in millimetres.
    """

    x: list[float]
    layers: list[list[int]]
    routes: list[list[tuple[int, float]]]
    width: float


def heights(n: int, edges: Sequence[tuple[int, int]]) -> list[int]:
    """The layer of each node: as many steps above the lowest as the longest way up to it has.

    >>> heights(3, [(0, 1), (1, 2), (0, 2)])
    [0, 1, 2]
    """
    found = [0] * n
    for _ in range(n):
        for lower, upper in edges:
            found[upper] = max(found[upper], found[lower] + 1)
    return found


def laid_out(widths: Sequence[float], levels: Sequence[int], edges: Sequence[tuple[int, int]], gap: float, width: float) -> Layout:
    """Order the nodes of each layer and find their places.

    Parameters
    ----------
    widths : sequence of float
        Of the nodes, in millimetres.
    levels : sequence of int
        The layer of each node, 0 for the lowest.
    edges : sequence of (int, int)
        The lower and the upper node of each line.
    gap : float
        Between neighbours in a layer, in millimetres.
    width : float
        What there is, in millimetres. The drawing is wider if a layer does not fit.
    """
    sizes, layers, links, chains = _with_passages(widths, levels, edges)
    _untangle(layers, links)
    needed = max(sum(sizes[node] for node in layer) + gap * (len(layer) - 1) for layer in layers)
    x = _settled(layers, links, sizes, gap, max(width, needed))
    routes = [[(level, x[node]) for level, node in chain] for chain in chains]
    return Layout(x[: len(widths)], [[node for node in layer if node < len(widths)] for layer in layers], routes, needed)


def crossings(layers: Sequence[Sequence[int]], links: Sequence[tuple[int, int]]) -> int:
    """How often lines between neighbouring layers cross."""
    place = {node: position for layer in layers for position, node in enumerate(layer)}
    level = {node: number for number, layer in enumerate(layers) for node in layer}
    ends: dict[int, list[tuple[int, int]]] = {}
    for lower, upper in links:
        ends.setdefault(level[lower], []).append((place[lower], place[upper]))
    found = 0
    for pairs in ends.values():
        before: list[int] = []  # upper ends of the lines further left, from left to right
        for _, upper in sorted(pairs):  # of lines that begin at one node, none crosses another
            found += len(before) - bisect_right(before, upper)
            insort(before, upper)
    return found


def _with_passages(widths: Sequence[float], levels: Sequence[int], edges: Sequence[tuple[int, int]]):
    """Nodes and passages together: their widths, the layers, the lines between neighbouring layers, and what each line passes."""
    sizes, layers, links, chains = list(widths), [[] for _ in range(max(levels) + 1)], [], []
    for node, level in enumerate(levels):
        layers[level].append(node)
    for lower, upper in edges:
        chain = [(levels[lower], lower)]
        for level in range(levels[lower] + 1, levels[upper]):
            sizes.append(PASSAGE)
            layers[level].append(len(sizes) - 1)
            chain.append((level, len(sizes) - 1))
        chain.append((levels[upper], upper))
        links += [(below, above) for (_, below), (_, above) in pairwise(chain)]
        chains.append(chain)
    return sizes, layers, links, chains


def _untangle(layers: list[list[int]], links: list[tuple[int, int]]) -> None:
    """Bring each layer into the order of its neighbours' middles, up and down in turn, then exchange neighbours as long as it helps."""
    below: list[list[int]] = [[] for layer in layers for _ in layer]
    above: list[list[int]] = [[] for _ in below]
    for lower, upper in links:
        below[upper].append(lower)
        above[lower].append(upper)
    best, least = [list(layer) for layer in layers], crossings(layers, links)
    for sweep in range(SWEEPS):
        upwards = sweep % 2 == 0
        for number in range(1, len(layers)) if upwards else reversed(range(len(layers) - 1)):
            fixed = layers[number - 1 if upwards else number + 1]
            place = {node: position for position, node in enumerate(fixed)}
            middle = {}
            for position, node in enumerate(layers[number]):
                beside = [place[other] for other in (below[node] if upwards else above[node])]
                middle[node] = sum(beside) / len(beside) if beside else position
            layers[number].sort(key=middle.__getitem__)
        now = crossings(layers, links)
        if now < least:
            best, least = [list(layer) for layer in layers], now
    at = {node: position for layer in best for position, node in enumerate(layer)}
    helped = True
    while helped and least:
        helped = False
        for layer in best:
            for position in range(len(layer) - 1):
                one, other = layer[position : position + 2]
                turned = [(at[a] > at[b]) - (at[a] < at[b]) for ends in (below, above) for a in ends[one] for b in ends[other]]
                if sum(turned) > 0:  # so many crossings fewer once the two have changed places
                    layer[position : position + 2] = other, one
                    at[one], at[other] = position + 1, position
                    least, helped = least - sum(turned), True
    layers[:] = best


def _settled(layers: list[list[int]], links: list[tuple[int, int]], sizes: list[float], gap: float, width: float) -> list[float]:
    """Each node as near to the middle of its neighbours as the others of its layer allow."""
    x = [0.0] * len(sizes)
    for layer in layers:
        total = sum(sizes[node] for node in layer) + gap * (len(layer) - 1)
        left = (width - total) / 2
        for node in layer:
            x[node] = left + sizes[node] / 2
            left += sizes[node] + gap
    beside: list[list[int]] = [[] for _ in sizes]
    for lower, upper in links:
        beside[lower].append(upper)
        beside[upper].append(lower)
    for _ in range(SETTLE):
        for layer in layers:
            wanted = [sum(x[other] for other in beside[node]) / len(beside[node]) if beside[node] else x[node] for node in layer]
            for node, place in zip(layer, _apart(wanted, [sizes[node] for node in layer], gap, width), strict=True):
                x[node] = place
    return x


def _apart(wanted: list[float], sizes: list[float], gap: float, width: float) -> list[float]:
    """The places nearest to those wanted (least squares) at which the nodes of a layer keep their order and their distance."""
    shift = [0.0]
    for one, other in pairwise(sizes):
        shift.append(shift[-1] + (one + other) / 2 + gap)
    blocks: list[tuple[float, int]] = []  # pooled neighbours: their mean, and how many they are
    for place, offset in zip(wanted, shift, strict=True):
        mean, count = place - offset, 1
        while blocks and blocks[-1][0] > mean:
            before, number = blocks.pop()
            mean, count = (mean * count + before * number) / (count + number), count + number
        blocks.append((mean, count))
    level = [mean for mean, count in blocks for _ in range(count)]
    low, high = sizes[0] / 2, width - sizes[-1] / 2 - shift[-1]
    return [min(max(value, low), high) + offset for value, offset in zip(level, shift, strict=True)]
