"""Which figures are there, and how does each become files?

Every figure is one recipe: the values it plots, its drawing, title, caption and alt text. Notebooks show a recipe (`show`); only a build
saves it (`save`). To add a figure, write a recipe in a file of this folder and list it in RECIPES.
"""

import re

from ..findings import left_out
from ..problems import SynopsisError, did_you_mean
from ..review import Review
from . import (
    associations,
    bootstrap,
    co_occurrence,
    coded_tables,
    conclusions,
    disagreements,
    features_by_box,
    fragility_map,
    groups,
    handout,
    intersections,
    ladder,
    ledger,
    maps,
    network,
    null_distributions,
    overview,
    pair,
    quadrants,
    ratings,
    similarity,
    specification,
    truth_table,
)
from .files import ALWAYS, ON_REQUEST, save
from .presets import PLAIN, Look, find_preset
from .recipe import Recipe
from .shown import Shown

MODULES = (
    coded_tables,
    co_occurrence,
    network,
    pair,
    similarity,
    groups,
    maps,
    ratings,
    quadrants,
    features_by_box,
    handout,
    bootstrap,
    associations,
    null_distributions,
    ladder,
    truth_table,
    fragility_map,
    conclusions,
    specification,
    ledger,
    intersections,
    overview,
    disagreements,
)
RECIPES: dict[str, Recipe] = {recipe.id: recipe for module in MODULES for recipe in module.RECIPES}


def find(identifier: str) -> Recipe:
    """The recipe of a figure, by its id or its number alone, such as fig01.

    Raises
    ------
    SynopsisError
        If there is no such figure.
    """
    number = re.fullmatch(r"(?:fig(?:ure)?)?[ _.]*0*(\d+)", identifier.strip().lower())
    numbered = [name for name in RECIPES if number and int(name[3:5]) == int(number[1])]
    if numbered:
        return RECIPES[numbered[0]]
    if identifier not in RECIPES:
        first, *_, last = RECIPES
        hint = did_you_mean(identifier, RECIPES) or f"There are {len(RECIPES)}, from {first} to {last}; figures/README.md shows them."
        raise SynopsisError(f'There is no figure "{identifier}". {hint}')
    return RECIPES[identifier]


def show(identifier: str, review: Review, small: bool = False) -> Shown | None:
    """Show a figure in a notebook, with its caption; say so if the review lacks what it needs.

    Parameters
    ----------
    identifier : str
        figNN_name
    review : Review
    small : bool
        Draw it small, where a notebook shows many.
    """
    recipe = find(identifier)
    lacking = recipe.missing(review)
    if lacking:
        left_out(f"The figure {identifier}", lacking)
        return None
    return Shown(recipe, review, small)


__all__ = ["ALWAYS", "ON_REQUEST", "PLAIN", "RECIPES", "Look", "Recipe", "find", "find_preset", "save", "show"]
