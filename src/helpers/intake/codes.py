"""Which words stand for Yes, No, unclear or nothing, and which must be asked about?"""

from __future__ import annotations

import os
import re
import shlex
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from .. import csvfiles
from ..problems import SynopsisError, listed, shown

State = Literal["yes", "no", "unclear"]
STATES: tuple[State, ...] = ("yes", "no", "unclear")

TICKS = ("✓", "✔", "☑", "✅", "√")
CROSSES = ("✗", "✘", "❌")
X = "x"
YES = ("yes", "y", "1", "true", X, *TICKS)
NO = ("no", "n", "0", "false", "☐", *CROSSES)
UNCLEAR = ("unclear", "?", "??", "partly", "partially", "partial", "not clear", "uncertain", "unsure", "can't tell", "cannot tell",
           "nr", "n/r", "not reported", "not stated")  # fmt: skip
BLANK = ("", "na", "n/a", "#n/a", "nan", "null")
SENSE_YES = ("present", "ja", "oui", "si", "sí", "+", "++", "●", "■", "•", "used", "included", "mentioned", "done")  # to be told, but no riddle
SENSE_NO = ("absent", "nein", "non", "-", "–", "−", "0", "○", "□", "not used", "not included", "not mentioned", "not done")
PLAIN = {"yes", "no", "y", "n", "1", "0", "true", "false", "unclear", "?", ""}  # words that name nothing
PAIRS = (("yes", "no"), ("y", "n"), ("1", "0"), ("true", "false"))
LIKE_X = str.maketrans({"×": "x", "х": "x"})  # the sign for times, the Cyrillic letter
UNSEEN = str.maketrans(dict.fromkeys(csvfiles.UNSEEN + "\u00ad\u200e\u200f\ufe0f"))  # and what web pages and word processors leave in a cell
WORDS = {"yes", "y", "no", "n", "1", "0", "true", "false", "?", "unclear"}  # what may follow a column's name, as in Nausea_y

LONE_CROSS = "could be a mark for Yes or for No, because the table has no tick or word for Yes"
MOST_TYPED = 30  # letters of a word that anybody would type after an option


@lru_cache(maxsize=10_000)  # a table says the same few words again and again
def key(text: str) -> str:
    """A cell's text as it is compared: without capitals, spare blanks, signs at its end, and decimals that say nothing.

    >>> [key(text) for text in (" YES ", "1.0", "1,0", "N.R.", "✔\\ufe0f", "Not  reported,")]
    ['yes', '1', '1', 'nr', '✔', 'not reported']
    """
    folded = unicodedata.normalize("NFKC", text).casefold().translate(LIKE_X).translate(UNSEEN).replace("’", "'")
    folded = " ".join(folded.split())
    folded = re.sub(r"^([+-]?\d+)[.,]0{1,2}$", r"\1", folded)
    folded = re.sub(r"(?<=[^\W\d_])[,;:!]$", "", folded)
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
        """What a cell says under a heading: a known word, the column's own name (Yes), or its name with a known word: Nausea_y, no nausea."""
        word = key(text)
        if word in self.meanings:
            return self.meanings[word]
        name = key(column)
        if not name or word in self.asked:
            return None
        if word in (name, f"no {name}"):
            return "yes" if word == name else "no"
        if not word.startswith(name):
            return None
        rest = re.fullmatch(r"[ _:=.-]+(.+)", word[len(name) :])
        return self.meanings.get(rest[1]) if rest and rest[1] in WORDS else None

    def is_blank(self, text: str) -> bool:
        return key(text) in self.blank


