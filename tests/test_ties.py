"""Every tree that equal distances allow, against an agglomeration that is written out here and follows every tied choice."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, permutations, product
from math import sqrt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.cluster import hierarchy
from scipy.spatial.distance import squareform

from helpers import SynopsisError
from helpers.clustering import LINKAGES, group_tree
from helpers.similarity import distance_matrix
from helpers.ties import equally_right_trees, groups_in_all

QUICK = settings(derandomize=True, deadline=None, max_examples=60)
LINKAGE = st.sampled_from(LINKAGES)
MEANS = ("average", "weighted")
COUNT_ABSENCE = ("simple_matching", "russell_rao")


def table(*rows: str, names: str = "pqrstuvw") -> pd.DataFrame:
    """A table from words such as "110": 1 yes, 0 no."""
    return pd.DataFrame([list(row) for row in rows], index=list(names[: len(rows)]), columns=[f"c{n}" for n in range(len(rows[0]))]).eq("1")


@st.composite
def tables(draw, rows=(1, 6), columns=(1, 5)):
    """Few columns, so that ties are common. The alphabet does not follow the order of the rows."""
    n_rows, n_columns = draw(st.integers(*rows)), draw(st.integers(*columns))
    cells = draw(st.lists(st.lists(st.booleans(), min_size=n_columns, max_size=n_columns), min_size=n_rows, max_size=n_rows))
    return pd.DataFrame(cells, index=draw(st.permutations([f"r{n}" for n in range(n_rows)])), columns=[f"c{n}" for n in range(n_columns)])


# Similarities from methods.md, of a, b, c and d; the square for Ochiai. Two empty rows have 1, an empty and a non-empty one 0.
FORMULAS = {
    "jaccard": lambda a, b, c, d: Fraction(a, a + b + c),
    "kulczynski": lambda a, b, c, d: (Fraction(a, a + b) + Fraction(a, a + c)) / 2,
    "overlap": lambda a, b, c, d: Fraction(a, min(a + b, a + c)),
    "ochiai": lambda a, b, c, d: Fraction(a * a, (a + b) * (a + c)),
    "simple_matching": lambda a, b, c, d: Fraction(a + d, a + b + c + d),
    "russell_rao": lambda a, b, c, d: Fraction(a, a + b + c + d),
}


def distances(incidence: pd.DataFrame, coefficient: str) -> dict[frozenset, Fraction]:
    found = {}
    for i, j in combinations(incidence.index, 2):
        cells = [(bool(p), bool(q)) for p, q in zip(incidence.loc[i], incidence.loc[j], strict=True)]
        a, b, c, d = (cells.count(box) for box in ((True, True), (True, False), (False, True), (False, False)))
        if coefficient not in COUNT_ABSENCE and (a + b == 0 or a + c == 0):
            found[frozenset([i, j])] = Fraction(b + c > 0)
        else:
            found[frozenset([i, j])] = 1 - FORMULAS[coefficient](a, b, c, d)
    return found


def brute(incidence: pd.DataFrame, linkage: str, coefficient: str = "jaccard") -> set[tuple[float, ...]]:
    """The cophenetic distances (pairs in the order of the alphabet, nine decimals) of every tree that some tie-break leads to.

    Groups are sets of items with weights that sum to 1: equal ones in average linkage; in weighted linkage a join halves those of both
    sides. A mean distance is then the weighted sum over all pairs across. Only what is the same in every respect is not followed twice.
    """
    near = distances(incidence, coefficient)

    def apart(one, other):
        if linkage in MEANS:
            return sum(v * w * near[frozenset([i, j])] for i, v in one for j, w in other)
        return (min if linkage == "single" else max)(near[frozenset([i, j])] for i, _ in one for j, _ in other)

    def joined(one, other):
        share = Fraction(len(one), len(one) + len(other)) if linkage == "average" else Fraction(1, 2)
        return frozenset([(i, w * share) for i, w in one] + [(j, w * (1 - share)) for j, w in other])

    start = (frozenset(frozenset([(item, Fraction(1))]) for item in incidence.index), frozenset())
    ahead, seen, complete, known = [start], {start}, set(), {}
    while ahead:
        groups, heights = ahead.pop()
        if len(groups) == 1:
            complete.add(heights)
            continue
        steps = {}
        for one, other in combinations(groups, 2):
            pair = frozenset([one, other])
            if pair not in known:
                known[pair] = apart(one, other)
            steps[one, other] = known[pair]
        least = min(steps.values())
        for (one, other), height in steps.items():
            if height == least:
                met = frozenset((frozenset([i, j]), height) for i, _ in one for j, _ in other)
                after = (groups - {one, other} | {joined(one, other)}, heights | met)
                if after not in seen:
                    seen.add(after)
                    ahead.append(after)
    names = sorted(incidence.index)
    return {told({pair: 1 - sqrt(1 - h) if coefficient == "ochiai" else h for pair, h in tree}, names) for tree in complete}


def told(heights: dict[frozenset, Fraction], names: list[str]) -> tuple[float, ...]:
    return tuple(round(float(heights[frozenset(pair)]), 9) for pair in combinations(names, 2))


def shown(tree) -> tuple[float, ...]:
    square = tree.cophenetic()
    return tuple(round(float(square.at[i, j]), 9) for i, j in combinations(sorted(tree.items), 2))


@pytest.mark.parametrize("linkage", LINKAGES)
@settings(QUICK, max_examples=80)
@given(incidence=tables())
def test_the_trees_are_those_of_a_brute_force(linkage, incidence):
    trees = equally_right_trees(incidence, linkage=linkage)
    found = [shown(tree) for tree in trees]
    assert len(set(found)) == len(found)  # each tree once
    assert set(found) == brute(incidence, linkage)
    assert shown(group_tree(incidence, linkage=linkage)) in found
    for tree in trees:
        heights = [join.height for join in tree.joins]
        assert tree.items == tuple(incidence.index) and heights == sorted(heights) and len(heights) == len(incidence) - 1
        assert [len(tree.groups(k)) for k in range(1, len(incidence) + 1)] == list(range(1, len(incidence) + 1))


OTHERS = [(c, link) for c in FORMULAS if c != "jaccard" for link in LINKAGES if c != "ochiai" or link not in MEANS]


@pytest.mark.parametrize(("coefficient", "linkage"), OTHERS)
@settings(QUICK, max_examples=25)
@given(incidence=tables(rows=(2, 5), columns=(2, 4)))
def test_the_trees_of_other_coefficients_are_those_of_a_brute_force(coefficient, linkage, incidence):
    """Overlap calls a row and any row within it equal, Russell-Rao sets two equal rows apart."""
    found = [shown(tree) for tree in equally_right_trees(incidence, coefficient, linkage)]
    assert len(set(found)) == len(found) and set(found) == brute(incidence, linkage, coefficient)


@pytest.mark.parametrize("linkage", ["average", "weighted", "complete"])
def test_equal_rows_need_not_come_together_first_where_distance_0_is_no_equality(linkage):
    """p 100 and q 100, r 110, s 101, with overlap, by hand: p and q lie within r and s, so all pairs are at 0 but r-s (1/2).

    One right way: p with r, then q with s (both at 0), then both at 1/8 (a mean of three 0 and 1/2) or 1/2 (complete). So p and q can be
    parted, as well as with r or with s.
    """
    incidence = table("100", "100", "110", "101")
    expected = brute(incidence, linkage, "overlap")
    last = 1 / 2 if linkage == "complete" else 1 / 8
    assert (last, 0, last, last, 0, last) in expected  # p-q, p-r, p-s, q-r, q-s, r-s
    assert {shown(tree) for tree in equally_right_trees(incidence, "overlap", linkage)} == expected


@settings(QUICK, max_examples=20)
@given(tables(rows=(2, 5), columns=(1, 4)), LINKAGE)
def test_every_tree_of_scipy_is_among_them(incidence, linkage):
    """SciPy's tree depends on the order of the rows where distances are equal: all orders tried."""
    found = {shown(tree) for tree in equally_right_trees(incidence, linkage=linkage)}
    names = sorted(incidence.index)
    square = distance_matrix(incidence)
    for order in permutations(names):
        made = hierarchy.linkage(squareform(square.loc[list(order), list(order)].to_numpy()), linkage)
        heights = pd.DataFrame(squareform(hierarchy.cophenet(made)), index=order, columns=order)
        assert tuple(round(float(heights.at[i, j]), 9) for i, j in combinations(names, 2)) in found


