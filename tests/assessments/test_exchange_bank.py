"""Questions come into the bank from a file, and go out again."""

import json
import re
import threading
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import translation
from openpyxl import load_workbook

from assessments import exchanging
from assessments.exchange import carrying, gift_writing, moodle_writing, sheets_writing
from assessments.models import Question, QuestionImport
from courses.models import ModulePage, Picture
from lms.kit.refusing import Refused
from lms.people.models import Person, TrailLine
from tests.assessments.exchange_samples import COMMON, FOLDER, questions
from tests.assessments.school import make_question, open_school
from tests.cast import THEN, Cast, make_cast

SignIn = Callable[[Person], Client]


@pytest.fixture(autouse=True)
def place(settings: Any, tmp_path: Path) -> None:
    settings.STAFF_SECOND_FACTOR = False
    settings.DATA_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def module(cast: Cast) -> ModulePage:
    page = open_school().module
    Question.objects.all().delete()
    return page


def sent(browser: Client, module: ModulePage, content: bytes, name: str, use: str = "exam") -> Any:
    file = SimpleUploadedFile(name, content)
    return browser.post(reverse("questions_in"), {"module": module.pk, "use": use, "file": file})


def looked_at(browser: Client, module: ModulePage, content: bytes, name: str, use: str = "exam") -> QuestionImport:
    answer = sent(browser, module, content, name, use)
    assert answer.status_code == 302
    return QuestionImport.objects.first()  # type: ignore[return-value]


def agreed(browser: Client, row: QuestionImport, *codes: str) -> Any:
    return browser.post(reverse("questions_agree", args=[row.pk]), {"code": codes})


def fates(row: QuestionImport) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in row.rows:
        found.setdefault(one["fate"], []).append(one["code"] or one["name"])
    return found


def own(**more: Any) -> list[dict[str, Any]]:
    """Questions of every kind without what the small school does not have."""
    return [{**one, "lesson": "1" if one["lesson"] else "", "sources": [], **more} for one in questions()]


CAMPURAN = (FOLDER / "campuran.xml").read_bytes()


def test_a_moodle_file_is_looked_at_then_taken_in_whole(
    cast: Cast, module: ModulePage, sign_in: SignIn, django_capture_on_commit_callbacks: Any
) -> None:
    browser = sign_in(cast.anggrek)
    row = looked_at(browser, module, CAMPURAN, "bank soal.xml")
    assert not Question.objects.exists()
    assert fates(row) == {
        "new": ["M1-31", "M1-1", "M1-33", "M1-34", "M1-35", "M1-36", "M1-37", "M1-38"],
        "refused": [
            "Cerita",
            "Rumpang",
            "Hitung",
            "Seret",
            "Acak",
            "Pola",
            "Gambar luar",
            "Gambar hilang",
            "Gambar palsu",
        ],
    }
    page = browser.get(reverse("questions_import", args=[row.pk])).content.decode()
    for said in ("Kata Anda?", "Baris 118, Cerita", "bank soal.xml", "M1-38"):
        assert said in page, said
    with django_capture_on_commit_callbacks(execute=True):
        answer = agreed(browser, row, *fates(row)["new"])
    assert "8 soal kini ada di bank" in browser.get(answer["Location"]).content.decode()
    assert Question.objects.filter(module=module).count() == 8
    assert Picture.objects.count() == 3
    one = Question.objects.get(code="M1-31")
    assert (one.picture_alt, one.use, one.tags) == ("Pintu rumah terbuka", "exam", ["menyapa", "Bercermin"])
    assert (one.stem, one.reason) == ("Seorang ibu berdiri di pintu.\n\nKata Anda?", "Sapa dulu.")
    assert Question.objects.get(code="M1-33").use == "resting"
    assert Question.objects.get(code="M1-36").unit == "jam"
    line = TrailLine.objects.filter(verb="assessments.questions_taken_in").get()
    assert (line.actor, line.detail) == (cast.anggrek, {"module": "m1", "new": 8, "changed": 0})
    row.refresh_from_db()
    assert (row.state, row.file.storage.exists(row.file.name)) == ("done", False)


