"""Between which values does a number move when one code is changed, or one item left out?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from ..lattice import concept_count
from ..problems import SynopsisError
from ..quadrants import has_quadrants
from ..review import Review
from ..validation import NATURE
from . import numbers, states
from .case import Case, Same
from .changes import single_changes
from .conclusions import Column

NAN = float("nan")


@dataclass(frozen=True, eq=False)
class Quantity:
    """A number that a finding states.

    Attributes
    ----------
    id, about, question, reads
        As of a `Conclusion`.
    findings : tuple of str
        The findings that state it.
    find : callable
        The number in a case; NaN where it does not exist.
    """

    id: str
    about: str
    question: str
    findings: tuple[str, ...]
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
        `about`, `question`, `findings`, `value`; then `listed_least` and `listed_most` (one listed change of a code), `other_...` (one other
        change) and `items_...` (one item left out); NaN where there is no such change, or the number does not exist under any.
    """
    return _ranges(Same(review)).copy()


@lru_cache(maxsize=32)
def _ranges(same: Same) -> pd.DataFrame:
    review = same.review
    case, found = Case.of(review), quantities(review)
    changes = single_changes(review, [*review.tables, *([NATURE] if review.metadata.ratings else [])])
    values: dict[str, dict[str, list[float]]] = {one.id: {"listed": [], "other": [], "items": []} for one in found}
    for change in changes:
        changed = case.recoded({change.code: change.to})
        for one in found:
            if (change.table, change.feature) in one.reads:
                values[one.id]["listed" if change.listed else "other"].append(_found(one, changed))
    for item in case.items if len(case.items) > 1 else ():
        smaller = case.without_item(item)
        for one in found:
            values[one.id]["items"].append(_found(one, smaller))
    rows = []
    for one in found:
        ends = [end for kind in ("listed", "other", "items") for end in _ends(values[one.id][kind])]
        rows.append((one.id, one.about, one.question, one.findings, _found(one, case), *ends))
    columns = [f"{kind}_{end}" for kind in ("listed", "other", "items") for end in ("least", "most")]
    return pd.DataFrame(rows, columns=["id", "about", "question", "findings", "value", *columns]).set_index("id")


def _found(quantity: Quantity, case: Case) -> float:
    try:
        return quantity.find(case)
    except SynopsisError:  # too large to find
        return NAN


def _ends(values: list[float]) -> tuple[float, float]:
    known = [value for value in values if not np.isnan(value)]
    return (min(known), max(known)) if known else (NAN, NAN)


def _of_tables(review: Review) -> Iterator[Quantity]:
    case, several = Case.of(review), review.metadata.item.plural
    for table in review.tables:
        about = review.heading(table)
        reads = frozenset((table, feature) for feature in case.features[table])

        first = table == review.table_names[0]  # which these findings speak of

        def add(name, question, findings, find, always=False, table=table, about=about, reads=reads, first=first):
            stated = findings if first or always else ()
            return Quantity(f"{table}.{name}", about, question, stated, reads, lambda case: float(find(case, table)))

        yield add("concepts", "Formal concepts", ("ladder.concepts", "ladder.chance"), lambda case, table: concept_count(case.cells[table]))
        yield add("rungs", "Rungs of the longest ladder", ("ladder.longest",), numbers.longest_ladder)
        yield add("gaps", "Smallest combinations that nothing has", ("ladder.gaps",), numbers.gap_count)
        if len(review.items) > 1:
            means = ("alike.range", "chance.distance", "chance.distance_p")
            yield add("similarity", "Mean Jaccard similarity", means, numbers.mean_similarity)
            yield add("similarity_varying", "Mean Jaccard similarity without constant features", ("alike.constant",), numbers.mean_similarity_varying)
            yield add("torn", f"{several.capitalize()} with several nearest neighbours", ("alike.neighbours", "alike.popular"), numbers.torn_items)
        if states.groups_are_quick(case, table):
            trees = ("groups.trees", "groups.linkages") if first else ("groups.tables",)
            yield add("trees", "Equally right trees", trees, numbers.tree_count, always=True)
            yield add("trees_varying", "Equally right trees without constant features", ("groups.constant",), numbers.tree_count_varying)
            yield add("undecided", "Groups in some but not all trees", ("groups.undecided",), numbers.undecided_groups)
            yield add("fit", "Largest cophenetic correlation", ("groups.fit",), numbers.best_fit)
            yield add("silhouette", "Largest mean silhouette width", ("groups.best", "chance.groups"), numbers.largest_width)


def _across_tables(review: Review) -> Iterator[Quantity]:
    every = frozenset((table, feature) for table, cells in review.tables.items() for feature in cells)
    yield Quantity(
        "all.never", "All tables", "Pairs of features that never occur together", ("tables.never_together",), every, numbers.never_together
    )
    yield Quantity("all.most", "All tables", "Most Yes of one row", ("tables.rows",), every, numbers.most_yes)
    if len(review.tables) > 1 and len(review.items) > 2:
        one, other = review.table_names[:2]
        by, across = map(review.spoken, (one, other))
        reads = frozenset((table, feature) for table in (one, other) for feature in review.tables[table])
        question = f"Correlation of distances by {by} and {across} (Mantel's r)"
        yield Quantity("all.r", "All tables", question, ("compare.mantel",), reads, lambda case: numbers.mantel_r(case, one, other))
        question = "The same without constant features"
        yield Quantity(
            "all.r_varying", "All tables", question, ("compare.mantel_constant",), reads, lambda case: numbers.mantel_r_varying(case, one, other)
        )
        question = f"Agreement of the orders of pairs by {by} and {across} (Kendall's tau)"
        yield Quantity("all.tau", "All tables", question, ("alike.tables",), reads, lambda case: numbers.order_agreement(case, one, other))
        question = f"Smallest p of a feature of {by} with one of {across}"
        stated = ("compare.pairs", "compare.min_p")
        yield Quantity("all.p", "All tables", question, stated, reads, lambda case: numbers.smallest_p(case, one, other))
    if has_quadrants(review):
        reads = frozenset((NATURE, review.metadata.quadrant[axis]) for axis in "xy")
        stated = ("place.association", "place.association_single")
        yield Quantity("ratings.v", "Ratings", "Cramér's V of the two ratings", stated, reads, numbers.rating_association)
    if len(review.claims):
        every |= frozenset((NATURE, rating.name) for rating in review.metadata.ratings)
        stated = ("coding.claims", "coding.claims_not_borne_out")
        yield Quantity("claims.borne_out", "Claims of the review", "Countable sentences that are borne out", stated, every, numbers.claims_borne_out)
