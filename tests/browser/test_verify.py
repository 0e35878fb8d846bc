"""A police officer's phone checks certificates, with and without a network: with real keys, lists and QR codes."""

import json
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from certificates import issuing, printing
from certificates.models import Certificate, StateChange
from certificates.paper.png import certificate_png
from tests.cast import Cast
from tests.certificates.build import certify, load_small, make_ready, renewed

pytestmark = pytest.mark.django_db(transaction=True)
CASES = Path(__file__).parent.parent / "cases" / "credential.json"


@pytest.fixture
def certificate(live_cast: Cast, live_server: Any, settings: Any) -> Certificate:
    settings.SITE_URL = live_server.url
    load_small()
    make_ready(live_cast.melati, live_cast.dahlia)
    return certify(live_cast.melati, live_cast.soka)


def prepared(phone: BrowserContext) -> Page:
    """A phone that opened the page once with a network, and keeps it since."""
    page = phone.new_page()
    page.goto("/v/")
    expect(page.locator("#siap")).to_be_visible(timeout=20_000)
    return page


def without_network(phone: BrowserContext, page: Page, address: str) -> str:
    phone.set_offline(True)
    page.goto(address)
    page.wait_for_selector(".verdict")
    words = page.inner_text("main")
    phone.set_offline(False)
    return words


def scanned(certificate: Certificate, folder: Path) -> str:
    """What a barcode reader sees in the picture that the holder sends by chat."""
    picture = folder / "certificate.png"
    picture.write_bytes(certificate_png(printing.sheet_of(certificate)))
    read = subprocess.run(["zbarimg", "--quiet", "--raw", picture], capture_output=True, text=True, check=True)
    return read.stdout.strip()


def test_from_the_scanned_picture_to_the_verdict_without_a_network(
    phone: BrowserContext, certificate: Certificate, tmp_path: Path
) -> None:
    page = prepared(phone)
    words = without_network(phone, page, scanned(certificate, tmp_path))
    assert "Berlaku" in words
    for said in ("Melati Kusambi", "Pendamping 2026", certificate.pretty_code, "Yayasan Lontar Raya", "tanpa jaringan"):
        assert said in words
    assert page.title().startswith("Periksa")


def test_what_the_phone_knew_last_is_said_with_its_date(
    phone: BrowserContext, certificate: Certificate, live_cast: Cast
) -> None:
    page = prepared(phone)
    issuing.revoke(certificate=certificate, revoker=live_cast.soka, now=datetime.now(UTC))
    token = f"/V/{certificate.statement}"
    assert "Berlaku" in without_network(phone, page, token)
    phone.new_cdp_session(page).send("Network.clearBrowserCache")  # a minute has passed
    page.wait_for_timeout(15_100)
    for _ in range(10):  # the worker fetches the newer list beside the page, and takes its time on a slow phone
        page.goto("/v/")
        page.wait_for_timeout(1_500)
        words = without_network(phone, page, token)
        if "Tidak berlaku" in words:
            break
    assert "Tidak berlaku" in words
    assert "Melati Kusambi" in words
    assert str(datetime.now(UTC).year) in words


def test_a_suspended_companion_and_a_forged_code_are_refused_without_a_network(
    phone: BrowserContext, certificate: Certificate, live_cast: Cast
) -> None:
    at = datetime.now(UTC)
    StateChange.objects.create(
        person=live_cast.melati, move="suspend", hold="suspended", by=live_cast.soka, made_as="panel", at=at
    )
    page = prepared(phone)
    assert "saat ini tidak berlaku" in without_network(phone, page, f"/V/{certificate.statement}")
    sign = "A" if certificate.statement[200] != "A" else "B"
    forged = certificate.statement[:200] + sign + certificate.statement[201:]
    words = without_network(phone, page, f"/V/{forged}")
    assert "Bukan sertifikat kami" in words
    assert "Melati" not in words
    foreign = json.loads(CASES.read_text("utf-8"))["token"]
    assert "Kunci tidak dikenal" in without_network(phone, page, f"/V/{foreign}")


