"""Column bootstrap, against every draw of columns and every tie-break, both written out here; and against R's pvclust."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import combinations, product
from math import sqrt

import numpy as np
import pandas as pd
import pytest

from helpers import SynopsisError
from helpers.clustering import LINKAGES, column_bootstrap, resamples

WORDS = {
    "line": "1100 0110 0011 0001",
    "square": "110 011 101 000 110",
    "chain": "11000 01100 00110 00011",  # drawn once each: a-b in one tree of two, but more likely than not if ties are broken by lot
    "wide": "11000 01100 00110 10011 00001",
    "nearly": "1111 1110 1100 0001 0011",
}


def cells_of(words: str) -> dict[str, str]:
    """The rows a, b, c ... as words of 1 (yes) and 0 (no)."""
    return dict(zip("abcdefghij", words.split(), strict=False))


def table(cells: dict[str, str]) -> pd.DataFrame:
    return pd.DataFrame([list(word) for word in cells.values()], index=list(cells)).eq("1")


def topologies(cells: dict[str, str], linkage: str) -> set[frozenset]:
    """Every tree that some tie-break leads to, one join at a time: its groups of two or more items, each with its height.

    The distance of two groups: the mean over the pairs across, each item with its weight (average: all alike; weighted: halved at each join),
    the largest, or the smallest. Jaccard distance, two empty rows at 0.
    """
    near = {}
    for i, j in combinations(cells, 2):
        both = [(p == "1") + (q == "1") for p, q in zip(cells[i], cells[j], strict=True)]
        near[i, j] = near[j, i] = Fraction(both.count(1), max(both.count(1) + both.count(2), 1))

    def apart(one, other):
        pairs = [(near[i, j], v * w) for i, v in one for j, w in other]
        if linkage in ("single", "complete"):
            return (min if linkage == "single" else max)(d for d, _ in pairs)
        return sum(d * w for d, w in pairs) / sum(w for _, w in pairs)

    def halved(group):
        return [(i, w / 2 if linkage == "weighted" else w) for i, w in group]

    level = {(frozenset(frozenset([(i, Fraction(1))]) for i in cells), frozenset())}
    for _ in range(len(cells) - 1):
        after = set()
        for groups, told in level:
            square = {pair: apart(*pair) for pair in combinations(groups, 2)}
            for (one, other), height in square.items():
                if height == min(square.values()):
                    joined = frozenset(halved(one) + halved(other))
                    after.add((groups - {one, other} | {joined}, told | {(frozenset(i for i, _ in joined), height)}))
        level = after
    return {told for _, told in level}


def balls(topology: frozenset) -> frozenset:
    """What a tree shows, with heights: a group that is part of a larger one at the same height is not shown."""
    return frozenset((clade, h) for clade, h in topology if not any(clade < larger and h == at for larger, at in topology))


def drawn(cells: dict[str, str]) -> dict[tuple[int, ...], Fraction]:
    """Every draw of as many columns as there are, with replacement, its order ignored, with its chance: all m^m are counted."""
    m = len(next(iter(cells.values())))
    counts = Counter(tuple(sorted(draw)) for draw in product(range(m), repeat=m))
    return {draw: Fraction(count, m**m) for draw, count in counts.items()}


def redrawn(cells: dict[str, str], draw: tuple[int, ...]) -> dict[str, str]:
    return {item: "".join(word[column] for column in draw) for item, word in cells.items()}


def brute(cells: dict[str, str], linkage: str) -> dict[frozenset, Fraction]:
    """In each draw the share of its trees (cophenetic distances; known by what they show) that show a clade; the mean over all draws."""
    held: dict[frozenset, Fraction] = {}
    for draw, chance in drawn(cells).items():
        trees = {balls(topology) for topology in topologies(redrawn(cells, draw), linkage)}
        for clade in (clade for tree in trees for clade, _ in tree):
            held[clade] = held.get(clade, 0) + chance / len(trees)
    return held


def support(frame: pd.DataFrame) -> dict[frozenset, float]:
    assert frame.index.is_unique
    return dict(zip(frame.index, frame["support"], strict=True))


def assert_same(found: pd.DataFrame, expected: dict[frozenset, Fraction]) -> None:
    assert support(found) == pytest.approx({clade: float(share) for clade, share in expected.items()}, abs=1e-11)
    assert (found["error"] == 0).all()


@pytest.mark.parametrize("linkage", LINKAGES)
@pytest.mark.parametrize("words", WORDS.values(), ids=list(WORDS))
def test_every_draw_and_every_tie(words, linkage):
    cells = cells_of(words)
    assert_same(column_bootstrap(table(cells), linkage), brute(cells, linkage))


@pytest.mark.parametrize("linkage", LINKAGES)
@pytest.mark.parametrize("seed", range(4))
def test_random_tables(seed, linkage):
    """Up to five rows and four columns, fixed seeds; equal columns among them."""
    generator = np.random.default_rng(seed)
    rows, columns = generator.integers(2, 6), generator.integers(1, 5)
    cells = cells_of(" ".join("".join(map(str, row)) for row in generator.integers(0, 2, (rows, columns))))
    assert_same(column_bootstrap(table(cells), linkage), brute(cells, linkage))


@pytest.mark.parametrize("linkage", LINKAGES)
def test_by_hand(linkage):
    """p 10, q 11, r 01, two draws of two columns. Both columns the same (1/2): p = q, r apart, or q = r, p apart. One of each (1/2): p-q and q-r
    1/2, p-r 1, so two trees (single: one, that shows neither). So p-q is shown in 1/4 + 1/2 x 1/2 = 1/2 (single 1/4).
    """
    found = support(column_bootstrap(table({"p": "10", "q": "11", "r": "01"}), linkage))
    share = 1 / 4 if linkage == "single" else 1 / 2
    assert found == pytest.approx({frozenset("pqr"): 1, frozenset("pq"): share, frozenset("qr"): share})


@pytest.mark.parametrize("linkage", LINKAGES)
def test_with_and_without_a_constant_column(linkage):
    """A constant column takes part in the draws like any other, so that dropping it changes the support; both as counted one by one."""
    cells = cells_of("1110 1100 1011 1001")
    dropped = {item: word[1:] for item, word in cells.items()}
    for rows in (cells, dropped):
        assert_same(column_bootstrap(table(rows), linkage), brute(rows, linkage))
    assert support(column_bootstrap(table(cells), linkage)) != support(column_bootstrap(table(dropped), linkage))


@pytest.mark.parametrize("words", [*WORDS.values(), "10 01", "1 0", "000 000", "111 110"])
def test_how_many_draws_leave_a_row_empty(words):
    """Counted over all m^m draws; a row that has no Yes to begin with is not emptied. Different draws: multisets of the different columns."""
    cells = cells_of(words)
    empty = sum(
        chance for draw, chance in drawn(cells).items() if any("1" not in word and "1" in cells[name] for name, word in redrawn(cells, draw).items())
    )
    found = resamples(table(cells))
    assert found.exact and found.empty_rows == pytest.approx(float(empty), abs=1e-11)
    assert found.n == len({tuple(sorted(zip(*redrawn(cells, draw).values(), strict=True))) for draw in drawn(cells)})


def test_the_empty_rows_of_the_review(priebe):
    """Every model has social relationships, so no draw with that column leaves one empty; without it, counted over all 5^5 draws."""
    without = priebe.incidence("resources", drop_constant=True)
    cells = {item: "".join("01"[int(cell)] for cell in row) for item, row in without.iterrows()}
    empty = sum(
        chance for draw, chance in drawn(cells).items() if any("1" not in word and "1" in cells[name] for name, word in redrawn(cells, draw).items())
    )
    assert resamples(without).empty_rows == pytest.approx(float(empty), abs=1e-11)


def test_the_order_of_rows_and_columns_changes_nothing(priebe):
    incidence = priebe.incidence("relationships")
    for linkage in LINKAGES:
        pd.testing.assert_frame_equal(column_bootstrap(incidence, linkage), column_bootstrap(incidence.iloc[::-1, ::-1], linkage), check_exact=True)


@pytest.mark.parametrize("linkage", LINKAGES)
def test_odd_tables(linkage):
    """One row has no clade; one column is drawn as it is; equal rows stay together in every draw, empty ones too; names may be numbers."""
    assert len(column_bootstrap(table({"p": "10"}), linkage)) == 0
    assert support(column_bootstrap(table({"p": "1", "q": "0", "r": "0"}), linkage)) == {frozenset("pqr"): 1, frozenset("qr"): 1}
    for cells in (np.ones((4, 3)), np.zeros((4, 3))):
        assert support(column_bootstrap(pd.DataFrame(cells, index=[2, 10, 1, 7]).astype(bool), linkage)) == {frozenset({1, 2, 7, 10}): 1}


def test_errors_in_words():
    with pytest.raises(SynopsisError, match="Use one of: average, complete, single, weighted"):
        column_bootstrap(table({"p": "10", "q": "01"}), "ward")
    with pytest.raises(SynopsisError, match="unclear cells"):
        column_bootstrap(pd.DataFrame({"x": ["yes", "unclear"]}, index=["p", "q"]))


def pvclust(root, name: str, linkage: str) -> tuple[dict[str, str], dict[frozenset, tuple[float, float]]]:
    """BP of R's pvclust with r = 1 (tests/r/bootstrap.R): the table, and for each clade of its tree the share of draws with the standard error."""
    rows = pd.read_csv(root / "tests" / "r" / "expected" / "bootstrap.csv", dtype=str).query("table == @name and linkage == @linkage")
    shares = {frozenset(row.clade.split()): (int(row.count), int(row.nboot)) for row in rows.itertuples(index=False, name="Row")}
    return cells_of(rows["items"].iloc[0]), {clade: (k / n, sqrt(k * (n - k) / n) / n) for clade, (k, n) in shares.items()}


