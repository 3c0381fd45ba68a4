"""A table or a filled workbook becomes a review folder, is brought up to date, and goes to a second coder. Expected values by hand."""

import io
import json
import os
import re
import warnings
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl import load_workbook

import helpers
from helpers.cli import main
from helpers.drafts.draft import Words
from helpers.drafts.folder import new_review
from helpers.intake.choices import Choices
from helpers.problems import ReviewError, SynopsisError
from helpers.workbooks.coder_form import form_of
from helpers.workbooks.coder_tables import coder_tables
from helpers.workbooks.making import draft_from
from helpers.workbooks.template import template

TABLE = "study,Nausea,Sleep,Talk\nAlder,yes,no,1\nBirch,Y,?,0\nCedar,no,,x\n"
WORKBOOK = {
    "About": {2: "Groups for sleep", 3: "Made up for this test", 4: "programme", 5: "programmes", 6: "technique", 7: "techniques",
              8: "described", 9: "not described", 10: "Help", 11: "yes", 12: "Lead", 13: "no"},
    "Codes": [["Name", "Relaxing", "Diary", "Light", "Home", "Family"], ["Alder", "yes", "no", "no", "yes", "no"],
              ["Birch", "Y", "no", "unclear", "yes", "yes"], ["Cedar", 1, 0, 1, 0, 1]],
    "Items": [["Alder", "Al", "The first", "1 2"], ["Cedar", "Ce"]],
    "Codebook": [["Relaxing", "Techniques", "", "says relaxing"], ["Diary", "Techniques"], ["Light", "Techniques"], ["Home", "Places"],
                 ["Family", "Places"]],
    "Scales": [["one way", "low", "nurse", "staff"], ["both ways", "high", "peer", "others"]],
    "Ratings": [["Alder", "one way", "", "nurse", "hedged"], ["Birch", "both ways", "hedged", "peer"], ["Cedar", "one way", "", "not stated"]],
    "Evidence": [["Alder", "Relaxing", "they relax together", "Methods", "1"], ["Alder", "Help", "the nurse teaches", "Results", 2, "explicit"]],
    "Alternatives": [["Alder", "Diary", "unclear", "a diary is hinted at"]],
    "References": [[1, "A", 2001, "T", "J", 1, "2-3", "A 2001"], [2, "B", 2002, "T", "J", 1, "2-3", "B 2002"]],
}  # fmt: skip


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def filled(path: Path, spoil=lambda book: None) -> Path:
    """The template with WORKBOOK typed into it."""
    book = load_workbook(io.BytesIO(template()))
    for sheet, rows in WORKBOOK.items():
        for number, row in rows.items() if isinstance(rows, dict) else enumerate(rows, start=1 if sheet == "Codes" else 2):
            for column, text in enumerate(row, start=1) if isinstance(row, list) else [(2, row)]:
                if text != "":
                    book[sheet].cell(number, column, text)
    spoil(book)
    book.save(path)
    return path


def reviewed(path: Path, folder: Path, **choices):
    return new_review(draft_from(path, Choices(**choices), Words())[1], folder)


def problems(path: Path, **choices) -> list[str]:
    with pytest.raises(ReviewError) as told:
        reviewed(path, path.parent / "never", **choices)
    assert not (path.parent / "never").exists()
    return [str(problem) for problem in told.value.problems]


