"""A question as it is asked: text, choices, key. And the paper: the questions of one attempt, as they were."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    SINGLE = "single"
    MULTIPLE = "multiple"
    TRUE_FALSE = "true_false"
    ORDERING = "ordering"


TRUE = "true"
FALSE = "false"


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose. Its key says nothing about being right. A true/false choice has no text of its own."""

    key: str
    text: str = ""


TRUE_OR_FALSE = (Choice(TRUE), Choice(FALSE))


@dataclass(frozen=True, slots=True)
class Item:
    """One question in one version.

    `right`: the keys of the right choices; for ordering all keys in the right order.
    `family`: questions of one family stand in for each other, one of them is asked.
    `lesson`: where to read about it (a step key once it stands on a paper, the lesson's code before).
    """

    code: str
    kind: Kind
    stem: str
    choices: tuple[Choice, ...]
    right: tuple[str, ...]
    reason: str = ""
    is_critical: bool = False
    family: str = ""
    lesson: str = ""
    version: int = 0

    @property
    def group(self) -> str:
        return self.family or self.code

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(choice.key for choice in self.choices)

    @property
    def ask(self) -> str:
        """The question itself: the last line of the stem."""
        return self.stem.strip().rpartition("\n")[2].strip()

    @property
    def scene(self) -> str:
        """What stands before the question: the earlier lines."""
        return " ".join(self.stem.strip().rpartition("\n")[0].split())

    @property
    def reason_text(self) -> str:
        return " ".join(self.reason.split())


def paragraphs(text: str) -> tuple[str, ...]:
    """A plain text cut at its empty lines; single line ends only stand in the file."""
    return tuple(" ".join(part.split()) for part in text.split("\n\n") if part.strip())


@dataclass(frozen=True, slots=True)
class Paper:
    """What one person is asked in one attempt, in the order asked. `pass_percent`: 0-100."""

    items: tuple[Item, ...]
    pass_percent: int

    def item(self, number: int) -> Item | None:
        """The question of that number, counted from 1."""
        return self.items[number - 1] if 1 <= number <= len(self.items) else None


def pack(paper: Paper) -> dict[str, Any]:
    """The paper as it is stored with the attempt, keys included: it never leaves the server."""
    return {"pass_percent": paper.pass_percent, "items": [asdict(item) for item in paper.items]}


def unpack(stored: Mapping[str, Any]) -> Paper:
    """The stored paper again."""
    return Paper(tuple(_item(one) for one in stored["items"]), stored["pass_percent"])


def _item(stored: Mapping[str, Any]) -> Item:
    values = dict(stored)
    values["kind"] = Kind(values["kind"])
    values["choices"] = tuple(Choice(**choice) for choice in values["choices"])
    values["right"] = tuple(values["right"])
    return Item(**values)
