"""Second count of the findings of notebook 11 (place_new): one more model among the others.

A model is the set of the features it has. The added one has what all have and the first gap of the first table. Groups are sought over all sets
of models, gaps and premises of rules over all sets of features, each before and after the added model is there. Where several things are
listed, their order is a matter of presentation: models as in the table, groups as a comment says.
"""

import csv
import json
from fractions import Fraction
from itertools import combinations
from math import prod

SOURCES = {
    "place_new.item": "brute force",
    "place_new.neighbours": "brute force",
    "place_new.order": "brute force",
    "place_new.groups": "brute force",
    "place_new.gaps": "brute force",
    "place_new.joint": "brute force",
    "place_new.unclear": "brute force",
}
MOST = 3


def read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def first(words, most):
    """All of them; or so many and how many others there are, if these are two or more."""
    return words if len(words) <= most + 1 else [*words[:most], f"{len(words) - most} others"]


def subsets(names, most=None):
    return [frozenset(some) for size in range((len(names) if most is None else most) + 1) for some in combinations(names, size)]


def alike(one, other):
    return Fraction(len(one & other), len(one | other)) if one | other else Fraction(1)


def nearest(added, rows):
    """The most alike models and how alike they are."""
    most = max(alike(added, row) for row in rows.values())
    return [item for item, row in rows.items() if alike(added, row) == most], most


def shared(rows, features):
    """What each set of rows shares; no row at all shares every feature."""
    return {frozenset(features).intersection(*some) for size in range(len(rows) + 1) for some in combinations(rows, size)}


def having(features, rows):
    return [item for item, row in rows.items() if features <= row]


def closure(features, rows, every):
    return frozenset(every).intersection(*(rows[item] for item in having(features, rows)))


def pseudo_intents(rows, every):
    """Not closed, and contains the closure of every smaller pseudo-intent in it."""
    found = []
    for some in subsets(every):
        if closure(some, rows, every) != some and all(closure(less, rows, every) <= some for less in found if less < some):
            found.append(some)
    return found


def values(data, r):
    words = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))["synopsis"]
    label = {row["id"]: row["label"] for file in ("models.csv", "features.csv") for row in read(data / file)}
    tables, columns = {}, {}
    for table in words["tables"]:
        rows = {row.pop("model"): row for row in read(data / f"{table['name']}.csv")}
        columns[table["name"]] = list(next(iter(rows.values())))
        tables[table["name"]] = {item: frozenset(feature for feature, state in row.items() if state == "yes") for item, row in rows.items()}
    name = next(iter(tables))
    rows, every = tables[name], columns[name]
    by = words["tables"][0]["feature"]["plural"]
    items, features = words["item"]["plural"], words["feature"]["plural"]

    # The gaps: the one that most models were to be expected in first, then the shortest, then as in the table.
    nobody = [some for some in subsets(every, MOST) if not having(some, rows)]
    gaps = [some for some in nobody if not any(less < some for less in nobody)]
    expected = {gap: len(rows) * prod(Fraction(len(having({feature}, rows)), len(rows)) for feature in gap) for gap in gaps}
    gap = min(gaps, key=lambda some: (-expected[some], len(some), sorted(map(every.index, some))))
    added = gap | {feature for feature in every if len(having({feature}, rows)) == len(rows)}
    own = [feature for feature in every if feature in added]

    near, similarity = nearest(added, rows)
    together = {item: frozenset().union(*(table[item] for table in tables.values())) for item in rows}
    near_together, similarity_together = nearest(added, together)

    before, after = shared(list(rows.values()), every), shared([*rows.values(), added], every)
    joined = [some for some in before if some <= added and having(some, rows)]
    joined = [some for some in joined if not any(some < other for other in joined)]
    places = list(rows)

    def as_told(groups, key):
        order = sorted(groups, key=lambda some: (*key(some), [places.index(item) for item in having(some, rows)]))
        return [" + ".join(label[feature] for feature in every if feature in some) or "nothing" for some in order]

    def named(some):
        return " + ".join(label[feature] for feature in every if feature in some)

    filled = [some for some in gaps if some <= added]
    premises = [some for some in pseudo_intents(rows, every) if some <= added and not closure(some, rows, every) <= added]
    last = own[-1]
    ways = [set(nearest(frozenset(way), rows)[0]) for way in (added - {last}, added)]
    return {
        "place_new.item": {
            "item": words["item"]["singular"],
            "yes": [label[feature] for feature in own],
            "n": sum(map(len, columns.values())) - len(own),
            "features": features,
            "no": words["no_means"],
        },
        "place_new.neighbours": {
            "by": by,
            "how": "certainly",  # no cell is unclear
            "nearest": first([label[item] for item in near], 6),
            "similarity": str(similarity),
        },
        "place_new.order": {
            "by": by,
            "same": first([label[item] for item, row in rows.items() if row == added], 6),
            "more": first([label[item] for item, row in rows.items() if row > added], 6),
            "less": first([label[item] for item, row in rows.items() if row < added], 6),
        },
        "place_new.groups": {
            "by": by,
            "before": len(before),
            # The groups that share most first, among these the largest.
            "joins": first(as_told(joined, lambda some: (-len(some), -len(having(some, rows)))), 4),
            "n": len(after - before),
            # The largest group first.
            "opens": first(as_told(after - before, lambda some: (-len(having(some, rows)),)), 4),
        },
        "place_new.gaps": {
            "n": len(filled),
            "most": MOST,
            "by": by,
            "gaps": first(
                [" + ".join(label[feature] for feature in every if feature in some) for some in sorted(filled, key=lambda some: -expected[some])], 4
            ),
            "rules": sum(bool(having(some, rows)) for some in premises),
            "items": items,
            "empty": sum(not having(some, rows) for some in premises),
        },
        "place_new.joint": {
            "features": features,
            "how": "certainly",
            "nearest": first([label[item] for item in near_together], 6),
            "similarity": str(similarity_together),
        },
        "place_new.unclear": {
            "feature": label[last],
            "by": by,
            "certain": first([label[item] for item in rows if item in ways[0] & ways[1]], 6),
            "possible": first([label[item] for item in rows if item in ways[0] ^ ways[1]], 6),
        },
    }
