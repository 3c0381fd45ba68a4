"""Agreement of coders: published examples, hand calculations and a brute force over every resample."""

from __future__ import annotations

from itertools import product
from math import ceil, isnan

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import SynopsisError
from helpers.agreement import agreement, disagreements

NAMES = ("percent", "kappa", "ac1", "alpha")


def coder(codes: str, columns: int = 1) -> pd.DataFrame:
    """A coder's table from a word such as "yyn": y yes, n no, u unclear, row by row."""
    cells = [{"y": "yes", "n": "no", "u": "unclear"}[letter] for letter in codes]
    rows = [cells[at : at + columns] for at in range(0, len(cells), columns)]
    return pd.DataFrame(rows, index=[f"r{n}" for n in range(len(rows))], columns=[f"c{n}" for n in range(columns)])


def values(*coders: str, columns: int = 1, categories=("yes", "no", "unclear")) -> dict[str, float]:
    result = agreement([coder(codes, columns) for codes in coders], categories)
    return {name: getattr(result, name).value for name in NAMES if getattr(result, name) is not None}


def test_krippendorff_2011():
    """Krippendorff (2011), Computing Krippendorff's alpha-reliability, example A: two observers, binary data, ten units.

    o01 = 4 of the 20 values stand off the diagonal in each direction, 14 zeros, 6 ones: alpha = 1 - 19 x 4 / (14 x 6) = 0.095.
    """
    result = values("nynnnnnnnn", "yyynnynynn", categories=("yes", "no"))
    assert result["alpha"] == pytest.approx(1 - 19 * 4 / (14 * 6))
    assert round(result["alpha"], 3) == 0.095


def test_two_coders_by_hand():
    """A 2 x 2 table of 100 cells: both yes 40, only one 10, only two 20, both no 30.

    p = 0.7. kappa: e = 0.5 x 0.6 + 0.5 x 0.4 = 0.5, so 0.2 / 0.5 = 0.4. AC1: s = 0.55, e = 2 x 0.55 x 0.45 = 0.495, so
    0.205 / 0.505. alpha: 200 values, 110 yes and 90 no, 1 - 199 x 30 / (110 x 90).
    """
    one, two = "y" * 50 + "n" * 50, "y" * 40 + "n" * 10 + "y" * 20 + "n" * 30
    result = values(one, two, columns=10, categories=("yes", "no"))
    assert result == pytest.approx({"percent": 0.7, "kappa": 0.4, "ac1": 0.205 / 0.505, "alpha": 1 - 199 * 30 / (110 * 90)})


def test_ac1_counts_the_codes_the_codebook_allows():
    """The same table with a third code that nobody used: AC1's chance term is halved (divided by 3 - 1), the others stay."""
    two, three = (values("yyyn", "yynn", categories=codes) for codes in (("yes", "no"), ("yes", "no", "unclear")))
    spread = 5 / 8 * 3 / 8 * 2  # s(1 - s) over both codes: 5 of 8 values are yes
    assert two["ac1"] == pytest.approx((0.75 - spread) / (1 - spread))
    assert three["ac1"] == pytest.approx((0.75 - spread / 2) / (1 - spread / 2))
    assert [three[name] for name in ("percent", "kappa", "alpha")] == pytest.approx([two[name] for name in ("percent", "kappa", "alpha")])


def test_three_coders_by_hand():
    """Units yyy, yyn, nnn, ynn: agreeing pairs 1, 1/3, 1, 1/3, so p = 2/3. Six yes and six no of twelve values.

    alpha: disagreement observed 1/3, expected 2 x 6 x 6 / (12 x 11) = 6/11, so 1 - 11/18. AC1: e = 2 x 1/2 x 1/2 = 1/2, so (2/3 - 1/2) / (1/2).
    """
    result = values("yyny", "yynn", "ynnn", categories=("yes", "no"))
    assert result == pytest.approx({"percent": 2 / 3, "ac1": 1 / 3, "alpha": 1 - 11 / 18})
    assert "kappa" not in result


def test_a_constant_table_leaves_kappa_and_alpha_undefined():
    """Both say yes everywhere: chance agreement is 1, so kappa and alpha read 0/0. AC1: chance 0, so 1."""
    result = agreement([coder("yyyy")] * 2)
    assert isnan(result.kappa.value) and isnan(result.alpha.value) and isnan(result.kappa.low)
    assert result.kappa.undefined == result.alpha.undefined == pytest.approx(1)
    assert (result.percent.value, result.ac1.value) == (1, 1)


def test_kappa_can_be_zero_where_one_coder_is_constant():
    """One says yes everywhere: p equals chance agreement, kappa is 0 and defined."""
    assert values("yyyy", "yynn", categories=("yes", "no"))["kappa"] == 0


