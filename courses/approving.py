"""Whose draft waits for a second reader; a whole module sent to her, and approved, at once. Actions."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Page

from courses.models import ModulePage, SecondReview, hindering
from courses.models.publishing import others_with, publishes_alone
from courses.models.second_review import writer_of
from courses.rules import second_eyes
from lms.kit.writing import writing
from lms.people import trailing
from lms.people.joining import EDITOR_GROUPS
from lms.people.models import Person

__all__ = [
    "Outcome",
    "Part",
    "approve_module",
    "has_second_reader",
    "parts_of",
    "publishes_alone",
    "send_module",
    "waits_for_another",
]


@dataclass(frozen=True, slots=True)
class Part:
    """A page of a module that is not out as it stands. Empty sentences: she may send it, she may approve it."""

    page: Page
    is_sent: bool
    unsent: str
    unapproved: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """The pages that went on, and each that stays, with the sentence why."""

    done: tuple[Page, ...]
    stays: tuple[tuple[Page, str], ...]


def has_second_reader(person: Any) -> bool:
    """There is somebody else who could approve her draft."""
    return others_with(person, *EDITOR_GROUPS) > 0


def waits_for_another(page: Page, person: Any) -> bool:
    """The draft is under review, and she wrote it: somebody else approves it."""
    state = page.current_workflow_state
    in_review = state is not None and state.status == state.STATUS_IN_PROGRESS
    return in_review and not second_eyes.may_approve(person.pk, writer_of(page))


def parts_of(module: ModulePage, person: Person) -> list[Part]:
    """The module and its steps in their order, as drafts; without those that are out as they stand."""
    return [
        Part(draft, draft.workflow_in_progress, _why_not_sent(draft, person), _why_not_approved(draft, person))
        for draft in _drafts(module)
    ]


def send_module(*, module: ModulePage, by: Person, now: datetime) -> Outcome:
    """Every draft of the module goes to the second reader, each as its own; what is there already stays there."""

    def send(draft: Page) -> None:
        draft.get_workflow().start(draft, by)

    return _each(module, by, now, "courses.module_sent", _why_not_sent, send)


def approve_module(*, module: ModulePage, by: Person, now: datetime) -> Outcome:
    """Every draft that waits for her comes out, the module before its steps."""

    def approve(draft: Page) -> None:
        state = draft.current_workflow_task_state
        state.task.specific.on_action(state, by, "approve")

    return _each(module, by, now, "courses.module_approved", _why_not_approved, approve)


def _each(
    module: ModulePage,
    by: Person,
    now: datetime,
    verb: str,
    why_not: Callable[[Page, Person], str],
    take: Callable[[Page], None],
) -> Outcome:
    done, stays = [], []
    with writing():
        for draft in _drafts(module):
            if reason := why_not(draft, by):
                stays.append((draft, reason))
                continue
            take(draft)
            done.append(draft)
        if done:
            trailing.record(actor=by, verb=verb, subject=module, now=now, detail={"pages": len(done)})
    return Outcome(tuple(done), tuple(stays))


def _drafts(module: ModulePage) -> Iterator[Page]:
    """The newest draft of each page that is not out as it stands; the module first, then its steps in their order."""
    pages: Iterable[Page] = module.get_descendants(inclusive=True).order_by("path").specific()
    for page in pages:
        if page.has_unpublished_changes or not page.live:
            yield page.get_latest_revision_as_object()


def _why_not_sent(draft: Page, person: Person) -> str:
    if draft.workflow_in_progress:
        return _("It waits for the second reader already.")
    if not draft.permissions_for_user(person).can_submit_for_moderation():
        return _("It cannot be sent to review here.")
    return _why_held(draft, person)


def _why_not_approved(draft: Page, person: Person) -> str:
    state = draft.current_workflow_task_state
    if state is None:
        return _("It was not sent to review yet.")
    if not isinstance(state.task.specific, SecondReview) or not state.task.specific.may_read(person):
        return _("Somebody else reads this draft.")
    if not second_eyes.may_approve(person.pk, writer_of(draft)):
        return _("You wrote this draft. Somebody else approves it.")
    return _why_held(draft, person)


def _why_held(draft: Page, person: Person) -> str:
    lock = draft.get_lock()
    if lock is not None and lock.for_user(person):
        return _("Somebody locked this page. Ask her to open it.")
    hindrance = hindering.hindered(draft)
    return " ".join(hindrance.sentences) if hindrance else ""
