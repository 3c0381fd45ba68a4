"""Tables for a manuscript: their values against the paper and by hand, and each file format read back."""

import csv
import io
import re
import time
import xml.etree.ElementTree as ET
import zipfile
from itertools import combinations

import lxml.html
import pandas as pd
import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.table import _Cell

from helpers import SynopsisError, load_review, manuscript
from helpers.build import MAIN_FIGURES
from helpers.manuscript import Cell, Column, Row, Table
from helpers.manuscript.layout import laid_out
from helpers.manuscript.to_csv import csv_file
from helpers.manuscript.to_html import html_page
from helpers.manuscript.to_latex import latex_file
from helpers.manuscript.to_word import word_file
from helpers.similarity import exact_similarity

AWKWARD = [
    "=cmd|' /C calc'!A0",
    "50% of $dollar_sign$ & #1",
    '<script>alert("x")</script>',
    "back\\slash {brace} ~tilde^ `tick`",
    "κ and Ελληνικά οἶκος",
    "Дом и кириллица -- x",
    "“double” ‘single’ ,,low'' a − b – c — d…",
    "[bracket] *star* × ≤ é ł ß ✔",
    "\\input{x} %\\end{tabular}",
]
LEDGER = pd.read_csv(MAIN_FIGURES / "ledger.csv", dtype=str, keep_default_na=False)


def made_up(folder, items, cells, features):
    text = io.StringIO()
    csv.writer(text).writerows([["item", *features], *([item, *row] for item, row in zip(items, cells, strict=True))])
    folder.mkdir()
    (folder / "codes.csv").write_text(text.getvalue(), encoding="utf-8")
    return load_review(folder)


@pytest.fixture(scope="module")
def awkward(tmp_path_factory):
    cells = [["unclear" if (i + j) % 5 == 0 else "yes" if i * j % 3 else "no" for j in range(5)] for i in range(len(AWKWARD))]
    return made_up(tmp_path_factory.mktemp("made_up") / "awkward", AWKWARD, cells, ["$x_1$", "<b>&amp;</b>", "50% \\alpha", "Ψυχή", "Закон"])


@pytest.fixture(scope="module")
def many(priebe, living_beings, awkward):
    """Every table of three reviews, and one with awkward words in every place."""
    return [*manuscript.tables(priebe, LEDGER), *manuscript.tables(living_beings), *manuscript.tables(awkward), everywhere()]


def everywhere():
    a, b, c, d, *_, last = AWKWARD
    columns = (Column(Cell(a)), Column(Cell(b, ("x",)), "code", c), Column(Cell(d), "number", c))
    rows = (
        Row((Cell(a), Cell(b), Cell(c, ("y", "x"))), last),
        Row((Cell(d), Cell(last), Cell("")), c),
        Row((Cell(b), Cell("1"), Cell("2")), total=True),
    )
    return Table("tab98_everywhere", c, columns, rows, b, {c: last}, {"unused": a, "y": d, "x": c}, last)


def of(review, name):
    return next(maker for maker in manuscript.makers(review) if maker.id.endswith(name)).make(review, LEDGER)


def texts(table):
    return [[cell.text for cell in row.cells] for row in table.rows]


def printed(table):
    """Headings and rows as they must be read back: each cell with its marks."""
    cells = [[column.heading for column in table.columns], *(row.cells for row in table.rows)]
    return [[(cell.text, ",".join(table.marked(cell))) for cell in row] for row in cells]


# --- the values -------------------------------------------------------------------------------------------------------------------------


def test_table_1_as_printed(priebe):
    """Table 1 of the paper has 28 Yes; its totals by row, and by column, counted by hand."""
    rows = texts(of(priebe, "tab01_first_table"))
    assert sum(row.count("Yes") for row in rows[:-1]) == 28
    assert sum(row.count("–") for row in rows[:-1]) == 32
    assert [row[-1] for row in rows] == ["2", "3", "4", "2", "2", "3", "3", "4", "2", "3", "28"]
    assert rows[-1] == ["Total", "10", "5", "5", "3", "3", "2", "28"]
    assert rows[0] == ["Befriending", "Yes", "–", "–", "–", "Yes", "–", "2"]


