"""Tables with fixed totals: counted, listed and drawn, against hand, brute force, published counts and R."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from functools import cache
from itertools import combinations, permutations, product
from math import comb, factorial, prod

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chisquare

from helpers import SynopsisError
from helpers.nullmodels import (
    STATISTICS,
    all_tables,
    c_score,
    comparison,
    count_fixed_margin,
    curveball,
    draw_tables,
    exact_null,
    mean_jaccard,
    nodf,
    null,
    sampled_null,
    table_classes,
    tied_pairs,
    trades,
)
from helpers.nullmodels.margins import TooManyStates
from helpers.nullmodels.statistics import numerators
from helpers.nullmodels.tables import TooManyTables

QUICK = settings(derandomize=True, deadline=None, max_examples=25)
NAMES = tuple(STATISTICS)


def table(*rows: str, names: str = "abcdefghijklmnop") -> pd.DataFrame:
    """A table from words such as "110": 1 yes, 0 no."""
    return pd.DataFrame([list(row) for row in rows], index=list(names[: len(rows)]), columns=[f"c{n}" for n in range(len(rows[0]))]).eq("1")


@st.composite
def tables(draw, most_rows=4, most_columns=4):
    rows, columns = draw(st.integers(1, most_rows)), draw(st.integers(1, most_columns))
    cells = draw(st.lists(st.lists(st.booleans(), min_size=columns, max_size=columns), min_size=rows, max_size=rows))
    return pd.DataFrame(cells, index=[f"r{n}" for n in range(rows)], columns=[f"c{n}" for n in range(columns)])


def circulant(n: int, k: int) -> pd.DataFrame:
    """n x n with all totals k."""
    return pd.DataFrame([[(column - row) % n < k for column in range(n)] for row in range(n)])


def brute_force(incidence: pd.DataFrame) -> set[tuple]:
    """Every table with these totals: all rows with the right total, put together in all ways, kept where the columns are right."""
    cells = incidence.to_numpy()
    width = cells.shape[1]
    choices = [[tuple(j in chosen for j in range(width)) for chosen in combinations(range(width), total)] for total in cells.sum(axis=1).tolist()]
    wanted = cells.sum(axis=0).tolist()
    return {rows for rows in product(*choices) if [sum(column) for column in zip(*rows, strict=True)] == wanted}


def as_tuples(cells: np.ndarray) -> list[tuple]:
    return [tuple(map(tuple, one)) for one in cells.tolist()]


def frequencies(drawn: np.ndarray, every: set[tuple]) -> np.ndarray:
    found = Counter(as_tuples(drawn))
    assert set(found) <= every
    return np.array([found[one] for one in sorted(every)])


def shuffled(incidence: pd.DataFrame, choose) -> pd.DataFrame:
    return incidence.loc[choose.sample(list(incidence.index), len(incidence)), choose.sample(list(incidence.columns), incidence.shape[1])]


@pytest.fixture(scope="module")
def reviewed(priebe, living_beings, root):
    untied = pd.read_csv(root / "tests" / "r" / "untied.csv", index_col=0).eq("yes")
    return {
        "resources": priebe.incidence("resources"),
        "relationships": priebe.incidence("relationships"),
        "both": priebe.incidence(["resources", "relationships"]),
        "traits": living_beings.incidence("traits"),
        "untied": untied,
    }


# ---------------------------------------------------------------- counting


@pytest.mark.parametrize(
    ("n", "k", "expected"),
    [(3, 1, 6), (5, 1, 120), (4, 2, 90), (5, 2, 2040), (6, 2, 67950), (7, 2, 3110940), (6, 3, 297200), (8, 4, 116963796250)],
)
def test_counts_known_from_the_literature(n, k, expected):
    """Square tables with all totals k: n! for 1; OEIS A001499 for 2; A058527 for half of n (1, 2, 90, 297200, 116963796250)."""
    assert count_fixed_margin(circulant(n, k)) == expected


@pytest.mark.parametrize("n", [3, 5, 7, 8])
def test_counts_by_a_closed_formula(n):
    assert count_fixed_margin(circulant(n, 3)) == a001501(n)


def a001501(n: int) -> int:
    """OEIS A001501, tables n x n with all totals 3, by the formula given there (L. Comtet, Advanced Combinatorics, 1974, p. 236)."""
    total = Fraction(0)
    for i in range(n + 1):
        for j in range(n + 1 - i):
            k = n - i - j
            term = Fraction(factorial(n) ** 2 * factorial(j + 3 * k) * 2**i * 3**j, factorial(i) * factorial(j) * factorial(k) ** 2)
            total += (-1) ** j * term / 6**k
    return total / 6**n


@QUICK
@given(tables())
def test_count_and_lists_by_brute_force(incidence):
    every = brute_force(incidence)
    assert count_fixed_margin(incidence) == count_fixed_margin(incidence.T) == len(every)
    listed = as_tuples(all_tables(incidence).cells)
    assert len(listed) == len(every) and set(listed) == every


@settings(QUICK, max_examples=8)
@given(tables(most_rows=6, most_columns=5))
def test_larger_counts_by_brute_force(incidence):
    width = incidence.shape[1]
    if prod(comb(width, int(total)) for total in incidence.sum(axis=1)) <= 200_000:
        assert count_fixed_margin(incidence) == len(brute_force(incidence))


def test_a_count_too_long_to_make_is_refused_in_words():
    wide = pd.DataFrame(np.random.default_rng(1).random((40, 30)) < 0.5)
    with pytest.raises(TooManyStates, match=r"more than 1,500,000 steps\. Use null or curveball"):
        count_fixed_margin(wide)


# ---------------------------------------------------------------- classes


@QUICK
@given(tables(), st.booleans(), st.booleans())
def test_classes_by_brute_force(incidence, columns_alike, distinct):
    """Multiplicities add up; a class is a table with its rows of equal totals in order, and each stands for all that fall into it."""
    every = [rows for rows in brute_force(incidence) if not distinct or len(set(rows)) == len(rows)]
    found = table_classes(incidence, columns_alike=columns_alike, distinct_rows=distinct)
    assert sum(found.multiplicity.tolist()) == len(every)
    listed = dict(zip(map(row_class, as_tuples(found.cells)), found.multiplicity.tolist(), strict=True))
    assert len(listed) == len(found.cells)
    if not columns_alike:
        assert listed == Counter(map(row_class, every))
    both, expected = Counter(), Counter(canonical(rows, incidence) for rows in every)
    for one, number in zip(as_tuples(found.cells), found.multiplicity.tolist(), strict=True):
        both[canonical(one, incidence)] += number
    assert both == expected


def row_class(rows: tuple) -> tuple:
    return tuple(sorted(rows, key=lambda row: (-sum(row), row)))


def canonical(rows: tuple, incidence: pd.DataFrame) -> tuple:
    """The first table, in order, of all that exchanges of columns with equal totals and of rows give."""
    totals = [sum(column) for column in zip(*rows, strict=True)]
    order = exchanges(tuple(totals))
    return min(row_class(tuple(tuple(row[j] for j in places) for row in rows)) for places in order)


@cache
def exchanges(totals: tuple) -> list[tuple]:
    return [places for places in permutations(range(len(totals))) if all(totals[j] == totals[k] for j, k in enumerate(places))]


def test_classes_of_the_resources(reviewed):
    """The number of tables does not depend on which side is filled first, nor on whether tables are counted or listed in classes."""
    for name in ("resources", "relationships"):
        n = count_fixed_margin(reviewed[name])
        for side in (reviewed[name], reviewed[name].T):
            assert sum(table_classes(side, columns_alike=True).multiplicity.tolist()) == n
        assert sum(table_classes(reviewed[name]).multiplicity.tolist()) == n
    assert len(all_tables(reviewed["relationships"]).cells) == count_fixed_margin(reviewed["relationships"])


# ---------------------------------------------------------------- random tables

SMALL = table("1100", "1010", "0101", "0011", "1000")
ODD = table("110", "101", "001")
WIDE = pd.DataFrame([[column == row for column in range(70)] for row in range(2)])  # rows longer than one word of 64 bits
DRAWS = {
    "draw_tables": lambda incidence, n, seed: draw_tables(incidence, n, seed),
    "curveball": lambda incidence, n, seed: curveball(incidence, n, seed),
    "curveball, thinned": lambda incidence, n, seed: curveball(incidence, n, seed, burn_in=101, thin=31),
}


@pytest.mark.parametrize("how", DRAWS)
@pytest.mark.parametrize("incidence", [SMALL, SMALL.T, ODD], ids=["5 x 4", "4 x 5", "3 x 3"])
def test_every_table_is_drawn_as_often(how, incidence):
    """Chi-squared over all tables, listed by brute force; seeds are fixed, so this passes always or never."""
    every = brute_force(incidence)
    counts = frequencies(DRAWS[how](incidence, 100 * len(every), seed=7), every)
    assert chisquare(counts).pvalue > 0.001


def test_rows_of_more_than_one_word():
    """Two rows of 70 columns with one Yes each, in different columns or the same two: each ends in one of the two columns."""
    drawn = curveball(WIDE, 4000, seed=1)
    assert chisquare([drawn[:, 0, 0].sum(), drawn[:, 0, 1].sum()]).pvalue > 0.001
    full = pd.DataFrame([[True] * 35 + [False] * 35, [False] * 35 + [True] * 35])
    drawn = curveball(full, 7000, seed=1)
    assert (drawn.sum(axis=2) == 35).all() and (drawn.sum(axis=1) == 1).all()
    assert chisquare(drawn[:, 0].sum(axis=0)).pvalue > 0.001


@pytest.mark.parametrize("pile", [1, 2, 3, 4, 7, 40])
def test_a_pile_is_dealt_uniformly(pile):
    """Every way to take some of a pile, for piles that end in the quick finish and those that do not."""
    rng = np.random.default_rng(3)
    for wanted in {0, 1, pile // 2, pile}:
        piles = np.full((1, 20_000), (1 << pile) - 1, dtype=np.uint64)
        taken = trades._deal(piles, np.full(20_000, wanted, dtype=np.uint8), rng)[0]
        assert (np.bitwise_count(taken) == wanted).all() and not (taken & ~piles[0]).any()
        ways = comb(pile, wanted)
        if ways > 1:
            counts = (
                Counter(taken.tolist()) if ways < 100 else Counter(column for column in range(pile) for _ in range(int((taken >> column & 1).sum())))
            )
            assert chisquare(list(counts.values())).pvalue > 0.001
            assert len(counts) == (ways if ways < 100 else pile)


@pytest.mark.parametrize(("pile", "wanted"), [(0b10010, 1), (0b10110, 1), (0b10110, 2)])
def test_small_piles_are_finished_uniformly(pile, wanted):
    """Two or three columns, one or all but one of them wanted: each column is the odd one as often."""
    piles, taken, left = np.full(6000, pile, dtype=np.uint64), np.zeros(6000, dtype=np.uint64), np.full(6000, wanted, dtype=np.uint8)
    trades._finish_small(piles, taken, left, np.random.default_rng(5))
    counts = Counter(taken.tolist())
    assert len(counts) == pile.bit_count() and all(one.bit_count() == wanted and not one & ~pile for one in counts) and not left.any()
    assert chisquare(list(counts.values())).pvalue > 0.001


@QUICK
@given(tables(5, 5), st.sampled_from(sorted(DRAWS)), st.integers(0, 3))
def test_draws_keep_the_totals_and_the_seed(incidence, how, seed):
    drawn = DRAWS[how](incidence, 20, seed)
    cells = incidence.to_numpy()
    assert drawn.shape == (20, *cells.shape) and drawn.dtype == bool
    assert (drawn.sum(axis=1) == cells.sum(axis=0)).all() and (drawn.sum(axis=2) == cells.sum(axis=1)).all()
    assert (drawn == DRAWS[how](incidence, 20, seed)).all()


def test_counts_beyond_64_bits_are_drawn_from_too():
    """12 x 12 with all totals 6: OEIS A058527. Each cell is Yes half of the time."""
    incidence = circulant(12, 6)
    assert count_fixed_margin(incidence) == 64051375889927380035549804336
    share = draw_tables(incidence, 2000, seed=1).mean(axis=0)
    assert abs(share - 0.5).max() < 4.5 * 0.5 / np.sqrt(2000)


def test_burn_in_and_thinning_are_counted_in_trades():
    """By what a trade is: one changes two rows at most, and k trades 2 k rows. After many, hardly a row of 40 is as it was."""
    incidence = pd.DataFrame(np.random.default_rng(1).random((40, 12)) < 0.4)
    changed = {}
    for burn_in, thin in ((0, 1), (0, 7), (5, 1), (1000, 1)):
        drawn = np.concatenate([incidence.to_numpy()[None], curveball(incidence, 3, 1, burn_in, thin)])
        changed[burn_in, thin] = (drawn[1:] != drawn[:-1]).any(axis=2).sum(axis=1).tolist()
    assert max(changed[0, 1]) == 2 and max(changed[5, 1][1:]) <= 2
    assert all(2 < rows <= 14 for rows in changed[0, 7]) and 2 < changed[5, 1][0] <= 12 and changed[1000, 1][0] > 30


@pytest.mark.parametrize("wrong", [{"n": 0}, {"n": 5, "burn_in": -1}, {"n": 5, "thin": 0}], ids=str)
def test_chains_that_are_not_possible(wrong):
    with pytest.raises(SynopsisError, match="Give a whole number"):
        curveball(SMALL, **wrong)


# ---------------------------------------------------------------- statistics


def by_definition(name: str, cells: np.ndarray) -> Fraction | None:
    """methods.md written out as loops, in fractions; None where there is nothing to divide by."""
    columns = [set(np.flatnonzero(column)) for column in cells.T]
    rows = [set(np.flatnonzero(row)) for row in cells]
    distances = [Fraction(len(a ^ b), len(a | b)) if a | b else Fraction(0) for a, b in combinations(rows, 2)]
    if name == "mean_jaccard":
        return sum(distances) / len(distances) if distances else None
    if name == "tied_pairs":
        return Fraction(sum(a == b for a, b in combinations(distances, 2)))
    if name == "c_score":
        checkers = [(len(a) - len(a & b)) * (len(b) - len(a & b)) for a, b in combinations(columns, 2)]
        return Fraction(sum(checkers), len(checkers)) if checkers else None
    told = [column for column in columns if 0 < len(column) < len(rows)]
    if not told:
        return None
    rows = [{place for place, column in enumerate(told) if row in column} for row in range(len(rows))]
    pairs = [*combinations(rows, 2), *combinations(told, 2)]
    counted = [Fraction(100 * len(a & b), min(len(a), len(b))) if len(a) != len(b) and a and b else Fraction(0) for a, b in pairs]
    return sum(counted) / len(counted)


@QUICK
@given(tables(6, 6), st.sampled_from(NAMES))
def test_statistics_by_definition(incidence, name):
    expected = by_definition(name, incidence.to_numpy())
    found = numerators(name, incidence.to_numpy()[None])
    if expected is None:
        assert found.denominator == 0 and np.isnan(found.decimal()).all()
    else:
        assert Fraction(int(found.values[0]), found.denominator) == expected


def test_statistics_by_hand():
    """Rows {1, 2}, {1}, {3}: distances 1/2, 1, 1, mean 5/6, one tie. Columns {a, b}, {a}, {c}: (2-1)(1-1), 2 x 1, 1 x 1, mean 1. Of the three
    pairs of rows and three of columns, the first of each counts 100."""
    cells = table("110", "100", "001").to_numpy()[None]
    assert [float(f(cells)[0]) for f in (mean_jaccard, tied_pairs, c_score, nodf)] == [pytest.approx(5 / 6), 1, 1, pytest.approx(200 / 6)]


def test_statistics_with_empty_rows_by_hand():
    """Two empty rows have distance 0, each has 1 from the third: mean 2/3, one tie, also where decimals are used. NODF: of three pairs of rows none
    has two totals above 0, and there is one column."""
    for cells in (table("0", "0", "1").to_numpy(), np.pad(table("0", "0", "1").to_numpy(), ((0, 0), (0, 130)))):
        assert [float(f(cells[None])[0]) for f in (mean_jaccard, tied_pairs, nodf)] == [pytest.approx(2 / 3), 1, 0]


@pytest.mark.parametrize("name", NAMES)
def test_statistics_of_tables_too_large_for_whole_numbers(name):
    """Beyond 64 bits decimals take over; 30 x 130 against the definition."""
    cells = np.random.default_rng(1).random((30, 130)) < 0.4
    found = numerators(name, cells[None])
    assert float(found.decimal()[0]) == pytest.approx(float(by_definition(name, cells)), rel=1e-12)
    assert (found.values.dtype == float) == (name in ("mean_jaccard", "nodf"))


def test_statistics_against_r(reviewed, root):
    """nulls.R: vegan's vegdist, designdist and nestednodf; tied pairs by fractions in R."""
    expected = pd.read_csv(root / "tests" / "r" / "expected" / "null_statistics.csv")
    assert set(expected["table"]) == set(reviewed) and set(expected["statistic"]) == set(NAMES)
    for row in expected.itertuples():
        value = numerators(row.statistic, reviewed[row.table].to_numpy()[None]).decimal()[0]
        assert value == pytest.approx(row.value, rel=1e-12, abs=1e-12), (row.table, row.statistic)


