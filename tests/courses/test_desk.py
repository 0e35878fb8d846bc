"""The desk, the course and the module: what comes next, what is done, what is closed and why."""

from datetime import date

import pytest

from courses import desk
from courses.desk import Bar, Notice, Tile
from tests.courses import making


@pytest.fixture
def seruni(cast, course, sign_in):
    making.enrol(cast.seruni, course)
    return sign_in(cast.seruni)


@pytest.fixture
def quiet_desk(monkeypatch):
    """The desk without what other apps add."""
    monkeypatch.setattr(desk, "_tiles", [])
    monkeypatch.setattr(desk, "_notes", [])


def page_of(browser, path="/belajar/"):
    answer = browser.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_stranger_goes_to_sign_in(client, db):
    for path in ("/belajar/", "/belajar/kecil/", "/belajar/kecil/m1/"):
        assert client.get(path)["Location"].startswith("/akun/login/")


def test_a_new_learner_sees_one_next_step(seruni):
    page = page_of(seruni)
    assert "Seruni</h1>" in page
    assert "Langkah berikut · Modul 1, pelajaran 1" in page
    assert "12 menit" in page
    assert "Mulai" in page
    assert "<title>Belajar – Lopo</title>" in page


def test_the_next_step_follows_what_she_has_done(cast, course, seruni):
    making.do(cast.seruni, course, "m1/1")
    page = page_of(seruni)
    assert "Modul 1, pelajaran 2" in page
    assert "Sedang: 1 dari 2 langkah" in page
    assert "Lanjutkan" in page


def test_a_closed_module_says_why_and_is_no_link(seruni):
    page = page_of(seruni)
    assert "Terbuka setelah modul 1." in page
    assert 'href="/belajar/kecil/m2/"' not in page


def test_when_everything_is_done_the_desk_says_so(cast, course, seruni):
    making.do(cast.seruni, course, "m1/1", "m1/2", "m2/1")
    page = page_of(seruni)
    assert "Semua modul selesai" in page
    assert "Langkah berikut" not in page


def test_who_takes_no_course_reads_whom_to_ask(cast, course, sign_in):
    page = page_of(sign_in(cast.kenari))
    assert "Anda belum punya kursus" in page
    assert "Langkah berikut" not in page


def test_before_anything_is_published_the_desk_says_so(cast, sign_in):
    assert "Pelatih sedang menyiapkannya." in page_of(sign_in(cast.kenari))


def test_staff_find_the_courses_to_read(cast, course, sign_in):
    page = page_of(sign_in(cast.anggrek))
    assert 'href="/belajar/kecil/"' in page


def test_two_courses_stand_under_their_outer_titles(cast, course, seruni, tmp_path):
    files = {
        name: text.replace("11111111-", "22222222-").replace("kecil", "lain").replace("Kelas Kampung", "Kelas Lain")
        for name, text in making.FILES.items()
    }
    making.load(making.write_folder(tmp_path / "lain", **files))
    other = making.outline.plan_of("lain")
    making.enrol(cast.seruni, other)
    page = page_of(seruni)
    assert "<summary><span>Kelas Kampung <small" in page
    assert "<summary><span>Kelas Lain <small" in page
    assert page.count('<details class="card" open>') == 1


def test_apps_above_add_bars_notices_and_words_to_modules(cast, course, seruni, quiet_desk):
    def tile(person, today):
        assert (person, isinstance(today, date)) == (cast.seruni, True)
        return Tile(
            bars=(Bar("Jam magang", 90, 600, "hours", 30),),
            notices=(Notice("stop", "back", "Kembali", "Perbaiki satu catatan.", "/magang/", "Buka"),),
            more_url="/sertifikat/",
            more_label="Lihat semua",
        )

    desk.register_tile(tile)
    desk.register_tile(tile)
    desk.register_module_notes(lambda person: {"m1": "ujian 88"})
    page = page_of(seruni)
    assert page.count("Jam magang") == 1
    assert "1½ / 10 jam" in page
    assert "Perbaiki satu catatan." in page
    assert 'href="/sertifikat/"' in page
    assert "· ujian 88" in page


def test_the_desk_costs_the_same_for_few_and_many_lessons(cast, course, seruni, quiet_desk, django_assert_num_queries):
    making.do(cast.seruni, course, "m1/1", "m1/2", "m2/1")
    page_of(seruni)
    with django_assert_num_queries(6):  # person, her roles for the tabs, edition, progress, enrolments, places
        page_of(seruni)


def test_the_course_shows_its_introduction_and_modules(seruni):
    page = page_of(seruni, "/belajar/kecil/")
    assert "Untuk yang mau belajar." in page
    assert "1 · Peran" in page
    assert "<title>Kelas Kampung – Lopo</title>" in page


def test_the_module_lists_its_lessons_with_minutes_and_size(cast, course, seruni):
    making.do(cast.seruni, course, "m1/1")
    page = page_of(seruni, "/belajar/kecil/m1/")
    for words in (
        "<title>Modul 1 – Lopo</title>",
        "<h1>Peran dan kuasa</h1>",
        "2½ jam",
        "Modul ini menyebut kekerasan.",
        "Membedakan ciri tubuh dan peran.",
        "Pelajaran 1 · 12 menit · ",
        " kB",
        "Selesai",
        "Berikutnya",
        "UU 1/2000: bunyi.",
    ):
        assert words in page, words


def test_a_closed_module_can_be_looked_at_and_says_why_it_is_closed(seruni):
    page = page_of(seruni, "/belajar/kecil/m2/")
    assert "Belum terbuka" in page
    assert 'href="/belajar/kecil/m2/1/"' not in page


def test_a_finished_module_leads_to_the_next(cast, course, seruni):
    making.do(cast.seruni, course, "m1/1", "m1/2")
    page = page_of(seruni, "/belajar/kecil/m1/")
    assert "Modul ini sudah selesai" in page
    assert "Berikutnya: Bentuk dan tanda" in page


@pytest.mark.parametrize("path", ["/belajar/kecil/", "/belajar/kecil/m1/"])
def test_who_does_not_take_the_course_reads_why(cast, course, sign_in, path):
    answer = sign_in(cast.kenari).get(path)
    assert (answer.status_code, "Hubungi koordinator Anda." in answer.content.decode()) == (403, True)


@pytest.mark.parametrize("path", ["/belajar/lain/", "/belajar/kecil/m9/", "/belajar/lain/m1/"])
def test_what_is_not_there_is_not_found(seruni, path):
    assert seruni.get(path).status_code == 404


def test_a_guarded_course_or_module_is_left_to_wagtail(course, seruni):
    from wagtail.models import PageViewRestriction

    module = making.lesson("m1/1").get_parent()
    guard = PageViewRestriction.objects.create(page=module.get_parent(), restriction_type="groups")
    assert seruni.get("/belajar/kecil/").status_code == 302
    assert seruni.get("/belajar/kecil/m1/").status_code == 302
    guard.delete()
    PageViewRestriction.objects.create(page=module, restriction_type="login")
    assert "<h1>Peran dan kuasa</h1>" in page_of(seruni, "/belajar/kecil/m1/")
    assert page_of(seruni, "/belajar/kecil/")