def test_table_2_as_printed(priebe):
    """16 Yes; row totals as printed: 1, 1, 2, 3, 1, 2, 1, 2, 1, 2."""
    rows = texts(of(priebe, "tab02_second_table"))
    assert [row[-1] for row in rows] == ["1", "1", "2", "3", "1", "2", "1", "2", "1", "2", "16"]


def test_hedged_and_inferred_codes_have_marks(priebe):
    """evidence.csv codes four cells of the resources as hedged; only what occurs is explained, in order of appearance."""
    table = of(priebe, "tab01_first_table")
    evidence = priebe.evidence[priebe.evidence["table"] == "resources"].drop_duplicates(["model", "feature"], keep="last")
    for certainty, mark in table.marks.items():
        marked = sum(mark in table.marked(cell) for row in table.rows for cell in row.cells)
        assert marked == (evidence["certainty"] == certainty).sum() > 0
    assert "unclear" not in table.marks
    assert list(table.marks.values()) == ["a", "b"]
    assert "not explicitly utilised in the text" in table.general
    assert "reconstructed from the text" in table.source


def test_ratings_stand_beside_the_tables(priebe):
    """nature.csv: befriending is reciprocal (hedged), its expertise not stated; peer support workers are intermediate, a word of the coding."""
    table = of(priebe, "tab03_all_tables")
    assert table.column_groups == [("", 1), ("Resources", 7), ("Relationship types", 5), ("Ratings", 2)]
    befriending, workers = table.rows[0].cells, table.rows[4].cells
    assert [(cell.text, cell.notes) for cell in befriending[-2:]] == [("reciprocal", ("hedged",)), ("not stated", ())]
    assert workers[-2].text == "intermediate"
    assert [table.footnotes[key] for key in workers[-2].notes] == ["Hedged in the text.", "A word of this coding; the review says “unidirectional”."]
    assert [cell.text for cell in table.rows[-1].cells[-2:]] == ["", ""]
    assert table.abbreviations["Decisions"] == "Patient’s decision-making ability"


def test_distances_are_1_less_the_similarity(priebe):
    """Positive psychotherapy and solution-focused therapy share 3 of 4 resources, so their distance is 1/4."""
    table = of(priebe, "distances_first_table")
    similarity = exact_similarity(priebe.incidence("resources"))
    shown = {(row.cells[0].text, place): cell.text for row in table.rows for place, cell in enumerate(row.cells[1:]) if cell.text}
    assert shown["8. Solution-focused therapy", 5] == "0.25"
    assert len(shown) == 45
    for (i, first), (j, second) in combinations(enumerate(priebe.items), 2):
        assert abs(float(shown[f"{j + 1}. {priebe.label(second)}", i]) - (1 - similarity.at[first, second])) <= 0.005
    assert "Distance = 1 − similarity" in table.general
    assert "Counted though Yes in every model: social relationships." in table.general


def test_an_unclear_cell(priebe):
    """Befriending has social and recreation. With decisions unclear it shares 1 or 2 of 4 resources with client-centred therapy."""
    review = priebe.with_code("resources", "befriending", "decision_making", "unclear")
    coded, distances = of(review, "tab01_first_table"), of(review, "distances_first_table")
    assert [cell.text for cell in coded.rows[0].cells] == ["Befriending", "Yes", "unclear", "–", "–", "Yes", "–", "2–3"]
    assert [cell.text for cell in coded.rows[-1].cells] == ["Total", "10", "5–6", "5", "3", "3", "2", "28–29"]
    assert coded.marks["unclear"] == "a"
    assert printed(distances)[2][1] == ("0.50–0.75", "a")
    assert printed(distances)[3][2] == ("0.60", "")


def test_items_without_any_feature(tmp_path):
    review = made_up(tmp_path / "empty", ["p", "q", "r"], [["no", "no"], ["no", "no"], ["yes", "no"]], ["x", "y"])
    table = of(review, "distances_first_table")
    assert printed(table)[1:] == [
        [("1. p", ""), ("", ""), ("", "")],
        [("2. q", ""), ("0.00", "a"), ("", "")],
        [("3. r", ""), ("1.00", ""), ("1.00", "")],
    ]
    assert table.footnotes["empty"].endswith("set to 0.")


