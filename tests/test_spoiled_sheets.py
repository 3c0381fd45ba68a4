"""One sheet of a clinician, spoiled in many ways: each is told at its address, with what to do, or read to the right codes.

What must be told was written by hand for each, from what somebody without programming needs to mend it: the place, and the words of the remedy
that must not be missing. What is read is compared with the codes of the sound sheet (`sheets.CODES`), or with codes written here.
"""

from __future__ import annotations

import argparse
import datetime
import shlex
from dataclasses import dataclass
from itertools import combinations

import pytest
from openpyxl import Workbook
from sheets import CODES, FEATURES, TRIALS, Cells, column, csv_text, in_words, moved, sound, table, write_csv, write_xlsx

from helpers import own_review
from helpers.intake.choices import Choices
from helpers.intake.coded import TableError
from helpers.intake.reading import Reading, read_table
from helpers.problems import Problem, ReviewError, SynopsisError, column_letters

BLANK = ("blank", "never taken for a No", "--blank-means no", "--blank-means unclear")
LEAVE_OUT = "--features B:G"
ONCE = "a name may stand once"


@dataclass(frozen=True)
class Spoiled:
    """What stands in the sound sheet instead (None empties a cell), and what must be told: decisive words by place.

    `kind` is the only kind of file in which it can happen. `alone`: it changes so much that it is not paired with others.
    """

    cells: Cells
    told: dict[str, tuple[str, ...]]
    kind: str = ""
    merge: tuple[str, ...] = ()
    alone: bool = False


