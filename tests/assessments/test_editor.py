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
        "pairs-count": "0",
        "slips": "0",
        "difficulty": "2",
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
    assert answer.context["form"].errors["choices"]
    assert not Question.objects.exists()


def listed(browser: Client, **asked: str) -> set[str]:
    """The codes of the questions that the list leads to."""
    page = browser.get(url("list"), asked).content.decode()
    return {one.code for one in Question.objects.all() if url("edit", one.pk) in page}


def test_the_bank_can_be_filtered_and_searched(cast: Cast, module: ModulePage, sign_in: SignIn) -> None:  # noqa: F811
    setting_up.set_up()
    question(module, "M1-1", is_critical=True).save()
    question(module, "M1-2", use="practice").save()
    assert listed(sign_in(cast.anggrek), use="practice") == {"M1-2"}


def test_when_a_law_changes_its_questions_are_found(cast: Cast, module: ModulePage, sign_in: SignIn) -> None:  # noqa: F811
    setting_up.set_up()
    question(module, "M1-1", laws=["uu-tpks-1"]).save()
    question(module, "M1-2", laws=["uu-pkdrt", "uu-tpks-10"]).save()
    browser = sign_in(cast.anggrek)
    assert listed(browser, law="uu-tpks-10") == {"M1-2"}
    assert listed(browser, law="uu-tpks-1") == {"M1-1"}


def test_a_trainer_reads_all_of_a_question_and_sees_it_as_it_is_asked(
    cast: Cast,
    module: ModulePage,  # noqa: F811
    sign_in: SignIn,
) -> None:
    setting_up.set_up()
    one = question(module, reason="Peran dapat berubah.", laws=["uu-tpks-10"])
    one.save()
    browser = sign_in(cast.anggrek)
    page = browser.get(url("inspect", one.pk)).content.decode()
    for said in ("Manakah gender?", "Memimpin rapat", "Peran dapat berubah.", "uu-tpks-10"):
        assert said in page
    preview = url("preview_on_edit", one.pk)
    assert browser.post(preview, sent(module, code="M1-1")).json()["is_valid"]
    shown = browser.get(preview).content.decode()
    assert "Apa yang Anda katakan lebih dulu?" in shown
    assert "checked" not in shown


@pytest.mark.parametrize("who", ["seruni", "dahlia", "soka"])
def test_no_learner_mentor_or_coordinator_reaches_key_preview_or_history(
    cast: Cast,
    module: ModulePage,  # noqa: F811
    sign_in: SignIn,
    who: str,
) -> None:
    setting_up.set_up()
    one = question(module, reason="Peran dapat berubah.")
    one.save()
    revision = one.save_revision()
    browser = sign_in(getattr(cast, who))
    doors = [url(name, one.pk) for name in ("edit", "inspect", "preview_on_edit", "history", "usage", "copy", "delete")]
    doors += [url("preview_on_add"), url("revisions_view", one.pk, revision.pk), url("list")]
    for door in doors:
        answer = browser.get(door)
        assert answer.status_code in (302, 403, 404), door
        assert b"Memimpin rapat" not in answer.content
        assert b"Peran dapat" not in answer.content


def test_a_half_typed_question_is_never_stored(cast: Cast, module: ModulePage, sign_in: SignIn) -> None:  # noqa: F811
    """Wagtail would save while she types; what is stored is what learners are asked."""
    setting_up.set_up()
    one = question(module)
    one.save()
    browser = sign_in(cast.anggrek)
    for door in (url("add"), url("edit", one.pk), url("copy", one.pk)):
        page = browser.get(door)
        assert page.status_code == 200
        assert "w-autosave-interval-value" not in page.content.decode()
        assert not page.context["autosave_enabled"]