@pytest.mark.parametrize("linkage", LINKAGES)
@pytest.mark.parametrize("name", ["first", "second", "third"])
def test_pvclust(name, linkage, root):
    """pvclust breaks ties by the order of rows, and also counts a clade that joins others at its own height.

    So its share lies between that of the draws where every tie-break leads to the clade and that of those where some does, within 5 standard
    errors; so does the support, exactly. Where ties cannot touch a clade the two ends meet (the whole, always).
    In each table they come within 0.15 of each other for some other clade, or the comparison would say little.
    """
    cells, shares = pvclust(root, name, linkage)
    found, every, some = support(column_bootstrap(table(cells), linkage)), Counter(), Counter()
    for draw, chance in drawn(cells).items():
        shapes = topologies(redrawn(cells, draw), linkage)
        groups, shown = [{clade for clade, _ in shape} for shape in shapes], [{clade for clade, _ in balls(shape)} for shape in shapes]
        some.update({clade: chance for clade in set.union(*groups)})
        every.update({clade: chance for clade in set.intersection(*groups, *shown)})
    for clade, (share, error) in shares.items():
        assert every[clade] - 5 * error - 1e-9 <= share <= some[clade] + 5 * error + 1e-9, clade
        assert every[clade] - 1e-9 <= found[clade] <= some[clade] + 1e-9, clade
        if every[clade] == some[clade]:
            assert abs(found[clade] - share) <= 5 * error + 1e-9, clade
    assert min(some[clade] - every[clade] for clade in shares if len(clade) < len(cells)) < 0.15


@pytest.mark.parametrize("linkage", LINKAGES)
def test_pvclust_where_draws_are_too_many(linkage, root):
    """Seven items, sixteen features: ties are rare in the draws, and both programs draw at random (5 standard errors of both, and 0.02 for ties)."""
    cells, shares = pvclust(root, "untied", linkage)
    frame = column_bootstrap(table(cells), linkage)
    assert not resamples(table(cells)).exact
    found, errors = support(frame), dict(zip(frame.index, frame["error"], strict=True))
    for clade, (share, error) in shares.items():
        assert abs(found[clade] - share) <= 5 * sqrt(error**2 + errors[clade] ** 2) + 0.02, clade
