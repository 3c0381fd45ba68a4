"""Which form does a second coder get, who must not see the first codes?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from openpyxl import Workbook

from ..intake.matching import one_line
from ..intake.sheets import CODEBOOK, CODES, EVIDENCE, FORM_MARK, HEADINGS, RATINGS, READ_ME, SCALES
from ..metadata import NOT_STATED
from ..problems import column_letters
from ..review import Review
from ..validation import CERTAINTIES, STATES
from .forms import Choice, add_sheet, block, book_bytes, empty_book

USUAL = ("coded yes", "coded no", "marked in the table", "not marked in the table")  # what stands where nobody said what Yes and No mean


def form_of(review: Review) -> bytes:
    """A blank form for another coder of a review, as a .xlsx file: names and rules, but no code, quote, description or reference.

    Parameters
    ----------
    review : Review
    """
    features = [feature for table in review.tables.values() for feature in table.columns]
    items = told_apart([review.label(item) for item in review.items], review.items)
    labels = told_apart([review.label(feature) for feature in features], [review.label(review.table_of(feature)) for feature in features], features)
    last, end = len(items) + 1, column_letters(len(labels) + 1)
    book = empty_book()
    add_sheet(book, READ_ME, (FORM_MARK,), [(line,) for line in (review.metadata.title, "", *_notes(review))], (110,))
    codes = Choice(f"B2:{end}{last}", ",".join(STATES))
    add_sheet(book, CODES, (first_heading(review, labels), *labels), [(item,) for item in items], (34, 16), [codes], "B2")
    if review.metadata.ratings:
        _add_ratings(book, review, items)
    rules = [
        (label, review.label(review.table_of(feature)), "", str(review.features.at[feature, "definition"]))
        for feature, label in zip(features, labels, strict=True)
    ]
    add_sheet(book, CODEBOOK, HEADINGS[CODEBOOK], rules, (34, 24, 20, 70))
    lists = [Choice("A2:A999", block(CODES, f"A2:A{last}")), Choice("B2:B999", block(CODES, f"B1:{end}1"), strict=False)]
    add_sheet(book, EVIDENCE, HEADINGS[EVIDENCE], (), (34, 24, 70, 24, 14, 14), [*lists, Choice("F2:F999", ",".join(CERTAINTIES))])
    return book_bytes(book)


def has_rules(review: Review) -> bool:
    """Whether the codebook says of any column what counts as a Yes."""
    return any(str(text).strip() for text in review.features["definition"])


def told_apart(labels: Iterable[str], *more: Sequence[str]) -> list[str]:
    """Labels on one line; where some are alike but for capitals, each with what tells them apart.

    >>> told_apart(["Money", "Time", "money"], ["Means", "Means", "Ends"], ["money", "time", "money_2"])
    ['Money (Means)', 'Time', 'money (Ends)']
    """
    plain = [one_line(label) for label in labels]
    told = list(plain)
    for texts in more:
        counts = Counter(name.casefold() for name in told)
        told = [f"{label} ({text})" if counts[name.casefold()] > 1 else name for name, label, text in zip(told, plain, texts, strict=True)]
    return told


def first_heading(review: Review, others: Iterable[str]) -> str:
    """What stands above the names: Name, unless another column is called so."""
    taken = {other.casefold() for other in others}
    noun = review.metadata.item(1)
    return next(name for name in ("Name", noun.capitalize(), f"Name of the {noun}", "Row", "-") if name.casefold() not in taken)


def _notes(review: Review) -> Iterator[str]:
    meta = review.metadata
    yield (
        f"Please code each {meta.item(1)} from the text alone, without looking at anybody else's codes, and without talking about them before you "
        "have finished."
    )
    meanings = [f"{code} says: {text}." for code, text in (("Yes", meta.yes_means), ("No", meta.no_means)) if text and text not in USUAL]
    yield " ".join([f"{CODES}: write yes, no or unclear into every cell.", *meanings])
    if has_rules(review):
        yield f"{CODEBOOK}: what counts as a Yes."
    if meta.ratings:
        yield (
            f"{RATINGS}: choose one level for each {meta.item(1)}, or {NOT_STATED}. Certainty: explicit (said plainly), hedged (softened in the "
            "text) or inferred (takes a step of reasoning); left empty it is explicit."
        )
    yield f"{EVIDENCE}: the words of the text behind a Yes, if you are asked for them. They are not compared."
    yield "Do not change names, headings or the titles of the sheets. Save the workbook under your name and send it back."


def _add_ratings(book: Workbook, review: Review, items: Sequence[str]) -> None:
    """A sheet for the ratings, and one with the levels of each."""
    ratings = review.metadata.ratings
    levels = [[*rating.level_ids, NOT_STATED] for rating in ratings]
    headings = [heading for rating in ratings for heading in (one_line(rating.label), certainty_of(rating.label))]
    lists = []
    for place, own in enumerate(levels, start=1):
        source, level, certainty = (column_letters(column) for column in (place, 2 * place, 2 * place + 1))
        lists.append(Choice(f"{level}2:{level}{len(items) + 1}", block(SCALES, f"{source}2:{source}{len(own) + 1}")))
        lists.append(Choice(f"{certainty}2:{certainty}{len(items) + 1}", ",".join(CERTAINTIES)))
    add_sheet(book, RATINGS, (first_heading(review, headings), *headings), [(item,) for item in items], (34, 20), lists, "B2")
    add_sheet(book, SCALES, [rating.label for rating in ratings], list(zip_longest(*levels, fillvalue="")), (24,))


def certainty_of(label: str) -> str:
    """The heading of the column that says how plainly the text states a rating."""
    return f"{one_line(label)}: certainty"
