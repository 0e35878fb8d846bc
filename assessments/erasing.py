"""Practice text goes away: after its time for everybody, at once where a trainer finds what must not be there. Actions.

Marks, levels and comments stay (domain.md 5.4).
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from assessments import marks
from assessments.models import Round, Submission
from lms.kit.refusing import Refused
from lms.kit.writing import writing
from lms.people import trailing
from lms.people.models import Person
from lms.sync.models import Entry

AT_ONCE = 50  # submissions in one transaction
ENTRIES = "assessments.practical"


def erase_old(*, now: datetime, days: int) -> int:
    """Empty what was graded, or begun and left, more than `days` ago; returns how many. A second call finds none."""
    before, count = now - timedelta(days=days), 0
    with writing():
        Entry.objects.refused().filter(kind=ENTRIES, received_at__lt=before).exclude(fields={}).update(fields={})
    while keys := list(Submission.objects.with_old_text(before).values_list("pk", flat=True)[:AT_ONCE]):
        with writing():
            for submission in Submission.objects.select_for_update().with_old_text(before).filter(pk__in=keys):
                _erase(submission, now)
                count += 1
    return count


def _erase(submission: Submission, now: datetime) -> None:
    submission.answers, submission.erased_at = {}, now
    submission.save(update_fields=["answers", "erased_at"])
    submission.rounds.update(answers={})
    for grading in submission.gradings.exclude(passages=[]):
        grading.passages = [{**one, "quote": ""} for one in grading.passages]
        grading.save(update_fields=["passages"])
    trailing.record(actor=None, verb="assessments.task_erased", subject=submission, now=now)


def clean(*, submission_id: UUID, field: str, by: Person, now: datetime) -> Submission:
    """Take one answer away for good, in every round, with every quote of it. Doing it again changes nothing.

    The trail keeps who, when and under which question, never what stood there. Raises Refused (unknown).
    """
    with writing():
        submission = Submission.objects.select_for_update().filter(pk=submission_id).first()
        if submission is None or not marks.in_sight(by).filter(pk=submission_id).exists():
            raise Refused(_("This work is not known here. Open it again from the list."), code="unknown")
        kept: list[Submission | Round] = [submission, *submission.rounds.all()]
        if field not in {code for one in kept for code in one.answers}:
            return submission
        for one in kept:
            one.answers.pop(field, None)
            one.save(update_fields=["answers"])
        for grading in submission.gradings.exclude(passages=[]):
            grading.passages = [{**one, "quote": ""} if one["field"] == field else one for one in grading.passages]
            grading.save(update_fields=["passages"])
        trailing.record(
            actor=by, verb="assessments.answer_cleaned", subject=submission, detail={"field": field}, now=now
        )
    return submission
