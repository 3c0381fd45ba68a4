"""Which item has which feature, as a table for print: one for each features table, and one with all of them and the ratings side by side.

A Yes is the word and not a tick: a tick is missing from the usual fonts of Word and LaTeX, and screen readers often leave it out. A No is a dash, so
that the Yes stand out, and the note under the table says what it means.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from ..incidence import totals
from ..metadata import NOT_STATED, Level, Rating
from ..problems import listed
from ..review import Review
from .layout import laid_out
from .maker import Maker, credit, ordinal, upper_first
from .table import Cell, Column, Row, Table

FOOTNOTES = {
    "hedged": "Hedged in the text.",
    "inferred": "Inferred from the text, which does not say so in words.",
    "unclear": "The text does not settle it; it counts neither as Yes nor as No, and totals give the least and the most.",
}
NO = Cell("–", spoken="No")
Naming = Callable[[Review, Sequence[str]], dict[str, str]]


class CodedTable(Maker):
    """One features table, by its position in the review."""

    def __init__(self, identifier: str, position: int):
        super().__init__(identifier)
        self.position = position

    def lacking(self, review: Review, ledger: pd.DataFrame) -> str:
        return "" if self.position < len(review.tables) else f"a {ordinal(self.position)} table of features"

    def make(self, review: Review, ledger: pd.DataFrame) -> Table:
        name = review.table_names[self.position]
        return filled(self.id, review.label(name), review, [name], (full_names, short_names, numbers))


class AllCodedTables(Maker):
    """All features tables and the ratings side by side, sharing their rows."""

    def lacking(self, review: Review, ledger: pd.DataFrame) -> str:
        return "" if len(review.tables) > 1 or ratings(review) else "a second table of features, or ratings"

    def make(self, review: Review, ledger: pd.DataFrame) -> Table:
        parts = [group.lower() if group == noun else group for group, noun in zip(_groups(review), _nouns(review), strict=True)]
        title = upper_first(f"{listed(parts + ['ratings'] * bool(ratings(review)))} of the {review.metadata.item.plural}")
        return filled(self.id, title, review, review.table_names, (short_names, numbers), ratings(review))


def ratings(review: Review) -> list[Rating]:
    """The ratings for which the review has levels."""
    return [rating for rating in review.metadata.ratings if rating.name in review.nature]


def filled(identifier: str, title: str, review: Review, names: Sequence[str], namings: Sequence[Naming], rated: Sequence[Rating] = ()) -> Table:
    """Features tables side by side, then ratings; headings by the first naming that fits the page, or by the last.

    Parameters
    ----------
    identifier, title : str
    review : Review
    names : sequence of str
        Names of features tables.
    namings : sequence of callable
        Of full_names, short_names and numbers.
    rated : sequence of Rating
    """
    certainty = {name: review.certainty(name) for name in names}
    for naming in namings:
        headings = naming(review, [feature for name in names for feature in review.tables[name]])
        table = Table(
            id=identifier,
            title=title,
            columns=_columns(review, names, headings, rated),
            rows=(*(_row(review, certainty, item, rated) for item in review.items), _total_row(review, names, rated)),
            general=f"Yes: {review.metadata.yes_means}; –: {review.metadata.no_means}. Totals count the Yes.",
            abbreviations={heading: review.label(feature) for feature, heading in headings.items() if heading != review.label(feature)},
            footnotes={**FOOTNOTES, **_own_words(rated)},
            source=credit(review),
        )
        if laid_out(table).fits:
            break
    return table


def full_names(review: Review, features: Sequence[str]) -> dict[str, str]:
    """Each feature by its full label."""
    return {feature: review.label(feature) for feature in features}


def short_names(review: Review, features: Sequence[str]) -> dict[str, str]:
    """Each feature by its short label; by its full one where two would share the short one."""
    short = [review.short_label(feature) for feature in features]
    return {feature: name if short.count(name) == 1 else review.label(feature) for feature, name in zip(features, short, strict=True)}


def numbers(review: Review, features: Sequence[str]) -> dict[str, str]:
    """Each feature by its number, for tables of many columns; the abbreviations tell what each stands for."""
    return {feature: str(number) for number, feature in enumerate(features, start=1)}


def _columns(review: Review, names: Sequence[str], headings: dict[str, str], rated: Sequence[Rating]) -> tuple[Column, ...]:
    grouped = len(names) > 1 or bool(rated)
    columns = [Column(Cell(upper_first(review.metadata.item.singular)))]
    for name, group in zip(names, _groups(review) if grouped else [""], strict=True):
        columns += [Column(Cell(headings[feature]), "code", group) for feature in review.tables[name]]
        columns.append(Column(Cell("Total"), "number", group))
    return (*columns, *(Column(Cell(rating.label), "text", "Ratings") for rating in rated))


def _row(review: Review, certainty: Mapping[str, pd.DataFrame], item: str, rated: Sequence[Rating]) -> Row:
    cells = [Cell(review.label(item))]
    for name, how_certain in certainty.items():
        states = review.tables[name].loc[[item]]
        cells += [_code(states.at[item, feature], how_certain.at[item, feature]) for feature in states]
        cells.append(_total(states))
    return Row((*cells, *(_rating(review, item, rating) for rating in rated)))


def _total_row(review: Review, names: Sequence[str], rated: Sequence[Rating]) -> Row:
    cells = [Cell("Total")]
    for name in names:
        states = review.tables[name]
        cells += [*(_total(states[[feature]].T) for feature in states), _total(states)]
    return Row((*cells, *(Cell("") for _ in rated)), total=True)


def _code(state: str, certainty: str) -> Cell:
    if state == "yes":
        return Cell("Yes", (certainty,) if certainty in FOOTNOTES else ())
    return NO if state == "no" else Cell(state, ("unclear",))


def _total(states: pd.DataFrame) -> Cell:
    """How many Yes, with both bounds where cells are unclear."""
    least, most = totals(states).sum()
    return Cell(f"{least}" if least == most else f"{least}–{most}")


def _rating(review: Review, item: str, rating: Rating) -> Cell:
    given = review.nature.at[item, rating.name]
    if given == NOT_STATED:
        return Cell(NOT_STATED)
    level = next(level for level in rating.levels if level.id == given)
    certainty = review.nature.at[item, f"{rating.name}_certainty"]
    notes = [certainty] * (certainty in FOOTNOTES) + [_own_key(rating, level)] * (level.printed_as != level.id)
    return Cell(level.label, tuple(notes))


def _own_words(rated: Sequence[Rating]) -> dict[str, str]:
    """A footnote for each level whose name is not the review's word."""
    levels = [(rating, level) for rating in rated for level in rating.levels if level.printed_as != level.id]
    return {_own_key(rating, level): f"A word of this coding; the review says “{level.printed_as}”." for rating, level in levels}


def _own_key(rating: Rating, level: Level) -> str:
    return f"{rating.name}: {level.id}"


def _nouns(review: Review) -> list[str]:
    return [upper_first(review.table_info(name).feature.plural) for name in review.table_names]


def _groups(review: Review) -> list[str]:
    """What spans the columns of each table: the noun of its features, or its title where two tables share the noun."""
    nouns = _nouns(review)
    return nouns if len(set(nouns)) == len(nouns) else [review.label(name) for name in review.table_names]
