"""What remains: one pure answer from a standard, the evidence and a date (domain.md 4.5).

The companion, her mentor and her coordinator read the same sentences. Nobody stores the answer.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum

from certificates.rules import hours
from lms.kit.words import Sentence, gettext_noop


class State(IntEnum):
    """How far a requirement is; adding evidence never lowers it."""

    LOCKED = 0
    MISSING = 1
    PARTLY = 2
    WAITING = 3
    DONE = 4


@dataclass(frozen=True, slots=True)
class ModuleRule:
    """A module of the standard; `hours` are hours of study, `outer_title` is safe to show to anyone."""

    code: str
    title: str
    outer_title: str
    hours: int
    exam: bool


@dataclass(frozen=True, slots=True)
class ActivityRule:
    """An activity of the internship; `minutes` are needed, of which a share may be simulated."""

    code: str
    title: str
    minutes: int
    simulated_share: float = 0.0


@dataclass(frozen=True, slots=True)
class StandardRules:
    """What a standard asks for. Data: see `certificates/content/`."""

    code: str
    title: str
    modules: tuple[ModuleRule, ...]
    activities: tuple[ActivityRule, ...]
    reflection: bool = True
    pledge: bool = True
    two_persons: bool = True
    valid_years: int = 3

    @property
    def minutes(self) -> int:
        """The minutes of internship in all."""
        return sum(activity.minutes for activity in self.activities)

    @property
    def study_hours(self) -> int:
        return sum(module.hours for module in self.modules)


@dataclass(frozen=True, slots=True)
class ModuleProgress:
    """Steps done and steps in all of one module; finished when courses says so."""

    done: int = 0
    total: int = 0
    finished: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of one person. Minutes in `totals`; `pledged` is the newest version she signed."""

    modules: Mapping[str, ModuleProgress] = field(default_factory=dict)
    passed: Mapping[str, int] = field(default_factory=dict)
    totals: Mapping[str, hours.Total] = field(default_factory=dict)
    mentor: str = ""
    reflected: frozenset[int] = frozenset()
    pledged: int = 0
    pledge_version: int = 1


@dataclass(frozen=True, slots=True)
class NextStep:
    """What to do, and the name of the address where it is done."""

    sentence: Sentence
    address: str


@dataclass(frozen=True, slots=True)
class Part:
    """One line inside a requirement: a module, an exam, an activity. `waiting` counts like `have`."""

    code: str
    title: str
    state: State
    have: int
    need: int
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing the standard asks for, how far she is and what comes next. Unit: modules, exams, minutes or times."""

    code: str
    title: Sentence
    state: State
    have: int
    need: int
    unit: str
    sentence: Sentence
    next: NextStep | None = None
    waiting: int = 0
    parts: tuple[Part, ...] = ()

    @property
    def is_done(self) -> bool:
        return self.state is State.DONE


@dataclass(frozen=True, slots=True)
class Standing:
    """Every requirement of the standard on a date."""

    title: str
    on: date
    requirements: tuple[Requirement, ...]

    @property
    def done(self) -> tuple[Requirement, ...]:
        return tuple(requirement for requirement in self.requirements if requirement.is_done)

    @property
    def remaining(self) -> tuple[Requirement, ...]:
        return tuple(requirement for requirement in self.requirements if not requirement.is_done)

    @property
    def is_complete(self) -> bool:
        return not self.remaining

    @property
    def next(self) -> NextStep | None:
        """The first step that she herself can take."""
        return next((requirement.next for requirement in self.remaining if requirement.next), None)

    def requirement(self, code: str) -> Requirement | None:
        return next((requirement for requirement in self.requirements if requirement.code == code), None)


def standing(standard: StandardRules, evidence: Evidence, today: date) -> Standing:
    """Judge the evidence by the standard on a day. Requirements the standard does not ask for are left out."""
    found = (
        _modules(standard, evidence) if standard.modules else None,
        _exams(standard, evidence) if any(module.exam for module in standard.modules) else None,
        _hours(standard, evidence) if standard.activities else None,
        _reflection(evidence, today) if standard.reflection else None,
        _pledge(evidence) if standard.pledge else None,
    )
    return Standing(standard.title, today, tuple(requirement for requirement in found if requirement))


def _overall(parts: Iterable[Part]) -> State:
    """Done when all are, waiting when only others' work is left, else partly as soon as anything is there."""
    states = [part.state for part in parts]
    if min(states) >= State.WAITING:
        return min(states)
    return State.PARTLY if max(states) >= State.PARTLY else max(states)


def _modules(standard: StandardRules, evidence: Evidence) -> Requirement:
    parts = tuple(_module(module, evidence.modules.get(module.code, ModuleProgress())) for module in standard.modules)
    have = sum(part.state is State.DONE for part in parts)
    state = _overall(parts)
    current = next((part for part in parts if part.state is not State.DONE), None)
    if current is None:
        sentence, step = Sentence(gettext_noop("All modules are finished.")), None
    elif current.state is State.PARTLY:
        template = gettext_noop("%(module)s is under way: %(done)s of %(total)s steps.")
        sentence = Sentence(template, {"module": current.title, "done": current.have, "total": current.need})
        step = NextStep(Sentence(gettext_noop("Go on with %(module)s"), {"module": current.title}), "desk")
    else:
        sentence = Sentence(gettext_noop("Next comes %(module)s."), {"module": current.title})
        step = NextStep(Sentence(gettext_noop("Begin %(module)s"), {"module": current.title}), "desk")
    title = Sentence(gettext_noop("Modules"))
    return Requirement("modules", title, state, have, len(parts), "modules", sentence, step, parts=parts)


