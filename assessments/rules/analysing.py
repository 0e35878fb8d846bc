"""What the answers say about a question (item analysis), in words a trainer can use.

Published formulas, over marks from 0 to 1 (most questions are right or wrong; one left empty is wrong):

- difficulty p: the mean mark; without parts of a mark the share of right answers (Crocker & Algina 1986, chapter 14).
- discrimination r: the correlation of the question with the rest of the paper, corrected for overlap (Pearson's;
  without parts of a mark this is the point-biserial r = (M1 - M0) / s * sqrt(p * (1 - p)), where M1 and M0 are the mean
  shares *on the other questions* among those who had this one right and wrong, and s their standard deviation over
  everybody; Henrysson 1963).
- upper-lower index D: mean mark among the best 27 % minus that among the weakest 27 % (Kelley 1939; Johnson 1951).
  People with the same total stand at the border with the same part of each.
- a wrong choice works when at least 5 % take it (Haladyna & Downing 1993).

Papers are drawn, so that two people need not have the same questions: totals are shares (0-1), not counts. The bounds
of the words are ours, more lenient than Ebel's (0.20): papers are short. Sums are exact, so the order of answers says
nothing.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction
from math import sqrt
from typing import TypeVar

from lms.kit.words import Sentence, gettext_noop

Key = TypeVar("Key", bound=Hashable)

ENOUGH = 20
GROUP = Fraction(27, 100)
TOO_HARD = Fraction(3, 10)
TOO_EASY = Fraction(9, 10)
TELLS_APART = 0.15
TURNED = -0.1
MANY = Fraction(1, 4)
OFTEN_EMPTY = Fraction(15, 100)
WORKS = Fraction(5, 100)


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer to one question. `credit`: its mark, 0-1. `others`: how many other questions the paper had,
    `others_credit`: the sum of their marks.
    """

    chosen: tuple[str, ...]
    credit: Fraction | int
    others_credit: Fraction | int
    others: int


@dataclass(frozen=True, slots=True)
class Level:
    """People alike: the same sum of marks in as many other questions, and the same mark here."""

    others_credit: Fraction | int
    others: int
    credit: Fraction | int

    @property
    def rest(self) -> Fraction:
        return Fraction(self.others_credit, self.others)

    @property
    def total(self) -> Fraction:
        return Fraction(self.others_credit + self.credit, self.others + 1)


@dataclass(frozen=True, slots=True)
class Tally:
    """All answers to one version of a question, counted."""

    levels: Mapping[Level, int]
    chosen: Mapping[str, int]
    empty: int

    @property
    def times(self) -> int:
        return sum(self.levels.values())

    @property
    def right(self) -> int:
        """How many have the full mark."""
        return sum(times for level, times in self.levels.items() if level.credit == 1)

    @property
    def difficulty(self) -> Fraction | None:
        """p, from 0 (nobody right) to 1; None without answers."""
        marks = sum((Fraction(level.credit) * times for level, times in self.levels.items()), Fraction(0))
        return marks / self.times if self.times else None

    def share(self, key: str) -> Fraction:
        """How many of all took this choice, 0 to 1."""
        return Fraction(self.chosen.get(key, 0), self.times) if self.times else Fraction(0)


def tally(answers: Iterable[tuple[Key, Answered]]) -> dict[Key, Tally]:
    """Count a stream of answers by question. Memory grows with the questions, not with the answers."""
    levels: dict[Key, Counter[Level]] = {}
    chosen: dict[Key, Counter[str]] = {}
    empty: Counter[Key] = Counter()
    for key, answer in answers:
        levels.setdefault(key, Counter())[Level(answer.others_credit, answer.others, answer.credit)] += 1
        chosen.setdefault(key, Counter()).update(answer.chosen)
        empty[key] += not answer.chosen
    return {key: Tally(levels[key], chosen[key], empty[key]) for key in levels}


def discrimination(tally: Tally) -> float | None:
    """Corrected item-rest r, -1 to 1; None when all have the same mark here, or all did the rest alike."""
    rows = [(Fraction(level.credit), level.rest, times) for level, times in tally.levels.items() if level.others]
    count = sum(times for _mark, _rest, times in rows)
    marks = sum((mark * times for mark, _rest, times in rows), Fraction(0))
    mark_squares = sum((mark**2 * times for mark, _rest, times in rows), Fraction(0))
    rests = sum((rest * times for _mark, rest, times in rows), Fraction(0))
    rest_squares = sum((rest**2 * times for _mark, rest, times in rows), Fraction(0))
    together = sum((mark * rest * times for mark, rest, times in rows), Fraction(0))
    spread = (count * mark_squares - marks**2) * (count * rest_squares - rests**2)
    if not spread:
        return None
    return max(-1.0, min(1.0, float(count * together - marks * rests) / sqrt(spread)))


