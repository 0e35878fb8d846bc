"""Who takes a course is put into it by her coordinator, or by a command."""

import uuid

import pytest

from courses import enrolling
from courses.models import Enrolment
from lms.kit import clock
from lms.kit.refusing import Refused
from lms.people.models import TrailLine


def enrol(person, course_key, by):
    return enrolling.enrol(person=person, course_key=course_key, by=by, now=clock.now(), today=clock.today())


def test_a_coordinator_enrols_a_learner_of_her_region_once(cast, course):
    first = enrol(cast.seruni, course.key, cast.soka)
    again = enrol(cast.seruni, course.key, None)
    assert first == again
    assert (first.by, first.enrolled_on) == (cast.soka, clock.today())
    assert TrailLine.objects.filter(verb="courses.enrolled", person=cast.seruni).count() == 1


@pytest.mark.parametrize("name", ["cendana", "anggrek", "seruni", "dahlia"])
def test_nobody_else_enrols_her(cast, course, name):
    with pytest.raises(Refused, match="wilayah Anda"):
        enrol(cast.seruni, course.key, getattr(cast, name))
    assert not Enrolment.objects.exists()


def test_a_course_that_is_not_published_takes_nobody(cast, course):
    with pytest.raises(Refused, match="belum terbit"):
        enrol(cast.seruni, uuid.uuid4(), cast.soka)


def test_enrolments_are_seen_by_who_may_see_the_person(cast, course):
    enrol(cast.seruni, course.key, None)
    enrol(cast.teratai, course.key, None)

    def seen(viewer):
        return {one.person for one in Enrolment.objects.visible_to(viewer)}

    assert seen(cast.soka) == {cast.seruni}
    assert seen(cast.cendana) == {cast.teratai}
    assert seen(cast.seruni) == {cast.seruni}


def test_a_coordinator_lets_someone_begin_on_her_page(cast, course, sign_in):
    address = f"/koordinasi/orang/{cast.seruni.pk}/kelas/"
    soka = sign_in(cast.soka)
    assert course.title in soka.get(address).content.decode()
    assert soka.post(address, {"course": str(course.key)}).status_code == 302
    assert Enrolment.objects.get().person == cast.seruni
    assert b"<form method" not in soka.get(address).content


@pytest.mark.parametrize(("who", "status"), [("cendana", 404), ("anggrek", 404), ("seruni", 404)])
def test_nobody_else_finds_that_page(cast, course, sign_in, who, status):
    address = f"/koordinasi/orang/{cast.seruni.pk}/kelas/"
    assert sign_in(getattr(cast, who)).post(address, {"course": str(course.key)}).status_code == status
    assert not Enrolment.objects.exists()


def test_a_course_that_is_not_offered_cannot_be_chosen(cast, course, sign_in):
    address = f"/koordinasi/orang/{cast.seruni.pk}/kelas/"
    assert sign_in(cast.soka).post(address, {"course": str(uuid.uuid4())}).status_code == 422
