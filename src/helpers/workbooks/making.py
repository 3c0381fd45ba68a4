"""How does a file, a table or a filled workbook, become the draft of a review?"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ..drafts.draft import Draft, Words, draft_of
from ..drafts.folder import check, write
from ..intake.choices import Choices
from ..intake.coded import CodedTable, TableError
from ..intake.codes import vocabulary
from ..intake.grid import Grid
from ..intake.heading import heading_of
from ..intake.opening import open_table
from ..intake.reading import Reading, read_grids
from ..intake.sheets import CODES, codes_sheet, is_workbook
from ..problems import Problem, ReviewError
from .filled import Filled, draft_of_workbook


def draft_from(path: Path, choices: Choices, words: Words) -> tuple[Reading, Draft]:
    """What a file holds, and the review it makes; the words of a filled workbook go before those given here.

    Raises
    ------
    ReviewError
        With every problem of the table, or of all sheets of a workbook.
    SynopsisError
        If the choices contradict the file.
    """
    grids = open_table(path)
    if not is_workbook(grids):
        reading = read_grids(path, grids, choices)
        return reading, draft_of(reading, words)
    codes = [grid.title for grid in codes_of(grids, choices, path.name)]
    asked = choices if choices.sheets or codes == [CODES] else replace(choices, sheets=tuple(codes))
    try:
        reading = read_grids(path, grids, asked)
    except TableError as error:
        read = [grid for grid in grids if grid.title in codes]
        raise TableError([*error.problems, *_of_other_sheets(grids, read, choices, words)], error.advice, error.without) from None
    reading = replace(reading, choices=choices, remembered=replace(reading.remembered, sheets=choices.sheets))
    filled = draft_of_workbook(grids, reading, codes, words)
    if filled.problems:
        raise TableError(_all_problems(filled))
    return replace(reading, notes=(*reading.notes, *filled.notes)), filled.draft


def codes_of(grids: Sequence[Grid], choices: Choices, file: str) -> list[Grid]:
    """The sheets of a workbook, or of a form, that hold codes.

    Raises
    ------
    ReviewError
        If the sheet Codes was renamed or is empty.
    """
    if choices.sheets:
        chosen = {sheet.casefold() for sheet in choices.sheets}
        return [grid for grid in grids if grid.title.casefold() in chosen]
    grid = codes_sheet(grids)
    if not grid:
        message = f"There is no sheet {CODES} that holds anything and is not hidden. Name the sheet with the codes {CODES}."
        raise TableError([Problem(file, 0, 0, message)])
    if grid.lines[0].filled == (1,) and len(grid.lines) == 1:
        raise TableError([grid.problem(f"The sheet {CODES} is still empty. Write a name in A2 and a heading in B1.")])
    return [grid]


def _of_other_sheets(grids: Sequence[Grid], codes: Sequence[Grid], choices: Choices, words: Words) -> Sequence[Problem]:
    """What is wrong on the other sheets of a workbook, as far as it can be seen while some codes cannot be read."""
    tables = [table for grid in codes if (table := _as_far_as_read(grid, choices, grid.title if len(codes) > 1 else ""))]
    if not tables:
        return ()
    items = tuple(dict.fromkeys(item for table in tables for item in table.items))
    whole = [
        replace(table, items=items, states={(i, f): table.states.get((i, f), "unclear") for i in items for f in table.features}) for table in tables
    ]
    filled = draft_of_workbook(grids, Reading("", "", choices, tuple(whole), ()), [grid.title for grid in codes], words)
    return _all_problems(filled)


def _as_far_as_read(grid: Grid, choices: Choices, title: str) -> CodedTable | None:
    """The codes of a sheet; those that cannot be read as unclear."""
    known = vocabulary(choices.told, ())
    heading = heading_of(grid, lambda text: bool(known.state(text)))
    rows = {name: line for line in reversed(heading.lines) if (name := " ".join(line[1].split()))}
    columns = {column.name: column for column in reversed(heading.columns[1:]) if column.name}
    if not rows or not columns:
        return None
    items, features = tuple(reversed(rows)), tuple(reversed(columns))
    states = {(i, f): known.state(rows[i][columns[f].position], f) or choices.blank_means or "unclear" for i in items for f in features}
    return CodedTable(title, items, features, states, Counter())


def _all_problems(filled: Filled) -> list[Problem]:
    """What is wrong with a workbook, and what the checks of a review find in the rest; a cell is told once."""
    told = {(problem.file, problem.row, problem.column) for problem in filled.problems if problem.column}
    with tempfile.TemporaryDirectory() as place:
        write(filled.draft, Path(place), "review")
        try:
            check(filled.draft, Path(place))
        except ReviewError as error:
            return [*filled.problems, *(problem for problem in error.problems if (problem.file, problem.row, problem.column) not in told)]
    return list(filled.problems)
