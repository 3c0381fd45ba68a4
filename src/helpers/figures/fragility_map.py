"""How many conclusions each code carries."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from ..plotting import new_page, text_width, wrap
from ..plotting.page import crop, footed, text_height, write
from ..plotting.yes_no import heading_height, upright_heading
from ..problems import counted, some
from ..review import Review
from ..sensitivity import fragility
from ..style import AMOUNT, INK, MARGIN_MM, PAPER, RULE, SMALL_PT, TITLE_PT, readable_on
from ..validation import NATURE
from .coded_tables import laid_out
from .conclusions import Shaken
from .recipe import Recipe

FOOT = 40.0  # for key, note and source
NARROWEST, NARROWEST_CELL = 76.0, 6.0  # the key needs so much, and a number
RATING_WIDTH, GAP = 17.0, 4.0
OTHERWISE = "a careful reader could code it otherwise"


class FragilityMap(Shaken):
    """The tables, each code coloured by how many conclusions a change of it alone overturns."""

    id = "fig28_fragility_map"

    def fits(self, review: Review) -> bool:
        layout = _Map(review, self.width, self.height)
        return layout.cell >= NARROWEST_CELL and layout.bottom < self.height - FOOT and self.width >= NARROWEST

    def title(self, review: Review) -> str:
        return "How many conclusions hang on each code"

    def data(self, review: Review) -> pd.DataFrame:
        found = fragility(review)
        debatable = {change.code for change in found.changes if change.listed}
        quotes = review.evidence.groupby(["table", "model", "feature"], sort=False)["quote"].agg(" / ".join).to_dict()
        rows = []
        for code, names in found.carried().items():
            rows.append((*code, review.code(*code), code in debatable, len(names), " ".join(names), quotes.get(code, "")))
        columns = ["table", "item", "feature", "code", "debatable", "conclusions", "overturned", "quote"]
        frame = pd.DataFrame(rows, columns=columns)
        return frame.assign(debatable=frame["debatable"].map({True: "yes", False: ""}))

    def draw(self, review: Review, data: pd.DataFrame) -> Figure:
        figure, page = new_page(self.width, self.height)
        layout = _Map(review, self.width, self.height)
        most = max(1, int(data["conclusions"].max()))
        codes = data.set_index(["table", "item", "feature"])
        x = layout.left
        for table, features in layout.columns.items():
            cell = RATING_WIDTH if table == NATURE else layout.cell
            title = wrap(layout.titles[table], len(features) * cell + GAP - 3, TITLE_PT, "bold")
            write(page, x, MARGIN_MM, title, TITLE_PT, weight="bold", va="top")
            for feature, name in features.items():
                if layout.upright and table != NATURE:
                    write(page, x + cell / 2, layout.top - 1.2, upright_heading(name, cell), rotation=90, ha="center", va="bottom")
                else:
                    write(page, x + cell / 2, layout.top - 2, wrap(name, cell - 1), ha="center", va="baseline")
                for place, item in enumerate(review.items):
                    if (table, item, feature) in codes.index:
                        self._cell(page, codes.loc[(table, item, feature)], x, layout.top + place * layout.height, cell, layout.height, most)
                x += cell
            x += GAP
        for place, item in enumerate(review.items):
            write(page, layout.left - 2, layout.top + (place + 0.5) * layout.height, layout.labels[item], ha="right")
        y = self._key(page, layout.bottom + 3.5, most, data, self.width - MARGIN_MM)
        note = wrap(self._note(review), self.width - 2 * MARGIN_MM)
        write(page, MARGIN_MM, y + 2, note, va="top")
        crop(page, footed(page, y + 2 + text_height(note) + 1.5, review.metadata.credit))
        return figure

    def caption(self, review: Review, data: pd.DataFrame) -> str:
        total = len(fragility(review).conclusions)
        own = ", the review’s own countable claims among them" if len(review.claims) else ""
        return (
            f"{self.title(review)}, of {total} conclusions{own}. {self.pattern(review, data)} {self._note(review)}{self.unclear_note(review)}"
            f"{self.credit(review)}"
        )

    def pattern(self, review: Review, data: pd.DataFrame) -> str:
        most = int(data["conclusions"].max())
        if not most:
            return f"None of {len(data)} codes carries a conclusion."
        bearers = int((data["conclusions"] == most).sum())
        debatable = int(((data["conclusions"] > 0) & (data["debatable"] == "yes")).sum())
        return (
            f"{int((data['conclusions'] > 0).sum())} of {len(data)} codes carry at least one conclusion; a careful reader could code {debatable} of "
            f"them otherwise; {bearers} {'carry' if bearers > 1 else 'carries'} the most, {most}."
        )

    def numbers(self, review: Review, data: pd.DataFrame) -> str:
        ranked = data.sort_values("conclusions", ascending=False, kind="stable")
        top = [f"{review.label(row.item)}, {review.label(row.feature)} ({row.code}): {row.conclusions}" for row in ranked.itertuples()]
        idle = int((data["conclusions"] == 0).sum())
        lead = f"A table of {counted(len(data), 'code')}, coloured by the number of conclusions each carries."
        return f"{lead} Most: {'; '.join(some(top))}. None: {idle} codes." if idle < len(data) else lead

    def _cell(self, page: Axes, code: pd.Series, x: float, y: float, width: float, height: float, most: int) -> None:
        face = AMOUNT(code["conclusions"] / most)
        ink = readable_on(face)
        page.add_patch(Rectangle((x, y), width, height, facecolor=face, edgecolor=PAPER, linewidth=0.8, gid="code"))
        if code["debatable"]:
            inset = 0.75
            page.add_patch(
                Rectangle(
                    (x + inset, y + inset), width - 2 * inset, height - 2 * inset, facecolor="none", edgecolor=ink, linewidth=0.7,
                    linestyle=(0, (2.2, 1.2)), gid="debatable",
                )
            )  # fmt: skip
        number = str(code["conclusions"])
        middle = x + width / 2
        if code["code"] == "yes":
            write(page, middle, y + height / 2, f"● {number}", SMALL_PT, ha="center", color=ink)
        elif code["code"] in ("no", "unclear"):
            write(page, middle, y + height / 2, number if code["code"] == "no" else f"? {number}", SMALL_PT, ha="center", color=ink)
        else:
            write(page, middle, y + height / 2, number, SMALL_PT, ha="center", color=ink)

    def _key(self, page: Axes, y: float, most: int, data: pd.DataFrame, right: float) -> float:
        x = MARGIN_MM
        steps = sorted({0, most // 3, 2 * most // 3, most})
        write(page, x, y + 2.1, "Conclusions", SMALL_PT)
        x += text_width("Conclusions", SMALL_PT) + 3
        for step in steps:
            face = AMOUNT(step / most)
            page.add_patch(Rectangle((x, y), 8, 4.2, facecolor=face, edgecolor=RULE, linewidth=0.4))
            write(page, x + 4, y + 2.1, str(step), SMALL_PT, ha="center", color=readable_on(face))
            x += 8.6
        x += 5
        write(page, x, y + 2.1, "● coded Yes", SMALL_PT)
        x += text_width("● coded Yes", SMALL_PT) + 6
        if not (data["debatable"] == "yes").any():
            return y + 4.2
        if x + 10 + text_width(OTHERWISE, SMALL_PT) > right:
            x, y = MARGIN_MM, y + 6
        page.add_patch(Rectangle((x, y), 8, 4.2, facecolor=PAPER, edgecolor=INK, linewidth=0.7, linestyle=(0, (2.2, 1.2))))
        write(page, x + 10, y + 2.1, OTHERWISE, SMALL_PT)
        return y + 4.2

    def _note(self, review: Review) -> str:
        ratings = " (a rating: to any of its other levels)" if review.metadata.ratings else ""
        return f"Number and colour: the conclusions that are overturned if this code alone is changed{ratings}."


class _Map:
    """Where the map stands, in millimetres."""

    def __init__(self, review: Review, width: float, height: float):
        self.labels = laid_out(review, review.table_names, width, height).labels
        self.left = max(map(text_width, self.labels.values())) + MARGIN_MM + 3
        self.columns = {name: {feature: review.short_label(feature) for feature in table} for name, table in review.tables.items()}
        titles = {name: review.heading(name) for name in review.tables}
        if review.metadata.ratings:
            self.columns[NATURE] = {rating.name: rating.label for rating in review.metadata.ratings}
            titles[NATURE] = "Ratings"
        lettered = {name: f"{letter} {title}" for letter, (name, title) in zip("abcdefgh", titles.items(), strict=False)}
        self.titles = lettered if len(titles) > 1 else {name: review.label(name) for name in titles}  # as the coded table is called
        features = sum(len(columns) for table, columns in self.columns.items() if table != NATURE)
        fixed = len(self.columns.get(NATURE, ())) * RATING_WIDTH + (len(self.columns) - 1) * GAP + MARGIN_MM
        self.cell = min(RATING_WIDTH, (width - self.left - fixed) / features)
        names = [name for table, columns in self.columns.items() for name in columns.values() if table != NATURE]
        wrapped = [
            wrap(self.titles[table], len(columns) * (RATING_WIDTH if table == NATURE else self.cell) + GAP - 3, TITLE_PT, "bold")
            for table, columns in self.columns.items()
        ]
        self.upright = any(text_width(wrap(name, self.cell - 1)) > self.cell - 1 for name in names)
        self.top = MARGIN_MM + max(text_height(title, TITLE_PT) for title in wrapped) + 2 + heading_height(names, self.cell)
        room = min(6.2, max(4.8, (height - FOOT - self.top) / len(review.items)))
        self.height = max(room, max(map(text_height, self.labels.values())) + 1.5)
        self.bottom = self.top + len(review.items) * self.height


RECIPES: list[Recipe] = [FragilityMap()]
