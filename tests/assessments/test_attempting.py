"""An exam through the inbox, as a phone sends it: begin, answer, hand in; and every no."""

import json
import threading
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.db.models import ProtectedError
from django.test import Client

from assessments import attempting, results
from assessments.models import Attempt, PracticeAnswer, Question
from courses import outline
from lms.kit import clock
from lms.kit.refusing import Refused
from lms.people.models import Person, TrailLine
from tests.assessments.school import School, make_question, open_school
from tests.cast import THEN, Cast, make_cast

SignIn = Callable[[Person], Client]
Fields = dict[str, Any]


@pytest.fixture
def school(cast: Cast) -> School:
    school = open_school()
    school.admit(cast.seruni)
    return school


def entry(kind: str, fields: Fields, *, made_at: str = "2026-03-01T08:00:00+08:00") -> Fields:
    return {"id": str(uuid.uuid4()), "kind": f"assessments.{kind}", "made_at": made_at, "fields": fields}


def send(client: Client, *entries: Fields, device: uuid.UUID | None = None) -> list[Fields]:
    body = json.dumps({"device": str(device or uuid.uuid4()), "entries": entries})
    answer = client.post("/sinkron/", body, content_type="application/json")
    assert answer.status_code == 200, answer.content
    receipts: list[Fields] = answer.json()["receipts"]
    return receipts


def begun(school: School, attempt: uuid.UUID) -> Fields:
    return entry("exam", {"exam": str(school.exam_key), "attempt": str(attempt)})


def answers(attempt: Attempt, *, wrong: tuple[str, ...] = ()) -> list[Fields]:
    """An entry for each question of the paper, right but for those codes."""
    sent = []
    for number, item in enumerate(attempt.questions.items, 1):
        given = list(item.right) if item.code not in wrong else [key for key in item.keys if key not in item.right][:1]
        if item.kind == "ordering" and item.code in wrong:
            given = list(reversed(item.right))
        sent.append(entry("exam", {"attempt": str(attempt.pk), "question": number, "answer": given}))
    return sent


def handed_in(attempt: Attempt) -> Fields:
    return entry("exam", {"attempt": str(attempt.pk), "hand_in": True})


def states(receipts: list[Fields]) -> set[str]:
    return {receipt["state"] for receipt in receipts}


def sit(browser: Client, school: School, *, wrong: tuple[str, ...] = ()) -> Attempt:
    """A whole attempt."""
    key = uuid.uuid4()
    assert states(send(browser, begun(school, key))) == {"applied"}
    attempt = Attempt.objects.get(pk=key)
    assert states(send(browser, *answers(attempt, wrong=wrong), handed_in(attempt))) == {"applied"}
    attempt.refresh_from_db()
    return attempt


def test_a_whole_exam_comes_from_a_phone_and_counts(cast: Cast, school: School, sign_in: SignIn) -> None:
    attempt = sit(sign_in(cast.seruni), school)
    assert (attempt.right, attempt.total, attempt.percent, attempt.passed) == (4, 4, 100, True)
    assert school.exam_key in outline.done_keys(cast.seruni)
    assert outline.finished_modules([cast.seruni.pk])[cast.seruni.pk] == {"m1"}
    passed = results.passed_exams([cast.seruni.pk, cast.melati.pk])
    assert passed[cast.seruni.pk]["m1"].percent == 100
    assert passed[cast.melati.pk] == {}
    verbs = TrailLine.objects.filter(verb__startswith="assessments.").order_by("id").values_list("verb", "person_id")
    assert list(verbs) == [
        ("assessments.exam_begun", cast.seruni.pk),
        ("assessments.exam_handed_in", cast.seruni.pk),
    ]


def test_enough_right_without_the_safety_question_is_not_passed(cast: Cast, school: School, sign_in: SignIn) -> None:
    attempt = sit(sign_in(cast.seruni), school, wrong=("U-1",))
    assert (attempt.percent, attempt.critical_left, attempt.passed) == (75, 1, False)
    assert school.exam_key not in outline.done_keys(cast.seruni)


