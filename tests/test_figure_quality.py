"""Can every figure be read on every page: by its text, its marks, by colour-blind readers and in grey? A covering part of it; the rest in `bench`.

Each figure is drawn for each review on the page of two columns; at its own least width, or in one column where that is wider; and for one preset
in turn. `benchmarks/figures.py` draws every figure for every preset.
"""

import csv
import re

import pytest
from made_up import MADE_UP, made_up
from matplotlib.patches import Rectangle
from quality import LOOK_DPI, confused_marks, faint_marks, hard_to_read, outside, overlapping, problems, seen_apart, too_small

from helpers import SynopsisError, build, figures, style
from helpers.build import ROOT
from helpers.figures.presets import HOUSE, TABLE, presets
from helpers.plotting import draw_key, new_page
from helpers.plotting.page import write
from helpers.style import PAGE_HEIGHT_MM, Page

IDS = list(figures.RECIPES)
SLOW = ("fig20_chance", "fig35_overview")


@pytest.fixture(scope="module", params=["priebe", "living_beings", *MADE_UP])
def review(request, tmp_path_factory):
    if request.param not in MADE_UP:
        return request.getfixturevalue(request.param)
    return made_up(request.param, tmp_path_factory.mktemp("made_up"))


def assert_readable(recipe, review, least_pt):
    figure = recipe.figure(review, recipe.values(review))
    assert problems(figure, least_pt) == []
    width, height = figure.get_size_inches() * style.MM_PER_INCH
    assert width <= recipe.page.width + 0.01 and height <= recipe.page.height + 0.01


@pytest.mark.parametrize("identifier", IDS)
def test_on_the_page_of_two_columns(identifier, review):
    recipe = figures.RECIPES[identifier]
    if len(review.items) == 30 and identifier in SLOW:
        pytest.skip(f"{identifier} takes long for 30 items; `bench` draws it")
    if need := recipe.missing(review):
        pytest.skip(f"{identifier} is left out for this review: it needs {need}")
    assert_readable(recipe, review, 7)


@pytest.mark.parametrize("identifier", IDS)
def test_in_one_column_or_at_its_least_width(identifier, priebe):
    recipe = figures.RECIPES[identifier]
    refused = recipe.on(HOUSE.page(1)).missing(priebe)
    width = recipe.least_width(priebe, 86) if refused else HOUSE.one_column
    assert_readable(recipe.on(Page(width, PAGE_HEIGHT_MM)), priebe, 7)
    assert refused == (f"a page at least {width} mm wide; this one has 85 mm" if refused else "")


