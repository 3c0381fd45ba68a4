"""Trees and groupings: by hand, against R and SciPy, and against the definitions written out as loops."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, pairwise, product
from math import inf, isnan, nan

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.cluster import hierarchy
from scipy.spatial.distance import squareform

from helpers import SynopsisError
from helpers.clustering import LINKAGES, Join, Tree, cophenetic_correlation, group_tree, leaf_order, silhouettes
from helpers.similarity import distance_matrix
from helpers.ties import tie_census

QUICK = settings(derandomize=True, deadline=None, max_examples=40)
LINKAGE = st.sampled_from(LINKAGES)


def table(*rows: str, names: str = "pqrstuvw") -> pd.DataFrame:
    """A table from words such as "110": 1 yes, 0 no."""
    return pd.DataFrame([list(row) for row in rows], index=list(names[: len(rows)]), columns=[f"c{n}" for n in range(len(rows[0]))]).eq("1")


@st.composite
def tables(draw, rows=(1, 7), columns=(1, 6)):
    """Few columns, so that equal rows, empty rows and equal distances are common. The alphabet does not follow the order of the rows."""
    n_rows, n_columns = draw(st.integers(*rows)), draw(st.integers(*columns))
    cells = draw(st.lists(st.lists(st.booleans(), min_size=n_columns, max_size=n_columns), min_size=n_rows, max_size=n_rows))
    return pd.DataFrame(cells, index=draw(st.permutations([f"r{n}" for n in range(n_rows)])), columns=[f"c{n}" for n in range(n_columns)])


def jaccard(one, other) -> Fraction:
    """The distance from its definition; two rows without a Yes are at distance 0."""
    either = sum(bool(p or q) for p, q in zip(one, other, strict=True))
    return 1 - Fraction(sum(bool(p and q) for p, q in zip(one, other, strict=True)), either) if either else Fraction(0)


def naive_joins(incidence: pd.DataFrame, linkage: str) -> tuple[list[tuple[frozenset, frozenset, Fraction]], bool]:
    """Agglomeration written out: distances between groups from the items each time, and whether a step was tied.

    In average linkage every item of a group counts alike; in weighted linkage each half of a group counts a half, down to the items.
    """
    near = {(i, j): jaccard(incidence.loc[i], incidence.loc[j]) for i, j in product(incidence.index, repeat=2)}
    groups = [{item: Fraction(1)} for item in sorted(incidence.index)]  # weights that sum to 1
    joins, tied = [], False
    while len(groups) > 1:
        steps = []
        for one, other in combinations(groups, 2):
            if linkage in ("average", "weighted"):
                height = sum(one[i] * other[j] * near[i, j] for i in one for j in other)
            else:
                height = (min if linkage == "single" else max)(near[i, j] for i in one for j in other)
            steps.append((height, min(one), min(other), one, other))
        height, _, _, one, other = min(steps, key=lambda step: (step[0], *sorted(step[1:3])))
        tied |= sum(step[0] == height for step in steps) > 1
        joins.append((frozenset(one), frozenset(other), height))
        n = len(one) + len(other)
        share = {"average": (Fraction(len(one), n), Fraction(len(other), n))}.get(linkage, (Fraction(1, 2), Fraction(1, 2)))
        both = {**{i: w * share[0] for i, w in one.items()}, **{i: w * share[1] for i, w in other.items()}}
        groups = [group for group in groups if group is not one and group is not other] + [both]
    return joins, tied


def sets(groups) -> set[frozenset[str]]:
    return {frozenset(group) for group in groups}


def random_untied(linkage: str, n: int = 12) -> list[pd.DataFrame]:
    """Random tables (seeds 0, 1, ...) in which no step of the linkage is tied, so that each has one tree."""
    found, seed = [], 0
    while len(found) < n:
        cells = np.random.default_rng(seed).integers(0, 2, (6, 40))
        incidence = pd.DataFrame(cells, index=[f"r{n}" for n in range(6)]).astype(bool)
        if not naive_joins(incidence, linkage)[1]:
            found.append(incidence)
        seed += 1
    return found


# ---------------------------------------------------------------- against R and SciPy


def expected(root, file) -> pd.DataFrame:
    return pd.read_csv(root / "tests" / "r" / "expected" / file, dtype={"cluster": str})


@pytest.fixture(scope="module")
def r_tables(root, priebe, living_beings):
    untied = pd.read_csv(root / "tests" / "r" / "untied.csv", index_col=0).eq("yes")
    return {
        "untied": untied,
        "resources": priebe.incidence("resources"),
        "relationships": priebe.incidence("relationships"),
        "traits": living_beings.incidence("traits"),
    }


def square_of(rows: pd.DataFrame, items) -> np.ndarray:
    """A symmetric array from R's list of pairs."""
    square = pd.DataFrame(0.0, index=items, columns=items)
    for row in rows.itertuples():
        square.at[row.first, row.second] = square.at[row.second, row.first] = row.cophenetic
    return square.to_numpy()


