"""Where does each item stand on two ratings, and where else could a careful reader put it?

The ratings are categories, not numbers: a box is one level of each. The datapackage names which rating runs across (x) and which
upwards (y), and how the levels of each collapse to two halves. Where a rating is not stated the item stands outside, in a strip.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

from ..metadata import NOT_STATED, Rating
from ..problems import SynopsisError
from ..review import Review
from ..validation import NATURE

Box = tuple[str, str]  # a level of x and a level of y
# What a review needs for the grid and for its quadrants, as the end of the sentence "It needs ...".
GRID = "two ratings (“new NAME --template” has sheets for them), both stated for at least one item"
HALVES = "two ratings whose levels are put into two halves each (“new NAME --template” has sheets for them)"
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
    """Whether the review names two ratings that make a grid, and at least one item has both stated."""
    names = review.metadata.quadrant
    return {"x", "y"} <= set(names) and bool((review.nature[[names["x"], names["y"]]] != NOT_STATED).all(axis=1).any())


def has_halves(review: Review) -> bool:
    """Whether the levels of both ratings are put into two halves."""
    return has_quadrants(review) and all(len({level.collapse for level in axis(review, name).levels}) == 2 for name in "xy")


def axis(review: Review, name: str) -> Rating:
    """The rating that runs across ("x") or upwards ("y").

    Raises
    ------
    SynopsisError
        If the review has no two ratings that make a grid.
    """
    if name not in review.metadata.quadrant:
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
    """A copy in which a level that is the coders' own word counts as the level the review itself prints (`printed_as` in datapackage.json).

    A printed word that is none of the rating's levels changes nothing.
    """
    for rating in (axis(review, "x"), axis(review, "y")):
        own = {level.id: level.printed_as for level in rating.levels if level.printed_as in rating.level_ids}
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


def _alternatives(review: Review, item: str, rating: Rating) -> list[str]:
    rows = review.alternatives
    named = rows[(rows["table"] == NATURE) & (rows["model"] == item) & (rows["feature"] == rating.name)]
    return [level for level in named["alternative"] if level in (*rating.level_ids, NOT_STATED)]


def _position(rating: Rating, level: str) -> int:
    return [*rating.level_ids, NOT_STATED].index(level)
