"""Errors a clinician understands: what is wrong, where in the spreadsheet, and what to do."""

from __future__ import annotations

import difflib
import operator
import re
from collections.abc import Iterable
from dataclasses import dataclass


class SynopsisError(ValueError):
    """A wrong input, told in words. Notebooks and commands show the words alone, without a traceback."""

    def _render_traceback_(self) -> list[str]:  # what IPython shows instead of a traceback
        return str(self).splitlines()


class ReviewError(SynopsisError):
    """Everything that is wrong with a review, in the order of files, rows and columns.

    Attributes
    ----------
    problems : tuple of Problem
    """

    def __init__(self, problems: Iterable[Problem]):
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong, and where.

    Parameters
    ----------
    file : str
        Name of the file inside the review's folder.
    row : int
        Row as a spreadsheet counts it, headers in row 1; 0 if the problem is not in one row.
    column : int
        Column, 1 for A; 0 if the problem is not in one column.
    message : str
        What is wrong and what to do.

    Examples
    --------
    >>> print(Problem("resources.csv", 3, 3, '"yess" is not a code. Write yes, no or unclear.'))
    resources.csv, cell C3: "yess" is not a code. Write yes, no or unclear.
    >>> print(Problem("models.csv", 4, 0, "The row is empty."))
    models.csv, row 4: The row is empty.
    """

    file: str
    row: int
    column: int
    message: str

    def __str__(self) -> str:
        place = ""
        if self.row and self.column:
            place = f", cell {column_letters(self.column)}{self.row}"
        elif self.row:
            place = f", row {self.row}"
        elif self.column:
            place = f", column {column_letters(self.column)}"
        return f"{self.file}{place}: {self.message}"


def column_letters(column: int) -> str:
    """A spreadsheet's name for a column counted from 1.

    >>> [column_letters(n) for n in (1, 26, 27, 702, 703)]
    ['A', 'Z', 'AA', 'ZZ', 'AAA']
    """
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint at the nearest known word, or at the known words if they are few; empty if neither helps.

    >>> did_you_mean("befrending", ["befriending", "open_dialogue"])
    'Did you mean befriending?'
    >>> did_you_mean("x", ["yes", "no"])
    'Use one of: yes, no.'
    """
    known = [str(other) for other in known]
    near = difflib.get_close_matches(str(word), known, n=1, cutoff=0.75)
    if near:
        return f"Did you mean {near[0]}?"
    return f"Use one of: {', '.join(known)}." if 0 < len(known) <= 12 else ""


def shown(text: str, most: int = 60) -> str:
    """A cell's text in quotation marks, on one line and cut to a readable length.

    >>> shown("yes\\nno")
    '"yes no"'
    """
    text = " ".join(text.split())
    return f'"{text if len(text) <= most else text[: most - 1] + "…"}"'


def listed(words: Iterable[object], conjunction: str = "and") -> str:
    """Words as a sentence lists them.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    >>> listed([])
    'none'
    """
    words = [str(word) for word in words]
    if len(words) < 2:
        return words[0] if words else "none"
    return f"{', '.join(words[:-1])} {conjunction} {words[-1]}"


def whole_number(name: str, value: object, least: int) -> int:
    """A count or a seed, once it is certain that it is a whole number and not too small.

    >>> whole_number("draws", 10, least=1)
    10
    """
    if isinstance(value, bool) or not hasattr(value, "__index__") or operator.index(value) < least:
        raise SynopsisError(f"{name}={value!r} is not possible. Give a whole number, {least} or more.")
    return operator.index(value)


def counted(number: int, one: str, several: str = "") -> str:
    """A number with its word.

    >>> counted(1, "line"), counted(2, "line"), counted(1, "box is", "boxes are")
    ('1 line', '2 lines', '1 box is')
    """
    return f"{number:,} {one if number == 1 else several or one + 's'}"


def mid_sentence(label: str) -> str:
    """A label as it stands inside a sentence: a capital at its start becomes small, unless an abbreviation or a sign such as De++ begins there.

    >>> mid_sentence("Expertise"), mid_sentence("GP role"), mid_sentence("De++")
    ('expertise', 'GP role', 'De++')
    """
    plain = re.fullmatch(r"[^\W\d_][^\W\d_A-Z][\w’'/(),.:;-]*", label.split(" ", 1)[0])
    return label[:1].lower() + label[1:] if plain else label


def some(words: Iterable[object], most: int = 8) -> list[str]:
    """The first words of a list, and how many others there are if it is long.

    >>> listed(some(["a", "b", "c", "d"], most=2))
    'a, b and 2 others'
    """
    words = [str(word) for word in words]
    return words if len(words) <= most + 1 else [*words[:most], f"{len(words) - most:,} others"]


def large(number: int | None) -> int | str | None:
    """A whole number as it is; of one with more than 15 digits the size, in words.

    >>> large(42), large(1614 * 10**40)
    (42, 'about 1.6 × 10^43')
    """
    if number is None or number < 10**15:
        return number
    power = len(str(number)) - 1
    return f"about {number // 10 ** (power - 1) / 10:.1f} × 10^{power}"


def p_places(p: float, usual: str = ".4f") -> str:
    """How a p-value is to be written: as usual, or as 1.2e-30 (1.2 divided by 10 thirty times) where that would read as 0.

    >>> f"{0.0123:{p_places(0.0123)}}", f"{1.23e-30:{p_places(1.23e-30)}}"
    ('0.0123', '1.2e-30')
    """
    return ".1e" if 0 < p < float(f"{1:{usual}}") and not float(f"{p:{usual}}") else usual
