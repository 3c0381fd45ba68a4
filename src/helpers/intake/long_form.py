"""How is a list with a row for each code read, as programs for qualitative analysis export it?"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from ..problems import Problem, counted, listed, shown, some
from .choices import OPEN, Choices
from .coded import CodedTable, Quote, TableError, Where, worth_knowing
from .codes import UNSEEN, State, Vocabulary, vocabulary
from .columns import answers, described, unknown_words
from .grid import FAILED, FORMULA, Grid, Line, failed
from .heading import Column, Heading
from .slips import Cell, slips

NAMES = {
    "item": ("item", "model", "study", "document", "document name", "case", "source", "paper", "article"),
    "feature": ("feature", "code", "node", "theme", "codes"),
    "value": ("value",),
    "quote": ("quote", "quotation", "segment", "coded segment", "text", "coded text"),
    "section": ("section", "heading"),
    "references": ("reference", "references"),
    "certainty": ("certainty",),
}
A_ROW = "a row"


@dataclass(frozen=True)
class Parts:
    """The columns of a list, by what they hold."""

    columns: Mapping[str, Column]

    def text(self, line: Line, part: str) -> str:
        return line[self.columns[part].position] if part in self.columns else ""

    def name(self, line: Line, part: str) -> str:
        return " ".join(self.text(line, part).split())


def parts_of(heading: Heading) -> Parts | None:
    """The columns of a list, or None if the heading is not that of a list: an item, a feature, and a value or a quote."""
    found = {}
    for part, names in NAMES.items():
        column = next((column for name in names for column in heading.columns if column.name.casefold() == name), None)
        if column and column not in found.values():
            found[part] = column
    return Parts(found) if {"item", "feature"} <= set(found) and {"value", "quote"} & set(found) else None


def read_long(grid: Grid, heading: Heading, parts: Parts, choices: Choices) -> list[CodedTable]:
    """The codes of a list. A pair of item and feature without a row is blank; where there is no column of values, a row is a Yes.

    Raises
    ------
    TableError
        With everything that is wrong or undecided, each with its cell.
    """
    words = vocabulary(choices.told, [[parts.text(line, "value") for line in heading.lines]])
    near = [*_near_names(grid, heading, parts)]
    problems = [*heading.problems, *near]
    states: dict[tuple[str, str], State] = {}
    understood: Counter[tuple[str, State]] = Counter()
    rows: dict[tuple[str, str], int] = {}
    strange: list[Cell] = []
    for line in heading.lines:
        pair, state, text = (parts.name(line, "item"), parts.name(line, "feature")), _state(parts, line, words), parts.text(line, "value")
        problems += _nameless(grid, parts, line)
        if not state and words.is_blank(text):
            message = f"The value is {shown(text) if text else 'empty'}. Write yes, no or unclear, or delete the row."
            problems.append(grid.problem(message, line.number, parts.columns["value"].position))
        elif not state:
            strange.append(Cell(line.number, parts.columns["value"].position, text))
        if not all(pair):
            continue
        rows.setdefault(pair, line.number)
        if state and states.setdefault(pair, state) != state:
            message = f"{shown(pair[0])} / {shown(pair[1])} is coded {state} here and {states[pair]} in row {rows[pair]}. Make them the same."
            problems.append(grid.problem(message, line.number, parts.columns["value"].position))
        if state:
            understood[text or A_ROW, state] += 1
    items, features = (tuple(dict.fromkeys(pair[place] for pair in rows)) for place in (0, 1))
    missing = [(item, feature) for item in items for feature in features if (item, feature) not in rows]
    column = described(parts.columns["value"], heading.lines, words) if "value" in parts.columns else None
    told = answers([column], words) if column and column.kind == "words" else {}
    if column and column.kind == "words":
        problems.append(grid.problem(unknown_words([column], words), 0, column.column.position))
    else:
        problems += slips(grid, strange, words)
    if missing and not choices.blank_means and not near:
        problems.append(_missing(grid, missing))
    if problems:
        offered = replace(choices, **{state: (*getattr(choices, state), *more) for state, more in told.items()})
        offered = replace(offered, blank_means=choices.blank_means or (OPEN["blank_means"] if missing and not near else ""))
        raise TableError(problems, offered.as_options() if offered != choices else "")
    if missing:
        states |= dict.fromkeys(missing, choices.blank_means)
        understood["no row", choices.blank_means] += len(missing)
    first = [{parts.name(line, part): (line.number, parts.columns[part].position) for line in heading.lines[::-1]} for part in ("item", "feature")]
    table = CodedTable("", items, features, states, understood, tuple(_quotes(parts, heading)), where=Where(grid.file, *first))
    return [replace(table, notes=worth_knowing(table))]


def _nameless(grid: Grid, parts: Parts, line: Line) -> Iterator[Problem]:
    for part in ("item", "feature"):
        column, name = parts.columns[part], parts.name(line, part)
        if not name:
            yield grid.problem(f"The {column.name} is missing. Write its name, or delete the row.", line.number, column.position)
        elif name == FORMULA or FAILED.fullmatch(name):
            message = f"{'The formula in this cell has no result.' if name == FORMULA else failed(name)} Write the {column.name} in its place."
            yield grid.problem(message, line.number, column.position)


def _near_names(grid: Grid, heading: Heading, parts: Parts) -> Iterator[Problem]:
    """Names that are written in two ways, by capitals, so that one thing would count as two."""
    for part in ("item", "feature"):
        first: dict[str, Line] = {}
        told = set()
        for line in heading.lines:
            name = parts.name(line, part)
            before = first.setdefault(name.casefold().translate(UNSEEN), line)
            if name not in (*told, parts.name(before, part)):
                told.add(name)
                column = parts.columns[part]
                there = f"{column.letters}{before.number}"
                message = f"{shown(name)} differs from {shown(parts.name(before, part))} in {there} only by capitals. Write both alike."
                yield grid.problem(message, line.number, column.position)


def _state(parts: Parts, line: Line, words: Vocabulary) -> State | None:
    return words.state(parts.text(line, "value"), parts.name(line, "feature")) if "value" in parts.columns else "yes"


def _missing(grid: Grid, missing: list[tuple[str, str]]) -> Problem:
    examples = listed(some([f"{shown(item, 30)} / {shown(feature, 30)}" for item, feature in missing], 3))
    message = (
        f"{counted(len(missing), 'pair')} of a name and a code {'has' if len(missing) == 1 else 'have'} no row ({examples}). "
        "A missing row is never taken for a No: say what it means, --blank-means no or --blank-means unclear."
    )
    return grid.problem(message)


def _quotes(parts: Parts, heading: Heading) -> Iterator[Quote]:
    seen = defaultdict(set)
    for line in heading.lines:
        more = (parts.name(line, part) for part in ("quote", "section", "references", "certainty"))
        quote = Quote(parts.name(line, "item"), parts.name(line, "feature"), *more)
        if quote.quote and quote not in seen[quote.item]:
            seen[quote.item].add(quote)
            yield quote
