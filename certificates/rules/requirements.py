"""What is known of a person, and how far one requirement of a standard is. The words every desk shares."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum

from certificates.rules import hours
from lms.kit.words import Sentence


class State(IntEnum):
    """How far a requirement is; adding evidence never lowers it."""

    LOCKED = 0
    MISSING = 1
    PARTLY = 2
    WAITING = 3
    DONE = 4


@dataclass(frozen=True, slots=True)
class ModuleProgress:
    """Steps done and steps in all of one module; finished when courses says so."""

    done: int = 0
    total: int = 0
    finished: bool = False

    @property
    def begun(self) -> bool:
        return self.finished or self.done > 0


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of one person. Modules are named by their codes, competencies and activities by theirs.

    `passed`: exams, `tasks`: practical tasks that were passed, both with the best percent (0-100); `handed_in`: tasks
    that an assessor has not decided about. `walked`: stories that came to a safe or open ending. `recognised`: modules
    learned elsewhere, as two persons agreed. `totals` hold minutes. `signed`: the best level of each competency that
    her mentor saw. `pledged` and `safeguarded` are the newest versions she signed.
    """

    modules: Mapping[str, ModuleProgress] = field(default_factory=dict)
    passed: Mapping[str, int] = field(default_factory=dict)
    walked: frozenset[str] = frozenset()
    tasks: Mapping[str, int] = field(default_factory=dict)
    handed_in: frozenset[str] = frozenset()
    recognised: frozenset[str] = frozenset()
    days: int = 0
    totals: Mapping[str, hours.Total] = field(default_factory=dict)
    mentor: str = ""
    signed: Mapping[str, int] = field(default_factory=dict)
    talks: int = 0
    talk_minutes: int = 0
    reflected: frozenset[int] = frozenset()
    pledged: int = 0
    pledge_version: int = 1
    safeguarded: int = 0
    safeguard_version: int = 1
    is_of_age: bool = False


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


def overall(parts: Iterable[Part]) -> State:
    """Done when all are, waiting when only others' work is left, else partly as soon as anything is there."""
    states = [part.state for part in parts]
    if min(states) >= State.WAITING:
        return min(states)
    return State.PARTLY if max(states) >= State.PARTLY else max(states)
