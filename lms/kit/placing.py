"""A file that stands in its place only when all of it is written."""

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from django.conf import settings


@contextmanager
def whole(path: Path) -> Iterator[IO[bytes]]:
    """A file to write into. Whatever dies in between, nothing half-written stands at `path`."""
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
