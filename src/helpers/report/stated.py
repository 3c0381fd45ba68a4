"""What does each notebook find, and where in it?"""

from __future__ import annotations

from .markup import Html, element, joined, link, unseen
from .opening import Results, notebook_title, notebooks
from .words import Words


def findings(results: Results, words: Words) -> Html:
    """Every finding, by notebook, with a link to the very cell that states it.

    Parameters
    ----------
    results : mapping
        The content of results.json.
    words : Words
        Each term is explained above the first finding that uses it.
    """
    told = element(
        "p", "A finding is a sentence whose every number was computed from the tables. Each leads to the place in the notebook that states it."
    )
    return joined([told, *(_section(notebook, results, words) for notebook in notebooks(results))], "\n")


def page_of(notebook: str) -> str:
    """The notebook as a page, beside the report."""
    return f"notebooks/{notebook}.html"


def _section(notebook: str, results: Results, words: Words) -> Html:
    own = {name: result["sentence"] for name, result in results.items() if result["notebook"] == notebook}
    explained = words.explained(*own.values())
    title = notebook_title(notebook)
    files = element(
        "p",
        link(page_of(notebook), "Read this notebook", unseen(f": {title}")),
        " or ",
        link(f"notebooks/{notebook}.ipynb", "run it in JupyterLab", unseen(f": {title}")),
        class_="quiet",
    )
    items = [
        element("li", sentence, " ", link(f"{page_of(notebook)}#finding-{name}", "In the notebook", unseen(f": {name}"), class_="to"), id=name)
        for name, sentence in own.items()
    ]
    return element("section", element("h3", title), files, explained, element("ul", joined(items, "\n"), class_="findings"))
