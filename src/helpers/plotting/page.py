"""How does text fit on a page measured in millimetres?"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, cast

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.text import Text
from matplotlib.textpath import text_to_path

from ..style import INK, MARGIN_MM, MM_PER_INCH, MM_PER_POINT, QUIET, SMALL_PT, TEXT_PT
from .fonts import fonts_for, measurable

LINE_HEIGHT = 1.25  # of the text size
ASCENT = 0.81  # from the top of a line to the foot of its letters, of the text size

TINY, RAISED = 1e-9, str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def new_page(width: float, height: float) -> tuple[Figure, Axes]:
    """An empty page whose Axes counts in millimetres: x from the left, y from the top.

    Parameters
    ----------
    width, height : float
        In millimetres.
    """
    figure = Figure(figsize=(width / MM_PER_INCH, height / MM_PER_INCH))
    FigureCanvasAgg(figure)
    ax = figure.add_axes((0, 0, 1, 1))
    ax.set(xlim=(0, width), ylim=(height, 0))
    ax.axis("off")
    return figure, ax


class Unseen:
    """A page on which nothing is drawn, to find out quickly how much of it is needed: it stands in for the Axes of `new_page`."""

    def __init__(self, width: float):
        self.width = width

    def get_xlim(self) -> tuple[float, float]:
        return 0.0, self.width

    def text(self, *place: Any, **settings: Any) -> None: ...

    plot = add_patch = text


def unseen_page(width: float) -> Axes:
    """An empty page of a width in millimetres that nobody sees."""
    return cast(Axes, Unseen(width))


def crop(ax: Axes, height: float) -> None:
    """Cut the page below a height in millimetres, once it is known how much is needed."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    figure.set_figheight(height / MM_PER_INCH)
    ax.set_ylim(height, 0)


def inset(page: Axes, left: float, top: float, width: float, height: float) -> Axes:
    """An Axes of its own at a place of the page, all in millimetres. The page must have its final height."""
    figure = page.get_figure(root=True)
    assert figure is not None
    page_width, page_height = (inches * MM_PER_INCH for inches in figure.get_size_inches())
    return figure.add_axes((left / page_width, 1 - (top + height) / page_height, width / page_width, height / page_height))


def footed(page: Axes, y: float, note: str) -> float:
    """Write a note in small quiet letters below a height, wrapped to the page, and give the height the page needs, in millimetres."""
    if not note:
        return y + MARGIN_MM
    lines = wrap(note, page.get_xlim()[1] - 2 * MARGIN_MM, SMALL_PT)
    write(page, MARGIN_MM, y, lines, SMALL_PT, va="top", color=QUIET)
    return y + text_height(lines, SMALL_PT) + MARGIN_MM


def write(ax: Axes, x: float, y: float, text: str, size: float = TEXT_PT, **settings: Any) -> Text:
    """Text exactly as it stands (a dollar sign is no formula), centred on its height unless told otherwise.

    With `va="top"` a single line stands at one height whatever its letters, so that headings side by side are level.
    """
    if settings.get("va") == "top" and "\n" not in text and not settings.get("rotation"):
        settings, y = {**settings, "va": "baseline"}, y + ASCENT * size * MM_PER_POINT
    usual = {"fontsize": size, "fontfamily": fonts_for(text), "color": INK, "va": "center_baseline", "parse_math": False}
    return ax.text(x, y, text, **{**usual, "linespacing": LINE_HEIGHT * 0.92, **settings})


def minus(number: str) -> str:
    """A number in print has a minus sign, not a hyphen; one that is rounded to zero has none.

    >>> minus("-0.50"), minus("-0.00")
    ('−0.50', '0.00')
    """
    return number.replace("-", "−") if number.strip("-0.") else number.lstrip("-")


def plain(number: float, digits: int = 2) -> str:
    """A number to some digits, written out; whole digits are never cut, and from 10,000 on have commas. Only what is smaller than 1e-9 is written
    with a power of ten.

    >>> plain(0.0000239), plain(0.13), plain(1.0), plain(4193, 3), plain(31218847), plain(1.52e-19)
    ('0.000024', '0.13', '1', '4193', '31,218,847', '1.5 × 10⁻¹⁹')
    """
    if not np.isfinite(number):
        return "undefined"
    if 0 < abs(number) < TINY:
        digit, power = f"{float(number):.{digits - 1}e}".split("e-")
        return f"{digit} × 10⁻{str(int(power)).translate(RAISED)}"
    if abs(number) >= 10_000:
        return f"{number:,.0f}"
    whole = len(str(int(abs(number))))
    return np.format_float_positional(float(number), precision=max(digits, whole), fractional=False, trim="-")


@lru_cache(maxsize=100_000)  # laying out asks for the same words again and again
def text_width(text: str, size: float = TEXT_PT, weight: str = "normal") -> float:
    """Width of the longest line of a text, in millimetres."""
    font, lines = FontProperties(family=fonts_for(text), size=size, weight=weight), measurable(text).split("\n")
    return max(text_to_path.get_text_width_height_descent(line, font, ismath=False)[0] for line in lines) * MM_PER_POINT


def text_height(text: str, size: float = TEXT_PT) -> float:
    """Height of a text's lines, in millimetres."""
    return (text.count("\n") + 1) * size * LINE_HEIGHT * MM_PER_POINT


def longest_piece(text: str, size: float = TEXT_PT) -> float:
    """Width of the longest piece that cannot be broken, in millimetres."""
    return max((text_width(piece, size) for word in text.split() for piece in _pieces(word)), default=0.0)


def wrap(text: str, width: float, size: float = TEXT_PT, weight: str = "normal") -> str:
    """Break a text at blanks so that each line fits the width; inside a word, after a hyphen or slash, only if the word alone is too wide.

    Parameters
    ----------
    text : str
    width : float
        In millimetres.
    size : float
        In points.
    weight : str
        "normal" or "bold".
    """
    lines = [""]
    for word in text.split():
        pieces = [word] if text_width(word, size, weight) <= width else _pieces(word)
        for position, piece in enumerate(pieces):
            joined = f"{lines[-1]} {piece}" if lines[-1] and position == 0 else lines[-1] + piece
            if lines[-1] and text_width(joined, size, weight) > width:
                lines.append(piece)
            else:
                lines[-1] = joined
    return "\n".join(lines)


def _pieces(word: str) -> list[str]:
    return re.findall(r"[^/-]*[-/]+|[^/-]+", word)
