"""Reciprocity by expertise: against the paper's own listing, by hand, and against loops over every coding."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import product
from math import isnan, nan, prod, sqrt

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import contingency

from helpers import SynopsisError
from helpers.quadrants import (
    as_printed,
    association_over_codings,
    axis,
    box_ranges,
    collapsed,
    cramers_v,
    crossed,
    features_by_box,
    has_quadrants,
    levels,
    places,
)

QUICK = settings(derandomize=True, deadline=None, max_examples=60)
NOT_STATED = "not stated"
# Priebe et al. (2014), "Reciprocity" and "Expertise", as listed there by name. Peer support workers stand among the unidirectional ones,
# then "may suggest a more reciprocal relationship than the others": nature.csv codes intermediate (methods.md).
RECIPROCITY = {
    "unidirectional": {
        "client_centred_therapy",
        "systemic_family_therapy",
        "solution_focused_therapy",
        "creative_music_therapy",
        "positive_psychotherapy",
    },
    "intermediate": {"peer_support_workers"},
    "reciprocal": {"therapeutic_communities", "self_help_groups", "befriending", "open_dialogue"},
}
EXPERTISE = {
    "therapist": {"systemic_family_therapy"},
    "patient": {"client_centred_therapy", "solution_focused_therapy", "positive_psychotherapy", "open_dialogue"},
    "peers": {"self_help_groups", "peer_support_workers"},
    "everyone": {"therapeutic_communities"},
    NOT_STATED: {"befriending", "creative_music_therapy"},
}
LISTED = {item: (x, y) for x, across in EXPERTISE.items() for y, upwards in RECIPROCITY.items() for item in across & upwards}


def every_box(review, item) -> list[tuple[str, str]]:
    """The boxes of an item by its coded levels and the alternatives that alternatives.csv lists, in a plain loop."""
    allowed = []
    for rating in ("expertise", "reciprocity"):
        found = [review.nature.at[item, rating]]
        for row in review.alternatives.itertuples():
            if (row.table, row.model, row.feature) == ("nature", item, rating) and row.alternative not in found:
                found.append(row.alternative)
        allowed.append(found)
    return list(product(*allowed))


def halved(box: tuple[str, str]) -> tuple[str, str]:
    """datapackage.json: patient, peers and everyone are one half, therapist the other; intermediate counts as printed, unidirectional."""
    x = {"patient": "patients or all", "peers": "patients or all", "everyone": "patients or all"}.get(box[0], box[0])
    return x, {"intermediate": "unidirectional"}.get(box[1], box[1])


def v_of(boxes) -> float:
    """Cramér's V of the boxes in which both are stated, from the definition."""
    boxes = [box for box in boxes if NOT_STATED not in box]
    n, cells, across, upwards = len(boxes), Counter(boxes), Counter(x for x, _ in boxes), Counter(y for _, y in boxes)
    least = min(len(across), len(upwards))
    if least < 2:
        return nan
    chi = sum((cells[x, y] - across[x] * upwards[y] / n) ** 2 / (across[x] * upwards[y] / n) for x in across for y in upwards)
    return sqrt(chi / n / (least - 1))


def in_another_order(review, seed: int = 3):
    """The same review with its items in another order."""
    return replace(review, models=review.models.sample(frac=1, random_state=seed))


# ---------------------------------------------------------------- places


def test_the_axes_of_the_paper(priebe):
    assert has_quadrants(priebe)
    assert axis(priebe, "x").name == "expertise" and axis(priebe, "y").name == "reciprocity"
    assert levels(priebe, "x") == ["therapist", "patient", "peers", "everyone"] and levels(priebe, "y") == list(RECIPROCITY)
    assert levels(priebe, "x", halves=True) == ["therapist", "patients or all"]
    assert levels(priebe, "y", halves=True) == ["unidirectional", "reciprocal"]


def test_every_model_stands_where_the_paper_lists_it(priebe):
    assert len(LISTED) == 10
    assert [place.item for place in places(priebe)] == priebe.items
    assert {place.item: place.box for place in places(priebe)} == LISTED


