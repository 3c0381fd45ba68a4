"""How does a workbook that somebody has filled in become a review?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from ..drafts.draft import LONGEST_QUOTE, Draft, Words, draft_of, partial
from ..identifiers import FEATURES, MODELS, identifiers
from ..intake.coded import CodedTable
from ..intake.grid import Grid, Line
from ..intake.matching import Way, one_line, way
from ..intake.reading import Reading
from ..intake.sheets import ALTERNATIVES, CODEBOOK, EVIDENCE, ITEMS, RATINGS, REFERENCES, SCALES
from ..metadata import NOT_STATED
from ..problems import Problem, column_letters, counted, listed, shown, some
from ..validation import CERTAINTIES, COLUMNS, NATURE
from .about import About, Scale, about, clashes
from .book import Book
from .book_tables import by_codebook

QUOTED = {"evidence": (EVIDENCE, 3), "alternatives": (ALTERNATIVES, 5)}  # the files with quotes: their sheet, its column
Cell = tuple[str, str]  # an item's and a feature's id


@dataclass(frozen=True)
class Filled:
    """The draft of a workbook as far as it can be read; a review only if there are no problems."""

    draft: Draft
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]


def draft_of_workbook(grids: Sequence[Grid], reading: Reading, codes: Sequence[str], words: Words) -> Filled:
    """The review that a filled workbook makes.

    Parameters
    ----------
    grids : sequence of Grid
        All its sheets.
    reading : Reading
        Of its sheets with codes.
    codes : sequence of str
        The titles of these.
    words : Words
        What was told otherwise; the sheet About goes before it.

    Returns
    -------
    Filled
        With every name that no row or column has, every level that no scale has and every heading that was changed, each with its cell. Rows whose
        names are unknown are left out of the draft.
    """
    book = Book(grids, codes)
    told = about(book, words)
    tables = by_codebook(book, reading.tables)
    draft = draft_of(replace(reading, tables=tables), told.words)
    names = _Names(book, draft, tables, told)
    files = dict(draft.files)
    files["models"] = _detailed(book, ITEMS, "models", files["models"], MODELS[2:], names.items)
    files["features"] = _detailed(book, CODEBOOK, "features", files["features"], ("", "short_label", "definition"), names.features)
    more: dict[str, Any] = dict(draft.more)
    ratings = _ratings(book, told, names)
    if ratings is not None:
        files[NATURE] = ratings
        extra = pd.DataFrame([(NATURE, key, scale.name, "", "") for key, scale in names.scales.items()], columns=list(FEATURES))
        files["features"] = pd.concat([files["features"], extra], ignore_index=True)
        more |= _described(names)
    for sheet, name, make in ((EVIDENCE, "evidence", _evidence), (ALTERNATIVES, "alternatives", _alternatives)):
        made = [(line.number, row) for grid, line in book.rows(sheet) if (row := make(book, grid, line, names, files))]
        if made:
            book.numbers[name] = [number for number, _ in made]
            files[name] = pd.DataFrame([row for _, row in made], columns=list(COLUMNS[name]), dtype=object)
    references = [(line.number, line.cells) for _, line in book.rows(REFERENCES)]
    if references:
        book.numbers["references"] = [number for number, _ in references]
        files["references"] = pd.DataFrame([cells for _, cells in references], columns=list(COLUMNS["references"]), dtype=object)
    if "evidence" in files:
        files["evidence"] = _with_certainties(files["evidence"], files.get(NATURE))
    more |= partial(pd.concat([files[name][["quote"]] for name in QUOTED if name in files] or [pd.DataFrame(columns=["quote"])]))
    book.notes += _long_quotes(book)
    notes = tuple(book.notes)
    more["made_from"] = {**more["made_from"], "understood": [*reading.notes, *notes]}
    return Filled(Draft(draft.words, draft.tables, files, more, book.places(files)), tuple(book.problems), notes)


class _Names:
    """The ids that names in other sheets stand for."""

    def __init__(self, book: Book, draft: Draft, tables: Sequence[CodedTable], told: About):
        models, features = draft.files["models"], draft.files["features"]
        headings = [(table.title, heading) for table in tables for heading in table.features]
        self.labels = dict(zip(models["id"], models["label"], strict=True))
        self.items = [way(zip(models["label"], models["id"], strict=True))]
        both = list(zip(headings, features["label"], features["id"], strict=True))
        self.features = [way((name, key) for (_, heading), label, key in both for name in (heading, label))]
        if len({table.title for table in tables}) > 1:  # a heading that two tables have is told apart by the title
            self.features.append(way((f"{heading} ({title})", key) for (title, heading), _, key in both))
        self.table = dict(zip(features["id"], features["table"], strict=True))
        self.clashing = clashes(book, told, [heading for _, heading in headings])
        taken = {"model", *models["id"], *features["id"]}
        self.scales = dict(zip(identifiers([scale.name for scale in told.scales], taken), told.scales, strict=True))
        self.table |= dict.fromkeys(self.scales, NATURE)
        self.columns = [{**self.features[0], **{scale.name: (key,) for key, scale in self.scales.items()}}, *self.features[1:]]
        self.unrated: set[Cell] = set()


def _detailed(book: Book, sheet: str, name: str, frame: pd.DataFrame, columns: Sequence[str], ways: Sequence[Way]) -> pd.DataFrame:
    """The rows of models or features with what the workbook says of each."""
    frame = frame.set_index("id", drop=False).copy()
    seen: dict[str, int] = {}
    for grid, line in book.rows(sheet):
        key = book.find(grid, line, 1, ways)
        if not key:
            continue
        if key in seen:
            book.problem(grid, f"{shown(line[1])} is there twice, in A{seen[key]} already. Delete one row.", line.number, 1)
        seen.setdefault(key, line.number)
        for place, column in enumerate(columns, start=2):
            if column and line[place]:
                frame.at[key, column] = one_line(line[place])
    book.numbers[name] = [seen.get(key, 0) for key in frame["id"]]
    return frame.reset_index(drop=True)


def _ratings(book: Book, told: About, names: _Names) -> pd.DataFrame | None:
    rows = list(book.rows(RATINGS))
    spare = [number for number in (1, 2) if number not in {scale.number for scale in told.scales}]
    for number in spare:
        grid, line = next(((grid, line) for grid, line in rows if line[2 * number]), (None, None))
        if grid and line and SCALES not in book.changed and f"scale_{number}" not in told.named:
            message = f"Scale {number} has no name and no levels. Fill in the sheets About and {SCALES}."
            book.problem(grid, message, line.number, 2 * number)
    if not told.scales:
        return None
    coded: dict[str, list[str]] = {}
    seen: dict[str, int] = {}
    for grid, line in rows:
        item = book.find(grid, line, 1, names.items)
        if item in seen:
            book.problem(grid, f"{shown(line[1])} is rated in row {seen[item]} already. Delete one row.", line.number, 1)
        levels = [cell for key, scale in names.scales.items() for cell in _rating(book, grid, line, (item, key), scale, names)]
        if item and item not in seen:
            coded[item], seen[item] = [item, *levels], line.number
    absent = [label for key, label in names.labels.items() if key not in coded]
    if absent and RATINGS not in book.changed:
        file = book.grids[RATINGS].file if RATINGS in book.grids else f"{book.file}, sheet {RATINGS}"
        message = f"No rating for {listed(some(map(shown, absent)))}. Add the rows; where nothing is said, choose {NOT_STATED}."
        book.problems.append(Problem(file, 0, 0, message))
    for item in [key for key in names.labels if key not in coded]:  # so that the rest of the draft can be checked
        coded[item] = [item, *[NOT_STATED, CERTAINTIES[0]] * len(names.scales)]
        names.unrated |= {(item, scale) for scale in names.scales}
    book.numbers[NATURE] = [seen.get(item, 0) for item in coded]
    book.columns[NATURE] = (1, *(column for scale in told.scales for column in (2 * scale.number, 2 * scale.number + 1)))
    columns = ["model", *(column for key in names.scales for column in (key, f"{key}_certainty"))]
    return pd.DataFrame(list(coded.values()), columns=columns, dtype=object)


def _rating(book: Book, grid: Grid, line: Line, cell: Cell, scale: Scale, names: _Names) -> tuple[str, str]:
    """The level and the certainty in a row of ratings."""
    at = 2 * scale.number
    level = book.find(grid, line, at, [way((text, text) for text in (*scale.levels, NOT_STATED))], f"a level of {scale.name}")
    if not level:
        names.unrated.add(cell)
    return level or NOT_STATED, _certainty(book, grid, line, at + 1) or CERTAINTIES[0]


def _certainty(book: Book, grid: Grid, line: Line, column: int) -> str:
    return book.find(grid, line, column, [way((text, text) for text in CERTAINTIES)], "a degree of certainty") if line[column] else ""


def _described(names: _Names) -> dict[str, Any]:
    ratings = {
        key: {
            "label": scale.name,
            "ordered": scale.ordered,
            "levels": [{"id": level, "label": level, "collapse": half} for level, half in scale.levels.items()],
        }
        for key, scale in names.scales.items()
    }
    keys = list(ratings)
    return {"ratings": ratings, **({"quadrant": {"x": keys[1], "y": keys[0]}} if len(keys) == 2 else {})}


def _cell(book: Book, grid: Grid, line: Line, names: _Names, files: Mapping[str, pd.DataFrame]) -> tuple[str, str, str, str] | None:
    """The table, item, feature and code that a row speaks of; None if it names none, or a rating that is not known."""
    item = book.find(grid, line, 1, names.items)
    clashing = one_line(line[2]).casefold() in names.clashing  # told already
    feature = "" if clashing else book.find(grid, line, 2, names.columns, "" if line[2] else "a column")
    if not item or not feature or (item, feature) in names.unrated:
        return None
    table = files[names.table[feature]]
    return names.table[feature], item, feature, str(table.loc[table["model"] == item, feature].iloc[0])


def _evidence(book: Book, grid: Grid, line: Line, names: _Names, files: Mapping[str, pd.DataFrame]) -> tuple[str, ...] | None:
    cell = _cell(book, grid, line, names, files)
    certainty = _certainty(book, grid, line, 6)
    quote, section, references = (one_line(line[place]) for place in (3, 4, 5))
    return (*cell, certainty, quote, section, references) if cell else None


def _with_certainties(evidence: pd.DataFrame, ratings: pd.DataFrame | None) -> pd.DataFrame:
    """The evidence; a certainty that was left empty is that of another quote for the same cell, or of the rating."""
    known = {}
    if ratings is not None:
        known = {(row["model"], column): row[f"{column}_certainty"] for row in ratings.to_dict("records") for column in ratings.columns[1::2]}
    for row in evidence.itertuples():
        if row.certainty:
            known.setdefault((row.model, row.feature), row.certainty)
    filled = [row.certainty or known.get((row.model, row.feature), "") for row in evidence.itertuples()]
    return evidence.assign(certainty=filled)


def _alternatives(book: Book, grid: Grid, line: Line, names: _Names, files: Mapping[str, pd.DataFrame]) -> tuple[str, ...] | None:
    cell = _cell(book, grid, line, names, files)
    other, reason, quote = (one_line(line[place]) for place in (3, 4, 5))
    return (*cell, other if cell[2] in names.scales else other.casefold(), reason, quote) if cell else None


def _long_quotes(book: Book) -> Iterable[str]:
    long = [
        f"{sheet} {column_letters(column)}{line.number} with {count}"
        for sheet, column in QUOTED.values()
        for _, line in book.rows(sheet)
        if (count := len(line[column].split())) > LONGEST_QUOTE
    ]
    if long:
        be = "It is kept as it is" if len(long) == 1 else "They are kept as they are"
        yield f"{counted(len(long), 'quote has', 'quotes have')} more than {LONGEST_QUOTE} words ({listed(some(long))}). {be}."
