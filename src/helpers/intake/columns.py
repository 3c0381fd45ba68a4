"""What does a column hold: codes, numbers, a few words, or text?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from ..problems import counted, listed, mid_sentence, shown, some
from .choices import OPEN
from .codes import SENSE_NO, SENSE_YES, State, Vocabulary, key, option, options, typed
from .grid import Line
from .heading import Column
from .slips import code_before_remark

Kind = Literal["codes", "empty", "numbers", "words", "text"]
MOST_WORDS = 5
MOST_BESIDE = 3  # strange words beside known ones, in a column that is still one of codes
TOTALS = {"total", "totals", "sum", "sums", "subtotal", "grand total", "%", "percent", "n", "number", "count"}
NUMBER = re.compile(r"[+-]?\d+([.,]\d+)*%?|\d+ ?/ ?\d+")


@dataclass(frozen=True)
class Described:
    """A column with what it holds.

    Attributes
    ----------
    column : Column
    kind : Kind
        "codes" if more than half of what is filled is a known word or begins with one, or if a quarter says Yes or No and few other words
        stand beside, and it is no column of numbers; "words" for a few different ones that recur, two numbers among them.
    counts : Counter of str
        How often each text occurs, blanks left out.
    """

    column: Column
    kind: Kind
    counts: Counter[str]


def described(column: Column, lines: Iterable[Line], words: Vocabulary) -> Described:
    """What a column holds."""
    counts = Counter(text for line in lines if not words.is_blank(text := line[column.position]))
    known = sum(count for text, count in counts.items() if words.state(text, column.name) or key(text) in words.asked)
    decided = sum(count for text, count in counts.items() if words.state(text, column.name) in ("yes", "no"))
    strange = {key(text) for text in counts if not words.state(text, column.name) and key(text) not in words.asked}
    remarks = sum(count for text, count in counts.items() if key(text) in strange and code_before_remark(text, words))
    filled = counts.total()
    values = [text for text in counts if words.state(text, column.name) != "unclear"]
    recur = filled >= 2 * len(counts)
    if not filled:
        kind: Kind = "empty"
    elif known == filled:
        kind = "codes"
    elif values and all(NUMBER.fullmatch(text) for text in values):
        kind = "words" if len(values) == 2 and recur and not any(map(_is_share, values)) else "numbers"
    elif 2 * (known + remarks) > filled or (4 * decided >= filled and len(strange) <= MOST_BESIDE):
        kind = "codes"
    elif len(counts) <= MOST_WORDS and recur:
        kind = "words"
    else:
        kind = "text"
    return Described(column, kind, counts)


def no_codes(column: Described) -> str:
    """Why a column cannot be taken as it is."""
    name = f"{shown(column.column.name)} holds"
    if column.kind == "numbers" and may_be_codes(column):
        return f"{name} {_numbers(column.counts)}."
    if column.kind == "numbers":
        return f"{name} {'percentages or fractions' if any(map(_is_share, column.counts)) else 'numbers'}, {_numbers(column.counts)}, not codes."
    if column.kind == "words" and len(column.counts) == 1:
        return f"{name} nothing but {_held(column.counts)}, which is not known as a code."
    if column.kind == "words":
        return f"{name} {_held(column.counts)}."
    texts = listed(some([shown(text, 20) for text, _ in _often(column.counts)], 2))
    return f"{name} text ({texts}), not codes."


def _is_share(text: str) -> bool:
    return text.endswith("%") or "/" in text


def may_be_codes(column: Described) -> bool:
    """Whether a column may be one of codes that only the reader can explain: two or a few words that recur, or one number beside 0 and 1."""
    few = {"0", "1"} < set(column.counts) and len(column.counts) == 3
    return key(column.column.name) not in TOTALS and (column.kind == "words" or (column.kind == "numbers" and few))


def meaning_of(column: Described, words: Vocabulary, leave_out: str) -> str:
    """What to do about a column that cannot be taken as it is."""
    strange = strange_words([column], words)
    or_else = mid_sentence(leave_out)
    if column.kind == "words" and may_be_codes(column) and all(map(typed, strange)):
        if len(column.counts) == 1:
            return f"{leave_out.removesuffix('.')}; or, if it is a code, say what it means: {options(strange[0])}."
        return f"{_if_none(strange)}, {or_else} If not, {_say(examples([column], words), strange)}"
    if column.kind == "numbers" and any(map(_is_share, column.counts)):
        return f"Decide from which value on it counts as a Yes, and write yes or no in each cell; or {or_else}"
    others = [text for text in column.counts if NUMBER.fullmatch(text) and text not in ("0", "1")]
    if column.kind == "numbers" and {"0", "1"} & set(column.counts) and (may_be_codes(column) or sum(column.counts[text] for text in others) <= 3):
        if may_be_codes(column):
            unclear = f"If 0 means no, 1 yes and {others[0]} unclear or missing: {option('unclear', others[0])}."
            return f"{unclear} If {others[0]} means yes or no, or is a slip, mend the cells. If these are counts, {or_else}"
        return f"If {listed(map(shown, others), 'or')} is a slip, mend the cell. If these are counts, {or_else}"
    return leave_out


def of_one_scale(columns: Sequence[Described]) -> list[list[Described]]:
    """Columns of words in groups with the same words: a column belongs to a group that has at least half of its words.

    A scale such as low, high, some concerns is then asked about once, even where a column lacks a level.
    """
    groups: list[list[Described]] = []
    for column in sorted(columns, key=lambda column: -len(column.counts)):
        own = set(map(key, column.counts))
        group = next((group for group in groups if 2 * len(own & {key(text) for other in group for text in other.counts}) >= len(own)), None)
        if group is None:
            groups.append([column])
        else:
            group.append(column)
    return [sorted(group, key=lambda column: column.column.position) for group in groups]


def unknown_words(columns: Sequence[Described], words: Vocabulary, leave_out: str = "") -> str:
    """What to say of columns in words that are not known; with how to leave them out, where the table has others."""
    counts = sum((column.counts for column in columns), Counter[str]())
    strange = strange_words(columns, words)
    if len(columns) == 1:
        start = f"{shown(columns[0].column.name)} holds"
    else:
        start = f"The columns {listed(some([column.column.letters for column in columns], 12))} hold"
    say = _say(examples(columns, words), strange)
    if leave_out:
        return f"{start} {_held(counts)}. {_if_none(strange)}, {mid_sentence(leave_out)} If not, {say}"
    return f"{start} {_held(counts)}. {say[:1].upper()}{say[1:]}"


def strange_words(columns: Sequence[Described], words: Vocabulary) -> list[str]:
    """The words of columns that are not known, the most frequent first; of two numbers both, since 1 beside 2 need not be a Yes."""
    counts = Counter[str]()
    for column in columns:
        counts += Counter({text: count for text, count in column.counts.items() if not _state(text, column, words)})
    return [text for text, _ in _often(counts)]


def _state(text: str, column: Described, words: Vocabulary) -> State | None:
    beside = any(NUMBER.fullmatch(other) and not words.state(other, column.column.name) for other in column.counts)
    return None if beside and NUMBER.fullmatch(text) else words.state(text, column.column.name)


def examples(columns: Sequence[Described], words: Vocabulary) -> Mapping[State, list[str]]:
    """What the words of columns could mean, to be shown as an example: one Yes, one No, and what is beside them unclear.

    Of two numbers the smaller is shown as a Yes, unless it is 0; else the more frequent word is, unless the words say it themselves.
    """
    strange = sorted(strange_words(columns, words), key=lambda word: (int(word) if word.isdecimal() else 0, key(word) in SENSE_NO))
    known = {state for column in columns for text in column.counts if (state := _state(text, column, words))}
    told: dict[State, list[str]] = {}
    for state, sense, turned in (("yes", SENSE_YES, SENSE_NO), ("no", SENSE_NO, SENSE_YES)):
        fit = sorted(strange, key=lambda word: (key(word) not in sense, key(word) in turned))
        if fit and state not in known:
            told[state] = fit[:1]
            strange.remove(fit[0])
    return {**told, "unclear": strange} if strange else told


def answers(columns: Sequence[Described], words: Vocabulary) -> Mapping[State, list[str]]:
    """What to write for --yes, --no and --unclear: words that say it themselves (what is beside them is unclear); else, of two words or more, a
    word in capitals, to be replaced."""
    every = examples(columns, words)
    decided = [(state, word) for state, found in every.items() for word in found if state != "unclear"]
    if all(key(word) in (SENSE_YES if state == "yes" else SENSE_NO) for state, word in decided):
        return every
    asked = [state for state in every if state != "unclear" or {"yes", "no"} < every.keys()]
    return {state: [OPEN[state]] for state in asked} if len(strange_words(columns, words)) > 1 else {}


def _if_none(strange: Sequence[str]) -> str:
    """Before how to leave a column out: words that are no yes and no are codes to a reader, too."""
    return f"If they mean anything but {'yes and no' if len(strange) == 2 else 'yes, no and unclear'}, such as groups or ratings"


def _say(told: Mapping[State, Sequence[str]], strange: Sequence[str]) -> str:
    such = " ".join(option(state, word) for state, words in told.items() for word in words)
    what = "which means yes and which no" if len(strange) == 2 else f"what {shown(strange[0])} means" if len(strange) == 1 else "what each word means"
    return f"say {what}, such as {such}{', or the other way round' if len(strange) == 2 else ''}."


def _held(counts: Counter[str]) -> str:
    return listed(some([f"{shown(text, 30)} ({counted(count, 'time')})" for text, count in _often(counts)], 6))


def _often(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))


def _numbers(counts: Counter[str]) -> str:
    ordered = sorted(filter(NUMBER.fullmatch, counts), key=_value)
    if len(ordered) <= MOST_WORDS:
        return listed([f"{text} ({counted(counts[text], 'time')})" for text in ordered])
    return f"from {ordered[0]} to {ordered[-1]}"


def _value(text: str) -> tuple[float, str]:
    if "/" in text:
        part, whole = map(int, text.split("/"))
        return part / max(whole, 1), text
    return float(text.rstrip("%").replace(",", ".") if text.count(",") + text.count(".") < 2 else re.sub(r"\D", "", text)), text
