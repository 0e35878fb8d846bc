"""In the editor: a zip is looked at, agreed to, taken in; and a course goes out as a zip."""

import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from courses import importing, setting_up
from courses.curriculum import zipped
from courses.curriculum.gathering import gather_course
from courses.curriculum.reading import read_course
from courses.models import CourseImport, CoursePage, LessonPage
from courses.tasks import sweep_imports, work_on_import
from lms.kit import clock
from lms.people.models import Person
from tests.cast import Cast
from tests.courses.making import load, write_folder

SignIn = Callable[[Person], Client]
CARRY = "/admin/kursus/"


@pytest.fixture(autouse=True)
def editors(settings: Any, cast: Cast) -> None:
    settings.STAFF_SECOND_FACTOR = False
    setting_up.set_up()


@pytest.fixture
def course_zip(db: None, tmp_path: Path) -> bytes:
    """The small course as a zip; the site itself is empty."""
    made = io.BytesIO()
    zipped.write_zip(read_course(write_folder(tmp_path / "asal")), made)
    return made.getvalue()


def send(browser: Client, content: bytes, name: str = "kelas.zip", **more: str) -> Any:
    return browser.post(CARRY, {"file": SimpleUploadedFile(name, content), **more}, follow=True)


def work() -> CourseImport:
    """What the worker does with the newest import."""
    row = CourseImport.objects.first()
    assert row is not None
    work_on_import(str(row.pk))
    row.refresh_from_db()
    return row


def test_a_trainer_reads_what_would_change_and_then_takes_it_in(
    cast: Cast, sign_in: SignIn, course_zip: bytes, django_capture_on_commit_callbacks: Any
) -> None:
    browser = sign_in(cast.anggrek)
    assert browser.get(CARRY).status_code == 200
    assert send(browser, course_zip)["Refresh"] == "2"
    row = work()
    assert (row.state, CoursePage.objects.count()) == ("checked", 0)
    url = reverse("course_import", args=[row.pk])
    answer = browser.get(url)
    assert "Peran dan kuasa" in answer.content.decode()
    assert "Refresh" not in answer
    browser.post(reverse("course_import_agree", args=[row.pk]))
    assert row.file.storage.exists(row.file.name)
    with django_capture_on_commit_callbacks(execute=True):
        row = work()
    assert row.state == "done"
    assert CoursePage.objects.live().get().slug == "kecil"
    assert not row.file.storage.exists(row.file.name)
    assert "Sudah" in browser.get(url).content.decode()


def test_what_is_here_already_would_change_nothing_and_says_so(
    cast: Cast, sign_in: SignIn, course_zip: bytes, tmp_path: Path
) -> None:
    load(tmp_path / "asal")
    browser = sign_in(cast.anggrek)
    send(browser, course_zip)
    row = work()
    assert (row.state, row.lines) == ("checked", [])
    assert 'type="hidden"' in browser.get(CARRY).content.decode()
    assert (
        reverse("course_import_agree", args=[row.pk])
        not in browser.get(reverse("course_import", args=[row.pk])).content.decode()
    )


def test_what_a_trainer_edited_stays_unless_she_asks_for_the_files(
    cast: Cast, sign_in: SignIn, course_zip: bytes, tmp_path: Path
) -> None:
    load(tmp_path / "asal")
    lesson = LessonPage.objects.get(title="Kuasa")
    lesson.title = "Kuasa di rumah"
    lesson.save_revision().publish()
    browser = sign_in(cast.anggrek)
    send(browser, course_zip)
    assert any("Kuasa di rumah" in line for line in work().lines)
    send(browser, course_zip, overwrite="on")
    row = work()
    browser.post(reverse("course_import_agree", args=[row.pk]))
    work()
    lesson.refresh_from_db()
    assert lesson.title == "Kuasa"


def test_a_zip_with_faults_is_refused_with_file_and_line_and_nothing_changes(
    cast: Cast, sign_in: SignIn, tmp_path: Path
) -> None:
    folder = write_folder(tmp_path / "salah", **{"modul-01/2.md": "---\ntitle: x\n---\n::: gambar\n:::\n"})
    made = io.BytesIO()
    zipped._pack(folder, made)
    browser = sign_in(cast.anggrek)
    send(browser, made.getvalue(), name="../../<b>kelas</b>.zip")
    row = work()
    page = browser.get(reverse("course_import", args=[row.pk])).content.decode()
    assert row.state == "refused"
    assert "modul-01/2.md:4" in page
    assert "<b>kelas" not in page
    assert not CoursePage.objects.exists()
    assert browser.post(reverse("course_import_agree", args=[row.pk])).status_code == 422


def test_a_file_too_large_or_none_keeps_her_on_the_form(
    cast: Cast, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = sign_in(cast.anggrek)
    assert browser.post(CARRY, {}).status_code == 422
    monkeypatch.setattr(importing, "MOST_UPLOAD", 10)
    answer = send(browser, b"x" * 11)
    assert answer.status_code == 422
    assert "120 MB" in answer.content.decode()
    assert not CourseImport.objects.exists()


def test_an_import_is_hers_alone_and_no_learner_comes_near(cast: Cast, sign_in: SignIn, course_zip: bytes) -> None:
    send(sign_in(cast.anggrek), course_zip)
    row = work()
    for person in (cast.jati, cast.seruni):
        browser = sign_in(person)
        assert browser.get(reverse("course_import", args=[row.pk])).status_code == 404
        assert browser.post(reverse("course_import_agree", args=[row.pk])).status_code == 404
    assert sign_in(cast.seruni).get(CARRY).status_code == 404


def test_work_left_by_a_worker_that_was_stopped_is_asked_for_again(
    cast: Cast, sign_in: SignIn, course_zip: bytes
) -> None:
    send(sign_in(cast.anggrek), course_zip)
    row = CourseImport.objects.get()
    assert importing.left_waiting(now=clock.now()) == []
    assert importing.left_waiting(now=clock.now() + timedelta(minutes=15)) == [row.pk]
    sweep_imports()
    work_on_import(str(row.pk))
    work_on_import(str(row.pk))
    row.refresh_from_db()
    assert row.state == "checked"


def test_a_file_that_is_gone_is_said_once_and_not_tried_for_ever(
    cast: Cast, sign_in: SignIn, course_zip: bytes
) -> None:
    send(sign_in(cast.anggrek), course_zip)
    row = CourseImport.objects.get()
    row.file.storage.delete(row.file.name)
    row = work()
    assert (row.state, row.problems) == ("refused", ["Berkas ini sudah tidak ada. Kirim lagi."])
    assert importing.left_waiting(now=clock.now() + timedelta(minutes=15)) == []


def test_a_course_goes_out_as_a_zip_that_comes_in_unchanged(
    cast: Cast, sign_in: SignIn, course_zip: bytes, tmp_path: Path
) -> None:
    load(tmp_path / "asal")
    page = CoursePage.objects.get()
    answer = sign_in(cast.anggrek).get(reverse("course_export", args=[page.pk]))
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert content == course_zip
    folder = zipped.unpack(io.BytesIO(content), tmp_path / "lagi")
    assert gather_course(page).head == read_course(folder).head
    assert sign_in(cast.seruni).get(reverse("course_export", args=[page.pk])).status_code == 404
