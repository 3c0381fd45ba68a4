"""Do the tables bear out the review's countable sentences, and is a claim that cannot be read told in words?"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from helpers.claims import CHECKS, check_claims, claim_problems
from helpers.problems import ReviewError

FIVE = "client_centred_therapy creative_music_therapy open_dialogue solution_focused_therapy therapeutic_communities"
DIALOGUE = ("relationships", "open_dialogue", "professionals", "unclear")
# (check, expectation, cells coded otherwise, verdict), each counted by hand in the tables as the paper's text gives them
VERDICTS = [
    ("count_items", "10", [], "yes"),
    ("count_items", "11", [], "no"),
    ("count_features", "resources = 6", [], "yes"),
    ("count_features", "relationships = 6", [], "no"),
    ("count_yes", "professionals = 5", [], "yes"),
    ("count_yes", "professionals = 10", [], "no"),
    ("count_yes", "professionals = 5", [DIALOGUE], "open"),
    ("count_yes", "professionals = 4", [DIALOGUE], "open"),
    ("count_yes", "professionals = 6", [DIALOGUE], "no"),
    ("items_with", f"professionals = {FIVE}", [], "yes"),
    ("items_with", "professionals = befriending", [], "no"),
    ("items_with", f"professionals = {FIVE}", [DIALOGUE], "open"),
    ("items_with", f"professionals = {FIVE} befriending", [DIALOGUE], "no"),
    ("some_have", "peers", [], "yes"),
    ("some_have", "social_relationships", [], "no"),
    ("some_have", "social_relationships", [("resources", "befriending", "social_relationships", "unclear")], "open"),
    ("some_have", "self_actualising", [("resources", "systemic_family_therapy", "self_actualising", "no")], "no"),
    ("every_item_has", "relationships", [], "yes"),
    ("every_item_has", "relationships", [("relationships", "befriending", "friends", "no")], "no"),
    ("every_item_has", "relationships", [("relationships", "befriending", "friends", "unclear")], "open"),
    ("items_rated", "expertise everyone = therapeutic_communities", [], "yes"),
    ("items_rated", "expertise everyone = befriending", [], "no"),
    ("some_rated", "reciprocity reciprocal", [], "yes"),
    ("some_rated", "expertise everyone", [], "no"),
    ("most_rated", "expertise patient peers", [], "yes"),
    ("most_rated", "expertise peers", [], "no"),
    ("ratings_differ", "2", [], "yes"),
    ("ratings_differ", "1", [], "no"),
]


def holding(review, check, expected):
    """The review with one claim."""
    return replace(review, claims=pd.DataFrame([{"id": "c", "quote": "q", "section": "s", "check": check, "expected": expected}]))


def test_every_registered_check_is_tried_both_ways():
    tried = {(check, verdict) for check, _, _, verdict in VERDICTS}
    assert {(check, verdict) for check in CHECKS for verdict in ("yes", "no")} <= tried


@pytest.mark.parametrize(("check", "expected", "changes", "verdict"), VERDICTS)
def test_verdicts(priebe, check, expected, changes, verdict):
    for change in changes:
        priebe = priebe.with_code(*change)
    assert check_claims(holding(priebe, check, expected)).at["c", "borne_out"] == verdict


def test_the_claim_on_professionals_is_not_borne_out(priebe):
    """ "a component explicitly used across the models" (Professionals), but that section names five of the ten models."""
    claims = check_claims(priebe)
    assert (claims.at["professionals_across", "borne_out"], claims.at["professionals_across", "found"]) == ("no", "5 of 10")
    assert set(claims.index[claims["borne_out"] != "yes"]) == {"professionals_across"}
    assert len(claims) == len(priebe.claims)


def test_unidirectional_is_counted_as_the_paper_lists_it(priebe):
    """Reciprocity: six models "all suggest a unidirectional relationship", peer support workers among them, whom we code intermediate."""
    claims = check_claims(priebe)
    assert priebe.code("nature", "peer_support_workers", "reciprocity") == "intermediate"
    assert claims.at["unidirectional_six", "borne_out"] == "yes"
    assert claims.at["unidirectional_most", "found"] == "6 of 10"
    assert claims.at["reciprocal_some", "found"] == "4 of 10"


def test_an_alternative_that_changes_a_verdict_is_named(priebe):
    """Recreation "three": befriending, music, self-help. Communities' listed alternatives make it four or leave it open."""
    changing = check_claims(priebe).at["recreation_three", "changes_with"]
    assert sorted(changing) == [
        "Self-help groups: recreational_activities unclear",
        "Therapeutic communities: recreational_activities unclear",
        "Therapeutic communities: recreational_activities yes",
    ]


@pytest.mark.parametrize(
    ("address", "text", "words"),
    [
        ("D2", "count_item", "Did you mean count_items?"),
        ("D2", "import os", "There is no check"),
        ("E2", "ten", "is not what the check count_items expects"),
        ("E3", "resources", "count_features expects"),
        ("E3", "resorces = 6", "count_features expects"),
        ("E4", "social_relationship = 10", "count_yes expects"),
        ("E5", "experience", "some_have expects"),
        ("E9", "self_actualising = befrending", "items_with expects"),
        ("E9", "self_actualising =", "items_with expects"),
        ("E10", "resorces", "every_item_has expects"),
        ("E14", "two", "ratings_differ expects"),
        ("E15", "reciprocity mutual", "some_rated expects"),
        ("E15", "mood reciprocal", "some_rated expects"),
        ("E16", "reciprocity = befriending", "items_rated expects"),
        ("E17", "reciprocity", "most_rated expects"),
    ],
)
def test_what_cannot_be_checked_is_told_with_its_cell(spoil, address, text, words):
    spoil.cell("claims.csv", address, text)
    review = spoil.load()
    with pytest.raises(ReviewError) as caught:
        check_claims(review)
    (problem,) = caught.value.problems
    assert str(problem).startswith(f"claims.csv, cell {address}: ") and words in str(problem)
    assert claim_problems(review) == [problem]


def test_the_cell_is_right_after_an_empty_row_and_in_another_order_of_columns(spoil):
    """A spreadsheet counts empty rows too; `check` stands first here, so the wrong cell of row 4 is A4."""
    spoil.cell("claims.csv", "D3", "count_feature")
    rows = [[row[3], *row[:3], row[4]] for row in spoil.rows("claims.csv")]
    spoil.write("claims.csv", [*rows[:2], [""] * 5, *rows[2:]])
    with pytest.raises(ReviewError, match=r"claims\.csv, cell A4: "):
        check_claims(spoil.load())


def test_a_review_without_claims_has_an_empty_ledger(living_beings):
    assert check_claims(living_beings).empty and claim_problems(living_beings) == []
