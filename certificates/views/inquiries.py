"""A complaint about a companion: seen by its lead and by herself, by nobody else."""

from collections.abc import Callable
from typing import Any

from allauth.account.decorators import reauthentication_required
from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from certificates import inquiring, moving
from certificates.forms.inquiries import (
    AppealDecisionForm,
    AppealForm,
    BeginForm,
    DecisionForm,
    HandOverForm,
    HearingForm,
)
from certificates.forms.keeping import forget_unsafe, show_refusal
from certificates.models import Inquiry
from certificates.rules import inquiries as rules
from certificates.views.taking import SignedIn
from lms.kit import clock
from lms.kit.refusing import Refused
from lms.people import scoping
from lms.people.models import Person

AS = "coordinator"


@scoping.for_roles("coordinator")
@reauthentication_required(allow_get=True)  # type: ignore[untyped-decorator]
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: SignedIn, person_id: int) -> HttpResponse:
    """/koordinasi/berkas/<id>/pemeriksaan/: the ground, the day, and whether she is suspended."""
    person = scoping.get_visible_or_404(Person.objects.all(), request.user, as_role=AS, pk=person_id)
    form = BeginForm(request.POST or None)
    found = list(Inquiry.objects.visible_to(request.user, as_role=AS).filter(person=person))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        begun = attempt(
            form,
            lambda: inquiring.begin(person=person, lead=request.user, now=clock.now(), today=clock.today(), **said),
        )
        if begun:
            return redirect("certificates:inquiry", inquiry_id=begun.pk)
    context = {
        "person": person,
        "form": form,
        "found": found,
        "is_running": any(one.closed_on is None for one in found),
        "obstacle": inquiring.obstacle(moving.mover_of(person, request.user)),
    }
    return render(request, "certificates/inquiry_begin.html", context, status=422 if form.errors else 200)


def attempt(form: forms.Form, act: Callable[[], Inquiry]) -> Inquiry | None:
    """Do it, or put the sentence of the refusal into the form."""
    try:
        return act()
    except Refused as refused:
        show_refusal(form, refused)
        forget_unsafe(form)
        return None


def own_or_led(request: SignedIn, inquiry_id: int, as_role: str) -> Inquiry:
    rows = Inquiry.objects.select_related("person", "lead")
    return scoping.get_visible_or_404(rows, request.user, as_role=as_role, pk=inquiry_id)


@scoping.for_roles("coordinator")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def inquiry(request: SignedIn, inquiry_id: int) -> HttpResponse:
    """/koordinasi/pemeriksaan/<id>/: where it stands, and the steps that are open."""
    row = own_or_led(request, inquiry_id, AS)
    step = request.POST.get("step", "")
    opened = open_forms(row, request)
    if request.method == "POST":
        if step not in opened:
            raise Http404
        if opened[step].is_valid() and take(request, row, step, opened[step]):
            messages.success(request, _("Kept."))
            return redirect("certificates:inquiry", inquiry_id=row.pk)
    has_errors = any(form.errors for form in opened.values())
    return render(request, "certificates/inquiry.html", drawn(row, opened), status=422 if has_errors else 200)


def open_forms(row: Inquiry, request: SignedIn) -> dict[str, forms.Form]:
    """The steps that are open now, each with its form; the one that was sent is bound."""
    if row.closed_on:
        return {}
    kinds: dict[str, Callable[..., forms.Form]] = {}
    if row.decided_on is None:
        kinds["hear"] = HearingForm
        if row.heard_on:
            kinds["decide"] = DecisionForm
        if row.suspended_on is None:
            kinds["suspend"] = forms.Form
    elif row.appealed_on is None:
        kinds["appeal"] = AppealForm
        if rules.may_close(row.course, clock.today()) is None:
            kinds["close"] = forms.Form
    else:
        kinds["decide_appeal"] = AppealDecisionForm
    sent = request.POST.get("step", "") if request.method == "POST" else ""
    found = {name: kind(request.POST if name == sent else None) for name, kind in kinds.items()}
    colleagues = scoping.colleagues(request.user, AS).exclude(pk=row.person_id)
    found["hand_over"] = HandOverForm(request.POST if sent == "hand_over" else None, colleagues=colleagues)
    return found


def take(request: SignedIn, row: Inquiry, step: str, form: forms.Form) -> Inquiry | None:
    """One step is one action."""
    now, today, said = clock.now(), clock.today(), dict(form.cleaned_data)
    if step == "decide":
        panel = form.panel if isinstance(form, DecisionForm) else []
        said = {name: said[name] for name in ("outcome", "reason", "decided_on")} | {"panel": panel}
    act: dict[str, Callable[..., Inquiry]] = {
        "hear": inquiring.hear,
        "suspend": inquiring.suspend,
        "decide": inquiring.decide,
        "decide_appeal": inquiring.decide_appeal,
        "close": inquiring.close,
    }
    if step == "appeal":
        return attempt(form, lambda: inquiring.appeal(inquiry=row, actor=request.user, now=now, today=today, **said))
    if step == "hand_over":
        return attempt(form, lambda: inquiring.hand_over(inquiry=row, lead=request.user, now=now, **said))
    return attempt(form, lambda: act[step](inquiry=row, lead=request.user, now=now, today=today, **said))


def drawn(row: Inquiry, opened: dict[str, forms.Form]) -> dict[str, Any]:
    today = clock.today()
    stages = [(stage, stage.is_late(today)) for stage in rules.stages(row.course)]
    return {"inquiry": row, "stages": stages, "forms": opened, "until": row.course.appeal_until}


@scoping.for_roles("learner")
@never_cache
@require_POST
def own_appeal(request: SignedIn, inquiry_id: int) -> HttpResponse:
    """/sertifikat/keadaan/keberatan/<id>/: she objects to the decision."""
    row = own_or_led(request, inquiry_id, "self")
    today = clock.today()
    try:
        inquiring.appeal(inquiry=row, actor=request.user, appealed_on=today, now=clock.now(), today=today)
        messages.success(request, _("Your objection is kept. Your coordinator answers you."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("certificates:own_state")
