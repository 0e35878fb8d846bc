"""GIFT, Moodle XML and spreadsheets, read and written."""

import base64
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

import courses
from assessments.curriculum import bank
from assessments.exchange import carrying, gift, gift_writing, moodle_writing, moodle_xml, sheets, sheets_writing
from assessments.exchange.drafts import Reading
from courses.curriculum.reading import read_course
from lms.kit.unfit import UnfitFile
from tests.assessments.exchange_samples import COMMON, FOLDER, SINGLE, flat, picture, questions


def by_name(reading: Reading) -> dict[str, dict[str, Any]]:
    return {draft.name: draft.fields for draft in reading.drafts}


def refusals(reading: Reading) -> dict[str, tuple[int, str]]:
    return {one.name: (one.line, one.sentence.render(str)) for one in reading.left_out}


def said(file: Any, content: bytes) -> str:
    with pytest.raises(UnfitFile) as unfit:
        file.read(content)
    return unfit.value.sentence.render(str)


# --- GIFT


@pytest.fixture(scope="module")
def from_gift() -> Reading:
    return gift.read((FOLDER / "campuran.gift").read_bytes())


def test_a_gift_file_says_which_kind_each_question_is(from_gift: Reading) -> None:
    kinds = [draft.fields["kind"] for draft in from_gift.drafts]
    assert kinds == [
        *("single", "multiple", "true_false", "true_false", "matching", "short", "number", "number"),
        *("ordering", "short", "single"),
    ]
    assert (len(from_gift.drafts), len(from_gift.left_out), from_gift.skipped) == (11, 5, 1)


def test_html_in_gift_becomes_plain_lines_and_feedback_a_reason(from_gift: Reading) -> None:
    one = by_name(from_gift)["M1-21"]
    assert one["stem"] == "Seorang ibu datang dan diam.\n\nApa yang Anda lakukan lebih dulu?"
    assert one["choices"][0] == {"text": "Duduk dan menunggu.", "right": True}
    assert (one["reason"], one["tags"], one["code"]) == ("Ia bicara bila siap.", ["mendengar", "Bahasa tubuh"], "M1-21")
    notes = [note.render(str) for note in from_gift.drafts[0].notes]
    assert notes == [
        "Words after single answers are left behind; one reason is kept.",
        "Parts of a mark for one answer are left behind.",
    ]


def test_weights_pairs_ranges_order_and_gaps_of_gift(from_gift: Reading) -> None:
    found = by_name(from_gift)
    many = found["Dua yang benar"]
    assert ([one["right"] for one in many["choices"]], many["partial"]) == ([True, True, False, False], True)
    assert many["reason"] == "Catat yang dikatakan, bukan yang diduga."
    assert "code" not in many
    assert (found["M1-23"]["answer"], found["M1-24"]["answer"]) == (True, False)
    assert found["M1-25"]["decoys"] == ["Pasar"]
    assert found["M1-26"]["accepted"] == ["gender", "jender"]
    assert (found["M1-27"]["value"], found["M1-27"]["tolerance"]) == ("2,5", "0,1")
    assert found["M1-27"]["stem"] == "Tulis 10 : 4 sebagai angka {desimal}."
    assert (found["M1-28"]["value"], found["M1-28"]["tolerance"]) == ("48", "24")
    assert [one["text"] for one in found["M1-29"]["choices"]] == ["Dengar", "Tanya", "Catat"]
    assert (found["M1-29"]["stem"], found["M1-29"]["partial"]) == ("Urutkan langkahnya.", False)
    assert found["M1-30"]["stem"] == "Dua tambah dua sama dengan _____ dalam hitungan sehari-hari."
    assert from_gift.drafts[-1].fields["stem"] == "Harga 5 = 5 ~ #1?"
    assert from_gift.drafts[-1].fields["choices"][0]["text"] == "ya, 5 = 5"


def test_what_gift_holds_and_lopo_does_not_is_refused_with_line_and_reason(from_gift: Reading) -> None:
    assert refusals(from_gift) == {
        "Cerita": (53, "An open text is read by a person. Make a practical task of it."),
        "Kurung": (55, "A brace is missing: answers stand between { and }."),
        "Dua kurung": (59, "One question has one pair of braces. Make two questions of it."),
        "Bintang": (61, "A star that stands for any letters is not known here."),
        "Angka": (63, "“banyak” is no number."),
    }


