"""How is any file that may hold a table opened: text or workbook, sound, broken, locked, or none of these?"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from ..csvfiles import file_bytes, text_rows
from ..problems import Problem, ReviewError
from .excel import sheets_of
from .grid import Grid, grid_of

ZIP, OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
DOCUMENTS = (b"<!doc", b"<html", b"<?xml", b"<tabl", b"%pdf-", b"{\\rtf", b"\x89png")  # web pages called .xls, and what else is opened by mistake
MOST_UNPACKED = 300 * 10**6  # bytes
SMALL, MOST_TIMES = 20 * 10**6, 200  # beyond a small size, no workbook unpacks to so many times its own
SAVE_AS = 'In Excel or LibreOffice choose "Save as", then "Excel Workbook (.xlsx)" or "CSV UTF-8".'


def open_table(path: Path) -> list[Grid]:
    """Every visible sheet of a workbook that holds anything, or the one sheet of a CSV file.

    Parameters
    ----------
    path : Path
        A .csv, .tsv or .xlsx file; what it is is decided by what it holds, not by its name. It is only read.

    Returns
    -------
    list of Grid
        At least one.

    Raises
    ------
    ReviewError
        If the file is none of these, broken, protected, too large, or empty.
    """
    file = path.name or str(path)
    data = file_bytes(path, file)
    if data.startswith(OLD_OFFICE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise _refused(file, "The workbook is protected by a password. Open it, take the password off, and save a copy.")
        raise _refused(file, f"This is a file of an old Office program. {SAVE_AS}")
    if not data.startswith(ZIP):
        if data.lstrip()[:5].lower() == b"%pdf-":
            raise _refused(file, "This is a PDF, which is made to be read, not filled in. Copy or type its table into a new sheet, and save that.")
        if data.removeprefix(b"\xef\xbb\xbf").lstrip()[:5].lower().startswith(DOCUMENTS):
            raise _refused(file, f"This is a web page or another document, not a table. {SAVE_AS}")
        rows, notes = text_rows(data, file)
        return [grid_of(file, "", rows, notes=notes)]
    _check_archive(data, file)
    grids = sheets_of(data, file)
    if not grids:
        raise _refused(file, "No visible sheet of this workbook holds anything. Check that it is the right file, and that it was saved.")
    return grids


def _check_archive(data: bytes, file: str) -> None:
    """A workbook is an archive of parts: the right ones, and of a size that a table can have."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            unpacked = sum(part.file_size for part in archive.infolist())
            encrypted = any(part.flag_bits & 1 for part in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise _refused(file, "The workbook is damaged or was copied only in part. Copy or save it again.") from None
    if encrypted:
        raise _refused(file, "The file is protected by a password. Unpack it, or save a copy without a password.")
    if unpacked > MOST_UNPACKED or unpacked > max(SMALL, MOST_TIMES * len(data)):
        raise _refused(
            file, f"The workbook unpacks to {unpacked / 1e6:,.0f} MB, more than any table of codes. Copy the table into a new workbook and save that."
        )
    if not any(name.startswith("xl/") for name in names):
        raise _refused(file, f"This is an archive or a document of another program, not an Excel workbook. {SAVE_AS}")


def _refused(file: str, message: str) -> ReviewError:
    return ReviewError([Problem(file, 0, 0, message)])
