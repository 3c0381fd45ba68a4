"""What is a review before it is written into a folder, and how does one come of coded tables?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from ..identifiers import FEATURES, MODELS, identifiers
from ..intake.choices import Choices
from ..intake.coded import CodedTable
from ..intake.reading import Reading
from ..metadata import FILE
from ..problems import Problem, ReviewError, SynopsisError, listed, shown
from ..review import Review
from ..validation import COLUMNS, NATURE

SET_ASIDE = "set_aside"  # quotes that fit no code, kept for a time when they do
WINDOWS = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))}  # names it keeps for itself
RESERVED = {*COLUMNS, NATURE, SET_ASIDE, "codes", *WINDOWS}  # other files of a review
USUAL = {"yes": ("marked in the table", "coded yes"), "no": ("not marked in the table", "coded no")}  # what a code means if nobody says
LONGEST_QUOTE = 30
LONGEST_NAME = 40
BY_HAND = -1


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
    """Where the rows and columns of a file came from: the sheet, the number of each row, and each column counted from 1 (0: none).

    A row that is not from the sheet has the number `BY_HAND`.
    """

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
        told_apart = [f"{label} ({names[name]})" if label.casefold() in labels else label for label in table.features]
        labels.update(label.casefold() for label in table.features)
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
    understood = made_from.get("understood")
    return [f"Read from {made_from.get('file')}:", *(f"  {note}" for note in (understood if isinstance(understood, list) else ()))]


def decided(review: Review) -> Choices:
    """What was decided about the spreadsheet that a review was made from.

    Raises
    ------
    ReviewError
        If somebody has changed it so that it cannot be understood.
    """
    record = review.metadata.made_from.get("choices", {})
    wrong = [] if isinstance(record, dict) else [("choices", "an object in braces")]
    for name, value in record.items() if isinstance(record, dict) else ():
        several = name in ("sheets", "yes", "no", "unclear")
        sound = isinstance(value, list) and all(isinstance(word, str) for word in value) if several else isinstance(value, str)
        if name in Choices.__dataclass_fields__ and not sound:
            wrong.append((f"choices, {name}", "a list of texts" if several else "a text"))
        elif name == "blank_means" and value not in ("", "no", "unclear"):
            wrong.append((f"choices, {name}", '"no" or "unclear"'))
    if wrong:
        raise ReviewError([Problem(FILE, 0, 0, f'The entry "made_from", {name}, is not {kind}. Mend it or delete it.') for name, kind in wrong])
    return Choices().or_else(record)


def partial(evidence: pd.DataFrame) -> dict[str, Any]:
    """That not every Yes needs a quote, and how many words the longest has where it is longer than usual."""
    longest = max((len(quote.split()) for quote in evidence["quote"]), default=0)
    return {"evidence": "partial", **({"longest_quote": longest} if longest > LONGEST_QUOTE else {})}


def table_names(tables: Sequence[CodedTable], words: Words) -> dict[str, str]:
    """The file name and the title of each table."""
    if len(tables) == 1 and not tables[0].title:
        return dict([named(words.feature[1], "Codes")])
    titles = [table.title or "Codes" for table in tables]
    once: dict[str, str] = {}
    for title in titles:
        if (other := once.setdefault(title.casefold(), title)) != title or titles.count(title) > 1:
            same = "the same" if other == title else "the same but for capitals"
            raise SynopsisError(
                f"Two tables are called {same}: {shown(other)} and {shown(title)}. Give both exactly one name if they are one, or two."
            )
    bases = [title[:LONGEST_NAME] for title in titles]
    return dict(zip(identifiers(bases, RESERVED - {"codes"}), titles, strict=True))


def alike(titles: Sequence[str]) -> list[str]:
    """A line for tables whose names differ only in signs, and so may be meant as one.

    >>> alike(["A-", "A+", "B"])
    ['The names of the tables "A-" and "A+" differ only in signs; they were read as different tables.']
    """
    groups: dict[str, list[str]] = {}
    for title in titles:
        groups.setdefault(identifiers([title])[0], []).append(title)
    return [
        f"The names of the tables {listed(map(shown, group))} differ only in signs; they were read as different tables."
        for group in groups.values()
        if len(group) > 1
    ]


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
    """What Yes and No mean, if nobody says: the words that were told for them, or what was read."""
    blank_is_no = reading.choices.blank_means == "no" and not any(
        state == "no" and text not in ("", "no row") for table in reading.tables for text, state in table.understood
    )
    yes, no = (USUAL[state][0 if blank_is_no else 1] for state in ("yes", "no"))
    if reading.choices.yes:
        yes = f"coded {listed(reading.choices.yes, 'or')}"
    if reading.choices.no:
        no = f"coded {listed(reading.choices.no, 'or')}"
    return replace(words, yes_means=words.yes_means or yes, no_means=words.no_means or no)
