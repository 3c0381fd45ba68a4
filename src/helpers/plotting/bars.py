"""Shares and counts as lying bars: where a value stands between 0 and 100%, and how many of each kind there are."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from ..style import INK, PAPER, QUIET, RULE, SMALL_PT, readable_on
from .page import text_height, text_width, wrap, write

ROW, BAR = 5.2, 3.8
SHORTEST_MARK = 0.6
TINTS = ((QUIET, "solid"), ("#b4b9bf", "solid"), (PAPER, (0, (2, 1.2))))  # face and edge; no blue, which stands for Yes


def draw_standings(ax: Axes, rows: Sequence[tuple[str, float, float]], left: float, top: float, label_width: float, width: float) -> float:
    """Draw one line from 0 to 100% for each row, with a mark on the part of it that the row takes.

    Parameters
    ----------
    ax : Axes
        A page in millimetres (`new_page`).
    rows : sequence of (str, float, float)
        The name, and the least and the greatest share, 0 to 1.
    left, top, label_width, width : float
        In millimetres; the width is that of the lines.

    Returns
    -------
    float
        The y below the scale, in millimetres.
    """
    start, y = left + label_width, top
    for tick in (0, 25, 50, 75, 100):
        x = start + tick / 100 * width
        ax.plot([x, x], [top, top + len(rows) * ROW], color=RULE, linewidth=0.4, zorder=0)
        write(ax, x, top + len(rows) * ROW + 2.2, f"{tick}%", SMALL_PT, ha="center", color=QUIET)
    for name, low, high in rows:
        middle = y + ROW / 2
        write(ax, start - 2, middle, name, SMALL_PT, ha="right")
        ax.plot([start, start + width], [middle, middle], color=QUIET, linewidth=0.5)
        length = max((high - low) * width, SHORTEST_MARK)
        x = min(max(start + (low + high) / 2 * width - length / 2, start), start + width - length)
        ax.add_patch(Rectangle((x, middle - 1.3), length, 2.6, facecolor=INK, edgecolor=INK, linewidth=0.4, gid="standing"))
        y += ROW
    return y + 4.2


def draw_counts(
    ax: Axes, rows: Sequence[tuple[str, Sequence[int]]], kinds: Sequence[str], left: float, top: float, label_width: float, width: float
) -> float:
    """Draw one bar for each row, made of a piece for each kind with its number, and a key below.

    Parameters
    ----------
    ax : Axes
        A page in millimetres (`new_page`).
    rows : sequence of (str, sequence of int)
        The name, and the number of each kind.
    kinds : sequence of str
        Three at most, from the darkest tint to white.
    left, top, label_width, width : float
        In millimetres; the width is that of the longest bar.

    Returns
    -------
    float
        The y below the key, in millimetres.
    """
    start, y, most = left + label_width, top, max(1, *(sum(counts) for _, counts in rows))
    for name, counts in rows:
        write(ax, start - 2, y + BAR / 2, name, SMALL_PT, ha="right")
        x = start
        for count, (tint, edge), kind in zip(counts, TINTS, kinds, strict=False):
            size = count / most * width
            if count:
                ax.add_patch(Rectangle((x, y), size, BAR, facecolor=tint, edgecolor=QUIET, linewidth=0.5, linestyle=edge, gid=kind))
                if size > text_width(str(count), SMALL_PT) + 0.8:
                    write(ax, x + size / 2, y + BAR / 2, str(count), SMALL_PT, ha="center", color=readable_on(tint))
            x += size
        y += ROW
    return _key(ax, kinds, left, y + 1, label_width + width)


def _key(ax: Axes, kinds: Sequence[str], left: float, y: float, width: float) -> float:
    x = left
    for kind, (tint, edge) in zip(kinds, TINTS, strict=False):
        words = wrap(kind, width - 5, SMALL_PT)
        if x > left and x + 4.2 + text_width(words, SMALL_PT) > left + width:
            x, y = left, y + 4.2
        ax.add_patch(Rectangle((x, y), 3.2, 2.8, facecolor=tint, edgecolor=QUIET, linewidth=0.5, linestyle=edge, gid=kind))
        write(ax, x + 4.2, y + 1.4, words, SMALL_PT)
        x += 4.2 + text_width(words, SMALL_PT) + 4
    return y + text_height("x", SMALL_PT) + 0.5