def test_the_same_file_again_changes_nothing(cast: Cast, module: ModulePage, sign_in: SignIn) -> None:
    browser = sign_in(cast.anggrek)
    row = looked_at(browser, module, CAMPURAN, "soal.xml")
    agreed(browser, row, *fates(row)["new"])
    again = looked_at(browser, module, CAMPURAN, "soal.xml")
    assert set(fates(again)) == {"same", "refused"}
    assert len(fates(again)["same"]) == 8


@pytest.mark.parametrize("form", carrying.FORMS)
def test_going_out_and_coming_in_again_changes_nothing(
    cast: Cast, module: ModulePage, sign_in: SignIn, form: str
) -> None:
    browser = sign_in(cast.anggrek)
    row = looked_at(browser, module, moodle_writing.write(own(), lambda _file: b""), "soal.xml")
    assert "refused" not in fates(row), row.rows
    agreed(browser, row, *fates(row)["new"])
    Question.objects.filter(code="M1-1").update(to_check="Tanya UPTD.")
    Question.objects.filter(code="M1-6").update(value="1.500", tolerance="")
    row = looked_at(browser, module, CAMPURAN, "soal.xml")
    agreed(browser, row, *fates(row)["new"])
    before = carrying.questions_of(module)
    assert len(before) == 15
    out = browser.get(reverse("questions_download", args=[module.pk, form[1:]]))
    assert out["Content-Disposition"] == f'attachment; filename="soal-m1{form}"'
    back = looked_at(browser, module, out.content, f"soal{form}")
    left_out = 0 if form == ".xml" else 1
    assert {fate: len(codes) for fate, codes in fates(back).items()} == {"same": 15 - left_out}
    assert carrying.questions_of(module) == before


def test_what_a_format_cannot_hold_is_said_before_the_download(cast: Cast, module: ModulePage, sign_in: SignIn) -> None:
    browser = sign_in(cast.anggrek)
    row = looked_at(browser, module, CAMPURAN, "soal.xml")
    agreed(browser, row, *fates(row)["new"])
    page = " ".join(re.sub(r"<[^>]+>", " ", browser.get(reverse("questions_out")).content.decode()).split())
    assert page.count("M1-38: Berkas jenis ini tidak dapat memuat") == 2
    assert page.count("M1-31: Keluar tanpa gambarnya") == 2
    assert "7 dari 8 soal" in page
    assert "8 dari 8 soal" in page


def test_only_what_was_ticked_comes_in_and_a_duplicate_is_not_ticked(
    cast: Cast, module: ModulePage, sign_in: SignIn
) -> None:
    make_question(module, "M1-9", stem="Seorang ibu berdiri di depan pintu rumah Anda. Apa kata Anda?")
    twin = {
        **COMMON,
        "code": "M1-10",
        "kind": "single",
        "stem": "Seorang ibu berdiri di depan pintu rumah anda, apa kata Anda??",
        "choices": [
            {"text": "benar", "right": True},
            {"text": "salah a", "right": False},
            {"text": "salah b", "right": False},
        ],
    }
    browser = sign_in(cast.anggrek)
    row = looked_at(browser, module, gift_writing.write([twin, *own()[1:3]]), "soal.gift")
    assert {one["code"]: one["like"] for one in row.rows} == {"M1-10": ["M1-9"], "M1-2": [], "M1-3": []}
    page = browser.get(reverse("questions_import", args=[row.pk])).content.decode()
    ticked = re.findall(r'name="code" value="([^"]+)"[^>]* checked', page)
    assert ticked == ["M1-2", "M1-3"]
    agreed(browser, row, "M1-3")
    assert set(Question.objects.values_list("code", flat=True)) == {"M1-9", "M1-3"}


def test_what_a_file_does_not_say_stays_and_what_it_says_changes(
    cast: Cast, module: ModulePage, sign_in: SignIn
) -> None:
    one = make_question(module, "M1-1", is_critical=True, laws=["uu-a"], reason="Begitu.", to_check="periksa")
    version = one.version
    text = "::M1-1:: Soal M1-1 yang baru? {=benar ~salah a ~salah b ####Karena baru.}"
    browser = sign_in(cast.anggrek)
    row = looked_at(browser, module, text.encode(), "soal.txt", use="practice")
    assert fates(row) == {"changed": ["M1-1"]}
    agreed(browser, row, "M1-1")
    one.refresh_from_db()
    assert (one.stem, one.reason, one.version) == ("Soal M1-1 yang baru?", "Karena baru.", version + 1)
    assert (one.use, one.is_critical, one.laws, one.to_check, one.lesson) == ("exam", True, ["uu-a"], "periksa", "1")
    assert one.revisions.count() == 1


