"""Which columns of a sheet name its rows, which hold codes, and which neither?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from .choices import ROW, Choices, as_word, columns_of, words
from .codes import Vocabulary, vocabulary
from .columns import NUMBER, Described, described
from .grid import Grid, Line
from .heading import MOST_SLIPPED, Column, Heading


@dataclass(frozen=True)
class Layout:
    """Which columns hold what, once that is settled.

    Attributes
    ----------
    grid : Grid
    labels : tuple of Column
        Together they name a row.
    with_row : bool
        Whether rows of the same name are numbered.
    features : tuple of Described
        The columns that are read as codes.
    others : tuple of Described
        Columns that should hold codes and do not.
    left_out : tuple of Described
        Columns that the reader has left out.
    lines : tuple of Line
        The rows below the heading.
    words : Vocabulary
    """

    grid: Grid
    labels: tuple[Column, ...]
    with_row: bool
    features: tuple[Described, ...]
    others: tuple[Described, ...]
    left_out: tuple[Described, ...]
    lines: tuple[Line, ...]
    words: Vocabulary

    @property
    def first(self) -> int:
        """The column to point at if a name is wrong."""
        return self.labels[0].position if self.labels else 1

    @property
    def headings(self) -> tuple[str, ...]:
        return tuple(feature.column.name for feature in self.features)

    @property
    def read(self) -> list[Column]:
        """All that are looked at: names, codes and what should be codes."""
        return [*self.labels, *(column.column for column in (*self.features, *self.others))]

    @property
    def columns(self) -> list[Column]:
        """All that can be named by an option."""
        return [*self.labels, *(column.column for column in (*self.features, *self.others, *self.left_out))]

    def label(self, line: Line) -> str:
        """The name of a row; with a number where several have the same name and the reader wants them told apart so."""
        return self._numbered.get(line.number) or self._joined(line)

    def _joined(self, line: Line) -> str:
        """Its parts: a number after a blank, as in Smith 2014, a text after a dash."""
        parts = [part for column in self.labels if (part := " ".join(line[column.position].split()))]
        return "".join(parts[:1] + [f" {part}" if NUMBER.fullmatch(part) else f" – {part}" for part in parts[1:]])

    @cached_property
    def _numbered(self) -> dict[int, str]:
        if not self.with_row:
            return {}
        seen: Counter[str] = Counter()
        names = {}
        for line in self.lines:
            name = self._joined(line)
            seen[name.casefold()] += 1
            again = seen[name.casefold()]
            names[line.number] = f"{name} ({again})" if name and again > 1 else name or f"row {line.number}"
        return names

    def only_named(self, line: Line) -> bool:
        """Whether a row holds nothing but a name."""
        return not any(line[column.column.position] for column in (*self.features, *self.others, *self.left_out))

    def merged_over(self, line: Line, position: int) -> bool:
        """Whether a cell lies under another with which it is merged."""
        blocks = self.grid.merged
        return any(b.top <= line.number <= b.bottom and b.left <= position <= b.right and (b.top, b.left) != (line.number, position) for b in blocks)

    def names_instead(self) -> Column | None:
        """Another column that may name the rows, where the first holds only codes or numbers: text, different in every row."""
        texts = [line[column.position] for column in self.labels for line in self.lines]
        if len(self.labels) != 1 or self.with_row or not all(self.words.state(text) or NUMBER.fullmatch(text) for text in texts):
            return None
        kept = (column for column in self.others if column.kind == "text")
        return next((column.column for column in kept if len(column.counts) == column.counts.total() == len(self.lines)), None)

    def labelled_by_codes(self) -> bool:
        """Whether what should name the rows holds codes."""
        names = {self.label(line) for line in self.lines}
        filled = {name for name in names if not self.words.is_blank(name)}
        return len(names) < len(self.lines) and bool(filled) and all(map(self.words.state, filled))


def layout_of(grid: Grid, heading: Heading, choices: Choices) -> Layout:
    """Label columns, feature columns and the rest; a row whose name is merged over several rows gets it in each.

    Raises
    ------
    SynopsisError
        If the choices name a column that is not there, or contradict each other.
    """
    named = words(choices.label)
    with_row = any(word.casefold() == ROW for word in named) and not any(column.name.casefold() == ROW for column in heading.columns)
    wanted = ",".join(as_word(word) for word in named if not (with_row and word.casefold() == ROW))
    labels = tuple(columns_of(wanted, heading.columns, "--label")) if wanted else heading.columns[: 0 if with_row else 1]
    rest = [column for column in heading.columns if column not in labels]
    without = words(choices.leave_out)
    chosen = (
        [column for column in columns_of(choices.features, heading.columns, "--features") if column not in labels]
        if choices.features
        else [column for column in rest if column.full_name not in without and (column.name or _filled(column, heading) > MOST_SLIPPED)]
    )
    lines = tuple(_filled_down(grid, line, heading.lines, labels) for line in heading.lines)
    known = vocabulary(choices.told, ([line[column.position] for line in lines] for column in chosen))
    all_described = [described(column, lines, known) for column in chosen]
    features = [column for column in all_described if choices.features or column.kind in ("codes", "empty")]
    others = tuple(column for column in all_described if column not in features and column.column.name)
    left_out = tuple(described(column, lines, known) for column in rest if column not in chosen)
    return Layout(grid, labels, with_row, tuple(features), others, left_out, lines, known)


def _filled(column: Column, heading: Heading) -> int:
    return sum(bool(line[column.position]) for line in heading.lines)


def _filled_down(grid: Grid, line: Line, lines: Sequence[Line], labels: Iterable[Column]) -> Line:
    cells = list(line.cells)
    for column in labels:
        for block in grid.merged:
            if block.left <= column.position <= block.right and block.top < line.number <= block.bottom:
                cells[column.position - 1] = next((other[block.left] for other in lines if other.number == block.top), "")
    return replace(line, cells=tuple(cells))
