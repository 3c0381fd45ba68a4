"""Several coders beside each other: against counts by hand, a plain recount of every pair of coders, and notebook 09's verdicts on coders' tables."""

from __future__ import annotations

import io
from dataclasses import replace
from itertools import combinations, pairwise
from math import isnan, nan
from statistics import mean

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from quality import problems

from helpers import SynopsisError, agreement, comparison_files, figures, load_review
from helpers.cli import main
from helpers.comparing import aligned, as_markdown, coded_cells, compare, files, told
from helpers.comparing import verdicts as verdict_module
from helpers.sensitivity import conclusions
from helpers.sensitivity.case import Case
from helpers.sensitivity.trials import by_coders

CODES = ("yes", "no", "unclear")


def coding(review, **changes):
    """A coder's tables: the review's own, but for some cells: `feature={"item": "code"}`; ratings too."""
    tables = {name: table.copy() for name, table in review.tables.items()} | ({"nature": review.nature.copy()} if review.metadata.ratings else {})
    for feature, codes in changes.items():
        table = next(table for table in tables.values() if feature in table)
        for item, code in codes.items():
            assert table.at[item, feature] != code, "the test changes nothing"
            table.at[item, feature] = code
    return tables


def flipped(review, number, share, seed):
    """A class: each coder with the review's own tables, some cells flipped and some called unclear, some ratings drawn anew."""
    draw, coders = np.random.default_rng(seed), {}
    for coder in range(1, number + 1):
        own = {}
        for name, table in review.tables.items():
            codes, drawn = table.to_numpy(dtype=object).copy(), draw.random(table.shape)
            codes[drawn < share] = np.where(codes[drawn < share] == "yes", "no", "yes")
            codes[drawn > 1 - share / 4] = "unclear"
            own[name] = pd.DataFrame(codes, index=table.index, columns=table.columns)
        own["nature"] = review.nature.copy()
        for rating in review.metadata.ratings:
            levels = [*rating.level_ids, "not stated"]
            own["nature"][rating.name] = [level if draw.random() > share else str(draw.choice(levels)) for level in review.nature[rating.name]]
        coders[f"coder_{coder}"] = own
    return coders


