"""A trainer's classes: list, make, people in and out, the code."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses import classes, cohorting, outline
from courses.forms import CohortForm, InviteForm, MemberForm
from courses.models import Cohort
from courses.rules import admission
from lms.kit import clock
from lms.kit.refusing import Refused
from lms.people import scoping
from lms.people.models import Person, Region

PAGE = 50
FOUND = 10


@scoping.for_roles("trainer")
@require_safe
@never_cache
def cohorts(request: HttpRequest) -> HttpResponse:
    """/kelas/: the classes of her regions, newest first."""
    seen = Cohort.objects.visible_to(request.user, as_role="trainer")
    found = seen.select_related("region").annotate(size=Count("members")).order_by("-starts_on", "name", "pk")
    page = Paginator(found, PAGE).get_page(request.GET.get("hal"))
    titles = {plan.key: plan.title for plan in outline.course_plans()}
    rows = [(one, titles.get(one.course_key, "")) for one in page]
    return render(request, "courses/cohorts.html", {"page": page, "rows": rows})


@scoping.for_roles("trainer")
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new_cohort(request: HttpRequest) -> HttpResponse:
    """/kelas/baru/"""
    form = CohortForm(
        request.POST or None,
        courses=outline.course_plans(),
        regions=_regions(request.user),
        trainers=scoping.colleagues(request.user, "trainer"),
    )
    if request.method == "POST" and form.is_valid():
        wanted = dict(form.cleaned_data)
        try:
            made = cohorting.make_cohort(course_key=wanted.pop("course"), by=request.user, now=clock.now(), **wanted)
            return redirect("courses:cohort", made.pk)
        except Refused as refused:
            form.add_error(refused.field or None, str(refused))
    return render(request, "courses/new_cohort.html", {"form": form}, status=422 if form.errors else 200)


@scoping.for_roles("trainer")
@require_safe
@never_cache
def cohort(request: HttpRequest, cohort_id: int) -> HttpResponse:
    """/kelas/<number>/: who is in it, a search for who is not, and the code."""
    return _draw(request, _hers(request, cohort_id))


@scoping.for_roles("trainer")
@require_POST
def change_member(request: HttpRequest, cohort_id: int) -> HttpResponse:
    one, form = _hers(request, cohort_id), MemberForm(request.POST)
    if not form.is_valid():
        return _draw(request, one, problem=_("Choose a person of the list."))
    pk = form.cleaned_data["person"]
    try:
        if form.cleaned_data["what"] == "add":
            person = scoping.get_visible_or_404(Person.objects.all(), request.user, as_role="trainer", pk=pk)
            cohorting.add_member(cohort=one, person=person, by=request.user, now=clock.now(), today=clock.today())
        elif member := one.members.filter(person=pk).select_related("person").first():
            # Whoever is in may be taken out, also when she has moved to another region since.
            cohorting.remove_member(cohort=one, person=member.person, by=request.user, now=clock.now())
    except Refused as refused:
        return _draw(request, one, problem=str(refused))
    return redirect("courses:cohort", one.pk)


@scoping.for_roles("trainer")
@require_POST
def invite(request: HttpRequest, cohort_id: int) -> HttpResponse:
    one, form = _hers(request, cohort_id), InviteForm(request.POST)
    if not form.is_valid():
        return _draw(request, one, problem=_("Choose the last day of the code."))
    try:
        cohorting.invite(
            cohort=one, ends_on=form.cleaned_data["ends_on"], by=request.user, now=clock.now(), today=clock.today()
        )
    except Refused as refused:
        return _draw(request, one, problem=str(refused))
    messages.success(request, _("The new code holds. The old one is void."))
    return redirect("courses:cohort", one.pk)


def _hers(request: HttpRequest, cohort_id: int) -> Cohort:
    return scoping.get_visible_or_404(
        Cohort.objects.select_related("region"), request.user, as_role="trainer", pk=cohort_id
    )


def _draw(request: HttpRequest, one: Cohort, problem: str = "") -> HttpResponse:
    query = request.GET.get("q", "")
    plan = outline.outline().find_course_key(one.course_key)
    members = Paginator(one.members.select_related("person__village"), PAGE).get_page(request.GET.get("hal"))
    context: dict[str, Any] = {
        "cohort": one,
        "plan": plan,
        "members": members,
        "trainers": one.trainers.all(),
        "query": query,
        "found": _outside(request.user, one, query)[:FOUND] if query else [],
        "takes_codes": plan is not None and plan.admission == admission.Admission.INVITATION,
        "problem": problem,
        "invite_form": InviteForm(),
        "panels": classes.panels_of(one, request.user),
    }
    invitation = getattr(one, "invitation", None)
    if invitation and invitation.ends_on >= clock.today():
        context |= {"invitation": invitation, "code": admission.pretty_code(invitation.code)}
    return render(request, "courses/cohort.html", context, status=422 if problem else 200)


def _outside(trainer: Any, one: Cohort, query: str) -> QuerySet[Person]:
    """Learners of her region with such a name who are not in the class."""
    return scoping.find_persons(trainer, query, as_role="trainer").exclude(pk__in=one.members.values("person"))


def _regions(trainer: Any) -> QuerySet[Region]:
    """Provinces and regencies of hers; below a regency also what lies one level lower."""
    return Region.objects.filter(scoping.choosable_regions(trainer, "trainer")).order_by("code")