def test_unknown_statistics():
    with pytest.raises(SynopsisError, match=r'no statistic "nodff"\. Did you mean nodf'):
        null(SMALL, "nodff")
    with pytest.raises(SynopsisError, match=r"A statistic is a name \(mean_jaccard, c_score, nodf, tied_pairs\) or a function"):
        null(SMALL, 3)


# ---------------------------------------------------------------- exact nulls


def expected_null(incidence, statistic, distinct=False):
    """From the brute-force list: n, mean, both tails and the distribution."""
    every = [rows for rows in brute_force(incidence) if not distinct or len(set(rows)) == len(rows)]
    values = [statistic(np.array(rows)) for rows in every]
    observed = statistic(incidence.to_numpy())
    lower, upper = (sum(sign * value <= sign * observed for value in values) / len(values) for sign in (1, -1))
    ends = min(values.count(min(values)), values.count(max(values))) / len(values)
    return len(values), float(sum(values) / len(values)), lower, upper, min(1, 2 * min(lower, upper)), ends, sorted(Counter(values).items())


def compare_with(found, expected):
    n, mean, lower, upper, two, ends, values = expected
    assert found.exact and found.error == 0 and (found.n, found.p_lower, found.p_upper, found.p_two) == (n, lower, upper, two)
    assert found.mean == pytest.approx(mean, rel=1e-12, abs=1e-12) and found.smallest_p == ends
    assert found.values["tables"].tolist() == [number for _, number in values]
    assert found.values["value"].tolist() == pytest.approx([float(value) for value, _ in values], rel=1e-12, abs=1e-12)


