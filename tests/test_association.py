"""Associations and Mantel's correlation by hand, by brute force over every relabelling with fractions, and against R."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import combinations, permutations, product
from math import comb, factorial, sqrt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import SynopsisError
from helpers.nullmodels.association import feature_by_code, feature_pairs
from helpers.nullmodels.fisher import attainable, fisher_freeman_halton, holm, ways
from helpers.nullmodels.mantel import column_contributions, exact_mantel
from helpers.nullmodels.relabellings import BLOCK, Relabellings, arrangements
from helpers.quadrants import cramers_v
from helpers.similarity import distance_matrix, exact_similarity

QUICK = settings(derandomize=True, deadline=None, max_examples=25)
P_VALUES = ["p", "smallest_p", "holm", "min_p"]


def table(*rows: str, columns: str = "tuvwxyz", names: str = "abcdefghijklmnopqrs") -> pd.DataFrame:
    """A table from words such as "110": 1 yes, 0 no."""
    return pd.DataFrame([list(row) for row in rows], index=list(names[: len(rows)]), columns=list(columns[: len(rows[0])])).eq("1")


def square(*lower: int) -> pd.DataFrame:
    """Distances from the lower triangle, row by row."""
    items = next(n for n in range(2, 20) if n * (n - 1) // 2 == len(lower))
    cells = np.zeros((items, items))
    cells[np.tril_indices(items, -1)] = lower
    cells += cells.T
    return pd.DataFrame(cells, index=list("abcdefgh"[:items]), columns=list("abcdefgh"[:items]))


@st.composite
def two_tables(draw, rows=(3, 6), columns=(1, 3)):
    items = draw(st.integers(*rows))
    words = [
        draw(st.lists(st.text("01", min_size=width, max_size=width), min_size=items, max_size=items))
        for width in (draw(st.integers(*columns)), draw(st.integers(*columns)))
    ]
    return table(*words[0], columns="tuv"), table(*words[1], columns="xyz")


def random_table(items: int, features: int, seed: int) -> pd.DataFrame:
    cells = np.random.default_rng(seed).random((items, features)) < 0.5
    return pd.DataFrame(cells, index=[f"i{n:02}" for n in range(items)], columns=[f"f{n:02}" for n in range(features)])


def shuffled(frame: pd.DataFrame, choose) -> pd.DataFrame:
    return frame.loc[choose.sample(list(frame.index), len(frame)), choose.sample(list(frame), frame.shape[1])]


# ---------------------------------------------------------------- the exact test of a table of counts


@pytest.mark.parametrize(
    ("counts", "p"),
    [
        ([[3, 1], [1, 3]], Fraction(34, 70)),  # the lady tasting tea: 16 ways, of which 1 + 16 + 16 + 1 are no more
        ([[4, 0], [0, 4]], Fraction(2, 70)),
        ([[2, 2], [2, 2]], Fraction(1)),
        # three items of three levels, one yes: each of three tables has the same probability
        ([[1, 0, 0], [0, 1, 1]], Fraction(1)),
        # totals 2, 2, 2 both ways, the diagonal: 6 tables like it with 1 way each, of 6!/2!2!2! = 90
        ([[2, 0, 0], [0, 2, 0], [0, 0, 2]], Fraction(6, 90)),
        ([[2, 1]], Fraction(1)),
        ([[2, 0], [0, 0], [0, 2]], Fraction(2, 6)),  # an empty row
    ],
)
def test_tables_of_counts_by_hand(counts, p):
    assert fisher_freeman_halton(counts) == float(p)
    assert fisher_freeman_halton(pd.DataFrame(counts).T) == float(p)


def test_tables_of_counts_equal_those_of_r(root):
    """tests/r/association.R: stats::fisher.test of 60 made-up tables of up to 4 rows and 5 columns."""
    rows = pd.read_csv(root / "tests" / "r" / "expected" / "fisher.csv")
    assert len(rows) == 60
    for counts, p in zip(rows["counts"], rows["p"], strict=True):
        cells = np.array([row.split(" ") for row in counts.split("/")], dtype=int)
        assert fisher_freeman_halton(cells) == pytest.approx(p, abs=1e-10), counts


@QUICK
@given(st.lists(st.integers(0, 2), min_size=2, max_size=7), st.data())
def test_a_table_of_counts_equals_a_count_of_all_pairings(rows, data):
    """Every order of the second code against the first; a table's probability is the share of orders that give it."""
    columns = data.draw(st.lists(st.integers(0, 2), min_size=len(rows), max_size=len(rows)))
    seen = Counter(tuple(sorted(Counter(zip(rows, order, strict=True)).items())) for order in permutations(columns))
    observed = seen[tuple(sorted(Counter(zip(rows, columns, strict=True)).items()))]
    p = Fraction(sum(count for count in seen.values() if count <= observed), factorial(len(rows)))
    counts = pd.crosstab(np.array(rows), np.array(columns))
    assert fisher_freeman_halton(counts) == float(p)
    known = attainable(counts.sum(axis=1).tolist(), counts.sum().tolist())
    least = min(seen.values())
    assert next(iter(known.values())) == Fraction(sum(count for count in seen.values() if count == least), factorial(len(rows)))
    assert list(known.values()) == sorted(known.values()) and list(known.values())[-1] == 1


