"""Internship hours (domain.md 4.3): what may be logged, who verifies it, and what it adds up to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta

from certificates.rules import days
from lms.kit.words import Sentence, gettext_noop

STEP_MINUTES = 15
DAY_LIMIT_MINUTES = 10 * 60
MIDNIGHT_MINUTES = 24 * 60
EVERY_LENGTH = range(STEP_MINUTES, DAY_LIMIT_MINUTES + 1, STEP_MINUTES)
MENTOR_DAYS = 60
NOT_YET = gettext_noop("This date has not come yet. Choose today or earlier.")
QUARTERS = {0: "", 15: "¼", 30: "½", 45: "¾"}


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some minutes of one day, from a time of that day on."""

    day: date
    starts_at: time
    minutes: int

    @property
    def first_minute(self) -> int:
        """Minutes after midnight, 0 to 1439."""
        return self.starts_at.hour * 60 + self.starts_at.minute

    @property
    def last_minute(self) -> int:
        """The first minute that is free again; 1440 is midnight."""
        return self.first_minute + self.minutes

    def overlaps(self, other: "Stretch") -> bool:
        """Touching is no overlap: ten to eleven, then eleven to twelve."""
        return self.day == other.day and self.first_minute < other.last_minute and other.first_minute < self.last_minute


@dataclass(frozen=True, slots=True)
class Period:
    """The days of a placement; the last day counts, None means it is open."""

    starts_on: date
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Why hours cannot be logged: the field to mend, a short code and the sentence."""

    field: str
    code: str
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Total:
    """Minutes of one activity: verified (real and simulated) and waiting (real and simulated)."""

    verified: int = 0
    simulated: int = 0
    waiting: int = 0
    waiting_simulated: int = 0

    def plus(self, *, minutes: int, simulated: bool, waiting: bool) -> "Total":
        return Total(
            self.verified + (minutes if not waiting and not simulated else 0),
            self.simulated + (minutes if not waiting and simulated else 0),
            self.waiting + (minutes if waiting and not simulated else 0),
            self.waiting_simulated + (minutes if waiting and simulated else 0),
        )


def problems(stretch: Stretch, *, period: Period, others: Iterable[Stretch], today: date) -> tuple[Problem, ...]:
    """Everything that forbids these hours, most telling first; empty when they may be logged.

    `others` are the learner's live entries (waiting or verified) of any placement.
    """
    return tuple(
        problem
        for problem in (
            _length(stretch),
            _day(stretch, period, today),
            _clash(stretch, tuple(other for other in others if other.day == stretch.day)),
        )
        if problem is not None
    )


def _length(stretch: Stretch) -> Problem | None:
    if stretch.minutes < STEP_MINUTES or stretch.minutes % STEP_MINUTES:
        return Problem("minutes", "step", Sentence(gettext_noop("Choose a length in steps of 15 minutes.")))
    if stretch.minutes > DAY_LIMIT_MINUTES:
        return Problem("minutes", "day_limit", Sentence(gettext_noop("One day holds at most 10 hours.")))
    if stretch.last_minute > MIDNIGHT_MINUTES:
        sentence = gettext_noop("This runs past midnight. Log the rest on the next day.")
        return Problem("minutes", "midnight", Sentence(sentence))
    return None


def _day(stretch: Stretch, period: Period, today: date) -> Problem | None:
    if stretch.day > today:
        return Problem("day", "future", Sentence(NOT_YET))
    if stretch.day < period.starts_on:
        sentence = gettext_noop("Your internship began on %(day)s. Choose that day or later.")
        return Problem("day", "before", Sentence(sentence, {"day": days.said(period.starts_on)}))
    if period.ends_on is not None and stretch.day > period.ends_on:
        sentence = gettext_noop("Your internship ended on %(day)s. Choose that day or earlier.")
        return Problem("day", "after", Sentence(sentence, {"day": days.said(period.ends_on)}))
    return None


def _clash(stretch: Stretch, same_day: tuple[Stretch, ...]) -> Problem | None:
    for other in same_day:
        if stretch.overlaps(other):
            sentence = gettext_noop("You already logged hours from %(start)s on that day. Choose another time.")
            return Problem("starts_at", "overlap", Sentence(sentence, {"start": f"{other.starts_at:%H.%M}"}))
    if sum(other.minutes for other in same_day) + stretch.minutes > DAY_LIMIT_MINUTES:
        left = DAY_LIMIT_MINUTES - sum(other.minutes for other in same_day)
        sentence = gettext_noop("One day holds at most 10 hours. Left on that day: %(left)s.")
        return Problem("minutes", "day_total", Sentence(sentence, {"left": figure(max(left, 0))}))
    return None


def needs_coordinator(day: date, today: date) -> bool:
    """After 60 days a mentor no longer verifies: the coordinator does (domain.md 4.3)."""
    return day < mentors_first_day(today)


def mentors_first_day(today: date) -> date:
    """The oldest day that a mentor still verifies."""
    return today - timedelta(days=MENTOR_DAYS)


def credited(total: Total, *, need: int, simulated_share: float) -> tuple[int, int]:
    """Minutes that count towards `need`: (verified, verified and waiting). Never above `need`.

    Simulated minutes count up to `simulated_share` (0 to 1) of the need.
    """
    allowed = int(need * simulated_share) // STEP_MINUTES * STEP_MINUTES
    verified = total.verified + min(total.simulated, allowed)
    hoped = total.verified + total.waiting + min(total.simulated + total.waiting_simulated, allowed)
    return max(0, min(verified, need)), max(0, min(hoped, need))


def totals(rows: Iterable[tuple[str, int, bool, bool]]) -> Mapping[str, Total]:
    """Sum rows of (activity, minutes, simulated, waiting); the minutes of a reversal are negative."""
    sums: dict[str, Total] = {}
    for activity, minutes, simulated, waiting in rows:
        sums[activity] = sums.get(activity, Total()).plus(minutes=minutes, simulated=simulated, waiting=waiting)
    return sums


def figure(minutes: int) -> str:
    """Hours as a short figure: 90 -> 1½, 45 -> ¾, 0 -> 0."""
    whole, rest = divmod(abs(minutes), 60)
    text = f"{whole or ''}{QUARTERS.get(rest, f':{rest:02}')}" or "0"
    return f"−{text}" if minutes < 0 else text
