"""Which rows of a sheet name its columns, and where do the data begin?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from ..problems import Problem, column_letters, counted, listed, shown, some
from .codes import UNSEEN
from .grid import FAILED, FORMULA, Grid, Line, failed

MOST_SLIPPED = 3  # filled cells of a column without a heading that are told one by one


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
    def full_name(self) -> str:
        return f"{self.group}: {self.name}" if self.group else self.name


@dataclass(frozen=True)
class Heading:
    """The columns of a sheet, the rows below them, what was assumed and what is wrong.

    `row` is the number of the row with the names; `named` says whether it is one. `slipped` holds the numbers of rows whose codes reach beyond the
    last heading.
    """

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    notes: tuple[str, ...]
    problems: tuple[Problem, ...]
    row: int
    named: bool = True
    slipped: frozenset[int] = frozenset()


def heading_of(grid: Grid, is_code: Callable[[str], bool]) -> Heading:
    """The heading of a sheet: rows with a single cell above it are titles, and it may have two rows, groups above names.

    Parameters
    ----------
    grid : Grid
    is_code : callable
        Whether a text is a code; a row with codes is no heading.
    """
    lines, notes = list(grid.lines), []
    titles = _titles(grid, lines, is_code)
    notes += [f"Row {line.number} was read as a title: {shown(line[line.filled[0]])}." for line in lines[:titles]]
    lines = lines[titles:]
    top = _filled_right(grid, lines[0])
    if len(lines) > 1 and _is_second_heading(grid, lines, is_code):
        below = lines[1]
        notes.append(f"Rows {lines[0].number} and {below.number} were read as headings: groups of columns, and their names.")
        columns = _in_groups(_spread(top), [_name(cell) for cell in below.cells])
        data, number = lines[2:], below.number
    else:
        columns = [Column(position, name) for position, name in enumerate((_name(cell) for cell in lines[0].cells), start=1)]
        data, number = lines[1:], lines[0].number
    columns = [column for column in columns if column.name or any(line[column.position] for line in data)]
    columns = _told_apart(columns)
    unnamed = _no_heading(columns, data, is_code) or _yes_beside_no(columns)
    if unnamed:
        return Heading(tuple(columns), tuple(data), tuple(notes), (grid.problem(unnamed, number),), number, named=False)
    slipped = dict(_slipped(grid, columns, data, is_code))
    straight = [line for line in data if line.number not in slipped]
    problems = [*slipped.values(), *_wrong_names(grid, number, columns, straight)]
    if not data:
        problems.append(grid.problem("There are no rows below the headings. Each thing compared needs one row, with its name first.", number))
    return Heading(tuple(columns), tuple(data), tuple(notes), tuple(problems), number, slipped=frozenset(slipped))


def _slipped(grid: Grid, columns: Sequence[Column], data: Sequence[Line], is_code: Callable[[str], bool]) -> Iterator[tuple[int, Problem]]:
    """Rows with a code in the cell behind the last heading, as after a cell too many; by number."""
    last = max((column.position for column in columns if column.name), default=0)
    beyond = last + 1
    over = [line for line in data if last > 1 and beyond <= len(line.cells) and is_code(line[beyond]) and all(line[place] for place in (1, last))]
    for line in over if len(over) <= MOST_SLIPPED else ():
        message = (
            "The row reaches beyond the last heading, and a code stands here: its codes have slipped to the right. Find the cell too many and delete "
            "it so that the others move left; this one is not it. Compare the row with your source."
        )
        if not grid.title:
            name = f"{line[1]}, {line[2]}" if line[2] and not is_code(line[2]) else "a, b"
            message += f' In a CSV file, a text that holds a comma needs quotation marks: "{name}".'
        yield line.number, grid.problem(message, line.number, beyond)


def _yes_beside_no(columns: Sequence[Column]) -> str:
    """What to say of headings with a column for Yes and another for No; empty if there are none."""
    groups: dict[str, set[str]] = {}
    for column in columns:
        groups.setdefault(column.group, set()).add(column.name.removeprefix(f"{column.group}: ").casefold())
    pairs = [group for group, heads in groups.items() if group and {"yes", "no"} <= heads]
    if not pairs:
        return ""
    more = f"; the same for {listed(some(map(shown, pairs[1:]), 4))}" if pairs[1:] else ""
    make = f"Put one column in place of the two, with its heading in a single row and yes, no or unclear in each cell{more}."
    return f"{shown(pairs[0])} has a column for Yes and a column for No. {make}"


def _titles(grid: Grid, lines: Sequence[Line], is_code: Callable[[str], bool]) -> int:
    """How many rows with a single cell stand above a row that can be a heading."""
    titles = next((place for place, line in enumerate(lines[:-1]) if len(line.filled) > 1), 0)
    if not titles or (grid.width == 2 and lines[titles - 1].filled == (2,)):
        return 0
    heading, data = lines[titles], lines[titles + 1 :]
    is_data = any(is_code(heading[column]) or heading[column] in {line[column] for line in data} for column in heading.filled if column > 1)
    return 0 if is_data else titles


def _filled_right(grid: Grid, line: Line) -> list[str]:
    """A row with the text of each merged cell in all the columns that it covers."""
    cells = [_name(cell) for cell in line.cells]
    for block in grid.merged:
        if block.top == line.number:
            cells[block.left - 1 : block.right] = [cells[block.left - 1]] * (block.right - block.left + 1)
    return cells[: grid.width]


def _is_second_heading(grid: Grid, lines: Sequence[Line], is_code: Callable[[str], bool]) -> bool:
    """Whether the second row names columns below the groups of the first: one heading for the names of the rows, and no word that recurs below."""
    first, second = lines[:2]
    names = [cell for cell in second.cells if cell]
    merged = any(block.top == first.number and block.right > block.left for block in grid.merged)
    codes = [cell for cell in names if is_code(cell) or re.fullmatch(r"[+-]?[\d.,]+%?", cell)]
    if merged and not second[1] and {cell.casefold() for cell in names} == {"yes", "no"}:
        return True
    if len(names) < 2 or (first[1] and second[1]) or (2 * len(codes) > len(names) if merged else codes):
        return False
    gaps = any(not above and below for above, below in zip(first.cells[1:], second.cells[1:], strict=True))
    named_twice = all(above or below for above, below in zip(_filled_right(grid, first), second.cells, strict=True))
    recur = sum(second[column] in {line[column] for line in lines[2:]} for column in second.filled)
    return (merged or gaps) and named_twice and len(first.filled) > 1 and 2 * recur < len(names)


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


def _no_heading(columns: list[Column], data: Sequence[Line], is_code: Callable[[str], bool]) -> str:
    """Why a row cannot name the columns, and what to do; empty if it can. Yes and No may head columns of marks, but not of Yes and No."""
    names = [column.name for column in columns[1:]]
    folded = {name.casefold() for name in names}
    recur = len(folded) < len(names) or any(cell.casefold() in folded for line in data for cell in line.cells[1:])
    if names and all(map(is_code, names)) and recur:
        return "This row holds codes, not the names of columns. Insert a row above it and name each column."
    if len(names) > 1 and 2 * names.count("") > len(names):
        return "Most columns have no name in this row. If it is a title, delete it; if not, name every column that holds codes."
    return ""


def _wrong_names(grid: Grid, row: int, columns: list[Column], data: Sequence[Line]) -> Iterator[Problem]:
    names = [column.name for column in columns]
    folded = [name.casefold().translate(UNSEEN) for name in names]
    for place, column in enumerate(columns):
        if column.name == FORMULA or FAILED.fullmatch(column.name):
            why = "The result of the formula in this cell was not stored." if column.name == FORMULA else failed(column.name)
            yield grid.problem(f"{why} Write the heading in its place.", row, column.position)
        elif not column.name and place:
            yield from _unnamed(grid, row, column, [line.number for line in data if line[column.position] and len(line.filled) > 1])
        elif folded[place] in folded[:place]:
            first = columns[folded.index(folded[place])]
            but = "" if first.name == column.name else ", apart from capitals"
            n = sum(line[first.position].casefold() != line[column.position].casefold() for line in data)
            differ = f"{n} of the {len(data)} cells below them differ: rename one of the two"
            differ = differ if n else "all cells below them are the same: delete the column"
            yield grid.problem(f"The heading {shown(column.name)} stands in {first.letters}{row} already{but}, and {differ}.", row, column.position)


def _unnamed(grid: Grid, row: int, column: Column, filled: Sequence[int]) -> Iterator[Problem]:
    """A column without a heading; where only a few cells of it are filled, these are told."""
    if len(filled) > MOST_SLIPPED:
        message = f"The column has no heading, but {counted(len(filled), 'cell')} below it are filled. Name it, or delete the column."
        yield grid.problem(message, row, column.position)
        return
    for number in filled:
        message = f"The cell stands under no heading. Empty it, or move it out of the table; or name its column in {column.letters}{row}."
        yield grid.problem(message, number, column.position)


def _name(cell: str) -> str:
    return " ".join(cell.split())