def test_equal_probabilities_are_equal_however_large():
    """25 and 25 of 50: the mirror image of a table counts as much as the table, which floating point would miss. Hypergeometric by hand."""
    expected = Fraction(sum(comb(25, k) ** 2 for k in range(26) if comb(25, k) <= comb(25, 10)), comb(50, 25))
    assert fisher_freeman_halton([[10, 15], [15, 10]]) == float(expected)


@pytest.mark.parametrize("counts", [[[0.5, 1], [1, 1]], [[-1, 2], [1, 1]], [[0, 0], [0, 0]], [1, 2], []])
def test_what_is_no_table_of_counts_is_refused(counts):
    with pytest.raises(SynopsisError, match="whole numbers"):
        fisher_freeman_halton(counts)


def test_too_many_tables_are_said_to_be_too_many():
    with pytest.raises(SynopsisError, match="Too many tables"):
        fisher_freeman_halton(np.arange(1, 37).reshape(6, 6))


def test_holm_by_hand():
    """Four tests: 0.01 x 4, 0.02 x 3, then 0.03 x 2 the same as before, 0.9; with 0.04 and 0.01 equal values stay equal."""
    values = [Fraction(n, 100) for n in (90, 1, 3, 2)]
    assert holm(values) == [Fraction(90, 100), Fraction(4, 100), Fraction(6, 100), Fraction(6, 100)]
    assert holm([Fraction(2, 5)] * 3) == [1, 1, 1] and holm([]) == []


# ---------------------------------------------------------------- relabellings


@QUICK
@given(st.lists(st.integers(0, 3), min_size=1, max_size=8))
def test_every_arrangement_is_listed_once(kinds):
    kinds = [sorted(set(kinds)).index(kind) for kind in kinds]
    found = [tuple(row) for block in Relabellings.of(kinds, True, 1, 0).blocks() for row in block.tolist()]
    assert len(found) == len(set(found)) == arrangements(kinds)
    assert all(sorted(row) == sorted(kinds) for row in found)
    assert arrangements(kinds) * Relabellings.of(kinds, True, 1, 0).weight == factorial(len(kinds))


def test_arrangements_come_in_blocks():
    blocks = list(Relabellings.of(range(8), True, 1, 0).blocks())
    assert max(map(len, blocks)) <= BLOCK and sum(map(len, blocks)) == len(np.unique(np.vstack(blocks), axis=0)) == factorial(8)


def test_random_relabellings_count_the_observed_one():
    """Phipson and Smyth (2010): (1 + hits) / (1 + draws)."""
    drawn = Relabellings.of([0, 1, 2], False, 99, 1)
    assert (drawn.n, drawn.share(0), drawn.share(4)) == (100, 0.01, 0.05)
    assert drawn.error(0.5) == pytest.approx(0.5 / sqrt(99))
    assert sum(len(block) for block in drawn.blocks()) == 99
    with pytest.raises(SynopsisError, match="Give a whole number, 1 or more"):
        Relabellings.of([0, 1], False, 0, 1)


