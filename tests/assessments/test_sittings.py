"""Sitting an exam: saved as she goes, one page or many, two tabs, and the clock of the server."""

import threading
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from assessments import attempting
from assessments.models import Attempt
from assessments.tasks import end_exams
from lms.kit import clock
from lms.people.models import Person, TrailLine
from tests.assessments.school import School, open_school
from tests.assessments.test_attempting import answers, begun, entry, handed_in, send, states
from tests.assessments.test_exam_pages import STEP, begin, fields_for, hand_in, hidden, save, sit
from tests.cast import THEN, Cast, make_cast

SignIn = Callable[[Person], Client]


class Clock:
    """The clock of the site, moved by hand."""

    def __init__(self) -> None:
        self.now: datetime = THEN + timedelta(days=60)

    def on(self, **more: float) -> None:
        self.now += timedelta(**more)


@pytest.fixture
def hands(monkeypatch: pytest.MonkeyPatch) -> Clock:
    moved = Clock()
    monkeypatch.setattr(clock, "now", lambda: moved.now)
    return moved


def opened(cast: Cast, **exam: Any) -> School:
    school = open_school(**exam)
    school.admit(cast.seruni)
    return school


def question(attempt: Attempt, number: int) -> str:
    return reverse("exam_question", args=[attempt.pk, number])


def quietly(browser: Client, url: str, fields: dict[str, Any]) -> Any:
    """As the script sends it."""
    return browser.post(url, {"entry": uuid.uuid4(), **fields}, headers={"X-Part": "1"})


def by_number(attempt: Attempt, *, is_right: bool = True) -> dict[str, Any]:
    """The fields of the page with all questions."""
    return {
        f"q{number}-{name}": value
        for number, item in enumerate(attempt.questions.items, 1)
        for name, value in fields_for(item, is_right=is_right).items()
    }


# Saved as she goes.


def test_a_changed_answer_is_saved_without_leaving_the_page(cast: Cast, sign_in: SignIn) -> None:
    opened(cast)
    browser = sign_in(cast.seruni)
    attempt = begin(browser)
    item = attempt.questions.items[0]
    for is_right in (False, True):
        answer = quietly(browser, question(attempt, 1), fields_for(item, is_right=is_right))
        assert answer.status_code == 200
        assert "Tersimpan" in answer.content.decode()
        assert "<html" not in answer.content.decode()
    attempt.refresh_from_db()
    assert attempt.given[1].keys == item.right
    assert "state done" in browser.get(question(attempt, 1)).content.decode()


def test_an_answer_that_is_not_whole_yet_is_not_saved_and_says_so_quietly(cast: Cast, sign_in: SignIn) -> None:
    opened(cast)
    browser = sign_in(cast.seruni)
    attempt = begin(browser)
    number, item = next((n, one) for n, one in enumerate(attempt.questions.items, 1) if one.kind == "ordering")
    answer = quietly(browser, question(attempt, number), {f"place-{item.keys[0]}": "1", f"place-{item.keys[1]}": ""})
    assert answer.status_code == 422
    assert "Belum tersimpan" in answer.content.decode()
    attempt.refresh_from_db()
    assert attempt.answers == {}


def test_after_handing_in_the_script_is_told_to_leave_the_page(cast: Cast, sign_in: SignIn) -> None:
    opened(cast)
    browser = sign_in(cast.seruni)
    attempt = begin(browser)
    save(browser, attempt, 1, fields_for(attempt.questions.items[0]))
    hand_in(browser, attempt)
    before = Attempt.objects.get().answers
    answer = quietly(browser, question(attempt, 2), fields_for(attempt.questions.items[1]))
    assert answer.status_code == 410
    assert Attempt.objects.get().answers == before


def test_the_script_of_a_stranger_finds_nothing(cast: Cast, sign_in: SignIn) -> None:
    school = opened(cast)
    school.admit(cast.melati)
    attempt = begin(sign_in(cast.seruni))
    fields = fields_for(attempt.questions.items[0])
    for url in (question(attempt, 1), reverse("exam_page", args=[attempt.pk])):
        assert quietly(sign_in(cast.melati), url, fields).status_code == 404
    attempt.refresh_from_db()
    assert attempt.answers == {}


# All on one page.


def test_one_page_holds_every_question_and_one_button_keeps_them_all(cast: Cast, sign_in: SignIn) -> None:
    opened(cast, one_page=True)
    browser = sign_in(cast.seruni)
    attempt = begin(browser)
    url = reverse("exam_page", args=[attempt.pk])
    assert browser.get(question(attempt, 2)).url == f"{url}#soal-2"
    page = browser.get(url).content.decode()
    assert all(item.ask in page for item in attempt.questions.items)
    assert page.count("<form") == page.count("</form>")
    answer = browser.post(url, by_number(attempt))
    assert answer.url == reverse("exam_hand_in", args=[attempt.pk])
    assert "checked" in browser.get(url).content.decode()
    assert hand_in(browser, attempt).url == reverse("exam_result", args=[attempt.pk])
    attempt.refresh_from_db()
    assert (attempt.percent, attempt.passed) == (100, True)


