"""What is said of what a file brought, and of sentences that the tables of a review do not bear out?"""

from __future__ import annotations

from ..claims import borne_out, claim_problems
from ..drafts.draft import Draft, alike
from ..problems import counted, listed, shown
from ..review import Review
from ..validation import NATURE

MOST_CLAIMS = 5


def brought(draft: Draft) -> list[str]:
    """A line with what came beside the codes, and one for tables whose names are nearly the same.

    >>> import pandas as pd
    >>> from ..drafts.draft import Words
    >>> brought(Draft(Words(), {"codes": "Codes"}, {"evidence": pd.DataFrame({"quote": ["a", "b"]})}, {}))
    ['Besides the codes: 2 quotes.']
    """
    rows = {name: len(frame) for name, frame in draft.files.items()}
    scales = len(draft.more.get("ratings", {}))
    words = {"evidence": "quote", "alternatives": "other code", "references": "reference"}
    counts = [counted(rows[name], word) for name, word in words.items() if rows.get(name)]
    if rows.get(NATURE):
        counts.insert(min(1, len(counts)), f"ratings of {counted(rows[NATURE], 'row')} on {counted(scales, 'scale')}")
    return [*([f"Besides the codes: {listed(counts)}."] if counts else []), *alike(list(draft.tables.values()))]


def not_borne_out(review: Review) -> list[str]:
    """The sentences of claims.csv that the tables contradict, or that name what is no longer there, in lines; empty if there are none."""
    broken = {problem.row: problem for problem in claim_problems(review)}
    sheet = review.sheets.get("claims")
    rows = list(sheet or ())
    against = [row for row in rows if row.number not in broken and borne_out(review, row["check"], row["expected"]) is False]
    lines = [f"  {shown(row['quote'])} (claims.csv, row {row.number})" for row in against]
    if lines:
        what = counted(len(lines), "sentence of claims.csv is", "sentences of claims.csv are")
        lines = [f"{what} not borne out by the tables:", *lines[:MOST_CLAIMS]]
        lines += [f"  ... and {len(against) - MOST_CLAIMS} more."] if len(against) > MOST_CLAIMS else []
    return [*lines, *map(str, broken.values())]
