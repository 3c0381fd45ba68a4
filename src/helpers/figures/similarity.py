"""How alike all pairs of items are: one table as a triangle of fractions, and several tables side by side."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from ..incidence import distinct_features, identical
from ..plotting import draw_amount_key, draw_triangle, new_page, text_width, wrap
from ..plotting.page import footed, inset, text_height, write
from ..plotting.square import amount_key_height
from ..problems import listed, mid_sentence
from ..review import Review
from ..style import MARGIN_MM, SMALL_PT, TEXT_PT, TITLE_PT
from .all_pairs import extremes, hundredths, shortened, similarities, spread, square, told
from .recipe import Recipe

CELL = 9.0
FOOT = 30.0  # for key and source
WORD_CELL = 7.0  # a fraction needs so much
SMALLEST_CELL = 3.5  # a line of text needs so much
PANEL_CELL = 5.4
NARROWEST_PANEL = 76.0


class Similarity(Recipe):
    """The first table in the review's order."""

    id = "fig07_similarity"
    notebook = "03_measure_how_alike_two_models_are"
    rows_may_merge = True

    def lacking(self, review: Review) -> str:
        return "" if len(review.items) > 1 else f"at least two {review.metadata.item.plural}"

    def fits(self, review: Review) -> bool:
        return self._cell(review) >= SMALLEST_CELL

    def tables(self, review: Review) -> list[str]:
        return [review.table_names[0]]

    def title(self, review: Review) -> str:
        return f"How alike the {review.metadata.item.plural} are in their {review.features_of(self.tables(review)[0])}"

    def data(self, review: Review) -> pd.DataFrame:
        return similarities(self.incidence(review))

    def draw(self, review: Review, data: pd.DataFrame) -> Figure:
        values, words, cell = square(data, "similarity", 1.0).astype(float), square(data, "fraction", ""), self._cell(review)
        names, key = self._names(review), "Jaccard similarity"
        side, longest = len(values) * cell, max(map(text_width, names.values()))
        width = min(self.width, max(side + longest + 4 * MARGIN_MM, self.width * 0.6))
        note = text_height(wrap(review.metadata.credit, width - 2 * MARGIN_MM, SMALL_PT), SMALL_PT)
        if cell < WORD_CELL:
            words = shortened(words, cell)
            key += " (hundredths)" if words.ne("").any(axis=None) else ""
        below = 3 + amount_key_height(key, width - 2 * MARGIN_MM) + 3 + note + MARGIN_MM
        figure, page = new_page(width, MARGIN_MM + side + below)
        ax = inset(page, MARGIN_MM, MARGIN_MM, side, side)
        size = TEXT_PT if cell >= WORD_CELL else SMALL_PT
        draw_triangle(ax, values.rename(index=names, columns=names), words, 1, diagonal=False, size=size)
        y = draw_amount_key(page, MARGIN_MM, MARGIN_MM + side + 3, key, width - 2 * MARGIN_MM)
        footed(page, y + 3, review.metadata.credit)
        return figure

    def caption(self, review: Review, data: pd.DataFrame) -> str:
        feature = review.table_info(self.tables(review)[0]).feature.plural
        return (
            f"{self.title(review)}. Each cell is the Jaccard similarity of two {review.metadata.item.plural}: the number of {feature} both "
            f"have, divided by the number at least one has; 0 is nothing shared, 1 the same {feature}. {extremes(review, data)} Order of the review."
            f"{self.unclear_note(review)}{self.credit(review)}"
        )

    def pattern(self, review: Review, data: pd.DataFrame) -> str:
        return spread(data)

    def numbers(self, review: Review, data: pd.DataFrame) -> str:
        return f"A triangle with a Jaccard similarity for each of {len(data)} pairs. From most to least alike, {told(review, data)}."

    def _names(self, review: Review) -> dict[str, str]:
        """The items' names, or their short names where those leave too little room for fractions."""
        names = {item: review.label(item) for item in review.items}
        return names if self._side(names) >= WORD_CELL else {item: review.short_label(item) for item in names}

    def _cell(self, review: Review) -> float:
        return self._side(self._names(review))

    def _side(self, names: dict[str, str]) -> float:
        room = self.width - max(map(text_width, names.values())) - 2.5 * MARGIN_MM
        return min(CELL, room / len(names), (self.height - FOOT) / len(names))


