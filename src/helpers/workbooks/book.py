"""Which rows do the sheets of a filled workbook hold, what do their names stand for, and where does each row come from?"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

import pandas as pd

from ..drafts.draft import Place
from ..intake.grid import FAILED, Grid, Line, failed
from ..intake.matching import Way, matches, one_line
from ..intake.sheets import (
    ABOUT_SHEET,
    ALTERNATIVES,
    ANSWERS,
    CODEBOOK,
    CODES,
    EVIDENCE,
    HEADINGS,
    ITEMS,
    RATINGS,
    READ_ME,
    REFERENCES,
    SCALES,
    title_of,
)
from ..problems import Problem, column_letters, counted, did_you_mean, listed, shown
from ..validation import NATURE

ORIGINS = {  # the sheet that a file is made of, and for each column of the file the heading there
    "models": (ITEMS, ("", "Name", "Short name", "What it is", "References")),
    "features": (CODEBOOK, ("Table", "", "Column", "Short name", "What counts as a Yes")),
    NATURE: (RATINGS, HEADINGS[RATINGS]),
    "evidence": (EVIDENCE, ("", "Name", "Column", "", "Certainty", "Quote", "Section", "References")),
    "alternatives": (ALTERNATIVES, ("", "Name", "Column", "Other code", "Other code", "Reason", "Quote")),
    "references": (REFERENCES, HEADINGS[REFERENCES]),
}


class Book:
    """The sheets of a workbook by their titles, and what is found wrong with them.

    Attributes
    ----------
    file : str
    grids : dict of str to Grid
        All but Read me and those with codes.
    problems : list of Problem
        Noted while the sheets are read, so that all are told at once.
    notes : list of str
        What is worth knowing.
    numbers : dict of str to list of int
        For each file of the review, the row of its sheet that each of its rows came from (0: none).
    columns : dict of str to tuple of int
        For a file whose columns stand elsewhere than usual: where.
    changed : set of str
        Sheets whose headings were changed, so that they cannot be read.
    """

    def __init__(self, grids: Sequence[Grid], codes: Collection[str]):
        self.file = grids[0].file.partition(", sheet ")[0]
        self.grids: dict[str, Grid] = {}
        self.problems: list[Problem] = []
        self.notes: list[str] = []
        self.numbers: dict[str, list[int]] = {}
        self.columns: dict[str, tuple[int, ...]] = {}
        self._odd: set[tuple[str, int, int]] = set()
        self.changed: set[str] = set()
        for grid in grids:
            self._take(grid, codes)
        for title, grid in self.grids.items():
            self._check(title, grid)

    def _take(self, grid: Grid, codes: Collection[str]) -> None:
        title = title_of(grid)
        if grid.title in codes or title == READ_ME:
            return
        if title == CODES:
            self.notes.append(f"The sheet {grid.title} was not read; its place was taken by {listed(codes)}.")
        elif not title:
            hint = did_you_mean(grid.title, (ABOUT_SHEET, CODES, *HEADINGS))
            message = f"The sheet {grid.title} is not one of this workbook's and was not read. {hint if hint.startswith('Did') else ''}"
            self.problems.append(grid.problem(f"{message.rstrip()} Move what it holds to the sheets of this workbook, then delete or hide it."))
        elif title in self.grids:
            self.problems.append(grid.problem(f"The sheet {title} is there twice. Put all rows on one of the two, and delete the other."))
        else:
            self.grids[title] = grid

    def _check(self, title: str, grid: Grid) -> None:
        """Headings that were changed, cells that Excel spoiled, columns that are not read."""
        headings = HEADINGS.get(title, ANSWERS)
        for line in grid.lines:
            for column, text in enumerate(line.cells[: len(headings)], start=1):
                said = grid.odd.get((line.number, column), "")
                if FAILED.fullmatch(text):
                    said = f"{failed(text)} Write a text in its place."
                if said:
                    self.problem(grid, said, line.number, column)
                    self._odd.add((title, line.number, column))
        there = tuple(one_line(cell).casefold() for cell in grid.lines[0].cells[: len(headings)])
        if title != ABOUT_SHEET and (there != tuple(map(str.casefold, headings[: len(there)])) or grid.lines[0].number != 1):
            self.changed.add(title)
            self.problem(grid, f"The headings of this sheet were changed. Write them as they were: {', '.join(headings)}.", 1)
        for column in range(len(headings) + 1, grid.width + 1):
            filled = [line for line in grid if line[column]]
            if filled and title in (ABOUT_SHEET, SCALES, RATINGS):
                more = "Write answers into column B." if title == ABOUT_SHEET else "There are two scales at most."
                self.problem(grid, f"Column {column_letters(column)} is not one of this sheet's and was not read. {more}", filled[0].number, column)
            elif filled:
                self.notes.append(f"Sheet {title}: column {column_letters(column)} was not read ({counted(len(filled), 'filled cell')}).")

    def problem(self, grid: Grid, message: str, row: int = 0, column: int = 0) -> None:
        """Note what is wrong, unless the cell was spoiled by Excel, which is told already."""
        if (title_of(grid), row, column) not in self._odd:
            self.problems.append(grid.problem(message, row, column))

    def rows(self, title: str) -> Iterator[tuple[Grid, Line]]:
        """The filled rows of a sheet; none if its headings were changed, because then no column is certain."""
        grid = self.grids.get(title)
        width = len(HEADINGS[title])
        for line in grid.lines[1:] if grid and title not in self.changed else ():
            cells = (*line.cells, *[""] * width)[:width]
            if any(cells):
                yield grid, Line(line.number, cells)

    def find(self, grid: Grid, line: Line, column: int, ways: Sequence[Way], what: str = "") -> str:
        """The id of what a cell names; a problem is noted if it names nothing or more than one thing. `what`: a name unless told."""
        text = one_line(line[column])
        found = matches(text, ways)
        if len(found) == 1:
            return found[0]
        if found:
            alone = {keys[0]: name for way in ways for name in way if len(keys := matches(name, ways)) == 1}
            message = f"{shown(text)} may be {listed((alone[key] for key in found if key in alone), 'or')}. Write it as one of these."
        elif not text:
            message = f"Choose {what or 'a name'} in {column_letters(column)}{line.number}."
        else:
            where = f"is not {what}" if what else f"is not on the sheet {CODES}"
            message = f"{shown(text)} {where}. {did_you_mean(text, ways[0])}".rstrip()
        self.problem(grid, message, line.number, column)
        return ""

    def places(self, files: Mapping[str, pd.DataFrame]) -> dict[str, Place]:
        """Where each row of a file came from, so that what is wrong with it is told with its cell in the workbook."""
        found = {}
        for name, (sheet, headings) in ORIGINS.items():
            if name in files and sheet in self.grids:
                usual = tuple(HEADINGS[sheet].index(heading) + 1 if heading else 0 for heading in headings)
                columns = self.columns.get(name, usual)
                found[name] = Place(self.grids[sheet].file, tuple(self.numbers.get(name, ())), columns)
        return found
