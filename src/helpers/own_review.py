"""What do the commands for somebody's own review do: check a table, make a review of it, bring it up to date?"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from .claims import claim_problems
from .intake.choices import Choices, words
from .intake.coder_form import form_of
from .intake.codes import quoted
from .intake.draft import Words
from .intake.folder import check as check_written
from .intake.folder import new_review, refuse_in_use, update_review, write, write_file, write_new
from .intake.making import draft_from
from .intake.template import template
from .intake.update import update_of
from .loading import load_review
from .problems import ReviewError, SynopsisError, counted, shown
from .review import Review
from .summary import summary

MOST_LINES = 30
RUN = "py run.py" if os.name == "nt" else "python3 run.py"


def add_parsers(commands: argparse._SubParsersAction, epilog: str) -> None:
    """The commands and their options."""
    table = argparse.ArgumentParser(add_help=False)
    table.add_argument("--label", metavar="COL[,COL]", default="", help="the columns that name the rows (the first unless told; row is its number)")
    table.add_argument("--features", metavar="COLS", default="", help="the columns with codes, by heading or letter: D:I,K (all others unless told)")
    table.add_argument("--blank-means", choices=("no", "unclear"), default="", help="what an empty cell says; it is never guessed")
    table.add_argument("--sheet", metavar="NAME", action="append", default=[], help="the sheet of a workbook; again for a second table")
    for state in ("yes", "no", "unclear"):
        table.add_argument(f"--{state}", metavar="WORD[,WORD]", action="append", default=[], help=f"words that stand for {state}")

    check = commands.add_parser("check", parents=[table], help="say whether a table or a review is sound, and list every problem", epilog=epilog)
    check.add_argument("path", metavar="PATH", type=Path, help="a table (.csv, .tsv, .xlsx) or the folder of a review")

    update = commands.add_parser("update", parents=[table], help="read the table of a review again; its quotes are kept", epilog=epilog)
    update.add_argument("folder", metavar="FOLDER", type=Path, help="the review's folder")
    update.add_argument("--from", dest="table", metavar="TABLE", type=Path, required=True, help="the table as it is now; it is only read")

    second = commands.add_parser("second-coder", help="write a blank form for another coder, without the first codes", epilog=epilog)
    second.add_argument("folder", metavar="FOLDER", type=Path, help="the review's folder")
    second.add_argument("--out", metavar="FILE", type=Path, help="the workbook to write (NAME-second-coder.xlsx unless told otherwise)")

    new = commands.add_parser("new", parents=[table], help="make a review of a table, or a workbook to fill in", epilog=epilog)
    new.add_argument("folder", metavar="FOLDER", type=Path, help="the review's new folder")
    source = new.add_mutually_exclusive_group(required=True)
    source.add_argument("--from", dest="table", metavar="TABLE", type=Path, help="a table (.csv, .tsv, .xlsx) or a filled workbook; it is only read")
    source.add_argument("--template", action="store_true", help="write a workbook to fill in, into FOLDER")
    new.add_argument("--title", metavar="TEXT", default="", help="what the review is called")
    new.add_argument("--item", metavar="ONE,SEVERAL", type=_noun, help="what a row is: study,studies")
    new.add_argument("--feature", metavar="ONE,SEVERAL", type=_noun, help="what a column is: technique,techniques")
    new.add_argument("--no-means", metavar="TEXT", default="", help="what a No says: not mentioned in the report")


def _noun(text: str) -> tuple[str, str]:
    both = words(text)
    if not 1 <= len(both) <= 2:
        raise argparse.ArgumentTypeError(f"{shown(text)} is not one word and its plural, such as study,studies")
    return both[0], both[-1] if len(both) == 2 else f"{both[0]}s"


def choices_of(parsed: argparse.Namespace) -> Choices:
    """The decisions that were typed."""
    told = {state: tuple(word for text in getattr(parsed, state) for word in words(text)) for state in ("yes", "no", "unclear")}
    return Choices(parsed.label, parsed.features, parsed.blank_means, tuple(parsed.sheet), **told)


def check(parsed: argparse.Namespace) -> int:
    """Say whether a table, or a review folder, can be used."""
    if not parsed.path.is_dir():
        return _told(lambda: _check_table(parsed), parsed.path, "NEW_FOLDER", "")
    review = load_review(parsed.path)
    problems = claim_problems(review)
    if problems:
        raise ReviewError(problems)
    print(summary(review))
    return 0


def _check_table(parsed: argparse.Namespace) -> None:
    reading, draft = draft_from(parsed.path, choices_of(parsed), Words())
    with tempfile.TemporaryDirectory() as place:
        write(draft, Path(place), "review")
        check_written(draft, Path(place))
    print(f"{parsed.path.name}: the table can be used.")
    print(*reading.notes, sep="\n")
    print(f"Make a review of it with: {_command('new', 'NEW_FOLDER', parsed.path, reading.choices.as_options())}")


def new(parsed: argparse.Namespace) -> int:
    """Make a review of a table, or write the workbook to fill in."""
    refuse_in_use(parsed.folder)
    if parsed.template:
        return _template(parsed.folder)
    return _told(lambda: _new_from(parsed), parsed.table, str(parsed.folder), _said(parsed))


def _template(folder: Path) -> int:
    workbook = folder / f"{folder.resolve().name}.xlsx"
    if workbook.exists():
        raise SynopsisError(f"{workbook} is there already. Fill it in, or choose a new name.")
    write_new({workbook.name: template()}, folder)
    print(f"The workbook to fill in: {workbook}")
    print("Its first sheet says how. When it is filled in and saved:")
    print(f"  {RUN} check {quoted(str(workbook))}")
    print(f"  {_command('new', str(folder), workbook, '')}")
    return 0


def _new_from(parsed: argparse.Namespace) -> None:
    wording = Words(parsed.title, "", parsed.item or ("item", "items"), parsed.feature or ("feature", "features"), "", parsed.no_means)
    reading, draft = draft_from(parsed.table, choices_of(parsed), wording)
    review = new_review(draft, parsed.folder)
    print(*reading.notes, sep="\n")
    print(f"The review is in {parsed.folder}: {len(review.items)} {review.metadata.item(len(review.items))}.")
    print(f"Make its notebooks, figures and report with: {RUN} figures --review {quoted(str(parsed.folder))}")


def update(parsed: argparse.Namespace) -> int:
    """Read the table of a review again, with what was decided before unless told otherwise."""
    review = load_review(parsed.folder)
    return _told(lambda: _update_from(review, parsed), parsed.table, str(parsed.folder), "", "update")


def _update_from(review: Review, parsed: argparse.Namespace) -> None:
    meta = review.metadata
    nouns = ((noun.singular, noun.plural) for noun in (meta.item, meta.feature))
    wording = Words(meta.title, meta.source, *nouns, meta.yes_means, meta.no_means)
    choices = choices_of(parsed).or_else(meta.made_from.get("choices", {}))
    reading, draft = draft_from(parsed.table, choices, wording)
    update = update_of(review, draft)
    print(*reading.notes, sep="\n")
    if not update.changes:
        print(f"Nothing changed: {parsed.folder} is as it was.")
        return
    earlier = update_review(review, update)
    print(*update.changes, sep="\n")
    if update.without_quote:
        print(f"{counted(update.without_quote, 'Yes has', 'Yes have')} no quote.")
    if review.coders and not update.same_shape:
        print(f"The tables of other coders have other rows or columns now; they were moved to {earlier}.")
    print(f"{parsed.folder} is up to date. Its files as they were: {earlier}")


def second_coder(parsed: argparse.Namespace) -> int:
    """Write the form for another coder."""
    review = load_review(parsed.folder)
    form = parsed.out or Path(f"{parsed.folder.resolve().name}-second-coder.xlsx")
    write_file(form_of(review), form)
    print(f"The form for another coder: {form}")
    print("It holds the names and the rules for a Yes, and none of the codes. Give each coder a copy; save each filled form under the coder's name.")
    print(f"Compare them with: {RUN} compare --review {quoted(str(parsed.folder))} FORM FORM")
    return 0


def _said(parsed: argparse.Namespace) -> str:
    """The words about the review, as they were typed."""
    nouns = [f"--{name} {quoted(','.join(noun))}" for name in ("item", "feature") if (noun := getattr(parsed, name))]
    return " ".join([f"--{name.replace('_', '-')} {quoted(text)}" for name in ("title", "no_means") if (text := getattr(parsed, name))] + nouns)


def _told(run: Callable[[], None], table: Path, folder: str, said: str, command: str = "new") -> int:
    """Run, or tell every problem of a table, at most 30 lines of them, and the options that would answer its questions."""
    try:
        run()
    except ReviewError as error:
        tell(error.problems)
        advice = getattr(error, "advice", "")
        if advice:
            print("Questions can be answered by options. With what is true for your table put in, for example:", file=sys.stderr)
            print(f"  {_command(command, folder, table, ' '.join(filter(None, [advice, said])))}", file=sys.stderr)
        return 1
    return 0


def tell(problems: Iterable[object], most: int = MOST_LINES) -> None:
    """Problems on stderr, one a line, up to so many, then how many there are."""
    lines = [str(problem) for problem in problems]
    print(*lines[:most], sep="\n", file=sys.stderr)
    if len(lines) > most:
        print(f"... and {len(lines) - most} more.", file=sys.stderr)
    print(f"{counted(len(lines), 'problem')}. Mend {'it' if len(lines) == 1 else 'them'} and start again.", file=sys.stderr)


def _command(name: str, folder: str, table: Path, options: str) -> str:
    path = quoted(str(table))
    return " ".join(filter(None, [RUN, name, quoted(folder), f"--from {path}" if not str(table).startswith("-") else f"--from=./{path}", options]))


COMMANDS = {"check": check, "new": new, "update": update, "second-coder": second_coder}