def test_one_slip_elsewhere_still_passes_and_nothing_handed_in_changes(
    cast: Cast, school: School, sign_in: SignIn
) -> None:
    browser = sign_in(cast.seruni)
    attempt = sit(browser, school, wrong=("U-3",))
    assert (attempt.percent, attempt.passed) == (75, True)
    late = send(browser, *answers(attempt))
    assert states(late) == {"refused"}
    assert states(send(browser, handed_in(attempt))) == {"applied"}
    after = Attempt.objects.get()
    assert (after.answers, after.percent, after.handed_in_at) == (
        attempt.answers,
        attempt.percent,
        attempt.handed_in_at,
    )


def test_begun_twice_or_from_a_second_phone_it_is_one_attempt(cast: Cast, school: School, sign_in: SignIn) -> None:
    browser, key = sign_in(cast.seruni), uuid.uuid4()
    sent = begun(school, key)
    assert states(send(browser, sent)) == {"applied"}
    assert states(send(browser, sent)) == {"known"}
    assert states(send(browser, begun(school, key), begun(school, uuid.uuid4()))) == {"applied"}
    assert Attempt.objects.get().pk == key


def test_who_has_not_done_the_lessons_or_does_not_take_the_course_cannot_begin(
    cast: Cast, school: School, sign_in: SignIn
) -> None:
    school.enrol(cast.melati)
    for person in (cast.melati, cast.kenari):
        receipt = send(sign_in(person), begun(school, uuid.uuid4()))[0]
        assert receipt["state"] == "refused"
        assert receipt["reason"].endswith(".")
    wrong = entry("exam", {"exam": str(school.lesson.translation_key), "attempt": str(uuid.uuid4())})
    unknown = entry("exam", {"exam": str(uuid.uuid4()), "attempt": str(uuid.uuid4())})
    assert states(send(sign_in(cast.seruni), wrong, unknown)) == {"refused"}
    assert not Attempt.objects.exists()


def test_attempts_are_counted_and_the_next_one_asks_what_was_failed(cast: Cast, sign_in: SignIn) -> None:
    school = open_school(attempts=2)
    school.admit(cast.seruni)
    make_question(school.module, "U-1b", family="U-1", is_critical=True)
    Question.objects.filter(code="U-1").update(family="U-1")
    browser = sign_in(cast.seruni)
    first = sit(browser, school, wrong=("U-1", "U-1b"))
    second = sit(browser, school, wrong=("U-1", "U-1b"))
    asked = [{item.code for item in attempt.questions.items} & {"U-1", "U-1b"} for attempt in (first, second)]
    assert asked[0] != asked[1]
    assert (first.number, second.number) == (1, 2)
    receipt = send(browser, begun(school, uuid.uuid4()))[0]
    assert receipt["state"] == "refused"
    assert Attempt.objects.count() == 2


def test_a_waiting_time_holds_until_it_is_over(cast: Cast) -> None:
    school = open_school(wait_hours=24)
    school.admit(cast.seruni)

    def begin(hours: float) -> Attempt:
        now = THEN + timedelta(hours=hours)
        return attempting.begin(person=cast.seruni, exam_key=school.exam_key, attempt_id=uuid.uuid4(), now=now)

    first = begin(0)
    attempting.answer(person=cast.seruni, attempt_id=first.pk, question=1, answer=[], now=THEN)
    item = first.questions.items[0]
    attempting.answer(person=cast.seruni, attempt_id=first.pk, question=1, answer=item.right, now=THEN)
    attempting.hand_in(person=cast.seruni, attempt_id=first.pk, now=THEN)
    with pytest.raises(Refused):
        begin(23)
    assert begin(24).number == 2


def test_somebody_elses_attempt_is_as_good_as_none(cast: Cast, school: School, sign_in: SignIn) -> None:
    school.admit(cast.melati)
    send(sign_in(cast.seruni), begun(school, uuid.uuid4()))
    hers = Attempt.objects.get()
    stranger = sign_in(cast.melati)
    receipts = send(stranger, begun(school, hers.pk), *answers(hers), handed_in(hers))
    assert states(receipts) == {"refused"}
    assert len({receipt["reason"] for receipt in receipts[1:]}) == 1
    hers.refresh_from_db()
    assert (hers.answers, hers.handed_in_at) == ({}, None)


