"""Cards as large as a bank card, and the looks an organisation chooses: readable, neutral, inside the paper."""

import io
import re
from dataclasses import replace

import pypdf
import pytest
import zxingcpp
from PIL import Image, ImageDraw

from certificates.paper.layout import Look, SheetData, Signatory
from certificates.paper.pdf import card_pdf, cards_pdf, certificate_pdf
from certificates.paper.png import certificate_png
from certificates.rules import colours
from tests.certificates.test_paper import drawn, edge_is_clean, elements, keys, melati, sheet_for
from tests.house.test_words import BETRAYING

__all__ = ["keys", "melati"]  # fixtures
POINTS = 72 / 25.4
LONG = "Maria Goreti Yosefina Kasuari Anggrek Bidara Kenari Ampupu L."


def text_of(document: bytes, page: int = 0) -> str:
    return " ".join(pypdf.PdfReader(io.BytesIO(document)).pages[page].extract_text().split())


def signature() -> bytes:
    picture = Image.new("RGBA", (300, 100), (0, 0, 0, 0))
    ImageDraw.Draw(picture).line([(10, 90), (90, 10), (160, 80), (290, 30)], fill=(20, 20, 90, 255), width=5)
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def chosen(sheet: SheetData, **look: object) -> SheetData:
    given = {"colours": "leaf", "logo": signature(), "above": "Keputusan 12/2026", "below": "Salinan sah."}
    names = ("Soka Ampupu", "Anggrek Bidara", "Jati Kapuk")
    signing = tuple(Signatory(name, "Ketua", signature()) for name in names)
    return replace(sheet, look=Look(**{**given, **look}), signatories=signing)


@pytest.mark.parametrize("name", sorted(colours.SCHEMES))
def test_every_colour_that_can_be_chosen_can_be_read(name: str) -> None:
    scheme = colours.scheme(name)
    for text in (scheme.name, colours.INK, colours.SOFT):
        assert colours.contrast(text, colours.PAPER) >= colours.LEAST_CONTRAST
    assert colours.contrast(scheme.band, colours.PAPER) >= colours.LEAST_CONTRAST


def test_contrast_is_counted_as_the_standard_counts_it() -> None:
    assert colours.contrast("#ffffff", "#000000") == pytest.approx(21)
    assert colours.contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
    assert colours.scheme("gone") == colours.scheme(colours.USUAL)


def test_a_card_is_as_large_as_a_bank_card_and_says_the_least(melati: SheetData) -> None:
    made = card_pdf(melati)
    reader = pypdf.PdfReader(io.BytesIO(made))
    sizes = {(round(page.mediabox.width / POINTS, 1), round(page.mediabox.height / POINTS, 1)) for page in reader.pages}
    assert sizes == {(85.6, 54.0)}
    front, back = text_of(made), text_of(made, 1)
    for said in ("Melati Kusambi", "Pendamping 2026", "11 November 2029", melati.code):
        assert said in front
    assert melati.group not in front + back
    assert [found.text for found in zxingcpp.read_barcodes(drawn(made, 1))] == [melati.address]


def test_a_card_is_marked_as_accessible_and_lasting_and_its_title_betrays_nothing(melati: SheetData) -> None:
    reader = pypdf.PdfReader(io.BytesIO(card_pdf(melati)))
    described = reader.xmp_metadata.stream.get_data().decode()
    assert re.search(r"<pdfuaid:part>1<", described)
    assert re.search(r"<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A<", described)
    assert reader.metadata.title == f"Kartu {melati.code}"
    assert not BETRAYING.search(described)
    assert "/H1" in [one["/S"] for one in elements(reader.trailer["/Root"]["/StructTreeRoot"]["/K"])]


@pytest.mark.parametrize(
    "name", ["Ani", LONG, "Maximilianafransiskaaleksandriagoretiyosefinakusambilontarra", "Мелати", "ملاتي كوسامبي"]
)
def test_any_name_fits_on_the_card(name: str, keys: object) -> None:
    page = drawn(card_pdf(sheet_for(name, keys)), 0, 200).convert("L")
    wide, high = page.size
    right = page.crop((int(wide * 83 / 85.6), 0, wide, high))
    assert right.getextrema()[0] > 250


def test_cards_of_many_lie_ten_on_a_page_each_back_behind_its_front(keys: object) -> None:
    sheets = [sheet_for(f"Melati {number}", keys) for number in range(13)]
    made = cards_pdf(sheets)
    assert len(pypdf.PdfReader(io.BytesIO(made)).pages) == 4
    assert "Melati 9" in text_of(made)
    assert "Melati 10" in text_of(made, 2)
    page = drawn(made, 1)
    found = {one.text: one.position.top_left.x > page.width / 2 for one in zxingcpp.read_barcodes(page)}
    assert found == {sheet.address: place % 2 == 0 for place, sheet in enumerate(sheets[:10])}


def test_logo_signatures_and_both_lines_are_drawn_and_can_be_heard(melati: SheetData) -> None:
    made = certificate_pdf(chosen(melati))
    assert "Keputusan 12/2026" in text_of(made)
    assert "Salinan sah." in text_of(made)
    tree = pypdf.PdfReader(io.BytesIO(made)).trailer["/Root"]["/StructTreeRoot"]["/K"]
    heard = [one["/Alt"] for one in elements(tree) if one["/S"] == "/Figure"]
    assert heard[0] == "Logo Yayasan Lontar Raya"
    assert "Tanda tangan Jati Kapuk" in heard
    assert edge_is_clean(drawn(made, 0, 80))


@pytest.mark.parametrize("name", [LONG, "Ani", "Мелати Кусамби", "ꦩꦼꦭꦠꦶ ꦏꦸꦱꦩ꧀ꦧꦶ"])
def test_a_full_look_holds_any_name(name: str, keys: object) -> None:
    full = chosen(sheet_for(name, keys), above="Menurut keputusan " * 6, below="Berlaku di seluruh wilayah " * 5)
    made = certificate_pdf(full)
    assert len(pypdf.PdfReader(io.BytesIO(made)).pages) == 2
    assert edge_is_clean(drawn(made, 0, 80))
    assert len(certificate_png(full)) < 150_000


def test_a_neutral_front_says_nothing_of_the_subject_and_the_back_has_the_topics(melati: SheetData) -> None:
    neutral = chosen(melati, is_neutral=True)
    for made in (certificate_pdf(neutral), card_pdf(neutral)):
        front = text_of(made)
        assert "Sertifikat Pelatihan" in front
        assert not BETRAYING.search(front)
        for word in ("Pendamping", "Perempuan", "kode etik"):
            assert word not in front
    assert "Materi 8" in text_of(certificate_pdf(neutral), 1)
    assert "Pendamping 2026" in text_of(certificate_pdf(melati))
