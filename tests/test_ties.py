"""What ties lead to, against an agglomeration that is written out here and follows every tied choice, one join at a time."""

from __future__ import annotations

from dataclasses import dataclass
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
from helpers.ties import best_cophenetic, best_silhouette, cophenetic_range, multidendrogram, silhouette_ranges, tie_census

QUICK = settings(derandomize=True, deadline=None, max_examples=40)
LINKAGE = st.sampled_from(LINKAGES)
MEANS = ("average", "weighted")
COUNT_ABSENCE = ("simple_matching", "russell_rao")


def table(*rows: str, names: str = "pqrstuvw") -> pd.DataFrame:
    """A table from words such as "110": 1 yes, 0 no."""
    return pd.DataFrame([list(row) for row in rows], index=list(names[: len(rows)]), columns=[f"c{n}" for n in range(len(rows[0]))]).eq("1")


@st.composite
def tables(draw, rows=(1, 6), columns=(1, 6)):
    """Few columns, so that ties are common. The alphabet does not follow the order of the rows."""
    n_rows, n_columns = draw(st.integers(*rows)), draw(st.integers(*columns))
    cells = draw(st.lists(st.lists(st.booleans(), min_size=n_columns, max_size=n_columns), min_size=n_rows, max_size=n_rows))
    return pd.DataFrame(cells, index=draw(st.permutations([f"r{n}" for n in range(n_rows)])), columns=[f"c{n}" for n in range(n_columns)])


def random_table(seed: int, rows: int, columns: int) -> pd.DataFrame:
    cells = np.random.default_rng(seed).integers(0, 2, (rows, columns))
    return pd.DataFrame(cells, index=[f"r{n}" for n in range(rows)], columns=[f"c{n}" for n in range(columns)]).astype(bool)


# Similarities from methods.md, of a, b, c and d; the square for Ochiai. Two empty rows have 1, an empty and a non-empty one 0.
FORMULAS = {
    "jaccard": lambda a, b, c, d: Fraction(a, a + b + c),
    "kulczynski": lambda a, b, c, d: (Fraction(a, a + b) + Fraction(a, a + c)) / 2,
    "overlap": lambda a, b, c, d: Fraction(a, min(a + b, a + c)),
    "ochiai": lambda a, b, c, d: Fraction(a * a, (a + b) * (a + c)),
    "simple_matching": lambda a, b, c, d: Fraction(a + d, a + b + c + d),
    "russell_rao": lambda a, b, c, d: Fraction(a, a + b + c + d),
}


def distances(incidence: pd.DataFrame, coefficient: str = "jaccard", empty: str = "identical") -> dict[frozenset, Fraction]:
    found = {}
    for i, j in combinations(incidence.index, 2):
        cells = [(bool(p), bool(q)) for p, q in zip(incidence.loc[i], incidence.loc[j], strict=True)]
        a, b, c, d = (cells.count(box) for box in ((True, True), (True, False), (False, True), (False, False)))
        if coefficient not in COUNT_ABSENCE and (a + b == 0 or a + c == 0):
            found[frozenset([i, j])] = Fraction(b + c > 0 or empty == "different")
        else:
            found[frozenset([i, j])] = 1 - FORMULAS[coefficient](a, b, c, d)
    return found


@dataclass
class Brute:
    """All that tie-breaks lead to.

    `trees`: each as the heights of its pairs of items, and how likely it is if every tie is broken by lot. `topologies`: each as its
    groups of two or more items, and its tree; None where only trees were followed. `partitions`: those met, for each number of groups.
    """

    items: list
    trees: dict[frozenset, Fraction]
    topologies: dict[frozenset, frozenset] | None
    partitions: dict[int, set]

    def balls(self) -> dict[frozenset, dict[frozenset, Fraction]]:
        """The clades of each tree with their heights: for an item and a height, all items that are no farther from it."""
        return {tree: self._balls(dict(tree)) for tree in self.trees}

    def _balls(self, height: dict[frozenset, Fraction]) -> dict[frozenset, Fraction]:
        near = {(i, h): {j for j in self.items if j == i or height[frozenset([i, j])] <= h} for i, h in product(self.items, set(height.values()))}
        return {frozenset(ball): max(height[frozenset(pair)] for pair in combinations(ball, 2)) for ball in near.values() if len(ball) > 1}