@pytest.mark.parametrize("linkage", LINKAGES)
def test_the_untied_table_has_the_tree_of_r(linkage, root, r_tables):
    """stats::hclust and stats::cophenetic; "weighted" is R's mcquitty. The table was made to have one right tree."""
    incidence = r_tables["untied"]
    rows = expected(root, "trees.csv").query("table == 'untied' and linkage == @linkage")
    assert len(rows) == 21
    tree = group_tree(incidence, linkage=linkage)
    assert tree.cophenetic().to_numpy() == pytest.approx(square_of(rows, incidence.index), abs=1e-9)
    heights = expected(root, "merges.csv").query("linkage == @linkage")["height"]
    assert [join.height for join in tree.joins] == pytest.approx(heights.tolist(), abs=1e-9)
    correlation = expected(root, "cophenetic_correlation.csv").query("table == 'untied' and linkage == @linkage")["correlation"].item()
    assert cophenetic_correlation(distance_matrix(incidence), tree) == pytest.approx(correlation, abs=1e-9)


@pytest.mark.parametrize("name", ["resources", "traits"])
@pytest.mark.parametrize("linkage", LINKAGES)
def test_the_tree_of_r_is_one_of_the_equally_right_ones(name, linkage, root, r_tables):
    """Equal distances make several trees right (tests/r/README.md); R's is that of one way to break the ties."""
    incidence = r_tables[name]
    rows = expected(root, "trees.csv").query("table == @name and linkage == @linkage")
    square = square_of(rows, incidence.index)
    trees = tie_census(incidence, linkage=linkage).trees()
    alike = [tree for tree in trees if np.abs(tree.cophenetic().to_numpy() - square).max() < 1e-9]
    assert len(alike) == 1
    correlation = expected(root, "cophenetic_correlation.csv").query("table == @name and linkage == @linkage")["correlation"].item()
    assert cophenetic_correlation(distance_matrix(incidence), alike[0]) == pytest.approx(correlation, abs=1e-9)


@pytest.mark.parametrize("linkage", LINKAGES)
def test_untied_trees_equal_those_of_scipy(linkage):
    """scipy.cluster.hierarchy.linkage, cophenet and fcluster on tables without ties."""
    for incidence in random_untied(linkage):
        near = squareform(distance_matrix(incidence).to_numpy())
        made = hierarchy.linkage(near, linkage)
        tree = group_tree(incidence, linkage=linkage)
        assert [join.height for join in tree.joins] == pytest.approx(made[:, 2].tolist(), abs=1e-12)
        correlation, heights = hierarchy.cophenet(made, near)
        assert squareform(tree.cophenetic().to_numpy()) == pytest.approx(heights, abs=1e-12)
        assert cophenetic_correlation(distance_matrix(incidence), tree) == pytest.approx(correlation, abs=1e-12)
        for k in range(1, 7):
            cut = pd.Series(hierarchy.fcluster(made, k, "maxclust"), index=incidence.index)
            assert sets(tree.groups(k)) == {frozenset(group.index) for _, group in cut.groupby(cut)}


