"""A small review and a notebook whose every text tries to be something else than text."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import nbformat
import pandas as pd
from PIL import Image

from helpers import load_review
from helpers.findings import finding
from helpers.ledger import ledger
from helpers.notebook_pages import notebook_html
from helpers.report import report_html

TEXTS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</script></style></textarea><script>alert(2)</script>",
    "&amp;&lt;b&gt; &#60;",
    "javascript:alert(1)",
    "مجموعات الدعم الذاتي",
    "W" * 120,
    "' onmouseover='alert(1)' $x^2$ {{7*7}} <!-- -->",
)
CODES = ["yyno", "ynyo", "yyyn", "nnny"]  # rows of the table: yes, no or unclear (o)
WORDS = {"y": "yes", "n": "no", "o": "unclear"}


def hostile_review(folder: Path) -> Path:
    """Write the review: four items by four features, two ratings, evidence, alternatives and references."""
    folder.mkdir()
    items, features = TEXTS[:4], TEXTS[4:]
    levels = [{"id": f"level {n}", "label": text, "collapse": text} for n, text in enumerate(TEXTS[:2])]
    noun = {"singular": TEXTS[1], "plural": TEXTS[0]}
    synopsis = {
        "source": TEXTS[0], "note": TEXTS[1], "item": noun, "feature": noun, "yes_means": TEXTS[1], "no_means": TEXTS[0],
        "tables": [{"name": "codes", "title": TEXTS[2], "feature": noun}],
        "ratings": {name: {"label": TEXTS[n], "ordered": True, "levels": levels} for n, name in enumerate(("up", "across"))},
        "quadrant": {"x": "across", "y": "up"},
    }  # fmt: skip
    (folder / "datapackage.json").write_text(json.dumps({"name": "hostile", "title": TEXTS[0], "synopsis": synopsis}), encoding="utf-8")
    names = [f'i_"{n}".<b>' for n in range(4)], [f"f_{n}&'>" for n in range(4)]
    cells = {(item, feature): WORDS[CODES[i][j]] for i, item in enumerate(names[0]) for j, feature in enumerate(names[1])}
    write(folder / "models.csv", ["id", "label", "short_label", "description", "references"],
          [[key, label, label, TEXTS[1], "1 2"] for key, label in zip(names[0], items, strict=True)])  # fmt: skip
    write(folder / "features.csv", ["table", "id", "label", "short_label", "definition"],
          [["codes", key, label, label, TEXTS[0]] for key, label in zip(names[1], features, strict=True)])  # fmt: skip
    write(folder / "codes.csv", ["model", *names[1]], [[item, *(cells[item, feature] for feature in names[1])] for item in names[0]])
    write(folder / "nature.csv", ["model", "up", "up_certainty", "across", "across_certainty"],
          [[item, f"level {n % 2}", "hedged", "level 0", "explicit"] for n, item in enumerate(names[0])])  # fmt: skip
    quotes = [["codes", *cell, code, "hedged", TEXTS[n % 6], TEXTS[1], "1"] for n, (cell, code) in enumerate(cells.items()) if code == "yes"]
    quotes += [["nature", item, "up", f"level {n % 2}", "hedged", TEXTS[1], TEXTS[0], "2"] for n, item in enumerate(names[0])]
    quotes += [["nature", item, "across", "level 0", "explicit", TEXTS[2], TEXTS[1], ""] for item in names[0]]
    write(folder / "evidence.csv", ["table", "model", "feature", "value", "certainty", "quote", "section", "references"], quotes)
    other = [["codes", names[0][0], names[1][0], "yes", "no", TEXTS[0], TEXTS[1]], ["nature", names[0][0], "up", "level 0", "level 1", TEXTS[1], ""]]
    write(folder / "alternatives.csv", ["table", "model", "feature", "value", "alternative", "reason", "quote"], other)
    write(folder / "references.csv", ["number", "authors", "year", "title", "source", "volume", "pages", "printed"],
          [[str(n), *[TEXTS[n]] * 7] for n in (1, 2)])  # fmt: skip
    return folder


def hostile_pages(folder: Path) -> tuple[Path, Path]:
    """The report of this review with a hostile figure, finding and table, and a hostile notebook as a page."""
    review = load_review(hostile_review(folder / "review"))
    Image.new("RGB", (8, 8)).save(folder / "fig01_x.png")
    entry = {"id": "fig01_x", "title": TEXTS[0], "caption": TEXTS[1], "alt": TEXTS[1], "notebook": "01_x", "files": [TEXTS[1]], "data": TEXTS[4]}
    results = {"start.items": {"sentence": TEXTS[1], "values": {}, "notebook": "01_x"}}
    tables = [{"title": TEXTS[0], "files": ["javascript:alert(1)"]}]
    report = report_html(review, [entry], {TEXTS[0]: TEXTS[1]}, results, ledger(review, results), folder, tables)
    (folder / "report.html").write_text(report, encoding="utf-8")
    (folder / "notebook.html").write_text(notebook_html(hostile_notebook(), "01_x", ["01_x"]), encoding="utf-8")
    return folder / "report.html", folder / "notebook.html"


def hostile_notebook() -> nbformat.NotebookNode:
    """A notebook with the outputs that a review's texts can reach: findings, tables, prints and the words for pictures."""
    output = nbformat.v4.new_output
    frame = pd.DataFrame({text: [text] for text in TEXTS}, index=[TEXTS[1]])
    outputs = [output("display_data", finding(f"x.n{n}", "{text}", text=text)._repr_mimebundle_()) for n, text in enumerate(TEXTS)]
    outputs += [output("stream", text="\n".join(TEXTS)), output("display_data", {"text/plain": TEXTS[1]})]
    outputs += [output("display_data", {"text/html": frame._repr_html_(), "text/plain": TEXTS[0]})]
    outputs += [output("display_data", {"image/png": "iVBORw0KGgo="}, metadata={"image/png": {"alt": TEXTS[1]}})]
    cells = [nbformat.v4.new_markdown_cell("# A title"), nbformat.v4.new_code_cell(f"REVIEW = {TEXTS[1]!r}", outputs=outputs, execution_count=1)]
    return nbformat.v4.new_notebook(cells=cells)


def write(path: Path, header: list[str], rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
