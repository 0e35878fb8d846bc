"""Questions come in from a file: kept, looked at, taken in when somebody agrees. Action."""

import tempfile
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from assessments.curriculum import bank
from assessments.exchange import carrying, planning
from assessments.exchange.drafts import MOST_BYTES
from assessments.exchange.planning import Fate, Planned
from assessments.models import Question, QuestionImport
from courses.models import CourseImport, ModulePage
from lms.kit.refusing import Refused
from lms.kit.unfit import UnfitFile
from lms.kit.writing import writing
from lms.people import trailing
from lms.people.models import Person

KEPT = timedelta(days=7)
STATES = QuestionImport.States
COMING = (Fate.NEW, Fate.CHANGED)


def begin(*, by: Person, module: ModulePage, use: str, file: File[bytes], now: datetime) -> QuestionImport:
    """Keep the file and look at it; nothing of the bank changes. What waited longer than a week is thrown away.

    A file that cannot be read is kept as refused, with its reason.
    """
    if file.size > MOST_BYTES:
        raise Refused(_("This file is larger than 20 MB. Divide it."), field="file")
    row = QuestionImport(by=by, module=module, use=use, name=CourseImport.shown_name(file.name), state=STATES.CHECKED)
    row.made_at = row.changed_at = now
    _look(row, file.read())
    file.seek(0)
    if row.state == STATES.CHECKED:
        row.file.save(row.name, file, save=False)
    with writing():
        for old in QuestionImport.objects.filter(made_at__lt=now - KEPT).exclude(file=""):
            _drop_file(old)
            old.save(update_fields=["file"])
        row.save()
    return row


def look_again(*, row: QuestionImport, now: datetime) -> None:
    """Say anew what would become of each question: the bank may have changed since."""
    _look(row, _content(row))
    row.changed_at = now
    with writing():
        row.save(update_fields=["state", "rows", "skipped", "problems", "changed_at"])


def agree(*, row: QuestionImport, by: Person, codes: Collection[str], now: datetime) -> int:
    """Take the questions with these codes in, all or none; returns how many were stored. A second call is refused.

    Raises Refused when it was taken in already, nothing is chosen, or the bank is another one than was shown.
    """
    content = _content(row)
    with writing(), tempfile.TemporaryDirectory() as folder:
        waiting = QuestionImport.objects.select_for_update().filter(pk=row.pk, state=STATES.CHECKED)
        if not list(waiting):
            raise Refused(_("This file was taken in already. Nothing was changed."), code="done")
        plan = _plan(content, row, Path(folder))
        if _rows(plan) != row.rows:
            raise Refused(_("The bank has changed since. Look at the list again."), code="changed")
        count = take_in(plan=plan, module=row.module, codes=codes, by=by, now=now)
        waiting.update(state=STATES.DONE, changed_at=now)
        transaction.on_commit(lambda: _drop_file(row))
    return count


def take_in(
    *, plan: Iterable[Planned], module: ModulePage, codes: Collection[str], by: Person | None, now: datetime
) -> int:
    """Store what is new or changed and was chosen. Raises Refused when that is nothing."""
    chosen = [one.question for one in plan if one.fate in COMING and one.code in codes and one.question]
    with writing():
        if not chosen:
            raise Refused(_("Choose at least one question."), code="nothing")
        stored = {one.code: one for one in Question.objects.filter(code__in=[one.code for one in chosen])}
        for one in chosen:
            bank.store(stored.get(one.code) or Question(code=one.code), module, one)
        detail = {"module": module.code, "new": len(chosen) - len(stored), "changed": len(stored)}
        trailing.record(actor=by, verb="assessments.questions_taken_in", subject=module, detail=detail, now=now)
    return len(chosen)


def _content(row: QuestionImport) -> bytes:
    if not row.file.name or not row.file.storage.exists(row.file.name):
        raise Refused(_("This file is gone. Send it again."))
    with row.file.open("rb") as file:
        return bytes(file.read())


def _look(row: QuestionImport, content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        try:
            row.rows = _rows(_plan(content, row, Path(folder)))
        except UnfitFile as unfit:
            row.state, row.problems = STATES.REFUSED, [unfit.sentence.render(_)]


def _plan(content: bytes, row: QuestionImport, folder: Path) -> list[Planned]:
    reading = carrying.read(content, row.name)
    row.skipped = reading.skipped
    return planning.plan(reading, row.module, row.use, folder)


def _rows(plan: Iterable[Planned]) -> list[dict[str, Any]]:
    """The plan as it is kept and shown."""
    return [
        {
            "line": one.line,
            "name": one.name[:60],
            "code": one.code,
            "fate": str(one.fate),
            "ask": one.question.stem.strip().rpartition("\n")[2][:120] if one.question else "",
            "notes": [note.render(_) for note in one.notes],
            "reasons": [reason.render(_) for reason in one.reasons],
            "like": list(one.like),
        }
        for one in plan
    ]


def _drop_file(row: QuestionImport) -> None:
    """The file is not needed any more; the row keeps what was said."""
    if row.file:
        row.file.delete(save=False)
