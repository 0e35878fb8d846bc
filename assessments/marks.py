"""What waits to be graded, who may see it, and what came of it. Never writes."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.fields.json import KT
from django.utils import timezone

from assessments.models import Grading, Submission
from assessments.models.submissions import CLAIM_LASTS, States, SubmissionQuerySet
from assessments.rules import rubrics
from assessments.rules.rubrics import Criterion, Difference, Outcome, Tie
from courses.models import CohortMember
from lms.people import scoping
from lms.people.models import Person, Role

Parts = Grading.Parts
AS = "trainer"


# People of one village group do not grade each other: their leader is among them (docs/panduan/pelatih.md).
GROUPS_APART = True


# Who sees what


def in_sight(trainer: Person) -> SubmissionQuerySet:
    """Work of the learners of her region, not her own."""
    seen: SubmissionQuerySet = Submission.objects.visible_to(trainer, as_role=AS).exclude(person=trainer)
    return seen


def of_her_classes(trainer: Person, today: date, who: str = "person") -> Q:
    """Members of the classes she teaches, and people whom no trainer teaches now: their work must not lie forgotten."""
    places = CohortMember.objects.filter(person=OuterRef(who)).order_by()
    trainers = Role.objects.on(today).filter(kind=AS).values("person")
    return Q(Exists(places.filter(cohort__trainers=trainer))) | ~Q(Exists(places.filter(cohort__trainers__in=trainers)))


def learners_of(trainer: Person, today: date) -> QuerySet[Person]:
    """Whom she may watch and grade: of her classes and region, not herself, not of her own village group."""
    seen = scoping.visible_persons(trainer, as_role=AS).filter(of_her_classes(trainer, today, "pk"), is_active=True)
    if trainer.group_id and GROUPS_APART:
        seen = seen.exclude(group=trainer.group_id)
    return seen.exclude(pk=trainer.pk).order_by("name", "pk")


def _decided(part: str, **more: Any) -> Exists:
    """In this round."""
    same = Grading.objects.filter(submission=OuterRef("pk"), round=OuterRef("round"), part=part, **more)
    return Exists(same.filter(decided_at__isnull=False).order_by())


def staged(seen: SubmissionQuerySet, trainer: Person) -> SubmissionQuerySet:
    """With what is decided of this round: `has_first`, `has_second`, `is_mine` (she is one of the two)."""
    mine = Grading.objects.filter(
        submission=OuterRef("pk"), round=OuterRef("round"), assessor=trainer, decided_at__isnull=False
    )
    proposed = Grading.objects.filter(
        submission=OuterRef("pk"), round=OuterRef("round"), assessor=trainer, part=Parts.AGREED
    )
    return seen.annotate(
        has_first=_decided(Parts.FIRST),
        has_second=_decided(Parts.SECOND),
        is_mine=Exists(mine.order_by()),
        is_proposed=Exists(proposed.order_by()),
    )


def for_her(trainer: Person, today: date) -> SubmissionQuerySet:
    """What she can grade now, the oldest first. A second assessor may be any trainer of the region."""
    waiting = staged(in_sight(trainer).waiting(), trainer)
    if trainer.group_id and GROUPS_APART:
        waiting = waiting.exclude(person__group=trainer.group_id)
    hers = of_her_classes(trainer, today)
    first = Q(has_first=False) & hers
    second = Q(has_first=True, has_second=False, is_mine=False)
    agreed = Q(has_second=True, is_proposed=False) & (Q(is_mine=True) | hers)
    return waiting.filter(first | second | agreed)


def openable(trainer: Person, today: date) -> SubmissionQuerySet:
    """Work of her classes once it was handed in, what asks for a second assessor, and what she graded."""
    hers = Grading.objects.filter(submission=OuterRef("pk"), assessor=trainer).order_by()
    seen = staged(in_sight(trainer).exclude(state=States.DRAFT), trainer)
    return seen.filter(of_her_classes(trainer, today) | Q(has_first=True, state=States.HANDED_IN) | Q(Exists(hers)))


def held_by_others(trainer: Person, now: datetime) -> Exists:
    held = Grading.objects.held(now).filter(submission=OuterRef("pk"), round=OuterRef("round"))
    return Exists(held.exclude(part=Parts.AGREED).exclude(assessor=trainer).order_by())


def next_for(trainer: Person, now: datetime, today: date, *, but: Any = None) -> Submission | None:
    """The oldest that nobody else holds."""
    return for_her(trainer, today).exclude(pk=but).exclude(held_by_others(trainer, now)).defer("answers").first()


def light(seen: SubmissionQuerySet) -> SubmissionQuerySet:
    """Without the task and the answers, which are long; with its title as `task_title`."""
    return seen.defer("task", "answers").annotate(task_title=KT("task__title"))


def part_now(submission: Submission, gradings: Iterable[Grading]) -> str:
    """What this round waits for."""
    decided = {one.part for one in gradings if one.round == submission.round and one.decided_at}
    if Parts.FIRST not in decided:
        return Parts.FIRST
    return Parts.AGREED if Parts.SECOND in decided else Parts.SECOND


def tie_of(submission: Submission, gradings: Sequence[Grading], assessor: Person, today: date) -> Tie:
    """How she stands to this work, for `rubrics.may_grade`."""
    part = part_now(submission, gradings)
    seen = in_sight(assessor).filter(pk=submission.pk)
    if part == Parts.FIRST:
        seen = seen.filter(of_her_classes(assessor, today))
    person = submission.person
    hers = [one for one in gradings if one.round == submission.round and one.assessor_id == assessor.pk]
    return Tie(
        is_herself=submission.person_id == assessor.pk,
        is_in_scope=seen.exists(),
        is_of_her_group=person.group_id is not None and person.group_id == assessor.group_id,
        graded_first=part == Parts.SECOND and any(one.decided_at for one in hers),
    )


# One submission


def rubric_of(submission: Submission) -> tuple[Criterion, ...]:
    return rubrics.read(submission.task["rubric"])


def outcome(submission: Submission, levels: Mapping[str, Any]) -> Outcome:
    return rubrics.score(rubric_of(submission), levels, int(submission.task["pass_percent"]))


def gradings_of(submission: Submission) -> list[Grading]:
    return list(
        Grading.objects.filter(submission=submission).select_related("assessor").order_by("round", "claimed_at")
    )


def is_held(grading: Grading, now: datetime) -> bool:
    """A claim that still keeps others out."""
    return grading.decided_at is None and grading.touched_at > now - CLAIM_LASTS


def shown_to(viewer: Person, submission: Submission, gradings: Iterable[Grading]) -> list[Grading]:
    """Decided gradings that she may read: no second assessor sees the first's levels before she has decided."""
    gradings = list(gradings)
    is_open = submission.state != States.HANDED_IN or part_now(submission, gradings) == Parts.AGREED
    return [
        one
        for one in gradings
        if one.decided_at and (is_open or one.round < submission.round or one.assessor_id == viewer.pk)
    ]


