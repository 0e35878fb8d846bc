"""Read the data of a standard: the format of `certificates/content/*.yaml`."""

from collections.abc import Mapping
from typing import Any

from certificates.rules.hours import STEP_MINUTES
from certificates.rules.standing import ActivityRule, ModuleRule, StandardRules
from lms.kit.words import Sentence, gettext_noop


class NotAStandard(ValueError):
    """The data is no standard; `sentence` says where and why."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence.render(str))
        self.sentence = sentence


def read(data: Mapping[str, Any]) -> StandardRules:
    """The rules of a standard. Raises NotAStandard with the first thing that is wrong."""
    modules = tuple(_module(row) for row in _rows(data, "modules"))
    activities = tuple(_activity(row) for row in _rows(data, "activities"))
    for kind, codes in (("modules", [m.code for m in modules]), ("activities", [a.code for a in activities])):
        if len(codes) != len(set(codes)):
            raise NotAStandard(Sentence(gettext_noop("A code stands twice in %(name)s."), {"name": kind}))
    return StandardRules(
        code=_text(data, "code"),
        title=_text(data, "title"),
        modules=modules,
        activities=activities,
        reflection=_flag(data, "reflection"),
        pledge=_flag(data, "pledge"),
        two_persons=_flag(data, "two_persons"),
        valid_years=_whole(data, "valid_years", low=1, high=10),
    )


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


def _rows(data: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    rows = data.get(name)
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise _wrong(data, name)
    return rows


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    if not isinstance(value, str) or not value.strip():
        raise _wrong(row, name)
    return value.strip()


def _flag(row: Mapping[str, Any], name: str) -> bool:
    value = row.get(name, True)
    if not isinstance(value, bool):
        raise _wrong(row, name)
    return value


def _whole(row: Mapping[str, Any], name: str, *, low: int, high: int) -> int:
    value = row.get(name)
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
