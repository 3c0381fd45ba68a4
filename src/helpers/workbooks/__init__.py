"""Which workbooks can be filled in, by who begins a review or codes it again, and how are they read?

forms         how a workbook to fill in is written
template      the workbook for somebody who begins a review
book          the sheets of a filled workbook
book_tables   the tables that its codes make
about         what it says of the review, and of its scales
filled        what comes of them
coder_form    the form for a second coder
form_reading  how it is read when it comes back
coder_names   by which names a coder's file may speak
coder_tables  one coder's codes, from whatever file
making        a table or a workbook becomes a draft
"""

from .making import draft_from

__all__ = ["draft_from"]
