"""The tables and ratings of a review as one case among many: quick to change by a cell, a row or a column."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from ..review import Review
from ..validation import NATURE

YES, NO = "yes", "no"
Code = tuple[str, str, str]  # table (or "nature"), item, feature (or rating)


class Same:
    """A review as a key: equal to any other with the same content, so that what took seconds is found again."""

    def __init__(self, review: Review):
        self.review, self._fingerprint = review, review.fingerprint

    def __hash__(self) -> int:
        return hash(self._fingerprint)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self._fingerprint == other._fingerprint


@dataclass(frozen=True, eq=False)
class Case:
    """One set of codes.

    Attributes
    ----------
    review : Review
        Where names, nouns and ratings' levels come from, and everything that is not a code.
    items : tuple of str
    features : dict of str to tuple of str
        By table.
    cells : dict of str to array of bool, shape (items, features)
        By table; an unclear cell counts as No.
    ratings : dict of str to tuple of str
        The levels of each rating, one for each item.
    """

    review: Review
    items: tuple[str, ...]
    features: Mapping[str, tuple[str, ...]]
    cells: Mapping[str, np.ndarray]
    ratings: Mapping[str, tuple[str, ...]]
    _known: dict[Hashable, Any] = field(default_factory=dict, init=False, repr=False)

    @classmethod
    def of(cls, review: Review) -> Case:
        features = {name: tuple(table.columns) for name, table in review.tables.items()}
        cells = {name: table.eq(YES).to_numpy() for name, table in review.tables.items()}
        ratings = {rating.name: tuple(review.nature[rating.name]) for rating in review.metadata.ratings}
        return cls(review, tuple(review.items), features, cells, ratings)

    def code(self, code: Code) -> str:
        """The code of a cell, "yes" or "no", or the level of a rating."""
        table, item, feature = code
        if table == NATURE:
            return self.ratings[feature][self.items.index(item)]
        return YES if self.cells[table][self.items.index(item), self.features[table].index(feature)] else NO

    def recoded(self, codes: Mapping[Code, str]) -> Case:
        """The case with some cells or ratings coded otherwise."""
        cells, ratings = dict(self.cells), dict(self.ratings)
        for (table, item, feature), value in codes.items():
            place = self.items.index(item)
            if table == NATURE:
                levels = list(ratings[feature])
                levels[place] = value
                ratings[feature] = tuple(levels)
            else:
                changed = cells[table].copy()
                changed[place, self.features[table].index(feature)] = value == YES
                cells[table] = changed
        return replace(self, cells=cells, ratings=ratings)

    def without_item(self, item: str) -> Case:
        place = self.items.index(item)
        kept = [i for i in range(len(self.items)) if i != place]
        return replace(
            self,
            items=tuple(self.items[i] for i in kept),
            cells={name: table[kept] for name, table in self.cells.items()},
            ratings={name: tuple(levels[i] for i in kept) for name, levels in self.ratings.items()},
        )

    def without_feature(self, table: str, feature: str) -> Case:
        place = self.features[table].index(feature)
        kept = tuple(name for name in self.features[table] if name != feature)
        return replace(self, features={**self.features, table: kept}, cells={**self.cells, table: np.delete(self.cells[table], place, axis=1)})

    def frame(self, table: str) -> pd.DataFrame:
        """A table as a labelled DataFrame of bool."""
        return pd.DataFrame(self.cells[table], index=_names(self.items), columns=_names(self.features[table]))

    def varying(self, table: str) -> pd.DataFrame:
        """The same without features that all items have, or none."""
        cells = self.cells[table]
        which = cells.any(axis=0) & ~cells.all(axis=0)
        return pd.DataFrame(cells[:, which], index=_names(self.items), columns=_names(self.features[table])[which])

    def once(self, key: Hashable, compute: Callable[[], Any]) -> Any:
        """What several conclusions ask of the same case, computed once."""
        if key not in self._known:
            self._known[key] = compute()
        return self._known[key]

    def as_review(self) -> Review:
        """The case as a review, for what is asked of reviews only. Cells that were unclear are No."""
        return self.once("review", self._as_review)

    def _as_review(self) -> Review:
        models, codebook, nature, items = self.review.models, self.review.features, self.review.nature, list(self.items)
        if items != self.review.items:
            models, nature = models.loc[items], nature.loc[items]
        changed = {rating: list(levels) for rating, levels in self.ratings.items() if list(levels) != list(nature[rating])}
        tables = {
            name: _coded(cells.tobytes(), self.items, self.features[name], self.review.tables[name].index.name) for name, cells in self.cells.items()
        }
        features = {feature for names in self.features.values() for feature in names} | self.ratings.keys()
        if len(features) < len(codebook):
            codebook = codebook[codebook.index.isin(features)]
        return replace(self.review, models=models, features=codebook, tables=tables, nature=nature.assign(**changed))


@lru_cache(maxsize=64)
def _names(names: tuple[str, ...], title: str | None = None) -> pd.Index:
    """Names as an index, made once for thousands of tables."""
    return pd.Index(list(names), name=title)


@lru_cache(maxsize=64)  # of the tables of a changed case, most are those of the case before
def _coded(content: bytes, items: tuple[str, ...], features: tuple[str, ...], title: str | None) -> pd.DataFrame:
    cells = np.frombuffer(content, dtype=bool).reshape(len(items), len(features))
    return pd.DataFrame(np.where(cells, YES, NO).astype(object), index=_names(items, title), columns=_names(features))
