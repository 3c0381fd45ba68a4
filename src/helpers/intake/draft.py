"""What is a review before it is written into a folder, and how does one come of coded tables?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from ..identifiers import FEATURES, MODELS, identifiers
from ..review import Review
from ..validation import COLUMNS, NATURE
from .coded import CodedTable
from .reading import Reading

RESERVED = {*COLUMNS, NATURE, "codes", "con", "prn", "aux", "nul"}  # other files of a review, and names that Windows keeps for itself
SET_ASIDE = "set_aside"  # quotes that fit no code, kept for a time when they do
LONGEST_QUOTE = 30
LONGEST_NAME = 40


@dataclass(frozen=True)
class Words:
    """How a review speaks of itself.

    Attributes
    ----------
    title, source : str
    item, feature : tuple of (str, str)
        Singular and plural.
    yes_means, no_means : str
    """

    title: str = ""
    source: str = ""
    item: tuple[str, str] = ("item", "items")
    feature: tuple[str, str] = ("feature", "features")
    yes_means: str = ""
    no_means: str = ""


@dataclass(frozen=True)
class Place:
    """Where the rows and columns of a file came from: the sheet, the number of each row, and each column counted from 1 (0: none)."""

    sheet: str
    rows: tuple[int, ...]
    columns: tuple[int, ...]


@dataclass(frozen=True)
class Draft:
    """A review as it will be written.

    Attributes
    ----------
    words : Words
    tables : mapping of str to str
        The title of each features table, by the name of its file.
    files : mapping of str to DataFrame
        What each CSV file will hold, by its name without ending.
    more : mapping
        Further entries of the object `synopsis` in datapackage.json.
    places : mapping of str to Place
        Where the files came from, if not from the table of codes.
    """

    words: Words
    tables: Mapping[str, str]
    files: Mapping[str, pd.DataFrame]
    more: Mapping[str, Any]
    places: Mapping[str, Place] = field(default_factory=dict)


def draft_of(reading: Reading, words: Words) -> Draft:
    """The review that a table makes: its items, its features, its codes, and the quotes that came with them."""
    items = identifiers(reading.tables[0].items)
    names = table_names(reading.tables, words)
    taken, labels, rows, files = {"model", *items}, set(), [], {}
    for name, table in zip(names, reading.tables, strict=True):
        ids = identifiers(table.features, taken)
        taken.update(ids)
        told_apart = [f"{label} ({names[name]})" if label in labels else label for label in table.features]
        labels.update(table.features)
        rows += [(name, key, label, "", "") for key, label in zip(ids, told_apart, strict=True)]
        cells = [[item, *table.row(label)] for item, label in zip(items, table.items, strict=True)]
        files[name] = pd.DataFrame(cells, columns=["model", *ids], dtype=object)
    ids_of = dict(zip(reading.tables[0].items, items, strict=True))
    evidence = [row for name, table in zip(names, reading.tables, strict=True) for row in _evidence(name, table, ids_of, files[name])]
    models = pd.DataFrame([(key, label, "", "", "") for label, key in ids_of.items()], columns=list(MODELS), dtype=object)
    files = {"models": models, "features": pd.DataFrame(rows, columns=list(FEATURES), dtype=object), **files}
    if evidence:
        files |= _with_references(pd.DataFrame(evidence, columns=list(COLUMNS["evidence"]), dtype=object))
    more = {**origin(reading), **partial(files.get("evidence", pd.DataFrame(columns=["quote"])))}
    return Draft(_with_meanings(words, reading), names, files, more)


def origin(reading: Reading) -> dict[str, Any]:
    """Where a review comes from, for its datapackage.json."""
    return {
        "made_from": {
            "file": reading.file,
            "sha256": reading.sha256,
            "choices": reading.remembered.as_record(),
            "understood": list(reading.notes),
        }
    }


def how_it_was_read(review: Review) -> list[str]:
    """How the spreadsheet was understood that a review was made from, in lines."""
    made_from = review.metadata.made_from
    if not made_from:
        return ["The tables of this review were not read from a spreadsheet: they hold yes, no and unclear, word for word."]
    return [f"Read from {made_from.get('file')}:", *(f"  {note}" for note in made_from.get("understood", ()))]


def partial(evidence: pd.DataFrame) -> dict[str, Any]:
    """That not every Yes needs a quote, and how many words the longest has where it is longer than usual."""
    longest = max((len(quote.split()) for quote in evidence["quote"]), default=0)
    return {"evidence": "partial", **({"longest_quote": longest} if longest > LONGEST_QUOTE else {})}


def table_names(tables: Sequence[CodedTable], words: Words) -> dict[str, str]:
    """The file name and the title of each table."""
    if len(tables) == 1 and not tables[0].title:
        return dict([named(words.feature[1], "Codes")])
    titles = [table.title or "Codes" for table in tables]
    keys = identifiers([title[:LONGEST_NAME] for title in titles], RESERVED - {"codes"})
    return dict(zip(keys, titles, strict=True))


def named(plural: str, otherwise: str) -> tuple[str, str]:
    """The name and title of the only table: what its features are called."""
    name = identifiers([plural[:LONGEST_NAME]])[0]
    return ("codes", otherwise) if name in RESERVED else (name, plural[:1].upper() + plural[1:])


def _evidence(name: str, table: CodedTable, ids_of: Mapping[str, str], cells: pd.DataFrame) -> Iterable[tuple[str, ...]]:
    features = dict(zip(table.features, cells.columns[1:], strict=True))
    for quote in table.quotes:
        state = table.states[quote.item, quote.feature]
        if state != "no":
            yield name, ids_of[quote.item], features[quote.feature], state, quote.certainty, quote.quote, quote.section, quote.references


def _with_references(evidence: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The evidence, its references as numbers; where a list gives them in words, they are numbered in its order."""
    numbers = evidence["references"].str.replace(r"[,;]", " ", regex=True).str.split().str.join(" ")
    if numbers.str.fullmatch(r"[\d ]*").all():
        return {"evidence": evidence.assign(references=numbers)}
    printed = [text for text in dict.fromkeys(evidence["references"]) if text]
    number = {"": "", **{text: str(place) for place, text in enumerate(printed, start=1)}}
    rows = [(number[text], *[""] * 6, text) for text in printed]
    references = pd.DataFrame(rows, columns=list(COLUMNS["references"]), dtype=object)
    return {"evidence": evidence.assign(references=evidence["references"].map(number)), "references": references}


def _with_meanings(words: Words, reading: Reading) -> Words:
    """What Yes and No mean, if nobody says: what was read for them."""
    blank_is_no = reading.choices.blank_means == "no" and not any(
        state == "no" and text not in ("", "no row") for table in reading.tables for text, state in table.understood
    )
    usual = ("marked in the table", "not marked in the table") if blank_is_no else ("coded yes", "coded no")
    return Words(words.title, words.source, words.item, words.feature, words.yes_means or usual[0], words.no_means or usual[1])
