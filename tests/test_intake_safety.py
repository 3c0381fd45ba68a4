"""Files that are no tables, or are made to do harm, and writing that is cut short: a sentence, and all that was there is whole.

The sentences are written by hand: what somebody must know to find the right file, or to make room for the new one.
"""

from __future__ import annotations

import errno
import io
import os
import shlex
import time
import zipfile
from pathlib import Path

import pytest
from sheets import CODES, sound, table, write_csv, write_xlsx

from helpers import cli
from helpers.drafts.draft import Words, draft_of
from helpers.drafts.folder import new_review
from helpers.intake.choices import Choices
from helpers.intake.opening import open_table
from helpers.intake.reading import read_table
from helpers.problems import ReviewError, SynopsisError

SECONDS = 10  # generous on a busy machine; what is refused is refused before it is unpacked or read


def refused(path: Path) -> str:
    """The one sentence with which a file is refused, in little time."""
    begun = time.monotonic()
    with pytest.raises(ReviewError) as caught:
        open_table(path)
    assert time.monotonic() - begun < SECONDS
    assert len(caught.value.problems) == 1
    return str(caught.value)


def archive(path: Path, **parts: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name.replace("__", "/") + ".xml", content)
    return path


def test_a_zip_bomb_is_not_unpacked(tmp_path):
    """60 MB of zeros, packed a thousand times smaller."""
    path = archive(tmp_path / "t.xlsx", xl__workbook=b"<x/>", xl__worksheets__sheet1=bytes(60 * 10**6))
    assert path.stat().st_size < 100_000
    assert "unpacks to 60 MB" in refused(path) and "Copy the table into a new workbook" in refused(path)


