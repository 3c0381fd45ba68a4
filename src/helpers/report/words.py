"""What do the technical terms mean? Each is explained where the page first uses it."""

from __future__ import annotations

import re

from .markup import Html, element

# A pattern that finds the term in a sentence, the term as it is explained, and the explanation.
TERMS: tuple[tuple[str, str, str], ...] = (
    (r"\bcode[sd]?\b", "code", "the Yes, No or unclear in one cell of a table, or the level of one rating"),
    (r"\bhedged\b", "hedged", "said with a word such as “can” or “may”"),
    (r"\binferred\b", "inferred", "not said in so many words, but following from the text"),
    (r"\balternatives?\b", "alternative", "another code that a careful reader could choose; every one is listed with its reason"),
    (r"\bkappa\b|\bAC1\b|\balpha\b", "kappa, AC1, alpha", "how far coders agree beyond what chance would give; 1 is full agreement"),
    (r"\bconstant\b|\bConstant\b", "constant", "the same in every row, so that it tells no two of them apart"),
    (r"\bcoincid\w+", "to coincide", "of two features: to have the same Yes and No throughout"),
    (
        r"\bJaccard\b",
        "Jaccard similarity",
        "of all features that at least one of two has, the share that both have; 0 is nothing shared, 1 the same",
    ),
    (r"\bdistances?\b", "distance", "one less the similarity"),
    (r"\bsimple matching\b", "simple matching", "a similarity that also counts what neither has"),
    (r"\boverlap\b", "overlap", "a similarity that is full as soon as one has everything the other has"),
    (r"\bcoefficients?\b", "coefficient", "a rule to put a likeness into one number"),
    (r"\bnearest\b", "nearest", "at the smallest distance; several where distances are equal"),
    (r"\b[Tt]au\b", "Kendall’s tau", "how far two orders agree, from -1 (reversed) over 0 (unrelated) to 1 (the same)"),
    (
        r"\btrees?\b",
        "tree",
        "a picture of groups inside groups: the two most alike are joined first, then the next; where distances tie, several trees are equally right",
    ),
    (
        r"\blinkages?\b",
        "linkage",
        "how the distance of two groups is taken: as the average, the smallest or the largest of their members’ distances",
    ),
    (r"\btopolog\w+", "topology", "the shape of a tree, whatever its heights"),
    (
        r"\bmultidendrogram\b",
        "multidendrogram",
        "one tree that joins everything that ties at once; a band shows how far the tied distances lie apart",
    ),
    (r"\bpartitions?\b", "partition", "a tree cut into a given number of groups"),
    (
        r"\bsilhouette\b",
        "silhouette width",
        "how much nearer the members of a group are to each other than to the next group; -1 to 1, high is clear",
    ),
    (r"\bcophenetic\b", "cophenetic correlation", "how well the heights of a tree repeat the distances; 1 is without loss"),
    (
        r"\bresamples?\b|\bbootstrap\b|\bbest supported\b",
        "bootstrap, support",
        "features are drawn again with repeats; support is how often a group comes back",
    ),
    (
        r"\b[Pp]rincipal coordinates?\b|\baxes\b",
        "axis of a map",
        "a direction that spreads the rows as much as possible; what the first two do not show is lost",
    ),
    (
        r"\bcorrespondence analysis\b|\binertia\b",
        "correspondence analysis, inertia",
        "a map drawn from counts; inertia is the spread it can show",
    ),
    (r"\bladders?\b|\brungs?\b", "ladder, rung", "a row of items, each of which has all that the one before has, and more"),
    (r"\bconcepts?\b", "formal concept", "a group together with all that its members share, to which nothing can be added"),
    (
        r"\b[Rr]ules?\b|\bpremise\b",
        "rule, premise",
        "whatever has the first features, the premise, has the others too; it holds for all rows of the table",
    ),
    (
        r"\brecipes?\b|\bparsimonious\b|\bconservative\b",
        "recipe",
        "the shortest list of features that goes with an outcome: parsimonious if it may also use combinations that nothing has, conservative if not",
    ),
    (
        r"\bconsistency\b|\bcoverage\b",
        "consistency, coverage",
        "how much of what a recipe describes has the outcome; how much of the outcome it describes",
    ),
    (
        r"\bsame totals\b|\bsame row and column totals\b",
        "same totals",
        "tables filled in another way, with as many Yes in each row and each column",
    ),
    (
        r"\bMantel\w*|\bcorrelat\w+|\br = ",
        "Mantel’s test, r",
        "whether two tables put the same pairs near; r is from -1 to 1, compared with all orders of the rows",
    ),
    (
        r"\bp-values?\b|\bp = |\bp by\b|\bp is\b|\bsmallest p\b|\btwo-sided p\b|\bhas p\b",
        "p-value, p",
        "the share of what chance would give that is at least as unusual; here only a benchmark, since nothing is a sample",
    ),
    (
        r"\battainable\b|\bsmallest (it )?(share )?(possible|could)\b",
        "smallest attainable p",
        "no result of this table could have a smaller one, so that a p near it is not surprising",
    ),
    (
        r"\bHolm\b|\bmin-P\b|\badjusted\b",
        "adjusted p: Holm, min-P",
        "made larger because many tests were done, so that one of them is small by chance",
    ),
    (r"\bFisher\b", "Fisher’s exact test", "whether two features go together more than their totals make likely"),
    (
        r"\bV\b|\bCramér\b",
        "Cramér’s V",
        "how closely two ratings go together, 0 (not at all) to 1 (one tells the other); large values come easily with few rows",
    ),
    (r"\b[Qq]uadrants?\b", "quadrant", "a box of the grid when the levels of both ratings are put into two halves"),
    (r"\bC-score\b", "C-score", "how often two features avoid each other"),
    (r"\bNODF\b|\bnestedness\b", "nestedness, NODF", "how far the shorter rows hold only what the longer rows hold"),
    (r"\bcurveball\b|\btrades?\b", "curveball, trade", "a way to draw random tables: two rows trade what only one of them has"),
    (r"\bMonte Carlo\b", "Monte Carlo error", "how far a number could be off because it comes from random draws"),
    (
        r"\bconclusions?\b",
        "conclusion",
        "something that the tables show and that other codes could make wrong, followed under every change",
    ),
    (
        r"\blisted changes?\b|\bsingle listed\b|\blisted single\b",
        "listed change",
        "to another code that a careful reader could choose, in contrast to an arbitrary one",
    ),
    (r"\bspecifications?\b", "specification", "one way through all choices of method that could have been made"),
    (r"\bpost hoc\b", "planned, post hoc", "post hoc: the subject was picked from the results, or it is a p-value; planned: fixed before"),
    (r"\bledger\b", "ledger", "the list of all findings, with what each rests on and what overturns it"),
    (r"\bDuquenne", "Duquenne-Guigues base", "the fewest rules from which all others follow"),
    (r"\btruth table\b", "truth table", "all combinations of features that occur, with the outcomes of those that have them"),
)


class Words:
    """Remembers which terms the page has explained so far."""

    def __init__(self) -> None:
        self._known: set[str] = set()

    def explained(self, *texts: str) -> Html:
        """Explanations of the terms in some texts that no earlier text had, to stand before them.

        Parameters
        ----------
        *texts : str

        Returns
        -------
        Html
            A list of terms in the order in which they occur; nothing where there is no new one.

        Examples
        --------
        >>> words = Words()
        >>> words.explained("The C-score is low.")[:43]
        '<dl class="words"><div><dt>C-score:</dt> <d'
        >>> words.explained("Another C-score.")
        ''
        """
        text = " ".join(texts)
        found = [
            (match.start(), term, meaning) for pattern, term, meaning in TERMS if term not in self._known and (match := re.search(pattern, text))
        ]
        self._known |= {term for _, term, _ in found}
        rows = [element("div", element("dt", f"{term}:"), " ", element("dd", meaning)) for _, term, meaning in sorted(found)]
        return element("dl", *rows, class_="words") if rows else Html("")
