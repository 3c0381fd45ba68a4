"""Similarities by hand, against R and SciPy, and against the definitions written out as loops."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, permutations, product
from math import sqrt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.distance import cdist

from helpers import SynopsisError
from helpers.incidence import distinct_features, identical, state_codes, yes_no_array
from helpers.similarity import (
    COEFFICIENTS,
    compare,
    distance_bounds,
    distance_matrix,
    exact_similarity,
    find_coefficient,
    nearest_neighbours,
    pair_ranks,
    rank_agreement,
    similarity_matrix,
    similarity_of,
    telling_pair,
)

QUICK = settings(derandomize=True, deadline=None, max_examples=60)
SIX = ("jaccard", "dice", "ochiai", "sokal_sneath", "kulczynski", "overlap")
ABSENCE = ("simple_matching", "rogers_tanimoto", "russell_rao")  # these count d
NINE = (*SIX, *ABSENCE)
EMPTY = ("identical", "different")

# One pair with a = 3, b = 1, c = 2, d = 4, so n = 10. Worked out by hand from the formulas of methods.md:
#   jaccard 3/(3+1+2) = 3/6; dice 6/(6+1+2) = 6/9; ochiai 3/sqrt(4 x 5), its square 9/20; sokal_sneath 3/(3+2+4) = 3/9;
#   kulczynski (3/4 + 3/5)/2 = (15/20 + 12/20)/2 = 27/40; overlap 3/min(4, 5) = 3/4; simple_matching (3+4)/10;
#   rogers_tanimoto (3+4)/(3+2+4+4) = 7/13; russell_rao 3/10.
HAND = {
    "jaccard": Fraction(1, 2),
    "dice": Fraction(2, 3),
    "ochiai": 3 / sqrt(20),
    "sokal_sneath": Fraction(1, 3),
    "kulczynski": Fraction(27, 40),
    "overlap": Fraction(3, 4),
    "simple_matching": Fraction(7, 10),
    "rogers_tanimoto": Fraction(7, 13),
    "russell_rao": Fraction(3, 10),
}
HAND_TABLE = pd.DataFrame([list("1111000000"), list("1110110000")], index=["p", "q"], columns=list("abcdefghij")).eq("1")


def table(*rows: str, names: str = "pqrstuvw") -> pd.DataFrame:
    """A table from words such as "110": 1 yes, 0 no."""
    return pd.DataFrame([list(row) for row in rows], index=list(names[: len(rows)]), columns=[f"c{n}" for n in range(len(rows[0]))]).eq("1")


@st.composite
def tables(draw, codes=(True, False), rows=(2, 6), columns=(1, 6), none_empty=False):
    n_rows, n_columns = draw(st.integers(*rows)), draw(st.integers(*columns))
    cells = draw(st.lists(st.lists(st.sampled_from(codes), min_size=n_columns, max_size=n_columns), min_size=n_rows, max_size=n_rows))
    if none_empty:
        for row in cells:
            row[draw(st.integers(0, n_columns - 1))] = True
    return pd.DataFrame(cells, index=[f"r{n}" for n in range(n_rows)], columns=[f"c{n}" for n in range(n_columns)])


def order_key(name: str, counts: tuple[int, int, int, int], empty: str) -> Fraction:
    """The similarity from methods.md, written out a second time; the square of it for Ochiai."""
    a, b, c, d = counts
    n = a + b + c + d
    if name in SIX:
        if a + b + c == 0:
            return Fraction(empty == "identical")
        if a + b == 0 or a + c == 0:
            return Fraction(0)
    return {
        "jaccard": lambda: Fraction(a, a + b + c),
        "dice": lambda: Fraction(2 * a, 2 * a + b + c),
        "ochiai": lambda: Fraction(a, a + b) * Fraction(a, a + c),
        "sokal_sneath": lambda: Fraction(a, a + 2 * b + 2 * c),
        "kulczynski": lambda: (Fraction(a, a + b) + Fraction(a, a + c)) / 2,
        "overlap": lambda: max(Fraction(a, a + b), Fraction(a, a + c)),
        "simple_matching": lambda: Fraction(a + d, n),
        "rogers_tanimoto": lambda: Fraction(a + d, a + d + 2 * (b + c)),
        "russell_rao": lambda: Fraction(a, n),
    }[name]()


def counted(one, other) -> tuple[int, int, int, int]:
    cells = list(zip(one, other, strict=True))
    return tuple(sum((bool(p), bool(q)) == box for p, q in cells) for box in ((True, True), (True, False), (False, True), (False, False)))


def plain(name: str, one, other, empty: str = "identical") -> float:
    key = order_key(name, counted(one, other), empty)
    return sqrt(key) if name == "ochiai" else float(key)


# ---------------------------------------------------------------- the nine coefficients


def test_there_are_these_nine():
    """Contract: the names of the coefficients. methods.md: the first six leave d out."""
    assert set(COEFFICIENTS) == set(NINE)
    assert {name for name, c in COEFFICIENTS.items() if c.counts_absence} == set(ABSENCE)
    assert {name for name, c in COEFFICIENTS.items() if c.rooted} == {"ochiai"}


@pytest.mark.parametrize("name", NINE)
def test_one_pair_by_hand(name):
    """HAND; b and c may be exchanged, since every coefficient is symmetric."""
    expected = HAND[name]
    assert HAND_TABLE.sum(axis=1).tolist() == [4, 5]
    assert similarity_of(name, 3, 1, 2, 4) == similarity_of(name, 3, 2, 1, 4) == pytest.approx(float(expected), abs=1e-15)
    if name != "ochiai":
        assert similarity_of(name, 3, 1, 2, 4) == expected and isinstance(similarity_of(name, 3, 1, 2, 4), Fraction)
        assert exact_similarity(HAND_TABLE, name).loc["p", "q"] == expected
        assert exact_similarity(HAND_TABLE, name, squared=True).loc["p", "q"] == expected**2
    else:
        assert exact_similarity(HAND_TABLE, name, squared=True).loc["p", "q"] == Fraction(9, 20)
    assert similarity_matrix(HAND_TABLE, name).loc["q", "p"] == pytest.approx(float(expected), abs=1e-15)
    assert distance_matrix(HAND_TABLE, name).loc["p", "q"] == pytest.approx(1 - float(expected), abs=1e-15)
    pair = compare(HAND_TABLE, "p", "q")
    assert pair.counts == {"a": 3, "b": 1, "c": 2, "d": 4}
    assert pair.similarity(name) == similarity_of(name, 3, 1, 2, 4)


# p and q have nothing; r has two of five features.
WITH_EMPTY = table("00000", "00000", "11000")


@pytest.mark.parametrize(("name", "empty", "both"), [(n, e, float(e == "identical")) for n in SIX for e in EMPTY])
def test_empty_rows_where_absence_does_not_count(name, empty, both):
    """methods.md: `empty` governs two empty rows; an empty and a non-empty one have similarity 0, also where the formula reads 0/0."""
    similar = similarity_matrix(WITH_EMPTY, name, empty)
    assert similar.loc["p", "q"] == similarity_of(name, 0, 0, 0, 5, empty) == both
    assert similar.loc["p", "r"] == similar.loc["r", "p"] == 0
    assert similarity_of(name, 0, 0, 2, 3, empty) == similarity_of(name, 0, 2, 0, 3, empty) == 0
    assert np.diag(similar).tolist() == [1, 1, 1]
    assert np.diag(distance_matrix(WITH_EMPTY, name, empty)).tolist() == [0, 0, 0]
    assert distance_matrix(WITH_EMPTY, name, empty).loc["p", "q"] == 1 - both
    assert compare(WITH_EMPTY, "p", "q").similarity(name, empty) == both


@pytest.mark.parametrize("empty", EMPTY)
def test_empty_rows_where_absence_counts(empty):
    """`empty` says nothing here. Two empty rows of five: 5/5, 5/5, 0/5. Empty against two of five: 3/5, 3/(3 + 2 x 2), 0/5."""
    expected = {"simple_matching": (1, 3 / 5), "rogers_tanimoto": (1, 3 / 7), "russell_rao": (0, 0)}
    for name, (both, one) in expected.items():
        similar = similarity_matrix(WITH_EMPTY, name, empty)
        assert similar.loc["p", ["q", "r"]].tolist() == pytest.approx([both, one], abs=1e-15)
        assert np.diag(distance_matrix(WITH_EMPTY, name, empty)).tolist() == [0, 0, 0]


def test_the_diagonal_of_russell_rao_is_a_convention():
    """Two equal rows with two of five features: a/n = 2/5. The row with itself: distance 0 (methods.md)."""
    square = distance_matrix(table("11000", "11000"), "russell_rao")
    assert square.to_numpy().tolist() == [[0, 0.6], [0.6, 0]]


@QUICK
@given(tables(), st.sampled_from(NINE), st.sampled_from(EMPTY))
def test_every_pair_equals_the_definition(incidence, name, empty):
    similar, exact = similarity_matrix(incidence, name, empty), exact_similarity(incidence, name, empty, squared=True)
    for i, j in permutations(incidence.index, 2):
        assert similar.at[i, j] == pytest.approx(plain(name, incidence.loc[i], incidence.loc[j], empty), abs=1e-14)
        key = order_key(name, counted(incidence.loc[i], incidence.loc[j]), empty)
        assert exact.at[i, j] == (key if name == "ochiai" else key**2)


@pytest.fixture(scope="module")
def expected(root):
    return pd.read_csv(root / "tests" / "r" / "expected" / "distances.csv")


@pytest.fixture(scope="module")
def r_tables(root, priebe, living_beings):
    """The tables that tests/r/expected.R computed with, by the names it gives them."""
    untied = pd.read_csv(root / "tests" / "r" / "untied.csv", index_col=0)
    return {
        "resources": priebe.incidence("resources"),
        "relationships": priebe.incidence("relationships"),
        "both": priebe.incidence(["resources", "relationships"]),
        "traits": living_beings.incidence("traits"),
        "untied": untied.eq("yes"),
        "resources_without_constant": priebe.incidence("resources", drop_constant=True),
        "traits_without_constant": living_beings.incidence("traits", drop_constant=True),
    }


@pytest.mark.parametrize("name", NINE)
def test_distances_equal_those_of_r(name, expected, r_tables):
    """tests/r/README.md: proxy, ade4 and vegan, which agree. Every pair of every table is compared."""
    of_name = expected[expected["coefficient"] == name]
    assert set(of_name["table"]) == set(r_tables)
    for title, rows in of_name.groupby("table"):
        square = distance_matrix(r_tables[title], name)
        assert len(rows) == len(square) * (len(square) - 1) // 2
        found = [square.at[first, second] for first, second in zip(rows["first"], rows["second"], strict=True)]
        assert np.abs(np.array(found) - rows["distance"].to_numpy()).max() < 1e-12


SCIPY = {
    "jaccard": "jaccard",
    "dice": "dice",
    "ochiai": "cosine",
    "sokal_sneath": "sokalsneath",
    "simple_matching": "hamming",
    "rogers_tanimoto": "rogerstanimoto",
    "russell_rao": "russellrao",
}


@pytest.mark.parametrize("name", SCIPY)
@settings(QUICK, max_examples=20)
@given(incidence=tables(none_empty=True))
def test_distances_equal_those_of_scipy(name, incidence):
    """scipy.spatial.distance, without empty rows. On bool, hamming is simple matching and cosine is Ochiai."""
    cells = incidence.to_numpy().astype(float if name in ("ochiai", "simple_matching") else bool)
    found = distance_matrix(incidence, name).to_numpy()
    off = ~np.eye(len(incidence), dtype=bool)  # SciPy's Russell-Rao has no 0 on the diagonal
    assert found[off] == pytest.approx(cdist(cells, cells, SCIPY[name])[off], abs=1e-12)


@QUICK
@given(tables(), st.sampled_from(NINE), st.sampled_from(EMPTY))
def test_exact_and_decimal_say_the_same(incidence, name, empty):
    distances, similar = distance_matrix(incidence, name, empty), similarity_matrix(incidence, name, empty)
    squares = exact_similarity(incidence, name, empty, squared=True)
    assert all(isinstance(cell, Fraction) for cell in squares.to_numpy().ravel())
    assert np.array(squares.map(lambda cell: sqrt(cell))) == pytest.approx(similar.to_numpy(), abs=1e-14)
    assert (1 - similar).to_numpy() == pytest.approx(distances.to_numpy(), abs=1e-14)
    for square in (distances, similar, squares):
        assert list(square.index) == list(square.columns) == list(incidence.index)
    if name != "ochiai":
        exact = exact_similarity(incidence, name, empty)
        assert (1 - exact).map(float).to_numpy() == pytest.approx(distances.to_numpy(), abs=1e-15)
        assert (exact**2).equals(squares)


# ---------------------------------------------------------------- properties


@QUICK
@given(tables(), st.sampled_from(NINE), st.sampled_from(EMPTY), st.randoms(use_true_random=False))
def test_symmetric_bounded_and_free_of_order(incidence, name, empty, choose):
    square = distance_matrix(incidence, name, empty)
    assert square.equals(square.T) and np.diag(square).tolist() == [0] * len(square)
    assert square.to_numpy().min() >= 0 and square.to_numpy().max() <= 1
    rows, columns = choose.sample(list(incidence.index), len(incidence)), choose.sample(list(incidence), incidence.shape[1])
    assert distance_matrix(incidence.loc[rows, columns], name, empty).loc[square.index, square.columns].equals(square)


@QUICK
@given(tables(), st.sampled_from([name for name in NINE if name != "russell_rao"]))
def test_a_row_written_twice_is_at_distance_0_and_sees_the_same(incidence, name):
    """Not Russell-Rao, whose similarity of equal rows is the share of Yes."""
    twice = pd.concat([incidence, incidence.iloc[[0]].set_axis(["twin"])])
    square = distance_matrix(twice, name)
    assert square.at["r0", "twin"] == 0
    assert square.loc["twin", incidence.index[1:]].tolist() == square.loc["r0", incidence.index[1:]].tolist()


@QUICK
@given(tables(rows=(3, 6)))
def test_jaccard_and_simple_matching_are_metrics(incidence):
    """Gower and Legendre (1986): the triangle inequality holds, compared as fractions. Distance 0 only where the rows are equal."""
    for name in ("jaccard", "simple_matching"):
        similar = exact_similarity(incidence, name)
        for i, j, k in permutations(incidence.index, 3):
            assert 1 - similar.at[i, k] <= (1 - similar.at[i, j]) + (1 - similar.at[j, k])
        for i, j in combinations(incidence.index, 2):
            assert (similar.at[i, j] == 1) == incidence.loc[i].equals(incidence.loc[j])


def test_dice_is_no_metric():
    """By hand: p has x, r has y, q has both. p to q and q to r are 1 - 2/3 = 1/3 each, p to r is 1: the way round by q is shorter."""
    similar = exact_similarity(table("10", "11", "01"), "dice")
    assert (similar.loc["p", "q"], similar.loc["q", "r"], similar.loc["p", "r"]) == (Fraction(2, 3), Fraction(2, 3), 0)


@QUICK
@given(tables(), st.sampled_from(SIX), st.sampled_from(EMPTY))
def test_what_neither_has_matters_only_to_three(incidence, name, empty):
    """A further column of No changes none of the six, and changes Russell-Rao wherever anything is shared."""
    wider = incidence.assign(nobody=False)
    assert distance_matrix(wider, name, empty).equals(distance_matrix(incidence, name, empty))
    before, after = similarity_matrix(incidence, "russell_rao"), similarity_matrix(wider, "russell_rao")
    n = incidence.shape[1]
    off = ~np.eye(len(incidence), dtype=bool)
    assert after.to_numpy()[off] == pytest.approx(before.to_numpy()[off] * n / (n + 1))


@QUICK
@given(tables(none_empty=True))
def test_a_constant_column_shortens_every_jaccard_distance(incidence):
    """methods.md. 1 - a/u becomes 1 - (a+1)/(u+1), which is smaller unless it was 0."""
    before, after = (distance_matrix(other).to_numpy() for other in (incidence, incidence.assign(everybody=True)))
    assert ((after < before) | (before == 0)).all()


# ---------------------------------------------------------------- pairs


def test_compare_names_the_features_of_each_box(priebe):
    """Results of the paper, second table's headings in the order of the codebook: two models counted by hand."""
    pair = compare(priebe.incidence("relationships"), "open_dialogue", "solution_focused_therapy")
    assert (pair.first, pair.second) == ("open_dialogue", "solution_focused_therapy")
    assert (pair.both, pair.only_first, pair.only_second, pair.neither) == (("professionals", "family"), ("friends",), (), ("peers",))
    other = compare(priebe.incidence("relationships"), "solution_focused_therapy", "open_dialogue")
    assert (other.both, other.only_first, other.only_second, other.neither) == (pair.both, (), ("friends",), pair.neither)


