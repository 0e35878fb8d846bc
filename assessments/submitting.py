"""Working on a practical task: begin, keep a draft, hand in. Actions."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from assessments import work
from assessments.models import PracticalPage, Submission
from assessments.models.submissions import States
from assessments.rules import invented, task_forms
from courses import progressing
from lms.kit import identifiers
from lms.kit.refusing import Refused
from lms.kit.writing import writing
from lms.people import trailing
from lms.people.models import Person


def begin(*, person: Person, task_key: UUID, submission_id: UUID, now: datetime) -> Submission:
    """Open a submission under the UUID that her page or phone made.

    One that is not graded yet goes on: a second click, a second tab or a second phone get the same one. Raises
    Refused (unknown, locked, not_enrolled, watched, passed, limit) before anything is written.
    """
    with writing():
        _one_at_a_time(person)
        hers = list(Submission.objects.filter(person=person).of_task(task_key).order_by("number"))
        begun = next((one for one in hers if one.pk == submission_id or one.state != States.GRADED), None)
        if begun is not None:
            return begun
        place = progressing.open_step(person=person, step_key=task_key)
        page = PracticalPage.objects.filter(pk=place.page_id).first()
        if page is None or Submission.objects.filter(pk=submission_id).exists():
            raise Refused(_("This task cannot begin. Go back to the module and open it again."), code="unknown")
        reason = work.lock_reason(page, hers)
        if reason:
            raise Refused(reason.render(_), code="limit")
        submission = Submission.objects.create(
            pk=submission_id,
            person=person,
            task_key=task_key,
            module_code=place.module.code,
            number=1 + max((one.number for one in hers), default=0),
            task=page.as_task(),
            started_at=now,
        )
        trailing.record(actor=person, verb="assessments.task_begun", subject=submission, now=now)
    return submission


def _one_at_a_time(person: Person) -> None:
    """On SQLite writers queue anyway; elsewhere two beginnings of one person wait for each other."""
    if connection.features.has_select_for_update:
        list(Person.objects.select_for_update().filter(pk=person.pk).values_list("pk"))


def keep(*, person: Person, submission_id: UUID, answers: Mapping[str, Any], now: datetime) -> Submission:
    """Keep a draft: the answers named replace the ones kept, the others stay.

    No line in the trail: the submission says when. Raises Refused (unknown, handed_in, unfit, identifier).
    """
    with writing():
        submission = _hers(person, submission_id)
        if not submission.is_in_her_hands:
            raise Refused(_("This task was handed in already. Nothing was changed."), code="handed_in")
        put_down(submission, answers, now)
        submission.save(update_fields=["answers", "saved_at", "erased_at"])
    return submission


def hand_in(
    *,
    person: Person,
    submission_id: UUID,
    now: datetime,
    answers: Mapping[str, Any] | None = None,
    is_confirmed: bool = False,
) -> Submission:
    """Give it to an assessor, with the last answers if there are any. Handing in again changes nothing.

    `is_confirmed`: she has said that names and places in it are invented. Raises Refused (unknown, unfit, identifier,
    missing, doubt).
    """
    with writing():
        submission = _hers(person, submission_id)
        if not submission.is_in_her_hands:
            return submission
        put_down(submission, answers or {}, now)
        fields = task_forms.read(submission.task["fields"])
        missing = task_forms.missing(fields, submission.answers)
        if missing:
            raise Refused(_("“%(field)s” is still empty.") % {"field": missing[0].label}, code="missing")
        found = set() if is_confirmed else work.all_doubts(submission)
        if found:
            raise Refused(invented.sentence_for(found).render(_), field="confirmed", code="doubt")
        submission.state, submission.handed_in_at = States.HANDED_IN, now
        submission.save(update_fields=["answers", "saved_at", "erased_at", "state", "handed_in_at"])
        detail = {"module": submission.module_code, "round": submission.round}
        trailing.record(actor=person, verb="assessments.task_handed_in", subject=submission, detail=detail, now=now)
    return submission


def put_down(submission: Submission, answers: Mapping[str, Any], now: datetime) -> None:
    """Put answers into a submission, unsaved: each is read by its question. Raises Refused (unfit, identifier).

    What may belong to a real person is refused, and never kept.
    """
    fields = {one.code: one for one in task_forms.read(submission.task["fields"]) if one.is_asked}
    for code, value in answers.items():
        answer = task_forms.sound(fields[code], value) if code in fields else None
        if answer is None:
            raise Refused(_("An answer does not fit its question. Open the task again."), field="answers", code="unfit")
        found = identifiers.kinds(task_forms.written(fields[code], answer))
        if found:
            raise Refused(identifiers.sentence_for(found).render(_), field="answers", code="identifier")
        submission.answers[code] = answer
    if answers:
        submission.saved_at, submission.erased_at = now, None


def _hers(person: Person, submission_id: UUID) -> Submission:
    """Her submission, locked until the transaction ends. Somebody else's is as good as none."""
    submission = Submission.objects.select_for_update().filter(pk=submission_id, person=person).first()
    if submission is None:
        raise Refused(
            _("This task is not known here. Open it in its module again."), field="submission", code="unknown"
        )
    return submission
