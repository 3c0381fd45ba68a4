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
        folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", label).casefold())
        kept = "".join(c if c.isalnum() or unicodedata.category(c).startswith("M") else " " for c in folded)
        base = "_".join(kept.split()) or "_"
        name, number = base, 1
        while name in used:
            number += 1
            name = f"{base}_{number}"
        used.add(name)
        made.append(name)
    return made


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
    if "models" not in sheets:
        ids = _by_label(dict.fromkeys(row[sheets[name].header[0]] for name in tables for row in sheets[name]))
        for name in tables:
            sheets[name] = _renamed(sheets[name], rows=ids, columns={sheets[name].header[0]: "model"})
        sheets["models"] = Sheet("models.csv", MODELS, _rows(((key, label, "", "", "") for label, key in ids.items()), MODELS))
    if "features" not in sheets:
        listed: list[tuple[str, str, str, str, str]] = []
        for name in tables:
            ids = _by_label(sheets[name].header[1:], taken=[row[1] for row in listed])
            sheets[name] = _renamed(sheets[name], columns=ids)
            listed += [(name, key, label, "", "") for label, key in ids.items()]
        sheets["features"] = Sheet("features.csv", FEATURES, _rows(listed, FEATURES))
    return sheets


def _by_label(labels: Iterable[str], taken: Iterable[str] = ()) -> dict[str, str]:
    labels = list(labels)
    return dict(zip(labels, identifiers(labels, taken), strict=True))


def _renamed(sheet: Sheet, columns: Mapping[str, str], rows: Mapping[str, str] | None = None) -> Sheet:
    """The sheet with other names for columns, and for the rows in its first column."""
    first = sheet.header[0]
    renamed = []
    for row in sheet:
        cells = {columns.get(name, name): text for name, text in row.cells.items()}
        if rows is not None:
            cells[columns.get(first, first)] = rows[row[first]]
        renamed.append(Row(row.number, cells))
    return Sheet(sheet.file, tuple(columns.get(name, name) for name in sheet.header), tuple(renamed), sheet.notes)


def _rows(rows: Iterable[Sequence[str]], header: Sequence[str]) -> tuple[Row, ...]:
    return tuple(Row(number, dict(zip(header, row, strict=True))) for number, row in enumerate(rows, start=2))
