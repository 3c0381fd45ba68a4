"""A table of texts: each cell wrapped to its column, headings in bold, groups of rows under a heading of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes

from ..style import INK, RULE, SMALL_PT, TEXT_PT
from .page import text_height, wrap, write

GAP = 3.5  # between columns; on a screen letters are a little wider, in millimetres
AIR = 1.0  # between rows
HEADING = 4.6


@dataclass(frozen=True)
class TextColumn:
    """A column: its heading, its width in millimetres, and how it is aligned ("left" or "center")."""

    name: str
    width: float
    align: str = "left"


def text_table_height(columns: Sequence[TextColumn], rows: Sequence[Sequence[str]], groups: Sequence[str]) -> float:
    """The height the table needs, in millimetres."""
    return _edges(columns, rows, groups, 0.0)[1]


def draw_text_table(ax: Axes, columns: Sequence[TextColumn], rows: Sequence[Sequence[str]], groups: Sequence[str], left: float, top: float) -> float:
    """Draw the table.

    Parameters
    ----------
    ax : Axes
        A page in millimetres (`new_page`).
    columns : sequence of TextColumn
    rows : sequence of sequence of str
        One text for each column.
    groups : sequence of str
        For each row the group it belongs to; a heading stands above the first row of each. Rows of a group follow each other.
    left, top : float
        In millimetres.

    Returns
    -------
    float
        The y below the table, in millimetres.
    """
    tops, bottom = _edges(columns, rows, groups, top)
    right = left + sum(column.width for column in columns)
    x = left
    for column in columns:
        heading = wrap(column.name, column.width - GAP, SMALL_PT, "bold")
        y = top + _head(columns) - text_height(heading, SMALL_PT) / 2
        write(ax, _anchor(column, x), y, heading, SMALL_PT, ha=column.align, weight="bold")
        x += column.width
    ax.plot([left, right], [top + _head(columns) + 0.8] * 2, color=INK, linewidth=0.6)
    for place, (row, y) in enumerate(zip(rows, tops, strict=True)):
        if place == 0 or groups[place] != groups[place - 1]:
            if groups[place]:
                write(ax, left, y - 1.5, groups[place], TEXT_PT, weight="bold", va="baseline")
        else:
            ax.plot([left, right], [y - AIR / 2] * 2, color=RULE, linewidth=0.4, zorder=0)
        x = left
        for column, text in zip(columns, row, strict=True):
            write(ax, _anchor(column, x), y, wrap(text, column.width - GAP, SMALL_PT), SMALL_PT, va="top", ha=column.align)
            x += column.width
    ax.plot([left, right], [bottom - AIR / 2] * 2, color=INK, linewidth=0.6)
    return bottom


def _edges(columns: Sequence[TextColumn], rows: Sequence[Sequence[str]], groups: Sequence[str], top: float) -> tuple[list[float], float]:
    """The upper edge of each row, and the lower edge of the last."""
    y, tops = top + _head(columns) + 2, []
    for place, row in enumerate(rows):
        if groups[place] and (place == 0 or groups[place] != groups[place - 1]):
            y += HEADING
        tops.append(y)
        y += max(text_height(wrap(text, column.width - GAP, SMALL_PT), SMALL_PT) for column, text in zip(columns, row, strict=True)) + AIR
    return tops, y


def _head(columns: Sequence[TextColumn]) -> float:
    return max(text_height(wrap(column.name, column.width - GAP, SMALL_PT, "bold"), SMALL_PT) for column in columns)


def _anchor(column: TextColumn, x: float) -> float:
    return x + (column.width - GAP) / 2 if column.align == "center" else x
