"""A lesson with every kind of block in a real browser: by hand, by screen reader's rules, on paper, without scripts."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pypdf import PdfReader

from courses import outline
from tests.assessments.school import lay_ground
from tests.cast import Cast
from tests.courses import making
from tests.courses.test_block_files import BLOCKS, folder_with

LESSON = "/belajar/kecil/m1/2/"
A5 = (420, 595)  # points
TERM = "\n::: term\nterm: Kepercayaan\nmeaning: Keyakinan bahwa cerita dijaga.\n:::\n"

OpenFor = Callable[..., Page]
FaultsOf = Callable[[Page], list[str]]


@pytest.fixture
def lesson(live_cast: Cast, tmp_path: Path, page_signed_in: OpenFor) -> Page:
    text = BLOCKS.replace("Bicaralah **bertiga**.", "Apa arti kepercayaan?") + TERM
    lay_ground()
    making.load(folder_with(tmp_path, text))
    plan = outline.plan_of("kecil")
    assert plan is not None
    making.enrol(live_cast.seruni, plan)
    page = page_signed_in(live_cast.seruni)
    page.goto(LESSON)
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 768])
def test_every_block_reads_well_and_nothing_runs_out_of_the_page(
    lesson: Page, faults_of: FaultsOf, width: int, scheme: str
) -> None:
    lesson.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    lesson.set_viewport_size({"width": width, "height": 640})
    assert faults_of(lesson) == []
    assert lesson.evaluate("document.documentElement.scrollWidth") == width


@pytest.fixture
def wide(lesson: Page) -> Page:
    """The lesson at a desk, where a printer stands."""
    lesson.set_viewport_size({"width": 1024, "height": 700})
    with lesson.expect_response("**/print*.css"):
        lesson.reload()
    return lesson


def on_paper(page: Page) -> tuple[list[tuple[int, int]], str]:
    """The sizes of the sheets in points, and all words on them."""
    sheets = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
    sizes = [(round(float(one.mediabox.width)), round(float(one.mediabox.height))) for one in sheets]
    return sizes, " ".join(" ".join(one.extract_text() for one in sheets).split())


def test_a_lesson_is_one_sheet_of_a5_without_anything_to_press(wide: Page) -> None:
    sizes, words = on_paper(wide)
    assert len(sizes) <= 2
    assert set(sizes) == {A5}
    for absent in ("Keluar cepat", "Modul 1", "Selesai", "Daftar pelajaran", "Cetak", "Catatan isi", "Bantuan"):
        assert absent not in words, absent
    for present in ("Duduklah sama tinggi.", "Kesepakatan orang", "Tidak boleh", "Boleh", "Surat identitas"):
        assert present in words, present
    assert "Ia dirawat lebih dulu." in words  # what is folded on the screen


def test_a_noted_dialogue_gives_way_on_paper_unless_she_opened_it(wide: Page) -> None:
    _sizes, words = on_paper(wide)
    assert "Tulis dua kalimat pembuka." in words
    assert "Boleh saya bercerita?" not in words
    for task, closed in (("Gambarlah pintu rumah Anda.", "Ia menunggu."), ("Ceritakan satu pertolongan", "berbahaya?")):
        assert task in words
        assert closed not in words
    wide.locator("[data-noted] summary").first.click()
    _sizes, words = on_paper(wide)
    assert "Boleh saya bercerita?" in words
    assert "Tulis dua kalimat pembuka." not in words
    expect(wide.get_by_text("Ia dirawat lebih dulu.")).not_to_be_visible()  # folded again


def test_a_phone_fetches_the_sheet_only_when_she_prints(lesson: Page) -> None:
    assert lesson.locator("link[media=print]").count() == 0
    lesson.evaluate("window.print = () => { window.printed = true }")
    with lesson.expect_response("**/print*.css"):
        lesson.get_by_role("button", name="Cetak").click()
    lesson.wait_for_function("window.printed")


def test_skipping_leads_to_the_other_task_and_a_word_to_its_meaning(lesson: Page) -> None:
    lesson.get_by_role("link", name="Lewati percakapan").click()
    expect(lesson.locator("#lewat-sumur")).to_be_focused()
    expect(lesson.locator("#lewat-sumur")).to_be_in_viewport()
    word = lesson.get_by_role("link", name="kepercayaan")
    assert word.get_attribute("aria-describedby") == "kata-1"
    word.click()
    expect(lesson.locator("#kata-1")).to_be_in_viewport()


def test_without_scripts_she_rests_opens_and_goes_on(
    lesson: Page, live_cast: Cast, page_signed_in: OpenFor, phone_without_script: BrowserContext
) -> None:
    page = page_signed_in(live_cast.seruni, phone_without_script)
    page.goto(LESSON)
    page.get_by_text("Istirahat dulu").first.click()
    expect(page.get_by_text("Halaman ini menunggu Anda.").first).to_be_visible()
    page.get_by_text("Buka percakapan").click()
    expect(page.get_by_text("Boleh saya bercerita?")).to_be_visible()
    expect(page.get_by_role("button", name="Cetak")).to_have_count(0)
    page.get_by_role("link", name="Tanya pembimbing saya").first.click()
    expect(page.get_by_text(f"Pembimbing Anda: {live_cast.dahlia.name}")).to_be_visible()
    page.get_by_role("link", name="Kembali").click()
    expect(page).to_have_url(f"{page.url.partition('/belajar/')[0]}{LESSON}")
