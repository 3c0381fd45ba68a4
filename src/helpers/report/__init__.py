"""How does one page tell it all? A report that opens offline in any browser, with everything in one file.

page      the whole page: head, contents, sections, footer
opening   what the review found in a few sentences, and what the page does not show
behind    what the review holds on each code: quotes, other readings, certainty, all in words
codes     the coded tables, each cell a link to what stands behind it
evidence  what stands behind each code: quotes, sections, references, other readings, what hangs on it
grid      where each item stands on two ratings
heatmap   how alike any two items are, table by table and together, and what they share
stated    the findings of each notebook
pictures  the figures, with captions and the same in words
records   ledger, methods, guidelines, references, tables for a manuscript
words     the technical terms, each explained where it first appears
shades    the colour of an amount, on which text can be read
markup    elements of HTML, with every text escaped

The page holds all it says as plain HTML: links lead to entries further down. report.js shows the entry beside the link instead, on hover,
focus and touch, and report.css dresses it for screens, phones and paper. Both stand in the page itself.
"""

from .page import report_html

__all__ = ["report_html"]
