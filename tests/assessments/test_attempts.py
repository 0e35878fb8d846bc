"""How often an exam may be sat, and when again: the sentence she reads."""

from datetime import UTC, datetime, timedelta

import pytest

from assessments.rules.attempts import (
    GRACE,
    Limits,
    Past,
    ends_at,
    is_over,
    left,
    lock_reason,
    minutes_left,
    next_number,
)

NOW = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)


def failed(number: int, *, hours_ago: float) -> Past:
    return Past(number, NOW - timedelta(hours=hours_ago))


def sentence(limits: Limits, past: list[Past]) -> str | None:
    reason = lock_reason(limits, past, NOW)
    return reason.render(str) if reason else None


def test_the_first_attempt_is_open() -> None:
    assert sentence(Limits(attempts=1, wait_hours=24), []) is None
    assert next_number([]) == 1


def test_without_a_limit_she_may_try_as_often_as_she_likes() -> None:
    past = [failed(n, hours_ago=50 - n) for n in range(1, 30)]
    assert sentence(Limits(), past) is None
    assert left(Limits(), past) is None
    assert next_number(past) == 30


def test_used_attempts_lock_and_say_whom_to_ask() -> None:
    past = [failed(1, hours_ago=9), failed(2, hours_ago=5)]
    assert sentence(Limits(attempts=3), past) is None
    assert left(Limits(attempts=3), past) == 1
    assert sentence(Limits(attempts=2), past) == "All attempts are used. Talk with your trainer about the next step."


def test_an_exam_that_is_passed_is_closed() -> None:
    past = [failed(1, hours_ago=9), Past(2, NOW - timedelta(hours=1), passed=True)]
    assert sentence(Limits(), past) == "You have passed this exam. Nothing is left to do here."


@pytest.mark.parametrize(
    ("wait_hours", "hours_ago", "said"),
    [
        (24, 24, None),
        (24, 23.999, "You may try again in less than an hour."),
        (24, 23.5, "You may try again in less than an hour."),
        (24, 22.5, "You may try again in 2 hours."),
        (24, 0, "You may try again in 24 hours."),
        (168, 0, "You may try again in 7 days."),
    ],
)
def test_a_waiting_time_says_how_long(wait_hours: int, hours_ago: float, said: str | None) -> None:
    assert sentence(Limits(wait_hours=wait_hours), [failed(1, hours_ago=hours_ago)]) == said


def test_an_open_attempt_starts_no_waiting_time() -> None:
    assert sentence(Limits(attempts=5, wait_hours=24), [Past(1, None)]) is None


@pytest.mark.parametrize(
    ("opens_in", "closes_in", "extra", "said"),
    [
        (-1, 1, 0, None),
        (0, 1, 0, None),
        (0.5, None, 0, "This exam opens in less than an hour."),
        (30, None, 0, "This exam opens in 30 hours."),
        (72, None, 0, "This exam opens in 3 days."),
        (None, 0, 0, "This exam is closed now. Talk with your trainer."),
        (None, -0.1, 0, "This exam is closed now. Talk with your trainer."),
        (None, -0.1, 30, None),
        (None, -1, 30, "This exam is closed now. Talk with your trainer."),
    ],
)
def test_an_exam_opens_and_closes_and_more_time_moves_the_end(opens_in, closes_in, extra, said) -> None:
    opens = None if opens_in is None else NOW + timedelta(hours=opens_in)
    closes = None if closes_in is None else NOW + timedelta(hours=closes_in)
    reason = lock_reason(Limits(opens_at=opens, closes_at=closes), [], NOW, extra)
    assert (reason.render(str) if reason else None) == said


@pytest.mark.parametrize(
    ("minutes", "closes_in", "extra", "ends_in"),
    [
        (0, None, 0, None),
        (0, None, 30, None),
        (30, None, 0, 30),
        (30, None, 15, 45),
        (0, 60, 0, 60),
        (0, 60, 15, 75),
        (30, 10, 0, 10),
        (30, 10, 15, 25),
        (30, 60, 0, 30),
    ],
)
def test_an_attempt_ends_by_its_minutes_or_the_closing_whichever_comes_first(
    minutes, closes_in, extra, ends_in
) -> None:
    closes = None if closes_in is None else NOW + timedelta(minutes=closes_in)
    end = ends_at(Limits(minutes=minutes, closes_at=closes), NOW, extra)
    assert end == (None if ends_in is None else NOW + timedelta(minutes=ends_in))


def test_the_end_has_a_minute_of_grace_and_no_more() -> None:
    assert not is_over(None, NOW)
    assert not is_over(NOW, NOW + GRACE)
    assert is_over(NOW, NOW + GRACE + timedelta(microseconds=1))
    assert (minutes_left(None, NOW), minutes_left(NOW, NOW + GRACE)) == (None, 0)
    assert minutes_left(NOW + timedelta(seconds=119), NOW) == 1
