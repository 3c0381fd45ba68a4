"""How is a table with a row for each item and a column for each feature read?"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from ..problems import Problem, column_letters, counted, listed, shown, some
from .choices import OPEN, OPEN_OPTION, Choices, as_features, as_label, as_word
from .coded import CodedTable, TableError, Where, worth_knowing
from .codes import State, option, options, typed
from .columns import Described, answers, may_be_codes, meaning_of, no_codes, of_one_scale, strange_words, unknown_words
from .grid import Grid, Line, ends_early
from .heading import Column, Heading
from .layout import Layout, layout_of
from .rows import has_blanks, may_be_list, name_problems, names_recur_by, no_rows, writes_no
from .slips import FEW, Cell, asked_about, slips

BLANK_MEANS = "--blank-means no or --blank-means unclear"


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
                if not layout.merged_over(line, column.position):
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
    problems += slips(grid, strange, layout.words)
    asked = blanks if has_blanks(layout) else [cell for cell in blanks if cell.column not in {column.position for column in _empty(layout)}]
    if asked and not choices.blank_means:
        problems.append(_blank_problem(layout, asked))
    if problems:
        raise TableError(problems, *_advice(layout, choices, lines, asked, asked_about(strange, layout.words)))
    return _tables(layout, heading.row, cells, understood)


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
    instead, tells = layout.names_instead(), names_recur_by(layout, layout.lines)
    scales = _scales(layout, tells)
    for scale in scales:
        yield layout.grid.problem(unknown_words(scale, layout.words, _leave_out(layout, *scale)), 0, scale[0].column.position)
    plain = []
    for column in (column for column in layout.others if column != tells and not any(column in scale for scale in scales)):
        remedy = _leave_out(layout, column)
        if column.column == instead:
            if not layout.labelled_by_codes():
                say = f"{option('label', as_label(instead, layout.columns))} {option('features', as_features(_codes(layout), layout.columns))}"
                message = f"{no_codes(column)} If it names the rows, say so: {say}. If not, {remedy[:1].lower()}{remedy[1:]}"
                yield layout.grid.problem(message, 0, instead.position)
        elif column not in together and not (column.kind == "text" and may_be_list(layout, layout.lines)):
            meaning = meaning_of(column, layout.words, remedy)
            if meaning == remedy:
                plain.append(column)
            else:
                yield layout.grid.problem(f"{no_codes(column)} {meaning}", 0, column.column.position)
    if len(plain) > FEW:
        named = listed(some([f"{column.column.letters} ({shown(column.column.name, 20)})" for column in plain], 8))
        message = f"{len(plain)} columns hold numbers or text, not codes: {named}. {_leave_out(layout, *plain)}"
        yield layout.grid.problem(message, 0, plain[0].column.position)
    else:
        for column in plain:
            yield layout.grid.problem(f"{no_codes(column)} {_leave_out(layout, column)}", 0, column.column.position)


def _column_problems(layout: Layout, choices: Choices) -> Iterator[Problem]:
    together = [] if layout.features else _asked_together(layout)
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
    empty = _empty(layout)
    if layout.lines and empty and len(empty) == len(layout.features):
        message = "No cell below the headings is filled. Colours, drawn ticks and notes are not read: type yes or no into the cells."
        yield layout.grid.problem(message, 0, empty[0].position)
    elif layout.lines and not choices.blank_means and not has_blanks(layout):
        for column in empty:
            without = [other for other in _codes(layout) if other not in empty]
            leave_out = f", leave it out by naming the others: {option('features', as_features(without, layout.columns))}" if without else ""
            message = f"{shown(column.name)} is empty in every row. Fill it{leave_out}, or say what a blank means: {BLANK_MEANS}."
            yield layout.grid.problem(message, 0, column.position)


def _empty(layout: Layout) -> list[Column]:
    return [column.column for column in layout.features if column.kind == "empty"]


def _asked_together(layout: Layout) -> list[Described]:
    """Columns whose words are asked about at once; columns of a few numbers only where the table has no others."""
    words = [column for column in layout.others if column.kind == "words"]
    few = [column for column in layout.others if column.kind == "numbers" and len(column.counts) <= FEW and column.counts.total() >= 2 * FEW]
    return words or (few if not layout.features and len({frozenset(column.counts) for column in few}) == 1 else [])


def _scales(layout: Layout, tells: Described | None) -> list[list[Described]]:
    """Columns beside those of codes that hold the same few words, to be asked about at once."""
    words = [column for column in layout.others if column.kind == "words" and may_be_codes(column) and column != tells] if layout.features else []
    words = [column for column in words if all(map(typed, strange_words([column], layout.words)))]
    return [scale for scale in of_one_scale(words) if len(scale) > 1]


def _codes(layout: Layout) -> list[Column]:
    """The columns that could be read as codes, once every question is answered."""
    together = () if layout.features else _asked_together(layout)
    asked = [column for column in layout.others if may_be_codes(column) or column in together]
    coded = [column.column for column in (*layout.features, *asked) if column.column != layout.names_instead()]
    return [*(layout.labels if layout.labelled_by_codes() else ()), *coded]


def _leave_out(layout: Layout, *without: Described) -> str:
    codes = [column for column in _codes(layout) if column not in [one.column for one in without]]
    them = "column" if len(without) == 1 else "columns"
    if not codes:
        return f"Delete the {them} in a copy of the table."
    others = "others" if len(codes) > 1 else "other"
    return f"Leave the {them} out by naming the {others}: {option('features', as_features(codes, layout.columns))}."


def _blank_problem(layout: Layout, blanks: list[Cell]) -> Problem:
    by_text: dict[str, list[Cell]] = defaultdict(list)
    for cell in blanks:
        by_text[cell.text].append(cell)
    held = []
    for text, cells in sorted(by_text.items()):
        what = f"{counted(len(cells), 'cell holds', 'cells hold')} {shown(text)}" if text else f"{counted(len(cells), 'cell is', 'cells are')} blank"
        held.append(f"{what} ({_places(cells)})")
    na = sorted({text for text in by_text if text})
    if na and "" not in by_text and len(na) == 1 and typed(na[0]):
        there = "there" if len(blanks) == 1 else "into each"
        say = f"Write yes, no or unclear {there}, or say what it means: {options(na[0])}."
        return layout.grid.problem(f"{listed(held)}. {na[0]} is never taken for a No. {say}", blanks[0].row, blanks[0].column)
    never = f"A blank is never taken for a No{f', nor is {listed(na)}' if na else ''}."
    short = [end for end in layout.grid.short if any(cell.row == end[0] and cell.column > end[1] for cell in blanks)]
    mean = f"{listed(['blanks', *na] if '' in by_text else na)} mean, if they mean the same" if na else "a blank means"
    fill = "If the row is right otherwise, fill" if short else "Fill"
    remedy = f"{fill} {'the cell' if len(blanks) == 1 else 'the cells'}, or say what {mean}: {BLANK_MEANS}."
    unclear = " ".join(option("unclear", text) for text in na)
    alone = f" If only {listed(na)} {'is' if len(na) == 1 else 'are'} unclear, add {unclear}." if na and all(map(typed, na)) else ""
    hint = "" if writes_no(layout) else " No cell says No here, so a blank may stand for it; only you can know."
    cut = f"{ends_early(short)} " if short else ""
    return layout.grid.problem(f"{cut}{listed(held)}. {never} {remedy}{alone}{hint}", blanks[0].row, blanks[0].column)


def _places(cells: Sequence[Cell]) -> str:
    return listed(some([f"{column_letters(cell.column)}{cell.row}" for cell in cells], 6))


def _advice(layout: Layout, choices: Choices, lines: Sequence[Line], blanks: Sequence[Cell], words: Sequence[str]) -> tuple[str, str]:
    """The options that answer what can be answered by options, empty if they would answer nothing; what only the reader knows is left open.

    And others, which leave out the columns that may be codes or not, if there are any beside those that are.
    """
    if may_be_list(layout, lines) or names_recur_by(layout, lines):
        return "", ""
    offered = choices
    empty = _empty(layout) if len(_empty(layout)) < len(layout.features) and not has_blanks(layout) and not choices.blank_means else []
    instead = layout.names_instead()
    codes = [column for column in _codes(layout) if column not in empty and not (instead and column in layout.labels)]
    if codes and (instead or empty or any(column.column not in (*codes, instead) for column in layout.others)):
        offered = replace(offered, features=as_features(codes, layout.columns))
    asked = [column for column in layout.others if column.column in codes]
    numbers = [text for column in asked if {"0", "1"} < set(column.counts) for text in column.counts if text not in ("0", "1")]
    told = answers([column for column in asked if not {"0", "1"} < set(column.counts)], layout.words)
    offered = replace(offered, **{state: (*getattr(offered, state), *words) for state, words in told.items()})
    texts, words = {cell.text for cell in blanks}, [*words, *numbers]
    if texts and not layout.grid.short and not choices.blank_means and len(_empty(layout)) < len(layout.features):
        if len(texts) == 1 and all(map(typed, texts)):
            words = [*words, *texts]
        else:
            offered = replace(offered, blank_means=OPEN["blank_means"])
    if instead:
        offered = replace(offered, label=as_label(instead, layout.columns))
    open_words = "".join(f" {option(OPEN_OPTION, as_word(word))}" for word in words)
    advice = f"{offered.as_options() if offered != choices or open_words else ''}{open_words}".strip()
    coded = [column.column for column in layout.features if column.column in codes]
    if not asked or not coded or instead:
        return advice, ""
    fewer = replace(offered, features=as_features(coded, layout.columns), yes=choices.yes, no=choices.no, unclear=choices.unclear)
    return advice, f"{fewer.as_options()}{open_words}"


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