def test_certainty_is_the_softer_of_both_codes(priebe):
    """The paper: "can be seen as" (expertise; self-help and befriending by reciprocity), "may suggest". Creative music therapy's reciprocity is
    plain and its expertise not stated, which softens nothing; befriending is hedged by its reciprocity alone."""
    assert {place.item for place in places(priebe) if place.certainty == "explicit"} == {"creative_music_therapy"}
    assert {place.certainty for place in places(priebe)} == {"explicit", "hedged"}
    # each pair of certainties, by hand
    for one, other, softer in (
        ("explicit", "explicit", "explicit"),
        ("explicit", "hedged", "hedged"),
        ("inferred", "hedged", "inferred"),
        ("hedged", "inferred", "inferred"),
        ("inferred", "explicit", "inferred"),
    ):
        changed = priebe.with_code("nature", "open_dialogue", "expertise_certainty", one)
        changed = changed.with_code("nature", "open_dialogue", "reciprocity_certainty", other)
        assert next(place for place in places(changed) if place.item == "open_dialogue").certainty == softer
    changed = priebe.with_code("nature", "creative_music_therapy", "expertise_certainty", "inferred")  # of a rating that is not stated
    assert next(place for place in places(changed) if place.item == "creative_music_therapy").certainty == "explicit"


def test_other_boxes_are_those_of_the_listed_alternatives(priebe):
    """data/priebe2014/alternatives.csv, rows of table nature, by hand; in the order of the levels, expertise first."""
    others = {place.item: list(place.others) for place in places(priebe)}
    assert others == {
        "befriending": [("patient", "reciprocal"), (NOT_STATED, "unidirectional")],
        "client_centred_therapy": [],
        "creative_music_therapy": [("patient", "unidirectional")],
        "open_dialogue": [("everyone", "reciprocal")],
        "peer_support_workers": [
            ("peers", "unidirectional"),
            ("peers", "reciprocal"),
            ("everyone", "intermediate"),
        ],
        "positive_psychotherapy": [],
        "self_help_groups": [("patient", "reciprocal"), ("everyone", "reciprocal")],
        "solution_focused_therapy": [],
        "systemic_family_therapy": [("patient", "unidirectional")],
        "therapeutic_communities": [("patient", "reciprocal")],
    }
    for place in places(priebe):
        assert place.boxes[0] == place.box and set(place.others) <= set(place.boxes)
        assert sorted(place.boxes) == sorted(set(every_box(priebe, place.item)))  # both ratings changed at once, too


def test_no_box_is_named_twice(priebe):
    """Befriending coded as one of its own alternatives: (patient, unidirectional) is reached as coded and as the alternative, and is one box."""
    changed = priebe.with_code("nature", "befriending", "reciprocity", "unidirectional")
    place = next(place for place in places(changed) if place.item == "befriending")
    assert place.box == (NOT_STATED, "unidirectional")
    assert sorted(place.boxes) == sorted(set(place.boxes)) and set(place.boxes) >= {place.box, ("patient", "unidirectional")}
    assert association_over_codings(changed).n == prod(len(set(place.boxes)) for place in places(changed))


def test_either_rating_can_be_not_stated(priebe):
    """Systemic family therapy without stated reciprocity, and client-centred therapy whose expertise could be read as not stated: an
    alternative of one rating is none of the other."""
    changed = priebe.with_code("nature", "systemic_family_therapy", "reciprocity", NOT_STATED)
    row = ("nature", "client_centred_therapy", "expertise", "patient", NOT_STATED, "", "")
    changed = replace(changed, alternatives=pd.concat([changed.alternatives, pd.DataFrame([row], columns=list(changed.alternatives))]))
    found = {place.item: place for place in places(changed)}
    assert found["systemic_family_therapy"].boxes == (("therapist", NOT_STATED), ("patient", NOT_STATED))
    assert found["client_centred_therapy"].boxes == (("patient", "unidirectional"), (NOT_STATED, "unidirectional"))
    assert crossed(changed).to_numpy().tolist() == [[0, 3, 0, 0], [0, 0, 1, 0], [0, 1, 1, 1]]
    assert crossed(changed, halves=True).to_numpy().tolist() == [[0, 4], [0, 3]]
    assert isnan(association_over_codings(changed, halves=True).coded)
    ranges = box_ranges(changed).set_index(["x", "y"])
    assert ranges.loc[("therapist", NOT_STATED)].tolist() == [1, 0, 1] and ranges.loc[("patient", NOT_STATED)].tolist() == [0, 0, 1]
    assert set(features_by_box(changed).query("y == @NOT_STATED")["x"]) == {"therapist"}


def test_halves(priebe):
    assert all(collapsed(priebe, box) == halved(box) for box in product(list(EXPERTISE), [*RECIPROCITY, NOT_STATED]))


