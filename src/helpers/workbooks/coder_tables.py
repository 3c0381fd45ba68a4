"""How are the codes of one coder read: from a form that came back, a table, a filled workbook, or the folder of a review?"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from ..drafts.draft import Words, draft_of
from ..drafts.folder import new_review
from ..intake.choices import Choices
from ..intake.coded import CodedTable, TableError
from ..intake.grid import Grid
from ..intake.matching import matches, way
from ..intake.opening import open_table
from ..intake.reading import Reading, read_table
from ..intake.sheets import RATINGS, is_form, is_workbook, title_of
from ..loading import load_review
from ..problems import Problem, listed, shown
from ..review import Review
from ..validation import NATURE, rating_columns
from .coder_names import found, item_names, level_names
from .form_reading import codes_of_form, ratings_of_form
from .making import codes_of, draft_from


def coder_tables(review: Review, path: Path, choices: Choices) -> dict[str, pd.DataFrame]:
    """One coder's codes of a review.

    Parameters
    ----------
    review : Review
    path : Path
        A form that came back, a table or a filled workbook with the same names, or the folder of a review with them.
    choices : Choices
        For tables that are no forms; for a form, only what words and blanks mean.

    Returns
    -------
    dict of str to DataFrame
        As in `Review.coders`: each features table, and "nature" where the file holds ratings.

    Raises
    ------
    TableError
        With every cell that is empty or no code, and every name that is not the review's.
    """
    coding = _coding(path, choices)
    names = found(review, coding.tables, path.name, coding.what)
    problems = [*coding.problems, *names.problems]
    nature = None
    if names.items or names.features:
        nature, wrong = _nature(review, path, coding)
        problems += wrong
    else:
        problems = list(names.problems)  # whatever else is wrong with it is another review's
    if problems:
        raise TableError(problems)
    states = {(names.items[i], names.features[table.title, f]): state for table in coding.tables for (i, f), state in table.states.items()}
    tables = {
        name: pd.DataFrame([[states[i, f] for f in table.columns] for i in table.index], index=table.index, columns=table.columns, dtype=object)
        for name, table in review.tables.items()
    }
    return {**tables, **({NATURE: nature} if nature is not None else {})}


def review_of_coder(path: Path, choices: Choices, place: Path) -> Review:
    """The review that one coder's file makes, where there is none; a folder that holds one is taken as it is.

    Parameters
    ----------
    path : Path
    choices : Choices
    place : Path
        Where to write it.
    """
    if path.is_dir():
        return load_review(path)
    grids = open_table(path)
    if is_form(grids):
        table, problems = codes_of_form(_codes_grid(grids, path), choices)
        if problems:
            raise TableError(problems)
        draft = draft_of(Reading(path.name, "", Choices(), (table,), ()), Words(title=path.stem))
    else:
        draft = draft_from(path, choices, Words(title=path.stem))[1]
    return new_review(draft, place / path.stem)


def has_ratings(path: Path) -> bool:
    """Whether a form brings ratings, too."""
    grids = [] if path.is_dir() else open_table(path)
    rated = (grid for grid in grids if title_of(grid) == RATINGS)
    return is_form(grids) and any(text for grid in rated for line in grid.lines[1:] for text in line.cells[1:])


def _codes_grid(grids: Sequence[Grid], path: Path) -> Grid:
    return codes_of(grids, Choices(), path.name)[0]


@dataclass(frozen=True)
class _Coding:
    """What a coder's file holds, by the names that it uses."""

    what: str
    tables: Sequence[CodedTable]
    problems: Sequence[Problem] = ()
    form: Grid | None = None  # the sheet with the ratings of a form
    review: Review | None = None


def _coding(path: Path, choices: Choices) -> _Coding:
    if path.is_dir():
        review = load_review(path)
        return _Coding("a folder", _of_review(review), review=review)
    grids = open_table(path)
    if is_form(grids):
        grid = _codes_grid(grids, path)
        table, problems = codes_of_form(grid, choices)
        return _Coding("a form", [table], problems, next((grid for grid in grids if title_of(grid) == RATINGS), None))
    if is_workbook(grids):
        with tempfile.TemporaryDirectory() as place:
            review = new_review(draft_from(path, replace(choices, label="", features="", leave_out=""), Words())[1], Path(place) / "review")
        return _Coding("a workbook", _of_review(review), review=review)
    return _Coding("a table", read_table(path, choices).tables)


def _of_review(review: Review) -> list[CodedTable]:
    """The tables of a review by the names that its cells have for readers."""
    coded = []
    for name, table in review.tables.items():
        items, features = ({key: review.label(key) for key in keys} for keys in (table.index, table.columns))
        states = {(items[i], features[f]): table.at[i, f] for i in items for f in features}
        coded.append(CodedTable(review.label(name), tuple(items.values()), tuple(features.values()), states, Counter()))
    return coded


def _nature(review: Review, path: Path, coding: _Coding) -> tuple[pd.DataFrame | None, list[Problem]]:
    """The ratings that came with the codes, if there are any."""
    if coding.form:
        return ratings_of_form(review, coding.form)
    other = coding.review
    if not other or not review.metadata.ratings or other.nature.empty:
        return None, []
    ways = [way((rating.label, rating.name) for rating in other.metadata.ratings), way((rating.name,) * 2 for rating in other.metadata.ratings)]
    theirs = {rating.name: matches(rating.label, ways) or matches(rating.name, ways) for rating in review.metadata.ratings}
    absent = [review.rating(name).label for name, keys in theirs.items() if not keys]
    if absent:
        return None, [Problem(path.name, 0, 0, f"There is no scale {listed(map(shown, absent), 'or')}. All coders need the same scales.")]
    names, rows, problems = item_names(review), {}, []
    for item in other.nature.index:
        found_item, row = matches(other.label(item), names) or matches(item, names), {}
        for rating in review.metadata.ratings:
            key = theirs[rating.name][0]
            level = matches(other.nature.at[item, key], level_names(rating))
            if not level:
                said = f"{shown(other.nature.at[item, key])} is not a level of {rating.label}"
                problems.append(Problem(path.name, 0, 0, f"{other.label(item)}: {said}. Use one of: {', '.join(rating.level_ids)}."))
            row |= {rating.name: level[0] if level else "", f"{rating.name}_certainty": other.nature.at[item, f"{key}_certainty"]}
        if found_item:
            rows[found_item[0]] = row
    if problems or set(rows) != set(review.items):
        return None, problems
    return pd.DataFrame(rows).T.loc[review.items, [*rating_columns(review.metadata)[1:]]], []
