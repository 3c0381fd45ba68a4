"""What does a filled workbook say of the review itself, and of its scales?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..drafts.draft import Words
from ..intake.grid import Grid, Line
from ..intake.matching import one_line
from ..intake.sheets import ABOUT_SHEET, SCALES
from ..metadata import NOT_STATED
from ..problems import column_letters, listed, shown
from .book import Book
from .template import ABOUT


@dataclass(frozen=True)
class Scale:
    """A scale with its levels, each with its half, and whether they have an order; `number` is 1 or 2."""

    number: int
    name: str
    ordered: bool
    levels: Mapping[str, str]


@dataclass(frozen=True)
class About:
    """The answers on the sheet About.

    Attributes
    ----------
    words : Words
    scales : tuple of Scale
    rows : mapping of str to int
        The row of each question.
    named : mapping of str to str
        The names of "scale_1" and "scale_2", as far as they have one.
    """

    words: Words
    scales: tuple[Scale, ...]
    rows: Mapping[str, int]
    named: Mapping[str, str]


def about(book: Book, words: Words) -> About:
    """What the sheets About and Scales say; what is not answered there stays as it was told otherwise."""
    grid = book.grids.get(ABOUT_SHEET)
    lines = _answers(book, grid) if grid else {}
    told = {key: one_line(lines[key][2]) if key in lines else "" for key in ABOUT}
    rows = {key: line.number for key, line in lines.items()}
    for key in ("ordered_1", "ordered_2"):
        if grid and told[key] and told[key].casefold() not in ("yes", "no"):
            book.problem(grid, f"{shown(told[key])} is not an answer. Write yes or no.", rows[key], 2)
    nouns = [_noun(told, name, default) for name, default in (("item", words.item), ("feature", words.feature))]
    texts = {key: told[key] or getattr(words, key) for key in ("title", "source", "yes_means", "no_means")}
    found = Words(texts["title"], texts["source"], *nouns, texts["yes_means"], texts["no_means"])
    scales = tuple(scale for number in (1, 2) if (scale := _scale(book, number, told, rows)))
    return About(found, scales, rows, {key: told[key] for key in ("scale_1", "scale_2") if told[key]})


def _answers(book: Book, grid: Grid) -> dict[str, Line]:
    """The row of each question; answers to other questions, and those in the column of the examples, are told."""
    keys = {one_line(question).casefold(): (key, example) for key, (question, example) in ABOUT.items()}
    found = {}
    for line in grid.lines:
        line = Line(line.number, (*line.cells, "", "")[: max(3, len(line.cells))])
        key, example = keys.get(one_line(line[1]).casefold(), ("", ""))
        if key:
            found[key] = line
            if line[3] and not line[2] and one_line(line[3]) != example:
                book.problem(grid, f"An answer belongs into B{line.number}. Move {shown(line[3])} there.", line.number, 3)
        elif line[2] and line.number > 1:
            message = (
                f"{shown(line[1])} is not a question of this sheet, and its answer was not read. Delete the row, or write the question as it was."
            )
            book.problem(grid, message if line[1] else "This answer has no question and was not read. Delete it.", line.number, 2)
    return found


def _noun(told: Mapping[str, str], name: str, default: tuple[str, str]) -> tuple[str, str]:
    one, several = told[name], told[f"{name}s"]
    return (one or default[0], several or (f"{one}s" if one else default[1]))


def _scale(book: Book, number: int, told: Mapping[str, str], rows: Mapping[str, int]) -> Scale | None:
    at = 2 * number - 1
    name = told[f"scale_{number}"]
    levels: dict[str, str] = {}
    halves: dict[str, str] = {}
    places: dict[str, str] = {}
    for grid, line in book.rows(SCALES):
        level, half = one_line(line[at]), one_line(line[at + 1])
        if half:
            halves.setdefault(half.casefold(), half)
            if len(halves) > 2 and half.casefold() == list(halves)[-1]:
                first = listed(map(shown, list(halves.values())[:2]), "or")
                book.problem(grid, f"{shown(half)} is a third half. Write {first}, or leave all halves of this scale empty.", line.number, at + 1)
        if half and not level:
            book.problem(grid, "The half has no level. Write the level beside it.", line.number, at)
        elif level.casefold() == NOT_STATED:
            book.problem(grid, f"{shown(level)} need not be listed: it is always there. Delete it here.", line.number, at)
        elif level and level.casefold() in places:
            first = f"{places[level.casefold()]}{'' if level in levels else ', but for capitals'}"
            book.problem(grid, f"The level {shown(level)} is there already, in {first}. Delete or rename one of the two.", line.number, at)
        elif level:
            places[level.casefold()] = f"{column_letters(at)}{line.number}"
            levels[level] = halves.get(half.casefold(), half) or level
    if name and not levels and SCALES not in book.changed:
        book.problem(book.grids[ABOUT_SHEET], f"The scale {shown(name)} has no levels. List them on the sheet {SCALES}.", rows[f"scale_{number}"], 2)
    without = [level for level, half in levels.items() if half == level and half.casefold() not in halves]
    if halves and without:
        book.notes.append(
            f"Scale {name or number}: {listed(map(shown, without))} belongs to neither half."
            if len(without) == 1
            else f"Scale {name or number}: {listed(map(shown, without))} belong to neither half."
        )
    return Scale(number, name or f"Scale {number}", told[f"ordered_{number}"].casefold() == "yes", levels) if levels else None


def clashes(book: Book, told: About, headings: Iterable[str]) -> set[str]:
    """The names of scales, without capitals, that stand for something else too or for no levels; each is told at its answer."""
    taken = {heading.casefold(): "A column of codes" for heading in headings}
    found = {name.casefold() for name in told.named.values()} - {scale.name.casefold() for scale in told.scales}
    for scale in told.scales:
        folded = scale.name.casefold()
        if folded in taken:
            row = told.rows.get(f"scale_{scale.number}", 0)
            grid = book.grids.get(ABOUT_SHEET) or book.grids[SCALES]
            book.problem(grid, f"{taken[folded]} is called {shown(scale.name)}, too. Give this scale another name.", row, 2 if row else 0)
            found.add(folded)
        taken[folded] = "The other scale"
    return found
