"""How is a table written as a Word document that an author can edit, and that is the same, byte for byte, each time?"""

from __future__ import annotations

import io

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from ..office import NO_DAY, repacked
from .layout import FONT_PT, Layout, laid_out
from .table import Table
from .word_xml import CELL_STYLE, GROUP_STYLE, runs, table_xml

FONT = "Times New Roman"
NOTE_STYLE = "TableNote"
LANGUAGE = "en-GB"


def word_file(table: Table) -> bytes:
    """The table as a .docx: a caption that Word numbers, a real table whose headings are repeated on each page, and its notes.

    The page lies on its side if the table is wide. The file names no author and no date.

    Parameters
    ----------
    table : Table

    Returns
    -------
    bytes
    """
    layout = laid_out(table)
    document = Document()
    _page(document, layout)
    _styles(document)
    _properties(document, table)
    body = document.element.body
    end = body.sectPr  # the size of the page stands last
    for xml in (_caption(table), table_xml(table, layout), *_notes(table)):
        end.addprevious(parse_xml(xml))
    stream = io.BytesIO()
    document.save(stream)
    return repacked(stream)


def _page(document: WordDocument, layout: Layout) -> None:
    section = document.sections[0]
    sides = (Mm(297), Mm(210)) if layout.landscape else (Mm(210), Mm(297))
    section.page_width, section.page_height = sides
    section.orientation = WD_ORIENT.LANDSCAPE if layout.landscape else WD_ORIENT.PORTRAIT
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(25)


def _styles(document: WordDocument) -> None:
    styles = document.styles
    _plain(styles["Normal"], 11, 0)
    _plain(styles["Caption"], 11, 6)
    styles["Caption"].font.bold = True
    styles["Caption"].paragraph_format.keep_with_next = True
    for name, size, after in ((CELL_STYLE, FONT_PT, 2), (GROUP_STYLE, FONT_PT, 2), (NOTE_STYLE, 8, 2)):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        _plain(style, size, after)
    styles[GROUP_STYLE].paragraph_format.space_before = Pt(5)
    styles[GROUP_STYLE].paragraph_format.keep_with_next = True
    styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}").set(qn("w:val"), LANGUAGE)


def _plain(style: ParagraphStyle, size: float, after: float) -> None:
    """Black letters of one family, for every script, and no space but the one below."""
    style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), RGBColor(0, 0, 0)
    for script in ("w:eastAsia", "w:cs"):
        style.element.rPr.rFonts.set(qn(script), FONT)
    style.paragraph_format.space_before, style.paragraph_format.space_after, style.paragraph_format.line_spacing = Pt(0), Pt(after), 1.0


def _properties(document: WordDocument, table: Table) -> None:
    properties = document.core_properties
    properties.title, properties.language = table.title[:255], LANGUAGE
    properties.author = properties.last_modified_by = properties.comments = properties.keywords = properties.subject = ""
    properties.created = properties.modified = NO_DAY
    properties.revision = 1
    package = document.part.package
    for key, relation in list(package.rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:  # a picture of the empty template
            package.rels.pop(key)


def _caption(table: Table) -> str:
    """The caption with a number that Word counts anew where several tables stand in one document."""
    return (
        f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="Caption"/></w:pPr>{runs("Table ")}<w:fldSimple w:instr=" SEQ Table \\* ARABIC ">{runs("1")}'
        f"</w:fldSimple>{runs('. ' + table.title)}</w:p>"
    )


def _notes(table: Table) -> list[str]:
    notes = [runs("Note. ", kind="<w:i/>") + runs(table.general)]
    if table.abbreviations:
        notes.append(runs("Abbreviations. ", kind="<w:i/>") + runs("; ".join(map(", ".join, table.abbreviations.items())) + "."))
    notes += [runs("", [mark]) + runs(f" {table.footnotes[key]}") for key, mark in table.marks.items()]
    notes += [runs(table.source)] if table.source else []
    return [f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="{NOTE_STYLE}"/></w:pPr>{note}</w:p>' for note in notes]
