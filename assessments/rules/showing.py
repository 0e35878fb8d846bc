"""What a learner's page may know of a question: everything but the key and the reason."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from assessments.rules.items import PAIR, TYPED, Choice, Item, ItemPicture, ItemSound, Kind

# Names of the fields in which an order, pairs and a typed text are sent.
PLACE, MATCH, WORDS = "place-", "pair-", "words"


@dataclass(frozen=True, slots=True)
class Light:
    """The light sizes of a picture as they are served; `width` and `height` are those of the larger one."""

    url: str
    small_url: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Heard:
    """A sound as it is served; its size in bytes."""

    url: str
    mime: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Files:
    """What questions show and let hear, by the numbers they know it under."""

    pictures: Mapping[int, Light] = field(default_factory=dict)
    sounds: Mapping[int, Heard] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ShownPicture:
    """`file` is None when the picture is gone: its words stay."""

    alt: str
    file: Light | None


@dataclass(frozen=True, slots=True)
class ShownSound:
    words: str
    file: Heard | None


@dataclass(frozen=True, slots=True)
class ShownChoice:
    """`place`: where she put it in an order (counted from 1), as text; empty while she has not."""

    key: str
    text: str
    is_chosen: bool
    place: str = ""
    picture: ShownPicture | None = None
    sound: Heard | None = None


@dataclass(frozen=True, slots=True)
class ShownPair:
    """A text to find a match for; `match` is the key of hers, empty while she has none."""

    key: str
    text: str
    match: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A question on a page. `scene` are the lines before the question, `ask` is the question itself."""

    kind: Kind
    scene: str
    ask: str
    choices: tuple[ShownChoice, ...]
    pairs: tuple[ShownPair, ...] = ()
    typed: str = ""
    unit: str = ""
    picture: ShownPicture | None = None
    sound: ShownSound | None = None

    @property
    def places(self) -> tuple[str, ...]:
        return tuple(str(place) for place in range(1, len(self.choices) + 1))

    @property
    def part(self) -> str:
        """Which part of the page asks for the answer."""
        parts = {Kind.ORDERING: "order", Kind.MATCHING: "pairs", Kind.SHORT: "typed", Kind.NUMBER: "typed"}
        return parts.get(self.kind, "choices")


def show(
    item: Item, keys: Sequence[str] = (), typed: Mapping[str, str] | None = None, files: Files | None = None
) -> Shown:
    """The question with what she chose; `typed` is what she sent by the names of its fields, when it was refused."""
    files = files or Files()
    matches = dict(pair.split(PAIR, 1) for pair in keys if PAIR in pair) if item.kind is Kind.MATCHING else {}
    places = {key: str(place) for place, key in enumerate(keys, 1)} if item.kind is Kind.ORDERING else {}
    words = keys[0] if item.kind in TYPED and keys else ""
    if typed is not None:
        matches = {name.removeprefix(MATCH): value for name, value in typed.items() if name.startswith(MATCH)}
        places = {name.removeprefix(PLACE): value for name, value in typed.items() if name.startswith(PLACE)}
        words = typed.get(WORDS, "")
    return Shown(
        kind=item.kind,
        scene=item.scene,
        ask=item.ask,
        choices=tuple(_choice(one, one.key in keys, places.get(one.key, ""), files) for one in item.choices),
        pairs=tuple(ShownPair(one.key, one.text, matches.get(one.key, "")) for one in item.lefts),
        typed=words,
        unit=item.unit,
        picture=shown_picture(item.picture, files),
        sound=_sound(item.sound, files),
    )


def _choice(choice: Choice, is_chosen: bool, place: str, files: Files) -> ShownChoice:
    return ShownChoice(
        choice.key, choice.text, is_chosen, place, shown_picture(choice.picture, files), files.sounds.get(choice.sound)
    )


def shown_picture(picture: ItemPicture | None, files: Files) -> ShownPicture | None:
    return ShownPicture(picture.alt, files.pictures.get(picture.number)) if picture else None


def _sound(sound: ItemSound | None, files: Files) -> ShownSound | None:
    return ShownSound(sound.words, files.sounds.get(sound.number)) if sound else None


def pictures_in(items: Iterable[Item]) -> set[int]:
    """The numbers of all pictures that these questions show."""
    drawn = (picture for item in items for picture in (item.picture, *(choice.picture for choice in item.choices)))
    return {picture.number for picture in drawn if picture}


def sounds_in(items: Iterable[Item]) -> set[int]:
    """The numbers of all sounds of these questions and their choices."""
    stems = {item.sound.number for item in items if item.sound}
    return stems | {choice.sound for item in items for choice in item.choices if choice.sound}