# ---------------------------------------------------------------- Mantel


def test_mantel_by_hand():
    """Three items, distances 1, 2, 3 and 1, 3, 2. The six relabellings give each order of 1, 2, 3 once: r is 1, 1/2 twice, -1/2 twice, -1."""
    result = exact_mantel(square(1, 2, 3), square(1, 3, 2))
    assert (result.r, result.n, result.exact, result.error, result.tolerance) == (0.5, 6, True, 0, 0)
    assert (result.p_upper, result.smallest_p) == (3 / 6, 1 / 6)
    assert result.values.to_dict() == {-1: 1, -0.5: 2, 0.5: 2, 1: 1}


def test_mantel_with_twins_by_hand():
    """One distance of three differs in both: r is 1 where the two meet, in 2 of 6 relabellings, and -1/2 elsewhere."""
    result = exact_mantel(square(0, 1, 1), square(1, 0, 1))
    assert (result.r, result.p_upper, result.smallest_p, result.n) == (-0.5, 1, 2 / 6, 6)
    assert result.values.to_dict() == {-0.5: 4, 1: 2}


def brute_mantel(a, b) -> tuple[float, float, int, float]:
    """From distances as fractions, all n! relabellings: r, p, n and the share of the largest."""
    pairs = list(combinations(range(len(a)), 2))
    sums = [sum(a[i][j] * b[order[i]][order[j]] for i, j in pairs) for order in permutations(range(len(a)))]
    observed = sums[0]
    n, s, t = len(pairs), sum(a[i][j] for i, j in pairs), sum(b[i][j] for i, j in pairs)
    spread = [n * sum(x[i][j] ** 2 for i, j in pairs) - total**2 for x, total in ((a, s), (b, t))]
    r = float(n * observed - s * t) / sqrt(spread[0] * spread[1])
    return r, sum(value >= observed for value in sums) / len(sums), len(sums), sums.count(max(sums)) / len(sums)


@QUICK
@given(two_tables(rows=(3, 6), columns=(2, 3)))
def test_mantel_equals_brute_force_with_fractions(both):
    exact = [(1 - exact_similarity(one)).to_numpy().tolist() for one in both]
    result = exact_mantel(*map(distance_matrix, both))
    if any(len({row[j] for i, row in enumerate(one) for j in range(i)}) == 1 for one in exact):
        assert np.isnan([result.r, result.p_upper, result.smallest_p]).all() and "equal" in result.undefined and result.n == 0
        return
    r, p, n, best = brute_mantel(*exact)
    assert result.r == pytest.approx(r, abs=1e-13)
    assert (result.p_upper, result.n, result.smallest_p, result.undefined) == (p, n, best, "")
    assert result.values.sum() == n and result.values.index.is_monotonic_increasing and result.r in result.values.index
    assert result.values[result.values.index >= result.r].sum() / n == p


@QUICK
@given(two_tables(rows=(4, 6), columns=(2, 3)), st.randoms(use_true_random=False))
def test_mantel_is_free_of_order_and_symmetric(both, choose):
    first, second = map(distance_matrix, both)
    result = exact_mantel(first, second)
    for one, other in ((shuffled(first, choose), shuffled(second, choose)), (second, first)):
        again = exact_mantel(one, other)
        fields = ("r", "p_upper", "n", "smallest_p", "undefined")
        assert repr([getattr(again, name) for name in fields]) == repr([getattr(result, name) for name in fields])
        assert again.values.equals(result.values)


def test_mantel_compares_roots_with_a_tolerance():
    """Ochiai distances hold roots. The same relabellings tie as for their squares would by hand: two identical tables, p = smallest p."""
    one = table("110", "100", "011", "111", "010")
    result = exact_mantel(*[distance_matrix(one, "ochiai")] * 2)
    assert result.tolerance == 1e-12 and result.r == pytest.approx(1, abs=1e-13)
    automorphisms = sum(
        np.allclose(distance_matrix(one, "ochiai").iloc[list(order), list(order)], distance_matrix(one, "ochiai"), atol=1e-13)
        for order in permutations(range(5))
    )
    assert result.p_upper == result.smallest_p == automorphisms / 120


