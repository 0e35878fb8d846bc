"""Coverage: villages with 0, 1, 2 and more who act; its change; who is no longer there; what the public reads."""

import re
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from certificates import counting, coverage, issuing, moving, tasks
from certificates.models import Certificate, CoverageMonth
from certificates.rules.states import Move
from lms.kit import clock
from lms.people.models import Person, Region, Role, VillageGroup
from tests.cast import AIR_LONTAR, BATU_ASAM
from tests.certificates.build import NOW, TODAY, certify, load_small, make_ready

HERE = ("99.01",)


@pytest.fixture(autouse=True)
def on_that_day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)
    cache.clear()


@pytest.fixture
def melati(cast):
    load_small()
    make_ready(cast.melati, cast.dahlia)
    certify(cast.melati, cast.soka)
    return cast.melati


def counts(codes=HERE, today=TODAY) -> tuple[int, int, int]:
    found = coverage.of_regions(codes, today=today)
    return found.none, found.one, found.more


def copied(certificate: Certificate, person: Person) -> Certificate:
    """Another person's certificate of the same day, as the register of villages needs it."""
    number = Certificate.objects.count() + 1
    certificate.pk, certificate.person, certificate.number, certificate.code = None, person, number, f"T{number:014}"
    certificate.statement = f"{certificate.statement}{number}"
    certificate.save(force_insert=True)
    return certificate


def test_a_village_counts_by_its_people_who_act(cast, melati):
    assert counts() == (2, 1, 0)
    copied(Certificate.objects.get(), cast.seruni)
    assert counts() == (2, 0, 1)
    assert counts(("99.02",)) == (1, 0, 0)
    assert counts(("99.01.01.2001",)) == (0, 0, 1)


@pytest.mark.parametrize("move", [Move.PAUSE, Move.RETIRE])
def test_who_pauses_or_stopped_covers_no_village_and_is_counted_apart(cast, melati, move):
    moving.move(person=melati, to=move, actor=melati, now=NOW, today=TODAY)
    found = coverage.look(HERE, today=TODAY)
    assert counts() == (3, 0, 0)
    assert (found.away, found.retired) == ((1, 0) if move is Move.PAUSE else (0, 1))


def test_after_a_pause_she_counts_again(cast, melati):
    moving.move(person=melati, to=Move.PAUSE, actor=melati, now=NOW, today=TODAY)
    moving.move(person=melati, to=Move.RESUME, actor=melati, now=NOW + timedelta(hours=1), today=TODAY)
    found = coverage.look(HERE, today=TODAY)
    assert (counts(), found.away) == ((2, 1, 0), 0)


def test_an_ended_or_revoked_certificate_covers_no_village(cast, melati):
    assert counts(today=date(2029, 11, 20)) == (2, 1, 0)
    assert counts(today=date(2029, 11, 21)) == (3, 0, 0)
    issuing.revoke(certificate=Certificate.objects.get(), revoker=cast.soka, now=NOW)
    assert counts() == (3, 0, 0)


def test_certificates_that_end_within_ninety_days_are_counted_unless_renewed(cast, melati):
    assert coverage.look(HERE, today=TODAY).ending == 0
    Certificate.objects.update(expires_on=TODAY + timedelta(days=90))
    assert coverage.look(HERE, today=TODAY).ending == 1
    renewed = Certificate.objects.get()
    renewed.cycle, renewed.expires_on = 2, TODAY + timedelta(days=1000)
    copied(renewed, melati)
    assert coverage.look(HERE, today=TODAY).ending == 0


def ending_on_the_desk(browser) -> int:
    """The figure over "end within 90 days" on the coordinator's desk."""
    page = browser.get("/koordinasi/").content.decode()
    return int(re.search(r'<span class="stat">(\d+)</span><a href="/koordinasi/perpanjangan/"', page)[1])


