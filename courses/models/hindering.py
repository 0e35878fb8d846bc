"""What keeps a draft from coming out, whichever way it is published. Only reads."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.urls import reverse
from wagtail.fields import StreamField
from wagtail.models import Page

from courses.rules.checklist import Gap

# What an app above asks of its kinds of page; called with the draft.
Ask = Callable[[Page], Iterable[str]]
_asked: list[Ask] = []


@dataclass(frozen=True, slots=True)
class Hindered:
    """A page that stays a draft, and the sentences that say why."""

    page: Page
    sentences: tuple[str, ...]


def register_asking(ask: Ask) -> None:
    """An app above says what its pages need before they come out. Registered at start-up."""
    _asked.append(ask)


def gaps(draft: Page) -> tuple[Gap, ...]:
    """What the editor's form would mark red, were the draft published now; and what apps above ask."""
    return (*_of_fields(draft), *_of_blocks(draft), *_from_above(draft))


def hindered(draft: Page) -> Hindered | None:
    """The draft with what keeps it back; None when it may come out."""
    found = tuple(dict.fromkeys(f"{gap.label}: {gap.text}".removeprefix(": ") for gap in gaps(draft)))
    return Hindered(draft, found) if found else None


def _of_fields(draft: Page) -> Iterator[Gap]:
    try:
        draft.full_clean()
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            label = "" if name == NON_FIELD_ERRORS else str(draft._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
            yield from (Gap(label[:1].upper() + label[1:], str(message)) for message in messages)


def _of_blocks(draft: Page) -> Iterator[Gap]:
    """The model does not clean the blocks of a stream; the form does."""
    for field in draft._meta.get_fields():
        if isinstance(field, StreamField):
            value = getattr(draft, field.name)
            try:
                field.stream_block.clean(value)
            except ValidationError as error:
                for place, inner in getattr(error, "block_errors", {}).items():
                    yield from _leaves(value[place].block, inner, str(value[place].id or ""))
                yield from (Gap("", text, "") for text in _own(error))


def _leaves(block: Any, error: Any, place: str) -> Iterator[Gap]:
    """Each fault with the words that stand above its field."""
    for name, inner in getattr(error, "block_errors", {}).items():
        is_list = hasattr(block, "child_block")
        yield from _leaves(block.child_block if is_list else block.child_blocks[name], inner, place)
    yield from (Gap(str(block.label), text, place, block.name) for text in _own(error))


def _own(error: Any) -> list[str]:
    """The sentences of a fault itself, not of what lies within it."""
    if hasattr(error, "block_errors"):
        return [str(text) for text in error.non_block_errors]
    return [str(text) for text in error.messages]


def _from_above(draft: Page) -> Iterator[Gap]:
    return (Gap("", text) for ask in _asked for text in ask(draft))


def edit_url(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])