@pytest.fixture(scope="module")
def halves(root, priebe):
    """The pairs of tables that tests/r/association.R gave to vegan::mantel."""
    untied = pd.read_csv(root / "tests" / "r" / "untied.csv", index_col=0).eq("yes")
    return {
        "untied_halves": (untied.iloc[:, :8], untied.iloc[:, 8:]),
        "untied_quarters": (untied.iloc[:, :4], untied.iloc[:, 12:]),
        "priebe": (priebe.incidence("resources"), priebe.incidence("relationships")),
        "priebe_without_constant": (priebe.incidence("resources", drop_constant=True), priebe.incidence("relationships")),
    }


def test_mantel_equals_that_of_r(root, halves):
    """vegan::mantel; ade4 has the same r. Of seven items vegan counted all relabellings; of ten it drew 99,999, so p within 4 standard errors."""
    rows = pd.read_csv(root / "tests" / "r" / "expected" / "mantel.csv").set_index("tables")
    assert set(rows.index) == set(halves)
    for name, (first, second) in halves.items():
        result, expected = exact_mantel(distance_matrix(first), distance_matrix(second)), rows.loc[name]
        assert result.exact and result.n == factorial(len(first))
        assert result.r == pytest.approx(expected["r"], abs=1e-12)
        error = 0 if len(first) == 7 else sqrt(result.p_upper * (1 - result.p_upper) / expected["permutations"])
        assert result.p_upper == pytest.approx(expected["p"], abs=1e-12 + 4 * error)


def test_mantel_of_more_than_ten_items_is_sampled_and_says_so(monkeypatch):
    """Eight items counted and sampled: p agrees within 4 standard errors. Eleven items are always sampled."""
    first, second = (distance_matrix(random_table(8, 5, seed)) for seed in (2, 3))
    counted = exact_mantel(first, second)
    monkeypatch.setattr("helpers.nullmodels.mantel.MOST_ITEMS", 7)
    drawn = exact_mantel(first, second, draws=9_999)
    assert counted.exact and not drawn.exact and drawn.n == 10_000 and drawn.smallest_p == 1 / 10_000
    assert (
        drawn.error == pytest.approx(sqrt(drawn.p_upper * (1 - drawn.p_upper) / 9_999)) and 0 < abs(drawn.p_upper - counted.p_upper) < 4 * drawn.error
    )
    assert exact_mantel(first, second, draws=9_999).p_upper == drawn.p_upper != exact_mantel(first, second, draws=9_999, seed=1).p_upper
    monkeypatch.undo()
    large = exact_mantel(*(distance_matrix(random_table(11, 5, seed)) for seed in (2, 3)), draws=99)
    assert not large.exact and large.n == 100


def test_mantel_where_there_is_none():
    for result in (
        exact_mantel(square(1), square(1)),
        exact_mantel(square(1, 1, 1), square(1, 2, 3)),
        exact_mantel(square(1, 2, 3), square(2, 2, 2)),
    ):
        assert np.isnan([result.r, result.p_upper, result.smallest_p]).all() and result.undefined and result.n == 0 and result.values.empty
    one = pd.DataFrame([[0.0]], index=["a"], columns=["a"])
    assert "three items" in exact_mantel(one, one).undefined


def test_mantel_refuses_what_is_no_pair_of_distance_matrices():
    good = square(1, 2, 3)
    with pytest.raises(SynopsisError, match="z is missing from the first table"):
        exact_mantel(good, good.rename(index={"a": "z"}, columns={"a": "z"}).reindex(index=["z", "b", "c", "a"], columns=["z", "b", "c", "a"]))
    with pytest.raises(SynopsisError, match="c is missing from the second table"):
        exact_mantel(good, good.iloc[:2, :2])
    lopsided, missing = good.copy(), good.copy()
    lopsided.loc["a", "b"], missing.loc["a", "c"] = 9, np.nan
    for wrong in (lopsided, missing):
        with pytest.raises(SynopsisError, match=r"The distance of a and [bc]"):
            exact_mantel(wrong, good)
    with pytest.raises(SynopsisError, match="rows and the columns"):
        exact_mantel(good.rename(columns={"a": "z"}), good)