@pytest.fixture(scope="module", autouse=True)
def few_resamples():
    """Intervals from 400 draws: how they are found is tested in test_agreement, and whole enumerations take a second for each table."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(agreement, "MOST_ENUMERATED", 0)
        patch.setattr(agreement, "DRAWS", 400)
        agreement._resamples.cache_clear()
        yield
    agreement._resamples.cache_clear()


@pytest.fixture(scope="module")
def three(priebe):
    """Three coders of the first review. Befriending and recreation: yes, no, no. Open dialogue and family: yes, yes, unclear; its expertise as it is,
    everyone, everyone."""
    return {
        "one": coding(priebe),
        "two": coding(priebe, recreational_activities={"befriending": "no"}, expertise={"open_dialogue": "everyone"}),
        "three": coding(
            priebe, recreational_activities={"befriending": "no"}, family={"open_dialogue": "unclear"}, expertise={"open_dialogue": "everyone"}
        ),
    }


@pytest.fixture(scope="module")
def of_three(priebe, three):
    return compare(priebe, three)


@pytest.fixture(scope="module")
def a_class(priebe):
    return flipped(priebe, 12, 0.1, seed=2014)


@pytest.fixture(scope="module")
def of_class(priebe, a_class):
    return compare(priebe, a_class)


# ------------------------------------------------------------------- cells


def test_cells_by_hand(of_three):
    cells = of_three.disagreements().set_index(["table", "model", "feature"])
    assert list(cells.index) == [
        ("resources", "befriending", "recreational_activities"),
        ("relationships", "open_dialogue", "family"),
        ("nature", "open_dialogue", "expertise"),
    ]
    first, second, third = cells.to_dict("records")
    assert (first["yes"], first["no"], first["unclear"], first["codes"], first["majority"], first["own"]) == (1, 2, 0, "yes 1, no 2", "no", "yes")
    assert (second["yes"], second["unclear"], second["codes"], second["majority"]) == (2, 1, "yes 2, unclear 1", "yes")
    assert third["codes"] == "patient 1, everyone 2" and pd.isna(third["yes"]) and third["own"] == "patient"
    assert [third[f"by {coder}"] for coder in ("one", "two", "three")] == ["patient", "everyone", "everyone"]
    assert len(of_three.cells) == 120 and (of_three.cells["coders"] == 3).all()


def test_half_is_no_majority(priebe):
    cells = compare(priebe, {"a": coding(priebe), "b": coding(priebe, peers={"befriending": "yes"})}).disagreements()
    assert cells[["codes", "majority"]].to_numpy().tolist() == [["yes 1, no 1", ""]]


def test_a_coder_may_lack_a_table(priebe, three):
    """Three with resources only: the relationships are compared between one and two, and say so."""
    coders = {**three, "three": {"resources": three["three"]["resources"]}}
    found = compare(priebe, coders)
    by_table = {measure.table: (measure.result.coders, measure.result.kappa is None) for measure in found.of("table")}
    assert by_table == {"resources": (3, True), "relationships": (2, False)}
    assert [measure.result.coders for measure in found.of("all tables")] == [2]
    assert [measure.result.coders for measure in found.of("coder")] == [2, 2, 2] and found.of("coder")[2].result.cells == 60
    row = found.cells.set_index(["model", "feature"]).loc[("open_dialogue", "family")]
    assert (row["coders"], row["codes"], row["by three"], row["differ"]) == (2, "yes 2", "", "")
    assert found.coders.loc["three", "cells"] == 60
    verdicts = found.kept()["three"]
    assert verdicts["relationships.closest"] == verdicts["ratings.fullest"] == verdicts["all.correlation"] == "not coded"
    assert verdicts["resources.closest"] in ("kept", "overturned")


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda own: own["resources"].drop(index="befriending"), "In the table resources of two there is no row befriending"),
        (lambda own: own["resources"].drop(columns="self_actualising"), "no column self_actualising"),
        (lambda own: own["resources"].assign(more="no"), "a column more too many"),
        (lambda own: pd.concat([own["resources"], own["resources"].head(1)]), "a row befriending too many"),
        (
            lambda own: own["resources"].replace("yes", "ja"),
            "In the table resources of two, social_relationships, there is the code 'ja'. Use one of",
        ),
    ],
    ids=["no row", "no column", "more columns", "a row twice", "a code"],
)
def test_errors_in_words(priebe, three, spoil, words):
    own = {**three["two"], "resources": spoil(three["two"])}
    with pytest.raises(SynopsisError, match=words):
        compare(priebe, {"one": three["one"], "two": own})


def test_a_wrong_level_a_wrong_name_and_a_coder_alone(priebe, three):
    wrong = {**three["two"], "nature": three["two"]["nature"].replace("patient", "pateint")}
    with pytest.raises(SynopsisError, match="In the ratings of two, expertise, there is the code 'pateint'"):
        compare(priebe, {"one": three["one"], "two": wrong})
    with pytest.raises(SynopsisError, match=r"There is no coder threee. Did you mean three\?"):
        compare(priebe, three, reference="threee")
    for alone in (
        {"one": three["one"]},
        {},
        {"one": {"resources": three["one"]["resources"]}, "two": {"relationships": three["two"]["relationships"]}},
    ):
        with pytest.raises(SynopsisError, match="two coders or more with a table in common"):
            compare(priebe, alone)


def test_what_else_a_coder_has_is_passed_over(priebe):
    """The stored coders have evidence, alternatives and the certainty of ratings too."""
    assert {"evidence", "alternatives"} <= set(priebe.coders["coder_1"])
    tables = aligned(priebe, priebe.coders)["coder_1"]
    assert list(tables) == ["resources", "relationships", "nature"] and list(tables["nature"]) == ["reciprocity", "expertise"]


# ------------------------------------------------------------------- agreement, recounted pair by pair


def recount(codings, categories):
    """Percent agreement, AC1 and alpha of coders' lists of codes, from pairs of codes alone."""
    units = list(zip(*codings, strict=True))
    percent = mean(mean(a == b for a, b in combinations(unit, 2)) for unit in units)
    every = [code for unit in units for code in unit]
    shares = [every.count(code) / len(every) for code in categories]
    chance = sum(share * (1 - share) for share in shares) / (len(categories) - 1)
    shuffled = mean(a != b for a, b in combinations(every, 2))
    return percent, (percent - chance) / (1 - chance), 1 - (1 - percent) / shuffled if shuffled else nan


