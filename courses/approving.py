"""Whose draft waits for a second reader. Only reads."""

from typing import Any

from wagtail.models import Page

from courses.models.publishing import others_with, publishes_alone
from courses.models.second_review import writer_of
from courses.rules import second_eyes
from lms.people.joining import EDITOR_GROUPS

__all__ = ["has_second_reader", "publishes_alone", "waits_for_another"]


def has_second_reader(person: Any) -> bool:
    """There is somebody else who could approve her draft."""
    return others_with(person, *EDITOR_GROUPS) > 0


def waits_for_another(page: Page, person: Any) -> bool:
    """The draft is under review, and she wrote it: somebody else approves it."""
    state = page.current_workflow_state
    in_review = state is not None and state.status == state.STATUS_IN_PROGRESS
    return in_review and not second_eyes.may_approve(person.pk, writer_of(page))
