"""Which items form groups, and how well do the groups fit the distances?

tree        a tree of groups: its joins, its cuts, its cophenetic distances
linkage     how a tree is built from a table: average, complete, single and weighted linkage
fit         how well a tree or a grouping fits: cophenetic correlation and silhouettes

Only these four linkages: Ward's and the centroid method assume Euclidean distances, and Jaccard's are not.
"""

from .fit import cophenetic_correlation, grouping_table, silhouettes
from .linkage import LINKAGES, group_tree, leaf_order
from .tree import Join, Tree

__all__ = ["LINKAGES", "Join", "Tree", "cophenetic_correlation", "group_tree", "grouping_table", "leaf_order", "silhouettes"]
