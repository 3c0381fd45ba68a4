"""What several tests share: the two stored reviews, where the checkout lies, and a copy of a review that a test may spoil."""

from __future__ import annotations

import csv
import io
import re
import shutil
import tempfile
from pathlib import Path

import hypothesis.configuration
import pytest

import helpers
from helpers.problems import Problem, ReviewError

# Hypothesis keeps what it stores in a temporary folder, not in the checkout; it asks while tests are collected, before any fixture.
STORED = tempfile.TemporaryDirectory(prefix="hypothesis-")
hypothesis.configuration.set_hypothesis_home_dir(STORED.name)


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


@pytest.fixture
def spoil(root, tmp_path) -> Spoiled:
    shutil.copytree(root / "data" / "priebe2014", tmp_path / "priebe2014")
    return Spoiled(tmp_path / "priebe2014")
