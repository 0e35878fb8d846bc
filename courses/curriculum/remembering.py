"""What the last load left behind: so that the next one can tell a trainer's work from its own."""

import hashlib
from typing import Any
from uuid import UUID, uuid5

from courses.curriculum.files import CourseHead, ModuleHead, StepFile, files_in, with_files
from courses.curriculum.writing import course_fields, module_fields, step_text
from courses.curriculum.yaml_text import to_yaml
from courses.models import LoadedPage


def text_of(file: Any) -> str:
    """The canonical text of a file's content, pictures by what they hold."""
    if isinstance(file, CourseHead):
        return to_yaml(course_fields(file))
    if isinstance(file, ModuleHead):
        return to_yaml(module_fields(file))
    if isinstance(file, StepFile):
        named = [block.data for block in file.rest.blocks] if file.kind == "lesson" else []
        pictures = [file.digest for file in files_in(named)]
        return "\n".join([file.code, step_text(file, named_pictures=False), *pictures])
    return to_yaml(with_files(file, lambda named: named.digest))


def part_key(module: UUID, file: str) -> UUID:
    """Under which a file beside the steps is remembered."""
    return uuid5(module, file)


class Memory:
    """Of one run. With `overwrite` it remembers nothing, so the files win everywhere."""

    def __init__(self, *, overwrite: bool) -> None:
        self._rows = {row.key: row for row in LoadedPage.objects.all()}
        self._overwrite = overwrite
        self._changed: set[UUID] = set()

    def _known(self, key: UUID) -> LoadedPage | None:
        return None if self._overwrite else self._rows.get(key)

    def knows(self, key: UUID) -> bool:
        """True when an earlier load brought this page: if it is not there or not published, a trainer wanted it so."""
        return self._known(key) is not None

    def was_edited(self, key: UUID, here: str, there: str) -> bool:
        """True when the content here is neither what the last load left nor what the file says now."""
        row = self._known(key)
        return row is not None and bool(row.digest) and here != there and _digest(here) != row.digest

    def was_moved(self, key: UUID, parent: UUID) -> bool:
        """Asked for a page that is not under this parent: the last load had put it there."""
        row = self._known(key)
        return row is not None and row.parent == parent

    def was_reordered(self, parent: UUID, now: list[UUID]) -> bool:
        """True when the pages of the last load stand in another order than it left them in."""
        row = self._known(parent)
        if row is None:
            return False
        left = [UUID(key) for key in row.order]
        return [key for key in now if key in left] != [key for key in left if key in now]

    def keep(self, key: UUID, text: str) -> None:
        self._row(key).digest = _digest(text)

    def place(self, key: UUID, parent: UUID) -> None:
        self._row(key).parent = parent

    def order(self, parent: UUID, keys: list[UUID]) -> None:
        self._row(parent).order = [str(key) for key in keys]

    def _row(self, key: UUID) -> LoadedPage:
        self._changed.add(key)
        return self._rows.setdefault(key, LoadedPage(key=key))

    def store(self) -> None:
        LoadedPage.objects.bulk_create(
            [self._rows[key] for key in self._changed],
            update_conflicts=True,
            unique_fields=["key"],
            update_fields=["digest", "parent", "order"],
        )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
