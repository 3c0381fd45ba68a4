"""Concepts, rules, containment and gaps, against the definitions over all subsets, the `concepts` package, R's fcaR and hand counts."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import chain, combinations
from math import prod

import concepts
import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from helpers import SynopsisError
from helpers.lattice import (
    Implication,
    canonical_implications,
    concept_count,
    containment,
    formal_concepts,
    holds,
    lattice_covers,
    unobserved_combinations,
)

QUICK = settings(derandomize=True, deadline=None, max_examples=60)
QUESTIONS = (formal_concepts, canonical_implications, containment, unobserved_combinations)
STORED = [("living_beings", "traits"), ("priebe", "resources"), ("priebe", "relationships"), ("priebe", ("resources", "relationships"))]


def table(*rows: str) -> pd.DataFrame:
    """A table from words such as "110": 1 yes, 0 no; rows p, q, r, ..., columns a, b, c, ..."""
    return pd.DataFrame([list(row) for row in rows], index=list("pqrstuvwxy"[: len(rows)]), columns=list("abcdefghi"[: len(rows[0])])).eq("1")


@st.composite
def tables(draw, rows=6, columns=6):
    """Few cells, so that equal rows and columns, full and empty ones are common. The alphabet does not follow the order in the table."""
    n_rows, n_columns = draw(st.integers(1, rows)), draw(st.integers(1, columns))
    cells = draw(st.lists(st.lists(st.booleans(), min_size=n_columns, max_size=n_columns), min_size=n_rows, max_size=n_rows))
    items, features = (draw(st.permutations([f"{letter}{n}" for n in range(size)])) for letter, size in (("r", n_rows), ("c", n_columns)))
    return pd.DataFrame(cells, index=items, columns=features)


def by_chance(seed: int, rows: int, columns: int, share: float) -> pd.DataFrame:
    cells = np.random.default_rng(seed).random((rows, columns)) < share
    return pd.DataFrame(cells, index=[f"r{n}" for n in range(rows)], columns=[f"c{n}" for n in range(columns)])


def shuffled(incidence: pd.DataFrame, choose) -> pd.DataFrame:
    return incidence.loc[choose.sample(list(incidence.index), len(incidence)), choose.sample(list(incidence), incidence.shape[1])]


@pytest.fixture(params=STORED, ids=str)
def stored(request) -> pd.DataFrame:
    name, asked = request.param
    return request.getfixturevalue(name).incidence(asked)


# The definitions, written out with sets of labels.


def subsets(names) -> list[frozenset]:
    """All subsets, the smallest first."""
    names = list(names)
    return [frozenset(part) for part in chain.from_iterable(combinations(names, size) for size in range(len(names) + 1))]


def has(incidence: pd.DataFrame) -> dict[str, frozenset]:
    """What each item has."""
    return {item: frozenset(name for name in incidence if incidence.at[item, name]) for item in incidence.index}


def shared_by(items, incidence: pd.DataFrame) -> frozenset:
    rows = has(incidence)
    return frozenset(name for name in incidence if all(name in rows[item] for item in items))


class Closure:
    """The features shared by all items that have the given ones."""

    def __init__(self, incidence: pd.DataFrame):
        self.everything, self.rows = frozenset(incidence), has(incidence)

    def __call__(self, features: frozenset) -> frozenset:
        return self.everything.intersection(*(row for row in self.rows.values() if features <= row))


def pseudo_intents(incidence: pd.DataFrame) -> set[frozenset]:
    """Not closed, and contains the closure of every pseudo-intent that is a proper part: the definition, smallest sets first."""
    closure, found = Closure(incidence), set()
    for part in subsets(incidence):
        if closure(part) != part and all(closure(smaller) <= part for smaller in found if smaller < part):
            found.add(part)
    return found


def follow(features: frozenset, rules: list[Implication]) -> frozenset:
    """Everything that rules add to a set, each rule acting on every set that has its premise."""
    grown = features
    while True:
        added = grown.union(*(rule.conclusion for rule in rules if rule.premise <= grown))
        if added == grown:
            return grown
        grown = added


def neighbours(sets: list[frozenset]) -> set[tuple[int, int]]:
    """Places (lower, upper) in a list of different sets: one within the other, no third between."""
    within = {(i, j) for i, one in enumerate(sets) for j, other in enumerate(sets) if one < other}
    return {(i, j) for i, j in within if not any((i, k) in within and (k, j) in within for k in range(len(sets)))}


# Concepts


def assert_concepts_of_the_definition(incidence: pd.DataFrame) -> None:
    """Pairs of a group and its shared features where the group is all that have them: every subset of the items is tried."""
    rows, expected = has(incidence), set()
    for group in subsets(incidence.index):
        intent = shared_by(group, incidence)
        if group == {item for item in rows if intent <= rows[item]}:
            expected.add((group, intent))
    found = formal_concepts(incidence)
    assert {tuple(concept) for concept in found} == expected and len(found) == len(expected)
    assert len(found) == concept_count(incidence.to_numpy())
    place = {item: number for number, item in enumerate(incidence.index)}
    order = [(-len(concept.extent), sorted(place[item] for item in concept.extent)) for concept in found]
    assert order == sorted(order)


def assert_as_the_concepts_package(incidence: pd.DataFrame) -> None:
    """`concepts.Context(objects, properties, bools).lattice`: extents, intents and upper neighbours."""
    lattice = concepts.Context(list(incidence.index), list(incidence), [tuple(map(bool, row)) for row in incidence.to_numpy()]).lattice
    found = formal_concepts(incidence)
    assert {tuple(concept) for concept in found} == {(frozenset(other.extent), frozenset(other.intent)) for other in lattice}
    assert len(found) == len(lattice)
    covers = lattice_covers(found)
    assert len(covers) == len(set(covers))
    assert {(found[lower].extent, found[upper].extent) for lower, upper in covers} == {
        (frozenset(other.extent), frozenset(above.extent)) for other in lattice for above in other.upper_neighbors
    }


@QUICK
@given(tables())
def test_concepts_are_those_of_the_definition(incidence):
    assert_concepts_of_the_definition(incidence)


@QUICK
@given(tables(rows=7, columns=7))
def test_concepts_and_neighbours_are_those_of_the_concepts_package(incidence):
    assert_as_the_concepts_package(incidence)


def test_concepts_of_the_stored_reviews(stored):
    assert_concepts_of_the_definition(stored)
    assert_as_the_concepts_package(stored)


@QUICK
@given(tables(), st.randoms(use_true_random=False))
def test_covers_by_brute_force_whatever_the_order_of_the_list(incidence, choose):
    found = formal_concepts(incidence)
    choose.shuffle(found)
    covers = lattice_covers(found)
    assert set(covers) == neighbours([concept.extent for concept in found]) and len(covers) == len(set(covers))
    for lower, upper in covers:
        assert found[lower].extent < found[upper].extent and found[upper].intent < found[lower].intent


@QUICK
@given(tables(), st.randoms(use_true_random=False))
def test_the_order_of_rows_and_columns_changes_no_concept(incidence, choose):
    other = shuffled(incidence, choose)
    assert set(formal_concepts(other)) == set(formal_concepts(incidence))


@QUICK
@given(tables())
def test_concepts_of_the_turned_table_are_turned(incidence):
    """From the definition: items and features play the same part."""
    assert {(intent, extent) for extent, intent in formal_concepts(incidence.T)} == {tuple(concept) for concept in formal_concepts(incidence)}


@QUICK
@given(tables(), st.randoms(use_true_random=False))
def test_concept_count_ignores_the_order_and_the_repetition_of_rows(incidence, choose):
    cells = incidence.to_numpy()
    order = choose.sample(range(len(cells)), len(cells))
    assert concept_count(cells) == concept_count(cells[order]) == concept_count(np.vstack([cells, cells[order]])) == len(formal_concepts(incidence))


# Rules


def assert_canonical(incidence: pd.DataFrame) -> None:
    """The premises are the pseudo-intents; each rule holds, together they give every closure, and none follows from the others."""
    closure, rows, rules = Closure(incidence), has(incidence).values(), canonical_implications(incidence)
    premises = [rule.premise for rule in rules]
    assert set(premises) == pseudo_intents(incidence) and len(premises) == len(set(premises))
    for premise, conclusion, support in rules:
        assert conclusion == closure(premise) - premise and conclusion
        assert support == sum(premise <= row for row in rows)
        assert all(conclusion <= row for row in rows if premise <= row)
        assert holds(incidence, premise, conclusion)
    assert all(follow(part, rules) == closure(part) for part in subsets(incidence))
    for rule in rules:
        assert not rule.conclusion <= follow(rule.premise, [other for other in rules if other != rule])
    place = {name: number for number, name in enumerate(incidence)}
    order = [(-support, len(premise), sorted(place[name] for name in premise)) for premise, _, support in rules]
    assert order == sorted(order)


@QUICK
@given(tables())
def test_rules_are_those_of_the_definition(incidence):
    assert_canonical(incidence)


@pytest.mark.parametrize("share", [0.3, 0.5, 0.7, 0.85])
def test_rules_of_larger_tables(share):
    """Eight features, so that premises contain other premises."""
    nested = 0
    for seed in range(3):
        incidence = by_chance(seed, 9, 8, share)
        assert_canonical(incidence)
        nested += sum(one.premise < other.premise for one in canonical_implications(incidence) for other in canonical_implications(incidence))
    assert nested


def test_rules_of_the_stored_reviews(stored):
    assert_canonical(stored)


@QUICK
@given(tables(rows=7, columns=7), st.randoms(use_true_random=False))
def test_rules_within_some_features_are_those_whose_premise_lies_there(incidence, choose):
    some = choose.sample(list(incidence), choose.randint(0, incidence.shape[1]))
    assert canonical_implications(incidence, within=some) == [rule for rule in canonical_implications(incidence) if rule.premise <= set(some)]


def test_rules_that_need_too_many_looks_are_refused():
    with pytest.raises(SynopsisError, match="too many to find"):
        canonical_implications(table("10", "01"), most_looks=3)
    with pytest.raises(SynopsisError, match="no feature z"):
        canonical_implications(table("10", "01"), within=["z"])


@QUICK
@given(tables(), st.randoms(use_true_random=False))
def test_the_order_of_rows_and_columns_changes_no_rule(incidence, choose):
    assert set(canonical_implications(shuffled(incidence, choose))) == set(canonical_implications(incidence))


# Wille's planets and what fcaR (R) prints for them in its vignettes "Working with ImplicationSets" and "Using FormalContexts and
# ConceptLattices": fc <- FormalContext$new(planets); fc$find_implications(); fc$implications; fc$implications$support(); fc$concepts.
PLANETS = pd.DataFrame(
    [list(row) for row in ("1001001", "1001001", "1001010", "1001010", "0010110", "0010110", "0100110", "0100110", "1000110")],
    index=["Mercury", "Venus", "Earth", "Mars", "Jupiter", "Saturn", "Uranus", "Neptune", "Pluto"],
    columns=["small", "medium", "large", "near", "far", "moon", "no_moon"],
).eq("1")
PLANETS_RULES = [
    ("no_moon", "small near", 2),
    ("far", "moon", 5),
    ("near", "small", 4),
    ("large", "far moon", 2),
    ("medium", "far moon", 2),
    ("medium large far moon", "small near no_moon", 0),
    ("small near moon no_moon", "medium large far", 0),
    ("small near far moon", "medium large no_moon", 0),
    ("small large far moon", "medium near no_moon", 0),
    ("small medium far moon", "large near no_moon", 0),
]
PLANETS_INTENTS = [
    "",
    "moon",
    "far moon",
    "large far moon",
    "medium far moon",
    "small",
    "small moon",
    "small far moon",
    "small near",
    "small near no_moon",
    "small near moon",
    "small medium large near far moon no_moon",
]


def words(text: str) -> frozenset:
    return frozenset(text.split())


def test_the_planets_as_fcaR_has_them():
    """The supports are printed as shares of nine planets."""
    rules = canonical_implications(PLANETS)
    assert set(rules) == {(words(premise), words(conclusion), support) for premise, conclusion, support in PLANETS_RULES} and len(rules) == 10
    assert Counter(concept.intent for concept in formal_concepts(PLANETS)) == Counter(map(words, PLANETS_INTENTS))


BEINGS = {
    "needs_water_to_live": "w",
    "lives_in_water": "in",
    "lives_on_land": "on",
    "needs_chlorophyll_to_produce_food": "chl",
    "two_seed_leaves": "two",
    "one_seed_leaf": "one",
    "can_move_around": "moves",
    "has_limbs": "limbs",
    "suckles_its_offspring": "milk",
}


def test_the_living_beings_by_hand(living_beings):
    """Derived from the table of Ganter and Wille, all eight rows of which are looked at for each premise.

    Everything needs water, so w is in every closed set and in every other premise. Next, the sets w + one trait that are not closed:
    one seed leaf (spike-weed, reed, maize) brings chlorophyll, limbs (bream, frog, dog) moving, two seed leaves (bean) land and
    chlorophyll, milk (dog) land, moving and limbs. Then the pairs that keep to these four: in water with chlorophyll (spike-weed, reed)
    is one seed leaf, on land and moving (frog, dog) has limbs, chlorophyll and moving is nobody. Last, bean's set with one seed leaf, and
    dog's with in water, are nobody's and contain no earlier premise without its closure.
    """
    rules = canonical_implications(living_beings.incidence("traits").rename(columns=BEINGS))
    assert rules[0] == (frozenset(), {"w"}, 8)
    expected = {
        ("w one", "chl", 3),
        ("w limbs", "moves", 3),
        ("w in chl", "one", 2),
        ("w on moves", "limbs", 2),
        ("w two", "on chl", 1),
        ("w milk", "on moves limbs", 1),
        ("w chl moves", "in on two one limbs milk", 0),
        ("w on chl two one", "in moves limbs milk", 0),
        ("w in on moves limbs milk", "chl two one", 0),
    }
    assert set(rules[1:]) == {(words(premise), words(conclusion), support) for premise, conclusion, support in expected}


def test_the_rules_of_the_paper_by_hand(priebe):
    """Resources, all with S (social), which all ten have. What each has besides S, read from resources.csv:

    befriending R; client-centred D A; music D I R; open dialogue D; peer support E; positive E I; self-help E R; solution-focused D E I;
    family A; communities D E. D R is music only, which has I; I R is music only, which has D. Nobody has E A, I A or R A. D E I R contains
    D R and I R with their closures, and nobody has it. All else is closed: none, D, E, I, R, A, DE, DI, DA, EI, ER, DEI, DIR: 13, and
    everything: 14 concepts.
    """
    incidence = priebe.incidence("resources").set_axis(list("SDEIRA"), axis=1)
    expected = [("", "S", 10), ("SDR", "I", 1), ("SIR", "D", 1), ("SEA", "DIR", 0), ("SIA", "DER", 0), ("SRA", "DEI", 0), ("SDEIR", "A", 0)]
    assert canonical_implications(incidence) == [(frozenset(premise), frozenset(conclusion), support) for premise, conclusion, support in expected]
    intents = {concept.intent for concept in formal_concepts(incidence)}
    assert intents == {frozenset("S" + more) for more in ("", "D", "E", "I", "R", "A", "DE", "DI", "DA", "EI", "ER", "DEI", "DIR", "DEIRA")}


def test_decisions_and_professionals_come_together(priebe):
    """The paper names the same five models for both (Results); friends and professionals are in open dialogue alone, which has family."""
    rules = canonical_implications(priebe.incidence(["resources", "relationships"]))
    everyone = "social_relationships"
    assert (frozenset({everyone, "decision_making"}), {"professionals"}, 5) in rules
    assert (frozenset({everyone, "professionals"}), {"decision_making"}, 5) in rules
    assert (frozenset({"professionals", "friends"}), {"family"}, 1) in canonical_implications(priebe.incidence("relationships"))


@QUICK
@given(tables(), st.data())
def test_holds_is_the_definition(incidence, data):
    """Every item that has all of the one has all of the other; nobody has the premise: it holds."""
    premise, conclusion = (data.draw(st.lists(st.sampled_from(list(incidence)), unique=True)) for _ in range(2))
    expected = all(set(conclusion) <= row for row in has(incidence).values() if set(premise) <= row)
    assert holds(incidence, premise, conclusion) is expected
    assert holds(incidence, iter(premise), frozenset(conclusion)) is expected


def test_holds_by_hand():
    """p has a, q has a and b: b brings a, a does not bring b; nobody has c, so it brings everything; without premise, all have a."""
    incidence = table("100", "110")
    assert holds(incidence, ["b"], ["a"]) and not holds(incidence, ["a"], ["b"])
    assert holds(incidence, ["c"], ["a", "b"]) and holds(incidence, ["a", "c"], ["b"])
    assert holds(incidence, [], ["a"]) and not holds(incidence, [], ["a", "b"]) and holds(incidence, ["a"], []) and holds(incidence, [], [])


def test_holds_reads_words_as_the_others_do():
    """q has b and not a. The other questions take the words yes and no, and refuse unclear."""
    incidence = pd.DataFrame({"a": ["yes", "no"], "b": ["yes", "yes"]}, index=["p", "q"])
    assert canonical_implications(incidence) == canonical_implications(incidence.eq("yes"))
    assert not holds(incidence, ["b"], ["a"])
    with pytest.raises(SynopsisError, match="unclear"):
        holds(incidence.replace("no", "unclear"), ["b"], ["a"])


# Scales: tables whose concepts and rules are known for every size (Ganter and Wille 1999, section 1.4).


@pytest.mark.parametrize("n", [3, 4, 6])
def test_a_nominal_scale(n):
    """Each item has one feature of its own: n groups of one, all, and none; any two features are nobody's."""
    incidence = pd.DataFrame(np.eye(n, dtype=bool), columns=list("abcdef"[:n]), index=list("pqrstu"[:n]))
    assert [len(concept.extent) for concept in formal_concepts(incidence)] == [n] + [1] * n + [0]
    pairs = list(combinations(incidence, 2))
    assert canonical_implications(incidence) == [(frozenset(pair), set(incidence) - set(pair), 0) for pair in pairs]
    order = containment(incidence)
    assert order.apart() == list(incidence.index) and order.pairs() == [] and order.ladders() == [(place,) for place in range(n)]
    gaps = unobserved_combinations(incidence)
    assert list(gaps["features"]) == pairs and gaps["expected"].to_numpy() == pytest.approx(1 / n)


