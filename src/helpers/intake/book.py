"""Which rows do the sheets of a filled workbook hold, what do their names stand for, and where does each row come from?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from ..problems import Problem, did_you_mean, shown
from ..validation import NATURE
from .draft import Place
from .grid import Grid, Line
from .template import ALTERNATIVES, EVIDENCE, HEADINGS, RATINGS, REFERENCES


class Book:
    """The sheets of a workbook by their titles, and what is found wrong with them.

    Attributes
    ----------
    grids : mapping of str to Grid
    problems : list of Problem
        Noted while the sheets are read, so that all are told at once.
    """

    def __init__(self, grids: Mapping[str, Grid]):
        self.grids = grids
        self.problems: list[Problem] = []
        for title, headings in HEADINGS.items():
            if title in self.grids:
                grid = self.grids[title]
                there = tuple(" ".join(cell.split()) for cell in grid.lines[0].cells[: len(headings)])
                if there != headings[: len(there)] or grid.lines[0].number != 1:
                    self.problems.append(grid.problem(f"The headings of this sheet were changed. Write them as they were: {', '.join(headings)}.", 1))

    def rows(self, title: str) -> Iterator[tuple[Grid, Line]]:
        """The filled rows of a sheet."""
        grid = self.grids.get(title)
        width = len(HEADINGS[title])
        for line in grid.lines[1:] if grid else ():
            yield grid, Line(line.number, (*line.cells, *[""] * width)[:width])

    def find(self, grid: Grid, line: Line, column: int, known: Mapping[str, str], what: str) -> str:
        """The id of what a cell names; a problem is noted if it names nothing."""
        text = " ".join(line[column].split())
        found = known.get(text) or next((key for name, key in known.items() if name.casefold() == text.casefold()), "")
        if not found:
            message = f"There is no {what} {shown(text)}. {did_you_mean(text, known)}" if text else f"The {what} is missing. Choose it from the list."
            self.problems.append(grid.problem(message.rstrip(), line.number, column))
        return found

    def places(self, files: Mapping[str, pd.DataFrame]) -> dict[str, Place]:
        """Where each row of a file came from, so that what is wrong with it is told with its cell in the workbook."""
        sheets = {"evidence": EVIDENCE, "alternatives": ALTERNATIVES, "references": REFERENCES, NATURE: RATINGS}
        columns = {
            "evidence": ("", "Name", "Column", "", "Certainty", "Quote", "Section", "References"),
            "alternatives": ("", "Name", "Column", "Other code", "Other code", "Reason", "Quote"),
            "references": HEADINGS[REFERENCES],
            NATURE: HEADINGS[RATINGS],
        }
        found = {}
        for name, sheet in sheets.items():
            if name in files:
                where = tuple(HEADINGS[sheet].index(heading) + 1 if heading else 0 for heading in columns[name])
                found[name] = Place(self.grids[sheet].file, tuple(line.number for _, line in self.rows(sheet)), where)
        return found
