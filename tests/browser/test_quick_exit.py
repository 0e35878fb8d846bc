"""Quick exit and signing out in a real browser: whoever presses Back sees nothing of the pages before."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import path
from playwright.sync_api import BrowserContext, Page

from lms import urls as real
from tests.cast import Cast


@login_required
def kept(request: HttpRequest) -> HttpResponse:
    """A lesson as the phone keeps it: asked for anew, yet in the back/forward cache."""
    words = '<!doctype html><title>Lopo</title><h1>A lesson</h1><a class="exit" href="/keluar-cepat/">Keluar</a>'
    return HttpResponse(words, headers={"Cache-Control": "private, no-cache"})


urlpatterns = [path("kept/", kept), *real.urlpatterns]
pytestmark = pytest.mark.django_db(transaction=True)
SignedIn = Callable[..., Page]


def press_back(page: Page) -> str:
    """Press Back, wait until the browser rests, and give the words on the screen."""
    page.evaluate("setTimeout(() => history.back(), 0)")
    page.wait_for_timeout(1500)
    return page.inner_text("body") if page.query_selector("body") else ""


def walk(page: Page, *addresses: str) -> None:
    """Go from page to page as a person does: by following links."""
    for address in addresses:
        page.evaluate(
            "(to) => { const a = document.createElement('a'); a.href = to; document.body.append(a); a.click() }",
            address,
        )
        page.wait_for_url(lambda url, to=address: url.endswith(to))
        page.wait_for_load_state("load")


def leave_by_click(page: Page, elsewhere: str) -> None:
    page.click("a.exit")
    page.wait_for_url(f"{elsewhere}/neutral")
    page.wait_for_load_state("load")


def test_after_quick_exit_back_shows_nothing_of_hers(live_cast: Cast, page_signed_in: SignedIn, elsewhere: str) -> None:
    page = page_signed_in(live_cast.seruni)
    page.goto("/saya/")
    walk(page, "/bantuan/", "/saya/", "/bantuan/", "/saya/")
    assert "Seruni" in page.inner_text("main")
    leave_by_click(page, elsewhere)
    for _ in range(4):
        assert "Seruni" not in press_back(page)
        page.wait_for_url(f"{elsewhere}/neutral")


def test_only_the_exit_and_the_neutral_page_stay_and_the_site_before_ours_too(
    live_cast: Cast, page_signed_in: SignedIn, elsewhere: str
) -> None:
    page = page_signed_in(live_cast.seruni)
    page.goto(f"{elsewhere}/before")
    page.goto("/saya/")
    walk(page, *["/bantuan/", "/saya/"] * 4)
    leave_by_click(page, elsewhere)
    steps = page.context.new_cdp_session(page).send("Page.getNavigationHistory")
    kept = [entry["url"].split("/", 3)[3] for entry in steps["entries"] if entry["url"] != "about:blank"]
    assert kept == ["before", "keluar-cepat/?2", "neutral"]


def test_leaving_after_pressing_back_a_few_times_keeps_nothing_either(
    live_cast: Cast, page_signed_in: SignedIn, elsewhere: str
) -> None:
    page = page_signed_in(live_cast.seruni)
    page.goto("/saya/")
    walk(page, "/bantuan/", "/saya/", "/bantuan/", "/saya/")
    press_back(page)
    press_back(page)
    leave_by_click(page, elsewhere)
    steps = page.context.new_cdp_session(page).send("Page.getNavigationHistory")
    assert [entry["url"] for entry in steps["entries"] if "saya" in entry["url"] or "bantuan" in entry["url"]] == []


def test_the_server_forgets_her_too(live_cast: Cast, page_signed_in: SignedIn, elsewhere: str) -> None:
    page = page_signed_in(live_cast.seruni)
    page.goto("/saya/")
    leave_by_click(page, elsewhere)
    page.goto("/saya/")
    assert "/akun/login/" in page.url


def test_shift_three_times_leads_away_and_dots_show_how_far(
    live_cast: Cast, page_signed_in: SignedIn, elsewhere: str
) -> None:
    page = page_signed_in(live_cast.seruni)
    page.goto("/saya/")
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    assert page.get_attribute("body", "data-shift") == "2"
    page.keyboard.press("Shift")
    page.wait_for_url(f"{elsewhere}/neutral")


def test_a_capital_letter_between_does_not_throw_her_out(
    live_cast: Cast, page_signed_in: SignedIn, elsewhere: str
) -> None:
    page = page_signed_in(live_cast.seruni)
    page.goto("/saya/")
    for key in ("Shift", "Shift", "a", "Shift"):
        page.keyboard.press(key)
    page.wait_for_timeout(500)
    assert page.url.endswith("/saya/")


def test_without_scripts_the_link_signs_her_out_and_leads_away(
    live_cast: Cast, page_signed_in: SignedIn, phone_without_script: BrowserContext, elsewhere: str
) -> None:
    page = page_signed_in(live_cast.seruni, phone_without_script)
    page.goto("/saya/")
    page.click("a.exit")
    page.wait_for_url(f"{elsewhere}/neutral")
    page.go_back()
    assert "Seruni" not in page.inner_text("body")
    assert "/akun/login/" in page.url


def test_without_scripts_even_a_page_that_the_phone_may_keep_is_forgotten(
    live_cast: Cast, page_signed_in: SignedIn, phone_without_script: BrowserContext, elsewhere: str, settings: Any
) -> None:
    settings.ROOT_URLCONF = __name__
    page = page_signed_in(live_cast.seruni, phone_without_script)
    page.goto("/kept/")
    assert "A lesson" in page.inner_text("body")
    page.click("a.exit")
    page.wait_for_url(f"{elsewhere}/neutral")
    page.go_back()
    assert "A lesson" not in page.inner_text("body")


def test_after_signing_out_back_shows_nothing_of_hers(
    live_cast: Cast, page_signed_in: SignedIn, elsewhere: str
) -> None:
    page = page_signed_in(live_cast.seruni)
    page.goto("/bantuan/")
    walk(page, "/saya/")
    page.click("main form[action='/akun/logout/'] button")
    page.wait_for_url(lambda url: "/saya/" not in url)
    page.wait_for_load_state("load")
    assert "Seruni" not in press_back(page)


def test_unsent_work_on_the_phone_outlives_quick_exit(
    live_cast: Cast, page_signed_in: SignedIn, elsewhere: str
) -> None:
    page = page_signed_in(live_cast.seruni)
    page.goto("/saya/")
    page.evaluate("localStorage.setItem('unsent', 'two hours')")
    leave_by_click(page, elsewhere)
    page.goto("/bantuan/")
    assert page.evaluate("localStorage.getItem('unsent')") == "two hours"


@pytest.mark.parametrize("width", [320, 768])
@pytest.mark.parametrize("address", ["/", "/bantuan/", "/saya/", "/tidak-ada/", "/keluar-cepat/?2", "/gaya/"])
def test_the_pages_have_no_fault_of_access_and_never_scroll_sideways(
    live_cast: Cast,
    page_signed_in: SignedIn,
    phone: BrowserContext,
    faults_of: Callable[[Page], list[str]],
    elsewhere: str,
    settings: Any,
    width: int,
    address: str,
) -> None:
    settings.DEMO = True
    page = phone.new_page() if address == "/" else page_signed_in(live_cast.seruni)
    page.set_viewport_size({"width": width, "height": 720})
    page.route("**/gone.js", lambda route: route.abort())  # stay on the page that leads away
    page.goto(address)
    assert faults_of(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
