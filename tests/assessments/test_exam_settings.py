"""The settings of an exam: in files and out again, in the editor, and what the editor says of the bank."""

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.models import ExamPage
from assessments.rules.drawing import Row, Topic
from courses import setting_up
from courses.curriculum.gathering import gather_course
from courses.curriculum.loading import load_course
from courses.curriculum.problems import CurriculumRefused
from courses.curriculum.reading import read_course
from courses.curriculum.writing import write_course
from courses.models import CoursePage
from lms.people.models import Person
from tests.assessments.school import make_question, open_school
from tests.assessments.test_curriculum import EXAM, folder, texts  # noqa: F401
from tests.assessments.test_exam_pages import begin
from tests.cast import THEN, Cast

SignIn = Callable[[Person], Client]
EVERY_SETTING = """kind: exam
key: b0b54d1d-19fe-480f-b9e0-066a2d03e363
title: Tes sesudah pelatihan
minutes: 20
part: after
bank: course
draw: 8
pass_percent: 75
attempts: 1
wait_hours: 12
topics:
  - module: m1
    difficulty: 1
    count: 2
  - competency: k2
    count: 1
  - tag: rujukan
    count: 1
  - difficulty: 3
    count: 1
wait_days: 2
limit_minutes: 30
opens_at: 2026-12-01 08:00
closes_at: 2026-12-05 17:30
shuffle_questions: false
shuffle_choices: false
one_page: true
feedback: after_closing
intro: |
  Kerjakan dengan tenang.
  Waktunya tiga puluh menit.
"""


def test_every_setting_travels_through_files_byte_by_byte(db: None, folder: Path, tmp_path: Path) -> None:  # noqa: F811
    (folder / "modul-01" / "ujian.yaml").write_text(EVERY_SETTING, "utf-8")
    load_course(course=read_course(folder), now=THEN)
    page = ExamPage.objects.get()
    assert page.wanted.rows == (
        Row(Topic.MODULE, "m1", 1, 2),
        Row(Topic.COMPETENCY, "k2", 0, 1),
        Row(Topic.TAG, "rujukan", 0, 1),
        Row(Topic.ANY, "", 3, 1),
    )
    assert page.opens_at == timezone.make_aware(datetime(2026, 12, 1, 8, 0))
    assert (page.limits.minutes, page.limits.wait_hours) == (30, 60)
    write_course(gather_course(CoursePage.objects.get()), tmp_path / "keluar")
    assert texts(tmp_path / "keluar") == texts(folder)
    assert load_course(course=read_course(folder), now=THEN) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("wait_hours: 24", "wait_hours: 24\npart: middle", "takes one of"),
        ("wait_hours: 24", "wait_hours: 24\nfeedback: after_closing", "Say when it closes"),
        ("wait_hours: 24", "wait_hours: 24\nopens_at: 2026-12-05 08:00\ncloses_at: 2026-12-01 08:00", "closes before"),
        ("wait_hours: 24", "wait_hours: 24\ncloses_at: besok", "takes day and time"),
        ("wait_hours: 24", "wait_hours: 24\nlimit_minutes: 601", "from 0 to 600"),
        ("wait_hours: 24", "wait_hours: 24\ntopics: [{lesson: '1', tag: x, count: 1}]", "Name one topic"),
        ("wait_hours: 24", "wait_hours: 24\ntopics: [{lesson: '1'}]", "“count” is missing"),
        ("wait_hours: 24", "wait_hours: 24\ntopics: [{lesson: '1', count: 1, points: 2}]", "“points” is not known"),
        ("wait_hours: 24", "wait_hours: 24\ntopics: 3", "takes a list"),
    ],
)
def test_a_wrong_setting_is_named_with_its_file(folder: Path, old: str, new: str, said: str) -> None:  # noqa: F811
    path = folder / "modul-01" / "ujian.yaml"
    path.write_text(EXAM.replace(old, new), "utf-8")
    with pytest.raises(CurriculumRefused) as refused:
        read_course(folder)
    lines = [problem.render(str) for problem in refused.value.problems]
    assert any(said in line and line.startswith("modul-01/ujian.yaml") for line in lines), lines


