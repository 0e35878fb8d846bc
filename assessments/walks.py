"""What came of walks through branching stories, for pages. Never writes."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from wagtail.rich_text import RichText

from assessments.models import Walk
from assessments.models.drawn import files_numbered
from assessments.rules import paths
from assessments.rules.competencies import COMPETENCIES
from assessments.rules.paths import Stage, Way
from assessments.rules.showing import Heard, ShownPicture, shown_picture
from assessments.rules.walking import OPEN, SAFE
from lms.kit.words import Sentence
from lms.people.models import Person


@dataclass(frozen=True, slots=True)
class Screen:
    """What one screen of a walk shows. `number` counts her decisions from 0; `came` is the choice that led here."""

    number: int
    stage: Stage
    text: RichText
    came: Way | None
    picture: ShownPicture | None
    sound: Heard | None


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision of a path: the situation, what she chose (None: she went back), what could be chosen."""

    number: int
    text: RichText
    stage: Stage
    chosen: Way | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A competency in words, and whether her decisions showed it."""

    name: Sentence
    is_strong: bool


def begun(person: Person, scenario_key: UUID, walk_id: UUID) -> Walk | None:
    """The walk that an earlier entry began: under this UUID, or the one that was open then."""
    hers = Walk.objects.filter(person=person).through(scenario_key).order_by("-started_at")
    return hers.filter(pk=walk_id).first() or hers.first()


def screen(walk: Walk) -> Screen:
    story, path = walk.told, walk.events
    stage = paths.stage_at(story, path)
    drawn = {stage.picture.number} if stage.picture else set()
    files = files_numbered(drawn, {stage.sound} - {0})
    return Screen(
        number=len(path),
        stage=stage,
        text=RichText(stage.text),
        came=paths.last_way(story, path),
        picture=shown_picture(stage.picture, files),
        sound=files.sounds.get(stage.sound),
    )


def decisions(walk: Walk) -> list[Decision]:
    story = walk.told
    found = []
    for number, event in enumerate(walk.events, 1):
        stage = story.stages[event.at]
        chosen = None if event.way is None else stage.ways[event.way]
        found.append(Decision(number, RichText(stage.text), stage, chosen))
    return found


def scores(walk: Walk) -> list[Shown]:
    """Only for a walk that ended; in words, without a mark."""
    if walk.ended_at is None:
        return []
    return [Shown(COMPETENCIES[one.code], one.is_strong) for one in paths.scores(walk.told, walk.events)]


def role_of(viewer: Person, walk_id: UUID) -> str:
    """As whom somebody looks at a walk: as herself when it is hers, else as a trainer."""
    return "self" if Walk.objects.filter(pk=walk_id, person=viewer).exists() else "trainer"


def walked_modules(person_ids: Collection[int]) -> dict[int, set[str]]:
    """By person, the codes of the modules whose story she brought to a safe or an open ending. One query."""
    found: dict[int, set[str]] = {person_id: set() for person_id in person_ids}
    rows = Walk.objects.filter(person__in=person_ids, ending__in=[SAFE, OPEN]).order_by()
    for person_id, code in rows.values_list("person_id", "module_code").distinct():
        found[person_id].add(code)
    return found
