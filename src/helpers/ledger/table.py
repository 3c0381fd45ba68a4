"""The ledger: every finding and every countable claim of the review, with what tests it and what it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from ..problems import listed, some
from ..review import Review
from ..sensitivity import Fragility, fragility, is_small_enough, quantity_ranges
from ..sensitivity.conclusions import in_words
from .entries import CHECKED, ENTRIES, RESTS

COLUMNS = ["id", "kind", "value", "notebook", "planned", "checked", "tested_by", "rests_on", "fragility", "fewest_changes"]
MORE = 3
NOT_FOLLOWED = {
    "start": "a count of codes, which moves with each of them",
    "coding": "a count of codes, which moves with each of them",
    "chance": "every change would need a comparison with chance of its own, which takes too long",
    "compare": "every change would need tests of its own, which take too long, or follows from numbers that are followed",
    "shake": "it tells of changes itself",
}
TOO_LARGE = "not tried: too many cells to change one by one"


def ledger(review: Review, results: Mapping[str, Mapping[str, Any]]) -> pd.DataFrame:
    """Gather the ledger from the findings of the notebooks and the review's own claims.

    Parameters
    ----------
    review : Review
    results : mapping
        The content of results.json: for each finding its sentence, values and notebook.

    Returns
    -------
    DataFrame of str
        `id`; `kind` ("finding" or "claim"); `value`, the sentence; `notebook`; `planned` ("planned", "post hoc" or "the review's own"); `checked`,
        against what its value is checked for the first review; `tested_by`, the test that does it, or the registered check of a claim; `rests_on`;
        `fragility`, which changes overturn it or how far they move it; `fewest_changes` ("1", "2", "more than 2", or "" where no conclusion is
        followed). Findings in the order of the notebooks, then claims.
    """
    found = fragility(review) if is_small_enough(review) else None
    frame = found.to_frame() if found else pd.DataFrame(columns=["finding"])
    ranges = quantity_ranges(review) if found else pd.DataFrame(columns=["findings"])
    rows = []
    for identifier, result in results.items():
        entry = ENTRIES.get(identifier)
        conclusions, numbers = frame[frame["finding"] == identifier], ranges[[identifier in names for names in ranges["findings"]]]
        told = [_overturned(review, row) for row in conclusions.itertuples()] + [_moved(row) for row in numbers.itertuples()]
        not_followed = "" if not entry or entry.rests != "codes" else _reason(identifier) if found else TOO_LARGE
        rows.append(
            (
                identifier,
                "finding",
                result["sentence"],
                result["notebook"],
                ("planned" if entry.planned else "post hoc") if entry else "",
                CHECKED[entry.checked] if entry else "",
                f"tests/test_ledger.py::test_value[{identifier}]" if entry else "",
                RESTS[entry.rests] if entry else "",
                "; ".join(told) or not_followed,
                _fewest(conclusions),
            )
        )
    return pd.DataFrame([*rows, *_claims(review, found, frame)], columns=COLUMNS)


def _reason(identifier: str) -> str:
    """Why no change is told of a finding that rests on the codes."""
    return f"not followed: {NOT_FOLLOWED.get(identifier.partition('.')[0], 'a list or a set of numbers that every change of what it names changes')}"


def _claims(review: Review, found: Fragility | None, frame: pd.DataFrame) -> list[tuple[str, ...]]:
    rows = []
    for claim in review.claims.itertuples():
        identifier = f"claim.{claim.id}"
        row = frame.loc[[identifier]] if found else frame
        verdict = found.told(identifier) if found else "see notebook 01"
        rows.append(
            (
                identifier,
                "claim",
                f"“{claim.quote}”: {verdict}",
                "01_turn_prose_into_a_table",
                "the review's own",
                "",
                f"check {claim.check}: {claim.expected}",
                RESTS["codes"],
                "; ".join(_overturned(review, one) for one in row.itertuples()) if found else TOO_LARGE,
                _fewest(row),
            )
        )
    return rows


def _overturned(review: Review, row) -> str:
    """Which changes overturn a conclusion, in a few words."""
    parts = []
    for name, words in (("listed", "listed"), ("other", "other")):
        tried, overturn = getattr(row, f"{name}_tried"), getattr(row, f"{name}_overturn")
        if tried:
            parts.append(f"{overturn or 'none'} of {tried} {words} single changes")
    told = f"{row.question}: " if row.finding else ""
    told += f"overturned by {listed(parts)}" if parts else "no code that could be changed decides it"
    if row.example:
        changes = listed(some((in_words(review, change) for change in row.example), most=2))
        told += f", such as {changes}" if row.listed_overturn or row.other_overturn else f", but by {changes} together"
    if row.possible > 1:
        share = "all" if row.exact == "yes" else f"{row.tried:,} drawn at random of all"
        told += f"; another answer in {100 * (1 - row.kept):.0f}% of {share} codings that the alternatives allow"
    return f"{row.about}: {told}" if row.finding else told


def _moved(row) -> str:
    """How far a number moves, in a few words."""
    parts = [
        f"{getattr(row, f'{kind}_least'):.3g} to {getattr(row, f'{kind}_most'):.3g} under {words}"
        for kind, words in (("listed", "one listed change"), ("other", "one other change"), ("items", "one row left out"))
        if pd.notna(getattr(row, f"{kind}_least"))
    ]
    return f"{row.about}: {row.question} {row.value:.3g}, {listed(parts)}" if parts else f"{row.about}: {row.question} {row.value:.3g}"


def _fewest(rows: pd.DataFrame) -> str:
    if not len(rows):
        return ""
    if not (rows["listed_tried"] + rows["other_tried"]).any():
        return ""
    weakest = rows.sort_values("changes", kind="stable").iloc[0]
    if weakest["changes"] < MORE:
        return str(weakest["changes"])
    return "more than 2" if weakest["exact_fewest"] == "yes" else "more than 2 (not all pairs tried)"