@pytest.mark.parametrize("partition", ["k2", "k3", "k4", "k5", "k6"])
def test_silhouettes_of_the_untied_table_equal_those_of_r(partition, root, r_tables):
    """cluster::silhouette after cutree of average linkage."""
    incidence = r_tables["untied"]
    rows = expected(root, "silhouettes.csv").query("table == 'untied' and partition == @partition").set_index("item")
    groups = group_tree(incidence).groups(int(partition[1:]))
    assert sets(groups) == {frozenset(group.index) for _, group in rows.groupby("cluster")}
    widths = silhouettes(distance_matrix(incidence), groups)
    assert list(widths.index) == list(incidence.index)
    assert widths.tolist() == pytest.approx(rows.loc[incidence.index, "width"].tolist(), abs=1e-12)


@pytest.mark.parametrize("name", ["resources", "relationships"])
def test_silhouettes_of_a_rating_equal_those_of_r(name, root, r_tables, priebe):
    """cluster::silhouette of the models grouped by reciprocity; peer support workers are alone in theirs, so 0."""
    rows = expected(root, "silhouettes.csv").query("table == @name and partition == 'reciprocity'").set_index("item")
    groups = [list(group.index) for _, group in priebe.nature.groupby("reciprocity")]
    widths = silhouettes(distance_matrix(r_tables[name]), groups)
    assert len(rows) == len(widths) == 10 and widths["peer_support_workers"] == 0
    assert widths.tolist() == pytest.approx(rows.loc[widths.index, "width"].tolist(), abs=1e-12)


# ---------------------------------------------------------------- by hand

# p and q share 2 of 3 features (distance 1/3), r and s share 1 of 2 (1/2), all others nothing (1).
FOUR = table("11000", "11100", "00010", "00011")
# p and q share 2 of 3, r and s share 2 of 3, all others nothing: two joins at 1/3.
TWINS = table("110000", "111000", "000110", "000111")


@pytest.mark.parametrize("linkage", LINKAGES)
def test_a_tree_by_hand(linkage):
    """FOUR: every linkage joins p and q at 1/3, r and s at 1/2 and the two pairs at 1."""
    tree = group_tree(FOUR, linkage=linkage)
    frame = tree.to_frame()
    assert list(frame) == ["left", "right", "height", "groups_left"]
    assert frame[["left", "right", "groups_left"]].to_numpy().tolist() == [[["p"], ["q"], 3], [["r"], ["s"], 2], [["p", "q"], ["r", "s"], 1]]
    assert frame["height"].tolist() == pytest.approx([1 / 3, 1 / 2, 1])
    assert tree.cophenetic().to_numpy() == pytest.approx(distance_matrix(FOUR).to_numpy())
    assert cophenetic_correlation(distance_matrix(FOUR), tree) == pytest.approx(1)
    assert tree.groups(3) == [["p", "q"], ["r"], ["s"]] and tree.groups(2) == [["p", "q"], ["r", "s"]]


@pytest.mark.parametrize(
    ("linkage", "heights"),
    [
        ("average", (1 / 3, 7 / 12, 23 / 36)),
        ("weighted", (1 / 3, 7 / 12, 31 / 48)),
        ("complete", (1 / 3, 2 / 3, 3 / 4)),
        ("single", (1 / 3, 1 / 2, 1 / 2)),
    ],
)
def test_the_four_linkages_by_hand(linkage, heights):
    """p 1100, q 1000, r 1011, s 1110. Distances: p-q 1/2, p-r 3/4, p-s 1/3, q-r 2/3, q-s 2/3, r-s 1/2.

    First p and s (1/3). From q to these two: mean (1/2 + 2/3)/2 = 7/12, least 1/2, greatest 2/3. From r: mean 5/8, least 1/2, greatest
    3/4. So q is next, in complete linkage only by the alphabet (q and r are 2/3 apart, too). Then r: the mean over three items
    (3/4 + 1/2 + 2/3)/3 = 23/36, the mean of both halves (5/8 + 2/3)/2 = 31/48, least 1/2, greatest 3/4.
    """
    tree = group_tree(table("1100", "1000", "1011", "1110"), linkage=linkage)
    assert [join.height for join in tree.joins] == pytest.approx(heights)
    assert [sorted(join.members) for join in tree.joins] == [["p", "s"], ["p", "q", "s"], ["p", "q", "r", "s"]]


