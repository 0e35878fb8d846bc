"""Question bank, practice and exam travel as files: in, out, and over what is there."""

import shutil
from pathlib import Path

import pytest

from assessments.models import ExamPage, PracticePage, Question
from courses.curriculum.gathering import gather_course
from courses.curriculum.loading import load_course
from courses.curriculum.problems import CurriculumRefused
from courses.curriculum.reading import read_course
from courses.curriculum.writing import write_course
from courses.models import CoursePage, LessonPage, ModulePage
from lms.kit.refusing import Refused
from tests.cast import THEN

CONTENT = Path(__file__).resolve().parent.parent.parent / "courses" / "content" / "ids"
STEP = """kind: practice
key: 3ea96f7a-75c5-43f9-a08d-33e5344a3f3e
title: Latihan modul 1
minutes: 10
questions: [M1-21]
"""
EXAM = """kind: exam
key: b0b54d1d-19fe-480f-b9e0-066a2d03e363
title: Ujian modul 1
minutes: 20
draw: 8
pass_percent: 75
attempts: 5
wait_hours: 24
intro: |
  Kerjakan dengan tenang.
  Tidak ada batas waktu.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A course of one module without lessons: the bank of module 1, practice and exam."""
    here = tmp_path / "kelas"
    (here / "modul-01").mkdir(parents=True)
    shutil.copy(CONTENT / "course.yaml", here)
    module = (CONTENT / "modul-01" / "module.yaml").read_text("utf-8")
    head = module[: module.index("steps:")] + "steps: [latihan, ujian]\n"
    (here / "modul-01" / "module.yaml").write_text(head, "utf-8")
    bank = (CONTENT / "modul-01" / "questions.yaml").read_text("utf-8")
    for lesson in "1234":
        bank = bank.replace(f'lesson: "{lesson}"', 'lesson: ""')
    (here / "modul-01" / "questions.yaml").write_text(bank, "utf-8")
    (here / "modul-01" / "latihan.yaml").write_text(STEP, "utf-8")
    (here / "modul-01" / "ujian.yaml").write_text(EXAM, "utf-8")
    return here


