"""What must hold of every table that is loaded, however it is labelled, cut, encoded or broken."""

from __future__ import annotations

import csv
import io
import json
import random
import unicodedata

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import helpers
from helpers.csvfiles import csv_text, read_sheet
from helpers.identifiers import identifiers
from helpers.problems import ReviewError

QUICK = settings(derandomize=True, deadline=None, max_examples=60)
DELIMITERS = (",", ";", "\t")
CHARACTERS = st.characters(exclude_categories=("Cs", "Cc"))
LABEL = st.text(CHARACTERS, min_size=1, max_size=8).map(str.strip).filter(bool)
NASTY = st.sampled_from(
    ["De+", "De-", "DE", "ß", "ss", "Ⅳ", "iv", "家族", "عائلة", "परिवार", "a_2", "a", "A", 'say "yes"', "two\nlines", "=1+1", "-", "–", "???"]
)
LABELS = st.lists(st.one_of(LABEL, NASTY), min_size=1, max_size=6, unique=True)
BYTES = st.one_of(
    st.binary(max_size=60),
    st.lists(
        st.sampled_from(
            [b"model", b",", b";", b"\t", b"\r", b"\n", b'"', b"yes", b"no", b"a", b"\x00", b"\xef\xbb\xbf", b"\xff\xfe", b"\x81", b"sep=;"]
        )
    ).map(b"".join),
)
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.floats(), st.text(max_size=4)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=2),
        st.dictionaries(
            st.sampled_from(["name", "title", "tables", "ratings", "levels", "id", "rows", "feature", "singular", "plural", "codes", "ordered"]),
            inner,
        ),
    ),
    max_leaves=12,
)


TABLE = {"name": "codes", "title": "Codes"}
PACKAGE = st.one_of(JSON.map(lambda value: {"synopsis": value}), JSON.map(lambda value: {"synopsis": {"tables": [TABLE], "ratings": value}}))


def written(rows: list[list[str]], delimiter: str, end: str) -> str:
    """Quotation marks only where this delimiter needs them, as Excel does."""

    def cell(text: str) -> str:
        return '"' + text.replace('"', '""') + '"' if set(text) & {delimiter, '"', "\n", "\r"} else text

    return "".join(delimiter.join(map(cell, row)) + end for row in rows)


@QUICK
@given(
    LABELS.filter(lambda labels: not any(set(label) & set(DELIMITERS) for label in labels)),
    LABELS.filter(lambda labels: all(label.casefold() != "model" for label in labels)),
    st.sampled_from(DELIMITERS),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    st.randoms(use_true_random=False),
)
def test_a_written_table_loads_to_the_same_cells(tmp_path_factory, items, features, delimiter, end, encoding, choose):
    states = [[choose.choice(["yes", "no", "unclear"]) for _ in features] for _ in items]
    shout = [[choose.choice([state, state.upper(), f" {state} "]) for state in row] for row in states]
    folder = tmp_path_factory.mktemp("review")
    text = written([["model", *features], *([item, *row] for item, row in zip(items, shout, strict=True))], delimiter, end)
    (folder / "codes.csv").write_bytes(text.encode(encoding))
    review = helpers.load_review(folder)
    table = review.tables["codes"]
    assert table.to_numpy().tolist() == states
    on_one_line = [[" ".join(name.split()) for name in names] for names in (items, features)]
    assert [[review.label(key) for key in table.index], [*review.features["label"]]] == on_one_line
    assert list(review.features.index) == list(table.columns)


@settings(QUICK, max_examples=15)
@given(st.integers(0, 10**6))
def test_the_order_of_rows_does_not_matter_where_models_are_listed(root, tmp_path_factory, seed):
    source, folder = root / "data" / "living_beings", tmp_path_factory.mktemp("shuffled")
    shuffle = random.Random(seed)
    for name in ("datapackage.json", "models.csv", "features.csv"):
        (folder / name).write_bytes((source / name).read_bytes())
    header, *rows = (source / "traits.csv").read_text(encoding="utf-8").splitlines()
    order = shuffle.sample(range(len(header.split(","))), len(header.split(",")))
    order = [0, *(position for position in order if position)]  # the first column stays the first
    lines = [header, *shuffle.sample(rows, len(rows))]
    (folder / "traits.csv").write_text("".join(",".join(line.split(",")[n] for n in order) + "\n" for line in lines), encoding="utf-8")
    assert helpers.load_review(folder).tables["traits"].equals(helpers.load_review(source).tables["traits"])


