"""How do the tables, the page and the map of a comparison of coders become files of a folder?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from . import figures
from .comparing import Comparison, as_markdown, escaped, files
from .problems import SynopsisError
from .publishing import destination, publish, read_record, staging_folder
from .review import Review

MAP, PAGE, LOOK = "fig36_disagreements", "comparison.md", "comparison"


def write(comparison: Comparison, review: Review, folder: Path | None = None) -> Path:
    """Write a comparison into a folder: agreement.csv, coders.csv, disagreements.csv, conclusions.csv, comparison.md and the map of disagreements.

    Parameters
    ----------
    comparison : Comparison
    review : Review
    folder : Path, optional
        out/<the review's folder>-comparison/ unless given.

    Returns
    -------
    Path
        The folder written to.

    Raises
    ------
    SynopsisError
        If the folder holds anything else than an earlier comparison of the same review, or a file cannot be replaced. What stood there is then as
        it was.
    """
    out, made_of = destination(review, folder, LOOK), (review.metadata.name, LOOK)
    record = read_record(out)
    if record and (record["review"], record["look"]) != made_of:
        there = f"a comparison for {record['review']}" if record["look"] == LOOK else f"the figures of {record['review']}"
        raise SynopsisError(f"{folder or out} holds {there}. Choose another folder for --out, so that nothing there is taken away.")
    with staging_folder(out) as staging:
        for name, text in files(review, comparison).items():
            (staging / name).write_bytes(text.encode())
        (staging / PAGE).write_bytes(as_markdown(review, comparison, _map(comparison, review, staging)).encode())
        publish(staging, out, made_of)
    return out


def _map(comparison: Comparison, review: Review, staging: Path) -> str:
    """The map of disagreements, drawn and saved; what stands for it on the page."""
    compared, recipe = replace(review, coders=comparison.tables), figures.find(MAP)
    need = recipe.missing(compared)
    if need:
        return f"The map of disagreements is left out. It needs {need}."
    entry = figures.save(recipe, compared, staging)
    return f"![{escaped(entry['alt'])}]({MAP}.png)\n\n*{escaped(entry['caption'])}*"
