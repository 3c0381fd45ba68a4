"""On which statistics is a table compared with tables of the same totals, and are there any to compare it with?"""

from __future__ import annotations

import pandas as pd

from ..incidence import yes_no_array
from ..ties import best_cophenetic, best_silhouette
from .comparison import null
from .result import NullResult

COMPARED = {
    "mean_jaccard": "Mean Jaccard distance",
    "c_score": "C-score",
    "nodf": "Nestedness (NODF)",
    "tied_pairs": "Pairs of equal distances",
    "cophenetic": "Best cophenetic correlation",
    "silhouette": "Best silhouette width",
}
CALLED = {"cophenetic": best_cophenetic, "silhouette": best_silhouette}
DRAWS, DRAWS_CALLED = 5_000, 400  # where tables are too many to count; the last two take some milliseconds a table
FEWEST_DRAWS, MOST_PAIRS = 500, 25_000_000  # of items, over all tables drawn: fewer tables of more than some seventy items
MANY, VERY_MANY = 15, 80  # items, of which these two take some hundred milliseconds a table, or several hundred
MOST_CALLED, MOST_CALLED_OF_MANY, FEWEST_CALLED = 6_000, 300, 20  # tables that these two are computed of: if all are to be counted; at least


def compared(incidence: pd.DataFrame, statistic: str, distinct_rows: bool = False) -> NullResult:
    """The null distribution of one of the statistics named in COMPARED: all tables counted where they can be, else some drawn.

    Parameters
    ----------
    incidence : DataFrame of bool, shape (items, features)
    statistic : str
        One of COMPARED.
    distinct_rows : bool
        As in `null`.
    """
    called = CALLED.get(statistic)
    if not called:
        draws = max(FEWEST_DRAWS, min(DRAWS, MOST_PAIRS // len(incidence) ** 2))
        return null(incidence, statistic, distinct_rows=distinct_rows, draws=draws)
    few = len(incidence) <= MANY
    draws = DRAWS_CALLED if few else max(FEWEST_CALLED, min(DRAWS_CALLED // 4, VERY_MANY * DRAWS_CALLED // 4 // len(incidence)))
    most = MOST_CALLED if few else MOST_CALLED_OF_MANY
    return null(incidence, called, row_exchangeable=True, distinct_rows=distinct_rows, draws=draws, most_calls=most)


def has_others(incidence: pd.DataFrame) -> bool:
    """Whether other tables have the same totals: not if of any two rows one holds all that the other has (Ryser 1957).

    >>> has_others(pd.DataFrame([[True, True], [True, False]])), has_others(pd.DataFrame([[False, True], [True, False]]))
    (False, True)
    """
    cells = yes_no_array(incidence)
    only = (cells.astype(int) @ (~cells).T.astype(int)) > 0  # whether the one row has what the other lacks
    return bool((only & only.T).any())
