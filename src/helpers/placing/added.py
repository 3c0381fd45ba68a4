"""Which features has the added item? Names as a reader writes them become features of the review."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ..problems import SynopsisError, did_you_mean, listed, shown, some
from ..review import Review

LISTED = 12  # the most features that a hint lists


class Added(NamedTuple):
    """An item that is not in the review: its name, the features it has, those left unclear. All others are No.

    Features are ids, in the review's order.
    """

    name: str
    yes: tuple[str, ...]
    unclear: tuple[str, ...]


def split_names(texts: Iterable[str]) -> list[str]:
    """Names that commas separate. A name with a comma of its own stands in double quotes, as in a CSV file.

    >>> split_names(["peers, family", '"Work, paid", friends', ""])
    ['peers', 'family', 'Work, paid', 'friends']
    """
    return [name.strip() for text in texts for row in csv.reader(text.splitlines(), skipinitialspace=True) for name in row if name.strip()]


def added_item(review: Review, yes: Sequence[str], unclear: Sequence[str] = (), name: str = "") -> Added:
    """The added item, once every name in it is certain.

    Parameters
    ----------
    review : Review
    yes, unclear : sequence of str
        Ids, labels or short labels of features of any table; small and capital letters, and forms of the apostrophe, make no difference.
    name : str
        What the added item is called. Unless told, "the added" and the review's word for an item.

    Raises
    ------
    SynopsisError
        With every name that is no feature, or means several, or is both Yes and unclear; or if an item of the review is called `name`.

    Examples
    --------
    >>> from helpers import load_review
    >>> from helpers.publishing import MAIN_REVIEW
    >>> added_item(load_review(MAIN_REVIEW), ["Friends", "patient's decision-making ability"], ["peers"])
    Added(name='the added model', yes=('decision_making', 'friends'), unclear=('peers',))
    """
    name = " ".join(name.split()) or f"the added {review.metadata.item(1)}"
    known, problems = _known(review), []
    chosen: dict[str, list[str]] = {"yes": [], "unclear": []}
    for code, words in (("yes", yes), ("unclear", unclear)):
        for word in [words] if isinstance(words, str) else words:
            meant = known.get(_folded(word), [])
            if len(meant) == 1:
                chosen[code].append(meant[0])
            elif meant:
                problems.append(f"{shown(word)} could be {listed(meant, 'or')}. Write one of these.")
            else:
                problems.append(f"There is no feature {shown(word)}. {_hint(review, word)}".strip())
    both = [feature for feature in dict.fromkeys(chosen["yes"]) if feature in chosen["unclear"]]
    problems += [f"{review.label(feature)} is given as Yes and as unclear. Give it once." for feature in both]
    problems += [f"The review has {review.metadata.item(1)} {name} already. Give another name." for item in review.items if _same(review, item, name)]
    if problems:
        raise SynopsisError("\n".join(dict.fromkeys(problems)))
    in_order = [feature for table in review.tables.values() for feature in table]
    return Added(name, *(tuple(feature for feature in in_order if feature in chosen[code]) for code in ("yes", "unclear")))


def _same(review: Review, item: str, name: str) -> bool:
    return _folded(name) in (_folded(item), _folded(review.label(item)))


def _known(review: Review) -> dict[str, list[str]]:
    """Each spelling with the features it can mean; an id means its own feature, whatever others are called."""
    features = [feature for table in review.tables.values() for feature in table]
    known: dict[str, list[str]] = {}
    for feature in features:
        for label in dict.fromkeys((_folded(review.label(feature)), _folded(review.short_label(feature)))):
            known.setdefault(label, []).append(feature)
    return known | {_folded(feature): [feature] for feature in features}


def _hint(review: Review, word: str) -> str:
    features = [feature for table in review.tables.values() for feature in table]
    spellings = {_folded(spelling): spelling for feature in features for spelling in (feature, review.short_label(feature), review.label(feature))}
    near = did_you_mean(_folded(word), spellings)
    if near.startswith("Did"):
        return near.replace(near[13:-1], spellings[near[13:-1]])
    labels = [shown(review.label(feature)) for feature in features]
    return f"The features are {listed(some(labels, LISTED))}."


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().replace("’", "'").split())