def brute(incidence: pd.DataFrame, linkage: str, coefficient: str = "jaccard", empty: str = "identical", topologies: bool = True) -> Brute:
    """Follow every tied pair at every step, each with the same chance.

    Groups are sets of items with weights that sum to 1: equal ones in average linkage; in weighted linkage a join halves those of both
    sides. A mean distance is then the weighted sum over all pairs across. Only what is the same in every respect is not followed twice:
    a state is the groups, and either all joins so far with their heights or, without topologies, the heights of the pairs met so far.
    """
    near = distances(incidence, coefficient, empty)
    known: dict = {}

    def apart(one, other):
        if linkage in MEANS:
            return sum(v * w * near[frozenset([i, j])] for i, v in one for j, w in other)
        return (min if linkage == "single" else max)(near[frozenset([i, j])] for i, _ in one for j, _ in other)

    def joined(one, other):
        share = Fraction(len(one), len(one) + len(other)) if linkage == "average" else Fraction(1, 2)
        if linkage not in MEANS:
            return one | other
        return frozenset([(i, w * share) for i, w in one] + [(j, w * (1 - share)) for j, w in other])

    def tied(groups):
        for one, other in combinations(groups, 2):
            if (one, other) not in known:
                known[one, other] = known[other, one] = apart(one, other)
        least = min(known[pair] for pair in combinations(groups, 2))
        return [(one, other, least) for one, other in combinations(groups, 2) if known[one, other] == least]

    level = {(frozenset(frozenset([(item, Fraction(1))]) for item in incidence.index), frozenset()): Fraction(1)}
    partitions = {len(incidence): {frozenset(frozenset([item]) for item in incidence.index)}}
    for k in range(len(incidence) - 1, 0, -1):
        after: dict = {}
        for (groups, told), chance in level.items():
            choices = tied(groups)
            for one, other, height in choices:
                clade = frozenset(i for i, _ in one | other)
                met = [(clade, height)] if topologies else [(frozenset([i, j]), height) for i, _ in one for j, _ in other]
                state = (groups - {one, other} | {joined(one, other)}, told | frozenset(met))
                after[state] = after.get(state, 0) + chance / len(choices)
        level = after
        partitions[k] = {frozenset(frozenset(i for i, _ in group) for group in groups) for groups, _ in level}
    trees, shapes = {}, {}
    for (_, told), chance in level.items():
        tree = _pair_heights(told, list(incidence.index)) if topologies else told
        trees[tree] = trees.get(tree, 0) + chance
        if topologies:
            shapes[frozenset(clade for clade, _ in told)] = tree
    assert sum(trees.values()) == 1
    return Brute(list(incidence.index), trees, shapes if topologies else None, partitions)


def _pair_heights(told: frozenset, items: list) -> frozenset:
    """Two items come together at the height of the smallest group that holds both."""
    pairs = [frozenset(pair) for pair in combinations(items, 2)]
    return frozenset((pair, min(((len(clade), h) for clade, h in told if pair <= clade))[1]) for pair in pairs)


def decimal(key: Fraction, coefficient: str = "jaccard") -> float:
    return 1 - sqrt(1 - key) if coefficient == "ochiai" else float(key)


def told(tree: frozenset, names: list, coefficient: str = "jaccard") -> tuple[float, ...]:
    """The heights of a tree, pairs in the order of the alphabet, nine decimals."""
    heights = dict(tree)
    return tuple(round(decimal(heights[frozenset(pair)], coefficient), 9) for pair in combinations(names, 2))


def shown(tree) -> tuple[float, ...]:
    square = tree.cophenetic()
    return tuple(round(float(square.at[i, j]), 9) for i, j in combinations(sorted(tree.items), 2))


def shown_places(census) -> list[tuple[float, ...]]:
    """The trees of `some_trees`, which knows a clade by the places of its items in `names`, as bits."""
    trees, places = [dict(tree) for tree in census.some_trees()], range(len(census.names))
    assert list(census.names) == sorted(census.names)
    bits = [1 << i | 1 << j for i, j in combinations(places, 2)]
    return [tuple(round(min(height for clade, height in tree.items() if clade & pair == pair), 9) for pair in bits) for tree in trees]


def support(census) -> dict[frozenset, dict[str, float]]:
    frame = census.clade_support()
    assert frame.index.is_unique and list(frame) == ["by_topology", "by_tree", "by_random_ties", "error", "lowest", "highest"]
    return dict(zip(frame.index, frame.to_dict("records"), strict=True))


def assert_same(census, expected: Brute, coefficient: str = "jaccard") -> None:
    """Everything a census tells, against the brute force."""
    names, n = sorted(expected.items), len(expected.items)
    assert census.exact and census.listed and census.n_drawn == 0
    assert census.n_trees == len(expected.trees)
    found = [shown(tree) for tree in census.trees()]
    assert len(set(found)) == len(found)  # each tree once
    assert set(found) == {told(tree, names, coefficient) for tree in expected.trees}
    assert sorted(shown_places(census)) == sorted(found)
    for k in range(1, n + 1):
        assert census.partitions(k) == expected.partitions[k], k
        together = [{frozenset(pair) for group in partition for pair in combinations(group, 2)} for partition in expected.partitions[k]]
        assert census.common_pairs(k) == set.intersection(*together), k
    balls, held = expected.balls(), support(census)
    everywhere = [set(of_tree) for of_tree in balls.values()]
    assert set(held) == set.union(*everywhere)
    assert census.common_clades() == set.intersection(*everywhere)
    for clade, row in held.items():
        holding = [tree for tree in expected.trees if clade in balls[tree]]
        assert row["by_tree"] == pytest.approx(len(holding) / len(expected.trees), abs=1e-12), clade
        assert row["by_random_ties"] == pytest.approx(float(sum(expected.trees[tree] for tree in holding)), abs=1e-11), clade
        heights = [decimal(balls[tree][clade], coefficient) for tree in holding]
        assert (row["lowest"], row["highest"]) == pytest.approx((min(heights), max(heights)), abs=1e-12), clade
        assert row["error"] == 0
    if expected.topologies is not None:
        assert census.n_topologies == len(expected.topologies)
        for clade, row in held.items():
            with_it = sum(clade in topology for topology in expected.topologies)
            assert row["by_topology"] == pytest.approx(with_it / len(expected.topologies), abs=1e-12), clade


