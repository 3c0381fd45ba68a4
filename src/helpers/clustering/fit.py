"""How well does a tree, or a grouping, fit the distances it was made from?"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from ..problems import SynopsisError
from .tree import Tree, same_items

SAME = 1e-9  # smaller differences come of rounding


def cophenetic_correlation(distances: pd.DataFrame, tree: Tree) -> float:
    """How well the heights of a tree repeat the distances: Pearson's r over all pairs.

    Parameters
    ----------
    distances : DataFrame of float, shape (items, items)
    tree : Tree
        Of the same items.

    Returns
    -------
    float
        -1 to 1, and 1 if the tree shows every distance as it is. NaN (undefined) where all distances or all heights are equal.

    References
    ----------
    Sokal and Rohlf (1962) Taxon 11:33-40. In R, `cor(d, cophenetic(hclust(d)))`.

    Examples
    --------
    >>> from helpers.clustering import group_tree
    >>> from helpers.similarity import distance_matrix
    >>> table = pd.DataFrame([[1, 1, 0, 0], [1, 1, 1, 0], [0, 0, 0, 1]], index=["p", "q", "r"]).astype(bool)
    >>> round(cophenetic_correlation(distance_matrix(table), group_tree(table)), 6)
    1.0
    """
    same_items(distances.index, tree.items)
    names = sorted(tree.items, key=str)
    below = np.tril_indices(len(names), k=-1)
    shown, real = (square.loc[names, names].to_numpy()[below] for square in (tree.cophenetic(), distances))
    if len(real) < 2 or np.ptp(shown) < SAME or np.ptp(real) < SAME:
        return float("nan")
    return float(np.corrcoef(shown, real)[0, 1])


def silhouettes(distances: pd.DataFrame, groups: Sequence[Sequence[str]]) -> pd.Series:
    """How much nearer each item is to its own group than to the nearest other one.

    (b - a) / max(a, b): a is the mean distance to the others of its group, b the smallest mean distance to another group.

    Parameters
    ----------
    distances : DataFrame of float, shape (items, items)
    groups : sequence of sequence of str
        Every item once; at least two groups.

    Returns
    -------
    Series of float, index items
        1 (well placed) to -1 (nearer to another group). 0 for an item alone in its group, and where a and b are both 0.

    Raises
    ------
    SynopsisError
        For fewer than two groups, or groups that are not of these items.

    References
    ----------
    Rousseeuw (1987) J Comput Appl Math 20:53-65. In R, `cluster::silhouette`.

    Examples
    --------
    >>> square = pd.DataFrame([[0, 1, 4], [1, 0, 4], [4, 4, 0]], index=["p", "q", "r"], columns=["p", "q", "r"])
    >>> silhouettes(square, [["p", "q"], ["r"]]).to_dict()
    {'p': 0.75, 'q': 0.75, 'r': 0.0}
    """
    members = [item for group in groups for item in group]
    same_items(distances.index, members)
    if len(groups) < 2 or not all(groups):
        raise SynopsisError("Silhouettes compare groups, so at least two groups are needed, none of them empty.")
    names = sorted(distances.index, key=str)
    square = distances.loc[names, names].to_numpy(dtype=float)
    inside = np.array([[name in set(group) for group in groups] for name in names])
    sizes = inside.sum(axis=0)
    sums = square @ inside
    own = np.where(sizes[inside.argmax(axis=1)] > 1, sums[inside] / np.maximum(sizes[inside.argmax(axis=1)] - 1, 1), 0)
    other = np.where(inside, np.inf, sums / sizes).min(axis=1)
    most = np.maximum(own, other)
    alone = sizes[inside.argmax(axis=1)] == 1
    widths = np.where(alone | (most < SAME), 0, (other - own) / np.where(most < SAME, 1, most))
    return pd.Series(widths, index=names).loc[list(distances.index)]