SPOILED = {
    "typing error": Spoiled({"C4": "yess"}, {"cell C4": ('"yess"', "Did you mean yes?")}),
    "another typing error": Spoiled({"E7": "unclaer"}, {"cell E7": ('"unclaer"', "Did you mean unclear?")}),
    "page beside the code": Spoiled({"B3": "yes (p. 4)"}, {"cell B3": ('"yes (p. 4)"', "Write yes alone")}),
    "footnote mark": Spoiled({"F6": "✓*"}, {"cell F6": ('"✓*"', "Write yes alone")}),
    "two codes in a cell": Spoiled({"G3": "yes / no"}, {"cell G3": ('"yes / no"', "Write yes, no or unclear")}),
    "question in a cell": Spoiled({"G4": "yes?!"}, {"cell G4": ('"yes?!"', "Write yes, no or unclear")}),
    "no data": Spoiled({"C7": "no data"}, {"cell C7": ('"no data"', "Write yes, no or unclear", '--unclear "no data"')}),
    "long text in a cell": Spoiled({"D7": "They were " + "very " * 200 + "often seen"}, {"cell D7": ("They were", "Write yes, no or unclear.")}),
    "made a date by Excel": Spoiled({"D5": datetime.datetime(2026, 1, 2)}, {"cell D5": ("2026-01-02", "Text", "type the code again")}, "xlsx"),
    "made a time by Excel": Spoiled({"D9": datetime.time(1, 2)}, {"cell D9": ("01:02:00", "Text", "type the code again")}, "xlsx"),
    "formula without a result": Spoiled({"C8": '=IF(B8="yes","no","yes")'}, {"cell C8": ("formula", "Open the file in Excel", "save it")}, "xlsx"),
    "name from a formula without a result": Spoiled({"A9": "=B1"}, {"cell A9": ("formula", "Open the file in Excel", "save it")}, "xlsx"),
    "heading from a formula without a result": Spoiled({"F1": "=B1"}, {"cell F1": ("formula", "Write the heading")}, "xlsx"),
    "formula that failed": Spoiled({"E3": "#DIV/0!"}, {"cell E3": ("formula", "failed", "#DIV/0!", "yes, no or unclear")}),
    "name that failed": Spoiled({"A8": "#REF!"}, {"cell A8": ("formula", "failed", "#REF!", "Write the name")}),
    "formula of an attacker": Spoiled({"B4": "=cmd|' /C calc'!A0"}, {"cell B4": ("Write yes, no or unclear.",)}, "csv"),
    "blank cell": Spoiled({"D6": None}, {"cell D6": ("1 cell is blank (D6)", *BLANK)}),
    "name missing": Spoiled({"A6": None}, {"cell A6": ("no name", "Write the name", "delete the row")}),
    "name twice": Spoiled({"A5": "Birch"}, {"cell A5": ('"Birch"', "A3 and A5", ONCE, "Rename", "--label Trial,")}),
    "name twice but for capitals": Spoiled({"A5": "BIRCH"}, {"cell A5": ('"Birch"', "A3 and A5", "capitals", ONCE, "Rename")}),
    "name twice but for blanks": Spoiled({"A5": " Birch  "}, {"cell A5": ('"Birch"', "A3 and A5", ONCE, "Rename")}),
    "name twice but for a sign nobody sees": Spoiled({"A5": "Bir\u200bch"}, {"cell A5": ("A3 and A5", ONCE, "Rename")}),
    "heading twice": Spoiled({"D1": "Home visits"}, {"cell D1": ('"Home visits"', "B1", "Rename", "delete the column")}),
    "heading twice but for capitals": Spoiled({"D1": "home Visits"}, {"cell D1": ('"home Visits"', "B1", "capitals", "Rename")}),
    "heading missing": Spoiled({"E1": None}, {"cell E1": ("no heading", "cells below it", "Name it", "delete the column")}),
    "cell beside the table": Spoiled({"K4": "ask again"}, {"cell K4": ("no heading", "Delete it", "K1")}),
    "row of totals": Spoiled(table([["Total", 4, 4, 4, 3, 3, 3]], 10), {"row 10": ("totals", "Delete it")}),
    "row of totals by another name": Spoiled(table([["Number of trials", 4, 4, 4, 3, 3, 3]], 11), {"row 11": ("totals", "delete the row")}),
    "row of percentages": Spoiled(table([["%", "50%", "50%", "50%", "38%", "38%", "38%"]], 12), {"row 12": ("totals", "Delete it")}),
    "footnote": Spoiled({"A14": "* coded by two of us"}, {"row 14": ('"* coded by two of us"', "a note", "delete the row")}),
    "note in the third column": Spoiled({"C15": "checked in May"}, {"cell C15": ('"checked in May"', "nothing else", "delete the row")}),
    "headings repeated": Spoiled(table([["Trial", *FEATURES]], 16), {"row 16": ("repeats the headings", "Delete it")}),
    "counts": Spoiled(column("H", "Visits", [0, 1, 2, 3, 0, 1, 1, 2]), {"column H": ('"Visits"', "numbers", "count", LEAVE_OUT)}),
    "ages": Spoiled(column("I", "Age", [34.5, 41, 29, 55, 38, 61, 47, 33]), {"column I": ('"Age"', "numbers", "29", "61", LEAVE_OUT)}),
    "years": Spoiled(column("L", "Year", [2001, 2004, 2010, 2010, 2012, 2015, 2018, 2021]), {"column L": ('"Year"', "numbers", LEAVE_OUT)}),
    "comments": Spoiled(column("M", "Remark", ["small", "in two towns", "", "late", "", "", "by post", ""]), {"column M": ("text", LEAVE_OUT)}),
    "column of totals": Spoiled(column("N", "Total", [3, 2, 3, 2, 3, 2, 3, 3]), {"column N": ('"Total"', LEAVE_OUT)}),
    "low and high": Spoiled(
        column("O", "Risk", ["low", "high", "low", "low", "high", "low", "low", "high"]),
        {"column O": ('"low" (5 x)', '"high" (3 x)', "--yes low --no high", "the other way round", LEAVE_OUT)},
    ),
    "1 and 2": Spoiled(
        column("P", "Blind", [1, 2, 1, 1, 2, 1, 2, 1]), {"column P": ('"1" (5 x)', '"2" (3 x)', "--yes 1 --no 2", "the other way round", LEAVE_OUT)}
    ),
    "merged codes": Spoiled({"G8": None}, {"cell G7": ("G7:G8", "Unmerge", "each")}, "xlsx", ("G7:G8",)),
    "merged codes of a row": Spoiled({"C2": None}, {"cell B2": ("B2:C2", "Unmerge", "each")}, "xlsx", ("B2:C2",)),
    "NA": Spoiled({"D6": "NA"}, {"cell D6": ("1 cell is blank or NA (D6)", *BLANK)}, alone=True),
    "blanks": Spoiled({"D6": None, "B3": None, "G9": "n/a"}, {"cell B3": ("3 cells are blank or n/a (B3, D6 and G9)", *BLANK)}, alone=True),
    "empty column": Spoiled(
        column("D", "Family sessions", [None] * 8), {"column D": ("empty in every row", "Fill it", "--features B:C,E:G", *BLANK[2:])}, alone=True
    ),
    "a word that nobody explained": Spoiled(
        {"B3": "mixed", "C3": "mixed", "D4": "mixed", "E9": "mixed"},
        {"cell B3": ('"mixed"', "4 cells", "first here", "--yes mixed, --no mixed or --unclear mixed")},
        alone=True,
    ),
    "x beside yes": Spoiled(
        {"B4": "x", "C4": "X"}, {"cell B4": ('"x"', "2 cells", '"yes"', "a Yes or a No", "--yes x, --no x or --unclear x")}, alone=True
    ),
    "x beside ticks": Spoiled(in_words(yes="✓", no="x"), {"cell C2": ('"x"', "25 cells", '"✓"', "a Yes or a No", "--no x")}, alone=True),
    "lone crosses": Spoiled(in_words(yes="✗", no="no"), {"cell B2": ('"✗"', "21 cells", "Yes or for No", '--yes "✗"')}, alone=True),
    "marks and blanks": Spoiled(in_words(yes="x", no=""), {"cell C2": ("25 cells are blank", *BLANK, "only you can know")}, alone=True),
    "present and absent throughout": Spoiled(
        in_words(yes="present", no="absent"),
        {"column B": ("B, C, D, E, F and G", '"absent" (25 x)', '"present" (21 x)', "which means yes", "the other way round")},
        alone=True,
    ),
    "1 and 2 throughout": Spoiled(
        in_words(yes="1", no="2"), {"column B": ('"2" (25 x)', '"1" (21 x)', "which means yes", "the other way round")}, alone=True
    ),
    "no row of headings": Spoiled(
        moved({a: v for a, v in sound().items() if not a.endswith("1")}, -1) | dict.fromkeys([f"{letter}9" for letter in "ABCDEFG"]),
        {"row 1": ("holds codes, not the names", "Insert a row above")},
        alone=True,
    ),
    "title in several cells": Spoiled(
        {"A1": "Table 2", "D1": "Trials in two towns", **dict.fromkeys(("B1", "C1", "E1", "F1", "G1"))} | moved(sound(), 1),
        {"row 1": ("title, delete it",)},
        alone=True,
    ),
    "heading between rows": Spoiled(
        {**moved(sound(), 1, first=6), "A6": "Later trials", **dict.fromkeys(f"{letter}6" for letter in "BCDEFG")},
        {"row 6": ('"Later trials"', "heading", "delete the row")},
        alone=True,
    ),
    "codes in the first column": Spoiled(
        {**moved(sound(), right=1), **column("A", "Included", TRIALS["Alder"] + ["yes", "no"])},
        {"column A": ('"Included"', "codes, not names", "--label Trial")},
        alone=True,
    ),
    "numbers in the first column": Spoiled(
        {**moved(sound(), right=1), **column("A", "No", range(1, 9))}, {"column B": ('"Trial"', "names the rows", "--label Trial")}, alone=True
    ),
    "headings only": Spoiled({a: None for a in sound() if not a.endswith("1")}, {"row 1": ("no rows below the headings",)}, alone=True),
}


