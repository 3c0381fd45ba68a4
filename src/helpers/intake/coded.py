"""What is read from a sheet: items, features, codes, quotes, and how each was understood?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ..problems import Problem, ReviewError, counted, listed, shown, some
from .codes import STATES, State, X, key


@dataclass(frozen=True)
class Quote:
    """The words behind one code, with the labels of its item and feature."""

    item: str
    feature: str
    quote: str
    section: str = ""
    references: str = ""
    certainty: str = ""


@dataclass(frozen=True)
class Where:
    """Where the names of a table stand: the file, or sheet, for messages, and the row and column of each, counted from 1, as far as known."""

    file: str = ""
    items: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    features: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    def item(self, name: str, file: str) -> tuple[str, int, int]:
        """The place of a name of a row; the file, without a cell, where it is not known."""
        return self.file or file, *self.items.get(name, (0, 0))

    def feature(self, name: str, file: str) -> tuple[str, int, int]:
        """The place of a name of a column; the file, without a cell, where it is not known."""
        return self.file or file, *self.features.get(name, (0, 0))


@dataclass(frozen=True)
class CodedTable:
    """One table of codes.

    Attributes
    ----------
    title : str
        What the sheet calls it; empty if it says nothing.
    items, features : tuple of str
        Labels, in the order of the sheet, each once.
    states : mapping of (str, str) to State
        The code of every item and feature.
    understood : Counter of (str, State)
        How often each text was taken for each code.
    quotes : tuple of Quote
    notes : tuple of str
        What a careful reader should know: empty, constant or identical rows and columns.
    where : Where
    """

    title: str
    items: tuple[str, ...]
    features: tuple[str, ...]
    states: Mapping[tuple[str, str], State]
    understood: Counter[tuple[str, State]]
    quotes: tuple[Quote, ...] = ()
    notes: tuple[str, ...] = ()
    where: Where = Where()

    def column(self, feature: str) -> tuple[State, ...]:
        return tuple(self.states[item, feature] for item in self.items)

    def row(self, item: str) -> tuple[State, ...]:
        return tuple(self.states[item, feature] for feature in self.features)


class TableError(ReviewError):
    """Everything that keeps a sheet from being read, and the command that answers what can be answered by options.

    Attributes
    ----------
    problems : tuple of Problem
    advice : str
        Options to add, with words in capitals where only the reader can know (`choices.OPEN`); "" if only the sheet can be mended.
    without : str
        Other options, which leave out the columns that may be codes or not; "" if there are none.
    """

    def __init__(self, problems: Iterable[Problem], advice: str = "", without: str = ""):
        super().__init__(problems)
        self.advice, self.without = advice, without


def in_words(understood: Counter[tuple[str, State]]) -> str:
    """How texts were understood.

    >>> in_words(Counter({("Y", "yes"): 14, ("✓", "yes"): 3, ("", "no"): 2}))
    '14 x Y -> yes, 3 x ✓ -> yes, 2 x blank -> no'
    """
    ordered = sorted(understood.items(), key=lambda entry: (STATES.index(entry[0][1]), -entry[1], entry[0][0]))
    return ", ".join(f"{count} x {_said(text)} -> {state}" for (text, state), count in ordered)


def _said(text: str) -> str:
    return shown(text) if key(text) == X else text or "blank"


def worth_knowing(table: CodedTable) -> tuple[str, ...]:
    """Rows without a Yes, columns that tell no two items apart, and rows or columns that are the same."""
    notes = []
    columns = {feature: table.column(feature) for feature in table.features}
    rows = {item: table.row(item) for item in table.items}
    without = [item for item, row in rows.items() if "yes" not in row]
    if without and len(without) < len(rows):
        notes.append(f"{counted(len(without), 'row has', 'rows have')} no Yes: {_names(without)}.")
    for state in STATES:
        constant = [feature for feature, column in columns.items() if set(column) == {state}]
        if constant and len(rows) > 1:
            notes.append(f"{counted(len(constant), 'column is', 'columns are')} {state} in every row: {_names(constant)}.")
    alike = [group for group in _groups(columns) if len(group) > 1 and len(set(columns[group[0]])) > 1]
    for group in alike[:5]:
        notes.append(f"These columns agree with each other in every row: {_names(group)}.")
    if len(alike) > 5:
        notes.append(f"{counted(len(alike) - 5, 'other group of columns agrees', 'other groups of columns agree')} with each other, too.")
    for one, other in _opposite(columns)[:5]:
        notes.append(f"In every row one of {shown(one, 40)} and {shown(other, 40)} is yes and the other no. They may be one question, counted twice.")
    same = sum(len(group) for group in _groups(rows) if len(group) > 1)
    if same:
        notes.append(f"{counted(same, 'row')} of {len(rows)} have the same codes as another row.")
    return tuple(notes)


def _opposite(columns: Mapping[str, tuple[State, ...]]) -> list[tuple[str, str]]:
    """Pairs of columns of which each says Yes exactly where the other says No."""
    turned = {"yes": "no", "no": "yes"}
    told = {name: column for name, column in columns.items() if set(column) == {"yes", "no"} and len(column) > 2}
    by_column = {column: name for name, column in reversed(told.items())}
    names = list(told)
    pairs = ((name, by_column.get(tuple(turned[state] for state in column))) for name, column in told.items())
    return [(name, other) for name, other in pairs if other and names.index(name) < names.index(other)]


def _groups(vectors: Mapping[str, tuple[State, ...]]) -> list[list[str]]:
    groups: dict[tuple[State, ...], list[str]] = {}
    for name, vector in vectors.items():
        groups.setdefault(vector, []).append(name)
    return list(groups.values())


def _names(names: list[str]) -> str:
    return listed(some([shown(name, 40) for name in names], 6))
