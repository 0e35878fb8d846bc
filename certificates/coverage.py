"""Villages with nobody, one, or two and more companions whose certificate is valid. Reads only (feasibility.md 10)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q

from certificates.models import Certificate
from lms.people import rules
from lms.people.models import Person, Region

VILLAGE = 4
SQUARE = 14


@dataclass(frozen=True)
class Run:
    """A stretch of equal squares in the drawing, and the pattern that fills it."""

    x: int
    width: int
    fill: str


@dataclass(frozen=True)
class Subdistrict:
    """Villages of a subdistrict by the number of their companions."""

    name: str
    none: int
    one: int
    more: int

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
    def none(self) -> int:
        return sum(one.none for one in self.subdistricts)

    @property
    def one(self) -> int:
        return sum(one.one for one in self.subdistricts)

    @property
    def more(self) -> int:
        return sum(one.more for one in self.subdistricts)


def of_regions(codes: Iterable[str], *, today: date) -> Coverage:
    """The coverage of the villages in these regions; three queries."""
    inside = Q(pk__in=[])
    for code in codes:
        low, high = rules.code_range(code)
        inside |= Q(code__gte=low, code__lt=high) if code else Q(level=VILLAGE)
    villages = list(Region.objects.of_level(VILLAGE).filter(inside).values_list("code", flat=True))
    counts = _companions(villages, today)
    names = dict(
        Region.objects.filter(code__in={rules.parent_of(code) for code in villages}).values_list("code", "name")
    )
    found: dict[str, list[int]] = {}
    for code in villages:
        found.setdefault(rules.parent_of(code), [0, 0, 0])[min(counts.get(code, 0), 2)] += 1
    rows = [Subdistrict(names.get(code, code), *counted) for code, counted in found.items()]
    return Coverage(tuple(sorted(rows, key=lambda row: (row.covered / row.villages, -row.villages, row.name))))


def _companions(villages: list[str], today: date) -> dict[str, int]:
    valid = Certificate.objects.valid_on(today).filter(person=OuterRef("pk"))
    persons = Person.objects.filter(Exists(valid), village__in=villages).order_by()
    return dict(persons.values_list("village").annotate(number=Count("pk")))
