"""The alumni register: who stands in it, what leaves it; papers of old; what she may be called for."""

import csv
import io
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from certificates import consenting, moving, register
from certificates.models import CallConsent, Certificate, PaperCertificate
from certificates.register import Wanted
from certificates.rules.states import Move
from courses.models import Cohort, CohortMember, TrainingDay
from lms.kit import clock
from lms.kit.refusing import Refused
from lms.people import telling
from lms.people.models import Person, Region, TrailLine
from tests.certificates.build import NOW, TODAY, certify, load_small, make_ready
from tests.certificates.test_coordinator_pages import with_password

ADDRESS = "/koordinasi/alumni/"


@pytest.fixture(autouse=True)
def on_that_day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(settings, "STAFF_SECOND_FACTOR", False)


@pytest.fixture
def second(cast):
    """Another coordinator of the same region."""
    cast.jati.roles.create(kind="coordinator", region=Region.objects.get(code="99.01"), starts_on=date(2026, 1, 5))
    return cast.jati


def training(*members: Person, ends_on: date = date(2026, 6, 30), name: str = "Kelas Juni") -> Cohort:
    region = Region.objects.get(code="99.01")
    cohort = Cohort.objects.create(
        name=name, course_key=uuid4(), region=region, starts_on=ends_on - timedelta(days=60), ends_on=ends_on
    )
    for one in members:
        CohortMember.objects.create(cohort=cohort, person=one, added_on=date(2026, 3, 1))
    return cohort


@pytest.fixture
def melati(cast):
    """Melati, certified today."""
    load_small()
    make_ready(cast.melati, cast.dahlia)
    certify(cast.melati, cast.soka)
    return cast.melati


def names(viewer, **wanted) -> list[str]:
    return [one.username for one in register.alumni(viewer, Wanted(**wanted), today=TODAY)]


def paper(cast, person, **more) -> PaperCertificate:
    said = {"title": "Pelatihan pendamping", "issued_on": date(2019, 5, 4), "expires_on": None, "seen": "original"}
    return consenting.propose_paper(person=person, proposer=cast.soka, now=NOW, today=TODAY, **{**said, **more})


def test_a_class_that_is_over_or_a_certificate_makes_an_alumna_and_nothing_else_does(cast, melati):
    assert names(cast.soka) == ["melati"]
    training(cast.seruni)
    training(cast.kenari, ends_on=TODAY + timedelta(days=1), name="Kelas yang berjalan")
    assert names(cast.soka) == ["melati", "seruni"]
    assert names(cast.cendana) == []


def test_who_was_never_there_on_a_noted_day_did_not_finish(cast):
    load_small()
    cohort = training(cast.seruni, cast.kenari)
    day = TrainingDay.objects.create(
        cohort=cohort, held_on=date(2026, 4, 1), minutes=120, topic="Pembuka", by=cast.anggrek, noted_at=NOW
    )
    for person, there in ((cast.seruni, True), (cast.kenari, False)):
        day.list.create(person=person, is_present=there, by=cast.anggrek, noted_at=NOW)
    assert names(cast.soka) == ["seruni"]


@pytest.mark.parametrize(("move", "state"), [(Move.PAUSE, "away"), (Move.RETIRE, "retired")])
def test_a_pause_and_a_thankful_end_leave_her_in_the_register(cast, melati, move, state):
    moving.move(person=melati, to=move, actor=melati, now=NOW, today=TODAY)
    assert names(cast.soka) == names(cast.soka, state=state) == ["melati"]
    assert names(cast.soka, state="certified") == []


def test_an_ended_certificate_is_a_state_of_its_own(cast, melati):
    Certificate.objects.update(issued_on=date(2020, 1, 1), expires_on=date(2023, 1, 1))
    assert names(cast.soka, state="lapsed") == ["melati"]
    assert names(cast.soka, state="certified") == []
    assert names(cast.soka, year=2020) == ["melati"]


def test_it_is_narrowed_by_year_class_group_place_and_name(cast, melati):
    cohort = training(cast.seruni, cast.kenari, ends_on=date(2025, 6, 30))
    assert names(cast.soka, year=2026) == ["melati"]
    assert names(cast.soka, year=2025) == ["kenari", "seruni"]
    assert names(cast.soka, cohort=cohort.pk) == ["kenari", "seruni"]
    assert names(cast.soka, group=cast.group.pk) == ["melati", "seruni"]
    assert names(cast.soka, region="99.01.01.2002") == ["kenari"]
    assert names(cast.soka, words="serun") == ["seruni"]
    assert names(cast.soka, state="certified") == ["melati"]


def test_the_page_shows_her_certificate_and_narrows_by_its_form(cast, melati, sign_in):
    training(cast.seruni)
    consenting.consent(person=melati, kinds=["court", "train"], now=NOW)
    told = {"birth_year": 1990, "disability": "yes", "languages": "Indonesia, Dawan"}
    telling.tell(person=melati, now=NOW, today=TODAY, **told)
    browser = sign_in(cast.soka)
    page = browser.get(ADDRESS).content.decode()
    assert "Melati Kusambi" in page
    assert "Kelas Juni" in page
    assert str(CallConsent.objects.get().words) in page
    assert "Indonesia, Dawan" in page
    assert "1990" not in page
    assert "disabilitas" not in page
    page = browser.get(ADDRESS, {"q": "Seruni", "tahun": "2026", "wilayah": "99.01.01", "kelas": "x"}).content.decode()
    assert "Seruni Lontar" in page
    assert "Melati Kusambi" not in page


