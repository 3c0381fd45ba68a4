"""How is a cell told that several coders have coded: its text, its shares, and the key to both?"""

from __future__ import annotations

import re

import pandas as pd

from ..plotting import Said, wrap
from ..problems import listed
from ..review import Review
from ..style import SMALL_PT
from ..validation import NATURE

LONGEST_MARK = 3
BY = "by "  # before a coder's name, in the columns of `coded_cells`


def said_of(review: Review, row: dict, width: float) -> Said:
    """How a cell is drawn: its shares, and a text that fits its width."""
    n, differ = row["coders"], row["differ"] == "yes"
    if row["table"] == NATURE:
        bar = max(_levels(review, row).values()) / n if len(_given(row)) > 2 else 0.0
        return Said(bar, 0.0, wrapped(rating_lines(review, row), width), differ, named=True)
    return Said(row["yes"] / n, row["unclear"] / n, text_of(row), differ)


def text_of(row: dict) -> str:
    """How many say Yes, with "?" where some are unclear; of two coders the mark of the one who says so."""
    unclear = "?" if row["unclear"] else ""
    given = _given(row)
    if len(given) > 2:
        return f"{row['yes']}{unclear}"
    return " ".join(filter(None, ["".join(mark for mark, code in zip(_marks(row), given, strict=True) if code == "yes"), unclear]))


def rating_lines(review: Review, row: dict) -> list[str]:
    """The level of a rating; where they differ the one most often given with its number, of two coders each one's own."""
    names, levels = {level.id: level.label for level in review.rating(row["feature"]).levels}, _levels(review, row)
    given = _given(row)
    if len(levels) == 1:
        return [names.get(code, code) for code in levels]
    if len(given) == 2:
        return [f"{letter} {names.get(code, code)}" for letter, code in zip(_marks(row), given, strict=True)]
    return [f"{names.get(code, code)} {count}" for code, count in levels.items() if count == max(levels.values())]


def wrapped(lines: list[str], width: float) -> str:
    return "\n".join(wrap(line, width - 3, SMALL_PT) for line in lines)


def _levels(review: Review, row: dict) -> dict[str, int]:
    given = [code for code in _given(row) if code]
    return {code: given.count(code) for code in dict.fromkeys([*review.rating(row["feature"]).level_ids, *given]) if code in given}


def _given(row: dict) -> list[str]:
    """Each coder's code, "" where there is none."""
    return [code for name, code in row.items() if name.startswith(BY)]


def _marks(row: dict) -> list[str]:
    return marks_of([name.removeprefix(BY) for name in row if name.startswith(BY)])


def marks_of(names: list[str]) -> list[str]:
    """Two coders in a few letters: their initials; A and B where these are equal, too long or none.

    >>> marks_of(["Kim Moe", "ben"]), marks_of(["coder_1", "coder_2"]), marks_of(["Anna", "Amy"])
    (['KM', 'B'], ['C1', 'C2'], ['A', 'B'])
    """
    initials = ["".join(part[0] for part in re.findall(r"[^\W\d_]+|\d+", name)).upper() for name in names]
    short = all(0 < len(mark) <= LONGEST_MARK for mark in initials)
    return initials if short and len(set(initials)) == len(names) else list("AB"[: len(names)])


def names_of(data: pd.DataFrame) -> list[str]:
    return [name.removeprefix(BY) for name in data.columns if name.startswith(BY)]


def differing_of(data: pd.DataFrame) -> list[dict]:
    return data[data["differ"] == "yes"].to_dict("records")


def meanings(data: pd.DataFrame) -> list[tuple[Said, str]]:
    """The key: what the cells that occur mean."""
    codes, names = data[data["table"] != NATURE], names_of(data)
    who = "both" if len(names) == 2 else "all"
    alike = codes[codes["differ"] == ""]
    key = [(Said(1, 0, "", False), f"{who} say Yes")] if (alike["yes"] > 0).any() else []
    key += [(Said(0, 0, "", False), f"{who} say No")] if (alike["no"] > 0).any() else []
    key += [(Said(0, 1, "", False), f"{who} find it unclear")] if (alike["unclear"] > 0).any() else []
    differing = codes[codes["differ"] == "yes"]
    if len(differing) and len(names) == 2:
        texts = {text_of(row) for row in differing.to_dict("records")}
        key += [(Said(0.5, 0, letter, True), f"only {name} says Yes") for letter, name in zip(marks_of(names), names, strict=True) if letter in texts]
        if any("?" in text for text in texts):
            key.append((Said(0, 0.5, "?", True), "one finds it unclear; who is named, if anyone, says Yes"))
    elif len(differing):
        n = len(names)
        shown = n // 2 + 1
        key.append((Said(shown / n, 0, str(shown), True), f"they differ: how many of {n} say Yes, and their share as a bar"))
        if (differing["unclear"] > 0).any():
            key.append((Said(0.5, 0.25, f"{n // 2}?", True), "some find it unclear"))
    return key


def reading(data: pd.DataFrame, whole: bool) -> str:
    """How to read the cells: what the key beside the figure does not say, or (`whole`) all of it, for a caption."""
    names, differing = names_of(data), differing_of(data)
    told = ["A filled tile is a Yes of all coders, a dash a No of all."] if whole else []
    if differing and whole:
        shown = "the letters are the coder who says Yes" if len(names) == 2 else "the number is how many say Yes, the bar their share"
        told.append(f"A frame: they differ; {shown}.")
        if any(row["table"] != NATURE and row["unclear"] for row in differing):
            told.append("“?”: unclear to some; the hatched part of the bar is their share.")
    if differing and len(names) == 2:
        told.append(f"{listed(f'{mark} is {name}' for mark, name in zip(marks_of(names), names, strict=True))}.")
    elif any(row["table"] == NATURE for row in differing):
        told.append("In a rating: the level given most often, by how many, and their share as a bar.")
    return " ".join(told)
