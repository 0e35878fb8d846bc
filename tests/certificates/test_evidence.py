"""Evidence is gathered for many as for one."""

import uuid
from datetime import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from certificates import evidence
from certificates.models import HoursEntry, Placement, Pledge, PledgeText, Reflection
from certificates.rules.requirements import State
from lms.people.models import Mentorship, Person
from tests.certificates.build import NOW, SINCE, TODAY, TWO_MODULES, load_small, make_ready, passed_exam, place
from tests.courses import making

pytestmark = pytest.mark.django_db


def a_crowd(mentor: Person, size: int) -> list[int]:
    """Learners with a placement, verified hours, a reflection and a pledge each."""
    persons = Person.objects.bulk_create(
        [Person(username=f"p{number}", name=f"Orang {number}") for number in range(size)]
    )
    ties = Mentorship.objects.bulk_create(
        [Mentorship(mentor=mentor, learner=person, starts_on=SINCE) for person in persons]
    )
    placements = Placement.objects.bulk_create(
        [Placement(mentorship=tie, learner=tie.learner, mentor=mentor, starts_on=SINCE) for tie in ties]
    )
    HoursEntry.objects.bulk_create(
        HoursEntry(
            pk=uuid.uuid4(),
            placement=one,
            learner=one.learner,
            activity=activity,
            day=TODAY,
            starts_at=time(hour),
            minutes=60,
            role="observing",
            logged_at=NOW,
            state="verified",
            judged_by=mentor,
            judged_at=NOW,
        )
        for one in placements
        for activity, hour in (("home_visit", 8), ("home_visit", 9), ("court", 10))
    )
    Reflection.objects.bulk_create(
        [Reflection(person=one, year=2026, answers={"1": "x"}, willing="yes", written_at=NOW) for one in persons]
    )
    text = PledgeText.objects.current()
    Pledge.objects.bulk_create([Pledge(person=one, text=text, signed_at=NOW) for one in persons])
    return [person.pk for person in persons]


def test_what_remains_for_five_hundred_takes_at_most_twelve_queries(cast, tmp_path):
    making.small_course(tmp_path)
    load_small(modules=TWO_MODULES)
    crowd = a_crowd(cast.dahlia, 500)
    with CaptureQueriesContext(
        connection,
    ) as many:
        found = evidence.standings(crowd, today=TODAY)
    with CaptureQueriesContext(connection) as one:
        evidence.standing_of(crowd[0], today=TODAY)
    assert len(many) <= 12
    assert len(one) <= len(many)
    assert len(found) == 500
    assert {standing.requirement("hours").state for standing in found.values()} == {State.DONE}
    assert not any(standing.is_complete for standing in found.values())


def test_modules_and_exams_come_from_below(cast, tmp_path):
    plan = making.small_course(tmp_path)
    load_small(modules=TWO_MODULES)
    making.do(cast.seruni, plan, "m1/1")
    modules = evidence.standing_of(cast.seruni.pk, today=TODAY).requirement("modules")
    assert [(part.have, part.need, part.state) for part in modules.parts] == [
        (1, 2, State.PARTLY),
        (0, 1, State.MISSING),
    ]
    making.do(cast.seruni, plan, "m1/2", "m2/1")
    passed_exam(cast.seruni, "m1")
    standing = evidence.standing_of(cast.seruni.pk, today=TODAY)
    assert standing.requirement("modules").is_done
    assert standing.requirement("exams").is_done


def test_an_adapted_copy_of_a_course_takes_nothing_from_her(cast, tmp_path):
    plan = making.small_course(tmp_path / "asal")
    load_small(modules=TWO_MODULES)
    making.do(cast.seruni, plan, "m1/1", "m1/2")
    own_keys = {name: text.replace("11111111-", "22222222-") for name, text in making.FILES.items()}
    own_keys["course.yaml"] = own_keys["course.yaml"].replace("slug: kecil", "slug: lain")
    making.load(making.write_folder(tmp_path / "salinan", **own_keys))
    modules = evidence.standing_of(cast.seruni.pk, today=TODAY).requirement("modules")
    assert [(part.have, part.need) for part in modules.parts] == [(2, 2), (0, 1)]


def test_the_mentor_of_today_is_named(cast):
    load_small()
    place(cast.seruni, cast.dahlia)
    assert "Dahlia" in evidence.standing_of(cast.seruni.pk, today=TODAY).requirement("hours").sentence.render(str)
    before = evidence.standing_of(cast.seruni.pk, today=SINCE.replace(month=1)).requirement("hours")
    assert before.state is State.LOCKED


def test_without_a_standard_nothing_is_asked(cast):
    assert evidence.standing_of(cast.seruni.pk, today=TODAY).requirements == ()


def test_who_is_ready_has_nothing_remaining(cast):
    load_small()
    make_ready(cast.melati, cast.dahlia)
    found = evidence.standings([cast.melati.pk, cast.seruni.pk], today=TODAY)
    assert found[cast.melati.pk].is_complete
    assert not found[cast.seruni.pk].is_complete
