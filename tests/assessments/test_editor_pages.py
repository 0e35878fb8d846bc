"""A trainer makes and changes practice and exam in the page editor; learners see it once it is published."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from assessments.models import ExamPage, PracticePage, Question
from lms.people.models import Person
from tests.assessments.school import School, make_question, open_school
from tests.cast import Cast

SignIn = Callable[[Person], Client]


@pytest.fixture
def school(cast: Cast) -> School:
    return open_school()


def sent(**fields: Any) -> dict[str, Any]:
    usual = {"outer_title": "", "minutes": "10", "slug": "", "comments": inline_formset([]), "action-publish": "1"}
    lists = {name: value for name, value in fields.items() if isinstance(value, list)}
    return {**nested_form_data({**usual, **{name: fields[name] for name in fields if name not in lists}}), **lists}


def test_a_trainer_ticks_practice_questions_and_no_exam_question_is_offered(
    cast: Cast, school: School, sign_in: SignIn
) -> None:
    make_question(school.module, "L-3", use="practice")
    trainer, learner = sign_in(cast.anggrek), sign_in(cast.seruni)
    school.enrol(cast.seruni)
    url = reverse("wagtailadmin_pages:edit", args=[school.practice.pk])
    page = trainer.get(url).content.decode()
    assert ["L-3" in page, "U-1" in page] == [True, False]
    form = sent(title="Latihan modul 1", slug="latihan", questions=["L-1", "L-3"])
    assert trainer.post(url, form).status_code == 302
    assert PracticePage.objects.get().questions == ["L-1", "L-3"]
    shown = learner.get("/belajar/dasar/m1/latihan/").content.decode()
    assert ["soal-L-1" in shown, "soal-L-2" in shown, "soal-L-3" in shown] == [True, False, True]
    refused = trainer.post(url, sent(title="Latihan modul 1", slug="latihan", questions=["U-1"]))
    assert refused.status_code == 200
    assert "questions" in refused.context["form"].errors


def exam_rules(**changed: str) -> dict[str, str]:
    """What the form of an exam sends, as a trainer left it."""
    rules = {"draw": "3", "pass_percent": "50", "attempts": "0", "wait_hours": "0", "wait_days": "0", "intro": ""}
    rules |= {"part": "exam", "bank": "module", "feedback": "at_once", "limit_minutes": "0", "topics-count": "0"}
    return {**rules, **changed}


def test_a_new_practice_and_a_new_exam_get_neutral_addresses(cast: Cast, school: School, sign_in: SignIn) -> None:
    trainer = sign_in(cast.anggrek)
    rules = exam_rules(pass_percent="80", wait_hours="24")
    for name, title, fields in (("practicepage", "Belis", {"questions": []}), ("exampage", "Luka", rules)):
        url = reverse("wagtailadmin_pages:add", args=["assessments", name, school.module.pk])
        answer = trainer.post(url, sent(title=title, **fields))
        assert answer.status_code == 302, answer.context["form"].errors
    assert set(PracticePage.objects.values_list("slug", flat=True)) == {"latihan", "latihan-1"}
    exam = ExamPage.objects.get(title="Luka")
    assert (exam.slug, exam.draw, exam.pass_percent, exam.limits.wait_hours) == ("ujian-1", 3, 80, 24)


@pytest.mark.parametrize(
    ("field", "value"), [("draw", "0"), ("draw", "101"), ("pass_percent", "0"), ("pass_percent", "101"), ("draw", "")]
)
def test_rules_of_an_exam_that_make_no_sense_are_refused(
    cast: Cast, school: School, sign_in: SignIn, field: str, value: str
) -> None:
    rules = exam_rules(**{field: value})
    url = reverse("wagtailadmin_pages:edit", args=[school.exam.pk])
    answer = sign_in(cast.anggrek).post(url, sent(title="Ujian", slug="ujian", **rules))
    assert answer.status_code == 200
    assert field in answer.context["form"].errors


def test_a_preview_shows_the_exam_as_a_learner_meets_it(cast: Cast, school: School, sign_in: SignIn) -> None:
    trainer = sign_in(cast.anggrek)
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[school.exam.pk])
    rules = exam_rules(attempts="2", intro="Tarik napas dulu.")
    assert trainer.post(url, sent(title="Ujian", slug="ujian", **rules)).json()["is_valid"]
    page = trainer.get(url).content.decode()
    assert "Tarik napas dulu." in page
    assert 'name="attempt"' in page
    for question in Question.objects.filter(use="exam"):
        assert question.ask not in page
