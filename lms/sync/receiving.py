"""Take in what people did: stored once, applied once, refused with a sentence. The one action behind both doors.

A batch is one transaction without savepoints: actions refuse before they write. When the database itself objects (the
same UUID twice, a constraint), the batch is rolled back and taken again entry by entry, each in its savepoint.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from lms.kit.forms import EntryForm
from lms.kit.refusing import Refused
from lms.kit.writing import writing
from lms.people.models import Person
from lms.sync import registry
from lms.sync.models import Device, Entry
from lms.sync.registry import Handler, Stamp


class OtherPersonsOutbox(Exception):
    """The device belongs to somebody else."""


@dataclass(frozen=True)
class Incoming:
    """One entry as it came. `form` is set when a web form was read already."""

    id: UUID
    kind: str
    made_at: datetime
    fields: dict[str, Any] = field(default_factory=dict)
    form: EntryForm | None = None


@dataclass(frozen=True)
class Receipt:
    """What became of an entry: applied now, known from before, or refused with a sentence."""

    id: UUID
    state: str
    reason: str = ""
    result: object = None
    field: str = ""


# A receipt, and the fields to keep with it (none unless refused).
Fields = dict[str, Any]
Taken = tuple[Receipt, Fields]


def receive(*, person: Person, device: UUID | None, incoming: Sequence[Incoming], now: datetime) -> list[Receipt]:
    """Store and apply entries in the order they come; one receipt each.

    Raises OtherPersonsOutbox before anything is stored.
    """
    try:
        return _receive(person, device, incoming, now, careful=False)
    except IntegrityError:
        pass
    try:
        return _receive(person, device, incoming, now, careful=True)
    except IntegrityError:  # on PostgreSQL the twin may have arrived while we looked
        return _receive(person, device, incoming, now, careful=True)


def _receive(
    person: Person, device: UUID | None, incoming: Sequence[Incoming], now: datetime, *, careful: bool
) -> list[Receipt]:
    is_known = device is None or _is_hers(device, person)  # asked outside: a device never changes hands
    with writing():
        if device and not is_known and not _is_hers(device, person):
            Device.objects.create(pk=device, person=person, first_seen_at=now)
        return _take_all(person, device, incoming, now, careful=careful)


def receive_form(*, form: EntryForm, now: datetime) -> Receipt:
    """The web's door: one valid form is one entry."""
    entry = Incoming(
        id=form.cleaned_data["entry"],
        kind=form.kind,
        made_at=form.cleaned_data.get("made_at") or now,
        form=form,
    )
    return receive(person=form.person, device=None, incoming=[entry], now=now)[0]


def _is_hers(device: UUID, person: Person) -> bool:
    """False when nobody has used it; raises OtherPersonsOutbox."""
    for owner in Device.objects.filter(pk=device).values_list("person_id", flat=True):
        if owner != person.pk:
            raise OtherPersonsOutbox
        return True
    return False


def _take_all(
    person: Person, device: UUID | None, incoming: Sequence[Incoming], now: datetime, *, careful: bool
) -> list[Receipt]:
    """Take a batch; `careful` looks first for what is known and guards each entry with a savepoint."""
    known = _known(person, incoming) if careful else {}
    fresh: dict[UUID, Incoming] = {}
    for one in incoming:
        if one.id not in known:
            fresh.setdefault(one.id, one)
    taken: dict[UUID, Taken] = {}
    for kind, same in groupby(fresh.values(), key=attrgetter("kind")):
        taken |= _take_run(person, device, registry.handler_of(kind), list(same), now, careful=careful)
    _keep(person, device, [(one, *taken[one.id]) for one in fresh.values()], now)
    answers = []
    for one in incoming:
        if fresh.pop(one.id, None):
            answers.append(taken[one.id][0])
            continue
        earlier = known[one.id] if one.id in known else taken[one.id][0]
        state = "known" if earlier.state == "applied" else earlier.state
        answers.append(Receipt(one.id, state, earlier.reason))
    return answers