@settings(QUICK, max_examples=300)
@given(st.lists(st.one_of(st.text(max_size=6), NASTY, st.sampled_from(["!", "?", "", "a_2", "a 2", "a", "__2"])), max_size=6), st.sets(NASTY))
def test_identifiers_are_different_not_empty_and_stay_as_they_are(labels, taken):
    made = identifiers(labels, taken)
    assert len(made) == len(labels) == len(set(made) - taken)
    assert all(made)
    alone = identifiers(labels)
    assert identifiers(alone) == alone


@pytest.mark.parametrize(
    ("label", "made"),
    [
        ("Self-actualising / self-correcting", "self_actualising_self_correcting"),
        ("Straße", "strasse"),  # the full case fold of ß is ss
        ("ﬁve ①", "five_1"),  # NFKC takes ligatures and circled digits apart
        ("家族", "家族"),
        ("परिवार", "परिवार"),  # vowel signs belong to their letters
        ("--", "_"),
        ("\u2764\ufe0f", "_"),  # a heart: a sign and an invisible variation mark, neither a letter nor a digit
    ],
)
def test_identifiers_by_hand(label, made):
    """Contract: NFKC, case-folded, letters and digits of any script kept, the rest `_`."""
    assert identifiers([label]) == [unicodedata.normalize("NFKC", made)]


def loads_or_tells(folder) -> None:
    try:
        assert isinstance(helpers.load_review(folder), helpers.Review)
    except ReviewError as error:
        assert error.problems and all(problem.message and problem.file for problem in error.problems)


@settings(QUICK, max_examples=200)
@given(BYTES)
def test_garbage_in_a_table_is_told_in_words(tmp_path_factory, content):
    folder = tmp_path_factory.mktemp("garbage")
    (folder / "codes.csv").write_bytes(content)
    loads_or_tells(folder)


@settings(QUICK, max_examples=100)
@given(st.sampled_from(["resources", "models", "features", "nature", "evidence", "references", "alternatives", "claims"]), BYTES, st.floats(0, 1))
def test_garbage_inside_a_stored_file_is_told_in_words(root, tmp_path_factory, name, content, where):
    folder, source = tmp_path_factory.mktemp("garbage"), root / "data" / "priebe2014"
    for path in source.glob("*.*"):
        (folder / path.name).write_bytes(path.read_bytes())
    before = (source / f"{name}.csv").read_bytes()
    cut = int(where * len(before))
    (folder / f"{name}.csv").write_bytes(before[:cut] + content + before[cut:])
    loads_or_tells(folder)


@settings(QUICK, max_examples=200)
@given(st.one_of(BYTES, PACKAGE.map(lambda value: json.dumps(value).encode())))
def test_garbage_in_the_datapackage_is_told_in_words(tmp_path_factory, content):
    folder = tmp_path_factory.mktemp("garbage")
    (folder / "datapackage.json").write_bytes(content)
    (folder / "codes.csv").write_text("model,a\nx,yes\n", encoding="utf-8")
    (folder / "nature.csv").write_text("model\nx\n", encoding="utf-8")
    loads_or_tells(folder)


BARE = "Therapy;Gemüse kochen;De+;De-;Singen\nEins;yes;no;no;yes\nZwei;No;YES;unclear;no\n"


