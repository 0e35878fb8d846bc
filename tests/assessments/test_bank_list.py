"""The list of the bank: found by any word, filtered, counted, and nothing that was asked is ever lost."""

import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments import attempting, rehearsing, twins
from assessments.models import AskedQuestion, Attempt, Question
from courses.models import ModulePage
from lms.kit import clock
from lms.people.models import Person
from tests.assessments.school import School, make_question, open_school
from tests.assessments.test_editor import sent
from tests.cast import Cast, make_cast

SignIn = Callable[[Person], Client]


@pytest.fixture(autouse=True)
def editors(settings: Any) -> None:
    settings.STAFF_SECOND_FACTOR = False


@pytest.fixture
def school(cast: Cast) -> School:
    return open_school()


def url(name: str, *args: Any) -> str:
    return reverse(Question.snippet_viewset.get_url_name(name), args=args)


def codes(browser: Client, **query: Any) -> set[str]:
    answer = browser.get(url("list"), query)
    assert answer.status_code == 200
    return {one.code for one in answer.context["object_list"]}


def sat(person: Person, school: School) -> Attempt:
    attempt = attempting.begin(person=person, exam_key=school.exam_key, attempt_id=uuid.uuid4(), now=clock.now())
    item = attempt.questions.items[0]
    attempting.answer(person=person, attempt_id=attempt.pk, question=1, answer=item.right, now=clock.now())
    return attempting.hand_in(person=person, attempt_id=attempt.pk, now=clock.now())


@pytest.mark.parametrize(
    "query",
    [
        '"',
        "'",
        "\0",
        "\u00a0",
        "a OR b",
        "* AND",
        "(",
        "^x",
        "-",
        "%",
        "_",
        "\\",
        "é" * 300,
        "NEAR/2",
        "{a}:b",
        "🌱",
        "  ",
    ],
)
def test_no_sign_in_the_search_box_breaks_the_list(school: School, cast: Cast, sign_in: SignIn, query: str) -> None:
    browser = sign_in(cast.anggrek)
    for more in ({}, {"law": "uu-a", "kind": "single"}, {"use": "tidak-ada"}, {"p": "99"}):
        assert browser.get(url("list"), {"q": query, **more}).status_code == 200
        assert browser.get(url("list_results"), {"q": query, **more}).status_code == 200


def test_every_word_is_found_wherever_it_stands(school: School, cast: Cast, sign_in: SignIn) -> None:
    make_question(
        school.module, "M1-9", stem="Ibu datang malam.\nApa kata Anda?", right=("Silakan duduk",), tags=["visum"]
    )
    browser = sign_in(cast.anggrek)
    for query in ("malam", "SILAKAN", "m1-9", "duduk malam", "visum", "dud"):
        assert codes(browser, q=query) == {"M1-9"}, query
    assert codes(browser, q="malam pasar") == set()


def test_each_filter_finds_its_own(school: School, cast: Cast, sign_in: SignIn) -> None:
    other = ModulePage(title="Lain", slug="m2", code="m2", outer_title="Modul 2")
    school.course.add_child(instance=other)
    make_question(other, "M2-1", difficulty=3, competency="k3", laws=["uu-a"], tags=["visum"], is_critical=True)
    make_question(other, "M2-2", kind="short", right=(), wrong=(), accepted=["ya"], laws=["uu-ab"], use="resting")
    browser = sign_in(cast.anggrek)
    for query in (
        {"difficulty": 3},
        {"competency": "k3"},
        {"law": "uu-a"},
        {"tag": "visum"},
        {"module": other.pk, "is_critical": "true"},
        {"module": other.pk, "kind": "single"},
        {"law": "uu-a", "q": "soal"},
    ):
        assert codes(browser, **query) == {"M2-1"}, query
    assert codes(browser, kind="short") == codes(browser, use="resting") == {"M2-2"}


def test_the_list_says_in_how_many_exams_and_how_often(school: School, cast: Cast, sign_in: SignIn) -> None:
    school.admit(cast.seruni, cast.melati)
    sat(cast.seruni, school)
    sat(cast.melati, school)
    attempting.begin(person=cast.seruni, exam_key=school.exam_key, attempt_id=uuid.uuid4(), now=clock.now())
    page = sign_in(cast.anggrek).get(url("list")).content.decode()
    assert page.count("dalam 1 ujian, 2 kali") == 4
    assert page.count("Belum") >= 2


