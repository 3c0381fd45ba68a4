"""What may be told about a table, and which columns does a text such as D:I or study,treatment name?"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from ..problems import SynopsisError, column_letters, did_you_mean, listed, shown, some
from .codes import State, option
from .heading import Column

# What stands in an example where only the reader knows the answer; and an option that is one of three.
OPEN = {"blank_means": "NO_OR_UNCLEAR", "yes": "WORD_FOR_YES", "no": "WORD_FOR_NO", "unclear": "WORD_FOR_UNCLEAR"}
OPEN_OPTION = "YES_NO_OR_UNCLEAR"
ROW = "row"  # in --label: the number of the row, which tells any two rows apart


@dataclass(frozen=True)
class Choices:
    """The reader's decisions about a table.

    Attributes
    ----------
    label, features : str
        Columns, as the options --label and --features name them; empty for the first column and for all others.
    blank_means : str
        "no" or "unclear"; empty as long as nobody has decided.
    sheets : tuple of str
        Sheets of a workbook, each a table of its own; empty if there is only one.
    yes, no, unclear : tuple of str
        Words with their meaning.
    leave_out : str
        Headings of columns that were not read when the table was read before; a column that has come since is none of them.
    """

    label: str = ""
    features: str = ""
    blank_means: str = ""
    sheets: tuple[str, ...] = ()
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()
    leave_out: str = ""

    @property
    def told(self) -> Mapping[State, tuple[str, ...]]:
        return {"yes": self.yes, "no": self.no, "unclear": self.unclear}

    def or_else(self, record: Mapping[str, Any]) -> Choices:
        """These decisions, and those of a record (see `as_record`) where nothing was decided.

        >>> Choices(features="B:D").or_else({"features": "B:C", "blank_means": "no"}).as_options()
        '--features B:D --blank-means no'
        """
        kept = {name: tuple(value) if isinstance(value, list) else value for name, value in record.items() if name in Choices.__dataclass_fields__}
        if self.features:
            kept.pop("leave_out", None)
        return Choices(**{**kept, **self.as_record()})

    def as_options(self) -> str:
        """The decisions as they are typed in a terminal.

        >>> Choices(label="A,B", blank_means="no", yes=("low",)).as_options()
        '--label A,B --blank-means no --yes low'
        """
        said = [option("sheet", sheet) for sheet in self.sheets]
        said += [option(name.replace("_", "-"), text) for name in ("label", "features", "blank_means") if (text := getattr(self, name))]
        return " ".join([*said, *(option(state, as_word(word)) for state, words in self.told.items() for word in words)])

    def as_record(self) -> dict[str, Any]:
        """The decisions that were made, to be kept with the review."""
        return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items() if value}


def words(text: str) -> list[str]:
    """The words of an option: separated by commas, in double quotes where one holds a comma itself.

    >>> words('low, "some, but few"')
    ['low', 'some, but few']
    """
    return [word for part in csv.reader([" ".join(text.split())], skipinitialspace=True) for cell in part if (word := cell.strip())]


def as_word(word: str) -> str:
    """A word as `words` reads it back.

    >>> as_word("some, but few")
    '"some, but few"'
    """
    return '"' + word.replace('"', '""') + '"' if {",", '"'} & set(word) else word


def columns_of(text: str, columns: Sequence[Column], option: str) -> list[Column]:
    """The columns that an option names: by heading or by letter, one by one or as a range such as D:I.

    Parameters
    ----------
    text : str
    columns : sequence of Column
        All there are.
    option : str
        For the message, such as --features.

    Raises
    ------
    SynopsisError
        For a name that no column has.

    Examples
    --------
    >>> columns = [Column(1, "study"), Column(2, "b"), Column(3, "c")]
    >>> [column.name for column in columns_of("B:c", columns, "--features")]
    ['b', 'c']
    """
    found: list[Column] = []
    unknown: list[str] = []
    for word in words(text):
        group = [] if _find(word, columns) else [column for column in columns if column.group and column.group.casefold() == word.casefold()]
        if group:
            found += [column for column in group if column not in found]
            continue
        ends = [word] if _find(word, columns) else word.split(":", maxsplit=1)
        chosen = [_find(end.strip(), columns) for end in ends]
        if None in chosen:
            unknown.append(word)
            continue
        first, last = sorted(column.position for column in (chosen[0], chosen[-1]) if column)
        found += [column for column in columns if first <= column.position <= last and column not in found]
    if unknown:
        raise SynopsisError(f"{option}: there is no column {', '.join(map(shown, unknown))}. {_hint(unknown, columns)}")
    return found


def _hint(unknown: Sequence[str], columns: Sequence[Column]) -> str:
    ranged = next((word for word in unknown if re.fullmatch(r"[A-Za-z]{1,3}-[A-Za-z]{1,3}", word)), "")
    if ranged:
        return f"For a range of columns write {ranged.replace('-', ':').upper()}."
    names = [column.name for column in columns if column.name]
    near = [hint for word in unknown if (hint := did_you_mean(word, names)).startswith("Did")]
    return " ".join(near) or f"The columns are {listed(some(map(shown, names), 12))}. They can be named by letters, too, such as D:I."


def _find(word: str, columns: Sequence[Column]) -> Column | None:
    """The column with this heading, else the one whose heading differs only in capitals, else the one with this letter."""
    ways: tuple[Callable[[Column], bool], ...] = (
        lambda column: word in (column.name, column.full_name),
        lambda column: word.casefold() in (column.name.casefold(), column.full_name.casefold()),
        lambda column: word.upper() == column.letters,
    )
    for fits in ways:
        found = [column for column in columns if fits(column)]
        if found:
            return found[0]
    return None


def as_label(column: Column, among: Sequence[Column]) -> str:
    """A column as the option --label names it: by its heading if that can be typed as it is, else by its letters."""
    ways = (column.name if re.fullmatch(r"\w+", column.name) and column.name.casefold() != ROW else "", column.letters)
    return next((way for way in ways if way and _find(way, among) == column), as_word(column.name))


def as_features(columns: Sequence[Column], among: Sequence[Column]) -> str:
    """Columns as the option --features names them: by letters, unless a heading among them all looks like a letter.

    >>> ab, xy = ([Column(2, first), Column(3, second)] for first, second in ("ab", "xy"))
    >>> as_features(xy, xy), as_features(ab, ab)
    ('B:C', 'a,b')
    """
    letters = in_letters(columns)
    ordered, among = (sorted(some, key=lambda column: column.position) for some in (columns, among))
    return letters if columns_of(letters, among, "--features") == ordered else ",".join(as_word(column.name) for column in ordered)


def in_letters(columns: Sequence[Column]) -> str:
    """Columns as an option names them, by letters, neighbours as a range.

    >>> in_letters([Column(4, "x"), Column(5, "y"), Column(6, "z"), Column(9, "v")])
    'D:F,I'
    """
    runs: list[list[int]] = []
    for position in sorted(column.position for column in columns):
        if runs and position == runs[-1][-1] + 1:
            runs[-1].append(position)
        else:
            runs.append([position])
    return ",".join(":".join(column_letters(position) for position in dict.fromkeys((run[0], run[-1]))) for run in runs)