def test_the_ledger(priebe):
    findings, claims = of(priebe, "tab07_ledger"), of(priebe, "tab08_ledger_of_claims")
    assert len(findings.rows) + len(claims.rows) == len(LEDGER)
    first = LEDGER.iloc[0]
    assert [cell.text for cell in findings.rows[0].cells] == [first["value"], "planned", first["checked"], f"rests on {first['rests_on']}", ""]
    assert findings.rows[0].group == "Notebook 00: find your way"


def test_what_a_review_cannot_fill_is_left_out_with_the_reason(living_beings, priebe):
    lacking = manuscript.missing(living_beings)
    assert [table.id for table in manuscript.tables(living_beings)] == ["tab01_first_table", "tab04_distances_first_table"]
    assert lacking["tab02_second_table"] == "a second table of features"
    assert lacking["tab07_ledger"].startswith("findings")
    assert manuscript.missing(priebe, LEDGER) == {}


def test_many_columns_and_many_items(tmp_path):
    """Headings become numbers that the note explains; a table too wide even so is left out; many items give a list of pairs, the nearest first."""
    cells = [["yes" if (i * i + 3 * i * j + j) % 7 < 3 else "no" for j in range(45)] for i in range(30)]
    features = [f"Feature with a long name {j}" for j in range(45)]
    wide = made_up(tmp_path / "wide", [f"Study {i}" for i in range(30)], [row[:26] for row in cells], features[:26])
    coded, pairs = of(wide, "tab01_first_table"), of(wide, "distances_first_table")
    assert [column.heading.text for column in coded.columns][1:4] == ["1", "2", "3"]
    assert coded.abbreviations["26"] == "Feature with a long name 25"
    assert laid_out(coded).landscape
    assert len(pairs.rows) == 30 * 29 / 2
    distances = [float(row.cells[-1].text) for row in pairs.rows]
    assert distances == sorted(distances)
    too_wide = made_up(tmp_path / "too_wide", [f"Study {i}" for i in range(30)], cells, features)
    assert manuscript.missing(too_wide)["tab01_first_table"] == "columns few and narrow enough to be read across one page"


def test_columns_fill_the_page_and_no_more(many):
    for table in many:
        layout = laid_out(table)
        assert layout.fits
        assert sum(layout.widths) <= layout.page + 0.01


@pytest.mark.parametrize(
    ("rows", "general", "word"),
    [([("p", "q")], "Note.", "as many cells"), ([("p",)], "", "no general note"), ([("p", "x")], "Note.", "as many")],
)
def test_a_table_that_cannot_be_printed_is_refused(rows, general, word):
    with pytest.raises(SynopsisError, match=word):
        Table("tab99_wrong", "Wrong", (Column(Cell("Item")),), tuple(Row(tuple(map(Cell, row))) for row in rows), general)


def test_a_footnote_that_is_not_there_is_refused():
    with pytest.raises(SynopsisError, match="hedged"):
        Table("tab99_wrong", "Wrong", (Column(Cell("Item", ("hedged",))),), (), "Note.")


# --- the files --------------------------------------------------------------------------------------------------------------------------


def test_csv_holds_the_cells_as_data(many):
    for table in many:
        head, *rows = csv.reader(io.StringIO(csv_file(table)))
        first, last = int(head[0] == "Group"), len(head) - (head[-1] == "Footnotes")
        assert [row[first:last] for row in rows] == [[cell.spoken or cell.text for cell in row.cells] for row in table.rows]
        assert (head[-1] == "Footnotes") == bool(table.marks)
        told = [[table.footnotes[key] for cell in row.cells for key in cell.notes] for row in table.rows]
        assert all(all(text in row[-1] for text in wanted) for row, wanted in zip(rows, told, strict=True))


def test_html_holds_the_same_cells(many):
    for table in many:
        page = lxml.html.document_fromstring(html_page(table))
        head, *bodies = (page.findall(f".//{part}/tr") for part in ("thead", "tbody"))
        headings = [cell for row in head for cell in row if cell.get("scope") == "col"]
        body = [row for rows in bodies for row in rows if row[0].get("scope") == "row"]
        wanted = printed(table)
        assert sorted(map(_html_cell, headings)) == sorted(wanted[0])  # those under no spanning heading stand in the first row
        assert [[_html_cell(cell) for cell in row] for row in body] == wanted[1:]
        assert page.find(".//caption").text == table.title
        assert page.get("lang") == "en-GB"


