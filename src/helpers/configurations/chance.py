"""How many random labellings of the items have as short a recipe? What a recipe is worth when there are about as many features as items."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from math import comb, sqrt

import pandas as pd

from ..problems import SynopsisError, whole_number
from .solutions import Remainders, cover_of, known_remainders
from .truth import Labelled, labelled

MOST_LABELLINGS = 1_000
DRAWS = 299
Length = tuple[int, int, int]  # items left uncovered, terms, literals
MOST_STEPS = 500_000  # of all searches together


@dataclass(frozen=True)
class LabellingResult:
    """How the recipe compares with those for random labellings.

    Attributes
    ----------
    terms, literals, coverage
        Of the recipe for the labelling as it is.
    share : float
        The share of labellings with as many Yes whose recipe does as well: it leaves fewer items with the outcome uncovered, or as many and has
        fewer terms, or as many and names no more features. 0 to 1, the labelling itself included; 1 for an outcome of which nothing can be said.
        Where drawn, (1 + hits) / (1 + draws).
    smallest_share : float
        The least that `share` could be with these items: the share of labellings whose recipe is the best of all. 1 / (1 + draws) where drawn.
    n : int
        How many labellings were counted, or drawn.
    exact : bool
    error : float
        The Monte Carlo standard error of `share`; 0 where exact.
    """

    terms: int
    literals: int
    coverage: float
    share: float
    smallest_share: float
    n: int
    exact: bool
    error: float = 0.0


def random_labellings(
    incidence: pd.DataFrame, outcome: pd.Series, remainders: Remainders = "parsimonious", draws: int = DRAWS, seed: int = 2014
) -> LabellingResult:
    """Compare the shortest recipe for an outcome with those for all labellings of the items that have as many Yes.

    Parameters
    ----------
    incidence, outcome, remainders
        As in `solutions`.
    draws, seed : int
        Used where there are more than MOST_LABELLINGS labellings.

    Returns
    -------
    LabellingResult

    Raises
    ------
    SynopsisError
        As `solutions`; if the recipes of so many labellings take too long to find.

    Examples
    --------
    Three items that differ: any one of them is told from the others by two features at most.

    >>> table = pd.DataFrame({"x": [1, 1, 0], "y": [0, 1, 1]}, index=["p", "q", "r"]).astype(bool)
    >>> result = random_labellings(table, pd.Series({"p": True, "q": False, "r": False}))
    >>> result.terms, result.literals, round(result.share, 2), round(result.smallest_share, 2), result.n
    (1, 1, 0.67, 0.67, 3)
    """
    draws, seed = whole_number("draws", draws, 1), whole_number("seed", seed, 0)
    cases = _sorted(labelled(incidence, outcome))
    known_remainders(remainders)
    n, m = len(cases.items), sum(cases.outcome)
    exact = comb(n, m) <= MOST_LABELLINGS
    observed, steps = _length(cases, remainders)
    known: dict[tuple[bool, ...], Length] = {}
    lengths: Counter[Length] = Counter()
    for labels in _all(n, m) if exact else _drawn(n, m, draws, seed):
        if labels not in known:
            known[labels], more = _length(replace(cases, outcome=labels), remainders)
            steps += more
            if steps > MOST_STEPS:
                raise SynopsisError("Comparing this recipe with those for random labellings would take too long. Take fewer features.")
        lengths[known[labels]] += 1
    tried, hits = lengths.total(), sum(count for length, count in lengths.items() if length <= observed)
    share = hits / tried if exact else (1 + hits) / (1 + tried)
    uncovered, terms, literals = observed
    coverage = (m - uncovered) / m if m else float("nan")
    smallest = lengths[min(lengths)] / tried if exact else 1 / (1 + tried)
    return LabellingResult(terms, literals, coverage, share, smallest, tried, exact, 0.0 if exact else sqrt(share * (1 - share) / tried))


def _length(cases: Labelled, remainders: Remainders) -> tuple[Length, int]:
    """Items with the outcome left uncovered, terms, literals: smaller is better. And how many steps it took to find out."""
    covering = cover_of(cases, remainders)
    mixed = {row for row, value in zip(cases.rows, cases.outcome, strict=True) if not value}
    uncovered = sum(value and row in mixed for row, value in zip(cases.rows, cases.outcome, strict=True))
    return (uncovered, covering.terms, covering.literals), covering.steps


def _sorted(cases: Labelled) -> Labelled:
    """Items in an order that their rows alone decide, so that draws do not depend on the order of the rows."""
    order = sorted(range(len(cases.items)), key=lambda place: (cases.rows[place], cases.outcome[place]))
    return replace(
        cases,
        items=tuple(cases.items[p] for p in order),
        rows=tuple(cases.rows[p] for p in order),
        outcome=tuple(cases.outcome[p] for p in order),
    )


def _all(n: int, m: int) -> Iterator[tuple[bool, ...]]:
    for chosen in combinations(range(n), m):
        yield tuple(place in chosen for place in range(n))


def _drawn(n: int, m: int, draws: int, seed: int) -> Iterator[tuple[bool, ...]]:
    roll = random.Random(seed)
    for _ in range(draws):
        chosen = set(roll.sample(range(n), m))
        yield tuple(place in chosen for place in range(n))
