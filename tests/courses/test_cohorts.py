"""A trainer's classes: made in her region, filled from her region, opened by a code."""

from datetime import date, timedelta

import pytest
from django.test import Client

from courses.models import Cohort, CohortMember, CoursePage, Enrolment, Invitation
from lms.kit import clock
from lms.people import joining
from lms.people.models import Person, Region, TrailLine
from tests.cast import LONG_AGO, PASSWORD, THEN

FAR = "2030-12-31"


def admit(way, **more):
    """Who may begin the small course, as a trainer publishes it."""
    page = CoursePage.objects.get(slug="kecil")
    page.admission = way
    for name, value in more.items():
        setattr(page, name, value)
    page.save_revision().publish()


@pytest.fixture
def trainer(cast, course, sign_in):
    return sign_in(cast.anggrek)


@pytest.fixture
def other_trainer(cast, sign_in):
    """A trainer of the other regency only."""
    person = joining.add_person(username="kelor", name="Kelor Johar", secret=PASSWORD, now=THEN)
    joining.give_role(
        person=person, kind="trainer", region=Region.objects.get(code="99.02"), starts_on=LONG_AGO, now=THEN
    )
    return sign_in(person)


def fields(plan, **changed):
    return {"name": "Kelas satu", "course": plan.key, "region": "99.01", "starts_on": "2026-11-01", **changed}


def made(trainer, course):
    answer = trainer.post("/kelas/baru/", fields(course))
    assert answer.status_code == 302
    return Cohort.objects.get()


def put_in(browser, cohort, person, what="add"):
    return browser.post(f"/kelas/{cohort.pk}/anggota/", {"person": person.pk, "what": what})


def code_of(trainer, cohort):
    assert trainer.post(f"/kelas/{cohort.pk}/undang/", {"ends_on": FAR}).status_code == 302
    return Invitation.objects.get().code


def words(answer):
    return answer.content.decode()


def test_before_the_first_class_the_page_says_what_a_class_is(trainer):
    assert "Belum ada kelas" in words(trainer.get("/kelas/"))


def test_a_trainer_makes_a_class_and_teaches_it(cast, course, trainer):
    cohort = made(trainer, course)
    assert list(cohort.trainers.all()) == [cast.anggrek]
    assert "Kelas satu" in words(trainer.get("/kelas/"))
    assert TrailLine.objects.about(cohort).get().verb == "courses.cohort_made"


@pytest.mark.parametrize(
    "changed",
    [
        {"region": "99.01.01.2001"},  # a village is too small for a trainer of everywhere
        {"course": "11111111-0000-4000-8000-0000000000ff"},
        {"ends_on": "2026-10-01"},
        {"name": ""},
        {"starts_on": "besok"},
    ],
)
def test_a_class_that_cannot_be_is_refused_on_the_form(course, trainer, changed):
    assert trainer.post("/kelas/baru/", fields(course, **changed)).status_code == 422
    assert not Cohort.objects.exists()


def test_two_classes_of_one_name_in_a_region_are_refused_in_words(course, trainer):
    made(trainer, course)
    answer = trainer.post("/kelas/baru/", fields(course))
    assert (answer.status_code, "Pilih nama lain" in words(answer)) == (422, True)


def test_a_trainer_of_another_region_neither_sees_nor_changes_the_class(cast, course, trainer, other_trainer):
    cohort = made(trainer, course)
    assert "Kelas satu" not in words(other_trainer.get("/kelas/"))
    assert other_trainer.get(f"/kelas/{cohort.pk}/").status_code == 404
    assert put_in(other_trainer, cohort, cast.teratai).status_code == 404
    assert other_trainer.post(f"/kelas/{cohort.pk}/undang/", {"ends_on": FAR}).status_code == 404
    assert other_trainer.post("/kelas/baru/", fields(course, name="Kelas dua")).status_code == 422


@pytest.mark.parametrize("name", ["seruni", "dahlia", "soka", "jati"])
def test_only_trainers_have_classes(cast, course, trainer, sign_in, name):
    cohort = made(trainer, course)
    browser = sign_in(getattr(cast, name))
    for path in ("/kelas/", "/kelas/baru/", f"/kelas/{cohort.pk}/"):
        assert browser.get(path).status_code == 404
    assert put_in(browser, cohort, cast.seruni).status_code == 404
    assert Client().get("/kelas/")["Location"].startswith("/akun/login/")


def test_a_trainer_finds_people_by_name_puts_them_in_and_takes_them_out(cast, course, trainer):
    cohort = made(trainer, course)
    assert "Seruni Lontar" in words(trainer.get(f"/kelas/{cohort.pk}/", {"q": "lontar"}))
    for _twice in range(2):
        assert put_in(trainer, cohort, cast.seruni).status_code == 302
    page = words(trainer.get(f"/kelas/{cohort.pk}/", {"q": "seruni"}))
    assert "Keluarkan Seruni Lontar" in page
    assert "Masukkan Seruni Lontar" not in page
    for _twice in range(2):
        put_in(trainer, cohort, cast.seruni, "remove")
    assert not CohortMember.objects.exists()
    verbs = [line.verb for line in TrailLine.objects.about(cohort)]
    assert verbs == ["courses.cohort_made", "courses.member_added", "courses.member_removed"]


def test_who_moved_away_is_still_taken_out_of_the_class(cast, course, other_trainer):
    other_trainer.post("/kelas/baru/", fields(course, region="99.02"))
    cohort = Cohort.objects.get()
    put_in(other_trainer, cohort, cast.teratai)
    Person.objects.filter(pk=cast.teratai.pk).update(village="99.01.01.2001")
    assert put_in(other_trainer, cohort, cast.teratai, "remove").status_code == 302
    assert not CohortMember.objects.exists()
    assert put_in(other_trainer, cohort, cast.teratai).status_code == 404


