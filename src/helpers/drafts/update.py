"""What is a review after its table was read again: which codes, and what of all else?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from ..metadata import NOT_STATED
from ..problems import counted
from ..review import Review
from ..validation import NATURE
from .changes import changes_of
from .draft import BY_HAND, LONGEST_QUOTE, SET_ASIDE, Draft, partial
from .keeping import kept_details, kept_levels, kept_ratings, kept_references, kept_words
from .old_ids import with_old_ids
from .quotes import PLACE, TEXTS, aside_before, by_hand, merged, renumbered


@dataclass(frozen=True)
class Update:
    """A review as it will be after its table was read again.

    Attributes
    ----------
    draft : Draft
        With every file that is to be written; `set_aside` holds the quotes and alternatives that no longer fit a code.
    changes : tuple of str
        What is different, in words; empty if nothing is.
    without_quote : int
        How many Yes have no quote, in a review that has quotes.
    same_shape : bool
        Whether rows and columns are those of before.
    notes : tuple of str
        What was left as it is, though the file says otherwise.
    """

    draft: Draft
    changes: tuple[str, ...]
    without_quote: int
    same_shape: bool
    notes: tuple[str, ...] = ()


def update_of(review: Review, new: Draft) -> Update:
    """A review brought up to date with a table: its codes are those of the table, everything else stays as far as it fits.

    Rows and columns are recognised by their labels and keep their ids. A quote whose code is still Yes or unclear stays; one whose code is
    now No, or whose row or column is gone, is set aside, and comes back when its code does. Quotes that came from the file follow the file.

    Raises
    ------
    SynopsisError
        If the review has tables that the new one lacks.
    """
    new = with_old_ids(review, new)
    files = {**new.files, "features": kept_details(review.features, new.files["features"])}
    if NATURE not in files and len(review.nature.columns):
        files[NATURE] = kept_ratings(review, list(files["models"]["id"]))
        rated = review.features[review.features["table"] == NATURE].reset_index()[list(files["features"].columns)]
        files["features"] = pd.concat([files["features"], rated], ignore_index=True)
    references, numbers = kept_references(review, new.files.get("references"), _used(review, new))
    before = review.models.assign(references=[renumbered(text, numbers) for text in review.models["references"]])
    files["models"] = kept_details(before, new.files["models"])
    if len(references):
        files["references"] = references
    if len(review.claims):
        files["claims"] = review.claims
    codes = _codes(files, new.tables)
    table_of = dict(zip(files["features"]["id"], files["features"]["table"], strict=True))
    rows = {name: merged(review, name, new.files.get(name), codes, table_of, numbers) for name in TEXTS}
    for name, side in rows.items():
        if len(side.stay) or name in new.files or (review.folder / f"{name}.csv").exists():
            files[name] = side.stay
    set_aside = pd.concat([aside_before(review).iloc[:0], *(side.aside for side in rows.values())]).fillna("").reset_index(drop=True)
    if len(set_aside) or (review.folder / f"{SET_ASIDE}.csv").exists():
        files[SET_ASIDE] = set_aside
    without = _without_quote(files, codes)
    read = {name: side.read for name, side in rows.items() if side.read}
    made_from = {**new.more.get("made_from", {}), **({"rows_read": read} if read else {})}
    told = {name: entry for name, entry in kept_levels(review, new.more).items() if name not in ("evidence", "longest_quote")}
    more = {**told, **_of_evidence(review, files, codes), "made_from": made_from}
    places = dict(new.places)
    for name in places.keys() & rows.keys():
        numbered = places[name].rows
        places[name] = replace(places[name], rows=tuple(numbered[origin] if origin >= 0 else BY_HAND for origin in rows[name].origins))
    draft = replace(new, words=kept_words(review, new), files=files, more=more, places=places)
    shape = [list(files["models"]["id"]), *(list(files[name].columns[1:]) for name in new.tables)]
    same = sorted(map(sorted, shape)) == sorted(map(sorted, [review.items, *(list(table.columns) for table in review.tables.values())]))
    notes = [
        f"{counted(side.left, 'row of the file was', 'rows of the file were')} corrected or deleted by hand in {name}.csv; that stays so."
        for name, side in rows.items()
        if side.left
    ]
    return Update(draft, tuple(changes_of(review, draft, set_aside)), without, same, tuple(notes))


def _used(review: Review, new: Draft) -> set[str]:
    """The numbers of the references that something cites of which the file does not speak."""
    models = new.files["models"]
    unsaid = review.models.loc[[key for key in models["id"][models["references"] == ""] if key in review.models.index]]
    frames = (unsaid, by_hand(review, "evidence", new.files.get("evidence")))
    return {number for frame in frames for text in frame["references"] for number in text.split()}


def _codes(files: Mapping[str, pd.DataFrame], tables: Mapping[str, str]) -> dict[tuple[str, str, str], str]:
    codes = {}
    for name in (*tables, *([NATURE] if NATURE in files else [])):
        for row in files[name].to_dict("records"):
            codes |= {(name, row["model"], feature): code for feature, code in row.items() if feature != "model"}
    return codes


def _without_quote(files: Mapping[str, pd.DataFrame], codes: Mapping[tuple[str, str, str], str]) -> int:
    """How many Yes have no quote, in a review that has quotes."""
    if not len(files.get("evidence", ())):
        return 0
    quoted = set(files["evidence"][PLACE].itertuples(index=False, name=None))
    return sum(code == "yes" and place not in quoted for place, code in codes.items())


def _of_evidence(review: Review, files: Mapping[str, pd.DataFrame], codes: Mapping[tuple[str, str, str], str]) -> dict[str, object]:
    """What datapackage.json says of quotes: how long they may be, and that not every code has one, unless it was so and still is."""
    evidence = files.get("evidence", pd.DataFrame(columns=["quote", "section", "certainty", *PLACE]))
    said = partial(evidence)
    longest = max(int(str(said.get("longest_quote", 0))), review.metadata.longest_quote)
    length = {"longest_quote": longest} if longest > LONGEST_QUOTE else {}
    needed = {place for place, code in codes.items() if code not in ("no", "unclear", NOT_STATED) and not place[2].endswith("_certainty")}
    whole = needed <= {*evidence[PLACE].itertuples(index=False, name=None)} and evidence[["section", "certainty"]].astype(bool).to_numpy().all()
    return length if whole and len(evidence) and not review.metadata.partial_evidence else {**length, "evidence": said["evidence"]}
