"""Can a figure be read? What is wrong with it, in sentences; nothing if all is well.

Shared by the tests, which look at some figures on some pages, and by `benchmarks/figures.py`, which looks at all of them.
"""

from itertools import combinations

import numpy as np
from colorspacious import cspace_convert
from matplotlib.collections import LineCollection
from matplotlib.colors import to_rgb, to_rgba
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from matplotlib.text import Text

from helpers.style import house_style

LOOK_DPI = 150
SLACK_MM = 0.08  # neighbouring lines of text may touch
TEXT_CONTRAST, MARK_CONTRAST = 4.5, 3.0  # WCAG 2.2: 1.4.3 and 1.4.11
CLEAR = 0.9  # of what lies under a text must stand out from it: a line may run under its edge
APART = 10.0  # the least distance of two colours (CAM02-UCS, where 1 is just noticed) that have nothing else to tell them apart
DIMNESS = {"deuteranopia": "deuteranomaly", "protanopia": "protanomaly", "tritanopia": "tritanomaly"}
# Cells whose colour stands for a number: the number is written in them, or in the key, so that colour is not the only sign. "debatable" is a frame
# within such a cell, in black or white, whichever stands out on it.
AMOUNTS = ("code", "share", "debatable")


def problems(figure, least_pt=7.0):
    """Everything that is wrong with a figure.

    Parameters
    ----------
    figure : Figure
    least_pt : float
        The least size of text, in points as printed.

    Returns
    -------
    list of str
    """
    with house_style():
        figure.set_dpi(LOOK_DPI)
        figure.draw_without_rendering()
        found = [*overlapping(figure), *outside(figure), *too_small(figure, least_pt), *hard_to_read(figure)]
        return [*found, *faint_marks(figure), *confused_marks(figure)]


def texts(figure):
    return [text for text in figure.findobj(Text) if text.get_text().strip() and text.get_visible() and text.axes is not None]


def overlapping(figure):
    """Texts that lie over each other."""
    slack = SLACK_MM / 25.4 * figure.dpi
    boxes = [(text.get_text(), _box(text, figure)) for text in texts(figure)]
    return [
        f'"{a}" lies over "{b}"'
        for (a, p), (b, q) in combinations(boxes, 2)
        if p[0] + slack < q[2] and q[0] + slack < p[2] and p[1] + slack < q[3] and q[1] + slack < p[3]
    ]


def outside(figure):
    """Texts, marks and lines that leave the page."""
    width, height = figure.get_size_inches() * figure.dpi
    drawn = [(f'"{text.get_text()}"', _box(text, figure)) for text in texts(figure)]
    shapes = figure.findobj(lambda artist: isinstance(artist, Line2D | Rectangle) and artist.axes is not None and artist is not artist.axes.patch)
    shapes = [shape for shape in shapes if shape.get_visible() and not (isinstance(shape, Line2D) and not len(shape.get_xdata()))]
    drawn += [(f"a {type(shape).__name__} {shape.get_gid() or ''}", _box(shape, figure)) for shape in shapes]
    slack = SLACK_MM / 25.4 * figure.dpi
    return [f"{name} leaves the page" for name, (x0, y0, x1, y1) in drawn if min(x0, y0) < -slack or x1 > width + slack or y1 > height + slack]


def too_small(figure, least_pt):
    return [f'"{t.get_text()}" has {t.get_fontsize():.1f} pt, less than {least_pt:g}' for t in texts(figure) if t.get_fontsize() < least_pt - 1e-6]


def hard_to_read(figure):
    """Texts that do not stand out from what lies under them, looked at in the picture itself."""
    shown = texts(figure)
    colours = [text.get_color() for text in shown]
    for text in shown:
        text.set_color((0, 0, 0, 0))
        text.set_visible(text.get_bbox_patch() is not None)  # whose ground is seen
    figure.canvas.draw()
    picture = np.asarray(figure.canvas.buffer_rgba())[..., :3] / 255
    for text, colour in zip(shown, colours, strict=True):
        text.set_color(colour)
        text.set_visible(True)
    found = []
    for text in shown:
        x0, y0, x1, y1 = (round(edge) for edge in _box(text, figure))
        under = picture[max(picture.shape[0] - y1, 0) : picture.shape[0] - y0, max(x0, 0) : x1].reshape(-1, 3)
        clear = (contrast(luminance(to_rgb(text.get_color())), luminance(under)) >= TEXT_CONTRAST).mean() if len(under) else 1.0
        if clear < CLEAR:
            found.append(f'"{text.get_text()}" stands out from {clear:.0%} of what lies under it')
    return found


