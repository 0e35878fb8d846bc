"""What people do in a browser, step by step. Pages are found by their addresses and fields, not by their wording."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

CONTENT = Path(__file__).resolve().parent.parent.parent / "courses" / "content" / "ids"
AXE = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}
BETRAYING = re.compile(r"keras|korban|perkosa|pelaku|aniaya", re.I)
MODULE = "/belajar/dasar/m1/"


@dataclass
class Walk:
    """One browser context and what was seen on the way."""

    page: Page
    address: str
    looks: bool = True  # axe and sideways scroll on every page (needs scripts)
    seen: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)

    def go(self, path: str) -> None:
        self.page.goto(self.address + path)
        self.look()

    def press(self, selector: str) -> None:
        """Press what leads to another page, and look at it."""
        self.page.locator(selector).first.click()
        self.page.wait_for_load_state()
        self.look()

    def text(self) -> str:
        return self.page.locator("main").inner_text()

    def path(self) -> str:
        return self.page.url.removeprefix(self.address).partition("?")[0].partition("#")[0]

    def look(self) -> None:
        """Neutral outside, a way out on it, and no fault for those who cannot see or have a narrow screen."""
        kind = re.sub(r"[0-9a-f-]{36}|\d+|[0-9A-Z]{15,}", "*", self.path())
        assert not BETRAYING.search(self.page.title() + self.page.url), self.page.title()
        assert self.page.locator("a.exit[href='/keluar-cepat/']").count() == 1, f"no way out on {kind}"
        if not self.looks or kind in self.seen:
            return
        self.seen.add(kind)
        before = self.page.viewport_size
        for width in (320, 768):
            self.page.set_viewport_size({"width": width, "height": 800})
            self.page.evaluate("document.querySelectorAll('details').forEach((one) => one.open = true)")
            if self.page.evaluate("document.documentElement.scrollWidth") > width:
                self.faults.append(f"{kind} scrolls sideways at {width}")
            for one in Axe().run(self.page, options=AXE).response["violations"]:
                self.faults += [f"{kind} at {width}: {one['id']} {node['target']}" for node in one["nodes"]]
        self.page.set_viewport_size(before)

    def sign_in(self, username: str, secret: str) -> None:
        self.go("/akun/login/")
        self.page.fill("[name=login]", username)
        self.page.fill("[name=password]", secret)
        self.press("main form button.next")
        assert self.path() != "/akun/login/", self.text()

    def confirm_password(self, secret: str) -> None:
        """The step asked for again before something that matters."""
        if "reauthenticate" in self.path():
            self.page.fill("[name=password]", secret)
            self.press("main form button.next")


@contextmanager
def walking(browser: Browser, address: str, *, scripts: bool, looks: bool = True, desk: bool = False) -> Iterator[Walk]:
    size = {"width": 1280, "height": 800} if desk else {"width": 360, "height": 640}
    context = browser.new_context(viewport=size, locale="en-US", java_script_enabled=scripts, accept_downloads=True)
    context.set_default_timeout(60_000)
    walk = Walk(context.new_page(), address, looks=looks and scripts)
    broken: list[str] = []
    walk.page.on("pageerror", lambda error: broken.append(str(error)))
    walk.page.on("console", lambda line: broken.append(line.text) if line.type == "error" else None)
    yield walk
    context.close()
    assert walk.faults == []
    assert [line for line in broken if "404" not in line and "422" not in line] == []


def bank() -> list[dict[str, Any]]:
    """The exam questions of module 1 as their author wrote them."""
    rows: list[dict[str, Any]] = yaml.safe_load((CONTENT / "modul-01" / "questions.yaml").read_text(encoding="utf-8"))
    return [row for row in rows if row["use"] == "exam"]


def question_on(page: Page, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The question a page asks: the one with this sentence and these choices."""
    ask = " ".join(page.locator(".ask").inner_text().split())
    words = page.locator("main fieldset").inner_text()
    return next(
        row
        for row in rows
        if " ".join(row["stem"].strip().splitlines()[-1].split()) == ask
        and all(choice["text"] in words for choice in row.get("choices", ()))
    )