def test_every_measure_is_that_of_a_recount(priebe):
    coders = flipped(priebe, 3, 0.15, seed=7)
    found = compare(priebe, coders)
    names = [*priebe.tables]
    seen = 0
    for measure in found.measures:
        if measure.kind == "coder":
            sources = [coders[measure.coder], priebe.tables]
            columns = [(name, feature) for name in names for feature in priebe.tables[name]]
        else:
            sources = list(coders.values())
            columns = [
                (name, feature)
                for name, table in {**priebe.tables, "nature": priebe.nature[["reciprocity", "expertise"]]}.items()
                for feature in table
                if measure.table in ("", name) and measure.feature in ("", feature) and (measure.table or name != "nature")
            ]
        codes = [[code for name, feature in columns for code in source[name][feature]] for source in sources]
        allowed = (*priebe.rating(measure.feature).level_ids, "not stated") if measure.kind == "rating" else CODES
        result = measure.result
        assert (result.percent.value, result.ac1.value, result.alpha.value) == pytest.approx(recount(codes, allowed), nan_ok=True), measure
        assert result.cells == len(codes[0]) and result.coders == len(sources)
        assert result.percent.low <= result.percent.value <= result.percent.high
        seen += 1
    assert seen == 2 + 1 + 2 + 10 + 3  # tables, all, ratings, features, coders


def test_each_coder_beside_the_others_is_that_of_a_recount(of_class, a_class, priebe):
    codes = {coder: [str(code) for name in priebe.tables for code in own[name].to_numpy().ravel()] for coder, own in a_class.items()}
    settled = [str(code) for table in priebe.tables.values() for code in table.to_numpy().ravel()]
    share = {pair: mean(a == b for a, b in zip(codes[pair[0]], codes[pair[1]], strict=True)) for pair in combinations(codes, 2)}
    for (one, other), expected in share.items():
        assert of_class.pairs.at[one, other] == of_class.pairs.at[other, one] == pytest.approx(expected)
    for coder, row in of_class.coders.iterrows():
        shares = {other: share.get((coder, other), share.get((other, coder))) for other in codes if other != coder}
        assert row["others"] == pytest.approx(mean(shares.values()))
        assert row["nearest"].split("; ") == [other for other, value in shares.items() if value == pytest.approx(max(shares.values()))]
        assert row["own"] == pytest.approx(mean(a == b for a, b in zip(codes[coder], settled, strict=True)))
        assert [row[code] for code in CODES] == [codes[coder].count(code) for code in CODES]


