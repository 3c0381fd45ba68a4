"""Where equal distances make several trees right, which are they, and what do all of them share?

census            Which trees, partitions and groups do tie-breaks lead to, and in what share of the trees is each group?
ranges            How much do judgements of a tree (cophenetic correlation, silhouette) depend on how ties are broken?
multidendrogram   What does one tree show that joins everything tied at once?
"""

from .census import TieCensus, tie_census
from .multidendrogram import Multidendrogram, multidendrogram
from .ranges import best_cophenetic, best_silhouette, cophenetic_range, largest_silhouette, silhouette_ranges

__all__ = [
    "Multidendrogram",
    "TieCensus",
    "best_cophenetic",
    "best_silhouette",
    "cophenetic_range",
    "largest_silhouette",
    "multidendrogram",
    "silhouette_ranges",
    "tie_census",
]
