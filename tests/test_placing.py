"""An added item: by hand on the first review, and against a second computation that goes through every way to decide every unclear cell.

By hand (data/priebe2014, first letters of the ids). Resources: befriending S R, client-centred S D A, music S D I R, open dialogue S D, peer support
S E, positive S E I, self-help S E R, solution-focused S D E I, systemic S A, communities S D E. Relationship types: befriending friends;
client-centred professionals; music and communities professionals, peers; open dialogue professionals, friends, family; peer support and self-help
peers; positive friends, family; solution-focused professionals, family; systemic family.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import cache
from itertools import chain, combinations, product
from math import prod

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import SynopsisError, cli, load_review
from helpers.metadata import Metadata, TableInfo
from helpers.placing import added_item, place, placing_words, split_names
from helpers.placing.structure import structure
from helpers.placing.views import COLUMNS
from helpers.placing.ways import MOST_UNCLEAR, States
from helpers.publishing import ROOT

QUICK = settings(derandomize=True, deadline=None, max_examples=60)
MIXED = ["social_relationships", "experiential_knowledge", "self_actualising", "peers", "friends"]


@pytest.fixture(scope="module")
def mixed(priebe):
    return place(priebe, MIXED)


# The first review, by hand


def test_neighbours_by_hand(mixed):
    """S E A shares two of three with S E and with S A; peers and friends, one of two with each model that has one of them and nothing else; and all
    together three of five with peer support (S E and peers), which no other model reaches."""
    nearest = [[(one.item, one.at_most, one.counts_most) for one in view.neighbours if one.nearest == "certainly"] for view in mixed.views]
    assert nearest == [
        [("peer_support_workers", Fraction(2, 3), (2, 3)), ("systemic_family_therapy", Fraction(2, 3), (2, 3))],
        [(item, Fraction(1, 2), (1, 2)) for item in ("befriending", "peer_support_workers", "self_help_groups")],
        [("peer_support_workers", Fraction(3, 5), (3, 5))],
    ]
    assert all(len(view.neighbours) == 10 and not any(one.nearest == "possibly" for one in view.neighbours) for view in mixed.views)


def test_containment_by_hand(mixed, priebe):
    assert [[(one.item, one.relation) for one in view.relations] for view in mixed.views] == [
        [("peer_support_workers", "less"), ("systemic_family_therapy", "less")],
        [("befriending", "less"), ("peer_support_workers", "less"), ("self_help_groups", "less")],
        [("peer_support_workers", "less")],
    ]
    (view,) = place(priebe, ["Social relationships", "Experiential knowledge"]).views[:1]
    assert [(one.item, one.relation, one.direct) for one in view.relations] == [  # solution-focused stands above positive and communities
        ("peer_support_workers", "same", ""),
        ("positive_psychotherapy", "more", "certainly"),
        ("self_help_groups", "more", "certainly"),
        ("solution_focused_therapy", "more", ""),
        ("therapeutic_communities", "more", "certainly"),
    ]


def test_groups_gaps_and_rules_by_hand(mixed):
    """S E is had by five models, S A by two, and E with A by none: 5 x 2 / 10 models were to be expected. Peers: four models, friends: three."""
    resources, relationships, both = (view.structure for view in mixed.views)
    assert [(group.features, len(group.items)) for group in resources.joins] == [
        (("social_relationships", MIXED[1]), 5),
        (("social_relationships", MIXED[2]), 2),
    ]
    assert [(group.features, group.items) for group in resources.opens] == [(tuple(MIXED[:3]), ())]
    assert [(gap.features, gap.expected) for gap in resources.gaps] == [(tuple(MIXED[1:3]), 1.0)]
    assert [(gap.features, round(gap.expected, 9)) for gap in relationships.gaps] == [(("peers", "friends"), 1.2)]
    assert not any(rule.support for rule in (*resources.rules, *relationships.rules))
    # Side by side, positive psychotherapy alone has S, E and friends, and it has I and family, too.
    assert [rule for rule in both.rules if rule.support] == [
        (("social_relationships", "experiential_knowledge", "friends"), ("individual_strengths", "family"), 1, "certainly")
    ]
    assert [group.items for group in both.opens] == [("positive_psychotherapy",), ()]


def test_an_item_without_any_feature_by_hand(priebe):
    """Every model has S, and nothing else is shared by all: the empty item breaks that rule and makes a group of all, which share nothing."""
    resources = place(priebe, []).views[0]
    assert [one.relation for one in resources.relations] == ["more"] * 10
    assert resources.structure.joins == () and [(group.features, len(group.items)) for group in resources.structure.opens] == [((), 10)]
    assert resources.structure.rules == (((), ("social_relationships",), 10, "certainly"),)


def test_an_unclear_feature_by_hand(priebe):
    """S, and D unclear: as S it is as near to open dialogue (S D) as to befriending, peer support and systemic; as S D it is open dialogue."""
    view = place(priebe, ["social_relationships"], ["decision_making"]).views[0]
    found = {one.item: one for one in view.neighbours if one.nearest}
    assert {item: one.nearest for item, one in found.items()} == {
        "open_dialogue": "certainly",
        "befriending": "possibly",
        "peer_support_workers": "possibly",
        "systemic_family_therapy": "possibly",
    }
    assert (found["open_dialogue"].at_least, found["open_dialogue"].at_most) == (Fraction(1, 2), 1)
    assert (found["befriending"].at_least, found["befriending"].at_most) == (Fraction(1, 3), Fraction(1, 2))
    assert [(one.item, one.how) for one in view.relations if one.relation == "same"] == [("open_dialogue", "possibly")]


def test_a_model_of_the_review_placed_again_stands_where_it_was(priebe):
    """Nothing is new: its own row has all that it has."""
    for item in priebe.items:
        yes = [feature for table in priebe.tables.values() for feature in table if table.at[item, feature] == "yes"]
        for view in place(priebe, yes).views:
            assert (item, "same", "certainly", "") in view.relations and view.neighbours[0].at_most == 1
            assert not view.structure.opens and not view.structure.gaps and not view.structure.rules
            assert view.structure.joins[0].features == view.yes


# The second computation


@st.composite
def reviews(draw):
    """Small reviews of one table or two, the codes of an added item, and how many cells are unclear in all: few enough to go through."""
    sizes = draw(st.lists(st.integers(1, 4), min_size=1, max_size=2))
    items = draw(st.permutations([f"r{n}" for n in range(draw(st.integers(1, 5)))]))
    codes = st.sampled_from(draw(st.sampled_from([("yes", "no"), ("yes", "no"), ("yes", "no", "no", "yes", "yes", "unclear")])))
    tables, features = {}, []
    for number, size in enumerate(sizes):
        columns = [f"{'ab'[number]}{n}" for n in draw(st.permutations(range(size)))]
        tables[f"table{number}"] = pd.DataFrame([[draw(codes) for _ in columns] for _ in items], index=items, columns=columns)
        features += columns
    budget = 6 - sum(int(table.eq("unclear").to_numpy().sum()) for table in tables.values())
    if budget < 0:
        tables = {name: table.replace("unclear", "yes") for name, table in tables.items()}
    added = {feature: draw(st.sampled_from(["yes", "no", "yes", "unclear"])) for feature in features}
    open_ = [feature for feature, code in added.items() if code == "unclear"][: max(0, min(3, budget))]
    return made(tables), [f for f, code in added.items() if code == "yes"], open_


@cache
def stored():
    return load_review(ROOT / "data" / "living_beings")


def made(tables):
    """A review of these tables and nothing else."""
    review = stored()
    features = [(feature, name, feature, "", "") for name, table in tables.items() for feature in table]
    return replace(
        review,
        metadata=Metadata("made", "Made up", tables=tuple(TableInfo(name, name, review.metadata.feature) for name in tables)),
        models=pd.DataFrame("", index=list(next(iter(tables.values())).index), columns=["label", "short_label"]).assign(
            label=lambda frame: frame.index
        ),
        features=pd.DataFrame(features, columns=["id", "table", "label", "short_label", "definition"]).set_index("id"),
        tables=tables,
    )


def decided(codes):
    """Every way to decide a dict of codes, as the set of what is Yes."""
    open_ = [feature for feature, code in codes.items() if code == "unclear"]
    sure = frozenset(feature for feature, code in codes.items() if code == "yes")
    return [sure | {feature for feature, yes in zip(open_, choice, strict=True) if yes} for choice in product([False, True], repeat=len(open_))]


def worlds(review, view, yes, unclear):
    """Every added set with every table of sets."""
    cells = pd.concat([review.tables[name] for name in view.tables], axis=1)
    own = {feature: "yes" if feature in yes else "unclear" if feature in unclear else "no" for feature in cells}
    rows = [decided(dict(cells.loc[item])) for item in cells.index]
    return [(added, dict(zip(cells.index, table, strict=True))) for added in decided(own) for table in product(*rows)]


def by_how(found):
    """What every world holds and what some hold."""
    return {key: "certainly" if all(key in one for one in found) else "possibly" for key in set().union(*found)}


def jaccard(one, other):
    return Fraction(len(one & other), len(one | other)) if one | other else Fraction(1)


def subsets(names, most=None):
    names = sorted(names)
    return map(frozenset, chain.from_iterable(combinations(names, size) for size in range((len(names) if most is None else most) + 1)))


def intents(rows, everything):
    return {frozenset(everything).intersection(*group) for group in subsets_of_rows(rows)}


def subsets_of_rows(rows):
    return chain.from_iterable(combinations(rows, size) for size in range(len(rows) + 1))


@QUICK
@given(reviews())
def test_likeness_and_containment_in_every_world(made_up):
    review, yes, unclear = made_up
    for view in place(review, yes, unclear).views:
        every = worlds(review, view, yes, unclear)
        alike = [{item: jaccard(added, row) for item, row in rows.items()} for added, rows in every]
        nearest = by_how([{item for item, value in values.items() if value == max(values.values())} for values in alike])
        assert {one.item: one.nearest for one in view.neighbours if one.nearest} == nearest
        assert {one.item: (one.at_least, one.at_most) for one in view.neighbours} == {
            item: (min(values[item] for values in alike), max(values[item] for values in alike)) for item in review.items
        }
        counted = [pair for one in view.neighbours for pair in ((one.counts_least, one.at_least), (one.counts_most, one.at_most))]
        assert all(Fraction(*counts) == value if counts[1] else value == 1 for counts, value in counted)
        kinds = by_how([{(item, kind(added, row)) for item, row in rows.items() if kind(added, row)} for added, rows in every])
        assert {(one.item, one.relation): one.how for one in view.relations} == kinds
        if view.unclear_cells:
            assert view.structure is None and {one.direct for one in view.relations} <= {None}
        else:
            direct = by_how([{(item, kind(added, row)) for item, row in rows.items() if next_to(added, row, rows.values())} for added, rows in every])
            assert {(one.item, one.relation): one.direct for one in view.relations if one.direct} == direct


def kind(added, row):
    return "same" if added == row else "more" if added < row else "less" if row < added else ""


def next_to(added, row, rows):
    low, high = sorted([added, row], key=len)
    return low < high and not any(low < other < high for other in rows)


@QUICK
@given(reviews())
def test_groups_gaps_and_rules_in_every_world(made_up):
    """From the definitions: groups over all sets of items, gaps and pseudo-intents over all sets of features, before and after adding the item."""
    review, yes, unclear = made_up
    for view in place(review, yes, unclear).views:
        if view.structure is None:
            continue
        every, found = worlds(review, view, yes, unclear), view.structure
        rows = list(every[0][1].values())
        features = [feature for name in view.tables for feature in review.tables[name]]
        before = intents(rows, features)
        after = [intents([*rows, added], features) - before for added, _ in every]
        assert found.concepts == len(before) and (found.opens_at_least, found.opens_at_most) == (min(map(len, after)), max(map(len, after)))
        assert {frozenset(group.features): group.how for group in found.opens} == by_how(after)
        joined = [{intent for intent in before if intent <= added and any(intent <= row for row in rows)} for added, _ in every]
        assert {frozenset(group.features): group.how for group in found.joins} == by_how(
            [{intent for intent in some if not any(intent < other for other in some)} for some in joined]
        )
        for group in (*found.opens, *found.joins):
            assert group.items == tuple(item for item, row in every[0][1].items() if set(group.features) <= row)
        nobody = [some for some in subsets(features, 3) if some and not any(some <= row for row in rows)]
        smallest = [some for some in nobody if not any(other < some for other in nobody)]
        assert {frozenset(gap.features): gap.how for gap in found.gaps} == by_how(
            [{some for some in smallest if some <= added} for added, _ in every]
        )
        for gap in found.gaps:
            assert gap.expected == pytest.approx(len(rows) * prod(sum(f in row for row in rows) / len(rows) for f in gap.features))
        rules = {premise: closure(premise, rows, features) - premise for premise in pseudo_intents(rows, features)}
        broken = [{premise for premise, conclusion in rules.items() if premise <= added and not conclusion <= added} for added, _ in every]
        assert {frozenset(rule.premise): rule.how for rule in found.rules} == by_how(broken)
        for rule in found.rules:
            premise = frozenset(rule.premise)
            assert (rules[premise], sum(premise <= row for row in rows)) == (frozenset(rule.conclusion), rule.support)


def closure(some, rows, features):
    return frozenset(features).intersection(*(row for row in rows if some <= row))


def pseudo_intents(rows, features):
    found = set()
    for some in subsets(features):
        if closure(some, rows, features) != some and all(closure(less, rows, features) <= some for less in found if less < some):
            found.add(some)
    return found


@QUICK
@given(reviews(), st.randoms(use_true_random=False))
def test_the_order_of_rows_and_columns_changes_nothing(made_up, choose):
    review, yes, unclear = made_up
    items = choose.sample(review.items, len(review.items))
    turned = made({name: table.loc[items, choose.sample(list(table), table.shape[1])] for name, table in review.tables.items()})
    for view, other in zip(place(review, yes, unclear).views, place(turned, unclear=unclear, yes=yes[::-1]).views, strict=True):
        assert as_sets(view) == as_sets(other)


def as_sets(view):
    """Every part without its order, nor that of the features and items named in it."""
    found = view.structure
    parts = (view.neighbours, view.relations, *((found.joins, found.opens, found.gaps, found.rules) if found else ()))
    return [
        {tuple(frozenset(cell) if isinstance(cell, tuple) and all(isinstance(part, str) for part in cell) else cell for cell in row) for row in part}
        for part in parts
    ]


# Names, limits, words and the command


def test_features_by_id_label_and_short_label(priebe):
    """As printed in data/priebe2014/features.csv, in other letters and with the plain apostrophe."""
    added = added_item(priebe, ["PEERS", "patient's  decision-making ability", "Recreation"], "Family")
    assert added == ("the added model", ("decision_making", "recreational_activities", "peers"), ("family",))


def test_every_wrong_name_is_told_at_once(priebe):
    with pytest.raises(SynopsisError) as told:
        added_item(priebe, ["peer", "recreational activity", "nonsense", "friends"], ["Friends"], "befriending")
    lines = str(told.value).splitlines()
    assert lines[0] == 'There is no feature "peer". Did you mean Peers?'
    assert lines[1] == 'There is no feature "recreational activity". Did you mean Recreational activities?'
    assert lines[2].startswith('There is no feature "nonsense". The features are "Social relationships",')
    assert lines[3:] == ["Friends is given as Yes and as unclear. Give it once.", "The review has model befriending already. Give another name."]


def test_a_label_that_means_two_features_is_told():
    review = made({"one": pd.DataFrame({"x": ["yes"]}, index=["p"]), "two": pd.DataFrame({"y": ["yes"]}, index=["p"])})
    review = replace(review, features=review.features.assign(label="Same"))
    with pytest.raises(SynopsisError, match='"same" could be x or y'):
        place(review, ["same"])


def test_names_with_commas():
    assert split_names(['a, "b, c" ,d', "", ' "e, f"']) == ["a", "b, c", "d", "e, f"]


def test_too_many_unclear_features_are_refused_in_words():
    many = made({"one": pd.DataFrame([["no"] * (MOST_UNCLEAR + 1)], index=["p"], columns=[f"x{n}" for n in range(MOST_UNCLEAR + 1)])})
    with pytest.raises(SynopsisError, match="allow 2,048 ways to decide them"):
        place(many, [], list(many.features.index))


def test_what_is_too_large_is_left_out_and_said(monkeypatch, priebe):
    monkeypatch.setattr("helpers.placing.structure.MOST_STEPS", 1)
    monkeypatch.setattr("helpers.placing.structure.MOST_LOOKS", 1)
    placed = place(priebe, MIXED)
    assert placed.views[0].structure.too_many == ("groups", "rules") and placed.views[0].structure.gaps
    words = placing_words(priebe, placed)
    assert words.count("Left out here, as there are too many to go through: groups and rules.") == 3
    assert not any("smallest group" in line or "Rules that" in line for line in words)


def test_a_large_table_is_quick():
    """400 items, 60 features, ten of them unclear: the structure is sought within the added features only."""
    cells = pd.DataFrame([[(i * i + 7 * i * j + j * j * j) % 11 < 2 for j in range(60)] for i in range(400)], columns=[f"x{j}" for j in range(60)])
    states = States.of(cells, set(cells.columns[:6]), set(cells.columns[6:10]))
    found = structure(cells, states)
    assert found.too_many in ((), ("concepts",)) and len(states.ways) == 16


def test_frames(mixed):
    for part, columns in COLUMNS.items():
        frame = mixed.to_frame(part)
        assert list(frame) == ["tables", *columns._fields]
        assert len(frame) == sum(len(view.to_frame(part)) for view in mixed.views)
    with pytest.raises(SynopsisError, match='no part "gap"'):
        mixed.views[0].to_frame("gap")


def test_words_by_hand(priebe, mixed):
    words = placing_words(priebe, mixed)
    assert words[1].endswith("Peers and Friends; No for the other 5 features, which were not named. No means not explicitly utilised in the text.")
    assert "By resources (it has 3 of 6):" in words and "By all features, the tables side by side (it has 5 of 10):" in words
    assert words[4].startswith(
        "Nearest, with a similarity of 2/3: Peer support workers (2 of 3 shared) and Systemic family therapy (2 of 3 shared). Sim"
    )
    assert any(line.startswith("Gaps that it fills: Peers + Friends (1.2).") for line in words)
    assert "rests on how the reader coded the added model" in words[-1]
    text = "\n".join(words)
    assert "Experiential knowledge (with Peer support workers, Positive" in text and "communities); Social relationships + Friends (with Bef" in text
    for explanation in ("(Jaccard)", "(a formal concept)", "A gap is", "Duquenne-Guigues"):
        assert text.count(explanation) == 1


def test_words_of_what_is_unclear(priebe):
    words = placing_words(priebe, place(priebe, ["peers"], ["family", "decision_making"], "A club"))
    assert words[0].startswith("A club is placed among the 10 models") and "each of the 4 ways" in words[2]
    assert (
        "Nearest: Peer support workers (1 of 2 to 1 of 1 shared) and Self-help groups (1 of 2 to 1 of 1 shared); possibly also Systemic"
        in "\n".join(words)
    )


@QUICK
@given(reviews())
def test_words_for_any_review(made_up):
    review, yes, unclear = made_up
    placed = place(review, yes, unclear)
    words = placing_words(review, placed)
    assert sum(line == "" for line in words) == len(placed.views) + 1
    assert all(line == "" or line[-1] in ".:" for line in words) and "certainly" not in " ".join(words)
    assert ("possib" in " ".join(words)) or not (unclear or any(view.unclear_cells for view in placed.views))
    assert sum("Left out here: who stands" in line for line in words) == sum(view.unclear_cells > 0 for view in placed.views)


def test_command(capsys):
    assert cli.main(["place", "--yes", "Social relationships,peers", "--yes", "Friends", "--unclear", "family", "--name", "A club"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("A club is placed among the 10 models of “Resource-oriented therapeutic models in psychiatry”.\nIt is coded Yes for Social")
    assert cli.main(["place", "--review", str(ROOT / "data" / "living_beings"), "--yes", ""]) == 0
    assert "It is coded Yes for no trait; No for the other 9 traits" in capsys.readouterr().out


def test_command_tells_what_is_wrong(capsys, tmp_path):
    (tmp_path / "codes.csv").write_text('item,"Work, paid",Rest\na,yes,unclear\nb,no,no\n', encoding="utf-8")
    assert cli.main(["place", "--review", str(tmp_path), "--yes", '"work, paid"']) == 0
    assert "1 cell of the table is unclear and may be Yes or No" in capsys.readouterr().out
    assert cli.main(["place", "--review", str(tmp_path), "--yes", "work, paid"]) == 1
    captured = capsys.readouterr()
    assert captured.out == "" and captured.err.count("There is no feature") == 2
    with pytest.raises(SystemExit) as stopped:
        cli.main(["place"])
    assert stopped.value.code == 2
