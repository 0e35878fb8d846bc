"""A course comes in as a zip: kept, looked at in the background, taken in when somebody agrees. Action."""

import tempfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from courses.curriculum import loading, reading, zipped
from courses.curriculum.files import CourseFile
from courses.curriculum.problems import CurriculumRefused
from courses.models import CourseImport
from courses.models.publishing import publishes_alone
from lms.kit.refusing import Refused
from lms.kit.writing import writing
from lms.people.models import Person

KEPT = timedelta(days=7)
PATIENCE = timedelta(minutes=12)
STATES = CourseImport.States
MOST_UPLOAD = 120 * 1024 * 1024


def begin(*, by: Person, file: File[bytes], overwrite: bool, now: datetime) -> CourseImport:
    """Keep the zip and look at it soon; what waited longer than a week is thrown away. Raises Refused."""
    if file.size > MOST_UPLOAD:
        raise Refused(_("This file is larger than 120 MB."), field="file")
    row = CourseImport(by=by, name=CourseImport.shown_name(file.name), overwrite=overwrite)
    row.made_at = row.changed_at = now
    row.file.save("", file, save=False)
    with writing():
        for old in CourseImport.objects.filter(made_at__lt=now - KEPT).exclude(file=""):
            _drop_file(old)
            old.save(update_fields=["file"])
        row.save()
    return row


def agree(*, row: CourseImport, now: datetime) -> None:
    """Take it in soon. Raises Refused when it was not looked at, was refused, or is not hers to publish."""
    if not publishes_alone(row.by):
        raise Refused(_("A course that comes in is published at once. The owner of the site takes it in."))
    with writing():
        changed = CourseImport.objects.filter(pk=row.pk, state=STATES.CHECKED)
        if not changed.update(state=STATES.AGREED, changed_at=now):
            raise Refused(_("This file cannot be taken in now. Look at what is said about it."))


def work(*, import_id: UUID, now: datetime) -> None:
    """The next step of one import, if there is one; a second call finds nothing to do."""
    row = CourseImport.objects.filter(pk=import_id).first()
    if row is None or not row.is_working:
        return
    try:
        with tempfile.TemporaryDirectory() as folder:
            course = _read(row, Path(folder))
            if row.state == STATES.WAITING:
                lines = loading.foretell_course(course=course, now=now, overwrite=row.overwrite)
                _to(row, STATES.CHECKED, now, lines=lines)
            else:
                _take_in(row, course, now)
    except CurriculumRefused as refused:
        _to(row, STATES.REFUSED, now, problems=[problem.render(_) for problem in refused.problems])
    except Refused as refused:
        _to(row, STATES.REFUSED, now, problems=[str(refused)])
    finally:
        cache.delete(_progress_key(import_id))


def left_waiting(*, now: datetime) -> list[UUID]:
    """Imports that should have moved on a while ago: their worker was stopped."""
    rows = CourseImport.objects.filter(state__in=[STATES.WAITING, STATES.AGREED], changed_at__lt=now - PATIENCE)
    return list(rows.values_list("pk", flat=True))


def _take_in(row: CourseImport, course: CourseFile, now: datetime) -> None:
    report = _reporter(row.pk)
    with writing():
        if not CourseImport.objects.filter(pk=row.pk, state=STATES.AGREED).exists():
            return
        lines = loading.load_course(course=course, now=now, by=row.by, overwrite=row.overwrite, report=report)
        _to(row, STATES.DONE, now, lines=lines)


def _read(row: CourseImport, folder: Path) -> CourseFile:
    if not row.file.name or not row.file.storage.exists(row.file.name):
        raise Refused(_("This file is gone. Send it again."))
    with row.file.open("rb") as file:
        return reading.read_course(zipped.unpack(file, folder))


def _to(row: CourseImport, state: str, now: datetime, **said: Any) -> None:
    with writing():
        CourseImport.objects.filter(pk=row.pk).update(state=state, changed_at=now, **said)
        if state in {STATES.DONE, STATES.REFUSED}:
            transaction.on_commit(lambda: _drop_file(row))


def _drop_file(row: CourseImport) -> None:
    """The zip is not needed any more; the row keeps what was said."""
    if row.file:
        row.file.delete(save=False)


def _progress_key(import_id: UUID) -> str:
    return f"course-import-{import_id}"


def _reporter(import_id: UUID) -> Callable[[int, int], None]:
    key = _progress_key(import_id)
    return lambda done, total: cache.set(key, (done, total), 600)


def progress(import_id: UUID) -> tuple[int, int] | None:
    """Pages done and pages in all while it is taken in; None before and after."""
    found: tuple[int, int] | None = cache.get(_progress_key(import_id))
    return found
