"""Practice on its page: every answer is explained at once, and no exam is told by it."""

import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import PracticeAnswer, Question
from courses import outline
from lms.people.models import Person
from tests.assessments.school import School, make_question, open_school
from tests.cast import Cast

SignIn = Callable[[Person], Client]
STEP = "/belajar/dasar/m1/latihan/"


@pytest.fixture
def school(cast: Cast) -> School:
    school = open_school()
    school.enrol(cast.seruni)
    return school


def card(page: Any, code: str) -> str:
    """The form of one question."""
    found = re.search(rf'<form[^>]*id="soal-{code}".*?</form>', page.content.decode(), re.S)
    assert found, code
    return found[0]


def answer(browser: Client, school: School, code: str, fields: dict[str, Any]) -> Any:
    entry = re.search(r'name="entry" value="([^"]+)"', card(browser.get(STEP), code))
    assert entry
    url = reverse("practice_answer", args=[school.practice_key])
    return browser.post(url, {"entry": entry[1], "question": code, **fields})


def item(code: str) -> Any:
    return Question.objects.get(code=code).as_item()


def test_an_answer_is_explained_at_once_and_can_be_given_again(cast: Cast, school: School, sign_in: SignIn) -> None:
    browser, asked = sign_in(cast.seruni), item("L-1")
    assert "Karena begitu." not in browser.get(STEP).content.decode()
    wrong = next(key for key in asked.keys if key not in asked.right)
    told = answer(browser, school, "L-1", {"answer": wrong})
    assert told.url == f"{STEP}#soal-L-1"
    page = browser.get(STEP)
    assert "Karena begitu." in card(page, "L-1")
    assert "notice stop" in card(page, "L-1")
    assert "Urut." not in page.content.decode()
    answer(browser, school, "L-1", {"answer": asked.right[0]})
    assert "notice done" in card(browser.get(STEP), "L-1")
    assert PracticeAnswer.objects.get().is_right


def test_when_all_are_answered_right_or_wrong_the_practice_is_done(cast: Cast, school: School, sign_in: SignIn) -> None:
    browser = sign_in(cast.seruni)
    answer(browser, school, "L-1", {"answer": item("L-1").right[0]})
    assert school.practice_key not in outline.done_keys(cast.seruni)
    backwards = {f"place-{key}": str(place) for place, key in enumerate(reversed(item("L-2").right), 1)}
    answer(browser, school, "L-2", backwards)
    assert school.practice_key in outline.done_keys(cast.seruni)
    assert not PracticeAnswer.objects.get(question="L-2").is_right


def test_the_same_form_twice_is_one_answer_and_the_back_button_brings_a_new_one(
    cast: Cast, school: School, sign_in: SignIn
) -> None:
    browser, asked = sign_in(cast.seruni), item("L-1")
    url, entry = reverse("practice_answer", args=[school.practice_key]), str(uuid.uuid4())
    wrong = next(key for key in asked.keys if key not in asked.right)
    for given in (wrong, wrong, asked.right[0]):
        assert browser.post(url, {"entry": entry, "question": "L-1", "answer": given}).status_code == 302
    stored = PracticeAnswer.objects.get()
    assert (stored.is_right, stored.tries) == (True, 2)


def test_a_script_gets_what_has_changed_and_nothing_else(cast: Cast, school: School, sign_in: SignIn) -> None:
    browser = sign_in(cast.seruni)
    url = reverse("practice_answer", args=[school.practice_key])
    fields = {"entry": uuid.uuid4(), "question": "L-1", "answer": item("L-1").right[0]}
    part = browser.post(url, fields, headers={"X-Part": "1"})
    assert "Karena begitu." in card(part, "L-1")
    assert [name in part.content.decode() for name in ('id="hitung"', 'id="kaki"', "soal-L-2", "<html")] == [
        *(True, True),
        *(False, False),
    ]
    fields = {"entry": uuid.uuid4(), "question": "L-2"}
    part = browser.post(url, fields, headers={"X-Part": "1"})
    assert 'class="error"' in card(part, "L-2")


def test_nothing_chosen_is_refused_beside_the_question(cast: Cast, school: School, sign_in: SignIn) -> None:
    browser = sign_in(cast.seruni)
    told = answer(browser, school, "L-1", {})
    assert told.status_code == 422
    assert 'class="error"' in card(told, "L-1")
    assert 'class="error"' not in card(told, "L-2")
    assert not PracticeAnswer.objects.exists()


@pytest.mark.parametrize(("code", "given"), [("U-1", "x"), ("L-1", "no-such-key"), ("L-99", "x"), ("", "x")])
def test_what_is_not_on_the_page_is_refused_and_explains_nothing(
    cast: Cast, school: School, sign_in: SignIn, code: str, given: str
) -> None:
    Question.objects.filter(code="U-1").update(reason="RAHASIA")
    url = reverse("practice_answer", args=[school.practice_key])
    told = sign_in(cast.seruni).post(url, {"entry": uuid.uuid4(), "question": code, "answer": given})
    assert told.status_code == 422
    assert "RAHASIA" not in told.content.decode()
    assert not PracticeAnswer.objects.exists()


def test_an_exam_question_named_by_a_practice_is_not_shown(cast: Cast, school: School, sign_in: SignIn) -> None:
    school.practice.questions = ["L-1", "U-1"]
    school.practice.save_revision().publish()
    page = sign_in(cast.seruni).get(STEP).content.decode()
    assert "soal-L-1" in page
    assert "soal-U-1" not in page


def test_who_does_not_take_the_course_gets_no_answer(cast: Cast, school: School, sign_in: SignIn) -> None:
    url = reverse("practice_answer", args=[school.practice_key])
    fields = {"entry": uuid.uuid4(), "question": "L-1", "answer": item("L-1").right[0]}
    told = sign_in(cast.melati).post(url, fields)
    assert told.status_code == 422
    assert "Karena begitu." not in told.content.decode()
    assert Client().post(url, fields).url.startswith("/akun/")
    assert not PracticeAnswer.objects.exists()


def test_nobody_sees_the_answers_of_another(cast: Cast, school: School, sign_in: SignIn) -> None:
    school.enrol(cast.melati)
    answer(sign_in(cast.seruni), school, "L-1", {"answer": item("L-1").right[0]})
    page = sign_in(cast.melati).get(STEP).content.decode()
    assert "Karena begitu." not in page
    assert "checked" not in page


def test_a_long_practice_costs_no_more_queries(
    cast: Cast, school: School, sign_in: SignIn, django_assert_num_queries: Any
) -> None:
    codes = [make_question(school.module, f"P-{number}", use="practice").code for number in range(30)]
    browser = sign_in(cast.seruni)
    browser.get(STEP)
    with django_assert_num_queries(8):
        browser.get(STEP)
    school.practice.questions = ["L-1", "L-2", *codes]
    school.practice.save_revision().publish()
    answer(browser, school, codes[0], {"answer": item(codes[0]).right[0]})
    with django_assert_num_queries(8):
        assert browser.get(STEP).content.decode().count("<form") == 32
