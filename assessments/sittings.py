"""The exams of a class, and how far its people are in one of them, for its trainers. Only reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from assessments import blueprints
from assessments.models import Attempt, ExamPage
from assessments.rules import attempts as limits
from assessments.rules.attempts import Extra
from courses import outline
from courses.models import Cohort
from courses.rules import CoursePlan, ModulePlan
from lms.people.models import Person


@dataclass(frozen=True, slots=True)
class ClassExam:
    """An exam of the class's course and its module."""

    exam: ExamPage
    module: ModulePlan
    module_number: int

    @property
    def has_end(self) -> bool:
        """More time can be given."""
        return bool(self.exam.limit_minutes or self.exam.closes_at)


@dataclass(frozen=True, slots=True)
class Sitter:
    """One person of the class and this exam. `minutes_left` of her open attempt: None without an end.

    `attempt` is the open one, else the best passed, else the last; `extra`: what she was given beyond the others;
    `is_used_up`: nothing is left but another attempt from her trainer.
    """

    person: Person
    attempt: Attempt | None
    minutes_left: int | None
    extra: Extra
    is_used_up: bool


def exams_of(course: CoursePlan | None) -> list[ClassExam]:
    """In the order of the course. One query."""
    places = {step.key: one for one in course.modules for step in one.steps} if course else {}
    pages = ExamPage.objects.live().filter(translation_key__in=list(places)).order_by("path")
    return [
        ClassExam(page, places[page.translation_key], course.number_of(places[page.translation_key]))
        for page in pages
        if course
    ]


def exam_of(cohort: Cohort, exam_key: UUID) -> ClassExam | None:
    plan = outline.outline().find_course_key(cohort.course_key)
    return next((one for one in exams_of(plan) if one.exam.translation_key == exam_key), None)


def sitters(people: Sequence[Person], exam: ExamPage, now: datetime) -> list[Sitter]:
    """In the order given. Two queries."""
    key = exam.translation_key
    attempts: dict[int, list[Attempt]] = {}
    for one in Attempt.objects.filter(person__in=people).at(key).defer("paper", "answers").order_by("number"):
        attempts.setdefault(one.person_id, []).append(one)
    extras = blueprints.extras(people, key)
    return [
        _sitter(person, attempts.get(person.pk, []), extras.get(person.pk, Extra()), exam, now) for person in people
    ]


def _sitter(person: Person, attempts: Sequence[Attempt], extra: Extra, exam: ExamPage, now: datetime) -> Sitter:
    told = max(attempts, key=lambda one: (one.is_open, one.passed, one.number), default=None)
    past = [one.as_past() for one in attempts]
    return Sitter(
        person=person,
        attempt=told,
        minutes_left=limits.minutes_left(told.ends_at, now) if told and told.is_open else None,
        extra=extra,
        is_used_up=not exam.is_test and limits.may_have_another(limits.widened(exam.limits, extra), past) is None,
    )