def re_cut(text: str, delimiter: str) -> str:
    """The same table with another delimiter, quotation marks where that delimiter needs them."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=delimiter, lineterminator="\n").writerows(csv.reader(io.StringIO(text, newline="")))
    return buffer.getvalue()


def emptied(text: str) -> str:
    """Three empty columns and two empty rows, as Excel keeps them once they were formatted."""
    rows = list(csv.reader(io.StringIO(text, newline="")))
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\n").writerows([*(row + [""] * 3 for row in rows), [""] * (len(rows[0]) + 3), [], [""]])
    return buffer.getvalue()


RE_SAVED = {
    "byte order mark": lambda text: text.encode("utf-8-sig"),
    "CRLF": lambda text: text.replace("\n", "\r\n").encode(),
    "CR": lambda text: text.replace("\n", "\r").encode(),
    "semicolons, mark, CRLF": lambda text: re_cut(text, ";").replace("\n", "\r\n").encode("utf-8-sig"),
    "tabs": lambda text: re_cut(text, "\t").encode(),
    "Unicode text (UTF-16, tabs, CRLF)": lambda text: re_cut(text, "\t").replace("\n", "\r\n").encode("utf-16"),
    "UTF-16, big end first": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "sep=; line": lambda text: ("sep=;\r\n" + re_cut(text, ";").replace("\n", "\r\n")).encode("utf-8-sig"),
    "sep=; line, CR": lambda text: ("sep=;\r" + re_cut(text, ";").replace("\n", "\r")).encode(),
    "empty rows and columns": lambda text: emptied(text).encode(),
    "no last line end": lambda text: text.rstrip("\n").encode(),
    "blanks around cells": lambda text: text.replace("yes", " yes ").replace("no,", "no ,").encode(),
    "cp1252": lambda text: text.encode("cp1252"),
}


def same(one: helpers.Review, other: helpers.Review) -> None:
    for name in one.tables:
        pd.testing.assert_frame_equal(one.tables[name], other.tables[name])
    for name in ("models", "features", "nature", "evidence", "alternatives", "references", "claims"):
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name))


@pytest.mark.parametrize("way", RE_SAVED)
def test_a_re_saved_review_loads_to_the_same_tables(spoil, priebe, way):
    names = ["resources", "relationships", "nature"] if way == "blanks around cells" else [path.stem for path in spoil.folder.glob("*.csv")]
    for name in names:
        (spoil.folder / f"{name}.csv").write_bytes(RE_SAVED[way](spoil.text(f"{name}.csv")))
    review = spoil.load()
    same(review, priebe)
    if way == "cp1252":  # the files that hold more than plain ASCII are named, and the user is told what to check
        assert any(note.startswith("evidence.csv is not saved as UTF-8; it was read as Windows-1252. Check") for note in review.notes)
    else:
        assert review.notes == ()


def test_capital_codes_load(spoil, priebe):
    spoil.replace("resources.csv", "yes", "YES")
    spoil.replace("relationships.csv", "no", "No")
    pd.testing.assert_frame_equal(spoil.load().tables["resources"], priebe.tables["resources"])


def test_a_folder_with_one_bare_table(tmp_path):
    """Ids by hand from the contract: case-folded, letters of any script kept, other runs `_`, `_2` where two would be equal."""
    (tmp_path / "my_codes.csv").write_bytes(BARE.encode("utf-8-sig"))
    review = helpers.load_review(tmp_path)
    assert review.items == ["eins", "zwei"] and [review.label(key) for key in review.items] == ["Eins", "Zwei"]
    assert list(review.tables["my_codes"].columns) == ["gemüse_kochen", "de", "de_2", "singen"]
    assert review.tables["my_codes"].to_numpy().tolist() == [["yes", "no", "no", "yes"], ["no", "yes", "unclear", "no"]]
    assert [review.label(key) for key in ("gemüse_kochen", "de_2", "my_codes")] == ["Gemüse kochen", "De-", "My codes"]


@pytest.mark.parametrize("header", ["model,Model,Peers", "Therapy,model,Peers"])
def test_a_feature_that_is_called_model(tmp_path, header):
    """The name of the first column is no feature's id: the feature keeps its cells and its label."""
    (tmp_path / "codes.csv").write_text(f"{header}\nA,yes,no\nB,no,no\n", encoding="utf-8")
    review = helpers.load_review(tmp_path)
    assert [review.label(key) for key in review.items] == ["A", "B"]
    assert review.tables["codes"].to_numpy().tolist() == [["yes", "no"], ["no", "no"]]


def test_an_item_and_a_feature_of_nearly_the_same_name_keep_their_labels(tmp_path):
    """`review.label(id)` must tell them apart, so no item may have the id of a feature."""
    (tmp_path / "codes.csv").write_text("Model,Self-help,Music\nself help,yes,no\nmusic,no,yes\n", encoding="utf-8")
    review = helpers.load_review(tmp_path)
    assert [review.label(key) for key in review.items] == ["self help", "music"]
    assert [review.label(key) for key in review.tables["codes"].columns] == ["Self-help", "Music"]


@pytest.mark.parametrize(
    "text",
    ["model;Work, family, friends;Money\na;yes;no\n", "model\tWork, family\na\tyes\n", "\r\nmodel;Money\r\na;yes\r\n"],
    ids=["commas in a label, semicolons", "comma in a label, tabs", "empty first line"],
)
def test_the_delimiter_is_the_one_that_cuts_every_row(tmp_path, text):
    """Excel writes a label with commas without quotation marks where the delimiter is another."""
    (tmp_path / "codes.csv").write_bytes(text.encode())
    assert read_sheet(tmp_path / "codes.csv").header[0] == "model"


def test_notes_and_writing(tmp_path):
    """A written table is read back the same, and has the same bytes on every system."""
    frame = pd.DataFrame({"model": ["a", "b"], "quote": ['he said "no"; x', "two\nlines, and more"]})
    text = csv_text(frame)
    assert text == 'model,quote\na,"he said ""no""; x"\nb,"two\nlines, and more"\n'
    (tmp_path / "codes.csv").write_text(text, encoding="utf-8", newline="")
    pd.testing.assert_frame_equal(read_sheet(tmp_path / "codes.csv").to_frame(), frame.astype(object))
