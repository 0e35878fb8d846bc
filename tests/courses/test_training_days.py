"""A trainer notes when her class met and who was there; the learner's standing follows."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from certificates import evidence
from courses import cohorting, teaching
from courses.models import Attendance, Cohort, TrainingDay
from lms.kit import clock
from lms.kit.refusing import Refused
from lms.people import joining
from lms.people.models import Region, TrailLine
from tests.cast import LONG_AGO, PASSWORD, THEN
from tests.certificates.build import load_small

TODAY = date(2026, 11, 21)


@pytest.fixture(autouse=True)
def on_that_day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture
def cohort(cast, course):
    """A class of the trainer's with Seruni and Melati."""
    made = cohorting.make_cohort(
        name="Kelas satu",
        course_key=course.key,
        region=Region.objects.get(code="99.01"),
        starts_on=date(2026, 11, 1),
        ends_on=None,
        trainers=(),
        by=cast.anggrek,
        now=THEN,
    )
    for person in (cast.seruni, cast.melati):
        cohorting.add_member(cohort=made, person=person, by=cast.anggrek, now=THEN, today=TODAY)
    return made


@pytest.fixture
def trainer(cast, cohort, sign_in):
    return sign_in(cast.anggrek)


def add(cohort, by, **changed):
    said = {"held_on": date(2026, 11, 10), "minutes": 360, "topic": "Mendengar", **changed}
    return teaching.add_day(cohort=cohort, by=by, now=THEN, today=TODAY, **said)


def tick(browser, day, present, shown=None, **more):
    said = {"shown": shown if shown is not None else list_of(day), "present": present, **more}
    return browser.post(f"/kelas/{day.cohort_id}/hari/{day.pk}/", said)


def list_of(day):
    return list(day.cohort.members.values_list("person", flat=True))


def counted(person):
    return evidence.standing_of(person.pk, today=TODAY).requirement("days").have


def test_she_notes_a_day_and_ticks_who_was_there(cast, cohort, trainer):
    load_small(training_days=2)
    answer = trainer.post(
        f"/kelas/{cohort.pk}/hari/", {"held_on": "2026-11-10", "minutes": 360, "topic": "Mendengar"}, follow=True
    )
    page = answer.content.decode()
    assert "Seruni Lontar" in page
    assert " checked" not in page
    day = TrainingDay.objects.get()
    assert tick(trainer, day, [cast.seruni.pk]).status_code == 302
    assert (counted(cast.seruni), counted(cast.melati)) == (1, 0)
    page = trainer.get(f"/kelas/{cohort.pk}/hari/{day.pk}/").content.decode()
    assert page.count(" checked") == 1
    assert TrailLine.objects.about(day).last().detail == {
        "present": [cast.seruni.pk],
        "absent": [cast.melati.pk],
        "way": "screen",
    }


def test_a_correction_is_kept_with_its_trace(cast, cohort, trainer):
    load_small(training_days=2)
    day = add(cohort, cast.anggrek)
    tick(trainer, day, [cast.seruni.pk])
    tick(trainer, day, [cast.melati.pk], paper="on")
    assert (counted(cast.seruni), counted(cast.melati)) == (0, 1)
    assert set(Attendance.objects.values_list("way", flat=True)) == {"paper"}
    line = TrailLine.objects.about(day).get(verb="courses.attendance_corrected")
    assert line.detail == {"present": [cast.melati.pk], "absent": [cast.seruni.pk], "way": "paper"}
    assert "Anggrek Bidara" in trainer.get(f"/kelas/{cohort.pk}/hari/{day.pk}/").content.decode()


def test_the_same_list_again_changes_nothing(cast, cohort, trainer):
    day = add(cohort, cast.anggrek)
    tick(trainer, day, [cast.seruni.pk])
    before = TrailLine.objects.count()
    tick(trainer, day, [cast.seruni.pk])
    assert TrailLine.objects.count() == before
    assert add(cohort, cast.anggrek).pk == day.pk


def test_two_classes_on_one_date_are_one_day_of_hers(cast, cohort, course, trainer):
    load_small(training_days=2)
    tick(trainer, add(cohort, cast.anggrek), [cast.seruni.pk])
    other = Cohort.objects.create(
        name="Kelas dua", course_key=course.key, region_id="99.01", starts_on=date(2026, 11, 1)
    )
    other.trainers.add(cast.anggrek)
    cohorting.add_member(cohort=other, person=cast.seruni, by=cast.anggrek, now=THEN, today=TODAY)
    tick(trainer, add(other, cast.anggrek), [cast.seruni.pk])
    assert counted(cast.seruni) == 1
    tick(trainer, add(other, cast.anggrek, held_on=date(2026, 11, 11)), [cast.seruni.pk])
    assert counted(cast.seruni) == 2


def test_who_left_the_class_keeps_her_days(cast, cohort, trainer):
    load_small(training_days=2)
    day = add(cohort, cast.anggrek)
    tick(trainer, day, [cast.seruni.pk])
    cohorting.remove_member(cohort=cohort, person=cast.seruni, by=cast.anggrek, now=THEN)
    assert "Seruni Lontar" in trainer.get(f"/kelas/{cohort.pk}/hari/{day.pk}/").content.decode()
    assert counted(cast.seruni) == 1


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"held_on": "2026-11-22"}, "Tanggal ini belum tiba"),
        ({"held_on": "2026-10-31"}, "Kelas belum dimulai"),
        ({"minutes": "20"}, ""),
        ({"topic": ""}, ""),
    ],
)
def test_a_day_that_cannot_be_is_refused_on_the_form(cohort, trainer, wrong, sentence):
    said = {"held_on": "2026-11-10", "minutes": 360, "topic": "Mendengar", **wrong}
    answer = trainer.post(f"/kelas/{cohort.pk}/hari/", said)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not TrainingDay.objects.exists()


