"""Between which values does a number move when one code is changed, or one item left out?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from ..lattice import concept_count
from ..quadrants import has_quadrants
from ..review import Review
from ..validation import NATURE
from . import states
from .case import Case, Same
from .changes import single_changes
from .conclusions import MOST_CELLS, Column

NAN = float("nan")


@dataclass(frozen=True, eq=False)
class Quantity:
    """A number that a finding states.

    Attributes
    ----------
    id, about, question, finding, reads
        As of a `Conclusion`.
    find : callable
        The number in a case; NaN where it does not exist.
    """

    id: str
    about: str
    question: str
    finding: str
    reads: frozenset[Column]
    find: Callable[[Case], float]


def quantities(review: Review) -> list[Quantity]:
    """The numbers that are followed."""
    return [*_of_tables(review), *_across_tables(review)]


def quantity_ranges(review: Review) -> pd.DataFrame:
    """Each number as coded, and its least and greatest value under changes.

    Parameters
    ----------
    review : Review

    Returns
    -------
    DataFrame, index the ids
        `about`, `question`, `finding`, `value`; then `listed_least` and `listed_most` (one listed change of a code), `other_...` (one other
        change) and `items_...` (one item left out); NaN where there is no such change, or the number does not exist under any.
    """
    return _ranges(Same(review)).copy()


@lru_cache(maxsize=8)
def _ranges(same: Same) -> pd.DataFrame:
    review = same.review
    case, found = Case.of(review), quantities(review)
    changes = single_changes(review, [*review.tables, *([NATURE] if review.metadata.ratings else [])])
    values: dict[str, dict[str, list[float]]] = {one.id: {"listed": [], "other": [], "items": []} for one in found}
    for change in changes:
        changed = case.recoded({change.code: change.to})
        for one in found:
            if (change.table, change.feature) in one.reads:
                values[one.id]["listed" if change.listed else "other"].append(one.find(changed))
    for item in case.items if len(case.items) > 1 else ():
        smaller = case.without_item(item)
        for one in found:
            values[one.id]["items"].append(one.find(smaller))
    rows = []
    for one in found:
        ends = [end for kind in ("listed", "other", "items") for end in _ends(values[one.id][kind])]
        rows.append((one.id, one.about, one.question, one.finding, one.find(case), *ends))
    columns = [f"{kind}_{end}" for kind in ("listed", "other", "items") for end in ("least", "most")]
    return pd.DataFrame(rows, columns=["id", "about", "question", "finding", "value", *columns]).set_index("id")


def _ends(values: list[float]) -> tuple[float, float]:
    known = [value for value in values if not np.isnan(value)]
    return (min(known), max(known)) if known else (NAN, NAN)


def _of_tables(review: Review) -> Iterator[Quantity]:
    case = Case.of(review)
    for table in review.tables:
        about = review.table_info(table).feature.plural.capitalize()
        reads = frozenset((table, feature) for feature in case.features[table])

        def add(name, question, finding, find, table=table, about=about, reads=reads):
            return Quantity(f"{table}.{name}", about, question, finding, reads, lambda case: float(find(case, table)))

        yield add("concepts", "Formal concepts", "ladder.concepts", lambda case, table: concept_count(case.cells[table]))
        if len(review.items) > 1:
            yield add("similarity", "Mean Jaccard similarity", "alike.range", states.mean_similarity)
        if len(review.items) > 2 and case.cells[table].size <= MOST_CELLS:
            yield add("trees", "Equally right trees", "groups.trees", states.tree_count)
            yield add("silhouette", "Largest mean silhouette width", "groups.best", states.largest_width)


def _across_tables(review: Review) -> Iterator[Quantity]:
    if len(review.tables) > 1 and len(review.items) > 2:
        first, second = review.table_names[:2]
        reads = frozenset((table, feature) for table in (first, second) for feature in review.tables[table])
        question = f"Correlation of distances by {first} and {second} (Mantel's r)"
        yield Quantity("all.r", "All tables", question, "compare.mantel", reads, lambda case: states.mantel_r(case, first, second))
    if has_quadrants(review):
        reads = frozenset((NATURE, review.metadata.quadrant[axis]) for axis in "xy")
        yield Quantity("ratings.v", "Ratings", "Cramér's V of the two ratings", "place.association", reads, states.rating_association)
