"""How are the codes of one coder read, from a form that came back or from any table with the same names?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from ..metadata import NOT_STATED, Rating
from ..problems import Problem, did_you_mean, listed, shown, some
from ..review import Review
from ..validation import CERTAINTIES, NATURE, rating_columns
from .choices import Choices
from .coded import TableError
from .coder_form import certainty_of
from .grid import Grid, Line
from .opening import open_table
from .reading import read_table
from .template import RATINGS


def coder_tables(review: Review, path: Path, choices: Choices) -> dict[str, pd.DataFrame]:
    """One coder's codes of a review, from a form that came back or from any table with the same names.

    Parameters
    ----------
    review : Review
    path : Path
    choices : Choices

    Returns
    -------
    dict of str to DataFrame
        As in `Review.coders`: each features table, and "nature" where the form holds ratings.

    Raises
    ------
    TableError
        With every cell that is empty or no code, and every name that is not the review's.
    """
    reading = read_table(path, choices)
    items = _found(review, [item for table in reading.tables for item in table.items], review.items, review.metadata.item(1), path)
    wanted = [feature for table in review.tables.values() for feature in table.columns]
    features = _found(review, [feature for table in reading.tables for feature in table.features], wanted, "column", path)
    problems = [*items.problems, *features.problems]
    nature, wrong = _nature(review, path)
    problems += wrong
    if problems:
        raise TableError(problems)
    states = {(items.ids[i], features.ids[f]): state for table in reading.tables for (i, f), state in table.states.items()}
    tables = {
        name: pd.DataFrame([[states[i, f] for f in table.columns] for i in table.index], index=table.index, columns=table.columns, dtype=object)
        for name, table in review.tables.items()
    }
    return {**tables, **({NATURE: nature} if nature is not None else {})}


@dataclass(frozen=True)
class _Found:
    """The review's id for each name in a file, and what is wrong."""

    ids: Mapping[str, str]
    problems: Sequence[Problem]


def _found(review: Review, names: Iterable[str], wanted: Sequence[str], what: str, path: Path) -> _Found:
    known = {text.casefold(): key for key in wanted for text in (key, review.short_label(key), review.label(key))}
    names = list(dict.fromkeys(names))
    ids = {name: known[name.casefold()] for name in names if name.casefold() in known}
    labels = [review.label(key) for key in wanted]
    strange = [name for name in names if name not in ids]
    problems = [Problem(path.name, 0, 0, f"The review has no {what} {shown(name)}. {did_you_mean(name, labels)}".rstrip()) for name in strange]
    absent = [review.label(key) for key in wanted if key not in ids.values()]
    if absent:
        problems.append(Problem(path.name, 0, 0, f"No {what} {listed(some(map(shown, absent)), 'or')}. All coders need the same rows and columns."))
    return _Found(ids, problems)


def _nature(review: Review, path: Path) -> tuple[pd.DataFrame | None, list[Problem]]:
    """The ratings of a form; None if it has none, or if none is filled in."""
    grid = next((grid for grid in open_table(path) if grid.title == RATINGS), None)
    ratings = review.metadata.ratings
    if not grid or not ratings or not any(text for line in grid.lines[1:] for text in line.cells[1:]):
        return None, []
    heading = [cell.casefold() for cell in grid.lines[0].cells]
    places = {rating.name: heading.index(rating.label.casefold()) + 1 for rating in ratings if rating.label.casefold() in heading}
    if len(places) < len(ratings):
        return None, [grid.problem(f"The headings of this sheet were changed. It needs {listed(rating.label for rating in ratings)}.", 1)]
    known = {text.casefold(): key for key in review.items for text in (key, review.label(key))}
    rows, problems = {}, []
    for line in grid.lines[1:]:
        item = known.get(" ".join(line[1].split()).casefold())
        if not item:
            problems.append(grid.problem(f"The review has no {review.metadata.item(1)} {shown(line[1])}.", line.number, 1))
            continue
        row = {}
        for rating in ratings:
            level, problem = _level(grid, line, places[rating.name], rating)
            problems += problem
            certainty = line[heading.index(certainty_of(rating).casefold()) + 1] if certainty_of(rating).casefold() in heading else ""
            row |= {rating.name: level, f"{rating.name}_certainty": certainty or CERTAINTIES[0]}
        rows[item] = row
    absent = [review.label(item) for item in review.items if item not in rows]
    if absent:
        problems.append(grid.problem(f"No rating for {listed(some(map(shown, absent)))}. Rate all, or delete the sheet."))
    if problems:
        return None, problems
    return pd.DataFrame(rows).T.loc[review.items, [*rating_columns(review.metadata)[1:]]], []


def _level(grid: Grid, line: Line, column: int, rating: Rating) -> tuple[str, list[Problem]]:
    levels = [*rating.level_ids, NOT_STATED]
    found = next((level for level in levels if level.casefold() == line[column].casefold()), "")
    if found:
        return found, []
    message = f"{shown(line[column])} is not a level of {rating.label}. {did_you_mean(line[column], levels)}" if line[column] else "Not rated yet."
    return "", [grid.problem(message, line.number, column)]
