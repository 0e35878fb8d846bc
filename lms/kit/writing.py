"""The one way to write: a transaction, and on SQLite a queue in front of it.

SQLite's own busy handler polls and is unfair: with eight writers the slowest waits seconds. A lock file beside the
database makes writers wait in line instead. PostgreSQL needs none of it.
"""

import fcntl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection, transaction

_thread_lock = threading.Lock()
_here = threading.local()


@contextmanager
def _queue() -> Iterator[None]:
    name = str(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or ":memory:" in name or "mode=memory" in name:
        yield
        return
    path = Path(name)
    with _thread_lock, path.with_name(path.name + ".queue").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def writing() -> Iterator[None]:
    """Open the write transaction of an action; inside another one, join it.

    An action raises `Refused` before its first write, so that a batch of actions can share one
    transaction without savepoints.
    """
    if getattr(_here, "is_writing", False):
        yield
        return
    with _queue(), transaction.atomic():
        _here.is_writing = True
        try:
            yield
        finally:
            _here.is_writing = False
