"""Large tables: what is quick must come to the same as what is plain, and what is cut must say so."""

from __future__ import annotations

from itertools import combinations
from math import comb

import numpy as np
import pandas as pd
import pytest

from helpers import figures
from helpers.build import ROOT
from helpers.clustering import by_lot, resamples
from helpers.clustering.linkage import LINKAGES, exact_keys
from helpers.clustering.tied import shared_out_among, ways_to_share_out
from helpers.loading import load_review
from helpers.notebooks import lacking
from helpers.problems import SynopsisError
from helpers.report.behind import Behind
from helpers.report.codes import coded_tables
from helpers.report.evidence import evidence
from helpers.report.heatmap import heatmaps, pairs
from helpers.sensitivity import conclusions, has_quick_groups
from helpers.ties import largest_silhouette, silhouette_ranges, tie_census


def table(rows: int, columns: int, seed: int, kinds: int | None = None) -> pd.DataFrame:
    """Random cells; with `kinds`, rows are copies of so many different ones."""
    rng = np.random.default_rng(seed)
    cells = rng.random((kinds or rows, columns)) < 0.5
    chosen = cells[np.arange(rows) % len(cells)]
    return pd.DataFrame(chosen, index=[f"i{n:03d}" for n in range(rows)], columns=[f"f{n}" for n in range(columns)])


@pytest.mark.parametrize("linkage", LINKAGES)
@pytest.mark.parametrize(("rows", "kinds"), [(9, None), (30, 11), (26, None)])
def test_trees_of_many_items_are_drawn_as_those_of_few(linkage, rows, kinds, monkeypatch):
    """Two ways to the same trees: plain lists, and arrays."""
    names, keys = exact_keys(table(rows, 5, rows, kinds), "jaccard", linkage)
    drawn = []
    for few in (0, rows):
        monkeypatch.setattr(by_lot, "FEW_ITEMS", few)
        drawn.append(by_lot.drawn_trees(len(names), keys, linkage, 3, 1))
    assert drawn[0] == drawn[1]


def stirling(n: int, k: int) -> int:
    """Ways to share out n things among k boxes that have no order, by the sum of Stirling (1730)."""
    return sum((-1) ** (k - j) * comb(k, j) * j**n for j in range(k + 1)) // np.prod(range(1, k + 1), dtype=object)


def test_ways_to_share_out_are_counted_without_a_list():
    """Four points all joined, and three: the products of Stirling numbers, which the list confirms."""
    near = tuple(sum(1 << j for j in range(7) if j != i and (i < 4) == (j < 4)) for i in range(7))
    counts = ways_to_share_out(near)
    for k in range(8):
        expected = sum(stirling(4, one) * stirling(3, k - one) for one in range(1, k) if 1 <= k - one <= 3)
        assert counts[k] == expected == len(set(shared_out_among(near, k, False)))
    assert ways_to_share_out((0b010, 0b101, 0b010)) == ()  # the two outer points are not joined


def test_equal_rows_do_not_stop_the_silhouettes():
    """48 items in 7 kinds: cutting at 7 groups leaves every item with its likes, so that the mean width is 1 and only one partition does it."""
    items = table(48, 6, 4, kinds=7)
    assert len(items.drop_duplicates()) == 7
    census = tie_census(items)
    ranges = silhouette_ranges(census)
    assert census.exact and ranges.loc[7, ["partitions", "least", "most", "exact"]].tolist() == [1, 1.0, 1.0, "yes"]
    assert ranges.loc[47, "partitions"] == sum(comb(len(group), 2) for _, group in items.groupby(list(items)))  # one pair is joined
    assert ranges.loc[24, "exact"] == "" and len(census.partitions(7)) == 1
    with pytest.raises(SynopsisError, match="too many to list"):
        census.partitions(24)


