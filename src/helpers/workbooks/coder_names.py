"""By which names may a coder's file speak of a review's items, columns, ratings and levels?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..intake.coded import CodedTable
from ..intake.matching import Way, matches, way
from ..metadata import NOT_STATED, Rating
from ..problems import Problem, did_you_mean, listed, shown, some
from ..review import Review

Place = tuple[str, int, int]  # a file or sheet, row and column
Named = tuple[str, tuple[str, ...], Place]  # a name, the ids that it may stand for, and where it stands


def item_names(review: Review) -> list[Way]:
    """The names of the items, the surest first: labels, ids, short labels."""
    labels = [(name, key) for key in review.items for name in (review.label(key), f"{review.label(key)} ({key})")]
    return [way(labels), way((key, key) for key in review.items), way((review.short_label(key), key) for key in review.items)]


def feature_names(review: Review, tables: Sequence[str]) -> list[Way]:
    """The names of the features of some tables, the surest first; a table's title in brackets, which tells columns apart, may be there or not."""
    keys = [(key, review.label(table)) for table in tables for key in review.tables[table].columns]
    labels = [(review.label(key), key) for key, _ in keys]
    longer = [(f"{review.label(key)} ({more})", key) for key, title in keys for more in (title, key)]
    bare = [(review.label(key).removesuffix(f" ({title})"), key) for key, title in keys] if len(tables) == 1 else []
    shorter = [(review.short_label(key), key) for key, _ in keys]
    return [way(labels), way(longer), way((key, key) for key, _ in keys), way(bare), way(shorter)]


def level_names(rating: Rating) -> list[Way]:
    """The names of the levels of a rating, and of the level that stands where nothing is said."""
    ids = [(key, key) for key in (*rating.level_ids, NOT_STATED)]
    return [way(ids), way((level.label, level.id) for level in rating.levels)]


@dataclass(frozen=True)
class Found:
    """The review's id for each item and each column of a file's tables, and what is wrong with the names."""

    items: Mapping[str, str]
    features: Mapping[tuple[str, str], str]  # by the table's title and the heading
    problems: Sequence[Problem]


def found(review: Review, tables: Sequence[CodedTable], file: str, what: str) -> Found:
    """Whose names a file uses; `what` it is, such as a form, is said if all its names are another review's."""
    ways, everywhere = item_names(review), feature_names(review, list(review.tables))
    items = {name: matches(name, ways) for table in tables for name in table.items}
    features = {}
    for table in tables:
        own = _own_names(review, table)
        features |= {(table.title, name): matches(name, own) or matches(name, everywhere) for name in table.features}
    if not any(items.values()) and not any(features.values()):
        message = f"This is {what} for another review: none of its names stand in {review.folder.name}."
        return Found({}, {}, [Problem(file, 0, 0, message)])
    columns = [feature for table in review.tables.values() for feature in table.columns]
    first = {name: table.where.item(name, file) for table in tables[::-1] for name in table.items}
    headings = [(name, features[table.title, name], table.where.feature(name, file)) for table in tables for name in table.features]
    sheet = tables[0].where.file or file
    problems = [
        *_problems(review, [(name, keys, first[name]) for name, keys in items.items()], review.items, review.metadata.item(1), sheet),
        *_problems(review, headings, columns, "column", sheet),
    ]
    first_items = {name: keys[0] for name, keys in items.items() if keys}
    return Found(first_items, {place: keys[0] for place, keys in features.items() if keys}, problems)


def _own_names(review: Review, table: CodedTable) -> list[Way]:
    """The names of the features in the review's table of the same title, if there is one."""
    own = [one for one in review.tables if table.title and table.title.casefold() in (one.casefold(), review.label(one).casefold())]
    return feature_names(review, own) if len(own) == 1 else []


def _problems(review: Review, names: Sequence[Named], wanted: Sequence[str], what: str, file: str) -> Iterator[Problem]:
    """Names that stand for nothing, for several things, or for what another name stands for; and what no name stands for."""
    labels = [review.label(key) for key in wanted]
    first: dict[str, str] = {}
    for name, keys, place in names:
        message = ""
        if not keys:
            message = f"The review has no {what} {shown(name)}. {did_you_mean(name, labels)}".rstrip()
        elif len(keys) > 1:
            message = f"{shown(name)} may be {listed((f'{review.label(key)} ({key})' for key in keys), 'or')}. Write it as one of these."
        elif keys[0] in first:
            message = f"{shown(first[keys[0]])} and {shown(name)} stand for the same, {review.label(keys[0])}. Delete or rename one."
        else:
            first[keys[0]] = name
        if message:
            yield Problem(*place, message)
    there = {key for _, keys, _ in names for key in keys}
    absent = [review.label(key) for key in wanted if key not in there]
    if absent:
        yield Problem(file, 0, 0, f"No {what} {listed(some(map(shown, absent)), 'or')}. All coders need the same rows and columns.")
