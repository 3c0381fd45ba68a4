"""How clear are the groups under every choice that could have been made? The specification curve."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from random import Random

import pandas as pd

from ..clustering.linkage import LINKAGES
from ..problems import SynopsisError
from ..review import Review
from ..similarity.coefficients import COEFFICIENTS
from ..ties import largest_silhouette, tie_census
from .case import Case, Same
from .changes import Change, allowed_codes
from .states import FEW_DRAWN, MOST_CELLS

CONSTANT = ("kept", "left out")
AS_CODED = "as coded"
MOST_SPECIFICATIONS, FEW_ITEMS = 1_000, 10  # of few items; of more, where each takes longer, fewer
MOST_WORK = 100_000  # in following ties, some hundredths of a second
SEED = 2014
CHOICES = ("coefficient", "linkage", "constant", "coding")


@dataclass(frozen=True)
class Codes:
    """The codings of a specification curve: each name with the case, and how many listed ones there were to choose from."""

    cases: dict[str, Case]
    possible: int


def curve_codings(review: Review, table: str) -> Codes:
    """The codes as they are, and each listed alternative by itself; where that makes too many specifications, some drawn at random.

    Parameters
    ----------
    review : Review
    table : str
    """
    case = Case.of(review)
    changes = [Change(*code, to, True) for code, others in allowed_codes(review).items() if code[0] == table for to in others]
    budget = MOST_SPECIFICATIONS * FEW_ITEMS // max(FEW_ITEMS, len(case.items) ** 2 // FEW_ITEMS)
    most = max(0, budget // (len(COEFFICIENTS) * len(LINKAGES) * len(CONSTANT)) - 1)
    chosen = changes if len(changes) <= most else sorted(Random(SEED).sample(changes, most))
    named: dict[str, Case] = {}
    for change in chosen:
        name = f"{review.label(change.item)}: {review.short_label(change.feature)}"
        if name in named:  # short labels need not differ, ids do
            name = f"{change.item}: {change.feature}"
        named[name] = case.recoded({change.code: change.to})
    return Codes({AS_CODED: case, **named}, len(changes))


def specification_curve(review: Review, table: str) -> pd.DataFrame:
    """The largest mean silhouette width under every combination of choices.

    The choices: all coefficients of similarity; all four linkages; constant features kept or left out (one choice, where there are none); the
    codes as they are, and each listed alternative by itself (`curve_codings`). Unclear cells count as No, and as an alternative as Yes. The
    largest width is over all trees that ties allow (where ties are too many to follow quickly, over some drawn by lot) and all numbers of groups.

    Parameters
    ----------
    review : Review
    table : str

    Returns
    -------
    DataFrame
        One row a specification: `coefficient`, `linkage`, `constant` ("kept" or "left out"), `coding` ("as coded", or the changed code as
        "item: feature"), `silhouette` (-1 to 1; NaN where it does not exist: Ochiai's coefficient has no exact average, so average and weighted
        linkage refuse it), `groups` (the numbers of groups that reach it, as text) and `rank` (1 for the smallest; NaN where undefined). The
        smallest first.

    Raises
    ------
    SynopsisError
        For fewer than three items, or a table of more than MOST_CELLS cells.

    References
    ----------
    Simonsohn, Simmons and Nelson (2020) Nat Hum Behav 4:1208-1214.
    """
    return _curve(Same(review), table).copy()


@lru_cache(maxsize=32)
def _curve(same: Same, table: str) -> pd.DataFrame:
    review = same.review
    cells = Case.of(review).cells[table]
    if len(cells) < 3 or cells.size > MOST_CELLS:
        raise SynopsisError(f"The specification curve needs at least three items, and a table of no more than {MOST_CELLS} cells.")
    rows = []
    for (coding, changed), constant in product(curve_codings(review, table).cases.items(), CONSTANT):
        frame, varying = changed.frame(table), changed.varying(table)
        if constant == CONSTANT[1] and (varying.shape[1] == frame.shape[1] or not varying.shape[1]):
            continue
        for coefficient, linkage in product(COEFFICIENTS, LINKAGES):
            rows.append((coefficient, linkage, constant, coding, *_clearest(varying if constant == CONSTANT[1] else frame, coefficient, linkage)))
    curve = pd.DataFrame(rows, columns=[*CHOICES, "silhouette", "groups"])
    order = curve.assign(coefficient=curve["coefficient"].map(list(COEFFICIENTS).index)).sort_values(["silhouette", *CHOICES]).index
    curve = curve.loc[order].reset_index(drop=True)
    return curve.assign(rank=[place + 1 if known else float("nan") for place, known in enumerate(curve["silhouette"].notna())])


def _clearest(frame: pd.DataFrame, coefficient: str, linkage: str) -> tuple[float, str]:
    try:
        width, numbers = largest_silhouette(tie_census(frame, coefficient, linkage, most_work=MOST_WORK, most_drawn=FEW_DRAWN))
    except SynopsisError:
        return float("nan"), ""
    return width, " or ".join(map(str, sorted(numbers)))
