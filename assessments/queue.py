"""The desk's lists: what waits, who holds it, what was returned or graded, appointments. Never writes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models.fields.json import KT

from assessments import marks
from assessments.models import Grading, PracticalPage, Sitting, Submission, Walk
from assessments.models.submissions import States, SubmissionQuerySet
from courses import outline
from courses.models import Cohort, CohortMember
from lms.kit.words import Sentence, gettext_noop
from lms.people.models import Person

STATES = {
    "": Sentence(gettext_noop("waiting for me")),
    "lain": Sentence(gettext_noop("with other assessors")),
    "kembali": Sentence(gettext_noop("returned")),
    "selesai": Sentence(gettext_noop("graded")),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What she filters by: `cohort` and `task` by key, empty for all; `state` a key of STATES."""

    cohort: str = ""
    task: str = ""
    state: str = ""

    @classmethod
    def read(cls, data: Any) -> "Wanted":
        state = str(data.get("keadaan", ""))
        return cls(_key(data.get("kelas")), _key(data.get("tugas")), state if state in STATES else "")

    @property
    def is_any(self) -> bool:
        return bool(self.cohort or self.task or self.state)


def _key(value: Any) -> str:
    try:
        return str(UUID(str(value)))
    except ValueError:
        return ""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list. `days` since it was handed in; `holder`: who grades it now."""

    submission: Submission
    days: int
    cohort: str
    part: str
    holder: Grading | None
    is_mine: bool


@dataclass(frozen=True, slots=True)
class Counts:
    waiting: int
    others: int
    returned: int


def found(trainer: Person, wanted: Wanted, now: datetime, today: date) -> SubmissionQuerySet:
    seen = _in_state(trainer, wanted.state, today)
    if wanted.task:
        seen = seen.of_task(wanted.task)
    if wanted.cohort:
        members = CohortMember.objects.filter(cohort__key=wanted.cohort, cohort__trainers=trainer)
        seen = seen.filter(person__in=members.values("person"))
    light: SubmissionQuerySet = marks.light(seen).select_related("person")
    return light


def _in_state(trainer: Person, state: str, today: date) -> SubmissionQuerySet:
    if not state:
        return marks.for_her(trainer, today)
    seen = marks.openable(trainer, today)
    if state == "lain":
        mine = marks.for_her(trainer, today).values("pk")
        return seen.filter(state=States.HANDED_IN).exclude(pk__in=mine).order_by("handed_in_at", "pk")
    if state == "kembali":
        return seen.filter(state=States.RETURNED).order_by("handed_in_at", "pk")
    return seen.graded().order_by("-graded_at", "pk")


def rows(trainer: Person, page: Sequence[Submission], now: datetime) -> list[Row]:
    """Two queries, however many rows: claims, classes."""
    ids = [one.pk for one in page]
    gradings: dict[UUID, list[Grading]] = {}
    for one in Grading.objects.filter(submission__in=ids).defer("comments", "passages").select_related("assessor"):
        gradings.setdefault(one.submission_id, []).append(one)
    places = CohortMember.objects.filter(person__in=[one.person_id for one in page], cohort__trainers=trainer)
    cohorts = dict(places.values_list("person_id", "cohort__name"))
    return [_row(one, gradings.get(one.pk, []), cohorts.get(one.person_id, ""), trainer, now) for one in page]


def _row(submission: Submission, gradings: list[Grading], cohort: str, trainer: Person, now: datetime) -> Row:
    part = marks.part_now(submission, gradings)
    held = next((one for one in gradings if one.round == submission.round and one.part == part), None)
    is_claim = held is not None and part != Grading.Parts.AGREED and held.decided_at is None
    is_mine = is_claim and held is not None and held.assessor_id == trainer.pk
    return Row(
        submission=submission,
        days=(now - submission.handed_in_at).days if submission.handed_in_at else 0,
        cohort=cohort,
        part=part,
        holder=held if is_claim and held and not is_mine and marks.is_held(held, now) else None,
        is_mine=is_mine,
    )


def counts(trainer: Person, now: datetime, today: date) -> Counts:
    waiting = marks.for_her(trainer, today)
    return Counts(
        waiting=waiting.count(),
        others=waiting.filter(marks.held_by_others(trainer, now)).count(),
        returned=_in_state(trainer, "kembali", today).count(),
    )


@dataclass(frozen=True, slots=True)
class Task:
    """A published practical task. `is_watched`: a trainer enters it."""

    key: UUID
    title: str
    module: str
    is_watched: bool


def tasks() -> list[Task]:
    """Of every course, in its order; those that are watched first."""
    watched = set(
        PracticalPage.objects.live().filter(mode=PracticalPage.Modes.OBSERVED).values_list("translation_key", flat=True)
    )
    published = [
        Task(step.key, step.title, module.outer_title, step.key in watched)
        for course in outline.course_plans()
        for module in course.modules
        for step in module.steps
        if step.kind == PracticalPage.kind
    ]
    return sorted(published, key=lambda one: not one.is_watched)


@dataclass(frozen=True, slots=True)
class Choices:
    cohorts: tuple[Cohort, ...]
    tasks: tuple[Task, ...]
    states: Mapping[str, Sentence]


def choices(trainer: Person) -> Choices:
    hers = Cohort.objects.visible_to(trainer, as_role=marks.AS).filter(trainers=trainer)[:50]
    return Choices(tuple(hers), tuple(tasks()), STATES)


# Appointments


@dataclass(frozen=True, slots=True)
class Planned:
    """An appointment and its task; `title` empty when the task is no longer part of a course."""

    sitting: Sitting
    title: str
    is_overdue: bool


def sittings(trainer: Person, today: date) -> Any:
    """Planned ones of her people, the earliest first."""
    hers = marks.learners_of(trainer, today).order_by().values("pk")
    return Sitting.objects.planned().filter(person__in=hers).select_related("person", "assessor")


def planned(page: Iterable[Sitting], now: datetime) -> list[Planned]:
    titles = {one.key: one.title for one in tasks()}
    return [Planned(one, titles.get(one.task_key, ""), one.at < now) for one in page]


# Stories: how people of her classes walked


def walks(trainer: Person, wanted: Wanted, today: date) -> Any:
    """Walks of her people that ended, the newest first, without the stories."""
    hers = marks.learners_of(trainer, today).order_by()
    if wanted.cohort:
        members = CohortMember.objects.filter(cohort__key=wanted.cohort, cohort__trainers=trainer)
        hers = hers.filter(pk__in=members.values("person"))
    seen = Walk.objects.visible_to(trainer, as_role=marks.AS).filter(
        person__in=hers.values("pk"), ended_at__isnull=False
    )
    light = seen.defer("story", "path").annotate(told_title=KT("story__title"))
    return light.select_related("person").order_by("-ended_at", "pk")
