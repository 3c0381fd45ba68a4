"""How does somebody's own spreadsheet become a review?

opening    is the file text, a workbook, or something else?
grid       a sheet as text, before anyone says what it means
excel      the sheets of a workbook
heading    which rows name the columns
codes      which words mean Yes, No, unclear or nothing
columns    what a column holds: codes, numbers, words, text
choices    what the reader has decided
layout     which columns name the rows, which hold codes
rows       which rows are no rows of codes, which names stand twice
slips      what is said of a cell that holds no code
wide       a row for each item, a column for each feature
long_form  a row for each code
coded      what comes of it
reading    all of this, for a file
remembered what is kept of the choices for the next time
draft      a review before it is written
package    what its datapackage.json says
folder     how it gets into a folder, whole or not at all
forms      how a workbook to fill in is written
template   the workbook for somebody who begins a review
matching   which of the known names a text stands for
book       the sheets of a filled workbook
book_tables   the tables that its codes make
about      what it says of the review, and of its scales
filled     what comes of them
update     what a review is after its table was read again
old_ids    which item, feature and table of the file is which of the review
keeping    names, words, ratings and references that stay
quotes     quotes and other codes that come, stay and go
changes    what is different, in words
replacing  how the files are replaced, all or none
coder_form    the form for a second coder
form_reading  how it is read when it comes back
coder_names   by which names a coder's file may speak
coder_tables  one coder's codes, from whatever file
making     a table or a workbook becomes a draft

In a notebook: `read_table` reads a file with the `Choices` that were made, `draft_of` gives it `Words`, and `new_review` writes the folder.
"""

from .choices import Choices
from .coded import CodedTable, TableError
from .draft import Draft, Words, draft_of, how_it_was_read
from .folder import new_review
from .making import draft_from
from .reading import Reading, read_table
from .replacing import update_review
from .update import Update, update_of

__all__ = [
    "Choices",
    "CodedTable",
    "Draft",
    "Reading",
    "TableError",
    "Update",
    "Words",
    "draft_from",
    "draft_of",
    "how_it_was_read",
    "new_review",
    "read_table",
    "update_of",
    "update_review",
]
