"""Writes shake.csv beside itself: what tests/recount/shake.py needs and takes minutes to count.

    .venv/bin/python tests/recount/slow/shake.py

Rows of three kinds (`what`, `of`, `value`):

    codes                                         all codes and alternatives, to notice that the file is for others
    share   a conclusion                          in how many of all codings that the alternatives allow it is the same, "kept/all"
    width   coefficient | linkage | constant | coding    the largest mean silhouette width of the first table, empty where it does not exist
"""

import csv
import importlib.util
import json
from collections import Counter
from fractions import Fraction
from itertools import combinations, product
from math import sqrt
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
DATA = HERE.parents[2] / "data" / "priebe2014"
specification = importlib.util.spec_from_file_location("recount_shake", HERE.parent / "shake.py")
plain = importlib.util.module_from_spec(specification)
specification.loader.exec_module(plain)

SIMILARITY = {  # of a, b, c, d: both, only the first, only the second, neither
    "jaccard": lambda a, b, c, d: ratio(a, a + b + c),
    "dice": lambda a, b, c, d: ratio(2 * a, 2 * a + b + c),
    "ochiai": lambda a, b, c, d: ratio(a * a, (a + b) * (a + c)),  # its square
    "sokal_sneath": lambda a, b, c, d: ratio(a, a + 2 * b + 2 * c),
    "kulczynski": lambda a, b, c, d: (ratio(a, a + b) + ratio(a, a + c)) / 2,
    "overlap": lambda a, b, c, d: ratio(a, min(a + b, a + c)),
    "simple_matching": lambda a, b, c, d: ratio(a + d, a + b + c + d),
    "rogers_tanimoto": lambda a, b, c, d: ratio(a + d, a + 2 * b + 2 * c + d),
    "russell_rao": lambda a, b, c, d: ratio(a, a + b + c + d),
}
COUNTS_ABSENCE = ("simple_matching", "rogers_tanimoto", "russell_rao")


def ratio(above, below):
    return Fraction(above, below) if below else Fraction(0)


# ------------------------------------------------------------------- shares


def ways(case, listed, wanted):
    """Every way to choose the codes in some columns, as changes."""
    debatable = [place for place in listed if (place[0], place[2]) in wanted]
    options = [(plain.code(case, place), *sorted(listed[place])) for place in debatable]
    return [dict(zip(debatable, chosen, strict=True)) for chosen in product(*options)]


def shares(case, listed):
    """For each conclusion in how many codings it is the same, and the number of codings."""
    found = plain.conclusions(case)
    states = plain.states_of(found, case)
    codings = {table: ways(case, listed, {(table, f) for f in case.features[table]}) for table in case.features}
    cases = {table: [plain.recoded(case, way) for way in codings[table]] for table in codings}
    for name, one in found.items():
        read = {table for table, _ in one.on}
        tables, ratings = [table for table in case.features if table in read], [rating for table, rating in one.on if table == "nature"]
        if len(tables) == 1 and not ratings:
            kept = [one.find(other) == states[name] for other in cases[tables[0]]]
        elif not tables:
            kept = [one.find(plain.recoded(case, way)) == states[name] for way in ways(case, listed, set(one.on))]
        elif len(tables) == 1:
            kept = with_rating(case, listed, one, states[name], cases[tables[0]], tables[0], ratings[0])
        else:
            kept = across(case, name, states[name], *(cases[table] for table in tables)).ravel()
        yield name, int(sum(kept)), len(kept)


def with_rating(case, listed, one, state, cases, table, rating):
    """Codings of a table and a rating. Those with the same outcomes of all items are found once."""
    rated = [plain.recoded(case, way).rated[rating] for way in ways(case, listed, {("nature", rating)})]
    half = plain.halves(case.words, rating)
    times = Counter(tuple(half.get(level) for level in levels.values()) for levels in rated)
    first = {tuple(half.get(level) for level in levels.values()): levels for levels in rated}
    kept = []
    for other in cases:
        for outcomes, number in times.items():
            changed = other._replace(rated=other.rated | {rating: first[outcomes]})
            same = (
                all_right(changed, table, rating, state) and one.find(changed) == state if "Shortest" in one.question else one.find(changed) == state
            )
            kept += [same] * number
    return kept


def all_right(case, table, rating, state):
    """Whether some recipes reach all items with the outcome and none without; if not, they cannot be the shortest that do."""
    seen = {}
    for row, outcome in plain.labelled(case, table, rating).values():
        seen.setdefault(row, set()).add(outcome)
    for recipe in state:
        for row, outcomes in seen.items():
            if any(all((f in row) is present for f, present in term) for term in recipe) is not (outcomes == {True}):
                return False
    return True


