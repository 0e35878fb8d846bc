"""The editor's form of each kind of question: what belongs to it is kept, what is too much is said beside the field."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from assessments.models import Question
from assessments.rules.marking import is_right
from courses import setting_up
from courses.models import ModulePage, Picture
from lms.people.models import Person
from tests.assessments.kinds import make_kinds
from tests.assessments.test_bank import module  # noqa: F401
from tests.assessments.test_editor import editors, sent, url  # noqa: F401
from tests.cast import Cast

SignIn = Callable[[Person], Client]


@pytest.fixture
def trainer(cast: Cast, module: ModulePage, sign_in: SignIn) -> Client:  # noqa: F811
    setting_up.set_up()
    return sign_in(cast.anggrek)


def rows(name: str, values: list[dict[str, str]]) -> dict[str, str]:
    """A list of blocks as the editor sends it."""
    kind = {"choices": "choice", "pairs": "pair"}[name]
    data = {f"{name}-count": str(len(values))}
    for number, value in enumerate(values):
        head = f"{name}-{number}"
        data |= {f"{head}-deleted": "", f"{head}-order": str(number), f"{head}-type": kind, f"{head}-id": ""}
        data |= {f"{head}-value-{field}": one for field, one in value.items()}
    return data


def form(module: ModulePage, kind: str, **more: str) -> dict[str, str]:  # noqa: F811
    base = {name: value for name, value in sent(module).items() if not name.startswith("choices-")}
    return {**base, "choices-count": "0", "code": "X-1", "kind": kind, **more}


PAIRS = [{"text": "Luka", "match": "Puskesmas"}, {"text": "Lapor", "match": "Polsek"}, {"text": "", "match": "Pasar"}]


@pytest.mark.parametrize(
    ("kind", "more", "right"),
    [
        ("short", {"accepted": "Puskesmas\n\npusat kesehatan, desa\n", "slips": "1"}, "pukesmas"),
        ("number", {"value": "72", "tolerance": "2", "unit": "jam"}, "73 jam"),
    ],
)
def test_a_typed_question_is_kept_and_marks(
    trainer: Client,
    module: ModulePage,  # noqa: F811
    kind: str,
    more: dict[str, str],
    right: str,
) -> None:
    assert trainer.post(url("add"), form(module, kind, **more)).status_code == 302
    item = Question.objects.get().as_item()
    assert is_right(item, [right])
    assert not is_right(item, ["polsek" if kind == "short" else "75"])
    assert item.right[:1] == ("Puskesmas",) or item.right == ("72",)


def test_pairs_and_decoys_are_kept_with_parts_difficulty_competency_and_tags(
    trainer: Client,
    module: ModulePage,  # noqa: F811
) -> None:
    more = {"gives_parts": "on", "difficulty": "3", "competency": "k4", "tags": "rujukan, layanan"}
    assert trainer.post(url("add"), form(module, "matching", **rows("pairs", PAIRS), **more)).status_code == 302
    item = Question.objects.get().as_item()
    assert (len(item.lefts), len(item.choices), item.gives_parts) == (2, 3, True)
    assert (item.difficulty, item.competency, item.tags) == (3, "k4", ("rujukan", "layanan"))


def test_a_new_version_comes_with_new_content_alone(trainer: Client, module: ModulePage) -> None:  # noqa: F811
    fields = form(module, "short", accepted="Puskesmas", slips="1")
    trainer.post(url("add"), fields)
    edit = url("edit", Question.objects.get().pk)
    trainer.post(edit, {**fields, "tags": "rujukan", "difficulty": "1"})
    assert (Question.objects.get().version, Question.objects.get().tags) == (1, ["rujukan"])
    trainer.post(edit, {**fields, "accepted": "Puskesmas\nPustu"})
    assert Question.objects.get().version == 2
    assert Question.objects.get().revisions.count() == 3


@pytest.mark.parametrize(
    ("kind", "more", "field", "said"),
    [
        ("short", {}, "accepted", "satu sampai dua puluh"),
        ("short", {"accepted": "Ya\nya!"}, "accepted", "sama"),
        ("short", {"accepted": "Ya", "value": "72"}, "value", "Hanya soal bilangan"),
        ("short", {"accepted": "Ya", "gives_parts": "on"}, "gives_parts", "sebagian nilai"),
        ("number", {"value": "tujuh"}, "value", "dengan angka"),
        ("number", {"value": "72", "slips": "1"}, "slips", "Salah ketik"),
        ("number", {"value": "72", "is_true": "true"}, "is_true", "Kosongkan"),
        ("matching", rows("pairs", PAIRS[:1]), "pairs", "dua sampai delapan"),
        ("single", rows("pairs", PAIRS), "pairs", "Hanya soal menjodohkan"),
        ("picture", rows("choices", [{"text": "A", "right": "on"}, {"text": "B"}]), "choices", "sebuah gambar"),
        ("multiple", rows("choices", [{"text": "", "right": "on"}, {"text": "B"}]), "choices", "sebuah teks"),
    ],
)
def test_what_is_missing_or_too_much_is_said_at_its_field(
    trainer: Client,
    module: ModulePage,  # noqa: F811
    kind: str,
    more: dict[str, str],
    field: str,
    said: str,
) -> None:
    answer: Any = trainer.post(url("add"), form(module, kind, **more))
    assert answer.status_code == 200
    assert said in str(answer.context["form"].errors[field])
    assert not Question.objects.exists()


def test_a_picture_needs_words_and_is_chosen_by_them(
    trainer: Client,
    module: ModulePage,  # noqa: F811
    tmp_path: Path,
) -> None:
    made = make_kinds(module, tmp_path)
    pictures = [str(pk) for pk in Picture.objects.order_by("title").values_list("pk", flat=True)]
    choices = [{"text": "", "right": "on", "picture": pictures[0], "alt": "Duduk."}]
    choices.append({"text": "", "picture": pictures[1], "alt": ""})
    answer: Any = trainer.post(url("add"), form(module, "picture", **rows("choices", choices)))
    assert "isi tiap gambar" in str(answer.context["form"].errors["choices"])
    choices[1]["alt"] = "Berdiri."
    fields = form(module, "picture", **rows("choices", choices), picture=pictures[2], picture_alt="")
    answer = trainer.post(url("add"), fields)
    assert "isi gambar" in str(answer.context["form"].errors["picture_alt"])
    assert trainer.post(url("add"), {**fields, "picture_alt": "Ruang."}).status_code == 302
    item = Question.objects.exclude(pk__in=[one.pk for one in made.values()]).get().as_item()
    assert [choice.picture.alt for choice in item.choices if choice.picture] == ["Duduk.", "Berdiri."]
    assert item.picture


@pytest.mark.parametrize(
    ("code", "asked", "told"),
    [
        ("X-PAIRS", "Luka di lengan", "<b>LBH</b>"),
        ("X-SHORT", "satu atau dua kata", "<b>Puskesmas</b>"),
        ("X-NUMBER", "dalam jam", "<b>72 jam</b>"),
        ("X-PICTURE", "Ruang dengan dua kursi.", "berarti setara"),
    ],
)
def test_a_trainer_sees_it_as_it_is_asked_and_as_practice_explains_it(
    trainer: Client,
    module: ModulePage,  # noqa: F811
    tmp_path: Path,
    code: str,
    asked: str,
    told: str,
) -> None:
    question = make_kinds(module, tmp_path)[code]
    shown = question.make_preview_request(preview_mode="").content.decode()
    assert asked in shown
    assert told not in shown
    explained = question.make_preview_request(preview_mode="reason").content.decode()
    assert told in explained
