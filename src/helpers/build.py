"""How are the notebooks run and the results gathered?

A build runs every notebook on one review in a staging folder, draws every figure from its recipe, gathers the findings, and only then moves
the finished files to their place. `refresh` re-runs the stored notebooks where they stand.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from . import figures
from .csvfiles import csv_text
from .findings import MIME
from .ledger import ledger
from .ledger.methods import as_markdown
from .loading import load_review
from .notebook_pages import notebook_html
from .notebooks import as_exercise, executed, lacking, normalised, notebook_bytes, prepared
from .plotting.page import missing_signs
from .problems import SynopsisError, listed
from .report import report_html
from .review import Review

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = ROOT / "notebooks"
EXERCISES = NOTEBOOKS / "exercises"
MAIN_REVIEW = ROOT / "data" / "priebe2014"
MAIN_FIGURES = ROOT / "figures"


def build(review_folder: Path, out: Path | None = None) -> Path:
    """Run all notebooks on a review and write its figures, findings and report.

    Parameters
    ----------
    review_folder : Path
    out : Path, optional
        figures/ for data/priebe2014, out/<folder's name>/ for any other review.

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
    out = _destination(review, out)
    with _staging(out) as staging:
        (staging / "notebooks").mkdir()
        results: dict[str, dict[str, Any]] = {}
        names = [path.stem for path in stored_notebooks()]
        for path in stored_notebooks():
            with _step(f"notebook {path.stem}"):
                notebook = run_notebook(path, review, out / "notebooks", staging)
                _gather(notebook, path.stem, results)
                (staging / "notebooks" / f"{path.stem}.html").write_bytes(notebook_html(notebook, path.stem, names).encode())
        boxes = missing_signs([*review.models["label"], *review.features["label"]])
        if boxes:
            print(f"These signs are missing from the figures' font and are drawn as boxes: {' '.join(boxes)}", file=sys.stderr)
        left_out = {name: lacking for name, recipe in figures.RECIPES.items() if (lacking := recipe.missing(review))}
        for name, lacking in left_out.items():
            print(f"figure {name}: left out; it needs {lacking}", file=sys.stderr)
        manifest = [_drawn(recipe, review, staging) for recipe in figures.RECIPES.values() if recipe.id not in left_out]
        _write_json(staging / "manifest.json", manifest)
        _write_json(staging / "results.json", results)
        with _step("report"):
            rows = ledger(review, results)
            (staging / "ledger.csv").write_bytes(csv_text(rows).encode())
            (staging / "methods.md").write_bytes(as_markdown(review).encode())
            (staging / "report.html").write_bytes(report_html(review, manifest, left_out, results, rows, staging).encode())
        _publish(staging, out)
    return out


def draw_one(review_folder: Path, identifier: str, out: Path | None = None) -> Path:
    """Draw one figure from its recipe, without running notebooks; results.json stays as it is.

    Raises
    ------
    SynopsisError
        If there is no such figure, or the review lacks what it needs.
    """
    review = load_review(review_folder)
    recipe = figures.find(identifier)
    lacking = recipe.missing(review)
    if lacking:
        raise SynopsisError(f"The figure {identifier} needs {lacking}, which this review does not have.")
    out = _destination(review, out)
    with _staging(out) as staging:
        entry = _drawn(recipe, review, staging)
        old = _read_manifest(out)
        order = list(figures.RECIPES)
        entries = {**{other["id"]: other for other in old}, identifier: entry}
        _write_json(staging / "manifest.json", sorted(entries.values(), key=lambda e: order.index(e["id"]) if e["id"] in order else len(order)))
        _publish(staging, out, keep_others=True)
    return out


def refresh() -> None:
    """Re-run every stored notebook in place and write the exercises anew."""
    review = load_review(MAIN_REVIEW)
    for path in stored_notebooks():
        with _step(f"notebook {path.stem}"):
            notebook = executed(nbformat.read(path, as_version=4), NOTEBOOKS, path.stem)
            _replace(path, notebook_bytes(normalised(notebook)))
    EXERCISES.mkdir(exist_ok=True)
    for path in stored_notebooks():
        _replace(EXERCISES / path.name, notebook_bytes(as_exercise(nbformat.read(path, as_version=4))))
    print(f"The notebooks hold the results of {review.metadata.title}", file=sys.stderr)


def stored_notebooks() -> list[Path]:
    """The numbered notebooks, in order."""
    return sorted(NOTEBOOKS.glob("[0-9][0-9]_*.ipynb"))


