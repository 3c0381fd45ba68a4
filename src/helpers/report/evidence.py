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
from .behind import MEANINGS, Behind, Code
from .markup import Html, anchor, element, folded, joined, link


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


def evidence(behind: Behind, results: Mapping[str, Any]) -> Html:
    """One part for each item: what it is, where it stands, and an entry for each of its codes.

    Parameters
    ----------
    behind : Behind
    results : mapping
        The content of results.json, to link conclusions to findings.
    """
    review, carried = behind.review, Carried.of(behind.review)
    where = {place.item: place for place in places(review)} if has_quadrants(review) else {}
    codes = [(table, feature) for table, features in behind.columns().items() for feature in features]
    parts = []
    for item in review.items:
        told = [(table, item, feature) for table, feature in codes if behind.is_told((table, item, feature))]
        entries = [_entry(behind, code, carried, results) for code in told]
        parts.append(element("section", _item(behind, item, where.get(item)), joined(entries, "\n"), class_="of-item"))
    note = "A conclusion is a sentence that a change of codes can make right or wrong." if carried.total else ""
    return joined([element("p", _about(review, behind.is_small), " ", note), *parts], "\n")


def numbers(review: Review, text: str) -> Html:
    """Reference numbers, each with a link to the reference where the review stores it."""
    known = set(review.references["number"])
    parts = [link(f"#{anchor('reference', number)}", number, class_="number") if number in known else number for number in text.split()]
    return joined([f"reference{'s' if len(parts) > 1 else ''} ", joined(parts, " ")])


def _about(review: Review, small: bool) -> str:
    item = review.metadata.item.singular
    if not small:
        return f"One part for each {item}, with an entry for each of its codes that has a quote or another reading. The others are too many to tell."
    if not len(review.evidence):
        return f"One part for each {item}, with an entry for each of its codes. This review stores no quotes."
    return f"One part for each {item}, with an entry for each of its codes and the sentence in the text that it rests on."


def _item(behind: Behind, item: str, place: Place | None) -> Html:
    """What an item is, its place on the ratings, and its features."""
    review = behind.review
    row = review.models.loc[item]
    parts = [element("h3", review.label(item), dir="auto")]
    if row.get("description"):
        parts.append(element("p", str(row["description"]), dir="auto"))
    if row.get("references"):
        parts.append(element("p", "Described with ", numbers(review, str(row["references"])), class_="quiet"))
    if place:
        parts.append(_places(behind, place))
    for name, cells in review.tables.items():
        for state, words in (("yes", "Yes"), ("unclear", "unclear")):
            have = [review.label(feature) for feature in cells if cells.at[item, feature] == state]
            if have or state == "yes":
                parts.append(element("p", element("b", f"{review.label(name)}, {words}: "), listed(have), "."))
    return element("div", *parts, id=anchor("item", item), class_="entry item")


def _places(behind: Behind, place: Place) -> Html:
    """The place on the two ratings, and each other one that a careful reader could choose."""
    x, y = axis(behind.review, "x"), axis(behind.review, "y")

    def in_words(box: Box) -> str:
        return f"{y.label}: {behind.word(NATURE, y.name, box[1])}; {mid_sentence(x.label)}: {behind.word(NATURE, x.name, box[0])}"

    rows = [element("li", in_words(place.box))]
    rows += [element("li", "possibly ", element("i", mid_sentence(in_words(box)))) for box in place.others]
    return joined([element("p", element("b", "Place on the two ratings:")), element("ul", *rows)])


def _entry(behind: Behind, code: Code, carried: Carried, results: Mapping[str, Any]) -> Html:
    table, item, feature = code
    title = f"{behind.feature(table, feature)}: {behind.word(table, feature, behind.review.code(*code))}"
    parts = [element("h4", element("span", f"{behind.review.label(item)}. ", class_="of"), title, dir="auto")]
    parts.append(element("p", _standing(behind, code), class_="quiet"))
    parts += [_quote(behind.review, row) for row in behind.quotes.get(code, ())]
    parts += [_other(behind, row) for row in behind.others.get(code, ())]
    parts.append(_hanging(code, carried, results))
    return element("div", *parts, id=behind.place(code), class_="entry")


def _standing(behind: Behind, code: Code) -> str:
    """How firmly the code stands, or why it has no quote."""
    coded, degree = behind.review.code(*code), behind.certainty(code)
    if code in behind.quotes:
        return f"{degree.capitalize()}: {MEANINGS[degree]}."
    if coded == "no":
        return f"No means “{behind.review.metadata.no_means}”; so there is no quote."
    if coded == NOT_STATED:
        return "The text does not say it; so there is no quote."
    return "No quote is stored." if behind.quotes else "This review stores no quotes."


def _quote(review: Review, row: Mapping[str, str]) -> Html:
    cited = [", ", numbers(review, row["references"])] if row["references"] else []
    return element(
        "figure",
        element("blockquote", element("p", row["quote"], dir="auto")),
        element("figcaption", f"Section “{row['section']}”", *cited),
        class_="quote",
    )


def _other(behind: Behind, other: Mapping[str, str]) -> Html:
    word = behind.word(other["table"], other["feature"], other["alternative"])
    quoted = [element("q", other["quote"], dir="auto")] if other["quote"] else []
    return element("p", element("b", f"Could also be coded {word}. "), other["reason"], " ", *quoted, class_="other")


def _hanging(code: Code, carried: Carried, results: Mapping[str, Any]) -> Html:
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
