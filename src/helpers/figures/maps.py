"""Items on a map of two axes, beside the table that the map flattens."""

from __future__ import annotations

from abc import abstractmethod

import pandas as pd
from matplotlib.figure import Figure

from ..ordination import Map, mca, pcoa
from ..plotting import draw_map, draw_yes_no, new_page, text_width, wrap
from ..plotting.labels import Box, Placed
from ..plotting.map import laid_out
from ..plotting.page import crop, footed, minus, text_height, write
from ..plotting.yes_no import Grid, heading_height
from ..problems import listed, some
from ..review import Review
from ..style import MARGIN_MM, TITLE_PT
from .recipe import Recipe

CELL_WIDTH, NARROWEST_CELL, CELL_HEIGHT = 5.4, 4.0, 6.0
SMALLEST_MAP, LARGEST_MAP = 66.0, 110.0
GAP = 9.0
FOOT = 25.0  # for the name of the axis and the source
PANEL = "a The table, ordered by axis 1"
TILES = {
    "explicit": "filled: Yes",
    "hedged": "pale: Yes, hedged",
    "inferred": "dashed: Yes, inferred",
    "unclear": "hatched: unclear",
    "no": "dash: No",
}
DECIMALS = 6  # of the plotted values, so that they are the same on every computer


class OnMap(Recipe):
    """The first table: its rows in the order of the first axis, and its map."""

    notebook = "04_group_the_models"

    @abstractmethod
    def mapped(self, review: Review) -> Map: ...

    @abstractmethod
    def axis_name(self, axes: pd.DataFrame, axis: int) -> str:
        """What stands beside an axis."""

    def lacking(self, review: Review) -> str:
        if len(review.items) < 3:
            return f"at least three {review.metadata.item.plural}"
        if len(self.mapped(review).axes) < 2:
            return f"{review.metadata.item.plural} that differ in more than one way"
        return ""

    def fits(self, review: Review) -> bool:
        if self._cell(review) < NARROWEST_CELL or max(self._bottom(review), self._area(review).bottom) > self.height - FOOT:
            return False
        return self._labels(review, self.values(review)) is not None

    def tables(self, review: Review) -> list[str]:
        return [review.table_names[0]]

    def data(self, review: Review) -> pd.DataFrame:
        found = self.mapped(review)
        both = [axis for axis in (1, 2) if axis in found.items]
        rows = [("item", item, "", *place) for item, place in found.items[both].round(DECIMALS).iterrows()]
        rows += [(state, feature, state, *place) for (feature, state), place in found.categories[both].round(DECIMALS).iterrows()]
        return pd.DataFrame(rows, columns=["kind", "name", "state", *("xy"[: len(both)])])

    def draw(self, review: Review, data: pd.DataFrame) -> Figure:
        area, placed = self._area(review), self._labels(review, data)
        assert placed is not None, "asked for by missing"
        figure, page = new_page(self.width, self.height)
        table = review.tables[self.tables(review)[0]]
        items = data[data["kind"] == "item"].sort_values(["x", "name"])["name"]
        states = table.loc[items].rename(index=review.short_label, columns=review.short_label)
        certainty = review.certainty(self.tables(review)[0]).loc[items]
        grid = Grid(self._left(review), self._top(review), self._cell(review), CELL_HEIGHT)
        write(page, MARGIN_MM, MARGIN_MM, PANEL, TITLE_PT, va="top", weight="bold")
        draw_yes_no(page, states, certainty, None, None, grid)
        axes = self.mapped(review).axes
        title = wrap(f"b {self.title(review)}", self.width - MARGIN_MM - area.left, TITLE_PT, "bold")
        write(page, area.left, area.top - 2 - text_height(title, TITLE_PT), title, TITLE_PT, va="top", weight="bold")
        draw_map(page, self._points(review, data), placed, area, (self.axis_name(axes, 1), self.axis_name(axes, 2)))
        crop(page, footed(page, max(area.bottom + 6, self._bottom(review)) + 2, review.metadata.credit))
        return figure

    def pattern(self, review: Review, data: pd.DataFrame) -> str:
        items = data[data["kind"] == "item"].sort_values(["x", "name"])
        left, right = ([review.label(name) for name in items.loc[items["x"] == edge, "name"]] for edge in (items["x"].min(), items["x"].max()))
        shown = self.mapped(review).axes["share"].iloc[:2].sum()
        return (
            f"Two axes show {shown:.0%} of the spread. Farthest apart on axis 1 are {listed(some(left))} on the left and {listed(some(right))} on "
            f"the right."
        )

    def _points(self, review: Review, data: pd.DataFrame) -> pd.DataFrame:
        """One row a place: all names that stand there, one below the other; items before categories. A No goes without a name."""
        named = data.assign(label=[review.short_label(row["name"]) if row["kind"] != "no" else "" for row in data.to_dict("records")])
        groups = named.groupby(["x", "y"], sort=False)
        return groups.agg(label=("label", lambda names: "\n".join(filter(None, names))), kind=("kind", "first")).reset_index()

    def _labels(self, review: Review, data: pd.DataFrame) -> list[Placed | None] | None:
        area = self._area(review)
        return laid_out(self._points(review, data), area) if area.right - area.left >= SMALLEST_MAP else None

    def _area(self, review: Review) -> Box:
        """Beside the table; below it where the page is too narrow."""
        head = text_height("x", TITLE_PT) + 2
        left, top = self._table_end(review) + GAP, MARGIN_MM + head
        if not self._beside(review):
            left, top = MARGIN_MM + GAP - 3, self._bottom(review) + GAP + head
        side = min(LARGEST_MAP, self.width - MARGIN_MM - left, self.height - FOOT - top)
        return Box(left, top, left + side, top + side)

    def _beside(self, review: Review) -> bool:
        return self._table_end(review) + GAP + SMALLEST_MAP <= self.width - MARGIN_MM

    def _table_end(self, review: Review) -> float:
        table = self._left(review) + review.tables[self.tables(review)[0]].shape[1] * CELL_WIDTH
        return max(table, MARGIN_MM + text_width(PANEL, TITLE_PT, "bold") - 2)

    def _left(self, review: Review) -> float:
        return MARGIN_MM + max(text_width(review.short_label(item)) for item in review.items) + 2

    def _cell(self, review: Review) -> float:
        columns, room = review.tables[self.tables(review)[0]].shape[1], self.width - self._left(review) - MARGIN_MM
        return min(CELL_WIDTH, (room - (GAP + SMALLEST_MAP if self._beside(review) else 0)) / columns)

    def _top(self, review: Review) -> float:
        names = [review.short_label(feature) for feature in review.tables[self.tables(review)[0]]]
        return MARGIN_MM + text_height("x", TITLE_PT) + 2 + heading_height(names, self._cell(review))

    def _bottom(self, review: Review) -> float:
        return self._top(review) + len(review.items) * CELL_HEIGHT + 2

    def _tiles(self, review: Review) -> str:
        """How to read the table, for the tiles that occur."""
        name = self.tables(review)[0]
        kinds = review.certainty(name).replace("", "explicit").where(review.tables[name] == "yes", review.tables[name])
        told = [meaning for kind, meaning in TILES.items() if (kinds == kind).any(axis=None)]
        return f"(a) The table, its rows in the order of axis 1; {'; '.join(told)}."

    def _turning(self, axes: Map) -> str:
        """Which of the two axes may be turned, as a sentence."""
        loose = [group for group in axes.equal_axes if set(group) & {1, 2}]
        if not loose:
            return ""
        return f" Axes {listed(loose[0])} carry the same share, so their directions mean nothing: the map may be turned in them."


