"""Groups as lines of dots, one dot a member, beside or below names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from matplotlib.axes import Axes

from ..style import INK, RULE

LANE = 5.0


def draw_memberships(ax: Axes, groups: Sequence[Sequence[str]], lanes: Sequence[float], places: Mapping[str, float], upright: bool) -> Axes:
    """Draw each group as a filled dot for each member, joined by a line, and pale dots for the others.

    Parameters
    ----------
    ax : Axes
        A page in millimetres (`new_page`).
    groups : sequence of sequence of str
    lanes : sequence of float
        The x of each group if `upright`, else its y, in millimetres.
    places : mapping of str to float
        The y of each name if `upright`, else its x, in millimetres.
    upright : bool

    Returns
    -------
    Axes
    """
    for group, lane in zip(groups, lanes, strict=True):
        inside, outside = [places[name] for name in group], [place for name, place in places.items() if name not in group]
        marks = [
            (outside, {"linestyle": "none", "marker": "o", "markersize": 2.2, "color": RULE}),
            ([min(inside), max(inside)] if inside else [], {"color": INK, "linewidth": 0.8}),
            (inside, {"linestyle": "none", "marker": "o", "markersize": 4.2, "color": INK, "gid": "member"}),
        ]
        for along, look in marks:
            across = [lane] * len(along)
            ax.plot(*((across, along) if upright else (along, across)), **look)
    return ax