def test_the_desk_counts_certificates_that_end_soon_unless_renewed(cast, melati, sign_in):
    browser = sign_in(cast.soka)
    assert ending_on_the_desk(browser) == 0
    held = Certificate.objects.get()
    Certificate.objects.update(expires_on=TODAY + timedelta(days=90))
    assert ending_on_the_desk(browser) == 1
    held.cycle, held.issued_on, held.expires_on = 2, TODAY + timedelta(days=91), TODAY + timedelta(days=1000)
    renewed = copied(held, melati)
    assert ending_on_the_desk(browser) == 0
    issuing.revoke(certificate=renewed, revoker=cast.soka, now=NOW)
    assert ending_on_the_desk(browser) == 1


def test_who_lives_elsewhere_now_moved_and_covers_her_new_village(cast, melati):
    Person.objects.filter(pk=melati.pk).update(village=BATU_ASAM)
    assert coverage.look(HERE, today=TODAY).moved == 1
    assert coverage.look((AIR_LONTAR,), today=TODAY).coverage.none == 1
    assert coverage.look((BATU_ASAM,), today=TODAY).coverage.one == 1


def test_a_month_is_counted_once_and_shown_as_change(cast, melati):
    tasks.count_coverage()
    tasks.count_coverage()
    row = CoverageMonth.objects.get()
    assert (row.month, row.subdistrict_id, row.one, row.more, row.people) == (date(2026, 11, 1), "99.01.01", 1, 0, 1)
    copied(Certificate.objects.get(), cast.kenari)
    counting.keep_month(today=date(2026, 12, 3))
    months = coverage.look(HERE, today=TODAY).months
    assert [(one.day.month, one.covered, one.people) for one in months] == [(11, 1, 1), (12, 2, 2)]
    assert coverage.look(("99.02",), today=TODAY).months == ()


def test_the_whole_look_takes_four_queries(cast, melati):
    with CaptureQueriesContext(connection) as one:
        coverage.look(HERE, today=TODAY)
    with CaptureQueriesContext(connection) as everywhere:
        coverage.look(("",), today=TODAY)
    assert len(one) == len(everywhere) == 4


def test_the_coordinators_page_shows_her_regions_only(cast, melati, sign_in):
    page = sign_in(cast.soka).get("/koordinasi/jangkauan/").content.decode()
    assert "Bukit Gewang" in page
    assert "Bukit Bidara" not in page
    assert sign_in(cast.seruni).get("/koordinasi/jangkauan/").status_code == 404


def test_a_region_without_villages_says_so(cast, sign_in):
    empty = Region.objects.create(code="98", name="Provinsi Kosong", level=1)
    Role.objects.filter(person=cast.cendana, kind="coordinator").update(region=empty)
    page = sign_in(cast.cendana).get("/koordinasi/jangkauan/").content.decode()
    assert "Belum ada desa wilayah ini yang tercatat di sini." in page


def test_the_table_says_per_subdistrict_what_the_drawing_shows_and_who_ends_soon(cast, melati, sign_in):
    Certificate.objects.update(expires_on=TODAY + timedelta(days=90))
    page = sign_in(cast.soka).get("/koordinasi/jangkauan/").content.decode()
    row = re.search(r'<th scope="row">Bukit Gewang</th>(.*?)</tr>', page)[1]
    assert re.findall(r">(\d+)<", row) == ["2", "0", "1", "1", "1", "1"]
    assert row.endswith("<td>Batu Asam</td>")


def test_the_public_reads_subdistricts_and_no_number_below_five(cast, melati):
    VillageGroup.objects.create(name="Kelompok Muda", village=Region.objects.get(code="99.02.01.2001"))
    found = {one.name: one.people for one in coverage.public(today=TODAY)}
    assert found == {"Bukit Gewang": None, "Bukit Bidara": None}
    many = [Person(username=f"orang{n}", name=f"Orang {n}", village_id=BATU_ASAM, password="!") for n in range(4)]
    Person.objects.bulk_create(many)
    for person in Person.objects.filter(username__startswith="orang"):
        copied(Certificate.objects.first(), person)
    assert {one.name: one.people for one in coverage.public(today=TODAY)} == {"Bukit Gewang": 5, "Bukit Bidara": None}
    page = Client().get("/jangkauan/").content.decode()
    assert ">5<" in page
    assert ">0<" not in page
    assert "Batu Asam" not in page
    assert "Melati" not in page
