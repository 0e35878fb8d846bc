"""The entry kinds of courses: a phone's outbox and a web form end in the same action."""

from collections.abc import Sequence
from typing import Any

from courses import progressing, rating
from courses.forms import FeedbackForm, LessonDoneForm
from courses.models import Feedback
from courses.outline import Place
from lms.kit.refusing import Refused
from lms.people.models import Person
from lms.sync import registry
from lms.sync.registry import Stamp


def lesson_done(*, person: Person, stamp: Stamp, cleaned: dict[str, Any]) -> Place:
    return progressing.finish_lesson(person=person, step_key=cleaned["step"], entry_id=stamp.id, now=stamp.received_at)


def lessons_done(*, person: Person, entries: Sequence[tuple[Stamp, dict[str, Any]]]) -> list[Place | Refused]:
    """A phone that was away for long sends many at once."""
    lessons = [(cleaned["step"], stamp.id) for stamp, cleaned in entries]
    return progressing.finish_lessons(person=person, lessons=lessons, now=entries[0][0].received_at)


def feedback(*, person: Person, stamp: Stamp, cleaned: dict[str, Any]) -> Feedback:
    return rating.give_feedback(person=person, now=stamp.received_at, **cleaned)


def register_entries() -> None:
    registry.register(FeedbackForm, feedback)
    registry.register(LessonDoneForm, lesson_done, lessons_done)
