"""What does a sheet look like before anyone says what its rows and columns mean?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ..problems import Problem, column_letters, counted, listed, shown

FAILED = re.compile(r"#([A-Z/0]+[!?]|N/A|#+)|Err:\d+")  # a formula that failed, such as #DIV/0!, or a column too narrow for its number
TYPE_AGAIN = "type it again"  # what Excel changed; `slips` knows what it should be
FORMULA = "(a formula)"  # what stands for a formula whose result was not stored
MOST_NAMED, MOST_SHORT = 6, 3


@dataclass(frozen=True)
class Merged:
    """A block of cells that a spreadsheet shows as one; rows and columns counted from 1, both ends in."""

    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        return f"{column_letters(self.left)}{self.top}:{column_letters(self.right)}{self.bottom}"


@dataclass(frozen=True)
class Line:
    """One row of a sheet: its spreadsheet number and the text of each cell, all rows equally long."""

    number: int
    cells: tuple[str, ...]

    def __getitem__(self, column: int) -> str:
        """The text in a column counted from 1."""
        return self.cells[column - 1]

    @property
    def filled(self) -> tuple[int, ...]:
        """The columns that hold anything."""
        return tuple(column for column, text in enumerate(self.cells, start=1) if text)


@dataclass(frozen=True)
class Grid:
    """A sheet as text.

    Attributes
    ----------
    file : str
        Name for messages, with the sheet's name if the workbook has several.
    title : str
        The sheet's own name; empty for a CSV file.
    lines : tuple of Line
        The rows that hold anything.
    merged : tuple of Merged
    odd : mapping of (int, int) to str
        What went wrong in a cell, by row and column, with the remedy.
    notes : tuple of str
        What had to be assumed to read the file.
    short : tuple of (int, int)
        Rows of a CSV file that end before the others do: the row and its last column. Empty where they are many, as some programs leave out
        blanks at the end.
    """

    file: str
    title: str
    lines: tuple[Line, ...]
    merged: tuple[Merged, ...] = ()
    odd: Mapping[tuple[int, int], str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    short: tuple[tuple[int, int], ...] = ()

    def __iter__(self) -> Iterator[Line]:
        return iter(self.lines)

    @property
    def width(self) -> int:
        return len(self.lines[0].cells) if self.lines else 0

    def problem(self, message: str, row: int = 0, column: int = 0) -> Problem:
        """A problem at a cell, a row, a column or (neither) the whole sheet."""
        return Problem(self.file, row, column, message)


def failed(text: str) -> str:
    """What to say of a text that stands for a failure of the spreadsheet, in a workbook or in what was saved from it.

    >>> failed("#REF!"), failed("####")
    ('"#REF!" is what a spreadsheet shows where a formula failed.', '"####" is what a spreadsheet shows where a column is too narrow for its number.')
    """
    happened = "a column is too narrow for its number" if text.startswith("##") else "a formula failed"
    return f"{shown(text)} is what a spreadsheet shows where {happened}."


def grid_of(
    file: str,
    title: str,
    rows: list[tuple[int, list[str]]],
    merged: tuple[Merged, ...] = (),
    odd: Mapping[tuple[int, int], str] | None = None,
    notes: tuple[str, ...] = (),
) -> Grid:
    """Rows of any length as a grid as wide as its last filled column.

    >>> grid_of("a.csv", "", [(1, ["study", "x", ""]), (3, ["A"])]).lines[1]
    Line(number=3, cells=('A', ''))
    """
    filled = [(number, cells) for number, cells in rows if any(cells)]
    width = max((column for _, cells in filled for column, text in enumerate(cells, start=1) if text), default=0)
    lines = tuple(Line(number, tuple((cells + [""] * width)[:width])) for number, cells in filled)
    short = tuple((number, len(cells)) for number, cells in filled if 1 < len(cells) < len(filled[0][1]))
    short = short if len(short) <= MOST_SHORT else ()
    told = [ends_early(short)] if short else []
    return Grid(file, title, lines, merged, odd or {}, (*notes, *_empty_rows(lines), *told), short)


def ends_early(short: Sequence[tuple[int, int]]) -> str:
    """What to say of rows that end before the others do.

    >>> ends_early([(4, 5)])
    'Row 4 ends at E4, before the headings do: its codes may have slipped to the left. Compare with your source, and put in what is missing.'
    """
    ends = listed([f"{column_letters(column)}{row}" for row, column in short])
    rows, its = ("Row {} ends", "its") if len(short) == 1 else ("Rows {} end", "their")
    early = f"{rows.format(listed([str(row) for row, _ in short]))} at {ends}, before the headings do"
    return f"{early}: {its} codes may have slipped to the left. Compare with your source, and put in what is missing."


def _empty_rows(lines: tuple[Line, ...]) -> Iterator[str]:
    empty = [number for above, below in pairwise(lines) for number in range(above.number + 1, min(below.number, above.number + MOST_NAMED + 2))]
    if empty:
        count = lines[-1].number - lines[0].number + 1 - len(lines)
        named = [*empty[:MOST_NAMED], f"{count - MOST_NAMED} others"] if count > MOST_NAMED else empty
        yield f"{counted(count, 'empty row was', 'empty rows were')} passed over: {listed(named)}."
