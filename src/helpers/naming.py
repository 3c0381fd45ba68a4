"""What are a table and its features called: in a sentence, as a heading, by itself?"""

from __future__ import annotations

from collections.abc import Sequence

from .identifiers import identifiers
from .metadata import TableInfo


def features_of(tables: Sequence[TableInfo], name: str) -> str:
    """What a table's features are called, in the plural; with the table's title where another table calls its own the same."""
    info = _info(tables, name)
    return f"{info.feature.plural} ({info.title})" if _shared(tables, info) else info.feature.plural


def spoken(tables: Sequence[TableInfo], name: str) -> str:
    """What a table's features are called in a sentence: the table's name where that is a word of its own, else as `features_of`.

    A name is no word where it is only made of the table's title, or joined with `_`.

    Examples
    --------
    >>> from .metadata import Noun
    >>> part = Noun("component", "components")
    >>> tables = [TableInfo("what_is_offered", "What is offered", part), TableInfo("people", "Who is involved", part)]
    >>> [spoken(tables, table.name) for table in tables]
    ['components (What is offered)', 'people']
    """
    info = _info(tables, name)
    made = name == identifiers([info.title])[0] != identifiers([info.feature.plural])[0]
    return features_of(tables, name) if made or "_" in name else name


def titled(tables: Sequence[TableInfo], name: str) -> str:
    """What names a table by itself in a sentence: its name where that is a word of its own, else its title.

    >>> from .metadata import Noun
    >>> titled([TableInfo("what_is_offered", "What is offered", Noun("component", "components"))], "what_is_offered")
    'What is offered'
    """
    return name if spoken(tables, name) == name else _info(tables, name).title


def heading(tables: Sequence[TableInfo], name: str) -> str:
    """What stands above a table's features: what they are called, or the table's title where another table calls its own the same.

    >>> from .metadata import Noun
    >>> one, other = (TableInfo(name, name.title(), Noun("barrier", "barriers")) for name in ("home", "work"))
    >>> heading([one], "home"), heading([one, other], "home")
    ('Barriers', 'Home')
    """
    info = _info(tables, name)
    return info.title if _shared(tables, info) else info.feature.plural[:1].upper() + info.feature.plural[1:]


def _info(tables: Sequence[TableInfo], name: str) -> TableInfo:
    return next(table for table in tables if table.name == name)


def _shared(tables: Sequence[TableInfo], info: TableInfo) -> bool:
    return any(table.feature.plural == info.feature.plural for table in tables if table.name != info.name)