# ------------------------------------------------------------------ the census


@pytest.mark.parametrize("linkage", LINKAGES)
@settings(QUICK, max_examples=60)
@given(incidence=tables())
def test_the_census_is_that_of_a_brute_force(linkage, incidence):
    census = tie_census(incidence, linkage=linkage)
    assert_same(census, brute(incidence, linkage))
    assert shown(group_tree(incidence, linkage=linkage)) in [shown(tree) for tree in census.trees()]
    for tree in census.trees():
        heights = [join.height for join in tree.joins]
        assert tree.items == tuple(incidence.index) and heights == sorted(heights) and len(heights) == len(incidence) - 1


@pytest.mark.parametrize("linkage", LINKAGES)
@pytest.mark.parametrize("seed", range(12))
def test_full_tables_by_brute_force(linkage, seed):
    """Six or seven rows of three or four cells (fixed seeds): larger than hypothesis mostly draws, and full of ties."""
    incidence = random_table(seed, 6 + seed % 2, 3 + seed % 2)
    assert_same(tie_census(incidence, linkage=linkage), brute(incidence, linkage))


OTHERS = [(c, link) for c in FORMULAS if c != "jaccard" for link in LINKAGES if c != "ochiai" or link not in MEANS]


@pytest.mark.parametrize(("coefficient", "linkage"), OTHERS)
@settings(QUICK, max_examples=12)
@given(incidence=tables(rows=(2, 5), columns=(2, 4)))
def test_other_coefficients_by_brute_force(coefficient, linkage, incidence):
    """Overlap calls a row and any row within it equal, Russell-Rao sets two equal rows apart, Ochiai holds a root."""
    assert_same(tie_census(incidence, coefficient, linkage), brute(incidence, linkage, coefficient), coefficient)


@pytest.mark.parametrize("linkage", LINKAGES)
@settings(QUICK, max_examples=15)
@given(incidence=tables(rows=(2, 5), columns=(1, 2)))
def test_empty_rows_may_differ(linkage, incidence):
    """With empty="different" two empty rows are at distance 1."""
    assert_same(tie_census(incidence, linkage=linkage, empty="different"), brute(incidence, linkage, empty="different"))


@pytest.mark.parametrize("linkage", ["average", "weighted", "complete"])
def test_equal_rows_need_not_come_together_first_where_distance_0_is_no_equality(linkage):
    """p 100 and q 100, r 110, s 101, with overlap, by hand: p and q lie within r and s, so all pairs are at 0 but r-s (1/2).

    One right way: p with r, then q with s (both at 0), then both at 1/8 (a mean of three 0 and 1/2) or 1/2 (complete). So p and q can be
    parted, as well as with r or with s.
    """
    incidence = table("100", "100", "110", "101")
    expected = brute(incidence, linkage, "overlap")
    last = 1 / 2 if linkage == "complete" else 1 / 8
    assert (last, 0, last, last, 0, last) in {told(tree, list("pqrs")) for tree in expected.trees}  # p-q, p-r, p-s, q-r, q-s, r-s
    census = tie_census(incidence, "overlap", linkage)
    assert_same(census, expected)
    assert frozenset({frozenset("pr"), frozenset("qs")}) in census.partitions(2)


@settings(QUICK, max_examples=15)
@given(tables(rows=(2, 5), columns=(1, 4)), LINKAGE)
def test_all_that_scipy_finds_is_in_the_census(incidence, linkage):
    """SciPy's tree and partitions depend on the order of the rows where distances are equal: all orders tried."""
    names = sorted(incidence.index)
    census, square = tie_census(incidence, linkage=linkage), distance_matrix(incidence)
    found, held = {shown(tree) for tree in census.trees()}, set(support(census))
    partitions = {k: census.partitions(k) for k in range(1, len(names) + 1)}
    for order in permutations(names):
        made = hierarchy.linkage(squareform(square.loc[list(order), list(order)].to_numpy()), linkage)
        heights = pd.DataFrame(squareform(hierarchy.cophenet(made)), index=order, columns=order).round(9)
        assert tuple(float(heights.at[i, j]) for i, j in combinations(names, 2)) in found
        assert {frozenset(heights.index[heights[i] <= h]) for i in names for h in heights[i] if h or (heights[i] <= h).sum() > 1} <= held | {
            frozenset([i]) for i in names
        }
        groups = [frozenset([name]) for name in order]
        for row in made:
            groups.append(groups[int(row[0])] | groups[int(row[1])])
            now = frozenset(g for g in groups if not any(g < h for h in groups))
            assert now in partitions[len(now)]


