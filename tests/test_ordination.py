"""Maps: by hand, against R (vegan, FactoMineR, ca), and by what must hold for any table."""

from __future__ import annotations

from itertools import combinations
from math import sqrt

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from helpers import SynopsisError
from helpers.ordination import mca, pcoa
from helpers.similarity import COEFFICIENTS, distance_matrix

QUICK = settings(derandomize=True, deadline=None, max_examples=60)
R_TABLES = ("resources", "relationships", "both", "traits", "untied")


def table(*rows: str, names: str = "pqrstuvw", columns: str = "abcdefgh") -> pd.DataFrame:
    """A table from words such as "110": 1 yes, 0 no."""
    return pd.DataFrame([list(row) for row in rows], index=list(names[: len(rows)]), columns=list(columns[: len(rows[0])])).eq("1")


@st.composite
def tables(draw, rows=(1, 7), columns=(1, 6)):
    """The alphabet does not follow the order of the rows."""
    n_rows, n_columns = draw(st.integers(*rows)), draw(st.integers(*columns))
    cells = draw(st.lists(st.lists(st.booleans(), min_size=n_columns, max_size=n_columns), min_size=n_rows, max_size=n_rows))
    return pd.DataFrame(cells, index=draw(st.permutations([f"r{n}" for n in range(n_rows)])), columns=[f"c{n}" for n in range(n_columns)])


def squared_lengths(coordinates: pd.DataFrame) -> np.ndarray:
    cells = coordinates.to_numpy(dtype=float)
    return ((cells[:, None, :] - cells[None, :, :]) ** 2).sum(axis=2)


def constant_free(incidence: pd.DataFrame) -> pd.DataFrame:
    return incidence.loc[:, [len(set(incidence[name])) > 1 for name in incidence]]


# ---------------------------------------------------------------- against R


@pytest.fixture(scope="module")
def r_tables(root, priebe, living_beings):
    return {
        "resources": priebe.incidence("resources"),
        "relationships": priebe.incidence("relationships"),
        "both": priebe.incidence(["resources", "relationships"]),
        "traits": living_beings.incidence("traits"),
        "untied": pd.read_csv(root / "tests" / "r" / "untied.csv", index_col=0).eq("yes"),
    }


@pytest.fixture(scope="module")
def expected(root):
    """A file of R's numbers, the rows of one table."""

    def of(file: str, name: str) -> pd.DataFrame:
        rows = pd.read_csv(root / "tests" / "r" / "expected" / file)
        return rows[rows["table"] == name]

    return of


def same_up_to_sign(found: np.ndarray, wanted: np.ndarray) -> None:
    """Each axis of R as it is or reversed: the eigenvalues of these tables are all distinct."""
    assert found.shape == wanted.shape
    for axis in range(found.shape[1]):
        assert min(np.abs(found[:, axis] - wanted[:, axis]).max(), np.abs(found[:, axis] + wanted[:, axis]).max()) < 1e-9, axis


@pytest.mark.parametrize("name", R_TABLES)
def test_pcoa_equals_that_of_r(name, expected, r_tables):
    """vegan::wcmdscale, stats::cmdscale and ade4::dudi.pco of the square root of Jaccard distance (tests/r/expected.R)."""
    made = pcoa(r_tables[name])
    eigen = expected("pcoa_eigenvalues.csv", name)
    assert list(made.axes.index) == eigen["axis"].tolist()
    assert made.axes["eigenvalue"].tolist() == pytest.approx(eigen["eigenvalue"].tolist(), abs=1e-12)
    assert made.axes["share"].tolist() == pytest.approx(eigen["share"].tolist(), abs=1e-12)
    assert min(-np.diff(eigen["eigenvalue"])) > 1e-6 and made.equal_axes == [] and made.lost == 0
    wanted = expected("pcoa_coordinates.csv", name).pivot(index="item", columns="axis", values="coordinate")
    assert list(made.items.index) == list(r_tables[name].index)
    same_up_to_sign(made.items.to_numpy(), wanted.loc[made.items.index].to_numpy())
    assert made.categories.empty


