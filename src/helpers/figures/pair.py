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
from ..style import MARGIN_MM, PAGE_HEIGHT_MM, SMALL_PT, TITLE_PT
from .recipe import Recipe

ROW_HEAD = 30.0
BOX_WIDTH = 46.0
GAP = 1.5


class OnePair(Recipe):
    """The pair of the first table that shows most of all four boxes."""

    id = "fig06_one_pair"
    notebook = "03_measure_how_alike_two_models_are"

    def missing(self, review: Review) -> str:
        if len(review.items) < 2:
            return f"at least two {review.metadata.item.plural}"
        data = self.data(review)
        heights = [self._height(review, data, box) for box in "abcd"]
        words = [longest_piece(review.label(name)) for name in data["feature"]]
        if max(heights[0], heights[1]) + max(heights[2], heights[3]) > PAGE_HEIGHT_MM - 50 or max(words) > BOX_WIDTH - 7:
            return "few enough features to be listed in four boxes on one printed page"
        return ""

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
        figure, page = new_page(self.width, PAGE_HEIGHT_MM)
        x = (MARGIN_MM + ROW_HEAD, MARGIN_MM + ROW_HEAD + BOX_WIDTH + GAP)
        heads = [wrap(f"{second}: {state}", BOX_WIDTH, weight="bold") for state in ("Yes", "No")]
        top = MARGIN_MM + max(map(text_height, heads)) + 1
        for left, head in zip(x, heads, strict=True):
            write(page, left, top - 1, head, va="bottom", weight="bold")
        for row, (state, boxes) in enumerate((("Yes", "ab"), ("No", "cd"))):
            head = wrap(f"{first}: {state}", ROW_HEAD - 2, weight="bold")
            height = max(*(self._height(review, data, box) for box in boxes), text_height(head) + 2)
            write(page, MARGIN_MM + ROW_HEAD - 2, top + height / 2, head, ha="right", weight="bold")
            for left, box in zip(x, boxes, strict=True):
                names = [review.label(feature) for feature in data.loc[data["box"] == box, "feature"]]
                fill = "full" if box == "a" else "light" if box in "bc" else "empty"
                draw_box(page, left, top, BOX_WIDTH, height, f"{box} = {len(names)}  ({self._whose(row, boxes.index(box))})", names, fill)
            top += height + GAP
        right = x[1] + BOX_WIDTH + 5
        y = self._sums(review, data, page, right, self.width - MARGIN_MM - right)
        crop(page, footed(page, max(top, y) + 2, review.metadata.credit))
        return figure

    def _whose(self, row: int, column: int) -> str:
        return (("both", "only the first"), ("only the second", "neither"))[row][column]

    def _height(self, review: Review, data: pd.DataFrame, box: str) -> float:
        return box_height([review.label(feature) for feature in data.loc[data["box"] == box, "feature"]], BOX_WIDTH)

    def _sums(self, review: Review, data: pd.DataFrame, page: Axes, left: float, width: float) -> float:
        """The sums beside the boxes; returns the y below them."""
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
        y = MARGIN_MM + 6
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

    def alt(self, review: Review, data: pd.DataFrame) -> str:
        first, second = (review.label(str(data[name].iloc[0])) for name in ("first", "second"))
        counts = {box: int((data["box"] == box).sum()) for box in "abcd"}
        names = {box: listed([review.label(f) for f in data.loc[data["box"] == box, "feature"]]) for box in "abcd"}
        whose = {"a": "both", "b": f"only {first}", "c": f"only {second}", "d": "neither"}
        told = [f"{who}: {names[box]} ({counts[box]})" for box, who in whose.items()]
        return f"{first} and {second} have a Jaccard similarity of {similarity_of('jaccard', **counts)}. Four boxes of features. {'. '.join(told)}."


RECIPES: list[Recipe] = [OnePair()]
