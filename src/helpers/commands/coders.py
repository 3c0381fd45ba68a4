"""The commands second-coder and compare: a blank form for another coder, and what several coders make of a review."""

from __future__ import annotations

import argparse
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pandas as pd

from ..drafts.folder import write_file
from ..loading import load_review
from ..problems import Problem, ReviewError, SynopsisError, listed
from ..review import Review
from ..validation import NATURE
from ..workbooks.coder_form import form_of, has_rules
from ..workbooks.coder_tables import coder_tables, has_ratings, review_of_coder
from .telling import RUN, choices_of, table_options, told, typed_path

Tables = Mapping[str, pd.DataFrame]


def add_parsers(commands: argparse._SubParsersAction, epilog: str) -> None:
    """The commands and their options."""
    second = commands.add_parser("second-coder", help="write a blank form for another coder, without the first codes", epilog=epilog)
    second.add_argument("folder", metavar="FOLDER", type=Path, help="the review's folder")
    second.add_argument("--out", metavar="FILE", type=Path, help="the workbook to write (NAME-second-coder.xlsx beside FOLDER unless told otherwise)")

    compare = commands.add_parser("compare", parents=[table_options()], help="compare what several coders made of the same table", epilog=epilog)
    what = "each coder's filled form, a table with the same rows and columns, or the folder of a review; one is enough with --review"
    compare.add_argument("files", metavar="FILE", type=Path, nargs="+", help=what)
    compare.add_argument("--review", metavar="FOLDER", type=Path, help="the review they coded (unless told, the first file stands for it)")
    compare.add_argument("--out", metavar="FOLDER", type=Path, help="where to write (out/NAME-comparison/ unless told otherwise)")


def second_coder(parsed: argparse.Namespace) -> int:
    """Write the form for another coder."""
    review = load_review(parsed.folder)
    folder = parsed.folder.resolve()
    form = parsed.out or parsed.folder.parent / f"{folder.name}-second-coder.xlsx"
    if not parsed.out and parsed.folder.name in ("", ".", ".."):
        form = folder.parent / form.name
    write_file(form_of(review), form)
    held = "the names and the rules for a Yes" if has_rules(review) else "the names"
    print(f"The form for another coder: {form}")
    print(f"It holds {held}, and none of the codes. Give each coder a copy; save each filled form under the coder's name.")
    print(f"Compare one or several with your own codes: {RUN} compare --review {typed_path(parsed.folder)} FORM")
    return 0


def compare(parsed: argparse.Namespace) -> int:
    """Compare several coders, or one with the review's own codes, and write what was found."""
    names = _names(parsed.files)
    places = [path.resolve() for path in parsed.files]
    twice = [path for place, path in enumerate(parsed.files) if path.resolve() in places[:place]]
    if twice:
        raise SynopsisError(f"{twice[0]} is named twice. Name the file of each coder once.")
    if len(names) < 2 and not parsed.review:
        raise SynopsisError("A comparison needs the files of two coders or more, or one file and --review FOLDER.")
    if parsed.review:
        return told(lambda: _compare(load_review(parsed.review), names, parsed, ""), parsed.files[0])
    with tempfile.TemporaryDirectory() as place:
        return told(lambda: _compare(_first(parsed, Path(place)), names, parsed, next(iter(names))), parsed.files[0])


def _first(parsed: argparse.Namespace, place: Path) -> Review:
    """The review that the first file makes, where there is none; the options of a problem with it would be those of another command."""
    try:
        return review_of_coder(parsed.files[0], choices_of(parsed), place)
    except ReviewError as error:
        raise ReviewError(error.problems) from None


def _names(files: Sequence[Path]) -> dict[str, Path]:
    """A name for each coder: that of the file, with its folder's where two are the same, with a number where these are, too."""
    stems = [path.resolve().name if path.is_dir() else path.stem for path in files]
    names = [f"{path.resolve().parent.name}/{stem}" if stems.count(stem) > 1 else stem for path, stem in zip(files, stems, strict=True)]
    told_apart = [f"{name} ({names[:place].count(name) + 1})" if names.count(name) > 1 else name for place, name in enumerate(names)]
    return dict(zip(told_apart, files, strict=True))


def _compare(review: Review, names: Mapping[str, Path], parsed: argparse.Namespace, reference: str) -> None:
    from ..comparing import compare as compared  # here, so that other commands start at once
    from ..comparing import told as told_at_terminal
    from ..comparison_files import PAGE, write

    problems: list[Problem] = []
    tables: dict[str, Tables] = {}
    for name, path in names.items():
        try:
            tables[name] = coder_tables(review, path, choices_of(parsed))
        except ReviewError as error:
            problems += error.problems
    if problems:
        raise ReviewError(problems)
    if len(names) == 1:
        reference = "the review" if "the review" not in names else "the review's own"
        tables = {reference: _own(review), **tables}
    comparison = compared(review, tables, reference)
    out = write(comparison, review, parsed.out)
    print(*_notes(review, names, tables), *told_at_terminal(review, comparison), sep="\n")
    print(f"Written to {out}: the tables, the map of disagreements, and a page that tells all of it ({PAGE}).")


def _own(review: Review) -> Tables:
    """The review's own codes, as those of one more coder."""
    return {**review.tables, **({} if review.nature.empty else {NATURE: review.nature})}


def _notes(review: Review, names: Mapping[str, Path], tables: Mapping[str, Tables]) -> Iterator[str]:
    """What a reader must know of the files: copies of one another, and ratings that are not compared."""
    same: dict[bytes, list[str]] = defaultdict(list)
    for path in names.values():
        if path.is_file():
            same[path.read_bytes()].append(str(path))
    for files in same.values():
        if len(files) > 1:
            yield f"Please check: {listed(files)} are the same, byte for byte. Copies of one file say nothing about agreement."
    without = [name for name, own in tables.items() if NATURE not in own]
    if review.metadata.ratings and 0 < len(without) < len(tables):
        others = "and the ratings are left out" if len(without) > len(tables) - 2 else f"and they are compared without {listed(without)}"
        yield f"There are no ratings from {listed(without)}, {others}."
    if not review.metadata.ratings and any(map(has_ratings, names.values())):
        yield "The ratings in the forms are not compared: only a review says what their levels are. Name it with --review FOLDER."


COMMANDS = {"second-coder": second_coder, "compare": compare}
