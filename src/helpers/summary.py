"""What does a sound review hold, in lines a clinician reads at a glance?"""

from __future__ import annotations

from .drafts import how_it_was_read
from .problems import counted, listed
from .review import Review


def summary(review: Review) -> str:
    """A short summary of a review that passed every check.

    Parameters
    ----------
    review : Review

    Returns
    -------
    str
        Several lines.
    """
    metadata = review.metadata
    n = len(review.items)
    lines = [f"{metadata.title}: the review can be used.", f"{n} {metadata.item(n)}. Yes means {metadata.yes_means}; No means {metadata.no_means}."]
    for name, table in review.tables.items():
        info = review.table_info(name)
        counts = {state: int(table.eq(state).sum().sum()) for state in ("yes", "no", "unclear")}
        columns = f"{table.shape[1]} {info.feature(table.shape[1])}"
        lines.append(f"{review.titled(name)}: {columns}; {counts['yes']} Yes, {counts['no']} No, {counts['unclear']} unclear.")
    if metadata.printed_totals:
        checked = sum(len(counts) for axes in metadata.printed_totals.values() for counts in axes.values())
        lines.append(f"All {checked} totals that the review prints or states agree with the tables.")
    if metadata.ratings:
        lines.append(f"Ratings: {listed([rating.name for rating in metadata.ratings])}.")
    if len(review.evidence):
        cells = review.evidence.drop_duplicates(["table", "model", "feature"])
        hedged = int((cells["certainty"] == "hedged").sum())
        inferred = int((cells["certainty"] == "inferred").sum())
        soft = f"{counted(hedged, 'code is', 'codes are')} hedged, {inferred} inferred"
        which = "Quotes are there for some codes" if metadata.partial_evidence else "Every Yes and every stated rating has its quote"
        lines.append(f"{which}: {counted(len(cells), 'code')}, {counted(len(review.evidence), 'quote')}; {soft}.")
    if len(review.alternatives):
        lines.append(f"{counted(len(review.alternatives), 'other coding is', 'other codings are')} listed that a careful reader could choose.")
    if review.coders:
        lines.append(f"Raw tables of {counted(len(review.coders), 'independent coder')}.")
    if metadata.made_from:
        lines += how_it_was_read(review)
    return "\n".join([*lines, *review.notes])
