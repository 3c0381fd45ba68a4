"""The workbook to fill in, the form for another coder and their comparison, filled in as people do. Expected values by hand."""

import datetime
import io

import pytest
from openpyxl import Workbook, load_workbook
from test_new_review import filled, problems, reviewed

from helpers.cli import main
from helpers.drafts.draft import Words
from helpers.intake.choices import Choices
from helpers.intake.matching import matches
from helpers.loading import load_review
from helpers.problems import ReviewError
from helpers.workbooks.coder_form import form_of
from helpers.workbooks.coder_names import feature_names
from helpers.workbooks.coder_tables import coder_tables
from helpers.workbooks.making import draft_from
from helpers.workbooks.template import template


def put(sheet, **cells):
    """What changes some cells of a sheet of the filled workbook."""

    def spoil(book):
        for cell, value in cells.items():
            book[sheet][cell] = value

    return spoil


def both(*spoils):
    def spoil(book):
        for one in spoils:
            one(book)

    return spoil


def told(tmp_path, *spoils):
    return problems(filled(tmp_path / "b.xlsx", both(*spoils)))


def renamed(old, new):
    def spoil(book):
        book[old].title = "in between"  # Excel and openpyxl know titles without regard to capitals
        book["in between"].title = new

    return spoil


def removed(*sheets):
    def spoil(book):
        for sheet in sheets:
            del book[sheet]

    return spoil


def added(title, *rows):
    def spoil(book):
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)

    return spoil


# --- what is wrong, and its sentence -------------------------------------------------------------------------------------------------

FOUND = {
    "levels alike": (put("Scales", A4="One  Way"), 'Scales, cell A4: The level "One Way" is there already, in A2, but for capitals.'),
    "rated twice": (put("Ratings", A5="Alder", B5="one way", D5="peer"), 'Ratings, cell A5: "Alder" is rated in row 2 already.'),
    "scale like a column": (
        both(put("About", B10="diary"), put("Evidence", B3="diary")),
        'About, cell B10: A column of codes is called "diary", too.',
    ),
    "scale without levels": (put("Scales", A2=None, B2=None, A3=None, B3=None), 'About, cell B10: The scale "Help" has no levels.'),
    "third half": (put("Scales", A4="middle", B4="middle"), 'Scales, cell B4: "middle" is a third half. Write "low" or "high"'),
    "foreign sheet": (added("Quotes", ["a"]), "sheet Quotes: The sheet Quotes is not one of this workbook's and was not read."),
    "third scale": (put("Scales", E1="Scale 3: level", E2="a"), "Scales, cell E1: Column E is not one of this sheet's"),
    "answer in column C": (put("About", B6=None, C6="method"), 'About, cell C6: An answer belongs into B6. Move "method" there.'),
    "other question": (put("About", A20="Author", B20="Hale"), 'About, cell B20: "Author" is not a question of this sheet'),
    "date": (put("References", G2=datetime.date(2026, 9, 12)), "of what was typed here. Set the format of the cell to Text, then type it again."),
    "formula": (put("Evidence", C2="=A1"), "Evidence, cell C2: The result of the formula in this cell was not stored."),
    "formula for a number": (put("References", A4="=1+1", H4="C"), "References, cell A4: The result of the formula in this cell was not stored."),
    "failed formula": (put("Items", C2="#N/A"), 'cell C2: "#N/A" is what a spreadsheet shows where a formula failed. Write a text in its place.'),
    "unknown name": (put("Items", A2="Aldre"), 'Items, cell A2: "Aldre" is not on the sheet Codes. Did you mean Alder?'),
    "no name": (put("Evidence", A4=None, B4="Home", C4="they go home"), "Evidence, cell A4: Choose a name in A4."),
    "table in capitals": (put("Codebook", B3="techniques"), 'Codebook, cell B3: The table is called "techniques" here and "Techniques" in B2.'),
    "sheet twice": (added("evidence ", ["Name", "Column"], ["Alder", "Home"]), "sheet evidence : The sheet Evidence is there twice."),
}  # fmt: skip


@pytest.mark.parametrize("spoil, words", FOUND.values(), ids=FOUND.keys())
def test_each_is_told_once_with_its_cell(tmp_path, spoil, words):
    (line,) = told(tmp_path, spoil)
    assert words in line


def test_two_unknown_names_are_not_one_name_twice(tmp_path):
    lines = told(tmp_path, put("Items", A2="Hale", A3="Coel"))
    assert len(lines) == 2 and not any("twice" in line for line in lines)


