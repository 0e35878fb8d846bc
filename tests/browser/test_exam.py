"""An exam on a phone: answers are saved at once, a lost network or a closed tab loses nothing, no script is needed."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from assessments.models import Attempt
from tests.assessments.school import School, open_school
from tests.cast import Cast

STEP = "/belajar/dasar/m1/ujian/"
OpenFor = Callable[..., Page]


@pytest.fixture
def school(live_cast: Cast) -> School:
    """Four questions in the order of the bank: the first has three choices."""
    school = open_school(shuffle_questions=False, limit_minutes=45)
    school.admit(live_cast.seruni)
    return school


def begin(page: Page) -> Page:
    page.goto(STEP)
    page.get_by_role("button", name="Mulai ujian").click()
    expect(page.locator("form[data-keep]")).to_be_visible()
    return page


def kept(number: int = 1) -> tuple[str, ...]:
    """The texts that the site has as the answer."""
    attempt = Attempt.objects.get()
    given = attempt.given.get(number)
    texts = {choice.key: choice.text for choice in attempt.questions.items[number - 1].choices}
    return tuple(texts[key] for key in given.keys) if given else ()


def test_a_ticked_answer_is_saved_without_a_button(live_cast: Cast, school: School, page_signed_in: OpenFor) -> None:
    page = begin(page_signed_in(live_cast.seruni))
    page.get_by_label("salah a").check()
    expect(page.locator("#tersimpan")).to_contain_text("Tersimpan")
    assert kept() == ("salah a",)
    with page.expect_response(lambda reply: reply.request.method == "POST"):
        page.get_by_label("benar").check()
    assert kept() == ("benar",)
    expect(page.locator("#waktu")).to_contain_text("menit")


def test_a_lost_network_and_a_closed_tab_lose_nothing(live_cast: Cast, school: School, page_signed_in: OpenFor) -> None:
    page = begin(page_signed_in(live_cast.seruni))
    address, phone = page.url, page.context
    phone.set_offline(True)
    page.get_by_label("salah b").check()
    expect(page.locator("#tersimpan")).to_contain_text("Belum terkirim")
    page.close()
    phone.set_offline(False)
    again = phone.new_page()
    again.goto(address)
    expect(again.get_by_label("salah b")).to_be_checked()
    expect(again.locator("#tersimpan")).to_contain_text("Tersimpan")
    assert kept() == ("salah b",)


def test_what_came_back_online_is_sent_by_itself(live_cast: Cast, school: School, page_signed_in: OpenFor) -> None:
    page = begin(page_signed_in(live_cast.seruni))
    page.context.set_offline(True)
    page.get_by_label("benar").check()
    expect(page.locator("#tersimpan")).to_contain_text("Belum terkirim")
    page.context.set_offline(False)
    expect(page.locator("#tersimpan")).to_contain_text("Tersimpan")
    assert kept() == ("benar",)


def test_nothing_of_an_exam_stays_on_the_phone(live_cast: Cast, school: School, page_signed_in: OpenFor) -> None:
    page = begin(page_signed_in(live_cast.seruni))
    page.get_by_label("benar").check()
    page.locator("button[value=next]").click()
    page.locator("button[value=prev]").click()
    page.goto(page.url.replace("/1/", "/kumpul/"))
    assert page.evaluate("Object.keys(localStorage)") == []
    assert page.evaluate("sessionStorage.getItem('jawaban')") is None


def test_without_scripts_the_whole_exam_on_one_page_works(
    live_cast: Cast, school: School, page_signed_in: OpenFor, phone_without_script: BrowserContext
) -> None:
    school.exam.one_page = True
    school.exam.save_revision().publish()
    page = begin(page_signed_in(live_cast.seruni, phone_without_script))
    page.locator("#soal-1").get_by_label("benar").check()
    for name in ("benar a", "benar b"):
        page.locator("#soal-2").get_by_label(name).check()
    page.locator("#soal-3").get_by_label("Salah").check()
    for place, name in enumerate(("pertama", "kedua", "ketiga"), 1):
        page.locator("#soal-4").get_by_label(name).select_option(str(place))
    page.get_by_role("button", name="Simpan").click()
    page.get_by_role("button", name="Kumpulkan ujian").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Anda lulus")
    assert Attempt.objects.get().percent == 100
