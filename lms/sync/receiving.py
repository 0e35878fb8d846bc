"""Take in what people did: stored once, applied once, refused with a sentence. The one action behind both doors.

A batch is one transaction without savepoints: actions refuse before they write. When the database itself objects (the
same UUID twice, a constraint), the batch is rolled back and taken again entry by entry, each in its savepoint.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
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
from lms.sync.registry import Stamp


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
    with writing():
        _claim_device(device, person, now)
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


def _claim_device(device: UUID | None, person: Person, now: datetime) -> None:
    if device is None:
        return
    owner = Device.objects.filter(pk=device).values_list("person_id", flat=True).first()
    if owner is None:
        Device.objects.create(pk=device, person=person, first_seen_at=now)
    elif owner != person.pk:
        raise OtherPersonsOutbox


def _take_all(
    person: Person, device: UUID | None, incoming: Sequence[Incoming], now: datetime, *, careful: bool
) -> list[Receipt]:
    """Take a batch; `careful` looks first for what is known and guards each entry with a savepoint."""
    batch = uuid.uuid4()
    known = _known(person, incoming) if careful else {}
    receipts: dict[UUID, Receipt] = {}
    rows: list[Entry] = []
    answers: list[Receipt] = []
    for one in incoming:
        receipt = known.get(one.id) or receipts.get(one.id)
        if receipt is not None:
            answers.append(Receipt(one.id, "known" if receipt.state == "applied" else receipt.state, receipt.reason))
            continue
        receipt, kept = _take(person, device, one, now, careful=careful)
        receipts[one.id] = receipt
        answers.append(receipt)
        if one.form is not None and receipt.state == "refused":
            continue  # the page is still open: she mends it there and sends the same UUID
        rows.append(
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
        )
    Entry.objects.bulk_create(rows)
    return answers


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


def _take(
    person: Person, device: UUID | None, one: Incoming, now: datetime, *, careful: bool
) -> tuple[Receipt, dict[str, Any]]:
    """Apply one entry; returns its receipt and the fields to keep (none unless refused)."""
    handler = registry.handler_of(one.kind)
    if handler is None:
        return Receipt(one.id, "refused", _("This site does not know this kind of entry. It is kept.")), one.fields
    form = one.form or handler.form({**one.fields, "entry": str(one.id), "made_at": one.made_at}, person=person)
    if not form.is_valid():
        unsafe = form.unsafe_fields()
        kept = {name: value for name, value in one.fields.items() if name not in unsafe}
        return Receipt(one.id, "refused", form.first_error()), kept
    stamp = Stamp(one.id, one.made_at, now, device)
    try:
        if careful:
            with transaction.atomic():
                result = handler.apply(person=person, stamp=stamp, cleaned=form.own_data)
        else:
            result = handler.apply(person=person, stamp=stamp, cleaned=form.own_data)
    except Refused as refused:
        return Receipt(one.id, "refused", str(refused.sentence), field=refused.field), one.fields
    except IntegrityError:
        if not careful:
            raise
        return Receipt(one.id, "refused", _("This entry does not fit what is stored already. It is kept.")), one.fields
    return Receipt(one.id, "applied", result=result), {}
