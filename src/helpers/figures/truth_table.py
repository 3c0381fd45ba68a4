"""The truth table: which combinations of features occur, and with which outcomes."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from ..configurations import outcomes, truth_table
from ..configurations.outcomes import NEED
from ..plotting import draw_key, draw_yes_no, new_page, text_width, wrap
from ..plotting.page import crop, footed, text_height, write
from ..plotting.yes_no import Grid, draw_tile, heading_height
from ..problems import counted, listed, some
from ..review import Review
from ..style import INK, MARGIN_MM, TEXT_PT, TITLE_PT
from .recipe import Recipe

CELL_HEIGHT = 6.2
WIDEST_CELL, NARROWEST_CELL = 17.0, 7.5
OUTCOME_WIDTH, GAP = 21.0, 4.0
LABEL = 46.0
FOOT = 34.0  # for key and source
OUTCOME_STATES = {"yes": "explicit", "no": "no", "both": "unclear"}


class TruthTable(Recipe):
    """One row a combination of features that occurs, with the items that have it and each outcome."""

    notebook = "05_climb_the_ladder_of_models"

    def __init__(self, identifier: str, position: int):
        self.id, self.position = identifier, position

    def lacking(self, review: Review) -> str:
        if self.position >= len(review.tables):
            return "a second table of features"
        return "" if outcomes(review) else NEED

    def fits(self, review: Review) -> bool:
        layout = _Layout(review, self.values(review), self.width)
        return layout.cell >= NARROWEST_CELL and layout.bottom < self.height - FOOT

    def tables(self, review: Review) -> list[str]:
        return [review.table_names[self.position]]

    def title(self, review: Review) -> str:
        named = listed([review.rating(outcome.rating).label.lower() for outcome in outcomes(review)])
        return f"Combinations of {review.features_of(self.tables(review)[0])}, and {named}"

    def data(self, review: Review) -> pd.DataFrame:
        incidence = self.incidence(review)
        rows: dict[tuple[bool, ...], dict] = {}
        anyone = truth_table(incidence, pd.Series(True, index=incidence.index))
        features = list(incidence.columns)
        for row in anyone.to_dict("records"):
            key = tuple(row[name] for name in features)
            rows[key] = {"items": " ".join(row["with_outcome"]), **{name: "yes" if row[name] else "no" for name in features}}
        for outcome in outcomes(review):
            for row in rows.values():
                row[outcome.rating] = "not stated"
            for row in truth_table(incidence, outcome.of(review, review.items, list(review.nature[outcome.rating]))).to_dict("records"):
                state = "both" if row["contradiction"] else "yes" if row["n_with"] else "no"
                rows[tuple(row[name] for name in features)][outcome.rating] = state
        return pd.DataFrame(list(rows.values()))

    def draw(self, review: Review, data: pd.DataFrame) -> Figure:
        figure, page = new_page(self.width, self.height)
        layout, features = _Layout(review, data, self.width), _features(review, data)
        states = data[features].copy()
        states.index, states.columns = layout.labels, [review.label(name) for name in features]
        certainty = pd.DataFrame("", index=states.index, columns=states.columns)
        grid = Grid(layout.left, layout.top, layout.cell, layout.height)
        draw_yes_no(page, states, certainty, None, None, grid)
        x = layout.left + len(features) * layout.cell + GAP
        for outcome in outcomes(review):
            name = wrap(outcome.label, OUTCOME_WIDTH - 1.5, weight="bold")
            write(page, x + OUTCOME_WIDTH / 2, layout.top - 2, name, ha="center", va="baseline", weight="bold")
            for place, state in enumerate(data[outcome.rating]):
                y = layout.top + place * layout.height
                if state == "not stated":
                    write(page, x + OUTCOME_WIDTH / 2, y + layout.height / 2, state, TEXT_PT, ha="center", fontstyle="italic")
                else:
                    draw_tile(page, x + 3, y, OUTCOME_WIDTH - 6, layout.height, OUTCOME_STATES[state])
            for edge in (layout.top, layout.bottom):
                page.plot([x, x + OUTCOME_WIDTH], [edge] * 2, color=INK, linewidth=0.6)
            x += OUTCOME_WIDTH + GAP
        meanings = {"explicit": "Yes", "no": "No"} | ({"unclear": "contradiction: some Yes, some No"} if _contradictions(review, data) else {})
        y = draw_key(page, MARGIN_MM, layout.bottom + 4, meanings, self.width - 2 * MARGIN_MM)
        crop(page, footed(page, y + 3, review.metadata.credit))
        return figure

    def caption(self, review: Review, data: pd.DataFrame) -> str:
        item = review.metadata.item
        mixed = _contradictions(review, data)
        told = f"Contradictions: {'; '.join(some(mixed))}." if mixed else "No combination contradicts itself."
        return (
            f"{self.title(review)}: the truth table. One row for each combination that occurs, with the {item.plural} that have it. An outcome is "
            f"the second half of a rating's levels, put into halves by the coders. It is a contradiction where {item.plural} with the same "
            f"combination differ in it; {item.plural} for which it is not stated do not count. {told}{self.unclear_note(review)}"
            f"{self.credit(review)}"
        )

    def pattern(self, review: Review, data: pd.DataFrame) -> str:
        mixed = _contradictions(review, data)
        alone = int((data["items"].str.count(" ") == 0).sum())
        n = len(data)
        return (
            f"{counted(n, 'combination occurs', 'combinations occur')}, {alone} of them in a single {review.metadata.item.singular}; "
            f"{len(mixed) or 'none'} {'are' if len(mixed) != 1 else 'is'} contradictory in an outcome."
        )

    def numbers(self, review: Review, data: pd.DataFrame) -> str:
        told = []
        for row in data.to_dict("records"):
            names = listed([review.label(item) for item in row["items"].split()])
            having = listed([review.label(name) for name in _features(review, data) if row[name] == "yes"])
            told.append(f"{names}: {having}; " + ", ".join(f"{outcome.label} {row[outcome.rating]}" for outcome in outcomes(review)))
        return f"A table of {counted(len(data), 'combination')}. {'. '.join(some(told, most=30))}."


class _Layout:
    """Where the table stands, in millimetres."""

    def __init__(self, review: Review, data: pd.DataFrame, width: float):
        names = [review.label(name) for name in _features(review, data)]
        self.labels = ["\n".join(wrap(review.label(item), LABEL) for item in row.split()) for row in data["items"]]
        self.left = max(map(text_width, self.labels)) + MARGIN_MM + 2
        labels = [outcome.label for outcome in outcomes(review)]
        room = width - MARGIN_MM - self.left - len(labels) * (OUTCOME_WIDTH + GAP)
        self.cell = min(WIDEST_CELL, room / len(names))
        heads = max(text_height(wrap(label, OUTCOME_WIDTH - 1.5, weight="bold")) for label in labels) + 2
        self.top = MARGIN_MM + max(heads, heading_height(names, self.cell)) + text_height("x", TITLE_PT) / 2
        self.height = max(CELL_HEIGHT, max(map(text_height, self.labels)) + 1.5)
        self.bottom = self.top + len(data) * self.height


def _features(review: Review, data: pd.DataFrame) -> list[str]:
    ratings = {outcome.rating for outcome in outcomes(review)}
    return [name for name in data if name != "items" and name not in ratings]


def _contradictions(review: Review, data: pd.DataFrame) -> list[str]:
    """Each combination with different outcomes, and who has which."""
    told = []
    for row in data.to_dict("records"):
        for outcome in outcomes(review):
            if row[outcome.rating] == "both":
                items = row["items"].split()
                values = outcome.of(review, items, list(review.nature.loc[items, outcome.rating])).dropna()
                sides = [
                    listed([review.label(item) for item in items if item in values.index and bool(values[item]) is value]) for value in (True, False)
                ]
                told.append(f"{sides[0]}, but not {sides[1]} ({outcome.label})")
    return told


RECIPES: list[Recipe] = [TruthTable("fig26_truth_table", 0), TruthTable("fig27_truth_table_second_table", 1)]