def test_telling_pair_of_the_resources(priebe):
    """By hand. With six features the least box holds at most 1, so at most 3 are shared; that needs two models with 4 Yes each, and only
    creative music and solution-focused therapy have 4: they share three, and recreation, knowledge and self-actualising fill the rest."""
    resources = priebe.incidence("resources")
    for incidence in (resources, resources[::-1], resources.sample(frac=1, random_state=1)):
        pair = telling_pair(incidence)
        assert (pair.first, pair.second) == ("creative_music_therapy", "solution_focused_therapy")
        assert pair.counts == {"a": 3, "b": 1, "c": 1, "d": 1}
        assert (pair.only_first, pair.only_second, pair.neither) == (("recreational_activities",), ("experiential_knowledge",), ("self_actualising",))


@QUICK
@given(tables(), st.randoms(use_true_random=False))
def test_telling_pair_is_the_one_its_rule_names(incidence, choose):
    """The fullest least box, then the most boxes filled, then most shared, then first by name; whatever the order of the rows."""
    worth = {}
    for pair in combinations(sorted(incidence.index), 2):
        boxes = counted(*(incidence.loc[name] for name in pair))
        worth[pair] = (min(boxes), sum(box > 0 for box in boxes), boxes[0])
    best = min(pair for pair in worth if worth[pair] == max(worth.values()))
    for rows in (list(incidence.index), choose.sample(list(incidence.index), len(incidence))):
        pair = telling_pair(incidence.loc[rows])
        assert (pair.first, pair.second) == best


