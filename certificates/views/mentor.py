"""A mentor's desk: what waits, oldest first; her mentees; a correction."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid5

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from certificates import evidence, mentoring, months, overseeing, waiting
from certificates.forms.desks import CorrectionForm
from certificates.forms.entries import VerdictForm
from certificates.forms.keeping import forget_unsafe, show_refusal
from certificates.models import HoursEntry
from certificates.views.taking import SignedIn, taken
from lms.kit import clock
from lms.kit.refusing import Refused
from lms.people import scoping
from lms.people.models import Person

AS = "mentor"


@scoping.for_roles("mentor")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def desk(request: SignedIn) -> HttpResponse:
    """/pembimbing/: tick and verify several, or return one with a reason."""
    form = verdict_form(request)
    if request.method == "POST" and taken(form):
        _say_done(request, form)
        return redirect(with_ticks(request))
    today = clock.today()
    mentees = list(scoping.visible_persons(request.user, as_role=AS).order_by("name"))
    context = {
        "form": form,
        "list": waiting.for_mentor(request.user, today=today),
        "mentees": waiting.with_hours(mentees, today=today),
        "overdue": overseeing.overdue(request.user, today=today),
        **typed(request),
    }
    return render(request, "certificates/mentor.html", context, status=422 if form.errors else 200)


def verdict_form(request: SignedIn) -> VerdictForm:
    """What she pressed: verify what is ticked, or return one entry with the reason written under it."""
    if request.method != "POST":
        return VerdictForm(None, person=request.user)
    sent = request.POST.copy()
    if key := sent.get("return"):
        stamp = months.uuid_or_none(sent.get("entry", ""))
        sent["entry"] = str(uuid5(stamp, key)) if stamp else ""
        sent["verdict"], sent["reason"] = "return", sent.get(f"reason-{key}", "")
        sent.setlist("hours", [key])
    return VerdictForm(sent, person=request.user)


def typed(request: SignedIn) -> dict[str, Any]:
    """What was ticked, and which entry was to be returned, when the page comes back."""
    ticked = request.POST.getlist("hours") if request.method == "POST" else request.GET.getlist("centang")
    return {"ticked": ticked, "returning": request.POST.get("return", "")}


def with_ticks(request: SignedIn) -> str:
    """The same page; after one entry was returned the others stay ticked."""
    returned = request.POST.get("return")
    ticked = [one for one in request.POST.getlist("hours") if one != returned] if returned else []
    return f"{request.path}?{urlencode({'centang': ticked}, doseq=True)}" if ticked else request.path


def _say_done(request: SignedIn, form: VerdictForm) -> None:
    if form.cleaned_data["verdict"] == "return":
        messages.success(request, _("Returned. She reads your reason."))
    else:
        messages.success(request, _("Verified entries: %(count)s.") % {"count": len(form.cleaned_data["hours"])})


@scoping.for_roles("mentor")
@never_cache
@require_safe
def mentees(request: SignedIn) -> HttpResponse:
    """/pembimbing/binaan/: each mentee with her bar."""
    hers = list(scoping.visible_persons(request.user, as_role=AS).select_related("group").order_by("name"))
    context = {
        "are_many": len(hers) > overseeing.MOST_MENTEES,
        "mentees": waiting.with_hours(hers, today=clock.today()),
        "without_talk": overseeing.without_talk(request.user, today=clock.today()),
    }
    return render(request, "certificates/mentees.html", context)


@scoping.for_roles("mentor")
@never_cache
@require_safe
def mentee(request: SignedIn, person_id: int) -> HttpResponse:
    """/pembimbing/binaan/<id>/: what remains for her, and her hours month by month."""
    person = scoping.get_visible_or_404(Person.objects.select_related("group"), request.user, as_role=AS, pk=person_id)
    today = clock.today()
    judgement = evidence.judgement_of(person.pk, today=today)
    context = {
        "person": person,
        "judgement": judgement,
        "standing": judgement.standing,
        "seen": overseeing.seen_of(person),
        "talks": overseeing.talks_of(person),
        "month": months.month_of(person, request.GET.get("bulan", ""), titles=evidence.activity_titles(), today=today),
    }
    return render(request, "certificates/mentee.html", context)


@scoping.for_roles("mentor", "coordinator")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: SignedIn, entry_id: UUID) -> HttpResponse:
    """/pembimbing/jam/<id>/koreksi/: a reversal and a new row for verified hours."""
    rows = HoursEntry.objects.live().select_related("learner", "placement__mentorship")
    entry = scoping.get_visible_or_404(rows, request.user, pk=entry_id, state=HoursEntry.State.VERIFIED)
    form = CorrectionForm(request.POST or None, entry=entry)
    back = where(request, entry.learner)
    if request.method == "POST" and form.is_valid() and _corrected(request, form, entry):
        return redirect(back)
    forget_unsafe(form)
    context: dict[str, Any] = {"form": form, "entry": entry, "back": back}
    return render(request, "certificates/correct.html", context, status=422 if form.errors else 200)


def where(request: SignedIn, person: Person) -> str:
    """The page about her that the reader has: a mentor's, else a coordinator's."""
    is_mentee = scoping.visible_persons(request.user, as_role=AS).filter(pk=person.pk).exists()
    return reverse("certificates:mentee" if is_mentee else "certificates:dossier", args=[person.pk])


def _corrected(request: SignedIn, form: CorrectionForm, entry: HoursEntry) -> bool:
    try:
        mentoring.correct_hours(
            entry=entry, corrector=request.user, now=clock.now(), today=clock.today(), **form.cleaned_data
        )
    except Refused as refused:
        show_refusal(form, refused)
        return False
    messages.success(request, _("Corrected. The first entry stays visible."))
    return True
