"""A lesson: who may read it, what it costs, what it says when it is closed."""

import uuid

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from courses import bodies, outline
from courses.views import lesson as lesson_view
from lms.people.models import Person
from tests.courses import making

LESSON = "/belajar/kecil/m1/1/"


@pytest.fixture
def seruni(cast, course, sign_in):
    """Seruni's browser; she takes the course."""
    making.enrol(cast.seruni, course)
    return sign_in(cast.seruni)


def test_a_stranger_goes_to_sign_in(course):
    answer = Client().get(LESSON)
    assert (answer.status_code, answer["Location"]) == (302, f"/akun/login/?next={LESSON}")


def test_a_learner_reads_her_lesson_in_the_frame(seruni):
    answer = seruni.get(LESSON)
    page = answer.content.decode()
    assert answer.status_code == 200
    for words in (
        "<title>Pelajaran 1 – Lopo</title>",
        "<h1>Dapur</h1>",
        "Pelajaran 1 dari 2",
        "Selesai, ke pelajaran 2",
        "Satu pertanyaan</h2>",
        '<ul class="ticks">',
        'alt="Dua orang memasak bersama."',
        "Cerita: Ketukan malam",
        "Cerita ini menyebut kekerasan di rumah.",
        "Tulis tiga kalimat yang menenangkan.",
        "Peran dapat <i>berubah</i>.",
        "Lembaga kami masih memeriksa bagian ini.",
        "<b>S1</b> UU 1/2000: bunyi.",
        "Diperiksa pada 31 Maret 2026 oleh bantuan hukum.",
    ):
        assert words in page, words


def test_the_story_is_closed_and_its_note_and_the_way_round_stand_before_it(seruni):
    page = seruni.get(LESSON).content.decode()
    note, skip, story, task = (
        page.index(words) for words in ("Catatan isi", 'href="#lewat-ketukan"', "<details", 'id="lewat-ketukan"')
    )
    assert note < skip < story < task
    assert "<details open" not in page


def test_who_does_not_take_the_course_reads_why(cast, course, sign_in):
    answer = sign_in(cast.kenari).get(LESSON)
    assert answer.status_code == 403
    assert "Anda belum terdaftar di kursus ini." in answer.content.decode()


@pytest.mark.parametrize("name", ["dahlia", "anggrek", "soka", "jati"])
def test_staff_and_mentors_read_every_step_and_nothing_is_recorded(cast, course, sign_in, name):
    page = sign_in(getattr(cast, name)).get("/belajar/kecil/m2/1/").content.decode()
    assert "Anda membaca sebagai petugas." in page
    assert "/belajar/selesai/" not in page


def test_a_closed_step_says_why_and_where_to_go_on(seruni):
    answer = seruni.get("/belajar/kecil/m2/1/")
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Terbuka setelah modul 1." in page
    assert f'href="{LESSON}"' in page


def test_the_step_opens_when_its_module_does(cast, course, seruni):
    making.do(cast.seruni, course, "m1/1", "m1/2")
    assert seruni.get("/belajar/kecil/m2/1/").status_code == 200


@pytest.mark.parametrize("path", ["/belajar/kecil/m1/9/", "/belajar/kecil/m9/1/", "/belajar/lain/m1/1/"])
def test_what_is_not_there_is_not_found(seruni, path):
    assert seruni.get(path).status_code == 404


def test_a_step_without_practice_after_it_leads_back_to_the_module(cast, course, seruni):
    making.do(cast.seruni, course, "m1/1")
    assert "Selesai, kembali ke modul" in seruni.get("/belajar/kecil/m1/2/").content.decode()


def test_a_finished_lesson_says_so_and_leads_on(cast, course, seruni):
    making.do(cast.seruni, course, "m1/1")
    page = seruni.get(LESSON).content.decode()
    assert "Pelajaran ini sudah selesai." in page
    assert 'href="/belajar/kecil/m1/2/"' in page
    assert "/belajar/selesai/" not in page


def test_a_warm_lesson_costs_four_queries(seruni, django_assert_num_queries):
    seruni.get(LESSON)
    with django_assert_num_queries(4):  # person, edition, enrolment, progress
        seruni.get(LESSON)


def test_it_costs_the_same_for_many_lessons(seruni, course, cast, django_assert_num_queries):
    for number in range(5, 15):
        module = making.lesson("m1/1").get_parent()
        page = making.LessonPage(title=f"Pelajaran {number}", slug=str(number))
        module.add_child(instance=page)
        page.save_revision().publish()
    seruni.get(LESSON)
    with django_assert_num_queries(4):
        seruni.get(LESSON)


def test_who_has_begun_the_course_costs_three(cast, course, seruni, django_assert_num_queries):
    making.do(cast.seruni, course, "m1/1")
    seruni.get("/belajar/kecil/m1/2/")
    with django_assert_num_queries(3):  # person, edition, progress
        seruni.get("/belajar/kecil/m1/2/")


def test_the_page_is_drawn_once_for_all_and_each_gets_her_own_marks(cast, course, seruni, sign_in):
    making.enrol(cast.melati, course)
    melati = sign_in(cast.melati)
    pages = [browser.get(LESSON).content.decode() for browser in (seruni, seruni, melati)]
    marks = [(field(page, "csrfmiddlewaretoken")[32:], field(page, "entry"), field(page, "step")) for page in pages]
    assert len({entry for _form, entry, _step in marks}) == 3
    assert len({step for _form, _entry, step in marks}) == 1
    assert all("gap" not in page for page in pages)
    assert all("Seruni" not in page and "Melati" not in page for page in pages)
    bare = [page.replace(field(page, "csrfmiddlewaretoken"), "").replace(field(page, "entry"), "") for page in pages]
    assert len(set(bare)) == 1


