"""How many items share each two features, over all tables."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from ..incidence import co_occurrence
from ..plotting import draw_triangle, new_page, text_width
from ..plotting.page import footed, inset, text_height, wrap
from ..review import Review
from ..style import MARGIN_MM, SMALL_PT, TWO_COLUMNS_MM
from .recipe import Recipe

CELL = 9.0
SMALLEST_CELL = 5.0


class CoOccurrence(Recipe):
    """A triangle of counts with every feature named at its corner."""

    id = "fig04_co_occurrence"
    notebook = "02_read_the_tables"

    def missing(self, review: Review) -> str:
        features = sum(table.shape[1] for table in review.tables.values())
        if features < 2:
            return "at least two features"
        return "few enough features to be read on one printed page" if self._cell(review) < SMALLEST_CELL else ""

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
        tables = [review.table_of(feature) for feature in features]
        starts = [i for i in range(1, len(features)) if tables[i] != tables[i - 1]]
        side = len(features) * self._cell(review)
        longest = max(text_width(review.label(feature)) for feature in features)
        width = min(self.width, max(side + longest + 4 * MARGIN_MM, self.width * 0.6))
        note = text_height(wrap(review.metadata.credit, width - 2 * MARGIN_MM, SMALL_PT), SMALL_PT)
        figure, page = new_page(width, MARGIN_MM + side + 4 + note + MARGIN_MM)
        ax = inset(page, MARGIN_MM, MARGIN_MM, side, side)
        draw_triangle(ax, counts.rename(index=review.label, columns=review.label).astype(float), words, len(review.items), tuple(starts))
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
            f"the last number of a row, beside the name, counts all {item.plural} that have it. "
            f"{never} of {len(apart)} pairs never occur together.{between}{bounds}{self.credit(review)}"
        )

    def alt(self, review: Review, data: pd.DataFrame) -> str:
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

    def _cell(self, review: Review) -> float:
        """Side of a cell in millimetres that leaves room for the names."""
        features = [feature for table in review.tables.values() for feature in table.columns]
        return min(CELL, (TWO_COLUMNS_MM - max(text_width(review.label(f)) for f in features) - 4 * MARGIN_MM) / len(features))


RECIPES: list[Recipe] = [CoOccurrence()]
