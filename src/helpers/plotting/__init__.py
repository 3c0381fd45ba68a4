"""How is a table drawn? Labelled data in, Axes out: no statistics here, and no files.

yes_no        a coded table as labelled tiles with totals
said          a cell that several people have coded
triangle      a symmetric table as a triangle of numbers
square        a symmetric table as a square of coloured cells
dendrogram    a tree of groups, lying on its side
memberships   groups as lines of dots
distribution  a distribution as bars, and one value in it
bars          shares and counts as lying bars
boxes         names in boxes
grid          items in a grid of boxes, each in a lane of its own
map, labels   points on two axes, and where their names stand
order, layers  an order as boxes joined by lines, and where the boxes stand
network       items and features as a network of two kinds of node
text_table    a table of texts
fonts         which fonts show a text
page          a page measured in millimetres, and text that fits
enlarge       the same drawing, larger or smaller
"""

from .bars import draw_counts, draw_standings
from .boxes import box_height, draw_box
from .dendrogram import draw_dendrogram
from .distribution import draw_distribution
from .enlarge import enlarge
from .grid import draw_grid
from .map import draw_map
from .memberships import draw_memberships
from .network import draw_network
from .order import Node, draw_order, order_width
from .page import new_page, text_width, wrap
from .said import Said, draw_said, draw_said_key
from .square import draw_amount_key, draw_square
from .text_table import TextColumn, draw_text_table, text_table_height
from .triangle import draw_triangle
from .yes_no import draw_key, draw_yes_no

__all__ = [
    "Node",
    "Said",
    "TextColumn",
    "box_height",
    "draw_amount_key",
    "draw_box",
    "draw_counts",
    "draw_dendrogram",
    "draw_distribution",
    "draw_grid",
    "draw_key",
    "draw_map",
    "draw_memberships",
    "draw_network",
    "draw_order",
    "draw_said",
    "draw_said_key",
    "draw_square",
    "draw_standings",
    "draw_text_table",
    "draw_triangle",
    "draw_yes_no",
    "enlarge",
    "new_page",
    "order_width",
    "text_table_height",
    "text_width",
    "wrap",
]
