"""Grading by a rubric: percent, rows that must be reached, two assessors, who may grade.

Levels are whole numbers from 0 to the last of a criterion, usually 0 to 3 (domain.md 3).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lms.kit.words import Sentence, gettext_noop

Levels = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Criterion:
    """One row: what each level looks like, the lowest first.

    `least`: the level it must reach for the task to be passed, 0 when it need not. `weight`: how often it counts.
    """

    code: str
    name: str
    levels: tuple[str, ...]
    least: int = 0
    weight: int = 1

    @property
    def best(self) -> int:
        return len(self.levels) - 1

    @property
    def must(self) -> bool:
        return self.least > 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a grading comes to. `percent` 0-100, rounded down; an unmarked criterion counts as 0.

    `missing_must`: codes of rows below the level they must reach; `unmarked`: codes without a level.
    """

    percent: int
    passed: bool
    missing_must: tuple[str, ...]
    unmarked: tuple[str, ...]
    sentences: tuple[Sentence, ...]

    @property
    def is_complete(self) -> bool:
        return not self.unmarked


@dataclass(frozen=True, slots=True)
class Difference:
    """Two assessors saw one criterion differently: anything from `lowest` to `highest` may be agreed."""

    criterion: Criterion
    first: int
    second: int

    @property
    def lowest(self) -> int:
        return min(self.first, self.second)

    @property
    def highest(self) -> int:
        return max(self.first, self.second)


@dataclass(frozen=True, slots=True)
class Tie:
    """How an assessor stands to the work she would grade."""

    is_herself: bool = False
    is_in_scope: bool = True
    is_of_her_group: bool = False
    graded_first: bool = False
    proposed: bool = False


def read(rows: Iterable[Mapping[str, Any]]) -> tuple[Criterion, ...]:
    """The rubric as a task keeps it: `code`, `criterion`, `levels`, `must` (true: the best level), `weight` (1)."""
    found = []
    for row in rows:
        levels = tuple(str(level) for level in row["levels"])
        must = row.get("must") or 0
        least = len(levels) - 1 if must is True else int(must)
        found.append(Criterion(str(row["code"]), str(row["criterion"]), levels, least, int(row.get("weight") or 1)))
    return tuple(found)


def sound(rubric: Sequence[Criterion], levels: Mapping[str, Any]) -> dict[str, int]:
    """Only levels that the rubric knows; everything else is left out."""
    return {
        one.code: levels[one.code]
        for one in rubric
        if type(levels.get(one.code)) is int and 0 <= levels[one.code] <= one.best
    }


def score(rubric: Sequence[Criterion], levels: Mapping[str, Any], pass_percent: int) -> Outcome:
    """Percent = floor(100 * sum(weight * level) / sum(weight * best level)).

    Passed: every criterion is marked, percent reaches the pass mark, and every row that must be reached is.
    """
    given = sound(rubric, levels)
    most = sum(one.weight * one.best for one in rubric)
    percent = 100 * sum(one.weight * given.get(one.code, 0) for one in rubric) // most if most else 0
    unmarked = tuple(one.code for one in rubric if one.code not in given)
    missing = tuple(one.code for one in rubric if one.code in given and given[one.code] < one.least)
    passed = bool(most) and not unmarked and not missing and percent >= pass_percent
    said = tuple(_said(rubric, percent, pass_percent, unmarked, missing))
    return Outcome(percent, passed, missing, unmarked, said)


def _said(
    rubric: Sequence[Criterion], percent: int, needed: int, unmarked: Sequence[str], missing: Sequence[str]
) -> Iterable[Sentence]:
    if unmarked:
        params = {"count": len(unmarked), "total": len(rubric)}
        yield Sentence(gettext_noop("%(count)s of %(total)s criteria have no level yet."), params)
    for one in rubric:
        if one.code in missing:
            row = {"criterion": one.name, "least": one.least}
            yield Sentence(gettext_noop("“%(criterion)s” must reach level %(least)s."), row)
    if unmarked:
        return
    if percent < needed:
        yield Sentence(
            gettext_noop("%(percent)s percent; %(needed)s percent are needed."), {"percent": percent, "needed": needed}
        )
    elif not missing:
        yield Sentence(gettext_noop("Passed with %(percent)s percent."), {"percent": percent})


def differences(rubric: Sequence[Criterion], first: Levels, second: Levels) -> tuple[Difference, ...]:
    """The criteria that two assessors marked differently, in the order of the rubric."""
    return tuple(
        Difference(one, first[one.code], second[one.code])
        for one in rubric
        if one.code in first and one.code in second and first[one.code] != second[one.code]
    )


def agreed(rubric: Sequence[Criterion], first: Levels, second: Levels, chosen: Levels) -> dict[str, int]:
    """All levels of the agreed mark: those chosen where the two differ, else what both gave."""
    apart = {one.criterion.code for one in differences(rubric, first, second)}
    return {
        one.code: (chosen if one.code in apart else first)[one.code]
        for one in rubric
        if one.code in (chosen if one.code in apart else first)
    }


def may_agree(rubric: Sequence[Criterion], first: Levels, second: Levels, chosen: Levels) -> Sentence | None:
    """Why these levels are no agreement, or None: each must lie between what the two gave, or be what they gave."""
    for one in differences(rubric, first, second):
        if one.criterion.code not in chosen:
            return Sentence(gettext_noop("“%(criterion)s” has no agreed level yet."), {"criterion": one.criterion.name})
        if not one.lowest <= chosen[one.criterion.code] <= one.highest:
            params = {"criterion": one.criterion.name, "lowest": one.lowest, "highest": one.highest}
            return Sentence(gettext_noop("“%(criterion)s”: agree on a level from %(lowest)s to %(highest)s."), params)
    return None


def may_grade(tie: Tie, *, groups_apart: bool) -> Sentence | None:
    """Why she may not grade this work, or None.

    `groups_apart`: the standard keeps people of one village group apart, its leader among them. A mentor may grade
    her mentee's task: her hours are another thing, and small organisations have few people.
    """
    if tie.is_herself:
        return Sentence(gettext_noop("This is your own work. Somebody else grades it."))
    if not tie.is_in_scope:
        return Sentence(gettext_noop("This person is in none of your classes. Her own trainer grades this."))
    if groups_apart and tie.is_of_her_group:
        return Sentence(gettext_noop("You are both of one village group. Ask a trainer from outside."))
    if tie.graded_first:
        return Sentence(gettext_noop("You graded this already. The second assessor is somebody else."))
    if tie.proposed:
        return Sentence(gettext_noop("You proposed this mark. The other assessor agrees to it."))
    return None
