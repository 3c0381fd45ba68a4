"""One pair of items by hand: the features in four boxes, and the fraction that comes of them."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ..plotting import box_height, draw_box, new_page, wrap
from ..plotting.page import crop, footed, longest_piece, text_height, write
from ..problems import listed
from ..review import Review
from ..similarity import similarity_of, telling_pair
from ..style import MARGIN_MM, SMALL_PT, TITLE_PT
from .recipe import Recipe

ROW_HEAD, NARROW_ROW_HEAD = 30.0, 21.0
BOX_WIDTH, NARROWEST_BOX = 46.0, 26.0
GAP = 1.5
WHOSE = {"a": "both", "b": "only the first", "c": "only the second", "d": "neither"}
SUMS = 40.0  # beside the boxes; below them where there is less


class OnePair(Recipe):
    """The pair of the first table that shows most of all four boxes."""

    id = "fig06_one_pair"
    notebook = "03_measure_how_alike_two_models_are"

    def lacking(self, review: Review) -> str:
        return "" if len(review.items) > 1 else f"at least two {review.metadata.item.plural}"

    def fits(self, review: Review) -> bool:
        data = self.values(review)
        heights = [self._height(review, data, box) for box in "abcd"]
        words = [longest_piece(review.label(name)) for name in data["feature"]]
        low = max(heights[0], heights[1]) + max(heights[2], heights[3]) <= self.height - (50 if self._beside else 95)
        return low and max(words) <= self._box_width - 7 and self._box_width >= NARROWEST_BOX

    def tables(self, review: Review) -> list[str]:
        return [review.table_names[0]]

    def title(self, review: Review) -> str:
        pair = telling_pair(self.incidence(review))
        return f"How alike are {review.label(pair.first)} and {review.label(pair.second)}? One pair by hand"

    def data(self, review: Review) -> pd.DataFrame:
        pair = telling_pair(self.incidence(review))
        boxes = zip("abcd", (pair.both, pair.only_first, pair.only_second, pair.neither), strict=True)
        rows = [(pair.first, pair.second, feature, box) for box, features in boxes for feature in features]
        return pd.DataFrame(rows, columns=["first", "second", "feature", "box"])

    def draw(self, review: Review, data: pd.DataFrame) -> Figure:
        first, second = (review.label(str(data[name].iloc[0])) for name in ("first", "second"))
        figure, page = new_page(self.width, self.height)
        row_head, box_width = self._row_head, self._box_width
        x = (MARGIN_MM + row_head, MARGIN_MM + row_head + box_width + GAP)
        heads = [wrap(f"{second}: {state}", box_width, weight="bold") for state in ("Yes", "No")]
        top = MARGIN_MM + max(map(text_height, heads)) + 1
        for left, head in zip(x, heads, strict=True):
            write(page, left, top - 1, head, va="bottom", weight="bold")
        for state, boxes in (("Yes", "ab"), ("No", "cd")):
            head = wrap(f"{first}: {state}", row_head - 2, weight="bold")
            height = max(*(self._height(review, data, box) for box in boxes), text_height(head) + 2)
            write(page, MARGIN_MM + row_head - 2, top + height / 2, head, ha="right", weight="bold")
            for left, box in zip(x, boxes, strict=True):
                names = [review.label(feature) for feature in data.loc[data["box"] == box, "feature"]]
                fill = "full" if box == "a" else "light" if box in "bc" else "empty"
                draw_box(page, left, top, box_width, height, self._heading(box, len(names)), names, fill)
            top += height + GAP
        sums = (x[1] + box_width + 5, MARGIN_MM + 6) if self._beside else (MARGIN_MM, top + 2)
        y = self._sums(review, data, page, *sums)
        crop(page, footed(page, max(top, y) + 2, review.metadata.credit))
        return figure

    def _heading(self, box: str, n: int) -> str:
        return f"{box} = {n}  ({WHOSE[box]})"

    @property
    def _beside(self) -> bool:
        """Whether the sums stand beside the boxes."""
        return self.width >= 2 * MARGIN_MM + ROW_HEAD + 2 * BOX_WIDTH + GAP + 5 + SUMS

    @property
    def _row_head(self) -> float:
        return ROW_HEAD if self._beside else NARROW_ROW_HEAD

    @property
    def _box_width(self) -> float:
        return min(BOX_WIDTH, (self.width - 2 * MARGIN_MM - self._row_head - GAP) / 2)

    def _height(self, review: Review, data: pd.DataFrame, box: str) -> float:
        names = [review.label(feature) for feature in data.loc[data["box"] == box, "feature"]]
        return box_height(self._heading(box, len(names)), names, self._box_width)

    def _sums(self, review: Review, data: pd.DataFrame, page: Axes, left: float, y: float) -> float:
        """The sums beside the boxes or below them; returns the y below the sums."""
        width = self.width - MARGIN_MM - left
        counts = {box: int((data["box"] == box).sum()) for box in "abcd"}
        any_, similarity = counts["a"] + counts["b"] + counts["c"], similarity_of("jaccard", **counts)
        feature = review.table_info(self.tables(review)[0]).feature
        lines = [
            ("Jaccard similarity", True),
            ("a / (a + b + c)", False),
            (f"= {counts['a']} / ({counts['a']} + {counts['b']} + {counts['c']}) = {similarity}", False),
            (f"Of the {any_} {feature(any_)} that at least one of the two has, they share {counts['a']}.", False),
            ("Jaccard distance", True),
            (f"1 − {similarity} = {1 - similarity}", False),
            ("d is left out: what neither has does not make them alike.", False),
        ]
        for text, strong in lines:
            weight = "bold" if strong else "normal"
            y += 2 if strong else 0
            wrapped = wrap(text, width, TITLE_PT if strong else SMALL_PT + 0.5, weight)
            write(page, left, y, wrapped, TITLE_PT if strong else SMALL_PT + 0.5, va="top", weight=weight)
            y += text_height(wrapped, TITLE_PT if strong else SMALL_PT + 0.5) + 1.2
        return y

    def caption(self, review: Review, data: pd.DataFrame) -> str:
        counts = {box: int((data["box"] == box).sum()) for box in "abcd"}
        plural = review.table_info(self.tables(review)[0]).feature.plural
        return (
            f"{self.title(review)}. All {len(data)} {plural} of the table, sorted by who has them: both (a), only the first (b), only "
            f"the second (c), neither (d). Jaccard similarity is the share of a in a + b + c, here {similarity_of('jaccard', **counts)}; "
            f"the distance is 1 less this.{self.unclear_note(review)}{self.credit(review)}"
        )

    def pattern(self, review: Review, data: pd.DataFrame) -> str:
        first, second = (review.label(str(data[name].iloc[0])) for name in ("first", "second"))
        counts = {box: int((data["box"] == box).sum()) for box in "abcd"}
        feature, either = review.table_info(self.tables(review)[0]).feature, counts["a"] + counts["b"] + counts["c"]
        return (
            f"{first} and {second} share {counts['a']} of the {either} {feature(either)} that at least one of them has, a Jaccard similarity of "
            f"{similarity_of('jaccard', **counts)}."
        )

    def numbers(self, review: Review, data: pd.DataFrame) -> str:
        first, second = (review.label(str(data[name].iloc[0])) for name in ("first", "second"))
        counts = {box: int((data["box"] == box).sum()) for box in "abcd"}
        names = {box: listed([review.label(f) for f in data.loc[data["box"] == box, "feature"]]) for box in "abcd"}
        whose = {"a": "Both", "b": f"Only {first}", "c": f"Only {second}", "d": "Neither"}
        told = [f"{who}: {names[box]} ({counts[box]})" for box, who in whose.items()]
        return f"Four boxes of features. {'. '.join(told)}."


RECIPES: list[Recipe] = [OnePair()]
