"""Which tables do the codes of a filled workbook make?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..intake.coded import CodedTable
from ..intake.matching import one_line
from ..intake.sheets import CODEBOOK
from ..problems import listed, shown, some
from .book import Book


def by_codebook(book: Book, tables: Sequence[CodedTable]) -> tuple[CodedTable, ...]:
    """The codes as one table, or as several where the codebook names tables; each column in exactly one."""
    if len(tables) > 1:
        _check_tables(book, tables)
        return tuple(tables)
    codes = tables[0]
    named: dict[str, str] = {}
    spelt: dict[str, tuple[str, str]] = {}
    for grid, line in book.rows(CODEBOOK):
        title = one_line(line[2])
        first, cell = spelt.setdefault(title.casefold(), (title, f"B{line.number}"))
        if title != first:
            book.problem(grid, f"The table is called {shown(title)} here and {shown(first)} in {cell}. Write both alike.", line.number, 2)
        named[one_line(line[1]).casefold()] = first
    titles = {feature: named.get(feature.casefold(), "") for feature in codes.features}
    if not any(titles.values()):
        return (codes,)
    without = [feature for feature, title in titles.items() if not title]
    if without:
        message = f"Some columns of codes have a table here, but not {listed(some(map(shown, without)), 'or')}. Name the table of each, or of none."
        book.problem(book.grids[CODEBOOK], message, 0, 2)
    made: list[CodedTable] = []
    for title in dict.fromkeys(titles.values()):
        own = tuple(feature for feature in codes.features if titles[feature] == title)
        made.append(replace(codes, title=title or codes.title, features=own, notes=() if made else codes.notes))
    return tuple(made)


def _check_tables(book: Book, tables: Sequence[CodedTable]) -> None:
    """Where the codes stand in several tables already, the codebook may only repeat their titles."""
    titles: dict[str, list[str]] = {}
    for table in tables:
        for feature in table.features:
            titles.setdefault(feature.casefold(), []).append(table.title)
    for grid, line in book.rows(CODEBOOK):
        own, said = titles.get(one_line(line[1]).casefold(), []), one_line(line[2])
        if own and said and said.casefold() not in map(str.casefold, own):
            message = f"The codes of this column stand in the table {shown(own[0])}, not {shown(said)}. Write that, or leave the cell empty."
            book.problem(grid, message, line.number, 2)
