"""A copied page becomes one of its own: new codes, links among its own pages, questions of its own. Action."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from wagtail.fields import StreamField
from wagtail.models import Page

from courses.models import ModulePage
from courses.models.page_forms import free_code
from lms.kit.writing import writing
from lms.people import trailing
from lms.people.models import Person

# What an app above copies with a module: called with the module, its copy and the time.
Copier = Callable[..., None]
_copiers: list[Copier] = []

PAGE_LINK = re.compile(r"<a\b(?=[^>]*\blinktype=\"page\")[^>]*>")
LINK_ID = re.compile(r"\bid=\"(\d+)\"")


def register_copier(copier: Copier) -> None:
    """`copier(source=module, copy=module, now=…)`, called at the end of a copy. Registered at start-up."""
    _copiers.append(copier)


def settle_copy(*, source: Page, copy: Page, by: Person, now: datetime) -> None:
    """What Wagtail copied field by field gets what must be its own. The copy is a draft; nobody's progress comes along.

    The steps have new keys by Wagtail. A module whose code is taken in the course gets the next free one, and no longer
    waits for modules that the course does not have. Links between the copied pages lead to the copies.
    """
    with writing():
        pairs = list(_pairs(source, copy))
        new_ids = {str(old.pk): str(new.pk) for old, new in pairs}
        for old, new in pairs:
            # Anew: the page in Wagtail's hands remembers itself from before it had pages below it.
            draft = Page.objects.get(pk=new.pk).get_latest_revision_as_object()
            if _own_codes(draft) | _own_links(draft, new_ids):
                draft.save(clean=False)
                draft.save_revision(user=by, clean=False)
            if isinstance(draft, ModulePage):
                for copier in _copiers:
                    copier(source=old.specific, copy=draft, now=now)
        trailing.record(actor=by, verb="courses.copied", subject=copy, now=now, detail={"pages": len(pairs)})


def _pairs(source: Page, copy: Page) -> Iterator[tuple[Page, Page]]:
    """Each page with its copy; only the first pair when the pages below were not copied."""
    yield source, copy
    for old, new in zip(source.get_children(), copy.get_children(), strict=False):
        yield from _pairs(old, new)


def _own_codes(draft: Any) -> bool:
    if not isinstance(draft, ModulePage):
        return False
    siblings = ModulePage.objects.child_of(draft.get_parent()).exclude(pk=draft.pk)
    taken = set(siblings.values_list("code", flat=True))
    code = free_code(taken) if draft.code in taken or not draft.code else draft.code
    needs = [need for need in draft.needs if need in taken]
    is_new = (code, needs) != (draft.code, list(draft.needs))
    draft.code, draft.needs = code, needs
    return is_new


def _own_links(draft: Any, new_ids: Mapping[str, str]) -> bool:
    is_new = False
    for field in draft._meta.get_fields():
        if isinstance(field, StreamField):
            before = getattr(draft, field.name).get_prep_value()
            after = _relinked(before, new_ids)
            if after != before:
                setattr(draft, field.name, field.stream_block.to_python(after))
                is_new = True
    return is_new


def _relinked(value: Any, new_ids: Mapping[str, str]) -> Any:
    """The stored form of a stream with links to copied pages turned to their copies."""
    if isinstance(value, str):
        return PAGE_LINK.sub(lambda tag: LINK_ID.sub(lambda mark: _turned(mark, new_ids), tag.group()), value)
    if isinstance(value, list):
        return [_relinked(one, new_ids) for one in value]
    if isinstance(value, dict):
        return {name: _relinked(one, new_ids) for name, one in value.items()}
    return value


def _turned(mark: re.Match[str], new_ids: Mapping[str, str]) -> str:
    return f'id="{new_ids.get(mark[1], mark[1])}"'
