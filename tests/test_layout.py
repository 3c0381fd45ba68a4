"""The layout of orders, and tables of text, on small cases that can be seen by eye."""

from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.plotting import TextColumn, draw_distribution, new_page, text_table_height
from helpers.plotting.layers import crossings, heights, laid_out
from helpers.plotting.page import text_height
from helpers.plotting.text_table import AIR
from helpers.style import SMALL_PT


def test_heights_are_longest_ways():
    """A diamond with a tail: 0 below 1 and 2, both below 3, and 0 below 3 as well."""
    assert heights(5, [(0, 1), (0, 2), (1, 3), (2, 3), (0, 3), (3, 4)]) == [0, 1, 1, 2, 3]
    assert heights(2, []) == [0, 0]


def test_two_crossing_lines_are_untangled():
    """0 and 1 below, 2 and 3 above, joined crosswise: exchanging one layer frees both."""
    assert crossings([[0, 1], [2, 3]], [(0, 3), (1, 2)]) == 1
    layout = laid_out([10] * 4, [0, 0, 1, 1], [(0, 3), (1, 2)], 4, 100)
    assert crossings(layout.layers, [(0, 3), (1, 2)]) == 0


def test_a_long_line_gets_a_place_of_its_own_in_each_layer_between():
    layout = laid_out([10, 10, 10], [0, 1, 2], [(0, 1), (1, 2), (0, 2)], 4, 60)
    assert [level for level, _ in layout.routes[2]] == [0, 1, 2]
    passage = layout.routes[2][1][1]
    assert abs(passage - layout.x[1]) >= 5 + 1 + 4 - 1e-9  # half a node, half a passage, the gap
    assert layout.width == 10 + 4 + 2


@given(st.lists(st.tuples(st.integers(0, 3), st.floats(3, 30)), min_size=1, max_size=12), st.data())
def test_nodes_of_a_layer_never_overlap_and_stay_on_the_page(nodes, data):
    ranks = {level: place for place, level in enumerate(sorted({level for level, _ in nodes}))}
    levels = [ranks[level] for level, _ in nodes]
    possible = [(a, b) for a in range(len(nodes)) for b in range(len(nodes)) if levels[a] < levels[b]]
    edges = data.draw(st.lists(st.sampled_from(possible), unique=True, max_size=14)) if possible else []
    widths = [width for _, width in nodes]
    layout = laid_out(widths, levels, edges, 4, 150)
    assert sorted(node for layer in layout.layers for node in layer) == list(range(len(nodes)))
    page = max(150, layout.width)
    for layer in layout.layers:
        for one, other in pairwise(layer):
            assert layout.x[other] - layout.x[one] >= (widths[one] + widths[other]) / 2 + 4 - 1e-6
        assert all(widths[node] / 2 - 1e-6 <= layout.x[node] <= page - widths[node] / 2 + 1e-6 for node in layer)


def test_a_text_table_grows_with_its_longest_cell():
    columns = [TextColumn("a", 30), TextColumn("b", 30)]
    short = text_table_height(columns, [("x", "y"), ("x", "y")], ["", ""])
    long = text_table_height(columns, [("x", "a text that needs two lines at the least"), ("x", "y")], ["", ""])
    assert long > short
    grouped = text_table_height(columns, [("x", "y"), ("x", "y")], ["one", "other"])
    assert grouped > short
    third = text_table_height(columns, [("x", "y")] * 3, [""] * 3)
    assert abs(third - short - text_height("x", SMALL_PT) - AIR) < 1e-9


@pytest.mark.parametrize("mean", [0.0, 0.05, 0.5, 0.95, 1.0])
def test_the_mark_of_the_mean_keeps_clear_of_the_numbers(mean):
    """Bars from 0 to 1; the triangle is below the axis, where the least and the greatest value stand at either end."""
    figure, page = new_page(60, 40)
    bars = pd.DataFrame({"from_value": [0.0, 0.5], "to_value": [0.5, 1.0], "share": [0.5, 0.5]})
    draw_distribution(page, bars, 0.3, mean, 5, 5, 40, 25)
    figure.canvas.draw()
    mark = next(line for line in page.lines if line.get_gid() == "mean").get_window_extent()
    assert len(page.texts) == 3 and not any(text.get_window_extent().overlaps(mark) for text in page.texts)