# ---------------------------------------------------------------- neighbours


def test_neighbours_by_hand():
    """From p: q and r share 1 of 2 with it (distance 1/2), s shares 1 of 3 (2/3), t nothing (1)."""
    incidence = table("1100", "1000", "0100", "0110", "0001")
    found = nearest_neighbours(incidence, k=2)
    of_p = found[found["item"] == "p"]
    assert of_p["neighbour"].tolist() == ["q", "r"] and of_p["rank"].tolist() == [1, 1]
    three = nearest_neighbours(incidence, k=3)
    assert three[three["item"] == "p"]["neighbour"].tolist() == ["q", "r", "s"] and three[three["item"] == "p"]["rank"].tolist() == [1, 1, 3]
    assert three[three["item"] == "p"]["distance"].tolist() == pytest.approx([1 / 2, 1 / 2, 2 / 3])
    of_t = found[found["item"] == "t"]
    assert of_t["neighbour"].tolist() == list("pqrs") and set(of_t["rank"]) == {1} and set(of_t["distance"]) == {1}


def test_equal_shares_of_different_sizes_are_a_tie():
    """By hand: p shares 1 of 3 features with q and 2 of 6 with r."""
    found = nearest_neighbours(table("1100000", "1010000", "1101111"), k=1)
    assert found[found["item"] == "p"][["neighbour", "rank"]].to_numpy().tolist() == [["q", 1], ["r", 1]]


