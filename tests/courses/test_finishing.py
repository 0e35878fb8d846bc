"""She finishes a lesson: by the form, or later from her phone; twice changes nothing."""

import json
import uuid

import pytest

from courses import outline, progressing
from courses.models import Progress
from lms.kit import clock
from lms.kit.refusing import Refused
from lms.sync.models import Entry
from tests.courses import making


@pytest.fixture
def keys(course):
    return {f"{module.code}/{step.code}": step.key for module in course.modules for step in module.steps}


@pytest.fixture
def seruni(cast, course, sign_in):
    making.enrol(cast.seruni, course)
    return sign_in(cast.seruni)


def finish(browser, key, entry=None):
    return browser.post("/belajar/selesai/", {"entry": str(entry or uuid.uuid4()), "step": str(key)})


def test_the_form_finishes_the_lesson_and_goes_on(cast, seruni, keys):
    answer = finish(seruni, keys["m1/1"])
    assert (answer.status_code, answer["Location"]) == (302, "/belajar/kecil/m1/2/")
    assert outline.done_keys(cast.seruni) == {keys["m1/1"]}
    assert Entry.objects.get().state == "applied"
    assert Progress.objects.get().entry == Entry.objects.get().pk


def test_after_the_last_lesson_it_goes_back_to_the_module(cast, seruni, keys, course):
    making.do(cast.seruni, course, "m1/1")
    assert finish(seruni, keys["m1/2"])["Location"] == "/belajar/kecil/m1/"


def test_a_double_click_changes_nothing_and_goes_on_all_the_same(seruni, keys):
    entry = uuid.uuid4()
    first, second = finish(seruni, keys["m1/1"], entry), finish(seruni, keys["m1/1"], entry)
    assert first["Location"] == second["Location"] == "/belajar/kecil/m1/2/"
    assert (Progress.objects.count(), Entry.objects.count()) == (1, 1)


def test_finishing_again_in_another_tab_keeps_one_tick(seruni, keys):
    finish(seruni, keys["m1/1"])
    assert finish(seruni, keys["m1/1"]).status_code == 302
    assert Progress.objects.count() == 1


def test_the_phones_outbox_finishes_the_same_lesson(cast, seruni, keys):
    entry = str(uuid.uuid4())
    sent = {
        "device": str(uuid.uuid4()),
        "entries": [
            {
                "id": entry,
                "kind": "courses.lesson_done",
                "made_at": "2024-01-01T00:00:00Z",
                "fields": {"step": str(keys["m1/1"])},
            }
        ],
    }
    states = []
    for _time in range(2):
        answer = seruni.post("/sinkron/", json.dumps(sent), content_type="application/json")
        states.append(answer.json()["receipts"][0]["state"])
    assert states == ["applied", "known"]
    assert outline.done_keys(cast.seruni) == {keys["m1/1"]}


def test_a_closed_lesson_is_refused_with_its_reason(cast, seruni, keys):
    answer = finish(seruni, keys["m2/1"])
    assert answer.status_code == 422
    assert "Terbuka setelah modul 1." in answer.content.decode()
    assert not Progress.objects.exists()


def test_a_lesson_of_a_course_she_does_not_take_is_refused(cast, course, keys, sign_in):
    answer = finish(sign_in(cast.kenari), keys["m1/1"])
    assert answer.status_code == 422
    assert "Anda belum terdaftar di kursus ini." in answer.content.decode()


@pytest.mark.parametrize("step", ["bukan-kunci", str(uuid.UUID(int=5)), ""])
def test_an_unknown_step_is_refused_in_words(seruni, step):
    answer = seruni.post("/belajar/selesai/", {"entry": str(uuid.uuid4()), "step": step})
    assert answer.status_code == 422
    assert "Belum tersimpan" in answer.content.decode()


def test_a_stranger_finishes_nothing(client, keys):
    assert finish(client, keys["m1/1"]).status_code == 302
    assert not Progress.objects.exists()


def test_an_address_that_only_takes_posts_says_so(seruni):
    assert seruni.get("/belajar/selesai/").status_code == 405


def test_one_lesson_finished_costs_few_queries(cast, course, seruni, keys, django_assert_num_queries):
    seruni.get("/belajar/")
    making.do(cast.seruni, course, "m1/1")
    with django_assert_num_queries(7):  # person, edition, progress, its row, the entry; begin and commit
        finish(seruni, keys["m1/2"])


def test_only_a_lesson_is_finished_by_reading(cast, course, keys, monkeypatch):
    making.enrol(cast.seruni, course)
    monkeypatch.setattr(making.LessonPage, "kind", "exam")
    page = making.lesson("m1/1")
    page.save_revision().publish()
    with pytest.raises(Refused, match="lewat soalnya"):
        progressing.finish_lesson(person=cast.seruni, step_key=keys["m1/1"], entry_id=None, now=clock.now())


def test_an_upper_app_marks_a_step_done_once(cast, course, keys):
    mark = {"person": cast.seruni, "step_key": keys["m1/1"], "entry_id": None, "now": clock.now()}
    assert progressing.mark_done(**mark) is True
    assert progressing.mark_done(**mark) is False


def test_finished_modules_are_told_for_many_people_in_two_queries(cast, course, django_assert_num_queries):
    making.do(cast.seruni, course, "m1/1", "m1/2")
    making.do(cast.melati, course, "m1/1")
    outline.course_plans()
    with django_assert_num_queries(2):
        finished = outline.finished_modules([cast.seruni.pk, cast.melati.pk, cast.kenari.pk])
    assert finished == {cast.seruni.pk: {"m1"}, cast.melati.pk: frozenset(), cast.kenari.pk: frozenset()}
