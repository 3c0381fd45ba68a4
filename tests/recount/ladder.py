"""Second count of the findings of notebook 05 (ladder): containment, concepts, rules, gaps and recipes.

An item is the set of the features it has. Everything else is gone through: all chains of items, all sets of items, all sets of features, all tables
with the same totals, all terms, all sets of terms and all ways to hand out an outcome. Where the notebook lists several things, or names one of
several that are equally long, their order is a matter of presentation; a comment says which it is.
"""

import csv
import json
from collections import Counter
from fractions import Fraction
from functools import cache
from itertools import combinations, product
from math import comb, prod

SOURCES = {
    "ladder.order": "brute force",
    "ladder.longest": "brute force",
    "ladder.second": "brute force",
    "ladder.concepts": "brute force",
    "ladder.chance": "brute force",
    "ladder.rules": "brute force",
    "ladder.joint": "brute force",
    "ladder.gaps": "brute force",
    "ladder.contradictions": "brute force",
    "ladder.recipe": "brute force",
    "ladder.labellings": "brute force",
    "ladder.recipes": "brute force",
}


def read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def told(words):
    """a, b and c"""
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


def first(words, most):
    """All of them; or so many and how many others there are, if these are two or more."""
    return words if len(words) <= most + 1 else [*words[:most], f"{len(words) - most} others"]


def subsets(names, most=None):
    """Every set of these, the smallest first, in the order of the names."""
    return [frozenset(some) for size in range((len(names) if most is None else most) + 1) for some in combinations(names, size)]


def values(data, r):
    words = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))["synopsis"]
    label = {row["id"]: row["label"] for file in ("models.csv", "features.csv") for row in read(data / file)}
    items = [row["id"] for row in read(data / "models.csv")]
    tables, columns = {}, {}
    for table in words["tables"]:
        rows = {row.pop("model"): row for row in read(data / f"{table['name']}.csv")}
        columns[table["name"]] = list(rows[items[0]])
        # An unclear cell counts as No.
        tables[table["name"]] = {item: frozenset(feature for feature, state in rows[item].items() if state == "yes") for item in items}
    name, second = list(tables)[:2]
    sets = tables[name]
    nouns = [table["feature"]["plural"] for table in words["tables"]]
    by = nouns[0] if len(set(nouns)) == len(nouns) else name
    models = words["item"]["plural"]

    below, below_second = contained(sets), contained(tables[second])
    equal, equal_second = (
        [[label[item] for item in items if of[item] == row] for row in sorted(dict.fromkeys(of.values()), key=lambda row: -len(row))]
        for of in (sets, tables[second])
    )
    apart = [label[item] for item in items if not any(sets[item] <= sets[other] or sets[item] >= sets[other] for other in items if other != item)]
    extents = concepts(sets, columns[name])
    behind = [support for _, _, support in base(sets, varying(sets, columns[name]))]
    return {
        "ladder.order": {
            "by": by,
            "items": models,
            "n": len(below),
            "total": comb(len(items), 2),
            "same": first([told(several) for several in equal if len(several) > 1], 4),
            "apart": first(apart, 8),
        },
        "ladder.longest": {"by": by} | longest(sets, label),
        "ladder.second": {
            "by": by,
            "second": nouns[1] if by == nouns[0] else second,
            "items": models,
            "n": len(below_second),
            "both": len(below & below_second),
            "same": first([told(several) for several in equal_second if len(several) > 1], 4),
        },
        "ladder.concepts": {"by": by, "items": models, "n": len(extents), "middle": sum(2 <= len(extent) < len(items) for extent in extents)},
        "ladder.chance": {"by": by} | chance(sets, columns[name], len(extents)),
        "ladder.rules": {
            "by": by,
            "items": models,
            "n": len(behind),
            "tested": sum(support >= 2 for support in behind),
            "one": behind.count(1),
            "none": behind.count(0),
        },
        "ladder.joint": {"items": models} | joint(tables, columns, label),
        "ladder.gaps": {"by": by, "items": models} | gaps(sets, columns[name], label),
        **recipes(data, words, tables, columns, label, {"by": by, "items": models}),
    }


# -------------------------------------------------------------- containment


def contained(sets):
    """The pairs (less, more) of items of which the second has all that the first has, and more."""
    return {(less, more) for less, more in product(sets, repeat=2) if sets[less] < sets[more]}


