"""By which version of a standard each person is judged. Reads only.

Whoever began under an older version finishes under it (`models.Candidacy`); everyone else goes by the newest.
"""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from certificates.models import Candidacy, Certificate, Placement, Standard
from certificates.rules.standards import ActivityRule, CompetencyRule, StandardRules
from courses.models import Progress
from lms.people.models import Person


def own_id() -> Subquery:
    """The standard she began under and is not certified by yet, in a query over persons."""
    held = Certificate.objects.filter(person=OuterRef("person"), standard_code=OuterRef("standard_code"))
    rows = Candidacy.objects.filter(~Exists(held), person=OuterRef("pk")).order_by("-pk")
    return Subquery(rows.values("standard")[:1])


def every() -> dict[int | None, Standard]:
    """All versions, in one query; None stands for the newest. Empty when none is loaded."""
    rows: dict[int | None, Standard] = {one.pk: one for one in Standard.objects.order_by("-pk")}
    return {**rows, None: next(iter(rows.values()))} if rows else {}


def standards_of(person_ids: Iterable[int]) -> dict[int, Standard]:
    """The version of each person; empty when no standard is loaded. Two queries."""
    standards = every()
    rows = Person.objects.filter(pk__in=list(person_ids)).order_by().values_list("pk", own_id())
    return {person_id: standards[own] for person_id, own in rows} if standards else {}


def open_to(person_id: int) -> tuple[StandardRules, ...]:
    """What she may fulfil: her own version, and the newest."""
    own = standards_of([person_id]).get(person_id)
    newest = Standard.objects.current()
    if own is None or newest is None:
        return ()
    return (own.rules,) if own.pk == newest.pk else (own.rules, newest.rules)


def activities_of(person_id: int) -> tuple[ActivityRule, ...]:
    """The activities of her version, then those only the newest knows."""
    found: dict[str, ActivityRule] = {}
    for one in (one for rules in open_to(person_id) for one in rules.activities):
        found.setdefault(one.code, one)
    return tuple(found.values())


def competencies_of(person_id: int) -> tuple[CompetencyRule, ...]:
    """The competencies of her version, then those only the newest knows."""
    found: dict[str, CompetencyRule] = {}
    for one in (one for rules in open_to(person_id) for one in rules.competencies):
        found.setdefault(one.code, one)
    return tuple(found.values())


def begun() -> QuerySet[Person]:
    """Everyone who has done a step or has a placement."""
    steps = Progress.objects.filter(person=OuterRef("pk"))
    placements = Placement.objects.filter(learner=OuterRef("pk"))
    return Person.objects.filter(Q(Exists(steps)) | Q(Exists(placements)))


def keep_newest() -> QuerySet[Person]:
    """Of those who have begun, who would keep the newest version when another one comes."""
    newest = Standard.objects.current()
    held = Certificate.objects.filter(person=OuterRef("pk"), standard_code=newest.code if newest else "")
    return begun().annotate(own=own_id()).filter(~Exists(held), own=None).order_by()
