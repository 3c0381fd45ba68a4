"""Does what is stored in data/ stand in the published text? The text itself is not stored: it must lie beside the checkout."""

from __future__ import annotations

import csv
import re
import warnings

import pytest

import helpers

TABLES = {"evidence": "section", "claims": "section", "alternatives": None}
QUOTES = [("", name) for name in TABLES] + [(f"coders/coder_{n}/", name) for n in (1, 2) for name in ("evidence", "alternatives")]


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def data(root):
    return root / "data" / "priebe2014"


@pytest.fixture(scope="module")
def text(root):
    path = root.parent / "shared" / "source" / "priebe2014.txt"
    if not path.exists():
        pytest.skip(f"The published text is not at {path}, so the quotes and references were NOT compared with it.")
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def sections(text):
    """The text under each heading (a short line alone, without a full stop); some headings stand twice."""
    found, heading = {}, ""
    for paragraph in text.split("\n\n"):
        line = paragraph.strip()
        if len(line) < 80 and "\n" not in line and not line.endswith("."):
            heading = line
            found.setdefault(heading, []).append("")
        elif heading:
            found[heading][-1] += line + "\n"
    return found


def in_order(pieces, text) -> bool:
    at = 0
    for piece in pieces:
        at = text.find(piece, at)
        if at < 0:
            return False
        at += len(piece)
    return True


def cited(text) -> list[int]:
    """The numbers of the inline citations: "Reference Rogers13-Reference Rogers17" is 13 to 17."""
    numbers = set()
    for first, last in re.findall(r"Reference [^\d,.;]+(?:, [^\d.;]+)??(\d+)(?:[-–]Reference \D+?(\d+))?", text):
        numbers |= set(range(int(first), int(last or first) + 1))
    return sorted(numbers)


@pytest.mark.parametrize(("folder", "name"), QUOTES)
def test_every_quote_stands_in_the_text_under_its_section(data, text, sections, folder, name):
    """Each piece between " ... " verbatim, in order, all under one heading of the name given (alternatives name none)."""
    stored = rows(data / folder / f"{name}.csv")
    assert stored
    for row in stored:
        heading = TABLES[name] and row[TABLES[name]]
        places = [part for parts in sections.values() for part in parts] if heading is None else sections.get(heading, [])
        assert places, f"no heading {heading!r}"
        assert row["quote"], row
        assert any(in_order(row["quote"].split(" ... "), place) for place in places), row["quote"]


@pytest.mark.parametrize(("folder", "name"), QUOTES)
def test_quotes_are_short_and_hold_no_citation(data, folder, name):
    for row in rows(data / folder / f"{name}.csv"):
        assert 0 < len(row["quote"].replace(" ... ", " ").split()) <= 30, row["quote"]
        assert not re.search(r"Reference [A-Z]", row["quote"]), row["quote"]
        assert not row["quote"].endswith("...")


def test_the_references_are_those_of_the_paper(data, text):
    """The paper's list has 62 entries; each stands in it as printed, after its number."""
    stored = rows(data / "references.csv")
    assert [row["number"] for row in stored] == [str(n) for n in range(1, 63)]
    listed = text[text.index("\nReferences\n") :]
    for row in stored:
        assert f"\n{row['number']} {row['printed']}" in listed


@pytest.mark.parametrize("field", ["authors", "year", "title", "volume", "pages"])
def test_the_fields_of_a_reference_stand_in_it_as_printed(data, field):
    """Nothing is completed or mended: a page range that lost its dash stays as printed, and the note says so."""
    stored = rows(data / "references.csv")
    assert [row["number"] for row in stored if row[field] not in row["printed"]] == []
    assert all(row["authors"] and row["title"] and re.fullmatch(r"\d{4}", row["year"]) for row in stored)


def test_page_ranges_that_lost_their_dash_are_noted(data):
    """By hand: a reference such as 10, "55: 291305", cannot be one page; reference 3, "65: 488–98", is whole."""
    stored = {row["number"]: row for row in rows(data / "references.csv")}
    assert stored["10"]["pages"] == "291305" and "lost its dash" in stored["10"]["note"]
    assert stored["3"]["pages"] == "488–98" and stored["3"]["note"] == ""
    assert [n for n, row in stored.items() if re.fullmatch(r"\d{5,}", row["pages"]) and not row["note"]] == []


