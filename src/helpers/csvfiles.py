"""How is a CSV file read, however Excel saved it, and written so that the same table gives the same bytes?"""

from __future__ import annotations

import csv
import io
import re
import stat
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from .problems import Problem, ReviewError

DELIMITERS = (",", ";", "\t")

UNSEEN = "\ufeff\u200b\u2060"  # signs without width that programs leave between letters, and that drawing stumbles over
SOFT_BREAKS = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
NAMES = ("label", "short_label")
MOST_BYTES = 100 * 10**6


@dataclass(frozen=True)
class Row:
    """One row of a sheet: `row["column"]` is the cell's text, without surrounding blanks."""

    number: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]


@dataclass(frozen=True)
class Sheet:
    """A CSV file as a spreadsheet shows it.

    Attributes
    ----------
    file : str
        Name for messages.
    header : tuple of str
    rows : tuple of Row
        Rows that hold anything, each with its spreadsheet number (the header is row 1).
    notes : tuple of str
        What had to be assumed to read the file.
    """

    file: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def problem(self, message: str, row: Row | None = None, column: str | None = None) -> Problem:
        """A problem at a row, a column, a cell or (neither) the whole file."""
        position = self.header.index(column) + 1 if column in self.header else 0
        return Problem(self.file, row.number if row else 0, position, message)

    def with_columns(self, columns: Sequence[str]) -> Sheet:
        """The sheet with those of the columns that it lacks added at the end, empty."""
        missing = [column for column in columns if column not in self.header]
        rows = tuple(replace(row, cells={**row.cells, **dict.fromkeys(missing, "")}) for row in self.rows)
        return replace(self, header=(*self.header, *missing), rows=rows)

    def to_frame(self) -> pd.DataFrame:
        return pd.DataFrame([[row[name] for name in self.header] for row in self.rows], columns=list(self.header), dtype=object)


def read_sheet(path: Path, file: str | None = None) -> Sheet:
    """Read a CSV file: UTF-8 with or without a mark, UTF-16, or Windows-1252; commas, semicolons or tabs; any line ends.

    Parameters
    ----------
    path : Path
    file : str, optional
        Name for messages; the file's own name by default.

    Raises
    ------
    ReviewError
        If the file cannot be read as a table: every reason, with its row.
    """
    file = file or path.name
    rows, notes = text_rows(file_bytes(path, file), file)
    return _sheet(file, _with_names_on_one_line(rows), notes)


