"""Remind people that something waits for them: the row first, the mail after. Action.

A row without `sent_at` is sent by the next sweep, so a restart loses nothing. Whoever sends takes the row first, so two
workers never send the same; should one die between the mail and its mark, the second mail carries the same Message-ID.
"""

import logging
from datetime import date, datetime, timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext as _

from certificates import renewals
from certificates.models import Reminder
from certificates.renewals import Due
from certificates.rules.renewal import Phase
from certificates.rules.states import State
from lms.kit.writing import writing
from lms.people.models import Person

log = logging.getLogger(__name__)
HELD_FOR = timedelta(minutes=10)
AT_ONCE = 200
QUIET = frozenset({State.PAUSED, State.SUSPENDED})


def make_due(*, now: datetime, today: date) -> int:
    """Write the reminder of every certificate that came into another stage; returns how many are new.

    Whoever takes a pause is left in peace, and so is whoever stopped long ago.
    """
    everyone = renewals.due(Person.objects.filter(is_active=True), today=today)
    wanted = {_key(row): row for row in everyone if row.hold not in QUIET and row.phase is not Phase.OVER}
    with writing():
        lately = Reminder.objects.filter(due_on__in={row.certificate.expires_on for row in wanted.values()})
        made = set(lately.values_list("person", "kind", "cycle", "due_on"))
        fresh = [_reminder(row, now) for key, row in wanted.items() if key not in made]
        Reminder.objects.bulk_create(fresh)
    return len(fresh)


def send_waiting(*, now: datetime) -> int:
    """Send what was written and not sent yet, oldest first; returns how many went out."""
    waiting = list(Reminder.objects.unsent().order_by("made_at", "pk").values_list("pk", flat=True)[:AT_ONCE])
    return sum(send(reminder_id=one, now=now) for one in waiting)


def send(*, reminder_id: int, now: datetime) -> bool:
    """Send one reminder unless another worker has it in hand; True when it went out now."""
    with writing():
        row = Reminder.objects.unsent().select_for_update().filter(pk=reminder_id).first()
        if row is None or (row.tried_at and row.tried_at > now - HELD_FOR):
            return False
        row.tried_at, row.tries = now, row.tries + 1
        row.save(update_fields=["tried_at", "tries"])
    try:
        _message(row).send()
    except (OSError, SMTPException):
        log.warning("Reminder %s could not be sent; the next sweep tries again.", row.pk)
        return False
    with writing():
        Reminder.objects.filter(pk=row.pk).update(sent_at=now)
    return True


def is_reminded(person: Person) -> bool:
    """Whether a notice belongs on her desk: her newest certificate came near its end."""
    held = renewals.newest_of(person)
    return (
        held is not None and Reminder.objects.filter(person=person, cycle=held.cycle, due_on=held.expires_on).exists()
    )


def _key(row: Due) -> tuple[int, str, int, date]:
    return row.certificate.person_id, row.stage.value, row.certificate.cycle, row.certificate.expires_on


def _reminder(row: Due, now: datetime) -> Reminder:
    """Without an address, or without a mail server, the notice on her desk is all: nothing waits to be sent."""
    person = row.certificate.person
    takes_mail = person.email and settings.EMAIL_HOST
    return Reminder(
        person=person,
        kind=row.stage,
        cycle=row.certificate.cycle,
        due_on=row.certificate.expires_on,
        made_at=now,
        sent_at=None if takes_mail else now,
    )


def _message(row: Reminder) -> EmailMessage:
    """Neutral words: a lock screen may show them to anyone."""
    host = settings.SITE_URL.partition("://")[2]
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("Something needs your look")
        body = _("There is something for you to look at. Please sign in: %(address)s") % {"address": settings.SITE_URL}
    return EmailMessage(subject, body, to=[row.person.email], headers={"Message-ID": f"<{row.pk}.{row.kind}@{host}>"})
