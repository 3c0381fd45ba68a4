"""Figures are tested by what they contain, and by saving some twice to the same bytes."""

import re
import xml.etree.ElementTree as ET
from collections import Counter
from itertools import pairwise

import matplotlib
import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_rgb
from matplotlib.patches import Rectangle
from PIL import Image
from quality import contrast, luminance, texts

from helpers import SynopsisError, figures, load_review, style
from helpers.plotting import enlarge, fonts, new_page, text_width, wrap

IDS = list(figures.RECIPES)


def drawn(recipe, review):
    return recipe.figure(review, recipe.values(review))


def test_tiles_are_the_cells(priebe):
    """Table 1 as printed has 28 Yes (2+3+4+2+2+3+3+4+2+3), so 28 filled tiles and 32 dashes stand above the key."""
    figure = drawn(figures.RECIPES["fig01_first_table"], priebe)
    tiles = [patch for patch in figure.axes[0].patches if patch.get_gid() in ("explicit", "hedged", "inferred")]
    dashes = [line for line in figure.axes[0].lines if line.get_gid() == "no"]
    in_key = 3  # one tile for each kind of Yes, and one dash
    assert len(tiles) == 28 + in_key
    assert len(dashes) == 32 + 1
    totals = [text.get_text() for text in texts(figure) if text.get_text().isdigit()]
    assert totals == ["10", "5", "5", "3", "3", "2", "2", "3", "4", "2", "2", "3", "3", "4", "2", "3"]


def test_figure_of_the_tables_says_how_they_were_made(priebe):
    for identifier in IDS:
        recipe = figures.RECIPES[identifier]
        shown = " ".join(" ".join(text.get_text().split()) for text in texts(drawn(recipe, priebe)))
        assert "reconstructed from the text" in shown
        assert "reconstructed from the text" in recipe.caption(priebe, recipe.values(priebe))


def test_co_occurrence_shows_the_counts(priebe):
    """By hand from Table 1: of the five models with decision-making ability, two also have experiential knowledge."""
    data = figures.RECIPES["fig04_co_occurrence"].data(priebe).set_index(["feature", "other_feature"])
    assert data.loc[("experiential_knowledge", "decision_making")].tolist() == [2, 2]
    assert data.loc[("social_relationships", "social_relationships")].tolist() == [10, 10]


def test_the_tree_shows_what_all_trees_share(priebe, living_beings):
    """Ten models: 12 trees share no group but the whole (brute force in test_ties): one join, with a band. Living beings: 5 groups more."""
    figure = drawn(figures.RECIPES["fig09_groups"], priebe)
    assert [line.get_gid() for line in figure.axes[0].lines].count("tree:join") == 1
    assert sum(patch.get_gid() == "band" for patch in figure.axes[0].patches) == 1
    data = figures.RECIPES["fig09_groups"].data(priebe).set_index("part")["value"]
    assert data["trees"] == 12 and data["topologies"] == 12 and data["drawn"] == 0
    figure = drawn(figures.RECIPES["fig09_groups"], living_beings)
    assert [line.get_gid() for line in figure.axes[0].lines].count("tree:join") == 6
    columns = [line for line in figure.axes[0].lines if line.get_gid() == "member"]
    assert [len(line.get_ydata()) for line in columns] == [2, 2]  # the two groups that one tree each shows: Reed with Maize or with Spike-weed


def test_bootstrap_marks_stand_at_their_values(priebe):
    recipe = figures.RECIPES["fig18_bootstrap"]
    data = recipe.data(priebe)
    assert data["members"].iloc[0].split() and data.loc[0, ["by_tree", "bootstrap", "bootstrap_varying"]].tolist() == [1, 1, 1]  # the whole
    assert data["bootstrap"].is_monotonic_decreasing
    shown = data.iloc[1:17]  # all but the whole, sixteen at most
    marks = {line.get_gid(): line.get_xdata() for line in drawn(recipe, priebe).axes[0].lines if line.get_gid() in data.columns}
    assert set(marks) == {"by_tree", "bootstrap", "bootstrap_varying"}
    first, last = marks["bootstrap"][0], marks["bootstrap"][-1]
    scale = (first - last) / (shown["bootstrap"].iloc[0] - shown["bootstrap"].iloc[-1])  # millimetres for a share of 1
    for name, xs in marks.items():
        assert (xs - first) / scale == pytest.approx((shown[name] - shown["bootstrap"].iloc[0]).to_numpy())


