"""A distribution as bars, with the place of one value in it."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from ..style import COUNTED, INK, QUIET, SMALL_PT
from .page import plain, text_width, write

AXIS = 5.0  # room for the numbers below


def draw_distribution(ax: Axes, bars: pd.DataFrame, observed: float, mean: float, left: float, top: float, width: float, height: float) -> Axes:
    """Draw bars, an upright line at the observed value, and the least, the greatest and the observed value in numbers.

    Parameters
    ----------
    ax : Axes
        A page in millimetres (`new_page`).
    bars : DataFrame with columns `from_value`, `to_value`, `share`
        Ascending; shares are 0 to 1.
    observed, mean : float
        Within the bars. The mean is marked by a triangle below.
    left, top, width, height : float
        Of the whole drawing, in millimetres.

    Returns
    -------
    Axes
    """
    low, high = bars["from_value"].iloc[0], bars["to_value"].iloc[-1]
    foot, tallest = top + height - AXIS, bars["share"].max()
    scale = width / (high - low)
    for bar in bars[bars["share"] > 0].itertuples():
        size = bar.share / tallest * (height - AXIS - 4)
        x = left + (bar.from_value - low) * scale
        ax.add_patch(
            Rectangle((x, foot - size), (bar.to_value - bar.from_value) * scale, size, facecolor=COUNTED, edgecolor=QUIET, linewidth=0.3, gid="bar")
        )
    ax.plot([left, left + width], [foot, foot], color=QUIET, linewidth=0.5)
    x = left + (observed - low) * scale
    ax.plot([x, x], [top + 3.5, foot], color=INK, linewidth=1.4, gid="observed", solid_capstyle="butt")
    mark = left + (mean - low) * scale
    ax.plot([mark], [foot + 1.2], marker="^", markersize=4, color=QUIET, linestyle="none", gid="mean")
    number = plain(observed, 3)
    half = text_width(number, SMALL_PT) / 2
    write(ax, min(max(x, left + half), left + width - half), top + 1.5, number, SMALL_PT, ha="center", weight="bold")
    ends = [plain(low, 3), plain(high, 3)]
    free = left + text_width(ends[0], SMALL_PT) + 1 < mark < left + width - text_width(ends[1], SMALL_PT) - 1
    below = foot + (2.6 if free else 3.7)  # out of the triangle's way
    write(ax, left, below, ends[0], SMALL_PT, color=QUIET)
    write(ax, left + width, below, ends[1], SMALL_PT, ha="right", color=QUIET)
    return ax
