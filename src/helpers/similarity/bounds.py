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
    yes, no, open_ = codes == 1, codes == 0, codes == -1
    rows = []
    for i, j in combinations(range(len(codes)), 2):
        sure = [int(np.sum(one[i] & other[j])) for one, other in ((yes, yes), (yes, no), (no, yes), (no, no))]
        beside_yes = int(np.sum(open_[i] & yes[j])), int(np.sum(yes[i] & open_[j]))
        beside_no = int(np.sum(open_[i] & no[j])), int(np.sum(no[i] & open_[j]))
        a, b, c, d = sure
        alike = (a + sum(beside_yes), b, c, d + sum(beside_no))
        unlike = (a, b + beside_yes[1] + beside_no[0], c + beside_yes[0] + beside_no[1], d)
        splits = _splits(int(np.sum(open_[i] & open_[j])))
        least, most = (_distances(coefficient, np.array(counts) + splits, empty) for counts in (alike, unlike))
        rows.append((states.index[i], states.index[j], float(least.min()), float(most.max())))
    return pd.DataFrame(rows, columns=["first", "second", "at_least", "at_most"])


def _splits(n: int) -> np.ndarray:
    """Every way to spread n cells over four boxes, shape (ways, 4)."""
    bars = np.array(list(combinations(range(n + 3), 3))).reshape(-1, 3)
    edges = np.column_stack([np.full(len(bars), -1), bars, np.full(len(bars), n + 3)])
    return np.diff(edges, axis=1) - 1


def _distances(name: str, counts: np.ndarray, empty: Empty) -> np.ndarray:
    above, below = settled_parts(name, *counts.T, empty)
    return 1 - np.sqrt(above / below) if COEFFICIENTS[name].rooted else (below - above) / below