@QUICK
@given(tables(), st.sampled_from(NAMES), st.booleans())
def test_exact_null_by_brute_force(incidence, name, distinct):
    if by_definition(name, incidence.to_numpy()) is None or (distinct and incidence.duplicated().any()):
        return
    compare_with(exact_null(incidence, name, distinct_rows=distinct), expected_null(incidence, lambda cells: by_definition(name, cells), distinct))


def labelled(cells):
    """Knows one row and one column from another."""
    return float((cells * np.arange(1, cells.size + 1).reshape(cells.shape) ** 2).sum())


def columns_matter(cells):
    """Ignores the order of rows."""
    return float(((cells.sum(axis=1) + 1) * (cells @ np.arange(1, cells.shape[1] + 1)) ** 2).sum())


def rounds(cells):
    """Ignores the order of rows but for the last digit, since decimals are added up in it."""
    return float(sum(0.1 * (row + 1) @ np.arange(1, len(row) + 1) ** 0.5 for row in cells))


@QUICK
@given(tables(), st.booleans())
def test_callables_by_brute_force(incidence, distinct):
    if distinct and incidence.duplicated().any():
        return
    compare_with(exact_null(incidence, labelled, distinct_rows=distinct), expected_null(incidence, labelled, distinct))
    found = exact_null(incidence, columns_matter, row_exchangeable=True, distinct_rows=distinct)
    compare_with(found, expected_null(incidence, columns_matter, distinct))


