"""What an answer is worth, and who has passed (domain.md 3.0). Practice, exams and phones are marked by the same rules.

Credit is an exact part of one mark, from 0 to 1. Most questions give all or nothing. A question that gives parts:

- several right answers: (right ones chosen - wrong ones chosen) / right ones, never below 0;
- matching: right pairs / pairs;
- an order: of all pairs of lines, the share that stands in the right order to each other.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import comb

from assessments.rules.items import PAIR, TYPED, Item, Kind, Paper
from assessments.rules.reading import MOST_TYPED, means, number_in
from lms.kit.words import Sentence, gettext_noop

Answer = Sequence[str]

NONE, FULL = Fraction(0), Fraction(1)


def credit(item: Item, answer: Answer) -> Fraction:
    """The part of its mark that this answer earns, 0 to 1. An answer that the question does not offer earns 0."""
    given = tuple(answer)
    return NONE if not given or misfit(item, given) else CREDITS[item.kind](item, given)


def is_right(item: Item, answer: Answer) -> bool:
    """True for the full mark."""
    return credit(item, answer) == FULL


def _of_choices(item: Item, given: Answer) -> Fraction:
    chosen, right = set(given), set(item.right)
    if chosen == right or not item.gives_parts or not right:
        return Fraction(chosen == right)
    return max(NONE, Fraction(len(chosen & right) - len(chosen - right), len(right)))


def _of_order(item: Item, given: Answer) -> Fraction:
    if tuple(given) == item.right or not item.gives_parts or len(item.right) < 2:
        return Fraction(tuple(given) == item.right)
    places = {key: place for place, key in enumerate(given)}
    in_order = sum(places[one] < places[other] for one, other in combinations(item.right, 2))
    return Fraction(in_order, comb(len(item.right), 2))


def _of_pairs(item: Item, given: Answer) -> Fraction:
    matched = set(given) & set(item.right)
    is_all = len(matched) == len(item.right) == len(given)
    return Fraction(len(matched), len(item.right)) if item.gives_parts and item.right else Fraction(is_all)


def _of_words(item: Item, given: Answer) -> Fraction:
    return Fraction(any(means(given[0], form, item.slips) for form in item.right))


def _of_number(item: Item, given: Answer) -> Fraction:
    typed = number_in(given[0], item.unit)
    wanted = number_in(item.right[0]) if item.right else None
    if typed is None or wanted is None:
        return NONE
    return Fraction(abs(typed - wanted) <= (number_in(item.tolerance) or 0))


CREDITS: Mapping[Kind, Callable[[Item, Answer], Fraction]] = {
    Kind.SINGLE: _of_choices,
    Kind.MULTIPLE: _of_choices,
    Kind.TRUE_FALSE: _of_choices,
    Kind.PICTURE: _of_choices,
    Kind.ORDERING: _of_order,
    Kind.MATCHING: _of_pairs,
    Kind.SHORT: _of_words,
    Kind.NUMBER: _of_number,
}

STRANGE = gettext_noop("This answer does not fit the question. Open it and answer again.")


def misfit(item: Item, answer: Answer) -> Sentence | None:
    """Why this answer could not have been given to this question; None when it could. An empty one always could."""
    given = tuple(answer)
    if item.kind in TYPED:
        return _typed_misfit(item, given)
    parted = [pair.partition(PAIR) for pair in given] if item.kind is Kind.MATCHING else []
    keys = tuple(left for left, _sign, _right in parted) if parted else given
    offered = {choice.key for choice in item.lefts} if item.kind is Kind.MATCHING else set(item.keys)
    matches = {right for _left, _sign, right in parted}
    is_strange = len(keys) != len(set(keys)) or bool(set(keys) - offered) or bool(matches - set(item.keys))
    if item.kind in (Kind.SINGLE, Kind.TRUE_FALSE, Kind.PICTURE):
        is_strange = is_strange or len(given) > 1
    if item.kind is Kind.ORDERING:
        is_strange = is_strange or len(given) not in (0, len(item.choices))
    return Sentence(STRANGE) if is_strange else None


def _typed_misfit(item: Item, given: Answer) -> Sentence | None:
    if not given:
        return None
    if len(given) > 1 or not given[0].strip():
        return Sentence(STRANGE)
    if len(given[0]) > MOST_TYPED:
        return Sentence(gettext_noop("This is too long. Write a word or two."))
    if item.kind is Kind.NUMBER and number_in(given[0], item.unit) is None:
        return Sentence(gettext_noop("Write a number in digits, for example 12 or 1,5."))
    return None


@dataclass(frozen=True, slots=True)
class Mark:
    """One question of the paper, marked. `number` counts from 1; `credit` 0 to 1."""

    number: int
    code: str
    lesson: str
    is_critical: bool
    is_answered: bool
    is_right: bool
    credit: Fraction = NONE


@dataclass(frozen=True, slots=True)
class Verdict:
    """An attempt, marked. `right` counts full marks, `points` all marks and their parts.

    `percent` 0-100, of the points, rounded down; `critical_left`: critical questions that are not fully right.
    """

    right: int
    points: Fraction
    total: int
    percent: int
    pass_percent: int
    needed: int
    critical_left: int
    passed: bool
    marks: tuple[Mark, ...]


def needed(total: int, pass_percent: int) -> int:
    """How many questions must be right to reach the pass mark."""
    return -(-total * pass_percent // 100)


def judge(paper: Paper, answers: Mapping[int, Answer]) -> Verdict:
    """Mark a paper. Passed: percent reaches the pass mark *and* every critical question is fully right.

    `answers` by the number of the question; one without an answer is wrong. An empty paper is not passed.
    """
    marks = tuple(_mark(number, item, answers.get(number, ())) for number, item in enumerate(paper.items, 1))
    points, total = sum((mark.credit for mark in marks), NONE), len(marks)
    percent = int(100 * points / total) if total else 0
    critical_left = sum(mark.is_critical and not mark.is_right for mark in marks)
    return Verdict(
        right=sum(mark.is_right for mark in marks),
        points=points,
        total=total,
        percent=percent,
        pass_percent=paper.pass_percent,
        needed=needed(total, paper.pass_percent),
        critical_left=critical_left,
        passed=bool(total) and percent >= paper.pass_percent and not critical_left,
        marks=marks,
    )


def _mark(number: int, item: Item, answer: Answer) -> Mark:
    earned = credit(item, answer)
    return Mark(
        number=number,
        code=item.code,
        lesson=item.lesson,
        is_critical=item.is_critical,
        is_answered=bool(answer),
        is_right=earned == FULL,
        credit=earned,
    )