@pytest.mark.parametrize(
    "fields",
    [
        {"question": 1, "answer": ["no-such-key"]},
        {"question": 99, "answer": ["true"]},
        {"question": 0, "answer": ["true"]},
        {"question": 1, "answer": {"a": "b"}},
        {"question": 1, "answer": {"a": 1, "b": None, "c": "2"}},
        {"question": 1, "answer": 5},
        {"question": 1, "answer": ["\x00"]},
        {"question": 1, "answer": [["true"]]},
        {"question": 1, "answer": ["x"] * 300},
        {"question": 1, "hand_in": True},
        {"question": "<b>", "answer": []},
        {"exam": "b0b54d1d-19fe-480f-b9e0-066a2d03e363", "hand_in": True},
        {},
        {"hand_in": True},
    ],
)
def test_an_entry_that_makes_no_sense_is_refused_with_a_sentence(
    cast: Cast, school: School, sign_in: SignIn, fields: Fields
) -> None:
    browser = sign_in(cast.seruni)
    send(browser, begun(school, uuid.uuid4()))
    attempt = Attempt.objects.get()
    receipt = send(browser, entry("exam", {"attempt": str(attempt.pk), **fields}))[0]
    assert receipt["state"] == "refused"
    assert receipt["reason"].endswith(".")
    attempt.refresh_from_db()
    assert (attempt.answers, attempt.handed_in_at) == ({}, None)


def test_of_two_answers_of_one_phone_the_later_made_counts_in_whatever_order_they_come(
    cast: Cast, school: School, sign_in: SignIn
) -> None:
    browser, phone = sign_in(cast.seruni), uuid.uuid4()
    send(browser, begun(school, uuid.uuid4()), device=phone)
    attempt = Attempt.objects.get()
    item = attempt.questions.items[0]
    fields = {"attempt": str(attempt.pk), "question": 1}
    later = entry("exam", {**fields, "answer": list(item.right)}, made_at="2026-03-01T09:00:00+08:00")
    earlier = entry("exam", {**fields, "answer": []}, made_at="2026-03-01T08:59:00+08:00")
    assert states(send(browser, later, earlier, device=phone)) == {"applied"}
    attempt.refresh_from_db()
    assert attempt.given[1].keys == item.right


def test_in_practice_too_the_later_made_answer_of_a_phone_counts(cast: Cast, school: School, sign_in: SignIn) -> None:
    browser, phone = sign_in(cast.seruni), uuid.uuid4()
    item = Question.objects.get(code="L-1").as_item()
    fields = {"practice": str(school.practice_key), "question": "L-1"}
    wrong = [key for key in item.keys if key not in item.right][:1]
    later = entry("practice", {**fields, "answer": list(item.right)}, made_at="2026-03-01T09:00:00+08:00")
    earlier = entry("practice", {**fields, "answer": wrong}, made_at="2026-03-01T08:59:00+08:00")
    assert states(send(browser, later, earlier, device=phone)) == {"applied"}
    row = PracticeAnswer.objects.get()
    assert (row.given.keys, row.is_right, row.tries) == (item.right, True, 2)


def test_an_attempt_cannot_begin_under_the_uuid_of_somebody_elses(cast: Cast, school: School, sign_in: SignIn) -> None:
    school.admit(cast.melati)
    key = uuid.uuid4()
    send(sign_in(cast.seruni), begun(school, key))
    assert states(send(sign_in(cast.melati), begun(school, key))) == {"refused"}
    assert Attempt.objects.get().person == cast.seruni


def test_an_exam_without_questions_cannot_begin_and_says_so(cast: Cast, school: School, sign_in: SignIn) -> None:
    Question.objects.update(use="resting")
    browser = sign_in(cast.seruni)
    receipt = send(browser, begun(school, uuid.uuid4()))[0]
    assert receipt["state"] == "refused"
    assert receipt["reason"] in browser.get("/belajar/dasar/m1/ujian/").content.decode()
    assert not Attempt.objects.exists()


