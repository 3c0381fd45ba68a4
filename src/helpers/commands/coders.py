"""The commands second-coder and compare: a blank form for another coder, and what several coders make of a review."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from ..comparing import compare as compared
from ..comparing import told as told_at_terminal
from ..comparison_files import PAGE, write
from ..intake.coder_form import form_of
from ..intake.coder_tables import coder_tables
from ..intake.draft import Words, draft_of
from ..intake.folder import new_review, write_file
from ..intake.reading import read_table
from ..loading import load_review
from ..problems import Problem, ReviewError, SynopsisError
from ..review import Review
from .telling import RUN, choices_of, table_options, told, typed_path


def add_parsers(commands: argparse._SubParsersAction, epilog: str) -> None:
    """The commands and their options."""
    second = commands.add_parser("second-coder", help="write a blank form for another coder, without the first codes", epilog=epilog)
    second.add_argument("folder", metavar="FOLDER", type=Path, help="the review's folder")
    second.add_argument("--out", metavar="FILE", type=Path, help="the workbook to write (NAME-second-coder.xlsx unless told otherwise)")

    compare = commands.add_parser("compare", parents=[table_options()], help="compare what several coders made of the same table", epilog=epilog)
    compare.add_argument("files", metavar="FILE", type=Path, nargs="+", help="each coder's filled form, or a table with the same rows and columns")
    compare.add_argument("--review", metavar="FOLDER", type=Path, help="the review they coded (unless told, the first file stands for it)")
    compare.add_argument("--out", metavar="FOLDER", type=Path, help="where to write (out/NAME-comparison/ unless told otherwise)")


def second_coder(parsed: argparse.Namespace) -> int:
    """Write the form for another coder."""
    review = load_review(parsed.folder)
    form = parsed.out or Path(f"{parsed.folder.resolve().name}-second-coder.xlsx")
    write_file(form_of(review), form)
    print(f"The form for another coder: {form}")
    print("It holds the names and the rules for a Yes, and none of the codes. Give each coder a copy; save each filled form under the coder's name.")
    print(f"Compare them with: {RUN} compare --review {typed_path(parsed.folder)} FORM FORM")
    return 0


def compare(parsed: argparse.Namespace) -> int:
    """Compare several coders, and write what was found."""
    names = _names(parsed.files)
    if len(names) < 2:
        raise SynopsisError("A comparison needs the files of two coders or more.")
    if parsed.review:
        return told(lambda: _compare(load_review(parsed.review), names, parsed, ""), parsed.files[0])
    with tempfile.TemporaryDirectory() as place:
        return told(lambda: _compare(_review_of(parsed, Path(place)), names, parsed, next(iter(names))), parsed.files[0])


def _review_of(parsed: argparse.Namespace, place: Path) -> Review:
    """The review that the first file makes, where there is none."""
    first = parsed.files[0]
    return new_review(draft_of(read_table(first, choices_of(parsed)), Words(title=first.stem)), place / first.stem)


def _names(files: Sequence[Path]) -> dict[str, Path]:
    """A name for each coder: that of the file, with its folder's where two are the same, with a number where these are, too."""
    stems = [path.stem for path in files]
    names = [f"{path.resolve().parent.name}/{path.stem}" if stems.count(path.stem) > 1 else path.stem for path in files]
    told_apart = [f"{name} ({names[:place].count(name) + 1})" if names.count(name) > 1 else name for place, name in enumerate(names)]
    return dict(zip(told_apart, files, strict=True))


def _compare(review: Review, names: Mapping[str, Path], parsed: argparse.Namespace, reference: str) -> None:
    problems: list[Problem] = []
    tables = {}
    for name, path in names.items():
        try:
            tables[name] = coder_tables(review, path, choices_of(parsed))
        except ReviewError as error:
            problems += error.problems
    if problems:
        raise ReviewError(problems)
    comparison = compared(review, tables, reference)
    out = write(comparison, review, parsed.out)
    print(*told_at_terminal(review, comparison), sep="\n")
    print(f"Written to {out}: the tables, the map of disagreements, and a page that tells all of it ({PAGE}).")


COMMANDS = {"second-coder": second_coder, "compare": compare}
