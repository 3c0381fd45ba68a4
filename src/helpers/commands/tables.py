"""The commands check, new and update: is a table sound, what review does it make, and what changed in it?"""

from __future__ import annotations

import argparse
import os
import tempfile
from dataclasses import replace
from pathlib import Path

from ..claims import claim_problems
from ..csvfiles import printable
from ..drafts.draft import Words, decided
from ..drafts.folder import check as check_written
from ..drafts.folder import new_review, refuse_in_use, write, write_new
from ..drafts.replacing import refuse_own_file, update_review
from ..drafts.update import update_of
from ..intake.choices import words
from ..intake.codes import option
from ..loading import load_review
from ..problems import ReviewError, SynopsisError, counted, shown
from ..review import Review
from ..summary import summary
from ..workbooks.making import draft_from
from ..workbooks.template import template
from .said import brought, not_borne_out
from .telling import NEW_FOLDER, RUN, choices_of, command_line, table_options, told, typed_path


def add_parsers(commands: argparse._SubParsersAction, epilog: str) -> None:
    """The commands and their options."""
    table = table_options()
    check = commands.add_parser("check", parents=[table], help="say whether a table or a review is sound, and list every problem", epilog=epilog)
    check.add_argument("path", metavar="PATH", type=Path, help="a table (.csv, .tsv, .xlsx) or the folder of a review")

    update = commands.add_parser("update", parents=[table], help="read the table of a review again; its quotes are kept", epilog=epilog)
    update.add_argument("folder", metavar="FOLDER", type=Path, help="the review's folder")
    update.add_argument("--from", dest="table", metavar="TABLE", type=Path, required=True, help="the table as it is now; it is only read")

    new = commands.add_parser("new", parents=[table], help="make a review of a table, or a workbook to fill in", epilog=epilog)
    new.add_argument("folder", metavar="FOLDER", type=Path, help="the review's new folder")
    source = new.add_mutually_exclusive_group(required=True)
    source.add_argument("--from", dest="table", metavar="TABLE", type=Path, help="a table (.csv, .tsv, .xlsx) or a filled workbook; it is only read")
    source.add_argument("--template", action="store_true", help="write a workbook to fill in, into FOLDER")
    new.add_argument("--title", metavar="TEXT", type=_text, default="", help="what the review is called")
    new.add_argument("--item", metavar="ONE,SEVERAL", type=_noun, help="what a row is: study,studies")
    new.add_argument("--feature", metavar="ONE,SEVERAL", type=_noun, help="what a column is: technique,techniques")
    new.add_argument("--yes-means", metavar="TEXT", type=_text, default="", help="what a Yes says: described in the report")
    new.add_argument("--no-means", metavar="TEXT", type=_text, default="", help="what a No says: not mentioned in the report")


def _text(text: str) -> str:
    """A text on one line, without signs that no page can show."""
    return " ".join(printable(text).split())


def _noun(text: str) -> tuple[str, str]:
    both = [word for word in map(_text, words(text)) if word]
    if len(both) != 2 or ";" in text:
        raise argparse.ArgumentTypeError(f"{shown(text)} is not one word and its plural. Give both, with a comma: study,studies")
    return both[0], both[1]


def check(parsed: argparse.Namespace) -> int:
    """Say whether a table, or a review folder, can be used."""
    if not os.path.isdir(parsed.path):  # False for a name that is too long, too
        return told(lambda: _check_table(parsed), parsed.path)
    review = load_review(parsed.path)
    problems = claim_problems(review)
    if problems:
        raise ReviewError(problems)
    print(*[summary(review), *not_borne_out(review)], sep="\n")
    return 0


def _check_table(parsed: argparse.Namespace) -> None:
    reading, draft = draft_from(parsed.path, choices_of(parsed), Words())
    with tempfile.TemporaryDirectory() as place:
        write(draft, Path(place), "review")
        check_written(draft, Path(place))
    print(f"{parsed.path.name}: the table can be used.")
    print(*reading.notes, *brought(draft), sep="\n")
    print(f"Make a review of it with: {command_line('new', NEW_FOLDER, parsed.path, reading.choices.as_options())}")


