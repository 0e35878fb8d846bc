"""Trainers read exams aloud and give more time, within the classes they teach and never for themselves."""

import re
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from assessments import results
from assessments.models import Attempt, ExtraTime
from courses import cohorting
from courses.models import Cohort
from lms.kit import clock
from lms.people import joining
from lms.people.models import Person, Region, TrailLine
from tests.assessments.school import School, open_school
from tests.assessments.test_exam_pages import STEP, fields_for, hand_in, hidden, save, sit
from tests.cast import LONG_AGO, PASSWORD, THEN, Cast

SignIn = Callable[[Person], Client]


def a_class(school: School, trainer: Person, *people: Person, name: str = "Kelas satu") -> Cohort:
    cohort = cohorting.make_cohort(
        name=name,
        course_key=school.course.translation_key,
        region=Region.objects.get(code="99.01"),
        starts_on=LONG_AGO,
        ends_on=None,
        trainers=[],
        by=trainer,
        now=THEN,
    )
    for person in people:
        cohorting.add_member(cohort=cohort, person=person, by=trainer, now=THEN, today=LONG_AGO)
    return cohort


@pytest.fixture
def colleague(cast: Cast) -> Person:
    """Another trainer, of everywhere too."""
    person = joining.add_person(username="kelor", name="Kelor Johar", secret=PASSWORD, now=THEN)
    joining.give_role(person=person, kind="trainer", region=None, starts_on=LONG_AGO, now=THEN)
    return person


@pytest.fixture
def school(cast: Cast, settings: Any) -> School:
    settings.STAFF_SECOND_FACTOR = False
    school = open_school(limit_minutes=30)
    school.admit(cast.seruni, cast.melati)
    return school


@pytest.fixture
def cohort(cast: Cast, school: School) -> Cohort:
    return a_class(school, cast.anggrek, cast.seruni)


def page_of(cohort: Cohort, school: School) -> str:
    return reverse("class_exam", args=[cohort.pk, school.exam_key])


def order(school: School, learner: Person) -> dict[str, Any]:
    return {"entry": uuid.uuid4(), "exam": school.exam_key, "attempt": uuid.uuid4(), "learner": learner.pk}


def give(browser: Client, cohort: Cohort, school: School, person: Person, **more: Any) -> Any:
    fields = {"person": person.pk, "minutes": 20, "reason": "Membaca pelan", **more}
    return browser.post(reverse("exam_time", args=[cohort.pk, school.exam_key]), fields)


def test_a_trainer_reads_an_exam_aloud_and_it_says_so(
    cast: Cast, school: School, cohort: Cohort, sign_in: SignIn
) -> None:
    trainer = sign_in(cast.anggrek)
    assert reverse("class_exams", args=[cohort.pk]) in trainer.get(f"/kelas/{cohort.pk}/").content.decode()
    assert page_of(cohort, school) in trainer.get(reverse("class_exams", args=[cohort.pk])).content.decode()
    page = trainer.get(page_of(cohort, school))
    fields = {name: hidden(page, name) for name in ("entry", "exam", "attempt", "learner")}
    assert trainer.post(reverse("exam_begin"), fields).url == reverse("exam_question", args=[fields["attempt"], 1])
    assert trainer.post(reverse("exam_begin"), fields).url == reverse("exam_question", args=[fields["attempt"], 1])
    attempt = Attempt.objects.get()
    assert (attempt.person, attempt.read_by) == (cast.seruni, cast.anggrek)
    assert "Anda membacakan untuk" in trainer.get(reverse("exam_question", args=[attempt.pk, 1])).content.decode()
    for number, item in enumerate(attempt.questions.items, 1):
        save(trainer, attempt, number, fields_for(item))
    assert hand_in(trainer, attempt).url == reverse("exam_result", args=[attempt.pk])
    assert "Seruni Lontar" in trainer.get(reverse("exam_result", args=[attempt.pk])).content.decode()
    assert results.passed_exams([cast.seruni.pk])[cast.seruni.pk]["m1"].percent == 100
    hers = sign_in(cast.seruni)
    assert "Dibacakan pelatih Anda" in hers.get(reverse("exam_result", args=[attempt.pk])).content.decode()
    assert "dibacakan pelatih Anda" in hers.get(STEP).content.decode()
    lines = TrailLine.objects.filter(verb__startswith="assessments.").order_by("id")
    assert [(line.actor, line.person) for line in lines] == [(cast.anggrek, cast.seruni)] * 2


