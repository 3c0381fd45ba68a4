"""An order as a diagram of boxes: what stands higher and is joined by a line upwards has more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from ..style import INK, PAPER, QUIET, TEXT_PT, YES
from .layers import laid_out
from .page import text_height, text_width, wrap, write

GAP = 4.0
LAYER_GAP = 9.0
PADDING = 1.4
WIDEST, NARROWEST = 42.0, 24.0


@dataclass(frozen=True)
class Node:
    """One box.

    Attributes
    ----------
    head, body : tuple of str
        Names above, in bold, and names below; a box with neither is a dot.
    level : int
        The layer, 0 for the lowest.
    """

    head: tuple[str, ...]
    body: tuple[str, ...]
    level: int


def order_width(nodes: Sequence[Node], edges: Sequence[tuple[int, int]]) -> float:
    """The least width the diagram needs, in millimetres."""
    return _drawing(nodes, edges, 0.0)[1].width


def draw_order(ax: Axes, nodes: Sequence[Node], edges: Sequence[tuple[int, int]], left: float, top: float, width: float) -> list[float]:
    """Draw the diagram.

    Parameters
    ----------
    ax : Axes
        A page in millimetres (`new_page`).
    nodes : sequence of Node
    edges : sequence of (int, int)
        The places of the lower and the upper node of each line.
    left, top, width : float
        In millimetres; at least `order_width`.

    Returns
    -------
    list of float
        The middle of each layer, the lowest first, and last the y below the diagram, in millimetres.
    """
    boxes, layout = _drawing(nodes, edges, width)
    sides = [x + side * box.width / 2 for x, box in zip(layout.x, boxes, strict=True) for side in (-1, 1)] + [
        x for route in layout.routes for _, x in route
    ]
    left += (width - max(sides) - min(sides)) / 2
    tall = [max((boxes[node].height for node in layer), default=0.0) for layer in layout.layers]
    middles, y = [0.0] * len(tall), top
    for level in reversed(range(len(tall))):
        middles[level] = y + tall[level] / 2
        y += tall[level] + LAYER_GAP
    for (lower, upper), route in zip(edges, layout.routes, strict=True):
        points = [(left + route[0][1], middles[route[0][0]] - boxes[lower].height / 2)]
        for level, x in route:  # upright through a layer, aslant between layers only
            points += [(left + x, middles[level] + tall[level] / 2), (left + x, middles[level] - tall[level] / 2)]
        points = [points[0], *points[2:-1], (left + route[-1][1], middles[route[-1][0]] + boxes[upper].height / 2)]
        ax.plot(*zip(*points, strict=True), color=QUIET, linewidth=0.8, zorder=1, gid="line", solid_joinstyle="round")
    for node, box in enumerate(boxes):
        box.draw(ax, left + layout.x[node], middles[nodes[node].level])
    return [*middles, y - LAYER_GAP]


class _Box:
    """The size and the text of a node."""

    def __init__(self, node: Node, width: float):
        self.head, self.body = ([wrap(name, width - 2 * PADDING, weight=weight) for name in names] for names, weight in _parts(node))
        lines = [(text, "bold") for text in self.head] + [(text, "normal") for text in self.body]
        self.width = max((text_width(text, TEXT_PT, weight) for text, weight in lines), default=0.0) + 2 * PADDING if lines else 2.4
        self.height = sum(text_height(text) for text, _ in lines) + 2 * PADDING if lines else 2.4

    def draw(self, ax: Axes, x: float, middle: float) -> None:
        if not self.head and not self.body:
            ax.plot(x, middle, "o", markersize=4, color=PAPER, markeredgecolor=QUIET, zorder=3, gid="dot")
            return
        edge = YES if self.body else QUIET
        left, y = x - self.width / 2, middle - self.height / 2
        ax.add_patch(Rectangle((left, y), self.width, self.height, facecolor=PAPER, edgecolor=edge, linewidth=0.8, zorder=2, gid="node"))
        y += PADDING
        for texts, weight in ((self.head, "bold"), (self.body, "normal")):
            for text in texts:
                write(ax, x, y + text_height(text) / 2, text, ha="center", weight=weight, color=INK, zorder=3, ma="center")
                y += text_height(text)


def _parts(node: Node):
    return (node.head, "bold"), (node.body, "normal")


def _drawing(nodes: Sequence[Node], edges: Sequence[tuple[int, int]], width: float):
    """The boxes, as wide as the page lets them be, and their places."""
    box_width = WIDEST
    while True:
        boxes = [_Box(node, box_width) for node in nodes]
        layout = laid_out([box.width for box in boxes], [node.level for node in nodes], edges, GAP, width)
        if layout.width <= width or box_width <= NARROWEST:
            return boxes, layout
        box_width -= 3.0