def faint_marks(figure):
    """Marks that neither their face nor their edge sets off from the paper."""
    return [
        f'the mark "{name}" is too faint'
        for name, looks in _marks(figure).items()
        if name not in AMOUNTS and max(contrast(luminance(colour), 1.0) for _, colours in looks for colour in colours) < MARK_CONTRAST
    ]


def confused_marks(figure):
    """Kinds of marks that only colour tells apart, where some reader cannot tell the colours apart."""
    found = []
    for (one, a), (other, b) in combinations(_marks(figure).items(), 2):
        if {shape for shape, _ in a} & {shape for shape, _ in b} and not {one, other} & set(AMOUNTS):
            first, second = (np.array(next(iter(looks))[1]) for looks in (a, b))
            found += [f'"{one}" and "{other}" look the same with {sight}' for sight, apart in seen_apart(first, second).items() if apart < APART]
    return found


def seen_apart(first, second):
    """How far apart two sets of colours (as many in each) are for each kind of sight: the farthest of them, in CAM02-UCS.

    Simulations of Machado, Oliveira and Fernandes (2009) at full severity; in grey, the difference of lightness alone.
    """
    sights = {"full colour vision": "sRGB1"} | {name: {"name": "sRGB1+CVD", "cvd_type": kind, "severity": 100} for name, kind in DIMNESS.items()}
    found = {}
    for name, space in sights.items():
        a, b = (cspace_convert(np.clip(cspace_convert(colours, space, "sRGB1"), 0, 1), "sRGB1", "CAM02-UCS") for colours in (first, second))
        found[name] = float(np.linalg.norm(a - b, axis=-1).max())
        if space == "sRGB1":
            found["a grey photocopy"] = float(np.abs(a - b)[..., 0].max())
    return found


def luminance(colour):
    """Relative luminance as in WCAG 2, of one colour or of many."""
    channels = np.asarray(colour, dtype=float)
    return np.where(channels <= 0.03928, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4) @ np.array([0.2126, 0.7152, 0.0722])


def contrast(one, other):
    """The ratio of two luminances as in WCAG 2, from 1 to 21."""
    return (np.maximum(one, other) + 0.05) / (np.minimum(one, other) + 0.05)


def _box(artist, figure):
    """The box round a text or a mark, in pixels."""
    extent = artist.get_window_extent(figure.canvas.get_renderer())
    return extent.x0, extent.y0, extent.x1, extent.y1


def _marks(figure):
    """Each kind of mark (its gid up to a colon) with its looks: what is not colour, and the colours on white paper."""
    found = {}
    for artist in figure.findobj(lambda artist: isinstance(artist, Line2D | Patch | LineCollection) and bool(artist.get_gid())):
        found.setdefault(artist.get_gid().partition(":")[0], set()).add(_look(artist))
    return found


def _look(artist):
    if isinstance(artist, Line2D):
        marker = artist.get_marker()
        drawn = artist.get_linestyle() not in ("None", "none", "", " ")
        if marker in ("None", "none", "", " ", None):
            return ("line", round(artist.get_linewidth(), 2), str(artist._dash_pattern)), (_on_paper(artist.get_color()),)
        hollow = to_rgba(artist.get_markerfacecolor())[3] == 0
        face = artist.get_markeredgecolor() if hollow else artist.get_markerfacecolor()
        shape = ("marker", marker, round(artist.get_markersize(), 1), drawn, hollow)
        return shape, (_on_paper(face), _on_paper(artist.get_markeredgecolor()))
    if isinstance(artist, Patch):
        dashes = str(artist._dash_pattern)
        edge = artist.get_edgecolor() if artist.get_linewidth() else artist.get_facecolor()
        filled = artist.get_facecolor()[3] > 0
        shape = (type(artist).__name__, artist.get_hatch() or "", dashes, filled)
        return shape, (_on_paper(artist.get_facecolor()), _on_paper(edge))
    return ("strokes",), (_on_paper(artist.get_colors()[0]) if len(artist.get_colors()) else (1.0, 1.0, 1.0),)


def _on_paper(colour):
    red, green, blue, alpha = to_rgba(colour)
    return tuple(round(channel * alpha + 1 - alpha, 4) for channel in (red, green, blue))
