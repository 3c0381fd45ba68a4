"""How is a workbook for people to fill in written: text as text, drop-down lists, headings that stay in view?"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from ..csvfiles import printable
from ..office import NO_DAY, repacked

ROWS = 300  # drop-down lists reach so far down
HEADING = PatternFill("solid", fgColor="E8E8E8")


@dataclass(frozen=True)
class Choice:
    """A drop-down list in a column or block of a sheet.

    Attributes
    ----------
    cells : str
        Where, such as B2:AZ300.
    source : str
        The words, separated by commas, or a block of another sheet, as `block` gives it.
    strict : bool
        Whether other words are refused.
    """

    cells: str
    source: str
    strict: bool = True


def block(sheet: str, cells: str) -> str:
    """A block of a sheet as the source of a drop-down list.

    >>> block("Codes", "A2:A9")
    "='Codes'!$A$2:$A$9"
    """
    first, last = cells.split(":")
    fixed = [f"${end.rstrip('0123456789')}${end.lstrip('ABCDEFGHIJKLMNOPQRSTUVWXYZ')}" for end in (first, last)]
    return f"={quote_sheetname(sheet)}!{fixed[0]}:{fixed[1]}"


def add_sheet(
    book: Workbook,
    title: str,
    heading: Sequence[str],
    rows: Iterable[Sequence[str]] = (),
    widths: Sequence[int] = (),
    choices: Iterable[Choice] = (),
    freeze: str = "A2",
) -> Worksheet:
    """A sheet with a heading, rows of text, and drop-down lists.

    Parameters
    ----------
    book : Workbook
    title : str
    heading : sequence of str
        Row 1; empty for a sheet without one.
    rows : iterable of sequence of str
        Every text is written as text, also one that begins with = as a formula does.
    widths : sequence of int
        Of the first columns, in letters; the last holds for all that follow.
    choices : iterable of Choice
    freeze : str
        The cell above and left of which everything stays in view.
    """
    sheet = book.create_sheet(title)
    for number, texts in enumerate([heading, *rows] if heading else rows, start=1):
        for column, text in enumerate(texts, start=1):
            _write(sheet.cell(number, column), text)
    for cell in sheet[1] if heading else ():
        cell.font, cell.fill = Font(bold=True), HEADING
    for column in range(1, max(len(heading), len(widths), 1) + 1):
        sheet.column_dimensions[get_column_letter(column)].width = widths[min(column, len(widths)) - 1] if widths else 18
    for choice in choices:
        source = choice.source if choice.source.startswith("=") else f'"{choice.source}"'
        validation = DataValidation("list", formula1=source, allow_blank=True, showErrorMessage=choice.strict)
        validation.error, validation.errorTitle = "Please choose one of the list.", "Not in the list"
        validation.add(choice.cells)
        sheet.add_data_validation(validation)
    sheet.freeze_panes = freeze if heading else None
    return sheet


def _write(cell: Cell, text: str) -> None:
    """Text stays text: nothing that stands in a review is ever run as a formula, or turned into a date or a number; no sign stops the writing."""
    text = ILLEGAL_CHARACTERS_RE.sub(" ", printable(text))
    if text:
        cell.value = text
        cell.data_type = "s"
        cell.number_format = "@"
        cell.quotePrefix = text.startswith(("=", "+", "-", "@"))
    cell.alignment = Alignment(wrap_text=True, vertical="top")


def empty_book() -> Workbook:
    """A workbook without sheets, author and date."""
    book = Workbook()
    book.remove(book.active)
    book.properties.creator, book.properties.created = None, NO_DAY
    return book


def book_bytes(book: Workbook) -> bytes:
    """The workbook as a .xlsx file, the same bytes for the same content."""
    stream = io.BytesIO()
    book.save(stream)
    return repacked(stream)
