"""Every finding has a row in the ledger and a second count that agrees with it, and no second count agrees with anything else."""

import ast
import importlib.util
import json
import math
import re
from functools import cache

import pytest

from helpers.build import MAIN_FIGURES, MAIN_REVIEW, ROOT
from helpers.ledger import CHECKED, ENTRIES, GUIDELINES, RESTS, ledger, limitations, methods_paragraph
from helpers.ledger.reporting import as_markdown
from helpers.sensitivity import conclusions

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


def test_the_ledger_lists_every_finding_and_names_its_source():
    """A finding without a row, a row without a finding, and a source other than the second count's."""
    assert set(ENTRIES) == set(RESULTS)
    assert {name: entry.checked for name, entry in ENTRIES.items()} == {name: source for name, (source, _) in counted().items()}
    assert {entry.rests for entry in ENTRIES.values()} <= set(RESTS) and set(CHECKED) == KNOWN_SOURCES


def test_what_is_built_on_post_hoc_conclusions_is_post_hoc(priebe):
    """A planned finding states no conclusion that picks its subject from the results; and findings that print a p-value are post hoc."""
    for conclusion in conclusions(priebe):
        if conclusion.finding:
            assert conclusion.planned or not ENTRIES[conclusion.finding].planned, conclusion.id
    for name, result in RESULTS.items():
        if re.search(r"\bp(?: = |-value| is |\b.*two-sided)", result["sentence"]):
            assert not ENTRIES[name].planned, name


def test_rows_hold_what_the_notebooks_say(priebe):
    """One row a finding and a claim, in order; a conclusion that one cell overturns says so."""
    table = ledger(priebe, RESULTS).set_index("id")
    assert list(table.index) == [*RESULTS, *(f"claim.{name}" for name in priebe.claims["id"])]
    assert table.loc["groups.trees", "value"] == RESULTS["groups.trees"]["sentence"]
    assert table.loc["claim.recreation_three", "fewest_changes"] == "1"  # three of ten: any change of that column gives two or four
    assert table.loc["claim.models_ten", "fewest_changes"] == ""  # a count of rows, which no code decides
    assert (table.loc[table["kind"] == "finding", "tested_by"].str.startswith("tests/test_ledger.py::test_value[")).all()
    assert not table["fragility"].str.contains("nan").any()


def test_reporting_page_is_the_one_generated():
    assert (ROOT / "docs" / "reporting.md").read_text(encoding="utf-8") == as_markdown()
    assert [item.number for item in GUIDELINES["ENTREQ"][1]] == list(range(1, 22))  # 21 items (Tong et al. 2012, table 1)
    assert [item.number for item in GUIDELINES["SWiM"][1]] == list(range(1, 10))  # 9 items (Campbell et al. 2020, table 1)


def test_methods_tell_what_the_review_holds(priebe, living_beings):
    """By hand: 10 models, 6 and 4 features, 79 quotes, 12 trees; living beings have no coders and no alternatives."""
    text = methods_paragraph(priebe)
    for part in ("10 models", "6 resources and 4 relationship types", "79 quotes", "all 12 equally right trees", "1,340,388 by resources", "Mantel"):
        assert part in text
    other = methods_paragraph(living_beings)
    assert "8 living beings" in other and "coders" not in other and "Mantel" not in other and "qualitative comparative" not in other
    assert any("reconstructed from the text" in sentence for sentence in limitations(priebe))


@pytest.mark.parametrize("path", RECOUNTS, ids=lambda path: path.stem)
def test_a_second_count_uses_nothing_of_the_first(path):
    imported = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add((node.module or "").split(".")[0])
    assert "helpers" not in imported and "results.json" not in path.read_text(encoding="utf-8")
