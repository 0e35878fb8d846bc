"""Blocks as a learner meets them: words beside every colour, headings beside every cell, nothing stored."""

import re

import pytest

from courses import outline
from tests.courses import making
from tests.courses.test_block_files import BLOCKS, folder_with
from tests.house.plan import ROOT

PRINT = (ROOT / "lms" / "static" / "lms" / "css" / "print.css").read_text("utf-8")


@pytest.fixture
def page(cast, db, tmp_path, sign_in):
    making.load(folder_with(tmp_path, BLOCKS))
    making.enrol(cast.seruni, outline.plan_of("kecil"))
    return sign_in(cast.seruni).get("/belajar/kecil/m1/2/").content.decode()


def between(page, start, end):
    return page[page.index(start) : page.index(end, page.index(start))]


def test_a_gallery_shows_its_pictures_in_order_with_their_words(page):
    drawn = between(page, "Bertemu seorang anak", "</ol>")
    assert re.findall(r'alt="([^"]*)"', drawn) == ["Dua orang duduk sama tinggi.", "Seorang anak menggambar."]
    assert re.findall(r"<b>(\d)</b> ([^<]*)", drawn) == [("1", "Duduklah sama tinggi."), ("2", "Biarkan anak memilih.")]
    assert drawn.count('loading="lazy"') == 2


def test_a_table_keeps_its_headings_beside_each_cell_for_a_phone(page):
    drawn = between(page, "<caption>Jenis kelamin dan gender", "</table>")
    assert '<th role="columnheader" scope="col">Gender</th>' in drawn
    assert '<th role="rowheader" scope="row">Asalnya</th>' in drawn
    assert '<td role="cell" data-head="Gender">Kesepakatan orang</td>' in drawn


def test_a_decision_is_a_word_and_a_sign_never_a_colour_alone(page):
    drawn = between(page, "<caption>Bolehkah diselesaikan di desa?", "</table>")
    for kind, word in (("stop", "Tidak boleh"), ("done", "Boleh")):
        assert re.search(rf'class="state {kind}">\s*<svg class="i".*?</svg>\s*{word}\b', drawn, re.S), word
    assert "UU TPKS 23" in drawn


def test_a_dialogue_with_a_note_stays_closed_and_names_both_voices(page):
    drawn = page[page.index('id="percakapan-sumur"') :]
    assert '<details class="card" data-noted><summary>Buka percakapan</summary>' in drawn
    assert "<b>Ibu Cempaka</b> <q>Boleh saya bercerita?</q>" in drawn
    assert '<li class="other"><b>Ibu Seroja</b>' in drawn
    assert 'href="#lewat-sumur"' in drawn
    assert 'id="lewat-sumur" tabindex="-1" data-instead' in drawn


def test_pictures_and_a_talk_with_a_note_stay_closed_and_who_skips_them_finds_a_task(page):
    for note, open_words, task in (
        ("Gambar ini menyebut kekerasan.", 'alt="Pintu tertutup."', "Gambarlah pintu rumah Anda."),
        ("Pertanyaan ini menyebut ancaman.", "Apa yang berbahaya?", "Ceritakan satu pertolongan kecil."),
    ):
        drawn = page[page.index(note) :]
        place = re.search(r'href="#(lewat-[^"]+)"', drawn)[1]
        closed = drawn.index('<details class="card" data-noted><summary>Buka bagian ini</summary>')
        assert closed < drawn.index(open_words) < drawn.index(f'id="{place}" tabindex="-1" data-instead')
        assert drawn.index("data-instead") < drawn.index(task)
        assert page.count(f'id="{place}"') == 1


def test_a_checklist_has_boxes_that_keep_nothing(page):
    drawn = between(page, '<legend class="vh">Di dalam tas', "</fieldset>")
    assert drawn.count('<input type="checkbox" autocomplete="off">') == 2
    assert "name=" not in drawn
    assert "Centang tidak disimpan." in drawn


def test_a_need_opens_to_its_service_by_name_and_leads_to_help(page):
    drawn = page[page.index("Ke mana</h2>") :]
    assert "<summary>Ia terluka</summary>" in drawn
    assert "Puskesmas" in drawn
    assert "SAPA 129 (telepon, siang dan malam)" in drawn
    assert '<a class="more noprint" href="/bantuan/">Nomor dan bantuan</a>' in drawn


def test_a_talk_and_a_pause_say_what_they_are(page):
    assert "Bicara dalam kelompok · 15 menit" in page
    assert "Bicaralah <b>bertiga</b>." in page
    assert "Istirahat sejenak" in page
    assert "Tarik napas pelan." in page


def test_the_sheet_for_paper_is_loaded_for_print_only_and_costs_a_phone_nothing(page):
    sheet = r"[^\"]*lms/css/print[^\"]*\.css"
    assert re.search(rf'<noscript><link rel="stylesheet" href="{sheet}" media="print"></noscript>', page)
    assert re.search(rf'<button class="btn plain" type="button" data-paper="{sheet}" hidden>', page)
    assert len(re.findall(r"<link rel=.stylesheet", page)) == 2


def test_on_paper_stands_no_navigation_and_a_noted_story_gives_way_to_its_neutral_task():
    assert "size: A5" in PRINT
    hidden = next(rule for rule in PRINT.splitlines() if rule.strip().startswith(".up, .steps"))
    for name in (".up", ".steps", ".pager", "nav", "button", "[role=status]"):
        assert name in hidden
    noted = next(rule for rule in PRINT.splitlines() if rule.strip().startswith("[data-noted]:not([open])"))
    assert "[data-noted][open] ~ [data-instead]" in noted
    assert noted.rstrip().endswith("{ display: none }")


def test_a_picture_of_a_gallery_counts_in_what_a_lesson_weighs(db, tmp_path):
    making.load(folder_with(tmp_path, BLOCKS))
    page = making.lesson("m1/2")
    pictures = [step["image"].light(640).file.size for step in page.body[1].value["steps"]]
    with_pictures = page.weight
    page.body = [(block.block_type, block.value) for place, block in enumerate(page.body) if place != 1]
    page.save_revision().publish()
    assert sum(pictures) < with_pictures - making.lesson("m1/2").weight < sum(pictures) + 1_000
