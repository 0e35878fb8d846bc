"""Who may publish a page at once: Wagtail's own rights, and the rule of the second pair of eyes."""

from typing import Any

from wagtail.models import PagePermissionTester

from courses.rules import second_eyes
from lms.kit import clock
from lms.people import scoping
from lms.people.models import Role


def others_with(person: Any, *kinds: str) -> int:
    """How many other people hold one of these roles today and can sign in."""
    held = Role.objects.on(clock.today()).filter(kind__in=kinds, person__is_active=True)
    return held.exclude(person=person.pk).values("person").distinct().count()


def publishes_alone(person: Any) -> bool:
    """Asked once for a person and request: the answer stays on the instance."""
    answer: bool | None = getattr(person, "_publishes_alone", None)
    if answer is None:
        is_owner = scoping.has_role(person, "owner")
        others = 0 if is_owner else others_with(person, "trainer")
        answer = second_eyes.may_publish_alone(is_owner=is_owner, other_trainers=others)
        person._publishes_alone = answer
    return answer


class SecondEyesTester(PagePermissionTester):
    """Without the right to publish alone, a draft is saved and goes through the review."""

    def can_publish(self) -> bool:
        return bool(super().can_publish()) and publishes_alone(self.user)

    def can_publish_subpage(self) -> bool:
        return bool(super().can_publish_subpage()) and publishes_alone(self.user)
