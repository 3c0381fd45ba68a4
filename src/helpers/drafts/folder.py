"""How does a review get into a folder, whole or not at all?"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from ..csvfiles import csv_text
from ..loading import load_review
from ..metadata import FILE
from ..problems import Problem, ReviewError, SynopsisError, shown
from ..review import Review
from .draft import BY_HAND, Draft
from .package import package_of

HARMLESS = (".xlsx", ".DS_Store", ".lnk", "desktop.ini", "Thumbs.db")  # beside the workbook to be filled in, what a computer leaves in a folder
LOCKS = (".~lock.", "~$")  # what LibreOffice and Excel leave while a workbook is open


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


def write_new(contents: Mapping[str, bytes], folder: Path) -> None:
    """Write files into a folder that is not there, or holds nothing but workbooks, whole or not at all."""
    with staged(folder) as staging:
        write_all(contents, staging)
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
    """A problem with the cell of the workbook it came from, or by name: nobody sees the files that would have been written."""
    place = draft.places.get(problem.file.removesuffix(".csv"))
    row = place.rows[problem.row - 2] if place and 2 <= problem.row < len(place.rows) + 2 else problem.row
    if not place or row == BY_HAND:
        return _by_name(problem, draft)
    column = place.columns[problem.column - 1] if 1 <= problem.column <= len(place.columns) else 0
    message = problem.message
    for name, other in draft.places.items():
        message = message.replace(f"{name}.csv", other.sheet.rpartition(", ")[2])
    return Problem(place.sheet, row, column, message)


def _by_name(problem: Problem, draft: Draft) -> Problem:
    name = problem.file.removesuffix(".csv")
    frame = draft.files.get(name)
    if frame is None:
        return problem
    labels = {key: label for file in ("models", "features") for key, label in zip(draft.files[file]["id"], draft.files[file]["label"], strict=True)}
    row = frame.iloc[problem.row - 2] if 2 <= problem.row < len(frame) + 2 else {}
    column = frame.columns[problem.column - 1] if name in draft.tables and 1 < problem.column <= len(frame.columns) else ""
    parts = [labels.get(key, key) for key in (row.get("id"), row.get("model"), column or row.get("feature")) if key]
    file = draft.more.get("made_from", {}).get("file", problem.file) if name in draft.tables else problem.file
    where = " / ".join([*([draft.tables[name]] if len(draft.tables) > 1 and name in draft.tables else []), *parts])
    return Problem(file, 0, 0, f"{where}: {problem.message}" if where else problem.message)


def refuse_in_use(folder: Path) -> None:
    """Raise SynopsisError unless a review can be written there."""
    if not folder.name:
        raise SynopsisError(f"{folder} is no name for a new folder.")
    try:
        folder.stat()
    except FileNotFoundError:
        pass
    except OSError as error:
        raise SynopsisError(f"A folder {shown(str(folder))} cannot be made here ({error.strerror}). Choose another name.") from None
    if folder.is_dir():
        held = [path.name for path in folder.iterdir() if not path.name.endswith(HARMLESS) and not path.name.startswith(LOCKS)]
        if held:
            raise SynopsisError(f"The folder {folder} is there already and holds {held[0]}. Choose a new name, or read the table again with update.")
    elif os.path.lexists(folder):
        raise SynopsisError(f"{folder} is there already, and it is not a folder. Choose a new name.")


def write(draft: Draft, folder: Path, name: str) -> None:
    """Write every file of a review."""
    write_all(contents_of(draft, name), folder)


def contents_of(draft: Draft, name: str, before: Mapping[str, Any] | None = None) -> dict[str, bytes]:
    """Every file of a review, in the same bytes for the same draft; `before` is its datapackage.json as it was."""
    texts = {f"{key}.csv": csv_text(frame) for key, frame in draft.files.items()}
    texts[FILE] = json.dumps(package_of(draft, name, before), indent=2, ensure_ascii=False) + "\n"
    return {name: text.encode("utf-8", "replace") for name, text in texts.items()}  # half of a pair, from a broken file name, becomes ?


def write_all(contents: Mapping[str, bytes], folder: Path) -> None:
    for name, content in contents.items():
        (folder / name).write_bytes(content)


@contextmanager
def staged(place: Path) -> Iterator[Path]:
    """A folder in a folder that is there, or beside a place that is not; gone afterwards if it was not moved there, with what was made for it."""
    where = Path(os.path.realpath(place if place.is_dir() else place.absolute().parent))
    missing = [folder for folder in (where, *where.parents) if not folder.exists()]
    staging = where / f".{place.name[:40]}.making-{os.getpid()}"
    try:
        staging.mkdir(parents=True)
        yield staging
    except OSError as error:
        raise unwritable(place, error) from None
    finally:
        shutil.rmtree(staging, ignore_errors=True)
        for folder in missing:  # those that hold the new review stay
            with suppress(OSError):
                folder.rmdir()


def unwritable(place: Path, error: OSError, state: str = "Nothing was changed.") -> SynopsisError:
    """What to say if something cannot be written, and in which state it was left."""
    remedy = "Close it in other programs, see that there is room on the disk and that you may write there."
    return SynopsisError(f"{place} cannot be written ({error.strerror or error}). {remedy} {state}")