def test_a_constant_column_is_said_to_be_undefined(priebe):
    """Social relationships is Yes for all ten models with both coders (Table 1: "All ten"): kappa and alpha are 0/0 there."""
    found = compare(priebe, priebe.coders)
    same = [measure.feature for measure in found.of("feature") if measure.all_the_same]
    assert same == ["social_relationships"]
    rows = found.to_frame().query("feature == 'social_relationships'").set_index("coefficient")
    assert rows.at["percent agreement", "value"] == rows.at["Gwet's AC1", "value"] == 1
    assert isnan(rows.at["Cohen's kappa", "value"]) and rows.at["Cohen's kappa", "note"] == "undefined: the same code everywhere"
    assert isnan(rows.at["Krippendorff's alpha", "value"]) and rows.at["percent agreement", "note"] == ""
    assert any("Social relationships" in line and "kappa and alpha are undefined" in line for line in told(priebe, found))


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    folder = tmp_path_factory.mktemp("small")
    (folder / "codes.csv").write_text("item,x,y\np,yes,no\nq,no,no\nr,unclear,yes\n", encoding="utf-8")
    return load_review(folder)


@settings(derandomize=True, deadline=None, max_examples=8)
@given(st.lists(st.lists(st.sampled_from(CODES), min_size=6, max_size=6), min_size=2, max_size=4), st.randoms(use_true_random=False))
def test_no_order_changes_anything(small, codings, choose):
    """Rows and columns of the coders' tables in any order; the coders themselves in any order."""
    items, features = list(small.items), list(small.tables["codes"])
    coders = {f"c{n}": {"codes": pd.DataFrame(np.array(codes, dtype=object).reshape(3, 2), items, features)} for n, codes in enumerate(codings)}
    names = choose.sample(list(coders), len(coders))
    other = {name: {"codes": coders[name]["codes"].loc[choose.sample(items, 3), choose.sample(features, 2)]} for name in names}
    first, second = compare(small, coders), compare(small, other)
    by = ["kind", "table", "feature", "coder", "coefficient"]
    numbers = [found.to_frame().set_index(by)[["value", "low", "high"]].sort_index() for found in (first, second)]
    pd.testing.assert_frame_equal(*numbers)
    pd.testing.assert_frame_equal(first.pairs, second.pairs.loc[first.pairs.index, first.pairs.columns])
    pd.testing.assert_frame_equal(first.cells, second.cells[first.cells.columns])
    pd.testing.assert_frame_equal(first.kept(), second.kept()[list(coders)], check_names=False)
    assert (first.coders[["others", "own"]] <= 1).all(axis=None) and (first.coders["others"] >= 0).all()


# ------------------------------------------------------------------- conclusions


def test_a_conclusion_that_falls_by_hand(living_beings):
    """All living beings need water; with one No of one coder no trait is shared by all."""
    found = compare(living_beings, {"one": coding(living_beings), "two": coding(living_beings, needs_water_to_live={"leech": "no"})})
    row = found.verdicts.set_index(["conclusion", "coder"]).loc[("traits.constant", "two")]
    assert (row["verdict"], row["own"], row["instead"]) == ("overturned", "needs water to live", "none")
    assert (found.verdicts.query("coder == 'one'")["verdict"] == "kept").all()


def test_verdicts_are_those_of_notebook_09(priebe, of_class, a_class):
    """`by_coders`, which tests/test_sensitivity.py holds against a plain recount, for five of the class."""
    some = {coder: aligned(priebe, a_class)[coder] for coder in list(a_class)[:5]}
    found = conclusions(priebe)
    kept = by_coders(replace(priebe, coders=some), found, {one.id: one.find(Case.of(priebe)) for one in found})
    mine = of_class.kept()[list(some)]
    assert list(kept.columns) == list(mine.index)
    assert (mine.eq("kept") == kept.T).all(axis=None) and mine.isin(["kept", "overturned"]).all(axis=None)
    assert ((of_class.verdicts["instead"] != "") == (of_class.verdicts["verdict"] == "overturned")).all()
    fallen = of_class.verdicts[of_class.verdicts["verdict"] == "overturned"]
    assert len(fallen) > 100