def texts(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*.yaml")}


def test_what_is_loaded_is_written_out_again_byte_by_byte(db: None, folder: Path, tmp_path: Path) -> None:
    load_course(course=read_course(folder), now=THEN)
    assert ExamPage.objects.live().get().wait_hours == 24
    assert PracticePage.objects.live().get().questions == ["M1-21"]
    assert Question.objects.count() == texts(folder)["modul-01/questions.yaml"].count("- code: ")
    write_course(gather_course(CoursePage.objects.get()), tmp_path / "keluar")
    assert texts(tmp_path / "keluar") == texts(folder)


def test_loading_again_changes_nothing_and_a_changed_question_changes_alone(db: None, folder: Path) -> None:
    load_course(course=read_course(folder), now=THEN)
    before = {one.code: one.as_item() for one in Question.objects.all()}
    assert load_course(course=read_course(folder), now=THEN) == []

    path = folder / "modul-01" / "questions.yaml"
    path.write_text(path.read_text("utf-8").replace("Menstruasi.", "Haid.", 1), "utf-8")
    changes = load_course(course=read_course(folder), now=THEN)
    assert len(changes) == 1
    assert "M1-1" in changes[0]
    after = {one.code: one.as_item() for one in Question.objects.all()}
    assert {code for code in after if after[code] != before[code]} == {"M1-1"}
    assert after["M1-1"].version == 2
    assert after["M1-1"].right == before["M1-1"].right


def test_a_question_made_on_the_site_stays_when_files_are_loaded(db: None, folder: Path) -> None:
    load_course(course=read_course(folder), now=THEN)
    own = Question.objects.get(code="M1-1")
    own.pk, own.code, own.place, own.latest_revision = None, "M1-99", 0, None
    own._state.adding = True
    own.save()
    left = load_course(course=read_course(folder), now=THEN)
    assert len(left) == 1
    assert "questions.yaml" in left[0]
    assert load_course(course=read_course(folder), now=THEN, overwrite=True) == []
    assert Question.objects.filter(code="M1-99").exists()


def test_a_module_made_again_takes_its_questions_back(db: None, folder: Path) -> None:
    load_course(course=read_course(folder), now=THEN)
    before = {one.code: one.pk for one in Question.objects.all()}
    ModulePage.objects.get().delete()
    load_course(course=read_course(folder), now=THEN)
    assert not ModulePage.objects.exists()
    load_course(course=read_course(folder), now=THEN, overwrite=True)
    assert {one.code: one.pk for one in Question.objects.filter(module=ModulePage.objects.get())} == before


def test_a_code_of_another_module_is_refused_and_nothing_changes(db: None, folder: Path) -> None:
    load_course(course=read_course(folder), now=THEN)
    other = folder / "modul-02"
    shutil.copytree(folder / "modul-01", other)
    for path in other.glob("*.yaml"):
        text = path.read_text("utf-8")
        for number, start in enumerate(("key: 3ea96f7a", "key: b0b54d1d")):
            text = text.replace(start, f"key: {number:08d}")
        if path.name == "module.yaml":
            text = text.replace("code: m1", "code: m2").replace("key: ", "key: 00000009", 1)
            text = text[: text.index("key: 00000009") + 13] + text[text.index("key: 00000009") + 21 :]
        path.write_text(text, "utf-8")
    with pytest.raises(Refused, match="M1-1"):
        load_course(course=read_course(folder), now=THEN)
    assert ExamPage.objects.count() == 1


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("questions.yaml", "      right: true\n", "      right: false\n", "exactly one"),
        ("questions.yaml", "code: M1-2\n", "code: M1-1\n", "stands here twice"),
        ("questions.yaml", 'lesson: ""', 'lesson: "9"', "no lesson “9”"),
        ("questions.yaml", "sources: [T1]", "sources: [T99]", "T99"),
        ("questions.yaml", "use: exam", "use: game", "takes one of"),
        ("questions.yaml", "critical: false", "critical: false\n  points: 3", "“points” is not known"),
        ("latihan.yaml", "[M1-21]", "[M1-1]", "no practice question"),
        ("ujian.yaml", "pass_percent: 75", "pass_percent: 175", "from 1 to 100"),
    ],
)
def test_a_slip_in_a_file_is_named_with_its_file(folder: Path, file: str, old: str, new: str, said: str) -> None:
    path = folder / "modul-01" / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(CurriculumRefused) as refused:
        read_course(folder)
    lines = [problem.render(str) for problem in refused.value.problems]
    assert any(said in line and line.startswith(f"modul-01/{file}") for line in lines), lines


def test_the_starter_curriculum_can_be_read_and_every_exam_has_enough_questions() -> None:
    course = read_course(CONTENT)
    assert course.modules
    families = {
        module.head.code: {one.family for one in module.parts["questions.yaml"] if one.use == "exam"}
        for module in course.modules
    }
    for module in course.modules:
        for step in module.steps:
            if step.kind == "exam":
                asked = [module.head.code] if step.rest.bank == "module" else families
                assert sum(len(families[code]) for code in asked) >= step.rest.draw, module.folder


def test_the_starter_curriculum_has_one_pair_of_tests_out_of_all_its_modules() -> None:
    course = read_course(CONTENT)
    tests = [
        (module.head.code, step.rest.part, step.rest.bank, step.rest.draw)
        for module in course.modules
        for step in module.steps
        if step.kind == "exam" and step.rest.part != "exam"
    ]
    assert tests == [("m1", "before", "course", 16), ("m8", "after", "course", 16)]


def test_no_lesson_is_needed_for_a_bank(db: None, folder: Path) -> None:
    load_course(course=read_course(folder), now=THEN)
    assert not LessonPage.objects.exists()
