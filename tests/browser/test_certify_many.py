"""In a real browser: a coordinator certifies several people, sees how far the worker is, and may close the page."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from certificates import batching
from certificates.models import Batch, Certificate, HoursEntry
from lms.kit import clock
from tests.cast import PASSWORD, Cast
from tests.certificates.build import NOW, TODAY, load_small, make_ready

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 60_000
ADDRESS = "/koordinasi/sahkan/"


@pytest.fixture(autouse=True)
def on_that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture
def ready(live_cast: Cast) -> Cast:
    """Three of whom nothing remains; the coordinator herself verified Kenari's hours."""
    load_small()
    for person, mentor in ((live_cast.seruni, "dahlia"), (live_cast.melati, "dahlia"), (live_cast.kenari, "murai")):
        make_ready(person, getattr(live_cast, mentor))
    return live_cast


def work(batch: Batch, turns: int) -> None:
    """What the worker does, so many people at a time: it may be stopped after any of them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(batching, "A_TURN", turns)
        batching.work_off(batch_id=batch.pk, now=NOW, today=TODAY)


def ask(page: Page) -> Batch:
    """Tick all names, confirm the password, send."""
    page.goto(ADDRESS)
    page.click("main a[href='?semua']")
    page.click("main form.card button.next")
    if "reauthenticate" in page.url:
        page.fill("[name=password]", PASSWORD)
        page.click("main form button.next")
    expect(page.locator("#berkas")).to_be_visible(timeout=PATIENCE)
    return Batch.objects.get()


def test_the_bar_grows_while_the_worker_certifies_and_says_when_all_are_done(
    ready: Cast, page_signed_in: Callable[..., Page], desk: BrowserContext, faults_of: Callable[[Page], list[str]]
) -> None:
    page = page_signed_in(ready.soka, desk)
    batch = ask(page)
    expect(page.locator("[data-making]")).to_be_visible()
    expect(page.locator("#berkas .bars")).to_contain_text("0")
    assert faults_of(page) == []
    work(batch, 2)
    expect(page.locator("#berkas")).to_contain_text("2", timeout=PATIENCE)
    expect(page.locator("#yes + ul li, [aria-labelledby=yes] li")).to_have_count(2, timeout=PATIENCE)
    page.goto("/koordinasi/")
    work(batch, 1)
    page.goto(f"{ADDRESS}{batch.pk}/")
    expect(page.locator("[data-making]")).to_have_count(0)
    expect(page.locator("[aria-labelledby=yes] li")).to_have_count(3)
    assert faults_of(page) == []
    assert Certificate.objects.filter(certified_by=ready.soka).count() == 3


def test_without_scripts_the_same_page_is_looked_at_again_by_a_link_and_names_who_was_refused(
    ready: Cast, page_signed_in: Callable[..., Page], phone_without_script: BrowserContext
) -> None:
    page = page_signed_in(ready.soka, phone_without_script)
    batch = ask(page)
    HoursEntry.objects.filter(learner=ready.kenari).update(judged_by=ready.soka)
    work(batch, 3)
    page.click("#berkas [data-making] a.more")
    expect(page.locator("[aria-labelledby=yes] li")).to_have_count(2)
    expect(page.locator("[aria-labelledby=no] li")).to_contain_text("Kenari Gewang")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert not Certificate.objects.filter(person=ready.kenari).exists()
