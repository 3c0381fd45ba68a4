"""Which names of rows are missing or stand twice, and what tells rows of one name apart?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..problems import Problem, column_letters, counted, listed, shown, some
from .choices import ROW, as_features, as_label
from .codes import UNSEEN, option
from .columns import NUMBER, Described
from .grid import FAILED, FORMULA, Line, failed
from .heading import Column
from .layout import Layout
from .rows import codes_in
from .slips import FEW

LONGEST_NAME = 25  # letters, as a mean
MOSTLY = 0.75  # of the rows have a name that recurs, so that it is no slip


def name_problems(layout: Layout, lines: Sequence[Line]) -> Iterator[Problem]:
    """Names that are missing, failed, no names, or there twice."""
    grid, first = layout.grid, layout.first
    if layout.labelled_by_codes():
        column, instead = layout.labels[0], layout.names_instead()
        held = shown(column.name) if column.name else "The first column"
        such = f", such as {option('label', as_label(instead, layout.columns))}" if instead else ""
        without = option("features", as_features([feature.column for feature in layout.features], layout.columns)) if layout.features else ""
        then = f"; and, unless {held} is to be read as codes, too: {without}" if instead and without else ""
        start = f"{held} holds codes, not names, and leaves no row out: delete the rows that do not belong."
        yield grid.problem(f"{start} Then say which column names the rows{such or ' with --label'}{then}.", 0, first)
        return
    for line in lines:
        if not layout.label(line):
            coded = any(layout.words.state(text) for text in codes_in(layout, line))
            yield grid.problem(
                f"The row has no name. Write the name of what is coded here{'' if coded else ', or delete the row'}.", line.number, first
            )
            continue
        for column in layout.labels:
            text = line[column.position]
            if text == FORMULA or FAILED.fullmatch(text):
                remedy = f"{failed(text)} Write the name in its place."
                yield grid.problem(grid.odd.get((line.number, column.position), remedy), line.number, column.position)
    twice = _named_twice(layout, lines)
    if found := recurring(layout, lines):
        yield grid.problem(_for_each(layout, twice, found), 0, first)
        return
    hint = _remedy(layout, twice) if twice else ""
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


@dataclass(frozen=True)
class Recurring:
    """What tells the rows of a table apart in which nearly every name recurs, so that it is no slip.

    `column` does; None if only a number does. `label` is what the option --label would be. `few`: whether it is a column of a few words, which may
    say who coded; of many, it is more likely an arm of a trial.
    """

    column: Column | None
    label: str
    few: tuple[str, ...] = ()


def recurring(layout: Layout, lines: Sequence[Line]) -> Recurring | None:
    """What tells rows apart where nearly all have a name that recurs, in a table with several columns of codes; None if they do not."""
    twice = _named_twice(layout, lines)
    if not twice or sum(map(len, twice)) < MOSTLY * len(lines) or layout.labelled_by_codes() or len(layout.features) < 2:
        return None
    tells = next(iter(_told_apart_by(layout, twice)), None)
    if tells:
        label = ",".join(as_label(column, layout.columns) for column in (*layout.labels, tells.column))
        return Recurring(tells.column, label, tuple(sorted(tells.counts)))
    parts, helps = _composite(layout, twice)
    return Recurring(helps[0] if helps else None, ",".join(parts))


def _for_each(layout: Layout, twice: Sequence[Sequence[Line]], found: Recurring) -> str:
    """What to say where nearly every name has several rows."""
    if found.few:
        name, words = shown(found.column.name), listed(some([shown(word, 30) for word in found.few], 6))
        people = f"If these are people who coded the same, save the rows of each as a file of its own, without {name}"
        parts = f"If they are parts of what was coded, such as the arms of a trial, let each row count by itself: {option('label', found.label)}."
        start = f"Names stand here several times, once for each {name} ({words})."
        return f"{start} {people}: one of them for the command new, the others for compare. {parts}"
    start = f"Most names stand here several times, such as {shown(layout.label(twice[0][0]))}."
    parts = f"If each row is a part of what was coded, such as an arm of a trial, {_apart(layout, twice)}."
    return f"{start} {parts} If several people coded the same, save the rows of each as a file of its own, for the command compare."


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
    label = option("label", ",".join(parts))
    if not helps:
        return f"let each count, the second as {shown(f'{layout.label(twice[0][1])} (2)')}: {label}"
    told_by = listed([*(shown(column.name) for column in helps), *(["a number"] if ROW in parts else [])])
    return f"let {told_by} tell them apart: {label} ({listed([shown(column.name) for column in helps])} is then part of the name, and no code)"


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