def test_contributions_of_columns(priebe):
    """r without a column is the Mantel r of the table without it; R's r with and without the constant column (mantel.csv) gives that change."""
    first, second = priebe.incidence("resources"), priebe.incidence("relationships")
    found = column_contributions(first, second)
    assert found["column"].tolist() == [*sorted(first), *sorted(second)]
    for row in found.itertuples():
        tables = {"a": first, "b": second}
        tables[row.table] = tables[row.table].drop(columns=row.column)
        assert row.r_without == pytest.approx(exact_mantel(*map(distance_matrix, tables.values()), draws=9).r, abs=1e-12)
    constant = found.set_index("column").loc["social_relationships"]
    assert (constant["r_without"], constant["change"]) == pytest.approx((0.22733100186145483, 0.22733100186145483 - 0.18594192838547641), abs=1e-12)
    assert column_contributions(first.iloc[::-1, ::-1], second.iloc[:, ::-1]).equals(found)
    alone = column_contributions(first[["decision_making"]], second)
    assert np.isnan(alone["r_without"][0]) and alone["r_without"][1:].notna().all()


# ---------------------------------------------------------------- pairs of features


def test_a_pair_by_hand():
    """Six items; t and x both in two, each alone in one, neither in two: tables with both = 3, 2, 1, 0 have 1, 9, 9, 1 of 20 ways."""
    result = feature_pairs(table("1", "1", "1", "0", "0", "0"), table("1", "1", "0", "1", "0", "0", columns="x"))
    row = result.to_frame().iloc[0]
    assert row.to_list()[:6] == ["t", "x", 2, 1, 1, 2]
    assert (row["phi"], row["jaccard"]) == pytest.approx(((2 * 2 - 1 * 1) / 9, 2 / 4))
    assert row[P_VALUES].to_list() == [1, 2 / 20, 1, 1]
    assert (result.family, result.exact, result.draws, result.error) == (1, True, 0, 0)


def brute_p(one, other) -> Fraction:
    """Fisher's two-sided p as a share of all relabellings: the tables at most as frequent as the observed one."""
    both = Counter(sum(x and y for x, y in zip(one, order, strict=True)) for order in permutations(other))
    observed = both[sum(x and y for x, y in zip(one, other, strict=True))]
    return Fraction(sum(count for count in both.values() if count <= observed), sum(both.values()))


@settings(QUICK, max_examples=12)
@given(two_tables(rows=(3, 5), columns=(1, 2)))
def test_pairs_equal_brute_force_over_every_relabelling(both):
    first, second = both
    varying = [pair for pair in product(first, second) if first[pair[0]].nunique() > 1 and second[pair[1]].nunique() > 1]
    result = feature_pairs(first, second)
    assert result.family == len(varying) and result.exact
    frame = result.to_frame().set_index(["first", "second"])
    assert set(frame.index) == set(product(first, second))
    assert frame.drop(index=varying)[["phi", *P_VALUES]].isna().all(axis=None)
    if not varying:
        return
    observed = {pair: brute_p(first[pair[0]].tolist(), second[pair[1]].tolist()) for pair in varying}
    lows = [
        min(brute_p(first[one].tolist(), [second[other].tolist()[place] for place in order]) for one, other in varying)
        for order in permutations(range(len(first)))
    ]
    for pair, p in observed.items():
        one, other = first[pair[0]], second[pair[1]]
        assert frame.at[pair, "p"] == float(p)
        assert frame.at[pair, "smallest_p"] == float(min(brute_p(one.tolist(), order) for order in set(permutations(other.tolist()))))
        assert frame.at[pair, "min_p"] == sum(low <= p for low in lows) / len(lows)
        assert frame.at[pair, "phi"] == pytest.approx(np.corrcoef(one, other)[0, 1], abs=1e-12)


