"""How is a form for another coder read when it comes back?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pandas as pd

from ..intake.choices import Choices
from ..intake.coded import CodedTable, Where
from ..intake.codes import vocabulary
from ..intake.grid import Grid, Line
from ..intake.matching import matches, one_line, way
from ..intake.slips import Cell, slips
from ..problems import Problem, column_letters, counted, listed, shown, some
from ..review import Review
from ..validation import CERTAINTIES, rating_columns
from .coder_form import certainty_of
from .coder_names import item_names, level_names

MOST_LISTED = 12


def codes_of_form(grid: Grid, choices: Choices) -> tuple[CodedTable, list[Problem]]:
    """The codes of a form, and what is wrong with them: a form has its names in row 1 and column A, whatever they are.

    Parameters
    ----------
    grid : Grid
    choices : Choices
        Only what words and blanks mean is asked of them.
    """
    lines = [Line(line.number, tuple(map(one_line, line.cells))) for line in grid.lines]
    heading, rows = (lines[0], lines[1:]) if lines[0].number == 1 else (Line(1, ("",) * grid.width), lines)
    problems = [*_nameless(grid, heading, rows), *_twice(grid, heading, rows)]
    columns = [column for column in range(2, grid.width + 1) if heading[column]]
    rows = [line for line in rows if line[1]]
    known = vocabulary(choices.told, ([line[column] for line in rows] for column in columns))
    empty = all(known.is_blank(line[column]) for line in rows for column in columns)
    states, blanks, strange, understood = {}, [], [], Counter()
    for line in rows:
        for column in columns:
            text = line[column]
            state = choices.blank_means or None if known.is_blank(text) else known.state(text, heading[column])
            if state:
                states[line[1], heading[column]] = state
                understood[text, state] += 1
            elif known.is_blank(text):
                blanks.append(Cell(line.number, column, text))
            else:
                strange.append(Cell(line.number, column, text))
    if empty:  # whatever a blank means
        problems.append(Problem(grid.file.partition(", sheet ")[0], 0, 0, "This form is not filled in yet."))
    elif blanks:
        problems.append(grid.problem(_not_yet(blanks, "cell", "Write yes, no or unclear into each."), blanks[0].row, blanks[0].column))
    problems += slips(grid, strange, known)
    items, features = (tuple(dict.fromkeys(names)) for names in ([line[1] for line in rows], [heading[column] for column in columns]))
    where = Where(grid.file, {line[1]: (line.number, 1) for line in rows}, {heading[column]: (heading.number, column) for column in columns})
    return CodedTable("", items, features, states, understood, where=where), problems


def _not_yet(blanks: list[Cell], one: str, remedy: str) -> str:
    cells = listed(some([f"{column_letters(cell.column)}{cell.row}" for cell in blanks], MOST_LISTED))
    return f"{counted(len(blanks), f'{one} is', f'{one}s are')} not filled in yet ({cells}). {remedy}"


def _nameless(grid: Grid, heading: Line, rows: list[Line]) -> Iterator[Problem]:
    for line in rows:
        if not line[1]:
            yield grid.problem("The row has no name. Write it as it was, or delete the row.", line.number, 1)
        for column in line.filled:
            if column > 1 and not heading[column]:
                message = f"The cell stands under no heading. Delete it, or write the heading in {column_letters(column)}1 as it was."
                yield grid.problem(message, line.number, column)


def _twice(grid: Grid, heading: Line, rows: list[Line]) -> Iterator[Problem]:
    names = [(text, 1, column) for column, text in enumerate(heading.cells, start=1) if column > 1 and text]
    for group in (names, [(line[1], line.number, 1) for line in rows if line[1]]):
        seen: dict[str, str] = {}
        for text, row, column in group:
            cell = f"{column_letters(column)}{row}"
            if seen.setdefault(text, cell) != cell:
                yield grid.problem(f"{shown(text)} stands in {seen[text]} already. Delete one of the two.", row, column)


def ratings_of_form(review: Review, grid: Grid) -> tuple[pd.DataFrame | None, list[Problem]]:
    """The ratings of a form, and what is wrong with them; None if there are none, or if none is filled in."""
    ratings = review.metadata.ratings
    if not ratings or not any(text for line in grid.lines[1:] for text in line.cells[1:]):
        return None, []
    heading = [one_line(cell).casefold() for cell in grid.lines[0].cells]
    places = {rating.name: _place(heading, rating.label) for rating in ratings}
    if not all(places.values()):
        return None, [grid.problem(f"The headings of this sheet were changed. It needs {listed(rating.label for rating in ratings)}.", 1)]
    names, rows, problems, blanks = item_names(review), {}, [], []
    seen: dict[str, int] = {}
    for line in grid.lines[1:]:
        found = matches(line[1], names)
        if len(found) != 1:
            said = f"The review has no {review.metadata.item(1)} {shown(line[1])}." if line[1] else f"Write a name in A{line.number}."
            problems.append(grid.problem(said, line.number, 1))
        elif found[0] in seen:
            problems.append(grid.problem(f"{shown(line[1])} is rated in row {seen[found[0]]} already. Delete one row.", line.number, 1))
        else:
            seen[found[0]] = line.number
        row = {}
        for rating in ratings:
            at, of = places[rating.name], f"a level of {rating.label}"
            if line[at]:
                row[rating.name] = _one(grid, line, at, level_names(rating), of, problems)
            elif len(found) == 1:
                blanks.append(Cell(line.number, at, ""))
            at = _place(heading, certainty_of(rating.label))
            sure = [way((text, text) for text in CERTAINTIES)]
            row[f"{rating.name}_certainty"] = _one(grid, line, at, sure, "a degree of certainty", problems) if at and line[at] else CERTAINTIES[0]
        if len(found) == 1:
            rows.setdefault(found[0], row)
    if blanks:
        message = _not_yet(blanks, "rating", "Choose a level for each, or empty them all.")
        problems.append(grid.problem(message, blanks[0].row, blanks[0].column))
    absent = [review.label(item) for item in review.items if item not in rows]
    if absent:
        problems.append(grid.problem(f"No rating for {listed(some(map(shown, absent)))}. Rate all, or delete the sheet."))
    if problems:
        return None, problems
    return pd.DataFrame(rows).T.loc[review.items, [*rating_columns(review.metadata)[1:]]], []


def _place(heading: list[str], label: str) -> int:
    """The column of a heading; 0 if there is none."""
    folded = one_line(label).casefold()
    return heading.index(folded) + 1 if folded in heading else 0


def _one(grid: Grid, line: Line, column: int, ways: list, what: str, problems: list[Problem]) -> str:
    """What a cell names; a problem is added if it names nothing, or more than one thing."""
    found = matches(line[column], ways)
    if len(found) == 1:
        return found[0]
    said = f"{shown(line[column])} is not {what}. Use one of: {', '.join(ways[0])}."
    problems.append(grid.problem(grid.odd.get((line.number, column), said), line.number, column))
    return ""
