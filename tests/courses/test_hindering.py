"""What is not whole does not come out, whichever way it is published: the panel says so, and nothing breaks."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from wagtail.models import Page

from assessments.models import ExamPage, ScenarioPage
from courses import scheduling
from courses.models import LessonPage, ModulePage, hindering
from lms.kit import clock
from lms.people import joining
from tests.cast import LONG_AGO, THEN
from tests.courses import making
from tests.courses.test_workflow import post

BULK = "/admin/bulk/wagtailcore/page/publish/"
STOPS = "Halaman tidak terbit"


@pytest.fixture
def trainer(cast, course, sign_in):
    return sign_in(cast.anggrek)


def lesson() -> LessonPage:
    return making.lesson("m1/1")


def without_alt(page: LessonPage, by=None) -> LessonPage:
    """A draft whose picture lost its description."""
    raw = page.body.get_prep_value()
    for block in raw:
        if block["type"] == "picture":
            block["value"]["alt"] = ""
    page.body = json.dumps(raw)
    page.title = "Dapur lain"
    page.save_revision(user=by, clean=False)
    return page


def below_module(page: Page) -> Page:
    page.live = False
    module = ModulePage.objects.get(code="m1")
    Page.add_child(module, instance=page)
    page.save_revision(clean=False)
    return page


def dead_end() -> ScenarioPage:
    """A draft story without a single scene."""
    page = below_module(ScenarioPage(title="Cerita", slug="skenario", start="awal", intro="<p>Anda duduk.</p>"))
    return ScenarioPage.objects.get(pk=page.pk)


def said(answer) -> str:
    return " ".join(str(message) for message in answer.context["messages"])


def test_a_whole_page_is_hindered_by_nothing(course):
    for page in (lesson(), making.lesson("m1/2"), ModulePage.objects.get(code="m1")):
        assert hindering.hindered(page) is None


def test_the_panel_says_that_a_picture_without_words_stops_the_page_and_it_does(trainer):
    page = without_alt(lesson())
    form = trainer.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    assert STOPS in form
    assert "Boleh diterbitkan" not in form
    assert form.count('data-point="picture"') == 1
    assert 'data-point="gap"' not in form
    trainer.post(f"{BULK}?id={page.pk}", {"next": "/admin/"})
    assert lesson().title == "Dapur"


def test_the_panel_allows_a_page_that_is_whole_but_short(trainer):
    form = trainer.get(f"/admin/pages/{lesson().pk}/edit/").content.decode()
    assert STOPS not in form


def test_the_panel_names_a_field_that_is_still_empty(trainer):
    page = lesson()
    raw = page.body.get_prep_value()
    raw[next(n for n, block in enumerate(raw) if block["type"] == "story")]["value"]["title"] = ""
    page.body = json.dumps(raw)
    page.save_revision(clean=False)
    form = trainer.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    assert "“Judul” menahannya" in form, [x for x in form.splitlines() if "menahan" in x]


def test_many_at_once_publish_what_is_whole_and_name_what_is_not(trainer):
    faulty, story = without_alt(lesson()), dead_end()
    whole = making.lesson("m1/2")
    whole.title = "Rumah lain"
    whole.save_revision()
    answer = trainer.post(f"{BULK}?id={faulty.pk}&id={story.pk}&id={whole.pk}", {"next": "/admin/"}, follow=True)
    assert making.lesson("m1/2").title == "Rumah lain"
    assert lesson().title == "Dapur"
    assert not ScenarioPage.objects.get().live
    text = said(answer)
    assert "Dapur lain" in text
    assert f'href="/admin/pages/{story.pk}/edit/"' in text
    assert "1 halaman telah diterbitkan" in text


def test_a_module_with_all_below_it_leaves_the_faulty_story_a_draft(trainer):
    story = dead_end()
    module = ModulePage.objects.get(code="m1")
    answer = trainer.post(f"{BULK}?id={module.pk}", {"next": "/admin/", "include_descendants": "on"}, follow=True)
    assert answer.status_code == 200
    assert not ScenarioPage.objects.get(pk=story.pk).live
    assert "Cerita" in said(answer)


def test_an_exam_without_a_question_stays_a_draft_with_a_sentence(trainer):
    exam = below_module(ExamPage(title="Ujian", slug="ujian"))
    answer = trainer.post(f"{BULK}?id={exam.pk}", {"next": "/admin/"}, follow=True)
    assert not ExamPage.objects.get().live
    assert "belum punya soal" in said(answer)


def test_nobody_approves_what_is_not_whole(cast, course, sign_in):
    joining.give_role(person=cast.soka, kind="trainer", starts_on=LONG_AGO, now=THEN)
    post(sign_in(cast.anggrek), "action-submit")
    without_alt(lesson(), by=cast.anggrek)
    state = lesson().current_workflow_state.current_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[lesson().pk, "approve", state.pk])
    answer = sign_in(cast.soka).post(address)
    assert answer.status_code == 302
    assert lesson().title == "Dapur"
    assert lesson().current_workflow_state.status == "in_progress"


def test_a_faulty_page_set_for_a_day_does_not_stop_the_others(trainer, monkeypatch):
    soon = clock.now() + timedelta(days=1)
    for page in (making.lesson("m1/2"), dead_end()):
        page.title, page.go_live_at = "Baru", soon
        revision = page.save_revision(clean=False)
        revision.approved_go_live_at = soon
        revision.save()
    monkeypatch.setattr("django.utils.timezone.now", lambda: soon + timedelta(hours=1))
    scheduling.publish_due()
    scheduling.publish_due()
    assert making.lesson("m1/2").title == "Baru"
    story = ScenarioPage.objects.get()
    assert not story.live
    history = trainer.get(f"/admin/pages/{story.pk}/history/").content.decode()
    assert "Tidak terbit pada harinya." in history
