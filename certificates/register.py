"""The alumni register: everyone who finished a training or holds, or held, a certificate. Reads only.

Who paused, stopped, moved or whose certificate ended stays in it: a name is never taken out.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Exists, F, Max, Min, OuterRef, Q, QuerySet, Subquery, Sum, When

from certificates import companions, discretion
from certificates.models import (
    CallConsent,
    Certificate,
    HoursEntry,
    PaperCertificate,
    Reflection,
    StateChange,
)
from certificates.rules.states import State
from courses.models import Attendance, Cohort, CohortMember, TrainingDay
from lms.people import rules, scoping
from lms.people.models import Person, Profile

AS = "coordinator"
CHUNK = 500
# The states that the register can be narrowed to; the others are told in the row. Who is away is not told apart.
AWAY = "away"
FILTERED = {
    State.CERTIFIED.value: companions.NAMES[State.CERTIFIED],
    State.LAPSED.value: companions.NAMES[State.LAPSED],
    AWAY: discretion.AWAY_NAME,
    State.RETIRED.value: companions.NAMES[State.RETIRED],
}


@dataclass(frozen=True)
class Wanted:
    """What the coordinator looks for; empty means everything."""

    words: str = ""
    year: int | None = None
    cohort: int | None = None
    group: int | None = None
    region: str = ""
    state: str = ""


@dataclass(frozen=True)
class Row:
    """One alumna. `paper`: of the days of paper, when nothing signed is there."""

    person: Person
    state: str
    classes: tuple[Cohort, ...]
    certificate: Certificate | None
    paper: PaperCertificate | None
    reflected: int | None
    minutes: int
    languages: str
    calls: str


def alumni(viewer: Person, wanted: Wanted, *, today: date) -> QuerySet[Person]:
    """Those she sees who are alumnae, by name."""
    found = scoping.find_persons(viewer, wanted.words, as_role=AS).filter(_is_alumna(today))
    if wanted.year:
        found = found.filter(_of_year(wanted.year, today))
    if wanted.cohort:
        found = found.filter(Exists(_places().filter(cohort=wanted.cohort)))
    if wanted.group:
        found = found.filter(group=wanted.group)
    if wanted.region:
        low, high = rules.code_range(wanted.region)
        found = found.filter(village__gte=low, village__lt=high)
    return _in_state(found, wanted.state, today) if wanted.state else found


def rows_of(viewer: Person, persons: Iterable[Person], *, today: date) -> list[Row]:
    """The rows of these people as the viewer may read them; as many queries for one as for five hundred."""
    people = list(persons)
    ids = [one.pk for one in people]
    states, known = companions.of(ids, today=today), discretion.known_to(viewer, ids)
    certificates = _latest(Certificate.objects.filter(person__in=ids).order_by("expires_on", "pk"))
    papers = _latest(PaperCertificate.objects.agreed().filter(person__in=ids).order_by("issued_on", "pk"))
    consents = _latest(CallConsent.objects.given().filter(person__in=ids))
    years = dict(Reflection.objects.filter(person__in=ids).order_by().values_list("person").annotate(Max("year")))
    languages = dict(Profile.objects.filter(person__in=ids).values_list("person", "languages"))
    minutes = _minutes_since(ids)
    classes: dict[int, list[Cohort]] = {}
    for place in CohortMember.objects.filter(_over(today), person__in=ids).select_related("cohort"):
        classes.setdefault(place.person_id, []).append(place.cohort)
    return [
        Row(
            person=one,
            state=discretion.name_of(states[one.pk], is_known=one.pk in known),
            classes=tuple(classes.get(one.pk, ())),
            certificate=certificates.get(one.pk),
            paper=papers.get(one.pk),
            reflected=years.get(one.pk),
            minutes=minutes.get(one.pk, 0),
            languages=languages.get(one.pk, ""),
            calls=consents[one.pk].words if one.pk in consents else "",
        )
        for one in people
    ]


def every_row(viewer: Person, persons: QuerySet[Person], *, today: date) -> Iterator[Row]:
    """All rows, five hundred at a time, for a file."""
    people = list(persons)
    for start in range(0, len(people), CHUNK):
        yield from rows_of(viewer, people[start : start + CHUNK], today=today)


def years(viewer: Person, *, today: date) -> list[int]:
    """The years in which classes of her regions ended or certificates were given, newest first."""
    ended = Cohort.objects.visible_to(viewer, as_role=AS).over(today).values_list("ends_on", "starts_on")
    seen = Certificate.objects.visible_to(viewer, as_role=AS).order_by().aggregate(first=Min("issued_on"))["first"]
    found = {(last or first).year for last, first in ended}
    return sorted(found | (set(range(seen.year, today.year + 1)) if seen else set()), reverse=True)


def finished_in(viewer: Person, year: int, *, today: date) -> QuerySet[CohortMember]:
    """Places in classes that ended in a year, of people she sees who were there."""
    seen = CohortMember.objects.visible_to(viewer, as_role=AS).filter(_over(today)).filter(_ended(year))
    found: QuerySet[CohortMember] = seen.filter(_was_there()).select_related("cohort").order_by("cohort", "person")
    return found


def _is_alumna(today: date) -> Q:
    certified = Certificate.objects.filter(person=OuterRef("pk"))
    paper = PaperCertificate.objects.agreed().filter(person=OuterRef("pk"))
    return Q(Exists(certified)) | Q(Exists(paper)) | Q(Exists(_places().filter(_over(today)).filter(_was_there())))


def _places() -> QuerySet[CohortMember]:
    return CohortMember.objects.filter(person=OuterRef("pk")).order_by()


def _over(today: date) -> Q:
    return Q(cohort__ends_on__lte=today) | Q(cohort__ends_on=None, cohort__starts_on__lte=today)


def _was_there() -> Q:
    """Present on one day at least, where the days of the class were noted."""
    noted = TrainingDay.objects.filter(cohort=OuterRef("cohort"))
    present = Attendance.objects.present().filter(person=OuterRef("person"), day__cohort=OuterRef("cohort"))
    return ~Q(Exists(noted)) | Q(Exists(present))


def _of_year(year: int, today: date) -> Q:
    place = _places().filter(_over(today)).filter(_ended(year))
    certified = Certificate.objects.filter(person=OuterRef("pk"), issued_on__year=year)
    paper = PaperCertificate.objects.agreed().filter(person=OuterRef("pk"), issued_on__year=year)
    return Q(Exists(place)) | Q(Exists(certified)) | Q(Exists(paper))


def _ended(year: int) -> Q:
    return Q(cohort__ends_on__year=year) | Q(cohort__ends_on=None, cohort__starts_on__year=year)


def _in_state(found: QuerySet[Person], state: str, today: date) -> QuerySet[Person]:
    """As `companions` says it, asked of the database: a hold goes before what certificates say."""
    latest = StateChange.objects.filter(person=OuterRef("pk")).order_by("-at", "-pk").values("hold")[:1]
    held = Q(Exists(StateChange.objects.filter(person=OuterRef("pk")).exclude(hold="")))
    found = found.alias(hold=Case(When(held, then=Subquery(latest)), default=None))
    if state == AWAY:
        return found.filter(hold__in=discretion.AWAY)
    if state == State.RETIRED:
        return found.filter(hold=state)
    not_revoked = Certificate.objects.filter(person=OuterRef("pk"), revoked_at=None)
    valid = Certificate.objects.valid_on(today).filter(person=OuterRef("pk"))
    free = found.filter(Q(hold=None) | Q(hold=""))
    if state == State.CERTIFIED:
        return free.filter(Exists(valid))
    return free.filter(Exists(not_revoked), ~Exists(valid))


def _latest(rows: QuerySet[Any]) -> dict[int, Any]:
    """The last of each person in the order given."""
    return {row.person_id: row for row in rows}


def _minutes_since(ids: list[int]) -> dict[int, int]:
    """Verified minutes since the day of the first certificate that was not revoked."""
    firsts = Certificate.objects.filter(person=OuterRef("learner"), revoked_at=None).order_by("issued_on")
    verified = HoursEntry.objects.filter(learner__in=ids, state=HoursEntry.State.VERIFIED).order_by()
    since = verified.alias(first=Subquery(firsts.values("issued_on")[:1])).filter(day__gte=F("first"))
    return dict(since.values_list("learner").annotate(sum=Sum("minutes")))
