"""A tree of groups, lying on its side: the leaves on the left, one above the other, and joins to the right.

What is left open (the height of a join, or the order of several) is a pale band.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from ..style import INK, OPEN, QUIET, RULE, SMALL_PT
from .page import text_height, text_width, wrap, write

TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)
STUB = 2.0
OPEN_WORDS = "left open by ties"


def draw_dendrogram(ax: Axes, groups: pd.DataFrame, leaves: Mapping[str, float], left: float, right: float, axis_name: str) -> Axes:
    """Draw a tree on a page.

    Parameters
    ----------
    ax : Axes
        A page in millimetres (`new_page`).
    groups : DataFrame with columns `members`, `from_height`, `to_height`
        One row a group, each within or apart from every other; `members` is a list of names, heights are 0 to 1. The parts of a group join at
        one height, or somewhere between the two.
    leaves : mapping of str to float
        The y of each name, in millimetres. The members of a group lie side by side.
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
    ends = {frozenset([name]): (left - STUB, y) for name, y in leaves.items()}  # where the line of a part that is not yet joined begins
    for group in sorted(groups.itertuples(), key=lambda group: len(group.members)):
        parts = [part for part in ends if part <= set(group.members)]
        points = [ends.pop(part) for part in parts]
        ys, start, end = [y for _, y in points], left + group.from_height * width, left + group.to_height * width
        for x, y in points:
            ax.plot([x, max(start, x)], [y, y], color=INK, linewidth=1.0, gid="tree:part", solid_capstyle="butt")
        if end > start:
            ax.add_patch(
                Rectangle((start, min(ys)), end - start, max(ys) - min(ys), facecolor=OPEN, edgecolor=QUIET, linewidth=0.5, gid="band", zorder=1)
            )
            ax.plot([start, start], [min(ys), max(ys)], color=INK, linewidth=1.0, linestyle=(0, (2.2, 1.4)))
            if end - start > text_height(OPEN_WORDS, SMALL_PT) and max(ys) - min(ys) > text_width(OPEN_WORDS, SMALL_PT) + 2:
                write(ax, (start + end) / 2, (min(ys) + max(ys)) / 2, OPEN_WORDS, SMALL_PT, rotation=90, ha="center", va="center", color=QUIET)
        ax.plot([end, end], [min(ys), max(ys)], color=INK, linewidth=1.0, gid="tree:join", solid_capstyle="projecting")
        ends[frozenset(group.members)] = (end, (min(ys) + max(ys)) / 2)
    return ax
