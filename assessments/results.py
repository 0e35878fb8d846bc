"""What came of exams and practice, for pages and for the apps above. Never writes."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from assessments import blueprints
from assessments.models import Attempt, ExamPage, PracticeAnswer, PracticePage, Question
from assessments.rules import attempts as limits
from assessments.rules import drawing, marking, reviewing
from assessments.rules.items import Item
from courses import outline
from courses.outline import Place
from courses.rules import CoursePlan, ModulePlan, Spot, StepPlan
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


NO_EXTRA = limits.Extra()


@dataclass(frozen=True, slots=True)
class ExamStanding:
    """An exam for one person. `left`: attempts that may still begin, None when they are not counted.

    `total`, `needed`, `critical`: questions of a paper, how many must be right, how many are about safety.
    `attempts`: how many she has in all, 0 for any number; `extra`: what she was given beyond the others.
    """

    handed_in: tuple[Attempt, ...]
    open_attempt: Attempt | None
    lock: Sentence | None
    left: int | None
    total: int
    needed: int
    critical: int
    attempts: int = 0
    extra: limits.Extra = NO_EXTRA

    @property
    def passed(self) -> Attempt | None:
        return next((one for one in self.handed_in if one.passed), None)

    @property
    def may_begin(self) -> bool:
        return self.lock is None and self.open_attempt is None and self.total > 0


Restart = Callable[[Person, str, date], date | None]
_restarts: list[Restart] = []


def register_restart(gather: Restart) -> None:
    """`gather(person, module_code, today)`: the last day whose passed exams no longer count, or None."""
    if gather not in _restarts:
        _restarts.append(gather)


def still_counting(person: Person, module_code: str, attempts: Sequence[Attempt], now: datetime) -> list[Attempt]:
    """Attempts of one exam without those before a restart: after a long break it is taken anew."""
    if not any(one.passed for one in attempts):
        return list(attempts)
    days = [gather(person, module_code, timezone.localdate(now)) for gather in _restarts]
    since = max((day for day in days if day), default=date.min)
    return [one for one in attempts if one.handed_in_at is None or timezone.localdate(one.handed_in_at) > since]


def exam_standing(person: Person, exam: ExamPage, place: Place, now: datetime) -> ExamStanding:
    """Three queries: her attempts, what she was given beyond others, the bank; two more for a test after a training."""
    hers = list(Attempt.objects.filter(person=person).at(place.step.key).defer("paper").order_by("number"))
    hers = still_counting(person, place.module.code, hers, now)
    past = [one.as_past() for one in hers]
    extra = blueprints.extra_of(person, place.step.key)
    given = limits.widened(exam.limits, extra)
    size = blueprints.size(exam, place.course, place.module)
    return ExamStanding(
        handed_in=tuple(one for one in hers if not one.is_open),
        open_attempt=next((one for one in hers if one.is_open), None),
        lock=limits.lock_reason(given, past, now, extra.minutes),
        left=limits.left(given, past),
        total=size.total,
        needed=marking.needed(size.total, exam.pass_percent),
        critical=size.critical,
        attempts=given.attempts,
        extra=extra,
    )


def attempt_begun(sender: Person, sent: Mapping[str, Any]) -> Attempt | None:
    """The attempt that an earlier entry began: under this UUID, or the one open then. `sent` is a read form."""
    hers = Attempt.objects.open_to(sender).filter(person=sent["learner"] or sender.pk)
    hers = hers.at(sent["exam"]).order_by("-number")
    return hers.filter(pk=sent["attempt"]).first() or hers.first()


def first_open(attempt: Attempt) -> int:
    """The number of the first question without an answer; of the last question when all have one."""
    numbers = range(1, attempt.total + 1)
    return next((number for number in numbers if number not in attempt.answered), attempt.total)


@dataclass(frozen=True, slots=True)
class LessonResult:
    """A lesson in a result. `step` and `module` are None (`number` 0) when the lesson is gone or was never named.

    `module_number` is 0 for a lesson of the exam's own module.
    """

    step: StepPlan | None
    number: int
    review: reviewing.LessonReview
    module: ModulePlan | None = None
    module_number: int = 0


@dataclass(frozen=True, slots=True)
class ExamResult:
    """A marked attempt by lesson. It holds no question, no key and no answer.

    `needed`: how many must be right; `critical`: how many questions about safety were asked; `has_parts`: parts of a
    mark were given, so that the percent says more than the count; `pass_percent`: as it was when she sat it.
    """

    again: tuple[LessonResult, ...]
    strong: tuple[LessonResult, ...]
    needed: int
    critical: int
    has_parts: bool = False
    pass_percent: int = 0

    @property
    def first(self) -> LessonResult | None:
        """The lesson to begin with."""
        return next((one for one in self.again if one.step), None)


def exam_result(attempt: Attempt, spot: tuple[CoursePlan, Spot] | None) -> ExamResult:
    """What to look at again and what is strong, in the words of the module as it is now."""
    steps = _lessons_of(*spot) if spot else {}

    def of(one: reviewing.LessonReview) -> LessonResult:
        return replace(steps.get(one.lesson, LessonResult(None, 0, one)), review=one)

    verdict = attempt.verdict()
    found = reviewing.review(verdict.marks, list(steps))
    strong = tuple(of(one) for one in found.strong if one.lesson in steps)
    critical = sum(mark.is_critical for mark in verdict.marks)
    has_parts = any(0 < mark.credit < 1 for mark in verdict.marks)
    return ExamResult(
        again=tuple(of(one) for one in found.again),
        strong=strong,
        needed=verdict.needed,
        critical=critical,
        has_parts=has_parts,
        pass_percent=verdict.pass_percent,
    )


def _lessons_of(course: CoursePlan, spot: Spot) -> dict[str, LessonResult]:
    """The lessons of the exam's module, then those of the course, by key."""
    nothing = reviewing.LessonReview("", 0, 0)
    found: dict[str, LessonResult] = {}
    for module in (spot.module, *course.modules):
        module_number = 0 if module.key == spot.module.key else course.number_of(module)
        for number, step in enumerate(module.lessons, 1):
            found.setdefault(str(step.key), LessonResult(step, number, nothing, module, module_number))
    return found


