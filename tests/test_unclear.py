"""An unclear cell is never decided silently: it is refused, decided by the caller, or both ways are kept."""

from __future__ import annotations

import pytest

from helpers import SynopsisError

# Which cells are made unclear here is arbitrary; the counts below follow by hand.
OPEN = [
    ("resources", "befriending", "recreational_activities"),
    ("resources", "open_dialogue", "decision_making"),
    ("relationships", "open_dialogue", "family"),
]
BOTH = ["resources", "relationships"]


@pytest.fixture
def unclear(priebe):
    for place in OPEN:
        priebe = priebe.with_code(*place, "unclear")
    return priebe


def test_incidence_refuses_unclear_cells_and_says_which(unclear):
    with pytest.raises(SynopsisError, match=r"2 cells are unclear \(Befriending / Recreational activities and Open dialogue / Patient’s decision"):
        unclear.incidence("resources")
    with pytest.raises(SynopsisError, match=r"1 cell is unclear \(Open dialogue / Family\)"):
        unclear.incidence("relationships")


@pytest.mark.parametrize(("decision", "value"), [("yes", True), ("no", False)])
def test_incidence_decides_as_told_and_leaves_the_rest(unclear, priebe, decision, value):
    incidence, before = unclear.incidence(BOTH, unclear=decision), priebe.incidence(BOTH)
    places = [(item, feature) for _, item, feature in OPEN]
    assert all(incidence.at[place] == value for place in places)
    others = [(i, f) for i in incidence.index for f in incidence.columns if (i, f) not in places]
    assert all(incidence.at[place] == before.at[place] for place in others)


@pytest.mark.parametrize(
    ("tables", "options", "words"), [("resources", {"unclear": "maybe"}, "error, yes, no"), ("resource", {}, "resources and"), ([], {}, "no table")]
)
def test_incidence_refuses_what_it_cannot_do(priebe, tables, options, words):
    with pytest.raises(SynopsisError, match=words):
        priebe.incidence(tables, **options)


def test_a_table_asked_for_twice_is_refused_in_words(priebe):
    """Joined with itself, a table would have every column twice."""
    with pytest.raises(SynopsisError):
        priebe.incidence(["resources", "resources"])


def test_incidence_has_the_contracts_shape(priebe):
    """Contract: bool, index item ids, columns feature ids, in the review's order; 6 resources and 4 relationship types (paper)."""
    both = priebe.incidence(BOTH)
    assert both.shape == (10, 10) and set(both.dtypes.map(str)) == {"bool"}
    assert list(both.index) == priebe.items
    assert list(both.columns) == [*priebe.tables["resources"], *priebe.tables["relationships"]]
    assert list(priebe.incidence(BOTH[::-1]).columns) == [*priebe.tables["relationships"], *priebe.tables["resources"]]


def test_drop_constant(priebe, living_beings):
    """Paper: all ten use social relationships, and nothing else is the same in all. Living beings: all need water."""
    assert list(priebe.incidence("resources", drop_constant=True)) == list(priebe.tables["resources"])[1:]
    assert list(priebe.incidence("relationships", drop_constant=True)) == list(priebe.tables["relationships"])
    assert "needs_water_to_live" not in living_beings.incidence("traits", drop_constant=True)
    never = living_beings
    for being in living_beings.items:
        never = never.with_code("traits", being, "has_limbs", "no")
    assert living_beings.incidence("traits", drop_constant=True).shape[1] == never.incidence("traits", drop_constant=True).shape[1] + 1


@pytest.mark.parametrize(("tables", "count"), [("relationships", 2), ("resources", 4), (BOTH, 8)])
def test_completions_are_every_way_to_decide(unclear, tables, count):
    """n unclear cells allow 2 to the n tables: 1, 2 and 3 cells by hand."""
    completions = unclear.completions(tables)
    assert completions.exact and len(completions) == count
    assert len({table.to_numpy().tobytes() for table in completions}) == count
    states = unclear.states(tables)
    for table in completions:
        assert set(table.dtypes.map(str)) == {"bool"}
        assert table[states == "yes"].stack().all() and not table[states == "no"].stack().any()
        assert list(table.index) == list(states.index) and list(table.columns) == list(states.columns)


def test_completions_without_unclear_cells_are_the_table_itself(priebe):
    (only,) = priebe.completions(BOTH).tables
    assert only.equals(priebe.incidence(BOTH))


@pytest.mark.parametrize(("limit", "exact", "count"), [(8, True, 8), (7, False, 2), (1, False, 2)])
def test_completions_beyond_the_limit_are_the_two_extremes(unclear, limit, exact, count):
    """Three unclear cells allow 8 tables: 8 are within the limit of 8, not of 7."""
    completions = unclear.completions(BOTH, limit=limit)
    assert completions.exact is exact and len(completions) == count
    assert completions.tables[0].equals(unclear.incidence(BOTH, unclear="no"))
    assert completions.tables[-1].equals(unclear.incidence(BOTH, unclear="yes"))


def test_a_changed_copy_leaves_the_review_as_it_was(priebe):
    changed = priebe.with_code("nature", "befriending", "reciprocity", "unidirectional").with_code(*OPEN[0], "no")
    assert (changed.code("nature", "befriending", "reciprocity"), changed.code(*OPEN[0])) == ("unidirectional", "no")
    assert (priebe.code("nature", "befriending", "reciprocity"), priebe.code(*OPEN[0])) == ("reciprocal", "yes")