def test_cuts_by_hand():
    """FOUR has joins at 1/3, 1/2 and 1. TWINS has two at 1/3, so that no height leaves three groups. Equal rows are never apart."""
    assert group_tree(FOUR).cuts().loc[[1, 2, 3, 4]].to_numpy().tolist() == [
        [1, inf],
        [1 / 2, 1],
        [pytest.approx(1 / 3), 1 / 2],
        [0, pytest.approx(1 / 3)],
    ]
    cuts = group_tree(TWINS).cuts()
    assert cuts.loc[3, "from_height"] == cuts.loc[3, "to_height"] == pytest.approx(1 / 3)
    assert cuts.loc[[1, 2, 4]].to_numpy().tolist() == [[1, inf], [pytest.approx(1 / 3), 1], [0, pytest.approx(1 / 3)]]
    assert len(group_tree(TWINS).groups(3)) == 3  # a tree can still be undone join by join
    assert group_tree(table("10", "10", "01")).cuts().to_numpy().tolist() == [[1, inf], [0, 1], [0, 0]]


def test_balls_by_hand():
    """Three rows that share nothing join at 1 at once, so no group of two is shown; in FOUR every join shows one."""
    assert group_tree(table("100", "010", "001")).balls() == {frozenset("pqr"): 1}
    assert group_tree(FOUR).balls() == {frozenset("pq"): pytest.approx(1 / 3), frozenset("rs"): 0.5, frozenset("pqrs"): 1}


def test_silhouettes_by_hand():
    """FOUR in its two pairs: p has a = 1/3 and b = 1, so 2/3; r has a = 1/2 and b = 1, so 1/2.

    With p, q and r against s: r has a = 1 and b = 1/2, so -1/2; p has a = (1/3 + 1)/2 = 2/3 and b = 1, so 1/3; s is alone, so 0.
    """
    square = distance_matrix(FOUR)
    assert silhouettes(square, [["p", "q"], ["r", "s"]]).to_dict() == pytest.approx({"p": 2 / 3, "q": 2 / 3, "r": 1 / 2, "s": 1 / 2})
    assert silhouettes(square, [["s"], ["r", "q", "p"]]).to_dict() == pytest.approx({"p": 1 / 3, "q": 1 / 3, "r": -1 / 2, "s": 0})


def test_silhouettes_where_the_formula_reads_0_by_0():
    """Four equal rows in two groups: a and b are both 0, so the width is 0 (methods.md)."""
    square = distance_matrix(table("11", "11", "11", "11"))
    assert silhouettes(square, [["p", "q"], ["r", "s"]]).tolist() == [0, 0, 0, 0]


# ---------------------------------------------------------------- properties


@QUICK
@given(tables(), LINKAGE)
def test_the_tree_is_the_one_the_definition_and_the_alphabet_choose(incidence, linkage):
    """Of the nearest pairs of groups, the one with the first names, a group being known by its first."""
    tree = group_tree(incidence, linkage=linkage)
    joins, _ = naive_joins(incidence, linkage)
    assert [{join.left, join.right} for join in tree.joins] == [{one, other} for one, other, _ in joins]
    assert [join.height for join in tree.joins] == pytest.approx([float(height) for *_, height in joins], abs=1e-14)
    assert all(min(join.left) < min(join.right) for join in tree.joins)


@QUICK
@given(tables(), LINKAGE)
def test_heights_never_fall_and_groups_are_nested(incidence, linkage):
    tree = group_tree(incidence, linkage=linkage)
    heights = [join.height for join in tree.joins]
    n = len(incidence)
    assert len(heights) == n - 1 and heights == sorted(heights) and tree.items == tuple(incidence.index)
    finer = tree.groups(n)
    assert sets(finer) == {frozenset([item]) for item in incidence.index}
    for k in range(n - 1, 0, -1):
        groups = tree.groups(k)
        assert len(groups) == k and sorted(item for group in groups for item in group) == sorted(incidence.index)
        assert all(any(small <= large for large in sets(groups)) for small in sets(finer))
        assert groups == sorted(groups, key=lambda group: list(incidence.index).index(group[0]))
        finer = groups


