"""Do the coded tables bear out what the review says in countable sentences?

claims.csv holds the sentences. Its column `check` names one of the checks registered here; `expected` says what the table should show if
the sentence is right:

    check            expected                                  borne out if
    count_items      10                                        the review has so many items
    count_features   resources = 6                             the table has so many features
    count_yes        recreational_activities = 3               so many items have the feature
    items_with       self_actualising = id id                  exactly these items have the feature
    some_have        peers                                     more than one item has the feature, but not every item
    every_item_has   relationships                             every item has at least one feature of the table
    items_rated      expertise patient = id id                 exactly these items have the level
    some_rated       reciprocity reciprocal                    more than one item has the level, but not every item
    most_rated       expertise patient peers                   more than half of the items have one of the levels
    ratings_differ   2                                         so many ratings are there, and none is the same for all items

A rating's level counts as the level the review itself prints, where the coders use a word of their own (`printed_as`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from .incidence import totals
from .metadata import NOT_STATED
from .problems import Problem, ReviewError, did_you_mean, listed, shown
from .review import Review
from .validation import NATURE


@dataclass(frozen=True)
class Verdict:
    """What the tables show. `borne_out` is None where unclear cells leave it open."""

    found: str
    borne_out: bool | None


Check = Callable[[Review, str, str], Verdict]
CHECKS: dict[str, Check] = {}


def check_claims(review: Review) -> pd.DataFrame:
    """Hold every claim against the tables.

    Parameters
    ----------
    review : Review

    Returns
    -------
    DataFrame, index claim ids
        Columns `quote`, `section`; `found`: what the tables show; `borne_out`: "yes", "no" or "open" (unclear cells could decide either
        way); `changes_with`: the alternative codings that would, each alone, change the verdict.

    Raises
    ------
    ReviewError
        If a check is not registered, or its expectation names something that does not exist.
    """
    _raise_problems(review)
    rows = []
    for claim in review.claims.itertuples():
        verdict = _verdict(review, claim.check, claim.expected)
        changing = [
            f"{review.label(other.model)}: {other.feature} {other.alternative}"
            for other in review.alternatives.itertuples()
            if _verdict(review.with_code(other.table, other.model, other.feature, other.alternative), claim.check, claim.expected).borne_out
            is not verdict.borne_out
        ]
        rows.append((claim.id, claim.quote, claim.section, verdict.found, {True: "yes", False: "no", None: "open"}[verdict.borne_out], changing))
    return pd.DataFrame(rows, columns=["id", "quote", "section", "found", "borne_out", "changes_with"]).set_index("id")


def printed_totals(review: Review) -> pd.DataFrame:
    """The totals that the review prints or states, beside those of the tables as coded.

    Returns
    -------
    DataFrame
        Columns `table`, `of` (an item or a feature), `printed`, `at_least`, `at_most` (Yes as coded; the bounds differ where cells are
        unclear) and `agrees` (bool: the printed total lies within the bounds). Empty where the review prints none.
    """
    rows = []
    for table, axes in review.metadata.printed_totals.items():
        coded = {"rows": totals(review.tables[table]), "columns": totals(review.tables[table].T)}
        for axis, counts in axes.items():
            for name, printed in counts.items():
                low, high = (int(count) for count in coded[axis].loc[name])
                rows.append((table, name, printed, low, high, low <= printed <= high))
    return pd.DataFrame(rows, columns=["table", "of", "printed", "at_least", "at_most", "agrees"])


def borne_out(review: Review, check: str, expected: str) -> bool | None:
    """Whether the tables bear one claim out; None where unclear cells leave it open."""
    return _verdict(review, check, expected).borne_out


def claim_reads(review: Review, check: str, expected: str) -> list[tuple[str, str]]:
    """Which columns a claim looks at: pairs of a table (or "nature") and a feature (or rating)."""
    subject = expected.partition("=")[0].split()[0]
    if check == "ratings_differ":
        return [(NATURE, rating.name) for rating in review.metadata.ratings]
    if check in ("items_rated", "some_rated", "most_rated"):
        return [(NATURE, subject)]
    if check == "every_item_has":
        return [(subject, feature) for feature in review.tables[subject]]
    return [(review.table_of(subject), subject)] if check in ("count_yes", "items_with", "some_have") else []


def claim_problems(review: Review) -> list[Problem]:
    """What is wrong with claims.csv beyond what loading checks: unknown checks and expectations that cannot be read."""
    problems = []
    sheet = review.sheets.get("claims")
    for row in sheet or ():
        check, expected = row["check"], row["expected"]
        if check not in CHECKS:
            problems.append(sheet.problem(f"There is no check {shown(check)}. {did_you_mean(check, CHECKS)}", row, "check"))
            continue
        try:
            _verdict(review, check, expected)
        except (KeyError, ValueError, StopIteration, IndexError):
            message = f"{shown(expected)} is not what the check {check} expects. data/README.md lists what each check expects."
            problems.append(sheet.problem(message, row, "expected"))
    return problems


def _raise_problems(review: Review) -> None:
    problems = claim_problems(review)
    if problems:
        raise ReviewError(problems)


def _verdict(review: Review, check: str, expected: str) -> Verdict:
    subject, _, value = (part.strip() for part in expected.partition("="))
    return CHECKS[check](review, subject, value)


def _register(check: Check) -> Check:
    CHECKS[check.__name__] = check
    return check


@_register
def count_items(review: Review, subject: str, value: str) -> Verdict:
    n = len(review.items)
    return Verdict(f"{n} {review.metadata.item(n)}", n == int(subject))


@_register
def count_features(review: Review, subject: str, value: str) -> Verdict:
    n = review.tables[subject].shape[1]
    return Verdict(f"{n} {review.table_info(subject).feature(n)}", n == int(value))


@_register
def count_yes(review: Review, subject: str, value: str) -> Verdict:
    low, high = _bounds(review, subject)
    expected = int(value)
    return Verdict(_counted(review, low, high), low == expected if low == high else (None if low <= expected <= high else False))


@_register
def items_with(review: Review, subject: str, value: str) -> Verdict:
    column = _column(review, subject)
    wanted, certain, possible = _items(review, value), set(column.index[column == "yes"]), set(column.index[column != "no"])
    borne_out = certain == wanted if certain == possible else (None if certain <= wanted <= possible else False)
    return Verdict(_named(review, certain), borne_out)


@_register
def some_have(review: Review, subject: str, value: str) -> Verdict:
    low, high = _bounds(review, subject)
    verdicts = {1 < n < len(review.items) for n in range(low, high + 1)}
    return Verdict(_counted(review, low, high), verdicts.pop() if len(verdicts) == 1 else None)


@_register
def every_item_has(review: Review, subject: str, value: str) -> Verdict:
    table = review.tables[subject]
    without = list(table.index[~table.eq("yes").any(axis=1)])
    surely = list(table.index[table.eq("no").all(axis=1)])
    found = "all have one" if not without else f"none is coded for {_named(review, set(without))}"
    return Verdict(found, True if not without else (False if surely else None))


@_register
def items_rated(review: Review, subject: str, value: str) -> Verdict:
    rating, level = subject.split()
    rated = _rated(review, rating, [level])
    return Verdict(_named(review, rated), rated == _items(review, value))


@_register
def some_rated(review: Review, subject: str, value: str) -> Verdict:
    rating, *levels = subject.split()
    n = len(_rated(review, rating, levels))
    return Verdict(_counted(review, n, n), 1 < n < len(review.items))


@_register
def most_rated(review: Review, subject: str, value: str) -> Verdict:
    rating, *levels = subject.split()
    n = len(_rated(review, rating, levels))
    return Verdict(_counted(review, n, n), 2 * n > len(review.items))


@_register
def ratings_differ(review: Review, subject: str, value: str) -> Verdict:
    differing = [rating.label for rating in review.metadata.ratings if review.nature[rating.name].nunique() > 1]
    return Verdict(listed(differing), len(differing) == int(subject) == len(review.metadata.ratings))


def _column(review: Review, feature: str) -> pd.Series:
    return review.tables[review.table_of(feature)][feature]


def _bounds(review: Review, feature: str) -> tuple[int, int]:
    column = _column(review, feature)
    return int((column == "yes").sum()), int((column != "no").sum())


def _items(review: Review, ids: str) -> set[str]:
    wanted = set(ids.split())
    if not wanted or wanted - set(review.items):
        raise ValueError("unknown item")
    return wanted


def _rated(review: Review, rating: str, levels: list[str]) -> set[str]:
    """The items rated so, in the review's own words."""
    printed = {level.id: level.printed_as for level in review.rating(rating).levels}
    if not levels or set(levels) - set(printed.values()):
        raise ValueError("unknown level")
    return {item for item, level in review.nature[rating].items() if level != NOT_STATED and printed[level] in levels}


def _counted(review: Review, low: int, high: int) -> str:
    return f"{low if low == high else f'{low} to {high}'} of {len(review.items)}"


def _named(review: Review, items: set[str]) -> str:
    return listed([review.label(item) for item in review.items if item in items])
