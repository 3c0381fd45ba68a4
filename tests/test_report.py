"""The report and the notebooks' pages, read as HTML: sound, complete, every link with a target, every text still a text."""

import base64
import csv
import hashlib
import json
import re
from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise
from urllib.parse import unquote

import nbformat
import pandas as pd
import pytest
from hostile import TEXTS, hostile_notebook, hostile_pages

from helpers import build
from helpers.ledger import ledger
from helpers.notebook_pages import NO_ALT, notebook_html, title_of
from helpers.report import report_html
from helpers.report.behind import Behind
from helpers.report.markup import anchor
from helpers.report.opening import QUESTIONS, summary
from helpers.report.page import script
from helpers.report.shades import LEAST_CONTRAST, STEPS, contrast, shade
from helpers.report.words import TERMS, Words

VOID = {"img", "meta", "input", "br", "hr"}
MOST_BYTES = 4_000_000


class Node:
    def __init__(self, tag, attributes, parent):
        self.tag, self.attributes, self.parent, self.children = tag, dict(attributes), parent, []

    def all(self, tag=None):
        for child in self.children:
            if isinstance(child, Node):
                if tag is None or child.tag == tag:
                    yield child
                yield from child.all(tag)

    def text(self):
        return "".join(child if isinstance(child, str) else child.text() for child in self.children)


class Page(HTMLParser):
    """A page as a tree; every element must be closed where it was opened."""

    def __init__(self, html):
        super().__init__()
        self.root = self.open = Node("", {}, None)
        self.feed(html)
        self.close()
        assert self.open is self.root, f"{self.open.tag} is never closed"

    def handle_starttag(self, tag, attributes):
        node = Node(tag, attributes, self.open)
        assert len(attributes) == len(node.attributes), f"an attribute is there twice in {tag}"
        self.open.children.append(node)
        if tag not in VOID:
            self.open = node

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)

    def handle_endtag(self, tag):
        assert tag == self.open.tag, f"</{tag}> closes <{self.open.tag}>"
        self.open = self.open.parent

    def handle_data(self, data):
        self.open.children.append(data)

    def by_id(self):
        found = [node.attributes["id"] for node in self.root.all() if "id" in node.attributes]
        assert [key for key, n in Counter(found).items() if n > 1] == [], "an id is there twice"
        return {node.attributes["id"]: node for node in self.root.all() if "id" in node.attributes}