@dataclass(frozen=True, slots=True)
class Explained:
    """A question after the exam was closed for everybody: what was asked, whether she had it right, why."""

    number: int
    ask: str
    is_right: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a result may tell now. `opens_at`: nothing but the mark before that; None: it is open.

    `explained` only holds questions that nobody can be asked any more.
    """

    opens_at: datetime | None = None
    explained: tuple[Explained, ...] = ()


def feedback(attempt: Attempt, exam: ExamPage | None, now: datetime) -> Feedback:
    """No query for an exam that tells at once; up to three after it was closed."""
    if exam is None or exam.feedback == ExamPage.Feedback.AT_ONCE or exam.closes_at is None:
        return Feedback()
    if not is_closed(exam, now):
        return Feedback(opens_at=exam.closes_at)
    paper, marks = attempt.questions, attempt.verdict().marks
    bank = Question.objects.filter(code__in=[item.code for item in paper.items]).annotate(
        key=F("module__translation_key")
    )
    in_use = dict(bank.exclude(use=Question.Use.RESTING).values_list("code", "key"))
    elsewhere = blueprints.modules_asked(exam.translation_key, now)
    return Feedback(
        explained=tuple(
            Explained(mark.number, item.ask, mark.is_right, item.reason_text)
            for item, mark in zip(paper.items, marks, strict=True)
            if item.reason
            and reviewing.may_explain(
                is_resting=item.code not in in_use,
                is_closed=True,
                is_asked_elsewhere=in_use.get(item.code) in elsewhere,
            )
        )
    )


def is_closed(exam: ExamPage, now: datetime) -> bool:
    """For everybody: its time has passed, and nobody who was given more time is still sitting it. One query at most."""
    if exam.closes_at is None or not limits.is_over(exam.closes_at, now):
        return False
    return not Attempt.objects.at(exam.translation_key).filter(handed_in_at=None).exists()


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
