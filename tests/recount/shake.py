"""Notebook 09 (shake.*): every conclusion found again under every change, by plain code that looks at the whole table anew each time.

Nothing is taken for granted about which codes a conclusion reads: each one is found again under each change. Distances, heights and probabilities
are whole numbers or fractions. All ways to break ties are followed. What takes minutes is read from slow/shake.csv, which slow/shake.py writes
with the functions of this file: the share of all allowed codings in which each conclusion is the same, and the specification curve.
"""

import csv
import json
import re
from collections import Counter
from fractions import Fraction
from functools import cache, partial
from itertools import combinations, product
from math import comb, lcm, prod, sqrt
from statistics import median
from typing import NamedTuple

SOURCES = {
    "shake.changes": "files",
    "shake.cells": "brute force",
    "shake.conclusions": "brute force",
    "shake.listed": "brute force",
    "shake.codings": "brute force",
    "shake.dropped": "brute force",
    "shake.coders": "brute force",
    "shake.numbers": "brute force",
    "shake.claims": "brute force",
    "shake.curve": "brute force",
    "shake.ledger": "files",
}
SLOW = "tests/recount/slow/shake.csv"


class Case(NamedTuple):
    """One coding: the items and features in order, what each item has, its level of each rating, and the words of datapackage.json."""

    items: tuple
    features: dict  # table: features
    has: dict  # table: {item: set of features}
    rated: dict  # rating: {item: level}
    words: dict


# ------------------------------------------------------------------- files


def read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def case_of(data, folder, words):
    """The codes that lie in a folder. An unclear cell counts as No."""
    items = tuple(row["id"] for row in read(data / "models.csv"))
    tables = [table["name"] for table in words["tables"]]
    cells = {table: {row.pop("model"): row for row in read(folder / f"{table}.csv")} for table in tables}
    features = {table: tuple(next(iter(rows.values()))) for table, rows in cells.items()}
    has = {table: {item: frozenset(f for f in features[table] if rows[item][f] == "yes") for item in items} for table, rows in cells.items()}
    nature = {row["model"]: row for row in read(folder / "nature.csv")}
    return Case(items, features, has, {rating: {item: nature[item][rating] for item in items} for rating in words["ratings"]}, words)


def level_ids(words, rating):
    return [level["id"] for level in words["ratings"][rating]["levels"]]


# ------------------------------------------------------------------- changes


def code(case, place):
    table, item, feature = place
    if table == "nature":
        return case.rated[feature][item]
    return "yes" if feature in case.has[table][item] else "no"


def recoded(case, codes):
    has, rated = dict(case.has), dict(case.rated)
    for (table, item, feature), value in codes.items():
        if table == "nature":
            rated[feature] = rated[feature] | {item: value}
        else:
            has[table] = has[table] | {item: has[table][item] | {feature} if value == "yes" else has[table][item] - {feature}}
    return case._replace(has=has, rated=rated)


def without_item(case, item):
    def left(rows):
        return {other: row for other, row in rows.items() if other != item}

    has, rated = ({name: left(rows) for name, rows in part.items()} for part in (case.has, case.rated))
    return case._replace(items=tuple(other for other in case.items if other != item), has=has, rated=rated)


def without_feature(case, table, feature):
    features = tuple(other for other in case.features[table] if other != feature)
    has = {item: row - {feature} for item, row in case.has[table].items()}
    return case._replace(features=case.features | {table: features}, has=case.has | {table: has})


def places(case):
    """All codes, in the order of tables, rows and columns."""
    columns = {**case.features, "nature": tuple(case.rated)}
    return [(table, item, feature) for table in columns for item in case.items for feature in columns[table]]


def allowed(case, alternatives, unclear=()):
    """The other codes that each debatable code can have: a cell that could be unclear, or is, could be either."""
    found = {}
    for place, other in [((row["table"], row["model"], row["feature"]), row["alternative"]) for row in alternatives] + [
        (cell, "yes") for cell in unclear
    ]:
        now = code(case, place)
        others = {"yes": "no", "no": "yes"}[now] if other == "unclear" else other
        if others != now:
            found.setdefault(place, set()).add(others)
    return found


def single_changes(case, listed):
    """Each code changed to each other code it can have. A rating that is not stated changes only to what is listed."""
    for place in places(case):
        now = code(case, place)
        if place[0] == "nature":
            levels = level_ids(case.words, place[2])
            others = [other for other in dict.fromkeys([*(levels if now in levels else ()), *sorted(listed.get(place, ()))]) if other != now]
        else:
            others = ["no" if now == "yes" else "yes"]
        for other in others:
            yield place, other


# ------------------------------------------------------------------- likeness and groups


def jaccard(one, other):
    return 1 - Fraction(len(one & other), len(one | other)) if one | other else Fraction(0)


def distances(rows):
    return [[jaccard(one, other) for other in rows] for one in rows]