# ---------------------------------------------------------------- counts


def brute_codings(review):
    """Every way to code both ratings of all items."""
    return product(*(every_box(review, item) for item in review.items))


@pytest.mark.parametrize("halves", [False, True])
def test_box_ranges_by_brute_force(priebe, halves):
    """The fewest and the most items of each box over all 1,152 codings: 4 x 1 x 2 x 2 x 6 x 1 x 3 x 1 x 2 x 2 boxes, by the list above."""
    seen = [Counter(map(halved, coding) if halves else coding) for coding in brute_codings(priebe)]
    assert len(seen) == 1152
    coded = Counter(map(halved, LISTED.values()) if halves else LISTED.values())
    across = ["therapist", "patients or all"] if halves else ["therapist", "patient", "peers", "everyone"]
    upwards = ["unidirectional", "reciprocal"] if halves else list(RECIPROCITY)
    expected = [
        [x, y, coded[x, y], min(counts[x, y] for counts in seen), max(counts[x, y] for counts in seen)]
        for x, y in product([*across, NOT_STATED], [*upwards, NOT_STATED])
    ]
    found = box_ranges(priebe, halves)
    assert list(found) == ["x", "y", "coded", "fewest", "most"]
    assert found.to_numpy().tolist() == expected
    assert found["coded"].sum() == 10


def test_box_ranges_by_hand(priebe):
    """Patient and unidirectional: client-centred, solution-focused and positive psychotherapy stay; befriending, creative music and systemic
    family therapy may come. Therapist and unidirectional: systemic family therapy, which may leave."""
    found = box_ranges(priebe).set_index(["x", "y"])
    assert found.loc[("patient", "unidirectional")].tolist() == [3, 3, 6]
    assert found.loc[("therapist", "unidirectional")].tolist() == [1, 0, 1]
    assert found.loc[(NOT_STATED, "reciprocal")].tolist() == [1, 0, 1]
    assert found.loc[("therapist", "reciprocal")].tolist() == [0, 0, 0]


def test_crossed_by_hand(priebe):
    """Counted in the paper's two lists: rows reciprocity, columns expertise; the two models without stated expertise are left out."""
    found = crossed(priebe)
    assert list(found) == ["therapist", "patient", "peers", "everyone"] and list(found.index) == list(RECIPROCITY)
    assert found.to_numpy().tolist() == [[1, 3, 0, 0], [0, 0, 1, 0], [0, 1, 1, 1]]
    half = crossed(priebe, halves=True)
    assert list(half) == ["therapist", "patients or all"] and list(half.index) == ["unidirectional", "reciprocal"]
    assert half.to_numpy().tolist() == [[1, 4], [0, 3]]


def test_crossed_without_hedged_codes(priebe):
    """Every stated expertise is hedged in the paper ("can be seen as"), so nothing is left. With open dialogue's plain, it alone counts."""
    assert not crossed(priebe, hedged=False).to_numpy().any() and crossed(priebe, hedged=False).shape == (3, 4)
    assert isnan(cramers_v(crossed(priebe, hedged=False)))
    plain = priebe.with_code("nature", "open_dialogue", "expertise_certainty", "explicit")
    plain = plain.with_code("nature", "therapeutic_communities", "expertise_certainty", "inferred")
    assert crossed(plain, hedged=False).to_numpy().tolist() == [[0, 0, 0, 0], [0, 0, 0, 0], [0, 1, 0, 0]]
    assert crossed(plain, halves=True, hedged=False).to_numpy().tolist() == [[0, 0], [0, 1]]


@pytest.mark.parametrize("hedged", [True, False])
@pytest.mark.parametrize("halves", [True, False])
def test_crossed_by_a_plain_loop(priebe, halves, hedged):
    review = priebe.with_code("nature", "client_centred_therapy", "expertise_certainty", "explicit")
    found = crossed(review, halves, hedged)
    for y, x in product(found.index, found):
        count = 0
        for item, row in review.nature.iterrows():
            sure = "hedged" not in (row["reciprocity_certainty"], row["expertise_certainty"])
            box = LISTED[item]
            count += (halved(box) if halves else box) == (x, y) and (hedged or sure)
        assert found.at[y, x] == count


# ---------------------------------------------------------------- association


