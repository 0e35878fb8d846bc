"""Which form and which action an entry kind belongs to. Apps register at start-up."""

from collections.abc import Callable, Sequence
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
ApplyAll = Callable[..., Sequence[object]]


@dataclass(frozen=True)
class Handler:
    form: type[EntryForm]
    apply: Apply
    apply_all: ApplyAll | None = None


_handlers: dict[str, Handler] = {}


def register(form: type[EntryForm], apply: Apply, apply_all: ApplyAll | None = None) -> None:
    """Let `apply(person=, stamp=, cleaned=)` take the entries that this form reads.

    `apply_all(person=, entries=[(stamp, cleaned), …])` takes several at once, in their order, and answers each with
    what `apply` returns or with the Refused that it raises.
    """
    _handlers[form.kind] = Handler(form, apply, apply_all)


def handler_of(kind: str) -> Handler | None:
    return _handlers.get(kind)


def kinds() -> frozenset[str]:
    return frozenset(_handlers)


def handler_named(form: Any) -> Handler:
    """The handler of a form's kind; KeyError when nobody registered it."""
    return _handlers[form.kind]