def test_her_own_open_attempt_is_taken_up_and_she_may_go_on_with_it(
    cast: Cast, school: School, cohort: Cohort, sign_in: SignIn
) -> None:
    hers = sign_in(cast.seruni)
    page = hers.get(STEP)
    hers.post(reverse("exam_begin"), {name: hidden(page, name) for name in ("entry", "exam", "attempt")})
    attempt = Attempt.objects.get()
    save(hers, attempt, 1, fields_for(attempt.questions.items[0]))
    assert sign_in(cast.anggrek).post(reverse("exam_begin"), order(school, cast.seruni)).status_code == 302
    save(hers, attempt, 2, fields_for(attempt.questions.items[1]))
    attempt.refresh_from_db()
    assert (attempt.answered, attempt.read_by) == ({1, 2}, cast.anggrek)
    assert TrailLine.objects.filter(verb="assessments.exam_taken_up", person=cast.seruni).count() == 1


def test_nobody_reads_to_people_outside_her_classes(
    cast: Cast, school: School, cohort: Cohort, colleague: Person, sign_in: SignIn
) -> None:
    trainer = sign_in(cast.anggrek)
    assert trainer.post(reverse("exam_begin"), order(school, cast.melati)).status_code == 422
    other = sign_in(colleague)
    assert other.post(reverse("exam_begin"), order(school, cast.seruni)).status_code == 422
    assert other.get(page_of(cohort, school)).status_code == 404
    assert give(other, cohort, school, cast.seruni).status_code == 404
    assert sign_in(cast.dahlia).post(reverse("exam_begin"), order(school, cast.seruni)).status_code == 422
    assert sign_in(cast.melati).post(reverse("exam_begin"), order(school, cast.seruni)).status_code == 422
    assert sign_in(cast.seruni).get(page_of(cohort, school)).status_code == 404
    assert not Attempt.objects.exists()
    trainer.post(reverse("exam_begin"), order(school, cast.seruni))
    attempt = Attempt.objects.get()
    assert other.get(reverse("exam_question", args=[attempt.pk, 1])).status_code == 404


def test_a_trainer_who_learns_too_reads_nothing_to_herself(
    cast: Cast, school: School, cohort: Cohort, sign_in: SignIn
) -> None:
    joining.give_role(
        person=cast.seruni, kind="trainer", region=Region.objects.get(code="99.01"), starts_on=LONG_AGO, now=THEN
    )
    cohort.trainers.add(cast.seruni)
    her = sign_in(Person.objects.get(pk=cast.seruni.pk))
    answer = her.post(reverse("exam_begin"), order(school, cast.seruni))
    assert answer.status_code == 422
    assert "Minta pelatih lain" in answer.content.decode()
    assert give(her, cohort, school, cast.seruni).status_code == 422
    assert 'name="learner"' not in her.get(page_of(cohort, school)).content.decode()
    assert not Attempt.objects.exists()
    assert not ExtraTime.objects.exists()
    values: dict[str, Any] = {"person": cast.seruni, "exam_key": school.exam_key, "module_code": "m1", "seed": "a"}
    values |= {"paper": {"pass_percent": 75, "items": []}, "total": 1, "started_at": THEN, "number": 1}
    with pytest.raises(IntegrityError):
        Attempt.objects.create(pk=uuid.uuid4(), read_by=cast.seruni, **values)


