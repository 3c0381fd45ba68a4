"""What is asked about a table that only the reader knows, and which options answer it?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from ..problems import Problem, column_letters, counted, listed, mid_sentence, shown, some
from .choices import OPEN, OPEN_OPTION, Choices, as_features, as_label, as_word
from .codes import key, option, options, typed
from .columns import Described, answers, may_be_codes
from .grid import Line, ends_early
from .heading import Column
from .layout import Layout
from .names import may_be_list, recurring
from .rows import has_blanks, writes_no
from .slips import FEW, Cell

BLANK_MEANS = "--blank-means no or --blank-means unclear"


def empty_columns(layout: Layout) -> list[Column]:
    return [column.column for column in layout.features if column.kind == "empty"]


def asked_together(layout: Layout) -> list[Described]:
    """Columns whose words are asked about at once; columns of a few numbers only where the table has no others."""
    words = [column for column in layout.others if column.kind == "words"]
    few = [column for column in layout.others if column.kind == "numbers" and len(column.counts) <= FEW and column.counts.total() >= 2 * FEW]
    return words or (few if not layout.features and len({frozenset(column.counts) for column in few}) == 1 else [])


def may_be_read(layout: Layout) -> list[Column]:
    """The columns that could be read as codes, once every question is answered."""
    together = () if layout.features else asked_together(layout)
    asked = [column for column in layout.others if may_be_codes(column) or column in together]
    coded = [column.column for column in (*layout.features, *asked) if column.column != layout.names_instead()]
    return [*(layout.labels if layout.labelled_by_codes() else ()), *coded]


def of_one_word(layout: Layout, column: Described) -> bool:
    """Whether a column holds the same text in every row."""
    return len(column.counts) == 1 and column.counts.total() == len(layout.lines) > 1


def leave_out(layout: Layout, *without: Described) -> str:
    """How to leave columns out: by naming the others."""
    codes = [column for column in may_be_read(layout) if column not in [one.column for one in without]]
    them = "column" if len(without) == 1 else "columns"
    if not codes:
        return f"Delete the {them} in a copy of the table."
    others = "others" if len(codes) > 1 else "other"
    return f"Leave the {them} out by naming the {others}: {option('features', as_features(codes, layout.columns))}."


def blank_problem(layout: Layout, blanks: Sequence[Cell]) -> Problem:
    """What to say of blanks, and of NA, which stands for them unless something else is told."""
    by_text: dict[str, list[Cell]] = defaultdict(list)
    for cell in blanks:
        by_text[cell.text].append(cell)
    held = []
    for text, cells in sorted(by_text.items()):
        what = f"{counted(len(cells), 'cell holds', 'cells hold')} {shown(text)}" if text else f"{counted(len(cells), 'cell is', 'cells are')} blank"
        held.append(f"{what} ({_places(cells)})")
    na = [text for text in sorted(by_text) if text]
    never = f"A blank is never taken for a No{f', nor is {listed(na)}' if na else ''}."
    told = [options(text) for text in na if typed(text)]
    ways = [*([BLANK_MEANS] if _blank(blanks) else []), *told]
    means = "each means" if len(ways) > 1 else "it means" if told else "a blank means"
    too = f" --blank-means alone decides on {listed(na)}, too." if na and _blank(blanks) else ""
    remedy = f"Fill {'the cell' if len(blanks) == 1 else 'the cells'}, or say what {means}: {'; '.join(ways)}.{too}"
    short = [end for end in layout.grid.short if any(cell.row == end[0] and cell.column > end[1] for cell in blanks)]
    if short:
        remedy = f"If the row is right otherwise, {mid_sentence(remedy)}"
    hint = "" if writes_no(layout) else " No cell says No here, so a blank may stand for it; only you can know."
    cut = f"{ends_early(short)} " if short else ""
    return layout.grid.problem(f"{cut}{listed(held)}. {never} {remedy}{hint}", blanks[0].row, blanks[0].column)


def _blank(cells: Sequence[Cell]) -> bool:
    """Whether there are blanks that only --blank-means decides on: empty cells, and words such as #N/A that cannot be typed in a terminal."""
    return not all(typed(cell.text) for cell in cells)


def _places(cells: Sequence[Cell]) -> str:
    return listed(some([f"{column_letters(cell.column)}{cell.row}" for cell in cells], 6))


def advice(layout: Layout, choices: Choices, lines: Sequence[Line], blanks: Sequence[Cell], words: Sequence[str]) -> tuple[str, str]:
    """The options that answer what can be answered by options; what only the reader knows is left open.

    Parameters
    ----------
    layout : Layout
    choices : Choices
        What was told.
    lines : sequence of Line
        The rows that were coded.
    blanks : sequence of Cell
        Those that are asked about; none where it was told what they mean.
    words : sequence of str
        Words of cells that are asked about.

    Returns
    -------
    tuple of str
        Options that read as codes what may be codes, and options that leave it out; each empty where it would answer nothing.
    """
    recur = recurring(layout, lines)
    if may_be_list(layout, lines) or (recur and recur.few):
        return "", ""
    empty = empty_columns(layout) if len(empty_columns(layout)) < len(layout.features) and not has_blanks(layout) and not choices.blank_means else []
    instead = layout.names_instead()
    codes = [column for column in may_be_read(layout) if column not in empty and not (instead and column in layout.labels)]
    asked = [column for column in layout.others if column.column in codes]
    alone = [feature for feature in layout.features if of_one_word(layout, feature) and set(map(key, feature.counts)) <= set(map(key, words))]
    coded = [feature.column for feature in layout.features if feature.column in codes and feature not in alone]
    others = [column.column for column in layout.others if column.column not in (*codes, instead, recur.column if recur else None)]
    open_words = [*words, *_unless_told(layout, blanks)]
    offered = choices
    if codes and (instead or empty or others):
        offered = replace(offered, features=as_features(codes, layout.columns))
    if blanks and _blank(blanks) and not layout.grid.short and len(empty_columns(layout)) < len(layout.features):
        offered = replace(offered, blank_means=OPEN["blank_means"])
    if instead or recur:
        offered = replace(offered, label=as_label(instead, layout.columns) if instead else recur.label)
    fewer = replace(offered, features=as_features(coded, layout.columns)) if (asked or alone) and coded and not instead else None
    still = [word for word in open_words if key(word) not in {key(text) for feature in alone for text in feature.counts}]
    numbers = [column for column in asked if {"0", "1"} < set(column.counts)]
    told = answers([column for column in asked if column not in numbers], layout.words)
    offered = replace(offered, **{state: (*getattr(offered, state), *found) for state, found in told.items()})
    beside = (text for column in numbers for text in column.counts if text not in ("0", "1"))
    offered = replace(offered, unclear=tuple(dict.fromkeys([*offered.unclear, *beside])))
    return _typed(offered, choices, open_words), _typed(fewer, choices, still) if fewer else ""


def _unless_told(layout: Layout, blanks: Sequence[Cell]) -> list[str]:
    """The words for a blank that can be typed, each once."""
    return [text for text in dict.fromkeys(cell.text for cell in blanks) if typed(text)] if not layout.grid.short else []


def _typed(offered: Choices, choices: Choices, words: Sequence[str]) -> str:
    said = [offered.as_options()] if offered != choices or words else []
    return " ".join(filter(None, [*said, *(option(OPEN_OPTION, as_word(word)) for word in words)]))