@pytest.mark.parametrize("turn", [b"\xef\xbb\xbf%s", b"%s"])
def test_marks_of_windows_change_nothing(turn: bytes) -> None:
    plain = (FOLDER / "campuran.gift").read_bytes()
    windows = turn % plain.replace(b"\n", b"\r\n")
    assert gift.read(windows).drafts == gift.read(plain).drafts
    assert gift.read(plain.decode().encode("utf-16")).drafts == gift.read(plain).drafts


def test_another_encoding_is_refused_with_its_line() -> None:
    assert "Line 2 is not in UTF-8" in said(gift, b"::a::b{T}\n\n// caf\xe9".replace(b"\n\n", b"\n"))


def test_what_is_written_as_gift_reads_the_same() -> None:
    back = gift.read(gift_writing.write(questions()))
    assert back.left_out == []
    assert [flat(draft.fields) for draft in back.drafts] == [flat(one) for one in questions()]


LETTERS = st.text("ab =~#{}:\\n[]<>%&\"'-*.,$/;()@+", min_size=1, max_size=20)
WORDS = LETTERS.map(lambda text: f"k{' '.join(text.split())}z")


@settings(max_examples=60, deadline=None)
@given(stem=WORDS, texts=st.lists(WORDS, min_size=2, max_size=4, unique=True), reason=WORDS)
def test_any_signs_survive_gift_xml_and_sheet(stem: str, texts: list[str], reason: str) -> None:
    choices = [{"text": text, "right": place == 0} for place, text in enumerate(texts)]
    one = {**COMMON, "code": "M1-1", "kind": "single", "stem": stem, "choices": choices, "reason": reason}
    for read, content in (
        (gift.read, gift_writing.write([one])),
        (moodle_xml.read, moodle_writing.write([one], lambda _file: b"")),
        (sheets.read, sheets_writing.write([one], str)),
    ):
        assert [flat(draft.fields) for draft in read(content).drafts] == [flat(one)]


# --- Moodle XML


@pytest.fixture(scope="module")
def from_xml() -> Reading:
    return moodle_xml.read((FOLDER / "campuran.xml").read_bytes())


def test_a_moodle_file_says_which_kind_each_question_is(from_xml: Reading) -> None:
    kinds = [draft.fields["kind"] for draft in from_xml.drafts]
    assert kinds == ["single", "multiple", "true_false", "matching", "short", "number", "ordering", "picture"]
    assert (len(from_xml.left_out), from_xml.skipped, len(from_xml.pictures)) == (9, 1, 3)


def test_pictures_inside_moodle_xml_come_along_clean(from_xml: Reading) -> None:
    one = by_name(from_xml)["Menyapa"]
    assert one["stem"] == "Seorang ibu berdiri di pintu.\n\nKata Anda?"
    assert one["picture"]["alt"] == "Pintu rumah terbuka"
    assert one["picture"]["file"].startswith("pintu-rumah-")
    assert from_xml.pictures[one["picture"]["file"]].startswith(b"\x89PNG")
    assert (one["code"], one["reason"]) == ("M1-31", "Sapa dulu.")
    assert one["tags"] == ["menyapa", "Bercermin"]
    assert [choice["text"] for choice in one["choices"]] == ["Selamat pagi, Ibu.", "Ada apa?"]
    drawn = by_name(from_xml)["M1-38"]
    assert [choice["picture"]["alt"] for choice in drawn["choices"]] == ["Rumah berpagar", "Gambar"]
    assert drawn["to_check"] == "Tulis isi gambar."


def test_weights_decoys_units_and_places_of_moodle_xml(from_xml: Reading) -> None:
    found = by_name(from_xml)
    assert [one["right"] for one in found["Yang dicatat"]["choices"]] == [True, True, True, False]
    assert (found["M1-33"]["answer"], found["M1-33"]["use"]) == (False, "resting")
    assert found["M1-33"]["reason"] == "Tubuh dan peran itu dua hal."
    assert found["M1-34"]["pairs"][1] == {"text": "Surat & cap", "match": "Kantor desa"}
    assert found["M1-34"]["decoys"] == ["Pasar"]
    assert found["M1-35"]["accepted"] == ["112", "seratus dua belas"]
    assert (found["M1-36"]["value"], found["M1-36"]["tolerance"], found["M1-36"]["unit"]) == ("72", "2", "jam")
    assert [one["text"] for one in found["M1-37"]["choices"]] == ["Dengar", "Tanya", "Catat"]


