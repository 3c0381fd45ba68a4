"""How fast is the suite beside other people's programs? Run as `synopsis bench`; prints a table and writes last_run.csv beside this file.

Each line is one task, done by the suite and by a named peer in the same run on the same computer; what counts is the ratio. A peer that is
not installed is reported as not shown. Times of the suite are the median of several runs.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from helpers import clustering, load_review, nullmodels, ties
from helpers.build import MAIN_REVIEW

HERE = Path(__file__).resolve().parent
CENSUS_SECONDS = 0.2


@dataclass(frozen=True)
class Line:
    """One task: how long the suite took, how long its peer, and what is asked for."""

    task: str
    seconds: float
    peer: str
    peer_seconds: float | None
    wanted: str
    met: bool | None

    @property
    def ratio(self) -> float | None:
        return self.peer_seconds / self.seconds if self.peer_seconds else None


def main() -> None:
    review = load_review(MAIN_REVIEW)
    tables = {name: review.incidence(name) for name in review.table_names} | {"all tables": review.incidence(review.table_names)}
    first = tables[review.table_names[0]]
    lines = []
    for name, table in tables.items():
        for linkage in clustering.LINKAGES:
            took = _median(lambda table=table, linkage=linkage: ties.tie_census(table, linkage=linkage).clade_support())
            lines.append(Line(f"tie census, {name}, {linkage}", took, "", None, f"under {CENSUS_SECONDS} s", took < CENSUS_SECONDS))
    with tempfile.TemporaryDirectory() as folder:
        lines += _against_peers(first, Path(folder))
    table = pd.DataFrame(
        [
            {
                "task": line.task,
                "seconds": round(line.seconds, 4),
                "peer": line.peer,
                "peer_seconds": "" if not line.peer else "not shown" if line.peer_seconds is None else round(line.peer_seconds, 3),
                "ratio": "" if line.ratio is None else round(line.ratio, 1),
                "wanted": line.wanted,
                "met": "" if not line.wanted else {True: "yes", False: "no", None: "not shown"}[line.met],
            }
            for line in lines
        ]
    )
    table.to_csv(HERE / "last_run.csv", index=False, lineterminator="\n")
    print(table.to_string(index=False))


def _against_peers(first: pd.DataFrame, folder: Path) -> list[Line]:
    small, large = folder / "small.csv", folder / "large.csv"
    first.astype(int).to_csv(small)
    random = pd.DataFrame(np.random.default_rng(1).random((200, 50)) < 0.3)
    random.astype(int).to_csv(large)
    kept, trades = 1_000, 10_000
    return [
        _compared(
            "exact column bootstrap, all ties", lambda: _fresh_bootstrap(first), 10, "pvclust, 10,000 at ten scales", ["pvclust", small, 10_000]
        ),
        _compared(
            "whole null of mean_jaccard",
            lambda: _fresh_null(first),
            5,
            "vegan, quasiswap, 10,000 with the statistic",
            ["quasiswap", small, 10_000],
        ),
        _compared(
            "whole null of mean_jaccard",
            lambda: _fresh_null(first),
            None,
            "vegan, quasiswap, 10,000 tables alone",
            ["quasiswap_tables", small, 10_000],
        ),
        _compared(
            f"curveball, 200 x 50, {kept} tables, {trades:,} trades between them",
            lambda: nullmodels.curveball(random, kept, seed=1, burn_in=0, thin=trades),
            20,
            "vegan, curveball",
            ["curveball", large, kept, trades],
        ),
    ]


def _fresh_bootstrap(table: pd.DataFrame) -> pd.DataFrame:
    clustering.bootstrap.forget()
    return clustering.column_bootstrap(table)


def _fresh_null(table: pd.DataFrame) -> nullmodels.NullResult:
    nullmodels.comparison.forget()
    return nullmodels.exact_null(table, "mean_jaccard")


def _compared(task: str, run: Callable[[], object], wanted: float | None, peer: str, call: list[object]) -> Line:
    print(f"{task} ...", file=sys.stderr, flush=True)
    seconds = _median(run)
    peer_seconds = _peer(call)
    met = None if peer_seconds is None or wanted is None else peer_seconds / seconds >= wanted
    return Line(task, seconds, peer, peer_seconds, f"at least {wanted} times" if wanted else "", met)


def _peer(call: list[object]) -> float | None:
    program = shutil.which("Rscript")
    if not program:
        return None
    done = subprocess.run([program, str(HERE / "peers.R"), *map(str, call)], capture_output=True, text=True, check=False)
    return float(done.stdout.split()[-1]) if done.returncode == 0 else None


def _median(run: Callable[[], object], times: int = 3) -> float:
    took = []
    for _ in range(times):
        started = time.perf_counter()
        run()
        took.append(time.perf_counter() - started)
    return statistics.median(took)


if __name__ == "__main__":
    main()