def test_associations_of_all_features_that_vary(priebe):
    """Nine features of ten vary: 36 pairs. Decision-making and professionals are the same column, p = 2/252, of 20 tests between the tables."""
    data = figures.RECIPES["fig19_associations"].data(priebe)
    assert len(data) == 36 and data["family"].value_counts().to_dict() == {
        "resources with relationships": 20,
        "within resources": 10,
        "within relationships": 6,
    }
    best = data.loc[data["p"].idxmin()]
    assert (best["first"], best["second"], best["phi"]) == ("decision_making", "professionals", 1)
    assert best["p"] == pytest.approx(2 / 252) and best["holm"] == pytest.approx(20 * 2 / 252)
    shown = [text.get_text() for text in texts(drawn(figures.RECIPES["fig19_associations"], priebe))]
    assert shown.count("1.00") == 1 and "−0.67" in shown


def test_null_distributions_are_whole(priebe):
    """All 1,340,388 tables with the totals of Table 1 (R and brute force in test_nullmodels), in each of six bar charts."""
    data = figures.RECIPES["fig20_chance"].data(priebe)
    bars, results = data[data["part"] == "bar"], data[data["part"] == "result"].set_index("statistic")
    assert bars.groupby("statistic")["share"].sum().to_numpy() == pytest.approx(np.ones(6))
    assert set(results["tables"]) == {1_340_388} and set(results["all"]) == {"yes"}
    borders = bars.groupby("statistic").agg({"from_value": "min", "to_value": "max"}).loc[results.index]
    assert (borders["from_value"] < results["observed"]).all() and (results["observed"] < borders["to_value"]).all()
    figure = drawn(figures.RECIPES["fig20_chance"], priebe)
    assert sum(patch.get_gid() == "bar" for patch in figure.axes[0].patches) == (bars["share"] > 0).sum()


def test_containment_has_a_line_for_each_neighbour(priebe):
    """Table 1 by hand (letters: D decisions, E experience, I strengths, R recreation, A self-actualising; S for all): 11 neighbours, 10 boxes.

    Above R: DIR and ER; above D: DA, DE, DIR; above E: EI, DE, ER; above A: DA; above EI and above DE: DEI.
    """
    figure = drawn(figures.RECIPES["fig22_containment"], priebe)
    assert sum(line.get_gid() == "line" for line in figure.axes[0].lines) == 11
    assert sum(patch.get_gid() == "node" for patch in figure.axes[0].patches) == 10
    data = figures.RECIPES["fig22_containment"].data(priebe)
    assert data["features"].dropna().astype(int).tolist() == [4, 4, 3, 3, 3, 3, 2, 2, 2, 2]  # the totals printed in Table 1, sorted


def test_lines_of_an_order_lead_upwards_and_touch_no_other_box(priebe, living_beings):
    for identifier, review in (
        ("fig22_containment", priebe),
        ("fig24_lattice", priebe),
        ("fig25_lattice_second_table", priebe),
        ("fig24_lattice", living_beings),
    ):
        ax = drawn(figures.RECIPES[identifier], review).axes[0]
        boxes = [patch for patch in ax.patches if patch.get_gid() == "node"]
        for line in (line for line in ax.lines if line.get_gid() == "line"):
            xs, ys = line.get_data()
            assert all(a >= b for a, b in pairwise(ys)), "y counts from the top of the page"
            points = [
                (x0 + (x1 - x0) * t, y0 + (y1 - y0) * t) for (x0, y0), (x1, y1) in pairwise(zip(xs, ys, strict=True)) for t in np.linspace(0, 1, 60)
            ]
            for box in boxes:
                x, y, width, height = box.get_x(), box.get_y(), box.get_width(), box.get_height()
                assert not any(x + 0.1 < px < x + width - 0.1 and y + 0.1 < py < y + height - 0.1 for px, py in points), identifier


def test_the_lattice_names_everything_once(priebe):
    """14 concepts (brute force in test_lattice); every model and every resource is named in exactly one box."""
    data = figures.RECIPES["fig24_lattice"].data(priebe)
    nodes = data[data["part"] == "node"]
    assert len(nodes) == 14
    assert sorted(" ".join(nodes["own_items"]).split()) == sorted(priebe.items)
    assert sorted(" ".join(nodes["own_features"]).split()) == sorted(priebe.tables["resources"])