@QUICK
@given(two_tables(rows=(2, 6)))
def test_what_holds_of_every_adjusted_p(both):
    """Exact min-P is at least p and at most p times the family (Bonferroni), and keeps the order of p; so does Holm."""
    result = feature_pairs(*both)
    tests = result.to_frame().dropna(subset="p")
    assert len(tests) == result.family and tests["p"].is_monotonic_increasing
    for adjusted in ("holm", "min_p"):
        assert (tests[adjusted] >= tests["p"] - 1e-15).all() and (tests[adjusted] <= 1).all() and tests[adjusted].is_monotonic_increasing
    assert (tests["min_p"] <= np.minimum(1, tests["p"] * result.family) + 1e-15).all()
    assert (tests["smallest_p"] <= tests["p"]).all() and (tests["smallest_p"] > 0).all()


@QUICK
@given(two_tables(rows=(2, 6)), st.randoms(use_true_random=False))
def test_pairs_are_free_of_order(both, choose):
    first, second = both
    levels = pd.Series([choose.choice(["p", "q", "not stated"]) for _ in first.index], index=first.index)
    mixed = [shuffled(one, choose) for one in both]
    assert feature_pairs(*mixed).to_frame().equals(feature_pairs(first, second).to_frame())
    assert feature_pairs(mixed[0]).to_frame().equals(feature_pairs(first).to_frame())
    again, before = feature_by_code(mixed[0], levels.sample(frac=1, random_state=1)), feature_by_code(first, levels)
    assert again.to_frame().equals(before.to_frame()) and (again.family, again.left_out) == (before.family, before.left_out)


def test_sampled_pairs_are_free_of_order_and_agree_with_the_exact_ones(monkeypatch):
    first, second = random_table(7, 3, 5), random_table(7, 2, 6)
    counted = feature_pairs(first, second)
    monkeypatch.setattr("helpers.nullmodels.min_p.MOST", 100)
    drawn = feature_pairs(first, second, draws=9_999)
    assert counted.exact and not drawn.exact and (counted.draws, drawn.draws) == (0, 9_999) and 0 < drawn.error <= 0.5 / sqrt(9_999)
    gaps = (drawn.to_frame()["min_p"] - counted.to_frame()["min_p"]).abs()
    assert 0 < gaps.max() < 4 * drawn.error
    assert drawn.to_frame().drop(columns="min_p").equals(counted.to_frame().drop(columns="min_p"))
    assert feature_pairs(first.iloc[::-1, ::-1], second.iloc[::-1], draws=9_999).to_frame().equals(drawn.to_frame())
    assert (drawn.to_frame()["min_p"] >= 1 / 10_000).all()


def test_within_one_table_relabelling_rows_says_nothing():
    result = feature_pairs(table("110", "101", "011", "000"))
    assert result.to_frame()[["first", "second"]].to_numpy().tolist() == [["t", "u"], ["t", "v"], ["u", "v"]]
    assert result.to_frame()["min_p"].isna().all() and result.to_frame()[["p", "holm"]].notna().all(axis=None)
    assert (result.exact, result.draws, result.error) == (True, 0, 0)


@pytest.mark.parametrize(
    ("first", "second", "pairs"),
    [
        (table("11"), table("0", columns="x"), 2),  # one row
        (table("11", "11", "11"), table("1", "0", "0", columns="x"), 2),  # all rows equal
        (table("1", "0", "0"), None, 0),  # one column
        (table("00", "00"), None, 1),  # empty rows
    ],
)
def test_without_a_test_all_is_nan_and_nothing_counted(first, second, pairs):
    result = feature_pairs(first, second)
    assert len(result.to_frame()) == pairs and result.family == 0 and result.exact and result.error == 0
    assert result.to_frame()[P_VALUES].isna().all(axis=None)
    assert list(result.to_frame()) == ["first", "second", "a", "b", "c", "d", "phi", "jaccard", *P_VALUES]


