"""Two ratings against each other: a grid of boxes with names."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ..metadata import NOT_STATED
from ..plotting import draw_grid, new_page, text_width, wrap
from ..plotting.grid import POSSIBLE, Frame, draw_mark_key, fits, heading_height
from ..plotting.page import crop, footed, text_height, write
from ..problems import listed, mid_sentence, some
from ..quadrants import GRID, axis, has_quadrants, levels, places
from ..review import Review
from ..style import MARGIN_MM
from .recipe import Recipe

WIDEST_ROW_HEAD = 30.0
MEANINGS = {
    "explicit": "said plainly, as far as it is stated",
    "hedged": "at least one of the two ratings is hedged in the text",
    "inferred": "at least one is inferred",
    POSSIBLE: "where a careful reader could put it instead",
}


def row_head(names: Iterable[str]) -> float:
    """The width that names of rows need on the left of the boxes, in millimetres."""
    return min(max(text_width(name, weight="bold") for name in names), WIDEST_ROW_HEAD) + 3


def levels_fit(heads: Iterable[str], column: float) -> bool:
    """Whether no word of the levels' names is wider than its column or the room for the heads of rows, in millimetres."""
    return max(text_width(word, weight="bold") for head in heads for word in head.split()) <= min(column - 2, WIDEST_ROW_HEAD)


def names_of_levels(review: Review, name: str, halves: bool = False) -> dict[str, str]:
    """Each level of x or y, or each half, with the name to write."""
    labels = {level.id: level.label for level in axis(review, name).levels}
    return {level: labels.get(level, level) for level in levels(review, name, halves)}


class OnRatings(Recipe):
    """What the three figures share."""

    notebook = "07_place_reciprocity_by_expertise"

    def lacking(self, review: Review) -> str:
        return "" if has_quadrants(review) else GRID

    def fits(self, review: Review) -> bool:
        data = self.values(review)
        return self.names_fit(review, data) and self.drawn(review, data, new_page(self.width, self.height)[1]) <= self.height

    @abstractmethod
    def names_fit(self, review: Review, data: pd.DataFrame) -> bool:
        """Whether every name fits the width of its box."""

    @abstractmethod
    def drawn(self, review: Review, data: pd.DataFrame, page: Axes) -> float:
        """Draw on a page of full height; the height that is needed, in millimetres."""

    def draw(self, review: Review, data: pd.DataFrame) -> Figure:
        figure, page = new_page(self.width, self.height)
        crop(page, self.drawn(review, data, page))
        return figure

    def tables(self, review: Review) -> list[str]:
        return ["nature"]

    def unclear_note(self, review: Review) -> str:
        return ""

    def axes(self, review: Review) -> str:
        return f"{axis(review, 'y').label} by {mid_sentence(axis(review, 'x').label)}"

    def fullest(self, review: Review, coded: pd.DataFrame, more: str, halves: bool = False) -> str:
        """Which box holds most of the coded places, and how many of them cannot be placed."""
        known = coded[(coded["x"] != NOT_STATED) & (coded["y"] != NOT_STATED)]
        apart = f"{len(coded) - len(known)} of {len(coded)} stand apart, since a rating is not stated; " if len(known) < len(coded) else ""
        if not len(known):
            return f"None can be placed. {apart}{more}"
        counts = known.groupby(["y", "x"], sort=False).size()
        boxes = [
            f"{names_of_levels(review, 'y', halves)[y]} and {names_of_levels(review, 'x', halves)[x]}"
            for y, x in counts.index[counts == counts.max()]
        ]
        full = f"{'Fullest box' if len(boxes) == 1 else 'Fullest boxes'}, with {counts.max()} of {len(coded)} {review.metadata.item.plural}"
        return f"{full}: {listed(some(boxes))}. {apart}{more}"

    def heading(self, review: Review, page: Axes) -> float:
        """Which rating runs which way, above the boxes; the y below it, in millimetres."""
        words = wrap(f"Across: {axis(review, 'x').label}. Upwards: {axis(review, 'y').label}.", self.width - 2 * MARGIN_MM)
        write(page, MARGIN_MM, MARGIN_MM, words, va="top")
        return MARGIN_MM + text_height(words) + 1


