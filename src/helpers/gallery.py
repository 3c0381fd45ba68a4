"""How does one see all figures of a folder at a glance? The README of the folder: every figure with its caption, its words and its files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from .review import Review

INTRODUCTION = (
    "Written anew by every build. Each figure comes with the values it plots (CSV), a caption, and a description for readers who cannot see it, "
    "which a screen reader reads aloud; it stands in the picture files and in manifest.json too. A whole build also writes tables for a manuscript, "
    "into the folder tables beside this page."
)


def gallery(review: Review, figures: Sequence[Mapping[str, Any]], notebooks: str) -> str:
    """The README of a folder of figures.

    Parameters
    ----------
    review : Review
    figures : sequence of mapping
        The entries of manifest.json.
    notebooks : str
        Where the notebooks stand, as seen from the folder.

    Returns
    -------
    str
        Markdown. Texts of the review stand in HTML, escaped, so that no sign of theirs is taken for markup.
    """
    contents = "\n".join(f"- [{entry['id'].partition('_')[0]}](#{entry['id']}): {_safe(entry['title'])}" for entry in figures)
    parts = "\n".join(_figure(entry, notebooks) for entry in figures)
    return f"# All figures\n\n<p>{_safe(review.metadata.title)}</p>\n\n{INTRODUCTION}\n\n{contents}\n\n{parts}"


def _figure(entry: Mapping[str, Any], notebooks: str) -> str:
    files = " · ".join(f'<a href="{name}">{name.rpartition(".")[2].upper()}</a>' for name in [*entry["files"], entry["data"]])
    return (
        f'<h2 id="{entry["id"]}">{entry["id"]}</h2>\n'
        f'<img src="{entry["id"]}.png" width="600" alt="{_safe(entry["alt"])}">\n'
        f"<p>{_safe(entry['caption'])}</p>\n"
        f'<p>{files} · explained in <a href="{notebooks}/{entry["notebook"]}.ipynb">{entry["notebook"]}</a></p>\n'
    )


def _safe(text: str) -> str:
    """Escaped for HTML within Markdown, on one line; a dollar sign begins no formula, and no sign any emphasis."""
    safe = escape(" ".join(text.split()))
    for sign in "$*_`[]~|":
        safe = safe.replace(sign, f"&#{ord(sign)};")
    return safe
