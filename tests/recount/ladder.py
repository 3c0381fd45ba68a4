"""Second count of the findings of notebook 05 (ladder): containment, concepts, rules, gaps and recipes.

An item is the set of the features it has; everything else is gone through: all chains of items, all sets of items, all sets of features, all tables
with the same totals, all terms, all sets of terms and all ways to hand out an outcome. Where the notebook names one of several that are equally
long or short, or lists several, the order is a matter of presentation and told in a comment.
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
    """All of them, or the first and how many others there are if these are two or more."""
    return words if len(words) <= most + 1 else [*words[:most], f"{len(words) - most} others"]


def subsets(columns, most=None):
    """Every set of these, the smallest first, in the order of the columns."""
    return [frozenset(some) for size in range((len(columns) if most is None else most) + 1) for some in combinations(columns, size)]


def values(data, r):
    words = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))["synopsis"]
    label = {row["id"]: row["label"] for file in ("models.csv", "features.csv") for row in read(data / file)}
    items = [row["id"] for row in read(data / "models.csv")]
    tables, columns = {}, {}
    for name in (table["name"] for table in words["tables"]):
        rows = {row.pop("model"): row for row in read(data / f"{name}.csv")}
        columns[name] = list(rows[items[0]])
        # An unclear cell counts as No.
        tables[name] = {item: frozenset(feature for feature, state in rows[item].items() if state == "yes") for item in items}
    name, second = list(tables)[:2]
    nouns = [table["feature"]["plural"] for table in words["tables"]]
    by = {"by": nouns[0] if len(set(nouns)) == len(nouns) else name}
    models = {"items": words["item"]["plural"]}
    sets = tables[name]

    below, below_second = contained(sets), contained(tables[second])
    equal = [[item for item in items if sets[item] == row] for row in dict.fromkeys(sets.values())]
    alone = [item for item in items if not any(sets[item] <= sets[other] or sets[other] <= sets[item] for other in items if other != item)]
    extents = closed(sets)
    return {
        "ladder.order": {
            **by,
            **models,
            "n": len(below),
            "total": len(items) * (len(items) - 1) // 2,
            "same": first([told([label[item] for item in several]) for several in equal if len(several) > 1], 4),
            "apart": first([label[item] for item in alone], 8),
        },
        "ladder.longest": {**by, **longest(sets, label)},
        "ladder.second": {**by, **models, "second": second, "n": len(below_second), "both": len(below & below_second)},
        "ladder.concepts": {**by, **models, "n": len(extents), "middle": sum(2 <= len(extent) < len(items) for extent in extents)},
        "ladder.chance": {**by, **chance(sets, columns[name], len(extents))},
        **rules(tables, columns, label, by, models),
        "ladder.gaps": {**by, **gaps(sets, columns[name], label)},
        **recipes(data, words, tables, columns, label, by, models),
    }


# ------------------------------------------------------------- containment


def contained(sets):
    """The pairs (less, more) of items in which the second has all that the first has, and more."""
    return {(less, more) for less, more in product(sets, repeat=2) if sets[less] < sets[more]}


def longest(sets, label):
    """Every chain of different rows, lengthened as long as one of them can be. Items with equal rows share a rung."""
    rows = list(dict.fromkeys(sets.values()))
    chains = [(row,) for row in rows]
    while longer := [(*chain, row) for chain in chains for row in rows if chain[-1] < row]:
        chains = longer
    # The one that is named: read from the top, at each rung the row with more features, then the one that stands first in the table.
    named = min(chains, key=lambda chain: [(-len(row), rows.index(row)) for row in reversed(chain)])
    rungs = [" = ".join(label[item] for item in sets if sets[item] == row) for row in named]
    return {"rungs": len(named), "n": len(chains) if len(chains) < 1000 else "a thousand or more", "one": told(first(rungs, 8))}


# ---------------------------------------------------------------- concepts


def closed(sets):
    """The extents by definition: each set of items, of all there are, such that no other item has all that these share."""
    everything = frozenset().union(*sets.values())
    found = []
    for some in subsets(list(sets)):
        shared = everything.intersection(*(sets[item] for item in some))
        # For no item: features that no item has are shared too, but none has them either.
        if some == {item for item in sets if shared <= sets[item]} or (not some and not everything_held(sets, everything)):
            found.append(some)
    return found
