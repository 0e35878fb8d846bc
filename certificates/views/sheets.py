"""A month of hours: agreed to at once, printed for signing by hand, entered later."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from certificates import evidence, mentoring, months, waiting
from certificates.forms.keeping import show_refusal
from certificates.forms.sheets import MonthForm, SheetForm
from certificates.models import HoursEntry, MonthSheet
from certificates.months import Sheet
from certificates.views.mentor import where
from certificates.views.taking import SignedIn
from lms.kit import clock
from lms.kit.refusing import Refused
from lms.people import scoping
from lms.people.models import Person

FEW = 6


def sheet_for(request: SignedIn, person: Person, *, mentor: Person | None = None) -> Sheet:
    wanted = request.GET.get("bulan", "")
    return months.waiting_in(person, wanted, titles=evidence.activity_titles(), today=clock.today(), mentor=mentor)


def chosen(form: forms.Form, person: Person) -> list[HoursEntry]:
    """The entries that stood on the page; only hers."""
    return list(HoursEntry.objects.filter(pk__in=form.cleaned_data["hours"], learner=person))


@scoping.for_roles("mentor")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def month(request: SignedIn, person_id: int) -> HttpResponse:
    """/pembimbing/binaan/<id>/bulan/: a summary of what waits, and one yes to all of it."""
    person = scoping.get_visible_or_404(Person.objects.all(), request.user, as_role="mentor", pk=person_id)
    form = MonthForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _verified(request, form, person):
        return redirect("certificates:mentor_desk")
    context = {"person": person, "form": form, "sheet": sheet_for(request, person, mentor=request.user)}
    return render(request, "certificates/month.html", context, status=422 if form.errors else 200)


def _verified(request: SignedIn, form: forms.Form, person: Person) -> bool:
    try:
        minutes = mentoring.verify_hours(
            entries=chosen(form, person), judge=request.user, now=clock.now(), today=clock.today()
        )
    except Refused as refused:
        show_refusal(form, refused)
        return False
    if minutes:
        messages.success(request, _("Verified: the whole month of %(name)s.") % {"name": person.address})
    return True


@scoping.for_roles("learner")
@never_cache
@require_safe
def own(request: SignedIn) -> HttpResponse:
    """/magang/lembar/: her month on paper, for her mentor to sign."""
    context: dict[str, Any] = {"person": request.user, "sheet": sheet_for(request, request.user), "own": True}
    return render(request, "certificates/sheet.html", context)


@scoping.for_roles("mentor", "coordinator")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: SignedIn, person_id: int) -> HttpResponse:
    """/pembimbing/binaan/<id>/lembar/: the sheet to print; entered here when it was signed by hand."""
    people = Person.objects.filter(pk__in=_guided(request))
    person = scoping.get_visible_or_404(people, request.user, pk=person_id)
    form, coordinates = SheetForm(request.POST or None), _coordinates(request, person)
    if request.method == "POST" and form.is_valid() and _entered(request, form, person):
        return redirect("certificates:sheet", person_id=person.pk)
    context = {
        "person": person,
        "form": form,
        "sheet": sheet_for(request, person, mentor=None if coordinates else request.user),
        "back": where(request, person),
        "locked": waiting.locked_for_mentors(person, today=clock.today()) if coordinates else (),
        "entered": MonthSheet.objects.filter(learner=person).select_related("mentor", "seen_by")[:FEW],
    }
    return render(request, "certificates/sheet.html", context, status=422 if form.errors else 200)


def _guided(request: SignedIn) -> Any:
    """Whom she guides or coordinates; herself never."""
    seen = scoping.visible_persons(request.user, as_role="mentor") | scoping.visible_persons(
        request.user, as_role="coordinator"
    )
    return seen.exclude(pk=request.user.pk).values("pk")


def _coordinates(request: SignedIn, person: Person) -> bool:
    return scoping.covers(request.user, "coordinator", person.village_id or "")


def _entered(request: SignedIn, form: forms.Form, person: Person) -> bool:
    try:
        mentoring.enter_sheet(
            entries=chosen(form, person),
            signed_on=form.cleaned_data["signed_on"],
            seen_by=request.user,
            now=clock.now(),
            today=clock.today(),
        )
    except Refused as refused:
        show_refusal(form, refused)
        return False
    messages.success(request, _("Entered. The hours are verified."))
    return True
