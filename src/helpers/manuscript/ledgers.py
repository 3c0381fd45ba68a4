"""What does the suite state, was it planned, what checks it and what overturns it, as tables for a supplement?"""

from __future__ import annotations

import pandas as pd

from ..review import Review
from .maker import Maker, credit
from .table import Cell, Column, Row, Table

FEWEST = (
    "Fewest changes: the smallest number of codes whose change overturns it, the cell being empty where no single conclusion is followed or no code "
    "decides it. Listed changes are those that a careful second reader could make."
)


class FindingsLedger(Maker):
    """Every finding of every notebook."""

    def lacking(self, review: Review, ledger: pd.DataFrame) -> str:
        return "" if (ledger["kind"] == "finding").any() else "findings, which a build gathers from the notebooks"

    def make(self, review: Review, ledger: pd.DataFrame) -> Table:
        found = ledger[ledger["kind"] == "finding"]
        return Table(
            id=self.id,
            title="The ledger of findings",
            columns=_columns("What is stated", "Planned?", "Checked by", "What overturns or moves it", "Fewest changes"),
            rows=tuple(_finding(row) for row in found.itertuples()),
            general=(
                "Planned: question and measure were fixed before the table was read; nothing was registered in advance. Post hoc: the subject was "
                "picked from the results, or it is a p-value. Checked by: how the value was found a second time, for the first review of the suite. "
                f"{FEWEST}"
            ),
            source=credit(review),
        )


class ClaimsLedger(Maker):
    """Every countable sentence of the review itself."""

    def lacking(self, review: Review, ledger: pd.DataFrame) -> str:
        return "" if (ledger["kind"] == "claim").any() else "claims.csv, with the countable sentences of the review"

    def make(self, review: Review, ledger: pd.DataFrame) -> Table:
        claims = ledger[ledger["kind"] == "claim"]
        return Table(
            id=self.id,
            title="What the review says in countable sentences, held against its tables",
            columns=_columns("Sentence and verdict", "What overturns the verdict", "Fewest changes"),
            rows=tuple(_row(row.value, row.fragility, row.fewest_changes) for row in claims.itertuples()),
            general=f"Each sentence is taken at its word and held against the tables by a fixed rule for counting. {FEWEST}",
            source=credit(review),
        )


def _columns(*headings: str) -> tuple[Column, ...]:
    return tuple(Column(Cell(heading)) for heading in headings)


def _row(*texts: str, group: str = "") -> Row:
    return Row(tuple(map(Cell, texts)), group)


def _finding(row) -> Row:
    fragility = row.fragility or (f"rests on {row.rests_on}" if row.rests_on else "")
    return _row(row.value, row.planned, row.checked, fragility, row.fewest_changes, group=_group(row.notebook))


def _group(notebook: str) -> str:
    """A notebook's name as a heading.

    >>> _group("03_measure_how_alike_two_models_are")
    'Notebook 03: measure how alike two models are'
    """
    number, _, words = notebook.partition("_")
    return f"Notebook {number}: {words.replace('_', ' ')}"
