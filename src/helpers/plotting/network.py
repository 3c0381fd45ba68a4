"""Items and features as a two-mode network: a line joins an item with each feature it has."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from ..style import DASHES, INK, LINES, PAPER
from .page import write

MOST_FEATURES = len(LINES) * len(DASHES)  # the lines of each look different, since the two numbers have no common divisor
THICK, THIN, DOTTED = 1.6, 0.7, (0, (0.6, 1.4))


def draw_network(
    ax: Axes, links: pd.DataFrame, items: dict[str, str], features: dict[str, str], left: float, right: float, top: float, bottom: float
) -> Axes:
    """Draw a two-mode network with items on the left and features on the right.

    Parameters
    ----------
    ax : Axes
        A page in millimetres (`new_page`).
    links : DataFrame with columns `item`, `feature`, `certainty`
        One row a line, by id. A link that is "hedged" or "inferred" is drawn thin, one that is "unclear" dotted.
    items, features : dict of str to str
        Each id with the text to write, from top to bottom; those without links too.
    left, right, top, bottom : float
        Where the nodes stand, in millimetres.

    Returns
    -------
    Axes
    """
    item_y = _spread(list(items), top, bottom)
    feature_y = _spread(list(features), top, bottom)
    position_of = {name: position for position, name in enumerate(features)}
    for link in links.itertuples():
        position = position_of[link.feature]
        middle = (left + right) / 2
        curve = Path(
            [(left, item_y[link.item]), (middle, item_y[link.item]), (middle, feature_y[link.feature]), (right, feature_y[link.feature])],
            [Path.MOVETO, Path.CURVE4, Path.CURVE4, Path.CURVE4],
        )
        dashes = DOTTED if link.certainty == "unclear" else DASHES[position % len(DASHES)]
        width = THIN if link.certainty in ("hedged", "inferred") else THICK
        colour = LINES[position % len(LINES)]
        ax.add_patch(PathPatch(curve, facecolor="none", edgecolor=colour, linewidth=width, linestyle=dashes, gid=f"link:{link.certainty}"))
    for name, y in item_y.items():
        ax.plot(left, y, "o", markersize=4, color=INK, markeredgecolor=PAPER, zorder=3)
        write(ax, left - 2, y, items[name], ha="right")
    for position, (name, y) in enumerate(feature_y.items()):
        ax.plot(right, y, "s", markersize=6, color=LINES[position % len(LINES)], markeredgecolor=PAPER, zorder=3)
        write(ax, right + 2.5, y, features[name], ha="left")
    return ax


def _spread(names: list[str], top: float, bottom: float) -> dict[str, float]:
    """Even distances from top to bottom, half a step from the ends."""
    step = (bottom - top) / len(names)
    return {name: top + (position + 0.5) * step for position, name in enumerate(names)}
