"""Second count of the findings of notebook 03 (alike): how alike two models are.

A model is the set of the features it has, so a, b and c are sizes of intersections and differences. Everything is counted in fractions.
"""

import csv
import json
from fractions import Fraction
from itertools import combinations, product
from math import sqrt

SOURCES = {
    "alike.unclear": "files",
    "alike.pair": "brute force",
    "alike.pair_matching": "by hand",
    "alike.range": "brute force",
    "alike.extremes": "brute force",
    "alike.neighbours": "brute force",
    "alike.popular": "brute force",
    "alike.constant": "brute force",
    "alike.coefficients": "brute force",
    "alike.versions": "brute force",
    "alike.tables": "brute force",
    "alike.bounds": "brute force",
}


def read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def jaccard(x, y):
    return Fraction(len(x & y), len(x | y)) if x | y else Fraction(1)


def overlap(x, y):
    """Shared by the smaller set. Two empty sets are the same; an empty one and another share nothing."""
    if not x or not y:
        return Fraction(int(not x and not y))
    return Fraction(len(x & y), min(len(x), len(y)))


def tau(one, other):
    """Kendall's tau-b of two lists: concordant less discordant pairs, over the root of (pairs untied in one) x (pairs untied in the other)."""
    signs = [((x > u) - (x < u), (y > v) - (y < v)) for (x, y), (u, v) in combinations(zip(one, other, strict=True), 2)]
    untied = sum(s != 0 for s, _ in signs) * sum(t != 0 for _, t in signs)
    return sum(s * t for s, t in signs) / sqrt(untied) if untied else None


def decided(row):
    """Every set of features that a row with unclear cells could stand for."""
    choices = ([(name, state)] if state != "unclear" else [(name, "yes"), (name, "no")] for name, state in row.items())
    return [{name for name, state in cells if state == "yes"} for cells in product(*choices)]


def values(data, r):
    words = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))["synopsis"]
    label = {row["id"]: row["label"] for file in ("models.csv", "features.csv") for row in read(data / file)}
    items = [row["id"] for row in read(data / "models.csv")]
    pairs = list(combinations(items, 2))
    tables = {table["name"]: {row.pop("model"): row for row in read(data / f"{table['name']}.csv")} for table in words["tables"]}
    # An unclear cell counts as No.
    has = {name: {item: {feature for feature, state in rows[item].items() if state == "yes"} for item in items} for name, rows in tables.items()}

    name, second = list(tables)[:2]
    nouns = [table["feature"] for table in words["tables"]]
    by = nouns[0]["plural"] if len({noun["plural"] for noun in nouns}) == len(nouns) else name
    columns = list(tables[name][items[0]])
    sets = has[name]
    alike = {(x, y): jaccard(sets[x], sets[y]) for x, y in pairs}
    most, least = max(alike.values()), min(alike.values())

    def with_value(value):
        return [f"{label[x]} with {label[y]}" for x, y in pairs if alike[x, y] == value]

    nearest = {}
    for item in items:
        to = {other: alike[(item, other) if (item, other) in alike else (other, item)] for other in items if other != item}
        nearest[item] = [other for other in to if to[other] == max(to.values())]
    chosen = {item: sum(item in others for others in nearest.values()) for item in items}

    constant = {column for column in columns if sum(column in sets[item] for item in items) in (0, len(items))}
    varying = {(x, y): jaccard(sets[x] - constant, sets[y] - constant) for x, y in pairs}
    matching = {(x, y): 1 - Fraction(len(sets[x] ^ sets[y]), len(columns)) for x, y in pairs}

    unclear = [state for row in tables[name].values() for state in row.values()].count("unclear")
    gaps = []
    for x, y in pairs:
        could_be = [jaccard(one, other) for one, other in product(decided(tables[name][x]), decided(tables[name][y]))]
        gaps.append(max(could_be) - min(could_be))
    return {
        "alike.unclear": {"n": unclear, "cells": len(items) * len(columns), "by": by},
        **one_pair(items, sets, columns, label, nouns[0]),
        "alike.range": {
            "by": by,
            "n": len(pairs),
            "pairs": "pair" if len(pairs) == 1 else "pairs",
            "least": str(least),
            "most": str(most),
            "distinct": len(set(alike.values())),
        },
        "alike.extremes": {"by": by, "most": str(most), "least": str(least), "top": with_value(most), "bottom": with_value(least)},
        "alike.neighbours": {
            "by": by,
            "n": sum(len(others) > 1 for others in nearest.values()),
            "total": len(items),
            "items": words["item"]["plural"],
            "single": [label[item] for item in items if len(nearest[item]) == 1],
        },
        "alike.popular": {
            "by": by,
            "n": max(chosen.values()),
            "names": [label[item] for item in items if chosen[item] == max(chosen.values())],
        },
        "alike.constant": {
            "n": len(constant),
            "features": nouns[0]["singular" if len(constant) == 1 else "plural"],
            "before": float(sum(alike.values()) / len(pairs)),
            "after": float(sum(varying.values()) / len(pairs)),
            "tau": tau(alike.values(), varying.values()),
        },
        "alike.coefficients": {
            "by": by,
            "overlap": tau(alike.values(), [overlap(sets[x], sets[y]) for x, y in pairs]),
            "matching": tau(alike.values(), matching.values()),
        },
        "alike.versions": {"best": versions(items, pairs, has, label)},
        "alike.tables": {
            "first": name,
            "second": second,
            "tau": tau(alike.values(), [jaccard(has[second][x], has[second][y]) for x, y in pairs]),
        },
        "alike.bounds": {"by": by, "n": sum(gap > 0 for gap in gaps), "total": len(pairs), "width": float(max(gaps))},
    }


