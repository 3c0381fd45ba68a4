"""The same drawing, larger or smaller: every length, line, mark and letter by one factor."""

from __future__ import annotations

from matplotlib.collections import Collection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.text import Text


def enlarge(figure: Figure, factor: float) -> Figure:
    """Change the size of a figure and of all it holds, in place; nothing in it moves against anything else.

    Parameters
    ----------
    figure : Figure
        Its Axes stand at shares of the page, as those of `new_page` and `inset` do.
    factor : float
        Above 0; 1 leaves the figure as it is.

    Returns
    -------
    Figure

    Examples
    --------
    >>> figure = Figure(figsize=(2, 1))
    >>> _ = figure.add_axes((0, 0, 1, 1)).text(0, 0, "a", fontsize=7)
    >>> enlarge(figure, 2).get_size_inches().tolist(), figure.axes[0].texts[0].get_fontsize()
    ([4.0, 2.0], 14.0)
    """
    if factor == 1:
        return figure
    figure.set_size_inches(figure.get_size_inches() * factor)
    for text in figure.findobj(Text):
        text.set_fontsize(text.get_fontsize() * factor)  # the frame of a text counts in its size
    for line in figure.findobj(Line2D):
        line.set_linewidth(line.get_linewidth() * factor)  # dashes count in the width of their line
        line.set_markersize(line.get_markersize() * factor)
        line.set_markeredgewidth(line.get_markeredgewidth() * factor)
    for patch in figure.findobj(Patch):
        patch.set_linewidth(patch.get_linewidth() * factor)
    for collection in figure.findobj(Collection):
        collection.set_linewidth([width * factor for width in collection.get_linewidth()])
    return figure
