"""Certify many people: asked for once, done one by one by the worker. Actions.

The rows say what is still to do. Each row is certified and marked in one transaction, which is its claim: a task may
come twice, late, or die half-way, and nobody is certified twice or left out.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from certificates import asking, issuing
from certificates.models import Batch, BatchRow, HoursEntry, Standard
from lms.kit.refusing import Refused
from lms.kit.writing import writing
from lms.people import scoping, trailing
from lms.people.models import Mentorship, Person

log = logging.getLogger(__name__)
TASK = "certificates.tasks.certify_batch"
MOST = 300
A_TURN = 50
MOST_TRIES = 3
STALE_AFTER = timedelta(seconds=45)


@dataclass(frozen=True)
class Counts:
    """How far a batch is."""

    total: int
    done: int
    refused: int

    @property
    def judged(self) -> int:
        return self.done + self.refused

    @property
    def waiting(self) -> int:
        return self.total - self.judged

    @property
    def percent(self) -> int:
        return 100 * self.judged // self.total if self.total else 100


def ask(*, person_ids: Iterable[int], certifier: Person, now: datetime) -> Batch:
    """Keep whom the coordinator wants certified and tell the worker. Whoever waits already stays in her first batch.

    Raises Refused when nobody is named, or only people she does not see, or too many at once.
    """
    seen = scoping.visible_persons(certifier, as_role="coordinator")
    persons = list(seen.filter(pk__in=set(person_ids)).order_by("name", "pk").values_list("pk", flat=True)[: MOST + 1])
    if not persons:
        raise Refused(_("Tick at least one name."), code="nobody")
    if len(persons) > MOST:
        raise Refused(_("At most 300 people at once. Do the others afterwards."), code="too_many")
    with writing():
        _queue_for(certifier)
        held_up = set(BatchRow.objects.waiting().filter(person__in=persons).values_list("person", flat=True))
        if held_up.issuperset(persons):
            raise Refused(_("All of them are being certified already."), code="waiting")
        batch = Batch.objects.create(asked_by=certifier, asked_at=now)
        rows = [BatchRow(batch=batch, person_id=one) for one in persons if one not in held_up]
        BatchRow.objects.bulk_create(rows, ignore_conflicts=True)
        detail = {"people": len(rows)}
        trailing.record(actor=certifier, verb="certificates.batch_asked", subject=batch, detail=detail, now=now)
        transaction.on_commit(partial(ask_for, [batch.pk]), robust=True)
    return batch


def _queue_for(certifier: Person) -> None:
    """One request of hers at a time: a button pressed twice makes one batch."""
    Person.objects.select_for_update().filter(pk=certifier.pk).values_list("pk").first()


def ask_for(batch_ids: Iterable[int]) -> None:
    asking.tell(TASK, batch_ids)


def unfinished(*, now: datetime) -> list[int]:
    """Batches asked for a while ago of which somebody still waits, oldest first."""
    waiting = BatchRow.objects.waiting().filter(batch__asked_at__lte=now - STALE_AFTER)
    return list(waiting.order_by("batch_id").values_list("batch_id", flat=True).distinct()[:20])


def work_off(*, batch_id: int, now: datetime, today: date) -> bool:
    """Certify the next fifty of a batch; True when somebody still waits. The next turn is asked for."""
    ids = BatchRow.objects.waiting().filter(batch=batch_id).order_by("tries", "pk").values_list("pk", flat=True)
    for row_id in list(ids[:A_TURN]):
        _certify(row_id, now, today)
    left = ids.exists()
    if left:
        ask_for([batch_id])
    return bool(left)


def counts(batch: Batch) -> Counts:
    states = list(batch.rows.values_list("state", flat=True))
    return Counts(len(states), states.count(BatchRow.State.DONE), states.count(BatchRow.State.REFUSED))


def obstacles(certifier: Person, person_ids: Iterable[int]) -> dict[int, str]:
    """Why each of these cannot be ticked by her, in a sentence; four queries for one or for three hundred."""
    ids = list(person_ids)
    standard = Standard.objects.current()
    found: dict[int, str] = {}
    if standard and standard.rules.two_persons:
        verified = HoursEntry.objects.filter(learner__in=ids, state=HoursEntry.State.VERIFIED, judged_by=certifier)
        sentence = _("You verified hours of hers. Another coordinator certifies her.")
        found |= dict.fromkeys(verified.order_by().values_list("learner", flat=True).distinct(), sentence)
    mentees = Mentorship.objects.filter(mentor=certifier, learner__in=ids).values_list("learner", flat=True)
    found |= dict.fromkeys(mentees, _("You were her mentor. Another coordinator decides."))
    waiting = BatchRow.objects.waiting().filter(person__in=ids).values_list("person", flat=True)
    return found | dict.fromkeys(waiting, _("She is being certified just now."))


def _certify(row_id: int, now: datetime, today: date) -> None:
    """Certify one row, or write down why not."""
    try:
        with writing():
            waiting = BatchRow.objects.waiting().select_for_update(skip_locked=True, of=("self",))
            row = waiting.select_related("batch__asked_by", "person").filter(pk=row_id).first()
            if row is not None:
                with translation.override(row.batch.asked_by.language):
                    _judge(row, now, today)
    except Exception:
        log.exception("Row %s of a batch could not be certified.", row_id)
        _count_failure(row_id, now)


def _judge(row: BatchRow, now: datetime, today: date) -> None:
    try:
        row.certificate = issuing.certify(person=row.person, certifier=row.batch.asked_by, now=now, today=today)
        row.state = BatchRow.State.DONE
    except Refused as refused:
        row.state, row.sentence = BatchRow.State.REFUSED, str(refused)[:300]
    row.judged_at = now
    row.save(update_fields=["state", "sentence", "certificate", "judged_at"])


def _count_failure(row_id: int, now: datetime) -> None:
    """A fault of ours: try again, the third time leave it and say so."""
    with writing():
        row = BatchRow.objects.waiting().select_related("batch__asked_by").filter(pk=row_id).first()
        if row is None:
            return
        row.tries += 1
        if row.tries >= MOST_TRIES:
            with translation.override(row.batch.asked_by.language):
                row.sentence = _("Something went wrong here. Certify her from her own file.")
            row.state, row.judged_at = BatchRow.State.REFUSED, now
        row.save(update_fields=["tries", "sentence", "state", "judged_at"])
