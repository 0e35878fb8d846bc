"""Questions that say nearly the same: by the groups of five letters that they share (Jaccard's index)."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

MOST_LETTERS = 1_200
ALIKE = 0.8
GROUP = 5
PRINT = 2_048
NO_WORD = re.compile(r"[^\w\s]|_")


@dataclass(frozen=True, slots=True)
class Wording:
    """What a question says: its text, and its answers in any order. Questions of one family may be alike."""

    code: str
    stem: str
    answers: tuple[str, ...] = ()
    family: str = ""


@dataclass(frozen=True, slots=True)
class Alike:
    """Another question that says nearly the same; `share` 0-1, 1 when all groups of letters are the same."""

    code: str
    share: float


def plain(text: str) -> str:
    """Small letters without marks, one space between words."""
    small = unicodedata.normalize("NFKC", text[:MOST_LETTERS]).casefold()
    return " ".join(NO_WORD.sub(" ", small).split())


def said(one: Wording) -> str:
    """All that the question says, in one form."""
    answers = sorted(filter(None, (plain(answer) for answer in one.answers)))
    return " ".join([plain(one.stem), *answers])[:MOST_LETTERS]


def groups(text: str) -> frozenset[str]:
    padded = f" {text} "
    return frozenset(padded[place : place + GROUP] for place in range(max(1, len(padded) - GROUP + 1)))


def share(one: Collection[str], other: Collection[str]) -> float:
    """Jaccard 1901: what both have, of what either has."""
    first, second = frozenset(one), frozenset(other)
    both = len(first & second)
    return both / (len(first) + len(second) - both) if first or second else 1.0


def alike(asked: Iterable[Wording], bank: Iterable[Wording], least: float = ALIKE) -> Mapping[str, tuple[Alike, ...]]:
    """For each asked question those of the bank that say nearly the same, the nearest first; none: no entry.

    Each question leaves a print of some thousand bits. What two prints do not share, the questions do not share either:
    so most pairs are set aside in one step, and only what may be alike is compared letter by letter.
    """
    known = [_printed(one) for one in bank]
    answer = {}
    for mine in map(_printed, asked):
        near = [
            Alike(other.wording.code, share(mine.found, other.found))
            for other in known
            if _may_be(mine, other, least) and _apart(mine.wording, other.wording)
        ]
        kept = sorted((one for one in near if one.share >= least), key=lambda one: (-one.share, one.code))
        if kept:
            answer[mine.wording.code] = tuple(kept)
    return answer


@dataclass(frozen=True, slots=True)
class _Printed:
    wording: Wording
    found: frozenset[str]
    bits: int


def _printed(one: Wording) -> _Printed:
    found = groups(said(one))
    bits = 0
    for group in found:
        bits |= 1 << (hash(group) % PRINT)
    return _Printed(one, found, bits)


def _may_be(mine: _Printed, other: _Printed, least: float) -> bool:
    """False when even the best that their prints allow is too little."""
    only_mine = (mine.bits & ~other.bits).bit_count()
    only_other = (other.bits & ~mine.bits).bit_count()
    return len(mine.found) - only_mine >= least * (len(mine.found) + only_other)


def _apart(one: Wording, other: Wording) -> bool:
    """Two questions, and not of one family."""
    return one.code != other.code and (not one.family or one.family != other.family)
