"""Names in boxes: what two items share and do not share, and which items stand in which quadrant."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from ..style import COUNTED, INK, PAPER, QUIET, TITLE_PT, YES
from .page import text_height, wrap, write

INDENT = 3.0
FILLS = {"full": (YES, PAPER), "light": (COUNTED, INK), "empty": (PAPER, INK)}


def box_height(heading: str, names: Sequence[str], width: float) -> float:
    """The height a box with a heading and names needs, in millimetres."""
    return _head(heading, width)[1] + text_height(_lines(names, width)) + INDENT


def draw_box(ax: Axes, x: float, y: float, width: float, height: float, heading: str, names: Sequence[str], fill: str = "empty") -> Axes:
    """Draw one box with a heading and a list of names.

    Parameters
    ----------
    ax : Axes
        A page in millimetres (`new_page`).
    x, y, width, height : float
        In millimetres.
    heading : str
    names : sequence of str
        One below the other, each of one or more lines; a dash where there are none.
    fill : {"full", "light", "empty"}

    Returns
    -------
    Axes
    """
    face, ink = FILLS[fill]
    ax.add_patch(Rectangle((x, y), width, height, facecolor=face, edgecolor=YES if fill == "full" else QUIET, linewidth=0.8, gid="box"))
    lines, below = _head(heading, width)
    write(ax, x + INDENT, y + 2.6, lines, TITLE_PT, va="top", weight="bold", color=ink)
    write(ax, x + INDENT, y + below, _lines(names, width), va="top", color=ink)
    return ax


def _head(heading: str, width: float) -> tuple[str, float]:
    """The heading in lines, and where the names begin below the upper edge of the box, in millimetres."""
    lines = wrap(heading, width - 2 * INDENT, TITLE_PT, "bold")
    return lines, 4.3 + text_height(lines, TITLE_PT)


def _lines(names: Sequence[str], width: float) -> str:
    """Every name wrapped, with whatever follows its first line set in a little."""
    if not names:
        return "–"
    wrapped = ([line for part in name.split("\n") for line in wrap(part, width - 3 * INDENT).split("\n")] for name in names)
    return "\n".join("\n   ".join(lines) for lines in wrapped)
