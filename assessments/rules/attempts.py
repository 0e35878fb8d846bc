"""How often an exam may be sat, and when again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from lms.kit.words import Sentence, gettext_noop


@dataclass(frozen=True, slots=True)
class Limits:
    """`attempts`: how many are given, 0 for any number. `wait_hours`: between handing in and the next attempt."""

    attempts: int = 0
    wait_hours: int = 0


@dataclass(frozen=True, slots=True)
class Past:
    """One earlier attempt; `handed_in_at` is None while it is open."""

    number: int
    handed_in_at: datetime | None
    passed: bool = False


def next_number(past: Sequence[Past]) -> int:
    return max((one.number for one in past), default=0) + 1


def left(limits: Limits, past: Sequence[Past]) -> int | None:
    """How many attempts may still begin, or None when they are not counted."""
    return max(0, limits.attempts - len(past)) if limits.attempts else None


def lock_reason(limits: Limits, past: Sequence[Past], now: datetime) -> Sentence | None:
    """Why no new attempt may begin, or None. An open attempt is no reason: it goes on."""
    if any(one.passed for one in past):
        return Sentence(gettext_noop("You have passed this exam. Nothing is left to do here."))
    if left(limits, past) == 0:
        return Sentence(gettext_noop("All attempts are used. Talk with your trainer about the next step."))
    opens = opens_at(limits, past)
    if opens is None or opens <= now:
        return None
    hours = -(-int((opens - now).total_seconds()) // 3600)
    if hours <= 1:
        return Sentence(gettext_noop("You may try again in less than an hour."))
    if hours < 48:
        return Sentence(gettext_noop("You may try again in %(hours)s hours."), {"hours": hours})
    return Sentence(gettext_noop("You may try again in %(days)s days."), {"days": -(-hours // 24)})


def opens_at(limits: Limits, past: Sequence[Past]) -> datetime | None:
    """The end of the waiting time after the latest attempt that was handed in."""
    ends = [one.handed_in_at for one in past if one.handed_in_at]
    return max(ends) + timedelta(hours=limits.wait_hours) if ends else None
