"""Loading a review: what is in it, and what a user is told when one cell is wrong.

Spoiled cells were chosen by looking at the stored files; the expected places are spreadsheet addresses counted by hand, headers in row 1.
"""

from __future__ import annotations

import io
import json
import zipfile

import pytest

import helpers
from helpers import load_review
from helpers.problems import Problem, ReviewError

# Priebe et al. 2014, Tables 1 and 2: the number of Yes printed in each row.
PRINTED = {
    "befriending": (2, 1),
    "client_centred_therapy": (3, 1),
    "creative_music_therapy": (4, 2),
    "open_dialogue": (2, 3),
    "peer_support_workers": (2, 1),
    "positive_psychotherapy": (3, 2),
    "self_help_groups": (3, 1),
    "solution_focused_therapy": (4, 2),
    "systemic_family_therapy": (2, 1),
    "therapeutic_communities": (3, 2),
}
# The models each section of the Results names, read by hand.
NAMED = {
    "social_relationships": "befriending client_centred_therapy creative_music_therapy open_dialogue peer_support_workers positive_psychotherapy"
    " self_help_groups solution_focused_therapy systemic_family_therapy therapeutic_communities",
    "decision_making": "client_centred_therapy creative_music_therapy open_dialogue solution_focused_therapy therapeutic_communities",
    "experiential_knowledge": "peer_support_workers positive_psychotherapy self_help_groups solution_focused_therapy therapeutic_communities",
    "individual_strengths": "creative_music_therapy positive_psychotherapy solution_focused_therapy",
    "recreational_activities": "befriending creative_music_therapy self_help_groups",
    "self_actualising": "client_centred_therapy systemic_family_therapy",
    "professionals": "client_centred_therapy creative_music_therapy open_dialogue solution_focused_therapy therapeutic_communities",
    "peers": "creative_music_therapy peer_support_workers self_help_groups therapeutic_communities",
    "friends": "befriending open_dialogue positive_psychotherapy",
    "family": "open_dialogue positive_psychotherapy solution_focused_therapy systemic_family_therapy",
}
LONG = " ".join(["word"] * 31)

