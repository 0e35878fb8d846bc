"""The coordinator's people: find, add, correct, give a new PIN."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from lms.kit import clock
from lms.kit.refusing import Refused
from lms.people import joining, scoping
from lms.people.forms import AddPersonForm, CorrectPersonForm
from lms.people.models import Person, VillageGroup

PAGE = 50


@scoping.for_roles("coordinator")
def people(request: HttpRequest) -> HttpResponse:
    """Her people, by name, fifty a page."""
    query = request.GET.get("q", "")
    found = scoping.find_persons(request.user, query, as_role="coordinator")
    page = Paginator(found, PAGE).get_page(request.GET.get("hal"))
    return render(request, "people/people.html", {"page": page, "query": query})


@scoping.for_roles("coordinator")
@never_cache
def add_person(request: HttpRequest) -> HttpResponse:
    """A form, then once the card with user name and PIN."""
    form = AddPersonForm(request.POST or None, groups=_groups(request))
    if request.method == "POST" and form.is_valid():
        pin = joining.new_pin()
        try:
            person = joining.add_learner(
                username=form.cleaned_data["username"],
                name=form.cleaned_data["name"],
                called=form.cleaned_data["called"],
                sex=form.cleaned_data["sex"],
                group=form.cleaned_data["group"],
                secret=pin,
                actor=request.user,
                now=clock.now(),
                today=clock.today(),
            )
            return render(request, "people/card.html", {"person": person, "pin": pin})
        except Refused as refused:
            form.add_error(refused.field or None, refused.sentence)
    status = 422 if form.errors else 200
    return render(request, "people/add.html", {"form": form}, status=status)


@scoping.for_roles("coordinator")
@reauthentication_required(allow_get=True)
@never_cache
def renew_pin(request: HttpRequest, person_id: int) -> HttpResponse:
    """Ask first, then show the new PIN once."""
    person = scoping.get_visible_or_404(Person.objects.all(), request.user, as_role="coordinator", pk=person_id)
    problem = ""
    if request.method == "POST":
        try:
            pin = joining.renew_pin(person=person, actor=request.user, now=clock.now())
            return render(request, "people/card.html", {"person": person, "pin": pin})
        except Refused as refused:
            problem = str(refused.sentence)
    context = {"person": person, "problem": problem, "title": _("New PIN")}
    return render(request, "people/renew_pin.html", context, status=422 if problem else 200)


@scoping.for_roles("coordinator")
@never_cache
def correct_person(request: HttpRequest, person_id: int) -> HttpResponse:
    """Her name, how she is called, her group: as the coordinator knows them."""
    person = scoping.get_visible_or_404(Person.objects.all(), request.user, as_role="coordinator", pk=person_id)
    known = {"name": person.name, "called": person.called, "sex": person.sex, "group": person.group_id}
    form = CorrectPersonForm(request.POST or None, groups=_groups(request), initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            joining.correct_person(person=person, actor=request.user, now=clock.now(), **form.cleaned_data)
            messages.success(request, _("Kept."))
            return redirect(f"/koordinasi/berkas/{person.pk}/")
        except Refused as refused:
            form.add_error(refused.field or None, refused.sentence)
    context = {"person": person, "form": form}
    return render(request, "people/correct.html", context, status=422 if form.errors else 200)


def _groups(request: HttpRequest) -> QuerySet[VillageGroup]:
    return scoping.visible_groups(request.user).select_related("village")
