"""How does one page tell it all? A self-contained HTML report: the findings, and every figure with its caption and alt text."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from .review import Review

CSS = """
body { font: 17px/1.55 system-ui, sans-serif; color: #1a1a1a; background: #fff; max-width: 52rem; margin: 2rem auto; padding: 0 1rem; }
h1 { line-height: 1.2; } h2 { margin-top: 2.5rem; } figure { margin: 2rem 0; } img { max-width: 100%; height: auto; }
figcaption { font-size: 15px; } li { margin: 0.5rem 0; } .quiet { color: #5f6368; font-size: 15px; }
table { border-collapse: collapse; } th, td { text-align: left; padding: 0.25rem 1rem 0.25rem 0; vertical-align: top; }
@media print { figure { break-inside: avoid; } }
"""
LIMITS = (
    "Nothing here measures whether a treatment works, and more features are not better.",
    "The {items} were chosen, not drawn at random: they are no sample, and what holds for them need not hold for others.",
    "No means “{no_means}”. It does not mean that the thing is absent.",
)


def report_html(
    review: Review, figures: Sequence[Mapping[str, Any]], left_out: Mapping[str, str], results: Mapping[str, Mapping[str, Any]], folder: Path
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
        f"<h2>Figures</h2>\n{pictures}\n</main>\n</body>\n</html>\n"
    )


def _section(notebook: str, results: Mapping[str, Mapping[str, Any]]) -> str:
    found = "".join(f'<li id="{escape(key)}">{escape(result["sentence"])}</li>' for key, result in results.items() if result["notebook"] == notebook)
    heading = notebook.partition("_")[2].replace("_", " ").capitalize()
    link = f'<a href="notebooks/{escape(notebook)}.ipynb">notebooks/{escape(notebook)}.ipynb</a>'
    return f'<h3>{escape(heading)}</h3>\n<p class="quiet">from {link}</p>\n<ul>{found}</ul>\n'


def _figure(entry: Mapping[str, Any], folder: Path) -> str:
    picture = base64.b64encode((folder / f"{entry['id']}.png").read_bytes()).decode()
    return (
        f'<figure id="{escape(entry["id"])}">\n<img alt="{escape(entry["alt"])}" src="data:image/png;base64,{picture}">\n'
        f"<figcaption>{escape(entry['caption'])}</figcaption>\n</figure>\n"
    )
