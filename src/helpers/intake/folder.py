"""How does a review get into a folder, whole or not at all?"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ..csvfiles import csv_text
from ..loading import load_review
from ..metadata import FILE
from ..problems import Problem, ReviewError, SynopsisError
from ..review import Review
from .draft import Draft
from .package import package_of
from .update import Update

CODERS, EARLIER = "coders", "earlier"
HARMLESS = (".xlsx", ".DS_Store", ".lnk")  # beside the workbook to be filled in, what a computer leaves in a folder


def new_review(draft: Draft, folder: Path) -> Review:
    """Write a review into a new folder.

    Parameters
    ----------
    draft : Draft
    folder : Path
        Must not exist, or hold nothing but a workbook.

    Raises
    ------
    SynopsisError
        If the folder is in use or cannot be written; then nothing was.
    """
    refuse_in_use(folder)
    with staged(folder) as staging:
        write(draft, staging, folder.resolve().name)
        check(draft, staging)
        _move(staging, folder)
    return load_review(folder)


def update_review(review: Review, update: Update) -> Path:
    """Write a review anew after its table was read again; the files as they were go to earlier/1, earlier/2 and so on.

    Raises
    ------
    SynopsisError
        If the review would be unsound or a file cannot be replaced; then all is as it was.
    """
    folder, draft = review.folder, update.draft
    contents = contents_of(draft, folder.resolve().name, _package(folder, update.same_shape))
    with staged(folder / FILE) as staging:
        _write_all(contents, staging)
        coders = folder / CODERS
        if coders.is_dir() and update.same_shape:
            shutil.copytree(coders, staging / CODERS)
        check(draft, staging)
    earlier = _next(folder / EARLIER)
    try:
        earlier.mkdir(parents=True)
        for name in contents:
            if (folder / name).exists():
                shutil.copy2(folder / name, earlier / name)
        if coders.is_dir() and not update.same_shape:
            shutil.copytree(coders, earlier / CODERS)
        _replace_files(contents, folder)
    except BaseException as error:
        shutil.rmtree(earlier, ignore_errors=True)
        if isinstance(error, OSError):
            raise _unwritable(folder, error) from None
        raise
    if coders.is_dir() and not update.same_shape:
        shutil.rmtree(coders, ignore_errors=True)
    return earlier


def _package(folder: Path, with_coders: bool) -> dict[str, Any] | None:
    """The datapackage.json as it is, with no resources but the coders' tables, if these stay."""
    path = folder / FILE
    if not path.exists():
        return None
    package = json.loads(path.read_text(encoding="utf-8-sig"))
    kept = [entry for entry in package.get("resources", []) if with_coders and str(entry.get("path", "")).startswith(f"{CODERS}/")]
    return {**package, "resources": kept}


def _next(folder: Path) -> Path:
    taken = [int(path.name) for path in folder.glob("*") if path.name.isdecimal()]
    return folder / str(max(taken, default=0) + 1)


def write_new(contents: Mapping[str, bytes], folder: Path) -> None:
    """Write files into a folder that is not there, or holds nothing but workbooks, whole or not at all."""
    with staged(folder) as staging:
        _write_all(contents, staging)
        _move(staging, folder)


def write_file(content: bytes, path: Path) -> None:
    """Write one new file, whole or not at all.

    Raises
    ------
    SynopsisError
        If it is there already or cannot be written.
    """
    if os.path.lexists(path):
        raise SynopsisError(f"{path} is there already, and may hold somebody's work. Move it, or choose another name.")
    with staged(path) as staging:
        (staging / path.name).write_bytes(content)
        os.replace(staging / path.name, path)


def _move(staging: Path, folder: Path) -> None:
    if not folder.is_dir():
        os.rename(staging, folder)
        return
    done = []
    try:
        for path in sorted(staging.iterdir()):
            done.append(folder / path.name)
            os.replace(path, done[-1])
    except BaseException:
        for path in done:
            path.unlink(missing_ok=True)
        raise


def check(draft: Draft, folder: Path) -> None:
    """Load what was written; problems are told with the cell of the workbook that they came from.

    Raises
    ------
    ReviewError
    """
    try:
        load_review(folder)
    except ReviewError as error:
        raise ReviewError([_at_its_place(problem, draft) for problem in error.problems]) from None


def _at_its_place(problem: Problem, draft: Draft) -> Problem:
    place = draft.places.get(problem.file.removesuffix(".csv"))
    if not place:
        return problem
    row = place.rows[problem.row - 2] if 2 <= problem.row < len(place.rows) + 2 else problem.row
    column = place.columns[problem.column - 1] if 1 <= problem.column <= len(place.columns) else 0
    return Problem(place.sheet, row, column, problem.message)


def refuse_in_use(folder: Path) -> None:
    """Raise SynopsisError unless a review can be written there."""
    if not folder.name:
        raise SynopsisError(f"{folder} is no name for a new folder.")
    if folder.is_dir():
        held = [path.name for path in folder.iterdir() if not path.name.endswith(HARMLESS)]
        if held:
            raise SynopsisError(f"The folder {folder} is there already and holds {held[0]}. Choose a new name, or read the table again with update.")
    elif os.path.lexists(folder):
        raise SynopsisError(f"{folder} is there already, and it is not a folder. Choose a new name.")


def write(draft: Draft, folder: Path, name: str) -> None:
    """Write every file of a review."""
    _write_all(contents_of(draft, name), folder)


def contents_of(draft: Draft, name: str, before: Mapping[str, Any] | None = None) -> dict[str, bytes]:
    """Every file of a review, in the same bytes for the same draft; `before` is its datapackage.json as it was."""
    files = {f"{key}.csv": csv_text(frame).encode() for key, frame in draft.files.items()}
    return {**files, FILE: (json.dumps(package_of(draft, name, before), indent=2, ensure_ascii=False) + "\n").encode()}


def _write_all(contents: Mapping[str, bytes], folder: Path) -> None:
    for name, content in contents.items():
        (folder / name).write_bytes(content)


@contextmanager
def staged(folder: Path) -> Iterator[Path]:
    """A folder beside the final one, gone afterwards if it was not moved there."""
    staging = folder.absolute().parent / f".{folder.name[:40]}.making-{os.getpid()}"
    try:
        staging.mkdir(parents=True)
        yield staging
    except OSError as error:
        raise _unwritable(folder, error) from None
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _replace_files(contents: Mapping[str, bytes], folder: Path) -> None:
    """Replace or add files of a folder; if one cannot be replaced, all are put back as they were."""
    before = {name: (folder / name).read_bytes() if (folder / name).exists() else None for name in contents}
    done: list[str] = []
    try:
        for name, content in contents.items():
            temporary = folder / f".{name}.new"
            done.append(name)
            temporary.write_bytes(content)
            os.replace(temporary, folder / name)
    except BaseException:
        _put_back({name: before[name] for name in done}, folder)
        raise


def _put_back(before: Mapping[str, bytes | None], folder: Path) -> None:
    for name, content in before.items():
        (folder / f".{name}.new").unlink(missing_ok=True)
        if content is None:
            (folder / name).unlink(missing_ok=True)
        elif (folder / name).read_bytes() != content:
            (folder / name).write_bytes(content)


def _unwritable(place: Path, error: OSError) -> SynopsisError:
    return SynopsisError(
        f"{place} cannot be written ({error.strerror}). Close it in other programs, see that there is room on the disk and that you may write there. "
        "Nothing was changed."
    )