@QUICK
@given(tables(), LINKAGE)
def test_a_cut_leaves_what_cuts_says(incidence, linkage):
    """Items are together below a height if their cophenetic distance is no greater. From included, to excluded."""
    tree = group_tree(incidence, linkage=linkage)
    square = tree.cophenetic()
    assert square.equals(square.T) and np.diag(square).tolist() == [0] * len(square)
    shown = set()
    for k, cut in tree.cuts().iterrows():
        if cut["from_height"] == cut["to_height"]:
            continue
        for height in (cut["from_height"], (cut["from_height"] + min(cut["to_height"], 2)) / 2):
            groups = {frozenset(square.index[square.loc[item] <= height]) for item in square.index}
            assert groups == sets(tree.groups(k))
        shown.add(k)
    assert {len(np.unique(square.to_numpy() <= height, axis=0)) for height in [0, *square.to_numpy().ravel()]} == shown


@QUICK
@given(tables(), LINKAGE)
def test_balls_are_the_groups_that_some_height_shows(incidence, linkage):
    tree = group_tree(incidence, linkage=linkage)
    square = tree.cophenetic()
    shown = {}
    for item, height in product(square.index, sorted(set(square.to_numpy().ravel()))):
        shown.setdefault(frozenset(square.index[square.loc[item] <= height]), height)
    complete = {group: max((square.at[i, j] for i, j in combinations(group, 2)), default=0) for group in shown if len(group) > 1}
    assert tree.balls() == complete


@QUICK
@given(tables(rows=(2, 7)), LINKAGE, st.randoms(use_true_random=False))
def test_the_order_of_rows_and_columns_changes_nothing(incidence, linkage, choose):
    rows, columns = choose.sample(list(incidence.index), len(incidence)), choose.sample(list(incidence), incidence.shape[1])
    other = incidence.loc[rows, columns]
    tree, same = group_tree(incidence, linkage=linkage), group_tree(other, linkage=linkage)
    assert same.items == tuple(rows)
    assert same.cophenetic().loc[incidence.index, incidence.index].equals(tree.cophenetic())
    assert same.joins == tree.joins
    for k in range(1, len(incidence) + 1):
        assert sets(same.groups(k)) == sets(tree.groups(k))
    assert leaf_order(same, other) == leaf_order(tree, incidence)
    one, two = (cophenetic_correlation(distance_matrix(given), made) for given, made in ((incidence, tree), (other, same)))
    assert one == pytest.approx(two, nan_ok=True)


def turnings(tree: Tree) -> list[list[str]]:
    """Every order of the items that fits a tree: each join either way round."""
    orders = {frozenset([item]): [[item]] for item in tree.items}
    for join in tree.joins:
        halves = list(product(orders[join.left], orders[join.right]))
        orders[join.members] = [one + other for one, other in halves] + [other + one for one, other in halves]
    return orders[frozenset(tree.items)]


def walk(square: pd.DataFrame, order: list[str]) -> float:
    return float(sum(square.at[i, j] for i, j in pairwise(order)))


@settings(QUICK, max_examples=80)
@given(tables(rows=(1, 6), columns=(3, 6)), LINKAGE)
def test_leaf_order_fits_the_tree_and_sets_near_items_side_by_side(incidence, linkage):
    """The members of every join stand together, and no turning of joins gives a smaller sum of distances (all turnings tried)."""
    tree, square = group_tree(incidence, linkage=linkage), distance_matrix(incidence)
    leaves = leaf_order(tree, incidence)
    assert sorted(leaves) == sorted(incidence.index)
    place = {item: position for position, item in enumerate(leaves)}
    for join in tree.joins:
        for group in (join.left, join.right, join.members):
            positions = [place[item] for item in group]
            assert max(positions) - min(positions) == len(group) - 1
    assert walk(square, leaves) == pytest.approx(min(walk(square, order) for order in turnings(tree)), abs=1e-6)


