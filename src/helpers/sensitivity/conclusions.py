"""What is concluded from the tables? Each conclusion as a state that can be found again under changed codes.

A conclusion is kept where its state is the same. States are sets of ids, so that a dropped item or feature can be taken out of both sides.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass

from ..claims import borne_out, claim_problems, claim_reads
from ..configurations import outcomes
from ..problems import ReviewError, SynopsisError, listed, mid_sentence, some
from ..quadrants import has_quadrants
from ..review import Review
from ..validation import NATURE
from . import states
from .case import Case
from .changes import Change

State = Hashable
Column = tuple[str, str]
CLAIMS = "Claims of the review"
MOST_NAMED = 10  # of the members of a group, in words


@dataclass(frozen=True, eq=False)
class Conclusion:
    """One thing that is concluded.

    Attributes
    ----------
    id : str
        "resources.closest"; "claim.peers_some" for a countable sentence of the review.
    about : str
        The tables it is about, as a heading (`Review.heading`): "Resources", "All tables", "Ratings", "Claims of the review".
    question : str
        What is asked.
    finding : str
        The finding that states it, "alike.extremes"; empty for a claim.
    planned : bool
        False (post hoc) where the subject is picked from the results, as the largest or the smallest of many.
    reads : frozenset of (table, feature)
        The columns whose codes it looks at; ("nature", rating) for a rating.
    find : callable
        The state in a case.
    tell : callable
        A state in words.
    slow : bool
        Whether finding it takes milliseconds, so that changes by the thousand are drawn instead of all tried.
    dropping : bool
        Whether it makes sense without one of the items or features.
    """

    id: str
    about: str
    question: str
    finding: str
    planned: bool
    reads: frozenset[Column]
    find: Callable[[Case], State]
    tell: Callable[[State], str]
    slow: bool = False
    dropping: bool = True


def in_words(review: Review, change: Change) -> str:
    """A change in words: "Open dialogue, Family: no"."""
    feature = review.rating(change.feature).label if change.table == NATURE else review.short_label(change.feature)
    return f"{review.label(change.item)}, {feature}: {change.to}"


def conclusions(review: Review, slow: bool = True) -> list[Conclusion]:
    """All that is concluded from a review's tables, and the review's own countable claims.

    Parameters
    ----------
    review : Review
    slow : bool
        Whether those that are slow to find, about groups, are among them.

    Returns
    -------
    list of Conclusion
        Those about groups are left out for a table of more than 200 cells or with very many ties, and any that cannot be found for the tables as
        coded.
    """
    case = Case.of(review)
    found = [*_of_tables(review, case), *_across_tables(review), *_of_ratings(review), *_claims(review)]
    return [conclusion for conclusion in found if (slow or not conclusion.slow) and _can_be_found(conclusion, case)]


def _can_be_found(conclusion: Conclusion, case: Case) -> bool:
    try:
        conclusion.find(case)
    except SynopsisError:
        return False
    return True


def _of_tables(review: Review, case: Case) -> Iterator[Conclusion]:
    item, several = review.metadata.item, len(review.tables) > 1
    for table in review.tables:
        columns = frozenset((table, feature) for feature in case.features[table])
        feature = review.table_info(table).feature
        about = review.heading(table)

        first = table == review.table_names[0]  # which findings speak of; the others are told of in a few

        def add(name, question, finding, find, tell, planned=True, reads=columns, slow=False, table=table, about=about, first=first):
            stated = finding[0] if first else finding[1]
            return Conclusion(f"{table}.{name}", about, question, stated, planned, reads, lambda case: find(case, table), tell, slow)

        def sets(state: State) -> str:
            return _sets(review, state)

        constant = ("tables.constant", "tables.constant")
        yield add("constant", f"Shared by all {item.plural}, or had by none", constant, states.constant, sets)
        yield add("rarest", f"The rarest {feature.singular}", ("" if several else "tables.columns", ""), states.rarest, sets, planned=False)
        if len(review.items) < 2:
            continue
        closest = ("alike.extremes", "alike.versions")
        yield add("closest", f"The {item.plural} most alike", closest, states.closest, sets, planned=False)
        yield add("contains", f"One {item.singular} has all that another has", ("ladder.order", "ladder.second"), states.contained, _pairs)
        with contextlib.suppress(SynopsisError):  # too many to find
            rules = states.rules_of(case, table)
            tell = (lambda s: "; ".join(some((_rule(review, rule) for rule in _ordered(review, s)), most=5)) or "none holds") if rules else _yes_no
            question = f"Rules with two {item.plural} or more behind them"
            yield add("rules", question, ("ladder.rules", ""), lambda case, table, rules=rules: states.rules_kept(case, table, rules), tell)
        for outcome in outcomes(review):
            also = columns | {(NATURE, outcome.rating)}
            recipe = ("ladder.recipe" if outcome == outcomes(review)[0] else "", "")
            yield add(
                f"contradictions_{outcome.rating}", f"Same {feature.plural}, different {outcome.name}", ("ladder.contradictions",) * 2,
                lambda case, table, outcome=outcome: states.contradictions(case, table, outcome), sets, reads=also,
            )  # fmt: skip
            yield add(
                f"recipe_{outcome.rating}", f"Shortest recipe for {outcome.name} {outcome.half}", recipe,
                lambda case, table, outcome=outcome: states.recipe(case, table, outcome), lambda s: _recipe(review, s), reads=also,
            )  # fmt: skip
        if not states.groups_are_quick(case, table):
            continue
        trees, certain, best = ("groups.trees", "groups.tables"), ("groups.certain", "groups.tables"), ("groups.best", "")
        yield add("ties", "Several trees are equally right", trees, states.several_trees, _yes_no, slow=True)
        yield add("certain", "Groups that all those trees show", certain, states.certain_groups, sets, slow=True)
        yield add("number", "Number of groups with the largest silhouette", best, states.best_numbers, _numbers, planned=False, slow=True)


def _across_tables(review: Review) -> Iterator[Conclusion]:
    columns = frozenset((table, feature) for table, cells in review.tables.items() for feature in cells)

    def sets(state: State) -> str:
        return _sets(review, state)

    question = f"{review.metadata.feature.plural.capitalize()} that coincide"
    yield Conclusion("all.coinciding", "All tables", question, "tables.identical_features", True, columns, states.coinciding, sets)
    if len(review.tables) > 1 and len(review.items) > 2:
        first, second = review.table_names[:2]
        pair = " and ".join(map(review.spoken, (first, second)))
        both = frozenset(column for column in columns if column[0] in (first, second))
        yield Conclusion(
            "all.correlation", "All tables", f"Distances by {pair} correlate", "compare.mantel", True, both,
            lambda case: states.correlation(case, first, second), str,
        )  # fmt: skip
        yield Conclusion(
            "all.driver", "All tables", "The correlation changes most without", "compare.driver", False, both,
            lambda case: states.driver(case, first, second), sets,
        )  # fmt: skip
        yield Conclusion(
            "all.strongest", "All tables", f"The closest association between {pair}", "compare.pairs", False, both,
            lambda case: states.strongest(case, first, second), sets,
        )  # fmt: skip


def _of_ratings(review: Review) -> Iterator[Conclusion]:
    if not has_quadrants(review):
        return
    reads = frozenset((NATURE, review.metadata.quadrant[axis]) for axis in "xy")
    yield Conclusion("ratings.fullest", "Ratings", "The fullest box", "place.boxes", False, reads, states.fullest, lambda s: _boxes(s))
    yield Conclusion("ratings.empty", "Ratings", "Empty boxes", "place.boxes", True, reads, states.empty_boxes, lambda s: _boxes(s))


def _claims(review: Review) -> Iterator[Conclusion]:
    problems = claim_problems(review)
    if problems:
        raise ReviewError(problems)
    words = {True: "borne out", False: "not borne out", None: "open"}
    for claim in review.claims.itertuples():
        yield Conclusion(
            f"claim.{claim.id}", CLAIMS, claim.quote, "", True, frozenset(claim_reads(review, claim.check, claim.expected)),
            lambda case, claim=claim: borne_out(case.as_review(), claim.check, claim.expected), words.__getitem__, dropping=False,
        )  # fmt: skip


def _ordered(review: Review, state: State) -> list:
    """The members of a state in the review's order, whatever they hold."""
    order = {name: place for place, name in enumerate([*review.items, *(f for table in review.tables.values() for f in table)])}

    def key(member: object) -> list:
        if isinstance(member, frozenset):
            return sorted(map(key, member))
        return [part for inner in member for part in key(inner)] if isinstance(member, tuple) else [order.get(member, len(order))]

    return sorted(state, key=key)


def _sets(review: Review, state: State) -> str:
    """Ids, or sets of ids, by name."""
    told = [
        listed(some([review.label(name) for name in _ordered(review, member)], most=MOST_NAMED))
        if isinstance(member, frozenset)
        else review.label(member)
        for member in _ordered(review, state)
    ]
    return "; ".join(some(told, most=3)) or "none"


def _pairs(state: State) -> str:
    return f"{len(state)} pairs" if len(state) != 1 else "1 pair"


def _rule(review: Review, rule: tuple[frozenset, frozenset]) -> str:
    premise, conclusion = ([f"“{mid_sentence(review.label(name))}”" for name in _ordered(review, side)] for side in rule)
    return f"{listed(premise)} never without {listed(conclusion)}"


def _recipe(review: Review, state: State) -> str:
    return states.recipe_words(state, lambda name: mid_sentence(review.short_label(name)), lambda members: _ordered(review, members))


def _boxes(state: State) -> str:
    return "; ".join(some((" × ".join(box) for box in sorted(state)), most=3)) or "none"


def _yes_no(state: State) -> str:
    return "yes" if state else "no"


def _numbers(state: State) -> str:
    return listed(sorted(state), "or")