def test_one_person_gets_more_time_with_a_reason_and_the_trail_keeps_it(
    cast: Cast, school: School, cohort: Cohort, sign_in: SignIn
) -> None:
    trainer, hers = sign_in(cast.anggrek), sign_in(cast.seruni)
    page = hers.get(STEP)
    hers.post(reverse("exam_begin"), {name: hidden(page, name) for name in ("entry", "exam", "attempt")})
    before = Attempt.objects.get().ends_at
    assert before
    assert give(trainer, cohort, school, cast.seruni).status_code == 302
    assert Attempt.objects.get().ends_at == before + timedelta(minutes=20)
    given = ExtraTime.objects.get()
    assert (given.by, given.reason, given.minutes) == (cast.anggrek, "Membaca pelan", 20)
    line = TrailLine.objects.get(verb="assessments.extra_time_given")
    assert (line.actor, line.person, line.detail["minutes"]) == (cast.anggrek, cast.seruni, 20)
    assert "Membaca" not in str(line.detail)
    assert "+20" in trainer.get(page_of(cohort, school)).content.decode()
    attempt = Attempt.objects.get()
    save(hers, attempt, 1, fields_for(attempt.questions.items[0]))
    hand_in(hers, attempt)
    page = hers.get(STEP)
    assert "50 menit" in page.content.decode()
    hers.post(reverse("exam_begin"), {name: hidden(page, name) for name in ("entry", "exam", "attempt")})
    second = Attempt.objects.get(number=2)
    assert second.ends_at == second.started_at + timedelta(minutes=50)


@pytest.mark.parametrize(
    "wrong",
    [{"minutes": 0}, {"minutes": 5000}, {"minutes": "x"}, {"reason": ""}, {"reason": "Telepon 0812 3456 7890"}],
)
def test_time_without_minutes_or_reason_or_with_an_identifier_is_refused(
    cast: Cast, school: School, cohort: Cohort, sign_in: SignIn, wrong: dict[str, Any]
) -> None:
    answer = give(sign_in(cast.anggrek), cohort, school, cast.seruni, **wrong)
    assert answer.status_code == 422
    assert "0812 3456" not in answer.content.decode()
    assert not ExtraTime.objects.exists()


def test_an_exam_without_an_end_needs_no_more_time(cast: Cast, school: School, cohort: Cohort, sign_in: SignIn) -> None:
    school.exam.limit_minutes = 0
    school.exam.save_revision().publish()
    trainer = sign_in(cast.anggrek)
    assert 'name="minutes"' not in trainer.get(page_of(cohort, school)).content.decode()
    answer = give(trainer, cohort, school, cast.seruni)
    assert answer.status_code == 422
    assert "tanpa batas waktu" in answer.content.decode()


