"""Steps get done. Actions."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from courses import outline, rules
from courses.models import Bookmark, Progress
from courses.outline import Outline, Place, Standing
from lms.kit.refusing import Refused
from lms.kit.writing import writing
from lms.people.models import Person


def open_step(*, person: Person, step_key: UUID, source: Outline | None = None) -> Place:
    """The step as she may work on it now. Raises Refused when it is unknown, not hers or locked. Writes nothing."""
    return _open(person, step_key, source or outline.outline(), outline.done_keys(person))


def _open(person: Person, step_key: UUID, source: Outline, done: frozenset[UUID]) -> Place:
    found = source.find_key(step_key)
    if found is None:
        raise Refused(
            _("This page is no longer part of the course. Go back to your desk."), field="step", code="unknown"
        )
    course, spot = found
    if not rules.has_begun(course, done) and not outline.is_enrolled(course, person):
        raise Refused(_("You do not take this course yet. Ask your coordinator."), code="not_enrolled")
    place = outline.place(source, course, spot, Standing(done))
    if place.lock:
        raise Refused(place.lock.render(_), field="step", code="locked")
    return place


def finish_lesson(*, person: Person, step_key: UUID, entry_id: UUID | None, now: datetime) -> Place:
    """She has read a lesson; returns her place, as it was before. Doing it again notes only that she has read it anew.

    Raises Refused when the lesson is unknown, not hers or locked, or when the step is no lesson: exams and
    practice are finished by their own work.
    """
    answer = finish_lessons(person=person, lessons=[(step_key, entry_id)], now=now)[0]
    if isinstance(answer, Refused):
        raise answer
    return answer


def finish_lessons(
    *, person: Person, lessons: Iterable[tuple[UUID, UUID | None]], now: datetime
) -> list[Place | Refused]:
    """She has read these (step key, entry), in this order: what `finish_lesson` would answer to each or refuse.

    As many queries for fifty as for one, unless she does not take their course.
    """
    source, done = outline.outline(), outline.done_keys(person)
    answers: list[Place | Refused] = []
    new: list[Progress] = []
    again: set[UUID] = set()
    for step_key, entry_id in lessons:
        try:
            place = _lesson(person, step_key, source, done)
        except Refused as refused:
            answers.append(refused)
            continue
        answers.append(place)
        if place.is_done:
            again.add(step_key)
        else:
            new.append(Progress(person=person, step_key=step_key, entry=entry_id, done_at=now))
            done |= {step_key}
    _store(new)
    if again:
        with writing():
            Progress.objects.filter(person=person, step_key__in=again).update(read_at=now)
    return answers


def _lesson(person: Person, step_key: UUID, source: Outline, done: frozenset[UUID]) -> Place:
    place = _open(person, step_key, source, done)
    if place.step.kind != "lesson":
        raise Refused(_("This step is finished by its questions. Open it and answer them."), field="step")
    return place


def keep_place(*, person: Person, step_key: UUID, anchor: str, now: datetime) -> Place:
    """Remember how far she came within a step; the newest place counts. Raises Refused like `open_step`."""
    place = open_step(person=person, step_key=step_key)
    with writing():
        Bookmark.objects.update_or_create(person=person, step_key=step_key, defaults={"anchor": anchor, "kept_at": now})
    return place


def mark_done(*, person: Person, step_key: UUID, entry_id: UUID | None, now: datetime) -> bool:
    """Called from above when its own rules are met (an exam passed, practice finished). False: it was done before."""
    if Progress.objects.filter(person=person, step_key=step_key).exists():
        return False
    _store([Progress(person=person, step_key=step_key, entry=entry_id, done_at=now)])
    return True


def _store(rows: list[Progress]) -> None:
    """No line in the trail: the row and its entry say who, what and when (docs/decisions)."""
    if rows:
        with writing():
            Progress.objects.bulk_create(rows, ignore_conflicts=True)
