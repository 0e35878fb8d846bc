"""In a real browser, on a phone: a mentor with five mentees and a month of hours agrees to each month at once."""

import uuid
from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from certificates import mentoring
from certificates.models import HoursEntry
from lms.kit import clock
from lms.people.models import Person
from tests.cast import Cast
from tests.certificates.build import load_small, place

pytestmark = pytest.mark.django_db(transaction=True)
SignedIn = Callable[..., Page]
ENTRIES = 16


@pytest.fixture
def mentees(live_cast: Cast) -> list[Person]:
    """Five mentees of Mama Dahlia, each with hours of the last sixteen days of one month."""
    load_small()
    last = clock.today().replace(day=1) - timedelta(days=1)
    names = ("Kemuning", "Nuri", "Pipit")
    more = [Person.objects.create(username=one, name=one, village=live_cast.air_lontar) for one in names]
    people = [live_cast.seruni, live_cast.melati, *more]
    for person in people:
        place(person, live_cast.dahlia, starts_on=last - timedelta(days=60))
        for ago in range(ENTRIES):
            log(person, last - timedelta(days=ago))
    return people


def log(person: Person, day: date) -> HoursEntry:
    return mentoring.log_hours(
        learner=person,
        entry_id=uuid.uuid4(),
        activity="home_visit",
        day=day,
        starts_at=time(9),
        minutes=90,
        role="helping",
        note="Saya belajar menunggu.",
        now=clock.now(),
        today=clock.today(),
    )


def agree_to_all(page: Page) -> int:
    """Agree to month after month until nothing waits; returns how often she pressed something."""
    presses = 0
    months = page.locator("main a[href*='/bulan/?bulan=']")
    while months.count():
        months.first.click()
        expect(page.locator("[name=hours]")).to_have_count(ENTRIES)
        page.locator("[name=agree]").check(force=True)
        page.click("main form button.next")
        expect(page).to_have_url("/pembimbing/")
        presses += 3
    return presses


def test_a_month_of_five_mentees_takes_fifteen_presses(
    live_cast: Cast, mentees: list[Person], page_signed_in: SignedIn, faults_of: Callable[[Page], list[str]]
) -> None:
    page = page_signed_in(live_cast.dahlia)
    page.goto("/pembimbing/")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert agree_to_all(page) == 3 * len(mentees)
    assert set(HoursEntry.objects.values_list("state", "judged_by")) == {("verified", live_cast.dahlia.pk)}
    page.goto(f"/pembimbing/binaan/{mentees[0].pk}/")
    assert faults_of(page) == []


@pytest.mark.usefixtures("mentees")
def test_she_returns_one_and_keeps_her_ticks_without_scripts(
    live_cast: Cast, phone_without_script: BrowserContext, page_signed_in: SignedIn
) -> None:
    page = page_signed_in(live_cast.dahlia, phone_without_script)
    page.goto("/pembimbing/")
    ticks = page.locator("[name=hours]")
    ticks.nth(0).check(force=True)
    second: Any = ticks.nth(1).get_attribute("value")
    page.locator(f"details:has(#r-{second}) summary").last.click()
    page.fill(f"#r-{second}", "Jam mulai belum cocok.")
    page.click(f"button[name=return][value='{second}']")
    expect(page.locator("main .notice.done")).to_be_visible()
    assert HoursEntry.objects.get(pk=second).reason == "Jam mulai belum cocok."
    assert page.locator("[name=hours]:checked").count() == 1
    page.click("#verify button.next")
    expect(page.locator("[name=hours]:checked")).to_have_count(0)
    assert HoursEntry.objects.filter(state="verified").count() == 1
