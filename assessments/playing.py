"""Walking through a branching story: begin, decide, go back from an unsafe ending. Actions."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from assessments.models import ScenarioPage, Walk
from assessments.rules import paths, walking
from assessments.rules.items import ItemPicture
from assessments.rules.paths import Event, Stage, Story, Way
from courses import progressing
from lms.kit.refusing import Refused
from lms.kit.writing import writing
from lms.people.models import Person


def begin(*, person: Person, scenario_key: UUID, walk_id: UUID, now: datetime) -> Walk:
    """Open a walk under the UUID that her page or phone made; one that is open already goes on.

    Raises Refused (unknown, locked, not_enrolled, unfit) before anything is written.
    """
    with writing():
        hers = Walk.objects.filter(person=person).through(scenario_key)
        begun = hers.filter(pk=walk_id).first() or hers.filter(ended_at=None).first()
        if begun is not None:
            return begun
        place = progressing.open_step(person=person, step_key=scenario_key)
        page = ScenarioPage.objects.filter(pk=place.page_id).first()
        if page is None or Walk.objects.filter(pk=walk_id).exists():
            raise Refused(_("This story cannot begin. Go back to the module and open it again."), code="unknown")
        return Walk.objects.create(
            pk=walk_id,
            person=person,
            scenario_key=scenario_key,
            module_code=place.module.code,
            story=paths.pack(_story(page)),
            started_at=now,
        )


def _story(page: ScenarioPage) -> Story:
    scenes = [scene.value for scene in page.scenes]
    if walking.faults([page.scene_of(scene) for scene in scenes], page.start):
        raise Refused(_("This story is not finished yet. Tell your trainer."), code="unfit")
    stages = [
        Stage(
            code=scene["code"],
            text=scene["text"].source,
            ways=tuple(
                Way(
                    text=one["text"],
                    to=one["to"].strip(),
                    effect=one["effect"],
                    reason=one["reason"],
                    score=int(one["score"]),
                    competency=one["competency"],
                )
                for one in scene["choices"]
            ),
            ending=scene["ending"] or "",
            helped=scene["helped"] or "",
            back=(scene["back"] or "").strip(),
            picture=ItemPicture(scene["picture"].pk, scene["alt"].strip()) if scene["picture"] else None,
            sound=scene["sound"].pk if scene["sound"] else 0,
        )
        for scene in scenes
    ]
    return Story(page.title, page.start, {stage.code: stage for stage in stages})


def decide(
    *, person: Person, walk_id: UUID, place: int, way: int | None, now: datetime, entry_id: UUID | None = None
) -> Walk:
    """Take a way (from 0) as event number `place` (from 0), or with None go back from an unsafe ending.

    The same decision sent twice changes nothing. The first ending she reaches finishes the step; going back from an
    unsafe one opens the walk again. Raises Refused (unknown, decided, early, unfit).
    """
    with writing():
        walk = Walk.objects.select_for_update().filter(pk=walk_id, person=person).first()
        if walk is None:
            raise Refused(_("This story is not known here. Open it in its module again."), field="walk", code="unknown")
        path = walk.events
        if place < len(path):
            if path[place].way == way:
                return walk
            raise Refused(_("Here you have decided already. The story goes on from there."), code="decided")
        story = walk.told
        if place > len(path) or not paths.may(story, path, way):
            raise Refused(_("This choice does not fit the story. Open it again."), code="unfit")
        path = (*path, Event(paths.stage_at(story, path).code, way))
        ending = paths.stage_at(story, path).ending
        if way is None:
            _close_others(walk)
        walk.path, walk.ending, walk.ended_at = paths.pack_path(path), ending, now if ending else None
        walk.save(update_fields=["path", "ending", "ended_at"])
        if ending:
            progressing.mark_done(person=person, step_key=walk.scenario_key, entry_id=entry_id, now=now)
    return walk


def _close_others(walk: Walk) -> None:
    """She goes back in an older walk while a newer one is open: there is one at a time."""
    others = Walk.objects.filter(person_id=walk.person_id, ended_at=None).through(walk.scenario_key)
    if others.exclude(pk=walk.pk).exists():
        raise Refused(_("You have begun this story anew since. Go on there."), code="newer")
