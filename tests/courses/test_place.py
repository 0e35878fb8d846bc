"""How far she came within a lesson: kept for her alone, and the desk leads back to it."""

import pytest
from django.test import Client

from courses.models import Bookmark
from lms.sync.models import Entry
from tests.courses import making

LESSON = "/belajar/kecil/m1/1/"


@pytest.fixture
def seruni(cast, course, sign_in):
    making.enrol(cast.seruni, course)
    return sign_in(cast.seruni)


def keep(browser, code, anchor, **more):
    key = making.lesson(code).translation_key
    return browser.post("/belajar/tempat/", {"step": key, "anchor": anchor, **more})


def words(answer):
    return answer.content.decode()


def test_every_part_of_a_lesson_can_be_linked_to_by_a_number_that_says_nothing(seruni):
    page = words(seruni.get(LESSON))
    assert '<h2 id="b1">Satu pertanyaan</h2>' in page
    assert 'id="cek-kodrat"' in page


def test_without_javascript_she_keeps_her_place_by_a_button(seruni):
    page = words(seruni.get(LESSON))
    assert '<button name="anchor" value="b1">Satu pertanyaan</button>' in page
    assert '<button name="anchor" value="cek-kodrat">' in page
    answer = keep(seruni, "m1/1", "b1")
    assert (answer.status_code, answer["Location"]) == (302, "/belajar/")
    desk = words(seruni.get("/belajar/"))
    assert "Tempat Anda tersimpan." in desk
    assert f'href="{LESSON}#b1"' in desk
    assert "Anda berhenti di sini" in desk


def test_the_page_keeps_it_quietly_when_she_leaves(seruni):
    answer = keep(seruni, "m1/1", "cek-kodrat", quiet="1")
    assert (answer.status_code, answer.content) == (204, b"")
    assert not Entry.objects.exists()
    assert f'href="{LESSON}#cek-kodrat"' in words(seruni.get("/belajar/"))


def test_the_newest_place_counts_and_a_lesson_has_one(seruni):
    keep(seruni, "m1/1", "b1")
    keep(seruni, "m1/2", "b1")
    assert 'href="/belajar/kecil/m1/2/#b1"' in words(seruni.get("/belajar/"))
    keep(seruni, "m1/1", "cek-kodrat")
    assert f'href="{LESSON}#cek-kodrat"' in words(seruni.get("/belajar/"))
    assert Bookmark.objects.count() == 2


def test_once_the_lesson_is_done_the_desk_leads_to_the_next_step(cast, course, seruni):
    keep(seruni, "m1/1", "b1")
    making.do(cast.seruni, course, "m1/1")
    page = words(seruni.get("/belajar/"))
    assert 'href="/belajar/kecil/m1/2/"' in page
    assert "Anda berhenti di sini" not in page
    assert "Berhenti dulu?" not in words(seruni.get(LESSON))


def test_a_place_in_a_lesson_that_is_gone_or_closed_leads_nowhere(cast, course, seruni):
    keep(seruni, "m1/1", "b1")
    making.lesson("m1/1").unpublish()
    assert "Anda berhenti di sini" not in words(seruni.get("/belajar/"))


@pytest.mark.parametrize("anchor", ["", "b", "b1234", "<b>", "cek-", "cek-A", "x" * 300, "\x00", "isi"])
def test_what_is_no_place_is_refused_in_words(seruni, anchor):
    assert keep(seruni, "m1/1", anchor).status_code == 422
    assert not Bookmark.objects.exists()


def test_a_closed_lesson_and_a_course_of_others_keep_no_place(cast, course, seruni, sign_in):
    assert "Terbuka setelah modul 1." in words(keep(seruni, "m2/1", "b1"))
    assert keep(sign_in(cast.kenari), "m1/1", "b1").status_code == 422
    assert keep(Client(), "m1/1", "b1")["Location"].startswith("/akun/login/")
    assert not Bookmark.objects.exists()


def test_nobody_elses_place_is_hers(cast, course, seruni, sign_in):
    keep(seruni, "m1/1", "b1")
    making.enrol(cast.melati, course)
    assert "Anda berhenti di sini" not in words(sign_in(cast.melati).get("/belajar/"))


def test_the_path_says_what_is_left(cast, course, seruni):
    page = words(seruni.get("/belajar/"))
    assert "0 dari 2 modul selesai · sisa 32 menit" in page
    making.do(cast.seruni, course, "m1/1")
    assert "sisa 10 menit dan " in words(seruni.get("/belajar/"))
    assert "sisa 10 menit dan " in words(seruni.get("/belajar/kecil/m1/"))
