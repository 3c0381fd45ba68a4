"""What changes in a review when its table is read again, and what of its evidence can stay?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from ..csvfiles import read_sheet
from ..identifiers import identifiers
from ..metadata import NOT_STATED
from ..problems import SynopsisError, counted, listed, shown, some
from ..review import Review
from ..validation import COLUMNS, NATURE
from .draft import SET_ASIDE, Draft, partial

PLACE = ["table", "model", "feature"]
MOST_CHANGES = 20


@dataclass(frozen=True)
class Update:
    """A review as it will be after its table was read again.

    Attributes
    ----------
    draft : Draft
        With every file that is to be written; `set_aside` holds the quotes and alternatives that no longer fit a code.
    changes : tuple of str
        What is different, in words; empty if nothing is.
    without_quote : int
        How many Yes have no quote, in a review that has quotes.
    same_shape : bool
        Whether rows and columns are those of before.
    """

    draft: Draft
    changes: tuple[str, ...]
    without_quote: int
    same_shape: bool


def update_of(review: Review, new: Draft) -> Update:
    """A review brought up to date with a table: its codes are those of the table, everything else stays as far as it fits.

    Rows and columns are recognised by their labels and keep their ids. A quote whose code is still Yes or unclear stays; one whose code is
    now No, or whose row or column is gone, is set aside, and comes back when its code does.

    Raises
    ------
    SynopsisError
        If the review has tables that the new one lacks.
    """
    new = _with_old_ids(review, new)
    files = {
        **new.files,
        "models": _kept_details(review.models, new.files["models"]),
        "features": _kept_details(review.features, new.files["features"]),
    }
    if NATURE not in files and len(review.nature.columns):
        files[NATURE] = _ratings(review, list(files["models"]["id"]))
        rated = review.features[review.features["table"] == NATURE].reset_index()[list(files["features"].columns)]
        files["features"] = pd.concat([files["features"], rated], ignore_index=True)
    for name in ("references", "claims"):
        if name not in files and len(getattr(review, name)):
            files[name] = getattr(review, name)
    codes = _codes(files, new.tables)
    aside = []
    for name in ("evidence", "alternatives"):
        stays, goes = _fitting(name, _all_rows(review, new, name), codes)
        aside.append(goes.assign(file=name))
        if len(stays) or name in new.files:
            files[name] = stays
    set_aside = pd.concat([frame for frame in aside if len(frame)] or aside[:1]).fillna("").reset_index(drop=True)
    if len(set_aside) or (review.folder / f"{SET_ASIDE}.csv").exists():
        files[SET_ASIDE] = set_aside
    changes = (*_changes(review, files, new.tables), *_of_quotes(review, files, set_aside))
    shape = [list(files["models"]["id"]), *(list(files[name].columns[1:]) for name in review.table_names)]
    before = [review.items, *(list(review.tables[name].columns) for name in review.table_names)]
    same = sorted(map(sorted, shape)) == sorted(map(sorted, before)) and len(new.tables) == len(review.tables)
    without = _without_quote(files, new.tables)
    more = {**new.more, **(partial(files["evidence"]) if without else {})}
    return Update(replace(new, files=files, more=more), changes, without, same)


def _with_old_ids(review: Review, new: Draft) -> Draft:
    """The new draft with the ids and table names that the review already uses for the same labels."""
    old_tables = {review.label(name): name for name in review.table_names}
    alone = len(old_tables) == len(new.tables) == 1
    tables = {name: review.table_names[0] if alone else old_tables.get(title, name) for name, title in new.tables.items()}
    absent = [name for name in review.table_names if name not in tables.values()]
    if absent:
        raise SynopsisError(
            f"The file does not hold the table {listed(absent)} of this review. Name all its sheets with --sheet, or make a new review."
        )
    items = _ids(new.files["models"], review.models, set())
    features = _ids(new.files["features"], review.features, {"model", *items.values()})
    files = {}
    for name, frame in new.files.items():
        renamed = frame.rename(columns=features) if name in new.tables else frame.copy()
        for column, ids in (("id", items if name == "models" else features), ("model", items), ("feature", features), ("table", tables)):
            if column in renamed:
                renamed[column] = renamed[column].map(lambda key, ids=ids: ids.get(key, key))
        files[tables.get(name, name)] = renamed
    titles = {tables[name]: review.label(tables[name]) if tables[name] in review.tables else title for name, title in new.tables.items()}
    return replace(new, tables=titles, files=files)


def _ids(new: pd.DataFrame, old: pd.DataFrame, taken: set[str]) -> dict[str, str]:
    """From the new ids to those in use: the old one where the label is the same, else one that is free."""
    by_label = {label.casefold(): key for key, label in old["label"].items()}
    found = {key: by_label[label.casefold()] for key, label in zip(new["id"], new["label"], strict=True) if label.casefold() in by_label}
    fresh = [key for key in new["id"] if key not in found]
    return found | dict(zip(fresh, identifiers(fresh, taken | set(old.index) | set(found.values())), strict=True))


def _kept_details(old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """The rows of models or features; what the new table does not say stays as it was."""
    old = old.reset_index().set_index("id", drop=False)
    rows = []
    for row in new.to_dict("records"):
        before = old.loc[row["id"]] if row["id"] in old.index else {}
        rows.append({column: text or before.get(column, "") for column, text in row.items()})
    return pd.DataFrame(rows, columns=list(new.columns), dtype=object)


def _ratings(review: Review, items: Sequence[str]) -> pd.DataFrame:
    """The ratings as they are; those of a new item are not stated."""
    unknown = [text for _ in review.metadata.ratings for text in (NOT_STATED, "explicit")]
    rows = [[item, *(review.nature.loc[item] if item in review.nature.index else unknown)] for item in items]
    return pd.DataFrame(rows, columns=["model", *review.nature.columns], dtype=object)


def _codes(files: Mapping[str, pd.DataFrame], tables: Mapping[str, str]) -> dict[tuple[str, str, str], str]:
    codes = {}
    for name in (*tables, *([NATURE] if NATURE in files else [])):
        for row in files[name].to_dict("records"):
            codes |= {(name, row["model"], feature): code for feature, code in row.items() if feature != "model"}
    return codes


def _all_rows(review: Review, new: Draft, name: str) -> pd.DataFrame:
    """Rows of evidence or alternatives: the new ones, then the review's, then those set aside earlier, each once."""
    frames = [new.files[name]] if name in new.files else []
    frames.append(getattr(review, name))
    path = review.folder / f"{SET_ASIDE}.csv"
    if path.exists():
        before = read_sheet(path).with_columns(["file", *COLUMNS[name]]).to_frame()
        frames.append(before[before["file"] == name])
    text = "quote" if name == "evidence" else "alternative"
    rows = pd.concat([frame.reindex(columns=list(COLUMNS[name]), fill_value="") for frame in frames])
    return rows.drop_duplicates([*PLACE, text]).reset_index(drop=True)


