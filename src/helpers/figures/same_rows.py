"""How does a long table become short enough for a page, where many of its rows are the same?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..metadata import Noun
from ..problems import counted
from ..review import Review


def same_rows_once(review: Review, tables: Sequence[str]) -> Review:
    """The review with each row of codes once, named after the first item that has it and how many others do.

    For drawing only: every number that counts items counts rows then, so a figure made of it says "different rows". Quotes are left out, since
    a row stands for several items.

    Parameters
    ----------
    review : Review
    tables : sequence of str
        Rows are the same if they agree in all of these.

    Returns
    -------
    Review
        The review itself if no two rows are the same.
    """
    states = review.states(tables)
    groups: dict[tuple[str, ...], list[str]] = {}
    for item, row in zip(states.index, states.to_numpy().tolist(), strict=True):
        groups.setdefault(tuple(row), []).append(item)
    if len(groups) == len(states):
        return review
    kept = [items[0] for items in groups.values()]
    others = {items[0]: len(items) - 1 for items in groups.values()}
    named = {item: f" and {counted(n, 'other')}" if n else "" for item, n in others.items()}
    models = review.models.loc[kept].copy()
    for column in ("label", "short_label"):
        models[column] = [f"{text}{named[item]}" if text else "" for item, text in zip(models.index, models[column], strict=True)]
    plural = review.metadata.item.plural
    note = f"{len(kept)} different rows of {len(states)} {plural}: {plural} with the same codes share one, and counts are of rows"
    metadata = replace(
        review.metadata,
        item=Noun("different row", "different rows"),
        note="; ".join(filter(None, [review.metadata.note, note])),
    )
    return replace(
        review,
        metadata=metadata,
        models=models,
        tables={name: table.loc[kept] for name, table in review.tables.items()},
        nature=review.nature.loc[kept],
        evidence=review.evidence.iloc[:0],
        alternatives=review.alternatives.iloc[:0],
        coders={},
    )
