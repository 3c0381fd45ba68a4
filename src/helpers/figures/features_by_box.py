"""Which features the items of each occupied box of the rating grid have."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from ..metadata import NOT_STATED
from ..plotting import draw_amount_key, text_width, wrap
from ..plotting.page import footed, longest_piece, text_height, write
from ..problems import listed, mid_sentence
from ..quadrants import axis, features_by_box
from ..review import Review
from ..style import AMOUNT, MARGIN_MM, PAPER, SMALL_PT, TEXT_PT, readable_on
from .ratings import OnRatings, names_of_levels
from .recipe import Recipe


class FeaturesByBox(OnRatings):
    """Which features the items of each occupied box have."""

    id = "fig16_features_by_box"
    CELL_HEIGHT, WIDEST_CELL, NARROWEST_CELL, WIDEST_NAME = 8.0, 13.0, 7.5, 52.0

    def names_fit(self, review: Review, data: pd.DataFrame) -> bool:
        words = [level for name in "xy" for level in names_of_levels(review, name).values()]
        return self._cell(review) >= self.NARROWEST_CELL and max(map(longest_piece, words)) <= self.WIDEST_NAME

    def tables(self, review: Review) -> list[str]:
        return ["nature", *review.table_names]

    def title(self, review: Review) -> str:
        kinds = dict.fromkeys(review.table_info(name).feature.plural for name in review.table_names)
        return f"Which {listed(kinds)} go with which {mid_sentence(axis(review, 'y').label)} and {mid_sentence(axis(review, 'x').label)}"

    def data(self, review: Review) -> pd.DataFrame:
        return features_by_box(review)

    def drawn(self, review: Review, data: pd.DataFrame, page: Axes) -> float:
        features, cell = list(dict.fromkeys(data["feature"])), self._cell(review)
        names = {feature: review.short_label(feature) for feature in features}
        heads = self._heads(review, {table: cells.shape[1] * cell for table, cells in review.tables.items()})
        top = MARGIN_MM + max(map(text_height, heads.values())) + 2 + max(12, *map(text_width, names.values())) + 2
        starts = [data.loc[data["feature"] == feature, "table"].iloc[0] for feature in features]
        x, left = {}, MARGIN_MM + self.WIDEST_NAME + 2
        for number, feature in enumerate(features):
            left += 3 if number and starts[number] != starts[number - 1] else 0
            x[feature] = left
            if not number or starts[number] != starts[number - 1]:
                write(page, left, MARGIN_MM, heads[starts[number]], va="top", weight="bold")
            write(page, left + cell / 2, top - 1.5, names[feature], rotation=90, ha="center", va="bottom")
            left += cell
        head = wrap(f"{axis(review, 'y').label}, {mid_sentence(axis(review, 'x').label)} (number)", self.WIDEST_NAME, weight="bold")
        write(page, MARGIN_MM + self.WIDEST_NAME, top - 1.5, head, ha="right", va="baseline", weight="bold")
        y = top
        for (x_level, y_level), rows in data.groupby(["x", "y"], sort=False):
            n = int(rows["items"].iloc[0])
            name = wrap(f"{self._level(review, 'y', y_level)}, {self._level(review, 'x', x_level)} ({n})", self.WIDEST_NAME)
            height = max(self.CELL_HEIGHT, text_height(name) + 1.5)
            write(page, MARGIN_MM + self.WIDEST_NAME, y + height / 2, name, ha="right")
            for row in rows.itertuples():
                share = row.at_least / n
                words = f"{row.at_least}" if row.at_least == row.at_most else f"{row.at_least}–{row.at_most}"
                box = Rectangle((x[row.feature] + 0.3, y + 0.3), cell - 0.6, height - 0.6, facecolor=AMOUNT(float(share)), edgecolor=PAPER)
                page.add_patch(box)
                ink = readable_on(AMOUNT(float(share)))
                write(page, x[row.feature] + cell / 2, y + height / 2, f"{words}/{n}", SMALL_PT, ha="center", color=ink)
            y += height
        y = draw_amount_key(page, MARGIN_MM, y + 3, "Share of those in the box", self.width - 2 * MARGIN_MM)
        return footed(page, y + 3, review.metadata.credit)

    def _heads(self, review: Review, room: dict[str, float]) -> dict[str, str]:
        """What stands above the columns of each table, broken to the room there is; nothing where a word is too long for it."""
        heads = {table: wrap(review.heading(table), width, weight="bold") for table, width in room.items()}
        return {table: head if text_width(head, TEXT_PT, "bold") <= room[table] else "" for table, head in heads.items()}

    def _level(self, review: Review, name: str, level: str) -> str:
        rating = axis(review, name)
        return f"{mid_sentence(rating.label)} {NOT_STATED}" if level == NOT_STATED else names_of_levels(review, name)[level]

    def _cell(self, review: Review) -> float:
        features = sum(table.shape[1] for table in review.tables.values())
        room = self.width - 2 * MARGIN_MM - self.WIDEST_NAME - 2 - 3 * (len(review.tables) - 1)
        return min(self.WIDEST_CELL, room / features)

    def caption(self, review: Review, data: pd.DataFrame) -> str:
        item = review.metadata.item
        bounds = " Two numbers: bounds where cells are unclear." if (data["at_least"] < data["at_most"]).any() else ""
        return (
            f"{self.title(review)}. Each row is a box of the grid, or of its strip, that holds a {item.singular}, with the number; each cell counts "
            f"the {item.plural} of the box that have the feature; the larger their share, the darker. With so few {item.plural} in a box, "
            f"a full or an empty cell is easily come by.{bounds}{self.credit(review)}"
        )

    def pattern(self, review: Review, data: pd.DataFrame) -> str:
        boxes = data.drop_duplicates(["x", "y"])["items"]
        alone, most = int((boxes == 1).sum()), int(boxes.max())
        return f"{len(boxes)} boxes are occupied, {alone} of them by a single {review.metadata.item.singular}; the fullest holds {most}."

    def numbers(self, review: Review, data: pd.DataFrame) -> str:
        parts = []
        for (x_level, y_level), rows in data.groupby(["x", "y"], sort=False):
            n = int(rows["items"].iloc[0])
            bounds = [(row, f"{row.at_least}" if row.at_least == row.at_most else f"{row.at_least} to {row.at_most}") for row in rows.itertuples()]
            told = [f"{review.label(row.feature)} {words} of {n}" for row, words in bounds if row.at_most]
            parts.append(f"{self._level(review, 'y', y_level)}, {self._level(review, 'x', x_level)}: {listed(told)}")
        return f"A table of counts, one row for each occupied box. {'. '.join(parts)}."


RECIPES: list[Recipe] = [FeaturesByBox()]