@pytest.mark.parametrize("n", [3, 5, 9])
def test_an_ordinal_scale(n):
    """Item i has the first i features: one ladder. All have the first, and a later one brings all between; no combination is missing."""
    incidence = pd.DataFrame(np.tri(n, dtype=bool), columns=list("abcdefghi"[:n]), index=list("pqrstuvwx"[:n]))
    first, *later = incidence
    assert [len(concept.extent) for concept in formal_concepts(incidence)] == list(range(n, 0, -1))
    expected = [((), {first}, n)] + [({first, name}, set(later[:place]), n - 1 - place) for place, name in enumerate(later) if place]
    assert canonical_implications(incidence) == [(frozenset(premise), conclusion, support) for premise, conclusion, support in expected]
    order = containment(incidence)
    assert order.ladders() == [tuple(reversed(range(n)))] and len(order.covers) == n - 1 and len(order.pairs()) == n * (n - 1) // 2
    assert order.apart() == [] and unobserved_combinations(incidence).empty


@pytest.mark.parametrize("n", [3, 6])
def test_a_contranominal_scale(n):
    """Each item lacks one feature of its own: every subset is closed, no rule holds, and only all features together are nobody's."""
    incidence = pd.DataFrame(~np.eye(n, dtype=bool), columns=list("abcdef"[:n]), index=list("pqrstu"[:n]))
    assert {concept.intent for concept in formal_concepts(incidence)} == set(subsets(incidence)) and concept_count(incidence.to_numpy()) == 2**n
    assert len(lattice_covers(formal_concepts(incidence))) == n * 2 ** (n - 1)  # each subset with each feature it lacks
    assert canonical_implications(incidence) == []
    assert unobserved_combinations(incidence, most_features=n - 1).empty
    gaps = unobserved_combinations(incidence, most_features=n)
    assert list(gaps["features"]) == [tuple(incidence)] and gaps["expected"].iloc[0] == pytest.approx(n * ((n - 1) / n) ** n)


