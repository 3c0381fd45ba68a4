"""How is one notebook pointed at a review, run, and stored so that the same run gives the same bytes?"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from .problems import SynopsisError

ABOUT_MAIN = "about-priebe2014"
TIMEOUT = 300
YOUR_TURN = "# your turn\n"


def prepared(notebook: NotebookNode, review_path: str, keep_about: bool) -> NotebookNode:
    """The notebook pointed at another review, without the prose that is about the first one alone."""
    notebook.cells = [cell for cell in notebook.cells if keep_about or ABOUT_MAIN not in _tags(cell)]
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
            return NotebookClient(notebook, timeout=TIMEOUT, record_timing=False, resources={"metadata": {"path": str(folder)}}).execute()
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