def vocabulary(told: Mapping[State, Iterable[str]], columns: Iterable[Iterable[str]]) -> Vocabulary:
    """The words of a table: the usual ones, what was told, and what the words beside them make doubtful.

    Parameters
    ----------
    told : mapping of State to iterable of str
        Words whose meaning was told; they overrule the usual meaning.
    columns : iterable of iterable of str
        The texts of the cells, by column.

    Raises
    ------
    SynopsisError
        If a word is told to mean two things; if one of a pair (1 and 0, yes and no) is told the other way round while the other occurs and is left
        as it was; or if another number is told to mean yes while 1 occurs, or no while 0 does.
    """
    usual: dict[str, State] = {word: state for state, words in zip(STATES, (YES, NO, UNCLEAR), strict=True) for word in words}
    own: dict[str, State] = {}
    for state in STATES:
        for word in told.get(state, ()):
            if own.setdefault(key(word), state) != state:
                raise SynopsisError(f"{shown(word)} is told to mean both {own[key(word)]} and {state}. Tell it once.")
    present = [{key(text) for text in column} for column in columns]
    _check_pairs(own, usual, set().union(*present))
    meanings = {**usual, **own}
    asked = {word: reason for word, reason in _doubtful(present, meanings).items() if word not in own}
    blank = frozenset(word for word in BLANK if word not in own)
    return Vocabulary({word: state for word, state in meanings.items() if word not in asked}, asked, blank)


def _check_pairs(own: Mapping[str, State], usual: Mapping[str, State], here: set[str]) -> None:
    for pair in PAIRS:
        for word, partner in (pair, pair[::-1]):
            turned = word in own and {own[word], usual[word]} == {"yes", "no"}
            if turned and partner in here and partner not in own:
                raise _also(word, own[word], partner)
    for word, state in own.items():
        partner = {"yes": "1", "no": "0"}.get(state, "")
        if re.fullmatch(r"\d+", word) and word not in usual and partner in here and partner not in own:
            raise _also(word, state, partner)


def _also(word: str, state: State, partner: str) -> SynopsisError:
    what = f"{shown(word)} is told to mean {state}, and {shown(partner)} occurs as well."
    return SynopsisError(f"{what} Say what {shown(partner)} means, too: {options(partner)}.")


def _doubtful(columns: Sequence[set[str]], meanings: Mapping[str, State]) -> dict[str, str]:
    """Marks whose meaning hangs on the marks beside them.

    An x is a mark for Yes, unless a column holds it beside a tick or a cross, or beside a word for Yes where no word says No. A cross is a
    mark for No, unless nothing in the table says Yes. A column of nothing but x is judged by the whole table.
    """
    doubtful = {}
    whole = set().union(*columns)
    for column in columns:
        here = whole if {word for word in column if meanings.get(word) != "unclear"} == {X} else column
        yes, no = ({word for word in here - {X} - set(CROSSES) if meanings.get(word) == state} for state in ("yes", "no"))
        beside = sorted((here & set(CROSSES)) | (yes & set(TICKS))) or sorted(yes if not no else ())
        if X in here and beside:
            doubtful.setdefault(X, f"stands in this table as well as {shown(beside[0])}, so it could mean a Yes or a No")
    if not any(meanings.get(word) == "yes" and word not in doubtful for word in whole - set(CROSSES)):
        doubtful |= dict.fromkeys(sorted(whole & set(CROSSES)), LONE_CROSS)
    return doubtful


def options(word: str) -> str:
    """How to tell what a word means, for a message; empty for a text that nobody would type.

    >>> options("low")
    '--yes low, --no low or --unclear low'
    """
    return listed([option(state, word) for state in STATES], "or") if typed(word) else ""


def typed(word: str) -> bool:
    """Whether a word can be typed after an option in any terminal.

    >>> [typed(word) for word in ("not sure", "+", "=cmd|' /C calc'!A0", "z" * 40)]
    [True, True, False, False]
    """
    return 0 < len(word) <= MOST_TYPED and not re.search(r"""["'`$\\|<>&;!^=()#~*,\n\r]""", word)


def option(name: str, text: str) -> str:
    """An option with its text, as it is typed in a terminal.

    >>> option("yes", "low"), option("no", "not sure"), option("no", "-")
    ('--yes low', '--no "not sure"', '--no=-')
    """
    return f"--{name}{'=' if text.startswith('-') else ' '}{quoted(text)}"


def quoted(word: str) -> str:
    """A text as one word of a terminal's line."""
    if re.fullmatch(r"[\w.:/+-]+" if os.name == "nt" else r"[\w.:/+,-]+", word):  # PowerShell takes what a comma parts for several words
        return word
    if os.name == "nt":
        return '"' + word.replace('"', '""') + '"'
    return shlex.quote(word) if re.search(r'["$`\\!]', word) else f'"{word}"'