def _fitting(name: str, rows: pd.DataFrame, codes: Mapping[tuple[str, str, str], str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rows that fit the codes, with their code, and those that do not. All quotes of a cell have the certainty of its first."""
    rows = rows.assign(value=[codes.get(place, "") for place in rows[PLACE].itertuples(index=False, name=None)])
    if name == "evidence":
        fits = ~rows["value"].isin(["", "no", NOT_STATED])
        rows["certainty"] = rows.groupby(PLACE)["certainty"].transform("first") if len(rows) else rows["certainty"]
    else:
        fits = (rows["value"] != "") & (rows["value"] != rows["alternative"])
    return rows[fits].reset_index(drop=True), rows[~fits].reset_index(drop=True)


def _changes(review: Review, files: Mapping[str, pd.DataFrame], tables: Mapping[str, str]) -> list[str]:
    labels = {
        **dict(zip(files["models"]["id"], files["models"]["label"], strict=True)),
        **dict(zip(files["features"]["id"], files["features"]["label"], strict=True)),
    }
    items, noun = list(files["models"]["id"]), review.metadata.item
    lines = _come_and_gone(review.items, items, noun(2), review, labels)
    changed = []
    for name in tables:
        frame = files[name].set_index("model")
        old = review.tables.get(name, pd.DataFrame())
        what = f"columns of {review.titled(name) if name in review.tables else name}"
        lines += _come_and_gone(list(old.columns), list(frame.columns), what, review, labels)
        for item in frame.index.intersection(old.index, sort=False):
            for feature in frame.columns.intersection(old.columns, sort=False):
                if frame.at[item, feature] != old.at[item, feature]:
                    changed.append(f"  {labels[item]} / {labels[feature]}: {old.at[item, feature]} -> {frame.at[item, feature]}")
    if changed:
        lines += [f"{counted(len(changed), 'code')} changed:", *changed[:MOST_CHANGES]]
    if len(changed) > MOST_CHANGES:
        lines.append(f"  ... and {len(changed) - MOST_CHANGES} more.")
    return lines


def _come_and_gone(old: Sequence[str], new: Sequence[str], what: str, review: Review, labels: Mapping[str, str]) -> list[str]:
    come, gone = [labels[key] for key in new if key not in old], [review.label(key) for key in old if key not in new]
    lines = [f"{word} ({what}): {listed(some([shown(label) for label in names], 10))}." for word, names in (("New", come), ("Gone", gone)) if names]
    return lines + (["If one of these was only renamed, put its old name back: its quotes belong to the old name."] if come and gone else [])


def _of_quotes(review: Review, files: Mapping[str, pd.DataFrame], set_aside: pd.DataFrame) -> list[str]:
    lines = []
    aside_before = len(read_sheet(path).rows) if (path := review.folder / f"{SET_ASIDE}.csv").exists() else 0
    if len(set_aside) != aside_before:
        what = counted(len(set_aside), "quote or other code is", "quotes or other codes are")
        lines.append(f"{what} set aside in {SET_ASIDE}.csv, because they fit no code now.")
    for name, what in (("evidence", "quote"), ("alternatives", "other code")):
        before, after = len(getattr(review, name)), len(files.get(name, ()))
        if before != after:
            lines.append(f"{counted(after, what)} {'stands' if after == 1 else 'stand'} in {name}.csv, {before} before.")
    return lines


def _without_quote(files: Mapping[str, pd.DataFrame], tables: Mapping[str, str]) -> int:
    """How many Yes have no quote, in a review that has quotes."""
    if not len(files.get("evidence", ())):
        return 0
    quoted = set(files["evidence"][PLACE].itertuples(index=False, name=None))
    return sum(code == "yes" and place not in quoted for place, code in _codes(files, tables).items())
