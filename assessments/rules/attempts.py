"""How often an exam may be sat, when, and how long an attempt lasts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from lms.kit.words import Sentence, gettext_noop

# An answer that left her phone in time may come so much later over a slow network.
GRACE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Limits:
    """`attempts`: how many are given, 0 for any number. `wait_hours`: between handing in and the next attempt.

    `opens_at`, `closes_at`: when attempts may begin, and end; `minutes`: how long one lasts, 0 for any time.
    """

    attempts: int = 0
    wait_hours: int = 0
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class Past:
    """One earlier attempt; `handed_in_at` is None while it is open."""

    number: int
    handed_in_at: datetime | None
    passed: bool = False


@dataclass(frozen=True, slots=True)
class Extra:
    """What trainers gave one person beyond the others for one exam, together."""

    minutes: int = 0
    attempts: int = 0


def widened(limits: Limits, extra: Extra) -> Limits:
    """With the attempts that this person was given; her minutes belong to each attempt."""
    return replace(limits, attempts=limits.attempts + extra.attempts) if limits.attempts else limits


def next_number(past: Sequence[Past]) -> int:
    return max((one.number for one in past), default=0) + 1


def left(limits: Limits, past: Sequence[Past]) -> int | None:
    """How many attempts may still begin, or None when they are not counted."""
    return max(0, limits.attempts - len(past)) if limits.attempts else None


def lock_reason(limits: Limits, past: Sequence[Past], now: datetime, extra: int = 0) -> Sentence | None:
    """Why no new attempt may begin, or None. An open attempt is no reason: it goes on.

    `extra`: minutes that this person was given beyond the others.
    """
    if any(one.passed for one in past):
        return Sentence(gettext_noop("You have passed this exam. Nothing is left to do here."))
    if limits.closes_at and limits.closes_at + timedelta(minutes=extra) <= now:
        return Sentence(gettext_noop("This exam is closed now. Talk with your trainer."))
    if left(limits, past) == 0:
        return Sentence(gettext_noop("All attempts are used. Talk with your trainer about the next step."))
    if limits.opens_at and limits.opens_at > now:
        return _in_a_while(limits.opens_at - now, _OPENS)
    opens = opens_at(limits, past)
    return _in_a_while(opens - now, _AGAIN) if opens and opens > now else None


def may_have_another(limits: Limits, past: Sequence[Past]) -> Sentence | None:
    """Why she needs no attempt beyond the others, or None: all are used, and none was passed."""
    if any(one.passed for one in past):
        return Sentence(gettext_noop("She has passed this exam. Another attempt is not needed."))
    if any(one.handed_in_at is None for one in past):
        return Sentence(gettext_noop("She is sitting this exam now. Let her hand it in first."))
    if left(limits, past) != 0:
        return Sentence(gettext_noop("She still has an attempt. Another one is given when all are used."))
    return None


_OPENS = (
    gettext_noop("This exam opens in less than an hour."),
    gettext_noop("This exam opens in %(hours)s hours."),
    gettext_noop("This exam opens in %(days)s days."),
)
_AGAIN = (
    gettext_noop("You may try again in less than an hour."),
    gettext_noop("You may try again in %(hours)s hours."),
    gettext_noop("You may try again in %(days)s days."),
)


def _in_a_while(wait: timedelta, words: tuple[str, str, str]) -> Sentence:
    hours = -(-int(wait.total_seconds()) // 3600)
    if hours <= 1:
        return Sentence(words[0])
    if hours < 48:
        return Sentence(words[1], {"hours": hours})
    return Sentence(words[2], {"days": -(-hours // 24)})


def opens_at(limits: Limits, past: Sequence[Past]) -> datetime | None:
    """The end of the waiting time after the latest attempt that was handed in."""
    ends = [one.handed_in_at for one in past if one.handed_in_at]
    return max(ends) + timedelta(hours=limits.wait_hours) if ends else None


def ends_at(limits: Limits, started: datetime, extra: int = 0) -> datetime | None:
    """When an attempt ends by the clock of the server: its minutes are over, or the exam closes; None: never.

    `extra`: minutes that this person was given beyond the others; they hold for both.
    """
    ends = [started + timedelta(minutes=limits.minutes)] if limits.minutes else []
    ends += [limits.closes_at] if limits.closes_at else []
    return min(ends) + timedelta(minutes=extra) if ends else None


def is_over(end: datetime | None, now: datetime) -> bool:
    """True once no answer is taken any more: after the end and its grace."""
    return end is not None and now > end + GRACE


def minutes_left(end: datetime | None, now: datetime) -> int | None:
    """Whole minutes until the end, rounded down, never below 0; None without an end."""
    return max(0, int((end - now).total_seconds()) // 60) if end else None
