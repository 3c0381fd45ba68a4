"""Could totals alone produce what the table shows?

margins      how many tables have these row and column totals; independent random ones
tables       lists of all of them, or one of each class that differ by an exchange only
trades       random ones by trading rows, where the tables are too many to count
statistics   mean Jaccard distance, C-score, NODF, tied pairs
compared     the six statistics that notebooks and figures compare
comparison   a statistic of the table against all such tables, or random ones
mantel       whether two tables call the same items alike, against all relabellings
association  whether a feature goes with a code, or two features with each other

The other modules are their tools. The items of a review are chosen on purpose, so a p-value compares them with a named set of tables and says
nothing about a population.
"""

from .association import Associations, feature_by_code, feature_families, feature_pairs
from .compared import COMPARED, compared, has_others
from .comparison import exact_null, null, sampled_null
from .fisher import fisher_freeman_halton
from .mantel import MantelResult, column_contributions, exact_mantel
from .margins import count_fixed_margin, draw_tables
from .result import NullResult
from .statistics import STATISTICS, c_score, mean_jaccard, nodf, tied_pairs
from .tables import Tables, all_tables, table_classes
from .trades import curveball

__all__ = [
    "COMPARED",
    "STATISTICS",
    "Associations",
    "MantelResult",
    "NullResult",
    "Tables",
    "all_tables",
    "c_score",
    "column_contributions",
    "compared",
    "count_fixed_margin",
    "curveball",
    "draw_tables",
    "exact_mantel",
    "exact_null",
    "feature_by_code",
    "feature_families",
    "feature_pairs",
    "fisher_freeman_halton",
    "has_others",
    "mean_jaccard",
    "nodf",
    "null",
    "sampled_null",
    "table_classes",
    "tied_pairs",
]
