"""A trainer eases an exam for one person of her class: reads it aloud, gives more time or an attempt. Actions."""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from assessments import attempting, blueprints, results
from assessments.models import Attempt, ExamPage, ExtraTime
from assessments.rules import attempts as limits
from courses import outline
from courses.models import CohortMember
from lms.kit.refusing import Refused
from lms.kit.writing import writing
from lms.people import scoping, trailing
from lms.people.models import Person


def read_aloud(*, trainer: Person, learner_id: int, exam_key: UUID, attempt_id: UUID, now: datetime) -> Attempt:
    """Open an attempt of a learner, or take up her open one: the trainer reads, asks and writes down her answers.

    Raises Refused for herself, for anybody outside the classes she teaches, and as `attempting.begin` does.
    """
    learner = of_her_class(trainer, learner_id, exam_key)
    return attempting.begin(person=learner, exam_key=exam_key, attempt_id=attempt_id, now=now, read_by=trainer)


def give_time(
    *, trainer: Person, learner_id: int, exam_key: UUID, minutes: int, reason: str, now: datetime
) -> ExtraTime:
    """Minutes (1 to 1440) beyond the others, for her open attempt and those to come.

    Raises Refused like `read_aloud`, and when the exam has no end that could be moved.
    """
    learner = of_her_class(trainer, learner_id, exam_key)
    exam = ExamPage.objects.filter(translation_key=exam_key).first()
    if exam is None or not (exam.limit_minutes or exam.closes_at):
        raise Refused(_("This exam has no time limit and no closing time. More time is not needed."))
    with writing():
        given = ExtraTime.objects.create(
            person=learner, exam_key=exam_key, minutes=minutes, reason=reason, by=trainer, given_at=now
        )
        for attempt in Attempt.objects.select_for_update().filter(person=learner, handed_in_at=None).at(exam_key):
            if attempt.ends_at:
                attempt.ends_at += timedelta(minutes=minutes)
                attempt.save(update_fields=["ends_at"])
        detail = {"minutes": minutes, "exam": str(exam_key)}
        trailing.record(actor=trainer, verb="assessments.extra_time_given", subject=given, detail=detail, now=now)
    return given


def give_attempt(*, trainer: Person, learner_id: int, exam_key: UUID, reason: str, now: datetime) -> ExtraTime:
    """One attempt beyond the others, once all are used; a waiting time holds for it too.

    Raises Refused like `read_aloud`, for a test before or after a training, and as `limits.may_have_another` says.
    """
    learner = of_her_class(trainer, learner_id, exam_key)
    place = outline.place_of(learner, exam_key)
    exam = ExamPage.objects.filter(pk=place.page_id).first() if place else None
    if place is None or exam is None or exam.is_test:
        raise Refused(_("This exam gives no other attempt."), code="unknown")
    with writing():
        attempting.one_at_a_time(learner)
        hers = Attempt.objects.filter(person=learner).at(exam_key).defer("paper", "answers").order_by("number")
        counting = results.still_counting(learner, place.module.code, list(hers), now)
        given = limits.widened(exam.limits, blueprints.extra_of(learner, exam_key))
        wrong = limits.may_have_another(given, [one.as_past() for one in counting])
        if wrong:
            raise Refused(wrong.render(_), code="not_needed")
        row = ExtraTime.objects.create(
            person=learner, exam_key=exam_key, attempts=1, reason=reason, by=trainer, given_at=now
        )
        detail = {"exam": str(exam_key)}
        trailing.record(actor=trainer, verb="assessments.extra_attempt_given", subject=row, detail=detail, now=now)
    return row


def of_her_class(trainer: Person, learner_id: int, exam_key: UUID) -> Person:
    """The learner, when this trainer teaches a class of the exam's course in which she is. Raises Refused."""
    if learner_id == trainer.pk:
        raise Refused(_("Nobody does this for herself. Ask another trainer."), code="self")
    found = outline.find_spot(exam_key)
    places = CohortMember.objects.filter(person=learner_id, cohort__trainers=trainer).select_related("person")
    place = places.filter(cohort__course_key=found[0].key).first() if found else None
    if place is None or not scoping.visible_persons(trainer, as_role="trainer").filter(pk=learner_id).exists():
        raise Refused(_("This is for people of the classes that you teach."), code="outside")
    return place.person