# Containment


@QUICK
@given(tables(columns=4))
@example(table("1100", "1000", "0011", "0010", "1111", "0000"))
@example(table("111", "001", "011", "011", "100"))
def test_containment_is_the_definition(incidence):
    rows, order = has(incidence), containment(incidence)
    place = {item: number for number, item in enumerate(incidence.index)}
    # Each item stands once, with all items of an equal row, in the order of the rows.
    assert sorted(chain.from_iterable(order.nodes)) == sorted(rows)
    for node, features in zip(order.nodes, order.features, strict=True):
        assert list(node) == [item for item in incidence.index if rows[item] == features]
    assert len(set(order.features)) == len(order.nodes)
    assert [(-len(features), place[node[0]]) for node, features in zip(order.nodes, order.features, strict=True)] == sorted(
        (-len(row), min(place[item] for item in rows if rows[item] == row)) for row in set(rows.values())
    )
    assert Counter(order.pairs()) == Counter((less, more) for less in rows for more in rows if rows[less] < rows[more])
    assert set(order.covers) == neighbours(list(order.features)) and len(order.covers) == len(set(order.covers))
    # Longest ladders: among all sets of nodes, the largest in which every two are comparable, written from the least.
    sizes = list(map(len, order.features))
    ladders = [
        sorted(part, key=lambda node: sizes[node])
        for part in subsets(range(len(order.nodes)))
        if all(order.features[i] < order.features[j] or order.features[j] < order.features[i] for i, j in combinations(part, 2))
    ]
    longest = max(map(len, ladders))
    assert order.ladders() == sorted(tuple(ladder) for ladder in ladders if len(ladder) == longest)
    lonely = [item for item in rows if not any(rows[item] <= rows[other] or rows[other] <= rows[item] for other in rows if other != item)]
    assert sorted(order.apart()) == sorted(lonely) and len(order.apart()) == len(lonely)