@QUICK
@given(tables(rows=(1, 6), columns=(1, 5)), st.integers(1, 7), st.sampled_from(NINE), st.sampled_from(EMPTY))
def test_neighbours_by_brute_force(incidence, k, name, empty):
    """Rank: one more than there are nearer items. All of rank k or less, from near to far, ties in the table's order."""
    rows = []
    for item in incidence.index:
        others = [other for other in incidence.index if other != item]
        near = {other: order_key(name, counted(incidence.loc[item], incidence.loc[other]), empty) for other in others}
        ranks = {other: 1 + sum(near[third] > near[other] for third in others) for other in others}
        rows += [[item, other, ranks[other]] for other in sorted(others, key=ranks.get) if ranks[other] <= k]
    found = nearest_neighbours(incidence, k, name, empty)
    assert list(found) == ["item", "neighbour", "distance", "rank"]
    assert found[["item", "neighbour", "rank"]].to_numpy().tolist() == rows
    square = distance_matrix(incidence, name, empty)
    assert found["distance"].tolist() == [square.at[item, other] for item, other, _ in rows]


@pytest.mark.parametrize("k", [0, -1, 1.5])
def test_k_must_be_a_whole_number_of_at_least_1(k):
    with pytest.raises(SynopsisError, match=f"a whole number, 1 or more, not {k}"):
        nearest_neighbours(table("10", "01"), k)


