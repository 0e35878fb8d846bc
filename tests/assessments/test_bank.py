"""A question of the bank: its key, its version, and what it refuses to be."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import translation

from assessments.models import Question
from assessments.rules.items import Kind
from courses import setting_up
from courses.models import CoursePage, ModulePage


@pytest.fixture
def module(db: None) -> ModulePage:
    course = CoursePage(title="Dasar", slug="dasar", outer_title="Dasar")
    setting_up.set_up().add_child(instance=course)
    page = ModulePage(title="Bercermin", slug="m1", code="m1", outer_title="Modul 1")
    course.add_child(instance=page)
    return page


def question(module: ModulePage, code: str = "M1-1", **more: Any) -> Question:
    texts = more.pop("texts", (("Haid", False), ("Memimpin rapat", True), ("Melahirkan", False)))
    rows = [{"type": "choice", "value": {"text": text, "right": right}} for text, right in texts]
    one = Question(module=module, code=code, stem=more.pop("stem", "Manakah gender?"), **more)
    one.choices = one.choices.stream_block.to_python(rows)
    return one


def test_a_question_keeps_its_keys_and_its_version_until_what_is_asked_changes(module: ModulePage) -> None:
    one = question(module)
    one.save()
    asked = Question.objects.get().as_item()
    assert (asked.version, asked.kind, len(asked.choices)) == (1, Kind.SINGLE, 3)
    assert [choice.text for choice in asked.choices if choice.key in asked.right] == ["Memimpin rapat"]

    same = Question.objects.get()
    same.to_check, same.lesson = "periksa", "2"
    same.save()
    assert Question.objects.get().version == 1

    same.stem = "Mana yang gender?"
    same.save()
    again = Question.objects.get().as_item()
    assert again.version == 2
    assert again.keys == asked.keys


def test_things_to_order_are_right_as_they_are_written(module: ModulePage) -> None:
    question(module, kind="ordering", texts=(("Berhenti", False), ("Kenali", False), ("Ganti", False))).save()
    item = Question.objects.get().as_item()
    assert item.right == item.keys


def test_true_or_false_has_two_choices_of_its_own(module: ModulePage) -> None:
    question(module, kind="true_false", texts=(), is_true=False).save()
    item = Question.objects.get().as_item()
    assert (item.keys, item.right) == (("true", "false"), ("false",))


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"texts": (("Ya", True), ("Benar", True))}, "exactly one"),
        ({"kind": "multiple", "texts": (("Ya", False), ("Tidak", False))}, "at least one"),
        ({"kind": "true_false", "texts": (), "is_true": None}, "whether the sentence is true"),
        ({"kind": "true_false", "is_true": True}, "no list of answers"),
        ({"texts": (("Ya", True),)}, "from two to eight"),
        ({"is_true": True}, "Leave that empty"),
    ],
)
def test_a_question_that_cannot_be_marked_is_refused(module: ModulePage, more: dict[str, Any], said: str) -> None:
    with translation.override("en"), pytest.raises(ValidationError) as refused:
        question(module, **more).full_clean()
    assert any(said in message for message in refused.value.messages)


def test_the_database_itself_refuses_a_true_or_false_question_without_answer(module: ModulePage) -> None:
    one = question(module, kind="true_false", texts=())
    with pytest.raises(IntegrityError, match="only_a_true_or_false_question"):
        one.save()


def test_a_resting_question_is_asked_nowhere(module: ModulePage) -> None:
    question(module, "M1-1").save()
    question(module, "M1-2", use="practice").save()
    question(module, "M1-3", use="resting").save()
    key = module.translation_key
    assert [one.code for one in Question.objects.of_module(key).for_exam()] == ["M1-1"]
    assert [one.code for one in Question.objects.of_module(key).for_practice()] == ["M1-2"]


def test_two_answers_that_say_the_same_are_refused(module: ModulePage) -> None:
    twice = question(module, texts=(("Haid", False), ("Haid ", True)))
    with pytest.raises(ValidationError, match=r"\w"):
        twice.full_clean()


def test_the_bank_outlives_the_page_of_its_module(module: ModulePage) -> None:
    question(module).save()
    module.delete()
    assert Question.objects.get().module is None