def run_notebook(path: Path, review: Review, place: Path, staging: Path) -> NotebookNode:
    """Run a copy of a notebook on a review and keep it in the staging folder, which lies as deep as its final place."""
    stored = nbformat.read(path, as_version=4)
    notebook = prepared(stored, _relative(review.folder.resolve(), place), review.metadata.name == MAIN_REVIEW.name, lacking(review))
    notebook = normalised(executed(notebook, staging, path.stem))
    (staging / "notebooks" / path.name).write_bytes(notebook_bytes(notebook))
    return notebook


def _gather(notebook: NotebookNode, name: str, results: dict[str, dict[str, Any]]) -> None:
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            found = output.get("data", {}).get(MIME)
            if found and found["id"] in results:
                raise SynopsisError(f"The finding {found['id']} is stated twice, in {results[found['id']]['notebook']} and in {name}.")
            if found:
                results[found["id"]] = {"sentence": found["sentence"], "values": found["values"], "notebook": name}


def _drawn(recipe: figures.Recipe, review: Review, folder: Path) -> dict[str, Any]:
    with _step(f"figure {recipe.id}"):
        return figures.save(recipe, review, folder)


def _destination(review: Review, out: Path | None) -> Path:
    """Where to write: never over the first review's data or figures with another review's, nor into a folder that holds anything else."""
    is_main = review.folder.resolve() == MAIN_REVIEW.resolve()
    if out is None:
        out = MAIN_FIGURES if is_main else ROOT / "out" / review.folder.resolve().name
    resolved = out.resolve()
    for folder in (review.folder.resolve(), MAIN_REVIEW.resolve()):
        if resolved == folder or folder in resolved.parents:
            raise SynopsisError(f"{out} lies inside a review's own folder. Choose another folder for --out.")
    if not is_main and (resolved == MAIN_FIGURES.resolve() or MAIN_FIGURES.resolve() in resolved.parents):
        raise SynopsisError(f"{out} holds the figures of data/priebe2014. Choose another folder for --out.")
    if out.exists() and not out.is_dir():
        raise SynopsisError(f"{out} is a file. Choose a folder for --out.")
    if out.is_dir() and not (out / "manifest.json").exists() and any(not path.name.startswith(".building-") for path in out.iterdir()):
        raise SynopsisError(
            f"{out} holds files that no earlier build wrote. Choose an empty or a new folder for --out, so that nothing of yours is overwritten."
        )
    return resolved


@contextmanager
def _staging(out: Path) -> Iterator[Path]:
    """A folder beside the final files, on the same disk and as deep; gone afterwards."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(prefix=".building-", dir=out))
    except OSError as error:
        raise SynopsisError(
            f"The folder {out} cannot be written to ({error.strerror}). Choose another with --out, or mend its permissions."
        ) from None
    try:
        yield staging
    except OSError as error:
        raise SynopsisError(
            f"A file could not be written ({error.strerror}: {error.filename}). Free some space on the disk and start again."
        ) from None
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _publish(staging: Path, out: Path, keep_others: bool = False) -> None:
    """Move every finished file to its place, whole, and take away figures of an earlier build that are no more."""
    finished = sorted(path.relative_to(staging) for path in staging.rglob("*") if path.is_file())
    outdated = (
        []
        if keep_others
        else [Path(name) for entry in _read_manifest(out) for name in [*entry["files"], entry["data"]] if Path(name) not in finished]
    )
    locked = []
    for name in finished:
        (out / name).parent.mkdir(exist_ok=True)
        try:
            os.replace(staging / name, out / name)
        except OSError:
            locked.append(name)
    for name in outdated:
        if name.parent == Path("."):
            (out / name).unlink(missing_ok=True)
    if locked:
        raise SynopsisError(f"These files are open in another program and were not replaced: {listed(locked)}. Close them and start again.")


def _read_manifest(out: Path) -> list[dict[str, Any]]:
    try:
        entries = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
        return [entry for entry in entries if {"id", "files", "data"} <= set(entry)]
    except (OSError, ValueError, TypeError):
        return []


def _relative(target: Path, start: Path) -> str:
    """The path as seen from a folder, with forward slashes; the whole path where they are on different drives."""
    try:
        return Path(os.path.relpath(target, start)).as_posix()
    except ValueError:
        return target.as_posix()


def _replace(path: Path, content: bytes) -> None:
    temporary = path.with_name(f".{path.name}.new")
    temporary.write_bytes(content)
    os.replace(temporary, path)


def _write_json(path: Path, content: object) -> None:
    path.write_bytes((json.dumps(content, indent=2, ensure_ascii=False) + "\n").encode())


@contextmanager
def _step(name: str) -> Iterator[None]:
    started = time.perf_counter()
    yield
    print(f"{name}: {time.perf_counter() - started:.1f} s", file=sys.stderr, flush=True)
