"""The report in a real browser, by mouse, keyboard and touch; skipped with a sentence where chromium or axe-core is not installed.

What a panel must show is written here as the paper prints it, and what two models share by hand from its tables.
"""

import base64
import os
import re
import shutil
import subprocess

import pytest
from browser import Browser, browser  # noqa: F401
from hostile import TEXTS, hostile_pages

# Priebe et al. 2014, section "Recreational activities", and the first of the references it gives for befriending
QUOTE = "A key aspect of befriending involves the befriender and the person befriended taking part in various recreational activities together"
REFERENCE = "Kingdon, DG Turkington, D Collis, J Judd, M Befriending: cost-effective community care. Psychiatr Bull 1989; 13: 350–1."
CELL = 'a.code[href="#code.befriending.recreational_activities"]'
# Table 1: both have social relationships, decisions and strengths; only the first recreation, only the second experience
PAIR = 'a[href="#pair.creative_music_therapy.solution_focused_therapy"]'
SHARED = "Both (3): Social relationships; Patient’s decision-making ability; Patient’s individual strengths"
MUSIC = "Creative music therapy also allows patients to have a high level of freedom in deciding where to go next with the session"
SOLUTION = "in solution-focused therapy the patient is seen as the expert who knows which solutions would work best"
NAME = 'a.name[href="#item.peer_support_workers"]'
RATED = "Peer support workers, however, may suggest a more reciprocal relationship than the others"

DESK, PHONE = (1280, 900, False), (360, 740, True)
shut = "document.getElementById('panel').hidden"
focus = "document.activeElement.getAttribute('href')"


@pytest.fixture
def report(browser, report_folder):  # noqa: F811
    browser.open(report_folder / "report.html")
    return browser


def panel(page: Browser) -> str:
    """What the panel shows, as a reader sees it."""
    page.wait(f"!({shut})")
    return re.sub(r"\s+", " ", page.run("document.getElementById('panel').innerText"))


