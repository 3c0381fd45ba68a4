"""The quadrants of two ratings: the grid with the levels of each put into halves."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from ..metadata import NOT_STATED
from ..plotting import box_height, draw_box, wrap
from ..plotting.page import footed, longest_piece, text_height, write
from ..problems import listed, mid_sentence
from ..quadrants import HALVES, axis, collapsed, has_halves, has_quadrants, levels, places
from ..review import Review
from ..style import MARGIN_MM, SMALL_PT
from .ratings import OnRatings, levels_fit, names_of_levels, row_head
from .recipe import Recipe


class Quadrants(OnRatings):
    """The grid with the levels of each rating collapsed to two halves."""

    id = "fig15_quadrants"

    def lacking(self, review: Review) -> str:
        return HALVES if has_quadrants(review) and not has_halves(review) else super().lacking(review)

    def names_fit(self, review: Review, data: pd.DataFrame) -> bool:
        names = [word for item in data["item"] for word in self._told(review, data, item).split()]
        heads = [*self._columns(review, data).values(), *self._bands(review, data).values()]
        room = self._widths(review, data)[0]
        return max(map(longest_piece, names), default=0.0) <= room - 6 and levels_fit(heads, room)

    def title(self, review: Review) -> str:
        return f"{self.axes(review)}: the quadrants"

    def data(self, review: Review) -> pd.DataFrame:
        rows = []
        for place in places(review):
            home = collapsed(review, place.box)
            halves = [collapsed(review, box) for box in place.boxes]
            away = [(mid_sentence(axis(review, name).label), half[n]) for n, name in enumerate("xy") for half in halves if half[n] != home[n]]
            could_be = "; ".join(f"{rating}: {half}" for rating, half in dict.fromkeys(away))
            rows.append((place.item, *home, place.certainty, could_be))
        return pd.DataFrame(rows, columns=["item", "x", "y", "certainty", "could_be"])

    def drawn(self, review: Review, data: pd.DataFrame, page: Axes) -> float:
        columns, bands, (box_width, gap) = self._columns(review, data), self._bands(review, data), self._widths(review, data)
        left = MARGIN_MM + row_head(bands.values())
        heads = {column: wrap(name, box_width, weight="bold") for column, name in columns.items()}
        y = self.heading(review, page) + max(map(text_height, heads.values())) + 1
        xs = {column: left + number * (box_width + gap) + (3 if column == NOT_STATED else 0) for number, column in enumerate(columns)}
        for column, x in xs.items():
            write(page, x, y - 1.5, heads[column], va="baseline", weight="bold")
        for band, band_name in bands.items():
            boxes = {c: [self._told(review, data, i) for i in data.loc[(data["x"] == c) & (data["y"] == band), "item"]] for c in columns}
            height = max(box_height("0", names, box_width) for names in boxes.values())
            write(page, left - 2, y + height / 2, wrap(band_name, left - MARGIN_MM - 3, weight="bold"), ha="right", weight="bold")
            for column, names in boxes.items():
                count = int(((data["x"] == column) & (data["y"] == band)).sum())
                strip = NOT_STATED in (column, band)
                draw_box(page, xs[column], y, box_width, height, f"{count}", names or [""], "empty" if strip or not count else "light")
            y += height + gap
        if (data["certainty"] != "explicit").any():
            star = wrap("* at least one of the two ratings is hedged or inferred", self.width - MARGIN_MM - left, SMALL_PT)
            write(page, left, y + 1.5, star, SMALL_PT, va="top")
            y += text_height(star, SMALL_PT) + 1
        return footed(page, y + 1.5, review.metadata.credit)

    def _columns(self, review: Review, data: pd.DataFrame) -> dict[str, str]:
        return {**names_of_levels(review, "x", halves=True), **({NOT_STATED: NOT_STATED} if NOT_STATED in set(data["x"]) else {})}

    def _bands(self, review: Review, data: pd.DataFrame) -> dict[str, str]:
        bands = dict(reversed(names_of_levels(review, "y", halves=True).items()))
        return {**bands, **({NOT_STATED: NOT_STATED} if NOT_STATED in set(data["y"]) else {})}

    def _widths(self, review: Review, data: pd.DataFrame) -> tuple[float, float]:
        gap, columns = 1.5, len(self._columns(review, data))
        return (self.width - 2 * MARGIN_MM - row_head(self._bands(review, data).values()) - 3 - (columns - 1) * gap) / columns, gap

    def _told(self, review: Review, data: pd.DataFrame, item: str) -> str:
        row = data[data["item"] == item].iloc[0]
        mark = "" if row["certainty"] == "explicit" else "*"
        return "\n".join([review.label(item) + mark, *(f"or {change}" for change in row["could_be"].split("; ") if change)])

    def caption(self, review: Review, data: pd.DataFrame) -> str:
        movable, soft = int((data["could_be"] != "").sum()), int((data["certainty"] != "explicit").sum())
        halves = []
        for name in "xy":
            kinds = {half: [level.label for level in axis(review, name).levels if level.collapse == half] for half in levels(review, name, True)}
            rating = mid_sentence(axis(review, name).label)
            halves += [f"{half} {rating} holds {listed(known)}" for half, known in kinds.items() if known != [half]]
        merged = f" Levels were put together: {'; '.join(halves)}." if halves else ""
        return (
            f"{self.title(review)}. The grid, with the levels of each rating put into halves.{merged} The number in a box counts its "
            f"{review.metadata.item.plural}. “Or” names the other halves that listed alternatives allow ({movable} of {len(data)}); * marks {soft} "
            f"{review.metadata.item(soft)} with a rating that is hedged or inferred. Halving hides differences; compare with the grid."
            f"{self.credit(review)}"
        )

    def pattern(self, review: Review, data: pd.DataFrame) -> str:
        return self.fullest(review, data, f"{int((data['could_be'] != '').sum())} could stand in another half.", halves=True)

    def numbers(self, review: Review, data: pd.DataFrame) -> str:
        parts = []
        for band, band_name in self._bands(review, data).items():
            for column, name in self._columns(review, data).items():
                here = data.loc[(data["x"] == column) & (data["y"] == band)]
                told = [review.label(row.item) + self._softly(row.certainty, row.could_be) for row in here.itertuples()]
                parts.append(f"{band_name} and {name}: {listed(told)}")
        return f"Quadrants, {mid_sentence(self.axes(review))}. {'. '.join(parts)}."

    def _softly(self, certainty: str, could_be: str) -> str:
        said = [certainty] * (certainty != "explicit") + [f"or {could_be}"] * bool(could_be)
        return f" ({'; '.join(said)})" if said else ""


RECIPES: list[Recipe] = [Quadrants()]
