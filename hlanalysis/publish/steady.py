"""Office files with the same bytes from the same inputs: no clock in them."""

from __future__ import annotations

import io
import re
import zipfile

# The earliest moment that a zip archive can hold.
_FIRST = (1980, 1, 1, 0, 0, 0)
_MOMENT = re.compile(
    rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:(?:created|modified)>)"
)
_FIXED = rb"\g<1>2025-01-01T00:00:00Z\g<2>"


def steady(data: bytes) -> bytes:
    """Return an Office file without the moment of its making, embedded workbooks included.

    Parameters
    ----------
    data : bytes
        A .pptx or .xlsx file.

    Returns
    -------
    bytes
        The same parts in the same order, each dated 1980-01-01, created and modified 2025-01-01.
    """
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(held, "w") as new:
        for item in old.infolist():
            part = old.read(item.filename)
            if item.filename.endswith("docProps/core.xml"):
                part = _MOMENT.sub(_FIXED, part)
            elif item.filename.endswith(".xlsx"):
                part = steady(part)
            entry = zipfile.ZipInfo(item.filename, _FIRST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            # Windows and Unix otherwise leave their own mark in each entry.
            entry.create_system = 0
            new.writestr(entry, part)
    return held.getvalue()
