"""Somebody to talk to: from a content note to the mentor, and never a wall."""

import pytest

from tests.courses import making

TALK = "/belajar/bicara/"


def test_her_mentor_is_named_with_the_way_to_her(cast, sign_in):
    page = sign_in(cast.seruni).get(TALK).content.decode()
    assert f"Pembimbing Anda: {cast.dahlia.name}" in page
    assert "Bercerita tidak mengubah nilai Anda." in page
    assert 'href="tel:129"' in page


def test_who_has_no_mentor_finds_the_coordinator_and_sapa(cast, sign_in):
    page = sign_in(cast.kenari).get(TALK).content.decode()
    assert "Anda belum punya pembimbing" in page
    assert "koordinator kelompok" in page
    assert 'href="tel:129"' in page
    assert cast.dahlia.name not in page


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        ("http://testserver/belajar/kecil/m1/1/?cek=x", "/belajar/kecil/m1/1/"),
        ("http://lain.example/belajar/kecil/", "/belajar/"),
        ("http://testserver/belajar/bicara/", "/belajar/"),
        ("http://testserver/admin/", "/belajar/"),
        ("", "/belajar/"),
    ],
)
def test_the_way_back_leads_to_the_lesson_she_came_from(cast, sign_in, referer, back):
    page = sign_in(cast.seruni).get(TALK, headers={"Referer": referer}).content.decode()
    assert f'<a class="up" href="{back}">' in page


def test_a_content_note_offers_to_skip_to_rest_and_to_talk(cast, course, sign_in):
    making.enrol(cast.seruni, course)
    page = sign_in(cast.seruni).get("/belajar/kecil/m1/1/").content.decode()
    for words in ('href="#lewat-ketukan"', 'id="lewat-ketukan" tabindex="-1"', "Istirahat dulu", f'href="{TALK}"'):
        assert words in page, words
    note = page.index("Cerita ini menyebut kekerasan di rumah.")
    assert note < page.index("data-noted") < page.index("Ibu Cempaka mengetuk pintu.") < page.index("data-instead")
    assert '<details class="card" data-noted open' not in page


def test_skipping_never_keeps_her_from_finishing(cast, course, sign_in):
    making.enrol(cast.seruni, course)
    page = sign_in(cast.seruni).get("/belajar/kecil/m1/1/").content.decode()
    assert "Selesai, ke pelajaran 2" in page


def test_the_note_of_a_module_offers_to_rest_and_to_talk(cast, course, sign_in):
    making.enrol(cast.seruni, course)
    page = sign_in(cast.seruni).get("/belajar/kecil/m1/").content.decode()
    note = page[page.index("Modul ini menyebut kekerasan.") :]
    assert "Istirahat dulu" in note
    assert f'href="{TALK}"' in note
