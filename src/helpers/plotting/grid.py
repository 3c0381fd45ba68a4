"""Items in a grid of boxes: bands from top to bottom, columns from left to right, and in each band a lane for every item that can stand there."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from ..style import INK, PAPER, QUIET, SMALL_PT, TEXT_PT, YES, YES_HEDGED
from .page import text_height, text_width, wrap, write

STRIP_GAP = 3.0
LANE_GAP = 1.6
PADDING = 1.6
EMPTY_BAND = 7.0
MARK_ROOM = 4.2
POSSIBLE = "possible"
MARKS = {
    "explicit": {"color": YES, "markeredgecolor": YES},
    "hedged": {"color": YES_HEDGED, "markeredgecolor": YES},
    "inferred": {"color": PAPER, "markeredgecolor": YES},
    POSSIBLE: {"color": PAPER, "markeredgecolor": QUIET},
}


@dataclass(frozen=True)
class Frame:
    """Where the grid stands on the page, in millimetres, and what its rows and columns are.

    Attributes
    ----------
    left, top, width : float
        The corner of the boxes, below the column headings, and the width of all columns together.
    columns, bands : dict of str to str
        Each level with its name; bands from top to bottom.
    apart : str
        The level, of either, that stands outside the grid as a strip.
    """

    left: float
    top: float
    width: float
    columns: dict[str, str]
    bands: dict[str, str]
    apart: str

    @property
    def column_width(self) -> float:
        return (self.width - STRIP_GAP * (self.apart in self.columns)) / len(self.columns)

    def x(self, column: str) -> float:
        """The left edge of a column."""
        return self.left + list(self.columns).index(column) * self.column_width + STRIP_GAP * (column == self.apart)


def heading_height(frame: Frame) -> float:
    """The height of the column headings, in millimetres."""
    return max(text_height(wrap(name, frame.column_width - 2, weight="bold")) for name in frame.columns.values()) + 2.5


def fits(labels: list[str], frame: Frame) -> bool:
    """Whether every name fits a box without being torn."""
    room = frame.column_width - MARK_ROOM - PADDING
    return all(text_width(wrap(label, room)) <= room for label in labels)


def draw_grid(ax: Axes, marks: pd.DataFrame, frame: Frame) -> float:
    """Draw the grid.

    Parameters
    ----------
    ax : Axes
        A page in millimetres (`new_page`).
    marks : DataFrame with columns `item`, `label`, `x`, `y`, `kind`
        One row for each box an item can stand in; `kind` is "explicit", "hedged" or "inferred" for the coded box, "possible" for the others.
        Items stand in the order of the rows.
    frame : Frame

    Returns
    -------
    float
        The y below the grid, in millimetres.
    """
    for column, name in frame.columns.items():
        middle = frame.x(column) + frame.column_width / 2
        write(ax, middle, frame.top - 2, wrap(name, frame.column_width - 2, weight="bold"), ha="center", va="baseline", weight="bold")
    y = frame.top
    for band, name in frame.bands.items():
        y += STRIP_GAP if band == frame.apart else 0
        lanes, head = _lanes(marks[marks["y"] == band], frame), wrap(name, frame.left - 5, weight="bold")
        height = max(EMPTY_BAND, sum(lane_height for _, lane_height in lanes) + 2 * PADDING, text_height(head) + 2)
        for column in frame.columns:
            strip = frame.apart in (band, column)
            face = "#f4f6f8" if strip else PAPER
            ax.add_patch(Rectangle((frame.x(column), y), frame.column_width, height, facecolor=face, edgecolor=QUIET, linewidth=0.6, gid="box"))
        write(ax, frame.left - 2, y + height / 2, head, ha="right", weight="bold")
        lane_top = y + PADDING
        for lane, lane_height in lanes:
            _draw_lane(ax, lane, frame, lane_top + lane_height / 2)
            lane_top += lane_height
        y += height
    return y


def draw_mark_key(ax: Axes, x: float, y: float, meanings: dict[str, str], width: float) -> float:
    """The meaning of the marks that occur; returns the y below it, in millimetres."""
    left = x
    for kind, meaning in meanings.items():
        needed = 4 + text_width(meaning, SMALL_PT) + 5
        if x > left and x + needed - 5 > left + width:
            x, y = left, y + 4.6
        _mark(ax, x + 1.5, y + 1.8, kind)
        write(ax, x + 4, y + 1.8, meaning, SMALL_PT)
        x += needed
    return y + 3.6


def _lanes(marks: pd.DataFrame, frame: Frame) -> list[tuple[pd.DataFrame, float]]:
    """The marks of each item in one band with the height of its lane: items coded here first, from left to right."""
    room = frame.column_width - MARK_ROOM - PADDING
    order = {column: position for position, column in enumerate(frame.columns)}
    lanes = []
    for number, (_, lane) in enumerate(marks.groupby("item", sort=False)):
        coded = lane[lane["kind"] != POSSIBLE]
        first = coded if len(coded) else lane
        lanes.append(((not len(coded), order[first["x"].iloc[0]], number), lane, text_height(wrap(lane["label"].iloc[0], room)) + LANE_GAP))
    return [(lane, height) for _, lane, height in sorted(lanes, key=lambda entry: entry[0])]


def _draw_lane(ax: Axes, lane: pd.DataFrame, frame: Frame, y: float) -> None:
    room = frame.column_width - MARK_ROOM - PADDING
    spots = sorted(frame.x(column) + 2.2 for column in lane["x"])
    ax.plot([spots[0], spots[-1]], [y, y], color=QUIET, linewidth=0.6, linestyle=(0, (2, 1.2)), zorder=1)
    for mark in lane.itertuples():
        x = frame.x(mark.x) + 2.2
        _mark(ax, x, y, mark.kind)
        label = wrap(mark.label, room)
        colour = QUIET if mark.kind == POSSIBLE else INK
        style = "italic" if mark.kind == POSSIBLE else "normal"
        face = "#f4f6f8" if frame.apart in (mark.x, mark.y) else PAPER
        write(
            ax, x + 2, y, label, TEXT_PT, color=colour, fontstyle=style, zorder=2, bbox={"facecolor": face, "edgecolor": "none", "pad": 0.8}
        )  # fmt: skip


def _mark(ax: Axes, x: float, y: float, kind: str) -> None:
    shape = "D" if kind == "inferred" else "o"
    ax.plot(x, y, shape, markersize=4.6 if shape == "o" else 4, markeredgewidth=0.9, linestyle="none", zorder=3, gid=kind, **MARKS[kind])
