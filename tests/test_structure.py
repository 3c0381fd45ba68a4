"""The house: a module imports only from floors below its own, statistics never draw, drawing never computes or touches files."""

import ast
import subprocess
import sys

import pytest

from helpers.build import ROOT

HOUSE = ROOT / "src" / "helpers"
FLOORS = [
    {"problems", "office"},
    {"csvfiles"},
    {"metadata", "identifiers", "findings", "style"},
    {"validation", "naming"},
    {"review"},
    {"loading"},
    {"incidence", "agreement", "intake"},
    {"similarity", "drafts"},
    {"clustering", "ordination", "quadrants", "workbooks"},
    {"ties", "lattice"},
    {"nullmodels", "configurations"},
    {"claims", "placing"},
    {"sensitivity"},
    {"ledger", "comparing"},
    {"plotting"},
    {"figures", "manuscript", "summary"},
    {"report", "gallery", "notebooks", "publishing"},
    {"notebook_pages", "comparison_files"},
    {"build", "commands"},
    {"cli"},
    {"__main__", "__init__"},
]
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
DRAWING = {"plotting", "figures", "style", "report"}  # the report takes the figures' colours and makes their pictures lighter


def rooms():
    """Each file with its room: a module or a package of src/helpers."""
    return [(path, path.relative_to(HOUSE).parts[0].removesuffix(".py")) for path in sorted(HOUSE.rglob("*.py"))]


def imports(path):
    """The rooms of this package, and the other packages, that a file imports."""
    depth = len(path.relative_to(HOUSE).parts)
    own, others = set(), set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level == depth:
            own |= {node.module.split(".")[0]} if node.module else {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            others.add(node.module.split(".")[0])
        elif isinstance(node, ast.Import):
            others |= {alias.name.split(".")[0] for alias in node.names}
    return own, others


def test_every_room_has_a_floor():
    assert {room for _, room in rooms()} == set(FLOOR)


@pytest.mark.parametrize(("path", "room"), rooms(), ids=lambda value: value if isinstance(value, str) else value.relative_to(HOUSE).as_posix())
def test_a_module_imports_only_from_below(path, room):
    own, others = imports(path)
    assert all(FLOOR[other] < FLOOR[room] or other == room for other in own)
    if room not in DRAWING:
        assert not others & {"matplotlib", "seaborn", "PIL"}
    if room == "plotting":
        assert not own & {"incidence", "agreement", "claims", "review", "loading", "lattice", "configurations", "sensitivity", "ledger"}
        assert not others & {"scipy", "pathlib", "os", "io"}
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 260


def test_every_module_says_what_it_answers():
    for path, _ in rooms():
        assert len(ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "") > 20, path


def test_a_command_loads_only_what_it_needs():
    """Drawing and statistics take seconds to load; `check` needs neither, and notebooks need scipy.stats and seaborn for a few results only."""
    heavy = 'print([name for name in ("matplotlib", "scipy.stats", "seaborn", "nbclient", "jupyterlab") if name in sys.modules])'
    for module, loaded in (("helpers.cli", []), ("helpers.figures", ["matplotlib"])):
        told = subprocess.run([sys.executable, "-c", f"import sys, {module}; {heavy}"], capture_output=True, text=True, check=True)
        assert told.stdout.strip() == str(loaded)