def test_the_truth_table_marks_contradictions(priebe):
    """By hand from Table 2: music therapy and therapeutic communities both use professionals and peers, peer support workers and self-help groups
    peers alone; the review calls only therapeutic communities and self-help groups reciprocal."""
    recipe = figures.RECIPES["fig27_truth_table_second_table"]
    data = recipe.data(priebe)
    assert data.loc[data["reciprocity"] == "both", "items"].tolist() == [
        "creative_music_therapy therapeutic_communities",
        "peer_support_workers self_help_groups",
    ]
    assert data["expertise"].value_counts().to_dict() == {"yes": 6, "no": 1, "not stated": 1}
    assert "Therapeutic communities, but not Creative music therapy" in recipe.caption(priebe, data)
    hatched = [patch for patch in drawn(recipe, priebe).axes[0].patches if patch.get_gid() == "unclear"]
    assert len(hatched) == 2 + 1  # one in the key


def test_the_fragility_map_has_every_code_and_its_quote(priebe):
    """100 cells and 20 ratings; a frame for each of the 29 codes with an alternative (alternatives.csv, counted in notebook 01)."""
    recipe = figures.RECIPES["fig28_fragility_map"]
    data = recipe.data(priebe)
    assert len(data) == 120 and (data["debatable"] == "yes").sum() == 29
    assert ((data["quote"] != "") == data["code"].isin(["yes", *{level for r in priebe.metadata.ratings for level in r.level_ids}])).all()
    patches = [patch.get_gid() for patch in drawn(recipe, priebe).axes[0].patches]
    assert patches.count("code") == 120 and patches.count("debatable") == 29


def test_the_specification_curve_has_a_mark_for_each_choice(priebe):
    """9 coefficients x 4 linkages x 2 x (1 + 12 codings) = 936; Ochiai with average and weighted linkage: 2 x 2 x 13 = 52 without a value."""
    recipe = figures.RECIPES["fig30_specification_curve"]
    data = recipe.data(priebe)
    assert len(data) == 936 and data["silhouette"].isna().sum() == 52
    ax = drawn(recipe, priebe).axes[0]
    marks = {collection.get_gid(): len(collection.get_segments()) for collection in ax.collections}
    assert marks["choice:coefficient:jaccard"] == 4 * 2 * 13 and marks["choice:coefficient:ochiai"] == 2 * 2 * 13
    assert marks["choice:coding:as coded"] == 2 * (9 * 4 - 2)
    curve = next(line for line in ax.lines if line.get_gid() == "curve")
    assert len(curve.get_xdata()) == 884 and all(a >= b for a, b in pairwise(curve.get_ydata()))


def test_the_ledger_pages_hold_every_conclusion(priebe):
    own, claims = (figures.RECIPES[name].data(priebe) for name in ("fig31_ledger", "fig32_ledger_of_claims"))
    assert len(claims) == 22 == len(priebe.claims)
    assert set(own["planned"]) == {"planned", "post hoc"}
    shown = " ".join(" ".join(text.get_text().split()) for text in texts(drawn(figures.RECIPES["fig32_ledger_of_claims"], priebe)))
    assert all(" ".join(quote.split()) in shown for quote in priebe.claims["quote"])


def test_network_has_a_line_for_each_yes(priebe):
    """Table 2 as printed has 16 Yes; evidence.csv hedges three of them and infers one."""
    figure = drawn(figures.RECIPES["fig05_network"], priebe)
    assert Counter(patch.get_gid() for patch in figure.axes[0].patches if patch.get_gid()) == {
        "link:explicit": 12,
        "link:hedged": 3,
        "link:inferred": 1,
    }


def test_network_does_not_depend_on_row_order(priebe):
    recipe = figures.RECIPES["fig05_network"]
    turned = load_review(priebe.folder)
    for name in turned.tables:
        turned.tables[name] = turned.tables[name].iloc[::-1]
    object.__setattr__(turned, "models", turned.models.iloc[::-1])
    labels = [[text.get_text() for text in texts(drawn(recipe, review))] for review in (priebe, turned)]
    assert labels[0] == labels[1]


