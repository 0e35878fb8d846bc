"""Melati's certificate on paper and as a picture: readable by people, by machines and by two decoders."""

import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdf
import pypdfium2
import pytest
import zxingcpp
from PIL import Image
from pypdf.generic import DictionaryObject

from certificates.paper import press
from certificates.paper.layout import Line, SheetData, Signatory, words_of
from certificates.paper.pdf import certificate_pdf
from certificates.paper.png import certificate_png
from certificates.rules.credential import Statement, read_token, token_of, web_address
from lms.kit import codes, signing
from tests.house.test_words import BETRAYING

SITE = "https://lopo.contoh"
TOPICS = (5, 6, 8, 6, 6, 5, 7, 5)
MELATI = Statement(
    name="Melati Kusambi",
    code=codes.from_bits(0x123456789ABCDEF012),
    number=14,
    standard="pendamping-2026",
    version=1,
    topic_hours=TOPICS,
    practice_minutes=3600,
    issued_on=date(2026, 11, 12),
    valid_from=date(2026, 11, 12),
    expires_on=date(2029, 11, 11),
)


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("keys")
    signing.make_key_if_none(folder)
    return folder


def sheet_for(name: str, keys: Path) -> SheetData:
    token = token_of(replace(MELATI, name=name), signing.active_key(keys))
    return SheetData(
        organisation="Yayasan Lontar Raya",
        group="Kelompok Perempuan Air Lontar",
        name=name,
        standard="Pendamping 2026",
        topics=tuple(Line(f"Materi {place}", hours * 60) for place, hours in enumerate(TOPICS, 1)),
        practice=(Line("Kunjungan rumah", 8 * 60), Line("Supervisi dan refleksi", 52 * 60 + 30)),
        valid_from=MELATI.valid_from,
        expires_on=MELATI.expires_on,
        signatories=(Signatory("Soka Ampupu", "Koordinator"), Signatory("Anggrek Bidara", "Pelatih")),
        code=codes.pretty(MELATI.code),
        number="00014/2026",
        address=web_address(SITE, token),
        check_at="lopo.contoh/v",
    )


@pytest.fixture(scope="module")
def melati(keys: Path) -> SheetData:
    return sheet_for("Melati Kusambi", keys)


@pytest.fixture(scope="module")
def paper(melati: SheetData) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(certificate_pdf(melati)))


def elements(node: object) -> Iterator[DictionaryObject]:
    """Every element of the structure tree, in reading order."""
    node = node.get_object()
    if isinstance(node, list):
        for one in node:
            yield from elements(one)
    elif isinstance(node, DictionaryObject) and "/S" in node:
        yield node
        if "/K" in node:
            yield from elements(node["/K"])


def drawn(document: bytes, page: int = 0, dots_per_inch: int = 150) -> Image.Image:
    with pypdfium2.PdfDocument(document) as opened:
        return opened[page].render(scale=dots_per_inch / 72).to_pil()


def read_by_zbar(image: Image.Image, folder: Path) -> str:
    image.save(folder / "page.png")
    found = subprocess.run(["zbarimg", "--quiet", "--raw", folder / "page.png"], capture_output=True, check=True)
    return found.stdout.decode().strip()


needs_zbar = pytest.mark.skipif(
    not shutil.which("zbarimg"), reason="zbarimg (Debian package zbar-tools) is not installed"
)


def test_the_sheet_says_who_what_how_long_and_until_when(paper: pypdf.PdfReader) -> None:
    front, back = (" ".join(page.extract_text().split()) for page in paper.pages)
    for said in (
        "Yayasan Lontar Raya",
        "bersama Kelompok Perempuan Air Lontar",
        "Sertifikat Pendamping",
        "Melati Kusambi",
        "8 modul (48 jam belajar) dan 60½ jam magang",
        "12 November 2026 – 11 November 2029",
        "Soka Ampupu",
        "Pelatih",
        codes.pretty(MELATI.code),
        "lopo.contoh/v",
    ):
        assert said in front
    for said in ("Materi dan jam", "Melati Kusambi", "00014/2026", "Materi 8 5 jam", "Jumlah 48 jam", "52½ jam"):
        assert said in back