def test_leaf_order_by_hand():
    """p 0001, q 0100, r 1011, s 1101. r and s share 2 of 4 (1/2); p shares 1 of 3 with each (2/3); q is 2/3 from s, else 1.

    r and s join, then p, then q. Of the orders that fit, p r s q is the shortest, from either end: 2/3 + 1/2 + 2/3 = 11/6 (p s r q: 13/6).
    """
    incidence = table("0001", "0100", "1011", "1101")
    assert "".join(leaf_order(group_tree(incidence), incidence)) in ("prsq", "qsrp")


@pytest.mark.parametrize("name", ["resources", "relationships", "traits"])
def test_leaf_order_of_the_reviews_is_a_shortest_one(name, r_tables):
    """All 512 (or 128) turnings of the joins tried."""
    incidence = r_tables[name]
    tree, square = group_tree(incidence), distance_matrix(incidence)
    assert walk(square, leaf_order(tree, incidence)) == pytest.approx(min(walk(square, order) for order in turnings(tree)), abs=1e-6)


def two_pairs(incidence: pd.DataFrame) -> Tree:
    """A tree that joins p with q and r with s, whatever the distances."""
    joins = (Join(frozenset("p"), frozenset("q"), 0.1), Join(frozenset("r"), frozenset("s"), 0.2), Join(frozenset("pq"), frozenset("rs"), 0.3))
    return Tree(tuple(incidence.index), joins)


@pytest.mark.parametrize(
    ("rows", "options", "shortest"),
    [
        (("10000000", "11110000", "01000000", "00111100"), {}, "pqsr"),
        (("10000000", "11110000", "01000000", "00111100"), {"coefficient": "simple_matching"}, "qprs"),
        (("00", "10", "00", "11"), {}, "qprs"),
        (("00", "10", "00", "11"), {"empty": "different"}, "pqsr"),
    ],
    ids=["jaccard", "simple matching", "empty rows alike", "empty rows apart"],
)
def test_leaf_order_goes_by_the_distances_asked_for(rows, options, shortest):
    """By hand. Which two items meet in the middle? Jaccard: q and s share 2 of 6 (2/3), q and r 1 of 4 (3/4), p nothing with r or s (1). Simple
    matching: p and r differ in 2 of 8, q and s in 4, q and r in 3, p and s in 5. Empty rows: p and r are at 0, or 1; q and s at 1/2, others at 1.
    """
    incidence = table(*rows)
    assert "".join(leaf_order(two_pairs(incidence), incidence, **options)) in (shortest, shortest[::-1])


def test_leaf_order_of_ochiai(priebe):
    incidence = priebe.incidence("relationships")
    tree, square = group_tree(incidence, "ochiai", "complete"), distance_matrix(incidence, "ochiai")
    leaves = leaf_order(tree, incidence, "ochiai")
    assert walk(square, leaves) == pytest.approx(min(walk(square, order) for order in turnings(tree)), abs=1e-6)
    assert leaves == leaf_order(group_tree(incidence[::-1], "ochiai", "complete"), incidence[::-1], "ochiai")


def rousseeuw(square: pd.DataFrame, groups) -> dict[str, float]:
    """Rousseeuw (1987), item by item."""
    widths = {}
    for group in groups:
        for item in group:
            others = [other for other in group if other != item]
            if not others:
                widths[item] = 0.0
                continue
            a = sum(square.at[item, other] for other in others) / len(others)
            b = min(sum(square.at[item, other] for other in there) / len(there) for there in groups if there is not group)
            widths[item] = (b - a) / max(a, b) if max(a, b) > 1e-12 else 0.0
    return widths


@st.composite
def grouped(draw):
    incidence = draw(tables(rows=(2, 7)))
    numbers = draw(st.lists(st.integers(0, 3), min_size=len(incidence), max_size=len(incidence)).filter(lambda found: len(set(found)) > 1))
    groups = [[item for item, number in zip(incidence.index, numbers, strict=True) if number == wanted] for wanted in sorted(set(numbers))]
    return incidence, groups


