"""Which combinations of features go with an outcome, and would chance find as short a recipe? Qualitative comparative analysis (QCA).

truth       the truth table: each combination that occurs, and which of its items have the outcome
primes      the shortest combinations that never go without the outcome
covers      the fewest of these that cover every item with it
solutions   all equally short solutions, with consistency and coverage
outcomes    which outcomes the ratings of a review give
chance      how many random labellings of the items are explained as shortly

With about as many features as items nearly every labelling has a short solution. That is what `chance` is for.
"""

from .chance import LabellingResult, random_labellings
from .outcomes import Outcome, outcomes
from .solutions import Solutions, Term, solutions, wording
from .truth import truth_table

__all__ = ["LabellingResult", "Outcome", "Solutions", "Term", "outcomes", "random_labellings", "solutions", "truth_table", "wording"]
