"""What a file is, by what it holds. Its name is only asked whether it agrees."""

import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO

from lms.kit.unfit import UnfitFile
from lms.kit.words import Sentence, gettext_noop

HEAD_BYTES = 64
# The kind of file and the format's short name, by the suffixes that people know.
SOUNDS = {"wav", "mp3", "ogg", "m4a", "flac", "aac", "amr"}
FILMS = {"mp4", "webm"}
DOCUMENTS = {"pdf", "docx", "xlsx", "csv", "txt"}
FORMAT_OF = {
    **{name: name for name in SOUNDS | FILMS | DOCUMENTS | {"vtt"}},
    "opus": "ogg",
    "oga": "ogg",
    "mov": "mp4",
    "m4v": "mp4",
    "3gp": "mp4",
    "mkv": "webm",
}
KINDS = {"sound": SOUNDS, "film": FILMS, "document": DOCUMENTS, "captions": {"vtt"}}
MOST_BYTES = {"sound": 60_000_000, "film": 300_000_000, "document": 5_000_000, "captions": 200_000}
MOST_PARTS = 2_000
MOST_UNPACKED = 60_000_000
MAIN_TYPE = {
    "docx": b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "xlsx": b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
}
# Programs inside office files, by the names of their parts and by what they are called inside.
PROGRAM_PARTS = re.compile(r"vbaproject|vbadata|activex|macrosheets|oleobject|\.(?:bin|exe|js|vbs|dll)$", re.I)
PROGRAM_WORDS = re.compile(rb"macroEnabled|attachedTemplate|<!DOCTYPE|<!ENTITY|\bDDE(?:AUTO)?\b", re.I)
PDF_PROGRAMS = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA)\b")
PAGE_WORDS = re.compile(r"<\s*(?:!doctype|html|head|body|script|svg|iframe|\?php)", re.I)
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
FORMULA = re.compile(r"(?:^|[,;\t\n])[\"' ]*[=@]")
CUE = re.compile(r"^(?:\d+:)?\d\d:\d\d\.\d{3}\s+-->\s+(?:\d+:)?\d\d:\d\d\.\d{3}", re.M)


@dataclass(frozen=True, slots=True)
class Look:
    """What a file is: sound, film, document or captions, and the short name of its format."""

    kind: str
    form: str


def look(name: str, file: IO[bytes], size: int) -> Look:
    """What the file is, by its content; its name must agree. Raises UnfitFile with what to do instead."""
    form = FORMAT_OF.get(suffix_of(name), "")
    kind = next((kind for kind, forms in KINDS.items() if form in forms), "")
    if not kind:
        kinds = ", ".join(sorted({*FORMAT_OF, *DOCUMENTS}))
        raise UnfitFile(
            Sentence(gettext_noop("Files of this kind are not taken. Take one of: %(kinds)s."), {"kinds": kinds})
        )
    if not size:
        raise empty()
    if size > MOST_BYTES[kind]:
        most = {"most": f"{MOST_BYTES[kind] / 1_000_000:g}"}
        raise UnfitFile(
            Sentence(gettext_noop("This file is larger than %(most)s MB. Make it smaller or cut it."), most)
        )
    file.seek(0)
    if kind == "document":
        form = check_document(name, file.read())
    elif kind == "captions":
        check_captions(file.read())
    else:
        form = format_of(name, file.read(HEAD_BYTES))
        if form not in KINDS[kind]:
            raise disguised()
    file.seek(0)
    return Look(kind, form)


def suffix_of(name: str) -> str:
    return PurePath(name).suffix.lower().removeprefix(".")


def format_of(name: str, head: bytes) -> str:
    """The format of a sound or film by its first bytes, or "" when it is none that we take."""
    found = _stream_format(head)
    if found == "mp4" and (head[8:11] == b"M4A" or suffix_of(name) == "m4a"):
        return "m4a"
    return found


