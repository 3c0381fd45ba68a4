"""A review of somebody else's, with two tables that share a noun: its own words everywhere, never a file name, and no silly values."""

import json

import nbformat
import pytest

from helpers import figures, finding, load_review
from helpers.ledger import limitations, methods_paragraph
from helpers.notebooks import prepared
from helpers.nullmodels import feature_families
from helpers.placing import place, placing_words
from helpers.report.behind import Behind
from helpers.report.codes import coded_tables
from helpers.report.opening import notebook_title
from helpers.sensitivity import quantity_ranges
from helpers.sensitivity.conclusions import conclusions
from helpers.summary import summary

STATES = {"1": "yes", "0": "no", "?": "unclear"}
OFFERED, INVOLVED = "what_is_offered", "who_is_involved"
CODES = {
    OFFERED: ("groups letters training", {"p": "110", "q": "100", "r": "011", "s": "101", "t": "0?1"}),
    INVOLVED: ("nurse peer", {"p": "10", "q": "01", "r": "10", "s": "11", "t": "01"}),
}
FEW = {**CODES, OFFERED: ("groups letters", {"p": "11", "q": "1?", "r": "0?", "s": "?0", "t": "?1"})}


def review_of(folder, codes=CODES, **more):
    folder.mkdir()
    for name, (features, rows) in codes.items():
        lines = [",".join(["model", *features.split()])] + [",".join([item, *(STATES[code] for code in row)]) for item, row in rows.items()]
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    synopsis = {
        "item": {"singular": "study", "plural": "studies"},
        "feature": {"singular": "component", "plural": "components"},
        "yes_means": "coded yes",
        "no_means": "not reported",
        "tables": [{"name": name, "title": name.replace("_", " ").capitalize()} for name in codes],
        **more,
    }
    (folder / "datapackage.json").write_text(json.dumps({"name": "hers", "title": "Hers", "synopsis": synopsis}), encoding="utf-8")
    return load_review(folder)


@pytest.fixture(scope="module")
def hers(tmp_path_factory):
    return review_of(tmp_path_factory.mktemp("words") / "hers", made_from={"file": "sheet.xlsx", "choices": {"blank_means": "unclear"}})


def test_a_table_by_words(hers, priebe, living_beings):
    assert [hers.spoken(name) for name in hers.tables] == ["components (What is offered)", "components (Who is involved)"]
    assert [hers.heading(name) for name in hers.tables] == ["What is offered", "Who is involved"] == [hers.titled(name) for name in hers.tables]
    assert [priebe.spoken(name) for name in priebe.tables] == ["resources", "relationships"] == [priebe.titled(name) for name in priebe.tables]
    assert [priebe.heading(name) for name in priebe.tables] == ["Resources", "Relationship types"]
    assert [living_beings.spoken(name) for name in living_beings.tables] == ["traits"]


def test_no_sentence_holds_a_file_name(hers):
    found, numbers = conclusions(hers), quantity_ranges(hers)
    told = [f"{one.about}: {one.question}" for one in found] + list(numbers["about"] + ": " + numbers["question"])
    told += [methods_paragraph(hers), *limitations(hers), summary(hers), *feature_families(hers), *placing_words(hers, place(hers, ["nurse"]))]
    for recipe in figures.RECIPES.values():
        if not recipe.missing(hers):
            data = recipe.values(hers)
            told += [recipe.title(hers), recipe.caption(hers, data), recipe.alt(hers, data)]
    assert len(told) > 80
    assert not [text for text in told if OFFERED in text or INVOLVED in text]


def test_conclusions_of_two_tables_can_be_told_apart(hers):
    named = [f"{one.about}: {one.question}" for one in conclusions(hers)]
    assert len(set(named)) == len(named)
    assert {"What is offered: The rarest component", "Who is involved: The rarest component"} <= set(named)


@pytest.mark.parametrize("name", ["fig28_fragility_map", "fig31_ledger"])
def test_headings_of_figures_are_titles(hers, name):
    recipe = figures.find(name)
    words = {text.get_text().replace("\n", " ") for text in recipe.figure(hers, recipe.values(hers)).axes[0].texts}
    letters = ("a ", "b ") if name.startswith("fig28") else ("", "")
    assert {f"{letters[0]}What is offered", f"{letters[1]}Who is involved"} <= words


def test_a_number_rounded_to_zero_has_no_sign():
    assert finding("demo.zero", "It falls to {r:.2f}, or {share:.0%}.", r=-0.001, share=-0.001).sentence == "It falls to 0.00, or 0%."
    assert finding("demo.less", "It falls to {r:.2f}.", r=-0.006).sentence == "It falls to -0.01."


def test_the_handout_takes_decided_pairs_or_says_what_unclear_counts_as(hers, tmp_path):
    """By hand: t alone has an unclear cell; of the few only p has none."""
    recipe = figures.find("fig17_handout")
    data = recipe.values(hers)
    assert "t" not in set(data.loc[data["pair"] != "", "item"])

    def words(review):
        return [text.get_text() for text in recipe.figure(review, recipe.values(review)).axes[0].texts]

    assert "? counts as No here." not in words(hers)
    assert "? counts as No here." in words(review_of(tmp_path / "few", FEW))


def test_the_key_to_unclear_cells_says_what_was_left_blank(hers):
    assert "or the cell was left blank" in coded_tables(Behind.of(hers))


def test_counts_in_the_summary(tmp_path):
    assert "Quotes are there for some codes: 1 code, 1 quote; 0 codes are hedged, 0 inferred." in summary(quoted(tmp_path / "quoted"))


def quoted(folder):
    review_of(folder, evidence="partial")
    row = f"{OFFERED},p,groups,yes,explicit,They met every week.,Results,"
    (folder / "evidence.csv").write_text(f"table,model,feature,value,certainty,quote,section,references\n{row}\n", encoding="utf-8")
    return load_review(folder)


def test_a_place_that_shares_nothing(priebe):
    """All ten share social relationships, so that one without them opens the group of all."""
    told = "\n".join(placing_words(priebe, place(priebe, ["recreational_activities"])))
    assert "one that shares nothing (with all 10 models)" in told and "nothing (with" not in told.replace("that shares nothing (with", "")
    assert "It joins only the group of all 10 models, which share nothing." in told


def test_titles_of_notebooks_speak_of_the_studies():
    source = "# Measure how alike two items are\n\nTwo items."
    made = prepared(nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(source)]), "hers", False, {}, "studies")
    assert made.cells[0].source == "# Measure how alike two studies are\n\nTwo items."
    assert notebook_title("03_measure_how_alike_two_models_are") == "Measure how alike two items are"
