"""How far renewals are, for one person or for five hundred in eight queries. Reads only (domain.md 4.5)."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, Max, OuterRef, QuerySet
from django.utils import timezone

from assessments.models import Attempt
from certificates import companions
from certificates.models import (
    Certificate,
    Pledge,
    PledgeText,
    Reflection,
    Refresher,
    StateChange,
    SupervisionTalk,
)
from certificates.rules import renewal as rules
from certificates.rules import requirements, states
from certificates.rules.hours import Period
from certificates.rules.renewal import DUE_DAYS, Held, Kept, Renewal, Stage
from certificates.rules.requirements import Part, Requirement
from lms.people import scoping
from lms.people.models import Person

MOST = 5000
ORDER = {Stage.DAYS_30: 0, Stage.DAYS_60: 0, Stage.DAYS_90: 0, Stage.GRACE: 1, Stage.LAPSED: 2}


@dataclass(frozen=True, slots=True)
class Current:
    """The newest certificate of a person and its renewal. `hold`: a pause, a suspension, … or None."""

    certificate: Certificate
    held: Held
    kept: Kept
    renewal: Renewal
    hold: states.State | None
    next_cycle: int

    @property
    def years(self) -> tuple[rules.Year, ...]:
        return rules.years_of(self.held)


@dataclass(frozen=True, slots=True)
class Due:
    """A certificate that ends soon or has ended."""

    certificate: Certificate
    phase: rules.Phase
    stage: Stage
    hold: states.State | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One year of a certificate: what it asks for. `to_write`: its reflection is missing and can be written."""

    year: rules.Year
    is_excused: bool
    parts: tuple[tuple[Requirement, Part], ...]
    to_write: bool

    @property
    def is_done(self) -> bool:
        return all(part.state is requirements.State.DONE for _one, part in self.parts)


def of(person_ids: Iterable[int], *, today: date) -> dict[int, Current]:
    """The renewal of each person who holds a certificate."""
    ids = list(dict.fromkeys(person_ids))
    newest, cycles = _newest(ids)
    reflected = _years(ids)
    refreshers = _refreshers(ids)
    talks = _talks(ids)
    exams = _exams(ids)
    pauses, holds = _decided(StateChange.objects.filter(person__in=ids))
    texts, signed = _texts(), _signed(ids)
    found = {}
    for one, certificate in newest.items():
        held = held_by(certificate)
        following = cycles[one, certificate.standard_code] + 1
        kept = Kept(
            reflected=frozenset(reflected[one]),
            refreshers=tuple((row.held_on, row.minutes) for row in refreshers[one]),
            legal=tuple(row.held_on for row in refreshers[one] if row.is_legal),
            talks=tuple(talks[one]),
            exams=tuple(exams[one]),
            pauses=pauses.get(one, ()),
            is_pledged=(one, texts.get("ethics"), following) in signed,
            is_safeguarded=(one, texts.get("safeguarding"), following) in signed,
        )
        asked = _asked(certificate, texts, today)
        renewal = rules.renewal(certificate.standard.rules.renewal, held, kept, today, asked)
        found[one] = Current(certificate, held, kept, renewal, holds.get(one), following)
    return found


def of_person(person: Person, *, today: date) -> Current | None:
    return of([person.pk], today=today).get(person.pk)


def lines_of(current: Current, *, today: date) -> list[Line]:
    """The years of the certificate, each with its parts of what is asked."""
    lines = []
    for year in current.years:
        name = str(year.name)
        yearly = [(one, part) for one in current.renewal.requirements for part in one.parts if part.code == name]
        missing = any(one.code == "reflections" and not part.have for one, part in yearly)
        is_excused = rules.is_excused(year, current.kept.pauses)
        lines.append(Line(year, is_excused, tuple(yearly), missing and year.name <= today.year))
    return lines


def next_period(current: Current, *, today: date) -> Period:
    """The days that a renewal today would add."""
    standard = current.certificate.standard.rules
    return rules.next_period(standard.renewal, current.held, current.kept, today, standard.valid_years)


def certificates_of(person: Person, *, today: date) -> list[Certificate]:
    """All of hers: the one that counts today first, then the others, newest first."""
    found = Certificate.objects.with_hold().filter(person=person).select_related("standard")
    rows = list(found.order_by("-expires_on", "-pk"))
    counts_today = [row for row in rows if row.revoked_at is None and row.issued_on <= today <= row.expires_on]
    return counts_today[:1] + [row for row in rows if row not in counts_today[:1]]


def held_by(certificate: Certificate) -> Held:
    return Held(certificate.issued_on, certificate.expires_on)


def newest_of(person: Person) -> Certificate | None:
    """The certificate that lasts longest of those that were not revoked."""
    return _newest([person.pk])[0].get(person.pk)


def signing_cycle(person: Person, *, today: date) -> int:
    """For which period she signs today: the next one as soon as the renewal is open."""
    newest, cycles = _newest([person.pk])
    if person.pk not in newest:
        return 1
    held = newest[person.pk]
    is_open = today >= held.expires_on - timedelta(days=DUE_DAYS)
    return cycles[person.pk, held.standard_code] + 1 if is_open else held.cycle


def exams_anew_after(person: Person, module_code: str, today: date) -> date | None:
    """After the grace the exams of practice are taken anew: the last day of her certificate, else None."""
    current = of_person(person, today=today) if module_code in rules.MODULES_TO_REPEAT else None
    is_over = current is not None and current.renewal.phase in (rules.Phase.BACK, rules.Phase.OVER)
    return current.held.expires_on if current and is_over else None


