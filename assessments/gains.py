"""What the tests before and after a training show, for a learner and for a class. Only reads."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from assessments import blueprints
from assessments.models import Attempt, ExamPage
from assessments.rules import gain
from assessments.rules.gain import Gain, Measured
from courses.outline import Place
from courses.rules import CoursePlan, ModulePlan
from lms.kit.words import Sentence
from lms.people.models import Person


@dataclass(frozen=True, slots=True)
class ClassGain:
    """One pair of tests in a class. `gain` is None while fewer than five people sat both."""

    title: str
    both: int
    gain: Gain | None

    @property
    def said(self) -> tuple[Sentence, ...]:
        return gain.said_of_a_class(self.gain, self.both)


def said_to(person: Person, page: ExamPage, place: Place) -> tuple[Sentence, ...]:
    """Hers in words, once she has handed in both tests; the first attempt of each counts. Two queries."""
    pair = blueprints.pair_of(page, place.course, place.module)
    if pair.before is None or pair.after is None:
        return ()
    tested = _tested(pair.before.translation_key, pair.after.translation_key, [person.pk])
    return gain.said_to_her(gain.gain_of(tested[person.pk])) if person.pk in tested else ()


def gains_in(course: CoursePlan, person_ids: Any) -> list[ClassGain]:
    """Every pair of tests of the course, summed up for these people (numbers, or a query for them).

    One query, and one a pair.
    """
    found = []
    for before, after in _pairs(course):
        tested = _tested(before.translation_key, after.translation_key, person_ids)
        found.append(ClassGain(after.title, len(tested), gain.gain_of_class(tested.values())))
    return found


def _pairs(course: CoursePlan) -> Iterable[tuple[ExamPage, ExamPage]]:
    """The tests of the whole course, then those of single modules."""
    modules: dict[UUID, ModulePlan] = {step.key: one for one in course.modules for step in one.steps}
    pages = ExamPage.objects.live().filter(translation_key__in=list(modules)).exclude(part="exam").order_by("path")
    found: dict[object, dict[str, ExamPage]] = {}
    for page in pages:
        of_course = page.bank == ExamPage.Bank.COURSE
        where = None if of_course else modules[page.translation_key].key
        found.setdefault(where, {}).setdefault(page.part, page)
    return [(pair["before"], pair["after"]) for pair in found.values() if len(pair) > 1]


def _tested(before: UUID, after: UUID, person_ids: Any) -> dict[int, Measured]:
    """By person, for those who handed in both; the first attempt of each. One query."""
    first: dict[UUID, dict[int, int]] = {before: {}, after: {}}
    rows = Attempt.objects.filter(exam_key__in=first, person__in=person_ids, handed_in_at__isnull=False)
    for key, person_id, percent in rows.order_by("number").values_list("exam_key", "person_id", "percent"):
        first[key].setdefault(person_id, percent or 0)
    return {one: Measured(first[before][one], first[after][one]) for one in first[before] if one in first[after]}
