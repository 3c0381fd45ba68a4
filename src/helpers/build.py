"""How are the notebooks run and the results gathered?

A build runs every notebook on one review in a staging folder, draws every figure from its recipe, gathers the findings, and only then moves
the finished files to their place. `refresh` re-runs the stored notebooks where they stand.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
from nbformat import NotebookNode

from . import figures, manuscript
from .csvfiles import csv_text
from .findings import MIME
from .gallery import gallery
from .ledger import ledger
from .ledger.methods import as_markdown
from .loading import load_review
from .notebook_pages import notebook_html
from .notebooks import as_exercise, executed, lacking, normalised, notebook_bytes, prepared
from .plotting.fonts import missing_signs
from .problems import SynopsisError
from .publishing import MAIN_FIGURES, MAIN_REVIEW, ROOT, destination, publish, publish_some, read_manifest, replace_file, staging_folder, write_json
from .report import report_html
from .review import Review

NOTEBOOKS = ROOT / "notebooks"
EXERCISES = NOTEBOOKS / "exercises"


def build(review_folder: Path, out: Path | None = None, look: figures.Look = figures.PLAIN) -> Path:
    """Run all notebooks on a review and write its figures, findings and report.

    Parameters
    ----------
    review_folder : Path
    out : Path, optional
        figures/ for data/priebe2014, out/<folder's name>/ for any other review; out/<folder's name>-<look>/ for another look.
    look : Look
        How the figures are saved.

    Returns
    -------
    Path
        The folder written to.

    Raises
    ------
    SynopsisError
        If the review has problems, a notebook stops, or a file cannot be replaced. What stood in `out` is then as it was, except that a
        file open in another program may keep its older state, which the message names.
    """
    review = load_review(review_folder)
    out = destination(review, out, look.name)
    with staging_folder(out) as staging:
        results = _run_notebooks(review, out, staging)
        _warn_of_boxes(review)
        manifest, left_out = _draw_all(review, staging, look)
        write_json(staging / "manifest.json", manifest)
        write_json(staging / "results.json", results)
        with _step("tables and report"):
            rows = ledger(review, results)
            (staging / "ledger.csv").write_bytes(csv_text(rows).encode())
            (staging / "methods.md").write_bytes(as_markdown(review).encode())
            tables = _write_tables(review, rows, staging / "tables")
            (staging / "README.md").write_bytes(_gallery(review, manifest, out).encode())
            (staging / "report.html").write_bytes(report_html(review, manifest, left_out, results, rows, staging, tables).encode())
        publish(staging, out, (review.metadata.name, look.name))
    return out


def draw_one(review_folder: Path, identifier: str, out: Path | None = None, look: figures.Look = figures.PLAIN) -> Path:
    """Draw one figure from its recipe, without running notebooks; results.json stays as it is.

    Raises
    ------
    SynopsisError
        If there is no such figure, the review lacks what it needs, or the page is too small for it.
    """
    review = load_review(review_folder)
    recipe = figures.find(identifier).on(look.page)
    lacking = recipe.missing(review)
    if lacking:
        hint = " Leave out --columns 1." if look.columns == 1 and not recipe.on(look.preset.page(2)).missing(review) else ""
        raise SynopsisError(f"The figure {recipe.id} cannot be drawn. It needs {lacking}.{hint}")
    out = destination(review, out, look.name)
    with staging_folder(out) as staging:
        entry = _drawn(recipe, review, staging, look)
        old = read_manifest(out)
        order = list(figures.RECIPES)
        replaced = [name for other in old if other["id"] == recipe.id for name in [*other["files"], other["data"]]]
        entries = {**{other["id"]: other for other in old}, recipe.id: entry}
        manifest = sorted(entries.values(), key=lambda e: order.index(e["id"]) if e["id"] in order else len(order))
        write_json(staging / "manifest.json", manifest)
        (staging / "README.md").write_bytes(_gallery(review, manifest, out).encode())
        publish_some(staging, out, (review.metadata.name, look.name), replaced)
    return out


def refresh() -> None:
    """Re-run every stored notebook in place and write the exercises anew."""
    review = load_review(MAIN_REVIEW)
    for path in stored_notebooks():
        with _step(f"notebook {path.stem}"):
            notebook = executed(nbformat.read(path, as_version=4), NOTEBOOKS, path.stem)
            replace_file(path, notebook_bytes(normalised(notebook)))
    EXERCISES.mkdir(exist_ok=True)
    for path in stored_notebooks():
        replace_file(EXERCISES / path.name, notebook_bytes(as_exercise(nbformat.read(path, as_version=4))))
    print(f"The notebooks hold the results of {review.metadata.title}", file=sys.stderr)


def stored_notebooks() -> list[Path]:
    """The numbered notebooks, in order."""
    return sorted(NOTEBOOKS.glob("[0-9][0-9]_*.ipynb"))


def run_notebook(path: Path, review: Review, place: Path, staging: Path) -> NotebookNode:
    """Run a copy of a notebook on a review and keep it in the staging folder, which lies as deep as its final place."""
    stored = nbformat.read(path, as_version=4)
    is_main = review.metadata.name == MAIN_REVIEW.name
    notebook = prepared(stored, _relative(review.folder.resolve(), place), is_main, lacking(review), "" if is_main else review.metadata.item.plural)
    notebook = normalised(executed(notebook, staging, path.stem))
    (staging / "notebooks" / path.name).write_bytes(notebook_bytes(notebook))
    return notebook


def _run_notebooks(review: Review, out: Path, staging: Path) -> dict[str, dict[str, Any]]:
    """Run every notebook, keep it and its page, and gather its findings."""
    (staging / "notebooks").mkdir()
    results: dict[str, dict[str, Any]] = {}
    names = [path.stem for path in stored_notebooks()]
    for path in stored_notebooks():
        with _step(f"notebook {path.stem}"):
            notebook = run_notebook(path, review, out / "notebooks", staging)
            _gather(notebook, path.stem, results)
            (staging / "notebooks" / f"{path.stem}.html").write_bytes(notebook_html(notebook, path.stem, names).encode())
    return results


def _warn_of_boxes(review: Review) -> None:
    levels = [level.label for rating in review.metadata.ratings for level in rating.levels]
    boxes = missing_signs([*review.models["label"], *review.features["label"], *map(review.label, review.table_names), *levels])
    if boxes:
        print(f"No font of this computer has these signs; figures show boxes instead: {' '.join(boxes)}", file=sys.stderr)


def _draw_all(review: Review, staging: Path, look: figures.Look) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """Draw every figure; the entries of the manifest, and what is left out with what it would need."""
    recipes = [recipe.on(look.page) for recipe in figures.RECIPES.values()]
    left_out = {recipe.id: need for recipe in recipes if (need := recipe.missing(review))}
    for name, need in left_out.items():
        print(f"figure {name}: left out; it needs {need}", file=sys.stderr)
    return [_drawn(recipe, review, staging, look) for recipe in recipes if recipe.id not in left_out], left_out


def _gather(notebook: NotebookNode, name: str, results: dict[str, dict[str, Any]]) -> None:
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            found = output.get("data", {}).get(MIME)
            if found and found["id"] in results:
                raise SynopsisError(f"The finding {found['id']} is stated twice, in {results[found['id']]['notebook']} and in {name}.")
            if found:
                values = dict(sorted(found["values"].items()))  # as a stored notebook has them
                results[found["id"]] = {"sentence": found["sentence"], "values": values, "notebook": name}


def _gallery(review: Review, manifest: list[dict[str, Any]], out: Path) -> str:
    return gallery(review, manifest, "../notebooks" if out == MAIN_FIGURES.resolve() else "notebooks")


def _write_tables(review: Review, rows: pd.DataFrame, folder: Path) -> list[dict[str, Any]]:
    """The tables for a manuscript; each with its title and its files."""
    folder.mkdir()
    for name, need in manuscript.missing(review, rows).items():
        print(f"table {name}: left out; it needs {need}", file=sys.stderr)
    tables = manuscript.tables(review, rows)
    return [{"title": table.title, "files": [f"{folder.name}/{name}" for name in manuscript.write(table, folder)]} for table in tables]


def _drawn(recipe: figures.Recipe, review: Review, folder: Path, look: figures.Look) -> dict[str, Any]:
    with _step(f"figure {recipe.id}"):
        return figures.save(recipe, review, folder, look.more, look.preset.dpi)


def _relative(target: Path, start: Path) -> str:
    """The path as seen from a folder, with forward slashes; the whole path where they are on different drives."""
    try:
        return Path(os.path.relpath(target, start)).as_posix()
    except ValueError:
        return target.as_posix()


@contextmanager
def _step(name: str) -> Iterator[None]:
    started = time.perf_counter()
    yield
    print(f"{name}: {time.perf_counter() - started:.1f} s", file=sys.stderr, flush=True)