def test_cramers_v_by_hand(priebe):
    """chi² = n (sum of count²/(row x column) - 1). Boxes: n = 8, rows 4, 1, 3, columns 1, 4, 2, 1: the sum is 1/4 + 9/16 + 1/2 + 1/12 + 1/6 + 1/3
    = 91/48, and V = root of 43/48 / 2. Halves: 1, 4, 0, 3, so V = (1 x 3 - 4 x 0) / root of (5 x 3 x 1 x 7)."""
    assert cramers_v(crossed(priebe)) == pytest.approx(sqrt(43 / 96))
    assert cramers_v(crossed(priebe, halves=True)) == pytest.approx(3 / sqrt(105))


@pytest.mark.parametrize(
    ("cells", "v"),
    [
        ([[2, 2], [3, 3]], 0),
        ([[0, 5], [4, 0]], 1),
        ([[1, 0, 0], [0, 2, 0], [0, 0, 3]], 1),
        ([[3, 0], [0, 2], [0, 0]], 1),
        ([[3, 0, 0], [0, 0, 2]], 1),
        ([[3, 2]], nan),
        ([[3, 2], [0, 0]], nan),
        ([[0, 2], [0, 1]], nan),
        ([[0, 0], [0, 0]], nan),
    ],
    ids=["unrelated", "complete", "three", "empty row", "empty column", "one row", "one level of y", "one level of x", "nothing"],
)
def test_cramers_v_at_its_ends(cells, v):
    """0 where shares are the same, 1 where one tells the other, undefined where a rating has a single level."""
    assert cramers_v(pd.DataFrame(cells)) == pytest.approx(v, nan_ok=True, abs=1e-12)


@QUICK
@given(st.integers(2, 4).flatmap(lambda n: st.lists(st.lists(st.integers(0, 4), min_size=n, max_size=n), min_size=2, max_size=4)))
def test_cramers_v_equals_that_of_scipy(cells):
    """scipy.stats.contingency.association(method="cramer"), of the rows and columns that occur; free of the order of both."""
    counts = pd.DataFrame(cells)
    occurring = counts.loc[counts.sum(axis=1) > 0, counts.sum() > 0]
    found = cramers_v(counts)
    if min(occurring.shape) < 2:
        assert isnan(found)
        return
    assert found == pytest.approx(contingency.association(occurring.to_numpy(), method="cramer", correction=False), abs=1e-9)
    assert -1e-12 <= found <= 1 + 1e-12
    assert cramers_v(counts.iloc[::-1, ::-1].T) == pytest.approx(found)


@pytest.mark.parametrize("halves", [False, True])
def test_association_by_brute_force(priebe, halves):
    """All 1,152 codings, V of each from the definition; codings in which it is undefined are left out of the range."""
    values = [v_of([halved(box) for box in coding] if halves else coding) for coding in brute_codings(priebe)]
    defined = [value for value in values if not isnan(value)]
    found = association_over_codings(priebe, halves)
    assert (found.n, found.undefined, found.exact) == (1152, len(values) - len(defined), True)
    assert found.coded == pytest.approx(v_of([halved(box) for box in LISTED.values()] if halves else LISTED.values()))
    assert (found.low, found.high) == (pytest.approx(min(defined)), pytest.approx(max(defined)))
    assert found.low <= found.coded <= found.high


def test_association_where_no_coding_defines_it(priebe):
    """All models unidirectional, and no alternatives: one coding, V undefined."""
    constant = replace(priebe, alternatives=priebe.alternatives.iloc[:0])
    for item in priebe.items:
        constant = constant.with_code("nature", item, "reciprocity", "unidirectional")
    found = association_over_codings(constant)
    assert (found.n, found.exact) == (1, True) and isnan(found.coded) and isnan(found.low) and isnan(found.high)


def test_association_of_too_many_codings_says_so(priebe):
    """Every model may have any of four levels of expertise and any of three of reciprocity: at least 12 to the 10 codings."""
    rows = [("nature", i, r, "", level, "", "") for i in priebe.items for r in ("expertise", "reciprocity") for level in (EXPERTISE | RECIPROCITY)]
    many = replace(priebe, alternatives=pd.DataFrame(rows, columns=list(priebe.alternatives)))
    found = association_over_codings(many)
    assert not found.exact and found.n >= 12**10 and isnan(found.low) and isnan(found.high)
    assert found.coded == pytest.approx(sqrt(43 / 96))


# ---------------------------------------------------------------- features


