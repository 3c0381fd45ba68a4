"""A symmetric table as a triangle of numbers, each name written once, where its row and its column meet."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from ..style import AMOUNT, INK, PAPER, SIGNED, TEXT_PT, readable_on
from .page import write


def draw_triangle(
    ax: Axes,
    values: pd.DataFrame,
    words: pd.DataFrame,
    most: float,
    group_starts: tuple[int, ...] = (),
    diagonal: bool = True,
    size: float = TEXT_PT,
    signed: bool = False,
) -> Axes:
    """Draw the lower triangle of a symmetric table with seaborn.

    Parameters
    ----------
    ax : Axes
        Fills it; cells are square if the Axes is.
    values : DataFrame of numbers, shape (names, names)
        What the colour shows. Rows and columns carry the names to write.
    words : DataFrame of str, same shape
        What is written into each cell.
    most : float
        The value that gets the darkest colour; 1 at least.
    group_starts : tuple of int
        Positions at which a new table's names begin, marked by a line.
    diagonal : bool
        Whether the diagonal holds numbers; if not, the names start there.
    size : float
        Of the text, in points.
    signed : bool
        Whether values go down to -`most`, which gets a dark colour of its own.

    Returns
    -------
    Axes
    """
    most, colours = max(most, 1), SIGNED if signed else AMOUNT
    least = -most if signed else 0
    above = np.triu(np.ones(values.shape, dtype=bool), k=1 if diagonal else 0)
    import seaborn as sns  # here, since it loads scipy.stats, which takes longer than all else together

    sns.heatmap(
        values, mask=above, annot=words.to_numpy(), fmt="", cmap=colours, vmin=least, vmax=most, cbar=False, linewidths=0.8, linecolor=PAPER,
        xticklabels=False, yticklabels=False, ax=ax, annot_kws={"fontsize": size, "va": "center_baseline"},
    )  # fmt: skip
    for text in ax.texts:
        column, row = (int(place) for place in text.get_position())
        text.set_color(readable_on(colours((values.iat[row, column] - least) / (most - least))))
    start = 1 if diagonal else 0
    for position, name in enumerate(values.index):
        write(ax, position + start + 0.15, position + 0.5, str(name), size, ha="left")
    for group in group_starts:
        ax.plot([0, group], [group, group], color=INK, linewidth=1.0)
        ax.plot([group, group], [group, len(values)], color=INK, linewidth=1.0)
    ax.set(xlabel="", ylabel="")
    return ax
