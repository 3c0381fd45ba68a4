"""A coded table as labelled tiles: Yes a filled tile, hedged and inferred Yes a lighter one, unclear a hatched one, No a dash."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from ..style import INK, PAPER, QUIET, RULE, SMALL_PT, TEXT_PT, YES, YES_HEDGED
from .page import longest_piece, text_height, text_width, wrap, write

TILE_GAP = 0.7
HEADING_GAP = 1.0
LONGEST_HEADING = 40.0
NARROWEST_WORD_TILE = 7.5  # below this width a tile carries no word
TOTAL_WIDTH = 11.0
MARKS = {
    "explicit": {"facecolor": YES, "edgecolor": YES},
    "hedged": {"facecolor": YES_HEDGED, "edgecolor": YES},
    "inferred": {"facecolor": PAPER, "edgecolor": YES, "linestyle": (0, (2, 1.2))},
    "unclear": {"facecolor": PAPER, "edgecolor": INK, "hatch": "//////"},
}


@dataclass(frozen=True)
class Grid:
    """Where a coded table stands on the page, in millimetres: the corner of its first tile, and the size of a tile."""

    left: float
    top: float
    cell_width: float
    cell_height: float


def heading_height(labels: list[str], cell_width: float) -> float:
    """The height the column headings need: wrapped if every word fits the column, upright otherwise."""
    if names_fit(labels, cell_width):
        return max(text_height(wrap(label, cell_width - HEADING_GAP)) for label in labels) + 2.0
    return max(text_width(upright_heading(label, cell_width)) for label in labels) + 2


def draw_yes_no(
    ax: Axes,
    states: pd.DataFrame,
    certainty: pd.DataFrame,
    row_totals: pd.Series | None,
    column_totals: pd.Series | None,
    grid: Grid,
    row_labels: bool = True,
) -> Axes:
    """Draw a coded table.

    Parameters
    ----------
    ax : Axes
        A page in millimetres (`new_page`).
    states : DataFrame of "yes", "no", "unclear", shape (items, features)
        Row and column names are written as they are.
    certainty : DataFrame of "explicit", "hedged", "inferred" or "", shaped as `states`
        Of the Yes cells; "" counts as explicit.
    row_totals, column_totals : Series of str, or None
        What stands at the end of each row and below each column; None for nothing.
    grid : Grid
    row_labels : bool
        Whether to write the row names; a second table beside a first one does without.

    Returns
    -------
    Axes
    """
    columns = [str(name) for name in states.columns]
    right = grid.left + len(columns) * grid.cell_width
    end = right + (TOTAL_WIDTH if row_totals is not None else 0)
    bottom = grid.top + len(states) * grid.cell_height
    start = grid.left - (max(text_width(str(name)) for name in states.index) + 2 if row_labels else 0)
    upright = not names_fit(columns, grid.cell_width)

    for j, name in enumerate(columns):
        x = grid.left + (j + 0.5) * grid.cell_width
        if upright:
            write(ax, x, grid.top - 1.2, upright_heading(name, cell_width=grid.cell_width), rotation=90, ha="center", va="bottom")
        else:
            write(ax, x, grid.top - 2.0, wrap(name, grid.cell_width - HEADING_GAP), ha="center", va="baseline")
        if column_totals is not None:
            write(ax, x, bottom + 2.6, column_totals.iloc[j], ha="center", color=QUIET)
    if row_totals is not None:
        write(ax, right + TOTAL_WIDTH / 2, grid.top - 2.0, "Yes\nin row", SMALL_PT, ha="center", va="baseline", color=QUIET)

    for i, label in enumerate(states.index):
        y = grid.top + (i + 0.5) * grid.cell_height
        ax.plot([start, end], [y + grid.cell_height / 2] * 2, color=RULE, linewidth=0.4, zorder=0)
        if row_labels:
            write(ax, grid.left - 2, y, str(label), ha="right")
        if row_totals is not None:
            write(ax, right + TOTAL_WIDTH / 2, y, row_totals.iloc[i], ha="center", color=QUIET)
        for j in range(len(columns)):
            state = states.iat[i, j]
            kind = (certainty.iat[i, j] or "explicit") if state == "yes" else state
            draw_tile(ax, grid.left + j * grid.cell_width, grid.top + i * grid.cell_height, grid.cell_width, grid.cell_height, kind)
    ax.plot([start, end], [grid.top] * 2, color=INK, linewidth=0.6)
    ax.plot([start, end], [bottom] * 2, color=INK, linewidth=0.6)
    if row_labels and column_totals is not None:
        write(ax, grid.left - 2, bottom + 2.6, "Yes in column", SMALL_PT, ha="right", color=QUIET)
    return ax


def draw_tile(ax: Axes, x: float, y: float, width: float, height: float, kind: str, word: bool = True) -> None:
    """One cell: kind is "explicit", "hedged", "inferred", "unclear" or "no"; with a word in it if it is wide enough."""
    if kind == "no":
        ax.plot([x + width / 2 - 0.8, x + width / 2 + 0.8], [y + height / 2] * 2, color=QUIET, linewidth=0.8, gid="no")
        return
    inset = min(TILE_GAP, width / 8)
    ax.add_patch(Rectangle((x + inset, y + inset), width - 2 * inset, height - 2 * inset, linewidth=0.8, gid=kind, **MARKS[kind]))
    if word and width >= NARROWEST_WORD_TILE:
        if kind == "unclear":
            write(ax, x + width / 2, y + height / 2, "?", ha="center", weight="bold", bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 0.6})
        else:
            write(ax, x + width / 2, y + height / 2, "Yes", SMALL_PT, ha="center", color=PAPER if kind == "explicit" else INK)


def draw_key(ax: Axes, x: float, y: float, kinds: dict[str, str], width: float, word: bool = True) -> float:
    """The meaning of the tiles that occur, in one or more lines.

    Parameters
    ----------
    kinds : dict of str to str
        Kind of tile to its meaning, in order.
    width : float
        Space there is, in millimetres.
    word : bool
        Whether the tiles of the table have words in them.

    Returns
    -------
    float
        The y below the key, in millimetres.
    """
    tile_width, tile_height, left = 8.0, 5.0, x
    for kind, meaning in kinds.items():
        needed = tile_width + 1.5 + text_width(meaning, SMALL_PT) + 5
        if x > left and x + needed - 5 > left + width:
            x, y = left, y + tile_height + 1.2
        draw_tile(ax, x, y, tile_width, tile_height, kind, word)
        write(ax, x + tile_width + 1.5, y + tile_height / 2, meaning, SMALL_PT)
        x += needed
    return y + tile_height


def upright_heading(label: str, cell_width: float) -> str:
    """An upright heading: on several lines if it is long and the column has room for them."""
    wrapped = wrap(label, LONGEST_HEADING)
    return wrapped if text_height(wrapped) <= cell_width - HEADING_GAP else label


def names_fit(labels: list[str], cell_width: float) -> bool:
    """Whether every word of the column headings fits its column, so that they need not stand upright."""
    return all(longest_piece(label, TEXT_PT) <= cell_width - HEADING_GAP for label in labels)
