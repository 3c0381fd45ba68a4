"""Which colour shows an amount, so that the text on it can be read?"""

from __future__ import annotations

from matplotlib.colors import to_hex, to_rgb

from ..style import AMOUNT, readable_on

STEPS = 20
LEAST_CONTRAST = 4.5  # WCAG 2, level AA, for text of any size


def contrast(one: str, other: str) -> float:
    """How far two colours stand apart, 1 (not at all) to 21 (black on white), as in WCAG 2.

    >>> round(contrast("#000000", "#ffffff"))
    21
    """
    dark, light = sorted(map(_luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


def shade(share: float) -> tuple[str, str]:
    """The colour of an amount, 0 to 1, and the colour of text on it.

    The ramp is that of the figures, in steps; a step on which neither ink nor paper can be read well is passed over for the next darker one.

    >>> shade(0.0), shade(1.0)
    (('#f4f6f8', '#000000'), ('#174a7c', '#ffffff'))
    """
    for step in range(round(share * STEPS), STEPS + 1):
        colour = to_hex(AMOUNT(step / STEPS))
        if contrast(colour, readable_on(colour)) >= LEAST_CONTRAST:
            break
    return colour, readable_on(colour)


def _luminance(colour: str) -> float:
    channels = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour))
    return sum(weight * channel for weight, channel in zip((0.2126, 0.7152, 0.0722), channels, strict=True))
