"""The items and the features of the last table as a network of two kinds of node."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from ..plotting import draw_network, new_page, text_width
from ..plotting.network import MOST_FEATURES
from ..plotting.page import crop, footed, longest_piece, text_height, wrap, write
from ..problems import counted, listed, some
from ..review import Review
from ..style import MARGIN_MM, SMALL_PT
from .recipe import Recipe

STEP = 7.0
WIDEST_LABEL = 55.0
SHORTEST_LINE = 24.0
MOST_LINKS = 120


class Network(Recipe):
    """Items left, features right, a line for each Yes."""

    id = "fig05_network"
    notebook = "02_read_the_tables"

    def lacking(self, review: Review) -> str:
        features = review.tables[self.tables(review)[0]].shape[1]
        few = len(self.data(review)) <= MOST_LINKS and features <= MOST_FEATURES
        return "" if few else f"at most {MOST_LINKS} links and {MOST_FEATURES} features"

    def fits(self, review: Review) -> bool:
        features = list(review.tables[self.tables(review)[0]].columns)
        names, label = [review.label(name) for name in [*review.items, *features]], self._widest_label()
        step = max(STEP, max(text_height(wrap(name, label - 8)) for name in names) + 1.5)
        return max(map(longest_piece, names)) <= label - 10 and max(len(review.items), len(features)) * step <= self.height - 30

    def tables(self, review: Review) -> list[str]:
        return [review.table_names[-1]]

    def title(self, review: Review) -> str:
        name = self.tables(review)[0]
        return f"Which {review.metadata.item.plural} share which {review.table_info(name).feature.plural}"

    def data(self, review: Review) -> pd.DataFrame:
        name = self.tables(review)[0]
        states, certainty = review.tables[name], review.certainty(name)
        rows = [
            (item, feature, "unclear" if states.at[item, feature] == "unclear" else certainty.at[item, feature] or "explicit")
            for item in states.index
            for feature in states.columns
            if states.at[item, feature] != "no"
        ]
        return pd.DataFrame(rows, columns=["item", "feature", "certainty"])

    def draw(self, review: Review, data: pd.DataFrame) -> Figure:
        states = review.tables[self.tables(review)[0]]
        label, order = self._widest_label(), self._by_links(review, data, list(states.columns))
        features = {feature: wrap(self._counted(review, data, "feature", feature), label) for feature in states.columns}
        items = {item: wrap(self._counted(review, data, "item", item), label) for item in order}
        left = MARGIN_MM + max(map(text_width, items.values())) + 3
        right = self.width - MARGIN_MM - max(map(text_width, features.values())) - 4
        bottom = MARGIN_MM + max(self._step(items) * len(items), self._step(features) * len(features))
        figure, ax = new_page(self.width, self.height)
        draw_network(ax, data, items, features, left, right, MARGIN_MM, bottom)
        kinds = set(data["certainty"])
        said = ["Thin lines: hedged or inferred."] * bool(kinds & {"hedged", "inferred"}) + ["Dotted lines: unclear."] * ("unclear" in kinds)
        if said:
            write(ax, MARGIN_MM, bottom + 2, " ".join(said), SMALL_PT, va="top")
            bottom += text_height("x", SMALL_PT) + 1
        crop(ax, footed(ax, bottom + 3, review.metadata.credit))
        return figure

    def caption(self, review: Review, data: pd.DataFrame) -> str:
        item, feature = review.metadata.item, review.table_info(self.tables(review)[0]).feature
        unclear = int((data["certainty"] == "unclear").sum())
        dotted = f" {unclear} dotted {'lines are' if unclear > 1 else 'line is'} unclear." if unclear else ""
        soft = int(data["certainty"].isin(["hedged", "inferred"]).sum())
        thin = f" {soft} thin {'lines are' if soft > 1 else 'line is'} hedged or inferred in the text." if soft else ""
        return (
            f"{self.title(review)}. A line joins every {item.singular} with each {feature.singular} it has ({counted(len(data) - unclear, 'line')}); "
            f"the number in brackets counts the lines of a name. "
            f"The {item.plural} are ordered by the places of the {feature.plural} they are joined with, so that few lines cross."
            f"{thin}{dotted}{self.credit(review)}"
        )

    def pattern(self, review: Review, data: pd.DataFrame) -> str:
        sure = data[data["certainty"] != "unclear"]
        links = sure["feature"].value_counts().reindex(review.tables[self.tables(review)[0]].columns, fill_value=0)
        most, least = ([review.label(name) for name in links.index[links == count]] for count in (links.max(), links.min()))
        if links.max() == links.min():
            return f"Every feature is joined with {links.max()} {review.metadata.item(links.max())}."
        return f"Most lines lead to {listed(some(most))} ({links.max()}), fewest to {listed(some(least))} ({links.min()})."

    def numbers(self, review: Review, data: pd.DataFrame) -> str:
        states = review.tables[self.tables(review)[0]]
        sure = data[data["certainty"] != "unclear"]
        parts = [
            f"{review.label(f)}: {listed([review.label(i) for i in states.index if i in set(sure.loc[sure['feature'] == f, 'item'])])}"
            for f in states.columns
        ]
        feature = review.table_info(self.tables(review)[0]).feature
        size = f"{len(states)} {review.metadata.item(len(states))} and {states.shape[1]} {feature(states.shape[1])} with {counted(len(sure), 'link')}"
        kinds = {"Hedged or inferred": ("hedged", "inferred"), "Unclear": ("unclear",)}
        for name, certainties in kinds.items():
            links = data[data["certainty"].isin(certainties)].itertuples()
            told = [f"{review.label(link.item)} with {review.label(link.feature)}" for link in links]
            parts += [f"{name}: {'; '.join(told)}"] if told else []
        return f"A network of {size}. {'. '.join(parts)}."

    def _widest_label(self) -> float:
        return min(WIDEST_LABEL, (self.width - SHORTEST_LINE) / 2)

    def _step(self, labels: dict[str, str]) -> float:
        """The distance of two names that leaves room for the tallest, in millimetres."""
        return max(STEP, max(map(text_height, labels.values())) + 1.5)

    def _counted(self, review: Review, data: pd.DataFrame, column: str, name: str) -> str:
        links = data.loc[data[column] == name, "certainty"]
        low, high = int((links != "unclear").sum()), len(links)
        return f"{review.label(name)} ({low if low == high else f'{low}–{high}'})"

    def _by_links(self, review: Review, data: pd.DataFrame, features: list[str]) -> list[str]:
        """Items by the mean place of their features, then by the features, then by name: the order of the rows does not matter."""
        places = {item: sorted(features.index(f) for f in data.loc[data["item"] == item, "feature"]) for item in review.items}
        return sorted(
            review.items,
            key=lambda item: (sum(places[item]) / len(places[item]) if places[item] else len(features), places[item], review.label(item), item),
        )


RECIPES: list[Recipe] = [Network()]
