"""How does a run notebook become a page that opens without Jupyter, and offline?

nbconvert turns its cells into HTML; the rest is the report's own look. Nothing on such a page runs: it forbids itself any script.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence
from functools import cache
from html import escape

from nbconvert.exporters import HTMLExporter
from nbformat import NotebookNode

from .findings import MIME
from .report.markup import Html, element, joined, link
from .report.opening import notebook_title
from .report.page import page, stylesheet, text_of

NO_ALT = "A picture made by the code above it, without a description."
REPORT = "../report.html"


def notebook_html(notebook: NotebookNode, name: str, others: Sequence[str]) -> str:
    """A run notebook as one HTML page.

    Parameters
    ----------
    notebook : NotebookNode
        With its outputs; it is not changed.
    name : str
        Of its file, without ending.
    others : sequence of str
        The names of all notebooks in order, to link to the one before and the one after.

    Returns
    -------
    str
        Each finding has the id `finding-` and its own; pictures carry the alt text of the output; links to notebooks lead to their pages.
    """
    shown = copy.deepcopy(notebook)
    tables = 0
    for cell in shown.cells:
        if cell.cell_type == "markdown":
            cell.source = _to_pages(cell.source)
        for output in cell.get("outputs", []):
            tables = _prepared(output, tables)
    body, _ = _exporter().from_notebook_node(shown)
    ways = _ways(name, others)
    css = stylesheet() + text_of("notebook.css")
    content = joined([link("#content", "Skip to the content", class_="skip"), ways, element("main", Html(body), id="content")], "\n")
    return page(title_of(notebook, name), css, content)


def title_of(notebook: NotebookNode, name: str) -> str:
    """The first heading of a notebook, or its name."""
    for cell in notebook.cells:
        heading = re.search(r"^# +(.+)$", cell.source, re.MULTILINE) if cell.cell_type == "markdown" else None
        if heading:
            return re.sub(r"[*_`]", "", heading[1]).strip()
    return name


@cache
def _exporter() -> HTMLExporter:
    return HTMLExporter(template_name="basic", exclude_anchor_links=True)


def _to_pages(source: str) -> str:
    """Markdown whose links to notebooks lead to their pages."""
    return re.sub(r"(\]\([\w./-]+)\.ipynb(?=[)#])", r"\1.html", source)


def _prepared(output: NotebookNode, tables: int) -> int:
    """Give findings an id, tables a region that scrolls, pictures their alt text; the number of tables so far."""
    data = output.get("data", {})
    if MIME in data:
        found = data[MIME]
        data["text/html"] = str(element("p", found["sentence"], id=f"finding-{found['id']}", class_="finding"))
    elif "<table" in data.get("text/html", ""):
        tables += 1
        data["text/html"] = _table(data["text/html"], tables)
    if "image/png" in data:
        about = output.metadata.setdefault("image/png", {})
        about["alt"] = about.get("alt") or NO_ALT
    return tables


def _table(html: str, number: int) -> str:
    """A table as pandas writes it, in a region that scrolls, its headings marked as those of columns or rows."""
    html = re.sub(r"<style scoped>.*?</style>", "", html, flags=re.DOTALL).replace(' border="1"', "")
    head, body, rest = html.partition("<tbody>")
    head = head.replace("<th>", '<th scope="col">').replace('<th scope="col"></th>', "<td></td>")
    rest = rest.replace("<th>", '<th scope="row">')
    return f'<div class="wide" tabindex="0" role="region" aria-label="{escape(f"Table {number}")}">{head}{body}{rest}</div>'


def _ways(name: str, others: Sequence[str]) -> Html:
    """Links to the report and to the notebooks before and after."""
    place = others.index(name)
    parts = [link(REPORT, "Report")]
    parts += [link(f"{other}.html", f"Before: {notebook_title(other)}") for other in others[max(place - 1, 0) : place]]
    parts += [link(f"{other}.html", f"Next: {notebook_title(other)}") for other in others[place + 1 : place + 2]]
    parts.append(link(f"{name}.ipynb", "This notebook, to run"))
    return element("nav", *parts, aria_label="Notebooks", class_="ways")
