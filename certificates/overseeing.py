"""What a mentor has seen of a companion: competencies and talks. Reads only."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Max, Min, Q, QuerySet
from django.utils import timezone

from certificates import versions
from certificates.models import HoursEntry, Placement, SignOff, SupervisionTalk
from certificates.rules.standards import CompetencyRule
from lms.people.models import Mentorship, Person

TALK_DAYS = 31
LATE_DAYS = 14
MOST_MENTEES = 5
FEW = 10


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
    """Her mentees of more than a month with whom she has not talked for a month, or never (domain.md 4.4), by name.

    One query.
    """
    month_ago = today - timedelta(days=TALK_DAYS)
    mentees = Mentorship.objects.on(today).filter(mentor=mentor, starts_on__lt=month_ago).values("learner")
    lately = Person.objects.filter(pk__in=mentees).annotate(last=Max("talks__held_on"))
    return list(lately.filter(Q(last=None) | Q(last__lt=month_ago)).order_by("name"))


@dataclass(frozen=True, slots=True)
class Late:
    """Hours of one mentee that have waited too long: how many entries, and since when."""

    person: Person
    count: int
    since: date


@dataclass(frozen=True, slots=True)
class Overdue:
    """What a mentor should look at now: hours that wait, mentees without a talk, placements that end."""

    late: tuple[Late, ...]
    without_talk: tuple[Person, ...]
    ending: tuple[Placement, ...]

    def __bool__(self) -> bool:
        return bool(self.late or self.without_talk or self.ending)


def overdue(mentor: Person, *, today: date) -> Overdue:
    """Three queries, four when hours are late. The longest waiting first."""
    before = datetime.combine(today - timedelta(days=LATE_DAYS), time.max, tzinfo=timezone.get_current_timezone())
    waits = HoursEntry.objects.visible_to(mentor, as_role="mentor").waiting().filter(placement__mentor=mentor)
    rows = waits.within_mentors_days(today).filter(logged_at__lte=before).order_by().values("learner")
    late = list(rows.annotate(count=Count("pk"), since=Min("logged_at")).order_by("since")[:FEW])
    people = Person.objects.in_bulk([row["learner"] for row in late])
    soon = Placement.objects.on(today).filter(mentor=mentor, ends_on__lte=today + timedelta(days=LATE_DAYS))
    return Overdue(
        late=tuple(Late(people[row["learner"]], row["count"], timezone.localdate(row["since"])) for row in late),
        without_talk=tuple(without_talk(mentor, today=today)[:FEW]),
        ending=tuple(soon.select_related("learner").order_by("ends_on", "pk")[:FEW]),
    )


def full(mentors: QuerySet[Person], *, today: date) -> dict[int, int]:
    """Those of these mentors who guide five people or more today (domain.md 4.4): one mentor for at most five."""
    ties = Mentorship.objects.on(today).filter(mentor__in=mentors.order_by()).order_by().values("mentor")
    return {
        row["mentor"]: row["count"]
        for row in ties.annotate(count=Count("learner", distinct=True)).filter(count__gte=MOST_MENTEES)
    }
