"""Where would one more item stand, by each table of features and by all tables side by side?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from ..problems import SynopsisError, did_you_mean
from ..review import Review
from .added import Added, added_item
from .containing import Relation, relations
from .likeness import Likeness, likenesses
from .structure import Gap, Group, Rule, Structure, structure
from .ways import States

Part = Literal["neighbours", "relations", "joins", "opens", "gaps", "rules"]
COLUMNS = {"neighbours": Likeness, "relations": Relation, "joins": Group, "opens": Group, "gaps": Gap, "rules": Rule}


@dataclass(frozen=True)
class View:
    """The added item by one table of features, or by several side by side.

    Attributes
    ----------
    tables : tuple of str
    yes, unclear : tuple of str
        Its features in these tables; it is No for all others.
    ways : int
        In how many ways its unclear features can be decided.
    unclear_cells : int
        How many cells of the review's own items are unclear in these tables.
    neighbours : tuple of Likeness
        Every item, the most alike first.
    relations : tuple of Relation
    structure : Structure or None
        None where cells of the review are unclear: groups, gaps and rules need every cell decided.
    """

    tables: tuple[str, ...]
    yes: tuple[str, ...]
    unclear: tuple[str, ...]
    ways: int
    unclear_cells: int
    neighbours: tuple[Likeness, ...]
    relations: tuple[Relation, ...]
    structure: Structure | None

    def to_frame(self, part: Part) -> pd.DataFrame:
        """One part as a table: "neighbours", "relations", "joins", "opens", "gaps" or "rules".

        Returns
        -------
        DataFrame
            The columns are the attributes of Likeness, Relation, Group, Gap or Rule. Empty where nothing was found or the part is left out.
        """
        if part not in COLUMNS:
            raise SynopsisError(f'There is no part "{part}". {did_you_mean(part, COLUMNS)}')
        rows = getattr(self if part in ("neighbours", "relations") else self.structure, part, ())
        return pd.DataFrame(list(rows), columns=list(COLUMNS[part]._fields))


@dataclass(frozen=True)
class Placement:
    """An added item among the items of a review: one view for each table of features, and one for all tables if there are several."""

    added: Added
    views: tuple[View, ...]

    def to_frame(self, part: Part) -> pd.DataFrame:
        """One part of every view, with the tables of the view in the first column (`tables`, joined by " + ")."""
        frames = {" + ".join(view.tables): view.to_frame(part) for view in self.views}
        return pd.concat([frame.assign(tables=name)[["tables", *frame]] for name, frame in frames.items()], ignore_index=True)


def place(review: Review, yes: Sequence[str], unclear: Sequence[str] = (), name: str = "") -> Placement:
    """Place an added item among the items of a review.

    Parameters
    ----------
    review : Review
        Left as it is.
    yes, unclear : sequence of str
        Ids or labels of features, of any table of the review. What is named in neither is No.
    name : str
        What the added item is called.

    Returns
    -------
    Placement
        Nothing unclear is decided: what holds in every way to decide it is "certainly" so, what holds in some "possibly".

    Raises
    ------
    SynopsisError
        For names that are no features (all at once), or more unclear features than MOST_UNCLEAR.

    Examples
    --------
    >>> from helpers.publishing import MAIN_REVIEW
    >>> from helpers import load_review
    >>> placed = place(load_review(MAIN_REVIEW), ["Peers", "Friends"])
    >>> [view.tables for view in placed.views]
    [('resources',), ('relationships',), ('resources', 'relationships')]
    >>> [(gap.features, gap.how) for gap in placed.views[1].structure.gaps]
    [(('peers', 'friends'), 'certainly')]
    >>> placed.to_frame("gaps")[["tables", "features"]].to_dict("records")[0]
    {'tables': 'relationships', 'features': ('peers', 'friends')}
    """
    added = added_item(review, yes, unclear, name)
    names = [(table,) for table in review.table_names]
    return Placement(added, tuple(_view(review, tables, added) for tables in (names if len(names) == 1 else [*names, tuple(review.table_names)])))


def _view(review: Review, tables: tuple[str, ...], added: Added) -> View:
    cells = review.states(tables)
    yes, unclear = (tuple(feature for feature in some if feature in cells) for some in (added.yes, added.unclear))
    states = States.of(cells, yes, unclear)
    found = None if states.unclear_cells else structure(review.incidence(tables), states)
    return View(tables, yes, unclear, len(states.ways), states.unclear_cells, tuple(likenesses(states)), tuple(relations(states)), found)
