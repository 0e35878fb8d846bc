"""Two trainers grade one task, each for herself, then agree: one at a desk, one on a phone without scripts."""

import uuid
from collections.abc import Callable, Mapping

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from assessments import submitting
from assessments.models import Submission
from tests.assessments import tasks
from tests.assessments.school import lay_ground
from tests.cast import THEN, Cast

REMARK = "Rapi sekali. Tulis jamnya."


@pytest.fixture
def begun(live_cast: Cast) -> Submission:
    """Seruni has begun a task that two people grade; Murai is a trainer too, and teaches no class."""
    lay_ground()
    bench = tasks.set_out(live_cast, second=True)
    tasks.make_trainer(live_cast.murai)
    key = bench.written.translation_key
    return submitting.begin(person=live_cast.seruni, task_key=key, submission_id=uuid.uuid4(), now=THEN)


def hand_in(page: Page, submission: Submission) -> None:
    page.goto(f"/praktik/{submission.pk}/")
    page.fill("[name='a.catatan']", "Pukul empat ia menimba air.")
    page.check("[name='a.usul'] >> nth=0", force=True)
    page.fill("[name='a.tabel.1.0']", "Puskesmas")
    page.click("button[value=on]")
    page.wait_for_url("**/kumpul/")
    page.check("[name=sure]", force=True)
    page.click("main form button.next")
    expect(page.locator(".notice.wait")).to_contain_text("Dikumpulkan")


def take(page: Page, submission: Submission) -> None:
    page.goto("/penilaian/")
    page.click(f"form[action$='/{submission.pk}/ambil/'] button")
    page.wait_for_url(f"**/penilaian/{submission.pk}/")


def level(page: Page, code: str, number: int) -> Locator:
    return page.locator(f"[name=level-{code}][value='{number}']")


def give(page: Page, levels: Mapping[str, int]) -> None:
    for code, number in levels.items():
        level(page, code, number).check(force=True)


def agree(page: Page) -> None:
    page.click("#nilai button.btn")


def test_two_who_differ_see_it_and_agree(
    begun: Submission,
    live_cast: Cast,
    page_signed_in: Callable[..., Page],
    desk: BrowserContext,
    phone_without_script: BrowserContext,
    faults_of: Callable[[Page], list[str]],
) -> None:
    hers = page_signed_in(live_cast.seruni)
    hand_in(hers, begun)

    first = page_signed_in(live_cast.anggrek, desk)
    take(first, begun)
    give(first, {"beda": 2, "usul": 3, "nama": 3})
    first.fill("[name=remark]", REMARK)
    first.click("button[value=decide]")
    expect(first.locator("main")).to_contain_text("penilai kedua")
    hers.reload()
    expect(hers.locator(".notice.wait")).to_contain_text("Dikumpulkan")

    second = page_signed_in(live_cast.murai, phone_without_script)
    take(second, begun)
    assert REMARK not in second.content()
    assert second.locator("[data-criterion] input:checked").count() == 0
    give(second, {"beda": 1, "usul": 1, "nama": 3})
    second.click("button[value=decide]")
    second.wait_for_url(f"**/penilaian/{begun.pk}/")  # not to the next: the two have something to talk about
    expect(second.locator("#nilai fieldset")).to_have_count(2)
    expect(second.locator("main")).to_contain_text(REMARK)
    give(second, {"beda": 2, "usul": 2})
    agree(second)
    expect(second.locator("main")).to_contain_text("Usul tersimpan")
    begun.refresh_from_db()
    assert begun.graded_at is None

    first.goto("/penilaian/")
    first.click(f"a[href$='/{begun.pk}/']")
    expect(first.locator("#nilai")).to_contain_text("Murai Kapuk mengusulkan")
    assert level(first, "usul", 2).is_checked()
    assert faults_of(first) == []
    agree(first)
    first.wait_for_url("**/penilaian/")
    expect(first.locator("main")).to_contain_text("77 persen")

    begun.refresh_from_db()
    assert (begun.state, begun.percent, begun.passed) == ("graded", 77, True)
    hers.reload()
    expect(hers.locator("main")).to_contain_text(REMARK)
    assert faults_of(hers) == []
