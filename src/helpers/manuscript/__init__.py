"""Which tables can go into a manuscript, and how does each become files?

table       what a table for print is: headings, cells, row groups, notes
maker       what fills one: its id, what the review must have, the table
coded       which item has which feature, and the ratings
distances   how far each item is from each other
ledgers     what is stated, was it planned, what overturns it
layout      column widths, upright or on its side, one page or several
to_csv, to_html, to_latex (with latex_text), to_word (with word_xml)   one file format each

Word, LaTeX and HTML hold the same cells with the same footnotes; CSV holds the cells as data. To add a table, write a maker and list it in `makers`.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from ..review import Review
from .coded import AllCodedTables, CodedTable
from .distances import Distances
from .ledgers import ClaimsLedger, FindingsLedger
from .maker import Maker, ordinal
from .table import Cell, Column, Row, Table
from .to_csv import csv_file
from .to_html import html_page
from .to_latex import latex_file
from .to_word import word_file

NO_LEDGER = pd.DataFrame(columns=["kind"])


def makers(review: Review) -> list[Maker]:
    """The makers of all tables, in the order of their numbers, which are the same for every review of one or two features tables."""
    positions = range(max(2, len(review.tables)))
    wanted = [
        *((CodedTable, f"{ordinal(position)}_table", position) for position in positions),
        (AllCodedTables, "all_tables"),
        *((Distances, f"distances_{ordinal(position)}_table", position) for position in positions),
        (Distances, "distances_all_tables", None),
        (FindingsLedger, "ledger"),
        (ClaimsLedger, "ledger_of_claims"),
    ]
    return [kind(f"tab{number:02d}_{name}", *more) for number, (kind, name, *more) in enumerate(wanted, start=1)]


def missing(review: Review, ledger: pd.DataFrame = NO_LEDGER) -> dict[str, str]:
    """The tables that the review cannot fill, each with what it lacks, as the end of the sentence "It needs ...".

    Parameters
    ----------
    review : Review
    ledger : DataFrame
        As from `helpers.ledger.ledger`; without it the two ledgers are missing.
    """
    return {maker.id: lacking for maker in makers(review) if (lacking := maker.missing(review, ledger))}


def tables(review: Review, ledger: pd.DataFrame = NO_LEDGER) -> list[Table]:
    """The tables that the review can fill, in order.

    Parameters
    ----------
    review, ledger
        As in `missing`.
    """
    left_out = missing(review, ledger)
    return [maker.make(review, ledger) for maker in makers(review) if maker.id not in left_out]


def write(table: Table, folder: Path) -> list[str]:
    """Write a table as CSV, HTML, LaTeX and Word into a folder that is there.

    Returns
    -------
    list of str
        The names of the four files, which hold the same bytes each time.
    """
    contents = {
        "csv": csv_file(table).encode(),
        "html": html_page(table).encode(),
        "tex": latex_file(table).encode(),
        "docx": word_file(table),
    }
    for ending, content in contents.items():
        (folder / f"{table.id}.{ending}").write_bytes(content)
    return [f"{table.id}.{ending}" for ending in contents]


__all__ = ["Cell", "Column", "Maker", "Row", "Table", "makers", "missing", "tables", "write"]
