"""How is a table read that somebody made in a spreadsheet?

opening     is the file text, a workbook, or something else?
grid        a sheet as text, before anyone says what it means
excel       the sheets of a workbook
heading     which rows name the columns
codes       which words mean Yes, No, unclear or nothing
columns     what a column holds: codes, numbers, words, text
choices     what the reader has decided
layout      which columns name the rows, which hold codes
rows        which rows are no rows of codes
names       which names are missing or stand twice
asking      what only the reader knows, and the options that answer it
slips       what is said of a cell that holds no code
wide        a row for each item, a column for each feature
long_form   a row for each code
coded       what comes of it
reading     all of this, for a file
remembered  what is kept of the choices for the next time
matching    which of the known names a text stands for
sheets      which sheets of a workbook are ours

In a notebook: `read_table` reads a file with the `Choices` that were made; `helpers.drafts` makes a review of it.
"""

from .choices import Choices
from .coded import CodedTable, TableError
from .reading import Reading, read_table

__all__ = ["Choices", "CodedTable", "Reading", "TableError", "read_table"]
