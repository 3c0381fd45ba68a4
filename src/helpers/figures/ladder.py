"""Which items have all that another has, and which groups of items share which features: the containment order and the concept lattice."""

from __future__ import annotations

from abc import abstractmethod

import pandas as pd
from matplotlib.figure import Figure

from ..lattice import concept_count, containment, formal_concepts, lattice_covers
from ..plotting import Node, draw_order, new_page, order_width, text_width, wrap
from ..plotting.layers import heights
from ..plotting.page import crop, footed, text_height, write
from ..problems import counted, listed, some
from ..review import Review
from ..style import MARGIN_MM, QUIET, SMALL_PT
from .recipe import Recipe

MOST_NODES = 40
FOOT = 20.0  # for the notes below, in millimetres


class _Ladder(Recipe):
    """A diagram of one table: nodes and the lines between neighbours."""

    notebook = "05_climb_the_ladder_of_models"
    left = 0.0

    def __init__(self, identifier: str, position: int):
        self.id, self.position = identifier, position

    def lacking(self, review: Review) -> str:
        if self.position >= len(review.tables):
            return "a second table of features"
        if self._count(review) > MOST_NODES:
            return f"at most {MOST_NODES} {self._kind(review)} that differ"
        return ""

    def fits(self, review: Review) -> bool:
        data = self.values(review)
        nodes, edges = self._nodes(review, data), _edges(data)
        side, scratch = self._side(review, data), new_page(self.width, self.height)[1]
        room = self.width - 2 * MARGIN_MM - side
        return order_width(nodes, edges) <= room and draw_order(scratch, nodes, edges, MARGIN_MM, MARGIN_MM, room)[-1] <= self.height - FOOT

    def tables(self, review: Review) -> list[str]:
        return [review.table_names[self.position]]

    def draw(self, review: Review, data: pd.DataFrame) -> Figure:
        figure, page = new_page(self.width, self.height)
        nodes, edges, side = self._nodes(review, data), _edges(data), self._side(review, data)
        *middles, y = draw_order(page, nodes, edges, MARGIN_MM + side, MARGIN_MM, self.width - 2 * MARGIN_MM - side)
        for middle, name in zip(middles, self._layers(review, data), strict=False):
            write(page, MARGIN_MM, middle, name, SMALL_PT, color=QUIET)
        note = wrap(self._note(review), self.width - 2 * MARGIN_MM - 4)
        write(page, MARGIN_MM, y + 4, note, va="top")
        crop(page, footed(page, y + 4 + text_height(note) + 1.5, review.metadata.credit))
        return figure

    def _side(self, review: Review, data: pd.DataFrame) -> float:
        """The width of the names of the layers."""
        return max((text_width(name, SMALL_PT) + 3 for name in self._layers(review, data)), default=0.0)

    def _layers(self, review: Review, data: pd.DataFrame) -> list[str]:
        """What is written beside each layer, the lowest first."""
        return []

    @abstractmethod
    def _count(self, review: Review) -> int:
        """How many nodes there are."""

    @abstractmethod
    def _kind(self, review: Review) -> str:
        """What a node is, in the plural."""

    @abstractmethod
    def _nodes(self, review: Review, data: pd.DataFrame) -> list[Node]: ...

    @abstractmethod
    def _note(self, review: Review) -> str:
        """How to read it."""


class ContainmentOrder(_Ladder):
    """The items, those with more features higher; a line upwards to each that has all of the lower one's features."""

    def title(self, review: Review) -> str:
        return f"Which {review.metadata.item.plural} have all the {review.features_of(self.tables(review)[0])} of another"

    def data(self, review: Review) -> pd.DataFrame:
        order = containment(self.incidence(review))
        rows = [{"part": "node", "items": " ".join(node), "features": len(has)} for node, has in zip(order.nodes, order.features, strict=True)]
        rows += [{"part": "line", "lower": lower, "upper": upper} for lower, upper in order.covers]
        return pd.DataFrame(rows, columns=["part", "items", "features", "lower", "upper"]).fillna({"items": ""})

    def caption(self, review: Review, data: pd.DataFrame) -> str:
        items, features = review.metadata.item, self._feature(review)
        return (
            f"{self.title(review)}. The {items.plural} in rows by their number of {features.plural}. {self._note(review)} "
            f"No distance and no limit is used.{self.unclear_note(review)}{self.credit(review)}"
        )

    def pattern(self, review: Review, data: pd.DataFrame) -> str:
        nodes = data[data["part"] == "node"]
        most = int(nodes["features"].max())
        top = [review.label(item) for text in nodes.loc[nodes["features"] == most, "items"] for item in text.split()]
        lines = counted(len(_edges(data)), "line joins", "lines join")
        return f"Highest, with {most} {self._feature(review)(most)}: {listed(some(top))}; {lines} neighbours."

    def numbers(self, review: Review, data: pd.DataFrame) -> str:
        nodes = [listed(some([review.label(item) for item in text.split()])) for text in data.loc[data["part"] == "node", "items"]]
        above = [f"{nodes[upper]} above {nodes[lower]}" for lower, upper in _edges(data)]
        meaning = "Above means: has all that the lower one has, and more."
        told = "; ".join(some(above, most=30)) or "None has all that another has"
        return f"Boxes with names, joined by {counted(len(above), 'line')}. {meaning} {told}."

    def _nodes(self, review: Review, data: pd.DataFrame) -> list[Node]:
        nodes, levels = data[data["part"] == "node"].rename(columns={"items": "members"}), _counts(data)
        return [Node((), tuple(map(review.label, row.members.split())), levels.index(int(row.features))) for row in nodes.itertuples()]

    def _layers(self, review: Review, data: pd.DataFrame) -> list[str]:
        return [f"{count} {self._feature(review)(count)}" for count in _counts(data)]

    def _note(self, review: Review) -> str:
        item, feature = review.metadata.item, self._feature(review)
        return (
            f"Lines lead upwards from a {item.singular}, over several steps if need be, to every {item.singular} that has all its {feature.plural} "
            f"and more. {item.plural.capitalize()} in one box have the same {feature.plural}."
        )

    def _count(self, review: Review) -> int:
        return len(self.incidence(review).drop_duplicates())

    def _kind(self, review: Review) -> str:
        return review.metadata.item.plural

    def _feature(self, review: Review):
        return review.table_info(self.tables(review)[0]).feature


