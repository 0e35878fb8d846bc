"""Her age and what she learned elsewhere, in her file; and what remains as a drawn path."""

import re
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from certificates import evidence, recognising
from certificates.models import AgeWord, PriorLearning
from certificates.rules.requirements import State
from courses.models import Cohort
from lms.kit import clock
from lms.kit.refusing import Refused
from lms.people import joining
from lms.people.models import Region
from tests.cast import LONG_AGO, THEN
from tests.certificates.build import NOW, TODAY, TWO_MODULES, load_small, make_ready, place


@pytest.fixture(autouse=True)
def on_that_day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def seruni(cast):
    load_small(modules=TWO_MODULES, minimum_age=18, stories=["m1"])
    return cast.seruni


@pytest.fixture
def colleague(cast):
    """A second coordinator of the same region."""
    joining.give_role(
        person=cast.anggrek,
        kind="coordinator",
        region=Region.objects.get(code="99.01"),
        starts_on=LONG_AGO,
        now=THEN,
    )
    return cast.anggrek


def state_of(person, code: str) -> State:
    return evidence.standing_of(person.pk, today=TODAY).requirement(code).state


def file_of(person) -> str:
    return f"/koordinasi/berkas/{person.pk}/pengakuan/"


def test_a_coordinator_confirms_her_age_and_no_date_of_birth_is_kept(cast, seruni, sign_in):
    assert state_of(seruni, "age") is State.MISSING
    answer = sign_in(cast.soka).post(file_of(seruni) + "umur/", {"years": "18"})
    assert answer.status_code == 302
    assert state_of(seruni, "age") is State.DONE
    assert "birth" not in {field.name for field in AgeWord._meta.get_fields()}


def test_a_higher_age_of_a_new_version_is_confirmed_anew(cast, seruni):
    recognising.confirm_age(person=seruni, years=18, confirmer=cast.soka, now=NOW)
    load_small(modules=TWO_MODULES, minimum_age=21)
    assert state_of(seruni, "age") is State.MISSING
    with pytest.raises(Refused):
        recognising.confirm_age(person=seruni, years=30, confirmer=cast.soka, now=NOW)


@pytest.mark.parametrize("who", ["seruni", "dahlia", "cendana", "anggrek"])
def test_nobody_else_confirms_it(cast, seruni, who):
    with pytest.raises(Refused):
        recognising.confirm_age(person=seruni, years=18, confirmer=getattr(cast, who), now=NOW)
    assert not AgeWord.objects.exists()


def test_two_persons_recognise_a_module_and_only_then_it_counts(cast, seruni, colleague, sign_in):
    soka, second = sign_in(cast.soka), sign_in(colleague)
    assert soka.post(file_of(seruni) + "modul/", {"module_code": "m1", "seen": "letter"}).status_code == 302
    prior = PriorLearning.objects.get()
    address = f"/koordinasi/pengakuan/{prior.pk}/"
    assert soka.post(address, {"verdict": "agree"}).status_code == 422
    assert [part.state for part in parts_of(seruni)] == [State.MISSING, State.MISSING]
    assert second.post(address, {"verdict": "agree"}).status_code == 302
    assert [part.state for part in parts_of(seruni)] == [State.DONE, State.MISSING]
    assert state_of(seruni, "stories") is State.DONE
    assert second.post(address, {"verdict": "decline"}).status_code == 422


def parts_of(person):
    return evidence.standing_of(person.pk, today=TODAY).requirement("modules").parts


def test_what_was_not_agreed_to_may_be_proposed_again(cast, seruni, colleague):
    row = recognising.propose(person=seruni, module_code="m1", seen="letter", proposer=cast.soka, now=NOW)
    with pytest.raises(Refused):
        recognising.propose(person=seruni, module_code="m1", seen="letter", proposer=colleague, now=NOW)
    recognising.decide(prior=row, decider=colleague, agrees=False, now=NOW)
    recognising.propose(person=seruni, module_code="m1", seen="certificate", proposer=colleague, now=NOW)
    with pytest.raises(Refused):
        recognising.propose(person=seruni, module_code="m9", seen="letter", proposer=cast.soka, now=NOW)


def test_neither_herself_nor_her_mentor_nor_another_region_proposes(cast, seruni):
    for who in (seruni, cast.dahlia, cast.cendana):
        with pytest.raises(Refused):
            recognising.propose(person=seruni, module_code="m1", seen="letter", proposer=who, now=NOW)


