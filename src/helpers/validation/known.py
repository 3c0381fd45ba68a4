"""What may the cells of a review refer to, and which small checks do several files share?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ..csvfiles import Row, Sheet
from ..identifiers import FEATURES, MODELS
from ..metadata import Metadata
from ..problems import Problem, did_you_mean, listed, shown

STATES = ("yes", "no", "unclear")
CERTAINTIES = ("explicit", "hedged", "inferred")

NEEDED = {"models": ("id", "label"), "features": ("table", "id", "label")}  # the other columns of these two may be missing
COLUMNS = {
    "models": MODELS,
    "features": FEATURES,
    "evidence": ("table", "model", "feature", "value", "certainty", "quote", "section", "references"),
    "alternatives": ("table", "model", "feature", "value", "alternative", "reason", "quote"),
    "references": ("number", "authors", "year", "title", "source", "volume", "pages", "printed"),
    "claims": ("id", "quote", "section", "check", "expected"),
}
OPTIONAL_COLUMNS = {"references": ("note",)}
NATURE = "nature"


@dataclass(frozen=True)
class Known:
    """What cells may refer to."""

    metadata: Metadata
    items: tuple[str, ...]
    features: Mapping[str, tuple[str, ...]]  # feature ids of each table
    references: frozenset[str] | None  # None where the review stores no references
    coded: Mapping[tuple[str, str, str], str]  # (table, item, feature) -> value, ratings as table "nature"


def rating_columns(metadata: Metadata) -> tuple[str, ...]:
    """The columns of nature.csv: the model, then each rating with its certainty."""
    return ("model", *(column for rating in metadata.ratings for column in (rating.name, f"{rating.name}_certainty")))


def item_problems(sheet: Sheet, known: Known) -> Iterator[Problem]:
    yield from twice(sheet, ("model",))
    for row in sheet:
        yield from unknown_item(sheet, row, known)
    absent = [item for item in known.items if item not in {row["model"] for row in sheet}]
    if absent:
        yield sheet.problem(f"No row for {listed(absent)}. Add the missing row{'s' * (len(absent) > 1)}.")


def state_problems(sheet: Sheet) -> Iterator[Problem]:
    for row in sheet:
        for column in sheet.header[1:]:
            if not row[column]:
                yield sheet.problem("The cell is empty. An empty cell is never taken for a No: write yes, no or unclear.", row, column)
            elif row[column].lower() not in STATES:
                yield sheet.problem(f"{shown(row[column])} is not a code. Write yes, no or unclear.", row, column)


def twice(sheet: Sheet, columns: Iterable[str]) -> Iterator[Problem]:
    columns = tuple(columns)
    counts: Counter[tuple[str, ...]] = Counter()
    for row in sheet:
        key = tuple(row[column] for column in columns)
        counts[key] += 1
        if counts[key] == 2 and any(key):
            yield sheet.problem(
                f"{listed([shown(part, 30) for part in key])} is there twice. Delete or mend one row.",
                row,
                columns[-1] if len(columns) == 1 else None,
            )


def unknown_item(sheet: Sheet, row: Row, known: Known) -> Iterator[Problem]:
    if not row["model"]:
        yield sheet.problem(f"The {known.metadata.item.singular} is missing. Write its name or id.", row, "model")
    elif row["model"] not in known.items:
        yield sheet.problem(
            f"There is no {known.metadata.item.singular} {shown(row['model'])}. {did_you_mean(row['model'], known.items)}", row, "model"
        )


def unknown_place(sheet: Sheet, row: Row, known: Known) -> Iterator[Problem]:
    """The table, item and feature a row of evidence or alternatives speaks of."""
    features = dict(known.features)
    if known.metadata.ratings:
        features[NATURE] = tuple(rating.name for rating in known.metadata.ratings)
    yield from unknown_item(sheet, row, known)
    if row["table"] not in features:
        yield sheet.problem(f"There is no table {shown(row['table'])}. {did_you_mean(row['table'], features)}", row, "table")
    elif row["feature"] not in features[row["table"]]:
        hint = did_you_mean(row["feature"], features[row["table"]])
        yield sheet.problem(f"There is no feature {shown(row['feature'])} in the table {row['table']}. {hint}", row, "feature")


def reference_problems(sheet: Sheet, row: Row, known: Known) -> Iterator[Problem]:
    for number in row["references"].split():
        if not number.isdecimal():
            yield sheet.problem(
                f"{shown(number)} is not a reference number. Separate numbers by spaces and write ranges out: 9 10 11 12.", row, "references"
            )
        elif known.references is not None and number not in known.references:
            yield sheet.problem(f"Reference {number} is not in references.csv. Mend the number, or add the reference.", row, "references")


def quote_problems(sheet: Sheet, row: Row, most: int, needed: bool) -> Iterator[Problem]:
    words = len(row["quote"].replace(" ... ", " ").split())
    if needed and not words:
        yield sheet.problem("The quote is empty. Copy the words that carry the coding.", row, "quote")
    elif words > most:
        yield sheet.problem(f"The quote has {words} words. Shorten it to {most}; join two pieces with ' ... '.", row, "quote")
