"""How is a table written as LaTeX that can be put into a manuscript with \\input?"""

from __future__ import annotations

from collections.abc import Sequence

from .latex_text import SCRIPT, beyond_pdflatex, encodings, latex
from .layout import FONT_PT, Layout, laid_out
from .table import Cell, Row, Table

ALIGNED = {"text": r"\raggedright", "code": r"\centering", "number": r"\centering"}


def latex_file(table: Table) -> str:
    """The table as a whole environment, with the packages it needs named in a comment.

    A table longer than a page becomes a `longtable`, a wide one lies on its side (`sidewaystable`, or `landscape` if it is long as well). Lines are
    those of `booktabs`, notes those of `threeparttable` or `threeparttablex`. The size of the letters is never changed to make a table fit.

    Parameters
    ----------
    table : Table

    Returns
    -------
    str
    """
    layout = laid_out(table)
    body = _long(table, layout) if layout.long else _floating(table, layout)
    return "\n".join([*_needs(table, layout), *body]) + "\n"


def _needs(table: Table, layout: Layout) -> list[str]:
    """Comments on what the preamble must load, and the command for words in other letters."""
    words = _all_text(table)
    packages = ["array", "booktabs", "longtable" if layout.long else "", "threeparttablex" if layout.long else "threeparttable"]
    packages.append(("pdflscape" if layout.long else "rotating") if layout.landscape else "")
    others, lost = encodings(words), beyond_pdflatex(words)
    lines = [
        f"% Needs in the preamble: \\usepackage{{{','.join(filter(None, packages))}}}",
        f"% The columns are for a line of {layout.page:g} mm (A4 with margins of 25 mm) and grow or shrink with yours.",
        f"% With pdflatex also: \\usepackage[{','.join([*others, 'T1'])}]{{fontenc}}",
    ]
    if others:
        lines.append("% With lualatex or xelatex: a font that has the letters of all words, chosen with \\setmainfont of the package fontspec")
    if lost:
        lines.append(f"% These signs need lualatex or xelatex and a font that has them: {lost}")
    return lines + [SCRIPT] * bool(others)


def _floating(table: Table, layout: Layout) -> list[str]:
    kind = "sidewaystable" if layout.landscape else "table"
    place = "" if layout.landscape else "[htbp]"
    return [
        f"\\begin{{{kind}}}{place}",
        r"\centering",
        r"\begin{threeparttable}",
        _caption(table),
        _size(),
        f"\\begin{{tabular}}{{{_columns(table, layout)}}}",
        *_head(table, layout),
        *_body(table, layout),
        r"\bottomrule",
        r"\end{tabular}",
        r"\begin{tablenotes}[flushleft]",
        *_notes(table),
        r"\end{tablenotes}",
        r"\end{threeparttable}",
        f"\\end{{{kind}}}",
    ]


def _long(table: Table, layout: Layout) -> list[str]:
    width = len(table.columns)
    lines = [
        r"\begin{ThreePartTable}",
        r"\begin{TableNotes}[flushleft]",
        *_notes(table),
        r"\end{TableNotes}",
        _size() + r"\setlength{\LTcapwidth}{\linewidth}",
        f"\\begin{{longtable}}{{{_columns(table, layout)}}}",
        _caption(table) + r" \\",
        *_head(table, layout),
        r"\endfirsthead",
        f"\\multicolumn{{{width}}}{{@{{}}l@{{}}}}{{\\tablename~\\thetable{{}} (continued)}} \\\\",
        *_head(table, layout),
        r"\endhead",
        r"\midrule",
        f"\\multicolumn{{{width}}}{{@{{}}r@{{}}}}{{(continued on the next page)}} \\\\",
        r"\endfoot",
        r"\bottomrule",
        r"\insertTableNotes",
        r"\endlastfoot",
        *_body(table, layout),
        r"\end{longtable}",
        r"\end{ThreePartTable}",
    ]
    return [r"\begin{landscape}", *lines, r"\end{landscape}"] if layout.landscape else ["{", *lines, "}"]