def test_every_other_kind_of_moodle_is_refused_in_words_of_its_own(from_xml: Reading) -> None:
    told = {name: sentence for name, (_line, sentence) in refusals(from_xml).items()}
    assert told == {
        "Cerita": "An open text is read by a person. Make a practical task of it.",
        "Rumpang": "A text with gaps (cloze) is not asked here. Make one question of each gap.",
        "Hitung": "Numbers that change by themselves are not asked here. Take fixed numbers.",
        "Seret": "Dragging onto a text or picture is not asked here. Make a matching question of it.",
        "Acak": "A question drawn at random stands for others. Export those.",
        "Pola": "Questions of the kind “pmatch” are not known here.",
        "Gambar luar": "A picture lies on another site. Put it into the question first.",
        "Gambar hilang": "The picture “tiada.png” is not in the file.",
        "Gambar palsu": "“g.svg”: This is no picture in JPEG, PNG or WebP. Save it as one of these.",
    }
    lines = (FOLDER / "campuran.xml").read_text(encoding="utf-8").split("\n")
    for name, (line, _sentence) in refusals(from_xml).items():
        assert name in "".join(lines[line - 1 : line + 1])


LAUGHS = b'<?xml version="1.0"?><!DOCTYPE q [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><quiz>&b;</quiz>'
READS_A_FILE = b'<?xml version="1.0"?><!DOCTYPE q [<!ENTITY a SYSTEM "file:///etc/passwd">]><quiz>&a;</quiz>'


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (LAUGHS, "DOCTYPE"),
        (READS_A_FILE, "DOCTYPE"),
        (b"<quiz>" + b"<a>" * 5000, "nested too deep"),
        (b"<quiz><question>", "Line 1: this is no whole XML"),
        (b"<quiz>\n<name>caf\xe9</name></quiz>", "Line 2: this is no whole XML"),
        (b"no xml at all", "no whole XML"),
        (b"<html></html>", "no “quiz”"),
    ],
)
def test_xml_that_is_hostile_or_broken_is_refused_in_words(content: bytes, words: str) -> None:
    assert words in said(moodle_xml, content)


def test_what_is_written_as_moodle_xml_reads_the_same_with_its_pictures() -> None:
    kept = {"rumah.png": picture(), "pasar.png": picture("#2255aa")}
    drawn = {
        **COMMON,
        "code": "M1-9",
        "kind": "picture",
        "stem": "Mana rumah?",
        "reason": "",
        "picture": {"file": "rumah.png", "alt": 'Rumah "kami" <besar>'},
        "choices": [
            {"text": "", "right": True, "picture": {"file": "rumah.png", "alt": "Rumah"}},
            {"text": "Di sana", "right": False, "picture": {"file": "pasar.png", "alt": "Pasar"}},
        ],
    }
    back = moodle_xml.read(moodle_writing.write([*questions(), drawn], lambda file: kept[file]))
    assert back.left_out == []
    assert [flat(draft.fields) for draft in back.drafts[:-1]] == [flat(one) for one in questions()]
    last = back.drafts[-1].fields
    assert (last["kind"], last["picture"]["alt"]) == ("picture", 'Rumah "kami" <besar>')
    assert [one["text"] for one in last["choices"]] == ["", "Di sana"]
    assert back.pictures[last["choices"][1]["picture"]["file"]] == kept["pasar.png"]


def test_a_picture_written_into_the_text_is_taken_too() -> None:
    inside = base64.b64encode(picture()).decode()
    one = (
        '<quiz><question type="truefalse"><name><text>M1-1</text></name><questiontext format="html"><text><![CDATA['
        f'<img src="data:image/png;base64,{inside}" alt="Rumah"> Benar?]]></text></questiontext>'
        '<answer fraction="100"><text>true</text></answer></question></quiz>'
    )
    reading = moodle_xml.read(one.encode())
    assert reading.drafts[0].fields["picture"]["alt"] == "Rumah"


def test_a_file_with_more_questions_than_can_be_looked_through_is_refused() -> None:
    assert "more than 500 questions" in said(gift, b"::a::b{T}\n\n" * 501)


# --- spreadsheets


def sheet_of(*rows: list[Any], title: str = "Soal") -> bytes:
    book = Workbook()
    book.worksheets[0].title = title
    for row in rows:
        book.worksheets[0].append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_what_is_written_as_a_sheet_reads_the_same() -> None:
    back = sheets.read(sheets_writing.write(questions(), str))
    assert back.left_out == []
    assert [flat(draft.fields) for draft in back.drafts] == [flat(one) for one in questions()]


