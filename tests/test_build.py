"""A build writes whole, the same, and only where it may; what is stored in figures/ is what a build writes."""

import json
import os
import re
import time
from contextlib import contextmanager
from html import escape

import matplotlib
import nbformat
import pytest
from PIL import Image

from helpers import SynopsisError, build, figures, load_review, publishing
from helpers.build import ROOT
from helpers.figures.presets import HOUSE
from helpers.gallery import gallery

STORED = ROOT / "figures"


def contents(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def first_difference(one, other):
    """What stands on both sides of the first byte that differs, so that a failure can be read."""
    place = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return one[max(place - 200, 0) : place + 200], other[max(place - 200, 0) : place + 200]


LONG = ("04_group_the_models", "09_shake_the_table", "10_make_the_figures")  # test_cli and test_odd_tables run them on other reviews
RUN_AGAIN = ("03_measure_how_alike_two_models_are", "05_climb_the_ladder_of_models", "08_ask_what_chance_would_do")


def without_the_long_ones():
    return [path for path in build.stored_notebooks() if path.stem not in LONG]


@contextmanager
def elsewhere(folder, executed):
    """Another folder, hour and taste, none of which may matter; `executed` runs the notebooks."""
    with pytest.MonkeyPatch.context() as patch, matplotlib.rc_context({"font.size": 20, "svg.hashsalt": "another"}):
        for name, value in (("TZ", "Asia/Kathmandu"), ("PYTHONHASHSEED", "7"), ("SOURCE_DATE_EPOCH", "1000000000")):
            patch.setenv(name, value)
        patch.chdir(folder)
        patch.setattr(build, "executed", executed)
        yield


@pytest.fixture(scope="module")
def main_build(tmp_path_factory):
    """Of the notebooks as they are stored: that they say the same when they are run is what the tests of notebooks/ are for."""
    with elsewhere(tmp_path_factory.mktemp("elsewhere"), lambda notebook, *_: notebook):
        return build.build(build.MAIN_REVIEW, tmp_path_factory.mktemp("main") / "figures")


@pytest.fixture(scope="module")
def second_build(tmp_path_factory):
    """Of another review, without the notebooks that take longest."""
    notebooks = without_the_long_ones()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "stored_notebooks", lambda: notebooks)
        return build.build(ROOT / "data" / "living_beings", tmp_path_factory.mktemp("second") / "out")


def test_stored_figures_are_what_a_build_writes(main_build):
    """Everything stored in figures/, byte by byte. The report, the run notebooks and the tables for a manuscript are made anew and not stored."""
    made_anew = ("notebooks/", "tables/", "report.html")
    fresh, stored = ({name: data for name, data in contents(folder).items() if not name.startswith(made_anew)} for folder in (main_build, STORED))
    assert stored and set(fresh) == set(stored)
    fresh["README.md"] = fresh["README.md"].replace(b'href="notebooks/', b'href="../notebooks/')  # as seen from figures/
    for files in (fresh, stored):  # the versions differ from computer to computer
        files["methods.md"], n = re.subn(rb"All was computed with Synopsis .*\n", b"", files["methods.md"])
        assert n == 1
    assert [name for name in stored if fresh[name] != stored[name]] == [], "run the build and store figures/ anew"


def test_tables_for_a_manuscript_stand_beside_the_figures(main_build, second_build):
    """Eight for the review; living beings have one table of features and no claims: its codes, its distances and the ledger."""
    for folder, n in ((main_build, 8), (second_build, 3)):
        names = sorted(path.name for path in (folder / "tables").iterdir())
        assert len(names) == 4 * n and {name.rpartition(".")[2] for name in names} == {"csv", "html", "tex", "docx"}
        assert all(f'href="tables/{name}"' in (folder / "report.html").read_text(encoding="utf-8") for name in names)


def test_the_gallery_shows_every_figure_with_its_words(second_build):
    manifest = json.loads((second_build / "manifest.json").read_text(encoding="utf-8"))
    page = (second_build / "README.md").read_text(encoding="utf-8")
    for entry in manifest:
        assert f'src="{entry["id"]}.png"' in page and escape(entry["title"].split()[0]) in page
        assert all((second_build / name).exists() and f'href="{name}"' in page for name in [*entry["files"], entry["data"]])
    assert page.count("<img ") == page.count(' alt="') == len(manifest)


def test_no_sign_of_a_review_is_markup_in_the_gallery():
    entry = {
        "id": "fig01_x",
        "title": "*a* <b>",
        "caption": "$x_1$",
        "alt": '"><img onerror=1>',
        "files": ["f.png"],
        "data": "f.csv",
        "notebook": "n",
    }
    page = gallery(load_review(ROOT / "data" / "living_beings"), [entry], "notebooks")
    assert "&#42;a&#42; &lt;b&gt;" in page and "&#36;x&#95;1&#36;" in page and page.count("<img") == 1


