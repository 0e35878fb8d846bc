"""What came of exams and practice, for pages and for the apps above. Never writes."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from assessments import blueprints
from assessments.models import Attempt, ExamPage, PracticeAnswer, PracticePage, Question
from assessments.rules import attempts as limits
from assessments.rules import drawing, marking, reviewing
from assessments.rules.items import Item
from courses import outline
from courses.outline import Place
from courses.rules import CoursePlan, Spot, StepPlan
from lms.kit.words import Sentence
from lms.people.models import Person


@dataclass(frozen=True, slots=True)
class ExamPassed:
    """A passed exam: the best result in percent (0-100), and the day it was first passed."""

    percent: int
    passed_on: date


def passed_exams(person_ids: Collection[int]) -> dict[int, dict[str, ExamPassed]]:
    """By person, then by module code; an entry for everybody asked for. One query.

    Tests before and after a training never count.
    """
    found: dict[int, dict[str, ExamPassed]] = {person_id: {} for person_id in person_ids}
    rows = Attempt.objects.filter(person__in=person_ids, passed=True, part="exam").order_by("handed_in_at")
    for person_id, code, percent, at in rows.values_list("person_id", "module_code", "percent", "handed_in_at"):
        before = found[person_id].get(code)
        best = max(percent or 0, before.percent if before else 0)
        found[person_id][code] = ExamPassed(best, before.passed_on if before else timezone.localdate(at))
    return found


@dataclass(frozen=True, slots=True)
class ExamStanding:
    """An exam for one person. `left`: attempts that may still begin, None when they are not counted.

    `total`, `needed`, `critical`: questions of a paper, how many must be right, how many are about safety.
    `extra`: minutes that she was given beyond the others.
    """

    handed_in: tuple[Attempt, ...]
    open_attempt: Attempt | None
    lock: Sentence | None
    left: int | None
    total: int
    needed: int
    critical: int
    extra: int = 0

    @property
    def passed(self) -> Attempt | None:
        return next((one for one in self.handed_in if one.passed), None)

    @property
    def may_begin(self) -> bool:
        return self.lock is None and self.open_attempt is None and self.total > 0


def exam_standing(person: Person, exam: ExamPage, place: Place, now: datetime) -> ExamStanding:
    """Three queries: her attempts, her extra minutes, the bank; two more for a test after a training."""
    hers = list(Attempt.objects.filter(person=person).at(place.step.key).defer("paper").order_by("number"))
    past = [one.as_past() for one in hers]
    extra = blueprints.extra_minutes(person, place.step.key)
    size = blueprints.size(exam, place.course, place.module)
    return ExamStanding(
        handed_in=tuple(one for one in hers if not one.is_open),
        open_attempt=next((one for one in hers if one.is_open), None),
        lock=limits.lock_reason(exam.limits, past, now, extra),
        left=limits.left(exam.limits, past),
        total=size.total,
        needed=marking.needed(size.total, exam.pass_percent),
        critical=size.critical,
        extra=extra,
    )


def attempt_begun(person: Person, exam_key: UUID, attempt_id: UUID) -> Attempt | None:
    """The attempt that an earlier entry began: under this UUID, or the one that was open then."""
    hers = Attempt.objects.filter(person=person).at(exam_key).order_by("-number")
    return hers.filter(pk=attempt_id).first() or hers.first()


def first_open(attempt: Attempt) -> int:
    """The number of the first question without an answer; of the last question when all have one."""
    numbers = range(1, attempt.total + 1)
    return next((number for number in numbers if number not in attempt.answered), attempt.total)


@dataclass(frozen=True, slots=True)
class LessonResult:
    """A lesson in a result. `step` is None (`number` 0) when the lesson is gone or was never named."""

    step: StepPlan | None
    number: int
    review: reviewing.LessonReview


@dataclass(frozen=True, slots=True)
class ExamResult:
    """A marked attempt by lesson. It holds no question, no key and no answer.

    `needed`: how many must be right; `critical`: how many questions about safety were asked.
    """

    again: tuple[LessonResult, ...]
    strong: tuple[LessonResult, ...]
    needed: int
    critical: int

    @property
    def first(self) -> LessonResult | None:
        """The lesson to begin with."""
        return next((one for one in self.again if one.step), None)


def exam_result(attempt: Attempt, spot: tuple[CoursePlan, Spot] | None) -> ExamResult:
    """What to look at again and what is strong, in the words of the module as it is now."""
    lessons = spot[1].module.lessons if spot else ()
    steps = {str(step.key): (number, step) for number, step in enumerate(lessons, 1)}

    def of(one: reviewing.LessonReview) -> LessonResult:
        number, step = steps.get(one.lesson, (0, None))
        return LessonResult(step, number, one)

    verdict = attempt.verdict()
    found = reviewing.review(verdict.marks, list(steps))
    strong = tuple(of(one) for one in found.strong if one.lesson in steps)
    critical = sum(mark.is_critical for mark in verdict.marks)
    return ExamResult(tuple(of(one) for one in found.again), strong, verdict.needed, critical)


@dataclass(frozen=True, slots=True)
class Practised:
    """One question of a practice with her latest answer, if any. Practice may show its key."""

    number: int
    item: Item
    answer: PracticeAnswer | None

    @property
    def keys(self) -> Sequence[str]:
        return self.answer.given.keys if self.answer else ()


def practised(person: Person, page: PracticePage) -> list[Practised]:
    """The questions of a practice in their order, choices shuffled for this person. Two queries."""
    bank = {question.code: question for question in Question.objects.for_practice().filter(code__in=page.questions)}
    answers = practice_answers(person, page.translation_key)
    asked = [bank[code] for code in page.questions if code in bank]
    return [
        Practised(number, shown_item(question.as_item(), person), answers.get(question.code))
        for number, question in enumerate(asked, 1)
    ]


def shown_item(item: Item, person: Person) -> Item:
    """A practice question with its choices in the order in which this person always sees them."""
    return drawing.with_shuffled_choices(item, f"practice-{person.pk}")


def practice_answers(person: Person, practice_key: UUID) -> Mapping[str, PracticeAnswer]:
    """Her answers by the code of the question."""
    return {one.question: one for one in PracticeAnswer.objects.filter(person=person, practice_key=practice_key)}


def spot_of(attempt: Attempt) -> tuple[CoursePlan, Spot] | None:
    """Where the exam stands now, or None when it is no longer published. One query."""
    return outline.find_spot(attempt.exam_key)
