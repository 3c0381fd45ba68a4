"""All that is found when several codings of the same items are laid beside each other."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from ..problems import SynopsisError, did_you_mean
from ..review import Review
from .cells import Coders, aligned, coded_cells
from .measures import Measure, by_coder, measures, pairs, with_own
from .verdicts import left_out, verdicts


@dataclass(frozen=True, eq=False)
class Comparison:
    """What the coders agree and disagree about; see `compare`.

    Attributes
    ----------
    tables : dict of str to dict of str to DataFrame
        By coder, as from `aligned`.
    reference : str
        The coder whose tables the review's own are; empty where they are a settled coding.
    measures : tuple of Measure
        Agreement for each table, all together, each rating and each feature; then each coder with the settled coding, if there is one.
    coders : DataFrame
        As from `by_coder`: how many of which code, mean agreement with the others, and with the review's own tables.
    pairs : DataFrame
        Percent agreement of each coder with each other, 0 to 1.
    cells : DataFrame
        As from `coded_cells`: every cell with what was said of it.
    verdicts : DataFrame
        As from `verdicts`: each conclusion with each coder's tables.
    left_out : str
        What is left out of the conclusions because the tables are large; empty if nothing.
    """

    tables: dict[str, dict[str, pd.DataFrame]]
    reference: str
    measures: tuple[Measure, ...]
    coders: pd.DataFrame
    pairs: pd.DataFrame
    cells: pd.DataFrame
    verdicts: pd.DataFrame
    left_out: str

    @property
    def own(self) -> str:
        """What the review's own tables are called in a sentence."""
        return f"the tables of {self.reference}" if self.reference else "the settled tables"

    def of(self, kind: str) -> list[Measure]:
        """The measures of one kind: "table", "all tables", "rating", "feature" or "coder"."""
        return [measure for measure in self.measures if measure.kind == kind]

    def to_frame(self) -> pd.DataFrame:
        """Every measure of agreement, one row a coefficient.

        Returns
        -------
        DataFrame
            As from `Measure.to_frame`.
        """
        return pd.concat([measure.to_frame() for measure in self.measures], ignore_index=True)

    def disagreements(self) -> pd.DataFrame:
        """The cells that not all coders code alike, as rows of `coded_cells`."""
        return self.cells[self.cells["differ"] == "yes"].drop(columns="differ").reset_index(drop=True)

    def kept(self) -> pd.DataFrame:
        """Conclusion by coder: "kept", "overturned" or "not coded"."""
        wide = self.verdicts.pivot(index="conclusion", columns="coder", values="verdict")
        return wide.loc[list(dict.fromkeys(self.verdicts["conclusion"])), [coder for coder in self.tables if len(self.verdicts)]]


def compare(review: Review, coders: Coders, reference: str = "") -> Comparison:
    """Lay several codings of a review's items beside each other.

    Parameters
    ----------
    review : Review
        Its own tables are what each coder's conclusions are compared with.
    coders : mapping of str to mapping of str to DataFrame
        As `Review.coders`: by coder, features tables by name and "nature" for the ratings, with the review's ids as rows and columns, in any order. A
        coder may lack a table or the ratings; other files, such as "evidence", are passed over.
    reference : str
        The coder whose tables the review's own are, where there is no settled coding. Agreement with them is then among the pairs.

    Returns
    -------
    Comparison
        The same for any order of rows and columns.

    Raises
    ------
    SynopsisError
        For fewer than two coders with a table in common, no coder of the name `reference`, rows or columns other than the review's, or an unknown
        code.

    Examples
    --------
    >>> from helpers import load_review
    >>> from helpers.build import ROOT
    >>> review = load_review(ROOT / "data" / "living_beings")
    >>> other = review.with_code("traits", "leech", "needs_water_to_live", "no").tables
    >>> found = compare(review, {"one": review.tables, "two": other}, reference="one")
    >>> found.of("table")[0].result.percent.value == 71 / 72
    True
    >>> found.disagreements()[["model", "feature", "codes"]].to_numpy().tolist()
    [['leech', 'needs_water_to_live', 'yes 1, no 1']]
    >>> found.kept().loc["traits.constant"].to_dict()
    {'one': 'kept', 'two': 'overturned'}
    """
    tables = aligned(review, coders)
    if reference and reference not in tables:
        raise SynopsisError(f"There is no coder {reference}. {did_you_mean(reference, tables)}".rstrip())
    found = measures(review, tables)
    if not found:
        raise SynopsisError("A comparison needs two coders or more with a table in common.")
    return Comparison(
        tables=tables,
        reference=reference,
        measures=(*found, *(() if reference else with_own(review, tables))),
        coders=by_coder(review, tables),
        pairs=pairs(review, tables),
        cells=coded_cells(review, tables),
        verdicts=verdicts(review, tables),
        left_out=left_out(review),
    )