def whole(square):
    """The same distances as whole numbers of one unit."""
    unit = lcm(*(Fraction(value).denominator for row in square for value in row))
    return [[int(value * unit) for value in row] for row in square]


def follow(square, linkage="average", wanted="trees"):
    """Every tree that some order of tied joins leads to, as its set of (group, height), and every partition on the way.

    A group is a set of (place, weight): the distance of two groups is the weighted sum over the pairs across, and all weights of a group add up
    to one and the same whole number. A join that goes on at the same height is no group of its own. `wanted`: "partitions" leaves out the trees.
    """
    n = len(square)
    unit = 2**n if linkage == "weighted" else lcm(*range(1, n + 1))

    @cache
    def members(group):
        return frozenset(place for place, _ in group)

    @cache
    def apart(a, b):
        if linkage in ("average", "weighted"):
            return sum(v * w * square[i][j] for i, v in a for j, w in b)
        return (max if linkage == "complete" else min)(square[i][j] for i, _ in a for j, _ in b)

    def joined(a, b):
        if linkage == "weighted":
            return frozenset((place, weight // 2) for place, weight in a | b)
        return frozenset((place, unit // (len(a) + len(b))) for place, _ in a | b)

    def onward(groups):
        """The lowest height, and where each join at it leads."""
        between = {(a, b): apart(a, b) for a, b in combinations(sorted(groups, key=lambda group: min(members(group))), 2)}
        height = min(between.values())
        for a, b in (pair for pair, value in between.items() if value == height):
            new = joined(a, b)
            yield height, members(new), groups - {a, b} | {new}

    @cache
    def trees(groups):
        if len(groups) == 1:
            return frozenset({frozenset()})
        found = set()
        for height, group, rest in onward(groups):
            for tree in trees(rest):
                goes_on = any(later == height and group < other for other, later in tree)
                found.add(tree if goes_on else tree | {(group, height)})
        return frozenset(found)

    levels = [{frozenset(frozenset({(place, unit)}) for place in range(n))}]
    while len(levels) < n:
        levels.append({rest for groups in levels[-1] for _, _, rest in onward(groups)})
    partitions = {frozenset(map(members, groups)) for level in levels for groups in level}
    return (trees(*levels[0]) if wanted == "trees" else None), partitions


def silhouette(square, partition, exact=Fraction):
    """The mean of (b - a) / max(a, b); 0 for an item alone and for 0/0."""
    total = exact(0)
    for group in partition:
        for i in group if len(group) > 1 else ():
            own = exact(sum(square[i][j] for j in group)) / (len(group) - 1)
            near = min(exact(sum(square[i][j] for j in rest)) / len(rest) for rest in partition if rest is not group)
            if max(own, near):
                total += (near - own) / max(own, near)
    return total / len(square)


def clearest(square, partitions):
    """The largest mean silhouette width, and the numbers of groups that reach it. Decimal numbers choose which are worth an exact look."""
    rough = {partition: silhouette(square, partition, float) for partition in partitions if 1 < len(partition) < len(square)}
    if not rough:
        return None, frozenset()
    near = [partition for partition, width in rough.items() if width > max(rough.values()) - 1e-6]
    widths = [silhouette(square, partition) for partition in near]
    return max(widths), frozenset(len(partition) for partition, width in zip(near, widths, strict=True) if width == max(widths))


class Groups(NamedTuple):
    """What the trees of average linkage say: how many they are, the groups that all of them show apart from the whole, and how many others there
    are; the largest cophenetic correlation (None where there is none); the largest mean silhouette width, and with which numbers of groups.
    """

    trees: int
    certain: frozenset
    undecided: int
    fit: float
    width: Fraction
    numbers: frozenset


@cache
def grouped(rows):
    square = whole(distances(rows))
    trees, partitions = follow(square)
    shown = [{group for group, _ in tree} for tree in trees]
    common = set.intersection(*shown)
    certain = frozenset(group for group in common if len(group) < len(rows))
    fits = [cophenetic(square, tree) for tree in trees]
    width, numbers = clearest(square, partitions)
    fit = max((value for value in fits if value is not None), default=None)
    return Groups(len(trees), certain, len(set.union(*shown) - common), fit, width, numbers)


def cophenetic(square, tree):
    """The correlation of each two items' distance with the height at which the tree brings them together."""
    pairs = list(combinations(range(len(square)), 2))
    joined = {pair: height for group, height in sorted(tree, key=lambda one: -len(one[0])) for pair in combinations(sorted(group), 2)}
    return pearson([square[i][j] for i, j in pairs], [joined[pair] for pair in pairs])


def pearson(x, y):
    """Of whole numbers; only the roots are decimal numbers. None where one side does not vary."""
    n = len(x)
    cross = n * sum(map(prod, zip(x, y, strict=True))) - sum(x) * sum(y)
    spread = [n * sum(value * value for value in side) - sum(side) ** 2 for side in (x, y)]
    return cross / sqrt(spread[0]) / sqrt(spread[1]) if all(spread) else None


def rows_of(case, table):
    return tuple(case.has[table][item] for item in case.items)


# ------------------------------------------------------------------- conclusions from one table


def column(case, table, feature):
    return frozenset(item for item in case.items if feature in case.has[table][item])


def constant(case, table):
    return frozenset(f for f in case.features[table] if len(column(case, table, f)) in (0, len(case.items)))


def rarest(case, table):
    totals = {f: len(column(case, table, f)) for f in case.features[table]}
    return frozenset(f for f, total in totals.items() if total == min(totals.values()))


def closest(case, table):
    found = {frozenset(pair): jaccard(*(case.has[table][item] for item in pair)) for pair in combinations(case.items, 2)}
    return frozenset(pair for pair, value in found.items() if value == min(found.values()))


def contained(case, table):
    return frozenset((less, more) for less, more in product(case.items, repeat=2) if case.has[table][less] < case.has[table][more])


@cache
def base(rows, features):
    """The canonical base by its definition: (premise, conclusion, number of rows behind it), of the features that vary."""
    features = [f for f in features if 0 < sum(f in row for row in rows) < len(rows)]

    def closure(wanted):
        return frozenset(f for f in features if all(f in row for row in rows if wanted <= row))

    pseudo = {}
    for size in range(len(features) + 1):
        for wanted in map(frozenset, combinations(features, size)):
            closed = closure(wanted)
            if closed != wanted and all(other_closed <= wanted for other, other_closed in pseudo.items() if other < wanted):
                pseudo[wanted] = closed
    return {(premise, closed - premise, sum(premise <= row for row in rows)) for premise, closed in pseudo.items()}


def rules(case, table, started):
    """The rules with two items behind them that were there as coded, and hold; if there were none, whether there is one."""
    if not started:
        return any(support > 1 for *_, support in base(rows_of(case, table), case.features[table]))
    return frozenset(
        (premise, conclusion)
        for premise, conclusion in started
        if premise | conclusion <= set(case.features[table]) and all(conclusion <= row for row in rows_of(case, table) if premise <= row)
    )


def halves(words, rating):
    """The half of each level, a level that the review prints as another one in that one's half."""
    levels = {level["id"]: level for level in words["ratings"][rating]["levels"]}
    return {name: levels[level.get("printed_as", name)]["collapse"] for name, level in levels.items()}


def second_half(words, rating):
    return list(dict.fromkeys(level["collapse"] for level in words["ratings"][rating]["levels"]))[1]


def labelled(case, table, rating):
    """What each item with a stated level has, and whether its level is in the second half."""
    half, second = halves(case.words, rating), second_half(case.words, rating)
    return {item: (case.has[table][item], half[level] == second) for item, level in case.rated[rating].items() if level in half}


def contradictions(case, table, rating):
    groups = {}
    for item, (row, outcome) in labelled(case, table, rating).items():
        groups.setdefault(row, []).append((item, outcome))
    return frozenset(frozenset(item for item, _ in group) for group in groups.values() if len({outcome for _, outcome in group}) > 1)


def recipe(case, table, rating):
    seen = {}
    for row, outcome in labelled(case, table, rating).values():
        seen.setdefault(row, set()).add(outcome)
    having, lacking = (frozenset(row for row, outcomes in seen.items() if (outcomes == {True}) is wanted) for wanted in (True, False))
    return shortest(having, lacking, frozenset(case.features[table]))


@cache
def shortest(having, lacking, features):
    """All choices of the fewest terms, then of the fewest features in them, that reach every row of `having` and none of `lacking`.

    All terms are gone through: each feature present, absent or not looked at.
    """
    reached = {}  # rows: the terms of the fewest features that reach just these
    order = sorted(features)
    for looked in product((True, False, None), repeat=len(order)):
        term = frozenset((f, present) for f, present in zip(order, looked, strict=True) if present is not None)

        def meets(row, term=term):
            return all((f in row) is present for f, present in term)

        met = frozenset(filter(meets, having))
        if met and not any(map(meets, lacking)):
            known = reached.setdefault(met, [term])
            if len(term) < len(known[0]):
                reached[met] = [term]
            elif len(term) == len(known[0]) and term not in known:
                known.append(term)
    for size in range(len(having) + 1):
        choices = {}
        for chosen in ways_to_cover(having, frozenset(reached), size):
            literals = sum(len(reached[met][0]) for met in chosen)
            choices.setdefault(literals, set()).update(map(frozenset, product(*(reached[met] for met in chosen))))
        if choices:
            return frozenset(choices[min(choices)])
    raise AssertionError("a row with and without the outcome")


def ways_to_cover(missing, sets, size):
    """Every set of `size` of these sets whose union is all."""
    if not missing:
        return {frozenset()} if not size else set()
    if not size or size * max((len(one & missing) for one in sets), default=0) < len(missing):
        return set()
    target = min(missing, key=lambda row: sum(row in one for one in sets))
    return {rest | {one} for one in sets if target in one for rest in ways_to_cover(missing - one, sets - {one}, size - 1)}


# ------------------------------------------------------------------- conclusions across tables


def coinciding(case):
    groups = {}
    for table, features in case.features.items():
        for f in features:
            groups.setdefault(column(case, table, f), set()).add(f)
    return frozenset(frozenset(group) for group in groups.values() if len(group) > 1)


def mantel(rows, others):
    """Pearson's correlation of the Jaccard distances; None where one side does not vary."""
    x, y = ([jaccard(one, other) for one, other in combinations(table, 2)] for table in (rows, others))
    unit = lcm(*(value.denominator for value in (*x, *y)))
    return pearson([int(value * unit) for value in x], [int(value * unit) for value in y])


@cache
def known_mantel(rows, others):
    return mantel(rows, others)


def mantel_of(case):
    first, second = list(case.features)[:2]
    return known_mantel(rows_of(case, first), rows_of(case, second))


def correlation(case):
    r = mantel_of(case)
    return "cannot be said" if r is None else "not at all" if abs(r) < 1e-12 else "positively" if r > 0 else "negatively"


def driver(case):
    """The features without which the correlation changes most."""
    r, moved = mantel_of(case), {}
    for table in list(case.features)[:2]:
        for f in case.features[table] if len(case.features[table]) > 1 else ():
            other = mantel_of(without_feature(case, table, f))
            if r is not None and other is not None:
                moved[f] = abs(other - r)
    return frozenset(f for f, value in moved.items() if value > max(moved.values()) - 1e-9)


@cache
def fisher(both, first, second, n):
    """Two-sided: the ways of all tables with these totals that are no more frequent. None where a column does not vary."""
    if not (0 < first < n and 0 < second < n):
        return None
    ways = [comb(first, k) * comb(n - first, second - k) for k in range(max(0, first + second - n), min(first, second) + 1)]
    observed = comb(first, both) * comb(n - first, second - both)
    return Fraction(sum(number for number in ways if number <= observed), comb(n, second))


def exact_tests(case):
    """The p of each feature of one table with each of the other, of those that vary."""
    first, second = list(case.features)[:2]
    found = {}
    for f, g in product(case.features[first], case.features[second]):
        a, b = column(case, first, f), column(case, second, g)
        p = fisher(len(a & b), len(a), len(b), len(case.items))
        if p is not None:
            found[frozenset({f, g})] = p
    return found


def strongest(case):
    found = exact_tests(case)
    return frozenset(pair for pair, p in found.items() if p == min(found.values()))


# ------------------------------------------------------------------- conclusions from ratings, and claims


def boxes(case):
    """The stated box of each item: its level down and its level across."""
    y, x = (case.words["quadrant"][axis] for axis in "yx")
    stated = {rating: level_ids(case.words, rating) for rating in (x, y)}
    found = [(case.rated[y][item], case.rated[x][item]) for item in case.items]
    return [box for box in found if box[0] in stated[y] and box[1] in stated[x]]


def fullest(case):
    counts = Counter(boxes(case))
    return frozenset(box for box, count in counts.items() if count == max(counts.values()))


def empty(case):
    return frozenset(product(*(level_ids(case.words, case.words["quadrant"][axis]) for axis in "yx"))) - set(boxes(case))


def cramer(case):
    """Cramér's V of the two ratings of the grid; None where one of them does not vary."""
    found = boxes(case)
    cells, rows, columns = Counter(found), Counter(y for y, _ in found), Counter(x for _, x in found)
    if min(len(rows), len(columns)) < 2:
        return None
    phi2 = sum(Fraction(cells[y, x] ** 2, rows[y] * columns[x]) for y, x in product(rows, columns)) - 1
    return sqrt(phi2 / (min(len(rows), len(columns)) - 1))


def holds(claim, case):
    """Whether the codes bear a claim out, in the words of the table of checks in data/README.md."""
    check, expected = claim["check"], claim["expected"]
    subject, _, wanted = (part.strip() for part in expected.partition("="))

    def having(feature):
        (table,) = (table for table, features in case.features.items() if feature in features)
        return column(case, table, feature)

    def rated(rating, *named):
        printed = {level["id"]: level.get("printed_as", level["id"]) for level in case.words["ratings"][rating]["levels"]}
        return {item for item in case.items if printed.get(case.rated[rating][item]) in named}

    if check == "count_items":
        return len(case.items) == int(expected)
    if check == "count_features":
        return len(case.features[subject]) == int(wanted)
    if check == "count_yes":
        return len(having(subject)) == int(wanted)
    if check == "items_with":
        return having(subject) == set(wanted.split())
    if check == "some_have":
        return 1 < len(having(subject)) < len(case.items)
    if check == "every_item_has":
        return all(rows_of(case, subject))
    if check == "items_rated":
        return rated(*subject.split()) == set(wanted.split())
    if check == "some_rated":
        return 1 < len(rated(*subject.split())) < len(case.items)
    if check == "most_rated":
        return 2 * len(rated(*subject.split())) > len(case.items)
    assert check == "ratings_differ"
    return len(case.words["ratings"]) == int(expected) and all(len(set(levels.values())) > 1 for levels in case.rated.values())


# ------------------------------------------------------------------- all of them


def heading(words, table):
    """The noun of a table's features, or the table's title where another table has the same noun."""
    nouns = {info["name"]: info["feature"]["plural"] for info in words["tables"]}
    title = next(info["title"] for info in words["tables"] if info["name"] == table)
    return title if list(nouns.values()).count(nouns[table]) > 1 else nouns[table].capitalize()


def by(words, table):
    """A table's features in a sentence: its name, unless that is only its title in small letters; then the noun."""
    info = next(info for info in words["tables"] if info["name"] == table)
    noun = info["feature"]["plural"]
    if table != "_".join(info["title"].lower().split()) or table == noun:
        return table
    return noun if heading(words, table) == noun.capitalize() else f"{noun} ({info['title']})"


class Conclusion(NamedTuple):
    about: str
    question: str
    planned: bool
    find: object
    on: tuple  # the columns that are asked about, as (table, feature)


def conclusions(case, claims=()):
    """What is concluded, by id."""
    words, found = case.words, {}
    item, items = words["item"]["singular"], words["item"]["plural"]
    rateds = [rating for rating, info in words["ratings"].items() if len({level["collapse"] for level in info["levels"]}) == 2]

    def add(name, about, question, planned, find, *on):
        found[name] = Conclusion(about, question, planned, find, tuple(on))

    for table, features in case.features.items():
        noun = next(info["feature"] for info in words["tables"] if info["name"] == table)
        on = [(table, f) for f in features]

        def of(name, question, find, planned=True, table=table, noun=noun, on=on, also=()):
            add(f"{table}.{name}", heading(words, table), question, planned, lambda case: find(case, table), *on, *also)

        started = frozenset((p, c) for p, c, support in base(rows_of(case, table), features) if support > 1)
        of("constant", f"Shared by all {items}, or had by none", constant)
        of("rarest", f"The rarest {noun['singular']}", rarest, planned=False)
        of("closest", f"The {items} most alike", closest, planned=False)
        of("contains", f"One {item} has all that another has", contained)
        of("rules", f"Rules with two {items} or more behind them", partial(rules, started=started))
        for rating in rateds:
            second = second_half(words, rating)
            name = words["ratings"][rating]["label"].lower()
            also = [("nature", rating)]
            of(f"contradictions_{rating}", f"Same {noun['plural']}, different {name}", partial(contradictions, rating=rating), also=also)
            of(f"recipe_{rating}", f"Shortest recipe for {name} {second}", partial(recipe, rating=rating), also=also)

        def named(case, table):
            return frozenset(frozenset(case.items[place] for place in group) for group in grouped(rows_of(case, table)).certain)

        of("ties", "Several trees are equally right", lambda case, table: grouped(rows_of(case, table)).trees != 1)
        of("certain", "Groups that all those trees show", named)
        of("number", "Number of groups with the largest silhouette", lambda case, table: grouped(rows_of(case, table)).numbers, planned=False)
    every = [(table, f) for table, features in case.features.items() for f in features]
    add("all.coinciding", "All tables", f"{words['feature']['plural'].capitalize()} that coincide", True, coinciding, *every)
    if len(case.features) > 1:
        first, second = list(case.features)[:2]
        both = [place for place in every if place[0] in (first, second)]
        add("all.correlation", "All tables", f"Distances by {by(words, first)} and {by(words, second)} correlate", True, correlation, *both)
        add("all.driver", "All tables", "The correlation changes most without", False, driver, *both)
        add("all.strongest", "All tables", f"The closest association between {by(words, first)} and {by(words, second)}", False, strongest, *both)
    if words.get("quadrant"):
        axes = [("nature", rating) for rating in words["quadrant"].values()]
        add("ratings.fullest", "Ratings", "The fullest box", False, fullest, *axes)
        add("ratings.empty", "Ratings", "Empty boxes", True, empty, *axes)
    for claim in claims:
        add(f"claim.{claim['id']}", "Claims", claim["quote"], True, lambda case, claim=claim: holds(claim, case), *asked(claim, case))
    return found


def asked(claim, case):
    """The columns that a sentence speaks of; none, if it counts rows or columns."""
    subject = claim["expected"].partition("=")[0].split()[0]
    if claim["check"] == "ratings_differ":
        return [("nature", rating) for rating in case.rated]
    return [(table, f) for table, features in {**case.features, "nature": case.rated}.items() for f in features if subject in (f, table)] * (
        claim["check"] != "count_features"
    )


def states_of(found, case):
    return {name: one.find(case) for name, one in found.items()}


# ------------------------------------------------------------------- what is left out


def speaks_of(member, name):
    return any(speaks_of(inner, name) for inner in member) if isinstance(member, frozenset | tuple) else member == name


def left_of(state, name):
    """A conclusion without what it says of something that is left out."""
    return frozenset(member for member in state if not speaks_of(member, name)) if isinstance(state, frozenset) else state


def kept_without(find, state, smaller, name):
    """Whether a conclusion is the same without an item or feature; None where it speaks of nothing else."""
    left = left_of(state, name)
    return None if left != state and not left else left_of(find(smaller), name) == left


# ------------------------------------------------------------------- numbers


def concepts(rows, features):
    """The sets of features that some set of items share; no item shares all."""
    found = {frozenset(features)}
    for row in rows:
        found |= {row & other for other in found}
    return len(found)


def rungs(rows, features):
    """The items of the longest chain of rows, each with all of the one before and more."""
    longest = {}
    for row in sorted(set(rows), key=len):
        longest[row] = 1 + max((length for below, length in longest.items() if below < row), default=0)
    return max(longest.values())


def gaps(rows, features):
    """The sets of up to three features that no item has all of, though some item has all but any one of them."""
    missing = [set(some) for size in (1, 2, 3) for some in combinations(features, size) if not any(set(some) <= row for row in rows)]
    return sum(not any(less < some for less in missing) for some in missing)


def similarity(rows, features):
    pairs = list(combinations(rows, 2))
    return sum(1 - jaccard(*pair) for pair in pairs) / len(pairs) if pairs else None


def torn(rows, features):
    """The items with more than one nearest neighbour."""
    away = [[jaccard(row, other) for j, other in enumerate(rows) if j != i] for i, row in enumerate(rows)]
    return sum(apart.count(min(apart)) > 1 for apart in away if apart)


def varying(find):
    """The same number without the features that all items have, or none; None if there are no others."""

    def found(rows, features):
        left = frozenset(f for f in features if 0 < sum(f in row for row in rows) < len(rows))
        return find(tuple(row & left for row in rows), left) if left else None

    return found


def of_groups(name):
    return lambda rows, features: getattr(grouped(rows), name)


def mantel_of_varying(case):
    first, second = ((rows_of(case, table), case.features[table]) for table in list(case.features)[:2])
    one, other = (varying(lambda rows, features: rows)(*side) for side in (first, second))
    return known_mantel(one, other) if one and other else None


def tau(case):
    """Kendall's tau-b: of two pairs of items, which are further apart by one table, and by the other?"""
    x, y = ([jaccard(*pair) for pair in combinations(rows_of(case, table), 2)] for table in list(case.features)[:2])
    x, y = ([sorted(set(side)).index(value) for value in side] for side in (x, y))
    agree = ties_x = ties_y = 0
    for i, j in combinations(range(len(x)), 2):
        one, other = (x[i] > x[j]) - (x[i] < x[j]), (y[i] > y[j]) - (y[i] < y[j])
        agree, ties_x, ties_y = agree + one * other, ties_x + (not one), ties_y + (not other)
    total = len(x) * (len(x) - 1) // 2
    return agree / sqrt((total - ties_x) * (total - ties_y)) if ties_x < total and ties_y < total else None


def never_together(case):
    columns = [column(case, table, f) for table, features in case.features.items() for f in features]
    return sum(not one & other for one, other in combinations(columns, 2))


def most_yes(case):
    return max(sum(len(case.has[table][item]) for table in case.features) for item in case.items)


def quantities(case, claims=()):
    """Each number by id: the part it is about, its question, what it is asked of, and how it is found."""
    found, items = {}, case.words["item"]["plural"]
    for table in case.features:
        about = heading(case.words, table)

        def of(name, question, find, table=table, about=about):
            found[f"{table}.{name}"] = about, question, {table}, lambda case: find(rows_of(case, table), case.features[table])

        of("concepts", "Formal concepts", concepts)
        of("rungs", "Rungs of the longest ladder", rungs)
        of("gaps", "Smallest combinations that nothing has", gaps)
        of("similarity", "Mean Jaccard similarity", similarity)
        of("similarity_varying", "Mean Jaccard similarity without constant features", varying(similarity))
        of("torn", f"{items.capitalize()} with several nearest neighbours", torn)
        of("trees", "Equally right trees", of_groups("trees"))
        of("trees_varying", "Equally right trees without constant features", varying(of_groups("trees")))
        of("undecided", "Groups in some but not all trees", of_groups("undecided"))
        of("fit", "Largest cophenetic correlation", of_groups("fit"))
        of("silhouette", "Largest mean silhouette width", of_groups("width"))
    every = set(case.features)
    found["all.never"] = "All tables", "Pairs of features that never occur together", every, never_together
    found["all.most"] = "All tables", "Most Yes of one row", every, most_yes
    if len(case.features) > 1:
        first, second = list(case.features)[:2]
        both, one, other = {first, second}, by(case.words, first), by(case.words, second)
        found["all.r"] = "All tables", f"Correlation of distances by {one} and {other} (Mantel's r)", both, mantel_of
        found["all.r_varying"] = "All tables", "The same without constant features", both, mantel_of_varying
        found["all.tau"] = "All tables", f"Agreement of the orders of pairs by {one} and {other} (Kendall's tau)", both, tau
        question = f"Smallest p of a feature of {one} with one of {other}"
        found["all.p"] = "All tables", question, both, lambda case: min(exact_tests(case).values(), default=None)
    if case.words.get("quadrant"):
        found["ratings.v"] = "Ratings", "Cramér's V of the two ratings", {"nature"}, cramer
    if claims:
        question = "Countable sentences that are borne out"

        def borne_out(changed):
            return sum(holds(claim, changed) for claim in claims) if changed.items == case.items else None

        found["claims.borne_out"] = "Claims of the review", question, {*every, "nature"}, borne_out
    return found


# ------------------------------------------------------------------- the findings


def values(data, r):
    words = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))["synopsis"]
    label = {row["id"]: row["label"] for file in ("models.csv", "features.csv") for row in read(data / file)}
    case, alternatives, claims = case_of(data, data, words), read(data / "alternatives.csv"), read(data / "claims.csv")
    assert not unclear_cells(data, words)
    listed = allowed(case, alternatives)
    found = conclusions(case, claims)
    states = states_of(found, case)
    own = [name for name in found if not name.startswith("claim.")]
    changes = list(single_changes(case, listed))
    in_doubt = {(place, other) for place, others in listed.items() for other in others}

    fallen = {}  # change: the conclusions that are others under it
    for place, other in changes:
        changed = states_of(found, recoded(case, {place: other}))
        fallen[place, other] = {name for name in found if changed[name] != states[name]}
    carried = {place: set().union(*(fallen[change] for change in changes if change[0] == place)) for place in places(case)}
    most = max(map(len, carried.values()))

    by_one = set().union(*fallen.values())
    by_listed = set().union(*(fallen[change] for change in in_doubt))
    firm = [name for name in own if name not in by_one]
    by_two = {name for name in firm if two_changes(case, found[name], states[name], changes)}
    strong = [name for name in firm if name not in by_two]

    def told(names):
        return [f"{found[name].about}: {found[name].question}" for name in names]

    def rests(name):
        return [place for place in listed if (place[0], place[2]) in found[name].on]

    # A conclusion is never another one through a code that it is not asked about.
    assert all((place[0], place[2]) in found[name].on for (place, _), names in fallen.items() for name in names)
    doubtful, standing = ([name for name in own if rests(name) and (name in by_listed) is wanted] for wanted in (True, False))

    smaller = {("item", item): without_item(case, item) for item in case.items}
    smaller |= {("feature", f): without_feature(case, table, f) for table, features in case.features.items() for f in features}
    lost = {
        dropped: [kept_without(found[name].find, states[name], left, dropped[1]) for name in own].count(False) for dropped, left in smaller.items()
    }
    of_items, of_features = ({name: n for (kind, name), n in lost.items() if kind == wanted} for wanted in ("item", "feature"))

    coders = {folder.name: states_of(found, case_of(data, folder, words)) for folder in sorted((data / "coders").iterdir()) if folder.is_dir()}

    moved = []
    for about, question, tables, find in quantities(case, claims).values():
        arbitrary = [change for change in changes if change not in in_doubt and change[0][0] in tables]
        ends = [number for number in (find(recoded(case, {place: other})) for place, other in arbitrary) if number is not None]
        moved.append((float((max(ends) - min(ends)) / abs(find(case))), about, question, find(case), min(ends), max(ends)))
    widest = max(moved, key=lambda one: one[0])

    decided = [name for name in found if name.startswith("claim.") and found[name].on]
    shares, widths = slow_part(data, words)
    open_ones = [name for name in own if rests(name)]
    possible = {name: prod(1 + len(listed[place]) for place in rests(name)) for name in open_ones}
    assert {name: total for name, (_, total) in shares.items()} == possible
    standard = widths.pop(("jaccard", "average", "kept", "as coded"))
    known = [width for width in (*widths.values(), standard) if width is not None]
    rows, printed = ledger_rows(data.parents[1])
    of_ledger = Counter(basis for _, basis in rows.values())
    sentences = {
        "codes": "the codes",
        "rows": "which rows, columns and figures there are",
        "evidence": "the quotes and how certain they are",
        "method": "the method, not the codes",
    }
    return {
        "shake.changes": {"codes": len(carried), "n": len(changes), "listed": len(in_doubt), "conclusions": len(found)},
        "shake.cells": {
            "most": most,
            "total": len(found),
            "heaviest": at_most([f"{label[item]} / {label[f]}" for (_, item, f), names in carried.items() if len(names) == most], 4),
            "none": sum(not names for names in carried.values()),
            "codes": len(carried),
            "debatable": max(len(carried[place]) for place in listed),
        },
        "shake.conclusions": {
            "n": len(own),
            "one": len(own) - len(firm),
            "two": len(by_two),
            "more": len(strong),
            "strong": at_most(told(strong), 4),
        },
        "shake.listed": {"doubtful": len(doubtful), "n": len(doubtful) + len(standing), "firm": at_most(told(standing), 5)},
        "shake.codings": {
            "most": max(possible.values()),
            "limit": 256,  # stands in the text of the finding; how many ways are tried before some are drawn
            "all": sum(share == 1 for share, _ in shares.values()),
            "n": len(open_ones),
            "few": sum(share < Fraction(1, 2) for share, _ in shares.values()),
        },
        "shake.dropped": {
            "item": words["item"]["singular"],
            "feature": words["feature"]["singular"],
            "low": min(of_items.values()),
            "high": max(of_items.values()),
            "who": label[max(of_items, key=of_items.get)],
            "least": min(of_features.values()),
            "greatest": max(of_features.values()),
            "what": label[max(of_features, key=of_features.get)],
        },
        "shake.coders": {
            "same": [
                f"{name.replace('_', ' ')} {sum(theirs[one] == states[one] for one in found)} of {len(found)}" for name, theirs in coders.items()
            ]
        },
        "shake.numbers": {
            "n": len(moved),
            "question": widest[2],
            "about": widest[1].lower(),
            "value": float(widest[3]),
            "low": float(widest[4]),
            "high": float(widest[5]),
        },
        "shake.claims": {
            "n": len(found) - len(own),
            "none": len(found) - len(own) - len(decided),
            "listed": sum(name in by_listed for name in decided),
            "arbitrary": sum(name in by_one and name not in by_listed for name in decided),
            "firm": sum(name not in by_one for name in decided),
        },
        "shake.curve": {
            "n": len(known),
            "low": min(known),
            "high": max(known),
            "median": median(known),
            "number": "04",
            "usual": standard,
            "share": sum(width >= standard - 1e-9 for width in known) / len(known),
        },
        "shake.ledger": {
            "n": len(printed),
            "planned": sum(planned for planned, _ in rows.values()),
            "post_hoc": sum(not planned for planned, _ in rows.values()),
            "rests": [f"{sentences[basis]} ({of_ledger[basis]})" for basis in sentences],
            "here": sum(found[name].planned for name in own),
            "picked": sum(not found[name].planned for name in own),
        },
    }


def at_most(names, most):
    """The first names, and how many others there are; one other is named rather than counted."""
    left = len(names) - most
    return names if left < 1 else [*names[:most], f"{left} other{'s' if left > 1 else ''}"]


def two_changes(case, conclusion, state, changes):
    """Whether some two changes together give another conclusion."""
    asked = [change for change in changes if (change[0][0], change[0][2]) in conclusion.on]
    return any(conclusion.find(recoded(case, dict(pair))) != state for pair in combinations(asked, 2) if pair[0][0] != pair[1][0])


def unclear_cells(data, words):
    tables = [table["name"] for table in words["tables"]]
    return [(t, row["model"], f) for t in tables for row in read(data / f"{t}.csv") for f, state in row.items() if state == "unclear"]


def slow_part(data, words):
    """The share of all codings in which each conclusion is the same, with their number; and the width by specification."""
    shares, widths, about = {}, {}, None
    for row in read(data.parents[1] / SLOW):
        if row["what"] == "codes":
            about = row["value"]
        elif row["what"] == "share":
            kept, total = map(int, row["value"].split("/"))
            shares[row["of"]] = Fraction(kept, total), total
        else:
            widths[tuple(row["of"].split(" | "))] = float(row["value"]) if row["value"] else None
    assert about == codes_in_short(data, words), f"{SLOW} was computed from other codes. Run: .venv/bin/python tests/recount/slow/shake.py"
    return shares, widths


def codes_in_short(data, words):
    """All codes and alternatives as one text: by item a digit for each yes, then its levels, then what could be otherwise."""
    case = case_of(data, data, words)
    cells = ["".join("1" if f in row else "0" for f in case.features[table]) for table in case.features for row in rows_of(case, table)]
    others = allowed(case, read(data / "alternatives.csv"))
    listed = [f"{'/'.join(place)}={'/'.join(sorted(others[place]))}" for place in sorted(others)]
    return " ".join([*cells, *(level for levels in case.rated.values() for level in levels.values()), *listed])


def ledger_rows(root):
    """Every finding that entries.py lists, with whether it is planned and what it rests on; and the findings that the notebooks print."""
    text = (root / "src" / "helpers" / "ledger" / "entries.py").read_text(encoding="utf-8")
    listed = re.findall(r'_entries\((PLANNED|POST_HOC), "(\w+)", "[\w ]+", "([\w. ]+)"\)', text)
    found = {name: (planned == "PLANNED", basis) for planned, basis, names in listed for name in names.split()}
    notebooks = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((root / "notebooks").glob("*.ipynb"))]
    outputs = [output.get("data", {}) for notebook in notebooks for cell in notebook["cells"] for output in cell.get("outputs", ())]
    return found, {data[kind]["id"] for data in outputs for kind in data if kind.endswith("finding+json")}
