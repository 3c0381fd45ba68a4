"""How many items share two features: a triangle of counts, each feature named once, at the corner its row and column meet."""

from __future__ import annotations

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap

from ..style import INK, PAPER, TEXT_PT, YES, YES_HEDGED, readable_on
from .page import write

COUNTS = LinearSegmentedColormap.from_list("counts", ["#f4f6f8", YES_HEDGED, YES])


def draw_co_occurrence(ax: Axes, counts: pd.DataFrame, words: pd.DataFrame, most: int, group_starts: list[int]) -> Axes:
    """Draw the lower triangle of a symmetric table of counts with seaborn.

    Parameters
    ----------
    ax : Axes
        Fills it; cells are square if the Axes is.
    counts : DataFrame of numbers, shape (features, features)
        What the colour shows. Rows and columns carry the names to write.
    words : DataFrame of str, same shape
        What is written into each cell.
    most : int
        The count that gets the darkest colour.
    group_starts : list of int
        Positions at which a new table's features begin, marked by a wider gap.

    Returns
    -------
    Axes
    """
    above = np.triu(np.ones(counts.shape, dtype=bool), k=1)
    sns.heatmap(
        counts, mask=above, annot=words.to_numpy(), fmt="", cmap=COUNTS, vmin=0, vmax=max(most, 1), cbar=False, linewidths=0.8, linecolor=PAPER,
        xticklabels=False, yticklabels=False, ax=ax, annot_kws={"fontsize": TEXT_PT},
    )  # fmt: skip
    for text in ax.texts:
        column, row = (int(place) for place in text.get_position())
        text.set_color(readable_on(COUNTS(counts.iat[row, column] / max(most, 1))))
    for position, name in enumerate(counts.index):
        write(ax, position + 1.15, position + 0.5, str(name), ha="left")
        ax.plot([position, position + 1, position + 1], [position, position, position + 1], color=INK, linewidth=0.7, clip_on=False)
    for start in group_starts:
        ax.plot([0, start], [start, start], color=INK, linewidth=1.0)
        ax.plot([start, start], [start, len(counts)], color=INK, linewidth=1.0)
    ax.set(xlabel="", ylabel="")
    return ax
