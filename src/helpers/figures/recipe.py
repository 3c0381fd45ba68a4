"""What makes a figure: its recipe."""

from __future__ import annotations

from abc import ABC, abstractmethod
from copy import copy
from typing import Self

import pandas as pd
from matplotlib.figure import Figure

from ..plotting import enlarge
from ..review import Review
from ..style import Page, house_style
from .same_rows import same_rows_once

NARROWEST_MM, WIDEST_MM, STEP_MM = 40, 400, 5  # where the least width of a figure is looked for
MOST_KNOWN = 64  # whether a figure fits is asked again and again, and the values do not change with the page
_known: dict[tuple[str, int], tuple[Review, pd.DataFrame]] = {}


class Recipe(ABC):
    """How one figure is made of a review.

    Attributes
    ----------
    id : str
        figNN_name; also the name of its files.
    notebook : str
        The notebook that explains it, without ending.
    page : Page
        What it is drawn for: two columns of a printed page unless `on` says otherwise.
    rows_may_merge : bool
        Whether rows with the same codes may be drawn as one, so that a long table fits the page.
    """

    id: str
    notebook: str
    page: Page = Page()
    rows_may_merge: bool = False

    @property
    def width(self) -> float:
        """The width of the page in the millimetres of the house style, in which every recipe counts."""
        return self.page.width / self.page.scale

    @property
    def height(self) -> float:
        """The height of the page in the millimetres of the house style."""
        return self.page.height / self.page.scale

    def on(self, page: Page) -> Self:
        """The same recipe for another page."""
        other = copy(self)
        other.page = page
        return other

    def missing(self, review: Review) -> str:
        """What this review lacks for the figure, or the page for its text, as the end of the sentence "It needs ..."; empty if nothing."""
        lacking = self.lacking(review)
        if lacking or self.fits(self.subject(review)):
            return lacking
        page = self.page
        least = self.least_width(review, int(page.width) + 1)
        if least is None:
            return f"a higher page, or fewer and shorter names; with readable text it does not fit {page.width:g} by {page.height:g} mm"
        return f"a page at least {least} mm wide; this one has {page.width:g} mm"

    def subject(self, review: Review) -> Review:
        """What is drawn: the review itself; where it is too long for the page, for some figures, each different row once."""
        if not self.rows_may_merge or self.lacking(review) or self.fits(review):
            return review
        short = same_rows_once(review, self.tables(review))
        return short if not self.lacking(short) and self.fits(short) else review

    def lacking(self, review: Review) -> str:
        """What this review lacks for the figure on any page, as the end of the sentence "It needs ..."; empty if nothing."""
        return ""

    def fits(self, review: Review) -> bool:
        """Whether the figure fits its page with readable text. Asked only where nothing is lacking."""
        return True

    def least_width(self, review: Review, at_least: int = NARROWEST_MM) -> int | None:
        """The least width as printed at which the figure can be read, in whole millimetres; None if no page is wide enough.

        Where nothing is lacking. A figure may be laid out anew on a wider page, and then need more again: looked for in steps of a few
        millimetres, and from the first that fits downwards.

        Parameters
        ----------
        review : Review
        at_least : int
            Where to begin, in millimetres.
        """
        found = next((width for width in range(at_least, WIDEST_MM, STEP_MM) if self._at(width).fits(review)), None)
        while found is not None and found > at_least and self._at(found - 1).fits(review):
            found -= 1
        return found

    def _at(self, width: float) -> Self:
        return self.on(Page(width, self.page.height, self.page.scale))

    def figure(self, review: Review, data: pd.DataFrame) -> Figure:
        """The finished figure: drawn in the house style, in the size of its page."""
        with house_style():
            return enlarge(self.draw(review, data), self.page.scale)

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

    def values(self, review: Review) -> pd.DataFrame:
        """The plotted values, worked out once for each review; not to be changed."""
        key = (self.id, id(review))  # the review is kept beside the values, so that its id stays its own
        if key not in _known:
            _known[key] = review, self.data(review)
            if len(_known) > MOST_KNOWN:
                del _known[next(iter(_known))]
        return _known[key][1]

    @abstractmethod
    def data(self, review: Review) -> pd.DataFrame:
        """The plotted values, one row a mark; the same for every page."""

    @abstractmethod
    def draw(self, review: Review, data: pd.DataFrame) -> Figure:
        """The figure, drawn from `data` in the sizes of the house style; the review gives names and nouns only."""

    @abstractmethod
    def title(self, review: Review) -> str: ...

    @abstractmethod
    def caption(self, review: Review, data: pd.DataFrame) -> str:
        """What a reader sees and how to read it, in sentences."""

    def alt(self, review: Review, data: pd.DataFrame) -> str:
        """The figure in words for a reader who cannot see it: the pattern, then the numbers."""
        return f"{self.pattern(review, data)} {self.numbers(review, data)}"

    @abstractmethod
    def pattern(self, review: Review, data: pd.DataFrame) -> str:
        """What a reader who sees the figure notices first, in a sentence or two made from the plotted values."""

    @abstractmethod
    def numbers(self, review: Review, data: pd.DataFrame) -> str:
        """The plotted values in words."""
