"""A review is read again: nothing is lost, nothing changes silently, all is written or nothing. Expected values by hand."""

import json
import os
import shutil
from pathlib import Path

import openpyxl
import pytest
from test_new_review import TABLE, WORKBOOK, filled, is_valid, written

import helpers
from helpers.cli import main
from helpers.csvfiles import read_sheet
from helpers.drafts.draft import RESERVED, Words, table_names

HEAD = "table,model,feature,value,certainty,quote,section,references\n"
SICK = "codes,alder,nausea,yes,hedged,felt sick,,\n"


@pytest.fixture
def mine(tmp_path, capsys):
    """A review made from TABLE, with one quote."""
    main(["new", str(tmp_path / "r"), "--from", str(written(tmp_path / "t.csv", TABLE)), "--blank-means", "no", "--title", "Mine"])
    written(tmp_path / "r" / "evidence.csv", HEAD + SICK)
    capsys.readouterr()
    return tmp_path / "r"


@pytest.fixture
def ours(tmp_path, capsys):
    """A review made from the filled workbook."""
    main(["new", str(tmp_path / "w"), "--from", str(filled(tmp_path / "b.xlsx"))])
    capsys.readouterr()
    return tmp_path / "w"


def again(folder: Path, table: Path, capsys, *options: str, code: int = 0) -> str:
    """What update says."""
    assert main(["update", str(folder), "--from", str(table), *options]) == code
    said = capsys.readouterr()
    assert "Traceback" not in said.err
    return said.out + said.err


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def rows(folder: Path, name: str, *columns: str) -> list[tuple[str, ...]]:
    return [tuple(row[column] for column in columns) for row in read_sheet(folder / f"{name}.csv")]


def package(folder: Path, change=lambda found: None) -> dict:
    """The datapackage.json, changed by hand."""
    found = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    change(found)
    written(folder / "datapackage.json", json.dumps(found))
    return found