def test_the_document_is_marked_as_accessible_and_lasting(paper: pypdf.PdfReader) -> None:
    root = paper.trailer["/Root"]
    described = paper.xmp_metadata.stream.get_data().decode()
    assert root["/Lang"] == "id"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert re.search(r"<pdfuaid:part>1<", described)
    assert re.search(r"<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A<", described)


def test_headings_tables_and_the_code_can_be_heard(paper: pypdf.PdfReader) -> None:
    found = list(elements(paper.trailer["/Root"]["/StructTreeRoot"]["/K"]))
    kinds = [element["/S"] for element in found]
    assert [kind for kind in kinds if kind.startswith("/H")] == ["/H1", "/H2", "/H3", "/H3"]
    assert kinds.count("/Table") == 2
    assert kinds.count("/TH") == 4
    pictures = [element for element in found if element["/S"] == "/Figure"]
    assert [picture["/Alt"] for picture in pictures] == [
        f"Kode QR untuk memeriksa sertifikat {codes.pretty(MELATI.code)}"
    ]


def test_title_outline_and_metadata_betray_nothing(paper: pypdf.PdfReader) -> None:
    outline = re.findall(r"'/Title': '([^']*)'", str(paper.outline))
    assert paper.metadata.title == f"Sertifikat {codes.pretty(MELATI.code)}"
    assert paper.metadata.author is None
    assert not BETRAYING.search(
        " ".join([str(paper.metadata), paper.xmp_metadata.stream.get_data().decode(), *outline])
    )


def test_the_letters_travel_with_the_document(paper: pypdf.PdfReader) -> None:
    fonts = [font.get_object() for page in paper.pages for font in page["/Resources"]["/Font"].values()]
    files = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object() for font in fonts]
    assert fonts
    assert all({"/FontFile2", "/FontFile3"} & set(file) for file in files)


def test_the_same_facts_give_the_same_bytes(melati: SheetData) -> None:
    assert certificate_pdf(melati) == certificate_pdf(melati)
    assert certificate_png(melati) == certificate_png(melati)


def test_zxing_reads_the_printed_code_and_the_public_key_verifies_it(melati: SheetData, keys: Path) -> None:
    (found,) = zxingcpp.read_barcodes(drawn(certificate_pdf(melati)))
    assert found.text == melati.address
    token = found.text.removeprefix("HTTPS://LOPO.CONTOH/V/")
    assert read_token(token, signing.public_keys(keys).values()) == MELATI


@needs_zbar
def test_zbar_reads_the_printed_code(melati: SheetData, tmp_path: Path) -> None:
    assert read_by_zbar(drawn(certificate_pdf(melati)), tmp_path) == melati.address


@needs_zbar
def test_both_decoders_read_the_picture_also_after_a_chat_shrank_it(melati: SheetData, tmp_path: Path) -> None:
    picture = Image.open(io.BytesIO(certificate_png(melati))).convert("RGB")
    shrunk = io.BytesIO()
    picture.resize((720, 1000), Image.Resampling.LANCZOS).save(shrunk, "JPEG", quality=40)
    for image in (picture, Image.open(shrunk)):
        assert [found.text for found in zxingcpp.read_barcodes(image)] == [melati.address]
        assert read_by_zbar(image, tmp_path) == melati.address


def test_the_picture_is_light_and_carries_no_hidden_words(melati: SheetData) -> None:
    made = certificate_png(melati)
    picture = Image.open(io.BytesIO(made))
    assert picture.size == (1080, 1500)
    assert len(made) < 150_000
    assert not set(picture.info) - {"transparency", "dpi"}