def one_pair(items, sets, columns, label, noun):
    """The pair to explain with: all four boxes as full as a pair of this table allows.

    That is the pair whose least filled box holds most; among equals the one with most boxes filled, then with most shared, then the first by name.
    Simple matching by hand: of n features the two agree about all but the b + c that one of them has alone.
    """

    def boxes(x, y):
        a, b, c = len(x & y), len(x - y), len(y - x)
        return a, b, c, len(columns) - a - b - c

    def merit(pair):
        counts = boxes(sets[pair[0]], sets[pair[1]])
        return min(counts), sum(count > 0 for count in counts), counts[0]

    ordered = list(combinations(sorted(items), 2))
    first, second = next(pair for pair in ordered if merit(pair) == max(map(merit, ordered)))
    a, b, c, d = boxes(sets[first], sets[second])
    either = a + b + c
    names = {"first": label[first], "second": label[second]}
    return {
        "alike.pair": {
            **names,
            "features": noun["singular" if either == 1 else "plural"],
            "a": a,
            "any": either,
            "similarity": str(Fraction(a, either)),
            "distance": str(Fraction(b + c, either)),
        },
        "alike.pair_matching": {**names, "similarity": str(1 - Fraction(b + c, a + b + c + d))},
    }


def versions(items, pairs, has, label):
    """The most alike pairs by each table, by all features, by all features where those that coincide count once, and by the mean of the tables."""
    together = {item: {(table, feature) for table in has for feature in has[table][item]} for item in items}
    holders = {column: tuple(item for item in items if column in together[item]) for item in items for column in together[item]}
    # A feature is replaced by the set of items that have it: those that coincide become one.
    once = {item: {holders[column] for column in together[item]} for item in items}
    similarity = {table: {(x, y): jaccard(has[table][x], has[table][y]) for x, y in pairs} for table in has}
    similarity["together"] = {(x, y): jaccard(together[x], together[y]) for x, y in pairs}
    similarity["coinciding once"] = {(x, y): jaccard(once[x], once[y]) for x, y in pairs}
    similarity["equal weight"] = {pair: sum(similarity[table][pair] for table in has) / len(has) for pair in pairs}
    best = {version: [pair for pair in pairs if found[pair] == max(found.values())] for version, found in similarity.items()}
    return [f"{version} ({'; '.join(f'{label[x]} + {label[y]}' for x, y in shown)})" for version, shown in best.items()]
