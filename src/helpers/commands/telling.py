"""Which options describe a table, and how are its problems told, with the command that answers what can be answered?"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from ..intake.choices import OPEN, OPEN_OPTION, Choices, words
from ..intake.codes import quoted
from ..problems import ReviewError, SynopsisError, counted, listed

MOST_LINES = 30
NEW_FOLDER = "NEW_FOLDER"  # in an example
DELETES = re.compile(r"delete (a|the) (row|column)|(row|cell|column) \w+: .*Delete it")  # what a message asks for
RUN = "py run.py" if os.name == "nt" else "python3 run.py"


def table_options() -> argparse.ArgumentParser:
    """The options that say how a table is meant."""
    table = argparse.ArgumentParser(add_help=False)
    table.add_argument("--label", metavar="COL[,COL]", default="", help="the columns that name the rows (the first unless told; row is its number)")
    table.add_argument("--features", metavar="COLS", default="", help="the columns with codes, by heading or letter: D:I,K (all others unless told)")
    table.add_argument("--blank-means", type=_blank_means, default="", help="what an empty cell says; it is never guessed")
    table.add_argument("--sheet", metavar="NAME", action="append", default=[], help="the sheet of a workbook; again for a second table")
    for state in ("yes", "no", "unclear"):
        table.add_argument(f"--{state}", metavar="WORD[,WORD]", action="append", default=[], help=f"words that stand for {state}")
    return table


def _blank_means(text: str) -> str:
    if text.casefold() not in ("", "no", "unclear"):  # nothing is the default
        raise argparse.ArgumentTypeError(f"{text} is no answer. Write --blank-means no or --blank-means unclear")
    return text.casefold()


def choices_of(parsed: argparse.Namespace) -> Choices:
    """The decisions that were typed."""
    typed = {state: [word for text in getattr(parsed, state) for word in words(text)] for state in ("yes", "no", "unclear")}
    left = [word for texts in typed.values() for word in texts if word in OPEN.values()]
    if left:
        raise SynopsisError(f"{listed(left)} {'stands for a word' if len(left) == 1 else 'stand for words'} of your table: write that word instead.")
    told = {state: tuple(texts) for state, texts in typed.items()}
    return Choices(parsed.label, parsed.features, parsed.blank_means, tuple(parsed.sheet), **told)


def told(run: Callable[[], None], table: Path, folder: str = NEW_FOLDER, said: str = "", command: str = "new") -> int:
    """Run, or tell every problem of a table, at most 30 lines of them, and the options that would answer its questions."""
    try:
        run()
    except ReviewError as error:
        tell(error.problems)
        answers = [options for name in ("without", "advice") if (options := getattr(error, name, ""))]
        lines = [f"  {command_line(command, folder, table, ' '.join(filter(None, [options, said])))}" for options in answers]
        if lines:
            them = "it" if len(error.problems) == 1 else "the questions among them"
            is_open = any(word in line for word in (*OPEN.values(), OPEN_OPTION, NEW_FOLDER) for line in lines)
            own = ", with your own words in place of the capitals" if is_open else ""
            print(f"Or answer {them} by options{own}:", "\nor, if they mean yes, no or unclear:\n".join(lines), sep="\n", file=sys.stderr)
        return 1
    return 0


def tell(problems: Iterable[object], most: int = MOST_LINES) -> None:
    """Problems on stderr, one a line, up to so many, then how many there are."""
    lines = [str(problem) for problem in problems]
    print(*lines[:most], sep="\n", file=sys.stderr)
    if len(lines) > most:
        print(f"... and {len(lines) - most} more.", file=sys.stderr)
    print(f"{counted(len(lines), 'problem')}. Mend {'it' if len(lines) == 1 else 'them'} and start again.", file=sys.stderr)
    if len(lines) > 1 and any(map(DELETES.search, lines)):
        print("Mend cells first; delete rows and columns last, from the end, since deleting moves what lies behind.", file=sys.stderr)


def command_line(name: str, folder: str, table: Path, options: str) -> str:
    """A command as it is typed in a terminal."""
    return " ".join(filter(None, [RUN, name, typed_path(folder), "--from", typed_path(table), options]))


def typed_path(path: str | Path) -> str:
    """A path as it is typed in a terminal: in quotation marks where it needs them, and never like an option.

    >>> typed_path("my review"), typed_path("-x.csv")
    ('"my review"', './-x.csv')
    """
    return quoted(f"./{path}" if str(path).startswith("-") else str(path))
