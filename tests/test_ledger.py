"""Every finding has a row in the ledger and a second count that agrees with it, and no second count agrees with anything else."""

import ast
import importlib.util
import json
import math
from functools import cache

import pytest

from helpers.build import MAIN_FIGURES, MAIN_REVIEW, ROOT

RECOUNTS = sorted((ROOT / "tests" / "recount").glob("*.py"))
KNOWN_SOURCES = {"files", "brute force", "R", "paper", "by hand"}
RESULTS = json.loads((MAIN_FIGURES / "results.json").read_text(encoding="utf-8"))


@cache
def recount(path):
    specification = importlib.util.spec_from_file_location(f"recount_{path.stem}", path)
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module.SOURCES, module.values(MAIN_REVIEW, ROOT / "tests" / "r" / "expected")


def counted():
    """Each finding's expected values and their source; a finding that two files count is an error."""
    found = {}
    for path in RECOUNTS:
        sources, values = recount(path)
        assert set(sources) == set(values), path.name
        assert not set(values) & set(found), path.name
        found |= {identifier: (sources[identifier], expected) for identifier, expected in values.items()}
    return found


def agrees(value, expected):
    """Whether a stored value is the expected one. Numbers may differ in the ninth digit, drawn ones by their tolerance."""
    if isinstance(expected, tuple):
        return isinstance(value, int | float) and abs(value - expected[1]) <= expected[2]
    if isinstance(expected, dict):
        return isinstance(value, dict) and value.keys() == expected.keys() and all(agrees(value[key], expected[key]) for key in expected)
    if isinstance(expected, list):
        return isinstance(value, list) and len(value) == len(expected) and all(map(agrees, value, expected))
    if isinstance(expected, bool) or not isinstance(expected, int | float) or not isinstance(value, int | float) or isinstance(value, bool):
        return type(value) is type(expected) and value == expected
    return math.isclose(value, expected, rel_tol=1e-9, abs_tol=1e-9)


def others(value):
    """Values near a stored one that are wrong."""
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int | float):
        return [value + 1, value * 1.1 + 0.01]
    if isinstance(value, str):
        return [value + " x", value[1:]] if value else ["x"]
    if value is None:
        return [0.0]
    if isinstance(value, list):
        return [value[:-1], [*value, "x"]] if value else [["x"]]
    return [dict(list(value.items())[:-1])] if value else [{"x": 1}]


IDS = sorted(RESULTS)


def test_every_finding_is_counted_again():
    assert set(counted()) == set(RESULTS)


@pytest.mark.parametrize("identifier", IDS)
def test_value(identifier):
    source, expected = counted()[identifier]
    stored = RESULTS[identifier]["values"]
    assert source in KNOWN_SOURCES
    assert stored.keys() == expected.keys()
    assert {key for key in stored if not agrees(stored[key], expected[key])} == set()


@pytest.mark.parametrize("identifier", IDS)
def test_the_comparison_can_fail(identifier):
    """Any other value than the stored one is noticed, whichever of the finding's values it is."""
    expected = counted()[identifier][1]
    assert expected
    for key, value in RESULTS[identifier]["values"].items():
        assert not [other for other in others(value) if agrees(other, expected[key])], key


@pytest.mark.parametrize("path", RECOUNTS, ids=lambda path: path.stem)
def test_a_second_count_uses_nothing_of_the_first(path):
    imported = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add((node.module or "").split(".")[0])
    assert "helpers" not in imported and "results.json" not in path.read_text(encoding="utf-8")