def test_values_that_differ_by_rounding_are_one():
    """0.1 + 0.2 and 0.3 are the same value, and both tails hold it."""
    found = exact_null(table("10", "01"), lambda cells: 0.1 + 0.2 if cells[0, 0] else 0.3)
    assert found.values["tables"].tolist() == [2] and found.p_lower == found.p_upper == found.smallest_p == 1


def test_a_callable_is_asked_once_for_each_class():
    asked = []
    exact_null(circulant(4, 1), lambda cells: asked.append(1) or 0.0, row_exchangeable=True)
    assert len(asked) == 2  # one class of 24 tables, and the table itself
    exact_null(circulant(4, 1), lambda cells: asked.append(1) or 0.0)
    assert len(asked) == 2 + 24 + 1


@QUICK
@given(tables(5, 4), st.randoms(use_true_random=False), st.sampled_from([*NAMES, rounds]))
def test_order_changes_nothing(incidence, choose, statistic):
    """To the last bit. Columns stay where the statistic sees them."""
    other = shuffled(incidence, choose) if isinstance(statistic, str) else shuffled(incidence, choose)[list(incidence)]
    for ask in (exact_null, lambda *args: sampled_null(args[0], args[1], draws=50, seed=3, row_exchangeable=args[2])):
        one, two = (ask(each, statistic, not isinstance(statistic, str)) for each in (incidence, other))
        pd.testing.assert_frame_equal(one.to_frame(), two.to_frame(), check_exact=True)
        pd.testing.assert_frame_equal(one.values, two.values, check_exact=True)


