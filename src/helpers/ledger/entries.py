"""For each finding: was it planned, what does it rest on, and against what is its value checked?

A finding is **planned** if its question and its measure are fixed before a table is read. It is **post hoc** if it picks its subject from the
results (the largest, the smallest, the most alike of many), or if it is a p-value: no comparison with chance was registered for the first review,
and none can be registered by a program for another. Planned here is less than registered in advance, and no more is claimed.
"""

from __future__ import annotations

from dataclasses import dataclass

CHECKED = {
    "files": "counted again from the files by other code",
    "brute force": "every possibility gone through by other code",
    "R": "computed in R",
    "paper": "printed in the review",
    "by hand": "worked out by hand",
}
RESTS = {
    "codes": "the codes",
    "rows": "which rows, columns and figures there are",
    "evidence": "the quotes and how certain they are",
    "method": "the method, not the codes",
}


@dataclass(frozen=True)
class Entry:
    """What is known of a finding beside its value.

    Attributes
    ----------
    planned : bool
    rests : str
        One of RESTS.
    checked : str
        One of CHECKED: where a test takes the expected value from, for the first review.
    """

    planned: bool
    rests: str
    checked: str


def _entries(planned: bool, rests: str, checked: str, names: str) -> dict[str, Entry]:
    return {name: Entry(planned, rests, checked) for name in names.split()}


PLANNED, POST_HOC = True, False

ENTRIES: dict[str, Entry] = {
    **_entries(PLANNED, "rows", "files", "start.items figures.drawn figures.size shake.changes"),
    **_entries(PLANNED, "codes", "files", "start.cells coding.totals coding.ratings_agreement tables.constant tables.single_link alike.unclear"),
    **_entries(PLANNED, "codes", "files", "compare.coinciding compare.joint place.not_stated place.association place.marks"),
    **_entries(PLANNED, "evidence", "files", "start.quotes coding.certainty coding.alternatives coding.certainty_agreement place.association_plain"),
    **_entries(PLANNED, "codes", "by hand", "coding.agreement"),
    **_entries(PLANNED, "codes", "brute force", "coding.claims coding.claims_not_borne_out tables.identical_features tables.complementary_features"),
    **_entries(PLANNED, "codes", "brute force", "tables.identical_items tables.complementary_items tables.never_together alike.range"),
    **_entries(PLANNED, "codes", "brute force", "alike.neighbours alike.constant alike.coefficients alike.tables alike.bounds groups.trees"),
    **_entries(PLANNED, "codes", "brute force", "groups.certain groups.undecided groups.together groups.fit groups.linkages groups.constant"),
    **_entries(PLANNED, "codes", "brute force", "groups.tables compare.groups place.firmness place.quadrants place.association_single"),
    **_entries(PLANNED, "codes", "brute force", "place.codings_grid place.codings_quadrants chance.tables chance.distance"),
    **_entries(PLANNED, "codes", "brute force", "ladder.order ladder.longest ladder.second ladder.concepts ladder.rules ladder.joint"),
    **_entries(PLANNED, "codes", "brute force", "ladder.contradictions ladder.recipe shake.conclusions shake.listed shake.codings shake.coders"),
    **_entries(PLANNED, "codes", "brute force", "shake.claims shake.curve"),
    **_entries(PLANNED, "codes", "R", "groups.pcoa groups.map_misleads groups.mca"),
    **_entries(PLANNED, "method", "brute force", "chance.curveball"),
    **_entries(PLANNED, "method", "files", "shake.ledger"),
    **_entries(POST_HOC, "codes", "files", "tables.rows tables.columns compare.driver compare.without_coinciding"),
    **_entries(POST_HOC, "codes", "by hand", "alike.pair_matching"),
    **_entries(POST_HOC, "codes", "brute force", "alike.pair alike.extremes alike.popular alike.versions groups.best groups.pairs"),
    **_entries(POST_HOC, "codes", "brute force", "groups.misplaced groups.unclear groups.bootstrap compare.mantel compare.mantel_constant"),
    **_entries(POST_HOC, "codes", "brute force", "compare.pairs compare.min_p compare.codes compare.codes_range place.boxes"),
    **_entries(POST_HOC, "codes", "brute force", "chance.distance_p chance.statistics chance.groups chance.second chance.family"),
    **_entries(POST_HOC, "codes", "brute force", "chance.distinct chance.constant ladder.chance ladder.gaps ladder.labellings ladder.recipes"),
    **_entries(POST_HOC, "codes", "brute force", "shake.cells shake.dropped shake.numbers"),
    **_entries(POST_HOC, "codes", "brute force", "place_new.item place_new.neighbours place_new.order place_new.groups place_new.gaps"),
    **_entries(POST_HOC, "codes", "brute force", "place_new.joint place_new.unclear"),
}
CONCLUSIONS_CHECKED = "brute force"  # tests/test_sensitivity.py finds each conclusion again, as coded and under changes
