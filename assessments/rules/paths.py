"""Walking a branching story: where she is, what she may do, what her decisions say. A path only grows."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from assessments.rules.items import ItemPicture
from assessments.rules.walking import UNSAFE

MOST_EVENTS = 200
STRONG = 0.75


@dataclass(frozen=True, slots=True)
class Way:
    """One choice. `score`: 0 harms, 1 in part, 2 helps."""

    text: str
    to: str
    effect: str
    reason: str
    score: int
    competency: str


@dataclass(frozen=True, slots=True)
class Stage:
    """One screen. `text` is the editor's rich text; `ending` is empty where the story goes on.

    `sound`: the number of a sound that says the text aloud, 0 for none.
    """

    code: str
    text: str
    ways: tuple[Way, ...] = ()
    ending: str = ""
    helped: str = ""
    back: str = ""
    picture: ItemPicture | None = None
    sound: int = 0


@dataclass(frozen=True, slots=True)
class Story:
    """A story as it was when somebody began it."""

    title: str
    start: str
    stages: Mapping[str, Stage]


@dataclass(frozen=True, slots=True)
class Event:
    """At the scene `at` she took the way of that number (from 0); None: from an unsafe ending she went back."""

    at: str
    way: int | None = None


@dataclass(frozen=True, slots=True)
class CompetencyScore:
    """What her decisions showed of one competency: `got` of at most `most`."""

    code: str
    got: int
    most: int

    @property
    def is_strong(self) -> bool:
        return self.got >= STRONG * self.most


def pack(story: Story) -> dict[str, Any]:
    return {"title": story.title, "start": story.start, "stages": [asdict(stage) for stage in story.stages.values()]}


def unpack(data: Mapping[str, Any]) -> Story:
    stages = [_stage(stage) for stage in data["stages"]]
    return Story(data["title"], data["start"], {stage.code: stage for stage in stages})


def _stage(stored: Mapping[str, Any]) -> Stage:
    ways = tuple(Way(**{**way, "score": int(way["score"])}) for way in stored["ways"])
    picture = stored.get("picture")
    return Stage(**{**stored, "ways": ways, "picture": ItemPicture(**picture) if picture else None})


def pack_path(path: Sequence[Event]) -> list[list[Any]]:
    return [[event.at, event.way] for event in path]


def unpack_path(data: Sequence[Sequence[Any]]) -> tuple[Event, ...]:
    return tuple(Event(str(at), None if way is None else int(way)) for at, way in data)


def stage_at(story: Story, path: Sequence[Event]) -> Stage:
    """Where she stands after this path."""
    if not path:
        return story.stages[story.start]
    last = story.stages[path[-1].at]
    way = path[-1].way
    return story.stages[last.back if way is None else last.ways[way].to]


def may(story: Story, path: Sequence[Event], way: int | None) -> bool:
    """True when the next event can be this one: a way of the scene, or (None) back from an unsafe ending."""
    stage = stage_at(story, path)
    if len(path) >= MOST_EVENTS:
        return False
    return stage.ending == UNSAFE if way is None else 0 <= way < len(stage.ways)


def last_way(story: Story, path: Sequence[Event]) -> Way | None:
    """The choice that led here; None at the start and after going back."""
    if not path or path[-1].way is None:
        return None
    return story.stages[path[-1].at].ways[path[-1].way]


def scores(story: Story, path: Sequence[Event]) -> list[CompetencyScore]:
    """By competency, over her last decision at each scene: who went back and chose better is judged by that."""
    decisions = {event.at: event.way for event in path if event.way is not None}
    sums: dict[str, tuple[int, int]] = {}
    for code, number in decisions.items():
        ways = story.stages[code].ways
        way = ways[number]
        got, most = sums.get(way.competency, (0, 0))
        sums[way.competency] = got + way.score, most + max(one.score for one in ways)
    return [CompetencyScore(code, got, most) for code, (got, most) in sorted(sums.items()) if most]