@pytest.mark.parametrize("identifier", IDS[::18])
def test_saved_twice_gives_the_same_bytes(identifier, priebe, tmp_path, monkeypatch):
    """TIFF and EPS, too. Of every figure the PDF, SVG and PNG are held against those stored (test_build)."""
    recipe = figures.RECIPES[identifier]
    contents = []
    for attempt in ("one", "two"):
        folder = tmp_path / attempt
        folder.mkdir()
        with matplotlib.rc_context({"font.size": 20 if attempt == "two" else 10, "svg.hashsalt": attempt}):  # the user's own settings do not matter
            monkeypatch.setenv("SOURCE_DATE_EPOCH", "0" if attempt == "two" else "1000000000")
            figures.save(recipe, priebe, folder, figures.ON_REQUEST)
        contents.append({path.name: path.read_bytes() for path in sorted(folder.iterdir())})
    assert contents[0] == contents[1]


def test_formats_are_what_journals_ask_for(priebe, tmp_path):
    """PLOS: TIFF in red, green and blue, no alpha channel, LZW, 2250 pixels wide at most; Type 42 fonts; text that stays text."""
    plos = figures.find_preset("plos")
    recipe = figures.RECIPES["fig01_first_table"].on(plos.page())
    entry = figures.save(recipe, priebe, tmp_path, figures.Look(plos).more, plos.dpi)
    assert entry["files"] == [f"fig01_first_table.{ending}" for ending in ("pdf", "svg", "png", "tiff", "eps")]
    with Image.open(tmp_path / "fig01_first_table.tiff") as picture:
        assert (picture.mode, picture.info["compression"], picture.n_frames) == ("RGB", "tiff_lzw", 1)
        assert picture.width == 2250 and picture.height <= 2625 and picture.info["dpi"] == (300, 300)
        assert picture.tag_v2[270].encode("latin-1").decode() == entry["alt"]
    eps = (tmp_path / "fig01_first_table.eps").read_bytes()
    assert eps.startswith(b"%!PS-Adobe-3.0 EPSF") and b"/FontType 42" in eps and b"/FontType 3" not in eps
    assert b"%%BoundingBox: 0 0 540 " in eps  # 7.5 inches
    pdf = (tmp_path / "fig01_first_table.pdf").read_bytes()
    assert b"/FontFile2" in pdf and b"/Type3" not in pdf
    words = [node.text for node in ET.parse(tmp_path / "fig01_first_table.svg").getroot().iter("{http://www.w3.org/2000/svg}text")]
    assert "Befriending" in words and words.count("Yes") == 28 + 3 + 1  # in the table, in the key, and in "Yes in row"


def test_files_carry_title_and_alt_text(priebe, tmp_path):
    entry = figures.save(figures.RECIPES["fig01_first_table"], priebe, tmp_path)
    with Image.open(tmp_path / "fig01_first_table.png") as picture:
        assert picture.info["Title"] == entry["title"]
        assert picture.info["Description"] == entry["alt"]
        assert round(picture.width / picture.info["dpi"][0] * 25.4) == 178
    root = ET.parse(tmp_path / "fig01_first_table.svg").getroot()
    assert root.get("role") == "img"
    assert [child.text for child in root[:2]] == [entry["title"], entry["alt"]]
    assert b"/FontFile2" in (tmp_path / "fig01_first_table.pdf").read_bytes()  # fonts embedded as TrueType (Type 42), so text stays text
    data = pd.read_csv(tmp_path / "fig01_first_table.csv", keep_default_na=False)
    assert data["state"].value_counts().to_dict() == {"no": 32, "yes": 28}


def test_words_of_a_figure_begin_with_the_pattern_and_follow_the_values(priebe):
    """Every description starts with what is noticed first; none says that it is a picture; another table gives other words."""
    changed = priebe.with_code("resources", "befriending", "recreational_activities", "no")
    for identifier in IDS:
        recipe = figures.RECIPES[identifier]
        alt = recipe.alt(priebe, recipe.values(priebe))
        assert alt.startswith(recipe.pattern(priebe, recipe.values(priebe))) and len(alt) > len(recipe.pattern(priebe, recipe.values(priebe))) + 20
        assert not re.search(r"\b(image|picture|photo|graphic) of\b", alt.lower())
        if recipe.notebook == "09_shake_the_table" or identifier == "fig35_overview":
            continue  # these take seconds for each table, and quote what others plot
        if not recipe.values(changed).equals(recipe.values(priebe)):
            assert recipe.alt(changed, recipe.values(changed)) != alt, identifier


