"""What does the suite claim, was it planned, what checks it, and what does it rest on?

entries    for each finding: planned or post hoc, what it rests on, what its value is checked against
table      the ledger: every finding and every claim of the review, one row each
methods    a paragraph on methods and a list of limitations, written from what was run
reporting  which items of the reporting guidelines ENTREQ and SWiM the suite answers
"""

from .entries import CHECKED, ENTRIES, RESTS, Entry
from .methods import limitations, methods_paragraph, software
from .reporting import GUIDELINES, Item
from .table import ledger

__all__ = ["CHECKED", "ENTRIES", "GUIDELINES", "RESTS", "Entry", "Item", "ledger", "limitations", "methods_paragraph", "software"]
