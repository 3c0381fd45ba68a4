"""Are the evidence, the alternatives, the references, the claims and the coders' raw files sound?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..csvfiles import Sheet
from ..metadata import NOT_STATED
from ..problems import Problem, did_you_mean, listed, shown
from .known import (
    CERTAINTIES,
    COLUMNS,
    NATURE,
    STATES,
    Known,
    item_problems,
    quote_problems,
    rating_columns,
    reference_problems,
    state_problems,
    twice,
    unknown_place,
)
from .tables import nature_problems


def references_problems(sheet: Sheet) -> Iterator[Problem]:
    yield from twice(sheet, ("number",))
    for position, row in enumerate(sheet, start=1):
        if row["number"] != str(position):
            yield sheet.problem(
                f"The number is {shown(row['number'])} where {position} is expected. Number the references 1, 2, 3 and so on.", row, "number"
            )
        if not row["printed"]:
            yield sheet.problem("The reference as printed is missing. Copy it from the review.", row, "printed")


def evidence_problems(sheets: Mapping[str, Sheet], known: Known) -> Iterator[Problem]:
    """Every Yes and every stated rating has its sentence; a No and a rating not stated have none."""
    sheet = sheets["evidence"]
    partial = known.metadata.partial_evidence
    certainties: dict[tuple[str, str, str], str] = {}
    rated = {(row["model"], rating.name): row[f"{rating.name}_certainty"] for row in sheets.get(NATURE, ()) for rating in known.metadata.ratings}
    yield from twice(sheet, ("table", "model", "feature", "quote"))
    for row in sheet:
        yield from unknown_place(sheet, row, known)
        yield from reference_problems(sheet, row, known)
        yield from quote_problems(sheet, row, known.metadata.longest_quote, needed=True)
        if not row["section"] and not partial:
            yield sheet.problem("The section is empty. Write the heading under which the quote stands.", row, "section")
        if row["certainty"] not in CERTAINTIES and not (partial and not row["certainty"]):
            yield sheet.problem(f"{shown(row['certainty'])} is not a degree of certainty. Use one of: {', '.join(CERTAINTIES)}.", row, "certainty")
        cell = (row["table"], row["model"], row["feature"])
        coded = known.coded.get(cell)
        if coded is None:
            continue
        if coded in ("no", NOT_STATED):
            yield sheet.problem(f"Evidence for a cell that is coded {coded}. Code the cell, or move the quote to alternatives.csv.", row, "value")
        elif row["value"] != coded:
            yield sheet.problem(f"The value is {shown(row['value'])}, but the cell is coded {shown(coded)}. Make them the same.", row, "value")
        first = certainties.setdefault(cell, row["certainty"])
        if row["certainty"] != first:
            yield sheet.problem(
                f"The certainty is {row['certainty']}, but an earlier row of the same cell says {first}. A cell has one certainty.", row, "certainty"
            )
        if row["table"] == NATURE and rated.get(cell[1:]) in CERTAINTIES and row["certainty"] != rated[cell[1:]]:
            yield sheet.problem(
                f"The certainty is {row['certainty']}, but nature.csv says {rated.get(cell[1:])}. Make them the same.", row, "certainty"
            )
    for cell, value in known.coded.items() if not partial else ():
        if value not in ("no", "unclear", NOT_STATED) and cell not in certainties and cell[0] in sheets:
            at = next((row for row in sheets[cell[0]] if row["model"] == cell[1]), None)
            yield sheets[cell[0]].problem(f"Coded {value} without evidence. Add its quote to evidence.csv, or mend the code.", at, cell[2])


def alternatives_problems(sheet: Sheet, known: Known) -> Iterator[Problem]:
    levels = {rating.name: [*rating.level_ids, NOT_STATED] for rating in known.metadata.ratings}
    yield from twice(sheet, ("table", "model", "feature", "alternative"))
    for row in sheet:
        yield from unknown_place(sheet, row, known)
        yield from quote_problems(sheet, row, known.metadata.longest_quote, needed=False)
        coded = known.coded.get((row["table"], row["model"], row["feature"]))
        allowed = levels.get(row["feature"], []) if row["table"] == NATURE else [*STATES]
        if coded is not None and row["value"] != coded:
            yield sheet.problem(f"The value is {shown(row['value'])}, but the cell is coded {shown(coded)}. Make them the same.", row, "value")
        if allowed and row["alternative"] not in allowed:
            yield sheet.problem(
                f"{shown(row['alternative'])} is not a possible code. {did_you_mean(row['alternative'], allowed)}", row, "alternative"
            )
        elif row["alternative"] == row["value"]:
            yield sheet.problem("The alternative is the same as the value. Write the other reading, or delete the row.", row, "alternative")
        if not row["reason"]:
            yield sheet.problem("The reason is empty. Say in a sentence why a careful reader could choose this.", row, "reason")


def claims_problems(sheet: Sheet, known: Known) -> Iterator[Problem]:
    yield from twice(sheet, ("id",))
    for row in sheet:
        yield from quote_problems(sheet, row, known.metadata.longest_quote, needed=True)
        for column in ("id", "section", "check", "expected"):
            if not row[column]:
                yield sheet.problem(f"The {column} is empty. Write one.", row, column)


def coder_problems(sheet: Sheet, name: str, known: Known) -> Iterator[Problem]:
    """A coder's raw file: the same rows, columns and codes as the review's own."""
    if name in ("evidence", "alternatives"):
        missing = [column for column in COLUMNS[name] if column not in sheet.header]
        if missing:
            yield sheet.problem(f"The column {listed(missing)} is missing. Add what is missing to row 1.")
        else:
            for row in sheet:
                yield from unknown_place(sheet, row, known)
        return
    wanted = rating_columns(known.metadata) if name == NATURE else ("model", *known.features.get(name, ()))
    if set(sheet.header) != set(wanted):
        yield sheet.problem(
            f"The columns are not those of {name}.csv: {listed(sorted(set(sheet.header) ^ set(wanted)))} stand in only one of the two."
        )
    elif name == NATURE:
        yield from nature_problems(sheet, known)
    else:
        yield from item_problems(sheet, known)
        yield from state_problems(sheet)
