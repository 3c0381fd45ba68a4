"""What files does a figure become? PDF, SVG and PNG always, TIFF and EPS on request, and the plotted values as CSV."""

from __future__ import annotations

import io
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

from matplotlib import rc_context
from matplotlib.figure import Figure
from matplotlib.text import Text
from PIL import Image

from ..csvfiles import csv_text
from ..plotting.fonts import HOUSE_FONT
from ..review import Review
from ..style import house_style
from .recipe import Recipe

ALWAYS = ("pdf", "svg", "png")
ON_REQUEST = ("tiff", "eps")
INSTEAD = "Verdana, sans-serif"  # where a browser lacks the house font: letters of nearly the same width
DPI = 300.0  # of what is made of dots, unless a preset asks for more


def save(recipe: Recipe, review: Review, folder: Path, more: Sequence[str] = (), dpi: float = DPI) -> dict[str, Any]:
    """Write a figure's files into a folder.

    Parameters
    ----------
    recipe : Recipe
    review : Review
    folder : Path
    more : sequence of str
        Formats beyond PDF, SVG and PNG: "tiff", "eps".
    dpi : float
        Of PNG and TIFF, in dots per inch.

    Returns
    -------
    dict
        The figure's entry in manifest.json.
    """
    review = recipe.subject(review)
    data = recipe.values(review)
    title, caption, alt = recipe.title(review), recipe.caption(review, data), recipe.alt(review, data)
    formats = [*ALWAYS, *(name for name in ON_REQUEST if name in more)]
    figure = recipe.figure(review, data)
    for name in formats:
        (folder / f"{recipe.id}.{name}").write_bytes(content(figure, name, title, alt, dpi))
    (folder / f"{recipe.id}.csv").write_bytes(csv_text(data).encode())
    return {
        "id": recipe.id,
        "title": title,
        "caption": caption,
        "alt": alt,
        "notebook": recipe.notebook,
        "tables": [f"{name}.csv" for name in recipe.tables(review)],
        "files": [f"{recipe.id}.{ending}" for ending in formats],
        "data": f"{recipe.id}.csv",
    }


def content(figure: Figure, name: str, title: str, alt: str, dpi: float = DPI) -> bytes:
    """A figure in one format, the same bytes whenever it is made; title and alt text stand in it where the format has a place for them.

    Parameters
    ----------
    figure : Figure
    name : {"pdf", "svg", "png", "tiff", "eps"}
    title, alt : str
    dpi : float
        Of PNG and TIFF.
    """
    with house_style():
        return {"pdf": _pdf, "svg": _svg, "png": _png, "tiff": _tiff, "eps": _eps}[name](figure, title, alt, dpi)


def png(figure: Figure, dpi: float) -> bytes:
    """A figure as PNG without any text beside the picture."""
    with house_style():
        return _saved(figure, "png", {"Software": None}, dpi=dpi)


def few_colours(picture: bytes, colours: int) -> bytes:
    """A PNG with a palette, a third of the size: stored notebooks and the report stay small."""
    buffer = io.BytesIO()
    Image.open(io.BytesIO(picture)).convert("RGB").quantize(colors=colours, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(
        buffer, "png", optimize=True
    )
    return buffer.getvalue()


def _saved(figure: Figure, name: str, metadata: dict[str, str | None], **settings: Any) -> bytes:
    """What matplotlib writes; a None in the metadata keeps out what differs from day to day."""
    buffer = io.BytesIO()
    figure.savefig(buffer, format=name, metadata=metadata, **settings)
    return buffer.getvalue()


def _pdf(figure: Figure, title: str, alt: str, dpi: float) -> bytes:
    no_date = dict.fromkeys(("CreationDate", "ModDate", "Creator", "Producer"))
    return _saved(figure, "pdf", {"Title": title, "Subject": alt, **no_date})


def _svg(figure: Figure, title: str, alt: str, dpi: float) -> bytes:
    """With a title and a description that a screen reader finds."""
    svg = _saved(figure, "svg", {"Date": None, "Creator": None}).decode().replace(f"'{HOUSE_FONT}'", f"'{HOUSE_FONT}', {INSTEAD}")
    start = svg.index("<svg ")
    end = svg.index(">", start) + 1
    opening = svg[start : end - 1] + ' role="img" aria-labelledby="title desc">'
    return f'{svg[:start]}{opening}\n <title id="title">{escape(title)}</title>\n <desc id="desc">{escape(alt)}</desc>{svg[end:]}'.encode()


def _png(figure: Figure, title: str, alt: str, dpi: float) -> bytes:
    return _saved(figure, "png", {"Title": title, "Description": alt, "Software": None}, dpi=dpi)


def _tiff(figure: Figure, title: str, alt: str, dpi: float) -> bytes:
    """Red, green and blue in 8 bits, one layer, no alpha channel, LZW compression: what the journals of the presets take."""
    buffer = io.BytesIO()
    tags = {269: title.encode(), 270: alt.encode()}  # DocumentName and ImageDescription, in UTF-8
    picture = Image.open(io.BytesIO(png(figure, dpi))).convert("RGB")
    picture.save(buffer, "tiff", compression="tiff_lzw", dpi=(dpi, dpi), tiffinfo=tags)
    return buffer.getvalue()


def _eps(figure: Figure, title: str, alt: str, dpi: float) -> bytes:
    """With fonts as Type 42, so that text stays text; as outlines (Type 3) where another font than the house's is needed, which 42 would lose."""
    others = any(text.get_fontfamily() not in ([HOUSE_FONT], ["sans-serif"]) for text in figure.findobj(Text) if text.get_text())
    with rc_context({"ps.fonttype": 3 if others else 42}):
        lines = _saved(figure, "eps", {"Creator": "Synopsis"}).decode("latin-1").split("\n")
    return "\n".join(line for line in lines if not line.startswith("%%CreationDate")).encode("latin-1")
