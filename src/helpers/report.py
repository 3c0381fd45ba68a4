"""How does one page tell it all? A self-contained HTML report: the findings, and every figure with its caption and alt text."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd

from .ledger import GUIDELINES, limitations, methods_paragraph, software
from .review import Review
from .sensitivity import fragility, is_small_enough
from .validation import NATURE

CSS = """
body { font: 17px/1.55 system-ui, sans-serif; color: #1a1a1a; background: #fff; max-width: 52rem; margin: 2rem auto; padding: 0 1rem; }
h1 { line-height: 1.2; } h2 { margin-top: 2.5rem; } figure { margin: 2rem 0; } img { max-width: 100%; height: auto; }
figcaption { font-size: 15px; } li { margin: 0.5rem 0; } .quiet { color: #5f6368; font-size: 15px; }
table { border-collapse: collapse; } th, td { text-align: left; padding: 0.25rem 1rem 0.25rem 0; vertical-align: top; }
details { margin: 0.75rem 0; } summary { cursor: pointer; font-weight: 600; } .wide { overflow-x: auto; } .wide table { font-size: 14px; }
.ledger th:first-child { width: 32%; } .ledger th:nth-child(5) { width: 34%; }
th { border-bottom: 1px solid #1a1a1a; } td { border-bottom: 1px solid #d5d8dc; }
@media print { figure { break-inside: avoid; } }
"""
LIMITS = (
    "Nothing here measures whether a treatment works, and more features are not better.",
    "The {items} were chosen, not drawn at random: they are no sample, and what holds for them need not hold for others.",
    "No means “{no_means}”. It does not mean that the thing is absent.",
)


def report_html(
    review: Review,
    figures: Sequence[Mapping[str, Any]],
    left_out: Mapping[str, str],
    results: Mapping[str, Mapping[str, Any]],
    ledger: pd.DataFrame,
    folder: Path,
) -> str:
    """The report as one HTML page that needs no other file.

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

    Returns
    -------
    str
        Every text from the review is escaped.
    """
    metadata = review.metadata
    words = {"items": metadata.item.plural, "no_means": metadata.no_means}
    limits = "".join(f"<li>{escape(limit.format(**words))}</li>" for limit in LIMITS)
    sections = "".join(_section(notebook, results) for notebook in dict.fromkeys(result["notebook"] for result in results.values()))
    pictures = "".join(_figure(entry, folder) for entry in figures)
    pictures += "".join(f'<p class="quiet">{escape(name)} is left out: it needs {escape(lacking)}.</p>\n' for name, lacking in left_out.items())
    source = f'<p class="quiet">Source: {escape(metadata.source)}</p>' if metadata.source else ""
    return (
        f'<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(metadata.title)}</title>\n<style>{CSS}</style>\n</head>\n<body>\n<main>\n<h1>{escape(metadata.title)}</h1>\n{source}\n"
        f"<h2>What this page does not show</h2>\n<ul>{limits}</ul>\n<h2>What the tables show</h2>\n{sections}\n"
        f"<h2>Figures</h2>\n{pictures}\n{_ledger(ledger)}{_codes(review)}{_methods(review)}{_guidelines()}</main>\n</body>\n</html>\n"
    )


def _section(notebook: str, results: Mapping[str, Mapping[str, Any]]) -> str:
    found = "".join(f'<li id="{escape(key)}">{escape(result["sentence"])}</li>' for key, result in results.items() if result["notebook"] == notebook)
    heading = _heading(notebook)
    link = f'<a href="notebooks/{escape(notebook)}.ipynb">notebooks/{escape(notebook)}.ipynb</a>'
    return f'<h3>{escape(heading)}</h3>\n<p class="quiet">from {link}</p>\n<ul>{found}</ul>\n'


def _figure(entry: Mapping[str, Any], folder: Path) -> str:
    picture = base64.b64encode((folder / f"{entry['id']}.png").read_bytes()).decode()
    return (
        f'<figure id="{escape(entry["id"])}">\n<img alt="{escape(entry["alt"])}" src="data:image/png;base64,{picture}">\n'
        f"<figcaption>{escape(entry['caption'])}</figcaption>\n</figure>\n"
    )


def _ledger(ledger: pd.DataFrame) -> str:
    """Every finding and every claim, one row each, by notebook."""
    heads = ["What is stated", "Planned?", "Checked by", "Rests on", "What overturns or moves it", "Fewest changes"]
    columns = ["value", "planned", "checked", "rests_on", "fragility", "fewest_changes"]
    parts = []
    for (kind, notebook), rows in ledger.groupby(["kind", "notebook"], sort=False):
        name = "The review's own claims" if kind == "claim" else _heading(notebook)
        table = _table(heads, rows[columns].to_numpy().tolist(), "wide ledger")
        parts.append(f"<details>\n<summary>{escape(name)} ({len(rows)})</summary>\n{table}</details>\n")
    kinds = ledger["planned"].value_counts()
    counts = ", ".join(f"{kinds[kind]} {kind}" for kind in ("planned", "post hoc", "the review's own") if kind in kinds)
    return (
        f'<h2 id="ledger">The ledger</h2>\n<p>Every finding of every notebook, and every countable sentence of the review: {escape(counts)}. '
        f"Planned: question and measure were fixed before the table was read; nothing was registered in advance. Post hoc: the subject was picked "
        f"from the results, or it is a p-value. Checked by: where a test takes the value from, for the first review of this suite. The same as a "
        f'table: <a href="ledger.csv">ledger.csv</a>.</p>\n{"".join(parts)}'
    )


def _codes(review: Review) -> str:
    """Every code with the conclusions it carries and the quote behind it."""
    if not is_small_enough(review):
        return ""
    found = fragility(review)
    debatable = {change.code for change in found.changes if change.listed}
    order = sorted(found.carried().items(), key=lambda entry: -len(entry[1]))  # equal ones stay in the order of the tables
    parts = []
    for table in dict.fromkeys(code[0] for code, _ in order):
        rows = []
        for (name, item, feature), conclusions in order:
            if name == table:
                label = review.rating(feature).label if table == NATURE else review.label(feature)
                quotes = " / ".join(review.evidence_for(table, item, feature)["quote"])
                may = "yes" if (name, item, feature) in debatable else ""
                rows.append([review.label(item), label, review.code(table, item, feature), str(len(conclusions)), may, quotes])
        heads = [review.metadata.item.singular.capitalize(), "Feature", "Code", "Conclusions", "Debatable", "Quote"]
        title = "Ratings" if table == NATURE else review.label(table)
        parts.append(f"<details>\n<summary>{escape(title)} ({len(rows)} codes)</summary>\n{_table(heads, rows)}</details>\n")
    return (
        f'<h2 id="codes">What each code carries</h2>\n<p>How many of {len(found.conclusions)} conclusions are overturned if the code alone is '
        f"changed, and the quote behind it. Debatable: a careful reader could code it otherwise.</p>\n{''.join(parts)}"
    )


def _methods(review: Review) -> str:
    paragraphs = "".join(f"<p>{escape(text)}</p>\n" for text in [*methods_paragraph(review).split("\n\n"), software()])
    bullets = "".join(f"<li>{escape(sentence)}</li>" for sentence in limitations(review))
    return (
        f'<h2 id="methods">Methods and limitations, ready to edit</h2>\n{paragraphs}<h3>Limitations</h3>\n<ul>{bullets}</ul>\n'
        f'<p class="quiet">The same as text: <a href="methods.md">methods.md</a>.</p>\n'
    )


def _guidelines() -> str:
    parts = []
    for name, (source, items) in GUIDELINES.items():
        rows = [[str(item.number), item.topic, item.answered, item.how] for item in items]
        answered = _table(["", "Item", "", "Where, or what to write"], rows)
        parts.append(f"<details>\n<summary>{escape(name)}</summary>\n<p>{escape(source)}.</p>\n{answered}</details>\n")
    return f'<h2 id="guidelines">Reporting guidelines</h2>\n<p>Which items the suite answers, and which are yours to write.</p>\n{"".join(parts)}'


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]], kind: str = "wide") -> str:
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in heads)
    body = "".join(f"<tr>{''.join(f'<td>{escape(text)}</td>' for text in row)}</tr>\n" for row in rows)
    return f'<div class="{kind}"><table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n</table></div>\n'


def _heading(notebook: str) -> str:
    return notebook.partition("_")[2].replace("_", " ").capitalize()
