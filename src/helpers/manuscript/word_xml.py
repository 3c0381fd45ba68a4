"""What does a table look like inside a Word file: rows, cells, lines, marks?

Written as WordprocessingML (ISO/IEC 29500-1, section 17.4), because python-docx has no words for repeated headings, single lines and cell widths, and
takes minutes for long tables.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from docx.oxml.ns import nsdecls

from .layout import Layout
from .table import Cell, Row, Table

TWIPS_PER_MM = 1440 / 25.4
SIDES = {"text": "left", "code": "center", "number": "center"}
HEAVY, THIN = 'w:val="single" w:sz="12" w:space="0" w:color="auto"', 'w:val="single" w:sz="4" w:space="0" w:color="auto"'
CELL_STYLE, GROUP_STYLE = "TableText", "TableGroup"


def table_xml(table: Table, layout: Layout) -> str:
    """The table as one w:tbl element.

    Parameters
    ----------
    table : Table
    layout : Layout
        Gives the widths of the columns.

    Returns
    -------
    str
        XML with its namespaces declared.
    """
    widths = [round(width * TWIPS_PER_MM) for width in layout.widths]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl {nsdecls('w')}>{_properties(table, sum(widths))}<w:tblGrid>{grid}</w:tblGrid>{_head(table, widths)}{_body(table, widths)}</w:tbl>"


def runs(text: str, marks: Sequence[str] = (), kind: str = "") -> str:
    """Text as runs, the marks raised; `kind` is a run property such as <w:i/>."""
    properties = f"<w:rPr>{kind}</w:rPr>" if kind else ""
    told = f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
    raised = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
    return told + (f'<w:r>{raised}<w:t xml:space="preserve">{",".join(marks)}</w:t></w:r>' if marks else "")


def _properties(table: Table, width: int) -> str:
    return (
        f'<w:tblPr><w:tblW w:w="{width}" w:type="dxa"/><w:tblBorders><w:top {HEAVY}/><w:bottom {HEAVY}/></w:tblBorders><w:tblLayout w:type="fixed"/>'
        f'<w:tblCellMar><w:top w:w="30" w:type="dxa"/><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar>'
        f'<w:tblLook w:val="06A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f"<w:tblCaption w:val={_quoted(table.title)}/><w:tblDescription w:val={_quoted(table.general)}/></w:tblPr>"
    )


def _head(table: Table, widths: list[int]) -> str:
    cells = [
        _cell(_paragraph(runs(column.heading.text, table.marked(column.heading), "<w:b/>"), column.kind), width, below=THIN, bottom=True)
        for column, width in zip(table.columns, widths, strict=True)
    ]
    above, place = [], 0
    for name, span in table.column_groups:
        below = THIN if name else ""
        above.append(_cell(_paragraph(runs(name, kind="<w:b/>"), "code"), sum(widths[place : place + span]), span, below, bottom=True))
        place += span
    return (_table_row(above, header=True) if above else "") + _table_row(cells, header=True)


def _body(table: Table, widths: list[int]) -> str:
    parts = []
    for name, rows in table.row_groups:
        if name:
            parts.append(_table_row([_cell(_paragraph(runs(name, kind="<w:i/>"), "text", GROUP_STYLE), sum(widths), len(widths))]))
        parts += [_row(table, row, widths) for row in rows]
    return "".join(parts)


def _row(table: Table, row: Row, widths: list[int]) -> str:
    above = THIN if row.total else ""
    cells = [
        _cell(_paragraph(_printed(table, cell), column.kind), width, above=above)
        for column, cell, width in zip(table.columns, row.cells, widths, strict=True)
    ]
    return _table_row(cells)


def _printed(table: Table, cell: Cell) -> str:
    return runs(cell.text, table.marked(cell))


def _table_row(cells: Sequence[str], header: bool = False) -> str:
    """A row that is not broken between pages; a heading is repeated on each."""
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' * header}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(paragraph: str, width: int, span: int = 1, below: str = "", above: str = "", bottom: bool = False) -> str:
    lines = (f"<w:top {above}/>" if above else "") + (f"<w:bottom {below}/>" if below else "")
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    properties += f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    properties += f"<w:tcBorders>{lines}</w:tcBorders>" if lines else ""
    properties += '<w:vAlign w:val="bottom"/>' if bottom else ""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph}</w:tc>"


def _paragraph(content: str, kind: str, style: str = CELL_STYLE) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/><w:jc w:val="{SIDES[kind]}"/></w:pPr>{content}</w:p>'


def _quoted(text: str) -> str:
    return f'"{escape(text, {chr(34): "&quot;"})}"'