@QUICK
@given(tables(columns=4))
def test_covers_are_the_fewest_that_give_all_pairs(incidence):
    """The transitive reduction: following covers leads from a node to exactly those above, and without any one of them it does not."""
    order = containment(incidence)

    def reached(steps):
        found, before = set(steps), set()
        while found != before:
            before, found = found, found | {(i, upper) for i, j in found for lower, upper in steps if j == lower}
        return found

    full = {(i, j) for i, one in enumerate(order.features) for j, other in enumerate(order.features) if one < other}
    assert reached(order.covers) == full
    assert all(reached(set(order.covers) - {cover}) != full for cover in order.covers)


@QUICK
@given(tables(), st.randoms(use_true_random=False))
def test_the_order_of_rows_and_columns_changes_no_containment(incidence, choose):
    one, other = containment(incidence), containment(shuffled(incidence, choose))
    assert set(map(frozenset, one.nodes)) == set(map(frozenset, other.nodes))
    assert set(one.pairs()) == set(other.pairs()) and set(one.apart()) == set(other.apart())
    ladders = [{tuple(frozenset(order.nodes[node]) for node in ladder) for ladder in order.ladders()} for order in (one, other)]
    assert ladders[0] == ladders[1]


def test_containment_by_hand():
    """p and s are equal and contain r; q and t are alone; q has as many features as p and comes later."""
    order = containment(table("1100", "0110", "1000", "1100", "0001"))
    assert order.nodes == (("p", "s"), ("q",), ("r",), ("t",))
    assert order.features == ({"a", "b"}, {"b", "c"}, {"a"}, {"d"})
    assert order.pairs() == [("r", "p"), ("r", "s")] and order.covers == ((2, 0),)
    assert order.ladders() == [(2, 0)] and order.apart() == ["q", "t"]


