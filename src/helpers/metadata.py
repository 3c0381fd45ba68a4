"""What does datapackage.json say about a review: its nouns, its tables, its ratings, its printed totals?"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .problems import Problem, ReviewError

FILE = "datapackage.json"
NOT_STATED = "not stated"


@dataclass(frozen=True)
class Noun:
    """A word for one and for several: `noun(1)` gives model, `noun(2)` gives models."""

    singular: str
    plural: str

    def __call__(self, count: int) -> str:
        return self.singular if count == 1 else self.plural


@dataclass(frozen=True)
class TableInfo:
    """One table of features: its file is `name`.csv."""

    name: str
    title: str
    feature: Noun


@dataclass(frozen=True)
class Level:
    """One level of a rating.

    Attributes
    ----------
    id, label : str
    collapse : str
        Which of the two halves of the quadrant it falls in.
    printed_as : str
        The word the review itself uses; differs from `id` where the level is the coders' own.
    """

    id: str
    label: str
    collapse: str
    printed_as: str


@dataclass(frozen=True)
class Rating:
    """A rating with named levels; `ordered` if their order has a meaning."""

    name: str
    label: str
    ordered: bool
    levels: tuple[Level, ...]

    @property
    def level_ids(self) -> tuple[str, ...]:
        return tuple(level.id for level in self.levels)


@dataclass(frozen=True)
class Metadata:
    """The `synopsis` object of a datapackage.json, with defaults for what it leaves out."""

    name: str
    title: str
    source: str = ""
    note: str = ""
    item: Noun = Noun("item", "items")
    feature: Noun = Noun("feature", "features")
    yes_means: str = "coded yes"
    no_means: str = "coded no"
    tables: tuple[TableInfo, ...] = ()
    ratings: tuple[Rating, ...] = ()
    quadrant: Mapping[str, str] = field(default_factory=dict)
    printed_totals: Mapping[str, Mapping[str, Mapping[str, int]]] = field(default_factory=dict)
    partial_evidence: bool = False  # a Yes may stand without a quote, a quote without its section or certainty
    longest_quote: int = 30  # words
    made_from: Mapping[str, Any] = field(default_factory=dict)  # the spreadsheet that a review was read from, and how it was understood

    @property
    def credit(self) -> str:
        """What stands under every figure: the source, and how the tables came of it. Empty if the review says neither."""
        return "; ".join(filter(None, [f"Source: {self.source}" if self.source else "", self.note]))


def read_metadata(folder: Path) -> Metadata | None:
    """The metadata of a review folder, or None if it has no datapackage.json.

    Raises
    ------
    ReviewError
        If the file is there and not usable.
    """
    path = folder / FILE
    if not path.exists():
        return None
    try:
        package = json.loads(path.read_text(encoding="utf-8-sig"))
    except json.JSONDecodeError as error:
        raise ReviewError([Problem(FILE, error.lineno, 0, f"This is not valid JSON ({error.msg}). Compare with data/priebe2014/{FILE}.")]) from None
    except RecursionError:
        raise ReviewError([Problem(FILE, 0, 0, f"This is not valid JSON (nested too deeply). Compare with data/priebe2014/{FILE}.")]) from None
    except (OSError, UnicodeDecodeError) as error:
        raise ReviewError([Problem(FILE, 0, 0, f"The file cannot be read ({error}). Save it as UTF-8 text.")]) from None
    try:
        return _metadata(folder, package)
    except (KeyError, TypeError, AttributeError, ValueError, OverflowError) as error:
        message = f'A part of the object "synopsis" is missing or of the wrong kind ({error!r}). Compare with data/priebe2014/{FILE}.'
        raise ReviewError([Problem(FILE, 0, 0, message)]) from None


def _metadata(folder: Path, package: dict[str, Any]) -> Metadata:
    synopsis = package["synopsis"]
    feature = _noun(synopsis.get("feature", {"singular": "feature", "plural": "features"}))
    tables = tuple(TableInfo(str(t["name"]), str(t["title"]), _noun(t["feature"]) if "feature" in t else feature) for t in synopsis["tables"])
    if not tables:
        raise ValueError("tables is an empty list")
    return Metadata(
        name=str(package.get("name", folder.name)),
        title=str(package.get("title", folder.name)),
        source=str(synopsis.get("source", "")),
        note=str(synopsis.get("note", "")),
        item=_noun(synopsis.get("item", {"singular": "item", "plural": "items"})),
        feature=feature,
        yes_means=str(synopsis.get("yes_means", "coded yes")),
        no_means=str(synopsis.get("no_means", "coded no")),
        tables=tables,
        ratings=tuple(_rating(name, rating) for name, rating in synopsis.get("ratings", {}).items()),
        quadrant=_quadrant(synopsis),
        printed_totals={
            table: {axis: {str(k): int(v) for k, v in counts.items()} for axis, counts in axes.items()}
            for table, axes in synopsis.get("printed_totals", {}).items()
        },
        partial_evidence=synopsis.get("evidence") == "partial",
        longest_quote=int(synopsis.get("longest_quote", 30)),
        made_from=dict(synopsis.get("made_from", {})),
    )


def _noun(words: dict[str, str]) -> Noun:
    return Noun(str(words["singular"]), str(words["plural"]))


def _rating(name: str, rating: dict[str, Any]) -> Rating:
    levels = tuple(
        Level(level["id"], level.get("label", level["id"]), level.get("collapse", level["id"]), level.get("printed_as", level["id"]))
        for level in rating["levels"]
    )
    return Rating(name, str(rating.get("label", name)), bool(rating["ordered"]), levels)


def _quadrant(synopsis: dict[str, Any]) -> dict[str, str]:
    quadrant = {axis: str(name) for axis, name in synopsis.get("quadrant", {}).items()}
    unknown = sorted(set(quadrant.values()) - set(synopsis.get("ratings", {})))
    if unknown:
        raise ValueError(f"quadrant names the rating {unknown[0]}, which is not among the ratings")
    return quadrant
