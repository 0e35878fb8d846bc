"""What a mentor has seen of a companion: competencies and talks. Reads only."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max

from certificates import versions
from certificates.models import SignOff, SupervisionTalk
from certificates.rules.standards import CompetencyRule
from lms.people.models import Mentorship, Person

TALK_DAYS = 31


@dataclass(frozen=True, slots=True)
class Seen:
    """A competency of the standard, and the best that was seen of it, the latest of the best; None when nothing was."""

    rule: CompetencyRule
    best: SignOff | None

    @property
    def is_enough(self) -> bool:
        return self.best is not None and self.best.level >= self.rule.level


def seen_of(person: Person) -> list[Seen]:
    """Each competency of her standard in its order."""
    rows = SignOff.objects.filter(person=person).select_related("mentor").order_by("level", "seen_on", "pk")
    best = {row.competency: row for row in rows}
    return [Seen(rule, best.get(rule.code)) for rule in versions.competencies_of(person.pk)]


def talks_of(person: Person, *, most: int = 12) -> list[SupervisionTalk]:
    """The latest talks."""
    return list(SupervisionTalk.objects.filter(person=person).select_related("mentor")[:most])


def without_talk(mentor: Person, *, today: date) -> list[Person]:
    """Her mentees of today with whom she has not talked for a month (domain.md 4.4), by name. One query."""
    mentees = Mentorship.objects.on(today).filter(mentor=mentor).values("learner")
    lately = Person.objects.filter(pk__in=mentees).annotate(last=Max("talks__held_on"))
    return list(lately.exclude(last__gte=today - timedelta(days=TALK_DAYS)).order_by("name"))
