"""How is a table written as CSV: the cells as data, without signs that only print needs?"""

from __future__ import annotations

import pandas as pd

from ..csvfiles import csv_text
from .table import Row, Table


def csv_file(table: Table) -> str:
    """The table as CSV: one row of headings, then the rows; cells exactly as they are, words instead of signs (No for a dash).

    A spanning heading stands before the heading it spans ("Resources: Social"). Where rows are grouped, the first column holds the group. Where
    footnotes occur, the last column tells those of the row. The general note and the source are left to the other formats.

    Examples
    --------
    >>> from .table import Cell, Column
    >>> rows = (Row((Cell("p"), Cell("Yes", ("hedged",)))), Row((Cell("q"), Cell("–", spoken="No"))))
    >>> columns = (Column(Cell("Item")), Column(Cell("x"), "code"))
    >>> table = Table("tab01_tiny", "A tiny table", columns, rows, "–: No.", footnotes={"hedged": "Hedged."})
    >>> print(csv_file(table), end="")
    Item,x,Footnotes
    p,Yes,x: Hedged.
    q,No,
    """
    headings = [f"{column.group}: {column.heading.text}" if column.group else column.heading.text for column in table.columns]
    body = [[cell.spoken or cell.text for cell in row.cells] for row in table.rows]
    if table.marks:
        headings.append("Footnotes")
        body = [[*cells, _footnotes(table, row)] for cells, row in zip(body, table.rows, strict=True)]
    if any(row.group for row in table.rows):
        headings.insert(0, "Group")
        body = [[row.group, *cells] for cells, row in zip(body, table.rows, strict=True)]
    return csv_text(pd.DataFrame(body, columns=headings, dtype=object))


def _footnotes(table: Table, row: Row) -> str:
    """The footnotes of a row's cells, each with the heading of its column."""
    told = [(column, key) for column, cell in zip(table.columns, row.cells, strict=True) for key in cell.notes]
    return " ".join(f"{column.heading.text}: {table.footnotes[key]}" for column, key in told)
