"""How is a comparison told at a terminal? Short lines, each term explained where it first appears, long lists cut with a count."""

from __future__ import annotations

from collections.abc import Iterator
from math import isnan

import pandas as pd

from ..agreement import Coefficient
from ..problems import counted, listed, some
from ..review import Review
from ..validation import NATURE
from .comparison import Comparison
from .measures import Measure
from .verdicts import KEPT, OVERTURNED

MOST_PARTS, MOST_FEATURES, MOST_CODERS, MOST_CELLS, MOST_CONCLUSIONS = 8, 3, 5, 5, 4
NOT_SHOWN = (
    "What agreement does not show: that the codes are right, how reliable the review is, or how other coders with other rules would code. It shows "
    "how well what was read and the rules determine the codes. Coders who read the same published text, saw the same printed totals or saw each "
    "other’s codes agree for that reason too."
)
UNCLEAR = "An unclear cell counts as a code of its own in agreement, and as No in conclusions."


def told(review: Review, comparison: Comparison) -> list[str]:
    """A comparison in lines for a terminal, about forty at most.

    Parameters
    ----------
    review : Review
        Gives names and nouns.
    comparison : Comparison

    Returns
    -------
    list of str

    Examples
    --------
    >>> from helpers import load_review
    >>> from helpers.build import ROOT
    >>> from helpers.comparing import compare
    >>> review = load_review(ROOT / "data" / "priebe2014")
    >>> lines = told(review, compare(review, review.coders))
    >>> lines[0]
    '2 coders: coder_1 and coder_2.'
    >>> [line for line in lines if "code alike" in line]
    ['All coders code alike in all 100 cells and 20 ratings.']
    """
    lines = [*_agreement(review, comparison), "", *_who(comparison), *_cells(review, comparison), "", *_conclusions(review, comparison)]
    return [*lines, "", NOT_SHOWN]


def terms(review: Review, comparison: Comparison) -> list[str]:
    """What percent agreement, the other coefficients and their intervals are, a sentence or two each."""
    several = review.metadata.item.plural
    share = (
        "Percent agreement: of all pairs of coders, the share that gave a cell the same code, as a mean over the cells. In brackets its interval: "
        f"95% of the values that come of drawing the {several} anew, some twice and others not at all, lie in it. It says how much hangs on single "
        f"{several}."
    )
    kappa = "Cohen’s kappa (for two coders) expects as much chance as each coder’s own numbers of Yes and No give; " if _two(comparison) else ""
    others = (
        f"The others take off what chance alone would give: 1 is full agreement, 0 what chance gives. {kappa}Gwet’s AC1 expects little chance where "
        "nearly all codes are the same; Krippendorff’s alpha expects what all codes, shuffled, would give, corrected for small tables."
    )
    return [share, others]


def named(review: Review, table: str, feature: str) -> str:
    """A column by name; with what its table's features are called where there are several tables."""
    if table == NATURE:
        return review.rating(feature).label
    return f"{review.label(feature)} ({review.features_of(table)})" if len(review.tables) > 1 else review.label(feature)


def title(review: Review, measure: Measure) -> str:
    """What a measure is about, in words."""
    return {
        "table": _capital(review.features_of(measure.table)) if measure.kind == "table" else "",
        "all tables": "All tables together",
        "rating": named(review, measure.table, measure.feature) if measure.kind == "rating" else "",
        "feature": named(review, measure.table, measure.feature) if measure.kind == "feature" else "",
        "coder": measure.coder,
    }[measure.kind]


def percent(coefficient: Coefficient) -> str:
    """Percent agreement with its interval: "93% (88 to 97)"."""
    return f"{_hundreds(coefficient.value)}% ({_hundreds(coefficient.low)} to {_hundreds(coefficient.high)})"


def decimal(coefficient: Coefficient | None) -> str:
    """Another coefficient with its interval: "0.86 (0.74 to 0.95)"."""
    if coefficient is None:
        return "–"
    if isnan(coefficient.value):
        return "undefined"
    return f"{_signed(coefficient.value)} ({_signed(coefficient.low)} to {_signed(coefficient.high)})"


