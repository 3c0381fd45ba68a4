"""Where do the names on a map stand so that none covers another, a point or the edge?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, sin

DIRECTIONS = 24
FIRST_RADIUS, RADIUS_STEP, RADII = 2.2, 1.6, 22
LEADER_FROM = 2.5  # a name farther from its point than this is joined to it by a line
APART = (1.5, 0.3)  # from the marks of other points, so that a name is seen to belong to its own; less only where it must be


@dataclass(frozen=True)
class Box:
    """A rectangle in millimetres, y downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box, gap: float = 0.0) -> bool:
        return self.left < other.right + gap and other.left < self.right + gap and self.top < other.bottom + gap and other.top < self.bottom + gap

    def holds(self, x: float, y: float) -> bool:
        return self.left <= x <= self.right and self.top <= y <= self.bottom


@dataclass(frozen=True)
class Placed:
    """Where a name stands, and whether a line joins it to its point."""

    box: Box
    leader: bool


def place_labels(
    points: Sequence[tuple[float, float]], sizes: Sequence[tuple[float, float] | None], area: Box, mark: float = 1.2
) -> list[Placed | None] | None:
    """Find a place for every name, the nearest free one to its point.

    Parameters
    ----------
    points : sequence of (x, y)
        In millimetres.
    sizes : sequence of (width, height)
        Of each point's name, in millimetres; None for a point without a name.
    area : Box
        Where names may stand.
    mark : float
        Half the size of a point's mark, in millimetres.

    Returns
    -------
    list of (Placed or None), or None
        As the points. None if there is no room. Points in a crowd choose first, so the result does not depend on luck.

    Examples
    --------
    >>> place_labels([(10, 10)], [(8, 3)], Box(0, 0, 40, 40))[0].box
    Box(left=12.2, top=8.5, right=20.2, bottom=11.5)
    """
    return next((placed for apart in APART if (placed := _placed(points, sizes, area, mark, apart))), None)


def _placed(
    points: Sequence[tuple[float, float]], sizes: Sequence[tuple[float, float] | None], area: Box, mark: float, apart: float
) -> list[Placed | None] | None:
    marks = [Box(x - mark, y - mark, x + mark, y + mark) for x, y in points]
    crowd = [sum(hypot(x - other_x, y - other_y) < 15 for other_x, other_y in points) for x, y in points]
    placed: dict[int, Placed] = {}
    for number in sorted(range(len(points)), key=lambda n: (-crowd[n], n)):
        size = sizes[number]
        if size is None:
            continue
        taken = [other.box for other in placed.values()]
        lines = [_line(points[n], other.box) for n, other in placed.items() if other.leader]
        for candidate in _candidates(points[number], size):
            if _free(candidate, points[number], area, marks, marks[number], taken, lines, apart):
                placed[number] = candidate
                break
        else:
            return None
    return [placed.get(number) for number in range(len(points))]


def _candidates(point: tuple[float, float], size: tuple[float, float]) -> list[Placed]:
    """Places around a point, near ones first, and to the right before elsewhere."""
    (x, y), (width, height) = point, size
    places = []
    for ring in range(RADII):
        radius = FIRST_RADIUS + ring * RADIUS_STEP
        for step in sorted(range(DIRECTIONS), key=lambda s: min(s, DIRECTIONS - s)):
            angle = 2 * pi * step / DIRECTIONS
            middle_x = x + radius * cos(angle) + width / 2 * _side(cos(angle))
            middle_y = y + radius * sin(angle) + height / 2 * _side(sin(angle))
            box = Box(middle_x - width / 2, middle_y - height / 2, middle_x + width / 2, middle_y + height / 2)
            places.append(Placed(box, radius > LEADER_FROM))
    return places


def _side(part: float) -> float:
    """-1, 0 or 1, gently: a name right above a point is centred over it."""
    return max(-1.0, min(1.0, part * 1.6))


def _free(
    candidate: Placed,
    point: tuple[float, float],
    area: Box,
    marks: list[Box],
    own: Box,
    taken: list[Box],
    lines: list[list[tuple[float, float]]],
    apart: float,
) -> bool:
    box = candidate.box
    if not (area.holds(box.left, box.top) and area.holds(box.right, box.bottom)):
        return False
    if any(box.meets(other, 0.4) for other in taken) or any(box.meets(mark, 0.3 if mark == own else apart) for mark in marks):
        return False
    if any(box.holds(x, y) for line in lines for x, y in line):
        return False
    leader = _line(point, box) if candidate.leader else []
    return not any(other.holds(x, y) for other in [*taken, *(mark for mark in marks if mark != own)] for x, y in leader)


def _line(point: tuple[float, float], box: Box) -> list[tuple[float, float]]:
    """Points along the line from a point to the nearest edge of its name."""
    end_x, end_y = leader_end(point, box)
    return [(point[0] + (end_x - point[0]) * t / 20, point[1] + (end_y - point[1]) * t / 20) for t in range(21)]


def leader_end(point: tuple[float, float], box: Box) -> tuple[float, float]:
    """The spot on a name's edge that is nearest to its point."""
    return min(max(point[0], box.left), box.right), min(max(point[1], box.top), box.bottom)
