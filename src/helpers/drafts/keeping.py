"""What does a review keep of its names, words, ratings and references when its table is read again?

What the file leaves empty stays as the review has it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import pandas as pd

from ..metadata import NOT_STATED
from ..problems import listed
from ..review import Review
from ..validation import COLUMNS
from .draft import USUAL, Draft, Words


def kept_words(review: Review, new: Draft) -> Words:
    """The words of the file, and those of the review where the file says nothing."""
    meta, told, unsaid = review.metadata, new.words, Words()
    choices = new.more.get("made_from", {}).get("choices", {})
    usual = {state: {"", *USUAL[state], f"coded {listed(choices.get(state, ()), 'or')}"} for state in USUAL}
    return Words(
        told.title or meta.title,
        told.source or meta.source,
        told.item if told.item != unsaid.item else (meta.item.singular, meta.item.plural),
        told.feature if told.feature != unsaid.feature else (meta.feature.singular, meta.feature.plural),
        told.yes_means if told.yes_means not in usual["yes"] else meta.yes_means,
        told.no_means if told.no_means not in usual["no"] else meta.no_means,
    )


def kept_details(old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """The rows of models or features; what the new table does not say stays as it was."""
    old = old.reset_index().set_index("id", drop=False)
    rows = []
    for row in new.to_dict("records"):
        before = old.loc[row["id"]] if row["id"] in old.index else {}
        rows.append({column: text or before.get(column, "") for column, text in row.items()})
    return pd.DataFrame(rows, columns=list(new.columns), dtype=object)


def kept_ratings(review: Review, items: Sequence[str]) -> pd.DataFrame:
    """The ratings as they are; those of a new item are not stated."""
    unknown = [text for _ in review.metadata.ratings for text in (NOT_STATED, "explicit")]
    rows = [[item, *(review.nature.loc[item] if item in review.nature.index else unknown)] for item in items]
    return pd.DataFrame(rows, columns=["model", *review.nature.columns], dtype=object)


def kept_levels(review: Review, more: Mapping[str, Any]) -> dict[str, Any]:
    """The scales of the file; labels and printed words of their levels stay as the review has them."""
    if "ratings" not in more:
        return dict(more)
    known = {(rating.name, level.id): level for rating in review.metadata.ratings for level in rating.levels}
    ratings = {}
    for name, rating in more["ratings"].items():
        levels = []
        for level in rating["levels"]:
            old = known.get((name, level["id"]))
            printed = {"printed_as": old.printed_as} if old and old.printed_as != old.id else {}
            levels.append({**level, **({"label": old.label, **printed} if old else {})})
        ratings[name] = {**rating, "levels": levels}
    return {**more, "ratings": ratings}


def kept_references(review: Review, new: pd.DataFrame | None, used: Collection[str]) -> tuple[pd.DataFrame, dict[str, str]]:
    """The references of the file, then those of the review that it lacks and that are `used`; and the new number of each old one."""
    old = review.references
    columns = [*COLUMNS["references"], *(["note"] if len(old) and old["note"].astype(bool).any() else [])]
    if new is None:
        return old[columns] if len(old) else old.reindex(columns=columns), {}
    rows = new.reindex(columns=columns, fill_value="").to_dict("records")
    printed = {" ".join(row["printed"].split()): row for row in rows}
    by_number = {row["number"]: row for row in rows}
    known = {" ".join(text.split()) for text in old["printed"]}
    numbers = {}
    for reference in old.to_dict("records"):
        same = printed.get(" ".join(reference["printed"].split()))
        corrected = by_number.get(reference["number"])
        if same is None and corrected and " ".join(corrected["printed"].split()) not in known:
            same = corrected
        if same is None and reference["number"] in used:
            same = {column: reference[column] for column in columns} | {"number": str(len(rows) + 1)}
            rows.append(same)
        if same is not None:
            numbers[reference["number"]] = same["number"]
            if "note" in columns:
                same["note"] = same["note"] or reference["note"]
    return pd.DataFrame(rows, columns=columns, dtype=object), numbers
