"""Which are the shortest combinations of present and absent features that never go without the outcome?

A term is a pair of whole numbers: bit j of the first says whether feature j is looked at, of the second whether it must be present.
"""

from __future__ import annotations

from collections.abc import Collection

from ..lattice.bits import places
from ..problems import SynopsisError

MOST_TERMS = 50_000

Bits = tuple[int, int]


def covers(term: Bits, configuration: int) -> bool:
    """Whether a configuration has what the term demands.

    >>> covers((0b11, 0b01), 0b101), covers((0b11, 0b01), 0b111)
    (True, False)
    """
    looked_at, present = term
    return configuration & looked_at == present


def parsimonious_primes(having: Collection[int], lacking: Collection[int]) -> set[Bits]:
    """The shortest terms that cover a configuration with the outcome and none without it; what does not occur may go either way.

    A term for a configuration must tell it from each one without the outcome by at least one feature: the shortest such sets of features are the
    minimal sets that meet every set of differences.

    >>> sorted(parsimonious_primes([0b11], [0b00]))
    [(1, 1), (2, 2)]
    """
    found: set[Bits] = set()
    for configuration in sorted(set(having)):
        sets = _meeting([configuration ^ other for other in sorted(set(lacking))])
        found |= {(looked_at, configuration & looked_at) for looked_at in sets}
        if len(found) > MOST_TERMS:
            raise _too_many()
    return found


def conservative_primes(having: Collection[int], features: int) -> set[Bits]:
    """The shortest terms all of whose configurations occur with the outcome: what does not occur counts as without it (Quine-McCluskey).

    Parameters
    ----------
    having : collection of int
        The configurations with the outcome.
    features : int
        How many there are.

    Examples
    --------
    >>> sorted(conservative_primes([0b11, 0b01], 2))
    [(1, 1)]
    """
    everything = (1 << features) - 1
    current, found = {(everything, configuration) for configuration in having}, set()
    while current:
        merged, wider = set(), set()
        for looked_at, present in current:
            for j in places(looked_at):
                if (looked_at, present ^ 1 << j) in current:
                    merged.add((looked_at, present))
                    wider.add((looked_at & ~(1 << j), present & ~(1 << j)))
        found |= current - merged
        current = wider
    return found


def _meeting(sets: list[int]) -> list[int]:
    """The minimal sets that share something with each of these (Berge's algorithm)."""
    found = [0]
    for other in sets:
        kept = [one for one in found if one & other]
        wider = {one | 1 << j for one in found if not one & other for j in places(other)}
        # No wider set lies within another: without their new places they were minimal already.
        found = kept + [one for one in sorted(wider) if not any(small & ~one == 0 for small in kept)]
        if len(found) > MOST_TERMS:
            raise _too_many()
    return found


def _too_many() -> SynopsisError:
    return SynopsisError(f"More than {MOST_TERMS:,} combinations would have to be gone through. Take fewer features.")
