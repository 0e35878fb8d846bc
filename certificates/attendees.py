"""Whom a trainer or coordinator may tick for a refresher. Reads only."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from certificates.models import Certificate
from certificates.refreshing import NOTERS
from courses.models import Cohort, CohortMember
from lms.people import scoping
from lms.people.models import Person

MOST = 60
MOST_COHORTS = 50


@dataclass(frozen=True)
class Found:
    """People to tick, how many there are in all, and the classes to choose from."""

    people: QuerySet[Person]
    total: int
    cohorts: tuple[Cohort, ...]

    @property
    def more(self) -> int:
        return max(0, self.total - MOST)


def shown(noter: Person, *, query: str, cohort: str, ticked: Iterable[str]) -> Found:
    """The first sixty companions that fit, by name, and those already ticked; `cohort`: the number of a class."""
    allowed = companions_of(noter)
    fitting = allowed.filter(_named(query)) if query else allowed
    cohorts = tuple(Cohort.objects.visible_to(noter).order_by("-starts_on", "name")[:MOST_COHORTS])
    if cohort in {str(one.pk) for one in cohorts}:
        fitting = fitting.filter(pk__in=CohortMember.objects.filter(cohort=int(cohort)).values("person"))
    first = list(fitting.order_by("name", "pk").values_list("pk", flat=True)[:MOST])
    ids = {*first, *(int(one) for one in ticked if one.isascii() and one.isdigit() and len(one) < 10)}
    return Found(allowed.filter(pk__in=ids).order_by("name", "pk"), fitting.count(), cohorts)


def companions_of(noter: Person) -> QuerySet[Person]:
    """Everyone of her region who holds a certificate, not herself."""
    seen = Q(pk__in=[])
    for kind in NOTERS:
        if scoping.has_role(noter, kind):
            seen |= Q(pk__in=scoping.visible_persons(noter, as_role=kind).values("pk"))
    holds = Certificate.objects.filter(person=OuterRef("pk"), revoked_at=None)
    return Person.objects.filter(seen, Exists(holds), is_active=True).exclude(pk=noter.pk)


def _named(query: str) -> Q:
    return Q(name__icontains=query) | Q(village__name__icontains=query) | Q(group__name__icontains=query)
