"""A map of two axes: points with their names beside them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from ..style import INK, PAPER, QUIET, RULE, SMALL_PT, TEXT_PT, YES
from .labels import Box, Placed, leader_end, place_labels
from .page import text_height, text_width, write

MARKS = {
    "item": {"marker": "o", "markersize": 4.2, "color": INK, "markeredgecolor": PAPER},
    "yes": {"marker": "s", "markersize": 4.6, "color": YES, "markeredgecolor": YES},
    "no": {"marker": "s", "markersize": 4.6, "color": PAPER, "markeredgecolor": YES},
}
HALO = {"facecolor": PAPER, "edgecolor": "none", "pad": 0.3}  # so that no axis runs through a name
PADDING = 0.12  # of the side, free of points


def scaling(points: pd.DataFrame, area: Box) -> Callable[[float, float], tuple[float, float]]:
    """How coordinates become places on the page: both axes in one scale, the points in the middle.

    Parameters
    ----------
    points : DataFrame with columns `x`, `y`
    area : Box

    Returns
    -------
    callable
        (x, y) to (x, y) in millimetres.
    """
    room = (area.right - area.left) * (1 - 2 * PADDING), (area.bottom - area.top) * (1 - 2 * PADDING)
    least, most = points[["x", "y"]].min(), points[["x", "y"]].max()
    scale = min(room[0] / max(most["x"] - least["x"], 1e-9), room[1] / max(most["y"] - least["y"], 1e-9))
    middle, centre = (least + most) / 2, ((area.left + area.right) / 2, (area.top + area.bottom) / 2)
    return lambda x, y: (float(centre[0] + (x - middle["x"]) * scale), float(centre[1] - (y - middle["y"]) * scale))


def scaled(points: pd.DataFrame, area: Box) -> list[tuple[float, float]]:
    """Where the points stand, in millimetres."""
    place = scaling(points, area)
    return [place(x, y) for x, y in zip(points["x"], points["y"], strict=True)]


def laid_out(points: pd.DataFrame, area: Box) -> list[Placed | None] | None:
    """Where the names stand, or None if there is no room for them.

    Parameters
    ----------
    points : DataFrame with columns `x`, `y`, `label`
        An empty label needs no place.
    area : Box
    """
    inside = Box(area.left + 0.5, area.top + 0.5, area.right - 0.5, area.bottom - 0.5)
    sizes = [(text_width(label, SMALL_PT), text_height(label, SMALL_PT)) if label else None for label in points["label"]]
    return place_labels(scaled(points, area), sizes, inside)


def draw_map(ax: Axes, points: pd.DataFrame, placed: Sequence[Placed | None], area: Box, axis_names: tuple[str, str]) -> Axes:
    """Draw a map on a page.

    Parameters
    ----------
    ax : Axes
        A page in millimetres (`new_page`).
    points : DataFrame with columns `x`, `y`, `label`, `kind`
        `kind` is "item", "yes" or "no".
    placed : sequence of Placed
        As from `laid_out`.
    area : Box
    axis_names : (str, str)
        Written below and beside the map.

    Returns
    -------
    Axes
    """
    ax.add_patch(Rectangle((area.left, area.top), area.right - area.left, area.bottom - area.top, facecolor="none", edgecolor=RULE, linewidth=0.6))
    origin, spots = scaling(points, area)(0, 0), scaled(points, area)
    if area.holds(*origin):
        ax.plot([origin[0]] * 2, [area.top, area.bottom], color=RULE, linewidth=0.5, zorder=0)
        ax.plot([area.left, area.right], [origin[1]] * 2, color=RULE, linewidth=0.5, zorder=0)
    for point, spot, place in zip(points.itertuples(), spots, placed, strict=True):
        ax.plot(*spot, linestyle="none", zorder=3, gid=point.kind, **MARKS[point.kind])
        if place is None:
            continue
        if place.leader:
            end = leader_end(spot, place.box)
            ax.plot([spot[0], end[0]], [spot[1], end[1]], color=QUIET, linewidth=0.4, zorder=1)
        colour = INK if point.kind == "item" else YES
        write(ax, place.box.left, (place.box.top + place.box.bottom) / 2, point.label, SMALL_PT, color=colour, bbox=HALO)
    write(ax, (area.left + area.right) / 2, area.bottom + 3, axis_names[0], TEXT_PT, ha="center", color=QUIET)
    write(ax, area.left - 2.5, (area.top + area.bottom) / 2, axis_names[1], TEXT_PT, ha="center", va="center", rotation=90, color=QUIET)
    return ax