@settings(QUICK, max_examples=80)
@given(grouped(), st.randoms(use_true_random=False))
def test_silhouettes_equal_the_loop(made, choose):
    incidence, groups = made
    square = distance_matrix(incidence)
    widths = silhouettes(square, groups)
    assert list(widths.index) == list(incidence.index)
    assert widths.to_dict() == pytest.approx(rousseeuw(square, groups), abs=1e-12)
    rows = choose.sample(list(incidence.index), len(incidence))
    shuffled = [choose.sample(group, len(group)) for group in choose.sample(groups, len(groups))]
    assert silhouettes(square.loc[rows, rows], shuffled).loc[incidence.index].tolist() == pytest.approx(widths.tolist(), abs=1e-12)


@QUICK
@given(tables(rows=(2, 7)), LINKAGE)
def test_cophenetic_correlation_is_pearsons_r_over_the_pairs(incidence, linkage):
    square, tree = distance_matrix(incidence), group_tree(incidence, linkage=linkage)
    shown = tree.cophenetic()
    x, y = ([float(given.at[i, j]) for i, j in combinations(incidence.index, 2)] for given in (square, shown))
    dx, dy = ([value - sum(values) / len(values) for value in values] for values in (x, y))
    below = sum(a * a for a in dx) * sum(b * b for b in dy)
    expected_r = sum(a * b for a, b in zip(dx, dy, strict=True)) / below**0.5 if min(map(np.ptp, (x, y))) > 1e-12 else nan
    assert cophenetic_correlation(square, tree) == pytest.approx(expected_r, nan_ok=True, abs=1e-9)


# ---------------------------------------------------------------- small, large and odd tables


@pytest.mark.parametrize("linkage", LINKAGES)
def test_one_row_and_two_rows(linkage):
    """One row: a tree without a join. Two rows: one join, at their distance (1/2); one pair has no correlation."""
    one, two = table("110"), table("110", "100")
    tree = group_tree(one, linkage=linkage)
    assert tree.joins == () and tree.groups(1) == [["p"]] and leaf_order(tree, one) == ["p"]
    assert tree.cuts().to_numpy().tolist() == [[0, inf]] and tree.cophenetic().to_numpy().tolist() == [[0]] and tree.balls() == {}
    assert tree.to_frame().empty and isnan(cophenetic_correlation(distance_matrix(one), tree))
    tree = group_tree(two, linkage=linkage)
    assert [join.height for join in tree.joins] == [0.5] and leaf_order(tree, two) == ["p", "q"]
    assert isnan(cophenetic_correlation(distance_matrix(two), tree))


@pytest.mark.parametrize("linkage", LINKAGES)
@pytest.mark.parametrize(("rows", "height"), [(("11", "11", "11", "11"), 0), (("1000", "0100", "0010", "0001"), 1)], ids=["equal", "disjoint"])
def test_all_rows_equal_or_all_distances_equal(rows, height, linkage):
    """Every join at 0, or at 1; neither has a correlation."""
    incidence = table(*rows)
    tree = group_tree(incidence, linkage=linkage)
    assert [join.height for join in tree.joins] == [height] * 3
    assert isnan(cophenetic_correlation(distance_matrix(incidence), tree))
    assert leaf_order(tree, incidence) == leaf_order(group_tree(incidence[::-1], linkage=linkage), incidence[::-1])
    assert [len(tree.groups(k)) for k in (1, 2, 3, 4)] == [1, 2, 3, 4]


def test_correlation_undefined_where_only_the_heights_are_equal():
    """By hand: p-q and q-r share 1 of 3 features (2/3), p and r nothing (1). Single linkage joins both at 2/3, so its heights are constant.

    Complete: p and q at 2/3, r at 1. Deviations from the means, in ninths: distances -1, -1, 2, heights -2, 1, 1 (p-q, q-r, p-r); r = 3/6.
    """
    incidence = table("1100", "0110", "0011")
    assert isnan(cophenetic_correlation(distance_matrix(incidence), group_tree(incidence, linkage="single")))
    assert cophenetic_correlation(distance_matrix(incidence), group_tree(incidence, linkage="complete")) == pytest.approx(0.5)


