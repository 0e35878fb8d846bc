"""What a coordinator's desk shows: who is ready, who was certified lately, what happened. Reads only."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet, Sum

from certificates import companions, discretion, evidence
from certificates.models import (
    Candidacy,
    Certificate,
    Decision,
    HoursEntry,
    Inquiry,
    Pledge,
    PledgeText,
    Reflection,
    Standard,
)
from certificates.rules import inquiries
from certificates.rules.inquiries import Stage
from certificates.rules.standing import Standing
from lms.people import scoping
from lms.people.models import Person, TrailLine

SOON = timedelta(days=90)
MOST = 300


@dataclass(frozen=True)
class Ready:
    """A person of whom nothing remains, and whether a coordinator said no before."""

    person: Person
    standing: Standing
    declined: bool


def ready(coordinator: Person, *, today: date) -> list[Ready]:
    """Everyone of her region who can be certified now, by name; as many queries for one as for a hundred.

    The database leaves out who has too few hours, has not signed or not reflected; the rule judges the rest.
    """
    newest = Standard.objects.current()
    if newest is None:
        return []
    persons = list(_candidates(coordinator, newest, today)[:MOST])
    held = {one for one, (hold, _grant) in companions.last_decided([person.pk for person in persons]).items() if hold}
    persons = [person for person in persons if person.pk not in held]
    standings = evidence.standings([person.pk for person in persons], today=today)
    return [
        Ready(person, standings[person.pk], person.was_declined)  # type: ignore[attr-defined]
        for person in persons
        if standings[person.pk].is_complete
    ]


def _candidates(coordinator: Person, newest: Standard, today: date) -> QuerySet[Person]:
    """Who is not certified and has what every version in use asks for at least."""
    older = Standard.objects.filter(Exists(Candidacy.objects.filter(standard=OuterRef("pk"))))
    asked = [newest.rules, *(standard.rules for standard in older)]
    held = Certificate.objects.filter(person=OuterRef("pk"), standard_code=newest.code)
    declined = Decision.objects.filter(person=OuterRef("pk"), kind=Decision.Kind.DECLINED)
    persons = scoping.visible_persons(coordinator, as_role="coordinator").exclude(pk=coordinator.pk)
    persons = persons.filter(~Exists(held)).annotate(was_declined=Exists(declined))
    minutes = min(rules.minutes for rules in asked)
    if minutes:
        verified = HoursEntry.objects.filter(state=HoursEntry.State.VERIFIED).order_by().values("learner")
        enough = verified.annotate(sum=Sum("minutes")).filter(sum__gte=minutes)
        persons = persons.filter(pk__in=enough.values("learner"))
    if all(rules.pledge for rules in asked):
        text = PledgeText.objects.current()
        persons = persons.filter(Exists(Pledge.objects.filter(person=OuterRef("pk"), text=text)))
    if all(rules.reflection for rules in asked):
        persons = persons.filter(Exists(Reflection.objects.filter(person=OuterRef("pk"), year=today.year)))
    return persons.select_related("group").order_by("name", "pk")


def led_by(coordinator: Person, *, today: date) -> list[tuple[Inquiry, Stage | None, bool]]:
    """The inquiries that she leads and that run: each with the next step, and whether that is late."""
    rows = Inquiry.objects.visible_to(coordinator, as_role="coordinator").running().select_related("person")[:MOST]
    steps = [(row, inquiries.next_stage(row.course)) for row in rows]
    return [(row, step, step is not None and step.is_late(today)) for row, step in steps]


def certified_lately(coordinator: Person) -> QuerySet[Certificate]:
    seen = Certificate.objects.visible_to(coordinator, as_role="coordinator")
    return seen.select_related("person", "standard").order_by("-certified_at")[:10]


def ending_soon(coordinator: Person, *, today: date) -> int:
    """How many valid certificates of her region end within ninety days and are not renewed yet."""
    seen = Certificate.objects.visible_to(coordinator, as_role="coordinator").valid_on(today)
    same = Certificate.objects.filter(person=OuterRef("person"), standard_code=OuterRef("standard_code"))
    renewed = same.filter(cycle__gt=OuterRef("cycle"), revoked_at=None)
    return seen.filter(~Exists(renewed), expires_on__lte=today + SOON).count()


def trail_of(person: Person, viewer: Person, *, everything: bool = False) -> list[TrailLine]:
    """What happened with this person, as far as the viewer may know it, newest first: ten lines, or five hundred."""
    is_known = discretion.is_known_to(viewer, person)
    return list(discretion.trail_of(person, is_known=is_known)[: 500 if everything else 10])
