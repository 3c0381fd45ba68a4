"""What does a column hold: codes, numbers, a few words, or text?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from ..problems import counted, listed, shown, some
from .codes import Vocabulary, quoted
from .grid import Line
from .heading import Column

Kind = Literal["codes", "empty", "numbers", "words", "text"]
MOST_WORDS = 5
NUMBER = re.compile(r"[+-]?\d+([.,]\d+)*%?")


@dataclass(frozen=True)
class Described:
    """A column with what it holds.

    Attributes
    ----------
    column : Column
    kind : Kind
        "codes" if more than half of what is filled is a known word, and it is no column of numbers; "words" for a few different ones.
    counts : Counter of str
        How often each text occurs, blanks left out.
    """

    column: Column
    kind: Kind
    counts: Counter[str]


def described(column: Column, lines: Iterable[Line], words: Vocabulary) -> Described:
    """What a column holds."""
    counts = Counter(text for line in lines if not words.is_blank(text := line[column.position]))
    known = sum(count for text, count in counts.items() if words.state(text, column.name) or text.casefold() in words.asked)
    filled = counts.total()
    if not filled:
        kind: Kind = "empty"
    elif known == filled:
        kind = "codes"
    elif all(NUMBER.fullmatch(text) for text in counts):
        kind = "numbers"
    elif 2 * known > filled:
        kind = "codes"
    elif len(counts) <= MOST_WORDS and filled >= 2 * len(counts):
        kind = "words"
    else:
        kind = "text"
    return Described(column, kind, counts)


def no_codes(column: Described) -> str:
    """Why a column cannot be taken as it is, and what to do."""
    name = f"{shown(column.column.name)} holds"
    if column.kind == "numbers":
        return f"{name} numbers ({_numbers(column.counts)}), not codes. {_remedy(column)}"
    if column.kind == "words":
        held = listed([f"{shown(text)} ({count} x)" for text, count in _often(column.counts)])
        return (
            f"{name} {held}, which are no codes that are known. Leave the column out with --features, or say what the words mean with --yes and --no."
        )
    texts = listed(some([shown(text, 20) for text, _ in _often(column.counts)], 2))
    return f"{name} text ({texts}), not codes. Leave the column out with --features."


def unknown_words(columns: Sequence[Described], words: Vocabulary) -> str:
    """What to say of a table that is coded throughout in words that are not known."""
    counts = sum((column.counts for column in columns), Counter[str]())
    held = listed([f"{shown(text)} ({count} x)" for text, count in _often(counts)])
    where = listed(some([column.column.letters for column in columns], 12))
    strange = strange_words(columns, words)
    example = " ".join(f"--{state} {quoted(word)}" for state, word in zip(("yes", "no"), strange, strict=False))
    return f"The columns {where} hold {held}. Say what each word that is not known means, such as {example}, or the other way round."


def strange_words(columns: Sequence[Described], words: Vocabulary) -> list[str]:
    """The words of columns that are not known, the most frequent first."""
    counts = sum((column.counts for column in columns), Counter[str]())
    return [text for text, _ in _often(counts) if not words.state(text)]


def _remedy(column: Described) -> str:
    if len(column.counts) == 2:
        (first, _), (second, _) = _often(column.counts)
        return f"If these two are codes, say which is which, such as --yes {first} --no {second}; if not, leave the column out with --features."
    others = [text for text in column.counts if text not in ("0", "1")]
    if {"0", "1"} & set(column.counts) and sum(column.counts[text] for text in others) <= 3:
        return f"If it is a count, leave it out with --features; if {listed(map(shown, others), 'or')} is a slip, mend the cell."
    return "Leave the column out with --features."


def _often(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))


def _numbers(counts: Counter[str]) -> str:
    if len(counts) <= MOST_WORDS:
        return listed([f"{text}: {counted(count, 'time')}" for text, count in sorted(counts.items(), key=lambda entry: _value(entry[0]))])
    ordered = sorted(counts, key=_value)
    return f"from {ordered[0]} to {ordered[-1]}"


def _value(text: str) -> tuple[float, str]:
    return float(text.rstrip("%").replace(",", ".") if text.count(",") + text.count(".") < 2 else re.sub(r"\D", "", text)), text
