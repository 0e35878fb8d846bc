"""A trainer sees her story as a drawing while she writes; an unfinished one is saved, and not published."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from assessments.models import ScenarioPage
from courses.curriculum.loading import load_course
from courses.curriculum.reading import read_course
from lms.people.models import Person
from tests.assessments.test_stories_and_tasks import folder  # noqa: F401
from tests.cast import THEN, Cast

SignIn = Callable[[Person], Client]


@pytest.fixture
def page(cast: Cast, folder: Path, settings: Any) -> ScenarioPage:  # noqa: F811
    settings.STAFF_SECOND_FACTOR = False
    load_course(course=read_course(folder), now=THEN)
    return ScenarioPage.objects.get()


def edit(page: ScenarioPage) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def scene(code: str, ways: tuple[tuple[str, str], ...] = (), ending: str = "", **more: str) -> dict[str, Any]:
    """`ways`: where each choice leads, and its reason."""
    choices = [
        {"text": "Pilih", "to": to, "effect": "Lalu.", "reason": reason, "score": "1", "competency": "k1"}
        for to, reason in ways
    ]
    usual = {"code": code, "text": rich_text("<p>Ia datang.</p>"), "ending": ending, "helped": "", "back": ""}
    listed = {"count": str(len(choices))}
    for number, choice in enumerate(choices):
        listed[f"{number}"] = {"deleted": "", "order": str(number), "type": "item", "id": "", "value": choice}  # type: ignore[assignment]
    return {**usual, "choices": listed, **more}


def sent(scenes: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    return nested_form_data(
        {
            "title": "Rapat",
            "slug": "skenario",
            "outer_title": "Cerita 1",
            "minutes": "10",
            "note": "",
            "neutral": "",
            "intro": rich_text("<p>Anda duduk.</p>"),
            "competencies": "k1",
            "start": "awal",
            "scenes": streamfield([("scene", one) for one in scenes]),
            "comments": inline_formset([]),
            **more,
        }
    )


GOOD = [scene("awal", (("akhir", "Baik."), ("akhir", "Baik."))), scene("akhir", ending="safe", helped="Mendengar.")]
# A way into nothing, a choice without reason, an ending without help, an island.
UNFINISHED = [
    scene("awal", (("akhir", ""), ("laut", "Baik."))),
    scene("akhir", ending="safe"),
    scene("pulau", ending="open", helped="Mendengar."),
]


def test_the_story_is_drawn_with_each_scene_and_listed_in_words(
    cast: Cast, page: ScenarioPage, sign_in: SignIn
) -> None:
    shown = sign_in(cast.anggrek).get(edit(page)).content.decode()
    drawing = shown[shown.index('id="story-graph"') :].split("</svg>")[0]
    for code in ("rapat", "bicara", "hilang"):
        assert f'data-scene="{code}"' in drawing
    assert "akhir: aman" in drawing
    assert " style=" not in drawing
    assert "<script" not in drawing
    assert "<strong>rapat</strong> → hilang, bicara" in shown
    assert "Setiap jalan sampai ke akhir" in shown


def test_an_unfinished_story_is_saved_and_its_page_says_what_to_mend(
    cast: Cast, page: ScenarioPage, sign_in: SignIn
) -> None:
    trainer = sign_in(cast.anggrek)
    answer = trainer.post(edit(page), sent(UNFINISHED))
    assert answer.status_code == 302, answer.context["form"].errors
    shown = trainer.get(edit(page)).content.decode()
    for scene_code, words in (
        ("awal", "Pilihan 1 belum punya alasan"),
        ("awal", "Tidak ada adegan “laut”"),
        ("akhir", "Akhir ini belum menyebut apa yang menolong"),
        ("pulau", "Tidak ada jalan menuju adegan ini"),
    ):
        assert any(words in line for line in shown.split(f'data-fault="{scene_code}"')[1:]), words
    page.refresh_from_db()
    assert page.start == "rapat"  # learners still meet the story as it was published


def test_an_unfinished_story_is_not_published_and_a_finished_one_is(
    cast: Cast, page: ScenarioPage, sign_in: SignIn
) -> None:
    trainer = sign_in(cast.anggrek)
    refused = trainer.post(edit(page), sent(UNFINISHED, **{"action-publish": "1"}))
    assert refused.status_code == 200
    assert "scenes" in refused.context["form"].errors
    page.refresh_from_db()
    assert page.start == "rapat"
    answer = trainer.post(edit(page), sent(GOOD, **{"action-publish": "1"}))
    assert answer.status_code == 302, answer.context["form"].errors
    page.refresh_from_db()
    assert page.start == "awal"


def test_a_story_without_a_single_scene_is_saved_too(cast: Cast, page: ScenarioPage, sign_in: SignIn) -> None:
    trainer = sign_in(cast.anggrek)
    assert trainer.post(edit(page), sent([], start="")).status_code == 302
    assert "Tulis adegan pertama" in trainer.get(edit(page)).content.decode()
    refused = trainer.post(edit(page), sent([], **{"action-publish": "1"}))
    assert refused.status_code == 200
    assert refused.context["form"].errors


def test_a_page_of_another_kind_has_no_drawing(cast: Cast, page: ScenarioPage, sign_in: SignIn) -> None:
    other = page.get_prev_sibling()
    assert "story-graph" not in sign_in(cast.anggrek).get(edit(other)).content.decode()


def test_an_autosave_draws_the_story_anew(cast: Cast, page: ScenarioPage, sign_in: SignIn) -> None:
    answer = sign_in(cast.anggrek).post(edit(page), sent(UNFINISHED), headers={"accept": "application/json"})
    html = answer.json()["html"]
    assert 'data-w-teleport-target-value="#story-graph"' in html
    assert 'data-scene="pulau"' in html


def test_a_large_story_fits_the_form_and_has_a_page_of_its_own(cast: Cast, page: ScenarioPage, sign_in: SignIn) -> None:
    ways = [scene("awal", tuple((f"s{number}", "Karena.") for number in range(3)))]
    ways += [scene(f"s{number}", tuple((f"t{number}{end}", "Karena.") for end in range(3))) for number in range(3)]
    ways += [scene(f"t{n}{end}", (), "safe", helped="Teman.") for n in range(3) for end in range(3)]
    trainer, drawing = sign_in(cast.anggrek), reverse("story_drawing", args=[page.pk])
    assert drawing not in trainer.get(edit(page)).content.decode()
    trainer.post(edit(page), sent(ways))
    form = trainer.get(edit(page)).content.decode()
    assert drawing in form
    assert '<details class="w-mt-4" open>' in form
    assert 'data-scene="t22"' in trainer.get(drawing).content.decode()
    assert trainer.get(reverse("story_drawing", args=[page.get_parent().pk])).status_code == 404
    assert sign_in(cast.seruni).get(drawing).status_code == 404
