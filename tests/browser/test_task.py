"""Seruni writes a practical task on her phone, with scripts and without; what may be real stays in her form."""

import json
import re
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from assessments import submitting
from assessments.models import Submission
from lms.sync.models import Entry
from tests.assessments import tasks
from tests.assessments.school import lay_ground
from tests.cast import THEN, Cast

CASES = json.loads((Path(__file__).resolve().parent.parent / "cases" / "identifiers.json").read_text("utf-8"))
PHONE = "Telepon 0840 0000 0000"
KINDS_OF = """async (texts) => {
    const { kinds } = await import("/static/lms/js/identifiers.js");
    return texts.map((text) => [...kinds(text)]);
}"""


@pytest.fixture
def begun(live_cast: Cast) -> Submission:
    lay_ground()
    bench = tasks.set_out(live_cast)
    key = bench.written.translation_key
    return submitting.begin(person=live_cast.seruni, task_key=key, submission_id=uuid.uuid4(), now=THEN)


@pytest.fixture
def page(begun: Submission, live_cast: Cast, page_signed_in: Callable[..., Page]) -> Page:
    page = page_signed_in(live_cast.seruni)
    page.goto(f"/praktik/{begun.pk}/")
    return page


def test_the_browser_finds_what_the_server_finds(page: Page) -> None:
    for kind, texts in CASES["refused"].items():
        assert page.evaluate(KINDS_OF, texts) == [[kind]] * len(texts)
    assert page.evaluate(KINDS_OF, CASES["allowed"]) == [[]] * len(CASES["allowed"])


def test_what_she_writes_is_saved_while_she_goes_on(page: Page, begun: Submission) -> None:
    page.fill("[name='a.catatan']", "Pukul empat ia menimba air.")
    expect(page.locator("#tersimpan")).to_have_text(re.compile(r"Tersimpan pukul \d\d\.\d\d\."))
    begun.refresh_from_db()
    assert begun.answers == {"catatan": "Pukul empat ia menimba air."}
    page.reload()
    expect(page.locator("[name='a.catatan']")).to_have_value("Pukul empat ia menimba air.")


def test_what_may_be_real_never_leaves_the_page(page: Page, begun: Submission) -> None:
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.post_data or "") if request.method == "POST" else None)
    page.fill("[name='a.catatan']", PHONE)
    page.check("[name='a.usul'] >> nth=0", force=True)
    expect(page.locator(".error")).to_contain_text("nomor HP")
    expect(page.locator("#tersimpan")).to_contain_text("kecuali bagian yang ditandai")
    page.click("button[value=on]")
    expect(page.locator("[name='a.catatan']")).to_be_focused()
    begun.refresh_from_db()
    assert begun.answers == {"usul": ["Air"]}
    assert sent
    assert not any("0840" in one for one in sent)
    page.fill("[name='a.catatan']", "Ia menimba air.")
    page.click("button[value=on]")
    page.wait_for_url("**/kumpul/")


def test_a_row_is_added_in_place(page: Page, begun: Submission) -> None:
    page.fill("[name='a.tabel.1.0']", "Puskesmas")
    page.click("button[value=tabel]")
    expect(page.locator("[name='a.tabel.2.0']")).to_be_focused()
    page.fill("[name='a.tabel.2.1']", "sore")
    page.click(".btns .plain")
    expect(page.locator("#tersimpan")).to_contain_text("Tersimpan pukul")
    begun.refresh_from_db()
    assert begun.answers == {"tabel": [["Puskesmas", ""], ["", "sore"]]}


def test_a_lost_connection_loses_nothing(page: Page, begun: Submission) -> None:
    page.context.set_offline(True)
    page.fill("[name='a.catatan']", "Ia menimba air.")
    expect(page.locator("#tersimpan")).to_contain_text("Belum tersimpan")
    page.context.set_offline(False)
    expect(page.locator("#tersimpan")).to_contain_text("Tersimpan pukul")
    begun.refresh_from_db()
    assert begun.answers == {"catatan": "Ia menimba air."}


def test_without_scripts_the_same_form_does_it(
    begun: Submission,
    live_cast: Cast,
    page_signed_in: Callable[..., Page],
    phone_without_script: BrowserContext,
) -> None:
    page = page_signed_in(live_cast.seruni, phone_without_script)
    page.goto(f"/praktik/{begun.pk}/")
    page.fill("[name='a.catatan']", PHONE)
    page.check("[name='a.usul'] >> nth=0", force=True)
    page.click(".btns .plain")
    expect(page.locator(".wrong .error")).to_contain_text("nomor HP")
    expect(page.locator("[name='a.catatan']")).to_have_value(PHONE)
    page.fill("[name='a.catatan']", "Ia menimba air.")
    page.fill("[name='a.tabel.1.0']", "Puskesmas")
    page.click("button[value=tabel]")
    expect(page.locator("[name='a.tabel.1.0']")).to_be_visible()
    page.click("button[value=on]")
    page.check("[name=sure]", force=True)
    page.click("main form button.next")
    expect(page.locator(".notice.wait")).to_contain_text("Dikumpulkan")
    begun.refresh_from_db()
    assert begun.answers == {"catatan": "Ia menimba air.", "usul": ["Air"], "tabel": [["Puskesmas", ""]]}
    assert "0840" not in "".join(str(one.fields) for one in Entry.objects.all())


def test_every_screen_of_a_task_is_accessible(
    page: Page, begun: Submission, faults_of: Callable[[Page], list[str]]
) -> None:
    page.fill("[name='a.catatan']", PHONE)
    expect(page.locator(".error")).to_be_visible()
    assert faults_of(page) == []
    page.goto(f"/praktik/{begun.pk}/kumpul/")
    assert faults_of(page) == []
    Submission.objects.filter(pk=begun.pk).update(state="handed_in", handed_in_at=THEN, answers=tasks.ANSWERS)
    for address in ("", "tulisan/"):
        page.goto(f"/praktik/{begun.pk}/{address}")
        assert faults_of(page) == []
