"""How are the sheets of an Excel workbook read, as Excel shows them, without running or changing anything?"""

from __future__ import annotations

import contextlib
import datetime
import io
import re
import warnings
import zipfile
from collections import defaultdict
from collections.abc import Iterator

from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from ..csvfiles import printable
from ..problems import Problem, ReviewError, column_letters, counted, listed, some
from .grid import FORMULA, TYPE_AGAIN, Grid, Merged, grid_of

MOST_CELLS = 4_000_000
NO_RESULT = (
    "The result of the formula in this cell was not stored. Open the file in Excel or LibreOffice, see whether the cell shows what you mean (if not, "
    "type it), save it there, and start again."
)
A_DATE = f"Excel made a date or time, {{}}, of what was typed here. Set the format of the cell to Text, then {TYPE_AGAIN}."


def sheets_of(data: bytes, file: str) -> list[Grid]:
    """Every visible sheet that holds anything. Formulas count as the results that were stored with them.

    Raises
    ------
    ReviewError
        If the workbook is broken or a sheet reaches too far.
    """
    with _quiet(file):
        results = load_workbook(io.BytesIO(data), data_only=True)
        formulas = load_workbook(io.BytesIO(data)) if _has_formulas(data) else results
        visible = [sheet for sheet in results.worksheets if sheet.sheet_state == "visible"]
        hidden = [sheet.title for sheet in results.worksheets if sheet.sheet_state != "visible"]
        notes = (f"Hidden sheets were not read: {', '.join(hidden)}.",) if hidden else ()
        grids = [_grid(sheet, _name(file, sheet, visible), formulas, notes) for sheet in visible]
    return [grid for grid in grids if grid.lines]


def _has_formulas(data: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = (archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/"))
        return any(re.search(rb"<(\w+:)?f[\s/>]", sheet) for sheet in sheets)


@contextlib.contextmanager
def _quiet(file: str) -> Iterator[None]:
    """The library's many ways to stumble over a broken workbook, as one sentence; its warnings concern styles and drawings."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except ReviewError:
        raise
    except Exception as error:  # whatever a damaged part of the archive leads to
        message = f'The workbook is damaged ({type(error).__name__}). Open it in Excel or LibreOffice, choose "Save as", and use the new file.'
        raise ReviewError([Problem(file, 0, 0, message)]) from None


def _name(file: str, sheet: Worksheet, visible: list[Worksheet]) -> str:
    return f"{file}, sheet {sheet.title}" if len(visible) > 1 else file


def _grid(sheet: Worksheet, name: str, formulas: Workbook, notes: tuple[str, ...]) -> Grid:
    texts, odd = {}, {}
    for cell in _cells(formulas[sheet.title]):
        result = sheet._cells.get((cell.row, cell.column))
        if cell.data_type == "f" and not (result is not None and result.value is None and result.data_type == "str"):  # that is an empty text
            texts[cell.row, cell.column], odd[cell.row, cell.column] = FORMULA, NO_RESULT
    for cell in _cells(sheet):
        shown_as_share = isinstance(cell.value, int | float) and "%" in cell.number_format
        texts[cell.row, cell.column] = f"{cell.value * 100:g}%" if shown_as_share else _text(cell.value)
        odd.pop((cell.row, cell.column), None)
        if isinstance(cell.value, datetime.date | datetime.time):
            odd[cell.row, cell.column] = A_DATE.format(_text(cell.value))
    merged = tuple(Merged(block.min_row, block.min_col, block.max_row, block.max_col) for block in sheet.merged_cells.ranges)
    in_order = tuple(sorted(merged, key=lambda block: (block.top, block.left)))
    return grid_of(name, sheet.title, _rows(texts, name), in_order, odd, (*notes, *_hidden(sheet), *_struck(sheet)))


def _cells(sheet: Worksheet) -> Iterator[Cell]:
    """The cells that hold anything; iterating over rows would make every empty one, up to the last corner of the sheet."""
    return (cell for cell in sheet._cells.values() if cell.value is not None)


def _rows(texts: dict[tuple[int, int], str], name: str) -> list[tuple[int, list[str]]]:
    places = [place for place, text in texts.items() if text]
    width = max((column for _, column in places), default=0)
    rows: dict[int, list[str]] = defaultdict(lambda: [""] * width)
    if len({row for row, _ in places}) * width > MOST_CELLS:
        corner = f"{column_letters(width)}{max(row for row, _ in places)}"
        message = f"The sheet reaches down to {corner}, far beyond a table of codes. Delete what stands below the table and beside it, and save."
        raise ReviewError([Problem(name, 0, 0, message)])
    for row, column in places:
        rows[row][column - 1] = texts[row, column]
    return sorted(rows.items())


def _hidden(sheet: Worksheet) -> Iterator[str]:
    """Which rows and columns Excel does not show, by a filter for example; they were read like all others."""
    columns = [column_letters(at) for part in sheet.column_dimensions.values() if part.hidden for at in range(part.min, min(part.max, 200) + 1)]
    rows = sorted(number for number, part in sheet.row_dimensions.items() if part.hidden and number <= sheet.max_row)
    for names, one in ((columns, "column"), (rows, "row")):
        if names:
            yield f"{counted(len(names), f'hidden {one} was', f'hidden {one}s were')} read like all others: {listed(some(names, 6))}."


def _struck(sheet: Worksheet) -> Iterator[str]:
    """Which cells are struck out, and which have a note; they were read like all others."""
    struck = [f"{column_letters(cell.column)}{cell.row}" for cell in _cells(sheet) if cell.font and cell.font.strike]
    noted = [f"{column_letters(cell.column)}{cell.row}" for cell in _cells(sheet) if cell.comment]
    if struck:
        yield f"{counted(len(struck), 'cell is', 'cells are')} struck out and read like all others: {listed(some(struck, 6))}."
    if noted:
        yield f"{counted(len(noted), 'cell has', 'cells have')} a note, which was not read: {listed(some(noted, 6))}."


def _text(value: object) -> str:
    """A value as a reader would type it.

    >>> [_text(value) for value in (None, True, 1.0, 0.5, " yes ")]
    ['', 'TRUE', '1', '0.5', 'yes']
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    return printable(str(value)).strip()
