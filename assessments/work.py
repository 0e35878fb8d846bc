"""Her work on practical tasks, for pages and forms. Never writes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from assessments import marks
from assessments.models import PracticalPage, Sitting, Submission
from assessments.models.submissions import States, SubmissionQuerySet
from assessments.rules import invented, task_forms
from assessments.rules.task_forms import TaskField
from lms.kit.words import Sentence, gettext_noop
from lms.people.models import Person, Region

FEW = 6
MOST_NAMES = 200
KINDS_OF_PLACE = ("", "Kota ", "Kabupaten ")
OFFICIAL = "99"  # codes from here on are invented


@dataclass(frozen=True, slots=True)
class TaskStanding:
    """A practical task for one person. `hers`: without text, the first one first. `left`: how often she may begin."""

    hers: tuple[Submission, ...]
    sitting: Sitting | None
    lock: Sentence | None
    left: int

    @property
    def now(self) -> Submission | None:
        """The one that is not graded yet."""
        return next((one for one in self.hers if one.state != States.GRADED), None)

    @property
    def graded(self) -> tuple[Submission, ...]:
        return tuple(one for one in self.hers if one.state == States.GRADED)


def standing(person: Person, page: PracticalPage) -> TaskStanding:
    """Two queries."""
    hers = tuple(
        Submission.objects.filter(person=person.pk)
        .of_task(page.translation_key)
        .defer("task", "answers")
        .order_by("number")
    )
    sittings = Sitting.objects.planned().filter(person=person.pk).of_task(page.translation_key)
    return TaskStanding(
        hers=hers,
        sitting=sittings.select_related("assessor").first(),
        lock=lock_reason(page, hers),
        left=max(0, page.tries - len(hers)),
    )


def lock_reason(page: PracticalPage, hers: Sequence[Submission]) -> Sentence | None:
    """Why she cannot begin it (anew), or None."""
    if page.mode == PracticalPage.Modes.OBSERVED:
        return Sentence(gettext_noop("A trainer watches this task. There is nothing to write."))
    if any(one.passed for one in hers):
        return Sentence(gettext_noop("You have passed this task."))
    if len(hers) >= page.tries:
        return Sentence(gettext_noop("You have used every try. Talk to your trainer about what comes next."))
    return None


def begun(person: Person, task_key: UUID, submission_id: UUID) -> Submission | None:
    """The submission that an earlier entry began: under this UUID, or the one that was open then."""
    hers = Submission.objects.filter(person=person).of_task(task_key).order_by("-number")
    return hers.filter(pk=submission_id).first() or hers.first()


def on_her_desk(person: Person, since: date) -> SubmissionQuerySet:
    """What was returned to her, what waits, what was graded from `since` on; the newest first, a few. One query."""
    seen = marks.light(Submission.objects.filter(person=person))
    is_open = Q(state__in=[States.RETURNED, States.HANDED_IN])
    return seen.filter(is_open | Q(graded_at__date__gte=since)).order_by("-handed_in_at")[:FEW]


def fields_of(submission: Submission) -> tuple[TaskField, ...]:
    return task_forms.read(submission.task["fields"])


def missing(submission: Submission) -> list[TaskField]:
    return task_forms.missing(fields_of(submission), submission.answers)


@dataclass(frozen=True, slots=True)
class Written:
    """What she had written in one round: each question that she answered; a table as rows of (column, text)."""

    number: int
    handed_in_at: datetime | None
    answers: tuple[tuple[TaskField, Any], ...]


def shown(field: TaskField, answer: Any) -> Any:
    if field.kind != "table":
        return answer
    return [[(name.rstrip(":?"), text) for name, text in zip(field.columns, row, strict=False)] for row in answer]


def written_rounds(submission: Submission) -> list[Written]:
    """The newest first. One query."""
    fields = [one for one in fields_of(submission) if one.is_asked]

    def of(number: int, at: datetime | None, answers: Mapping[str, Any]) -> Written:
        return Written(
            number, at, tuple((one, shown(one, answers[one.code])) for one in fields if answers.get(one.code))
        )

    earlier = [of(one.number, one.handed_in_at, one.answers) for one in submission.rounds.order_by("-number")]
    handed_in_at = None if submission.is_in_her_hands else submission.handed_in_at
    return [of(submission.round, handed_in_at, submission.answers), *earlier]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A question of the form under which a real name or place may stand."""

    field: TaskField
    sentence: Sentence


def doubts(person: Person, fields: Iterable[TaskField], answers: Mapping[str, Any]) -> list[tuple[TaskField, set[str]]]:
    """Where names or places may be real. Two queries: people of her group and village, official places."""
    texts = [(one, task_forms.written(one, answers.get(one.code))) for one in fields if one.is_asked]
    asked = {name for _field, text in texts for name in invented.capitalised(text)}
    names, places = real_names(person), real_places(asked)
    found = [(field, invented.doubts(text, names, places)) for field, text in texts]
    return [(field, kinds) for field, kinds in found if kinds]


def doubts_of(submission: Submission) -> list[Doubt]:
    found = doubts(submission.person, fields_of(submission), submission.answers)
    return [Doubt(field, invented.sentence_for(kinds)) for field, kinds in found]


def all_doubts(submission: Submission) -> set[str]:
    found = doubts(submission.person, fields_of(submission), submission.answers)
    return {kind for _field, kinds in found for kind in kinds}


def real_names(person: Person) -> frozenset[str]:
    """First names of people of her village group, in small letters."""
    if person.group_id is None:
        return frozenset()
    names = Person.objects.filter(group=person.group_id).exclude(pk=person.pk).values_list("name", flat=True)
    return frozenset(name.split()[0].lower() for name in names if len(name.split()[0]) > 2)


def real_places(asked: Iterable[str]) -> frozenset[str]:
    """Those of these names, in small letters, that an official list of places knows."""
    titles = [one.title() for one in asked][:MOST_NAMES]
    if not titles:
        return frozenset()
    names = [f"{kind}{title}" for kind in KINDS_OF_PLACE for title in titles]
    rows = Region.objects.filter(name__in=names, code__lt=OFFICIAL).values_list("name", flat=True)
    return frozenset(name.removeprefix("Kota ").removeprefix("Kabupaten ").lower() for name in rows)
