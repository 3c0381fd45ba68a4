"""Which trees, partitions and groups do tie-breaks lead to, and in what share of the trees is each group?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import combinations

import pandas as pd

from ..clustering import Tree, paths
from ..clustering.by_lot import MOST_DRAWN, Step, balls, drawn_trees, how_many, joins_of, partition_after
from ..clustering.linkage import built_tree, exact_keys, key_height
from ..clustering.states import MOST_WORK, TieStates
from ..clustering.tied import TooManyError, places
from ..problems import SynopsisError
from ..similarity.coefficients import Empty
from .multidendrogram import Multidendrogram, multidendrogram

MOST_TREES, MOST_CLADES = 20_000, 600_000  # trees that are listed one by one, with so many groups in all; more are counted only
MOST_PARTITIONS, FEWEST_PARTITIONS, FEW_ITEMS, MOST_PLACED = 100_000, 500, 14, 20_000_000  # of more items: this many times pairs of items
SEED = 2014
Partition = frozenset[frozenset[str]]


def tie_census(
    incidence: pd.DataFrame,
    coefficient: str = "jaccard",
    linkage: str = "average",
    empty: Empty = "identical",
    most_work: int = MOST_WORK,
    most_drawn: int = MOST_DRAWN,
) -> TieCensus:
    """Follow every way to break ties, and count what comes of it.

    Similarities are compared as fractions, so that a tie is a tie. Where the ties are too many to follow in a few seconds, trees are drawn
    instead (`n_drawn` of them), each tie broken by lot (`exact` is then False).

    Parameters
    ----------
    incidence, coefficient, linkage, empty
        As in `helpers.clustering.group_tree`.
    most_work, most_drawn : int
        How many distances of groups to look at before drawing instead, and how many trees are then drawn at most (of many items fewer).

    Returns
    -------
    TieCensus
        The same for any order of the rows and columns.

    References
    ----------
    MacCuish, Nicolaou and MacCuish (2001) J Chem Inf Comput Sci 41:134-146, on ties in clustering.

    Examples
    --------
    >>> table = pd.DataFrame([[1, 1, 0, 0], [0, 1, 1, 0], [0, 0, 1, 1]], index=["p", "q", "r"]).astype(bool)
    >>> census = tie_census(table)
    >>> census.n_trees, census.n_topologies
    (2, 2)
    >>> sorted(sorted(sorted(group) for group in partition) for partition in census.partitions(2))
    [[['p'], ['q', 'r']], [['p', 'q'], ['r']]]
    >>> [sorted(group) for group in census.common_clades()]
    [['p', 'q', 'r']]
    """
    names, keys = exact_keys(incidence, coefficient, linkage, empty)
    try:
        ties = TieStates(len(names), keys, linkage, most_work)
    except TooManyError:
        ties = None
    return TieCensus(incidence, coefficient, linkage, empty, tuple(names), ties, min(how_many(len(names)), most_drawn))


@dataclass(frozen=True, eq=False)
class TieCensus:
    """All trees that some way to break ties leads to, counted.

    A **tree** is known by the heights at which each two items come together (the cophenetic distances). A **topology** is known by the
    groups of a tree in which every join is of two groups, heights ignored: a tree that joins three groups at one height stands for three
    topologies. A **clade** is all items that come together at or below some height of a tree.
    """

    incidence: pd.DataFrame
    coefficient: str
    linkage: str
    empty: Empty
    names: tuple[str, ...]
    ties: TieStates | None
    draws: int

    @property
    def exact(self) -> bool:
        """Whether every tie was followed; if not, what is said rests on trees drawn by lot."""
        return self.ties is not None

    @cached_property
    def n_trees(self) -> int | None:
        """How many trees there are; None where they were drawn, which leaves their number open."""
        return paths.n_trees(self.ties) if self.ties else None

    @cached_property
    def n_topologies(self) -> int | None:
        """How many topologies there are; None where the trees were drawn."""
        return paths.n_topologies(self.ties) if self.ties else None

    @property
    def n_drawn(self) -> int:
        """How many trees were drawn; 0 where all were followed."""
        return 0 if self.ties else self.draws

    def partitions(self, k: int) -> set[Partition]:
        """Every partition into k groups that is there after n - k joins, however ties are broken.

        Parameters
        ----------
        k : int
            1 to the number of items.

        Returns
        -------
        set of frozenset of frozenset of str
            Those that were met, where the trees were drawn.

        Raises
        ------
        SynopsisError
            If k is out of range, or there are more than 100,000 (of more than some fourteen items fewer, and more than 500 at the least).
        """
        n = len(self.names)
        if not 1 <= k <= n:
            raise SynopsisError(f"{n} items can be parted into 1 to {n} groups, not into {k}.")
        return {frozenset(map(self._named, partition)) for partition in self._met(k)}

    @cached_property
    def _shares(self) -> dict[str, dict[int, Fraction] | dict[int, float]]:
        if not self.ties:
            return {"by_random_ties": self._by_random_ties[0]}
        return {"by_topology": paths.by_topology(self.ties), "by_tree": paths.by_tree(self.ties), "by_random_ties": self._by_random_ties[0]}

    @cached_property
    def _by_random_ties(self) -> tuple[dict[int, float], int]:
        """The chance of each clade, and of how many drawn trees it is the share; 0 for none."""
        if self.ties:
            try:
                return paths.by_random_ties(self.ties), 0
            except TooManyError:
                pass
        drawn = self.by_lot
        counts = Counter(ball for steps in drawn for ball, _ in balls(steps))
        return {ball: counts[ball] / len(drawn) for ball in (paths.heights(self.ties) if self.ties else counts)}, len(drawn)

    @cached_property
    def _heights(self) -> dict[int, tuple[Fraction, Fraction]]:
        if self.ties:
            return paths.heights(self.ties)
        found: dict[int, tuple[Fraction, Fraction]] = {}
        for ball, height in (ball for steps in self.by_lot for ball in balls(steps)):
            low, high = found.get(ball, (height, height))
            found[ball] = min(low, height), max(high, height)
        return found

    def clade_support(self) -> pd.DataFrame:
        """In what share of the trees each clade is.

        Returns
        -------
        DataFrame, index clades (frozenset of str)
            Every clade of at least one tree. `by_topology`, `by_tree`: share of topologies and of trees, each counted once, 0 to 1 (NaN where
            trees were drawn). `by_random_ties`: how likely it is if each tie is broken by lot, with `error`: 0, or the standard error where
            that was found by drawing. `lowest`, `highest`: between which heights it is complete. Best supported first.
        """
        chance, drawn = self._by_random_ties
        rows = []
        for ball in chance:
            shares = [float(self._shares[name][ball]) if name in self._shares else float("nan") for name in ("by_topology", "by_tree")]
            error = (chance[ball] * (1 - chance[ball]) / drawn) ** 0.5 if drawn else 0.0
            rows.append((self._named(ball), *shares, float(chance[ball]), error, *(key_height(h, self.coefficient) for h in self._heights[ball])))
        best = self._shares.get("by_tree", chance)
        order = sorted(range(len(rows)), key=lambda row: (-best[list(chance)[row]], -len(rows[row][0]), sorted(map(str, rows[row][0]))))
        columns = ["clade", "by_topology", "by_tree", "by_random_ties", "error", "lowest", "highest"]
        return pd.DataFrame([rows[row] for row in order], columns=columns).set_index("clade")

    def common_clades(self) -> set[frozenset[str]]:
        """The clades of every tree, that of all items among them. Where the trees were drawn, those of all that were drawn."""
        best = paths.by_tree(self.ties) if self.ties else self._by_random_ties[0]
        return {self._named(ball) for ball, share in best.items() if share == 1}

    def common_pairs(self, k: int) -> set[frozenset[str]]:
        """Each two items that are in one group in every partition into k groups; of all that are met, where they are too many to list."""
        return set.intersection(*({frozenset(pair) for group in partition for pair in combinations(group, 2)} for partition in self.met(k)))

    def trees(self) -> list[Tree]:
        """The trees one by one, always in the same order; the tree of `group_tree` is among them if none was drawn.

        A SynopsisError is raised if there are more than 20,000 (of more than thirty items fewer), or they were drawn.
        """
        if not self.listed:
            raise SynopsisError(f"The trees are too many to list: {'their number is not known' if self.ties is None else f'{self.n_trees:,}'}.")
        unit = self.ties.unit
        found = (joins_of({ball: height * unit for ball, height in tree}, len(self.names)) for tree in paths.trees(self.ties))
        return [self._tree(steps) for steps in sorted(found)]

    def some_trees(self) -> list[tuple[tuple[int, float], ...]]:
        """All trees if they are few enough to list (`listed`), else those of some drawn by lot, each once.

        A tree is the list of its clades, lowest first: the places of their items in `names` as the bits of a whole number, and their height.
        """
        if self.listed:
            unit = self.ties.unit
            found = {tuple((ball, height * unit) for ball, height in tree) for tree in paths.trees(self.ties)}
        else:
            found = {tuple(balls(steps)) for steps in self.by_lot}
        return [tuple((ball, key_height(height, self.coefficient)) for ball, height in tree) for tree in sorted(found)]

    def some_partitions(self, k: int) -> tuple[list[frozenset[int]], bool]:
        """As `partitions`, with the groups as bits; where there are too many to list, those met in trees drawn by lot, and False."""
        try:
            return sorted(self._met(k), key=sorted), self.exact
        except SynopsisError:
            return sorted({partition_after(steps, len(self.names), k) for steps in self.by_lot}, key=sorted), False

    def met(self, k: int) -> set[frozenset[frozenset[str]]]:
        """As `partitions`; where there are too many to list, those met in trees drawn by lot."""
        return {frozenset(map(self._named, partition)) for partition in self.some_partitions(k)[0]}

    @cached_property
    def by_lot(self) -> tuple[tuple[Step, ...], ...]:
        """The joins of trees drawn by lot."""
        keys = exact_keys(self.incidence, self.coefficient, self.linkage, self.empty)[1]
        return tuple(drawn_trees(len(self.names), keys, self.linkage, self.draws, SEED))

    def _met(self, k: int) -> set[frozenset[int]]:
        n, found = len(self.names), set()
        most = max(FEWEST_PARTITIONS, min(MOST_PARTITIONS, MOST_PLACED // n**2))
        too_many = SynopsisError(f"There are more than {most:,} partitions into {k} groups, too many to list.")
        if self.ties and n > FEW_ITEMS and self.ties.at_least(k) > most:
            raise too_many
        for partition in self.ties.partitions(k) if self.ties else (partition_after(steps, n, k) for steps in self.by_lot):
            found.add(partition)
            if len(found) > most:
                raise too_many
        return found

    @property
    def listed(self) -> bool:
        """Whether all trees are known and few enough to list."""
        return self.ties is not None and self.n_trees <= min(MOST_TREES, MOST_CLADES // max(1, len(self.names)))

    def multidendrogram(self) -> Multidendrogram:
        """The one tree that joins everything tied at once; see `helpers.ties.multidendrogram`."""
        return multidendrogram(self.incidence, self.coefficient, self.linkage, self.empty)

    def _tree(self, steps: Iterable[Step]) -> Tree:
        return built_tree(self.incidence, list(self.names), [(places(a), places(b), key) for a, b, key in steps], self.coefficient)

    def _named(self, group: int) -> frozenset[str]:
        return frozenset(self.names[place] for place in places(group))