@pytest.mark.parametrize("linkage", LINKAGES)
@pytest.mark.parametrize("name", ["resources", "relationships", "both", "traits"])
def test_the_trees_of_the_reviews(name, linkage, priebe, living_beings):
    """The brute force follows every tie of the ten models, too."""
    parts = {"both": ["resources", "relationships"]}.get(name, name)
    incidence = living_beings.incidence("traits") if name == "traits" else priebe.incidence(parts)
    found = [shown(tree) for tree in equally_right_trees(incidence, linkage=linkage)]
    assert len(set(found)) == len(found) and set(found) == brute(incidence, linkage)


def test_by_hand():
    """p 1100, q 0110, r 0011: p-q and q-r 2/3, p-r 1. Either pair is first; the third joins at the mean 5/6, at 1 (complete) or at 2/3 (single)."""
    incidence = table("1100", "0110", "0011")
    for linkage, last in (("average", 5 / 6), ("weighted", 5 / 6), ("complete", 1)):
        trees = equally_right_trees(incidence, linkage=linkage)
        assert [tree.groups(2) for tree in trees] == [[["p", "q"], ["r"]], [["p"], ["q", "r"]]]
        assert [[join.height for join in tree.joins] for tree in trees] == [pytest.approx([2 / 3, last])] * 2
        assert groups_in_all(trees) == {frozenset("pqr")}
    (only,) = equally_right_trees(incidence, linkage="single")
    assert [join.height for join in only.joins] == pytest.approx([2 / 3, 2 / 3])


