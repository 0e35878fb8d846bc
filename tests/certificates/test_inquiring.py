"""A complaint is looked into: by one who is not concerned, with a hearing, a panel and an appeal (domain.md 4.7)."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from certificates import companions, inquiring
from certificates.models import Certificate, Inquiry
from certificates.rules import inquiries
from certificates.rules.inquiries import Member
from certificates.rules.states import State
from lms.kit import clock
from lms.kit.refusing import Refused
from lms.people import joining
from lms.people.models import Mentorship, Region, Role
from tests.cast import LONG_AGO, PASSWORD, THEN
from tests.certificates.build import NOW, TODAY, certify, load_small, make_ready
from tests.certificates.test_coordinator_pages import with_password

PANEL = [
    Member("Melur Johar", is_woman=True, from_outside=True),
    Member("Cempaka Kapuk", is_woman=True, from_outside=False),
    Member("Jati Bidara", is_woman=False, from_outside=False),
]
LATER = TODAY + timedelta(days=15)


@pytest.fixture(autouse=True)
def on_that_day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def melati(cast):
    """Melati, certified by Cendana's colleague Soka."""
    load_small()
    make_ready(cast.melati, cast.dahlia)
    certify(cast.melati, cast.soka)
    return cast.melati


def begin(person, lead, ground="money", suspend=False, complaint_on=TODAY):
    return inquiring.begin(
        person=person, lead=lead, ground=ground, complaint_on=complaint_on, suspend=suspend, now=NOW, today=TODAY
    )


def decide(inquiry, lead, outcome="revoked", panel=PANEL, reason="Terbukti.", decided_on=TODAY):
    return inquiring.decide(
        inquiry=inquiry,
        lead=lead,
        panel=panel,
        outcome=outcome,
        reason=reason,
        decided_on=decided_on,
        now=NOW,
        today=TODAY,
    )


def heard(person, lead, **more):
    inquiry = begin(person, lead, **more)
    return inquiring.hear(inquiry=inquiry, lead=lead, heard_on=TODAY, now=NOW, today=TODAY)


def state(person):
    return companions.of_person(person, today=TODAY).state


def verdict(client):
    return client.get(f"/v/{Certificate.objects.get().pretty_code}/").content.decode()


@pytest.mark.parametrize(("ground", "found"), [("children", State.SUSPENDED), ("money", State.CERTIFIED)])
def test_a_grave_ground_suspends_at_once(cast, melati, ground, found):
    begin(melati, cast.soka, ground=ground)
    assert state(melati) is found


def test_a_suspended_certificate_does_not_hold_and_says_no_reason(cast, melati, client):
    begin(melati, cast.soka, ground="abuse")
    page = verdict(client)
    assert 'class="verdict stop"' in page
    assert "periksa" not in page.lower().partition("<h1")[2].partition("</p>")[0]


def test_revoking_waits_for_the_days_of_appeal(cast, melati, client):
    inquiry = decide(heard(melati, cast.soka), cast.soka)
    assert state(melati) is State.SUSPENDED
    with pytest.raises(Refused):
        inquiring.close(inquiry=inquiry, lead=cast.soka, now=NOW, today=TODAY + timedelta(days=14))
    assert Certificate.objects.get().revoked_at is None
    inquiring.close(inquiry=inquiry, lead=cast.soka, now=NOW, today=LATER)
    inquiring.close(inquiry=inquiry, lead=cast.soka, now=NOW, today=LATER)
    assert state(melati) is State.REVOKED
    assert Certificate.objects.get().revoked_for == "money"
    assert 'class="verdict stop"' in verdict(client)


def test_an_appeal_can_give_everything_back(cast, melati, sign_in):
    inquiry = decide(heard(melati, cast.soka, ground="violence"), cast.soka)
    client = sign_in(melati)
    assert "Terbukti." in client.get("/sertifikat/keadaan/").content.decode()
    assert client.post(f"/sertifikat/keadaan/keberatan/{inquiry.pk}/").status_code == 302
    inquiry.refresh_from_db()
    assert inquiry.appealed_on == TODAY
    with pytest.raises(Refused):
        inquiring.close(inquiry=inquiry, lead=cast.soka, now=NOW, today=LATER)
    inquiring.decide_appeal(
        inquiry=inquiry, lead=cast.soka, outcome="unfounded", decided_on=TODAY, now=NOW, today=TODAY
    )
    assert state(melati) is State.CERTIFIED
    assert Certificate.objects.get().revoked_at is None


def test_nothing_found_ends_the_suspension_at_once(cast, melati):
    decide(heard(melati, cast.soka, ground="abuse"), cast.soka, outcome="unfounded")
    assert state(melati) is State.CERTIFIED
    begin(melati, cast.soka)


