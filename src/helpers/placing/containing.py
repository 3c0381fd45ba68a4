"""Which items have all that the added item has, and of which has it all?"""

from __future__ import annotations

from typing import NamedTuple

from .ways import CERTAINLY, POSSIBLY, States, verdicts

KINDS = SAME, MORE, LESS = "same", "more", "less"


class Relation(NamedTuple):
    """How one item of the review is ordered with the added one.

    Attributes
    ----------
    item : str
    relation : str
        "same": both have the same features. "more": the item has all that the added one has, and more. "less": the other way round.
    how : str
        "certainly" or "possibly".
    direct : str
        "certainly", "possibly" or "": whether no third item lies between the two. None if cells of the review are unclear, where it is not asked.
    """

    item: str
    relation: str
    how: str
    direct: str | None


def relations(states: States) -> list[Relation]:
    """Every item that is, or may be, the same, more or less, in this order and that of the review.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"x": ["yes", "yes"], "y": ["yes", "no"]}, index=["p", "q"])
    >>> relations(States.of(table, {"x"}, {"y"}))  # doctest: +NORMALIZE_WHITESPACE
    [Relation(item='p', relation='same', how='possibly', direct=''), Relation(item='q', relation='same', how='possibly', direct=''),
     Relation(item='p', relation='more', how='possibly', direct='possibly'), Relation(item='q', relation='less', how='possibly', direct='possibly')]
    """
    rows = list(zip(states.yes, states.unclear, strict=True))
    possible = [{(place, kind) for place, row in enumerate(rows) for kind in _possible(way, *row)} for way in states.ways]
    certain = possible  # where no cell of the review is unclear
    if states.unclear_cells:
        certain = [{(place, kind) for place, row in enumerate(rows) for kind in _certain(way, *row)} for way in states.ways]
    surely = {pair for pair, how in verdicts(certain).items() if how == CERTAINLY}
    near = None if states.unclear_cells else verdicts([_direct(way, states.yes) for way in states.ways])
    found = sorted(set().union(*possible), key=lambda pair: (KINDS.index(pair[1]), pair[0]))
    return [
        Relation(states.items[place], kind, CERTAINLY if (place, kind) in surely else POSSIBLY, None if near is None else near.get((place, kind), ""))
        for place, kind in found
    ]


def _kind(way: int, row: int) -> list[str]:
    """How a row with these features is ordered with the added item; nothing if each has something that the other lacks."""
    if way == row:
        return [SAME]
    return [MORE] if way & ~row == 0 else [LESS] if row & ~way == 0 else []


def _possible(way: int, yes: int, unclear: int) -> set[str]:
    if not unclear:
        return {*_kind(way, yes)}
    between = [SAME] if yes & ~way == 0 and way & ~(yes | unclear) == 0 else []
    return {*_kind(way, yes), *_kind(way, yes | unclear), *between}


def _certain(way: int, yes: int, unclear: int) -> set[str]:
    """What holds of the row with the fewest and with the most features holds of all rows between them."""
    return {*_kind(way, yes)} & {*_kind(way, yes | unclear)}


def _direct(way: int, rows: tuple[int, ...]) -> list[tuple[int, str]]:
    """The neighbours: items that are more, or less, with no third item between."""
    found = []
    for kind, sign in ((MORE, 1), (LESS, -1)):
        nearest: list[int] = []
        for row in sorted({row for row in rows if _kind(way, row) == [kind]}, key=lambda row: sign * row.bit_count()):
            if not any(kind in _kind(other, row) for other in nearest):
                nearest.append(row)
        found += [(place, kind) for place, row in enumerate(rows) if row in nearest]
    return found
