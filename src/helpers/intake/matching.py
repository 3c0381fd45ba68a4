"""Which of the known names does a text stand for?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

Way = Mapping[str, tuple[str, ...]]

MOST_PICKED = 255  # letters; what is picked from a drop-down list of Excel is cut there


def one_line(text: str) -> str:
    """A text without line breaks and spare blanks.

    >>> one_line("Social \\n  skills ")
    'Social skills'
    """
    return " ".join(text.split())


def way(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Names, each with the ids that it may stand for.

    >>> way([("Money", "money"), ("Money", "money_2")])
    {'Money': ('money', 'money_2')}
    """
    found: dict[str, tuple[str, ...]] = {}
    for name, key in pairs:
        name = one_line(name)
        if name and key not in found.get(name, ()):
            found[name] = (*found.get(name, ()), key)
    return found


def matches(text: str, ways: Sequence[Way]) -> tuple[str, ...]:
    """The ids a text may stand for: by the first way that knows it word for word, else by the first that knows it but for capitals.

    >>> matches("low", [way([("Low", "a"), ("low", "b")])]), matches("LOW", [way([("Low", "a"), ("low", "b")])])
    (('b',), ('a', 'b'))
    """
    text = one_line(text)
    exact = next((one[text] for one in ways if text in one), ())
    if exact or not text:
        return exact
    for one in ways:
        alike = [key for name, keys in one.items() if _folded(name) == _folded(text) for key in keys]
        if alike:
            return tuple(dict.fromkeys(alike))
    return ()


def _folded(text: str) -> str:
    return one_line(text[:MOST_PICKED]).casefold()
