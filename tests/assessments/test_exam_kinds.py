"""An exam with pairs, words, numbers and pictures: marked in parts, and no page tells a key."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import Attempt, Question
from lms.people.models import Person
from tests.assessments.kinds import CODES, make_kinds, right_fields
from tests.assessments.school import School, open_school
from tests.assessments.test_exam_pages import STEP, begin, hand_in, save
from tests.cast import Cast

SignIn = Callable[[Person], Client]
# What only the key of a question says, by its code. A match stands on the page of the pairs: to be chosen from.
SECRETS = {
    "X-PAIRS": ["Tiap layanan", "Puskesmas</b>"],
    "X-SHORT": ["uskesmas", "pusat kesehatan", "Luka dirawat"],
    "X-NUMBER": ['"72"', ">72", "72 jam", "Obat bekerja"],
    "X-PICTURE": ["benar.", "salah.", "berarti setara"],
}


@pytest.fixture
def school(cast: Cast, tmp_path: Path) -> School:
    """An exam of four questions, one of each of these kinds."""
    school = open_school()
    Question.objects.filter(use="exam").update(use="resting")
    make_kinds(school.module, tmp_path)
    school.admit(cast.seruni)
    return school


def by_code(attempt: Attempt) -> dict[str, int]:
    return {item.code: number for number, item in enumerate(attempt.questions.items, 1)}


def page_of(browser: Client, attempt: Attempt, number: int) -> str:
    """The page without what chance wrote on it."""
    page = browser.get(reverse("exam_question", args=[attempt.pk, number])).content.decode()
    chance = r'name="(csrfmiddlewaretoken|entry)" value="[^"]+"|[0-9a-f-]{36}|/media/\S+|<svg.*?</svg>'
    return re.sub(chance, "", page)


def test_no_page_of_the_exam_tells_a_key(cast: Cast, school: School, sign_in: SignIn) -> None:
    browser = sign_in(cast.seruni)
    attempt = begin(browser)
    for code, number in by_code(attempt).items():
        page = page_of(browser, attempt, number)
        assert Question.objects.get(code=code).ask in page
        assert not [secret for secret in SECRETS[code] if secret in page], code
        save(browser, attempt, number, {**right_fields(Question.objects.get(code=code))})
    hand_in(browser, attempt)
    told = browser.get(reverse("exam_result", args=[attempt.pk])).content.decode()
    told += browser.get(STEP).content.decode()
    assert "pusat kesehatan" not in told
    assert not [one for code in CODES for one in SECRETS[code] if " " in one and one in told]
    attempt.refresh_from_db()
    assert (attempt.right, attempt.percent, attempt.passed) == (4, 100, True)


def test_pairs_stand_in_an_order_of_chance_with_keys_of_chance(cast: Cast, school: School, sign_in: SignIn) -> None:
    item = Question.objects.get(code="X-PAIRS").as_item()
    assert not {left.key for left in item.lefts} & set(item.keys)
    browser = sign_in(cast.seruni)
    attempt = begin(browser)
    page = page_of(browser, attempt, by_code(attempt)["X-PAIRS"])
    selects = re.findall(r"<select.*?</select>", page, re.S)
    offered = [re.findall(r'<option value="(\w+)"', select) for select in selects]
    assert len(offered) == 3
    assert offered[0] == offered[1] == offered[2]
    assert sorted(offered[0]) == sorted(item.keys)


def test_pictures_of_an_exam_say_nothing_by_their_names(cast: Cast, school: School, sign_in: SignIn) -> None:
    browser = sign_in(cast.seruni)
    attempt = begin(browser)
    url = reverse("exam_question", args=[attempt.pk, by_code(attempt)["X-PICTURE"]])
    sources = re.findall(r'<img[^>]*src="([^"]+)"', browser.get(url).content.decode())
    assert len(sources) == 3
    name = r"/media/images/[0-9a-f]{16}(_\w+)?\.[a-z0-9.-]+\.webp"
    assert all(re.fullmatch(name, source) for source in sources), sources


def test_parts_count_in_percent_and_what_was_typed_is_there_again(cast: Cast, school: School, sign_in: SignIn) -> None:
    browser = sign_in(cast.seruni)
    attempt = begin(browser)
    numbers = by_code(attempt)
    pairs = right_fields(Question.objects.get(code="X-PAIRS"))
    first = next(iter(pairs))
    save(browser, attempt, numbers["X-PAIRS"], {first: pairs[first]})
    save(browser, attempt, numbers["X-SHORT"], {"words": "Pukesmas"})
    save(browser, attempt, numbers["X-NUMBER"], {"words": "73,5"})
    assert 'value="Pukesmas"' in page_of(browser, attempt, numbers["X-SHORT"])
    assert 'value="73,5"' in page_of(browser, attempt, numbers["X-NUMBER"])
    assert page_of(browser, attempt, numbers["X-PAIRS"]).count(" selected") == 1
    hand_in(browser, attempt)
    attempt.refresh_from_db()
    assert (attempt.right, attempt.percent) == (2, 58)  # 1/3 + 1 + 1 + 0 of four


def test_a_safety_question_in_part_does_not_pass_and_its_percent_says_that_she_is_near(
    cast: Cast, school: School, sign_in: SignIn
) -> None:
    school.exam.pass_percent = 80  # four of four by the count; the parts of marks reach it
    school.exam.save_revision().publish()
    Question.objects.filter(code="X-PAIRS").update(is_critical=True)
    browser = sign_in(cast.seruni)
    attempt = begin(browser)
    for code, number in by_code(attempt).items():
        fields = right_fields(Question.objects.get(code=code))
        if code == "X-PAIRS":
            fields = dict(list(fields.items())[:2])
        save(browser, attempt, number, fields)
    hand_in(browser, attempt)
    attempt.refresh_from_db()
    assert (attempt.percent, attempt.critical_left, attempt.passed) == (91, 1, False)
    told = browser.get(reverse("exam_result", args=[attempt.pk])).content.decode()
    assert ("Hampir lulus" in told, "Untuk lulus: 80 dari 100." in told) == (True, True)


def test_below_the_pass_mark_with_parts_of_marks_she_is_not_near(cast: Cast, school: School, sign_in: SignIn) -> None:
    browser = sign_in(cast.seruni)
    attempt = begin(browser)
    numbers = by_code(attempt)
    save(browser, attempt, numbers["X-SHORT"], right_fields(Question.objects.get(code="X-SHORT")))
    fields = list(right_fields(Question.objects.get(code="X-PAIRS")).items())[:1]
    save(browser, attempt, numbers["X-PAIRS"], dict(fields))
    hand_in(browser, attempt)
    told = browser.get(reverse("exam_result", args=[attempt.pk])).content.decode()
    assert ("Hampir lulus" in told, "Untuk lulus: 75 dari 100." in told) == (False, True)


@pytest.mark.parametrize(
    ("code", "typed", "said"),
    [
        ("X-NUMBER", "tujuh puluh dua", "Tulis bilangan dengan angka"),
        ("X-SHORT", "0812 3456 7890", "data orang"),
        ("X-SHORT", "x" * 121, "terlalu panjang"),
    ],
)
def test_what_cannot_be_taken_is_said_and_not_kept(
    cast: Cast, school: School, sign_in: SignIn, code: str, typed: str, said: str
) -> None:
    browser = sign_in(cast.seruni)
    attempt = begin(browser)
    told: Any = save(browser, attempt, by_code(attempt)[code], {"words": typed})
    assert told.status_code == 422
    assert said in told.content.decode()
    assert ("0812" in told.content.decode()) is False
    attempt.refresh_from_db()
    assert not attempt.answers
