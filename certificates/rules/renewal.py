"""Renewal (domain.md 4.5): what each year of a certificate asks for, until when, and what comes after its end.

The years of a certificate run from the day it was issued. A year in which she paused for longer than a quarter asks
for nothing: illness, a birth, mourning cost nobody her certificate. Renewing adds a period and changes no earlier one.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from certificates.rules import days, hours
from certificates.rules.hours import Period
from certificates.rules.requirements import NextStep, Part, Requirement, State, overall
from certificates.rules.standards import RenewalRule
from lms.kit.words import Sentence, gettext_noop

DUE_DAYS = 90
EXCUSED_DAYS = 90
MODULES_TO_REPEAT = ("m3", "m4", "m5", "m6", "m7")


SIGNATURES = frozenset({"pledge", "safeguarding"})


class Phase(StrEnum):
    """Where a certificate stands: `grace`, `back` and `over` come after its end, each asks for more than the last."""

    VALID = "valid"
    DUE = "due"
    GRACE = "grace"
    BACK = "back"
    OVER = "over"


class Stage(StrEnum):
    """How near the end is: what lists and reminders sort by."""

    DAYS_30 = "days_30"
    DAYS_60 = "days_60"
    DAYS_90 = "days_90"
    GRACE = "grace"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True)
class Held:
    """The newest certificate that was not revoked; the last day counts."""

    issued_on: date
    expires_on: date


@dataclass(frozen=True, slots=True)
class Kept:
    """What she did since: years of reflections, refreshers as (day, minutes), days of talks with her supervisor.

    `legal`: days of refreshers that told what has changed in the law. `exams`: module code and the day it was last
    passed. Pauses as periods; an open one lasts.
    """

    reflected: frozenset[int] = frozenset()
    refreshers: tuple[tuple[date, int], ...] = ()
    legal: tuple[date, ...] = ()
    talks: tuple[date, ...] = ()
    exams: tuple[tuple[str, date], ...] = ()
    pauses: tuple[Period, ...] = ()
    is_pledged: bool = False
    is_safeguarded: bool = False


@dataclass(frozen=True, slots=True)
class Year:
    """One year of a certificate; `name` is the calendar year in which it ends."""

    starts_on: date
    ends_on: date

    @property
    def name(self) -> int:
        return self.ends_on.year


@dataclass(frozen=True, slots=True)
class Renewal:
    """How far the renewal is. `closes_on`: the last day of this phase, after which more is asked; None for none."""

    phase: Phase
    closes_on: date | None
    sentence: Sentence
    requirements: tuple[Requirement, ...]

    @property
    def remaining(self) -> tuple[Requirement, ...]:
        return tuple(one for one in self.requirements if not one.is_done)

    @property
    def is_open(self) -> bool:
        """Whether a coordinator may renew now: it is due and nothing remains."""
        return self.phase is not Phase.VALID and not self.remaining


def years_of(held: Held) -> tuple[Year, ...]:
    """The years from issue to end; a rest shorter than a year belongs to the last one."""
    found: list[Year] = []
    start = held.issued_on
    while start <= held.expires_on:
        following = days.years_later(held.issued_on, len(found) + 1)
        end = min(days.day_before(following), held.expires_on)
        found.append(Year(start, end))
        start = following
    return tuple(found)


def paused_days(pauses: Sequence[Period], first: date, last: date) -> int:
    """Days from `first` to `last` (both count) that lie in a pause; a day in two pauses counts once."""
    covered = 0
    day = first
    for pause in sorted(pauses, key=lambda one: one.starts_on):
        start = max(day, pause.starts_on)
        end = min(last, pause.ends_on or last)
        if start <= end:
            covered += (end - start).days + 1
            day = end + timedelta(days=1)
    return covered


def is_excused(year: Year, pauses: Sequence[Period]) -> bool:
    return paused_days(pauses, year.starts_on, year.ends_on) > EXCUSED_DAYS


def grace_ends_on(rule: RenewalRule, held: Held, pauses: Sequence[Period]) -> date:
    """The grace runs from the certificate's end; a pause over that end moves its beginning to the end of the pause."""
    start = held.expires_on
    for pause in sorted(pauses, key=lambda one: one.starts_on):
        if pause.starts_on <= start and (pause.ends_on is None or pause.ends_on > start):
            start = pause.ends_on or date.max - timedelta(days=rule.grace_days)
    return start + timedelta(days=rule.grace_days)


