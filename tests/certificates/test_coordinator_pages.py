"""A coordinator's pages: her desk, one person's file, certify, decline, place, revoke."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client

from certificates.models import Certificate, Decision, HoursEntry, Placement
from lms.kit import clock
from lms.people import joining, trailing
from lms.people.models import Mentorship, Region, TrailLine
from tests.cast import LONG_AGO, PASSWORD, THEN
from tests.certificates.build import NOW, TODAY, certify, load_small, log, make_ready, place
from tests.certificates.test_mentor_pages import verify_form


@pytest.fixture(autouse=True)
def on_that_day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def melati(cast):
    """Melati, of whom nothing remains."""
    load_small()
    make_ready(cast.melati, cast.dahlia)
    return cast.melati


@pytest.fixture
def soka(cast):
    """Soka's browser, her password given a moment ago."""
    return with_password(cast.soka)


def with_password(person) -> Client:
    browser = Client()
    browser.post("/akun/login/", {"login": person.username, "password": PASSWORD})
    reauthenticated = browser.post("/akun/reauthenticate/", {"password": PASSWORD, "next": "/"})
    assert reauthenticated.status_code == 302
    return browser


@pytest.fixture(autouse=True)
def no_second_factor(monkeypatch):
    monkeypatch.setattr(settings, "STAFF_SECOND_FACTOR", False)


def test_the_desk_shows_who_is_ready_in_her_region_only(cast, melati, sign_in):
    place(cast.seruni, cast.dahlia)
    page = sign_in(cast.soka).get("/koordinasi/").content.decode()
    assert f"/koordinasi/berkas/{melati.pk}/" in page
    assert "Seruni" not in page
    other = sign_in(cast.cendana).get("/koordinasi/").content.decode()
    assert "Melati" not in other


def test_after_certifying_she_stands_among_those_certified_lately(cast, melati, sign_in):
    certify(melati, cast.soka)
    page = sign_in(cast.soka).get("/koordinasi/").content.decode()
    assert page.count(f"/koordinasi/berkas/{melati.pk}/") == 1
    assert "Melati Kusambi" not in sign_in(cast.cendana).get("/koordinasi/").content.decode()


def test_coverage_counts_villages_of_her_region(cast, melati, sign_in):
    certify(melati, cast.soka)
    page = sign_in(cast.soka).get("/koordinasi/").content.decode()
    rows = re.findall(r'<th scope="row">([^<]+)</th>(?:<td class="n">(\d+)</td>)(?:<td class="n">(\d+)</td>){3}', page)
    assert [(name, villages) for name, villages, _last in rows] == [("Padang Kusambi", "1"), ("Bukit Gewang", "2")]
    assert sign_in(cast.cendana).get("/koordinasi/").status_code == 200


def test_her_desk_needs_as_many_queries_for_five_ready_as_for_one(cast, melati, sign_in, django_assert_max_num_queries):
    browser = sign_in(cast.soka)
    with django_assert_max_num_queries(40) as few:
        browser.get("/koordinasi/")
    make_ready(cast.kenari, cast.murai)
    make_ready(cast.seruni, cast.dahlia)
    with django_assert_max_num_queries(len(few)):
        assert browser.get("/koordinasi/").content.decode().count("/koordinasi/berkas/") == 4


@pytest.mark.parametrize("who", ["seruni", "dahlia", "anggrek", "jati"])
@pytest.mark.parametrize("address", ["/koordinasi/", "/koordinasi/jam/", "/koordinasi/berkas/{}/"])
def test_who_is_no_coordinator_gets_404(cast, sign_in, who, address):
    load_small()
    assert sign_in(getattr(cast, who)).get(address.format(cast.melati.pk)).status_code == 404


def test_a_file_is_open_to_the_coordinator_of_the_region_and_to_no_other(cast, melati, sign_in):
    for path in ("", "sahkan/"):
        assert sign_in(cast.soka).get(f"/koordinasi/berkas/{melati.pk}/{path}").status_code == 200
        assert sign_in(cast.cendana).get(f"/koordinasi/berkas/{melati.pk}/{path}").status_code == 404
    assert sign_in(cast.soka).get("/koordinasi/berkas/999999/").status_code == 404


