"""The number of what is published. The one place that listens to Wagtail's publishing signals (docs/house.md)."""

import uuid
from typing import Any

from django.db.models import F
from django.db.models.signals import post_delete, post_save
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from courses import indexing, versioning, weighing
from courses.models import Edition, LessonPage, Picture, Programme, StepPage
from lms.kit import clock


def current_edition() -> str:
    """What is published now, as a short text; one query. Empty before anything was published."""
    for number, stamp in Edition.objects.values_list("number", "stamp"):
        return f"{number}-{stamp.hex[:8]}"
    return ""


def raise_edition(**_signal: Any) -> None:
    """Make what processes keep about published pages old. Joins the transaction of the change."""
    if not Edition.objects.update(number=F("number") + 1, stamp=uuid.uuid4()):
        Edition.objects.create(pk=1)


def _published(instance: Page, **_signal: Any) -> None:
    if isinstance(instance, StepPage):
        weighing.weigh(page=instance)
    if isinstance(instance, LessonPage):
        indexing.index_lesson(page=instance)
    versioning.note_published(page=instance, now=clock.now())
    raise_edition()


def listen() -> None:
    """Called once, when the app is ready."""
    page_published.connect(_published, dispatch_uid="courses.editions")
    for signal in (page_unpublished, page_slug_changed, post_page_move):
        signal.connect(raise_edition, dispatch_uid="courses.editions")
    post_delete.connect(raise_edition, sender=Page, dispatch_uid="courses.editions")
    for sender in (PageViewRestriction, Picture, Programme):
        post_save.connect(raise_edition, sender=sender, dispatch_uid="courses.editions")
        post_delete.connect(raise_edition, sender=sender, dispatch_uid="courses.editions")
