"""Practice with pairs, words, numbers and pictures: each is asked by a plain form and explained as it deserves."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils.html import escape

from assessments.forms import AnswerField
from assessments.models import PracticeAnswer, Question
from courses.models import MediaFile, Picture
from lms.people.models import Person
from lms.sync.models import Entry
from tests.assessments.kinds import make_kinds, practise_kinds, right_fields
from tests.assessments.school import School, open_school
from tests.assessments.test_practice import STEP, answer, card
from tests.cast import THEN, Cast

SignIn = Callable[[Person], Client]


@pytest.fixture
def school(cast: Cast, tmp_path: Path) -> School:
    school = open_school()
    make_kinds(school.module, tmp_path, use="practice")
    practise_kinds(school.practice)
    school.enrol(cast.seruni)
    return school


@pytest.fixture
def browser(cast: Cast, school: School, sign_in: SignIn) -> Client:
    return sign_in(cast.seruni)


def of(code: str) -> Question:
    return Question.objects.get(code=code)


@pytest.mark.parametrize("code", ["X-PAIRS", "X-SHORT", "X-NUMBER", "X-PICTURE"])
def test_the_right_answer_is_right_and_is_there_again(browser: Client, school: School, code: str) -> None:
    assert of(code).reason not in card(browser.get(STEP), code)
    fields = right_fields(of(code))
    assert answer(browser, school, code, fields).url == f"{STEP}#soal-{code}"
    shown = card(browser.get(STEP), code)
    assert "notice done" in shown
    assert of(code).reason in shown
    for name, value in fields.items():
        assert re.search(rf'name="{name}"', shown)
        assert re.search(rf'value="{escape(value)}"[^>]*( selected| checked|maxlength)', shown), value


def test_pairs_that_fit_and_pairs_that_do_not_are_told_apart(browser: Client, school: School) -> None:
    item = of("X-PAIRS").as_item()
    keys = {choice.text: choice.key for choice in (*item.lefts, *item.choices)}
    chosen = {f"pair-{keys['Luka di lengan']}": keys["Puskesmas"], f"pair-{keys['Mau melapor']}": keys["Pasar"]}
    answer(browser, school, "X-PAIRS", {**chosen, f"pair-{keys['Perlu pengacara']}": ""})
    told = card(browser.get(STEP), "X-PAIRS")
    assert "notice wait" in told
    assert [text in told for text in ("Sebagian benar", "Anda memilih: Pasar.", "Belum dipilih")] == [True] * 3
    assert not PracticeAnswer.objects.get().is_right


@pytest.mark.parametrize(("typed", "kind"), [("pukesmas", "done"), ("Polsek", "stop")])
def test_a_slip_is_forgiven_and_the_accepted_form_is_told(
    browser: Client, school: School, typed: str, kind: str
) -> None:
    answer(browser, school, "X-SHORT", {"words": f" {typed} "})
    told = card(browser.get(STEP), "X-SHORT")
    assert f"notice {kind}" in told
    assert "<b>Puskesmas</b>" in told
    assert f'value="{typed}"' in told
    assert PracticeAnswer.objects.get().is_right is (kind == "done")


def test_a_number_is_taken_within_its_tolerance_and_words_are_sent_back(browser: Client, school: School) -> None:
    told = answer(browser, school, "X-NUMBER", {"words": "tujuh puluh"})
    assert told.status_code == 422
    assert "Tulis bilangan dengan angka" in card(told, "X-NUMBER")
    assert 'value="tujuh puluh"' in card(told, "X-NUMBER")
    assert not PracticeAnswer.objects.exists()
    answer(browser, school, "X-NUMBER", {"words": "70,5 jam"})
    assert "<b>72 jam</b>" in card(browser.get(STEP), "X-NUMBER")
    assert PracticeAnswer.objects.get().is_right


def test_nothing_typed_is_said_and_not_counted(browser: Client, school: School) -> None:
    for code, fields in (("X-SHORT", {"words": "  "}), ("X-PAIRS", {"pair-x": ""}), ("X-PICTURE", {})):
        told = answer(browser, school, code, fields)
        assert told.status_code == 422
        assert 'class="error"' in card(told, code)
    assert not PracticeAnswer.objects.exists()


@pytest.mark.parametrize("typed", ["0812 3456 7890", "5302054107900001", "ibu@contoh.id"])
def test_what_may_be_of_a_real_person_is_never_kept_nor_shown(browser: Client, school: School, typed: str) -> None:
    for code in ("X-SHORT", "X-NUMBER"):
        told = answer(browser, school, code, {"words": typed})
        assert told.status_code == 422
        assert typed not in told.content.decode()
    assert not PracticeAnswer.objects.exists()
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    ("code", "fields"),
    [
        ("X-PAIRS", {"pair-zz": "yy"}),
        ("X-PAIRS", {"answer": "Puskesmas"}),
        ("X-SHORT", {"words": "x" * 121}),
        ("X-SHORT", {"answer": ["a", "b"]}),
        ("X-PICTURE", {"words": "Sejajar"}),
        ("X-NUMBER", {"words": "9" * 60}),
    ],
)
def test_what_does_not_belong_to_the_question_is_refused(
    browser: Client, school: School, code: str, fields: dict[str, Any]
) -> None:
    assert answer(browser, school, code, fields).status_code == 422
    assert not PracticeAnswer.objects.exists()


def test_the_page_asks_each_kind_by_fields_that_need_no_script(browser: Client, school: School) -> None:
    page = browser.get(STEP)
    pairs = card(page, "X-PAIRS")
    assert pairs.count("<select") == 3
    assert all(pairs.count(f">{match}</option>") == 3 for match in ("Puskesmas", "Polsek", "LBH", "Pasar"))
    short, number = card(page, "X-SHORT"), card(page, "X-NUMBER")
    assert 'autocapitalize="none"' in short
    assert "inputmode" not in short
    assert 'inputmode="decimal"' in number
    assert "jam" in number
    assert not any(secret in short + number for secret in ("Puskesmas", "72"))


def test_pictures_are_light_named_by_their_content_and_speak(browser: Client, school: School) -> None:
    shown = card(browser.get(STEP), "X-PICTURE")
    images = re.findall(r'<img[^>]*src="([^"]+)"[^>]*width="(\d+)" height="(\d+)"[^>]*alt="([^"]+)"[^>]*>', shown)
    assert images[0][-1] == "Ruang dengan dua kursi."
    assert {alt for *_size, alt in images[1:]} == {"Dua orang duduk sejajar.", "Seorang berdiri di atas yang lain."}
    assert all(url.endswith(".webp") and "benar" not in url and "salah" not in url for url, *_more in images)
    assert all(int(width) and int(height) for _url, width, height, _alt in images)
    assert shown.count('loading="lazy"') == 3
    assert "Sejajar" in shown
    assert browser.get(images[1][0])["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_a_picture_that_is_gone_leaves_its_words(browser: Client, school: School) -> None:
    Picture.objects.filter(title="benar.png").delete()
    shown = card(browser.get(STEP), "X-PICTURE")
    assert "Dua orang duduk sejajar." in shown
    assert shown.count("<img") == 2


def test_more_pictures_cost_no_more_queries(browser: Client, school: School, django_assert_num_queries: Any) -> None:
    browser.get(STEP)
    with django_assert_num_queries(10):
        browser.get(STEP)
    for number in range(6):
        twin = of("X-PICTURE")
        twin.pk, twin.code, twin.latest_revision, twin._state.adding = None, f"X-PICTURE-{number}", None, True
        twin.save()
    school.practice.questions = [*school.practice.questions, *(f"X-PICTURE-{number}" for number in range(6))]
    school.practice.save_revision().publish()
    browser.get(STEP)
    with django_assert_num_queries(10):
        browser.get(STEP)


def test_keys_are_no_data_of_a_person_whatever_their_digits() -> None:
    field = AnswerField()
    assert field.clean(["08123456>53020541"]) == ("08123456>53020541",)
    assert field.clean(["53020541", "07900001"]) == ("53020541", "07900001")


def make_sound() -> MediaFile:
    return MediaFile.objects.create(
        name="tanya",
        kind="sound",
        form="ogg",
        digest="1",
        state="ready",
        file="berkas/0123456789abcdef01234567.ogg",
        bytes=42_000,
        touched_at=THEN,
        added_at=THEN,
    )


def test_an_answer_can_be_heard(browser: Client, school: School) -> None:
    sound, question = make_sound(), of("X-PICTURE")
    rows = list(question.choices.raw_data)
    rows[0]["value"]["sound"] = sound.pk
    question.choices = question.choices.stream_block.to_python(rows)
    before = question.version
    question.save()
    assert question.version == before + 1
    heard = card(browser.get(STEP), "X-PICTURE")
    assert heard.count('<audio controls preload="none"') == 1
    assert "42 kB" in heard


def test_a_question_can_be_heard_and_read_and_fetches_nothing_unasked(browser: Client, school: School) -> None:
    sound = make_sound()
    Question.objects.filter(code="X-SHORT").update(sound=sound, sound_words="Ke mana lebih dulu?\nPikirkan.")
    heard = card(browser.get(STEP), "X-SHORT")
    assert '<audio controls preload="none"' in heard
    assert f'<source src="{sound.url}" type="audio/ogg; codecs=opus">' in heard
    assert "42 kB" in heard
    assert "<p>Ke mana lebih dulu?<br>Pikirkan.</p>" in heard
    MediaFile.objects.update(state="failed", problem="unreadable")
    silent = card(browser.get(STEP), "X-SHORT")
    assert "<audio" not in silent
    assert "Ke mana lebih dulu?" in silent