# (file, cell to overwrite, new text, file the user is sent to, place, words of the remedy)
SPOILED_CELLS = [
    ("models.csv", "B1", "lable", "models.csv", "", "The column label is missing. Add what is missing to row 1"),
    ("models.csv", "C1", "shortlabel", "models.csv", ", column C", "not known here. Did you mean short_label?"),
    ("models.csv", "A4", "befriending", "models.csv", ", cell A4", "twice. Delete or mend one row"),
    ("models.csv", "A3", "", "models.csv", ", cell A3", "The id is empty. Write one"),
    ("models.csv", "A3", "Client centred", "models.csv", ", cell A3", "holds a space. Write it without, such as client_centred"),
    ("models.csv", "B3", "", "models.csv", ", cell B3", "The label is empty. Write one"),
    ("models.csv", "E2", "9-12", "models.csv", ", cell E2", "write ranges out: 9 10 11 12"),
    ("models.csv", "E2", "9 63", "models.csv", ", cell E2", "Reference 63 is not in references.csv. Mend the number"),
    ("features.csv", "A2", "resurces", "features.csv", ", cell A2", "Did you mean resources?"),
    ("features.csv", "B3", "social_relationships", "features.csv", ", cell B3", "Delete or mend one row"),
    ("features.csv", "C2", "", "features.csv", ", cell C2", "The label is empty. Write one"),
    ("resources.csv", "A1", "item", "resources.csv", ", column A", "must be called model"),
    ("resources.csv", "B1", "social_relationship", "resources.csv", ", column B", "Did you mean social_relationships?"),
    ("resources.csv", "B1", "social_relationship", "resources.csv", "", "The column for the feature social_relationships is missing. Add it"),
    ("resources.csv", "A3", "client_centered_therapy", "resources.csv", ", cell A3", "Did you mean client_centred_therapy?"),
    ("resources.csv", "A3", "client_centered_therapy", "resources.csv", "", "No row for client_centred_therapy. Add the missing row"),
    ("resources.csv", "A3", "befriending", "resources.csv", ", cell A3", "Delete or mend one row"),
    ("resources.csv", "C3", "", "resources.csv", ", cell C3", "write yes, no or unclear"),
    ("resources.csv", "C3", "yess", "resources.csv", ", cell C3", "Write yes, no or unclear"),
    ("resources.csv", "C2", "yes", "resources.csv", ", row 2", "3 Yes are coded for befriending, but the review gives 2. Find the cell"),
    (
        "resources.csv",
        "F4",
        "no",
        "resources.csv",
        ", column F",
        "2 Yes are coded for recreational_activities, but the review gives 3. Find the cell",
    ),
    ("relationships.csv", "E5", "no", "relationships.csv", ", row 5", "the review gives 3"),
    ("nature.csv", "B2", "reciprocall", "nature.csv", ", cell B2", "Did you mean reciprocal?"),
    ("nature.csv", "C2", "sure", "nature.csv", ", cell C2", "Use one of: explicit, hedged, inferred"),
    ("nature.csv", "A2", "befrending", "nature.csv", ", cell A2", "Did you mean befriending?"),
    ("nature.csv", "C2", "explicit", "evidence.csv", ", cell E61", "nature.csv says explicit. Make them the same"),
    ("references.csv", "A3", "1", "references.csv", ", cell A3", "Delete or mend one row"),
    ("references.csv", "A4", "5", "references.csv", ", cell A4", "3 is expected. Number the references 1, 2, 3"),
    ("references.csv", "H2", "", "references.csv", ", cell H2", "Copy it from the review"),
    ("evidence.csv", "A2", "resorces", "evidence.csv", ", cell A2", "Did you mean resources?"),
    ("evidence.csv", "B2", "befrending", "evidence.csv", ", cell B2", "Did you mean befriending?"),
    ("evidence.csv", "C2", "social_relationship", "evidence.csv", ", cell C2", "Did you mean social_relationships?"),
    ("evidence.csv", "D2", "unclear", "evidence.csv", ", cell D2", 'the cell is coded "yes". Make them the same'),
    ("evidence.csv", "C2", "decision_making", "evidence.csv", ", cell D2", "coded no. Code the cell, or move the quote to alternatives.csv"),
    ("evidence.csv", "E2", "sure", "evidence.csv", ", cell E2", "Use one of: explicit, hedged, inferred"),
    ("evidence.csv", "E3", "hedged", "evidence.csv", ", cell E3", "A cell has one certainty"),
    ("evidence.csv", "F2", "", "evidence.csv", ", cell F2", "The quote is empty. Copy the words"),
    ("evidence.csv", "F2", LONG, "evidence.csv", ", cell F2", "31 words. Shorten it to 30"),
    ("evidence.csv", "G2", "", "evidence.csv", ", cell G2", "Write the heading"),
    ("evidence.csv", "H3", "nine", "evidence.csv", ", cell H3", "is not a reference number. Separate numbers by spaces"),
    ("evidence.csv", "H3", "63", "evidence.csv", ", cell H3", "Reference 63 is not in references.csv"),
    ("evidence.csv", "C4", "social_relationships", "resources.csv", ", cell F2", "Coded yes without evidence. Add its quote to evidence.csv"),
    ("evidence.csv", "F3", "All ten models utilise the patients’ social relationships", "evidence.csv", ", row 3", "Delete or mend one row"),
    ("alternatives.csv", "A2", "resorces", "alternatives.csv", ", cell A2", "Did you mean resources?"),
    ("alternatives.csv", "B2", "befrending", "alternatives.csv", ", cell B2", "Did you mean befriending?"),
    ("alternatives.csv", "C2", "experiental_knowledge", "alternatives.csv", ", cell C2", "Did you mean experiential_knowledge?"),
    ("alternatives.csv", "D2", "yes", "alternatives.csv", ", cell D2", 'the cell is coded "no". Make them the same'),
    ("alternatives.csv", "E2", "maybe", "alternatives.csv", ", cell E2", "Use one of: yes, no, unclear"),
    ("alternatives.csv", "E2", "no", "alternatives.csv", ", cell E2", "Write the other reading, or delete the row"),
    ("alternatives.csv", "E4", "yes", "alternatives.csv", ", row 4", "Delete or mend one row"),
    ("alternatives.csv", "F2", "", "alternatives.csv", ", cell F2", "Say in a sentence why"),
    ("alternatives.csv", "G2", LONG, "alternatives.csv", ", cell G2", "Shorten it to 30"),
    ("claims.csv", "A3", "models_ten", "claims.csv", ", cell A3", "Delete or mend one row"),
    ("claims.csv", "B2", "", "claims.csv", ", cell B2", "The quote is empty"),
    ("claims.csv", "B2", LONG, "claims.csv", ", cell B2", "Shorten it to 30"),
    ("claims.csv", "C2", "", "claims.csv", ", cell C2", "The section is empty. Write one"),
    ("claims.csv", "D2", "", "claims.csv", ", cell D2", "The check is empty. Write one"),
    ("claims.csv", "E2", "", "claims.csv", ", cell E2", "The expected is empty. Write one"),
    ("coders/coder_1/resources.csv", "C3", "maybe", "coders/coder_1/resources.csv", ", cell C3", "Write yes, no or unclear"),
    ("coders/coder_2/relationships.csv", "B1", "staff", "coders/coder_2/relationships.csv", "", "professionals and staff stand in only one"),
    ("coders/coder_2/nature.csv", "D3", "doctor", "coders/coder_2/nature.csv", ", cell D3", "is not a level of expertise. Use one of: therapist"),
]


