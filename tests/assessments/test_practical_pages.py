"""Seruni works on a practical task: she begins, writes, hands in, works on it again; nobody else sees it."""

import re
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessments import submitting
from assessments.models import PracticalPage, Round, Submission
from courses import outline
from courses.curriculum.loading import load_course
from courses.curriculum.reading import read_course
from courses.rules import CoursePlan
from lms.kit.refusing import Refused
from lms.people.models import Person, Region, TrailLine
from lms.sync.models import Entry
from tests.assessments.test_stories_and_tasks import folder  # noqa: F401
from tests.cast import THEN, Cast
from tests.courses.making import do, enrol

SignIn = Callable[[Person], Client]
STEP = "/belajar/kecil/m1/tugas/"
ANSWERS = {"catatan": "Ibu Cempaka menimba air.", "tempat": "Air Lontar", "jam": [["05.00", "menimba"]]}
PHONE = "Telepon 0840 0000 0000"


@pytest.fixture
def course(cast: Cast, folder: Path) -> CoursePlan:  # noqa: F811
    """Seruni takes the course that holds the task; two lessons are done."""
    load_course(course=read_course(folder), now=THEN)
    plan = outline.plan_of("kecil")
    assert plan
    enrol(cast.seruni, plan)
    do(cast.seruni, plan, "m1/1", "m1/2")
    return plan


@pytest.fixture
def begun(course: CoursePlan, cast: Cast) -> Submission:
    key = PracticalPage.objects.get().translation_key
    return submitting.begin(person=cast.seruni, task_key=key, submission_id=uuid.uuid4(), now=THEN)


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, name
    return found[1]


def plain(**answers: Any) -> dict[str, Any]:
    """What the form on the page sends."""
    fields = {
        "entry": str(uuid.uuid4()),
        "field": ["long:catatan", "pick:tempat", "table:jam"],
        "a.catatan": "Ibu Cempaka menimba air.",
        "a.tempat": "Air Lontar",
        "a.jam.0.0": "05.00",
        "a.jam.0.1": "menimba",
        "a.jam.1.0": "",
        "a.jam.1.1": "",
    }
    return fields | {f"a.{name}": value for name, value in answers.items()}


def hand_in(browser: Client, submission: Submission, **more: str) -> Any:
    return browser.post(reverse("task_hand_in", args=[submission.pk]), {"entry": str(uuid.uuid4()), **more})


def test_she_sees_task_case_and_rubric_before_she_begins(course: CoursePlan, cast: Cast, sign_in: SignIn) -> None:
    page = sign_in(cast.seruni).get(STEP).content.decode()
    for words in ("Mama Flamboyan", "Tanpa nama atau ciri nyata", "Semua rekaan.", "90 hari"):
        assert words in page
    assert "bukan pendapat" not in page  # what is for the assessor


def test_she_begins_writes_and_hands_in(course: CoursePlan, cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.seruni)
    page = browser.get(STEP).content.decode()
    fields = {name: hidden(page, name) for name in ("entry", "task", "submission")}
    url = browser.post(reverse("task_begin"), fields)["Location"]
    submission = Submission.objects.get()
    assert url == reverse("task", args=[submission.pk])
    assert "Kerja perempuan" in browser.get(url).content.decode()
    answer = browser.post(url, plain() | {"go": "on"})
    assert answer["Location"] == reverse("task_hand_in", args=[submission.pk])
    submission.refresh_from_db()
    assert submission.answers == ANSWERS
    assert hand_in(browser, submission).status_code == 422  # her word is missing
    assert hand_in(browser, submission, sure="on")["Location"] == url
    submission.refresh_from_db()
    assert submission.state == "handed_in"
    assert "Dikumpulkan" in browser.get(url).content.decode()
    assert "Menunggu dinilai" in browser.get("/belajar/").content.decode()
    assert "Ibu Cempaka menimba air." in browser.get(reverse("task_written", args=[submission.pk])).content.decode()
    assert set(TrailLine.objects.values_list("verb", flat=True)) >= {
        "assessments.task_begun",
        "assessments.task_handed_in",
    }


def test_a_second_beginning_goes_on_with_the_first(begun: Submission, cast: Cast) -> None:
    again = submitting.begin(person=cast.seruni, task_key=begun.task_key, submission_id=uuid.uuid4(), now=THEN)
    assert again.pk == begun.pk


def test_who_does_not_take_the_course_cannot_begin(begun: Submission, cast: Cast) -> None:
    with pytest.raises(Refused):
        submitting.begin(person=cast.melati, task_key=begun.task_key, submission_id=uuid.uuid4(), now=THEN)


@pytest.mark.parametrize("name", ["task", "task_hand_in", "task_written"])
def test_nobody_else_opens_her_work(begun: Submission, cast: Cast, sign_in: SignIn, name: str) -> None:
    url = reverse(name, args=[begun.pk])
    assert sign_in(cast.seruni).get(url).status_code == 200
    for other in (cast.melati, cast.dahlia, cast.anggrek, cast.soka):
        assert sign_in(other).get(url).status_code == 404
        assert sign_in(other).post(url, plain()).status_code in (404, 405)
    begun.refresh_from_db()
    assert begun.answers == {}


