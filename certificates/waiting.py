"""Hours that wait for somebody's yes, and mentees with their bars. Reads only; as many queries for one as for many."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID, uuid4

from django.db.models import Q

from certificates import evidence, versions
from certificates.models import HoursEntry
from certificates.models.placements import HoursQuerySet
from certificates.rules import hours
from certificates.rules.standards import ActivityRule
from lms.people.models import Person

MOST = 60


@dataclass(frozen=True)
class Bar:
    """One person's internship in minutes: verified, waiting, needed."""

    person: Person
    done: int
    waiting: int
    need: int


@dataclass(frozen=True)
class Waiting:
    """An entry and its activity; `mine`: the reader may judge it. `stamp`: for the form that returns it."""

    entry: HoursEntry
    title: str
    mine: bool
    stamp: UUID = field(default_factory=uuid4)

    @property
    def key(self) -> str:
        return str(self.entry.pk)


@dataclass(frozen=True)
class Group:
    """What waits of one learner."""

    bar: Bar
    rows: tuple[Waiting, ...]


@dataclass(frozen=True)
class Waitings:
    """What is shown, and how many there are in all that the reader may judge. `stamp`: for the form that verifies."""

    groups: tuple[Group, ...]
    total: int
    stamp: UUID = field(default_factory=uuid4)


def for_mentor(mentor: Person, *, today: date) -> Waitings:
    """Her mentees' entries; those older than 60 days are shown, yet wait for the coordinator."""
    seen = HoursEntry.objects.visible_to(mentor, as_role="mentor").waiting().filter(placement__mentor=mentor)
    return _grouped(seen, seen.within_mentors_days(today), today, mine_is_old=False)


def for_coordinator(coordinator: Person, *, today: date) -> Waitings:
    """Entries of her region that no mentor may judge any more."""
    seen = HoursEntry.objects.visible_to(coordinator, as_role="coordinator").waiting()
    old = seen.filter(_beyond_mentors(today)).exclude(learner=coordinator)
    return _grouped(old, old, today, mine_is_old=True)


def beyond_mentors(coordinator: Person, *, today: date) -> int:
    """How many entries wait for this coordinator."""
    seen = HoursEntry.objects.visible_to(coordinator, as_role="coordinator").waiting()
    return seen.filter(_beyond_mentors(today)).exclude(learner=coordinator).count()


def _beyond_mentors(today: date) -> Q:
    old = Q(day__lt=hours.mentors_first_day(today))
    return old | Q(placement__mentorship__ends_on__lt=today)


def _grouped(seen: HoursQuerySet, judged: HoursQuerySet, today: date, *, mine_is_old: bool) -> Waitings:
    rows = list(seen.select_related("learner", "placement__mentor").order_by("day", "starts_at")[:MOST])
    titles = evidence.activity_titles()
    bars = {bar.person.pk: bar for bar in with_hours({row.learner for row in rows}, today=today)}
    groups: dict[int, list[Waiting]] = {}
    for row in rows:
        mine = mine_is_old or not hours.needs_coordinator(row.day, today)
        groups.setdefault(row.learner_id, []).append(Waiting(row, titles.get(row.activity, row.activity), mine))
    return Waitings(
        groups=tuple(Group(bars[one], tuple(mine)) for one, mine in groups.items()),
        total=judged.count(),
    )


def with_hours(persons: Iterable[Person], *, today: date) -> list[Bar]:
    """Each person with her credited minutes of internship, by her own version. Three queries."""
    everyone = list(persons)
    standards = versions.standards_of(person.pk for person in everyone)
    sums = evidence.totals_of(person.pk for person in everyone)
    asked = {one: standard.rules.activities for one, standard in standards.items()}
    return [_bar(person, sums.get(person.pk, {}), asked.get(person.pk, ())) for person in everyone]


def _bar(person: Person, mine: Mapping[str, hours.Total], activities: tuple[ActivityRule, ...]) -> Bar:
    none = hours.Total()
    pairs = [
        hours.credited(mine.get(one.code, none), need=one.minutes, simulated_share=one.simulated_share)
        for one in activities
    ]
    done = sum(have for have, _hoped in pairs)
    hoped = sum(hoped for _have, hoped in pairs)
    return Bar(person, done, hoped - done, sum(one.minutes for one in activities))
