"""Which questions one attempt asks, and in which order. The same seed gives the same paper, on every machine."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from assessments.rules.items import Choice, Item, Kind, Paper

# What stands in the right order in the bank: shown as it is, it would tell the key.
TELLING = (Kind.ORDERING, Kind.MATCHING)


class Topic(StrEnum):
    """By what a row of the settings names its questions; ANY: by difficulty alone."""

    ANY = ""
    LESSON = "lesson"
    MODULE = "module"
    COMPETENCY = "competency"
    TAG = "tag"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question of the bank as drawing looks at it. `group`: its family; `difficulty` 1 easy, 2 usual, 3 hard."""

    code: str
    group: str
    is_critical: bool = False
    module: str = ""
    lesson: str = ""
    difficulty: int = 2
    competency: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """So many questions of one topic and difficulty (0: any)."""

    topic: Topic = Topic.ANY
    name: str = ""
    difficulty: int = 0
    count: int = 1

    def fits(self, one: Candidate) -> bool:
        if self.difficulty and one.difficulty != self.difficulty:
            return False
        if self.topic is Topic.TAG:
            return self.name in one.tags
        return self.topic is Topic.ANY or getattr(one, self.topic) == self.name


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a paper is to hold: the rows, then any questions up to `count`.

    `every_critical`: a family with a critical question is always asked, even beyond `count`.
    """

    count: int
    rows: tuple[Row, ...] = ()
    every_critical: bool = True


@dataclass(frozen=True, slots=True)
class Choosing:
    """What was chosen: codes in the order of the bank; and how many questions each row still lacks."""

    codes: tuple[str, ...]
    lacking: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Size:
    """How many questions a paper has, how many of them are critical, and what each row lacks."""

    total: int
    critical: int
    lacking: tuple[int, ...] = ()


def rank(seed: str, *words: str) -> bytes:
    """A place in line that only depends on what is given: not on the process, nor on Python's own random numbers."""
    return hashlib.sha256("\x1f".join((seed, *words)).encode()).digest()


def choose(bank: Iterable[Candidate], wanted: Wanted, seed: str, failed: Sequence[str] = ()) -> Choosing:
    """Choose the questions of a paper: one of each family.

    Critical families come first, then those failed before, then the rest by the seed; in that order each is taken
    when the rows can still be met with all that were taken before (so the rows are met as far as the bank allows).
    What is left up to `count` is filled in the same order. `failed`: codes of questions answered wrongly in earlier
    attempts, the latest last; a sibling is asked instead of them as long as there is one.
    """
    families: dict[str, list[Candidate]] = defaultdict(list)
    for one in bank:
        families[one.group].append(one)
    critical = {group for group, ones in families.items() if any(one.is_critical for one in ones)}
    again = {group for group, ones in families.items() if any(one.code in failed for one in ones)}
    first = critical if wanted.every_critical else set()
    asked = {group: _for_critical(ones) if group in first else ones for group, ones in families.items()}
    line = sorted(families, key=lambda group: (group not in first, group not in again, rank(seed, "family", group)))
    seats = _Seats(wanted.rows, asked)
    for group in line:
        seats.seat(group)
    beside = [group for group in line if group not in seats.row_of]
    room = max(wanted.count - len(seats.row_of), len(first - set(seats.row_of)))
    codes = {
        _one_of([one for one in asked[group] if wanted.rows[row].fits(one)], seed, failed).code
        for group, row in seats.row_of.items()
    }
    codes |= {_one_of(asked[group], seed, failed).code for group in beside[: max(0, room)]}
    in_order = tuple(one.code for ones in families.values() for one in ones if one.code in codes)
    return Choosing(in_order, seats.free())