def test_who_opened_a_file_stands_in_its_trail_once_a_day(cast, melati, sign_in):
    browser = sign_in(cast.soka)
    browser.get(f"/koordinasi/berkas/{melati.pk}/")
    page = browser.get(f"/koordinasi/berkas/{melati.pk}/").content.decode()
    assert TrailLine.objects.concerning(melati).filter(verb="certificates.viewed").count() == 1
    assert "Soka" in page
    assert browser.get(f"/koordinasi/berkas/{melati.pk}/?semua=1").status_code == 200


def test_she_certifies_with_her_password_fresh(melati, soka):
    answer = soka.post(f"/koordinasi/berkas/{melati.pk}/sahkan/")
    assert answer["Location"] == f"/koordinasi/berkas/{melati.pk}/"
    assert Certificate.objects.get().person == melati


def test_without_a_fresh_password_she_is_asked_for_it_first(cast, melati, sign_in):
    answer = sign_in(cast.soka).post(f"/koordinasi/berkas/{melati.pk}/sahkan/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/akun/reauthenticate/")
    assert not Certificate.objects.exists()
    certificate = certify(melati, cast.soka)
    answer = sign_in(cast.soka).post(f"/koordinasi/sertifikat/{certificate.code}/cabut/", {"ground": "money"})
    assert answer["Location"].startswith("/akun/reauthenticate/")
    assert Certificate.objects.get().revoked_at is None


def test_the_other_regency_certifies_declines_places_and_revokes_nobody_here(cast, melati):
    cendana = with_password(cast.cendana)
    certificate = certify(melati, cast.soka)
    for path in ("sahkan/", "tunda/", "tempat/"):
        assert cendana.post(f"/koordinasi/berkas/{cast.seruni.pk}/{path}", {"reason": "x"}).status_code == 404
    assert cendana.post(f"/koordinasi/sertifikat/{certificate.code}/cabut/", {"ground": "money"}).status_code == 404
    assert Certificate.objects.filter(revoked_at=None).count() == 1


def test_while_something_remains_certifying_says_so(cast, soka):
    load_small()
    place(cast.seruni, cast.dahlia)
    answer = soka.post(f"/koordinasi/berkas/{cast.seruni.pk}/sahkan/")
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()


def test_a_reason_to_wait_reaches_the_learner(cast, melati, soka, sign_in):
    HoursEntry.objects.filter(learner=melati, activity="court").update(state="claimed", judged_by=None, judged_at=None)
    answer = soka.post(f"/koordinasi/berkas/{melati.pk}/tunda/", {"reason": "Satu kunjungan lagi."})
    assert answer.status_code == 302
    assert "Satu kunjungan lagi." in sign_in(melati).get("/sertifikat/").content.decode()


@pytest.mark.parametrize("reason", ["", "Hubungi 0812 0000 0000."])
def test_a_reason_with_a_number_or_none_comes_back_unsaid(melati, soka, reason):
    answer = soka.post(f"/koordinasi/berkas/{melati.pk}/tunda/", {"reason": reason})
    assert answer.status_code == 422
    assert "0812" not in answer.content.decode()
    assert not Decision.objects.exists()


def test_she_names_a_mentor_and_the_learner_can_log(cast, soka, sign_in):
    load_small()
    fields = {"mentor": cast.murai.pk, "place_kind": "village", "starts_on": "2026-11-01", "ends_on": ""}
    assert soka.post(f"/koordinasi/berkas/{cast.kenari.pk}/tempat/", fields).status_code == 302
    assert Placement.objects.get(learner=cast.kenari).mentor == cast.murai
    assert "Murai" in sign_in(cast.kenari).get("/magang/").content.decode()


@pytest.mark.parametrize(
    "wrong", [{"mentor": ""}, {"mentor": "seruni"}, {"ends_on": "2026-10-01"}, {"place_kind": "moon"}], ids=str
)
def test_a_wrong_placement_comes_back(cast, soka, wrong):
    fields = {"mentor": cast.murai.pk, "place_kind": "village", "starts_on": "2026-11-01", "ends_on": "", **wrong}
    if fields["mentor"] == "seruni":
        fields["mentor"] = cast.seruni.pk
    assert soka.post(f"/koordinasi/berkas/{cast.kenari.pk}/tempat/", fields).status_code == 422
    assert not Placement.objects.exists()


def test_another_open_mentor_or_time_is_refused(cast, soka):
    load_small()
    fields = {"mentor": cast.murai.pk, "place_kind": "village", "starts_on": "2026-11-01", "ends_on": ""}
    address = f"/koordinasi/berkas/{cast.seruni.pk}/tempat/"
    assert soka.post(address, fields).status_code == 422
    assert soka.post(address, {**fields, "mentor": cast.dahlia.pk}).status_code == 302
    assert soka.post(address, {**fields, "mentor": cast.dahlia.pk}).status_code == 422
    assert Placement.objects.count() == 1


