"""What do families of journals ask of a figure file? Widths, text sizes, dots per inch and formats, from `presets.csv`.

The table names the source of each value and was read in November 2026. Journals of one publisher differ, and guides change: a preset is a
start, and the journal's own guide decides.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ..problems import SynopsisError, did_you_mean, listed
from ..style import PAGE_HEIGHT_MM, SMALL_PT, TITLE_PT, TWO_COLUMNS_MM, Page
from .files import DPI, ON_REQUEST

TABLE = Path(__file__).with_name("presets.csv")
ONE_COLUMN_MM = 85.0


@dataclass(frozen=True)
class Preset:
    """What a family of journals asks for.

    Attributes
    ----------
    name : str
    one_column, two_columns, height : float
        As printed, in millimetres.
    least_text, greatest_text : float or None
        As printed, in points; None where no value is known.
    dpi : float
        Of PNG and TIFF.
    formats : tuple of str
        Those it takes, the one it likes best first.
    """

    name: str
    one_column: float
    two_columns: float
    height: float
    least_text: float
    greatest_text: float | None
    dpi: float
    formats: tuple[str, ...]

    def page(self, columns: int = 2) -> Page:
        """The page of one or two columns, with letters as near to the house style's as the preset lets them be."""
        least, most = self.least_text / SMALL_PT, (self.greatest_text or float("inf")) / TITLE_PT
        width = self.one_column if columns == 1 else self.two_columns
        return Page(width, self.height, min(max(1.0, least), most))


@dataclass(frozen=True)
class Look:
    """How the figures of a build are saved: for which journals, for one column or two, and in which formats beyond the usual."""

    preset: Preset
    columns: int = 2
    formats: tuple[str, ...] = ()

    @property
    def page(self) -> Page:
        return self.preset.page(self.columns)

    @property
    def more(self) -> tuple[str, ...]:
        """The formats beyond those that every build writes."""
        return tuple(name for name in ON_REQUEST if name in (*self.preset.formats, *self.formats))

    @property
    def name(self) -> str:
        """What sets the figures apart from the house's own, for the name of a folder; empty if nothing does but the formats."""
        return "-".join(filter(None, [self.preset.name, "one-column" if self.columns == 1 else ""]))


HOUSE = Preset("", ONE_COLUMN_MM, TWO_COLUMNS_MM, PAGE_HEIGHT_MM, SMALL_PT, None, DPI, ())


PLAIN = Look(HOUSE)


@cache
def presets() -> dict[str, Preset]:
    """Every preset by its name."""
    known: dict[str, dict[str, str]] = {}
    with TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            known.setdefault(row["preset"], {})[row["property"]] = row["value"]
    return {name: _preset(name, values) for name, values in known.items()}


def find_preset(name: str | None) -> Preset:
    """A preset, or the house's own for None.

    Raises
    ------
    SynopsisError
        If there is no such preset.
    """
    if name is None:
        return HOUSE
    if name not in presets():
        hint = did_you_mean(name, presets())
        every = "" if hint.startswith("Use") else f" The presets are {listed(list(presets()))}."
        raise SynopsisError(f'There is no preset "{name}". {hint}{every}')
    return presets()[name]


def _preset(name: str, values: dict[str, str]) -> Preset:
    return Preset(
        name,
        float(values["one_column_mm"]),
        float(values["two_columns_mm"]),
        float(values["greatest_height_mm"]),
        float(values["least_text_pt"]),
        float(values["greatest_text_pt"]) if values["greatest_text_pt"] else None,
        float(values["dpi"]),
        tuple(values["formats"].split()),
    )