# ---------------------------------------------------------------- bounds


def test_bounds_by_hand():
    """p is yes, unclear, no; q is yes, no, unclear. Both No: 1 of 1 is shared, distance 0. Both Yes: 1 of 3, distance 2/3."""
    states = pd.DataFrame([["yes", "unclear", "no"], ["yes", "no", "unclear"]], index=["p", "q"])
    assert distance_bounds(states).to_numpy().tolist() == [["p", "q", 0, pytest.approx(2 / 3)]]


def completed(row):
    return product(*(((True, False) if cell == "unclear" else (cell == "yes",)) for cell in row))


@settings(QUICK, max_examples=50)
@given(tables(codes=("yes", "no", "unclear"), rows=(2, 4), columns=(1, 5)))
def test_bounds_are_the_least_and_the_greatest_of_every_completion(states):
    """All ways to decide the unclear cells of two rows, for all nine coefficients and both choices for empty rows."""
    seen = {}
    for i, j in combinations(states.index, 2):
        seen[i, j] = {counted(one, other) for one in completed(states.loc[i]) for other in completed(states.loc[j])}
    for name, empty in product(NINE, EMPTY):
        found = distance_bounds(states, name, empty)
        assert list(found) == ["first", "second", "at_least", "at_most"]
        assert list(zip(found["first"], found["second"], strict=True)) == list(seen)
        for row in found.itertuples():
            keys = [order_key(name, counts, empty) for counts in seen[row.first, row.second]]
            least, most = (1 - (sqrt(key) if name == "ochiai" else float(key)) for key in (max(keys), min(keys)))
            assert (row.at_least, row.at_most) == (pytest.approx(least, abs=1e-14), pytest.approx(most, abs=1e-14)), (name, empty)


