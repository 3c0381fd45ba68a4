"""What does the review show in a few sentences, and what does the page not show?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..review import Review
from .markup import Html, element, joined, link
from .words import Words

Results = Mapping[str, Mapping[str, Any]]
# What a reader asks first, each answered by the first of these findings that the build has.
QUESTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("What is compared?", ("start.items",)),
    ("On how many codes does it rest?", ("start.cells",)),
    ("Which features are common, and which are rare?", ("tables.columns",)),
    ("Is anything the same throughout?", ("tables.constant",)),
    ("Which two are most alike, by the share of their features that both have?", ("alike.extremes", "alike.range")),
    ("Are there groups that hold however equal distances are treated?", ("groups.certain", "groups.trees")),
    ("Which combinations of the two ratings occur?", ("place.boxes",)),
    ("How firm are these places?", ("place.firmness",)),
    ("Are they more, or less, alike than chance would make them?", ("chance.distance",)),
    ("How unusual is that?", ("chance.distance_p",)),
    ("How many codes could a careful reader choose otherwise?", ("coding.alternatives",)),
    ("What still holds if a single code is changed?", ("shake.conclusions", "shake.changes")),
)
FEWEST_ANSWERS = 3
LIMITS = (
    "Nothing here measures whether a treatment works, and more features are not better.",
    "The {items} were chosen, not drawn at random: they are no sample, and what holds for them need not hold for others.",
    "No means “{no_means}”. It does not mean that the thing is absent.",
)


def summary(results: Results, words: Words) -> Html:
    """What a reader asks first, and the findings that answer it.

    Parameters
    ----------
    results : mapping
        The content of results.json. Questions without an answer in it are left out; where hardly any is left, the first finding of each
        notebook stands instead.
    words : Words
    """
    if not results:
        return element("p", "This build states no findings.")
    told = [(question, found) for question, names in QUESTIONS if (found := next((name for name in names if name in results), None))]
    if len(told) < FEWEST_ANSWERS:
        first = {result["notebook"]: name for name, result in reversed(results.items())}
        told = [(f"{notebook_title(notebook)}:", first[notebook]) for notebook in dict.fromkeys(result["notebook"] for result in results.values())]
    explained = words.explained(*(results[name]["sentence"] for _, name in told))
    rows = [
        element(
            "div", element("dt", question), element("dd", results[name]["sentence"], " ", link(f"#{name}", "More", aria_label=f"More: {question}"))
        )
        for question, name in told
    ]
    return joined([element("dl", joined(rows, "\n"), class_="summary"), explained])


def limits(review: Review) -> Html:
    """What a reader might think the page shows, and it does not."""
    words = {"items": review.metadata.item.plural, "no_means": review.metadata.no_means}
    return element("ul", *(element("li", limit.format(**words)) for limit in LIMITS))


GENERAL = {"models": "items", "resources and relationships": "two tables", "reciprocity by expertise": "the items by two ratings"}


def notebook_title(notebook: str) -> str:
    """A notebook's file name as a heading, in words that suit every review.

    >>> notebook_title("02_read_the_tables"), notebook_title("04_group_the_models")
    ('Read the tables', 'Group the items')
    """
    title = notebook.partition("_")[2].replace("_", " ").capitalize()
    for own, general in GENERAL.items():
        title = title.replace(own, general)
    return title


def notebooks(results: Results) -> Sequence[str]:
    """The notebooks that state something, in order."""
    return list(dict.fromkeys(result["notebook"] for result in results.values()))
