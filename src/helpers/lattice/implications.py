"""Which features never come without which others? The fewest rules from which all others follow."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd

from ..problems import SynopsisError, did_you_mean
from .bits import Bits, places

MOST_LOOKS = 50_000_000  # at a rule, some seconds


class Implication(NamedTuple):
    """A rule: whatever has all of the premise has all of the conclusion. `support` is how many items have the premise."""

    premise: frozenset[str]
    conclusion: frozenset[str]
    support: int


def canonical_implications(incidence: pd.DataFrame, within: Iterable[str] | None = None, most_looks: int | None = None) -> list[Implication]:
    """The Duquenne-Guigues base: a set of rules from which every rule that holds in the table follows; no set of fewer rules does that.

    The premise of each rule is a pseudo-intent: a set of features that is not closed, and that contains the closure of every smaller
    pseudo-intent in it. The closure of a set of features is all that the items which have the set share.

    Parameters
    ----------
    incidence : DataFrame of bool, shape (items, features)
    within : iterable of str
        Only the rules whose premise lies within these features, which are found without the others; all rules unless told.
    most_looks : int
        How many times rules may be looked at; MOST_LOOKS unless told.

    Returns
    -------
    list of Implication, that is (premise, conclusion, support)
        The conclusion is the closure without the premise. Support 0: no item has the premise, an unobserved combination, and the conclusion is
        everything else (`unobserved_combinations` lists the smallest such combinations, which need not be premises). Support 1: an accident of
        one row. An empty premise: every item has the conclusion. The greatest support first, then the shortest premise, then in the order of the
        columns.

    Raises
    ------
    SynopsisError
        For a table that is empty or not yes/no, or so large that rules would have to be looked at more than `most_looks` times, or a feature
        that is not in it.

    References
    ----------
    Guigues and Duquenne (1986) Math Sci Hum 95:5-18; the algorithm in Ganter and Wille (1999) Formal Concept Analysis, section 2.3.

    Examples
    --------
    Whatever has y has x:

    >>> table = pd.DataFrame({"x": [1, 1, 0], "y": [1, 0, 0]}, index=["p", "q", "r"]).astype(bool)
    >>> [(sorted(premise), sorted(conclusion), support) for premise, conclusion, support in canonical_implications(table)]
    [(['y'], ['x'], 1)]
    >>> canonical_implications(table, within=["x"])
    []
    """
    table = Bits.of(incidence)
    room = table.all_features if within is None else _chosen(table, within)
    most = MOST_LOOKS if most_looks is None else most_looks
    rules: list[tuple[int, int]] = []
    current: int | None = 0
    looks = 0
    while current is not None:
        looks += (len(rules) + 1) * room.bit_count()
        if looks > most:
            raise SynopsisError(f"The rules of a table with {len(table.features)} features are too many to find. Take fewer features.")
        closed = table.intent(table.extent(current))
        if closed != current:
            rules.append((current, closed))
        current = _next(current, rules, room)
    supports = {premise: table.extent(premise).bit_count() for premise, _ in rules}
    rules.sort(key=lambda rule: (-supports[rule[0]], rule[0].bit_count(), list(places(rule[0]))))
    return [Implication(table.named_features(premise), table.named_features(closed & ~premise), supports[premise]) for premise, closed in rules]


def holds(incidence: pd.DataFrame, premise: Iterable[str], conclusion: Iterable[str]) -> bool:
    """Whether every item with all of the premise has all of the conclusion.

    Parameters
    ----------
    incidence : DataFrame of bool, shape (items, features)
    premise, conclusion : iterable of str
        Features of the table.

    Raises
    ------
    SynopsisError
        For a table that is empty or not yes/no, or a feature that is not in it.

    Examples
    --------
    >>> holds(pd.DataFrame({"x": [True, True], "y": [True, False]}), ["y"], ["x"])
    True
    """
    table = Bits.of(incidence)
    having, wanted = (_chosen(table, [side] if isinstance(side, str) else side) for side in (premise, conclusion))
    return table.extent(having) & ~table.extent(wanted) == 0


def _chosen(table: Bits, names: Iterable[str]) -> int:
    names = list(names)
    unknown = [name for name in names if name not in table.features]
    if unknown:
        raise SynopsisError(f"The table has no feature {unknown[0]}. {did_you_mean(unknown[0], table.features)}")
    return sum({1 << table.features.index(name) for name in names})


def _next(current: int, rules: list[tuple[int, int]], room: int) -> int | None:
    """The set that follows in the lectic order among those within `room` which all rules so far leave as they are; None after the last."""
    for j in reversed(list(places(room))):
        bit = 1 << j
        if current & bit:
            current &= ~bit
            continue
        candidate = _closed_under(current | bit, rules)
        if not (candidate & ~current) & (bit - 1) and not candidate & ~room:  # nothing was added before place j, nor outside
            return candidate
    return None


def _closed_under(features: int, rules: list[tuple[int, int]]) -> int:
    """The smallest larger set that no rule adds to."""
    waiting, grown = rules, True
    while grown:
        grown, rest = False, []
        for premise, closed in waiting:
            if premise & ~features == 0:
                grown = grown or bool(closed & ~features)
                features |= closed
            else:
                rest.append((premise, closed))
        waiting = rest
    return features
