"""How many items stand in each box, how closely do two ratings go together, and which features go with which box?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np
import pandas as pd

from ..metadata import NOT_STATED
from ..review import Review
from .places import EXPLICIT, Box, collapsed, levels, places

MOST_CODINGS = 100_000


def box_ranges(review: Review, halves: bool = False) -> pd.DataFrame:
    """How many items each box holds: as coded, and the fewest and the most under any coding the alternatives allow.

    Parameters
    ----------
    review : Review
    halves : bool
        Count the quadrants that the levels collapse to, instead of the boxes.

    Returns
    -------
    DataFrame with columns `x`, `y`, `coded`, `fewest`, `most`
        One row a box, "not stated" last. Each item is coded by itself, so each bound is attained, though not all at once; whether the reasons of
        two alternatives go together is not asked.
    """
    where = [[collapsed(review, box) if halves else box for box in place.boxes] for place in places(review)]
    rows = []
    for box in product(*([*levels(review, name, halves), NOT_STATED] for name in "xy")):
        rows.append((*box, sum(b[0] == box for b in where), sum(set(b) == {box} for b in where), sum(box in b for b in where)))
    return pd.DataFrame(rows, columns=["x", "y", "coded", "fewest", "most"])


def crossed(review: Review, halves: bool = False, hedged: bool = True) -> pd.DataFrame:
    """The two ratings against each other: how many items have each pair of levels.

    Parameters
    ----------
    review : Review
    halves : bool
        As in `box_ranges`.
    hedged : bool
        Whether to count items with a code that is not explicit.

    Returns
    -------
    DataFrame of int, shape (levels of y, levels of x)
        Items with a rating that is not stated are left out.
    """
    return _counted(review, [place.box for place in places(review) if hedged or place.certainty == EXPLICIT], halves)


def cramers_v(counts: pd.DataFrame) -> float:
    """How closely two ratings go together: Cramér's V.

    The square root of chi-squared / (n (m - 1)), m the smaller number of levels that occur. It takes levels as mere names.

    Parameters
    ----------
    counts : DataFrame of int

    Returns
    -------
    float
        0 (each level of one occurs with the levels of the other in the same shares) to 1. With few items large values come about by
        chance easily. NaN where one of the ratings has a single level.

    References
    ----------
    Cramér (1946) Mathematical Methods of Statistics, ch. 21.

    Examples
    --------
    >>> cramers_v(pd.DataFrame([[3, 0], [0, 2]]))
    1.0
    """
    cells = counts.to_numpy(dtype=float)
    cells = cells[cells.sum(axis=1) > 0][:, cells.sum(axis=0) > 0]
    if min(cells.shape) < 2:
        return float("nan")
    expected = np.outer(cells.sum(axis=1), cells.sum(axis=0)) / cells.sum()
    return float(np.sqrt(((cells - expected) ** 2 / expected).sum() / cells.sum() / (min(cells.shape) - 1)))


@dataclass(frozen=True)
class Codings:
    """A number under every coding of the two ratings that the alternatives allow.

    Attributes
    ----------
    coded, low, high : float
        As coded, and the least and the greatest of the codings in which it exists; NaN where there is none.
    n : int
        How many codings there are.
    undefined : int
        In how many of these the number does not exist.
    exact : bool
        False where there are too many to list; `low` and `high` are then NaN, and `undefined` is 0.
    """

    coded: float
    low: float
    high: float
    n: int
    undefined: int
    exact: bool


def association_over_codings(review: Review, halves: bool = False) -> Codings:
    """Cramér's V under every coding of the two ratings that the alternatives allow.

    Parameters
    ----------
    review : Review
    halves : bool
        As in `box_ranges`.
    """
    where = [place.boxes for place in places(review)]
    n = int(np.prod([len(boxes) for boxes in where], dtype=object))
    coded = cramers_v(crossed(review, halves))
    if n > MOST_CODINGS:
        return Codings(coded, float("nan"), float("nan"), n, 0, exact=False)
    tables = Counter(frozenset(Counter(coding).items()) for coding in product(*where))  # V knows how many items a box holds, not which
    values = {table: cramers_v(_counted(review, Counter(dict(table)).elements(), halves)) for table in tables}
    undefined = sum(count for table, count in tables.items() if np.isnan(values[table]))
    defined = [value for value in values.values() if not np.isnan(value)] or [float("nan")]
    return Codings(coded, min(defined), max(defined), n, undefined, exact=True)


def features_by_box(review: Review) -> pd.DataFrame:
    """How many items of each occupied box have each feature.

    Returns
    -------
    DataFrame with columns `x`, `y`, `items`, `table`, `feature`, `at_least`, `at_most`
        Boxes in the order of the levels, "not stated" last; two bounds where cells are unclear.
    """
    where = {place.item: place.box for place in places(review)}
    rows = []
    for box in product(*([*levels(review, name), NOT_STATED] for name in "xy")):
        inside = [item for item in review.items if where[item] == box]
        for table, states in review.tables.items() if inside else ():
            for feature in states:
                found = states.loc[inside, feature]
                yes, unclear = int((found == "yes").sum()), int((found == "unclear").sum())
                rows.append((*box, len(inside), table, feature, yes, yes + unclear))
    return pd.DataFrame(rows, columns=["x", "y", "items", "table", "feature", "at_least", "at_most"])


def _counted(review: Review, boxes: Iterator[Box] | list[Box], halves: bool) -> pd.DataFrame:
    counts = pd.DataFrame(0, index=levels(review, "y", halves), columns=levels(review, "x", halves))
    for box in boxes:
        x, y = collapsed(review, box) if halves else box
        if NOT_STATED not in (x, y):
            counts.at[y, x] += 1
    return counts