def field(page, name):
    return page.split(f'name="{name}" value="')[1].split('"')[0]


def test_a_message_is_shown_once_and_kept_for_nobody(seruni, rf):
    from django.contrib.messages import constants
    from django.contrib.messages.storage.base import Message
    from django.contrib.messages.storage.cookie import CookieStorage

    seruni.get(LESSON)
    note = CookieStorage(rf.get("/"))._encode([Message(constants.INFO, "Kata untuk Anda.")])
    seruni.cookies["messages"] = note
    told = seruni.get(LESSON)
    assert "Kata untuk Anda." in told.content.decode()
    assert "ETag" not in told
    assert "Kata untuk Anda." not in seruni.get(LESSON).content.decode()


def test_a_repeated_visit_is_answered_304_with_nothing(seruni, django_assert_num_queries):
    seruni.get(LESSON)  # signing in by hand has set no form key yet
    first = seruni.get(LESSON)
    assert first["Cache-Control"] == "private, no-cache"
    with django_assert_num_queries(4):
        again = seruni.get(LESSON, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert (again["ETag"], again["Cache-Control"]) == (first["ETag"], first["Cache-Control"])


def test_progress_or_another_person_or_an_edit_is_not_answered_304(cast, course, seruni, sign_in):
    seruni.get(LESSON)
    etag = seruni.get(LESSON)["ETag"]
    making.enrol(cast.melati, course)
    assert sign_in(cast.melati).get(LESSON, headers={"If-None-Match": etag}).status_code == 200
    making.do(cast.seruni, course, "m1/2")
    changed = seruni.get(LESSON, headers={"If-None-Match": etag})
    assert changed.status_code == 200
    page = making.lesson("m1/1")
    page.title = "Rapat"
    page.save_revision().publish()
    assert seruni.get(LESSON, headers={"If-None-Match": changed["ETag"]}).status_code == 200


def test_a_self_check_is_answered_at_once_by_the_server(seruni):
    wrong = seruni.get(LESSON, {"cek": "kodrat", "pilih": "0"}).content.decode()
    right = seruni.get(LESSON, {"cek": "kodrat", "pilih": "1"}).content.decode()
    status = '<div role="status" id="cek-kodrat-kata">'
    assert "Belum tepat" in wrong.split(status)[1].split("</div>")[0]
    assert "Tepat" in right.split(status)[1].split("</div>")[0]
    assert 'value="1" id="cek-kodrat-1" required checked' in right
    assert "Periksa lagi" in right


@pytest.mark.parametrize(
    "asked", [{"cek": "kodrat", "pilih": "9"}, {"cek": "lain", "pilih": "0"}, {"cek": "kodrat", "pilih": "x"}]
)
def test_an_answer_that_does_not_exist_is_no_answer(seruni, asked):
    page = seruni.get(LESSON, asked).content.decode()
    assert '<div role="status" id="cek-kodrat-kata"></div>' in page


def test_pictures_are_light_named_neutrally_and_say_their_size(seruni, settings):
    page = seruni.get(LESSON).content.decode()
    addresses = [part.split(" ")[0] for part in page.split('srcset="')[1].split('"')[0].split(", ")]
    assert 'width="640"' in page
    assert 'loading="lazy"' in page
    for address in addresses:
        file = settings.MEDIA_ROOT / address.removeprefix("/media/")
        assert file.stat().st_size <= 30_000
        assert "dapur" not in address


def test_a_guarded_page_is_left_to_wagtail_and_free_again_afterwards(cast, course, seruni):
    page = making.lesson("m1/1")
    guard = PageViewRestriction.objects.create(page=page, restriction_type="groups")
    answer = seruni.get(LESSON)
    assert answer.status_code == 302
    guard.delete()
    assert seruni.get(LESSON).status_code == 200


def test_a_guard_lets_its_own_group_in(cast, course, seruni):
    guard = PageViewRestriction.objects.create(page=making.lesson("m1/1"), restriction_type="login")
    page = seruni.get(LESSON).content.decode()
    assert "<h1>Dapur</h1>" in page
    assert guard.pk


def test_the_place_of_a_step_that_is_gone_or_not_hers_is_nothing(cast, course):
    key = course.modules[0].steps[0].key
    assert outline.place_of(cast.seruni, key) is None
    assert outline.place_of(cast.seruni, uuid.uuid4()) is None
    making.enrol(cast.seruni, course)
    place = outline.place_of(Person.objects.get(pk=cast.seruni.pk), key)
    assert place is not None
    assert (place.number, place.total, place.is_done) == (1, 2, False)


def test_what_a_process_keeps_is_bounded(cast, course, seruni, monkeypatch):
    monkeypatch.setattr(bodies, "MOST_KEPT", 1)
    monkeypatch.setattr(lesson_view, "MOST_KEPT", 1)
    for code in ("1", "2", "1"):
        assert seruni.get(f"/belajar/kecil/m1/{code}/").status_code == 200
    assert (len(bodies._kept), len(lesson_view._kept)) == (1, 1)


def test_a_link_to_another_lesson_follows_it_and_ends_when_it_is_gone(cast, course, seruni):
    target, page = making.lesson("m1/2"), making.lesson("m1/1")
    page.body.append(("text", f'<p><a linktype="page" id="{target.pk}">lanjutan</a> <a href="tel:129">129</a></p>'))
    page.save_revision().publish()
    assert '<a href="/belajar/kecil/m1/2/">lanjutan</a> <a href="tel:129">' in seruni.get(LESSON).content.decode()
    making.lesson("m1/2").unpublish()
    assert "<p>lanjutan <a" in seruni.get(LESSON).content.decode()
