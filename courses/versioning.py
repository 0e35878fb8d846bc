"""Which version of a module is published, and which steps changed in content. Action, called by publishing."""

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F
from wagtail.models import Page

from courses.models import LessonPage, ModulePage, ModuleVersion, StepPage, StepVersion
from lms.kit.writing import writing

_here = threading.local()


@contextmanager
def one_version() -> Iterator[None]:
    """Whatever is published inside makes one new version of each module, not one for every page."""
    if getattr(_here, "raised", None) is not None:
        yield
        return
    _here.raised = set()
    try:
        yield
    finally:
        _here.raised = None


def note_published(*, page: Page, now: datetime) -> None:
    """A page was published: its module has a new version, and the step says whether its content changed."""
    if isinstance(page, StepPage):
        _note_content(page, now)
        parent = page.get_parent()
        if parent is not None:
            _raise_version(parent.translation_key, now)
    elif isinstance(page, ModulePage):
        _raise_version(page.translation_key, now)


def _raise_version(module_key: UUID, now: datetime) -> None:
    raised: set[UUID] | None = getattr(_here, "raised", None)
    if raised is not None:
        if module_key in raised:
            return
        raised.add(module_key)
    with writing():
        row = ModuleVersion.objects.filter(module_key=module_key)
        if not row.update(number=F("number") + 1, published_at=now):
            ModuleVersion.objects.create(module_key=module_key, published_at=now)


def _note_content(page: StepPage, now: datetime) -> None:
    """A step first seen here has not changed yet: its coming out is nobody's news."""
    digest = hashlib.sha256(json.dumps(_content(page), sort_keys=True, default=str).encode()).hexdigest()
    known = StepVersion.objects.filter(step_key=page.translation_key).first()
    if known is None:
        StepVersion.objects.create(step_key=page.translation_key, digest=digest)
    elif known.digest != digest:
        known.digest, known.changed_at = digest, now
        known.save(update_fields=["digest", "changed_at"])


def _content(page: StepPage) -> Any:
    """What a learner reads in a lesson; of other steps only the title: each attempt keeps its own questions."""
    if isinstance(page, LessonPage):
        return [page.title, _bare(page.body.stream_block.get_prep_value(page.body))]
    return [page.title]


def _bare(value: Any) -> Any:
    """A stream without the ids of its blocks: those change when nothing else does."""
    if isinstance(value, dict):
        is_block = {"type", "value", "id"} >= set(value) and "value" in value
        return {name: _bare(one) for name, one in value.items() if not (is_block and name == "id")}
    return [_bare(one) for one in value] if isinstance(value, list | tuple) else value
