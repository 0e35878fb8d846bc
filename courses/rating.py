"""Somebody says what she thinks of a module or training. Action."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from courses import outline, rules
from courses.models import Feedback
from lms.kit.refusing import Refused
from lms.kit.writing import writing
from lms.people.models import Person

# Says which version somebody answers about; raises Refused when it is not hers to answer.
VersionOf = Callable[[Person, UUID], int]

_occasions: dict[str, VersionOf] = {}


def register_occasion(occasion: str, version_of: VersionOf) -> None:
    """An app above adds what else may be asked about, such as trainings."""
    _occasions[occasion] = version_of


def give_feedback(
    *, person: Person, occasion: str, key: UUID, clear: int, useful: int, improve: str, now: datetime
) -> Feedback:
    """Store her answers (1 no, 2 partly, 3 yes); a second answer about the same version takes the place of the first.

    Raises Refused when she has not finished what she is asked about.
    """
    version_of = _occasions.get(occasion)
    if version_of is None:
        raise Refused(_("We do not ask about this. Go back to your desk."), field="key")
    version = version_of(person, key)
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


register_occasion(Feedback.Occasion.MODULE, version_of_module)
