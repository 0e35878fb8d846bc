"""The trainer's editor in a real browser: the live checks, the phone's width, and ordering without a mouse."""

from playwright.sync_api import expect

from courses.models import ModulePage
from tests.courses import making


def test_the_checks_beside_the_live_preview_hold_the_points_of_the_list(live_cast, desk, page_signed_in, tmp_path):
    making.small_course(tmp_path / "kecil")
    page = page_signed_in(live_cast.anggrek, desk)
    page.goto(f"/admin/pages/{making.lesson('m1/2').pk}/edit/")
    page.locator("[data-side-panel-toggle=preview]").click()
    frame = page.frame_locator("#w-preview-iframe")
    expect(frame.locator("[data-point=self-check]")).to_be_visible(timeout=20_000)
    assert frame.locator("body").evaluate("() => window.innerWidth") == 360
    page.locator("[data-side-panel-toggle=checks]").click()
    names = page.locator("[data-checks-panel] [data-content-checker-name]")
    expect(names.filter(has_text="Belum ada “Coba sendiri”")).to_have_count(1, timeout=20_000)
    expect(names.filter(has_text="Kalimat terlalu panjang")).to_have_count(0)


def test_steps_are_ordered_with_the_keyboard_alone(live_cast, desk, page_signed_in, tmp_path):
    making.small_course(tmp_path / "kecil")
    module = ModulePage.objects.get(code="m1")
    page = page_signed_in(live_cast.anggrek, desk)
    page.goto(f"/admin/pages/{module.pk}/")
    page.locator(".w-orderable__item__handle").first.focus()
    page.keyboard.press("ArrowDown")
    with page.expect_response("**/set_position/**"):
        page.keyboard.press("Enter")
    assert [one.title for one in ModulePage.objects.get(code="m1").get_children()] == ["Kuasa", "Dapur"]
