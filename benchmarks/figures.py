"""Can every figure be read on every page? All figures of six reviews, in one column and in two, for the house and every preset, in every format.

Run as `synopsis bench figures`. The tests look at a part of this; here is the whole. Prints everything that is wrong, writes last_figures.csv
beside this file, and ends with 1 if anything is wrong.
"""

from __future__ import annotations

import io
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
from PIL import Image

from helpers import Review, figures, load_review, style
from helpers.build import ROOT
from helpers.figures.files import content
from helpers.figures.presets import HOUSE, Preset, presets

sys.path.insert(0, str(ROOT / "tests"))
from made_up import MADE_UP, made_up
from quality import problems

HERE = Path(__file__).resolve().parent
FORMATS = (*figures.ALWAYS, *figures.ON_REQUEST)


def main() -> int:
    rows, wrong = [], 0
    with tempfile.TemporaryDirectory() as folder:
        for name, review in _reviews(Path(folder)):
            for preset in (HOUSE, *presets().values()):
                for columns in (1, 2):
                    found = _looked_at(review, preset, columns, formats=name == "priebe2014" and preset is not HOUSE)
                    row = {"review": name, "preset": preset.name or "house", "columns": columns, **found}
                    print("{review}, {preset}, {columns}: {drawn} drawn, {left_out} left out, {wrong} wrong".format(**row), file=sys.stderr)
                    rows.append(row)
                    wrong += found["wrong"]
    table = pd.DataFrame(rows)
    table.to_csv(HERE / "last_figures.csv", index=False, lineterminator="\n")
    print(table.to_string(index=False))
    return 1 if wrong else 0


def _reviews(folder: Path) -> Iterator[tuple[str, Review]]:
    for name in ("priebe2014", "living_beings"):
        yield name, load_review(ROOT / "data" / name)
    for name in MADE_UP:
        (folder / name).mkdir()
        yield name, made_up(name, folder / name)


def _looked_at(review: Review, preset: Preset, columns: int, formats: bool) -> dict[str, int]:
    """Draw every figure that fits and count what is wrong; with `formats`, write each in every format of the preset and look at that as well."""
    counts = {"drawn": 0, "left_out": 0, "wrong": 0}
    for recipe in (recipe.on(preset.page(columns)) for recipe in figures.RECIPES.values()):
        if recipe.missing(review):
            counts["left_out"] += 1
            continue
        figure = recipe.figure(review, recipe.values(review))
        width, height = figure.get_size_inches() * style.MM_PER_INCH
        found = problems(figure, preset.least_text)
        if width > recipe.page.width + 0.01 or height > recipe.page.height + 0.01:
            found.append(f"it is {width:.1f} by {height:.1f} mm")
        for name in FORMATS if formats else ():
            found += _file_problems(content(figure, name, recipe.title(review), "words", preset.dpi), name, preset)
        for text in found:
            print(f"{recipe.id}, {preset.name or 'house'}, {columns} column(s): {text}")
        counts["drawn"] += 1
        counts["wrong"] += len(found)
    return counts


def _file_problems(data: bytes, name: str, preset: Preset) -> list[str]:
    if name in ("png", "tiff"):
        picture = Image.open(io.BytesIO(data))
        wide = picture.width > preset.two_columns / style.MM_PER_INCH * preset.dpi + 1
        alpha = name == "tiff" and (picture.mode != "RGB" or picture.info.get("compression") != "tiff_lzw")
        return [f"the {name} file is wrong"] if wide or alpha or round(picture.info["dpi"][0]) != preset.dpi else []
    fonts = {"pdf": (b"/FontFile2", b"/Type3"), "eps": (b"/FontType 42", b"/FontType 3"), "svg": (b"<text", b"<image")}[name]
    return [] if fonts[0] in data and fonts[1] not in data else [f"the {name} file has other fonts or pictures in it"]


if __name__ == "__main__":
    sys.exit(main())
