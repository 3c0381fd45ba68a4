"""Notebook 07: where the items stand in the grid of two ratings, and whether the ratings go together, counted again over every allowed coding."""

import csv
import json
from collections import Counter
from fractions import Fraction
from itertools import product
from math import sqrt

NOWHERE = "not stated"

SOURCES = {
    "place.boxes": "brute force",
    "place.not_stated": "files",
    "place.firmness": "brute force",
    "place.quadrants": "brute force",
    "place.association": "files",
    "place.association_plain": "files",
    "place.association_single": "brute force",
    "place.codings_grid": "brute force",
    "place.codings_quadrants": "brute force",
    "place.marks": "files",
}


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def cramers_v(boxes):
    """V of a list of (level, level), from chi-squared / n = sum of count^2 / (total of row x total of column) - 1; None below two levels."""
    across, upwards = Counter(x for x, _ in boxes), Counter(y for _, y in boxes)
    fewer = min(len(across), len(upwards))
    if fewer < 2:
        return None
    squared = sum(Fraction(count * count, across[x] * upwards[y]) for (x, y), count in Counter(boxes).items()) - 1
    return sqrt(squared / (fewer - 1))


def small(label):
    """A label as it stands within a sentence."""
    return label[0].lower() + label[1:]


def values(data, r):
    words = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))["synopsis"]
    singular, plural = words["item"]["singular"], words["item"]["plural"]
    x, y = words["quadrant"]["x"], words["quadrant"]["y"]
    levels = {rating: words["ratings"][rating]["levels"] for rating in (x, y)}
    half = {rating: {level["id"]: level["collapse"] for level in levels[rating]} | {NOWHERE: NOWHERE} for rating in (x, y)}
    printed = {rating: {level["id"]: level.get("printed_as", level["id"]) for level in levels[rating]} | {NOWHERE: NOWHERE} for rating in (x, y)}
    names = {row["id"]: row["label"] for row in read(data / "models.csv")}
    features = {row["id"]: row["label"] for row in read(data / "features.csv")}
    coded = {row["model"]: row for row in read(data / "nature.csv")}
    others = [(row["model"], row["feature"], row["alternative"]) for row in read(data / "alternatives.csv") if row["feature"] in (x, y)]

    def halved(box):
        return half[x][box[0]], half[y][box[1]]

    # A coding gives each item one box; all of them are listed.
    as_coded = {item: (coded[item][x], coded[item][y]) for item in names}
    allowed = {}
    for item, box in as_coded.items():
        choices = [
            [level, *(other for model, feature, other in others if (model, feature) == (item, rating))]
            for rating, level in zip((x, y), box, strict=True)
        ]
        allowed[item] = list(product(*choices))
    codings = [dict(zip(allowed, chosen, strict=True)) for chosen in product(*allowed.values())]
    assert len({tuple(coding.values()) for coding in codings}) == len(codings)

    kinds = {"grid": lambda box: box, "quadrants": halved}

    def stated(coding):
        return [box for box in coding.values() if NOWHERE not in box]

    def v(coding, kind):
        return cramers_v([kinds[kind](box) for box in stated(coding)])

    # The grid and its quadrants: as coded, and over all codings.
    grid = list(product([level["id"] for level in levels[x]], [level["id"] for level in levels[y]]))
    quadrants = list(dict.fromkeys(map(halved, grid)))
    here = Counter(as_coded.values())
    over = [Counter(coding.values()) for coding in codings]
    over_halves = {box: [list(map(halved, coding.values())).count(box) for coding in codings] for box in quadrants}
    here_halves = Counter(map(halved, as_coded.values()))
    most = max(here[box] for box in grid)

    # One change at a time; the first two readings are no change and the review's own words.
    as_printed = {item: (printed[x][box[0]], printed[y][box[1]]) for item, box in as_coded.items()}
    single = [as_coded, as_printed]
    for item, rating, other in others:
        box = as_coded[item]
        single.append(as_coded | {item: (other, box[1]) if rating == x else (box[0], other)})
    ranges = []
    for kind in kinds:
        found = [value for reading in single if (value := v(reading, kind)) is not None]
        ranges.append(f"from {min(found):.2f} to {max(found):.2f} in the {kind}")

    plain = {item: box for item, box in as_coded.items() if all(coded[item][f"{rating}_certainty"] == "explicit" for rating in (x, y))}
    movable = [names[item] for item in names if len({coding[item] for coding in codings}) > 1]

    # Which features the items of a level, all of them and they alone, have.
    having = {}
    for table in words["tables"]:
        for row in read(data / f"{table['name']}.csv"):
            for feature in list(row)[1:]:
                having.setdefault(feature, set()).update({row["model"]} if row[feature] == "yes" else ())
    marks = []
    for rating in (y, x):
        for level in levels[rating]:
            items = {item for item in names if coded[item][rating] == level["id"]}
            if items:
                marks += [f"{features[feature]} ({level['id']}, {len(items)} of {len(names)})" for feature in having if having[feature] == items]

    def all_codings(kind):
        found = [v(coding, kind) for coding in codings]
        defined = [value for value in found if value is not None]
        return {"n": len(codings), "kind": kind, "undefined": found.count(None), "low": min(defined), "high": max(defined)}

    return {
        "place.boxes": {
            "occupied": sum(here[box] > 0 for box in grid),
            "total": len(grid),
            "items": plural,
            "most": most,
            "names": [f"({box[1]}, {box[0]})" for box in grid if here[box] == most],
            "never": sum(not any(counts[box] for counts in over) for box in grid),
        },
        "place.not_stated": {"names": [names[item] for item, box in as_coded.items() if NOWHERE in box]},
        "place.firmness": {
            "total": len(names),
            "items": plural,
            "plain": len(stated(plain)),
            "movable": len(movable),
            "names": movable,
        },
        "place.quadrants": {"counts": [f"({box[1]}, {box[0]}) {here_halves[box]} ({min(held)} to {max(held)})" for box, held in over_halves.items()]},
        "place.association": {
            "x": small(words["ratings"][x]["label"]),
            "y": small(words["ratings"][y]["label"]),
            "values": [f"{v(as_coded, kind):.2f} in the {kind}" for kind in kinds],
            "v": {kind: v(as_coded, kind) for kind in kinds},
            "n": len(stated(as_coded)),
            "total": len(names),
            "items": plural,
        },
        "place.association_plain": {"items": plural, "n": len(stated(plain)), "v": v(plain, "grid")},
        "place.association_single": {
            "printed": [f"{v(as_printed, kind):.2f} in the {kind}" for kind in kinds],
            "ranges": ranges,
            "v": {kind: v(as_printed, kind) for kind in kinds},
        },
        "place.codings_grid": all_codings("grid"),
        "place.codings_quadrants": all_codings("quadrants"),
        "place.marks": {"item": singular, "marks": marks},
    }