@pytest.mark.parametrize(("width", "height", "touch"), [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("name", ["report.html", "notebooks/02_read_the_tables.html"])
def test_no_barriers_no_network_no_errors_and_no_sideways_scrolling(browser, report_folder, name, width, height, touch):  # noqa: F811
    browser.open(report_folder / name, width, height, touch)
    assert browser.run("[innerWidth, document.scrollingElement.scrollWidth <= innerWidth]") == [width, True]
    assert browser.barriers() == []
    assert browser.complaints() == []


def test_no_barriers_with_everything_open(report):
    """Folded parts open, every view chosen, the panel showing."""
    report.run("document.querySelectorAll('details').forEach((node) => (node.open = true))")
    report.run("document.querySelectorAll('.choice').forEach((node) => (node.hidden = false))")
    for target in (CELL, PAIR, NAME):
        report.click(target)
        panel(report)
        assert report.barriers() == []


def test_a_barrier_would_be_found(report):
    report.run("document.querySelector('img').removeAttribute('alt')")
    report.run("document.documentElement.removeAttribute('lang')")
    report.run("document.querySelector('.quiet').style.color = '#bbbbbb'")
    assert {rule for rule, _ in report.barriers()} == {"image-alt", "html-has-lang", "color-contrast"}


def test_a_request_an_error_and_a_foreign_script_would_be_noticed(report):
    report.run("fetch('https://example.org/').catch(() => 0)")
    report.run("const s = document.createElement('script'); s.textContent = 'window.ran = 1'; document.body.append(s)")
    report.run("setTimeout(() => { throw new Error('spoiled') }); new Promise((done) => setTimeout(done, 50))")
    told = " ".join(report.complaints())
    assert "connect-src" in told or "example.org" in told
    assert "script-src" in told
    assert "spoiled" in told
    assert report.run("window.ran") is None


def test_mouse(report):
    report.point(CELL)
    told = panel(report)
    assert QUOTE in told
    assert REFERENCE in told
    assert "Section “Recreational activities”" in told
    report.point("h1")
    report.wait(shut)
    report.point(f"[data-choice^='Resources'] {PAIR}")
    told = panel(report)
    assert SHARED in told
    assert "Only Creative music therapy (1): Recreational activities" in told
    assert "Only Solution-focused therapy (1): Experiential knowledge" in told
    assert told.index(MUSIC) < told.index(SOLUTION)
    assert "Peers" not in told  # of the other table
    report.click(NAME)
    told = panel(report)
    assert RATED in told
    assert "possibly reciprocity: reciprocal; expertise: peers" in told
    assert "Experiential knowledge" in told
    report.point("h1")
    report.run("new Promise((done) => setTimeout(done, 500))")
    assert RATED in panel(report), "what was clicked stays"
    report.click("#panel button")
    report.wait(shut)
    assert report.complaints() == []


def test_keyboard(report):
    """Tab to a table, arrows inside it, Enter into the panel, Escape back; one stop for each table."""
    report.run("document.querySelector('a[href=\"#item.befriending\"]').focus()")
    report.press("Tab")
    assert "Codebook" in report.run("document.activeElement.textContent")
    report.press("Tab", shift=True)
    for _ in range(5):
        report.press("ArrowRight")
    assert report.run(focus) == "#code.befriending.recreational_activities"
    assert QUOTE in panel(report)
    report.press("Enter")
    assert report.run("document.activeElement.id") == "panel"
    report.press("Tab")
    assert report.run("document.activeElement.getAttribute('aria-label')") == "Close"
    report.press("Escape")
    report.wait(shut)
    assert report.run(focus) == "#code.befriending.recreational_activities"
    report.press("ArrowDown")
    report.press("Home")
    assert report.run(focus) == "#item.client_centred_therapy"
    report.run("document.querySelector('.heatmap a').focus()")
    for key in ("End", "ArrowDown", "ArrowDown", "ArrowLeft", "ArrowLeft"):
        report.press(key)
    assert report.run(focus) == "#pair.creative_music_therapy.solution_focused_therapy"
    told = panel(report)
    assert SHARED in told
    assert MUSIC in told
    report.press("Escape")
    report.run(f"document.querySelector('{NAME}').focus()")
    assert RATED in panel(report)
    assert report.complaints() == []


def test_touch(browser, report_folder):  # noqa: F811
    browser.open(report_folder / "report.html", *PHONE)
    for target, words in ((CELL, QUOTE), (f"[data-choice^='Resources'] {PAIR}", SHARED), (NAME, RATED)):
        browser.tap(target)
        assert words in panel(browser)
        cell, sheet = (f"document.querySelector(`{what}`).getBoundingClientRect()" for what in (target, "#panel"))
        assert browser.run(f"{cell}.top >= 0 && {cell}.bottom <= {sheet}.top"), "the sheet lies over what it belongs to"
        browser.tap("#panel button")
        browser.wait(shut)
    small = (
        "[...document.querySelectorAll('a.show, #panel button, fieldset label, summary, .contents a, a.number')].filter((node) => node.offsetParent)"
    )
    boxes = browser.run(f"{small}.map((node) => node.getBoundingClientRect()).filter((box) => box.width < 24 || box.height < 24).length")
    assert boxes == 0
    assert browser.complaints() == []


def test_views_can_be_chosen(report):
    shown = "[...document.querySelectorAll('#heatmap .choice')].filter((view) => view.offsetParent).map((view) => view.dataset.choice)"
    assert report.run(shown) == ["Resources explicitly utilised in the models"]
    report.click("#heatmap label:last-of-type")
    assert report.run(shown) == ["All tables together"]
    report.point(f"[data-choice='All tables together'] {PAIR}")
    told = panel(report)
    assert "Resources explicitly utilised in the models: 3/5" in told
    assert "Both (1): Professionals" in told


def test_without_scripts_links_lead_to_the_entries(browser, report_folder):  # noqa: F811
    browser.open(report_folder / "report.html", script=False)
    browser.click(CELL)
    browser.wait("location.hash == '#code.befriending.recreational_activities'")
    entry = "document.querySelector(':target')"
    assert QUOTE in browser.run(f"{entry}.textContent")
    browser.wait(f"(() => {{const top = {entry}.getBoundingClientRect().top; return top >= 0 && top < innerHeight}})()")
    assert browser.run("[...document.querySelectorAll('.choice')].every((view) => view.offsetParent)")


def test_hostile_texts_show_as_texts(browser, tmp_path):  # noqa: F811
    report, notebook = hostile_pages(tmp_path)
    browser.open(report, *PHONE)
    assert browser.run("[innerWidth, document.scrollingElement.scrollWidth <= innerWidth]") == [360, True]
    links = browser.run("document.querySelectorAll('a.show').length")
    shown = browser.run(
        "[...document.querySelectorAll('a.show')].map((link) => {link.click(); return document.getElementById('panel').textContent}).join(' ')"
    )
    assert links > 40
    assert [text for text in TEXTS if text not in shown] == []
    assert browser.run("document.querySelectorAll('#panel script, #panel img, [onerror]').length") == 0
    assert browser.barriers() == []
    assert browser.complaints() == []
    browser.open(notebook)
    assert [text for text in TEXTS if text not in browser.run("document.body.textContent")] == []
    assert browser.complaints() == []


def test_paper(report, tmp_path):
    """As PDF: nothing that only works on a screen, folded parts open, every view of the similarities."""
    told = report.call("Page.printToPDF", paperWidth=8.27, paperHeight=11.69)
    (tmp_path / "report.pdf").write_bytes(base64.b64decode(told["data"]))
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")
    assert report.run("document.querySelectorAll('details[open]').length") == 0, "what was folded is folded again"
    if shutil.which("pdftotext"):
        text = subprocess.run(["pdftotext", tmp_path / "report.pdf", "-"], capture_output=True, check=True, env={**os.environ, "LC_ALL": "C.UTF-8"})
        words = re.sub(r"\s+", " ", text.stdout.decode())
        assert QUOTE in words
        assert "Codebook: what is meant by the resources" in words
        assert "The model uses relationships between the patient and other people" in words
        assert "Skip to the content" not in words
        assert "Point at a cell" not in words
        assert words.count("All tables together") > 45
    assert report.complaints() == []
