"""The main job, end to end, in a browser, against the whole product: once with scripts, once without."""

import subprocess
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page

from tests.browser import walk as steps
from tests.browser.walk import Walk, walking

PIN, PASSWORD = "246810", "lopo-demo-2026"
pytestmark = pytest.mark.xdist_group("product")  # one product serves them all
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])


# Who walks with scripts and who without: nobody meets the other's traces.
LEARNER = {True: ("anggota3", "Kenari Gewang"), False: ("nuri", "Nuri Ampupu")}
READY = {True: ("Melati Kusambi", "Cenderawasih Bidara"), False: ("Pipit Kemiri", "")}
USERNAME = {"Melati Kusambi": "anggota2", "Pipit Kemiri": "pipit", "Cenderawasih Bidara": "cenderawasih"}


@SCRIPTS
def test_a_learner_goes_from_her_first_lesson_to_a_passed_exam(browser: Browser, product: str, scripts: bool) -> None:
    with walking(browser, product, scripts=scripts) as walk:
        walk.sign_in(LEARNER[scripts][0], PIN)
        assert walk.path() == "/belajar/"
        steps.read_lessons(walk, scripts=scripts)
        walk.go(f"{steps.MODULE}ujian/")
        walk.press("main form button.next")
        asked = steps.sit_exam(walk, wrong_critical=True)
        assert asked == 8
        first_result = walk.text()
        assert walk.page.locator("main a.hit[href^='/belajar/dasar/m1/']").count() >= 1
        walk.press("main form button.plain")
        steps.sit_exam(walk, wrong_critical=False)
        assert walk.text() != first_result
        assert walk.page.locator("main .state.done").count() >= 1
        walk.go("/belajar/")
        assert walk.page.locator("ol.path .ring.done").count() == 1


@SCRIPTS
def test_hours_are_logged_verified_returned_and_mended(browser: Browser, product: str, scripts: bool) -> None:
    username, name = LEARNER[scripts]
    with walking(browser, product, scripts=scripts) as coordinator:
        coordinator.sign_in("koordinator", PASSWORD)
        coordinator.go(f"/koordinasi/orang/?q={name.split()[0]}")
        coordinator.press("main a.hit")
        coordinator.page.select_option("[name=mentor]", label="Dahlia Kemiri")
        coordinator.page.fill("[name=starts_on]", "2026-01-05")
        coordinator.press("form[action$='/tempat/'] button")
        assert "Mama Dahlia" in coordinator.text()
    with walking(browser, product, scripts=scripts) as learner, walking(browser, product, scripts=scripts) as mentor:
        learner.sign_in(username, PIN)
        learner.go("/magang/")
        steps.log_hours(learner, days_ago=2, start="08:00", note="Nomornya 0812 0000 1111.")
        assert learner.page.locator("form .wrong [name=note]").count() == 1
        assert "0812" not in learner.page.content()
        steps.log_hours(learner, days_ago=2, start="08:00", note="Saya belajar mendengar tanpa menyela.")
        steps.log_hours(learner, days_ago=2, start="08:30", note="Saya belajar menunggu.")
        assert learner.page.locator("form#catat [name=note]").input_value() == "Saya belajar menunggu."
        steps.log_hours(learner, days_ago=3, start="09:00", note="Saya belajar menunggu.")
        assert learner.page.locator("#month ~ ul .state.wait, ul.rows.cols .state.wait").count() == 2
        mentor.sign_in("pembimbing", PIN)
        judge_hers(mentor, name.split()[0])
        learner.go("/magang/")
        assert learner.page.locator("ul.rows.cols .state.done").count() == 1
        learner.press("ul.rows.cols a.more")
        steps.log_hours(learner, days_ago=3, start="10:00", note="Saya belajar menunggu.")
        assert learner.page.locator("ul.rows.cols .state.wait").count() == 1


def judge_hers(mentor: Walk, name: str) -> None:
    """Verify the first of her entries and return the next with a reason."""
    hers = mentor.page.locator("section.card", has=mentor.page.locator("h2", has_text=name))
    hers.locator("input[type=checkbox]").first.check(force=True)
    mentor.press("form#verify button.next")
    hers = mentor.page.locator("section.card", has=mentor.page.locator("h2", has_text=name))
    hers.locator("summary").first.click()
    hers.locator("textarea").first.fill("Jam mulai belum cocok.")
    hers.locator("button.stop").first.click()
    mentor.page.wait_for_load_state()
    mentor.look()


@SCRIPTS
def test_she_writes_her_reflection_and_signs_the_code_of_ethics(browser: Browser, product: str, scripts: bool) -> None:
    with walking(browser, product, scripts=scripts) as walk:
        walk.sign_in(LEARNER[scripts][0], PIN)
        walk.go("/refleksi/")
        walk.page.locator("textarea").nth(1).fill("Saya lebih sabar mendengar.")
        walk.page.locator("[name=willing]").first.check(force=True)
        walk.press("main form button.next")
        walk.go("/sertifikat/kode-etik/")
        walk.page.locator("[name=agree]").check(force=True)
        walk.press("main form button.next")
        walk.go("/sertifikat/")
        assert walk.page.locator("main .ring.done").count() == 2


