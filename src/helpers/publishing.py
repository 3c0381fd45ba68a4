"""How do finished files get to their place, whole or not at all, and only where they may?"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from .problems import SynopsisError, listed
from .review import Review

ROOT = Path(__file__).resolve().parents[2]
MAIN_REVIEW = ROOT / "data" / "priebe2014"
MAIN_FIGURES = ROOT / "figures"


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
    if out.is_dir() and not (out / "manifest.json").exists() and any(not path.name.startswith(".building-") for path in out.iterdir()):
        raise SynopsisError(
            f"{out} holds files that no earlier build wrote. Choose an empty or a new folder for --out, so that nothing of yours is overwritten."
        )
    return resolved


@contextmanager
def staging_folder(out: Path) -> Iterator[Path]:
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


def publish(staging: Path, out: Path, keep_others: bool = False) -> None:
    """Move every finished file to its place, whole, and take away figures of an earlier build that are no more."""
    finished = sorted(path.relative_to(staging) for path in staging.rglob("*") if path.is_file())
    outdated = (
        [] if keep_others else [Path(name) for entry in read_manifest(out) for name in [*entry["files"], entry["data"]] if Path(name) not in finished]
    )
    if not keep_others:  # tables have no manifest, but names of their own
        outdated += [path.relative_to(out) for path in sorted(out.glob("tables/tab[0-9][0-9]_*")) if path.relative_to(out) not in finished]
    locked = []
    for name in finished:
        (out / name).parent.mkdir(exist_ok=True)
        try:
            os.replace(staging / name, out / name)
        except OSError:
            locked.append(name)
    for name in outdated:
        if name.parent in (Path("."), Path("tables")):
            (out / name).unlink(missing_ok=True)
    if locked:
        raise SynopsisError(f"These files are open in another program and were not replaced: {listed(locked)}. Close them and start again.")


def read_manifest(out: Path) -> list[dict[str, Any]]:
    try:
        entries = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
        return [entry for entry in entries if {"id", "files", "data"} <= set(entry)]
    except (OSError, ValueError, TypeError):
        return []


def replace_file(path: Path, content: bytes) -> None:
    temporary = path.with_name(f".{path.name}.new")
    temporary.write_bytes(content)
    os.replace(temporary, path)


def write_json(path: Path, content: object) -> None:
    path.write_bytes((json.dumps(content, indent=2, ensure_ascii=False) + "\n").encode())
