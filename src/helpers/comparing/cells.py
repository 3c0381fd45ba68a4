"""What did the coders say of each cell, how many said what, and what did most of them say?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from ..agreement import CATEGORIES
from ..metadata import NOT_STATED
from ..problems import SynopsisError, listed
from ..review import Review
from ..validation import NATURE

Coders = Mapping[str, Mapping[str, pd.DataFrame]]
BY = "by "  # before a coder's name, so that no name is taken for another column


def aligned(review: Review, coders: Coders) -> dict[str, dict[str, pd.DataFrame]]:
    """The coders' tables as the review has its own: the same rows and columns in the same order, and nothing else.

    Parameters
    ----------
    review : Review
    coders : mapping of str to mapping of str to DataFrame
        By coder: features tables by name, and "nature" for the ratings, with their rows and columns in any order. A coder may lack a table.

    Returns
    -------
    dict of str to dict of str to DataFrame
        "nature" with a column for each rating, without their certainty.

    Raises
    ------
    SynopsisError
        If a row or column is missing, or there is a code that the review does not know.

    Examples
    --------
    >>> from helpers import load_review
    >>> from helpers.build import ROOT
    >>> review = load_review(ROOT / "data" / "priebe2014")
    >>> {name: table.shape for name, table in aligned(review, review.coders)["coder_1"].items()}
    {'resources': (10, 6), 'relationships': (10, 4), 'nature': (10, 2)}
    """
    wanted = _columns(review)
    return {coder: {name: _fitted(review, coder, name, own[name], wanted[name]) for name in wanted if name in own} for coder, own in coders.items()}


def categories_of(review: Review, table: str, feature: str) -> tuple[str, ...]:
    """The codes that a cell can have: yes, no and unclear; for a rating its levels and "not stated"."""
    return (*review.rating(feature).level_ids, NOT_STATED) if table == NATURE else CATEGORIES


def coded_cells(review: Review, coders: Coders) -> pd.DataFrame:
    """Every cell and rating that a coder coded, with what was said of it.

    Parameters
    ----------
    review : Review
    coders : mapping of str to mapping of str to DataFrame
        As for `aligned`.

    Returns
    -------
    DataFrame
        One row a cell, in the order of tables, rows and columns. `table` ("nature" for a rating), `model`, `feature`; `coders`: how many coded it;
        `yes`, `no`, `unclear`: how many say so (missing for a rating); `codes`: the same in words, for a rating its levels; `majority`: the code
        that more than half of them gave, "" if there is none; `own`: the code in the review's own tables; `differ`: "yes" where not all said
        the same; and for each coder a column "by NAME", "" where that coder lacks the table.

    Examples
    --------
    >>> from helpers import load_review
    >>> from helpers.build import ROOT
    >>> review = load_review(ROOT / "data" / "priebe2014")
    >>> cells = coded_cells(review, review.coders)
    >>> len(cells), cells.loc[0, ["feature", "codes", "majority", "differ"]].to_list()
    (120, ['social_relationships', 'yes 2', 'yes', ''])
    """
    tables, rows = aligned(review, coders), []
    for table, columns in _columns(review).items():
        having = [coder for coder, own in tables.items() if table in own]
        arrays = {coder: tables[coder][table].to_numpy(dtype=object) for coder in having}
        for i, item in enumerate(review.items) if having else ():
            for j, feature in enumerate(columns):
                codes = {coder: str(arrays[coder][i, j]) if coder in arrays else "" for coder in tables}
                rows.append(_row(review, table, item, feature, codes))
    columns = ["table", "model", "feature", "coders", *CATEGORIES, "codes", "majority", "own", "differ", *(BY + coder for coder in tables)]
    return pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(CATEGORIES, "Int64"))


def _row(review: Review, table: str, item: str, feature: str, codes: Mapping[str, str]) -> tuple:
    given = [code for code in codes.values() if code]
    counts = {code: given.count(code) for code in categories_of(review, table, feature) if code in given}
    said = ", ".join(f"{code} {count}" for code, count in counts.items())
    majority = next((code for code, count in counts.items() if 2 * count > len(given)), "")
    of_yes = [pd.NA] * len(CATEGORIES) if table == NATURE else [counts.get(code, 0) for code in CATEGORIES]
    differ = "yes" if len(counts) > 1 else ""
    return (table, item, feature, len(given), *of_yes, said, majority, review.code(table, item, feature), differ, *codes.values())


def _columns(review: Review) -> dict[str, list[str]]:
    """The columns of each table, and of the ratings if there are any."""
    columns = {name: list(table.columns) for name, table in review.tables.items()}
    ratings = [rating.name for rating in review.metadata.ratings]
    return {**columns, NATURE: ratings} if ratings else columns


def _fitted(review: Review, coder: str, name: str, table: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    where = f"the {'ratings' if name == NATURE else f'table {name}'} of {coder}"
    for kind, there, wanted in (("row", table.index, review.items), ("column", table.columns, columns)):
        missing = [label for label in wanted if label not in there]
        foreign = [label for label in there if label not in wanted and name != NATURE]
        twice = there[there.duplicated()]
        if len(missing) or len(foreign) or len(twice):
            wrong = listed([*(f"no {kind} {label}" for label in missing), *(f"a {kind} {label} too many" for label in [*foreign, *twice])])
            raise SynopsisError(f"In {where} there is {wrong}. All coders must code the same {review.metadata.item.plural} and features.")
    fitted = table.loc[review.items, list(columns)]
    for feature in columns:
        known = categories_of(review, name, feature)
        unknown = [code for code in fitted[feature] if code not in known]
        if unknown:
            raise SynopsisError(f"In {where}, {feature}, there is the code {unknown[0]!r}. Use one of: {', '.join(known)}.")
    return fitted
