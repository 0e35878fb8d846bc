"""Things come into the library, change and go. Action."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from lms.kit import office, sniffing, tags
from lms.kit.placing import whole
from lms.kit.refusing import Refused
from lms.kit.unfit import UnfitFile
from lms.kit.writing import writing
from lms.library import rules
from lms.library.models import Resource
from lms.people import trailing
from lms.people.models import Person, TrailLine

# Not among the folders that are served by address: a file leaves only through the page of its resource.
FOLDER = "pustaka"
KEPT, REMOVED = "library.kept", "library.removed"


@dataclass(frozen=True, slots=True)
class Checked:
    """A file's content without notes about people, and its form (pdf, mp3 …)."""

    content: bytes
    form: str


def check(*, file: IO[bytes], name: str, size: int) -> Checked:
    """The file as it may be kept. `size` in bytes. Raises Refused with the editor's sentence."""
    try:
        seen = sniffing.look(name, file, size)
        if seen.form not in rules.KEPT_FORMS.get(seen.kind, ()):
            raise Refused(_("Take a file of these kinds: pdf, docx, xlsx, csv, txt, mp3, m4a or mp4."), field="upload")
        if size > rules.MOST_BYTES[seen.kind]:
            most = {"most": f"{rules.MOST_BYTES[seen.kind] / 1_000_000:g}"}
            raise Refused(_("This file is larger than %(most)s MB. Make it smaller or cut it.") % most, field="upload")
        file.seek(0)
        content = file.read()
        if seen.form in ("docx", "xlsx"):
            content = office.without_names(content)
        elif seen.kind != "document":
            content = tags.without_notes(content, seen.form)
    except UnfitFile as unfit:
        raise Refused(unfit.sentence.render(_), field="upload") from unfit
    return Checked(content, seen.form)


def keep(*, resource: Resource, file: Checked | None, by: Person | None, now: datetime) -> Resource:
    """Store what the editor wrote, and its new file if there is one; the file before it goes.

    Raises Refused when there is neither a file nor a place where it can be had.
    """
    if file is None and not resource.file and not resource.place:
        raise Refused(_("Upload a file, or write where it can be borrowed."), field="place")
    before = resource.file
    if file is not None:
        resource.file = f"{FOLDER}/{hashlib.sha256(file.content).hexdigest()[:24]}.{file.form}"
        resource.bytes = len(file.content)
        with whole(path_of(resource.file)) as out:
            out.write(file.content)
    resource.folded = resource.words
    with writing():
        resource.save()
        if by:
            trailing.record(actor=by, verb=KEPT, subject=resource, person=by, now=now)
        if before != resource.file:
            transaction.on_commit(partial(_forget_file, before), robust=True)
    return resource


def begin_with(*, rows: Sequence[Mapping[str, Any]], folder: Path, now: datetime) -> int:
    """Fill a library that was never filled; returns how many came in. Anything in it, or removed from it, counts.

    `rows` name the fields of Resource, `file` one of the folder's files. Raises Refused for a file that is not taken.
    """
    if Resource.objects.exists() or TrailLine.objects.filter(verb__in=(KEPT, REMOVED)).exists():
        return 0
    for row in rows:
        path = folder / Path(row["file"]).name if "file" in row else None
        fields = {name: value for name, value in row.items() if name != "file"}
        resource = Resource(**fields, is_public=True)
        resource.full_clean(exclude=["folded", "file"])
        keep(resource=resource, file=_checked(path) if path else None, by=None, now=now)
    return len(rows)


def _checked(path: Path) -> Checked:
    with path.open("rb") as file:
        return check(file=file, name=path.name, size=path.stat().st_size)


def remove(*, resource: Resource, by: Person, now: datetime) -> None:
    with writing():
        trailing.record(actor=by, verb=REMOVED, subject=resource, person=by, now=now)
        resource.delete()
        transaction.on_commit(partial(_forget_file, resource.file), robust=True)


def path_of(name: str) -> Path:
    return Path(settings.MEDIA_ROOT) / name


def _forget_file(name: str) -> None:
    """Two resources may hold the same bytes: the file goes with the last of them."""
    if name and not Resource.objects.filter(file=name).exists():
        path_of(name).unlink(missing_ok=True)