def test_order_changes_nothing_in_the_chain(monkeypatch, reviewed):
    """The same where tables come from curveball, and where decimals take over."""
    monkeypatch.setattr(comparison, "filling_of", lambda cells: None)
    wide = pd.DataFrame(np.random.default_rng(1).random((30, 130)) < 0.4)
    for incidence in (reviewed["both"], wide):
        other = incidence.sample(frac=1, random_state=1).sample(frac=1, axis=1, random_state=2)
        one, two = (sampled_null(each, "mean_jaccard", draws=100, seed=3) for each in (incidence, other))
        assert one.method == "curveball" and one.burn_in > 0 < one.thin and one.possible is None
        pd.testing.assert_frame_equal(one.to_frame(), two.to_frame(), check_exact=True)


# ---------------------------------------------------------------- against R, and sampled against exact


@pytest.fixture(scope="module")
def nulls(reviewed):
    return {(name, statistic): null(reviewed[name], statistic) for name in ("resources", "relationships", "both") for statistic in NAMES}


def test_nulls_against_vegan(nulls, root):
    """nulls.R: oecosimu with quasiswap and with curveball. Within 4.5 standard errors, those of both sides where both are sampled."""
    expected = pd.read_csv(root / "tests" / "r" / "expected" / "null_simulated.csv")
    assert len(expected) == 24
    for row in expected.itertuples():
        found = nulls[row.table, row.statistic]
        assert found.exact == (row.table != "both")
        share = np.sqrt(1 / row.draws + (0 if found.exact else 1 / found.n))
        assert abs(row.mean - found.mean) < 4.5 * row.sd * share, row
        for p, hits in ((found.p_lower, row.lower), (found.p_upper, row.upper)):
            assert abs(hits / row.draws - p) < 4.5 * np.sqrt(p * (1 - p)) * share, row


