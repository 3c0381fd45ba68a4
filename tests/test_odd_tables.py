"""Tables at the edge: notebooks on likeness, groups, order, chance and fragility run on them, and say what is left out or undefined."""

import csv
import random

import nbformat
import pytest

from helpers import build, load_review
from helpers.notebooks import lacking

NOTEBOOKS = [path for path in build.stored_notebooks() if path.stem[:2] in ("02", "03", "04", "05", "06", "08", "09")]


def dice(seed, rows, columns, share, unclear=0.0):
    """A table filled by chance with a fixed seed."""
    roll = random.Random(seed)
    return [["unclear" if roll.random() < unclear else "yes" if roll.random() < share else "no" for _ in range(columns)] for _ in range(rows)]


TABLES = {
    "one row": [["yes", "no", "yes"]],
    "two rows": [["yes", "no", "yes"], ["yes", "yes", "no"]],
    "one column": [["yes"], ["no"], ["yes"], ["no"], ["no"]],
    "all rows equal": [["yes", "no", "yes"]] * 6,
    "all no": [["no", "no"]] * 4,
    "all yes": [["yes", "yes"]] * 4,
    "two empty rows": [["no"] * 4, ["yes", "no", "no", "yes"], ["no", "yes", "no", "yes"], ["yes", "yes", "yes", "no"], ["no"] * 4],
    "nothing shared": [["yes" if i == j else "no" for j in range(7)] for i in range(7)],
    "all unclear": [["unclear"] * 5] * 5,
    "some unclear": dice(1, 9, 8, 0.4, unclear=0.1),
    "30 rows": dice(3, 30, 9, 0.35),
    "40 columns": dice(3, 12, 40, 0.35),
}


@pytest.fixture(params=TABLES)
def review(request, tmp_path):
    cells = TABLES[request.param]
    (tmp_path / "review").mkdir()
    with (tmp_path / "review" / "codes.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["item", *(f"Feature {j + 1}" for j in range(len(cells[0])))])
        writer.writerows([f"Item {i + 1}", *row] for i, row in enumerate(cells))
    return load_review(tmp_path / "review")


def test_notebooks_run_and_say_what_they_leave_out(review, run_cells):
    for path in NOTEBOOKS:
        found, text = run_cells(path, review)
        assert all("nan" not in one.sentence and "inf " not in one.sentence for one in found.values())
        needs = lacking(review)
        absent = [[tag for tag in cell.metadata.get("tags", []) if tag in needs] for cell in nbformat.read(path, as_version=4).cells]
        told = {tags[0] for tags in absent if tags}  # a cell that lacks two things says the first
        for tag, need in needs.items():
            assert (f"what needs {need}" in text) is (tag in told)