def _html_cell(cell):
    marks = [link.text_content() for link in cell.iter("a")]
    return (cell.text or ""), ",".join(marks)


def test_html_is_well_formed_and_its_links_lead_somewhere(many):
    for table in many:
        text = html_page(table)
        page = ET.fromstring(text.replace("<!DOCTYPE html>\n", ""))
        addresses = [element.get("id") for element in page.iter() if element.get("id")]
        links = [element.get("href") for element in page.iter() if element.get("href")]
        assert len(addresses) == len(set(addresses))
        assert {link.removeprefix("#") for link in links} <= set(addresses)
        assert {f"#note-{mark}" for mark in table.marks.values()} | {f"#mark-{mark}" for mark in table.marks.values()} == set(links)
        assert "<script" not in text


def test_a_dash_is_spoken_as_no(priebe):
    page = lxml.html.document_fromstring(html_page(of(priebe, "tab01_first_table")))
    assert [cell.text_content() for cell in page.iter("td") if cell.get("aria-label") == "No"] == ["–"] * 32


SIGNS = {  # what each command sets, from the LaTeX Companion and the Comprehensive LaTeX Symbol List
    "textbackslash": "\\", "textasciitilde": "~", "textasciicircum": "^", "textless": "<", "textgreater": ">", "textbar": "|", "textquotedbl": '"',
    "textasciigrave": "`", "textquotesingle": "'", "textendash": "–", "textemdash": "—", "textquoteleft": "‘", "textquoteright": "’",
    "textquotedblleft": "“", "textquotedblright": "”", "textellipsis": "…", "kappa": "κ", "leq": "≤", "times": "×", "surd": "✔",
}  # fmt: skip


def read_latex(text):
    """A small reader of what the writer may write: commands, braces, escaped signs."""
    text = re.sub(r"\\inletters\{(LGR|T2A)\}\{([^{}]*)\}", r"\2", text)
    text = re.sub(r"\\ensuremath\{([^{}]*)\}", lambda found: "−" if found[1] == "-" else found[1] + "{}", text)
    text = re.sub(r"\\([&%$#_{}])|\{([][*])\}", lambda found: f"<{ord(found[1] or found[2])}>", text)  # no sign < is left in LaTeX
    text = re.sub(r"\\([a-zA-Z]+)\{\}", lambda found: f"<{ord(SIGNS[found[1]])}>", text).replace("{}", "")
    assert not set("\\{}&%$#_^~") & set(text), text
    return re.sub("<([0-9]+)>", lambda found: chr(int(found[1])), text)


def latex_rows(text):
    rows = []
    for line in text.splitlines():
        if line.endswith(r" \\") and not line.startswith((r"\multicolumn", r"\caption", " & \\multicolumn")):
            cells = [re.fullmatch(r"(.*?)(?:\\tnote\{([a-z,]+)\})?", cell) for cell in line.removesuffix(r" \\").split(" & ")]
            rows.append([(read_latex(cell[1]), cell[2] or "") for cell in cells])
    return rows


def test_latex_holds_the_same_cells(many):
    for table in many:
        rows, wanted = latex_rows(latex_file(table)), printed(table)
        repeated = 2 if laid_out(table).long else 1  # the headings stand twice in a longtable
        assert rows == [wanted[0]] * repeated + wanted[1:]
        assert read_latex(re.search(r"\\caption\{(.*)\}\\label", latex_file(table))[1]) == table.title


def test_no_signs_of_latex_run_together(many):
    """Two hyphens or commas would become one other sign; a row that begins with a bracket or a star would be read as part of the row before."""
    for table in many:
        lines = [line for line in latex_file(table).splitlines() if not line.startswith("%")]
        assert not any("--" in line or ",," in line or "``" in line or "''" in line or line.startswith(("[", "*")) for line in lines)


