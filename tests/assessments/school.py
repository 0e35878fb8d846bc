"""A small school: one course, one module with a lesson, a practice and an exam; Seruni takes it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from wagtail.models import Collection, Locale, Page

from assessments.models import ExamPage, PracticePage, Question
from courses import enrolling, progressing, setting_up
from courses.models import CoursePage, LessonPage, ModulePage
from lms.people.models import Person
from tests.cast import THEN


@dataclass(frozen=True)
class School:
    course: CoursePage
    module: ModulePage
    lesson: LessonPage
    practice: PracticePage
    exam: ExamPage

    @property
    def exam_key(self) -> UUID:
        return self.exam.translation_key

    @property
    def practice_key(self) -> UUID:
        return self.practice.translation_key

    def admit(self, *people: Person) -> None:
        """Let them take the course, and have the lesson done: the exam is open."""
        self.enrol(*people)
        for person in people:
            progressing.mark_done(person=person, step_key=self.lesson.translation_key, entry_id=None, now=THEN)

    def add_exam(self, **exam: Any) -> ExamPage:
        """Another exam of the same module."""
        page: ExamPage = _added(self.module, ExamPage(**{"draw": 4, "pass_percent": 75, **exam}))
        return page

    def enrol(self, *people: Person) -> None:
        for person in people:
            enrolling.enrol(
                person=person, course_key=self.course.translation_key, by=None, now=THEN, today=date(2026, 1, 5)
            )


def open_school(**exam: Any) -> School:
    """`exam` are the rules of the exam: draw, pass_percent, attempts, wait_hours."""
    lay_ground()
    course = _added(setting_up.set_up(), CoursePage(title="Dasar", slug="dasar", outer_title="Dasar"))
    module = _added(course, ModulePage(title="Bercermin", slug="m1", code="m1", outer_title="Modul 1"))
    lesson = _added(module, LessonPage(title="Bercermin dulu", slug="1", outer_title="Pelajaran 1"))
    practice = _added(module, PracticePage(title="Latihan modul 1", slug="latihan", questions=["L-1", "L-2"]))
    page = _added(module, ExamPage(title="Ujian modul 1", slug="ujian", **{"draw": 4, "pass_percent": 75, **exam}))
    make_bank(module)
    return School(course, module, lesson, practice, page)


def lay_ground() -> None:
    """What Wagtail's own migrations make, and a test with real transactions leaves empty."""
    if Page.get_first_root_node() is None:
        locale, _is_new = Locale.objects.get_or_create(language_code="id")
        Page.add_root(title="Root", slug="root", locale=locale)
        Collection.add_root(name="Root")


def _added(parent: Any, page: Any) -> Any:
    parent.add_child(instance=page)
    page.save_revision().publish()
    return type(page).objects.get(pk=page.pk)


def make_bank(module: ModulePage) -> None:
    """Four exam questions, one of each kind, the first about safety; two practice questions."""
    make_question(module, "U-1", stem="Seorang ibu bercerita.\nKata Anda?", is_critical=True)
    make_question(module, "U-2", kind="multiple", right=("benar a", "benar b"), wrong=("salah",))
    make_question(module, "U-3", kind="true_false", is_true=False)
    make_question(module, "U-4", kind="ordering", right=("pertama", "kedua", "ketiga"), wrong=())
    make_question(module, "L-1", use="practice", reason="Karena begitu.")
    make_question(module, "L-2", use="practice", kind="ordering", right=("satu", "dua"), wrong=(), reason="Urut.")


def make_question(
    module: ModulePage,
    code: str,
    *,
    right: Sequence[str] = ("benar",),
    wrong: Sequence[str] = ("salah a", "salah b"),
    **more: Any,
) -> Question:
    question = Question(module=module, code=code, stem=more.pop("stem", f"Soal {code}?"), lesson="1", **more)
    rows = [(text, question.kind != "ordering") for text in right] + [(text, False) for text in wrong]
    if question.kind == "true_false":
        rows = []
    question.choices = question.choices.stream_block.to_python(
        [{"type": "choice", "value": {"text": text, "right": is_right}} for text, is_right in rows]
    )
    question.save()
    return question
