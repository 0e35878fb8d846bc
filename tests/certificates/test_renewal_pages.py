"""Renewal on the pages: what keeps a certificate valid, who is due, a class that refreshes, counts of reflections."""

import uuid
from datetime import date

import pytest

from certificates import reflecting
from certificates.models import Certificate, Pledge, Reflection, Refresher
from lms.kit import clock
from tests.certificates.build import certify, load_small, make_ready
from tests.certificates.test_coordinator_pages import with_password
from tests.certificates.test_renewing import DUE_DAY, at, keep_everything, reflect


@pytest.fixture(autouse=True)
def on_that_day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: DUE_DAY)
    monkeypatch.setattr(clock, "now", lambda: at(DUE_DAY))


@pytest.fixture
def melati(cast):
    """Melati, certified on 21 November 2026; it is October 2029."""
    load_small()
    make_ready(cast.melati, cast.dahlia)
    certify(cast.melati, cast.soka)
    return cast.melati


def read(browser, path, status=200):
    answer = browser.get(path)
    assert answer.status_code == status
    return answer.content.decode()


def test_she_reads_year_by_year_what_keeps_it_valid(cast, melati, sign_in):
    reflect(melati, 2028, date(2028, 3, 1))
    page = read(sign_in(melati), "/sertifikat/")
    assert "/refleksi/?tahun=2027" in page
    assert "/refleksi/?tahun=2028" not in page
    assert "20 November 2029" in page
    assert "/sertifikat/kode-etik/" in page


def test_an_ended_certificate_says_on_top_until_when_it_can_be_renewed(cast, melati, sign_in, monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: date(2029, 12, 1))
    page = read(sign_in(melati), "/sertifikat/")
    assert page.index("Masih bisa diperpanjang sampai 18 Februari 2030.") < page.index('id="name"')
    assert "Agar berlaku lagi" in page
    keep_everything(melati, cast)
    page = read(sign_in(melati), "/sertifikat/")
    assert "Koordinator dapat memperpanjang sekarang." in page
    assert 'href="#perpanjang"' not in page


def test_she_writes_the_reflection_of_a_missed_year(cast, melati, sign_in):
    browser = sign_in(melati)
    assert 'value="2027"' in read(browser, "/refleksi/?tahun=2027")
    said = {"entry": str(uuid.uuid4()), "year": 2027, "willing": "yes", "answer_2": "Baik."}
    assert browser.post("/refleksi/?tahun=2027", said).status_code == 302
    assert Reflection.objects.get(person=melati, year=2027).is_late
    said = {"entry": str(uuid.uuid4()), "year": 2019, "willing": "yes", "answer_2": "Baik."}
    assert browser.post("/refleksi/", said).status_code == 422
    assert 'value="2029"' in read(browser, "/refleksi/?tahun=2019")


def test_she_signs_again_for_the_next_period(cast, melati, sign_in):
    browser = sign_in(melati)
    said = {"entry": str(uuid.uuid4()), "version": 1, "about": "ethics", "agree": "on"}
    assert 'name="agree"' in read(browser, "/sertifikat/kode-etik/")
    assert browser.post("/sertifikat/kode-etik/", said).status_code == 302
    assert 'name="agree"' not in read(browser, "/sertifikat/kode-etik/")
    assert Pledge.objects.filter(person=melati).count() == 2


def test_the_coordinator_finds_who_is_due_and_renews_with_her_password(cast, melati, sign_in):
    keep_everything(melati, cast)
    browser = with_password(cast.soka)
    assert "/koordinasi/perpanjangan/" in read(browser, "/koordinasi/")
    assert f"/koordinasi/berkas/{melati.pk}/" in read(browser, "/koordinasi/perpanjangan/?tahap=days_60")
    assert f"/koordinasi/berkas/{melati.pk}/" not in read(browser, "/koordinasi/perpanjangan/?tahap=grace")
    path = f"/koordinasi/berkas/{melati.pk}/perpanjang/"
    assert path in read(browser, f"/koordinasi/berkas/{melati.pk}/")
    assert "21 Nov 2029" in read(browser, path)
    assert sign_in(cast.soka).post(path).status_code == 302
    assert Certificate.objects.count() == 1
    assert browser.post(path).status_code == 302
    assert Certificate.objects.count() == 2
    first = Certificate.objects.get(cycle=1)
    assert first.pretty_code in read(browser, f"/koordinasi/berkas/{melati.pk}/")
    own = read(sign_in(melati), "/sertifikat/")
    assert own.index(first.pretty_code) < own.index(Certificate.objects.get(cycle=2).pretty_code)
    assert "Melati" not in read(browser, "/koordinasi/perpanjangan/")


