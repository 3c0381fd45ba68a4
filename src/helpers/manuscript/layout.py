"""How wide is each column of a table, does the page stand upright or lie on its side, and does the table go on over several pages?

Word and LaTeX measure text themselves and each in its own way; both are told the same widths, estimated here from the letters. An estimate on the
generous side is good enough: a column is never narrower than its longest word.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from math import ceil

from .table import Cell, Table

FONT_PT = 9.0
LINE_MM = 3.9
PORTRAIT_MM, LANDSCAPE_MM = (160.0, 220.0), (247.0, 140.0)  # room for a table on A4 with margins of 25 mm: across, and down less the caption
PADDING_MM = 2.2  # on both sides of a cell together
SLACK = 1.06  # for texts that should stay on one line: letters are a little wider in small sizes
COMFORT_MM = 45.0  # running text should have this much before an upright page is chosen
EM_MM = FONT_PT * 25.4 / 72.27
NARROW, WIDE = set("iljtfrI.,;:'’‘|!()[]-– "), set("mwMW@%—…")


@dataclass(frozen=True)
class Layout:
    """How a table stands on its page.

    Attributes
    ----------
    widths : tuple of float
        Of each column with its padding, in millimetres.
    landscape, long : bool
        Whether the page lies on its side; whether the table is longer than a page.
    fits : bool
        False if not even a page on its side is wide enough.
    """

    widths: tuple[float, ...]
    landscape: bool
    long: bool
    fits: bool

    @property
    def page(self) -> float:
        """Room across the page, in millimetres."""
        return (LANDSCAPE_MM if self.landscape else PORTRAIT_MM)[0]


def laid_out(table: Table) -> Layout:
    """The layout of a table on A4 paper.

    Examples
    --------
    >>> from .table import Column, Row
    >>> layout = laid_out(Table("tab01_tiny", "Tiny", (Column(Cell("Item")),), (Row((Cell("a"),)),), "All there is."))
    >>> layout.landscape, layout.long, layout.fits
    (False, False, True)
    """
    measured = [_measured(table, place) for place in range(len(table.columns))]
    comfortable = sum(column.comfort for column in measured)
    landscape = comfortable > PORTRAIT_MM[0]
    across, down = LANDSCAPE_MM if landscape else PORTRAIT_MM
    widths = _widths(measured, across)
    return Layout(widths, landscape, _height(table, widths, across) > down, sum(column.least for column in measured) <= across)


def text_mm(text: str) -> float:
    """About how wide a text is in the body of a table, in millimetres.

    >>> round(text_mm("Befriending"), 1)
    15.9
    """
    return EM_MM * sum(map(_em, text))


@dataclass(frozen=True)
class _Measured:
    """What a column asks for: its longest word, an ordinary cell, its longest cell, and enough to be read with ease."""

    least: float
    ordinary: float
    most: float
    comfort: float


def _measured(table: Table, place: int) -> _Measured:
    column = table.columns[place]
    cells = [row.cells[place] for row in table.rows]
    body = [text_mm(_printed(table, cell)) for cell in cells] or [0.0]
    heading = _printed(table, column.heading)
    words = [word for text in [heading, *(_printed(table, cell) for cell in cells)] for word in re.split("(?<=-)| ", text)]
    least = max(map(text_mm, words)) + PADDING_MM
    if column.kind == "number":
        least = max(least, SLACK * max(body) + PADDING_MM)  # a number is never broken
    most = max(least, SLACK * max(*body, text_mm(heading)) + PADDING_MM)
    ordinary = min(max(sum(body) / len(body), text_mm(heading) / 2) + PADDING_MM, most)
    comfort = max(least, min(max(body) + PADDING_MM, COMFORT_MM)) if column.kind == "text" else least
    return _Measured(least, max(least, ordinary), most, comfort)


def _widths(columns: list[_Measured], across: float) -> tuple[float, ...]:
    """As much of what they ask for as there is room: first their longest words, then their ordinary cells, then their longest cells."""
    least, ordinary, most = ([getattr(column, name) for column in columns] for name in ("least", "ordinary", "most"))
    if sum(most) <= across:
        return tuple(most)
    if sum(ordinary) <= across:
        return _between(ordinary, most, across)
    return _between(least, ordinary, across) if sum(least) <= across else tuple(across / sum(least) * width for width in least)


def _between(low: list[float], high: list[float], across: float) -> tuple[float, ...]:
    """The same share of the way for each column, so that together they fill the page."""
    share = (across - sum(low)) / (sum(high) - sum(low))
    return tuple(one + share * (other - one) for one, other in zip(low, high, strict=True))


def _height(table: Table, widths: tuple[float, ...], across: float) -> float:
    """About how far down the page the table and its notes go, in millimetres."""
    rows = [tuple(column.heading for column in table.columns), *(row.cells for row in table.rows)]
    lines = sum(max(_lines(_printed(table, cell), width - PADDING_MM) for cell, width in zip(row, widths, strict=True)) for row in rows)
    lines += len([name for name, _ in table.row_groups if name]) + 2 * bool(table.column_groups)
    wide = max(sum(widths), across / 2)
    notes = [table.general, "; ".join(map(", ".join, table.abbreviations.items())), table.source, *(table.footnotes[key] for key in table.marks)]
    return LINE_MM * (lines + sum(_lines(note, wide) for note in notes if note)) + 0.5 * len(rows)


def _lines(text: str, width: float) -> int:
    return max(1, ceil(text_mm(text) * 1.1 / max(width, 1.0)))  # lines are seldom filled to their end


def _printed(table: Table, cell: Cell) -> str:
    return cell.text + ",".join(table.marked(cell))


def _em(sign: str) -> float:
    if unicodedata.east_asian_width(sign) in ("W", "F"):
        return 1.0
    if unicodedata.combining(sign):
        return 0.0
    if sign in WIDE or unicodedata.category(sign).startswith("S"):
        return 0.85
    return 0.33 if sign in NARROW else 0.72 if sign.isupper() else 0.5