def test_models_cite_what_their_section_cites(priebe, sections):
    """The inline citations of each model's short description (Resource-oriented models of therapeutic intervention)."""
    for model in priebe.items:
        assert priebe.models.at[model, "references"].split() == [str(n) for n in cited("".join(sections[priebe.label(model)]))], model


@pytest.mark.parametrize("folder", ["", "coders/coder_1/", "coders/coder_2/"])
def test_evidence_cites_only_what_its_section_cites(data, sections, folder):
    for row in rows(data / folder / "evidence.csv"):
        numbers = [int(number) for number in row["references"].split()]
        assert numbers == sorted(set(numbers)), row
        assert set(numbers) <= set(cited("".join(sections[row["section"]]))), row


def test_a_citation_is_read_as_by_hand():
    assert cited("a Reference Rogers13-Reference Rogers17 b. Reference Jones39,Reference Rapoport40 c") == [13, 14, 15, 16, 17, 39, 40]
    assert cited("Reference Kingdon, Turkington, Collis and Judd9-Reference Hallet, Klug, Lauber and Priebe12") == [9, 10, 11, 12]


def test_printed_row_totals_are_those_of_the_tables(priebe, text):
    """Tables 1 and 2 as the text prints them, "Befriending Yes Yes": once for each table, in this order."""
    for model in priebe.items:
        counts = [line.count(" Yes") for line in re.findall(rf"^{re.escape(priebe.label(model))}(?: Yes)+$", text, re.MULTILINE)]
        assert counts == [priebe.metadata.printed_totals[table]["rows"][model] for table in ("resources", "relationships")]


@pytest.mark.parametrize("table", ["resources", "relationships", "nature"])
def test_where_both_coders_agree_the_settled_code_is_theirs(data, table):
    settled, one, two = ({row["model"]: row for row in rows(data / place / f"{table}.csv")} for place in ("", "coders/coder_1", "coders/coder_2"))
    assert list(settled) == list(one) == list(two) and len(settled) == 10
    agreed = [(m, f) for m in settled for f in settled[m] if one[m][f] == two[m][f] and not f.endswith("_certainty")]
    assert agreed and [place for place in agreed if settled[place[0]][place[1]] != one[place[0]][place[1]]] == []


@pytest.mark.parametrize("name", ["priebe2014", "living_beings"])
def test_frictionless_finds_the_data_package_valid(root, name):
    """The independent program `frictionless validate`; its own deprecations are none of ours."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import frictionless

        report = frictionless.validate(str(root / "data" / name / "datapackage.json"))
    assert report.valid, report.flatten(["path", "row", "note"])
    described = {task.place for task in report.tasks}
    stored = {path.relative_to(root / "data" / name).as_posix() for path in (root / "data" / name).rglob("*.csv")}
    assert described == stored  # every table is described


def test_frictionless_finds_a_wrong_code(spoil):
    """What says valid must be able to say no."""
    spoil.cell("resources.csv", "C3", "yess")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import frictionless

        assert not frictionless.validate(str(spoil.folder / "datapackage.json")).valid


@pytest.mark.parametrize("name", ["priebe2014", "living_beings"])
def test_stored_files_are_as_they_would_be_written(root, name):
    """UTF-8 without a mark, LF, commas, as the contract says."""
    for path in sorted((root / "data" / name).rglob("*.csv")):
        content = path.read_bytes()
        assert content.decode("utf-8") and not content.startswith(b"\xef\xbb\xbf") and b"\r" not in content, path
        assert helpers.csvfiles.csv_text(helpers.csvfiles.read_sheet(path).to_frame()).encode() == content, path


def test_definitions_say_each_sentence_once_and_where_they_come_from(priebe):
    """Methods: the codebook says that the tables were recovered from the text."""
    for key, definition in priebe.features["definition"].items():
        sentences = [sentence for sentence in re.split(r"(?<=\.)\s+", definition) if sentence]
        assert len(sentences) == len(set(sentences)), key
        assert priebe.features.at[key, "table"] == "nature" or "from the text" in definition, key
