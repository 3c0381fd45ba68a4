"""Which items are the nearest to each item, ties included?"""

from __future__ import annotations

from numbers import Integral

import pandas as pd

from ..problems import SynopsisError
from .coefficients import Empty
from .matrices import distance_matrix, exact_similarity


def nearest_neighbours(incidence: pd.DataFrame, k: int, coefficient: str = "jaccard", empty: Empty = "identical") -> pd.DataFrame:
    """The k nearest items of each item, and all that are just as near as the k-th.

    Similarities are compared as fractions, so that a tie is a tie.

    Parameters
    ----------
    incidence : DataFrame of bool, shape (items, features)
    k : int
        At least 1. Where an item has fewer others, all are given.
    coefficient, empty
        As in `distance_matrix`.

    Returns
    -------
    DataFrame with columns `item`, `neighbour`, `distance`, `rank`
        Items in the table's order; the neighbours of each from near to far, ties in the table's order. Tied neighbours share a rank, and the
        next rank counts them all (1, 1, 3). Empty for a table of one row.

    Raises
    ------
    SynopsisError
        If k is below 1 or no whole number.

    Examples
    --------
    >>> table = pd.DataFrame([[True, True, False], [True, False, False], [False, True, False]], index=["p", "q", "r"])
    >>> nearest_neighbours(table, k=1)
      item neighbour  distance  rank
    0    p         q       0.5     1
    1    p         r       0.5     1
    2    q         p       0.5     1
    3    r         p       0.5     1
    """
    if not isinstance(k, Integral) or k < 1:
        raise SynopsisError(f"k must be a whole number, 1 or more, not {k}: how many neighbours are wanted?")
    order, distances = exact_similarity(incidence, coefficient, empty, squared=True), distance_matrix(incidence, coefficient, empty)
    rows: list[tuple[object, object, float, int]] = []
    for item in order.index:
        alike = order.loc[item].drop(item)
        rank = 1
        for place, other in enumerate(sorted(alike.index, key=lambda other: -alike[other]), start=1):
            if place > 1 and alike[other] != alike[rows[-1][1]]:
                rank = place
            if rank > k:
                break
            rows.append((item, other, distances.at[item, other], rank))
    return pd.DataFrame(rows, columns=["item", "neighbour", "distance", "rank"])
