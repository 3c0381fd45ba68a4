"""How far is each item from each other, as a table for print: a triangle, or a list of pairs where the items are many?"""

from __future__ import annotations

from fractions import Fraction
from math import floor

import pandas as pd

from ..incidence import constant_features, identical
from ..problems import listed, mid_sentence
from ..review import Review
from ..similarity import distance_bounds
from .layout import laid_out
from .maker import Maker, credit, ordinal
from .table import Cell, Column, Row, Table

MOST_ITEMS = 40  # more make a list of pairs that nobody reads in print
FOOTNOTES = {
    "empty": "Neither has any; their distance is set to 0.",
    "unclear": "The least and the most the distance can be, because a cell of the two is unclear.",
}


class Distances(Maker):
    """Jaccard distances by one features table, or by several together.

    Parameters
    ----------
    identifier : str
    position : int or None
        Of the features table; None for all together.
    """

    def __init__(self, identifier: str, position: int | None):
        super().__init__(identifier)
        self.position = position

    def lacking(self, review: Review, ledger: pd.DataFrame) -> str:
        if (self.position if self.position is not None else 1) >= len(review.tables):
            return f"a {ordinal(self.position or 1)} table of features"
        if len(review.items) < 2:
            return f"at least two {review.metadata.item.plural}"
        return f"at most {MOST_ITEMS} {review.metadata.item.plural}" if len(review.items) > MOST_ITEMS else ""

    def make(self, review: Review, ledger: pd.DataFrame) -> Table:
        names = review.table_names if self.position is None else [review.table_names[self.position]]
        pairs = exact_distances(review.states(names))
        triangle = self._table(review, names, *_triangle(review, pairs))
        return triangle if laid_out(triangle).fits else self._table(review, names, *_list(review, pairs))

    def _table(self, review: Review, names: list[str], columns: list[Column], rows: list[Row]) -> Table:
        features = listed(dict.fromkeys(map(review.features_of, names)))
        together = " together" if len(names) > 1 else ""
        return Table(
            id=self.id,
            title=f"Jaccard distances of the {review.metadata.item.plural} by their {features}{together}",
            columns=tuple(columns),
            rows=tuple(rows),
            general=" ".join([_formula(review, features), *_remarks(review, names)]),
            footnotes=FOOTNOTES,
            source=credit(review),
        )


def exact_distances(states: pd.DataFrame) -> pd.DataFrame:
    """The Jaccard distance of every pair as fractions, from the least to the most that unclear cells allow.

    Parameters
    ----------
    states : DataFrame of "yes", "no", "unclear", shape (items, features)

    Returns
    -------
    DataFrame with columns `first`, `second`, `at_least`, `at_most`, `empty`
        One row a pair, in the table's order. Fractions from 0 to 1, with no denominator larger than the number of features; `empty` tells of a pair
        without a single Yes or unclear cell.

    Examples
    --------
    >>> table = pd.DataFrame({"x": ["yes", "yes"], "y": ["unclear", "yes"]}, index=["p", "q"])
    >>> exact_distances(table).to_dict("records")
    [{'first': 'p', 'second': 'q', 'at_least': Fraction(0, 1), 'at_most': Fraction(1, 2), 'empty': False}]
    """
    bounds = distance_bounds(states)
    for name in ("at_least", "at_most"):  # the nearest fraction with so small a denominator is the distance itself
        bounds[name] = pd.Series([Fraction(value).limit_denominator(states.shape[1]) for value in bounds[name]], dtype=object)
    none = states.eq("no").all(axis=1)
    return bounds.assign(empty=[bool(none[pair.first] and none[pair.second]) for pair in bounds.itertuples()])


def two_decimals(value: Fraction) -> str:
    """A fraction with two decimals, rounded half up.

    >>> two_decimals(Fraction(1, 8)), two_decimals(Fraction(1))
    ('0.13', '1.00')
    """
    hundredths = floor(100 * value + Fraction(1, 2))
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def _distance(pair) -> Cell:
    least, most = two_decimals(pair.at_least), two_decimals(pair.at_most)
    if pair.at_least < pair.at_most:
        return Cell(f"{least}–{most}", ("unclear",))
    return Cell(least, ("empty",) if pair.empty else ())


def _triangle(review: Review, pairs: pd.DataFrame) -> tuple[list[Column], list[Row]]:
    """Numbered rows, columns of the same numbers; only what stands below the diagonal."""
    item = review.metadata.item.singular.capitalize()
    known = {(pair.second, pair.first): _distance(pair) for pair in pairs.itertuples()}
    columns = [Column(Cell(item)), *(Column(Cell(str(number)), "number") for number in range(1, len(review.items)))]
    rows = [
        Row((Cell(f"{number}. {review.label(row)}"), *(known.get((row, column), Cell("")) for column in review.items[:-1])))
        for number, row in enumerate(review.items, start=1)
    ]
    return columns, rows


def _list(review: Review, pairs: pd.DataFrame) -> tuple[list[Column], list[Row]]:
    """One row a pair, from the nearest to the farthest; equal ones in the order of the review."""
    item = review.metadata.item.singular.capitalize()
    columns = [Column(Cell(item)), Column(Cell(f"Other {review.metadata.item.singular}")), Column(Cell("Distance"), "number")]
    ordered = pairs.sort_values(["at_least", "at_most"], kind="stable")
    return columns, [Row((Cell(review.label(pair.first)), Cell(review.label(pair.second)), _distance(pair))) for pair in ordered.itertuples()]


def _formula(review: Review, features: str) -> str:
    return (
        f"Distance = 1 − similarity; Jaccard similarity = a / (a + b + c), with a the number of {features} that both {review.metadata.item.plural} "
        f"have, b and c the numbers that only the one or only the other has. 0: the same {features}; 1: none shared. Worked out as fractions, then "
        f"rounded half up to two decimals."
    )


def _remarks(review: Review, names: list[str]) -> list[str]:
    """What a reader must know of the columns: those that are Yes throughout, and those that coincide."""
    states = review.states(names)
    constant = [mid_sentence(review.label(feature)) for feature, state in constant_features(states).items() if state == "yes"]
    groups = [[mid_sentence(review.label(feature)) for feature in group] for group in identical(states)]
    every = f"every {review.metadata.item.singular}"
    told = [f"Counted though Yes in {every}: {listed(constant)}."] if constant else []
    return told + [f"Counted separately though the same in {every}: {listed(group)}." for group in groups]