def test_latex_can_be_set_by_every_engine(many):
    """ASCII and accented Latin letters only, beside the words in other letters, which are named to pdflatex; braces and environments close."""
    for table in many:
        text = latex_file(table)
        plain = re.sub(r"\\inletters\{(LGR|T2A)\}\{[^{}]*\}", "", text)
        assert {sign for sign in plain if ord(sign) > 126} <= set("éłß")
        for encoding in ("LGR", "T2A"):
            assert (f"\\inletters{{{encoding}}}" in text) == (encoding in text.splitlines()[2])
        bare = re.sub(r"\\[{}]", "", text)
        assert bare.count("{") == bare.count("}")
        assert sorted(re.findall(r"\\begin\{(\w+)\}", text)) == sorted(re.findall(r"\\end\{(\w+)\}", text))


def test_latex_names_what_it_needs(priebe):
    kinds = {table.id: re.findall(r"\\begin\{(\w+)\}", latex_file(table)) for table in manuscript.tables(priebe, LEDGER)}
    assert kinds["tab01_first_table"][:2] == ["table", "threeparttable"]
    assert kinds["tab03_all_tables"][0] == "sidewaystable"
    assert kinds["tab07_ledger"][:2] == ["landscape", "ThreePartTable"]
    needs = latex_file(of(priebe, "tab07_ledger")).splitlines()[0]
    assert needs == r"% Needs in the preamble: \usepackage{array,booktabs,longtable,threeparttablex,pdflscape}"


def test_signs_beyond_pdflatex_are_named(tmp_path):
    review = made_up(tmp_path / "signs", ["漢字", "b"], [["yes"], ["no"]], ["x"])
    assert "% These signs need lualatex or xelatex and a font that has them: 漢字" in latex_file(of(review, "tab01_first_table"))


def _word_cell(cell):
    runs = [(run.text, run.font.superscript) for paragraph in cell.paragraphs for run in paragraph.runs]
    return "".join(text for text, raised in runs if not raised), "".join(text for text, raised in runs if raised)


def test_word_holds_the_same_cells(many):
    for table in many:
        document = Document(io.BytesIO(word_file(table)))
        inside = document.tables[0]
        lines = inside._tbl.tr_lst  # row.cells repeats a cell that spans several columns
        rows = [[_word_cell(_Cell(cell, inside)) for cell in line.tc_lst] for line in lines]
        repeated = [line for line in lines if line.trPr.xpath("w:tblHeader")]
        assert repeated == lines[: 1 + bool(table.column_groups)]
        assert [row for row in rows[len(repeated) - 1 :] if len(row) == len(table.columns)] == printed(table)
        caption, *below = document.paragraphs
        assert (caption.style.name, caption.text.endswith(table.title)) == ("Caption", True)
        assert (document.sections[0].orientation == WD_ORIENT.LANDSCAPE) == laid_out(table).landscape
        assert [note.text for note in below if re.match("[a-z]+ ", note.text)] == [
            f"{mark} {table.footnotes[key]}" for key, mark in table.marks.items()
        ]


def test_word_names_title_and_language_but_nobody_and_no_day(priebe):
    content = word_file(of(priebe, "tab01_first_table"))
    properties = Document(io.BytesIO(content)).core_properties
    assert (properties.title, properties.language) == ("Resources explicitly utilised in the models", "en-GB")
    assert (properties.author, properties.last_modified_by, properties.comments) == ("", "", "")
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert {entry.date_time for entry in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not any("thumbnail" in name for name in parts.namelist())


def test_the_same_bytes_twice(many, tmp_path, monkeypatch):
    folders = [tmp_path / "once", tmp_path / "again"]
    names = []
    for folder in folders:
        folder.mkdir()
        names.append([name for table in many[:10] for name in manuscript.write(table, folder)])
        monkeypatch.setenv("TZ", "Pacific/Kiritimati")
        monkeypatch.setattr(time, "time", lambda: 2e9)
    assert names[0][:4] == ["tab01_first_table.csv", "tab01_first_table.html", "tab01_first_table.tex", "tab01_first_table.docx"]
    assert names[0] == names[1]
    assert all((folders[0] / name).read_bytes() == (folders[1] / name).read_bytes() for name in names[0])