def across(case, name, state, first, second):
    """Codings of two tables, all pairs of them at once: whether a conclusion across the tables is the same."""
    one, other = case.features
    if name in ("all.correlation", "all.driver"):
        whole = correlations(first, second, one, other)
        if name == "all.correlation":
            assert state == "positively"
            return whole > 1e-12  # not a number is not above it
        moved = []
        for f in case.features[one]:
            moved.append(np.abs(correlations([plain.without_feature(way, one, f) for way in first], second, one, other) - whole))
        for f in case.features[other]:
            moved.append(np.abs(correlations(first, [plain.without_feature(way, other, f) for way in second], one, other) - whole))
        features, moved = [*case.features[one], *case.features[other]], np.nan_to_num(np.array(moved), nan=-1)
        drive = (moved > moved.max(axis=0) - 1e-9) & (moved >= 0)
        return (drive == np.array([f in state for f in features])[:, None, None]).all(axis=0)
    masks = {
        f: np.array([sum(1 << place for place, item in enumerate(way.items) if f in way.has[table][item]) for way in ways])
        for table, ways in ((one, first), (other, second))
        for f in case.features[table]
    }
    if name == "all.coinciding":
        (group,) = state
        kept = np.ones((len(first), len(second)), dtype=bool)
        for f, g in combinations(masks, 2):
            across_both = f in case.features[one] and g in case.features[other]
            same = (
                masks[f][:, None] == masks[g][None, :]
                if across_both
                else (masks[f] == masks[g])[:, None]
                if f in case.features[one]
                else masks[f] == masks[g]
            )
            kept &= same == ({f, g} == group)
        return kept
    assert name == "all.strongest"
    n = len(case.items)
    ps = {
        counts: plain.fisher(*counts, n)
        for counts in product(range(n + 1), repeat=3)
        if counts[0] <= min(counts[1:]) and counts[1] + counts[2] - counts[0] <= n
    }
    order = {p: place for place, p in enumerate(sorted(set(ps.values()) - {None}))}
    places = np.full((n + 1,) * 3, len(order))
    for counts, p in ps.items():
        places[counts] = order.get(p, len(order))
    size = np.array([number.bit_count() for number in range(1 << n)])
    found = {}
    for f, g in product(case.features[one], case.features[other]):
        a, b = masks[f][:, None], masks[g][None, :]
        found[frozenset({f, g})] = places[size[a & b], size[a], size[b]]
    least = np.minimum.reduce(list(found.values()))
    return np.logical_and.reduce([((values == least) & (values < len(order))) == (pair in state) for pair, values in found.items()])


def correlations(first, second, one, other):
    """Pearson's correlation of the distances by each coding of one table with each of the other; not a number where one does not vary."""
    sides = []
    for ways, table in ((first, one), (second, other)):
        known = {}
        rows = [plain.rows_of(way, table) for way in ways]
        for row in rows:
            if row not in known:
                known[row] = [float(plain.jaccard(*pair)) for pair in combinations(row, 2)]
        side = np.array([known[row] for row in rows])
        side -= side.mean(axis=1, keepdims=True)
        length = np.sqrt((side**2).sum(axis=1, keepdims=True))
        sides.append(side / np.where(length < 1e-9, np.nan, length))
    return sides[0] @ sides[1].T


# ------------------------------------------------------------------- specification curve


def widths(case, listed, label):
    """The largest mean silhouette width of the first table under each combination of choices."""
    table = next(iter(case.features))
    codings = {"as coded": case}
    for place, others in listed.items():
        if place[0] == table:
            codings |= {f"{label[place[1]]}: {label[place[2]]}": plain.recoded(case, {place: other}) for other in others}
    for coding, changed in codings.items():
        still = plain.constant(changed, table)
        for constant in ("kept", "left out") if still else ("kept",):
            features = set(changed.features[table]) - (still if constant == "left out" else set())
            rows = [row & features for row in plain.rows_of(changed, table)]
            for coefficient, linkage in product(SIMILARITY, ("average", "complete", "single", "weighted")):
                yield f"{coefficient} | {linkage} | {constant} | {coding}", width(rows, len(features), coefficient, linkage)


def width(rows, m, coefficient, linkage):
    if coefficient == "ochiai" and linkage in ("average", "weighted"):
        return None
    similar = [[similarity(one, other, m, coefficient) if one is not other else Fraction(1) for other in rows] for one in rows]
    square = plain.whole([[1 - value for value in row] for row in similar])
    _, partitions = plain.follow(square, linkage, wanted="partitions")
    if coefficient == "ochiai":  # joined by the square, which is in the same order, but as wide as the root
        square = [[1 - sqrt(value) for value in row] for row in similar]
        return max(plain.silhouette(square, partition, float) for partition in partitions if 1 < len(partition) < len(rows))
    return float(plain.clearest(square, partitions)[0])


def similarity(one, other, m, coefficient):
    if not one and not other and coefficient not in COUNTS_ABSENCE:
        return Fraction(1)
    a = len(one & other)
    return SIMILARITY[coefficient](a, len(one) - a, len(other) - a, m - len(one | other))


def main():
    words = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))["synopsis"]
    rows = [row for file in ("models.csv", "features.csv") for row in plain.read(DATA / file)]
    case, alternatives = plain.case_of(DATA, DATA, words), plain.read(DATA / "alternatives.csv")
    listed = plain.allowed(case, alternatives)
    label = {row["id"]: row["short_label"] or row["label"] for row in rows} | {row["id"]: row["label"] for row in rows if "table" not in row}
    found = [("codes", "", plain.codes_in_short(DATA, words))]
    found += [("share", name, f"{kept}/{total}") for name, kept, total in shares(case, listed)]
    found += [("width", specification, "" if value is None else f"{value:.12f}") for specification, value in widths(case, listed, label)]
    with (HERE / "shake.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["what", "of", "value"])
        writer.writerows(found)


if __name__ == "__main__":
    main()
