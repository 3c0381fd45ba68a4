"""One page for a class: the first table, one pair worked out, and one pair to work out by hand."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ..plotting import box_height, draw_box, new_page, wrap
from ..plotting.page import crop, footed, text_height, unseen_page, write
from ..review import Review
from ..similarity import Pair, telling_pair
from ..style import MARGIN_MM, TITLE_PT
from .coded_tables import NARROWEST_CELL, described, draw_tables_on, laid_out, plotted_cells, tables_end
from .pair import WHOSE
from .recipe import Recipe

HEADING_PT = 12.0
LOWEST_BOX = 13.0


class Handout(Recipe):
    """Fits a sheet of A4 or letter paper."""

    id = "fig17_handout"
    notebook = "03_measure_how_alike_two_models_are"

    def lacking(self, review: Review) -> str:
        return "" if len(review.items) >= 4 else f"at least four {review.metadata.item.plural}, two for each pair"

    def fits(self, review: Review) -> bool:
        layout = laid_out(review, self.tables(review), self.width, self.height)
        if layout.cell_width < NARROWEST_CELL or layout.bottom + 4 * (LOWEST_BOX + 2) > self.height:  # two pairs, each with two rows of boxes
            return False
        return self._written(unseen_page(self.width), review, self.values(review), tables_end) <= self.height

    def tables(self, review: Review) -> list[str]:
        return [review.table_names[0]]

    def title(self, review: Review) -> str:
        return f"By hand: how alike are two {review.metadata.item.plural}?"

    def data(self, review: Review) -> pd.DataFrame:
        cells = plotted_cells(review, self.tables(review)).assign(pair="")
        for name, pair in zip(("worked out", "to work out"), self._pairs(review), strict=True):
            cells.loc[cells["item"].isin([pair.first, pair.second]), "pair"] = name
        return cells

    def draw(self, review: Review, data: pd.DataFrame) -> Figure:
        figure, page = new_page(self.width, self.height)
        crop(page, self._written(page, review, data, partial(draw_tables_on, page)))
        return figure

    def _written(self, page: Axes, review: Review, data: pd.DataFrame, draw_tables: Callable[..., float]) -> float:
        """Fill the page; how much of its height is needed, in millimetres."""
        title = wrap(self.title(review), self.width - 2 * MARGIN_MM, HEADING_PT, "bold")
        write(page, MARGIN_MM, MARGIN_MM, title, HEADING_PT, va="top", weight="bold")
        worked, own = self._pairs(review)
        y = draw_tables(review, data, self.tables(review), self.width, self.height, MARGIN_MM + text_height(title, HEADING_PT) + 1) + 7
        y = self._paragraph(page, y, self._rule(review))
        y = self._pair(page, review, y + 2, "Worked out: ", worked, answered=True)
        y = self._pair(page, review, y + 5, "Now you: ", own, answered=False)
        y = self._paragraph(page, y + 2, "Then choose a pair yourselves that you think is the most alike. Are other pairs just as alike?")
        return footed(page, y + 2, review.metadata.credit)

    def _pairs(self, review: Review) -> tuple[Pair, Pair]:
        """The pair that tells most, and the one that tells most among the other items; without unclear cells if there are enough such items."""
        incidence = self.incidence(review)
        decided = incidence[~self._unclear(review)]
        incidence = decided if len(decided) >= 4 else incidence
        first = telling_pair(incidence)
        return first, telling_pair(incidence.drop(index=[first.first, first.second]))

    def _unclear(self, review: Review) -> pd.Series:
        """Which items have an unclear cell."""
        return review.states(self.tables(review)).eq("unclear").any(axis=1)

    def _rule(self, review: Review) -> str:
        feature = review.table_info(self.tables(review)[0]).feature
        return (
            f"Take two rows. Sort every {feature.singular} into one of four boxes: both have it (a), only the first (b), only the second (c), "
            f"neither (d). The Jaccard similarity is a / (a + b + c): of the {feature.plural} that at least one of the two has, the share that "
            "both have. It runs from 0, nothing shared, to 1, the same throughout."
        )

    def _paragraph(self, page: Axes, y: float, text: str) -> float:
        lines = wrap(text, self.width - 2 * MARGIN_MM)
        write(page, MARGIN_MM, y, lines, va="top")
        return y + text_height(lines)

    def _pair(self, page: Axes, review: Review, y: float, start: str, pair: Pair, answered: bool) -> float:
        head = wrap(f"{start}{review.label(pair.first)} and {review.label(pair.second)}", self.width - 2 * MARGIN_MM, TITLE_PT, "bold")
        write(page, MARGIN_MM, y, head, TITLE_PT, va="top", weight="bold")
        y += text_height(head, TITLE_PT) + 1.5
        if self._unclear(review)[[pair.first, pair.second]].any():
            y = self._paragraph(page, y, "? counts as No here.") + 1.5
        width, counts = (self.width - 2 * MARGIN_MM - 3) / 2, pair.counts
        features = {"a": pair.both, "b": pair.only_first, "c": pair.only_second, "d": pair.neither}
        names = {box: [", ".join(map(review.label, features[box])) or "–"] if answered else [""] for box in WHOSE}
        for row in ("ab", "cd"):
            headings = [f"{box} = {counts[box] if answered else '____'}  ({WHOSE[box]})" for box in row]
            height = max(LOWEST_BOX, *(box_height(heading, names[box], width) for heading, box in zip(headings, row, strict=True)))
            for left, heading, box in zip((MARGIN_MM, MARGIN_MM + width + 3), headings, row, strict=True):
                draw_box(page, left, y, width, height, heading, names[box])
            y += height + 2
        a, b, c, similarity = (counts["a"], counts["b"], counts["c"], pair.similarity()) if answered else ["____"] * 4
        sums = f"{a} / ({a} + {b} + {c}) = {similarity}"
        line = wrap(f"Jaccard similarity = a / (a + b + c) = {sums}", self.width - 2 * MARGIN_MM, TITLE_PT)
        write(page, MARGIN_MM, y, line, TITLE_PT, va="top")
        return y + text_height(line, TITLE_PT)

    def caption(self, review: Review, data: pd.DataFrame) -> str:
        worked, own = self._pairs(review)
        return (
            f"A handout for a class: the table, the pair {review.label(worked.first)} and {review.label(worked.second)} worked out "
            f"({worked.similarity()}), and the pair {review.label(own.first)} and {review.label(own.second)} to work out (the answer is "
            f"{own.similarity()}).{self.unclear_note(review)}{self.credit(review)}"
        )

    def pattern(self, review: Review, data: pd.DataFrame) -> str:
        worked, own = self._pairs(review)
        return (
            f"A page to work on: the table, {review.label(worked.first)} with {review.label(worked.second)} worked out, and empty boxes for "
            f"{review.label(own.first)} with {review.label(own.second)}."
        )

    def numbers(self, review: Review, data: pd.DataFrame) -> str:
        worked = self._pairs(review)[0]
        counts = ", ".join(f"{box} is {count}" for box, count in worked.counts.items())
        return (
            f"{described(review, data, self.tables(review)[0])} {self._rule(review)} Worked out for {review.label(worked.first)} and "
            f"{review.label(worked.second)}: {counts}, so the similarity is {worked.similarity()}."
        )


RECIPES: list[Recipe] = [Handout()]