def test_the_database_refuses_one_person_for_both(cast, seruni):
    row = recognising.propose(person=seruni, module_code="m1", seen="letter", proposer=cast.soka, now=NOW)
    rows = PriorLearning.objects.filter(pk=row.pk)
    for decider in (cast.soka, seruni):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(state="agreed", decided_by=decider, decided_at=NOW)


@pytest.mark.parametrize(("who", "status"), [("soka", 200), ("anggrek", 200), ("cendana", 404), ("dahlia", 404)])
def test_who_opens_the_page(cast, seruni, sign_in, who, status):
    assert sign_in(getattr(cast, who)).get(file_of(seruni)).status_code == status


def test_her_version_and_its_difference_are_said_to_her_her_mentor_and_her_coordinator(cast, sign_in):
    load_small()
    place(cast.melati, cast.dahlia)
    load_small(valid_years=2)
    pages = {
        "melati": "/sertifikat/",
        "dahlia": f"/pembimbing/binaan/{cast.melati.pk}/",
        "soka": f"/koordinasi/berkas/{cast.melati.pk}/",
    }
    said = {who: sign_in(getattr(cast, who)).get(path).content.decode() for who, path in pages.items()}
    assert all("2 tahun, bukan 3" in page for page in said.values())
    assert sign_in(cast.soka).post(file_of(cast.melati) + "versi/").status_code == 302
    assert "2 tahun, bukan 3" not in sign_in(cast.melati).get("/sertifikat/").content.decode()


def test_the_same_path_is_drawn_for_all_three_with_its_words(cast, sign_in):
    load_small(modules=TWO_MODULES)
    make_ready(cast.melati, cast.dahlia)
    pages = {
        "melati": "/sertifikat/",
        "dahlia": f"/pembimbing/binaan/{cast.melati.pk}/",
        "soka": f"/koordinasi/berkas/{cast.melati.pk}/",
    }
    drawn = set()
    for who, path in pages.items():
        page = sign_in(getattr(cast, who)).get(path).content.decode()
        drawn.add(re.search(r'<svg width="440" viewBox="0 0 360.*?</svg>', page, re.S).group())
        assert page.count("<details><summary") == 3
        assert "Bentuk dan tanda" in page
    assert len(drawn) == 1
    picture = drawn.pop()
    assert picture.count("<g ") == 5
    assert 'aria-label="Lengkap: Jam magang' in picture


def test_a_trainer_finds_the_way_from_her_class_and_agrees_to_what_waits(cast, seruni, sign_in):
    cohort = Cohort.objects.create(
        name="Kelas Juni", course_key=uuid4(), region=Region.objects.get(code="99.01"), starts_on=TODAY
    )
    browser = sign_in(cast.anggrek)
    assert 'href="/koordinasi/pengakuan/"' in browser.get(f"/kelas/{cohort.pk}/").content.decode()
    assert "Seruni Lontar" not in browser.get("/koordinasi/pengakuan/").content.decode()
    own = f"/koordinasi/berkas/{seruni.pk}/pengakuan/"
    assert own in browser.get("/koordinasi/pengakuan/", {"q": "Seruni"}).content.decode()
    recognising.propose(person=seruni, module_code="m1", seen="letter", proposer=cast.soka, now=NOW)
    assert own in browser.get("/koordinasi/pengakuan/").content.decode()
    assert (
        browser.post(f"/koordinasi/pengakuan/{PriorLearning.objects.get().pk}/", {"verdict": "agree"}).status_code
        == 302
    )
    assert "Seruni Lontar" not in browser.get("/koordinasi/pengakuan/").content.decode()


def test_another_region_and_other_roles_see_nothing_that_waits(cast, seruni, sign_in):
    recognising.propose(person=seruni, module_code="m1", seen="letter", proposer=cast.soka, now=NOW)
    assert "Seruni Lontar" in sign_in(cast.soka).get("/koordinasi/pengakuan/").content.decode()
    page = sign_in(cast.cendana).get("/koordinasi/pengakuan/", {"q": "Seruni"}).content.decode()
    assert "Seruni Lontar" not in page
    for person in (cast.seruni, cast.dahlia):
        assert sign_in(person).get("/koordinasi/pengakuan/").status_code == 404
