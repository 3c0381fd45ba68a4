"""How are the coded tables shown, so that every cell leads to what stands behind it?"""

from __future__ import annotations

from ..review import Review
from ..validation import NATURE
from .behind import MEANINGS, MOST_CODES, Behind, Code
from .markup import Html, anchor, element, folded, joined, link, scroller, unseen

MOST_WIDE = 12  # columns with their names written across; more have them written upwards
SEEN = {"yes": "Yes", "no": "–", "unclear": "unclear"}


def coded_tables(behind: Behind) -> Html:
    """Every features table and the ratings, each with its codebook."""
    parts = [_table(behind, table, features) for table, features in behind.columns().items()]
    return joined([_how_to_read(behind.review, behind.is_small), *parts], "\n")


def _how_to_read(review: Review, small: bool) -> Html:
    metadata = review.metadata
    if not small:
        told = (
            f"Each cell is a code: Yes means “{metadata.yes_means}”, a dash is No and means “{metadata.no_means}”. "
            "Choose a name to read what it has. "
            f"As codes are more than {MOST_CODES:,}, only those with a quote or another reading can be chosen themselves."
        )
        return joined([element("p", told), element("ul", *_key(review), class_="key")])
    behind = "quote, section and references" if len(review.evidence) else "what is known of it (this review stores no quotes)"
    told = f"Each cell is a code: Yes means “{metadata.yes_means}”, a dash is No and means “{metadata.no_means}”. Choose one to read {behind}."
    hint = "Point at a cell, or move from cell to cell with the arrow keys. Enter or a click keeps what is shown; Escape puts it away."
    return joined([element("p", told), element("p", hint, class_="hint"), element("ul", *_key(review), class_="key")])


def _key(review: Review) -> list[Html]:
    """The marks that the tables hold."""
    present = set(review.evidence["certainty"])
    marks = [(f"yes {degree}", "Yes", f"{degree}: {meaning}") for degree, meaning in MEANINGS.items() if degree in present] or [("yes", "Yes", "Yes")]
    marks.append(("no", "–", "No"))
    if any(cells.eq("unclear").to_numpy().any() for cells in review.tables.values()):
        blank = review.metadata.made_from.get("choices", {}).get("blank_means") == "unclear"
        marks.append(("unclear", "unclear", "the text leaves it open, or the cell was left blank" if blank else "the text leaves it open"))
    rows = [element("li", element("span", mark, class_=f"code {kind}", aria_hidden="true"), " ", meaning) for kind, mark, meaning in marks]
    if len(review.alternatives):
        rows.append(element("li", element("small", element("i", "or no")), " the code that a careful reader could choose instead"))
    return rows


def _table(behind: Behind, table: str, features: list[str]) -> Html:
    review, title = behind.review, behind.table(table)
    heads = [element("th", review.metadata.item.singular.capitalize(), scope="col")]
    heads += [element("th", element("span", behind.feature(table, feature), dir="auto"), scope="col") for feature in features]
    rows = []
    for item in review.items:
        head = element("th", link(f"#{anchor('item', item)}", review.label(item), class_="show", dir="auto"), scope="row")
        rows.append(element("tr", head, *(_cell(behind, (table, item, feature)) for feature in features)))
    kind = f"codes{' arrows' if behind.is_small else ''}{' upright' if len(features) > MOST_WIDE else ''}"
    shown = element("table", element("thead", element("tr", *heads)), element("tbody", joined(rows, "\n")), class_=kind)
    return joined([element("h3", title), scroller(f"Table: {title}", shown), _codebook(behind, table, features)])


def _cell(behind: Behind, code: Code) -> Html:
    table, item, feature = code
    coded, degree = behind.review.code(*code), behind.certainty(code)
    word = behind.word(table, feature, coded)
    seen = word if table == NATURE else SEEN[coded]
    said = "" if seen == word else word  # a dash is read out as No
    if not behind.is_told(code):
        return element("td", element("span", seen, class_=f"code {coded}", aria_hidden="true" if said else None), unseen(said) if said else "")
    told = f"{said}{f', {degree}' if degree else ''}: {behind.review.label(item)}, {behind.feature(table, feature)}"
    also = [row["alternative"] for row in behind.others.get(code, ())]
    return element(
        "td",
        link(
            f"#{behind.place(code)}",
            element("span", seen, aria_hidden="true" if said else None),
            unseen(told),
            *(element("small", f"or {behind.word(table, feature, other) if table == NATURE else other}") for other in also),
            class_=" ".join(filter(None, ["show code", "rating" if table == NATURE else coded, degree])),
        ),
    )


def _codebook(behind: Behind, table: str, features: list[str]) -> Html:
    """What each feature means, where the review says it."""
    known = behind.review.features
    told = []
    for feature in features:
        definitions = known.loc[(known["table"] == table) & (known.index == feature), "definition"]
        if len(definitions) and definitions.iloc[0]:
            told.append(element("div", element("dt", behind.feature(table, feature)), element("dd", str(definitions.iloc[0]))))
    name = "ratings" if table == NATURE else behind.review.features_of(table)
    return folded(f"Codebook: what is meant by the {name}", element("dl", *told)) if told else Html("")
