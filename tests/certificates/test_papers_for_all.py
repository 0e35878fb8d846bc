"""Every kind of paper keeps to the points of PDF/UA-1 and PDF/A-2a that a program can see in the file itself."""

import io
import re
from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise

import pypdf
import pytest
from pypdf.generic import BooleanObject, ContentStream, DictionaryObject

from certificates.paper.pdf import STANDARDS, card_pdf, cards_pdf, certificate_pdf
from certificates.paper.transcript import Record, Section, transcript_pdf
from tests.certificates.test_cards_and_looks import chosen
from tests.certificates.test_paper import elements, keys, sheet_for

__all__ = ["keys"]
RECORD = Record(
    organisation="Yayasan Lontar Raya",
    name="Melati Kusambi",
    language="id",
    made_on=date(2026, 11, 12),
    modules=2,
    study_minutes=660,
    practice_minutes=180,
    training_days=1,
    training_minutes=360,
    certificates=(),
    sections=(
        Section("Modul", ("Modul", "Waktu"), (("Peran", "5 jam"), ("Tanda", "6 jam"))),
        Section("Kosong", ("Modul",), ()),
    ),
)
MADE: dict[str, Callable[[object], bytes]] = {
    "certificate": lambda keys: certificate_pdf(sheet_for("Melati Kusambi", keys)),
    "certificate with pictures": lambda keys: certificate_pdf(chosen(sheet_for("ملاتي كوسامبي", keys))),
    "neutral certificate": lambda keys: certificate_pdf(chosen(sheet_for("Melati", keys), is_neutral=True)),
    "card": lambda keys: card_pdf(chosen(sheet_for("Melati Kusambi", keys))),
    "sheet of cards": lambda keys: cards_pdf([sheet_for(f"Melati {number}", keys) for number in range(11)]),
    "record": lambda _keys: transcript_pdf(RECORD),
}
DRAWS = {b"Tj", b"TJ", b"'", b'"', b"f", b"F", b"f*", b"S", b"s", b"B", b"B*", b"b", b"b*", b"Do", b"sh", b"EI"}
KNOWN = {
    *("/Document", "/Part", "/Sect", "/Div", "/P", "/Span", "/H1", "/H2", "/H3", "/Figure"),
    *("/Table", "/THead", "/TBody", "/TFoot", "/TR", "/TH", "/TD"),
}
YES = BooleanObject(True)
FORBIDDEN = {"/JavaScript", "/JS", "/AA", "/Launch", "/EmbeddedFile", "/XFA", "/Movie", "/Sound", "/Encrypt"}


@pytest.fixture(scope="module", params=MADE)
def paper(request: pytest.FixtureRequest, keys: object) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(MADE[request.param](keys)))


def as_list(value: object) -> list[object]:
    return list(value) if isinstance(value, list) else [value]


def objects(paper: pypdf.PdfReader) -> Iterator[DictionaryObject]:
    for number in range(1, int(paper.trailer["/Size"])):
        try:
            one = paper.get_object(number)
        except (pypdf.errors.PyPdfError, KeyError):
            continue
        if isinstance(one, DictionaryObject):
            yield one


def structure(paper: pypdf.PdfReader) -> list[DictionaryObject]:
    return list(elements(paper.trailer["/Root"]["/StructTreeRoot"]["/K"]))


def marked(paper: pypdf.PdfReader) -> Iterator[tuple[bytes, list[str], int | None]]:
    """Each drawing operator of each page, with the names of the marks around it and the innermost number."""
    for page in paper.pages:
        around: list[tuple[str, int | None]] = []
        for operands, operator in ContentStream(page.get_contents(), paper).operations:
            if operator in (b"BMC", b"BDC"):
                more = operands[1] if len(operands) > 1 else {}
                around.append((operands[0], more.get("/MCID") if isinstance(more, dict) else None))
            elif operator == b"EMC":
                around.pop()
            elif operator in DRAWS:
                yield (
                    operator,
                    [name for name, _ in around],
                    next((mark for _, mark in around[::-1] if mark is not None), None),
                )


def test_it_says_what_it_is_and_in_which_language(paper: pypdf.PdfReader) -> None:
    root, described = paper.trailer["/Root"], paper.xmp_metadata.stream.get_data().decode()
    assert STANDARDS == ["ua-1", "a-2a"]
    assert re.search(r"<pdfuaid:part>1<", described)
    assert re.search(r"<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A<", described)
    assert root["/Lang"] == "id"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == YES
    assert paper.metadata.title
    assert paper.metadata.title in described
    assert root["/MarkInfo"]["/Marked"] == YES
    assert root["/MarkInfo"].get("/Suspects") != YES
    assert len(paper.trailer["/ID"]) == 2


def test_everything_drawn_is_a_part_of_the_text_or_an_ornament(paper: pypdf.PdfReader) -> None:
    for operator, around, number in marked(paper):
        assert ("/Artifact" in around) != (number is not None), (operator, around)
    assert all("/StructParents" in page for page in paper.pages)


def test_headings_go_down_by_one_and_every_picture_has_its_words(paper: pypdf.PdfReader) -> None:
    kinds = [one["/S"] for one in structure(paper)]
    levels = [int(kind[2:]) for kind in kinds if re.fullmatch(r"/H\d", kind)]
    assert levels[0] == 1
    assert all(later <= before + 1 for before, later in pairwise(levels))
    for one in structure(paper):
        if one["/S"] in ("/Figure", "/Formula"):
            assert str(one["/Alt"]).strip()
        if one["/S"] == "/TH":
            assert any(part.get_object().get("/Scope") for part in as_list(one["/A"]))
    assert set(kinds) <= KNOWN | set(paper.trailer["/Root"]["/StructTreeRoot"].get("/RoleMap", {}))


def test_letters_and_colours_travel_with_it_and_nothing_in_it_acts(paper: pypdf.PdfReader) -> None:
    every = list(objects(paper))
    fonts = [one for one in every if one.get("/Type") == "/FontDescriptor"]
    assert fonts
    assert all({"/FontFile2", "/FontFile3"} & set(one) for one in fonts)
    assert all("/ToUnicode" in one for one in every if one.get("/Subtype") == "/Type0")
    intent = paper.trailer["/Root"]["/OutputIntents"][0].get_object()
    assert intent["/S"] == "/GTS_PDFA1"
    assert len(intent["/DestOutputProfile"].get_object().get_data()) > 300
    assert not [name for one in every for name in FORBIDDEN & set(one)]
    assert "/OpenAction" not in paper.trailer["/Root"]
    assert "/Encrypt" not in paper.trailer
