"""Which quotes and other codes come, stay and go when a table is read again?

Three sides are compared: what the file holds now, what it held when it was last read (fingerprints in datapackage.json), and what stands in the
review. What was added, corrected or deleted in the file is so in the review; what was written, corrected or deleted by hand stays as it is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ..csvfiles import read_sheet
from ..metadata import NOT_STATED
from ..review import Review
from ..validation import COLUMNS, NATURE
from .draft import SET_ASIDE

PLACE = ["table", "model", "feature"]
TEXTS = {"evidence": "quote", "alternatives": "alternative"}  # what tells the rows of one code apart
NO_CODE, NOT_THERE = "fits no code", "not in the file any more"
Codes = Mapping[tuple[str, str, str], str]


@dataclass(frozen=True)
class Rows:
    """The rows of evidence or alternatives after a table was read again.

    Attributes
    ----------
    stay : DataFrame
    aside : DataFrame
        Those that go to set_aside.csv, with `file` and `why`.
    read : str
        The fingerprints of what the file holds now.
    left : int
        How many rows of the file were deleted or corrected by hand in the review, and so do not come again.
    origins : tuple of int
        For each row that stays its place among those of the file, from 0; -1 if it is not from there.
    """

    stay: pd.DataFrame
    aside: pd.DataFrame
    read: str
    left: int
    origins: tuple[int, ...]


def fingerprints(name: str, rows: pd.DataFrame) -> str:
    """A short fingerprint of each row, separated by blanks."""
    return " ".join(dict.fromkeys(_marks(name, rows)))


def _marks(name: str, rows: pd.DataFrame) -> list[str]:
    cells = rows[["model", "feature", TEXTS[name]]].itertuples(index=False, name=None)
    return [hashlib.sha256("\t".join([item, feature, *text.split()]).encode("utf-8", "replace")).hexdigest()[:10] for item, feature, text in cells]


def aside_before(review: Review) -> pd.DataFrame:
    """What was set aside earlier."""
    path = review.folder / f"{SET_ASIDE}.csv"
    columns = list(dict.fromkeys([*COLUMNS["evidence"], *COLUMNS["alternatives"], "file", "why"]))
    return read_sheet(path).with_columns(columns).to_frame()[columns] if path.exists() else pd.DataFrame(columns=columns, dtype=object)


def merged(review: Review, name: str, sheet: pd.DataFrame | None, codes: Codes, tables: Mapping[str, str], numbers: Mapping[str, str]) -> Rows:
    """The rows of a review and of the file that is read again.

    Parameters
    ----------
    review : Review
    name : str
        "evidence" or "alternatives".
    sheet : DataFrame or None
        What the file holds; None if it does not speak of this.
    codes : mapping
        Of every cell and rating, as they will be.
    tables : mapping of str to str
        The table of each feature, as it will be.
    numbers : mapping of str to str
        New numbers of references.
    """
    read = _read(review, name)
    ours, before = _prepared(getattr(review, name), name, codes, tables, numbers), aside_before(review)
    before = _prepared(before[before["file"] == name], name, codes, tables, numbers, ["why"])
    replaced = _none(ours)
    theirs, left, now = _none(ours), 0, " ".join(sorted(read))
    if sheet is not None:
        theirs, now = sheet.reindex(columns=list(COLUMNS[name]), fill_value=""), fingerprints(name, sheet)
        here = {*_marks(name, ours), *_marks(name, before)}
        taken_out = _in(theirs, name, read - here)
        left, theirs = int(taken_out.sum()), theirs[~taken_out]
        gone = read - set(now.split())
        replaced, ours = _coded(ours[_in(ours, name, gone)], codes), ours[~_in(ours, name, gone)]
        before.loc[_in(before, name, gone), "why"] = NOT_THERE
        theirs = _completed(theirs, pd.concat([ours, before]), name)
    back = before[before["why"] != NOT_THERE].drop(columns="why")
    rows = _once(pd.concat([theirs, ours, back]), name)
    stay, goes = _fitting(name, rows, codes)
    unfit = ~_fits(name, replaced)
    aside = [goes.assign(why=NO_CODE), replaced.assign(why=unfit.map({True: NO_CODE, False: NOT_THERE})), before[before["why"] == NOT_THERE]]
    places = {mark: place for place, mark in reversed([*enumerate(_marks(name, sheet))])} if sheet is not None else {}
    gone_to = _really_gone(pd.concat(aside), stay, name, sheet is not None).assign(file=name)
    return Rows(stay, gone_to, now, left, tuple(places.get(mark, -1) for mark in _marks(name, stay)))


def _read(review: Review, name: str) -> set[str]:
    """The fingerprints of what the file held when it was last read."""
    recorded = review.metadata.made_from.get("rows_read")
    text = recorded.get(name) if isinstance(recorded, dict) else ""
    return set(text.split()) if isinstance(text, str) else set()


def by_hand(review: Review, name: str, sheet: pd.DataFrame | None) -> pd.DataFrame:
    """The rows of the review that the file neither holds nor held; all of them if it does not speak of this."""
    rows = getattr(review, name)
    return rows if sheet is None else rows[~_in(rows, name, _read(review, name) | {*_marks(name, sheet)})]


def _none(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.iloc[:0]


def _in(rows: pd.DataFrame, name: str, marks: set[str]) -> pd.Series:
    return pd.Series([mark in marks for mark in _marks(name, rows)], index=rows.index, dtype=bool)


def _prepared(
    rows: pd.DataFrame, name: str, codes: Codes, tables: Mapping[str, str], numbers: Mapping[str, str], more: Iterable[str] = ()
) -> pd.DataFrame:
    """Rows of the review with the table that their feature has now, its certainty if it is a rating, and the numbers that references have now."""
    records = []
    for row in rows.reindex(columns=[*COLUMNS[name], *more], fill_value="").to_dict("records"):
        row["table"] = tables.get(row["feature"], row["table"])
        if "references" in row:
            row["references"] = renumbered(row["references"], numbers)
        if row["table"] == NATURE and "certainty" in row:
            row["certainty"] = codes.get((NATURE, row["model"], f"{row['feature']}_certainty"), row["certainty"])
        records.append(row)
    return pd.DataFrame(records, columns=[*COLUMNS[name], *more], dtype=object)


def renumbered(text: str, numbers: Mapping[str, str]) -> str:
    """Numbers of references as they are now."""
    return " ".join(numbers.get(number, number) for number in text.split())


def _completed(theirs: pd.DataFrame, ours: pd.DataFrame, name: str) -> pd.DataFrame:
    """Rows of the file; what they leave empty is as in the review."""
    known = dict(zip(_marks(name, ours), ours.to_dict("records"), strict=True))
    rows = []
    for mark, row in zip(_marks(name, theirs), theirs.to_dict("records"), strict=True):
        own: Mapping[str, Any] = known.get(mark, {})
        rows.append({column: text or own.get(column, "") for column, text in row.items()})
    return pd.DataFrame(rows, columns=list(theirs.columns), dtype=object)


def _once(rows: pd.DataFrame, name: str) -> pd.DataFrame:
    return rows[~pd.Series(_marks(name, rows), index=rows.index, dtype=object).duplicated().to_numpy()].reset_index(drop=True)


def _coded(rows: pd.DataFrame, codes: Codes) -> pd.DataFrame:
    """Rows with the code that their cell has now; empty where the cell is gone."""
    return rows.assign(value=[codes.get(place, "") for place in rows[PLACE].itertuples(index=False, name=None)])


def _fits(name: str, rows: pd.DataFrame) -> pd.Series:
    if name == "evidence":
        return ~rows["value"].isin(["", "no", NOT_STATED])
    return (rows["value"] != "") & (rows["value"] != rows["alternative"])


def _fitting(name: str, rows: pd.DataFrame, codes: Codes) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rows that fit the codes, with their code, and those that do not. All quotes of a cell have the certainty of the first that has one."""
    rows = _coded(rows, codes)
    if name == "evidence":
        said: dict[tuple[str, ...], str] = {}
        places = list(rows[PLACE].itertuples(index=False, name=None))
        for place, certainty in zip(places, rows["certainty"], strict=True):
            said[place] = said.get(place) or certainty
        rows["certainty"] = [said[place] for place in places]
    fits = _fits(name, rows)
    return rows[fits].reset_index(drop=True), rows[~fits].reset_index(drop=True)


def _really_gone(aside: pd.DataFrame, stay: pd.DataFrame, name: str, from_file: bool) -> pd.DataFrame:
    """What is set aside, each once, without what the file has only moved to another code or to a new name."""
    words, aside = "quote" if name == "evidence" else "reason", aside.reset_index(drop=True)
    moved = aside[words].isin(set(stay[words])) & (aside["why"].eq(NOT_THERE) | aside["value"].eq("")) if from_file else False
    marks = pd.Series(_marks(name, aside), index=aside.index, dtype=object)
    again = marks.isin(set(_marks(name, stay)))
    return aside[~(moved | again | marks.duplicated())].reset_index(drop=True)
