"""Media as files on the disk: each is there whole or not at all, under a name that says nothing."""

import hashlib
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from django.conf import settings

from courses.models.media import INCOMING, SERVED, stored
from lms.kit import sniffing

CHUNK = 1024 * 1024


def digest_of(file: IO[bytes]) -> str:
    """SHA-1, as Wagtail knows its pictures by."""
    found = hashlib.sha1(usedforsecurity=False)
    file.seek(0)
    while chunk := file.read(CHUNK):
        found.update(chunk)
    return found.hexdigest()


def keep(file: IO[bytes], digest: str, name: str) -> str:
    """Store what came in, whole or not at all; returns its stored name."""
    target = f"{INCOMING}/{digest}.{sniffing.suffix_of(name)}"
    file.seek(0)
    with _whole(stored(target)) as out:
        shutil.copyfileobj(file, out, CHUNK)
    return target


def put(content: bytes, suffix: str) -> tuple[str, int]:
    """Store a small file under the name of its content; returns the stored name and its bytes."""
    name = f"{SERVED}/{hashlib.sha256(content).hexdigest()[:24]}.{suffix}"
    with _whole(stored(name)) as out:
        out.write(content)
    return name, len(content)


@contextmanager
def _whole(path: Path) -> Iterator[IO[bytes]]:
    """A file to write into that stands in its place only when all of it is written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f"{path.name}.{uuid.uuid4().hex[:8]}")
    try:
        with half.open("wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        half.chmod(settings.FILE_UPLOAD_PERMISSIONS)
        half.replace(path)
    finally:
        with suppress(FileNotFoundError):
            half.unlink()
