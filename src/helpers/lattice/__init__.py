"""Which order do the Yes of a table put its items and features in, without any threshold?

order         which items have all that another has: the containment order
concepts      every group of items with all the features they share: the concept lattice
implications  which features never come without which others: the Duquenne-Guigues base
gaps          the smallest combinations of features that no item has
bits          a table as whole numbers, on which the others work

Nothing here depends on a distance or a linkage, nor on a limit, save for how large a gap is looked for. Everything depends on every single
cell, which helpers.sensitivity asks about.
"""

from .concepts import Concept, Cover, concept_count, formal_concepts, lattice_covers
from .gaps import unobserved_combinations
from .implications import Implication, canonical_implications, holds
from .order import Containment, containment

__all__ = [
    "Concept",
    "Containment",
    "Cover",
    "Implication",
    "canonical_implications",
    "concept_count",
    "containment",
    "formal_concepts",
    "holds",
    "lattice_covers",
    "unobserved_combinations",
]
