"""Second count of the findings of notebooks 00 (start), 01 (coding), 02 (tables) and 10 (figures)."""

import csv
import json
import re
from collections import Counter
from itertools import combinations, product

SOURCES = {
    "start.items": "files",
    "start.cells": "files",
    "start.quotes": "files",
    "coding.totals": "files",
    "coding.certainty": "files",
    "coding.alternatives": "files",
    "coding.agreement": "by hand",
    "coding.certainty_agreement": "files",
    "coding.ratings_agreement": "files",
    "coding.claims": "brute force",
    "coding.claims_not_borne_out": "brute force",
    "tables.rows": "files",
    "tables.columns": "files",
    "tables.constant": "files",
    "tables.identical_features": "brute force",
    "tables.complementary_features": "brute force",
    "tables.identical_items": "brute force",
    "tables.complementary_items": "brute force",
    "tables.never_together": "brute force",
    "tables.single_link": "files",
    "figures.drawn": "files",
    "figures.size": "files",
}
STATES = ("yes", "no", "unclear")  # what the codebook allows in a cell


def read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def cells(folder, tables):
    """{(table, item, feature): state} of the features tables in a folder."""
    found = {}
    for table in tables:
        for row in read(folder / f"{table}.csv"):
            item = row.pop("model")
            found |= {(table, item, feature): state for feature, state in row.items()}
    return found


def levels(folder, ratings):
    """{("nature", item, rating): level} of the ratings in a folder."""
    return {("nature", row["model"], rating): row[rating] for row in read(folder / "nature.csv") for rating in ratings}


def place(row):
    """The cell that a row of evidence.csv or alternatives.csv is about."""
    return row["table"], row["model"], row["feature"]


def certain(folder):
    """{cell: how certain its code is}. A cell with two quotes must have one certainty."""
    found = {}
    for row in read(folder / "evidence.csv"):
        assert found.setdefault(place(row), row["certainty"]) == row["certainty"], place(row)
    return found


def values(data, r):
    words = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))["synopsis"]
    tables = [table["name"] for table in words["tables"]]
    labels = {row["id"]: row["label"] for file in ("models.csv", "features.csv") for row in read(data / file)}
    items = [row["id"] for row in read(data / "models.csv")]
    features = [(row["table"], row["id"]) for row in read(data / "features.csv") if row["table"] in tables]
    coded = cells(data, tables)
    assert set(coded) == {(table, item, feature) for item in items for table, feature in features}

    def noun(kind, count):
        return words[kind]["singular" if count == 1 else "plural"]

    found = start(data, items, coded, noun)
    found |= coding(data, words, tables, items, features, coded)
    found |= margins(tables, items, features, coded, labels, noun)
    found |= coincidences(tables, items, features, coded, labels, words)
    return found | pictures(data.parents[1])


def start(data, items, coded, noun):
    states = Counter(coded.values())
    return {
        "start.items": {"n": len(items), "items": noun("item", len(items))},
        "start.cells": {"cells": len(coded)} | {state: states[state] for state in STATES},
        "start.quotes": {
            "n": sum(row["quote"] != "" for row in read(data / "evidence.csv")),
            "different": len({row["quote"] for row in read(data / "evidence.csv")} - {""}),
        },
    }


def coding(data, words, tables, items, features, coded):
    totals = []  # printed number of Yes, and the Yes and the unclear cells that are there
    for table, sides in words.get("printed_totals", {}).items():
        for side, printed in sides.items():
            for name, number in printed.items():
                mine = [state for cell, state in coded.items() if cell[0] == table and cell[1 if side == "rows" else 2] == name]
                totals.append((number, mine.count("yes"), mine.count("unclear")))
    certainty = certain(data)
    kinds = Counter(certainty.values())
    alternatives = read(data / "alternatives.csv")

    folders = sorted(path for path in (data / "coders").iterdir() if path.is_dir())
    one, two = (cells(folder, tables) for folder in folders)
    quoted_one, quoted_two = map(certain, folders)
    quoted = quoted_one.keys() & quoted_two.keys()
    rated_one, rated_two = (levels(folder, words["ratings"]) for folder in folders)
    assert one.keys() == two.keys() == coded.keys() and rated_one.keys() == rated_two.keys()

    codes = coded | levels(data, words["ratings"])
    verdicts, hanging, wrong = Counter(), 0, []
    for claim in read(data / "claims.csv"):
        verdict = borne_out(claim, codes, items, features, words)
        verdicts[verdict] += 1
        hanging += any(borne_out(claim, codes | {place(row): row["alternative"]}, items, features, words) != verdict for row in alternatives)
        if verdict == "no":
            wrong.append(f"“{claim['quote']}”")
    return {
        "coding.totals": {"n": len(totals), "wrong": sum(not yes <= number <= yes + unclear for number, yes, unclear in totals)},
        "coding.certainty": {"n": len(certainty)} | {kind: kinds[kind] for kind in ("explicit", "hedged", "inferred")},
        "coding.alternatives": {"n": len({place(row) for row in alternatives}), "rows": len(alternatives)},
        "coding.agreement": {"one": 1, "coders": len(folders)} | agreement([(one[cell], two[cell]) for cell in one]),
        "coding.certainty_agreement": {"n": sum(quoted_one[cell] != quoted_two[cell] for cell in quoted), "total": len(quoted)},
        "coding.ratings_agreement": {"n": sum(rated_one[cell] != rated_two[cell] for cell in rated_one), "total": len(rated_one)},
        "coding.claims": {"n": sum(verdicts.values()), "fragile": hanging} | {verdict: verdicts[verdict] for verdict in ("yes", "no", "open")},
        "coding.claims_not_borne_out": {"quotes": wrong},
    }


