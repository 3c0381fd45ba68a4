"""How is a table with a row for each item and a column for each feature read?"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ..problems import Problem, column_letters, counted, did_you_mean, listed, shown, some
from .choices import ROW, Choices, columns_of, in_letters, words
from .coded import CodedTable, TableError, worth_knowing
from .codes import State, Vocabulary, key, options, vocabulary
from .columns import Described, described, no_codes, strange_words, unknown_words
from .grid import Grid, Line
from .heading import Column, Heading

TOTALS = {"total", "totals", "sum", "sums", "subtotal", "grand total", "%", "percent", "n"}
FEW = 3  # a strange word in up to so many cells is a slip, in more it is a code that nobody has explained


@dataclass(frozen=True)
class Layout:
    """Which columns hold what, once that is settled."""

    grid: Grid
    labels: tuple[Column, ...]
    with_row: bool
    features: tuple[Described, ...]
    others: tuple[Described, ...]
    lines: tuple[Line, ...]
    words: Vocabulary

    def label(self, line: Line) -> str:
        parts = [" ".join(line[column.position].split()) for column in self.labels]
        return ", ".join([part for part in parts if part] + ([f"row {line.number}"] if self.with_row else []))


def read_wide(grid: Grid, heading: Heading, choices: Choices) -> list[CodedTable]:
    """The codes of a sheet; one table for each group of columns, if the heading has groups of two columns or more.

    Raises
    ------
    TableError
        With everything that is wrong or undecided, each with its cell.
    SynopsisError
        If the choices contradict the sheet.
    """
    layout = _layout(grid, heading, choices)
    problems = [*heading.problems, *_merged(layout), *_label_problems(layout), *_column_problems(layout, choices)]
    cells, understood, blanks = {}, defaultdict(Counter), []
    strange: dict[str, list[tuple[Line, Column]]] = defaultdict(list)
    for line in layout.lines:
        if key(layout.label(line)) in TOTALS and any(re.search(r"\d", line[feature.column.position]) for feature in layout.features):
            problems.append(grid.problem("The row looks like totals, not like something that was coded. Delete it.", line.number))
            continue
        for feature in layout.features:
            column, text = feature.column, line[feature.column.position]
            state = layout.words.state(text, column.name)
            if layout.words.is_blank(text):
                blanks.append((line, column))
                state = choices.blank_means or None
            elif not state:
                strange[key(text)].append((line, column))
            if state:
                cells[layout.label(line), column.name] = state
                understood[column.group][text, state] += 1
    problems += _strange_problems(layout, strange)
    if blanks and not choices.blank_means:
        problems.append(_blank_problem(layout, blanks))
    if problems:
        raise TableError(problems, _advice(layout, choices, bool(blanks), problems))
    return _tables(layout, cells, understood)


def _layout(grid: Grid, heading: Heading, choices: Choices) -> Layout:
    """Label columns, feature columns and the rest; a row whose name is merged over several rows gets it in each."""
    named = words(choices.label)
    with_row = any(word.casefold() == ROW for word in named) and not any(column.name.casefold() == ROW for column in heading.columns)
    wanted = ",".join(f'"{word}"' for word in named if not (with_row and word.casefold() == ROW))
    labels = tuple(columns_of(wanted, heading.columns, "--label")) if wanted else heading.columns[: 0 if with_row else 1]
    rest = [column for column in heading.columns if column not in labels]
    chosen = columns_of(choices.features, rest, "--features") if choices.features else rest
    lines = tuple(_filled_down(grid, line, heading.lines, labels) for line in heading.lines)
    known = vocabulary(choices.told, (line[column.position] for line in lines for column in chosen))
    all_described = [described(column, lines, known) for column in chosen]
    features = [column for column in all_described if choices.features or column.kind in ("codes", "empty")]
    return Layout(grid, labels, with_row, tuple(features), tuple(c for c in all_described if c not in features), lines, known)


def _filled_down(grid: Grid, line: Line, lines: Sequence[Line], labels: Iterable[Column]) -> Line:
    cells = list(line.cells)
    for column in labels:
        for block in grid.merged:
            if block.left <= column.position <= block.right and block.top < line.number <= block.bottom:
                cells[column.position - 1] = next((other[block.left] for other in lines if other.number == block.top), "")
    return replace(line, cells=tuple(cells))


def _merged(layout: Layout) -> Iterable[Problem]:
    positions = {feature.column.position for feature in layout.features}
    numbers = {line.number for line in layout.lines}
    for block in layout.grid.merged:
        inside = positions & {*range(block.left, block.right + 1)} and numbers & {*range(block.top, block.bottom + 1)}
        if inside:
            message = f"The cells {block} are merged into one. Unmerge them and write the code into each."
            yield layout.grid.problem(message, block.top, block.left)


def _label_problems(layout: Layout) -> Iterable[Problem]:
    grid, first = layout.grid, layout.labels[0].position if layout.labels else 1
    rows: dict[str, list[Line]] = defaultdict(list)
    blank_elsewhere = _has_blanks(layout)
    for line in layout.lines:
        name = layout.label(line)
        if not name:
            yield grid.problem("The row has no name. Write the name of what is coded here, or delete the row.", line.number, first)
        elif _only_named(layout, line) and not blank_elsewhere and len(layout.lines) > 1 and layout.features:
            yield grid.problem(f"The row holds a name, {shown(name)}, and no code. If it is a heading or a note, delete it.", line.number)
        if name:
            rows[name].append(line)
    if len(rows) < len(layout.lines) and all(layout.words.state(name) for name in rows):
        yield grid.problem(f"{shown(layout.labels[0].name)} holds codes, not names. Say which column names the rows with --label.", 0, first)
        return
    twice = {name: lines for name, lines in rows.items() if len(lines) > 1}
    hint = _composite(layout, list(twice.values())) if twice else ""
    for name, lines in list(twice.items())[: 1 if len(twice) > FEW else FEW]:
        there = listed(some([f"{column_letters(first)}{line.number}" for line in lines], 6))
        more = f" {counted(len(twice) - 1, 'other name is', 'other names are')} there several times, too." if len(twice) > FEW else ""
        yield grid.problem(f"{shown(name)} stands in {there}: a name may stand once.{more} {hint}", lines[1].number, first)


def _only_named(layout: Layout, line: Line) -> bool:
    return not any(line[feature.column.position] for feature in (*layout.features, *layout.others))


def _composite(layout: Layout, alike: Sequence[Sequence[Line]]) -> str:
    """Which further column, or else the number of the row, tells rows of the same name apart."""

    def left(column: Column) -> int:
        return sum(len(lines) - len({line[column.position] for line in lines}) for lines in alike)

    texts = [column.column for column in layout.others if column.kind in ("text", "words")]
    best = min(texts, key=left, default=None)
    helps = [best] if best and left(best) < sum(len(lines) - 1 for lines in alike) else []
    parts = [*(column.as_option for column in (*layout.labels, *helps)), *([] if helps and not left(helps[0]) else [ROW])]
    told_by = listed([*(shown(column.name) for column in helps), *(["the number of the row"] if parts[-1] == ROW else [])])
    return f"Rename them, or let {told_by} tell them apart: --label {','.join(parts)}."


def _column_problems(layout: Layout, choices: Choices) -> Iterable[Problem]:
    words = [column for column in layout.others if column.kind == "words"]
    together = words if not layout.features else []
    for column in layout.others:
        if column not in together:
            yield layout.grid.problem(no_codes(column), 0, column.column.position)
    if together:
        yield layout.grid.problem(unknown_words(together, layout.words), 0, together[0].column.position)
    elif not layout.features:
        yield layout.grid.problem("No column holds codes that are known (such as yes and no, 1 and 0, x). Name the features with --features.")
    empty = [column.column for column in layout.features if column.kind == "empty"]
    if empty and not choices.blank_means and not _has_blanks(layout):
        for column in empty:
            message = f"{shown(column.name)} is empty in every row. Fill it, leave the column out with --features, or say what a blank means."
            yield layout.grid.problem(message, 0, column.position)


def _has_blanks(layout: Layout) -> bool:
    """Whether blanks occur elsewhere than in whole rows and whole columns."""
    columns = [column.column.position for column in layout.features if column.kind != "empty"]
    return any(layout.words.is_blank(line[position]) for line in layout.lines if not _only_named(layout, line) for position in columns)


def _strange_problems(layout: Layout, strange: dict[str, list[tuple[Line, Column]]]) -> Iterable[Problem]:
    for places in strange.values():
        line, column = places[0]
        text, word = line[column.position], key(line[column.position])
        if word in layout.words.asked or len(places) > FEW:
            reason = layout.words.asked.get(word, "is not a code that is known")
            where = f" It stands in {counted(len(places), 'cell')}, first here." if len(places) > 1 else ""
            message = f"{shown(text)} {reason}.{where} Say what it means: {options([text])}."
            yield layout.grid.problem(message, line.number, column.position)
            continue
        for line, column in places:
            remedy = layout.grid.odd.get((line.number, column.position)) or _mend(layout, line[column.position])
            yield layout.grid.problem(f"{shown(line[column.position])} is not a code. {remedy}", line.number, column.position)


def _mend(layout: Layout, text: str) -> str:
    near = did_you_mean(key(text), [word for word in layout.words.meanings if len(word) > 2])
    if near.startswith("Did"):
        return f"{near} Write yes, no or unclear."
    first = re.match(r"\w+|.", text)
    code = layout.words.state(first[0]) if first and first[0] != text else None
    if code:
        return f"Write {code} alone; what is said beside it belongs to the evidence, or to a column of its own."
    return f"Write yes, no or unclear, or say what it means: {options([text])}."


def _blank_problem(layout: Layout, blanks: list[tuple[Line, Column]]) -> Problem:
    na = [text for line, column in blanks if (text := line[column.position])]
    cells = listed(some([f"{column.letters}{line.number}" for line, column in blanks], 6))
    what = f"{counted(len(blanks), 'cell is', 'cells are')} blank" + (f" or {listed(sorted(set(na)))}" if na else "")
    marks = {state for line in layout.lines for f in layout.features if (state := layout.words.state(line[f.column.position], f.column.name))}
    hint = " Every cell that is filled is a Yes here, so a blank may stand for No; only you can know." if marks == {"yes"} else ""
    remedy = "Fill the cells, or say what a blank means: --blank-means no or --blank-means unclear."
    message = f"{what} ({cells}). A blank is never taken for a No. {remedy}{hint}"
    return layout.grid.problem(message, blanks[0][0].number, blanks[0][1].position)


def _advice(layout: Layout, choices: Choices, blanks: bool, problems: Sequence[Problem]) -> str:
    """The options that answer what can be answered by options; empty if they would answer nothing."""
    offered = choices
    coded = layout.features or [column for column in layout.others if column.kind == "words"]
    if layout.others and coded and len(coded) < len(layout.features) + len(layout.others):
        offered = replace(offered, features=in_letters([feature.column for feature in coded]))
    if not layout.features:
        told = dict(zip(("yes", "no"), strange_words(coded, layout.words), strict=False))
        offered = replace(offered, **{state: (*getattr(offered, state), word) for state, word in told.items()})
    if blanks and not choices.blank_means:
        offered = replace(offered, blank_means="no")
    label = next((re.search(r"--label (\S+)\.$", problem.message) for problem in problems if "--label" in problem.message), None)
    if label:
        offered = replace(offered, label=label[1])
    return offered.as_options() if offered != choices else ""


def _tables(layout: Layout, cells: Mapping[tuple[str, str], State], understood: Mapping[str, Counter]) -> list[CodedTable]:
    """One table, or one for each group of columns where every group has at least two."""
    groups: dict[str, list[Column]] = defaultdict(list)
    for feature in layout.features:
        groups[feature.column.group].append(feature.column)
    items = tuple(layout.label(line) for line in layout.lines)
    if len(groups) == 1 or min(map(len, groups.values())) < 2 or "" in groups:
        whole: Counter = sum(understood.values(), Counter())
        groups, understood = {"": [feature.column for feature in layout.features]}, {"": whole}
    tables = []
    for group, columns in groups.items():
        names = tuple(column.name for column in columns)
        states = {(item, name): cells[item, name] for item in items for name in names}
        table = CodedTable(group, items, names, states, understood[group])
        tables.append(replace(table, notes=worth_knowing(table)))
    return tables
