"""What does each conclusion rest on: which cells, which codings, which choices?

conclusions  what is concluded from the tables, each in a form that can be found again under other codes
states       how each is found
numbers      how each number is found
case         tables and ratings that are quick to change
changes      which other codes there could be
fragility    what overturns each conclusion, and the fewest changes needed
quantities   between which values a number moves
trials       how every change is tried
curve        one number under every choice of coefficient, linkage, constant features and coding
"""

from .changes import Change, allowed_codes, single_changes
from .conclusions import Conclusion, conclusions
from .curve import specification_curve
from .fragility import MOST_CHANGES, Fragility, flip_cells, fragility, has_quick_groups, is_small_enough
from .quantities import quantity_ranges
from .states import MOST_CELLS

__all__ = [
    "MOST_CELLS",
    "MOST_CHANGES",
    "Change",
    "Conclusion",
    "Fragility",
    "allowed_codes",
    "conclusions",
    "flip_cells",
    "fragility",
    "has_quick_groups",
    "is_small_enough",
    "quantity_ranges",
    "single_changes",
    "specification_curve",
]