@pytest.mark.parametrize("name", R_TABLES)
def test_mca_equals_that_of_r(name, expected, r_tables):
    """FactoMineR::MCA and ade4::dudi.acm of the table without constant columns; Greenacre's adjustment as in ca::mjca."""
    made = mca(r_tables[name])
    eigen = expected("mca_eigenvalues.csv", name)
    assert list(made.axes.index) == eigen["axis"].tolist()
    for column in ("eigenvalue", "share", "adjusted_eigenvalue", "adjusted_share"):
        assert made.axes[column].tolist() == pytest.approx(eigen[column].tolist(), abs=1e-12, nan_ok=True)
    items = expected("mca_items.csv", name).pivot(index="item", columns="axis", values="coordinate")
    same_up_to_sign(made.items.to_numpy(), items.loc[made.items.index].to_numpy())
    categories = expected("mca_categories.csv", name).pivot(index=["feature", "state"], columns="axis", values="coordinate")
    assert set(made.categories.index) == set(categories.index) and list(made.categories.index.names) == ["feature", "state"]
    same_up_to_sign(made.categories.to_numpy(), categories.loc[made.categories.index].to_numpy())
    # the sign of an axis is one for items and categories
    found = np.vstack([made.items, made.categories])
    same_up_to_sign(found, np.vstack([items.loc[made.items.index], categories.loc[made.categories.index]]))


# ---------------------------------------------------------------- PCoA by hand


def test_two_items_by_hand():
    """Distance 3/4, root of it the length; each item half of it from the middle, the first by name on the positive side. Eigenvalue 2 x 3/16."""
    for incidence in (table("1100", "0111"), table("0111", "1100", names="qp")):
        made = pcoa(incidence)
        assert made.items[1].loc[["p", "q"]].tolist() == pytest.approx([sqrt(3 / 4) / 2, -sqrt(3 / 4) / 2])
        assert made.axes.to_numpy().tolist() == [pytest.approx([3 / 8, 1])] and list(made.axes) == ["eigenvalue", "share"]


def test_three_items_by_hand():
    """q and r share 1 of 2 (squared length 1/2), p nothing with them (1): a triangle with base root 1/2 and height h, h² = 1 - 1/8 = 7/8.

    Axis 1 runs along the height: p at 2/3 h, q and r at -1/3 h, eigenvalue (4 + 1 + 1)/9 x 7/8 = 7/12. Axis 2 along the base: q and r at half
    the root of 1/2, q first by name, eigenvalue 2 x 1/8 = 1/4. Shares 7/10 and 3/10.
    """
    made, h = pcoa(table("100", "010", "011")), sqrt(7 / 8)
    assert made.items.loc["p"].tolist() == pytest.approx([2 / 3 * h, 0])
    assert made.items.loc["q"].tolist() == pytest.approx([-h / 3, sqrt(1 / 8)])
    assert made.items.loc["r"].tolist() == pytest.approx([-h / 3, -sqrt(1 / 8)])
    assert made.axes["eigenvalue"].tolist() == pytest.approx([7 / 12, 1 / 4])
    assert made.axes["share"].tolist() == pytest.approx([0.7, 0.3])
    assert made.equal_axes == [] and made.lost == 0


def test_three_disjoint_items_by_hand():
    """An equilateral triangle of side 1, eigenvalues 1/2 and 1/2. All are equally far out, so axis 1 runs through p, the first by name.

    From its centre p lies 1/sqrt(3) up, q and r half of that down; what is left of q and r is 1/2 to each side, q positive.
    """
    for order in ("pqr", "rqp", "qrp"):
        made = pcoa(table("100", "010", "001").loc[list(order)])
        assert list(made.items.index) == list(order)
        assert made.items.loc["p"].tolist() == pytest.approx([1 / sqrt(3), 0])
        assert made.items.loc["q"].tolist() == pytest.approx([-1 / sqrt(12), 1 / 2])
        assert made.items.loc["r"].tolist() == pytest.approx([-1 / sqrt(12), -1 / 2])
        assert made.axes["eigenvalue"].tolist() == pytest.approx([1 / 2, 1 / 2])
        assert made.equal_axes == [(1, 2)]