@settings(QUICK, max_examples=30)
@given(tables(), st.sampled_from(NINE), st.sampled_from(EMPTY))
def test_bounds_without_unclear_cells_are_the_distances(incidence, name, empty):
    found, square = distance_bounds(incidence, name, empty), distance_matrix(incidence, name, empty)
    assert found["at_least"].equals(found["at_most"])
    assert found["at_least"].tolist() == pytest.approx([square.at[i, j] for i, j in combinations(incidence.index, 2)], abs=1e-15)


def test_bounds_with_every_cell_of_two_items_unclear():
    """Two items of which nothing is known can be alike or share nothing."""
    states = pd.DataFrame("unclear", index=["p", "q"], columns=range(30))
    for name in NINE:
        assert distance_bounds(states, name)[["at_least", "at_most"]].to_numpy().tolist() == [[0, 1]]


# ---------------------------------------------------------------- orders of pairs


@QUICK
@given(tables(none_empty=True))
def test_which_coefficients_always_agree_about_the_order(incidence):
    """Dice 2s/(1+s) and Sokal-Sneath s/(2-s) rise with Jaccard's s; Rogers-Tanimoto s/(2-s) rises with simple matching's s."""
    ranks = pair_ranks(incidence)
    assert ranks["jaccard"].equals(ranks["dice"]) and ranks["jaccard"].equals(ranks["sokal_sneath"])
    assert ranks["simple_matching"].equals(ranks["rogers_tanimoto"])


