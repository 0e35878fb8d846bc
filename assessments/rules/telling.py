"""What a practice says about an answer, beside the reason. Never used for a question of an exam."""

from collections.abc import Sequence
from dataclasses import dataclass

from assessments.rules.items import PAIR, Item, Kind
from assessments.rules.marking import FULL, credit


@dataclass(frozen=True, slots=True)
class PairTold:
    """`hers` is empty when she left it open."""

    text: str
    hers: str
    right: str

    @property
    def is_right(self) -> bool:
        return self.hers == self.right


@dataclass(frozen=True, slots=True)
class Told:
    """`is_part`: some of it is right. `right`: what to write, for typed answers."""

    is_right: bool
    is_part: bool
    pairs: tuple[PairTold, ...] = ()
    right: str = ""


def tell(item: Item, answer: Sequence[str]) -> Told:
    earned = credit(item, answer)
    right = ""
    if item.kind in (Kind.SHORT, Kind.NUMBER) and item.right:
        right = f"{item.right[0]} {item.unit}".strip()
    pairs = _pairs(item, answer) if item.kind is Kind.MATCHING else ()
    is_part = earned != FULL and (earned > 0 or any(pair.is_right for pair in pairs))
    return Told(earned == FULL, is_part, pairs, right)


def _pairs(item: Item, answer: Sequence[str]) -> tuple[PairTold, ...]:
    texts = {choice.key: choice.text for choice in item.choices}
    hers = dict(pair.split(PAIR, 1) for pair in answer if PAIR in pair)
    right = dict(pair.split(PAIR, 1) for pair in item.right)
    return tuple(
        PairTold(left.text, texts.get(hers.get(left.key, ""), ""), texts.get(right.get(left.key, ""), ""))
        for left in item.lefts
    )
