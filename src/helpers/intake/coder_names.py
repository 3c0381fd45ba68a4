"""By which names may a coder's file speak of a review's items, columns, ratings and levels?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..metadata import NOT_STATED, Rating
from ..problems import Problem, did_you_mean, listed, shown, some
from ..review import Review
from .coded import CodedTable
from .matching import Way, matches, way

Named = tuple[str, tuple[str, ...]]  # a name, and the ids that it may stand for


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
    ways = item_names(review)
    items = {name: matches(name, ways) for table in tables for name in table.items}
    features = {(table.title, name): _feature(review, table, name) for table in tables for name in table.features}
    if not any(items.values()) and not any(features.values()):
        message = f"This is {what} for another review: none of its names stand in {review.folder.name}."
        return Found({}, {}, [Problem(file, 0, 0, message)])
    columns = [feature for table in review.tables.values() for feature in table.columns]
    headings = [(name, keys) for (_, name), keys in features.items()]
    problems = [
        *_problems(review, items.items(), review.items, review.metadata.item(1), file),
        *_problems(review, headings, columns, "column", file),
        *_twice(review, items.items(), file),
        *_twice(review, headings, file),
    ]
    first_items = {name: keys[0] for name, keys in items.items() if keys}
    return Found(first_items, {place: keys[0] for place, keys in features.items() if keys}, problems)


def _feature(review: Review, table: CodedTable, name: str) -> tuple[str, ...]:
    """What a heading stands for: in the table of the same title if there is one, else in any."""
    own = [one for one in review.tables if table.title and table.title.casefold() in (one.casefold(), review.label(one).casefold())]
    within = matches(name, feature_names(review, own)) if len(own) == 1 else ()
    return within or matches(name, feature_names(review, list(review.tables)))


def _problems(review: Review, names: Iterable[Named], wanted: Sequence[str], what: str, file: str) -> list[Problem]:
    labels = [review.label(key) for key in wanted]
    names = list(names)
    strange = [name for name, keys in names if not keys]
    problems = [Problem(file, 0, 0, f"The review has no {what} {shown(name)}. {did_you_mean(name, labels)}".rstrip()) for name in strange]
    for name, keys in names:
        if len(keys) > 1:
            meant = listed((f"{review.label(key)} ({key})" for key in keys), "or")
            problems.append(Problem(file, 0, 0, f"{shown(name)} may be {meant}. Write it as one of these."))
    there = {key for _, keys in names for key in keys}
    absent = [review.label(key) for key in wanted if key not in there]
    if absent:
        problems.append(Problem(file, 0, 0, f"No {what} {listed(some(map(shown, absent)), 'or')}. All coders need the same rows and columns."))
    return problems


def _twice(review: Review, names: Iterable[Named], file: str) -> list[Problem]:
    """Two names of a file that stand for the same thing."""
    by_key: dict[str, list[str]] = {}
    for name, keys in names:
        if len(keys) == 1:
            by_key.setdefault(keys[0], []).append(name)
    return [
        Problem(file, 0, 0, f"{listed(map(shown, both))} stand for the same: {review.label(key)}. Delete or rename one.")
        for key, both in by_key.items()
        if len(both) > 1
    ]