def test_features_by_box_by_hand(priebe):
    """Patient and unidirectional: client-centred, positive and solution-focused therapy; of them two use decision-making, two the family."""
    found = features_by_box(priebe)
    assert list(found) == ["x", "y", "items", "table", "feature", "at_least", "at_most"]
    box = found[(found["x"] == "patient") & (found["y"] == "unidirectional")].set_index("feature")
    assert set(box["items"]) == {3} and len(box) == 10
    assert box["at_least"].to_dict() == box["at_most"].to_dict()
    assert box.loc[["social_relationships", "decision_making", "family", "peers"], "at_least"].tolist() == [3, 2, 2, 0]


def test_features_by_box_by_a_plain_loop(priebe):
    """Each occupied box (8 of them) with each of 10 features, in the order of the levels; two cells made unclear."""
    review = priebe.with_code("resources", "open_dialogue", "decision_making", "unclear")
    review = review.with_code("relationships", "solution_focused_therapy", "peers", "unclear")
    expected = []
    for x, y in product(EXPERTISE, RECIPROCITY):
        inside = [item for item in priebe.items if LISTED[item] == (x, y)]
        for table in ("resources", "relationships") if inside else ():
            for feature in review.tables[table]:
                cells = [review.tables[table].at[item, feature] for item in inside]
                expected.append([x, y, len(inside), table, feature, cells.count("yes"), len(cells) - cells.count("no")])
    found = features_by_box(review)
    assert found.to_numpy().tolist() == expected and len(found) == 80
    assert (found["at_most"] - found["at_least"]).sum() == 2


# ---------------------------------------------------------------- order, and reviews without ratings


def test_the_order_of_the_rows_changes_nothing(priebe):
    other = in_another_order(priebe)
    assert other.items != priebe.items
    assert [place.item for place in places(other)] == other.items
    assert {place.item: place for place in places(other)} == {place.item: place for place in places(priebe)}
    assert features_by_box(other).equals(features_by_box(priebe))
    for halves in (False, True):
        assert box_ranges(other, halves).equals(box_ranges(priebe, halves))
        assert crossed(other, halves).equals(crossed(priebe, halves))
        assert association_over_codings(other, halves) == association_over_codings(priebe, halves)
    shuffled = replace(priebe, alternatives=priebe.alternatives[::-1])
    assert places(shuffled) == places(priebe)


@pytest.mark.parametrize(
    "ask",
    [lambda r: axis(r, "x"), places, box_ranges, crossed, association_over_codings, features_by_box, lambda r: levels(r, "y")],
    ids=["axis", "places", "box_ranges", "crossed", "association_over_codings", "features_by_box", "levels"],
)
def test_a_review_without_ratings_is_told_so_in_words(living_beings, ask):
    assert not has_quadrants(living_beings)
    with pytest.raises(SynopsisError, match=r"no two ratings that make a grid.*datapackage\.json"):
        ask(living_beings)


def test_one_rating_alone_makes_no_grid(priebe):
    half = replace(priebe, metadata=replace(priebe.metadata, quadrant={"x": "expertise"}))
    assert not has_quadrants(half)
    with pytest.raises(SynopsisError, match="no two ratings"):
        places(half)


def test_as_the_paper_prints_it(priebe):
    """The paper lists peer support workers as unidirectional; intermediate is the coders' word (printed_as in datapackage.json)."""
    printed = as_printed(priebe)
    assert printed.nature["reciprocity"].value_counts().to_dict() == {"unidirectional": 6, "reciprocal": 4}
    assert printed.nature.at["peer_support_workers", "reciprocity"] == "unidirectional"
    assert printed.nature["expertise"].equals(priebe.nature["expertise"])
    assert priebe.nature.at["peer_support_workers", "reciprocity"] == "intermediate"
    boxes = {**LISTED, "peer_support_workers": ("peers", "unidirectional")}
    assert cramers_v(crossed(printed)) == pytest.approx(v_of(boxes.values()))


def test_a_printed_word_that_is_no_level_changes_nothing(priebe):
    """The review might print "mixed" for the coders' intermediate; as long as that is no level, the code stays."""
    ratings = list(priebe.metadata.ratings)
    at = next(n for n, rating in enumerate(ratings) if rating.name == "reciprocity")
    levels_ = tuple(replace(level, printed_as="mixed") if level.id == "intermediate" else level for level in ratings[at].levels)
    ratings[at] = replace(ratings[at], levels=levels_)
    other = replace(priebe, metadata=replace(priebe.metadata, ratings=tuple(ratings)))
    assert as_printed(other).nature.equals(priebe.nature)
    assert len(places(as_printed(other))) == 10
