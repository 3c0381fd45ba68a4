"""What overturns each conclusion, and how few changes does it take?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from math import sqrt
from random import Random

import numpy as np
import pandas as pd

from ..problems import SynopsisError
from ..review import Review
from ..validation import NATURE
from .case import YES, Case, Same
from .changes import Change, allowed_codes, codings, single_changes
from .conclusions import Conclusion, State, conclusions

MOST_CODINGS, DRAWN_CODINGS = 256, 200
MOST_PAIRS, MOST_SLOW_PAIRS = 10_000, 2_000
SEED = 2014
CODE = ["table", "model", "feature"]


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
            (`listed_tried`, `listed_overturn`, `other_...`, `items_...`, `features_...`). Then the columns of `codings` and `fewest`.
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
        return frame.join(self.codings).join(self.fewest, rsuffix="_fewest")

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
    return _flips(case, found, states, changes)


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


@lru_cache(maxsize=8)
def _fragility(same: Same) -> Fragility:
    review = same.review
    case, found = Case.of(review), conclusions(review)
    states = {conclusion.id: conclusion.find(case) for conclusion in found}
    tables = [*review.tables, *([NATURE] if review.metadata.ratings else [])]
    changes = single_changes(review, tables)
    flips = _flips(case, found, states, changes)
    return Fragility(
        tuple(found),
        states,
        tuple(changes),
        flips,
        _drops(case, found, states),
        _codings(review, case, found, states),
        _fewest(case, found, states, changes, flips),
        _coders(review, found, states),
    )


def _flips(case: Case, found: list[Conclusion], states: dict[str, State], changes: list[Change]) -> pd.DataFrame:
    rows = []
    for change in changes:
        changed = case.recoded({change.code: change.to})
        rows.append([(change.table, change.feature) not in one.reads or _kept(one, states, changed) for one in found])
    index = pd.MultiIndex.from_tuples([change.code for change in changes], names=CODE)
    return pd.DataFrame(rows, index=index, columns=[one.id for one in found], dtype=bool)


def _kept(conclusion: Conclusion, states: dict[str, State], changed: Case) -> bool:
    try:
        return conclusion.find(changed) == states[conclusion.id]
    except SynopsisError:  # cannot be found any more
        return False


def _drops(case: Case, found: list[Conclusion], states: dict[str, State]) -> pd.DataFrame:
    smaller = [("item", item, case.without_item(item)) for item in case.items if len(case.items) > 1]
    smaller += [("feature", f, case.without_feature(table, f)) for table, names in case.features.items() if len(names) > 1 for f in names]
    rows = [[_kept_without(one, states, changed, dropped) for one in found] for _, dropped, changed in smaller]
    index = pd.MultiIndex.from_tuples([(kind, dropped) for kind, dropped, _ in smaller], names=["kind", "dropped"])
    return pd.DataFrame(rows, index=index, columns=[one.id for one in found], dtype=object)


def _kept_without(conclusion: Conclusion, states: dict[str, State], changed: Case, dropped: str) -> bool | None:
    before = states[conclusion.id]
    left = _without(before, dropped)
    if not conclusion.dropping or (left != before and not left):
        return None
    try:
        return _without(conclusion.find(changed), dropped) == left
    except (SynopsisError, ValueError):
        return None


def _without(state: State, dropped: str) -> State:
    """A state without what speaks of a dropped item or feature."""
    return frozenset(member for member in state if not _mentions(member, dropped)) if isinstance(state, frozenset) else state


def _mentions(member: object, name: str) -> bool:
    return any(_mentions(inner, name) for inner in member) if isinstance(member, frozenset | tuple) else member == name


def _codings(review: Review, case: Case, found: list[Conclusion], states: dict[str, State]) -> pd.DataFrame:
    allowed, rows, tried = allowed_codes(review), {}, {}
    for conclusion in found:
        own = {code: others for code, others in allowed.items() if (code[0], code[2]) in conclusion.reads}
        key = tuple(own)
        if key not in tried:  # the cases are shared by all conclusions that read the same codes
            chosen = codings(case, own, MOST_CODINGS, DRAWN_CODINGS, SEED)
            tried[key] = chosen, [case.recoded(choice) for choice in chosen.choices]
        chosen, cases = tried[key]
        kept = sum(_kept(conclusion, states, other) for other in cases) / len(cases)
        error = 0.0 if chosen.exact else sqrt(kept * (1 - kept) / len(cases))
        rows[conclusion.id] = (chosen.possible, len(cases), kept, "yes" if chosen.exact else "no", error)
    return pd.DataFrame.from_dict(rows, orient="index", columns=["possible", "tried", "kept", "exact", "error"])


def _fewest(case: Case, found: list[Conclusion], states: dict[str, State], changes: list[Change], flips: pd.DataFrame) -> pd.DataFrame:
    order = sorted(range(len(changes)), key=lambda place: (not changes[place].listed, changes[place]))
    rows = {}
    for conclusion in found:
        kept = flips[conclusion.id].to_numpy()
        single = next((changes[place] for place in order if not kept[place]), None)
        if single:
            rows[conclusion.id] = (1, "yes", (single,))
            continue
        read = [changes[place] for place in order if (changes[place].table, changes[place].feature) in conclusion.reads]
        pairs = [pair for pair in combinations(read, 2) if pair[0].code != pair[1].code]
        most = MOST_SLOW_PAIRS if conclusion.slow else MOST_PAIRS
        exact = len(pairs) <= most
        tried = pairs if exact else Random(SEED).sample(pairs, most)
        double = next((pair for pair in tried if not _kept(conclusion, states, case.recoded({change.code: change.to for change in pair}))), None)
        rows[conclusion.id] = (2, "yes", double) if double else (3, "yes" if exact else "no", ())
    return pd.DataFrame.from_dict(rows, orient="index", columns=["changes", "exact", "example"])


def _coders(review: Review, found: list[Conclusion], states: dict[str, State]) -> pd.DataFrame:
    rows = {}
    for coder, files in review.coders.items():
        same = all(name in files and files[name].index.equals(t.index) and files[name].columns.equals(t.columns) for name, t in review.tables.items())
        ratings = files.get(NATURE, review.nature)
        if not same or not ratings.index.equals(review.nature.index):
            continue
        cells = {name: files[name].eq(YES).to_numpy() for name in review.tables}
        levels = {rating.name: tuple(ratings[rating.name]) for rating in review.metadata.ratings}
        other = Case(review, tuple(review.items), Case.of(review).features, cells, levels)
        rows[coder] = [_kept(one, states, other) for one in found]
    return pd.DataFrame.from_dict(rows, orient="index", columns=[one.id for one in found]).astype(bool)