def test_constant_columns_are_listed_last_and_not_counted(priebe):
    """Every one of the ten models uses social relationships (paper: "all ten"): 4 of the 24 pairs have no test."""
    result = feature_pairs(priebe.incidence("resources"), priebe.incidence("relationships"))
    frame = result.to_frame()
    assert (len(frame), result.family, result.exact) == (24, 20, True)
    assert set(frame["first"][20:]) == {"social_relationships"} and "social_relationships" not in set(frame["first"][:20])
    # 5 of 10 models in both columns, the same 5: Fisher's p is 2 / C(10, 5); Holm times 20
    assert frame.loc[0, ["first", "second"]].to_list() == ["decision_making", "professionals"]
    assert frame.loc[0, ["p", "smallest_p", "holm"]].to_list() == pytest.approx([2 / 252, 2 / 252, 40 / 252])


def test_other_items_are_refused_by_name():
    first, second = table("1", "0"), table("1", "0", names="az", columns="x")
    with pytest.raises(SynopsisError, match="b is missing from the second table"):
        feature_pairs(first, second)
    with pytest.raises(SynopsisError, match="b is missing from the second table"):
        column_contributions(first, second)
    with pytest.raises(SynopsisError, match="b is missing from the codes"):
        feature_by_code(first, pd.Series(["p", "q"], index=["a", "z"]))
    with pytest.raises(SynopsisError, match="a has no code"):
        feature_by_code(first, pd.Series([None, "q"], index=["a", "b"]))
    with pytest.raises(SynopsisError, match="stands twice"):
        feature_pairs(pd.concat([first, first]))


# ---------------------------------------------------------------- features against a code


def test_a_code_by_hand():
    """Levels p, p, q, q, r; t in both p only: 1 of C(5, 2) = 10 ways has p twice, 1 has q twice, the others more (2 x 2, 2 x 1, 2 x 1)."""
    levels = pd.Series(list("ppqqr"), index=list("abcde"))
    result = feature_by_code(table("10", "10", "00", "00", "01"), levels)
    frame = result.to_frame().set_index("feature")
    assert frame.loc["t", ["p", "smallest_p"]].to_list() == [0.2, 0.2]
    # u in r only: 1 of 5 ways; with p or q 2 of 5 each
    assert frame.loc["u", ["p", "smallest_p"]].to_list() == [0.2, 0.2]
    # Relabelled: t reaches 0.2 in 2 of 10, u in 1 of 5; r cannot be where t is in either, so both happen with r fixed: of 5!/2!2! = 30
    # arrangements u alone 6, of which t in one pair 2; t in one pair 6. Together 6 + 6 - 2.
    assert frame["min_p"].to_list() == pytest.approx([10 / 30] * 2)
    assert frame["holm"].to_list() == pytest.approx([0.4, 0.4])


@settings(QUICK, max_examples=15)
@given(two_tables(rows=(3, 5)), st.data())
def test_codes_equal_brute_force_over_every_relabelling(both, data):
    cells, items = both[0], len(both[0])
    levels = data.draw(st.lists(st.sampled_from("pqr"), min_size=items, max_size=items))
    result = feature_by_code(cells, pd.Series(levels, index=cells.index))

    def p_of(column, order) -> Fraction:
        seen = Counter(tuple(sorted(Counter(zip(column, other, strict=True)).items())) for other in permutations(levels))
        mine = seen[tuple(sorted(Counter(zip(column, order, strict=True)).items()))]
        return Fraction(sum(count for count in seen.values() if count <= mine), factorial(items))

    varying = [name for name in cells if cells[name].nunique() > 1 and len(set(levels)) > 1]
    frame = result.to_frame().set_index("feature")
    assert result.family == len(varying) and frame.drop(index=varying).isna().all(axis=None)
    orders = Counter(permutations(levels))
    lows = {order: min((p_of(cells[name].tolist(), order) for name in varying), default=None) for order in orders}
    for name in varying:
        p = p_of(cells[name].tolist(), levels)
        assert frame.at[name, "p"] == float(p)
        assert frame.at[name, "smallest_p"] == float(min(p_of(cells[name].tolist(), order) for order in orders))
        assert frame.at[name, "min_p"] == sum(count for order, count in orders.items() if lows[order] <= p) / factorial(items)
        assert frame.at[name, "cramers_v"] == pytest.approx(cramers_v(pd.crosstab(cells[name], np.array(levels))), abs=1e-12)


