"""Bytes and requests of a lesson and of an exam question, as they cross the wire (design.md 5)."""

from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.xdist_group("product")
LESSON = "/belajar/dasar/m1/1/"


class Meter:
    """Counts what a page loads: (path, kind, bytes on the wire) for each answer."""

    def __init__(self, context: BrowserContext, page: Page) -> None:
        self.answers: dict[str, dict[str, Any]] = {}
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.responseReceived", self.received)
        session.on("Network.loadingFinished", self.finished)

    def received(self, event: dict[str, Any]) -> None:
        path = event["response"]["url"].partition("://")[2].partition("/")[2]
        kept = event["response"].get("fromDiskCache", False)
        kind, status = event["type"], event["response"]["status"]
        self.answers[event["requestId"]] = {"path": path, "kind": kind, "kept": kept, "status": status, "bytes": 0}

    def finished(self, event: dict[str, Any]) -> None:
        if event["requestId"] in self.answers:
            self.answers[event["requestId"]]["bytes"] = event["encodedDataLength"]

    def sent(self, *kinds: str) -> list[dict[str, Any]]:
        return [one for one in self.answers.values() if not one["kept"] and (not kinds or one["kind"] in kinds)]

    def bytes(self, *kinds: str) -> int:
        return sum(one["bytes"] for one in self.sent(*kinds))


def learner(browser: Browser, product: str, username: str) -> BrowserContext:
    """A phone whose learner has signed in; what it holds in its cache is forgotten again."""
    context = browser.new_context(viewport={"width": 360, "height": 640})
    page = context.new_page()
    page.goto(product + "/akun/login/")
    page.fill("[name=login]", username)
    page.fill("[name=password]", "246810")
    page.click("main form button.next")
    page.wait_for_load_state()
    context.new_cdp_session(page).send("Network.clearBrowserCache")
    page.close()
    return context


def visit(context: BrowserContext, address: str) -> Meter:
    page = context.new_page()
    meter = Meter(context, page)
    page.goto(address, wait_until="networkidle")
    page.close()
    return meter


def test_a_lesson_costs_little_the_first_time_and_next_to_nothing_again(browser: Browser, product: str) -> None:
    context = learner(browser, product, "teratai")
    first = visit(context, product + LESSON)
    before_paint = first.sent("Document", "Stylesheet")
    assert len(before_paint) == 2
    assert first.bytes("Document", "Stylesheet") <= 14_000
    assert first.bytes("Document") <= 12_000
    assert first.bytes("Stylesheet") <= 6_300  # 6 kB and its headers
    assert first.bytes("Script") <= 5_000  # two modules: 4 kB and their headers
    without_pictures = [
        one for one in first.sent() if "/images/" not in one["path"] and not one["path"].startswith("media")
    ]
    assert len(without_pictures) <= 5, [one["path"] for one in without_pictures]
    assert sum(one["bytes"] for one in without_pictures) <= 20_000
    assert all(one["bytes"] <= 31_000 for one in first.sent("Image"))
    again = visit(context, product + LESSON)
    assert 0 < again.bytes("Document") <= 500  # the 304 itself: its headers are all that is sent
    assert again.bytes() <= 1_000, again.sent()
    context.close()


def test_a_question_of_an_exam_costs_little(browser: Browser, product: str) -> None:
    context = learner(browser, product, "anggota")
    meter = visit(context, product + "/belajar/dasar/m1/latihan/")
    assert len(meter.sent()) <= 5
    assert meter.bytes() <= 16_000
    context.close()