def test_an_unclear_cell_counts_as_no_in_conclusions_alone(priebe):
    """A No called unclear overturns nothing; a Yes called unclear does what a No would do."""
    coders = {
        "softer": coding(priebe, family={"befriending": "unclear"}),
        "unclear": coding(priebe, social_relationships={"befriending": "unclear"}),
        "no": coding(priebe, social_relationships={"befriending": "no"}),
    }
    found = compare(priebe, coders)
    assert (found.kept()["softer"] == "kept").all() and found.coders.loc["softer", "own"] == 0.99
    assert found.kept()["unclear"].eq(found.kept()["no"]).all() and (found.kept()["no"] == "overturned").any()


def test_what_is_left_out_is_said(priebe, three, monkeypatch):
    monkeypatch.setattr(verdict_module, "MOST_ITEMS", 9)
    found = compare(priebe, three)
    assert found.left_out == "Conclusions about groups are left out: there are 10 models, and up to 9 are followed."
    assert not {"resources.ties", "resources.certain", "resources.number"} & set(found.kept().index) and "resources.closest" in found.kept().index
    monkeypatch.setattr(verdict_module, "MOST_CODES", 99)
    found = compare(priebe, three)
    assert found.left_out == "Conclusions are left out: the tables have 100 cells, and up to 99 are followed for every coder."
    assert found.verdicts.empty and found.kept().empty
    assert found.left_out in told(priebe, found) and found.left_out in as_markdown(priebe, found)
    assert files(priebe, found)["conclusions.csv"].count("\n") == 1


# ------------------------------------------------------------------- words


def test_few_lines_with_every_term_explained(priebe, three, of_three, a_class, of_class):
    two = compare(priebe, dict(list(a_class.items())[:2]))
    for found in (of_three, of_class, two):
        lines = told(priebe, found)
        assert len(lines) <= 40
        text = "\n".join(lines)
        for term, meaning in (
            ("Percent agreement", "of all pairs of coders, the share"),
            ("interval", "95% of the values"),
            ("AC1", "expects little chance"),
            ("alpha", "all codes, shuffled"),
        ):
            assert text.index(meaning) - text.index(term) < 150
        assert ("kappa" in text) == (found is two)
        assert "What agreement does not show: that the codes are right, how reliable the review is" in text
        assert "An unclear cell counts as a code of its own in agreement, and as No in conclusions." in text


def test_words_by_hand(priebe, of_three, three):
    lines = told(priebe, of_three)
    assert lines[0] == "3 coders: one, two and three."
    assert "Not all coders code alike in 2 cells and 1 rating, of 100 cells and 20 ratings:" in lines
    assert "  Befriending, Recreational activities (resources): yes 1, no 2; most say no; the settled tables: yes" in lines
    assert "Cells coded as in the settled tables: three 98%, two 99% and one 100%." in lines
    assert "Mean percent agreement with the other coders, the least first: one 98%, three 98% and two 99%." in lines  # 98.5, 98.5, 99 of 100
    alone = told(priebe, compare(priebe, {name: three[name] for name in ("one", "two")}, reference="one"))
    assert "  Befriending, Recreational activities (resources): one yes, two no" in alone
    assert not any("settled" in line for line in alone) and any("that follow from the tables of one" in line for line in alone)


def test_long_lists_are_cut_with_a_count(priebe, of_class):
    lines = told(priebe, of_class)
    differ = len(of_class.disagreements())
    assert f"  and {differ - 5} others (disagreements.csv has all)" in lines
    fallen = int(of_class.kept().eq("overturned").any(axis=1).sum())
    assert f"  and {fallen - 4} others (conclusions.csv has all)" in lines


def test_a_long_list_that_loses_its_end(living_beings):
    """Maize has one seed leaf; if it needs no chlorophyll, that rule, the third of four, falls, and the beginning of the list stays as it was."""
    other = coding(living_beings, needs_chlorophyll_to_produce_food={"maize": "no"})
    lines = told(living_beings, compare(living_beings, {"a": coding(living_beings), "b": other}))
    rules = next(line for line in lines if "Rules with two" in line)
    assert rules.endswith(" …. With b: no longer: “one seed leaf” never without “needs chlorophyll to produce food”.")


