"""How does a file become coded tables?"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ..problems import Problem, SynopsisError, counted, did_you_mean, listed, shown, some
from .choices import Choices
from .coded import CodedTable, TableError, in_words
from .codes import PLAIN, Vocabulary, key, option, vocabulary
from .columns import described
from .grid import Grid
from .heading import Heading, heading_of
from .long_form import Parts, parts_of, read_long
from .opening import open_table
from .remembered import label_columns, not_read, remembered
from .sheets import CODES, has_codes_sheet, title_of
from .wide import read_wide

FEATURES = {word + end for word in ("feature", "component", "characteristic", "variable", "question", "technique") for end in ("", "s")}


@dataclass(frozen=True)
class Reading:
    """What a file holds, and how it was understood.

    Attributes
    ----------
    file : str
        The file's name, without its folder.
    sha256 : str
        A fingerprint of the file: another file has another.
    choices : Choices
    tables : tuple of CodedTable
        All with the same items, in the same order.
    notes : tuple of str
        How the file was understood and what is worth knowing, for the reader.
    remembered : Choices
        What is kept of the choices for the next reading.
    """

    file: str
    sha256: str
    choices: Choices
    tables: tuple[CodedTable, ...]
    notes: tuple[str, ...]
    remembered: Choices = field(default_factory=Choices)


def read_table(path: Path, choices: Choices | None = None) -> Reading:
    """Read the codes of a table that somebody made in a spreadsheet.

    Parameters
    ----------
    path : Path
        A CSV file or an Excel workbook. It is only read.
    choices : Choices, optional
        What was decided about it.

    Raises
    ------
    ReviewError
        With every problem, each with its cell and a remedy; as TableError with the options that answer what options can answer.
    SynopsisError
        If the choices contradict the file or each other.
    """
    return read_grids(path, open_table(path), choices or Choices())


def read_grids(path: Path, everything: Sequence[Grid], choices: Choices) -> Reading:
    """As `read_table`, of a file that is open: its sheets, as from `open_table`."""
    grids = _chosen(everything, choices, path.name)
    tables: list[CodedTable] = []
    notes: list[str] = []
    problems: list[Problem] = []
    advice: tuple[str, str] = ("", "")
    for grid in grids:
        try:
            read, said = _read(grid, choices, lists=not has_codes_sheet(everything))
        except TableError as error:
            problems += error.problems
            advice = advice if any(advice) else (error.advice, error.without)
        else:
            title = grid.title if len(grids) > 1 else ""
            tables += [replace(table, title=table.title or title) for table in read]
            chosen = [f"Read from the sheet {shown(grid.title)}."] if len(everything) > 1 and not choices.sheets else []
            notes += [*chosen, *grid.notes, *said]
    if not problems:
        problems += _other_items(tables, grids)
    if problems:
        raise TableError(problems, *advice)
    items = tables[0].items
    tables = [replace(table, items=items) for table in tables]
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    return Reading(path.name, sha256, choices, tuple(tables), (*notes, *_said(tables), *_in_vain(tables, choices)), remembered(grids, choices))


def _read(grid: Grid, choices: Choices, lists: bool) -> tuple[list[CodedTable], tuple[str, ...]]:
    words = vocabulary(choices.told, ())
    heading = heading_of(grid, lambda text: bool(words.state(text)))
    parts = parts_of(heading) if lists and not (choices.label or choices.features or choices.leave_out) else None
    if not parts or _has_features(heading, parts, words):
        rest = [column.name for column in not_read(heading, choices)]
        tables = read_wide(grid, heading, choices)
        return tables, (*heading.notes, *_named(heading, choices), *_left_out(rest))
    rest = [column.name for column in heading.columns if column not in parts.columns.values() and column.name]
    note = f"Read as a list: a row for each {parts.columns['item'].name} and {parts.columns['feature'].name}."
    return read_long(grid, heading, parts, choices), (*heading.notes, note, *_left_out(rest))


def _named(heading: Heading, choices: Choices) -> list[str]:
    """What names the rows, where that was told or may be a mistake."""
    first = heading.columns[0].name
    if key(first) in FEATURES:
        turn = "turn the table first (in Excel: Copy, then Paste Special, Transpose)"
        else_ = "If not, another heading in the first column spares you this line"
        return [f"The first column is headed {shown(first)}. If the rows are features and the columns what was coded, {turn}. {else_}."]
    told = [shown(column.name) for column in label_columns(heading, choices) if column.name] if choices.label else []
    return [f"The rows are named by {listed(told)}, which {'is' if len(told) == 1 else 'are'} not read as codes."] if told else []


def _left_out(names: Sequence[str]) -> list[str]:
    return [f"Columns that were not read: {listed(some(map(shown, names)))}."] if names else []


def _has_features(heading: Heading, parts: Parts, words: Vocabulary) -> bool:
    """Whether a sheet that looks like a list is a table with a row for each item: its names are codes, or columns of codes stand beside quotes."""
    named = [{key(line[parts.columns[part].position]) for line in heading.lines} for part in ("item", "feature")]
    if any(names <= PLAIN for names in named):
        return True
    rest = [described(column, heading.lines, words) for column in heading.columns if column not in parts.columns.values()]
    return "value" not in parts.columns and [column.kind for column in rest].count("codes") > 1


def _chosen(grids: list[Grid], choices: Choices, file: str) -> list[Grid]:
    """The sheets that were named, or the only one that can hold a table."""
    names = [grid.title for grid in grids]
    unknown = [sheet for sheet in choices.sheets if sheet.casefold() not in [name.casefold() for name in names]]
    if unknown:
        hint = f"{did_you_mean(unknown[0], names)} Hidden and empty sheets are not read." if any(names) else "Only a workbook has sheets."
        raise SynopsisError(f"{file}: there is no sheet {listed(map(shown, unknown))}. {hint}")
    if choices.sheets:
        wanted = dict.fromkeys(sheet.casefold() for sheet in choices.sheets)
        return [grid for sheet in wanted for grid in grids if grid.title.casefold() == sheet]
    if has_codes_sheet(grids):
        return [grid for grid in grids if title_of(grid) == CODES]
    tables = [grid for grid in grids if grid.width > 1 and len(grid.lines) > 1] or grids[:1]
    if len(tables) > 1:
        names = [grid.title for grid in tables]
        likely = max(tables, key=_codes_in).title
        which = f"Say which, such as {option('sheet', likely)}."
        message = f"The workbook has {len(names)} sheets that may hold a table: {listed(some(map(shown, names)))}. {which}"
        raise TableError([Problem(file, 0, 0, message)], replace(choices, sheets=(likely,)).as_options())
    return tables


def _codes_in(grid: Grid) -> int:
    words = vocabulary({}, ())
    return sum(bool(words.state(text)) for line in grid for text in line.cells)


def _other_items(tables: Sequence[CodedTable], grids: Sequence[Grid]) -> list[Problem]:
    first = set(tables[0].items)
    problems = []
    for table in tables[1:]:
        for names, where in ((first - set(table.items), "is missing here"), (set(table.items) - first, "stands only here")):
            file = next((grid.file for grid in grids if grid.title == table.title), grids[0].file)
            problems += [Problem(file, 0, 0, f"{shown(name)} {where}. All sheets need the same rows.") for name in sorted(names)]
    return problems


def _in_vain(tables: Sequence[CodedTable], choices: Choices) -> list[str]:
    """Words that were told and stand nowhere."""
    here = {key(text) for table in tables for text, _ in table.understood}
    told = ((state, word) for state, words in choices.told.items() for word in words if key(word) not in here)
    return [f"{shown(word)} was told to mean {state}, and no cell that was read holds it." for state, word in told]


def _said(tables: Sequence[CodedTable]) -> list[str]:
    said = []
    for table in tables:
        name = f"{table.title}: " if table.title else ""
        size = f"{counted(len(table.items), 'row')} and {counted(len(table.features), 'column')} of codes"
        said.append(f"{name}{size}. Understood: {in_words(table.understood)}.")
        rows, columns = (listed(some([shown(label, 30) for label in labels], 3)) for labels in (table.items, table.features))
        said.append(f"{name}A row for each of {rows}; a column for each of {columns}.")
        said += [f"{name}{note}" for note in table.notes]
    return said