def test_on_one_page_a_slip_in_one_answer_costs_no_other(cast: Cast, sign_in: SignIn) -> None:
    opened(cast, one_page=True)
    browser = sign_in(cast.seruni)
    attempt = begin(browser)
    number, item = next((n, one) for n, one in enumerate(attempt.questions.items, 1) if one.kind == "ordering")
    fields = by_number(attempt) | {f"q{number}-place-{key}": "2" for key in item.keys}
    answer = browser.post(reverse("exam_page", args=[attempt.pk]), fields)
    assert answer.status_code == 422
    attempt.refresh_from_db()
    assert attempt.answered == {1, 2, 3, 4} - {number}


def test_one_page_saved_by_the_script_writes_only_what_changed(
    cast: Cast, sign_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    opened(cast, one_page=True)
    browser = sign_in(cast.seruni)
    attempt = begin(browser)
    url = reverse("exam_page", args=[attempt.pk])
    assert quietly(browser, url, by_number(attempt)).status_code == 200
    kept = Attempt.objects.get().answers
    with django_assert_max_num_queries(4):  # session and person, roles, the attempt twice
        assert quietly(browser, url, by_number(attempt)).status_code == 200
    assert Attempt.objects.get().answers == kept


# The clock of the server.


def test_the_time_ends_by_the_clock_of_the_site_and_keeps_what_was_saved(
    cast: Cast, sign_in: SignIn, hands: Clock
) -> None:
    opened(cast, limit_minutes=30)
    browser = sign_in(cast.seruni)
    attempt = begin(browser)
    assert attempt.ends_at == hands.now + timedelta(minutes=30)
    save(browser, attempt, 1, fields_for(attempt.questions.items[0]))
    late = {"entry": hidden(browser.get(question(attempt, 2)), "entry")} | fields_for(attempt.questions.items[1])
    hands.on(minutes=31, seconds=1)
    answer = browser.post(question(attempt, 2), late)
    assert answer.url == reverse("exam_result", args=[attempt.pk])
    attempt.refresh_from_db()
    assert (attempt.answered, attempt.right, attempt.was_ended) == ({1}, 1, True)
    assert "Waktunya sudah habis" in browser.get(answer.url).content.decode()
    line = TrailLine.objects.get(verb="assessments.exam_handed_in")
    assert (line.actor, line.person, line.detail["time_over"]) == (None, cast.seruni, True)


def test_a_slow_network_has_a_minute_of_grace(cast: Cast, sign_in: SignIn, hands: Clock) -> None:
    opened(cast, limit_minutes=30)
    browser = sign_in(cast.seruni)
    attempt = begin(browser)
    hands.on(minutes=31)
    save(browser, attempt, 1, fields_for(attempt.questions.items[0]))
    attempt.refresh_from_db()
    assert (attempt.answered, attempt.is_open) == ({1}, True)


def test_an_answer_through_the_inbox_after_the_end_is_refused_with_its_sentence_whatever_the_phone_says(
    cast: Cast, sign_in: SignIn, hands: Clock
) -> None:
    school = opened(cast, limit_minutes=30)
    browser = sign_in(cast.seruni)
    send(browser, begun(school, uuid.uuid4()))
    attempt = Attempt.objects.get()
    item = attempt.questions.items[0]
    fields = {"attempt": str(attempt.pk), "question": 1, "answer": list(item.right)}
    assert states(send(browser, entry("exam", fields, made_at="2031-01-01T00:00:00+08:00"))) == {"applied"}
    hands.on(minutes=32)
    receipt = send(browser, entry("exam", {**fields, "question": 2}, made_at="2026-01-01T00:00:00+08:00"))[0]
    assert receipt["state"] == "refused"
    assert receipt["reason"] == "Waktunya sudah habis. Jawaban yang tersimpan dikumpulkan."
    attempt.refresh_from_db()
    assert (attempt.is_open, attempt.answered) == (False, {1})


def test_the_sweep_hands_in_what_nobody_came_back_for_once(cast: Cast, sign_in: SignIn, hands: Clock) -> None:
    opened(cast, limit_minutes=30)
    attempt = begin(sign_in(cast.seruni))
    end_exams()
    assert Attempt.objects.get().is_open
    hands.on(minutes=32)
    end_exams()
    end_exams()
    attempt.refresh_from_db()
    assert (attempt.percent, attempt.passed, attempt.was_ended) == (0, False, True)
    assert TrailLine.objects.filter(verb="assessments.exam_handed_in").count() == 1


def test_when_the_time_is_over_the_next_attempt_begins_and_the_old_one_counts(
    cast: Cast, sign_in: SignIn, hands: Clock
) -> None:
    opened(cast, limit_minutes=30, attempts=2)
    browser = sign_in(cast.seruni)
    first = begin(browser)
    hands.on(minutes=45)
    fields = {"entry": uuid.uuid4(), "exam": first.exam_key, "attempt": uuid.uuid4()}
    browser.post(reverse("exam_begin"), fields)
    assert list(Attempt.objects.order_by("number").values_list("number", "was_ended")) == [(1, True), (2, False)]


def test_a_time_limit_is_said_before_and_during_the_exam(cast: Cast, sign_in: SignIn, hands: Clock) -> None:
    opened(cast, limit_minutes=30)
    browser = sign_in(cast.seruni)
    assert "30 menit" in browser.get(STEP).content.decode()
    attempt = begin(browser)
    hands.on(minutes=7)
    for url in (question(attempt, 1), reverse("exam_hand_in", args=[attempt.pk])):
        assert "<b>23</b>" in browser.get(url).content.decode()


def test_an_exam_opens_and_closes_and_an_open_attempt_is_handed_in_then(
    cast: Cast, sign_in: SignIn, hands: Clock
) -> None:
    day = timedelta(days=1)
    school = opened(cast, opens_at=hands.now + day, closes_at=hands.now + 2 * day)
    browser = sign_in(cast.seruni)
    assert 'name="attempt"' not in browser.get(STEP).content.decode()
    assert states(send(browser, begun(school, uuid.uuid4()))) == {"refused"}
    hands.on(days=1)
    attempt = begin(browser)
    assert attempt.ends_at == school.exam.closes_at
    hands.on(days=1, minutes=2)
    assert browser.get(question(attempt, 1)).url == reverse("exam_result", args=[attempt.pk])
    assert states(send(browser, begun(school, uuid.uuid4()))) == {"refused"}
    assert "sudah ditutup" in browser.get(STEP).content.decode()


# Feedback.


def test_feedback_after_closing_waits_and_then_tells_reasons_only_where_nobody_is_asked_any_more(
    cast: Cast, sign_in: SignIn, hands: Clock
) -> None:
    school = opened(cast, feedback="after_closing", closes_at=hands.now + timedelta(days=2))
    school.admit(cast.melati)
    school.module.questions.update(reason="ALASAN SOAL")
    browser = sign_in(cast.seruni)
    attempt = sit(browser, wrong=("U-1",))
    result = reverse("exam_result", args=[attempt.pk])
    page = browser.get(result).content.decode()
    assert "3/4" in page
    assert "/belajar/dasar/m1/1/" not in page
    assert "ALASAN" not in page
    other = begin(sign_in(cast.melati))
    other.ends_at += timedelta(hours=1)  # she was given more time
    other.save()
    hands.on(days=2, minutes=5)
    assert "ALASAN" not in browser.get(result).content.decode()
    hands.on(hours=2)
    end_exams()
    page = browser.get(result).content.decode()
    assert "/belajar/dasar/m1/1/" in page
    assert page.count("ALASAN SOAL") == 4


def test_reasons_stay_untold_while_another_exam_asks_from_the_bank_but_for_resting_questions(
    cast: Cast, sign_in: SignIn, hands: Clock
) -> None:
    school = opened(cast, feedback="after_closing", closes_at=hands.now + timedelta(days=2))
    school.add_exam(slug="ujian-2", title="Ujian kedua")
    school.module.questions.update(reason="ALASAN SOAL")
    browser = sign_in(cast.seruni)
    attempt = sit(browser)
    hands.on(days=3)
    result = reverse("exam_result", args=[attempt.pk])
    assert "ALASAN" not in browser.get(result).content.decode()
    school.module.questions.filter(code="U-2").update(use="resting")
    assert browser.get(result).content.decode().count("ALASAN SOAL") == 1


# At once.


@pytest.mark.django_db(transaction=True)
def test_fifty_tabs_that_hand_in_at_once_hand_in_one_attempt_and_get_the_same_answer(sign_in: SignIn) -> None:
    cast = make_cast()
    school = opened(cast)
    first = sign_in(cast.seruni)
    send(first, begun(school, uuid.uuid4()))
    attempt = Attempt.objects.get()
    send(first, *answers(attempt))
    browsers = [sign_in(cast.seruni) for _tab in range(50)]
    told: list[str] = []
    barrier = threading.Barrier(50)

    def submit(browser: Client) -> None:
        barrier.wait()
        told.append(send(browser, handed_in(attempt))[0]["state"])
        connection.close()

    threads = [threading.Thread(target=submit, args=(browser,)) for browser in browsers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told == ["applied"] * 50
    only = Attempt.objects.get()
    assert (only.percent, only.passed, only.number) == (100, True, 1)
    assert TrailLine.objects.filter(verb="assessments.exam_handed_in").count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_sweep_and_her_own_last_answer_meet_without_harm(hands: Clock) -> None:
    cast = make_cast()
    school = opened(cast, limit_minutes=30)
    attempt = attempting.begin(person=cast.seruni, exam_key=school.exam_key, attempt_id=uuid.uuid4(), now=hands.now)
    hands.on(minutes=40)
    done: list[bool] = []

    def sweep() -> None:
        done.append(attempting.end_if_over(attempt_id=attempt.pk, now=hands.now))
        connection.close()

    threads = [threading.Thread(target=sweep) for _worker in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == [False] * 5 + [True]
