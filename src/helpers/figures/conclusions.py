"""Which changes overturn each conclusion."""

from __future__ import annotations

from math import isnan

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from ..plotting import draw_amount_key, new_page, wrap
from ..plotting.page import crop, footed, longest_piece, text_height, write
from ..problems import some
from ..review import Review
from ..sensitivity import MOST_CHANGES, fragility, is_small_enough
from ..sensitivity.conclusions import in_words
from ..style import AMOUNT, MARGIN_MM, PAPER, RULE, SMALL_PT, TEXT_PT, readable_on
from .recipe import Recipe

MORE = 3  # stands for more than two changes
LEFT, WIDTH, HEADING = 88.5, 13.2, 5.6


class Shaken(Recipe):
    """A figure of what `helpers.sensitivity` finds."""

    notebook = "09_shake_the_table"

    def lacking(self, review: Review) -> str:
        return "" if is_small_enough(review) else f"at most {MOST_CHANGES:,} cells, each of which is changed in turn"

    def tables(self, review: Review) -> list[str]:
        return review.table_names


class ConclusionsByChange(Shaken):
    """One row a conclusion, one column a kind of change: how many of them overturn it."""

    id = "fig29_conclusions_by_change"

    def fits(self, review: Review) -> bool:
        words = self.width - 2 * MARGIN_MM - WIDTH * len(self._columns(review, self.values(review)))
        torn = max(longest_piece(self._words(row), SMALL_PT) for row in self.values(review).itertuples()) > LEFT
        return words >= LEFT and not torn and self._rows(review, self.values(review))[-1][1] < self.height - 24

    def title(self, review: Review) -> str:
        return "What overturns each conclusion"

    def data(self, review: Review) -> pd.DataFrame:
        frame = fragility(review).to_frame()
        frame = frame[~frame.index.str.startswith("claim.")].reset_index()
        example = frame["example"].map(lambda changes: "; ".join(in_words(review, change) for change in changes))
        return frame.drop(columns=["finding"]).assign(example=example)

    def draw(self, review: Review, data: pd.DataFrame) -> Figure:
        figure, page = new_page(self.width, self.height)
        rows, columns = self._rows(review, data), self._columns(review, data)
        left = self.width - MARGIN_MM - len(columns) * WIDTH
        for number, (name, cells) in enumerate(columns.items()):
            x = left + number * WIDTH
            write(page, x + WIDTH / 2, rows[0][0] - HEADING, wrap(name, WIDTH - 2, SMALL_PT), SMALL_PT, ha="center", va="bottom")
            for (top, bottom), (share, text) in zip(rows, cells, strict=True):
                face = PAPER if isnan(share) else AMOUNT(share)
                page.add_patch(Rectangle((x, top), WIDTH, bottom - top, facecolor=face, edgecolor=PAPER, linewidth=1.0, gid="share"))
                write(page, x + WIDTH / 2, (top + bottom) / 2, _in_cell(text), SMALL_PT, ha="center", color=readable_on(face))
        about = ""
        for (top, bottom), row in zip(rows, data.itertuples(), strict=True):
            page.plot([MARGIN_MM, self.width - MARGIN_MM], [bottom, bottom], color=RULE, linewidth=0.4, zorder=0)
            if row.about != about:
                write(page, MARGIN_MM, top - 1.4, row.about, TEXT_PT, weight="bold", va="baseline")
                about = row.about
            write(page, MARGIN_MM, top + 0.7, self._words(row), SMALL_PT, va="top")
        y = draw_amount_key(page, MARGIN_MM, rows[-1][1] + 3, "Share that overturn it", self.width - 2 * MARGIN_MM)
        note = wrap(self._note(review), self.width - 2 * MARGIN_MM)
        write(page, MARGIN_MM, y + 2, note, va="top")
        crop(page, footed(page, y + 2 + text_height(note) + 1.5, review.metadata.credit))
        return figure

    def caption(self, review: Review, data: pd.DataFrame) -> str:
        weak, strong = int((data["changes"] == 1).sum()), int((data["changes"] == MORE).sum())
        return (
            f"{self.title(review)}. {weak} of {len(data)} conclusions can be overturned by one change of a code, {strong} not even by two. "
            f"{self._note(review)}{self.unclear_note(review)}{self.credit(review)}"
        )

    def pattern(self, review: Review, data: pd.DataFrame) -> str:
        weak = int((data["changes"] == 1).sum())
        return f"{weak} of {len(data)} conclusions fall with one change of a code."

    def numbers(self, review: Review, data: pd.DataFrame) -> str:
        rows = [
            f"{row.question}: {row.state}; fewest changes {fewest(row)}; listed {row.listed_overturn} of {row.listed_tried}, other "
            f"{row.other_overturn} of {row.other_tried}"
            for row in data.itertuples()
        ]
        return f"A table of {len(data)} conclusions by kind of change. {'. '.join(some(rows, most=40))}."

    def _columns(self, review: Review, data: pd.DataFrame) -> dict[str, list[tuple[float, str]]]:
        item = review.metadata.item.singular
        names = {"listed": "Code changed, as listed", "other": "Code changed, any other", "items": f"One {item} left out"}
        names["features"] = f"One {review.metadata.feature.singular} left out"
        columns = {}
        for kind, name in names.items():
            tried, overturn = data[f"{kind}_tried"], data[f"{kind}_overturn"]
            columns[name] = [(b / a, f"{b} of {a}") if a else (float("nan"), "–") for a, b in zip(tried, overturn, strict=True)]
        codings = [
            (1 - row.kept, f"{100 * (1 - row.kept):.0f}%{'' if row.exact == 'yes' else ' *'}") if row.possible > 1 else (float("nan"), "–")
            for row in data.itertuples()
        ]
        columns["All listed codings at once"] = codings
        columns["Fewest changes"] = [(float("nan"), fewest(row)) for row in data.itertuples()]
        return {name: cells for name, cells in columns.items() if any(text != "–" for _, text in cells)}

    def _words(self, row) -> str:
        return wrap(f"{row.question}: {row.state}{'' if row.planned == 'yes' else ' †'}", LEFT, SMALL_PT)

    def _rows(self, review: Review, data: pd.DataFrame) -> list[tuple[float, float]]:
        """The upper and the lower edge of each row; a heading stands above the first row about something else."""
        columns = self._columns(review, data)
        heads = [wrap(name, WIDTH - 2, SMALL_PT) for name in columns]
        y, about, rows = MARGIN_MM + max(text_height(head, SMALL_PT) for head in heads), "", []
        for row, *cells in zip(data.itertuples(), *columns.values(), strict=True):
            y += HEADING if row.about != about else 0
            about = row.about
            texts = [self._words(row), *(_in_cell(text) for _, text in cells)]
            rows.append((y, y + max(text_height(text, SMALL_PT) for text in texts) + 1.2))
            y = rows[-1][1]
        return rows

    def _note(self, review: Review) -> str:
        drawn = " * Of too many, some were drawn at random." if (fragility(review).codings["exact"] == "no").any() else ""
        return (
            "Each entry: how many of the changes tried overturn the conclusion. Listed: a careful reader could code it so. Codings at once: of all "
            "ways to choose among the listed codes the share in which the conclusion is another; the ways are not equally likely, so this is no "
            f"probability. Fewest changes: exact up to two.{drawn} † Post hoc: the subject was picked from the results."
        )


def _in_cell(text: str) -> str:
    """The text of a cell, in two lines where it is too wide."""
    return wrap(text, WIDTH - 0.6, SMALL_PT)


def fewest(row) -> str:
    if row.changes < MORE:
        return str(row.changes)
    return "more than 2" if row.exact_fewest == "yes" else "more than 2 *"


RECIPES: list[Recipe] = [ConclusionsByChange()]
