"""How is a comparison told on a page, and which tables go with it?"""

from __future__ import annotations

import re
from collections.abc import Iterable

import pandas as pd

from ..csvfiles import csv_text
from ..problems import counted, listed
from ..review import Review
from .comparison import Comparison
from .verdicts import KEPT, NOT_CODED, OVERTURNED
from .words import NOT_SHOWN, UNCLEAR, coefficients, named, terms, title, undefined, verdict_counts

MOST_ROWS = 200  # of a table on the page; the CSV file has all


def files(review: Review, comparison: Comparison) -> dict[str, str]:
    """The tables of a comparison as CSV texts, by the names of their files.

    Parameters
    ----------
    review : Review
    comparison : Comparison

    Returns
    -------
    dict of str to str
        agreement.csv (every coefficient), coders.csv (one row a coder; then, for each other coder, the share of cells coded alike), disagreements.csv
        and conclusions.csv.

    Examples
    --------
    >>> from helpers import load_review
    >>> from helpers.build import ROOT
    >>> from helpers.comparing import compare
    >>> review = load_review(ROOT / "data" / "priebe2014")
    >>> list(files(review, compare(review, review.coders)))
    ['agreement.csv', 'coders.csv', 'disagreements.csv', 'conclusions.csv']
    """
    coders = comparison.coders.join(comparison.pairs.add_prefix("with "))
    return {
        "agreement.csv": csv_text(comparison.to_frame()),
        "coders.csv": csv_text(coders, index=True),
        "disagreements.csv": csv_text(comparison.disagreements()),
        "conclusions.csv": csv_text(comparison.verdicts),
    }


def escaped(text: object) -> str:
    """A text on one line, as Markdown shows it: no sign in it marks anything up.

    >>> escaped("coder_1 <b>|*")
    'coder\\\\_1 &lt;b&gt;\\\\|\\\\*'
    """
    plain = re.sub(r"([\\`*_\[\]|~$])", r"\\\1", " ".join(str(text).split()))
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def as_markdown(review: Review, comparison: Comparison, figure: str = "") -> str:
    """A comparison as one page in Markdown.

    Parameters
    ----------
    review : Review
    comparison : Comparison
    figure : str
        What stands for the map of disagreements, in Markdown; or why there is none.
    """
    names = list(comparison.tables)
    parts = [
        f"# {escaped(review.metadata.title)}: {counted(len(names), 'coder')} compared",
        f"Coders: {escaped(listed(names))}. Compared with {escaped(comparison.own)}.",
        "## How far the coders agree",
        "\n\n".join(map(escaped, terms(review, comparison))),
        _measures(review, comparison, ["table", "all tables", "rating"], "what"),
        "By column:",
        _measures(review, comparison, ["feature"], "column"),
        escaped(undefined(review, comparison)),
        "## Who codes otherwise",
        _coders(comparison),
        "" if comparison.reference else _measures(review, comparison, ["coder"], f"each with {comparison.own}"),
        "## Where they disagree",
        figure,
        _cells(review, comparison),
        "## Which conclusions change",
        _conclusions(comparison),
        escaped(comparison.left_out),
        "## What this does not show",
        NOT_SHOWN,
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _measures(review: Review, comparison: Comparison, kinds: list[str], head: str) -> str:
    measures = [measure for kind in kinds for measure in comparison.of(kind)]
    rows = [{head: title(review, measure), "cells": measure.result.cells, **coefficients(measure)} for measure in measures]
    return _table(pd.DataFrame(rows).fillna("–")) if rows else ""


def _coders(comparison: Comparison) -> str:
    coders = comparison.coders
    shares = {"others": "mean agreement with the others", "own": f"coded as in {comparison.own}"}
    if len(coders) < 3:
        del shares["others"]
    told = coders[["cells", "yes", "no", "unclear"]].assign(**{name: coders[column].map(_share) for column, name in shares.items()})
    return _table(told.reset_index())


def _cells(review: Review, comparison: Comparison) -> str:
    differing = comparison.disagreements()
    if differing.empty:
        return "All coders code every cell and every rating alike."
    few = list(comparison.tables) if len(comparison.tables) <= 4 else []
    own = [] if comparison.reference else [comparison.own]
    heads = [review.metadata.item.singular, "column", "codes", "majority", *own, *few]
    rows = [  # lists: a coder may be called as one of the columns is
        [
            review.label(row["model"]),
            named(review, row["table"], row["feature"]),
            row["codes"],
            row["majority"] or "none",
            *(row["own"] for _ in own),
            *(row[f"by {coder}"] or "–" for coder in few),
        ]
        for row in differing.head(MOST_ROWS).to_dict("records")
    ]
    more = "" if len(differing) <= MOST_ROWS else f"\n\nAnd {len(differing) - MOST_ROWS} others in disagreements.csv."
    return _table(pd.DataFrame(rows, columns=heads)) + more


def _conclusions(comparison: Comparison) -> str:
    found = comparison.verdicts
    if found.empty:
        return ""
    rows = []
    for _, group in found.groupby("conclusion", sort=False):
        counts = group["verdict"].value_counts()
        instead = group[group["verdict"] == OVERTURNED].groupby("instead", sort=False)["coder"].agg(listed)
        first = group.iloc[0]
        rows.append(
            {
                "about": first["about"],
                "conclusion": f"{first['question']}{'' if first['planned'] == 'yes' else ' †'}",
                comparison.own: first["own"],
                **{verdict: int(counts.get(verdict, 0)) for verdict in (KEPT, OVERTURNED, NOT_CODED)},
                "instead": "; ".join(f"{told} ({coders})" for told, coders in instead.items()),
            }
        )
    frame = pd.DataFrame(rows)
    if not frame[NOT_CODED].any():
        frame = frame.drop(columns=NOT_CODED)
    lead = f"{escaped(verdict_counts(comparison))} {UNCLEAR} Numbers are coders. † Post hoc: the subject was picked from the results."
    return f"{lead}\n\n{_table(frame)}"


def _share(value: float) -> str:
    return "–" if pd.isna(value) else f"{100 * value:.0f}%"


def _table(frame: pd.DataFrame) -> str:
    def line(cells: Iterable[object]) -> str:
        return "| " + " | ".join(map(escaped, cells)) + " |"

    return "\n".join([line(frame.columns), line("---" for _ in frame.columns), *(line(row) for row in frame.itertuples(index=False))])