def test_no_cell_of_a_sheet_begins_as_a_formula_does() -> None:
    bad = {**COMMON, "code": "M1-1", **SINGLE, "stem": "=1+1", "reason": "@SUM(A1)", "lesson": "-3", "family": "'=x"}
    content = sheets_writing.write([bad], str)
    row = next(load_workbook(BytesIO(content))["Soal"].iter_rows(min_row=2))
    assert all(
        cell.data_type == "s" and not str(cell.value).startswith(("=", "+", "-", "@")) for cell in row if cell.value
    )
    assert flat(sheets.read(content).drafts[0].fields) == flat(bad)


def test_the_template_has_an_example_of_each_kind_and_takes_none_of_them_in() -> None:
    content = sheets_writing.template(str)
    assert sheets.read(content).drafts == []
    examples = load_workbook(BytesIO(content))["Contoh"]
    rows = sheet_of(*[list(row) for row in examples.iter_rows(values_only=True)])
    kinds = [draft.fields["kind"] for draft in sheets.read(rows).drafts]
    assert kinds == ["single", "multiple", "true_false", "ordering", "matching", "short", "number"]


HEADS = ["Kode", "Jenis", "Soal", "Jawaban 1", "Jawaban 2", "Benar"]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (["M1-1", "esai", "Apa?", "a", "b", 1], "“Jenis” takes one of: satu jawaban, "),
        (["M1-1", "satu jawaban", "Apa?", "a", "=1+1", 1], "A cell holds a formula"),
        (["M1-1", "satu jawaban", "Apa?", "a", "b", 3], "names answer 3, which is empty"),
        (["M1-1", "benar salah", "Apa?", "", "", "mungkin"], "“Benar” takes one of: benar, salah"),
    ],
)
def test_a_row_that_says_nothing_we_know_is_refused_with_its_number(row: list[Any], words: str) -> None:
    reading = sheets.read(sheet_of(["Soal modul 1"], HEADS, ["M1-0", "Satu  jawaban", "Ya?", "a", "b", 1.2], row))
    assert [draft.fields["code"] for draft in reading.drafts] == ["M1-0"]
    assert [one["right"] for one in reading.drafts[0].fields["choices"]] == [True, True]
    assert reading.left_out[0].line == 4
    assert words in reading.left_out[0].sentence.render(str)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (sheet_of(["a", "b"]), "The row with the headings is missing"),
        (sheet_of([*HEADS, "Catatan"]), "Column “Catatan” is not known"),
        (b"PK\x03\x04 broken", "not what its name says"),
        (b"Kode;Jenis", "not what its name says"),
    ],
)
def test_a_file_that_is_no_such_sheet_is_refused_in_words(content: bytes, words: str) -> None:
    assert words in said(sheets, content)


def test_a_sheet_with_definitions_of_its_own_is_refused() -> None:
    good, out = BytesIO(sheet_of(HEADS)), BytesIO()
    with zipfile.ZipFile(good) as package, zipfile.ZipFile(out, "w") as bad:
        for part in package.infolist():
            content = package.read(part)
            if part.filename.endswith("sheet1.xml"):
                content = b'<!DOCTYPE a [<!ENTITY b "c">]>' + content
            bad.writestr(part.filename, content)
    assert said(sheets, out.getvalue())


# --- the starter curriculum


@pytest.fixture(scope="module")
def starter() -> list[Any]:
    course = read_course(Path(courses.__file__).parent / "content" / "ids")
    return [module.parts["questions.yaml"] for module in course.modules]


@pytest.mark.parametrize("form", carrying.FORMS)
def test_every_starter_question_that_a_format_holds_comes_back_as_it_went(starter: list[Any], form: str) -> None:
    count = 0
    for bank_of_module in starter:
        out = {code for code, is_out, _why in carrying.losses(bank_of_module, form) if is_out}
        rows = [one for one in bank.write(bank_of_module) if one["code"] not in out]
        back = carrying.read(carrying.write(bank_of_module, form, str), f"soal{form}")
        assert back.left_out == []
        for draft, row in zip(back.drafts, rows, strict=True):
            unsaid = {"picture", "sound"} | ({"to_check"} if form != ".xlsx" else set())
            said, wanted = (
                {name: value for name, value in flat(one).items() if name not in unsaid} for one in (draft.fields, row)
            )
            assert without_pictures(said) == without_pictures(wanted)
            count += 1
    assert count > 190


def without_pictures(fields: dict[str, Any]) -> dict[str, Any]:
    """Lists as lists, numbers with a comma, choices without their pictures: those have a test of their own."""
    choices = [{name: value for name, value in one.items() if name != "picture"} for one in fields.get("choices", ())]
    plain = {name: list(value) if isinstance(value, tuple) else value for name, value in fields.items()}
    return {**plain, "choices": choices, "value": str(fields.get("value", "")).replace(".", ",")}
