"""How is each conclusion found in a case? Small functions from a case to a set of ids, or a plain value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable
from fractions import Fraction
from itertools import product

import numpy as np

from ..configurations import Outcome
from ..configurations.outcomes import half_of
from ..configurations.solutions import cover_of
from ..configurations.truth import Labelled
from ..lattice import canonical_implications, containment
from ..lattice.bits import packed
from ..metadata import NOT_STATED
from ..nullmodels.fisher import attainable, ways
from ..problems import SynopsisError
from ..ties import largest_silhouette, tie_census
from .case import Case

SAME = 1e-9
MOST_RECIPES = 2_000
MOST_CELLS, MOST_TIES = 200, 20_000  # of a table whose groups are followed under every change; of distances of groups that its ties lead through
MOST_TIES_CHANGED, FEW_DRAWN = 10 * MOST_TIES, 50  # in the changed table; beyond, so many trees are drawn by lot
Rule = tuple[frozenset, frozenset]


def constant(case: Case, table: str) -> frozenset:
    """Features that all items have, or none."""
    totals = case.cells[table].sum(axis=0)
    return frozenset(name for name, total in zip(case.features[table], totals, strict=True) if total in (0, len(case.items)))


def rarest(case: Case, table: str) -> frozenset:
    """The features with the fewest Yes."""
    totals = case.cells[table].sum(axis=0)
    return frozenset(name for name, total in zip(case.features[table], totals, strict=True) if total == totals.min())


def closest(case: Case, table: str) -> frozenset:
    """The pairs of items with the smallest Jaccard distance."""
    found = distances(case.cells[table])
    least = min((value for _, value in found), default=0)
    return frozenset(frozenset({case.items[i], case.items[j]}) for (i, j), value in found if value == least)


def contained(case: Case, table: str) -> frozenset:
    """The pairs (less, more) in which the second item has all that the first has, and more."""
    return frozenset(containment(case.frame(table)).pairs())


def rules_of(case: Case, table: str) -> frozenset[Rule]:
    """The rules of the canonical base that two items or more stand behind; constant features left out."""
    varying = case.varying(table)
    if not varying.shape[1]:
        return frozenset()
    return frozenset((rule.premise, rule.conclusion) for rule in canonical_implications(varying) if rule.support > 1)


def rules_kept(case: Case, table: str, rules: frozenset[Rule]) -> Hashable:
    """Those of some rules that hold; where there are none to keep, whether there is one now."""
    if not rules:
        return bool(rules_of(case, table))
    columns = dict(zip(case.features[table], case.cells[table].T, strict=True))
    return frozenset(rule for rule in rules if set().union(*rule) <= columns.keys() and _holds(columns, *rule))


def groups_are_quick(case: Case, table: str) -> bool:
    """Whether the groups of a table can be found under thousands of changes in a minute or two."""
    if len(case.items) < 3 or case.cells[table].size > MOST_CELLS:
        return False
    return tie_census(case.frame(table), most_work=MOST_TIES).exact


def several_trees(case: Case, table: str) -> bool:
    """Whether ties leave more than one tree of average linkage."""
    return census_of(case, table).n_trees != 1


def certain_groups(case: Case, table: str) -> frozenset:
    """The groups that all equally right trees show, apart from the whole."""
    return frozenset(group for group in census_of(case, table).common_clades() if len(group) < len(case.items))


def best_numbers(case: Case, table: str) -> frozenset:
    """The numbers of groups with which the mean silhouette width can be largest."""
    return largest_silhouette(census_of(case, table))[1]


def contradictions(case: Case, table: str, outcome: Outcome) -> frozenset:
    """Groups of items with the same features and different outcomes."""
    cases = _labelled(case, table, outcome)
    groups: dict[int, list[int]] = {}
    for place, row in enumerate(cases.rows):
        groups.setdefault(row, []).append(place)
    mixed = [places for places in groups.values() if len({cases.outcome[place] for place in places}) > 1]
    return frozenset(frozenset(cases.items[place] for place in places) for places in mixed)


def recipe(case: Case, table: str, outcome: Outcome) -> frozenset:
    """The shortest parsimonious recipes for an outcome: each a set of terms, each a set of features with True or False. Constant features count
    for nothing in them."""
    cases = _labelled(case, table, outcome)
    covering = cover_of(cases, "parsimonious", most=MOST_RECIPES)
    if covering.count > MOST_RECIPES:
        raise SynopsisError(f"There are more than {MOST_RECIPES:,} recipes as short.")

    def term(looked_at: int, present: int) -> frozenset:
        return frozenset((name, bool(present >> place & 1)) for place, name in enumerate(cases.features) if looked_at >> place & 1)

    return frozenset(frozenset(term(*bits) for bits in choice) for choice in covering.choices)


def recipe_words(state: frozenset, label: Callable[[str], str], ordered: Callable[[frozenset], list]) -> str:
    """Recipes as text."""

    def term(members: frozenset) -> str:
        by_name = dict(members)
        told = [label(name) if by_name[name] else f"not {label(name)}" for name in ordered(frozenset(by_name))]
        return f"({' and '.join(told)})" if len(told) > 1 else "".join(told) or "always"

    recipes = sorted(" or ".join(sorted(map(term, terms), key=lambda text: (len(text), text))) or "never" for terms in state)
    others = len(recipes) - 1
    return recipes[0] + (f" ({others} other{'s' if others > 1 else ''} as short)" if others else "")


def coinciding(case: Case) -> frozenset:
    """Groups of features with the same Yes and No in every item, across all tables."""
    groups: dict[bytes, set[str]] = {}
    for table, cells in case.cells.items():
        for name, column in zip(case.features[table], cells.T, strict=True):
            groups.setdefault(column.tobytes(), set()).add(name)
    return frozenset(frozenset(group) for group in groups.values() if len(group) > 1)


def correlation(case: Case, first: str, second: str) -> str:
    """Whether the Jaccard distances of two tables rise together."""
    return _sign(pearson(as_floats(case.cells[first]), as_floats(case.cells[second])))


def driver(case: Case, first: str, second: str) -> frozenset:
    """The features without which that correlation changes most."""
    lower = {name: as_floats(case.cells[name]) for name in (first, second)}
    whole, changes = pearson(lower[first], lower[second]), {}
    for name, other in ((first, second), (second, first)):
        for place, feature in enumerate(case.features[name]):
            if len(case.features[name]) > 1:
                changes[feature] = abs(pearson(as_floats(np.delete(case.cells[name], place, axis=1)), lower[other]) - whole)
    known = {feature: change for feature, change in changes.items() if not np.isnan(change)}
    most = max(known.values(), default=0.0)
    return frozenset(feature for feature, change in known.items() if change > most - SAME)


def strongest(case: Case, first: str, second: str) -> frozenset:
    """The pairs of features of two tables with the smallest p in Fisher's exact test."""
    found = exact_ps(case, first, second)
    least = min(found.values(), default=0)
    return frozenset(pair for pair, p in found.items() if p == least)