def test_fifty_more_questions_cost_no_more_queries(school: School, cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.anggrek)
    counts = []
    for more in range(2):
        for number in range(20 * more):
            make_question(school.module, f"B-{number}", laws=[f"uu-{number}"], tags=[f"tanda-{number}"])
        browser.get(url("list"))
        with CaptureQueriesContext(
            connection,
        ) as captured:
            browser.get(url("list"))
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_a_question_that_was_asked_rests_and_never_goes(school: School, cast: Cast, sign_in: SignIn) -> None:
    school.admit(cast.seruni)
    sat(cast.seruni, school)
    rehearsed = Question.objects.get(code="L-1")
    rehearsing.answer(
        person=cast.seruni,
        practice_key=school.practice_key,
        question="L-1",
        answer=rehearsed.as_item().right,
        now=clock.now(),
    )
    trainer = sign_in(cast.anggrek)
    for code in ("U-1", "L-1"):
        one = Question.objects.get(code=code)
        for answer in (
            trainer.get(url("delete", one.pk), follow=True),
            trainer.post(url("delete", one.pk), follow=True),
        ):
            assert f"{code} sudah pernah ditanyakan" in answer.content.decode()
        assert Question.objects.filter(code=code).exists()
    bulk = reverse("wagtail_bulk_action", args=["assessments", "question", "delete"])
    everything = [("id", one.pk) for one in Question.objects.all()]
    answer = trainer.post(f"{bulk}?{'&'.join(f'{name}={value}' for name, value in everything)}", follow=True)
    assert "sudah pernah ditanyakan" in answer.content.decode()
    assert Question.objects.count() == 6
    assert trainer.post(url("delete", Question.objects.get(code="L-2").pk)).status_code == 302
    assert not Question.objects.filter(code="L-2").exists()


@pytest.mark.django_db(transaction=True)
def test_the_database_itself_keeps_a_question_that_was_asked() -> None:
    cast, school = make_cast(), open_school()
    school.admit(cast.seruni)
    sat(cast.seruni, school)
    one = Question.objects.get(code="U-1")
    with pytest.raises(ProtectedError):
        one.delete()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM assessments_question WHERE id = %s", [one.pk])
    assert Question.objects.filter(pk=one.pk).exists()
    Attempt.objects.all().delete()
    assert not AskedQuestion.objects.exists()


def test_twins_are_named_in_the_list_and_when_saving(school: School, cast: Cast, sign_in: SignIn) -> None:
    scene = "Seorang ibu datang pada malam hari dan diam lama. Apa yang Anda lakukan?"
    make_question(school.module, "M1-1", stem=scene)
    make_question(school.module, "M1-2", stem=scene.upper())
    browser = sign_in(cast.anggrek)
    rows = {one.code: one.like for one in browser.get(url("list")).context["object_list"]}
    assert (rows["M1-1"], rows["M1-2"], rows["U-1"]) == (("M1-2",), ("M1-1",), ())
    answers = {"choices-0-value-text": "benar", "choices-1-value-text": "salah a"}
    page = browser.post(url("add"), sent(school.module, stem=scene, **answers), follow=True).content.decode()
    assert re.search(r"M1-7 hampir sama dengan M1-[12]", page)
    assert Question.objects.filter(code="M1-7").exists()
    other = sent(school.module, code="M1-8", stem="Berapa lama surat ini berlaku di kantor desa?")
    assert "hampir sama dengan" not in re.sub(
        r"<table.*</table>", "", browser.post(url("add"), other, follow=True).content.decode(), flags=re.S
    )


def test_twins_of_another_module_are_nobodys_business(school: School) -> None:
    other = ModulePage(title="Lain", slug="m2", code="m2", outer_title="Modul 2")
    school.course.add_child(instance=other)
    scene = "Seorang ibu datang pada malam hari dan diam lama. Apa yang Anda lakukan?"
    pair = [make_question(page, code, stem=scene) for page, code in ((school.module, "M1-1"), (other, "M2-1"))]
    assert twins.of(pair) == {}


def test_history_and_preview_of_a_question_are_one_click_away(school: School, cast: Cast, sign_in: SignIn) -> None:
    one = Question.objects.get(code="U-1")
    browser = sign_in(cast.anggrek)
    browser.post(url("edit", one.pk), sent(school.module, code="U-1", stem="Baru sekali?"))
    page = browser.get(url("history", one.pk))
    assert page.status_code == 200
    assert url("history", one.pk) in browser.get(url("edit", one.pk)).content.decode()
    assert url("preview_on_edit", one.pk) in browser.get(url("edit", one.pk)).content.decode()