def new(parsed: argparse.Namespace) -> int:
    """Make a review of a table, or write the workbook to fill in."""
    if parsed.folder.name == NEW_FOLDER:
        raise SynopsisError(f"{NEW_FOLDER} stands for the folder of your review: write a name of your own instead.")
    refuse_in_use(parsed.folder)
    if parsed.template:
        return _template(parsed.folder, _wording(parsed))
    return told(lambda: _new_from(parsed), parsed.table, str(parsed.folder), _said(parsed))


def _template(folder: Path, wording: Words) -> int:
    workbook = folder / f"{folder.resolve().name}.xlsx"
    if workbook.exists():
        raise SynopsisError(f"{workbook} is there already. Fill it in, or choose a new name.")
    write_new({workbook.name: template(wording)}, folder)
    print(f"The workbook to fill in: {workbook}")
    print("Its first sheet says how. When it is filled in and saved:")
    print(f"  {RUN} check {typed_path(workbook)}")
    print(f"  {command_line('new', str(folder), workbook, '')}")
    return 0


def _new_from(parsed: argparse.Namespace) -> None:
    reading, draft = draft_from(parsed.table, choices_of(parsed), _wording(parsed))
    draft = replace(draft, words=_wording(parsed, draft.words))
    review = new_review(draft, parsed.folder)
    print(*reading.notes, *brought(draft), sep="\n")
    print(f"The review is in {parsed.folder}: {len(review.items)} {review.metadata.item(len(review.items))}.")
    print(f"Make its notebooks, figures and report with: {RUN} figures --review {typed_path(parsed.folder)}")


def _wording(parsed: argparse.Namespace, said: Words | None = None) -> Words:
    """The words about the review that were typed, and those that a workbook says where nothing was typed."""
    names = ("title", "item", "feature", "yes_means", "no_means")
    return replace(said or Words(), **{name: typed for name in names if (typed := getattr(parsed, name))})


def update(parsed: argparse.Namespace) -> int:
    """Read the table of a review again, with what was decided before unless told otherwise."""
    try:
        review = load_review(parsed.folder)
    except OSError as error:
        raise SynopsisError(f"{shown(str(parsed.folder))} cannot be read ({error.strerror}). Check the path.") from None
    return told(lambda: _update_from(review, parsed), parsed.table, str(parsed.folder), command="update")


def _update_from(review: Review, parsed: argparse.Namespace) -> None:
    meta = review.metadata
    nouns = ((noun.singular, noun.plural) for noun in (meta.item, meta.feature))
    wording = Words(meta.title, meta.source, *nouns, meta.yes_means, meta.no_means)
    refuse_own_file(review, parsed.table)
    choices = choices_of(parsed).or_else(decided(review).as_record())
    reading, draft = draft_from(parsed.table, choices, wording)
    update = update_of(review, draft)
    print(*reading.notes, *update.notes, sep="\n")
    if not update.changes:
        print(f"Nothing changed: {parsed.folder} is as it was.")
        return
    earlier = update_review(review, update)
    print(*update.changes, sep="\n")
    if update.without_quote:
        print(f"{counted(update.without_quote, 'Yes has', 'Yes have')} no quote.")
    if review.coders and not update.same_shape:
        print(f"The tables of other coders have other rows or columns now; they were moved to {earlier}.")
    ends = f"{parsed.folder} is up to date. Its files as they were: {earlier}"
    print(*not_borne_out(load_review(parsed.folder)), ends, sep="\n")


def _said(parsed: argparse.Namespace) -> str:
    """The words about the review, as they were typed."""
    texts = {
        "title": parsed.title,
        "yes-means": parsed.yes_means,
        "no-means": parsed.no_means,
        "item": ",".join(parsed.item or ()),
        "feature": ",".join(parsed.feature or ()),
    }
    return " ".join(option(name, text) for name, text in texts.items() if text)


COMMANDS = {"check": check, "new": new, "update": update}