@dataclass(frozen=True, slots=True)
class Both:
    """The two gradings of a round, where they differ, and what one of the two has proposed."""

    first: Grading
    second: Grading
    differences: tuple[Difference, ...]
    proposal: Grading | None


def both_of(submission: Submission, gradings: Iterable[Grading]) -> Both | None:
    now = {one.part: one for one in gradings if one.round == submission.round}
    first, second = now.get(Parts.FIRST), now.get(Parts.SECOND)
    if not (first and second and first.decided_at and second.decided_at):
        return None
    apart = rubrics.differences(rubric_of(submission), first.levels, second.levels)
    return Both(first, second, apart, now.get(Parts.AGREED))


# What came of it


@dataclass(frozen=True, slots=True)
class MarkedRow:
    """A criterion as it was graded: `level` None when it was not; `comments` of every assessor."""

    criterion: Criterion
    level: int | None
    comments: tuple[str, ...]

    @property
    def text(self) -> str:
        return "" if self.level is None else self.criterion.levels[self.level]

    @property
    def is_missing(self) -> bool:
        return self.level is not None and self.level < self.criterion.least


@dataclass(frozen=True, slots=True)
class Passage:
    """A comment on words of hers. `label`: the question of the form they stand under."""

    field: str
    label: str
    quote: str
    text: str


