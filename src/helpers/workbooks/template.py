"""Which workbook can somebody fill in who begins a review?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..intake.sheets import ABOUT_SHEET, ALTERNATIVES, ANSWERS, CODEBOOK, CODES, EVIDENCE, HEADINGS, ITEMS, MARK, RATINGS, READ_ME, REFERENCES, SCALES
from ..validation import CERTAINTIES, STATES
from .forms import ROWS, Choice, add_sheet, block, book_bytes, empty_book

if TYPE_CHECKING:
    from ..drafts.draft import Words

LAST = "AZ"  # column; drop-down lists reach so far to the right

ABOUT = {  # what is asked on the sheet About: key, question, example
    "title": ("Title of the review", "Group programmes for sleep: a review"),
    "source": ("Where it is published, to be printed under the figures (may stay empty)", "Journal, year"),
    "item": ("What one row of your table is called", "programme"),
    "items": ("What several rows are called", "programmes"),
    "feature": ("What one column of codes is called", "technique"),
    "features": ("What several columns are called", "techniques"),
    "yes_means": ("What a Yes says", "described in the report"),
    "no_means": ("What a No says", "not described in the report"),
    "scale_1": ("Name of the first scale, if you rate the rows on scales", "Reciprocity"),
    "ordered_1": ("Do the levels of the first scale have an order? yes or no", "yes"),
    "scale_2": ("Name of the second scale", "Expertise"),
    "ordered_2": ("Do the levels of the second scale have an order? yes or no", "no"),
}
NOTES = (
    "Only the sheet Codes is needed. Every other sheet may stay empty.",
    "Do not rename the sheets, nor the headings in grey. Nothing in this workbook is changed when it is read.",
    "",
    "About: what your review is called, and its words. Write into column B.",
    "Codes: one row for each thing you compare, its name in column A. One column for each question, its name in row 1. "
    "Each cell: yes, no or unclear. An empty cell is never taken for a No; you will be asked about it.",
    "Items: short names for narrow figures, what each thing is, and numbers of references. Names as in column A of Codes.",
    "Codebook: for each column of Codes what counts as a Yes. If your columns belong to two tables (such as resources and relationships), "
    "name the table of each column in column B.",
    "Scales and Ratings: up to two scales with levels of your own, such as one-way, in between, both ways. Name the scales on the sheet About, list "
    "their levels on the sheet Scales, and rate each thing on the sheet Ratings. If a level belongs to one of two halves (such as low and high), "
    "name its half. Where the text does not say, choose: not stated. Certainty: explicit (said plainly), hedged (softened in the text) or "
    "inferred (takes a step of reasoning); left empty it is explicit.",
    "Evidence: the words of the text behind a code, as many rows for a code as you like. Column: the heading of Codes, or the name of a scale.",
    "Alternatives: other codes that a careful reader could choose, with the reason.",
    "References: numbered 1, 2, 3 and so on. Other sheets name them by number, with blanks between: 3 4 9.",
    "",
    "When you have filled it in, save it and type in the folder of Synopsis (on Windows py instead of python3):",
    "python3 run.py check WORKBOOK",
    "python3 run.py new FOLDER --from WORKBOOK",
)


def template(words: Words | None = None) -> bytes:
    """The workbook to be filled in, as a .xlsx file.

    Parameters
    ----------
    words : Words, optional
        What is known of the review already; it is written on the sheet About.

    Returns
    -------
    bytes
        The same each time.
    """
    known = answers_of(words) if words else {}
    names, columns = block(CODES, f"A2:A{ROWS}"), block(CODES, f"B1:{LAST}1")
    states, certainties = ",".join(STATES), ",".join(CERTAINTIES)
    book = empty_book()
    add_sheet(book, READ_ME, (MARK,), [(line,) for line in NOTES], (110,))
    about = [(question, known.get(key, ""), example) for key, (question, example) in ABOUT.items()]
    answers = [Choice(f"B{place}", "yes,no") for place, key in enumerate(ABOUT, start=2) if key.startswith("ordered")]
    add_sheet(book, ABOUT_SHEET, ANSWERS, about, (60, 50, 40), answers)
    add_sheet(book, CODES, ("Name",), (), (34, 16), [Choice(f"B2:{LAST}{ROWS}", states)], "B2")
    add_sheet(book, ITEMS, HEADINGS[ITEMS], (), (34, 20, 60, 16), [Choice(f"A2:A{ROWS}", names)])
    add_sheet(book, CODEBOOK, HEADINGS[CODEBOOK], (), (34, 20, 20, 70), [Choice(f"A2:A{ROWS}", columns)])
    add_sheet(book, SCALES, HEADINGS[SCALES], (), (24,))
    add_sheet(book, RATINGS, HEADINGS[RATINGS], (), (34, 20, 14, 20, 14), [
        Choice(f"A2:A{ROWS}", names),
        *(Choice(f"{letter}2:{letter}{ROWS}", block(SCALES, f"{source}2:{source}20"), strict=False) for letter, source in (("B", "A"), ("D", "C"))),
        *(Choice(f"{letter}2:{letter}{ROWS}", certainties) for letter in "CE"),
    ])  # fmt: skip
    both = [Choice(f"A2:A{ROWS}", names), Choice(f"B2:B{ROWS}", columns, strict=False)]
    add_sheet(book, EVIDENCE, HEADINGS[EVIDENCE], (), (34, 24, 70, 24, 14, 14), [*both, Choice(f"F2:F{ROWS}", certainties)])
    add_sheet(book, ALTERNATIVES, HEADINGS[ALTERNATIVES], (), (34, 24, 16, 50, 50), both)
    add_sheet(book, REFERENCES, HEADINGS[REFERENCES], (), (10, 30, 8, 40, 30, 10, 12, 60))
    return book_bytes(book)


def answers_of(words: Words) -> dict[str, str]:
    """What the sheet About would say of a review's words; the nouns that stand where nothing is said are left out."""
    nouns = {"item": words.item, "feature": words.feature}
    said = {name: pair for name, pair in nouns.items() if pair != (name, f"{name}s")}
    numbers = {key: text for name, (one, several) in said.items() for key, text in ((name, one), (f"{name}s", several))}
    return {"title": words.title, "source": words.source, **numbers, "yes_means": words.yes_means, "no_means": words.no_means}