def _module(module: ModuleRule, progress: ModuleProgress) -> Part:
    state = State.DONE if progress.finished else State.PARTLY if progress.done else State.MISSING
    total = max(progress.total, progress.done)
    have = total if progress.finished else progress.done
    return Part(module.code, module.outer_title, state, have, total)


def _exams(standard: StandardRules, evidence: Evidence) -> Requirement:
    parts = tuple(_exam(module, evidence) for module in standard.modules if module.exam)
    have = sum(part.state is State.DONE for part in parts)
    state = _overall(parts)
    current = next((part for part in parts if part.state is not State.DONE), None)
    step = None
    if current is None:
        sentence = Sentence(gettext_noop("All exams are passed."))
    elif current.state is State.LOCKED:
        sentence = Sentence(gettext_noop("The exam opens with %(module)s."), {"module": current.title})
    else:
        sentence = Sentence(gettext_noop("Next comes the exam of %(module)s."), {"module": current.title})
        template = gettext_noop("Pass the exam of %(module)s")
        step = NextStep(Sentence(template, {"module": current.title}), "desk")
    return Requirement(
        "exams", Sentence(gettext_noop("Exams")), state, have, len(parts), "exams", sentence, step, parts=parts
    )


def _exam(module: ModuleRule, evidence: Evidence) -> Part:
    """An exam is locked until its module is begun."""
    progress = evidence.modules.get(module.code, ModuleProgress())
    if module.code in evidence.passed:
        return Part(module.code, module.outer_title, State.DONE, 1, 1)
    state = State.MISSING if progress.done or progress.finished else State.LOCKED
    return Part(module.code, module.outer_title, state, 0, 1)


def _hours(standard: StandardRules, evidence: Evidence) -> Requirement:
    parts = tuple(_activity(activity, evidence.totals.get(activity.code)) for activity in standard.activities)
    have, waiting = sum(part.have for part in parts), sum(part.waiting for part in parts)
    state = _overall(parts)
    if state is State.MISSING and not evidence.mentor:
        state = State.LOCKED
    sentence, step = _hours_words(state, evidence.mentor, standard.minutes - have, waiting, parts)
    title = Sentence(gettext_noop("Internship hours"))
    return Requirement(
        "hours", title, state, have, standard.minutes, "minutes", sentence, step, waiting=waiting, parts=parts
    )


def _activity(activity: ActivityRule, total: hours.Total | None) -> Part:
    have, hoped = hours.credited(
        total or hours.Total(), need=activity.minutes, simulated_share=activity.simulated_share
    )
    if have >= activity.minutes:
        state = State.DONE
    elif hoped >= activity.minutes:
        state = State.WAITING
    else:
        state = State.PARTLY if hoped else State.MISSING
    return Part(activity.code, activity.title, state, have, activity.minutes, hoped - have)


def _hours_words(
    state: State, mentor: str, left: int, waiting: int, parts: tuple[Part, ...]
) -> tuple[Sentence, NextStep | None]:
    if state is State.DONE:
        return Sentence(gettext_noop("All hours are verified.")), None
    if state is State.LOCKED:
        return Sentence(gettext_noop("Opens once the coordinator has named a mentor.")), None
    if state is State.WAITING:
        return Sentence(gettext_noop("Hours waiting for a check: %(hours)s."), {"hours": hours.figure(waiting)}), None
    if state is State.MISSING:
        sentence = Sentence(gettext_noop("No hours yet. %(mentor)s is the mentor."), {"mentor": mentor})
        return sentence, NextStep(Sentence(gettext_noop("Log the first hour")), "hours")
    unbegun = [part.title for part in parts if part.state is State.MISSING]
    widest = max(parts, key=lambda part: part.need - part.have - part.waiting).title
    params = {"hours": hours.figure(left), "activity": unbegun[0] if unbegun else widest, "others": len(unbegun) - 1}
    step = NextStep(Sentence(gettext_noop("Log hours of %(activity)s"), params), "hours")
    if not unbegun:
        return Sentence(gettext_noop("Hours remaining: %(hours)s, most of them %(activity)s."), params), step
    if len(unbegun) == 1:
        return Sentence(gettext_noop("Hours remaining: %(hours)s. Not begun: %(activity)s."), params), step
    template = gettext_noop("Hours remaining: %(hours)s. Not begun: %(activity)s and %(others)s more.")
    return Sentence(template, params), step


def _reflection(evidence: Evidence, today: date) -> Requirement:
    title = Sentence(gettext_noop("Reflection %(year)s"), {"year": today.year})
    if today.year in evidence.reflected:
        sentence = Sentence(gettext_noop("The reflection %(year)s is written."), {"year": today.year})
        return Requirement("reflection", title, State.DONE, 1, 1, "times", sentence)
    sentence = Sentence(gettext_noop("The reflection %(year)s is not written yet."), {"year": today.year})
    step = NextStep(Sentence(gettext_noop("Write the reflection %(year)s"), {"year": today.year}), "reflection")
    return Requirement("reflection", title, State.MISSING, 0, 1, "times", sentence, step)


def _pledge(evidence: Evidence) -> Requirement:
    title = Sentence(gettext_noop("Code of ethics"))
    version = {"version": evidence.pledge_version}
    if evidence.pledged >= evidence.pledge_version:
        sentence = Sentence(gettext_noop("Version %(version)s is signed."), version)
        return Requirement("pledge", title, State.DONE, 1, 1, "times", sentence)
    if evidence.pledged:
        sentence = Sentence(gettext_noop("The text has changed: version %(version)s is not signed yet."), version)
    else:
        sentence = Sentence(gettext_noop("Version %(version)s is not signed yet."), version)
    step = NextStep(Sentence(gettext_noop("Read and sign the code of ethics")), "pledge")
    return Requirement("pledge", title, State.MISSING, 0, 1, "times", sentence, step)
