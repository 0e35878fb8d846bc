"""The library on a phone: with scripts and without, and nothing that axe finds."""

from typing import Any

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.library.test_library import PDF, put

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def shelf(live_server: Any) -> None:
    put("Mengenali kekerasan di rumah", outer_title="Buku hijau", content=PDF, is_public=True, author="Lembaga Lontar")
    for number in range(13):
        put(f"Kajian {number:02d}", kind="study", is_public=True)


def test_a_visitor_finds_a_book_and_keeps_it(shelf: None, phone: BrowserContext, faults_of: Any) -> None:
    page = phone.new_page()
    page.goto("/")
    page.get_by_role("link", name="Pustaka").click()
    expect(page).to_have_title("Pustaka – Lopo")
    assert faults_of(page) == []
    page.get_by_role("searchbox").fill("mengenali")
    page.get_by_role("button", name="Cari").click()
    page.get_by_role("link", name="Buku hijau").click()
    expect(page).to_have_title("Buku hijau – Lopo")
    assert faults_of(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    with page.expect_download() as fetched:
        page.get_by_role("link", name="Simpan berkas").click()
    assert fetched.value.suggested_filename.startswith("lopo-")


def test_without_scripts_it_is_narrowed_and_paged(shelf: None, phone_without_script: BrowserContext) -> None:
    page = phone_without_script.new_page()
    page.goto("/pustaka/")
    page.get_by_label("Jenis").select_option("study")
    page.get_by_role("button", name="Cari").click()
    expect(page.get_by_text("13 bacaan")).to_be_visible()
    page.get_by_role("navigation", name="Halaman").get_by_role("link").click()
    expect(page.get_by_role("link", name="Kajian 12")).to_be_visible()
    page.get_by_role("link", name="Tampilkan semua").click()
    expect(page.get_by_text("14 bacaan")).to_be_visible()
