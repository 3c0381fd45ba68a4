"""How alike are two items, and which are nearest?

coefficients the nine coefficients: their formulas, and what each does where it reads 0/0
pair         one pair by hand: the features in each of the four boxes
matrices     all pairs at once, as decimals or as exact fractions
neighbours   the nearest items of each item, with their ties
bounds       the least and the most a distance can be where cells are unclear
ranking      in which order coefficients put the pairs, and how far two orders agree

Every function takes a table of bool with items as rows and features as columns; `bounds` takes "yes", "no" and "unclear".
"""

from .bounds import distance_bounds
from .coefficients import COEFFICIENTS, find_coefficient, similarity_of
from .matrices import distance_matrix, exact_similarity, similarity_matrix
from .neighbours import nearest_neighbours
from .pair import Pair, compare, telling_pair
from .ranking import pair_ranks, rank_agreement

__all__ = [
    "COEFFICIENTS",
    "Pair",
    "compare",
    "distance_bounds",
    "distance_matrix",
    "exact_similarity",
    "find_coefficient",
    "nearest_neighbours",
    "pair_ranks",
    "rank_agreement",
    "similarity_matrix",
    "similarity_of",
    "telling_pair",
]