def test_nobody_decides_without_a_hearing(cast, melati):
    with pytest.raises(Refused):
        decide(begin(melati, cast.soka), cast.soka)


@pytest.mark.parametrize(
    "panel",
    [
        PANEL[:2],
        [PANEL[0], PANEL[0], PANEL[1]],
        [PANEL[0], PANEL[2], Member("Kesambi Ampupu", is_woman=False, from_outside=True)],
        [*PANEL[1:], Member("Nuri Ampupu", is_woman=True, from_outside=False)],
        [*PANEL[:2], Member("Melati Kusambi", is_woman=True, from_outside=False)],
    ],
    ids=["two people", "one twice", "one woman", "nobody from outside", "she herself"],
)
def test_a_panel_has_three_people_two_women_and_one_from_outside(cast, melati, panel):
    inquiry = heard(melati, cast.soka)
    with pytest.raises(Refused):
        decide(inquiry, cast.soka, panel=panel)


@pytest.mark.parametrize("reason", ["", "Telepon 0812 0000 0000."])
def test_a_decision_has_a_reason_without_numbers(cast, melati, reason):
    inquiry = heard(melati, cast.soka)
    with pytest.raises(Refused):
        decide(inquiry, cast.soka, reason=reason)


def test_who_is_concerned_leads_nothing(cast, melati):
    for lead in (melati, cast.cendana):
        with pytest.raises(Refused):
            begin(melati, lead)
    Mentorship.objects.create(mentor=cast.soka, learner=melati, starts_on=LONG_AGO, ends_on=LONG_AGO)
    with pytest.raises(Refused):
        begin(melati, cast.soka)
    with pytest.raises(IntegrityError), transaction.atomic():
        Inquiry.objects.create(person=melati, lead=melati, ground="money", complaint_on=TODAY, opened_at=NOW)


def test_who_is_concerned_reads_why_she_finds_no_form(cast, melati, sign_in):
    address = f"/koordinasi/berkas/{melati.pk}/pemeriksaan/"
    browser = sign_in(cast.soka)
    assert 'name="ground"' in browser.get(address).content.decode()
    Mentorship.objects.create(mentor=cast.soka, learner=melati, starts_on=LONG_AGO, ends_on=LONG_AGO)
    page = browser.get(address).content.decode()
    assert 'name="ground"' not in page
    assert "Koordinator lain yang memutuskan" in page


def another_coordinator(cast):
    region = Region.objects.get(code="99.01")
    joining.give_role(person=cast.murai, kind="coordinator", region=region, starts_on=LONG_AGO, now=THEN)
    return cast.murai


def test_only_she_and_its_lead_see_an_inquiry(cast, melati, sign_in):
    inquiry = begin(melati, cast.soka, ground="children")
    path = f"/koordinasi/pemeriksaan/{inquiry.pk}/"
    assert sign_in(cast.soka).get(path).status_code == 200
    other = sign_in(another_coordinator(cast))
    assert other.get(path).status_code == 404
    dossier = other.get(f"/koordinasi/berkas/{melati.pk}/").content.decode()
    assert str(inquiry.get_ground_display()) not in dossier
    assert "children" not in dossier
    begun = "mulai memeriksa sebuah pengaduan"
    assert begun not in dossier
    assert begun in sign_in(cast.soka).get(f"/koordinasi/berkas/{melati.pk}/").content.decode()
    assert sign_in(melati).get(path).status_code == 404
    page = sign_in(melati).get("/sertifikat/keadaan/").content.decode()
    assert str(inquiry.get_ground_display()) in page
    assert str(inquiry.get_ground_display()) not in sign_in(cast.seruni).get("/sertifikat/keadaan/").content.decode()


def test_the_lead_walks_it_from_beginning_to_end(cast, melati):
    client = with_password(cast.soka)
    begun = {"ground": "money", "complaint_on": "2026-11-20"}
    assert client.post(f"/koordinasi/berkas/{melati.pk}/pemeriksaan/", begun).status_code == 302
    path = f"/koordinasi/pemeriksaan/{Inquiry.objects.get().pk}/"
    assert client.post(path, {"step": "decide"}).status_code == 404
    assert client.post(path, {"step": "hear", "heard_on": "2026-11-19"}).status_code == 422
    assert client.post(path, {"step": "hear", "heard_on": "2026-11-21"}).status_code == 302
    said = {"step": "decide", "outcome": "guided", "reason": "Diberi bimbingan.", "decided_on": "2026-11-21"}
    for number, member in enumerate(PANEL, 1):
        said[f"name_{number}"] = member.name
        said |= {f"woman_{number}": "on"} if member.is_woman else {}
        said |= {f"outside_{number}": "on"} if member.from_outside else {}
    answer = client.post(path, {**said, "outside_1": ""})
    assert answer.status_code == 422
    assert "Diberi bimbingan." in answer.content.decode()
    assert client.post(path, said).status_code == 302
    assert client.post(path, {"step": "close"}).status_code == 404
    assert client.post(path, {"step": "appeal", "appealed_on": "2026-11-21"}).status_code == 302
    ended = {"step": "decide_appeal", "outcome": "unfounded", "decided_on": "2026-11-21"}
    assert client.post(path, ended).status_code == 302
    assert Inquiry.objects.get().closed_on == TODAY
    assert state(melati) is State.CERTIFIED