def test_a_part_of_the_form_may_come_alone(begun: Submission, cast: Cast, sign_in: SignIn) -> None:
    browser, url = sign_in(cast.seruni), reverse("task", args=[begun.pk])
    browser.post(url, plain())
    told = browser.post(
        url, {"entry": str(uuid.uuid4()), "field": "pick:tempat", "a.tempat": "Batu Asam"}, HTTP_X_PART="1"
    )
    assert told.json()["error"] == ""
    assert re.fullmatch(r"\d\d\.\d\d", told.json()["saved"])
    begun.refresh_from_db()
    assert begun.answers == ANSWERS | {"tempat": "Batu Asam"}


def test_an_identifier_is_refused_and_kept_nowhere_but_in_her_own_form(
    begun: Submission, cast: Cast, sign_in: SignIn, caplog: pytest.LogCaptureFixture
) -> None:
    browser, url = sign_in(cast.seruni), reverse("task", args=[begun.pk])
    answer = browser.post(url, plain(catatan=PHONE))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "nomor HP" in page
    assert PHONE in page  # her own form
    begun.refresh_from_db()
    assert begun.answers == {"tempat": "Air Lontar", "jam": [["05.00", "menimba"]]}  # the rest is kept
    assert PHONE not in browser.get(url).content.decode()
    told = browser.post(url, plain(catatan=PHONE), HTTP_X_PART="1")
    assert told.status_code == 422
    assert list(told.json()["fields"]) == ["catatan"]
    assert "0840" not in told.content.decode()
    assert "0840" not in "".join(str(entry.fields) for entry in Entry.objects.all()) + caplog.text


def test_a_cell_of_a_table_is_checked_too(begun: Submission, cast: Cast, sign_in: SignIn) -> None:
    answer = sign_in(cast.seruni).post(reverse("task", args=[begun.pk]), plain(**{"jam.1.1": "084000000000"}))
    assert answer.status_code == 422
    begun.refresh_from_db()
    assert "jam" not in begun.answers


def send(browser: Client, person: Person, **fields: Any) -> tuple[dict[str, Any], Entry]:
    """From a phone: the receipt, and what is stored of the entry."""
    entry = {"id": str(uuid.uuid4()), "kind": "assessments.practical", "made_at": THEN.isoformat(), "fields": fields}
    body = {"device": str(uuid.uuid4()), "person": person.pk, "entries": [entry]}
    answer = browser.post(reverse("inbox"), body, content_type="application/json").json()
    return answer["receipts"][0], Entry.objects.get(pk=entry["id"])


def test_the_inbox_refuses_an_identifier_and_keeps_no_text(begun: Submission, cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.seruni)
    receipt, entry = send(browser, cast.seruni, submission=str(begun.pk), answers={"catatan": PHONE})
    assert receipt["state"] == "refused"
    assert "0840" not in str(receipt) + str(entry.fields)
    begun.refresh_from_db()
    assert begun.answers == {}


def test_a_phone_hands_in_by_the_same_form(begun: Submission, cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.seruni)
    order = {"submission": str(begun.pk), "hand_in": True, "sure": True}
    answers = {**ANSWERS, "catatan": "Ibu Rambutan datang."}
    receipt, entry = send(browser, cast.seruni, **order, answers=answers)
    assert (receipt["state"], "Rambutan" in str(receipt) + str(entry.fields)) == ("refused", False)
    assert send(browser, cast.seruni, **order, answers={}, confirmed=True)[0]["state"] == "refused"  # nothing written
    receipt, entry = send(browser, cast.seruni, **order, answers=answers, confirmed=True)
    assert (receipt["state"], entry.fields) == ("applied", {})
    begun.refresh_from_db()
    assert (begun.state, begun.answers) == ("handed_in", answers)


def test_nobody_sends_for_somebody_else(begun: Submission, cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.melati)
    assert send(browser, cast.melati, submission=str(begun.pk), answers=ANSWERS)[0]["state"] == "refused"
    begun.refresh_from_db()
    assert begun.answers == {}


def test_a_name_or_place_that_may_be_real_is_asked_about(begun: Submission, cast: Cast, sign_in: SignIn) -> None:
    Region.objects.create(code="53.71", name="Kupang", level=2)
    browser = sign_in(cast.seruni)
    browser.post(reverse("task", args=[begun.pk]), plain(catatan="Ibu Rambutan pergi ke Kupang."))
    answer = hand_in(browser, begun, sure="on")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "nama orang, nama tempat" in page
    assert "Rambutan" not in page
    begun.refresh_from_db()
    assert begun.state == "draft"
    hand_in(browser, begun, sure="on", confirmed="on")
    begun.refresh_from_db()
    assert begun.state == "handed_in"


