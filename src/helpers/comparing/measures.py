"""How far do the coders agree: in each table, each rating, each feature, each with the others, and each with the review's own tables?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from math import isnan

import numpy as np
import pandas as pd

from ..agreement import CATEGORIES, Agreement, agreement
from ..review import Review
from ..validation import NATURE
from .cells import categories_of

ALL = "all tables"
Tables = Mapping[str, Mapping[str, pd.DataFrame]]


@dataclass(frozen=True)
class Measure:
    """Agreement about one part of the tables.

    Attributes
    ----------
    kind : {"table", "all tables", "rating", "feature", "coder"}
        Of what; "coder" for one coder with the review's own tables.
    table, feature, coder : str
        Ids; empty where the part is larger.
    result : Agreement
    """

    kind: str
    table: str
    feature: str
    coder: str
    result: Agreement

    @property
    def all_the_same(self) -> bool:
        """Whether all gave one and the same code everywhere, so that kappa and alpha read 0/0."""
        return isnan(self.result.alpha.value)

    def to_frame(self) -> pd.DataFrame:
        """One row a coefficient, with where it belongs and how it was found."""
        frame = self.result.to_frame().rename_axis("coefficient").reset_index().rename(columns={"undefined": "undefined_share"})
        where = {"kind": self.kind, "table": self.table, "feature": self.feature, "coder": self.coder}
        for place, (name, value) in enumerate(where.items()):
            frame.insert(place, name, value)
        frame["coders"], frame["items"], frame["cells"] = self.result.coders, self.result.items, self.result.cells
        frame["resamples"] = "all" if self.result.exact else "drawn"
        frame["note"] = ["undefined: the same code everywhere" if isnan(value) else "" for value in frame["value"]]
        return frame


def measures(review: Review, tables: Tables) -> list[Measure]:
    """Agreement of all coders: for each table, all tables together, each rating, and each feature; of what two coders or more have coded.

    Parameters
    ----------
    review : Review
    tables : mapping of str to mapping of str to DataFrame
        By coder, as from `aligned`.
    """
    found = [Measure("table", name, "", "", agreement(codings)) for name in review.tables if len(codings := _of(tables, name)) > 1]
    joined = list(_joined(review, tables).values())
    if len(review.tables) > 1 and len(joined) > 1:
        found.append(Measure(ALL, "", "", "", agreement(joined)))
    ratings = [rating.name for rating in review.metadata.ratings]
    found += _by_column("rating", review, tables, NATURE, ratings)
    for name, table in review.tables.items():
        found += _by_column("feature", review, tables, name, list(table.columns))
    return found


def with_own(review: Review, tables: Tables) -> list[Measure]:
    """Agreement of each coder with the review's own tables, all that the coder has together."""
    found = []
    for coder, own in tables.items():
        names = [name for name in review.tables if name in own]
        if names:
            pair = [pd.concat([source[name] for name in names], axis=1) for source in (own, review.tables)]
            found.append(Measure("coder", "", "", coder, agreement(pair)))
    return found


def pairs(review: Review, tables: Tables) -> pd.DataFrame:
    """Percent agreement of each coder with each other.

    Returns
    -------
    DataFrame, square, index and columns the coders
        The share of cells with the same code, of the features tables that both have coded, 0 to 1; NaN where they have none in common.
    """
    square = pd.DataFrame(np.eye(len(tables)), index=list(tables), columns=list(tables))
    for one, other in combinations(tables, 2):
        same = [
            tables[one][name].eq(tables[other][name]).to_numpy().ravel() for name in review.tables if name in tables[one] and name in tables[other]
        ]
        square.at[one, other] = square.at[other, one] = np.concatenate(same).mean() if same else np.nan
    return square


def by_coder(review: Review, tables: Tables) -> pd.DataFrame:
    """Each coder beside the others: who codes otherwise, and in which direction?

    Returns
    -------
    DataFrame, index the coders
        `cells`: how many were coded; `yes`, `no`, `unclear`: how many of them as what; `others`: the mean percent agreement with the other coders, 0
        to 1; `nearest`: the coder with whom it is largest, or several, separated by "; "; `own`: the share of cells coded as in the review's own
        tables.
    """
    square, rows = pairs(review, tables), {}
    for coder, own in tables.items():
        names = [name for name in review.tables if name in own]
        codes = np.concatenate([own[name].to_numpy(dtype=object).ravel() for name in names]) if names else np.array([], dtype=object)
        settled = np.concatenate([review.tables[name].to_numpy(dtype=object).ravel() for name in names]) if names else codes
        others = square.loc[coder].drop(coder).dropna()
        nearest = "; ".join(others.index[others == others.max()]) if len(others) else ""
        counts = [int((codes == code).sum()) for code in CATEGORIES]
        rows[coder] = (len(codes), *counts, others.mean() if len(others) else np.nan, nearest, (codes == settled).mean() if len(codes) else np.nan)
    return pd.DataFrame.from_dict(rows, orient="index", columns=["cells", *CATEGORIES, "others", "nearest", "own"]).rename_axis("coder")


def _of(tables: Tables, name: str) -> list[pd.DataFrame]:
    return [own[name] for own in tables.values() if name in own]


def _joined(review: Review, tables: Tables) -> dict[str, pd.DataFrame]:
    """The features tables of each coder who has all of them, side by side."""
    whole = {coder: own for coder, own in tables.items() if all(name in own for name in review.tables)}
    return {coder: pd.concat([own[name] for name in review.tables], axis=1) for coder, own in whole.items()}


def _by_column(kind: str, review: Review, tables: Tables, name: str, columns: list[str]) -> Iterator[Measure]:
    codings = _of(tables, name)
    for feature in columns if len(codings) > 1 else ():
        result = agreement([table[[feature]] for table in codings], categories_of(review, name, feature))
        yield Measure(kind, name, feature, "", result)