def test_an_expired_certificate_says_from_when_until_when_without_a_network(
    phone: BrowserContext, certificate: Certificate
) -> None:
    page = prepared(phone)
    page.clock.set_fixed_time(datetime.now(UTC) + timedelta(days=4 * 365))
    words = without_network(phone, page, f"/V/{certificate.statement}")
    assert "dahulu berlaku" in words
    assert str(certificate.issued_on.year) in words
    assert str(certificate.expires_on.year) in words


def test_a_renewed_certificate_says_from_when_it_will_be_valid_without_a_network(
    phone: BrowserContext, certificate: Certificate
) -> None:
    later = renewed(certificate, now=datetime.now(UTC))
    page = prepared(phone)
    words = without_network(phone, page, f"/V/{later.statement}")
    assert "Berlaku mulai" in words
    assert str(later.issued_on.year) in words
    assert "belum mulai" in words


def test_a_typed_code_needs_the_network_and_english_stays_english(
    phone: BrowserContext, certificate: Certificate
) -> None:
    page = prepared(phone)
    assert "Tidak ada jaringan" in without_network(phone, page, f"/v/{certificate.pretty_code}/")
    page.wait_for_timeout(15_100)
    words = without_network(phone, page, f"/V/{certificate.statement}?bahasa=en")
    assert "genuine and still valid" in words


def test_the_kept_page_holds_nothing_of_who_was_signed_in(
    phone: BrowserContext, certificate: Certificate, live_cast: Cast, page_signed_in: Any
) -> None:
    page = page_signed_in(live_cast.melati)
    page.goto("/v/")
    expect(page.locator("#siap")).to_be_visible(timeout=20_000)
    kept = page.evaluate(
        """async () => {
          const cache = await caches.open((await caches.keys())[0]);
          return Promise.all((await cache.keys()).map(async (key) => [key.url, await (await cache.match(key)).text()]));
        }"""
    )
    assert len(kept) == 10
    assert sum(len(text) for _url, text in kept) < 120_000
    for url, text in kept:
        assert "Melati" not in text, url
        assert "Ganti orang" not in text, url


def test_a_phone_with_a_barcode_reader_reads_a_chosen_picture(
    phone: BrowserContext, certificate: Certificate, tmp_path: Path
) -> None:
    # This browser has no reader of its own here, so the page gets one that says what zbar read in the same picture.
    address = scanned(certificate, tmp_path)
    phone.add_init_script(
        "window.BarcodeDetector = class { static getSupportedFormats() { return Promise.resolve(['qr_code']) }"
        f" detect() {{ return Promise.resolve([{{ rawValue: {json.dumps(address)} }}]) }} }}"
    )
    page = phone.new_page()
    page.goto("/v/")
    expect(page.locator("#pindai")).to_be_visible()
    page.set_input_files("#gambar", tmp_path / "certificate.png")
    page.wait_for_url(f"**/V/{certificate.statement}")
    assert "Melati Kusambi" in page.inner_text("main")


def test_without_a_barcode_reader_or_scripts_the_code_is_typed(
    phone_without_script: BrowserContext, certificate: Certificate
) -> None:
    page = phone_without_script.new_page()
    page.goto("/v/")
    expect(page.locator("#pindai")).to_be_hidden()
    page.fill("#kode", certificate.pretty_code.lower())
    page.click("main form button")
    assert "M. K." in page.inner_text("main")
    page.goto(f"/V/{certificate.statement}")
    assert "Melati Kusambi" in page.inner_text("main")


def test_only_the_page_that_scans_may_ask_for_the_camera(phone: BrowserContext, certificate: Certificate) -> None:
    allowed = {"/v/": "camera=(self)", f"/v/{certificate.code}/": "camera=()", "/": "camera=()"}
    for address, policy in allowed.items():
        answer = phone.request.get(address)
        assert policy in answer.headers["permissions-policy"], address
        assert "script-src 'self';" in answer.headers["content-security-policy"]


def test_the_pages_have_no_fault_that_axe_finds(
    phone: BrowserContext, certificate: Certificate, faults_of: Any
) -> None:
    page = prepared(phone)
    assert faults_of(page) == []
    phone.set_offline(True)
    page.goto(f"/V/{certificate.statement}")
    page.wait_for_selector(".verdict")
    assert faults_of(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
