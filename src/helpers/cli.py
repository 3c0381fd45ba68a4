"""Which commands are there? `synopsis ...`, which users start as `python3 run.py ...`."""

from __future__ import annotations

import argparse
import contextlib
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from . import commands as own
from .commands.telling import RUN, tell
from .intake.choices import OPEN_OPTION
from .problems import ReviewError, SynopsisError, did_you_mean, shown

FORMATS = ("pdf", "svg", "png", "tiff", "eps")
EPILOG = "On Windows write py instead of python3."


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 if all went well, 1 for a problem told in words, 2 for a wrong call."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    for argument in sys.argv[1:] if arguments is None else arguments:
        if argument.startswith("-") and os.path.lexists(argument):
            print(f"{argument} is the name of a file, and looks like an option. Write ./{argument} instead.", file=sys.stderr)
            return 2
    parsed, rest = _parser().parse_known_args(arguments)
    if rest and parsed.command not in ("test", "lab"):
        _parser().error(f"{_left_over(parsed, rest)} See: {RUN} {parsed.command} --help")
    parsed.rest = rest
    try:
        return int(COMMANDS[parsed.command](parsed) or 0)
    except ReviewError as error:
        tell(error.problems, most=len(error.problems))
    except SynopsisError as error:
        print(error, file=sys.stderr)
    except KeyboardInterrupt:
        print("Stopped. Nothing was replaced.", file=sys.stderr)
        return 130
    except OSError as error:
        print(f"A file could not be read or written: {error}", file=sys.stderr)
    return 1


class _Parser(argparse.ArgumentParser):
    """A parser that asks "Did you mean" where a command or an option is misspelt."""

    def options_of(self, command: str) -> list[str]:
        """The options of a command, as its own usage line names them."""
        usage = next(iter(action.choices[command].format_usage() for action in self._actions if action.dest == "command"))
        return sorted(set(re.findall(r"--[a-z][a-z-]*", usage)))

    def error(self, message: str) -> NoReturn:
        wrong = re.search(r"argument COMMAND: invalid choice: '(.*?)'", message)
        near = did_you_mean(wrong[1], COMMANDS) if wrong else ""
        super().error(f"There is no command {wrong[1]}. {near}" if wrong else message)


def _left_over(parsed: argparse.Namespace, rest: Sequence[str]) -> str:
    """What is wrong with words that no option and no place of a command takes."""
    first = rest[0]
    if first.partition("=")[0] == f"--{OPEN_OPTION}":
        return f"--{OPEN_OPTION} stands for --yes, --no or --unclear: write one of these instead."
    if first.startswith("-"):
        near = did_you_mean(first.replace("_", "-"), _parser().options_of(parsed.command))
        return f"{parsed.command} has no option {first}. {near}".rstrip()
    if "review" in vars(parsed) and os.path.isdir(first):
        return f"{first} stands alone. Did you mean --review {first}?"
    return f'{shown(first)} stands alone. Put commas between words, and quotation marks around a text with blanks or commas: "x y,z".'


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="run.py", description="From the coded tables of a review to notebooks, findings and figures.", epilog=EPILOG)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    figures = commands.add_parser("figures", help="run all notebooks on a review and write its figures", epilog=EPILOG)
    figures.add_argument("--review", metavar="FOLDER", type=Path, help="the review's folder (data/priebe2014 unless told otherwise)")
    figures.add_argument("--out", metavar="FOLDER", type=Path, help="where to write (figures/, or out/NAME/ for another review)")
    figures.add_argument(
        "--only", metavar="ID", action="append", default=[], help="draw one figure, such as fig01, without running notebooks; give it again for more"
    )
    figures.add_argument("--preset", metavar="NAME", help="sizes, text and formats for cambridge, elsevier, nature or plos journals, or for a slide")
    figures.add_argument("--columns", metavar="N", type=int, choices=(1, 2), default=2, help="the width of one column or of two (unless told: 2)")
    figures.add_argument(
        "--format",
        metavar="EXT",
        action="append",
        default=[],
        type=_ending,
        help="also write tiff or eps; give it twice for both; pdf, svg and png are always there",
    )
    for room in own.ROOMS:
        room.add_parsers(commands, EPILOG)
    commands.add_parser("test", help="run all tests; what follows goes to pytest", add_help=False)
    commands.add_parser("lab", help="open JupyterLab on the notebooks; what follows goes to JupyterLab", add_help=False)
    commands.add_parser("refresh", help="re-run the stored notebooks in place")
    bench = commands.add_parser("bench", help="measure the speed beside other programs, or look at every figure on every page", epilog=EPILOG)
    bench.add_argument(
        "what", nargs="?", choices=("speed", "figures"), default="speed", help="speed (a minute) or figures (some three quarters of an hour)"
    )
    return parser


def _ending(text: str) -> str:
    name = {"tif": "tiff"}.get(text.lower().lstrip("."), text.lower().lstrip("."))
    if name not in FORMATS:
        raise argparse.ArgumentTypeError(f"{text} is none of {', '.join(FORMATS)}")
    return name


def _figures(parsed: argparse.Namespace) -> None:
    from . import build
    from .figures import Look, find_preset

    folder = parsed.review or build.MAIN_REVIEW
    look = Look(find_preset(parsed.preset), parsed.columns, tuple(parsed.format))
    for identifier in parsed.only:
        out = build.draw_one(folder, identifier, parsed.out, look)
    if not parsed.only:
        out = build.build(folder, parsed.out, look)
        print(f"Open {out / 'report.html'} in a browser to read all of it.")
    print(f"Written to {out}", flush=True)


def _test(parsed: argparse.Namespace) -> int:
    from .build import ROOT

    options = ["--nbval", "--nbval-current-env", "--nbval-cell-timeout=120", "-n", "2", "--dist", "loadfile", "--no-loadscope-reorder", "-rs"]
    return subprocess.call([sys.executable, "-m", "pytest", *options, *parsed.rest], cwd=ROOT)


def _lab(parsed: argparse.Namespace) -> int:
    from .build import NOTEBOOKS

    return subprocess.call([sys.executable, "-m", "jupyterlab", *parsed.rest], cwd=NOTEBOOKS)


def _refresh(parsed: argparse.Namespace) -> None:
    from .build import refresh

    refresh()


def _bench(parsed: argparse.Namespace) -> int:
    from .build import ROOT

    return subprocess.call([sys.executable, str(ROOT / "benchmarks" / f"{parsed.what}.py")])


COMMANDS = {**own.COMMANDS, "figures": _figures, "test": _test, "lab": _lab, "refresh": _refresh, "bench": _bench}