def test_the_most_divided_cell_is_told_first(priebe):
    """Of four coders, two to two stands before three to one."""
    changes = [{"befriending": "yes"}] * 1, [{"befriending": "yes"}] * 2
    coders = {
        "a": coding(priebe, peers=changes[0][0], professionals=changes[1][0]),
        "b": coding(priebe, professionals=changes[1][1]),
        "c": coding(priebe),
        "d": coding(priebe),
    }
    lines = told(priebe, compare(priebe, coders))
    places = [next(place for place, line in enumerate(lines) if line.startswith(f"  Befriending, {name}")) for name in ("Professionals", "Peers")]
    assert places == sorted(places) and "yes 2, no 2; no majority" in lines[places[0]]


# ------------------------------------------------------------------- files


def test_files_hold_everything(priebe, of_three):
    tables = {name: pd.read_csv(io.StringIO(text), keep_default_na=False) for name, text in files(priebe, of_three).items()}
    assert len(tables["disagreements.csv"]) == 3 and list(tables["disagreements.csv"]["by one"]) == ["yes", "yes", "patient"]
    assert len(tables["agreement.csv"]) == 18 * 3 + 3  # no kappa for three coders, but for each of them with the settled tables
    assert len(tables["conclusions.csv"]) == 3 * len(of_three.kept())
    assert list(tables["coders.csv"]["coder"]) == ["one", "two", "three"] and tables["coders.csv"].at[0, "with two"] == 0.99


def test_the_page_tells_all_and_what_it_does_not_show(priebe, of_three, of_class):
    page = as_markdown(priebe, of_three, "the map")
    assert "the map" in page and "## What this does not show" in page and "how reliable the review is" in page
    assert "| Befriending | Recreational activities (resources) | yes 1, no 2 | no | yes | yes | no | no |" in page
    lines = as_markdown(priebe, of_class).split("\n")
    for first, second in pairwise(lines):
        if first.startswith("|") and second.startswith("|"):
            assert first.replace("\\|", "").count("|") == second.replace("\\|", "").count("|")


def test_written_whole_into_a_folder_of_its_own(priebe, three, of_three, tmp_path):
    out = tmp_path / "comparison"
    assert comparison_files.write(of_three, priebe, out) == out
    written = {path.name for path in out.iterdir()}
    figure = {f"fig36_disagreements.{ending}" for ending in ("pdf", "svg", "png", "csv")}
    assert written == figure | {"agreement.csv", "coders.csv", "disagreements.csv", "conclusions.csv", "comparison.md", "build.json"}
    assert "](fig36_disagreements.png)" in (out / "comparison.md").read_text(encoding="utf-8")
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    comparison_files.write(compare(priebe, three), priebe, out)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(SynopsisError, match="holds files that no earlier build wrote"):
        comparison_files.write(of_three, priebe, tmp_path / "mine")


# ------------------------------------------------------------------- the map


def drawn(review, coders):
    recipe = figures.find("fig36_disagreements")
    review = replace(review, coders=coders)
    assert recipe.missing(review) == ""
    figure = recipe.figure(review, recipe.values(review))
    words = [text.get_text() for text in figure.axes[0].texts]
    return figure, [patch.get_gid() for patch in figure.axes[0].patches], words


def test_the_map_has_a_frame_for_each_cell_that_differs(priebe, three):
    """Three cells differ, and two in the key; 44 Yes as printed, of which two are not everyone's, and one in the key."""
    _, marks, words = drawn(priebe, three)
    assert marks.count("differ") == 3 + 2 and marks.count("explicit") == 44 - 2 + 1
    assert "1" in words and "2?" in words and "everyone 2" in words
    assert any("3 coders differ in 2 cells and 1 rating" in " ".join(text.split()) for text in words)


