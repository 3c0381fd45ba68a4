"""How does a table look, flattened to a map of few axes, and how much of it does the map lose?

Two maps. Principal coordinates (PCoA) keep the distances between items as well as a flat map can. Multiple correspondence
analysis (MCA) maps the codes themselves, Yes and No alike, and so counts what two items both lack as likeness.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from .incidence import yes_no_array
from .similarity import distance_matrix
from .similarity.coefficients import Empty

NOTHING = 1e-9  # eigenvalues and coordinates below this come of rounding


@dataclass(frozen=True)
class Map:
    """Items placed on axes, the most telling axis first.

    Attributes
    ----------
    items : DataFrame of float, shape (items, axes)
        Columns 1, 2, ...; no columns where all items are alike. The unit is that of the distances mapped.
    categories : DataFrame of float, shape (categories, axes)
        For MCA, indexed by (feature, "yes" or "no"); without rows for PCoA.
    axes : DataFrame, one row an axis
        `eigenvalue`; `share` of the inertia (the spread of all items around their centre), 0 to 1; for MCA also `adjusted_eigenvalue` and
        `adjusted_share` (NaN where the axis shows no more than a single feature would).
    lost : float
        Sum of the negative eigenvalues, 0 or less. Below 0 no map of any number of axes shows the distances as they are.
    """

    items: pd.DataFrame
    categories: pd.DataFrame
    axes: pd.DataFrame
    lost: float = 0.0

    @property
    def equal_axes(self) -> list[tuple[int, ...]]:
        """Groups of axes with the same eigenvalue. Within a group the map may be turned at will: their directions mean nothing."""
        groups: list[list[int]] = []
        for axis, value in self.axes["eigenvalue"].items():
            if groups and abs(self.axes.at[groups[-1][0], "eigenvalue"] - value) < NOTHING:
                groups[-1].append(axis)
            else:
                groups.append([axis])
        return [tuple(group) for group in groups if len(group) > 1]


def pcoa(incidence: pd.DataFrame, coefficient: str = "jaccard", empty: Empty = "identical") -> Map:
    """Principal coordinates of the square roots of the distances (metric multidimensional scaling).

    The root is taken because Jaccard distances fit no flat space of any number of dimensions, while their roots do (so do those of most
    coefficients; see `lost`). The matrix -d²/2, with d the root, is centred on rows and columns; its eigenvectors times the root of their
    eigenvalues are the coordinates. On all axes together the squared straight-line distance of two items is their distance (where `lost` is 0).

    Parameters
    ----------
    incidence : DataFrame of bool, shape (items, features)
    coefficient, empty
        As in `helpers.similarity.distance_matrix`.

    Returns
    -------
    Map
        `share` is of the sum of the positive eigenvalues. Directions do not depend on the order of the rows.

    References
    ----------
    Gower (1966) Biometrika 53:325-338; Gower and Legendre (1986) J Classif 3:5-48. In R, `cmdscale(sqrt(d), eig = TRUE)`.

    Examples
    --------
    >>> table = pd.DataFrame([[1, 0], [0, 1]], index=["p", "q"]).astype(bool)
    >>> pcoa(table).items
         1
    p  0.5
    q -0.5
    """
    distances = distance_matrix(incidence, coefficient, empty)
    names = sorted(distances.index, key=str)
    centred = -distances.loc[names, names].to_numpy() / 2
    centred = centred - centred.mean(axis=0) - centred.mean(axis=1)[:, None] + centred.mean()
    values, vectors, lost = _eigen(centred)
    items = _placed(vectors * np.sqrt(values), names).loc[list(distances.index)]
    axes = pd.DataFrame({"eigenvalue": values, "share": values / values.sum() if len(values) else values}, index=items.columns)
    return Map(items, pd.DataFrame(columns=items.columns, dtype=float), axes, lost)


def mca(incidence: pd.DataFrame) -> Map:
    """Multiple correspondence analysis of a yes/no table.

    Each feature that is not constant becomes two columns, Yes and No, and the indicator matrix of 0 and 1 is mapped by the chi-squared
    distance: a rare code counts more than a common one, and a No that two items share makes them as alike as a Yes they share. Use it to
    see which codes go together, not to measure likeness where a No only means that something was not written.

    Parameters
    ----------
    incidence : DataFrame of bool, shape (items, features)

    Returns
    -------
    Map
        Principal coordinates of items and categories. `share` is of the inertia of the indicator matrix, which is low by construction;
        `adjusted_share` is Greenacre's, of the inertia that features share with one another. NaN in both where there is no axis.

    References
    ----------
    Greenacre (2007) Correspondence Analysis in Practice, 2nd ed, ch. 19. In R, `FactoMineR::MCA` and `ca::mjca(lambda = "adjusted")`.

    Examples
    --------
    >>> table = pd.DataFrame([[1, 0], [1, 0], [0, 1]], index=["p", "q", "r"], columns=["x", "y"]).astype(bool)
    >>> mca(table).axes[["eigenvalue", "share"]].round(6)
       eigenvalue  share
    1         1.0    1.0
    """
    cells = pd.DataFrame(yes_no_array(incidence), index=list(incidence.index), columns=list(incidence.columns)).sort_index(key=lambda i: i.map(str))
    cells = cells.loc[:, cells.nunique() > 1]
    indicator = np.column_stack([cells, ~cells]).astype(float)
    codes = pd.MultiIndex.from_tuples([*((f, "yes") for f in cells), *((f, "no") for f in cells)], names=["feature", "state"])
    n, k = cells.shape
    columns = indicator.mean(axis=0) / max(k, 1)  # mass of each category, never 0; every item has mass 1 / n
    scaled = (indicator / max(n * k, 1) - columns / n) / np.sqrt(columns / n)
    values, vectors, _ = _eigen(scaled @ scaled.T)
    items = vectors * np.sqrt(values * n)
    categories = (indicator.T @ items) / indicator.sum(axis=0)[:, None] / np.sqrt(values)
    placed = _placed(items, list(cells.index)).loc[list(incidence.index)]
    axes = pd.DataFrame({"eigenvalue": values, "share": values / values.sum() if len(values) else values}, index=placed.columns)
    return Map(placed, pd.DataFrame(categories, index=codes, columns=placed.columns), axes.join(_adjusted(values, k)))


def _adjusted(values: np.ndarray, k: int) -> pd.DataFrame:
    """Greenacre's adjusted inertias of k yes/no features, and their shares of the average inertia off the diagonal."""
    axes = range(1, len(values) + 1)
    if k < 2:
        return pd.DataFrame(np.nan, index=axes, columns=["adjusted_eigenvalue", "adjusted_share"])
    adjusted = np.where(values > 1 / k + NOTHING, (k / (k - 1)) ** 2 * (values - 1 / k) ** 2, np.nan)
    total = k / (k - 1) * (float((values**2).sum()) - 1 / k)  # (J - K) / K² with J = 2 K categories
    share = adjusted / total if total > NOTHING else np.full_like(adjusted, np.nan)
    return pd.DataFrame({"adjusted_eigenvalue": adjusted, "adjusted_share": share}, index=axes)


