"""Steps get done. Actions."""

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
    source = source or outline.outline()
    found = source.find_key(step_key)
    if found is None:
        raise Refused(
            _("This page is no longer part of the course. Go back to your desk."), field="step", code="unknown"
        )
    course, spot = found
    done = outline.done_keys(person)
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
    place = open_step(person=person, step_key=step_key)
    if place.step.kind != "lesson":
        raise Refused(_("This step is finished by its questions. Open it and answer them."), field="step")
    if place.is_done:
        Progress.objects.filter(person=person, step_key=step_key).update(read_at=now)
    else:
        _store(person, step_key, entry_id, now)
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
    _store(person, step_key, entry_id, now)
    return True


def _store(person: Person, step_key: UUID, entry_id: UUID | None, now: datetime) -> None:
    """No line in the trail: the row and its entry say who, what and when (docs/decisions)."""
    row = Progress(person=person, step_key=step_key, entry=entry_id, done_at=now)
    with writing():
        Progress.objects.bulk_create([row], ignore_conflicts=True)