def test_distances_that_fit_no_flat_map_lose_something():
    """Overlap calls p the same as q and as r, which are 1/2 apart, by hand: -1/2 d, centred, has trace (1/2 + 1/2)/6 = 1/6 and the
    eigenvalue 1/4 (q against r), so the other is 1/6 - 1/4 = -1/12."""
    made = pcoa(table("100", "110", "101"), "overlap")
    assert made.axes["eigenvalue"].tolist() == pytest.approx([1 / 4]) and made.axes["share"].tolist() == pytest.approx([1])
    assert made.lost == pytest.approx(-1 / 12)


def test_two_empty_rows_stand_as_told():
    """p and q have no feature: on one spot if they count as alike, a length of 1 apart if not; r is 1 from both."""
    incidence = table("00", "00", "11")
    assert squared_lengths(pcoa(incidence).items) == pytest.approx(np.array([[0, 0, 1], [0, 0, 1], [1, 1, 0]]), abs=1e-9)
    assert squared_lengths(pcoa(incidence, empty="different").items) == pytest.approx(1 - np.eye(3), abs=1e-9)


@QUICK
@given(tables())
def test_all_axes_of_pcoa_show_every_distance(incidence):
    """Gower and Legendre (1986): the root of Jaccard's distance is Euclidean, so nothing is lost and the squared lengths are the distances."""
    made = pcoa(incidence)
    assert made.lost == 0
    assert squared_lengths(made.items) == pytest.approx(distance_matrix(incidence).to_numpy(), abs=1e-8)
    assert made.items.sum().tolist() == pytest.approx([0] * made.items.shape[1], abs=1e-9)
    values = made.axes["eigenvalue"].tolist()
    assert values == sorted(values, reverse=True) or max(np.diff(values)) < 1e-9
    assert (made.items**2).sum().tolist() == pytest.approx(values, abs=1e-9)
    cross = made.items.to_numpy().T @ made.items.to_numpy()
    assert cross - np.diag(np.diag(cross)) == pytest.approx(np.zeros_like(cross), abs=1e-9)
    assert not values or made.axes["share"].tolist() == pytest.approx([value / sum(values) for value in values])


@QUICK
@given(tables(rows=(2, 6)), st.sampled_from(sorted(COEFFICIENTS)), st.sampled_from(["identical", "different"]))
def test_lost_is_the_sum_of_the_negative_eigenvalues(incidence, coefficient, empty):
    """Of -1/2 the distances, centred by the matrix I - 1/n; positive ones make the axes."""
    made = pcoa(incidence, coefficient, empty)
    n = len(incidence)
    centring = np.eye(n) - 1 / n
    values = np.linalg.eigvalsh(-centring @ distance_matrix(incidence, coefficient, empty).to_numpy() @ centring / 2)
    assert made.lost == pytest.approx(values[values < 0].sum(), abs=1e-8) and made.lost <= 0
    assert made.axes["eigenvalue"].tolist() == pytest.approx(sorted(values[values > 1e-9], reverse=True), abs=1e-9)
    if made.lost == 0:
        assert squared_lengths(made.items) == pytest.approx(distance_matrix(incidence, coefficient, empty).to_numpy(), abs=1e-8)


# ---------------------------------------------------------------- MCA by hand


