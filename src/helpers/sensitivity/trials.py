"""How is every change tried? The tables behind `Fragility`."""

from __future__ import annotations

from itertools import combinations
from math import sqrt
from random import Random

import pandas as pd

from ..problems import SynopsisError
from ..review import Review
from ..validation import NATURE
from .case import YES, Case
from .changes import Change, allowed_codes, codings
from .conclusions import Conclusion, State

MOST_CODINGS, DRAWN_CODINGS = 256, 200
MOST_PAIRS, MOST_SLOW_PAIRS = 10_000, 2_000
SEED = 2014
CODE = ["table", "model", "feature"]
States = dict[str, State]


def flipped(case: Case, found: list[Conclusion], states: States, changes: list[Change]) -> pd.DataFrame:
    rows = []
    for change in changes:
        changed = case.recoded({change.code: change.to})
        rows.append([(change.table, change.feature) not in one.reads or _kept(one, states, changed) for one in found])
    index = pd.MultiIndex.from_tuples([change.code for change in changes], names=CODE)
    return pd.DataFrame(rows, index=index, columns=[one.id for one in found], dtype=bool)


def _kept(conclusion: Conclusion, states: States, changed: Case) -> bool:
    try:
        return conclusion.find(changed) == states[conclusion.id]
    except SynopsisError:  # cannot be found any more
        return False


def dropped_one(case: Case, found: list[Conclusion], states: States) -> pd.DataFrame:
    smaller = [("item", item, case.without_item(item)) for item in case.items if len(case.items) > 1]
    smaller += [("feature", f, case.without_feature(table, f)) for table, names in case.features.items() if len(names) > 1 for f in names]
    rows = [[_kept_without(one, states, changed, dropped) for one in found] for _, dropped, changed in smaller]
    index = pd.MultiIndex.from_tuples([(kind, dropped) for kind, dropped, _ in smaller], names=["kind", "dropped"])
    return pd.DataFrame(rows, index=index, columns=[one.id for one in found], dtype=object)


def _kept_without(conclusion: Conclusion, states: States, changed: Case, dropped: str) -> bool | None:
    before = states[conclusion.id]
    left = _without(before, dropped)
    if not conclusion.dropping or (left != before and not left):
        return None
    try:
        return _without(conclusion.find(changed), dropped) == left
    except (SynopsisError, ValueError):
        return None


def _without(state: State, dropped: str) -> State:
    """A state without what speaks of a dropped item or feature; a group of which two members or more are left stays a group."""
    if not isinstance(state, frozenset):
        return state
    groups = {member: member - {dropped} for member in state if isinstance(member, frozenset) and dropped in member and len(member) > 2}
    return frozenset(groups.get(member, member) for member in state if member in groups or not _mentions(member, dropped))


def _mentions(member: object, name: str) -> bool:
    return any(_mentions(inner, name) for inner in member) if isinstance(member, frozenset | tuple) else member == name


def coded_otherwise(review: Review, case: Case, found: list[Conclusion], states: States) -> pd.DataFrame:
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


def fewest_changes(case: Case, found: list[Conclusion], states: States, changes: list[Change], flips: pd.DataFrame) -> pd.DataFrame:
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
        pairs.sort(key=lambda pair: sum(not change.listed for change in pair))
        most = MOST_SLOW_PAIRS if conclusion.slow else MOST_PAIRS
        exact = len(pairs) <= most
        tried = pairs if exact else Random(SEED).sample(pairs, most)
        double = next((pair for pair in tried if not _kept(conclusion, states, case.recoded({change.code: change.to for change in pair}))), None)
        rows[conclusion.id] = (2, "yes", double) if double else (3, "yes" if exact else "no", ())
    return pd.DataFrame.from_dict(rows, orient="index", columns=["changes", "exact", "example"])


def by_coders(review: Review, found: list[Conclusion], states: States) -> pd.DataFrame:
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
