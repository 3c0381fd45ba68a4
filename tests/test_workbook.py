"""The workbook to fill in, the form for another coder and their comparison, filled in as people do. Expected values by hand."""

import datetime
import io

import pytest
from openpyxl import load_workbook
from test_new_review import filled, problems, reviewed

from helpers.intake.choices import Choices
from helpers.intake.draft import Words
from helpers.intake.making import draft_from
from helpers.intake.template import template
from helpers.problems import ReviewError


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
    "levels alike": (put("Scales", A4="One  Way"), 'Scales, cell A3: The level "One Way" is there already, in A2, but for capitals.'),
    "rated twice": (put("Ratings", A5="Alder", B5="one way", D5="peer"), 'Ratings, cell A5: "Alder" is rated in row 2 already.'),
    "scale like a column": (both(put("About", B10="diary"), put("Evidence", B3="diary")), 'About, cell B10: A column of codes is called "diary", too.'),
    "scale without levels": (put("Scales", A2=None, B2=None, A3=None, B3=None), 'About, cell B10: The scale "Help" has no levels.'),
    "third half": (put("Scales", A4="middle", B4="middle"), 'Scales, cell B4: "middle" is a third half. Write "low" or "high"'),
    "foreign sheet": (added("Quotes", ["a"]), "sheet Quotes: The sheet Quotes is not one of this workbook's and was not read."),
    "third scale": (put("Scales", E1="Scale 3: level", E2="a"), "Scales, cell E1: Column E is not one of this sheet's"),
    "answer in column C": (put("About", B6=None, C6="method"), 'About, cell C6: An answer belongs into B6. Move "method" there.'),
    "other question": (put("About", A20="Author", B20="Hale"), 'About, cell B20: "Author" is not a question of this sheet'),
    "date": (put("References", G2=datetime.date(2026, 9, 12)), "References, cell G2: Excel made a date or time, 2026-09-12, of what was typed here."),
    "formula": (put("Evidence", C2="=A1"), "Evidence, cell C2: The result of the formula in this cell was not stored."),
    "failed formula": (put("Items", C2="#N/A"), "Items, cell C2: The formula in this cell failed (#N/A)."),
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
    spoil = both(put("Evidence", C2="word " * 31, G1="Page", G2="12"), put("Scales", A4="in between"))
    reading, draft = draft_from(filled(tmp_path / "b.xlsx", spoil), Choices(), Words())
    assert "1 quote has more than 30 words (C2 with 31). They are kept as they are." in reading.notes
    assert "Sheet Evidence: column G was not read (2 filled cells)." in reading.notes
    assert 'Scale Help: "in between" belongs to neither half.' in reading.notes
    assert draft.more["longest_quote"] == 31 and draft.more["made_from"]["understood"] == list(reading.notes)


def test_a_renamed_sheet_of_codes_is_asked_for(tmp_path):
    (line,) = told(tmp_path, renamed("Codes", "My codes"))
    assert "There is no sheet Codes. Name the sheet with the codes Codes again." in line


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
