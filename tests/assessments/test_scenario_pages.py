"""A learner walks through a branching story; her trainer reads the way with her; nobody else does."""

import re
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessments import playing
from assessments.models import ScenarioPage, Walk
from courses import outline
from courses.curriculum.loading import load_course
from courses.curriculum.reading import read_course
from courses.models import MediaFile, Progress
from courses.rules import CoursePlan
from lms.kit.refusing import Refused
from lms.people.models import Person
from tests.assessments.test_stories_and_tasks import drawn, folder  # noqa: F401
from tests.cast import THEN, Cast
from tests.courses.making import do, enrol

SignIn = Callable[[Person], Client]
STEP = "/belajar/kecil/m1/skenario/"


@pytest.fixture
def course(cast: Cast, folder: Path) -> CoursePlan:  # noqa: F811
    """Seruni takes the course that holds the story; two lessons are done."""
    load_course(course=read_course(folder), now=THEN)
    plan = outline.plan_of("kecil")
    assert plan
    enrol(cast.seruni, plan)
    do(cast.seruni, plan, "m1/1", "m1/2")
    return plan


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, name
    return found[1]


def begin(browser: Client) -> Walk:
    page = browser.get(STEP).content.decode()
    fields = {name: hidden(page, name) for name in ("entry", "scenario", "walk")}
    answer = browser.post(reverse("walk_begin"), fields)
    walk = Walk.objects.get()
    assert answer["Location"] == reverse("walk", args=[walk.pk])
    return walk


def decide(browser: Client, walk: Walk, **chosen: Any) -> Any:
    url = reverse("walk", args=[walk.pk])
    page = browser.get(url).content.decode()
    fields = {"entry": hidden(page, "entry"), "place": hidden(page, "place"), **chosen}
    return browser.post(url, fields)


def test_she_reads_what_comes_and_may_skip_it(course: CoursePlan, cast: Cast, sign_in: SignIn) -> None:
    page = sign_in(cast.seruni).get(STEP).content.decode()
    assert "Cerita ini menyebut ancaman" in page
    assert "Tulis tiga kalimat yang menguatkan." in page
    assert "Rapat" not in re.search(r"<title>(.*?)</title>", page, re.S)[1]  # type: ignore[index]


def test_an_unsafe_ending_says_what_would_have_helped_and_she_tries_again(
    course: CoursePlan, cast: Cast, sign_in: SignIn
) -> None:
    browser = sign_in(cast.seruni)
    walk = begin(browser)
    decide(browser, walk, way=0)
    page = browser.get(reverse("walk", args=[walk.pk])).content.decode()
    assert "Usulnya hilang." in page
    assert "Meminta waktu akan menolong." in page
    walk.refresh_from_db()
    assert (walk.ending, walk.path) == ("unsafe", [["rapat", 0]])
    key = ScenarioPage.objects.get().translation_key
    assert Progress.objects.filter(person=cast.seruni, step_key=key).exists()
    decide(browser, walk, again="1")
    decide(browser, walk, way=1)
    walk.refresh_from_db()
    assert (walk.ending, walk.path) == ("safe", [["rapat", 0], ["hilang", None], ["rapat", 1]])
    page = browser.get(reverse("walk_path", args=[walk.pk])).content.decode()
    assert "Ruang bicara membuatnya aman." in page
    assert "Membuka percakapan" in page


def test_she_stops_and_goes_on_where_she_was(course: CoursePlan, cast: Cast, sign_in: SignIn) -> None:
    walk = begin(sign_in(cast.seruni))
    page = sign_in(cast.seruni).get(STEP).content.decode()
    assert reverse("walk", args=[walk.pk]) in page
    again = playing.begin(person=cast.seruni, scenario_key=walk.scenario_key, walk_id=uuid.uuid4(), now=THEN)
    assert again.pk == walk.pk


