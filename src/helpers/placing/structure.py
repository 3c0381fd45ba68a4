"""Which groups does the added item join, which does it open, which gaps does it fill, which rules does it break?

A group is a formal concept: items with all the features they share. An added item changes only what lies within its own features, so that only
these columns are gone through, however many others there are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple, TypeVar

import pandas as pd

from ..lattice import canonical_implications, concept_count, formal_concepts, unobserved_combinations
from ..lattice.bits import Bits
from ..problems import SynopsisError
from .ways import States, verdicts

MOST_STEPS = 200_000  # groups times ways to decide, about two seconds
MOST_LOOKS = 5_000_000  # at a rule, about a second
Found = TypeVar("Found")


class Group(NamedTuple):
    """A group by the features it shares, with the items of the review in it; `how`: "certainly" or "possibly"."""

    features: tuple[str, ...]
    items: tuple[str, ...]
    how: str


class Gap(NamedTuple):
    """A smallest combination that no item of the review has and the added one has; `expected` as in `lattice.unobserved_combinations`."""

    features: tuple[str, ...]
    expected: float
    how: str


class Rule(NamedTuple):
    """A rule of the Duquenne-Guigues base that the added item breaks: it has the premise and lacks some of the conclusion.

    `support` is how many items of the review have the premise.
    """

    premise: tuple[str, ...]
    conclusion: tuple[str, ...]
    support: int
    how: str


@dataclass(frozen=True)
class Structure:
    """What the added item changes in the structure of a table.

    Attributes
    ----------
    concepts : int or None
        How many formal concepts the table has without it; None where they are too many to count.
    joins : tuple of Group
        The smallest groups of the review that it joins: it has all that the group shares, and joins no smaller group within. Groups that hold
        no item do not count.
    opens : tuple of Group
        The new groups that there are with it and were not without.
    opens_at_least, opens_at_most : int
        How many new groups, over every way to decide its unclear features.
    gaps : tuple of Gap
    rules : tuple of Rule
    too_many : tuple of str
        Which of "concepts", "groups", "gaps" and "rules" are too many to go through, and left out.
    """

    concepts: int | None
    joins: tuple[Group, ...]
    opens: tuple[Group, ...]
    opens_at_least: int
    opens_at_most: int
    gaps: tuple[Gap, ...]
    rules: tuple[Rule, ...]
    too_many: tuple[str, ...]


def structure(incidence: pd.DataFrame, states: States) -> Structure:
    """What the added item changes.

    Parameters
    ----------
    incidence : DataFrame of bool, shape (items, features)
        The review's table, without the added item.
    states : States
        The same table, with what the added item can be.

    Examples
    --------
    No item has x and y. Something that has both joins the group of x and that of y, opens one group (its own), and fills the gap:

    >>> table = pd.DataFrame({"x": [1, 1, 0], "y": [0, 0, 1], "z": [1, 0, 0]}, index=["p", "q", "r"]).astype(bool)
    >>> found = structure(table, States.of(table, {"x", "y"}, ()))
    >>> [(group.features, group.items) for group in found.joins], [group.features for group in found.opens]
    ([(('x',), ('p', 'q')), (('y',), ('r',))], [('x', 'y')])
    >>> [(rule.premise, rule.conclusion, rule.support) for rule in found.rules]
    [(('x', 'y'), ('z',), 0)]
    """
    widest = max(states.ways, key=int.bit_count)
    within = incidence[list(states.named(widest))]
    concepts = _unless_too_many(concept_count, incidence.to_numpy())
    groups = _unless_too_many(_groups, incidence, within, states)
    gaps = _unless_too_many(_gaps, within, states)
    rules = _unless_too_many(_rules, incidence, within, states)
    parts = {"concepts": concepts, "groups": groups, "gaps": gaps, "rules": rules}
    return Structure(concepts, *(groups or ((), (), 0, 0)), gaps or (), rules or (), tuple(name for name, part in parts.items() if part is None))


def _unless_too_many(find: Callable[..., Found], *of: Any) -> Found | None:
    try:
        return find(*of)
    except SynopsisError:
        return None


def _groups(incidence: pd.DataFrame, within: pd.DataFrame, states: States) -> tuple[tuple[Group, ...], tuple[Group, ...], int, int]:
    table, place = Bits.of(incidence), {feature: 1 << j for j, feature in enumerate(incidence)}
    intents = [sum(place[feature] for feature in concept.intent) for concept in formal_concepts(within)] if within.shape[1] else [0]
    if len(intents) * len(states.ways) > MOST_STEPS:
        raise SynopsisError(f"{len(intents):,} groups in {len(states.ways):,} ways are too many to go through.")

    @cache
    def is_old(intent: int) -> bool:
        return table.intent(table.extent(intent)) == intent

    shared = [dict.fromkeys(intent & way for intent in intents) for way in states.ways]
    joined = [_smallest_groups(intent for intent in found if is_old(intent) and table.extent(intent)) for found in shared]
    opened = [[intent for intent in found if not is_old(intent)] for found in shared]

    def groups(found: list[list[int]]) -> tuple[Group, ...]:
        named = [(tuple(states.named(intent)), table.named_items(table.extent(intent)), how) for intent, how in verdicts(found).items()]
        return tuple(Group(features, tuple(item for item in states.items if item in items), how) for features, items, how in named)

    counts = [len(found) for found in opened]
    return groups(joined), groups(opened), min(counts), max(counts)


def _smallest_groups(intents: Iterable[int]) -> list[int]:
    """The sets that lie in no other: groups that share most, and hold no smaller one."""
    kept: list[int] = []
    for intent in sorted(intents, key=int.bit_count, reverse=True):
        if not any(intent & ~other == 0 for other in kept):
            kept.append(intent)
    return kept


def _gaps(within: pd.DataFrame, states: States) -> tuple[Gap, ...]:
    if not within.shape[1]:
        return ()
    every = unobserved_combinations(within).itertuples()
    gaps = {tuple(gap.features): float(gap.expected) for gap in every}
    how = verdicts([[gap for gap in gaps if set(gap) <= has] for has in map(set, map(states.named, states.ways))])
    return tuple(Gap(gap, expected, how[gap]) for gap, expected in gaps.items() if gap in how)


def _rules(incidence: pd.DataFrame, within: pd.DataFrame, states: States) -> tuple[Rule, ...]:
    rules = canonical_implications(incidence, within=within.columns, most_looks=MOST_LOOKS)
    broken = [[rule for rule in rules if rule.premise <= has and not rule.conclusion <= has] for has in map(set, map(states.named, states.ways))]
    how = verdicts(broken)
    order = {feature: j for j, feature in enumerate(incidence)}
    return tuple(
        Rule(tuple(sorted(rule.premise, key=order.get)), tuple(sorted(rule.conclusion, key=order.get)), rule.support, how[rule])
        for rule in rules
        if rule in how
    )
