"""Which outcomes do the ratings of a review give?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from ..metadata import NOT_STATED, Rating
from ..problems import mid_sentence
from ..review import Review

# What a review needs for a truth table, as the end of the sentence "It needs ...".
NEED = "a rating whose levels are put into two halves, both of which occur (“new NAME --template” has sheets for ratings)"


@dataclass(frozen=True)
class Outcome:
    """One half of a rating's levels, as the outcome of a truth table.

    Attributes
    ----------
    rating, half : str
        The rating's id and the name of the half that counts as having the outcome.
    name : str
        The rating's name as it stands in a sentence.
    label : str
        "Reciprocity: reciprocal"
    """

    rating: str
    half: str
    name: str
    label: str

    def of(self, review: Review, items: Sequence[str], levels: Sequence[str]) -> pd.Series:
        """Whether each item has the outcome; NA where the level is not stated. `~` gives the negation.

        A level that is the coders' own word counts as the level the review itself prints.
        """
        halves = half_of(review.rating(self.rating))
        return pd.Series([pd.NA if level == NOT_STATED else halves[level] == self.half for level in levels], index=list(items), dtype="boolean")


def outcomes(review: Review) -> list[Outcome]:
    """The ratings whose levels are put into two halves ("collapse" in datapackage.json), each with its second half as the outcome.

    Returns
    -------
    list of Outcome
        Empty where the review has no such rating, or every item of it, or none, has the outcome.
    """
    found = []
    for rating in review.metadata.ratings:
        halves = list(dict.fromkeys(level.collapse for level in rating.levels))
        if len(halves) == 2:
            outcome = Outcome(rating.name, halves[1], mid_sentence(rating.label), f"{rating.label}: {halves[1]}")
            known = outcome.of(review, review.items, list(review.nature[rating.name])).dropna()
            if known.nunique() == 2:
                found.append(outcome)
    return found


def half_of(rating: Rating) -> dict[str, str]:
    """The half of each level, by way of the level that the review prints."""
    collapse = {level.id: level.collapse for level in rating.levels}
    return {level.id: collapse.get(level.printed_as, level.collapse) for level in rating.levels}