@pytest.mark.parametrize("name", ["resources", "relationships"])
def test_sampled_agrees_with_exact(nulls, reviewed, name, monkeypatch):
    for counted in (True, False):
        if not counted:
            monkeypatch.setattr(comparison, "filling_of", lambda cells: None)
        for statistic in NAMES:
            exact, sampled = nulls[name, statistic], sampled_null(reviewed[name], statistic, draws=4000, seed=5)
            assert not sampled.exact and sampled.n == sampled.drawn == 4000
            assert sampled.method == ("independent draws" if counted else "curveball")
            assert sampled.possible == (exact.n if counted else None)
            assert sampled.observed == exact.observed and sampled.smallest_p == 1 / 4001
            for one, other in ((exact.p_lower, sampled.p_lower), (exact.p_upper, sampled.p_upper)):
                assert abs(one - other) < 4.5 * np.sqrt(one * (1 - one) / 4000) + 1 / 4001
            p = min(sampled.p_lower, sampled.p_upper)
            assert sampled.error == pytest.approx(np.sqrt(p * (1 - p) / 4000))


def test_a_sampled_p_is_never_zero():
    """(1 + hits) / (1 + draws) (Phipson and Smyth 2010): by hand, the identity is one of 5040 permutations, and no draw of 20 is as extreme."""
    incidence = circulant(7, 1)
    found = sampled_null(incidence, lambda cells: float(np.trace(cells)), draws=20, seed=1)
    assert found.p_upper == 1 / 21 and found.p_lower == 1 and found.p_two == 2 / 21


