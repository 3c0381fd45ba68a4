"""What does the yes/no table itself show: margins, constant, identical and complementary features, and which occur together?

Every function takes a labelled table, items as rows and features as columns, of bool or of "yes", "no" and "unclear" (co-occurrence of bool
only: the unclear cells must be decided first). Pass the
transposed table to ask the same of the items. A feature with an unclear cell is never called constant, identical or
complementary, since it need not be.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd

from .problems import SynopsisError, shown


def totals(states: pd.DataFrame) -> pd.DataFrame:
    """How many Yes each row has, as sharp bounds.

    Parameters
    ----------
    states : DataFrame of "yes", "no", "unclear" (or of bool)

    Returns
    -------
    DataFrame of int, index as the rows, columns `at_least` and `at_most`
        Equal where no cell is unclear.

    Examples
    --------
    >>> totals(pd.DataFrame({"x": ["yes", "no"], "y": ["unclear", "yes"]}, index=["a", "b"]))
       at_least  at_most
    a         1        2
    b         1        1
    """
    yes, unclear = _yes(states).sum(axis=1), _unclear(states).sum(axis=1)
    return pd.DataFrame({"at_least": yes, "at_most": yes + unclear})


def constant_features(states: pd.DataFrame) -> pd.Series:
    """Features that every item has, or that no item has: they tell no two items apart.

    Returns
    -------
    Series of str, index feature ids
        "yes" or "no". Empty where there are none. In a table of one row every feature is constant.

    Examples
    --------
    >>> constant_features(pd.DataFrame({"x": [True, True], "y": [True, False]})).to_dict()
    {'x': 'yes'}
    """
    yes = _yes(_settled(states))
    constant = {name: "yes" if yes[name].iloc[0] else "no" for name in yes if yes[name].nunique() == 1}
    return pd.Series(constant, dtype=object)


def identical(states: pd.DataFrame) -> list[tuple[str, ...]]:
    """Groups of features with the same Yes and No in every item: in this coding nothing tells them apart.

    Returns
    -------
    list of tuple of str
        Each group of two or more, in the order of the columns.

    Examples
    --------
    >>> identical(pd.DataFrame({"x": [True, False], "y": [False, True], "z": [True, False]}))
    [('x', 'z')]
    """
    groups: dict[tuple[bool, ...], list[str]] = {}
    for name, column in _yes(_settled(states)).items():
        groups.setdefault(tuple(column), []).append(str(name))
    return [tuple(group) for group in groups.values() if len(group) > 1]


def complementary(states: pd.DataFrame) -> list[tuple[str, str]]:
    """Pairs of features of which every item has exactly one.

    Returns
    -------
    list of tuple of two str
        In the order of the columns.

    Examples
    --------
    >>> complementary(pd.DataFrame({"x": [True, False], "y": [False, True], "z": [True, True]}))
    [('x', 'y')]
    """
    yes = _yes(_settled(states))
    cells, later = yes.to_numpy(dtype=bool).T, {}
    for place, column in enumerate(cells):
        later.setdefault(column.tobytes(), []).append(place)
    found = ((first, second) for first, column in enumerate(cells) for second in later.get((~column).tobytes(), []) if first < second)
    return [(str(yes.columns[first]), str(yes.columns[second])) for first, second in found]


def co_occurrence(incidence: pd.DataFrame) -> pd.DataFrame:
    """How many items have both of two features.

    Parameters
    ----------
    incidence : DataFrame of bool, shape (items, features)

    Returns
    -------
    DataFrame of int, shape (features, features)
        Symmetric; the diagonal holds how many items have the feature. Range 0 to the number of items.

    Examples
    --------
    >>> co_occurrence(pd.DataFrame({"x": [True, True, False], "y": [True, False, True]}))
       x  y
    x  2  1
    y  1  2
    """
    counts = incidence.to_numpy(dtype=int)
    return pd.DataFrame(counts.T @ counts, index=incidence.columns, columns=incidence.columns)


def pairs(square: pd.DataFrame) -> pd.DataFrame:
    """The pairs of a symmetric table, each once.

    Returns
    -------
    DataFrame with columns `first`, `second`, `value`
        In the order of the columns.

    Examples
    --------
    >>> pairs(pd.DataFrame([[2, 1], [1, 2]], index=["x", "y"], columns=["x", "y"])).to_dict("records")
    [{'first': 'x', 'second': 'y', 'value': 1}]
    """
    rows = [(first, second, square.at[first, second]) for first, second in combinations(square.columns, 2)]
    return pd.DataFrame(rows, columns=["first", "second", "value"])


def distinct_features(incidence: pd.DataFrame) -> pd.DataFrame:
    """The table with each group of identical features kept once, as the first of the group.

    Examples
    --------
    >>> list(distinct_features(pd.DataFrame({"x": [True, False], "y": [False, True], "z": [True, False]})))
    ['x', 'y']
    """
    return incidence.loc[:, ~incidence.T.duplicated()]


def state_codes(states: pd.DataFrame) -> np.ndarray:
    """The cells of a table as numbers, once it is certain that it is a sound one.

    Parameters
    ----------
    states : DataFrame of "yes", "no", "unclear" (or of bool, or of 0 and 1)

    Returns
    -------
    array of int, shape (items, features)
        1 for Yes, 0 for No, -1 for unclear.

    Raises
    ------
    SynopsisError
        If there is no row or no column, a row or column name stands twice, or a cell holds anything else.
    """
    if not isinstance(states, pd.DataFrame):
        raise SynopsisError(f"A table is needed (a DataFrame with named rows and columns), not {type(states).__name__}.")
    if not states.shape[0] or not states.shape[1]:
        raise SynopsisError(f"The table has {states.shape[0]} rows and {states.shape[1]} columns. It needs at least one of each.")
    for kind, names in (("row", states.index), ("column", states.columns)):
        if not names.is_unique:
            raise SynopsisError(f"The {kind} {names[names.duplicated()][0]} stands twice in the table. Give each {kind} a name of its own.")
    if all(dtype == np.bool_ for dtype in states.dtypes):
        return states.to_numpy(dtype=np.int64)
    yes, no, unclear = (states.isin(codes).to_numpy() for codes in ([True, "yes"], [False, "no"], ["unclear"]))
    for row, column in np.argwhere(~(yes | no | unclear))[:1]:
        place = f"row {states.index[row]}, column {states.columns[column]}"
        value = states.iat[row, column]
        raise SynopsisError(f"A cell holds {'nothing' if pd.isna(value) else shown(str(value))} ({place}). Every cell must be yes, no or unclear.")
    return yes.astype(np.int64) - unclear


def yes_no_array(incidence: pd.DataFrame) -> np.ndarray:
    """The cells of a yes/no table as an array of bool; refuses an unclear cell, and all that `state_codes` refuses.

    Examples
    --------
    >>> yes_no_array(pd.DataFrame({"x": [True, False]})).tolist()
    [[True], [False]]
    """
    codes = state_codes(incidence)
    if (codes < 0).any():
        raise SynopsisError("The table holds unclear cells. Decide them first, for example with review.incidence(..., unclear='no').")
    return codes == 1


def _yes(states: pd.DataFrame) -> pd.DataFrame:
    return states.isin([True, "yes"])


def _unclear(states: pd.DataFrame) -> pd.DataFrame:
    return states.isin(["unclear"])


def _settled(states: pd.DataFrame) -> pd.DataFrame:
    """The columns without an unclear cell."""
    return states.loc[:, ~_unclear(states).any()]
