"""What does datapackage.json say of the files of a review, in the public format Data Package?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

import pandas as pd

from ..csvfiles import printable
from ..validation import CERTAINTIES, NATURE, STATES
from .draft import SET_ASIDE, Draft
from .quotes import TEXTS, fingerprints

Texts = Mapping[str, str]

SCHEMA = "https://datapackage.org/profiles/2.0/datapackage.json"
TITLES = {
    "models": "The items",
    "features": "The codebook",
    NATURE: "The ratings",
    "evidence": "The words behind the codes",
    "alternatives": "Other codings that a careful reader could choose",
    "references": "The references",
}
FIELDS = {
    "id": "Unique identifier",
    "label": "Full name",
    "short_label": "Name for narrow places",
    "description": "What it is",
    "references": "Numbers in references.csv, separated by spaces",
    "table": "Name of the table the feature stands in",
    "definition": "What counts as a Yes",
    "model": "Identifier in models.csv",
}
KEYS = {"models": "id", "features": "id", "references": "number"}
NEEDED = {
    "models": ("id", "label"),
    "features": ("table", "id", "label"),
    "evidence": ("table", "model", "feature", "value", "quote"),
    "alternatives": ("table", "model", "feature", "value", "alternative", "reason"),
    "references": ("number", "printed"),
}


def package_of(draft: Draft, name: str, before: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The content of datapackage.json.

    Parameters
    ----------
    draft : Draft
    name : str
        Of the review's folder.
    before : mapping, optional
        Its content as it was, with those resources that stay as they are; what the draft does not say stays.
    """
    words = draft.words
    noun = {"singular": words.feature[0], "plural": words.feature[1]}
    synopsis = {
        **({"source": words.source} if words.source else {}),
        "item": {"singular": words.item[0], "plural": words.item[1]},
        "feature": noun,
        "yes_means": words.yes_means,
        "no_means": words.no_means,
        "tables": [{"name": table, "title": title} for table, title in draft.tables.items()],
        **draft.more,
    }
    if "made_from" in draft.more and "rows_read" not in draft.more["made_from"]:
        read = {key: text for key in TEXTS if key in draft.files and (text := fingerprints(key, draft.files[key]))}
        synopsis["made_from"] = {**draft.more["made_from"], **({"rows_read": read} if read else {})}
    if before:
        synopsis = {**before["synopsis"], **synopsis, "tables": _tables(draft, before)}
    labels = {row.id: row.label for row in draft.files["features"].itertuples()}
    levels = {rating: [level["id"] for level in entry["levels"]] for rating, entry in synopsis.get("ratings", {}).items()}
    files = {key: frame for key, frame in draft.files.items() if key != SET_ASIDE}
    resources = [_resource(key, frame, draft.tables, labels, levels) for key, frame in files.items()]
    return {
        **(before or {"$schema": SCHEMA, "name": package_name(name)}),
        "title": words.title or " ".join(printable(name).split()),
        "synopsis": synopsis,
        "resources": [*resources, *(before or {}).get("resources", [])],
    }


def _tables(draft: Draft, before: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The tables; one that was there keeps its title and its own noun."""
    known = {entry["name"]: entry for entry in before["synopsis"]["tables"]}
    return [known.get(table, {"name": table, "title": title}) for table, title in draft.tables.items()]


def package_name(name: str) -> str:
    """A name as the format allows it: small Latin letters, digits and . _ -.

    >>> package_name("Meine Übersicht"), package_name("家族")
    ('meine-ubersicht', 'review')
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    found = re.sub(r"[^a-z0-9._]+", "-", plain).strip("-.") or "review"
    return found if found != "priebe2014" else "my-priebe2014"  # the review that comes with the suite keeps its name to itself


def _resource(name: str, frame: pd.DataFrame, tables: Mapping[str, str], labels: Texts, levels: Mapping[str, list[str]]) -> dict[str, Any]:
    fields = [_field(name, column, name in tables, labels, levels) for column in frame.columns]
    key = "model" if name in tables or name == NATURE else KEYS.get(name)
    schema: dict[str, Any] = {"fields": fields, "missingValues": [""], **({"primaryKey": [key]} if key else {})}
    if "model" in frame.columns:
        schema["foreignKeys"] = [{"fields": ["model"], "reference": {"resource": "models", "fields": ["id"]}}]
    return {
        "name": package_name(name) if package_name(name) == name else f"table-{list(tables).index(name) + 1}",
        "path": f"{name}.csv",
        "title": tables.get(name, TITLES.get(name, name)),
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _field(name: str, column: str, codes: bool, labels: Texts, levels: Mapping[str, list[str]]) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if column == KEYS.get(name) or (column == "model" and (codes or name == NATURE)):
        constraints = {"required": True, "unique": True}
    elif codes:
        constraints = {"required": True, "enum": list(STATES)}
    elif name == NATURE:
        constraints = {"required": True, "enum": list(CERTAINTIES) if column.endswith("_certainty") else [*levels[column], "not stated"]}
    elif column in NEEDED.get(name, ()):
        constraints = {"required": True}
    title = labels.get(column, "") if codes else FIELDS.get(column, "")
    return {"name": column, "type": "string", **({"title": title} if title else {}), **({"constraints": constraints} if constraints else {})}
