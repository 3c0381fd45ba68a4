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
from openpyxl.styles import Font
from sheets import CODES, FEATURES, TRIALS, Cells, column, csv_text, in_words, moved, sound, table, write_csv, write_xlsx

from helpers.commands import tables
from helpers.commands.telling import choices_of
from helpers.intake.choices import Choices
from helpers.intake.coded import TableError
from helpers.intake.reading import Reading, read_table
from helpers.problems import Problem, ReviewError, SynopsisError, column_letters

BLANK = ("blank", "never taken for a No", "--blank-means no", "--blank-means unclear")
LEAVE_OUT = "--features B:G"
ONCE = "each name may stand only once"


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
    "made a date by Excel": Spoiled({"D5": datetime.datetime(2026, 1, 2)}, {"cell D5": ("2026-01-02", "Text", "type yes, no or unclear")}, "xlsx"),
    "made a time by Excel": Spoiled({"D9": datetime.time(1, 2)}, {"cell D9": ("01:02:00", "Text", "type yes, no or unclear")}, "xlsx", alone=True),
    "formula without a result": Spoiled({"C8": '=IF(B8="yes","no","yes")'}, {"cell C8": ("formula", "Open the file in Excel", "save it")}, "xlsx"),
    "name from a formula without a result": Spoiled({"A9": "=B1"}, {"cell A9": ("formula", "Open the file in Excel", "save it")}, "xlsx", alone=True),
    "heading from a formula without a result": Spoiled({"F1": "=B1"}, {"cell F1": ("formula", "Write the heading")}, "xlsx", alone=True),
    "formula that failed": Spoiled({"E3": "#DIV/0!"}, {"cell E3": ("formula", "failed", "#DIV/0!", "yes, no or unclear")}),
    "name that failed": Spoiled({"A8": "#REF!"}, {"cell A8": ("formula", "failed", "#REF!", "Write the name")}),
    "name from a look-up that failed": Spoiled({"A9": "#N/A"}, {"cell A9": ("formula", "failed", "#N/A", "Write the name")}),
    "formula of an attacker": Spoiled({"B4": "=cmd|' /C calc'!A0"}, {"cell B4": ("Write yes, no or unclear.",)}, "csv"),
    "blank cell": Spoiled({"D6": None}, {"cell D6": ("1 cell is blank (D6)", *BLANK)}),
    "name missing": Spoiled({"A6": None}, {"cell A6": ("no name", "Write the name")}),
    "name twice": Spoiled(
        {"A5": "Birch"},
        {
            "cell A5": (
                '"Birch"',
                "A3 and A5",
                ONCE,
                "codes differ in",
                "one and the same",
                "rename",
                "--label Trial,row",
                'the second as "Birch (2)"',
            )
        },
    ),
    "name twice but for capitals": Spoiled({"A5": "BIRCH"}, {"cell A5": ('"Birch"', "A3 and A5", "capitals", ONCE, "rename")}),
    "name twice but for blanks": Spoiled({"A5": " Birch  "}, {"cell A5": ('"Birch"', "A3 and A5", ONCE, "rename")}),
    "name twice but for a sign nobody sees": Spoiled({"A5": "Bir\u200bch"}, {"cell A5": ("A3 and A5", ONCE, "rename")}),
    "heading twice": Spoiled({"D1": "Home visits"}, {"cell D1": ('"Home visits"', "B1 already", "cells below them differ", "rename one")}),
    "heading twice but for capitals": Spoiled(
        {"D1": "home Visits"}, {"cell D1": ('"home Visits"', "B1", "capitals", "cells below them differ", "rename one")}
    ),
    "heading missing": Spoiled({"E1": None}, {"cell E1": ("no heading", "cells below it", "Name it", "delete the column")}),
    "cell beside the table": Spoiled({"K4": "ask again"}, {"cell K4": ("no heading", "Empty it", "move it", "K1")}),
    "row of totals": Spoiled(table([["Total", 4, 4, 4, 3, 3, 3]], 10), {"row 10": ("totals", "Delete it.")}),
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
        {"column O": ('"low" (5 times)', '"high" (3 times)', "groups or ratings, leave", LEAVE_OUT, "--yes low --no high", "the other way round")},
    ),
    "1 and 2": Spoiled(
        column("P", "Blind", [1, 2, 1, 1, 2, 1, 2, 1]),
        {"column P": ('"1" (5 times)', '"2" (3 times)', LEAVE_OUT, "--yes 1 --no 2", "the other way round")},
    ),
    "0, 1 and 9": Spoiled(
        column("Q", "Exercise at home", [0, 1, 9, 1, 0, 9, 9, 9]),
        {"column Q": ("9 (4 times)", "9 unclear or missing: --unclear 9", "is a slip", "If these are counts", LEAVE_OUT)},
    ),
    "shares": Spoiled(
        column("R", "Attended", ["80%", "35%", "0%", "100%", "50%", "45%", "60%", "5%"]),
        {"column R": ("percentages or fractions, from 0% to 100%", "from which value on", LEAVE_OUT)},
    ),
    "merged codes": Spoiled({"G8": None}, {"cell G7": ("G7:G8", "Unmerge", "each")}, "xlsx", ("G7:G8",)),
    "merged codes of a row": Spoiled({"C2": None}, {"cell B2": ("B2:C2", "Unmerge", "each")}, "xlsx", ("B2:C2",)),
    "NA": Spoiled(
        {"D6": "NA"},
        {"cell D6": ('1 cell holds "NA" (D6)', "never taken for a No, nor is NA", "Fill the cell", "--no NA or --unclear NA")},
        alone=True,
    ),
    "blanks": Spoiled(
        {"D6": None, "B3": None, "G9": "n/a"},
        {"cell B3": ("2 cells are blank (B3 and D6)", '1 cell holds "n/a" (G9)', "--unclear n/a", *BLANK)},
        alone=True,
    ),
    "empty column": Spoiled(
        column("D", "Family sessions", [None] * 8), {"column D": ("empty in every row", "Fill it", "--features B:C,E:G", *BLANK[2:])}, alone=True
    ),
    "a word that nobody explained": Spoiled(
        {"B3": "mixed", "C3": "mixed", "D4": "mixed", "E9": "mixed"},
        {"cell B3": ('"mixed"', "4 cells", "first here", "--yes mixed, --no mixed or --unclear mixed")},
        alone=True,
    ),
    "x beside yes": Spoiled(
        {"B4": "x", "B5": "X", "B7": "x", "B9": "x"},
        {"cell B4": ('"x"', "4 cells of column B only", 'as well as "yes"', "a Yes or a No", "--yes x, --no x or --unclear x")},
        alone=True,
    ),
    "x beside ticks": Spoiled(in_words(yes="✓", no="x"), {"cell C2": ('"x"', "25 cells", '"✓"', "a Yes or a No", "--no x")}, alone=True),
    "nothing but x, beside columns of ticks and crosses": Spoiled(
        in_words(yes="✓", no="✗") | column("H", "Blind", ["x"] * 8),
        {"cell H2": ('The column holds nothing but "x"', "a Yes or a No", "--no x", "Or leave the column out", LEAVE_OUT)},
        alone=True,
    ),
    "lone crosses": Spoiled(in_words(yes="✗", no="no"), {"cell B2": ('"✗"', "21 cells", "Yes or for No", '--yes "✗"')}, alone=True),
    "marks and blanks": Spoiled(in_words(yes="x", no=""), {"cell C2": ("25 cells are blank", *BLANK, "only you can know")}, alone=True),
    "present and absent throughout": Spoiled(
        in_words(yes="present", no="absent"),
        {"column B": ("B, C, D, E, F and G", '"absent" (25 times)', '"present" (21 times)', "which means yes", "--yes present --no absent")},
        alone=True,
    ),
    "1 and 2 throughout": Spoiled(
        in_words(yes="1", no="2"), {"column B": ('"2" (25 times)', '"1" (21 times)', "which means yes", "the other way round")}, alone=True
    ),
    "a scale beside codes": Spoiled(
        column("H", "Risk 1", ["low", "high", "low", "low", "high", "low", "low", "high"])
        | column("I", "Risk 2", ["some", "high", "low", "some", "high", "low", "low", "high"])
        | column("J", "Risk 3", ["low", "some", "low", "low", "some", "low", "low", "some"]),
        {"column H": ("H, I and J hold", '"low" (13 times)', '"some" (5 times)', "leave the columns out", LEAVE_OUT, "what each word means")},
        alone=True,
    ),
    "two coders in rows of their own": Spoiled(
        {**column("A", "Trial", [name for name in ("Alder", "Birch", "Cedar", "Elder") for _ in "ab"]), **column("H", "Coder", ["AB", "CD"] * 4)},
        {"column A": ("several times", 'once for each "Coder" ("AB" and "CD")', "a file of its own", "compare", "--label Trial,Coder")},
        alone=True,
    ),
    "arms of trials in rows of their own": Spoiled(
        {
            **column("A", "Trial", [name for name in ("Alder", "Birch", "Cedar", "Elder") for _ in "ab"]),
            **column("H", "Arm", ["visits", "letters", "visits by a nurse", "nothing", "calls", "letters", "a diary", "nothing"]),
        },
        {"column A": ("Most names", "such as", "an arm of a trial", 'let "Arm" tell them apart', "--label Trial,Arm", "compare")},
        alone=True,
    ),
    "many columns beside the codes": Spoiled(
        column("H", "Visits", [10, 12, 8, 3, 14, 15, 7, 2])
        | column("I", "Age", [34.5, 41, 29, 55, 38, 61, 47, 33])
        | column("J", "Year", [2001, 2004, 2010, 2010, 2012, 2015, 2018, 2021])
        | column("K", "Remark", ["small", "in two towns", "", "late", "", "", "by post", ""]),
        {
            "column H": (
                "4 columns",
                "numbers or text",
                'H ("Visits"), I ("Age"), J ("Year") and K ("Remark")',
                "Leave the columns out by naming the others",
                LEAVE_OUT,
            )
        },
        alone=True,
    ),
    "no row of headings": Spoiled(
        moved({a: v for a, v in sound().items() if not a.endswith("1")}, -1) | dict.fromkeys([f"{letter}9" for letter in "ABCDEFG"]),
        {"row 1": ("holds codes, not the names", "Insert a row above")},
        alone=True,
    ),
    "a column for Yes and one for No": Spoiled(
        {
            **table([["Trial", "Home visits", "", "Diary", ""], ["", "Yes", "No", "Yes", "No"]]),
            **table([[trial, *(["x", ""] if n % 2 else ["", "x"]) * 2] for n, trial in enumerate(TRIALS)], 3),
            **dict.fromkeys([*(f"{letter}{row}" for letter in "FG" for row in range(1, 10)), "A2"]),
        },
        {"row 2": ('"Home visits"', "a column for Yes and a column for No", "one column", 'the same for "Diary"')},
        "xlsx",
        ("A1:A2", "B1:C1", "D1:E1"),
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


def test_the_other_numbers_of_a_scale_are_not_taken_as_they_usually_are(tmp_path):
    """0, 1 and 2 for no, partly and yes: once 2 is told to mean yes, 1 must be told, too."""
    values = [0, 1, 2, 1, 0, 2, 2, 1]
    path = write_csv(tmp_path / "t.csv", sound() | column("H", "Depth", values))
    with pytest.raises(SynopsisError, match='"2" is told to mean yes, and "1" occurs as well'):
        read_table(path, Choices(yes=("2",)))
    told = codes_of(read(path, Choices(yes=("2",), unclear=("1",))))
    assert [told[trial, "Depth"] for trial in TRIALS] == ["no" if n == 0 else "unclear" if n == 1 else "yes" for n in values]


def test_what_stands_for_a_blank_is_asked_about_only_as_long_as_it_is_open(tmp_path):
    """#N/A cannot be typed in a terminal, so it goes with the blanks; once blanks are decided no example asks about NA again."""
    for cells, words in (
        ({"D6": "#N/A", "B3": None}, ("a blank means: --blank-means no or --blank-means unclear.", "alone decides on #N/A, too.")),
        ({"D6": "#N/A"}, ("nor is #N/A", "a blank means: --blank-means no or --blank-means unclear.")),
    ):
        with pytest.raises(TableError) as caught:
            read(write_csv(tmp_path / "t.csv", sound() | cells))
        (problem,) = caught.value.problems
        assert all(word in problem.message for word in words) and problem.message.count(BLANK[2]) == 1
        assert caught.value.advice == "--blank-means NO_OR_UNCLEAR"
    risks = column("H", "Risk", ["low", "high"] * 4)
    with pytest.raises(TableError) as caught:
        read(write_csv(tmp_path / "t.csv", sound() | {"D6": "NA"} | risks), Choices(blank_means="no"))
    assert len(caught.value.problems) == 1 and "NA" not in caught.value.advice + caught.value.without


def test_rows_and_columns_of_one_name_are_compared(tmp_path):
    """By hand: Birch and Damson differ in three of six codes, home visits and phone calls in six of eight cells."""
    for cells, said in (
        ({"A5": "Birch"}, "Their codes differ in 3 of 6 columns. If it is one and the same"),
        (dict(zip(("A5", "B5", "C5", "D5", "E5", "F5", "G5"), ("Birch", *TRIALS["Birch"]), strict=True)), "Their codes are the same."),
        ({"G1": "Home visits"}, "stands in B1 already, and 6 of the 8 cells below them differ: rename one of the two."),
        (column("G", "home visits", [codes[0] for codes in TRIALS.values()]), "apart from capitals, and all cells below them are the same: delete"),
    ):
        (problem,) = problems_of(write_csv(tmp_path / "t.csv", sound() | cells))
        assert said in problem.message


def test_a_name_is_not_made_of_a_column_that_may_hold_codes(tmp_path):
    way = Spoiled({**column("P", "Blind", [1, 2, 1, 1, 2, 1, 2, 1]), "A5": "Birch"}, {})
    told = {problem.column: problem.message for problem in problems_of(written(tmp_path, way))}
    assert "--label Trial,row" in told[1] and "Blind" not in told[1]
    left_out = read(written(tmp_path, way), Choices(label="Trial,Blind", features="B:G"))
    assert 'The rows are named by "Trial" and "Blind", which are not read as codes.' in left_out.notes


def test_what_was_told_in_vain_is_said(tmp_path):
    notes = read(write_csv(tmp_path / "t.csv", sound()), Choices(yes=("low",))).notes
    assert '"low" was told to mean yes, and no cell that was read holds it.' in notes


def test_a_table_that_lies_on_its_side_is_suspected(tmp_path):
    notes = read(write_csv(tmp_path / "t.csv", {**sound(), "A1": "Feature"})).notes
    assert any('headed "Feature"' in note and "Transpose" in note for note in notes)
    assert 'A row for each of "Alder", "Birch", "Cedar" and 5 others' in " ".join(notes)


def test_struck_out_cells_are_named(tmp_path):
    def strike(book: Workbook) -> None:
        book.active["D4"].font = Font(strike=True)

    reading = read(write_xlsx(tmp_path / "t.xlsx", sound(), more=strike))
    assert codes_of(reading) == CODES and "1 cell is struck out and read like all others: D4." in reading.notes


def test_the_heading_of_a_column_that_is_left_out_may_stand_twice(tmp_path):
    path = write_csv(tmp_path / "t.csv", sound() | column("H", "Home visits", ["a"] * 8))
    assert codes_of(read(path, Choices(features="B:G"))) == CODES


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


def read(path, choices: Choices | None = None) -> Reading:
    return read_table(path, choices)


def codes_of(reading: Reading) -> dict[tuple[str, str], str]:
    return {pair: state for one in reading.tables for pair, state in one.states.items()}


MARKED = {pair: "yes" if code == "yes" else "no" for pair, code in CODES.items()}  # where nothing but a Yes is marked
YES_IN_A_ROW = ["yes", "no", "yes", "yes", "no", "yes", "no", "no"]
TWO = {("At home", FEATURES[:3]), ("Alone", FEATURES[3:])}
GROUPS = {"A1": "Trial", "B1": "At home", "E1": "Alone", **table([FEATURES], 2, 2), **dict.fromkeys(("A2", "C1", "D1", "F1", "G1"))}


@dataclass(frozen=True)
class Sound:
    """What stands in the sheet, what was decided about it, which codes come of it, and what is said of it."""

    cells: Cells
    said: tuple[str, ...] = ()
    choices: Choices | None = None
    more: dict[str, list[str]] | None = None  # codes of further columns
    codes: dict[tuple[str, str], str] | None = None  # if not those of the sound sheet
    merge: tuple[str, ...] = ()


def with_column(heading: str, values: list[str], codes: list[str], *said: str, **decided) -> Sound:
    return Sound(sound() | column("H", heading, values), said, Choices(**decided), {heading: codes})


READ = {
    "sound": Sound(sound(), ("8 rows and 6 columns", "21 x yes -> yes", "25 x no -> no", "2 x unclear -> unclear")),
    "y and n": Sound(in_words(yes="Y", no=" n "), ("21 x Y -> yes", "25 x n -> no")),
    "1 and 0": Sound(in_words(yes=1, no=0, unclear="?"), ("21 x 1 -> yes", "25 x 0 -> no", "2 x ? -> unclear")),
    "1.0 and 0.0": Sound(in_words(yes=1.0, no="0.0", unclear="NR"), ("21 x 1", "25 x 0.0 -> no", "2 x NR -> unclear")),
    "TRUE and FALSE": Sound(in_words(yes=True, no=False), ("21 x TRUE -> yes", "25 x FALSE -> no")),
    "ticks and crosses": Sound(in_words(yes="✔", no="✘", unclear="partly"), ("21 x ✔ -> yes", "25 x ✘ -> no", "2 x partly -> unclear")),
    "the sign of a root for a tick": Sound(in_words(yes="√", no="✗"), ("21 x √ -> yes", "25 x ✗ -> no")),
    "x and no": Sound(in_words(yes="x"), ('21 x "x" -> yes',)),
    "a cross for Yes, as told": Sound(in_words(yes="✗"), ("21 x ✗ -> yes",), Choices(yes=("✗",))),
    "a cross for No, as told": Sound(in_words(yes="✓", no="x"), ('25 x "x" -> no',), Choices(no=("x",))),
    "mixed capitals and blanks": Sound({**sound(), "B2": " YES", "C2": "No ", "B3": "yes\u200b"}, ("20 x yes", "1 x YES")),
    "marks, blanks mean No": Sound(
        in_words(yes="x", no=None, unclear=None), ('21 x "x" -> yes', "27 x blank -> no"), Choices(blank_means="no"), codes=MARKED
    ),
    "blanks mean unclear": Sound(
        in_words(no=None),
        ("25 x blank -> unclear",),
        Choices(blank_means="unclear"),
        codes={pair: "unclear" if code == "no" else code for pair, code in CODES.items()},
    ),
    "NA told": Sound(in_words(unclear="NA"), ("2 x NA -> unclear",), Choices(unclear=("NA",))),
    "low and high, told": with_column(
        "Risk",
        ["high" if code == "yes" else "low" for code in YES_IN_A_ROW],
        YES_IN_A_ROW,
        "4 x high -> yes",
        "4 x low -> no",
        yes=("high",),
        no=("low",),
    ),
    "1 and 2, told": with_column("Blind", ["1" if code == "yes" else "2" for code in YES_IN_A_ROW], YES_IN_A_ROW, "4 x 2 -> no", no=("2",)),
    "Nausea_y and Nausea_n": with_column(
        "Nausea", [f"Nausea_{code[0]}" for code in YES_IN_A_ROW], YES_IN_A_ROW, "4 x Nausea_y -> yes", "4 x Nausea_n -> no"
    ),
    "own name, no": with_column("Nausea", ["nausea" if code == "yes" else "no nausea" for code in YES_IN_A_ROW], YES_IN_A_ROW, "4 x no nausea -> no"),
    "own name, blanks told": with_column(
        "Nausea",
        ["Nausea" if code == "yes" else None for code in YES_IN_A_ROW],
        YES_IN_A_ROW,
        "4 x Nausea -> yes",
        "4 x blank -> no",
        blank_means="no",
    ),
    "other columns left out": Sound(sound() | column("H", "Age", [61, 40, 33, 52, 47, 39, 58, 44]), ("6 columns",), Choices(features="B:G")),
    "no heading above the names": Sound({**sound(), "A1": None}),
    "column without a heading and empty": Sound(moved(sound()) | {"K1": None}),
    "titles above": Sound({"A1": "Table 2. What they offered", "A2": "as of May"} | moved(sound(), 3), ("Row 1 was read as a title", "empty row")),
    "empty rows between": Sound(moved(sound(), 2, first=5), ("2 empty rows were passed over: 5 and 6.",)),
    "two rows of headings": Sound(moved(sound(), 1) | GROUPS, ("Rows 1 and 2 were read as headings",)),
    "two rows of headings, merged": Sound(moved(sound(), 1) | GROUPS, ("Rows 1 and 2",), merge=("A1:A2", "B1:D1", "E1:G1")),
    "names merged over two rows": Sound(
        sound() | column("H", "Arm", ["one", "one", "one", "one", "one", "two", "one", "one"]) | {"A6": "Elder", "A7": None},
        (),
        Choices(label="Trial,Arm", features="B:G"),
        merge=("A6:A7",),
        codes={
            ((f"{'Elder' if trial == 'Fir' else trial} – {'two' if trial == 'Fir' else 'one'}"), feature): code
            for (trial, feature), code in CODES.items()
        },
    ),
    "constant and equal columns": with_column("Blind", ["no"] * 8, ["no"] * 8, '1 column is no in every row: "Blind".'),
    "equal columns": with_column(
        "Visits",
        [codes[0] for codes in TRIALS.values()],
        [codes[0] for codes in TRIALS.values()],
        'These columns agree with each other in every row: "Home visits" and "Visits".',
    ),
    "formula as a name": Sound(
        {**sound(), "A3": "'=cmd|' /C calc'!A0"}, codes={("'=cmd|' /C calc'!A0" if t == "Birch" else t, f): c for (t, f), c in CODES.items()}
    ),
    "names of a thousand letters": Sound(
        {**sound(), "A3": "Birch " * 170, "C1": "Peers " * 170},
        codes={
            (("Birch " * 170).strip() if t == "Birch" else t, ("Peers " * 170).strip() if f == "Peer support" else f): c
            for (t, f), c in CODES.items()
        },
    ),
    "names that differ by a sign": Sound(
        {**sound(), "B1": "De+", "C1": "De-"},
        codes={(t, {"Home visits": "De+", "Peer support": "De-"}.get(f, f)): c for (t, f), c in CODES.items()},
    ),
    "codes in the first column, told": Sound(
        moved(sound(), right=1) | column("A", "Included", ["yes"] * 8), (), Choices(label="Trial"), {"Included": ["yes"] * 8}
    ),
}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("name", READ)
def test_what_can_be_read_is_read_to_the_right_codes(tmp_path, name, kind):
    way = READ[name]
    if kind == "csv" and way.merge:
        pytest.skip("a CSV file has no merged cells")
    path = write_csv(tmp_path / "t.csv", way.cells) if kind == "csv" else write_xlsx(tmp_path / "t.xlsx", way.cells, way.merge)
    before = path.read_bytes(), path.stat().st_mtime_ns
    reading = read(path, way.choices)
    more = {(trial, name): code for name, codes in (way.more or {}).items() for trial, code in zip(TRIALS, codes, strict=True)}
    assert codes_of(reading) == (way.codes or CODES) | more
    for words in way.said:
        assert any(words in note for note in reading.notes), (words, reading.notes)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_groups_of_columns_are_tables(tmp_path):
    reading = read(write_xlsx(tmp_path / "t.xlsx", moved(sound(), 1) | GROUPS, ("B1:D1", "E1:G1")))
    assert {(one.title, one.features) for one in reading.tables} == TWO


def test_rows_and_columns_that_excel_hides_are_read_and_named(tmp_path):
    def hide(book: Workbook) -> None:
        book.active.column_dimensions["C"].hidden = True
        book.active.row_dimensions[4].hidden = True

    reading = read(write_xlsx(tmp_path / "t.xlsx", sound(), more=hide))
    assert codes_of(reading) == CODES
    assert {"1 hidden column was read like all others: C.", "1 hidden row was read like all others: 4."} <= {*reading.notes}


ACCENTS = {**sound(), "A3": "Bärlauch"}
AS_TEXT = {
    "UTF-8": csv_text(ACCENTS).encode(),
    "UTF-8 with a mark": csv_text(ACCENTS).encode("utf-8-sig"),
    "UTF-16 with a mark, tabs": csv_text(ACCENTS, "\t").encode("utf-16"),
    "UTF-16, big end first, no mark": csv_text(ACCENTS, ";").encode("utf-16-be"),
    "UTF-16, little end first, no mark": csv_text(ACCENTS).encode("utf-16-le"),
    "cp1252, semicolons": csv_text(ACCENTS, ";").encode("cp1252"),
    "tabs": csv_text(ACCENTS, "\t").encode(),
    "semicolons and sep=;": b"sep=;\r\n" + csv_text(ACCENTS, ";").encode(),
    "old line ends": csv_text(ACCENTS, end="\r").encode(),
    "semicolons, decimal commas": csv_text({a: {"yes": "1,0", "no": "0,0"}.get(v, v) for a, v in ACCENTS.items()}, ";").encode(),
    "empty lines and columns": csv_text({**ACCENTS, "L1": ""}).encode() + b"\r\n,,,,,,,,\r\n\r\n",
}


@pytest.mark.parametrize("way", AS_TEXT)
def test_a_table_is_read_however_it_was_saved(tmp_path, way):
    (tmp_path / "t.csv").write_bytes(AS_TEXT[way])
    reading = read(tmp_path / "t.csv")
    assert codes_of(reading) == {("Bärlauch" if trial == "Birch" else trial, feature): code for (trial, feature), code in CODES.items()}
    assert any("Windows-1252" in note for note in reading.notes) == (way == "cp1252, semicolons")


AS_BROKEN_TEXT = {
    "quotation marks": (
        csv_text(sound()).replace("Cedar", '"Cedar'),
        {"row 4": ("quotation marks", "never closed", "text editor", "delete that mark")},
    ),
    "row with a cell too many": (
        csv_text(sound()).replace("Cedar,", "Cedar,no,"),
        {"cell H4": ("beyond the last heading", "slipped to the right", "this one is not it", "comma")},
    ),
    "row with two cells too few": (
        csv_text(sound()).replace("Cedar,no,no,", "Cedar,"),
        {"cell F4": ("2 cells are blank (F4 and G4)", "Row 4 ends at E4", "slipped to the left", *BLANK)},
    ),
    "comma in a name": (
        csv_text(sound()).replace("Cedar,", "Cedar, North,"),
        {"cell H4": ("slipped to the right", '"Cedar, North"', "quotation marks")},
    ),
    "other separators": (csv_text(sound(), "|"), {"sheet": ("one column", "commas, semicolons or tabs", 'separated by "|"', "Text to Columns")}),
    "names only": ("Trial\nAlder\nBirch\n", {"sheet": ("one column",)}),
    "empty": ("", {"sheet": ("empty",)}),
    "blanks only": ("\n \n,,,\n", {"sheet": ("empty",)}),
    "web page": ("<html><table><tr><td>yes</td></tr></table></html>", {"sheet": ("web page", "Save as")}),
    "PDF": ("%PDF-1.7 yes", {"sheet": ("PDF", "into a new sheet")}),
    "signs": ("\0\1\2\3" * 50, {"sheet": ("not readable as text", "CSV UTF-8")}),
}


@pytest.mark.parametrize("way", AS_BROKEN_TEXT)
def test_a_broken_text_file_is_told(tmp_path, way):
    text, told = AS_BROKEN_TEXT[way]
    (tmp_path / "t.csv").write_bytes(text.encode())
    check_told(problems_of(tmp_path / "t.csv"), told)


def second_sheet(cells: Cells, title: str = "Second", state: str = "visible"):
    def more(book: Workbook) -> None:
        sheet = book.create_sheet(title)
        sheet.sheet_state = state
        for address, value in cells.items():
            sheet[address] = value

    return more


def test_two_sheets_that_may_hold_a_table_are_asked_about(tmp_path):
    """The example names the sheet with the codes, not the first."""
    path = write_xlsx(tmp_path / "t.xlsx", {"A1": "Who", "B1": "When", "A2": "we", "B2": "May"}, more=second_sheet(sound()))
    check_told(problems_of(path), {"sheet": ('"Codes" and "Second"', "--sheet Second")})
    assert codes_of(read(path, Choices(sheets=("Second",)))) == CODES
    with pytest.raises(ReviewError) as caught:
        read(path, Choices(sheets=("Codes",)))
    assert str(caught.value).startswith("t.xlsx, sheet Codes")


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_hidden_and_empty_sheets_and_notes_are_no_tables(tmp_path, state):
    path = write_xlsx(tmp_path / "t.xlsx", sound(), more=second_sheet(sound(), state=state))
    reading = read(path)
    assert codes_of(reading) == CODES and "Hidden sheets were not read: Second." in reading.notes
    for sheet in ("Second", "Code"):
        with pytest.raises(SynopsisError, match=f'no sheet "{sheet}".*Codes.*Hidden and empty sheets are not read'):
            read(path, Choices(sheets=(sheet,)))
    assert codes_of(read(write_xlsx(tmp_path / "u.xlsx", sound(), more=second_sheet({"A1": "We coded this in May."})))) == CODES
    assert codes_of(read(write_xlsx(tmp_path / "v.xlsx", sound(), more=second_sheet({})))) == CODES


def test_sheets_with_other_rows_are_told(tmp_path):
    path = write_xlsx(tmp_path / "t.xlsx", sound(), more=second_sheet({**sound(), "A3": "Beech"}))
    problems = problems_of(path, Choices(sheets=("Codes", "Second")))
    assert sorted(str(problem) for problem in problems) == [
        't.xlsx, sheet Second: "Beech" stands only here. All sheets need the same rows.',
        't.xlsx, sheet Second: "Birch" is missing here. All sheets need the same rows.',
    ]


@pytest.mark.parametrize(
    ("choices", "words"),
    [
        (Choices(features="Home visit"), '--features: there is no column "Home visit". Did you mean Home visits?'),
        (Choices(features="B:Z"), '--features: there is no column "B:Z". The columns are "Trial", "Home visits"'),
        (Choices(label="Study"), '--label: there is no column "Study". The columns are "Trial"'),
        (Choices(sheets=("Sheet1",)), 'no sheet "Sheet1". Only a workbook has sheets.'),
        (Choices(yes=("maybe",), no=("Maybe",)), '"Maybe" is told to mean both yes and no. Tell it once.'),
        (Choices(yes=("no",)), '"yes" occurs as well. Say what "yes" means, too: --yes yes, --no yes or --unclear yes.'),
    ],
)
def test_choices_that_contradict_the_sheet_are_told(tmp_path, choices, words):
    with pytest.raises(SynopsisError) as caught:
        read(write_csv(tmp_path / "t.csv", sound()), choices)
    assert words in str(caught.value)


LIST = [["item", "feature", "value", "quote", "section", "reference"]] + [
    [trial, feature, code, f"They told of {feature.lower()}." if code == "yes" else "", "Methods", "3"] for (trial, feature), code in CODES.items()
]  # row 2: Alder, Home visits, yes; row 3: Alder, Peer support, no; the last is row 49


def listed_with(row: list[str] | None = None, **cells: object) -> Cells:
    return table([*LIST, *([row] if row else [])]) | cells


LISTS = {
    "conflict": (listed_with(["Alder", "Home visits", "no"]), {"cell C50": ('"Alder" / "Home visits"', "no here and yes in row 2", "the same")}),
    "value missing": (listed_with(C3=""), {"cell C3": ("empty", "Write yes, no or unclear, or delete the row")}),
    "NA": (listed_with(C3="NA"), {"cell C3": ('"NA"', "Write yes, no or unclear")}),
    "typing error": (listed_with(C4="yess"), {"cell C4": ('"yess"', "Did you mean yes?")}),
    "page beside the code": (listed_with(C4="yes (p. 4)"), {"cell C4": ("Write yes alone",)}),
    "unknown word": (listed_with(C4="mixed"), {"cell C4": ('"mixed"', "--unclear mixed")}),
    "unknown word, often": (
        listed_with(C4="mixed", C5="mixed", C6="mixed", C7="mixed"),
        {"cell C4": ('"mixed"', "4 cells", "first here", "--unclear mixed")},
    ),
    "unknown words throughout": (
        table([[{"yes": "present", "no": "absent"}.get(cell, cell) for cell in row] for row in LIST]),
        {"column C": ('"absent" (25 times)', '"present" (21 times)', "which means yes and which no")},
    ),
    "x beside ticks": (
        table([[{"yes": "✓", "no": "x"}.get(cell, cell) for cell in row] for row in LIST]),
        {"cell C3": ('"x"', "25 cells", "a Yes or a No")},
    ),
    "item missing": (listed_with(["", "Diary", "yes"]), {"cell A50": ("item is missing", "Write its name, or delete the row")}),
    "feature missing": (listed_with(["Alder", "", "yes"]), {"cell B50": ("feature is missing", "Write its name, or delete the row")}),
    "capitals": (listed_with(A3="ALDER"), {"cell A3": ('"ALDER"', '"Alder" in A2', "capitals", "both alike")}),
    "row missing": (table(LIST[:-1]), {"sheet": ("1 pair", '"Hazel" / "Phone calls"', "never taken for a No", *BLANK[2:])}),
}


@pytest.mark.parametrize("name", LISTS)
def test_what_is_wrong_with_a_list_is_told(tmp_path, name):
    cells, told = LISTS[name]
    check_told(problems_of(write_csv(tmp_path / "t.csv", cells)), told)


def test_a_list_is_read(tmp_path):
    reading = read(write_xlsx(tmp_path / "t.xlsx", table(LIST)))
    assert codes_of(reading) == CODES and "Read as a list: a row for each item and feature." in reading.notes
    quotes = reading.tables[0].quotes
    assert len(quotes) == 21  # one for each yes
    assert (quotes[0].item, quotes[0].feature, quotes[0].quote, quotes[0].section, quotes[0].references) == (
        "Alder",
        "Home visits",
        "They told of home visits.",
        "Methods",
        "3",
    )


def test_a_list_of_coded_segments_is_read(tmp_path):
    """As programs for qualitative analysis export it: no values, a row is a Yes; columns that are not read are named."""
    rows = [
        ["Document group", "Document name", "Code", "Segment"],
        ["May", "Alder", "Diary", "They wrote."],
        ["May", "Birch", "Visits", "They came."],
    ]
    reading = read(write_csv(tmp_path / "t.csv", table(rows)), Choices(blank_means="no"))
    assert codes_of(reading) == {("Alder", "Diary"): "yes", ("Birch", "Visits"): "yes", ("Alder", "Visits"): "no", ("Birch", "Diary"): "no"}
    assert 'Columns that were not read: "Document group".' in reading.notes


def test_a_table_with_a_code_and_a_text_of_its_own_is_no_list(tmp_path):
    """Study, code and text look like a list of segments; the columns of codes beside them say that it is none."""
    cells = {**column("A", "Study", TRIALS), **column("B", "Code", range(1, 9)), **column("C", "Text", [f"note {n}" for n in range(8)])}
    cells |= {address: value for address, value in moved(sound(), right=2).items() if address[0] in "DEFGHI"}
    check_told(problems_of(write_csv(tmp_path / "t.csv", cells)), {"column B": ("numbers", "--features D:I"), "column C": ("text", "--features D:I")})


def choices_from(options: str) -> Choices:
    """What the command understands when its options are typed."""
    parser = argparse.ArgumentParser()
    tables.add_parsers(parser.add_subparsers(dest="command"), "")
    return choices_of(parser.parse_args(["check", "t.csv", *shlex.split(options)]))


ANSWERED = {
    "blank cell": ("NO_OR_UNCLEAR", "unclear", {**CODES, ("Elder", "Family sessions"): "unclear"}),
    "NA": ("--YES_NO_OR_UNCLEAR", "--unclear", {**CODES, ("Elder", "Family sessions"): "unclear"}),
    "marks and blanks": ("NO_OR_UNCLEAR", "no", CODES),
    "counts": ("", "", CODES),
    "comments": ("", "", CODES),
    "column of totals": ("", "", CODES),
    "numbers in the first column": ("", "", CODES),
    "present and absent throughout": ("", "", CODES),
    "empty column": ("", "", {(trial, name): code for (trial, name), code in CODES.items() if name != "Family sessions"}),
    "1 and 2 throughout": ("WORD_FOR_YES --no WORD_FOR_NO", "1 --no 2", CODES),
    "low and high": ("WORD_FOR_YES --no WORD_FOR_NO", "low --no high", None),
    "1 and 2": ("WORD_FOR_YES --no WORD_FOR_NO", "2 --no 1", None),
}  # what the example leaves open, an answer, and the codes that come of it; None where a column more is read


@pytest.mark.parametrize("name", ANSWERED)
def test_the_example_command_answers_the_questions_once_its_capitals_are_replaced(tmp_path, name):
    left_open, answer, codes = ANSWERED[name]
    path = written(tmp_path, SPOILED[name])
    with pytest.raises(TableError) as caught:
        read(path)
    assert left_open in caught.value.advice
    found = codes_of(read(path, choices_from(caught.value.advice.replace(left_open, answer) if left_open else caught.value.advice)))
    assert found == codes if codes else found.items() > CODES.items()


@pytest.mark.parametrize("name", SPOILED)
def test_the_example_command_taken_as_it_stands_gives_no_wrong_code(tmp_path, name):
    """What only the reader knows stays open: the command is refused, or the question is asked again."""
    way = SPOILED[name]
    path = written(tmp_path, way)
    with pytest.raises(TableError) as caught:
        read(path)
    try:
        found = codes_of(read(path, choices_from(caught.value.advice)))
    except (ReviewError, SynopsisError, SystemExit):
        return
    right = {key: CODES.get((key[0].removesuffix(" (2)"), key[1])) for key in found}
    assert all(code == right[key] for key, code in found.items() if right[key] and not key[0].endswith("(2)")), name


def test_rows_of_one_name_are_told_apart_only_if_the_reader_says_so(tmp_path):
    """They could be one and the same, so no example is given; the option stands in the message."""
    path = written(tmp_path, SPOILED["name twice"])
    with pytest.raises(TableError) as caught:
        read(path)
    assert not caught.value.advice
    assert read(path, Choices(label="Trial,row")).tables[0].items[:4] == ("Alder", "Birch", "Cedar", "Birch (2)")


def test_the_example_command_names_the_column_with_the_names(tmp_path):
    path = written(tmp_path, SPOILED["codes in the first column"])
    with pytest.raises(TableError) as caught:
        read(path)
    assert read(path, choices_from(caught.value.advice)).tables[0].features == FEATURES  # and a line says that Included was not read


@pytest.mark.parametrize("words", [("low, if at all", "-", "--x", 'the "best"', "+"), ("$HOME", "a`b", "!", "100%", "ja")])
def test_decisions_are_printed_so_that_they_can_be_typed_again(words):
    choices = Choices("A,row", "B:G", "no", ("Tab, 1", "-x"), words[:2], words[2:4], words[4:])
    assert choices_from(choices.as_options()) == choices


@pytest.mark.parametrize("headings", [("a", "b", "c"), ("C", "D", "B"), ("G", "two words", "E"), ("a,b", "F", "row")])
def test_the_example_command_works_where_headings_look_like_letters_of_columns(tmp_path, headings):
    """Columns B, D and F hold codes, C and E text; the heading b is in none of them by its letter."""
    rows = [["Trial", headings[0], "Remark", headings[1], "Other", headings[2]]]
    rows += [[f"t{n}", "yes", f"r{n}", "no", f"s{n}", "no"] for n in range(3)]
    path = write_csv(tmp_path / "t.csv", table(rows))
    with pytest.raises(TableError) as caught:
        read(path)
    reading = read(path, choices_from(caught.value.advice))
    assert reading.tables[0].features == headings


@pytest.mark.parametrize("value", ["1,000", "1.000", "-1", "+1", "100%", 1000, "11", "½"])
def test_numbers_that_only_look_like_one_are_no_yes(tmp_path, value):
    check_told(problems_of(write_csv(tmp_path / "t.csv", {**sound(), "C4": value})), {"cell C4": ("Write yes, no or unclear",)})


def test_a_share_is_read_as_excel_shows_it(tmp_path):
    """100% is stored as 1, and 0% as 0; neither is a code."""

    def as_shares(book: Workbook) -> None:
        for row, value in enumerate([1, 0, 0.5, 1, 1, 0, 0.25, 1], start=2):
            book.active.cell(row, 8, value).number_format = "0%"

    check_told(
        problems_of(write_xlsx(tmp_path / "t.xlsx", {**sound(), "H1": "Kept"}, more=as_shares)),
        {"column H": ("percentages", "100%", "from which value on", LEAVE_OUT)},
    )


def test_ranges_of_columns_in_a_remedy_are_in_the_order_of_the_sheet(tmp_path):
    """E and G hold numbers besides codes: each remedy keeps all columns but its own."""
    nines = {f"E{row}": 9 if row == 4 else row % 2 for row in range(2, 10)} | {f"G{row}": 9 if row == 6 else row % 2 for row in range(2, 10)}
    told = {problem.column: problem.message for problem in problems_of(write_csv(tmp_path / "t.csv", sound() | nines))}
    assert "--features B:D,F:G" in told[5] and "--features B:F" in told[7] and "--unclear 9" in told[5]
