"""Notebook 08: where the two tables stand among all tables with the same totals, counted again table by table, in classes of equal tables.

None of the six statistics changes if rows or columns change places. So two tables are in one class if one becomes the other by an exchange of rows
with equal totals and of columns with equal totals: such an exchange leads from one table with the right totals to another. Each class is gone
through once, and counts as many times as it holds tables. The number of tables is also counted in another way, which lists none.
"""

import csv
import json
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import combinations, combinations_with_replacement, permutations, product
from math import factorial, fsum, isclose, lcm, prod, sqrt

SOURCES = {
    "chance.tables": "brute force",
    "chance.distance": "brute force",
    "chance.distance_p": "brute force",
    "chance.statistics": "brute force",
    "chance.groups": "brute force",
    "chance.second": "brute force",
    "chance.family": "brute force",
    "chance.distinct": "brute force",
    "chance.constant": "brute force",
    "chance.curveball": "brute force",
}
NAMES = {
    "mean_jaccard": "mean Jaccard distance",
    "c_score": "C-score",
    "nodf": "nestedness (NODF)",
    "tied_pairs": "pairs of equal distances",
    "cophenetic": "best cophenetic correlation",
    "silhouette": "best silhouette width",
}


def read(path):
    """The table's rows as tuples of ones and zeros; unclear counts as No."""
    with open(path, encoding="utf-8", newline="") as file:
        return [tuple(int(cell == "yes") for cell in row[1:]) for row in list(csv.reader(file))[1:]]


# ------------------------------------------------------------------- tables


def added(rows):
    return tuple(map(sum, zip(*rows, strict=True)))


def number_of_tables(rows):
    """Row after row, over the totals that are still wanted of the columns."""
    ways = {added(rows): 1}
    for row in rows:
        following = Counter()
        for wanted, times in ways.items():
            for chosen in combinations(range(len(wanted)), sum(row)):
                left = tuple(total - (column in chosen) for column, total in enumerate(wanted))
                if min(left) >= 0:
                    following[left] += times
        ways = following
    return ways[(0,) * len(rows[0])]


def classes(rows):
    """Each class of tables with the same totals as `rows`: its first member, and how many tables it holds."""
    wanted = added(rows)
    full = [column for column, total in enumerate(wanted) if total == len(rows)]
    others = [column for column, total in enumerate(wanted) if total < len(rows)]
    groups = []
    for total, size in Counter(map(sum, rows)).items():
        chosen = [{*full, *some} for some in combinations(others, total - len(full))]
        patterns = [tuple(int(column in some) for column in range(len(wanted))) for some in chosen]
        by_sums = {}
        for several in combinations_with_replacement(patterns, size):
            by_sums.setdefault(added(several), []).append((several, orders(several)))
        groups.append(by_sums)
    exchanges = equal_columns(wanted)
    found = Counter()
    for members, tables in filled(groups, wanted):
        found[first(members, exchanges)] += tables
    return found


def first(rows, exchanges):
    """The class's first member."""
    return min(tuple(sorted(tuple(row[column] for column in exchange) for row in rows)) for exchange in exchanges)


def orders(rows):
    """In how many ways the rows can stand in their places."""
    return factorial(len(rows)) // prod(map(factorial, Counter(rows).values()))


def filled(groups, wanted):
    """Some rows from each group (the rows of one total), whatever their order, so that the columns come out as wanted; and in how many orders."""
    if len(groups) == 1:
        yield from groups[0].get(wanted, [])
        return
    for sums, members in groups[0].items():
        left = tuple(total - part for total, part in zip(wanted, sums, strict=True))
        if min(left) >= 0:
            for (several, ways), (others, more) in product(members, filled(groups[1:], left)):
                yield several + others, ways * more


def equal_columns(wanted):
    """Every order of the columns in which only columns with equal totals have changed places."""
    kinds = [[column for column, total in enumerate(wanted) if total == kind] for kind in set(wanted)]
    exchanges = []
    for chosen in product(*map(permutations, kinds)):
        place = {column: moved for kind, order in zip(kinds, chosen, strict=True) for column, moved in zip(kind, order, strict=True)}
        exchanges.append([place[column] for column in range(len(wanted))])
    return exchanges


# --------------------------------------------------------------- statistics


@cache
def shared(first, second):
    return sum(a and b for a, b in zip(first, second, strict=True))


@cache
def jaccard(first, second):
    """Distance; no row is empty here."""
    both = shared(first, second)
    return 1 - Fraction(both, sum(first) + sum(second) - both)


def without_constant(rows):
    """The rows without columns that are all ones or all zeros."""
    keep = [column for column, total in enumerate(added(rows)) if 0 < total < len(rows)]
    return [tuple(row[column] for column in keep) for row in rows]


def mean_jaccard(rows):
    found = [jaccard(*pair) for pair in combinations(rows, 2)]
    return sum(found) / len(found)


