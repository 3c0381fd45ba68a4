"""Which conclusions are kept with each coder's tables, and what would be said instead?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from ..problems import SynopsisError
from ..review import Review
from ..sensitivity import Conclusion, conclusions
from ..sensitivity.case import Case
from ..validation import NATURE

MOST_CODES = 5_000  # of one coder; conclusions from larger tables are left out
MOST_ITEMS = 16  # whose groups are followed: with more, ties can leave too many ways to follow them for every coder
KEPT, OVERTURNED, NOT_CODED = "kept", "overturned", "not coded"
NOT_FOUND = "cannot be said of this table"
Tables = Mapping[str, Mapping[str, pd.DataFrame]]


def left_out(review: Review) -> str:
    """What is left out of the conclusions because the tables are large, as a sentence; empty if nothing."""
    codes, items = sum(table.size for table in review.tables.values()), len(review.items)
    if codes > MOST_CODES:
        return f"Conclusions are left out: the tables have {codes:,} cells, and up to {MOST_CODES:,} are followed for every coder."
    if items > MOST_ITEMS:
        return f"Conclusions about groups are left out: there are {items} {review.metadata.item.plural}, and up to {MOST_ITEMS} are followed."
    return ""


def verdicts(review: Review, tables: Tables) -> pd.DataFrame:
    """Each conclusion from the review's own tables, found again in each coder's.

    An unclear cell counts as No, here as in `helpers.sensitivity`, in the review's own tables and in the coders'.

    Parameters
    ----------
    review : Review
    tables : mapping of str to mapping of str to DataFrame
        By coder, as from `aligned`.

    Returns
    -------
    DataFrame
        One row for each conclusion and coder: `conclusion` (its id), `about`, `question`, `planned` ("yes", or "no" for post hoc), `own` (what the
        review's own tables say), `coder`, `verdict` ("kept", "overturned", or "not coded" where the coder lacks a table that it looks at) and
        `instead` (what the coder's tables say, "" unless overturned). No rows for tables of more than MOST_CODES cells.
    """
    columns = ["conclusion", "about", "question", "planned", "own", "coder", "verdict", "instead"]
    if sum(table.size for table in review.tables.values()) > MOST_CODES:
        return pd.DataFrame(columns=columns, dtype=object)
    case, found = Case.of(review), conclusions(review, slow=len(review.items) <= MOST_ITEMS)
    states = {one.id: one.find(case) for one in found}
    cases = {coder: _case(review, own) for coder, own in tables.items()}
    rows = []
    for one in found:
        head = (one.id, one.about, one.question, "yes" if one.planned else "no", one.tell(states[one.id]))
        for coder, own in tables.items():
            rows.append((*head, coder, *_verdict(one, states[one.id], cases[coder], own)))
    return pd.DataFrame(rows, columns=columns)


def _case(review: Review, own: Mapping[str, pd.DataFrame]) -> Case:
    """The review as the coder codes it; what the coder lacks is as in the review, and no verdict looks at it."""
    codes = {name: own.get(name, table) for name, table in review.tables.items()}
    levels = {rating.name: own[NATURE][rating.name] for rating in review.metadata.ratings} if NATURE in own else {}
    return Case.of(replace(review, tables=codes, nature=review.nature.assign(**levels)))


def _verdict(conclusion: Conclusion, state: object, case: Case, own: Mapping[str, pd.DataFrame]) -> tuple[str, str]:
    if not {table for table, _ in conclusion.reads} <= set(own):
        return NOT_CODED, ""
    try:
        found = conclusion.find(case)
    except SynopsisError:
        return OVERTURNED, NOT_FOUND
    return (KEPT, "") if found == state else (OVERTURNED, conclusion.tell(found))
