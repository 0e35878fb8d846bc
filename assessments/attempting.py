"""Sitting an exam: begin, answer, hand in; and what the clock does. Actions."""

import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from assessments import blueprints, noting, results
from assessments.models import Attempt, ExamPage
from assessments.rules import attempts as limits
from assessments.rules.answers import Given, pack_given
from assessments.rules.items import Paper, pack
from assessments.rules.marking import misfit
from courses import progressing
from courses.outline import Place
from lms.kit.refusing import Refused
from lms.kit.writing import writing
from lms.people import trailing
from lms.people.models import Person


def begin(*, person: Person, exam_key: UUID, attempt_id: UUID, now: datetime, read_by: Person | None = None) -> Attempt:
    """Draw a paper and open an attempt under the UUID that her page or phone made.

    An attempt that is open already goes on: a second click, a second tab or a second phone get the same one.
    `read_by`: the trainer who reads it aloud to her and writes down her answers (`reading_aloud` has checked that she
    may). Raises Refused (unknown, locked, not_enrolled, limit, empty); an earlier attempt whose time has passed is
    handed in all the same.
    """
    with writing():
        one_at_a_time(person)
        hers = list(Attempt.objects.filter(person=person).at(exam_key).order_by("number"))
        for over in [one for one in hers if one.is_open and limits.is_over(one.ends_at, now)]:
            _close(over, now, actor=None, was_ended=True)
        begun = next((one for one in hers if one.pk == attempt_id or one.is_open), None)
        if begun is not None:
            return _taken_up(begun, read_by, now)
        place = progressing.open_step(person=person, step_key=exam_key)
        exam = ExamPage.objects.filter(pk=place.page_id).first()
        if exam is None or Attempt.objects.filter(pk=attempt_id).exists():
            raise Refused(_("This exam cannot begin. Go back to the module and open it again."), code="unknown")
        extra = blueprints.extra_of(person, exam_key)
        past = [one.as_past() for one in hers]
        counting = [one.as_past() for one in results.still_counting(person, place.module.code, hers, now)]
        reason = limits.lock_reason(limits.widened(exam.limits, extra), counting, now, extra.minutes)
        if reason:
            raise Refused(reason.render(_), code="limit")
        seed = secrets.token_hex(8)
        paper = _paper(exam, place, person, hers, seed)
        attempt = Attempt.objects.create(
            pk=attempt_id,
            person=person,
            exam_key=exam_key,
            module_code=place.module.code,
            part=exam.part,
            one_page=exam.one_page,
            number=limits.next_number(past),
            seed=seed,
            paper=pack(paper),
            total=len(paper.items),
            started_at=now,
            ends_at=limits.ends_at(exam.limits, now, extra.minutes),
            read_by=read_by,
        )
        noting.note_asked(attempt=attempt, codes=[item.code for item in paper.items])
        detail = {"read_aloud": True} if read_by else {}
        trailing.record(actor=read_by or person, verb="assessments.exam_begun", subject=attempt, detail=detail, now=now)
    return attempt


def one_at_a_time(person: Person) -> None:
    """On SQLite writers queue anyway; elsewhere two beginnings of one person wait for each other."""
    if connection.features.has_select_for_update:
        list(Person.objects.select_for_update().filter(pk=person.pk).values_list("pk"))


def _taken_up(attempt: Attempt, read_by: Person | None, now: datetime) -> Attempt:
    """A trainer goes on reading an attempt that is open: from now on it says so."""
    if read_by is not None and attempt.is_open and attempt.read_by_id != read_by.pk:
        attempt.read_by = read_by
        attempt.save(update_fields=["read_by"])
        trailing.record(actor=read_by, verb="assessments.exam_taken_up", subject=attempt, now=now)
    return attempt


