"""Are the items, the features, the coded tables and the ratings sound?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..csvfiles import Sheet
from ..identifiers import identifiers
from ..metadata import FILE, NOT_STATED
from ..problems import Problem, did_you_mean, shown
from .known import CERTAINTIES, NATURE, Known, item_problems, reference_problems, state_problems, twice


def ids_problems(sheets: Mapping[str, Sheet], known: Known) -> Iterator[Problem]:
    """models.csv and features.csv: every id and every label there, once, and in a table that exists."""
    for name in ("models", "features"):
        if name in sheets:
            yield from twice(sheets[name], ("id",))
            yield from twice(sheets[name], ("label",))
            for row in sheets[name]:
                for column in ("id", "label"):
                    if not row[column]:
                        yield sheets[name].problem(f"The {column} is empty. Write one.", row, column)
                if len(row["id"].split()) > 1:
                    instead = identifiers([row["id"]])[0]
                    yield sheets[name].problem(f"The id {shown(row['id'])} holds a space. Write it without, such as {instead}.", row, "id")
    if "models" in sheets:
        for row in sheets["models"]:
            yield from reference_problems(sheets["models"], row, known)
    if "models" in sheets and "features" in sheets:
        items = {row["id"] for row in sheets["models"]}
        for row in sheets["features"]:
            if row["id"] in items:
                yield sheets["features"].problem(f"The id {shown(row['id'])} is also an item's id in models.csv. Change one of the two.", row, "id")
    if "features" in sheets:
        names = [table.name for table in known.metadata.tables]
        for row in sheets["features"]:
            if row["table"] not in [*names, NATURE]:
                yield sheets["features"].problem(
                    f"There is no table {shown(row['table'])}. {did_you_mean(row['table'], [*names, NATURE])}", row, "table"
                )


def table_problems(sheet: Sheet, name: str, known: Known) -> Iterator[Problem]:
    """A features table: known rows and columns, each once, every cell a code."""
    features = known.features.get(name, ())
    for column in sheet.header[1:]:
        if column not in features:
            yield sheet.problem(
                f"The feature {column} is not in features.csv under the table {name}. {did_you_mean(column, features)}", column=column
            )
    for feature in features:
        if feature not in sheet.header:
            yield sheet.problem(f"The column for the feature {feature} is missing. Add it, or delete the feature from features.csv.")
    yield from item_problems(sheet, known)
    yield from state_problems(sheet)


def total_problems(sheet: Sheet, name: str, known: Known) -> Iterator[Problem]:
    """Counts of Yes against those the review prints or states; an unclear cell leaves room."""
    printed = known.metadata.printed_totals.get(name, {})
    for axis in sorted(set(printed) - {"rows", "columns"}):
        yield Problem(FILE, 0, 0, f"printed_totals of {name} names {shown(axis)}. Use one of: rows, columns.")
    cells = {(row["model"], column): row[column].lower() for row in sheet for column in sheet.header[1:]}
    for axis, position in (("rows", 0), ("columns", 1)):
        for label, total in printed.get(axis, {}).items():
            states = [state for key, state in cells.items() if key[position] == label]
            at = next((row for row in sheet if row["model"] == label), None) if axis == "rows" else None
            if not states:
                yield Problem(
                    FILE, 0, 0, f"printed_totals of {name} names {shown(label)}, which is not among its {axis}. Mend the name or delete it."
                )
            elif not states.count("yes") <= total <= states.count("yes") + states.count("unclear"):
                yield sheet.problem(
                    f"{states.count('yes')} Yes are coded for {label}, but the review gives {total}. "
                    f"Find the cell that was coded wrongly, or mend printed_totals in {FILE}.",
                    at,
                    label if axis == "columns" else None,
                )


def nature_problems(sheet: Sheet, known: Known) -> Iterator[Problem]:
    yield from item_problems(sheet, known)
    for rating in known.metadata.ratings:
        allowed = [*rating.level_ids, NOT_STATED]
        certainty = f"{rating.name}_certainty"
        for row in sheet:
            if row[rating.name] not in allowed:
                yield sheet.problem(
                    f"{shown(row[rating.name])} is not a level of {rating.name}. {did_you_mean(row[rating.name], allowed)}", row, rating.name
                )
            if row[certainty] not in CERTAINTIES:
                yield sheet.problem(f"{shown(row[certainty])} is not a degree of certainty. Use one of: {', '.join(CERTAINTIES)}.", row, certainty)