def test_which_models_contain_which(priebe):
    """By resources, read from resources.csv as in the rules above: R is in D I R and E R; D in D A, D I R, D E I and D E; E in E I, E R,
    D E I and D E; A in D A; E I and D E in D E I: 13 pairs. Of these D and E reach D E I by D E, or by E I: 11 neighbours. The ladders of
    three are D, D E, D E I and E, D E, D E I and E, E I, D E I. No two models are equal, and none is apart."""
    order = containment(priebe.incidence("resources"))
    above = {
        "befriending": {"creative_music_therapy", "self_help_groups"},
        "open_dialogue": {"client_centred_therapy", "creative_music_therapy", "solution_focused_therapy", "therapeutic_communities"},
        "peer_support_workers": {"positive_psychotherapy", "self_help_groups", "solution_focused_therapy", "therapeutic_communities"},
        "systemic_family_therapy": {"client_centred_therapy"},
        "positive_psychotherapy": {"solution_focused_therapy"},
        "therapeutic_communities": {"solution_focused_therapy"},
    }
    pairs = {(less, more) for less, models in above.items() for more in models}
    assert len(pairs) == 13 and set(order.pairs()) == pairs
    covers = {(order.nodes[lower][0], order.nodes[upper][0]) for lower, upper in order.covers}
    assert covers == pairs - {("open_dialogue", "solution_focused_therapy"), ("peer_support_workers", "solution_focused_therapy")}
    assert {tuple(order.nodes[node][0] for node in ladder) for ladder in order.ladders()} == {
        ("open_dialogue", "therapeutic_communities", "solution_focused_therapy"),
        ("peer_support_workers", "therapeutic_communities", "solution_focused_therapy"),
        ("peer_support_workers", "positive_psychotherapy", "solution_focused_therapy"),
    }
    assert max(map(len, order.nodes)) == 1 and order.apart() == []


