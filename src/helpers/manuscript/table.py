"""What is a table for print: its headings, cells, row groups and notes, before anyone chooses a file format?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from typing import Literal

from ..problems import SynopsisError, listed

Kind = Literal["text", "code", "number"]


def on_one_line(text: str) -> str:
    """Text that every file format can hold: one line, without control characters and the signs that XML forbids.

    >>> on_one_line("two\\nlines\\x0b and\\ta tab")
    'two lines and a tab'
    """
    kept = (" " if unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") else sign for sign in text if sign not in "\ufffe\uffff")
    return re.sub(" +", " ", "".join(kept)).strip(" ")


@dataclass(frozen=True)
class Cell:
    """One cell, plain text whatever it looks like ("=SUM(A1)" is no formula, "<b>" no tag).

    Attributes
    ----------
    text : str
    notes : tuple of str
        Keys of the table's footnotes.
    spoken : str
        The word for a sign that a screen reader may leave out, such as No for a dash; empty where the text speaks for itself.
    """

    text: str
    notes: tuple[str, ...] = ()
    spoken: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", on_one_line(self.text))


@dataclass(frozen=True)
class Column:
    """One column.

    Attributes
    ----------
    heading : Cell
    kind : {"text", "code", "number"}
        Text stands left, codes and numbers in the middle; a number is never broken.
    group : str
        The heading that spans it and its neighbours of the same group; empty for none.
    """

    heading: Cell
    kind: Kind = "text"
    group: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "group", on_one_line(self.group))


@dataclass(frozen=True)
class Row:
    """One row: as many cells as there are columns, the first of them its heading.

    Attributes
    ----------
    cells : tuple of Cell
    group : str
        The heading above it and its neighbours of the same group; empty for none.
    total : bool
        Whether it sums up the rows above; a thin line sets it apart.
    """

    cells: tuple[Cell, ...]
    group: str = ""
    total: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "group", on_one_line(self.group))


@dataclass(frozen=True)
class Table:
    """A table for print.

    Attributes
    ----------
    id : str
        tabNN_name; also the name of its files.
    title : str
        The caption, without number and full stop.
    columns : tuple of Column
    rows : tuple of Row
    general : str
        The general note, in sentences: how the cells are to be read.
    abbreviations : mapping of str to str
        Short form to long form.
    footnotes : mapping of str to str
        Key to sentence. Those that no cell refers to are not printed.
    source : str
        Whose table it is; empty if unknown.

    Raises
    ------
    SynopsisError
        If there is no general note, a row has more or fewer cells than there are columns, or a cell refers to a footnote that is not there.

    Examples
    --------
    >>> rows = (Row((Cell("p"), Cell("Yes", ("hedged",)))), Row((Cell("q"), Cell("–", spoken="No"))))
    >>> columns = (Column(Cell("Item")), Column(Cell("x"), "code"))
    >>> table = Table("tab01_tiny", "A tiny table", columns, rows, "–: No.", footnotes={"hedged": "Hedged."})
    >>> table.marks
    {'hedged': 'a'}
    >>> table.marked(rows[0].cells[1])
    ['a']
    """

    id: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    general: str
    abbreviations: Mapping[str, str] = field(default_factory=dict)
    footnotes: Mapping[str, str] = field(default_factory=dict)
    source: str = ""

    def __post_init__(self) -> None:
        for name in ("title", "general", "source"):
            object.__setattr__(self, name, on_one_line(getattr(self, name)))
        for name in ("abbreviations", "footnotes"):
            object.__setattr__(self, name, {on_one_line(key): on_one_line(text) for key, text in getattr(self, name).items()})
        if not self.general:
            raise SynopsisError(f"The table {self.id} has no general note. Say how its cells are to be read.")
        if not self.columns or any(len(row.cells) != len(self.columns) for row in self.rows):
            raise SynopsisError(f"The table {self.id} has {len(self.columns)} columns; every row must have as many cells, and at least one.")
        unknown = [key for key in self._keys() if key not in self.footnotes]
        if unknown:
            raise SynopsisError(f"The table {self.id} refers to footnotes that are not there: {listed(unknown)}.")

    @cached_property
    def marks(self) -> dict[str, str]:
        """The letter of each footnote that occurs, in order of appearance: headings first, then row by row."""
        return {key: letters(number) for number, key in enumerate(self._keys())}

    def marked(self, cell: Cell) -> list[str]:
        """The letters of a cell, in order."""
        return [letter for key, letter in self.marks.items() if key in cell.notes]

    @property
    def column_groups(self) -> list[tuple[str, int]]:
        """Spanning headings from left to right with how many columns each spans; empty if no column has one."""
        groups = [(name, len(list(columns))) for name, columns in groupby(column.group for column in self.columns)]
        return groups if any(name for name, _ in groups) else []

    @property
    def row_groups(self) -> list[tuple[str, tuple[Row, ...]]]:
        """The rows, group by group."""
        return [(name, tuple(rows)) for name, rows in groupby(self.rows, key=lambda row: row.group)]

    def _keys(self) -> list[str]:
        cells = [column.heading for column in self.columns] + [cell for row in self.rows for cell in row.cells]
        return list(dict.fromkeys(key for cell in cells for key in cell.notes))


def letters(number: int) -> str:
    """The mark of a footnote counted from 0.

    >>> [letters(number) for number in (0, 1, 25, 26)]
    ['a', 'b', 'z', 'aa']
    """
    return (letters(number // 26 - 1) if number > 25 else "") + "abcdefghijklmnopqrstuvwxyz"[number % 26]