def test_rows_total_what_the_paper_prints(priebe):
    """Tables 1 and 2 of the paper, counted by hand."""
    totals = [priebe.incidence(table).sum(axis=1) for table in ("resources", "relationships")]
    assert {model: (totals[0][model], totals[1][model]) for model in priebe.items} == PRINTED


@pytest.mark.parametrize("feature", NAMED)
def test_a_feature_belongs_to_the_models_its_section_names(priebe, feature):
    """The Results; their totals "All ten", "Three of the models" and "two of the models" follow from the lengths of these lists."""
    column = priebe.incidence(["resources", "relationships"])[feature]
    assert sorted(column.index[column]) == sorted(NAMED[feature].split())


def test_labels_order_and_lookups(priebe, living_beings):
    """The order of the paper's tables; the hedge of positive psychotherapy's experiential knowledge ("can encourage")."""
    assert priebe.items == [*PRINTED] and priebe.table_names == ["resources", "relationships"]
    assert [priebe.label(key) for key in ("open_dialogue", "peers", "resources", "nonsense")] == [
        "Open dialogue",
        "Peers",
        "Resources explicitly utilised in the models",
        "nonsense",
    ]
    assert priebe.certainty("resources").at["positive_psychotherapy", "experiential_knowledge"] == "hedged"
    assert priebe.certainty("resources").at["befriending", "decision_making"] == ""
    assert list(priebe.evidence_for("relationships", "befriending", "friends")["section"]) == ["Friends"]
    assert living_beings.nature.shape == (8, 0) and living_beings.claims.empty
    assert living_beings.label("spike_weed") == living_beings.short_label("spike_weed") == "Spike - weed"


@pytest.mark.parametrize(
    ("file", "cell", "text", "told_file", "place", "remedy"), SPOILED_CELLS, ids=[f"{c[0]}-{c[1]}-{c[5][:25]}" for c in SPOILED_CELLS]
)
def test_one_spoiled_cell_is_told_with_its_place_and_a_remedy(spoil, file, cell, text, told_file, place, remedy):
    spoil.cell(file, cell, text)
    told = spoil.told()
    assert any(line.startswith(f"{told_file}{place}: ") and remedy in line for line in told), told


