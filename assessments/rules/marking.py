"""Right or wrong, passed or not (domain.md 3.0). The same function marks practice, exams and what a phone sends."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessments.rules.items import Item, Kind, Paper

Answer = Sequence[str]


def is_right(item: Item, answer: Answer) -> bool:
    """One question is right or wrong, there are no parts of a mark.

    Single and true/false: the one right choice. Multiple: every right choice and no other. Ordering: all in order.
    """
    given = tuple(answer)
    if item.kind is Kind.ORDERING:
        return given == item.right
    return len(given) == len(set(given)) and set(given) == set(item.right)


def fits(item: Item, answer: Answer) -> bool:
    """True when the answer could have been given to this question; an empty one always could."""
    given = tuple(answer)
    if len(given) != len(set(given)) or set(given) - set(item.keys):
        return False
    if item.kind in (Kind.SINGLE, Kind.TRUE_FALSE):
        return len(given) <= 1
    if item.kind is Kind.ORDERING:
        return len(given) in (0, len(item.choices))
    return True


@dataclass(frozen=True, slots=True)
class Mark:
    """One question of the paper, marked. `number` counts from 1."""

    number: int
    code: str
    lesson: str
    is_critical: bool
    is_answered: bool
    is_right: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """An attempt, marked. `percent` 0-100, rounded down; `critical_left`: critical questions that are not right."""

    right: int
    total: int
    percent: int
    needed: int
    critical_left: int
    passed: bool
    marks: tuple[Mark, ...]


def needed(total: int, pass_percent: int) -> int:
    """How many questions must be right to reach the pass mark."""
    return -(-total * pass_percent // 100)


def judge(paper: Paper, answers: Mapping[int, Answer]) -> Verdict:
    """Mark a paper. Passed: percent reaches the pass mark *and* every critical question is right.

    `answers` by the number of the question; one without an answer is wrong. An empty paper is not passed.
    """
    marks = tuple(
        Mark(
            number=number,
            code=item.code,
            lesson=item.lesson,
            is_critical=item.is_critical,
            is_answered=bool(answers.get(number)),
            is_right=is_right(item, answers.get(number, ())),
        )
        for number, item in enumerate(paper.items, 1)
    )
    right = sum(mark.is_right for mark in marks)
    total = len(marks)
    percent = 100 * right // total if total else 0
    critical_left = sum(mark.is_critical and not mark.is_right for mark in marks)
    return Verdict(
        right=right,
        total=total,
        percent=percent,
        needed=needed(total, paper.pass_percent),
        critical_left=critical_left,
        passed=bool(total) and percent >= paper.pass_percent and not critical_left,
        marks=marks,
    )