def test_trainers_name_colleagues_of_shared_regions_beside_them(cast, course, trainer, other_trainer):
    far = joining.add_person(username="waru", name="Waru Bidara", secret=PASSWORD, now=THEN)
    joining.give_role(person=far, kind="trainer", region=Region.objects.get(code="99.01"), starts_on=LONG_AGO, now=THEN)
    page = words(other_trainer.get("/kelas/baru/"))
    assert "Anggrek Bidara" in page
    assert "Waru Bidara" not in page
    other_trainer.post("/kelas/baru/", fields(course, region="99.02", trainers=[cast.anggrek.pk]))
    assert {one.username for one in Cohort.objects.get().trainers.all()} == {"anggrek", "kelor"}
    assert (
        other_trainer.post("/kelas/baru/", fields(course, name="Dua", region="99.02", trainers=[far.pk])).status_code
        == 422
    )


def test_staff_and_unknown_people_cannot_be_put_in(cast, course, trainer):
    cohort = made(trainer, course)
    assert put_in(trainer, cohort, cast.soka).status_code == 404
    assert trainer.post(f"/kelas/{cohort.pk}/anggota/", {"person": 10**9, "what": "add"}).status_code == 404
    assert trainer.post(f"/kelas/{cohort.pk}/anggota/", {"person": "x", "what": "add"}).status_code == 422


def test_the_page_of_a_class_costs_the_same_for_few_and_many(cast, course, trainer, django_assert_max_num_queries):
    cohort = made(trainer, course)
    put_in(trainer, cohort, cast.seruni)
    with django_assert_max_num_queries(13):
        trainer.get(f"/kelas/{cohort.pk}/")
    for person in (cast.melati, cast.kenari, cast.teratai):
        put_in(trainer, cohort, person)
    with django_assert_max_num_queries(13):
        trainer.get(f"/kelas/{cohort.pk}/")


# Codes


def test_with_the_code_she_joins_the_class_and_begins(cast, course, trainer, sign_in):
    admit("invitation")
    cohort = made(trainer, course)
    code = code_of(trainer, cohort)
    assert f"{code[:3]}-{code[3:]}" in words(trainer.get(f"/kelas/{cohort.pk}/"))
    browser = sign_in(cast.seruni)
    assert "Saya punya kode" in words(browser.get("/belajar/"))
    answer = browser.post("/belajar/undangan/", {"code": f" {code[:3].lower()} {code[3:].lower()}"})
    assert (answer.status_code, answer["Location"]) == (302, "/belajar/")
    assert Enrolment.objects.get().person == CohortMember.objects.get().person == cast.seruni
    assert "Saya punya kode" not in words(browser.get("/belajar/"))


@pytest.mark.parametrize("typed", ["", "ABC", "000000", "\x00", "x" * 200, "ABC-DEF-GHJ"])
def test_a_wrong_code_is_refused_in_words(cast, course, trainer, sign_in, typed):
    admit("invitation")
    code_of(trainer, made(trainer, course))
    answer = sign_in(cast.seruni).post("/belajar/undangan/", {"code": typed})
    assert answer.status_code == 422
    assert not Enrolment.objects.exists()


def test_after_ten_wrong_codes_the_right_one_waits_for_tomorrow_and_others_are_not_slowed(
    cast, course, trainer, sign_in
):
    admit("invitation")
    code = code_of(trainer, made(trainer, course))
    guesser = sign_in(cast.seruni)
    for _try in range(10):
        guesser.post("/belajar/undangan/", {"code": "000000"})
    answer = guesser.post("/belajar/undangan/", {"code": code})
    assert "Terlalu banyak kode salah" in words(answer)
    assert sign_in(cast.melati).post("/belajar/undangan/", {"code": code}).status_code == 302
    assert [one.person for one in Enrolment.objects.all()] == [cast.melati]


def test_an_old_code_a_replaced_one_and_one_of_a_closed_course_are_void(cast, course, trainer, sign_in):
    admit("invitation")
    cohort = made(trainer, course)
    first = code_of(trainer, cohort)
    code = code_of(trainer, cohort)
    browser = sign_in(cast.seruni)
    assert browser.post("/belajar/undangan/", {"code": first}).status_code == 422
    Invitation.objects.update(ends_on=clock.today() - timedelta(days=1))
    assert browser.post("/belajar/undangan/", {"code": code}).status_code == 422
    assert code not in words(trainer.get(f"/kelas/{cohort.pk}/")).replace("-", "")
    Invitation.objects.update(ends_on=date(2030, 1, 1))
    admit("coordinator")
    assert browser.post("/belajar/undangan/", {"code": code}).status_code == 422


def test_a_course_without_codes_gets_none(course, trainer):
    cohort = made(trainer, course)
    answer = trainer.post(f"/kelas/{cohort.pk}/undang/", {"ends_on": FAR})
    assert (answer.status_code, Invitation.objects.exists()) == (422, False)


def test_a_code_that_ended_before_today_is_not_made(course, trainer):
    admit("invitation")
    cohort = made(trainer, course)
    assert trainer.post(f"/kelas/{cohort.pk}/undang/", {"ends_on": "2020-01-01"}).status_code == 422
    assert trainer.post(f"/kelas/{cohort.pk}/undang/", {"ends_on": "kapan"}).status_code == 422
