"""A phone and a desk in a real browser, the site served beside them, and a neutral page of another origin.

`page_signed_in(person)` opens a page of the phone in which this person is signed in; addresses may be short ("/saya/").
"""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from lms.people.models import Person
from tests.browser.product import running_product
from tests.cast import Cast, make_cast

PHONE = {"width": 360, "height": 640}
DESK = {"width": 1280, "height": 800}
AXE = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium with its back/forward cache on, as people have it."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the driver's loop runs in this thread; the site in its own
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox"],
            ignore_default_args=["--disable-back-forward-cache"],
        )
        yield chromium
        chromium.close()
    os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the whole product with a fresh demo."""
    if given := os.environ.get("PRODUCT_URL"):  # one that runs already
        yield given
        return
    with running_product(tmp_path_factory.mktemp("product") / "data") as address:
        yield address


@pytest.fixture
def phone(browser: Browser, live_server: Any) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=PHONE, locale="id-ID", base_url=live_server.url)
    yield context
    context.close()


@pytest.fixture
def desk(browser: Browser, live_server: Any) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=DESK, locale="id-ID", base_url=live_server.url)
    yield context
    context.close()


@pytest.fixture
def phone_without_script(browser: Browser, live_server: Any) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=PHONE, locale="id-ID", base_url=live_server.url, java_script_enabled=False)
    yield context
    context.close()


@pytest.fixture
def live_cast(live_server: Any) -> Cast:
    """The cast, in the database that the served site reads."""
    return make_cast()


@pytest.fixture
def page_signed_in(phone: BrowserContext, live_server: Any) -> Callable[..., Page]:
    def open_for(person: Person, context: BrowserContext | None = None) -> Page:
        where = context or phone
        client = Client()
        client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        where.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url, "httpOnly": True}])
        return where.new_page()

    return open_for


@pytest.fixture
def faults_of() -> Callable[[Page], list[str]]:
    """What axe finds on a page, all <details> open: an empty list, or rule and place."""

    def look(page: Page) -> list[str]:
        page.evaluate("document.querySelectorAll('details').forEach((one) => one.open = true)")
        found = Axe().run(page, options=AXE).response["violations"]
        return [f"{one['id']}: {node['target']}" for one in found for node in one["nodes"]]

    return look


class Elsewhere(BaseHTTPRequestHandler):
    """Any page of another site."""

    def do_GET(self) -> None:
        words = f"<!doctype html><title>Cuaca</title><h1>Cuaca {self.path}</h1>".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(words)))
        self.end_headers()
        self.wfile.write(words)

    def log_message(self, *args: object) -> None:
        return


@pytest.fixture
def elsewhere(settings: Any) -> Iterator[str]:
    """The address of another site; the neutral page lies there too, so that no test leaves this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    settings.NEUTRAL_URL = f"{address}/neutral"
    yield address
    server.shutdown()
