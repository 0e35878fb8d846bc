"""Item analysis of pairs, typed words, numbers and pictures: parts of a mark count, nobody is found by her words."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from assessments import analysis
from assessments.analysis import Asked
from assessments.models import Attempt, Question
from assessments.rules.answers import Given, pack_given
from assessments.rules.items import PAIR, Paper, pack
from lms.people.models import Person
from tests.assessments.kinds import CODES, make_kinds
from tests.assessments.school import School, open_school
from tests.assessments.test_analysis_report import REPORT, people
from tests.cast import THEN, Cast

SignIn = Callable[[Person], Client]


@pytest.fixture
def school(cast: Cast, settings: Any, tmp_path: Path) -> School:
    """Twenty people: ten know all; ten find one pair of three and write something else."""
    settings.STAFF_SECOND_FACTOR = False
    school = open_school()
    made = make_kinds(school.module, tmp_path)
    items = [made[code].as_item() for code in CODES]
    pairs, _short, _number, picture = items
    wrong_picture = next(key for key in picture.keys if key not in picture.right)
    left, _sign, match = pairs.right[0].partition(PAIR)
    for number, person in enumerate(people(20)):
        knows = number < 10
        words = "PUSKESMAS " if knows else ("Polsek" if number < 17 else f"Warung {number}")
        answers = [
            pairs.right if knows else (left + PAIR + match,),
            (words,),
            ("72,0" if number < 5 else "72 jam",) if knows else (str(number),),
            picture.right if knows else (wrong_picture,),
        ]
        hand_in(person, school, Paper(tuple(items), 75), answers)
    return school


def hand_in(person: Person, school: School, paper: Paper, answers: list[tuple[str, ...]]) -> None:
    at = THEN + timedelta(days=1)
    stored = {str(number): pack_given(Given(tuple(keys), at, at)) for number, keys in enumerate(answers, 1)}
    attempt = Attempt(id=uuid.uuid4(), person=person, exam_key=school.exam_key, module_code="m1", number=1, seed="1")
    attempt.paper, attempt.answers, attempt.total = pack(paper), stored, len(answers)
    attempt.started_at = attempt.handed_in_at = at
    verdict = attempt.verdict()
    attempt.right, attempt.percent, attempt.passed = verdict.right, verdict.percent, verdict.passed
    attempt.save()


def found(code: str) -> Asked:
    return analysis.of_question(Question.objects.get(code=code))[0]


def taken(code: str) -> dict[str, tuple[int, bool]]:
    return {one.text or str(one.option.letter): (one.times, one.option.is_right) for one in found(code).taken}


def test_difficulty_is_the_mean_mark(school: School) -> None:
    assert found("X-PAIRS").tally.difficulty == Fraction(2, 3)  # ten full marks, ten thirds
    assert found("X-PAIRS").tally.right == 10
    assert found("X-SHORT").tally.difficulty == Fraction(1, 2)


def test_pairs_show_how_many_found_each(school: School) -> None:
    assert taken("X-PAIRS") == {
        "Luka di lengan → Puskesmas": (20, True),
        "Mau melapor → Polsek": (10, True),
        "Perlu pengacara → LBH": (10, True),
    }


def test_typed_answers_show_only_what_five_people_wrote(school: School) -> None:
    assert taken("X-SHORT") == {"“puskesmas”": (10, True), "“polsek”": (7, False)}
    assert taken("X-NUMBER") == {"“72”": (10, True)}


def test_pictures_are_named_by_their_caption_or_by_what_they_show(school: School) -> None:
    assert taken("X-PICTURE") == {"Sejajar": (10, True), "Seorang berdiri di atas yang lain.": (10, False)}


def test_trainers_read_it_all_and_no_single_answer(cast: Cast, school: School, sign_in: SignIn) -> None:
    browser = sign_in(cast.anggrek)
    page = browser.get(REPORT).content.decode()
    assert all(Question.objects.get(code=code).ask in page for code in CODES)
    assert "polsek" in page
    assert "warung" not in page.lower()
    assert browser.get(f"{REPORT}?export=csv").status_code == 200
    for code in CODES:
        one = Question.objects.get(code=code)
        url = f"/admin/snippets/assessments/question/inspect/{one.pk}/"
        inspected = browser.get(url).content.decode()
        assert one.ask in inspected
        assert "warung" not in inspected.lower()
