"""A sound sheet as a clinician could have made it (trials and people are made up), and how tests write sheets of their own."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.utils import coordinate_to_tuple, get_column_letter

Cells = dict[str, object]  # what stands in a sheet, by address

SOUND = """
Trial  Home_visits  Peer_support  Family_sessions  Exercise  Diary  Phone_calls
Alder  yes          no            yes              no        no     yes
Birch  yes          yes           no               no        no     no
Cedar  no           no            yes              yes       no     yes
Damson no           yes           no               unclear   yes    no
Elder  yes          no            no               yes       yes    no
Fir    no           no            yes              no        yes    unclear
Gorse  yes          yes           yes              no        no     no
Hazel  no           yes           no               yes       no     yes
"""
FEATURES = ("Home visits", "Peer support", "Family sessions", "Exercise", "Diary", "Phone calls")
TRIALS = {line.split()[0]: line.split()[1:] for line in SOUND.strip().splitlines()[1:]}
CODES = {(trial, feature): code for trial, codes in TRIALS.items() for feature, code in zip(FEATURES, codes, strict=True)}


def sound() -> Cells:
    """The sheet in A1:G9."""
    return table([["Trial", *FEATURES], *([trial, *codes] for trial, codes in TRIALS.items())])


def table(rows: Sequence[Sequence[object]], top: int = 1, left: int = 1) -> Cells:
    """Rows as cells from a corner on."""
    return {f"{get_column_letter(left + n)}{top + m}": value for m, row in enumerate(rows) for n, value in enumerate(row)}


def column(letter: str, heading: object, values: Sequence[object]) -> Cells:
    """One more column, heading in row 1."""
    return {f"{letter}{row}": value for row, value in enumerate([heading, *values], start=1)}


def in_words(**words: str) -> Cells:
    """The sound sheet with other words for yes, no and unclear."""
    return {address: words.get(str(value), value) for address, value in sound().items()}


def moved(cells: Cells, down: int = 0, right: int = 0, first: int = 1) -> Cells:
    """Cells moved, from a row on."""
    places = {coordinate_to_tuple(address): value for address, value in cells.items()}
    return {f"{get_column_letter(column + right)}{row + (down if row >= first else 0)}": value for (row, column), value in places.items()}


def csv_text(cells: Mapping[str, object], delimiter: str = ",", end: str = "\r\n") -> str:
    """A sheet as Excel saves it, quotation marks only where the delimiter needs them."""
    places = {coordinate_to_tuple(address): value for address, value in cells.items() if value is not None}
    height, width = (max(place[n] for place in places) for n in (0, 1))
    buffer = io.StringIO(newline="")
    rows = [[_text(places.get((row, column), "")) for column in range(1, width + 1)] for row in range(1, height + 1)]
    csv.writer(buffer, delimiter=delimiter, lineterminator=end).writerows(rows)
    return buffer.getvalue()


def _text(value: object) -> str:
    return str(value).upper() if isinstance(value, bool) else str(value)


def write_csv(path: Path, cells: Cells, delimiter: str = ",", encoding: str = "utf-8") -> Path:
    path.write_bytes(csv_text(cells, delimiter).encode(encoding))
    return path


def write_xlsx(path: Path, cells: Cells, merge: Sequence[str] = (), more: Callable[[Workbook], object] | None = None) -> Path:
    """A workbook with one sheet, Codes; `more` may add to it."""
    book = Workbook()
    book.active.title = "Codes"
    for address, value in cells.items():
        if value is not None:
            book.active[address] = value
    for block in merge:
        book.active.merge_cells(block)
    if more:
        more(book)
    book.save(path)
    return path
