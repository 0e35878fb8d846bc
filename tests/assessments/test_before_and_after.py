"""The tests before and after a training: a pair that nobody passes, that blocks nothing and shows what was gained."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from assessments import results
from assessments.models import Attempt, ExamPage
from courses import outline
from lms.people.models import Person
from tests.assessments.school import School, make_question, open_school
from tests.assessments.test_class_exams import a_class
from tests.assessments.test_exam_pages import fields_for, hand_in, hidden, save
from tests.cast import THEN, Cast

SignIn = Callable[[Person], Client]
BEFORE, AFTER = "/belajar/dasar/m1/sebelum/", "/belajar/dasar/m1/sesudah/"


@pytest.fixture
def school(cast: Cast, settings: Any) -> School:
    """Two tests of six questions out of families of two."""
    settings.STAFF_SECOND_FACTOR = False
    school = open_school()
    for number in range(8):
        for sibling in "ab":
            make_question(school.module, f"T-{number}{sibling}", family=f"T-{number}")
    school.add_exam(title="Tes sebelum", slug="sebelum", part="before", draw=6)
    school.add_exam(title="Tes sesudah", slug="sesudah", part="after", draw=2)
    school.enrol(cast.seruni)
    return school


def sit(browser: Client, step: str, right: int) -> Attempt:
    """Hand in with so many right answers."""
    page = browser.get(step)
    fields = {name: hidden(page, name) for name in ("entry", "exam", "attempt")}
    browser.post(reverse("exam_begin"), fields)
    attempt = Attempt.objects.get(pk=fields["attempt"])
    for number, item in enumerate(attempt.questions.items, 1):
        save(browser, attempt, number, fields_for(item, is_right=number <= right))
    hand_in(browser, attempt)
    attempt.refresh_from_db()
    return attempt


def learn(school: School, person: Person) -> None:
    school.admit(person)


def test_the_test_before_is_open_at_once_and_the_other_after_the_lessons(
    cast: Cast, school: School, sign_in: SignIn
) -> None:
    browser = sign_in(cast.seruni)
    assert browser.get(BEFORE).status_code == 200
    assert browser.get(AFTER).status_code == 403
    learn(school, cast.seruni)
    assert browser.get(AFTER).status_code == 200


def test_nobody_passes_a_test_and_nothing_waits_for_it(cast: Cast, school: School, sign_in: SignIn) -> None:
    browser = sign_in(cast.seruni)
    page = browser.get(BEFORE).content.decode()
    assert "lulus atau gagal" in page
    assert "Untuk lulus" not in page
    attempt = sit(browser, BEFORE, right=6)
    assert (attempt.part, attempt.percent, attempt.passed) == ("before", 100, False)
    assert results.passed_exams([cast.seruni.pk])[cast.seruni.pk] == {}
    page = browser.get(reverse("exam_result", args=[attempt.pk])).content.decode()
    assert "Terima kasih" in page
    assert not any(word in page for word in ("Belum lulus", "Untuk lulus", "Anda lulus"))
    module = outline.outline().find_module("dasar", "m1")
    assert module
    required = {step.code for step in module[1].required}
    assert required == {"1", "ujian"}
    assert attempt.exam_key in outline.done_keys(cast.seruni)


def test_the_test_after_asks_the_siblings_of_what_was_asked_before(cast: Cast, school: School, sign_in: SignIn) -> None:
    browser = sign_in(cast.seruni)
    before = sit(browser, BEFORE, right=3)
    learn(school, cast.seruni)
    after = sit(browser, AFTER, right=6)
    families = [{item.group for item in one.questions.items} for one in (before, after)]
    assert families[0] == families[1]
    asked = [{item.code for item in one.questions.items if item.code.startswith("T-")} for one in (before, after)]
    assert asked[0]
    assert not asked[0] & asked[1]


def test_she_sees_what_she_gained_once_both_are_handed_in(cast: Cast, school: School, sign_in: SignIn) -> None:
    browser = sign_in(cast.seruni)
    before = sit(browser, BEFORE, right=3)
    assert "Sebelum dan sesudah" not in browser.get(reverse("exam_result", args=[before.pk])).content.decode()
    learn(school, cast.seruni)
    after = sit(browser, AFTER, right=6)
    for url in (reverse("exam_result", args=[after.pk]), AFTER, BEFORE):
        page = browser.get(url).content.decode()
        assert "Sebelum: 50 dari 100. Sesudah: 100 dari 100." in page
        assert "Sebagian besar hal yang baru sudah Anda pelajari." in page


def test_a_class_is_summed_up_from_five_people_on(cast: Cast, school: School, sign_in: SignIn) -> None:
    people = [cast.seruni, cast.melati, cast.kenari, cast.teratai]
    school.enrol(*people[1:])
    cohort = a_class(school, cast.anggrek, *people)
    trainer = sign_in(cast.anggrek)
    before, after = ExamPage.objects.get(part="before"), ExamPage.objects.get(part="after")
    for person in people:
        _handed_in(person, before, 40)
        _handed_in(person, after, 70)
    for url in (f"/kelas/{cohort.pk}/", reverse("class_exams", args=[cohort.pk])):
        page = trainer.get(url).content.decode()
        assert "Baru 4 orang mengikuti kedua tes." in page
        assert "70" not in page.partition("<main")[2].partition("Baru 4")[2][:200]
    cohort.members.create(person=cast.murai, added_on=cohort.starts_on)
    _handed_in(cast.murai, before, 40)
    _handed_in(cast.murai, after, 70)
    page = trainer.get(f"/kelas/{cohort.pk}/").content.decode()
    assert "5 orang mengikuti keduanya: 40 dari 100 sebelum, 70 sesudah (+30)." in page
    assert "50 dari 100 bertambah" in page


def _handed_in(person: Person, exam: ExamPage, percent: int) -> None:
    values: dict[str, Any] = {"paper": {"pass_percent": 75, "items": []}, "total": 10, "started_at": THEN, "seed": "a"}
    values |= {"handed_in_at": THEN, "percent": percent, "part": exam.part, "number": 1, "module_code": "m1"}
    Attempt.objects.create(pk=uuid4(), person=person, exam_key=exam.translation_key, **values)
