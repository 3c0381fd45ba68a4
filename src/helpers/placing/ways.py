"""Over every way to decide what is unclear: what holds certainly, and what possibly?

Features are bits of a whole number, as in `helpers.lattice.bits`.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import pandas as pd

from ..incidence import state_codes
from ..lattice.bits import packed, places
from ..problems import SynopsisError

MOST_UNCLEAR = 10
CERTAINLY, POSSIBLY = "certainly", "possibly"
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class States:
    """A table of features and the added item beside it.

    Attributes
    ----------
    items, features : tuple of str
    yes, unclear : tuple of int
        One for each item: the features it has, and those that are unclear.
    ways : tuple of int
        What the added item can be: its features in each way to decide the unclear ones.
    """

    items: tuple[str, ...]
    features: tuple[str, ...]
    yes: tuple[int, ...]
    unclear: tuple[int, ...]
    ways: tuple[int, ...]

    @classmethod
    def of(cls, states: pd.DataFrame, yes: Collection[str], unclear: Collection[str]) -> States:
        codes = state_codes(states)
        having, open_ = (sum(1 << j for j, feature in enumerate(states.columns) if feature in some) for some in (yes, unclear))
        return cls(tuple(states.index), tuple(states.columns), packed(codes == 1), packed(codes == -1), tuple(completed(having, open_)))

    @property
    def unclear_cells(self) -> int:
        """How many cells of the review's items are unclear."""
        return sum(row.bit_count() for row in self.unclear)

    def named(self, features: int) -> tuple[str, ...]:
        return tuple(self.features[j] for j in places(features))


def completed(yes: int, unclear: int) -> list[int]:
    """Every set of features between `yes` and `yes` with all of `unclear`.

    >>> completed(0b001, 0b110)
    [1, 3, 5, 7]
    """
    if unclear.bit_count() > MOST_UNCLEAR:
        raise SynopsisError(
            f"{unclear.bit_count()} unclear features allow {1 << unclear.bit_count():,} ways to decide them, too many to go through. "
            f"Leave {MOST_UNCLEAR} unclear at most."
        )
    sets = [yes]
    for j in places(unclear):
        sets += [one | 1 << j for one in sets]
    return sets


def verdicts(found: Sequence[Collection[Key]]) -> dict[Key, str]:
    """What was found in every way is certain; what was found in some is possible.

    Examples
    --------
    >>> verdicts([["p", "q"], ["q"]])
    {'p': 'possibly', 'q': 'certainly'}
    """
    counts: dict[Key, int] = {}
    for one in found:
        for key in one:
            counts[key] = counts.get(key, 0) + 1
    return {key: CERTAINLY if count == len(found) else POSSIBLY for key, count in counts.items()}
