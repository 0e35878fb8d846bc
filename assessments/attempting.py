"""Sitting an exam: begin, answer one question at a time, hand in. Actions."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from assessments.models import Attempt, ExamPage, Question
from assessments.rules import attempts as limits
from assessments.rules.answers import Given, pack_given
from assessments.rules.drawing import draw
from assessments.rules.items import Paper, pack
from assessments.rules.marking import fits
from courses import progressing
from courses.outline import Place
from lms.kit.refusing import Refused
from lms.kit.writing import writing
from lms.people import trailing
from lms.people.models import Person


def begin(*, person: Person, exam_key: UUID, attempt_id: UUID, now: datetime) -> Attempt:
    """Draw a paper and open an attempt under the UUID that her page or phone made.

    An attempt that is open already goes on: a second click, a second tab or a second phone get the same one.
    Raises Refused (unknown, locked, not_enrolled, limit, empty) before anything is written.
    """
    with writing():
        _one_at_a_time(person)
        hers = list(Attempt.objects.filter(person=person).at(exam_key).order_by("number"))
        begun = next((one for one in hers if one.pk == attempt_id or one.is_open), None)
        if begun is not None:
            return begun
        place = progressing.open_step(person=person, step_key=exam_key)
        exam = ExamPage.objects.filter(pk=place.page_id).first()
        if exam is None or Attempt.objects.filter(pk=attempt_id).exists():
            raise Refused(_("This exam cannot begin. Go back to the module and open it again."), code="unknown")
        past = [one.as_past() for one in hers]
        reason = limits.lock_reason(exam.limits, past, now)
        if reason:
            raise Refused(reason.render(_), code="limit")
        seed = secrets.token_hex(8)
        paper = _draw(exam, place, seed, _failed(hers))
        attempt = Attempt.objects.create(
            pk=attempt_id,
            person=person,
            exam_key=exam_key,
            module_code=place.module.code,
            number=limits.next_number(past),
            seed=seed,
            paper=pack(paper),
            total=len(paper.items),
            started_at=now,
        )
        trailing.record(actor=person, verb="assessments.exam_begun", subject=attempt, now=now)
    return attempt


def _one_at_a_time(person: Person) -> None:
    """On SQLite writers queue anyway; elsewhere two beginnings of one person wait for each other."""
    if connection.features.has_select_for_update:
        list(Person.objects.select_for_update().filter(pk=person.pk).values_list("pk"))


def _draw(exam: ExamPage, place: Place, seed: str, failed: Sequence[str]) -> Paper:
    """The paper, each question with the key of the lesson to read about it."""
    lessons = {step.code: str(step.key) for step in place.module.lessons}
    bank = [question.as_item() for question in Question.objects.of_module(place.module.key).for_exam()]
    if not bank:
        raise Refused(_("This exam has no questions yet. Tell your trainer."), code="empty")
    items = [replace(item, lesson=lessons.get(item.lesson, "")) for item in bank]
    return draw(items, count=exam.draw, pass_percent=exam.pass_percent, seed=seed, failed=failed)


def _failed(earlier: Iterable[Attempt]) -> list[str]:
    """Codes of questions answered wrongly, the latest last."""
    failed: dict[str, None] = {}
    for attempt in earlier:
        for mark in attempt.verdict().marks:
            if not mark.is_right:
                failed.pop(mark.code, None)
                failed[mark.code] = None
    return list(failed)


def answer(
    *,
    person: Person,
    attempt_id: UUID,
    question: int,
    answer: Sequence[str],
    now: datetime,
    made_at: datetime | None = None,
    device: str = "",
) -> Attempt:
    """Keep the answer to one question (its number from 1; keys of choices). An empty answer takes it back.

    No line in the trail: the attempt says what and when, the entry says that it came. Raises Refused (unknown,
    handed_in, unfit).
    """
    with writing():
        attempt = _hers(person, attempt_id)
        if not attempt.is_open:
            raise Refused(_("This exam was handed in already. Nothing was changed."), code="handed_in")
        item = attempt.questions.item(question)
        if item is None or not fits(item, answer):
            raise Refused(_("This answer does not fit the question. Open it and answer again."), code="unfit")
        given = Given(tuple(answer), now, made_at or now, device)
        if given.replaces(attempt.given.get(question)):
            attempt.answers[str(question)] = pack_given(given)
            attempt.save(update_fields=["answers"])
    return attempt


def hand_in(*, person: Person, attempt_id: UUID, now: datetime, entry_id: UUID | None = None) -> Attempt:
    """Mark the attempt; when it is passed, the exam is done as a step. Handing in again changes nothing.

    Raises Refused (unknown; nothing_answered).
    """
    with writing():
        attempt = _hers(person, attempt_id)
        if not attempt.is_open:
            return attempt
        if not attempt.answered:
            raise Refused(_("Answer at least one question before you hand in."), code="nothing_answered")
        verdict = attempt.verdict()
        attempt.handed_in_at = now
        attempt.right, attempt.percent = verdict.right, verdict.percent
        attempt.critical_left, attempt.passed = verdict.critical_left, verdict.passed
        attempt.save(update_fields=["handed_in_at", "right", "percent", "critical_left", "passed"])
        if verdict.passed:
            progressing.mark_done(person=person, step_key=attempt.exam_key, entry_id=entry_id, now=now)
        detail = {"module": attempt.module_code, "percent": verdict.percent, "passed": verdict.passed}
        trailing.record(actor=person, verb="assessments.exam_handed_in", subject=attempt, detail=detail, now=now)
    return attempt


def _hers(person: Person, attempt_id: UUID) -> Attempt:
    """Her attempt, locked until the transaction ends. Somebody else's is as good as none."""
    attempt = Attempt.objects.select_for_update().filter(pk=attempt_id, person=person).first()
    if attempt is None:
        raise Refused(
            _("This attempt is not known here. Open the exam in its module again."), field="attempt", code="unknown"
        )
    return attempt
