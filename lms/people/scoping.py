"""Who may see whom: the only answer. Nobody else compares roles or regions.

A learner sees herself. A mentor sees her mentees, a trainer the learners of her region, a coordinator the people of
hers, the owner everyone. Unknown and forbidden look the same: 404.
"""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.db.models import Model, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from lms.kit import clock
from lms.people import rules
from lms.people.models import Mentorship, Person, Role, VillageGroup
from lms.people.rules import HeldRole

M = TypeVar("M", bound=Model)
View = Callable[..., HttpResponse]


def roles_of(person: Any, today: date | None = None) -> tuple[HeldRole, ...]:
    """The roles she holds on a day (default today); read once per request, kept on the instance."""
    if not getattr(person, "is_authenticated", False) or not person.is_active:
        return ()
    held: tuple[HeldRole, ...] | None = getattr(person, "_held_roles", None)
    if held is None:
        rows = Role.objects.filter(person=person).values_list("kind", "region_id", "starts_on", "ends_on")
        held = tuple(HeldRole(kind, region or "", starts_on, ends_on) for kind, region, starts_on, ends_on in rows)
        person._held_roles = held
    day = today or clock.today()
    return tuple(role for role in held if role.holds_on(day))


def has_role(person: Any, *kinds: str) -> bool:
    return any(role.kind in kinds for role in roles_of(person))


def is_staff(person: Any) -> bool:
    """True for those who need a second factor and may open the editor."""
    return has_role(person, *rules.STAFF_ROLES)


def covers(person: Any, kind: str, region_code: str) -> bool:
    """True when she holds this role for a region that contains the code."""
    return rules.covers(roles_of(person), kind, region_code)


def regions_of(person: Any, kind: str) -> tuple[str, ...]:
    """The region codes of her roles of one kind; an empty code means everywhere."""
    return tuple(role.region_code for role in roles_of(person) if role.kind == kind)


def _sight(viewer: Any, path: str, as_role: str | None) -> Q:
    """Whom she sees, as a filter on `path` (empty: on Person itself)."""
    prefix = f"{path}__" if path else ""
    here = f"{path}_id" if path else "pk"
    seen = Q(pk__in=[])
    if as_role in (None, "self"):
        seen |= Q(**{here: viewer.pk})
    for role in () if as_role == "self" else roles_of(viewer):
        if as_role is not None and role.kind != as_role:
            continue
        if role.kind == "mentor":
            mentees = Mentorship.objects.on(clock.today()).filter(mentor=viewer).values("learner")
            seen |= Q(**{f"{here}__in": mentees})
        elif role.kind == "trainer":
            learners = Role.objects.on(clock.today()).filter(kind="learner").values("person")
            seen |= _region(role.region_code, prefix) & Q(**{f"{here}__in": learners})
        elif role.kind in {"coordinator", "owner"}:
            seen |= _region(role.region_code, prefix)
    return seen


def _region(code: str, prefix: str) -> Q:
    if not code:
        return Q(**{f"{prefix}pk__isnull": False})
    low, high = rules.code_range(code)
    return Q(**{f"{prefix}village__gte": low, f"{prefix}village__lt": high})


def visible_persons(viewer: Any, *, as_role: str | None = None) -> QuerySet[Person]:
    """The persons she may see; `as_role` narrows to one of her roles, `self` to herself."""
    if not roles_of(viewer) and as_role not in (None, "self"):
        return Person.objects.none()
    return Person.objects.filter(_sight(viewer, "", as_role))


def find_persons(viewer: Any, query: str, *, as_role: str) -> QuerySet[Person]:
    """Those she sees in that role, by name; with a query those whose name holds it, or who sign in with it."""
    seen = visible_persons(viewer, as_role=as_role).select_related("group", "village").order_by("name", "pk")
    words = query.strip()
    return seen.filter(Q(name__icontains=words) | Q(username__iexact=words)) if words else seen


def choosable_regions(viewer: Any, kind: str) -> Q:
    """Which regions she may choose for something of hers, as a filter on Region.

    Hers and those below down to a regency; who holds less than a province also one level below her own.
    """
    wanted = Q(pk__in=[])
    for code in regions_of(viewer, kind):
        low, high = rules.code_range(code)
        here = Q(code__gte=low, code__lt=high) if code else Q(pk__isnull=False)
        wanted |= here & Q(level__lte=max(2, rules.level_of(code) + 1 if code else 0))
    return wanted


def colleagues(viewer: Any, kind: str) -> QuerySet[Person]:
    """Others who hold such a role today where she holds it, in a wider or a narrower region; not herself."""
    shared = Q(pk__in=[])
    for code in regions_of(viewer, kind):
        low, high = rules.code_range(code)
        above = [rules.parent_of(code), rules.parent_of(rules.parent_of(code)), code[:2]]
        here = Q(region=None) | Q(region__gte=low, region__lt=high) | Q(region__in=above)
        shared |= here if code else Q(pk__isnull=False)
    holders = Role.objects.on(clock.today()).filter(shared, kind=kind).values("person")
    return Person.objects.filter(pk__in=holders, is_active=True).exclude(pk=viewer.pk).order_by("name")


def visible_groups(viewer: Any) -> QuerySet[VillageGroup]:
    """The village groups of a coordinator's regions."""
    seen = Q(pk__in=[])
    for code in regions_of(viewer, "coordinator"):
        low, high = rules.code_range(code)
        seen |= Q(village__gte=low, village__lt=high) if code else Q(pk__isnull=False)
    return VillageGroup.objects.filter(seen)


class ScopedQuerySet(QuerySet[M]):
    """A QuerySet of things that belong to a person, named by `person_path`."""

    person_path = "learner"

    def visible_to(self, viewer: Any, *, as_role: str | None = None) -> Any:
        return self.filter(_sight(viewer, self.person_path, as_role))


class RegionScopedQuerySet(ScopedQuerySet[M]):
    """A QuerySet of things that belong to a region, named by `region_path`; seen by these roles of that region."""

    region_path = "region"
    staff: tuple[str, ...] = ("coordinator",)

    def visible_to(self, viewer: Any, *, as_role: str | None = None) -> Any:
        seen = Q(pk__in=[])
        for role in roles_of(viewer):
            if role.kind not in self.staff or as_role not in (None, role.kind):
                continue
            low, high = rules.code_range(role.region_code)
            path = self.region_path
            seen |= Q(**{f"{path}__gte": low, f"{path}__lt": high}) if role.region_code else Q(pk__isnull=False)
        return self.filter(seen)


def get_visible_or_404(queryset: QuerySet[M], viewer: Any, *, as_role: str | None = None, **lookup: Any) -> M:
    """One object through the filter of sight; unknown and forbidden alike raise Http404."""
    if isinstance(queryset, ScopedQuerySet):
        seen = queryset.visible_to(viewer, as_role=as_role)
    elif queryset.model is Person:
        seen = queryset.filter(pk__in=visible_persons(viewer, as_role=as_role).values("pk"))
    else:
        raise TypeError(f"{queryset.model.__name__} has no filter of sight.")
    return get_object_or_404(seen, **lookup)


def for_roles(*kinds: str) -> Callable[[View], View]:
    """Open a view to these roles: a stranger goes to sign in, anyone else gets 404."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not has_role(request.user, *kinds):
                raise Http404
            return view(request, *args, **kwargs)

        guarded.open_to = kinds  # type: ignore[attr-defined]
        return guarded

    return decorate
