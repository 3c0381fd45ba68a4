"""Which combinations of features occur, in how many items and in which: an UpSet plot with the items named in its bars."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from ..plotting import draw_memberships, new_page, text_width, wrap
from ..plotting.memberships import LANE
from ..plotting.page import crop, footed, longest_piece, text_height, write
from ..problems import counted, listed, some
from ..review import Review
from ..style import COUNTED, INK, MARGIN_MM, QUIET, SMALL_PT, TEXT_PT
from .recipe import Recipe

SIZES = 14.0  # the bars above the names of the features
LOWEST_ROW, PADDING, GAP = 5.6, 1.4, 5.0
WIDEST_ITEM = 40.0  # of the bar, for each item
LEAST_SHARE = 0.6  # of the page's width, for figures that need less
FOOT = 22.0  # for scale, note and source


class Intersections(Recipe):
    """One row a combination of features, one filled dot for each; the bar is as long as it has items, and holds their names."""

    notebook = "02_read_the_tables"

    def __init__(self, identifier: str, position: int):
        self.id, self.position = identifier, position

    def lacking(self, review: Review) -> str:
        return "" if self.position < len(review.tables) else "a second table of features"

    def fits(self, review: Review) -> bool:
        data = self.values(review)
        longest = max(longest_piece(review.short_label(item)) for text in data["members"] for item in text.split())
        top = self._top(review)
        return self._unit(review, data) >= longest + 2 * PADDING and self._rows(review, data, top)[-1][1] <= self.height - FOOT

    def tables(self, review: Review) -> list[str]:
        return [review.table_names[self.position]]

    def title(self, review: Review) -> str:
        return f"Combinations of {review.features_of(self.tables(review)[0])}, and the {review.metadata.item.plural} with each"

    def data(self, review: Review) -> pd.DataFrame:
        incidence = self.incidence(review)
        found: dict[tuple[str, ...], list[str]] = {}
        for item in incidence.index:
            found.setdefault(tuple(name for name in incidence.columns if incidence.at[item, name]), []).append(item)
        order = list(incidence.columns)
        ranked = sorted(found.items(), key=lambda entry: (-len(entry[1]), len(entry[0]), [order.index(name) for name in entry[0]]))
        rows = [(" ".join(features), " ".join(items), len(items)) for features, items in ranked]
        return pd.DataFrame(rows, columns=["features", "members", "n"])

    def draw(self, review: Review, data: pd.DataFrame) -> Figure:
        names = self._names(review)
        top, left, unit = self._top(review), self._left(review), self._unit(review, data)
        across = min(self.width, max(left + int(data["n"].max()) * unit + 6 + MARGIN_MM, LEAST_SHARE * self.width))
        figure, page = new_page(across, self.height)
        places = {feature: MARGIN_MM + (number + 0.5) * LANE for number, feature in enumerate(names)}
        self._sizes(page, review, data, places, top)
        rows = self._rows(review, data, top)
        middles = [(upper + lower) / 2 for upper, lower in rows]
        draw_memberships(page, [text.split() for text in data["features"]], middles, places, upright=False)
        for row, (upper, lower), middle in zip(data.itertuples(), rows, middles, strict=True):
            width = row.n * unit
            page.add_patch(Rectangle((left, upper + 0.5), width, lower - upper - 1, facecolor=COUNTED, edgecolor=QUIET, linewidth=0.6, gid="bar"))
            write(page, left + PADDING, middle, self._inside(review, row.members, width), TEXT_PT)
            write(page, left + width + 1.5, middle, f"{row.n}", SMALL_PT, color=QUIET)
        page.plot([left, left], [top, rows[-1][1]], color=INK, linewidth=0.6)
        head = wrap(f"{review.metadata.item.plural.capitalize()} with exactly these", across - left - MARGIN_MM, weight="bold")
        write(page, left, top - 1.5, head, va="bottom", weight="bold")
        note = wrap(self._note(review), across - 2 * MARGIN_MM)
        y = rows[-1][1] + 2.5
        write(page, MARGIN_MM, y, note, va="top")
        crop(page, footed(page, y + text_height(note) + 1.5, review.metadata.credit))
        return figure

    def _sizes(self, page: Axes, review: Review, data: pd.DataFrame, places: dict[str, float], top: float) -> None:
        """A bar for each feature on its own, above its name: how many items have it at all."""
        foot, most = MARGIN_MM + SIZES, max(1, len(review.items))
        told, beside = f"{review.metadata.item.plural} with each", max(places.values()) + 4
        if beside + text_width(told, SMALL_PT) < page.get_xlim()[1] - MARGIN_MM:
            write(page, beside, foot - 1.2, told, SMALL_PT, color=QUIET)
        for feature, x in places.items():
            total = sum(row.n for row in data.itertuples() if feature in row.features.split())
            height = total / most * (SIZES - 4)
            page.add_patch(Rectangle((x - 1.6, foot - height), 3.2, height, facecolor=QUIET, edgecolor=QUIET, linewidth=0.4, gid="size"))
            write(page, x, foot - height - 1.6, f"{total}", SMALL_PT, ha="center", color=QUIET)
            write(page, x, top - 1.5, self._names(review)[feature], rotation=90, ha="center", va="bottom")

    def caption(self, review: Review, data: pd.DataFrame) -> str:
        return f"{self.title(review)}. {self.pattern(review, data)} {self._note(review)}{self.unclear_note(review)}{self.credit(review)}"

    def pattern(self, review: Review, data: pd.DataFrame) -> str:
        item, shared = review.metadata.item, data[data["n"] > 1]
        if not len(shared):
            each = f"Each of {len(data)} combinations belongs" if len(data) > 1 else "The one combination belongs"
            return f"{each} to one {item.singular} alone."
        told = [listed([review.label(name) for name in text.split()]) for text in shared["members"]]
        return f"{counted(len(data), 'combination occurs', 'combinations occur')}; shared: {'; '.join(some(told))}."

    def numbers(self, review: Review, data: pd.DataFrame) -> str:
        told = [
            f"{listed([review.label(name) for name in row.features.split()]) or 'none'}: {listed([review.label(i) for i in row.members.split()])}"
            for row in data.itertuples()
        ]
        return f"An UpSet plot, from the most frequent combination to the rarest. {'. '.join(some(told, most=40))}."

    def _note(self, review: Review) -> str:
        feature, item = review.table_info(self.tables(review)[0]).feature, review.metadata.item
        return (
            f"Exclusive mode: each {item.singular} is counted once, in the row of all {feature.plural} it has and no others. The bars above the "
            f"names count the {item.plural} that have a {feature.singular}, whatever else they have."
        )

    def _names(self, review: Review) -> dict[str, str]:
        return {feature: review.short_label(feature) for feature in review.tables[self.tables(review)[0]]}

    def _top(self, review: Review) -> float:
        return MARGIN_MM + SIZES + max(map(text_width, self._names(review).values())) + 3.5

    def _left(self, review: Review) -> float:
        return MARGIN_MM + len(self._names(review)) * LANE + GAP

    def _unit(self, review: Review, data: pd.DataFrame) -> float:
        """The length of a bar for each item, in millimetres."""
        return min(WIDEST_ITEM, (self.width - self._left(review) - MARGIN_MM - 6) / int(data["n"].max()))

    def _inside(self, review: Review, items: str, width: float) -> str:
        return wrap(", ".join(review.short_label(item) for item in items.split()), width - 2 * PADDING)

    def _rows(self, review: Review, data: pd.DataFrame, top: float) -> list[tuple[float, float]]:
        """The upper and the lower edge of each row."""
        rows, y, unit = [], top, self._unit(review, data)
        for text, count in zip(data["members"], data["n"], strict=True):
            rows.append((y, y + max(LOWEST_ROW, text_height(self._inside(review, text, count * unit)) + 2.4)))
            y = rows[-1][1]
        return rows


RECIPES: list[Recipe] = [Intersections("fig33_intersections", 0), Intersections("fig34_intersections_second_table", 1)]
