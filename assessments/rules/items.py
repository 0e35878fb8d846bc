"""A question as it is asked: text, choices, key. And the paper: the questions of one attempt, as they were."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    SINGLE = "single"
    MULTIPLE = "multiple"
    TRUE_FALSE = "true_false"
    ORDERING = "ordering"
    MATCHING = "matching"
    SHORT = "short"
    NUMBER = "number"
    PICTURE = "picture"


TYPED = (Kind.SHORT, Kind.NUMBER)
PAIR = ">"
TRUE = "true"
FALSE = "false"
USUAL_DIFFICULTY = 2


@dataclass(frozen=True, slots=True)
class ItemPicture:
    """A picture by its number on this site, and what it shows for people who do not see it."""

    number: int
    alt: str


@dataclass(frozen=True, slots=True)
class ItemSound:
    """A sound by its number on this site, and the same to read."""

    number: int
    words: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose. Its key says nothing about being right. A true/false choice has no text of its own.

    `sound`: the number of a sound that says the text aloud, 0 for none.
    """

    key: str
    text: str = ""
    picture: ItemPicture | None = None
    sound: int = 0


TRUE_OR_FALSE = (Choice(TRUE), Choice(FALSE))


@dataclass(frozen=True, slots=True)
class Item:
    """One question in one version.

    `right`: the keys of the right choices; for ordering all keys in the right order; for matching the pairs
    "left>right", one for each of `lefts`; for a short text the forms that count; for a number its value.
    `family`: questions of one family stand in for each other, one of them is asked.
    `lesson`: where to read about it (a step key once it stands on a paper, the lesson's code before).
    `gives_parts`: parts of a mark are given (`marking.credit`). `slips`: how many typing slips a short text may have.
    `difficulty`: 1 easy, 2 usual, 3 hard. `competency`: a key of `competencies`, or empty.
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
    gives_parts: bool = False
    lefts: tuple[Choice, ...] = ()
    slips: int = 0
    tolerance: str = ""
    unit: str = ""
    picture: ItemPicture | None = None
    sound: ItemSound | None = None
    difficulty: int = USUAL_DIFFICULTY
    competency: str = ""
    tags: tuple[str, ...] = ()

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


# What came later: left out of a stored paper when it is as usual, so that earlier papers and digests stay as they are.
LATER = {one.name: one.default for one in fields(Item)[10:]}


def pack(paper: Paper) -> dict[str, Any]:
    """The paper as it is stored with the attempt, keys included: it never leaves the server."""
    return {"pass_percent": paper.pass_percent, "items": [_packed(item) for item in paper.items]}


def unpack(stored: Mapping[str, Any]) -> Paper:
    """The stored paper again."""
    return Paper(tuple(_item(one) for one in stored["items"]), stored["pass_percent"])


def _packed(item: Item) -> dict[str, Any]:
    stored = {name: value for name, value in asdict(item).items() if name not in LATER or value != LATER[name]}
    for choice in (*stored["choices"], *stored.get("lefts", ())):
        if choice["picture"] is None:
            del choice["picture"]
        if not choice["sound"]:
            del choice["sound"]
    return stored


def _item(stored: Mapping[str, Any]) -> Item:
    values = dict(stored)
    values["kind"] = Kind(values["kind"])
    values["choices"] = tuple(_choice(choice) for choice in values["choices"])
    values["lefts"] = tuple(_choice(choice) for choice in values.get("lefts", ()))
    values["right"], values["tags"] = tuple(values["right"]), tuple(values.get("tags", ()))
    for name, kind in (("picture", ItemPicture), ("sound", ItemSound)):
        values[name] = kind(**values[name]) if values.get(name) else None
    return Item(**values)


def _choice(stored: Mapping[str, Any]) -> Choice:
    picture = stored.get("picture")
    return Choice(stored["key"], stored["text"], ItemPicture(**picture) if picture else None, stored.get("sound", 0))