REVIEWS = ["resources", "relationships", "both", "traits"]


def review_table(name, priebe, living_beings):
    parts = {"both": ["resources", "relationships"]}.get(name, name)
    return living_beings.incidence("traits") if name == "traits" else priebe.incidence(parts)


@pytest.mark.parametrize("linkage", LINKAGES)
@pytest.mark.parametrize("name", REVIEWS)
def test_the_reviews_by_brute_force(name, linkage, priebe, living_beings):
    """The brute force follows every tie of the ten models, too (their topologies are too many for it to list)."""
    incidence = review_table(name, priebe, living_beings)
    assert_same(tie_census(incidence, linkage=linkage), brute(incidence, linkage, topologies=False))


@pytest.mark.parametrize("linkage", LINKAGES)
def test_the_topologies_of_the_living_beings_by_brute_force(linkage, living_beings):
    incidence = living_beings.incidence("traits")
    assert_same(tie_census(incidence, linkage=linkage), brute(incidence, linkage))


def test_by_hand():
    """p 1100, q 0110, r 0011: p-q and q-r 2/3, p-r 1. Either pair is first; the third joins at the mean 5/6, at 1 (complete) or at 2/3 (single)."""
    incidence = table("1100", "0110", "0011")
    for linkage, last in (("average", 5 / 6), ("weighted", 5 / 6), ("complete", 1)):
        census = tie_census(incidence, linkage=linkage)
        assert [tree.groups(2) for tree in census.trees()] == [[["p", "q"], ["r"]], [["p"], ["q", "r"]]]
        assert [[join.height for join in tree.joins] for tree in census.trees()] == [pytest.approx([2 / 3, last])] * 2
        assert census.common_clades() == {frozenset("pqr")} and census.n_topologies == 2
        row = support(census)[frozenset("pq")]
        assert (row["by_topology"], row["by_tree"], row["by_random_ties"], row["lowest"]) == pytest.approx((1 / 2, 1 / 2, 1 / 2, 2 / 3))
    census = tie_census(incidence, linkage="single")
    (only,) = census.trees()  # p-q then r, or q-r then p: one tree, two topologies, no clade but the whole
    assert [join.height for join in only.joins] == pytest.approx([2 / 3, 2 / 3])
    assert census.n_topologies == 2 and set(support(census)) == {frozenset("pqr")}
    assert census.partitions(2) == {frozenset({frozenset("pq"), frozenset("r")}), frozenset({frozenset("p"), frozenset("qr")})}


def test_shares_that_differ_by_hand():
    """Shares by topology, by tree and by lot are three things. Complete linkage; p, q, r, s in a line: p-q, q-r, r-s at 2/3, all else 1.

    {p-q, r-s} comes about if the first join is p-q or r-s (2 of 3; the other then follows), {q-r} otherwise (1 of 3). The rest joins at 1.
    Two trees, so p-q is in 1/2 of them, and in 2/3 by lot. Topologies: after p-q and r-s one, after q-r three groups at 1, hence three. So p-q
    is in 1/4, q-r in 3/4 by topology.
    """
    incidence = table("11000", "01100", "00110", "00011")
    row = support(tie_census(incidence, linkage="complete"))
    assert [row[frozenset(pair)]["by_tree"] for pair in ("pq", "qr", "rs")] == pytest.approx([1 / 2, 1 / 2, 1 / 2])
    assert [row[frozenset(pair)]["by_random_ties"] for pair in ("pq", "qr", "rs")] == pytest.approx([2 / 3, 1 / 3, 2 / 3])
    assert [row[frozenset(pair)]["by_topology"] for pair in ("pq", "qr", "rs")] == pytest.approx([1 / 4, 3 / 4, 1 / 4])


@QUICK
@given(tables(), LINKAGE, st.randoms(use_true_random=False))
def test_the_order_of_rows_and_columns_changes_nothing(incidence, linkage, choose):
    other = incidence.loc[choose.sample(list(incidence.index), len(incidence)), choose.sample(list(incidence), incidence.shape[1])]
    census, same = tie_census(incidence, linkage=linkage), tie_census(other, linkage=linkage)
    assert [tree.joins for tree in census.trees()] == [tree.joins for tree in same.trees()]
    assert (census.n_trees, census.n_topologies, census.common_clades()) == (same.n_trees, same.n_topologies, same.common_clades())
    pd.testing.assert_frame_equal(census.clade_support(), same.clade_support(), check_exact=True)
    assert cophenetic_range(census) == cophenetic_range(same) or len(incidence) < 3 or np.isnan(cophenetic_range(census).least)
    pd.testing.assert_frame_equal(silhouette_ranges(census), silhouette_ranges(same), check_exact=True)
    assert multidendrogram(incidence, linkage=linkage).joins == multidendrogram(other, linkage=linkage).joins


# ------------------------------------------------------------------ odd tables