class Pcoa(OnMap):
    id = "fig12_pcoa"

    def mapped(self, review: Review) -> Map:
        return pcoa(self.incidence(review))

    def title(self, review: Review) -> str:
        return "Principal coordinates"

    def axis_name(self, axes: pd.DataFrame, axis: int) -> str:
        return f"Axis {axis} ({axes.at[axis, 'share']:.0%} of the spread)"

    def caption(self, review: Review, data: pd.DataFrame) -> str:
        found = self.mapped(review)
        item = review.metadata.item.plural
        shown = found.axes["share"].iloc[:2].sum()
        return (
            f"{self.title(review)} of the {item} by {review.table_info(self.tables(review)[0]).feature.plural}. {self.pattern(review, data)} "
            f"{self._tiles(review)} (b) A map on which {item} that are alike stand near each other (roots of Jaccard distances). Two axes of "
            f"{len(found.axes)} show {shown:.0%} of "
            f"the spread; the rest is lost, so near on the map need not be near in the table."
            f"{self._turning(found)}{self.unclear_note(review)}{self.credit(review)}"
        )

    def numbers(self, review: Review, data: pd.DataFrame) -> str:
        order = data.sort_values(["x", "name"], ascending=[False, True])
        places = "; ".join(f"{review.label(row.name_)} {_two(row.x)}, {_two(row.y)}" for row in order.rename(columns={"name": "name_"}).itertuples())
        shares = self.mapped(review).axes["share"]
        return (
            f"A table and a map of {len(order)} {review.metadata.item.plural}. Axis 1 shows {shares[1]:.0%} of the spread, axis 2 {shares[2]:.0%}; "
            f"the rows of the table follow axis 1 from left to right. From right to left, with the places on both axes: {places}."
        )