def _keep(person: Person, device: UUID | None, taken: list[tuple[Incoming, Receipt, Fields]], now: datetime) -> None:
    """One row each, but for a refused web form: the page is still open, she mends it and sends the same UUID."""
    batch = uuid.uuid4()
    Entry.objects.bulk_create(
        [
            Entry(
                id=one.id,
                batch=batch,
                person=person,
                device=device,
                kind=_without_nul(one.kind)[:40],
                made_at=one.made_at,
                received_at=now,
                state=receipt.state,
                reason=receipt.reason[:300],
                fields=_without_nul(kept),
            )
            for one, receipt, kept in taken
            if one.form is None or receipt.state == "applied"
        ]
    )


def _without_nul(value: Any) -> Any:
    """The same value as PostgreSQL can keep it: no text there holds a NUL."""
    if isinstance(value, str):
        return value.replace("\x00", "")
    if isinstance(value, dict):
        return {_without_nul(name): _without_nul(one) for name, one in value.items()}
    return [_without_nul(one) for one in value] if isinstance(value, list) else value


def _known(person: Person, incoming: Sequence[Incoming]) -> dict[UUID, Receipt]:
    """Receipts of what was stored before; somebody else's UUID is refused and tells nothing."""
    rows = Entry.objects.filter(pk__in={one.id for one in incoming}).values_list("id", "person_id", "state", "reason")
    strange = _("This entry cannot be stored. Send it again as a new one.")
    return {
        id_: Receipt(id_, state, reason) if owner == person.pk else Receipt(id_, "refused", strange)
        for id_, owner, state, reason in rows
    }


def _take_run(
    person: Person, device: UUID | None, handler: Handler | None, run: list[Incoming], now: datetime, *, careful: bool
) -> dict[UUID, Taken]:
    """Apply entries of one kind that follow each other: together where the kind can, else one by one."""
    if handler is None:
        reason = _("This site does not know this kind of entry. It is kept.")
        return {one.id: (Receipt(one.id, "refused", reason), one.fields) for one in run}
    taken: dict[UUID, Taken] = {}
    valid: list[tuple[Incoming, Stamp, Fields]] = []
    for one in run:
        form = one.form or handler.form({**one.fields, "entry": str(one.id), "made_at": one.made_at}, person=person)
        if not form.is_valid():
            unsafe = form.unsafe_fields()
            kept = {name: value for name, value in one.fields.items() if name not in unsafe}
            taken[one.id] = Receipt(one.id, "refused", form.first_error()), kept
            continue
        stamp = Stamp(one.id, one.made_at, now, device)
        if handler.apply_all is None or careful:
            taken[one.id] = _apply(person, handler, one, stamp, form.own_data, careful=careful)
        else:
            valid.append((one, stamp, form.own_data))
    if handler.apply_all is not None and valid:
        results = handler.apply_all(person=person, entries=[(stamp, cleaned) for _one, stamp, cleaned in valid])
        for (one, _stamp, _cleaned), result in zip(valid, results, strict=True):
            taken[one.id] = _taken(one, result)
    return taken


def _apply(person: Person, handler: Handler, one: Incoming, stamp: Stamp, cleaned: Fields, *, careful: bool) -> Taken:
    try:
        if not careful:
            return _taken(one, handler.apply(person=person, stamp=stamp, cleaned=cleaned))
        with transaction.atomic():
            return _taken(one, handler.apply(person=person, stamp=stamp, cleaned=cleaned))
    except Refused as refused:
        return _taken(one, refused)
    except IntegrityError:
        if not careful:
            raise
        return Receipt(one.id, "refused", _("This entry does not fit what is stored already. It is kept.")), one.fields


def _taken(one: Incoming, result: object) -> Taken:
    if isinstance(result, Refused):
        return Receipt(one.id, "refused", str(result.sentence), field=result.field), one.fields
    return Receipt(one.id, "applied", result=result), {}
