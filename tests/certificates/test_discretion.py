"""That somebody is suspended or revoked is read by those concerned only; a pause looks the same to all others."""

import csv
import io
from datetime import timedelta

import pytest
from django.conf import settings

from certificates import companions, coverage, discretion, dossiers, inquiring, issuing, moving, register
from certificates.register import Wanted
from certificates.rules.inquiries import Member
from certificates.rules.states import Move, State
from lms.kit import clock
from lms.kit.refusing import Refused
from lms.people import joining
from lms.people.models import Region
from tests.cast import LONG_AGO, THEN
from tests.certificates.build import NOW, TODAY, certify, load_small, make_ready
from tests.certificates.test_coordinator_pages import with_password

AWAY = "Sedang tidak aktif"
# What the true states are called, on any page and in any file.
TRUE = ("Ditangguhkan", "ditangguhkan", "Dicabut", "dicabut", "Sedang jeda", "memeriksa", "panel")
PANEL = [
    Member("Melur Johar", is_woman=True, from_outside=True),
    Member("Cempaka Kapuk", is_woman=True, from_outside=False),
    Member("Gaharu Bidara", is_woman=False, from_outside=False),
]


@pytest.fixture(autouse=True)
def on_that_day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(settings, "STAFF_SECOND_FACTOR", False)


@pytest.fixture
def other(cast):
    """A coordinator of the same region who has nothing to do with it."""
    region = Region.objects.get(code="99.01")
    joining.give_role(person=cast.jati, kind="coordinator", region=region, starts_on=LONG_AGO, now=THEN)
    return cast.jati


@pytest.fixture
def melati(cast):
    load_small()
    make_ready(cast.melati, cast.dahlia)
    certify(cast.melati, cast.soka)
    return cast.melati


def suspend(melati, lead):
    return inquiring.begin(
        person=melati, lead=lead, ground="abuse", complaint_on=TODAY, suspend=True, now=NOW, today=TODAY
    )


def revoke(melati, lead):
    inquiry = suspend(melati, lead)
    inquiring.hear(inquiry=inquiry, lead=lead, heard_on=TODAY, now=NOW, today=TODAY)
    inquiring.decide(
        inquiry=inquiry,
        lead=lead,
        panel=PANEL,
        outcome="revoked",
        reason="Terbukti.",
        decided_on=TODAY,
        now=NOW,
        today=TODAY,
    )
    inquiring.close(inquiry=inquiry, lead=lead, now=NOW, today=TODAY + timedelta(days=15))


def pause(melati, lead):
    moving.move(person=melati, to=Move.PAUSE, actor=melati, now=NOW, today=TODAY)


AWAYS = [pytest.param(act, id=act.__name__) for act in (pause, suspend, revoke)]


def main_of(page) -> str:
    """The page without the menu, and without what hangs on everybody's file."""
    return page.content.decode().partition("<main")[2].partition("</main>")[0]


@pytest.mark.parametrize("act", AWAYS)
def test_the_register_its_filter_and_its_file_have_one_name_for_who_is_away(cast, melati, other, act):
    act(melati, cast.soka)
    browser = with_password(other)
    page = main_of(browser.get("/koordinasi/alumni/", {"keadaan": "away"}))
    assert "Melati Kusambi" in page
    assert AWAY in page
    assert not [word for word in TRUE if word in page]
    file = browser.post("/koordinasi/alumni/unduh/", {"kind": "csv"}).content.decode("utf-8-sig")
    assert [row[3] for row in csv.reader(io.StringIO(file))][1:] == [AWAY]
    for state in ("suspended", "revoked", "paused"):
        assert "Melati Kusambi" in browser.get("/koordinasi/alumni/", {"keadaan": state}).content.decode()


@pytest.mark.parametrize("act", AWAYS)
def test_her_file_tells_neither_state_nor_moves_nor_trail_nor_decision(cast, melati, other, act, sign_in):
    act(melati, cast.soka)
    browser = sign_in(other)
    page = main_of(browser.get(f"/koordinasi/berkas/{melati.pk}/?semua=1"))
    assert AWAY in page
    assert not [word for word in TRUE if word in page]
    page = main_of(browser.get(f"/koordinasi/berkas/{melati.pk}/keadaan/"))
    assert AWAY in page
    assert "Riwayat" not in page
    assert page.count('name="move"') == 2
    browser.post(f"/koordinasi/berkas/{melati.pk}/keadaan/", {"move": "resume"})
    true = companions.of_person(melati, today=TODAY).state
    assert true is (State.CERTIFIED if act is pause else {suspend: State.SUSPENDED, revoke: State.REVOKED}[act])


