"""What a standard asks for, and how its data is read: the format of `certificates/content/*.yaml`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from certificates.rules.hours import STEP_MINUTES
from lms.kit.words import Sentence, gettext_noop

BEST_LEVEL = 3


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
class TaskRule:
    """The practical task of a module, to be passed with at least this percent (0-100)."""

    module: str
    percent: int


@dataclass(frozen=True, slots=True)
class CompetencyRule:
    """A competency that a mentor must have seen at this level (0 saw it, 1 with help, 2 supervised, 3 alone)."""

    code: str
    title: str
    level: int


@dataclass(frozen=True, slots=True)
class RenewalRule:
    """What each period asks for again (domain.md 4.5). `grace_days` after the end; back within `return_years`."""

    refresher_minutes: int = 8 * 60
    talks_a_year: int = 4
    reflections: bool = True
    grace_days: int = 90
    return_years: int = 1


@dataclass(frozen=True, slots=True)
class StandardRules:
    """What a standard asks for. Data: see `certificates/content/`. Nothing is asked for that is not named."""

    code: str
    title: str
    modules: tuple[ModuleRule, ...] = ()
    activities: tuple[ActivityRule, ...] = ()
    stories: tuple[str, ...] = ()
    tasks: tuple[TaskRule, ...] = ()
    competencies: tuple[CompetencyRule, ...] = ()
    training_days: int = 0
    talks: int = 0
    talk_minutes: int = 0
    minimum_age: int = 0
    reflection: bool = True
    pledge: bool = True
    safeguarding: bool = False
    two_persons: bool = True
    valid_years: int = 3
    provisional_percent: int = 80
    renewal: RenewalRule = RenewalRule()

    @property
    def minutes(self) -> int:
        """The minutes of internship in all."""
        return sum(activity.minutes for activity in self.activities)

    @property
    def study_hours(self) -> int:
        return sum(module.hours for module in self.modules)

    def module(self, code: str) -> ModuleRule:
        """The module of that code; KeyError when the standard has none."""
        return {module.code: module for module in self.modules}[code]


class NotAStandard(ValueError):
    """The data is no standard; `sentence` says where and why."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence.render(str))
        self.sentence = sentence


def read(data: Mapping[str, Any]) -> StandardRules:
    """The rules of a standard. Raises NotAStandard with the first thing that is wrong."""
    modules = tuple(_module(row) for row in _rows(data, "modules"))
    known = [module.code for module in modules]
    level, competencies = _signoffs(data)
    talks = _inside(data, "supervision")
    rules = StandardRules(
        code=_text(data, "code"),
        title=_text(data, "title"),
        modules=modules,
        activities=tuple(_activity(row) for row in _rows(data, "activities")),
        stories=tuple(_codes(data, "stories", known)),
        tasks=tuple(_task(row, known) for row in _rows(data, "tasks", [])),
        competencies=tuple(CompetencyRule(_text(row, "code"), _text(row, "title"), level) for row in competencies),
        training_days=_whole(data, "training_days", low=0, high=365, usual=0),
        talks=_whole(talks, "talks", low=0, high=100, usual=0),
        talk_minutes=_whole(talks, "minutes", low=0, high=6000, usual=0),
        minimum_age=_whole(data, "minimum_age", low=0, high=60, usual=0),
        reflection=_flag(data, "reflection"),
        pledge=_flag(data, "pledge"),
        safeguarding=_flag(data, "safeguarding", usual=False),
        two_persons=_flag(data, "two_persons"),
        valid_years=_whole(data, "valid_years", low=1, high=10),
        provisional_percent=_whole(data, "provisional_percent", low=1, high=100, usual=80),
        renewal=_renewal(_inside(data, "renewal")),
    )
    _once("modules", known)
    _once("activities", [activity.code for activity in rules.activities])
    _once("tasks", [task.module for task in rules.tasks])
    _once("competencies", [competency.code for competency in rules.competencies])
    return rules


def _once(name: str, codes: Iterable[str]) -> None:
    found = list(codes)
    if len(found) != len(set(found)):
        raise NotAStandard(Sentence(gettext_noop("A code stands twice in %(name)s."), {"name": name}))


def _module(row: Mapping[str, Any]) -> ModuleRule:
    return ModuleRule(
        code=_text(row, "code"),
        title=_text(row, "title"),
        outer_title=_text(row, "outer_title"),
        hours=_whole(row, "hours", low=0, high=500),
        exam=_flag(row, "exam"),
    )


def _activity(row: Mapping[str, Any]) -> ActivityRule:
    minutes = row.get("hours")
    share = row.get("simulated_share", 0)
    if not isinstance(minutes, int | float) or not 0 < minutes <= 1000 or minutes * 60 % STEP_MINUTES:
        raise _wrong(row, "hours")
    if not isinstance(share, int | float) or not 0 <= share <= 1:
        raise _wrong(row, "simulated_share")
    return ActivityRule(_text(row, "code"), _text(row, "title"), int(minutes * 60), float(share))


def _task(row: Mapping[str, Any], known: list[str]) -> TaskRule:
    if row.get("module") not in known:
        raise _wrong(row, "module")
    return TaskRule(_text(row, "module"), _whole(row, "percent", low=1, high=100))


def _signoffs(data: Mapping[str, Any]) -> tuple[int, list[Mapping[str, Any]]]:
    signoffs = _inside(data, "signoffs")
    level = _whole(signoffs, "level", low=0, high=BEST_LEVEL, usual=2)
    return level, _rows(signoffs, "competencies", [])


def _renewal(data: Mapping[str, Any]) -> RenewalRule:
    usual = RenewalRule()
    return RenewalRule(
        refresher_minutes=_whole(data, "refresher_hours", low=0, high=100, usual=usual.refresher_minutes // 60) * 60,
        talks_a_year=_whole(data, "talks_a_year", low=0, high=100, usual=usual.talks_a_year),
        reflections=_flag(data, "reflections"),
        grace_days=_whole(data, "grace_days", low=0, high=366, usual=usual.grace_days),
        return_years=_whole(data, "return_years", low=0, high=10, usual=usual.return_years),
    )


def _inside(data: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """The named values one step further in; none when they are left out."""
    value = data.get(name, {})
    if not isinstance(value, Mapping):
        raise _wrong(data, name)
    return value


def _codes(data: Mapping[str, Any], name: str, known: list[str]) -> list[str]:
    value = data.get(name, [])
    if not isinstance(value, list) or any(code not in known for code in value):
        raise _wrong(data, name)
    return value


def _rows(data: Mapping[str, Any], name: str, usual: list[Mapping[str, Any]] | None = None) -> list[Mapping[str, Any]]:
    rows = data.get(name, usual)
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise _wrong(data, name)
    return rows


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    if not isinstance(value, str) or not value.strip():
        raise _wrong(row, name)
    return value.strip()


def _flag(row: Mapping[str, Any], name: str, *, usual: bool = True) -> bool:
    value = row.get(name, usual)
    if not isinstance(value, bool):
        raise _wrong(row, name)
    return value


def _whole(row: Mapping[str, Any], name: str, *, low: int, high: int, usual: int | None = None) -> int:
    value = row.get(name, usual)
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise _wrong(row, name)
    return value


def _wrong(row: Mapping[str, Any], name: str) -> NotAStandard:
    place = str(row.get("code") or "?")
    return NotAStandard(
        Sentence(
            gettext_noop("In %(place)s the value of %(name)s is missing or wrong."), {"place": place, "name": name}
        )
    )
