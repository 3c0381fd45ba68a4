"""Which identifier does a label get?"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from .csvfiles import Row, Sheet

MODELS = ("id", "label", "short_label", "description", "references")
FEATURES = ("table", "id", "label", "short_label", "definition")


def identifiers(labels: Iterable[str], taken: Iterable[str] = ()) -> list[str]:
    """Identifiers for labels, in their order: NFKC, case-folded, letters and digits of any script kept, every other run one `_`.

    Parameters
    ----------
    labels : iterable of str
    taken : iterable of str
        Identifiers that are in use already.

    Returns
    -------
    list of str
        One identifier a label, all different: where two would be equal, the later gets `_2`, `_3` and so on.

    Examples
    --------
    >>> identifiers(["Open dialogue", "De+", "De-", "Gemüse (Gruppierung)"])
    ['open_dialogue', 'de', 'de_2', 'gemüse_gruppierung']
    """
    used = set(taken)
    made = []
    for label in labels:
        base = _cleaned(label)
        name, number = base, 1
        while name in used:
            number += 1
            name = f"{base}_{number}"
        used.add(name)
        made.append(name)
    return made


def _cleaned(label: str) -> str:
    """The label with each run of other signs as one `_`; a mark, such as a vowel sign, belongs to the letter before it."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", label).casefold())
    kept = ""
    for sign in folded:
        belongs = unicodedata.category(sign).startswith("M") and kept[-1:].strip()
        kept += sign if sign.isalnum() or sign == "_" or belongs else " "
    return "_".join(kept.split()) or "_"


def with_identifiers(sheets: dict[str, Sheet], tables: Sequence[str]) -> dict[str, Sheet]:
    """Complete the sheets of a review that lists no items or no features: what its tables call them are the labels.

    Parameters
    ----------
    sheets : dict of str to Sheet
    tables : sequence of str
        Which sheets are features tables.

    Returns
    -------
    dict of str to Sheet
        With sheets "models" and "features", and the features tables naming rows and columns by id.
    """
    sheets = dict(sheets)
    items: dict[str, str] | None = None
    if "models" not in sheets:
        items = _by_label(filter(None, dict.fromkeys(_first(row) for name in tables for row in sheets[name])))
        sheets["models"] = Sheet("models.csv", MODELS, _rows(((key, label, "", "", "") for label, key in items.items()), MODELS))
    taken = {"model", *(row["id"] for row in sheets["models"] if "id" in row.cells)}
    listed: list[tuple[str, str, str, str, str]] = []
    for name in tables:
        features = {} if "features" in sheets else _by_label(sheets[name].header[1:], taken.union(row[1] for row in listed))
        known = {row[2] for row in listed}
        listed += [(name, key, f"{label} ({name})" if label in known else label, "", "") for label, key in features.items()]
        sheets[name] = _renamed(sheets[name], items, features)
    if "features" not in sheets:
        sheets["features"] = Sheet("features.csv", FEATURES, _rows(listed, FEATURES))
    return sheets


def _first(row: Row) -> str:
    return next(iter(row.cells.values()))


def _by_label(labels: Iterable[str], taken: Iterable[str] = ()) -> dict[str, str]:
    labels = list(labels)
    return dict(zip(labels, identifiers(labels, taken), strict=True))


def _renamed(sheet: Sheet, items: Mapping[str, str] | None, features: Mapping[str, str]) -> Sheet:
    """The sheet with ids for what `items` and `features` hold; its first column is called model if its rows got ids."""
    header = ("model" if items is not None else sheet.header[0], *(features.get(name, name) for name in sheet.header[1:]))
    items = items or {}
    rows = [[items.get(_first(row), _first(row)), *list(row.cells.values())[1:]] for row in sheet]
    cells = [Row(row.number, dict(zip(header, renamed, strict=True))) for row, renamed in zip(sheet, rows, strict=True)]
    return Sheet(sheet.file, header, tuple(cells), sheet.notes)


def _rows(rows: Iterable[Sequence[str]], header: Sequence[str]) -> tuple[Row, ...]:
    return tuple(Row(number, dict(zip(header, row, strict=True))) for number, row in enumerate(rows, start=2))
