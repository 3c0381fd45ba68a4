"""What stands behind each code: quotes, sections, references, other readings, and what hangs on it?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..metadata import NOT_STATED
from ..problems import listed, mid_sentence
from ..quadrants import Box, Place, axis, has_quadrants, places
from ..review import Review
from ..sensitivity import fragility, is_small_enough
from ..validation import NATURE
from .codes import MEANINGS, certainty, code_anchor, code_words, feature_label, level_words, others
from .markup import Html, anchor, element, folded, joined, link

Code = tuple[str, str, str]


@dataclass(frozen=True)
class Carried:
    """What hangs on the codes.

    Attributes
    ----------
    total : int
        How many conclusions are followed; 0 where the tables are too large to change every cell.
    by_code : mapping of (table, item, feature) to list of (str, str)
        The conclusions that a change of the code alone overturns: each in words, with the id of the finding that states it, or "".
    """

    total: int
    by_code: Mapping[Code, list[tuple[str, str]]]

    @classmethod
    def of(cls, review: Review) -> Carried:
        """Ask every conclusion about every code."""
        if not is_small_enough(review):
            return cls(0, {})
        found = fragility(review)
        told = {conclusion.id: (f"{conclusion.about}: {conclusion.question}", conclusion.finding) for conclusion in found.conclusions}
        return cls(len(told), {code: [told[name] for name in names] for code, names in found.carried().items()})


def evidence(review: Review, results: Mapping[str, Any]) -> Html:
    """One part for each item: what it is, where it stands, and an entry for each of its codes.

    Parameters
    ----------
    review : Review
    results : mapping
        The content of results.json, to link conclusions to findings.
    """
    carried = Carried.of(review)
    where = {place.item: place for place in places(review)} if has_quadrants(review) else {}
    codes = [(name, feature) for name, cells in review.tables.items() for feature in cells]
    codes += [(NATURE, rating.name) for rating in review.metadata.ratings]
    parts = []
    for item in review.items:
        entries = [_entry(review, (table, item, feature), carried, results) for table, feature in codes]
        parts.append(element("section", _item(review, item, where.get(item)), joined(entries, "\n"), class_="of-item"))
    note = "A conclusion is a sentence that a change of codes can make right or wrong." if carried.total else ""
    return joined([element("p", _about(review), " ", note), *parts], "\n")


def numbers(review: Review, text: str) -> Html:
    """Reference numbers, each with a link to the reference where the review stores it."""
    known = set(review.references["number"])
    parts = [link(f"#{anchor('reference', number)}", number, class_="number") if number in known else number for number in text.split()]
    return joined([f"reference{'s' if len(parts) > 1 else ''} ", joined(parts, " ")])


def _about(review: Review) -> str:
    item = review.metadata.item.singular
    if not len(review.evidence):
        return f"One part for each {item}, with an entry for each of its codes. This review stores no quotes."
    return f"One part for each {item}, with an entry for each of its codes and the sentence in the text that it rests on."


def _item(review: Review, item: str, place: Place | None) -> Html:
    """What an item is, its place on the ratings, and its features."""
    row = review.models.loc[item]
    parts = [element("h3", review.label(item), dir="auto")]
    if row.get("description"):
        parts.append(element("p", str(row["description"]), dir="auto"))
    if row.get("references"):
        parts.append(element("p", "Described with ", numbers(review, str(row["references"])), ".", class_="quiet"))
    if place:
        parts.append(_place_words(review, place))
    for name, cells in review.tables.items():
        for state, words in (("yes", "Yes"), ("unclear", "unclear")):
            have = [review.label(feature) for feature in cells if cells.at[item, feature] == state]
            if have or state == "yes":
                parts.append(element("p", element("b", f"{review.label(name)}, {words}: "), listed(have), "."))
    return element("div", *parts, id=anchor("item", item), class_="entry item")


def _place_words(review: Review, place: Place) -> Html:
    """The place on the two ratings, and each other one that a careful reader could choose."""

    def in_words(box: Box) -> str:
        x, y = axis(review, "x"), axis(review, "y")
        return f"{y.label}: {level_words(review, NATURE, y.name, box[1])}; {mid_sentence(x.label)}: {level_words(review, NATURE, x.name, box[0])}"

    rows = [element("li", in_words(place.box))]
    rows += [element("li", "possibly ", element("i", mid_sentence(in_words(box)))) for box in place.others]
    return element("ul", *rows)


def _entry(review: Review, code: Code, carried: Carried, results: Mapping[str, Any]) -> Html:
    table, item, feature = code
    title = f"{feature_label(review, table, feature)}: {code_words(review, *code)}"
    parts = [element("h4", element("span", f"{review.label(item)}. ", class_="of"), title, dir="auto")]
    parts.append(element("p", _standing(review, code), class_="quiet"))
    parts += [_quote(review, row) for row in review.evidence_for(*code).to_dict("records")]
    parts += [_other(review, code, other) for other in others(review, *code)]
    parts.append(_hanging(review, code, carried, results))
    return element("div", *parts, id=code_anchor(*code), class_="entry")


def _standing(review: Review, code: Code) -> str:
    """How firmly the code stands, or why it has no quote."""
    coded, degree = review.code(*code), certainty(review, *code)
    if not len(review.evidence_for(*code)):
        if coded in ("no", NOT_STATED):
            meaning = f"No means “{review.metadata.no_means}”" if coded == "no" else "The text does not say it"
            return f"{meaning}; so there is no quote."
        return "This review stores no quotes." if not len(review.evidence) else "No quote is stored."
    return f"{degree.capitalize()}: {MEANINGS.get(degree, degree)}." if degree else ""


def _quote(review: Review, row: Mapping[str, str]) -> Html:
    cited = [", ", numbers(review, row["references"])] if row["references"] else []
    return element(
        "figure",
        element("blockquote", element("p", row["quote"], dir="auto")),
        element("figcaption", f"Section “{row['section']}”", *cited),
        class_="quote",
    )


def _other(review: Review, code: Code, other: Mapping[str, str]) -> Html:
    word = level_words(review, code[0], code[2], other["alternative"])
    quoted = [element("q", other["quote"], dir="auto")] if other["quote"] else []
    return element("p", element("b", f"Could also be coded {word}. "), other["reason"], " ", *quoted, class_="other")


def _hanging(review: Review, code: Code, carried: Carried, results: Mapping[str, Any]) -> Html:
    if not carried.total:
        return Html("")
    names = carried.by_code.get(code, [])
    if code not in carried.by_code:
        return element("p", "No change of this code is tried.", class_="quiet")
    if not names:
        return element("p", f"A change of this code alone overturns none of {carried.total} conclusions.", class_="quiet")
    told = f"A change of this code alone overturns {len(names)} of {carried.total} conclusions"
    listed_ones = element("ul", *(element("li", link(f"#{name}", words) if name in results else words) for words, name in names))
    return joined([element("p", f"{told}.", class_="quiet on-paper"), folded(told, listed_ones, on_paper=False)])