def test_distinct_rows(reviewed):
    """Sampled by throwing away against listed; the paper names two models for nothing but peers."""
    exact = exact_null(reviewed["resources"], "mean_jaccard", distinct_rows=True)
    assert exact.n < exact.possible == count_fixed_margin(reviewed["resources"])
    sampled = sampled_null(reviewed["resources"], "mean_jaccard", draws=6000, seed=2, distinct_rows=True)
    share = exact.n / exact.possible
    assert sampled.drawn == 6000 and abs(sampled.n / 6000 - share) < 4.5 * np.sqrt(share * (1 - share) / 6000)
    assert abs(sampled.p_upper - exact.p_upper) < 4.5 * np.sqrt(exact.p_upper * (1 - exact.p_upper) / sampled.n) + 1 / sampled.n
    with pytest.raises(SynopsisError, match="peer_support_workers and self_help_groups are equal"):
        null(reviewed["relationships"], "nodf", distinct_rows=True)


def test_too_few_draws_with_distinct_rows():
    """All 14 rows of four columns with one to three Yes: to stay distinct, each total must use up every one of its rows."""
    rows = ["1100", "1010", "1001", "0110", "0101", "0011", "1000", "0100", "0010", "0001", "1110", "1101", "1011", "0111"]
    with pytest.raises(SynopsisError, match=r"Only \d+ of 1,000 random tables have distinct rows"):
        sampled_null(table(*rows), "nodf", draws=1000, distinct_rows=True)


# ---------------------------------------------------------------- limits and small tables