@QUICK
@given(tables(), LINKAGE, st.randoms(use_true_random=False))
def test_the_order_of_rows_and_columns_changes_nothing(incidence, linkage, choose):
    other = incidence.loc[choose.sample(list(incidence.index), len(incidence)), choose.sample(list(incidence), incidence.shape[1])]
    trees, same = equally_right_trees(incidence, linkage=linkage), equally_right_trees(other, linkage=linkage)
    assert [shown(tree) for tree in trees] == [shown(tree) for tree in same]
    assert [tree.joins for tree in trees] == [tree.joins for tree in same]
    assert groups_in_all(trees) == groups_in_all(same)


@QUICK
@given(tables(), LINKAGE)
def test_groups_in_all_by_brute_force(incidence, linkage):
    """A group of two or more stands in a tree if it is all items within some height of one of them."""
    trees = equally_right_trees(incidence, linkage=linkage)
    shown_by = []
    for tree in trees:
        square = tree.cophenetic()
        near = {frozenset(square.index[square.loc[item] <= h]) for item, h in product(square.index, np.unique(square.to_numpy()))}
        shown_by.append({group for group in near if len(group) > 1})
    assert groups_in_all(trees) == set.intersection(*shown_by)


@pytest.mark.parametrize("linkage", LINKAGES)
@pytest.mark.parametrize(("cells", "height"), [(np.ones((9, 2)), 0), (np.eye(9), 1), (np.zeros((9, 2)), 0)], ids=["equal", "disjoint", "empty"])
def test_all_distances_equal_give_one_tree(cells, height, linkage):
    """However the 9 items are joined, any two come together at the one distance there is. No group but the whole is shown."""
    incidence = pd.DataFrame(cells, index=list("abcdefghi")).astype(bool)
    (only,) = equally_right_trees(incidence, linkage=linkage)
    assert {join.height for join in only.joins} == {height}
    assert groups_in_all([only]) == {frozenset("abcdefghi")}


def test_one_row_has_one_tree():
    (only,) = equally_right_trees(table("10"))
    assert only.joins == () and groups_in_all([only]) == set()


def test_many_equal_rows_are_no_ties_to_follow():
    """Fifty items, two kinds: one tree, at once."""
    incidence = pd.DataFrame([[True, False], [False, True]] * 25, index=[f"i{n:02d}" for n in range(50)])
    for linkage in LINKAGES:
        (only,) = equally_right_trees(incidence, linkage=linkage)
        assert sorted(map(len, only.groups(2))) == [25, 25] and [join.height for join in only.joins] == [0] * 48 + [1]


def test_unrelated_pairs_are_one_tree_however_many():
    """Nine pairs that share nothing with one another: in each, 110 and 101 join at 2/3, in any order, and all at 1. One tree."""
    cells = np.kron(np.eye(9, dtype=bool), np.array([[1, 1, 0], [1, 0, 1]], dtype=bool))
    for linkage in LINKAGES:
        assert len(equally_right_trees(pd.DataFrame(cells), linkage=linkage)) == 1


def test_too_many_give_none():
    """100 random rows of 12 cells (fixed seed) have too many equal distances to follow under complete linkage; single linkage always has one tree."""
    cells = np.random.default_rng(2014).integers(0, 2, (100, 12))
    incidence = pd.DataFrame(cells, index=[f"i{n:02d}" for n in range(100)]).astype(bool)
    assert equally_right_trees(incidence, linkage="complete") is None
    assert len(equally_right_trees(incidence, linkage="single")) == 1


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"linkage": "ward"}, "Use one of: average, complete, single, weighted"),
        ({"linkage": "complte"}, "Did you mean complete"),
        ({"coefficient": "jacard"}, "Did you mean jaccard"),
        ({"coefficient": "ochiai"}, "ochiai holds a root"),
        ({"coefficient": "ochiai", "linkage": "weighted"}, "ochiai holds a root"),
        ({"empty": "same"}, "empty='same' is not possible"),
    ],
)
def test_errors_in_words(options, words):
    with pytest.raises(SynopsisError, match=words):
        equally_right_trees(table("10", "01"), **options)


def test_unclear_cells_are_refused():
    with pytest.raises(SynopsisError, match="unclear cells"):
        equally_right_trees(pd.DataFrame({"x": ["yes", "unclear"]}, index=["p", "q"]))


def test_what_is_not_known_is_not_said():
    """`equally_right_trees` answers None where the trees are too many; no group is then called certain, or uncertain."""
    with pytest.raises(SynopsisError, match="not known which groups"):
        groups_in_all(None)
