"""Which items of two reporting guidelines does the suite answer, and which are left to the author?

ENTREQ (Tong et al. 2012, BMC Med Res Methodol 12:181) is for syntheses of qualitative research, SWiM (Campbell et al. 2020, BMJ 368:l6890) for
syntheses of effects without meta-analysis. This suite measures no effects, so SWiM fits in part only.
"""

from __future__ import annotations

from typing import NamedTuple

YES, PARTLY, NO = "answered", "in part", "yours to write"


class Item(NamedTuple):
    """One item of a guideline: its number and topic, whether the suite answers it, and with what."""

    number: int
    topic: str
    answered: str
    how: str


ENTREQ = (
    Item(1, "Aim", NO, "State the question of your synthesis."),
    Item(
        2,
        "Synthesis methodology",
        PARTLY,
        "The paragraph on methods names the quantitative part; name the qualitative method yourself.",
    ),
    Item(3, "Approach to searching", NO, "The suite starts from coded tables."),
    Item(4, "Inclusion criteria", NO, "Say how the items were chosen; the limitations say that they are no sample."),
    Item(5, "Data sources", PARTLY, "references.csv lists what the coded text cites; describe databases and dates yourself."),
    Item(6, "Electronic search strategy", NO, "The suite does not search."),
    Item(7, "Study screening methods", NO, "The suite does not screen."),
    Item(8, "Study characteristics", PARTLY, "Notebook 02 and its figures describe the items by their codes."),
    Item(9, "Study selection results", NO, "The suite does not screen."),
    Item(10, "Rationale for appraisal", NO, "The suite does not appraise the quality of studies."),
    Item(11, "Appraisal items", NO, "As above."),
    Item(12, "Appraisal process", NO, "As above."),
    Item(13, "Appraisal results", NO, "As above."),
    Item(14, "Data extraction", YES, "Notebook 01 and the codebook: which text was coded, how, and with which quote behind every code."),
    Item(15, "Software", YES, "The paragraph on methods, with versions."),
    Item(16, "Number of reviewers", PARTLY, "Notebook 01 compares the coders in the folder coders/; say who they were."),
    Item(17, "Coding", YES, "Codebook, evidence, certainty and alternatives; notebook 01."),
    Item(18, "Study comparison", YES, "Notebooks 03 to 06: likeness, groups, order, comparison of tables, all with their ties and ranges."),
    Item(19, "Derivation of themes", NO, "Features are given to the suite, not derived by it."),
    Item(20, "Quotations", YES, "evidence.csv: quote and section behind every code; the fragility map carries them."),
    Item(21, "Synthesis output", PARTLY, "Findings, figures and the ledger; what they mean is yours to write."),
)
SWIM = (
    Item(1, "Grouping studies for synthesis", PARTLY, "Notebooks 04 and 07 show groups and quadrants; give the reason for the features yourself."),
    Item(2, "Standardised metric and transformation", PARTLY, "Similarity coefficients with formulas (notebook 03). No effects are measured."),
    Item(3, "Synthesis methods", YES, "The paragraph on methods; each notebook says why a method was chosen."),
    Item(4, "Criteria to prioritise results", YES, "The ledger marks each result as planned or post hoc; nothing is left out of it."),
    Item(5, "Investigation of heterogeneity", PARTLY, "Notebook 06: which features and ratings go together. Effects are not compared."),
    Item(
        6,
        "Certainty of evidence",
        PARTLY,
        "How plainly the text says each code, what overturns each conclusion (notebook 09). No GRADE rating.",
    ),
    Item(7, "Data presentation methods", YES, "Every figure has its caption, the values that are plotted, and its tables."),
    Item(8, "Reporting results", YES, "Findings with values and ranges (results.json, report), each with its row in the ledger."),
    Item(9, "Limitations of the synthesis", PARTLY, "The list of limitations is written from what was run; add those of the review itself."),
)
GUIDELINES = {
    "ENTREQ": ("Tong A et al. (2012) BMC Med Res Methodol 12:181", ENTREQ),
    "SWiM": ("Campbell M et al. (2020) BMJ 368:l6890", SWIM),
}


def as_markdown() -> str:
    """Both guidelines as one page, docs/reporting.md."""
    parts = [
        "# Reporting guidelines",
        "",
        "Two guidelines ask what a synthesis must report: ENTREQ of qualitative research, SWiM of effects without meta-analysis.",
        "Synopsis measures no effects, so SWiM fits in part only. The tables say which items the suite answers, and which are yours to write.",
        "The paragraph on methods and the limitations stand in `methods.md` beside the figures and in the report, ready to edit.",
    ]
    for name, (source, items) in GUIDELINES.items():
        parts += ["", f"## {name}", "", f"{source}.", "", "| | Item | | Where, or what to write |", "|---|---|---|---|"]
        parts += [f"| {item.number} | {item.topic} | {item.answered} | {item.how} |" for item in items]
    return "\n".join(parts) + "\n"
