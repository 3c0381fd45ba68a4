"""From the coded tables of a review to an honest quantitative synthesis. Which module answers which question?

review       What does a review hold, and what is the evidence behind a cell?
loading      How does a folder of CSV files become a checked review?
findings     How does a notebook state a result?
intake       How is a table read that somebody made in a spreadsheet?
drafts       How does such a table become the folder of a review, and how is that brought up to date?
workbooks    Which workbooks can be filled in, and how are they read?
incidence    What does the yes/no table itself show: margins, constant, identical and complementary features, co-occurrence?
similarity   How alike are two items, and which are nearest?
clustering   Which items form groups, and how well do the groups fit the distances?
ties         Where equal distances make several trees right, which are they, and what do all of them share?
nullmodels   What would chance give: in tables with the same totals, in relabelled items, in features that go together?
ordination   How does a table look, flattened to a map, and how much does the map lose?
quadrants    Where does each item stand on two ratings, and where else could it stand?
lattice      Which order do the Yes of a table make by themselves: containment, concepts, rules, gaps?
configurations  Which combinations of features go with an outcome?
agreement    How far do several coders agree, beyond chance?
claims       Do the tables bear out what the review says in countable sentences?
placing      Where would one more item stand among those of the review?
sensitivity  What does each conclusion rest on, and what overturns it?
comparing    Where do several coders agree, where not, and which conclusions change with each?
ledger       What does the suite claim, was it planned, and what checks it?
plotting     How is a labelled table drawn?
figures      Which figures are there, and how does each become files?
manuscript   Which tables can go into a manuscript, and how does each become files?
gallery      How does one see all figures of a folder at a glance?
report       How does one page tell it all?
notebooks    How is one notebook run and stored?
notebook_pages  How does a run notebook become a page that opens without Jupyter?
publishing   How do finished files get to their place, whole or not at all?
comparison_files  How does a comparison of coders become files?
build        How are all notebooks run, and the results gathered?
commands     What does each command for somebody's own review do?

Below them: problems (errors in words), office (files of Word and Excel), csvfiles, metadata, identifiers and validation (what makes a folder a
review), naming (what a table is called), style (the look). A module imports only from those before it. Statistics never draw, drawing never
computes, and only loading, intake, drafts, workbooks, figures, manuscript, report, comparison_files and build touch files.
"""

from .findings import finding, left_out
from .loading import load_review
from .problems import ReviewError, SynopsisError
from .review import Review

__version__ = "0.1.0"
__all__ = ["Review", "ReviewError", "SynopsisError", "finding", "left_out", "load_review"]
