"""Trainers see which questions to look at; nobody else does, and no name is in it."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessments import analysis
from assessments.models import Attempt, Question
from assessments.rules.answers import Given, pack_given
from assessments.rules.items import Paper, pack
from lms.people import joining
from lms.people.models import Person
from tests.assessments.school import School, make_question, open_school
from tests.cast import THEN, Cast

SignIn = Callable[[Person], Client]
REPORT = "/admin/reports/soal/"


@pytest.fixture
def school(cast: Cast, settings: Any) -> School:
    settings.STAFF_SECOND_FACTOR = False
    return open_school()


def people(count: int) -> list[Person]:
    return [
        joining.add_person(username=f"warga{number}", name=f"Warga {number}", secret="482913", now=THEN)
        for number in range(count)
    ]


def sit(person: Person, school: School, chosen: dict[str, str], *, number: int = 1, exam: Any = None) -> Attempt:
    """Hand in a paper over the questions named; `chosen`: by code the text of the choice, "" for none."""
    asked = [question.as_item() for question in Question.objects.filter(code__in=chosen).order_by("code")]
    keys = [next((one.key for one in item.choices if one.text == chosen[item.code]), "") for item in asked]
    at = THEN + timedelta(days=number)
    answers = {str(place): pack_given(Given((key,) if key else (), at, at)) for place, key in enumerate(keys, 1)}
    paper = Paper(tuple(asked), 75)
    attempt = Attempt(
        id=uuid.uuid4(),
        person=person,
        exam_key=exam or school.exam_key,
        module_code="m1",
        number=number,
        seed="1",
        paper=pack(paper),
        answers=answers,
        total=len(asked),
        started_at=at,
        handed_in_at=at,
    )
    verdict = attempt.verdict()
    attempt.right, attempt.percent, attempt.critical_left = verdict.right, verdict.percent, verdict.critical_left
    attempt.passed = verdict.passed
    attempt.save()
    return attempt


@pytest.fixture
def sat(school: School) -> School:
    """Twenty people: at U-6 fifteen take a wrong choice, U-7 everybody has right."""
    make_question(school.module, "U-6", stem="=Apa kata Anda?")
    make_question(school.module, "U-7")
    for number, person in enumerate(people(20)):
        sit(person, school, {"U-6": "benar" if number < 5 else "salah a", "U-7": "benar"})
    return school


def rows(answer: Any) -> list[Any]:
    return list(answer.context["object_list"])


def test_flagged_questions_come_first_with_the_reason_in_words(cast: Cast, sat: School, sign_in: SignIn) -> None:
    answer = sign_in(cast.anggrek).get(REPORT)
    found = rows(answer)
    assert [(row.code, row.answers, row.percent) for row in found] == [("U-6", 20, 25), ("U-7", 20, 100)]
    page = answer.content.decode()
    for words in ("Soal yang perlu dilihat", "Banyak yang memilih", "periksa kuncinya", "Terlalu mudah", "75 %"):
        assert words in page, words
    for person in Person.objects.filter(username__startswith="warga"):
        assert person.name not in page


def test_too_few_answers_are_said_and_not_judged(cast: Cast, school: School, sign_in: SignIn) -> None:
    sit(cast.seruni, school, {"U-1": "salah a"})
    row = rows(sign_in(cast.anggrek).get(REPORT))[0]
    assert row.notes == ("Belum cukup jawaban: 1 dari 20.",)
    assert (row.percent, row.discrimination, row.bars) == (None, None, ())


def test_only_the_first_answer_of_a_person_counts_and_open_attempts_do_not(cast: Cast, school: School) -> None:
    sit(cast.seruni, school, {"U-1": "salah a"})
    sit(cast.seruni, school, {"U-1": "benar"}, number=2)
    open_one = sit(cast.melati, school, {"U-1": "benar"})
    Attempt.objects.filter(pk=open_one.pk).update(handed_in_at=None, percent=None, passed=False)
    found = analysis.analyse(Attempt.objects.all())
    assert [(one.times, one.tally.times, one.tally.right) for one in found] == [(2, 1, 0)]


def test_versions_are_kept_apart(cast: Cast, school: School, sign_in: SignIn) -> None:
    sit(cast.seruni, school, {"U-1": "salah a"})
    question = Question.objects.get(code="U-1")
    question.stem = "Apa kata Anda sekarang?"
    question.save()
    sit(cast.melati, school, {"U-1": "benar"}, exam=uuid.uuid4())
    found = analysis.of_question(question)
    assert [(one.item.version, one.tally.right, one.is_newest) for one in found] == [(2, 1, True), (1, 0, False)]
    url = reverse(Question.snippet_viewset.get_url_name("inspect"), args=[question.pk])
    page = sign_in(cast.anggrek).get(url).content.decode()
    assert "Ditanyakan dalam 2 ujian, 2 kali." in page
    assert "Versi 2" in page
    assert "Versi 1" in page


def test_a_question_that_nobody_was_asked_says_so(cast: Cast, school: School, sign_in: SignIn) -> None:
    sit(cast.seruni, school, {"U-1": "salah a"})
    url = reverse(Question.snippet_viewset.get_url_name("inspect"), args=[Question.objects.get(code="U-2").pk])
    page = sign_in(cast.anggrek).get(url).content.decode()
    assert "Belum pernah ditanyakan dalam ujian." in page
    assert "None" not in page.split("</dl>")[0].split("<dl>")[1]


def test_the_report_of_one_exam_or_module(cast: Cast, school: School, sign_in: SignIn) -> None:
    other = uuid.uuid4()
    sit(cast.seruni, school, {"U-1": "benar"})
    sit(cast.melati, school, {"U-3": ""}, exam=other)
    trainer = sign_in(cast.anggrek)
    assert {row.code for row in rows(trainer.get(REPORT))} == {"U-1", "U-3"}
    assert {row.code for row in rows(trainer.get(REPORT, {"exam_key": str(school.exam_key)}))} == {"U-1"}
    assert {row.code for row in rows(trainer.get(REPORT, {"module_code": "m1"}))} == {"U-1", "U-3"}


def test_it_goes_into_a_spreadsheet_and_no_cell_is_a_formula(cast: Cast, sat: School, sign_in: SignIn) -> None:
    csv = b"".join(sign_in(cast.anggrek).get(REPORT, {"export": "csv"}).streaming_content).decode()
    assert "'=Apa kata Anda?" in csv
    assert ",=Apa" not in csv
    assert len(csv.strip().splitlines()) == 3


def test_a_question_that_left_the_bank_stays_in_the_report(cast: Cast, sat: School, sign_in: SignIn) -> None:
    Question.objects.filter(code="U-6").delete()
    answer = sign_in(cast.anggrek).get(REPORT)
    assert answer.status_code == 200
    assert {row.code for row in rows(answer)} == {"U-6", "U-7"}


def test_ten_times_the_attempts_cost_the_same_queries(
    cast: Cast, school: School, django_assert_num_queries: Any
) -> None:
    for count, person in enumerate(people(10)):
        sit(person, school, {"U-1": "benar", "U-3": ""})
        if count in (0, 9):
            with django_assert_num_queries(2):
                analysis.analyse(Attempt.objects.all())


@pytest.mark.parametrize("who", ["seruni", "dahlia", "soka"])
def test_no_learner_mentor_or_coordinator_reads_it(cast: Cast, sat: School, sign_in: SignIn, who: str) -> None:
    for address in (REPORT, f"{REPORT}results/"):
        answer = sign_in(getattr(cast, who)).get(address)
        assert answer.status_code in (302, 403, 404)
        assert b"U-6" not in answer.content
    assert sign_in(cast.anggrek).get(f"{REPORT}results/").status_code == 200