def test_other_roles_and_regions_see_nothing_of_it(cast, melati, sign_in):
    for person in (cast.seruni, cast.dahlia, cast.anggrek):
        assert sign_in(person).get(ADDRESS).status_code == 404
    assert "Melati Kusambi" not in sign_in(cast.cendana).get(ADDRESS).content.decode()


def test_the_queries_do_not_grow_with_the_rows(cast, melati, sign_in):
    browser = sign_in(cast.soka)
    with CaptureQueriesContext(connection) as few:
        browser.get(ADDRESS)
    training(cast.seruni, cast.kenari)
    make_ready(cast.kenari, cast.murai)
    certify(cast.kenari, cast.soka)
    with CaptureQueriesContext(connection) as more:
        browser.get(ADDRESS)
    assert len(more) <= len(few)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_file_holds_the_rows_without_formulas_and_the_trail_says_who_took_it(cast, melati, kind):
    Person.objects.filter(pk=melati.pk).update(name="=HYPERLINK(1)")
    telling.tell(person=melati, birth_year=1990, disability="yes", languages="Dawan", now=NOW, today=TODAY)
    answer = with_password(cast.soka).post(f"{ADDRESS}unduh/", {"kind": kind})
    if kind == "csv":
        rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    else:
        rows = [list(row) for row in load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True)]
    assert len(rows) == 2
    assert rows[1][0] == "'=HYPERLINK(1)"
    assert "Dawan" in rows[1]
    assert not {"1990", 1990, "yes"} & set(rows[1])
    line = TrailLine.objects.get(verb="certificates.register_taken_out")
    assert (line.actor, line.detail) == (cast.soka, {"rows": 1, "kind": kind})


def test_without_the_password_just_now_no_file_leaves(cast, melati, sign_in):
    answer = sign_in(cast.soka).post(f"{ADDRESS}unduh/", {"kind": "csv"})
    assert b"Melati" not in answer.content
    assert not TrailLine.objects.filter(verb="certificates.register_taken_out").exists()


def test_a_paper_of_old_counts_after_a_second_person_agrees(cast, second, sign_in):
    load_small()
    browser = with_password(cast.soka)
    said = {"title": "Pelatihan pendamping", "issued_on": "2019-05-04", "seen": "copy"}
    assert browser.post(f"/koordinasi/berkas/{cast.kenari.pk}/kertas/", said).status_code == 302
    row = PaperCertificate.objects.get()
    assert names(cast.soka) == []
    browser.post(f"{ADDRESS}kertas/{row.pk}/", {"agrees": "ya"})
    assert names(cast.soka) == []
    other = sign_in(second)
    page = other.get(f"{ADDRESS}kertas/").content.decode()
    assert "Kenari Gewang" in page
    assert 'class="hit"' not in page, "it would lie over the buttons"
    other.post(f"{ADDRESS}kertas/{row.pk}/", {"agrees": "ya"})
    assert names(cast.soka) == names(cast.soka, year=2019) == ["kenari"]
    assert not Certificate.objects.exists()
    assert "Pelatihan pendamping" in other.get(ADDRESS).content.decode()


def test_a_paper_not_agreed_to_makes_no_alumna_and_may_be_entered_anew(cast, second):
    consenting.judge_paper(paper=paper(cast, cast.kenari), judge=second, agrees=False, now=NOW)
    assert names(cast.soka) == []
    paper(cast, cast.kenari)
    with pytest.raises(Refused):
        paper(cast, cast.kenari)


@pytest.mark.parametrize(
    "wrong",
    [
        {"issued_on": TODAY + timedelta(days=1)},
        {"expires_on": date(2019, 5, 3)},
        {"title": "Sertifikat 081234567890"},
    ],
)
def test_a_paper_that_cannot_be_is_refused(cast, wrong):
    with pytest.raises(Refused):
        paper(cast, cast.kenari, **wrong)


def test_the_database_itself_wants_two_people(cast):
    row = paper(cast, cast.kenari)
    for judge in (cast.soka, cast.kenari):
        with pytest.raises(IntegrityError), transaction.atomic():
            PaperCertificate.objects.filter(pk=row.pk).update(state="agreed", judged_by=judge, judged_at=NOW)


def test_another_regions_coordinator_neither_enters_nor_judges(cast, sign_in):
    row = paper(cast, cast.kenari)
    assert sign_in(cast.cendana).post(f"{ADDRESS}kertas/{row.pk}/", {"agrees": "ya"}).status_code == 404
    with pytest.raises(Refused):
        consenting.judge_paper(paper=row, judge=cast.cendana, agrees=True, now=NOW)


def test_she_says_what_she_may_be_called_for_changes_it_and_takes_it_back(cast, sign_in):
    load_small()
    browser = sign_in(cast.melati)
    page = "/sertifikat/dipanggil/"
    browser.post(page, {"kinds": ["police"]})
    browser.post(page, {"kinds": ["police", "speak"]})
    browser.post(page, {"kinds": ["police", "speak"]})
    assert [one.kinds for one in CallConsent.objects.given()] == [["police", "speak"]]
    assert CallConsent.objects.count() == 2
    assert browser.get(page).content.decode().count(" checked") == 2
    browser.post(page, {})
    assert not CallConsent.objects.given().exists()
    verbs = TrailLine.objects.filter(person=cast.melati, verb__startswith="certificates.consent").values_list("verb")
    assert len(verbs) == 3
