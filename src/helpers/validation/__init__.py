"""Is a review folder sound? Every check says in words what is wrong, where, and what to do; nothing is mended silently.

Each function takes sheets and what is known so far, and yields problems. `review.load_review` calls `problems_of` once, at the door.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from ..csvfiles import Sheet
from ..metadata import FILE, Metadata
from ..problems import Problem, did_you_mean, listed, shown
from .evidence import alternatives_problems, claims_problems, coder_problems, evidence_problems, references_problems
from .known import CERTAINTIES, COLUMNS, NATURE, NEEDED, OPTIONAL_COLUMNS, STATES, Known, rating_columns
from .tables import ids_problems, nature_problems, table_problems, total_problems


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

    yield from ids_problems(sound, known)
    for name in sorted(set(metadata.printed_totals) - {table.name for table in metadata.tables}):
        yield Problem(FILE, 0, 0, f"printed_totals names the table {shown(name)}. {did_you_mean(name, [table.name for table in metadata.tables])}")
    for table in metadata.tables:
        if table.name in sound:
            yield from table_problems(sound[table.name], table.name, known)
            yield from total_problems(sound[table.name], table.name, known)
    if NATURE in sound:
        yield from nature_problems(sound[NATURE], known)
    if "references" in sound:
        yield from references_problems(sound["references"])
    if "evidence" in sound:
        yield from evidence_problems(sound, known)
    if "alternatives" in sound:
        yield from alternatives_problems(sound["alternatives"], known)
    if "claims" in sound:
        yield from claims_problems(sound["claims"], known)
    for tables in coders.values():
        for name, sheet in tables.items():
            yield from coder_problems(sheet, name, known)


def _column_problems(metadata: Metadata, sheets: Mapping[str, Sheet]) -> Iterator[Problem]:
    wanted = dict(COLUMNS)
    if metadata.ratings:
        wanted[NATURE] = rating_columns(metadata)
    for name, columns in wanted.items():
        if name not in sheets:
            continue
        sheet = sheets[name]
        missing = [column for column in NEEDED.get(name, columns) if column not in sheet.header]
        extra = [column for column in sheet.header if column not in columns + OPTIONAL_COLUMNS.get(name, ())]
        if missing:
            yield sheet.problem(
                f"The column{'s' * (len(missing) > 1)} {listed(missing)} {'are' if len(missing) > 1 else 'is'} missing. Add what is missing to row 1."
            )
        for column in extra:
            hint = did_you_mean(column, columns)
            yield sheet.problem(f"The column {column} is not known here. {hint if hint.startswith('Did') else 'Delete it.'}", column=column)
    for table in metadata.tables:
        sheet = sheets[table.name]
        if sheet.header[0] != "model":
            yield sheet.problem(
                f"The first column is called {shown(sheet.header[0])}. It must be called model and hold one id a row.", column=sheet.header[0]
            )
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


__all__ = ["CERTAINTIES", "COLUMNS", "NATURE", "NEEDED", "OPTIONAL_COLUMNS", "STATES", "problems_of", "rating_columns"]
