"""How is a table with a row for each item and a column for each feature read?"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from ..problems import Problem, listed, mid_sentence, shown, some
from .asking import BLANK_MEANS, advice, asked_together, blank_problem, empty_columns, leave_out, may_be_read, of_one_word
from .choices import Choices, as_features, as_label
from .coded import CodedTable, TableError, Where, worth_knowing
from .codes import State, option, typed
from .columns import Described, may_be_codes, meaning_of, no_codes, of_one_scale, strange_words, unknown_words
from .grid import Grid, Line
from .heading import Column, Heading
from .layout import Layout, layout_of
from .names import may_be_list, name_problems, recurring
from .rows import has_blanks, no_rows
from .slips import FEW, Cell, asked_about, slips


def read_wide(grid: Grid, heading: Heading, choices: Choices) -> list[CodedTable]:
    """The codes of a sheet; one table for each group of columns, if the heading has groups of two columns or more.

    Raises
    ------
    TableError
        With everything that is wrong or undecided, each with its cell.
    SynopsisError
        If the choices contradict the sheet.
    """
    if not heading.named:
        raise TableError(heading.problems)
    layout = layout_of(grid, heading, choices)
    none = no_rows(layout)
    lines = [line for line in layout.lines if line.number not in none]
    cells, understood, blanks, strange = {}, defaultdict(Counter), [], []
    for line in lines:
        name = layout.label(line)
        for feature in layout.features:
            column, text = feature.column, line[feature.column.position]
            state = layout.words.state(text, column.name)
            if line.number in heading.slipped:
                state = "unclear"  # until it is mended
            elif layout.words.is_blank(text):
                if not choices.blank_means and not layout.merged_over(line, column.position):
                    blanks.append(Cell(line.number, column.position, text))
                state = choices.blank_means or None
            elif not state:
                strange.append(Cell(line.number, column.position, text))
            if state:
                cells[name, column.name] = state
                understood[column.group][text, state] += 1
    read = {column.position for column in layout.read}
    problems = [one for one in heading.problems if one.row != heading.row or not one.column or one.column in read]
    problems += [*none.values(), *_merged(layout, lines), *name_problems(layout, lines), *_column_problems(layout, choices)]
    problems += slips(grid, strange, layout.words, _of_one_word(layout))
    asked = blanks if has_blanks(layout) else [cell for cell in blanks if cell.column not in {column.position for column in empty_columns(layout)}]
    if asked:
        problems.append(blank_problem(layout, asked))
    if problems:
        raise TableError(problems, *advice(layout, choices, lines, asked, asked_about(strange, layout.words)))
    return _tables(layout, heading.row, cells, understood)


def _of_one_word(layout: Layout) -> dict[int, str]:
    """How to leave out each column of codes that holds the same text in every row."""
    return {feature.column.position: leave_out(layout, feature) for feature in layout.features if of_one_word(layout, feature)}


def _merged(layout: Layout, lines: Sequence[Line]) -> Iterable[Problem]:
    positions = {feature.column.position for feature in layout.features}
    numbers = {line.number for line in lines}
    for block in layout.grid.merged:
        inside = positions & {*range(block.left, block.right + 1)} and numbers & {*range(block.top, block.bottom + 1)}
        if inside:
            message = f"The cells {block} are merged into one. Unmerge them and write the code into each."
            yield layout.grid.problem(message, block.top, block.left)


def _not_codes(layout: Layout, together: Sequence[Described]) -> Iterator[Problem]:
    """Columns that hold no codes that are known: a scale over several, what may name the rows, and others; many that can only be left out at once."""
    instead, recur = layout.names_instead(), recurring(layout, layout.lines)
    others = [column for column in layout.others if not recur or column.column != recur.column]
    scales = _scales(layout, others)
    for scale in scales:
        yield layout.grid.problem(unknown_words(scale, layout.words, leave_out(layout, *scale)), 0, scale[0].column.position)
    plain = []
    for column in (column for column in others if not any(column in scale for scale in scales)):
        remedy = leave_out(layout, column)
        if column.column == instead:
            if not layout.labelled_by_codes():
                say = f"{option('label', as_label(instead, layout.columns))} {option('features', as_features(may_be_read(layout), layout.columns))}"
                message = f"{no_codes(column)} If it names the rows, say so: {say}. If not, {mid_sentence(remedy)}"
                yield layout.grid.problem(message, 0, instead.position)
        elif column not in together and not (column.kind == "text" and may_be_list(layout, layout.lines)):
            meaning = meaning_of(column, layout.words, remedy)
            if meaning == remedy:
                plain.append(column)
            else:
                yield layout.grid.problem(f"{no_codes(column)} {meaning}", 0, column.column.position)
    if len(plain) > FEW:
        named = listed(some([f"{column.column.letters} ({shown(column.column.name, 20)})" for column in plain], 8))
        message = f"{len(plain)} columns hold numbers or text, not codes: {named}. {leave_out(layout, *plain)}"
        yield layout.grid.problem(message, 0, plain[0].column.position)
    else:
        for column in plain:
            yield layout.grid.problem(f"{no_codes(column)} {leave_out(layout, column)}", 0, column.column.position)


def _column_problems(layout: Layout, choices: Choices) -> Iterator[Problem]:
    together = [] if layout.features else asked_together(layout)
    yield from _not_codes(layout, together)
    if together:
        yield layout.grid.problem(unknown_words(together, layout.words), 0, together[0].column.position)
    elif layout.grid.width == 1:
        message = "Only one column is filled. A table needs the names in the first column and a column of codes for each feature."
        cut = next((sign for sign in "|:" if all(sign in line[1] for line in layout.grid)), "")
        seen = f"The columns seem to be separated by {shown(cut)}" if cut else "If something else separates them"
        how = f"{seen}: in Excel choose Data, then Text to Columns, and save."
        yield layout.grid.problem(f"{message} In a CSV file, commas, semicolons or tabs separate the columns. {how}")
    elif not layout.features and layout.lines:
        yield layout.grid.problem("No column holds codes that are known, such as yes and no, 1 and 0, or x. Check that it is the right table.")
    empty = empty_columns(layout)
    if layout.lines and empty and len(empty) == len(layout.features):
        message = "No cell below the headings is filled. Colours, drawn ticks and notes are not read: type yes or no into the cells."
        yield layout.grid.problem(message, 0, empty[0].position)
    elif layout.lines and not choices.blank_means and not has_blanks(layout):
        for column in empty:
            without = [other for other in may_be_read(layout) if other not in empty]
            left_out = f", leave it out by naming the others: {option('features', as_features(without, layout.columns))}" if without else ""
            message = f"{shown(column.name)} is empty in every row. Fill it{left_out}, or say what a blank means: {BLANK_MEANS}."
            yield layout.grid.problem(message, 0, column.position)


def _scales(layout: Layout, others: Sequence[Described]) -> list[list[Described]]:
    """Columns beside those of codes that hold the same few words, to be asked about at once."""
    words = [column for column in others if column.kind == "words" and may_be_codes(column)] if layout.features else []
    words = [column for column in words if all(map(typed, strange_words([column], layout.words)))]
    return [scale for scale in of_one_scale(words) if len(scale) > 1]


def _tables(layout: Layout, row: int, cells: Mapping[tuple[str, str], State], understood: Mapping[str, Counter]) -> list[CodedTable]:
    """One table, or one for each group of columns where every group has at least two."""
    groups: dict[str, list[Column]] = defaultdict(list)
    for feature in layout.features:
        groups[feature.column.group].append(feature.column)
    items = tuple(layout.label(line) for line in layout.lines)
    if len(groups) == 1 or min(map(len, groups.values())) < 2 or "" in groups:
        whole: Counter = sum(understood.values(), Counter())
        groups, understood = {"": [feature.column for feature in layout.features]}, {"": whole}
    tables, rows = [], {layout.label(line): (line.number, layout.first) for line in layout.lines}
    for group, columns in groups.items():
        names = tuple(column.name for column in columns)
        states = {(item, name): cells[item, name] for item in items for name in names}
        where = Where(layout.grid.file, rows, {column.name: (row, column.position) for column in columns})
        table = CodedTable(group, items, names, states, understood[group], where=where)
        tables.append(replace(table, notes=worth_knowing(table)))
    return tables
