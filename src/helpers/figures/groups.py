"""The tree of groups beside the similarities it was made from, both in one order."""

from __future__ import annotations

from itertools import combinations

import pandas as pd
from matplotlib.figure import Figure

from ..clustering import group_tree, leaf_order
from ..plotting import draw_amount_key, draw_dendrogram, draw_square, new_page, text_width, wrap
from ..plotting.page import crop, footed, text_height, write
from ..plotting.square import amount_key_width
from ..problems import listed
from ..review import Review
from ..similarity import exact_similarity
from ..style import MARGIN_MM, PAGE_HEIGHT_MM, TITLE_PT
from ..ties import equally_right_trees, groups_in_all
from .recipe import Recipe
from .similarity import square

LARGEST_CELL = 7.5
SMALLEST_CELL = 3.5
WIDEST_TREE, NARROWEST_TREE = 60.0, 26.0
GAP = 5.0
TOO_MANY = -1  # in the plotted values: equally right trees that are too many to follow


class Groups(Recipe):
    """Average linkage on Jaccard distances of one table, or of several together."""

    notebook = "04_group_the_models"

    def __init__(self, identifier: str, position: int | None):
        self.id, self.position = identifier, position

    def missing(self, review: Review) -> str:
        if (self.position or 0) >= len(review.tables) or (self.position is None and len(review.tables) < 2):
            return "a second table of features"
        if len(review.items) < 3:
            return f"at least three {review.metadata.item.plural}"
        if len(self.incidence(review).drop_duplicates()) < 2:
            return f"{review.metadata.item.plural} that are not all the same"
        return f"few enough {review.metadata.item.plural} to be named on one printed page" if self._cell(review) < SMALLEST_CELL else ""

    def tables(self, review: Review) -> list[str]:
        return review.table_names if self.position is None else [review.table_names[self.position]]

    def title(self, review: Review) -> str:
        of = "all tables together" if self.position is None else review.table_info(self.tables(review)[0]).feature.plural
        return f"Groups of {review.metadata.item.plural} by {of}"

    def data(self, review: Review) -> pd.DataFrame:
        incidence = self.incidence(review)
        tree, trees = group_tree(incidence), equally_right_trees(incidence)
        certain = groups_in_all(trees) if trees else set()
        order, exact, joined = leaf_order(tree, incidence), exact_similarity(incidence), tree.balls()
        cells = [("cell", first, second, str(exact.at[first, second]), float(exact.at[first, second])) for first, second in combinations(order, 2)]
        joins = []
        for join in tree.joins:
            ball = min((group for group, height in joined.items() if join.members <= group and height == join.height), key=len)
            sides = (" ".join(item for item in order if item in side) for side in (join.left, join.right))
            joins.append(("join", *sides, "", join.height, "unknown" if trees is None else "yes" if ball in certain else "no"))
        count = [("equally_right_trees", "", "", "", TOO_MANY if trees is None else len(trees))]
        columns = ["part", "first", "second", "fraction", "value", "in_every_tree"]
        return pd.DataFrame([*((*row, "") for row in cells), *joins, *((*row, "") for row in count)], columns=columns)

    def draw(self, review: Review, data: pd.DataFrame) -> Figure:
        pairs, joins = data[data["part"] == "cell"], data[data["part"] == "join"]
        values, words = square(pairs, "value", 1.0).astype(float), square(pairs, "fraction", "")
        names = [review.short_label(item) for item in values.index]
        cell, label_width = self._cell(review), max(text_width(review.label(item)) for item in values.index)
        left, side = MARGIN_MM + label_width + 2, len(values) * cell
        top = MARGIN_MM + text_height("x", TITLE_PT) + 2 + max(map(text_width, names))
        tree_left = left + side + GAP
        tree_right = min(tree_left + WIDEST_TREE, self.width - MARGIN_MM - 2)
        figure, page = new_page(self.width, PAGE_HEIGHT_MM)
        write(page, left, MARGIN_MM, "a Similarity", TITLE_PT, va="top", weight="bold")
        write(page, tree_left, MARGIN_MM, "b Tree of groups", TITLE_PT, va="top", weight="bold")
        draw_square(page, values.rename(index=review.label, columns=review.label), words, left, top, cell, names)
        leaves = {item: top + (position + 0.5) * cell for position, item in enumerate(values.index)}
        drawn = pd.DataFrame(
            {
                "left": joins["first"].str.split(" "),
                "right": joins["second"].str.split(" "),
                "height": joins["value"],
                "certain": joins["in_every_tree"] == "yes",
            }
        )
        draw_dendrogram(page, drawn, leaves, tree_left, tree_right, "Jaccard distance at which groups join")
        beside = left + amount_key_width("Similarity") < tree_left - 2  # else the key stands below the scale of the tree
        y = draw_amount_key(page, left, top + side + (3 if beside else 15), "Similarity") + (8 if beside else 3)
        note = wrap(self._ties(data), self.width - 2 * MARGIN_MM)
        write(page, MARGIN_MM, y, note, va="top")
        crop(page, footed(page, y + text_height(note) + 1.5, review.metadata.credit))
        return figure

    def caption(self, review: Review, data: pd.DataFrame) -> str:
        order = list(dict.fromkeys([*data.loc[data["part"] == "cell", "first"], *data.loc[data["part"] == "cell", "second"]]))
        moved = "" if order == review.items else " and differs from the review's"
        return (
            f"{self.title(review)}. (a) Jaccard similarity, 1 for the same features; (b) the tree of groups by average linkage, on Jaccard "
            f"distance, which is 1 less the similarity. Both have one order, which sets similar {review.metadata.item.plural} side by "
            f"side{moved}. {self._ties(data)} A tree always shows groups, whether or not there are any."
            f"{self.unclear_note(review)}{self.credit(review)}"
        )

    def alt(self, review: Review, data: pd.DataFrame) -> str:
        joins = data[data["part"] == "join"]
        parts = [
            f"at {join.value:.2f} {listed(map(review.label, join.first.split()))} with {listed(map(review.label, join.second.split()))}"
            f"{' (not in every equally right tree)' if join.in_every_tree == 'no' else ''}"
            for join in joins.itertuples()
        ]
        return f"A square of similarities and a tree in the same order. {self._ties(data)} Joins from near to far: {'; '.join(parts)}."

    def _ties(self, data: pd.DataFrame) -> str:
        count = int(data.loc[data["part"] == "equally_right_trees", "value"].iloc[0])
        if count == TOO_MANY:
            return "Ties were too many to follow all of them. The alphabet broke them in the tree drawn; its joins are dashed, as none is certain."
        if count == 1:
            return "No tie decided this tree: it is the only one."
        dashed = int((data["in_every_tree"] == "no").sum())
        joins = f"The {dashed} dashed joins are" if dashed > 1 else "The dashed join is"
        return f"One of {count} trees that are equally right, because distances tie; here the alphabet broke the ties. {joins} not in all of them."

    def _cell(self, review: Review) -> float:
        labels = max(text_width(review.label(item)) for item in review.items)
        room = self.width - labels - 2 - GAP - NARROWEST_TREE - 2 * MARGIN_MM - 2
        return min(LARGEST_CELL, room / len(review.items))


RECIPES: list[Recipe] = [Groups("fig09_groups", 0), Groups("fig10_groups_second_table", 1), Groups("fig11_groups_all_tables", None)]