def test_names_certainties_references_and_alternatives_are_told_at_once(tmp_path):
    lines = told(tmp_path, put("Items", A2="Aldre"), put("Evidence", F2="sure", E3="7"), put("Alternatives", C2="no"), put("Codes", C3="noo"))
    for words in ("cell A2", "cell F2: ", "cell E3: Reference 7", "Alternatives, cell C2: ", "Codes, cell C3: "):
        assert sum(words in line for line in lines) == 1
    assert len(lines) == 5


# --- what is understood --------------------------------------------------------------------------------------------------------------


def test_titles_count_without_capitals_and_blanks_and_read_me_may_be_gone(tmp_path):
    for number, spoil in enumerate((both(renamed("Evidence", "evidence "), renamed("Codes", "codes")), removed("Read me"))):
        review = reviewed(filled(tmp_path / f"{number}.xlsx", spoil), tmp_path / str(number))
        assert len(review.evidence) == 2 and list(review.tables) == ["techniques", "places"] and len(review.nature) == 3


def test_a_sheet_of_codes_under_another_spelling_is_found_again(tmp_path):
    reviewed(filled(tmp_path / "a.xlsx", renamed("Codes", "codes")), tmp_path / "r")
    assert main(["update", str(tmp_path / "r"), "--from", str(filled(tmp_path / "a.xlsx", put("Codes", C2="yes")))]) == 0
    assert load_review(tmp_path / "r").code("techniques", "alder", "diary") == "yes"


def test_blanks_and_line_breaks_in_levels_and_scales(tmp_path):
    spoil = both(put("Scales", A2="one \n way"), put("About", B10="Help  given"), put("Evidence", B3="help\ngiven"))
    review = reviewed(filled(tmp_path / "b.xlsx", spoil), tmp_path / "r")
    assert review.nature["help_given"].tolist() == ["one way", "both ways", "one way"]
    assert review.evidence["feature"].tolist() == ["relaxing", "help_given"]


def test_every_table_is_kept(tmp_path):
    """Two rows of headings, and two sheets: both tables come through, and a name that both have is asked about."""

    def grouped(book):
        book["Codes"].insert_rows(1)
        for cell, text in {"B1": "Techniques", "E1": "Places", "A1": "Name", "A2": None}.items():
            book["Codes"][cell] = text

    review = reviewed(filled(tmp_path / "a.xlsx", grouped), tmp_path / "r")
    assert {name: list(table) for name, table in review.tables.items()} == {
        "techniques": ["relaxing", "diary", "light"],
        "places": ["home", "family"],
    }
    second = added("Codes2", ["Name", "Diary", "Garden"], ["Alder", "yes", "no"], ["Birch", "no", "no"], ["Cedar", "no", "yes"])
    no_tables = put("Codebook", B2=None, B3=None, B4=None, B5=None, B6=None)
    book = filled(tmp_path / "b.xlsx", both(second, no_tables))
    (codebook, alternatives) = problems(book, sheets=("Codes", "Codes2"))
    assert '"Diary" may be Diary (Codes) or Diary (Codes2). Write it as one of these.' in alternatives
    assert "sheet Alternatives, cell B2" in alternatives or "sheet Codebook, cell A3" in alternatives
    assert "Diary (Codes)" in codebook
    book = filled(
        tmp_path / "c.xlsx", both(second, no_tables, put("Alternatives", B2="Diary (Codes2)", C2="no"), put("Codebook", A3="Diary (Codes)"))
    )
    review = reviewed(book, tmp_path / "s", sheets=("Codes", "Codes2"))
    assert {name: len(table.columns) for name, table in review.tables.items()} == {"codes": 5, "codes2": 2}
    assert review.alternatives["feature"].tolist() == ["diary_2"]


def test_a_long_quote_and_an_extra_column_are_noted(tmp_path):
    spoil = both(put("Evidence", C2="word " * 31, G1="Page", G2="12"), put("Alternatives", E2="word " * 32), put("Scales", A4="in between"))
    reading, draft = draft_from(filled(tmp_path / "b.xlsx", spoil), Choices(), Words())
    assert "2 quotes have more than 30 words (Evidence C2 with 31 and Alternatives E2 with 32). They are kept as they are." in reading.notes
    assert "Sheet Evidence: column G was not read (2 filled cells)." in reading.notes
    assert 'Scale Help: "in between" belongs to neither half.' in reading.notes
    assert draft.more["longest_quote"] == 32 and draft.more["made_from"]["understood"] == list(reading.notes)


