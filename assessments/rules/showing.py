"""What a learner's page may know of a question: everything but the key and the reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessments.rules.items import Item, Kind


@dataclass(frozen=True, slots=True)
class ShownChoice:
    """`place`: where she put it in an order (counted from 1), as text; empty while she has not."""

    key: str
    text: str
    is_chosen: bool
    place: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A question on a page. `scene` are the lines before the question, `ask` is the question itself."""

    kind: Kind
    scene: str
    ask: str
    choices: tuple[ShownChoice, ...]

    @property
    def places(self) -> tuple[str, ...]:
        return tuple(str(place) for place in range(1, len(self.choices) + 1))


def show(item: Item, keys: Sequence[str] = (), typed: Mapping[str, str] | None = None) -> Shown:
    """The question with what she chose; `typed` are places as she typed them, when they were refused."""
    places = {key: str(place) for place, key in enumerate(keys, 1)} if item.kind is Kind.ORDERING else {}
    if typed is not None:
        places = dict(typed)
    choices = tuple(
        ShownChoice(choice.key, choice.text, choice.key in keys, places.get(choice.key, "")) for choice in item.choices
    )
    return Shown(item.kind, item.scene, item.ask, choices)
