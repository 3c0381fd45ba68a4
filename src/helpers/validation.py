"""Is a review folder sound? Every check says in words what is wrong, where, and what to do; nothing is mended silently.

Each function takes sheets and what is known so far, and yields problems. `review.load_review` calls `problems_of` once, at the door.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from .csvfiles import Row, Sheet
from .identifiers import FEATURES, MODELS
from .metadata import FILE, NOT_STATED, Metadata
from .problems import Problem, did_you_mean, listed, shown

STATES = ("yes", "no", "unclear")
CERTAINTIES = ("explicit", "hedged", "inferred")
MOST_QUOTE_WORDS = 30

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


def problems_of(metadata: Metadata, sheets: Mapping[str, Sheet], coders: Mapping[str, Mapping[str, Sheet]]) -> Iterator[Problem]:
    """Every problem of a review.

    Parameters
    ----------
    metadata : Metadata
    sheets : mapping of str to Sheet
        The review's files by name without ending. The features tables are present; any other may be missing.
    coders : mapping of str to mapping of str to Sheet
        The raw tables of each independent coder.
    """
    wrong_columns = [*_column_problems(metadata, sheets)]
    yield from wrong_columns
    broken = {problem.file for problem in wrong_columns}
    sound = {name: sheet for name, sheet in sheets.items() if sheet.file not in broken}
    known = _known(metadata, sound)

    yield from _ids_problems(sound, known)
    for table in metadata.tables:
        if table.name in sound:
            yield from _table_problems(sound[table.name], table.name, known)
            yield from _total_problems(sound[table.name], table.name, known)
    if NATURE in sound:
        yield from _nature_problems(sound[NATURE], known)
    if "references" in sound:
        yield from _references_problems(sound["references"])
    if "evidence" in sound:
        yield from _evidence_problems(sound, known)
    if "alternatives" in sound:
        yield from _alternatives_problems(sound["alternatives"], known)
    if "claims" in sound:
        yield from _claims_problems(sound["claims"])
    for tables in coders.values():
        for name, sheet in tables.items():
            yield from _coder_problems(sheet, name, known)


def rating_columns(metadata: Metadata) -> tuple[str, ...]:
    """The columns of nature.csv: the model, then each rating with its certainty."""
    return ("model", *(column for rating in metadata.ratings for column in (rating.name, f"{rating.name}_certainty")))


def _column_problems(metadata: Metadata, sheets: Mapping[str, Sheet]) -> Iterator[Problem]:
    wanted = dict(COLUMNS)
    if metadata.ratings:
        wanted[NATURE] = rating_columns(metadata)
    for name, columns in wanted.items():
        if name not in sheets:
            continue
        sheet = sheets[name]
        missing = [column for column in columns if column not in sheet.header]
        extra = [column for column in sheet.header if column not in columns + OPTIONAL_COLUMNS.get(name, ())]
        if missing:
            yield sheet.problem(f"The column{'s' * (len(missing) > 1)} {listed(missing)} {'are' if len(missing) > 1 else 'is'} missing. Add what is missing to row 1.")
        for column in extra:
            yield sheet.problem(f"The column {column} is not known here. {did_you_mean(column, missing) or 'Delete it.'}", column=column)
    for table in metadata.tables:
        sheet = sheets[table.name]
        if sheet.header[0] != "model":
            yield sheet.problem(f"The first column is called {shown(sheet.header[0])}. It must be called model and hold one id a row.", column=sheet.header[0])
        if len(sheet.header) < 2:
            yield sheet.problem("The table has no feature. Add one column for each feature.")
        if not sheet.rows:
            yield sheet.problem("The table has no rows. Add one row for each item.")


def _known(metadata: Metadata, sheets: Mapping[str, Sheet]) -> Known:
    tables = {table.name: sheets[table.name] for table in metadata.tables if table.name in sheets}
    items = [row["id"] for row in sheets["models"]] if "models" in sheets else [row["model"] for sheet in tables.values() for row in sheet]
    features = {name: [*sheet.header[1:]] for name, sheet in tables.items()}
    if "features" in sheets:
        features = defaultdict(list)
        for row in sheets["features"]:
            features[row["table"]].append(row["id"])
    coded = {(name, row["model"], feature): row[feature].lower() for name, sheet in tables.items() for row in sheet for feature in sheet.header[1:]}
    if NATURE in sheets:
        coded |= {(NATURE, row["model"], rating.name): row[rating.name] for row in sheets[NATURE] for rating in metadata.ratings}
    return Known(
        metadata,
        tuple(dict.fromkeys(filter(None, items))),
        {name: tuple(dict.fromkeys(ids)) for name, ids in features.items()},
        frozenset(row["number"] for row in sheets["references"]) if "references" in sheets else None,
        coded,
    )


def _ids_problems(sheets: Mapping[str, Sheet], known: Known) -> Iterator[Problem]:
    """models.csv and features.csv: every id there, once, with a label, and in a table that exists."""
    for name in ("models", "features"):
        if name in sheets:
            yield from _twice(sheets[name], ("id",))
            for row in sheets[name]:
                for column in ("id", "label"):
                    if not row[column]:
                        yield sheets[name].problem(f"The {column} is empty. Write one.", row, column)
    if "models" in sheets:
        for row in sheets["models"]:
            yield from _reference_problems(sheets["models"], row, known)
    if "features" in sheets:
        names = [table.name for table in known.metadata.tables]
        for row in sheets["features"]:
            if row["table"] not in [*names, NATURE]:
                yield sheets["features"].problem(f"There is no table {shown(row['table'])}. {did_you_mean(row['table'], [*names, NATURE])}", row, "table")


def _table_problems(sheet: Sheet, name: str, known: Known) -> Iterator[Problem]:
    """A features table: known rows and columns, each once, every cell a code."""
    features = known.features.get(name, ())
    for column in sheet.header[1:]:
        if column not in features:
            yield sheet.problem(f"The feature {column} is not in features.csv under the table {name}. {did_you_mean(column, features)}", column=column)
    for feature in features:
        if feature not in sheet.header:
            yield sheet.problem(f"The column for the feature {feature} is missing. Add it, or delete the feature from features.csv.")
    yield from _item_problems(sheet, known)
    yield from _state_problems(sheet)


def _item_problems(sheet: Sheet, known: Known) -> Iterator[Problem]:
    yield from _twice(sheet, ("model",))
    for row in sheet:
        yield from _unknown_item(sheet, row, known)
    absent = [item for item in known.items if item not in {row["model"] for row in sheet}]
    if absent:
        yield sheet.problem(f"No row for {listed(absent)}. Add the missing row{'s' * (len(absent) > 1)}.")


def _state_problems(sheet: Sheet) -> Iterator[Problem]:
    for row in sheet:
        for column in sheet.header[1:]:
            if not row[column]:
                yield sheet.problem("The cell is empty. An empty cell is never taken for a No: write yes, no or unclear.", row, column)
            elif row[column].lower() not in STATES:
                yield sheet.problem(f"{shown(row[column])} is not a code. Write yes, no or unclear.", row, column)


def _total_problems(sheet: Sheet, name: str, known: Known) -> Iterator[Problem]:
    """Counts of Yes against those the review prints or states; an unclear cell leaves room."""
    printed = known.metadata.printed_totals.get(name, {})
    cells = {(row["model"], column): row[column].lower() for row in sheet for column in sheet.header[1:]}
    for axis, position in (("rows", 0), ("columns", 1)):
        for label, total in printed.get(axis, {}).items():
            states = [state for key, state in cells.items() if key[position] == label]
            at = next((row for row in sheet if row["model"] == label), None) if axis == "rows" else None
            if not states:
                yield Problem(FILE, 0, 0, f"printed_totals of {name} names {shown(label)}, which is not among its {axis}. Mend the name or delete it.")
            elif not states.count("yes") <= total <= states.count("yes") + states.count("unclear"):
                yield sheet.problem(
                    f"{states.count('yes')} Yes are coded for {label}, but the review gives {total}. Find the cell that was coded wrongly, or mend printed_totals in {FILE}.",
                    at,
                    label if axis == "columns" else None,
                )


def _nature_problems(sheet: Sheet, known: Known) -> Iterator[Problem]:
    yield from _item_problems(sheet, known)
    for rating in known.metadata.ratings:
        allowed = [*rating.level_ids, NOT_STATED]
        certainty = f"{rating.name}_certainty"
        for row in sheet:
            if row[rating.name] not in allowed:
                yield sheet.problem(f"{shown(row[rating.name])} is not a level of {rating.name}. {did_you_mean(row[rating.name], allowed)}", row, rating.name)
            if row[certainty] not in CERTAINTIES:
                yield sheet.problem(f"{shown(row[certainty])} is not a degree of certainty. Use one of: {', '.join(CERTAINTIES)}.", row, certainty)


def _references_problems(sheet: Sheet) -> Iterator[Problem]:
    yield from _twice(sheet, ("number",))
    for position, row in enumerate(sheet, start=1):
        if row["number"] != str(position):
            yield sheet.problem(f"The number is {shown(row['number'])} where {position} is expected. Number the references 1, 2, 3 and so on.", row, "number")
        if not row["printed"]:
            yield sheet.problem("The reference as printed is missing. Copy it from the review.", row, "printed")


def _evidence_problems(sheets: Mapping[str, Sheet], known: Known) -> Iterator[Problem]:
    """Every Yes and every stated rating has its sentence; a No and a rating not stated have none."""
    sheet = sheets["evidence"]
    certainties: dict[tuple[str, str, str], str] = {}
    rated = {(row["model"], rating.name): row[f"{rating.name}_certainty"] for row in sheets.get(NATURE, ()) for rating in known.metadata.ratings}
    yield from _twice(sheet, ("table", "model", "feature", "quote"))
    for row in sheet:
        yield from _unknown_place(sheet, row, known)
        yield from _reference_problems(sheet, row, known)
        yield from _quote_problems(sheet, row, needed=True)
        if not row["section"]:
            yield sheet.problem("The section is empty. Write the heading under which the quote stands.", row, "section")
        if row["certainty"] not in CERTAINTIES:
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
            yield sheet.problem(f"The certainty is {row['certainty']}, but an earlier row of the same cell says {first}. A cell has one certainty.", row, "certainty")
        if row["table"] == NATURE and row["certainty"] != rated.get(cell[1:]):
            yield sheet.problem(f"The certainty is {row['certainty']}, but nature.csv says {rated.get(cell[1:])}. Make them the same.", row, "certainty")
    for cell, value in known.coded.items():
        if value not in ("no", "unclear", NOT_STATED) and cell not in certainties and cell[0] in sheets:
            at = next((row for row in sheets[cell[0]] if row["model"] == cell[1]), None)
            yield sheets[cell[0]].problem(f"Coded {value} without evidence. Add its quote to evidence.csv, or mend the code.", at, cell[2])


def _alternatives_problems(sheet: Sheet, known: Known) -> Iterator[Problem]:
    levels = {rating.name: [*rating.level_ids, NOT_STATED] for rating in known.metadata.ratings}
    yield from _twice(sheet, ("table", "model", "feature", "alternative"))
    for row in sheet:
        yield from _unknown_place(sheet, row, known)
        yield from _quote_problems(sheet, row, needed=False)
        coded = known.coded.get((row["table"], row["model"], row["feature"]))
        allowed = levels.get(row["feature"], []) if row["table"] == NATURE else [*STATES]
        if coded is not None and row["value"] != coded:
            yield sheet.problem(f"The value is {shown(row['value'])}, but the cell is coded {shown(coded)}. Make them the same.", row, "value")
        if allowed and row["alternative"] not in allowed:
            yield sheet.problem(f"{shown(row['alternative'])} is not a possible code. {did_you_mean(row['alternative'], allowed)}", row, "alternative")
        elif row["alternative"] == row["value"]:
            yield sheet.problem("The alternative is the same as the value. Write the other reading, or delete the row.", row, "alternative")
        if not row["reason"]:
            yield sheet.problem("The reason is empty. Say in a sentence why a careful reader could choose this.", row, "reason")


def _claims_problems(sheet: Sheet) -> Iterator[Problem]:
    yield from _twice(sheet, ("id",))
    for row in sheet:
        yield from _quote_problems(sheet, row, needed=True)
        for column in ("id", "section", "check", "expected"):
            if not row[column]:
                yield sheet.problem(f"The {column} is empty. Write one.", row, column)


def _coder_problems(sheet: Sheet, name: str, known: Known) -> Iterator[Problem]:
    """A coder's raw file: the same rows, columns and codes as the review's own."""
    if name in ("evidence", "alternatives"):
        missing = [column for column in COLUMNS[name] if column not in sheet.header]
        if missing:
            yield sheet.problem(f"The column {listed(missing)} is missing. Add what is missing to row 1.")
        else:
            for row in sheet:
                yield from _unknown_place(sheet, row, known)
        return
    wanted = rating_columns(known.metadata) if name == NATURE else ("model", *known.features.get(name, ()))
    if set(sheet.header) != set(wanted):
        yield sheet.problem(f"The columns are not those of {name}.csv: {listed(sorted(set(sheet.header) ^ set(wanted)))} stand in only one of the two.")
    elif name == NATURE:
        yield from _nature_problems(sheet, known)
    else:
        yield from _item_problems(sheet, known)
        yield from _state_problems(sheet)


def _twice(sheet: Sheet, columns: Iterable[str]) -> Iterator[Problem]:
    columns = tuple(columns)
    counts: Counter[tuple[str, ...]] = Counter()
    for row in sheet:
        key = tuple(row[column] for column in columns)
        counts[key] += 1
        if counts[key] == 2 and any(key):
            yield sheet.problem(f"{listed([shown(part, 30) for part in key])} is there twice. Delete or mend one row.", row, columns[-1] if len(columns) == 1 else None)


def _unknown_item(sheet: Sheet, row: Row, known: Known) -> Iterator[Problem]:
    if row["model"] not in known.items:
        yield sheet.problem(f"There is no {known.metadata.item.singular} {shown(row['model'])}. {did_you_mean(row['model'], known.items)}", row, "model")


def _unknown_place(sheet: Sheet, row: Row, known: Known) -> Iterator[Problem]:
    """The table, item and feature a row of evidence or alternatives speaks of."""
    features = dict(known.features)
    if known.metadata.ratings:
        features[NATURE] = tuple(rating.name for rating in known.metadata.ratings)
    yield from _unknown_item(sheet, row, known)
    if row["table"] not in features:
        yield sheet.problem(f"There is no table {shown(row['table'])}. {did_you_mean(row['table'], features)}", row, "table")
    elif row["feature"] not in features[row["table"]]:
        hint = did_you_mean(row["feature"], features[row["table"]])
        yield sheet.problem(f"There is no feature {shown(row['feature'])} in the table {row['table']}. {hint}", row, "feature")


def _reference_problems(sheet: Sheet, row: Row, known: Known) -> Iterator[Problem]:
    for number in row["references"].split():
        if not number.isdecimal():
            yield sheet.problem(f"{shown(number)} is not a reference number. Separate numbers by spaces and write ranges out: 9 10 11 12.", row, "references")
        elif known.references is not None and number not in known.references:
            yield sheet.problem(f"Reference {number} is not in references.csv. Mend the number, or add the reference.", row, "references")


def _quote_problems(sheet: Sheet, row: Row, needed: bool) -> Iterator[Problem]:
    words = len(row["quote"].replace(" ... ", " ").split())
    if needed and not words:
        yield sheet.problem("The quote is empty. Copy the words that carry the coding.", row, "quote")
    elif words > MOST_QUOTE_WORDS:
        yield sheet.problem(f"The quote has {words} words. Shorten it to {MOST_QUOTE_WORDS}; join two pieces with ' ... '.", row, "quote")
