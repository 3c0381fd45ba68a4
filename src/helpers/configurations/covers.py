"""Which choices of terms cover every configuration with the outcome, with the fewest terms and then the fewest features?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product
from math import prod

from ..problems import SynopsisError
from .primes import Bits, covers

MOST_STEPS = 200_000  # some seconds


@dataclass(frozen=True)
class Covering:
    """The shortest choices of terms.

    Attributes
    ----------
    terms, literals : int
        How many terms each choice has, and how many features its terms name together.
    count : int
        How many equally short choices there are.
    choices : tuple of tuple of (int, int)
        The first of them; all, where `count` is no larger than what was asked for.
    steps : int
        How much work it was.
    """

    terms: int
    literals: int
    count: int
    choices: tuple[tuple[Bits, ...], ...]
    steps: int = 0


def shortest_covers(primes: Iterable[Bits], having: Iterable[int], most: int) -> Covering:
    """The shortest choices of terms that cover every configuration.

    Terms that cover the same configurations are taken together: of these only the shortest matter, and any of them will do.

    Parameters
    ----------
    primes : iterable of (int, int)
    having : iterable of int
        The configurations to cover.
    most : int
        How many choices to list.
    """
    configurations = sorted(set(having))
    if not configurations:
        return Covering(0, 0, 1, ((),))
    kinds: dict[int, list[Bits]] = {}
    for term in sorted(primes, key=lambda term: (term[0].bit_count(), term)):
        covered = sum(1 << place for place, configuration in enumerate(configurations) if covers(term, configuration))
        group = kinds.setdefault(covered, [])
        if not group or group[0][0].bit_count() == term[0].bit_count():
            group.append(term)
    search = _Search({covered: group[0][0].bit_count() for covered, group in kinds.items()}, (1 << len(configurations)) - 1)
    literals, found = search.shortest()
    count = sum(prod(len(kinds[covered]) for covered in chosen) for chosen in found)
    choices = []
    for chosen in found:
        for terms in product(*(kinds[covered] for covered in chosen)):
            if len(choices) == most:
                break
            choices.append(tuple(sorted(terms)))
    return Covering(len(found[0]), literals, count, tuple(sorted(choices)), search.steps)


class _Search:
    """All smallest choices of sets whose union is everything; every choice is met once."""

    def __init__(self, weights: dict[int, int], everything: int):
        self.weights, self.everything, self.steps = weights, everything, 0
        self.by_place = [
            sorted((covered for covered in weights if covered >> place & 1), key=lambda covered: (weights[covered], -covered.bit_count(), covered))
            for place in range(everything.bit_length())
        ]

    def shortest(self) -> tuple[int, list[tuple[int, ...]]]:
        size = 0
        while True:
            size += 1
            self.best, self.found = None, []
            self._extend((), 0, frozenset(), 0, size)
            if self.found:
                return self.best, self.found

    def _extend(self, chosen: tuple[int, ...], covered: int, barred: frozenset[int], weight: int, left: int) -> None:
        self.steps += 1
        if self.steps > MOST_STEPS:
            raise SynopsisError("There are too many ways to cover the items with the outcome to go through. Take fewer features.")
        if self.best is not None and weight > self.best:
            return
        if covered == self.everything:
            if self.best is None or weight < self.best:
                self.best, self.found = weight, []
            self.found.append(tuple(sorted(chosen)))
            return
        missing = self.everything & ~covered
        if not left:
            return
        # Branch where fewest sets help. A set tried here is barred in what follows, so that no choice is met twice.
        place = min((place for place in range(self.everything.bit_length()) if missing >> place & 1), key=lambda place: len(self.by_place[place]))
        widest = max((option & missing).bit_count() for option in self.weights)
        if missing.bit_count() > widest * left:
            return
        for option in self.by_place[place]:
            if option not in barred:
                self._extend((*chosen, option), covered | option, barred, weight + self.weights[option], left - 1)
                barred = barred | {option}