def test_a_title_that_is_a_code_by_chance_takes_nothing_over(cast: Cast, module: ModulePage, sign_in: SignIn) -> None:
    make_question(module, "Q1", stem="Manakah kalimat yang menguatkan seorang ibu?")
    elsewhere = ModulePage(title="Lain", slug="m2", code="m2", outer_title="Modul 2")
    module.get_parent().add_child(instance=elsewhere)
    make_question(elsewhere, "Q2")
    text = "::Q1::Berapa lama?{#72:1}\n\n::Q2::Puskesmas buka?{T}\n\n::Q3::Ya?{T}\n\n::Q3::Tidak ada?{F}\n"
    row = looked_at(sign_in(cast.anggrek), module, text.encode(), "soal.gift")
    assert fates(row) == {"new": ["M1-1", "M1-2", "Q3", "M1-3"]}
    assert "Q1" in row.rows[0]["notes"][0]


def test_a_row_is_refused_with_its_line_and_the_sentences_of_questions_yaml(
    cast: Cast, module: ModulePage, sign_in: SignIn
) -> None:
    lost = {**own()[0], "lesson": "99", "sources": ["S9"]}
    single = "::M1-8::Mana?{=ya =juga ~tidak}\n\n::M1-9::Satu saja?{=a ~a}\n"
    browser = sign_in(cast.anggrek)
    with translation.override("en"):
        row = looked_at(browser, module, gift_writing.write([lost]) + b"\n" + single.encode(), "soal.gift")
    row = QuestionImport.objects.get()
    assert set(fates(row)) == {"refused"}
    assert [one["line"] for one in row.rows] == [4, 12, 14]
    assert [len(one["reasons"]) for one in row.rows] == [2, 1, 1]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"caf\xe9 {T}", "soal.gift"),
        (b"<quiz>", "soal.xml"),
        (b"PK", "soal.xlsx"),
        (b"apa saja", "soal.docx"),
        (b"   ", "soal.gift"),
    ],
)
def test_a_file_that_cannot_be_read_is_kept_as_refused_with_its_sentence(
    cast: Cast, module: ModulePage, sign_in: SignIn, content: bytes, name: str
) -> None:
    browser = sign_in(cast.anggrek)
    row = looked_at(browser, module, content, name)
    assert (row.state, len(row.problems), row.file.name) == ("refused", 1, "")
    page = browser.get(reverse("questions_import", args=[row.pk])).content.decode()
    assert row.problems[0].replace("“", "“") in page
    assert agreed(browser, row, "M1-1").status_code == 422
    assert not Question.objects.exists()


def test_agreeing_twice_or_to_nothing_is_refused(cast: Cast, module: ModulePage, sign_in: SignIn) -> None:
    browser = sign_in(cast.anggrek)
    row = looked_at(browser, module, gift_writing.write(own()), "soal.gift")
    assert agreed(browser, row).status_code == 422
    assert not Question.objects.exists()
    assert agreed(browser, row, "M1-1").status_code == 302
    assert agreed(browser, row, "M1-1", "M1-2").status_code == 422
    assert Question.objects.count() == 1


def test_a_bank_that_changed_since_is_shown_again(cast: Cast, module: ModulePage, sign_in: SignIn) -> None:
    browser = sign_in(cast.anggrek)
    row = looked_at(browser, module, gift_writing.write(own()), "soal.gift")
    make_question(module, "M1-2", stem="Lain sama sekali, ditulis rekan tadi?")
    answer = agreed(browser, row, "M1-1", "M1-2")
    assert answer.status_code == 422
    assert Question.objects.count() == 1
    row.refresh_from_db()
    assert fates(row)["changed"] == ["M1-2"]
    assert agreed(browser, row, "M1-1").status_code == 302


def test_nothing_is_half_taken_in(cast: Cast, module: ModulePage, sign_in: SignIn, monkeypatch: Any) -> None:
    """The last question breaks in the database: none of the earlier ones is there."""
    browser = sign_in(cast.anggrek)
    row = looked_at(browser, module, gift_writing.write(own()), "soal.gift")
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE UNIQUE INDEX one_kind ON assessments_question ((CASE WHEN kind IN ('single', 'number') THEN 1 END))"
        )
    with pytest.raises(Exception, match=r"(?i)unique"):
        exchanging.agree(row=row, by=cast.anggrek, codes={one["code"] for one in row.rows}, now=THEN)
    assert not Question.objects.exists()
    row.refresh_from_db()
    assert row.state == "checked"