def test_items_without_a_code_are_left_out_and_named(priebe):
    """Two models' expertise is not stated (methods.md). The rest gives what the table of the other eight gives."""
    cells, levels = priebe.incidence("relationships"), priebe.nature["expertise"]
    result = feature_by_code(cells, levels)
    assert result.left_out == ("befriending", "creative_music_therapy")
    eight = cells.drop(index=list(result.left_out))
    assert feature_by_code(eight, levels[eight.index]).to_frame().equals(result.to_frame())
    nobody = feature_by_code(cells, pd.Series("not stated", index=cells.index))
    assert nobody.family == 0 and len(nobody.left_out) == 10 and nobody.to_frame().drop(columns="feature").isna().all(axis=None)


def test_sampled_codes_agree_with_the_exact_ones(monkeypatch):
    cells = table("110", "101", "110", "101", "010", "001", "010", "001", "111")
    levels = pd.Series(list("ppppqqqrr"), index=cells.index)
    counted = feature_by_code(cells, levels)
    monkeypatch.setattr("helpers.nullmodels.min_p.MOST", 100)
    drawn = feature_by_code(cells, levels, draws=9_999)
    assert counted.exact and not drawn.exact
    assert 0 < (drawn.to_frame()["min_p"] - counted.to_frame()["min_p"]).abs().max() < 4 * drawn.error


# ---------------------------------------------------------------- against R, and large tables


def test_families_equal_those_of_r(root, priebe, living_beings):
    """tests/r/association.R: stats::fisher.test, p.adjust and cor, chisq.test for V."""
    resources, relationships = priebe.incidence("resources"), priebe.incidence("relationships")
    both = priebe.incidence(["resources", "relationships"])
    found = {
        "between": feature_pairs(resources, relationships),
        "resources": feature_pairs(resources),
        "relationships": feature_pairs(relationships),
        "traits": feature_pairs(living_beings.incidence("traits")),
        "reciprocity": feature_by_code(both, priebe.nature["reciprocity"]),
        "expertise": feature_by_code(both, priebe.nature["expertise"]),
    }
    expected = pd.read_csv(root / "tests" / "r" / "expected" / "associations.csv")
    assert set(expected["family"]) == set(found)
    for name, rows in expected.groupby("family"):
        frame = found[name].to_frame().dropna(subset="p")
        pairs = "second" in frame
        frame = frame.set_index(["first", "second"] if pairs else ["feature"]).sort_index()
        rows = rows.set_index(["first", "second"] if pairs else ["first"]).sort_index()
        assert list(frame.index) == list(rows.index) and len(rows) == found[name].family
        measures = ["phi", "p", "holm"] if pairs else ["v", "p", "holm"]
        assert np.abs(frame.rename(columns={"cramers_v": "v"})[measures] - rows[measures]).max(axis=None) < 1e-12


def test_thirty_items_are_answered_and_labelled():
    """Nothing to compare with: that it ends, and says that it sampled. Three levels of ten have 30!/10!^3 arrangements."""
    first, second = random_table(30, 9, 1), random_table(30, 9, 2)
    pairs = feature_pairs(first, second, draws=999)
    codes = feature_by_code(first, pd.Series([f"level {n % 3}" for n in range(30)], index=first.index), draws=999)
    for result, family in ((pairs, 81), (codes, 9)):
        assert (result.family, result.exact, result.draws) == (family, False, 999) and 0 < result.error < 0.02
        assert result.to_frame()["min_p"].between(1 / 1000, 1).all()
    assert not exact_mantel(distance_matrix(first), distance_matrix(second), draws=999).exact


def test_ways_are_the_numerator_of_a_probability():
    """The tea table: C(4, 3) x C(4, 1) = 16 of C(8, 4) = 70."""
    assert ways([[3, 1], [1, 3]]) == 16 and sum(ways([[k, 4 - k], [4 - k, k]]) for k in range(5)) == 70
