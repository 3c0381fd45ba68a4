"""How does a table that was read become the folder of a review, and how is the folder brought up to date?

draft      a review before it is written
package    what its datapackage.json says
folder     how it gets into a folder, whole or not at all
update     what a review is after its table was read again
old_ids    which item, feature and table of the file is which of the review
keeping    names, words, ratings and references that stay
quotes     quotes and other codes that come, stay and go
changes    what is different, in words
replacing  how the files are replaced, all or none

In a notebook: `draft_of` gives a `Reading` its `Words`, `new_review` writes the folder, `update_of` says what would change.
"""

from .draft import Draft, Words, draft_of, how_it_was_read
from .folder import new_review
from .replacing import update_review
from .update import Update, update_of

__all__ = ["Draft", "Update", "Words", "draft_of", "how_it_was_read", "new_review", "update_of", "update_review"]