def phase_on(rule: RenewalRule, held: Held, pauses: Sequence[Period], today: date) -> tuple[Phase, date | None]:
    """The phase on a day, and the last day of it."""
    if today < held.expires_on - timedelta(days=DUE_DAYS):
        return Phase.VALID, held.expires_on - timedelta(days=DUE_DAYS + 1)
    if today <= held.expires_on:
        return Phase.DUE, held.expires_on
    grace = grace_ends_on(rule, held, pauses)
    if today <= grace:
        return Phase.GRACE, grace
    back = days.years_later(held.expires_on, rule.return_years)
    if today <= max(back, grace):
        return Phase.BACK, max(back, grace)
    return Phase.OVER, None


def stage_of(phase: Phase, held: Held, today: date) -> Stage | None:
    """The stage on a day; None while the end is far."""
    if phase is Phase.VALID:
        return None
    if phase is not Phase.DUE:
        return Stage.GRACE if phase is Phase.GRACE else Stage.LAPSED
    left = (held.expires_on - today).days
    return Stage.DAYS_30 if left <= 30 else Stage.DAYS_60 if left <= 60 else Stage.DAYS_90


def renewal(
    rule: RenewalRule, held: Held, kept: Kept, today: date, signatures: Collection[str] = SIGNATURES
) -> Renewal:
    """What the renewal asks for on a day and how far she is. `signatures`: the texts that the standard has signed."""
    phase, closes_on = phase_on(rule, held, kept.pauses, today)
    asked = tuple(year for year in years_of(held) if not is_excused(year, kept.pauses))
    found = [
        _reflections(asked, kept, today) if rule.reflections and asked else None,
        _refreshers(rule, asked, kept) if rule.refresher_minutes and asked else None,
        _legal(asked, kept) if rule.refresher_minutes and asked else None,
        _talks(rule, asked, kept) if rule.talks_a_year and asked else None,
        _again(phase, held, kept),
        *(_signed(code, title, is_signed) for code, title, is_signed in _texts(kept) if code in signatures),
    ]
    return Renewal(phase, closes_on, _words(phase, held, closes_on), tuple(one for one in found if one))


def next_period(rule: RenewalRule, held: Held, kept: Kept, today: date, valid_years: int) -> Period:
    """The period that a renewal today adds: without a gap until the grace is over, else from today on."""
    begins_on = held.expires_on + timedelta(days=1) if today <= grace_ends_on(rule, held, kept.pauses) else today
    return Period(begins_on, days.day_before(days.years_later(begins_on, valid_years)))


def _words(phase: Phase, held: Held, closes_on: date | None) -> Sentence:
    day = {"day": days.said(closes_on or held.expires_on)}
    if phase is Phase.VALID:
        return Sentence(gettext_noop("The certificate is valid until %(day)s."), {"day": days.said(held.expires_on)})
    if phase is Phase.DUE:
        return Sentence(gettext_noop("The certificate ends on %(day)s. It can be renewed now."), day)
    if phase is Phase.GRACE:
        return Sentence(gettext_noop("The certificate has ended. It can still be renewed until %(day)s."), day)
    if phase is Phase.BACK:
        return Sentence(
            gettext_noop("The certificate has ended. A refresher and an exam bring it back until %(day)s."), day
        )
    return Sentence(gettext_noop("The certificate ended long ago. Modules 3 to 7 are taken again."))


def _reflections(asked: Sequence[Year], kept: Kept, today: date) -> Requirement:
    parts = tuple(
        Part(
            str(year.name),
            str(year.name),
            State.DONE if year.name in kept.reflected else State.MISSING,
            int(year.name in kept.reflected),
            1,
        )
        for year in asked
    )
    missing = [part for part in parts if part.state is not State.DONE]
    title = Sentence(gettext_noop("Reflections"))
    step = None
    if not missing:
        sentence = Sentence(gettext_noop("Every year has its reflection."))
    else:
        names = ", ".join(part.title for part in missing)
        sentence = Sentence(gettext_noop("Reflections not written yet: %(years)s."), {"years": names})
        if any(part.code == str(today.year) for part in missing):
            step = NextStep(Sentence(gettext_noop("Write the reflection %(year)s"), {"year": today.year}), "reflection")
    have = len(parts) - len(missing)
    return Requirement("reflections", title, overall(parts), have, len(parts), "times", sentence, step, parts=parts)


