"""Where does each item stand on two ratings, and what goes with what?

places   the box of each item, as coded and as a careful reader could code it; the quadrants the boxes collapse to
counts   how many items each box can hold, how closely the ratings go together, which features go with which box
"""

from .counts import Codings, association_over_codings, box_ranges, cramers_v, crossed, features_by_box
from .places import GRID, HALVES, Box, Place, as_printed, axis, collapsed, has_halves, has_quadrants, levels, places

__all__ = [
    "GRID",
    "HALVES",
    "Box",
    "Codings",
    "Place",
    "as_printed",
    "association_over_codings",
    "axis",
    "box_ranges",
    "collapsed",
    "cramers_v",
    "crossed",
    "features_by_box",
    "has_halves",
    "has_quadrants",
    "levels",
    "places",
]