@pytest.mark.parametrize("linkage", LINKAGES)
@pytest.mark.parametrize(("cells", "height"), [(np.ones((10, 2)), 0), (np.eye(10), 1), (np.zeros((10, 2)), 0)], ids=["equal", "disjoint", "empty"])
def test_all_distances_equal_give_one_tree(cells, height, linkage):
    """However the 10 items are joined, any two come together at the one distance there is. No group but the whole is shown.

    Any rooted binary tree on 10 leaves can come about: 17!! = 34,459,425 (Schroeder 1870). Into 2 groups: 2^9 - 1 ways.
    """
    incidence = pd.DataFrame(cells, index=list("abcdefghij")).astype(bool)
    census = tie_census(incidence, linkage=linkage)
    assert census.exact and census.n_topologies == 34_459_425
    (only,) = census.trees()
    assert {join.height for join in only.joins} == {height}
    assert census.common_clades() == {frozenset("abcdefghij")} == set(support(census))
    assert len(census.partitions(2)) == 511 and len(census.partitions(9)) == 45
    assert np.isnan(cophenetic_range(census).least) and np.isnan(cophenetic_range(census).most)
    (join,) = multidendrogram(incidence, linkage=linkage).joins
    assert (len(join.parts), join.height, join.top) == (10, height, height)


@pytest.mark.parametrize("linkage", LINKAGES)
def test_one_row_and_two(linkage):
    census = tie_census(table("10"), linkage=linkage)
    (only,) = census.trees()
    assert only.joins == () and census.common_clades() == set() and (census.n_trees, census.n_topologies) == (1, 1)
    assert census.partitions(1) == {frozenset({frozenset("p")})} and len(census.clade_support()) == 0 and census.common_pairs(1) == set()
    assert np.isnan(cophenetic_range(census).least) and len(silhouette_ranges(census)) == 0
    assert multidendrogram(table("10"), linkage=linkage).joins == ()
    census = tie_census(table("10", "11"), linkage=linkage)
    assert support(census)[frozenset("pq")]["lowest"] == 1 / 2 and np.isnan(cophenetic_range(census).most) and len(silhouette_ranges(census)) == 0


@pytest.mark.parametrize("linkage", LINKAGES)
@pytest.mark.parametrize("most_work", [4_000_000, 0])
@pytest.mark.parametrize("names", [[2, 10, 33, 4], ["Ωδή", "мир", "ä", "本"]], ids=["numbers", "scripts"])
def test_other_names(linkage, most_work, names):
    """A name stays what it is, a number or a word of any script."""
    cells = table("1100", "0110", "0011", "0001")
    renamed = dict(zip(cells.index, names, strict=True))
    census, same = tie_census(cells.rename(index=renamed), linkage=linkage, most_work=most_work), tie_census(cells, linkage=linkage)
    for k in range(1, 5):
        expected = {frozenset(frozenset(renamed[i] for i in group) for group in partition) for partition in same.partitions(k)}
        assert census.partitions(k) == expected  # a thousand draws meet all of so few
    assert set(support(census)) == {frozenset(renamed[i] for i in clade) for clade in support(same)}
    assert {item for join in multidendrogram(cells.rename(index=renamed), linkage=linkage).joins for item in join.members} == set(names)


def test_many_equal_rows_are_no_ties_to_follow():
    """Fifty items, two kinds: one tree, at once. By hand: 47!! topologies of each 25, and one way to join the two."""
    incidence = pd.DataFrame([[True, False], [False, True]] * 25, index=[f"i{n:02d}" for n in range(50)])
    for linkage in LINKAGES:
        census = tie_census(incidence, linkage=linkage)
        (only,) = census.trees()
        assert sorted(map(len, only.groups(2))) == [25, 25] and [join.height for join in only.joins] == [0] * 48 + [1]
        assert census.n_topologies == np.prod(np.arange(1, 48, 2, dtype=object)) ** 2


def test_unrelated_pairs_are_one_tree_however_many():
    """Nine pairs that share nothing with one another: in each, 110 and 101 join at 2/3, in any order, and all at 1. One tree; 15!! topologies."""
    cells = np.kron(np.eye(9, dtype=bool), np.array([[1, 1, 0], [1, 0, 1]], dtype=bool))
    for linkage in LINKAGES:
        census = tie_census(pd.DataFrame(cells), linkage=linkage)
        assert (census.n_trees, census.n_topologies) == (1, 2_027_025)


def all_but_one_pair(n: int) -> pd.DataFrame:
    """Overlap: every distance is 0 but that of the rows 10 and 01, which is 1; all other rows are 11."""
    return pd.DataFrame([[1, 0], [0, 1]] + [[1, 1]] * (n - 2), index=[f"i{place:02d}" for place in range(n)]).astype(bool)


