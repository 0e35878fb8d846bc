"""Which form and which action an entry kind belongs to. Apps register at start-up."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from lms.kit.forms import EntryForm


@dataclass(frozen=True)
class Stamp:
    """Where an entry comes from. Neither time is trusted for order."""

    id: UUID
    made_at: datetime
    received_at: datetime
    device: UUID | None


Apply = Callable[..., object]


@dataclass(frozen=True)
class Handler:
    form: type[EntryForm]
    apply: Apply


_handlers: dict[str, Handler] = {}


def register(form: type[EntryForm], apply: Apply) -> None:
    """Let `apply(person=, stamp=, cleaned=)` take the entries that this form reads."""
    _handlers[form.kind] = Handler(form, apply)


def handler_of(kind: str) -> Handler | None:
    return _handlers.get(kind)


def kinds() -> frozenset[str]:
    return frozenset(_handlers)


def handler_named(form: Any) -> Handler:
    """The handler of a form's kind; KeyError when nobody registered it."""
    return _handlers[form.kind]
