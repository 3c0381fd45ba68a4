"""A symmetric table as a square of coloured cells, and the key to its colours."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from ..style import AMOUNT, PAPER, RULE, SIGNED, SMALL_PT, readable_on
from .page import minus, text_width, write

KEY_STEP, KEY_HEIGHT, KEY_LINE = 8.6, 4.2, 5.0


def draw_square(ax: Axes, values: pd.DataFrame, words: pd.DataFrame, left: float, top: float, cell: float, column_names: list[str]) -> Axes:
    """Draw a symmetric table with its row names on the left and its column names on end above it.

    Parameters
    ----------
    ax : Axes
        A page in millimetres (`new_page`).
    values : DataFrame of float, 0 to 1, shape (names, names)
        What the colour shows, light for 0; the diagonal is left white. The row names are written as they are.
    words : DataFrame of str, same shape
        Written into the cells; none where they are empty.
    left, top, cell : float
        The corner of the first cell and the side of a cell, in millimetres.
    column_names : list of str

    Returns
    -------
    Axes
    """
    n = len(values)
    cells = np.ma.masked_where(np.eye(n, dtype=bool), values.to_numpy(dtype=float))
    edges = np.arange(n + 1) * cell
    ax.pcolormesh(left + edges, top + edges, cells, cmap=AMOUNT, vmin=0, vmax=1, edgecolors=PAPER, linewidth=0.6, antialiased=True)
    for i, name in enumerate(values.index):
        middle = (i + 0.5) * cell
        write(ax, left - 1.5, top + middle, str(name), ha="right")
        write(ax, left + middle, top - 1.2, column_names[i], rotation=90, ha="center", va="bottom")
        for j in range(n):
            if i != j:
                ink = readable_on(AMOUNT(float(values.iat[i, j])))
                write(ax, left + (j + 0.5) * cell, top + middle, words.iat[i, j], SMALL_PT, ha="center", color=ink)
    return ax


def amount_key_width(name: str) -> float:
    """The width of the key in one line, in millimetres."""
    return text_width(name, SMALL_PT) + 3 + 5 * KEY_STEP


def amount_key_height(name: str, width: float) -> float:
    """The height of the key where it has a width, in millimetres."""
    return KEY_HEIGHT if amount_key_width(name) <= width else KEY_HEIGHT + KEY_LINE


def draw_amount_key(ax: Axes, x: float, y: float, name: str, width: float, signed: bool = False) -> float:
    """The key to the colours from 0 to 1 (or from -1 to 1), in one line or, where the width is too small, in two; returns the y below it.

    All in millimetres.
    """
    write(ax, x, y + 2.1, name, SMALL_PT)
    if amount_key_width(name) <= width:
        x += text_width(name, SMALL_PT) + 3
    else:
        y += KEY_LINE
    for value in (-1, -0.5, 0, 0.5, 1) if signed else (0, 0.25, 0.5, 0.75, 1):
        face = SIGNED((value + 1) / 2) if signed else AMOUNT(float(value))
        ax.add_patch(Rectangle((x, y), 8, KEY_HEIGHT, facecolor=face, edgecolor=RULE, linewidth=0.4))
        write(ax, x + 4, y + 2.1, minus(f"{value:g}"), SMALL_PT, ha="center", color=readable_on(face))
        x += KEY_STEP
    return y + KEY_HEIGHT