def test_a_topic_with_somebodys_number_is_refused_and_not_echoed(cohort, trainer):
    said = {"held_on": "2026-11-10", "minutes": 360, "topic": "Hubungi 081234567890"}
    answer = trainer.post(f"/kelas/{cohort.pk}/hari/", said)
    assert answer.status_code == 422
    assert "081234567890" not in answer.content.decode()
    assert not TrainingDay.objects.exists()


def test_a_class_meets_once_a_day(cast, cohort, trainer):
    add(cohort, cast.anggrek)
    said = {"held_on": "2026-11-10", "minutes": 60, "topic": "Lain"}
    assert trainer.post(f"/kelas/{cohort.pk}/hari/", said).status_code == 422
    with pytest.raises(IntegrityError), transaction.atomic():
        TrainingDay.objects.create(cohort=cohort, by=cast.anggrek, noted_at=THEN, **{**said, "held_on": "2026-11-10"})


def test_a_wrong_date_is_corrected_with_its_trace(cast, cohort, trainer):
    day = add(cohort, cast.anggrek)
    path = f"/kelas/{cohort.pk}/hari/{day.pk}/ubah/"
    said = {"held_on": "2026-11-09", "minutes": 300, "topic": "Mendengar"}
    assert trainer.post(path, said).status_code == 302
    assert TrainingDay.objects.get().held_on == date(2026, 11, 9)
    line = TrailLine.objects.about(day).get(verb="courses.day_changed")
    assert line.detail == {"before": ["2026-11-10", 360], "after": ["2026-11-09", 300]}
    assert trainer.post(path, {**said, "held_on": "2027-01-01"}).status_code == 422


def test_somebody_outside_the_class_is_refused(cast, cohort, trainer):
    day = add(cohort, cast.anggrek)
    answer = tick(trainer, day, [cast.kenari.pk], shown=[cast.kenari.pk])
    assert answer.status_code == 422
    assert not Attendance.objects.exists()


def test_nobody_notes_herself(cast, cohort, trainer):
    day = add(cohort, cast.anggrek)
    assert tick(trainer, day, [cast.anggrek.pk], shown=[cast.anggrek.pk]).status_code == 422
    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.create(day=day, person=cast.anggrek, by=cast.anggrek, is_present=True, noted_at=THEN)


def test_what_is_no_number_is_refused(cast, cohort, trainer):
    day = add(cohort, cast.anggrek)
    for sent in (["x"], ["1' OR 1=1"], [""], ["²"], ["9" * 30]):
        assert tick(trainer, day, sent, shown=sent).status_code == 422
    assert not Attendance.objects.exists()


def test_another_trainers_class_is_as_good_as_none(cast, cohort, sign_in):
    day = add(cohort, cast.anggrek)
    other = joining.add_person(username="kelor", name="Kelor Johar", secret=PASSWORD, now=THEN)
    region = Region.objects.get(code="99.01")
    joining.give_role(person=other, kind="trainer", region=region, starts_on=LONG_AGO, now=THEN)
    for person in (other, cast.soka, cast.seruni, cast.dahlia):
        browser = sign_in(person)
        for path in (f"/kelas/{cohort.pk}/hari/", f"/kelas/{cohort.pk}/hari/{day.pk}/"):
            assert browser.get(path).status_code == 404
        assert tick(browser, day, [cast.seruni.pk]).status_code == 404
        assert browser.post(f"/kelas/{cohort.pk}/hari/{day.pk}/ubah/", {}).status_code == 404
    with pytest.raises(Refused):
        add(cohort, other, held_on=TODAY - timedelta(days=1))


def test_a_day_of_another_class_is_not_found(cast, cohort, course, trainer):
    other = Cohort.objects.create(name="Kelas dua", course_key=course.key, region_id="99.01", starts_on=TODAY)
    other.trainers.add(cast.anggrek)
    day = add(cohort, cast.anggrek)
    assert trainer.get(f"/kelas/{other.pk}/hari/{day.pk}/").status_code == 404


def test_the_class_page_leads_to_its_days_for_who_teaches_it(cast, cohort, trainer):
    add(cohort, cast.anggrek)
    page = trainer.get(f"/kelas/{cohort.pk}/").content.decode()
    assert f"/kelas/{cohort.pk}/hari/" in page


def test_as_many_queries_for_thirty_people_as_for_three(cast, cohort, trainer, django_assert_max_num_queries):
    day = add(cohort, cast.anggrek)
    path = f"/kelas/{cohort.pk}/hari/{day.pk}/"
    trainer.get(path)
    for number in range(30):
        person = joining.add_person(
            username=f"p{number}", name=f"Orang {number}", secret="246810", village=cast.air_lontar, now=THEN
        )
        cohort.members.create(person=person, added_on=TODAY)
    with django_assert_max_num_queries(16):
        trainer.get(path)
    with django_assert_max_num_queries(24):
        tick(trainer, day, list_of(day))
    assert Attendance.objects.present().count() == 32