class RatingGrid(OnRatings):
    """Every item in its box, and in pale letters wherever else it could stand."""

    id = "fig14_grid"

    def names_fit(self, review: Review, data: pd.DataFrame) -> bool:
        frame = self._frame(review, data)
        heads = [*frame.columns.values(), *frame.bands.values()]
        return fits([review.short_label(item) for item in data["item"]], frame) and levels_fit(heads, frame.column_width)

    def title(self, review: Review) -> str:
        return f"{self.axes(review)}: where each {review.metadata.item.singular} stands"

    def data(self, review: Review) -> pd.DataFrame:
        rows = []
        for place in places(review):
            rows.append((place.item, *place.box, place.certainty))
            rows += [(place.item, *box, POSSIBLE) for box in place.others]
        return pd.DataFrame(rows, columns=["item", "x", "y", "kind"])

    def drawn(self, review: Review, data: pd.DataFrame, page: Axes) -> float:
        frame = self._frame(review, data, self.heading(review, page))
        bottom = draw_grid(page, data.assign(label=data["item"].map(review.short_label)), frame)
        kinds = {kind: meaning for kind, meaning in MEANINGS.items() if kind in set(data["kind"])}
        y = draw_mark_key(page, MARGIN_MM, bottom + 2.5, kinds, self.width - 2 * MARGIN_MM)
        return footed(page, y + 2.5, review.metadata.credit)

    def _frame(self, review: Review, data: pd.DataFrame, top: float = 0.0) -> Frame:
        """Where the grid stands, its column headings below a height."""
        columns, bands = names_of_levels(review, "x"), names_of_levels(review, "y")
        bands = dict(reversed(bands.items()))
        if NOT_STATED in set(data["x"]):
            columns[NOT_STATED] = NOT_STATED
        if NOT_STATED in set(data["y"]):
            bands[NOT_STATED] = NOT_STATED
        left = MARGIN_MM + row_head(bands.values())
        frame = Frame(left, 0, self.width - left - MARGIN_MM, columns, bands, NOT_STATED)
        return Frame(left, top + heading_height(frame), frame.width, columns, bands, NOT_STATED)

    def caption(self, review: Review, data: pd.DataFrame) -> str:
        item = review.metadata.item
        coded = data[data["kind"] != POSSIBLE]
        apart = coded[(coded["x"] == NOT_STATED) | (coded["y"] == NOT_STATED)]
        soft = int((coded["kind"] != "explicit").sum())
        movable = data.loc[data["kind"] == POSSIBLE, "item"].nunique()
        strip = f" {len(apart)} {item(len(apart))} stand{'' if len(apart) > 1 else 's'} in the strip: a rating is not stated." if len(apart) else ""
        return (
            f"{self.title(review)}. Each {item.singular} stands in the box of its two ratings, which are categories and no measurements: places "
            f"inside a box mean nothing. Pale names and open circles show where else it could stand, by the alternatives listed, changing one "
            f"rating at a time; {movable} of {len(coded)} {item.plural} could. {soft} {item(soft)} with a rating that the text hedges, or that was "
            f"inferred, {'have' if soft != 1 else 'has'} a pale mark.{strip}{self.credit(review)}"
        )

    def pattern(self, review: Review, data: pd.DataFrame) -> str:
        coded = data[data["kind"] != POSSIBLE]
        return self.fullest(review, coded, f"{data.loc[data['kind'] == POSSIBLE, 'item'].nunique()} could stand elsewhere.")

    def numbers(self, review: Review, data: pd.DataFrame) -> str:
        frame = self._frame(review, data)
        parts = []
        for band, band_name in frame.bands.items():
            for column, name in frame.columns.items():
                here = data[(data["x"] == column) & (data["y"] == band)]
                home = here[here["kind"] != POSSIBLE]
                coded = [review.label(row.item) + ("" if row.kind == "explicit" else f" ({row.kind})") for row in home.itertuples()]
                other = [review.label(i) for i in here.loc[here["kind"] == POSSIBLE, "item"]]
                if len(here):
                    maybe = f" (possibly also {listed(other)})" if other else ""
                    parts.append(f"{band_name} and {name}: {listed(coded) if coded else 'none'}{maybe}")
        return f"A grid of boxes, {mid_sentence(self.axes(review))}. {'. '.join(parts)}. All other boxes are empty."


RECIPES: list[Recipe] = [RatingGrid()]