def test_words_are_made_from_the_plotted_values_alone(priebe):
    """A value changed in the values, and nowhere else, is another in the words: 28 Yes as printed, 27 without one."""
    recipe = figures.RECIPES["fig01_first_table"]
    values = recipe.data(priebe)
    values.loc[(values["item"] == "befriending") & (values["feature"] == "recreational_activities"), ["state", "certainty"]] = ["no", ""]
    assert "Befriending: Social relationships." in recipe.alt(priebe, values)
    assert "27 of 60 cells are Yes" in recipe.caption(priebe, values)


def test_another_script_gets_another_font_or_a_sentence(monkeypatch):
    """A sign that no font has is named; the house font alone serves Greek, Cyrillic, accents and signs."""
    assert fonts.fonts_for("à l’été, Ελληνικά, кириллица, $x_1$ <b> ✓") == ["DejaVu Sans"]
    monkeypatch.setattr(fonts, "_others", lambda: (("A font", "a path"),))
    monkeypatch.setattr(fonts, "_signs", lambda path: frozenset({ord("陪")}))
    fonts._font_with.cache_clear()
    assert fonts.fonts_for("陪 and 伴") == ["DejaVu Sans", "A font"]
    assert fonts.missing_signs(["陪伴", "ok"]) == ["伴"]
    assert fonts.measurable("伴") != "伴" and fonts.measurable("陪") == "陪"
    fonts._font_with.cache_clear()


def test_bounds_are_drawn_for_unclear_cells(priebe):
    """One unclear cell in Table 1: its row, its column and its counts have two bounds, and the tile has a question mark."""
    review = priebe.with_code("resources", "befriending", "recreational_activities", "unclear")
    shown = [text.get_text() for text in texts(drawn(figures.RECIPES["fig01_first_table"], review))]
    assert shown.count("?") == 2  # the cell and the key
    assert {"1–2", "2–3"} <= set(shown)
    assert "2–3" in [text.get_text() for text in texts(drawn(figures.RECIPES["fig04_co_occurrence"], review))]


def test_left_out_in_a_sentence(living_beings, capsys):
    assert figures.show("fig02_second_table", living_beings) is None
    assert "It needs a second table of features" in capsys.readouterr().out
    with pytest.raises(SynopsisError, match="Did you mean fig01_first_table"):
        figures.find("fig01_frist_table")


def test_wrap_breaks_inside_words_only_if_it_must():
    assert wrap("decision-making ability", 100) == "decision-making ability"
    assert wrap("decision-making", text_width("decision-") + 0.1) == "decision-\nmaking"
    assert wrap("", 10) == ""


@pytest.mark.parametrize("colour", [style.INK, style.QUIET, style.YES, *style.LINES])
def test_text_and_lines_stand_out_on_paper(colour):
    assert contrast(luminance(to_rgb(colour)), 1.0) >= 4.5


def test_counts_stand_out_on_their_tiles(living_beings):
    """5 of 8 is a middle blue: black text on it reaches 4.5:1, white does not."""
    figure = drawn(figures.RECIPES["fig04_co_occurrence"], living_beings)
    figure.canvas.draw()
    ax = figure.axes[1]
    faces = ax.collections[0].get_facecolors()
    annotated = [text for text in ax.texts if text.get_text().isdigit()]
    shown = [face for face in faces if face[3] > 0]
    assert len(annotated) == len(shown) == 45  # 9 x 10 / 2
    assert all(contrast(luminance(to_rgb(text.get_color())), luminance(face[:3])) >= 4.5 for text, face in zip(annotated, shown, strict=True))


