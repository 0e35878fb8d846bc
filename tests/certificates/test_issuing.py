"""Certify, decline, revoke: who may, when, and what is written."""

import threading
import uuid

import pytest
from django.db import IntegrityError, connection, transaction

from certificates import issuing, mentoring
from certificates.models import Certificate, Decision, Paper
from certificates.rules.credential import Statement, read_token
from lms.kit import codes, signing
from lms.kit.refusing import Refused
from lms.people import joining
from lms.people.models import Person, Region, TrailLine
from tests.cast import LONG_AGO, THEN, make_cast
from tests.certificates.build import NOW, TODAY, certify, load_small, log, make_ready, place
from tests.courses import making

pytestmark = pytest.mark.django_db


@pytest.fixture
def melati(cast):
    """Melati, of whom nothing remains."""
    load_small()
    make_ready(cast.melati, cast.dahlia)
    return cast.melati


def refusal(act, **more) -> str:
    with pytest.raises(Refused) as refused:
        act(**more)
    assert str(refused.value).endswith(".")
    return refused.value.code


def deny(person, decider, reason="Refleksi perlu dibicarakan dulu."):
    return issuing.decline(person=person, decider=decider, reason=reason, now=NOW, today=TODAY)


def revoke(certificate, revoker, reason=""):
    return issuing.revoke(certificate=certificate, revoker=revoker, reason=reason, now=NOW)


def test_the_coordinator_of_her_region_certifies(cast, melati):
    certificate = certify(melati, cast.soka)
    assert (certificate.name, certificate.certified_by, certificate.cycle) == ("Melati Kusambi", cast.soka, 1)
    assert (certificate.issued_on.isoformat(), certificate.expires_on.isoformat()) == ("2026-11-21", "2029-11-20")
    assert codes.normalise(certificate.pretty_code) == certificate.code
    assert certificate.pretty_number == "00001/2026"
    assert [paper.kind for paper in Paper.objects.filter(certificate=certificate)] == ["card", "pdf", "png"]
    decision = Decision.objects.get()
    assert (decision.kind, decision.figures["hours"]) == ("certified", [180, 180])
    assert TrailLine.objects.concerning(melati).filter(verb="certificates.certified", actor=cast.soka).count() == 1


def test_the_signed_statement_says_the_same_as_the_certificate(cast, melati):
    certificate = certify(melati, cast.soka)
    statement = read_token(certificate.statement, signing.public_keys().values())
    assert isinstance(statement, Statement)
    assert (statement.name, statement.code, statement.number) == ("Melati Kusambi", certificate.code, 1)
    assert (statement.standard, statement.version, statement.practice_minutes) == ("kecil-2026", 1, 180)
    assert (statement.issued_on, statement.expires_on) == (certificate.issued_on, certificate.expires_on)


def test_asking_again_gives_the_same_certificate(cast, melati):
    first = certify(melati, cast.soka)
    assert certify(melati, cast.soka) == first
    assert (Certificate.objects.count(), Paper.objects.count(), Decision.objects.count()) == (1, 3, 1)


@pytest.mark.parametrize(
    ("who", "code"),
    [("cendana", "region"), ("dahlia", "region"), ("anggrek", "region"), ("jati", "region"), ("melati", "own")],
)
def test_nobody_else_certifies_declines_or_revokes(cast, melati, who, code):
    other = getattr(cast, who)
    assert refusal(certify, person=melati, certifier=other) == code
    assert refusal(deny, person=melati, decider=other) == code
    certificate = certify(melati, cast.soka)
    assert refusal(revoke, certificate=certificate, revoker=other) == code
    assert Certificate.objects.get().revoked_at is None


def a_coordinator(person: Person) -> Person:
    joining.give_role(
        person=person, kind="coordinator", region=Region.objects.get(code="99.01"), starts_on=LONG_AGO, now=THEN
    )
    return person


def test_her_mentor_does_not_certify_her_though_she_coordinates(cast, melati):
    assert refusal(certify, person=melati, certifier=a_coordinator(cast.dahlia)) == "mentor"


def test_a_coordinator_does_not_certify_herself(cast, melati):
    assert refusal(certify, person=melati, certifier=a_coordinator(melati)) == "own"


def test_who_verified_old_hours_leaves_the_certificate_to_another(cast):
    load_small()
    make_ready(cast.melati, cast.dahlia)
    old = log(cast.melati, day=TODAY.replace(month=8))
    mentoring.verify_hours(entries=[old], judge=cast.soka, now=NOW, today=TODAY)
    assert refusal(certify, person=cast.melati, certifier=cast.soka) == "two_persons"
    assert certify(cast.melati, a_coordinator(cast.murai)).certified_by == cast.murai


def test_a_standard_may_do_without_the_second_person(cast):
    load_small(two_persons=False)
    make_ready(cast.melati, cast.dahlia)
    old = log(cast.melati, day=TODAY.replace(month=8))
    mentoring.verify_hours(entries=[old], judge=cast.soka, now=NOW, today=TODAY)
    assert certify(cast.melati, cast.soka)


def test_while_something_remains_nobody_is_certified(cast):
    load_small()
    place(cast.seruni, cast.dahlia)
    assert refusal(certify, person=cast.seruni, certifier=cast.soka) == "remains"
    assert not Certificate.objects.exists()
    assert not TrailLine.objects.filter(verb="certificates.certified").exists()


