"""A folder that comes in again leaves alone what trainers did meanwhile, and says so."""

from io import StringIO

import pytest
from django.core.management import call_command

from assessments.models import Question
from courses import outline
from courses.models import CoursePage, LessonPage, ModulePage
from tests.courses import making
from tests.courses.making import FILES, LESSON_1, MODULE_1
from tests.courses.test_loading import run
from tests.courses.test_starter import FOLDER


@pytest.fixture
def folder(db, tmp_path):
    """The small course, loaded once."""
    folder = making.write_folder(tmp_path / "kecil")
    making.load(folder)
    return folder


def edit(code="m1/1", title="Judul pelatih"):
    page = making.lesson(code)
    page.title = title
    page.save_revision().publish()


def titles():
    return [[step.title for step in module.steps] for module in outline.plan_of("kecil").modules]


def test_a_lesson_that_a_trainer_edited_stays_when_the_same_files_come_again(folder):
    edit()
    assert run("load_curriculum", folder) == ["Disunting di sini, dibiarkan: Judul pelatih"]
    assert titles()[0][0] == "Judul pelatih"


def test_it_stays_too_when_newer_files_come_and_the_others_follow_the_files(folder):
    edit()
    (folder / "modul-01/1.md").write_text(LESSON_1.replace("menyiapkan", "memimpin"))
    (folder / "modul-02/1.md").write_text(FILES["modul-02/1.md"].replace("Satu", "Dua"))
    assert run("load_curriculum", folder) == ["Berubah: Tanda", "Disunting di sini, dibiarkan: Judul pelatih"]
    assert "menyiapkan" in str(making.lesson("m1/1").body[0].value)


def test_overwrite_takes_the_files_everywhere(folder):
    edit()
    assert run("load_curriculum", folder, overwrite=True) == ["Berubah: Dapur"]
    assert run("load_curriculum", folder) == ["Tidak ada yang berubah."]


def test_a_trainer_who_writes_what_the_file_says_is_no_editor(folder):
    (folder / "modul-01/1.md").write_text(LESSON_1.replace("title: Dapur", "title: Rapat"))
    edit(title="Rapat")
    assert run("load_curriculum", folder) == ["Tidak ada yang berubah."]
    (folder / "modul-01/1.md").write_text(LESSON_1.replace("title: Dapur", "title: Kebun"))
    assert run("load_curriculum", folder) == ["Berubah: Kebun"]


def test_another_address_and_another_picture_are_edits_too(folder):
    page = making.lesson("m1/2")
    page.slug = "7"
    page.save_revision().publish()
    assert run("load_curriculum", folder) == ["Disunting di sini, dibiarkan: Kuasa"]
    making.put_picture(folder / "modul-01/pictures/dapur.png", "red")
    assert run("load_curriculum", folder)[0] == "Berubah: Dapur"


def test_modules_and_the_course_stay_when_trainers_edited_them(folder):
    for page in (CoursePage.objects.get(), ModulePage.objects.get(code="m1")):
        page.title = f"{page.title} kami"
        page.save_revision().publish()
    assert run("load_curriculum", folder) == [
        "Disunting di sini, dibiarkan: Kelas kecil kami",
        "Disunting di sini, dibiarkan: Peran dan kuasa kami",
    ]


def test_a_deleted_lesson_or_module_does_not_come_back(folder):
    making.lesson("m1/2").delete()
    ModulePage.objects.get(code="m2").delete()
    assert sorted(run("load_curriculum", folder)) == [
        "Dihapus di sini, tidak dikembalikan: Bentuk",
        "Dihapus di sini, tidak dikembalikan: Kuasa",
    ]
    assert titles() == [["Dapur"]]
    run("load_curriculum", folder, overwrite=True)
    assert titles() == [["Dapur", "Kuasa"], ["Tanda"]]


def test_a_deleted_course_does_not_come_back(folder):
    CoursePage.objects.get().delete()
    assert run("load_curriculum", folder) == ["Dihapus di sini, tidak dikembalikan: Kelas kecil"]
    assert not LessonPage.objects.exists()


def test_a_lesson_that_was_taken_back_stays_so(folder):
    making.lesson("m1/2").unpublish()
    assert run("load_curriculum", folder) == ["Tidak ada yang berubah."]
    (folder / "modul-01/2.md").write_text(FILES["modul-01/2.md"].replace("Satu", "Dua"))
    assert run("load_curriculum", folder) == ["Disunting di sini, dibiarkan: Kuasa"]
    assert not LessonPage.objects.get(title="Kuasa").live


def test_a_lesson_that_a_trainer_moved_stays_where_she_put_it(folder):
    making.lesson("m1/2").move(ModulePage.objects.get(code="m2"), "last-child")
    assert run("load_curriculum", folder) == ["Dipindah di sini, dibiarkan: Kuasa"]
    assert titles() == [["Dapur"], ["Tanda", "Kuasa"]]


def test_an_order_that_a_trainer_chose_stays(folder):
    making.lesson("m1/2").move(making.lesson("m1/1"), "left")
    assert run("load_curriculum", folder) == ["Urutan diubah di sini, dibiarkan: Peran dan kuasa"]
    assert titles()[0] == ["Kuasa", "Dapur"]


def test_her_own_lesson_between_the_others_is_no_new_order(folder):
    own = LessonPage(title="Tambahan", slug="9")
    ModulePage.objects.get(code="m1").add_child(instance=own)
    own.save_revision().publish()
    own.move(making.lesson("m1/2"), "left")
    assert run("load_curriculum", folder) == ["Tidak ada yang berubah."]
    (folder / "modul-01/module.yaml").write_text(MODULE_1.replace('["1", "2"]', '["2", "1"]'))
    run("load_curriculum", folder)
    assert [title for title in titles()[0] if title != "Tambahan"] == ["Kuasa", "Dapur"]


def test_questions_that_a_trainer_edited_stay(db):
    call_command("load_curriculum", str(FOLDER), stdout=StringIO())
    question = Question.objects.get(code="M1-1")
    question.reason = "Alasan dari pelatih."
    question.save()
    lines = run("load_curriculum", FOLDER)
    assert lines == ["Disunting di sini, dibiarkan: Gender dan ketidakadilan gender, questions.yaml"]
    assert Question.objects.get(code="M1-1").reason == "Alasan dari pelatih."