def test_an_empty_certainty_is_that_of_the_rating_or_of_another_quote(tmp_path):
    spoil = put("Evidence", F2="hedged", A4="Birch", B4="Help", C4="both", A5="Alder", B5="Relaxing", C5="again", A6="Cedar", B6="Light", C6="so")
    review = reviewed(filled(tmp_path / "b.xlsx", spoil), tmp_path / "r")
    assert review.evidence["certainty"].tolist() == ["hedged", "explicit", "hedged", "hedged", ""]


def test_a_renamed_sheet_of_codes_is_asked_for(tmp_path):
    (line,) = told(tmp_path, renamed("Codes", "My codes"))
    assert line == "b.xlsx: There is no sheet Codes that holds anything and is not hidden. Name the sheet with the codes Codes."


def test_known_words_stand_in_the_template_and_about_goes_before_them(tmp_path):
    words = Words("Mine", "J 2026", ("study", "studies"), ("feature", "features"), "said", "not said")
    about = load_workbook(io.BytesIO(template(words)))["About"]
    assert [about.cell(row, 2).value for row in range(2, 10)] == ["Mine", "J 2026", "study", "studies", None, None, "said", "not said"]
    book = filled(tmp_path / "b.xlsx", put("About", B2=None, B4=None, B5=None, B9=None))
    found = draft_from(book, Choices(), words)[1].words
    assert found == Words("Mine", "Made up for this test", ("study", "studies"), ("technique", "techniques"), "described", "not said")


def test_an_empty_sheet_of_codes_is_told(tmp_path):
    (tmp_path / "t.xlsx").write_bytes(template())
    with pytest.raises(ReviewError, match=r"The sheet Codes is still empty. Write a name in A2 and a heading in B1."):
        draft_from(tmp_path / "t.xlsx", Choices(), Words())


# --- the form for another coder ------------------------------------------------------------------------------------------------------

OWN = {  # a review with all that makes forms hard to read: columns that differ in capitals alone, a column called Name, short names of others
    "models.csv": "id,label,short_label,description,references\na,Alder,,,\nb,Birch,,,\n",
    "features.csv": "table,id,label,short_label,definition\n"
    "means,money,Money,,\nmeans,name,Name,,\nends,money_2,money,,\nends,time,Time,money,\nends,note,A\vbell\x07 rings,,\n",
    "means.csv": "model,money,name\na,yes,no\nb,no,no\n",
    "ends.csv": "model,money_2,time,note\na,no,yes,no\nb,yes,yes,unclear\n",
    "nature.csv": "model,help,help_certainty\na,low,explicit\nb,high,explicit\n",
    "datapackage.json": """{"name": "own", "title": "Own", "synopsis": {"item": {"singular": "study", "plural": "studies"},
        "yes_means": "said in the report", "no_means": "not said",
        "tables": [{"name": "means", "title": "Means"}, {"name": "ends", "title": "Ends"}],
        "ratings": {"help": {"label": "Help", "ordered": true, "levels": [{"id": "low"}, {"id": "high"}]}}}}""",
}


@pytest.fixture
def own(tmp_path):
    (tmp_path / "my_review").mkdir()
    for name, text in OWN.items():
        (tmp_path / "my_review" / name).write_text(text, encoding="utf-8")
    return load_review(tmp_path / "my_review")


def form(review, path, spoil=lambda book: None, rated=True):
    """The form of a review, filled in with its own codes and ratings."""
    book = load_workbook(io.BytesIO(form_of(review)))
    features = [(table, feature) for table in review.tables for feature in review.tables[table].columns]
    for row, item in enumerate(review.items, start=2):
        for column, (table, feature) in enumerate(features, start=2):
            book["Codes"].cell(row, column, review.code(table, item, feature))
        if rated and not review.nature.empty:
            book["Ratings"].cell(row, 2, review.nature.at[item, "help"])
    spoil(book)
    book.save(path)
    return path


def wrong(review, path):
    with pytest.raises(ReviewError) as told:
        coder_tables(review, path, Choices())
    return [str(problem) for problem in told.value.problems]


