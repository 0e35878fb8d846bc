"""The exams of a class, and how far its people are in one of them, for its trainers. Only reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Sum

from assessments.models import Attempt, ExamPage, ExtraTime
from assessments.rules import attempts as limits
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

    `attempt` is the open one, else the best passed, else the last; `extra`: minutes beyond the others.
    """

    person: Person
    attempt: Attempt | None
    minutes_left: int | None
    extra: int


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


def sitters(people: Sequence[Person], exam_key: UUID, now: datetime) -> list[Sitter]:
    """In the order given. Two queries."""
    attempts: dict[int, Attempt] = {}
    for one in Attempt.objects.filter(person__in=people).at(exam_key).defer("paper", "answers").order_by("number"):
        before = attempts.get(one.person_id)
        if before is None or one.is_open or not (before.passed or before.is_open):
            attempts[one.person_id] = one
    given = ExtraTime.objects.filter(person__in=people, exam_key=exam_key).order_by()
    extra = dict(given.values_list("person").annotate(total=Sum("minutes")))
    return [
        Sitter(
            person,
            attempt := attempts.get(person.pk),
            limits.minutes_left(attempt.ends_at, now) if attempt and attempt.is_open else None,
            extra.get(person.pk, 0),
        )
        for person in people
    ]
