"""Hours that wait for somebody's yes, and mentees with their bars. Reads only; as many queries for one as for many."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID, uuid4

from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber, TruncMonth

from certificates import evidence, versions
from certificates.models import HoursEntry
from certificates.models.placements import HoursQuerySet
from certificates.rules import hours
from certificates.rules.standards import ActivityRule
from lms.people.models import Person

MOST = 120
MOST_EACH = 12
AT_ONCE = 2


@dataclass(frozen=True)
class Bar:
    """One person's internship in minutes: verified, waiting, needed."""

    person: Person
    done: int
    waiting: int
    need: int


@dataclass(frozen=True)
class Waiting:
    """An entry and its activity."""

    entry: HoursEntry
    title: str

    @property
    def key(self) -> str:
        return str(self.entry.pk)


@dataclass(frozen=True)
class Group:
    """What waits of one learner, the oldest first.

    `rows`: the reader may judge them; `later` more of these are not shown. `old`: they wait for the coordinator.
    `months`: the first day of each month in which the reader may judge something, and how many entries.
    """

    bar: Bar
    rows: tuple[Waiting, ...]
    old: tuple[Waiting, ...]
    months: tuple[tuple[date, int], ...]

    @property
    def first(self) -> tuple[Waiting, ...]:
        """What stands open on the desk; the `rest` is unfolded."""
        return self.rows[:AT_ONCE]

    @property
    def rest(self) -> tuple[Waiting, ...]:
        return self.rows[AT_ONCE:]

    @property
    def later(self) -> int:
        return max(0, sum(count for _first, count in self.months) - len(self.rows))


@dataclass(frozen=True)
class Waitings:
    """What is shown, and how many there are in all that the reader may judge. `stamp`: for the form that judges."""

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


def locked_for_mentors(person: Person, *, today: date) -> list[Waiting]:
    """Her latest verified entries that only the coordinator may correct now."""
    rows = HoursEntry.objects.live().filter(_beyond_mentors(today), learner=person, state=HoursEntry.State.VERIFIED)
    titles = evidence.activity_titles()
    return [Waiting(row, titles.get(row.activity, row.activity)) for row in rows[:MOST_EACH]]


def beyond_mentors(coordinator: Person, *, today: date) -> int:
    """How many entries wait for this coordinator."""
    seen = HoursEntry.objects.visible_to(coordinator, as_role="coordinator").waiting()
    return seen.filter(_beyond_mentors(today)).exclude(learner=coordinator).count()


def _beyond_mentors(today: date) -> Q:
    old = Q(day__lt=hours.mentors_first_day(today))
    return old | Q(placement__mentorship__ends_on__lt=today)


def _grouped(seen: HoursQuerySet, judged: HoursQuerySet, today: date, *, mine_is_old: bool) -> Waitings:
    place = Window(RowNumber(), partition_by=F("learner"), order_by=["day", "starts_at"])
    oldest = seen.annotate(place=place).filter(place__lte=MOST_EACH).order_by("day", "starts_at")
    rows = list(oldest.select_related("learner", "placement__mentor")[:MOST])
    titles = evidence.activity_titles()
    bars = {bar.person.pk: bar for bar in with_hours({row.learner for row in rows}, today=today)}
    mine: dict[int, list[Waiting]] = {one: [] for one in bars}
    old: dict[int, list[Waiting]] = {one: [] for one in bars}
    for row in rows:
        is_mine = mine_is_old or not hours.needs_coordinator(row.day, today)
        (mine if is_mine else old)[row.learner_id].append(Waiting(row, titles.get(row.activity, row.activity)))
    counts = _months(judged)
    order = dict.fromkeys(row.learner_id for row in rows)
    groups = [Group(bars[one], tuple(mine[one]), tuple(old[one]), counts.get(one, ())) for one in order]
    return Waitings(
        groups=tuple(sorted(groups, key=lambda group: group.rows[0].entry.day if group.rows else today)),
        total=sum(count for months in counts.values() for _first, count in months),
    )


def _months(judged: HoursQuerySet) -> dict[int, tuple[tuple[date, int], ...]]:
    """How many entries of each month, by learner, the oldest month first."""
    months = judged.order_by().annotate(month=TruncMonth("day")).values("learner", "month")
    found: dict[int, tuple[tuple[date, int], ...]] = {}
    for row in months.annotate(count=Count("pk")).order_by("month"):
        found[row["learner"]] = (*found.get(row["learner"], ()), (row["month"], row["count"]))
    return found


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
