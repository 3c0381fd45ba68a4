"""Which words stand for Yes, No, unclear or nothing, and which must be asked about?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from ..problems import SynopsisError, listed, shown

State = Literal["yes", "no", "unclear"]
STATES: tuple[State, ...] = ("yes", "no", "unclear")

TICKS = ("✓", "✔", "☑", "✅")
CROSSES = ("✗", "✘", "❌")
X = "x"
YES = ("yes", "y", "1", "true", X, *TICKS)
NO = ("no", "n", "0", "false", "☐", *CROSSES)
UNCLEAR = ("unclear", "?", "??", "partly", "partially", "partial", "nr", "not reported", "not clear", "uncertain", "can't tell", "cannot tell")
BLANK = ("", "na", "n/a", "#n/a", "nan", "null")
PAIRS = (("yes", "no"), ("y", "n"), ("1", "0"), ("true", "false"))
LIKE_X = str.maketrans({"×": "x", "х": "x"})  # the sign for times, the Cyrillic letter
WORDS = {"yes", "y", "no", "n", "1", "0", "true", "false", "?", "unclear"}  # what may follow a column's name, as in Nausea_y

X_OR_TICK = "stands beside ticks, so it could mean a Yes or a No"
LONE_CROSS = "could be a mark for Yes or for No, because the table has no ticks or other word for Yes"


def key(text: str) -> str:
    """A cell's text as it is compared: without capitals, spare blanks, full stops of abbreviations, and decimals that say nothing.

    >>> [key(text) for text in (" YES ", "1.0", "1,0", "N.R.", "✔\\ufe0f", "Not  reported")]
    ['yes', '1', '1', 'nr', '✔', 'not reported']
    """
    folded = unicodedata.normalize("NFKC", text).casefold().translate(LIKE_X).replace("\ufe0f", "").replace("’", "'")
    folded = " ".join(folded.split())
    folded = re.sub(r"^([+-]?\d+)[.,]0+$", r"\1", folded)
    return folded.replace(".", "") if re.fullmatch(r"([^\W\d_]+\.)+|([^\W\d_]\.)+[^\W\d_]", folded) else folded


@dataclass(frozen=True)
class Vocabulary:
    """What each word means in one table.

    Attributes
    ----------
    meanings : mapping of str to State
        By `key`.
    asked : mapping of str to str
        Words that could mean either, with the reason.
    blank : frozenset of str
        Words that stand for an empty cell.
    """

    meanings: Mapping[str, State]
    asked: Mapping[str, str]
    blank: frozenset[str]

    def state(self, text: str, column: str = "") -> State | None:
        """What a cell says under a heading: a known word, the column's own name (Yes), or its name with a known word, such as Nausea_y."""
        word = key(text)
        if word in self.meanings:
            return self.meanings[word]
        name = key(column)
        if not name or not word.startswith(name) or word in self.asked:
            return None
        if word == name:
            return "yes"
        rest = re.fullmatch(r"[ _:=.-]+(.+)", word[len(name) :])
        return self.meanings.get(rest[1]) if rest and rest[1] in WORDS else None

    def is_blank(self, text: str) -> bool:
        return key(text) in self.blank


def vocabulary(told: Mapping[State, Iterable[str]], present: Iterable[str]) -> Vocabulary:
    """The words of a table: the usual ones, what was told, and what the words beside them make doubtful.

    Parameters
    ----------
    told : mapping of State to iterable of str
        Words whose meaning was told; they overrule the usual meaning.
    present : iterable of str
        The texts of the cells.

    Raises
    ------
    SynopsisError
        If a word is told to mean two things, or one of a pair (1 and 0, yes and no) is told the other way round while the other
        occurs and is left as it was.
    """
    usual: dict[str, State] = {word: state for state, words in zip(STATES, (YES, NO, UNCLEAR), strict=True) for word in words}
    own: dict[str, State] = {}
    for state in STATES:
        for word in told.get(state, ()):
            if own.setdefault(key(word), state) != state:
                raise SynopsisError(f"{shown(word)} is told to mean both {own[key(word)]} and {state}. Tell it once.")
    here = {key(text) for text in present}
    _check_pairs(own, usual, here)
    meanings = {**usual, **own}
    asked = {word: reason for word, reason in _doubtful(here, meanings).items() if word not in own}
    blank = frozenset(word for word in BLANK if word not in own)
    return Vocabulary({word: state for word, state in meanings.items() if word not in asked}, asked, blank)


def _check_pairs(own: Mapping[str, State], usual: Mapping[str, State], here: set[str]) -> None:
    for pair in PAIRS:
        for word, partner in (pair, pair[::-1]):
            turned = word in own and {own[word], usual[word]} == {"yes", "no"}
            if turned and partner in here and partner not in own:
                raise SynopsisError(
                    f"{shown(word)} is told to mean {own[word]}, and {shown(partner)} occurs as well. Say what {shown(partner)} means, too: "
                    f"--yes {partner}, --no {partner} or --unclear {partner}."
                )


def _doubtful(here: set[str], meanings: Mapping[str, State]) -> dict[str, str]:
    """Marks whose meaning hangs on the marks beside them."""
    doubtful = {}
    if X in here and here & set(TICKS):
        doubtful[X] = X_OR_TICK
    if not any(meanings.get(word) == "yes" for word in here - set(CROSSES)):
        doubtful |= dict.fromkeys(here & set(CROSSES), LONE_CROSS)
    return doubtful


def options(words: Iterable[str], among: str = "or") -> str:
    """How to tell what words mean, for a message.

    >>> options(["low"])
    '--yes low, --no low or --unclear low'
    """
    return listed([f"--{state} {quoted(word)}" for word in words for state in STATES], among)


def quoted(word: str) -> str:
    """A word as it is typed after an option in a terminal."""
    return word if re.fullmatch(r"[\w.:/+%,-]+", word) and not word.startswith("-") else f'"{word}"'