def test_she_verifies_what_is_too_old_for_the_mentor(cast, soka, sign_in):
    load_small()
    place(cast.seruni, cast.dahlia)
    old, young = log(cast.seruni, day=TODAY - timedelta(days=61)), log(cast.seruni)
    page = soka.get("/koordinasi/jam/").content.decode()
    assert str(old.pk) in page
    assert str(young.pk) not in page
    assert "Seruni" not in sign_in(cast.cendana).get("/koordinasi/jam/").content.decode()
    assert soka.post("/koordinasi/jam/", verify_form(young)).status_code == 422
    assert sign_in(cast.cendana).post("/koordinasi/jam/", verify_form(old)).status_code == 422
    assert soka.post("/koordinasi/jam/", verify_form(old)).status_code == 302
    old.refresh_from_db()
    assert old.judged_by == cast.soka


def test_she_takes_a_mistake_back_and_the_public_page_says_so(cast, melati, soka, client):
    certificate = certify(melati, cast.soka)
    address = f"/koordinasi/sertifikat/{certificate.code}/cabut/"
    assert soka.get(address).status_code == 200
    assert soka.post(address, {"reason": "0812 0000 0000"}).status_code == 422
    assert soka.post(address, {"reason": ""}).status_code == 302
    page = client.get(f"/v/{certificate.pretty_code}/").content.decode()
    assert 'class="verdict stop"' in page
    assert "keliru" not in page


def test_a_file_says_why_she_herself_may_not_certify(cast, sign_in):
    load_small()
    make_ready(cast.melati, cast.dahlia)
    old = log(cast.melati, day=TODAY - timedelta(days=61))
    browser = sign_in(cast.soka)
    assert "/sahkan/" in browser.get(f"/koordinasi/berkas/{cast.melati.pk}/").content.decode()
    browser.post("/koordinasi/jam/", verify_form(old))
    page = browser.get(f"/koordinasi/berkas/{cast.melati.pk}/").content.decode()
    assert "/sahkan/" not in page


def test_a_certified_person_is_not_put_off_and_a_mistake_is_kept_once(cast, melati, soka):
    certificate = certify(melati, cast.soka)
    assert soka.post(f"/koordinasi/berkas/{melati.pk}/tunda/", {"reason": "Nanti."}).status_code == 422
    address = f"/koordinasi/sertifikat/{certificate.code}/cabut/"
    soka.post(address, {})
    soka.post(address, {"reason": "Lagi."})
    assert Certificate.objects.get().revoked_for == "mistake"


def test_an_empty_site_has_a_desk_too(cast, sign_in):
    assert sign_in(cast.soka).get("/koordinasi/").status_code == 200


def test_a_standard_without_hours_reflection_or_pledge_makes_everyone_ready(cast, sign_in):
    load_small(activities=[], reflection=False, pledge=False)
    page = sign_in(cast.soka).get("/koordinasi/").content.decode()
    assert f"/koordinasi/berkas/{cast.melati.pk}/" in page


def test_her_own_file_leaves_no_line_in_the_trail(cast, sign_in):
    load_small()
    region = Region.objects.get(code="99.01")
    joining.give_role(person=cast.kenari, kind="coordinator", region=region, starts_on=LONG_AGO, now=THEN)
    assert sign_in(cast.kenari).get(f"/koordinasi/berkas/{cast.kenari.pk}/").status_code == 200
    assert not TrailLine.objects.filter(verb="certificates.viewed").exists()


def test_a_line_of_an_unknown_kind_is_shown_as_it_is(cast, melati, sign_in):
    trailing.record(actor=None, verb="later.paused_for_harvest", subject=melati, person=melati, now=NOW)
    assert "paused for harvest" in sign_in(cast.soka).get(f"/koordinasi/berkas/{melati.pk}/").content.decode()


def test_a_coordinator_who_was_her_mentor_does_not_revoke(cast, melati):
    certificate = certify(melati, cast.soka)
    Mentorship.objects.create(mentor=cast.soka, learner=melati, starts_on=LONG_AGO, ends_on=LONG_AGO)
    address = f"/koordinasi/sertifikat/{certificate.code}/cabut/"
    assert with_password(cast.soka).post(address, {}).status_code == 422
    assert Certificate.objects.get().revoked_at is None
