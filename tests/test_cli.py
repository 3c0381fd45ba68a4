"""Commands: what they print, where, and with which exit code; never a traceback."""

import json
import os
import subprocess
import sys

import pytest

from helpers import build, cli, notebooks
from helpers.build import ROOT


def run(*arguments, **settings):
    return subprocess.run([sys.executable, "-m", "helpers", *map(str, arguments)], capture_output=True, text=True, encoding="utf-8", **settings)


def test_check_prints_a_summary(capsys):
    assert cli.main(["check", str(ROOT / "data" / "priebe2014")]) == 0
    out = capsys.readouterr().out
    assert "the review can be used" in out
    assert "resources: 6 resources; 28 Yes, 32 No, 0 unclear." in out  # Table 1 as printed: 2+3+4+2+2+3+3+4+2+3 Yes in 60 cells
    assert len(out.splitlines()) <= 15


def test_check_lists_every_problem_on_stderr(tmp_path, capsys):
    (tmp_path / "codes.csv").write_text("item,x,y\na,yes,maybe\nb,,no\n", encoding="utf-8")
    assert cli.main(["check", str(tmp_path)]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.splitlines()[:2] == [
        'codes.csv, cell C2: "maybe" is not a code. Write yes, no or unclear.',
        "codes.csv, cell B3: The cell is empty. An empty cell is never taken for a No: write yes, no or unclear.",
    ]


@pytest.mark.parametrize("arguments", [[], ["nonsense"], ["check"], ["figures", "--nonsense"], ["check", "a", "b"]])
def test_a_wrong_call_exits_with_2(arguments, capsys):
    with pytest.raises(SystemExit) as stopped:
        cli.main(arguments)
    assert stopped.value.code == 2
    assert "usage:" in capsys.readouterr().err


@pytest.mark.parametrize(("arguments", "told"), [
    (["figures", "--reveiw", "x"], "figures has no option --reveiw. Did you mean --review?"),
    (["new", "x", "--from", "y", "--yes_means", "z"], "new has no option --yes_means. Did you mean --yes-means?"),
    (["place", "--yes", "x", "--label", "z"], "place has no option --label. Use one of:"),
    (["refresh", "--only"], "refresh has no option --only. See"),
])  # fmt: skip
def test_a_wrong_option_names_those_of_the_command(arguments, told, capsys):
    with pytest.raises(SystemExit):
        cli.main(arguments)
    assert told in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [
    ["check", "no/such/folder"],
    ["check", str(ROOT / "data" / "priebe2014" / "models.csv")],
    ["figures", "--review", "no/such/folder"],
    ["figures", "--only", "fig99_nothing"],
    ["figures", "--review", str(ROOT / "data" / "living_beings"), "--out", str(ROOT / "figures")],
])  # fmt: skip
def test_bad_input_is_told_in_words(arguments, capsys):
    assert cli.main(arguments) == 1
    captured = capsys.readouterr()
    assert captured.err.strip() and not captured.out


def test_a_console_that_cannot_show_a_letter_does_not_stop_it(tmp_path):
    (tmp_path / "codes.csv").write_text("item,x\nΕλληνικά,vielleicht ✓\n", encoding="utf-8")
    result = subprocess.run(
        [sys.executable, "-m", "helpers", "check", str(tmp_path)],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"},
    )
    assert result.returncode == 1
    assert b"Traceback" not in result.stderr
    assert b"is not a code" in result.stderr


def test_paths_are_relative_to_the_callers_folder(tmp_path):
    result = run("figures", "--review", ROOT / "data" / "living_beings", "--only", "fig01_first_table", "--out", "here", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    assert (tmp_path / "here" / "fig01_first_table.png").exists()


def test_a_stopping_notebook_is_told_in_words(tmp_path, monkeypatch, capsys):
    notebook = build.nbformat.v4.new_notebook(cells=[build.nbformat.v4.new_code_cell("1 / 0")])
    (tmp_path / "00_stops.ipynb").write_bytes(notebooks.notebook_bytes(notebook))
    monkeypatch.setattr(build, "stored_notebooks", lambda: [tmp_path / "00_stops.ipynb"])
    assert cli.main(["figures", "--review", str(ROOT / "data" / "living_beings"), "--out", str(tmp_path / "out")]) == 1
    assert "The notebook 00_stops stopped: division by zero" in capsys.readouterr().err
    assert [path.name for path in (tmp_path / "out").iterdir()] == []


def test_a_file_in_the_callers_folder_does_not_stand_in_for_ours(tmp_path):
    """A folder of the user's own may hold files called pandas.py or helpers."""
    (tmp_path / "pandas.py").write_text("raise RuntimeError")
    (tmp_path / "helpers").mkdir()
    (tmp_path / "helpers" / "__init__.py").write_text("raise RuntimeError")
    command = [sys.executable, str(ROOT / "run.py"), "check", str(ROOT / "data" / "living_beings")]
    if not (ROOT / ".venv").exists():
        pytest.skip("this environment was not made by run.py")
    result = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, env=dict(os.environ))
    assert result.returncode == 0, result.stderr


def test_a_table_of_unclear_cells_builds(tmp_path, capsys, monkeypatch):
    """Nothing known: the notebooks run and say so, and unclear is not counted as anything. The notebooks that are not run here, and other odd
    tables, are in test_odd_tables."""
    notebooks = [path for path in build.stored_notebooks() if path.stem[:2] in ("00", "01", "02", "07", "10", "11")]
    monkeypatch.setattr(build, "stored_notebooks", lambda: notebooks)
    (tmp_path / "review").mkdir()
    (tmp_path / "review" / "codes.csv").write_text("item,x,y\na,unclear,unclear\nb,unclear,unclear\n", encoding="utf-8")
    assert cli.main(["figures", "--review", str(tmp_path / "review"), "--out", str(tmp_path / "out")]) == 0
    found = json.loads((tmp_path / "out" / "results.json").read_text(encoding="utf-8"))
    assert found["tables.single_link"]["values"]["n"] == 0
    assert "Unclear cells are not counted" in found["tables.rows"]["sentence"]
    assert "fig02_second_table: left out" in capsys.readouterr().err
    assert "fig02_second_table is left out" in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")


def test_files_that_no_build_wrote_are_safe(tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "report.html").write_text("mine")
    result = run("figures", "--review", ROOT / "data" / "living_beings", "--out", tmp_path / "out")
    assert result.returncode == 1
    assert "holds files that no earlier build wrote" in result.stderr
    assert (tmp_path / "out" / "report.html").read_text() == "mine"
