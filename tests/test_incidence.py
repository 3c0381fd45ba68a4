"""What the yes/no table shows, by hand and against the definitions written out as loops."""

from __future__ import annotations

from itertools import combinations, product

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.incidence import co_occurrence, complementary, constant_features, identical, pairs, totals

QUICK = settings(derandomize=True, deadline=None, max_examples=80)
HAND = pd.DataFrame(
    {
        "all": ["yes"] * 3,
        "none": ["no"] * 3,
        "x": ["yes", "no", "no"],
        "y": ["no", "yes", "yes"],
        "z": ["yes", "no", "no"],
        "open": ["yes", "unclear", "no"],
    },
    index=["a", "b", "c"],
)


@st.composite
def tables(draw, codes=("yes", "no"), least=1):
    n_rows, n_columns = draw(st.integers(least, 6)), draw(st.integers(least, 6))
    cells = draw(st.lists(st.lists(st.sampled_from(codes), min_size=n_columns, max_size=n_columns), min_size=n_rows, max_size=n_rows))
    return pd.DataFrame(cells, index=[f"r{n}" for n in range(n_rows)], columns=[f"c{n}" for n in range(n_columns)], dtype=object)


UNCLEAR = tables(codes=("yes", "no", "unclear"))


def completions(states):
    """Every yes/no table the unclear cells allow, by brute force."""
    places = [(row, column) for row in states.index for column in states.columns if states.at[row, column] == "unclear"]
    for choice in product(("yes", "no"), repeat=len(places)):
        table = states.copy()
        for place, code in zip(places, choice, strict=True):
            table.at[place] = code
        yield table


def test_by_hand():
    """Counted in the three rows of HAND; `open` may be Yes or No in b, so it is in no group."""
    assert totals(HAND).to_numpy().tolist() == [[4, 4], [2, 3], [2, 2]]
    assert constant_features(HAND).to_dict() == {"all": "yes", "none": "no"}
    assert identical(HAND) == [("x", "z")]
    assert complementary(HAND) == [("all", "none"), ("x", "y"), ("y", "z")]
    assert identical(HAND.T) == []  # a and c differ in x
    counts = co_occurrence(HAND.drop(columns="open").eq("yes"))
    assert counts.loc["x"].to_dict() == {"all": 1, "none": 0, "x": 1, "y": 0, "z": 1}
    assert pairs(counts).set_index(["first", "second"])["value"].loc[("all", "y")] == 2


def test_the_paper(priebe):
    """Social relationships in all ten; decision-making and professional relationships are named for the same five models (Results)."""
    both = priebe.states(["resources", "relationships"])
    assert constant_features(both).to_dict() == {"social_relationships": "yes"}
    assert identical(both) == [("decision_making", "professionals")]
    assert co_occurrence(priebe.incidence("relationships")).loc["friends", "family"] == 2  # open dialogue and positive psychotherapy


def test_living_beings(living_beings):
    """Counted in the table: a plant (chlorophyll) is what cannot move; limbs: bream, frog, dog; of them in water: bream, frog."""
    traits = living_beings.states("traits")
    assert complementary(traits) == [("needs_chlorophyll_to_produce_food", "can_move_around")]
    assert co_occurrence(living_beings.incidence("traits")).loc["has_limbs", "lives_in_water"] == 2


@pytest.mark.parametrize(
    "table", [pd.DataFrame(), pd.DataFrame(columns=["x", "y"], dtype=bool), pd.DataFrame(index=["a", "b"])], ids=["nothing", "no rows", "no columns"]
)
def test_an_empty_table(table):
    """No item, no count: a feature without a single row is not called constant."""
    assert totals(table).shape == (len(table), 2) and not totals(table).to_numpy().any()
    constant = constant_features(table)
    assert isinstance(constant, pd.Series) and constant.empty
    assert not co_occurrence(table).to_numpy().any() and co_occurrence(table).shape == (table.shape[1],) * 2
    assert len(pairs(co_occurrence(table))) == table.shape[1] * (table.shape[1] - 1) // 2


@pytest.mark.parametrize(("code", "bounds", "constant"), [("yes", [1, 1], {"x": "yes"}), ("no", [0, 0], {"x": "no"}), ("unclear", [0, 1], {})])
def test_one_row_and_one_column(code, bounds, constant):
    table = pd.DataFrame({"x": [code]}, index=["a"])
    assert totals(table).to_numpy().tolist() == [bounds]
    assert constant_features(table).to_dict() == constant
    assert identical(table) == complementary(table) == [] and pairs(co_occurrence(table.eq("yes"))).empty


@QUICK
@given(UNCLEAR)
def test_groups_are_those_of_the_definition_in_every_completion(states):
    """Called constant, identical or complementary if and only if no cell is unclear and every row says so."""
    settled = [column for column in states if "unclear" not in set(states[column])]
    cells = {column: list(states[column]) for column in settled}
    assert constant_features(states).to_dict() == {c: cells[c][0] for c in settled if len(set(cells[c])) == 1}
    assert set(complementary(states)) == {(a, b) for a, b in combinations(settled, 2) if all(p != q for p, q in zip(cells[a], cells[b], strict=True))}
    together = {pair for group in identical(states) for pair in combinations(group, 2)}
    assert together == {(a, b) for a, b in combinations(settled, 2) if cells[a] == cells[b]}
    assert sum(map(len, identical(states))) == len({name for group in identical(states) for name in group})


@settings(QUICK, max_examples=40)
@given(UNCLEAR.filter(lambda states: (states == "unclear").sum().sum() <= 7))
def test_totals_are_sharp_bounds(states):
    """The smallest and the largest total over every completion."""
    seen = pd.concat([table.eq("yes").sum(axis=1) for table in completions(states)], axis=1)
    assert totals(states)["at_least"].tolist() == seen.min(axis=1).tolist()
    assert totals(states)["at_most"].tolist() == seen.max(axis=1).tolist()


@QUICK
@given(UNCLEAR, st.randoms(use_true_random=False))
def test_the_order_of_rows_and_columns_changes_nothing(states, choose):
    rows, columns = choose.sample(list(states.index), len(states)), choose.sample(list(states), states.shape[1])
    other = states.loc[rows, columns]
    assert totals(other).loc[states.index].equals(totals(states))
    assert constant_features(other).to_dict() == constant_features(states).to_dict()
    assert set(map(frozenset, identical(other))) == set(map(frozenset, identical(states)))
    assert set(map(frozenset, complementary(other))) == set(map(frozenset, complementary(states)))
    counts = co_occurrence(states.eq("yes"))
    assert co_occurrence(other.eq("yes")).loc[counts.index, counts.columns].equals(counts)


@QUICK
@given(tables())
def test_co_occurrence_is_symmetric_and_within_its_bounds(states):
    incidence = states.eq("yes")
    counts, margins = co_occurrence(incidence), incidence.sum()
    assert counts.equals(counts.T)
    for a, b in product(incidence, repeat=2):
        assert counts.at[a, b] == sum(p and q for p, q in zip(incidence[a], incidence[b], strict=True))
        assert max(0, margins[a] + margins[b] - len(incidence)) <= counts.at[a, b] <= min(margins[a], margins[b])
    assert [counts.at[a, a] for a in incidence] == margins.tolist()
    listed = pairs(counts)
    assert list(zip(listed["first"], listed["second"], strict=True)) == list(combinations(incidence, 2))


@QUICK
@given(tables())
def test_bool_and_words_say_the_same(states):
    incidence = states.eq("yes")
    for question in (totals, identical, complementary, constant_features):
        assert str(question(incidence)) == str(question(states))
