"""What does a careful reader look up: the ledger, methods, guidelines, references, tables for a manuscript?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from ..ledger import GUIDELINES, limitations, methods_paragraph, software
from ..review import Review
from .markup import Html, anchor, element, folded, joined, link, table
from .opening import notebook_title
from .words import Words

KINDS = {"docx": "Word", "tex": "LaTeX", "html": "web page", "csv": "CSV"}
LEDGER_HEADS = ("What is stated", "Planned?", "Checked by", "Rests on", "What overturns or moves it", "Fewest changes")
LEDGER_COLUMNS = ("planned", "checked", "rests_on", "fragility", "fewest_changes")
PLANNED = (
    "Planned: question and measure were fixed before the table was read; nothing was registered in advance. Post hoc: the subject was picked from "
    "the results, or it is a p-value. Checked by: where a test takes the value from, for the first review of this suite."
)


def ledger(rows: pd.DataFrame, words: Words) -> Html:
    """Every finding and every claim, by notebook: planned or not, checked by what, overturned by what.

    Parameters
    ----------
    rows : DataFrame
        As from `helpers.ledger.ledger`.
    words : Words
    """
    kinds = rows["planned"].value_counts()
    counts = ", ".join(f"{kinds[kind]} {kind}" for kind in ("planned", "post hoc", "the review's own") if kind in kinds)
    told = f"The ledger lists every finding of every notebook, and every countable sentence of the review: {counts}. {PLANNED}"
    parts = [element("p", told, " The same as a table: ", link("ledger.csv", "ledger.csv"), "."), words.explained(*rows["fragility"])]
    for (kind, notebook), group in rows.groupby(["kind", "notebook"], sort=False):
        name = "The review’s own claims" if kind == "claim" else notebook_title(notebook)
        lines = [[_stated(row), *(row[column] for column in LEDGER_COLUMNS)] for row in group.to_dict("records")]
        parts.append(folded(f"{name} ({len(lines)})", table(LEDGER_HEADS, lines, f"Ledger: {name}", "wide ledger")))
    return joined(parts, "\n")


def _stated(row: Mapping[str, str]) -> str:
    return link(f"#{row['id']}", row["value"]) if row["kind"] == "finding" else row["value"]


def methods(review: Review, words: Words) -> Html:
    """A paragraph on methods and the limitations, ready to edit."""
    paragraphs, bullets = [*methods_paragraph(review).split("\n\n"), software()], limitations(review)
    return joined([
        words.explained(*paragraphs, *bullets),
        *(element("p", text) for text in paragraphs),
        element("h3", "Limitations"),
        element("ul", *(element("li", sentence) for sentence in bullets)),
        element("p", "The same as text: ", link("methods.md", "methods.md"), ".", class_="quiet"),
    ], "\n")  # fmt: skip


def guidelines() -> Html:
    """Which items of the reporting guidelines the suite answers."""
    parts = [element("p", "A reporting guideline lists what a paper must tell. Which items the suite answers, and which are yours to write:")]
    for name, (source, items) in GUIDELINES.items():
        rows = [[str(item.number), item.topic, item.answered, item.how] for item in items]
        shown = table(("No.", "Item", "Answered?", "Where, or what to write"), rows, f"Guideline: {name}")
        parts.append(folded(name, element("p", f"{source}."), shown))
    return joined(parts, "\n")


def manuscript_tables(tables: Sequence[Mapping[str, Any]]) -> Html:
    """Links to tables that a manuscript can take over.

    Parameters
    ----------
    tables : sequence of mapping
        Each with a `title` and `files`, the names of files beside the report.
    """
    rows = [
        element("li", f"{entry['title']}: ", joined([link(name, KINDS.get(name.rpartition(".")[2], name)) for name in entry["files"]], ", "))
        for entry in tables
    ]
    return element("ul", *rows)


def references(review: Review) -> Html:
    """The references of the review, with an anchor each."""
    rows = [
        element(
            "li",
            element("span", f"{row['number']}. ", class_="number"),
            row["printed"] or _composed(row),
            id=anchor("reference", row["number"]),
            dir="auto",
        )
        for row in review.references.to_dict("records")
    ]
    return element("ul", joined(rows, "\n"), class_="references")


def _composed(row: Mapping[str, str]) -> str:
    """A reference from its parts."""
    volume = "; ".join(filter(None, [row["year"], row["volume"]]))
    return ". ".join(filter(None, [row["authors"], row["title"], row["source"], ": ".join(filter(None, [volume, row["pages"]]))]))
