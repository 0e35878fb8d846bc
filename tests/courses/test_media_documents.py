"""Documents and captions are what their names say, and hold no program."""

import io
import zipfile

import pytest

from courses import collecting
from courses.models import MediaFile
from lms.kit import clock, sniffing
from lms.kit.refusing import Refused
from lms.kit.unfit import UnfitFile
from tests.courses.media_files import CAPTIONS, PAGE, PDF, office, photo


def take(content: bytes, name: str) -> MediaFile:
    return collecting.take_in(file=io.BytesIO(content), name=name, size=len(content), by=None, now=clock.now())


GOOD = [
    (PDF, "formulir.pdf"),
    (office("docx"), "formulir.docx"),
    (office("xlsx"), "tabel.xlsx"),
    (b"nama;jumlah\nbuku;-2\n", "tabel.csv"),
    ("\ufeffHalo, apa kabar?\n".encode(), "surat.txt"),
    (CAPTIONS, "teks.vtt"),
]


@pytest.mark.parametrize(("content", "name"), GOOD, ids=[name for _content, name in GOOD])
@pytest.mark.django_db
def test_an_honest_one_is_ready_at_once_and_keeps_its_bytes(content, name):
    media = take(content, name)
    assert (media.is_ready, media.path.read_bytes(), media.bytes) == (True, content, len(content))
    assert media.file_name == name


def bomb() -> bytes:
    return office(more={f"word/media/{number}.xml": bytes(10_000_000) for number in range(7)})


def many() -> bytes:
    return office(more={f"word/{number}.xml": b"" for number in range(2_100)})


def locked() -> bytes:
    content = bytearray(office())
    content[6] |= 1
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        content[at + 8] |= 1
        at = content.find(b"PK\x01\x02", at + 4)
    return bytes(content)


def plain_zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("a.txt", "halo")
    return out.getvalue()


REMOTE = b'<Relationships><Relationship Type="x/attachedTemplate" Target="http://contoh.test/a.dotm"/></Relationships>'
ENTITIES = b'<!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>'
EMBEDDED = {"word/embeddings/oleObject1.bin": b"\xd0\xcf"}
HOSTILE = {
    "page-as-pdf": (PAGE, "a.pdf", "tidak sesuai namanya"),
    "page-before-pdf": (PAGE + PDF, "a.pdf", "tidak sesuai namanya"),
    "pdf-with-script": (PDF.replace(b"/Catalog", b"/Catalog/OpenAction<</S/JavaScript/JS(x)>>"), "a.pdf", "program"),
    "pdf-with-file": (PDF.replace(b"/Catalog", b"/Catalog/Names<</EmbeddedFiles 3 0 R>>"), "a.pdf", "program"),
    "pdf-that-launches": (PDF.replace(b"/Catalog", b"/Catalog/A<</S/Launch>>"), "a.pdf", "program"),
    "pdf-and-zip": (PDF + office(), "a.pdf", "tidak sesuai namanya"),
    "cut-pdf": (PDF[:30], "a.pdf", "tidak sesuai namanya"),
    "zip-as-docx": (plain_zip(), "a.docx", "tidak sesuai namanya"),
    "docx-as-xlsx": (office("docx"), "a.xlsx", "tidak sesuai namanya"),
    "macro-part": (office(macro="part"), "a.docx", "makro"),
    "macro-type": (office(macro="type"), "a.docx", "makro"),
    "docm": (office(macro="type"), "a.docm", "tidak diterima"),
    "doc": (b"\xd0\xcf\x11\xe0", "a.doc", "tidak diterima"),
    "template-from-afar": (office(more={"word/_rels/settings.xml.rels": REMOTE}), "a.docx", "makro"),
    "entities": (office(more={"word/a.xml": ENTITIES}), "a.docx", "makro"),
    "embedded": (office(more=EMBEDDED), "a.docx", "makro"),
    "climbing": (office(more={"../../a.xml": b""}), "a.docx", "tidak sesuai namanya"),
    "zip-bomb": (bomb(), "a.docx", "60 MB"),
    "many-parts": (many(), "a.docx", "60 MB"),
    "locked": (locked(), "a.docx", "tidak sesuai namanya"),
    "page-before-zip": (PAGE + office(), "a.docx", "tidak sesuai namanya"),
    "zip-with-more": (office() + PAGE, "a.docx", "tidak sesuai namanya"),
    "page-as-text": (PAGE, "a.txt", "tidak sesuai namanya"),
    "page-as-csv": (b"a;b\n<script>x</script>;2\n", "a.csv", "tidak sesuai namanya"),
    "formula": (b'nama;jumlah\n=HYPERLINK("http://x");2\n', "a.csv", "rumus"),
    "formula-in-quotes": (b'nama,jumlah\nbuku,"@SUM(1)"\n', "a.csv", "rumus"),
    "latin": ("nama;é".encode("latin-1"), "a.csv", "UTF-8"),
    "nul": (b"a\0b", "a.txt", "tidak sesuai namanya"),
    "empty": (b"", "a.txt", "kosong"),
    "blank": (b" \n ", "a.txt", "kosong"),
    "too-large": (b"a" * 5_000_001, "a.txt", "5 MB"),
    "captions-page": (b"WEBVTT\n\n00:00.000 --> 00:01.000\n<script>x</script>\n", "a.vtt", "WebVTT"),
    "captions-none": (b"WEBVTT\n", "a.vtt", "WebVTT"),
    "srt": (b"1\n00:00:00,000 --> 00:00:01,000\nHalo\n", "a.vtt", "WebVTT"),
    "page": (PAGE, "a.html", "tidak diterima"),
    "svg": (b"<svg/>", "a.svg", "tidak diterima"),
    "program": (b"MZ", "a.exe", "tidak diterima"),
}


@pytest.mark.parametrize(("content", "name", "sentence"), HOSTILE.values(), ids=HOSTILE)
@pytest.mark.django_db
def test_anything_else_is_refused_in_words_and_leaves_nothing(content, name, sentence):
    with pytest.raises(Refused, match=sentence):
        take(content, name)
    assert not MediaFile.objects.exists()


WRITTEN = {
    "docProps/core.xml": b"<cp:coreProperties><dc:creator>Nama Orang</dc:creator></cp:coreProperties>",
    "docProps/app.xml": b"<Properties><Company>Nama Kantor</Company></Properties>",
    "word/comments.xml": b'<w:comment w:author="Nama Orang" w:initials="NO"><w:t>Isi catatan</w:t></w:comment>',
    "word/media/image1.jpeg": photo(),
}


@pytest.mark.django_db
def test_who_wrote_a_document_and_where_its_photos_were_taken_is_gone():
    content = office(more=WRITTEN)
    media = take(content, "formulir.docx")
    with zipfile.ZipFile(media.path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    assert set(parts) == {"[Content_Types].xml", "word/document.xml", *WRITTEN}
    assert [name for name, part in parts.items() if b"Nama" in part or b"Telepon" in part] == []
    assert b"Isi catatan" in parts["word/comments.xml"]
    assert take(content, "formulir.docx") == media
    again = media.path.read_bytes()
    assert take(again, "lain.docx") == media
    MediaFile.objects.all().delete()
    assert take(again, "formulir.docx").path.read_bytes() == again


def test_half_a_document_is_refused_wherever_it_is_cut():
    whole = office()
    for end in range(1, len(whole), 7):
        with pytest.raises(UnfitFile):
            sniffing.check_document("a.docx", whole[:end])