@pytest.mark.parametrize(("one", "two", "columns"), [("yynn", "ynnn", 1), ("yynunyyu", "yynuuyny", 2), ("yyyn", "yyyy", 1)])
def test_intervals_equal_a_brute_force_over_every_resample(one, two, columns):
    """All 4 to the 4 equally likely draws of items, each coefficient from its definition for the drawn cells."""
    first, second = coder(one, columns), coder(two, columns)
    result = agreement([first, second])
    assert result.exact and (result.items, result.cells, result.coders) == (4, 4 * columns, 2)
    seen = {name: [] for name in NAMES}
    for drawn in product(range(4), repeat=4):
        cells = [first.iloc[list(drawn)].to_numpy().ravel(), second.iloc[list(drawn)].to_numpy().ravel()]
        for name, value in defined(*cells).items():
            seen[name].append(value)
    for name in NAMES:
        kept = sorted(value for value in seen[name] if not isnan(value))
        coefficient = getattr(result, name)
        assert coefficient.undefined == pytest.approx(1 - len(kept) / 256)
        assert coefficient.low == pytest.approx(kept[ceil(0.025 * len(kept) - 1e-9) - 1])
        assert coefficient.high == pytest.approx(kept[ceil(0.975 * len(kept) - 1e-9) - 1])


def defined(a, b) -> dict[str, float]:
    """The four coefficients from their definitions, cell by cell, for the codes yes, no and unclear."""
    n, codes = len(a), ("yes", "no", "unclear")
    p = float(np.mean(a == b))
    chance = sum(np.mean(a == code) * np.mean(b == code) for code in codes)
    every = np.concatenate([a, b])
    shares = [np.mean(every == code) for code in codes]
    gwet = sum(s * (1 - s) for s in shares) / 2
    pairs = sum(every[i] != every[j] for i in range(2 * n) for j in range(2 * n) if i != j) / (2 * n * (2 * n - 1))
    kappa = (p - chance) / (1 - chance) if chance < 1 - 1e-12 else float("nan")
    return {"percent": p, "kappa": kappa, "ac1": (p - gwet) / (1 - gwet), "alpha": 1 - (1 - p) / pairs if pairs else float("nan")}


@settings(derandomize=True, deadline=None, max_examples=40)
@given(st.lists(st.tuples(*[st.sampled_from("ynu")] * 4), min_size=2, max_size=5), st.randoms(use_true_random=False))
def test_values_and_orders(cells, choose):
    """The definitions hold for any two tables; the order of rows, columns and coders changes nothing."""
    one, two = coder("".join(a + b for a, b, _, _ in cells), 2), coder("".join(c + d for _, _, c, d in cells), 2)
    result = agreement([one, two])
    expected = defined(one.to_numpy().ravel(), two.to_numpy().ravel())
    assert {name: getattr(result, name).value for name in NAMES} == pytest.approx(expected, nan_ok=True)
    shuffled = two.loc[choose.sample(list(two.index), len(two)), ["c1", "c0"]]
    for other in (agreement([shuffled, one]), agreement([one, shuffled])):
        assert other.to_frame().to_numpy() == pytest.approx(result.to_frame().to_numpy(), nan_ok=True)
    assert all(-1 - 1e-9 <= value <= 1 + 1e-9 for value in expected.values() if not isnan(value))


def test_beyond_ten_items_resamples_are_drawn_and_said_to_be():
    """Contract: whole enumeration up to 10 items (92,378 resamples); 11 would be 352,716."""
    ten, eleven = [coder("yn" * 5), coder("yyn" * 3 + "y")], [coder("yn" * 5 + "y"), coder("yyn" * 3 + "yy")]
    assert agreement(ten).exact
    result = agreement(eleven)
    assert not result.exact
    assert result == agreement(eleven)  # the seed is fixed
    assert result.percent.low <= result.percent.value <= result.percent.high


@pytest.mark.parametrize(
    ("tables", "words"),
    [
        ([], "at least two coders"),
        ([coder("yn")], "at least two coders"),
        ([coder("yn"), coder("ynn")], "same rows and columns"),
        ([coder("ynyn", 2), coder("yn")], "same rows and columns"),
        ([coder("")] * 2, "empty"),
        ([coder("yn"), coder("yn").replace("no", "nein")], "code nein is not one of the categories yes, no, unclear"),
        ([coder("yn"), pd.concat([coder("yn"), coder("yn")])], "row"),
        ([pd.concat([coder("yn"), coder("ny")])] * 2, "row"),
    ],
    ids=["none", "one", "rows", "columns", "empty", "code", "rows twice in one", "rows twice in both"],
)
def test_errors_in_words(tables, words):
    with pytest.raises(SynopsisError, match=words):
        agreement(tables)


def test_disagreements_by_hand():
    """Of the four cells, only the second column of the first row differs."""
    table = disagreements({"one": coder("yyny", 2), "two": coder("yuny", 2)})
    assert table.to_dict("records") == [{"model": "r0", "feature": "c1", "one": "yes", "two": "unclear"}]


def test_the_stored_codings(priebe):
    """As many disagreements are listed as percent agreement leaves: 60 + 40 cells."""
    for name, cells in (("resources", 60), ("relationships", 40)):
        tables = {coder: tables[name] for coder, tables in priebe.coders.items()}
        result = agreement(list(tables.values()))
        assert (result.coders, result.cells, result.exact) == (2, cells, True)
        assert len(disagreements(tables)) == round((1 - result.percent.value) * cells)
