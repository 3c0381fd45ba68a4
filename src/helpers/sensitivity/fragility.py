"""What overturns each conclusion, and how few changes does it take?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from ..review import Review
from ..validation import NATURE
from .case import Case, Same
from .changes import Change, single_changes
from .conclusions import Conclusion, State, conclusions
from .states import groups_are_quick
from .trials import CODE, by_coders, coded_otherwise, dropped_one, fewest_changes, flipped

MOST_CHANGES = 400  # cells that are changed one by one; more take minutes


@dataclass(frozen=True, eq=False)
class Fragility:
    """What each conclusion rests on.

    Attributes
    ----------
    conclusions : tuple of Conclusion
    states : dict of str to state
        By the conclusion's id, as coded.
    changes : tuple of Change
        Every change of one code, over all tables and ratings.
    flips : DataFrame of bool
        As from `flip_cells`, one row for each of these.
    drops : DataFrame of object
        Index `kind` ("item" or "feature") and `dropped`; one column a conclusion: True (kept), False (overturned), or None where it speaks of nothing
        else, or cannot be asked of what is left.
    codings : DataFrame, index the conclusions
        `possible`: how many codings the alternatives allow of what it reads; `tried`; `kept`: the share of those tried, 0 to 1; `exact`: "yes" where
        all were tried; `error`: the Monte Carlo standard error of the share, 0 where exact.
    fewest : DataFrame, index the conclusions
        `changes`: the fewest arbitrary or listed changes that overturn it: 1, 2, or 3 for "more than two"; `exact`: "yes" where all pairs were tried;
        `example`: a tuple of Change, listed ones before arbitrary ones.
    coders : DataFrame of bool
        One row an independent coder, one column a conclusion: kept with that coder's tables. No rows where there are none.
    """

    conclusions: tuple[Conclusion, ...]
    states: dict[str, State]
    changes: tuple[Change, ...]
    flips: pd.DataFrame
    drops: pd.DataFrame
    codings: pd.DataFrame
    fewest: pd.DataFrame
    coders: pd.DataFrame

    def told(self, identifier: str) -> str:
        """A conclusion as coded, in words."""
        return self._by_id(identifier).tell(self.states[identifier])

    def carried(self) -> pd.Series:
        """Which conclusions each code carries: those that some change of it alone overturns.

        Returns
        -------
        Series of tuple of str, index `table`, `model`, `feature`
            Ids of conclusions.
        """
        found: dict[tuple[str, str, str], dict[str, None]] = {}
        for change, kept in zip(self.changes, self.flips.to_numpy(), strict=True):
            names = self.flips.columns[~kept]
            found.setdefault(change.code, {}).update(dict.fromkeys(names))
        order = list(self.flips.columns)
        ordered = [tuple(sorted(names, key=order.index)) for names in found.values()]
        return pd.Series(ordered, index=pd.MultiIndex.from_tuples(list(found), names=CODE), name="conclusions", dtype=object)

    def to_frame(self) -> pd.DataFrame:
        """One row a conclusion: how many of the changes of each kind overturn it.

        Returns
        -------
        DataFrame, index the conclusions
            `about`, `question`, `state` (in words), `finding`, `planned` ("yes", or "no" for post hoc). For changes of one code that are listed, and
            for others, among what it reads, and for items and features left out: the number tried and the number that overturn it
            (`listed_tried`, `listed_overturn`, `other_...`, `items_...`, `features_...`). Then the columns of `codings` and `fewest`
            (its `exact` as `exact_fewest`).
        """
        rows = []
        listed = np.array([change.listed for change in self.changes], dtype=bool)
        for conclusion in self.conclusions:
            kept = self.flips[conclusion.id].to_numpy()
            read = np.array([(change.table, change.feature) in conclusion.reads for change in self.changes], dtype=bool)
            row = {
                "id": conclusion.id,
                "about": conclusion.about,
                "question": conclusion.question,
                "state": self.told(conclusion.id),
                "finding": conclusion.finding,
            }
            row["planned"] = "yes" if conclusion.planned else "no"
            for name, which in (("listed", read & listed), ("other", read & ~listed)):
                row |= {f"{name}_tried": int(which.sum()), f"{name}_overturn": int((which & ~kept).sum())}
            for kind in ("item", "feature"):
                found = self.drops.loc[self.drops.index.get_level_values("kind") == kind, conclusion.id]
                row |= {f"{kind}s_tried": int(found.notna().sum()), f"{kind}s_overturn": sum(value is False for value in found)}
            rows.append(row)
        frame = pd.DataFrame(rows).set_index("id")
        return frame.join(self.codings).join(self.fewest.rename(columns={"exact": "exact_fewest"}))

    def _by_id(self, identifier: str) -> Conclusion:
        return next(conclusion for conclusion in self.conclusions if conclusion.id == identifier)


def flip_cells(review: Review, tables: str | Sequence[str]) -> pd.DataFrame:
    """Change every cell of some tables, one at a time, and see which conclusions are kept.

    Parameters
    ----------
    review : Review
    tables : str or sequence of str
        Features tables; "nature" for the ratings, each changed to each other level.

    Returns
    -------
    DataFrame of bool
        One row a change, in the order of tables, rows and columns: index `table`, `model`, `feature`. A Yes becomes a No, and a No or an unclear
        cell, which counts as No, a Yes; a rating has one row for each of its other levels. One column a conclusion: True where it is kept.
        `single_changes` gives the same changes in the same order, with the new code, and whether alternatives.csv lists it.

    Raises
    ------
    SynopsisError
        If there is no such table.

    Examples
    --------
    >>> from helpers import load_review
    >>> from helpers.build import ROOT
    >>> flips = flip_cells(load_review(ROOT / "data" / "living_beings"), "traits")
    >>> len(flips), bool(flips.loc[("traits", "leech", "needs_water_to_live"), "traits.constant"])
    (72, False)
    """
    case, found = Case.of(review), conclusions(review)
    states = {conclusion.id: conclusion.find(case) for conclusion in found}
    changes = single_changes(review, [tables] if isinstance(tables, str) else list(tables))
    return flipped(case, found, states, changes)


def is_small_enough(review: Review) -> bool:
    """Whether the cells are few enough to be changed one by one."""
    return sum(table.size for table in review.tables.values()) <= MOST_CHANGES


def has_quick_groups(review: Review) -> bool:
    """Whether conclusions about groups are followed for every table."""
    case = Case.of(review)
    return all(groups_are_quick(case, table) for table in review.tables)


def fragility(review: Review) -> Fragility:
    """Shake a review's tables in every way, and see what each conclusion rests on.

    Every code is changed singly; every item and every feature is left out; every coding that the listed alternatives allow is tried (up to
    MOST_CODINGS of what a conclusion reads; else DRAWN_CODINGS random ones); for conclusions that no single change overturns, every pair of
    changes (up to MOST_PAIRS, and MOST_SLOW_PAIRS where it takes milliseconds to find; else so many random ones).

    Parameters
    ----------
    review : Review

    Returns
    -------
    Fragility
        The same for any order of rows. Kept, so that asking again costs nothing.
    """
    return _fragility(Same(review))


@lru_cache(maxsize=32)
def _fragility(same: Same) -> Fragility:
    review = same.review
    case, found = Case.of(review), conclusions(review)
    states = {conclusion.id: conclusion.find(case) for conclusion in found}
    tables = [*review.tables, *([NATURE] if review.metadata.ratings else [])]
    changes = single_changes(review, tables)
    flips = flipped(case, found, states, changes)
    return Fragility(
        tuple(found),
        states,
        tuple(changes),
        flips,
        dropped_one(case, found, states),
        coded_otherwise(review, case, found, states),
        fewest_changes(case, found, states, changes, flips),
        by_coders(review, found, states),
    )
