"""How is a table drawn? Labelled data in, Axes out: no statistics here, and no files.

yes_no        a coded table as labelled tiles with totals
co_occurrence how many items share two features, as a triangle
network       items and features as a network of two kinds of node
page          a page measured in millimetres, and text that fits
"""

from .co_occurrence import draw_co_occurrence
from .network import draw_network
from .page import new_page, text_width, wrap
from .yes_no import draw_key, draw_yes_no

__all__ = ["draw_co_occurrence", "draw_key", "draw_network", "draw_yes_no", "new_page", "text_width", "wrap"]
