"""A trainer starts a task from a ready form; the starter tasks and the must rows are as the reference says."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from assessments.models import PracticalPage
from assessments.models.practical_forms import READY, ready_forms
from courses.curriculum.loading import load_course
from courses.curriculum.reading import read_course
from lms.people.models import Person
from tests.assessments.test_stories_and_tasks import folder  # noqa: F401
from tests.cast import THEN, Cast

SignIn = Callable[[Person], Client]
CONTENT = Path(__file__).resolve().parent.parent.parent / "courses" / "content" / "ids"


def task_of(module: int) -> Any:
    return yaml.safe_load((CONTENT / f"modul-{module:02}" / "tugas.yaml").read_text("utf-8"))


def sent(**more: Any) -> dict[str, Any]:
    return nested_form_data(
        {
            "title": "Formulir",
            "slug": "tugas",
            "outer_title": "Tugas 1",
            "minutes": "60",
            "mode": "written",
            "note": "",
            "instructions": rich_text("<p>Isi.</p>"),
            "case": rich_text(""),
            "guide": rich_text(""),
            "pass_percent": "70",
            "tries": "2",
            "start_from": "",
            "fields": streamfield([]),
            "rubric": streamfield([]),
            "comments": inline_formset([]),
            **more,
        }
    )


def test_four_forms_are_ready(db: None) -> None:
    titles = [one.title for one in ready_forms().values()]
    assert titles == ["Formulir dokumentasi kasus", "Persetujuan berbagi informasi", "Surat rujukan", "Kronologi"]


@pytest.mark.parametrize("code", sorted(path.stem for path in READY.glob("*.yaml")))
def test_every_ready_form_is_one_that_a_task_may_have(folder: Path, code: str) -> None:  # noqa: F811
    path = folder / "modul-01" / "tugas.yaml"
    task = yaml.safe_load(path.read_text("utf-8"))
    task["fields"] = yaml.safe_load((READY / f"{code}.yaml").read_text("utf-8"))["fields"]
    path.write_text(yaml.safe_dump(task, allow_unicode=True, sort_keys=False), "utf-8")
    read_course(folder)  # names every slip
    assert all(len(one["label"].split()) <= 12 for one in task["fields"])


def test_a_trainer_picks_one_and_its_questions_stand_below(
    cast: Cast,
    folder: Path,  # noqa: F811
    sign_in: SignIn,
    settings: Any,
) -> None:
    settings.STAFF_SECOND_FACTOR = False
    load_course(course=read_course(folder), now=THEN)
    page = PracticalPage.objects.get()
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    trainer = sign_in(cast.anggrek)
    assert "Kronologi" in trainer.get(edit).content.decode()
    answer = trainer.post(edit, sent(start_from="kronologi"))
    assert answer.status_code == 302, answer.context["form"].errors
    draft = PracticalPage.objects.get().get_latest_revision_as_object()
    assert [one.value["code"] for one in draft.fields] == [one["code"] for one in ready_forms()["kronologi"].fields]
    kept = streamfield([("field", {**field_data("kode", "Kode"), "kind": "short"})])
    trainer.post(edit, sent(start_from="kronologi", fields=kept))
    draft = PracticalPage.objects.get().get_latest_revision_as_object()
    codes = [one.value["code"] for one in draft.fields]
    assert codes.count("kode") == 1
    assert next(iter(draft.fields)).value["label"] == "Kode"


def field_data(code: str, label: str) -> dict[str, Any]:
    return {
        "code": code,
        "label": label,
        "help": "",
        "required": "on",
        "options": {"count": "0"},
        "columns": {"count": "0"},
    }


def test_the_starter_task_is_the_whole_case_form() -> None:
    ready = yaml.safe_load((READY / "dokumentasi-kasus.yaml").read_text("utf-8"))["fields"]
    asked = task_of(5)["fields"]
    assert [one["id"] for one in asked] == [one["id"] for one in ready]
    assert [one["label"][0] for one in asked if one["kind"] == "section"] == list("ABCDEFGHIJ")


def test_musts_are_as_high_as_the_reference_says() -> None:
    rows = task_of(3)["rubric"]
    assert {one["id"] for one in rows if one["must"] == 2} == {"tempat", "batas", "tidak-menyalahkan", "izin"}
    assert {one["must"] for one in rows} == {False, 2}
    assert [one["id"] for one in task_of(5)["rubric"] if one["must"] is True] == ["identitas"]


@pytest.mark.parametrize(("written", "kept"), [("true", 3), ("false", 0), ("2", 2), ("3", 3)])
def test_a_must_row_says_its_lowest_level(db: None, folder: Path, written: str, kept: int) -> None:  # noqa: F811
    path = folder / "modul-01" / "tugas.yaml"
    path.write_text(path.read_text("utf-8").replace("must: true", f"must: {written}"), "utf-8")
    load_course(course=read_course(folder), now=THEN)
    task = PracticalPage.objects.get().as_task()
    assert task["rubric"][0]["must"] == kept
    assert load_course(course=read_course(folder), now=THEN) == []
