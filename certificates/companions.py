"""In which state people are, for one or for hundreds in a handful of queries. Reads only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certificates import evidence
from certificates.models import Certificate, Placement, StateChange
from certificates.rules import states
from certificates.rules.hours import Period
from certificates.rules.standing import Standing
from certificates.rules.states import Facts, Move, Mover, State
from lms.people.models import Mentorship, Person

NAMES = {
    State.CANDIDATE: _("Candidate"),
    State.LEARNER: _("Learner"),
    State.INTERN: _("Intern"),
    State.PROVISIONAL: _("Provisional companion"),
    State.CERTIFIED: _("Certified companion"),
    State.SENIOR: _("Senior companion"),
    State.LAPSED: _("Certificate has ended"),
    State.PAUSED: _("Taking a pause"),
    State.SUSPENDED: _("Suspended"),
    State.REVOKED: _("Revoked"),
    State.RETIRED: _("Retired"),
}


@dataclass(frozen=True, slots=True)
class Companion:
    """The state of one person and what it follows from. `certified_years`: whole years since her first certificate."""

    facts: Facts
    certified_years: int

    @property
    def state(self) -> State:
        return states.state_of(self.facts)

    @property
    def name(self) -> str:
        return str(NAMES[self.state])


def of(person_ids: Iterable[int], *, today: date) -> dict[int, Companion]:
    """The state of each person; eleven queries for one or for five hundred."""
    standings = evidence.standings(person_ids, today=today)
    ids = list(standings)
    holds = last_decided(ids)
    firsts, valid, held = _certificates(ids, today)
    mentors = set(Placement.objects.on(today).filter(learner__in=ids).values_list("learner", flat=True))
    return {
        one: Companion(
            Facts(
                hold=holds[one][0] if one in holds else None,
                grant=holds[one][1] if one in holds else None,
                has_begun=_has_begun(standings[one]),
                has_mentor=one in mentors,
                certified=one in valid,
                lapsed=one in held - valid,
                done_percent=percent_of(standings[one]),
            ),
            certified_years=_years(firsts.get(one), today),
        )
        for one in ids
    }


def of_person(person: Person, *, today: date) -> Companion:
    return of([person.pk], today=today)[person.pk]


def last_decided(person_ids: Iterable[int]) -> dict[int, tuple[State | None, State | None]]:
    """The hold and the grant of each person about whom something was decided. One query."""
    rows = StateChange.objects.filter(person__in=list(person_ids)).oldest_first().values_list("person", "hold", "grant")
    return {one: (State(hold) if hold else None, State(grant) if grant else None) for one, hold, grant in rows}


def pauses_of(person: Person) -> tuple[Period, ...]:
    """Her pauses, oldest first; one that lasts has no end. One query."""
    return pauses_in(StateChange.objects.filter(person=person).oldest_first())


def pauses_in(changes: Iterable[StateChange]) -> tuple[Period, ...]:
    """The pauses of one person's changes, which come oldest first."""
    pauses: list[Period] = []
    since: date | None = None
    for change in changes:
        day = timezone.localdate(change.at)
        if change.hold == State.PAUSED:
            since = since or day
        elif since is not None:
            pauses.append(Period(since, day))
            since = None
    return (*pauses, Period(since)) if since else tuple(pauses)


def percent_of(standing: Standing) -> int:
    """How much of the standard is met, 0-100, each requirement counting the same, rounded down."""
    if not standing.requirements:
        return 0
    share = sum(min(1.0, one.have / one.need) if one.need else 1.0 for one in standing.requirements)
    return int(100 * share / len(standing.requirements) + 1e-9)


def is_concerned(person: Person, actor: Person) -> bool:
    """Whether somebody stands too near to decide: she was her mentor."""
    return Mentorship.objects.filter(mentor=actor, learner=person).exists()


def open_moves(person: Person, companion: Companion, mover: Mover, *, needed_percent: int) -> tuple[Move, ...]:
    return states.open_moves(
        companion.facts, mover, needed_percent=needed_percent, certified_years=companion.certified_years
    )


def _certificates(ids: list[int], today: date) -> tuple[dict[int, date], set[int], set[int]]:
    """The day of each person's first certificate; who holds one that counts today; who holds any not revoked."""
    rows = Certificate.objects.filter(person__in=ids, revoked_at=None).order_by("-issued_on")
    firsts: dict[int, date] = {}
    valid: set[int] = set()
    for person, issued_on, expires_on in rows.values_list("person", "issued_on", "expires_on"):
        firsts[person] = issued_on
        if issued_on <= today <= expires_on:
            valid.add(person)
    return firsts, valid, set(firsts)


def _has_begun(standing: Standing) -> bool:
    modules = standing.requirement("modules")
    return any(part.have for part in modules.parts) if modules else bool(standing.done)


def _years(since: date | None, today: date) -> int:
    if since is None:
        return 0
    return today.year - since.year - ((today.month, today.day) < (since.month, since.day))
