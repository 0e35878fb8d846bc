"""In a real browser: one phone, two people; and a lesson that leads back to where she stopped."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.test_quick_exit import press_back, walk
from tests.cast import PIN, Cast
from tests.courses import making

pytestmark = pytest.mark.django_db(transaction=True)
SignedIn = Callable[..., Page]
LESSON = "/belajar/kecil/m1/1/"


@pytest.fixture
def course(live_cast: Cast, tmp_path: Path) -> None:
    plan = making.small_course(tmp_path / "kecil")
    for person in (live_cast.seruni, live_cast.melati):
        making.enrol(person, plan)


@pytest.mark.usefixtures("course")
def test_after_the_change_back_shows_nothing_of_the_first(live_cast: Cast, page_signed_in: SignedIn) -> None:
    page = page_signed_in(live_cast.seruni)
    page.goto("/saya/")
    walk(page, "/belajar/", LESSON, "/saya/", LESSON)
    page.click("footer a[href='/ganti-orang/']")
    page.wait_for_url("**/akun/login/")
    for _page in range(4):
        words = press_back(page)
        assert "Seruni" not in words
        assert "Dapur" not in words
        assert "/akun/login/" in page.url
    page.goto("/akun/login/")
    page.fill("[name=login]", "melati")
    page.fill("[name=password]", PIN)
    page.click("form.card button.next")
    page.wait_for_url("**/belajar/")
    assert "Melati" in page.inner_text("h1")
    for _page in range(6):
        assert "Seruni" not in press_back(page)


@pytest.mark.usefixtures("course")
def test_the_desk_leads_back_to_the_part_she_had_reached(live_cast: Cast, page_signed_in: SignedIn) -> None:
    page = page_signed_in(live_cast.seruni)
    page.goto(LESSON)
    page.evaluate("document.getElementById('cek-kodrat').scrollIntoView()")
    page.wait_for_timeout(500)
    page.goto("/belajar/")
    page.wait_for_timeout(700)  # the place is told while she leaves
    page.reload()
    link = page.get_attribute(".card.deep a", "href")
    assert link is not None
    assert link.startswith(LESSON + "#")
    page.click(".card.deep a")
    assert page.evaluate("scrollY") > 0
