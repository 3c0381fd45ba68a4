"""Which sheets of a workbook are those of the workbook to fill in, or of a form for another coder?"""

from __future__ import annotations

from collections.abc import Sequence

from .grid import Grid
from .matching import one_line

MARK, FORM_MARK = "A workbook for Synopsis", "A form for another coder"  # what the sheet Read me begins with
READ_ME, ABOUT_SHEET, ANSWERS = "Read me", "About", ("Question", "Your answer", "Example")
CODES, ITEMS, CODEBOOK, SCALES, RATINGS = "Codes", "Items", "Codebook", "Scales", "Ratings"
EVIDENCE, ALTERNATIVES, REFERENCES = "Evidence", "Alternatives", "References"
HEADINGS = {
    ITEMS: ("Name", "Short name", "What it is", "References"),
    CODEBOOK: ("Column", "Table", "Short name", "What counts as a Yes"),
    SCALES: ("Scale 1: level", "Scale 1: half", "Scale 2: level", "Scale 2: half"),
    RATINGS: ("Name", "Scale 1", "Certainty 1", "Scale 2", "Certainty 2"),
    EVIDENCE: ("Name", "Column", "Quote", "Section", "References", "Certainty"),
    ALTERNATIVES: ("Name", "Column", "Other code", "Reason", "Quote"),
    REFERENCES: ("Number", "Authors", "Year", "Title", "Source", "Volume", "Pages", "As printed"),
}


def title_of(grid: Grid) -> str:
    """Which sheet of the workbook this is, whatever its capitals and blanks; empty if it is none of them."""
    if any(mark in line.cells for line in grid.lines[:1] for mark in (MARK, FORM_MARK)):
        return READ_ME
    folded = one_line(grid.title).casefold()
    return next((title for title in (READ_ME, ABOUT_SHEET, CODES, *HEADINGS) if title.casefold() == folded), "")


def is_workbook(grids: Sequence[Grid]) -> bool:
    """Whether the sheets are those of this workbook; the sheet Read me may be gone if two others are there."""
    if _begins(grids, MARK) or _begins(grids, FORM_MARK):
        return _begins(grids, MARK)
    return bool(_headed(grids) & {ABOUT_SHEET}) or (CODES in map(title_of, grids) and len(_headed(grids)) > 1)


def is_form(grids: Sequence[Grid]) -> bool:
    """Whether the sheets are those of a form for another coder."""
    if _begins(grids, MARK) or _begins(grids, FORM_MARK):
        return _begins(grids, FORM_MARK)
    return CODES in map(title_of, grids) and {CODEBOOK, EVIDENCE} <= _headed(grids) and not _headed(grids) & {ABOUT_SHEET, ITEMS, ALTERNATIVES}


def codes_sheet(grids: Sequence[Grid]) -> Grid | None:
    """The sheet with the codes."""
    return next((grid for grid in grids if title_of(grid) == CODES), None)


def has_codes_sheet(grids: Sequence[Grid]) -> bool:
    """Whether the sheets are those of this workbook or of a form for another coder: the codes stand on the sheet Codes."""
    return (is_workbook(grids) or is_form(grids)) and any(title_of(grid) == CODES for grid in grids)


def _begins(grids: Sequence[Grid], mark: str) -> bool:
    return any(mark in line.cells for grid in grids for line in grid.lines[:1])


def _headed(grids: Sequence[Grid]) -> set[str]:
    """The sheets that have their headings as they were written."""
    wanted = {ABOUT_SHEET: ANSWERS, **HEADINGS}
    return {title_of(grid) for grid in grids if grid.lines and grid.lines[0].cells[:2] == wanted.get(title_of(grid), ())[:2]}