def test_an_edited_bank_changes_nothing_of_a_begun_attempt(cast: Cast, school: School, sign_in: SignIn) -> None:
    browser = sign_in(cast.seruni)
    send(browser, begun(school, uuid.uuid4()))
    attempt = Attempt.objects.get()
    Question.objects.filter(code="U-3").update(use="resting")
    with pytest.raises(ProtectedError):
        Question.objects.get(code="U-3").delete()
    changed = Question.objects.get(code="U-1")
    changed.stem = "Soal lain?"
    changed.save()
    assert states(send(browser, *answers(attempt), handed_in(attempt))) == {"applied"}
    attempt.refresh_from_db()
    assert (attempt.percent, attempt.total) == (100, 4)


def test_receipts_say_nothing_about_what_is_right(cast: Cast, school: School, sign_in: SignIn) -> None:
    browser = sign_in(cast.seruni)
    key = uuid.uuid4()
    first = send(browser, begun(school, key))
    attempt = Attempt.objects.get()
    said = json.dumps(first + send(browser, *answers(attempt), handed_in(attempt)))
    assert not any(choice in said for item in attempt.questions.items for choice in item.right if choice != "true")
    assert "right" not in said


def test_practice_is_done_once_every_question_has_an_answer(cast: Cast, school: School, sign_in: SignIn) -> None:
    browser = sign_in(cast.seruni)
    bank = {one.code: one.as_item() for one in Question.objects.for_practice()}

    def practise(code: str, given: list[str]) -> str:
        fields = {"practice": str(school.practice_key), "question": code, "answer": given}
        return str(send(browser, entry("practice", fields))[0]["state"])

    assert practise("L-1", [key for key in bank["L-1"].keys if key not in bank["L-1"].right][:1]) == "applied"
    assert practise("L-1", list(bank["L-1"].right)) == "applied"
    assert school.practice_key not in outline.done_keys(cast.seruni)
    assert practise("L-2", list(bank["L-2"].right)) == "applied"
    assert school.practice_key in outline.done_keys(cast.seruni)
    assert list(PracticeAnswer.objects.order_by("question").values_list("question", "is_right", "tries")) == [
        ("L-1", True, 2),
        ("L-2", True, 1),
    ]
    assert practise("U-1", ["x"]) == "refused"  # an exam question is never explained in practice
    assert practise("L-2", []) == "refused"
    assert not TrailLine.objects.filter(verb__startswith="assessments.").exists()


def test_a_resting_question_does_not_hold_a_practice_open(cast: Cast, school: School, sign_in: SignIn) -> None:
    Question.objects.filter(code="L-2").update(use="resting")
    right = list(Question.objects.get(code="L-1").as_item().right)
    fields = {"practice": str(school.practice_key), "question": "L-1", "answer": right}
    assert states(send(sign_in(cast.seruni), entry("practice", fields))) == {"applied"}
    assert school.practice_key in outline.done_keys(cast.seruni)


def test_the_database_itself_refuses_a_second_open_attempt(cast: Cast, school: School) -> None:
    values: Fields = {"person": cast.seruni, "exam_key": school.exam_key, "module_code": "m1", "seed": "a"}
    values |= {"paper": {"pass_percent": 75, "items": []}, "total": 1, "started_at": clock.now()}
    Attempt.objects.create(pk=uuid.uuid4(), number=1, **values)
    with pytest.raises(IntegrityError):
        Attempt.objects.create(pk=uuid.uuid4(), number=2, **values)


@pytest.mark.django_db(transaction=True)
def test_eight_tabs_that_begin_at_once_begin_one_attempt(sign_in: SignIn) -> None:
    cast = make_cast()
    school = open_school()
    school.admit(cast.seruni)
    browsers = [sign_in(cast.seruni) for _tab in range(8)]
    states_: list[str] = []
    barrier = threading.Barrier(8)

    def begin(browser: Client) -> None:
        barrier.wait()
        states_.append(send(browser, begun(school, uuid.uuid4()))[0]["state"])
        connection.close()

    threads = [threading.Thread(target=begin, args=(browser,)) for browser in browsers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert states_ == ["applied"] * 8
    assert Attempt.objects.count() == 1
    assert TrailLine.objects.filter(verb="assessments.exam_begun").count() == 1
