"""A published module has a version; who finished a lesson learns that it changed, and keeps her tick."""

import uuid

import pytest
from wagtail.rich_text import RichText

from courses import outline
from courses.models import ModulePage, ModuleVersion, Progress
from tests.courses import making

MODULE = "/belajar/kecil/m1/"


def version(code="m1"):
    return next(one for one in outline.plan_of("kecil").modules if one.code == code).version


def rewrite(code, words="<p>Kalimat baru.</p>"):
    """A trainer changes what a lesson says, and publishes it."""
    page = making.lesson(code)
    page.body.append(("text", RichText(words)))
    page.save_revision().publish()


@pytest.fixture
def seruni(cast, course, sign_in):
    making.enrol(cast.seruni, course)
    making.do(cast.seruni, course, "m1/1")
    return sign_in(cast.seruni)


def words(answer):
    return answer.content.decode()


def test_a_folder_makes_one_version_however_many_pages_it_brings(course):
    assert (version("m1"), version("m2")) == (1, 1)


def test_publishing_a_lesson_or_the_module_raises_its_version_and_no_other(course):
    rewrite("m1/1")
    assert (version("m1"), version("m2")) == (2, 1)
    ModulePage.objects.get(code="m1").save_revision().publish()
    assert version("m1") == 3


def test_a_draft_raises_nothing(course):
    making.lesson("m1/1").save_revision()
    assert version() == 1


def test_the_same_folder_again_raises_nothing(course, tmp_path):
    making.load(making.write_folder(tmp_path / "again"))
    assert version() == 1


def test_a_folder_with_one_changed_lesson_raises_its_module_once(course, tmp_path):
    text = making.LESSON_1.replace("menyiapkan", "memasak")
    other = making.FILES["modul-01/2.md"].replace("Satu kalimat.", "Dua kalimat.")
    making.load(making.write_folder(tmp_path / "again", **{"modul-01/1.md": text, "modul-01/2.md": other}))
    assert (version("m1"), version("m2")) == (2, 1)


def test_the_module_says_its_version_and_day(seruni):
    ModuleVersion.objects.update(published_at="2026-11-12T03:00:00Z")
    rewrite("m2/1")
    assert "Versi 1, 12 Nov 2026" in words(seruni.get(MODULE))


def test_who_finished_a_lesson_before_it_changed_is_told_and_keeps_her_tick(seruni):
    assert "Baru sejak Anda selesai" not in words(seruni.get(MODULE))
    rewrite("m1/1")
    page = words(seruni.get(MODULE))
    assert "Baru sejak Anda selesai" in page
    assert "Pelajaran 1 diperbarui (" in page
    assert "Anda tetap selesai." in page
    assert Progress.objects.count() == 1
    assert seruni.get(MODULE + "2/").status_code == 200


def test_a_lesson_that_comes_out_after_she_did_it_elsewhere_is_no_news(cast, course, sign_in):
    making.enrol(cast.melati, course)
    making.do(cast.melati, course, "m1/1")
    Progress.objects.update(done_at="2026-01-01T00:00:00Z")
    assert "Baru sejak Anda selesai" not in words(sign_in(cast.melati).get(MODULE))


def test_a_lesson_published_anew_with_the_same_words_is_no_news(seruni):
    making.lesson("m1/1").save_revision().publish()
    assert "Baru sejak Anda selesai" not in words(seruni.get(MODULE))


def test_a_changed_lesson_that_she_has_not_finished_is_no_news(seruni):
    rewrite("m1/2")
    assert "Baru sejak Anda selesai" not in words(seruni.get(MODULE))


def test_once_she_has_read_it_again_the_notice_is_gone_until_the_next_change(cast, seruni):
    rewrite("m1/1")
    key = making.lesson("m1/1").translation_key
    done_at = Progress.objects.get().done_at
    answer = seruni.post("/belajar/selesai/", {"entry": uuid.uuid4(), "step": key, "again": "1"})
    assert (answer.status_code, answer["Location"]) == (302, MODULE)
    assert "Baru sejak Anda selesai" not in words(seruni.get(MODULE))
    assert Progress.objects.get().done_at == done_at
    rewrite("m1/1", "<p>Lagi.</p>")
    assert "Baru sejak Anda selesai" in words(seruni.get(MODULE))


def test_staff_who_only_read_are_told_nothing(course, cast, sign_in):
    rewrite("m1/1")
    assert "Baru sejak Anda selesai" not in words(sign_in(cast.anggrek).get(MODULE))


def test_the_lesson_still_costs_four_queries_after_a_change(cast, course, sign_in, django_assert_num_queries):
    making.enrol(cast.melati, course)
    browser = sign_in(cast.melati)
    rewrite("m1/1")
    browser.get(MODULE + "1/")
    with django_assert_num_queries(4):
        browser.get(MODULE + "1/")
