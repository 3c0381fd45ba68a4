"""Where do several coders agree, where not, and which conclusions change with each coder's tables?

cells      what did the coders say of each cell?
measures   how far do they agree: by table, rating, feature and coder?
verdicts   which conclusions are kept with each coder's tables?
comparison all of it for one review
words      how is it told at a terminal?
page       how is it told on a page, and which tables go with it?

Who reads the coders' files hands over tables; who draws the map of disagreements finds its values in `coded_cells`.
"""

from .cells import aligned, coded_cells
from .comparison import Comparison, compare
from .page import as_markdown, escaped, files
from .words import told

__all__ = ["Comparison", "aligned", "as_markdown", "coded_cells", "compare", "escaped", "files", "told"]