def test_bars_of_combinations_are_as_long_as_they_have_items(priebe):
    """Table 2 by hand: two combinations belong to two models each, six to one; professionals are used by five models, peers by four."""
    recipe = figures.RECIPES["fig34_intersections_second_table"]
    data = recipe.values(priebe)
    assert data["n"].tolist() == [2, 2, 1, 1, 1, 1, 1, 1]
    assert data.loc[data["features"] == "peers", "members"].tolist() == ["peer_support_workers self_help_groups"]
    assert data.loc[data["features"] == "professionals peers", "members"].tolist() == ["creative_music_therapy therapeutic_communities"]
    patches = recipe.figure(priebe, data).axes[0].patches
    lengths = [patch.get_width() for patch in patches if patch.get_gid() == "bar"]
    assert np.array(lengths) / lengths[-1] == pytest.approx(data["n"])
    sizes = {patch.get_x(): (patch.get_height(), patch.get_y() + patch.get_height()) for patch in patches if patch.get_gid() == "size"}
    heights = [height for _, (height, _) in sorted(sizes.items())]
    assert np.array(heights) / heights[0] * 5 == pytest.approx([5, 4, 3, 4])  # professionals, peers, friends, family, as printed
    assert len({round(foot, 6) for _, foot in sizes.values()}) == 1  # all stand on one line


def test_dots_of_combinations_are_their_features(priebe):
    recipe = figures.RECIPES["fig33_intersections"]
    data = recipe.values(priebe)
    members = [line for line in recipe.figure(priebe, data).axes[0].lines if line.get_gid() == "member"]
    assert [len(line.get_xdata()) for line in members] == data["features"].str.split().str.len().tolist()
    assert data["features"].str.split().str.len().sum() == 28  # the Yes of Table 1 as printed


def test_the_overview_shows_what_the_other_figures_show(priebe):
    """Each panel against the figure that shows the same at length, and its marks against its values."""
    recipe = figures.RECIPES["fig35_overview"]
    data = recipe.values(priebe)
    codes, chance, firm = (data[data["panel"] == name] for name in ("codes", "chance", "firmness"))
    assert (codes["state"] == "yes").sum() == 28 + 16  # Tables 1 and 2 as printed
    told = figures.RECIPES["fig20_chance"].values(priebe)
    told = told[told["part"] == "result"].set_index("statistic")
    assert chance["lowest"].tolist() == pytest.approx((1 - told.loc[chance["name"], "p_upper"]).tolist())
    assert chance["highest"].tolist() == pytest.approx(told.loc[chance["name"], "p_lower"].tolist())
    conclusions, claims = (figures.RECIPES[name].values(priebe) for name in ("fig29_conclusions_by_change", "fig32_ledger_of_claims"))
    for kind, flag in (("planned", "yes"), ("post hoc", "no")):
        wanted = [int((conclusions.loc[conclusions["planned"] == flag, "changes"] == number).sum()) for number in (1, 2, 3)]
        assert firm.loc[firm["part"] == kind, "count"].tolist() == wanted
    assert firm.loc[firm["part"] == "the review’s own", "count"].tolist()[:2] == [(claims["fewest"] == "1").sum(), (claims["fewest"] == "2").sum()]
    ax = recipe.figure(priebe, data).axes[0]
    lines = [line for line in ax.lines if line.get_linewidth() == 0.5 and len(set(line.get_ydata())) == 1]
    marks = [patch for patch in ax.patches if patch.get_gid() == "standing"]
    for mark, row in zip(marks, chance.itertuples(), strict=True):
        scale = next(line for line in lines if abs(line.get_ydata()[0] - mark.get_y() - mark.get_height() / 2) < 1e-6)
        left, right = scale.get_xdata()
        middle = (mark.get_x() + mark.get_width() / 2 - left) / (right - left)
        assert middle == pytest.approx((row.lowest + row.highest) / 2, abs=0.011)  # a mark has a least width and stays on its line


def test_everything_is_enlarged_alike():
    with style.house_style():
        figure, ax = new_page(50, 30)
        line = ax.plot([5, 10], [5, 5], "o--", linewidth=1, markersize=4, markeredgewidth=0.5)[0]
        dashes = line._dash_pattern[1]
        text, patch = ax.text(5, 20, "a", fontsize=7), ax.add_patch(Rectangle((20, 5), 5, 5, linewidth=0.8))
        enlarge(figure, 2)
    assert figure.get_size_inches() * style.MM_PER_INCH == pytest.approx([100, 60])
    assert (line.get_linewidth(), line.get_markersize(), line.get_markeredgewidth()) == (2, 8, 1)
    assert (text.get_fontsize(), patch.get_linewidth()) == (14, 1.6)
    assert line._dash_pattern[1] == [2 * length for length in dashes]
