"""How many items share each two features, over all tables."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from ..incidence import co_occurrence
from ..plotting import draw_triangle, new_page, text_width
from ..plotting.page import footed, inset, text_height, wrap
from ..problems import listed, some
from ..review import Review
from ..style import MARGIN_MM, SMALL_PT
from .recipe import Recipe

FOOT = 18.0  # for the source
CELL, NAMED_CELL, SMALLEST_CELL = 9.0, 6.5, 4.6  # below NAMED_CELL short names are used


class CoOccurrence(Recipe):
    """A triangle of counts with every feature named at its corner."""

    id = "fig04_co_occurrence"
    notebook = "02_read_the_tables"

    def lacking(self, review: Review) -> str:
        return "" if sum(table.shape[1] for table in review.tables.values()) > 1 else "at least two features"

    def fits(self, review: Review) -> bool:
        return self._cell(review) >= SMALLEST_CELL

    def tables(self, review: Review) -> list[str]:
        return review.table_names

    def title(self, review: Review) -> str:
        return f"How many {review.metadata.item.plural} have both of two {review.metadata.feature.plural}"

    def data(self, review: Review) -> pd.DataFrame:
        low = co_occurrence(review.incidence(self.tables(review), unclear="no"))
        high = co_occurrence(review.incidence(self.tables(review), unclear="yes"))
        rows = [(first, second, low.at[first, second], high.at[first, second]) for i, first in enumerate(low) for second in low.columns[: i + 1]]
        return pd.DataFrame(rows, columns=["feature", "other_feature", "at_least", "at_most"])

    def draw(self, review: Review, data: pd.DataFrame) -> Figure:
        features = list(dict.fromkeys(data["feature"]))
        counts = data.pivot(index="feature", columns="other_feature", values="at_least").loc[features, features]
        words = data.assign(word=[f"{a}" if a == b else f"{a}–{b}" for a, b in zip(data["at_least"], data["at_most"], strict=True)])
        words = words.pivot(index="feature", columns="other_feature", values="word").loc[features, features].fillna("")
        pairs = counts.where(~np.eye(len(features), dtype=bool), 0)  # the colour is for pairs
        tables = [review.table_of(feature) for feature in features]
        starts = [i for i in range(1, len(features)) if tables[i] != tables[i - 1]]
        side = len(features) * self._cell(review)
        names = self._names(review)
        longest = max(map(text_width, names.values()))
        width = min(self.width, max(side + longest + 3 * MARGIN_MM, self.width * 0.6))
        note = text_height(wrap(review.metadata.credit, width - 2 * MARGIN_MM, SMALL_PT), SMALL_PT)
        figure, page = new_page(width, MARGIN_MM + side + 4 + note + MARGIN_MM)
        ax = inset(page, MARGIN_MM, MARGIN_MM, side, side)
        draw_triangle(ax, pairs.rename(index=names, columns=names).astype(float), words, pairs.max().max(), tuple(starts))
        footed(page, MARGIN_MM + side + 4, review.metadata.credit)
        return figure

    def caption(self, review: Review, data: pd.DataFrame) -> str:
        apart = self._pairs(data)
        never = int((apart["at_most"] == 0).sum())
        bounds = (
            " Two numbers are bounds where cells are unclear; the colour shows the lower one." if (data["at_least"] < data["at_most"]).any() else ""
        )
        item = review.metadata.item
        between = " Thick lines part the tables." if len(review.tables) > 1 else ""
        return (
            f"{self.title(review)}. Each number counts the {item.plural} that have "
            f"the {review.metadata.feature.singular} named at the end of its row and the one named at the top of its column; "
            f"the last number of a row, beside the name, counts all {item.plural} that have it, and has no colour. "
            f"{never} of {len(apart)} pairs never occur together.{between}{bounds}{self.credit(review)}"
        )

    def pattern(self, review: Review, data: pd.DataFrame) -> str:
        apart = self._pairs(data)
        never, best = int((apart["at_most"] == 0).sum()), apart[apart["at_least"] == apart["at_least"].max()]
        pairs = [f"{review.label(row.other_feature)} with {review.label(row.feature)}" for row in best.itertuples()]
        if not best["at_least"].iloc[0]:
            return f"No two {review.metadata.feature.plural} are sure to meet in any {review.metadata.item.singular}."
        return (
            f"Most often together, in {best['at_least'].iloc[0]} of {len(review.items)} {review.metadata.item.plural}: {listed(some(pairs))}; "
            f"{never} of {len(apart)} pairs never meet."
        )

    def numbers(self, review: Review, data: pd.DataFrame) -> str:
        apart = self._pairs(data).sort_values("at_least", ascending=False, kind="stable")
        named = [
            f"{review.label(row.other_feature)} with {review.label(row.feature)} {row.at_least}" for row in apart.itertuples() if row.at_least > 0
        ]
        maybe = [
            f"{review.label(row.other_feature)} with {review.label(row.feature)}" for row in apart.itertuples() if row.at_least == 0 < row.at_most
        ]
        uncertain = f" Unclear cells leave it open whether these do: {'; '.join(maybe)}." if maybe else ""
        kind = f"A triangle of counts of {review.metadata.item.plural}."
        return f"{kind} Pairs that occur together, from most to fewest: {'; '.join(named) or 'none'}.{uncertain} All other pairs never do."

    def _pairs(self, data: pd.DataFrame) -> pd.DataFrame:
        return data[data["feature"] != data["other_feature"]]

    def _names(self, review: Review) -> dict[str, str]:
        """The features' names, or their short names where those leave too little room for the cells."""
        features = [feature for table in review.tables.values() for feature in table.columns]
        names = {feature: review.label(feature) for feature in features}
        return names if self._side(names) >= NAMED_CELL else {feature: review.short_label(feature) for feature in features}

    def _cell(self, review: Review) -> float:
        """Side of a cell in millimetres that leaves room for the names."""
        return self._side(self._names(review))

    def _side(self, names: dict[str, str]) -> float:
        room = self.width - max(map(text_width, names.values())) - 3 * MARGIN_MM
        return min(CELL, room / len(names), (self.height - FOOT) / len(names))


RECIPES: list[Recipe] = [CoOccurrence()]
