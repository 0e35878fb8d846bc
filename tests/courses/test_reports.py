"""Two reports and the page to begin with: what is due for another look, and what rests on a law."""

from datetime import date, timedelta
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from assessments.models import Question
from courses.models import ModulePage
from lms.kit import clock
from tests.courses import making

DUE = "/admin/reports/perlu-diperiksa/"
LAWS = "/admin/reports/dasar-hukum/"


@pytest.fixture
def trainer(cast, course, sign_in):
    return sign_in(cast.anggrek)


def checked(code: str, day: date | None, **fields) -> None:
    page = making.lesson(code)
    page.checked_on = day
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()


def rows(answer) -> list[str]:
    return [page.title for page in answer.context["object_list"]]


def test_lessons_are_due_when_nobody_checked_within_a_year_the_oldest_first(trainer):
    today = clock.today()
    checked("m1/1", today - timedelta(days=400))
    checked("m1/2", today - timedelta(days=30))
    answer = trainer.get(DUE)
    assert rows(answer) == ["Tanda", "Dapur"]
    assert "Perlu diperiksa lagi" in answer.content.decode()
    checked("m2/1", today)
    assert rows(trainer.get(DUE)) == ["Dapur"]


def test_the_list_of_one_module(trainer):
    title = ModulePage.objects.get(code="m2").title
    checked("m1/1", None)
    assert rows(trainer.get(DUE, {"module": title})) == ["Tanda"]


def test_a_question_that_rests_on_a_law_is_due_too_until_somebody_checks_it(trainer):
    fields = {"module": ModulePage.objects.get(code="m1"), "kind": "true_false", "is_true": True, "stem": "Benar?"}
    Question.objects.create(code="M1-01", laws=["uu-pkdrt"], **fields)
    Question.objects.create(code="M1-02", **fields)
    checked("m1/1", clock.today())
    assert rows(trainer.get(DUE, {"kind": "soal"})) == ["M1-01 · Benar?"]
    assert rows(trainer.get(DUE, {"kind": "pelajaran"})) == ["Kuasa", "Tanda"]
    Question.objects.filter(code="M1-01").update(checked_on=clock.today())
    assert "M1-01 · Benar?" not in rows(trainer.get(DUE))
    assert rows(trainer.get(DUE, {"live": "false"})) == []


def test_both_reports_go_into_a_spreadsheet_and_no_cell_is_a_formula(trainer):
    checked("m1/1", None, title="=1+1", laws=["uu-tpks-10"])
    for address in (DUE, LAWS):
        csv = b"".join(trainer.get(address, {"export": "csv"}).streaming_content).decode()
        assert "'=1+1" in csv
        assert "\n=1+1" not in csv
        assert ",=1+1" not in csv
        sheet = openpyxl.load_workbook(
            BytesIO(b"".join(trainer.get(address, {"export": "xlsx"}).streaming_content))
        ).active
        cells = [str(cell) for line in sheet.iter_rows(values_only=True) for cell in line if cell]
        assert "'=1+1" in cells


def test_a_law_lists_every_lesson_and_question_that_rests_on_it(trainer):
    module = ModulePage.objects.get(code="m1")
    Question.objects.create(
        module=module, code="M1-01", kind="true_false", is_true=True, stem="Benar?", laws=["uu-tpks-10", "uu-pkdrt"]
    )
    found = [(row.law, str(row.kind), row.title) for row in trainer.get(LAWS).context["object_list"]]
    assert found == [
        ("uu-pkdrt", "soal", "M1-01 · Benar?"),
        ("uu-tpks-10", "pelajaran", "Dapur"),
        ("uu-tpks-10", "soal", "M1-01 · Benar?"),
    ]
    one = trainer.get(LAWS, {"law": "uu-pkdrt"})
    assert [row.law for row in one.context["object_list"]] == ["uu-pkdrt"]
    page = trainer.get(LAWS).content.decode()
    assert reverse("wagtailadmin_pages:edit", args=[making.lesson("m1/1").pk]) in page
    assert reverse("wagtailsnippets_assessments_question:edit", args=[Question.objects.get().pk]) in page


@pytest.mark.parametrize("address", [DUE, LAWS, f"{DUE}results/", f"{LAWS}results/"])
def test_a_learner_sees_no_report(cast, course, sign_in, address):
    assert sign_in(cast.seruni).get(address).status_code == 404
    assert sign_in(cast.anggrek).get(address).status_code == 200


def test_the_first_page_says_where_to_begin_and_what_is_due(trainer):
    page = trainer.get("/admin/").content.decode()
    assert "Mulai di sini" in page
    assert "2 pelajaran perlu diperiksa lagi" in page
    assert (
        reverse("wagtailadmin_pages:add", args=["courses", "modulepage", ModulePage.objects.first().get_parent().pk])
        in page
    )


def test_the_menu_holds_what_a_trainer_uses_in_her_words(trainer):
    page = trainer.get("/admin/").content.decode()
    assert "Laporan" in page
    assert "Perlu diperiksa lagi" in page
    assert "wagtaildocs" not in page
    assert "/admin/documents/" not in page