def is_valid(folder: Path) -> bool:
    """The independent program `frictionless validate`."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import frictionless

        return frictionless.validate(str(folder / "datapackage.json")).valid


# --- a table ------------------------------------------------------------------------------------------------------------------------


def test_a_table_becomes_a_review(tmp_path, capsys):
    table = written(tmp_path / "my table.csv", TABLE)
    before = table.read_bytes(), table.stat().st_mtime_ns
    assert main(["new", str(tmp_path / "über 家"), "--from", str(table), "--blank-means", "no", "--item", "study,studies", "--title", "Mine"]) == 0
    assert (table.read_bytes(), table.stat().st_mtime_ns) == before
    review = helpers.load_review(tmp_path / "über 家")
    assert review.tables["codes"].to_numpy().tolist() == [["yes", "no", "yes"], ["yes", "unclear", "no"], ["no", "no", "yes"]]
    assert list(review.models["label"]) == ["Alder", "Birch", "Cedar"] and list(review.features["label"]) == ["Nausea", "Sleep", "Talk"]
    assert (review.metadata.title, review.metadata.item(2)) == ("Mine", "studies")
    said = capsys.readouterr().out
    understood = '1 x 1 -> yes, 1 x Y -> yes, 1 x "x" -> yes, 1 x yes -> yes, 2 x no -> no, 1 x blank -> no, 1 x 0 -> no, 1 x ? -> unclear'
    assert understood in said
    assert main(["check", str(tmp_path / "über 家")]) == 0
    assert understood in capsys.readouterr().out  # it is stored with the review
    assert is_valid(tmp_path / "über 家")


def test_a_blank_is_asked_about_and_nothing_is_written(tmp_path, capsys):
    table = written(tmp_path / "t.csv", TABLE)
    assert main(["new", str(tmp_path / "r"), "--from", str(table)]) == 1
    said = capsys.readouterr().err
    assert "t.csv, cell C4: 1 cell is blank (C4)." in said and "--blank-means no or --blank-means unclear" in said
    command = next(line for line in said.splitlines() if line.startswith("  python3 run.py new") or line.startswith("  py run.py new"))
    assert command.endswith(f"new {tmp_path / 'r'} --from {table} --blank-means NO_OR_UNCLEAR")
    assert "Or answer it by options, with your own words in place of the capitals:" in said
    assert list(tmp_path.iterdir()) == [table]


def test_at_most_thirty_lines_then_a_count(tmp_path, capsys):
    rows = "".join(f"item {n},yess{chr(97 + n % 26)}{n},yes,no,yes\n" for n in range(40))
    assert main(["check", str(written(tmp_path / "t.csv", f"item,a,b,c,d\n{rows}")), "--features", "a:d"]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert len([line for line in lines if line.startswith("t.csv")]) == 30
    assert "... and 10 more." in lines and "40 problems. Mend them and start again." in lines


def test_a_folder_in_use_is_refused(tmp_path, capsys):
    table = written(tmp_path / "t.csv", TABLE)
    (tmp_path / "r").mkdir()
    written(tmp_path / "r" / "thesis.txt", "mine")
    assert main(["new", str(tmp_path / "r"), "--from", str(table), "--blank-means", "no"]) == 1
    assert "holds thesis.txt" in capsys.readouterr().err
    assert main(["new", str(table), "--from", str(table), "--blank-means", "no"]) == 1
    assert "not a folder" in capsys.readouterr().err
    assert table.read_text(encoding="utf-8") == TABLE and [path.name for path in (tmp_path / "r").iterdir()] == ["thesis.txt"]


def test_groups_of_columns_become_tables(tmp_path):
    text = "model,Resources,,People,\n,time,money,peers,family\nA,yes,no,yes,no\nB,no,no,yes,yes\n"
    review = reviewed(written(tmp_path / "t.csv", text), tmp_path / "r")
    assert {name: list(table.columns) for name, table in review.tables.items()} == {"resources": ["time", "money"], "people": ["peers", "family"]}
    assert review.label("people") == "People" and review.tables["people"].loc["b"].tolist() == ["yes", "yes"]


def test_sheets_become_tables(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "Resources"
    for sheet, rows in (
        ("Resources", [["model", "time"], ["A", "yes"], ["B", "no"]]),
        ("People", [["model", "time", "kin"], ["B", 1, 0], ["A", 0, 1]]),
    ):
        target = book[sheet] if sheet in book.sheetnames else book.create_sheet(sheet)
        for row in rows:
            target.append(row)
    book.save(tmp_path / "t.xlsx")
    assert "--sheet" in problems(tmp_path / "t.xlsx")[0]
    review = reviewed(tmp_path / "t.xlsx", tmp_path / "r", sheets=("resources", "People"))
    assert review.tables["people"].loc["a"].tolist() == ["no", "yes"]  # the rows stand in another order there
    assert list(review.features["label"]) == ["time", "time (People)", "kin"]


def test_a_list_of_codes_brings_its_quotes(tmp_path):
    rows = ["A,time,yes,we took time,Methods,Smith 2001", "A,kin,no,,,", "B,time,unclear,some time,,", "B,kin,1,with kin,Results,Smith 2001"]
    text = "\n".join(["document,code,value,quote,section,reference", *rows])
    review = reviewed(written(tmp_path / "t.csv", text), tmp_path / "r")
    assert review.tables["codes"].to_numpy().tolist() == [["yes", "no"], ["unclear", "yes"]]
    assert review.evidence[["model", "feature", "value", "quote", "references"]].to_numpy().tolist() == [
        ["a", "time", "yes", "we took time", "1"],
        ["b", "time", "unclear", "some time", ""],
        ["b", "kin", "yes", "with kin", "1"],
    ]
    assert review.references[["number", "printed"]].to_numpy().tolist() == [["1", "Smith 2001"]]
    assert is_valid(tmp_path / "r")


def test_a_list_without_a_row_for_a_pair_is_asked_about(tmp_path):
    table = written(tmp_path / "t.csv", "item,feature,value\nA,x,yes\nB,y,yes\n")
    assert problems(table)[0].startswith('t.csv: 2 pairs of a name and a code have no row ("A" / "y" and "B" / "x").')
    review = reviewed(table, tmp_path / "r", blank_means="unclear")
    assert review.tables["codes"].to_numpy().tolist() == [["yes", "unclear"], ["unclear", "yes"]]


def test_long_quotes_may_stay_long(tmp_path):
    quote = " ".join(["word"] * 54)
    review = reviewed(written(tmp_path / "t.csv", f"item,feature,value,quote\nA,x,yes,{quote}\nB,x,no,\n"), tmp_path / "r")
    assert review.metadata.longest_quote == 54 and review.evidence["quote"].tolist() == [quote]


def test_the_same_table_gives_the_same_bytes(tmp_path):
    table = written(tmp_path / "t.csv", TABLE)
    for place in ("one", "two"):
        (tmp_path / place).mkdir()
        reviewed(table, tmp_path / place / "r", blank_means="no")
    files = [{path.name: path.read_bytes() for path in (tmp_path / place / "r").iterdir()} for place in ("one", "two")]
    assert files[0] == files[1] and set(files[0]) == {"codes.csv", "models.csv", "features.csv", "datapackage.json"}


# --- the workbook -------------------------------------------------------------------------------------------------------------------


def test_the_workbook_says_how_and_fits_its_reader(tmp_path, capsys):
    assert main(["new", str(tmp_path / "mine"), "--template"]) == 0
    assert (tmp_path / "mine" / "mine.xlsx").read_bytes() == template()
    book = load_workbook(tmp_path / "mine" / "mine.xlsx")
    assert book.sheetnames == ["Read me", "About", "Codes", "Items", "Codebook", "Scales", "Ratings", "Evidence", "Alternatives", "References"]
    lists = {str(v.sqref): v.formula1 for v in book["Evidence"].data_validations.dataValidation}
    assert lists["A2:A300"] == "='Codes'!$A$2:$A$300" and lists["F2:F300"] == '"explicit,hedged,inferred"'
    assert main(["new", str(tmp_path / "mine"), "--from", str(tmp_path / "mine" / "mine.xlsx")]) == 1  # nothing is filled in yet
    assert "sheet Codes: The sheet Codes is still empty. Write a name in A2 and a heading in B1." in capsys.readouterr().err
    filled(tmp_path / "mine" / "mine.xlsx")
    assert main(["new", str(tmp_path / "mine"), "--from", str(tmp_path / "mine" / "mine.xlsx")]) == 0
    assert main(["new", str(tmp_path / "mine"), "--template"]) == 1


def test_a_filled_workbook_becomes_a_whole_review(tmp_path):
    review = reviewed(filled(tmp_path / "b.xlsx"), tmp_path / "r")
    meta = review.metadata
    assert (meta.title, meta.item(2), meta.no_means, meta.quadrant) == ("Groups for sleep", "programmes", "not described", {"x": "lead", "y": "help"})
    assert {name: list(table.columns) for name, table in review.tables.items()} == {
        "techniques": ["relaxing", "diary", "light"],
        "places": ["home", "family"],
    }
    assert review.tables["techniques"].loc["birch"].tolist() == ["yes", "no", "unclear"]
    assert review.models.loc["alder"].tolist() == ["Alder", "Al", "The first", "1 2"]
    assert review.features.at["relaxing", "definition"] == "says relaxing"
    assert review.nature.loc["cedar"].tolist() == ["one way", "explicit", "not stated", "explicit"]
    assert [(level.id, level.collapse) for level in review.rating("lead").levels] == [("nurse", "staff"), ("peer", "others")]
    assert review.rating("help").ordered and not review.rating("lead").ordered
    assert review.evidence["table"].tolist() == ["techniques", "nature"] and review.evidence["value"].tolist() == ["yes", "one way"]
    assert review.alternatives[["value", "alternative"]].to_numpy().tolist() == [["no", "unclear"]]
    assert review.references["printed"].tolist() == ["A 2001", "B 2002"]
    assert is_valid(tmp_path / "r")


SPOILED_WORKBOOK = {  # what is wrong, the cell, and the decisive words
    "name": (lambda b: b["Items"].__setitem__("A2", "Aldre"), "sheet Items, cell A2", "Did you mean Alder?"),
    "column": (lambda b: b["Evidence"].__setitem__("B2", "Relaxin"), "sheet Evidence, cell B2", "Did you mean Relaxing?"),
    "level": (lambda b: b["Ratings"].__setitem__("B3", "sideways"), "sheet Ratings, cell B3", "Use one of: one way, both ways, not stated."),
    "certainty of a rating": (lambda b: b["Ratings"].__setitem__("C2", "sure"), "sheet Ratings, cell C2", "Use one of: explicit, hedged, inferred."),
    "certainty of a quote": (lambda b: b["Evidence"].__setitem__("F2", "sure"), "sheet Evidence, cell F2", "Use one of: explicit, hedged, inferred."),
    "reference of a quote": (lambda b: b["Evidence"].__setitem__("E3", 7), "sheet Evidence, cell E3", "Reference 7 is not in"),
    "reference of an item": (lambda b: b["Items"].__setitem__("D3", "9"), "sheet Items, cell D3", "Reference 9 is not in"),
    "number of a reference": (lambda b: b["References"].__setitem__("A3", 5), "sheet References, cell A3", "Number the references 1, 2, 3"),
    "alternative": (lambda b: b["Alternatives"].__setitem__("C2", "no"), "sheet Alternatives, cell C2", "the same as the value"),
    "reason": (lambda b: b["Alternatives"].__setitem__("D2", None), "sheet Alternatives, cell D2", "The reason is empty"),
    "level twice": (lambda b: b["Scales"].__setitem__("A3", "one way"), "sheet Scales, cell A3", "is there already"),
    "half alone": (lambda b: b["Scales"].__setitem__("B4", "low"), "sheet Scales, cell A4", "has no level"),
    "a table for some columns": (lambda b: b["Codebook"].__setitem__("B3", None), "sheet Codebook, column B", '"Diary"'),
    "order": (lambda b: b["About"].__setitem__("B11", "maybe"), "sheet About, cell B11", "Write yes or no."),
    "rating missing": (lambda b: b["Ratings"].delete_rows(4), "sheet Ratings", 'No rating for "Cedar"'),
    "heading": (lambda b: b["Evidence"].__setitem__("A1", "Study"), "sheet Evidence, row 1", "Name, Column, Quote"),
    "code": (lambda b: b["Codes"].__setitem__("C3", "noo"), "sheet Codes, cell C3", '"noo" is not a code'),
    "blank code": (lambda b: b["Codes"].__setitem__("C3", None), "sheet Codes, cell C3", "--blank-means"),
    "quote of a No": (lambda b: b["Evidence"].__setitem__("B2", "Diary"), "sheet Evidence, row 2", "Evidence for a cell that is coded no"),
}  # fmt: skip


@pytest.mark.parametrize("spoil, place, words", SPOILED_WORKBOOK.values(), ids=SPOILED_WORKBOOK.keys())
def test_each_problem_of_a_workbook_is_told_with_its_cell(tmp_path, spoil, place, words):
    found = problems(filled(tmp_path / "b.xlsx", spoil))
    assert any(line.startswith(f"b.xlsx, {place}: ") and words in line for line in found)
    assert all(line.startswith("b.xlsx, sheet ") and ".csv" not in line for line in found)


def test_all_problems_of_a_workbook_are_told_at_once(tmp_path):
    spoils = [SPOILED_WORKBOOK[name] for name in ("name", "column", "level", "code")]

    def spoil(book):
        for change, _, _ in spoils:
            change(book)

    found = problems(filled(tmp_path / "b.xlsx", spoil))
    assert [any(place in line and words in line for line in found) for _, place, words in spoils] == [True] * len(spoils)


def test_a_cell_like_a_formula_stays_text(tmp_path):
    def spoil(book):
        book["Evidence"]["C2"] = "x"
        book["Evidence"]["C2"].value, book["Evidence"]["C2"].data_type = "=cmd|' /C calc'!A0", "s"

    review = reviewed(filled(tmp_path / "b.xlsx", spoil), tmp_path / "r")
    assert review.evidence.at[0, "quote"] == "=cmd|' /C calc'!A0"


# --- update -------------------------------------------------------------------------------------------------------------------------

QUOTES = (
    "table,model,feature,value,certainty,quote,section,references\ncodes,alder,nausea,yes,hedged,felt sick,,\ncodes,cedar,talk,yes,,they talked,,\n"
)


@pytest.fixture
def mine(tmp_path, capsys):
    """A review made from TABLE, with two quotes, a definition and a title of its own."""
    main(["new", str(tmp_path / "r"), "--from", str(written(tmp_path / "t.csv", TABLE)), "--blank-means", "no", "--title", "Mine"])
    written(tmp_path / "r" / "evidence.csv", QUOTES)
    rules = (tmp_path / "r" / "features.csv").read_text(encoding="utf-8").replace("codes,talk,Talk,,", "codes,talk,Talk,,says they talk")
    written(tmp_path / "r" / "features.csv", rules)
    capsys.readouterr()
    return tmp_path / "r"


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_update_shows_the_changes_and_keeps_the_evidence(mine, capsys):
    text = "study,Nausea,Sleep,Talk,Light\nAlder,yes,yes,1,no\nCedar,no,,no,yes\nDogwood,no,no,no,no\n"
    before = contents(mine)
    assert main(["update", str(mine), "--from", str(written(mine.parent / "t2.csv", text))]) == 0  # blanks as it was decided before
    said = capsys.readouterr().out
    expected = (
        'New (items): "Dogwood".',
        'Gone (items): "Birch".',
        'New (columns of codes): "Light".',
        "2 codes changed:",
        "  Alder / Sleep: no -> yes",
        "  Cedar / Talk: yes -> no",
        "1 quote or other code is set aside",
        "evidence.csv: 1 row gone (Cedar / Talk).",
    )
    for line in expected:
        assert line in said
    review = helpers.load_review(mine)
    assert review.items == ["alder", "cedar", "dogwood"] and review.metadata.title == "Mine"
    assert review.evidence[["model", "certainty", "quote"]].to_numpy().tolist() == [["alder", "hedged", "felt sick"]]
    assert review.features.at["talk", "definition"] == "says they talk"
    assert "they talked" in (mine / "set_aside.csv").read_text(encoding="utf-8")
    assert contents(mine / "earlier" / "1") == before
    assert is_valid(mine)


def test_what_was_set_aside_comes_back_with_its_code(mine, capsys):
    before = contents(mine)
    gone = written(mine.parent / "t2.csv", TABLE.replace("Cedar,no,,x", "Cedar,no,,no"))
    assert main(["update", str(mine), "--from", str(gone)]) == 0
    assert main(["update", str(mine), "--from", str(mine.parent / "t.csv")]) == 0
    assert helpers.load_review(mine).evidence["quote"].tolist() == ["felt sick", "they talked"]
    assert {name: contents(mine)[name] for name in ("codes.csv", "features.csv", "models.csv")} == {
        name: before[name] for name in ("codes.csv", "features.csv", "models.csv")
    }


def test_update_without_a_change_writes_nothing(mine, capsys):
    before = contents(mine)
    assert main(["update", str(mine), "--from", str(mine.parent / "t.csv")]) == 0
    assert "Nothing changed" in capsys.readouterr().out
    assert contents(mine) == before and not (mine / "earlier").exists()


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
@pytest.mark.parametrize("at", range(5))
def test_an_update_cut_short_leaves_all_as_it_was(mine, monkeypatch, error, at):
    """The fifth file fails as well as the first."""
    before = contents(mine)
    real, calls = os.replace, []

    def failing(source, target):
        calls.append(target)
        if len(calls) == at + 1:
            raise error
        real(source, target)

    monkeypatch.setattr("os.replace", failing)
    changed = written(mine.parent / "t2.csv", TABLE.replace("Alder,yes,no", "Alder,no,yes"))
    assert main(["update", str(mine), "--from", str(changed)]) == (130 if isinstance(error, KeyboardInterrupt) else 1)
    assert contents(mine) == before
    assert sorted(path.name for path in mine.parent.iterdir()) == ["r", "t.csv", "t2.csv"]


def test_an_unsound_table_updates_nothing(mine, capsys):
    before = contents(mine)
    assert main(["update", str(mine), "--from", str(written(mine.parent / "t2.csv", TABLE.replace("Birch,Y", "Birch,yess")))]) == 1
    assert "t2.csv, cell B3" in capsys.readouterr().err and contents(mine) == before


def test_update_from_a_workbook_follows_its_quotes(tmp_path, capsys):
    reviewed(filled(tmp_path / "b.xlsx"), tmp_path / "r")

    def more(book):
        book["Evidence"]["A4"], book["Evidence"]["B4"], book["Evidence"]["C4"] = "Cedar", "Family", "with the family"
        book["Evidence"].delete_rows(2)

    assert main(["update", str(tmp_path / "r"), "--from", str(filled(tmp_path / "c.xlsx", more))]) == 0
    review = helpers.load_review(tmp_path / "r")
    assert sorted(review.evidence["quote"]) == ["the nurse teaches", "with the family"]
    assert "they relax together" in (tmp_path / "r" / "set_aside.csv").read_text(encoding="utf-8")  # none is lost
    assert review.metadata.item(2) == "programmes"


# --- a second coder -----------------------------------------------------------------------------------------------------------------


def test_the_form_shows_no_code(root):
    """Nothing but names, rules and the words of the form: no yes or no in a cell to be coded, no quote, no rating."""
    review = helpers.load_review(root / "data" / "priebe2014")
    book = load_workbook(io.BytesIO(form_of(review)))
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert all(book["Codes"].cell(row, column).value is None for row in range(2, 12) for column in range(2, 12))
    assert all(book["Ratings"].cell(row, column).value is None for row in range(2, 12) for column in range(2, 6))
    assert not [quote for quote in review.evidence["quote"] if any(quote in cell for cell in cells)]
    assert [book["Codes"].cell(row, 1).value for row in range(2, 12)] == list(review.models["label"])
    assert form_of(review) == form_of(review)


def test_a_filled_form_comes_back_as_it_was_coded(root, tmp_path):
    review = helpers.load_review(root / "data" / "priebe2014")
    book = load_workbook(io.BytesIO(form_of(review)))
    features = [feature for table in review.tables.values() for feature in table]
    for i, item in enumerate(review.items, start=2):
        for j, feature in enumerate(features, start=2):
            book["Codes"].cell(i, j, review.code(review.table_of(feature), item, feature))
        book["Ratings"].cell(i, 2, review.nature.at[item, "reciprocity"])
        book["Ratings"].cell(i, 4, review.nature.at[item, "expertise"])
    book["Codes"]["B2"] = "no"
    book.save(tmp_path / "coder.xlsx")
    tables = coder_tables(review, tmp_path / "coder.xlsx", Choices())
    differ = {name: int((tables[name] != review.tables[name]).to_numpy().sum()) for name in review.tables}
    assert differ == {"resources": 1, "relationships": 0} and tables["resources"].iloc[0, 0] == "no"
    ratings = ["reciprocity", "expertise"]
    assert tables["nature"][ratings].to_dict() == review.nature[ratings].to_dict()


def test_a_form_with_other_names_is_refused(root, tmp_path):
    review = helpers.load_review(root / "data" / "living_beings")
    rows = ["name," + ",".join(review.features["label"]), *(f"{label}," + ",".join(["yes"] * 9) for label in review.models["label"])]
    good = written(tmp_path / "good.csv", "\n".join(rows))
    assert coder_tables(review, good, Choices())["traits"].eq("yes").to_numpy().all()
    bad = written(tmp_path / "bad.csv", "\n".join(rows).replace("Frog", "Frgo"))
    with pytest.raises(ReviewError, match="Did you mean Frog") as told:
        coder_tables(review, bad, Choices())
    assert "No living being" in str(told.value)


def test_a_form_is_never_overwritten(root, tmp_path, capsys):
    place = str(tmp_path / "form.xlsx")
    assert main(["second-coder", str(root / "data" / "living_beings"), "--out", place]) == 0
    assert main(["second-coder", str(root / "data" / "living_beings"), "--out", place]) == 1
    assert "somebody's work" in capsys.readouterr().err


def test_wrong_calls(tmp_path):
    for call in (["new", "x"], ["new", "x", "--from", "t.csv", "--template"], ["update", "x"], ["new", "x", "--from", "t", "--item", "a,b,c"]):
        with pytest.raises(SystemExit) as stop:
            main(call)
        assert stop.value.code == 2
    with pytest.raises(SynopsisError, match="told to mean both"):
        reviewed(written(tmp_path / "t.csv", TABLE), tmp_path / "r", yes=("?",), no=("?",))


def test_the_decisions_are_kept_with_the_review(tmp_path):
    reviewed(written(tmp_path / "t.csv", TABLE), tmp_path / "r", blank_means="no", features="B:C")
    record = json.loads((tmp_path / "r" / "datapackage.json").read_text(encoding="utf-8"))["synopsis"]["made_from"]
    assert record["choices"] == {"blank_means": "no", "leave_out": "Talk"} and record["file"] == "t.csv" and len(record["sha256"]) == 64


def test_columns_that_move_or_come_are_not_mistaken(tmp_path, capsys):
    """What is kept are headings: a column between the others shifts none of them, and a new one with codes is read, without codes asked about."""
    table = written(tmp_path / "t.csv", "study,year,a,b\nS,2001,yes,no\nT,2002,no,yes\n")
    assert main(["new", str(tmp_path / "r"), "--from", str(table), "--features", "C:D"]) == 0
    assert 'Columns that were not read: "year".' in capsys.readouterr().out
    written(table, "study,extra,year,a,b\nS,no,2001,yes,no\nT,no,2002,no,yes\n")
    assert main(["update", str(tmp_path / "r"), "--from", str(table)]) == 0
    assert list(helpers.load_review(tmp_path / "r").tables["codes"]) == ["extra", "a", "b"]
    written(table, "study,extra,year,size,a,b\nS,no,2001,120,yes,no\nT,no,2002,97,no,yes\n")
    assert main(["update", str(tmp_path / "r"), "--from", str(table)]) == 1
    assert 't.csv, column D: "size" holds numbers' in capsys.readouterr().err


def test_rows_of_the_same_name_are_numbered_only_where_needed(tmp_path):
    text = "study,arm,year,a\nS,one,2001,yes\nS,one,2001,no\nT,two,2002,no\n"
    review = reviewed(written(tmp_path / "t.csv", text), tmp_path / "r", label="study,year,arm,row")
    assert list(review.models["label"]) == ["S 2001 – one", "S 2001 – one (2)", "T 2002 – two"]


def test_columns_of_yes_and_no_are_no_list(tmp_path):
    """Headings that could be those of a list, but the names are codes: a row for each item."""
    review = reviewed(written(tmp_path / "t.csv", "name,Source,Code,Text\nA,yes,no,yes\nB,no,yes,no\nC,yes,yes,no\n"), tmp_path / "r")
    assert review.tables["codes"].to_numpy().tolist() == [["yes", "no", "yes"], ["no", "yes", "no"], ["yes", "yes", "no"]]


def test_the_example_leaves_open_what_only_the_reader_knows(tmp_path, capsys):
    table = written(tmp_path / "t.csv", "study,a,b\nS,x,-\nT,-,x\nU,x,x\nV,-,-\nW,,x\n")
    assert main(["check", str(table)]) == 1
    said = capsys.readouterr().err
    assert '"-" is not known as a code. It stands in 4 cells' in said and "--no=-" in said
    assert said.splitlines()[-1].endswith("--blank-means NO_OR_UNCLEAR --YES_NO_OR_UNCLEAR=-")
    assert main(["check", str(table), "--blank-means", "unclear", "--no=-"]) == 0
    assert main(["check", str(table), "--yes", "WORD_FOR_YES"]) == 1
    assert "WORD_FOR_YES stands for a word of your table" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["check", str(table), "--YES_NO_OR_UNCLEAR=-"])
    assert "--YES_NO_OR_UNCLEAR stands for --yes, --no or --unclear: write one of these instead." in capsys.readouterr().err
    assert main(["new", str(tmp_path / "NEW_FOLDER"), "--from", str(table)]) == 1
    assert "NEW_FOLDER stands for the folder of your review: write a name of your own instead." in capsys.readouterr().err


def test_columns_that_may_be_no_codes_can_be_left_out_by_a_second_example(tmp_path, capsys):
    table = written(tmp_path / "t.csv", "study,home,risk,age\nS,yes,low,31\nT,no,high,54\nU,yes,low,40\nV,no,high,28\n")
    assert main(["check", str(table)]) == 1
    without, between, as_codes = capsys.readouterr().err.splitlines()[-3:]
    assert without.endswith(f"--from {table} --features B") and main(["check", str(table), "--features", "B"]) == 0
    assert as_codes.endswith("--features B:C --yes WORD_FOR_YES --no WORD_FOR_NO") and between == "or, if they mean yes, no or unclear:"


def test_two_columns_that_say_the_opposite_are_told(tmp_path, capsys):
    assert main(["check", str(written(tmp_path / "t.csv", "study,pain,no pain\nS,yes,no\nT,no,yes\nU,yes,no\n"))]) == 0
    assert 'In every row one of "pain" and "no pain" is yes and the other no.' in capsys.readouterr().out


def test_a_formula_that_gives_nothing_is_a_blank(tmp_path):
    """As Excel saves =IF(..., "", ...): a stored result that is an empty text."""
    book = openpyxl.Workbook()
    for row in (["study", "a", "b"], ["S", "yes", "no"], ["T", "no", '=IF(1=1,"","yes")']):
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(tmp_path / "t.xlsx", "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, re.sub(rb'<c r="C3">(<f>.*?</f>)<v\s*/?>(</v>)?', rb'<c r="C3" t="str">\1<v></v>', content))
    assert problems(tmp_path / "t.xlsx")[0].startswith("t.xlsx, cell C3: 1 cell is blank (C3).")


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (["chek", "t.csv"], "Did you mean check?"),
        (["check", "t.csv", "--blank_means", "no"], "Did you mean --blank-means?"),
        (["new", "my", "review", "--from", "t.csv"], "quotation marks around"),
        (["new", "r", "--from", "t.csv", "--yes", "x", "yse"], "commas between words"),
    ],
)
def test_a_wrong_call_says_what_may_have_been_meant(call, words, capsys):
    with pytest.raises(SystemExit) as stop:
        main(call)
    assert stop.value.code == 2 and words in capsys.readouterr().err


def test_a_file_that_looks_like_an_option_is_told(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    written(tmp_path / "-x.csv", TABLE)
    assert main(["check", "-x.csv"]) == 2 and "Write ./-x.csv instead." in capsys.readouterr().err
    assert main(["check", "./-x.csv", "--blank-means", "no"]) == 0