@pytest.mark.parametrize("linkage", ["complete", "average"])
@pytest.mark.parametrize("n", [6, 10])
def test_few_trees_however_many_ways_lead_to_them(linkage, n):
    """By hand: each row 11 goes with 10 or with 01 (at 0), 2^(n-2) ways, each a tree of its own; then the two sides join."""
    census = tie_census(all_but_one_pair(n), "overlap", linkage)
    assert census.n_trees in (2 ** (n - 2), None)  # None if drawn
    held = support(census)
    with_third = [clade for clade in held if {"i00", "i02"} <= clade and "i01" not in clade]
    without = [clade for clade in held if "i00" in clade and not {"i01", "i02"} & clade]
    if census.exact:
        assert len(with_third) == 2 ** (n - 3) and len(without) == 2 ** (n - 3) - 1  # i00 alone is no clade
        drawn = any(held[clade]["error"] for clade in held)  # the chances, that is; their standard error then is at most 0.016
        assert sum(held[clade]["by_random_ties"] for clade in with_third) == pytest.approx(1 / 2, abs=0.08 if drawn else 1e-9)  # either side
    assert frozenset(census.names) in census.common_clades()


@pytest.mark.parametrize("linkage", LINKAGES)
@pytest.mark.parametrize("n", [4, 6])
def test_all_but_one_pair_by_brute_force(n, linkage):
    assert_same(tie_census(all_but_one_pair(n), "overlap", linkage), brute(all_but_one_pair(n), linkage, "overlap"))


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
    for made in (tie_census, multidendrogram):
        with pytest.raises(SynopsisError, match=words):
            made(table("10", "01"), **options)


@pytest.mark.parametrize("k", [0, -1, 3])
@pytest.mark.parametrize("most_work", [4_000_000, 0])
def test_as_many_groups_as_there_can_be(k, most_work):
    with pytest.raises(SynopsisError, match="1 to 2 groups"):
        tie_census(table("10", "01"), most_work=most_work).partitions(k)


def test_unclear_cells_are_refused():
    with pytest.raises(SynopsisError, match="unclear cells"):
        tie_census(pd.DataFrame({"x": ["yes", "unclear"]}, index=["p", "q"]))


# ------------------------------------------------------------------ drawn trees


@pytest.mark.parametrize("linkage", LINKAGES)
@pytest.mark.parametrize("seed", range(5))
def test_drawn_trees_are_some_of_all(linkage, seed):
    """A share of 1,000 draws has the standard error sqrt(p (1 - p) / 1,000); within 5 of them."""
    incidence, work = random_table(seed, 6, 4), (0, 1, 5, 40, 0)[seed]
    census, expected = tie_census(incidence, linkage=linkage, most_work=work), brute(incidence, linkage)
    assert not census.exact and not census.listed and census.n_trees is None and census.n_topologies is None and census.n_drawn == 1_000
    names, balls, held = sorted(incidence.index), expected.balls(), support(census)
    assert set(shown_places(census)) <= {told(tree, names) for tree in expected.trees}
    for clade in {ball for of_tree in balls.values() for ball in of_tree}:
        likely = float(sum(chance for tree, chance in expected.trees.items() if clade in balls[tree]))
        row = held.pop(clade, {"by_random_ties": 0.0, "error": 0.0, "by_tree": np.nan, "by_topology": np.nan})
        assert abs(row["by_random_ties"] - likely) <= 5 * sqrt(likely * (1 - likely) / 1_000) + 1e-9
        assert row["error"] == pytest.approx(sqrt(row["by_random_ties"] * (1 - row["by_random_ties"]) / 1_000))
        assert np.isnan(row["by_tree"]) and np.isnan(row["by_topology"])
    assert not held
    for k in range(1, len(incidence) + 1):
        assert census.partitions(k) <= expected.partitions[k]
    assert set.intersection(*map(set, balls.values())) <= census.common_clades()
    other = tie_census(incidence.sort_values(list(incidence))[::-1], linkage=linkage, most_work=work)
    pd.testing.assert_frame_equal(census.clade_support(), other.clade_support(), check_exact=True)
    pd.testing.assert_frame_equal(silhouette_ranges(census), silhouette_ranges(other), check_exact=True)
    with pytest.raises(SynopsisError, match="too many to list"):
        census.trees()


@pytest.mark.parametrize("linkage", LINKAGES)
def test_each_drawn_tree_once(linkage):
    """a-d (01) and b-c (00) are two pairs of equal rows, e (10) shares nothing: one tree, whichever pair is drawn first. `n` counts trees."""
    census = tie_census(table("01", "00", "00", "01", "10", names="abcde"), linkage=linkage, most_work=0)
    assert len(shown_places(census)) == 1 and cophenetic_range(census).n == 1


def test_single_linkage_has_one_tree_however_many_ties():
    """Forty random rows of 12 cells (fixed seed): no tie-break changes the heights of single linkage, so that its one tree is always known."""
    cells = np.random.default_rng(2014).integers(0, 2, (40, 12))
    incidence = pd.DataFrame(cells, index=[f"i{n:02d}" for n in range(40)]).astype(bool)
    census = tie_census(incidence, linkage="single")
    assert census.n_trees == 1 and len(census.some_trees()) == 1
    assert (census.clade_support()["by_tree"] == 1).all() and census.n_drawn == 0