def test_too_many_to_list(reviewed):
    n = count_fixed_margin(reviewed["both"])
    with pytest.raises(SynopsisError, match=rf"^{n:,} tables have these row and column totals, too many to list\. Use sampled_null"):
        exact_null(reviewed["both"], "nodf")
    assert not null(reviewed["both"], "nodf", draws=10).exact
    with pytest.raises(TooManyTables, match="more than 5 tables"):
        all_tables(circulant(3, 1), most=5)
    assert len(all_tables(circulant(3, 1), most=6).cells) == 6


ALONE = {
    "one row": table("1010"),
    "all Yes": table("11", "11"),
    "all No": table("00", "00"),
    "equal rows": table("110", "110"),
    "nested": table("111", "110", "100"),
}
ALONE |= {"one column": table("1", "0", "1"), "one cell": table("1"), "200 columns": pd.DataFrame([[True] * 100 + [False] * 100] * 2)}


@pytest.mark.parametrize("incidence", ALONE.values(), ids=ALONE)
@pytest.mark.parametrize("statistic", [*NAMES, labelled], ids=[*NAMES, "labelled"])
def test_tables_that_stand_alone(incidence, statistic):
    """One row or one column fixes every cell, and so do constant and nested ones: one table, and nothing to tell."""
    assert count_fixed_margin(incidence) == 1
    for found in (null(incidence, statistic), sampled_null(incidence, statistic, draws=5)):
        if found.undefined:
            assert by_definition(statistic, incidence.to_numpy()) is None
            assert np.isnan([found.observed, found.mean, found.p_lower, found.p_upper, found.p_two, found.smallest_p]).all()
        else:
            assert found.mean == found.observed and found.p_lower == found.p_upper == found.p_two == 1
    assert null(incidence, statistic).n == 1
    for drawn in (draw_tables(incidence, 3), curveball(incidence, 3)):
        assert (drawn == incidence.to_numpy()).all()


def test_a_callable_without_a_value():
    found = exact_null(table("10", "01"), lambda cells: float("nan") if cells[0, 0] else 1.0)
    assert "no finite value" in found.undefined and np.isnan(found.p_two) and found.n == 2


@pytest.mark.parametrize("ask", [count_fixed_margin, all_tables, table_classes, lambda t: draw_tables(t, 2), lambda t: curveball(t, 2)])
def test_tables_that_are_not_sound(ask):
    with pytest.raises(SynopsisError, match="0 rows and 2 columns"):
        ask(pd.DataFrame(columns=["x", "y"], dtype=bool))
    with pytest.raises(SynopsisError, match="unclear cells"):
        ask(pd.DataFrame([["yes", "unclear"]]))


def test_a_null_for_larger_tables():
    """14 x 9 and 30 x 12 get an answer that says where it comes from."""
    rng = np.random.default_rng(4)
    for shape, method in (((14, 9), "independent draws"), ((30, 12), "curveball")):
        found = null(pd.DataFrame(rng.random(shape) < 0.45), "nodf", draws=500)
        assert not found.exact and found.method == method and 0 < found.p_two <= 1


def test_draws_must_be_asked_for():
    with pytest.raises(SynopsisError, match="draws=0 is not possible"):
        sampled_null(SMALL, "nodf", draws=0)


@pytest.mark.parametrize("wrong", [{"seed": -1}, {"seed": 1.5}, {"draws": 2.5}, {"draws": None}, {"draws": True}])
def test_counts_and_seeds_are_whole_numbers(wrong):
    with pytest.raises(SynopsisError, match="Give a whole number"):
        sampled_null(SMALL, "nodf", **wrong)


@pytest.mark.parametrize("tables", [SMALL, SMALL.to_numpy(), np.array([[[2, 1], [0, 3]]]), np.zeros((0, 2, 2), dtype=bool)])
def test_statistics_take_many_tables(tables):
    """One table, numbers that are not yes and no, and no table at all are refused in words."""
    with pytest.raises(SynopsisError, match="many tables at once"):
        mean_jaccard(tables)
