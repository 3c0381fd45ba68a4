"""What does the page for a paper plot? The values of each of its panels, one below the other."""

from __future__ import annotations

import pandas as pd

from ..nullmodels import COMPARED, compared, has_others
from ..review import Review
from ..sensitivity import fragility, is_small_enough
from .all_pairs import similarities
from .coded_tables import plotted_cells
from .groups import Groups

CHANGES = ("one change", "two changes", "more than two, or none will do")
KINDS = {"yes": "planned", "no": "post hoc"}
CLAIMS = "the review’s own"


def overview_values(review: Review) -> pd.DataFrame:
    """The plotted values, one row a mark.

    Returns
    -------
    DataFrame
        The column `panel` is "codes", "ratings", "groups", "similarity", "chance" or "firmness"; a panel that the review cannot fill has no
        rows. Items stand in the order of the tree, or the review's own where there is none.
    """
    tree = Groups("", None if len(review.tables) > 1 else 0)
    grouped = None if tree.lacking(review) else tree.data(review)
    order = review.items if grouped is None else _leaves(grouped)
    joint = review.incidence(review.table_names, unclear="no").loc[order]
    parts = [
        plotted_cells(review, review.table_names).set_index("item").loc[order].reset_index().assign(panel="codes"),
        _ratings(review, order),
        pd.DataFrame() if grouped is None else grouped[grouped["part"] != "cell"].assign(panel="groups"),
        similarities(joint).assign(panel="similarity"),
        _chance(review),
        _firmness(review),
    ]
    return pd.concat([part for part in parts if len(part)], ignore_index=True)


def _leaves(grouped: pd.DataFrame) -> list[str]:
    cells = grouped[grouped["part"] == "cell"]
    return list(dict.fromkeys([*cells["first"], *cells["second"]]))


def _ratings(review: Review, order: list[str]) -> pd.DataFrame:
    """Each rating in words; a star marks what is hedged or inferred."""
    rows = []
    for rating in review.metadata.ratings:
        labels = {level.id: level.label for level in rating.levels}
        for item in order:
            level, certainty = review.nature.at[item, rating.name], review.nature.at[item, f"{rating.name}_certainty"]
            words = labels.get(level, level) + ("*" if certainty in ("hedged", "inferred") else "")
            rows.append(("ratings", item, rating.name, level, certainty, words))
    return pd.DataFrame(rows, columns=["panel", "item", "feature", "state", "certainty", "words"])


def _chance(review: Review) -> pd.DataFrame:
    """Where the first table stands among all tables with the same totals: the share below it, and below it or level with it."""
    table = review.incidence(review.table_names[0], unclear="no")
    if len(table) < 3 or not has_others(table):
        return pd.DataFrame()
    found = {name: compared(table, name) for name in COMPARED}
    known = {name: result for name, result in found.items() if not result.undefined and result.observed == result.observed}
    rows = [("chance", name, 1 - result.p_upper, result.p_lower, float(result.n), "yes" if result.exact else "no") for name, result in known.items()]
    return pd.DataFrame(rows, columns=["panel", "name", "lowest", "highest", "tables", "all"])


def _firmness(review: Review) -> pd.DataFrame:
    """How many conclusions of each kind fall with one change of a code, with two, or only with more."""
    if not is_small_enough(review):
        return pd.DataFrame()
    frame = fragility(review).to_frame()
    kinds = frame["planned"].map(KINDS).mask(frame.index.str.startswith("claim."), CLAIMS)
    rows = []
    for kind in dict.fromkeys(kinds):
        changes = frame.loc[kinds == kind, "changes"].clip(upper=len(CHANGES))
        rows += [("firmness", kind, label, int((changes == number).sum())) for number, label in enumerate(CHANGES, start=1)]
    return pd.DataFrame(rows, columns=["panel", "part", "name", "count"])