class SimilarityByTable(Recipe):
    """Each table by itself, all together, and all together with coinciding features counted once."""

    id = "fig08_similarity_by_table"
    notebook = "03_measure_how_alike_two_models_are"
    rows_may_merge = True

    def lacking(self, review: Review) -> str:
        if len(review.tables) < 2:
            return "a second table of features"
        return "" if len(review.items) > 1 else f"at least two {review.metadata.item.plural}"

    def fits(self, review: Review) -> bool:
        height = self._panel_height(review) * self._rows(len(self._panels(review)))
        return self._cell(review) >= SMALLEST_CELL and height <= self.height - 25

    def tables(self, review: Review) -> list[str]:
        return review.table_names

    def title(self, review: Review) -> str:
        return f"How alike the {review.metadata.item.plural} are, table by table and together"

    def data(self, review: Review) -> pd.DataFrame:
        return pd.concat([similarities(table).assign(panel=name) for name, table in self._panels(review).items()], ignore_index=True)

    def draw(self, review: Review, data: pd.DataFrame) -> Figure:
        panels, cell, height = list(dict.fromkeys(data["panel"])), self._cell(review), self._panel_height(review)
        body = MARGIN_MM + height * self._rows(len(panels))
        note = text_height(wrap(review.metadata.credit, self.width - 2 * MARGIN_MM, SMALL_PT), SMALL_PT)
        figure, page = new_page(self.width, body + 11 + note + MARGIN_MM)
        written = True
        for number, name in enumerate(panels):
            part = data[data["panel"] == name]
            left, top = MARGIN_MM + number % self._columns * self._column, MARGIN_MM + number // self._columns * height
            title = wrap(f"{'abcdefgh'[number]} {name}", self._column - 5, TITLE_PT, "bold")
            values = square(part, "similarity", 1.0).astype(float).rename(index=review.short_label, columns=review.short_label)
            words = shortened(square(part, "fraction", ""), cell)
            written = written and bool(words.ne("").any(axis=None))
            side = len(values) * cell
            write(page, left, top, title, TITLE_PT, va="top", weight="bold")
            draw_triangle(inset(page, left, top + height - side - 5, side, side), values, words, 1, diagonal=False, size=SMALL_PT)
        key = "Jaccard similarity (written in hundredths)" if written else "Jaccard similarity"
        y = draw_amount_key(page, MARGIN_MM, body, key, self.width - 2 * MARGIN_MM)
        footed(page, y + 3, review.metadata.credit)
        return figure

    def caption(self, review: Review, data: pd.DataFrame) -> str:
        panels = dict.fromkeys(data["panel"])
        coinciding = [" = ".join(map(review.label, group)) for group in identical(self.incidence(review))]
        same = f" Features that coincide in every {review.metadata.item.singular}: {listed(coinciding)}." if coinciding else ""
        most = [
            f"({letter}) {name}: {mid_sentence(extremes(review, data[data['panel'] == name], hundredths).partition(' Least')[0])}"
            for letter, name in zip("abcdefgh", panels, strict=False)
        ]
        return (
            f"{self.title(review)}. Jaccard similarity in hundredths: 0 is nothing shared, 100 the same features.{same} {' '.join(most)}"
            f"{self.unclear_note(review)}{self.credit(review)}"
        )

    def pattern(self, review: Review, data: pd.DataFrame) -> str:
        return " ".join(f"{name}: {mid_sentence(spread(data[data['panel'] == name]))}" for name in dict.fromkeys(data["panel"]))

    def numbers(self, review: Review, data: pd.DataFrame) -> str:
        parts = [f"{name}: {extremes(review, data[data['panel'] == name])}" for name in dict.fromkeys(data["panel"])]
        return f"{len(parts)} triangles of similarities. {' '.join(parts)}"

    @property
    def _columns(self) -> int:
        return 2 if self.width >= 2 * NARROWEST_PANEL else 1

    @property
    def _column(self) -> float:
        return self.width / self._columns

    def _rows(self, panels: int) -> int:
        return -(-panels // self._columns)

    def _panels(self, review: Review) -> dict[str, pd.DataFrame]:
        joint = self.incidence(review)
        panels = {review.label(name): review.incidence(name, unclear="no") for name in review.table_names}
        panels["All tables together"] = joint
        distinct = distinct_features(joint)
        if distinct.shape[1] < joint.shape[1]:
            panels["All tables, features that coincide counted once"] = distinct
        return panels

    def _cell(self, review: Review) -> float:
        longest = max(text_width(review.short_label(item), SMALL_PT) for item in review.items)
        return min(PANEL_CELL, (self._column - longest - 2 * MARGIN_MM) / len(review.items))

    def _panel_height(self, review: Review) -> float:
        titles = [wrap(f"a {name}", self._column - 5, TITLE_PT, "bold") for name in self._panels(review)]
        return max(text_height(title, TITLE_PT) for title in titles) + len(review.items) * self._cell(review) + 6


RECIPES: list[Recipe] = [Similarity(), SimilarityByTable()]
