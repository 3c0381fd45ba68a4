"""One page for a paper: codes, ratings and groups side by side in one order of rows, and below them similarities, chance, and what would fall."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ..metadata import NOT_STATED
from ..nullmodels import COMPARED
from ..plotting import draw_amount_key, draw_counts, draw_dendrogram, draw_key, draw_standings, draw_triangle, draw_yes_no, new_page, text_width, wrap
from ..plotting.page import crop, footed, inset, text_height, write
from ..plotting.yes_no import NARROWEST_WORD_TILE, Grid, heading_height
from ..problems import listed
from ..review import Review
from ..style import MARGIN_MM, SMALL_PT, TITLE_PT
from .all_pairs import hundredths, square
from .groups import agreed
from .overview_values import CHANGES, overview_values
from .recipe import Recipe

ROW, WIDEST_CELL, NARROWEST_CELL = 5.2, 6.0, 4.4
GAP, TREE, LANE = 4.0, 34.0, 5.0
NAME, KIND, LOWEST = 43.0, 32.0, 4.6  # room for the names of statistics; the least cell for a number of two digits
NARROWEST_SCALE = 28.0
BELOW = 75.0  # that the lower row of panels needs, in millimetres


class Overview(Recipe):
    """Panels a to f; those that a review cannot fill are left out, and the letters close up."""

    id = "fig35_overview"
    notebook = "10_make_the_figures"

    def lacking(self, review: Review) -> str:
        return "" if len(review.items) > 1 else f"at least two {review.metadata.item.plural}"

    def fits(self, review: Review) -> bool:
        at = _Places(review, self.width)
        scale = self.width / 2 - MARGIN_MM - NAME - 8
        wide = at.cell >= NARROWEST_CELL and at.triangle >= LOWEST and scale >= NARROWEST_SCALE
        return wide and at.bottom + BELOW <= self.height

    def tables(self, review: Review) -> list[str]:
        return [*review.table_names, *(["nature"] if review.metadata.ratings else [])]

    def unclear_note(self, review: Review) -> str:
        n = int(review.states(review.table_names).eq("unclear").to_numpy().sum())
        return f" {n} unclear cell{'s count' if n > 1 else ' counts'} as No but in the table itself." if n else ""

    def title(self, review: Review) -> str:
        return f"The {review.metadata.item.plural} at a glance"

    def data(self, review: Review) -> pd.DataFrame:
        return overview_values(review)

    def draw(self, review: Review, data: pd.DataFrame) -> Figure:
        figure, page = new_page(self.width, self.height)
        at, panels = _Places(review, self.width), _split(data)
        letters = iter("abcdef")
        self._codes(page, review, panels["codes"], at, next(letters))
        order = list(dict.fromkeys(panels["codes"]["item"]))
        if "ratings" in panels:
            self._words(page, review, panels["ratings"], at, order, next(letters))
        if "groups" in panels:
            head = wrap(f"{next(letters)} In {_trees(panels['groups'])}", self.width - MARGIN_MM - at.tree, TITLE_PT, "bold")
            write(page, at.tree, MARGIN_MM, head, TITLE_PT, va="top", weight="bold")
            rows = {item: at.top + (place + 0.5) * ROW for place, item in enumerate(order)}
            draw_dendrogram(page, agreed(panels["groups"]), rows, at.tree, at.tree_end, "Jaccard distance at which groups join")
        top = at.bottom + 4
        side = len(order) * at.triangle
        write(page, MARGIN_MM, top, f"{next(letters)} Jaccard similarity, in hundredths", TITLE_PT, va="top", weight="bold")
        low = draw_amount_key(page, MARGIN_MM, top + 8 + side, "Similarity", self.width / 2 - 8)
        y, x = top, self.width / 2 + 4
        if "chance" in panels:
            y = self._standings(page, panels["chance"], x, y, next(letters)) + 4
        if "firmness" in panels:
            y = self._counts(page, panels["firmness"], x, y, next(letters))
        crop(page, footed(page, max(y, low) + 3, review.metadata.credit))
        pairs = panels["similarity"]
        values = square(pairs, "similarity", 1.0).astype(float).rename(index=review.short_label, columns=review.short_label)
        ax = inset(page, MARGIN_MM, top + 5, side, side)
        draw_triangle(ax, values, square(pairs, "fraction", "1").map(hundredths), 1, diagonal=False, size=SMALL_PT)
        return figure

    def caption(self, review: Review, data: pd.DataFrame) -> str:
        panels, item = _split(data), review.metadata.item
        texts = ["the coded table" + ("s" if len(review.table_names) > 1 else "")]
        texts += ["the ratings; * marks one that is hedged or inferred"] if "ratings" in panels else []
        groups = "what all equally right trees of average linkage have in common; pale band: ties leave the height or the order open"
        texts += [groups] if "groups" in panels else []
        texts += ["Jaccard similarity" + (" over all tables together" if len(review.table_names) > 1 else "") + ", in hundredths"]
        chance = (
            f"where the table of {review.features_of(review.table_names[0])} stands among chance tables, those with the same totals "
            f"of rows "
            f"and columns: a mark from the share of them with a lower value to the share with a lower or the same one"
        )
        if "chance" in panels:
            drawn = panels["chance"].loc[panels["chance"]["all"] == "no", "tables"]
            few = f"; of so many, {drawn.min():,.0f} to {drawn.max():,.0f} were drawn at random" if len(drawn) else ""
            texts += [chance + few]
        texts += (
            ["conclusions by the fewest changes of a code that overturn them, those fixed beforehand and those after the fact"]
            if ("firmness" in panels)
            else []
        )
        told = "; ".join(f"({letter}) {text}" for letter, text in zip("abcdef", texts, strict=False))
        return (
            f"{self.title(review)}: {told}. All panels of rows share one order, which sets similar {item.plural} side by side. The {item.plural} "
            f"were chosen, not drawn: nothing here speaks of other {item.plural}.{self.unclear_note(review)}{self.credit(review)}"
        )

    def pattern(self, review: Review, data: pd.DataFrame) -> str:
        panels = _split(data)
        yes = int((panels["codes"]["state"] == "yes").sum())
        firm = panels.get("firmness")
        fall = (
            f" {int(firm.loc[firm['name'] == CHANGES[0], 'count'].sum())} of {int(firm['count'].sum())} conclusions fall with one change."
            if (firm is not None)
            else ""
        )
        return f"{yes} of {len(panels['codes'])} cells are Yes.{fall}"

    def numbers(self, review: Review, data: pd.DataFrame) -> str:
        panels, parts = _split(data), []
        for item, rows in panels["codes"].groupby("item", sort=False):
            parts.append(
                f"{review.label(item)}: {listed([review.short_label(name) for name in rows.loc[rows['state'] == 'yes', 'feature']]) or 'none'}"
            )
        chance = panels.get("chance", pd.DataFrame(columns=["name", "lowest", "highest"]))
        stands = [f"{COMPARED[row.name_]} {row.lowest:.0%} to {row.highest:.0%}" for row in chance.rename(columns={"name": "name_"}).itertuples()]
        below = f" Share of tables with the same totals below this one: {'; '.join(stands)}." if stands else ""
        return f"A page of {len(panels)} panels, each also a figure of its own. {'. '.join(parts)}.{below}"

    def _codes(self, page: Axes, review: Review, codes: pd.DataFrame, at: _Places, letter: str) -> None:
        x = at.left
        write(page, MARGIN_MM, MARGIN_MM, f"{letter} {_codes_title(review)}", TITLE_PT, va="top", weight="bold")
        for place, (table, part) in enumerate(codes.groupby("table", sort=False)):
            features = list(review.tables[table])
            order = list(dict.fromkeys(part["item"]))
            wide = {name: part.pivot(index="item", columns="feature", values=name).loc[order, features] for name in ("state", "certainty")}
            named = wide["state"].rename(index=review.short_label, columns=review.short_label)
            draw_yes_no(page, named, wide["certainty"].fillna(""), None, None, Grid(x, at.top, at.cell, ROW), row_labels=place == 0)
            x += len(features) * at.cell + GAP
        kinds = set(codes["certainty"].where(codes["state"] == "yes", codes["state"]).replace("", "explicit"))
        names = {"explicit": "Yes", "hedged": "Yes, hedged", "inferred": "Yes, inferred", "unclear": "unclear", "no": "No"}
        draw_key(
            page,
            MARGIN_MM,
            at.top + len(review.items) * ROW + 3,
            {k: v for k, v in names.items() if k in kinds},
            at.ratings - MARGIN_MM - 4,
            at.cell >= NARROWEST_WORD_TILE,
        )

    def _words(self, page: Axes, review: Review, ratings: pd.DataFrame, at: _Places, order: list[str], letter: str) -> None:
        write(page, at.ratings, MARGIN_MM, f"{letter} Ratings", TITLE_PT, va="top", weight="bold")
        x = at.ratings
        for rating in review.metadata.ratings:
            write(page, x, at.top - 2, rating.label, va="baseline")
            for row in ratings[ratings["feature"] == rating.name].itertuples():
                style = "italic" if row.state == NOT_STATED else "normal"
                write(page, x, at.top + (order.index(row.item) + 0.5) * ROW, row.words, SMALL_PT, fontstyle=style)
            x += at.words[rating.name]
        if ratings["certainty"].isin(["hedged", "inferred"]).any():
            write(page, at.ratings, at.top + len(order) * ROW + 5.5, "* hedged or inferred", SMALL_PT)

    def _standings(self, page: Axes, chance: pd.DataFrame, x: float, y: float, letter: str) -> float:
        head = wrap(f"{letter} Share of chance tables with a lower value", self.width - MARGIN_MM - x, TITLE_PT, "bold")
        write(page, x, y, head, TITLE_PT, va="top", weight="bold")
        rows = [(COMPARED[name], low, high) for name, low, high in zip(chance["name"], chance["lowest"], chance["highest"], strict=True)]
        return draw_standings(page, rows, x, y + text_height(head, TITLE_PT) + 1, NAME, self.width - MARGIN_MM - x - NAME - 4)

    def _counts(self, page: Axes, firmness: pd.DataFrame, x: float, y: float, letter: str) -> float:
        head = wrap(f"{letter} Conclusions that fall with", self.width - MARGIN_MM - x, TITLE_PT, "bold")
        write(page, x, y, head, TITLE_PT, va="top", weight="bold")
        rows = [(f"{kind} ({part['count'].sum():.0f})", list(part["count"].astype(int))) for kind, part in firmness.groupby("part", sort=False)]
        return draw_counts(page, rows, CHANGES, x, y + text_height(head, TITLE_PT) + 1, KIND, self.width - MARGIN_MM - x - KIND)


@dataclass(frozen=True)
class _Places:
    """Where the upper row of panels stands, in millimetres."""

    review: Review
    width: float

    @property
    def left(self) -> float:
        return MARGIN_MM + self._names + 2

    @property
    def _names(self) -> float:
        return max(text_width(self.review.short_label(item)) for item in self.review.items)

    @property
    def words(self) -> dict[str, float]:
        """The width of each rating."""
        found = {}
        for rating in self.review.metadata.ratings:
            labels = [level.label + "*" for level in rating.levels] + [NOT_STATED] * (NOT_STATED in set(self.review.nature[rating.name]))
            found[rating.name] = max(text_width(rating.label), *(text_width(label, SMALL_PT) for label in labels)) + 3
        return found

    @property
    def _features(self) -> int:
        return sum(table.shape[1] for table in self.review.tables.values())

    @property
    def cell(self) -> float:
        fixed = self.left + GAP * len(self.review.tables) + sum(self.words.values()) + LANE + TREE + 2 + MARGIN_MM
        return min(WIDEST_CELL, (self.width - fixed) / self._features)

    @property
    def ratings(self) -> float:
        return self.left + self._features * self.cell + GAP * len(self.review.tables)

    @property
    def tree(self) -> float:
        return self.ratings + sum(self.words.values()) + LANE

    @property
    def tree_end(self) -> float:
        return min(self.width - MARGIN_MM - 2, self.tree + 2 * TREE)

    @property
    def top(self) -> float:
        names = [self.review.short_label(feature) for table in self.review.tables.values() for feature in table]
        return MARGIN_MM + text_height("x", TITLE_PT) + 2 + heading_height(names, self.cell)

    @property
    def bottom(self) -> float:
        return self.top + len(self.review.items) * ROW + 14

    @property
    def triangle(self) -> float:
        """The side of a cell of the triangle of similarities."""
        return min(5.2, (self.width / 2 - MARGIN_MM - self._names) / len(self.review.items))


def _split(data: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The values of each panel, without the columns it leaves empty."""
    return {name: part.dropna(axis="columns", how="all") for name, part in data.groupby("panel", sort=False)}


def _trees(groups: pd.DataFrame) -> str:
    values = groups.set_index("part")["value"]
    return "the only tree" if values["trees"] == 1 else f"all {values['drawn'] or values['trees']:,.0f} {'drawn' if values['drawn'] else 'trees'}"


def _codes_title(review: Review) -> str:
    return listed(dict.fromkeys(review.table_info(name).feature.plural for name in review.table_names)).capitalize()


RECIPES: list[Recipe] = [Overview()]
