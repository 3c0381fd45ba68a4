"""What does every figure share: page widths, text sizes, and colours with one meaning everywhere?"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import matplotlib
import matplotlib.style
from matplotlib.colors import LinearSegmentedColormap, to_rgb
from matplotlib.font_manager import fontManager

STYLE_FILE = Path(__file__).with_name("style.mplstyle")

MM_PER_INCH = 25.4
MM_PER_POINT = MM_PER_INCH / 72
TWO_COLUMNS_MM = 178.0
PAGE_HEIGHT_MM = 247.0
MARGIN_MM = 3.0

TEXT_PT = 7.5
SMALL_PT = 7.0  # the least size anywhere
TITLE_PT = 8.5

INK = "#1a1a1a"
BLACK = "#000000"  # on tints, where ink would not do
QUIET = "#5f6368"  # for what stands back, 4.5:1 on white and more
RULE = "#d5d8dc"
YES = "#174a7c"
YES_HEDGED = "#c6dbef"
PAPER = "#ffffff"
COUNTED = "#e4e7ea"  # bars and boxes that stand for how many
OPEN = "#faf0dc"  # what is left open
AMOUNT = LinearSegmentedColormap.from_list("amount", ["#f4f6f8", YES_HEDGED, YES])  # from none to most
# From opposite (orange) over unrelated to alike (blue).
SIGNED = LinearSegmentedColormap.from_list("signed", ["#9c4a12", "#f0c9a8", "#f4f6f8", YES_HEDGED, YES])
# Lines that must be told apart: each 4.5:1 on white, in different lightness where hues come close for a colour-blind reader.
LINES = ("#174a7c", "#b3541e", "#1b7f5c", "#8e2f7d", "#6b5a00", "#a31d1d", "#3a3a3a")
DASHES = ("solid", (0, (6, 1.6)), (0, (6, 1.4, 1.2, 1.4)), (0, (2.2, 1.1)))


@dataclass(frozen=True)
class Page:
    """The room a figure may take in print.

    Attributes
    ----------
    width, height : float
        As printed, in millimetres.
    scale : float
        How much larger than in the house style everything is printed; below 1 for smaller.
    """

    width: float = TWO_COLUMNS_MM
    height: float = PAGE_HEIGHT_MM
    scale: float = 1.0


def only_own_house_font() -> None:
    """Of the fonts called DejaVu keep those that come with matplotlib: those of a computer can be of another age, and files would differ by it."""
    own = matplotlib.get_data_path()
    fontManager.ttflist = [font for font in fontManager.ttflist if not font.name.startswith("DejaVu") or font.fname.startswith(own)]


only_own_house_font()  # before anything is measured or drawn


def use() -> None:
    """Apply the house style to everything drawn from here on, whatever settings the computer has of its own."""
    matplotlib.rcdefaults()
    matplotlib.rcParams["backend"] = matplotlib.rcParamsOrig["backend"]
    matplotlib.style.use(STYLE_FILE)


def readable_on(colour: str | tuple[float, ...]) -> str:
    """Black or white, whichever stands out more on the colour: 4.5:1 (contrast as in WCAG 2) on every colour there is."""
    channels = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour))
    luminance = sum(weight * channel for weight, channel in zip((0.2126, 0.7152, 0.0722), channels, strict=True))
    return PAPER if 1.05 / (luminance + 0.05) > (luminance + 0.05) / 0.05 else BLACK


@contextmanager
def house_style() -> Iterator[None]:
    """The house style inside a `with` block only."""
    with matplotlib.style.context(["default", STYLE_FILE]), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")  # a build says it in one sentence
        yield
