"""Where would one more item stand among those of a review, were it coded as the reader says?

added       which features has the added item? Names as a reader writes them become features of the review
ways        over every way to decide what is unclear: what holds certainly, and what possibly?
likeness    which items are nearest to it?
containing  which items have all that it has, and of which has it all?
structure   which groups does it join, which does it open, which gaps does it fill, which rules does it break?
views       all of these for each table of features, and for all tables side by side
words       the same in sentences

The review itself is left as it is. Whatever is said of the added item rests on how the reader coded it.
"""

from .added import Added, added_item, split_names
from .views import Placement, View, place
from .words import placing_words

__all__ = ["Added", "Placement", "View", "added_item", "place", "placing_words", "split_names"]