def test_which_models_have_equal_relationships(priebe):
    """Read from relationships.csv: music and communities have professionals and peers; peer support and self-help have peers alone."""
    nodes = containment(priebe.incidence("relationships")).nodes
    assert [node for node in nodes if len(node) > 1] == [
        ("creative_music_therapy", "therapeutic_communities"),
        ("peer_support_workers", "self_help_groups"),
    ]


def test_which_living_beings_stand_apart(living_beings):
    """Leech is in bream is in frog; spike-weed and maize are in reed; only dog suckles and lacks water, only bean has two seed leaves."""
    order = containment(living_beings.incidence("traits"))
    expected = {("leech", "bream"), ("bream", "frog"), ("leech", "frog"), ("spike_weed", "reed"), ("maize", "reed")}
    assert set(order.pairs()) == expected and order.apart() == ["dog", "bean"]
    assert [[order.nodes[node] for node in ladder] for ladder in order.ladders()] == [[("leech",), ("bream",), ("frog",)]]


# Gaps


@QUICK
@given(tables(), st.integers(1, 7))
@example(table("110", "101", "011"), 3)
@example(table("1110", "1101", "1011", "0111"), 4)
def test_gaps_are_the_definition(incidence, most_features):
    """No item has them all, and some item has all but any one; n times the product of the shares, in fractions; sorted without rounding."""
    n, rows, place = len(incidence), has(incidence).values(), {name: number for number, name in enumerate(incidence)}

    def seen(features):
        return any(features <= row for row in rows)

    missing = [part for part in subsets(incidence) if part and not seen(part) and all(seen(part - {name}) for name in part)]
    expected = []
    for part in missing:
        if len(part) <= most_features:
            share = n * prod(Fraction(int(incidence[name].sum()), n) for name in part)
            expected.append((-share, len(part), sorted(place[name] for name in part)))
    expected.sort()
    found = unobserved_combinations(incidence, most_features)
    assert list(found.columns) == ["features", "expected"]
    assert list(found["features"]) == [tuple(incidence.columns[number] for number in numbers) for *_, numbers in expected]
    assert list(found["expected"]) == pytest.approx([float(-share) for share, *_ in expected])