def test_too_many_to_follow_are_drawn():
    """Forty random rows of 12 cells (fixed seed) have too many equal distances to follow under complete linkage."""
    cells = np.random.default_rng(2014).integers(0, 2, (40, 12))
    incidence = pd.DataFrame(cells, index=[f"i{n:02d}" for n in range(40)]).astype(bool)
    census = tie_census(incidence, linkage="complete", most_work=100_000)
    assert not census.exact and census.n_trees is None and len(census.some_trees()) > 1
    assert not silhouette_ranges(census)["exact"].any() and not cophenetic_range(census).exact


# ------------------------------------------------------------------ ranges


def mean_width(near: dict[frozenset, Fraction], partition: frozenset) -> Fraction:
    """Rousseeuw (1987), written out: 0 alone in a group, and 0 where both means are 0."""
    widths = []
    for group in partition:
        for item in group:
            means = [Fraction(sum(near[frozenset([item, j])] for j in other), len(other)) for other in partition if other != group]
            own = sum(near[frozenset([item, j])] for j in group if j != item)
            a, b = own / Fraction(max(len(group) - 1, 1)), min(means)
            widths.append(Fraction(0) if len(group) == 1 or max(a, b) == 0 else (b - a) / max(a, b))
    return sum(widths) / len(widths)


def correlations(near: dict[frozenset, Fraction], trees) -> list[float]:
    """Pearson's r, from sums of fractions; nothing where it is undefined."""
    found = []
    for tree in map(dict, trees):
        pairs = [(near[pair], tree[pair]) for pair in near]
        n, x, y = len(pairs), sum(p for p, _ in pairs), sum(q for _, q in pairs)
        over = n * sum(p * q for p, q in pairs) - x * y
        under = (n * sum(p * p for p, _ in pairs) - x * x) * (n * sum(q * q for _, q in pairs) - y * y)
        if under:
            found.append(float(over) / sqrt(under))
    return found


def assert_ranges(incidence: pd.DataFrame, linkage: str, expected: Brute) -> None:
    near, census = distances(incidence), tie_census(incidence, linkage=linkage)
    found, told_of = cophenetic_range(census), correlations(near, expected.trees)
    assert found.n == len(expected.trees) and found.exact
    if told_of:
        assert (found.least, found.most) == pytest.approx((min(told_of), max(told_of)), abs=1e-9)
    else:
        assert np.isnan(found.least) and np.isnan(found.most)
    ranges = silhouette_ranges(census)
    assert list(ranges.index) == list(range(2, len(incidence)))
    for k, row in ranges.iterrows():
        widths = [float(mean_width(near, partition)) for partition in expected.partitions[k]]
        assert (row["least"], row["most"]) == pytest.approx((min(widths), max(widths)), abs=1e-9), k
        assert row["partitions"] == len(widths) and row["exact"] == "yes"


@pytest.mark.parametrize("linkage", LINKAGES)
@settings(QUICK, max_examples=25)
@given(incidence=tables(rows=(1, 6)))
def test_ranges_by_brute_force(linkage, incidence):
    expected = brute(incidence, linkage, topologies=False)
    assert_ranges(incidence, linkage, expected)
    if linkage == "average":
        near, k = distances(incidence), range(2, len(incidence))
        widths = [float(mean_width(near, partition)) for groups in k for partition in expected.partitions[groups]]
        assert best_silhouette(incidence) == pytest.approx(max(widths, default=float("nan")), abs=1e-9, nan_ok=True)
        assert best_silhouette(incidence.to_numpy()) == pytest.approx(best_silhouette(incidence), nan_ok=True)
        best = max(correlations(near, expected.trees), default=float("nan"))
        assert best_cophenetic(incidence.to_numpy()) == pytest.approx(best, abs=1e-9, nan_ok=True)


@pytest.mark.parametrize("name", ["resources", "relationships"])
def test_ranges_of_the_review_by_brute_force(name, priebe):
    incidence = priebe.incidence(name)
    assert_ranges(incidence, "average", brute(incidence, "average", topologies=False))


# ------------------------------------------------------------------ multidendrogram


def tied_joins(incidence: pd.DataFrame, linkage: str) -> list[tuple[frozenset, float, float]]:
    """Fernandez and Gomez (2008), from the definition: all that hang together at the smallest distance are one group.

    The distance of two groups is that of their items: the mean of all pairs across (average), the mean with each part of a group counted alike,
    whatever its size (weighted), the largest, or the smallest.
    """
    near = distances(incidence)
    groups = [{item: Fraction(1)} for item in incidence.index]

    def apart(one, other):
        pairs = [(near[frozenset([i, j])], v * w if linkage == "weighted" else 1) for i, v in one.items() for j, w in other.items()]
        if linkage in MEANS:
            return sum(d * w for d, w in pairs) / Fraction(sum(w for _, w in pairs))
        return (min if linkage == "single" else max)(d for d, _ in pairs)

    joins = []
    while len(groups) > 1:
        square = {(i, j): apart(groups[i], groups[j]) for i, j in permutations(range(len(groups)), 2)}
        least, mark = min(square.values()), list(range(len(groups)))
        for (i, j), d in square.items():
            if d == least:
                mark = [mark[i] if m == mark[j] else m for m in mark]
        after = []
        for one in sorted(set(mark)):
            members = [i for i, m in enumerate(mark) if m == one]
            after.append({item: weight / len(members) for i in members for item, weight in groups[i].items()})
            if len(members) > 1:
                parts = frozenset(frozenset(groups[i]) for i in members)
                joins.append((parts, float(least), float(max(square[i, j] for i, j in permutations(members, 2)))))
        groups = after
    return joins


