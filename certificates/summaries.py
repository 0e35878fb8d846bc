"""What others may know of reflections: that they were written, and counts of five answers or more. Reads only."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from certificates.models import Certificate, Reflection
from lms.people import scoping
from lms.people.models import Person

FEWEST = 5
MOST = 300
WILLING = ("yes", "pause", "stop")


@dataclass(frozen=True, slots=True)
class Summary:
    """A year of a region.

    `counted` answers stand behind `willing`, a multiple of five: nobody is told apart by looking again after one more.
    """

    year: int
    wrote: tuple[Person, ...]
    missing: tuple[Person, ...]
    counted: int
    willing: dict[str, int]


@dataclass(frozen=True, slots=True)
class Written:
    """A reflection as others see it."""

    year: int
    written_on: date
    is_late: bool
    discussed_on: date | None


def of_region(coordinator: Person, *, year: int, today: date) -> Summary:
    """Who of her region wrote in a year, who holds a certificate and did not, and how many want to go on."""
    seen = scoping.visible_persons(coordinator, as_role="coordinator").exclude(pk=coordinator.pk)
    rows = list(
        Reflection.objects.filter(person__in=seen.values("pk"), year=year)
        .select_related("person")
        .defer("answers")
        .order_by("written_at", "pk")[:MOST]
    )
    wrote = {row.person_id for row in rows}
    holders = Certificate.objects.valid_on(today).filter(person__in=seen.values("pk")).values("person")
    missing = seen.filter(pk__in=holders).exclude(pk__in=wrote).order_by("name", "pk")[:MOST]
    counted = rows[: len(rows) // FEWEST * FEWEST]
    numbers = Counter(row.willing for row in counted)
    return Summary(
        year=year,
        wrote=tuple(sorted((row.person for row in rows), key=lambda one: one.name)),
        missing=tuple(missing),
        counted=len(counted),
        willing={word: numbers[word] for word in WILLING},
    )


def written_by(person: Person) -> list[Written]:
    """The years that she wrote about, newest first; nothing of what she wrote."""
    rows = Reflection.objects.filter(person=person).order_by("-year")[:10]
    return [
        Written(year, timezone.localdate(written_at), is_late, discussed_on)
        for year, written_at, is_late, discussed_on in rows.values_list("year", "written_at", "is_late", "discussed_on")
    ]
