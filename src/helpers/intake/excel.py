"""How are the sheets of an Excel workbook read, as Excel shows them, without running or changing anything?"""

from __future__ import annotations

import contextlib
import datetime
import io
import warnings
from collections.abc import Iterator

from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from ..csvfiles import printable
from ..problems import Problem, ReviewError
from .grid import Grid, Merged, grid_of

MOST_CELLS = 3_000_000
NO_RESULT = "The cell holds a formula without a stored result. Open the file in Excel or LibreOffice, save it there, and start again."
A_DATE = "Excel made a date of what was typed here. Type the code again, after setting the cell's format to Text."


def sheets_of(data: bytes, file: str) -> list[Grid]:
    """Every visible sheet that holds anything. Formulas count as the results that were stored with them.

    Raises
    ------
    ReviewError
        If the workbook is broken or a sheet reaches too far.
    """
    with _quiet(file):
        results, formulas = (load_workbook(io.BytesIO(data), data_only=only) for only in (True, False))
        visible = [sheet for sheet in results.worksheets if sheet.sheet_state == "visible"]
        hidden = [sheet.title for sheet in results.worksheets if sheet.sheet_state != "visible"]
        notes = (f"Hidden sheets were not read: {', '.join(hidden)}.",) if hidden else ()
        grids = [_grid(sheet, _name(file, sheet, visible), formulas, notes) for sheet in visible]
    return [grid for grid in grids if grid.lines]


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
    if sheet.max_row * sheet.max_column > MOST_CELLS:
        message = "The sheet reaches far beyond a table of codes. Delete the empty rows below the table and the empty columns beside it, and save."
        raise ReviewError([Problem(name, sheet.max_row, sheet.max_column, message)])
    rows, odd = [], {}
    typed = formulas[sheet.title]
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        texts = []
        for column, cell in enumerate(cells, start=1):
            texts.append(_text(cell.value))
            if cell.value is None and getattr(typed.cell(number, column), "data_type", "") == "f":
                texts[-1], odd[number, column] = "(a formula)", NO_RESULT
            elif isinstance(cell.value, datetime.date | datetime.time):
                odd[number, column] = A_DATE
        rows.append((number, texts))
    merged = tuple(Merged(block.min_row, block.min_col, block.max_row, block.max_col) for block in sheet.merged_cells.ranges)
    return grid_of(name, sheet.title, rows, tuple(sorted(merged, key=lambda block: (block.top, block.left))), odd, notes)


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