def assert_joins(incidence: pd.DataFrame, linkage: str) -> None:
    found = multidendrogram(incidence, linkage=linkage)
    joins = [(frozenset(join.parts), round(join.height, 9), round(join.top, 9)) for join in found.joins]
    assert len(joins) == len(set(joins)) and found.items == tuple(incidence.index)
    assert set(joins) == {(parts, round(height, 9), round(top, 9)) for parts, height, top in tied_joins(incidence, linkage)}
    heights = [join.height for join in found.joins]
    assert heights == sorted(heights) and all(join.height <= join.top for join in found.joins)
    assert len(found.to_frame()) == len(found.joins)


@pytest.mark.parametrize("linkage", LINKAGES)
@settings(QUICK, max_examples=40)
@given(incidence=tables(rows=(1, 8)))
def test_the_multidendrogram_is_that_of_the_definition(linkage, incidence):
    assert_joins(incidence, linkage)


@pytest.mark.parametrize("linkage", LINKAGES)
@pytest.mark.parametrize("name", REVIEWS)
def test_the_multidendrograms_of_the_reviews(name, linkage, priebe, living_beings):
    assert_joins(review_table(name, priebe, living_beings), linkage)


def test_the_multidendrogram_by_hand():
    """p 11000, q 01100, r 00110 in a line at 2/3 (p-r 1), s 00001 at 1 from all, t 00011: s-t 1/2, r-t 1/3 shared, 2/3 apart.

    First s-t at 1/2. Then p, q, r at 2/3; s-t is 1 from p and q, and from r (1 + 2/3) / 2 = 5/6 in average linkage. So p, q, r are one, band to 1,
    and last at (6 pairs: five of 1 and one of 2/3) / 6 = 17/18. Single: r to s-t is 2/3 as well, so that all hang together, band to 1.
    Complete: the two at 1. Weighted: as average here, (1 + 1 + 5/6) / 3 = 17/18.
    """
    incidence = table("11000", "01100", "00110", "00001", "00011")
    first, line = (frozenset({frozenset("s"), frozenset("t")}), 1 / 2, 1 / 2), frozenset(map(frozenset, "pqr"))
    for linkage, last in (("average", 17 / 18), ("weighted", 17 / 18), ("complete", 1)):
        found = [(frozenset(join.parts), join.height, join.top) for join in multidendrogram(incidence, linkage=linkage).joins]
        ends = frozenset({frozenset("pqr"), frozenset("st")})
        assert [parts for parts, *_ in found] == [first[0], line, ends]
        assert [heights for _, *heights in found] == [pytest.approx(pair) for pair in ([1 / 2, 1 / 2], [2 / 3, 1], [last, last])]
    found = multidendrogram(incidence, linkage="single").joins
    assert [len(join.parts) for join in found] == [2, 4] and (found[1].height, found[1].top) == pytest.approx((2 / 3, 1))


@pytest.mark.parametrize("linkage", LINKAGES)
def test_without_ties_the_multidendrogram_is_the_one_tree(linkage, root):
    """The heights of R's hclust for a table without ties (tests/r/expected/merges.csv), and SciPy's groups."""
    untied = pd.read_csv(root / "tests" / "r" / "untied.csv", index_col=0).eq("yes")
    expected = pd.read_csv(root / "tests" / "r" / "expected" / "merges.csv").query("linkage == @linkage")["height"]
    joins = multidendrogram(untied, linkage=linkage).joins
    assert [join.height for join in joins] == pytest.approx(expected.to_list(), abs=1e-12)
    assert all(len(join.parts) == 2 and join.top == join.height for join in joins)
    made, groups = hierarchy.linkage(squareform(distance_matrix(untied).to_numpy()), linkage), [frozenset([name]) for name in untied.index]
    for row in made:
        groups.append(groups[int(row[0])] | groups[int(row[1])])
    assert [join.members for join in joins] == groups[len(untied) :]
    census = tie_census(untied, linkage=linkage)
    assert (census.n_trees, census.n_topologies) == (1, 1)


@pytest.mark.parametrize("linkage", LINKAGES)
def test_a_census_has_its_multidendrogram(linkage):
    incidence = table("1100", "0110", "0011")
    assert tie_census(incidence, linkage=linkage).multidendrogram() == multidendrogram(incidence, linkage=linkage)