def agreement(pairs):
    """Four coefficients of two coders, each by its published formula; None where it is 0/0.

    With p the share of agreeing cells: kappa and AC1 are (p - e) / (1 - e), e the agreement expected by chance. Kappa (Cohen 1960):
    e = sum over the codes of (share with coder 1) x (share with coder 2). AC1 (Gwet 2008): e = sum of s (1 - s) / (q - 1), s the mean share of
    a code and q the number of codes allowed. Alpha (Krippendorff 2011): 1 - observed / expected disagreement of two codes drawn from one
    cell, or from all 2n codes without putting the first back.
    """
    n = len(pairs)
    p = sum(a == b for a, b in pairs) / n
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    both = first + second
    by_kappa = sum(first[code] * second[code] for code in STATES) / n**2
    by_ac1 = sum(both[code] / (2 * n) * (1 - both[code] / (2 * n)) for code in STATES) / (len(STATES) - 1)
    by_alpha = 1 - sum(count * (count - 1) for count in both.values()) / (2 * n * (2 * n - 1))
    return {
        "percent": p,
        "cells": n,
        "kappa": (p - by_kappa) / (1 - by_kappa) if by_kappa < 1 else None,
        "ac1": (p - by_ac1) / (1 - by_ac1),
        "alpha": 1 - (1 - p) / by_alpha if by_alpha else None,
    }


def borne_out(claim, codes, items, features, words):
    """Whether a claim holds: yes or no if it is the same however the unclear cells are decided, otherwise open."""
    unclear = [cell for cell, state in codes.items() if state == "unclear"]
    decided = (codes | dict(zip(unclear, states, strict=True)) for states in product(("yes", "no"), repeat=len(unclear)))
    outcomes = {holds(claim["check"], claim["expected"], complete, items, features, words) for complete in decided}
    return "open" if len(outcomes) == 2 else "yes" if outcomes.pop() else "no"


def holds(check, expected, codes, items, features, words):
    """One claim where no cell is unclear, in the words of the table of checks in data/README.md."""
    subject, _, wanted = (part.strip() for part in expected.partition("="))

    def having(feature):
        return {item for (_, item, name), state in codes.items() if name == feature and state == "yes"}

    def rated(rating, *named):
        """The items with one of these levels, a level counted as the word the review itself prints."""
        printed = {level["id"]: level.get("printed_as", level["id"]) for level in words["ratings"][rating]["levels"]}
        return {item for item in items if printed.get(codes["nature", item, rating]) in named}

    if check == "count_items":
        return len(items) == int(expected)
    if check == "count_features":
        return sum(table == subject for table, _ in features) == int(wanted)
    if check == "count_yes":
        return len(having(subject)) == int(wanted)
    if check == "items_with":
        return having(subject) == set(wanted.split())
    if check == "some_have":
        return 1 < len(having(subject)) < len(items)
    if check == "every_item_has":
        return set().union(*(having(feature) for table, feature in features if table == subject)) == set(items)
    if check == "items_rated":
        return rated(*subject.split()) == set(wanted.split())
    if check == "some_rated":
        return 1 < len(rated(*subject.split())) < len(items)
    if check == "most_rated":
        return 2 * len(rated(*subject.split())) > len(items)
    assert check == "ratings_differ"
    return len(words["ratings"]) == int(expected) and all(len({codes["nature", item, rating] for item in items}) > 1 for rating in words["ratings"])


