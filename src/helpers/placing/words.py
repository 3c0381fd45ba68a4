"""Where does the added item stand, in sentences?"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ..lattice.gaps import MOST_FEATURES
from ..problems import counted, listed, some
from ..review import Review
from .containing import LESS, MORE, SAME
from .likeness import Likeness
from .structure import Group, Rule, Structure
from .views import Placement, View
from .ways import CERTAINLY, POSSIBLY

MOST = 6  # the most items, groups, gaps or rules that a sentence lists
Explain = Callable[[str, str], str]


def placing_words(review: Review, placement: Placement) -> list[str]:
    """What is known of an added item's place, ready to be read.

    Parameters
    ----------
    review : Review
    placement : Placement
        As from `place`, of the same review.

    Returns
    -------
    list of str
        One line each: how it is coded; then for each view a heading and its sentences, with an empty line before; then what all this rests on. A
        term is explained where it first stands.

    Examples
    --------
    >>> from helpers import load_review
    >>> from helpers.placing import place
    >>> from helpers.publishing import MAIN_REVIEW
    >>> review = load_review(MAIN_REVIEW)
    >>> words = placing_words(review, place(review, ["social_relationships", "decision_making"]))
    >>> words[3:4] + words[5:6]
    ['By resources (it has 2 of 6):', 'With exactly its resources: Open dialogue.']
    """
    told: set[str] = set()

    def explain(term: str, words: str) -> str:
        """The words, the first time a term is used."""
        new = term not in told
        told.add(term)
        return f" {words}" if new else ""

    lines = _coding(review, placement)
    for view in placement.views:
        lines += ["", *_view(review, view, explain)]
    name, items = placement.added.name, review.metadata.item.plural
    rests = (
        f"All of this rests on how the reader coded {name}, its distances to the {items} too: nothing here has checked that coding. "
        f"A place says which {review.metadata.feature.plural} are named together. It says nothing about what works."
    )
    return [*lines, "", rests]


def _coding(review: Review, placement: Placement) -> list[str]:
    name, yes, unclear = placement.added
    feature, item = review.metadata.feature, review.metadata.item
    rest = sum(table.shape[1] for table in review.tables.values()) - len(yes) - len(unclear)
    parts = [f"Yes for {_labels(review, yes)}" if yes else f"Yes for no {feature(1)}"]
    parts += [f"unclear for {_labels(review, unclear)}"] * bool(unclear)
    if rest:
        parts.append(f"No for the other {counted(rest, f'{feature(1)}, which was', f'{feature(2)}, which were')} not named")
    where = f"{name} is placed among the {counted(len(review.items), item(1), item(2))} of “{review.metadata.title}”."
    lines = [where[:1].upper() + where[1:], f"It is coded {'; '.join(parts)}. No means {review.metadata.no_means}."]
    if unclear:
        lines.append(
            "What is unclear counts neither as Yes nor as No. What depends on how it is decided is called possible; all else holds in each of the "
            f"{2 ** len(unclear):,} ways to decide it."
        )
    return lines


def _view(review: Review, view: View, explain: Explain) -> list[str]:
    by = review.features_of(view.tables[0]) if len(view.tables) == 1 else review.metadata.feature.plural
    fewest, most = len(view.yes), len(view.yes) + len(view.unclear)
    total = review.states(view.tables).shape[1]
    having = f"(it has {fewest if fewest == most else f'{fewest} to {most}'} of {total})"
    lines = [f"By {by} {having}:" if len(view.tables) == 1 else f"By all {by}, the tables side by side {having}:"]
    if view.unclear_cells:
        lines.append(
            f"{counted(view.unclear_cells, 'cell of the table is unclear and may be', 'cells of the table are unclear and may each be')} Yes or No. "
            "What depends on that is called possible, too."
        )
    lines += [*_nearest(review, view, by, explain), *_order(review, view, by)] if most else _nothing(review, view, by)
    if view.structure is None:
        return [*lines, "Left out here: who stands directly above and below it, groups, gaps and rules. They need every cell of the table decided."]
    found = view.structure
    lines += [*_groups(review, found, by, explain), *_gaps(review, view, found, by, explain), *_rules(review, found, by, explain)]
    return lines + ([f"Left out here, as there are too many to go through: {listed(found.too_many)}."] if found.too_many else [])


def _nothing(review: Review, view: View, by: str) -> list[str]:
    item = review.metadata.item(1)
    line = f"It has none of the {by}: it shares none with any {item}, and each {item} has all that it has."
    same = [(review.label(one.item), one.how) for one in view.relations if one.relation == SAME]
    return [f"{line} Others without any: {_told(same)}." if same else line]


def _nearest(review: Review, view: View, by: str, explain: Explain) -> list[str]:
    meaning = explain(
        "jaccard", f"Similarity is the share of {by} that both have, of those that at least one of the two has (Jaccard). It runs from 0 to 1."
    )
    if not any(one.at_most for one in view.neighbours):
        return [f"It shares none of the {by} with any {review.metadata.item(1)}, so none is nearer than another.{meaning}"]
    nearest = [one for one in view.neighbours if one.nearest]
    settled = all(one.at_least == one.at_most for one in nearest)
    similarity = f", with a similarity of {nearest[0].at_most}" if settled else ""
    return [f"Nearest{similarity}: {_told([(f'{review.label(one.item)} ({_counts(one)})', one.nearest) for one in nearest])}.{meaning}"]


def _counts(one: Likeness) -> str:
    least, most = (f"{shared} of {either}" for shared, either in (one.counts_least, one.counts_most))
    if not one.counts_most[1]:
        return "neither has any"
    return f"{most} shared" if one.at_least == one.at_most else f"{least} to {most} shared"


def _order(review: Review, view: View, by: str) -> list[str]:
    item = review.metadata.item
    lines = []
    for kind, words, nothing in (
        (SAME, f"With exactly its {by}", f"No {item(1)} has exactly its {by}."),
        (MORE, f"With all its {by}, and more", f"No {item(1)} has all its {by}, and more."),
        (LESS, f"It has all {by} of these, and more", f"It does not have all {by} of any {item(1)}, and more."),
    ):
        found = [one for one in view.relations if one.relation == kind]
        direct = [(review.label(one.item), one.direct) for one in found if one.direct]
        line = f"{words}: {_told([(review.label(one.item), one.how) for one in found])}." if found else nothing
        if len(found) > len(direct) > 0:
            line += f" Directly {'above' if kind == MORE else 'below'} it, with no other between: {_told(direct)}."
        lines.append(line)
    return lines


def _groups(review: Review, found: Structure, by: str, explain: Explain) -> list[str]:
    if "groups" in found.too_many:
        return []
    items = review.metadata.item.plural
    meaning = explain("group", f"A group is all {items} that have certain {by}, with everything they share (a formal concept).")
    several = len(found.joins) > 1
    lines = [f"The smallest group{'s' * several} it joins share{'s' * (not several)}: {_groups_told(review, found.joins)}.{meaning}"]
    if not found.joins:
        lines = [f"It joins no group of {items}, as each shares something that it lacks.{meaning}"]
    before = "" if found.concepts is None else f", where there were {found.concepts:,} without it"
    if not found.opens:
        return [*lines, f"It opens no new group{before}."]
    low, high = found.opens_at_least, found.opens_at_most
    number = counted(high, "new group") if low == high else f"{low} to {high} new groups"
    return [*lines, f"It opens {number}{before}: {_groups_told(review, found.opens, 'one that shares nothing')}."]


def _groups_told(review: Review, groups: tuple[Group, ...], nothing: str = "nothing") -> str:
    """What each group shares, and the items of the review in it; `nothing` where that is nothing."""
    told = []
    for group in groups:
        everyone = f"all {len(review.items)} {review.metadata.item.plural}"
        who = everyone if 1 < len(group.items) == len(review.items) else _told([(review.label(item), CERTAINLY) for item in group.items])
        told.append((f"{_sum(review, group.features) if group.features else nothing} ({f'with {who}' if group.items else 'alone'})", group.how))
    return _told(told, apart=True)


def _gaps(review: Review, view: View, found: Structure, by: str, explain: Explain) -> list[str]:
    if "gaps" in found.too_many:
        return []
    item, n = review.metadata.item, len(view.yes)
    meaning = explain("gap", f"A gap is a smallest combination of up to {MOST_FEATURES} {by} that no {item(1)} of the review has.")
    if found.gaps:
        filled = _told([(f"{_sum(review, gap.features)} ({gap.expected:.1f})", gap.how) for gap in found.gaps], apart=True)
        chance = explain("expected", f"In brackets: how many {item(2)} would have it on average if {by} had nothing to do with one another.")
        return [f"Gaps that it fills: {filled}.{meaning}{chance}"]
    if n > MOST_FEATURES and not view.unclear and not any(one.relation in (SAME, MORE) for one in view.relations):
        return [f"It fills no gap, since any {MOST_FEATURES} of its {by} are found together; but no {item(1)} has all {n} of them.{meaning}"]
    return [f"It fills no gap.{meaning}"]


def _rules(review: Review, found: Structure, by: str, explain: Explain) -> list[str]:
    if "rules" in found.too_many:
        return []
    item = review.metadata.item
    meaning = explain(
        "rule", f"A rule says which {by} never come without which others. Meant are the fewest from which all follow (Duquenne-Guigues base)."
    )
    backed, empty = [rule for rule in found.rules if rule.support], [rule for rule in found.rules if not rule.support]
    line = f"Rules that it breaks: {_told([(_rule(review, rule), rule.how) for rule in backed], apart=True)}."
    if not backed:
        line = f"It breaks no rule that any {item(1)} stands behind."
    if not empty:
        return [line + meaning]
    most = "" if all(rule.how == CERTAINLY for rule in empty) else "up to "
    so = explain("empty", "Such a rule says only that a combination does not occur.")
    return [f"{line}{meaning} It breaks {most}{counted(len(empty), 'rule')} that no {item(1)} stands behind.{so}"]


def _rule(review: Review, rule: Rule) -> str:
    item, conclusion = review.metadata.item, listed(some(map(review.label, rule.conclusion), MOST))
    words = f"{_sum(review, rule.premise)} never without {conclusion}" if rule.premise else f"no {item(1)} without {conclusion}"
    return f"{words} ({counted(rule.support, item(1), item(2))})"


def _told(marked: Iterable[tuple[str, str]], apart: bool = False) -> str:
    """The certain ones, then those that are only possible; with semicolons if told to, or where words hold commas themselves."""
    marked = list(marked)
    certain, possible = (some((words for words, how in marked if how == wanted), MOST) for wanted in (CERTAINLY, POSSIBLY))
    if apart or any("," in words for words in certain + possible):
        return "; ".join([*certain, *(f"possibly {words}" for words in possible)])
    if not possible:
        return listed(certain)
    return f"{listed(certain)}; possibly also {listed(possible)}" if certain else f"possibly {listed(possible)}"


def _labels(review: Review, features: Iterable[str]) -> str:
    return listed(map(review.label, features))


def _sum(review: Review, features: tuple[str, ...]) -> str:
    return " + ".join(map(review.label, features)) or "nothing"