@QUICK
@given(tables())
@example(table("1110", "1101", "1011", "0111"))
def test_three_features_unless_told_otherwise(incidence):
    assert unobserved_combinations(incidence).equals(unobserved_combinations(incidence, most_features=3))


@QUICK
@given(tables(), st.randoms(use_true_random=False))
def test_the_order_of_rows_and_columns_changes_no_gap(incidence, choose):
    one, other = (
        {frozenset(row.features): round(row.expected, 12) for row in unobserved_combinations(found).itertuples()}
        for found in (incidence, shuffled(incidence, choose))
    )
    assert one == other


def test_gaps_by_hand():
    """Six items; totals a 3, b 3, c 2, d 0, e 4. Nobody has d. Together: ab p, ac r, bc s, ae q r, be t, ce s; so of two all are seen, but
    with d. Of three: abc, abe, ace (r has a c e) and bce (s): abc and abe are missing, 6 (3/6) (3/6) (2/6) = 1/2 and 6 (3/6) (3/6) (4/6) = 1.
    """
    incidence = table("11000", "10001", "10101", "01101", "01001", "00000")
    gaps = unobserved_combinations(incidence)
    assert list(gaps["features"]) == [("a", "b", "e"), ("a", "b", "c"), ("d",)]
    assert list(gaps["expected"]) == pytest.approx([1, 1 / 2, 0])
    assert list(unobserved_combinations(incidence, most_features=2)["features"]) == [("d",)]


def test_equally_expected_gaps_stand_in_the_order_of_size_and_columns():
    """Eight items; totals a, b, c and d 4, e 2. Two each have a b, a c and b c, nobody all; d and e are in different items. Both are expected
    once: 8 (4/8) (4/8) (4/8) = 8 (4/8) (2/8). e is with a b and a c, not with b c: 8 (4/8) (4/8) (2/8) = 1/2. d is with each of ab, ac, bc.

    Ten items; a b, a c, b c, a and d e, d f, e f, f, and two that have nothing. The totals are 3 2 2 for a b c and 2 2 3 for
    d e f: equal products, which multiplied one after the other differ in the 17th digit; the columns decide.
    """
    gaps = unobserved_combinations(table("11010", "11001", "10110", "10101", "01110", "01100", "00010", "00000"))
    assert list(map("".join, gaps["features"])) == ["de", "abc", "bce"]
    assert list(gaps["expected"]) == pytest.approx([1, 1, 0.5])
    halves = ("110", "101", "011", "100"), ("110", "101", "011", "001")
    gaps = unobserved_combinations(table(*(row + "000" for row in halves[0]), *("000" + row for row in halves[1]), "000000", "000000"))
    assert list(map("".join, gaps["features"])) == ["af", "ad", "ae", "bf", "cf", "bd", "be", "cd", "ce", "abc", "def"]
    assert list(gaps["expected"]) == pytest.approx([0.9] + [0.6] * 4 + [0.4] * 4 + [0.12] * 2)


def test_the_gaps_of_the_paper_by_hand(priebe):
    """Resources as in the rules above; totals D 5, E 5, I 3, R 3, A 2 of 10. Nobody has E A (10 x 5/10 x 2/10 = 1), I A or R A (0.6 each).
    D E R: the pairs are seen, E R in self-help alone, which lacks D (0.75); E I R: I R in music alone, which lacks E (0.45)."""
    gaps = unobserved_combinations(priebe.incidence("resources").set_axis(list("SDEIRA"), axis=1))
    assert list(map("".join, gaps["features"])) == ["EA", "DER", "IA", "RA", "EIR"]
    assert list(gaps["expected"]) == pytest.approx([1, 0.75, 0.6, 0.6, 0.45])


# Tables at the edge, by hand: extents and intents, rules, nodes, pairs, apart, gaps.

EDGE = {
    "one cell, yes": (["1"], ["p:a"], [":a:1"], ["p"], [], ["p"], []),
    "one cell, no": (["0"], ["p:", ":a"], [], ["p"], [], ["p"], ["a"]),
    "one row": (["10"], ["p:a", ":ab"], [":a:1"], ["p"], [], ["p"], ["b"]),
    "one column": (["1", "0", "1"], ["pqr:", "pr:a"], [], ["pr", "q"], ["qp", "qr"], [], []),
    "all yes": (["11", "11"], ["pq:ab"], [":ab:2"], ["pq"], [], [], []),
    "all no": (["00", "00"], ["pq:", ":ab"], ["a:b:0", "b:a:0"], ["pq"], [], [], ["a", "b"]),
    "equal rows": (["10", "10", "01"], ["pqr:", "pq:a", "r:b", ":ab"], [], ["pq", "r"], [], ["r"], ["ab"]),
    "equal columns": (["110", "001"], ["pq:", "p:ab", "q:c", ":abc"], ["a:b:1", "b:a:1"], ["p", "q"], [], ["p", "q"], ["ac", "bc"]),
}


