"""How does a file, a table or a filled workbook, become the draft of a review?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from ..problems import Problem
from .choices import Choices
from .coded import CodedTable, TableError
from .draft import Draft, Words, draft_of
from .filled import draft_of_workbook
from .grid import Grid
from .heading import heading_of
from .opening import open_table
from .reading import Reading, read_table
from .template import CODES, is_workbook


def draft_from(path: Path, choices: Choices, words: Words) -> tuple[Reading, Draft]:
    """What a file holds, and the review it makes; a filled workbook brings words of its own.

    Raises
    ------
    ReviewError
        With every problem of the table, or of all sheets of a workbook.
    SynopsisError
        If the choices contradict the file.
    """
    grids = open_table(path)
    if not is_workbook(grids):
        reading = read_table(path, choices)
        return reading, draft_of(reading, words)
    try:
        reading = read_table(path, choices)
    except TableError as error:
        raise TableError([*error.problems, *_of_other_sheets(grids, path)], error.advice) from None
    return reading, draft_of_workbook(grids, reading)


def _of_other_sheets(grids: Sequence[Grid], path: Path) -> Sequence[Problem]:
    """What is wrong on the other sheets of a workbook, as far as it can be seen while the codes cannot be read."""
    grid = next(grid for grid in grids if grid.title == CODES)
    heading = heading_of(grid, lambda text: False)
    items = tuple(dict.fromkeys(name for line in heading.lines if (name := " ".join(line[1].split()))))
    features = tuple(dict.fromkeys(column.name for column in heading.columns[1:] if column.name))
    if not items or not features:
        return ()
    codes = CodedTable("", items, features, {(item, feature): "unclear" for item in items for feature in features}, Counter())
    try:
        draft_of_workbook(grids, Reading(path.name, "", Choices(), (codes,), ()))
    except TableError as error:
        return error.problems
    return ()
