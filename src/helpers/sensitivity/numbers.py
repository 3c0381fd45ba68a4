"""How is each number found in a case? Small functions from a case to a number; NaN where it does not exist."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..claims import borne_out
from ..lattice import containment, unobserved_combinations
from ..problems import SynopsisError
from ..quadrants import cramers_v
from ..ties import cophenetic_range, largest_silhouette, tie_census
from .case import Case
from .states import SAME, as_floats, boxes_of, census_of, distances, exact_ps, pearson

MOST_FEATURES = 30
NAN = float("nan")


def longest_ladder(case: Case, table: str) -> float:
    """The items of the longest chain in which each has all that the one before has, and more."""
    return float(len(containment(case.frame(table)).ladders(most=1)[0]))


def gap_count(case: Case, table: str) -> float:
    """The smallest combinations of up to three features that no item has; refused for more than MOST_FEATURES features."""
    if len(case.features[table]) > MOST_FEATURES:
        raise SynopsisError(f"Gaps are followed in tables of no more than {MOST_FEATURES} features.")
    return float(len(unobserved_combinations(case.frame(table))))


def mean_similarity(case: Case, table: str) -> float:
    """The mean Jaccard similarity of all pairs of items; NaN for a single item."""
    return _mean_similarity(case.cells[table])


def mean_similarity_varying(case: Case, table: str) -> float:
    """The same without constant features; NaN where there are no others."""
    cells = _varying(case.cells[table])
    return _mean_similarity(cells) if cells.shape[1] else NAN


def torn_items(case: Case, table: str) -> float:
    """The items with more than one nearest neighbour."""
    n = len(case.items)
    nearest: list[list] = [[] for _ in range(n)]
    for (i, j), value in distances(case.cells[table]):
        nearest[i].append(value)
        nearest[j].append(value)
    return float(sum(values.count(min(values)) > 1 for values in nearest if values))


def tree_count(case: Case, table: str) -> float:
    """How many trees of average linkage are equally right; NaN where they are too many to follow."""
    count = census_of(case, table).n_trees
    return NAN if count is None else float(count)


def tree_count_varying(case: Case, table: str) -> float:
    """The same without constant features."""
    varying = case.varying(table)
    count = tie_census(varying).n_trees if varying.shape[1] else None
    return NAN if count is None else float(count)


def undecided_groups(case: Case, table: str) -> float:
    """The groups that some of these trees show, and not all."""
    census = census_of(case, table)
    if not census.exact:
        return NAN
    return float((census.clade_support()["by_tree"] < 1 - SAME).sum())


def best_fit(case: Case, table: str) -> float:
    """The largest cophenetic correlation over these trees."""
    return cophenetic_range(census_of(case, table)).most


def largest_width(case: Case, table: str) -> float:
    """The largest mean silhouette width over all trees and numbers of groups."""
    return largest_silhouette(census_of(case, table))[0]


def never_together(case: Case) -> float:
    """The pairs of features, of all tables, that no item has both of."""
    cells = np.concatenate(list(case.cells.values()), axis=1).astype(np.int64)
    together = (cells.T @ cells)[np.tril_indices(cells.shape[1], k=-1)]
    return float((together == 0).sum())


def most_yes(case: Case) -> float:
    """The most Yes that one item has in all tables."""
    return float(np.concatenate(list(case.cells.values()), axis=1).sum(axis=1).max())


def mantel_r(case: Case, first: str, second: str) -> float:
    """Pearson's r of the Jaccard distances by two tables."""
    return pearson(as_floats(case.cells[first]), as_floats(case.cells[second]))


def mantel_r_varying(case: Case, first: str, second: str) -> float:
    """The same without constant features."""
    varying = [_varying(case.cells[name]) for name in (first, second)]
    return pearson(*map(as_floats, varying)) if all(cells.shape[1] for cells in varying) else NAN


def order_agreement(case: Case, first: str, second: str) -> float:
    """Kendall's tau-b of the distances by two tables."""
    one, other = (np.round(as_floats(case.cells[name]), 9) for name in (first, second))
    from scipy.stats import kendalltau  # here, since it takes longer to load than all else together

    return float(kendalltau(one, other).statistic) if min(np.ptp(one), np.ptp(other)) > SAME else NAN


def smallest_p(case: Case, first: str, second: str) -> float:
    """The smallest p in Fisher's exact test of a feature of one table with one of another."""
    return float(min(exact_ps(case, first, second).values(), default=NAN))


def rating_association(case: Case) -> float:
    """Cramér's V of the two ratings of the grid."""
    boxes = boxes_of(case)
    return cramers_v(pd.crosstab([y for y, _ in boxes], [x for _, x in boxes])) if boxes else NAN


def claims_borne_out(case: Case) -> float:
    """The review's countable sentences that the tables bear out; NaN where a row that one of them names is left out."""
    if case.items != tuple(case.review.items):
        return NAN
    review = case.as_review()
    return float(sum(borne_out(review, claim.check, claim.expected) is True for claim in review.claims.itertuples()))


def _mean_similarity(cells: np.ndarray) -> float:
    found = as_floats(cells)
    return float(1 - found.mean()) if len(found) else NAN


def _varying(cells: np.ndarray) -> np.ndarray:
    return cells[:, cells.any(axis=0) & ~cells.all(axis=0)]
