"""The stored notebooks: run in order, complete, in the house style, and the exercises made from them."""

import ast
import re
import statistics

import nbformat
import pytest

from helpers import build, notebooks
from helpers.findings import MIME

NOTEBOOKS = build.stored_notebooks()
MOST_LINES, MEDIAN_LINES, WORDS_PER_LINE = 15, 4, 10


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def path(request):
    return request.param


@pytest.fixture
def notebook(path):
    return nbformat.read(path, as_version=4)


def code(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def tags(cell):
    return cell.metadata.get("tags", [])


def test_there_are_notebooks():
    numbers = [path.stem[:2] for path in NOTEBOOKS]
    assert len(set(numbers)) == len(numbers) >= 7
    assert numbers[0] == "00"


def test_stored_as_run_once_from_top_to_bottom(notebook, path):
    assert [cell.execution_count for cell in code(notebook)] == list(range(1, len(code(notebook)) + 1))
    outputs = [output for cell in code(notebook) for output in cell.outputs]
    assert outputs, "stored without outputs"
    assert not [output for output in outputs if output.output_type == "error"]
    assert not [output for output in outputs if output.get("name") == "stderr"]
    assert path.stat().st_size < 500_000
    assert path.read_bytes() == notebooks.notebook_bytes(notebooks.normalised(notebook)), "not normalised: run refresh"


def test_parameters_cell(notebook):
    marked = [cell for cell in notebook.cells if "parameters" in tags(cell)]
    assert [cell.source for cell in marked] == ['REVIEW = "../data/priebe2014"']
    assert code(notebook)[0] is marked[0]


def test_prose_about_one_review_stands_in_markdown_only(notebook):
    assert all(cell.cell_type == "markdown" for cell in notebook.cells if notebooks.ABOUT_MAIN in tags(cell))
    untagged = " ".join(cell.source for cell in notebook.cells if notebooks.ABOUT_MAIN not in tags(cell) and "parameters" not in tags(cell))
    for word in ("Priebe", "befriending", "Befriending", "psychiatry", "open dialogue"):
        assert word not in untagged, f"{word} stands outside the cells tagged {notebooks.ABOUT_MAIN}"


def test_house_style(notebook):
    cells = code(notebook)
    lines = [len([line for line in cell.source.splitlines() if line.strip()]) for cell in cells]
    assert max(lines) <= MOST_LINES
    assert statistics.median(lines) <= MEDIAN_LINES
    words = sum(len(cell.source.split()) for cell in notebook.cells if cell.cell_type == "markdown")
    assert words >= WORDS_PER_LINE * sum(lines)
    assert 12 <= len(cells) <= 40
    first = notebook.cells[0].source
    assert re.match(r"# \w+", first)
    for promise in ("What you will do", "What you will learn", "What you need"):
        assert promise in first
    headings = [line for cell in notebook.cells if cell.cell_type == "markdown" for line in cell.source.splitlines() if line.startswith("## ")]
    for heading in ("## What we found, and what it does not show", "## Questions and exercises", "## Sources"):
        assert any(line.startswith(heading) for line in headings), heading


def test_no_function_and_no_late_import(notebook):
    for position, cell in enumerate(code(notebook)):
        source = "\n".join(line for line in cell.source.splitlines() if not line.startswith("%"))
        kinds = {type(node) for node in ast.walk(ast.parse(source))}
        assert not kinds & {ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef}
        if position > 1:
            assert not kinds & {ast.Import, ast.ImportFrom}


def test_every_code_cell_has_prose_near(notebook):
    """No run of more than three code cells without a sentence."""
    kinds = "".join("c" if cell.cell_type == "code" else "m" for cell in notebook.cells)
    assert "cccc" not in kinds


def test_finding_ids_are_unique_and_digits_come_from_values():
    found = [
        output.data[MIME]
        for path in NOTEBOOKS
        for cell in code(nbformat.read(path, as_version=4))
        for output in cell.outputs
        if MIME in output.get("data", {})
    ]
    ids = [entry["id"] for entry in found]
    assert len(ids) == len(set(ids)) > 10
    for entry in found:
        numbers, words = flat(entry["values"])
        for shown in re.findall(r"\d+(?:\.\d+)?", re.sub(r"(?<=\d),(?=\d{3})", "", entry["sentence"])):  # 1,340,388 is one number
            digits = len(shown.partition(".")[2])
            held = {f"{abs(scale * number):.{digits}f}" for number in numbers for scale in (1, 100)}
            assert shown in held or any(shown in word.replace(",", "") for word in words), (entry["id"], shown)


def flat(values):
    """All numbers and all texts of a finding's values, however deep."""
    if isinstance(values, dict):
        values = list(values.values())
    if isinstance(values, list):
        parts = [flat(value) for value in values]
        return [n for numbers, _ in parts for n in numbers], [w for _, words in parts for w in words]
    if isinstance(values, str):
        return [], [values]
    return ([values], []) if values is not None else ([], [])


def test_exercises_are_made_from_the_notebooks(notebook, path):
    stored = (build.EXERCISES / path.name).read_bytes()
    assert stored == notebooks.notebook_bytes(notebooks.as_exercise(notebook)), "run refresh"
    assert b"your turn" in stored
    assert b'"../../data/priebe2014\\"' in stored or b"../../data/priebe2014" in stored


def test_pictures_carry_alt_text(notebook):
    pictures = [output for cell in code(notebook) for output in cell.outputs if "image/png" in output.get("data", {})]
    assert all(len(picture.metadata["image/png"]["alt"]) > 50 for picture in pictures)


def test_what_a_cell_prints_is_one_piece_however_slowly_it_comes(tmp_path):
    """The kernel sends what is printed every 0.2 seconds; a busy computer would otherwise store other bytes."""
    cell = nbformat.v4.new_code_cell("import time\nprint('first')\ntime.sleep(0.7)\nprint('second')")
    run = notebooks.executed(notebooks.normalised(nbformat.v4.new_notebook(cells=[cell])), tmp_path, "slow")
    assert [output.text for output in run.cells[0].outputs] == ["first\nsecond\n"]