def test_figures_for_a_journal_get_a_folder_of_their_own(tmp_path, monkeypatch):
    monkeypatch.setattr(publishing, "ROOT", tmp_path)
    look = figures.Look(figures.find_preset("nature"), 1, ("tiff",))
    out = build.draw_one(build.MAIN_REVIEW, "fig07", None, look)
    assert out == tmp_path / "out" / "priebe2014-nature-one-column"
    assert {path.suffix for path in out.glob("fig07_similarity.*")} == {".pdf", ".svg", ".png", ".tiff", ".eps", ".csv"}
    with Image.open(out / "fig07_similarity.png") as picture:
        assert picture.width <= 89 / 25.4 * 450 + 1 and round(picture.info["dpi"][0]) == 450


def test_two_builds_give_the_same_bytes(second_build, tmp_path_factory):
    """Some of the notebooks are run again: on likeness, on the order of sets, and on chance. The others are as the first build ran them."""
    run = build.executed

    def executed(notebook, folder, name):
        return run(notebook, folder, name) if name in RUN_AGAIN else nbformat.read(second_build / "notebooks" / f"{name}.ipynb", as_version=4)

    notebooks = without_the_long_ones()
    with elsewhere(tmp_path_factory.mktemp("elsewhere"), executed), pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "stored_notebooks", lambda: notebooks)
        again = build.build(ROOT / "data" / "living_beings", second_build.parent / "again")
    one, other = contents(second_build), contents(again)
    assert set(one) == set(other)
    assert {name: first_difference(one[name], other[name]) for name in one if one[name] != other[name]} == {}


def test_results_say_what_the_notebooks_say(main_build):
    results = json.loads((main_build / "results.json").read_text(encoding="utf-8"))
    for identifier, result in results.items():
        text = (main_build / "notebooks" / f"{result['notebook']}.ipynb").read_text(encoding="utf-8")
        assert json.dumps(result["sentence"], ensure_ascii=False)[1:-1] in text, identifier


def test_manifest_names_every_file(main_build):
    manifest = json.loads((main_build / "manifest.json").read_text(encoding="utf-8"))
    assert [entry["id"] for entry in manifest] == list(figures.RECIPES)
    for entry in manifest:
        assert set(entry) == {"id", "title", "caption", "alt", "notebook", "tables", "files", "data"}
        assert all((main_build / name).stat().st_size for name in [*entry["files"], entry["data"]])
        assert (ROOT / "notebooks" / f"{entry['notebook']}.ipynb").exists()
        assert entry["id"] in (ROOT / "notebooks" / f"{entry['notebook']}.ipynb").read_text(encoding="utf-8")


def test_report_stands_alone(main_build):
    report = (main_build / "report.html").read_text(encoding="utf-8")
    results = json.loads((main_build / "results.json").read_text(encoding="utf-8"))
    assert not re.search(r"(?:src|href)=.https?:|url\(|@import", report)  # test_report.py looks closer
    assert report.count("<img alt=") == len(figures.RECIPES)
    assert all(f'id="{identifier}"' in report for identifier in results)


def test_second_review_has_its_own_words(second_build):
    results = json.loads((second_build / "results.json").read_text(encoding="utf-8"))
    assert results["start.items"]["sentence"] == "The review compares 8 living beings."  # rows of the table
    for path in (second_build / "notebooks").iterdir():
        text = path.read_text(encoding="utf-8")
        assert "Priebe" not in text
        assert "living_beings" in text
    executed = json.loads((second_build / "notebooks" / "00_find_your_way.ipynb").read_text(encoding="utf-8"))
    parameters = next(cell for cell in executed["cells"] if "parameters" in cell["metadata"].get("tags", []))
    assert (second_build / "notebooks" / eval("".join(parameters["source"]).partition("=")[2])).resolve() == ROOT / "data" / "living_beings"


def test_nothing_is_lost_when_a_build_fails(second_build, tmp_path, monkeypatch):
    out = tmp_path / "out"
    build.draw_one(ROOT / "data" / "living_beings", "fig01_first_table", out)
    before = contents(out)

    def fail(*arguments):
        raise SynopsisError("the notebook stopped")

    monkeypatch.setattr(build, "run_notebook", fail)
    with pytest.raises(SynopsisError, match="the notebook stopped"):
        build.build(ROOT / "data" / "living_beings", out)
    assert contents(out) == before


def test_one_figure_leaves_the_rest_whole(second_build, tmp_path):
    before = contents(second_build)
    build.draw_one(ROOT / "data" / "living_beings", "fig05_network", second_build)
    assert contents(second_build) == before
    with pytest.raises(SynopsisError, match="needs a second table of features"):
        build.draw_one(ROOT / "data" / "living_beings", "fig02_second_table", tmp_path)


def test_a_locked_file_is_named(tmp_path, monkeypatch):
    def locked(source, target):
        raise PermissionError(13, "open elsewhere", str(target))

    monkeypatch.setattr(publishing.os, "replace", locked)
    with pytest.raises(SynopsisError, match=r"fig01_first_table\.png.*Close them"):
        build.draw_one(ROOT / "data" / "living_beings", "fig01_first_table", tmp_path)


