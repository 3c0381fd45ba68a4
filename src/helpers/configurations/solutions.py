"""Which shortest recipes lead to an outcome, and how well do they fit?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

import pandas as pd

from ..lattice.bits import places
from ..problems import SynopsisError, listed
from .covers import Covering, shortest_covers
from .primes import conservative_primes, covers, parsimonious_primes
from .truth import Labelled, labelled

MOST_LISTED = 100

Remainders = Literal["conservative", "parsimonious"]


@dataclass(frozen=True, order=True)
class Term:
    """Features that are present and features that are absent, together. Without any it covers everything."""

    present: tuple[str, ...]
    absent: tuple[str, ...]

    @property
    def literals(self) -> int:
        return len(self.present) + len(self.absent)


@dataclass(frozen=True)
class Solutions:
    """All equally short solutions.

    Attributes
    ----------
    terms, literals : int
        How many terms each has, and how many features its terms name together. Both 0 where no configuration counts as one with the outcome.
    count : int
        How many equally short solutions there are.
    listed : tuple of tuple of Term
        The solutions, each a choice of terms of which any one will do; at most MOST_LISTED.
    consistency : float
        Of the items that a solution covers, the share with the outcome, 0 to 1. NaN where it covers none.
    coverage : float
        Of the items with the outcome, the share that it covers, 0 to 1. NaN where no item has it.
    covered : tuple of str
        The items that every solution covers.
    """

    terms: int
    literals: int
    count: int
    listed: tuple[tuple[Term, ...], ...]
    consistency: float
    coverage: float
    covered: tuple[str, ...]


def solutions(incidence: pd.DataFrame, outcome: pd.Series, remainders: Remainders = "parsimonious", least_consistency: float = 1.0) -> Solutions:
    """The shortest recipes for an outcome: present and absent features that never go without it, and together reach every item with it.

    A configuration counts as one with the outcome if at least `least_consistency` of its items have it; one that contradicts itself beyond that
    counts as without, for the outcome and for its negation alike. Shortest: the fewest terms, then the fewest features in them.

    Parameters
    ----------
    incidence : DataFrame of bool, shape (items, features)
    outcome : Series of bool, index the items
        As in `truth_table`. Pass `~outcome` for the negation.
    remainders : {"conservative", "parsimonious"}
        What configurations that no item has (remainders) count as: "conservative" as without the outcome, which gives longer recipes;
        "parsimonious" as whatever makes the recipe shorter, which claims something of cases nobody has seen.
    least_consistency : float
        More than 0.5, up to 1.

    Returns
    -------
    Solutions

    Raises
    ------
    SynopsisError
        As `truth_table`; if more terms or choices would have to be gone through than can be.

    References
    ----------
    Ragin (1987) The Comparative Method; McCluskey (1956) Bell Syst Tech J 35:1417-1444. In R, `QCA::minimize(..., details = TRUE)`, with
    `include = "?"` for the parsimonious one; R lists all solutions with the fewest terms, and does not prefer those that name fewer features.

    Examples
    --------
    >>> table = pd.DataFrame({"x": [1, 1, 0], "y": [0, 1, 1]}, index=["p", "q", "r"]).astype(bool)
    >>> wording(solutions(table, pd.Series({"p": True, "q": True, "r": False})).listed[0], str)
    'x'
    >>> wording(solutions(table, pd.Series({"p": True, "q": False, "r": False}), "conservative").listed[0], str)
    'x and not y'
    """
    known_remainders(remainders)
    if not isinstance(least_consistency, int | float) or not 0.5 < least_consistency <= 1:
        raise SynopsisError(f"least_consistency={least_consistency!r} is not possible. Give a number above 0.5, at most 1.")
    cases = labelled(incidence, outcome)
    covering = cover_of(cases, remainders, least_consistency, MOST_LISTED)
    return _told(cases, covering)


def known_remainders(remainders: str) -> None:
    """Refuse what is neither "conservative" nor "parsimonious"."""
    if remainders not in ("conservative", "parsimonious"):
        raise SynopsisError(f"remainders={remainders!r} is not possible. Use one of: conservative, parsimonious.")


def cover_of(cases: Labelled, remainders: Remainders, least_consistency: float = 1.0, most: int = 1) -> Covering:
    """The shortest choices of terms for a labelled table."""
    shares: dict[int, list[bool]] = {}
    for row, value in zip(cases.rows, cases.outcome, strict=True):
        shares.setdefault(row, []).append(value)
    having = {row for row, values in shares.items() if sum(values) / len(values) >= least_consistency}
    lacking = shares.keys() - having
    primes = conservative_primes(having, len(cases.features)) if remainders == "conservative" else parsimonious_primes(having, lacking)
    covering = shortest_covers(primes, having, most)
    return replace(covering, steps=covering.steps + len(primes))


def wording(terms: tuple[Term, ...], label: Callable[[str], str]) -> str:
    """A solution in words, "(x and not y) or (z)"; "always" for the one term that demands nothing, "never" for no term.

    Parameters
    ----------
    terms : tuple of Term
    label : callable
        Gives the name to print for a feature.
    """
    if not terms:
        return "never"
    told = [" and ".join([*map(label, term.present), *(f"not {label(feature)}" for feature in term.absent)]) or "always" for term in terms]
    return told[0] if len(told) == 1 else listed([f"({text})" for text in told], "or")


def _told(cases: Labelled, covering: Covering) -> Solutions:
    met = [{place for place, row in enumerate(cases.rows) if any(covers(term, row) for term in choice)} for choice in covering.choices]
    first = met[0]  # all equally short solutions cover the same observed items: every configuration with the outcome, and no other
    assert all(other == first for other in met)
    having = {place for place, value in enumerate(cases.outcome) if value}
    found = tuple(
        tuple(
            Term(
                tuple(cases.features[j] for j in places(looked_at & present)),
                tuple(cases.features[j] for j in places(looked_at & ~present)),
            )
            for looked_at, present in choice
        )
        for choice in covering.choices
    )
    return Solutions(
        covering.terms,
        covering.literals,
        covering.count,
        found,
        len(first & having) / len(first) if first else float("nan"),
        len(first & having) / len(having) if having else float("nan"),
        tuple(cases.items[place] for place in sorted(first)),
    )
