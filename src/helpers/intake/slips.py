"""What is said of cells that hold no code: a slip to be mended in its cell, or a word to be asked about once?"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ..problems import Problem, column_letters, counted, did_you_mean, mid_sentence, shown
from .codes import State, Vocabulary, key, options, typed
from .grid import FAILED, TYPE_AGAIN, Grid, failed

FEW = 3  # a strange word in up to so many cells is a slip, in more it is a code that nobody has explained
FOOTNOTES = ("*", "†", "‡", "§")
BESIDE = r"\s*[(\[,;:*†‡§/–-]"  # what begins a remark beside a code, as in "yes (p. 4)" or "no*"


@dataclass(frozen=True)
class Cell:
    """A cell with its text."""

    row: int
    column: int
    text: str


def slips(grid: Grid, strange: Iterable[Cell], words: Vocabulary, leave_out: Mapping[int, str] | None = None) -> Iterator[Problem]:
    """A problem for each slip, and one for each word that occurs too often to be a slip or could mean either.

    `leave_out` holds, by position, how to leave out a column that holds nothing else.
    """
    for cells in _by_word(strange).values():
        first, word = cells[0], key(cells[0].text)
        if word in words.asked or len(cells) > FEW:
            reason = words.asked.get(word, "is not known as a code")
            column = f" of column {column_letters(first.column)} only" if len({cell.column for cell in cells}) == 1 else ""
            where = f" It stands in {counted(len(cells), 'cell')}{column}, first here." if len(cells) > 1 else ""
            alone = (leave_out or {}).get(first.column, "") if len({cell.column for cell in cells}) == 1 else ""
            said = f"The column holds nothing but {shown(first.text)}, which {reason}." if alone else f"{shown(first.text)} {reason}.{where}"
            or_else = f" Or {mid_sentence(alone)}" if alone else ""
            yield grid.problem(f"{said} {_tell(first.text)}{or_else}", first.row, first.column)
            continue
        for cell in cells:
            odd = grid.odd.get((cell.row, cell.column), "").replace(TYPE_AGAIN, "type yes, no or unclear")
            yield grid.problem(odd or _mend(cell.text, words), cell.row, cell.column)


def asked_about(strange: Iterable[Cell], words: Vocabulary) -> list[str]:
    """The words that `slips` asks about and that can be typed, as they stand first."""
    cells = _by_word(strange)
    return [own[0].text for word, own in cells.items() if (word in words.asked or len(own) > FEW) and typed(own[0].text)]


def _by_word(strange: Iterable[Cell]) -> Mapping[str, list[Cell]]:
    cells: dict[str, list[Cell]] = defaultdict(list)
    for cell in strange:
        cells[key(cell.text)].append(cell)
    return cells


def _tell(text: str) -> str:
    how = options(text)
    replace = "rite yes, no or unclear in its place; Find and Replace in Excel or LibreOffice does so throughout."
    if not how or not (text.isascii() or any(map(str.isalnum, text))):  # what no keyboard has
        return f"{f'Say what it means in the whole table: {how}; or w' if how else 'W'}{replace}"
    return f"Say what it means in the whole table: {how}."


def code_before_remark(text: str, words: Vocabulary) -> State | None:
    """The code that a text begins with, as "yes (p. 4)" does, if nothing in the rest says otherwise."""
    if not re.search(r"\w", text):  # a sign may have the mark of a footnote; another, such as +/-, is no remark
        return words.state(text[:1]) if text[1:].strip() in FOOTNOTES else None
    first = re.match(rf"([^\W\d_]{{2,}}|[yYnN]|[^\w\s]){BESIDE}", text)
    code = words.state(first[1]) if first and "?" not in text else None
    otherwise = any(words.state(word) not in (None, code) for word in re.findall(r"[^\W\d_]{2,}", text))
    return None if otherwise else code


def _mend(text: str, words: Vocabulary) -> str:
    """What to do about one cell."""
    if FAILED.fullmatch(text):
        return f"{failed(text)} Mend it, or write yes, no or unclear in its place."
    said = f"{shown(text)} is not a code."
    known = [word for word in words.meanings if len(word) > 2]
    turned = next((word for word in known if sorted(word) == sorted(key(text))), "")
    near = f"Did you mean {turned}?" if turned else did_you_mean(key(text), known)
    if near.startswith("Did") and "?" not in text:
        return f"{said} {near} Write yes, no or unclear."
    code = code_before_remark(text, words)
    if code:
        return f"{said} Write {code} alone if that is what it means, and keep the rest elsewhere, such as in another file."
    how = options(text)
    return f"{said} Write yes, no or unclear{f', or say what it means: {how}' if how else ''}."