def test_files_that_waited_a_week_are_thrown_away(cast: Cast, module: ModulePage) -> None:
    def begin(days: int) -> QuestionImport:
        file = SimpleUploadedFile("soal.gift", gift_writing.write(own()))
        return exchanging.begin(by=cast.anggrek, module=module, use="exam", file=file, now=THEN + timedelta(days=days))

    first = begin(0)
    begin(8)
    first.refresh_from_db()
    assert not first.file
    with pytest.raises(Refused):
        exchanging.agree(row=first, by=cast.anggrek, codes={"M1-1"}, now=THEN)


@pytest.mark.parametrize("who", ["seruni", "dahlia", "soka"])
def test_nobody_but_trainers_reaches_the_doors(cast: Cast, module: ModulePage, sign_in: SignIn, who: str) -> None:
    row = looked_at(sign_in(cast.anggrek), module, gift_writing.write(own()), "soal.gift")
    browser = sign_in(getattr(cast, who))
    names = ("questions_in", "questions_template", "questions_out")
    doors = [reverse(name) for name in names] + [reverse("questions_import", args=[row.pk])]
    doors += [reverse("questions_download", args=[module.pk, form]) for form in ("gift", "xml", "xlsx")]
    for door in doors:
        answer = browser.get(door)
        assert answer.status_code in (302, 403, 404), door
        assert b"Puskesmas" not in answer.content
    assert agreed(browser, row, "M1-1").status_code in (302, 403, 404)
    assert not Question.objects.exists()
    assert sign_in(cast.jati).get(reverse("questions_import", args=[row.pk])).status_code == 404  # her own only


def test_the_empty_spreadsheet_comes_with_help_in_indonesian(cast: Cast, module: ModulePage, sign_in: SignIn) -> None:
    answer = sign_in(cast.anggrek).get(reverse("questions_template"))
    book = load_workbook(BytesIO(answer.content))
    assert book.sheetnames == ["Soal", "Bantuan", "Contoh"]
    assert "Satu baris satu soal" in str(book["Bantuan"]["B1"].value)
    assert "no-store" in answer["Cache-Control"]


def test_commands_do_the_same(cast: Cast, module: ModulePage, tmp_path: Path) -> None:
    file, said = tmp_path / "soal.xlsx", StringIO()
    file.write_bytes(sheets_writing.write(own(), str))
    call_command("import_questions", str(file), "m1", dry_run=True, stdout=said)
    assert not Question.objects.exists()
    assert "M1-7" in said.getvalue()
    call_command("import_questions", str(file), "m1", stdout=said)
    assert Question.objects.count() == 7
    out = tmp_path / "keluar.gift"
    call_command("export_questions", "m1", str(out), stdout=said)
    again = StringIO()
    call_command("import_questions", str(out), "m1", stdout=again)
    assert Question.objects.count() == 7
    with pytest.raises(CommandError):
        call_command("import_questions", str(file), "m9", stdout=said)
    with pytest.raises(CommandError):
        call_command("export_questions", "m1", str(tmp_path / "keluar.doc"), stdout=said)


@pytest.mark.django_db(transaction=True)
def test_two_who_agree_at_once_take_it_in_once(tmp_path: Path) -> None:
    cast = make_cast()
    page = open_school().module
    Question.objects.all().delete()
    file = SimpleUploadedFile("soal.gift", gift_writing.write(own()))
    row = exchanging.begin(by=cast.anggrek, module=page, use="exam", file=file, now=THEN)
    codes = {one["code"] for one in row.rows}
    outcomes: list[str] = []

    def agree() -> None:
        try:
            mine = QuestionImport.objects.get(pk=row.pk)
            outcomes.append(str(exchanging.agree(row=mine, by=cast.anggrek, codes=codes, now=THEN)))
        except Refused as refused:
            outcomes.append(refused.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=agree) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count("7") == 1
    assert Question.objects.count() == 7
    assert json.dumps(sorted(set(outcomes) - {"7"})) in ('["done"]', '["done", "refused"]', '["refused"]')
