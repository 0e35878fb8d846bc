"""Reminders: neutral, once for each stage, never lost by a restart."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import IntegrityError, transaction

from certificates import moving, reminding, tasks
from certificates.models import Certificate, Reminder
from certificates.rules.states import Move
from lms.kit import clock
from lms.people.models import Person
from tests.certificates.build import certify, load_small, make_ready

DUE = date(2029, 8, 22)


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 2, 0, tzinfo=UTC)


class Dying(EmailBackend):
    """The worker is killed while the mail server listens."""

    def send_messages(self, messages):
        raise SystemExit


class Deaf(EmailBackend):
    """No mail server answers."""

    def send_messages(self, messages):
        raise ConnectionRefusedError


@pytest.fixture
def melati(cast, settings):
    """Melati has an address; her certificate ends on 20 November 2029."""
    settings.EMAIL_HOST = "mail.example.org"
    load_small()
    make_ready(cast.melati, cast.dahlia)
    certify(cast.melati, cast.soka)
    Person.objects.filter(pk=cast.melati.pk).update(email="melati@example.org")
    cast.melati.refresh_from_db()
    return cast.melati


def sweep(day: date, minutes: int = 0) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "today", lambda: day)
        patch.setattr(clock, "now", lambda: at(day) + timedelta(minutes=minutes))
        tasks.sweep_reminders()


def test_each_stage_is_reminded_of_once(melati):
    kinds = []
    for offset in (-1, 0, 1, 31, 61, 92, 93, 190, 600):
        sweep(DUE + timedelta(days=offset))
        kinds.append(Reminder.objects.count())
    assert kinds == [0, 1, 1, 2, 3, 4, 4, 5, 5]
    assert [row.kind for row in Reminder.objects.order_by("pk")] == ["days_90", "days_60", "days_30", "grace", "lapsed"]
    assert len(mail.outbox) == 5
    assert not Reminder.objects.unsent().exists()


def test_its_words_are_neutral(melati):
    sweep(DUE)
    [message] = mail.outbox
    words = f"{message.subject} {message.body}".lower()
    assert message.to == ["melati@example.org"]
    for word in ("sertifikat", "kekerasan", "korban", "pendamping", "melati"):
        assert word not in words


def test_a_restart_between_the_row_and_the_mail_loses_nothing(melati):
    assert reminding.make_due(now=at(DUE), today=DUE) == 1
    assert mail.outbox == []
    sweep(DUE + timedelta(days=1))
    assert len(mail.outbox) == 1
    sweep(DUE + timedelta(days=1), minutes=60)
    assert len(mail.outbox) == 1


def test_a_worker_killed_while_sending_leaves_it_to_the_next(melati, settings):
    settings.EMAIL_BACKEND = f"{__name__}.Dying"
    with pytest.raises(SystemExit):
        sweep(DUE)
    assert Reminder.objects.get().sent_at is None
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    sweep(DUE, minutes=5)
    assert mail.outbox == []  # another worker may still have it in hand
    sweep(DUE, minutes=60)
    sweep(DUE, minutes=120)
    assert len(mail.outbox) == 1


def test_a_deaf_mail_server_is_asked_again_and_not_for_ever(melati, settings):
    settings.EMAIL_BACKEND = f"{__name__}.Deaf"
    for hour in range(20):
        sweep(DUE, minutes=60 * hour)
    assert Reminder.objects.get().tries == Reminder.MOST_TRIES
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    sweep(DUE, minutes=60 * 30)
    assert mail.outbox == []


def test_two_workers_send_one_mail(melati):
    reminding.make_due(now=at(DUE), today=DUE)
    row = Reminder.objects.get()
    Reminder.objects.update(tried_at=at(DUE))
    assert not reminding.send(reminder_id=row.pk, now=at(DUE))
    with pytest.raises(IntegrityError), transaction.atomic():
        Reminder.objects.create(person=melati, kind=row.kind, cycle=row.cycle, due_on=row.due_on, made_at=at(DUE))


def test_without_an_address_or_a_mail_server_the_desk_says_it(melati, settings, sign_in, monkeypatch):
    settings.EMAIL_HOST = ""
    monkeypatch.setattr(clock, "today", lambda: DUE)
    monkeypatch.setattr(clock, "now", lambda: at(DUE))
    browser = sign_in(melati)
    assert "Ada yang perlu dilihat" not in browser.get("/belajar/").content.decode()
    sweep(DUE)
    assert mail.outbox == []
    assert not Reminder.objects.unsent().exists()
    assert "Ada yang perlu dilihat" in browser.get("/belajar/").content.decode()


def test_who_pauses_is_left_in_peace_and_who_was_renewed_too(melati):
    day = DUE - timedelta(days=10)
    moving.move(person=melati, to=Move.PAUSE, actor=melati, now=at(day), today=day)
    sweep(DUE)
    assert not Reminder.objects.exists()
    moving.move(person=melati, to=Move.RESUME, actor=melati, now=at(DUE), today=DUE)
    Certificate.objects.update(expires_on=date(2032, 11, 20))
    sweep(DUE)
    assert not Reminder.objects.exists()