def upper_lower(tally: Tally) -> Fraction | None:
    """D, -1 to 1; None without answers."""
    if not tally.times:
        return None
    size = GROUP * tally.times
    totals: dict[Fraction, list[Fraction]] = {}
    for level, times in tally.levels.items():
        found = totals.setdefault(level.total, [Fraction(0), Fraction(0)])
        found[0] += times
        found[1] += times * level.credit
    order = sorted(totals)
    return (_right_within(totals, order[::-1], size) - _right_within(totals, order, size)) / size


def _right_within(totals: Mapping[Fraction, Sequence[Fraction]], order: Sequence[Fraction], size: Fraction) -> Fraction:
    """The sum of marks of the first `size` people of this order; of a tie the same part of each."""
    left, right = size, Fraction(0)
    for total in order:
        times, right_here = totals[total]
        part = min(Fraction(1), left / times)
        right += part * right_here
        left -= part * times
        if not left:
            break
    return right


class Weight(IntEnum):
    """What to look at first. FINE and TOO_FEW are no flags."""

    KEY = 0
    TURNED = 1
    HARD = 2
    FLAT = 3
    EMPTY = 4
    EASY = 5
    IDLE = 6
    FINE = 7
    TOO_FEW = 8


@dataclass(frozen=True, slots=True)
class Option:
    """A choice by its letter in the bank (A, B, …; or a word), whatever its place on a paper was.

    `is_offered`: it stands on the page; False for what people typed themselves.
    """

    key: str
    letter: str | Sentence
    is_right: bool
    is_offered: bool = True


@dataclass(frozen=True, slots=True)
class Finding:
    weight: Weight
    sentence: Sentence


def findings(tally: Tally, options: Sequence[Option] = (), *, is_critical: bool = False) -> list[Finding]:
    """What to look at, the most pressing first; one finding at least. `options` is empty where nothing is chosen.

    A safety question may be easy: everybody should know it.
    """
    p = tally.difficulty
    if p is None or tally.times < ENOUGH:
        words = gettext_noop("Not enough answers yet: %(count)s of %(needed)s.")
        return [Finding(Weight.TOO_FEW, Sentence(words, {"count": tally.times, "needed": ENOUGH}))]
    found = [*_of_key(tally, options), *_of_discrimination(discrimination(tally), p)]
    if p < TOO_HARD:
        found.append(Finding(Weight.HARD, Sentence(gettext_noop("Too hard: fewer than three in ten are right."))))
    if Fraction(tally.empty, tally.times) > OFTEN_EMPTY:
        found.append(Finding(Weight.EMPTY, Sentence(gettext_noop("Many leave it empty."))))
    if p > TOO_EASY and not is_critical:
        found.append(Finding(Weight.EASY, Sentence(gettext_noop("Too easy: almost everybody is right."))))
    if p <= TOO_EASY:
        found.extend(_of_idle(tally, options))
    found.sort(key=lambda one: one.weight)
    return found or [Finding(Weight.FINE, Sentence(gettext_noop("Nothing stands out.")))]


def _of_key(tally: Tally, options: Sequence[Option]) -> Iterable[Finding]:
    """A wrong choice that a quarter or more take, and more than a right one."""
    least = min((tally.share(one.key) for one in options if one.is_right), default=Fraction(1))
    for one in options:
        if not one.is_right and tally.share(one.key) > least and tally.share(one.key) >= MANY:
            words = gettext_noop("Many choose %(letter)s: check the key.")
            yield Finding(Weight.KEY, Sentence(words, {"letter": one.letter}))


def _of_discrimination(r: float | None, p: Fraction) -> Iterable[Finding]:
    if r is None or r >= TELLS_APART:
        return
    if r < TURNED:
        words = gettext_noop("Who knows the rest gets this wrong more often: check key and words.")
        yield Finding(Weight.TURNED, Sentence(words))
    elif p <= TOO_EASY:
        yield Finding(Weight.FLAT, Sentence(gettext_noop("It does not tell apart who knows and who does not.")))


def _of_idle(tally: Tally, options: Sequence[Option]) -> Iterable[Finding]:
    idle = [one.letter for one in options if one.is_offered and not one.is_right and tally.share(one.key) < WORKS]
    if idle:
        words = gettext_noop("Almost nobody chooses %(letters)s: write a more likely wrong answer.")
        yield Finding(Weight.IDLE, Sentence(words, {"letters": tuple(idle)}))