def longest(sets, label):
    """All chains of different rows, lengthened for as long as any can be. Items with equal rows share a rung."""
    rows = list(dict.fromkeys(sets.values()))
    chains = [(row,) for row in rows]
    while longer := [(*chain, row) for chain in chains for row in rows if chain[-1] < row]:
        chains = longer
    # The one that is named: down from the top, at each rung the row with most features, and of these the first in the table.
    named = min(chains, key=lambda chain: [(-len(row), rows.index(row)) for row in reversed(chain)])
    rungs = [" = ".join(label[item] for item in sets if sets[item] == row) for row in named]
    return {"rungs": len(named), "n": len(chains) if len(chains) < 1000 else "a thousand or more", "one": told(first(rungs, 8))}


# ------------------------------------------------------- concepts and chance


def holders(sets, features):
    return frozenset(item for item in sets if features <= sets[item])


def closure(sets, features, columns):
    """All that the items with these features share; if there are none, every feature."""
    return frozenset(columns).intersection(*(sets[item] for item in holders(sets, features)))


def concepts(sets, columns):
    """The extents: of all sets of items those to which no other item belongs that has all they share."""
    return [some for some in subsets(list(sets)) if holders(sets, frozenset(columns).intersection(*map(sets.get, some))) == some]


@cache
def number_of_concepts(rows, everything):
    """The same from the other side: an intent is what some rows share, or for no row every feature. Rows are whole numbers, a bit for a feature."""
    intents = {everything}
    for row in rows:
        intents |= {row & intent for intent in intents}
    return len(intents)


def chance(sets, columns, observed):
    """All tables with these totals, row after row: in how many tables are the columns' totals used up so far, and by which different rows?

    The number of concepts asks no more of a table than which different rows it has, so the rows may be gone through by size.
    """
    everything = 2 ** len(columns) - 1
    totals = [sum(column in row for row in sets.values()) for column in columns]
    ways = {(tuple(totals), frozenset()): 1}
    for place, size in enumerate(sorted(map(len, sets.values()))):
        rows_left = len(sets) - place - 1
        following = Counter()
        for chosen in combinations(range(len(columns)), size):
            row = sum(1 << column for column in chosen)
            for (wanted, rows), tables in ways.items():
                left = tuple(total - (column in chosen) for column, total in enumerate(wanted))
                if all(0 <= total <= rows_left for total in left):
                    following[left, rows | {row}] += tables
        ways = following
    counts = Counter()
    for (_, rows), tables in ways.items():
        counts[number_of_concepts(rows, everything)] += tables
    bits = frozenset(sum(1 << place for place, column in enumerate(columns) if column in row) for row in sets.values())
    assert number_of_concepts(bits, everything) == observed

    def shares(value):
        fewer = sum(tables for other, tables in counts.items() if other <= value)
        more = sum(tables for other, tables in counts.items() if other >= value)
        return Fraction(fewer, counts.total()), Fraction(more, counts.total())

    fewer, more = shares(observed)
    return {
        "n": counts.total(),
        "how": "all counted",
        "low": min(counts),
        "high": max(counts),
        "mean": float(Fraction(sum(value * tables for value, tables in counts.items()), counts.total())),
        "fewer": float(fewer),
        "more": float(more),
    }


# ----------------------------------------------------------- rules and gaps


def varying(sets, columns):
    """The columns that are neither Yes nor No throughout."""
    return [column for column in columns if 0 < sum(column in row for row in sets.values()) < len(sets)]


def base(sets, columns):
    """The Duquenne-Guigues base among these columns: (premise, conclusion, support).

    A premise is a pseudo-intent: a set of features that is not closed and that holds the closure of each smaller pseudo-intent in it.
    """
    sets = {item: row & frozenset(columns) for item, row in sets.items()}
    found = {}
    for features in subsets(columns):
        whole = closure(sets, features, columns)
        if whole != features and all(found[smaller] <= features for smaller in found if smaller < features):
            found[features] = whole
    return [(premise, whole - premise, len(holders(sets, premise))) for premise, whole in found.items()]


