"""Which fonts show a text? The house's own for all it has, and another of this computer for the rest."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from functools import cache

from matplotlib.font_manager import findfont, findSystemFonts, fontManager, get_font

from ..style import only_own_house_font

AS_WIDE_AS_A_BOX = "\N{EM DASH}\N{THIN SPACE}"
HOUSE_FONT = "DejaVu Sans"  # comes with matplotlib, so it is everywhere; it holds the Latin, Greek, Cyrillic and some more scripts
# Fonts that computers often have, each with a script the house font lacks; whatever else there is comes after them.
OFTEN = (
    "Noto Sans CJK JP", "Noto Sans CJK SC", "Microsoft YaHei", "Yu Gothic", "Meiryo", "MS Gothic", "Malgun Gothic", "SimHei", "PingFang SC",
    "Hiragino Sans", "Hiragino Sans GB", "Apple SD Gothic Neo", "WenQuanYi Zen Hei", "Nirmala UI", "Leelawadee UI", "Noto Sans Devanagari",
    "Noto Sans Thai", "Arial Unicode MS", "Segoe UI Symbol", "Apple Symbols", "Noto Sans Symbols2",
)  # fmt: skip


def missing_signs(texts: Iterable[str]) -> list[str]:
    """The signs for which no font of this computer has a picture, so that figures show a box."""
    return sorted(sign for sign in set("".join(texts)) if _lacking(sign) and not _font_with(sign))


def fonts_for(text: str) -> list[str]:
    """The families to draw a text with: the house font, and for signs it lacks the first other font that has each.

    Parameters
    ----------
    text : str

    Returns
    -------
    list of str
        The house font alone for almost every text, so that figures are the same on every computer.

    Examples
    --------
    >>> fonts_for("Befriending, Ελληνικά, кириллица")
    ['DejaVu Sans']
    """
    others = (_font_with(sign) for sign in sorted(set(text)) if _lacking(sign))
    return list(dict.fromkeys([HOUSE_FONT, *filter(None, others)]))


def measurable(text: str) -> str:
    """The text with something as wide as the box that is drawn for each sign that no font has."""
    return (
        text if not any(map(_lacking, set(text))) else "".join(AS_WIDE_AS_A_BOX if _lacking(sign) and not _font_with(sign) else sign for sign in text)
    )


def _lacking(sign: str) -> bool:
    return ord(sign) not in _house_signs() and not sign.isspace() and sign.isprintable()


@cache
def _house_signs() -> frozenset[int]:
    return frozenset(get_font(findfont(HOUSE_FONT)).get_charmap())


@cache
def _font_with(sign: str) -> str:
    """The family of the first font that has the sign; empty if there is none."""
    return next((name for name, path in _others() if ord(sign) in _signs(path)), "")


@cache
def _others() -> tuple[tuple[str, str], ...]:
    """Every upright font of normal weight but the house's, first those named above, then by name. Those of coloured pictures cannot be drawn."""
    known = {font.fname for font in fontManager.ttflist}
    for path in sorted(set(findSystemFonts()) - known):  # installed after matplotlib made its list
        with suppress(OSError, RuntimeError):
            fontManager.addfont(path)
    only_own_house_font()
    places = {name: place for place, name in enumerate(OFTEN)}
    plain = {font.name: font.fname for font in fontManager.ttflist if font.style == "normal" and font.weight in (400, "normal", "regular")}
    usable = ((name, path) for name, path in plain.items() if not any(word in name for word in ("DejaVu", "Emoji", "Last Resort")))
    return tuple(sorted(usable, key=lambda entry: (places.get(entry[0], len(OFTEN)), entry[0])))


@cache
def _signs(path: str) -> frozenset[int]:
    try:
        return frozenset(get_font(path).get_charmap())
    except (OSError, RuntimeError):
        return frozenset()  # a damaged font file