def test_the_map_of_two_names_who_says_yes(priebe, three):
    _, _, words = drawn(priebe, {name: three[name] for name in ("one", "three")})
    assert "O" in words and "O ?" in words and "O patient\nT everyone" in words  # their initials
    assert "only one says Yes" in words and "only three says Yes" not in words


def test_the_map_of_a_review_without_disagreement_says_so(priebe, living_beings, capsys):
    recipe = figures.find("fig36_disagreements")
    _, marks, words = drawn(priebe, priebe.coders)
    assert "differ" not in marks and any(
        text.startswith("No cell differs: 2 coders gave the same codes in all 100 cells and 20 ratings.") for text in words
    )
    assert figures.show("fig36_disagreements", living_beings) is None
    assert "It needs the raw tables of at least two coders" in capsys.readouterr().out
    assert recipe.values(replace(living_beings, coders={})).empty


@pytest.mark.parametrize(("number", "share"), [(2, 0.08), (3, 0.2), (25, 0.1)])
def test_the_map_can_be_read(priebe, number, share):
    figure, _, _ = drawn(priebe, flipped(priebe, number, share, seed=number))
    assert problems(figure) == []


def test_a_map_too_large_shows_what_differs(tmp_path):
    """Sixty items of ten features do not fit a page; two of them differ in one cell each."""
    rows = [f"item {i}," + ",".join("yes" if (i + j) % 3 else "no" for j in range(10)) for i in range(60)]
    (tmp_path / "codes.csv").write_text("\n".join(["item," + ",".join(f"f{j}" for j in range(10)), *rows]), encoding="utf-8")
    review = load_review(tmp_path)
    other = {"codes": review.tables["codes"].copy()}
    other["codes"].iloc[5, 2], other["codes"].iloc[50, 2] = "unclear", "unclear"
    figure, marks, words = drawn(review, {"a": review.tables, "b": other})
    assert problems(figure) == [] and {"item 5", "item 50"} <= set(words) and "item 6" not in words
    assert marks.count("differ") == 2 + sum("says Yes" in text for text in words)
    assert any("Not shown, as all code them alike: 58 items and 9 columns." in " ".join(text.split()) for text in words)
    assert len(coded_cells(review, {"a": review.tables})) == 600


def test_the_command_compares_files_with_and_without_a_review(root, tmp_path, capsys):
    """Two copies of the traits, the second with one code turned: by hand, 71 of 72 cells agree."""
    review = load_review(root / "data" / "living_beings")
    table = review.tables["traits"].rename(index=review.label, columns=review.label)
    table.to_csv(tmp_path / "ann.csv", index_label="name")
    table.iloc[::-1].to_csv(tmp_path / "ben.csv", index_label="name")
    text = (tmp_path / "ben.csv").read_text(encoding="utf-8").replace("Leech,yes", "Leech,no")
    (tmp_path / "ben.csv").write_text(text, encoding="utf-8")
    files = [str(tmp_path / "ann.csv"), str(tmp_path / "ben.csv")]
    for review_option in (["--review", str(root / "data" / "living_beings")], []):
        out = tmp_path / f"out{len(review_option)}"
        assert main(["compare", *files, *review_option, "--out", str(out)]) == 0
        said = capsys.readouterr().out
        assert "99%" in said and "Leech" in said and (out / "comparison.md").exists()
        differing = (out / "disagreements.csv").read_text(encoding="utf-8").splitlines()
        assert len(differing) == 2 and "yes 1, no 1" in differing[1]
    text = text.replace("Frog,yes", "Frog,").replace("Dog", "Dgo")
    (tmp_path / "ben.csv").write_text(text, encoding="utf-8")
    assert main(["compare", *files, "--review", str(root / "data" / "living_beings"), "--out", str(tmp_path / "never")]) == 1
    said = capsys.readouterr().err
    assert "ben.csv, cell B" in said and "ann.csv" not in said and not (tmp_path / "never").exists()
    assert main(["compare", files[0]]) == 1 and "two coders or more" in capsys.readouterr().err