@pytest.mark.parametrize(("act", "word"), [(suspend, "Ditangguhkan"), (revoke, "Dicabut")])
def test_who_leads_the_inquiry_and_she_herself_read_the_true_state(cast, melati, sign_in, act, word):
    act(melati, cast.soka)
    lead = sign_in(cast.soka)
    assert word in main_of(lead.get("/koordinasi/alumni/"))
    page = main_of(lead.get(f"/koordinasi/berkas/{melati.pk}/?semua=1"))
    assert word in page
    assert "mulai memeriksa sebuah pengaduan" in page
    assert word in main_of(lead.get(f"/koordinasi/berkas/{melati.pk}/keadaan/"))
    assert word in main_of(sign_in(melati).get("/sertifikat/keadaan/"))


def test_who_hands_the_inquiry_over_or_led_an_older_one_knows_no_more(cast, melati, other):
    inquiry = suspend(melati, cast.soka)
    assert discretion.is_known_to(cast.soka, melati)
    assert not discretion.is_known_to(other, melati)
    inquiring.hand_over(inquiry=inquiry, lead=cast.soka, to=other, now=NOW)
    assert not discretion.is_known_to(cast.soka, melati)
    assert discretion.is_known_to(other, melati)
    inquiring.hear(inquiry=inquiry, lead=other, heard_on=TODAY, now=NOW, today=TODAY)
    inquiring.decide(
        inquiry=inquiry, lead=other, panel=PANEL, outcome="unfounded", reason="Tidak terbukti.", decided_on=TODAY,
        now=NOW, today=TODAY,
    )  # fmt: skip
    later = NOW + timedelta(hours=1)
    inquiring.begin(
        person=melati, lead=cast.soka, ground="money", complaint_on=TODAY, suspend=True, now=later, today=TODAY
    )
    assert not discretion.is_known_to(other, melati)
    assert discretion.is_known_to(cast.soka, melati)


@pytest.mark.parametrize("act", AWAYS)
def test_coverage_counts_who_is_away_as_one(cast, melati, other, act, sign_in):
    act(melati, cast.soka)
    found = coverage.look(("99.01",), today=TODAY)
    assert (found.away, found.retired, found.coverage.people) == (1, 0, 0)
    assert not [word for word in TRUE if word in main_of(sign_in(other).get("/koordinasi/jangkauan/"))]


def test_a_certificate_issued_by_mistake_is_told_to_every_coordinator(cast, melati, other, sign_in):
    issuing.revoke(certificate=melati.certificates.get(), revoker=cast.soka, now=NOW, reason="Salah nama.")
    page = main_of(sign_in(other).get(f"/koordinasi/berkas/{melati.pk}/"))
    assert "Salah nama." in page
    assert "Tidak berlaku" in page


@pytest.mark.parametrize("act", [pause, suspend])
def test_nobody_who_is_away_is_ready_or_certified_and_the_sentence_is_the_same(cast, other, act, sign_in):
    load_small()
    make_ready(cast.melati, cast.dahlia)
    assert [one.person for one in dossiers.ready(other, today=TODAY)] == [cast.melati]
    act(cast.melati, cast.soka)
    assert dossiers.ready(other, today=TODAY) == []
    with pytest.raises(Refused, match=r"^She is not active at present|^Ia sedang tidak aktif") as refused:
        certify(cast.melati, other)
    page = main_of(sign_in(other).get(f"/koordinasi/berkas/{cast.melati.pk}/"))
    assert str(refused.value) in page
    assert "/sahkan/" not in page


def test_the_filter_leaves_who_acts_out(cast, melati):
    assert not register.alumni(cast.soka, Wanted(state="away"), today=TODAY).exists()
    pause(melati, cast.soka)
    assert not register.alumni(cast.soka, Wanted(state="certified"), today=TODAY).exists()