@dataclass(frozen=True, slots=True)
class Told:
    """What one round came to. `verdict`: pass, fail or return; `outcome` only where levels count (not for a return)."""

    round: int
    at: datetime
    verdict: str
    assessors: tuple[str, ...]
    outcome: Outcome
    rows: tuple[MarkedRow, ...]
    passages: tuple[Passage, ...]
    remarks: tuple[str, ...]


def outcome_of(submission: Submission) -> tuple[Told, ...]:
    """What her assessors say, the newest round first; nothing of a round that waits for a second one. One query."""
    is_open = submission.state == States.HANDED_IN
    decided = [one for one in gradings_of(submission) if one.decided_at]
    return told_rounds(submission, [one for one in decided if not is_open or one.round < submission.round])


def told_rounds(submission: Submission, decided: Iterable[Grading]) -> tuple[Told, ...]:
    """The newest round first."""
    rounds: dict[int, list[Grading]] = {}
    for one in decided:
        rounds.setdefault(one.round, []).append(one)
    return tuple(_told(submission, rounds[number]) for number in sorted(rounds, reverse=True))


def _told(submission: Submission, gradings: Sequence[Grading]) -> Told:
    last = next((one for one in gradings if one.part == Parts.AGREED), gradings[-1])
    names = {field["code"]: field["label"] for field in submission.task["fields"]}
    comments: dict[str, list[str]] = {}
    for one in gradings:
        for code, text in one.comments.items():
            comments.setdefault(code, []).append(text)
    return Told(
        round=last.round,
        at=max(one.decided_at for one in gradings if one.decided_at),
        verdict=last.verdict,
        assessors=tuple(dict.fromkeys(one.assessor.address for one in gradings)),
        outcome=outcome(submission, last.levels),
        rows=tuple(
            MarkedRow(one, rubrics.sound([one], last.levels).get(one.code), tuple(comments.get(one.code, ())))
            for one in rubric_of(submission)
        ),
        passages=tuple(
            Passage(one["field"], names.get(one["field"], ""), one["quote"], one["text"])
            for grading in gradings
            for one in grading.passages
        ),
        remarks=tuple(one.remark for one in gradings if one.remark),
    )


@dataclass(frozen=True, slots=True)
class TaskPassed:
    """A passed task: the best result in percent (0-100), and the day it was first passed."""

    percent: int
    passed_on: date


@dataclass(frozen=True, slots=True)
class Tasks:
    """The tasks of one person by module code: those that were passed, and those that wait for an assessor."""

    passed: dict[str, TaskPassed]
    waiting: set[str]


def tasks_of(person_ids: Collection[int]) -> dict[int, Tasks]:
    """An entry for everybody asked for. One query."""
    found = {person_id: Tasks({}, set()) for person_id in person_ids}
    rows = Submission.objects.filter(Q(passed=True) | Q(state=States.HANDED_IN), person__in=person_ids)
    values = ("person_id", "module_code", "percent", "graded_at", "passed")
    for person_id, code, percent, at, passed in rows.order_by("graded_at").values_list(*values):
        hers = found[person_id]
        if not passed:
            hers.waiting.add(code)
            continue
        before = hers.passed.get(code)
        best = max(percent or 0, before.percent if before else 0)
        hers.passed[code] = TaskPassed(best, before.passed_on if before else timezone.localdate(at))
    return found


def passed_tasks(person_ids: Collection[int]) -> dict[int, dict[str, TaskPassed]]:
    """By person, then by module code; an entry for everybody asked for. One query."""
    return {person_id: hers.passed for person_id, hers in tasks_of(person_ids).items()}