def test_a_form_of_hard_names_comes_back_as_it_was_coded(own, tmp_path):
    path = form(own, tmp_path / "ben.xlsx")
    tables = coder_tables(own, path, Choices(label="x", features="B:C"))
    assert all(tables[name].equals(own.tables[name]) for name in own.tables) and tables["nature"]["help"].tolist() == ["low", "high"]
    codes = load_workbook(path)["Codes"]
    assert [cell.value for cell in codes[1]] == ["Study", "Money (Means)", "Name", "money (Ends)", "Time", "A bell rings"]
    short = tmp_path / "t.csv"  # ids; "money" is the label of one column, the id of another and the short name of a third
    short.write_text("study,Money,Name,money_2,time,A bell rings\nAlder,1,0,0,1,0\nBirch,0,0,1,1,?\n", encoding="utf-8")
    assert all(table.equals(own.tables[name]) for name, table in coder_tables(own, short, Choices(label="study", features="B:F")).items())


def test_a_label_goes_before_an_id_and_an_id_before_a_short_name(own):
    ways = feature_names(own, list(own.tables))
    assert [matches(name, ways) for name in ("money", "Money", "MONEY", "money_2")] == [("money_2",), ("money",), ("money", "money_2"), ("money_2",)]


def test_the_form_says_what_yes_and_no_mean(own):
    lines = [cell.value for cell in load_workbook(io.BytesIO(form_of(own)))["Read me"]["A"] if cell.value]
    assert lines[2].startswith("Please code each study from the text alone")
    assert "Codes: write yes, no or unclear into every cell. Yes says: said in the report. No says: not said." in lines
    assert not any("what counts as a Yes" in line for line in lines)  # the codebook is empty


FORMS = {
    "rated twice": (put("Ratings", A3="Alder"), ['Ratings, cell A3: "Alder" is rated in row 2 already.', 'No rating for "Birch"']),
    "certainty": (put("Ratings", C2="sure"), ['Ratings, cell C2: "sure" is not a degree of certainty.']),
    "unfilled in part": (put("Codes", B2=None, D3=None), ["Codes, cell B2: 2 cells are not filled in yet (B2 and D3)."]),
    "sheet renamed": (renamed("Codes", "Ben"), ["ben.xlsx: There is no sheet Codes that holds anything"]),
    "all at once": (
        both(put("Codes", A2="Aldre", C3="noo"), put("Ratings", B2="medium")),
        [
            'Codes, cell A2: The review has no study "Aldre". Did you mean Alder?',
            'No study "Alder"',
            'Codes, cell C3: "noo" is not a code.',
            'Ratings, cell B2: "medium" is not a level of Help.',
        ],
    ),
    "a rating missing": (put("Ratings", B3=None), ["Ratings, cell B3: 1 rating is not filled in yet (B3)."]),
}  # fmt: skip


@pytest.mark.parametrize("spoil, words", FORMS.values(), ids=FORMS.keys())
def test_what_is_wrong_with_a_form_is_told_at_once(own, tmp_path, spoil, words):
    lines = wrong(own, form(own, tmp_path / "ben.xlsx", spoil))
    assert len(lines) == len(words) and all(any(word in line for line in lines) for word in words)


def test_a_blank_form_and_one_for_another_review(own, root, tmp_path):
    (tmp_path / "Blank.xlsx").write_bytes(form_of(own))
    assert wrong(own, tmp_path / "Blank.xlsx") == ["Blank.xlsx: This form is not filled in yet."]
    with pytest.raises(ReviewError, match="not filled in yet"):
        coder_tables(own, tmp_path / "Blank.xlsx", Choices(blank_means="no"))
    other = load_review(root / "data" / "living_beings")
    (tmp_path / "Ben.xlsx").write_bytes(form_of(other))
    assert wrong(own, tmp_path / "Ben.xlsx") == ["Ben.xlsx: This is a form for another review: none of its names stand in my_review."]


def test_a_column_called_item_makes_no_list(tmp_path):
    """Columns called item, feature and value would make a list of codes of any other sheet."""
    (tmp_path / "t.csv").write_text("study,Item,Feature,Value\nA,yes,no,yes\nB,no,no,yes\n", encoding="utf-8")
    review = reviewed(tmp_path / "t.csv", tmp_path / "r", label="study")
    tables = coder_tables(review, form(review, tmp_path / "ben.xlsx"), Choices())
    assert all(table.equals(review.tables[name]) for name, table in tables.items())


