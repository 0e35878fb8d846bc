"""Which questions one attempt asks, and in which order. The same seed gives the same paper, on every machine."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assessments.rules.items import Choice, Item, Kind, Paper


def rank(seed: str, *words: str) -> bytes:
    """A place in line that only depends on what is given: not on the process, nor on Python's own random numbers."""
    return hashlib.sha256("\x1f".join((seed, *words)).encode()).digest()


def draw(bank: Iterable[Item], *, count: int, pass_percent: int, seed: str, failed: Sequence[str] = ()) -> Paper:
    """Draw a paper of `count` questions.

    One question of each family. A family with a critical question is always asked, even beyond `count`; then come
    families that were failed before, then the rest by the seed. `failed`: codes of questions answered wrongly in
    earlier attempts, the latest last; a sibling is asked instead of them as long as there is one.
    """
    families: dict[str, list[Item]] = defaultdict(list)
    for item in bank:
        families[item.group].append(item)
    failed_families = {group for group, items in families.items() if any(item.code in failed for item in items)}

    def importance(group: str) -> tuple[bool, bool, bytes]:
        is_critical = any(item.is_critical for item in families[group])
        return not is_critical, group not in failed_families, rank(seed, "family", group)

    critical = sum(any(item.is_critical for item in items) for items in families.values())
    chosen = sorted(families, key=importance)[: max(count, critical)]
    items = [_one_of(families[group], seed, failed) for group in chosen]
    items.sort(key=lambda item: rank(seed, "order", item.code))
    return Paper(tuple(with_shuffled_choices(item, seed) for item in items), pass_percent)


@dataclass(frozen=True, slots=True)
class Size:
    """How many questions a paper of a bank has, and how many of them are critical."""

    total: int
    critical: int


def size(questions: Iterable[tuple[str, bool]], count: int) -> Size:
    """What a paper of `count` questions comes to; each question of the bank as (family, is critical)."""
    families: dict[str, bool] = {}
    for group, is_critical in questions:
        families[group] = families.get(group, False) or is_critical
    critical = sum(families.values())
    return Size(min(len(families), max(count, critical)), critical)


def _one_of(siblings: Sequence[Item], seed: str, failed: Sequence[str]) -> Item:
    """A sibling that was not failed; else the one failed longest ago. A critical one stands for a critical family."""
    critical = [item for item in siblings if item.is_critical]
    last_failed = {code: place for place, code in enumerate(failed, 1)}
    return min(critical or siblings, key=lambda item: (last_failed.get(item.code, 0), rank(seed, "sibling", item.code)))


def with_shuffled_choices(item: Item, seed: str) -> Item:
    return replace(item, choices=shuffled(item, seed))


def shuffled(item: Item, seed: str) -> tuple[Choice, ...]:
    """The choices in the order shown. True comes before false always; things to order never stand in order."""
    if item.kind is Kind.TRUE_FALSE:
        return item.choices
    choices = tuple(sorted(item.choices, key=lambda choice: rank(seed, "choice", item.code, choice.key)))
    if item.kind is Kind.ORDERING and tuple(choice.key for choice in choices) == item.right:
        return (*choices[1:], choices[0])
    return choices
