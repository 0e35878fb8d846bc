"""Somebody says what she thinks of a module or training. Action."""

from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from courses import outline, rules
from courses.models import Cohort, Feedback
from lms.kit.refusing import Refused
from lms.kit.writing import writing
from lms.people.models import Person


def give_feedback(
    *, person: Person, occasion: str, key: UUID, clear: int, useful: int, improve: str, now: datetime
) -> Feedback:
    """Store her answers (1 no, 2 partly, 3 yes); a second answer about the same version takes the place of the first.

    Raises Refused when she has not finished what she is asked about.
    """
    if occasion == Feedback.Occasion.TRAINING:
        version = version_of_training(person, key, timezone.localdate(now))
    else:
        version = version_of_module(person, key)
    with writing():
        feedback, _is_new = Feedback.objects.update_or_create(
            person=person,
            occasion=occasion,
            key=key,
            version=version,
            defaults={"clear": clear, "useful": useful, "improve": improve, "given_at": now},
        )
    return feedback


def version_of_module(person: Person, key: UUID) -> int:
    found = outline.outline().find_module_key(key)
    if found is None:
        raise Refused(_("This module is no longer part of the course. Go back to your desk."), field="key")
    if not rules.is_finished(found[1], outline.done_keys(person)):
        raise Refused(_("Finish the module first. Then tell us what you think."), field="key")
    return found[1].version


def version_of_training(person: Person, key: UUID, today: date) -> int:
    """A training has no versions; it asks once it is over, and only who was in it."""
    hers = Cohort.objects.filter(key=key, members__person=person)
    if not hers.exists():
        raise Refused(_("You are not in this class. Go back to your desk."), field="key")
    if not hers.over(today).exists():
        raise Refused(_("This class still goes on. Tell us what you think on its last day."), field="key")
    return 0
