"""Reviews that are hard to draw: long and awkward names, many items, tables without any or with every difference."""

import csv
from pathlib import Path

from helpers import load_review

LONG = "Feature_{} with several words, (and) more"
MADE_UP = {  # the items, the cells of each, and the name of a column
    "awkward": (
        [(f"{i}: a $dollar_sign$ <b>& very long label" if i % 2 else f"Ελληνικά, кириллица à l’été {i}") for i in range(1, 17)],
        [["unclear" if (i + j) % 5 == 0 else "yes" if (i * j) % 3 else "no" for j in range(10)] for i in range(1, 17)],
        LONG,
    ),
    "30 items": (
        [f"Study {i}" for i in range(30)],
        [["yes" if (i * i + 3 * i * j + j) % 7 < 3 else "no" for j in range(9)] for i in range(30)],
        "F {}",
    ),
    "all alike": ([f"Item {i}" for i in range(5)], [["yes", "no", "yes"]] * 5, LONG),
    "nothing shared": ([f"Item {i}" for i in range(6)], [["yes" if i == j else "no" for j in range(6)] for i in range(6)], "F {}"),
}


def made_up(name: str, folder: Path):
    """The review of a name, written into an empty folder."""
    items, cells, column = MADE_UP[name]
    with (folder / "codes.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerow(["item", *(column.format(j) for j in range(len(cells[0])))])
        csv.writer(file).writerows([item, *row] for item, row in zip(items, cells, strict=True))
    return load_review(folder)