def test_an_inquiry_whose_lead_left_is_taken_over_as_it_stands(cast, melati):
    inquiry = begin(melati, cast.soka, suspend=True)
    other = another_coordinator(cast)
    with pytest.raises(Refused) as refused:
        begin(melati, other)
    assert refused.value.code == "running"
    role = Role.objects.get(person=cast.soka, kind="coordinator")
    joining.end_role(role=role, ends_on=TODAY - timedelta(days=1), now=NOW)
    other.set_password(PASSWORD)
    other.save()
    path = f"/koordinasi/berkas/{melati.pk}/pemeriksaan/"
    said = {"ground": "secrecy", "complaint_on": "2026-11-20"}
    assert with_password(other).post(path, said)["Location"] == f"/koordinasi/pemeriksaan/{inquiry.pk}/"
    kept = Inquiry.objects.get()
    assert (kept.lead, kept.ground, kept.suspended_on) == (other, "money", TODAY)
    with pytest.raises(Refused):
        inquiring.hear(inquiry=kept, lead=cast.soka, heard_on=TODAY, now=NOW, today=TODAY)


def test_an_inquiry_is_handed_over_to_one_who_is_not_concerned(cast, melati):
    inquiry = begin(melati, cast.soka)
    for wrong in (cast.cendana, melati):
        with pytest.raises(Refused):
            inquiring.hand_over(inquiry=inquiry, lead=cast.soka, to=wrong, now=NOW)
    other = another_coordinator(cast)
    inquiring.hand_over(inquiry=inquiry, lead=cast.soka, to=other, now=NOW)
    with pytest.raises(Refused):
        inquiring.suspend(inquiry=inquiry, lead=cast.soka, now=NOW, today=TODAY)
    inquiring.suspend(inquiry=inquiry, lead=other, now=NOW, today=TODAY)
    assert state(melati) is State.SUSPENDED


def test_each_step_has_its_last_day():
    course = inquiries.Course(complaint_on=date(2026, 11, 1))
    found = inquiries.stages(course)
    assert [stage.due_on for stage in found] == [date(2026, 11, 4), date(2026, 12, 1), None]
    assert found[0].is_late(date(2026, 11, 5))
    assert not found[0].is_late(date(2026, 11, 4))
    decided = inquiries.Course(
        date(2026, 11, 1), heard_on=date(2026, 11, 9), decided_on=date(2026, 11, 10), outcome=inquiries.Outcome.GUIDED
    )
    assert inquiries.stages(decided)[3].due_on == date(2026, 11, 24)
    assert inquiries.appeal_fault(decided, date(2026, 11, 24), date(2026, 11, 24)) is None
    assert inquiries.appeal_fault(decided, date(2026, 11, 25), date(2026, 11, 25)) is not None


def test_the_lead_alone_finds_it_on_her_desk_with_the_next_day_and_what_is_late(cast, melati, sign_in, monkeypatch):
    inquiry = begin(melati, cast.soka)
    link = f'href="/koordinasi/pemeriksaan/{inquiry.pk}/"'
    other = sign_in(another_coordinator(cast))
    lead = sign_in(cast.soka)
    page = lead.get("/koordinasi/").content.decode()
    assert link in page
    assert "terlambat" not in page
    assert link not in other.get("/koordinasi/").content.decode()
    monkeypatch.setattr(clock, "today", lambda: TODAY + timedelta(days=4))
    assert "terlambat" in lead.get("/koordinasi/").content.decode()
    decide(inquiring.hear(inquiry=inquiry, lead=cast.soka, heard_on=TODAY, now=NOW, today=TODAY), cast.soka)
    inquiring.close(inquiry=inquiry, lead=cast.soka, now=NOW, today=LATER)
    assert link not in lead.get("/koordinasi/").content.decode()


def test_not_to_object_is_never_late():
    course = inquiries.Course(
        date(2026, 11, 1),
        suspended_on=date(2026, 11, 1),
        heard_on=date(2026, 11, 9),
        decided_on=date(2026, 11, 10),
        outcome=inquiries.Outcome.REVOKED,
    )
    assert [stage.is_late(date(2026, 12, 31)) for stage in inquiries.stages(course)] == [False] * 4
    assert inquiries.next_stage(course) is None
