"""The ledger as a page: each conclusion with what it says, whether it was planned, what checks it, and how few changes overturn it."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from ..plotting import TextColumn, draw_text_table, new_page, text_table_height, wrap
from ..plotting.page import crop, footed, longest_piece, text_height, write
from ..problems import some
from ..review import Review
from ..sensitivity import fragility
from ..sensitivity.conclusions import in_words
from ..style import MARGIN_MM
from .conclusions import Shaken, fewest
from .recipe import Recipe

FOOT = 20.0  # for note and source


class _Page(Shaken):
    """One row a conclusion, or one row a claim."""

    columns: tuple[TextColumn, ...]

    def fits(self, review: Review) -> bool:
        data, wide = self.values(review), sum(column.width for column in self.columns) <= self.width - 2 * MARGIN_MM
        cells = [pair for row in self._texts(data) for pair in zip(self.columns, row, strict=True)]
        torn = any(longest_piece(text) > column.width - 4 for column, text in cells if column.align == "left")
        return wide and not torn and text_table_height(self.columns, self._texts(data), list(data["about"])) < self.height - FOOT

    def data(self, review: Review) -> pd.DataFrame:
        frame = fragility(review).to_frame()
        frame = frame[frame.index.str.startswith("claim.") == self._of_claims()].reset_index()
        tested = frame["listed_tried"] + frame["other_tried"] > 0
        rows = pd.DataFrame(
            {
                "id": frame["id"],
                "about": frame["about"] if not self._of_claims() else "",
                "question": frame["question"],
                "value": frame["state"],
                "planned": frame["planned"].map({"yes": "planned", "no": "post hoc"}),
                "finding": frame["finding"],
                "fewest": [fewest(row) if known else "no code decides it" for row, known in zip(frame.itertuples(), tested, strict=True)],
                "example": ["; ".join(in_words(review, change) for change in changes) for changes in frame["example"]],
            }
        )
        return rows

    def draw(self, review: Review, data: pd.DataFrame) -> Figure:
        figure, page = new_page(self.width, self.height)
        y = draw_text_table(page, self.columns, self._texts(data), list(data["about"]), MARGIN_MM, MARGIN_MM)
        note = wrap(self._note(review), self.width - 2 * MARGIN_MM)
        write(page, MARGIN_MM, y + 2, note, va="top")
        crop(page, footed(page, y + 2 + text_height(note) + 1.5, review.metadata.credit))
        return figure

    def caption(self, review: Review, data: pd.DataFrame) -> str:
        return f"{self.title(review)}. {self.pattern(review, data)} {self._note(review)}{self.unclear_note(review)}{self.credit(review)}"

    def pattern(self, review: Review, data: pd.DataFrame) -> str:
        weak = int((data["fewest"] == "1").sum())
        return f"{weak} of {len(data)} rows are overturned by one change of a code."

    def numbers(self, review: Review, data: pd.DataFrame) -> str:
        rows = [": ".join([cells[0], f"{'; '.join(cells[1:-1])}; fewest changes: {cells[-1]}"]) for cells in self._texts(data)]
        return f"A table of {len(data)} rows. {'. '.join(some(rows, most=40))}."

    def _of_claims(self) -> bool:
        return False

    def _texts(self, data: pd.DataFrame) -> list[tuple[str, ...]]:
        return [(f"{row.question}: {row.value}", row.planned, _changes(row)) for row in data.itertuples()]

    def _note(self, review: Review) -> str:
        return (
            "Planned: fixed before the table was read; nothing was registered. Post hoc: the subject was picked from the results. Fewest changes: of "
            "codes, with an example in brackets."
        )


class ConclusionLedger(_Page):
    """What is concluded from the tables."""

    id = "fig31_ledger"
    columns = (
        TextColumn("What is concluded", 92),
        TextColumn("Planned?", 16),
        TextColumn("Fewest changes that overturn it", 64),
    )

    def title(self, review: Review) -> str:
        return "The ledger of conclusions"


class ClaimLedger(_Page):
    """What the review itself says in countable sentences."""

    id = "fig32_ledger_of_claims"
    columns = (TextColumn("What the review says", 104), TextColumn("In the tables", 22), TextColumn("Fewest changes that overturn it", 46))

    def lacking(self, review: Review) -> str:
        return "claims.csv, with the countable sentences of the review" if not len(review.claims) else super().lacking(review)

    def title(self, review: Review) -> str:
        return "The ledger of the review’s own claims"

    def _of_claims(self) -> bool:
        return True

    def _texts(self, data: pd.DataFrame) -> list[tuple[str, ...]]:
        return [(f"“{row.question}”", row.value, _changes(row)) for row in data.itertuples()]

    def _note(self, review: Review) -> str:
        return (
            "Each sentence is taken at its word and held against the tables by a fixed rule for counting. Fewest changes: of codes, so that the "
            "verdict is another, with an example in brackets."
        )

    def pattern(self, review: Review, data: pd.DataFrame) -> str:
        kinds = data["value"].value_counts()
        against = [f"“{row.question}”" for row in data.itertuples() if row.value == "not borne out"]
        told = f"; not borne out: {'; '.join(some(against, most=5))}" if against else ""
        return f"{kinds.get('borne out', 0)} of {len(data)} sentences are borne out by the tables{told}. {super().pattern(review, data)}"


def _changes(row) -> str:
    return f"{row.fewest} ({row.example})" if row.example else row.fewest


RECIPES: list[Recipe] = [ConclusionLedger(), ClaimLedger()]
