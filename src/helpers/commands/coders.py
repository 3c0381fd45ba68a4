"""The commands second-coder and compare: a blank form for another coder, and what several coders make of a review."""

from __future__ import annotations

import argparse
from pathlib import Path

from ..intake.coder_form import form_of
from ..intake.codes import quoted
from ..intake.folder import write_file
from ..loading import load_review
from .telling import RUN


def add_parsers(commands: argparse._SubParsersAction, epilog: str) -> None:
    """The commands and their options."""
    second = commands.add_parser("second-coder", help="write a blank form for another coder, without the first codes", epilog=epilog)
    second.add_argument("folder", metavar="FOLDER", type=Path, help="the review's folder")
    second.add_argument("--out", metavar="FILE", type=Path, help="the workbook to write (NAME-second-coder.xlsx unless told otherwise)")


def second_coder(parsed: argparse.Namespace) -> int:
    """Write the form for another coder."""
    review = load_review(parsed.folder)
    form = parsed.out or Path(f"{parsed.folder.resolve().name}-second-coder.xlsx")
    write_file(form_of(review), form)
    print(f"The form for another coder: {form}")
    print("It holds the names and the rules for a Yes, and none of the codes. Give each coder a copy; save each filled form under the coder's name.")
    print(f"Compare them with: {RUN} compare --review {quoted(str(parsed.folder))} FORM FORM")
    return 0


COMMANDS = {"second-coder": second_coder}
