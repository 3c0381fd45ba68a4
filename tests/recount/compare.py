"""The findings of notebook 06 (compare.*): the two tables side by side, their columns, the ratings and the joint analysis.

Distances, heights and p-values are exact fractions. All 10! orders of the items are gone through with whole numbers.
"""

import csv
import json
from fractions import Fraction
from functools import cache
from itertools import combinations, permutations, product
from math import comb, factorial, lcm, prod, sqrt

import numpy as np

SOURCES = {
    "compare.mantel": "brute force",
    "compare.mantel_constant": "brute force",
    "compare.driver": "files",
    "compare.without_coinciding": "files",
    "compare.pairs": "brute force",
    "compare.min_p": "brute force",
    "compare.coinciding": "files",
    "compare.codes": "brute force",
    "compare.codes_range": "brute force",
    "compare.joint": "files",
    "compare.groups": "brute force",
}


def lines_of(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def columns_of(path, items):
    """Each feature's Yes and No (an unclear cell is no Yes) in the order of the items."""
    rows = {line["model"]: line for line in lines_of(path)}
    return {feature: tuple(rows[item][feature] == "yes" for item in items) for feature in next(iter(rows.values())) if feature != "model"}


def varying(columns):
    return {feature: column for feature, column in columns.items() if len(set(column)) > 1}


def without(columns, *left_out):
    return {feature: column for feature, column in columns.items() if feature not in left_out}


# Distances


def jaccard(columns):
    """The distance of each pair of items (by their numbers), 1 - a/(a + b + c); 0 for two items without any Yes."""
    rows = list(zip(*columns.values(), strict=True))
    found = {}
    for i, j in combinations(range(len(rows)), 2):
        both, either = (sum(holds((x, y)) for x, y in zip(rows[i], rows[j], strict=True)) for holds in (all, any))
        found[i, j] = 1 - Fraction(both, either) if either else Fraction(0)
    return found


def correlation(first, second):
    """Pearson's r over the pairs; only the root is taken of a decimal number."""
    x, y = ([table[pair] - sum(table.values()) / len(table) for pair in sorted(table)] for table in (first, second))
    return float(sum(a * b for a, b in zip(x, y, strict=True))) / sqrt(sum(a * a for a in x) * sum(b * b for b in y))


def kendall(first, second):
    """Tau-b: agreements less disagreements, over the root of the numbers of comparisons not tied in the first and in the second."""

    def order(table):
        return [(table[p] > table[q]) - (table[p] < table[q]) for p, q in combinations(sorted(table), 2)]

    x, y = order(first), order(second)
    return sum(a * b for a, b in zip(x, y, strict=True)) / sqrt(sum(map(abs, x)) * sum(map(abs, y)))


# All orders of the items


def all_orders(n):
    """Each order of n numbers as a row."""
    orders = np.zeros((1, 0), dtype=np.uint8)
    for new in range(n):
        orders = np.concatenate([np.insert(orders, place, new, axis=1) for place in range(new + 1)])
    return orders


def whole_numbers(distances):
    scale = lcm(*(value.denominator for value in distances.values()))
    return {pair: int(value * scale) for pair, value in distances.items()}


def mantel(firsts, second, orders):
    """For each first table the number of orders with at least its r, and the number that reach the largest r there is.

    Means and spreads do not change with the order, so it is enough to compare the sums of products.
    """
    n = orders.shape[1]
    square = np.zeros((n, n), dtype=np.int32)
    for (i, j), value in whole_numbers(second).items():
        square[i, j] = square[j, i] = value
    firsts = [whole_numbers(first) for first in firsts]
    sums = [np.zeros(len(orders), dtype=np.int32) for _ in firsts]
    for i, j in combinations(range(n), 2):
        moved = square.ravel()[orders[:, i] * np.uint8(n) + orders[:, j]]
        for first, total in zip(firsts, sums, strict=True):
            total += first[i, j] * moved
    own = np.flatnonzero((orders == np.arange(n)).all(axis=1))
    return [(int((total >= total[own]).sum()), int((total == total.max()).sum())) for total in sums]


def min_p_between(first, second, p, orders):
    """The share of the orders of the second table's rows in which some pair of columns has a p of at most the given one."""
    n = orders.shape[1]
    words = np.array([sum(16**place * column[i] for place, column in enumerate(second.values())) for i in range(n)], dtype=np.uint16)
    hit = np.zeros(len(orders), dtype=bool)
    for column in first.values():
        total = sum(column)
        together = np.zeros(len(orders), dtype=np.uint16)  # four counts of items with both, in four bits each
        for i in np.flatnonzero(column):
            together += words[orders[:, i]]
        small = np.zeros(16**4, dtype=bool)
        for counts in product(range(total + 1), repeat=len(second)):
            word = sum(16**place * count for place, count in enumerate(counts))
            margins = [(sum(other), n - sum(other)) for other in second.values()]
            possible = all(0 <= count <= yes and total - count <= no for count, (yes, no) in zip(counts, margins, strict=True))
            small[word] = possible and any(exact_p((count, total - count), margin) <= p for count, margin in zip(counts, margins, strict=True))
        hit |= small[together]
    return Fraction(int(hit.sum()), len(orders))


# Exact tests


@cache
def chances(total, levels):
    """The chance of each way to spread the Yes of a column over levels of these sizes, by chance."""
    ways = [way for way in product(*(range(size + 1) for size in levels)) if sum(way) == total]
    return {way: Fraction(prod(map(comb, levels, way)), comb(sum(levels), total)) for way in ways}


@cache
def exact_p(yes, levels):
    """Fisher, Freeman and Halton: the chance of all ways to spread the Yes that are not more likely than the one seen."""
    known = chances(sum(yes), levels)
    return sum(chance for chance in known.values() if chance <= known[yes])


def exact_test(column, code):
    """p of a column against the levels of a code (or another column), and the smallest p that the totals allow."""
    levels = sorted(set(code))
    sizes = tuple(code.count(level) for level in levels)
    yes = tuple(sum(cell and level == wanted for cell, level in zip(column, code, strict=True)) for wanted in levels)
    return exact_p(yes, sizes), min(exact_p(way, sizes) for way in chances(sum(column), sizes))


def holm(p, ps):
    """The adjusted value of the smallest p of a family: p times the number of tests."""
    assert p == min(ps)
    return min(Fraction(1), p * len(ps))


def against(columns, code):
    """The tests of the columns against a rating, without items whose level is not stated and columns that are then constant."""
    stated = [i for i, level in enumerate(code) if level != "not stated"]
    kept = varying({feature: tuple(column[i] for i in stated) for feature, column in columns.items()})
    levels = tuple(code[i] for i in stated)
    return {feature: exact_test(column, levels) for feature, column in kept.items()}, kept, levels


# Trees


def every_tree(distance):
    """Every tree of average linkage that some order of tied joins leads to, as its groups with their heights; no group twice at one height."""

    @cache
    def apart(a, b):
        return Fraction(sum(distance[min(i, j), max(i, j)] for i in a for j in b), len(a) * len(b))

    @cache
    def onward(groups):
        if len(groups) == 1:
            return {frozenset()}
        height = min(apart(a, b) for a, b in combinations(groups, 2))
        found = set()
        for a, b in combinations(groups, 2):
            if apart(a, b) == height:
                for later in onward(groups - {a, b} | {a | b}):
                    # A group that goes on growing at this height is not complete yet.
                    found.add(later if any(h == height and a | b < group for group, h in later) else later | {(a | b, height)})
        return found

    return onward(frozenset(frozenset({i}) for pair in distance for i in pair))


def in_all(trees):
    """The groups that all trees show, apart from the whole."""
    found = frozenset.intersection(*(frozenset(group for group, _ in tree) for tree in trees))
    return found - {max(found, key=len)}


def some(words, most):
    """The words, or if there are at least two more than `most`, the first of them and the number of the others."""
    return words if len(words) <= most + 1 else [*words[:most], f"{len(words) - most} others"]


def values(data, r):
    package = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))["synopsis"]
    items = [line["id"] for line in lines_of(data / "models.csv")]
    label = {line["id"]: line["label"] for line in (*lines_of(data / "models.csv"), *lines_of(data / "features.csv"))}
    first, second = (info["name"] for info in package["tables"])
    tables = [columns_of(data / f"{name}.csv", items) for name in (first, second)]
    joint = tables[0] | tables[1]
    distances = [jaccard(table) for table in tables]

    # Mantel
    orders = all_orders(len(items))
    assert len(orders) == factorial(len(items)) and varying(tables[1]) == tables[1]
    bare = jaccard(varying(tables[0]))
    (at_least, fewest), (at_least_bare, fewest_bare) = mantel([distances[0], bare], distances[1], orders)
    correlated = correlation(*distances)
    left_out = {feature: correlation(*(jaccard(without(table, feature)) for table in tables)) for feature in joint}
    driver = max(left_out, key=lambda feature: abs(left_out[feature] - correlated))

    # Columns that coincide, or are opposite
    coinciding = [[other for other in joint if joint[other] == joint[feature]] for feature in joint]
    coinciding = [group for place, group in enumerate(coinciding) if len(group) > 1 and group not in coinciding[:place]]
    opposite = [(a, b) for a, b in combinations(joint, 2) if all(x != y for x, y in zip(joint[a], joint[b], strict=True))]
    across = [group for group in coinciding if any(f in tables[0] for f in group) and any(f in tables[1] for f in group)]
    rest = correlation(*(jaccard(without(table, *(feature for group in across for feature in group))) for table in tables))
    same = {"within": coinciding, "across": across}
    same = {where: [" = ".join(label[feature] for feature in group) for group in groups] for where, groups in same.items()}

    # Pairs of columns
    one, other = map(varying, tables)
    families = {
        f"within {first}": list(combinations(one, 2)),
        f"within {second}": list(combinations(other, 2)),
        f"{first} with {second}": list(product(one, other)),
    }
    tested = {(family, pair): exact_test(joint[pair[0]], joint[pair[1]]) for family, pairs in families.items() for pair in pairs}
    family, pair = min(tested, key=lambda key: tested[key])
    p, least = tested[family, pair]
    assert [key for key in tested if tested[key][0] == p] == [(family, pair)] and family == f"{first} with {second}"
    adjusted = min_p_between(one, other, p, orders)

    # Ratings, as the review prints them; of coinciding columns the first one
    once = without(joint, *(feature for group in coinciding for feature in group[1:]))
    nature = {line["model"]: line for line in lines_of(data / "nature.csv")}
    ratings = package["ratings"]
    printed = {rating: {level["id"]: level.get("printed_as", level["id"]) for level in info["levels"]} for rating, info in ratings.items()}
    codes = {rating: {item: printed[rating].get(nature[item][rating], nature[item][rating]) for item in items} for rating in ratings}
    rated = {rating: against(once, tuple(code.values())) for rating, code in codes.items()}
    rating, feature = min(((rating, f) for rating, (tests, _, _) in rated.items() for f in tests), key=lambda key: rated[key[0]][0][key[1]])
    tests, kept, levels = rated[rating]
    smallest, attainable = tests[feature]
    assert sum(found[0] == smallest for tested_rating, _, _ in rated.values() for found in tested_rating.values()) == 1
    placed = set(permutations(levels))  # each as often as any other among all orders
    hits = sum(any(exact_test(column, levels)[0] <= smallest for column in kept.values()) for levels in placed)

    readings = [line for line in lines_of(data / "alternatives.csv") if line["table"] == "nature"]
    readings = [line for line in readings if codes[line["feature"]][line["model"]] != line["alternative"]]  # other than printed
    ranges = {rating: [] for rating in ratings}
    for line in readings:
        code = codes[line["feature"]] | {line["model"]: line["alternative"]}
        ranges[line["feature"]].append(float(min(found[0] for found in against(once, tuple(code.values()))[0].values())))

    # Joint distances
    plain, single = jaccard(joint), jaccard(once)
    equal = {pair: (distances[0][pair] + distances[1][pair]) / 2 for pair in distances[0]}
    trees = {"all": every_tree(plain), "once": every_tree(single)}
    shown = {}
    for way, found in trees.items():
        groups = sorted(in_all(found), key=lambda group: (len(group), sorted(items[i] for i in group)))
        names = [[label[items[i]] for i in sorted(group)] for group in groups]
        shown[way] = some([f"({', '.join(group[:-1])} and {group[-1]})" for group in names], most=3)

    noun, total = package["item"], len(orders)
    return {
        "compare.mantel": {
            "first": first,
            "second": second,
            "r": correlated,
            "n": total,
            "items": noun["plural"],
            "how": "all there are",
            "p": at_least / total,
            "least": fewest / total,
        },
        "compare.mantel_constant": {"r": correlation(bare, distances[1]), "p": at_least_bare / total, "least": fewest_bare / total},
        "compare.driver": {"column": label[driver], "r": correlated, "without": left_out[driver]},
        "compare.without_coinciding": {"same": same["across"], "r": rest},
        "compare.pairs": {
            "n": len(tested),
            "family": len(families[family]),
            "families": [f"{len(pairs)} {name}" for name, pairs in families.items()],
            "p": float(p),
            "pair": [label[f] for f in pair],
            "least": float(least),
            "holm": float(holm(p, [tested[family, pair][0] for pair in families[family]])),
        },
        "compare.min_p": {
            "p": float(adjusted),
            "family": len(families[family]),
            "raw": float(p),
            "least": float(least),
            "pair": [label[f] for f in pair],
            "how": "all orders of the items",
        },
        "compare.coinciding": {
            "item": noun["singular"],
            "same": same["within"],
            "opposite": [" and ".join(label[f] for f in pair) for pair in opposite],
        },
        "compare.codes": {
            "families": [f"{ratings[name]['label']} {len(tests)}" for name, (tests, _, _) in rated.items()],
            "p": float(smallest),
            "feature": label[feature],
            "rating": ratings[rating]["label"],
            "least": float(attainable),
            "holm": float(holm(smallest, [p for p, _ in tests.values()])),
            "min_p": hits / len(placed),
        },
        "compare.codes_range": {
            "n": len(readings),
            "ranges": [f"from {min(ps):.3f} to {max(ps):.3f} by {ratings[name]['label']}" for name, ps in ranges.items()],
        },
        "compare.joint": {"once": kendall(plain, single), "equal": kendall(plain, equal)},
        "compare.groups": {"all": shown["all"], "once": shown["once"], "n_all": len(trees["all"]), "n_once": len(trees["once"])},
    }
