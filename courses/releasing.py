"""Drafts come out together, the page above before those below it; what is not whole stays, and is named. Actions."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from courses.models import hindering
from courses.models.hindering import Hindered
from lms.kit.writing import writing

# A line in the history of the page.
HELD_BACK = "courses.held_back"


@dataclass(slots=True)
class Released:
    """How many of the chosen pages came out, how many below them, and what stayed a draft."""

    chosen: int = 0
    below: int = 0
    held: list[Hindered] = field(default_factory=list)


def release(*, pages: Iterable[Page], with_below: bool, by: Any) -> Released:
    """Publish the newest draft of each page, if she may and nothing hinders it. Joins the caller's transaction."""
    done = Released()
    for page in sorted(pages, key=lambda one: one.path):
        done.chosen += _release(page, by, done.held)
        for draft in _drafts_below(page, by) if with_below else ():
            done.below += _release(draft, by, done.held)
    return done


def _drafts_below(page: Page, by: Any) -> Iterator[Page]:
    for draft in page.get_descendants().not_live().order_by("path").specific():
        if draft.permissions_for_user(by).can_publish():
            yield draft


def _release(page: Page, by: Any, held: list[Hindered]) -> int:
    revision = page.get_latest_revision() or page.specific.save_revision(user=by, clean=False)
    hindrance = hindering.hindered(revision.as_object())
    if hindrance:
        held.append(hindrance)
        return 0
    revision.publish(user=by)
    return 1


def hold_back_due() -> list[Hindered]:
    """What was set for a day that has come, and could not come out, is a draft again: it would stop all the others."""
    held = []
    with writing():
        for revision in Revision.page_revisions.filter(approved_go_live_at__lt=timezone.now()):
            hindrance = hindering.hindered(revision.as_object())
            if hindrance:
                held.append(hindrance)
                revision.approved_go_live_at = None
                revision.save(update_fields=["approved_go_live_at"])
                log(hindrance.page, HELD_BACK, data={"why": list(hindrance.sentences)}, revision=revision)
    return held
