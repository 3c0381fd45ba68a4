"""The groups that every equally right tree shows, and those that only some show, beside the similarities they were made from."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import pandas as pd
from matplotlib.figure import Figure

from ..clustering import group_tree, leaf_order
from ..plotting import draw_amount_key, draw_dendrogram, draw_memberships, draw_square, new_page, text_width, wrap
from ..plotting.memberships import LANE
from ..plotting.page import crop, footed, text_height, write
from ..plotting.square import amount_key_width
from ..problems import listed, mid_sentence, some
from ..review import Review
from ..similarity import exact_similarity
from ..style import MARGIN_MM, SMALL_PT, TITLE_PT
from ..ties import tie_census
from .all_pairs import WORD_AIR, shortened, square
from .recipe import Recipe

LARGEST_CELL, SMALLEST_CELL = 5.6, 4.0
TREE = 34.0
GAP = 5.0
FEWEST_COLUMNS = 5
NARROWEST_TITLE = 24.0
FOOT = 60.0  # for titles, scale, key, note and source
KINDS = {True: "every tree", False: "some trees"}


@dataclass(frozen=True)
class _Places:
    """Where the parts of the figure stand, in millimetres."""

    cell: float
    square: float
    tree: float
    dots: float
    columns: int  # groups that there is room for


class Groups(Recipe):
    """Average linkage on Jaccard distances of one table, or of several together, over all ways to break ties."""

    notebook = "04_group_the_models"

    def __init__(self, identifier: str, position: int | None):
        self.id, self.position = identifier, position

    def lacking(self, review: Review) -> str:
        if (self.position or 0) >= len(review.tables) or (self.position is None and len(review.tables) < 2):
            return "a second table of features"
        if len(review.items) < 3:
            return f"at least three {review.metadata.item.plural}"
        if len(self.incidence(review).drop_duplicates()) < 2:
            return f"{review.metadata.item.plural} that are not all the same"
        return ""

    def fits(self, review: Review) -> bool:
        if self._places(review, 0).cell < SMALLEST_CELL:
            return False
        at = self._places(review, int((self.values(review)["part"] == KINDS[False]).sum()))
        names = max(text_width(review.short_label(item)) for item in review.items)
        named = not at.columns or self.width - MARGIN_MM - at.dots >= NARROWEST_TITLE
        return at.cell >= SMALLEST_CELL and named and names + len(review.items) * at.cell + FOOT <= self.height

    def tables(self, review: Review) -> list[str]:
        return review.table_names if self.position is None else [review.table_names[self.position]]

    def title(self, review: Review) -> str:
        of = "all tables together" if self.position is None else review.features_of(self.tables(review)[0])
        return f"Groups of {review.metadata.item.plural} by {of}"

    def data(self, review: Review) -> pd.DataFrame:
        incidence = self.incidence(review)
        census, exact = tie_census(incidence), exact_similarity(incidence)
        order, support, certain = leaf_order(group_tree(incidence), incidence), census.clade_support(), census.common_clades()
        cells = [
            {"part": "cell", "first": one, "second": other, "fraction": str(exact.at[one, other]), "value": float(exact.at[one, other])}
            for one, other in combinations(order, 2)
        ]
        groups = [
            {
                "part": KINDS[clade in certain],
                "first": " ".join(item for item in order if item in clade),
                "value": row["by_tree"] if census.exact else row["by_random_ties"],
                **row[["by_topology", "by_random_ties", "lowest", "highest"]].round(12),
            }
            for clade, row in support.iterrows()
        ]
        counts = {"trees": census.n_trees or 0, "topologies": census.n_topologies or 0, "drawn": census.n_drawn}
        columns = ["part", "first", "second", "fraction", "value", "by_topology", "by_random_ties", "lowest", "highest"]
        rows = [*cells, *groups, *({"part": name, "value": float(count)} for name, count in counts.items())]
        table = pd.DataFrame(rows, columns=columns)
        return table.fillna({"first": "", "second": "", "fraction": ""})

    def draw(self, review: Review, data: pd.DataFrame) -> Figure:
        pairs, some = data[data["part"] == "cell"], data[data["part"] == KINDS[False]]
        values, words = square(pairs, "value", 1.0).astype(float), square(pairs, "fraction", "")
        names = [review.short_label(item) for item in values.index]
        at = self._places(review, len(some))
        top = MARGIN_MM + text_height("x\nx", TITLE_PT) + 2 + max(map(text_width, names))
        figure, page = new_page(self.width, self.height)
        shown = some.head(at.columns)
        write(page, at.square, MARGIN_MM, "a Similarity", TITLE_PT, va="top", weight="bold")
        titles = [(at.tree, at.dots - 2, f"b In {self._all(data)}"), (at.dots, self.width - MARGIN_MM, "c In some of them, %")]
        for left, right, words_above in titles[: 2 if len(shown) else 1]:
            write(page, left, MARGIN_MM, wrap(words_above, right - left, TITLE_PT, "bold"), TITLE_PT, va="top", weight="bold")
        if max(text_width(word, SMALL_PT) for word in words.to_numpy().ravel()) + WORD_AIR > at.cell:
            words = shortened(words, at.cell)
        draw_square(page, values.rename(index=review.label, columns=review.label), words, at.square, top, at.cell, names)
        rows = {item: top + (position + 0.5) * at.cell for position, item in enumerate(values.index)}
        draw_dendrogram(page, agreed(data), rows, at.tree, at.tree + TREE, "Jaccard distance at which groups join")
        lanes = [at.dots + (number + 0.5) * LANE for number in range(len(shown))]
        for x, share in zip(lanes, shown["value"], strict=True):
            write(page, x, top - 0.8, f"{100 * share:.0f}", SMALL_PT, ha="center", va="bottom")
        draw_memberships(page, [text.split() for text in shown["first"]], lanes, rows, upright=True)
        bottom = top + len(values) * at.cell
        beside = at.square + amount_key_width("Similarity") < at.tree - 2  # else the key stands below the scale of the tree
        y = draw_amount_key(page, at.square, bottom + (3 if beside else 15), "Similarity", self.width - at.square) + (8 if beside else 3)
        note = wrap(self._ties(data), self.width - 2 * MARGIN_MM)
        write(page, MARGIN_MM, y, note, va="top")
        crop(page, footed(page, y + text_height(note) + 1.5, review.metadata.credit))
        return figure

    def caption(self, review: Review, data: pd.DataFrame) -> str:
        order = list(dict.fromkeys([*data.loc[data["part"] == "cell", "first"], *data.loc[data["part"] == "cell", "second"]]))
        moved = "" if order == review.items else " and differs from the review's"
        some = data[data["part"] == KINDS[False]]
        dots = (
            f" (c) Groups that only some of the trees show, each a column of dots, with the share of trees in per cent"
            f"{'' if len(some) == self._shown(review, len(some)) else f'; the {self._shown(review, len(some))} best supported of {len(some)}'}."
            if len(some)
            else ""
        )
        return (
            f"{self.title(review)}. (a) Jaccard similarity, 1 for the same features; (b) what all equally right trees of average linkage have in "
            f"common, on Jaccard distance, which is 1 less the similarity.{dots} All parts have one order, which sets "
            f"similar {review.metadata.item.plural} side by side{moved}. "
            f"{self._ties(data)} A tree always shows groups, whether or not there are any."
            f"{self.unclear_note(review)}{self.credit(review)}"
        )

    def pattern(self, review: Review, data: pd.DataFrame) -> str:
        every = [row.first.split() for row in data[data["part"] == KINDS[True]].itertuples()]
        certain = [listed(some([review.label(item) for item in group])) for group in every if len(group) < len(review.items)]
        some_trees = int((data["part"] == KINDS[False]).sum())
        trees = mid_sentence(self._all(data))
        if not some_trees:
            return f"One tree fits the distances: ties decide nothing, and its groups are {'; '.join(certain) or 'none but the whole'}."
        if not certain:
            return f"No group but the whole stands in {trees}: which groups a tree shows depends on how ties are broken."
        return f"Standing in {trees}: {'; '.join(some(certain))}. {some_trees} other groups depend on how ties are broken."

    def numbers(self, review: Review, data: pd.DataFrame) -> str:
        def told(groups: pd.DataFrame, share: bool) -> str:
            names = [listed(map(review.label, row.first.split())) for row in groups.itertuples()]
            return (
                "; ".join(f"{name}{f' ({row.value:.0%})' if share else ''}" for name, row in zip(names, groups.itertuples(), strict=True)) or "none"
            )

        every, some = (data[data["part"] == kind] for kind in KINDS.values())
        every = every[every["first"].str.count(" ") < len(review.items) - 1]
        return (
            f"A square of similarities, a tree in the same order, and columns of dots. {self._ties(data)} Groups in every tree, besides the whole: "
            f"{told(every, False)}. Groups in some trees only: {told(some.head(self._shown(review, len(some))), True)}."
        )

    def _ties(self, data: pd.DataFrame) -> str:
        values = data.set_index("part")["value"]
        some, most = int((data["part"] == KINDS[False]).sum()), data.loc[data["part"] == KINDS[False], "value"].max()
        every = int((data["part"] == KINDS[True]).sum()) - 1
        if values["drawn"]:
            return (
                f"Ties were too many to follow all: of {values['drawn']:.0f} trees in which each tie was broken by lot, all show the groups in b "
                f"({every} and the whole)."
            )
        if values["trees"] == 1:
            return "No tie decided this tree: it is the only one."
        return (
            f"Ties make {values['trees']:,.0f} trees equally right. Groups in all of them, besides the whole: {every or 'none'}. Groups in only "
            f"some: {some}, none of them in more than {most:.0%} of the trees. Pale band: ties leave open where, or in which order, its groups "
            f"join, from the lowest join in any tree (dashed) to the highest (solid)."
        )

    def _all(self, data: pd.DataFrame) -> str:
        values = data.set_index("part")["value"]
        if values["trees"] == 1:
            return "the only tree"
        return f"all {values['drawn'] or values['trees']:,.0f} {'drawn' if values['drawn'] else 'trees'}"

    def _shown(self, review: Review, some: int) -> int:
        return min(some, self._places(review, some).columns)

    def _places(self, review: Review, some: int) -> _Places:
        """The groups' columns get room first, then the square, as large as it may be."""
        left = MARGIN_MM + max(text_width(review.label(item)) for item in review.items) + 2
        room = self.width - MARGIN_MM - left - GAP - TREE - (GAP if some else 2)
        n = len(review.items)
        columns = min(some, FEWEST_COLUMNS)
        cell = min(LARGEST_CELL, (room - columns * LANE) / n)
        tree = left + n * cell + GAP
        dots = tree + TREE + GAP
        return _Places(cell, left, tree, dots, min(some, int((self.width - MARGIN_MM - dots + 0.01) / LANE)))


def agreed(data: pd.DataFrame) -> pd.DataFrame:
    """The groups of every tree, each from the lowest to the highest join that its parts can have."""
    kinds = {kind: [(set(row.first.split()), row) for row in data[data["part"] == kind].itertuples()] for kind in KINDS.values()}
    rows = []
    for members, row in kinds[KINDS[True]]:
        inner = [other for other, _ in kinds[KINDS[True]] if other < members]
        open_joins = [found.lowest for other, found in kinds[KINDS[False]] if other < members and not any(other <= group for group in inner)]
        rows.append((row.first.split(), min([row.lowest, *open_joins]), row.highest))
    return pd.DataFrame(rows, columns=["members", "from_height", "to_height"])


RECIPES: list[Recipe] = [Groups("fig09_groups", 0), Groups("fig10_groups_second_table", 1), Groups("fig11_groups_all_tables", None)]
