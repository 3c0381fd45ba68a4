"""How well is each group supported: by the ways to break ties, and by features drawn anew?"""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ..clustering import column_bootstrap, group_tree, leaf_order, resamples
from ..plotting import draw_memberships, new_page, text_width, wrap
from ..plotting.memberships import LANE
from ..plotting.page import crop, footed, text_height, write
from ..problems import listed
from ..review import Review
from ..style import INK, MARGIN_MM, QUIET, RULE, SMALL_PT
from ..ties import tie_census
from .recipe import Recipe

MOST_GROUPS = 16
WIDEST_SCALE, NARROWEST_SCALE = 100.0, 40.0
GAP = 6.0
FOOT = 58.0  # for scale, key, note and source
# What each mark stands for: its column, its name, and how it is drawn.
MARKS = (
    ("by_tree", "share of equally right trees", {"marker": "|", "markersize": 8, "markeredgewidth": 1.4, "color": INK}),
    ("bootstrap", "bootstrap support", {"marker": "o", "markersize": 4.6, "color": INK}),
    (
        "bootstrap_varying",
        "bootstrap support without constant {features}",
        {"marker": "o", "markersize": 7.2, "color": INK, "markerfacecolor": "none"},
    ),
)


class Bootstrap(Recipe):
    """The groups of the first table's equally right trees, with their support."""

    id, notebook = "fig18_bootstrap", "04_group_the_models"

    def lacking(self, review: Review) -> str:
        if len(review.items) < 3:
            return f"at least three {review.metadata.item.plural}"
        if len(self.incidence(review).drop_duplicates()) < 2:
            return f"{review.metadata.item.plural} that are not all the same"
        return ""

    def fits(self, review: Review) -> bool:
        if self._scale(len(review.items)) < NARROWEST_SCALE:
            return False
        names = max(text_width(review.short_label(item)) for item in review.items)
        lanes = len(self._shown(self.values(review))) * LANE
        return names + lanes + FOOT <= self.height

    def tables(self, review: Review) -> list[str]:
        return review.table_names[:1]

    def title(self, review: Review) -> str:
        return f"Support for the groups of {review.metadata.item.plural} by {review.features_of(self.tables(review)[0])}"

    def data(self, review: Review) -> pd.DataFrame:
        incidence = self.incidence(review)
        varying = incidence.loc[:, incidence.nunique() > 1]
        census = tie_census(incidence)
        shares = census.clade_support()["by_tree" if census.exact else "by_random_ties"]
        supports = {"bootstrap": column_bootstrap(incidence), "bootstrap_varying": column_bootstrap(varying)}
        if varying.shape[1] == incidence.shape[1]:
            del supports["bootstrap_varying"]
        order = leaf_order(group_tree(incidence), incidence)
        rows = [
            {
                "members": " ".join(item for item in order if item in clade),
                "by_tree": float(share),
                **{name: float(found["support"].get(clade, 0.0)) for name, found in supports.items()},
                **{f"{name}_error": float(found["error"].get(clade, 0.0)) for name, found in supports.items()},
            }
            for clade, share in shares.items()
        ]
        return pd.DataFrame(rows).sort_values(["bootstrap", "by_tree"], ascending=False, kind="stable", ignore_index=True)

    def draw(self, review: Review, data: pd.DataFrame) -> Figure:
        shown = self._shown(data)
        order = data["members"].iloc[0].split()  # the whole, which every tree shows
        names = {item: review.short_label(item) for item in order}
        figure, page = new_page(self.width, self.height)
        top = MARGIN_MM + max(map(text_width, names.values())) + 2
        places = {item: MARGIN_MM + (number + 0.5) * LANE for number, item in enumerate(order)}
        for item, x in places.items():
            write(page, x, top - 1.5, names[item], rotation=90, ha="center", va="bottom")
        lanes = [top + (number + 0.5) * LANE for number in range(len(shown))]
        draw_memberships(page, [text.split() for text in shown["members"]], lanes, places, upright=False)
        left = MARGIN_MM + len(order) * LANE + GAP
        bottom = self._dots(page, shown, lanes, left, self._scale(len(order)))
        y = self._key(page, review, data, left, bottom + 10)
        note = wrap(self._note(review, data), self.width - 2 * MARGIN_MM)
        write(page, MARGIN_MM, y, note, va="top")
        crop(page, footed(page, y + text_height(note) + 1.5, review.metadata.credit))
        return figure

    def _dots(self, page: Axes, shown: pd.DataFrame, lanes: list[float], left: float, width: float) -> float:
        bottom = lanes[-1] + LANE
        for tick in (0, 25, 50, 75, 100):
            x = left + tick / 100 * width
            page.plot([x, x], [lanes[0] - LANE / 2, bottom - 1], color=RULE, linewidth=0.4, zorder=0)
            write(page, x, bottom + 1, f"{tick}%", SMALL_PT, ha="center", color=QUIET)
        write(page, left + width / 2, bottom + 4.5, "share of trees, or bootstrap support", SMALL_PT, ha="center", color=QUIET)
        for column, _, look in MARKS:
            if column in shown:
                page.plot(left + shown[column] * width, lanes, linestyle="none", gid=column, **look)
        return bottom

    def _key(self, page: Axes, review: Review, data: pd.DataFrame, left: float, y: float) -> float:
        for column, name, look in MARKS:
            if column in data:
                page.plot([left + 1.5], [y], linestyle="none", **look)
                lines = wrap(name.format(features=self._features(review)), self.width - MARGIN_MM - left - 5, SMALL_PT)
                write(page, left + 5, y - 1.5, lines, SMALL_PT, va="top")
                y += text_height(lines, SMALL_PT) + 1
        return y + 2

    def caption(self, review: Review, data: pd.DataFrame) -> str:
        return (
            f"{self.title(review)}. Each line of dots is a group that some equally right tree shows (average linkage, Jaccard distance). Upright "
            f"stroke: the share of these trees that show it. Dots: the support when as many {self._features(review)} are drawn anew, with "
            f"replacement, all ties counted{'' if 'bootstrap_varying' not in data else '; hollow: without those that all or none have'}. "
            f"{self._note(review, data)}{self.unclear_note(review)}{self.credit(review)}"
        )

    def pattern(self, review: Review, data: pd.DataFrame) -> str:
        groups = data.iloc[1:]
        if not len(groups):
            return "No tree shows a group but the whole."
        best, half = groups.iloc[0], int((groups["bootstrap"] > 1 / 2).sum())
        return (
            f"{half} of {len(groups)} groups have more than half of the bootstrap’s support; best supported is "
            f"{listed(map(review.label, best['members'].split()))}, with {best['bootstrap']:.0%}."
        )

    def numbers(self, review: Review, data: pd.DataFrame) -> str:
        def told(row) -> str:
            without = f", {row.bootstrap_varying:.0%} without constant {self._features(review)}" if "bootstrap_varying" in data else ""
            return f"{listed(map(review.label, row.members.split()))}: {row.by_tree:.0%} of trees, bootstrap {row.bootstrap:.0%}{without}"

        return f"Groups as lines of dots, with marks on a scale from 0 to 100%. {'; '.join(map(told, self._shown(data).itertuples()))}."

    def _note(self, review: Review, data: pd.DataFrame) -> str:
        incidence = self.incidence(review)
        drawn, varying = resamples(incidence), resamples(incidence.loc[:, incidence.nunique() > 1])
        how = f"All ways to draw as many, {drawn.n:,}, are counted" if drawn.exact else f"{drawn.drawn:,} resamples were drawn by lot"
        without = f" ({varying.empty_rows:.0%} without the constant ones)" if "bootstrap_varying" in data else ""
        groups = len(data) - 1
        more = f" The {MOST_GROUPS} best supported of {groups} groups." if groups > MOST_GROUPS else ""
        return (
            f"{how}. In {drawn.empty_rows:.0%} of them{without} at least one {review.metadata.item.singular} has none of the "
            f"{self._features(review)} drawn; such {review.metadata.item.plural} count as the same.{more} The {self._features(review)} were "
            f"chosen, not "
            f"drawn: support is not the chance that a group is real."
        )

    def _shown(self, data: pd.DataFrame) -> pd.DataFrame:
        """The best supported groups; the whole, which comes first, only if there is no other."""
        return data.iloc[1 : MOST_GROUPS + 1] if len(data) > 1 else data

    def _features(self, review: Review) -> str:
        return review.table_info(self.tables(review)[0]).feature.plural

    def _scale(self, n: int) -> float:
        return min(WIDEST_SCALE, self.width - 2 * MARGIN_MM - n * LANE - GAP - 4)


RECIPES: list[Recipe] = [Bootstrap()]