def _paper(exam: ExamPage, place: Place, person: Person, earlier: Sequence[Attempt], seed: str) -> Paper:
    known = blueprints.asked_before(exam, place.course, place.module, person.pk)
    paper = blueprints.paper(exam, place.course, place.module, seed=seed, failed=[*known, *_failed(earlier)])
    if not paper.items:
        raise Refused(_("This exam has no questions yet. Tell your trainer."), code="empty")
    return paper


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

    `person` sits the exam or reads it aloud. `now` is the server's clock, and alone decides about the end of the time.
    No line in the trail: the attempt says what and when, the entry says that it came. Raises Refused (unknown,
    handed_in, time_over, unfit).
    """
    with writing():
        attempt = _open_to(person, attempt_id)
        if not attempt.is_open:
            raise Refused(_("This exam was handed in already. Nothing was changed."), code="handed_in")
        if limits.is_over(attempt.ends_at, now):
            _close(attempt, now, actor=None, was_ended=True)  # right in itself, so it may stand beside the refusal
            raise Refused(_("The time is over. What was saved before is handed in."), code="time_over")
        item = attempt.questions.item(question)
        fault = misfit(item, answer) if item else None
        if item is None or fault:
            usual = _("This answer does not fit the question. Open it and answer again.")
            raise Refused(fault.render(_) if fault else usual, code="unfit")
        given = Given(tuple(answer), now, made_at or now, device)
        if given.replaces(attempt.given.get(question)):
            attempt.answers[str(question)] = pack_given(given)
            attempt.save(update_fields=["answers"])
    return attempt


def hand_in(*, person: Person, attempt_id: UUID, now: datetime, entry_id: UUID | None = None) -> Attempt:
    """Mark the attempt; when it is passed, the exam is done as a step. Handing in again changes nothing.

    Raises Refused (unknown; nothing_answered while there is time).
    """
    with writing():
        attempt = _open_to(person, attempt_id)
        if not attempt.is_open:
            return attempt
        is_over = limits.is_over(attempt.ends_at, now)
        if not attempt.answered and not is_over:
            raise Refused(_("Answer at least one question before you hand in."), code="nothing_answered")
        _close(attempt, now, actor=person, entry_id=entry_id, was_ended=is_over)
    return attempt


def end_if_over(*, attempt_id: UUID, now: datetime) -> bool:
    """Hand in an attempt whose time has passed, with what was saved. True when it did so now; again it does nothing."""
    with writing():
        attempt = Attempt.objects.select_for_update().over(now).filter(pk=attempt_id).first()
        if attempt is None:
            return False
        _close(attempt, now, actor=None, was_ended=True)
    return True


def end_what_is_over(*, now: datetime, most: int = 500) -> int:
    """Hand in the attempts whose time has passed, oldest end first; returns how many. Safe to run twice at once."""
    ids = list(Attempt.objects.over(now).order_by("ends_at").values_list("pk", flat=True)[:most])
    return sum(end_if_over(attempt_id=attempt_id, now=now) for attempt_id in ids)


def _close(
    attempt: Attempt, now: datetime, *, actor: Person | None, entry_id: UUID | None = None, was_ended: bool = False
) -> None:
    """A test before or after a training is done once it is handed in, and is never passed."""
    verdict = attempt.verdict()
    passed = verdict.passed and not attempt.is_test
    attempt.handed_in_at, attempt.was_ended = now, was_ended
    attempt.right, attempt.percent, attempt.passed = verdict.right, verdict.percent, passed
    attempt.critical_left = verdict.critical_left
    attempt.save(update_fields=["handed_in_at", "was_ended", "right", "percent", "critical_left", "passed"])
    if passed or attempt.is_test:
        progressing.mark_done(person=attempt.person, step_key=attempt.exam_key, entry_id=entry_id, now=now)
    detail = {"module": attempt.module_code, "percent": verdict.percent, "passed": passed, "part": attempt.part}
    if was_ended:
        detail["time_over"] = True
    trailing.record(actor=actor, verb="assessments.exam_handed_in", subject=attempt, detail=detail, now=now)


def _open_to(person: Person, attempt_id: UUID) -> Attempt:
    """Hers, or the one she reads aloud, locked until the transaction ends. Any other is as good as none."""
    attempt = Attempt.objects.select_for_update().open_to(person).filter(pk=attempt_id).first()
    if attempt is None:
        raise Refused(
            _("This attempt is not known here. Open the exam in its module again."), field="attempt", code="unknown"
        )
    return attempt