def test_the_same_heading_in_two_sheets_in_any_order(tmp_path):
    book = Workbook()
    for sheet, codes in ((book.active, "yes no"), (book.create_sheet("Ends"), "no yes")):
        for row in (["study", "Money"], *zip(("A", "B"), codes.split(), strict=True)):
            sheet.append(list(row))
    book.active.title = "Means"
    book.save(tmp_path / "t.xlsx")
    review = reviewed(tmp_path / "t.xlsx", tmp_path / "r", sheets=("Means", "Ends"))
    tables = coder_tables(review, tmp_path / "t.xlsx", Choices(sheets=("Ends", "Means")))
    assert all(table.equals(review.tables[name]) for name, table in tables.items()) and not tables["means"].equals(tables["ends"])


def test_a_wrong_name_in_a_table_is_told_with_its_cell(tmp_path):
    """Two sheets, each with a heading that is nearly right."""
    book = Workbook()
    for sheet, rows in (
        (book.active, (["study", "Money"], ["A", "yes"])),
        (book.create_sheet("Ends"), (["study", "Home", "Time"], ["A", "no", "yes"])),
    ):
        for row in rows:
            sheet.append(row)
    book.active.title = "Means"
    book.save(tmp_path / "t.xlsx")
    review = reviewed(tmp_path / "t.xlsx", tmp_path / "r", sheets=("Means", "Ends"))
    book["Means"]["B1"], book["Ends"]["C1"] = "Mony", "Tine"
    book.save(tmp_path / "other.xlsx")
    with pytest.raises(ReviewError) as caught:
        coder_tables(review, tmp_path / "other.xlsx", Choices(sheets=("Means", "Ends")))
    told = [str(problem) for problem in caught.value.problems]
    for words in (
        'sheet Means, cell B1: The review has no column "Mony". Did you mean Money?',
        'sheet Ends, cell C1: The review has no column "Tine".',
    ):
        assert sum(words in line for line in told) == 1


# --- the commands --------------------------------------------------------------------------------------------------------------------


def test_one_form_is_compared_with_the_codes_of_the_review(own, tmp_path, capsys):
    """By hand: 1 of 10 cells turned, so 90%."""
    path = form(own, tmp_path / "Ben_1.xlsx", put("Codes", B2="no"))
    assert main(["compare", str(path), "--review", str(own.folder), "--out", str(tmp_path / "out")]) == 0
    assert "2 coders: the review and Ben_1." in capsys.readouterr().out
    page = (tmp_path / "out" / "comparison.md").read_text(encoding="utf-8")
    assert "Coders: the review and Ben\\_1. Compared with the tables of the review." in page and "| All tables together | 10 | 90% " in page
    cells = (tmp_path / "out" / "disagreements.csv").read_text(encoding="utf-8").splitlines()
    assert len(cells) == 2 and cells[1].startswith("means,a,money,2,1,1,0,")


def test_the_folder_of_a_review_is_a_coding_too(own, tmp_path, capsys):
    path = form(own, tmp_path / "Ben.xlsx", rated=False)
    assert main(["compare", str(own.folder), str(path), "--out", str(tmp_path / "out")]) == 0
    said = capsys.readouterr().out
    assert "There are no ratings from Ben, and the ratings are left out." in said and "code alike in all 10 cells" in said


def test_copies_of_a_file_are_told(own, tmp_path, capsys):
    first, second = form(own, tmp_path / "Ben.xlsx"), tmp_path / "Cara.xlsx"
    second.write_bytes(first.read_bytes())
    assert main(["compare", str(first), str(second), "--review", str(own.folder), "--out", str(tmp_path / "out")]) == 0
    assert "are the same, byte for byte." in capsys.readouterr().out
    assert main(["compare", str(first), str(first), "--review", str(own.folder), "--out", str(tmp_path / "out")]) == 1
    assert "Ben.xlsx is named twice" in capsys.readouterr().err


def test_the_figures_of_a_build_are_left_alone(own, tmp_path, capsys):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "report.html").write_text("mine", encoding="utf-8")
    (tmp_path / "out" / "build.json").write_text('{"review": "own", "look": "", "files": ["report.html"]}', encoding="utf-8")
    path = form(own, tmp_path / "Ben.xlsx")
    assert main(["compare", str(path), "--review", str(own.folder), "--out", str(tmp_path / "out")]) == 1
    assert "holds the figures of own" in capsys.readouterr().err and (tmp_path / "out" / "report.html").exists()


def test_the_form_is_written_beside_the_review(own, tmp_path, capsys):
    assert main(["second-coder", str(own.folder)]) == 0
    assert (tmp_path / "my_review-second-coder.xlsx").exists()
    assert str(tmp_path / "my_review-second-coder.xlsx") in capsys.readouterr().out
    assert main(["second-coder", str(own.folder)]) == 1