@QUICK
@given(tables(), st.sampled_from(EMPTY))
def test_ranks_by_brute_force(incidence, empty):
    """Mid-rank: the pairs that are more alike, and half of those just as much alike, plus a half."""
    ranks = pair_ranks(incidence, empty=empty)
    assert list(ranks) == ["first", "second", *COEFFICIENTS]
    assert list(zip(ranks["first"], ranks["second"], strict=True)) == list(combinations(incidence.index, 2))
    for name in NINE:
        keys = [order_key(name, counted(incidence.loc[i], incidence.loc[j]), empty) for i, j in combinations(incidence.index, 2)]
        expected = [sum(other > key for other in keys) + (sum(other == key for other in keys) + 1) / 2 for key in keys]
        assert ranks[name].tolist() == expected


def tau_b(x, y) -> float:
    """Kendall (1945): concordant less discordant pairs, over the root of the pairs untied in x times those untied in y."""
    places = list(combinations(range(len(x)), 2))
    signs = [(np.sign(x[i] - x[j]), np.sign(y[i] - y[j])) for i, j in places]
    untied = sum(s != 0 for s, _ in signs) * sum(t != 0 for _, t in signs)
    return sum(s * t for s, t in signs) / sqrt(untied) if untied else float("nan")


def test_agreement_by_hand():
    """Three pairs. Ranks 1, 2, 3 against 1, 3, 2: two pairs of pairs agree, one does not, 1/3. Against 1.5, 1.5, 3: 2/sqrt(3 x 2)."""
    ranks = pd.DataFrame({"first": list("aab"), "second": list("bcc"), "x": [1.0, 2, 3], "y": [1.0, 3, 2], "z": [1.5, 1.5, 3], "same": [2.0, 2, 2]})
    found = rank_agreement(ranks)
    assert list(found) == list(found.index) == ["x", "y", "z", "same"]
    assert found.loc["x", ["x", "y", "z"]].tolist() == pytest.approx([1, 1 / 3, 2 / sqrt(6)])
    assert found["same"].isna().all() and found.loc["same"].isna().all()


@settings(QUICK, max_examples=30)
@given(tables(rows=(2, 5)))
def test_agreement_is_tau_b(incidence):
    ranks = pair_ranks(incidence)
    found = rank_agreement(ranks)
    for one, other in product(NINE, repeat=2):
        assert found.at[one, other] == pytest.approx(tau_b(ranks[one], ranks[other]), nan_ok=True, abs=1e-12)


# ---------------------------------------------------------------- small tables and errors


def test_one_row():
    """No pair, no neighbour, and nothing that fails."""
    one = table("110")
    assert distance_matrix(one).to_numpy().tolist() == [[0]]
    assert nearest_neighbours(one, 3).empty and distance_bounds(one).empty and pair_ranks(one).empty
    with pytest.raises(SynopsisError, match="at least two rows"):
        telling_pair(one)


UNCLEAR = pd.DataFrame([["yes", "unclear"], ["no", "yes"]], index=["p", "q"], columns=["x", "y"])
ASKED = {
    "distance_matrix": distance_matrix,
    "similarity_matrix": similarity_matrix,
    "exact_similarity": exact_similarity,
    "nearest_neighbours": lambda incidence: nearest_neighbours(incidence, 1),
    "distance_bounds": distance_bounds,
    "pair_ranks": pair_ranks,
    "telling_pair": telling_pair,
    "compare": lambda incidence: compare(incidence, "p", "q"),
}


@pytest.mark.parametrize("question", ASKED)
@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (pd.DataFrame(columns=["x", "y"], dtype=bool), "0 rows and 2 columns"),
        (pd.DataFrame(index=["p", "q"]), "2 rows and 0 columns"),
        (UNCLEAR, "unclear cells"),
        (table("10", "01", names="pp"), "row p stands twice"),
        (table("10", "01").set_axis(["x", "x"], axis=1), "column x stands twice"),
        (pd.DataFrame([[True, np.nan], [False, True]], index=["p", "q"], columns=["x", "y"]), "A cell holds nothing .row p, column y"),
        (UNCLEAR.replace("unclear", "maybe"), 'A cell holds "maybe" .row p, column y'),
    ],
    ids=["no rows", "no columns", "unclear", "row twice", "column twice", "nan", "another word"],
)
def test_a_table_that_is_no_sound_one(question, wrong, words):
    if question == "distance_bounds" and wrong is UNCLEAR:
        return  # the one question that unclear cells are for
    with pytest.raises(SynopsisError, match=words):
        ASKED[question](wrong)