def read_lessons(walk: Walk, *, scripts: bool) -> None:
    """From the desk's one clear step through every lesson of module 1: self-check, skipped story, done."""
    walk.go("/belajar/")
    walk.press(".card.deep a.btn")
    if walk.path() == f"{MODULE}sebelum/":  # the test before the training is an offer: she goes on without it
        walk.press("main a.up")
        walk.press(f"main a.hit[href='{MODULE}1/']")
    for number in range(1, 5):
        assert walk.path() == f"{MODULE}{number}/"
        try_self_check(walk, scripts=scripts)
        skip = walk.page.locator("a[href^='#'].btn.plain")
        if skip.count():
            skip.first.click()
        walk.press("form[action='/belajar/selesai/'] button.next")


def try_self_check(walk: Walk, *, scripts: bool) -> None:
    """Choose each answer of the first self-check: wrong ones explain themselves, the right one says so."""
    seen = []
    form = walk.page.locator("form[id^='cek-']").first
    for number in range(form.locator("input[type=radio]").count()):
        form = walk.page.locator("form[id^='cek-']").first
        form.locator("input[type=radio]").nth(number).check(force=True)
        form.locator("button").click()
        walk.page.wait_for_load_state()
        said = walk.page.locator("form[id^='cek-']").first.locator("[role=status] .notice")
        said.wait_for(timeout=5_000)
        seen.append("done" in (said.get_attribute("class") or ""))
        assert len(said.inner_text()) > 20
    assert sorted(seen) == [False] * (len(seen) - 1) + [True]
    assert scripts is ("?" not in walk.page.url)


def sit_exam(walk: Walk, *, wrong_critical: bool) -> int:
    """Answer every question and hand in; returns how many were asked. Every answer is saved as she goes on."""
    questions = bank()
    asked = 0
    while re.fullmatch(r"/ujian/[0-9a-f-]{36}/\d+/", walk.path()):
        asked += 1
        row = question_on(walk.page, questions)
        answer_one(walk.page, row, wrong=wrong_critical and row.get("critical", False))
        walk.press("button.next[name=go]")
    assert walk.path().endswith("/kumpul/")
    walk.press("main form button.next")
    assert walk.path().endswith("/hasil/")
    return asked


def answer_one(page: Page, row: dict[str, Any], *, wrong: bool) -> None:
    if row["kind"] == "ordering":
        for place, choice in enumerate(row["choices"], start=1):
            page.get_by_label(choice["text"], exact=True).select_option(str(place))
    elif row["kind"] == "true_false":
        right = row["answer"] is not wrong
        page.locator(f"input[name=answer][value={str(right).lower()}]").check(force=True)
    else:
        for choice in row["choices"]:
            if bool(choice.get("right")) is not wrong:
                page.get_by_label(choice["text"], exact=True).check(force=True)
                if row["kind"] == "single":
                    break


def log_hours(walk: Walk, *, days_ago: int, start: str, note: str) -> None:
    page = walk.page
    page.fill("[name=day]", (date.today() - timedelta(days=days_ago)).isoformat())
    page.fill("[name=starts_at]", start)
    page.locator("[name=minutes]").nth(1).check(force=True)
    page.locator("[name=role]").first.check(force=True)
    page.fill("[name=note]", note)
    walk.press("form#catat button.next")


def save_papers(walk: Walk, folder: Path) -> dict[str, Path]:
    """Wait until background work has made the PDF and the picture, and save both."""
    for _ in range(60):
        links = walk.page.locator("#berkas .btn[href$='.pdf'], #berkas .btn[href$='.png']")
        if links.count() == 2:
            break
        time.sleep(1)
        walk.page.reload()
    saved = {}
    for number in range(2):
        with walk.page.expect_download() as waiting:
            links.nth(number).click()
        name = waiting.value.suggested_filename
        saved[name.rpartition(".")[2]] = folder / name
        waiting.value.save_as(folder / name)
    return saved