def margins(tables, items, features, coded, labels, noun):
    by_item = {item: sum(coded[table, item, feature] == "yes" for table, feature in features) for item in items}
    by_feature = {feature: sum(coded[table, item, feature] == "yes" for item in items) for table, feature in features}
    constant = {feature: {coded[table, item, feature] for item in items} for table, feature in features}
    unclear = " Unclear cells are not counted." if "unclear" in coded.values() else ""

    def with_count(counts, number):
        return [labels[name] for name, count in counts.items() if count == number]

    row = {item: [state for cell, state in coded.items() if cell[:2] == (tables[-1], item)] for item in items}
    single = [labels[item] for item in items if row[item].count("yes") == 1 and "unclear" not in row[item]]
    return {
        "tables.rows": {
            "columns": len(features),
            "features": noun("feature", len(features)),
            "top": with_count(by_item, max(by_item.values())),
            "most": max(by_item.values()),
            "bottom": with_count(by_item, min(by_item.values())),
            "fewest": min(by_item.values()),
            "unclear": unclear,
        },
        "tables.columns": {
            "n": len(items),
            "common": max(by_feature.values()),
            "rare": min(by_feature.values()),
            "unclear": unclear,
            "top": with_count(by_feature, max(by_feature.values())),
            "bottom": with_count(by_feature, min(by_feature.values())),
        },
        "tables.constant": {
            "items": noun("item", 2),
            "features": [f"{labels[feature]} ({state})" for state in ("yes", "no") for feature, seen in constant.items() if seen == {state}],
        },
        "tables.single_link": {"table": tables[-1], "n": len(single), "total": len(items), "items": noun("item", 2), "names": single},
    }


def alike(columns):
    """Groups of names with the same answers throughout, no answer being unclear."""
    return [
        [name for name in columns if columns[name] == columns[leader]]
        for place, leader in enumerate(columns)
        if "unclear" not in columns[leader]
        and columns[leader] not in list(columns.values())[:place]
        and list(columns.values()).count(columns[leader]) > 1
    ]


def opposite(columns):
    """Pairs of names of which one has a Yes wherever the other has a No, no answer being unclear."""
    return [(a, b) for a, b in combinations(columns, 2) if all({x, y} == {"yes", "no"} for x, y in zip(columns[a], columns[b], strict=True))]


def coincidences(tables, items, features, coded, labels, words):
    column = {(table, feature): [coded[table, item, feature] for item in items] for table, feature in features}
    row = {item: [coded[table, item, feature] for table, feature in features] for item in items}
    part = {table: {item: [coded[cell] for cell in coded if cell[:2] == (table, item)] for item in items} for table in tables}
    pairs = list(combinations(column.values(), 2))
    same = alike(column)
    never = [pair for pair in pairs if not any("no" not in answers for answers in zip(*pair, strict=True))]
    singular, plural = words["item"]["singular"], words["item"]["plural"]
    return {
        "tables.identical_features": {
            "groups": [" = ".join(labels[feature] for _, feature in group) for group in same],
            "across": sum(len({table for table, _ in group}) > 1 for group in same),
        },
        "tables.complementary_features": {
            "item": singular,
            "pairs": [f"{labels[a]} + {labels[b]}" for (_, a), (_, b) in opposite(column)],
        },
        "tables.identical_items": {
            "items": plural,
            "groups": [f"{', '.join(labels[item] for item in group)} ({table})" for table in tables for group in alike(part[table])],
            "together": [f"({', '.join(labels[item] for item in group)})" for group in alike(row)],
        },
        "tables.complementary_items": {
            "items": plural,
            "pairs": [f"{labels[a]} + {labels[b]} ({table})" for table in tables for a, b in opposite(part[table])],
        },
        "tables.never_together": {"n": len(never), "total": len(pairs), "item": singular},
    }


def pictures(root):
    """Drawn is a figure that the manifest lists and whose files lie there; all figures are these and any other that a notebook names.

    A page's size stands in its PDF as the corners of the MediaBox, in points: 72 to the inch, 25.4 mm to the inch.
    """
    figures = root / "figures"
    listed = [entry["id"] for entry in json.loads((figures / "manifest.json").read_text(encoding="utf-8"))]
    drawn = sorted(name for name in listed if all((figures / f"{name}.{kind}").is_file() for kind in ("pdf", "svg", "png", "csv")))
    shown = {name for path in (root / "notebooks").glob("*.ipynb") for name in re.findall(r"\bfig\d\d_[a-z_]+", path.read_text(encoding="utf-8"))}
    every = shown | set(listed)
    corners = re.search(rb"/MediaBox \[([-\d. ]+)\]", (figures / f"{drawn[0]}.pdf").read_bytes())
    left, bottom, right, top = map(float, corners.group(1).split())
    return {
        "figures.drawn": {"n": len(drawn), "total": len(every), "left": sorted(every - set(drawn))},
        "figures.size": {"name": drawn[0], "width": (right - left) / 72 * 25.4, "height": (top - bottom) / 72 * 25.4},
    }