def test_mca_of_four_items_and_two_features_by_hand():
    """a is Yes in p and q, b in p, q and r. With two features MCA is the sum and the difference of both, in standard units, over 2.

    a: 1 or -1. b: mean 3/4, standard deviation root 3/4, so 1/w or -w with w = root 3. Correlation 1/w, eigenvalues (1 ± 1/w)/2. Sum: p and q
    (1 + 1/w)/2, r (-1 + 1/w)/2, s -(1 + w)/2, which is farthest out and so made positive. Difference: p and q (1 - 1/w)/2, r -(1 + 1/w)/2,
    farthest out, and s (w - 1)/2. A category lies where its items lie on average, over the root of the eigenvalue.
    Adjusted (K = 2): (2/1)² (1/(2w))² = 1/3, and the whole is 2 (1/2 (1 + 1/3) - 1/2) = 1/3; the second axis is below 1/2.
    """
    w = sqrt(3)
    made = mca(table("11", "11", "01", "00"))
    one, two = (1 + 1 / w) / 2, (1 - 1 / w) / 2
    assert made.axes["eigenvalue"].tolist() == pytest.approx([one, two])
    assert made.axes["share"].tolist() == pytest.approx([one, two])  # the whole is J/K - 1 = 1
    assert made.axes["adjusted_eigenvalue"].tolist() == pytest.approx([1 / 3, np.nan], nan_ok=True)
    assert made.axes["adjusted_share"].tolist() == pytest.approx([1, np.nan], nan_ok=True)
    assert made.items[1].tolist() == pytest.approx([-one, -one, two, (1 + w) / 2])
    assert made.items[2].tolist() == pytest.approx([-two, -two, one, -(w - 1) / 2])
    assert list(made.categories.index) == [("a", "yes"), ("b", "yes"), ("a", "no"), ("b", "no")]
    root = sqrt(one)
    assert made.categories[1].tolist() == pytest.approx([-root, -root / w, root, root * w])
    root = sqrt(two)
    assert made.categories[2].tolist() == pytest.approx([-root, root / w, root, -root * w])
    assert made.lost == 0 and made.equal_axes == []


def test_mca_of_two_unrelated_features_has_equal_axes():
    """All four combinations once: correlation 0, eigenvalues 1/2 and 1/2. Adjusted: both at 1/K, so undefined, and no axis means more."""
    made = mca(table("11", "10", "01", "00"))
    assert made.axes["eigenvalue"].tolist() == pytest.approx([1 / 2, 1 / 2]) and made.equal_axes == [(1, 2)]
    assert made.axes[["adjusted_eigenvalue", "adjusted_share"]].isna().all(axis=None)
    # Yes and No are 2 standard units apart: 2² / K for each feature in which two items differ
    assert squared_lengths(made.items) == pytest.approx(2 * np.array([[0, 1, 1, 2], [1, 0, 2, 1], [1, 2, 0, 1], [2, 1, 1, 0]]))


@QUICK
@given(tables(rows=(2, 7)))
def test_mca_of_yes_and_no_is_a_map_of_the_correlations(incidence):
    """Greenacre (2007): with two categories a feature, the eigenvalues are those of the correlation matrix over K, and squared lengths are
    the mean over features of the squared difference in standard units. Shares are of the whole, J/K - 1 = 1."""
    made, varying = mca(incidence), constant_free(incidence).astype(float)
    k = varying.shape[1]
    if not k:
        assert made.items.shape == (len(incidence), 0) and made.axes.empty and made.categories.shape == (0, 0)
        return
    values = np.linalg.eigvalsh(np.atleast_2d(np.corrcoef(varying.to_numpy(), rowvar=False))) / k
    assert made.axes["eigenvalue"].tolist() == pytest.approx(sorted(values[values > 1e-9], reverse=True), abs=1e-9)
    assert made.axes["share"].tolist() == pytest.approx(made.axes["eigenvalue"].tolist(), abs=1e-9)
    units = (varying - varying.mean()) / varying.std(ddof=0)
    assert squared_lengths(made.items) == pytest.approx(squared_lengths(units) / k, abs=1e-8)
    assert (made.items**2).mean().tolist() == pytest.approx(made.axes["eigenvalue"].tolist(), abs=1e-9)


