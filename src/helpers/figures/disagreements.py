"""Where the coders disagree: every cell and rating with what each coder said of it."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from ..comparing import coded_cells
from ..plotting import draw_said, draw_said_key, new_page, text_width, wrap
from ..plotting.page import crop, footed, longest_piece, text_height, write
from ..plotting.said import said_height
from ..plotting.yes_no import NARROWEST_WORD_TILE, heading_height, upright_heading
from ..problems import counted, listed, some
from ..review import Review
from ..style import INK, MARGIN_MM, QUIET, RULE, SMALL_PT, TITLE_PT
from ..validation import NATURE
from .recipe import Recipe
from .said import differing_of, meanings, names_of, rating_lines, reading, said_of, text_of, wrapped

FRAME_ROOM = 2.2  # of a cell, beside its text
FOOT = 44.0  # for totals, key, note and source
NARROWEST, NARROWEST_CELL, WIDEST_CELL, LOWEST_CELL = 80.0, 5.2, 17.0, 6.0
NARROWEST_RATING, WIDEST_RATING, GAP, TOTAL, WIDEST_LABEL = 17.0, 30.0, 4.0, 10.0, 50.0


class Disagreements(Recipe):
    """The tables, each cell marked where not all coders code it alike."""

    id = "fig36_disagreements"
    notebook = "01_turn_prose_into_a_table"

    def lacking(self, review: Review) -> str:
        names = [*review.tables, *([NATURE] if review.metadata.ratings else [])]
        most = max(sum(name in own for own in review.coders.values()) for name in names)
        return "" if most > 1 else "the raw tables of at least two coders"

    def fits(self, review: Review) -> bool:
        data = self.values(review)
        return _laid_out(review, data, self.width, self.height).fits and self.width >= NARROWEST

    def tables(self, review: Review) -> list[str]:
        return review.table_names

    def title(self, review: Review) -> str:
        return "Where the coders disagree"

    def data(self, review: Review) -> pd.DataFrame:
        cells = coded_cells(review, review.coders).rename(columns={"model": "item"}).drop(columns="own")
        return cells[cells["coders"] > 1].reset_index(drop=True)

    def draw(self, review: Review, data: pd.DataFrame) -> Figure:
        figure, page = new_page(self.width, self.height)
        layout, any_differ = _laid_out(review, data, self.width, self.height), bool((data["differ"] == "yes").any())
        said = {(row["table"], row["item"], row["feature"]): row for row in data.to_dict("records")}
        end, x = layout.right, layout.left
        for letter, (table, features) in zip("abcdefgh", layout.columns.items(), strict=False):
            cell = layout.widths[table]
            write(
                page,
                x,
                MARGIN_MM,
                layout.titles[table] if len(layout.columns) == 1 else layout.titles[table].replace("a ", f"{letter} ", 1),
                TITLE_PT,
                weight="bold",
                va="top",
            )
            for feature, name in features.items():
                if layout.upright and table != NATURE:
                    write(page, x + cell / 2, layout.top - 1.2, upright_heading(name, cell), rotation=90, ha="center", va="bottom")
                else:
                    write(page, x + cell / 2, layout.top - 2, wrap(name, cell - 1), ha="center", va="baseline")
                for place, item in enumerate(layout.items):
                    row = said[table, item, feature]
                    draw_said(page, x, layout.top + place * layout.height, cell, layout.height, said_of(review, row, cell))
                if any_differ:
                    count = sum(said[table, item, feature]["differ"] == "yes" for item in layout.items)
                    write(page, x + cell / 2, layout.bottom + 2.6, str(count), ha="center", color=QUIET)
                x += cell
            x += GAP
        for place, item in enumerate(layout.items):
            y = layout.top + place * layout.height
            write(page, layout.left - 2, y + layout.height / 2, layout.labels[item], ha="right")
            page.plot([MARGIN_MM, end], [y + layout.height] * 2, color=RULE, linewidth=0.4, zorder=0)
            if any_differ:
                count = sum(row["differ"] == "yes" for (_, of, feature), row in said.items() if of == item and feature in layout.features)
                write(page, end + TOTAL / 2, y + layout.height / 2, str(count), ha="center", color=QUIET)
        for y in (layout.top, layout.bottom):
            page.plot([MARGIN_MM, end], [y, y], color=INK, linewidth=0.6)
        if any_differ:
            write(page, layout.left - 2, layout.bottom + 2.6, "Differ in column", SMALL_PT, ha="right", color=QUIET)
            write(page, end + TOTAL / 2, layout.top - 2, "Differ\nin row", SMALL_PT, ha="center", va="baseline", color=QUIET)
        room, foot = self.width - 2 * MARGIN_MM, layout.bottom + (6.5 if any_differ else 3)
        y = draw_said_key(page, MARGIN_MM, foot, meanings(data), room, layout.words)
        note = wrap(" ".join(filter(None, [self.pattern(review, data), reading(data, whole=False), _shown(review, data, layout)])), room)
        write(page, MARGIN_MM, y + 2, note, va="top")
        crop(page, footed(page, y + 2 + text_height(note) + 1.5, review.metadata.credit))
        return figure

    def caption(self, review: Review, data: pd.DataFrame) -> str:
        return f"{self.title(review)}. {self.pattern(review, data)} {reading(data, whole=True)}{self.credit(review)}"

    def pattern(self, review: Review, data: pd.DataFrame) -> str:
        differ, ratings = data["differ"] == "yes", data["table"] == NATURE
        size = listed(counted(int(which.sum()), noun) for which, noun in ((~ratings, "cell"), (ratings, "rating")) if which.any())
        who = counted(len(names_of(data)), "coder")
        if not differ.any():
            return f"No cell differs: {who} gave the same codes in all {size}."
        told = listed(counted(int((which & differ).sum()), noun) for which, noun in ((~ratings, "cell"), (ratings, "rating")) if which.any())
        by_column = data[differ].groupby("feature", sort=False).size()
        most = [self._column(review, name) for name in by_column.index[by_column == by_column.max()]]
        each = "each " if len(most) > 1 else ""
        of = f"{each}for {by_column.max()} of {len(review.items)} {review.metadata.item.plural}"
        where = f" Most often about {listed(some(most, most=2))}, {of}." if by_column.max() > 1 else ""
        return f"Of {size}, {who} differ in {told}.{where}"

    def numbers(self, review: Review, data: pd.DataFrame) -> str:
        codes = data[data["table"] != NATURE]
        same = {code: int(((codes[code] == codes["coders"]) & (codes["differ"] == "")).sum()) for code in ("yes", "no", "unclear")}
        told = [f"{review.label(row['item'])}, {self._column(review, row['feature'])}: {row['codes']}" for row in differing_of(data)]
        all_say = f"All say Yes in {counted(same['yes'], 'cell')}, No in {same['no']}, unclear in {same['unclear']}."
        lead = f"A table of {counted(len(data), 'code')}. {all_say}"
        return f"{lead} They differ: {'; '.join(some(told, most=12))}." if told else lead

    def _column(self, review: Review, feature: str) -> str:
        ratings = {rating.name: rating.label for rating in review.metadata.ratings}
        return ratings.get(feature) or review.label(feature)


def _shown(review: Review, data: pd.DataFrame, layout: _Map) -> str:
    """What the note must say of what is not shown."""
    hidden = len(review.items) - len(layout.items)
    columns = data["feature"].nunique() - len(layout.features)
    if not hidden and not columns:
        return ""
    parts = [counted(hidden, review.metadata.item.singular, review.metadata.item.plural)] if hidden else []
    parts += [counted(columns, "column")] if columns else []
    return f"Not shown, as all code them alike: {listed(parts)}."


def _laid_out(review: Review, data: pd.DataFrame, width: float, height: float) -> _Map:
    """All rows and columns, each level of a rating on one line if there is room; where they do not fit, only those in which something differs."""
    differing = data[data["differ"] == "yes"]
    few = data[data["item"].isin(differing["item"]) & data["feature"].isin(differing["feature"])]
    ways = [(data, WIDEST_RATING), (data, NARROWEST_RATING), (few, WIDEST_RATING), (few, NARROWEST_RATING)]
    for shown, rating in ways if len(differing) else ways[:2]:
        layout = _Map(review, shown, width, height, rating)
        if layout.fits:
            break
    return layout


class _Map:
    """Where the map stands, in millimetres."""

    def __init__(self, review: Review, data: pd.DataFrame, width: float, height: float, widest_rating: float):
        self.items = [item for item in review.items if item in set(data["item"])]
        self.labels = {item: wrap(review.label(item), WIDEST_LABEL) for item in self.items}
        lowest = [*self.labels.values(), "Differ in column"]
        self.left = max(text_width(label) for label in lowest) + MARGIN_MM + 3
        self.columns: dict[str, dict[str, str]] = {}
        for table, feature in dict.fromkeys(zip(data["table"], data["feature"], strict=True)):
            name = review.rating(feature).label if table == NATURE else review.short_label(feature)
            self.columns.setdefault(table, {})[feature] = name
        self.features = {feature for names in self.columns.values() for feature in names}
        total = TOTAL if (data["differ"] == "yes").any() else 0.0
        lines = [rating_lines(review, row) for row in data[data["table"] == NATURE].to_dict("records")]
        texts = [text for text_lines in lines for text in text_lines]
        pieces = [longest_piece(text) + 4 for text in [*texts, *self.columns.get(NATURE, {}).values()]]
        rating = max([NARROWEST_RATING, *pieces, min(widest_rating, max(text_width(text, SMALL_PT) + 4 for text in texts))]) if texts else 0.0
        count = sum(len(names) for table, names in self.columns.items() if table != NATURE)
        fixed = len(self.columns.get(NATURE, ())) * rating + (len(self.columns) - 1) * GAP + total + MARGIN_MM
        cell = min(WIDEST_CELL, (width - self.left - fixed) / max(count, 1))
        self.widths = {table: rating if table == NATURE else cell for table in self.columns}
        self.words = cell >= NARROWEST_WORD_TILE
        counts = [text_of(row) for row in data[(data["table"] != NATURE) & (data["differ"] == "yes")].to_dict("records")]
        narrowest = max([NARROWEST_CELL, *(text_width(text, SMALL_PT) + FRAME_ROOM for text in counts if text)])
        self.right = self.left + sum(len(names) * self.widths[table] for table, names in self.columns.items()) + (len(self.columns) - 1) * GAP
        self.titles = {
            table: wrap(("a " if len(self.columns) > 1 else "") + self._title(review, data, table), self._room(table), TITLE_PT, "bold")
            for table in self.columns
        }
        names = [name for table, columns in self.columns.items() for name in columns.values() if table != NATURE]
        self.upright = any(longest_piece(name) > cell - 1 for name in names)
        heads = heading_height(names, cell) if names else 0.0
        levels = [text_height(wrap(name, rating - 1)) + 2 for name in self.columns.get(NATURE, {}).values()]
        self.top = MARGIN_MM + max(text_height(title, TITLE_PT) for title in self.titles.values()) + 2 + max([heads, *levels])
        cells = [said_height(wrapped(text_lines, rating)) for text_lines in lines]
        least = max([LOWEST_CELL, *(text_height(label) + 1.5 for label in self.labels.values()), *cells])
        room = min(6.2, (height - FOOT - self.top) / max(len(self.items), 1))
        self.height = max(room, least)
        self.bottom = self.top + len(self.items) * self.height
        self.fits = cell >= narrowest and self.bottom < height - FOOT

    def _title(self, review: Review, data: pd.DataFrame, table: str) -> str:
        title = "Ratings" if table == NATURE else review.heading(table)
        coders = set(data.loc[data["table"] == table, "coders"])
        return title if coders == {len(names_of(data))} else f"{title} ({counted(max(coders), 'coder')})"

    def _room(self, table: str) -> float:
        return len(self.columns[table]) * self.widths[table] + GAP - 3


RECIPES: list[Recipe] = [Disagreements()]