def _refreshers(rule: RenewalRule, asked: Sequence[Year], kept: Kept) -> Requirement:
    parts = _filled(asked, kept.refreshers, rule.refresher_minutes)
    left = sum(part.need - part.have for part in parts)
    title = Sentence(gettext_noop("Hours of refresher"))
    sentence = (
        Sentence(gettext_noop("Hours of refresher remaining: %(hours)s."), {"hours": hours.figure(left)})
        if left
        else Sentence(gettext_noop("All hours of refresher are attended."))
    )
    have, need = sum(part.have for part in parts), sum(part.need for part in parts)
    return Requirement("refreshers", title, overall(parts), have, need, "minutes", sentence, parts=parts)


def _legal(asked: Sequence[Year], kept: Kept) -> Requirement:
    parts = _filled(asked, [(day, 1) for day in kept.legal], 1)
    have, need = sum(part.have for part in parts), len(parts)
    title = Sentence(gettext_noop("Changes in the law"))
    sentence = (
        Sentence(gettext_noop("Refreshers on changes in the law remaining: %(times)s."), {"times": need - have})
        if have < need
        else Sentence(gettext_noop("Every year has its refresher on changes in the law."))
    )
    return Requirement("legal", title, overall(parts), have, need, "times", sentence, parts=parts)


def _talks(rule: RenewalRule, asked: Sequence[Year], kept: Kept) -> Requirement:
    parts = _filled(asked, [(day, 1) for day in kept.talks], rule.talks_a_year)
    left = sum(part.need - part.have for part in parts)
    title = Sentence(gettext_noop("Talks of supervision"))
    sentence = (
        Sentence(gettext_noop("Talks of supervision remaining: %(talks)s."), {"talks": left})
        if left
        else Sentence(gettext_noop("All talks of supervision are held."))
    )
    have, need = sum(part.have for part in parts), sum(part.need for part in parts)
    return Requirement("talks", title, overall(parts), have, need, "times", sentence, parts=parts)


def _filled(asked: Sequence[Year], rows: Sequence[tuple[date, int]], need: int) -> tuple[Part, ...]:
    """One part a year. What is too much in a year makes up for earlier ones, never for years to come."""
    found: list[Part] = []
    spare = sum(amount for day, amount in rows if day > asked[-1].ends_on)
    for year in reversed(asked):
        amount = sum(amount for day, amount in rows if year.starts_on <= day <= year.ends_on) + spare
        have, spare = min(need, amount), max(0, amount - need)
        state = State.DONE if have >= need else State.PARTLY if have else State.MISSING
        found.append(Part(str(year.name), str(year.name), state, have, need))
    return tuple(reversed(found))


def _again(phase: Phase, held: Held, kept: Kept) -> Requirement | None:
    """After the grace an exam of the five modules of practice, later all of them, each passed after the end."""
    if phase not in (Phase.BACK, Phase.OVER):
        return None
    passed = {code for code, day in kept.exams if day > held.expires_on and code in MODULES_TO_REPEAT}
    need = len(MODULES_TO_REPEAT) if phase is Phase.OVER else 1
    have = min(len(passed), need)
    title = Sentence(gettext_noop("Exams after the break"))
    if have == need:
        return Requirement(
            "exams", title, State.DONE, have, need, "exams", Sentence(gettext_noop("The exams are passed."))
        )
    template = gettext_noop("Exams of modules 3 to 7 remaining: %(exams)s.")
    sentence = Sentence(template, {"exams": need - have})
    state = State.PARTLY if have else State.MISSING
    step = NextStep(Sentence(gettext_noop("Go to the modules")), "desk")
    return Requirement("exams", title, state, have, need, "exams", sentence, step)


def _texts(kept: Kept) -> tuple[tuple[str, Sentence, bool], ...]:
    return (
        ("pledge", Sentence(gettext_noop("Code of ethics")), kept.is_pledged),
        ("safeguarding", Sentence(gettext_noop("Promise to keep children safe")), kept.is_safeguarded),
    )


def _signed(code: str, title: Sentence, is_signed: bool) -> Requirement:
    if is_signed:
        sentence = Sentence(gettext_noop("Signed again for the next period."))
        return Requirement(code, title, State.DONE, 1, 1, "times", sentence)
    sentence = Sentence(gettext_noop("Not signed yet for the next period."))
    step = NextStep(Sentence(gettext_noop("Read and sign")), code)
    return Requirement(code, title, State.MISSING, 0, 1, "times", sentence, step)
