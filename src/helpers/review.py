"""What does a review hold, and what is the evidence behind a cell?"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Literal

import pandas as pd

from . import naming
from .csvfiles import Sheet
from .metadata import Metadata, Rating, TableInfo
from .problems import SynopsisError, listed
from .validation import NATURE

Unclear = Literal["error", "yes", "no"]


@dataclass(frozen=True)
class Completions:
    """The yes/no tables that a table with unclear cells could be.

    Attributes
    ----------
    tables : tuple of DataFrame of bool
        All of them if `exact`; otherwise only the two extremes (every unclear cell No, every unclear cell Yes).
    exact : bool
        False where there would be more than the limit. The two extremes are no interval: a statistic can be smaller or
        larger in between.
    """

    tables: tuple[pd.DataFrame, ...]
    exact: bool

    def __iter__(self) -> Iterator[pd.DataFrame]:
        return iter(self.tables)

    def __len__(self) -> int:
        return len(self.tables)


@dataclass(frozen=True, eq=False)
class Review:
    """A loaded and checked review. Nothing in it is changed after loading; `with_code` gives a changed copy.

    Attributes
    ----------
    folder : Path
    metadata : Metadata
        Title, nouns, meaning of Yes and No, ratings and their levels.
    models, features : DataFrame
        One row an item or a feature, indexed by id; columns as in models.csv and features.csv.
    tables : dict of str to DataFrame
        The features tables: index item ids, columns feature ids, cells "yes", "no" or "unclear".
    nature : DataFrame
        Index item ids; each rating's level and its certainty. No columns where the review has no ratings.
    evidence, alternatives, references, claims : DataFrame
        As in the files of those names, all text; empty where the review has none.
    coders : dict of str to dict of str to DataFrame
        Each independent coder's raw files, by coder and name: features tables, nature, evidence, alternatives, as those above.
    sheets : mapping of str to Sheet
        The files as they were read, to point at a cell of a spreadsheet.
    notes : tuple of str
        What had to be assumed while reading.
    """

    folder: Path
    metadata: Metadata
    models: pd.DataFrame
    features: pd.DataFrame
    tables: dict[str, pd.DataFrame]
    nature: pd.DataFrame
    evidence: pd.DataFrame
    alternatives: pd.DataFrame
    references: pd.DataFrame
    claims: pd.DataFrame
    coders: dict[str, dict[str, pd.DataFrame]]
    sheets: Mapping[str, Sheet]
    notes: tuple[str, ...] = ()

    @property
    def fingerprint(self) -> str:
        """A short text that two reviews share only if every code, name, alternative and claim in them is the same."""
        frames = [self.models, self.features, *self.tables.values(), self.nature, self.alternatives, self.claims]
        frames += [frame for files in self.coders.values() for frame in files.values()]
        content = repr((self.metadata, list(self.tables), list(self.coders))) + "\n".join(frame.to_csv() for frame in frames)
        return hashlib.sha256(content.encode()).hexdigest()

    @property
    def items(self) -> list[str]:
        """Item ids in the review's order."""
        return list(self.models.index)

    @property
    def table_names(self) -> list[str]:
        return list(self.tables)

    def rating(self, name: str) -> Rating:
        return next(rating for rating in self.metadata.ratings if rating.name == name)

    def features_of(self, table: str) -> str:
        """What a table's features are called, in the plural; with the table's title where another table calls its own the same."""
        return naming.features_of(self.metadata.tables, table)

    def spoken(self, table: str) -> str:
        """What a table's features are called in a sentence; see `naming.spoken`."""
        return naming.spoken(self.metadata.tables, table)

    def titled(self, table: str) -> str:
        """What names a table by itself in a sentence; see `naming.titled`."""
        return naming.titled(self.metadata.tables, table)

    def heading(self, table: str) -> str:
        """What stands above a table's features; see `naming.heading`."""
        return naming.heading(self.metadata.tables, table)

    def table_info(self, name: str) -> TableInfo:
        return next(table for table in self.metadata.tables if table.name == name)

    def label(self, identifier: str) -> str:
        """The full label of an item, feature or table; the identifier itself where there is none.

        Parameters
        ----------
        identifier : str
        """
        return self._name(identifier, "label")

    def short_label(self, identifier: str) -> str:
        """The label for narrow places; the full label where no short one is given."""
        return self._name(identifier, "short_label") or self.label(identifier)

    def _name(self, identifier: str, column: str) -> str:
        if identifier in self._names[column]:
            return self._names[column][identifier]
        return self.table_info(identifier).title if identifier in self.tables else identifier

    @cached_property
    def _names(self) -> dict[str, dict[str, str]]:
        """The labels of items and features, which a large table asks for a hundred thousand times."""
        frames = (self.features, self.models)
        return {column: {name: str(text) for frame in frames for name, text in frame[column].items()} for column in ("label", "short_label")}

    def table_of(self, feature: str) -> str:
        """The name of the table a feature stands in."""
        return next(name for name, table in self.tables.items() if feature in table.columns)

    def named(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Rows with labels instead of ids in the columns `model` and `feature`, numbered from 0."""
        columns = [column for column in ("model", "feature") if column in rows]
        return rows.assign(**{column: rows[column].map(self.label) for column in columns}).reset_index(drop=True)

    def states(self, tables: str | Sequence[str]) -> pd.DataFrame:
        """One or several features tables side by side, cells "yes", "no" or "unclear"."""
        names = [tables] if isinstance(tables, str) else list(tables)
        if len(set(names)) < len(names):
            raise SynopsisError(f"A table is named twice: {listed(names)}. Name each once.")
        unknown = [name for name in names if name not in self.tables]
        if unknown or not names:
            raise SynopsisError(f"There is no table {listed(unknown)}. This review has {listed(self.tables)}.")
        return pd.concat([self.tables[name] for name in names], axis=1)

    def incidence(self, tables: str | Sequence[str], drop_constant: bool = False, unclear: Unclear = "error") -> pd.DataFrame:
        """The incidence matrix: which item has which feature.

        Parameters
        ----------
        tables : str or sequence of str
            One features table, or several to be set side by side.
        drop_constant : bool
            Leave out features that every item has or no item has.
        unclear : {"error", "yes", "no"}
            What an unclear cell counts as. It is never decided silently.

        Returns
        -------
        DataFrame of bool, shape (items, features)
            Index item ids, columns feature ids, both in the review's order.

        Raises
        ------
        SynopsisError
            If there are unclear cells and `unclear` is "error", or no such table.
        """
        states = self.states(tables)
        open_cells = [(item, feature) for item in states.index for feature in states.columns if states.at[item, feature] == "unclear"]
        if unclear not in ("error", "yes", "no"):
            raise SynopsisError(f"unclear={unclear!r} is not possible. Use one of: error, yes, no.")
        if open_cells and unclear == "error":
            places = listed([f"{self.label(item)} / {self.label(feature)}" for item, feature in open_cells[:5]] + ["others"] * (len(open_cells) > 5))
            raise SynopsisError(
                f"{len(open_cells)} cell{'s are' if len(open_cells) > 1 else ' is'} unclear ({places}). "
                "Say what they count as, unclear='yes' or unclear='no', or use review.completions."
            )
        incidence = states.eq("yes") | (states.eq("unclear") if unclear == "yes" else False)
        return incidence.loc[:, incidence.nunique() > 1] if drop_constant else incidence

    def completions(self, tables: str | Sequence[str], limit: int = 4096) -> Completions:
        """Every yes/no table that the unclear cells allow, or both extremes if they are more than `limit`.

        Parameters
        ----------
        tables : str or sequence of str
        limit : int
            The most tables to list.
        """
        states = self.states(tables)
        low = states.eq("yes")
        unclear = states.eq("unclear").to_numpy()
        if 2 ** int(unclear.sum()) > limit:
            return Completions((low, low | unclear), exact=False)
        completed = []
        for choice in itertools.product([False, True], repeat=int(unclear.sum())):
            cells = low.to_numpy(copy=True)
            cells[unclear] = choice
            completed.append(pd.DataFrame(cells, index=low.index, columns=low.columns))
        return Completions(tuple(completed), exact=True)

    def evidence_for(self, table: str, item: str, feature: str) -> pd.DataFrame:
        """The rows of evidence behind one cell or rating."""
        rows = self.evidence
        return rows[(rows["table"] == table) & (rows["model"] == item) & (rows["feature"] == feature)].reset_index(drop=True)

    def certainty(self, table: str) -> pd.DataFrame:
        """How plainly the text says each Yes: "explicit", "hedged", "inferred", or "" where there is no evidence.

        Returns
        -------
        DataFrame of str, shaped as the table
        """
        cells = self.tables[table]
        certainty = pd.DataFrame("", index=cells.index, columns=cells.columns, dtype=object)
        for row in self.evidence[self.evidence["table"] == table].itertuples():
            certainty.at[row.model, row.feature] = row.certainty
        return certainty

    def code(self, table: str, item: str, feature: str) -> str:
        """The code of one cell, or the level of one rating (table "nature")."""
        return str((self.nature if table == NATURE else self.tables[table]).at[item, feature])

    def with_code(self, table: str, item: str, feature: str, value: str) -> Review:
        """A copy of the review in which one cell or rating is coded otherwise."""
        if table == NATURE:
            nature = self.nature.copy()
            nature.at[item, feature] = value
            return replace(self, nature=nature)
        changed = self.tables[table].copy()
        changed.at[item, feature] = value
        return replace(self, tables={**self.tables, table: changed})