def place_of(problem: Problem) -> str:
    if problem.row and problem.column:
        return f"cell {column_letters(problem.column)}{problem.row}"
    return f"row {problem.row}" if problem.row else f"column {column_letters(problem.column)}" if problem.column else "sheet"


def written(tmp_path, *ways: Spoiled):
    cells = sound()
    for way in ways:
        cells |= way.cells
    cells = {address: value for address, value in cells.items() if value is not None}
    if any(way.kind == "xlsx" for way in ways):
        return write_xlsx(tmp_path / "trials.xlsx", cells, [block for way in ways for block in way.merge])
    return write_csv(tmp_path / "trials.csv", cells)


def problems_of(path, choices: Choices | None = None) -> tuple[Problem, ...]:
    with pytest.raises(ReviewError) as caught:
        read_table(path, choices)
    return caught.value.problems


def check_told(problems, *expected: dict[str, tuple[str, ...]]) -> None:
    """Each problem at its place, with its words, and nothing else; every message one line that ends like a sentence."""
    told: dict[str, list[str]] = {}
    for problem in problems:
        told.setdefault(place_of(problem), []).append(problem.message)
        assert "\n" not in problem.message and problem.message.endswith(".") and len(problem.message) < 400
    assert sorted(told) == sorted({place for one in expected for place in one})
    for one in expected:
        for place, words in one.items():
            assert any(all(word in message for word in words) for message in told[place]), (words, told[place])


@pytest.mark.parametrize("name", SPOILED)
def test_what_is_wrong_is_told_at_its_place_with_its_remedy(tmp_path, name):
    way = SPOILED[name]
    problems = problems_of(written(tmp_path, way))
    check_told(problems, way.told)
    assert len(problems) == len(way.told)  # one problem, told once


@pytest.mark.parametrize("name", [name for name, way in SPOILED.items() if not way.kind and not way.alone])
def test_the_same_is_told_of_a_workbook(tmp_path, name):
    way = SPOILED[name]
    cells = {address: value for address, value in {**sound(), **way.cells}.items() if value is not None}
    check_told(problems_of(write_xlsx(tmp_path / "trials.xlsx", cells)), way.told)


PAIRED = [name for name, way in SPOILED.items() if not way.alone]


@pytest.mark.parametrize("name", PAIRED)
def test_two_things_wrong_are_told_at_once(tmp_path, name):
    """Every pair that can stand in one sheet: both are told, each at its own place, and nothing else."""
    count = 0
    for first, second in combinations(PAIRED, 2):
        one, other = SPOILED[first], SPOILED[second]
        if name != first or one.cells.keys() & other.cells.keys() or {one.kind, other.kind} == {"csv", "xlsx"}:
            continue
        check_told(problems_of(written(tmp_path, one, other)), one.told, other.told)
        count += 1
    assert count > 10 or PAIRED.index(name) > len(PAIRED) - 15