class ConceptLattice(_Ladder):
    """Every group of items with all the features they share."""

    def title(self, review: Review) -> str:
        return f"Groups of {review.metadata.item.plural} that share {review.features_of(self.tables(review)[0])}: the concept lattice"

    def data(self, review: Review) -> pd.DataFrame:
        incidence = self.incidence(review)
        concepts = formal_concepts(incidence)
        covers = lattice_covers(concepts)
        rows = []
        for extent, intent in concepts:
            below = [other for other in concepts if other.extent < extent]
            above = [other for other in concepts if other.extent > extent]
            new_items = [item for item in incidence.index if item in extent and not any(item in other.extent for other in below)]
            new_features = [name for name in incidence.columns if name in intent and not any(name in other.intent for other in above)]
            rows.append(
                {
                    "part": "node",
                    "items": " ".join(item for item in incidence.index if item in extent),
                    "features": " ".join(name for name in incidence.columns if name in intent),
                    "own_items": " ".join(new_items),
                    "own_features": " ".join(new_features),
                }
            )
        rows += [{"part": "line", "lower": lower, "upper": upper} for lower, upper in covers]
        texts = ["items", "features", "own_items", "own_features"]
        return pd.DataFrame(rows, columns=["part", *texts, "lower", "upper"]).fillna(dict.fromkeys(texts, ""))

    def caption(self, review: Review, data: pd.DataFrame) -> str:
        n = int((data["part"] == "node").sum())
        return (
            f"{self.title(review)}, of {n} groups. {self.pattern(review, data)} {self._note(review)}{self.unclear_note(review)}{self.credit(review)}"
        )

    def pattern(self, review: Review, data: pd.DataFrame) -> str:
        nodes = data[data["part"] == "node"].rename(columns={"items": "members"})
        shared = [(len(row.members.split()), row.features.split()) for row in nodes.itertuples() if row.features.split() and row.members.split()]
        pairs = [entry for entry in shared if len(entry[1]) > 1 and entry[0] > 1]
        if not pairs:
            return f"No two {review.metadata.item.plural} share two {self._feature(review).plural} or more."
        n = max(count for count, _ in pairs)
        return f"The largest group that shares two {self._feature(review).plural} or more has {n} {review.metadata.item(n)}."

    def numbers(self, review: Review, data: pd.DataFrame) -> str:
        told = [
            f"{listed([review.label(name) for name in row.features.split()]) if row.features else self._nothing(review)}: "
            f"{listed([review.label(name) for name in row.members.split()]) if row.members else 'none'}"
            for row in data[data["part"] == "node"].rename(columns={"items": "members"}).itertuples()
        ]
        lead = f"{counted(len(told), 'group')} (formal concepts), joined by {counted(len(_edges(data)), 'line')}."
        return f"{lead} What is shared, and by which {review.metadata.item.plural}. {'. '.join(some(told, most=30))}."

    def _nodes(self, review: Review, data: pd.DataFrame) -> list[Node]:
        nodes = data[data["part"] == "node"]
        levels = heights(len(nodes), _edges(data))
        return [
            Node(tuple(map(review.label, row.own_features.split())), tuple(map(review.label, row.own_items.split())), level)
            for row, level in zip(nodes.itertuples(), levels, strict=True)
        ]

    def _note(self, review: Review) -> str:
        item, feature = review.metadata.item, self._feature(review)
        return (
            f"Each box or dot is one group. Its {item.plural} are those named in it (plain) and below it along the lines; its {feature.plural} "
            f"those named in it (bold) and above it. Every name stands once."
        )

    def _nothing(self, review: Review) -> str:
        return f"No shared {self._feature(review).singular}"

    def _count(self, review: Review) -> int:
        return concept_count(self.incidence(review).to_numpy())

    def _kind(self, review: Review) -> str:
        return "groups"

    def _feature(self, review: Review):
        return review.table_info(self.tables(review)[0]).feature


def _counts(data: pd.DataFrame) -> list[int]:
    """The numbers of features that occur, ascending."""
    return sorted({int(count) for count in data.loc[data["part"] == "node", "features"]})


def _edges(data: pd.DataFrame) -> list[tuple[int, int]]:
    lines = data[data["part"] == "line"]
    return [(int(lower), int(upper)) for lower, upper in zip(lines["lower"], lines["upper"], strict=True)]


RECIPES: list[Recipe] = [
    ContainmentOrder("fig22_containment", 0),
    ContainmentOrder("fig23_containment_second_table", 1),
    ConceptLattice("fig24_lattice", 0),
    ConceptLattice("fig25_lattice_second_table", 1),
]
