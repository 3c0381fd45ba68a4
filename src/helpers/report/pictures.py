"""How do the figures stand on the page: light enough to send, and in words as well?"""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PIL import Image

from .markup import Html, element, folded, joined, link, unseen
from .opening import notebook_title
from .stated import page_of
from .words import Words

MOST_PIXELS = 1260  # across: crisp on a phone, and on a column of this page on a fine screen
COLOURS = 96
ALL_BUT_WHITE = 252  # what fewer colours make of white paper; else a picture has a pale edge on the page


def figures(entries: Sequence[Mapping[str, Any]], left_out: Mapping[str, str], folder: Path, words: Words) -> Html:
    """Every figure with its caption, the same in words, and its files; then what is left out.

    Parameters
    ----------
    entries : sequence of mapping
        The entries of manifest.json.
    left_out : mapping of str to str
        The figures that are left out, each with what it would need.
    folder : Path
        Where the PNG files stand.
    words : Words
    """
    told = element(
        "p", "Every figure can also be had as a file for print, with the values it shows. “In words” tells what it shows without a picture."
    )
    explained = words.explained(*(text for entry in entries for text in (entry["title"], entry["caption"])))
    shown = [_figure(entry, folder) for entry in entries]
    lacking = [element("p", f"{name} is left out: it needs {need}.", class_="quiet") for name, need in left_out.items()]
    return joined([told, explained, *shown, *lacking], "\n")


def lighter(png: bytes) -> tuple[bytes, int, int]:
    """A picture with fewer pixels and colours, a fraction of the size, and its width and height.

    Parameters
    ----------
    png : bytes
        As made for print.
    """
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    if picture.width > MOST_PIXELS:
        picture = picture.resize((MOST_PIXELS, round(picture.height * MOST_PIXELS / picture.width)), Image.Resampling.LANCZOS)
    picture = picture.quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    picture.putpalette([255 if part >= ALL_BUT_WHITE else part for part in picture.getpalette() or ()])
    buffer = io.BytesIO()
    picture.save(buffer, "png", optimize=True)
    return buffer.getvalue(), picture.width, picture.height


def _figure(entry: Mapping[str, Any], folder: Path) -> Html:
    png, width, height = lighter((folder / f"{entry['id']}.png").read_bytes())
    source = f"data:image/png;base64,{base64.b64encode(png).decode()}"
    files = [link(name, Path(name).suffix[1:].upper(), unseen(f" of {entry['title']}")) for name in [*entry["files"], entry["data"]]]
    return element(
        "section",
        element("h3", entry["title"]),
        element(
            "figure",
            element("img", alt=entry["alt"], width=str(width), height=str(height), src=source),
            element("figcaption", entry["caption"]),
        ),
        folded("In words", element("p", entry["alt"]), on_paper=False),
        element("p", "Files: ", joined(files, ", "), ". Explained in the notebook ",
                link(page_of(entry["notebook"]), notebook_title(entry["notebook"])), ".", class_="quiet"),
        id=entry["id"], class_="picture",
    )  # fmt: skip