@pytest.mark.parametrize(
    ("file", "rows", "line"),
    [
        ("relationships.csv", [["model"], ["befriending"]], "relationships.csv: The table has no feature. Add one column for each feature."),
        ("relationships.csv", [["model", "peers"]], "relationships.csv: The table has no rows. Add one row for each item."),
        (
            "models.csv",
            [["id", "short_label"]],
            "models.csv: The column label is missing. Add what is missing to row 1.",
        ),
        ("models.csv", [[""]], "models.csv: The file is empty. The first row must hold the names of the columns."),
        ("nature.csv", [["model", ""], ["x", "y"]], "nature.csv, cell B1: The column has no name. Name it in row 1, or delete the column."),
        ("nature.csv", [["model", "a", "a"]], "nature.csv, cell C1: The column a is there twice. Delete or rename one."),
    ],
)
def test_a_file_of_another_shape(spoil, file, rows, line):
    spoil.write(file, rows)
    assert line in spoil.told()


def test_an_extra_column_and_missing_files(spoil):
    spoil.write("claims.csv", [[*row, "x"] for row in spoil.rows("claims.csv")])
    assert spoil.told() == ["claims.csv, column F: The column x is not known here. Delete it."]
    (spoil.folder / "relationships.csv").unlink()
    (spoil.folder / "nature.csv").unlink()
    assert [(problem.file, problem.message.split(",")[0]) for problem in spoil.problems()] == [
        ("nature.csv", "The file is missing"),
        ("relationships.csv", "The file is missing"),
    ]


