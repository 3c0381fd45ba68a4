"""Which other codes could there be? Every single change, and every coding that the listed alternatives allow together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from random import Random

from ..problems import SynopsisError, listed
from ..review import Review
from ..validation import NATURE
from .case import NO, YES, Case, Code

UNCLEAR = "unclear"


@dataclass(frozen=True, order=True)
class Change:
    """One code changed.

    Attributes
    ----------
    table, item, feature : str
        For a rating the table is "nature" and the feature the rating.
    to : str
        "yes" or "no"; the level of a rating.
    listed : bool
        Whether alternatives.csv names it, or the cell is unclear, or alternatives.csv says that it could be unclear: then it could be either. Any
        other change is arbitrary.
    """

    table: str
    item: str
    feature: str
    to: str
    listed: bool

    @property
    def code(self) -> Code:
        return self.table, self.item, self.feature


def single_changes(review: Review, tables: Sequence[str]) -> list[Change]:
    """Every change of one code: each cell flipped (an unclear one, which counts as No, to Yes), each rating to each of its other levels.

    Parameters
    ----------
    review : Review
    tables : sequence of str
        Features tables, and "nature" for the ratings. A rating that is not stated is changed only to what alternatives.csv lists.

    Returns
    -------
    list of Change
        In the order of tables, rows and columns.
    """
    unknown = [name for name in tables if name not in review.tables and name != NATURE]
    if unknown or not tables:
        raise SynopsisError(f"There is no table {listed(unknown)}. This review has {listed([*review.tables, NATURE])}.")
    case, allowed = Case.of(review), allowed_codes(review)
    found = []
    for table in dict.fromkeys(tables):
        for item in review.items:
            for feature in case.ratings if table == NATURE else case.features[table]:
                code = (table, item, feature)
                others = allowed.get(code, ())
                found += [Change(*code, to, to in others) for to in _others(review, case, code, others)]
    return found


def allowed_codes(review: Review) -> dict[Code, tuple[str, ...]]:
    """The codes that a careful reader could choose otherwise, each with the other codes it could have."""
    case = Case.of(review)
    found: dict[Code, set[str]] = {}
    for table, states in review.tables.items():
        for item, feature in states.stack()[lambda cells: cells == UNCLEAR].index:
            found.setdefault((table, item, feature), set()).add(YES)
    for row in review.alternatives.itertuples():
        code = (row.table, row.model, row.feature)
        if row.table == NATURE:
            found.setdefault(code, set()).add(row.alternative)
        else:
            now = case.code(code)
            other = NO if now == YES else YES
            if row.alternative in (other, UNCLEAR):
                found.setdefault(code, set()).add(other)
    return {code: tuple(sorted(found[code])) for code in sorted(found)}


@dataclass(frozen=True)
class Codings:
    """Ways to choose among allowed codes: all of them, or some drawn at random.

    Attributes
    ----------
    choices : list of dict of Code to str
        What differs from the codes as they are.
    possible : int
        How many there are.
    exact : bool
        Whether `choices` holds all.
    """

    choices: list[Mapping[Code, str]]
    possible: int
    exact: bool


def codings(case: Case, allowed: Mapping[Code, Sequence[str]], most: int, draws: int, seed: int) -> Codings:
    """Every combination of allowed codes if there are no more than `most`, else `draws` random ones, each code chosen by itself."""
    options = {code: (case.code(code), *others) for code, others in allowed.items()}
    possible = prod(map(len, options.values()))
    exact = possible <= most
    chosen = product(*options.values()) if exact else _drawn(list(options.values()), draws, seed)
    return Codings([dict(zip(options, values, strict=True)) for values in chosen], possible, exact)


def _drawn(options: list[tuple[str, ...]], draws: int, seed: int) -> Iterator[tuple[str, ...]]:
    roll = Random(seed)
    for _ in range(draws):
        yield tuple(roll.choice(values) for values in options)


def _others(review: Review, case: Case, code: Code, listed_others: Iterable[str]) -> list[str]:
    """What a code could be changed to."""
    now = case.code(code)
    if code[0] != NATURE:
        return [NO if now == YES else YES]
    levels = review.rating(code[2]).level_ids
    arbitrary = levels if now in levels else ()
    return [level for level in dict.fromkeys((*arbitrary, *listed_others)) if level != now]
