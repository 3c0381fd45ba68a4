"""Which item, feature and table of a file is which of the review, when its table is read again?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from ..identifiers import identifiers
from ..problems import SynopsisError, listed, shown
from ..review import Review
from ..validation import NATURE
from .draft import RESERVED, Draft

Labels = Mapping[str, str]  # labels by id


def matched(new: Labels, old: Labels) -> dict[str, str]:
    """From new ids to the old ones of the same label: exactly the same if there is one, else the same but for capitals.

    >>> matched({"money": "Money", "money_2": "money"}, {"m": "money"})
    {'money_2': 'm'}
    >>> matched({"money": "Money"}, {"m": "money"})
    {'money': 'm'}
    """
    found: dict[str, str] = {}
    for way in (str, str.casefold):
        left, free = _by_label(new, found, way), _by_label(old, found.values(), way)
        found |= {keys[0]: free[label][0] for label, keys in left.items() if len(keys) == len(free.get(label, ())) == 1}
    return found


def _by_label(labels: Labels, without: Any, way: Callable[[str], str]) -> dict[str, list[str]]:
    keys = defaultdict(list)
    for key, label in labels.items():
        if key not in without:
            keys[way(label)].append(key)
    return keys


def with_old_ids(review: Review, new: Draft) -> Draft:
    """The new draft with the ids and table names that the review already uses for the same labels.

    A feature is looked for in its own table first, then among those that other tables have lost: so it may move.

    Raises
    ------
    SynopsisError
        If the review has tables that the new one lacks.
    """
    tables = _tables(review, new)
    models = new.files["models"]
    items = matched(_labels(models), dict(review.models["label"]))
    items |= _fresh(models["id"], items, {*review.models.index, *review.features.index, "model"})
    features, labels = _features(review, new, tables, set(items.values()))
    columns = {**features, **{f"{key}_certainty": f"{own}_certainty" for key, own in features.items()}}
    files = {}
    for name, frame in new.files.items():
        renamed = frame.rename(columns=columns) if name in (*new.tables, NATURE) else frame.copy()
        for column, ids in (("id", items if name == "models" else features), ("model", items), ("feature", features), ("table", tables)):
            if column in renamed:
                renamed[column] = renamed[column].map(lambda key, ids=ids: ids.get(key, key))
        files[tables.get(name, name)] = renamed
    files["features"]["label"] = [labels[key] for key in files["features"]["id"]]
    titles = {tables[name]: review.table_info(tables[name]).title if tables[name] in review.tables else title for name, title in new.tables.items()}
    return replace(new, tables=titles, files=files, more=_ratings_renamed(new.more, features))


def _tables(review: Review, new: Draft) -> dict[str, str]:
    old = {name: review.table_info(name).title for name in review.table_names}
    tables = dict(zip(new.tables, old, strict=True)) if len(old) == len(new.tables) == 1 else matched(new.tables, old)
    absent = [old[name] for name in old if name not in tables.values()]
    if absent:
        made_from = review.metadata.made_from.get("file")
        made = f" It was made from {made_from}." if made_from else ""
        raise SynopsisError(
            f"The file does not hold the table {listed(map(shown, absent))} of this review.{made} "
            "Name all its sheets with --sheet, or make a new review."
        )
    taken = {*old, *(path.stem for path in review.folder.glob("*.csv"))}
    return tables | _fresh(new.tables, tables, taken | (RESERVED - {*new.tables}))


def _fresh(keys: Any, found: Mapping[str, str], taken: set[str]) -> dict[str, str]:
    """An id that is free for each key that was not found."""
    fresh = [key for key in keys if key not in found]
    return dict(zip(fresh, identifiers(fresh, taken | set(found.values())), strict=True))


def _labels(frame: pd.DataFrame) -> dict[str, str]:
    return dict(zip(frame["id"], frame["label"], strict=True))


def _features(review: Review, new: Draft, tables: Mapping[str, str], items: set[str]) -> tuple[dict[str, str], dict[str, str]]:
    """The id of each new feature, and the label of each id: a feature of the review keeps what tells its label apart from that of another table."""
    old_tables, old_labels = dict(review.features["table"]), dict(review.features["label"])
    frame = new.files["features"]
    table_of, labels = dict(zip(frame["id"], frame["table"], strict=True)), _labels(frame)
    titles = {**new.tables, NATURE: ""}
    bare = {key: _bare(label, titles[table_of[key]]) for key, label in labels.items()}
    old_bare = {key: _bare(label, old_tables[key], *_title(review, old_tables[key])) for key, label in old_labels.items()}
    found: dict[str, str] = {}
    for name in (*new.tables, NATURE):
        own, target = {key: label for key, label in bare.items() if table_of[key] == name}, tables.get(name, name)
        found |= matched(own, {key: label for key, label in old_bare.items() if old_tables[key] == target})
    left = {key: label for key, label in bare.items() if key not in found and table_of[key] != NATURE}
    free = {key: label for key, label in old_bare.items() if key not in found.values() and old_tables[key] != NATURE}
    found |= matched(left, free)
    ids = {**found, **_fresh(labels, found, {"model", *items, *review.features.index})}
    told: dict[str, str] = {}
    for key in (*found, *(key for key in labels if key not in found)):
        apart = old_labels[found[key]].removeprefix(old_bare[found[key]]) if key in found else ""
        label = bare[key] + apart
        told[ids[key]] = f"{label} ({titles[table_of[key]]})" if label in told.values() else label
    return ids, told


def _title(review: Review, table: str) -> tuple[str, ...]:
    return (review.table_info(table).title,) if table in review.tables else ()


def _bare(label: str, *titles: str) -> str:
    """A label without the name of its table behind it: Money (People) is Money.

    >>> _bare("Money (People)", "People"), _bare("Money (People)", "Places")
    ('Money', 'Money (People)')
    """
    return next((label.removesuffix(f" ({title})") for title in titles if label.endswith(f" ({title})")), label)


def _ratings_renamed(more: Mapping[str, Any], ids: Mapping[str, str]) -> dict[str, Any]:
    renamed = dict(more)
    if "ratings" in more:
        renamed["ratings"] = {ids.get(key, key): rating for key, rating in more["ratings"].items()}
    if "quadrant" in more:
        renamed["quadrant"] = {axis: ids.get(key, key) for axis, key in more["quadrant"].items()}
    return renamed
