"""How does a workbook that somebody has filled in become a review?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from ..identifiers import FEATURES, MODELS, identifiers
from ..metadata import NOT_STATED
from ..problems import Problem, listed, shown
from ..validation import COLUMNS, NATURE
from .book import Book
from .coded import CodedTable, TableError
from .draft import Draft, Words, draft_of, partial
from .grid import Grid, Line
from .reading import Reading
from .template import ABOUT, ALTERNATIVES, CODEBOOK, CODES, EVIDENCE, ITEMS, RATINGS, REFERENCES, SCALES


def draft_of_workbook(grids: Sequence[Grid], reading: Reading) -> Draft:
    """The review that a filled workbook makes.

    Parameters
    ----------
    grids : sequence of Grid
        All its sheets.
    reading : Reading
        Of its sheet Codes.

    Raises
    ------
    TableError
        With every name that no row or column has, every level that no scale has and every heading that was changed, each with its cell.
    """
    book = Book({grid.title: grid for grid in grids})
    words, scales = _about(book)
    tables = _by_codebook(book, reading.tables[0])
    draft = draft_of(replace(reading, tables=tables), words)
    names = _Names(draft, scales)
    files = dict(draft.files)
    files["models"] = _detailed(book, ITEMS, files["models"], MODELS[2:], names.items)
    files["features"] = _detailed(book, CODEBOOK, files["features"], ("", "short_label", "definition"), names.features)
    ratings = _ratings(book, scales, names)
    more: dict[str, Any] = dict(draft.more)
    if ratings is not None:
        files[NATURE] = ratings
        extra = pd.DataFrame([(NATURE, key, scale.name, "", "") for key, scale in names.scales.items()], columns=list(FEATURES))
        files["features"] = pd.concat([files["features"], extra], ignore_index=True)
        more |= _described(names)
    for sheet, name, make in ((EVIDENCE, "evidence", _evidence), (ALTERNATIVES, "alternatives", _alternatives)):
        rows = [make(book, grid, line, names, files) for grid, line in book.rows(sheet)]
        if rows:
            files[name] = pd.DataFrame(rows, columns=list(COLUMNS[name]), dtype=object)
    references = [(*line.cells, *[""] * 8)[:8] for _, line in book.rows(REFERENCES)]
    if references:
        files["references"] = pd.DataFrame(references, columns=list(COLUMNS["references"]), dtype=object)
    if "evidence" in files:
        more |= partial(files["evidence"])
    if book.problems:
        raise TableError(book.problems)
    return Draft(draft.words, draft.tables, files, more, book.places(files))


@dataclass(frozen=True)
class _Scale:
    """A scale with its levels, each with its half, and whether they have an order."""

    name: str
    ordered: bool
    levels: Mapping[str, str]


class _Names:
    """The ids that names in other sheets stand for."""

    def __init__(self, draft: Draft, scales: Sequence[_Scale]):
        models, features = draft.files["models"], draft.files["features"]
        self.items = dict(zip(models["label"], models["id"], strict=True))
        self.features = dict(zip(features["label"], features["id"], strict=True))
        self.table = dict(zip(features["id"], features["table"], strict=True))
        taken = {"model", *models["id"], *features["id"]}
        self.scales = dict(zip(identifiers([scale.name for scale in scales], taken), scales, strict=True))
        self.table |= dict.fromkeys(self.scales, NATURE)
        self.columns = {**self.features, **{scale.name: key for key, scale in self.scales.items()}}


def _about(book: Book) -> tuple[Words, list[_Scale]]:
    grid = book.grids.get("About")
    answers = {" ".join(line[1].split()): line for line in grid.lines} if grid else {}
    lines = {key: answers[question] for key, (question, _) in ABOUT.items() if question in answers}
    told = {key: lines[key][2] if key in lines and len(lines[key].cells) > 1 else "" for key in ABOUT}
    for key in ("ordered_1", "ordered_2"):
        if told[key] and told[key].casefold() not in ("yes", "no"):
            book.problems.append(grid.problem(f"{shown(told[key])} is not an answer. Write yes or no.", lines[key].number, 2))
    item, feature = (_noun(told, one, several) for one, several in (("item", "items"), ("feature", "features")))
    words = Words(told["title"], told["source"], item, feature, told["yes_means"], told["no_means"])
    return words, [scale for number in (1, 2) if (scale := _scale(book, number, told))]


def _noun(told: Mapping[str, str], one: str, several: str) -> tuple[str, str]:
    return told[one] or one, told[several] or (f"{told[one]}s" if told[one] else several)


def _scale(book: Book, number: int, told: Mapping[str, str]) -> _Scale | None:
    at = 2 * number - 1
    rows = [(grid, line) for grid, line in book.rows(SCALES) if line[at] or line[at + 1]]
    levels: dict[str, str] = {}
    for grid, line in rows:
        if not line[at]:
            book.problems.append(grid.problem("The half has no level. Write the level beside it.", line.number, at))
        elif line[at] in levels or line[at].casefold() == NOT_STATED:
            book.problems.append(grid.problem(f"{shown(line[at])} is there already. Delete it here; {NOT_STATED} is always there.", line.number, at))
        levels[line[at]] = line[at + 1] or line[at]
    name = told[f"scale_{number}"]
    if not levels and not name:
        return None
    if not levels:
        book.problems.append(Problem(f"{book.grids['About'].file}", 0, 2, f"The scale {shown(name)} has no levels. List them on the sheet {SCALES}."))
    return _Scale(name or f"Scale {number}", told[f"ordered_{number}"].casefold() == "yes", levels)


def _by_codebook(book: Book, codes: CodedTable) -> tuple[CodedTable, ...]:
    """The codes as one table, or as several where the codebook names tables; each column in exactly one."""
    named = {" ".join(line[1].split()).casefold(): " ".join(line[2].split()) for _, line in book.rows(CODEBOOK)}
    titles = {feature: named.get(feature.casefold(), "") for feature in codes.features}
    if not any(titles.values()):
        return (codes,)
    without = [feature for feature, title in titles.items() if not title]
    if without:
        grid = book.grids[CODEBOOK]
        message = f"Some columns have a table here, but {listed(map(shown, without))} not. Name the table of every column, or of none."
        book.problems.append(grid.problem(message, 0, 2))
    tables = []
    for title in dict.fromkeys(titles.values()):
        own = tuple(feature for feature in codes.features if titles[feature] == title)
        tables.append(replace(codes, title=title or codes.title, features=own, notes=() if tables else codes.notes))
    return tuple(tables)


def _detailed(book: Book, sheet: str, frame: pd.DataFrame, columns: Sequence[str], known: Mapping[str, str]) -> pd.DataFrame:
    """The rows of models or features with what the workbook says of each."""
    frame = frame.set_index("id", drop=False).copy()
    seen: set[str] = set()
    for grid, line in book.rows(sheet):
        key = book.find(grid, line, 1, known, f"name on the sheet {CODES}" if sheet == ITEMS else f"column on the sheet {CODES}")
        if key in seen:
            book.problems.append(grid.problem(f"{shown(line[1])} is there twice. Delete one row.", line.number, 1))
        seen.add(key)
        for place, column in enumerate(columns, start=2):
            if key and column and line[place]:
                frame.at[key, column] = " ".join(line[place].split())
    return frame.reset_index(drop=True)


def _ratings(book: Book, scales: Sequence[_Scale], names: _Names) -> pd.DataFrame | None:
    rows = list(book.rows(RATINGS))
    if not scales:
        if rows:
            grid, line = rows[0]
            book.problems.append(grid.problem(f"The scale has no name and no levels. Fill in the sheets About and {SCALES}.", line.number, 2))
        return None
    coded = {}
    for grid, line in rows:
        item = book.find(grid, line, 1, names.items, f"name on the sheet {CODES}")
        cells = []
        for place, scale in enumerate(scales):
            known = {text: text for text in (*scale.levels, NOT_STATED)}
            level = book.find(grid, line, 2 * place + 2, known, f"level of {scale.name}")
            cells += [level, line[2 * place + 3].casefold() or "explicit"]
        coded[item] = [item, *cells]
    absent = [label for label, key in names.items.items() if key not in coded]
    if absent:
        file = book.grids[RATINGS].file if RATINGS in book.grids else RATINGS
        book.problems.append(
            Problem(file, 0, 0, f"No rating for {listed(map(shown, absent))}. Add the rows; where nothing is said, choose {NOT_STATED}.")
        )
    columns = ["model", *(column for key in names.scales for column in (key, f"{key}_certainty"))]
    return pd.DataFrame(list(coded.values()), columns=columns, dtype=object)


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


def _code(files: Mapping[str, pd.DataFrame], names: _Names, item: str, feature: str) -> str:
    if not item or not feature:
        return ""
    table = files[names.table[feature]]
    cells = table.loc[table["model"] == item, feature]
    return str(cells.iloc[0]) if len(cells) else ""


def _evidence(book: Book, grid: Grid, line: Line, names: _Names, files: Mapping[str, pd.DataFrame]) -> tuple[str, ...]:
    item = book.find(grid, line, 1, names.items, f"name on the sheet {CODES}")
    feature = book.find(grid, line, 2, names.columns, f"column on the sheet {CODES}")
    quote, section, references, certainty = (" ".join(line[place].split()) for place in (3, 4, 5, 6))
    return names.table.get(feature, ""), item, feature, _code(files, names, item, feature), certainty.casefold(), quote, section, references


def _alternatives(book: Book, grid: Grid, line: Line, names: _Names, files: Mapping[str, pd.DataFrame]) -> tuple[str, ...]:
    item = book.find(grid, line, 1, names.items, f"name on the sheet {CODES}")
    feature = book.find(grid, line, 2, names.columns, f"column on the sheet {CODES}")
    other, reason, quote = (" ".join(line[place].split()) for place in (3, 4, 5))
    other = other if feature in names.scales else other.casefold()
    return names.table.get(feature, ""), item, feature, _code(files, names, item, feature), other, reason, quote
