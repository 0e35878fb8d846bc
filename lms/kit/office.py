"""A docx or xlsx without who wrote it, on whose machine, and where its photos were taken.

What has nothing of the kind keeps its bytes, so a course that travels between two sites stays the same byte by byte.
"""

import io
import re
import zipfile

from lms.kit import pictures

CORE = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties xmlns:cp="'
    b'http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)
APP = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="'
    b'http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
)
CUSTOM = APP.replace(b"extended-properties", b"custom-properties")
EMPTIED = {"docProps/core.xml": CORE, "docProps/app.xml": APP, "docProps/custom.xml": CUSTOM}
PICTURE = re.compile(r"\.(?:jpe?g|png|webp)$", re.I)
# Who commented and who changed, in attributes of Word and in elements of Excel.
NAMED = re.compile(rb'(\bw\d*:(?:author|initials|userId|providerId)=")[^"]+(")')
AUTHORS = re.compile(rb"(<(?:\w+:)?author>)[^<]+(</)")
PERSONS = re.compile(rb'(<person [^>]*?displayName=")[^"]+(")')
LONG_AGO = (1980, 1, 1, 0, 0, 0)


def without_names(content: bytes) -> bytes:
    """The document without its notes. It was checked before (`sniffing`); raises UnfitFile for a damaged picture."""
    changed = False
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as package, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bare:
        for part in package.infolist():
            old = package.read(part)
            new = _bare(part.filename, old)
            changed = changed or new != old
            bare.writestr(zipfile.ZipInfo(part.filename, LONG_AGO), new, zipfile.ZIP_DEFLATED)
    return out.getvalue() if changed else content


def _bare(name: str, part: bytes) -> bytes:
    if name in EMPTIED:
        return EMPTIED[name]
    if PICTURE.search(name):
        return pictures.cleaned(part)[0]
    if not name.endswith(".xml"):
        return part
    for names in (NAMED, AUTHORS, PERSONS):
        part = names.sub(rb"\1\2", part)
    return part
