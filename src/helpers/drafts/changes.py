"""What is different in a review after its table was read again, in words?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from ..problems import counted, listed, mid_sentence, shown, some
from ..review import Review
from ..validation import NATURE
from .draft import SET_ASIDE, Draft, Words
from .quotes import NO_CODE, NOT_THERE, TEXTS, aside_before

MOST_CHANGES = 20
MOST_NAMED = 6
RENAMED = "If one of these was only renamed, put its old name back: its quotes belong to the old name."


def changes_of(review: Review, draft: Draft, set_aside: pd.DataFrame) -> list[str]:
    """Every difference between a review and the draft that is to take its place; empty if there is none."""
    names = _Names(review, draft)
    lines = [*_rows_and_columns(review, draft, names, set_aside), *_codes(review, draft, names), *_ratings(review, draft, names)]
    lines += _of_quotes(review, set_aside)
    for name in ("models", "features", "evidence", "alternatives", "references"):
        lines += _rows(review, draft, name, names)
    return [*lines, *_words(review, draft), *_order(review, draft)]


class _Names:
    """What items and features are called, new and old."""

    def __init__(self, review: Review, draft: Draft):
        frames = (draft.files["features"], draft.files["models"])
        self.review = review
        self.labels = {key: label for frame in frames for key, label in zip(frame["id"], frame["label"], strict=True)}

    def __getitem__(self, key: str) -> str:
        return self.labels.get(key) or self.review.label(key)


def _rows_and_columns(review: Review, draft: Draft, names: _Names, set_aside: pd.DataFrame) -> list[str]:
    """Which items and features have come, gone, or moved to another table."""
    items = list(draft.files["models"]["id"])
    lines = _come_and_gone(review.items, items, draft.words.item[1], names)
    lines += _renamed(_lost(review.items, items, "model", draft, set_aside), _by_item(review, draft), "models.csv", names)
    table_of = dict(zip(draft.files["features"]["id"], draft.files["features"]["table"], strict=True))
    moved = {key: table_of[key] for key, old in review.features["table"].items() if key in table_of and table_of[key] != old}
    for key, table in moved.items():
        if table in draft.tables:
            lines.append(f"{shown(names[key])} stands in the table {shown(draft.tables[table])} now.")
    for name, title in draft.tables.items():
        old = [key for key in review.tables.get(name, ()) if key not in moved]
        new = [key for key in draft.files[name].columns[1:] if key not in moved]
        lines += _come_and_gone(old, new, f"columns of {mid_sentence(title)}", names)
        lines += _renamed(_lost(old, new, "feature", draft, set_aside), _by_feature(review, draft, name), "features.csv", names)
    return lines


def _come_and_gone(old: Sequence[str], new: Sequence[str], what: str, names: _Names) -> list[str]:
    come, gone = [names[key] for key in new if key not in old], [names[key] for key in old if key not in new]
    return [f"{word} ({what}): {listed(some([shown(label) for label in group], 10))}." for word, group in (("New", come), ("Gone", gone)) if group]


def _lost(old: Sequence[str], new: Sequence[str], column: str, draft: Draft, set_aside: pd.DataFrame) -> tuple[list[str], list[str]]:
    """What has come and what has gone, if something belongs to an old name that the file does not bring along."""
    come, gone = [key for key in new if key not in old], [key for key in old if key not in new]
    needed = not draft.places or (set_aside[column].isin(gone) & set_aside["why"].eq(NO_CODE)).any()
    return (come, gone) if come and gone and needed else ([], [])


def _renamed(lost: tuple[list[str], list[str]], codes: Mapping[str, tuple[str, ...]], file: str, names: _Names) -> list[str]:
    """What is asked where a name may only have been changed: the codes of the old and of the new one are the same."""
    come, gone = lost
    pairs = []
    for old in gone:
        same = [new for new in come if codes.get(f"new {new}") == codes.get(f"old {old}") and codes.get(f"old {old}")]
        others = [other for other in gone if codes.get(f"old {other}") == codes.get(f"old {old}")]
        if len(same) == len(others) == 1:
            pairs.append((old, same[0]))
    if not pairs:
        return [RENAMED] if come and gone else []
    which = listed(some([f"{shown(names[old])} to {shown(names[new])}" for old, new in pairs], MOST_NAMED))
    names_too = "name" if len(pairs) == 1 else "names"
    return [
        f"Did you rename {which}? The codes are the same. If so, put the files as they were back, write the new {names_too} into {file}, "
        "column label, and update again: then quotes, rules and ratings stay with the new name."
    ]


def _by_item(review: Review, draft: Draft) -> dict[str, tuple[str, ...]]:
    """The codes of each item in the columns that are there before and after."""
    found: dict[str, tuple[str, ...]] = {}
    for name in draft.tables:
        if name in review.tables:
            new, old = draft.files[name].set_index("model"), review.tables[name]
            common = [key for key in old if key in new]
            for when, frame in (("new", new), ("old", old)):
                for item, row in zip(frame.index, frame[common].to_numpy().tolist(), strict=True):
                    found[f"{when} {item}"] = (*found.get(f"{when} {item}", ()), *row)
    return found


def _by_feature(review: Review, draft: Draft, name: str) -> dict[str, tuple[str, ...]]:
    if name not in review.tables:
        return {}
    new, old = draft.files[name].set_index("model"), review.tables[name]
    common = [item for item in old.index if item in new.index]
    return {f"{when} {key}": tuple(frame.loc[common, key]) for when, frame in (("new", new), ("old", old)) for key in frame}


def _codes(review: Review, draft: Draft, names: _Names) -> list[str]:
    """Which codes of an item and a feature that stay are others than before, in the order of the items."""
    changed = []
    before = {feature: table[feature].to_dict() for table in review.tables.values() for feature in table}
    for name in draft.tables:
        frame = draft.files[name].set_index("model")
        for feature in frame.columns:
            old = before.get(feature, {})
            for place, (item, code) in enumerate(frame[feature].items()):
                if old.get(item, code) != code:
                    changed.append((place, f"  {names[item]} / {names[feature]}: {old[item]} -> {code}"))
    lines = [line for _, line in sorted(changed, key=lambda entry: entry[0])]
    return [f"{counted(len(lines), 'code')} changed:", *_first(lines)] if lines else []


def _first(lines: Sequence[str]) -> list[str]:
    return [*lines[:MOST_CHANGES], *([f"  ... and {len(lines) - MOST_CHANGES} more."] if len(lines) > MOST_CHANGES else [])]


def _ratings(review: Review, draft: Draft, names: _Names) -> list[str]:
    """Which ratings are others than before; of a scale or an item that has come or gone, only that."""
    new = draft.files.get(NATURE, pd.DataFrame(columns=["model"])).set_index("model")
    scales = [column for column in new.columns if not column.endswith("_certainty")]
    old_scales = [rating.name for rating in review.metadata.ratings]
    lines = _come_and_gone(old_scales, scales, "scales", names)
    changed = []
    for item in new.index.intersection(review.nature.index, sort=False):
        for scale in (scale for scale in scales if scale in old_scales):
            for column in (scale, f"{scale}_certainty"):
                before, after = str(review.nature.at[item, column]), str(new.at[item, column])
                if before != after:
                    changed.append(f"  {names[item]}, {names[scale]}: {before} -> {after}")
    return lines + (
        [f"{counted(len(changed), 'rating or its certainty', 'ratings or their certainty')} changed:", *_first(changed)] if changed else []
    )


def _of_quotes(review: Review, set_aside: pd.DataFrame) -> list[str]:
    """How many quotes and other codes are set aside, if it is not as many as before."""
    lines = []
    before, what = aside_before(review), ("quote or other code is", "quotes or other codes are")
    for why, words in ((NO_CODE, "because they fit no code now"), (NOT_THERE, "because the file does not hold them any more")):
        now, then = (int(frame["why"].isin([why, ""] if why == NO_CODE else [why]).sum()) for frame in (set_aside, before))
        if now > then:
            lines.append(f"{counted(now, *what)} set aside in {SET_ASIDE}.csv, {words}.")
        elif now < then and why == NO_CODE:
            lines.append(f"{counted(now, *what) if now else 'Nothing is'} set aside in {SET_ASIDE}.csv now, {then} before.")
    return lines


def _rows(review: Review, draft: Draft, name: str, names: _Names) -> list[str]:
    """A line for a file some of whose rows are new, gone or changed; new and gone items and features are told elsewhere."""
    if name not in draft.files:
        return []
    new, old = draft.files[name], getattr(review, name)
    old = old.reset_index() if name in ("models", "features") else old
    keys = {"models": ["id"], "features": ["id"], "references": ["number"]}.get(name) or ["model", "feature", TEXTS.get(name, "")]
    ignored = {*keys, "value", "table"}
    columns = [column for column in dict.fromkeys([*new.columns, *old.columns]) if column not in ignored]
    before, after = (_keyed(frame, keys, columns) for frame in (old, new))
    changed = [key for key in after if key in before and before[key] != after[key]]
    come, gone = [key for key in after if key not in before], [key for key in before if key not in after]
    if name in ("models", "features"):
        come, gone = [], []
    told = [
        f"{counted(len(group), 'row')} {word} ({_named(group, names)})"
        for word, group in (("new", come), ("gone", gone), ("changed", changed))
        if group
    ]
    return [f"{name}.csv: {', '.join(told)}."] if told else []


def _keyed(frame: pd.DataFrame, keys: Sequence[str], columns: Sequence[str]) -> dict[tuple[str, ...], tuple[str, ...]]:
    frame = frame.reindex(columns=[*keys, *columns], fill_value="")
    rows = [tuple(" ".join(str(cell).split()) for cell in row) for row in frame.itertuples(index=False, name=None)]
    return {row[: len(keys)]: row[len(keys) :] for row in rows}


def _named(keys: Iterable[tuple[str, ...]], names: _Names) -> str:
    labels = [" / ".join(names[part] for part in key[:2]) for key in keys]
    return listed(some(dict.fromkeys(labels), MOST_NAMED))


def _words(review: Review, draft: Draft) -> list[str]:
    """Which words and scales of datapackage.json are others than before."""
    meta, words = review.metadata, draft.words
    before = Words(
        meta.title, meta.source, (meta.item.singular, meta.item.plural), (meta.feature.singular, meta.feature.plural), meta.yes_means, meta.no_means
    )
    said = {"title": "Title", "source": "Source", "item": "A row", "feature": "A column", "yes_means": "A Yes says", "no_means": "A No says"}
    lines = []
    for field, what in said.items():
        old, new = (getattr(side, field) for side in (before, words))
        if old != new:
            old, new = (", ".join(text) if isinstance(text, tuple) else text or "(nothing)" for text in (old, new))
            lines.append(f"{what}: {old} -> {new}.")
    old_scales = {
        rating.name: _scale(rating.label, rating.ordered, [(level.id, level.collapse) for level in rating.levels]) for rating in meta.ratings
    }
    for name, rating in draft.more.get("ratings", {}).items():
        levels = [(level["id"], level.get("collapse", level["id"])) for level in rating["levels"]]
        if name in old_scales and old_scales[name] != _scale(rating.get("label", name), rating["ordered"], levels):
            lines.append(f"The scale {shown(rating.get('label', name))} has other levels, halves or another order now.")
    return lines


def _scale(label: str, ordered: Any, levels: list[tuple[str, str]]) -> tuple[Any, ...]:
    return label, bool(ordered), levels


def _order(review: Review, draft: Draft) -> list[str]:
    """Whether rows or columns only stand in another order."""
    pairs = [(review.items, list(draft.files["models"]["id"]))]
    pairs += [(list(review.tables[name]), list(draft.files[name].columns[1:])) for name in draft.tables if name in review.tables]
    return ["Rows or columns stand in another order."] if any(old != new and sorted(old) == sorted(new) for old, new in pairs) else []