def test_an_exam_without_the_new_settings_stays_the_short_file_it_was(
    db: None,
    folder: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    load_course(course=read_course(folder), now=THEN)
    write_course(gather_course(CoursePage.objects.get()), tmp_path / "keluar")
    assert (tmp_path / "keluar" / "modul-01" / "ujian.yaml").read_text("utf-8") == EXAM
    shutil.rmtree(tmp_path / "keluar")


def test_a_paper_follows_the_rows_of_its_settings(cast: Cast, sign_in: SignIn) -> None:
    topics = [
        {"type": "topic", "value": {"topic": "tag", "name": "rujukan", "difficulty": "3", "count": 2}},
        {"type": "topic", "value": {"topic": "competency", "name": "k2", "difficulty": "", "count": 1}},
    ]
    school = open_school(draw=4, topics=topics)
    for number in range(4):
        make_question(school.module, f"R-{number}", tags=["rujukan"], difficulty=3)
        make_question(school.module, f"K-{number}", competency="k2")
    school.admit(cast.seruni)
    asked = [item.code for item in begin(sign_in(cast.seruni)).questions.items]
    assert sum(code.startswith("R-") for code in asked) == 2
    assert sum(code.startswith("K-") for code in asked) == 1
    assert "U-1" in asked  # about safety
    assert len(asked) == 4


def test_what_is_not_shuffled_is_asked_in_the_order_of_the_bank(cast: Cast, sign_in: SignIn) -> None:
    school = open_school(shuffle_questions=False, shuffle_choices=False)
    school.admit(cast.seruni)
    items = begin(sign_in(cast.seruni)).questions.items
    assert [item.code for item in items] == ["U-1", "U-2", "U-3", "U-4"]
    assert [choice.text for choice in items[0].choices] == ["benar", "salah a", "salah b"]
    assert items[3].keys != items[3].right


def test_the_editor_shows_what_the_bank_cannot_meet(cast: Cast, sign_in: SignIn, settings: Any) -> None:
    settings.STAFF_SECOND_FACTOR = False
    topics = [{"type": "topic", "value": {"topic": "lesson", "name": "9", "difficulty": "", "count": 2}}]
    school = open_school(draw=9, topics=topics)
    page = sign_in(cast.anggrek).get(reverse("wagtailadmin_pages:edit", args=[school.exam.pk])).content.decode()
    assert "Diminta 9 soal, bank punya 4 keluarga soal." in page
    assert "“pelajaran 9, tingkat apa pun” tidak ada di sini." in page
    assert "Satu ujian berisi 4 soal, 1 di antaranya soal keselamatan." in page


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"feedback": "after_closing"}, "Tulis kapan ujian ditutup"),
        ({"opens_at": "2026-12-05 08:00", "closes_at": "2026-12-01 08:00"}, "Waktu tutup lebih awal"),
    ],
)
def test_the_editor_refuses_times_that_cannot_be(
    cast: Cast, sign_in: SignIn, settings: Any, changed: dict[str, str], said: str
) -> None:
    settings.STAFF_SECOND_FACTOR = False
    school = open_school()
    exam = school.exam
    fields = {name: str(getattr(exam, name)) for name in ("draw", "pass_percent", "attempts", "wait_hours", "minutes")}
    fields |= {"title": exam.title, "slug": exam.slug, "part": "exam", "bank": "module", "feedback": "at_once"}
    fields |= {"wait_days": "0", "limit_minutes": "0", "topics-count": "0", "action-publish": "1"}
    fields |= {"comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}
    url = reverse("wagtailadmin_pages:edit", args=[exam.pk])
    answer = sign_in(cast.anggrek).post(url, {**fields, **changed})
    assert said in answer.content.decode()
    exam.refresh_from_db()
    assert (exam.feedback, exam.closes_at) == ("at_once", None)


def test_the_database_refuses_them_too(db: None) -> None:
    setting_up.set_up()
    school = open_school()
    with pytest.raises(IntegrityError):
        ExamPage.objects.filter(pk=school.exam.pk).update(feedback="after_closing")
