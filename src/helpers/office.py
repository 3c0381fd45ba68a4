"""How does an Office file come out the same each time, whatever the hour and the computer?"""

from __future__ import annotations

import datetime
import io
import re
import zipfile

NO_DAY = datetime.datetime(2000, 1, 1)  # a file that held the hour would never be the same twice
NO_HOUR = (1980, 1, 1, 0, 0, 0)  # the first that a zip can hold
SAVED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def repacked(stream: io.BytesIO) -> bytes:
    """The same parts in the same order, without the hour and the system on which they were packed.

    Parameters
    ----------
    stream : BytesIO
        A .docx or .xlsx file.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, NO_HOUR)
            entry.create_system, entry.external_attr, entry.compress_type = 0, 0, zipfile.ZIP_DEFLATED
            content = old.read(name)
            if name == "docProps/core.xml":
                content = SAVED.sub(rb"\g<1>" + NO_DAY.strftime("%Y-%m-%dT%H:%M:%SZ").encode(), content)
            new.writestr(entry, content)
    return packed.getvalue()
