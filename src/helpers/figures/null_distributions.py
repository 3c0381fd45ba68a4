"""What would chance give? A table's statistics among those of all tables with the same totals."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from ..nullmodels import COMPARED, NullResult, compared, has_others
from ..plotting import draw_distribution, new_page, wrap
from ..plotting.page import crop, footed, plain, text_height, write
from ..problems import listed, mid_sentence
from ..review import Review
from ..style import MARGIN_MM, QUIET, SMALL_PT, TITLE_PT
from .recipe import Recipe

BINS = 30
GLOSS = (
    "C-score: how often two features avoid each other; nestedness: how far shorter rows hold only what longer rows hold; cophenetic correlation: how "
    "well a tree keeps the distances, 1 at best; silhouette width: how clear the groups are, 1 at best."
)
NARROWEST, MOST_COLUMNS, GAP, PANEL = 34.0, 3, 7.0, 26.0


class NullDistributions(Recipe):
    """Six statistics of one table."""

    notebook = "08_ask_what_chance_would_do"

    def __init__(self, identifier: str, position: int):
        self.id, self.position = identifier, position

    def lacking(self, review: Review) -> str:
        if self.position >= len(review.tables):
            return "a second table of features"
        if len(review.items) < 3:
            return f"at least three {review.metadata.item.plural}"
        return "" if has_others(self.incidence(review)) else "totals of rows and columns that other tables have, too"

    def fits(self, review: Review) -> bool:
        rows = -(-len(COMPARED) // self._columns)
        return self.width - 2 * MARGIN_MM >= NARROWEST and rows * (PANEL + GAP + text_height("x\n" * 4)) <= self.height - 30

    def tables(self, review: Review) -> list[str]:
        return [review.table_names[self.position]]

    def title(self, review: Review) -> str:
        return f"What chance would give: {review.features_of(self.tables(review)[0])}"

    def data(self, review: Review) -> pd.DataFrame:
        rows = []
        for name, result in self._told(review).items():
            edges = _edges(result)
            shares = np.histogram(result.values["value"], edges, weights=result.values["tables"].astype(float))[0] / float(
                result.values["tables"].sum()
            )
            rows += [
                {"statistic": name, "part": "bar", "from_value": low, "to_value": high, "share": share}
                for low, high, share in zip(edges[:-1], edges[1:], shares, strict=True)
            ]
            told = {key: getattr(result, key) for key in ("observed", "mean", "p_lower", "p_upper", "p_two", "smallest_p")}
            rows.append({"statistic": name, "part": "result", **told, "tables": float(result.n), "all": "yes" if result.exact else "no"})
        columns = [
            "statistic",
            "part",
            "from_value",
            "to_value",
            "share",
            "observed",
            "mean",
            "p_lower",
            "p_upper",
            "p_two",
            "smallest_p",
            "tables",
            "all",
        ]
        return pd.DataFrame(rows, columns=columns).fillna({"all": ""})

    def draw(self, review: Review, data: pd.DataFrame) -> Figure:
        figure, page = new_page(self.width, self.height)
        results, columns, width = _results(data), self._columns, self._panel
        titles = self._titles(data)
        told = ["\n".join(wrap(line, width, SMALL_PT) for line in _told_small(result)) for result in results]
        head, foot = max(text_height(title, TITLE_PT) for title in titles), max(text_height(text, SMALL_PT) for text in told)
        height = head + PANEL + foot + GAP
        for number, result in enumerate(results):
            left, top = MARGIN_MM + number % columns * (width + GAP), MARGIN_MM + number // columns * height
            write(page, left, top + head, titles[number], TITLE_PT, va="bottom", weight="bold")
            bars = data[(data["part"] == "bar") & (data["statistic"] == result.statistic)]
            draw_distribution(page, bars, result.observed, result.mean, left, top + head + 1, width, PANEL)
            write(page, left, top + head + PANEL + 1.5, told[number], SMALL_PT, va="top", color=QUIET)
        y = MARGIN_MM + -(-len(results) // columns) * height
        note = wrap(
            f"Height: share of tables. Bold: the table itself. Triangle: the mean of all. p is for both sides. {self._chosen(review)}",
            self.width - 2 * MARGIN_MM,
        )
        write(page, MARGIN_MM, y, note, va="top")
        crop(page, footed(page, y + text_height(note) + 1.5, review.metadata.credit))
        return figure

    def caption(self, review: Review, data: pd.DataFrame) -> str:
        names = [f"({'abcdef'[n]}) {mid_sentence(COMPARED[row.statistic])}" for n, row in enumerate(_results(data))]
        drawn = [mid_sentence(COMPARED[row.statistic]) for row in _results(data) if row.all == "no"]
        how = f" For {listed(drawn)} tables were drawn, and the least p is what so many draws can give." if drawn else ""
        how += " For the others all tables are counted." if 0 < len(drawn) < len(names) else ""
        return (
            f"{self.title(review)}. {self.pattern(review, data)} {listed(names)}, of tables with the same totals of rows and columns (bars; "
            f"triangle: "
            f"their mean) and of this table (upright line, bold number). Best: the largest over all equally right trees of average linkage, and "
            f"over all numbers of "
            f"groups. {GLOSS} p: the share of tables as far out or further, times two for both sides; in brackets the least that it could "
            f"be.{how} {self._chosen(review)}{self.unclear_note(review)}{self.credit(review)}"
        )

    def pattern(self, review: Review, data: pd.DataFrame) -> str:
        results = _results(data)
        low = min(results, key=lambda row: row.p_two)
        return f"Smallest of {len(results)} p-values: {plain(low.p_two)}, for {mid_sentence(COMPARED[low.statistic])}."

    def numbers(self, review: Review, data: pd.DataFrame) -> str:
        parts = [
            f"{COMPARED[row.statistic]}: {plain(row.observed, 3)} observed, {plain(row.mean, 3)} on average, p {plain(row.p_two)}, least possible "
            f"{plain(min(1, 2 * row.smallest_p))}"
            for row in _results(data)
        ]
        return f"Bars for each statistic with a line for the observed value. {'; '.join(parts)}."

    @property
    def _columns(self) -> int:
        """How many panels stand side by side."""
        return max(1, min(MOST_COLUMNS, int((self.width - 2 * MARGIN_MM + GAP) / (NARROWEST + GAP))))

    @property
    def _panel(self) -> float:
        return (self.width - 2 * MARGIN_MM - (self._columns - 1) * GAP) / self._columns

    def _titles(self, data: pd.DataFrame) -> list[str]:
        names = [f"{'abcdef'[n]} {COMPARED[row.statistic]}" for n, row in enumerate(_results(data))]
        return [wrap(name, self._panel, TITLE_PT, "bold") for name in names]

    def _told(self, review: Review) -> dict[str, NullResult]:
        found = {name: compared(self.incidence(review), name) for name in COMPARED}
        return {name: result for name, result in found.items() if not result.undefined and not np.isnan(result.observed)}

    def _chosen(self, review: Review) -> str:
        items = review.metadata.item.plural
        return (
            f"The {items} were chosen, not drawn: p compares this table with others of the same totals and says nothing about other {items}. "
            f"Every p is "
            f"post hoc."
        )


def _edges(result: NullResult) -> np.ndarray:
    """The borders of the bars: as wide as the values are apart where they are few."""
    values = np.unique(np.append(result.values["value"].to_numpy(dtype=float), result.observed))
    gaps = np.diff(values)
    if len(values) == 1:
        return np.array([values[0] - 0.5, values[0] + 0.5])
    low, high = values[0], values[-1]
    step = max(gaps.min(), (high - low) / BINS)
    return low - step / 2 + step * np.arange(int(np.ceil((high - low) / step - 1e-9)) + 2)


def _results(data: pd.DataFrame) -> list:
    return list(data[data["part"] == "result"].itertuples())


def _told_small(result) -> tuple[str, str]:
    tables = f"all {result.tables:,.0f} tables" if result.all == "yes" else f"{result.tables:,.0f} tables drawn"
    return f"p = {plain(result.p_two)} (least {plain(min(1, 2 * result.smallest_p))})", tables


RECIPES: list[Recipe] = [NullDistributions("fig20_chance", 0), NullDistributions("fig21_chance_second_table", 1)]
