"""What must hold of every sheet, however it is worded, cut, encoded or broken: the right codes, or words; never a traceback, never a wrong code.

The codes that a sheet must give are drawn first, and the sheet is written from them with words chosen for each column. `allowed` below is a
second, much simpler reader: it knows only the usual words, looks at one cell at a time, and says which codes it could stand for.
"""

from __future__ import annotations

import csv
import io
import string
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from helpers import load_review
from helpers.drafts.draft import Words, draft_of
from helpers.drafts.folder import new_review
from helpers.intake.choices import Choices
from helpers.intake.reading import Reading, read_table
from helpers.problems import ReviewError, SynopsisError

QUICK = settings(derandomize=True, deadline=None, max_examples=60)
STATE = st.sampled_from(["yes", "no", "unclear"])
VOCABULARIES = [
    {"yes": ["yes", "YES", " Yes "], "no": ["no", "No"], "unclear": ["unclear", "?"]},
    {"yes": ["y", "Y"], "no": ["n", "N"], "unclear": ["NR", "n.r."]},
    {"yes": ["1", "1.0"], "no": ["0", "0.0"], "unclear": ["partly", "not reported"]},
    {"yes": ["TRUE", "true"], "no": ["FALSE", "False"], "unclear": ["can't tell", "Uncertain"]},
    {"yes": ["✓", "✔️", "☑"], "no": ["✗", "✘"], "unclear": ["?"]},
]
MARKS = {"yes": ["x", "X", "×"], "no": [""], "unclear": ["?"]}
LETTERS = st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co"))
NASTY = [
    "De+",
    "De-",
    "DE",
    "ß",
    "Ⅳ",
    "家族",
    "عائلة",
    "परिवार",
    'say "yes"',
    "two\nlines",
    "=1+1",
    "-",
    "yes",
    "no",
    "1",
    "0",
    "x",
    "2004",
    "row",
    "NA",
    "#REF",
]
LABEL = st.one_of(st.text(LETTERS, min_size=1, max_size=8), st.sampled_from(NASTY)).map(lambda text: " ".join(text.split())).filter(bool)
LABELS = st.lists(LABEL, min_size=1, max_size=6, unique_by=str.casefold)
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16"]
WORDS = [
    "",
    "yes",
    "no",
    "x",
    "✓",
    "✗",
    "1",
    "0",
    "2",
    "?",
    "NA",
    "low",
    "high",
    "yes (p. 4)",
    "yess",
    "3.5",
    "mixed",
    "a remark",
    "Trial",
    "=1+1",
    "TRUE",
    "total",
]


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    return tmp_path_factory.mktemp("sheets")


def written(rows: list[list[str]], path, encoding: str, delimiter: str):
    if path.suffix == ".xlsx":
        book = Workbook()
        for row in rows:
            book.active.append(row)
            for cell in book.active[book.active.max_row]:
                cell.data_type = "s" if cell.value else "n"  # a text that looks like a formula is a text
        book.save(path)
    else:
        buffer = io.StringIO(newline="")
        csv.writer(buffer, delimiter=delimiter).writerows(rows)
        path.write_bytes(buffer.getvalue().encode(encoding))
    return path


def codes_of(reading: Reading) -> dict[tuple[str, str], str]:
    return {pair: state for table in reading.tables for pair, state in table.states.items()}


def told_or_read(path, choices: Choices | None = None) -> Reading | None:
    """What was read, or None if it was told in words what is wrong: a line for each problem, with a place in the file."""
    try:
        return read_table(path, choices)
    except ReviewError as error:
        assert error.problems and all(problem.file and problem.message.endswith(".") and "\n" not in str(problem) for problem in error.problems)
    except SynopsisError as error:
        assert str(error)
    return None


@st.composite
def coded(draw):
    """Codes, and a sheet that says them: each column in the words of one vocabulary, marks and blanks where it is decided what a blank means."""
    items, features = draw(LABELS), draw(LABELS)
    blank = draw(st.sampled_from(["", "no"]))
    codes = {(item, feature): draw(STATE) for item in items for feature in features}
    marks = bool(blank) and draw(st.booleans())
    columns = []
    for feature in features:
        words = MARKS if marks else draw(st.sampled_from(VOCABULARIES))
        if blank and not marks and draw(st.booleans()):
            words = {**words, "no": [""]}
        columns.append([draw(st.sampled_from(words[codes[item, feature]])) for item in items])
    heading = draw(st.sampled_from(["Trial", "", "Therapie", "试验"]))
    rows = [[heading, *features], *([item, *cells] for item, cells in zip(items, map(list, zip(*columns, strict=True)), strict=True))]
    return codes, rows, Choices(blank_means=blank)


