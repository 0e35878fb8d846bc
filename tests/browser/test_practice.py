"""Practice on a phone: with scripts each answer is explained where it was given; without them the same form does it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from assessments.models import PracticeAnswer
from tests.assessments.school import School, open_school
from tests.cast import Cast

PRACTICE = "/belajar/dasar/m1/latihan/"
OpenFor = Callable[..., Page]


@pytest.fixture
def school(live_cast: Cast) -> School:
    school = open_school()
    school.admit(live_cast.seruni)
    return school


def test_an_answer_is_explained_without_leaving_the_page(
    live_cast: Cast, school: School, page_signed_in: OpenFor
) -> None:
    page = page_signed_in(live_cast.seruni)
    page.goto(PRACTICE)
    page.evaluate("window.stayed = true")
    first, second = page.locator("#soal-L-1"), page.locator("#soal-L-2")
    second.locator("select").first.select_option("1")
    first.get_by_label("salah a").check()
    first.get_by_role("button").click()
    expect(first.locator(".notice.stop")).to_be_focused()
    expect(first.locator(".notice")).to_contain_text("Karena begitu.")
    expect(page.locator("#hitung")).to_contain_text("1")
    first.get_by_label("benar").check()
    first.get_by_role("button").click()
    expect(first.locator(".notice.done")).to_be_visible()
    assert second.locator("select").first.input_value() == "1"  # what she began elsewhere is still there
    assert page.evaluate("window.stayed")
    assert PracticeAnswer.objects.get().tries == 2


def test_a_slip_is_said_beside_the_question_and_the_script_goes_on(
    live_cast: Cast, school: School, page_signed_in: OpenFor
) -> None:
    page = page_signed_in(live_cast.seruni)
    page.goto(PRACTICE)
    second = page.locator("#soal-L-2")
    for select in second.locator("select").all():
        select.select_option("1")
    second.get_by_role("button").click()
    expect(second.locator(".error").first).to_be_visible()
    second.get_by_label("satu").select_option("1")
    second.get_by_label("dua").select_option("2")
    second.get_by_role("button").click()
    expect(second.locator(".notice.done")).to_be_visible()


def test_without_scripts_the_page_comes_back_at_the_question(
    live_cast: Cast, school: School, page_signed_in: OpenFor, phone_without_script: BrowserContext
) -> None:
    page = page_signed_in(live_cast.seruni, phone_without_script)
    page.goto(PRACTICE)
    page.locator("#soal-L-1").get_by_label("benar").check()
    page.locator("#soal-L-1").get_by_role("button").click()
    page.wait_for_url("**#soal-L-1")
    expect(page.locator("#soal-L-1 .notice.done")).to_be_visible()
