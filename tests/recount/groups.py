"""The findings of notebook 04 (groups.*): trees, ties, partitions, bootstrap and maps of the resources.

Distances and heights are exact fractions. Ties are followed by going through every order of joins. The two maps are R's.
"""

import csv
import json
from collections import Counter
from fractions import Fraction
from functools import cache
from itertools import combinations, combinations_with_replacement, product
from math import factorial, prod, sqrt

SOURCES = {
    "groups.trees": "brute force",
    "groups.certain": "brute force",
    "groups.undecided": "brute force",
    "groups.together": "brute force",
    "groups.best": "brute force",
    "groups.pairs": "brute force",
    "groups.misplaced": "brute force",
    "groups.unclear": "brute force",
    "groups.fit": "brute force",
    "groups.linkages": "brute force",
    "groups.constant": "brute force",
    "groups.bootstrap": "brute force",
    "groups.tables": "brute force",
    "groups.pcoa": "R",
    "groups.map_misleads": "R",
    "groups.mca": "R",
}
LINKAGES = ("average", "complete", "single", "weighted")  # in the order of the alphabet


def lines_of(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def cells_of(path):
    return {line["model"]: {feature: cell for feature, cell in line.items() if feature != "model"} for line in lines_of(path)}


def yes_sets(cells):
    """What each item has. An unclear cell is no Yes."""
    return {item: [feature for feature, cell in row.items() if cell == "yes"] for item, row in cells.items()}


def jaccard(first, second):
    """1 - a/(a + b + c) of two lists of features, in which a drawn feature may stand more than once; 0 for two empty lists."""
    first, second = Counter(first), Counter(second)
    either = (first | second).total()
    return 1 - Fraction((first & second).total(), either) if either else Fraction(0)


def distances_of(has):
    return {(i, j): jaccard(has[i], has[j]) for i, j in product(has, repeat=2)}


def every_tree(distance, linkage="average", binary=False, start=None):
    """Every tree that some order of tied joins leads to, as its set of (group, height), and every partition on the way.

    A group is a frozenset of (item, weight), so that the distance of two groups is the weighted sum over the pairs across. Joins at one height
    that are not complete at this height are left out, unless the tree is wanted with all its joins of two (`binary`).
    """
    between = {
        "average": lambda a, b: sum(v * w * distance[i, j] for (i, v), (j, w) in product(a, b)),
        "weighted": lambda a, b: sum(v * w * distance[i, j] for (i, v), (j, w) in product(a, b)),
        "complete": lambda a, b: max(distance[i, j] for (i, _), (j, _) in product(a, b)),
        "single": lambda a, b: min(distance[i, j] for (i, _), (j, _) in product(a, b)),
    }
    between = cache(between[linkage])
    members = cache(lambda group: frozenset(item for item, _ in group))
    partitions = set()

    @cache
    def joined(a, b):
        if linkage == "weighted":
            return frozenset((item, weight / 2) for item, weight in a | b)
        return evenly(members(a) | members(b))

    @cache
    def onward(groups):
        partitions.add(frozenset(map(members, groups)))
        if len(groups) == 1:
            return frozenset({frozenset()})
        apart = {(a, b): between(a, b) for a, b in combinations(sorted(groups, key=lambda group: sorted(members(group))), 2)}
        height = min(apart.values())
        found = set()
        for a, b in (pair for pair, value in apart.items() if value == height):
            new = joined(a, b)
            group = members(new)
            for rest in onward(groups - {a, b} | {new}):
                goes_on = any(later == height and group < other for other, later in rest)
                found.add(rest if goes_on and not binary else rest | {(group, height)})
        return frozenset(found)

    start = start or [{item} for item in {i for i, _ in distance}]
    return onward(frozenset(map(evenly, start))), partitions


def evenly(items):
    return frozenset((item, Fraction(1, len(items))) for item in items)


def shares(trees):
    """The share of the trees that show each group."""
    counted = Counter(group for tree in trees for group, _ in tree)
    return {group: Fraction(count, len(trees)) for group, count in counted.items()}


def common(trees):
    """The groups that all trees show, apart from the whole."""
    found = {group for group, share in shares(trees).items() if share == 1}
    return found - {max(found, key=len)}


def multidendrogram(distance):
    """Joins of all that is tied at once, with the smallest and the largest distance between the parts."""
    groups, joins = {frozenset({i}) for i, _ in distance}, []
    while len(groups) > 1:
        apart = {(a, b): Fraction(sum(distance[i, j] for i in a for j in b), len(a) * len(b)) for a, b in combinations(groups, 2)}
        height = min(apart.values())
        bundles = [{group} for group in groups]  # linked by a tie, directly or through others
        for a, b in (pair for pair, value in apart.items() if value == height):
            one, other = (next(bundle for bundle in bundles if group in bundle) for group in (a, b))
            if one is not other:
                bundles.remove(other)
                one |= other
        tied = [bundle for bundle in bundles if len(bundle) > 1]
        joins += [(height, max(value for (a, b), value in apart.items() if a in bundle and b in bundle)) for bundle in tied]
        groups = {frozenset().union(*bundle) for bundle in bundles}
    return joins


def silhouettes(distance, partition):
    """(b - a) / max(a, b) of each item; 0 for an item alone and for 0/0."""
    widths = {}
    for group in partition:
        for item in group:
            own = Fraction(sum(distance[item, other] for other in group), len(group) - 1) if len(group) > 1 else None
            near = min(Fraction(sum(distance[item, other] for other in rest), len(rest)) for rest in partition if rest != group)
            widths[item] = (near - own) / max(near, own) if own is not None and max(near, own) else Fraction(0)
    return widths


def mean(values):
    values = list(values)
    return sum(values, Fraction(0)) / len(values)


def pairs_together(partitions):
    """The pairs of items that are in one group in all of the partitions."""
    return set.intersection(*({frozenset(pair) for group in partition for pair in combinations(group, 2)} for partition in partitions))


def correlation(x, y):
    """Pearson's, of exact numbers; only the root is taken of a decimal number."""
    x, y = [value - mean(x) for value in x], [value - mean(y) for value in y]
    return float(sum(a * b for a, b in zip(x, y, strict=True))) / sqrt(sum(a * a for a in x) * sum(b * b for b in y))


def cophenetic_correlations(distance, trees):
    pairs = list(combinations(sorted({i for i, _ in distance}), 2))
    return [
        correlation([distance[pair] for pair in pairs], [min(height for group, height in tree if group.issuperset(pair)) for pair in pairs])
        for tree in trees
    ]


def resamples(features):
    """Each multiset of as many features as there are, with its chance among all draws in order."""
    n = len(features)
    for drawn in combinations_with_replacement(features, n):
        yield drawn, Fraction(factorial(n), prod(map(factorial, Counter(drawn).values())) * n**n)


def drawn_rows(cells, drawn):
    return {item: [feature for feature in drawn if row[feature] == "yes"] for item, row in cells.items()}


def chance_of_an_empty_row(cells, features):
    return sum(chance for drawn, chance in resamples(features) if not all(drawn_rows(cells, drawn).values()))


def bootstrap(cells, features):
    """The chance of each group: over the resamples, the share of the trees that show it."""
    support, number = Counter(), 0
    for drawn, chance in resamples(features):
        number += 1
        has = drawn_rows(cells, drawn)
        # Equal rows have distance 0 and equal distances to all others: they are joined at 0 before all else, in whichever order.
        alike = {frozenset(j for j in has if has[j] == has[i]) for i in has}
        trees, _ = every_tree(distances_of(has), start=alike)
        support.update({group: chance for group in alike if len(group) > 1 and len(alike) > 1})
        support.update({group: chance * share for group, share in shares(trees).items()} if len(alike) > 1 else {frozenset(has): chance})
    return support, number


def values(data, r):
    package = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))["synopsis"]
    label = {line["id"]: line["label"] for line in lines_of(data / "models.csv")}
    tables = {info["name"]: cells_of(data / f"{info['name']}.csv") for info in package["tables"]}
    name, by, items = package["tables"][0]["name"], package["tables"][0]["feature"]["plural"], package["item"]["plural"]
    cells = tables[name]
    features = list(next(iter(cells.values())))
    distance = distances_of(yes_sets(cells))
    trees, partitions = every_tree(distance)
    total = len(cells)

    def named(group):
        return [label[item] for item in cells if item in group]

    topologies = {frozenset(group for group, _ in tree) for tree in every_tree(distance, binary=True)[0]}
    undecided = [share for share in shares(trees).values() if share < 1]
    bands = [(top - height, height, top) for height, top in multidendrogram(distance)]
    widest = max(bands)

    by_k = {k: [partition for partition in partitions if len(partition) == k] for k in range(2, total)}
    means = {k: [mean(silhouettes(distance, partition).values()) for partition in found] for k, found in by_k.items()}
    most = max(map(max, means.values()))
    ks = [k for k, found in means.items() if max(found) == most]
    together = pairs_together(by_k[ks[0]])
    (best,) = [partition for partition in by_k[ks[0]] if mean(silhouettes(distance, partition).values()) == most]  # there is one only
    misplaced = {item for item, width in silhouettes(distance, best).items() if width < 0}

    unclear = [(item, feature) for item in cells for feature in features if cells[item][feature] == "unclear"]
    ways, same = 0, 0
    for decided in product(("no", "yes"), repeat=len(unclear)):
        way = {item: dict(row) for item, row in cells.items()}
        for (item, feature), cell in zip(unclear, decided, strict=True):
            way[item][feature] = cell
        found = every_tree(distances_of(yes_sets(way)))[1]
        ways, same = ways + 1, same + (together <= pairs_together([partition for partition in found if len(partition) == ks[0]]))
    assert ways <= 64  # with more of them the notebook looks at two only

    fits = cophenetic_correlations(distance, trees)
    varying = [feature for feature in features if len({row[feature] for row in cells.values()}) > 1]
    without_constant = {item: {feature: row[feature] for feature in varying} for item, row in cells.items()}
    fewer = every_tree(distances_of(yes_sets(without_constant)))[0]

    support, number = bootstrap(cells, features)
    best_supported = max((group for group in support if len(group) < total), key=lambda group: support[group])

    everything = {item: {feature: cell for table in tables.values() for feature, cell in table[item].items()} for item in cells}
    of_tables = {label: every_tree(distances_of(yes_sets(table)))[0] for label, table in {**tables, "all together": everything}.items()}

    axes = [line for line in lines_of(r / "pcoa_eigenvalues.csv") if line["table"] == name]
    place = {item: {} for item in cells}
    for line in lines_of(r / "pcoa_coordinates.csv"):
        if line["table"] == name and line["axis"] in ("1", "2"):
            place[line["item"]][line["axis"]] = float(line["coordinate"])
    misled = set()
    for item in cells:
        away = {other: sum((place[item][axis] - place[other][axis]) ** 2 for axis in ("1", "2")) for other in cells if other != item}
        near = [other for other in away if away[other] < min(away.values()) + 1e-9]
        if min(distance[item, other] for other in near) > min(distance[item, other] for other in away):
            misled.add(item)
    inertia = [line for line in lines_of(r / "mca_eigenvalues.csv") if line["table"] == name][:2]

    return {
        "groups.trees": {"by": by, "n": len(trees), "topologies": len(topologies)},
        "groups.certain": {"by": by, "groups": [f"({', '.join(named(group))})" for group in common(trees)], "which": "equally right"},
        "groups.undecided": {"by": by, "n": len(undecided), "most": float(max(undecided))},
        "groups.together": {
            "by": by,
            "n": sum(width > 0 for width, _, _ in bands),
            "total": len(bands),
            "low": float(widest[1]),
            "high": float(widest[2]),
        },
        "groups.best": {"by": by, "k": list(map(str, ks)), "most": float(most), "least": float(min(means[ks[0]])), "best": ks[0]},
        "groups.pairs": {"items": items, "by": by, "k": ks[0], "n": len(together), "total": len(list(combinations(cells, 2)))},
        "groups.misplaced": {"by": by, "n": len(misplaced), "total": total, "items": items, "names": named(misplaced)},
        "groups.unclear": {"by": by, "n": ways, "same": same, "which": "all there are"},
        "groups.fit": {"by": by, "least": min(fits), "most": max(fits), "n": len(fits)},
        "groups.linkages": {"by": by, "counts": [f"{linkage} {len(every_tree(distance, linkage)[0])}" for linkage in LINKAGES]},
        "groups.constant": {"n": len(features) - len(varying), "by": by, "trees": len(fewer), "groups": len(common(fewer))},
        "groups.bootstrap": {
            "by": by,
            "group": named(best_supported),
            "support": float(support[best_supported]),
            "n": number,
            "how": "all counted",
            "empty": float(chance_of_an_empty_row(cells, features)),
            "empty_varying": float(chance_of_an_empty_row(cells, varying)),
        },
        "groups.tables": {"counts": [f"{label} {len(found)} ({len(common(found))})" for label, found in of_tables.items()]},
        "groups.pcoa": {"by": by, "n": len(axes), "share": sum(float(line["share"]) for line in axes[:2])},
        "groups.map_misleads": {"by": by, "n": len(misled), "total": total, "items": items, "names": named(misled)},
        "groups.mca": {
            "by": by,
            "raw": sum(float(line["share"]) for line in inertia),
            "adjusted": sum(float(line["adjusted_share"]) for line in inertia),
        },
    }
