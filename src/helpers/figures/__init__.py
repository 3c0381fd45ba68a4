"""Which figures are there, and how does each become files?

Every figure is one recipe: the values it plots, its drawing, title, caption, alt text and least width. Notebooks show a recipe (`show`); only
a build saves it (`save`). To add a figure, write a recipe in a file of this folder and list it in RECIPES.
"""

from . import co_occurrence, coded_tables, network
from .recipe import Recipe, find, save, show

RECIPES: dict[str, Recipe] = {recipe.id: recipe for module in (coded_tables, co_occurrence, network) for recipe in module.RECIPES}

__all__ = ["RECIPES", "Recipe", "find", "save", "show"]