@QUICK
@given(tables(rows=(2, 7)))
def test_categories_of_mca_balance_around_the_origin(incidence):
    """No lies opposite Yes, each as far out as the other is frequent. An item lies at the mean of its categories, over the root."""
    made, varying = mca(incidence), constant_free(incidence)
    assume(varying.shape[1])
    assert set(made.categories.index) == {(name, state) for name in varying for state in ("yes", "no")}
    for name in varying:
        yes = int(varying[name].sum())
        balance = made.categories.loc[(name, "yes")] * yes + made.categories.loc[(name, "no")] * (len(varying) - yes)
        assert balance.tolist() == pytest.approx([0] * len(balance), abs=1e-7)
    roots = np.sqrt(made.axes["eigenvalue"].to_numpy())
    for item in varying.index:
        own = [made.categories.loc[(name, "yes" if varying.at[item, name] else "no")].to_numpy() for name in varying]
        assert made.items.loc[item].tolist() == pytest.approx((np.mean(own, axis=0) / roots).tolist(), abs=1e-6)


@QUICK
@given(tables(rows=(2, 7)))
def test_adjusted_inertias_by_their_formula(incidence):
    """Greenacre (2007) ch. 19: (K/(K-1))² (eigenvalue - 1/K)² above 1/K only; shares of K/(K-1) (sum of squares - (J-K)/K²)."""
    made, k = mca(incidence), constant_free(incidence).shape[1]
    values = made.axes["eigenvalue"].to_numpy()
    if k < 2:
        assert made.axes[["adjusted_eigenvalue", "adjusted_share"]].isna().all(axis=None)
        return
    whole = k / (k - 1) * ((values**2).sum() - k / k**2)
    for row in made.axes.itertuples():
        if row.eigenvalue <= 1 / k + 1e-7:
            assert np.isnan(row.adjusted_eigenvalue) or row.adjusted_eigenvalue < 1e-12
            continue
        assert row.adjusted_eigenvalue == pytest.approx((k / (k - 1)) ** 2 * (row.eigenvalue - 1 / k) ** 2)
        assert row.adjusted_share == pytest.approx(row.adjusted_eigenvalue / whole) and row.adjusted_share <= 1 + 1e-9


@QUICK
@given(tables(rows=(2, 7)))
def test_constant_columns_do_not_matter_to_mca(incidence):
    made, more = mca(incidence), mca(incidence.assign(everybody=True, nobody=False))
    assert more.items.equals(made.items) and more.axes.equals(made.axes) and more.categories.equals(made.categories)


# ---------------------------------------------------------------- orders, and odd tables


@QUICK
@given(tables(rows=(2, 7)), st.randoms(use_true_random=False))
def test_the_order_of_rows_and_columns_turns_no_axis(incidence, choose):
    """Also where eigenvalues are equal, and axes could be turned at will."""
    rows, columns = choose.sample(list(incidence.index), len(incidence)), choose.sample(list(incidence), incidence.shape[1])
    for ask in (pcoa, mca):
        made, other = ask(incidence), ask(incidence.loc[rows, columns])
        assert list(other.items.index) == rows
        assert other.equal_axes == made.equal_axes
        assert other.axes.to_numpy() == pytest.approx(made.axes.to_numpy(), abs=1e-9, nan_ok=True)
        assert other.items.loc[incidence.index].to_numpy() == pytest.approx(made.items.to_numpy(), abs=1e-6)
        assert other.categories.reindex(made.categories.index).to_numpy(dtype=float) == pytest.approx(made.categories.to_numpy(dtype=float), abs=1e-6)


