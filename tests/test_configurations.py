"""Truth tables, recipes and random labellings by hand, by brute force over all terms and all sets of terms, and against published solutions."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from itertools import combinations, permutations, product
from math import comb, isnan, sqrt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import SynopsisError
from helpers.configurations import Term, random_labellings, solutions, truth_table, wording
from helpers.configurations.covers import Covering, shortest_covers
from helpers.configurations.primes import conservative_primes, parsimonious_primes

QUICK = settings(derandomize=True, deadline=None, max_examples=40)
BOTH = ("conservative", "parsimonious")
ADDED = ["n", "n_with", "consistency", "contradiction", "with_outcome", "without_outcome"]


def table(*rows: str, columns="wxyz", names="abcdefghijklmnopqrs") -> pd.DataFrame:
    """A table from words such as "110": 1 yes, 0 no."""
    return pd.DataFrame([list(row) for row in rows], index=list(names[: len(rows)]), columns=list(columns[: len(rows[0])])).eq("1")


def labelled(*cases: str, columns="wxyz") -> tuple[pd.DataFrame, pd.Series]:
    """A table and an outcome from words such as "110 1": the features of an item and whether it has the outcome."""
    rows, values = zip(*(case.split() for case in cases), strict=True)
    frame = table(*rows, columns=columns)
    return frame, pd.Series([value == "1" for value in values], index=frame.index)


def published(columns: str, with_outcome: dict[str, str], without: dict[str, str]) -> tuple[pd.DataFrame, pd.Series]:
    """A table and an outcome from configurations such as "101" with the names of their cases; "1" to "9" stands for so many that have no name."""
    rows, values = {}, {}
    for value, group in ((True, with_outcome), (False, without)):
        for word, names in group.items():
            for name in [f"{word} {n}" for n in range(int(names))] if names.isdigit() else names.split(","):
                rows[name], values[name] = [letter == "1" for letter in word], value
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns.split(" ")), pd.Series(values)


def model(text: str, columns: list[str]) -> frozenset[Term]:
    """A solution as R prints it: "A*~B + C" for A without B, or C."""
    terms = [term.split("*") for term in text.split(" + ")]
    return frozenset(Term(tuple(c for c in columns if c in term), tuple(c for c in columns if f"~{c}" in term)) for term in terms)


def recipes(result) -> set[frozenset[Term]]:
    """The listed solutions, once it is certain that none is listed twice and that no term stands twice in one."""
    found = {frozenset(choice) for choice in result.listed}
    assert len(found) == len(result.listed) and all(len(set(choice)) == len(choice) == result.terms for choice in result.listed)
    assert all(sum(term.literals for term in choice) == result.literals for choice in result.listed)
    return found


# ---------------------------------------------------------------- brute force: all terms, all sets of terms


def holds(term: str, word: str) -> bool:
    """Whether a configuration such as "101" has what a term such as "1-1" demands."""
    return all(demand in ("-", letter) for demand, letter in zip(term, word, strict=True))


def literals(choice) -> int:
    return sum(len(term) - term.count("-") for term in choice)


def shortest_of(terms: list[str], having: frozenset[str]) -> set[frozenset[str]]:
    """Of all sets of these terms that cover every configuration: those with fewest terms, and of these with fewest features."""
    words = sorted(having)
    masks = {term: sum(1 << place for place, word in enumerate(words) if holds(term, word)) for term in terms}
    useful = [term for term in terms if masks[term]]
    for size in range(len(words) + 1):
        found = []
        for choice in combinations(useful, size):
            covered = 0
            for term in choice:
                covered |= masks[term]
            if covered == (1 << len(words)) - 1:
                found.append(choice)
        if found:
            return {frozenset(choice) for choice in found if literals(choice) == min(map(literals, found))}
    raise AssertionError("the terms do not cover everything")


@cache
def shortest(having: frozenset[str], lacking: frozenset[str], width: int, remainders: str) -> set[frozenset[str]]:
    """All equally short solutions, from all 3^k terms: each choice as its terms, such as "1-0"."""
    terms = ["".join(term) for term in product("10-", repeat=width)]
    if remainders == "parsimonious":
        allowed = [term for term in terms if not any(holds(term, word) for word in lacking)]
    else:
        meant = {term: map("".join, product(*("10" if demand == "-" else demand for demand in term))) for term in terms}
        allowed = [term for term in terms if all(word in having for word in meant[term])]
    return shortest_of(allowed, having)


def words_of(frame: pd.DataFrame) -> dict:
    return {item: "".join("01"[int(value)] for value in frame.loc[item]) for item in frame.index}


def check(frame: pd.DataFrame, outcome: pd.Series, remainders: str, least: str = "1") -> None:
    """Everything that `solutions` tells, against brute force and direct counts."""
    values = {item: bool(outcome[item]) for item in frame.index if item in outcome.index and not pd.isna(outcome[item])}
    words = {item: word for item, word in words_of(frame).items() if item in values}
    groups = {word: [values[item] for item in words if words[item] == word] for word in words.values()}
    having = frozenset(word for word, group in groups.items() if Fraction(sum(group), len(group)) >= Fraction(least))
    expected = shortest(having, frozenset(groups) - having, frame.shape[1], remainders)
    result = solutions(frame, outcome, remainders, float(least))

    def term(word: str) -> Term:
        named = list(zip(frame.columns, word, strict=True))
        return Term(tuple(name for name, demand in named if demand == "1"), tuple(name for name, demand in named if demand == "0"))

    assert recipes(result) == {frozenset(map(term, choice)) for choice in expected}
    assert result.count == len(expected)
    assert {(len(choice), literals(choice)) for choice in expected} == {(result.terms, result.literals)}
    for choice in expected:
        covered = [item for item, word in words.items() if any(holds(one, word) for one in choice)]
        assert result.covered == tuple(covered)
        with_outcome = sum(values[item] for item in covered)
        for told, whole in ((result.consistency, len(covered)), (result.coverage, sum(values.values()))):
            assert told == with_outcome / whole if whole else isnan(told)


@st.composite
def labelled_tables(draw, features=(1, 4), items=(1, 6), distinct=False, missing=False):
    width = draw(st.integers(*features))
    most = min(items[1], 2**width) if distinct else items[1]
    words = draw(st.lists(st.text("01", min_size=width, max_size=width), min_size=min(items[0], most), max_size=most, unique=distinct))
    values = draw(st.lists(st.sampled_from([True, False, None] if missing else [True, False]), min_size=len(words), max_size=len(words)))
    frame = table(*words)
    return frame, pd.Series(values, index=frame.index, dtype="boolean")


# ---------------------------------------------------------------- the truth table


def test_a_truth_table_by_hand():
    """Six items, f without an outcome. 11 twice (a has it, c has not), 01 twice, 10 once; of the two pairs 11 has more features."""
    frame = table("11", "01", "11", "10", "01", "00", columns="xy")
    found = truth_table(frame, pd.Series({"a": True, "b": False, "c": False, "d": True, "e": False}))
    assert list(found.columns) == ["x", "y", *ADDED]
    assert found.index.tolist() == [0, 1, 2]
    assert found.to_numpy().tolist() == [
        [True, True, 2, 1, 0.5, True, ("a",), ("c",)],
        [False, True, 2, 0, 0.0, False, (), ("b", "e")],
        [True, False, 1, 1, 1.0, False, ("d",), ()],
    ]
    assert found.dtypes.astype(str).tolist() == ["bool", "bool", "int64", "int64", "float64", "bool", "object", "object"]


def test_order_of_configurations_by_hand():
    """All once: most features first, then those with the earlier columns; 000 is twice and comes before them all."""
    frame, outcome = labelled("001 1", "000 1", "010 1", "011 1", "100 1", "000 1", "101 1")
    rows = list(words_of(truth_table(frame, outcome)[["w", "x", "y"]]).values())
    assert rows == ["000", "101", "011", "100", "010", "001"]


def test_contradictions_are_named_in_the_order_of_the_table():
    """Five items of one configuration: 3 of 5 have the outcome."""
    frame = table("1", "1", "1", "1", "1", names="edcba", columns="x")
    found = truth_table(frame, pd.Series({"a": True, "b": True, "c": False, "d": False, "e": True})).iloc[0]
    assert (found["n"], found["n_with"], found["consistency"], found["contradiction"]) == (5, 3, 0.6, True)
    assert (found["with_outcome"], found["without_outcome"]) == (("e", "b", "a"), ("d", "c"))


@pytest.mark.parametrize(
    "outcome",
    [
        pd.Series({"a": True, "b": pd.NA, "c": False}, dtype="boolean"),
        pd.Series({"a": True, "b": pd.NA, "c": False}, dtype=object),
        pd.Series({"a": True, "b": None, "c": False}, dtype=object),
        pd.Series({"a": 1.0, "b": np.nan, "c": 0.0}),
        pd.Series({"a": 1, "c": 0}),
        pd.Series({"c": np.False_, "a": np.True_}, dtype=object),
        pd.Series({"somebody else": True, "c": False, "a": True}),
    ],
    ids=["boolean NA", "object NA", "None", "nan", "absent", "other order", "too many"],
)
def test_items_without_an_outcome_are_left_out(outcome):
    frame = table("10", "10", "00", columns="xy")
    found = truth_table(frame, outcome)
    assert found[ADDED].to_numpy().tolist() == [[1, 1, 1.0, False, ("a",), ()], [1, 0, 0.0, False, (), ("c",)]]
    assert recipes(solutions(frame, outcome)) == {frozenset({Term(("x",), ())})}
    assert random_labellings(frame, outcome).n == 2


@QUICK
@given(labelled_tables(features=(1, 3), items=(2, 8), missing=True), st.randoms(use_true_random=False))
def test_row_order_changes_the_order_of_names_only(case, choose):
    frame, outcome = case
    if outcome.isna().all():
        return
    found = truth_table(frame, outcome)
    other = frame.loc[choose.sample(list(frame.index), len(frame))]
    again = truth_table(other, outcome.loc[choose.sample(list(frame.index), len(frame))])
    names = ["with_outcome", "without_outcome"]
    assert again.drop(columns=names).equals(found.drop(columns=names))
    for name in names:
        for one, two in zip(found[name], again[name], strict=True):
            assert set(one) == set(two) and list(two) == [item for item in other.index if item in two]
            assert list(one) == [item for item in frame.index if item in one]
    told = sorted(item for name in names for group in found[name] for item in group)
    assert told == list(outcome[outcome.notna()].index) and found["n"].sum() == len(told)
    assert (found["n"] == found["with_outcome"].map(len) + found["without_outcome"].map(len)).all()
    assert not found.duplicated(list(frame)).any()


@pytest.mark.parametrize("name", ADDED)
def test_a_feature_named_as_a_column_of_the_truth_table_is_refused(name):
    frame, outcome = table("10", "01", columns=["x", name]), pd.Series({"a": True, "b": False})
    with pytest.raises(SynopsisError, match=rf"A feature is called {name}, as a column of the truth table is\. Give it another id\."):
        truth_table(frame, outcome)
    # where there is no truth table to print, the name does no harm: x, or not the other
    assert recipes(solutions(frame, outcome)) == {frozenset({Term(("x",), ())}), frozenset({Term((), (name,))})}


@pytest.mark.parametrize("function", [truth_table, solutions, random_labellings])
@pytest.mark.parametrize(
    ("outcome", "told"),
    [
        (pd.Series({"a": "yes", "b": "no"}), "The outcome holds 'yes'"),
        (pd.Series({"a": True, "b": 2}, dtype=object), "The outcome holds 2"),
        (pd.Series({"a": 0.5, "b": 1}), "The outcome holds .*0.5"),
        (~pd.Series({"a": 1, "b": 0}), "The outcome holds .*-2"),  # what ~ makes of whole numbers
        (pd.Series({"a": [True], "b": True}), r"The outcome holds \[True\]"),
        (pd.Series({"a": None, "b": pd.NA}), "known for no item"),
        (pd.Series({"c": True}), "known for no item"),
        (pd.Series([True, False]), "known for no item"),  # numbered instead of named: never matched by position
        (pd.Series([True, False, True], index=list("aab")), "each item once"),
        ({"a": True, "b": False}, "must be a Series"),
        (pd.DataFrame({"x": [True, False]}, index=list("ab")), "must be a Series"),
    ],
)
def test_what_is_no_outcome_is_refused(function, outcome, told):
    with pytest.raises(SynopsisError, match=told):
        function(table("10", "01"), outcome)


@pytest.mark.parametrize("function", [truth_table, solutions, random_labellings])
@pytest.mark.parametrize(
    ("frame", "told"),
    [
        (table("10", "01").replace({True: "yes", False: "unclear"}), "unclear cells"),
        (table("10", "01").astype(int) * 2, 'A cell holds "2"'),
        (table("10", "01", names="aa"), "row a stands twice"),
        (table("10", "01", columns="xx"), "column x stands twice"),
        (table("10", "01").iloc[:, :0], "2 rows and 0 columns"),
        (table("10", "01").iloc[:0], "0 rows and 2 columns"),
    ],
)
def test_what_is_no_table_is_refused(function, frame, told):
    with pytest.raises(SynopsisError, match=told):
        function(frame, pd.Series({"a": True, "b": False}))


def test_a_list_is_no_table():
    with pytest.raises(SynopsisError, match="A table is needed"):
        truth_table([[True]], pd.Series({"a": True}))


# ---------------------------------------------------------------- solutions by hand


def test_no_item_with_the_outcome():
    for remainders in BOTH:
        result = solutions(*labelled("11 0", "01 0"), remainders)
        assert (result.terms, result.literals, result.count, result.listed, result.covered) == (0, 0, 1, ((),), ())
        assert isnan(result.consistency) and isnan(result.coverage)
        assert wording(result.listed[0], str) == "never"


def test_an_outcome_that_no_configuration_has_alone():
    """Two equal items, one with the outcome: nothing can be told of it, and none of it is covered."""
    for remainders in BOTH:
        result = solutions(*labelled("11 1", "11 0", "01 0"), remainders)
        assert (result.terms, result.literals, result.count, result.listed, result.covered) == (0, 0, 1, ((),), ())
        assert isnan(result.consistency) and result.coverage == 0


def test_every_item_with_the_outcome():
    """What nobody has may go either way: always. Where it counts as without, 11 and 01 leave y, and with all four there is nothing to demand."""
    frame, outcome = labelled("11 1", "01 1", columns="xy")
    assert solutions(frame, outcome).listed == ((Term((), ()),),)
    assert solutions(frame, outcome, "conservative").listed == ((Term(("y",), ()),),)
    for remainders in BOTH:
        result = solutions(*labelled("11 1", "01 1", "10 1", "00 1"), remainders)
        assert (result.terms, result.literals, result.count, result.listed) == (1, 0, 1, ((Term((), ()),),))
        assert (result.consistency, result.coverage, result.covered) == (1, 1, tuple("abcd"))
        assert wording(result.listed[0], str) == "always"


def test_conservative_recipes_name_every_feature_that_is_constant():
    """w is in both items: without it nobody was seen. x tells the two apart."""
    frame, outcome = labelled("11 1", "10 0")
    assert recipes(solutions(frame, outcome, "conservative")) == {frozenset({Term(("w", "x"), ())})}
    assert recipes(solutions(frame, outcome)) == {frozenset({Term(("x",), ())})}


def test_features_that_coincide_give_as_many_recipes():
    """x, y and not z say the same of these items."""
    result = solutions(*labelled("110 1", "001 0", columns="xyz"))
    assert recipes(result) == {frozenset({Term(("x",), ())}), frozenset({Term(("y",), ())}), frozenset({Term((), ("z",))})}


def test_exclusive_or_by_hand():
    """Either but not both: two terms of two features, and nothing shorter; of the negation likewise."""
    frame, outcome = labelled("10 1", "01 1", "11 0", "00 0", columns="xy")
    for remainders in BOTH:
        assert recipes(solutions(frame, outcome, remainders)) == {frozenset({Term(("x",), ("y",)), Term(("y",), ("x",))})}
        assert recipes(solutions(frame, ~outcome, remainders)) == {frozenset({Term(("x", "y"), ()), Term((), ("x", "y"))})}


def test_two_of_three_by_hand():
    """Each of three items has two of three features, and any two of the features reach all three: three solutions, none told twice."""
    result = solutions(*labelled("110 1", "101 1", "011 1", "000 0"))
    assert recipes(result) == {frozenset({Term((one,), ()), Term((two,), ())}) for one, two in ("wx", "wy", "xy")}
    assert result.count == 3


def test_fewer_terms_count_before_fewer_features():
    """The two with the outcome share w, x and y, of which each other item has two: one term of three features. Each also has a feature of its own,
    z or v: two terms of one feature would be shorter by features, but they are two."""
    result = solutions(*labelled("11110 1", "11101 1", "11000 0", "10100 0", "01100 0", columns="wxyzv"))
    assert (result.listed, result.terms, result.literals) == (((Term(("w", "x", "y"), ()),),), 1, 3)


def test_least_consistency_by_hand():
    """Configuration 1: 3 of 4 have the outcome; 0: 1 of 3. At 0.75 the first counts as with, above as without; the negation of the second
    (2 of 3) counts at 0.6, not at 0.7."""
    frame, outcome = labelled("1 1", "1 1", "1 1", "1 0", "0 1", "0 0", "0 0", columns="x")
    result = solutions(frame, outcome, least_consistency=0.75)
    assert (result.listed, result.consistency, result.coverage, result.covered) == (((Term(("x",), ()),),), 3 / 4, 3 / 4, tuple("abcd"))
    assert solutions(frame, outcome, least_consistency=0.76).listed == ((),)
    assert solutions(frame, outcome).coverage == 0
    result = solutions(frame, ~outcome, least_consistency=0.6)
    assert (result.listed, result.consistency, result.coverage) == (((Term((), ("x",)),),), 2 / 3, 2 / 3)
    assert solutions(frame, ~outcome, least_consistency=0.7).listed == ((),)


def test_exactly_the_least_consistency_is_enough():
    """14 of 25 is 0.56, 51 of 75 is 0.68."""
    for yes, no, least in ((14, 11, 0.56), (51, 24, 0.68)):
        outcome = pd.Series([True] * yes + [False] * no)
        assert solutions(pd.DataFrame({"x": True}, index=outcome.index), outcome, least_consistency=least).terms == 1


def test_more_solutions_than_are_listed():
    """One item with the outcome. One without differs in 12 features, another in 12 others: one of each, 144 ways. The first 100 are listed."""
    frame = table("0" * 24, "1" * 12 + "0" * 12, "0" * 12 + "1" * 12, columns=[f"f{n:02}" for n in range(24)])
    result = solutions(frame, pd.Series({"a": True, "b": False, "c": False}))
    assert (result.terms, result.literals, result.count, len(result.listed)) == (1, 2, 144, 100)
    pairs = {frozenset({Term((), (f"f{one:02}", f"f{two:02}"))}) for one in range(12) for two in range(12, 24)}
    assert len(recipes(result) & pairs) == 100


@pytest.mark.parametrize("remainders", ["parsimonius", "", None, True])
def test_other_remainders_are_refused(remainders):
    with pytest.raises(SynopsisError, match=r"remainders=.* is not possible\. Use one of: conservative, parsimonious\."):
        solutions(*labelled("1 1", "0 0"), remainders)


def test_other_remainders_are_refused_for_labellings():
    with pytest.raises(SynopsisError, match=r"remainders=.* is not possible"):
        random_labellings(*labelled("1 1", "0 0"), "conservativ")


@pytest.mark.parametrize("least", [0.5, 0, -1, 1.001, float("nan")])
def test_other_consistencies_are_refused(least):
    with pytest.raises(SynopsisError, match=r"least_consistency=.* Give a number above 0.5, at most 1\."):
        solutions(*labelled("1 1", "0 0"), least_consistency=least)


# ---------------------------------------------------------------- solutions by brute force


@pytest.mark.parametrize("remainders", BOTH)
def test_every_truth_table_of_two_features(remainders):
    """Each of the four configurations absent, with the outcome, without, or both: 4^4 tables, of which one is empty."""
    kinds = {"absent": [], "with": [True], "without": [False], "both": [True, False]}
    seen = 0
    for states in product(kinds, repeat=4):
        cases = [(word, value) for word, state in zip(("11", "10", "01", "00"), states, strict=True) for value in kinds[state]]
        if cases:
            frame = table(*(word for word, _ in cases))
            check(frame, pd.Series([value for _, value in cases], index=frame.index), remainders)
            seen += 1
    assert seen == 255


@pytest.mark.parametrize("remainders", BOTH)
def test_one_in_29_of_the_truth_tables_of_three_features(remainders):
    """Each of the eight configurations absent, with the outcome or without: 3^8 tables, in the order of `product`."""
    words = ["".join(word) for word in product("10", repeat=3)]
    for states in list(product([None, True, False], repeat=8))[1::29]:
        cases = {word: state for word, state in zip(words, states, strict=True) if state is not None}
        frame = table(*cases)
        check(frame, pd.Series(list(cases.values()), index=frame.index), remainders)


@settings(QUICK, max_examples=120)
@given(labelled_tables(features=(3, 4), items=(2, 7)), st.sampled_from(BOTH), st.booleans())
def test_solutions_equal_brute_force(case, remainders, negated):
    frame, outcome = case
    check(frame, ~outcome if negated else outcome, remainders)


@settings(QUICK, max_examples=30)
@given(labelled_tables(features=(3, 3), items=(8, 8), distinct=True), st.booleans())
def test_full_truth_tables_leave_nothing_to_assume(case, negated):
    """All eight configurations occur, so remainders change nothing."""
    frame, outcome = case
    outcome = ~outcome if negated else outcome
    check(frame, outcome, "conservative")
    assert solutions(frame, outcome, "conservative") == solutions(frame, outcome) or not outcome.any()


@settings(QUICK, max_examples=60)
@given(labelled_tables(features=(1, 2), items=(3, 10), missing=True), st.sampled_from(BOTH), st.sampled_from(["1", "0.75", "0.6", "0.51"]))
def test_contradictions_equal_brute_force(case, remainders, least):
    frame, outcome = case
    if outcome.notna().any():
        check(frame, outcome, remainders, least)
        check(frame, ~outcome, remainders, least)


@pytest.mark.parametrize("remainders", BOTH)
@pytest.mark.parametrize("domain", ["resources", "relationships"])
def test_stored_tables_equal_brute_force(priebe, domain, remainders):
    """6 features have 729 terms, 4 have 81."""
    frame = priebe.incidence(domain)
    for code in ("reciprocity", "expertise"):
        codes = priebe.nature[code]
        for level in set(codes) - {"not stated"}:
            check(frame, (codes == level).astype("boolean").mask(codes == "not stated"), remainders)


@QUICK
@given(st.integers(0, 10_000), st.randoms(use_true_random=False))
def test_larger_solutions_do_not_depend_on_order_or_on_which_pole_is_yes(seed, choose):
    """Twelve items, seven features: rows and columns in another order, and a column negated, give the same recipes in other words."""
    cells = np.random.default_rng(seed).random((12, 8)) < 0.5
    frame = pd.DataFrame(cells[:, :7], index=list("abcdefghijkl"), columns=list("tuvwxyz"))
    outcome = pd.Series(cells[:, 7], index=frame.index)
    other = frame.loc[choose.sample(list(frame.index), 12), choose.sample(list(frame), 7)]
    negated = choose.choice(list(frame))
    other[negated] = ~other[negated]

    def turned(term: Term) -> Term:
        swap = {negated} & {*term.present, *term.absent}
        return Term(tuple(c for c in other if c in {*term.present} ^ swap), tuple(c for c in other if c in {*term.absent} ^ swap))

    lengths = []
    for remainders in BOTH:
        result, again = solutions(frame, outcome, remainders), solutions(other, outcome, remainders)
        assert (result.terms, result.literals, result.count) == (again.terms, again.literals, again.count)
        assert repr((result.consistency, result.coverage)) == repr((again.consistency, again.coverage))
        assert set(result.covered) == set(again.covered)
        if result.count <= 100:
            assert {frozenset(map(turned, choice)) for choice in recipes(result)} == recipes(again)
        lengths.append((result.terms, result.literals))
    assert lengths[1] <= lengths[0]  # whatever is allowed when remainders are excluded is allowed when they may go either way


# ---------------------------------------------------------------- published truth tables and solutions

# The survival of democracy between the wars: Rihoux and De Meur (2009), in Rihoux and Ragin (eds.) Configurational Comparative Methods; data set LC
# of the R package QCA. Configurations, cases and solutions as `truthTable` and `minimize` of that package print them (its snapshot tests).
LIPSET = published(
    "DEV URB LIT IND STB",
    {"11111": "BE,CZ,NL,UK", "10101": "FI,IE", "10111": "FR,SE"},
    {"00000": "GR,PT,ES", "00001": "IT,RO", "00100": "HU,PL", "00101": "EE", "10110": "AU", "11110": "DE"},
)

# Women in parliament: Krook (2010) Polit Stud 58:886-908; data set d.represent of the same snapshot tests. Which configurations occur with the
# outcome is told by the chart of prime implicants, and without it by the conservative solution for ~WNP; how many cases each of these has is not.
KROOK = published(
    "ES QU WS WM LP",
    {"00011": "NZ", "01011": "DE", "10100": "FI", "10111": "DK", "11001": "AT", "11010": "ES", "11011": "NL,BE", "11100": "SE", "11111": "NO,IS"},
    {"00010": "1", "01010": "1", "01000": "1", "11000": "1", "10001": "1"},
)

# Remainders and simplifying assumptions of published solutions, minimised in their turn (the same snapshot tests): the first two are the simplifying
# assumptions of Krook's two parsimonious solutions, the third the easy counterfactuals for Emmenegger (2011) Eur J Polit Res 50:336-64.
ASSUMED = [2, 5, 6, 7, 8, 10, 13, 14, 15, 16, 19, 20, 22, 23, 30, 31]  # rows of the truth table as R numbers them: 1 is 00000
KROOK_1 = published("ES QU WS WM LP", {f"{row - 1:05b}": "1" for row in ASSUMED}, {})
KROOK_2 = published("ES QU WS WM LP", {f"{row - 1:05b}": "1" for row in ASSUMED[1:]}, {})
EMMENEGGER = published("S C L R P V", {f"{row - 1:06b}": "1" for row in (31, 39, 45, 53, 55, 59, 61, 63)}, {})

# Baumgartner (2009) Sociol Methods Res 38:71-101, made up so that L is U or D and E is L or G: all eight combinations of U, D and G.
EDUCATION = table(*(f"{u}{d}{u | d}{g}{u | d | g}" for u in (1, 0) for d in (1, 0) for g in (1, 0)), columns="UDLGE")

# Ragin (1987) The Comparative Method, chapter 6: the downfall of military regimes, and successful strikes.
REGIMES = published("A B C", {word: "1" for word in ("100", "010", "001", "110", "101", "011", "111")}, {"000": "1"})
STRIKES = published("A B C", {word: "1" for word in ("101", "010", "110", "111")}, {word: "1" for word in ("000", "001", "100", "011")})

# solveChart of the R package QCA (after Ragin 1987): a chart with the prime implicants A, B and ~C and two minimal solutions. They are the prime
# implicants where AbC is all that is without.
CHART = published("A B C", {word: "1" for word in ("111", "100", "101", "010")}, {"001": "1"})

# Roth, Fundamentals of Logic Design, chapter 6: a cyclic chart of minterms 0, 1, 2, 5, 6 and 7, with two minimum solutions.
CYCLE = published("A B C", {f"{n:03b}": "1" for n in (0, 1, 2, 5, 6, 7)}, {"011": "1", "100": "1"})

# Katz, Contemporary Logic Design: minterms 4, 5, 6, 8, 9, 10 and 13, and 0, 7 and 15 open.
KATZ = published("A B C D", {f"{n:04b}": "1" for n in (4, 5, 6, 8, 9, 10, 13)}, {f"{n:04b}": "1" for n in (1, 2, 3, 11, 12, 14)})

# Quine (1952) Am Math Mon 59:521-31, p. 528 (demoChart of the R package QCA): eleven of sixteen, prime implicants AB, BC, A~C, ~AC, ~A~B~D and
# ~B~C~D. A~C and ~AC cannot be done without; 1111 needs AB or BC, and 0000 one of the last two: by hand, four solutions.
QUINE = published(
    "A B C D",
    {f"{n:04b}": "1" for n in (15, 14, 13, 12, 9, 8, 7, 6, 3, 2, 0)},
    {f"{n:04b}": "1" for n in (11, 10, 5, 4, 1)},
)


@pytest.mark.parametrize(
    ("case", "negated", "remainders", "models"),
    [
        (LIPSET, False, "conservative", ["DEV*~URB*LIT*STB + DEV*LIT*IND*STB"]),
        (LIPSET, False, "parsimonious", ["DEV*STB"]),
        (LIPSET, True, "conservative", ["~DEV*~URB*~IND + DEV*LIT*IND*~STB"]),
        (LIPSET, True, "parsimonious", ["~DEV + ~STB"]),
        (
            KROOK,
            False,
            "conservative",
            ["~ES*~WS*WM*LP + ES*QU*~WS*WM + ES*QU*~WS*LP + ES*WS*~WM*~LP + ES*WS*WM*LP"],
        ),
        (KROOK, True, "conservative", ["~ES*~WS*WM*~LP + QU*~WS*~WM*~LP + ES*~QU*~WS*~WM*LP"]),
        (KROOK, False, "parsimonious", ["WS + ES*WM + QU*LP + ~ES*LP", "WS + ES*WM + QU*LP + WM*LP"]),
        (KROOK_1, False, "conservative", ["~ES*WS + ~ES*~WM*LP + WS*~WM*LP + WS*WM*~LP + ES*~QU*~WS*WM"]),
        (KROOK_2, False, "conservative", ["~ES*WS + WS*~WM*LP + WS*WM*~LP + ~ES*QU*~WM*LP + ES*~QU*~WS*WM"]),
        (EMMENEGGER, False, "conservative", ["S*C*R*~V + S*C*L*P*~V + S*~L*R*P*~V + S*L*R*~P*~V + C*L*R*P*~V"]),
        (REGIMES, False, "conservative", ["A + B + C"]),
        (STRIKES, False, "conservative", ["A*C + B*~C"]),
        (STRIKES, True, "conservative", ["~A*C + ~B*~C"]),  # by hand: ~A*~B, which De Morgan's law gives too, is not needed
        (CHART, False, "parsimonious", ["A + B", "A + ~C"]),
        (CYCLE, False, "conservative", ["~A*~B + B*~C + A*C", "~A*~C + ~B*C + A*B"]),
        (KATZ, False, "parsimonious", ["~A*B + A*~C*D + A*~B*~D"]),
        (
            QUINE,
            False,
            "conservative",
            [f"A*~C + ~A*C + {one} + {two}" for one in ("A*B", "B*C") for two in ("~A*~B*~D", "~B*~C*~D")],
        ),
    ],
)
def test_published_solutions(case, negated, remainders, models):
    frame, outcome = case
    result = solutions(frame, ~outcome if negated else outcome, remainders)
    assert recipes(result) == {model(text, list(frame)) for text in models} and result.count == len(models)
    assert (result.consistency, result.coverage) == (1, 1)
    assert set(result.covered) == set(outcome[outcome != negated].index)


def test_the_published_truth_table_of_lipset():
    """QCA::truthTable(LC, "SURV"): 9 configurations, their n and inclusion scores."""
    rows = truth_table(*LIPSET)
    told = {"".join("01"[value] for value in row[:5]): row[5:8] for row in rows.to_numpy().tolist()}
    assert told == {
        "11111": [4, 4, 1],
        "10101": [2, 2, 1],
        "10111": [2, 2, 1],
        "00000": [3, 0, 0],
        "00001": [2, 0, 0],
        "00100": [2, 0, 0],
        "00101": [1, 0, 0],
        "10110": [1, 0, 0],
        "11110": [1, 0, 0],
    }
    assert not rows["contradiction"].any()
    assert rows.loc[rows["n"] == 3, "without_outcome"].item() == ("GR", "PT", "ES")


@pytest.mark.parametrize(
    ("outcome", "text", "coverage"),
    [
        ("U", "~D*L", 2 / 4),  # with D nothing tells whether U: contradictory configurations count as without
        ("D", "~U*L", 2 / 4),
        ("L", "U + D", 1),
        ("G", "~L*E", 1 / 4),  # R also lists ~U*~D*E, which has as many terms and one feature more
        ("E", "L + G", 1),
    ],
)
def test_the_published_causal_chain(outcome, text, coverage):
    """QCA::causalChain(d.educate); coverage by counting: with D, L always, and with L, E always, whatever U or G."""
    frame = EDUCATION.drop(columns=outcome)
    result = solutions(frame, EDUCATION[outcome])
    assert recipes(result) == {model(text, list(frame))}
    assert (result.count, result.consistency, result.coverage) == (1, 1, coverage)


# ---------------------------------------------------------------- terms and covers


@QUICK
@given(labelled_tables(features=(1, 4), items=(1, 8), distinct=True))
def test_primes_are_the_terms_that_no_shorter_one_replaces(case):
    """By brute force over all terms: allowed, covering some item with the outcome, and no longer so with any of its features left out."""
    frame, outcome = case
    width = frame.shape[1]
    words = words_of(frame)
    having = [word for item, word in words.items() if outcome[item]]
    lacking = {word for item, word in words.items() if not outcome[item]}
    everything = ["".join(word) for word in product("01", repeat=width)]
    bits = {word: sum(1 << j for j, letter in enumerate(word) if letter == "1") for word in everything}
    for found, barred in (
        (parsimonious_primes([bits[w] for w in having], [bits[w] for w in lacking]), lacking),
        (conservative_primes([bits[w] for w in having], width), set(everything) - set(having)),
    ):
        terms = ["".join(term) for term in product("10-", repeat=width)]
        allowed = {term for term in terms if any(holds(term, w) for w in having) and not any(holds(term, w) for w in barred)}
        left_out = {term: [f"{term[:j]}-{term[j + 1 :]}" for j in range(width) if term[j] != "-"] for term in allowed}
        expected = {term for term in allowed if not allowed & set(left_out[term])}
        assert {"".join("-" if not looked_at >> j & 1 else "01"[present >> j & 1] for j in range(width)) for looked_at, present in found} == expected


@settings(QUICK, max_examples=150)
@given(
    st.lists(
        st.sampled_from([term for term in map("".join, product("01-", repeat=4)) if 1 <= term.count("-") <= 3]), min_size=3, max_size=11, unique=True
    ),
    st.sets(st.integers(0, 15), max_size=9),
    st.integers(1, 4),
)
def test_covers_equal_brute_force(terms, wanted, most):
    """Any terms, whether prime or not; the configurations to cover are those of the drawn ones that some term covers."""
    words = {n: "".join("01"[n >> j & 1] for j in range(4)) for n in range(16)}
    having = {n for n in wanted if any(holds(term, words[n]) for term in terms)}
    bits = {
        (sum(1 << j for j in range(4) if term[j] != "-"), sum(1 << j for j in range(4) if term[j] == "1")): term  # looked at, present
        for term in terms
    }
    expected = shortest_of(terms, frozenset(words[n] for n in having))
    found = shortest_covers(bits, having, 1_000)
    assert len(found.choices) == found.count == len(expected)
    assert {frozenset(bits[one] for one in choice) for choice in found.choices} == expected
    assert {(len(choice), literals(choice)) for choice in expected} == {(found.terms, found.literals)}
    few = shortest_covers(bits, having, most)
    assert (few.count, len(few.choices)) == (found.count, min(most, found.count)) and set(few.choices) <= set(found.choices)


def test_nothing_to_cover_takes_no_term():
    assert shortest_covers([(1, 1)], [], 1) == Covering(0, 0, 1, ((),))


def test_covers_by_hand():
    """A ring of four configurations, each term covers two neighbours: opposite sides cover all, in two ways. A longer copy of a side is not used."""
    sides = [(0b01, 0b00), (0b01, 0b01), (0b10, 0b00), (0b10, 0b10)]
    found = shortest_covers([*sides, (0b101, 0b001)], [0b00, 0b01, 0b10, 0b11], 10)
    assert (found.terms, found.literals, found.count) == (2, 2, 2)
    assert set(found.choices) == {tuple(sides[:2]), tuple(sides[2:])}


def test_the_first_cover_that_is_found_need_not_be_the_shortest():
    """p, q and r: one feature tells p, and four tell q and r together, five in all; two tell p and r, one tells q, three in all."""
    p, q, r = 0b00000111, 0b11111000, 0b01111110
    only_p, q_and_r, p_and_r, only_q = ((bits, bits) for bits in (0b00000001, 0b01111000, 0b00000110, 0b10000000))
    found = shortest_covers([only_p, q_and_r, p_and_r, only_q], [p, q, r], 10)
    assert (found.terms, found.literals, found.count, found.choices) == (2, 3, 1, ((p_and_r, only_q),))


def test_too_many_terms_are_told_in_a_sentence(monkeypatch):
    """One item with the outcome and one without that differ in five features: five terms."""
    case = labelled("00000 1", "11111 0", columns="vwxyz")
    monkeypatch.setattr("helpers.configurations.primes.MOST_TERMS", 5)
    assert solutions(*case).count == 5
    monkeypatch.setattr("helpers.configurations.primes.MOST_TERMS", 4)
    for function in (solutions, random_labellings):
        with pytest.raises(SynopsisError, match=r"^More than 4 combinations would have to be gone through\. Take fewer features\.$"):
            function(*case)


def test_terms_of_all_items_together_count_towards_the_limit(monkeypatch):
    """Each of two items is told from the third by two features of its own: four terms in all, two for each item."""
    case = labelled("1100 1", "0011 1", "0000 0")
    monkeypatch.setattr("helpers.configurations.primes.MOST_TERMS", 4)
    assert solutions(*case).count == 4
    monkeypatch.setattr("helpers.configurations.primes.MOST_TERMS", 3)
    with pytest.raises(SynopsisError, match="More than 3 combinations"):
        solutions(*case)


def test_too_many_covers_are_told_in_a_sentence(monkeypatch):
    monkeypatch.setattr("helpers.configurations.covers.MOST_STEPS", 3)
    sentence = r"^There are too many ways to cover the items with the outcome to go through\. Take fewer features\.$"
    for function in (solutions, random_labellings):
        with pytest.raises(SynopsisError, match=sentence):
            function(*KROOK)


# ---------------------------------------------------------------- random labellings


def as_good_as(frame: pd.DataFrame, outcome: pd.Series, remainders: str) -> tuple[tuple[int, int, int], list[tuple[int, int, int]]]:
    """Items left uncovered, terms and features of the recipe, for the labelling as it is and for all with as many Yes; smaller is better."""
    words = words_of(frame)

    def length(chosen) -> tuple[int, int, int]:
        lacking = frozenset(word for item, word in words.items() if item not in chosen)
        choice = next(iter(shortest(frozenset(words.values()) - lacking, lacking, frame.shape[1], remainders)))
        return sum(words[item] in lacking for item in chosen), len(choice), literals(choice)

    return length(outcome[outcome].index), [length(chosen) for chosen in combinations(frame.index, outcome.sum())]


def check_labellings(frame: pd.DataFrame, outcome: pd.Series, remainders: str) -> None:
    own, all_of_them = as_good_as(frame, outcome, remainders)
    result = random_labellings(frame, outcome, remainders)
    assert (result.terms, result.literals) == own[1:]
    yes = int(outcome.sum())
    assert result.coverage == pytest.approx((yes - own[0]) / yes, abs=1e-15) if yes else isnan(result.coverage)
    assert (result.n, result.exact, result.error) == (comb(len(frame), yes), True, 0)
    assert result.share == float(Fraction(sum(length <= own for length in all_of_them), len(all_of_them)))
    assert result.smallest_share == all_of_them.count(min(all_of_them)) / len(all_of_them) <= result.share <= 1
    told = solutions(frame, outcome, remainders)
    assert (told.terms, told.literals) == (result.terms, result.literals)
    assert told.coverage == pytest.approx(result.coverage, abs=1e-15, nan_ok=True)


def test_random_labellings_by_hand():
    """The corners of a square, two with the outcome. On one side, as in 4 of 6 labellings, one feature does; across, it takes two terms of two."""
    frame = table("11", "10", "01", "00", columns="xy")
    side = random_labellings(frame, pd.Series({"a": True, "b": True, "c": False, "d": False}))
    assert (side.terms, side.literals, side.coverage, side.n, side.exact, side.error) == (1, 1, 1, 6, True, 0)
    assert (side.share, side.smallest_share) == (4 / 6, 4 / 6)
    across = random_labellings(frame, pd.Series({"a": True, "b": False, "c": False, "d": True}))
    assert (across.terms, across.literals, across.share) == (2, 4, 1)


def test_the_labelling_as_it_is_counts():
    """Three points in a row, 00, 10 and 11. The one in the middle takes two features, either end takes one: 2 of 3, the end itself included."""
    frame = table("00", "10", "11", columns="xy")
    shares = [random_labellings(frame, pd.Series({item: item == yes for item in "abc"})).share for yes in "abc"]
    assert shares == [2 / 3, 1, 2 / 3]


def test_labellings_of_a_corner_and_its_neighbours_by_hand():
    """The three neighbours of 000 without it take three terms of three features. Any other three of the four are 000 with two neighbours: two terms
    of two features. So 4 of 4 labellings do as well as the first, 3 of 4 as well as another."""
    frame = table("000", "100", "010", "001")
    first = random_labellings(frame, pd.Series({"a": False, "b": True, "c": True, "d": True}), "conservative")
    assert (first.terms, first.literals, first.share, first.smallest_share) == (3, 9, 1, 3 / 4)
    other = random_labellings(frame, pd.Series({"a": True, "b": True, "c": True, "d": False}), "conservative")
    assert (other.terms, other.literals, other.share, other.smallest_share) == (2, 4, 3 / 4, 3 / 4)


def test_one_labelling_only():
    frame = table("11", "10", "01")
    nobody = random_labellings(frame, pd.Series(False, index=frame.index))
    assert (nobody.terms, nobody.literals, nobody.share, nobody.smallest_share, nobody.n, nobody.exact) == (0, 0, 1, 1, 1, True)
    assert isnan(nobody.coverage)
    everybody = random_labellings(frame, pd.Series(True, index=frame.index))
    assert (everybody.terms, everybody.literals, everybody.coverage, everybody.share, everybody.n) == (1, 0, 1, 1, 1)


@QUICK
@given(labelled_tables(features=(1, 3), items=(1, 6), distinct=True), st.sampled_from(BOTH))
def test_random_labellings_equal_brute_force(case, remainders):
    """No two items alike: every recipe covers all that has the outcome."""
    frame, outcome = case
    check_labellings(frame, outcome.astype(bool), remainders)


@QUICK
@given(labelled_tables(features=(1, 3), items=(3, 7)), st.sampled_from(BOTH))
def test_random_labellings_of_items_that_are_alike(case, remainders):
    """Recipes may leave items uncovered. How well they do is compared in this order: fewer uncovered, fewer terms, fewer features."""
    frame, outcome = case
    check_labellings(frame, outcome.astype(bool), remainders)


def test_a_recipe_that_covers_more_does_better_by_hand():
    """p and q are alike, r is not. With p, or q, as the only Yes nothing can be told; with r, one feature tells it. So all three do as well as p,
    and r alone as well as r."""
    frame = table("1", "1", "0", names="pqr", columns="x")
    found = {yes: random_labellings(frame, pd.Series({item: item == yes for item in "pqr"})) for yes in "pr"}
    assert [(one.terms, one.literals, one.coverage, one.share) for one in found.values()] == [(0, 0, 0, 1), (1, 1, 1, 1 / 3)]


@pytest.mark.parametrize("remainders", BOTH)
def test_stored_labellings_equal_brute_force(priebe, remainders):
    """252 labellings of five models among ten, 210 of four; two models are alike in their relationships."""
    frame, codes = priebe.incidence("relationships"), priebe.nature["reciprocity"]
    assert frame.duplicated().any()
    for level in set(codes):
        check_labellings(frame, codes == level, remainders)


SAMPLED = labelled("1101 1", "0011 1", "1001 1", "1010 1", "0011 1", "1000 0", "1010 0", "1110 0", "0001 0")


@pytest.fixture
def drawn(monkeypatch):
    monkeypatch.setattr("helpers.configurations.chance.MOST_LABELLINGS", 125)  # one fewer than 9 over 5


def test_labellings_are_drawn_where_there_are_too_many(monkeypatch):
    """9 over 5 is 126."""
    for most, exact in ((126, True), (125, False)):
        monkeypatch.setattr("helpers.configurations.chance.MOST_LABELLINGS", most)
        assert random_labellings(*SAMPLED, draws=3).exact is exact


@pytest.mark.parametrize("remainders", BOTH)
@pytest.mark.usefixtures("drawn")
def test_drawn_labellings_are_near_the_exact_share(remainders):
    """Over twenty seeds: no share further than four standard errors from brute force, and the mean no further than four of its own."""
    own, all_of_them = as_good_as(*SAMPLED, remainders)
    exact = sum(length <= own for length in all_of_them) / 126
    assert 0.05 < exact < 0.95  # else there is nothing to see
    draws = 400
    results = [random_labellings(*SAMPLED, remainders, draws=draws, seed=seed) for seed in range(20)]
    error = sqrt(exact * (1 - exact) / draws)
    shares = np.array([result.share for result in results])
    assert np.abs(shares - exact).max() < 4 * error + 1 / draws
    assert abs(shares.mean() - exact) < 4 * error / sqrt(20) + 1 / draws
    assert 0.5 * error < shares.std(ddof=1) < 1.5 * error
    for result in results:
        assert (result.terms, result.literals) == own[1:] and result.coverage == pytest.approx((5 - own[0]) / 5, abs=1e-15)
        assert (result.n, result.exact, result.smallest_share) == (draws, False, 1 / (1 + draws))
        assert result.error == pytest.approx(sqrt(result.share * (1 - result.share) / draws), abs=1e-12)
        assert result.share * (1 + draws) == pytest.approx(round(result.share * (1 + draws)), abs=1e-9)  # (1 + hits) / (1 + draws)


@pytest.mark.usefixtures("drawn")
def test_drawn_labellings_are_deterministic_and_free_of_row_order():
    frame, outcome = SAMPLED
    first = random_labellings(frame, outcome, draws=49, seed=3)
    assert first == random_labellings(frame, outcome, draws=49, seed=3)
    choose = np.random.default_rng(1)
    for _ in range(5):
        order = choose.permutation(len(frame))
        assert random_labellings(frame.iloc[order], outcome.iloc[choose.permutation(len(frame))], draws=49, seed=3) == first
    renamed = frame.set_axis(list(reversed(frame.index)))
    assert random_labellings(renamed, outcome.set_axis(renamed.index), draws=49, seed=3) == first


@pytest.mark.usefixtures("drawn")
def test_a_draw_that_always_or_never_does_as_well():
    """By hand: where eight items are alike and five of them have the outcome, nothing can be told, and no labelling does worse."""
    alike = table(*["1"] * 8, "0", columns="x")
    result = random_labellings(alike, pd.Series([True] * 5 + [False] * 4, index=alike.index), draws=19)
    assert (result.share, result.error, result.terms, result.coverage, result.smallest_share) == (1, 0, 0, 0, 1 / 20)
    # the first five have x, the others have not: one labelling of 126 does as well
    halves = table(*["1"] * 5, *["0"] * 4, columns="x")
    result = random_labellings(halves, pd.Series([True] * 5 + [False] * 4, index=halves.index), draws=99)
    assert result.share in {(1 + hits) / 100 for hits in range(5)} and result.coverage == 1


def test_thirty_items_are_answered():
    """Nothing to compare with but that it ends, and says that it drew: 30 over 15 is 155 million."""
    cells = np.random.default_rng(1).random((30, 5)) < 0.5
    frame = pd.DataFrame(cells, columns=list("vwxyz"))
    result = random_labellings(frame, pd.Series(np.arange(30) % 2 == 0), draws=9)
    assert (result.n, result.exact, result.smallest_share) == (9, False, 0.1) and 0.1 <= result.share <= 1


@pytest.mark.parametrize(
    "wrong", [{"draws": 0}, {"draws": -1}, {"draws": 2.0}, {"draws": True}, {"draws": "9"}, {"seed": -1}, {"seed": 0.5}, {"seed": None}]
)
def test_draws_and_seeds_are_whole_numbers(wrong):
    """Also where every labelling is counted and neither is used."""
    with pytest.raises(SynopsisError, match=rf"{next(iter(wrong))}=.* is not possible\. Give a whole number, [01] or more\."):
        random_labellings(*labelled("1 1", "0 0"), **wrong)


def test_numbers_from_numpy_are_whole_numbers():
    assert random_labellings(*labelled("1 1", "0 0"), draws=np.int64(5), seed=np.int64(0)).share == 1


def test_too_many_labellings_are_told_in_a_sentence(monkeypatch):
    monkeypatch.setattr("helpers.configurations.chance.MOST_STEPS", 20)
    sentence = r"^Comparing this recipe with those for random labellings would take too long\. Take fewer features\.$"
    with pytest.raises(SynopsisError, match=sentence):
        random_labellings(*SAMPLED)


def test_coverage_is_that_of_the_solutions():
    """One of three with the outcome is covered."""
    case = labelled("1 1", "1 1", "1 0", "0 1", columns="x")
    assert solutions(*case).coverage == random_labellings(*case).coverage == 1 / 3


# ---------------------------------------------------------------- wording


@pytest.mark.parametrize(
    ("terms", "text"),
    [
        ((), "never"),
        ((Term((), ()),), "always"),
        ((Term(("x",), ()),), "x"),
        ((Term((), ("x",)),), "not x"),
        ((Term(("x", "z"), ("w", "y")),), "x and z and not w and not y"),
        ((Term(("x",), ("y",)), Term(("z",), ())), "(x and not y) or (z)"),
        ((Term(("x",), ()), Term(("y",), ()), Term((), ("z",))), "(x), (y) or (not z)"),
    ],
)
def test_wording(terms, text):
    assert wording(terms, str) == text


def test_wording_uses_the_labels():
    labels = {"x": "social relationships", "y": "work"}
    assert wording((Term(("x",), ("y",)),), labels.get) == "social relationships and not work"


def test_terms_are_told_in_the_order_of_the_columns():
    for columns in permutations("xyz"):
        frame = table("111", "110", "011", "101", columns=columns)
        assert wording(solutions(frame, pd.Series({"a": True, "b": False, "c": False, "d": False})).listed[0], str) == " and ".join(columns)
