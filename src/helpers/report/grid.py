"""Where does each item stand on two ratings, and where else could it stand, on a page one can point at?"""

from __future__ import annotations

from ..metadata import NOT_STATED
from ..problems import mid_sentence
from ..quadrants import GRID, Place, axis, collapsed, has_halves, has_quadrants, levels, places
from ..review import Review
from .behind import MEANINGS
from .markup import Html, anchor, element, joined, link, scroller, unseen

MARKS = {"explicit": "●", "hedged": "◐", "inferred": "◌"}


def rating_grid(review: Review) -> Html:
    """The grid of boxes, and the quadrants its levels collapse to; a sentence where the review has no two ratings."""
    if not has_quadrants(review):
        return element("p", f"The grid is left out: it needs {GRID}.")
    x, y = (axis(review, name) for name in "xy")
    told = (
        f"Across stands {mid_sentence(x.label)}, upwards {mid_sentence(y.label)}. Both are categories and no measurements: a place inside a box "
        f"means nothing. Choose a name to read on which words its place rests."
    )
    views = [_view(review, "Every level", halves=False)]
    if has_halves(review):
        views.append(_view(review, "The quadrants", halves=True))
    return joined([element("p", told), _key(review), element("div", *views, class_="choices", data_legend="Show")])


def _key(review: Review) -> Html:
    found = {place.certainty for place in places(review)}
    which = {"explicit": "both ratings, as far as they are stated,"}
    rows = [element("li", f"{mark} {which.get(kind, 'at least one rating')} {MEANINGS[kind]}") for kind, mark in MARKS.items() if kind in found]
    if any(place.others for place in places(review)):
        rows.append(element("li", "○ ", element("i", "name"), " where a careful reader could put it instead"))
    return element("ul", *rows, class_="key")


def _view(review: Review, title: str, halves: bool) -> Html:
    """One grid: a table with the levels, or their halves, of x as columns and those of y as rows, the highest on top."""
    found = places(review)
    where = {place.item: [collapsed(review, box) if halves else box for box in (place.box, *place.others)] for place in found}
    columns, rows = levels(review, "x", halves), levels(review, "y", halves)[::-1]
    columns += [NOT_STATED] * any(box[0] == NOT_STATED for boxes in where.values() for box in boxes)
    rows += [NOT_STATED] * any(box[1] == NOT_STATED for boxes in where.values() for box in boxes)
    corner = f"{axis(review, 'y').label} by {mid_sentence(axis(review, 'x').label)}"
    head = element("tr", element("th", corner, scope="col"), *(element("th", _level(review, "x", c), scope="col") for c in columns))
    body = [
        element("tr", element("th", _level(review, "y", row), scope="row"), *(_box(review, found, where, (c, row)) for c in columns))
        for row in rows
    ]  # fmt: skip
    shown = element("table", element("thead", head), element("tbody", *body), class_="grid")
    note = element("p", "Halves put levels together, and hide differences; compare with every level.") if halves else Html("")
    return element("section", element("h3", title), note, scroller(f"Grid: {title}", shown), class_="choice", data_choice=title)


def _level(review: Review, name: str, level: str) -> str:
    return {known.id: known.label for known in axis(review, name).levels}.get(level, level)


def _box(review: Review, found: list[Place], where: dict[str, list[tuple[str, str]]], box: tuple[str, str]) -> Html:
    names = [_name(review, place, at_home=True) for place in found if where[place.item][0] == box]
    names += [_name(review, place, at_home=False) for place in found if where[place.item][0] != box and box in where[place.item][1:]]
    return element("td", element("ul", *names) if names else unseen("empty"), class_="strip" if NOT_STATED in box else None)


def _name(review: Review, place: Place, at_home: bool) -> Html:
    label = review.label(place.item)
    ratings = [anchor("rating", place.item, axis(review, name).name) for name in "yx"]
    shown = [element("span", MARKS[place.certainty], aria_hidden="true"), " ", element("bdi", label)]
    if not at_home:
        shown = [element("span", "○", aria_hidden="true"), " ", element("i", element("bdi", label)), unseen(" could be here")]
    elif place.certainty != "explicit":
        shown.append(unseen(f" ({place.certainty})"))
    target = anchor("item", place.item)
    return element("li", link(f"#{target}", *shown, class_="show name", data_show=" ".join([target, *ratings])))
