"""The command place: where would one more item stand among those of a review?"""

from __future__ import annotations

import argparse
from pathlib import Path

from ..loading import load_review
from ..publishing import MAIN_REVIEW


def add_parsers(commands: argparse._SubParsersAction, epilog: str) -> None:
    """The command and its options."""
    place = commands.add_parser("place", help="say where one more item would stand among those of a review", epilog=epilog)
    place.add_argument("--review", metavar="FOLDER", type=Path, help="the review's folder (data/priebe2014 unless told otherwise)")
    names = 'ids or labels, with commas between; a label with a comma of its own in "..."; give it again for more'
    place.add_argument("--yes", metavar="A,B", action="append", required=True, help=f"the features it has, by their {names}; all others are No")
    place.add_argument("--unclear", metavar="C,D", action="append", default=[], help="features that could be Yes or No, named alike")
    place.add_argument("--name", metavar="TEXT", default="", help="what the added item is called")


def place(parsed: argparse.Namespace) -> int:
    """Say where an added item would stand."""
    from ..placing import place as placed  # here, so that other commands start at once
    from ..placing import placing_words, split_names

    review = load_review(parsed.review or MAIN_REVIEW)
    print("\n".join(placing_words(review, placed(review, split_names(parsed.yes), split_names(parsed.unclear), parsed.name))))
    return 0


COMMANDS = {"place": place}