@settings(QUICK, max_examples=130)
@given(coded(), st.sampled_from([".csv"] * 6 + [".xlsx"]), st.sampled_from(ENCODINGS), st.sampled_from(",;\t"))
def test_a_sheet_gives_the_codes_it_was_written_from_or_words(place, sheet, suffix, encoding, delimiter):
    codes, rows, choices = sheet
    path = written(rows, place / f"t{suffix}", encoding, delimiter)
    reading = told_or_read(path, choices)
    if reading:
        assert codes_of(reading) == codes


@settings(QUICK, max_examples=70)
@given(st.lists(STATE, min_size=12, max_size=12), st.sampled_from(VOCABULARIES), st.data())
def test_an_ordinary_sheet_is_read_not_refused(place, states, words, data):
    """Three features, four items with plain names, one vocabulary, at least one Yes: nothing is doubtful, so nothing may be asked."""
    assume("yes" in states)
    items, features = ["Alder", "Birch", "Cedar", "Damson"], ["Diary", "Visits", "Calls"]
    codes = dict(zip([(item, feature) for item in items for feature in features], states, strict=True))
    rows = [["Trial", *features], *([item, *(data.draw(st.sampled_from(words[codes[item, feature]])) for feature in features)] for item in items)]
    reading = read_table(written(rows, place / "t.csv", "utf-8", ","))
    assert codes_of(reading) == codes
    shuffled = [rows[0], *data.draw(st.permutations(rows[1:]))]
    again = read_table(written(shuffled, place / "t.csv", "utf-8", ","))
    assert codes_of(again) == codes and again.tables[0].understood == reading.tables[0].understood


def allowed(text: str, heading: str, blank: str) -> set[str]:
    """Which codes a cell may be read as: none for what is no code."""
    plain = " ".join(text.split()).casefold()
    own = " ".join(heading.split()).casefold()
    states = {
        state for words in (*VOCABULARIES, {"yes": ["x"], "no": [], "unclear": []}) for state in words if plain in map(str.casefold, words[state])
    }
    if plain == "✗":
        states = {"no"}
    return states | ({"yes"} if plain == own and plain else set()) | ({blank} if plain in ("", "na") and blank else set())


@settings(QUICK, max_examples=200)
@given(
    st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=5), min_size=1, max_size=7),
    st.sampled_from(["", "no", "unclear"]),
    st.booleans(),
    st.sampled_from([".csv"] * 6 + [".xlsx"]),
)
def test_no_cell_is_read_as_a_code_that_it_does_not_say(place, body, blank, named, suffix):
    """Any words in any cells, the headings among them: what is read has the states that its own cell allows."""
    width = max(map(len, body))
    rows = [[*row, *[""] * (width - len(row))] for row in body]
    if named:
        rows = [["Trial", *string.ascii_lowercase[:width]], *([f"item {n}", *row] for n, row in enumerate(rows))]
    reading = told_or_read(written(rows, place / f"t{suffix}", "utf-8", ","), Choices(blank_means=blank))
    if reading:
        for (item, feature), state in codes_of(reading).items():
            cells = [row[place] for row in rows for place, heading in enumerate(rows[0]) if named and row[0] == item and heading == feature]
            assert not named or state in allowed(cells[0], feature, blank)
        if named:
            assert {item for item, _ in codes_of(reading)} <= {row[0] for row in rows[1:]}


@settings(QUICK, max_examples=70)
@given(
    st.lists(
        st.lists(st.sampled_from(["yes", "no", "x", "", "2", "low", "high", "✓", "✗", "mixed", "?"]), min_size=3, max_size=3), min_size=2, max_size=8
    ),
    st.lists(st.sampled_from(["yes", "no", "x", "low", "high", "2", "?", "NA", "✗"]), max_size=3),
    st.lists(st.sampled_from(["yes", "no", "x", "low", "high", "2", "?", "NA", "✗"]), max_size=3),
)
def test_a_word_that_was_told_means_what_was_told(place, body, yes, no):
    rows = [["Trial", "a", "b", "c"], *([f"item {n}", *row] for n, row in enumerate(body))]
    reading = told_or_read(written(rows, place / "t.csv", "utf-8", ","), Choices(blank_means="unclear", yes=tuple(yes), no=tuple(no)))
    for (item, feature), state in codes_of(reading).items() if reading else ():
        cell = next(row["abc".index(feature) + 1] for row in rows if row[0] == item)
        if cell in (*yes, *no):
            assert state == ("yes" if cell in yes else "no")
        else:
            assert state in allowed(cell, feature, "unclear")