@pytest.mark.parametrize("linkage", LINKAGES)
@pytest.mark.parametrize("seed", range(12))
def test_equal_items_need_not_be_parted_for_the_largest_silhouette(linkage, seed):
    """All partitions are looked at by `silhouette_ranges`, and those that can be largest by `largest_silhouette`: the same comes of both."""
    items = table(3 + seed // 2, 3 + seed % 3, seed, kinds=1 + seed % 5)
    for coefficient in ("jaccard", "overlap", "russell_rao"):  # by the last two, distance 0 is no equality, and equal items can be apart
        census = tie_census(items, coefficient, linkage)
        ranges = silhouette_ranges(census)
        assert census.exact and (ranges["exact"] == "yes").all()
        best = ranges["most"].max()
        assert largest_silhouette(census) == (best, frozenset(ranges.index[ranges["most"] > best - 1e-9]))


def test_kinds_by_hand():
    """110 twice and 101: two kinds. By the overlap coefficient 100 has no distance from any of these, and is of no one kind."""
    cells = pd.DataFrame([[1, 1, 0], [1, 0, 1], [1, 1, 0]], index=list("pqr"), columns=list("xyz")).astype(bool)
    assert tie_census(cells).ties.kinds == tie_census(cells, "overlap").ties.kinds == 2
    cells.loc["s"] = [True, False, False]
    assert tie_census(cells).ties.kinds == 3 and tie_census(cells, "overlap").ties.kinds == 4


def test_groups_with_very_many_ties_are_not_followed_under_every_change(tmp_path):
    """40 items of 5 features have too many ties; copies of few kinds of items do not."""
    for name, kinds, quick in (("many", None, False), ("copies", 6, True)):
        cells = table(40, 5, 5, kinds).replace({True: "yes", False: "no"})
        (tmp_path / name).mkdir()
        cells.rename_axis("item").to_csv(tmp_path / name / "codes.csv")
        review = load_review(tmp_path / name)
        found = {conclusion.id for conclusion in conclusions(review)}
        assert ({"codes.ties", "codes.certain", "codes.number"} <= found) == quick == has_quick_groups(review)
        assert ("few ties" in lacking(review).get("needs-quick-groups", "")) != quick


def test_fewer_resamples_of_many_items():
    """As the documentation says: 1,000 of up to thirty items, at least 100 of any number."""
    assert [resamples(table(n, 12, 1)).drawn for n in (20, 60, 150)] == [1_000, 277, 100]
    assert resamples(table(4, 3, 1)).drawn == 0


def large_review(folder, rows: int, columns: int):
    cells = table(rows, columns, 1).replace({True: "yes", False: "no"})
    cells.rename_axis("item").to_csv(folder / "codes.csv")
    return load_review(folder)


def test_a_large_review_is_cut_and_says_so(tmp_path):
    review = large_review(tmp_path, 101, 45)
    behind = Behind.of(review)
    for part in (heatmaps(review), pairs(review)):
        assert f"{comb(101, 2):,} pairs" in part and "href" not in part
    assert "only those with a quote or another reading" in coded_tables(behind) and "too many to tell" in evidence(behind, {})
    assert coded_tables(behind).count('class="show"') == 101
    assert "400 cells" in lacking(review)["needs-few-cells"]


def test_a_small_review_is_not_cut(tmp_path):
    review = large_review(tmp_path, 12, 6)
    assert "needs-few-cells" not in lacking(review)
    assert pairs(review).count("entry pair") == len(list(combinations(review.items, 2)))


def test_a_long_table_is_drawn_with_each_different_row_once(tmp_path):
    """120 items with three different rows, 60, 40 and 20 of each: by hand. Short tables are drawn as they are."""
    rows = ["yes,no", "no,yes", "yes,yes"]
    kinds = [0, 0, 0, 1, 1, 2] * 20
    text = "item,a,b\n" + "".join(f"I{n},{rows[kind]}\n" for n, kind in enumerate(kinds))
    (tmp_path / "codes.csv").write_text(text, encoding="utf-8")
    review, recipe = load_review(tmp_path), figures.find("fig01")
    drawn = recipe.subject(review)
    assert [drawn.label(item) for item in drawn.items] == ["I0 and 59 others", "I3 and 39 others", "I5 and 19 others"]
    assert drawn.tables["codes"].to_numpy().tolist() == [row.split(",") for row in rows]
    assert "3 different rows of 120 items" in recipe.caption(drawn, recipe.values(drawn)) and not recipe.missing(review)
    short = load_review(ROOT / "data" / "living_beings")
    assert recipe.subject(short) is short