def years_to_write(person: Person, *, today: date) -> frozenset[int]:
    """This year, and the past years that her certificates ask for (domain.md 4.5)."""
    rows = Certificate.objects.filter(person=person, revoked_at=None).values_list("issued_on", "expires_on")
    asked = {year.name for dates in rows for year in rules.years_of(Held(*dates)) if year.name <= today.year}
    return frozenset(asked | {today.year})


def due(persons: QuerySet[Person], *, today: date) -> list[Due]:
    """Certificates of these people that end within 90 days or have ended, the soonest first; two queries.

    Those who retired or whose certificate was taken back are left out.
    """
    later = Certificate.objects.filter(
        person=OuterRef("person"), revoked_at=None, expires_on__gt=OuterRef("expires_on")
    )
    rows = Certificate.objects.filter(
        person__in=persons.values("pk"), revoked_at=None, expires_on__lte=today + timedelta(days=DUE_DAYS)
    )
    rows = rows.filter(~Exists(later)).select_related("standard", "person__village").order_by("-expires_on", "pk")
    found = list(rows[:MOST])
    pauses, holds = _decided(StateChange.objects.filter(person__in=persons.values("pk")))
    gone = {one for one, hold in holds.items() if hold in (states.State.RETIRED, states.State.REVOKED)}
    listed = []
    for certificate in found:
        one, held = certificate.person_id, held_by(certificate)
        phase, _closes_on = rules.phase_on(certificate.standard.rules.renewal, held, pauses.get(one, ()), today)
        stage = rules.stage_of(phase, held, today)
        if stage and one not in gone:
            listed.append(Due(certificate, phase, stage, holds.get(one)))
    return sorted(listed, key=lambda row: (ORDER[row.stage], row.certificate.expires_on))


def due_for(coordinator: Person, *, today: date) -> list[Due]:
    """Those of her region, not her own."""
    seen = scoping.visible_persons(coordinator, as_role="coordinator").exclude(pk=coordinator.pk)
    return due(seen, today=today)


def counts(rows: Iterable[Due]) -> dict[Stage, int]:
    found = Counter(row.stage for row in rows)
    return {stage: found[stage] for stage in Stage}


def _newest(ids: list[int]) -> tuple[dict[int, Certificate], dict[tuple[int, str], int]]:
    """The certificate that lasts longest of each person, and the last cycle of each person and standard."""
    rows = Certificate.objects.filter(person__in=ids).select_related("standard").order_by("expires_on", "cycle", "pk")
    newest: dict[int, Certificate] = {}
    cycles: dict[tuple[int, str], int] = {}
    for row in rows:
        place = (row.person_id, row.standard_code)
        cycles[place] = max(cycles.get(place, 0), row.cycle)
        if row.revoked_at is None:
            newest[row.person_id] = row
    return newest, cycles


def _years(ids: list[int]) -> dict[int, set[int]]:
    years: dict[int, set[int]] = defaultdict(set)
    for person, year in Reflection.objects.filter(person__in=ids).values_list("person", "year"):
        years[person].add(year)
    return years


def _refreshers(ids: list[int]) -> dict[int, list[Refresher]]:
    found: dict[int, list[Refresher]] = defaultdict(list)
    for row in Refresher.objects.filter(person__in=ids):
        found[row.person_id].append(row)
    return found


def _talks(ids: list[int]) -> dict[int, list[date]]:
    found: dict[int, list[date]] = defaultdict(list)
    for person, day in SupervisionTalk.objects.filter(person__in=ids).values_list("person", "held_on"):
        found[person].append(day)
    return found


def _exams(ids: list[int]) -> dict[int, list[tuple[str, date]]]:
    """The modules of practice, and the day on which each was last passed."""
    rows = Attempt.objects.filter(
        person__in=ids, passed=True, part="exam", module_code__in=rules.MODULES_TO_REPEAT
    ).order_by()
    found: dict[int, list[tuple[str, date]]] = defaultdict(list)
    for row in rows.values("person", "module_code").annotate(last=Max("handed_in_at")):
        found[row["person"]].append((row["module_code"], timezone.localdate(row["last"])))
    return found


def _decided(
    changes: QuerySet[StateChange],
) -> tuple[dict[int, tuple[Period, ...]], dict[int, states.State | None]]:
    """The pauses of each person and what holds now. One query."""
    mine: dict[int, list[StateChange]] = defaultdict(list)
    for change in changes.order_by("at", "pk"):
        mine[change.person_id].append(change)
    holds = {one: states.State(rows[-1].hold) if rows[-1].hold else None for one, rows in mine.items()}
    return {one: companions.pauses_in(rows) for one, rows in mine.items()}, holds


def _texts() -> dict[str, int]:
    """The newest text of each kind."""
    return dict(PledgeText.objects.order_by("version").values_list("kind", "pk"))


def _signed(ids: list[int]) -> set[tuple[int, int | None, int]]:
    return set(Pledge.objects.filter(person__in=ids).values_list("person", "text", "cycle"))


def _asked(certificate: Certificate, texts: dict[str, int], today: date) -> set[str]:
    """The texts that her standard has signed, as soon as the next period can be signed for."""
    standard = certificate.standard.rules
    if today < certificate.expires_on - timedelta(days=DUE_DAYS):
        return set()
    asked = {"pledge"} if standard.pledge and "ethics" in texts else set()
    return asked | ({"safeguarding"} if standard.safeguarding and "safeguarding" in texts else set())