@pytest.mark.parametrize(
    "name",
    [
        "Ani",
        "Maria #[evil] *x* _y_ $z$ @a \\n <b> `c` = d // e",
        '#read("../layout.py") #sys.inputs',
        "Maria Goreti Yosefina Kasuari Anggrek Bidara Kenari Ampupu L.",
        "Maximilianafransiskaaleksandriagoretiyosefinakusambilontarra",
        "Ki'e Kot’olin Banʼunu É. Ŋ",
        "Мелати Кусамби",
        "Μελάτι Κουσάμπι",
    ],
)
def test_any_name_stays_text_and_inside_the_sheet(name: str, keys: Path) -> None:
    made = certificate_pdf(sheet_for(name, keys))
    with pypdfium2.PdfDocument(made) as opened:
        assert len(opened) == 2
        assert name.replace(" ", "") in re.sub(r"\s", "", opened[0].get_textpage().get_text_bounded())
    assert edge_is_clean(drawn(made, dots_per_inch=80))
    assert len(certificate_png(sheet_for(name, keys))) < 150_000


@pytest.mark.parametrize("name", ["ꦩꦼꦭꦠꦶ ꦏꦸꦱꦩ꧀ꦧꦶ", "ᨆᨒᨈᨗ", "ملاتي كوسامبي"])
def test_letters_of_the_archipelago_are_drawn_as_they_are(name: str, keys: Path) -> None:
    made = certificate_pdf(sheet_for(name, keys))
    assert set(name) - {" "} <= set(pypdf.PdfReader(io.BytesIO(made)).pages[0].extract_text())
    assert edge_is_clean(drawn(made, dots_per_inch=80))


def edge_is_clean(page: Image.Image) -> bool:
    """Nothing is written just before the right border, 284.4 to 286 mm."""
    width, height = page.size
    strip = page.convert("L").crop((int(width * 284.4 / 297), 0, int(width * 286 / 297), height))
    return strip.getextrema()[0] > 250


@pytest.mark.parametrize(
    ("name", "printed"), [("王丽 Kusambi", "WangLi Kusambi"), ("मेलाती", "melati"), ("Melati 🌸", "Melati")]
)
def test_a_letter_without_a_shape_is_written_in_latin(name: str, printed: str, keys: Path) -> None:
    front = pypdf.PdfReader(io.BytesIO(certificate_pdf(sheet_for(name, keys)))).pages[0].extract_text()
    assert printed in front


def test_a_big_organisation_and_a_long_standard_still_fit(melati: SheetData) -> None:
    full = replace(
        melati,
        organisation="Yayasan Perempuan Mandiri Sejahtera Lontar Raya dan Kusambi Gewang Bersatu",
        group="Kelompok Perempuan dan Anak Muda Desa Lembah Gewang Kecamatan Padang Kusambi Bagian Utara",
        signatories=(*melati.signatories, Signatory("Jati Kapuk", "Ketua Yayasan")),
        check_at="belajar.yayasanlontarrayabersatu.or.id/v",
        topics=tuple(Line(f"Materi nomor {place} dengan judul yang cukup panjang", 90) for place in range(20)),
    )
    made = certificate_pdf(full)
    assert len(pypdf.PdfReader(io.BytesIO(made)).pages) == 2
    assert all(edge_is_clean(drawn(made, page, 80)) for page in (0, 1))


def test_without_a_group_a_number_or_observed_skills_nothing_is_left_dangling(melati: SheetData) -> None:
    plain = words_of(replace(melati, group="", number=""))
    assert plain["with_group"] == ""
    assert "Nomor" not in str(plain["back_line"])
    assert "keterampilan" not in str(plain["achievement"])
    assert "diamati dalam 8 keterampilan" in str(words_of(replace(melati, observed_skills=8))["achievement"])


def test_the_sheet_speaks_english_when_asked(melati: SheetData) -> None:
    english = pypdf.PdfReader(io.BytesIO(certificate_pdf(replace(melati, language="en"))))
    assert english.trailer["/Root"]["/Lang"] == "en"
    assert "12 November 2026" in english.pages[0].extract_text()
    assert "Topics and hours" in english.pages[1].extract_text()


def test_every_word_a_layout_asks_for_is_there(melati: SheetData) -> None:
    layouts = [path.read_text("utf-8") for path in press.FOLDER.glob("*.typ")]
    asked = {name for layout in layouts for name in re.findall(r"\bwords\.([a-z_]+)", layout)} - {"join"}
    assert asked == set(words_of(melati))
