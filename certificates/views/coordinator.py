"""A coordinator's desk: who is ready, old hours, one person's file, certify, decline, revoke."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from certificates import (
    companions,
    coverage,
    discretion,
    dossiers,
    evidence,
    issuing,
    placing,
    renewals,
    viewing,
    waiting,
)
from certificates.forms.desks import DeclineForm, EndPlacementForm, PlacementForm, RevokeForm
from certificates.forms.keeping import forget_unsafe, show_refusal
from certificates.models import Certificate, Placement
from certificates.views import trail_words
from certificates.views.mentor import typed, verdict_form, with_ticks
from certificates.views.renewals import keeping
from certificates.views.taking import SignedIn, taken
from lms.kit import clock
from lms.kit.refusing import Refused
from lms.people import scoping
from lms.people.models import Person, Region

AS = "coordinator"


def person_or_404(request: SignedIn, person_id: int) -> Person:
    persons = Person.objects.select_related("group", "village")
    return scoping.get_visible_or_404(persons, request.user, as_role=AS, pk=person_id)


@scoping.for_roles("coordinator")
@never_cache
@require_safe
def desk(request: SignedIn) -> HttpResponse:
    """/koordinasi/: numbers, who is ready, who was certified lately, coverage."""
    today = clock.today()
    codes = scoping.regions_of(request.user, AS)
    context = {
        "regions": Region.objects.filter(code__in=codes),
        "now": clock.now(),
        "ready": dossiers.ready(request.user, today=today),
        "led": dossiers.led_by(request.user, today=today),
        "recent": [(one, one.state_on(today)) for one in dossiers.certified_lately(request.user)],
        "ending": dossiers.ending_soon(request.user, today=today),
        "old": waiting.beyond_mentors(request.user, today=today),
        "coverage": coverage.of_regions(codes, today=today),
    }
    return render(request, "certificates/coordination.html", context)


@scoping.for_roles("coordinator")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def old_hours(request: SignedIn) -> HttpResponse:
    """/koordinasi/jam/: hours older than 60 days, or whose mentor has left."""
    form = verdict_form(request)
    if request.method == "POST" and taken(form):
        messages.success(request, _("Done. The learner sees it."))
        return redirect(with_ticks(request))
    context = {"form": form, "list": waiting.for_coordinator(request.user, today=clock.today()), **typed(request)}
    return render(request, "certificates/old_hours.html", context, status=422 if form.errors else 200)


@scoping.for_roles("coordinator")
@never_cache
@require_safe
def dossier(request: SignedIn, person_id: int) -> HttpResponse:
    """/koordinasi/berkas/<id>/: everything about one person on one page, also for paper."""
    person = person_or_404(request, person_id)
    viewing.open_file(person=person, viewer=request.user, now=clock.now())
    return draw_dossier(request, person)


def draw_dossier(request: SignedIn, person: Person, *, status: int = 200, **forms: Any) -> HttpResponse:
    today = clock.today()
    judgement = evidence.judgement_of(person.pk, today=today)
    standard = judgement.standard
    everything, is_known = "semua" in request.GET, discretion.is_known_to(request.user, person)
    companion = companions.of_person(person, today=today)
    held = Certificate.objects.filter(person=person).select_related("standard").first()
    trail = dossiers.trail_of(person, request.user, everything=everything)
    context = {
        "person": person,
        "judgement": judgement,
        "standing": judgement.standing,
        "state_name": discretion.name_of(companion, is_known=is_known),
        "is_away": companion.state in discretion.AWAY,
        "obstacle": issuing.obstacle(person, request.user, standard) if standard and held is None else "",
        "certificate": held,
        "state": held.state_on(today) if held else "",
        "placement": Placement.objects.on(today).filter(learner=person).select_related("mentor").first(),
        "decisions": discretion.decisions_of(person, is_known=is_known),
        "trail": [trail_words.in_words(line) for line in trail],
        "everything": everything,
        **_renewal(request, person, held),
        **_forms(person),
        **forms,
    }
    return render(request, "certificates/dossier.html", context, status=status)


def _forms(person: Person) -> dict[str, Any]:
    end = EndPlacementForm(initial={"last_day": clock.today()})
    return {"decline_form": DeclineForm(), "placement_form": PlacementForm(learner=person), "end_form": end}


def _renewal(request: SignedIn, person: Person, held: Certificate | None) -> dict[str, Any]:
    """What keeps her certificate valid, and her other certificates; nothing for who holds none."""
    if held is None:
        return {}
    today = clock.today()
    others = [one for one in renewals.certificates_of(person, today=today) if one != held]
    return {**keeping(person, request.user), "periods": [(one, one.state_on(today)) for one in others]}


@scoping.for_roles("coordinator")
@reauthentication_required(allow_get=True)  # type: ignore[untyped-decorator]
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def certify(request: SignedIn, person_id: int) -> HttpResponse:
    """/koordinasi/berkas/<id>/sahkan/: ask once more, then certify."""
    person = person_or_404(request, person_id)
    problem = ""
    if request.method == "POST":
        try:
            issuing.certify(person=person, certifier=request.user, now=clock.now(), today=clock.today())
            messages.success(request, _("%(name)s is certified.") % {"name": person.address})
            return redirect("certificates:dossier", person_id=person.pk)
        except Refused as refused:
            problem = str(refused)
    context = {"person": person, "problem": problem, "standing": evidence.standing_of(person.pk, today=clock.today())}
    return render(request, "certificates/certify.html", context, status=422 if problem else 200)


@scoping.for_roles("coordinator")
@never_cache
@require_http_methods(["POST"])
def decline(request: SignedIn, person_id: int) -> HttpResponse:
    """/koordinasi/berkas/<id>/tunda/: say what is missing."""
    person = person_or_404(request, person_id)
    form = DeclineForm(request.POST)
    if form.is_valid():
        try:
            issuing.decline(
                person=person, decider=request.user, now=clock.now(), today=clock.today(), **form.cleaned_data
            )
            messages.success(request, _("Kept. She reads your reason."))
            return redirect("certificates:dossier", person_id=person.pk)
        except Refused as refused:
            show_refusal(form, refused)
    forget_unsafe(form)
    return draw_dossier(request, person, status=422, decline_form=form)


@scoping.for_roles("coordinator")
@never_cache
@require_http_methods(["POST"])
def place(request: SignedIn, person_id: int) -> HttpResponse:
    """/koordinasi/berkas/<id>/tempat/: name a mentor."""
    person = person_or_404(request, person_id)
    form = PlacementForm(request.POST, learner=person)
    if form.is_valid():
        try:
            placing.place(learner=person, actor=request.user, now=clock.now(), **form.cleaned_data)
            messages.success(request, _("The placement is kept."))
            return redirect("certificates:dossier", person_id=person.pk)
        except Refused as refused:
            show_refusal(form, refused)
    return draw_dossier(request, person, status=422, placement_form=form)


@scoping.for_roles("coordinator")
@never_cache
@require_http_methods(["POST"])
def end_placement(request: SignedIn, placement_id: int) -> HttpResponse:
    """/koordinasi/tempat/<id>/akhir/: let it end, so that another mentor can be named."""
    rows = Placement.objects.select_related("learner")
    placement = scoping.get_visible_or_404(rows, request.user, as_role=AS, pk=placement_id)
    form = EndPlacementForm(request.POST)
    if form.is_valid():
        try:
            placing.end(placement=placement, actor=request.user, now=clock.now(), **form.cleaned_data)
            messages.success(request, _("The last day is kept. Hours and signatures stay."))
            return redirect("certificates:dossier", person_id=placement.learner_id)
        except Refused as refused:
            show_refusal(form, refused)
    return draw_dossier(request, placement.learner, status=422, end_form=form)


@scoping.for_roles("coordinator")
@reauthentication_required(allow_get=True)  # type: ignore[untyped-decorator]
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: SignedIn, code: str) -> HttpResponse:
    """/koordinasi/sertifikat/<code>/cabut/: take it back on a ground."""
    rows = Certificate.objects.select_related("person", "standard")
    certificate = scoping.get_visible_or_404(rows, request.user, as_role=AS, code=code)
    form = RevokeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            issuing.revoke(certificate=certificate, revoker=request.user, now=clock.now(), **form.cleaned_data)
            messages.success(request, _("The certificate is revoked. Its page says so at once."))
            return redirect("certificates:dossier", person_id=certificate.person_id)
        except Refused as refused:
            show_refusal(form, refused)
    forget_unsafe(form)
    context = {"form": form, "certificate": certificate}
    return render(request, "certificates/revoke.html", context, status=422 if form.errors else 200)
