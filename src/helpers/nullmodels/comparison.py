"""How does a statistic of a yes/no table compare with all tables that have the same row and column totals?"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from math import factorial, prod

import numpy as np
import pandas as pd

from ..incidence import yes_no_array
from ..problems import SynopsisError, whole_number
from .bits import rows_distinct
from .distribution import Distribution, Measure, Statistic
from .margins import filling_of, in_order, sorted_margin
from .result import NullResult, exact_result, sampled_result
from .tables import MOST_TABLES, Tables, TooManyTables, all_tables, table_classes
from .trades import chain_length, nested_table, trade_rows

MOST_CALLS = 200_000  # of a statistic that takes one table at a time; at 50 microseconds a call, ten seconds


def exact_null(
    incidence: pd.DataFrame,
    statistic: Statistic,
    row_exchangeable: bool = False,
    distinct_rows: bool = False,
    most_calls: int = MOST_CALLS,
) -> NullResult:
    """Compare a table with every table that has the same row and column totals, all counted alike.

    Parameters
    ----------
    incidence : DataFrame of bool, shape (rows, columns)
    statistic : {"mean_jaccard", "c_score", "nodf", "tied_pairs"} or callable
        A callable takes an array of bool of the shape of the table, rows and columns in its order, and gives a number.
    row_exchangeable : bool
        That a callable does not depend on the order of the rows. It is then called once for each class of tables that differ only by an exchange
        of rows with equal totals, with the rows sorted from large totals to small.
    distinct_rows : bool
        Compare only with the tables in which no two rows are equal.
    most_calls : int
        How often to call a callable at most; a slow one needs a smaller number.

    Returns
    -------
    NullResult
        The values of a named statistic are compared as whole numbers. Those of a callable, and of a table so wide that its fractions need more
        than 64 bits, count as equal where they differ by no more than 1e-9 times the larger of 1 and the greatest value.

    Raises
    ------
    SynopsisError
        For a table that is empty or not yes/no; for more than MOST_TABLES classes, or `most_calls` for a callable; with `distinct_rows` for a
        table that has two equal rows itself.

    References
    ----------
    Miller and Harrison (2013) Ann Stat 41:1569-1592.

    Examples
    --------
    Both rows need the first column. One of them takes the second and the other the third: two tables, both with distance 2/3.

    >>> table = pd.DataFrame([[1, 1, 0], [1, 0, 1]]).astype(bool)
    >>> result = exact_null(table, "mean_jaccard")
    >>> result.n, round(result.observed, 3), result.p_two
    (2, 0.667, 1.0)
    """
    cells = _checked(incidence, distinct_rows)
    measure = Measure(statistic, row_exchangeable)
    filling = filling_of(cells)
    possible = filling.count if filling else None
    tables = _listed(incidence, measure, distinct_rows, possible, MOST_TABLES if measure.named else most_calls)
    return exact_result(Distribution.of(measure, tables, cells), possible)


def sampled_null(
    incidence: pd.DataFrame,
    statistic: Statistic,
    draws: int = 10_000,
    seed: int = 0,
    row_exchangeable: bool = False,
    distinct_rows: bool = False,
) -> NullResult:
    """Compare a table with random tables that have the same row and column totals.

    The draws are independent and exactly uniform (`draw_tables`). Where the tables cannot be counted they come from `curveball`, with its default
    burn-in and thinning; `method` says which.

    Parameters
    ----------
    incidence, statistic, row_exchangeable, distinct_rows
        As in `exact_null`.
    draws : int
        How many. With `distinct_rows` those with two equal rows are thrown away; `n` says how many are left.
    seed : int
        The same seed gives the same result, for a named or row-exchangeable statistic whatever the order of the rows.

    Returns
    -------
    NullResult

    Raises
    ------
    SynopsisError
        As in `exact_null`, except that no number of tables is too large; if fewer than 1 in 100 draws has distinct rows.

    References
    ----------
    Phipson and Smyth (2010) Stat Appl Genet Mol Biol 9:39, for the p-value.

    Examples
    --------
    >>> result = sampled_null(pd.DataFrame([[1, 1, 0], [1, 0, 1]]).astype(bool), "mean_jaccard", draws=99)
    >>> result.exact, result.n, result.p_lower
    (False, 99, 1.0)
    """
    draws, seed = whole_number("draws", draws, 1), whole_number("seed", seed, 0)
    cells = _checked(incidence, distinct_rows)
    measure = Measure(statistic, row_exchangeable)
    tables, possible, told = _drawn(cells, measure, draws, seed)
    kept = tables[rows_distinct(tables)] if distinct_rows else tables
    if len(kept) * 100 < draws:
        raise SynopsisError(f"Only {len(kept):,} of {draws:,} random tables have distinct rows, too few to compare with.")
    found = Distribution.of(measure, Tables(kept, np.ones(len(kept), dtype=np.int64)), cells)
    return replace(sampled_result(found, possible), drawn=draws, **told)


def null(
    incidence: pd.DataFrame,
    statistic: Statistic,
    row_exchangeable: bool = False,
    distinct_rows: bool = False,
    draws: int = 10_000,
    seed: int = 0,
    most_calls: int = MOST_CALLS,
) -> NullResult:
    """`exact_null` where the tables can all be listed, else `sampled_null`; `exact` says which.

    Examples
    --------
    >>> null(pd.DataFrame([[1, 1, 0], [1, 0, 1]]).astype(bool), "tied_pairs").exact
    True
    """
    try:
        return exact_null(incidence, statistic, row_exchangeable, distinct_rows, most_calls)
    except TooManyTables:
        return sampled_null(incidence, statistic, draws, seed, row_exchangeable, distinct_rows)


def forget() -> None:
    """Drop the tables kept of earlier calls, so that a benchmark measures the work."""
    _classes_of_both.cache_clear()
    _walked.cache_clear()


def _checked(incidence: pd.DataFrame, distinct_rows: bool) -> np.ndarray:
    cells = yes_no_array(incidence)
    if distinct_rows and not rows_distinct(cells[None])[0]:
        second = int(pd.DataFrame(cells).duplicated().argmax())
        first = int((cells == cells[second]).all(axis=1).argmax())
        names = f"{incidence.index[first]} and {incidence.index[second]}"
        raise SynopsisError(f"The rows {names} are equal, so the table is none of those with distinct rows.")
    return cells


def _listed(incidence: pd.DataFrame, measure: Measure, distinct_rows: bool, possible: int | None, most: int) -> Tables:
    """The tables, or one of each class if the statistic allows it."""
    try:
        if possible is not None and possible > most * _alike(incidence, measure):
            raise TooManyTables
        if measure.named:
            classes = _classes_of_both(yes_no_array(incidence).tobytes(), incidence.shape, distinct_rows, most)
            if classes is None:
                raise TooManyTables
            return classes
        if measure.row_exchangeable:  # on the way to few classes there can be many half-filled ones
            found = table_classes(incidence, min(20 * most, MOST_TABLES), distinct_rows=distinct_rows)
            if len(found.cells) > most:
                raise TooManyTables
            return found
        found = all_tables(incidence, most)
        return found.where(rows_distinct(found.cells)) if distinct_rows else found
    except TooManyTables:
        number = "so many tables that they cannot be counted" if possible is None else f"{possible:,} tables"
        raise TooManyTables(f"{number[0].upper()}{number[1:]} have these row and column totals, too many to list. Use sampled_null.") from None


def _alike(incidence: pd.DataFrame, measure: Measure) -> int:
    """No class holds more tables than this."""
    sides = (1, 0) if measure.named else (1,) if measure.row_exchangeable else ()
    cells = yes_no_array(incidence)
    return prod(factorial(int(size)) for axis in sides for size in np.unique(cells.sum(axis=axis), return_counts=True)[1])


@lru_cache(maxsize=2)  # several statistics are asked of one table
def _classes_of_both(content: bytes, shape: tuple[int, int], distinct_rows: bool, most: int) -> Tables | None:
    """Rows and columns may change places as well: there are fewest rows to choose from where rows are short. None if they are too many."""
    incidence = pd.DataFrame(np.frombuffer(content, dtype=bool).reshape(shape))
    try:
        if distinct_rows or shape[0] >= shape[1]:
            return table_classes(incidence, most, columns_alike=True, distinct_rows=distinct_rows)
        found = table_classes(incidence.T, most, columns_alike=True)
        return Tables(found.cells.transpose(0, 2, 1), found.multiplicity)
    except TooManyTables:
        return None


@lru_cache(maxsize=2)  # several statistics are asked of one table
def _walked(rows: tuple[int, ...], columns: tuple[int, ...], draws: int, seed: int) -> np.ndarray:
    return trade_rows(nested_table(np.array(rows), np.array(columns)), draws, seed, *chain_length(len(rows)))


def _drawn(cells: np.ndarray, measure: Measure, draws: int, seed: int) -> tuple[np.ndarray, int | None, dict]:
    """Random tables, in the order the statistic wants, how many there are, and how these were made."""
    rows, columns = sorted_margin(cells)
    filling = filling_of(cells)
    if filling:
        tables, told = filling.draw(draws, np.random.default_rng(seed)), {"method": "independent draws"}
    else:
        burn_in, thin = chain_length(len(cells))
        tables = _walked(*(tuple(cells.sum(axis=axis)[order].tolist()) for axis, order in ((1, rows), (0, columns))), draws, seed)
        told = {"method": "curveball", "burn_in": burn_in, "thin": thin}
    rows = rows if measure.labelled else np.arange(len(rows))
    return in_order(tables, rows, columns), filling.count if filling else None, told