def workbook(path: Path, **sheets: list[list[str]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, lines in sheets.items():
        sheet = book.create_sheet(title)
        for line in lines:
            sheet.append(line)
    book.save(path)
    return path


# --- quotes and claims --------------------------------------------------------------------------------------------------------------


def test_a_review_whose_last_quote_is_set_aside_still_loads(mine, capsys):
    said = again(mine, written(mine.parent / "t2.csv", TABLE.replace("Alder,yes", "Alder,no")), capsys)
    assert "1 quote or other code is set aside in set_aside.csv, because they fit no code now." in said
    assert (mine / "evidence.csv").read_text(encoding="utf-8") == HEAD
    assert main(["check", str(mine)]) == 0 and is_valid(mine)
    said = again(mine, mine.parent / "t.csv", capsys)
    assert "evidence.csv: 1 row new (Alder / Nausea)." in said
    assert helpers.load_review(mine).evidence["quote"].tolist() == ["felt sick"]


def test_claims_that_no_longer_hold_are_told(mine, capsys):
    claims = "c1,Two report on talk,M,count_yes,talk = 2\nc2,Two report on sleep,M,count_yes,sleep = 1\n"
    written(mine / "claims.csv", "id,quote,section,check,expected\n" + claims)
    assert main(["check", str(mine)]) == 0
    assert "not borne out" not in capsys.readouterr().out  # one Yes, or two: sleep is unclear for Birch
    said = again(mine, written(mine.parent / "t2.csv", TABLE.replace("Alder,yes,no,1", "Alder,yes,no,0")), capsys)
    assert '1 sentence of claims.csv is not borne out by the tables:\n  "Two report on talk" (claims.csv, row 2)' in said and "is up to date" in said
    assert main(["check", str(mine)]) == 0
    assert '"Two report on talk" (claims.csv, row 2)' in capsys.readouterr().out
    said = again(mine, written(mine.parent / "t3.csv", "study,Nausea,Sleep\nAlder,yes,no\nBirch,Y,?\nCedar,no,no\n"), capsys)
    assert 'claims.csv, cell E2: "talk = 2" is not what the check count_yes expects.' in said and "is up to date" in said
    assert main(["check", str(mine)]) == 1


def test_a_workbook_says_all_that_changed(ours, capsys):
    def change(book):
        book["Ratings"]["B2"], book["Ratings"]["E2"] = "both ways", "inferred"
        book["Codebook"]["D2"], book["Codebook"]["C3"], book["Items"]["B2"] = "says calm", "Dia", "Ald"
        book["References"]["H2"], book["About"]["B2"], book["Scales"]["B2"] = "A 2001, mended", "Sleep groups", "lower"
        book["Alternatives"]["D2"] = "another reason"

    said = again(ours, filled(ours.parent / "c.xlsx", change), capsys)
    for line in (
        "2 ratings or their certainty changed:\n  Alder, Help: one way -> both ways\n  Alder, Lead: hedged -> inferred",
        "models.csv: 1 row changed (Alder).",
        "features.csv: 2 rows changed (Relaxing and Diary).",
        "alternatives.csv: 1 row changed (Alder / Diary).",
        "references.csv: 1 row changed (1).",
        "Title: Groups for sleep -> Sleep groups.",
        'The scale "Help" has other levels, halves or another order now.',
    ):
        assert line in said
    assert "evidence.csv" not in said  # its quote of the rating has another value only because the rating has
    assert "Nothing changed" in again(ours, ours.parent / "c.xlsx", capsys)


def test_quotes_of_a_workbook_follow_its_sheet(ours, capsys):
    """Corrected there, corrected here; written, corrected or deleted here, so it stays."""
    text = (ours / "evidence.csv").read_text(encoding="utf-8")
    written(ours / "evidence.csv", text.replace("the nurse teaches", "the nurse taught") + "places,cedar,family,yes,,by hand,,\n")

    def change(book):
        book["Evidence"]["C2"] = "they relaxed together"

    said = again(ours, filled(ours.parent / "c.xlsx", change), capsys)
    assert "1 row of the file was corrected or deleted by hand in evidence.csv; that stays so." in said
    assert "evidence.csv: 1 row new (Alder / Relaxing), 1 row gone (Alder / Relaxing)." in said
    assert sorted(rows(ours, "evidence", "quote")) == [("by hand",), ("the nurse taught",), ("they relaxed together",)]
    assert rows(ours, "set_aside", "quote", "why") == [("they relax together", "not in the file any more")]
    again(ours, written(ours.parent / "codes.csv", "x\n"), capsys, code=1)
    again(ours, ours.parent / "b.xlsx", capsys)  # the first quote comes again, and the second is set aside
    assert sorted(rows(ours, "evidence", "quote")) == [("by hand",), ("the nurse taught",), ("they relax together",)]
    assert rows(ours, "set_aside", "quote") == [("they relaxed together",)]


def test_what_the_sheet_leaves_empty_stays(ours, capsys):
    """The sheet About, a certainty and a section that were written by hand."""
    text = (ours / "evidence.csv").read_text(encoding="utf-8")
    written(ours / "evidence.csv", text.replace("relaxing,yes,,they", "relaxing,yes,inferred,they"))

    def change(book):
        for row in range(2, 10):
            book["About"].cell(row, 2).value = None
        book["Codes"]["C2"] = "unclear"

    again(ours, filled(ours.parent / "c.xlsx", change), capsys)
    meta = helpers.load_review(ours).metadata
    assert (meta.title, meta.source, meta.item(2), meta.feature(1)) == ("Groups for sleep", "Made up for this test", "programmes", "technique")
    assert (meta.yes_means, meta.no_means) == ("described", "not described")
    assert ("inferred", "they relax together", "Methods") in rows(ours, "evidence", "certainty", "quote", "section")


def test_a_renamed_item_of_a_workbook_brings_its_quotes_without_alarm(ours, capsys):
    def change(book):
        for sheet in WORKBOOK:
            for row in book[sheet].iter_rows():
                for cell in row:
                    cell.value = "Alderwood" if cell.value == "Alder" else cell.value

    said = again(ours, filled(ours.parent / "c.xlsx", change), capsys)
    assert 'New (programmes): "Alderwood".' in said and "set aside" not in said and "Did you rename" not in said
    assert rows(ours, "evidence", "model") == [("alderwood",), ("alderwood",)]


def test_a_renamed_item_is_asked_about_and_the_remedy_works(mine, capsys):
    table = written(mine.parent / "t2.csv", TABLE.replace("Alder", "Alderwood"))
    said = again(mine, table, capsys)
    assert 'Did you rename "Alder" to "Alderwood"? The codes are the same.' in said and "models.csv, column label" in said
    for path in (mine / "earlier" / "1").iterdir():
        shutil.copy2(path, mine / path.name)
    written(mine / "models.csv", (mine / "models.csv").read_text(encoding="utf-8").replace("Alder", "Alderwood"))
    again(mine, table, capsys)
    review = helpers.load_review(mine)
    assert review.label("alder") == "Alderwood" and review.evidence["quote"].tolist() == ["felt sick"]


def test_numbers_of_references_follow_the_list(tmp_path, capsys):
    """A reference that comes first makes the others later; a quote by hand still cites the same."""
    head = "item,feature,value,quote,reference\n"
    one = written(tmp_path / "l.csv", head + "A,time,yes,we took time,Smith 2001\nB,time,no,,\nA,kin,yes,with kin,\nB,kin,no,,\n")
    assert main(["new", str(tmp_path / "r"), "--from", str(one)]) == 0
    with (tmp_path / "r" / "evidence.csv").open("a", encoding="utf-8") as file:
        file.write("codes,a,kin,yes,,by hand,,1\n")
    two = written(tmp_path / "m.csv", head + "A,kin,yes,with kin,Jones 1999\nA,time,yes,we took time,Smith 2001\nB,time,no,,\nB,kin,no,,\n")
    again(tmp_path / "r", two, capsys)
    assert rows(tmp_path / "r", "references", "number", "printed") == [("1", "Jones 1999"), ("2", "Smith 2001")]
    cited = dict(rows(tmp_path / "r", "evidence", "quote", "references"))
    assert cited == {"with kin": "1", "we took time": "2", "by hand": "2"}


# --- which is which -----------------------------------------------------------------------------------------------------------------

RESOURCES = [["m", "Money", "Calm"], ["A", "yes", "no"], ["B", "no", "yes"]]
PEOPLE = [["m", "Money", "Kin"], ["A", "no", "no"], ["B", "yes", "yes"]]


@pytest.fixture
def two(tmp_path, capsys):
    """A review of two tables with a column Money each."""
    table = workbook(tmp_path / "m.xlsx", Resources=RESOURCES, People=PEOPLE)
    main(["new", str(tmp_path / "m"), "--from", str(table), "--sheet", "Resources", "--sheet", "People"])
    written(tmp_path / "m" / "evidence.csv", HEAD + "resources,b,calm,yes,,stays calm,,\npeople,b,money_2,yes,,is paid,,\n")
    capsys.readouterr()
    return tmp_path / "m"


def test_sheets_in_another_order_change_nothing(two, capsys):
    table = workbook(two.parent / "n.xlsx", People=PEOPLE, Resources=RESOURCES)
    assert "Nothing changed" in again(two, table, capsys, "--sheet", "People", "--sheet", "Resources")


def test_a_column_that_moves_takes_its_quotes_along(two, capsys):
    people = [[*line, cell] for line, cell in zip(PEOPLE, ("Calm", "no", "yes"), strict=True)]
    said = again(two, workbook(two.parent / "n.xlsx", Resources=[line[:2] for line in RESOURCES], People=people), capsys)
    assert '"Calm" stands in the table "People" now.' in said and "New" not in said and "Gone" not in said and "set aside" not in said
    assert rows(two, "evidence", "table", "feature", "quote") == [("people", "calm", "stays calm"), ("people", "money_2", "is paid")]
    assert rows(two, "features", "id", "label") == [("money", "Money"), ("money_2", "Money (People)"), ("kin", "Kin"), ("calm", "Calm")]


def test_a_name_with_other_capitals_keeps_its_id(mine, capsys):
    said = again(mine, written(mine.parent / "t2.csv", TABLE.replace("Talk", "TALK")), capsys)
    assert "features.csv: 1 row changed (TALK)." in said
    assert rows(mine, "features", "id", "label")[-1] == ("talk", "TALK")


def test_tables_with_names_alike(tmp_path, capsys):
    signs = {"A-": RESOURCES, "A+": PEOPLE}
    sheets = [option for title in signs for option in ("--sheet", title)]
    assert main(["new", str(tmp_path / "a"), "--from", str(workbook(tmp_path / "a.xlsx", **signs)), *sheets]) == 0
    assert 'The names of the tables "A-" and "A+" differ only in signs' in capsys.readouterr().out
    third = {"A~": [["m", "Zeal"], ["A", "yes"], ["B", "no"]]}
    again(tmp_path / "a", workbook(tmp_path / "b.xlsx", **third, **signs), capsys, "--sheet", "A~", *sheets)
    review = helpers.load_review(tmp_path / "a")
    assert {review.table_info(name).title: table.shape[1] for name, table in review.tables.items()} == {"A~": 1, "A-": 2, "A+": 2}
    text = "x,Resources,,resources,\n,a,b,c,d\nI,yes,no,no,yes\nJ,no,yes,no,yes\n"
    assert main(["new", str(tmp_path / "c"), "--from", str(written(tmp_path / "c.csv", text))]) == 1
    assert 'the same but for capitals: "Resources" and "resources"' in capsys.readouterr().err
    assert {"set_aside", "com1", "lpt9", "nul"} <= RESERVED
    assert list(table_names([type("T", (), {"title": "Set aside"}), type("T", (), {"title": "LPT1"})], Words())) == ["set_aside_2", "lpt1_2"]


def test_an_absent_table_names_the_file_it_came_from(two, capsys):
    table = workbook(two.parent / "n.xlsx", Resources=RESOURCES, Other=[["m", "x"], ["A", "yes"], ["B", "no"]])
    assert main(["update", str(two), "--from", str(table), "--sheet", "Resources", "--sheet", "Other"]) == 1
    assert 'does not hold the table "People" of this review. It was made from m.xlsx.' in capsys.readouterr().err


def test_its_own_file_is_refused(mine, capsys):
    before = contents(mine)
    for name in ("codes.csv", "evidence.csv", "datapackage.json"):
        assert "is a file of the review itself. Name the table that the review was made from: t.csv." in again(mine, mine / name, capsys, code=1)
    os.symlink(mine / "codes.csv", mine.parent / "link.csv")
    assert "is a file of the review itself" in again(mine, mine.parent / "link.csv", capsys, code=1)
    assert contents(mine) == before
    again(mine, written(mine.parent / "t2.csv", TABLE.replace("Alder,yes", "Alder,no")), capsys)
    assert "To go back to that state, copy all files of" in again(mine, mine / "earlier" / "1" / "codes.csv", capsys, code=1)


# --- printed totals, spoiled metadata -----------------------------------------------------------------------------------------------


def test_printed_totals_are_told_by_name(mine, capsys):
    totals = {"codes": {"rows": {"alder": 2, "birch": 1}, "columns": {"talk": 2}}}
    package(mine, lambda found: found["synopsis"].update(printed_totals=totals))
    assert main(["check", str(mine)]) == 0
    before = contents(mine)
    said = again(mine, written(mine.parent / "t2.csv", "study,Nausea,Sleep,Talk\nAlder,yes,no,0\nCedar,no,no,x\n"), capsys, code=1)
    assert 't2.csv: The new table has 1 Yes for "Alder", but the review prints 2.' in said
    assert 't2.csv: The new table has 1 Yes for "Talk", but the review prints 2.' in said
    assert 't2.csv: printed_totals in datapackage.json holds a total of "Birch", which the new table lacks.' in said
    assert "codes.csv" not in said and "cell" not in said and contents(mine) == before


def test_printed_totals_of_two_tables(two, capsys):
    totals = {"people": {"rows": {"b": 2}, "columns": {"money_2": 1}}}
    package(two, lambda found: found["synopsis"].update(printed_totals=totals))
    people = [PEOPLE[0], PEOPLE[1], ["B", "no", "yes"]]
    table = workbook(two.parent / "n.xlsx", Resources=RESOURCES, People=people)
    said = again(two, table, capsys, code=1)
    assert 'n.xlsx: The new table has 1 Yes for "B" in "People", but the review prints 2.' in said
    assert 'n.xlsx: The new table has 0 Yes for "Money (People)" in "People", but the review prints 1.' in said and "people.csv" not in said


@pytest.mark.parametrize("choices", [None, [], "x", {"features": 5}, {"sheets": "Codes"}, {"blank_means": "yes"}, {"yes": [1]}])
def test_decisions_changed_by_hand_are_told(mine, capsys, choices):
    package(mine, lambda found: found["synopsis"]["made_from"].update(choices=choices))
    assert 'datapackage.json: The entry "made_from", choices' in again(mine, mine.parent / "t.csv", capsys, code=1)


def test_odd_resources_do_no_harm(mine, capsys):
    def change(found):
        found["resources"] = [None, 5, {"path": 5}, {"name": "notes", "path": "notes.txt"}]
        found["synopsis"]["made_from"].update(understood=5, rows_read=[1])

    package(mine, change)
    assert main(["check", str(mine)]) == 0
    again(mine, written(mine.parent / "t2.csv", TABLE.replace("Alder,yes", "Alder,unclear")), capsys)
    names = [entry["name"] for entry in package(mine)["resources"]]
    assert sorted(names) == ["codes", "evidence", "features", "models", "notes"]


def test_a_review_with_every_quote_stays_strict(root, tmp_path, capsys):
    """priebe2014 from its own tables: nothing changed; with two labels in other words, all but the labels stays."""
    shutil.copytree(root / "data" / "priebe2014", tmp_path / "p")
    review = helpers.load_review(tmp_path / "p")
    sheets = {}
    for name, codes in review.tables.items():
        lines = [[review.label(item), *codes.loc[item]] for item in review.items]
        sheets[review.table_info(name).title[:31]] = [["model", *map(review.label, codes)], *lines]
    table = workbook(tmp_path / "p.xlsx", **sheets)
    options = [text for title in sheets for text in ("--sheet", title)]
    package(tmp_path / "p", lambda found: [entry.update(title=entry["title"][:31]) for entry in found["synopsis"]["tables"]])
    assert "Nothing changed" in again(tmp_path / "p", table, capsys, *options)
    written(tmp_path / "p" / "models.csv", (tmp_path / "p" / "models.csv").read_text(encoding="utf-8").replace(",Befriending,", ",BEFRIENDING,", 1))
    again(tmp_path / "p", table, capsys, *options)
    after = helpers.load_review(tmp_path / "p")
    assert not after.metadata.partial_evidence and len(after.evidence) == len(review.evidence) and len(after.coders) == len(review.coders)
    assert [len(getattr(after, name)) for name in ("alternatives", "references", "claims")] == [
        len(getattr(review, name)) for name in ("alternatives", "references", "claims")
    ]
    assert after.references["note"].tolist() == review.references["note"].tolist()


# --- all or nothing -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("both_fail", [False, True])
def test_what_cannot_be_put_back_is_said_and_kept(mine, monkeypatch, capsys, both_fail):
    """The third file cannot be replaced; then, in the second case, none can be put back either."""
    before, real, calls = contents(mine), os.replace, []

    def failing(source, target):
        calls.append(target)
        if len(calls) == 3 or (both_fail and len(calls) > 3):
            raise OSError(13, "Permission denied")
        real(source, target)

    monkeypatch.setattr("os.replace", failing)
    said = again(mine, written(mine.parent / "t2.csv", TABLE.replace("Alder,yes,no", "Alder,no,yes")), capsys, code=1)
    assert "cannot be written (Permission denied)" in said
    if both_fail:
        assert "could not be put back. The files as they were stand in" in said and "Nothing was changed" not in said
        kept = contents(mine / "earlier" / "1")
        assert kept and all(before[name] == content for name, content in kept.items())
    else:
        assert "Nothing was changed." in said and contents(mine) == before and not (mine / "earlier").exists()
    assert not (mine / ".update-under-way").exists()


def test_a_coders_table_survives_a_failure(mine, monkeypatch, capsys):
    (mine / "coders" / "ann").mkdir(parents=True)
    shutil.copy2(mine / "codes.csv", mine / "coders" / "ann" / "codes.csv")
    real = os.rename

    def failing(source, target):
        real(source, target)
        monkeypatch.setattr("os.rename", real)
        raise KeyboardInterrupt

    monkeypatch.setattr("os.rename", failing)
    table = written(mine.parent / "t2.csv", TABLE + "Dogwood,no,no,no\n")
    assert main(["update", str(mine), "--from", str(table)]) == 130
    assert (mine / "coders" / "ann" / "codes.csv").exists() and not (mine / "earlier").exists()
    said = again(mine, table, capsys)
    assert "they were moved to" in said and (mine / "earlier" / "1" / "coders" / "ann" / "codes.csv").exists() and not (mine / "coders").exists()


def test_two_updates_at_once(mine, capsys):
    before = contents(mine)
    lock = written(mine / ".update-under-way", str(mine / "earlier" / "7"))
    table = written(mine.parent / "t2.csv", TABLE.replace("Alder,yes", "Alder,no"))
    said = again(mine, table, capsys, code=1)
    assert "Another update of" in said and "earlier/7" in said.replace("\\", "/") and f"delete the file {lock}" in said
    lock.unlink()
    assert contents(mine) == before
    (mine / "earlier" / "3").mkdir(parents=True)
    again(mine, table, capsys)
    assert contents(mine / "earlier" / "4") == before and not contents(mine / "earlier" / "3")


# --- new ----------------------------------------------------------------------------------------------------------------------------


def test_words_for_yes_and_no(tmp_path, capsys):
    table = written(tmp_path / "t.csv", "x,a,b\nI,low,high\nJ,high,low\n")
    assert main(["new", str(tmp_path / "r"), "--from", str(table), "--yes", "low", "--no", "high", "--title", "a\x01b \udcff"]) == 0
    meta = helpers.load_review(tmp_path / "r").metadata
    assert (meta.yes_means, meta.no_means, meta.title) == ("coded low", "coded high", "ab")
    told = ["--yes-means", "said so", "--item", "study,studies"]
    assert main(["new", str(tmp_path / "s"), "--from", str(table), "--yes", "low", "--no", "high", *told]) == 0
    assert helpers.load_review(tmp_path / "s").metadata.yes_means == "said so"
    for one in ("study", "study;studies", "\x01,\x02"):
        with pytest.raises(SystemExit):
            main(["new", str(tmp_path / "n"), "--from", str(table), "--item", one])
        assert "Give both, with a comma: study,studies" in capsys.readouterr().err


def test_typed_words_count_more_than_those_of_a_workbook(tmp_path):
    told = ["--title", "Typed", "--item", "group,groups"]
    assert main(["new", str(tmp_path / "w"), "--from", str(filled(tmp_path / "b.xlsx")), *told]) == 0
    meta = helpers.load_review(tmp_path / "w").metadata
    assert (meta.title, meta.item(2), meta.feature(2), meta.no_means) == ("Typed", "groups", "techniques", "not described")


def test_a_workbook_tells_what_it_brought(ours, capsys):
    assert main(["check", str(ours.parent / "b.xlsx")]) == 0
    assert "Besides the codes: 2 quotes, ratings of 3 rows on 2 scales, 1 other code and 2 references." in capsys.readouterr().out


def test_odd_places(tmp_path, capsys):
    table = written(tmp_path / "t.csv", "x,a,b\nI,yes,no\nJ,no,yes\n")
    long = str(tmp_path / ("n" * 300))
    for call in (
        ["new", long, "--from", str(table)],
        ["check", long],
        ["update", long, "--from", str(table)],
        ["new", str(tmp_path / "x"), "--from", long],
    ):
        assert main(call) == 1
        assert "[Errno" not in capsys.readouterr().err
    assert main(["new", str(tmp_path / "p" / "q"), "--from", str(written(tmp_path / "bad.csv", "x,a\nI,maybe so\n"))]) == 1
    assert not (tmp_path / "p").exists()
    main(["new", str(tmp_path / "w"), "--template"])
    written(tmp_path / "w" / ".~lock.w.xlsx#", "open elsewhere")
    filled(tmp_path / "w" / "w.xlsx")
    assert main(["new", str(tmp_path / "w"), "--from", str(tmp_path / "w" / "w.xlsx")]) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.csv", "t.csv", "w"]


def test_names_that_are_no_text(tmp_path, capsys):
    """Folder and file names in another encoding, as old disks have them."""
    table, folder = tmp_path / os.fsdecode(b"f\xff.csv"), tmp_path / os.fsdecode(b"d\xff")
    try:
        written(table, "x,a,b\nI,yes,no\nJ,no,yes\n")
    except OSError:
        pytest.skip("this disk has no such names")
    assert main(["new", str(folder), "--from", str(table)]) == 0
    assert main(["check", str(folder)]) == 0 and "Nothing changed" in again(folder, table, capsys)


@pytest.mark.skipif(not Path("/dev/shm").is_dir() or not os.access("/dev/shm", os.W_OK), reason="no second disk")
def test_a_folder_on_another_disk(tmp_path, capsys):
    other = Path("/dev/shm") / f"synopsis-{os.getpid()}"
    other.mkdir()
    try:
        os.symlink(other, tmp_path / "r")
        assert main(["new", str(tmp_path / "r"), "--from", str(written(tmp_path / "t.csv", TABLE)), "--blank-means", "no"]) == 0
        again(tmp_path / "r", written(tmp_path / "t2.csv", TABLE.replace("Alder,yes", "Alder,no")), capsys)
        assert helpers.load_review(tmp_path / "r").tables["codes"].iloc[0, 0] == "no" and (other / "codes.csv").exists()
    finally:
        shutil.rmtree(other)


def test_a_quote_of_a_code_that_becomes_no_waits_for_it(tmp_path, capsys):
    """A list leaves it in its row; it is not read for a No, and comes back with its Yes."""
    text = "item,feature,value,quote\nA,x,yes,quoted\nB,x,no,\nA,y,no,\nB,y,yes,other\n"
    assert main(["new", str(tmp_path / "r"), "--from", str(written(tmp_path / "l.csv", text))]) == 0
    again(tmp_path / "r", written(tmp_path / "m.csv", text.replace("A,x,yes", "A,x,no")), capsys)
    assert rows(tmp_path / "r", "set_aside", "quote", "why") == [("quoted", "fits no code")]
    assert "Nothing is set aside in set_aside.csv now, 1 before." in again(tmp_path / "r", tmp_path / "l.csv", capsys)
    assert sorted(rows(tmp_path / "r", "evidence", "quote")) == [("other",), ("quoted",)]


def test_a_problem_of_a_workbook_is_told_with_its_cell(ours, capsys):
    """Though the row above it is set aside. A reference that only the workbook cites goes with it."""

    def change(book):
        book["Codes"]["B2"], book["Evidence"]["E3"] = "no", 9

    said = again(ours, filled(ours.parent / "c.xlsx", change), capsys, code=1)
    assert "c.xlsx, sheet Evidence, cell E3: Reference 9 is not in sheet References." in said
    said = again(ours, filled(ours.parent / "d.xlsx", lambda book: book["References"].delete_rows(3)), capsys, code=1)
    assert "d.xlsx, sheet Items, cell D2: Reference 2 is not in sheet References." in said
    with (ours / "evidence.csv").open("a", encoding="utf-8") as file:
        file.write("places,cedar,family,yes,,by hand,,2\n")

    def cite_one(book):
        book["References"].delete_rows(3)
        book["Items"]["D2"], book["Evidence"]["E3"] = "1", 1

    again(ours, filled(ours.parent / "e.xlsx", cite_one), capsys)
    assert rows(ours, "references", "number", "printed") == [("1", "A 2001"), ("2", "B 2002")]  # the row by hand cites it
