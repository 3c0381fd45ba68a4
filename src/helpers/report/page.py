"""What is on the page, in which order?"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pandas as pd

from .. import style
from ..review import Review
from .behind import Behind
from .codes import coded_tables
from .evidence import evidence
from .grid import rating_grid
from .heatmap import heatmaps, pairs
from .markup import Html, element, joined, link
from .opening import limits, summary
from .pictures import figures as pictures
from .records import guidelines, manuscript_tables, methods, references
from .records import ledger as ledger_section
from .stated import findings
from .words import Words

LANGUAGE = "en-GB"
COLOURS = {
    "ink": style.INK,
    "quiet": style.QUIET,
    "rule": style.RULE,
    "yes": style.YES,
    "hedged": style.YES_HEDGED,
    "open": style.OPEN,
    "paper": style.PAPER,
}
Section = tuple[str, str, Html]


def report_html(
    review: Review,
    figures: Sequence[Mapping[str, Any]],
    left_out: Mapping[str, str],
    results: Mapping[str, Mapping[str, Any]],
    ledger: pd.DataFrame,
    folder: Path,
    tables: Sequence[Mapping[str, Any]] = (),
) -> str:
    """The report as one HTML page that needs no other file to be read.

    Parameters
    ----------
    review : Review
    figures : sequence of mapping
        The entries of manifest.json.
    left_out : mapping of str to str
        The figures that are left out, each with what it would need.
    results : mapping
        The content of results.json.
    ledger : DataFrame
        As from `helpers.ledger.ledger`.
    folder : Path
        Where the figures' PNG files stand.
    tables : sequence of mapping
        Tables for a manuscript: each with a `title` and `files`, the names of files beside the report.

    Returns
    -------
    str
        The same for the same input. Every text from the review is escaped, and the page forbids itself any script but its own and any request.
    """
    words, behind = Words(), Behind.of(review)
    sections: list[Section] = [
        ("summary", "In short", summary(results, words)),
        ("limits", "What this page does not show", limits(review)),
        ("codes", "The coded tables", coded_tables(behind)),
        ("grid", "Where each stands on the two ratings", rating_grid(review)),
        ("heatmap", "How alike any two are", heatmaps(review)),
        ("findings", "What the notebooks found", findings(results, words)),
        ("figures", "Figures", pictures(figures, left_out, folder, words)),
        *([("tables", "Tables for a manuscript", manuscript_tables(tables))] if tables else []),
        ("ledger", "The ledger", ledger_section(ledger, words)),
        ("methods", "Methods and limitations, ready to edit", methods(review, words)),
        ("guidelines", "Reporting guidelines", guidelines()),
        ("evidence", "What stands behind each code", evidence(behind, results)),
        ("pairs", "Pair by pair", pairs(review)),
        *([("references", "References of the review", references(review))] if len(review.references) else []),
    ]
    title = review.metadata.title
    source = element("p", f"Source: {review.metadata.source}", class_="quiet") if review.metadata.source else Html("")
    body = joined([
        link("#content", "Skip to the content", class_="skip"),
        element("header", element("h1", title, dir="auto"), source),
        _contents(sections),
        element("main", *(element("section", element("h2", name), "\n", content, id=key) for key, name, content in sections), id="content"),
        element("script", Html(script())),
    ], "\n")  # fmt: skip
    return page(title, stylesheet() + text_of("report.css"), body, script())


def page(title: str, css: str, body: Html, code: str = "") -> str:
    """A whole HTML page that asks nothing of the network.

    Parameters
    ----------
    title : str
    css : str
    body : Html
    code : str
        The one script that may run, as it stands in the body; none if empty.
    """
    allowed = f"script-src 'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'; " if code else ""
    policy = f"default-src 'none'; {allowed}img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
    head = joined([
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=policy),
        element("meta", name_="viewport", content="width=device-width, initial-scale=1"),
        element("title", title),
        element("style", Html(css)),
    ], "\n")  # fmt: skip
    return f'<!DOCTYPE html>\n<html lang="{LANGUAGE}">\n<head>\n{head}\n</head>\n<body>\n{body}\n</body>\n</html>\n'


def stylesheet() -> str:
    """What all pages share: the colours of the figures, letters, headings, tables."""
    colours = "".join(f"--{name}:{value};" for name, value in COLOURS.items())
    return f":root{{{colours}}}\n{text_of('base.css')}"


def script() -> str:
    """The page's own script."""
    return text_of("report.js")


@cache
def text_of(name: str) -> str:
    """A file that belongs to this package."""
    return (files(__package__) / name).read_text(encoding="utf-8")


def _contents(sections: Sequence[Section]) -> Html:
    items = [element("li", link(f"#{key}", name)) for key, name, _ in sections]
    return element(
        "nav", element("p", "On this page", id="contents-title"), element("ul", *items), aria_labelledby="contents-title", class_="contents"
    )