def c_score(rows):
    found = [(sum(a) - shared(a, b)) * (sum(b) - shared(a, b)) for a, b in combinations(zip(*rows, strict=True), 2)]
    return Fraction(sum(found), len(found))


def nodf(rows):
    rows = without_constant(rows)
    points, pairs = Fraction(0), 0
    for lines in (rows, list(zip(*rows, strict=True))):
        for a, b in combinations(sorted(lines, key=sum, reverse=True), 2):
            pairs += 1
            if sum(a) > sum(b) > 0:
                points += Fraction(100 * shared(a, b), sum(b))
    return points / pairs


def tied_pairs(rows):
    return sum(times * (times - 1) // 2 for times in Counter(jaccard(*pair) for pair in combinations(rows, 2)).values())


def best(rows):
    """Square of the largest cophenetic correlation, and the largest mean silhouette width, over all tie-breaks of average linkage.

    A state is a partition, each group a sorted tuple of row numbers; equal rows bear one number, so states that differ in equal rows alone are one.
    At each step every two groups with the smallest mean distance h are joined in turn. h then stands in as many cells of the tree's matrix c as there
    are cross pairs, and is the mean of the distances d in these cells. So sum(c) = sum(d) and sum(cd) = sum(cc): the covariance of c and d is the
    variance of c, and r^2 = var(c) / var(d), with r > 0. The largest r comes with the largest sum(cc). That is a sum over the steps, so of all ways
    to a state only the one with the largest sum so far matters.
    """
    kinds = sorted(set(rows))
    scale = lcm(*range(1, len(rows[0]) + 1))  # makes every distance whole
    whole = lcm(*(a * b for a in range(1, len(rows)) for b in range(1, len(rows) - a + 1)))  # makes every mean of them whole
    d = [[int(scale * jaccard(a, b)) for b in kinds] for a in kinds]
    cross = {}

    def crossed(a, b):
        """Sum of the distances between the rows of a and those of b."""
        if (a, b) not in cross:
            cross[a, b] = sum(d[i][j] for i in a for j in b)
        return cross[a, b]

    numbers = sorted(map(kinds.index, rows))
    states = {tuple((number,) for number in numbers): 0}
    widths = []
    for groups in range(len(rows), 1, -1):
        following = {}
        for state, squares in states.items():
            heights = {(a, b): crossed(a, b) * whole // (len(a) * len(b)) for a, b in combinations(state, 2)}
            lowest = min(heights.values())
            for a, b in heights:
                if heights[a, b] == lowest:
                    rest = list(state)
                    rest.remove(a)
                    rest.remove(b)
                    joined = tuple(sorted([*rest, tuple(sorted(a + b))]))
                    following[joined] = max(following.get(joined, 0), squares + crossed(a, b) * lowest)
        states = following
        if groups > 2:
            widths += [(mean_width(state, crossed, float), state) for state in states]
    (squares,) = states.values()
    cells = [d[i][j] for i, j in combinations(numbers, 2)]
    of_distances = len(cells) * sum(cell * cell for cell in cells) - sum(cells) ** 2
    of_tree = Fraction(len(cells) * squares, whole) - sum(cells) ** 2
    assert of_distances and of_tree  # else there would be no correlation
    largest = max(width for width, _ in widths)
    near = [state for width, state in widths if width > largest - 1e-6]  # beyond any error of rounding; the largest of these is found exactly
    return of_tree / of_distances, max(mean_width(state, crossed, Fraction) for state in near)


def mean_width(state, crossed, number):
    """Mean of (b - a) / max(a, b), a being a row's mean distance to its own group and b that to the nearest other; 0 for a row alone and for 0/0."""
    total = number(0)
    for group in state:
        if len(group) > 1:
            others = list(state)
            others.remove(group)
            for row in group:
                a = number(crossed((row,), group)) / (len(group) - 1)
                b = min(number(crossed((row,), other)) / len(other) for other in others)
                total += (b - a) / max(a, b) if max(a, b) else 0
    return total / sum(map(len, state))


def statistics(rows):
    squared, width = best(rows)
    return {
        "mean_jaccard": mean_jaccard(rows),
        "c_score": c_score(rows),
        "nodf": nodf(rows),
        "tied_pairs": Fraction(tied_pairs(rows)),
        "cophenetic": squared,
        "silhouette": width,
        "no_constant": mean_jaccard(without_constant(rows)),
    }


# ----------------------------------------------------------------- p-values


def shares(counts, observed):
    """Lower, upper and two-sided share of the observed value, and the smallest two-sided one that any value has."""

    def p(value):
        lower = Fraction(sum(times for other, times in counts.items() if other <= value), counts.total())
        upper = Fraction(sum(times for other, times in counts.items() if other >= value), counts.total())
        return lower, upper, min(Fraction(1), 2 * min(lower, upper))

    ends = {min(counts), max(counts)}  # nothing is further out than these
    return (*p(observed), min(p(value)[2] for value in ends))


def mean(counts, size=lambda value: value):
    return fsum(times * float(size(value)) for value, times in counts.items()) / counts.total()


def words(number):
    """Two digits that count, without an exponent."""
    return f"{Decimal(f'{float(number):.2g}'):f}"


class Null:
    """All tables with the totals of the one in a file: of each statistic the observed value, and how many tables have each value."""

    def __init__(self, path):
        self.rows = read(path)
        members = classes(self.rows)
        self.n = members.total()
        assert self.n == number_of_tables(self.rows)
        assert first(self.rows, equal_columns(added(self.rows))) in members
        self.observed = statistics(self.rows)
        self.counts = {name: Counter() for name in self.observed}
        self.distinct = {name: Counter() for name in self.observed}
        for member, tables in members.items():
            for name, value in statistics(member).items():
                self.counts[name][value] += tables
                if len(set(member)) == len(member):
                    self.distinct[name][value] += tables

    def shares(self, name, distinct=False):
        return shares((self.distinct if distinct else self.counts)[name], self.observed[name])

    def listed(self, distinct=False):
        found = {name: self.shares(name, distinct) for name in NAMES}
        return [f"{NAMES[name]} {float(two):.2g} ({words(least)})" for name, (_, _, two, least) in found.items()]


def agrees_with_r(null, table, r):
    """The observed values are R's, and the means are within the error of R's 4,000 draws (quasiswap and curveball), taken as independent."""
    with open(r / "null_statistics.csv", encoding="utf-8", newline="") as file:
        observed = {row["statistic"]: float(row["value"]) for row in csv.DictReader(file) if row["table"] == table}
    with open(r / "null_simulated.csv", encoding="utf-8", newline="") as file:
        drawn = [row for row in csv.DictReader(file) if row["table"] == table]
    close = [isclose(null.observed[name], value) for name, value in observed.items()]
    close += [abs(mean(null.counts[row["statistic"]]) - float(row["mean"])) < 4 * float(row["sd"]) / sqrt(int(row["draws"])) for row in drawn]
    return len(close) == 12 and all(close)


def values(data, r):
    tables = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))["synopsis"]["tables"]
    nulls = {table["name"]: Null(data / f"{table['name']}.csv") for table in tables}
    assert all(agrees_with_r(null, name, r) for name, null in nulls.items())
    null, second = nulls.values()
    by = tables[0]["feature"]["plural"]
    distance, counts = null.shares("mean_jaccard"), null.counts["mean_jaccard"]
    center = mean(counts)
    every = [table.shares(name)[2] for table in nulls.values() for name in NAMES]

    # Curveball: the notebook draws 2,000 tables, with ten trades for each row between two of them. Draws so far apart are all but independent: even
    # R's, 50 trades apart, have a mean within the error of independent ones (see above). So the mean is off by about sd / sqrt(2000). The error
    # printed is this with the sd of the draws, which is off by about the share sqrt((kurtosis - 1) / (4 x 2000)) of itself. Five times as much is
    # allowed for both.
    draws, trades = 2000, 10 * len(null.rows)
    spread = mean(counts, lambda value: (value - center) ** 2) ** 0.5
    kurtosis = mean(counts, lambda value: (value - center) ** 4) / spread**4
    error = spread / sqrt(draws)

    return {
        "chance.tables": {"counts": [f"{name} {table.n:,}" for name, table in nulls.items()]},
        "chance.distance": {"by": by, "observed": float(null.observed["mean_jaccard"]), "n": null.n, "how": "all counted", "mean": center},
        "chance.distance_p": {
            "which": "any table with these totals could have",
            "lower": float(distance[0]),
            "upper": float(distance[1]),
            "two": float(distance[2]),
            "least": float(distance[3]),
        },
        "chance.statistics": {"by": by, "ps": null.listed()},
        "chance.groups": {
            "by": by,
            "observed": float(null.observed["silhouette"]),
            "mean": mean(null.counts["silhouette"]),
            "p": float(null.shares("silhouette")[1]),
            "fit": sqrt(null.observed["cophenetic"]),
            "fit_mean": mean(null.counts["cophenetic"], sqrt),
            "fit_p": float(null.shares("cophenetic")[1]),
        },
        "chance.second": {"by": tables[1]["name"], "ps": second.listed()},
        "chance.family": {"n": len(every), "p": float(min(every)), "adjusted": float(min(1, len(every) * min(every)))},
        "chance.distinct": {"by": by, "ps": null.listed(distinct=True)},
        "chance.constant": {
            "n": len(null.rows[0]) - len(without_constant(null.rows)[0]),
            "by": by,
            "p": float(null.shares("no_constant")[2]),
            "all": float(distance[2]),
        },
        "chance.curveball": {
            "how": "all counted",
            "n": draws,
            "trades": trades,
            "mean": ("near", center, 5 * error),
            "error": ("near", error, 5 * error * sqrt((kurtosis - 1) / (4 * draws))),
            "exact": center,
        },
    }
