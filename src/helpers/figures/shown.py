"""How does a notebook show a figure? The picture with its alt text, then the caption."""

from __future__ import annotations

import base64
from html import escape

from IPython.display import display

from ..review import Review
from .files import few_colours, png
from .recipe import Recipe

NOTEBOOK_DPI, TALL_DPI, NOTEBOOK_COLOURS = 120, 98, 28  # a whole page is shown a little smaller
SMALL_DPI, SMALL_COLOURS = 40, 12


class Shown:
    """A figure as a notebook shows it."""

    def __init__(self, recipe: Recipe, review: Review, small: bool = False):
        self.recipe, self.review, self.small = recipe, recipe.subject(review), small
        self.values = recipe.values(self.review)

    def __repr__(self) -> str:
        return self.recipe.caption(self.review, self.values)

    def _ipython_display_(self) -> None:
        figure = self.recipe.figure(self.review, self.values)
        full = TALL_DPI if figure.get_figheight() > 0.9 * figure.get_figwidth() else NOTEBOOK_DPI
        dpi, colours = (SMALL_DPI, SMALL_COLOURS) if self.small else (full, NOTEBOOK_COLOURS)
        picture = few_colours(png(figure, dpi), colours)
        alt = self.recipe.alt(self.review, self.values)
        instead = self.recipe.title(self.review) if self.small else alt
        display({"image/png": base64.b64encode(picture).decode(), "text/plain": instead}, metadata={"image/png": {"alt": alt}}, raw=True)
        display({"text/html": f"<p><small>{escape(repr(self))}</small></p>", "text/plain": repr(self)}, raw=True)
