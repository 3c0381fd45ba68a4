"""How small and how large can each distance be, where cells are unclear?"""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd

from ..incidence import state_codes
from .coefficients import COEFFICIENTS, Empty, find_coefficient, settled_parts


def distance_bounds(states: pd.DataFrame, coefficient: str = "jaccard", empty: Empty = "identical") -> pd.DataFrame:
    """The least and the greatest distance of every two items over all ways to decide the unclear cells.

    The bounds are sharp for each pair by itself. They are not attained jointly: one way to decide the cells of an item cannot, as a rule, bring it
    nearest to two others at once.

    A cell that is unclear in one item only, and Yes in the other, makes the two most alike as Yes; with No in the other, as No. For cells unclear in
    both items every split into both, first, second and neither is tried.

    Parameters
    ----------
    states : DataFrame of "yes", "no", "unclear" (or of bool), shape (items, features)
    coefficient, empty
        As in `distance_matrix`.

    Returns
    -------
    DataFrame with columns `first`, `second`, `at_least`, `at_most`
        One row a pair, in the table's order. Equal where no cell of the two items is unclear.

    Examples
    --------
    >>> table = pd.DataFrame({"x": ["yes", "yes"], "y": ["unclear", "yes"]}, index=["p", "q"])
    >>> distance_bounds(table)
      first second  at_least  at_most
    0     p      q       0.0      0.5
    """
    find_coefficient(coefficient)
    codes = state_codes(states)
    yes, no, open_ = ((codes == code).astype(int) for code in (1, 0, -1))
    first, second = np.triu_indices(len(codes), k=1)

    def both(one: np.ndarray, other: np.ndarray) -> np.ndarray:
        return (one @ other.T)[first, second]

    a, b, c, d = both(yes, yes), both(yes, no), both(no, yes), both(no, no)
    to_yes, from_yes, to_no, from_no = both(open_, yes), both(yes, open_), both(open_, no), both(no, open_)
    alike = np.column_stack([a + to_yes + from_yes, b, c, d + to_no + from_no])
    unlike = np.column_stack([a, b + from_yes + to_no, c + to_yes + from_no, d])
    at_least, at_most = _distances(coefficient, alike, empty), _distances(coefficient, unlike, empty)
    shared = both(open_, open_)
    for pair in np.flatnonzero(shared):
        splits = _splits(int(shared[pair]))
        at_least[pair] = _distances(coefficient, alike[pair] + splits, empty).min()
        at_most[pair] = _distances(coefficient, unlike[pair] + splits, empty).max()
    names = np.array(states.index, dtype=object)
    return pd.DataFrame({"first": names[first], "second": names[second], "at_least": at_least.astype(float), "at_most": at_most.astype(float)})


def _splits(n: int) -> np.ndarray:
    """Every way to spread n cells over four boxes, shape (ways, 4)."""
    bars = np.array(list(combinations(range(n + 3), 3))).reshape(-1, 3)
    edges = np.column_stack([np.full(len(bars), -1), bars, np.full(len(bars), n + 3)])
    return np.diff(edges, axis=1) - 1


def _distances(name: str, counts: np.ndarray, empty: Empty) -> np.ndarray:
    above, below = settled_parts(name, *counts.T, empty)
    return 1 - np.sqrt(above / below) if COEFFICIENTS[name].rooted else (below - above) / below
