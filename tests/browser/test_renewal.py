"""On her phone, with scripts and without: Melati's certificate ends, and she does what its renewal asks of her."""

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from certificates import renewing, supervising
from certificates.models import HoursEntry, Pledge, Reflection
from lms.kit import clock
from lms.people.models import Person
from tests.cast import Cast
from tests.certificates.build import certify, load_small, make_ready, place
from tests.certificates.test_renewing import DUE_DAY, at, attend

pytestmark = pytest.mark.django_db(transaction=True)
SignedIn = Callable[..., Page]
PHONE_NUMBER = "0840 0000 0000"


@pytest.fixture(autouse=True)
def on_that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: DUE_DAY)
    monkeypatch.setattr(clock, "now", lambda: at(DUE_DAY))


@pytest.fixture
def melati(live_cast: Cast) -> Person:
    """Certified on 21 November 2026; in each year she was refreshed and talked with Mama Dahlia."""
    load_small()
    make_ready(live_cast.melati, live_cast.dahlia)
    certify(live_cast.melati, live_cast.soka)
    for year in (2027, 2028, 2029):
        attend(live_cast.melati, live_cast.anggrek, date(year, 3, 1))
        for month in (1, 4, 7, 9):
            talk(live_cast, date(year, month, 2))
    return live_cast.melati


def talk(cast: Cast, day: date) -> None:
    supervising.note_talk(
        people=[cast.melati], mentor=cast.dahlia, talk_id=uuid4(), held_on=day, minutes=60, now=at(day), today=day
    )


@pytest.mark.parametrize("kind", ["phone", "phone_without_script"])
def test_she_does_what_remains_and_reads_the_new_period(
    kind: str, melati: Person, live_cast: Cast, page_signed_in: SignedIn, request: pytest.FixtureRequest
) -> None:
    context: BrowserContext = request.getfixturevalue(kind)
    page = page_signed_in(melati, context)
    page.goto("/sertifikat/")
    page.click("text=Lihat yang masih kurang")
    expect(page.locator("#perpanjang h2")).to_be_in_viewport()
    page.click("#perpanjang >> text=Baca dan tandatangani")
    page.check("[name=agree]", force=True)
    page.click("main form button.next")
    expect(page).to_have_url("/sertifikat/")
    assert Pledge.objects.filter(person=melati).count() == 2
    for year in (2027, 2028, 2029):
        page.goto("/sertifikat/")
        page.click(f"#perpanjang details >> text=Tulis refleksi {year}")
        page.fill("[name=answer_2]", "Saya lebih sabar mendengar.")
        page.check("[name=willing][value=yes]", force=True)
        page.click("main form button.next")
        expect(page).to_have_url("/sertifikat/")
    assert Reflection.objects.filter(person=melati).count() == 4
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    expect(page.locator("#perpanjang")).to_contain_text("Koordinator dapat memperpanjang sekarang.")
    renewing.renew(person=melati, certifier=live_cast.soka, now=clock.now(), today=DUE_DAY)
    page.goto("/sertifikat/")
    expect(page.locator("main")).to_contain_text("21 Nov 2029")


def test_what_seems_to_belong_to_a_real_person_stays_on_the_page_with_all_she_wrote(
    melati: Person, page_signed_in: SignedIn, faults_of: Callable[[Page], list[str]]
) -> None:
    page = page_signed_in(melati)
    page.goto("/refleksi/")
    page.fill("[name=answer_2]", f"Saya belajar menunggu. {PHONE_NUMBER}")
    page.check("[name=willing][value=yes]", force=True)
    page.click("main form button.next")
    expect(page.locator(".error")).to_contain_text("nomor HP")
    expect(page.locator("[name=answer_2]")).to_be_focused()
    expect(page.locator("[name=answer_2]")).to_have_value(f"Saya belajar menunggu. {PHONE_NUMBER}")
    assert faults_of(page) == []
    page.fill("[name=answer_2]", "Saya belajar menunggu.")
    page.click("main form button.next")
    expect(page).to_have_url("/sertifikat/")
    assert Reflection.objects.get(person=melati, year=DUE_DAY.year).answers == {"2": "Saya belajar menunggu."}


def test_a_note_of_hours_is_looked_at_before_it_is_sent(live_cast: Cast, page_signed_in: SignedIn) -> None:
    load_small()
    place(live_cast.seruni, live_cast.dahlia)
    page = page_signed_in(live_cast.seruni)
    page.goto("/magang/")
    page.fill("[name=starts_at]", "09:00")
    page.fill("[name=note]", f"Saya menelepon {PHONE_NUMBER}.")
    page.click("#catat button.next")
    expect(page.locator("#catat .error")).to_contain_text("nomor HP")
    assert not HoursEntry.objects.exists()
    page.fill("[name=note]", "Saya belajar menelepon dengan sopan.")
    page.click("#catat button.next")
    expect(page.locator("main")).to_contain_text("Terkirim.")
    assert HoursEntry.objects.get().note == "Saya belajar menelepon dengan sopan."
