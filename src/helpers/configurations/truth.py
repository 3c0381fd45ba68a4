"""Which combinations of features occur, and which of their items have the outcome?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..incidence import yes_no_array
from ..lattice.bits import packed
from ..problems import SynopsisError, listed

ADDED = ("n", "n_with", "consistency", "contradiction", "with_outcome", "without_outcome")


@dataclass(frozen=True)
class Labelled:
    """Items as configurations and an outcome: what the other modules of this room work on.

    Attributes
    ----------
    items, features : tuple of str
    rows : tuple of int
        Bit j of row i says whether item i has feature j.
    outcome : tuple of bool
    """

    items: tuple
    features: tuple
    rows: tuple[int, ...]
    outcome: tuple[bool, ...]


def truth_table(incidence: pd.DataFrame, outcome: pd.Series) -> pd.DataFrame:
    """The truth table: one row for each combination of features that occurs (a *configuration*).

    Parameters
    ----------
    incidence : DataFrame of bool, shape (items, features)
    outcome : Series of bool, index the items
        In any order. An item whose outcome is missing (NA), or that is not in it, is left out.

    Returns
    -------
    DataFrame
        The features (bool), then `n`, the items with this configuration; `n_with`, those of them that have the outcome; `consistency`,
        n_with / n, 0 to 1; `contradiction` (bool): some have it and some do not; `with_outcome` and `without_outcome`, the items
        by name (tuples). The configuration with most items first, then the one with most features, then in the order of the columns.

    Raises
    ------
    SynopsisError
        For a table that is empty or not yes/no, an outcome that is not yes/no or is known for no item, or a feature named as one of the other
        columns.

    References
    ----------
    Ragin (1987) The Comparative Method. In R, `QCA::truthTable`.

    Examples
    --------
    >>> table = pd.DataFrame({"x": [1, 1, 0], "y": [0, 0, 1]}, index=["p", "q", "r"]).astype(bool)
    >>> truth_table(table, pd.Series({"p": True, "q": False, "r": True}))[["x", "y", "n", "n_with", "contradiction"]]
           x      y  n  n_with  contradiction
    0   True  False  2       1           True
    1  False   True  1       1          False
    """
    cases = labelled(incidence, outcome)
    clash = [name for name in ADDED if name in incidence.columns]
    if clash:
        raise SynopsisError(f"A feature is called {listed(clash)}, as a column of the truth table is. Give it another id.")
    groups: dict[int, list[int]] = {}
    for place, row in enumerate(cases.rows):
        groups.setdefault(row, []).append(place)
    m = len(cases.features)
    order = sorted(groups, key=lambda row: (-len(groups[row]), -row.bit_count(), [-(row >> j & 1) for j in range(m)]))
    rows = []
    for row in order:
        having = tuple(cases.items[i] for i in groups[row] if cases.outcome[i])
        lacking = tuple(cases.items[i] for i in groups[row] if not cases.outcome[i])
        n = len(groups[row])
        rows.append((*(bool(row >> j & 1) for j in range(m)), n, len(having), len(having) / n, bool(having and lacking), having, lacking))
    return pd.DataFrame(rows, columns=[*cases.features, *ADDED])


def labelled(incidence: pd.DataFrame, outcome: pd.Series) -> Labelled:
    """The items whose outcome is known, with their features as bits; refuses what is not yes/no."""
    cells = yes_no_array(incidence)
    if not isinstance(outcome, pd.Series) or not outcome.index.is_unique:
        raise SynopsisError("The outcome must be a Series with one value for each item, each item once.")
    values = [outcome.get(item) for item in incidence.index]
    known = [place for place, value in enumerate(values) if not _missing(value)]
    odd = [values[place] for place in known if not isinstance(values[place], bool | np.bool_) and values[place] not in (0, 1)]
    if odd:
        raise SynopsisError(f"The outcome holds {odd[0]!r}. It must be True, False or missing (NA) for every item.")
    if not known:
        raise SynopsisError("The outcome is known for no item of the table.")
    items = tuple(incidence.index[place] for place in known)
    return Labelled(items, tuple(incidence.columns), packed(cells[known]), tuple(bool(values[place]) for place in known))


def _missing(value: object) -> bool:
    return value is None or (not isinstance(value, Iterable) and bool(pd.isna(value)))