@SCRIPTS
def test_a_coordinator_certifies_a_stranger_verifies_and_revoking_shows(
    browser: Browser, product: str, scripts: bool, tmp_path: Path
) -> None:
    first, second = READY[scripts]
    with walking(browser, product, scripts=scripts) as walk:
        walk.sign_in("koordinator2", PASSWORD)
        walk.go("/koordinasi/")
        assert first not in walk.text()
    with walking(browser, product, scripts=scripts) as walk:
        walk.sign_in("koordinator", PASSWORD)
        certify(walk, first)
        file_of_first = walk.path()
        if second:
            certify(walk, second)
            walk.press("a[href$='/cabut/']")
            walk.press("main form button.stop")
            walk.confirm_password(PASSWORD)
            walk.press("a[href^='/v/']")
            assert walk.page.locator(".verdict.stop").count() == 1
    with walking(browser, product, scripts=scripts, looks=False) as other:
        other.sign_in("koordinator2", PASSWORD)
        assert other.page.goto(product + file_of_first).status == 404  # type: ignore[union-attr]
    with walking(browser, product, scripts=scripts) as holder:
        holder.sign_in(USERNAME[first], PIN)
        holder.go("/sertifikat/")
        papers = steps.save_papers(holder, tmp_path)
    token_address = read_qr(papers, tmp_path)
    assert token_address == token_address.upper()
    path = token_address.partition("/V/")[2]
    for spelled in (f"/V/{path}", f"/v/{path.lower()}"):
        with walking(browser, product, scripts=scripts) as stranger:
            stranger.go(spelled)
            assert stranger.page.locator(".verdict.done").count() == 1
            assert first in stranger.text()
            assert "Pendamping 2026" in stranger.text()
    with walking(browser, product, scripts=scripts) as stranger:
        stranger.go(f"/V/{path[:-6]}AAAAAA")
        assert stranger.page.locator(".verdict.done").count() == 0


def certify(walk: Walk, name: str) -> None:
    walk.go("/koordinasi/")
    walk.press(f"main a.hit:has-text('{name}')")
    walk.press("a[href$='/sahkan/']")
    walk.confirm_password(PASSWORD)
    if walk.path().endswith("/sahkan/"):
        walk.press("main form button.next")
        walk.confirm_password(PASSWORD)
    assert walk.page.locator("a[href$='/cabut/']").count() == 1, walk.text()


def read_qr(papers: dict[str, Path], folder: Path) -> str:
    """The QR of the printed PDF and of the picture, each by two decoders: all four must agree."""
    sheet = folder / "sheet.png"
    pypdfium2.PdfDocument(papers["pdf"])[0].render(scale=3).to_pil().save(sheet)
    found = set()
    for picture in (sheet, papers["png"]):
        found |= {one.text for one in zxingcpp.read_barcodes(Image.open(picture))}
        zbar = subprocess.run(["zbarimg", "--quiet", "--raw", str(picture)], capture_output=True, text=True, check=True)
        found.add(zbar.stdout.strip())
    assert len(found) == 1
    return found.pop()


def test_a_trainer_changes_a_lesson_and_the_learner_keeps_her_progress(browser: Browser, product: str) -> None:
    with (
        walking(browser, product, scripts=True, looks=False) as learner,
        walking(browser, product, scripts=False, looks=False) as without,
    ):
        learner.sign_in("anggota", PIN)
        without.sign_in("kemuning", PIN)
        learner.go("/belajar/dasar/m1/1/")
        assert learner.page.locator("form[action='/belajar/selesai/']").count() == 0
        context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="id-ID")
        edit_first_lesson(Walk(context.new_page(), product, looks=False))
        context.close()
        for walk in (learner, without):
            walk.go("/belajar/dasar/m1/1/")
            assert "Kalimat baru dari pelatih." in walk.text()
            assert walk.page.locator("form[action='/belajar/selesai/']").count() == 0, "she lost her progress"


def write_into_first_text(page: Page, sentence: str) -> None:
    """The editor takes keys once its scripts have settled; what it took stands in the form a moment later."""
    editor = page.locator(".public-DraftEditor-content").first
    for _ in range(20):
        editor.click()
        page.keyboard.press("Control+End")
        page.keyboard.type(sentence)
        if sentence.strip() in editor.inner_text():
            fields = "Array.from(document.querySelectorAll('input[name^=body-]')).some(one => one.value.includes(said))"
            page.wait_for_function(f"said => {fields}", arg=sentence.strip())
            return
    raise AssertionError("The editor took no text.")


def edit_first_lesson(trainer: Walk) -> None:
    """Change a sentence in the editor, look at the preview, publish."""
    page = trainer.page
    page.set_default_timeout(60_000)
    page.goto(trainer.address + "/akun/login/")
    page.fill("[name=login]", "pelatih")
    page.fill("[name=password]", PASSWORD)
    page.click("main form button.next")
    page.goto(trainer.address + "/belajar/dasar/m1/1/")
    page.goto(trainer.address + "/admin/pages/search/?q=kelamin")
    page.locator("a[href*='/edit/']").first.click()
    page.wait_for_load_state("networkidle")
    write_into_first_text(page, " Kalimat baru dari pelatih.")
    page.locator(
        "[data-side-panel-toggle=preview], button[aria-label*='ratinjau'], button[aria-label*='review']"
    ).first.click()
    preview = page.frame_locator("iframe[data-preview-iframe], #w-preview-iframe, iframe[title]").first
    preview.get_by_text("Kalimat baru dari pelatih.").first.wait_for()
    page.locator("footer [data-w-dropdown-target=toggle], .footer [data-w-dropdown-target=toggle]").first.click()
    page.locator("button[name=action-publish]").first.click()
    page.locator(".messages .success, .messages li.success").first.wait_for()