@pytest.mark.parametrize("order", [[0, 1, 2, 3], [3, 1, 0, 2], [2, 3, 1, 0]])
def test_equal_eigenvalues_are_turned_alike(order):
    """Four rows that share nothing (three equal axes), and the four combinations of two features (two): by name, not by place."""
    for ask, incidence, axes in ((pcoa, table("1000", "0100", "0010", "0001"), (1, 2, 3)), (mca, table("11", "10", "01", "00"), (1, 2))):
        made, other = ask(incidence), ask(incidence.iloc[order, ::-1])
        assert made.equal_axes == other.equal_axes == [axes]
        assert other.items.loc[incidence.index].to_numpy() == pytest.approx(made.items.to_numpy(), abs=1e-9)
        assert made.items.iloc[0, 0] > 0 and made.items.iloc[0, 1:].tolist() == pytest.approx([0] * (len(axes) - 1), abs=1e-9)


@QUICK
@given(tables(rows=(2, 6)))
def test_new_names_change_no_length(incidence):
    """Which axis is turned which way may hang on the names, where two rows are equally far out, but not how far any two items are apart."""
    renamed = incidence.set_axis([f"x{len(incidence) - n}" for n in range(len(incidence))])
    for ask in (pcoa, mca):
        made, other = ask(incidence), ask(renamed)
        assert squared_lengths(made.items) == pytest.approx(squared_lengths(other.items), abs=1e-8)


@QUICK
@given(tables(rows=(2, 6)))
def test_the_row_farthest_out_on_an_axis_of_its_own_is_positive(incidence):
    for ask in (pcoa, mca):
        made = ask(incidence)
        together = {axis for group in made.equal_axes for axis in group}
        for axis in set(made.items) - together:
            column = made.items[axis]
            assert column.max() >= -column.min() - 1e-8


@pytest.mark.parametrize("ask", [pcoa, mca])
@pytest.mark.parametrize(
    "incidence", [table("10"), table("0"), table("10", "10", "10"), table("00", "00")], ids=["one row", "one No", "equal", "empty"]
)
def test_one_row_or_all_rows_equal_have_no_axis(ask, incidence):
    made = ask(incidence)
    assert made.items.shape == (len(incidence), 0) and list(made.items.index) == list(incidence.index)
    assert len(made.axes) == 0 and made.lost == 0 and made.equal_axes == []
    assert {"eigenvalue", "share"} <= set(made.axes)


def test_two_kinds_of_rows_have_one_axis():
    """Equal rows stand on one spot."""
    for ask in (pcoa, mca):
        made = ask(table("110", "110", "011"))
        assert made.items.shape == (3, 1) and made.items.loc["p", 1] == pytest.approx(made.items.loc["q", 1], abs=1e-12)
        assert made.axes["share"].tolist() == pytest.approx([1])


def test_axes_are_sound_pairs_of_lengths(priebe):
    """On the resources, the first two axes of PCoA show no distance as longer than it is."""
    incidence = priebe.incidence("resources")
    flat = squared_lengths(pcoa(incidence).items[[1, 2]])
    square = distance_matrix(incidence).to_numpy()
    assert all(flat[i, j] <= square[i, j] + 1e-12 for i, j in combinations(range(len(square)), 2))


@pytest.mark.parametrize("ask", [pcoa, mca])
@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (pd.DataFrame(columns=["x"], dtype=bool), "0 rows"),
        (pd.DataFrame(index=["p"]), "0 columns"),
        (pd.DataFrame({"x": ["yes", "unclear"]}, index=["p", "q"]), "unclear cells"),
        (table("10", "01", names="pp"), "row p stands twice"),
        (pd.DataFrame({"x": [True, None]}, index=["p", "q"]), "row q, column x"),
    ],
    ids=["no rows", "no columns", "unclear", "row twice", "nothing"],
)
def test_errors_in_words(ask, wrong, words):
    with pytest.raises(SynopsisError, match=words):
        ask(wrong)


def test_an_unknown_coefficient_is_told_in_words():
    with pytest.raises(SynopsisError, match="Did you mean jaccard"):
        pcoa(table("10", "01"), "jacard")
