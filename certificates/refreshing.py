"""A trainer or a coordinator notes who attended a refresher: one person or a whole class. Action."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from certificates.models import Refresher
from certificates.rules import hours
from lms.kit import identifiers
from lms.kit.refusing import Refused
from lms.kit.writing import writing
from lms.people import scoping, trailing
from lms.people.models import Person

LONGEST_MINUTES = 8 * 60
NOTERS = ("coordinator", "trainer")


def note_refresher(
    *,
    people: Sequence[Person],
    noter: Person,
    refresher_id: UUID,
    held_on: date,
    minutes: int,
    topic: str,
    words: str = "",
    is_legal: bool = False,
    now: datetime,
    today: date,
) -> list[Refresher]:
    """Keep that these people attended; the same `refresher_id`, and the same topic on the same day, count once.

    Raises Refused for a wrong length, a day to come, a topic without words, words with a person's data, or somebody
    who is not of the noter's region.
    """
    _check(people, noter, held_on, minutes, today)
    words = _checked_words(topic, words)
    is_legal = is_legal or topic == Refresher.Topic.LAW
    rows = [
        Refresher(
            pk=uuid5(refresher_id, str(person.pk)),
            person=person,
            held_on=held_on,
            minutes=minutes,
            topic=topic,
            words=words,
            is_legal=is_legal,
            noted_by=noter,
            noted_at=now,
        )
        for person in people
    ]
    with writing():
        noted = Refresher.objects.filter(person__in=people, held_on=held_on, topic=topic, words=words)
        held = set(noted.values_list("person", flat=True))
        sent = set(Refresher.objects.filter(pk__in=[row.pk for row in rows]).values_list("person", flat=True))
        fresh = [row for row in rows if row.person_id not in held | sent]
        for row in Refresher.objects.bulk_create(fresh):
            detail = {"minutes": minutes, "topic": topic}
            trailing.record(actor=noter, verb="certificates.refreshed", subject=row, detail=detail, now=now)
    return fresh


def _check(people: Sequence[Person], noter: Person, held_on: date, minutes: int, today: date) -> None:
    if not people:
        raise Refused(_("Tick who took part."), field="people")
    if not hours.STEP_MINUTES <= minutes <= LONGEST_MINUTES or minutes % hours.STEP_MINUTES:
        raise Refused(_("Choose a length in steps of 15 minutes."), field="minutes")
    if held_on > today:
        raise Refused(_(hours.NOT_YET), field="held_on")
    for person in people:
        if person.pk == noter.pk:
            raise Refused(_("Nobody notes her own hours. Ask another coordinator."), field="people", code="own")
        if not any(scoping.covers(noter, kind, person.village_id or "") for kind in NOTERS):
            raise Refused(_("This person is not in your region."), field="people", code="region")


def _checked_words(topic: str, words: str) -> str:
    """The words of another topic; empty for one of the list."""
    if topic not in Refresher.Topic.values:
        raise Refused(_("Choose a topic."), field="topic")
    if topic != Refresher.Topic.OTHER:
        return ""
    words = " ".join(words.split())
    if not words:
        raise Refused(_("Say in a few words what it was about."), field="words")
    found = identifiers.kinds(words)
    if found:
        raise Refused(identifiers.sentence_for(found).render(_), field="words", code="identifier")
    return words
