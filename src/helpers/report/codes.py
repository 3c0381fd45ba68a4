"""How are the coded tables shown, so that every cell leads to what stands behind it?"""

from __future__ import annotations

from ..metadata import NOT_STATED
from ..review import Review
from ..validation import NATURE
from .markup import Html, anchor, element, folded, joined, link, scroller, unseen

MEANINGS = {
    "explicit": "said plainly in the text",
    "hedged": "said in the text with words such as “can” or “may”",
    "inferred": "not said in so many words, but following from the text",
}
SHORT = {"yes": "Yes", "no": "–", "unclear": "unclear"}


def code_anchor(table: str, item: str, feature: str) -> str:
    """Where on the page stands what is behind a code."""
    return anchor("rating" if table == NATURE else "code", item, feature)


def coded_tables(review: Review) -> Html:
    """Every features table and the ratings, each with its codebook."""
    parts = [_table(review, name, review.label(name), list(cells.columns)) for name, cells in review.tables.items()]
    if review.metadata.ratings:
        parts.append(_table(review, NATURE, "Ratings", [rating.name for rating in review.metadata.ratings]))
    return joined([_how_to_read(review), *parts], "\n")


def feature_label(review: Review, table: str, feature: str) -> str:
    """The name of a feature or a rating."""
    return review.rating(feature).label if table == NATURE else review.label(feature)


def code_words(review: Review, table: str, item: str, feature: str) -> str:
    """A code as a word: Yes, No, unclear, or the label of a level."""
    return level_words(review, table, feature, review.code(table, item, feature))


def level_words(review: Review, table: str, feature: str, code: str) -> str:
    """Any code that a cell could have, as a word."""
    if table == NATURE:
        return {level.id: level.label for level in review.rating(feature).levels}.get(code, code)
    return {"yes": "Yes", "no": "No"}.get(code, code)


def certainty(review: Review, table: str, item: str, feature: str) -> str:
    """How plainly the text says a code; empty where the review does not tell."""
    if table == NATURE:
        return str(review.nature.at[item, f"{feature}_certainty"]) if review.code(table, item, feature) != NOT_STATED else ""
    rows = review.evidence_for(table, item, feature)
    return str(rows["certainty"].iloc[-1]) if len(rows) else ""


def others(review: Review, table: str, item: str, feature: str) -> list[dict[str, str]]:
    """The other codings that a careful reader could choose."""
    rows = review.alternatives
    return rows[(rows["table"] == table) & (rows["model"] == item) & (rows["feature"] == feature)].to_dict("records")


def _how_to_read(review: Review) -> Html:
    metadata = review.metadata
    key = [("yes", "Yes", f"Yes: {metadata.yes_means}"), ("no", "–", f"No: {metadata.no_means}")]
    if any(cells.eq("unclear").to_numpy().any() for cells in review.tables.values()):
        key.append(("unclear", "unclear", "the text leaves it open"))
    present = set(review.evidence["certainty"])
    for degree in ("explicit", "hedged", "inferred"):
        if degree in present:
            key.append((f"yes {degree}", "Yes", f"{degree.capitalize()}: {MEANINGS[degree]}"))
    rows = [element("li", element("span", mark, class_=f"code {kind}", aria_hidden="true"), " ", meaning) for kind, mark, meaning in key]
    behind = "quote, section and references" if len(review.evidence) else "what is known of it (this review stores no quotes)"
    if len(review.alternatives):
        rows.append(
            element("li", element("span", element("small", "or no"), aria_hidden="true"), " The code that a careful reader could choose instead")
        )
    return joined(
        [
            element("p", f"Each cell of a table is a code. Choose one to read what stands behind it: {behind}."),
            element("p", "Point at a cell, or move from cell to cell with the arrow keys. Enter or a click keeps what is shown; Escape puts it away.",
                    class_="hint"),
            element("ul", *rows, class_="key"),
        ]
    )  # fmt: skip


def _table(review: Review, table: str, title: str, features: list[str]) -> Html:
    heads = [element("th", review.metadata.item.singular.capitalize(), scope="col")]
    heads += [element("th", feature_label(review, table, feature), scope="col", dir="auto") for feature in features]
    rows = []
    for item in review.items:
        head = element("th", link(f"#{anchor('item', item)}", review.label(item), class_="show", dir="auto"), scope="row")
        rows.append(element("tr", head, *(_cell(review, table, item, feature) for feature in features)))
    shown = element("table", element("thead", element("tr", *heads)), element("tbody", joined(rows, "\n")), class_="codes arrows")
    return joined([element("h3", title), scroller(f"Table: {title}", shown), _codebook(review, table, features)])


def _cell(review: Review, table: str, item: str, feature: str) -> Html:
    code, degree = review.code(table, item, feature), certainty(review, table, item, feature)
    kind = f"rating {degree}" if table == NATURE else f"{code} {degree}"
    word = code_words(review, table, item, feature)
    seen = word if table == NATURE else SHORT[code]
    also = [other["alternative"] for other in others(review, table, item, feature)]
    full = "" if seen == word else word
    told = unseen(f"{full}{f', {degree}' if degree else ''}: {review.label(item)}, {feature_label(review, table, feature)}")
    return element(
        "td",
        link(
            f"#{code_anchor(table, item, feature)}",
            element("span", seen, aria_hidden="true" if full else None),
            told,
            *(element("small", f"or {level_words(review, table, feature, code) if table == NATURE else code}") for code in also),
            class_=f"show code {kind.strip()}",
        ),
    )


def _codebook(review: Review, table: str, features: list[str]) -> Html:
    """What each feature means, where the review says it."""
    told = []
    for feature in features:
        known = review.features[(review.features["table"] == table) & (review.features.index == feature)]
        definition = str(known["definition"].iloc[0]) if len(known) and "definition" in known else ""
        if definition:
            told.append(element("div", element("dt", feature_label(review, table, feature)), element("dd", definition)))
    name = "ratings" if table == NATURE else review.table_info(table).feature.plural
    return folded(f"Codebook: what is meant by the {name}", element("dl", *told)) if told else Html("")
