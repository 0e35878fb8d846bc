"""Pure rules of a course: what is open, what comes next, how far somebody is."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from lms.kit.words import Sentence, gettext_noop


@dataclass(frozen=True, slots=True)
class StepPlan:
    """One page of a module. `code` is its part of the address; `bytes` is what a first visit costs, compressed.

    `opens_after_lessons`: closed until every lesson of the module is done (an exam).
    `is_optional`: an offer, not needed to finish the module (practice). `changed_at`: when its content last changed.
    """

    key: UUID
    kind: str
    code: str
    title: str
    outer_title: str = ""
    minutes: int = 0
    bytes: int = 0
    opens_after_lessons: bool = False
    is_optional: bool = False
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ModulePlan:
    """One module. `needs` holds the codes of the modules that come before it; `slug` is its part of the address.

    `version` rises when something of it is published; 0: not known.
    """

    key: UUID
    code: str
    title: str
    outer_title: str = ""
    needs: tuple[str, ...] = ()
    steps: tuple[StepPlan, ...] = ()
    slug: str = ""
    version: int = 0
    published_at: datetime | None = None

    @property
    def required(self) -> tuple[StepPlan, ...]:
        return tuple(step for step in self.steps if not step.is_optional)

    @property
    def lessons(self) -> tuple[StepPlan, ...]:
        return tuple(step for step in self.steps if step.kind == "lesson")


@dataclass(frozen=True, slots=True)
class ProgrammePlan:
    """What several courses belong to."""

    key: UUID
    title: str
    outer_title: str = ""
    intro: str = ""


@dataclass(frozen=True, slots=True)
class CoursePlan:
    """One course. `before`: the courses that she finishes first. `is_free`: its modules wait for no other module.

    `admission` says who may begin it (courses.rules.admission), `groups` holds the numbers of the village groups that
    may. `number`: which course of its programme it is.
    """

    key: UUID
    slug: str
    title: str
    modules: tuple[ModulePlan, ...] = ()
    outer_title: str = ""
    is_free: bool = False
    before: tuple["CoursePlan", ...] = ()
    admission: str = "coordinator"
    groups: frozenset[int] = frozenset()
    programme: ProgrammePlan | None = None
    number: int = 0

    def number_of(self, module: ModulePlan) -> int:
        """Which module it is, counted from 1."""
        return next(number for number, one in enumerate(self.modules, 1) if one.key == module.key)


class State(StrEnum):
    """Of a step or a module, for one person."""

    DONE = "done"
    NEXT = "next"
    OPEN = "open"
    LOCKED = "locked"


@dataclass(frozen=True, slots=True)
class StepStanding:
    step: StepPlan
    state: State
    lock: Sentence | None = None


@dataclass(frozen=True, slots=True)
class ModuleStanding:
    """A module as one person sees it: `done` of `total` required steps, minutes and bytes of what is left."""

    module: ModulePlan
    number: int
    state: State
    done: int
    total: int
    minutes_left: int
    lock: Sentence | None = None
    bytes_left: int = 0


@dataclass(frozen=True, slots=True)
class Spot:
    """A step in its module, and the number of that module."""

    module: ModulePlan
    step: StepPlan
    number: int


Done = Collection[UUID]


def is_finished(module: ModulePlan, done: Done) -> bool:
    """True when every required step is done. A module without steps is never finished."""
    return bool(module.required) and all(step.key in done for step in module.required)


def is_course_finished(course: CoursePlan, done: Done) -> bool:
    """True when every module that has steps is finished, and there is one."""
    filled = [module for module in course.modules if module.required]
    return bool(filled) and all(is_finished(module, done) for module in filled)


def finished_codes(course: CoursePlan, done: Done) -> frozenset[str]:
    return frozenset(module.code for module in course.modules if is_finished(module, done))


def missing_needs(course: CoursePlan, module: ModulePlan, done: Done) -> tuple[ModulePlan, ...]:
    """The modules to finish first. An unknown or empty module cannot be finished, so it keeps nobody out."""
    return tuple(
        other
        for other in course.modules
        if other.code in module.needs and other.required and not is_finished(other, done)
    )


def has_begun(course: CoursePlan, done: Done) -> bool:
    """She has done a step of the course: nobody could without taking it."""
    return any(step.key in done for module in course.modules for step in module.steps)


def course_lock(course: CoursePlan, done: Done) -> Sentence | None:
    """Why the whole course is closed, or None. Who has begun it keeps it. An empty course keeps nobody out."""
    if not course.before or has_begun(course, done):
        return None
    for other in course.before:
        is_filled = any(module.required for module in other.modules)
        if is_filled and not is_course_finished(other, done):
            return Sentence(gettext_noop("Opens after the course %(title)s."), {"title": other.outer_title})
    return None


def module_lock(course: CoursePlan, module: ModulePlan, done: Done) -> Sentence | None:
    """Why the module is closed, or None. Who has begun a module keeps it, whatever is added before it later."""
    if any(step.key in done for step in module.steps):
        return None
    closed = course_lock(course, done)
    if closed or course.is_free:
        return closed
    missing = missing_needs(course, module, done)
    if not missing:
        return None
    numbers = [course.number_of(other) for other in missing]
    if len(numbers) == 1:
        return Sentence(gettext_noop("Opens after module %(number)s."), {"number": numbers[0]})
    return Sentence(
        gettext_noop("Opens after modules %(numbers)s and %(last)s."),
        {"numbers": ", ".join(str(number) for number in numbers[:-1]), "last": numbers[-1]},
    )


def lock_reason(course: CoursePlan, module: ModulePlan, step: StepPlan, done: Done) -> Sentence | None:
    """Why the step is closed, or None. A step once done stays open."""
    if step.key in done:
        return None
    closed = module_lock(course, module, done)
    if closed:
        return closed
    if not step.opens_after_lessons:
        return None
    left = sum(lesson.key not in done for lesson in module.lessons)
    if not left:
        return None
    if left == 1:
        return Sentence(gettext_noop("Opens after the last lesson of this module."))
    return Sentence(gettext_noop("Opens after %(count)s more lessons of this module."), {"count": left})


def next_in_module(course: CoursePlan, module: ModulePlan, done: Done) -> StepPlan | None:
    """The first open step that is not done; an optional one only while the module is unfinished.

    An optional one that she passed by, with something needed after it done, is not proposed again.
    """
    if is_finished(module, done):
        return None
    for place, step in enumerate(module.steps):
        if step.key in done or lock_reason(course, module, step, done):
            continue
        if not (step.is_optional and any(one.key in done for one in module.steps[place:] if not one.is_optional)):
            return step
    return None


def next_step(course: CoursePlan, done: Done) -> Spot | None:
    """The one next step in the course, or None when nothing is open or left."""
    for number, module in enumerate(course.modules, 1):
        step = next_in_module(course, module, done)
        if step:
            return Spot(module, step, number)
    return None


def step_states(
    course: CoursePlan, module: ModulePlan, done: Done, *, is_free: bool = False
) -> tuple[StepStanding, ...]:
    """Every step of the module with its state; at most one is `next`. `is_free`: for staff nothing is locked."""
    coming = None if is_free else next_in_module(course, module, done)
    standings = []
    for step in module.steps:
        lock = None if is_free else lock_reason(course, module, step, done)
        if step.key in done:
            state = State.DONE
        elif lock:
            state = State.LOCKED
        else:
            state = State.NEXT if coming and coming.key == step.key else State.OPEN
        standings.append(StepStanding(step, state, lock))
    return tuple(standings)


def module_state(course: CoursePlan, module: ModulePlan, done: Done, *, is_free: bool = False) -> ModuleStanding:
    """The module for one person. `next`: it holds the one next step of the course. `is_free`: for staff."""
    finished = sum(step.key in done for step in module.required)
    total = len(module.required)
    lock = None if is_free else module_lock(course, module, done)
    spot = None if is_free else next_step(course, done)
    if is_finished(module, done):
        state = State.DONE
    elif lock:
        state = State.LOCKED
    else:
        state = State.NEXT if spot and spot.module.key == module.key else State.OPEN
    left = [step for step in module.required if step.key not in done]
    minutes, weight = sum(step.minutes for step in left), sum(step.bytes for step in left)
    return ModuleStanding(module, course.number_of(module), state, finished, total, minutes, lock, weight)


def percent(course: CoursePlan, done: Done) -> int:
    """How much of the required steps is done, 0-100, rounded down: 100 means everything."""
    required = [step for module in course.modules for step in module.required]
    if not required:
        return 0
    return 100 * sum(step.key in done for step in required) // len(required)


def neighbours(module: ModulePlan, step: StepPlan) -> tuple[StepPlan | None, StepPlan | None]:
    """The step before and the step after it in the module."""
    place = next(index for index, one in enumerate(module.steps) if one.key == step.key)
    before = module.steps[place - 1] if place else None
    after = module.steps[place + 1] if place + 1 < len(module.steps) else None
    return before, after


def onward(course: CoursePlan, module: ModulePlan, step: StepPlan, done: Done) -> StepPlan | None:
    """Where to go once this step is done: the one after it if that is open then, else what the module still lacks."""
    then = {*done, step.key}
    _before, after = neighbours(module, step)
    if after and lock_reason(course, module, after, then) is None:
        return after
    return next_in_module(course, module, then)


def way_on(course: CoursePlan, module: ModulePlan, done: Done) -> Spot | None:
    """Where somebody goes who stands before a closed step: on in its module if that is open, else on in the course."""
    step = next_in_module(course, module, done)
    return Spot(module, step, course.number_of(module)) if step else next_step(course, done)


def module_after(course: CoursePlan, module: ModulePlan, done: Done) -> ModulePlan | None:
    """Where to go on once this module is finished: the module of the next step, when it is another one."""
    if not is_finished(module, done):
        return None
    spot = next_step(course, done)
    return spot.module if spot else None


def changed_since(module: ModulePlan, read: Mapping[UUID, datetime]) -> tuple[StepPlan, ...]:
    """The lessons whose content changed after she read them; `read` says when that was, by step key."""
    return tuple(
        lesson
        for lesson in module.lessons
        if lesson.changed_at and lesson.key in read and read[lesson.key] < lesson.changed_at
    )


def find_step(course: CoursePlan, key: UUID) -> Spot | None:
    for number, module in enumerate(course.modules, 1):
        for step in module.steps:
            if step.key == key:
                return Spot(module, step, number)
    return None


def circle_of_needs(needs: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The codes of modules that wait for each other, or nothing."""
    settled: set[str] = set()
    while True:
        free = [
            code for code, wanted in needs.items() if code not in settled and not (set(wanted) & set(needs)) - settled
        ]
        if not free:
            break
        settled.update(free)
    return tuple(code for code in needs if code not in settled)


def greeting(hour: int) -> Sentence:
    """What one says at that hour of the day (0-23), as in Indonesia: pagi, siang, sore, malam."""
    if 4 <= hour < 11:
        return Sentence(gettext_noop("Good morning"))
    if 11 <= hour < 15:
        return Sentence(gettext_noop("Good day"))
    if 15 <= hour < 18:
        return Sentence(gettext_noop("Good afternoon"))
    return Sentence(gettext_noop("Good evening"))
