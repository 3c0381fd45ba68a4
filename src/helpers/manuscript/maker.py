"""What makes a table: its id, what a review must have for it, and how it is filled."""

from __future__ import annotations

from abc import ABC, abstractmethod

import pandas as pd

from ..review import Review
from .layout import laid_out
from .table import Table

ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")
TOO_WIDE = "columns few and narrow enough to be read across one page"


class Maker(ABC):
    """How one table for print is made of a review.

    Attributes
    ----------
    id : str
        tabNN_name; also the name of the table's files.
    """

    def __init__(self, identifier: str):
        self.id = identifier

    def missing(self, review: Review, ledger: pd.DataFrame) -> str:
        """What this review lacks for the table, as the end of the sentence "It needs ..."; empty if nothing."""
        return self.lacking(review, ledger) or ("" if laid_out(self.make(review, ledger)).fits else TOO_WIDE)

    @abstractmethod
    def lacking(self, review: Review, ledger: pd.DataFrame) -> str:
        """What `make` cannot do without, in the same words; asked before it is called."""

    @abstractmethod
    def make(self, review: Review, ledger: pd.DataFrame) -> Table:
        """The table, filled."""


def ordinal(position: int) -> str:
    """A position counted from 0 as a word.

    >>> ordinal(0), ordinal(9)
    ('first', '10th')
    """
    return ORDINALS[position] if position < len(ORDINALS) else f"{position + 1}th"


def credit(review: Review) -> str:
    """The source and credit as the last line under a table; empty if the review names none."""
    return f"{review.metadata.credit}." if review.metadata.credit else ""


def upper_first(text: str) -> str:
    """A text with a capital at its start, the rest as it is.

    >>> upper_first("types of GP role")
    'Types of GP role'
    """
    return text[:1].upper() + text[1:]