def exact_ps(case: Case, first: str, second: str) -> dict[frozenset, Fraction]:
    """Fisher's exact p of each pair of features of two tables that vary."""
    found: dict[frozenset, Fraction] = {}
    for (one, a), (other, b) in product(*(zip(case.features[name], case.cells[name].T, strict=True) for name in (first, second))):
        counts = [[int((a & b).sum()), int((a & ~b).sum())], [int((~a & b).sum()), int((~a & ~b).sum())]]
        rows, columns = [sum(row) for row in counts], [sum(column) for column in zip(*counts, strict=True)]
        if min(rows) and min(columns):
            found[frozenset({one, other})] = attainable(rows, columns)[ways(counts)]
    return found


def fullest(case: Case) -> frozenset:
    """The boxes of the grid of two ratings that hold most items."""
    boxes = Counter(boxes_of(case))
    most = max(boxes.values(), default=0)
    return frozenset(box for box, count in boxes.items() if count == most)


def empty_boxes(case: Case) -> frozenset:
    """The boxes of that grid that hold none."""
    axes = [case.review.rating(case.review.metadata.quadrant[name]) for name in "yx"]
    return frozenset(product(*(rating.level_ids for rating in axes))) - set(boxes_of(case))


def boxes_of(case: Case) -> list[tuple[str, str]]:
    levels = [case.ratings[case.review.metadata.quadrant[name]] for name in "yx"]
    return [box for box in zip(*levels, strict=True) if NOT_STATED not in box]


def _labelled(case: Case, table: str, outcome: Outcome) -> Labelled:
    """The items whose outcome is stated, with their features as bits."""
    halves = half_of(case.review.rating(outcome.rating))
    levels = case.ratings[outcome.rating]
    stated = [place for place, level in enumerate(levels) if level != NOT_STATED]
    values = tuple(halves[levels[place]] == outcome.half for place in stated)
    return Labelled(tuple(case.items[place] for place in stated), case.features[table], packed(case.cells[table][stated]), values)


def census_of(case: Case, table: str):
    return case.once(("census", table), lambda: tie_census(case.frame(table), most_work=MOST_TIES_CHANGED, most_drawn=FEW_DRAWN))


def _holds(columns: dict[str, np.ndarray], premise: frozenset, conclusion: frozenset) -> bool:
    having = np.all([columns[name] for name in premise], axis=0) if premise else np.ones_like(next(iter(columns.values())))
    return all(columns[name][having].all() for name in conclusion)


def _counts(cells: np.ndarray) -> tuple[np.ndarray, np.ndarray, tuple[np.ndarray, np.ndarray]]:
    whole = cells.astype(np.int64)
    both = whole @ whole.T
    own = np.diag(both)
    return both, own[:, None] + own[None, :] - both, np.tril_indices(len(cells), k=-1)


def distances(cells: np.ndarray) -> list[tuple[tuple[int, int], Fraction]]:
    """Jaccard distances as fractions; two items without any feature are the same."""
    both, either, below = _counts(cells)
    values = [1 - Fraction(int(a), int(b)) if b else Fraction(0) for a, b in zip(both[below], either[below], strict=True)]
    return list(zip(zip(*(axis.tolist() for axis in below), strict=True), values, strict=True))


def as_floats(cells: np.ndarray) -> np.ndarray:
    both, either, below = _counts(cells)
    return 1 - np.where(either[below], both[below], 1) / np.maximum(either[below], 1)


def pearson(one: np.ndarray, other: np.ndarray) -> float:
    if min(np.ptp(one), np.ptp(other)) < SAME:
        return float("nan")
    return float(np.corrcoef(one, other)[0, 1])


def _sign(r: float) -> str:
    if np.isnan(r):
        return "cannot be said"
    return "not at all" if abs(r) < SAME else "positively" if r > 0 else "negatively"
