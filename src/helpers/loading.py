"""How does a folder of CSV files become a checked review?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd

from .csvfiles import Sheet, read_sheet
from .identifiers import with_identifiers
from .metadata import FILE, Metadata, TableInfo, read_metadata
from .problems import Problem, ReviewError
from .review import Review
from .validation import COLUMNS, NATURE, NEEDED, OPTIONAL_COLUMNS, problems_of, rating_columns


def load_review(folder: str | Path) -> Review:
    """Load a review folder and check everything in it at once.

    Parameters
    ----------
    folder : str or Path
        A folder as described in data/README.md. It needs one features table; every other file is optional.

    Returns
    -------
    Review

    Raises
    ------
    ReviewError
        With every problem found, each with its file, row and column.
    """
    folder = Path(folder)
    if not folder.is_dir():
        what = "is a file, not a folder" if folder.exists() else "does not exist"
        raise ReviewError([Problem(str(folder), 0, 0, f"The review folder {what}. Check the path.")])
    metadata = read_metadata(folder) or _default_metadata(folder)
    sheets, problems = _read_sheets(folder, metadata)
    coders, coder_problems = _read_coders(folder, metadata)
    problems += coder_problems
    if not problems:
        sheets = with_identifiers(sheets, [table.name for table in metadata.tables])
        problems += problems_of(metadata, sheets, coders)
    if problems:
        raise ReviewError(problems)
    return _review(folder, metadata, sheets, coders)


def _default_metadata(folder: Path) -> Metadata:
    """A folder without datapackage.json: every CSV that is not one of the known files is a features table."""
    taken = {*COLUMNS, NATURE}
    names = sorted(path.stem for path in folder.glob("*.csv") if path.stem not in taken and not path.name.startswith((".", "~")))
    if not names:
        workbook = next((path.name for path in sorted(folder.glob("*.xls*"))), None)
        hint = f'{workbook} is an Excel workbook: in Excel choose "Save as", then "CSV UTF-8".' if workbook else "Check the path."
        raise ReviewError([Problem(str(folder), 0, 0, f"There is neither {FILE} nor a features table (.csv) in this folder. {hint}")])
    default = Metadata(folder.name, folder.name)
    return replace(default, tables=tuple(TableInfo(name, name.replace("_", " ").capitalize(), default.feature) for name in names))


def _read_sheets(folder: Path, metadata: Metadata) -> tuple[dict[str, Sheet], list[Problem]]:
    sheets: dict[str, Sheet] = {}
    problems: list[Problem] = []
    tables = [table.name for table in metadata.tables]
    for name in dict.fromkeys([*tables, *COLUMNS, NATURE]):
        path = folder / f"{name}.csv"
        if path.exists() and (name != NATURE or metadata.ratings):
            try:
                sheets[name] = read_sheet(path).with_columns(
                    [column for column in COLUMNS[name] if column not in NEEDED[name]] if name in NEEDED else ()
                )
            except ReviewError as error:
                problems += error.problems
        elif name in tables:
            problems.append(Problem(path.name, 0, 0, f"The file is missing, but {FILE} names it as a features table. Add it, or mend {FILE}."))
        elif name == NATURE and metadata.ratings:
            problems.append(
                Problem(path.name, 0, 0, f"The file is missing, but {FILE} describes ratings. Add it, or delete the ratings from {FILE}.")
            )
    return sheets, problems


def _read_coders(folder: Path, metadata: Metadata) -> tuple[dict[str, dict[str, Sheet]], list[Problem]]:
    coders: dict[str, dict[str, Sheet]] = {}
    problems: list[Problem] = []
    for place in sorted(path for path in (folder / "coders").glob("*") if path.is_dir()):
        for name in [*(table.name for table in metadata.tables), *([NATURE] if metadata.ratings else []), "evidence", "alternatives"]:
            path = place / f"{name}.csv"
            if path.exists():
                try:
                    coders.setdefault(place.name, {})[name] = read_sheet(path, f"coders/{place.name}/{path.name}")
                except ReviewError as error:
                    problems += error.problems
    return coders, problems


def _review(folder: Path, metadata: Metadata, sheets: dict[str, Sheet], coders: dict[str, dict[str, Sheet]]) -> Review:
    """Sheets that passed every check, as labelled frames in the review's order."""
    models = sheets["models"].to_frame().set_index("id")
    items = list(models.index)
    features = sheets["features"].to_frame().set_index("id")
    order = {table.name: [*features.index[features["table"] == table.name]] for table in metadata.tables}
    return Review(
        folder=folder,
        metadata=metadata,
        models=models,
        features=features,
        tables={name: _states(sheets[name], items, order[name]) for name in order},
        nature=_ratings(sheets[NATURE], items, metadata) if NATURE in sheets else pd.DataFrame(index=models.index),
        coders={
            coder: {
                **{name: _states(sheet, items, order[name]) for name, sheet in own.items() if name in order},
                **({NATURE: _ratings(own[NATURE], items, metadata)} if NATURE in own else {}),
                **{name: _rows(name, own) for name in ("evidence", "alternatives") if name in own},
            }
            for coder, own in coders.items()
        },
        sheets=sheets,
        notes=tuple(note for sheet in sheets.values() for note in sheet.notes),
        **{name: _rows(name, sheets) for name in ("evidence", "alternatives", "references", "claims")},
    )


def _rows(name: str, sheets: dict[str, Sheet]) -> pd.DataFrame:
    columns = [*COLUMNS[name], *OPTIONAL_COLUMNS.get(name, ())]
    return sheets[name].to_frame().reindex(columns=columns, fill_value="") if name in sheets else pd.DataFrame(columns=columns, dtype=object)


def _states(sheet: Sheet, items: list[str], features: list[str]) -> pd.DataFrame:
    return sheet.to_frame().set_index("model").loc[items, features].apply(lambda column: column.str.lower())


def _ratings(sheet: Sheet, items: list[str], metadata: Metadata) -> pd.DataFrame:
    return sheet.to_frame().set_index("model").loc[items, [*rating_columns(metadata)[1:]]]