@pytest.mark.parametrize(("number", "identifier"), list(enumerate(IDS)))
def test_for_one_preset_in_turn(number, identifier, priebe, living_beings):
    """Every preset meets about seven figures, in one column and in two."""
    preset = list(presets().values())[number % 5]
    for review, columns in ((priebe, 2 - number // 5 % 2), (living_beings, 1 + number // 5 % 2)):
        recipe = figures.RECIPES[identifier].on(preset.page(columns))
        if not recipe.missing(review):
            assert_readable(recipe, review, preset.least_text)


def test_the_readme_names_the_figures_of_one_column(priebe):
    line = next(line for line in (ROOT / "README.md").read_text(encoding="utf-8").splitlines() if line.startswith("| `--columns 1`"))
    fit = [identifier[:5] for identifier in IDS if not figures.RECIPES[identifier].on(HOUSE.page(1)).missing(priebe)]
    assert re.findall(r"fig\d\d", line) == fit


def test_letters_keep_within_a_presets_limits(priebe):
    """Nature asks for 5 to 7 points: our largest letters are 8.5 points before they are made smaller."""
    recipe = figures.RECIPES["fig01_first_table"].on(presets()["nature"].page())
    sizes = {text.get_fontsize() for text in recipe.figure(priebe, recipe.data(priebe)).axes[0].texts}
    assert max(sizes) == pytest.approx(7) and min(sizes) >= 5


def test_every_preset_is_whole_and_names_its_sources():
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    kinds = {row["property"] for row in rows}
    assert {row["preset"] for row in rows} == {"cambridge", "elsevier", "nature", "plos", "slide"}
    assert len(rows) == len(kinds) * 5 and all(row["source"].startswith("http") or row["source"] == "house default" for row in rows)
    assert all(row["note"] for row in rows if row["source"] == "house default" and row["preset"] != "slide")
    plos = presets()["plos"]  # 2250 by 2625 pixels at 300 dots per inch, as its guide has it
    assert (round(plos.two_columns / 25.4 * 300, 6), round(plos.height / 25.4 * 300, 6)) == (2250, 2625)


def test_a_page_too_narrow_is_refused_in_a_sentence(tmp_path):
    look = figures.Look(presets()["elsevier"], columns=1)
    with pytest.raises(SynopsisError, match=r"fig09_groups cannot be drawn\. It needs a page at least \d+ mm wide; this one has 90 mm"):
        build.draw_one(ROOT / "data" / "priebe2014", "fig09_groups", tmp_path / "out", look)
    with pytest.raises(SynopsisError, match=r'no preset "natur"\. Did you mean nature\?'):
        figures.find_preset("natur")


# The tests above prove something only if a bad figure does not pass.


@pytest.fixture
def page():
    with style.house_style():
        figure, ax = new_page(80, 40)
        figure.set_dpi(LOOK_DPI)
        draw_key(ax, 3, 30, {"explicit": "Yes", "no": "No"}, 70)
        assert problems(figure) == []
        yield ax


def found(ax, judge):
    figure = ax.get_figure()
    figure.canvas.draw()
    return judge(figure)


def test_text_over_text_is_found(page):
    write(page, 13, 32, "laid across")
    assert found(page, overlapping)


@pytest.mark.parametrize("place", [(-1, 10), (75, 10), (40, 0), (40, 40)])
def test_text_off_the_page_is_found(page, place):
    write(page, *place, "a long text")
    assert found(page, outside)


def test_a_mark_off_the_page_is_found(page):
    page.add_patch(Rectangle((70, 10), 20, 4))
    assert found(page, outside)


def test_small_text_is_found(page):
    write(page, 10, 10, "small", 6.5)
    assert found(page, lambda figure: too_small(figure, 7))


@pytest.mark.parametrize(("ink", "face", "readable"), [("#767676", "white", True), ("#808080", "white", False), ("black", "#174a7c", False)])
def test_text_that_does_not_stand_out_is_found(page, ink, face, readable):
    """#767676 on white is the known limit of 4.5:1 (4.54); black on our dark blue has 2.3:1."""
    page.add_patch(Rectangle((5, 5), 40, 10, facecolor=face, edgecolor="none"))
    write(page, 10, 10, "words", color=ink)
    assert bool(found(page, hard_to_read)) is not readable


def test_a_line_through_a_word_is_found(page):
    write(page, 10, 10, "words")
    page.plot([5, 40], [10, 10], color="black", linewidth=2)
    assert found(page, hard_to_read)


@pytest.mark.parametrize(("colour", "faint"), [("#c0c0c0", True), ("#9a9a9a", True), ("#949494", False)])
def test_a_faint_mark_is_found(page, colour, faint):
    """#949494 on white is the known limit of 3:1 (3.03); #9a9a9a has 2.81."""
    page.plot([10, 20], [10, 10], color=colour, gid="faint")
    assert bool(found(page, faint_marks)) is faint


@pytest.mark.parametrize(
    ("one", "other", "sight"),
    [
        ("#d62728", "#2ca02c", "deuteranopia"),
        ("#d62728", "#8c564b", "protanopia"),
        ("#2a9d8f", "#3f8fd0", "tritanopia"),
        ("#b3541e", "#1b7f5c", "grey"),
    ],
)
def test_colours_that_some_reader_confuses_are_found(page, one, other, sight):
    for x, colour, name in ((10, one, "first"), (20, other, "second")):
        page.add_patch(Rectangle((x, 10), 5, 5, facecolor=colour, edgecolor=colour, gid=name))
    assert any(sight in text for text in found(page, confused_marks))
    page.patches[-1].set_hatch("//")  # told apart by more than colour
    assert found(page, confused_marks) == []


def test_the_simulations_are_those_published():
    """Red and green of equal lightness are far apart, but not for a reader without middle cones."""
    far = seen_apart([(0.8, 0.2, 0.2)], [(0.2, 0.55, 0.2)])
    assert far["full colour vision"] > 40 > 25 > far["deuteranopia"]
    assert seen_apart([(0, 0, 0)], [(1, 1, 1)])["a grey photocopy"] == pytest.approx(100, abs=0.5)
