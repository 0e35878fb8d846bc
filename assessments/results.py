"""What came of exams, for those above and for pages. Never writes."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from assessments.models import Attempt
from courses import outline
from lms.people.models import Person


@dataclass(frozen=True, slots=True)
class ExamPassed:
    """The exam of a module: her best result in percent (0-100), and the day she first passed."""

    percent: int
    passed_on: date


def passed_exams(person_ids: Collection[int]) -> dict[int, dict[str, ExamPassed]]:
    """By person, then by module code; an entry for everybody asked for. Two queries (edition, attempts).

    An exam that is no longer part of a course is left out.
    """
    found: dict[int, dict[str, ExamPassed]] = {person_id: {} for person_id in person_ids}
    codes = _module_codes()
    rows = Attempt.objects.passed().filter(learner__in=person_ids).order_by("handed_in_at")
    for learner, exam_key, percent, handed_in_at in rows.values_list(
        "learner_id", "exam_key", "percent", "handed_in_at"
    ):
        code = codes.get(exam_key)
        if code is None:
            continue
        before = found[learner].get(code)
        if before is None:
            found[learner][code] = ExamPassed(percent, timezone.localdate(handed_in_at))
        elif percent > before.percent:
            found[learner][code] = ExamPassed(percent, before.passed_on)
    return found


def _module_codes() -> dict[UUID, str]:
    """Exam key -> module code."""
    return {
        step.key: module.code
        for course in outline.course_plans()
        for module in course.modules
        for step in module.steps
        if step.kind == "exam"
    }


def attempts_at(person: Person, exam_key: UUID) -> list[Attempt]:
    """Her attempts at one exam, the first one first. One query."""
    return list(Attempt.objects.of(person, exam_key).defer("paper"))


def attempt_begun(person: Person, exam_key: UUID, attempt_id: UUID) -> Attempt | None:
    """The attempt that a known entry began, or the one that was open already."""
    attempts = Attempt.objects.of(person, exam_key)
    return attempts.filter(pk=attempt_id).first() or attempts.open().first() or attempts.last()
