"""Which items are nearest to the added one?"""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import NamedTuple

from ..similarity import similarity_of
from .ways import CERTAINLY, POSSIBLY, States, verdicts


class Likeness(NamedTuple):
    """How alike the added item and one item of the review are.

    Attributes
    ----------
    item : str
    at_least, at_most : Fraction
        Their Jaccard similarity, 0 to 1, over every way to decide what is unclear in either; equal where nothing is.
    counts_least, counts_most : tuple of two int
        How many features they share, and how many at least one of them has, where the similarity is least and where it is most.
    nearest : str
        "certainly", "possibly" or "": whether none is nearer, in every way, in some or in none. Ties are all kept.
    """

    item: str
    at_least: Fraction
    at_most: Fraction
    counts_least: tuple[int, int]
    counts_most: tuple[int, int]
    nearest: str


def likenesses(states: States) -> list[Likeness]:
    """Every item of the review, the most alike first; equals in the order of the review.

    Bounds are exact, and `nearest` is too. While the added item is held fixed, the unclear cells of one item do not touch the likeness of another, so
    that every item can be as near or as far as its own cells allow at once. The ways to decide the added item are gone through one by one.

    Examples
    --------
    Something with x and y; p shares x of the two features that one of them has:

    >>> import pandas as pd
    >>> table = pd.DataFrame({"x": ["yes", "no"], "y": ["no", "no"]}, index=["p", "q"])
    >>> [(found.item, str(found.at_most), found.nearest) for found in likenesses(States.of(table, {"x", "y"}, ()))]
    [('p', '1/2', 'certainly'), ('q', '0', '')]
    """
    rows = list(zip(states.yes, states.unclear, strict=True))
    least = [[_least(way, *row) for row in rows] for way in states.ways]
    most = [[_most(way, *row) for row in rows] for way in states.ways] if states.unclear_cells else least
    similarity = {counts: _jaccard(*counts) for found in least + most for counts in found}
    rank = {value: place for place, value in enumerate(sorted(set(similarity.values())))}  # whole numbers in the order of the fractions
    order = {counts: rank[value] for counts, value in similarity.items()}
    low, high = ([[order[counts] for counts in found] for found in side] for side in (least, most))
    near = verdicts([_surely_nearest(*way) for way in zip(low, high, strict=True)])
    possible = set().union(*(_maybe_nearest(*way) for way in zip(low, high, strict=True)))
    found = []
    for place, item in enumerate(states.items):
        fewest = min((counts[place] for counts in least), key=lambda counts: (order[counts], counts))
        greatest = max((counts[place] for counts in most), key=lambda counts: (order[counts], counts))
        nearest = CERTAINLY if near.get(place) == CERTAINLY else POSSIBLY if place in possible else ""
        found.append(Likeness(item, similarity[fewest], similarity[greatest], fewest, greatest, nearest))
    return sorted(found, key=lambda one: (-one.at_most, -one.at_least))


def _least(way: int, yes: int, unclear: int) -> tuple[int, int]:
    """Shared and had by either, if every unclear cell keeps the two apart: No beside a Yes, Yes beside a No."""
    return (way & yes).bit_count(), (way | yes | unclear).bit_count()


def _most(way: int, yes: int, unclear: int) -> tuple[int, int]:
    return (way & (yes | unclear)).bit_count(), (way | yes).bit_count()


@cache
def _jaccard(shared: int, either: int) -> Fraction:
    return Fraction(similarity_of("jaccard", shared, either - shared, 0, 0))


def _surely_nearest(low: list[int], high: list[int]) -> set[int]:
    """At its least as near as all others at their most."""
    best, second, *_ = *sorted(high, reverse=True), -1
    return {place for place, value in enumerate(low) if value >= (second if high[place] == best else best)}


def _maybe_nearest(low: list[int], high: list[int]) -> set[int]:
    """At its most as near as all others at their least; its own least is never more."""
    best = max(low)
    return {place for place, value in enumerate(high) if value >= best}
