"""What could a manuscript say about methods and limitations? Written from what was run, ready to edit."""

from __future__ import annotations

import contextlib
import platform
from importlib.metadata import version

from ..configurations import outcomes
from ..nullmodels import count_fixed_margin
from ..nullmodels.mantel import MOST_ITEMS
from ..problems import SynopsisError, large, listed
from ..quadrants import has_quadrants
from ..review import Review
from ..sensitivity import fragility, is_small_enough, specification_curve
from ..ties import tie_census

DRAWN = "where these are too many to go through, random ones of them, as the results say"
PACKAGES = ("numpy", "pandas", "scipy", "matplotlib", "seaborn")


def methods_paragraph(review: Review) -> str:
    """A paragraph on methods: what was coded, computed, counted or drawn for this review.

    Parameters
    ----------
    review : Review

    Returns
    -------
    str
        Several paragraphs of plain text, with a blank line between them.
    """
    return "\n\n".join(" ".join(part) for part in (_coding(review), _likeness(review), _chance(review), _structure(review), _shaken(review)) if part)


def limitations(review: Review) -> list[str]:
    """What a reader must know before believing any of it, one sentence each."""
    items = review.metadata.item.plural
    told = [
        f"The {items} were chosen on purpose and are no sample; p-values compare the tables with named sets of other tables or orders and say "
        f"nothing about other {items}.",
        f"No means “{review.metadata.no_means}”, not that something is absent.",
        "Nothing measures whether anything works, and more features are not better.",
        "No analysis was registered in advance. Findings that pick their subject from the results, and all p-values, are post hoc.",
    ]
    if review.metadata.note:
        told.append(f"The tables were {review.metadata.note}.")
    if review.coders:
        told.append(
            "All codings were made from the published text, so their agreement shows how well the text determines the tables, not how reliable "
            "the review is."
        )
    if len(review.evidence):
        cells = review.evidence.drop_duplicates(["table", "model", "feature"])
        soft = int(cells["certainty"].isin(["hedged", "inferred"]).sum())
        told.append(f"{soft} of {len(cells)} codes with a quote rest on hedged words or on inference.")
    if is_small_enough(review):
        changes = fragility(review).fewest["changes"]
        told.append(
            f"{int((changes == 1).sum())} of {len(changes)} conclusions{', the review’s own claims among them,' if len(review.claims) else ''} "
            f"are overturned by the "
            f"change of a single code."
        )
    return told


def software() -> str:
    """With which versions all was computed, as a sentence."""
    packages = listed(f"{name} {version(name)}" for name in PACKAGES)
    python = ".".join(platform.python_version_tuple()[:2])
    return f"All was computed with Synopsis {version('synopsis-review')} (Python {python}, {packages})."


def as_markdown(review: Review) -> str:
    """Methods, software and limitations as one page, methods.md."""
    bullets = "\n".join(f"- {sentence}" for sentence in limitations(review))
    return f"# Methods, ready to edit\n\n{methods_paragraph(review)}\n\n{software()}\n\n## Limitations\n\n{bullets}\n"


def _coding(review: Review) -> list[str]:
    metadata, n = review.metadata, len(review.items)
    parts = listed(_of_table(review, name) for name in review.table_names)
    told = [f"The data are codes of {n} {metadata.item(n)} for {parts}: yes ({metadata.yes_means}), no ({metadata.no_means}) or unclear."]
    unclear = sum(int(table.eq("unclear").to_numpy().sum()) for table in review.tables.values())
    if unclear:
        told.append(f"{unclear} cell{'s are' if unclear > 1 else ' is'} unclear; unclear cells count as No unless bounds are given.")
    if len(review.evidence):
        told.append(f"{len(review.evidence)} quotes stand behind the codes.")
    if review.coders:
        measures = "percent agreement, Cohen's kappa, Gwet's AC1, Krippendorff's alpha"
        told.append(f"Codings made independently, {len(review.coders)} in number, were compared ({measures}; say who coded).")
    if len(review.alternatives):
        codes = len(review.alternatives.drop_duplicates(["table", "model", "feature"]))
        told.append(f"For {codes} codes we listed other codings that a careful reader could choose.")
    return told


def _of_table(review: Review, name: str) -> str:
    """How many features a table has, with its title where another table calls its own the same: "5 components (What is offered)"."""
    feature, n = review.table_info(name).feature, review.tables[name].shape[1]
    return f"{n} {feature(n)}" if review.features_of(name) == feature.plural else f"{n} {feature(n)} ({review.label(name)})"


def _likeness(review: Review) -> list[str]:
    if len(review.items) < 3:
        return []
    census = tie_census(review.incidence(review.table_names[0], unclear="no"))
    by = review.spoken(review.table_names[0])
    exact = f"all {census.n_trees:,} equally right trees were counted" if census.exact else ""
    return [
        "Likeness was measured by the Jaccard coefficient; eight other coefficients served as sensitivity analyses.",
        "Groups were sought by average linkage (complete, single and weighted linkage as sensitivity analyses).",
        f"Ties were followed in every way: by {by}, {exact}."
        if exact
        else f"Ties were too many to follow: by {by}, {census.n_drawn:,} trees were drawn, each tie broken by lot.",
        "Support of groups was found by a bootstrap over the features.",
        "Fit was described by cophenetic correlation and silhouette width, as ranges over the trees.",
    ]


def _chance(review: Review) -> list[str]:
    if len(review.items) < 3:
        return []
    counts = []
    for name in review.table_names:
        try:
            number = large(count_fixed_margin(review.incidence(name, unclear="no")))
            counts.append(f"{number if isinstance(number, str) else f'{number:,}'} by {review.spoken(name)}")
        except SynopsisError:
            counts.append(f"too many to count by {review.spoken(name)}")
    told = [
        f"The tables were compared with those that have the same row and column totals ({listed(counts)}; {DRAWN}), "
        f"two-sided, the observed table included."
    ]
    if len(review.tables) > 1:
        how = "all orders of the items" if len(review.items) <= MOST_ITEMS else "random orders of the items"
        told.append(f"Agreement between tables was tested by Mantel's test over {how}.")
    between = " and, between tables, by min-P over relabellings" if len(review.tables) > 1 else ""
    told.append(f"Pairs of features were tested by Fisher's exact test, adjusted by Holm's method{between}.")
    return told


def _structure(review: Review) -> list[str]:
    told = ["Containment, formal concepts and the Duquenne-Guigues base of rules were derived without any threshold."]
    if has_quadrants(review):
        told.append("The two ratings were set against each other as categories, with Cramér's V over all codings that the alternatives allow.")
    if outcomes(review):
        told.append(
            "Conservative and parsimonious solutions of a qualitative comparative analysis were found for each rating, with all equally short ones, "
            "and compared with those for random labellings."
        )
    return told


def _shaken(review: Review) -> list[str]:
    told = []
    if is_small_enough(review):
        found = fragility(review)
        allowed = ", the codings that the alternatives allow" if len(review.alternatives) else ""
        told.append(
            f"For {len(found.conclusions)} conclusions we tried {len(found.changes):,} changes of a single code, every "
            f"{review.metadata.item.singular} and feature left out{allowed}, and pairs of changes where no "
            f"single one sufficed."
        )
    with contextlib.suppress(SynopsisError):
        curve = specification_curve(review, review.table_names[0])
        told.append(f"A specification curve covers {len(curve):,} combinations of coefficient, linkage, constant features and coding.")
    return told