@pytest.mark.parametrize("out", ["figures", "figures/sub", "data/priebe2014", "data/priebe2014/sub", "data/living_beings"])
def test_never_into_the_first_reviews_place(out):
    with pytest.raises(SynopsisError, match="Choose another folder"):
        build.build(ROOT / "data" / "living_beings", ROOT / out)


def test_out_may_not_be_a_file(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(SynopsisError, match="is a file"):
        build.build(ROOT / "data" / "living_beings", tmp_path / "file")


def test_what_an_earlier_build_wrote_goes_and_other_files_stay(tmp_path):
    (tmp_path.parent / "outside.png").write_text("not ours")
    (tmp_path / "tables").mkdir()
    for name in ("fig99_old.png", "tables/tab01_old.docx"):
        (tmp_path / name).write_text("old")
    for name in ("my_notes.txt", "tables/tab01_first_table_my_edits.docx", "tables/tab99_own.txt"):
        (tmp_path / name).write_text("keep me")
    files = ["fig99_old.png", "tables/tab01_old.docx", "../outside.png", ".", "gone.png"]
    publishing.write_json(tmp_path / "build.json", {"review": "mine", "look": "", "files": files})
    with publishing.staging_folder(tmp_path) as staging:
        publishing.write_json(staging / "manifest.json", [])
        publishing.publish(staging, tmp_path, ("mine", ""))
    kept = ["build.json", "manifest.json", "my_notes.txt", "tables/tab01_first_table_my_edits.docx", "tables/tab99_own.txt"]
    assert sorted(contents(tmp_path)) == kept and (tmp_path.parent / "outside.png").exists()


@pytest.mark.parametrize(
    "record",
    ['{"name": "My app"}', "[]", "not json", '{"review": "x", "look": "", "files": null}', '{"review": 1, "look": "", "files": []}'],
)
def test_a_folder_with_somebody_elses_files_is_left_alone(record, tmp_path):
    for name in ("manifest.json", "build.json"):
        (tmp_path / name).write_text(record)
    (tmp_path / "README.md").write_text("mine")
    with pytest.raises(SynopsisError, match="holds files that no earlier build wrote"):
        build.draw_one(ROOT / "data" / "living_beings", "fig01", tmp_path)
    assert (tmp_path / "README.md").read_text() == "mine"


def test_figures_of_two_reviews_or_two_looks_are_not_mixed(tmp_path):
    small = figures.Look(figures.find_preset("nature"), 1, ("tiff",))
    build.draw_one(ROOT / "data" / "living_beings", "fig01", tmp_path, small)
    before = contents(tmp_path)
    for folder, look in (("priebe2014", small), ("living_beings", figures.PLAIN)):
        with pytest.raises(SynopsisError, match="holds figures of living_beings for nature-one-column"):
            build.draw_one(ROOT / "data" / folder, "fig01", tmp_path, look)
    assert contents(tmp_path) == before


def test_a_format_no_longer_asked_for_goes(tmp_path):
    build.draw_one(ROOT / "data" / "living_beings", "fig01", tmp_path, figures.Look(HOUSE, 2, ("tiff",)))
    build.draw_one(ROOT / "data" / "living_beings", "fig05", tmp_path)
    assert (tmp_path / "fig01_first_table.tiff").exists()
    build.draw_one(ROOT / "data" / "living_beings", "fig01", tmp_path)
    assert not (tmp_path / "fig01_first_table.tiff").exists()
    page = (tmp_path / "README.md").read_text(encoding="utf-8")
    assert "fig01_first_table.png" in page and "fig05_network.png" in page


def test_a_build_that_was_cut_off_leaves_nothing_for_long(tmp_path):
    for name, age in ((".building-old", 2 * publishing.A_DAY), (".building-now", 0)):
        (tmp_path / name).mkdir()
        os.utime(tmp_path / name, times=(time.time() - age,) * 2)
    build.draw_one(ROOT / "data" / "living_beings", "fig01", tmp_path)
    assert {path.name for path in tmp_path.glob(".building-*")} == {".building-now"}


def test_readme_lists_every_notebook_and_figure():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [path.stem for path in build.stored_notebooks() if f"](notebooks/{path.name})" not in text] == []
    gallery = (STORED / "README.md").read_text(encoding="utf-8")
    assert [identifier for identifier in figures.RECIPES if f'<img src="{identifier}.png"' not in gallery] == []


@pytest.mark.parametrize(
    "page",
    [
        "README.md",
        "CONTRIBUTING.md",
        "figures/README.md",
        "docs/class.md",
        "docs/reporting.md",
        "data/README.md",
        "tests/r/README.md",
        "tests/recount/README.md",
    ],
)
def test_links_lead_somewhere(page):
    """Every link to a file of the project; figures/report.html and out/ are made by a build and are never linked."""
    text = (ROOT / page).read_text(encoding="utf-8")
    found = ["".join(link) for link in re.findall(r"\]\(([^)]+)\)|(?:src|href)=\"([^\"]+)\"", text)]
    links = [link.partition("#")[0] for link in found if not link.startswith("http")]
    assert [link for link in links if link and not (ROOT / page).parent.joinpath(link).exists()] == []
