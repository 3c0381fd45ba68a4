"""Which rows of a sheet are no rows of codes?"""

from __future__ import annotations

import re

from ..problems import Problem, listed, shown, some
from .codes import key
from .columns import TOTALS
from .grid import Line
from .layout import Layout
from .slips import FEW

NOTE = re.compile(r"(notes?|sources?|legend|key|abbreviations?)\s*[:.]|[*†‡§]", re.IGNORECASE)


def no_rows(layout: Layout) -> dict[int, Problem]:
    """Rows that were not coded, by number, with what to do: headings, notes, totals.

    A row with nothing but a name is one of them if it stands apart, reads like a note, or if the table writes every other No.
    """
    found = {}
    strange = {line.number: words for line in layout.lines if (words := _strange(layout, line))}
    most = {line.number for line in layout.lines if FEW <= len(strange.get(line.number, ())) > len(codes_in(layout, line)) / 2}
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
    name, texts = layout.label(line), codes_in(layout, line)
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
    held = listed(some([shown(text, 20) for text in dict.fromkeys(codes_in(layout, line)) if key(text) in own], 2))
    if any(re.search(r"\d", text) for text in codes_in(layout, line)):
        remedy = "If it holds totals, delete the row."
    else:
        remedy = "If a second table begins here, do not delete the row: move it and all rows below to a sheet of its own (--sheet then names each)."
    return f"This row holds {held}, not codes. {remedy} If it was coded, write yes, no or unclear in each cell."


def codes_in(layout: Layout, line: Line) -> list[str]:
    """What stands in the columns of codes of a row, blanks left out."""
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
