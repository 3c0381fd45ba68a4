"""Commands: what they print, where, and with which exit code; never a traceback."""

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


@pytest.mark.parametrize("arguments", [
    ["check", "no/such/folder"],
    ["check", str(ROOT / "data" / "priebe2014" / "models.csv")],
    ["figures", "--review", "no/such/folder"],
    ["figures", "--only", "fig99_nothing"],
    ["figures", "--review", str(ROOT / "data" / "living_beings"), "--out", str(ROOT / "figures")],
])  # fmt: skip
def test_bad_input_is_told_in_words(arguments):
    result = run(*arguments)
    assert result.returncode == 1
    assert result.stderr.strip()
    assert "Traceback" not in result.stderr + result.stdout


def test_a_console_that_cannot_show_a_letter_does_not_stop_it(tmp_path):
    (tmp_path / "codes.csv").write_text("item,x\nΕλληνικά,vielleicht ✓\n", encoding="utf-8")
    import os

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
