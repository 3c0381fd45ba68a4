"""What is kept of the reader's choices, so that they still hold when columns were moved or added?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .choices import ROW, Choices, as_word, columns_of, words
from .codes import vocabulary
from .grid import Grid
from .heading import Column, Heading, heading_of


def remembered(grids: Sequence[Grid], choices: Choices) -> Choices:
    """Choices by headings instead of letters, with the columns that were left out instead of those that were read: a new one is asked about."""
    known = vocabulary(choices.told, ())
    headings = [heading_of(grid, lambda text: bool(known.state(text))) for grid in grids]
    numbered = any(word.casefold() == ROW for word in words(choices.label))
    names = [as_word(column.full_name) for column in label_columns(headings[0], choices)] if choices.label else []
    left_out = dict.fromkeys(as_word(column.full_name) for heading in headings for column in not_read(heading, choices))
    return replace(choices, label=",".join([*names, *([ROW] if numbered else [])]), features="", leave_out=",".join(left_out))


def not_read(heading: Heading, choices: Choices) -> list[Column]:
    """The columns that the reader has left out."""
    if not choices.features:
        return [column for column in heading.columns if column.full_name in words(choices.leave_out)]
    read = [*label_columns(heading, choices), *columns_of(choices.features, heading.columns, "--features")]
    return [column for column in heading.columns if column.name and column not in read]


def label_columns(heading: Heading, choices: Choices) -> list[Column]:
    """The columns that name the rows: the first unless told."""
    named = ",".join(as_word(word) for word in words(choices.label) if word.casefold() != ROW)
    return columns_of(named, heading.columns, "--label") if named else list(heading.columns[:1])
