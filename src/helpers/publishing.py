"""How do finished files get to their place, whole or not at all, and only where they may?"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from .problems import SynopsisError, listed
from .review import Review

ROOT = Path(__file__).resolve().parents[2]
MAIN_REVIEW = ROOT / "data" / "priebe2014"
MAIN_FIGURES = ROOT / "figures"
A_DAY = 24 * 60 * 60.0
RECORD = "build.json"  # what a build wrote, so that the next one takes away its files and no others


def destination(review: Review, out: Path | None, look: str) -> Path:
    """Where to write: never over the first review's data or figures with another review's, nor into a folder that holds anything else.

    `look` names what sets the figures apart from the house's own; such figures get a folder of their own.
    """
    is_main = review.folder.resolve() == MAIN_REVIEW.resolve()
    if out is None:
        out = MAIN_FIGURES if is_main and not look else ROOT / "out" / "-".join(filter(None, [review.folder.resolve().name, look]))
    resolved = out.resolve()
    for folder in (review.folder.resolve(), MAIN_REVIEW.resolve()):
        if resolved == folder or folder in resolved.parents:
            raise SynopsisError(f"{out} lies inside a review's own folder. Choose another folder for --out.")
    if not is_main and (resolved == MAIN_FIGURES.resolve() or MAIN_FIGURES.resolve() in resolved.parents):
        raise SynopsisError(f"{out} holds the figures of data/priebe2014. Choose another folder for --out.")
    if out.exists() and not out.is_dir():
        raise SynopsisError(f"{out} is a file. Choose a folder for --out.")
    if out.is_dir() and not read_record(out) and any(not path.name.startswith(".building-") for path in out.iterdir()):
        raise SynopsisError(
            f"{out} holds files that no earlier build wrote. Choose an empty or a new folder for --out, so that nothing of yours is overwritten."
        )
    return resolved


@contextmanager
def staging_folder(out: Path) -> Iterator[Path]:
    """A folder beside the final files, on the same disk and as deep; gone afterwards."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        for left in out.glob(".building-*"):
            if time.time() - left.stat().st_mtime > A_DAY:  # of a build that was cut off
                shutil.rmtree(left, ignore_errors=True)
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


def publish(staging: Path, out: Path, made_of: tuple[str, str]) -> None:
    """Move every finished file to its place, whole, and take away what an earlier build wrote there and this one did not.

    Parameters
    ----------
    staging, out : Path
    made_of : (str, str)
        The name of the review, and of the look of the figures.

    Raises
    ------
    SynopsisError
        If a file is open in another program.
    """
    finished = _files(staging)
    outdated = set(read_record(out).get("files", [])) - set(finished)
    _write_record(staging, made_of, finished)
    _move([*finished, RECORD], staging, out)
    _take_away(outdated, out)


def publish_some(staging: Path, out: Path, made_of: tuple[str, str], instead_of: Iterable[str]) -> None:
    """Move finished files to their place and leave the others of an earlier build as they are, but for those that these stand instead of.

    Raises
    ------
    SynopsisError
        If what stands there was made of another review or for another page, or a file is open in another program.
    """
    finished, record = _files(staging), read_record(out)
    if record and (record["review"], record["look"]) != made_of:
        there = " for ".join(filter(None, [record["review"], record["look"]]))
        raise SynopsisError(f"{out} holds figures of {there}. Choose another folder for --out, so that they are not mixed.")
    outdated = set(instead_of) - set(finished)
    _write_record(staging, made_of, sorted({*record.get("files", []), *finished} - outdated))
    _move([*finished, RECORD], staging, out)
    _take_away(outdated, out)


def read_record(out: Path) -> dict[str, Any]:
    """What an earlier build wrote into a folder; empty if there was none."""
    record = _read_json(out / RECORD)
    texts = isinstance(record, dict) and all(isinstance(record.get(key), str) for key in ("review", "look"))
    sound = texts and isinstance(record.get("files"), list) and all(isinstance(name, str) for name in record["files"])
    return record if sound else {}


def read_manifest(out: Path) -> list[dict[str, Any]]:
    """The entries of the figures that an earlier build drew into a folder."""
    entries = _read_json(out / "manifest.json") if read_record(out) else []
    return [entry for entry in entries if isinstance(entry, dict) and {"id", "files", "data"} <= set(entry)] if isinstance(entries, list) else []


def _files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def _write_record(staging: Path, made_of: tuple[str, str], files: list[str]) -> None:
    write_json(staging / RECORD, {"review": made_of[0], "look": made_of[1], "files": files})


def _move(names: Iterable[str], staging: Path, out: Path) -> None:
    locked = []
    for name in names:
        (out / name).parent.mkdir(exist_ok=True)
        try:
            os.replace(staging / name, out / name)
        except OSError:
            locked.append(name)
    if locked:
        raise SynopsisError(f"These files are open in another program and were not replaced: {listed(locked)}. Close them and start again.")


def _take_away(names: Iterable[str], out: Path) -> None:
    """Delete files that an earlier build recorded, and nothing outside its folder."""
    for name in names:
        path = out / name
        if out in path.resolve().parents and path.is_file():
            path.unlink()


def _read_json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def replace_file(path: Path, content: bytes) -> None:
    temporary = path.with_name(f".{path.name}.new")
    temporary.write_bytes(content)
    os.replace(temporary, path)


def write_json(path: Path, content: object) -> None:
    path.write_bytes((json.dumps(content, indent=2, ensure_ascii=False) + "\n").encode())