def coefficients(measure: Measure) -> dict[str, str]:
    """Each coefficient of a measure by its short name, in words; kappa for two coders only."""
    result = measure.result
    kappa = {} if result.kappa is None else {"kappa": decimal(result.kappa)}
    return {"percent agreement": percent(result.percent), **kappa, "AC1": decimal(result.ac1), "alpha": decimal(result.alpha)}


def undefined(review: Review, comparison: Comparison) -> str:
    """Which columns leave kappa and alpha undefined, and why; empty if none."""
    same = [named(review, one.table, one.feature) for one in (*comparison.of("rating"), *comparison.of("feature")) if one.all_the_same]
    if not same:
        return ""
    what = "kappa and alpha are" if _two(comparison) else "alpha is"
    return (
        f"Columns in which all coders gave one and the same code everywhere: {listed(some(same, most=MOST_FEATURES))}. Agreement is full there, and "
        f"{what} undefined, because no other code occurs that chance could have given."
    )


def most_divided(differing: pd.DataFrame) -> pd.DataFrame:
    """The rows of `Comparison.disagreements`, those first in which the most common code has the least share; else in their order."""
    largest = differing["codes"].map(lambda codes: max(int(part.rsplit(" ", 1)[1]) for part in codes.split(", ")))
    return differing.loc[(largest / differing["coders"]).sort_values(kind="stable").index]


def verdict_counts(comparison: Comparison) -> str:
    """How many conclusions each coder's tables overturn, as a sentence; coders who overturn none are counted."""
    kept = comparison.kept()
    fallen = kept.eq(OVERTURNED).sum()
    asked = kept.isin([KEPT, OVERTURNED]).sum()
    ranked = fallen[fallen > 0].sort_values(ascending=False, kind="stable")
    parts = [f"{coder} {count} of {asked[coder]}" for coder, count in ranked.items()]
    none = int((fallen == 0).sum())
    if not parts:
        return "No coder’s tables overturn a conclusion."
    rest = f"; none by the tables of {counted(none, 'coder')}" if none else ""
    return f"Overturned by the tables of {listed(some(parts, most=MOST_CODERS))}{rest}."


def _agreement(review: Review, comparison: Comparison) -> Iterator[str]:
    names = list(comparison.tables)
    yield f"{counted(len(names), 'coder')}: {listed(some(names, most=MOST_CODERS))}."
    yield from terms(review, comparison)
    parts = [*comparison.of("table"), *comparison.of("all tables"), *comparison.of("rating")]
    rows = [{"": title(review, part), **coefficients(part)} for part in parts]
    if not _two(comparison):
        rows = [{name: text for name, text in row.items() if name != "kappa"} for row in rows]
    yield from _columns(rows[:MOST_PARTS])
    if len(rows) > MOST_PARTS:
        yield f"  and {len(rows) - MOST_PARTS} others (agreement.csv has all)"
    worst = sorted((one for one in comparison.of("feature") if one.result.percent.value < 1), key=lambda one: one.result.percent.value)
    if worst:
        shown = [f"{named(review, one.table, one.feature)} {_hundreds(one.result.percent.value)}%" for one in worst]
        yield f"Columns with the least percent agreement: {listed(some(shown, most=MOST_FEATURES))}."
    if undefined(review, comparison):
        yield undefined(review, comparison)


