"""The specification curve: how clear the groups are under every combination of choices."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from ..clustering.linkage import LINKAGES
from ..plotting import new_page, text_width, wrap
from ..plotting.page import crop, footed, plain, text_height, write
from ..review import Review
from ..sensitivity import MOST_CELLS, specification_curve
from ..sensitivity.curve import AS_CODED, CONSTANT, curve_codings
from ..similarity.coefficients import COEFFICIENTS
from ..style import INK, MARGIN_MM, QUIET, RULE, SMALL_PT, TEXT_PT, YES
from .recipe import Recipe

PANEL, ROW, GAP = 52.0, 3.7, 2.6
LABEL = 58.0
MEDIAN = 11.0
NARROWEST_CURVE = 60.0
PEOPLE = ("jaccard", "dice", "ochiai", "rogers", "tanimoto", "russell", "rao", "sokal", "sneath", "kulczynski")
HEADS = {"coefficient": "Coefficient", "linkage": "Linkage", "constant": "Constant features", "coding": "Coding"}
STANDARD = {"coefficient": "jaccard", "linkage": "average", "constant": CONSTANT[0], "coding": AS_CODED}


class SpecificationCurve(Recipe):
    """Every specification as a point, from the smallest width to the largest, and below it the choices it makes."""

    notebook = "09_shake_the_table"
    id = "fig30_specification_curve"

    def lacking(self, review: Review) -> str:
        table = self.incidence(review)
        if len(table) < 3 or table.size > MOST_CELLS:
            return f"at least three {review.metadata.item.plural}, and a first table of no more than {MOST_CELLS} cells"
        return ""

    def fits(self, review: Review) -> bool:
        codings = list(curve_codings(review, self.tables(review)[0]).cases)
        rows = len(COEFFICIENTS) + len(LINKAGES) + len(CONSTANT) + len(codings)
        height = MARGIN_MM + PANEL + rows * ROW + len(HEADS) * (GAP + ROW)
        named = all(text_width(coding, SMALL_PT) <= LABEL - 2 for coding in codings)
        return named and height < self.height - 26 and self.width - 2 * MARGIN_MM - LABEL - MEDIAN >= NARROWEST_CURVE

    def tables(self, review: Review) -> list[str]:
        return review.table_names[:1]

    def title(self, review: Review) -> str:
        return f"How clear the groups by {review.features_of(self.tables(review)[0])} are, whatever is chosen"

    def data(self, review: Review) -> pd.DataFrame:
        return specification_curve(review, self.tables(review)[0])

    def draw(self, review: Review, data: pd.DataFrame) -> Figure:
        figure, page = new_page(self.width, self.height)
        known = data[data["silhouette"].notna()].reset_index(drop=True)
        left, right = MARGIN_MM + LABEL, self.width - MARGIN_MM - MEDIAN
        step = (right - left) / max(1, len(known))
        x = left + (np.arange(len(known)) + 0.5) * step
        self._curve(page, known, x, left, right)
        y = MARGIN_MM + PANEL + 3
        write(page, right + MEDIAN, y + GAP, "median", SMALL_PT, ha="right", color=QUIET)
        for choice, options in self._choices(data).items():
            y += GAP
            write(page, MARGIN_MM, y, HEADS[choice], TEXT_PT, weight="bold")
            y += ROW
            for option in options:
                chosen = (known[choice] == option).to_numpy()
                page.plot([left, right], [y, y], color=RULE, linewidth=0.4, zorder=0)
                marks = [[(place, y - 1.3), (place, y + 1.3)] for place in x[chosen]]
                page.add_collection(LineCollection(marks, colors=YES, linewidths=max(0.35, min(1.6, step * 2)), gid=f"choice:{choice}:{option}"))
                write(page, MARGIN_MM, y, _named(option), SMALL_PT)
                median = f"{known.loc[chosen, 'silhouette'].median():.2f}" if chosen.any() else "–"
                write(page, right + MEDIAN, y, median, SMALL_PT, ha="right", color=QUIET)
                y += ROW
        note = wrap(self._note(review), self.width - 2 * MARGIN_MM)
        write(page, MARGIN_MM, y + 1, note, va="top")
        crop(page, footed(page, y + 1 + text_height(note) + 1.5, review.metadata.credit))
        return figure

    def caption(self, review: Review, data: pd.DataFrame) -> str:
        known = data["silhouette"].dropna()
        refused = int(data["silhouette"].isna().sum())
        codes = curve_codings(review, self.tables(review)[0])
        drawn = f" Of {codes.possible} listed codings {len(codes.cases) - 1} were drawn at random." if codes.possible >= len(codes.cases) else ""
        undefined = f" {refused} more do not exist, since Ochiai’s coefficient has no exact average." if refused else ""
        return (
            f"{self.title(review)}: the specification curve, of {len(known)} specifications. {self.pattern(review, data)}{undefined}{drawn} "
            f"{self._note(review)}"
            f"{self.unclear_note(review)}{self.credit(review)}"
        )

    def pattern(self, review: Review, data: pd.DataFrame) -> str:
        known = data["silhouette"].dropna()
        medians = data.groupby("coefficient")["silhouette"].median().dropna().sort_values(kind="stable")
        least, most = medians.index[0], medians.index[-1]
        return (
            f"The largest mean silhouette width goes from {plain(known.min())} to {plain(known.max())}, with a median of {plain(known.median())}. "
            f"By coefficient, the median goes from {plain(medians[least])} with {_named(least)} to {plain(medians[most])} with {_named(most)}."
        )

    def numbers(self, review: Review, data: pd.DataFrame) -> str:
        parts = []
        for choice, options in self._choices(data).items():
            medians = [f"{_named(option)} {plain(data.loc[data[choice] == option, 'silhouette'].median())}" for option in options]
            parts.append(f"{HEADS[choice]}: {', '.join(medians)}")
        n = int(data["silhouette"].notna().sum())
        return f"A rising curve of {n} values above rows of marks for the choices. Medians, by choice. {'. '.join(parts)}."

    def _curve(self, page, known: pd.DataFrame, x: np.ndarray, left: float, right: float) -> None:
        low, high = min(0.0, known["silhouette"].min()), max(1.0, known["silhouette"].max())

        def place(value):
            return MARGIN_MM + 2 + (high - value) / (high - low) * (PANEL - 4)

        for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
            page.plot([left, right], [place(tick)] * 2, color=RULE, linewidth=0.4, zorder=0)
            write(page, left - 1.5, place(tick), f"{tick:g}", SMALL_PT, ha="right", color=QUIET)
        write(page, MARGIN_MM, place(0.5), wrap("Largest mean silhouette width", LABEL - 16), TEXT_PT)
        page.plot(x, place(known["silhouette"].to_numpy()), ".", markersize=2.2, color=YES, gid="curve")
        standard = known[np.logical_and.reduce([known[name] == value for name, value in STANDARD.items()])]
        for row in standard.itertuples():
            page.plot(x[row.Index], place(row.silhouette), "o", markersize=6, color="none", markeredgecolor=INK, markeredgewidth=1.0, gid="standard")
            words = f"the usual choice: {row.silhouette:.2f}"
            beside = min(max(x[row.Index] + 12, left + text_width(words, SMALL_PT) / 2), right - text_width(words, SMALL_PT) / 2)
            write(page, beside, place(row.silhouette) + 4.5, words, SMALL_PT, ha="center")

    def _choices(self, data: pd.DataFrame) -> dict[str, list[str]]:
        orders = {"coefficient": list(COEFFICIENTS), "linkage": None, "constant": list(CONSTANT), "coding": None}
        choices = {}
        for choice, order in orders.items():
            options = sorted(set(data[choice]), key=order.index if order else lambda text: (text != AS_CODED, text))
            if len(options) > 1:
                choices[choice] = options
        return choices

    def _note(self, review: Review) -> str:
        codings = len(curve_codings(review, self.tables(review)[0]).cases)
        others = " Each other coding changes one code, as a careful reader could." if codings > 1 else ""
        return (
            "Each point is one combination of choices; the marks below it say which. The width is the largest over all equally right trees and all "
            f"numbers of groups, −1 to 1. Ring: Jaccard distance, average linkage, all features, as coded.{others}"
        )


def _named(option: str) -> str:
    """A choice as it is written in print: the names of people with a capital."""
    if option not in COEFFICIENTS:
        return option
    words = option.split("_")
    return "–".join(map(str.capitalize, words)) if set(words) <= set(PEOPLE) else " ".join(words)


RECIPES: list[Recipe] = [SpecificationCurve()]
