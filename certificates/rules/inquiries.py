"""How a complaint about a companion is looked into (domain.md 4.7): deadlines, the panel, who decides what.

Suspending protects, it says nothing about guilt. Nobody who is concerned decides; the survivor never has to meet her.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from lms.kit.words import Sentence, gettext_noop

INTERIM_DAYS = 3
HEARING_DAYS = 30
APPEAL_DAYS = 14
PANEL_SIZE = 3
WOMEN = 2
FROM_OUTSIDE = 1


class Ground(StrEnum):
    ABUSE = "abuse"
    VIOLENCE = "violence"
    CHILDREN = "children"
    DISCLOSURE = "disclosure"
    MONEY = "money"
    MEDIATED = "mediated"
    SECRECY = "secrecy"
    FALSE_RECORD = "false_record"
    SUSPENDED = "suspended"
    CONFLICT = "conflict"
    SUPERVISION = "supervision"


# On these she is suspended at once; on the others the leader of the inquiry decides.
AT_ONCE = frozenset({Ground.ABUSE, Ground.VIOLENCE, Ground.CHILDREN, Ground.DISCLOSURE})


class Outcome(StrEnum):
    UNFOUNDED = "unfounded"
    GUIDED = "guided"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Member:
    """One of the panel. `from_outside`: she lives and works in another district than the companion."""

    name: str
    is_woman: bool
    from_outside: bool


@dataclass(frozen=True, slots=True)
class Course:
    """The days of an inquiry, None for what has not happened."""

    complaint_on: date
    suspended_on: date | None = None
    heard_on: date | None = None
    decided_on: date | None = None
    outcome: Outcome | None = None
    appealed_on: date | None = None
    appeal_decided_on: date | None = None
    closed_on: date | None = None

    @property
    def appeal_until(self) -> date | None:
        return self.decided_on + timedelta(days=APPEAL_DAYS) if self.decided_on else None


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of an inquiry: the last day for it, and the day it was done. Nobody must object: that is never late."""

    title: Sentence
    due_on: date | None
    done_on: date | None
    is_duty: bool = True

    def is_late(self, today: date) -> bool:
        return self.is_duty and self.due_on is not None and (self.done_on or today) > self.due_on


def stages(course: Course) -> tuple[Stage, ...]:
    """What happens in which order, each with its last day."""
    complaint = course.complaint_on
    steps = [
        Stage(
            Sentence(gettext_noop("Measure to protect")), complaint + timedelta(days=INTERIM_DAYS), course.suspended_on
        ),
        Stage(
            Sentence(gettext_noop("Hearing, with the right to explain")),
            complaint + timedelta(days=HEARING_DAYS),
            course.heard_on,
        ),
        Stage(Sentence(gettext_noop("Written decision of the panel")), None, course.decided_on),
    ]
    if course.decided_on and course.outcome is not Outcome.UNFOUNDED:
        steps.append(Stage(Sentence(gettext_noop("Appeal")), course.appeal_until, course.appealed_on, is_duty=False))
    return tuple(steps)


def next_stage(course: Course) -> Stage | None:
    """The first step that must still be done, or None."""
    return next((one for one in stages(course) if one.is_duty and one.done_on is None), None)


def panel_fault(panel: Sequence[Member]) -> Sentence | None:
    """What is wrong with a panel, or None: three people, at least two women, at least one from another district."""
    names = {" ".join(one.name.split()).casefold() for one in panel}
    if len(panel) != PANEL_SIZE or len(names) != PANEL_SIZE or "" in names:
        return Sentence(gettext_noop("Name three different people of the panel."))
    if sum(one.is_woman for one in panel) < WOMEN:
        return Sentence(gettext_noop("At least two of the panel are women."))
    if sum(one.from_outside for one in panel) < FROM_OUTSIDE:
        return Sentence(gettext_noop("At least one of the panel is from another district."))
    return None


def decision_fault(course: Course, decided_on: date, today: date) -> Sentence | None:
    """Why the panel cannot have decided on that day, or None."""
    if course.decided_on:
        return Sentence(gettext_noop("The panel has decided already."))
    if course.heard_on is None:
        return Sentence(gettext_noop("She has the right to explain first. Note the hearing."))
    return day_fault(decided_on, not_before=course.heard_on, today=today)


def appeal_fault(course: Course, appealed_on: date, today: date) -> Sentence | None:
    """Why no appeal can be made on that day, or None."""
    if course.decided_on is None or course.outcome is Outcome.UNFOUNDED or course.closed_on:
        return Sentence(gettext_noop("There is no decision to object to."))
    if course.appealed_on:
        return Sentence(gettext_noop("An appeal was made already."))
    until = course.appeal_until
    if until is not None and appealed_on > until:
        return Sentence(gettext_noop("The fourteen days for an appeal are over."))
    return day_fault(appealed_on, not_before=course.decided_on, today=today)


def may_close(course: Course, today: date) -> Sentence | None:
    """Why the decision does not take effect yet, or None: the days of appeal are over or the appeal is decided."""
    if course.decided_on is None:
        return Sentence(gettext_noop("The panel has not decided yet."))
    if course.outcome is Outcome.UNFOUNDED or course.appeal_decided_on:
        return None
    if course.appealed_on:
        return Sentence(gettext_noop("An appeal is open. Note how it was decided first."))
    until = course.appeal_until
    if until is not None and today <= until:
        return Sentence(gettext_noop("The days for an appeal are not over yet."))
    return None


def day_fault(day: date, *, not_before: date, today: date) -> Sentence | None:
    if day > today:
        return Sentence(gettext_noop("This date has not come yet. Choose today or earlier."))
    if day < not_before:
        return Sentence(gettext_noop("This lies before the step before it. Choose a later date."))
    return None
