"""A course folder as one zip. What comes in may be hostile: nothing is trusted but the bytes that were counted."""

import errno
import stat
import tempfile
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import IO

from courses.curriculum.files import CourseFile
from courses.curriculum.problems import CurriculumRefused, Problems
from courses.curriculum.writing import write_course
from lms.kit.words import Sentence, gettext_noop

MOST_FILES = 3_000
MOST_BYTES = 300_000_000
MOST_FILE_BYTES = 60_000_000
MOST_DEPTH = 4
PIECE = 64 * 1024
LONG_AGO = (1980, 1, 1, 0, 0, 0)
# What other programs put beside the files, and nobody wrote.
LITTER = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


def unpack(source: IO[bytes], folder: Path) -> Path:
    """Write the files below `folder`; returns where course.yaml lies: there, or in the one folder of the zip.

    Raises CurriculumRefused for everything that is not a plain folder of files; then nothing is promised of `folder`.
    """
    problems = Problems()
    try:
        with zipfile.ZipFile(source) as zipped:
            _check(zipped, problems)
            if not problems:
                _write(zipped, folder, problems)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        if getattr(error, "errno", None) == errno.ENOSPC:  # our disk is full: nothing is wrong with the zip
            raise
        problems.add("", 0, Sentence(gettext_noop("This is no zip file, or it is damaged.")))
    if problems:
        raise CurriculumRefused(problems)
    return _top(folder)


def _check(zipped: zipfile.ZipFile, problems: Problems) -> None:
    """What the list of the zip says already: too many, too large, leading out, twice, links, locked."""
    entries = [entry for entry in zipped.infolist() if not _is_litter(entry.filename)]
    if len(entries) > MOST_FILES:
        params = {"count": len(entries), "most": MOST_FILES}
        problems.add("", 0, Sentence(gettext_noop("The zip holds %(count)s files; %(most)s is the most."), params))
        return
    if sum(entry.file_size for entry in entries) > MOST_BYTES:
        problems.add("", 0, Sentence(gettext_noop("Unpacked, the zip is larger than 300 MB.")))
    seen: set[str] = set()
    for entry in entries:
        fault = _fault(entry, seen)
        if fault:
            problems.add(entry.filename[:120].encode("utf-8", "replace").decode(), 0, fault)
        seen.add(entry.filename.casefold())


def _fault(entry: zipfile.ZipInfo, seen: set[str]) -> Sentence | None:
    name = entry.orig_filename
    parts = PurePosixPath(name.rstrip("/")).parts
    if not name.isprintable() or "\ufffd" in name or "\\" in name:
        return Sentence(gettext_noop("Take plain letters, digits and hyphens for the names of files."))
    if name.startswith("/") or ":" in name or ".." in parts or not parts:
        return Sentence(gettext_noop("This name leads out of the folder."))
    if len(parts) > MOST_DEPTH:
        return Sentence(gettext_noop("This file lies too deep: modules, pictures and media are the only folders."))
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in {0, stat.S_IFREG, stat.S_IFDIR}:
        return Sentence(gettext_noop("This is a link or a device. A course holds plain files only."))
    if entry.flag_bits & 0x1:
        return Sentence(gettext_noop("This file is locked with a password."))
    if entry.filename.casefold() in seen:
        return Sentence(gettext_noop("This file stands twice in the zip."))
    if entry.file_size > MOST_FILE_BYTES:
        return Sentence(gettext_noop("This file is larger than 60 MB."))
    return None


def _write(zipped: zipfile.ZipFile, folder: Path, problems: Problems) -> None:
    """Piece by piece, counting: a zip may lie about the size of what it holds."""
    left = MOST_BYTES
    for entry in zipped.infolist():
        if entry.is_dir() or _is_litter(entry.filename):
            continue
        target = folder / entry.filename
        target.parent.mkdir(parents=True, exist_ok=True)
        size = 0
        with zipped.open(entry) as packed, target.open("xb") as file:
            while piece := packed.read(PIECE):
                size += len(piece)
                left -= len(piece)
                if size > MOST_FILE_BYTES or left < 0:
                    problems.add(entry.filename, 0, Sentence(gettext_noop("Unpacked, this is far too large.")))
                    return
                file.write(piece)


def _is_litter(name: str) -> bool:
    return name.startswith(LITTER[0]) or PurePosixPath(name).name in LITTER[1:]


def _top(folder: Path) -> Path:
    below = [path for path in folder.iterdir() if not path.name.startswith(".")]
    if not (folder / "course.yaml").exists() and len(below) == 1 and below[0].is_dir():
        return below[0]
    return folder


def write_zip(course: CourseFile, target: IO[bytes]) -> int:
    """Write the course as one zip; the same course gives the same bytes. Returns how many files it holds."""
    with tempfile.TemporaryDirectory() as folder:
        write_course(course, Path(folder))
        return _pack(Path(folder), target)


def _pack(folder: Path, target: IO[bytes]) -> int:
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as zipped:
        for path in paths:
            entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), LONG_AGO)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, (stat.S_IFREG | 0o644) << 16
            zipped.writestr(entry, path.read_bytes())
    return len(paths)