def _eigen(symmetric: np.ndarray) -> tuple[np.ndarray, np.ndarray, float]:
    """Positive eigenvalues from large to small, unit eigenvectors that any computer turns the same way, and the sum of the negative eigenvalues."""
    values, vectors = np.linalg.eigh(symmetric)
    kept = [place for place in range(len(values))[::-1] if values[place] > NOTHING]
    turned, start = [], 0
    while start < len(kept):
        stop = start + 1
        while stop < len(kept) and values[kept[start]] - values[kept[stop]] < NOTHING:
            stop += 1
        turned.append(_turned(vectors[:, kept[start:stop]]))
        start = stop
    return values[kept], np.column_stack(turned) if turned else np.empty((len(values), 0)), float(values[values < -NOTHING].sum())


def _turned(vectors: np.ndarray) -> np.ndarray:
    """A basis of the space of equal eigenvalues that is the same however it was computed.

    The first axis runs through the row that lies farthest out in this space, on its positive side; the next through the row farthest out in
    what is left. Of rows equally far out the first counts.
    """
    space = vectors @ vectors.T
    basis = []
    for _ in range(vectors.shape[1]):
        out = np.diag(space)
        row = int(np.flatnonzero(out > out.max() - NOTHING)[0])
        axis = space[:, row] / np.sqrt(space[row, row])
        basis.append(axis)
        space = space - np.outer(axis, axis)
    return np.column_stack(basis)


def _placed(coordinates: np.ndarray, names: list[str]) -> pd.DataFrame:
    tidy = np.where(np.abs(coordinates) < NOTHING, 0.0, coordinates)
    return pd.DataFrame(tidy, index=names, columns=range(1, coordinates.shape[1] + 1))