def _columns(rows: list[dict[str, str]]) -> Iterator[str]:
    """A table of texts, each column as wide as it needs."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    lines = [dict(zip(names, names, strict=True)), *rows]
    widths = {name: max(len(line.get(name, "–")) for line in lines) for name in names}
    for line in lines:
        yield "  " + "  ".join(line.get(name, "–").ljust(widths[name]) for name in names).rstrip()


def _who(comparison: Comparison) -> Iterator[str]:
    coders = comparison.coders
    if len(coders) > 2:
        shown = [f"{coder} {_hundreds(share)}%" for coder, share in coders["others"].dropna().sort_values(kind="stable").items()]
        yield f"Mean percent agreement with the other coders, the least first: {listed(some(shown, most=MOST_CODERS))}."
    if not comparison.reference:
        shown = [f"{coder} {_hundreds(share)}%" for coder, share in coders["own"].dropna().sort_values(kind="stable").items()]
        yield f"Cells coded as in {comparison.own}: {listed(some(shown, most=MOST_CODERS))}."


def _cells(review: Review, comparison: Comparison) -> Iterator[str]:
    cells, differing = comparison.cells[comparison.cells["coders"] > 1], comparison.disagreements()
    size = listed(
        counted(int(which.sum()), noun) for which, noun in ((cells["table"] != NATURE, "cell"), (cells["table"] == NATURE, "rating")) if which.any()
    )
    if differing.empty:
        yield f"All coders code alike in all {size}."
        return
    of_cells = int((differing["table"] != NATURE).sum())
    parts = [counted(of_cells, "cell")] if of_cells or not (cells["table"] == NATURE).any() else []
    parts += [counted(len(differing) - of_cells, "rating")] if len(differing) > of_cells else []
    yield f"Not all coders code alike in {listed(parts)}, of {size}:"
    for row in most_divided(differing).head(MOST_CELLS).to_dict("records"):
        majority = f"; most say {row['majority']}" if row["majority"] else "; no majority"
        own = "" if comparison.reference else f"; {comparison.own}: {row['own']}"
        said = _said_by(row, comparison) if _two(comparison) else f"{row['codes']}{majority}"
        yield f"  {review.label(row['model'])}, {named(review, row['table'], row['feature'])}: {said}{own}"
    if len(differing) > MOST_CELLS:
        yield f"  and {len(differing) - MOST_CELLS} others (disagreements.csv has all)"


def _said_by(row: dict[str, str], comparison: Comparison) -> str:
    return ", ".join(f"{coder} {row[f'by {coder}']}" for coder in comparison.tables)


def _conclusions(review: Review, comparison: Comparison) -> Iterator[str]:
    kept = comparison.kept()
    if len(kept):
        firm = int((~kept.eq(OVERTURNED).any(axis=1)).sum())
        firm_ones = f"{firm} {'is' if firm == 1 else 'are'} overturned by no coder’s tables"
        yield f"Conclusions: of {len(kept)} that follow from {comparison.own}, {firm_ones}. {UNCLEAR}"
        yield verdict_counts(comparison)
        fallen = kept.eq(OVERTURNED).sum(axis=1).sort_values(ascending=False, kind="stable")
        fallen = fallen[fallen > 0]
        for name in fallen.index[:MOST_CONCLUSIONS]:
            yield f"  {_overturned(comparison, name)}"
        if len(fallen) > MOST_CONCLUSIONS:
            yield f"  and {len(fallen) - MOST_CONCLUSIONS} others (conclusions.csv has all)"
    if comparison.left_out:
        yield comparison.left_out


def _overturned(comparison: Comparison, name: str) -> str:
    """A conclusion that falls, with what would be said instead with one coder's tables."""
    rows = comparison.verdicts[comparison.verdicts["conclusion"] == name]
    fallen = rows[rows["verdict"] == OVERTURNED]
    first, others = fallen.iloc[0], len(fallen) - 1
    also = f" ({counted(others, 'other coder')} overturn{'s' if others == 1 else ''} it too)" if others else ""
    own, instead = _cut(first["own"]), _cut(first["instead"])
    if own == instead:  # they differ further on
        instead = _change(first["own"].split("; "), first["instead"].split("; "))
    return f"{first['about']}. {first['question']}: {own}. With {first['coder']}: {instead}{also}."


def _change(before: list[str], after: list[str]) -> str:
    """What is gone from a long list, and what is new in it."""
    gone, new = ([part for part in one if part not in other] for one, other in ((before, after), (after, before)))
    return "; ".join(f"{word}: {_cut('; '.join(parts))}" for word, parts in (("no longer", gone), ("now also", new)) if parts)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _cut(text: str, most: int = 110) -> str:
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0] + " …"


def _two(comparison: Comparison) -> bool:
    return len(comparison.tables) == 2


def _hundreds(share: float) -> str:
    return "–" if isnan(share) else f"{100 * share:.0f}"


def _signed(value: float) -> str:
    return f"{value:z.2f}".replace("-", "−")  # z: zero without a sign
