"""How does text become HTML that cannot be mistaken for anything else? Every text is escaped unless it is an element already."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from urllib.parse import quote

VOID = {"img", "meta"}


class Html(str):
    """A piece of finished HTML. A plain `str` is text, and is escaped where it enters an element."""

    __slots__ = ()


def element(name: str, *content: str, **attributes: str | bool | None) -> Html:
    """One element with its content.

    Parameters
    ----------
    name : str
        Of the element, such as "p".
    *content : str
        Texts, which are escaped, and other elements.
    **attributes
        `class_` gives class, `data_show` gives data-show. True writes the bare name; False and None leave it out.

    Returns
    -------
    Html

    Examples
    --------
    >>> element("p", "a < b", element("b", "&"), class_="x")
    '<p class="x">a &lt; b<b>&amp;</b></p>'
    >>> element("img", alt='"><script>', hidden=True)
    '<img alt="&quot;&gt;&lt;script&gt;" hidden>'
    """
    opened = name
    for key, value in attributes.items():
        if value is not None and value is not False:
            word = key.rstrip("_").replace("_", "-")
            opened += f" {word}" if value is True else f' {word}="{escape(value)}"'
    return Html(f"<{opened}>" if name in VOID else f"<{opened}>{joined(content)}</{name}>")


def joined(parts: Iterable[str], between: str = "") -> Html:
    """Texts and elements one after the other, with a text between them.

    >>> joined([element("i", "a"), "<"], ", ")
    '<i>a</i>, &lt;'
    """
    return Html(_safe(between).join(map(_safe, parts)))


def anchor(kind: str, *identifiers: str) -> str:
    """The id of a place on the page: the kind and the identifiers, whatever signs these hold, and different for different ones.

    >>> anchor("code", "open_dialogue", "family"), anchor("item", 'a "b".c')
    ('code.open_dialogue.family', 'item.a~20~22b~22~2ec')
    """
    return ".".join([kind, *("".join(sign if sign.isalnum() or sign in "_-" else f"~{ord(sign):02x}" for sign in name) for name in identifiers)])


def link(target: str, *content: str, **attributes: str | bool | None) -> Html:
    """A link to a place on this page ("#..."), or to a file beside it; never to an address that a review gives."""
    return element("a", *content, href=quote(target, safe="#/._~-"), **attributes)


def unseen(text: str) -> Html:
    """Words for a screen reader that the eye takes from the surroundings."""
    return element("span", text, class_="unseen")


def scroller(label: str, *content: str, kind: str = "wide") -> Html:
    """A region that scrolls sideways by itself, and can be reached with the keyboard to do so."""
    return element("div", *content, class_=kind, tabindex="0", role="region", aria_label=label)


def folded(heading: str, *content: str, on_paper: bool = True) -> Html:
    """Content behind a heading that opens it; on paper it is open, or left out."""
    return element("details", element("summary", heading), *content, class_=None if on_paper else "on-screen")


def table(heads: Iterable[str], rows: Iterable[Iterable[str]], label: str, kind: str = "wide") -> Html:
    """A table of texts under headings, in a region that scrolls."""
    head = element("tr", *(element("th", text, scope="col") for text in heads))
    body = [element("tr", *(element("td", text, dir="auto") for text in row)) for row in rows]
    return scroller(label, element("table", element("thead", head), element("tbody", joined(body, "\n"))), kind=kind)


def _safe(part: str) -> str:
    return part if isinstance(part, Html) else escape(part)
