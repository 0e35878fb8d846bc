"""Media as files on the disk: each is there whole or not at all, under a name that says nothing."""

import hashlib
import shutil
from typing import IO

from courses.models.media import INCOMING, SERVED, stored
from lms.kit import sniffing
from lms.kit.placing import whole

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
    with whole(stored(target)) as out:
        shutil.copyfileobj(file, out, CHUNK)
    return target


def put(content: bytes, suffix: str) -> tuple[str, int]:
    """Store a small file under the name of its content; returns the stored name and its bytes."""
    name = f"{SERVED}/{hashlib.sha256(content).hexdigest()[:24]}.{suffix}"
    with whole(stored(name)) as out:
        out.write(content)
    return name, len(content)
