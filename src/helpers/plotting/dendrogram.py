"""A tree of groups, lying on its side: the leaves on the left, one above the other, and joins to the right."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes

from ..style import INK, QUIET, RULE, SMALL_PT
from .page import wrap, write

TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)
STUB = 2.0
DECIDED, BY_TIE = "solid", (0, (2.2, 1.4))


def draw_dendrogram(ax: Axes, joins: pd.DataFrame, leaves: Mapping[str, float], left: float, right: float, axis_name: str) -> Axes:
    """Draw a tree on a page.

    Parameters
    ----------
    ax : Axes
        A page in millimetres (`new_page`).
    joins : DataFrame with columns `left`, `right`, `height`, `certain`
        One row a join, in order; `left` and `right` are lists of names, `height` is 0 to 1. Joins that are not `certain` are dashed.
    leaves : mapping of str to float
        The y of each name, in millimetres.
    left, right : float
        The x of the heights 0 and 1, in millimetres.
    axis_name : str
        Written below the scale.

    Returns
    -------
    Axes
    """
    width = right - left
    bottom = max(leaves.values()) + 4.5
    for tick in TICKS:
        x = left + tick * width
        ax.plot([x, x], [min(leaves.values()) - 2, bottom], color=RULE, linewidth=0.4, zorder=0)
        write(ax, x, bottom + 2, f"{tick:g}", SMALL_PT, ha="center", color=QUIET)
    write(ax, (left + right) / 2, bottom + 4.2, wrap(axis_name, width + 4, SMALL_PT), SMALL_PT, ha="center", va="top", color=QUIET)
    place = {frozenset([name]): (left - STUB, y) for name, y in leaves.items()}  # seen also where items join at height 0
    for join in joins.itertuples():
        (x1, y1), (x2, y2) = place[frozenset(join.left)], place[frozenset(join.right)]
        x = left + join.height * width
        dashes = DECIDED if join.certain else BY_TIE
        ax.plot([x1, x, x, x2], [y1, y1, y2, y2], color=INK, linewidth=1.0, linestyle=dashes, gid="join", solid_joinstyle="miter")
        place[frozenset(join.left) | frozenset(join.right)] = (x, (y1 + y2) / 2)
    return ax