class Mca(OnMap):
    id = "fig13_mca"

    def mapped(self, review: Review) -> Map:
        return mca(self.incidence(review))

    def title(self, review: Review) -> str:
        return "Multiple correspondence analysis"

    def axis_name(self, axes: pd.DataFrame, axis: int) -> str:
        adjusted = axes.at[axis, "adjusted_share"]
        return f"Axis {axis} ({axes.at[axis, 'share']:.0%}" + (")" if pd.isna(adjusted) else f"; adjusted {adjusted:.0%})")

    def caption(self, review: Review, data: pd.DataFrame) -> str:
        item, feature = review.metadata.item.plural, review.table_info(self.tables(review)[0]).feature
        return (
            f"{self.title(review)} of the {item} by {feature.plural}. {self._tiles(review)} (b) {item.capitalize()} (dots) and codes "
            f"on one map: Yes is a filled square with the name of its {feature.singular}, No an empty one straight across the centre. A "
            f"{feature.singular} stands "
            f"towards the {item} that have it. The first share of an axis is that of the raw inertia, or spread; the adjusted one "
            f"(Greenacre) counts only what features share. Here what two {item} both lack makes them as alike as what both have. "
            f"Constant features are left out.{self._turning(self.mapped(review))}{self.unclear_note(review)}{self.credit(review)}"
        )

    def numbers(self, review: Review, data: pd.DataFrame) -> str:
        parts = []
        for kind, name in (("item", review.metadata.item.plural.capitalize()), ("yes", "Yes codes"), ("no", "No codes")):
            rows = data[data["kind"] == kind].sort_values(["x", "name"], ascending=[False, True])
            places = [f"{review.label(a)} {_two(x)}, {_two(y)}" for a, x, y in zip(rows["name"], rows["x"], rows["y"], strict=True)]
            parts.append(f"{name}: {'; '.join(places)}.")
        axes = self.mapped(review).axes
        return (
            f"A table and a map. {self.axis_name(axes, 1)}; {self.axis_name(axes, 2)}. The rows of the table follow axis 1 from left to right. "
            f"From right to left on the map, with the places on both axes. {' '.join(parts)}"
        )


def _two(value: float) -> str:
    """Two decimals with a minus sign, and none before a nought."""
    return minus(f"{round(value, 2) + 0.0:.2f}")


RECIPES: list[Recipe] = [Pcoa(), Mca()]
