"""How is one notebook pointed at a review, run, and stored so that the same run gives the same bytes?"""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from .configurations import outcomes
from .configurations.outcomes import NEED
from .problems import SynopsisError
from .quadrants import GRID, HALVES, has_halves, has_quadrants
from .review import Review
from .sensitivity import MOST_CELLS, MOST_CHANGES, has_quick_groups, is_small_enough

ABOUT_MAIN = "about-priebe2014"
TIMEOUT = 900
YOUR_TURN = "# your turn\n"


def lacking(review: Review) -> dict[str, str]:
    """The tags of cells that this review cannot fill, each with what they need."""
    item = review.metadata.item.plural
    needs = {
        "needs-two-items": (len(review.items) >= 2, f"at least two {item}"),
        "needs-three-items": (len(review.items) >= 3, f"at least three {item}"),
        "needs-second-table": (len(review.tables) >= 2, "a second table of features"),
        "needs-quadrants": (has_quadrants(review), GRID),
        "needs-halves": (has_halves(review), HALVES),
        "needs-outcome": (bool(outcomes(review)), NEED),
        "needs-quick-groups": (
            has_quick_groups(review),
            f"tables of three {item} or more, of at most {MOST_CELLS} cells and with few ties (for conclusions about groups)",
        ),
        "needs-few-cells": (is_small_enough(review), f"tables of at most {MOST_CHANGES} cells in all, each of which is changed in turn"),
    }
    return {tag: need for tag, (met, need) in needs.items() if not met}


def prepared(notebook: NotebookNode, review_path: str, keep_about: bool, lacking: Mapping[str, str], items: str = "") -> NotebookNode:
    """The notebook pointed at another review, without the prose that is about the first one alone and without what the review cannot fill.

    Where cells are left out for want of something, the first of them becomes a sentence that says so. The title speaks of `items`, if
    told: what the other review calls its own in the plural.
    """
    cells, said = [], set()
    for cell in notebook.cells:
        if ABOUT_MAIN in _tags(cell) and not keep_about:
            continue
        absent = [tag for tag in _tags(cell) if tag in lacking]
        if not absent:
            cells.append(cell)
        elif absent[0] not in said:
            said.add(absent[0])
            sentence = f"*Left out, here and below: what needs {lacking[absent[0]]}, which this review does not have.*"
            cells.append(nbformat.v4.new_markdown_cell(sentence, id=cell.id))
    notebook.cells = cells
    if items and cells and cells[0].cell_type == "markdown":
        title, *below = cells[0].source.split("\n")
        cells[0].source = "\n".join([re.sub(r"\b(models|items)\b", lambda _: items, title), *below])
    for cell in notebook.cells:
        if "parameters" in _tags(cell):
            cell.source = f"REVIEW = {json.dumps(review_path, ensure_ascii=False)}"
    return notebook


def normalised(notebook: NotebookNode) -> NotebookNode:
    """The notebook without what differs from run to run."""
    notebook.metadata = nbformat.from_dict(
        {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}, "language_info": {"name": "python"}}
    )
    for cell in notebook.cells:
        cell.metadata = nbformat.from_dict({"tags": _tags(cell)} if _tags(cell) else {})
    return notebook


def as_exercise(notebook: NotebookNode) -> NotebookNode:
    """The notebook with empty solutions and no outputs, for a class."""
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
        if "solution" in _tags(cell):
            cell.source = YOUR_TURN if cell.cell_type == "code" else "*Your answer.*"
        if "parameters" in _tags(cell):
            cell.source = cell.source.replace('"../data/', '"../../data/')
    return normalised(notebook)


def notebook_bytes(notebook: NotebookNode) -> bytes:
    return (nbformat.writes(notebook).rstrip("\n") + "\n").encode()


def executed(notebook: NotebookNode, folder: Path, name: str) -> NotebookNode:
    with _own_settings():
        try:
            return NotebookClient(
                notebook,
                timeout=TIMEOUT,
                record_timing=False,
                coalesce_streams=True,  # else what a cell prints is in more pieces on a busy computer
                resources={"metadata": {"path": str(folder)}},
            ).execute()
        except CellExecutionError as error:
            raise SynopsisError(f"The notebook {name} stopped: {error.evalue or error.ename}") from None
        except (CellTimeoutError, DeadKernelError):
            raise SynopsisError(
                f"The notebook {name} did not finish: a cell took more than {TIMEOUT} seconds, or the memory did not suffice."
            ) from None


@contextmanager
def _own_settings() -> Iterator[None]:
    """This environment's kernel, and none of the user's own Jupyter start-up files or plotting settings."""
    with tempfile.TemporaryDirectory() as settings:
        profile = Path(settings, "profile_default")
        profile.mkdir()
        (profile / "ipython_kernel_config.py").write_text("c.IPKernelApp.log_level = 40\n", encoding="utf-8")  # errors only
        own = {"JUPYTER_PREFER_ENV_PATH": "1", "IPYTHONDIR": settings, "PYDEVD_DISABLE_FILE_VALIDATION": "1", "PYTHONHASHSEED": "0"}
        before = {name: os.environ.get(name) for name in own}
        os.environ.update(own)
        try:
            yield
        finally:
            for name, value in before.items():
                os.environ.pop(name) if value is None else os.environ.update({name: value})


def _tags(cell: NotebookNode) -> list[str]:
    return list(cell.metadata.get("tags", []))
