"""Which rows of a sheet name its columns, and where do the data begin?"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from ..problems import Problem, column_letters, shown
from .grid import Grid, Line


@dataclass(frozen=True)
class Column:
    """A named column; `position` counts from 1, `group` is the heading above several columns."""

    position: int
    name: str
    group: str = ""

    @property
    def letters(self) -> str:
        return column_letters(self.position)

    @property
    def as_option(self) -> str:
        """The column as an option names it: by its heading if that can be typed as it is, else by its letters."""
        return self.name if re.fullmatch(r"\w+", self.name) else self.letters

    @property
    def full_name(self) -> str:
        return f"{self.group}: {self.name}" if self.group else self.name


@dataclass(frozen=True)
class Heading:
    """The columns of a sheet, the rows below them, what was assumed and what is wrong."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    notes: tuple[str, ...]
    problems: tuple[Problem, ...]


def heading_of(grid: Grid, is_code: Callable[[str], bool]) -> Heading:
    """The heading of a sheet: rows that hold a single cell above it are titles, and it may have two rows, groups above names.

    Parameters
    ----------
    grid : Grid
    is_code : callable
        Whether a text is a code; a row with codes is no heading.
    """
    lines, notes = list(grid.lines), []
    while len(lines) > 2 and len(lines[0].filled) == 1 and len(lines[1].filled) > 1:
        notes.append(f"Row {lines[0].number} was read as a title: {shown(lines[0][lines[0].filled[0]])}.")
        lines = lines[1:]
    top = _filled_right(grid, lines[0])
    if len(lines) > 1 and _is_second_heading(grid, lines[0], lines[1], is_code):
        below = lines[1]
        notes.append(f"Rows {lines[0].number} and {below.number} were read as headings: groups of columns, and their names.")
        columns = _in_groups(_spread(top), [_name(cell) for cell in below.cells])
        data, number = lines[2:], below.number
    else:
        columns = [Column(position, name) for position, name in enumerate((_name(cell) for cell in lines[0].cells), start=1)]
        data, number = lines[1:], lines[0].number
    columns = [column for column in columns if column.name or any(line[column.position] for line in data)]
    columns = _told_apart(columns)
    problems = [*_wrong_names(grid, number, columns, is_code)]
    if not data:
        problems.append(grid.problem("There are no rows below the headings. Each thing compared needs one row, with its name first.", number))
    return Heading(tuple(columns), tuple(data), tuple(notes), tuple(problems))


def _filled_right(grid: Grid, line: Line) -> list[str]:
    """A row with the text of each merged cell in all the columns that it covers."""
    cells = [_name(cell) for cell in line.cells]
    for block in grid.merged:
        if block.top == line.number:
            cells[block.left - 1 : block.right] = [cells[block.left - 1]] * (block.right - block.left + 1)
    return cells[: grid.width]


def _is_second_heading(grid: Grid, first: Line, second: Line, is_code: Callable[[str], bool]) -> bool:
    names = [cell for cell in second.cells if cell]
    if len(names) < 2 or any(is_code(cell) or re.fullmatch(r"[+-]?[\d.,]+%?", cell) for cell in names):
        return False
    merged = any(block.top == first.number and block.right > block.left for block in grid.merged)
    gaps = any(not above and below for above, below in zip(first.cells, second.cells, strict=True))
    named_twice = all(above or below for above, below in zip(_filled_right(grid, first), second.cells, strict=True))
    return (merged or gaps) and named_twice and len(first.filled) > 1


def _spread(cells: list[str]) -> list[str]:
    """Each heading also above the unnamed columns to its right."""
    spread: list[str] = []
    for cell in cells:
        spread.append(cell or (spread[-1] if spread else ""))
    return spread


def _in_groups(groups: list[str], names: list[str]) -> list[Column]:
    """A name below a group's heading belongs to the group; a column with only one of the two has it as its name."""
    return [Column(place, name or group, group if name else "") for place, (group, name) in enumerate(zip(groups, names, strict=True), start=1)]


def _told_apart(columns: list[Column]) -> list[Column]:
    """Columns of the same name in different groups get the group's name too."""
    names = [column.name for column in columns]
    return [replace(column, name=column.full_name) if names.count(column.name) > 1 and column.group else column for column in columns]


def _wrong_names(grid: Grid, row: int, columns: list[Column], is_code: Callable[[str], bool]):
    names = [column.name for column in columns]
    codes = [name for name in names[1:] if is_code(name)]
    if len(codes) == len(names) - 1 and len(set(codes)) < len(codes):
        yield grid.problem("This row holds codes, not the names of columns. Insert a row above it and name each column.", row)
        return
    for place, column in enumerate(columns):
        if not column.name:
            yield grid.problem("The column has no heading, but cells below it are filled. Name it, or delete the column.", row, column.position)
        elif column.name in names[:place]:
            first = columns[names.index(column.name)]
            yield grid.problem(
                f"The heading {shown(column.name)} stands in {first.letters}{row} already. Rename one of the two, or delete the column.",
                row,
                column.position,
            )


def _name(cell: str) -> str:
    return " ".join(cell.split())
