"""Evidence is gathered for many as for one."""

import uuid
from datetime import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.models import Submission, Walk
from certificates import evidence
from certificates.models import HoursEntry, Placement, Pledge, PledgeText, Reflection
from certificates.rules.requirements import State
from lms.people.models import Mentorship, Person
from tests.certificates.build import NOW, SINCE, TODAY, TWO_MODULES, load_small, make_ready, passed_exam, place
from tests.courses import making

pytestmark = pytest.mark.django_db


EVERYTHING = {
    "stories": ["m1"],
    "tasks": [{"module": "m1", "percent": 70}],
    "signoffs": {"level": 2, "competencies": [{"code": "talk", "title": "Membuka percakapan"}]},
    "supervision": {"talks": 1, "minutes": 60},
    "training_days": 2,
    "safeguarding": True,
}


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
    load_small(modules=TWO_MODULES, **EVERYTHING)
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


def a_walk(person: Person, module: str, ending: str) -> Walk:
    ended_at = NOW if ending else None
    return Walk.objects.create(
        pk=uuid.uuid4(),
        person=person,
        scenario_key=uuid.uuid4(),
        module_code=module,
        story={},
        started_at=NOW,
        ended_at=ended_at,
        ending=ending,
    )


@pytest.mark.parametrize(("ending", "counts"), [("safe", True), ("open", True), ("unsafe", False), ("", False)])
def test_a_story_counts_when_it_came_to_a_safe_or_open_ending(cast, ending, counts):
    load_small(modules=TWO_MODULES, stories=["m1"])
    a_walk(cast.seruni, "m1", ending)
    a_walk(cast.melati, "m1", "safe")
    assert evidence.standing_of(cast.seruni.pk, today=TODAY).requirement("stories").is_done is counts


def a_task(person: Person, module: str, number: int, percent: int | None, *, passed: bool = False) -> Submission:
    """Handed in, or graded with that percent."""
    return Submission.objects.create(
        pk=uuid.uuid4(),
        person=person,
        task_key=uuid.UUID(int=1),
        module_code=module,
        number=number,
        task={"title": "Tugas"},
        state="handed_in" if percent is None else "graded",
        started_at=NOW,
        handed_in_at=NOW,
        percent=percent,
        passed=passed,
        graded_at=None if percent is None else NOW,
    )


def test_a_task_waits_then_counts_with_the_best_percent(cast):
    load_small(modules=TWO_MODULES, tasks=[{"module": "m1", "percent": 70}])

    def state() -> State:
        return evidence.standing_of(cast.seruni.pk, today=TODAY).requirement("tasks").state

    a_task(cast.melati, "m1", 1, 90, passed=True)
    assert state() is State.LOCKED
    a_task(cast.seruni, "m1", 1, 60, passed=True)
    assert state() is State.LOCKED
    waiting = a_task(cast.seruni, "m1", 2, None)
    assert state() is State.WAITING
    Submission.objects.filter(pk=waiting.pk).update(state="graded", percent=72, passed=True, graded_at=NOW)
    assert state() is State.DONE


def test_a_failed_task_does_not_count_however_many_points_it_has(cast):
    load_small(modules=TWO_MODULES, tasks=[{"module": "m1", "percent": 70}])
    a_task(cast.seruni, "m1", 1, 90)
    assert not evidence.standing_of(cast.seruni.pk, today=TODAY).requirement("tasks").is_done


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