def test_a_correction_after_the_list_was_drawn_is_seen(cast, melati):
    entry = melati.hours.filter(activity="home_visit").first()
    mentoring.correct_hours(entry=entry, corrector=cast.dahlia, reason="Batal.", minutes=0, now=NOW, today=TODAY)
    assert refusal(certify, person=melati, certifier=cast.soka) == "remains"


def test_without_a_standard_nobody_is_certified(cast):
    assert refusal(certify, person=cast.melati, certifier=cast.soka) == "no_standard"


def test_a_name_that_cannot_be_signed_is_refused_with_a_sentence(cast, melati):
    Person.objects.filter(pk=melati.pk).update(name="Melati\u0007")
    melati.refresh_from_db()
    assert refusal(certify, person=melati, certifier=cast.soka) == "name"


def test_modules_and_exams_become_topics_with_hours(cast, tmp_path):
    from tests.certificates.build import TWO_MODULES, passed_exam

    plan = making.small_course(tmp_path)
    load_small(modules=TWO_MODULES)
    make_ready(cast.melati, cast.dahlia)
    assert refusal(certify, person=cast.melati, certifier=cast.soka) == "remains"
    making.do(cast.melati, plan, "m1/1", "m1/2", "m2/1")
    assert refusal(certify, person=cast.melati, certifier=cast.soka) == "remains"
    passed_exam(cast.melati, "m1")
    certificate = certify(cast.melati, cast.soka)
    assert [(topic["outer_title"], topic["hours"]) for topic in certificate.topics] == [
        ("Peran", 5),
        ("Bentuk dan tanda", 6),
    ]
    assert certificate.study_hours == 11


def test_declining_keeps_the_reason_and_issues_nothing(cast, melati):
    decision = deny(melati, cast.soka)
    assert (decision.kind, decision.reason) == ("declined", "Refleksi perlu dibicarakan dulu.")
    assert not Certificate.objects.exists()
    assert certify(melati, cast.soka)
    assert refusal(deny, person=melati, decider=cast.soka) == "certified"


@pytest.mark.parametrize("reason", ["", "   ", "Telepon 0812 0000 0000."])
def test_declining_needs_a_reason_without_anybodys_number(cast, melati, reason):
    with pytest.raises(Refused):
        deny(melati, cast.soka, reason=reason)
    assert not Decision.objects.exists()


def test_what_was_issued_by_mistake_is_taken_back_and_the_certificate_stays(cast, melati):
    certificate = revoke(certify(melati, cast.soka), cast.soka, reason="Rapat 20 November.")
    assert (certificate.revoked_for, certificate.revoked_by, certificate.state_on(TODAY)) == (
        "mistake",
        cast.soka,
        "revoked",
    )
    assert Decision.objects.get(kind="revoked").reason == "Rapat 20 November."
    assert revoke(certificate, cast.soka).revoked_for == "mistake"
    assert Decision.objects.filter(kind="revoked").count() == 1
    assert refusal(certify, person=melati, certifier=cast.soka) == "revoked"


def test_the_note_of_a_mistake_holds_no_numbers(cast, melati):
    certificate = certify(melati, cast.soka)
    with pytest.raises(Refused):
        revoke(certificate, cast.soka, reason="Telepon 0812 0000 0000.")
    certificate.refresh_from_db()
    assert certificate.revoked_at is None


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"revoked_at": NOW}, "revoked_says_when_by_whom_and_why"),
        ({"expires_on": "2026-11-21"}, "certificate_ends_after_issue"),
        ({"cycle": 0}, "certificate_cycle_begins_at_one"),
    ],
)
def test_the_database_refuses_a_certificate_that_contradicts_itself(cast, melati, change, name):
    certificate = certify(melati, cast.soka)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Certificate.objects.filter(pk=certificate.pk).update(**change)


def test_the_database_refuses_to_certify_or_decide_about_oneself(cast, melati):
    certificate = certify(melati, cast.soka)
    with pytest.raises(IntegrityError, match="nobody_certifies_herself"), transaction.atomic():
        Certificate.objects.filter(pk=certificate.pk).update(certified_by=melati)
    with pytest.raises(IntegrityError, match="nobody_decides_about_herself"), transaction.atomic():
        Decision.objects.update(decided_by=melati)
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.create(
            **{
                field: getattr(certificate, field)
                for field in ("person", "standard", "standard_code", "name", "topics")
            },
            number=99,
            issued_on=certificate.issued_on,
            expires_on=certificate.expires_on,
            statement="X",
            kid="x",
            certified_by=cast.soka,
            certified_at=NOW,
        )


@pytest.mark.django_db(transaction=True)
def test_fifty_threads_issue_one_certificate():
    cast = make_cast()
    load_small()
    make_ready(cast.melati, cast.dahlia)
    found: list[object] = []

    def ask() -> None:
        try:
            person, coordinator = Person.objects.get(pk=cast.melati.pk), Person.objects.get(pk=cast.soka.pk)
            found.append(certify(person, coordinator).code)
        except Exception as error:
            found.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 50
    assert set(found) == {Certificate.objects.get().code}
    assert Decision.objects.filter(kind="certified").count() == 1
    assert Paper.objects.count() == len(Paper.Kind)


@pytest.mark.django_db(transaction=True)
def test_two_phones_logging_the_same_time_leave_one_entry():
    cast = make_cast()
    load_small()
    place(cast.seruni, cast.dahlia)
    found: list[str] = []

    def send() -> None:
        try:
            log(Person.objects.get(pk=cast.seruni.pk), entry_id=uuid.uuid4())
            found.append("kept")
        except Refused as refused:
            found.append(refused.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == ["kept"] + ["overlap"] * 11