@pytest.mark.parametrize("linkage", LINKAGES)
def test_an_empty_row(linkage):
    """A row without a Yes is at distance 1 from all others and joins last; two such rows join at 0, or at 1 if told to differ."""
    tree = group_tree(table("00", "11", "10"), linkage=linkage)
    assert [sorted(join.members) for join in tree.joins] == [["q", "r"], ["p", "q", "r"]] and tree.joins[-1].height == 1
    assert [join.height for join in group_tree(table("00", "11", "00"), linkage=linkage).joins] == [0, 1]
    assert [join.height for join in group_tree(table("00", "11", "00"), linkage=linkage, empty="different").joins] == [1, 1]


@pytest.mark.parametrize("linkage", LINKAGES)
def test_thirty_items_by_sixty_features(linkage):
    cells = np.random.default_rng(30).integers(0, 2, (30, 60))
    incidence = pd.DataFrame(cells, index=[f"item {n:02d}" for n in range(30)]).astype(bool)
    tree = group_tree(incidence, linkage=linkage)
    assert [len(tree.groups(k)) for k in range(1, 31)] == list(range(1, 31))
    assert sorted(leaf_order(tree, incidence)) == sorted(incidence.index)


@pytest.mark.parametrize("linkage", ["complete", "single"])
def test_ochiai_with_the_linkages_that_compare_only(linkage):
    """By hand: p 11, q 10, r 01: p to the others 1 - 1/sqrt(2); q and r share nothing, 1."""
    tree = group_tree(table("11", "10", "01"), "ochiai", linkage)
    near = 1 - 0.5**0.5
    assert [join.height for join in tree.joins] == pytest.approx([near, near if linkage == "single" else 1])


# ---------------------------------------------------------------- errors

SQUARE = distance_matrix(FOUR)


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (lambda: group_tree(FOUR, linkage="averge"), r'no linkage "averge"\. Did you mean average\?'),
        (lambda: group_tree(FOUR, linkage="ward"), "Use one of: average, complete, single, weighted"),
        (lambda: group_tree(FOUR, "jacard"), "Did you mean jaccard"),
        (lambda: group_tree(FOUR, "ochiai"), "ochiai holds a root.*complete or single"),
        (lambda: group_tree(FOUR, "ochiai", "weighted"), "ochiai holds a root"),
        (lambda: group_tree(FOUR.iloc[:0]), "0 rows"),
        (lambda: group_tree(FOUR.astype(object).replace({True: "unclear", False: "no"})), "unclear cells"),
        (lambda: group_tree(FOUR).groups(0), "4 items can be cut into 1 to 4 groups, not into 0"),
        (lambda: group_tree(FOUR).groups(5), "not into 5"),
        (lambda: silhouettes(SQUARE, [list("pqrs")]), "at least two groups"),
        (lambda: silhouettes(SQUARE, []), "not of the same items|at least two groups"),
        (lambda: silhouettes(SQUARE, [["p", "q"], ["r"]]), "not of the same items"),
        (lambda: silhouettes(SQUARE, [["p", "q"], ["r", "s", "q"]]), "not of the same items"),
        (lambda: cophenetic_correlation(SQUARE, group_tree(FOUR[:3])), "not of the same items"),
        (lambda: cophenetic_correlation(SQUARE, Tree(("p", "q"), ())), "not of the same items"),
    ],
)
def test_errors_in_words(ask, words):
    with pytest.raises(SynopsisError, match=words):
        ask()


def test_a_group_without_items_is_told_in_words_or_counts_for_nothing():
    """With p, q, r, s and an empty group there is one group only."""
    with pytest.raises(SynopsisError):
        silhouettes(SQUARE, [list("pqrs"), []])


def test_leaf_order_of_other_items_is_refused():
    tree = group_tree(table("110", "011"))
    with pytest.raises(SynopsisError, match="not of the same items"):
        leaf_order(tree, table("110", "011", "111"))
