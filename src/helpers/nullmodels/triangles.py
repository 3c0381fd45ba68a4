"""How is a distance matrix read as one column of numbers, one for each pair of items, and how are these made exact?"""

from __future__ import annotations

from fractions import Fraction
from math import gcd, lcm

import numpy as np
import pandas as pd

from ..problems import SynopsisError

TOLERANCE = 1e-12  # two numbers nearer than this count as equal where they cannot be compared as fractions
MOST_DENOMINATOR = 10_000  # far above the number of columns, and far too few fractions for a decimal number to lie near one by accident


def lower_triangle(distances: pd.DataFrame, labels: list) -> np.ndarray:
    """The lower triangle, items in the order of `labels`; refuses what is no distance matrix of these."""
    for name in sorted(set(distances.index) ^ set(distances.columns), key=str)[:1]:
        raise SynopsisError(f"{name} does not stand in both the rows and the columns of a distance matrix.")
    square = distances.loc[labels, labels].to_numpy(dtype=float)
    for i, j in pairs_below(len(labels)):
        if not abs(square[i, j] - square[j, i]) <= TOLERANCE:  # NaN is not
            raise SynopsisError(f"The distance of {labels[j]} and {labels[i]} is missing, or not the same in both directions.")
    return np.array([square[pair] for pair in pairs_below(len(labels))])


def whole_numbers(a: np.ndarray, b: np.ndarray) -> tuple[np.ndarray, np.ndarray] | None:
    """The same distances, stretched and shifted to small whole numbers, which leaves r as it is; None where that cannot be."""
    whole = []
    for lower in (a, b):
        fractions = [Fraction(value).limit_denominator(MOST_DENOMINATOR) for value in lower.tolist()]
        if any(abs(fraction - Fraction(value)) > TOLERANCE for fraction, value in zip(fractions, lower.tolist(), strict=True)):
            return None
        scale = lcm(*(fraction.denominator for fraction in fractions))
        shifted = [int((fraction - min(fractions)) * scale) for fraction in fractions]
        whole.append([value // gcd(*shifted) for value in shifted])
    if len(a) * max(whole[0]) * max(whole[1]) >= 2**63:  # the sum of products must fit
        return None
    return np.array(whole[0], dtype=np.int64), np.array(whole[1], dtype=np.int64)


def constant(lower: np.ndarray) -> bool:
    """Whether all distances are equal, so that nothing correlates with them."""
    return bool(np.ptp(lower) <= 2 * TOLERANCE)


def standardised(lower: np.ndarray) -> np.ndarray:
    """With sum 0 and sum of squares 1, so that the sum of products of two is r."""
    centred = lower - lower.mean()
    return centred / np.sqrt(centred @ centred)


def twins(lower: np.ndarray, items: int) -> list[int]:
    """The kind of each item: two items are of one kind if exchanging them leaves the matrix as it is."""
    square, kinds, first = square_matrix(lower, items), [], []
    for i in range(items):
        same = [k for k, j in enumerate(first) if np.array_equal(np.delete(square[i], [i, j]), np.delete(square[j], [i, j]))]
        kinds.append(same[0] if same else len(first))
        first += [] if same else [i]
    return kinds


def square_matrix(lower: np.ndarray, items: int) -> np.ndarray:
    square = np.zeros((items, items), dtype=lower.dtype)
    for (i, j), value in zip(pairs_below(items), lower, strict=True):
        square[i, j] = square[j, i] = value
    return square


def pairs_below(items: int) -> list[tuple[int, int]]:
    """The cells of the lower triangle."""
    return [(i, j) for i in range(items) for j in range(i)]