def test_what_remains_is_said_on_the_page(cast, melati):
    browser = with_password(cast.soka)
    path = f"/koordinasi/berkas/{melati.pk}/perpanjang/"
    assert "2027, 2028, 2029" in read(browser, path)
    answer = browser.post(path)
    assert answer.status_code == 422
    assert "2027, 2028, 2029" in answer.content.decode()


@pytest.mark.parametrize("who", ["cendana", "dahlia", "anggrek", "melati", "jati"])
def test_nobody_elses_dossier_is_renewed(cast, melati, sign_in, who):
    browser = sign_in(getattr(cast, who))
    path = f"/koordinasi/berkas/{melati.pk}/perpanjang/"
    assert browser.get(path).status_code in (403, 404)
    assert browser.get("/koordinasi/perpanjangan/").status_code == (200 if who == "cendana" else 404)


def test_the_list_needs_as_many_queries_for_three_as_for_one(cast, melati, sign_in, django_assert_max_num_queries):
    browser = sign_in(cast.soka)
    read(browser, "/koordinasi/perpanjangan/")
    with django_assert_max_num_queries(30) as few:
        read(browser, "/koordinasi/perpanjangan/")
    for person, mentor in ((cast.seruni, cast.dahlia), (cast.kenari, cast.murai)):
        make_ready(person, mentor)
        certify(person, cast.soka)
    with django_assert_max_num_queries(30) as many:
        read(browser, "/koordinasi/perpanjangan/")
    assert len(many) == len(few)


def test_a_trainer_notes_a_class(cast, melati, sign_in):
    make_ready(cast.kenari, cast.murai)
    certify(cast.kenari, cast.soka)
    for who in (cast.anggrek, cast.soka):
        page = read(sign_in(who), "/koordinasi/penyegaran/?q=kenari")
        assert "Kenari" in page
        assert "Melati" not in page
    browser = sign_in(cast.anggrek)
    said = {"refresher": str(uuid.uuid4()), "topic": "law", "held_on": "2029-09-01", "minutes": 480}
    assert browser.post("/koordinasi/penyegaran/", said).status_code == 422
    people = [melati.pk, cast.kenari.pk]
    for _sending in range(2):
        assert browser.post("/koordinasi/penyegaran/", {**said, "people": people}).status_code == 302
    assert Refresher.objects.filter(is_legal=True, noted_by=cast.anggrek).count() == 2
    assert browser.post("/koordinasi/penyegaran/", {**said, "people": [cast.teratai.pk]}).status_code == 422
    answer = browser.post(
        "/koordinasi/penyegaran/", {**said, "topic": "other", "words": "0812 0000 0000", "people": people}
    )
    assert answer.status_code == 422
    assert "0812" not in answer.content.decode()


def test_the_mentor_notes_that_they_talked(cast, melati, sign_in):
    reflect(melati, 2029, DUE_DAY)
    path = f"/pembimbing/binaan/{melati.pk}/refleksi/"
    browser = sign_in(cast.dahlia)
    page = read(browser, path)
    assert "2029" in page
    assert "Baik." not in page
    assert browser.post(path, {"year": 2029, "held_on": "2029-10-01"}).status_code == 302
    assert Reflection.objects.get(person=melati, year=2029).discussed_with == cast.dahlia
    assert sign_in(cast.murai).get(path).status_code == 404


def test_willing_is_counted_in_fives_and_texts_never_appear(cast, melati, sign_in):
    browser = sign_in(cast.soka)
    people = [melati, cast.seruni, cast.kenari, cast.dahlia]
    for number, person in enumerate(people):
        reflecting.write_reflection(
            person=person, answers={"2": "Rahasia saya."}, willing="yes", now=at(DUE_DAY), today=DUE_DAY
        )
        assert 'class="stats"' not in read(browser, "/koordinasi/refleksi/"), number
    for person, willing in ((cast.murai, "pause"),):
        reflecting.write_reflection(
            person=person, answers={"2": "Rahasia saya."}, willing=willing, now=at(DUE_DAY), today=DUE_DAY
        )
    page = read(browser, "/koordinasi/refleksi/?tahun=2029")
    assert "Melati Kusambi" in page
    assert 'class="stats"' in page
    assert "Rahasia" not in page
    assert "Melati" not in read(sign_in(cast.cendana), "/koordinasi/refleksi/")