def test_deciding_nothing_or_twice_is_answered_with_a_sentence(course: CoursePlan, cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.seruni)
    walk = begin(browser)
    answer = decide(browser, walk)
    assert answer.status_code == 422
    assert "Pilih satu jawaban dulu." in answer.content.decode()
    url = reverse("walk", args=[walk.pk])
    assert browser.post(url, {"entry": uuid.uuid4(), "place": 0, "way": 1}).status_code == 302
    assert browser.post(url, {"entry": uuid.uuid4(), "place": 0, "way": 1}).status_code == 302
    assert browser.post(url, {"entry": uuid.uuid4(), "place": 0, "way": 0}).status_code == 422
    walk.refresh_from_db()
    assert walk.path == [["rapat", 1]]


@pytest.mark.parametrize("fields", [{"place": 0, "way": 7}, {"place": 3, "way": 0}, {"place": 0, "again": "1"}])
def test_a_choice_that_is_not_offered_is_refused(
    course: CoursePlan, cast: Cast, sign_in: SignIn, fields: dict[str, Any]
) -> None:
    browser = sign_in(cast.seruni)
    walk = begin(browser)
    answer = browser.post(reverse("walk", args=[walk.pk]), {"entry": uuid.uuid4(), **fields})
    assert answer.status_code == 422
    walk.refresh_from_db()
    assert walk.path == []


def test_a_story_changed_by_a_trainer_stays_as_it_was_for_who_walks(
    course: CoursePlan, cast: Cast, sign_in: SignIn
) -> None:
    browser = sign_in(cast.seruni)
    walk = begin(browser)
    page = ScenarioPage.objects.get()
    page.scenes[0].value["choices"][1]["text"] = "Pulang."
    page.save_revision().publish()
    shown = browser.get(reverse("walk", args=[walk.pk])).content.decode()
    assert "Meminta waktu untuknya." in shown


def test_her_trainer_reads_the_way_and_a_neighbour_does_not(course: CoursePlan, cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.seruni)
    walk = begin(browser)
    decide(browser, walk, way=1)
    url = reverse("walk_path", args=[walk.pk])
    assert "Seruni" in sign_in(cast.anggrek).get(url).content.decode()
    for stranger in (cast.melati, cast.kenari):
        assert sign_in(stranger).get(url).status_code == 404
        assert sign_in(stranger).get(reverse("walk", args=[walk.pk])).status_code == 404
    assert sign_in(cast.anggrek).get(reverse("walk", args=[walk.pk])).status_code == 404


def test_who_does_not_take_the_course_cannot_begin(course: CoursePlan, cast: Cast) -> None:
    key = ScenarioPage.objects.get().translation_key
    with pytest.raises(Refused):
        playing.begin(person=cast.melati, scenario_key=key, walk_id=uuid.uuid4(), now=THEN)
    assert not Walk.objects.exists()


def test_a_screen_and_a_decision_cost_the_same_few_queries(
    course: CoursePlan, cast: Cast, sign_in: SignIn, django_assert_num_queries: Any
) -> None:
    browser = sign_in(cast.seruni)
    walk = begin(browser)
    url = reverse("walk", args=[walk.pk])
    browser.get(url)
    with django_assert_num_queries(5):  # person, walk, edition, enrolment, progress
        browser.get(url)


def test_a_scene_is_seen_and_heard(cast: Cast, drawn: Path, sign_in: SignIn) -> None:  # noqa: F811
    load_course(course=read_course(drawn), now=THEN)
    plan = outline.plan_of("kecil")
    assert plan
    enrol(cast.seruni, plan)
    do(cast.seruni, plan, "m1/1", "m1/2")
    browser = sign_in(cast.seruni)
    walk = begin(browser)
    page = browser.get(reverse("walk", args=[walk.pk])).content.decode()
    assert 'alt="Sebuah balai dengan pintu terbuka."' in page
    assert "<audio" not in page
    MediaFile.objects.update(state="ready", file="berkas/0123456789abcdef01234567.ogg", bytes=9_000)
    page = browser.get(reverse("walk", args=[walk.pk])).content.decode()
    assert page.count('<audio controls preload="none"') == 1
    decide(browser, walk, way=1)
    assert "<img" not in browser.get(reverse("walk", args=[walk.pk])).content.decode()