def joint(tables, columns, label):
    """Rules over all tables with two items or more behind them. Of features that the same items have, the first is kept."""
    together = {item: frozenset().union(*(sets[item] for sets in tables.values())) for item in next(iter(tables.values()))}
    together_columns = [column for several in columns.values() for column in several]
    once = {}
    for column in together_columns:
        once.setdefault(holders(together, {column}), column)
    names = varying(together, list(once.values()))
    # Most items behind them first, then as `subsets` orders the premises.
    rules = sorted((rule for rule in base(together, names) if rule[2] >= 2), key=lambda rule: -rule[2])

    def listed(features):
        return told([label[column] for column in names if column in features]) if features else "none"

    twins = [[label[column] for column in together_columns if holders(together, {column}) == holders(together, {one})] for one in once.values()]
    behind = [label[item] for item in together if any(premise <= together[item] for premise, _, _ in rules)]
    return {
        "twins": first([" = ".join(several) for several in twins if len(several) > 1], 4),
        "rules": first([f"{listed(premise)} never without {listed(conclusion)} ({support})" for premise, conclusion, support in rules], 5),
        "behind": first(behind, 6),
    }


def gaps(sets, columns, label, most=3):
    """The combinations that no item has all of, though for each smaller part of them some item has it."""
    found = []
    for features in subsets(columns, most):
        if not holders(sets, features) and all(holders(sets, features - {column}) for column in features):
            # On average, were the features independent: the number of items times the share of each feature.
            expected = len(sets) * prod(Fraction(len(holders(sets, {column})), len(sets)) for column in features)
            found.append((expected, features))
    expected, features = max(found, key=lambda gap: gap[0])  # of equals the first as `subsets` orders them
    names = " + ".join(label[column] for column in columns if column in features)
    return {"most": most, "n": len(found), "expected": float(expected), "combination": names}


# ------------------------------------------------------------------ recipes


def outcomes(data, words):
    """{label: {item: whether it has the outcome}}, the outcome being the second half of a rating's levels; items that are not stated are left out.

    A level that is a word of this coding counts as the level that the review prints.
    """
    found = {}
    for rating, about in words["ratings"].items():
        halves = {level["id"]: level["collapse"] for level in about["levels"]}
        printed = {level["id"]: level.get("printed_as", level["id"]) for level in about["levels"]}
        _, half = dict.fromkeys(halves.values())
        rated = {row["model"]: row[rating] for row in read(data / "nature.csv")}
        found[f"{about['label']}: {half}"] = {item: halves[printed[level]] == half for item, level in rated.items() if level != "not stated"}
    return found


def all_terms(columns):
    """Each feature present, absent or not looked at: (present, absent)."""
    for states in product((True, False, None), repeat=len(columns)):
        chosen = list(zip(columns, states, strict=True))
        yield frozenset(c for c, state in chosen if state), frozenset(c for c, state in chosen if state is False)


def covers(term, row):
    present, absent = term
    return present <= row and not absent & row


def solutions(rows, outcome, columns, conservative):
    """All sets of terms that cover every combination with the outcome, with the fewest terms, and of these with the fewest literals.

    A combination is one with the outcome if all its items have it. A term may cover none that occurs without it; in the conservative solution
    also none that does not occur. `rows` holds the columns only.
    """
    lacking = {rows[item] for item in outcome if not outcome[item]}
    having = {rows[item] for item in outcome} - lacking
    barred = set(subsets(columns)) - having if conservative else lacking
    terms = [term for term in all_terms(columns) if not any(covers(term, row) for row in barred)]
    terms = [term for term in terms if any(covers(term, row) for row in having)]
    for size in range(len(having) + 1):
        found = [some for some in combinations(terms, size) if all(any(covers(term, row) for term in some) for row in having)]
        if found:
            return [some for some in found if literals(some) == min(map(literals, found))]
    raise AssertionError("The combinations themselves are terms.")


def literals(terms):
    return sum(len(present) + len(absent) for present, absent in terms)


