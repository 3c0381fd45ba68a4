"""What several tests share: the two stored reviews, where the checkout lies, and a copy of a review that a test may spoil."""

from __future__ import annotations

import ast
import csv
import io
import json
import re
import shutil
import tempfile
from pathlib import Path

import hypothesis.configuration
import nbformat
import pandas as pd
import pytest

import helpers
from helpers.findings import Finding
from helpers.notebook_pages import notebook_html
from helpers.notebooks import lacking, prepared
from helpers.problems import Problem, ReviewError
from helpers.report import report_html

# Hypothesis keeps what it stores in a temporary folder, not in the checkout; it asks while tests are collected, before any fixture.
STORED = tempfile.TemporaryDirectory(prefix="hypothesis-")
hypothesis.configuration.set_hypothesis_home_dir(STORED.name)


# Files of tests that take longest, which begin first, so that at the end no worker is left waiting for the other.
LONGEST = (
    *("test_build", "test_figures", "test_figure_quality", "test_odd_tables", "10_make_the_figures", "test_sensitivity", "test_ties"),
    *("test_report", "test_cli", "09_shake_the_table"),
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: LONGEST.index(item.path.stem) if item.path.stem in LONGEST else len(LONGEST))


def pytest_unconfigure() -> None:
    STORED.cleanup()


@pytest.fixture(scope="session")
def root() -> Path:
    return Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def priebe(root):
    return helpers.load_review(root / "data" / "priebe2014")


@pytest.fixture(scope="session")
def living_beings(root):
    return helpers.load_review(root / "data" / "living_beings")


def stated(path: Path, review: helpers.Review, keep_about: bool = False) -> tuple[dict[str, Finding], str]:
    """The findings of a notebook on a review, and its prose: cells run one after the other in this process, figures described but not drawn.

    Much quicker than a kernel of its own; that notebooks run in one is tested on the two stored reviews.
    """
    notebook = prepared(nbformat.read(path, as_version=4), review.folder.as_posix(), keep_about, lacking(review))
    found: dict[str, Finding] = {}

    def shown(value: object) -> None:
        repr(value)
        if isinstance(value, Finding):
            assert value.id not in found, value.id
            found[value.id] = value

    names: dict[str, object] = {"display": shown}
    for cell in (cell for cell in notebook.cells if cell.cell_type == "code"):
        tree = ast.parse("\n".join(line for line in cell.source.splitlines() if not line.startswith("%")))
        last = ast.Expression(tree.body.pop().value) if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, f"{path.stem}:{cell.id}", "exec"), names)
        shown(eval(compile(last, f"{path.stem}:{cell.id}", "eval"), names) if last else None)
    return found, "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")


class Spoiled:
    """A copy of data/priebe2014 that a test may change: `spoil.cell("resources.csv", "C3", "yess")`."""

    def __init__(self, folder: Path):
        self.folder = folder

    def text(self, file: str) -> str:
        return (self.folder / file).read_text(encoding="utf-8")

    def rows(self, file: str) -> list[list[str]]:
        return list(csv.reader(io.StringIO(self.text(file), newline="")))

    def write(self, file: str, rows: list[list[str]]) -> None:
        buffer = io.StringIO(newline="")
        csv.writer(buffer, lineterminator="\n").writerows(rows)
        (self.folder / file).write_text(buffer.getvalue(), encoding="utf-8", newline="")

    def cell(self, file: str, address: str, text: str) -> None:
        """Overwrite one cell, named as a spreadsheet names it (columns A to Z)."""
        letter, row = re.fullmatch(r"([A-Z])(\d+)", address).groups()
        rows = self.rows(file)
        assert rows[int(row) - 1]["ABCDEFGHIJKLMNOPQRSTUVWXYZ".index(letter)] != text, "the test changes nothing"
        rows[int(row) - 1]["ABCDEFGHIJKLMNOPQRSTUVWXYZ".index(letter)] = text
        self.write(file, rows)

    def replace(self, file: str, old: str, new: str) -> None:
        """Replace a text that occurs in the file at least once."""
        text = self.text(file)
        assert old in text, f"{old!r} does not occur in {file}"
        (self.folder / file).write_text(text.replace(old, new), encoding="utf-8", newline="")

    def load(self) -> helpers.Review:
        return helpers.load_review(self.folder)

    def problems(self) -> tuple[Problem, ...]:
        with pytest.raises(ReviewError) as caught:
            self.load()
        return caught.value.problems

    def told(self) -> list[str]:
        """What a user is told, one line a problem."""
        return [str(problem) for problem in self.problems()]


@pytest.fixture(scope="session")
def run_cells():
    """`stated`, for tests that cannot import from here."""
    return stated


@pytest.fixture
def spoil(root, tmp_path) -> Spoiled:
    shutil.copytree(root / "data" / "priebe2014", tmp_path / "priebe2014")
    return Spoiled(tmp_path / "priebe2014")


@pytest.fixture(scope="session")
def report_folder(root, priebe, tmp_path_factory) -> Path:
    """The report and the notebooks' pages as a build writes them, made from what is stored, so that no notebook is run."""
    folder = tmp_path_factory.mktemp("report") / "figures"
    shutil.copytree(root / "figures", folder, ignore=shutil.ignore_patterns("notebooks", "report.html"))
    manifest, results = (json.loads((folder / name).read_text(encoding="utf-8")) for name in ("manifest.json", "results.json"))
    ledger = pd.read_csv(folder / "ledger.csv", dtype=str, keep_default_na=False)
    (folder / "report.html").write_text(report_html(priebe, manifest, {}, results, ledger, folder), encoding="utf-8")
    (folder / "notebooks").mkdir()
    names = [path.stem for path in sorted((root / "notebooks").glob("[0-9][0-9]_*.ipynb"))]
    for name in names:
        shutil.copy(root / "notebooks" / f"{name}.ipynb", folder / "notebooks")
        page = notebook_html(nbformat.read(folder / "notebooks" / f"{name}.ipynb", as_version=4), name, names)
        (folder / "notebooks" / f"{name}.html").write_text(page, encoding="utf-8")
    return folder
