"""What is said of all pairs of items? Their similarities, as a table to draw and in words."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import combinations
from math import floor

import pandas as pd

from ..plotting import text_width
from ..problems import listed
from ..review import Review
from ..similarity import exact_similarity
from ..style import SMALL_PT

MOST_TOLD = 45  # pairs that an alt text lists one by one
WORD_AIR = 0.6  # beside a word in a cell, in millimetres
NUMBER_CELL = 4.6  # hundredths need so much


def similarities(incidence: pd.DataFrame) -> pd.DataFrame:
    """Every pair once with its Jaccard similarity, as a fraction and as a decimal number."""
    exact = exact_similarity(incidence)
    rows = [(first, second, str(exact.at[first, second]), float(exact.at[first, second])) for first, second in combinations(exact.index, 2)]
    return pd.DataFrame(rows, columns=["first", "second", "fraction", "similarity"])


def square(data: pd.DataFrame, column: str, diagonal: object) -> pd.DataFrame:
    """The pairs as a symmetric table, names in the order they first occur."""
    names = list(dict.fromkeys([*data["first"], *data["second"]]))
    cells = pd.DataFrame(diagonal, index=names, columns=names, dtype=object)
    for pair in data.to_dict("records"):
        cells.at[pair["first"], pair["second"]] = cells.at[pair["second"], pair["first"]] = pair[column]
    return cells


def hundredths(fraction: str) -> str:
    """A fraction in hundredths, rounded half up.

    >>> hundredths("1/8")
    '13'
    """
    return str(floor(100 * Fraction(fraction) + Fraction(1, 2)))


def shortened(fractions: pd.DataFrame, cell: float) -> pd.DataFrame:
    """Fractions in hundredths where the longest of them fits the cell, in millimetres; else nothing."""
    numbers = fractions.map(lambda fraction: hundredths(fraction) if fraction else "")
    longest = max((text_width(number, SMALL_PT) for number in numbers.to_numpy().ravel()), default=0.0)
    return numbers if longest + WORD_AIR <= cell and cell >= NUMBER_CELL else numbers.map(lambda number: "")


def told(review: Review, data: pd.DataFrame) -> str:
    """Pairs in words, from most to least alike; only the first of them where they are many."""
    values = sorted({Fraction(text) for text in data["fraction"]}, reverse=True)
    parts, left = [], MOST_TOLD
    for value in values:
        pairs = [f"{review.label(p.first)} with {review.label(p.second)}" for p in data.itertuples() if Fraction(p.fraction) == value]
        if len(pairs) > left:
            return ". ".join([*parts, f"All other {len(data) - MOST_TOLD + left} pairs: {value} or less"])
        parts.append(f"{value}: {'; '.join(pairs)}")
        left -= len(pairs)
    return ". ".join(parts)


def spread(data: pd.DataFrame) -> str:
    """From where to where the similarities go, and how many pairs share more than half."""
    low, high = (
        str(Fraction(data.loc[data["similarity"] == value, "fraction"].iloc[0])) for value in (data["similarity"].min(), data["similarity"].max())
    )
    half = int((data["similarity"] > 1 / 2).sum())
    if low == high:
        return f"All {len(data)} pairs have a similarity of {low}." if len(data) > 1 else f"The one pair has a similarity of {low}."
    return f"Similarities go from {low} to {high}; {half} of {len(data)} pairs share more than half of what at least one of them has."


def extremes(review: Review, data: pd.DataFrame, written: Callable[[str], str] = str) -> str:
    """The most and the least alike pairs, for a caption."""
    words = []
    for name, best in (("Most", data["similarity"].max()), ("Least", data["similarity"].min())):
        pairs = data[data["similarity"] == best]
        shown = [f"{review.label(p.first)} with {review.label(p.second)}" for p in pairs.head(3).itertuples()]
        if len(pairs) > 3:
            shown = [f"{len(pairs)} pairs"]
        words.append(f"{name} alike: {listed(shown)} ({written(pairs['fraction'].iloc[0])}).")
    return " ".join(words)
