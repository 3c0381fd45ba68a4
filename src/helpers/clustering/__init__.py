"""Which items form groups, and how well do the groups fit the distances?

tree        a tree of groups: its joins, its cuts, its cophenetic distances
linkage     how a tree is built from a table: average, complete, single and weighted linkage
leaves      in which order the items of a tree are drawn
fit         how well a tree or a grouping fits: cophenetic correlation and silhouettes
bootstrap   which groups come back when the features are drawn anew, all ties counted

tied, shapes, states, paths and by_lot follow every way to break ties; module `helpers.ties` tells what comes of it.

Only these four linkages: Ward's and the centroid method assume Euclidean distances, and Jaccard's are not.
"""

from .bootstrap import Resamples, column_bootstrap, resamples
from .fit import cophenetic_correlation, silhouettes
from .leaves import leaf_order
from .linkage import LINKAGES, group_tree
from .tree import Join, Tree

__all__ = [
    "LINKAGES",
    "Join",
    "Resamples",
    "Tree",
    "column_bootstrap",
    "cophenetic_correlation",
    "group_tree",
    "leaf_order",
    "resamples",
    "silhouettes",
]