def _stream_format(head: bytes) -> str:
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return "wav"
    if head[4:8] == b"ftyp":
        return "mp4"
    if head[:3] == b"ID3" or (head[:1] == b"\xff" and head[1] & 0xE6 == 0xE2):
        return "mp3"
    if head[:1] == b"\xff" and head[1] & 0xF6 == 0xF0:
        return "aac"
    starts = {b"OggS": "ogg", b"fLaC": "flac", b"#!AMR": "amr", b"\x1a\x45\xdf\xa3": "webm"}
    return next((name for start, name in starts.items() if head.startswith(start)), "")


def check_document(name: str, content: bytes) -> str:
    """The format of a document to download. Raises UnfitFile when it is not what its name says, or could do harm."""
    suffix = suffix_of(name)
    if suffix not in DOCUMENTS:
        raise UnfitFile(Sentence(gettext_noop("Take a file of these kinds: pdf, docx, xlsx, csv or txt.")))
    if not content.strip():
        raise empty()
    if suffix == "pdf":
        _check_pdf(content)
    elif suffix in MAIN_TYPE:
        _check_office(content, MAIN_TYPE[suffix])
    else:
        text = _text(content)
        if PAGE_WORDS.search(text):
            raise disguised()
        if suffix == "csv" and FORMULA.search(text):
            raise UnfitFile(Sentence(gettext_noop("A cell of this table begins with = or @. Take formulas out.")))
    return suffix


def check_captions(content: bytes) -> None:
    text = _text(content).removeprefix("\ufeff").replace("\r\n", "\n")
    if not text.startswith("WEBVTT") or not CUE.search(text) or PAGE_WORDS.search(text):
        raise UnfitFile(Sentence(gettext_noop("These are no captions in WebVTT. Save them as .vtt and try again.")))


def empty() -> UnfitFile:
    return UnfitFile(Sentence(gettext_noop("This file is empty. Save it anew and try again.")))


def disguised() -> UnfitFile:
    return UnfitFile(Sentence(gettext_noop("This file is not what its name says. Save it anew and try again.")))


def _text(content: bytes) -> str:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnfitFile(Sentence(gettext_noop("This text is not in UTF-8. Save it as UTF-8 and try again."))) from error
    if CONTROL.search(text):
        raise disguised()
    return text


def _check_pdf(content: bytes) -> None:
    if not content.startswith(b"%PDF-") or b"%%EOF" not in content[-1024:] or b"PK\x05\x06" in content[-66_000:]:
        raise disguised()
    if PDF_PROGRAMS.search(content):
        raise UnfitFile(Sentence(gettext_noop("This PDF holds a program or another file. Print it to PDF anew.")))


def _check_office(content: bytes, main_type: bytes) -> None:
    """A zip of parts without programs: whole, of sensible size, with the main part that its name promises."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            if not content.startswith(b"PK\x03\x04") or content[-22:-18] != b"PK\x05\x06" or parts[0].header_offset:
                raise disguised()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise UnfitFile(Sentence(gettext_noop("This document unpacks to more than 60 MB. Make it smaller.")))
            for part in parts:
                if ".." in part.filename or part.filename.startswith(("/", "\\")) or part.flag_bits & 1:
                    raise disguised()
            _check_parts(package, parts, main_type)
    except UnfitFile:
        raise
    except Exception as error:  # a hostile zip may make its reader raise anything
        raise disguised() from error


def _check_parts(package: zipfile.ZipFile, parts: list[zipfile.ZipInfo], main_type: bytes) -> None:
    programs = any(PROGRAM_PARTS.search(part.filename) for part in parts)
    for part in parts:
        with package.open(part) as file:
            inside = file.read(part.file_size + 1)
        if part.filename == "[Content_Types].xml" and main_type not in inside:
            programs = programs or b"macroEnabled" in inside
            if not programs:
                raise disguised()
        if part.filename.lower().endswith((".xml", ".rels")) and PROGRAM_WORDS.search(inside):
            programs = True
    if programs:
        raise UnfitFile(Sentence(gettext_noop("This document holds macros or programs. Save it without them.")))
    if not any(part.filename == "[Content_Types].xml" for part in parts):
        raise disguised()
