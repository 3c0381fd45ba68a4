"""What does a review hold on each code, in words?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from ..metadata import NOT_STATED
from ..review import Review
from ..validation import NATURE
from .markup import anchor

Code = tuple[str, str, str]  # a table, an item, a feature; "nature" and a rating
Rows = Mapping[Code, list[dict[str, str]]]
MEANINGS = {
    "explicit": "said plainly in the text",
    "hedged": "said in the text with words such as “can” or “may”",
    "inferred": "not said in so many words, but following from the text",
}

MOST_CODES = 4_000  # each with an entry of its own; more would make a page of tens of megabytes


@dataclass(frozen=True, eq=False)
class Behind:
    """A review's codes with what stands behind them, looked up once.

    Attributes
    ----------
    review : Review
    quotes : mapping of code to rows of evidence.csv
    others : mapping of code to rows of alternatives.csv
        The other codes that a careful reader could choose.
    """

    review: Review
    quotes: Rows
    others: Rows

    @classmethod
    def of(cls, review: Review) -> Behind:
        """Gather the rows of each code."""
        return cls(review, _by_code(review.evidence), _by_code(review.alternatives))

    def columns(self) -> dict[str, list[str]]:
        """The features of each table, and the ratings."""
        found = {name: list(cells.columns) for name, cells in self.review.tables.items()}
        return {**found, NATURE: [rating.name for rating in self.review.metadata.ratings]} if self.review.metadata.ratings else found

    def table(self, table: str) -> str:
        """The title of a table."""
        return "Ratings" if table == NATURE else self.review.label(table)

    def feature(self, table: str, feature: str) -> str:
        """The name of a feature or a rating."""
        return self.review.rating(feature).label if table == NATURE else self.review.label(feature)

    def word(self, table: str, feature: str, code: str) -> str:
        """Any code that a cell could have: Yes, No, unclear, or the label of a level."""
        if table == NATURE:
            return {level.id: level.label for level in self.review.rating(feature).levels}.get(code, code)
        return {"yes": "Yes", "no": "No"}.get(code, code)

    def certainty(self, code: Code) -> str:
        """How plainly the text says a code; empty where the review does not tell."""
        table, item, feature = code
        if table == NATURE:
            return str(self.review.nature.at[item, f"{feature}_certainty"]) if self.review.code(*code) != NOT_STATED else ""
        return self.quotes[code][-1]["certainty"] if code in self.quotes else ""

    def is_told(self, code: Code) -> bool:
        """Whether a code has an entry of its own: of more than MOST_CODES codes only those with something behind them."""
        return self.is_small or code in self.quotes or code in self.others

    @cached_property
    def is_small(self) -> bool:
        """Whether the codes are few enough for each to have an entry."""
        return sum(cells.size for cells in self.review.tables.values()) <= MOST_CODES

    def place(self, code: Code) -> str:
        """Where on the page stands what is behind a code."""
        table, item, feature = code
        return anchor("rating" if table == NATURE else "code", item, feature)


def _by_code(rows: pd.DataFrame) -> dict[Code, list[dict[str, str]]]:
    found: dict[Code, list[dict[str, str]]] = {}
    for row in rows.to_dict("records"):
        found.setdefault((row["table"], row["model"], row["feature"]), []).append(row)
    return found