def _caption(table: Table) -> str:
    return f"\\caption{{{latex(table.title)}}}\\label{{tab:{table.id.partition('_')[2].replace('_', '-')}}}"


def _size() -> str:
    return f"\\fontsize{{{FONT_PT:g}}}{{{FONT_PT + 2:g}}}\\selectfont\\setlength{{\\tabcolsep}}{{3pt}}\\setlength{{\\extrarowheight}}{{1.5pt}}"


def _columns(table: Table, layout: Layout) -> str:
    """The widths as shares of the line, less the space between columns."""
    return "".join(_column(ALIGNED[column.kind], [width], layout) for column, width in zip(table.columns, layout.widths, strict=True))


def _column(aligned: str, widths: Sequence[float], layout: Layout) -> str:
    """One column, or several that a heading spans."""
    return f">{{{aligned}\\arraybackslash}}p{{\\dimexpr {sum(widths) / layout.page:.4f}\\linewidth-2\\tabcolsep}}"


def _spanning(text: str, aligned: str, widths: Sequence[float], layout: Layout) -> str:
    return f"\\multicolumn{{{len(widths)}}}{{{_column(aligned, widths, layout)}}}{{{text}}}"


def _head(table: Table, layout: Layout) -> list[str]:
    headings = " & ".join(_cell(table, column.heading) for column in table.columns)
    if not table.column_groups:
        return [r"\toprule", f"{headings} \\\\", r"\midrule"]
    above, rules, place = [], [], 0
    for name, width in table.column_groups:
        widths = layout.widths[place : place + width]
        above.append(_spanning(latex(name), ALIGNED["code"], widths, layout) if name else " & ".join([""] * width))
        rules += [f"\\cmidrule(lr){{{place + 1}-{place + width}}}"] if name else []
        place += width
    return [r"\toprule", f"{' & '.join(above)} \\\\", "".join(rules), f"{headings} \\\\", r"\midrule"]


def _body(table: Table, layout: Layout) -> list[str]:
    lines: list[str] = []
    for name, rows in table.row_groups:
        if name:
            heading = _spanning(f"\\emph{{{latex(name)}}}", ALIGNED["text"], layout.widths, layout)
            lines += [r"\addlinespace"] * bool(lines) + [f"{heading} \\\\*"]
        for row in rows:
            lines += [r"\midrule"] * row.total + [_row(table, row)]
    return lines


def _row(table: Table, row: Row) -> str:
    return " & ".join(_cell(table, cell) for cell in row.cells) + r" \\"


def _cell(table: Table, cell: Cell) -> str:
    marks = ",".join(table.marked(cell))
    return latex(cell.text) + (f"\\tnote{{{marks}}}" if marks else "")


def _notes(table: Table) -> list[str]:
    notes = [f"\\emph{{Note.}} {latex(table.general)}"]
    if table.abbreviations:
        terms = "; ".join(f"{latex(short)}, {latex(full)}" for short, full in table.abbreviations.items())
        notes.append(f"\\emph{{Abbreviations.}} {terms}.")
    lines = [f"\\item {note}" for note in notes]
    lines += [f"\\item[{mark}] {latex(table.footnotes[key])}" for key, mark in table.marks.items()]
    lines += [f"\\item {latex(table.source)}"] if table.source else []
    return [r"\footnotesize", *lines]


def _all_text(table: Table) -> str:
    """Every text of the table that is printed."""
    cells = [column.heading for column in table.columns] + [cell for row in table.rows for cell in row.cells]
    names = [table.title, table.general, table.source, *(name for name, _ in [*table.column_groups, *table.row_groups])]
    notes = [*table.abbreviations, *table.abbreviations.values(), *(table.footnotes[key] for key in table.marks)]
    return "\n".join([*names, *notes, *(cell.text for cell in cells)])
