"""Which combinations of features does no item have?"""

from __future__ import annotations

from itertools import combinations
from math import prod

import pandas as pd

from ..problems import SynopsisError, whole_number
from .bits import Bits, places

MOST_FEATURES = 3
MOST_COMBINATIONS = 200_000


def unobserved_combinations(incidence: pd.DataFrame, most_features: int = MOST_FEATURES) -> pd.DataFrame:
    """The smallest combinations of features that no item has all of.

    Smallest: leave out any one of the features and some item has all the rest. A combination that no item has is a question to the field
    (can it not be, or has nobody tried?), not a result.

    Parameters
    ----------
    incidence : DataFrame of bool, shape (items, features)
    most_features : int
        The most features in a combination, 1 or more. Larger combinations are not looked for.

    Returns
    -------
    DataFrame with columns `features`, `expected`
        `features` is a tuple of labels in the order of the columns. `expected`: how many items would have them all on average if the features,
        each with its own total, had nothing to do with one another. A small number says that no item was to be expected anyway. The
        largest number first, then the shortest combination, then in the order of the columns.

    Raises
    ------
    SynopsisError
        For a table that is empty or not yes/no, or with too many combinations to go through.

    Examples
    --------
    >>> table = pd.DataFrame({"x": [1, 1, 0, 0], "y": [0, 0, 1, 1], "z": [1, 0, 1, 0]}).astype(bool)
    >>> unobserved_combinations(table).to_dict("records")
    [{'features': ('x', 'y'), 'expected': 1.0}]
    """
    most_features = whole_number("most_features", most_features, 1)
    table = Bits.of(incidence)
    n, found = len(table.items), []
    held = {0: table.all_items}
    for size in range(1, most_features + 1):
        larger, tried = {}, 0
        for combination, items in held.items():
            for j in range(combination.bit_length(), len(table.features)):
                tried += 1
                if tried > MOST_COMBINATIONS:
                    raise SynopsisError(
                        f"There are more than {MOST_COMBINATIONS:,} combinations of {size} feature{'s' if size > 1 else ''}, too many to go through."
                    )
                wider = combination | 1 << j
                if any(sum(1 << k for k in part) not in held for part in combinations(places(wider), size - 1)):
                    continue
                if items & table.columns[j]:
                    larger[wider] = items & table.columns[j]
                else:
                    found.append(wider)
        held = larger
    rows = [(tuple(table.features[j] for j in places(bits)), n * prod(table.columns[j].bit_count() / n for j in places(bits))) for bits in found]
    order = sorted(range(len(rows)), key=lambda place: (-round(rows[place][1], 9), found[place].bit_count(), list(places(found[place]))))
    return pd.DataFrame([rows[place] for place in order], columns=["features", "expected"])