class Lengths:
    """How short the shortest parsimonious recipe is for any outcome of the same items."""

    def __init__(self, rows, columns):
        """For each choice of occurring combinations that some term covers exactly, the fewest literals of such a term."""
        self.rows, self.kinds, self.known = rows, list(dict.fromkeys(rows.values())), {}
        self.cheapest = {}
        for term in all_terms(columns):
            covered = frozenset(row for row in self.kinds if covers(term, row))
            self.cheapest[covered] = min(literals([term]), self.cheapest.get(covered, len(columns)))

    def of(self, outcome):
        """Items with the outcome left uncovered, terms, literals: the smaller, the better."""
        lacking = frozenset(self.rows[item] for item in self.rows if not outcome[item])
        uncovered = sum(outcome[item] and self.rows[item] in lacking for item in self.rows)
        if lacking not in self.known:
            self.known[lacking] = self.shortest(lacking)
        return uncovered, *self.known[lacking]

    def shortest(self, lacking):
        """One term more at a time: what can be covered with so many, and the fewest literals it takes."""
        having = frozenset(self.kinds) - lacking
        terms = {covered: number for covered, number in self.cheapest.items() if covered and not covered & lacking}
        reached, size = {frozenset(): 0}, 0
        while having not in reached:
            following = {}
            for (covered, before), (more, number) in product(reached.items(), terms.items()):
                following[covered | more] = min(before + number, following.get(covered | more, before + number))
            reached, size = following, size + 1
        return size, reached[having]


def as_well(lengths, outcome):
    """Of all ways to give the outcome to as many items: how many have a recipe as good, how many the best recipe there is, and how many ways."""
    ways = list(combinations(lengths.rows, sum(outcome.values())))
    assert len(ways) <= 1000  # of more the notebook would draw some
    own = lengths.of(outcome)
    found = [lengths.of({item: item in some for item in lengths.rows}) for some in ways]
    return sum(length <= own for length in found), found.count(min(found)), len(ways)


def recipes(data, words, tables, columns, label, names):
    results = outcomes(data, words)
    mixed, shares = [], []
    for table, sets in tables.items():
        free = varying(sets, columns[table])
        for wanted, outcome in results.items():
            mixed += contradictions(sets, outcome, columns[table], label, f"{wanted}, by {table}")
            rows = {item: sets[item] & frozenset(free) for item in outcome}
            lengths = Lengths(rows, free)
            for sign, target in (("", outcome), ("not ", {item: not has for item, has in outcome.items()})):
                hits, best, n = as_well(lengths, target)
                shares.append((Fraction(hits, n), sign + wanted, table, Fraction(best, n), n))
                shortest = solutions(rows, target, free, conservative=False)
                assert lengths.of(target)[1:] == (len(shortest[0]), literals(shortest[0]))

    (name, sets), (wanted, outcome) = next(iter(tables.items())), next(iter(results.items()))
    free = varying(sets, columns[name])
    rows = {item: sets[item] & frozenset(free) for item in outcome}
    short, long = (solutions(rows, outcome, free, conservative) for conservative in (False, True))
    reached = {tuple(item for item in rows if any(covers(term, rows[item]) for term in some)) for some in short}
    (covered,) = reached  # equally short ones cover the same items: all whose combination never goes without the outcome, and no others
    right = sum(outcome[item] for item in covered)
    share, _, _, attainable, n = shares[0]
    least = min(shares, key=lambda found: found[0])  # of equals the first
    return {
        "ladder.contradictions": {"mixed": first(mixed, 6)},
        "ladder.recipe": {
            "outcome": wanted,
            "by": names["by"],
            "terms": len(short[0]),
            "literals": literals(short[0]),
            "count": len(short),
            "consistency": right / len(covered),
            "coverage": right / sum(outcome.values()),
            "long": literals(long[0]),
        },
        "ladder.labellings": {
            **names,
            "outcome": wanted,
            "n": n,
            "having": sum(outcome.values()),
            "total": len(outcome),
            "how": "all there are",
            "share": float(share),
            "least": float(attainable),
        },
        "ladder.recipes": {"n": len(shares), "outcome": least[1], "table": least[2], "share": float(least[0]), "least": float(least[3])},
    }


def contradictions(sets, outcome, columns, label, where):
    """Combinations that some items have with the outcome and others without."""
    found = []
    for row in dict.fromkeys(map(sets.get, outcome)):
        having, lacking = ([item for item in outcome if sets[item] == row and outcome[item] == has] for has in (True, False))
        if having and lacking:
            # Most items first, then most features, then those that have the first columns.
            place = -len(having + lacking), -len(row), [column not in row for column in columns]
            found.append((place, f"{told([label[item] for item in having])} but not {told([label[item] for item in lacking])} ({where})"))
    return [text for _, text in sorted(found)]
