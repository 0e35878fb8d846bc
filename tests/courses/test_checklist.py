"""The checklist in the editor: the rules see what a trainer wrote, and the panel, preview and message say it."""

from datetime import date

import pytest
from wagtail.test.utils.form_data import rich_text, streamfield

from courses import reviewing
from courses.models import CoursePage, ModulePage
from lms.kit import clock
from tests.courses import making
from tests.courses.test_pages import edit, lesson_form

LONG = "Satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas duabelas tigabelas."


@pytest.fixture
def trainer(cast, course, sign_in):
    return sign_in(cast.anggrek)


def review(code: str = "m1/1"):
    return reviewing.review(making.lesson(code), date(2026, 4, 1))


def codes(code: str = "m1/1") -> list[str]:
    return [point.code for point in review(code).points]


def form(page, trainer):
    return trainer.get(f"/admin/pages/{page.pk}/edit/").content.decode()


def test_the_rules_see_every_block_of_a_lesson_in_plain_text(course):
    parts = {part.kind: part for part in review().view.parts}
    assert parts["text"].paragraphs[0] == "Saat rapat, perempuan menyiapkan kopi."
    assert parts["picture"].pictures == ("Dua orang memasak bersama.",)
    assert parts["story"].note == "Cerita ini menyebut kekerasan di rumah."
    assert parts["story"].paragraphs[:2] == ("Ketukan malam", "Ibu Cempaka mengetuk pintu.")
    assert "kodrat" not in " ".join(parts["self_check"].paragraphs)
    assert (parts["text"].is_core, parts["story"].is_core) == (True, False)
    assert review().view.bytes == making.lesson("m1/1").weight


def test_a_whole_lesson_is_only_too_short_and_a_bare_one_lacks_much_more(course):
    assert codes() == ["length"]
    assert codes("m1/2") == ["length", "self-check", "source"]


def test_the_panel_says_what_is_open_with_a_way_to_the_block(trainer):
    body = streamfield([("text", rich_text(f"<p>{LONG}</p>"))])
    edit(trainer, making.lesson("m1/1"), body=body)
    page = form(making.lesson("m1/1"), trainer)
    block = making.lesson("m1/1").body[0].id
    assert "hal masih terbuka" in page
    assert f"13: {LONG}" in page
    assert f'href="#block-{block}-section"' in page
    assert "Belum ada blok “Coba sendiri”." in page


def test_publishing_with_open_points_is_allowed_and_said(trainer):
    page = making.lesson("m1/1")
    answer = trainer.post(f"/admin/pages/{page.pk}/edit/", {**lesson_form(), "action-publish": "1"}, follow=True)
    assert "Sudah terbit, dengan 2 hal terbuka." in " ".join(str(one) for one in answer.context["messages"])
    assert "baru" in str(making.lesson("m1/1").body)


def test_a_page_that_is_not_saved_has_no_list_yet(trainer):
    module = ModulePage.objects.get(code="m1")
    page = trainer.get(f"/admin/pages/add/courses/lessonpage/{module.pk}/").content.decode()
    assert "Setelah disimpan pertama kali" in page


def test_a_module_and_a_course_list_what_is_below_them_and_lead_on(trainer):
    module = ModulePage.objects.get(code="m2")
    page = form(module, trainer)
    assert "Belum ada capaian." in page
    assert f"/admin/pages/{making.lesson('m2/1').pk}/edit/" in page
    assert f"/admin/pages/add/courses/lessonpage/{module.pk}/" in page
    course = form(CoursePage.objects.get(), trainer)
    assert f"/admin/pages/{module.pk}/edit/" in course
    assert "Tambah modul" in course


def test_a_lesson_below_a_draft_is_said_to_be_out_of_reach(trainer):
    module = ModulePage.objects.get(code="m2")
    assert "above" not in codes("m2/1")
    module.unpublish()
    assert "above" in codes("m2/1")
    assert "masih konsep" in form(making.lesson("m2/1"), trainer)


def test_an_autosave_brings_the_list_up_to_date(trainer):
    page = making.lesson("m1/1")
    answer = trainer.post(f"/admin/pages/{page.pk}/edit/", lesson_form(), headers={"accept": "application/json"})
    assert 'data-w-teleport-target-value="#checklist"' in answer.json()["html"]
    assert "hal masih terbuka" in answer.json()["html"]


def preview(trainer, query: str) -> str:
    address = f"/admin/pages/{making.lesson('m1/1').pk}/edit/preview/"
    assert trainer.post(address, lesson_form()).json()["is_valid"]
    return trainer.get(f"{address}{query}").content.decode()


def test_the_preview_beside_the_form_carries_the_points_for_the_checks(trainer):
    beside = preview(trainer, "?in_preview_panel=true")
    assert 'data-point="length"' in beside
    assert "lopo-length" in beside
    assert "wagtail-userbar" in beside
    alone = preview(trainer, "?mode=")
    assert "data-point" not in alone
    assert "wagtail-userbar" not in alone


def test_a_learner_never_sees_the_list(cast, course, sign_in):
    making.enrol(cast.seruni, course)
    assert "data-point" not in sign_in(cast.seruni).get("/belajar/kecil/m1/1/").content.decode()


def test_the_editor_shows_a_page_as_on_a_phone_first(trainer):
    page = making.lesson("m1/1")
    assert (page.default_preview_size, page.preview_sizes[0]["device_width"]) == ("phone", 360)
    assert 'data-device-width="360"' in form(page, trainer)


def test_modules_and_steps_are_ordered_with_the_keyboard_too(trainer):
    for parent in (CoursePage.objects.get(), ModulePage.objects.get(code="m1")):
        page = trainer.get(f"/admin/pages/{parent.pk}/").content.decode()
        assert "keydown.up->w-orderable#up:prevent" in page
    first, second = ModulePage.objects.get(code="m1").get_children()
    trainer.post(f"/admin/pages/{second.pk}/set_position/?position=0")
    assert list(ModulePage.objects.get(code="m1").get_children()) == [second, first]


def test_every_lesson_that_comes_with_the_product_can_be_looked_at(course):
    assert reviewing.review(CoursePage.objects.get(), clock.today()).below
