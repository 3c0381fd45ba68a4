"""The coded tables as the reader of the review would want to see them: one table a figure, and all as one panel."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ..incidence import totals
from ..plotting import draw_key, draw_yes_no, new_page, text_width
from ..plotting.page import crop, footed, text_height, unseen_page, wrap, write
from ..plotting.yes_no import NARROWEST_WORD_TILE, TOTAL_WIDTH, Grid, heading_height, names_fit
from ..problems import listed, some
from ..review import Review
from ..style import MARGIN_MM, TITLE_PT
from .recipe import Recipe

CELL_HEIGHT, LOWEST_CELL = 6.2, 4.8
WIDEST_LABEL = 50.0
NARROWEST_CELL = 4.0
WIDEST_CELL = 30.0
PANEL_GAP = 5.0
FOOT, KEY_GAP = 28.0, 2.5  # about what totals, key and source need


class CodedTable(Recipe):
    """One features table, the review's first or second."""

    notebook = "02_read_the_tables"
    rows_may_merge = True

    def __init__(self, identifier: str, position: int):
        self.id, self.position = identifier, position

    def lacking(self, review: Review) -> str:
        if len(review.tables) <= self.position:
            return "a second table of features"
        return ""

    def fits(self, review: Review) -> bool:
        counts = [text for table in self.tables(review) for text in _counts(review.tables[table].T)]
        narrowest = max(NARROWEST_CELL, *(text_width(text) + 0.5 for text in counts))
        layout = laid_out(review, self.tables(review), self.width, self.height)
        if layout.cell_width < narrowest or layout.bottom > self.height:
            return False
        scratch = new_page(self.width, self.height)[1]
        end = _draw_key(scratch, review, self.values(review), layout, self.width)  # all that stands below the tiles
        return footed(scratch, end + KEY_GAP, review.metadata.credit) <= self.height

    def tables(self, review: Review) -> list[str]:
        return [review.table_names[self.position]]

    def title(self, review: Review) -> str:
        return review.table_info(self.tables(review)[0]).title

    def data(self, review: Review) -> pd.DataFrame:
        return plotted_cells(review, self.tables(review))

    def draw(self, review: Review, data: pd.DataFrame) -> Figure:
        return draw_tables(review, data, self.tables(review), self.width, self.height)

    def caption(self, review: Review, data: pd.DataFrame) -> str:
        return f"{self.title(review)}. {reading(review, data)}{self.credit(review)}"

    def pattern(self, review: Review, data: pd.DataFrame) -> str:
        return " ".join(fullest(review, data, table) for table in self.tables(review))

    def numbers(self, review: Review, data: pd.DataFrame) -> str:
        return " ".join(described(review, data, table) for table in self.tables(review))


class AllCodedTables(CodedTable):
    """All features tables side by side, sharing their rows."""

    def __init__(self, identifier: str):
        self.id = identifier

    def lacking(self, review: Review) -> str:
        return "" if len(review.tables) > 1 else "a second table of features"

    def tables(self, review: Review) -> list[str]:
        return review.table_names

    def title(self, review: Review) -> str:
        return " and ".join(f"({letter}) {review.label(name)}" for letter, name in zip("abcdefgh", self.tables(review), strict=False))


RECIPES: list[Recipe] = [CodedTable("fig01_first_table", 0), CodedTable("fig02_second_table", 1), AllCodedTables("fig03_all_tables")]


def plotted_cells(review: Review, tables: list[str]) -> pd.DataFrame:
    """One row a cell: table, item, feature, state, and the certainty of a Yes."""
    rows = []
    for table in tables:
        states, certainty = review.tables[table], review.certainty(table)
        rows += [(table, item, feature, states.at[item, feature], certainty.at[item, feature]) for item in states.index for feature in states.columns]
    return pd.DataFrame(rows, columns=["table", "item", "feature", "state", "certainty"])


