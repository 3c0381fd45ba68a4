"""How alike are any two items, table by table and together, and what do they share?"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations
from math import comb

import pandas as pd

from ..problems import listed
from ..review import Review
from ..similarity import compare, exact_similarity
from .markup import Html, anchor, element, joined, link, scroller, unseen
from .shades import shade

TOGETHER = "All tables together"
MOST_ITEMS = 60  # whose pairs, 1,770 of them, a page can hold


def heatmaps(review: Review) -> Html:
    """A table of similarities for each features table and for all together; a sentence where there is nothing to compare."""
    item = review.metadata.item
    if len(review.items) < 2:
        return element("p", f"The similarities are left out: they need at least two {item.plural}.")
    if len(review.items) > MOST_ITEMS:
        too_many = f"{len(review.items)} {item.plural} make {_n_pairs(review):,} pairs, too many to look through."
        return element("p", f"The similarities are left out: {too_many} They are shown for up to {MOST_ITEMS} {item.plural}.")
    told = (
        f"The Jaccard similarity of two {item.plural} is the number of features that both have, divided by the number that at least one of them has: "
        f"0 where they share nothing, 1 where they have the same. It leaves out what neither has, because a No says only that something was not "
        f"written. The darker, the more alike."
    )
    hint = "Point at a cell, or move with the arrow keys, to see what the two share and what only one of them has, with the words behind it."
    views = [_view(review, title, tables) for title, tables in _panels(review).items()]
    return joined([
        element("p", told), element("p", hint, class_="hint"), _unclear_note(review),
        element("p", "Choose a number to read what the two share, and what only one of them has.", class_="without-script"),
        element("div", *views, class_="choices", data_legend="Show the similarity by"),
    ])  # fmt: skip


def pairs(review: Review) -> Html:
    """An entry for every two items: their similarities, what both have, and what only one of them has."""
    if len(review.items) < 2:
        return element("p", f"There are no two {review.metadata.item.plural}.")
    if len(review.items) > MOST_ITEMS:
        too_many = f"{_n_pairs(review):,} pairs are too many for a page."
        return element("p", f"Left out: {too_many} They are told for up to {MOST_ITEMS} {review.metadata.item.plural}.")
    tables = {name: review.incidence(name, unclear="no") for name in review.table_names}
    together = exact_similarity(review.incidence(review.table_names, unclear="no"))
    entries = [_pair(review, tables, together, first, second) for first, second in combinations(review.items, 2)]
    told = f"What any two {review.metadata.item.plural} share and what only one of them has, with their Jaccard similarity by each table."
    return joined([element("p", told), element("div", joined(entries, "\n"), class_="pairs")])


def pair_anchor(first: str, second: str) -> str:
    """Where on the page two items are compared; the first stands first in the review."""
    return anchor("pair", first, second)


def _n_pairs(review: Review) -> int:
    return comb(len(review.items), 2)


def _panels(review: Review) -> dict[str, list[str]]:
    panels = {review.label(name): [name] for name in review.table_names}
    return {**panels, TOGETHER: review.table_names} if len(panels) > 1 else panels


def _unclear_note(review: Review) -> Html:
    n = sum(int(cells.eq("unclear").to_numpy().sum()) for cells in review.tables.values())
    return element("p", f"{n} unclear cell{'s count' if n > 1 else ' counts'} as No here.") if n else Html("")


def _view(review: Review, title: str, tables: list[str]) -> Html:
    similarity = exact_similarity(review.incidence(tables, unclear="no"))
    heads = [element("th", review.metadata.item.singular.capitalize(), scope="col")]
    heads += [element("th", element("span", review.short_label(item), dir="auto"), scope="col") for item in review.items]
    only = tables[0] if len(tables) < len(review.tables) else None
    rows = [
        element("tr", element("th", review.label(item), scope="row", dir="auto"), *_cells(review, similarity, item, only))
        for item in review.items
    ]  # fmt: skip
    shown = element("table", element("thead", element("tr", *heads)), element("tbody", joined(rows, "\n")), class_="heatmap arrows upright")
    return element("section", element("h3", title), scroller(f"Similarities: {title}", shown), class_="choice", data_choice=title)


def _cells(review: Review, similarity: pd.DataFrame, item: str, only: str | None) -> Iterator[Html]:
    place = {name: position for position, name in enumerate(review.items)}
    for other in review.items:
        if other == item:
            yield element("td", element("span", "same", class_="self"))
            continue
        value = Fraction(similarity.at[item, other])
        colour, ink = shade(float(value))
        first, second = sorted((item, other), key=place.__getitem__)
        named = unseen(f": {review.label(item)} and {review.label(other)}")
        look = f"background:{colour};color:{ink}"
        yield element("td", link(f"#{pair_anchor(first, second)}", str(value), named, class_="show", style=look, data_table=only))


def _pair(review: Review, tables: dict[str, pd.DataFrame], together: pd.DataFrame, first: str, second: str) -> Html:
    parts = [element("h3", element("bdi", review.label(first)), " and ", element("bdi", review.label(second)))]
    if len(tables) > 1:
        parts.append(element("p", f"{TOGETHER}: {together.at[first, second]}", class_="whole"))
    parts += [_shared(review, name, incidence, first, second) for name, incidence in tables.items()]
    return element("div", *parts, id=pair_anchor(first, second), class_="entry pair", data_first=anchor("", first), data_second=anchor("", second))


def _shared(review: Review, name: str, incidence: pd.DataFrame, first: str, second: str) -> Html:
    """One table's part of a pair."""
    pair = compare(incidence, first, second)
    lines = [
        ("both", "Both", pair.both),
        ("first", f"Only {review.label(first)}", pair.only_first),
        ("second", f"Only {review.label(second)}", pair.only_second),
    ]
    rows = []
    for who, words, features in lines:
        shown = [element("span", review.label(feature), data_feature=anchor("", feature)) for feature in features]
        rows.append(
            element("div", element("dt", f"{words} ({len(features)}):"), " ", element("dd", joined(shown, "; ") if shown else "none"), data_who=who)
        )
    cells = review.tables[name]
    unclear = [review.label(feature) for feature in cells if "unclear" in (cells.at[first, feature], cells.at[second, feature])]
    note = element("p", f"Unclear for one of them or both, counted as No: {listed(unclear)}.") if unclear else Html("")
    neither = element("p", "Neither has any; counted as alike.") if not (pair.both or pair.only_first or pair.only_second) else Html("")
    title = element("p", element("b", f"{review.label(name)}: {pair.similarity()}"))
    return element("div", title, element("dl", *rows), neither, note, data_table=name)