def test_what_must_be_answered_is_named_before_it_is_handed_in(begun: Submission, cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.seruni)
    assert "Kerja perempuan" in browser.get(reverse("task_hand_in", args=[begun.pk])).content.decode()
    assert hand_in(browser, begun, sure="on").status_code == 422
    begun.refresh_from_db()
    assert begun.state == "draft"


def test_after_handing_in_nothing_changes(begun: Submission, cast: Cast, sign_in: SignIn) -> None:
    browser, url = sign_in(cast.seruni), reverse("task", args=[begun.pk])
    browser.post(url, plain())
    hand_in(browser, begun, sure="on")
    hand_in(browser, begun, sure="on")
    assert browser.post(url, plain(catatan="Lain.")).status_code == 302
    begun.refresh_from_db()
    assert begun.answers == ANSWERS
    assert TrailLine.objects.filter(verb="assessments.task_handed_in").count() == 1


def test_a_row_too_many_or_an_unknown_option_is_refused_with_a_sentence(
    begun: Submission, cast: Cast, sign_in: SignIn
) -> None:
    browser, url = sign_in(cast.seruni), reverse("task", args=[begun.pk])
    many = {f"jam.{row}.0": "x" for row in range(25)}
    for wrong in ({"tempat": "Kupang"}, {"catatan": "a" * 2501}, many):
        answer = browser.post(url, plain(**wrong))
        assert answer.status_code == 422
        assert "Pendekkan" in answer.content.decode()


def test_the_number_of_queries_does_not_grow_with_the_form(
    begun: Submission, cast: Cast, sign_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    browser = sign_in(cast.seruni)
    browser.get(reverse("task", args=[begun.pk]))
    with django_assert_max_num_queries(9):
        browser.get(reverse("task", args=[begun.pk]))


def test_staff_read_the_step_and_cannot_hand_in(course: CoursePlan, cast: Cast, sign_in: SignIn) -> None:
    page = sign_in(cast.anggrek).get(STEP).content.decode()
    assert "Hanya peserta yang mengumpulkan tugas ini." in page
    assert "<form" not in page.partition("<main")[2]


def returned(submission: Submission) -> None:
    Round.objects.create(submission=submission, number=1, answers=ANSWERS, handed_in_at=THEN, returned_at=THEN)
    Submission.objects.filter(pk=submission.pk).update(state="returned", round=2, handed_in_at=THEN, answers=ANSWERS)


def test_returned_work_goes_on_with_its_history(begun: Submission, cast: Cast, sign_in: SignIn) -> None:
    returned(begun)
    browser, url = sign_in(cast.seruni), reverse("task", args=[begun.pk])
    assert "Perlu dikerjakan lagi" in browser.get("/belajar/").content.decode()
    browser.post(url, plain(catatan="Mama Flamboyan memasak."))
    page = browser.get(reverse("task_written", args=[begun.pk])).content.decode()
    assert "Mama Flamboyan memasak." in page
    assert "Ibu Cempaka menimba air." in page
    hand_in(browser, begun, sure="on")
    begun.refresh_from_db()
    assert (begun.state, begun.round) == ("handed_in", 2)


def graded(submission: Submission, *, passed: bool) -> None:
    Submission.objects.filter(pk=submission.pk).update(
        state="graded", percent=80 if passed else 40, passed=passed, handed_in_at=THEN, graded_at=THEN, answers=ANSWERS
    )


def test_who_has_not_passed_tries_once_more(begun: Submission, cast: Cast, sign_in: SignIn) -> None:
    graded(begun, passed=False)
    browser = sign_in(cast.seruni)
    page = browser.get(reverse("task", args=[begun.pk])).content.decode()
    assert "Coba sekali lagi" in page
    browser.post(reverse("task_begin"), {name: hidden(page, name) for name in ("entry", "task", "submission")})
    second = Submission.objects.get(number=2)
    assert second.answers == {}
    graded(second, passed=False)
    with pytest.raises(Refused):
        submitting.begin(person=cast.seruni, task_key=begun.task_key, submission_id=uuid.uuid4(), now=THEN)


def test_who_has_passed_needs_no_more(begun: Submission, cast: Cast, sign_in: SignIn) -> None:
    graded(begun, passed=True)
    assert "Coba sekali lagi" not in sign_in(cast.seruni).get(STEP).content.decode()
    with pytest.raises(Refused):
        submitting.begin(person=cast.seruni, task_key=begun.task_key, submission_id=uuid.uuid4(), now=THEN)


def test_a_watched_task_has_nothing_to_write(course: CoursePlan, cast: Cast, sign_in: SignIn) -> None:
    page = PracticalPage.objects.get()
    page.mode = "observed"
    page.save_revision().publish()
    text = sign_in(cast.seruni).get(STEP).content.decode()
    assert "Minta hari kepada pelatih" in text
    assert "<form" not in text.partition("<main")[2]
    with pytest.raises(Refused):
        submitting.begin(person=cast.seruni, task_key=page.translation_key, submission_id=uuid.uuid4(), now=THEN)
