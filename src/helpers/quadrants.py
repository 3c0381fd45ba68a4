"""Where does each item stand on two ratings, and where else could a careful reader put it?

The ratings are categories, not numbers: a box is one level of each. The datapackage names which rating runs across (x) and which
upwards (y), and how the levels of each collapse to two halves. Where a rating is not stated the item stands outside, in a strip.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np
import pandas as pd

from .metadata import NOT_STATED, Rating
from .problems import SynopsisError
from .review import Review
from .validation import NATURE

Box = tuple[str, str]  # a level of x and a level of y
MOST_CODINGS = 100_000
EXPLICIT, HEDGED = "explicit", "hedged"


@dataclass(frozen=True)
class Place:
    """Where one item stands.

    Attributes
    ----------
    item : str
    box : (str, str)
        Its level of x and of y, as coded; "not stated" where the text does not say.
    certainty : str
        The softer of the two codes' certainties: "explicit", "hedged" or "inferred". A rating that is not stated does not soften it.
    others : tuple of (str, str)
        The other boxes that listed alternatives name, each a change of one rating, in the order of the levels. Empty: the item stays where it
        is, hedged or not.
    boxes : tuple of (str, str)
        Every box under any coding that the alternatives allow, changes of both ratings at once too; the coded one first.
    """

    item: str
    box: Box
    certainty: str
    others: tuple[Box, ...]
    boxes: tuple[Box, ...]


def has_quadrants(review: Review) -> bool:
    """Whether the review names two ratings that make a grid."""
    return {"x", "y"} <= set(review.metadata.quadrant)


def axis(review: Review, name: str) -> Rating:
    """The rating that runs across ("x") or upwards ("y").

    Raises
    ------
    SynopsisError
        If the review has no two ratings that make a grid.
    """
    if not has_quadrants(review):
        raise SynopsisError('This review names no two ratings that make a grid. They are named in datapackage.json under "quadrant".')
    return review.rating(review.metadata.quadrant[name])


def places(review: Review) -> list[Place]:
    """Every item's place, in the review's order.

    Parameters
    ----------
    review : Review
        With two ratings named as its quadrant.
    """
    x, y = axis(review, "x"), axis(review, "y")
    found = []
    for item in review.items:
        box = tuple(str(review.nature.at[item, rating.name]) for rating in (x, y))
        allowed = [dict.fromkeys([level, *_alternatives(review, item, rating)]) for level, rating in zip(box, (x, y), strict=True)]
        certainties = [str(review.nature.at[item, f"{r.name}_certainty"]) for r, level in zip((x, y), box, strict=True) if level != NOT_STATED]
        certainty = next((c for c in ("inferred", HEDGED) if c in certainties), EXPLICIT)
        others = sorted((other for other in product(*allowed) if other != box), key=lambda b: (_position(x, b[0]), _position(y, b[1])))
        named = tuple(other for other in others if other[0] == box[0] or other[1] == box[1])
        found.append(Place(item, box, certainty, named, (box, *others)))
    return found


def as_printed(review: Review) -> Review:
    """A copy in which a level that is the coders' own word counts as the level the review itself prints (`printed_as` in datapackage.json)."""
    for rating in (axis(review, "x"), axis(review, "y")):
        own = {level.id: level.printed_as for level in rating.levels if level.printed_as != level.id}
        for item, level in review.nature[rating.name].items():
            if level in own:
                review = review.with_code(NATURE, item, rating.name, own[level])
    return review


def collapsed(review: Review, box: Box) -> Box:
    """The quadrant a box falls in: each level's half, "not stated" where it is not stated."""
    return tuple(  # type: ignore[return-value]
        NOT_STATED if level == NOT_STATED else next(known.collapse for known in axis(review, name).levels if known.id == level)
        for name, level in zip("xy", box, strict=True)
    )


def levels(review: Review, name: str, halves: bool = False) -> list[str]:
    """The levels of x or y in their order, or the halves they collapse to."""
    rating = axis(review, name)
    return list(dict.fromkeys(level.collapse for level in rating.levels)) if halves else list(rating.level_ids)


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


def _alternatives(review: Review, item: str, rating: Rating) -> list[str]:
    rows = review.alternatives
    named = rows[(rows["table"] == NATURE) & (rows["model"] == item) & (rows["feature"] == rating.name)]
    return [level for level in dict.fromkeys(named["alternative"]) if level in (*rating.level_ids, NOT_STATED)]


def _position(rating: Rating, level: str) -> int:
    return [*rating.level_ids, NOT_STATED].index(level)