@pytest.mark.parametrize("case", EDGE)
def test_tables_at_the_edge(case):
    rows, groups, rules, nodes, pairs, apart, gaps = EDGE[case]
    incidence = table(*rows)
    assert [":".join("".join(sorted(part)) for part in concept) for concept in formal_concepts(incidence)] == groups
    found = canonical_implications(incidence)
    assert [f"{''.join(sorted(premise))}:{''.join(sorted(conclusion))}:{support}" for premise, conclusion, support in found] == rules
    order = containment(incidence)
    assert list(map("".join, order.nodes)) == nodes and list(map("".join, order.pairs())) == pairs and order.apart() == apart
    assert list(map("".join, unobserved_combinations(incidence)["features"])) == gaps


# What is refused


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize(
    ("incidence", "told"),
    [
        (pd.DataFrame(), "0 rows and 0 columns"),
        (pd.DataFrame(columns=["x", "y"], dtype=bool), "0 rows and 2 columns"),
        (pd.DataFrame(index=["a", "b"]), "2 rows and 0 columns"),
        (pd.DataFrame({"x": [1, 2]}, index=["a", "b"]), "row b, column x"),
        (pd.DataFrame({"x": [1.0, np.nan]}, index=["a", "b"]), "row b, column x"),
        (pd.DataFrame({"x": ["yes", "maybe"]}, index=["a", "b"]), "row b, column x"),
        (pd.DataFrame({"x": ["yes", "unclear"]}, index=["a", "b"]), "unclear"),
        (pd.DataFrame({"x": [True, False]}, index=["a", "a"]), "row a stands twice"),
        (pd.DataFrame([[True, False]], columns=["x", "x"]), "column x stands twice"),
        (np.array([[True]]), "table is needed"),
    ],
    ids=["nothing", "no rows", "no columns", "number", "missing", "word", "unclear", "row twice", "column twice", "no table"],
)
def test_a_table_that_is_not_sound_is_refused(question, incidence, told):
    with pytest.raises(SynopsisError, match=told):
        question(incidence)


def test_too_many_concepts(monkeypatch):
    """Three items with a feature each: five concepts (all, three groups of one, none)."""
    incidence = table("100", "010", "001")
    monkeypatch.setattr("helpers.lattice.concepts.MOST_CONCEPTS", 5)
    assert len(formal_concepts(incidence)) == concept_count(incidence.to_numpy()) == 5
    monkeypatch.setattr("helpers.lattice.concepts.MOST_CONCEPTS", 4)
    for refused in (lambda: formal_concepts(incidence), lambda: concept_count(incidence.to_numpy())):
        with pytest.raises(SynopsisError, match="more than 4 concepts"):
            refused()


def test_a_table_with_more_concepts_than_can_be_listed():
    """Every set of the 16 features is closed: 65,536, above the limit of 50,000; of 15 features, 32,768."""
    assert concept_count(~np.eye(15, dtype=bool)) == 32_768
    with pytest.raises(SynopsisError, match="more than 50,000 concepts"):
        concept_count(~np.eye(16, dtype=bool))


def test_too_many_rules_to_find(monkeypatch):
    """Five items with a feature each have ten rules; one feature that all have makes a single rule, and few looks."""
    monkeypatch.setattr("helpers.lattice.implications.MOST_LOOKS", 20)
    with pytest.raises(SynopsisError, match="5 features are too many"):
        canonical_implications(table("10000", "01000", "00100", "00010", "00001"))
    assert canonical_implications(table("1")) == [(frozenset(), {"a"}, 1)]


def test_too_many_closed_sets_to_go_through(monkeypatch):
    """Eight items that each lack one feature: no rule, but 256 closed sets are visited, one after the other; 2^30 for 30 features."""
    monkeypatch.setattr("helpers.lattice.implications.MOST_LOOKS", 100)
    with pytest.raises(SynopsisError, match="8 features"):
        canonical_implications(pd.DataFrame(~np.eye(8, dtype=bool)))


def test_too_many_combinations(monkeypatch):
    """One item that has all four features: 4 combinations of one feature, 6 of two, 4 of three."""
    monkeypatch.setattr("helpers.lattice.gaps.MOST_COMBINATIONS", 6)
    assert unobserved_combinations(table("1111")).empty
    monkeypatch.setattr("helpers.lattice.gaps.MOST_COMBINATIONS", 5)
    with pytest.raises(SynopsisError, match="more than 5 combinations of 2 features"):
        unobserved_combinations(table("1111"))
    assert unobserved_combinations(table("1111"), most_features=1).empty