def test_a_zip_bomb_that_declares_a_size_is_refused_by_it(tmp_path):
    """The archive's list of contents says 4 GB for a part."""
    path = archive(tmp_path / "t.xlsx", xl__workbook=b"<x/>" * 100)
    data = bytearray(path.read_bytes())
    entry = data.rindex(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = (4 * 10**9).to_bytes(4, "little")
    path.write_bytes(data)
    assert "unpacks to 4,000 MB" in refused(path)


def test_a_zip_bomb_that_declares_too_small_a_size_is_read_no_further(tmp_path):
    path = archive(tmp_path / "t.xlsx", xl__workbook=b"<x/>", xl__worksheets__sheet1=bytes(60 * 10**6))
    data = bytearray(path.read_bytes())
    entry = data.rindex(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = (1000).to_bytes(4, "little")
    path.write_bytes(data)
    assert "damaged" in refused(path)


def replaced(path: Path, part: str, content: bytes) -> Path:
    """A workbook with one part replaced."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, content if name == part else old.read(name))
    path.write_bytes(buffer.getvalue())
    return path


def test_entities_that_grow_are_not_expanded(tmp_path):
    """The "billion laughs": each entity holds ten of the one before."""
    entities = b'<!ENTITY a0 "yes">' + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10))
    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    cell = b'<worksheet xmlns="%s"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&a9;</t></is></c></row></sheetData></worksheet>' % main
    path = replaced(write_xlsx(tmp_path / "t.xlsx", sound()), "xl/worksheets/sheet1.xml", b"<!DOCTYPE x [" + entities + b"]>" + cell)
    assert refused(path)


def test_a_file_of_this_computer_is_not_read_by_way_of_a_workbook(tmp_path):
    (tmp_path / "secret.txt").write_text("kept to myself", encoding="utf-8")
    entity = b'<!DOCTYPE x [<!ENTITY f SYSTEM "%s">]>' % (tmp_path / "secret.txt").as_uri().encode()
    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    cell = b'<worksheet xmlns="%s"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&f;</t></is></c></row></sheetData></worksheet>' % main
    path = replaced(write_xlsx(tmp_path / "t.xlsx", sound()), "xl/worksheets/sheet1.xml", entity + cell)
    try:
        grids = open_table(path)
    except ReviewError as error:
        grids = [error]
    assert "kept to myself" not in str(grids)


def test_a_protected_workbook_asks_for_no_password(tmp_path):
    """Excel packs it into a container of old Office files, with a stream of this name."""
    (tmp_path / "t.xlsx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000) + "EncryptedPackage".encode("utf-16-le") + bytes(2000))
    assert "protected by a password" in refused(tmp_path / "t.xlsx") and "take the password off" in refused(tmp_path / "t.xlsx")
    (tmp_path / "t.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4000))
    assert "old Office program" in refused(tmp_path / "t.xls") and "Excel Workbook (.xlsx)" in refused(tmp_path / "t.xls")


def test_a_protected_archive_and_other_archives(tmp_path):
    path = archive(tmp_path / "t.zip", word__document=b"<x/>")
    assert "not an Excel workbook" in refused(path)
    data = bytearray(archive(tmp_path / "t.xlsx", xl__workbook=b"<x/>").read_bytes())
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "t.xlsx").write_bytes(data)
    assert "password" in refused(tmp_path / "t.xlsx")
    (tmp_path / "t.xlsx").write_bytes(bytes(data[:40]))
    assert "damaged or was copied only in part" in refused(tmp_path / "t.xlsx")


def test_a_file_of_two_gigabytes_is_not_read(tmp_path):
    with (tmp_path / "t.csv").open("wb") as file:
        file.truncate(2 * 10**9)
    assert "2,000 MB" in refused(tmp_path / "t.csv") and "right file" in refused(tmp_path / "t.csv")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
def test_devices_pipes_folders_and_lost_links_are_no_tables(tmp_path):
    assert "no ordinary file" in refused(Path("/dev/zero"))
    os.mkfifo(tmp_path / "pipe.csv")
    assert "no ordinary file" in refused(tmp_path / "pipe.csv")
    assert "This is a folder" in refused(tmp_path)
    (tmp_path / "lost.csv").symlink_to(tmp_path / "gone.csv")
    assert "a link to a file that is not there" in refused(tmp_path / "lost.csv")
    (tmp_path / "round.csv").symlink_to(tmp_path / "round.csv")
    assert "cannot be read" in refused(tmp_path / "round.csv")
    assert "There is no such file" in refused(tmp_path / "gone.csv")
    assert "no such file" in refused(tmp_path / ("long" * 100 + ".csv")) or "cannot be read" in refused(tmp_path / ("long" * 100 + ".csv"))
    write_csv(tmp_path / "t.csv", sound())
    (tmp_path / "link.csv").symlink_to(tmp_path / "t.csv")
    assert len(open_table(tmp_path / "link.csv")) == 1


@pytest.mark.parametrize("name", ["t.csv", "t.xlsx"])
def test_a_file_that_may_not_be_read(tmp_path, monkeypatch, name):
    """Whoever runs the tests may be allowed everything, so that the system's answer is put in its place."""
    path = write_csv(tmp_path / name, sound())

    def forbidden(self):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", forbidden)
    assert "Permission denied" in refused(path) and "Close it in other programs" in refused(path)


@pytest.mark.parametrize(("far", "cells"), [("XFD1048576", 1), ("C1048576", 1), ("XFD4", 1)])
def test_a_stray_cell_far_away_is_told_with_its_address(tmp_path, far, cells):
    begun = time.monotonic()
    with pytest.raises(ReviewError) as caught:
        read_table(write_xlsx(tmp_path / "t.xlsx", {**sound(), far: "was here"}))
    assert time.monotonic() - begun < SECONDS
    assert [str(problem) for problem in caught.value.problems if f"cell {far}" in str(problem)]
    assert len(caught.value.problems) == cells


def test_a_sheet_that_is_too_large_is_told(tmp_path):
    """A full column of formatted, empty cells is no table; 300 rows that reach to the last column are too much."""
    path = write_xlsx(tmp_path / "t.xlsx", {**sound(), **{f"XFD{row}": "x" for row in range(1, 300)}})
    assert "reaches down to XFD299" in refused(path) and "Delete what stands below the table and beside it" in refused(path)


NAMES = ["-x.csv", "--yes.csv", "my table (2).csv", "Übersicht größer.csv", "総説 表.csv", "$HOME.csv", "a'b.csv", "%PATH%.csv", "x" * 200 + ".csv"]


@pytest.mark.parametrize("name", NAMES)
def test_a_file_may_be_called_anything(tmp_path, monkeypatch, capsys, name):
    """The command that is printed can be typed as it stands: a shell takes it apart into the same file."""
    monkeypatch.chdir(tmp_path)
    path = write_csv(tmp_path / name, sound())
    before = path.read_bytes(), path.stat().st_mtime_ns
    assert cli.main(["check", f"./{name}"]) == 0
    printed = capsys.readouterr().out
    assert f"{name}: the table can be used." in printed
    if os.name != "nt":
        command = shlex.split(printed.splitlines()[-1].split(": ", 1)[1])
        assert command[:2] == ["python3", "run.py"]
        assert cli.main(["Neuer Ordner 総" if word == "NEW_FOLDER" else word for word in command[2:]]) == 0
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert sorted(os.listdir()) == sorted([name, "Neuer Ordner 総"])


ATTACKS = ["=cmd|' /C calc'!A0", '=HYPERLINK("http://a.example","yes")', "@SUM(1+1)", "+1+1", "-1", "<script>alert(1)</script>", "$(touch x)", "`id`"]


@pytest.mark.parametrize("text", ATTACKS)
def test_a_cell_is_only_ever_text(tmp_path, monkeypatch, text):
    """As a name it is kept letter for letter; as a code it is none. Nothing is run, and no option is offered that a shell would run."""
    monkeypatch.chdir(tmp_path)
    reading = read_table(write_csv(tmp_path / "t.csv", {**sound(), "A3": text, "C1": text}))
    assert reading.tables[0].items[1] == text and reading.tables[0].features[1] == text
    with pytest.raises(ReviewError) as caught:
        read_table(write_csv(tmp_path / "t.csv", {**sound(), "C4": text}))
    (problem,) = caught.value.problems
    assert (problem.row, problem.column) == (4, 3)
    assert "--yes" not in problem.message or not set("$`|<>()'\"") & set(text)
    assert os.listdir() == ["t.csv"]


def made(tmp_path: Path):
    """A draft of the sound sheet, and everything that is in the folder before it is written."""
    draft = draft_of(read_table(write_csv(tmp_path / "t.csv", sound()), Choices()), Words())
    return draft, inside(tmp_path)


def inside(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else b"" for path in folder.rglob("*")}


FAILURES = [OSError(errno.ENOSPC, "No space left on device"), PermissionError(errno.EACCES, "Permission denied"), KeyboardInterrupt(), MemoryError()]


@pytest.mark.parametrize("failure", FAILURES, ids=lambda failure: type(failure).__name__)
@pytest.mark.parametrize("after", [0, 1, 3])
@pytest.mark.parametrize("there", [False, True], ids=["new folder", "folder with the workbook"])
def test_writing_that_fails_leaves_nothing(tmp_path, monkeypatch, failure, after, there):
    if there:
        (tmp_path / "review").mkdir()
        write_xlsx(tmp_path / "review" / "review.xlsx", sound())
    draft, before = made(tmp_path)
    count, write = [], Path.write_bytes

    def failing(self, data):
        count.append(self)
        if len(count) > after:
            write(self, data[: len(data) // 2])
            raise failure
        return write(self, data)

    monkeypatch.setattr(Path, "write_bytes", failing)
    told = SynopsisError if isinstance(failure, OSError) else type(failure)
    with pytest.raises(told) as caught:
        new_review(draft, tmp_path / "review")
    monkeypatch.undo()
    assert inside(tmp_path) == before
    if told is SynopsisError:
        assert "Nothing was changed" in str(caught.value) and failure.strerror in str(caught.value)


@pytest.mark.parametrize("failure", FAILURES, ids=lambda failure: type(failure).__name__)
@pytest.mark.parametrize("after", [0, 2])
@pytest.mark.parametrize("there", [False, True], ids=["new folder", "folder with the workbook"])
def test_moving_that_fails_leaves_nothing(tmp_path, monkeypatch, failure, after, there):
    if there:
        (tmp_path / "review").mkdir()
        write_xlsx(tmp_path / "review" / "review.xlsx", sound())
    elif after:
        pytest.skip("a new folder is moved at once")
    draft, before = made(tmp_path)
    count, move = [], os.replace

    def failing(*paths):
        count.append(paths)
        if len(count) > after:
            raise failure
        return move(*paths)

    monkeypatch.setattr(os, "replace", failing)
    monkeypatch.setattr(os, "rename", failing)
    with pytest.raises((SynopsisError, KeyboardInterrupt, MemoryError)):
        new_review(draft, tmp_path / "review")
    monkeypatch.undo()
    assert inside(tmp_path) == before


def test_a_folder_in_use_is_left_alone(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    write_csv(tmp_path / "t.csv", sound())
    (tmp_path / "review").mkdir()
    (tmp_path / "review" / "thesis.docx").write_bytes(b"years of work")
    (tmp_path / "file").write_bytes(b"something else")
    before = inside(tmp_path)
    for folder, words in (("review", "holds thesis.docx"), ("file", "not a folder"), (".", "no name")):
        assert cli.main(["new", folder, "--from", "t.csv"]) == 1
        assert words in capsys.readouterr().err
    assert inside(tmp_path) == before


def test_at_most_thirty_lines_then_a_count(tmp_path, monkeypatch, capsys):
    """45 rows without a name: 30 are told, 15 counted, and the last line says how many there are."""
    monkeypatch.chdir(tmp_path)
    write_csv(tmp_path / "t.csv", table([["Trial", "a", "b"], *([["", "yes", "no"]] * 45)]))
    assert cli.main(["check", "t.csv"]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert lines[0].startswith("t.csv, cell A2: The row has no name.") and lines[29].startswith("t.csv, cell A31:")
    assert lines[30:32] == ["... and 15 more.", "45 problems. Mend them and start again."]


def test_what_is_written_holds_the_codes(tmp_path):
    draft, _ = made(tmp_path)
    review = new_review(draft, tmp_path / "review")
    (codes,) = review.tables.values()
    assert {(review.label(i), review.label(f)): codes.at[i, f] for i in codes.index for f in codes.columns} == CODES
