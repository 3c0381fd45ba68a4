"""Which groups of items share which features exactly? Formal concepts and the lattice they make."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from ..problems import SynopsisError
from .bits import Bits, in_order, packed

MOST_CONCEPTS = 50_000
MOST_COVERED = 2_000  # about a second


class Concept(NamedTuple):
    """A group of items and the features they share: all items that have all these features, all features that all these items have."""

    extent: frozenset[str]
    intent: frozenset[str]


class Cover(NamedTuple):
    """Two neighbours of a lattice or an order, by their places in the list: nothing lies between them."""

    lower: int
    upper: int


def formal_concepts(incidence: pd.DataFrame) -> list[Concept]:
    """Every formal concept of a table.

    A concept is a group of items (the extent) with the features they all share (the intent), where neither can grow: no other item has all
    these features, and these items share no other feature. All items together are one (with an empty intent where they share nothing), and all
    features together are one (with an empty extent where no item has them all).

    Parameters
    ----------
    incidence : DataFrame of bool, shape (items, features)

    Returns
    -------
    list of Concept, that is (extent, intent)
        Frozensets of the table's labels. The largest extent first; extents of one size in the order of the rows.

    Raises
    ------
    SynopsisError
        For a table that is empty or not yes/no, or has more than MOST_CONCEPTS concepts.

    References
    ----------
    Ganter and Wille (1999) Formal Concept Analysis. In Python, `concepts.Context.lattice`.

    Examples
    --------
    >>> table = pd.DataFrame({"x": [1, 1, 0], "y": [0, 1, 1]}, index=["p", "q", "r"]).astype(bool)
    >>> [(sorted(extent), sorted(intent)) for extent, intent in formal_concepts(table)]
    [(['p', 'q', 'r'], []), (['p', 'q'], ['x']), (['q', 'r'], ['y']), (['q'], ['x', 'y'])]
    """
    table = Bits.of(incidence)
    extents = in_order(table.extent(intent) for intent in _intents(table.rows, table.all_features))
    return [Concept(table.named_items(extent), table.named_features(table.intent(extent))) for extent in extents]


def concept_count(cells: np.ndarray) -> int:
    """How many concepts a table has; a statistic for `helpers.nullmodels`, which ignores the order of the rows.

    Parameters
    ----------
    cells : array of bool, shape (items, features)
        Not looked at otherwise: what is no array of bool gives a meaningless number.

    Raises
    ------
    SynopsisError
        For more than MOST_CONCEPTS.

    Examples
    --------
    >>> concept_count(np.array([[True, False], [True, True], [False, True]]))
    4
    """
    return len(_intents(packed(cells), (1 << cells.shape[1]) - 1))


def lattice_covers(concepts: list[Concept]) -> list[Cover]:
    """Which concepts are neighbours in the lattice: the one has more items, and no concept lies between.

    Parameters
    ----------
    concepts : list of Concept
        All of a table, as from `formal_concepts`.

    Returns
    -------
    list of Cover
        Places in the list; the lower concept has fewer items.

    Raises
    ------
    SynopsisError
        For more than MOST_COVERED concepts.
    """
    if len(concepts) > MOST_COVERED:
        raise SynopsisError(f"The neighbours of {len(concepts):,} concepts are too many to find; of {MOST_COVERED:,} they are not.")
    return covers([concept.extent for concept in concepts])


def covers(sets: list[frozenset]) -> list[Cover]:
    """The neighbours among different sets ordered by inclusion.

    >>> covers([frozenset("abc"), frozenset("ab"), frozenset("a")])
    [Cover(lower=1, upper=0), Cover(lower=2, upper=1)]
    """
    found = []
    for lower, inner in enumerate(sets):
        above = [place for place, outer in enumerate(sets) if inner < outer]
        found += [Cover(lower, upper) for upper in above if not any(sets[between] < sets[upper] for between in above)]
    return found


def _intents(rows: tuple[int, ...], everything: int) -> set[int]:
    """Every set of features that is the common part of some rows (of none: all features)."""
    found = {everything}
    for row in dict.fromkeys(rows):
        found |= {intent & row for intent in found}
        if len(found) > MOST_CONCEPTS:
            raise SynopsisError(f"The table has more than {MOST_CONCEPTS:,} concepts, too many to list. Take fewer features or fewer items.")
    return found
