"""How are the files of a review replaced when its table was read again, all of them or none?"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from ..loading import load_review
from ..metadata import FILE
from ..problems import Problem, ReviewError, SynopsisError, listed, shown
from ..review import Review
from ..validation import COLUMNS, NATURE
from .draft import SET_ASIDE, Draft
from .folder import check, contents_of, staged, unwritable, write_all
from .update import Update

CODERS, EARLIER = "coders", "earlier"
LOCK = ".update-under-way"
WHOLE = "Nothing was changed."


def update_review(review: Review, update: Update) -> Path:
    """Write a review anew after its table was read again; the files as they were go to earlier/1, earlier/2 and so on.

    Raises
    ------
    SynopsisError
        If the review would be unsound, another update is under way, or a file cannot be replaced; it says in which state the folder is.
    """
    folder, draft = review.folder, update.draft
    _check_totals(review, draft)
    contents = contents_of(draft, folder.resolve().name, _package(review, draft, update.same_shape))
    with staged(folder) as staging:
        _mirror(folder, staging, update.same_shape)
        write_all(contents, staging)
        check(draft, staging)
    with _alone(folder) as lock:
        again = load_review(folder)
        if (again.sheets, again.metadata) != (review.sheets, review.metadata):
            raise SynopsisError(f"{folder} was changed by another program meanwhile. Nothing was replaced. Start again.")
        earlier = _next(folder / EARLIER)
        with suppress(OSError):  # only so that a later message can name it
            lock.write_text(str(earlier), encoding="utf-8", errors="replace")
        _exchange(contents, folder, earlier, not update.same_shape)
    return earlier


def refuse_own_file(review: Review, table: Path) -> None:
    """Raise SynopsisError if the table is a file that update itself writes."""
    names = [f"{name}.csv" for name in dict.fromkeys([*review.table_names, *COLUMNS, NATURE, SET_ASIDE])]
    for path in (review.folder / name for name in [*names, FILE]):
        if os.path.exists(table) and path.exists() and os.path.samefile(path, table):
            made_from = review.metadata.made_from.get("file")
            instead = f"Name the table that the review was made from: {made_from}." if made_from else "Name a table outside the review."
            raise SynopsisError(
                f"{table} is a file of the review itself. {instead} "
                "What you change in the files of a review by hand counts at once; check it with the command check."
            )
    place = Path(os.path.realpath(table)).parent
    if place.parent == Path(os.path.realpath(review.folder)) / EARLIER:
        raise SynopsisError(
            f"{table} is a file of the review as it was. To go back to that state, copy all files of {table.parent} into {review.folder}."
        )


def _check_totals(review: Review, draft: Draft) -> None:
    """The printed totals are told by name, for the new table."""
    labels = {key: label for name in ("models", "features") for key, label in zip(draft.files[name]["id"], draft.files[name]["label"], strict=True)}
    file = draft.more.get("made_from", {}).get("file", FILE)
    problems = []
    for table, axes in review.metadata.printed_totals.items():
        frame = draft.files[table].set_index("model") if table in draft.tables else None
        within = f" in {shown(draft.tables[table])}" if frame is not None and len(draft.tables) > 1 else ""
        for axis, counts in axes.items() if frame is not None else ():
            for key, printed in counts.items():
                where = frame.index if axis == "rows" else frame.columns
                if key not in where:
                    message = f"printed_totals in {FILE} holds a total of {shown(review.label(key))}, which the new table lacks. Delete it there."
                    problems.append(Problem(file, 0, 0, message))
                    continue
                states = list(frame.loc[key] if axis == "rows" else frame[key])
                yes, unclear = states.count("yes"), states.count("unclear")
                if not yes <= printed <= yes + unclear:
                    message = f"The new table has {yes} Yes for {shown(labels[key])}{within}, but the review prints {printed}."
                    problems.append(Problem(file, 0, 0, f"{message} Mend the table, or printed_totals in {FILE}."))
    if problems:
        raise ReviewError(problems)


def _package(review: Review, draft: Draft, with_coders: bool) -> dict[str, Any] | None:
    """The datapackage.json as it is, with the resources of those files that stay."""
    path = review.folder / FILE
    if not path.exists():
        return None
    package = json.loads(path.read_text(encoding="utf-8-sig"))
    resources = package.get("resources")
    kept = []
    for entry in resources if isinstance(resources, list) else ():
        place = entry.get("path") if isinstance(entry, dict) else None
        if isinstance(place, str) and place.removesuffix(".csv") not in draft.files and (with_coders or not place.startswith(f"{CODERS}/")):
            kept.append(entry)
    return {**package, "resources": kept}


def _mirror(folder: Path, staging: Path, with_coders: bool) -> None:
    """All files of the folder that a review is read from, so that what is checked is what will be there."""
    for path in folder.glob("*.csv"):
        if path.is_file() and not path.name.startswith("."):
            shutil.copyfile(path, staging / path.name)
    if with_coders and (folder / CODERS).is_dir():
        shutil.copytree(folder / CODERS, staging / CODERS)


@contextmanager
def _alone(folder: Path) -> Iterator[Path]:
    """No other update of the same review may run meanwhile."""
    lock = folder / LOCK
    try:
        os.close(os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
    except FileExistsError:
        with suppress(OSError):
            earlier = lock.read_text(encoding="utf-8", errors="replace")
            back = f" copy the files of {earlier} back into {folder} if they are there," if earlier else ""
            raise SynopsisError(
                f"Another update of {folder} is under way, or was cut short. Nothing was changed now. If none is under way:{back} "
                f"delete the file {lock}, and start again."
            ) from None
        raise SynopsisError(f"Another update of {folder} was under way. Nothing was changed now. Start again.") from None
    except OSError as error:
        raise unwritable(folder, error) from None
    try:
        yield lock
    finally:
        lock.unlink(missing_ok=True)


def _next(folder: Path) -> Path:
    """A new folder with the next number, made for nobody else."""
    try:
        folder.mkdir(exist_ok=True)
        number = max((int(path.name) for path in folder.glob("*") if path.name.isdecimal() and len(path.name) < 10), default=0)
        while True:
            number += 1
            with suppress(FileExistsError):
                (folder / str(number)).mkdir()
                return folder / str(number)
    except OSError as error:
        raise unwritable(folder, error) from None


def _exchange(contents: Mapping[str, bytes], folder: Path, earlier: Path, without_coders: bool) -> None:
    """Copy what is there into `earlier`, then put the new files in its place; whatever fails, all is put back."""
    coders = folder / CODERS
    there = [name for name in contents if (folder / name).exists()]
    done: list[str] = []
    try:
        for name in there:
            shutil.copy2(folder / name, earlier / name)
        for name, content in contents.items():
            _temporary(folder, name).write_bytes(content)
        for name in contents:
            done.append(name)
            os.replace(_temporary(folder, name), folder / name)
        if without_coders and coders.is_dir():
            os.rename(coders, earlier / CODERS)
    except BaseException as error:
        state = _put_back(contents, {name: name in there for name in done}, folder, earlier)
        if isinstance(error, OSError):
            raise unwritable(folder, error, state) from None
        if state != WHOLE:
            raise SynopsisError(f"Stopped. {state}") from None
        raise


def _put_back(names: Iterable[str], done: Mapping[str, bool], folder: Path, earlier: Path) -> str:
    """Put the files as they were back in their place (`done`: whether there was one), and say in which state the folder is then."""
    left = []
    for name in [*names, CODERS]:
        for _ in range(2):  # a second Ctrl+C is no reason to leave a file half done
            with suppress(BaseException):
                _put_back_one(name, done, folder, earlier)
                break
        else:
            left.append(name)
    if left:
        return f"{listed(left)} could not be put back. The files as they were stand in {earlier}; copy them from there into {folder}."
    with suppress(OSError):  # what is left in there stays
        for name in names:
            (earlier / name).unlink(missing_ok=True)
        earlier.rmdir()
        earlier.parent.rmdir()
    return WHOLE


def _put_back_one(name: str, done: Mapping[str, bool], folder: Path, earlier: Path) -> None:
    """May be done twice: once a copy was moved back, nothing is left to do."""
    if name == CODERS:
        if (earlier / CODERS).is_dir():
            os.rename(earlier / CODERS, folder / CODERS)
        return
    _temporary(folder, name).unlink(missing_ok=True)
    if done.get(name) is False:
        (folder / name).unlink(missing_ok=True)
    elif done.get(name) and (earlier / name).exists():
        os.replace(earlier / name, folder / name)


def _temporary(folder: Path, name: str) -> Path:
    return folder / f".{name}.new"