def file_bytes(path: Path, file: str) -> bytes:
    """What a file holds, once it is certain that it is a file of a size that a table can have.

    Raises
    ------
    ReviewError
        If there is no such file, it may not be read, or it is a folder, a device or too large.
    """
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise _unreadable(file, "This is a folder, not a file. Name the file, or move the folder away.")
        if not stat.S_ISREG(status.st_mode):
            raise _unreadable(file, "This is no ordinary file. Name the file with the table.")
        if status.st_size > MOST_BYTES:
            size = f"{status.st_size / 1e6:,.0f} MB"
            raise _unreadable(file, f"The file has {size}; a table of codes has at most {MOST_BYTES // 10**6}. Check that it is the right file.")
        return path.read_bytes()
    except ReviewError:
        raise
    except FileNotFoundError:
        what = "This is a link to a file that is not there" if path.is_symlink() else "There is no such file"
        raise _unreadable(file, f"{what}. Check the name and the folder.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise _unreadable(file, f"The file cannot be read ({reason}). Close it in other programs and check that you may open it.") from None


def text_rows(data: bytes, file: str) -> tuple[list[tuple[int, list[str]]], tuple[str, ...]]:
    """The rows of a CSV file that hold anything, each with its spreadsheet number, and what had to be assumed to read it.

    Raises
    ------
    ReviewError
        If it is no text, empty, or its quotation marks do not pair up.
    """
    text, notes = _decode(data, file)
    rows = _parse(text, file)
    if not rows:
        raise _unreadable(file, "The file is empty. The first row must hold the names of the columns.")
    return rows, notes


def _unreadable(file: str, message: str) -> ReviewError:
    return ReviewError([Problem(file, 0, 0, message)])


def _decode(data: bytes, file: str) -> tuple[str, tuple[str, ...]]:
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise _unreadable(file, 'This is an Excel workbook, not a CSV file. In Excel choose "Save as", then "CSV UTF-8".')
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            break
        if encoding == "cp1252":
            return text, (f'{file} is not saved as UTF-8; it was read as Windows-1252. Check the accented letters, or save it as "CSV UTF-8".',)
        return text, ()
    raise _unreadable(file, 'The file is not readable as text. In Excel choose "Save as", then "CSV UTF-8".')


def _encodings(data: bytes) -> tuple[str, ...]:
    """How the text may be written: as its mark says; without one, every second byte zero means UTF-16."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ("utf-16",)
    pairs = min(len(data), 2000) // 2 * 2
    for encoding, silent in (("utf-16-le", data[1:pairs:2]), ("utf-16-be", data[0:pairs:2])):
        if pairs and silent.count(0) > 0.7 * len(silent):
            return (encoding,)
    return ("utf-8-sig", "cp1252")


def _parse(text: str, file: str) -> list[tuple[int, list[str]]]:
    """The rows that hold anything, each with its spreadsheet number."""
    text = re.sub(r"\A(?i:sep)=.(\r\n|\r|\n)", "", text)  # a line Excel understands and does not count as data
    lines = []
    number = 0
    try:
        for number, cells in enumerate(_reader(text, _delimiter(text)), start=1):
            lines.append((number, [printable(cell).strip() for cell in cells]))
    except csv.Error:
        message = (
            "The quotation marks in this row, or in one after it, do not pair up: one is opened and never closed. Open the file in a text editor and "
            'delete that mark, not the row. Inside a text, a quotation mark is written twice: "".'
        )
        raise ReviewError([Problem(file, number + 1, 0, message)]) from None
    return [(number, cells) for number, cells in lines if any(cells)]


def _with_names_on_one_line(rows: list[tuple[int, list[str]]]) -> list[tuple[int, list[str]]]:
    """The rows, in which no name (a heading, what stands first in a row, a label) goes over several lines; quotes may."""
    named = {0, *(place for place, heading in enumerate(rows[0][1]) if heading in NAMES)}
    return [
        (number, [" ".join(cell.split()) if row == 0 or place in named else cell for place, cell in enumerate(cells)])
        for row, (number, cells) in enumerate(rows)
    ]


def printable(cell: str) -> str:
    """A cell without signs that no page can show, as word processors leave them behind; a soft line break becomes a blank."""
    if cell.isprintable():
        return cell
    return "".join(" " if sign in SOFT_BREAKS else sign for sign in cell if sign in SOFT_BREAKS or sign.isspace() or not _without_picture(sign))


def _without_picture(sign: str) -> bool:
    """Whether a sign is a control character, half of a pair, or one of those that Unicode keeps for no character."""
    return unicodedata.category(sign) in ("Cc", "Cs") or sign in UNSEEN or ord(sign) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(sign) <= 0xFDEF


def _delimiter(text: str) -> str:
    """The delimiter that cuts every row into the same number of cells, else the one that cuts the first row into most."""

    def fit(delimiter: str) -> tuple[bool, int]:
        widths: list[int] = []
        even = True
        try:
            for cells in _reader(text, delimiter):
                even = even and (not any(cells) or not widths or len(cells) == widths[0])
                if any(cells) or len(cells) > 1:
                    widths.append(len(cells))
        except csv.Error:
            even = False
        return even and widths[:1] > [1], widths[0] if widths else 0

    return max(DELIMITERS, key=fit)  # the first of equals, so a single column counts as comma-separated


def _reader(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)


def _sheet(file: str, lines: list[tuple[int, list[str]]], notes: tuple[str, ...]) -> Sheet:
    headed = max((n for n, cell in enumerate(lines[0][1], start=1) if cell), default=0)
    filled = max(n for _, cells in lines for n, cell in enumerate(cells, start=1) if cell)
    width = max(headed, min(filled, len(lines[0][1])))  # a column that row 1 reaches but does not name counts as one
    surplus = [(number, n) for number, cells in lines[1:] for n, cell in enumerate(cells, start=1) if cell and n > width]
    problems = [Problem(file, number, n, "The cell stands under no heading. Name its column in row 1, or delete the cell.") for number, n in surplus]
    header = lines[0][1][:width]
    for position, name in enumerate(header, start=1):
        if not name:
            problems.append(Problem(file, lines[0][0], position, "The column has no name. Name it in row 1, or delete the column."))
        elif name in header[: position - 1]:
            problems.append(Problem(file, lines[0][0], position, f"The column {name} is there twice. Delete or rename one."))
    if problems:
        raise ReviewError(problems)
    rows = tuple(Row(number, dict(zip(header, (cells + [""] * width)[:width], strict=True))) for number, cells in lines[1:])
    return Sheet(file, tuple(header), rows, notes)


def csv_text(frame: pd.DataFrame, index: bool = False) -> str:
    """A table as CSV: commas, LF line ends, quotation marks only where needed.

    >>> csv_text(pd.DataFrame({"model": ["a"], "quote": ["one, two"]}))
    'model,quote\\na,"one, two"\\n'
    """
    return frame.to_csv(index=index, lineterminator="\n")