@pytest.mark.parametrize(
    ("table", "axis", "name", "remedy"),
    [
        ("resources", "rows", "befrending", 'names "befrending", which is not among its rows. Mend the name'),
        ("resources", "columns", "peers", 'names "peers", which is not among its columns. Mend the name'),
        ("resorces", "rows", "befriending", "resorces"),
        ("resources", "row", "befriending", "row"),
    ],
    ids=["unknown row", "unknown column", "unknown table", "unknown axis"],
)
def test_a_printed_total_that_can_never_be_checked_is_told(spoil, table, axis, name, remedy):
    """A misspelt name must not switch a check off silently."""
    package = json.loads(spoil.text("datapackage.json"))
    package["synopsis"]["printed_totals"].setdefault(table, {}).setdefault(axis, {})[name] = 2
    (spoil.folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    assert any(line.startswith("datapackage.json: ") and remedy in line for line in spoil.told())


def test_an_unclear_cell_leaves_room_in_a_printed_total(spoil):
    """Befriending has 2 Yes printed: with one of them unclear the coding allows 1 to 2, with both 0 to 2."""
    spoil.cell("resources.csv", "F2", "unclear")
    spoil.replace("evidence.csv", "resources,befriending,recreational_activities,yes", "resources,befriending,recreational_activities,unclear")
    assert spoil.load().code("resources", "befriending", "recreational_activities") == "unclear"


def test_many_problems_are_all_told_in_order(spoil):
    spoil.cell("resources.csv", "C3", "yess")
    spoil.cell("resources.csv", "G11", "")
    spoil.cell("resources.csv", "D3", "perhaps")
    spoil.cell("relationships.csv", "B11", "ja")
    spoil.cell("claims.csv", "C5", "")
    problems = spoil.problems()
    assert list(problems) == sorted(problems, key=lambda p: (p.file, p.row, p.column, p.message))
    places = [(p.file, p.row, p.column) for p in problems if "is not a code" in p.message or "is empty" in p.message]
    assert places == [("claims.csv", 5, 3), ("relationships.csv", 11, 2), ("resources.csv", 3, 3), ("resources.csv", 3, 4), ("resources.csv", 11, 7)]


def test_an_empty_row_does_not_shift_the_addresses(spoil):
    rows = spoil.rows("resources.csv")
    spoil.write("resources.csv", [*rows[:2], [""] * 7, *rows[2:]])
    spoil.cell("resources.csv", "C4", "yess")  # row 3 is empty now, so what stood in row 3 stands in row 4
    assert any(line.startswith('resources.csv, cell C4: "yess"') for line in spoil.told())


def test_one_error_holds_each_problem_once_and_shows_no_traceback():
    twice = Problem("b.csv", 2, 28, "x")
    error = ReviewError([twice, Problem("a.csv", 0, 0, "y"), twice])
    assert error._render_traceback_() == ["a.csv: y", "b.csv, cell AB2: x"]  # column 28 is AB: 26 letters, then A, B


def workbook() -> bytes:
    """The first bytes of an .xlsx, which is a zip file."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr("xl/workbook.xml", "<workbook/>")
    return buffer.getvalue()


BROKEN = {
    "xlsx renamed": (workbook(), "resources.csv: This is an Excel workbook"),
    "xls renamed": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 99, "resources.csv: This is an Excel workbook"),
    "empty": (b"", "resources.csv: The file is empty. The first row must hold"),
    "only a mark": (b"\xef\xbb\xbf", "resources.csv: The file is empty"),
    "only delimiters": (b",,,\r\n,,,\r\n", "resources.csv: The file is empty"),
    "open quotation mark": (b'model,a\nbefriending,"yes\nx,no\n', "resources.csv, row 2: The quotation marks"),
    "text after a quotation mark": (b'model,a\nbefriending,yes\nx,"n"o\n', "resources.csv, row 3: The quotation marks"),
    "NUL bytes": (b"model,a\nbefriending,\x00yes\n", "resources.csv: The file is not readable as text"),
    "UTF-16 cut short": (b"\xff\xfem", "resources.csv: The file is not readable as text"),
    "neither UTF-8 nor Windows-1252": (b"model,\x81\x8d\n", "resources.csv: The file is not readable as text"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_table_is_told_in_words(spoil, case):
    content, line = BROKEN[case]
    (spoil.folder / "resources.csv").write_bytes(content)
    assert any(told.startswith(line) for told in spoil.told()), spoil.told()


@pytest.mark.parametrize(
    "content",
    [
        b"{",
        b"",
        b"[]",
        b"null",
        b'"text"',
        b"{}",
        b'{"synopsis": {}}',
        b'{"synopsis": {"tables": []}}',
        b'{"synopsis": {"tables": [{"name": "resources"}]}}',
        b'{"synopsis": {"tables": "resources"}}',
        b'{"synopsis": {"tables": [{"name": "resources", "title": "t"}], "printed_totals": {"resources": {"rows": {"befriending": Infinity}}}}}',
        b'{"synopsis": {"tables": [{"name": "resources", "title": "t"}], "printed_totals": {"resources": {"rows": {"befriending": "two"}}}}}',
        b'{"synopsis": {"tables": [{"name": "resources", "title": "t"}], "quadrant": {"x": "mood"}}}',
        b'{"synopsis": {"tables": [{"name": "resources", "title": "t"}], "ratings": {"mood": {"ordered": true}}}}',
        b'{"synopsis": {"tables": [{"name": "resources", "title": "t"}], "item": "model"}}',
        b"\xff\xfe\x00",
        b"[" * 100_000,
    ],
    ids=lambda content: content[-30:].decode("latin-1").strip("\x00") or "empty",
)
def test_a_broken_datapackage_is_told_in_words(spoil, content):
    (spoil.folder / "datapackage.json").write_bytes(content)
    assert all(line.startswith("datapackage.json") for line in spoil.told())


def test_a_folder_where_a_file_should_be_and_the_other_way_round(spoil, tmp_path):
    (spoil.folder / "claims.csv").unlink()
    (spoil.folder / "claims.csv").mkdir()
    assert any(line.startswith("claims.csv: This is a folder, not a file.") for line in spoil.told())
    for path, words in ((tmp_path / "nowhere", "does not exist. Check the path"), (spoil.folder / "models.csv", "is a file, not a folder")):
        with pytest.raises(ReviewError, match=words):
            helpers.load_review(path)
    (tmp_path / "bare").mkdir()
    with pytest.raises(ReviewError, match=r"neither datapackage\.json nor a features table"):
        helpers.load_review(str(tmp_path / "bare"))


def test_signs_that_no_page_can_show_are_left_out(tmp_path):
    """Word leaves a vertical tab for a soft line break; no label keeps it, nor a bell, half a pair or a sign that is none."""
    (tmp_path / "codes.csv").write_bytes('item,"A\x0bname\nof two lines"\nOne\x07\ufffe  thing,yes\n'.encode())
    review = load_review(tmp_path)
    assert list(review.models["label"]) == ["One thing"] and list(review.features["label"]) == ["A name of two lines"]