class _Seats:
    """Seats families in the rows. A seated one may move to another row, but never loses its seat."""

    def __init__(self, rows: Sequence[Row], families: Mapping[str, Sequence[Candidate]]) -> None:
        self.rows = rows
        self.families = families
        self.row_of: dict[str, int] = {}
        self._seated: list[list[str]] = [[] for _row in rows]

    def seat(self, group: str) -> bool:
        return self._seat(group, set())

    def _seat(self, group: str, tried: set[int]) -> bool:
        """Find a free seat, or one whose family can move on (augmenting path, Kuhn 1955)."""
        fitting = [row for row in range(len(self.rows)) if row not in tried and self._fits(group, row)]
        for row in fitting:
            if len(self._seated[row]) < self.rows[row].count:
                return self._sit(group, row)
        for row in fitting:
            tried.add(row)
            for other in list(self._seated[row]):
                if self._seat(other, tried):
                    return self._sit(group, row)
        return False

    def _fits(self, group: str, row: int) -> bool:
        return any(self.rows[row].fits(one) for one in self.families[group])

    def _sit(self, group: str, row: int) -> bool:
        if group in self.row_of:
            self._seated[self.row_of[group]].remove(group)
        self.row_of[group] = row
        self._seated[row].append(group)
        return True

    def free(self) -> tuple[int, ...]:
        return tuple(row.count - len(seated) for row, seated in zip(self.rows, self._seated, strict=True))


def _for_critical(siblings: Sequence[Candidate]) -> list[Candidate]:
    """A critical question stands for a critical family."""
    return [one for one in siblings if one.is_critical]


def _one_of(siblings: Sequence[Candidate], seed: str, failed: Sequence[str]) -> Candidate:
    """A sibling that was not failed; else the one failed longest ago."""
    last_failed = {code: place for place, code in enumerate(failed, 1)}
    return min(siblings, key=lambda one: (last_failed.get(one.code, 0), rank(seed, "sibling", one.code)))


def size(bank: Iterable[Candidate], wanted: Wanted) -> Size:
    """What a paper comes to, whatever the seed; when rows overlap a little, so many at most."""
    candidates = {one.code: one for one in bank}
    chosen = choose(candidates.values(), wanted, seed="")
    critical = sum(candidates[code].is_critical for code in chosen.codes)
    return Size(len(chosen.codes), critical if wanted.every_critical else 0, chosen.lacking)


def lay_out(
    items: Iterable[Item], *, pass_percent: int, seed: str, questions: bool = True, choices: bool = True
) -> Paper:
    """The chosen questions as a paper; `questions` and `choices` say what is shuffled."""
    laid = list(items)
    if questions:
        laid.sort(key=lambda item: rank(seed, "order", item.code))
    return Paper(
        tuple(with_shuffled_choices(item, seed) if choices or must_shuffle(item) else item for item in laid),
        pass_percent,
    )


def must_shuffle(item: Item) -> bool:
    """What stands in its right order in the bank would tell it."""
    return item.kind is Kind.ORDERING


def candidate_of(item: Item, module: str = "") -> Candidate:
    return Candidate(
        code=item.code,
        group=item.group,
        is_critical=item.is_critical,
        module=module,
        lesson=item.lesson,
        difficulty=item.difficulty,
        competency=item.competency,
        tags=item.tags,
    )


def draw(bank: Iterable[Item], *, wanted: Wanted, pass_percent: int, seed: str, failed: Sequence[str] = ()) -> Paper:
    """Choose and lay out at once."""
    items = {item.code: item for item in bank}
    chosen = choose(map(candidate_of, items.values()), wanted, seed, failed)
    return lay_out([items[code] for code in chosen.codes], pass_percent=pass_percent, seed=seed)


def with_shuffled_choices(item: Item, seed: str) -> Item:
    lefts = tuple(sorted(item.lefts, key=lambda choice: rank(seed, "left", item.code, choice.key)))
    return replace(item, choices=shuffled(item, seed), lefts=lefts)


def shuffled(item: Item, seed: str) -> tuple[Choice, ...]:
    """The choices in the order shown. True comes before false always; things to order never stand in order."""
    if item.kind is Kind.TRUE_FALSE:
        return item.choices
    choices = tuple(sorted(item.choices, key=lambda choice: rank(seed, "choice", item.code, choice.key)))
    if item.kind is Kind.ORDERING and tuple(choice.key for choice in choices) == item.right:
        return (*choices[1:], choices[0])
    return choices
