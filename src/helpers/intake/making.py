"""How does a file, a table or a filled workbook, become the draft of a review?"""

from __future__ import annotations

from pathlib import Path

from .choices import Choices
from .draft import Draft, Words, draft_of
from .filled import draft_of_workbook
from .opening import open_table
from .reading import Reading, read_table
from .template import is_workbook


def draft_from(path: Path, choices: Choices, words: Words) -> tuple[Reading, Draft]:
    """What a file holds, and the review it makes; a filled workbook brings words of its own.

    Raises
    ------
    ReviewError
        With every problem of the table of codes, or else with every problem of the other sheets of a workbook.
    SynopsisError
        If the choices contradict the file.
    """
    reading = read_table(path, choices)
    grids = open_table(path)
    return reading, draft_of_workbook(grids, reading) if is_workbook(grids) else draft_of(reading, words)
