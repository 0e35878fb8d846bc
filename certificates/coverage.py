"""Villages with nobody, one, or two and more active companions: certificate valid, nothing holds her back. Reads only.

The whole look takes four queries, whatever the number of villages and people (feasibility.md 10).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.fields import CharField
from django.db.models.functions import Length

from certificates import discretion
from certificates.models import Certificate, CoverageMonth, StateChange
from certificates.models.certificates import CertificateQuerySet
from certificates.rules.states import State
from lms.people import rules
from lms.people.models import Person, Region, Role, VillageGroup

SUBDISTRICT, VILLAGE = 3, 4
VILLAGE_LETTERS = len("53.02.01.2001")
SQUARE = 14
SOON = timedelta(days=90)
# A public figure below this is not shown: few people could be guessed by name (domain.md 4.7).
FEW = 5
MONTHS = 24
_PEOPLE = Count("person", distinct=True)


@dataclass(frozen=True)
class Run:
    """A stretch of equal squares in the drawing, and the pattern that fills it."""

    x: int
    width: int
    fill: str


@dataclass(frozen=True)
class Subdistrict:
    """Villages of a subdistrict by the number of their companions; `people`: these, `ending`: soon no longer.

    `empty`: the names of villages with nobody.
    """

    name: str
    none: int
    one: int
    more: int
    code: str = ""
    people: int = 0
    ending: int = 0
    empty: tuple[str, ...] = ()

    @property
    def villages(self) -> int:
        return self.none + self.one + self.more

    @property
    def covered(self) -> int:
        return self.one + self.more

    @property
    def width(self) -> int:
        """Units of the drawing, one square a village."""
        return self.villages * SQUARE

    @property
    def runs(self) -> list[Run]:
        """The squares as at most three runs, the best first."""
        counted = (("v2", self.more), ("v1", self.one), ("v0", self.none))
        starts = (0, self.more, self.covered)
        return [
            Run(start * SQUARE, number * SQUARE, fill)
            for (fill, number), start in zip(counted, starts, strict=True)
            if number
        ]


@dataclass(frozen=True)
class Coverage:
    """Subdistricts, the emptiest first."""

    subdistricts: tuple[Subdistrict, ...]

    @property
    def villages(self) -> int:
        return sum(one.villages for one in self.subdistricts)

    @property
    def people(self) -> int:
        return sum(one.people for one in self.subdistricts)

    @property
    def none(self) -> int:
        return sum(one.none for one in self.subdistricts)

    @property
    def one(self) -> int:
        return sum(one.one for one in self.subdistricts)

    @property
    def more(self) -> int:
        return sum(one.more for one in self.subdistricts)


@dataclass(frozen=True)
class Month:
    """Covered villages when a month began."""

    day: date
    one: int
    more: int
    people: int

    @property
    def covered(self) -> int:
        return self.one + self.more


@dataclass(frozen=True)
class Look:
    """The coverage, how it changed, and who is no longer there: numbers of people, never names.

    `away`: a pause, a suspension and a revocation are not told apart (domain.md 4.7).
    """

    coverage: Coverage
    months: tuple[Month, ...]
    ending: int
    away: int
    retired: int
    moved: int


@dataclass(frozen=True)
class Public:
    """What everybody may read of a subdistrict; None: fewer than five, or nobody."""

    name: str
    people: int | None


def of_regions(codes: Iterable[str], *, today: date) -> Coverage:
    """The coverage of the villages in these regions; two queries."""
    return _coverage(list(codes), today)


def look(codes: Iterable[str], *, today: date) -> Look:
    """Coverage, its change, certificates that end soon, people who paused, stopped or moved; four queries."""
    wanted = list(codes)
    found = _coverage(wanted, today)
    gone: dict[str, int] = dict(_held(wanted).union(_moved(wanted), all=True))
    return Look(
        coverage=found,
        months=_months(wanted),
        ending=sum(one.ending for one in found.subdistricts),
        away=sum(gone.get(state, 0) for state in discretion.AWAY),
        retired=gone.get(State.RETIRED, 0),
        moved=gone.get("moved", 0),
    )


def public(*, today: date) -> list[Public]:
    """Subdistricts with a village group and how many companions each has, without small numbers. Three queries."""
    villages = VillageGroup.objects.order_by().values_list("village", flat=True).distinct()
    codes = {rules.parent_of(code) for code in villages}
    counts: dict[str, int] = {}
    here = active(today).annotate(village=_village())
    for village, number in here.values_list("village").annotate(number=_PEOPLE):
        parent = rules.parent_of(village or "")
        counts[parent] = counts.get(parent, 0) + number
    found = Region.objects.filter(code__in=codes).order_by("name", "code").values_list("code", "name")
    return [Public(name, counts[code] if counts.get(code, 0) >= FEW else None) for code, name in found]


def _coverage(codes: list[str], today: date) -> Coverage:
    names, villages = _regions(codes)
    counts, ending = _people(codes, today)
    inside: dict[str, list[str]] = {}
    for code in villages:
        inside.setdefault(rules.parent_of(code), []).append(code)
    rows = [_subdistrict(code, names, villages, counts, ending) for code, villages in inside.items()]
    return Coverage(tuple(sorted(rows, key=lambda row: (row.covered / row.villages, -row.villages, row.name))))


def _subdistrict(
    code: str, names: dict[str, str], villages: list[str], counts: dict[str, int], ending: dict[str, int]
) -> Subdistrict:
    numbers = [counts.get(village, 0) for village in villages]
    return Subdistrict(
        name=names.get(code, code),
        none=numbers.count(0),
        one=numbers.count(1),
        more=sum(number > 1 for number in numbers),
        code=code,
        people=sum(numbers),
        ending=sum(ending.get(village, 0) for village in villages),
        empty=tuple(names[village] for village in villages if not counts.get(village)),
    )


def _people(codes: list[str], today: date) -> tuple[dict[str, int], dict[str, int]]:
    """Per village, people who act, and those of them whose last certificate ends within ninety days. One query."""
    held = _not_held_back(Certificate.objects.filter(revoked_at=None, expires_on__gte=today).order_by())
    here = held.annotate(village=_village())
    lasting = Count("person", distinct=True, filter=Q(expires_on__gt=today + SOON))
    acting = Count("person", distinct=True, filter=Q(issued_on__lte=today))
    rows = list(here.values_list("village").annotate(acting=acting, ending=_PEOPLE - lasting))
    return {village: acts for village, acts, _ends in rows}, {village: ends for village, _acts, ends in rows}


def _regions(codes: list[str]) -> tuple[dict[str, str], list[str]]:
    """Names of subdistricts and villages, and the villages. One query."""
    above = [rules.parent_of(code) for code in codes if rules.level_of(code) == VILLAGE]
    wanted = _inside("code", codes) & Q(level__in=(SUBDISTRICT, VILLAGE)) | Q(code__in=above)
    rows = list(Region.objects.filter(wanted).order_by("code").values_list("code", "name", "level"))
    names = {code: name for code, name, _level in rows}
    return names, [code for code, _name, level in rows if level == VILLAGE]


def _village() -> Subquery:
    """Where a person lives, asked for each row: any database then begins with the few who hold a certificate, and never
    with everybody who lives there.
    """
    return Subquery(Person.objects.filter(pk=OuterRef("person")).order_by().values("village")[:1])


def _inside(path: str, codes: list[str]) -> Q:
    """Codes in these regions; an empty code means everywhere."""
    inside = Q(**{f"{path}__in": []})
    for code in codes:
        low, high = rules.code_range(code)
        here = Q(**{f"{path}__gte": low, f"{path}__lt": high}) if code else Q(**{f"{path}__isnull": False})
        inside |= here
    return inside


def active(today: date) -> CertificateQuerySet:
    """Certificates that are valid and whose holder neither pauses, stopped nor is held back."""
    return _not_held_back(Certificate.objects.valid_on(today).order_by())


def _not_held_back(found: CertificateQuerySet) -> CertificateQuerySet:
    return found.exclude(person__in=_holds().values("person"))


def _holds() -> QuerySet[StateChange]:
    """The last change of everyone whose last change is a hold."""
    same = StateChange.objects.filter(person=OuterRef("person"))
    newer = same.filter(Q(at__gt=OuterRef("at")) | Q(at=OuterRef("at"), pk__gt=OuterRef("pk")))
    return StateChange.objects.exclude(hold="").filter(~Exists(newer)).order_by()


def _held(codes: list[str]) -> QuerySet[Any, Any]:
    """Per hold, people who once were certified."""
    certified = Certificate.objects.filter(person=OuterRef("person"))
    here = Count("person", distinct=True, filter=_inside("village", codes))
    held = _holds().filter(Exists(certified)).alias(village=_village())
    return held.values_list("hold").annotate(number=here)


def _moved(codes: list[str]) -> QuerySet[Any, Any]:
    """People who once were certified and began as learners in another village than theirs now."""
    certified = Certificate.objects.order_by().values("person")
    roles = Role.objects.filter(_inside("region", codes), kind="learner", person__in=certified).order_by()
    elsewhere = Q(letters=VILLAGE_LETTERS) & ~Q(region=F("person__village"))
    moved = Count("person", distinct=True, filter=elsewhere)
    kind = Value("moved", output_field=CharField())
    return roles.annotate(hold=kind, letters=Length("region_id")).values_list("hold").annotate(number=moved)


def _months(codes: list[str]) -> tuple[Month, ...]:
    rows = CoverageMonth.objects.filter(_inside("subdistrict", codes)).order_by("-month")
    sums = rows.values_list("month").annotate(Sum("one"), Sum("more"), Sum("people"))[:MONTHS]
    return tuple(reversed([Month(*row) for row in sums]))