@pytest.mark.parametrize("ask", [distance_matrix, similarity_matrix, exact_similarity, distance_bounds, lambda t, n: nearest_neighbours(t, 1, n)])
def test_an_unknown_coefficient_is_told_with_a_hint(ask):
    with pytest.raises(SynopsisError, match=r'no coefficient "jacard"\. Did you mean jaccard\?'):
        ask(table("10", "01"), "jacard")
    with pytest.raises(SynopsisError, match="Use one of: jaccard, dice"):
        ask(table("10", "01"), "euclid")


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (lambda: find_coefficient("dicee"), "Did you mean dice"),
        (lambda: similarity_of("jacard", 1, 1, 1, 1), "Did you mean jaccard"),
        (lambda: pair_ranks(HAND_TABLE, ["jaccard", "jacard"]), "Did you mean jaccard"),
        (lambda: distance_matrix(HAND_TABLE, empty="same"), "empty='same' is not possible. Use one of: identical, different"),
        (lambda: distance_bounds(HAND_TABLE, empty="same"), "empty='same' is not possible"),
        (lambda: exact_similarity(HAND_TABLE, "ochiai"), "ochiai holds a root.*squared=True"),
        (lambda: compare(HAND_TABLE, "p", "p"), "p is named twice"),
        (lambda: compare(HAND_TABLE, "p", "x"), r"no row x\. The rows are: p, q"),
    ],
    ids=["coefficient", "similarity_of", "pair_ranks", "empty", "empty in bounds", "root", "itself", "no such row"],
)
def test_errors_in_words(ask, words):
    with pytest.raises(SynopsisError, match=words):
        ask()


# ---------------------------------------------------------------- what incidence.py adds for these


def test_state_codes_by_hand():
    """1 yes, 0 no, -1 unclear, in words, in bool and in 0 and 1."""
    words = pd.DataFrame({"x": ["yes", "no", "unclear"], "y": [True, False, True], "z": [1, 0, 1]})
    assert state_codes(words).tolist() == [[1, 1, 1], [0, 0, 0], [-1, 1, 1]]
    assert yes_no_array(words.drop(index=2)).tolist() == [[True, True, True], [False, False, False]]


@pytest.mark.parametrize("cell", [2, 0.5, -1, None, float("nan"), "", "Yes", "1", "True", " yes", pd.NA], ids=repr)
def test_every_other_cell_is_refused(cell):
    """A cell is never taken for a No because it is not a Yes."""
    states = pd.DataFrame({"x": ["yes", "no"], "y": ["no", cell]}, index=["p", "q"], dtype=object)
    with pytest.raises(SynopsisError, match="row q, column y"):
        state_codes(states)


@QUICK
@given(tables(rows=(1, 6)), st.randoms(use_true_random=False))
def test_distinct_features_keep_the_first_of_each_group(incidence, choose):
    kept = distinct_features(incidence)
    repeated = {name for group in identical(incidence) for name in group[1:]}
    assert list(kept) == [name for name in incidence if name not in repeated]
    assert kept.equals(incidence[list(kept)])
    other = distinct_features(incidence.loc[choose.sample(list(incidence.index), len(incidence))])
    assert list(other) == list(kept)


def test_distinct_features_of_the_paper(priebe):
    """Decision-making and professional relationships are named for the same five models (Results): the second of the two goes."""
    both = priebe.incidence(["resources", "relationships"])
    assert list(distinct_features(both)) == [name for name in both if name != "professionals"]


def test_counts_cannot_be_negative():
    with pytest.raises(SynopsisError, match=r"a = -1.*cannot be negative"):
        similarity_of("jaccard", -1, 1, 1, 1)


def test_rows_may_be_named_by_numbers():
    """Rows 0 and 1 share 1 of 2."""
    pair = telling_pair(pd.DataFrame([[True, False], [True, True]]))
    assert (pair.first, pair.second, pair.similarity()) == (0, 1, Fraction(1, 2))