def test_the_page_of_an_exam_costs_the_same_for_few_and_many(
    cast: Cast, school: School, cohort: Cohort, sign_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    trainer = sign_in(cast.anggrek)
    trainer.get(page_of(cohort, school))
    for person in (cast.melati, cast.kenari, cast.teratai):
        cohorting.add_member(cohort=cohort, person=person, by=cast.anggrek, now=clock.now(), today=clock.today())
    with django_assert_max_num_queries(10):
        page = trainer.get(page_of(cohort, school)).content.decode()
    assert len(re.findall(r'name="learner"', page)) == 4


# One attempt more


@pytest.fixture
def used_up(cast: Cast, school: School, cohort: Cohort, sign_in: SignIn) -> Client:
    """Seruni has one attempt, and did not pass it; her browser."""
    school.exam.attempts = 1
    school.exam.save_revision().publish()
    hers = sign_in(cast.seruni)
    sit(hers, wrong=("U-1",))
    return hers


def more(browser: Client, cohort: Cohort, school: School, person: Person, **fields: Any) -> Any:
    sent = {"person": person.pk, "reason": "Pelajaran dua sudah dibaca bersama", **fields}
    return browser.post(reverse("exam_attempt", args=[cohort.pk, school.exam_key]), sent)


def test_who_used_all_attempts_gets_one_more_with_a_reason_and_sits_it(
    cast: Cast, school: School, cohort: Cohort, used_up: Client, sign_in: SignIn
) -> None:
    assert "Semua kesempatan" in used_up.get(STEP).content.decode()
    trainer = sign_in(cast.anggrek)
    page = trainer.get(page_of(cohort, school)).content.decode()
    assert ("kesempatan sudah dipakai" in page, reverse("exam_begin") in page) == (True, False)
    assert more(trainer, cohort, school, cast.seruni).status_code == 302
    given = ExtraTime.objects.get()
    assert (given.by, given.person, given.attempts, given.minutes) == (cast.anggrek, cast.seruni, 1, 0)
    line = TrailLine.objects.get(verb="assessments.extra_attempt_given")
    assert (line.actor, line.person) == (cast.anggrek, cast.seruni)
    assert "dibaca" not in str(line.detail)
    page = used_up.get(STEP).content.decode()
    assert ("tersisa 1 dari 2" in page, "1 dari pelatih" in page) == (True, True)
    attempt = sit(used_up)
    assert (attempt.number, attempt.passed) == (2, True)


def test_one_more_is_given_only_when_all_are_used_and_only_once(
    cast: Cast, school: School, cohort: Cohort, used_up: Client, sign_in: SignIn
) -> None:
    trainer = sign_in(cast.anggrek)
    assert more(trainer, cohort, school, cast.seruni).status_code == 302
    again = more(trainer, cohort, school, cast.seruni)
    assert (again.status_code, "masih punya kesempatan" in again.content.decode()) == (422, True)
    page = used_up.get(STEP)
    used_up.post(reverse("exam_begin"), {name: hidden(page, name) for name in ("entry", "exam", "attempt")})
    assert "sedang mengerjakan" in more(trainer, cohort, school, cast.seruni).content.decode()
    attempt = Attempt.objects.get(number=2)
    for number, item in enumerate(attempt.questions.items, 1):
        save(used_up, attempt, number, fields_for(item))
    hand_in(used_up, attempt)
    assert "sudah lulus ujian ini" in more(trainer, cohort, school, cast.seruni).content.decode()
    assert ExtraTime.objects.count() == 1


def test_nobody_else_gives_an_attempt_and_nobody_herself(
    cast: Cast, school: School, cohort: Cohort, colleague: Person, used_up: Client, sign_in: SignIn
) -> None:
    assert more(sign_in(cast.anggrek), cohort, school, cast.melati).status_code == 422
    assert more(sign_in(colleague), cohort, school, cast.seruni).status_code == 404
    for person in (cast.dahlia, cast.soka, cast.seruni):
        assert more(sign_in(person), cohort, school, cast.seruni).status_code in {403, 404}
    joining.give_role(
        person=cast.seruni, kind="trainer", region=Region.objects.get(code="99.01"), starts_on=LONG_AGO, now=THEN
    )
    cohort.trainers.add(cast.seruni)
    her = sign_in(Person.objects.get(pk=cast.seruni.pk))
    assert more(her, cohort, school, cast.seruni).status_code == 422
    assert "kesempatan/" not in her.get(page_of(cohort, school)).content.decode()
    assert not ExtraTime.objects.exists()
    with pytest.raises(IntegrityError):
        ExtraTime.objects.create(
            person=cast.seruni, by=cast.seruni, exam_key=school.exam_key, attempts=1, reason="a", given_at=THEN
        )


@pytest.mark.parametrize("reason", ["", "Telepon 0812 3456 7890", "x" * 201])
def test_an_attempt_without_a_fit_reason_is_refused(
    cast: Cast, school: School, cohort: Cohort, used_up: Client, sign_in: SignIn, reason: str
) -> None:
    cohorting.add_member(cohort=cohort, person=cast.melati, by=cast.anggrek, now=THEN, today=LONG_AGO)
    answer = more(sign_in(cast.anggrek), cohort, school, cast.seruni, reason=reason)
    assert (answer.status_code, "0812 3456" in answer.content.decode()) == (422, False)
    assert answer.content.decode().count("<details open>") == 1  # hers, though she is not the first of the list
    assert not ExtraTime.objects.exists()


def test_a_test_before_the_training_gives_no_other_attempt(
    cast: Cast, school: School, cohort: Cohort, sign_in: SignIn
) -> None:
    before = school.add_exam(title="Sebelum", slug="sebelum", part="before")
    answer = sign_in(cast.anggrek).post(
        reverse("exam_attempt", args=[cohort.pk, before.translation_key]), {"person": cast.seruni.pk, "reason": "lupa"}
    )
    assert (answer.status_code, ExtraTime.objects.exists()) == (422, False)