@dataclass(frozen=True)
class Layout:
    """Where everything stands on the page, in millimetres, and the names as they are broken into lines."""

    labels: dict[str, str]
    titles: dict[str, str]
    names: dict[str, str]
    left: float
    top: float
    cell_width: float
    cell_height: float

    @property
    def bottom(self) -> float:
        return self.top + len(self.labels) * self.cell_height


def laid_out(review: Review, tables: list[str], width: float, height: float) -> Layout:
    """The layout on a page: several tables, and a narrow one, use the short names of their features, and on a low page rows are closer."""
    panel = len(tables) > 1
    names = {feature: review.label(feature) for table in tables for feature in review.tables[table]}
    labels = {item: wrap(review.label(item), WIDEST_LABEL) for item in review.items}
    left = max(text_width(label) for label in [*labels.values(), "Yes in column"]) + MARGIN_MM + 2
    room = width - left - len(tables) * TOTAL_WIDTH - (len(tables) - 1) * PANEL_GAP - MARGIN_MM
    cell_width = min(WIDEST_CELL, room / len(names))
    if panel or not names_fit(list(names.values()), cell_width):
        names = {feature: review.short_label(feature) for feature in names}
    titles = {}
    for letter, table in zip("abcdefgh", tables, strict=False):
        title = f"{letter} {review.label(table)}" if panel else review.label(table)
        titles[table] = wrap(title, review.tables[table].shape[1] * cell_width + TOTAL_WIDTH, TITLE_PT, "bold")
    headings = max(heading_height([names[feature] for feature in review.tables[table]], cell_width) for table in tables)
    top = MARGIN_MM + max(text_height(title, TITLE_PT) for title in titles.values()) + 2 + headings
    room = min(CELL_HEIGHT, max(LOWEST_CELL, (height - FOOT - top) / len(labels)))
    cell_height = max(room, max(map(text_height, labels.values())) + 1.5)
    return Layout(labels=labels, titles=titles, names=names, left=left, top=top, cell_width=cell_width, cell_height=cell_height)


def draw_tables(review: Review, data: pd.DataFrame, tables: list[str], width: float, height: float) -> Figure:
    """One or several tables on a page of their own."""
    figure, ax = new_page(width, height)
    crop(ax, footed(ax, draw_tables_on(ax, review, data, tables, width, height) + KEY_GAP, review.metadata.credit))
    return figure


def draw_tables_on(ax: Axes, review: Review, data: pd.DataFrame, tables: list[str], width: float, height: float, down: float = 0.0) -> float:
    """One or several tables on a page that holds more, sharing the names of their rows; the y below their key, in millimetres.

    Parameters
    ----------
    down : float
        How far below their usual place they stand, in millimetres.
    """
    layout = laid_out(review, tables, width, height - down)
    left = layout.left
    for position, table in enumerate(tables):
        frame = _wide(data, table, "state")
        states = frame.rename(index=layout.labels, columns=layout.names)
        grid = Grid(left, layout.top + down, layout.cell_width, layout.cell_height)
        write(ax, left if len(tables) > 1 else MARGIN_MM, MARGIN_MM + down, layout.titles[table], TITLE_PT, weight="bold", va="top")
        draw_yes_no(ax, states, _wide(data, table, "certainty"), _counts(frame), _counts(frame.T), grid, row_labels=position == 0)
        left += frame.shape[1] * layout.cell_width + TOTAL_WIDTH + PANEL_GAP
    return _draw_key(ax, review, data, layout, width, down)


def tables_end(review: Review, data: pd.DataFrame, tables: list[str], width: float, height: float, down: float = 0.0) -> float:
    """What `draw_tables_on` gives, without drawing."""
    return _draw_key(unseen_page(width), review, data, laid_out(review, tables, width, height - down), width, down)


