"""A cell that several people have coded: a tile or a dash where all say the same, a frame with a bar where they differ."""

from __future__ import annotations

from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from ..style import INK, PAPER, SMALL_PT, YES
from .page import text_height, text_width, wrap, write
from .yes_no import MARKS, TILE_GAP, draw_tile

BAR, FRAME = 1.1, 0.9  # the height of the bar in millimetres, the width of the frame in points
KEY_TILE, KEY_HEIGHT = 8.0, 6.2


@dataclass(frozen=True)
class Said:
    """What was said of one cell.

    Attributes
    ----------
    yes, unclear : float
        Shares, 0 to 1; of a code that is neither Yes nor No, `yes` is the share of the one most often given.
    text : str
        What stands in the cell.
    differ : bool
        Whether not all said the same.
    named : bool
        Whether the code is a word, which then stands alone where all said the same.
    """

    yes: float
    unclear: float
    text: str
    differ: bool
    named: bool = False


def said_height(text: str) -> float:
    """The least height of a cell with this text and a bar below it, in millimetres."""
    return text_height(text, SMALL_PT) + BAR + 2 * TILE_GAP


def draw_said(ax: Axes, x: float, y: float, width: float, height: float, said: Said, word: bool = True) -> None:
    """Draw one cell.

    Parameters
    ----------
    ax : Axes
        A page in millimetres (`new_page`).
    x, y, width, height : float
        The cell, in millimetres.
    said : Said
    word : bool
        Whether a tile has its word in it, if it is wide enough.
    """
    if said.differ:
        _draw_frame(ax, x + TILE_GAP, y + TILE_GAP, width - 2 * TILE_GAP, height - 2 * TILE_GAP, said)
    elif said.named:
        write(ax, x + width / 2, y + height / 2, said.text, SMALL_PT, ha="center")
    else:
        draw_tile(ax, x, y, width, height, "explicit" if said.yes else "unclear" if said.unclear else "no", word)


def draw_said_key(ax: Axes, x: float, y: float, meanings: list[tuple[Said, str]], width: float, word: bool) -> float:
    """What the cells that occur mean, in one or more lines; returns the y below, in millimetres.

    Parameters
    ----------
    meanings : list of (Said, str)
    width : float
        Space there is, in millimetres.
    word : bool
        Whether the tiles above have words in them.
    """
    left, lowest = x, y
    for said, meaning in meanings:
        lines = wrap(meaning, width - KEY_TILE - 1.5, SMALL_PT)
        needed = KEY_TILE + 1.5 + text_width(lines, SMALL_PT) + 5
        if x > left and x + needed - 5 > left + width:
            x, y = left, lowest + 1.2
        draw_said(ax, x, y, KEY_TILE, KEY_HEIGHT, said, word)
        height = max(KEY_HEIGHT, text_height(lines, SMALL_PT))
        write(ax, x + KEY_TILE + 1.5, y + KEY_HEIGHT / 2 if "\n" not in lines else y + height / 2, lines, SMALL_PT)
        x, lowest = x + needed, max(lowest, y + height)
    return lowest


def _draw_frame(ax: Axes, x: float, y: float, width: float, height: float, said: Said) -> None:
    ax.add_patch(Rectangle((x, y), width, height, facecolor=PAPER, edgecolor=INK, linewidth=FRAME, gid="differ"))
    foot = y + height - BAR
    if said.yes:
        ax.add_patch(Rectangle((x, foot), width * said.yes, BAR, facecolor=YES, edgecolor=YES, linewidth=0, gid="explicit:share"))
    if said.unclear:
        ax.add_patch(Rectangle((x + width * said.yes, foot), width * said.unclear, BAR, linewidth=0.4, gid="unclear:share", **MARKS["unclear"]))
    ax.add_patch(Rectangle((x, y), width, height, facecolor="none", edgecolor=INK, linewidth=FRAME))
    room = height - (BAR if said.yes or said.unclear else 0)
    write(ax, x + width / 2, y + room / 2, said.text, SMALL_PT, ha="center")
