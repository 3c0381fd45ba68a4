"""How is a table written as a page of HTML that browsers, Word and screen readers understand?"""

from __future__ import annotations

from html import escape

from .table import Cell, Column, Row, Table

STYLE = """
body { margin: 2em auto; padding: 0 1em; max-width: 75em; font: 1rem/1.4 Georgia, "Times New Roman", serif; color: #111; background: #fff; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; border-top: 2px solid #111; border-bottom: 2px solid #111; font-size: 0.92em; }
caption { text-align: left; font-weight: bold; padding-bottom: 0.5em; }
th, td { padding: 0.25em 0.6em; vertical-align: top; text-align: left; font-weight: normal; }
thead th { vertical-align: bottom; border-bottom: 1px solid #111; font-weight: bold; }
thead th[scope="colgroup"] { text-align: center; border-bottom: 1px solid #777; }
tbody th[scope="rowgroup"] { padding-top: 0.9em; font-style: italic; }
.code, .number, thead .code, thead .number { text-align: center; font-variant-numeric: tabular-nums; }
.total th, .total td { border-top: 1px solid #111; }
.notes { font-size: 0.85em; max-width: 60em; }
.notes p, .notes ol { margin: 0.4em 0; }
sup { line-height: 0; }
@media print { .notes .back { display: none; } }
"""


class _Marks:
    """Links each mark to its footnote; the first place of a mark has an address for the way back."""

    def __init__(self, table: Table):
        self.table = table
        self.met: set[str] = set()

    def cell(self, cell: Cell) -> str:
        """A cell's text with its marks, each a link."""
        links = [self._link(mark) for mark in self.table.marked(cell)]
        return escape(cell.text) + (f"<sup>{', '.join(links)}</sup>" if links else "")

    def _link(self, mark: str) -> str:
        address = "" if mark in self.met else f' id="mark-{mark}"'
        self.met.add(mark)
        return f'<a{address} href="#note-{mark}" role="doc-noteref" aria-label="Note {mark}">{mark}</a>'


def html_page(table: Table) -> str:
    """The table as a page that stands alone: its caption, headings that say what they head, and notes with links both ways.

    It is also well-formed XML, holds no script, and loads nothing.

    Parameters
    ----------
    table : Table

    Returns
    -------
    str
    """
    marks = _Marks(table)
    title = escape(table.title)
    parts = [
        '<!DOCTYPE html>\n<html lang="en-GB" xmlns="http://www.w3.org/1999/xhtml">\n<head>\n<meta charset="utf-8"/>\n',
        f"<title>{title}</title>\n",
        f'<meta name="viewport" content="width=device-width, initial-scale=1"/>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n',
        '<div class="scroll" role="region" aria-labelledby="caption" tabindex="0">\n',
        f'<table id="{escape(table.id)}" aria-describedby="notes">\n<caption id="caption">{title}</caption>\n{_spans(table)}',
        f"<thead>\n{_head(table, marks)}</thead>\n",
        *(_group(name, rows, table, marks) for name, rows in table.row_groups),
        f"</table>\n</div>\n{_notes(table)}</main>\n</body>\n</html>\n",
    ]
    return "".join(parts)


def _spans(table: Table) -> str:
    return "".join(f'<colgroup span="{width}"></colgroup>' for _, width in table.column_groups) + "\n" * bool(table.column_groups)


def _head(table: Table, marks: _Marks) -> str:
    headings = [f'<th scope="col" class="{column.kind}">{marks.cell(column.heading)}</th>' for column in table.columns]
    groups = table.column_groups
    if not groups:
        return f"<tr>{''.join(headings)}</tr>\n"
    above, below, place = "", "", 0
    for name, width in groups:
        if name:
            above += f'<th scope="colgroup" colspan="{width}">{escape(name)}</th>'
            below += "".join(headings[place : place + width])
        else:
            above += "".join(heading.replace("<th ", '<th rowspan="2" ', 1) for heading in headings[place : place + width])
        place += width
    return f"<tr>{above}</tr>\n<tr>{below}</tr>\n"


def _group(name: str, rows: tuple[Row, ...], table: Table, marks: _Marks) -> str:
    heading = f'<tr><th scope="rowgroup" colspan="{len(table.columns)}">{escape(name)}</th></tr>\n' if name else ""
    return f"<tbody>\n{heading}{''.join(_row(row, table.columns, marks) for row in rows)}</tbody>\n"


def _row(row: Row, columns: tuple[Column, ...], marks: _Marks) -> str:
    first, *others = zip(columns, row.cells, strict=True)
    cells = [f'<th scope="row" class="{first[0].kind}">{marks.cell(first[1])}</th>']
    for column, cell in others:
        spoken = f' aria-label="{escape(cell.spoken)}"' if cell.spoken else ""
        cells.append(f'<td class="{column.kind}"{spoken}>{marks.cell(cell)}</td>')
    kind = ' class="total"' if row.total else ""
    return f"<tr{kind}>{''.join(cells)}</tr>\n"


def _notes(table: Table) -> str:
    """General note, abbreviations, footnotes, source: those there are."""
    parts = [f"<p><em>Note.</em> {escape(table.general)}</p>\n"]
    if table.abbreviations:
        terms = "; ".join(f"{escape(short)}, {escape(full)}" for short, full in table.abbreviations.items())
        parts.append(f"<p><em>Abbreviations.</em> {terms}.</p>\n")
    if table.marks:
        items = "".join(
            f'<li id="note-{mark}">{escape(table.footnotes[key])} <a class="back" href="#mark-{mark}" role="doc-backlink" '
            f'aria-label="Back to the first place of note {mark}">↩</a></li>\n'
            for key, mark in table.marks.items()
        )
        parts.append(f'<ol type="a">\n{items}</ol>\n')
    if table.source:
        parts.append(f'<p class="source">{escape(table.source)}</p>\n')
    return f'<section id="notes" class="notes" aria-label="Notes to the table">\n{"".join(parts)}</section>\n'