@settings(QUICK, max_examples=25)
@given(coded(), st.data())
def test_a_new_review_has_the_codes_of_its_table(place, sheet, data):
    codes, rows, choices = sheet
    reading = told_or_read(written(rows, place / "t.csv", "utf-8", ","), choices)
    assume(reading)
    with tempfile.TemporaryDirectory(dir=place) as folder:
        review = new_review(draft_of(reading, Words()), Path(folder) / "review")
        loaded = load_review(Path(folder) / "review")
    assert loaded.items == review.items and len(loaded.tables) == 1
    table = next(iter(loaded.tables.values()))
    labels = {(loaded.label(item), loaded.label(feature)): table.at[item, feature] for item in table.index for feature in table.columns}
    assert labels == codes


@pytest.mark.parametrize("labels", [("De+", "De-", "DE "), ("家族", "عائلة", "परिवार"), ("model", "id", "a,b;c\td"), ("=1+1", '"', "x" * 1000)])
def test_a_new_review_is_a_sound_data_package(tmp_path, labels):
    from frictionless import Package

    rows = [["Trial", *labels], ["Alder", "yes", "no", "?"], ["-", "no", "yes", "no"], ["=cmd|' /C calc'!A0", "no", "no", "no"]]
    if len({label.casefold().strip() for label in labels}) < 3:
        rows[0][3] = "DEE"
    new_review(draft_of(read_table(written(rows, tmp_path / "t.csv", "utf-8", ",")), Words()), tmp_path / "review")
    assert Package(str(tmp_path / "review" / "datapackage.json")).validate().valid


PIECES = [b"Trial", b",", b";", b"\t", b"\r", b"\n", b'"', b"yes", b"no", b"x", b"\xe2\x9c\x93", b"\x00", b"\x81", b"sep=;", b"PK\x03\x04"]
MARK = st.sampled_from([b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"])
BYTES = st.tuples(MARK, st.one_of(st.binary(max_size=60), st.lists(st.sampled_from(PIECES), max_size=40).map(b"".join))).map(b"".join)


@settings(QUICK, max_examples=130)
@given(BYTES, st.sampled_from([".csv", ".tsv", ".xlsx"]))
def test_garbage_is_told_in_words(place, content, suffix):
    path = place / f"t{suffix}"
    path.write_bytes(content)
    told_or_read(path)


@pytest.fixture(scope="module")
def workbook(place) -> bytes:
    rows = [["Trial", "a", "b"], ["Alder", "yes", "no"], ["Birch", "no", "✓"]]
    return written(rows, place / "t.xlsx", "", "").read_bytes()


@settings(QUICK, max_examples=70)
@given(st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), min_size=1, max_size=4), st.floats(0, 1))
def test_a_damaged_workbook_is_told_in_words(workbook, place, changed, cut):
    data = bytearray(workbook)
    for where, byte in changed:
        data[int(where * len(data))] = byte
    path = place / "t.xlsx"
    path.write_bytes(bytes(data) if cut > 0.3 else bytes(data)[: int(cut * 3 * len(data))])
    told_or_read(path)


@settings(QUICK, max_examples=15)
@given(st.data(), st.text(max_size=20))
def test_a_workbook_with_a_damaged_part_is_told_in_words(workbook, place, data, text):
    """Flipped bytes mostly break the archive's sums; here the parts themselves are cut and changed, and packed soundly."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(buffer, "w") as new:
        broken = data.draw(st.sampled_from(sorted(old.namelist())))
        for name in old.namelist():
            content = old.read(name)
            if name == broken:
                start, stop = sorted(data.draw(st.tuples(st.integers(0, len(content)), st.integers(0, len(content)))))
                content = content[:start] + text.encode() + content[stop:]
            new.writestr(name, content)
    path = place / "t.xlsx"
    path.write_bytes(buffer.getvalue())
    told_or_read(path)
