"""How does a notebook state a result? As a sentence made from computed values, kept where a build can gather it."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from typing import Any

import numpy as np

from .problems import SynopsisError, listed

MIME = "application/vnd.synopsis.finding+json"


class Finding:
    """A stated result: printed as its sentence, stored with its values."""

    def __init__(self, identifier: str, sentence: str, values: Mapping[str, Any]):
        self.id, self.sentence, self.values = identifier, sentence, dict(values)

    def __repr__(self) -> str:
        return self.sentence

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        return {"text/plain": self.sentence, MIME: {"id": self.id, "sentence": self.sentence, "values": self.values}}


def finding(id: str, sentence: str, **values: Any) -> Finding:
    """State a result. The only way a notebook does.

    Parameters
    ----------
    id : str
        Unique in the suite: the notebook's topic and the result, such as "tables.constant_features".
    sentence : str
        The sentence, with a name in braces for every value: "{n} of the {total} {items} share it". A list is written out as
        "a, b and c". It must hold no digit of its own: every number comes from a value.
    **values
        Numbers, texts, booleans, lists or dicts of these; NumPy's are turned into Python's, and a number that is undefined (NaN) is stored as
        null and written as "undefined". Values that do not stand in the
        sentence are stored with it.

    Returns
    -------
    Finding
        Shown by the notebook as its sentence; its output also holds the values, from which results.json is gathered.

    Raises
    ------
    SynopsisError
        If the sentence holds a digit, or names a value that is not given.

    Examples
    --------
    >>> finding("demo.shared", "{n} of {total} models share {what}.", n=3, total=10, what=["a", "b"])
    3 of 10 models share a and b.
    """
    texts, names = _parts(sentence)
    if re.search(r"\d", texts):
        raise SynopsisError(f"The sentence of the finding {id} holds a number of its own. Give it as a value: {sentence}")
    values = {name: _plain(value) for name, value in values.items()}
    if "" in names:
        raise SynopsisError(f"The sentence of the finding {id} has empty braces. Write the name of a value into them: {sentence}")
    missing = sorted(names - set(values))
    if missing:
        raise SynopsisError(f"The finding {id} names {listed(missing)}, which is not among its values.")
    words = {name: _in_words(value) for name, value in values.items()}
    text = sentence.format(**words)
    return Finding(id, text[:1].upper() + text[1:], values)


def left_out(what: str, needs: str) -> None:
    """Say that a part of a notebook is left out for this review, and what it would need.

    >>> left_out("The agreement of two codings", "a folder coders/ with each coder's tables")
    Left out: The agreement of two codings. It needs a folder coders/ with each coder's tables.
    """
    print(f"Left out: {what}. It needs {needs}.")


def _in_words(value: Any) -> Any:
    """A value as it stands in the sentence."""
    if isinstance(value, list):
        return listed(value)
    return _Undefined() if value is None else _Number(value) if isinstance(value, float) else value


class _Number(float):
    """Stands in a sentence for a number: one that is rounded to zero has no sign.

    >>> f"{_Number(-0.004):.2f}", f"{_Number(-0.5):.2f}"
    ('0.00', '-0.50')
    """

    def __format__(self, specification: str) -> str:
        text = super().__format__(specification)
        return text if text.strip("-0.%") else text.lstrip("-")


class _Undefined:
    """Stands in a sentence for a number that does not exist, whatever its format."""

    def __format__(self, specification: str) -> str:
        return "undefined"


def _parts(sentence: str) -> tuple[str, set[str]]:
    """The text outside the braces, and every name inside them."""
    texts, names = "", set()
    for text, name, specification, _ in string.Formatter().parse(sentence):
        texts += text
        if name is not None:
            names |= {name} | _parts(specification or "")[1]
    return texts, names


def _plain(value: Any) -> Any:
    """A value as JSON knows it."""
    if isinstance(value, np.generic):
        return _plain(value.item())
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, float):
        return float(f"{value:.12g}") if np.isfinite(value) else None  # the last digits differ from computer to computer
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    raise SynopsisError(f"A finding's value must be a number, a text or a list of these, not {type(value).__name__}.")
