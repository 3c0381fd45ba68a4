"""What makes a figure: its recipe, and the files that come of it."""

from __future__ import annotations

import base64
import io
from abc import ABC, abstractmethod
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd
from IPython.display import display
from matplotlib.figure import Figure
from PIL import Image

from ..csvfiles import csv_text
from ..review import Review
from ..style import TWO_COLUMNS_MM, house_style

FORMATS = ("pdf", "svg", "png")
# Without these a file holds the hour it was made, and two builds differ.
NO_DATE: dict[str, dict[str, str | None]] = {
    "pdf": {"CreationDate": None, "ModDate": None, "Creator": None, "Producer": None},
    "svg": {"Date": None, "Creator": None},
    "png": {"Software": None},
}
NOTEBOOK_DPI, TALL_DPI, NOTEBOOK_COLOURS = 120, 98, 64  # a whole page is shown a little smaller
SMALL_DPI, SMALL_COLOURS = 45, 16


class Recipe(ABC):
    """How one figure is made of a review.

    Attributes
    ----------
    id : str
        figNN_name; also the name of its files.
    notebook : str
        The notebook that explains it, without ending.
    width : float
        Of the page it is drawn for, in millimetres.
    """

    id: str
    notebook: str
    width: float = TWO_COLUMNS_MM

    def missing(self, review: Review) -> str:
        """What this review lacks for the figure, as the end of the sentence "It needs ..."; empty if nothing."""
        return ""

    def incidence(self, review: Review) -> pd.DataFrame:
        """The yes/no table the figure is drawn from; unclear cells count as No, which `unclear_note` says."""
        return review.incidence(self.tables(review), unclear="no")

    def unclear_note(self, review: Review) -> str:
        """What a caption must say of unclear cells; empty if there are none."""
        n = int(review.states(self.tables(review)).eq("unclear").to_numpy().sum())
        return f" {n} unclear cell{'s count' if n > 1 else ' counts'} as No here." if n else ""

    def credit(self, review: Review) -> str:
        """The source as the last sentence of a caption; empty if the review names none."""
        return f" {review.metadata.credit}." if review.metadata.credit else ""

    @abstractmethod
    def tables(self, review: Review) -> list[str]:
        """Names of the review's tables the figure is drawn from."""

    @abstractmethod
    def data(self, review: Review) -> pd.DataFrame:
        """The plotted values, one row a mark."""

    @abstractmethod
    def draw(self, review: Review, data: pd.DataFrame) -> Figure:
        """The figure, drawn from `data`; the review gives names and nouns only."""

    @abstractmethod
    def title(self, review: Review) -> str: ...

    @abstractmethod
    def caption(self, review: Review, data: pd.DataFrame) -> str:
        """What a reader sees and how to read it, in sentences."""

    @abstractmethod
    def alt(self, review: Review, data: pd.DataFrame) -> str:
        """The figure in words for a reader who cannot see it: the pattern, then the numbers."""


class Shown:
    """A figure as a notebook shows it: the picture with its alt text, then the caption."""

    def __init__(self, recipe: Recipe, review: Review, small: bool = False):
        self.recipe, self.review, self.small, self.values = recipe, review, small, recipe.data(review)

    def __repr__(self) -> str:
        return self.recipe.caption(self.review, self.values)

    def _ipython_display_(self) -> None:
        with house_style():
            figure = self.recipe.draw(self.review, self.values)
            full = TALL_DPI if figure.get_figheight() > 0.9 * figure.get_figwidth() else NOTEBOOK_DPI
            dpi, colours = (SMALL_DPI, SMALL_COLOURS) if self.small else (full, NOTEBOOK_COLOURS)
            picture = _few_colours(_png(figure, dpi, {}), colours)
        alt = self.recipe.alt(self.review, self.values)
        instead = self.recipe.title(self.review) if self.small else alt
        display({"image/png": base64.b64encode(picture).decode(), "text/plain": instead}, metadata={"image/png": {"alt": alt}}, raw=True)
        display({"text/html": f"<p><small>{escape(repr(self))}</small></p>", "text/plain": repr(self)}, raw=True)


def save(recipe: Recipe, review: Review, folder: Path) -> dict[str, Any]:
    """Write a figure's files into a folder.

    Parameters
    ----------
    recipe : Recipe
    review : Review
    folder : Path

    Returns
    -------
    dict
        The figure's entry in manifest.json.
    """
    data = recipe.data(review)
    title, caption, alt = recipe.title(review), recipe.caption(review, data), recipe.alt(review, data)
    with house_style():
        figure = recipe.draw(review, data)
        figure.savefig(folder / f"{recipe.id}.pdf", metadata={"Title": title, "Subject": alt, **NO_DATE["pdf"]})
        svg = io.StringIO()
        figure.savefig(svg, format="svg", metadata=NO_DATE["svg"])
        (folder / f"{recipe.id}.svg").write_bytes(_accessible(svg.getvalue(), title, alt).encode())
        (folder / f"{recipe.id}.png").write_bytes(_png(figure, None, {"Title": title, "Description": alt}))
    (folder / f"{recipe.id}.csv").write_bytes(csv_text(data).encode())
    return {
        "id": recipe.id,
        "title": title,
        "caption": caption,
        "alt": alt,
        "notebook": recipe.notebook,
        "tables": [f"{name}.csv" for name in recipe.tables(review)],
        "files": [f"{recipe.id}.{ending}" for ending in FORMATS],
        "data": f"{recipe.id}.csv",
    }


def _png(figure: Figure, dpi: float | None, metadata: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", metadata={**metadata, **NO_DATE["png"]}, **({"dpi": dpi} if dpi else {}))
    return buffer.getvalue()


def _few_colours(png: bytes, colours: int) -> bytes:
    """The picture with a palette, a third of the size: stored notebooks stay small."""
    buffer = io.BytesIO()
    Image.open(io.BytesIO(png)).convert("RGB").quantize(colors=colours, dither=Image.Dither.NONE).save(buffer, "png", optimize=True)
    return buffer.getvalue()


def _accessible(svg: str, title: str, alt: str) -> str:
    """The SVG with a title and a description that a screen reader finds."""
    start = svg.index("<svg ")
    end = svg.index(">", start) + 1
    opening = svg[start : end - 1] + ' role="img" aria-labelledby="title desc">'
    return f'{svg[:start]}{opening}\n <title id="title">{escape(title)}</title>\n <desc id="desc">{escape(alt)}</desc>{svg[end:]}'
