"""Which form does a second coder get, who must not see the first codes?"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from openpyxl import Workbook

from ..metadata import NOT_STATED, Rating
from ..problems import column_letters
from ..review import Review
from ..validation import CERTAINTIES, STATES
from .forms import Choice, add_sheet, block, book_bytes, empty_book
from .template import CODEBOOK, CODES, EVIDENCE, HEADINGS, MARK, RATINGS, SCALES

NOTES = (
    "Please code each thing from the text alone, without looking at anybody else's codes, and without talking about them before you have finished.",
    "Codes: write yes, no or unclear into every cell. Codebook: what counts as a Yes.",
    "Ratings, if there is such a sheet: choose one level for each thing, or not stated. Certainty: explicit (said plainly), hedged (softened in "
    "the text) or inferred (takes a step of reasoning).",
    "Evidence: the words of the text behind a Yes, if you are asked for them. They are not compared.",
    "Do not change names, headings or the titles of the sheets. Save the workbook under your name and send it back.",
)


def form_of(review: Review) -> bytes:
    """A blank form for another coder of a review, as a .xlsx file: names and rules, but no code, quote, description or reference.

    Parameters
    ----------
    review : Review
    """
    items = [review.label(item) for item in review.items]
    features = [feature for table in review.tables.values() for feature in table.columns]
    labels = [review.label(feature) for feature in features]
    last, end = len(items) + 1, column_letters(len(labels) + 1)
    book = empty_book()
    add_sheet(book, "Read me", (MARK,), [(line,) for line in (review.metadata.title, "", *NOTES)], (110,))
    codes = Choice(f"B2:{end}{last}", ",".join(STATES))
    add_sheet(book, CODES, ("Name", *labels), [(item,) for item in items], (34, 16), [codes], "B2")
    if review.metadata.ratings:
        _add_ratings(book, review.metadata.ratings, items)
    rules = [
        (review.label(feature), review.label(review.table_of(feature)), "", str(review.features.at[feature, "definition"])) for feature in features
    ]
    add_sheet(book, CODEBOOK, HEADINGS[CODEBOOK], rules, (34, 24, 20, 70))
    lists = [Choice("A2:A999", block(CODES, f"A2:A{last}")), Choice("B2:B999", block(CODES, f"B1:{end}1"), strict=False)]
    add_sheet(book, EVIDENCE, HEADINGS[EVIDENCE], (), (34, 24, 70, 24, 14, 14), [*lists, Choice("F2:F999", ",".join(CERTAINTIES))])
    return book_bytes(book)


def _add_ratings(book: Workbook, ratings: Sequence[Rating], items: Sequence[str]) -> None:
    """A sheet for the ratings, and one with the levels of each."""
    levels = [[*rating.level_ids, NOT_STATED] for rating in ratings]
    headings = [heading for rating in ratings for heading in (rating.label, certainty_of(rating))]
    lists = []
    for place, own in enumerate(levels, start=1):
        source, level, certainty = (column_letters(column) for column in (place, 2 * place, 2 * place + 1))
        lists.append(Choice(f"{level}2:{level}{len(items) + 1}", block(SCALES, f"{source}2:{source}{len(own) + 1}")))
        lists.append(Choice(f"{certainty}2:{certainty}{len(items) + 1}", ",".join(CERTAINTIES)))
    add_sheet(book, RATINGS, ("Name", *headings), [(item,) for item in items], (34, 20), lists, "B2")
    add_sheet(book, SCALES, [rating.label for rating in ratings], list(zip_longest(*levels, fillvalue="")), (24,))


def certainty_of(rating: Rating) -> str:
    """The heading of the column that says how plainly the text states a rating."""
    return f"{rating.label}: certainty"
