"""Which rows of a sheet are no rows of codes, and which names are missing or stand twice?"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from ..problems import Problem, column_letters, counted, listed, shown, some
from .choices import ROW, as_features, as_label
from .codes import UNSEEN, key, option
from .columns import NUMBER, TOTALS, Described
from .grid import FAILED, FORMULA, Line, failed
from .heading import Column
from .layout import Layout
from .slips import FEW

LONGEST_NAME = 25  # letters, as a mean
MOSTLY = 0.75  # of the rows have a name that recurs, so that it is no slip
NOTE = re.compile(r"(notes?|sources?|legend|key|abbreviations?)\s*[:.]|[*†‡§]", re.IGNORECASE)


def no_rows(layout: Layout) -> dict[int, Problem]:
    """Rows that were not coded, by number, with what to do: headings, notes, totals.

    A row with nothing but a name is one of them if it stands apart, reads like a note, or if the table writes every other No.
    """
    found = {}
    strange = {line.number: words for line in layout.lines if (words := _strange(layout, line))}
    most = {line.number for line in layout.lines if FEW <= len(strange.get(line.number, ())) > len(_texts(layout, line)) / 2}
    apart = most if 2 * len(most) <= len(layout.lines) else set()
    used = {word for number, words in strange.items() if number not in apart for word in words}
    above = 0
    for line in layout.lines:
        message = _why_no_row(layout, line, above) or (_no_codes(layout, line, used) if line.number in apart else "")
        if message:
            column = line.filled[0] if len(line.filled) == 1 and not layout.label(line) else 0
            found[line.number] = layout.grid.problem(message, line.number, column)
        above = line.number
    return found


def _why_no_row(layout: Layout, line: Line, above: int) -> str:
    name, texts = layout.label(line), _texts(layout, line)
    if not name:
        codes = {feature.column.position for feature in layout.features if layout.words.state(line[feature.column.position])}
        alone = len(line.filled) == 1 and line.filled[0] not in codes
        return f"This row holds {shown(line[line.filled[0]])} and nothing else. If it is a heading or a note, delete the row." if alone else ""
    names = [column.name.casefold() for column in layout.labels]
    if names == [line[column.position].casefold() for column in layout.labels] != [] and 2 * len({*texts} - {*layout.headings}) < len(texts):
        return "The row repeats the headings. Delete it."
    if layout.only_named(line) and len(layout.lines) > 1 and layout.features:
        apart = above and line.number > above + 1
        merged = layout.merged_over(line, layout.features[0].column.position)
        if apart or merged or NOTE.match(name) or (writes_no(layout) and not has_blanks(layout)):
            remedy = "If it is a heading or a note, delete the row; if it was coded, write its codes."
            return f"The row holds a name, {shown(name)}, and no code. {remedy}"
    if re.sub(r"\s*[(:,].*", "", key(name)) in TOTALS and any(re.search(r"\d", text) for text in texts):
        coded = any(layout.words.state(text) and not re.fullmatch(r"\d+", text) for text in texts)
        return f"The row looks like totals, not like something that was coded. Delete it{', or give it another name' if coded else ''}."
    return ""


def _no_codes(layout: Layout, line: Line, used: set[str]) -> str:
    """What to say of a row with hardly a code, unless its words stand in other rows, too."""
    own = set(_strange(layout, line))
    if own & used:
        return ""
    held = listed(some([shown(text, 20) for text in dict.fromkeys(_texts(layout, line)) if key(text) in own], 2))
    if any(re.search(r"\d", text) for text in _texts(layout, line)):
        remedy = "If it holds totals, delete the row."
    else:
        remedy = "If a second table begins here, do not delete the row: move it and all rows below to a sheet of its own (--sheet then names each)."
    return f"This row holds {held}, not codes. {remedy} If it was coded, write yes, no or unclear in each cell."


def _texts(layout: Layout, line: Line) -> list[str]:
    return [text for feature in layout.features if (text := line[feature.column.position])]


def _strange(layout: Layout, line: Line) -> list[str]:
    """The words of a row that are no codes under their headings, no blanks, and not asked about anyway."""
    words, cells = layout.words, ((line[feature.column.position], feature.column.name) for feature in layout.features)
    return [key(text) for text, name in cells if not (words.state(text, name) or words.is_blank(text) or key(text) in words.asked)]


def writes_no(layout: Layout) -> bool:
    """Whether any cell says No."""
    cells = ((line[feature.column.position], feature.column.name) for line in layout.lines for feature in layout.features)
    return any(layout.words.state(text, name) == "no" for text, name in cells)


def has_blanks(layout: Layout) -> bool:
    """Whether blanks occur elsewhere than in whole rows and whole columns."""
    columns = [column.column.position for column in layout.features if column.kind != "empty"]
    return any(layout.words.is_blank(line[position]) for line in layout.lines if not layout.only_named(line) for position in columns)


def name_problems(layout: Layout, lines: Sequence[Line]) -> Iterator[Problem]:
    """Names that are missing, failed, no names, or there twice."""
    grid, first = layout.grid, layout.first
    if layout.labelled_by_codes():
        column, instead = layout.labels[0], layout.names_instead()
        held = shown(column.name) if column.name else "The first column"
        such = f", such as {option('label', as_label(instead, layout.columns))}" if instead else ""
        without = option("features", as_features([feature.column for feature in layout.features], layout.columns)) if layout.features else ""
        kept = f" All rows are kept, whatever {held} says: delete those that do not belong."
        then = f" {held} is then read as codes, too; to read only the others: {without}.{kept}" if instead and without else ""
        yield grid.problem(f"{held} holds codes, not names. Say which column names the rows{such or ' with --label'}.{then}", 0, first)
        return
    rows: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        name = layout.label(line)
        if not name:
            coded = any(layout.words.state(text) for text in _texts(layout, line))
            yield grid.problem(
                f"The row has no name. Write the name of what is coded here{'' if coded else ', or delete the row'}.", line.number, first
            )
            continue
        rows[name.casefold().translate(UNSEEN)].append(line)
        for column in layout.labels:
            text = line[column.position]
            if text == FORMULA or FAILED.fullmatch(text):
                remedy = f"{failed(text)} Write the name in its place."
                yield grid.problem(grid.odd.get((line.number, column.position), remedy), line.number, column.position)
    twice = [lines for lines in rows.values() if len(lines) > 1]
    if _recur(layout, twice, len(lines)):
        yield grid.problem(_for_each(layout, twice), 0, first)
        return
    hint = f"{_remedy(layout, twice)}" if twice else ""
    for alike in twice[: 1 if len(twice) > FEW else FEW]:
        there = listed(some([f"{column_letters(first)}{line.number}" for line in alike], 6))
        but = " (the same apart from capitals)" if len({layout.label(line) for line in alike}) > 1 else ""
        more = f" {counted(len(twice) - 1, 'other name is', 'other names are')} there several times, too." if len(twice) > FEW else ""
        said = f"{shown(layout.label(alike[0]))} stands in {there}{but}: each name may stand only once.{_differ(layout, alike)}"
        yield grid.problem(f"{said}{more} {hint}", alike[1].number, first)


def _differ(layout: Layout, alike: Sequence[Line]) -> str:
    """Whether rows of one name have the same codes."""
    rows = [[layout.words.state(line[feature.column.position], feature.column.name) for feature in layout.features] for line in alike]
    n = sum(len(set(codes)) > 1 for codes in zip(*rows, strict=True))
    return f" Their codes differ in {n} of {counted(len(rows[0]), 'column')}." if n else " Their codes are the same." if rows[0] else ""


def _for_each(layout: Layout, twice: Sequence[Sequence[Line]]) -> str:
    """What to say where nearly every name has several rows, such as one for each word of a column."""
    tells = next(iter(_told_apart_by(layout, twice)), None)
    if tells:
        words = listed(some([shown(word, 30) for word in sorted(tells.counts)], 6))
        start = f"Names stand here several times, once for each {shown(tells.column.name)} ({words})."
        label = option("label", ",".join(as_label(column, layout.columns) for column in (*layout.labels, tells.column)))
        apart = f"make names of both: {label}"
    else:
        start = f"Most names stand here several times, such as {shown(layout.label(twice[0][0]))}."
        apart = _apart(layout, twice)
    without = f", without the column {shown(tells.column.name)}" if tells else ""
    people = f"If these are people who coded the same, save the rows of each as a file of its own{without}; the command compare takes them."
    return f"{start} {people} If these are parts of what was coded, such as the arms of a trial, {apart}."


def _remedy(layout: Layout, twice: Sequence[Sequence[Line]]) -> str:
    if _composite(layout, twice)[1] and len(layout.features) == 1:  # `may_be_list`
        return "If this is a list with a row for each code, name its columns item, feature and value. If not, rename them."
    tells = _told_apart_by(layout, twice)
    label = option("label", ",".join(as_label(column, layout.columns) for column in (*layout.labels, *(tell.column for tell in tells[:1]))))
    too = f" {shown(tells[0].column.name)} tells them apart, too, if it holds no codes: {label}." if tells else ""
    return f"If it is one and the same, delete the row that is wrong. If not, rename one, or {_apart(layout, twice)}.{too}"


def _apart(layout: Layout, twice: Sequence[Sequence[Line]]) -> str:
    """How an option tells rows of one name apart."""
    parts, helps = _composite(layout, twice)
    told_by = listed([*(shown(column.name) for column in helps), *(["a number"] if ROW in parts else [])])
    second = "" if helps else f" (both then count, and the second is called {shown(f'{layout.label(twice[0][1])} (2)')})"
    number = second if ROW in parts else ""
    part = f" ({listed([shown(column.name) for column in helps])} is then part of the name, and no code)" if helps else ""
    return f"let {told_by} tell them apart: {option('label', ','.join(parts))}{number}{part}"


def names_recur_by(layout: Layout, lines: Sequence[Line]) -> Described | None:
    """A column of a few words that tells nearly all rows apart, since nearly every name recurs: who coded, or an arm of a trial."""
    twice = _named_twice(layout, lines)
    return next(iter(_told_apart_by(layout, twice)), None) if _recur(layout, twice, len(lines)) else None


def _recur(layout: Layout, twice: Sequence[Sequence[Line]], n: int) -> bool:
    """Whether nearly all of n rows have a name that recurs, in a table with several columns of codes."""
    return bool(twice) and MOSTLY * n <= sum(map(len, twice)) and not layout.labelled_by_codes() and len(layout.features) > 1


def _told_apart_by(layout: Layout, twice: Sequence[Sequence[Line]]) -> list[Described]:
    """Columns of words, filled in every row, that tell the rows of one name apart."""
    words = [column for column in layout.others if column.kind == "words" and column.counts.total() == len(layout.lines)]
    words = [column for column in words if not all(map(NUMBER.fullmatch, column.counts))]
    return [column for column in words if all(len({line[column.column.position] for line in lines}) == len(lines) for lines in twice)]


def may_be_list(layout: Layout, lines: Sequence[Line]) -> bool:
    """Whether a table may have a row for each code: names recur, a second column tells their rows apart, and one column holds codes."""
    twice = _named_twice(layout, lines)
    return len(layout.features) == 1 and bool(twice) and bool(_composite(layout, twice)[1])


def _named_twice(layout: Layout, lines: Sequence[Line]) -> list[list[Line]]:
    rows: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        rows[layout.label(line).casefold().translate(UNSEEN)].append(line)
    return [alike for name, alike in rows.items() if name and len(alike) > 1]


def _composite(layout: Layout, alike: Sequence[Sequence[Line]]) -> tuple[list[str], list[Column]]:
    """Which further column, or else a number, tells rows of the same name apart, as the option --label names them.

    A column of long texts, such as comments, makes no good name, nor does one with gaps, or one that may hold codes and was not left out.
    """

    def left(column: Column) -> int:
        return sum(len(lines) - len({line[column.position].casefold() for line in lines}) for lines in alike)

    words = [column for column in layout.left_out if column.kind == "words"]
    others = [*(column for column in (*layout.others, *layout.left_out) if column.kind == "text"), *words]
    full = [column for column in others if column.counts.total() == len(layout.lines)]
    texts = [column.column for column in full if sum(map(len, column.counts)) <= LONGEST_NAME * len(column.counts)]
    best = min(texts, key=left, default=None)
    helps = [best] if best and left(best) < sum(len(lines) - 1 for lines in alike) else []
    return [*(as_label(column, layout.columns) for column in (*layout.labels, *helps)), *([] if helps and not left(helps[0]) else [ROW])], helps