def read(path):
    return Page(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def report(report_folder):
    return read(report_folder / "report.html")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    return hostile_pages(tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="module", params=["report.html", *(f"notebooks/{path.stem}.html" for path in build.stored_notebooks())])
def page(request, report_folder):
    return report_folder / request.param


def stored(root, name):
    with (root / "data" / "priebe2014" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_page_is_sound(page):
    html = page.read_text(encoding="utf-8")
    tree = Page(html)
    assert html.startswith('<!DOCTYPE html>\n<html lang="en-GB">')
    assert len(list(tree.root.all("main"))) == 1
    assert len(next(tree.root.all("title")).text()) > 5
    headings = [int(node.tag[1]) for node in tree.root.all() if re.fullmatch("h[1-6]", node.tag)]
    assert headings[0] == 1
    assert headings.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(headings)), "a level of headings is left out"
    pictures = list(tree.root.all("img"))
    assert all(len(picture.attributes["alt"]) > 50 and picture.attributes["alt"] != NO_ALT for picture in pictures)
    scrolling = [node.attributes for node in tree.root.all() if "wide" in node.attributes.get("class", "").split()]
    assert all(node["tabindex"] == "0" and node["role"] == "region" and node["aria-label"] for node in scrolling)
    labels = [node["aria-label"] for node in scrolling]
    assert len(set(labels)) == len(labels)


def test_every_page_needs_no_other_file_to_be_read(page):
    tree = read(page)
    sources = [node.attributes["src"] for node in tree.root.all() if "src" in node.attributes]
    assert all(source.startswith("data:image/png;base64,") for source in sources)
    assert not {node.tag for node in tree.root.all()} & {"link", "iframe", "object", "embed", "form", "base", "svg", "math"}
    assert not re.search(r"url\(|@import|https?:", "".join(node.text() for node in tree.root.all("style")))
    policy = next(node.attributes["content"] for node in tree.root.all("meta") if node.attributes.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'; ")
    scripts = [node.text() for node in tree.root.all("script")]
    allowed = [f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'" for script in scripts]
    assert re.findall(r"script-src ([^;]+)", policy) == allowed
    assert len(scripts) == (page.name == "report.html")


def test_every_link_has_a_target(page, report_folder):
    pages = {}

    def places(file):
        if file not in pages:
            pages[file] = set(read(file).by_id())
        return pages[file]

    links = [node.attributes["href"] for node in read(page).root.all("a")]
    assert links
    for href in dict.fromkeys(links):
        file, _, place = unquote(href).partition("#")
        target = (page.parent / file).resolve() if file else page
        assert target.is_relative_to(report_folder.resolve()), href
        assert target.exists(), href
        assert not place or place in places(target), href


def test_every_finding_leads_to_its_cell(report, report_folder, root):
    results = json.loads((root / "figures" / "results.json").read_text(encoding="utf-8"))
    here = report.by_id()
    for name, result in results.items():
        assert here[name].text().startswith(result["sentence"]), name
        assert next(here[name].all("a")).attributes["href"] == f"notebooks/{result['notebook']}.html#finding-{name}"
    for notebook in {result["notebook"] for result in results.values()}:
        there = read(report_folder / "notebooks" / f"{notebook}.html").by_id()
        own = {name: result["sentence"] for name, result in results.items() if result["notebook"] == notebook}
        assert {key.removeprefix("finding-"): node.text() for key, node in there.items() if key.startswith("finding-")} == own


def test_every_code_leads_to_its_quotes_sections_and_references(report, root, priebe):
    """Against the files as they are stored."""
    here = report.by_id()
    targets = {unquote(node.attributes["href"][1:]) for node in here["codes"].all("a") if "code" in node.attributes["class"].split()}
    assert len(targets) == 10 * (6 + 4 + 2)
    evidence = stored(root, "evidence.csv")
    for row in evidence:
        place = anchor("rating" if row["table"] == "nature" else "code", row["model"], row["feature"])
        assert place in targets
        quotes = {next(node.all("blockquote")).text(): next(node.all("figcaption")) for node in here[place].all("figure")}
        told = quotes[row["quote"]]
        assert f"Section “{row['section']}”" in told.text()
        assert [node.attributes["href"] for node in told.all("a")] == [f"#reference.{number}" for number in row["references"].split()]
        assert row["certainty"].capitalize() in here[place].text()
    for row in stored(root, "references.csv"):
        assert here[f"reference.{row['number']}"].text() == f"{row['number']}. {row['printed']}"
    for row in stored(root, "alternatives.csv"):
        place = anchor("rating" if row["table"] == "nature" else "code", row["model"], row["feature"])
        told = here[place].text()
        assert row["reason"] in told
        assert row["quote"] in told
    without = [place for place in targets if not list(here[place].all("blockquote"))]
    coded = {(row["table"], row["model"], row["feature"]) for row in evidence}
    assert len(without) == 120 - len(coded)
    assert all("no quote" in here[place].text() for place in without)


def test_what_hangs_on_a_code(report, root):
    """The number is that of the fragility map's data."""
    here = report.by_id()
    with next((root / "figures").glob("*_fragility_map.csv")).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows
    for row in rows:
        told = here[anchor("rating" if row["table"] == "nature" else "code", row["item"], row["feature"])].text()
        assert (f"alone overturns {row['conclusions']} of " if row["conclusions"] != "0" else "alone overturns none of ") in told


def test_every_pair_has_its_fraction_and_its_features(report):
    """By hand from Table 1 of the paper: music therapy has social, decisions, strengths and recreation; solution-focused therapy has social,
    decisions, experience and strengths. In Table 2 they have professionals and peers, and professionals and family."""
    here = report.by_id()
    pair = here["pair.creative_music_therapy.solution_focused_therapy"]
    features = {}
    for part in (node for node in pair.all("div") if "data-table" in node.attributes):
        rows = {row.attributes["data-who"]: list(row.all("span")) for row in part.all("div") if "data-who" in row.attributes}
        features[part.attributes["data-table"]] = {who: [span.attributes["data-feature"] for span in spans] for who, spans in rows.items()}
    assert features == {
        "resources": {
            "both": [".social_relationships", ".decision_making", ".individual_strengths"],
            "first": [".recreational_activities"],
            "second": [".experiential_knowledge"],
        },
        "relationships": {"both": [".professionals"], "first": [".peers"], "second": [".family"]},
    }
    links = list(here["heatmap"].all("a"))
    own = [link.text().partition(":")[0] for link in links if link.attributes["href"] == "#pair.creative_music_therapy.solution_focused_therapy"]
    assert own == ["3/5"] * 2 + ["1/3"] * 2 + ["1/2"] * 2  # 3 of 5, 1 of 3, and together 4 of 8; each pair stands in a table twice
    assert len(links) == 3 * 90


def test_grid_has_every_place(report):
    """By hand from nature.csv and alternatives.csv: open dialogue is reciprocal by patient, or everyone; befriending has no expertise stated."""
    views = [node for node in report.by_id()["grid"].all("section")]
    assert [view.attributes["data-choice"] for view in views] == ["Every level", "The quadrants"]
    rows = [list(row.all("td")) for row in next(views[0].all("tbody")).all("tr")]
    assert [len(row) for row in rows] == [5, 5, 5]  # four levels and "not stated", by three levels
    assert "Open dialogue (hedged)" in rows[0][1].text()
    assert "Open dialogue could be here" in rows[0][3].text()
    assert "Befriending (hedged)" in rows[0][4].text()
    assert "strip" in rows[0][4].attributes["class"]
    homes = [node.text() for row in rows for cell in row for node in cell.all("li") if "could be" not in node.text()]
    assert len(homes) == 10


def test_summary_comes_from_findings():
    results = {name: {"sentence": f"Says {name}.", "values": {}, "notebook": "02_read_the_tables"} for _, names in QUESTIONS for name in names}
    told = summary(results, Words())
    assert [f"Says {names[0]}." in told for _, names in QUESTIONS] == [True] * len(QUESTIONS)
    few = {
        "x.one": {"sentence": "First.", "values": {}, "notebook": "07_look"},
        "x.two": {"sentence": "Second.", "values": {}, "notebook": "07_look"},
    }
    assert "First." in summary(few, Words())
    assert "Second." not in summary(few, Words())
    assert "no findings" in summary({}, Words())


def test_terms_are_explained_once_and_only_where_they_occur():
    words = Words()
    first = words.explained("The C-score is 0.2 and tau is 0.1.")
    assert re.findall("<dt>(.*?):</dt>", first) == ["C-score", "Kendall’s tau"]
    assert words.explained("The C-score again.") == ""
    assert words.explained("Peer support workers support peers.") == ""
    assert len({term for _, term, _ in TERMS}) == len(TERMS)


def test_text_can_be_read_on_every_shade():
    for step in range(STEPS + 1):
        colour, ink = shade(step / STEPS)
        assert contrast(colour, ink) >= LEAST_CONTRAST


def test_size_and_repeat(report_folder, priebe, root):
    html = (report_folder / "report.html").read_text(encoding="utf-8")
    assert len(html.encode()) < MOST_BYTES
    manifest, results = (json.loads((root / "figures" / name).read_text(encoding="utf-8")) for name in ("manifest.json", "results.json"))
    rows = pd.read_csv(root / "figures" / "ledger.csv", dtype=str, keep_default_na=False)
    assert report_html(priebe, manifest, {}, results, rows, root / "figures") == html


def test_a_review_without_evidence_and_ratings(living_beings, tmp_path):
    html = report_html(living_beings, [], {"fig02_second_table": "a second table"}, {}, ledger(living_beings, {}), tmp_path)
    tree = Page(html)
    here = tree.by_id()
    assert "The grid is left out: it needs" in here["grid"].text()
    assert "fig02_second_table is left out: it needs a second table." in here["figures"].text()
    assert "This review stores no quotes." in here[anchor("code", living_beings.items[0], living_beings.tables["traits"].columns[1])].text()
    assert "tables" not in here
    assert "references" not in here
    assert all(unquote(node.attributes["href"]).partition("#")[2] in here for node in tree.root.all("a") if node.attributes["href"].startswith("#"))


def test_tables_for_a_manuscript_are_linked(living_beings, tmp_path):
    tables = [{"title": "Table 1", "files": ["table1.docx", "table1.csv"]}]
    html = report_html(living_beings, [], {}, {}, ledger(living_beings, {}), tmp_path, tables)
    assert [node.attributes["href"] for node in Page(html).by_id()["tables"].all("a")] == [
        "table1.docx",
        "table1.csv",
    ]


def test_hostile_texts_stay_texts(hostile):
    """Everything that a review can hold: as elements there are only those that the page makes itself, and no attribute that runs anything."""
    for path in hostile:
        tree = read(path)
        tags = Counter(node.tag for node in tree.root.all())
        assert tags["script"] == (path.name == "report.html")
        assert tags["img"] == 1
        assert not [key for node in tree.root.all() for key in node.attributes if key.startswith("on")]
        assert not [node for node in tree.root.all("a") if re.match(r"\s*\w+:", node.attributes["href"])]
        shown = next(tree.root.all("main")).text()
        assert [text for text in TEXTS if text not in shown] == []
        tree.by_id()


def test_the_script_copies_nodes_and_never_reads_text_as_html():
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function|DOMParser", script())


def test_pages_of_notebooks():
    """Alt text, a place for each finding, and no sign of mathematics, in a notebook made up for this."""
    notebook = hostile_notebook()
    notebook.cells.append(nbformat.v4.new_markdown_cell("It costs $5 and $6. See [the next](02_y.ipynb#part) and [a file](notes.txt)."))
    bare = nbformat.v4.new_output("display_data", {"image/png": "iVBORw0KGgo="})
    notebook.cells.append(nbformat.v4.new_code_cell("x", outputs=[bare], execution_count=2))
    before = nbformat.writes(notebook)
    tree = Page(notebook_html(notebook, "01_x", ["00_w", "01_x", "02_y"]))
    assert nbformat.writes(notebook) == before
    assert next(tree.root.all("title")).text() == "A title"
    assert [picture.attributes["alt"] for picture in tree.root.all("img")] == [TEXTS[1], NO_ALT]
    assert tree.by_id()["finding-x.n1"].text() == TEXTS[1]
    assert "It costs $5 and $6." in tree.root.text()
    links = [node.attributes["href"] for node in tree.root.all("a")]
    assert links == ["#content", "../report.html", "00_w.html", "02_y.html", "01_x.ipynb", "02_y.html#part", "notes.txt"]
    scopes = [node.attributes.get("scope") for node in tree.root.all("th")]
    assert set(scopes) == {"col", "row"}
    assert title_of(nbformat.v4.new_notebook(), "01_x") == "01_x"


def test_places_are_different_for_different_ids(priebe):
    assert anchor("code", "a.b", "c") != anchor("code", "a", "b.c")
    behind = Behind.of(priebe)
    places = {behind.place((table, item, feature)) for table, features in behind.columns().items() for item in priebe.items for feature in features}
    assert len(places) == 120
