"""Finding words in what she may read; nothing that anybody types is a 500."""

from urllib.parse import quote

import pytest
from django.core.management import call_command
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import PageViewRestriction

from courses import searching
from courses.models import StepText
from courses.searching import Hit
from tests.courses import making

FIND = "/belajar/cari/"


@pytest.fixture
def seruni(cast, course, sign_in):
    making.enrol(cast.seruni, course)
    return sign_in(cast.seruni)


def found(browser, query, **more):
    answer = browser.get(FIND, {"q": query, **more})
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_stranger_goes_to_sign_in(course):
    assert Client().get(FIND)["Location"].startswith("/akun/login/")


def test_the_desk_has_the_box(seruni):
    assert f'action="{FIND}"' in seruni.get("/belajar/").content.decode()


@pytest.mark.parametrize(
    "query",
    ["kopi", "KOPI", "saat rapat", "menyiap", "Dapur", "satu pertanyaan", "gender dibentuk", "kodrat", "diperiksa"],
)
def test_a_lesson_is_found_by_title_heading_text_question_and_explained_word(seruni, query):
    assert 'href="/belajar/kecil/m1/1/"' in found(seruni, query)


def test_the_words_around_the_one_she_sought_are_shown(seruni):
    assert "perempuan menyiapkan <b>kopi</b>." in found(seruni, "kopi")


def test_courses_and_modules_are_found_by_their_titles(seruni):
    assert 'href="/belajar/kecil/"' in found(seruni, "kelas kecil")
    assert 'href="/belajar/kecil/m1/"' in found(seruni, "peran dan kuasa")


def test_a_title_stands_before_a_text(cast, course, seruni):
    page = found(seruni, "peran")
    assert page.index('href="/belajar/kecil/m1/"') < page.index('href="/belajar/kecil/m1/1/"')


def test_a_closed_lesson_is_named_with_its_reason_and_is_no_link(seruni):
    page = found(seruni, "Tanda")
    assert "Terbuka setelah modul 1." in page
    assert 'href="/belajar/kecil/m2/1/"' not in page
    assert "Satu kalimat" not in page


def test_what_stands_behind_a_content_note_is_not_brought_out(seruni):
    page = found(seruni, "cempaka")
    assert "Tidak ada yang memuat kata ini" in page


def test_a_course_that_she_does_not_take_is_not_found_and_staff_find_all(cast, course, sign_in):
    assert "Tidak ada yang memuat kata ini" in found(sign_in(cast.kenari), "kopi")
    assert 'href="/belajar/kecil/m2/1/"' in found(sign_in(cast.anggrek), "tanda")


def test_what_is_taken_back_changed_or_guarded_is_found_as_it_is_now(seruni):
    page = making.lesson("m1/1")
    page.title = "Halaman depan"
    page.save_revision().publish()
    assert "Halaman depan" in found(seruni, "kopi")
    guard = PageViewRestriction.objects.create(page=page, restriction_type="groups")
    assert "Halaman depan" not in found(seruni, "kopi")
    guard.delete()
    making.lesson("m1/1").unpublish()
    assert "Halaman depan" not in found(seruni, "kopi")


def test_lessons_from_before_words_were_kept_are_read_at_set_up(seruni):
    StepText.objects.all().delete()
    assert "Tidak ada yang memuat kata ini" in found(seruni, "kopi")
    call_command("set_up", verbosity=0)
    assert 'href="/belajar/kecil/m1/1/"' in found(seruni, "kopi")


def test_without_words_she_reads_what_to_write(seruni):
    for query in ("", "a", "%", "\x00", '"'):
        assert "Tulis kata dengan dua huruf atau lebih." in found(seruni, query)


def test_many_places_are_paged_and_a_wrong_page_is_some_page(seruni, monkeypatch):
    hits = [Hit(f"Tempat {number}", "", "/rujukan/", 9) for number in range(25)]
    monkeypatch.setattr(searching, "_sources", [])
    searching.register_source(lambda person, words: hits)
    assert "Halaman 1 dari 3" in found(seruni, "zz")
    assert "Tempat 24" in found(seruni, "zz", hal="3")
    for wrong in ("0", "99", "x", "", "9" * 5000):
        assert "Tempat" in found(seruni, "zz", hal=wrong)


def test_it_costs_the_same_for_few_and_many_lessons(seruni, django_assert_max_num_queries):
    for number in range(5, 15):
        page = making.LessonPage(title=f"Kopi {number}", slug=str(number))
        making.lesson("m1/1").get_parent().add_child(instance=page)
        page.save_revision().publish()
    found(seruni, "kopi")
    with django_assert_max_num_queries(8):
        found(seruni, "kopi")


NASTY = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="%_\\'\"*()^:-+~&|!<>\x00\u00a0\ud800\udfff😀İﷺ", max_size=40),
    st.sampled_from(["a" * 10_000, "AND OR NOT NEAR(", "kopi* OR 1=1 --", "%" * 500, "\ud83d", "ko\x00pi", "😀" * 400]),
)


@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=NASTY, page=st.one_of(st.just("1"), st.text(max_size=8)))
def test_nothing_that_is_typed_is_a_500(seruni, query, page):
    typed = "&".join(f"{name}={quote(one, errors='surrogatepass')}" for name, one in (("q", query), ("hal", page)))
    assert seruni.get(f"{FIND}?{typed}").status_code == 200


@pytest.mark.parametrize("raw", ["q=%ED%A0%80", "q=%00", "q=%FF%FE", "q", "q=%", "q=kopi&q=x", "hal=%00"])
def test_nothing_that_is_sent_raw_is_a_500(seruni, raw):
    assert seruni.get(f"{FIND}?{raw}").status_code == 200
