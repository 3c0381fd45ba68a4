"""What are the nine coefficients of similarity, and what do they do where their formula reads 0/0?

For two items, a counts the features both have, b those only the first has, c those only the second has, d those neither has.
Every similarity runs from 0 (nothing shared) to 1, and a distance is 1 less the similarity.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

import numpy as np

from ..problems import SynopsisError, did_you_mean

Empty = Literal["identical", "different"]


@dataclass(frozen=True)
class Coefficient:
    """One coefficient of similarity.

    Attributes
    ----------
    name : str
    formula : str
        In a, b, c, d and n = a + b + c + d.
    parts : callable
        (a, b, c, d), whole numbers or arrays of these, to the numerator and the denominator.
    counts_absence : bool
        Whether a feature that neither has (d) changes the value.
    rooted : bool
        True if `parts` give the square of the similarity (Ochiai's root is no fraction).
    """

    name: str
    formula: str
    parts: Callable[[Any, Any, Any, Any], tuple[Any, Any]]
    counts_absence: bool = False
    rooted: bool = False


COEFFICIENTS: dict[str, Coefficient] = {
    c.name: c
    for c in (
        Coefficient("jaccard", "a / (a + b + c)", lambda a, b, c, d: (a, a + b + c)),
        Coefficient("dice", "2a / (2a + b + c)", lambda a, b, c, d: (2 * a, 2 * a + b + c)),
        Coefficient("ochiai", "a / sqrt((a + b)(a + c))", lambda a, b, c, d: (a * a, (a + b) * (a + c)), rooted=True),
        Coefficient("sokal_sneath", "a / (a + 2b + 2c)", lambda a, b, c, d: (a, a + 2 * b + 2 * c)),
        Coefficient("kulczynski", "(a/(a + b) + a/(a + c)) / 2", lambda a, b, c, d: (a * (2 * a + b + c), 2 * (a + b) * (a + c))),
        Coefficient("overlap", "a / min(a + b, a + c)", lambda a, b, c, d: (a, np.minimum(a + b, a + c))),
        Coefficient("simple_matching", "(a + d) / n", lambda a, b, c, d: (a + d, a + b + c + d), counts_absence=True),
        Coefficient("rogers_tanimoto", "(a + d) / (a + 2b + 2c + d)", lambda a, b, c, d: (a + d, a + 2 * b + 2 * c + d), counts_absence=True),
        Coefficient("russell_rao", "a / n", lambda a, b, c, d: (a, a + b + c + d), counts_absence=True),
    )
}


def find_coefficient(name: str) -> Coefficient:
    """The coefficient of a name.

    Raises
    ------
    SynopsisError
        If there is none.
    """
    if name not in COEFFICIENTS:
        raise SynopsisError(f'There is no coefficient "{name}". {did_you_mean(name, COEFFICIENTS)}')
    return COEFFICIENTS[name]


def settled_parts(name: str, a: Any, b: Any, c: Any, d: Any, empty: Empty = "identical") -> tuple[np.ndarray, np.ndarray]:
    """Numerator and denominator of a coefficient, with 0/0 decided.

    Parameters
    ----------
    name : str
    a, b, c, d : int or array of int
    empty : {"identical", "different"}
        Whether two items without any feature have similarity 1 or 0, in the coefficients that leave d out. An item without any
        feature and one with some have similarity 0 there, also where the formula reads 0/0.

    Returns
    -------
    tuple of two arrays of int
        The denominator is never 0. For a rooted coefficient they give the square of the similarity.
    """
    chosen = find_coefficient(name)
    if empty not in ("identical", "different"):
        raise SynopsisError(f"empty={empty!r} is not possible. Use one of: identical, different.")
    a, b, c, d = (np.asarray(count, dtype=np.int64) for count in (a, b, c, d))
    above, below = (np.asarray(part) for part in chosen.parts(a, b, c, d))
    both_empty = (a + b + c == 0) & (not chosen.counts_absence)
    above = np.where(both_empty, int(empty == "identical"), above)
    return above, np.where(below == 0, 1, below)


def similarity_of(name: str, a: int, b: int, c: int, d: int, empty: Empty = "identical") -> Fraction | float:
    """The similarity of one pair from its four counts.

    Parameters
    ----------
    name : str
    a, b, c, d : int
        Both, only the first, only the second, neither.
    empty : {"identical", "different"}
        See `settled_parts`.

    Returns
    -------
    Fraction, 0 to 1
        A decimal number for Ochiai, whose root is no fraction.

    Raises
    ------
    SynopsisError
        For an unknown coefficient or a negative count.

    References
    ----------
    Gower and Legendre (1986) J Classif 3:5-48, Table 1.

    Examples
    --------
    >>> similarity_of("jaccard", a=3, b=1, c=1, d=1)
    Fraction(3, 5)
    >>> similarity_of("simple_matching", a=3, b=1, c=1, d=1)
    Fraction(2, 3)
    """
    if min(a, b, c, d) < 0:
        raise SynopsisError(f"The counts a = {a}, b = {b}, c = {c} and d = {d} cannot be negative.")
    above, below = settled_parts(name, a, b, c, d, empty)
    exact = Fraction(int(above), int(below))
    return float(np.sqrt(float(exact))) if COEFFICIENTS[name].rooted else exact