def _draw_key(ax: Axes, review: Review, data: pd.DataFrame, layout: Layout, width: float, down: float = 0.0) -> float:
    """What the tiles mean, below them; the y below it, in millimetres."""
    kinds = set(data["certainty"].where(data["state"] == "yes", data["state"]).replace("", "explicit"))
    key = {kind: meaning for kind, meaning in _meanings(review).items() if kind in kinds}
    return draw_key(ax, MARGIN_MM, layout.bottom + down + 6.5, key, width - 2 * MARGIN_MM, layout.cell_width >= NARROWEST_WORD_TILE)


def reading(review: Review, data: pd.DataFrame) -> str:
    """How to read the tiles that occur, and what No means."""
    states, certainty = data["state"], data["certainty"]
    yes = int((states == "yes").sum())
    parts = [f"{yes} of {len(data)} cells are Yes ({review.metadata.yes_means})"]
    soft = {kind: int(((states == "yes") & (certainty == kind)).sum()) for kind in ("hedged", "inferred")}
    named = [f"{n} {kind}" for kind, n in soft.items() if n]
    if named:
        parts.append(f"of these {listed(named)}")
    unclear = int((states == "unclear").sum())
    if unclear:
        parts.append(f"{unclear} {'are' if unclear > 1 else 'is'} unclear")
    return "; ".join(parts) + f". A dash is No: {review.metadata.no_means}."


def fullest(review: Review, data: pd.DataFrame, table: str) -> str:
    """How full a table is, and which of its features are the most and the least common."""
    states, info = _wide(data, table, "state"), review.table_info(table)
    yes = states.eq("yes").sum()
    most, least = ([review.label(name) for name in yes.index[yes == count]] for count in (yes.max(), yes.min()))
    n, items = len(states), review.metadata.item.plural
    if yes.max() == yes.min():
        return f"{info.title}: each {info.feature.singular} is Yes for {yes.max()} of {n} {items}."
    return (
        f"{info.title}: most often Yes is {listed(some(most))}, for {yes.max()} of {n} {items}; least often {listed(some(least))}, for {yes.min()}."
    )


def described(review: Review, data: pd.DataFrame, table: str) -> str:
    """A table in words: its size, how often each feature is Yes, then each item's features."""
    states = _wide(data, table, "state")
    info = review.table_info(table)
    counts = _counts(states.T).loc[states.eq("yes").sum().sort_values(ascending=False, kind="stable").index]
    features = listed([f"{review.label(feature)} ({count})" for feature, count in counts.items()])
    unclear = {item: [review.label(f) for f in states.columns if states.at[item, f] == "unclear"] for item in states.index}
    rows = [
        f"{review.label(item)}: {listed([review.label(feature) for feature in states.columns if states.at[item, feature] == 'yes'])}"
        + (f", unclear {listed(unclear[item])}" if unclear[item] else "")
        for item in states.index
    ]
    size = f"{len(states)} {review.metadata.item(len(states))} by {states.shape[1]} {info.feature(states.shape[1])}"
    return f"A table of {size}. Yes by {info.feature.singular}: {features}. {'. '.join(rows)}."


def _wide(data: pd.DataFrame, table: str, column: str) -> pd.DataFrame:
    part = data[data["table"] == table]
    return part.pivot(index="item", columns="feature", values=column).loc[list(dict.fromkeys(part["item"])), list(dict.fromkeys(part["feature"]))]


def _counts(states: pd.DataFrame) -> pd.Series:
    """Yes in each row as text, with both bounds where cells are unclear."""
    return totals(states).apply(lambda row: f"{row.at_least}" if row.at_least == row.at_most else f"{row.at_least}–{row.at_most}", axis=1)


def _meanings(review: Review) -> dict[str, str]:
    return {
        "explicit": f"Yes: {review.metadata.yes_means}" + (", plainly" if len(review.evidence) else ""),
        "hedged": "Yes, hedged in the text",
        "inferred": "Yes, inferred from the text",
        "unclear": "unclear",
        "no": f"No: {review.metadata.no_means}",
    }
