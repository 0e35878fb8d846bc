"""Trainers edit the question bank; learners never reach it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import Question
from courses import setting_up
from courses.models import ModulePage
from lms.people.models import Person
from tests.assessments.test_bank import module, question  # noqa: F401
from tests.cast import Cast

SignIn = Callable[[Person], Client]


@pytest.fixture(autouse=True)
def editors(settings: Any) -> None:
    settings.STAFF_SECOND_FACTOR = False


def url(name: str, *args: Any) -> str:
    return reverse(Question.snippet_viewset.get_url_name(name), args=args)


def sent(page: ModulePage, **more: str) -> dict[str, str]:
    """The form as a trainer sends it."""
    data = {
        "code": "M1-7",
        "use": "exam",
        "kind": "single",
        "stem": "Apa yang Anda katakan lebih dulu?",
        "choices-count": "2",
        "is_true": "unknown",
        "reason": "Ia perlu didengar.",
        "where": f"{page.pk}/",
        "family": "",
        "laws": "",
        "sources": "",
        "to_check": "",
    }
    for number, (text, right) in enumerate((("Saya percaya Ibu.", "on"), ("Ibu salah apa?", ""))):
        data |= {
            f"choices-{number}-deleted": "",
            f"choices-{number}-order": str(number),
            f"choices-{number}-type": "choice",
            f"choices-{number}-id": "",
            f"choices-{number}-value-text": text,
        }
        if right:
            data[f"choices-{number}-value-right"] = right
    return {**data, **more}


def test_a_trainer_adds_a_question_and_changes_it(cast: Cast, module: ModulePage, sign_in: SignIn) -> None:  # noqa: F811
    setting_up.set_up()
    browser = sign_in(cast.anggrek)
    assert browser.get(url("add")).status_code == 200
    answer = browser.post(url("add"), sent(module))
    assert answer.status_code == 302, answer.context and answer.context["form"].errors
    one = Question.objects.get()
    assert (one.module, one.version, one.as_item().right) == (module, 1, (one.as_item().keys[0],))
    assert "M1-7" in browser.get(url("list")).content.decode()
    assert browser.get(url("edit", one.pk)).status_code == 200
    browser.post(url("edit", one.pk), sent(module, stem="Apa kata Anda dulu?"))
    one.refresh_from_db()
    assert (one.stem, one.version) == ("Apa kata Anda dulu?", 2)


def test_a_question_without_a_right_answer_is_refused_with_a_sentence(
    cast: Cast,
    module: ModulePage,  # noqa: F811
    sign_in: SignIn,
) -> None:
    setting_up.set_up()
    wrong = sent(module)
    del wrong["choices-0-value-right"]
    answer = sign_in(cast.anggrek).post(url("add"), wrong)
    assert answer.status_code == 200
    assert answer.context["form"].non_field_errors()
    assert not Question.objects.exists()


def test_the_bank_can_be_filtered_and_searched(cast: Cast, module: ModulePage, sign_in: SignIn) -> None:  # noqa: F811
    setting_up.set_up()
    question(module, "M1-1", is_critical=True).save()
    question(module, "M1-2", use="practice").save()
    browser = sign_in(cast.anggrek)
    page = browser.get(url("list"), {"use": "practice"}).content.decode()
    assert "M1-2" in page
    assert "M1-1" not in page


@pytest.mark.parametrize("who", ["seruni", "dahlia", "soka"])
def test_who_is_no_trainer_does_not_reach_the_bank(
    cast: Cast,
    module: ModulePage,  # noqa: F811
    sign_in: SignIn,
    who: str,
) -> None:
    setting_up.set_up()
    question(module).save()
    answer = sign_in(getattr(cast, who)).get(url("list"))
    assert answer.status_code in (302, 403, 404)
    assert b"M1-1" not in answer.content
