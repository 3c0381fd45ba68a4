"""Which features go together, and which exclude each other, within and across tables."""

from __future__ import annotations

from math import isnan

import pandas as pd
from matplotlib.figure import Figure

from ..nullmodels import feature_families
from ..plotting import draw_amount_key, draw_triangle, new_page, text_width, wrap
from ..plotting.page import crop, footed, inset, minus, plain, text_height, write
from ..problems import listed
from ..review import Review
from ..style import MARGIN_MM, SMALL_PT
from .recipe import Recipe

CELL, NUMBER_CELL, HUNDREDTHS_CELL, NAMED_CELL, SMALLEST_CELL = 10.4, 9.4, 7.4, 6.0, 4.0
CERTAIN = 1 - 1e-9


class AssociationsOfFeatures(Recipe):
    """A triangle of phi coefficients of all features that are not constant."""

    id, notebook = "fig19_associations", "06_compare_resources_and_relationships"

    def lacking(self, review: Review) -> str:
        if len(self._varying(review)) < 2:
            return f"at least two {review.metadata.feature.plural} that not all {review.metadata.item.plural} share"
        return ""

    def fits(self, review: Review) -> bool:
        return self._cell(review) >= SMALLEST_CELL

    def tables(self, review: Review) -> list[str]:
        return review.table_names

    def title(self, review: Review) -> str:
        return f"Which {review.metadata.feature.plural} go together"

    def data(self, review: Review) -> pd.DataFrame:
        found = [result.to_frame().assign(family=name) for name, result in feature_families(review).items()]
        table = pd.concat(found, ignore_index=True)
        return table[table["phi"].notna()].reset_index(drop=True)

    def draw(self, review: Review, data: pd.DataFrame) -> Figure:
        features, cell = self._varying(review), self._cell(review)
        values = pd.DataFrame(0.0, index=features, columns=features)
        for row in data.itertuples():
            values.at[row.first, row.second] = values.at[row.second, row.first] = row.phi
        words = values.map(lambda phi: _written(phi, cell))
        tables = [review.table_of(feature) for feature in features]
        starts = [i for i in range(1, len(features)) if tables[i] != tables[i - 1]]
        side = len(features) * cell
        figure, page = new_page(self.width, self.height)
        note = wrap(self._note(review, data), self.width - 2 * MARGIN_MM)
        y = MARGIN_MM + side + 3
        crop(page, y + 8 + text_height(note) + 1.5 + text_height(wrap(review.metadata.credit, self.width - 2 * MARGIN_MM, SMALL_PT)) + MARGIN_MM)
        ax = inset(page, MARGIN_MM, MARGIN_MM, side, side)
        names = self._names(review)
        draw_triangle(ax, values.rename(index=names, columns=names), words, 1, tuple(starts), diagonal=False, size=SMALL_PT, signed=True)
        draw_amount_key(page, MARGIN_MM, y, "phi", self.width - 2 * MARGIN_MM, signed=True)
        write(page, MARGIN_MM, y + 8, note, va="top")
        footed(page, y + 8 + text_height(note) + 1.5, review.metadata.credit)
        return figure

    def caption(self, review: Review, data: pd.DataFrame) -> str:
        constant = [review.label(feature) for feature in self.incidence(review) if feature not in self._varying(review)]
        without = f" Not shown, since constant: {listed(constant)}." if constant else ""
        between = " Thick lines part the tables." if len(review.tables) > 1 else ""
        if self._cell(review) < NUMBER_CELL:
            between += " Written in hundredths." if self._cell(review) >= HUNDREDTHS_CELL else " A minus sign marks what is below 0."
        return (
            f"{self.title(review)}. Each cell is phi, the correlation of two yes/no columns over the {len(review.items)} "
            f"{review.metadata.item.plural}: 1 for the same column, −1 for opposite ones, 0 for unrelated ones.{between}{without} "
            f"{self._note(review, data)}{self.unclear_note(review)}{self.credit(review)}"
        )

    def pattern(self, review: Review, data: pd.DataFrame) -> str:
        strong = data["phi"].abs() > 1 / 2
        best = data.loc[data["phi"].abs().sort_values(ascending=False, kind="stable").index[0]]
        phi = minus(f"{best['phi']:.2f}")
        return (
            f"{int(strong.sum())} of {len(data)} pairs have a correlation beyond one half, up or down; the strongest is "
            f"{review.label(best['first'])} with {review.label(best['second'])}, {phi}."
        )

    def numbers(self, review: Review, data: pd.DataFrame) -> str:
        strongest = data.iloc[data["phi"].abs().sort_values(ascending=False, kind="stable").index[:12]]
        parts = [
            f"{review.label(row.first)} with {review.label(row.second)} {minus(f'{row.phi:.2f}')} (p {plain(row.p)})"
            for row in strongest.itertuples()
        ]
        return f"A triangle of correlations of {review.metadata.feature.plural}. The strongest: {'; '.join(parts)}."

    def _note(self, review: Review, data: pd.DataFrame) -> str:
        def named(rows: pd.DataFrame) -> list[str]:
            return [f"{review.label(row.first)} and {review.label(row.second)}" for row in rows.itertuples()]

        same, opposite = named(data[data["phi"] > CERTAIN]), named(data[data["phi"] < -CERTAIN])
        least = data.loc[data["p"].idxmin()]
        told = [f"Identical columns: {listed(same)}." if same else "", f"Opposite columns: {listed(opposite)}." if opposite else ""]
        return " ".join([*filter(None, told), ""]) + (
            f"The smallest of {len(data)} exact p-values is {plain(least['p'])} (least possible {plain(least['smallest_p'])}); allowing for the "
            f"{int((data['family'] == least['family']).sum())} tests of its family it is {plain(least['holm'])} by Holm’s rule, which holds "
            f"whatever the features "
            f"are{'' if isnan(least['min_p']) else ', and ' + plain(least['min_p']) + ' by min-P, which uses how they hang together'}. "
            f"Post hoc, over {len(review.items)} chosen {review.metadata.item.plural}."
        )

    def _varying(self, review: Review) -> list[str]:
        incidence = self.incidence(review)
        return [feature for feature in incidence if incidence[feature].nunique() > 1]

    def _names(self, review: Review) -> dict[str, str]:
        """The features' names, or their short names where those leave too little room for the cells."""
        names = {feature: review.label(feature) for feature in self._varying(review)}
        return names if self._side(names) >= NAMED_CELL else {feature: review.short_label(feature) for feature in names}

    def _cell(self, review: Review) -> float:
        return self._side(self._names(review))

    def _side(self, names: dict[str, str]) -> float:
        room = self.width - max(map(text_width, names.values())) - 3 * MARGIN_MM
        return min(CELL, room / len(names), (self.height - 60) / len(names))


def _written(phi: float, cell: float) -> str:
    """Two decimals, hundredths or a sign alone, as the cell has room."""
    if cell >= NUMBER_CELL:
        return minus(f"{phi:.2f}")
    return minus(f"{round(100 * phi)}") if cell >= HUNDREDTHS_CELL else "−" if phi < 0 else ""


RECIPES: list[Recipe] = [AssociationsOfFeatures()]
